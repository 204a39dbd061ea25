"""Sources of light in the scene: lamps, fires, candles, neon, headlights, screens and the moon, as they light people.

Tells which sources burn at a time and how they relight a figure that stands near them. What they paint on floors,
walls and in the air is in `model.theatre.lighting.pools`; shadows are not theirs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from model.stage import RGB, Light, Place, Practical, Stage, Vec3
from model.theatre.lighting.light import Rgb, Tone
from model.theatre.motion.props_motion import prop_now
from model.theatre.place import design_of

__all__ = [
    "BURNING",
    "FIRES",
    "OUT",
    "Falling",
    "Source",
    "falling_on",
    "flicker_at",
    "practicals_of",
    "set_lamps",
    "sources_of",
    "tone_beside",
]

Kind = Literal["lamp", "fire", "candle", "neon", "headlights", "screen", "moon"]

LEAST = 0.015
CHEST_M = 1.25
"""How high on a person light from a source is measured."""


@dataclass(frozen=True)
class Source:
    """A burning light. `power` is the light it gives at its own place, in shares of daylight's key; at `reach_m`
    some of it is left, at twice that nothing. `flicker` is how far it wavers, 0 to 1.
    """

    kind: Kind
    at: Vec3
    rgb: RGB
    power: float
    reach_m: float
    flicker: float = 0.0
    heading_deg: float | None = None
    own: bool = True  # it has no other drawing: its glow is painted for it
    pools: bool = True  # so is its pool


@dataclass(frozen=True)
class _Nature:
    rgb: RGB
    power: float
    flicker: float


_NATURES: dict[Kind, _Nature] = {
    "lamp": _Nature(RGB(255, 204, 136), 0.80, 0.0),
    "fire": _Nature(RGB(255, 148, 62), 1.25, 0.22),
    "candle": _Nature(RGB(255, 184, 104), 0.85, 0.14),
    "neon": _Nature(RGB(255, 64, 170), 0.72, 0.03),
    "headlights": _Nature(RGB(255, 240, 212), 1.05, 0.0),
    "screen": _Nature(RGB(140, 188, 255), 0.85, 0.10),
    "moon": _Nature(RGB(158, 190, 255), 0.42, 0.0),
}

BURNING: dict[str, tuple[Kind, float, float]] = {
    "bonfire": ("fire", 0.7, 4.0),
    "campfire": ("fire", 0.45, 3.2),
    "candle": ("candle", 0.2, 1.5),
    "fire": ("fire", 0.5, 3.2),
    "flashlight": ("lamp", 0.1, 2.0),
    "lantern": ("lamp", 0.2, 2.2),
    "lamp": ("lamp", 0.4, 2.2),
    "laptop": ("screen", 0.15, 1.1),
    "mobile": ("screen", 0.08, 0.8),
    "phone": ("screen", 0.08, 0.8),
    "screen": ("screen", 0.35, 2.4),
    "tablet": ("screen", 0.12, 0.9),
    "torch": ("lamp", 0.1, 2.2),
    "torchlight": ("lamp", 0.1, 2.0),
    "tv": ("screen", 0.35, 2.4),
}
"""Props that light people: what they burn as, how high over their foot, and how far they reach in metres."""
HEADLIGHTS: dict[str, float] = {
    "ambulance": 2.6, "bus": 5.4, "car": 2.3, "motorcycle": 0.8, "police_car": 2.3, "taxi": 2.3, "tram": 7.0,
    "truck": 3.9, "van": 2.6,
}  # fmt: skip
"""Vehicles whose lamps light who stands before them, and how far ahead of their middle these are, in metres."""
HEADLIGHT_M, HEADLIGHTS_HIGH_M = 3.6, 0.7
OUT = ("unlit", "off", "out", "broken", "closed")
FAINT: dict[str, float] = {"laptop": 0.3, "mobile": 0.2, "phone": 0.2, "tablet": 0.24}
"""The share of a screen's light that a small one gives."""
SLEEPING = frozenset({"mobile", "phone"})
"""Props that are dark until they are switched on."""
FIRES = frozenset({"bonfire", "campfire", "fire"})
"""Props that are nothing but their fire."""


