"""Acts of two: to embrace, kiss and shake hands.

Each of the two acts alone on its own target, the other's chest or face; both compute the same meeting point.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from model.stage import Vec3
from model.theatre.motion.acts.doing import Deed, with_hand
from model.theatre.motion.marks import ease
from model.theatre.motion.pose import Pose, Three, changed

__all__ = ["embrace", "kiss", "shake_hands"]

CLASP_M = 0.26  # between two chests' middles in each other's arms
LIPS_M = 0.25  # between two skulls' middles in a kiss
ARMS_LENGTH_M = 0.50  # a target nearer than this is the meeting point itself


def _other(doing: Deed, ahead_m: float, height: float) -> NDArray[np.float64]:
    """The other's chest or face: the target, or a point ahead."""
    if doing.key.target is not None:
        return np.asarray(doing.key.target, dtype=float)
    return doing.world(0.0, height * doing.build.height, ahead_m)


def _closer(doing: Deed, pose: Pose, goal_m: float, side_m: float, high: bool, drop_m: float = 0.0) -> Pose:
    """A body whose shoulders (or, `high`, head) are `goal_m` ahead of the mark and `drop_m` lower than they were.

    Who has to come down bows, with the hips back; else half of the way is the hips' and half a bow.
    """
    px, py, pz = pose.pelvis
    trunk = doing.trunk(pose)
    at = trunk.skull if high else trunk.shoulders
    lever = float(at[1] - trunk.pelvis[1])
    down = math.acos(1 - min(max(drop_m, 0.0), 0.45 * lever) / lever)
    bowed = changed(pose, recline=pose.recline - down)
    trunk = doing.trunk(bowed)
    short = goal_m - float(doing.local(trunk.skull if high else trunk.shoulders)[2])
    shift = max(-0.32, min(0.20, short * (0.55 if short > 0 else 1.0)))
    rest = math.asin(max(-0.2, min(0.55, (short - shift) / lever)))
    return changed(
        bowed,
        pelvis=(px + side_m / doing.leg, py, pz + shift / doing.leg),
        recline=bowed.recline - rest,
        head_pitch=pose.head_pitch - 0.75 * (down + rest),  # the face stays up
    )


def embrace(doing: Deed, pose: Pose) -> Pose:
    """Chest to chest, heads side by side, arms about the other's back: one over, one under."""
    other = _other(doing, 0.6, 0.72)
    x, y, z = doing.local(other).tolist()
    far = math.hypot(x, z)
    sway = 0.010 * math.sin(1.9 * doing.time_s)
    near = _closer(doing, pose, (far - CLASP_M) / 2, 0.045 + sway * 0.5, high=False)
    taller = max(-0.25, min(0.25, (0.73 * doing.build.height - y) / 0.5))
    near = changed(
        near,
        lean=near.lean + 0.10 + 0.25 * max(0.0, taller),
        head_roll=near.head_roll + 0.20,
        head_yaw=near.head_yaw - 0.25,
        head_pitch=near.head_pitch + 0.16 + 0.5 * taller,
        elbows=near.elbows + 0.4,
        shrug=near.shrug + 0.04,
        tilt=near.tilt + sway,
    )
    # Where the other's back will be: the two chests meet half way.
    back = doing.world(x * 0.5, 0.0, z * 0.5 + 0.5 * CLASP_M + 0.10)
    for side, sign, height in (("right", 1.0, y + 0.03), ("left", -1.0, y - 0.14)):
        spot = back + doing.root @ np.array([0.07 * sign, 0.0, 0.0])
        spot[1] = height + 0.015 * math.sin(2.4 * doing.time_s + sign)
        x1, y1, z1 = doing.way(near, sign, spot, 0.8)
        near = with_hand(near, side, (x1, y1, z1), -0.8, (-0.75 * sign, 0.15 * sign, -0.1))
    return near


def kiss(doing: Deed, pose: Pose) -> Pose:
    """Faces meet half way, each head tilted to its right; the hands at the other's waist and shoulder."""
    other = _other(doing, 0.55, 0.93)
    x, y, z = doing.local(other).tolist()
    far = math.hypot(x, z)
    touch = 0.85 + 0.15 * ease((doing.u - 0.2) / 0.15)
    eyes = float(doing.local(doing.trunk(pose).skull)[1]) + 0.5 * doing.build.head
    up = max(-0.5, min(0.5, y - eyes))
    goal = max(0.0, far - LIPS_M) / 2 * touch
    near = _closer(doing, pose, goal, 0.02, high=True, drop_m=max(0.0, -0.62 * up - 0.10))
    near = changed(
        near,
        lean=near.lean + 0.04,
        head_roll=near.head_roll + 0.24,
        head_pitch=near.head_pitch - 0.5 * max(0.0, up) - 0.3 * min(0.0, up) + 0.06,
        elbows=near.elbows + 0.2,
    )
    waist = doing.world(x * 0.5, y - 0.52, z * 0.5 + 0.10)
    shoulder = doing.world(x * 0.5, y - 0.30, z * 0.5 + 0.10)
    for side, sign, spot in (("right", 1.0, shoulder), ("left", -1.0, waist)):
        spot = spot + doing.root @ np.array([0.14 * sign, 0.0, 0.0])
        near = with_hand(near, side, doing.way(near, sign, spot, 0.5), -0.4, (-0.35 * sign, 0.0, 0.3))
    return near


def shake_hands(doing: Deed, pose: Pose) -> Pose:
    """Right hands meet half way between the two and go up and down."""
    other = _other(doing, 0.95, 0.72)
    x, y, z = doing.local(other).tolist()
    k = 0.5 if math.hypot(x, z) > ARMS_LENGTH_M else 1.0
    height = 0.5 * (y + 0.73 * doing.build.height) - 0.22 if k == 0.5 else y
    shaking = ease((doing.u - 0.22) / 0.1) * ease((0.82 - doing.u) / 0.12)
    pump = 0.035 * math.sin(2 * math.pi * 2.6 * doing.since_s) * shaking
    met = doing.world(x * k, height + pump, z * k)
    bow = max(0.0, math.hypot(x * k, z * k) - 0.80 * doing.arm)
    leaning = changed(
        pose,
        recline=pose.recline - 0.06 - 0.6 * bow,
        twist=pose.twist - 0.20,
        head_pitch=pose.head_pitch + 0.04,
    )
    hand: Three = doing.way(leaning, 1.0, Vec3(*met.tolist()), 0.72)
    return with_hand(leaning, "right", hand, 0.35)
