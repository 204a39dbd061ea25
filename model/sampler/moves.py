"""Camera moves for sampled stages: from a first framing to a last one in which the subject is still well placed.

A move that would leave the set or enter something is not made; which one was made is told.
"""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random
from typing import Literal

from model.sampler.ground import Ground
from model.stage import SENSOR_HEIGHT_MM, Camera, CameraKey, Vec3

__all__ = ["MOVES", "Move", "moved"]

Move = Literal[
    "static", "push_in", "pull_out", "truck", "pan", "handheld", "zoom_in", "zoom_out", "orbit", "follow",
]  # fmt: skip
MOVES: tuple[Move, ...] = (
    "static", "push_in", "pull_out", "truck", "pan", "handheld", "zoom_in", "zoom_out", "orbit",
)  # fmt: skip
"""The moves to wish for; a camera follows who walks of itself."""

_ARC_STEPS = 8
_F_CLOSE, _F_WIDE = 2.8, 8.0


def moved(
    rng: Random, key: CameraKey, move: Move, duration_s: float, aspect: float, gone_m: tuple[float, float],
    ground: Ground, stays: bool,
) -> tuple[Camera, Move]:  # fmt: skip
    """The camera with its move, and the move that it is; `gone_m` is the subject's way (x, z) in the shot.

    A camera that `stays` lets its subject pass; `key` frames the subject as it is at half time.
    """
    walks = math.hypot(*gone_m) > 0.3
    f_number = _F_WIDE if stays else _F_CLOSE
    if walks and not stays:
        if move == "pan":
            keys = (_shifted(key, 0.0, gone_m, -0.5, target_only=True),
                    _shifted(key, duration_s, gone_m, 0.5, target_only=True))  # fmt: skip
            return Camera(keys=keys, easing="linear", f_number=f_number), "pan"
        a, b = _shifted(key, 0.0, gone_m, -0.5), _shifted(key, duration_s, gone_m, 0.5)
        if _holds(ground, a) and _holds(ground, b):
            return Camera(keys=(a, b), easing="linear", f_number=f_number), "follow"
        keys = (_shifted(key, 0.0, gone_m, -0.5, target_only=True),
                _shifted(key, duration_s, gone_m, 0.5, target_only=True))  # fmt: skip
        return Camera(keys=keys, easing="linear", f_number=f_number), "pan"
    if move == "handheld":
        return Camera(keys=(key,), handheld=0.5, f_number=f_number), move
    keys_of = _keys(rng, key, move, duration_s, aspect)
    if len(keys_of) < 2 or not all(_holds(ground, each) for each in keys_of):
        return Camera(keys=(key,), f_number=f_number), "static"
    easing: Literal["smooth", "linear"] = "linear" if move == "orbit" else "smooth"
    return Camera(keys=keys_of, easing=easing, f_number=f_number), move


def _holds(ground: Ground, key: CameraKey) -> bool:
    return ground.holds_lens(key.position) and ground.sees(key.position, key.target)


def _shifted(
    key: CameraKey, time_s: float, gone_m: tuple[float, float], share: float, target_only: bool = False
) -> CameraKey:
    x, z = gone_m[0] * share, gone_m[1] * share
    eye = key.position if target_only else Vec3(key.position.x + x, key.position.y, key.position.z + z)
    return replace(key, time_s=time_s, position=eye, target=Vec3(key.target.x + x, key.target.y, key.target.z + z))


def _keys(rng: Random, key: CameraKey, move: Move, duration_s: float, aspect: float) -> tuple[CameraKey, ...]:
    """The keys of a move about its first framing; one alone for a camera that stands."""
    eye, target = key.position, key.target
    reach = math.dist(eye, target)
    width_m = reach * SENSOR_HEIGHT_MM / key.lens_mm * aspect
    last = replace(key, time_s=duration_s)
    if move in ("push_in", "pull_out"):
        share = rng.uniform(0.20, 0.32) * (1.0 if move == "push_in" else -1.0)

        def nearer(by: float) -> Vec3:
            x, y, z = (e + (t - e) * by for e, t in zip(eye, target, strict=True))
            return Vec3(x, y, z)

        return replace(key, position=nearer(-0.6 * share)), replace(last, position=nearer(0.4 * share))
    if move in ("zoom_in", "zoom_out"):
        factor = rng.uniform(1.25, 1.5)
        wide, tight = key.lens_mm / factor**0.75, key.lens_mm * factor**0.25
        a, b = (wide, tight) if move == "zoom_in" else (tight, wide)
        return replace(key, lens_mm=a), replace(last, lens_mm=b)
    ahead = math.atan2(target.x - eye.x, target.z - eye.z)
    side = rng.choice((-1.0, 1.0))
    right = (side * math.cos(ahead), -side * math.sin(ahead))

    def aside(at: Vec3, by_m: float) -> Vec3:
        return Vec3(at.x + right[0] * by_m, at.y, at.z + right[1] * by_m)

    if move == "truck":
        by = min(0.30 * width_m, 1.6) + 0.12
        slip = 0.10 * width_m
        return (
            replace(key, position=aside(eye, -by / 2), target=aside(target, -slip / 2)),
            replace(last, position=aside(eye, by / 2), target=aside(target, slip / 2)),
        )
    if move == "pan":
        by = rng.uniform(0.18, 0.28) * width_m
        return replace(key, target=aside(target, -by * 0.5)), replace(last, target=aside(target, by * 0.5))
    if move == "orbit":
        arc = math.radians(rng.uniform(22.0, 40.0)) * side
        keys = []
        for step in range(_ARC_STEPS + 1):
            u = step / _ARC_STEPS
            turn = arc * (u * u * (3 - 2 * u) - 0.5)
            dx, dz = eye.x - target.x, eye.z - target.z
            c, s = math.cos(turn), math.sin(turn)
            at = Vec3(target.x + c * dx + s * dz, eye.y, target.z - s * dx + c * dz)
            keys.append(replace(key, time_s=duration_s * u, position=at))
        return tuple(keys)
    return (key,)