def flicker_at(source: Source, time_s: float) -> float:
    """How much of a source's light there is at a time: 1 on the whole, less where it wavers."""
    if not source.flicker:
        return 1.0
    phase = source.at.x * 3.1 + source.at.z * 1.7
    wave = math.sin(9.1 * time_s + phase) * math.sin(4.3 * time_s + 2.1 * phase) + 0.45 * math.sin(
        15.7 * time_s + phase
    )
    return 1.0 - source.flicker * (0.5 + 0.5 * wave / 1.45)


@lru_cache(maxsize=64)
def practicals_of(light: Light) -> tuple[Source, ...]:
    """A light's practicals, as they burn."""
    return tuple(_source(practical) for practical in light.practicals)


def _source(practical: Practical) -> Source:
    nature = _NATURES[practical.kind]
    return Source(
        practical.kind,
        practical.position,
        practical.colour or nature.rgb,
        nature.power,
        practical.reach_m,
        nature.flicker,
        practical.heading_deg,
    )


@lru_cache(maxsize=64)
def set_lamps(place: Place) -> tuple[Source, ...]:
    """The lamps of a set; those of a room light it from all sides already, so that they tell less on people."""
    design = design_of(place.kind, place.seed, place.name)
    power, reach = (0.34, 0.9) if place.interior else (0.70, 1.4)
    return tuple(
        Source(
            "lamp",
            lamp.at,
            lamp.rgb,
            power,
            max(lamp.pool_m, lamp.halo_m) * reach,
            lamp.flicker,
            own=False,
            pools=False,
        )
        for lamp in design.all_lamps
    )


def _of_prop(prop_kind: str, at: Vec3, state: str, held: bool) -> Source | None:
    """The light of a burning prop whose foot (or the hand that holds it) is at a point, or None."""
    found = BURNING.get(prop_kind)
    if found is None or state in OUT or (state != "lit" and prop_kind in SLEEPING):
        return None
    kind, high, reach = found
    nature = _NATURES[kind]
    flame = Vec3(at.x, at.y + high * (0.4 if held else 1.0), at.z)
    power = nature.power * FAINT.get(prop_kind, 1.0)
    return Source(kind, flame, nature.rgb, power, reach, nature.flicker, own=prop_kind in FIRES)


def sources_of(stage: Stage, time_s: float) -> tuple[Source, ...]:
    """What burns on a stage at a time: the light's practicals, the set's lamps, and props that burn."""
    lit = practicals_of(stage.light) + set_lamps(stage.place)
    if any(prop.kind in BURNING or prop.kind in HEADLIGHTS for prop in stage.props):
        lit += tuple(_burning_props(stage, time_s)) + tuple(_headlights(stage, time_s))
    return lit


def _headlights(stage: Stage, time_s: float) -> Iterator[Source]:
    """One beam of each vehicle that has its lamps on; what they paint is the vehicles' own."""
    nature = _NATURES["headlights"]
    for prop in stage.props:
        if prop.kind not in HEADLIGHTS:
            continue
        now = prop_now(stage, prop, time_s)
        if now.state in OUT:
            continue
        a, ahead = math.radians(now.heading_deg), HEADLIGHTS[prop.kind]
        at = now.position
        lamp = Vec3(at.x + math.sin(a) * ahead, at.y + HEADLIGHTS_HIGH_M, at.z + math.cos(a) * ahead)
        yield Source(
            "headlights", lamp, nature.rgb, nature.power, HEADLIGHT_M, 0.0, now.heading_deg, own=False, pools=False
        )


def _burning_props(stage: Stage, time_s: float) -> Iterator[Source]:
    for prop in stage.props:
        if prop.kind not in BURNING:
            continue
        now = prop_now(stage, prop, time_s)
        source = _of_prop(prop.kind, now.position, now.state, now.held is not None)
        if source is not None:
            yield source


class Falling(NamedTuple):
    """Light that falls on somebody: of which source, how much of it, and the unit way toward it."""

    rgb: RGB
    given: float
    toward: Vec3


