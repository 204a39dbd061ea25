"""Words to a stage's light and weather: where the key comes from by hour, side, place and mood.

The light of a scene is the same from every set-up; a shot changes it only when its own `light` says so.
"""

from __future__ import annotations

from model.stage import Hour, Light, Weather
from shots.blocking.colours import seeded
from shots.spec import Place, Scene, Shot

__all__ = ["light_of", "weather_of"]

_SIDES = {"left": 238.0, "right": 122.0, "back": 20.0, "front": 190.0}  # the headings that the key comes from
_ELEVATION = {"dawn": 10.0, "morning": 32.0, "day": 55.0, "golden_hour": 13.0, "dusk": 7.0, "night": 38.0}
_KELVIN_OUT = {"dawn": 4300, "morning": 5100, "day": 5700, "golden_hour": 3500, "dusk": 6800, "night": 7600}
_KELVIN_IN = {"dawn": 4200, "morning": 5000, "day": 5300, "golden_hour": 3700, "dusk": 3300, "night": 3000}
_RATIO_OUT = {"dawn": 3.0, "morning": 2.5, "day": 2.2, "golden_hour": 3.5, "dusk": 4.0, "night": 5.0}
_RATIO_IN = {"dawn": 2.6, "morning": 2.4, "day": 2.2, "golden_hour": 2.8, "dusk": 2.4, "night": 2.4}  # lamps and walls
_MOOD = {"quiet": 1.1, "tense": 1.8, "warm": 0.85, "urgent": 1.4, "sad": 1.4, "comic": 0.7, "neutral": 1.0}
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
    )


def weather_of(scene: Scene) -> Weather:
    """The weather of a scene; urgent and tense scenes blow harder."""
    kind = scene.weather or "clear"
    strong = scene.mood in ("urgent", "tense")
    wind = {"wind": 0.8, "rain": 0.35, "storm": 0.7, "snow": 0.3}.get(kind, 0.15)
    return Weather(kind=kind, intensity=0.8 if strong else 0.6, wind=min(1.0, wind + (0.15 if strong else 0.0)))


def _softness(scene: Scene, interior: bool) -> float:
    return 0.7 if not interior and scene.weather in _FLAT_SKY else 1.0


def _kelvin(scene: Scene, hour: Hour, interior: bool) -> int:
    kelvin = (_KELVIN_IN if interior else _KELVIN_OUT)[hour]
    if not interior and scene.weather in _FLAT_SKY and hour in ("morning", "day"):
        kelvin += 900
    return kelvin
