"""Framing: how far a camera stands, and how it is tilted and panned, for a size on the screen.

A frame holds one or more bodies: the crown of the highest stands at the headroom of the size, the part of
the body that the size is cut at stands on the bottom edge (or, from a full shot outward, at its margin), and
every head is inside with a margin. The camera's distance is solved for it, then, where a room is too small,
its lens. Which side the camera stands on is not decided here.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.stage import SENSOR_HEIGHT_MM, Vec3
from shots.blocking.anatomy import Body, offset
from shots.blocking.lens import Pin, aim
from shots.blocking.marks import Floor
from shots.spec import Angle, Size

__all__ = ["SIZED", "Framed", "Sized", "Want", "fitted", "frame", "high_point", "hold", "low_point"]


@dataclass(frozen=True)
class Sized:
    """What a size cuts: the crown (or eyes) at `top` from the top edge, the part at `bottom` from it."""

    high: str
    low: str
    drop: float  # how far below `low` the cut is, in body heights
    top: float
    bottom: float


SIZED: Mapping[Size, Sized] = {
    "EWS": Sized("top", "sole", 0.0, 0.60, 0.735),
    "WS": Sized("top", "sole", 0.0, 0.32, 0.78),
    "FS": Sized("top", "sole", 0.0, 0.07, 0.94),
    "MLS": Sized("top", "knees", 0.02, 0.09, 1.0),
    "MS": Sized("top", "waist", 0.03, 0.10, 1.0),
    "MCU": Sized("top", "chest", 0.055, 0.105, 1.0),
    "CU": Sized("top", "shoulders", 0.02, 0.085, 1.0),
    "ECU": Sized("eyes", "chin", -0.012, 0.40, 0.90),
}
_FEET_AT = 0.97  # of the picture's height: where nobody's feet are cut off
_SHORTEST_MM = 14.0
_NEAREST_M = 0.55
_EYE_LINE: Mapping[Size, float] = {"EWS": 1.7, "WS": 1.45, "FS": 1.2, "MLS": 1.3}
_RISE: Mapping[Angle, float] = {"low": -0.36, "high": 0.45, "overhead": 1.35}


@dataclass(frozen=True)
class Framed:
    """A solved camera, its distance to what it looks at, and by how much it is looser than was asked (1: exact)."""

    pin: Pin
    reach_m: float
    looseness: float


@dataclass(frozen=True)
class Want:
    """What a frame should hold, from which side and through which lens."""

    bodies: Sequence[Body]
    size: Size
    azimuth_deg: float  # the heading from the bodies to the camera
    aspect: float
    lens_mm: float
    u: float = 0.0  # where the middle of the bodies stands, in picture heights from the middle
    angle: Angle = "eye_level"
    roll: float = 0.0


def high_point(body: Body, sized: Sized) -> Vec3:
    """The part of a body that a size keeps at the headroom."""
    return body.part(sized.high)


def low_point(body: Body, sized: Sized) -> Vec3:
    """Where a size cuts a body at the bottom."""
    x, y, z = body.part(sized.low)
    return Vec3(x, max(y - sized.drop * body.tall, 0.0) if body.pose != "lie" else y, z)


def _extent(body: Body, sized: Sized) -> float:
    """How much of a body a size shows, in metres."""
    return max(math.dist(high_point(body, sized), low_point(body, sized)), 0.15)


def frame(want: Want, floor: Floor) -> Framed:
    """Solves the camera of a frame; it always stands where `floor` lets a camera stand."""
    sized = SIZED[want.size]
    focal = want.lens_mm / SENSOR_HEIGHT_MM
    first = want.bodies[0]
    x = (min(b.head_x for b in want.bodies) + max(b.head_x for b in want.bodies)) / 2
    z = (min(b.head_z for b in want.bodies) + max(b.head_z for b in want.bodies)) / 2
    if _is_lying(want):
        x, _, z = _halfway(first, sized)
    visible_m = _extent(first, sized) / (sized.bottom - sized.top)
    furthest = _room(x, z, want.azimuth_deg, floor)
    depth_spread = max(math.hypot(b.head_x - x, b.head_z - z) for b in want.bodies)
    nearest = min(depth_spread + _NEAREST_M, furthest)
    level_m = min(max(focal * visible_m, nearest), furthest)
    pin = _pose(want, x, z, level_m, focal, floor)
    for _ in range(18):
        scale = min(max(_scale(want, pin), 0.6), 1.8)
        if abs(scale - 1.0) < 0.002:
            break
        wanted_m = level_m + (scale - 1.0) * max(level_m - 0.6 * depth_spread, 0.4)
        if level_m in (nearest, furthest) and not nearest <= wanted_m <= furthest:
            # No more room: the lens makes up for it.
            focal = max(focal / scale, _SHORTEST_MM / SENSOR_HEIGHT_MM)
        level_m = min(max(wanted_m, nearest), furthest)
        pin = _pose(want, x, z, level_m, focal, floor)
    top, low = pin.project(*high_point(first, sized)), pin.project(*low_point(first, sized))
    looseness = (sized.bottom - sized.top) / max(math.hypot(top.u - low.u, top.v - low.v), 1e-6)
    return Framed(pin, math.dist(pin.eye, (x, _middle_y(want.bodies, sized), z)), looseness)


def fitted(want: Want, eye: Vec3, shortest: float, longest: float) -> Pin:
    """The camera at `eye` through the focal length (in picture heights) that gives the frame its size from there."""
    focal = want.lens_mm / SENSOR_HEIGHT_MM
    pin = hold(want, eye, focal)
    for _ in range(18):
        scale = _scale(want, pin)
        if abs(scale - 1.0) < 0.002:
            break
        focal = min(max(focal / scale, shortest), longest)
        pin = hold(want, eye, focal)
    return pin


def hold(want: Want, eye: Vec3, focal: float) -> Pin:
    """The camera at `eye` that holds the frame's headroom and middle, whatever the size then is."""
    sized = SIZED[want.size]
    if _is_lying(want):
        return aim(eye, _halfway(want.bodies[0], sized), want.u, -0.03, focal, want.roll)
    points = [high_point(body, sized) for body in want.bodies]
    highest = max(points, key=lambda point: point.y)
    pin = aim(eye, highest, want.u, 0.5 - sized.top, focal, want.roll)
    if len(points) == 1 and not want.bodies[0].ahead:
        return pin
    for _ in range(4):
        left, right = _sides(want, pin)
        heads = [pin.project(*point) for point in points]
        top = max(heads, key=lambda head: head.v)
        error_u, error_v = (left + right) / 2 - want.u, top.v - (0.5 - sized.top)
        if abs(error_u) + abs(error_v) < 1e-4:
            break
        pin = aim(eye, points[heads.index(top)], top.u - error_u, top.v - error_v, focal, want.roll)
    return pin


