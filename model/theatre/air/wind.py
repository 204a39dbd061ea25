"""The wind at a point of the stage: one steady breeze along +x with gusts that travel through the set.

A function of weather, time and place alone, so that leaves, hair, cloth and smoke all bend to the same gust.
"""

from __future__ import annotations

import math

from model.stage import Vec3, Weather

__all__ = ["wind_at"]

STRONGEST_M_S = 11.0


def wind_at(weather: Weather, time_s: float, x: float, z: float) -> Vec3:
    """The wind in m/s at the point (x, z) in metres. Continuous in time and place."""
    speed = STRONGEST_M_S * weather.wind
    phase = 0.55 * x + 0.25 * z
    gust = math.sin(1.3 * time_s - phase) * math.sin(0.47 * time_s - 0.6 * phase) + 0.4 * math.sin(
        2.9 * time_s - 2 * phase
    )
    along = speed * (0.62 + 0.38 * gust / 1.4)
    across = 0.22 * speed * math.sin(0.8 * time_s - 0.7 * phase)
    return Vec3(along, 0.0, across)
