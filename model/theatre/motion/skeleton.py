"""A person's bones: proportions from a look, and joints in metres from a pose by two-bone inverse kinematics.

Knows no time and no drawing: `model.theatre.motion.body` says which pose, `model.theatre.people.figure` draws it.
Local axes: x to the figure's right, y up, z the way it faces.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.stage import Look
from model.theatre.motion.pose import Pose, Three, changed

__all__ = [
    "Build",
    "Skeleton",
    "Trunk",
    "bend",
    "build_of",
    "elbow_way",
    "grounded",
    "pitch",
    "skeleton_at",
    "trunk_at",
    "yaw",
]

Array = NDArray[np.float64]


def pitch(angle: float) -> Array:
    """A turn about x: positive bows forward."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def yaw(angle: float) -> Array:
    """A turn about y: positive turns to the figure's right, as headings do."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def _attitude(yaw_rad: float, pitch_rad: float, roll_rad: float) -> Array:
    """A turn about y, in it one about x, and in that one about z."""
    cy, sy = math.cos(yaw_rad), math.sin(yaw_rad)
    cp, sp = math.cos(pitch_rad), math.sin(pitch_rad)
    cr, sr = math.cos(roll_rad), math.sin(roll_rad)
    return np.array([
        [cy * cr - sy * sp * sr, cy * sr + sy * sp * cr, sy * cp],
        [-cp * sr, cp * cr, -sp],
        [-sy * cr - cy * sp * sr, -sy * sr + cy * sp * cr, cy * cp],
    ])  # fmt: skip


@dataclass(frozen=True)
class Build:
    """A body's measures in metres."""

    height: float
    head: float  # chin to crown
    hip: float  # height of the hip joints
    ankle: float
    thigh: float
    shin: float
    spine: float  # hip joints to shoulder line
    neck: float  # shoulder line to the chin's height
    upper_arm: float
    forearm: float
    hand: float
    shoulder: float  # half the breadth between shoulder joints
    hip_half: float
    girth: float  # multiplies limb and torso thickness
    belly: float  # 0 to 1
    chest: float  # 0 to 1, the bust
    child: float  # 0 grown, 1 small child


@lru_cache(maxsize=256)
def build_of(look: Look) -> Build:
    """The measures of a person of this look."""
    h = look.height_m
    child = min(1.0, max(0.0, (15.0 - look.age_years) / 11.0))
    head = h * (1 / 6.7 + child * (1 / 4.7 - 1 / 6.7))
    hip = h * (0.515 - 0.055 * child)
    ankle = 0.042 * h
    shoulder_line = h - head - h * (0.047 - 0.015 * child)
    broad = {"slim": 0.93, "average": 1.0, "broad": 1.13, "heavy": 1.10}[look.build]
    wide = {"female": 0.094, "male": 0.112, "unspecified": 0.102}[look.gender] * (1 - 0.10 * child)
    hips = {"female": 0.054, "male": 0.049, "unspecified": 0.051}[look.gender]
    grown = 1.0 - child
    leg = hip - ankle
    return Build(
        height=h,
        head=head,
        hip=hip,
        ankle=ankle,
        thigh=leg * 0.505,
        shin=leg * 0.495,
        spine=shoulder_line - hip,
        neck=h - head - shoulder_line,
        upper_arm=0.166 * h * (1 - 0.08 * child),
        forearm=0.148 * h * (1 - 0.08 * child),
        hand=0.098 * h,
        shoulder=wide * h * broad,
        hip_half=hips * h * broad,
        girth={"slim": 0.88, "average": 1.0, "broad": 1.12, "heavy": 1.30}[look.build] * (1 + 0.12 * child),
        belly={"slim": 0.0, "average": 0.12, "broad": 0.15, "heavy": 0.75}[look.build]
        + 0.15 * min(1.0, max(0.0, (look.age_years - 45) / 25)),
        chest={"female": 0.75, "male": 0.2, "unspecified": 0.25}[look.gender] * grown,
        child=child,
    )


@dataclass(frozen=True)
class Skeleton:
    """Joints in stage metres and the attitude of the three stiff parts (columns: right, up, forward).

    `fists` are the right and the left hand's closing: 1 a fist, 0 at ease, -1 spread flat.
    """

    joints: dict[str, Array]
    pelvis: Array
    chest: Array
    head: Array
    build: Build
    fists: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Trunk:
    """The stiff parts of a body in stage metres: what hands and head hang on."""

    pelvis: Array
    waist: Array
    shoulders: Array
    skull: Array
    hips_axes: Array
    chest_axes: Array
    head_axes: Array

    def shoulder(self, build: Build, pose: Pose, sign: float) -> Array:
        """The right (sign 1) or left (-1) shoulder joint."""
        arm = build.upper_arm + build.forearm
        x, y, z = sign * 0.95 * build.shoulder, (pose.shrug - 0.125) * arm, -0.008 * build.height
        at: Array = self.shoulders + self.chest_axes @ np.array([x, y, z])
        return at