def _is_lying(want: Want) -> bool:
    """Whether the frame is made for somebody who lies, and is then laid over the body's middle."""
    return want.bodies[0].pose == "lie" and not want.bodies[0].ahead and len(want.bodies) == 1


def _halfway(body: Body, sized: Sized) -> Vec3:
    return Vec3(*((a + b) / 2 for a, b in zip(high_point(body, sized), low_point(body, sized), strict=True)))


def _pose(want: Want, x: float, z: float, level_m: float, focal: float, floor: Floor) -> Pin:
    sized = SIZED[want.size]
    eye_x, eye_z = offset(x, z, want.azimuth_deg, level_m)
    return hold(want, Vec3(eye_x, _eye_height(want, sized, level_m, floor), eye_z), focal)


def _eye_height(want: Want, sized: Sized, level_m: float, floor: Floor) -> float:
    eyes = sum(b.eyes for b in want.bodies) / len(want.bodies)
    if want.angle in _RISE:
        rise = _RISE[want.angle]
        focus = eyes if sized.low not in ("sole", "knees") else _middle_y(want.bodies, sized)
        height = focus + rise * level_m
    elif _is_lying(want):
        height = eyes + 0.7 * level_m
    else:
        height = min(_EYE_LINE.get(want.size, eyes), eyes + 0.25)
    return min(max(height, 0.25), floor.camera_top)


def _middle_y(bodies: Sequence[Body], sized: Sized) -> float:
    return (max(high_point(b, sized).y for b in bodies) + min(low_point(b, sized).y for b in bodies)) / 2


def _sides(want: Want, pin: Pin) -> tuple[float, float]:
    """The left and right edge of the heads; an animal is shown from nose to tail, closer in to its shoulders."""
    left, right = math.inf, -math.inf
    for body in want.bodies:
        head = pin.project(*body.eye_point)
        half = 1.2 * pin.focal * body.half_head / max(head.depth_m, 0.1)  # noses and hair stand out
        left, right = min(left, head.u - half), max(right, head.u + half)
        if body.ahead and want.size not in ("CU", "ECU"):
            for reach in (body.ahead, -body.behind if want.size in ("EWS", "WS", "FS", "MLS") else 0.0):
                x, z = offset(body.x, body.z, body.heading_deg, reach)
                end = pin.project(x, body.shoulders, z)
                left, right = min(left, end.u), max(right, end.u)
    return left, right


def _scale(want: Want, pin: Pin) -> float:
    """By how much the picture is too large: 1 when the frame fits exactly."""
    sized = SIZED[want.size]
    wanted = sized.bottom - sized.top
    largest = 0.0
    lowest_chin = 0.5
    for body in want.bodies:
        high, low = pin.project(*high_point(body, sized)), pin.project(*low_point(body, sized))
        largest = max(largest, math.hypot(high.u - low.u, high.v - low.v))
        if want.size != "ECU":
            part = "shoulders" if len(want.bodies) == 2 and sized.low in ("waist", "knees") else "chin"
            lowest_chin = min(lowest_chin, pin.project(*body.part(part)).v)
    scale = largest / wanted
    left, right = _sides(want, pin)
    if want.size != "ECU" or len(want.bodies) > 1:
        shoulder = 0.0 if len(want.bodies) == 1 else 0.10
        room = want.aspect * (0.96 - shoulder) - 2 * abs(want.u)
        scale = max(scale, (right - left) / max(room, 0.2 * want.aspect))
    if _is_lying(want):
        return scale
    if sized.low == "sole" and len(want.bodies) > 1:  # everybody's feet
        lowest = min(pin.project(*low_point(body, sized)).v for body in want.bodies)
        scale = max(scale, (0.5 - sized.top - lowest) / (_FEET_AT - sized.top))
    # Among different heights the lowest chin (of two, the lower shoulders) must not fall below the frame.
    return max(scale, (0.5 - sized.top - lowest_chin) / (0.93 - sized.top))


def _room(x: float, z: float, azimuth_deg: float, floor: Floor) -> float:
    """How far a camera can go from (x, z) along a heading before it meets a wall."""
    angle = math.radians(azimuth_deg)
    reaches = []
    for along, at, low, high in (
        (math.sin(angle), x, -floor.camera_half_x, floor.camera_half_x),
        (math.cos(angle), z, floor.camera_near_z, floor.camera_far_z),
    ):
        if abs(along) > 1e-9:
            reaches.append(((high if along > 0 else low) - at) / along)
    return max(min(reaches), 0.3)
