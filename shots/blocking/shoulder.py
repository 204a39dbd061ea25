"""The over-the-shoulder frame: one person's head and shoulder at one edge, the other's face clear beside it.

Solved by moving the camera sideways behind the one whose shoulder it is, and by the lens, until both hold.
"""

from __future__ import annotations

import math
from dataclasses import replace

from model.stage import SENSOR_HEIGHT_MM, Vec3
from shots.blocking.anatomy import Body, offset
from shots.blocking.framing import SIZED, Framed, Want, hold, low_y
from shots.blocking.lens import Pin
from shots.blocking.marks import Floor

__all__ = ["SHOULDER_SHARE", "over_shoulder", "shoulder_edge"]

SHOULDER_SHARE = 0.26
"""The share of the picture's width that the foreground takes."""
_FACE_AT = 0.15  # the face's place off the middle, in picture widths
_LENSES_MM = (24.0, 110.0)


def shoulder_edge(pin: Pin, over: Body, inward: float) -> float:
    """How far into the picture (u, towards `inward` = ±1) the foreground's head or visible shoulder reaches."""
    edges = []
    head = pin.project(over.head_x, (over.crown + over.chin) / 2, over.head_z)
    half = pin.focal * over.half_head / max(head.depth_m, 0.1)
    if abs(head.v) - half < 0.5:
        edges.append(head.u * inward + half)
    shoulder = pin.project(over.x, over.shoulders - 0.04, over.z)
    if shoulder.v > -0.44:
        edges.append(shoulder.u * inward + pin.focal * 0.85 * over.half_body / max(shoulder.depth_m, 0.1))
    return max(edges, default=-math.inf)


def over_shoulder(want: Want, over: Body, side: int, lens_mm: float | None, floor: Floor) -> tuple[Framed, Want] | None:
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
    visible_m = max(float(getattr(subject, sized.high)) - low_y(subject, sized), 0.15) / (sized.bottom - sized.top)
    back_m, aside_m = 0.78 + 0.12 * max(apart - 1.3, 0.0), 0.34
    want = replace(want, u=screen * _FACE_AT * want.aspect)
    goal = -want.aspect / 2 + SHOULDER_SHARE * want.aspect
    focal = (apart + back_m) / visible_m
    pin = hold(want, _eye(over, subject, heading, back_m, aside_m * screen), focal)
    for _ in range(24):
        focal = lens_mm / SENSOR_HEIGHT_MM if lens_mm else min(max(focal, _LENSES_MM[0] / 20.25), _LENSES_MM[1] / 20.25)
        eye = _eye(over, subject, heading, back_m, aside_m * screen)
        if not floor.holds_camera(eye):
            return None
        pin = hold(want, eye, focal)
        edge = shoulder_edge(pin, over, screen)
        if math.isinf(edge):
            edge = pin.project(over.head_x, over.chin, over.head_z).u * screen
        top = pin.project(subject.head_x, float(getattr(subject, sized.high)), subject.head_z)
        low = pin.project(subject.head_x, low_y(subject, sized), subject.head_z)
        scale = (top.v - low.v) / (sized.bottom - sized.top)
        if abs(edge - goal) < 0.004 and (lens_mm or abs(scale - 1) < 0.004):
            break
        aside_m = min(max(aside_m + 0.7 * (edge - goal) * back_m / focal, 0.05), 0.9)
        focal /= scale
    shown = pin.project(subject.head_x, float(getattr(subject, sized.high)), subject.head_z).v
    shown -= pin.project(subject.head_x, low_y(subject, sized), subject.head_z).v
    return Framed(pin, math.dist(pin.eye, subject.eye_point), (sized.bottom - sized.top) / max(shown, 1e-6)), want


def _eye(over: Body, subject: Body, heading: float, back_m: float, aside_m: float) -> Vec3:
    x, z = offset(over.head_x, over.head_z, heading + 180.0, back_m)
    x, z = offset(x, z, heading + 90.0, aside_m)
    height = 0.62 * over.eyes + 0.38 * subject.eyes + 0.03
    return Vec3(x, min(max(height, over.shoulders - 0.1), over.crown + 0.15), z)
