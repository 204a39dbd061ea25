"""The over-the-shoulder frame: one person's head and shoulder at one edge, the other's face clear beside it.

Solved by moving the camera sideways behind the one whose shoulder it is, and by the lens, until both hold.
"""

from __future__ import annotations

import math
from dataclasses import replace

from model.stage import SENSOR_HEIGHT_MM, Vec3
from shots.blocking.anatomy import Body, offset
from shots.blocking.framing import SIZED, Framed, Want, high_point, hold, low_point
from shots.blocking.lens import Pin
from shots.blocking.marks import Floor

__all__ = ["FACE_AT", "HEAD_SHARE", "LEAST_HEAD_SHARE", "SHOULDER_SHARE", "over_shoulder", "shoulder_edges"]

HEAD_SHARE, SHOULDER_SHARE, LEAST_HEAD_SHARE = 0.21, 0.34, 0.12
"""Shares of the picture's width: of the foreground's head, of its shoulder, and of the head at the very least."""
FACE_AT = 0.15
"""The face's place off the middle, in picture widths."""
_SHORTEST, _LONGEST = 24.0 / SENSOR_HEIGHT_MM, 135.0 / SENSOR_HEIGHT_MM
_SHOULDER_BELOW, _CROWN_ABOVE = -0.2, 0.1


def shoulder_edges(pin: Pin, over: Body, inward: float) -> tuple[float, float]:
    """How far into the picture (u, towards `inward` = ±1) the foreground's head and its visible shoulder reach."""
    head = pin.project(over.head_x, (over.crown + over.chin) / 2, over.head_z)
    head_edge = head.u * inward + pin.focal * over.half_head / max(head.depth_m, 0.1)
    shoulder = pin.project(over.x, over.shoulders - 0.04, over.z)
    if shoulder.v < -0.44:
        return head_edge, -math.inf
    return head_edge, shoulder.u * inward + pin.focal * 0.85 * over.half_body / max(shoulder.depth_m, 0.1)


def over_shoulder(
    want: Want, over: Body, side: int, lens_mm: float | None, floor: Floor, back_share: float = 1.0
) -> tuple[Framed, Want] | None:
    """The camera behind `over`, on the side (+1 right, -1 left) of the line from the subject to `over`.

    None when the two are too near or too far for a shoulder to make sense.
    """
    subject = want.bodies[0]
    apart = math.dist((subject.x, subject.z), (over.x, over.z))
    if not 0.5 <= apart <= 5.0 or "lie" in (over.pose, subject.pose):
        return None
    heading = math.degrees(math.atan2(subject.x - over.x, subject.z - over.z))
    # The line runs from the subject to `over`; seen from behind `over` its right side is the left one.
    screen = float(-side)  # +1: the camera is to the right of `over`, who then stands at the left edge
    sized = SIZED[want.size]
    high, low = high_point(subject, sized), low_point(subject, sized)
    visible_m = math.dist(high, low) / (sized.bottom - sized.top)
    # In an upright picture the foreground must be further off to be no wider than its share.
    upright = max(1.5 - want.aspect, 0.0)
    back_m, aside_m = (0.80 + 0.12 * max(apart - 1.3, 0.0) + 1.2 * upright) * back_share, 0.34
    wanted = (sized.bottom - sized.top) / (1.0 + 0.25 * upright)
    want = replace(want, u=screen * FACE_AT * want.aspect)
    focal = (apart + back_m) / visible_m
    height_m = min(max(0.62 * over.eyes + 0.38 * subject.eyes + 0.03, over.shoulders - 0.1), over.crown + 0.15)
    edge = 0.5 * want.aspect
    pin = hold(want, _eye(over, heading, back_m, aside_m * screen, height_m), focal)
    for _ in range(28):
        focal = lens_mm / SENSOR_HEIGHT_MM if lens_mm else min(max(focal, _SHORTEST), _LONGEST)
        eye = _eye(over, heading, back_m, aside_m * screen, height_m)
        if not floor.holds_camera(eye):
            return None
        pin = hold(want, eye, focal)
        head, shoulder = shoulder_edges(pin, over, screen)
        head_share, shoulder_share = (head + edge) / want.aspect, (shoulder + edge) / want.aspect
        excess = max(head_share - HEAD_SHARE, min(shoulder_share - SHOULDER_SHARE, head_share - LEAST_HEAD_SHARE))
        rise_m = _rise_m(pin, over)
        shown = pin.project(*high).v - pin.project(*low).v
        scale = max(shown, 0.05) / wanted
        if abs(excess) < 0.004 and abs(rise_m) < 0.005 and (lens_mm or abs(scale - 1) < 0.004):
            break
        aside_m = min(max(aside_m + 0.7 * excess * want.aspect * back_m / focal, 0.05), 0.9)
        height_m = min(max(height_m + 0.6 * rise_m, 0.5), over.crown + 0.35)
        focal /= scale
    shown = pin.project(*high).v - pin.project(*low).v
    return Framed(pin, math.dist(pin.eye, subject.eye_point), (sized.bottom - sized.top) / max(shown, 1e-6)), want


def _rise_m(pin: Pin, over: Body) -> float:
    """How far the camera must rise for the shoulder to be low in the picture and the head still in it."""
    shoulder = pin.project(over.x, over.shoulders, over.z)
    crown = pin.project(over.head_x, over.crown, over.head_z)
    if shoulder.v > _SHOULDER_BELOW:
        return (shoulder.v - _SHOULDER_BELOW) * shoulder.depth_m / pin.focal
    return min((crown.v - _CROWN_ABOVE) * crown.depth_m / pin.focal, 0.0)


def _eye(over: Body, heading: float, back_m: float, aside_m: float, height_m: float) -> Vec3:
    x, z = offset(over.head_x, over.head_z, heading + 180.0, back_m)
    x, z = offset(x, z, heading + 90.0, aside_m)
    return Vec3(x, height_m, z)
