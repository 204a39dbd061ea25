"""Dogs and cats as joints in metres: a spine, four legs, a head that looks, a tail with a mind of its own.

Knows no drawing; `model.theatre.animals.animal` does that.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.stage import Figure, Vec3
from model.theatre.animals.bird import bird_joints
from model.theatre.animals.fish import fish_joints
from model.theatre.animals.horse_motion import horse_joints
from model.theatre.motion.gaze import head_turn
from model.theatre.motion.marks import place_at, pose_weights
from model.theatre.motion.skeleton import bend, pitch, yaw

__all__ = ["BREEDS", "LEGS", "Breed", "animal_joints", "paw_cycles"]

Array = NDArray[np.float64]
At = Callable[[float, float, float], Array]
LEGS = (("right_fore", 1.0, True), ("left_fore", -1.0, True), ("right_hind", 1.0, False), ("left_hind", -1.0, False))


@dataclass(frozen=True)
class Breed:
    """Proportions in shoulder heights."""

    length: float  # half the trunk
    chest: float  # radii of the trunk
    waist: float
    rump: float
    leg: float  # a leg's radius at its top
    head: float  # the skull's radius
    muzzle: float  # how far the nose stands out
    snout: float  # the muzzle's radius
    neck: tuple[float, float]  # of the head from the withers: up, forward
    tail: float


BREEDS = {
    "dog": Breed(0.42, 0.215, 0.165, 0.175, 0.085, 0.205, 0.33, 0.098, (0.40, 0.30), 0.55),
    "cat": Breed(0.50, 0.205, 0.200, 0.205, 0.085, 0.270, 0.27, 0.105, (0.30, 0.34), 1.05),
}

# When in a cycle each paw lands: at a walk one by one, at a run the hind paws and then the fore paws.
_LANDS = {"left_hind": (0.0, 0.0), "left_fore": (0.25, 0.45), "right_hind": (0.5, 0.10), "right_fore": (0.75, 0.56)}

# Pose: withers (y, z), croup (y, z), head lift, fore paw z, hind paw z, all in shoulder heights.
_POSES: dict[str, tuple[float, ...]] = {
    "stand": (0.80, 1.0, 0.80, -1.0, 0.0, 0.86, -1.02),
    "sit": (0.86, 0.50, 0.27, -0.62, 0.06, 0.56, -0.26),
    "lie": (0.27, 0.95, 0.24, -1.0, 0.06, 1.75, -0.55),
}


def animal_joints(figure: Figure, time_s: float) -> dict[str, Array]:
    """The joints of an animal of any kind in stage metres; those named `head_…` are its head's axes."""
    return _OTHERS.get(figure.species, _joints)(figure, time_s)


_OTHERS = {"horse": horse_joints, "bird": bird_joints, "fish": fish_joints}


def paw_cycles(figure: Figure, time_s: float) -> tuple[float, float, dict[str, float]]:
    """How far a dog or cat is under way and runs, each 0 to 1, and the cycles of each leg: it lands at whole ones."""
    weights = dict(pose_weights(figure, time_s))
    running = weights.get("run", 0.0)
    phase = _phase(figure, place_at(figure, time_s).travelled_m, running)
    cycles = {name: phase - walks + (walks - runs) * running for name, (walks, runs) in _LANDS.items()}
    return weights.get("walk", 0.0) + running, running, cycles


def _phase(figure: Figure, travelled_m: float, running: float) -> float:
    return travelled_m / ((1.15 + 1.0 * running) * figure.look.height_m) + (figure.seed % 5) / 5


