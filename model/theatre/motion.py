"""Where a person is and what the body does at a time: paths, gaits, idle life and acts, blended without pops.

Turns a Figure's keys into a `Pose` for the skeleton; draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np

from model.stage import BodyKey, Figure, PoseName, Vec3
from model.theatre.acts import act_pose
from model.theatre.gaze import head_turn
from model.theatre.skeleton import Build, Pose, Skeleton, blend, build_of, skeleton_at

__all__ = ["Mark", "body_at", "hand_position", "head_position", "place_at", "pose_weights"]

STRIDE = {"walk": 0.72, "run": 1.45}
"""Metres of a whole cycle (two steps) to a metre of height."""
STANCE = {"walk": 0.60, "run": 0.29}
MOVES_M_S = 0.12  # faster than this, a standing figure is drawn walking
RUNS_M_S = 3.2


@dataclass(frozen=True)
class Mark:
    """Where a figure is: its mark, the way it faces, how far it has gone, and its velocity in its own axes."""

    x_m: float
    z_m: float
    heading_rad: float
    travelled_m: float
    sideways_m_s: float
    forward_m_s: float


def _ease(u: float) -> float:
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def _turn(a_deg: float, b_deg: float) -> float:
    """From one heading to another the shortest way, in degrees."""
    return (b_deg - a_deg + 180.0) % 360.0 - 180.0


def place_at(figure: Figure, time_s: float) -> Mark:
    """Interpolates the body keys: evenly along the floor, eased the shortest way round in heading."""
    keys = figure.body
    i = max((k for k, key in enumerate(keys) if key.time_s <= time_s), default=0)
    gone = sum(math.hypot(b.x_m - a.x_m, b.z_m - a.z_m) for a, b in pairwise(keys[: i + 1]))
    a = keys[i]
    x, z, heading = a.x_m, a.z_m, math.radians(a.heading_deg)
    if i + 1 < len(keys) and time_s > a.time_s:
        b = keys[i + 1]
        span = b.time_s - a.time_s
        u = (time_s - a.time_s) / span
        dx, dz = b.x_m - a.x_m, b.z_m - a.z_m
        length = math.hypot(dx, dz)
        # A mover turns into the new heading at the end of the leg; one who stays uses all of the time.
        turn = _ease((time_s - b.time_s) / min(span, 0.6) + 1.0) if length > 0.3 else _ease(u)
        heading = math.radians(a.heading_deg + _turn(a.heading_deg, b.heading_deg) * turn)
        x, z, gone = a.x_m + dx * u, a.z_m + dz * u, gone + length * u
    vx, vz = _velocity(keys, i, time_s)
    c, s = math.cos(heading), math.sin(heading)
    return Mark(x, z, heading, gone, vx * c - vz * s, vx * s + vz * c)


def _velocity(keys: tuple[BodyKey, ...], i: int, time_s: float) -> tuple[float, float]:
    """Of the leg gone now; while a pose fades in or out at rest, that of the leg just gone or about to be."""
    around = [i, i - 1, i + 1] if time_s - keys[i].time_s < 0.5 else [i, i + 1]
    for k in around:
        if 0 <= k < len(keys) - 1 and keys[k + 1].time_s > keys[k].time_s:
            span = keys[k + 1].time_s - keys[k].time_s
            vx, vz = (keys[k + 1].x_m - keys[k].x_m) / span, (keys[k + 1].z_m - keys[k].z_m) / span
            if math.hypot(vx, vz) > MOVES_M_S:
                return vx, vz
    return 0.0, 0.0


def _key_pose(figure: Figure, i: int) -> PoseName:
    """The pose of a leg of the path; who moves while standing walks, who stays while walking stands."""
    keys = figure.body
    pose = keys[i].pose
    if i + 1 < len(keys) and keys[i + 1].time_s > keys[i].time_s:
        a, b = keys[i], keys[i + 1]
        speed = math.hypot(b.x_m - a.x_m, b.z_m - a.z_m) / (b.time_s - a.time_s)
    else:
        speed = 0.0
    if speed > MOVES_M_S and pose == "stand":
        return "run" if speed > RUNS_M_S else "walk"
    if speed <= MOVES_M_S and pose in ("walk", "run"):
        return "stand"
    return pose


def pose_weights(figure: Figure, time_s: float) -> list[tuple[PoseName, float]]:
    """The poses that make up the body now; weights sum to 1 and change smoothly over each key."""
    keys: tuple[BodyKey, ...] = figure.body
    poses = [_key_pose(figure, i) for i in range(len(keys))]
    entered = [1.0]
    for i in range(1, len(keys)):
        floor = {poses[i - 1], poses[i]} & {"sit", "lie", "kneel"}
        half = 0.45 if floor else 0.175
        entered.append(_ease((time_s - keys[i].time_s) / (2 * half) + 0.5))
    weights: dict[PoseName, float] = {}
    left = 1.0
    for i in range(len(keys) - 1, -1, -1):
        w = left * entered[i]
        left -= w
        if w > 0:
            weights[poses[i]] = weights.get(poses[i], 0.0) + w
    return list(weights.items())


def _noise(seed: int, channel: int, time_s: float, pace: float) -> float:
    """A slow seeded wander in about [-1, 1]."""
    p = (seed % 9973) * 0.7548 + channel * 2.399
    return 0.6 * math.sin(pace * time_s + p) + 0.4 * math.sin(pace * 1.73 * time_s + 1.7 * p)


def _stand(build: Build, seed: int, time_s: float) -> Pose:
    """A weight-shifting stand; the seed picks how the arms rest."""
    side = 1.0 if seed % 2 else -1.0
    shift = side * (0.55 + 0.45 * math.tanh(2.5 * math.sin(0.35 * time_s + seed % 7)))
    breath = math.sin(1.55 * time_s + seed % 5)
    hips = 0.030 * shift
    sway = 0.008 * _noise(seed, 1, time_s, 0.8)
    swing = 0.014 * breath
    style = (seed // 2) % 3
    right, left = (0.15, -0.955, 0.10), (-0.15, -0.955, 0.10)
    if style == 1:  # a hand at the hip pocket
        right = (0.24, -0.83, 0.10) if side > 0 else right
        left = (-0.24, -0.83, 0.10) if side < 0 else left
    elif style == 2:
        right, left = (0.13, -0.95, 0.17), (-0.17, -0.96, 0.04)
    grown = 1.0 - 0.5 * build.child
    return Pose(
        pelvis=(hips + sway, 0.990 - 0.006 * abs(shift), 0.01),
        hips_roll=-0.055 * shift * grown,
        hips_yaw=0.05 * shift,
        tilt=0.045 * shift * grown,
        lean=0.012 + 0.008 * breath,
        twist=0.03 * _noise(seed, 2, time_s, 0.5),
        shrug=0.006 * breath,
        head_pitch=0.02 * _noise(seed, 3, time_s, 0.7),
        head_roll=-0.025 * shift + 0.02 * _noise(seed, 4, time_s, 0.6),
        right_hand=(right[0], right[1] + swing * 0.3, right[2] + swing),
        left_hand=(left[0], left[1] + swing * 0.3, left[2] + swing * 0.8),
        right_foot=(0.13, 0.0, 0.05 * side),
        left_foot=(-0.13, 0.0, -0.05 * side),
        knees=0.16,
    )


def _gait(kind: PoseName, build: Build, place: Mark, seed: int) -> Pose:
    """A walk or run whose feet stay where they land: a stance foot moves back as the body moves on."""
    leg = build.thigh + build.shin
    stride = STRIDE[kind] * build.height
    stance = STANCE[kind]
    phase = place.travelled_m / stride + (seed % 8) / 8.0
    speed = math.hypot(place.sideways_m_s, place.forward_m_s)
    sx, sz = (place.sideways_m_s / speed, place.forward_m_s / speed) if speed > 1e-6 else (0.0, 1.0)
    running = kind == "run"
    front = stance * (0.5 if running else 0.40)  # the share of the cycle that a foot lands ahead of the body
    roll = 0.0 if running else 0.11  # how far the ankle comes on over the toes before the foot lifts
    feet, toes, swings = [], [], []
    for offset, sign in ((0.0, 1.0), (0.5, -1.0)):
        u = (phase + offset) % 1.0
        if u < stance:
            rise = max(0.0, (u / stance - 0.70) / 0.30) ** 2
            along = (front - u + roll * rise) * stride
            lift = 0.085 * leg * rise
            toe = (0.75 if running else 0.55) * rise - 0.22 * max(0.0, 1 - u / 0.10)
        else:
            s = (u - stance) / (1 - stance)
            last = (front - stance + roll) * stride
            along = last + (front * stride - last) * _ease(s)
            arc = (0.42 if running else 0.15) * math.sin(math.pi * s) * (1 - 0.35 * s)
            lift = leg * (arc + 0.085 * (1 - s) ** 2)
            toe = (0.75 if running else 0.55) * (1 - s) ** 2 - 0.22 * s**3
        x, z = sx * along, sz * along
        feet.append((sign * (0.055 if running else 0.075) + x / leg, lift / leg, z / leg))
        toes.append(toe if sz >= 0 else -0.3 * toe)
        swings.append(math.cos(2 * math.pi * u))
    bob = math.cos(4 * math.pi * (phase - front))
    swing = (swings[1] - swings[0]) / 2  # an arm goes with the other side's foot
    sway = math.cos(2 * math.pi * (phase - front))
    if running:
        return Pose(
            pelvis=(0.0, 0.895 - 0.022 * bob, 0.0),
            hips_yaw=-0.20 * swing,
            lean=0.20,
            twist=0.26 * swing,
            head_pitch=0.06,
            right_hand=(0.05 - 0.10 * max(0.0, swing), -0.46 + 0.20 * max(0.0, swing), 0.20 + 0.42 * swing),
            left_hand=(-0.05 + 0.10 * max(0.0, -swing), -0.46 + 0.20 * max(0.0, -swing), 0.20 - 0.42 * swing),
            right_foot=feet[0],
            left_foot=feet[1],
            right_toe=toes[0],
            left_toe=toes[1],
            knees=0.05,
        )
    return Pose(
        pelvis=(0.022 * sway, 0.957 + 0.028 * bob, 0.0),
        hips_yaw=-0.11 * swing,
        hips_roll=-0.035 * sway,
        lean=0.035,
        tilt=0.025 * sway,
        twist=0.13 * swing,
        head_pitch=0.012 * bob,
        right_hand=(0.11, -0.93 + 0.05 * abs(swing), 0.06 + 0.34 * swing),
        left_hand=(-0.11, -0.93 + 0.05 * abs(swing), 0.06 - 0.34 * swing),
        right_foot=feet[0],
        left_foot=feet[1],
        right_toe=toes[0],
        left_toe=toes[1],
        knees=0.08,
    )


def _rest(kind: PoseName, build: Build, seed: int, time_s: float) -> Pose:
    """Sitting, lying and kneeling, with breath."""
    leg = build.thigh + build.shin
    breath = math.sin(1.5 * time_s + seed % 5)
    look = 0.02 * _noise(seed, 3, time_s, 0.7)
    if kind == "sit":
        hip = (0.545 - build.ankle) / leg
        drop = max(0.0, hip - 0.52)  # who is short for the seat lets the feet hang
        foot = 0.53 if drop < 0.04 else 0.50
        crossed = 0.06 if seed % 3 == 0 else 0.0
        return Pose(
            pelvis=(0.0, hip, 0.0),
            lean=0.03 + 0.012 * breath,
            tilt=0.02 * _noise(seed, 2, time_s, 0.4),
            head_pitch=look,
            head_roll=0.02 * _noise(seed, 4, time_s, 0.6),
            right_hand=(-0.02, -0.66, 0.52),
            left_hand=(0.04, -0.68, 0.50),
            right_foot=(0.14, drop, foot + crossed),
            left_foot=(-0.14, drop, foot - crossed),
            shrug=0.006 * breath,
            knees=0.22,
        )
    if kind == "lie":
        return Pose(
            pelvis=(0.0, (0.115 * build.girth - build.ankle) / leg, 0.0),
            recline=1.50,
            lean=0.06 + 0.01 * breath,
            head_pitch=0.16 + look,
            right_hand=(0.30, -0.90, 0.06),
            left_hand=(0.16, -0.55, 0.44 + 0.02 * breath),
            right_foot=(0.16, 0.03, 0.98),
            left_foot=(-0.13, 0.02, 0.90),
            knees=0.2,
        )
    return Pose(  # one knee on the floor
        pelvis=(0.0, 0.50, -0.10),
        lean=0.10 + 0.012 * breath,
        head_pitch=look,
        right_hand=(0.02, -0.62, 0.42),
        left_hand=(-0.10, -0.84, 0.26),
        right_foot=(0.12, 0.0, 0.36),
        left_foot=(-0.12, 0.03, -0.56),
        left_toe=1.15,
        knees=0.16,
        shrug=0.006 * breath,
    )


@lru_cache(maxsize=128)
def body_at(figure: Figure, time_s: float, holds: frozenset[str] = frozenset()) -> Skeleton:
    """The skeleton of a person at a time; `holds` are the hands ("left", "right") that carry a prop,
    each with "high" or "low" after it once more where the thing asks for it.
    """
    build = build_of(figure.look)
    place = place_at(figure, time_s)
    pose, sum_so_far = Pose(), 0.0
    for kind, weight in pose_weights(figure, time_s):
        if kind == "stand":
            one = _stand(build, figure.seed, time_s)
        elif kind in ("walk", "run"):
            one = _gait(kind, build, place, figure.seed)
        else:
            one = _rest(kind, build, figure.seed, time_s)
        sum_so_far += weight
        pose = blend(pose, one, weight / sum_so_far)
    pose = _carry(pose, holds)
    pose = _turned(figure, build, pose, place, time_s)
    for act in figure.acts:
        pose = act_pose(figure, build, pose, place.x_m, place.z_m, place.heading_rad, act, time_s, holds)
    return skeleton_at(build, pose, place.x_m, place.z_m, place.heading_rad)


def _carry(pose: Pose, holds: frozenset[str]) -> Pose:
    """A hand with something in it is kept before the body."""
    if "right" in holds:
        x, y, z = _carried("right", holds)
        pose = replace(pose, right_hand=(x, y, z))
    if "left" in holds:
        x, y, z = _carried("left", holds)
        pose = replace(pose, left_hand=(-x, y, z))
    return pose


def _carried(hand: str, holds: frozenset[str]) -> tuple[float, float, float]:
    if f"{hand} high" in holds:
        return 0.16, -0.36, 0.40
    if f"{hand} low" in holds:
        return 0.20, -0.96, 0.06
    return 0.10, -0.66, 0.46


def _turned(figure: Figure, build: Build, pose: Pose, place: Mark, time_s: float) -> Pose:
    """The head (and a little of the chest) toward what is looked at."""
    eyes_m = build.ankle + pose.pelvis[1] * (build.thigh + build.shin) + build.spine + build.neck + 0.5 * build.head
    side, down = head_turn(figure, Vec3(place.x_m, eyes_m, place.z_m), place.heading_rad, time_s)
    upright = max(0.0, math.cos(pose.recline))
    return replace(
        pose,
        head_yaw=pose.head_yaw + side * upright,
        head_pitch=pose.head_pitch + down * upright,
        twist=pose.twist + 0.22 * side * upright,
    )


def hand_position(figure: Figure, hand: str, time_s: float, holds: frozenset[str] = frozenset()) -> Vec3:
    """The middle of a person's hand ("left" or "right") in metres."""
    joints = body_at(figure, time_s, holds).joints
    middle = joints[f"{hand}_wrist"] * 0.35 + joints[f"{hand}_fingers"] * 0.65
    return Vec3(*(float(v) for v in middle))


def head_position(figure: Figure, time_s: float, holds: frozenset[str] = frozenset()) -> Vec3:
    """The middle of a person's head in metres."""
    body = body_at(figure, time_s, holds)
    middle = body.joints["skull"] + body.head @ np.array([0.0, 0.34 * body.build.head, 0.02 * body.build.head])
    return Vec3(*(float(v) for v in middle))
