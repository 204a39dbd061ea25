"""Lightning: how bright the air is after each strike, and the lift it gives a whole frame.

The bolt itself stands in the sky (`model.theatre.air.clouds`); here is only its light.
"""

from __future__ import annotations

import math

import skia

from model.stage import Weather

__all__ = ["flash_at", "paint_flash", "strikes_at"]

RISE_S, DECAY_S, LASTS_S = 0.045, 0.11, 0.9
SECOND_S, SECOND = 0.16, 0.55
"""A second stroke follows the first after so long, so strong."""


def _pulse(since_s: float) -> float:
    """A stroke's light: up within a frame, then falling off."""
    if since_s <= 0.0:
        return 0.0
    rise = min(1.0, since_s / RISE_S)
    return rise * rise * (3.0 - 2.0 * rise) * math.exp(-max(0.0, since_s - RISE_S) / DECAY_S)


def strikes_at(weather: Weather, time_s: float) -> list[int]:
    """Which of the weather's strikes are still seen."""
    return [i for i, start in enumerate(weather.lightning_s) if 0.0 < time_s - start < LASTS_S]


def flash_at(weather: Weather, time_s: float) -> float:
    """The light of lightning at a time, 0 to 1. Continuous in time."""
    light = 0.0
    for i in strikes_at(weather, time_s):
        since = time_s - weather.lightning_s[i]
        light += (_pulse(since) + SECOND * _pulse(since - SECOND_S)) * (1.0 - since / LASTS_S)
    return min(1.0, light)


def paint_flash(canvas: skia.Canvas, weather: Weather, time_s: float, strength: float) -> None:
    """Lifts everything in the canvas's clip, what is lit more than what is dark."""
    flash = flash_at(weather, time_s) * strength
    if flash < 0.01:
        return
    dodge = round(140 * flash)
    canvas.drawColor(0xFF000000 | dodge << 16 | dodge << 8 | min(255, round(dodge * 1.12)), skia.BlendMode.kColorDodge)
    canvas.drawColor(round(70 * flash) << 24 | 0xC8D2FF, skia.BlendMode.kScreen)