def bend(root: Array, tip: Array, upper: float, lower: float, pole: Array) -> tuple[Array, Array]:
    """The middle joint and the reached tip of a two-bone limb from `root` toward `tip`, bent to `pole`."""
    (rx, ry, rz), (tx, ty, tz), (px, py, pz) = root.tolist(), tip.tolist(), pole.tolist()
    ax, ay, az = tx - rx, ty - ry, tz - rz
    length = math.sqrt(ax * ax + ay * ay + az * az)
    if length > 1e-6:
        ax, ay, az = ax / length, ay / length, az / length
    else:
        ax, ay, az = 0.0, -1.0, 0.0
    length = min(max(length, abs(upper - lower) + 0.02 * (upper + lower)), 0.9995 * (upper + lower))
    along = (upper * upper - lower * lower + length * length) / (2 * length)
    aside = math.sqrt(max(0.0, upper * upper - along * along))
    dot = px * ax + py * ay + pz * az
    px, py, pz = px - ax * dot, py - ay * dot, pz - az * dot
    size = math.sqrt(px * px + py * py + pz * pz)
    if size > 1e-6:
        k = aside / size
        px, py, pz = px * k, py * k, pz * k
    else:
        px, py, pz = 0.0, 0.0, aside
    middle = np.array([rx + ax * along + px, ry + ay * along + py, rz + az * along + pz])
    return middle, np.array([rx + ax * length, ry + ay * length, rz + az * length])


def grounded(build: Build, pose: Pose) -> Pose:
    """`pose` with the pelvis no higher than both legs reach: a foot that bears weight is never pulled off its place."""
    upright = max(0.0, math.cos(min(max(pose.recline, -1.5), 1.5))) ** 0.5
    if abs(pose.recline) > 1.25:
        return pose
    leg = build.thigh + build.shin
    px, py, pz = pose.pelvis
    c, s, hip = math.cos(pose.hips_yaw), math.sin(pose.hips_yaw), build.hip_half / leg
    roll = math.sin(pose.hips_roll) * hip
    low = py
    for sign, (fx, fy, fz), toe, turn in (
        (1.0, pose.right_foot, pose.right_toe, pose.right_turn),
        (-1.0, pose.left_foot, pose.left_toe, pose.left_turn),
    ):
        rise, on = _rolled(build, toe)
        fx, fy, fz = fx + on * math.sin(turn) / leg, fy + rise / leg, fz + on * math.cos(turn) / leg
        dx, dz = px + sign * hip * c - fx, pz - sign * hip * s - fz
        low = min(low, fy + sign * roll + math.sqrt(max(0.16, 0.997 - dx * dx - dz * dz)))
    if low >= py:
        return pose
    return changed(pose, pelvis=(px, py + (low - py) * upright, pz))


def _rolled(build: Build, toe: float) -> tuple[float, float]:
    """How far a foot's pitch lifts the ankle and brings it on: about the ball, or about the heel with the toes up."""
    y = -0.62 * build.ankle if toe > 0 else -0.55 * build.ankle
    z = 0.088 * build.height if toe > 0 else -0.030 * build.height
    c, s = math.cos(toe), math.sin(toe)
    return y * (1 - c) + z * s, z * (1 - c) - y * s


def trunk_at(build: Build, pose: Pose, root: Array, ground: Array) -> Trunk:
    """The stiff parts of a body whose root on the floor (`ground`, in metres) is turned by `root`."""
    leg = build.thigh + build.shin
    px, py, pz = pose.pelvis
    pelvis = ground + root @ np.array([px * leg, build.ankle + py * leg, pz * leg])
    body = root @ pitch(-pose.recline)
    hips = body @ _attitude(pose.hips_yaw, 0.0, pose.hips_roll)
    chest = body @ _attitude(pose.twist, pose.lean, pose.tilt)
    head = body @ _attitude(pose.head_yaw, pose.head_pitch, pose.head_roll)
    waist = pelvis + hips[:, 1] * (0.38 * build.spine)
    shoulders = waist + chest[:, 1] * (0.62 * build.spine)
    skull = shoulders + (0.7 * chest[:, 1] + 0.3 * head[:, 1]) * (build.neck + 0.16 * build.head)
    skull = skull + chest[:, 2] * (0.05 * build.head)
    return Trunk(pelvis, waist, shoulders, skull, hips, chest, head)


