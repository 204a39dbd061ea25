"""What a person's body does at a time: poses and acts blended without pops, on feet that stay where they land.

Turns a Figure's keys into a `Skeleton`; draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np

from model.stage import Figure, PoseName, Vec3
from model.theatre.motion.acts import Doing, acted
from model.theatre.motion.acts.hands import laden
from model.theatre.motion.gaze import head_turn
from model.theatre.motion.holding import Hold
from model.theatre.motion.marks import Mark, ease, place_at, pose_weights
from model.theatre.motion.pose import Pose, Three, blend, changed
from model.theatre.motion.skeleton import Array, Build, Skeleton, build_of, grounded, skeleton_at
from model.theatre.motion.stances import Moment, pose_of
from model.theatre.motion.steps import PLANTED, Foot, feet_at

__all__ = ["body_at", "hand_position", "head_middle", "head_position"]

CARRY_S = 0.5  # from taking a thing to carrying it
_ABOUT_S = 0.15


@lru_cache(maxsize=128)
def body_at(figure: Figure, time_s: float, holds: tuple[Hold, ...] = ()) -> Skeleton:
    """The skeleton of a person at a time; `holds` are what its hands carry, and when."""
    build, mark = build_of(figure.look), _with_velocity(figure, place_at(figure, time_s), time_s)
    weights = pose_weights(figure, time_s)
    footing = feet_at(figure, time_s)
    now = Moment(figure, build, mark, footing.steps, time_s)
    pose = _mixed(now, weights)
    planted = sum(weight for kind, weight in weights if kind in PLANTED)
    pose = _on_feet(pose, build, mark, footing.right, footing.left, planted)
    pose = _carrying(pose, holds, time_s)
    pose = _turned(figure, build, pose, mark, time_s)
    pose = grounded(build, acted(Doing(figure, build, mark, holds, time_s), pose))
    return skeleton_at(build, pose, mark.x_m, mark.z_m, mark.heading_rad, mark.height_m)


def _with_velocity(figure: Figure, mark: Mark, time_s: float) -> Mark:
    """The mark with the velocity of the time about it, which changes without jumps."""
    keys = figure.body
    if len(keys) == 1:
        return mark
    if keys[0].pose in ("walk", "run"):
        time_s = max(time_s, keys[0].time_s + _ABOUT_S)
    if keys[-1].pose in ("walk", "run"):
        time_s = min(time_s, keys[-1].time_s - _ABOUT_S)
    a, b = place_at(figure, time_s - _ABOUT_S), place_at(figure, time_s + _ABOUT_S)
    vx, vz = (b.x_m - a.x_m) / (2 * _ABOUT_S), (b.z_m - a.z_m) / (2 * _ABOUT_S)
    c, s = math.cos(mark.heading_rad), math.sin(mark.heading_rad)
    return replace(mark, sideways_m_s=vx * c - vz * s, forward_m_s=vx * s + vz * c)


def _mixed(now: Moment, weights: list[tuple[PoseName, float]]) -> Pose:
    """The poses of now; on the way between high and low ones the body leans over its feet, or sits down first."""
    pose, so_far = Pose(), 0.0
    for kind, weight in weights:
        so_far += weight
        pose = blend(pose, pose_of(kind, now), weight / so_far)
    shares = dict(weights)
    lies = shares.get("lie", 0.0)
    seated = shares.get("sit", 0.0) + shares.get("drive", 0.0)
    upright = sum(shares.get(kind, 0.0) for kind in ("stand", "walk", "run"))
    rises = 4 * seated * upright
    if rises > 0.0:
        px, py, pz = pose.pelvis
        pose = changed(
            pose, pelvis=(px, py, pz + 0.05 * rises), recline=pose.recline - 0.52 * rises,
            head_pitch=pose.head_pitch - 0.10 * rises,
        )  # fmt: skip
    halfway = 4 * lies * (1 - lies)
    if halfway > 0.0:
        pose = blend(pose, _half_down(now, pose), halfway)
    return pose


def _half_down(now: Moment, pose: Pose) -> Pose:
    """Half way to a bed or the floor: seated on its edge, a hand behind, the knees up."""
    leg = now.build.thigh + now.build.shin
    return changed(
        pose,
        pelvis=(0.0, max(0.30, 0.115 * now.build.girth / leg + 0.08), -0.05),
        recline=0.40,
        lean=0.20,
        right_hand=(0.30, -0.85, -0.32),
        left_hand=(-0.30, -0.80, -0.20),
        right_foot=(0.16, 0.0, 0.48),
        left_foot=(-0.15, 0.0, 0.38),
        right_toe=0.0,
        left_toe=0.0,
        knees=0.2,
    )


def _on_feet(pose: Pose, build: Build, mark: Mark, right: Foot, left: Foot, planted: float) -> Pose:
    """`pose` with its feet where they have landed, as far as its poses stand on them."""
    if planted <= 0.0:
        return pose
    leg = build.thigh + build.shin
    c, s = math.cos(mark.heading_rad), math.sin(mark.heading_rad)

    def put(foot: Foot, own: Three, toe: float, turn: float) -> tuple[Three, float, float]:
        dx, dz = foot.x_m - mark.x_m, foot.z_m - mark.z_m
        x, z = (dx * c - dz * s) / leg, (dx * s + dz * c) / leg
        y = own[1] + (foot.lift_m + foot.y_m - mark.height_m) / leg
        turned = turn + (foot.heading_rad - mark.heading_rad + math.pi) % (2 * math.pi) - math.pi
        return (x, y, z), toe + foot.pitch_rad, turned

    rf, rt, ra = put(right, pose.right_foot, pose.right_toe, pose.right_turn)
    lf, lt, la = put(left, pose.left_foot, pose.left_toe, pose.left_turn)
    stood = changed(
        pose, right_foot=rf, left_foot=lf, right_toe=rt, left_toe=lt, right_turn=ra, left_turn=la
    )  # fmt: skip
    return blend(pose, stood, planted)


def _carrying(pose: Pose, holds: tuple[Hold, ...], time_s: float) -> Pose:
    """A hand with something in it is kept before the body, from soon after it took it until soon after it let go."""
    for hold in holds:
        share = ease((time_s - hold.from_s + 0.1) / CARRY_S) * ease((hold.until_s + CARRY_S - 0.1 - time_s) / CARRY_S)
        if share <= 0.0:
            continue
        if hold.way == "both":
            pose = blend(pose, laden(pose), share)
            continue
        x, y, z = {"high": (0.16, -0.36, 0.40), "low": (0.20, -0.96, 0.06), "level": (-0.10, -0.42, 0.58)}.get(
            hold.way, (0.10, -0.66, 0.46)
        )
        if hold.hand == "right":
            kept = changed(pose, right_hand=(x, y, z), right_fist=0.7)
        else:
            kept = changed(pose, left_hand=(-x, y, z), left_fist=0.7)
        pose = blend(pose, kept, share)
    return pose


def _turned(figure: Figure, build: Build, pose: Pose, mark: Mark, time_s: float) -> Pose:
    """The head (and a little of the chest) toward what is looked at."""
    up = build.ankle + pose.pelvis[1] * (build.thigh + build.shin) + build.spine + build.neck + 0.5 * build.head
    side, down = head_turn(figure, Vec3(mark.x_m, mark.height_m + up, mark.z_m), mark.heading_rad, time_s)
    upright = max(0.0, math.cos(pose.recline))
    return changed(
        pose,
        head_yaw=pose.head_yaw + side * upright,
        head_pitch=pose.head_pitch + down * upright,
        twist=pose.twist + 0.22 * side * upright,
    )


def hand_position(figure: Figure, hand: str, time_s: float, holds: tuple[Hold, ...] = ()) -> Vec3:
    """The middle of a person's hand ("left" or "right") in metres."""
    joints = body_at(figure, time_s, holds).joints
    middle = joints[f"{hand}_wrist"] * 0.35 + joints[f"{hand}_fingers"] * 0.65
    return Vec3(*(float(v) for v in middle))


def head_position(figure: Figure, time_s: float, holds: tuple[Hold, ...] = ()) -> Vec3:
    """The middle of a person's head in metres."""
    return Vec3(*(float(v) for v in head_middle(body_at(figure, time_s, holds))))


def head_middle(body: Skeleton) -> Array:
    """The middle of a body's head in metres."""
    middle: Array = body.joints["skull"] + body.head @ (body.build.head * np.array([0.0, 0.34, 0.02]))
    return middle
