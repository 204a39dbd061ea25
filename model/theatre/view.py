"""Perspective: from metres on the stage to pixels of one frame.

The only place where a point is projected, so that every pass and every test agrees on where it falls.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from model.stage import SENSOR_HEIGHT_MM, Camera, CameraKey, Vec3

__all__ = ["NEAR_M", "View", "locked", "view_at"]

NEAR_M = 0.08
"""What is nearer to the camera than this is not drawn."""


@dataclass(frozen=True, eq=False)
class View:
    """A camera at one instant, for pictures of `width_px` × `height_px`.

    Compared by identity: a locked camera has one view for all its frames, under which still things can be kept.

    `rotation` is (3, 3): its rows are the camera's right, up and forward axes in stage coordinates.
    """

    eye: Vec3
    rotation: NDArray[np.float64]
    focal_px: float
    width_px: int
    height_px: int

    def project(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 3) points in metres → (n, 3): pixel x, pixel y (down), depth in metres along the axis.

        Points nearer than `NEAR_M` are projected as if they stood there.
        """
        matrix, offset = self.lens
        seen = np.asarray(points, dtype=np.float64) @ matrix + offset
        seen[:, :2] /= np.maximum(seen[:, 2:], NEAR_M)
        seen[:, :2] += self.middle_px
        return seen

    def point(self, x: float, y: float, z: float) -> tuple[float, float, float]:
        """One point in metres → pixel x, pixel y (down), depth in metres."""
        dx, dy, dz = x - self.eye.x, y - self.eye.y, z - self.eye.z
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = self.axes
        depth = cx * dx + cy * dy + cz * dz
        scale = self.focal_px / max(depth, NEAR_M)
        across, up = ax * dx + ay * dy + az * dz, bx * dx + by * dy + bz * dz
        return self.width_px / 2 + across * scale, self.height_px / 2 - up * scale, depth

    @cached_property
    def lens(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """A (3, 3) matrix and an offset: points in metres @ matrix + offset are (x·z, y·z, z), x and y in pixels
        from the picture's middle and z the depth in metres.
        """
        matrix = self.rotation.T * np.array([self.focal_px, -self.focal_px, 1.0])
        return matrix, -(np.asarray(self.eye) @ matrix)

    @cached_property
    def middle_px(self) -> NDArray[np.float64]:
        """The picture's middle."""
        return np.array([self.width_px / 2, self.height_px / 2])

    def pixels(self, seen: NDArray[np.float64]) -> NDArray[np.float64]:
        """(n, 3) points behind the lens' matrix → (n, 2) pixels."""
        flat: NDArray[np.float64] = seen[:, :2] / np.maximum(seen[:, 2:], NEAR_M)
        flat += self.middle_px
        return flat

    def sees(self, point: Sequence[float], reach_m: float) -> bool:
        """Whether anything within `reach_m` of a point in metres can be in the picture."""
        dx, dy, dz = point[0] - self.eye.x, point[1] - self.eye.y, point[2] - self.eye.z
        right, up, ahead = (a * dx + b * dy + c * dz for a, b, c in self.axes)
        if ahead < -reach_m:
            return False
        for aside, half_px in ((right, self.width_px / 2), (up, self.height_px / 2)):
            # The distance to the plane through the eye and this side of the picture.
            slant = math.hypot(self.focal_px, half_px)
            if (abs(aside) * self.focal_px - ahead * half_px) / slant > reach_m:
                return False
        return True

    @cached_property
    def axes(self) -> list[list[float]]:
        """The rows of `rotation` as plain numbers."""
        rows: list[list[float]] = self.rotation.tolist()
        return rows

    def px_per_m(self, depth_m: float) -> float:
        """How many pixels a metre across the axis takes at a depth."""
        return self.focal_px / max(depth_m, NEAR_M)

    def bearing_deg(self, x: float, z: float) -> float:
        """The heading from the floor point (x, z) to the camera, for choosing which side of a thing is seen."""
        return math.degrees(math.atan2(self.eye.x - x, self.eye.z - z))


def locked(camera: Camera) -> bool:
    """Whether the camera stands still for the whole shot."""
    return camera.handheld == 0 and len({_framing(key) for key in camera.keys}) == 1


def _framing(key: CameraKey) -> tuple[Vec3, Vec3, float, float]:
    return key.position, key.target, key.lens_mm, key.roll_deg


@lru_cache(maxsize=64)
def _still_view(framing: tuple[Vec3, Vec3, float, float], width_px: int, height_px: int) -> View:
    eye, target, lens_mm, roll_deg = framing
    return _aimed(np.asarray(eye), np.asarray(target), lens_mm, math.radians(roll_deg), width_px, height_px)


def view_at(camera: Camera, time_s: float, width_px: int, height_px: int, seed: int = 0) -> View:
    """The camera at `time_s`: keys are eased between (a smoothstep, or evenly); a handheld camera sways by its seed."""
    keys = camera.keys
    if locked(camera):
        return _still_view(_framing(keys[0]), width_px, height_px)
    after = next((i for i, key in enumerate(keys) if key.time_s > time_s), len(keys))
    a, b = keys[max(after - 1, 0)], keys[min(after, len(keys) - 1)]
    span = b.time_s - a.time_s
    u = min(max((time_s - a.time_s) / span, 0.0), 1.0) if span > 0 else 0.0
    u = u * u * (3 - 2 * u) if camera.easing == "smooth" else u
    eye = np.asarray(a.position) * (1 - u) + np.asarray(b.position) * u
    target = np.asarray(a.target) * (1 - u) + np.asarray(b.target) * u
    lens_mm = a.lens_mm * (1 - u) + b.lens_mm * u
    roll = math.radians(a.roll_deg * (1 - u) + b.roll_deg * u)
    if camera.handheld > 0:
        phase = (seed % 997) * 0.61803
        reach = float(np.linalg.norm(target - eye))
        sway = np.array(
            [
                math.sin(1.7 * time_s + phase) + 0.5 * math.sin(4.1 * time_s + 2.3 * phase),
                0.7 * math.sin(2.3 * time_s + 1.9 * phase) + 0.4 * math.sin(5.3 * time_s + phase),
                0.0,
            ]
        )
        target = target + sway * 0.012 * camera.handheld * reach
        roll += math.radians(0.6 * camera.handheld * math.sin(1.3 * time_s + phase))
    return _aimed(eye, target, lens_mm, roll, width_px, height_px)


def _aimed(
    eye: NDArray[np.float64], target: NDArray[np.float64], lens_mm: float, roll: float, width_px: int, height_px: int
) -> View:
    """A view from `eye` toward `target`; into the set, along +z, where the two fall together."""
    forward = target - eye
    reach = float(np.linalg.norm(forward))
    forward = forward / reach if reach > 1e-6 else np.array([0.0, 0.0, 1.0])
    world_up = np.array([0.0, 1.0, 0.0]) if abs(forward[1]) < 0.999 else np.array([0.0, 0.0, 1.0])
    right = np.cross(world_up, forward)
    right /= np.linalg.norm(right)
    up = np.cross(forward, right)
    c, s = math.cos(roll), math.sin(roll)
    right, up = c * right - s * up, s * right + c * up
    return View(
        eye=Vec3(*(float(v) for v in eye)),
        rotation=np.stack([right, up, forward]),
        focal_px=height_px * lens_mm / SENSOR_HEIGHT_MM,
        width_px=width_px,
        height_px=height_px,
    )