def skeleton_at(
    build: Build, pose: Pose, x_m: float, z_m: float, heading_rad: float, height_m: float = 0.0
) -> Skeleton:
    """The joints of a body of this build in this pose, standing at a mark on a floor at `height_m`."""
    root, ground = yaw(heading_rad), np.array([x_m, height_m, z_m])
    leg, arm = build.thigh + build.shin, build.upper_arm + build.forearm
    trunk = trunk_at(build, pose, root, ground)
    hips, chest = trunk.hips_axes, trunk.chest_axes
    # Who bows from the hips keeps the legs upright; who lies, lies with the legs too.
    over = min(max((abs(pose.recline) - 0.9) / 0.5, 0.0), 1.0)
    legs = root @ pitch(-pose.recline * over) if over else root
    joints: dict[str, Array] = {
        "pelvis": trunk.pelvis, "waist": trunk.waist, "shoulders": trunk.shoulders, "skull": trunk.skull,
    }  # fmt: skip
    reach, rise_m, back_m = 0.95 * build.shoulder, (pose.shrug - 0.125) * arm, -0.008 * build.height
    sides = (
        ("right", 1.0, pose.right_hand, pose.right_fingers, pose.right_foot, pose.right_toe, pose.right_turn),
        ("left", -1.0, pose.left_hand, pose.left_fingers, pose.left_foot, pose.left_toe, pose.left_turn),
    )
    spots, feet = [], []
    for _, sign, (hx, hy, hz), fingers, (fx, fy, fz), toe, turn in sides:
        spots += [(sign * reach, rise_m, back_m), (hx * arm, hy * arm, hz * arm)]
        spots += [elbow_way(sign, (hx, hy, hz), pose.elbows), fingers]
        rise, on = (v * (1.0 - over) for v in _rolled(build, toe))
        sin, cos = math.sin(turn), math.cos(turn)
        feet.append((fx * leg + on * sin, build.ankle + fy * leg + rise, fz * leg + on * cos))
    in_chest, ankles = np.array(spots) @ chest.T, np.array(feet) @ root.T + ground
    sole = np.array(
        [(0.0, -0.55 * build.ankle, -0.030 * build.height), (0.0, -0.62 * build.ankle, 0.088 * build.height)]
    )
    for k, (side, sign, _, fingers, _, toe, turn) in enumerate(sides):
        at, hand, pole, toward = in_chest[4 * k : 4 * k + 4]
        shoulder = trunk.shoulders + at
        elbow, wrist = bend(shoulder, shoulder + hand, build.upper_arm, build.forearm, pole)
        hip = trunk.pelvis + hips[:, 0] * (sign * build.hip_half)
        out = sign * pose.knees + 0.5 * (turn - sign * 0.2)
        knee, ankle = bend(hip, ankles[k], build.thigh, build.shin, legs @ np.array([out, 0.12, 1.0]))
        heel, tip = ankle + sole @ (legs @ _attitude(turn, toe, 0.0)).T
        joints |= {
            f"{side}_shoulder": shoulder,
            f"{side}_elbow": elbow,
            f"{side}_wrist": wrist,
            f"{side}_fingers": _fingertips(elbow, wrist, build.hand, toward, fingers),
            f"{side}_hip": hip,
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_heel": heel,
            f"{side}_toe": tip,
        }
    return Skeleton(joints, hips, chest, trunk.head_axes, build, (pose.right_fist, pose.left_fist))


def elbow_way(sign: float, hand: Three, raised: float) -> Three:
    """Where an elbow points, in the chest's axes: back from a hanging arm, down and out from a raised one.

    Never along the arm itself, where an elbow would flip over.
    """
    size = math.sqrt(hand[0] ** 2 + hand[1] ** 2 + hand[2] ** 2) or 1.0
    u = min(max((hand[1] / size + 0.97) / 0.75, 0.0), 1.0)
    u = u * u * (3 - 2 * u)
    x, y, z = 0.30 + (0.30 + 1.0 * raised) * u, -0.10 + (-0.90 + 0.5 * raised) * u, -1.0 + 0.88 * u
    return sign * x, y, z


def _fingertips(elbow: Array, wrist: Array, hand: float, toward: Array, fingers: Three) -> Array:
    """The fingertips of a hand: on along the forearm, bent at the wrist toward a way as far as the pose asks for."""
    along = wrist - elbow
    along = along / (math.sqrt(along @ along) or 1.0)
    asked = math.sqrt(fingers[0] ** 2 + fingers[1] ** 2 + fingers[2] ** 2)
    if asked > 1e-4:
        along = along * max(0.0, 1.0 - asked) + toward
        along = along / (math.sqrt(along @ along) or 1.0)
    tips: Array = wrist + along * hand
    return tips
