"""A person's bones: proportions from a look, and joints in metres from a pose by two-bone inverse kinematics.

Knows no time and no drawing: `model.theatre.motion` says which pose, `model.theatre.figure` draws it.
Local axes: x to the figure's right, y up, z the way it faces.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.stage import Look

__all__ = ["Build", "Pose", "Skeleton", "bend", "blend", "build_of", "pitch", "skeleton_at", "yaw"]

Array = NDArray[np.float64]


def pitch(angle: float) -> Array:
    """A turn about x: positive bows forward."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def yaw(angle: float) -> Array:
    """A turn about y: positive turns to the figure's right, as headings do."""
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def _roll(angle: float) -> Array:
    c, s = math.cos(angle), math.sin(angle)
    return np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])


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
class Pose:
    """A body's attitude, all of it blendable. Lengths in legs (pelvis, feet) or arms (hands); angles in radians.

    Hands are from their shoulder in the chest's axes, feet from the root on the floor in the figure's axes.
    """

    pelvis: tuple[float, float, float] = (0.0, 1.0, 0.0)  # y: 1 stands upright
    recline: float = 0.0  # positive lies back
    hips_yaw: float = 0.0
    hips_roll: float = 0.0
    lean: float = 0.0
    tilt: float = 0.0
    twist: float = 0.0
    shrug: float = 0.0  # shoulders raised, in arms
    head_pitch: float = 0.0
    head_yaw: float = 0.0
    head_roll: float = 0.0
    right_hand: tuple[float, float, float] = (0.14, -0.96, 0.10)
    left_hand: tuple[float, float, float] = (-0.14, -0.96, 0.10)
    right_foot: tuple[float, float, float] = (0.115, 0.0, 0.0)
    left_foot: tuple[float, float, float] = (-0.115, 0.0, 0.0)
    right_toe: float = 0.0  # the foot's pitch, toes down
    left_toe: float = 0.0
    knees: float = 0.12  # how far the knees point outward


_FIELDS = tuple(f.name for f in fields(Pose))


def blend(a: Pose, b: Pose, u: float) -> Pose:
    """`a` at u = 0, `b` at u = 1."""
    if u <= 0.0:
        return a
    if u >= 1.0:
        return b
    mixed: dict[str, float | tuple[float, float, float]] = {}
    for name in _FIELDS:
        p, q = getattr(a, name), getattr(b, name)
        if isinstance(p, tuple):
            mixed[name] = tuple(m + (n - m) * u for m, n in zip(p, q, strict=True))
        else:
            mixed[name] = p + (q - p) * u
    return replace(a, **mixed)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Skeleton:
    """Joints in stage metres and the attitude of the three stiff parts (columns: right, up, forward)."""

    joints: dict[str, Array]
    pelvis: Array
    chest: Array
    head: Array
    build: Build


def bend(root: Array, tip: Array, upper: float, lower: float, pole: Array) -> tuple[Array, Array]:
    """The middle joint and the reached tip of a two-bone limb from `root` toward `tip`, bent to `pole`."""
    reach = tip - root
    length = float(np.sqrt(reach @ reach))
    axis = reach / length if length > 1e-6 else np.array([0.0, -1.0, 0.0])
    length = min(max(length, abs(upper - lower) + 0.02 * (upper + lower)), 0.9995 * (upper + lower))
    along = (upper * upper - lower * lower + length * length) / (2 * length)
    aside = math.sqrt(max(0.0, upper * upper - along * along))
    out = pole - axis * float(pole @ axis)
    size = float(np.sqrt(out @ out))
    out = out / size if size > 1e-6 else np.array([0.0, 0.0, 1.0])
    return root + axis * along + out * aside, root + axis * length


def skeleton_at(build: Build, pose: Pose, x_m: float, z_m: float, heading_rad: float) -> Skeleton:
    """The joints of a body of this build in this pose, standing at a mark."""
    root = yaw(heading_rad)
    leg, arm = build.thigh + build.shin, build.upper_arm + build.forearm
    ground = np.array([x_m, 0.0, z_m])
    px, py, pz = pose.pelvis
    pelvis = ground + root @ np.array([px * leg, build.ankle + py * leg, pz * leg])
    body = root @ pitch(-pose.recline)
    hips = body @ yaw(pose.hips_yaw) @ _roll(pose.hips_roll)
    chest = body @ yaw(pose.twist) @ pitch(pose.lean) @ _roll(pose.tilt)
    head = body @ yaw(pose.head_yaw) @ pitch(pose.head_pitch) @ _roll(pose.head_roll)
    waist = pelvis + hips @ np.array([0.0, 0.38 * build.spine, 0.0])
    shoulders = waist + chest @ np.array([0.0, 0.62 * build.spine, 0.0])
    skull = shoulders + (0.7 * chest[:, 1] + 0.3 * head[:, 1]) * (build.neck + 0.16 * build.head)
    skull = skull + chest[:, 2] * (0.05 * build.head)
    joints: dict[str, Array] = {"pelvis": pelvis, "waist": waist, "shoulders": shoulders, "skull": skull}
    for side, sign in (("right", 1.0), ("left", -1.0)):
        hand = np.asarray(pose.right_hand if sign > 0 else pose.left_hand)
        shoulder = shoulders + chest @ np.array(
            [sign * 0.95 * build.shoulder, (pose.shrug - 0.125) * arm, -0.008 * build.height]
        )
        pole = chest @ np.array([sign * 0.55, -0.55, -1.0])
        elbow, wrist = bend(shoulder, shoulder + chest @ (hand * arm), build.upper_arm, build.forearm, pole)
        hip = pelvis + hips @ np.array([sign * build.hip_half, 0.0, 0.0])
        fx, fy, fz = pose.right_foot if sign > 0 else pose.left_foot
        ankle = ground + root @ np.array([fx * leg, build.ankle + fy * leg, fz * leg])
        toe = pose.right_toe if sign > 0 else pose.left_toe
        knee, ankle = bend(hip, ankle, build.thigh, build.shin, body @ np.array([sign * pose.knees, 0.12, 1.0]))
        foot = body @ yaw(sign * (0.14 + 0.5 * pose.knees)) @ pitch(toe)
        fingers = _knuckles(elbow, wrist, build.hand)
        joints |= {
            f"{side}_shoulder": shoulder,
            f"{side}_elbow": elbow,
            f"{side}_wrist": wrist,
            f"{side}_fingers": fingers,
            f"{side}_hip": hip,
            f"{side}_knee": knee,
            f"{side}_ankle": ankle,
            f"{side}_heel": ankle + foot @ np.array([0.0, -0.55 * build.ankle, -0.030 * build.height]),
            f"{side}_toe": ankle + foot @ np.array([0.0, -0.62 * build.ankle, 0.088 * build.height]),
        }
    return Skeleton(joints, hips, chest, head, build)


def _knuckles(elbow: Array, wrist: Array, hand: float) -> Array:
    """The fingertips of a relaxed hand: on along the forearm."""
    along = wrist - elbow
    tips: Array = wrist + along / (float(np.sqrt(along @ along)) or 1.0) * hand
    return tips
