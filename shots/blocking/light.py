"""Words to a stage's light and weather: where the key comes from by hour, side, place and mood.

The light of a scene is the same from every set-up; a shot changes it only when its own `light` says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from model.stage import Hour, Light, Practical, Vec3, Weather
from shots.blocking.anatomy import Body, offset
from shots.blocking.colours import seeded
from shots.spec import Place, Scene, Shot
from shots.spec import Practical as SaidPractical

__all__ = ["light_of", "practicals_of", "weather_of"]

_SIDES = {"left": 238.0, "right": 122.0, "back": 20.0, "front": 190.0}  # the headings that the key comes from
_ELEVATION = {"dawn": 10.0, "morning": 32.0, "day": 55.0, "golden_hour": 13.0, "dusk": 7.0, "night": 38.0}
_KELVIN_OUT = {"dawn": 4300, "morning": 5100, "day": 5700, "golden_hour": 3500, "dusk": 6800, "night": 7600}
_KELVIN_IN = {"dawn": 4200, "morning": 5000, "day": 5300, "golden_hour": 3700, "dusk": 3300, "night": 3000}
_RATIO_OUT = {"dawn": 3.0, "morning": 2.5, "day": 2.2, "golden_hour": 3.5, "dusk": 4.0, "night": 5.0}
_RATIO_IN = {"dawn": 2.6, "morning": 2.4, "day": 2.2, "golden_hour": 2.8, "dusk": 2.4, "night": 2.4}  # lamps and walls
_MOOD = {"quiet": 1.1, "tense": 1.8, "warm": 0.85, "urgent": 1.4, "sad": 1.4, "comic": 0.7, "neutral": 1.0}
_RIM = 0.45  # of a key from behind
# How high each practical burns, where it stands when nobody says, and how far it reaches, in metres.
_BURNS: Mapping[str, tuple[float, tuple[float, float], float]] = {
    "lamp": (1.1, (1.6, 1.2), 3.0), "fire": (0.35, (0.0, 1.35), 3.6), "candle": (0.95, (0.0, 0.6), 1.8),
    "neon": (2.6, (-2.2, 2.6), 4.0), "headlights": (0.7, (1.5, 7.5), 9.0), "screen": (1.0, (-0.4, -0.9), 2.2),
    "moon": (9.0, (-6.0, 14.0), 30.0),
}  # fmt: skip
_FLAT_SKY = ("overcast", "rain", "storm", "snow", "fog")


def light_of(scene: Scene, shot: Shot, place: Place) -> Light:
    """The light of a shot: its own words, then the scene's, then what hour, place, mood and weather give."""
    hour: Hour = scene.hour or "day"
    interior = bool(place.interior)
    words = [light for light in (shot.light, scene.light) if light is not None]
    side = next((light.key_side for light in words if light.key_side), None)
    seed = seeded("key side", place.id)
    azimuth = _SIDES[side] if side else _SIDES["left" if seed % 2 else "right"]
    ratios = _RATIO_IN if interior else _RATIO_OUT
    ratio = next((light.key_to_fill_ratio for light in words if light.key_to_fill_ratio), None)
    kelvin = next((light.colour_temperature_k for light in words if light.colour_temperature_k), None)
    return Light(
        hour=hour,
        key_azimuth_deg=azimuth,
        key_elevation_deg=min(_ELEVATION[hour] + 8, 45.0) if interior else _ELEVATION[hour],
        key_to_fill_ratio=ratio or round(max(1.2, ratios[hour] * _MOOD[scene.mood] * _softness(scene, interior)), 2),
        colour_temperature_k=float(kelvin or _kelvin(scene, hour, interior)),
        neon=any(light.neon for light in words),
        rim=next((light.rim for light in words if light.rim is not None), _RIM if side == "back" else 0.0),
        silhouette=any(light.silhouette for light in words),
    )


def practicals_of(
    scene: Scene, shot: Shot, things: Mapping[str, Vec3], bodies: Mapping[str, Body]
) -> tuple[Practical, ...]:
    """The lights in the picture, by the `things` and `bodies` that they are said to be of."""
    words = [light for light in (shot.light, scene.light) if light is not None]
    return tuple(_practical(said, things, bodies) for light in words for said in light.practicals)


def _practical(said: SaidPractical, things: Mapping[str, Vec3], bodies: Mapping[str, Body]) -> Practical:
    """A source of light where it is said to be, else where its kind usually burns."""
    height, aside, reach = _BURNS[said.kind]
    heading = None
    if said.mark_m is not None:
        at = Vec3(float(said.mark_m[0]), height, float(said.mark_m[1]))
    elif said.of in things:
        thing = things[said.of or ""]
        at = Vec3(thing.x, max(thing.y, 0.15), thing.z)
    elif said.of in bodies:
        body = bodies[said.of or ""]
        x, z = offset(body.x, body.z, body.heading_deg, 0.55)
        at = Vec3(x, min(height, body.chest), z)
    else:
        at = Vec3(aside[0], height, aside[1])
    if said.kind == "headlights":
        heading = 180.0
    return Practical(kind=said.kind, position=at, reach_m=reach, heading_deg=heading)


def weather_of(scene: Scene, duration_s: float = 0.0, seed: int = 0) -> Weather:
    """The weather of a scene during a shot; urgent and tense scenes blow harder, a storm flashes now and then."""
    kind = scene.weather or "clear"
    strong = scene.mood in ("urgent", "tense")
    wind = {"wind": 0.8, "rain": 0.35, "storm": 0.7, "snow": 0.3}.get(kind, 0.15)
    return Weather(
        kind=kind,
        intensity=0.8 if strong else 0.6,
        wind=min(1.0, wind + (0.15 if strong else 0.0)),
        lightning_s=_lightning(duration_s, seed) if kind == "storm" else (),
    )


def _lightning(duration_s: float, seed: int) -> tuple[float, ...]:
    """When it flashes: every few seconds, often twice in a row, in about two shots of three."""
    flashes: list[float] = []
    clock = 0.3 + seeded(seed, "first flash") % 400 / 100
    while clock < duration_s - 0.2:
        flashes.append(round(clock, 2))
        if seeded(seed, len(flashes), "again") % 2 and clock + 0.22 < duration_s:
            flashes.append(round(clock + 0.22, 2))
        clock += 2.4 + seeded(seed, len(flashes), "gap") % 360 / 100
    return tuple(flashes)


def _softness(scene: Scene, interior: bool) -> float:
    return 0.7 if not interior and scene.weather in _FLAT_SKY else 1.0


def _kelvin(scene: Scene, hour: Hour, interior: bool) -> int:
    kelvin = (_KELVIN_IN if interior else _KELVIN_OUT)[hour]
    if not interior and scene.weather in _FLAT_SKY and hour in ("morning", "day"):
        kelvin += 900
    return kelvin
