"""Falls: the knees give and the body goes down, forward, back or to a side as the seed says; it stays down."""

from __future__ import annotations

import numpy as np

from model.theatre.motion.acts.doing import Deed, Doing, with_hand
from model.theatre.motion.marks import ease
from model.theatre.motion.pose import Pose, blend, changed

__all__ = ["fall"]


def fall(doing: Deed, pose: Pose) -> Pose:
    """Down by the end of the act, whatever the pose was; away from the target, if there is one."""
    ways = (_back, _back, _forward, _back, _crumple)  # who lies in the next shot lies on the back
    way = ways[doing.figure.seed % 5]
    if doing.key.target is not None:
        way = _back if doing.bearing(doing.key.target)[1] > 0 else _forward
    knees, down = way(doing, pose)
    return _above_floor(doing, blend(blend(pose, knees, ease(doing.u / 0.48)), down, ease((doing.u - 0.34) / 0.60)))


def _above_floor(doing: Doing, pose: Pose) -> Pose:
    """The hands on the floor, not under it."""
    trunk = doing.trunk(pose)
    floor = float(doing.ground[1]) + 0.05
    for side, sign, hand in (("right", 1.0, pose.right_hand), ("left", -1.0, pose.left_hand)):
        wrist = trunk.shoulder(doing.build, pose, sign) + trunk.chest_axes @ np.array(hand) * doing.arm
        if wrist[1] < floor:
            wrist[1] = floor
            pose = with_hand(pose, side, doing.way(pose, sign, wrist, 0.0))
    return pose


def _low(doing: Doing, over: float) -> float:
    return (over * doing.build.girth - doing.build.ankle) / doing.leg


def _forward(doing: Doing, pose: Pose) -> tuple[Pose, Pose]:
    """On the knees, then on the face, an arm thrown out."""
    knees = changed(
        pose, pelvis=(0.0, 0.56, -0.06), recline=-0.35, lean=0.2, head_pitch=0.1, right_hand=(0.2, -0.45, 0.80),
        left_hand=(-0.25, -0.50, 0.75), right_foot=(0.14, 0.04, -0.50), left_foot=(-0.14, 0.04, -0.56),
        right_toe=1.15, left_toe=1.15, right_fist=-1.0, left_fist=-1.0, shrug=0.05,
    )  # fmt: skip
    down = changed(
        knees, pelvis=(0.0, _low(doing, 0.115), 0.1), recline=-1.46, lean=-0.03, head_pitch=-0.12, head_yaw=0.9,
        right_hand=(0.62, 0.35, 0.10), left_hand=(-0.45, -0.45, 0.12), right_foot=(0.20, 0.03, -0.86),
        left_foot=(-0.12, 0.03, -0.90), right_toe=1.35, left_toe=1.35, right_fist=0.2, left_fist=0.2, shrug=0.0,
        hips_roll=0.0, tilt=0.0, twist=0.0, knees=2.5, right_fingers=(0.1, 1.0, -0.1), left_fingers=(-0.3, -0.9, -0.1),
    )  # fmt: skip
    return knees, down


def _back(doing: Doing, pose: Pose) -> tuple[Pose, Pose]:
    """The arms fly up, down on the seat, then flat on the back."""
    seat = changed(
        pose, pelvis=(0.0, 0.34, -0.34), recline=0.42, lean=0.28, head_pitch=0.25, right_hand=(0.55, 0.10, 0.50),
        left_hand=(-0.60, -0.05, 0.45), right_foot=(0.16, 0.02, 0.30), left_foot=(-0.15, 0.0, 0.16), right_toe=-0.3,
        left_toe=0.0, right_fist=-1.0, left_fist=-1.0, shrug=0.06, knees=0.25,
    )  # fmt: skip
    down = changed(
        seat, pelvis=(0.0, _low(doing, 0.115), -0.30), recline=1.50, lean=0.02, head_pitch=0.05, head_yaw=-0.5,
        right_hand=(0.80, 0.30, -0.04), left_hand=(-0.72, -0.55, -0.02), right_foot=(0.24, 0.03, 0.55),
        left_foot=(-0.16, 0.02, 0.42), right_toe=-0.5, left_toe=-0.1, right_fist=0.2, left_fist=0.2, shrug=0.0,
        hips_roll=0.0, tilt=0.0, twist=0.0, knees=0.5, right_fingers=(0.8, 0.5, 0.0), left_fingers=(-0.8, -0.5, 0.0),
    )  # fmt: skip
    return seat, down


def _crumple(doing: Doing, pose: Pose) -> tuple[Pose, Pose]:
    """All at once in the knees, then over to one side, half curled."""
    side = 1.0 if doing.figure.seed // 5 % 2 else -1.0
    heap = changed(
        pose, pelvis=(0.12 * side, 0.40, -0.16), recline=-0.30, tilt=0.35 * side, lean=0.35, head_pitch=0.45,
        head_roll=0.3 * side, right_hand=(0.25, -0.75, 0.35), left_hand=(-0.25, -0.75, 0.35),
        right_foot=(0.18, 0.0, -0.16), left_foot=(-0.12, 0.02, -0.34), right_toe=0.5, left_toe=1.0, knees=0.3,
        hips_roll=0.25 * side,
    )  # fmt: skip
    down = changed(
        heap, pelvis=(0.30 * side, _low(doing, 0.13), -0.05), recline=-1.36, tilt=0.12 * side, lean=0.22,
        twist=0.45 * side, hips_yaw=0.30 * side, hips_roll=0.0, head_pitch=-0.02, head_yaw=0.7 * side, head_roll=0.0,
        right_hand=(0.40, 0.30, 0.24), left_hand=(-0.35, -0.10, 0.20), right_foot=(0.42, 0.03, -0.62),
        left_foot=(0.05, 0.03, -0.78), right_toe=1.2, left_toe=1.3, right_fist=0.3, left_fist=0.3, knees=5.0,
        right_fingers=(0.2, 0.9, -0.2), left_fingers=(-0.5, 0.6, -0.2),
    )  # fmt: skip
    return heap, down
