"""Where the camera hears a point of the stage: how far to the left or right, and how far off.

Sound stays nearer to the middle than the picture: what stands at the frame's edge is panned a little over half way.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.stage import Camera, Vec3
from shots.blocking.measure import pin_at

__all__ = ["EDGE_PAN", "Ears"]

EDGE_PAN = 0.6
"""The pan of what stands at the frame's edge."""
_SIDE_PAN = 0.9  # of what is square to the camera's side
_NEAREST_M = 0.5
_OFF_SCREEN = 1.4  # so many times farther off sounds what is not seen
_ABOVE = 0.75  # of the picture's height from its middle: what lies farther up or down is not seen


@dataclass(frozen=True)
class Ears:
    """A camera's ears, for a picture of a width-to-height `aspect`."""

    camera: Camera
    aspect: float

    def hear(self, point: Vec3, time_s: float) -> tuple[float, float]:
        """The pan (-1 to 1) and distance in metres of a point at a time."""
        pin = pin_at(self.camera, time_s)
        x, y, z = (a - b for a, b in zip(point, pin.eye, strict=True))
        rx, _, rz, _, _, _, fx, _, fz = pin.axes
        right, ahead = rx * x + rz * z, fx * x + fz * z
        azimuth = math.atan2(right, ahead)
        edge = math.atan2(self.aspect / 2, pin.focal)
        off = abs(azimuth)
        if off <= edge:
            pan = EDGE_PAN * math.tan(off) / math.tan(edge)
        elif off <= math.pi / 2:
            pan = EDGE_PAN + (_SIDE_PAN - EDGE_PAN) * (off - edge) / (math.pi / 2 - edge)
        else:
            pan = _SIDE_PAN * math.sin(off)
        seen = off <= edge and abs(pin.project(*point).v) <= _ABOVE
        distance_m = max(_NEAREST_M, math.hypot(x, y, z)) * (1.0 if seen else _OFF_SCREEN)
        return math.copysign(pan, azimuth), distance_m
