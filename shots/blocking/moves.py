"""Moves: a solved frame as a camera's path over the shot.

A push-in or a zoom in ends on the frame that was asked for, a pull-out or a zoom out starts on it; pans, tilts
and orbits end on it; a follow keeps it on whoever moves. A camera that a person put somewhere begins there, whatever
its move. No move leaves the floor that a camera has, nor goes through a person.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from model.stage import Camera, CameraKey, FocusKey, Vec3
from shots.blocking.anatomy import Body
from shots.blocking.framing import SIZED, Framed, Want, high_point, hold
from shots.blocking.lens import Pin, aim
from shots.blocking.marks import Floor
from shots.spec import Move

__all__ = ["camera", "camera_path"]

_HANDHELD = 0.55
_STEP_S = 0.25
_PERSON_M = 0.42
_LOSES_M = 0.8
_LOWEST_M = 0.4  # that a crane comes down to
_ARC_DEG, _ARC_STEPS = 40.0, 10
_ZOOM = 0.62  # of the focal length, where a zoom is widest

BodiesAt = Callable[[float], Sequence[Body]]


def camera_path(
    framed: Framed,
    want: Want | None,
    move: Move,
    duration_s: float,
    subjects_at: BodiesAt,
    others: Sequence[tuple[float, float]],
    floor: Floor,
    keep: bool,
    begins: bool = False,
) -> tuple[CameraKey, ...]:
    """The keys of a move. `keep`: the subjects are on their way and are held in frame all the while. `begins`: the
    frame is where the move begins, of whatever kind it is.

    `want` is None when the frame is not made for people (a place, a prop).
    """
    pin, reach = framed.pin, framed.reach_m
    if want is not None and keep:
        return _with_subject(pin, want, move, duration_s, subjects_at, others, floor)
    if move in ("static", "handheld"):
        return (pin.key(0.0, reach),)
    if move == "follow":
        move = "push_in"  # nobody goes anywhere: a slow creep keeps the intention
    if move in ("orbit_left", "orbit_right"):
        return _orbit(pin, reach, move, duration_s, others, floor, want, begins)
    start, end = _ends(pin, reach, move, duration_s, others, floor, want, begins)
    return (start.key(0.0, reach), end.key(duration_s, reach))


def _ends(
    pin: Pin, reach: float, move: Move, duration_s: float,
    others: Sequence[tuple[float, float]], floor: Floor, want: Want | None, begins: bool,
) -> tuple[Pin, Pin]:  # fmt: skip
    middle = pin.target(reach)
    pace = min(max(duration_s / 4.0, 0.35), 1.3)
    if move in ("push_in", "pull_out"):
        way_m = (0.30 if want else 0.22) * pace * reach
        if begins and move == "push_in":
            return pin, _along(pin, middle, -min(way_m, 0.6 * reach), others, floor, want)
        far = _along(pin, middle, way_m, others, floor, want)
        return (far, pin) if move == "push_in" else (pin, far)
    if move in ("zoom_in", "zoom_out"):
        wide = pin.focal * _ZOOM
        out = hold(want, pin.eye, wide) if want else replace(pin, focal=wide)
        return (out, pin) if move == "zoom_in" else (pin, out)
    if move in ("truck_left", "truck_right"):
        side = -1.0 if move == "truck_left" else 1.0
        travel = min(max(0.22 * reach, 0.25), 1.6) * pace * side
        if begins:
            return pin, _slid(pin, travel, others, floor, want)
        return _slid(pin, -0.5 * travel, others, floor, want), _slid(pin, 0.5 * travel, others, floor, want)
    if move in ("pan_left", "pan_right"):
        side = 1.0 if move == "pan_left" else -1.0
        swing = side * math.atan((0.22 if want else 0.28) * 1.4 / pin.focal) * min(pace, 1.0)
        return replace(pin, yaw=pin.yaw + swing), pin
    if move in ("tilt_up", "tilt_down"):
        side = -1.0 if move == "tilt_up" else 1.0
        swing = side * math.atan(0.5 / pin.focal) * min(pace, 1.0)
        return replace(pin, pitch=pin.pitch + swing), pin
    return _craned(pin, move, pace, middle, floor, want, begins)


def _orbit(
    pin: Pin, reach: float, move: Move, duration_s: float,
    others: Sequence[tuple[float, float]], floor: Floor, want: Want | None, begins: bool,
) -> tuple[CameraKey, ...]:  # fmt: skip
    """An arc about what is framed, as far as there is room, slow at both ends."""
    middle = pin.target(reach)
    side = 1.0 if (move == "orbit_left") != begins else -1.0
    span = math.radians(_ARC_DEG) * min(max(duration_s / 5.0, 0.4), 1.0)
    pins = [pin]
    for step in range(1, _ARC_STEPS + 1):
        u = step / _ARC_STEPS
        angle = side * span * u * u * (3 - 2 * u)
        c, s = math.cos(angle), math.sin(angle)
        dx, dz = pin.eye.x - middle.x, pin.eye.z - middle.z
        eye = Vec3(middle.x + c * dx + s * dz, pin.eye.y, middle.z - s * dx + c * dz)
        if not _free(eye, others, floor):
            break
        held = hold(want, eye, pin.focal) if want else replace(pin, eye=eye, yaw=pin.yaw + angle)
        pins.append(held)
    count = len(pins) - 1
    if count == 0:
        return (pin.key(0.0, reach),)
    if not begins:
        pins.reverse()
    return tuple(each.key(duration_s * i / count, reach) for i, each in enumerate(pins))


def _free(eye: Vec3, others: Sequence[tuple[float, float]], floor: Floor) -> bool:
    return floor.holds_camera(eye) and all(math.hypot(eye.x - x, eye.z - z) >= _PERSON_M for x, z in others)


def _along(
    pin: Pin, middle: Vec3, way_m: float, others: Sequence[tuple[float, float]], floor: Floor, want: Want | None
) -> Pin:
    """The same view from further back, or nearer where `way_m` is below zero, as far as there is room; where there is
    none, another lens.
    """
    away = Vec3(*(e - m for e, m in zip(pin.eye, middle, strict=True)))
    length = math.sqrt(away.x**2 + away.y**2 + away.z**2) or 1.0
    for share in (1.0, 0.75, 0.5, 0.25):
        step = way_m * share / length
        eye = Vec3(pin.eye.x + away.x * step, pin.eye.y + away.y * step, pin.eye.z + away.z * step)
        if _free(eye, others, floor):
            return hold(want, eye, pin.focal) if want else replace(pin, eye=eye)
    focal = pin.focal * 0.82 if way_m > 0 else pin.focal / 0.82
    return hold(want, pin.eye, focal) if want else replace(pin, focal=focal)


def _slid(pin: Pin, way_m: float, others: Sequence[tuple[float, float]], floor: Floor, want: Want | None) -> Pin:
    """The camera moved to its right; people stay framed, a place slides by."""
    right = (math.cos(pin.yaw), -math.sin(pin.yaw))
    for share in (1.0, 0.6, 0.3, 0.12):
        step = way_m * share
        eye = Vec3(pin.eye.x + right[0] * step, pin.eye.y, pin.eye.z + right[1] * step)
        if _free(eye, others, floor):
            return hold(want, eye, pin.focal) if want else replace(pin, eye=eye)
    return pin


def _craned(
    pin: Pin, move: Move, pace: float, middle: Vec3, floor: Floor, want: Want | None, begins: bool
) -> tuple[Pin, Pin]:
    rise = (1.8 if floor.camera_top > 4 else 0.9) * pace
    if begins and move == "crane_down":
        eye = Vec3(pin.eye.x, max(pin.eye.y - rise, min(pin.eye.y, _LOWEST_M)), pin.eye.z)
        return pin, hold(want, eye, pin.focal) if want else aim(eye, middle, 0.0, 0.0, pin.focal, pin.roll)
    height = min(pin.eye.y + rise, floor.camera_top)
    eye = Vec3(pin.eye.x, height, pin.eye.z)
    high = hold(want, eye, pin.focal) if want else aim(eye, middle, 0.0, 0.0, pin.focal, pin.roll)
    return (pin, high) if move == "crane_up" else (high, pin)


def _with_subject(
    pin: Pin,
    want: Want,
    move: Move,
    duration_s: float,
    subjects_at: BodiesAt,
    others: Sequence[tuple[float, float]],
    floor: Floor,
) -> tuple[CameraKey, ...]:
    """A camera that goes along with its subjects (follow), or stands and turns with them (every other move)."""
    steps = max(2, math.ceil(duration_s / _STEP_S))
    times = [duration_s * i / steps for i in range(steps + 1)]
    at = [subjects_at(time_s) for time_s in times]
    if max(_spread(bodies) for bodies in at) > _spread(want.bodies) + _LOSES_M:
        # They come together only within the shot: it goes with the first, who keeps the place in the frame.
        at = [bodies[:1] for bodies in at]
    seen = pin.project(*high_point(want.bodies[0], SIZED[want.size]))
    anchor = _middle(want.bodies[: len(at[0])])
    keys = []
    for time_s, bodies in zip(times, at, strict=True):
        eye = pin.eye
        if move == "follow":
            middle = _middle(bodies)
            eye = Vec3(
                min(max(eye.x + middle[0] - anchor[0], -floor.camera_half_x), floor.camera_half_x),
                eye.y,
                min(max(eye.z + middle[1] - anchor[1], floor.camera_near_z), floor.camera_far_z),
            )
            eye = _past(eye, [other for other in others if min(math.dist(other, (b.x, b.z)) for b in bodies) > 0.3])
        if len(bodies) < len(want.bodies):
            point = high_point(bodies[0], SIZED[want.size])
            held = aim(eye, point, seen.u, seen.v, pin.focal, pin.roll)
        else:
            held = hold(replace(want, bodies=bodies), eye, pin.focal)
        keys.append(held.key(time_s, max(math.dist(eye, bodies[0].eye_point), 0.3)))
    return tuple(keys)


def _spread(bodies: Sequence[Body]) -> float:
    return max(math.dist((a.x, a.z), (b.x, b.z)) for a in bodies for b in bodies)


def _past(eye: Vec3, others: Sequence[tuple[float, float]]) -> Vec3:
    """Makes a camera go round those who stand in its way."""
    x, z = eye.x, eye.z
    for other in others:
        gap = math.dist((x, z), other)
        if gap < _PERSON_M:
            away = _PERSON_M / max(gap, 0.01)
            x, z = other[0] + (x - other[0]) * away, other[1] + (z - other[1]) * away
    return Vec3(x, eye.y, z)


def _middle(bodies: Sequence[Body]) -> tuple[float, float]:
    return sum(b.x for b in bodies) / len(bodies), sum(b.z for b in bodies) / len(bodies)


def camera(
    keys: tuple[CameraKey, ...], move: Move, focus: tuple[FocusKey, ...], f_number: float, hidden: tuple[str, ...]
) -> Camera:
    """The path as a stage's camera."""
    return Camera(
        keys=keys,
        easing="linear" if len(keys) > 2 else "smooth",
        handheld=_HANDHELD if move == "handheld" else 0.0,
        focus=focus,
        f_number=f_number,
        hidden=hidden,
    )