@lru_cache(maxsize=64)
def _joints(figure: Figure, time_s: float) -> dict[str, Array]:
    """The joints of a dog or cat."""
    s, breed = figure.look.height_m, BREEDS[figure.species]
    place = place_at(figure, time_s)
    weights = pose_weights(figure, time_s)
    mixed = np.zeros(7)
    moving = 0.0
    for kind, weight in weights:
        mixed += weight * np.array(_POSES[{"sit": "sit", "lie": "lie", "kneel": "sit"}.get(kind, "stand")])
        moving += weight if kind in ("walk", "run") else 0.0
    fy, fz, hy, hz, lift = mixed[:5]
    root = yaw(place.heading_rad)
    ground = np.array([place.x_m, place.height_m, place.z_m])
    breath = 0.008 * math.sin(2.6 * time_s + figure.seed % 7)
    running = dict(weights).get("run", 0.0)
    phase = _phase(figure, place.travelled_m, running)
    bob = 0.02 * moving * math.sin(4 * math.pi * phase) + breath

    def at(x: float, y: float, z: float) -> Array:
        point: Array = ground + root @ (np.array([x, y, z]) * s)
        return point

    half = breed.length
    joints = {"withers": at(0, fy + bob, fz * half), "pelvis": at(0, hy + breath - 0.6 * bob, hz * half)}
    joints |= _legs(at, root, mixed, breed, phase, moving, running, bob)
    head_up, head_on = breed.neck
    head_up, head_on = head_up + lift + 0.5 * bob, head_on - 0.06 * (1 - moving)
    skull = at(0, fy + head_up, fz * half + head_on)
    turn, down = head_turn(figure, Vec3(*(float(v) for v in skull)), place.heading_rad, time_s)
    turn += 0.06 * math.sin(0.8 * time_s + figure.seed % 11)
    axes = root @ yaw(turn) @ pitch(down * 0.8 + 0.05)
    joints["skull"] = skull
    for name, local in (("right", (1.0, 0.0, 0.0)), ("up", (0.0, 1.0, 0.0)), ("ahead", (0.0, 0.0, 1.0))):
        joints[f"head_{name}"] = axes @ np.array(local)
    joints |= _tail(figure, at, breed, hy, hz * half, time_s, dict(weights).get("lie", 0.0))
    return joints


def _legs(
    at: At, root: Array, pose: Array, breed: Breed, phase: float, moving: float, running: float, bob: float
) -> dict[str, Array]:
    fy, fz, hy, hz, _, fore_z, hind_z = pose
    half = breed.length
    joints: dict[str, Array] = {}
    for name, side, fore in LEGS:
        top_y, top_z = (fy - 0.10 + bob, fz * half - 0.02) if fore else (hy - 0.04, hz * half + 0.02)
        walks, runs = _LANDS[name]
        u = (phase - walks + (walks - runs) * running) % 1.0
        stance = 0.58 - 0.2 * running
        reach = stance / 2 * (1.15 + running)
        if u < stance:
            z, y = reach - u / stance * 2 * reach, 0.0
        else:
            v = (u - stance) / (1 - stance)
            z, y = -reach + 2 * reach * (v * v * (3 - 2 * v)), 0.20 * math.sin(math.pi * v) * (1 + running)
        paw_z = (fore_z if fore else hind_z) * half + z * moving
        spread = 0.13 if fore else 0.135 + 0.07 * max(0.0, 0.6 - hy)
        top = at(side * 0.115, top_y, top_z)
        paw = at(side * spread, 0.045 + y * moving, paw_z)
        span = float(np.linalg.norm(at(0, 0, 1) - at(0, 0, 0)))
        upper, lower = (0.36 * span, 0.38 * span)
        knee, paw = bend(top, paw, upper, lower, root @ np.array([side * 0.1, 0.1, -1.0 if fore else 1.0]))
        joints |= {f"{name}_top": top, f"{name}_knee": knee, f"{name}_paw": paw}
        joints[f"{name}_toe"] = paw + root @ np.array([0.0, -0.012 * span, 0.075 * span])
    return joints


def _tail(figure: Figure, at: At, breed: Breed, y: float, z: float, time_s: float, lying: float) -> dict[str, Array]:
    glad = figure.emotion in ("happy", "tender", "neutral")
    if figure.species == "dog":
        pace, reach = (9.5, 0.55) if figure.emotion == "happy" else (5.0, 0.30) if glad else (1.2, 0.06)
        rise = (0.75 if glad else -0.5) * (1 - lying) - 0.05
    else:
        pace, reach = (1.4, 0.30) if glad else (3.2, 0.5)
        rise = 0.85 * (1 - lying) * (1.0 if y > 0.5 else 0.0)
    joints = {}
    for i in range(5):
        u = i / 4
        wag = reach * u * math.sin(pace * time_s - 1.3 * u + figure.seed % 9)
        length = breed.tail * u
        up = rise * length * (1.0 - 0.15 * u) + (0.10 * math.sin(u * 5) if figure.species == "cat" else 0.06 * u)
        joints[f"tail_{i}"] = at(
            wag * breed.tail * 0.8,
            max(0.04, y + 0.09 + up),
            z - 0.10 - length * math.sqrt(max(0.05, 1 - min(0.9, rise * rise))),
        )
    return joints