def falling_on(tone: Tone, sources: tuple[Source, ...], x: float, z: float, time_s: float) -> list[Falling]:
    """What of the sources' light reaches somebody who stands at (x, z)."""
    found = []
    for source in sources:
        dx, dy, dz = source.at.x - x, source.at.y - CHEST_M, source.at.z - z
        distance = math.sqrt(dx * dx + dy * dy + dz * dz)
        given = source.power * _falloff(source, distance, dx, dz) * _tells(source, tone)
        if given >= LEAST:
            given *= flicker_at(source, time_s)
            length = max(distance, 0.3)
            found.append(Falling(source.rgb, given, Vec3(dx / length, dy / length, dz / length)))
    return found


def tone_beside(tone: Tone, light: Light, falling: list[Falling]) -> Tone:
    """The tone of somebody on whom light falls beside the key; dark in a silhouette."""
    if light.silhouette:
        return _dark(tone)
    if not falling:
        return tone
    lit, way = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    for one in falling:
        given = one.given - LEAST  # from nothing, so that coming into a lamp's reach is no step
        for i in range(3):
            lit[i] += given * one.rgb[i] / 255.0
            way[i] += given * one.toward[i]
    return _mixed(tone, (lit[0], lit[1], lit[2]), (way[0], way[1], way[2]))


def _tells(source: Source, tone: Tone) -> float:
    """How much a source tells beside the hour's light: all of it by night, next to nothing at noon."""
    base = 0.30 if source.own else 0.0
    return base + (1.0 - base) * (tone.dark if source.own else tone.lamps)


def _falloff(source: Source, distance: float, dx: float, dz: float) -> float:
    """The share of a source's light that arrives, 0 to 1, falling smoothly to nothing at twice its reach."""
    if source.kind == "moon":
        return 1.0
    reach = source.reach_m * (3.0 if source.heading_deg is not None else 1.0)
    u = 1.0 - distance / (2.0 * reach)
    if u <= 0.0:
        return 0.0
    near = u * u * (3.0 - 2.0 * u)
    if source.heading_deg is None:
        return near
    # A beam: full within 15° of its heading, nothing beyond 45°.
    a = math.radians(source.heading_deg)
    level = math.hypot(dx, dz) or 1.0
    off = math.acos(max(-1.0, min(1.0, -(dx * math.sin(a) + dz * math.cos(a)) / level)))
    v = max(0.0, min(1.0, (0.785 - off) / 0.52))
    return near * (0.12 + 0.88 * v * v * (3.0 - 2.0 * v))


def _mixed(tone: Tone, light: Rgb, toward: tuple[float, float, float]) -> Tone:
    """Key and lamp as one key from between them; what of the hour's key that turns away from is added to the fill."""
    base, fill, old = tone.key, tone.fill, tone.key_from
    level = 0.3 * base[0] + 0.59 * base[1] + 0.11 * base[2]
    weigh = 1.35  # a lamp near by shapes more than the sky does
    x, y, z = (level * k + weigh * t for k, t in zip(old, toward, strict=True))
    length = math.sqrt(x * x + y * y + z * z) or 1.0
    way = Vec3(x / length, y / length, z / length)
    kept = 0.5 + 0.5 * (way.x * old.x + way.y * old.y + way.z * old.z)
    key, spill = [], []
    for k, f, s in zip(base, fill, light, strict=True):
        full = k * (0.35 + 0.65 * kept) + s
        key.append(full if full < 1.0 else 1.0 + 0.35 * (1.0 - math.exp(1.0 - full)))
        spill.append(min(f + 0.16 * s + 0.12 * k * (1.0 - kept), key[-1] * 0.99))
    return tone.relit((key[0], key[1], key[2]), (spill[0], spill[1], spill[2]), way)


def _dark(tone: Tone) -> Tone:
    """A figure before a bright ground: as dark as paint goes, with a breath of form."""
    key, fill = tone.key, tone.fill
    return tone.relit(
        (key[0] * 0.17, key[1] * 0.17, key[2] * 0.19), (fill[0] * 0.11, fill[1] * 0.11, fill[2] * 0.13), tone.key_from
    )
