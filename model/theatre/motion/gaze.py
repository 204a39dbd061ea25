"""Where a figure looks: how far the head turns to a target, and what is left for the eyes.

Directions only; `model.theatre.motion.body` turns the head with them and `model.theatre.people.face` the pupils.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from model.stage import Figure, Vec3

__all__ = ["eyes_turn", "head_turn", "look_share"]

HEAD_LIMIT = 1.15  # radians that a head turns from the way the body faces
HEAD_SHARE = 0.78  # the head does most of a turn, the eyes the rest


def _ease(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def _wrap(angle: float) -> float:
    return (angle + math.pi) % (2 * math.pi) - math.pi


def _aim(target: Vec3, eyes: Vec3, heading_rad: float) -> tuple[float, float]:
    """Yaw (to the figure's right) and pitch (down) from the way the body faces to a target."""
    dx, dy, dz = target.x - eyes.x, target.y - eyes.y, target.z - eyes.z
    flat = math.hypot(dx, dz)
    if flat < 0.05:
        return 0.0, max(-0.7, min(0.7, -dy))
    return _wrap(math.atan2(dx, dz) - heading_rad), math.atan2(-dy, flat)


def look_share(figure: Figure, time_s: float) -> tuple[Vec3 | None, float]:
    """The target of a `look` act going on now, and how far it has taken over from the gaze keys."""
    for act in figure.acts:
        if act.act == "look" and act.target is not None and act.start_s <= time_s <= act.end_s:
            return act.target, min(_ease((time_s - act.start_s) / 0.4), _ease((act.end_s - time_s) / 0.4))
    return None, 0.0


def head_turn(figure: Figure, eyes: Vec3, heading_rad: float, time_s: float) -> tuple[float, float]:
    """Yaw and pitch of the head from the way the body faces, in radians, eased over each gaze key."""
    yaw, pitch = 0.0, 0.0
    for i, key in enumerate(figure.gaze):
        if key.time_s > time_s and i > 0:
            break
        side, down = _aim(key.target, eyes, heading_rad)
        # What is behind is not stared at over the shoulder: the head keeps to its limit on the nearer side.
        side = max(-HEAD_LIMIT, min(HEAD_LIMIT, side * HEAD_SHARE))
        side *= 1.0 - _ease((abs(_aim(key.target, eyes, heading_rad)[0]) - 2.3) / 0.6)
        down = max(-0.5, min(0.75, down * 0.7))
        u = 1.0 if i == 0 else _ease((time_s - key.time_s) / 0.42)
        yaw, pitch = yaw + (side - yaw) * u, pitch + (down - pitch) * u
    target, share = look_share(figure, time_s)
    if target is not None:
        side, down = _aim(target, eyes, heading_rad)
        yaw += (max(-HEAD_LIMIT, min(HEAD_LIMIT, side * 0.9)) - yaw) * share
        pitch += (max(-0.5, min(0.8, down * 0.8)) - pitch) * share
    return yaw, pitch


def eyes_turn(figure: Figure, eyes: Vec3, head: NDArray[np.float64], time_s: float) -> tuple[float, float]:
    """How far the pupils are turned in the head: right and up, each in [-1, 1], after quick saccades."""
    right, up = 0.0, 0.0
    targets = [(key.time_s, key.target) for key in figure.gaze if key.time_s <= time_s or key is figure.gaze[0]]
    for i, (start_s, target) in enumerate(targets):
        x, y = _pupil(target, eyes, head)
        u = 1.0 if i == 0 else _ease((time_s - start_s) / 0.09)
        right, up = right + (x - right) * u, up + (y - up) * u
    target_now, share = look_share(figure, time_s)
    if target_now is not None:
        x, y = _pupil(target_now, eyes, head)
        u = _ease(share * 3)
        right, up = right + (x - right) * u, up + (y - up) * u
    drift = 0.06 * math.sin(2.9 * time_s + figure.seed % 11)
    return max(-1.0, min(1.0, right + drift)), up


def _pupil(target: Vec3, eyes: Vec3, head: NDArray[np.float64]) -> tuple[float, float]:
    """A target's direction in the head's axes, in shares of what the eyes can turn."""
    way = head.T @ (np.asarray(target) - np.asarray(eyes))
    flat = max(1e-6, math.hypot(way[0], way[2]))
    side, up = math.atan2(way[0], way[2]), math.atan2(way[1], flat)
    return max(-1.0, min(1.0, side / 0.55)), max(-1.0, min(1.0, up / 0.45))
