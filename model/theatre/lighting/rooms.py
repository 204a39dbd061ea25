"""The tone of a stage with what its set adds to it: how light lies in a room, or about a fire, after dark.

The one place where a set's lamps and a light's practicals become a `Gloom`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from model.stage import Light, Place, Stage, Vec3
from model.theatre.lighting.gloom import Gloom, Glow
from model.theatre.lighting.light import Tone
from model.theatre.lighting.practicals import Source, practicals_of, set_lamps
from model.theatre.place import design_of

__all__ = ["tone_in"]

BEGINS = 0.45
"""How dark an hour is before a room's corners fall off."""
CEILING_M = 2.8
ORIGIN = Vec3(0.0, 0.0, 0.0)


def tone_in(stage: Stage) -> Tone:
    """A stage's tone: `Tone.of`, and how light lies in its room. The same object for the same light and place."""
    tone = Tone.of(stage)
    share = max(0.0, (tone.dark - BEGINS) / (1.0 - BEGINS))
    if share <= 0.0:
        return tone
    return _gloomy(tone, stage.light, stage.place, share)


@lru_cache(maxsize=8)
def _gloomy(tone: Tone, light: Light, place: Place, share: float) -> Tone:
    design = design_of(place.kind, place.seed, place.name)
    lamps = [_glow(source, 1.0) for source in practicals_of(light) if source.kind not in ("moon", "headlights")]
    if not place.interior:
        return replace(tone, gloom=Gloom.of(ORIGIN, ORIGIN, share, lamps, room=False)) if lamps else tone
    if not design.shell or design.ground_extent is None:
        return tone
    x0, z0, x1, z1 = design.ground_extent
    tops = [panel.origin.y for panel in design.shell if panel.normal.y < -0.9]
    low, high = Vec3(x0, 0.0, z0), Vec3(x1, max(tops, default=CEILING_M), z1)
    lit = min(1.0, tone.lamps)
    if lit > 0.3:
        inside = (source for source in set_lamps(place) if x0 <= source.at.x <= x1 and z0 <= source.at.z <= z1)
        lamps += [_glow(source, lit * 2.2) for source in inside]
    if not lamps:
        return tone
    return replace(tone, gloom=Gloom.of(low, high, share, lamps))


def _glow(source: Source, power: float) -> Glow:
    high = 1.0 + 0.12 * max(0.0, source.at.y - 1.5)  # what hangs high is meant to reach the floor
    return Glow(source.at, source.rgb, source.power * power * high, max(1.1, 1.22 * source.reach_m * high))
