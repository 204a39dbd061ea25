"""The grey-box set: everything in unpainted clay under the scene's own light, people paler than the set.

It knows no colour, garment or expression, so that an engine takes form, blocking and light from it and no style.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from model.request import Frame
from model.stage import Hour, Light, Stage
from model.theatre.passes import Passes, passes
from model.theatre.view import View

__all__ = ["grey_frames"]

_SET, _THINGS, _PEOPLE, _SKY = 0.55, 0.66, 0.84, 0.95  # how pale each is
_AMBIENT, _AHEAD, _KEY = 0.28, 0.30, 0.42  # light from all about, from the camera, from the key
_TONE = 0.75  # lifts the shadows, as a camera does
_AIR_M = 60.0  # over so many metres a surface goes half into the sky
_HOURS: dict[Hour, float] = {"night": 0.45, "dusk": 0.7, "dawn": 0.8}
"""How bright the hours are beside the day, which has 1."""


def grey_frames(stage: Stage, times_s: Sequence[float], width_px: int, height_px: int) -> Iterator[Frame]:
    """A picture of the grey-box set for each of the times."""
    hour = _HOURS.get(stage.light.hour, 1.0)
    for time_s in times_s:
        seen = passes(stage, time_s, width_px, height_px)
        pale = np.where(seen.person > 0, np.float32(_PEOPLE), np.where(seen.prop > 0, np.float32(_THINGS), _SET))
        lit = pale * _light(seen, hour)
        air = np.exp2(-seen.depth_m / np.float32(_AIR_M))
        grey = lit * air + hour * np.float32(_SKY) * (1.0 - air)
        yield np.repeat((np.clip(grey, 0.0, 1.0) ** _TONE * 255).astype(np.uint8)[..., None], 3, axis=2)


def _light(seen: Passes, hour: float) -> NDArray[np.float32]:
    """How bright white clay would be at each pixel: 1 is full daylight across the key."""
    ahead = np.maximum(seen.normals[..., 2], 0.0)
    across = 0.5 + 0.5 * (seen.normals @ _toward_key(seen.stage.light, seen.surfaces.view))  # wrapped: clay is soft
    fill = 1.0 / max(1.0, seen.stage.light.key_to_fill_ratio)
    key = fill + (1.0 - fill) * np.minimum(seen.light, 1.0)
    lamps = 0.5 * np.maximum(seen.light - 1.0, 0.0)  # as bright at night as by day
    lit: NDArray[np.float32] = hour * (_AMBIENT + _AHEAD * ahead + _KEY * across) * (0.45 + 0.55 * key) + lamps
    return lit


def _toward_key(light: Light, view: View) -> NDArray[np.float32]:
    """The direction that the key comes from, in the camera's right, up and toward the camera."""
    azimuth, elevation = math.radians(light.key_azimuth_deg), math.radians(light.key_elevation_deg)
    flat = math.cos(elevation)
    world = np.array([flat * math.sin(azimuth), math.sin(elevation), flat * math.cos(azimuth)])
    return np.asarray(view.rotation @ world * np.array([1.0, 1.0, -1.0]), dtype=np.float32)
