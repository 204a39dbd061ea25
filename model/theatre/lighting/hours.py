"""The palettes of the hours and the tints of weathers: the colours that light, shadow, sky and air are mixed from.

Colours only; `model.theatre.lighting.light` turns them into paint. Each hour sets a warm light against a cool
shadow or the other way round, so that form reads by colour as well as by value.
"""

from __future__ import annotations

from typing import NamedTuple

from model.stage import RGB, Hour, WeatherKind

__all__ = ["FOG_REACH_M", "HOURS", "VEILS", "HourLook", "Veil"]


class HourLook(NamedTuple):
    """An hour's palette. Multipliers are of neutral colour; `zenith`, `middle`, `horizon` and `haze` are colours."""

    key: tuple[float, float, float]  # multiplies what the key light reaches, outside
    fill: tuple[float, float, float]  # the hue of the fill side; how dark it is tells the key-to-fill ratio
    room: tuple[float, float, float]  # multiplies what the lamps or windows of a room reach
    lift: RGB  # the darkest paint: no shadow is blacker
    zenith: RGB
    middle: RGB
    horizon: RGB
    haze: RGB
    rim: RGB | None  # the edge light of this hour
    lamps: float  # how much practical lamps, windows and signs tell: 0 to 1
    sun: float  # how strongly the sun or moon draws its patches on floors


class Veil(NamedTuple):
    """What a sky that hides the sun does at its full strength."""

    cover: float  # how much of the sky it hides, 0 to 1
    tint: tuple[float, float, float]  # multiplies the light that comes through
    grey: float  # how far colours lose their strength, 0 to 1
    soft: float  # how far light and shade draw together, 0 to 1


HOURS: dict[Hour, HourLook] = {
    "dawn": HourLook(
        (1.0, 0.85, 0.76),
        (0.58, 0.72, 1.06),
        (0.86, 0.84, 0.92),
        RGB(32, 32, 62),
        RGB(92, 124, 178),
        RGB(190, 172, 200),
        RGB(255, 204, 166),
        RGB(198, 180, 200),
        RGB(255, 208, 176),
        0.55,
        0.6,
    ),
    "morning": HourLook(
        (1.03, 0.99, 0.90),
        (0.80, 0.92, 1.08),
        (1.0, 0.99, 0.95),
        RGB(24, 30, 48),
        RGB(84, 158, 214),
        RGB(156, 206, 228),
        RGB(246, 238, 208),
        RGB(196, 218, 226),
        None,
        0.15,
        1.0,
    ),
    "day": HourLook(
        (1.0, 1.0, 1.0),
        (0.84, 0.94, 1.10),
        (1.0, 1.0, 1.0),
        RGB(20, 26, 42),
        RGB(58, 138, 208),
        RGB(128, 192, 230),
        RGB(220, 236, 234),
        RGB(184, 212, 226),
        None,
        0.1,
        0.8,
    ),
    "golden_hour": HourLook(
        (1.10, 0.90, 0.62),
        (0.78, 0.70, 1.0),
        (1.02, 0.92, 0.76),
        RGB(44, 26, 54),
        RGB(92, 128, 182),
        RGB(246, 184, 120),
        RGB(255, 222, 138),
        RGB(246, 192, 136),
        RGB(255, 224, 150),
        0.45,
        1.3,
    ),
    "dusk": HourLook(
        (0.88, 0.64, 0.62),
        (0.50, 0.62, 1.08),
        (0.88, 0.80, 0.76),
        RGB(26, 24, 60),
        RGB(38, 54, 118),
        RGB(128, 92, 154),
        RGB(250, 142, 108),
        RGB(118, 98, 156),
        RGB(255, 172, 146),
        0.85,
        0.3,
    ),
    "night": HourLook(
        (0.58, 0.63, 0.84),
        (0.60, 0.71, 1.10),
        (0.82, 0.73, 0.63),
        RGB(28, 36, 72),
        RGB(12, 22, 60),
        RGB(24, 44, 96),
        RGB(48, 74, 126),
        RGB(40, 60, 112),
        RGB(176, 204, 255),
        1.0,
        0.5,
    ),
}

_CLEAR = Veil(0.0, (1.0, 1.0, 1.0), 0.0, 0.0)
VEILS: dict[WeatherKind, Veil] = {
    "clear": _CLEAR,
    "wind": _CLEAR,
    "overcast": Veil(0.90, (0.86, 0.90, 0.95), 0.18, 0.45),
    "rain": Veil(0.88, (0.74, 0.82, 0.90), 0.24, 0.45),
    "storm": Veil(0.94, (0.47, 0.55, 0.65), 0.26, 0.22),
    "snow": Veil(0.80, (0.94, 0.95, 0.98), 0.22, 0.45),
    "fog": Veil(0.92, (0.90, 0.93, 0.94), 0.24, 0.55),
}

FOG_REACH_M: dict[WeatherKind, float] = {
    "clear": 150.0,
    "wind": 150.0,
    "overcast": 105.0,
    "rain": 60.0,
    "storm": 46.0,
    "snow": 42.0,
    "fog": 13.0,
}
"""How far away half the colour of a thing is lost in the air, about."""
