"""Acts over a pose: hands that reach, point, type and hold, heads that nod, bodies that bend and fall.

Each act eases in and out of whatever the body does; none of them moves the figure's mark.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from model.stage import ActKey, Figure, Vec3
from model.theatre.skeleton import Build, Pose, blend, pitch, yaw

__all__ = ["act_pose"]

Hand = tuple[float, float, float]


def _ease(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def _bump(u: float, rise: float, fall: float) -> float:
    """0 to 1 by `rise`, back to 0 from `fall` on."""
    return min(_ease(u / rise), _ease((1 - u) / (1 - fall)))


def act_pose(
    figure: Figure,
    build: Build,
    pose: Pose,
    x_m: float,
    z_m: float,
    heading_rad: float,
    act: ActKey,
    time_s: float,
    holds: frozenset[str],
) -> Pose:
    """`pose` with the act done at this time; unchanged before and after it (who falls stays down)."""
    length = act.end_s - act.start_s
    if act.act in ("none", "look") or length <= 0 or time_s <= act.start_s:
        return pose
    if time_s >= act.end_s and act.act != "fall":
        return pose
    u = min(1.0, (time_s - act.start_s) / length)
    ramp = min(0.35, 0.4 * length)
    weight = _ease((time_s - act.start_s) / ramp)
    if act.act != "fall":
        weight = min(weight, _ease((act.end_s - time_s) / ramp))
    done = _done(figure, build, pose, _Aim.of(build, pose, x_m, z_m, heading_rad, act.target), act, u, time_s, holds)
    return blend(pose, done, weight)


class _Aim:
    """An act's target from the shoulders, in arm lengths in the chest's axes."""

    def __init__(self, right: NDArray[np.float64], left: NDArray[np.float64], height_m: float) -> None:
        self.right, self.left, self.height_m = right, left, height_m

    @classmethod
    def of(
        cls, build: Build, pose: Pose, x_m: float, z_m: float, heading_rad: float, target: Vec3 | None
    ) -> _Aim | None:
        if target is None:
            return None
        leg, arm = build.thigh + build.shin, build.upper_arm + build.forearm
        root = yaw(heading_rad)
        local = root.T @ (np.asarray(target) - np.array([x_m, 0.0, z_m]))
        hip = np.array([pose.pelvis[0] * leg, build.ankle + pose.pelvis[1] * leg, pose.pelvis[2] * leg])
        chest = pitch(-pose.recline) @ yaw(pose.twist) @ pitch(pose.lean)
        reach = chest.T @ (local - hip)
        reach[1] -= build.spine
        side = np.array([build.shoulder, 0.0, 0.0])
        return cls((reach - side) / arm, (reach + side) / arm, float(target.y))


def _toward(aim: NDArray[np.float64], reach: float) -> Hand:
    """A hand toward a target, no farther than `reach` arms."""
    size = float(np.sqrt(aim @ aim)) or 1.0
    k = min(1.0, reach / size)
    x, y, z = (float(v) * k for v in aim)
    return x, y, max(z, 0.12)


def _with(pose: Pose, side: str, hand: Hand) -> Pose:
    return replace(pose, right_hand=hand) if side == "right" else replace(pose, left_hand=hand)


def _which(aim: _Aim | None, holds: frozenset[str], holding: bool) -> str:
    """The hand for an act: the one that holds the thing, else the one nearer to the target."""
    if holding and holds:
        return "right" if "right" in holds else "left"
    free = {"right", "left"} - holds  # a hand that is full does nothing else
    if len(free) == 1:
        return next(iter(free))
    return "left" if aim is not None and float(aim.right[0]) < -0.9 else "right"


def _done(
    figure: Figure,
    build: Build,
    pose: Pose,
    aim: _Aim | None,
    act: ActKey,
    u: float,
    time_s: float,
    holds: frozenset[str],
) -> Pose:
    sitting = pose.pelvis[1] < 0.8
    name = act.act
    side = _which(aim, holds, name in ("drink", "eat", "phone", "give", "put_down", "read", "write"))
    sign = 1.0 if side == "right" else -1.0
    way = None if aim is None else (aim.right if side == "right" else aim.left)
    if name == "point":
        hand = (0.28 * sign, 0.02, 0.92) if way is None else _toward(way * 50, 0.985)
        return replace(_with(pose, side, hand), twist=pose.twist - 0.10 * sign, shrug=pose.shrug + 0.01)
    if name == "wave":
        swing = math.sin(2 * math.pi * 1.9 * time_s)
        return _with(pose, side, (sign * (0.42 + 0.15 * swing), 0.60 - 0.05 * abs(swing), 0.26))
    if name == "nod":
        return replace(
            pose, head_pitch=pose.head_pitch + 0.15 * (1 - math.cos(2 * math.pi * 1.7 * (time_s - act.start_s)))
        )
    if name in ("pick_up", "put_down"):
        return _lift(pose, way, aim, side, sign, u if name == "pick_up" else 1.0 - u, sitting)
    if name == "give":
        hand = (0.0, -0.30, 0.88) if way is None else _toward(np.array([way[0], min(way[1], -0.15), way[2]]), 0.94)
        return replace(_with(pose, side, hand), lean=pose.lean + 0.08, twist=pose.twist - 0.14 * sign)
    if name in ("drink", "eat"):
        return _to_mouth(build, pose, side, sign, name == "drink", time_s - act.start_s)
    if name == "phone":
        tipped = replace(pose, head_roll=pose.head_roll + 0.10 * sign, head_pitch=pose.head_pitch + 0.03)
        return _with(tipped, side, (0.08 * sign, 0.25 + 0.01 * math.sin(1.3 * time_s), 0.04))
    if name == "type":
        tap = [0.018 * max(0.0, math.sin(17.0 * time_s + p)) for p in (0.0, 2.1)]
        return replace(
            pose,
            lean=pose.lean + 0.07,
            head_pitch=pose.head_pitch + 0.20,
            right_hand=(-0.16, -0.55 + tap[0], 0.66),
            left_hand=(0.16, -0.55 + tap[1], 0.66),
        )
    if name == "write":
        line = (time_s * 0.35) % 1.0
        other = (-0.02 * sign, -0.56, 0.60)
        writing = _with(pose, "left" if side == "right" else "right", other)
        scratch = 0.012 * math.sin(15 * time_s)
        writing = _with(writing, side, (sign * (-0.25 + 0.13 * line), -0.54 + scratch, 0.62 + scratch))
        return replace(writing, lean=pose.lean + 0.16, head_pitch=pose.head_pitch + 0.38)
    if name == "read":
        drop = 0.015 * math.sin(0.9 * time_s)
        return replace(
            pose,
            right_hand=(-0.26, -0.36 + drop, 0.58),
            left_hand=(0.26, -0.36 + drop, 0.58),
            head_pitch=pose.head_pitch + 0.34,
            lean=pose.lean + 0.04,
        )
    if name == "open_door":
        push = _ease((u - 0.35) / 0.5)
        hand = (0.10 * sign, -0.40, 0.72 + 0.16 * push) if way is None else _toward(way, 0.95)
        return replace(_with(pose, side, hand), lean=pose.lean + 0.06 + 0.04 * push)
    if name == "embrace":
        return replace(
            pose,
            right_hand=(-0.34, -0.06, 0.62),
            left_hand=(0.34, -0.22, 0.60),
            lean=pose.lean + 0.14,
            head_roll=pose.head_roll + 0.16,
            head_pitch=pose.head_pitch + 0.10,
            shrug=pose.shrug + 0.05,
        )
    if name == "fall":
        return _fallen(build, pose, u)
    return _talk(figure, pose, time_s, holds, 1.0 if name == "gesture" else 0.45)


def _lift(
    pose: Pose,
    way: NDArray[np.float64] | None,
    aim: _Aim | None,
    side: str,
    sign: float,
    u: float,
    sitting: bool,
) -> Pose:
    """Down to the thing by the middle of the act, up with it by the end."""
    low = 0.35 if aim is None else aim.height_m
    down = _ease(u / 0.5) * (1 - _ease((u - 0.55) / 0.40))
    crouch = 0.0 if sitting else down * min(1.0, max(0.0, (0.85 - low) / 0.75))
    lean = (0.75 if not sitting else 0.42) * down * min(1.0, max(0.1, (1.1 - low) / 0.9))
    held: Hand = (0.10 * sign, -0.62, 0.46)
    reach = _toward(way, 0.95) if way is not None and not crouch else (0.02 * sign, -0.80, 0.52)
    hand = tuple(h + (r - h) * down for h, r in zip(held, reach, strict=True))
    px, py, pz = pose.pelvis
    bent = replace(
        pose,
        pelvis=(px, py - 0.34 * crouch, pz - 0.16 * crouch),
        lean=pose.lean + lean,
        head_pitch=pose.head_pitch + 0.45 * down,
        twist=pose.twist - 0.12 * sign * down,
        knees=pose.knees + 0.2 * crouch,
    )
    return _with(bent, side, (hand[0], hand[1], hand[2]))


def _to_mouth(build: Build, pose: Pose, side: str, sign: float, drinking: bool, since_s: float) -> Pose:
    """Up to the lips and down again, over and over."""
    cycle = (since_s / (2.6 if drinking else 1.9)) % 1.0
    up = _bump(cycle, 0.34, 0.66)
    arm = build.upper_arm + build.forearm
    lips_y = (build.neck + 0.20 * build.head) / arm
    low: Hand = (0.02 * sign, -0.50, 0.50)
    high: Hand = (-sign * build.shoulder / arm - 0.02 * sign, lips_y - 0.08, (0.52 * build.head) / arm)
    x, y, z = (a + (b - a) * up for a, b in zip(low, high, strict=True))
    tip = -0.20 * _bump(cycle, 0.5, 0.55) if drinking else 0.06 * up
    return replace(_with(pose, side, (x, y, z)), head_pitch=pose.head_pitch + tip)


def _fallen(build: Build, pose: Pose, u: float) -> Pose:
    """Knees give, then the body goes forward onto the floor."""
    leg = build.thigh + build.shin
    knees = replace(
        pose, pelvis=(0.0, 0.52, -0.12), lean=0.5, head_pitch=0.3, right_hand=(0.2, -0.5, 0.75),
        left_hand=(-0.25, -0.55, 0.7), right_foot=(0.14, 0.02, -0.42), left_foot=(-0.14, 0.02, -0.50),
        right_toe=1.1, left_toe=1.1,
    )  # fmt: skip
    down = replace(
        knees, pelvis=(0.0, (0.12 * build.girth - build.ankle) / leg, 0.1), recline=-1.46, lean=-0.05, head_pitch=-0.1,
        head_yaw=0.9, right_hand=(0.62, 0.35, 0.10), left_hand=(-0.45, -0.45, 0.12), right_foot=(0.2, 0.02, -0.82),
        left_foot=(-0.12, 0.02, -0.88), right_toe=1.35, left_toe=1.35,
    )  # fmt: skip
    return blend(blend(pose, knees, _ease(u / 0.45)), down, _ease((u - 0.35) / 0.5))


def _talk(figure: Figure, pose: Pose, time_s: float, holds: frozenset[str], size: float) -> Pose:
    """Hands and head that go along with words; a hand that holds something keeps still."""
    p = (figure.seed % 997) * 0.37
    beat = [math.sin(2.6 * time_s + p), math.sin(3.7 * time_s + 2.1 * p), math.sin(1.3 * time_s + 0.7 * p)]
    which = beat[2]
    right = size * (0.55 + 0.45 * _ease(which + 0.5))
    left = size * (0.30 + 0.70 * _ease(0.5 - which))
    rh, lh = pose.right_hand, pose.left_hand
    if "right" not in holds:
        goal = (0.20 + 0.10 * beat[0], -0.46 + 0.13 * beat[1], 0.56 + 0.06 * beat[0])
        rh = (rh[0] + (goal[0] - rh[0]) * right, rh[1] + (goal[1] - rh[1]) * right, rh[2] + (goal[2] - rh[2]) * right)
    if "left" not in holds:
        goal = (-0.20 - 0.10 * beat[1], -0.50 + 0.12 * beat[0], 0.54 + 0.06 * beat[1])
        lh = (lh[0] + (goal[0] - lh[0]) * left, lh[1] + (goal[1] - lh[1]) * left, lh[2] + (goal[2] - lh[2]) * left)
    return replace(
        pose,
        right_hand=rh,
        left_hand=lh,
        head_pitch=pose.head_pitch + 0.035 * beat[1],
        head_roll=pose.head_roll + 0.03 * beat[0],
        head_yaw=pose.head_yaw + 0.05 * beat[2],
        lean=pose.lean + 0.03 * size,
    )
