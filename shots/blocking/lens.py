"""A pinhole camera in plain floats: the same projection as the theatre's, and its inverse, aiming.

Screen coordinates are in picture heights from the picture's middle: u to the right, v up; the top edge is
v = 0.5 and the right edge u = aspect / 2. Nothing here knows of people or film.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from model.stage import SENSOR_HEIGHT_MM, CameraKey, Vec3

__all__ = ["Pin", "Screen", "aim", "pin_of", "turn", "wrap_deg"]

NEAR_M = 0.08


class Screen(NamedTuple):
    """Where a point falls, and how far along the optical axis it is."""

    u: float
    v: float
    depth_m: float


def wrap_deg(angle: float) -> float:
    """The same angle in -180° (exclusive) to 180°."""
    return -((-angle + 180.0) % 360.0 - 180.0)


def turn(start: float, end: float, u: float) -> float:
    """The heading a fraction `u` of the way from `start` to `end`, the short way round."""
    return start + wrap_deg(end - start) * u


@dataclass(frozen=True)
class Pin:
    """A camera at one instant. `focal` is the focal length in picture heights; angles in radians."""

    eye: Vec3
    yaw: float
    pitch: float
    focal: float
    roll: float = 0.0
    axes: tuple[float, ...] = field(init=False, repr=False, compare=False)  # right, up and forward in the stage

    def __post_init__(self) -> None:
        sin_yaw, cos_yaw = math.sin(self.yaw), math.cos(self.yaw)
        sin_pitch, cos_pitch = math.sin(self.pitch), math.cos(self.pitch)
        c, s = math.cos(self.roll), math.sin(self.roll)
        up_x, up_y, up_z = -sin_yaw * sin_pitch, cos_pitch, -cos_yaw * sin_pitch
        axes = (
            c * cos_yaw - s * up_x, -s * up_y, -c * sin_yaw - s * up_z,
            s * cos_yaw + c * up_x, c * up_y, -s * sin_yaw + c * up_z,
            sin_yaw * cos_pitch, sin_pitch, cos_yaw * cos_pitch,
        )  # fmt: skip
        object.__setattr__(self, "axes", axes)

    def project(self, x: float, y: float, z: float) -> Screen:
        """Where a point falls; points nearer than 8 cm are projected as if they stood there."""
        rx, ry, rz, ux, uy, uz, fx, fy, fz = self.axes
        ex, ey, ez = self.eye
        dx, dy, dz = x - ex, y - ey, z - ez
        depth = fx * dx + fy * dy + fz * dz
        scale = self.focal / (depth if depth > NEAR_M else NEAR_M)
        return Screen((rx * dx + ry * dy + rz * dz) * scale, (ux * dx + uy * dy + uz * dz) * scale, depth)

    def target(self, reach_m: float) -> Vec3:
        """The point on the optical axis that is `reach_m` away."""
        level = math.cos(self.pitch) * reach_m
        return Vec3(
            self.eye.x + math.sin(self.yaw) * level,
            self.eye.y + math.sin(self.pitch) * reach_m,
            self.eye.z + math.cos(self.yaw) * level,
        )

    def key(self, time_s: float, reach_m: float) -> CameraKey:
        """This camera as a key whose target is `reach_m` away."""
        return CameraKey(
            time_s=time_s,
            position=self.eye,
            target=self.target(reach_m),
            lens_mm=self.focal * SENSOR_HEIGHT_MM,
            roll_deg=math.degrees(self.roll),
        )


def aim(eye: Vec3, point: Vec3, u: float, v: float, focal: float, roll: float = 0.0) -> Pin:
    """The camera at `eye` that sees `point` at (u, v)."""
    c, s = math.cos(roll), math.sin(roll)
    right, up = (c * u + s * v) / focal, (c * v - s * u) / focal
    dx, dy, dz = point.x - eye.x, point.y - eye.y, point.z - eye.z
    # The point's direction has length 1 in the stage and (right, up, 1) / norm in the camera: equal heights
    # give the pitch, equal bearings then give the yaw.
    norm = math.sqrt(right * right + up * up + 1.0)
    reach = math.sqrt(dx * dx + dy * dy + dz * dz) or 1.0
    lift = min(max(dy / reach * norm / math.hypot(up, 1.0), -1.0), 1.0)
    pitch = math.asin(lift) - math.atan2(up, 1.0)
    level = math.cos(pitch) - up * math.sin(pitch)
    return Pin(eye, math.atan2(dx, dz) - math.atan2(right, level), pitch, focal, roll)


def pin_of(key: CameraKey) -> Pin:
    """A camera key as a pinhole."""
    dx, dy, dz = (b - a for a, b in zip(key.position, key.target, strict=True))
    return Pin(
        key.position,
        math.atan2(dx, dz),
        math.atan2(dy, math.hypot(dx, dz)),
        key.lens_mm / SENSOR_HEIGHT_MM,
        math.radians(key.roll_deg),
    )
