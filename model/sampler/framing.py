"""Cameras for sampled stages: a size, an angle and a move about a subject, in metres.

A small cousin of the director's framing, for one subject at a time; it knows no axis and no coverage.
"""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random
from typing import Literal

from model.stage import SENSOR_HEIGHT_MM, Camera, CameraKey, FocusKey, Vec3

__all__ = ["ANGLES", "MOVES", "SIZES", "Angle", "Move", "Size", "camera", "following"]

Size = Literal["EWS", "WS", "FS", "MLS", "MS", "MCU", "CU", "ECU"]
Angle = Literal["eye_level", "low", "high", "overhead", "dutch"]
Move = Literal["static", "push_in", "pull_out", "truck", "pan", "handheld"]
SIZES: tuple[Size, ...] = ("EWS", "WS", "FS", "MLS", "MS", "MCU", "CU", "ECU")
ANGLES: tuple[Angle, ...] = ("eye_level", "low", "high", "overhead", "dutch")
MOVES: tuple[Move, ...] = ("static", "push_in", "pull_out", "truck", "pan", "handheld")

# How much of a standing person's height the picture's height covers, and where its middle lies on that height.
_COVERS: dict[Size, tuple[float, float]] = {
    "EWS": (5.0, 0.9), "WS": (2.2, 0.55), "FS": (1.22, 0.5), "MLS": (0.80, 0.66), "MS": (0.58, 0.76),
    "MCU": (0.40, 0.84), "CU": (0.26, 0.90), "ECU": (0.15, 0.925),
}  # fmt: skip
_LENS_MM: dict[Size, float] = {
    "EWS": 24.0, "WS": 28.0, "FS": 35.0, "MLS": 40.0, "MS": 50.0, "MCU": 65.0, "CU": 85.0, "ECU": 100.0,
}  # fmt: skip
_ELEVATION_DEG: dict[Angle, tuple[float, float]] = {
    "eye_level": (-2.0, 6.0), "low": (-26.0, -12.0), "high": (18.0, 34.0), "overhead": (58.0, 78.0),
    "dutch": (-4.0, 8.0),
}  # fmt: skip
_LOWEST_M = 0.22


def camera(
    rng: Random,
    size: Size,
    angle: Angle,
    move: Move,
    subject: tuple[Vec3, float, float],
    azimuth_deg: float,
    duration_s: float,
    bounds: tuple[float, float, float, float] | None,
    focus: str,
) -> Camera:
    """A camera on a subject (its foot's point, its height and how much of that it stands now, 0 to 1).

    `azimuth_deg` is the heading from the subject to the camera; `bounds` (x0, z0, x1, z1) are a room's walls, which
    the camera stays within, on a shorter lens.
    """
    (at, height, upright) = subject
    covers, middle = _COVERS[size]
    extent = max(covers * height, 0.16)
    target = Vec3(at.x, at.y + height * upright * min(middle, 0.94), at.z)
    lens = _LENS_MM[size] * rng.uniform(0.9, 1.15)
    elevation = math.radians(rng.uniform(*_ELEVATION_DEG[angle]))
    away = (math.sin(math.radians(azimuth_deg)), math.cos(math.radians(azimuth_deg)))
    reach = extent * lens / SENSOR_HEIGHT_MM
    flat = reach * math.cos(elevation)
    if bounds is not None:
        flat = min(flat, _room(at, away, bounds))
    rise = flat * math.tan(elevation)
    low = _LOWEST_M - target.y
    rise = max(rise, low)
    if bounds is not None:
        rise = min(rise, 2.55 - target.y)
    lens = math.hypot(flat, rise) * SENSOR_HEIGHT_MM / extent
    eye = Vec3(target.x + away[0] * flat, target.y + rise, target.z + away[1] * flat)
    roll = rng.choice((-1, 1)) * rng.uniform(8.0, 14.0) if angle == "dutch" else 0.0
    first = CameraKey(time_s=0.0, position=eye, target=target, lens_mm=lens, roll_deg=roll)
    last = _moved(rng, first, move, duration_s, away)
    keys = (first,) if last is None else (first, last)
    return Camera(
        keys=keys,
        handheld=0.5 if move == "handheld" else 0.0,
        focus=(FocusKey(time_s=0.0, on=focus),),
        f_number=2.8 if size in ("MS", "MCU", "CU", "ECU") else 8.0,
    )


def following(seen: Camera, way_m: tuple[float, float], duration_s: float) -> Camera:
    """The camera going along with a subject that goes evenly along `way_m` (x, z) and is at its middle halfway."""
    dx, dz = way_m

    def along(key: CameraKey, time_s: float, share: float) -> CameraKey:
        x, z = dx * (share - 0.5), dz * (share - 0.5)
        eye, target = key.position, key.target
        return replace(
            key,
            time_s=time_s,
            position=Vec3(eye.x + x, eye.y, eye.z + z),
            target=Vec3(target.x + x, target.y, target.z + z),
        )

    keys = (along(seen.keys[0], 0.0, 0.0), along(seen.keys[-1], duration_s, 1.0))
    return replace(seen, keys=keys, easing="linear")


def _room(at: Vec3, away: tuple[float, float], bounds: tuple[float, float, float, float]) -> float:
    """How far one can go from a point along a heading and stay a little off the walls."""
    x0, z0, x1, z1 = bounds
    reach = 40.0
    for way, low, high, start in ((away[0], x0, x1, at.x), (away[1], z0, z1, at.z)):
        if abs(way) > 1e-3:
            reach = min(reach, ((high - 0.35 if way > 0 else low + 0.35) - start) / way)
    return max(0.45, reach)


def _moved(rng: Random, key: CameraKey, move: Move, duration_s: float, away: tuple[float, float]) -> CameraKey | None:
    """Where the move ends; None for a camera that stands."""
    eye, target = key.position, key.target
    side = rng.choice((-1.0, 1.0))
    if move in ("push_in", "pull_out"):
        share = rng.uniform(0.14, 0.28)
        share = share if move == "push_in" else -share * 0.7
        x, y, z = (e + (t - e) * share for e, t in zip(eye, target, strict=True))
        return CameraKey(
            time_s=duration_s, position=Vec3(x, y, z), target=target, lens_mm=key.lens_mm, roll_deg=key.roll_deg
        )
    reach = math.dist(eye, target)
    step = side * reach * rng.uniform(0.08, 0.2)
    aside = (away[1] * step, -away[0] * step)
    if move == "truck":
        return CameraKey(
            time_s=duration_s, position=Vec3(eye.x + aside[0], eye.y, eye.z + aside[1]),
            target=Vec3(target.x + aside[0] * 0.6, target.y, target.z + aside[1] * 0.6),
            lens_mm=key.lens_mm, roll_deg=key.roll_deg,
        )  # fmt: skip
    if move == "pan":
        return CameraKey(
            time_s=duration_s, position=eye,
            target=Vec3(target.x + aside[0] * 1.4, target.y, target.z + aside[1] * 1.4),
            lens_mm=key.lens_mm, roll_deg=key.roll_deg,
        )  # fmt: skip
    return None
