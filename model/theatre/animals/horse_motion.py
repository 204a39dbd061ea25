"""A horse as joints in metres: back, neck, head, four legs with knees, hocks and fetlocks, and a tail.

Walks in four beats, trots in diagonals when it runs slowly, gallops when it runs. Knows no drawing.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.stage import Figure, Look, Vec3
from model.theatre.motion.gaze import head_turn
from model.theatre.motion.marks import Mark, ease, place_at, pose_weights
from model.theatre.motion.skeleton import bend, yaw

__all__ = ["GALLOP_M_S", "HORSE_LEGS", "hoof_cycles", "horse_joints", "saddle_height_m"]

Array = NDArray[np.float64]
At = Callable[[float, float, float], Array]

SADDLE = 0.97
"""A saddle's seat over the ground, in heights at the shoulder."""
GALLOP_M_S = 5.0
"""A run slower than this is a trot."""
HORSE_LEGS = (
    ("right_fore", 1.0, True),
    ("left_fore", -1.0, True),
    ("right_hind", 1.0, False),
    ("left_hind", -1.0, False),
)

# When in a cycle each hoof lands, the share of it that it bears, and the cycle's length in heights.
_GAITS = {
    "walk": ({"left_hind": 0.0, "left_fore": 0.25, "right_hind": 0.5, "right_fore": 0.75}, 0.62, 1.10),
    "trot": ({"left_hind": 0.0, "right_fore": 0.0, "right_hind": 0.5, "left_fore": 0.5}, 0.42, 1.75),
    "gallop": ({"left_hind": 0.0, "right_hind": 0.12, "left_fore": 0.40, "right_fore": 0.52}, 0.27, 3.1),
}


def saddle_height_m(look: Look) -> float:
    """How high over the ground a rider's seat is on a horse of this look: who rides has the seat there."""
    return SADDLE * look.height_m


def _grazing(figure: Figure, time_s: float) -> float:
    """How far the head is down to eat or drink, 0 to 1."""
    down = 0.0
    for act in figure.acts:
        if act.act in ("eat", "drink", "pick_up"):
            down = max(down, ease((time_s - act.start_s) / 0.9) * ease((act.end_s - time_s) / 0.9))
    return down


def _gaits(figure: Figure, place: Mark, time_s: float) -> dict[str, float]:
    """How much of each gait is in the body now."""
    weights = dict(pose_weights(figure, time_s))
    running = weights.get("run", 0.0)
    fast = ease((math.hypot(place.forward_m_s, place.sideways_m_s) - GALLOP_M_S + 1.0) / 2.0)
    return {"walk": weights.get("walk", 0.0), "trot": running * (1 - fast), "gallop": running * fast}


def hoof_cycles(figure: Figure, time_s: float) -> tuple[float, str, dict[str, float]]:
    """How far a horse is under way (0 to 1), its gait, and the cycles of each leg in it: it lands at whole ones."""
    place = place_at(figure, time_s)
    gaits = _gaits(figure, place, time_s)
    gait = max(gaits, key=lambda name: gaits[name])
    cycle = _cycle(figure, place, gait)
    return sum(gaits.values()), gait, {name: cycle - lands for name, lands in _GAITS[gait][0].items()}


def _cycle(figure: Figure, place: Mark, gait: str) -> float:
    return place.travelled_m / (_GAITS[gait][2] * figure.look.height_m) + (figure.seed % 5) / 5


@lru_cache(maxsize=64)
def horse_joints(figure: Figure, time_s: float) -> dict[str, Array]:
    """The joints of a horse in stage metres."""
    s = figure.look.height_m
    place = place_at(figure, time_s)
    weights = dict(pose_weights(figure, time_s))
    lying = weights.get("lie", 0.0)
    gaits = _gaits(figure, place, time_s)
    moving = min(1.0, sum(gaits.values()))
    root = yaw(place.heading_rad)
    ground = np.array([place.x_m, place.height_m, place.z_m])
    breath = 0.006 * math.sin(1.4 * time_s + figure.seed % 7) * (1 - 0.6 * moving)
    cycles = {name: _cycle(figure, place, name) for name in _GAITS}
    rock = gaits["gallop"] * 0.055 * math.sin(2 * math.pi * cycles["gallop"] + 0.6)
    bob = gaits["trot"] * 0.022 * math.sin(4 * math.pi * cycles["trot"]) + gaits["walk"] * 0.008 * math.sin(
        4 * math.pi * cycles["walk"]
    )
    sunk = 0.50 * lying

    def at(x: float, y: float, z: float) -> Array:
        point: Array = ground + root @ (np.array([x, y, z]) * s)
        return point

    def trunk(y: float, z: float) -> Array:
        """A point of the trunk: sunk when it lies, rocked by a gallop."""
        return at(0.0, y - sunk + bob + breath - rock * z * 1.6, z)

    joints = {
        "chest": trunk(0.70, 0.40),
        "barrel": trunk(0.725, 0.02),
        "loin": trunk(0.765, -0.24),
        "pelvis": trunk(0.765, -0.43),
        "withers": trunk(0.95, 0.22),
        "croup": trunk(0.93, -0.40),
        "dock": trunk(0.86, -0.60),
        "seat": trunk(SADDLE - 0.02, 0.06),
    }
    joints |= _neck_and_head(figure, place, joints["withers"], root, gaits, lying, cycles, time_s)
    joints |= _legs(at, root, s, gaits, cycles, lying, bob, rock)
    flick = 0.10 * math.sin(0.9 * time_s + figure.seed % 9) + 0.07 * math.sin(2.3 * time_s + figure.seed % 4)
    lift = 0.5 * gaits["gallop"] + 0.22 * gaits["trot"]
    for i in range(5):
        u = i / 4
        out = 0.05 + u * (0.10 + 0.55 * lift)
        drop = u * (0.60 - 0.42 * lift) * (1 - 0.45 * lying)
        joints[f"tail_{i}"] = joints["dock"] + root @ np.array([flick * u * u * s, -drop * s, -out * s])
        joints[f"tail_{i}"][1] = max(joints[f"tail_{i}"][1], ground[1] + 0.03 * s)
    return joints


def _neck_and_head(
    figure: Figure, place: Mark, withers: Array, root: Array, gaits: dict[str, float], lying: float,
    cycles: dict[str, float], time_s: float,
) -> dict[str, Array]:  # fmt: skip
    s = figure.look.height_m
    graze = _grazing(figure, time_s) * (1 - lying)
    nod = 0.05 * gaits["walk"] * math.sin(4 * math.pi * cycles["walk"] + 0.8)
    nod += 0.12 * gaits["gallop"] * math.sin(2 * math.pi * cycles["gallop"])
    nod += 0.02 * math.sin(0.7 * time_s + figure.seed % 6)
    rise = 0.92 - 0.16 * gaits["walk"] - 0.38 * gaits["gallop"] - 0.05 * gaits["trot"] + nod
    rise += (-0.82 - rise) * graze
    base = withers + root @ (np.array([0.0, -0.10, 0.10]) * s)
    turn, down = head_turn(figure, Vec3(*(base + np.array([0.0, 0.5 * s, 0.0])).tolist()), place.heading_rad, time_s)
    turn = 0.75 * turn * (1 - graze) + 0.05 * math.sin(0.6 * time_s + figure.seed % 11)
    aim = root @ yaw(turn * 0.7)
    poll = base + aim @ (np.array([0.0, math.sin(rise), math.cos(rise)]) * 0.58 * s)
    pitch = -0.86 + 0.34 * gaits["gallop"] - 0.45 * graze - 0.45 * down * (1 - graze) - 0.3 * nod
    axes = root @ yaw(turn)
    ahead = axes @ np.array([0.0, math.sin(pitch), math.cos(pitch)])
    up = axes @ np.array([0.0, math.cos(pitch), -math.sin(pitch)])
    return {
        "neck": base, "crest": (base + poll) / 2 + aim @ (np.array([0.0, math.cos(rise), -math.sin(rise)]) * 0.05 * s),
        "skull": poll, "muzzle": poll + ahead * (0.36 * s), "head_ahead": ahead, "head_up": up,
        "head_right": axes @ np.array([1.0, 0.0, 0.0]),
    }  # fmt: skip


def _legs(
    at: At,
    root: Array,
    s: float,
    gaits: dict[str, float],
    cycles: dict[str, float],
    lying: float,
    bob: float,
    rock: float,
) -> dict[str, Array]:
    joints: dict[str, Array] = {}
    for name, side, fore in HORSE_LEGS:
        top_z = 0.36 if fore else -0.40
        top_y = (0.60 if fore else 0.64) + bob - rock * top_z * 1.6
        z, y = 0.0, 0.0
        for gait, weight in gaits.items():
            if weight <= 0:
                continue
            lands, bears, stride = _GAITS[gait]
            u = (cycles[gait] - lands[name]) % 1.0
            reach = stride * bears / 2
            if u < bears:
                z += weight * (reach - u / bears * 2 * reach)
                continue
            v = (u - bears) / (1 - bears)
            z += weight * (-reach + 2 * reach * (v * v * (3 - 2 * v)))
            y += weight * math.sin(math.pi * v) * {"walk": 0.09, "trot": 0.15, "gallop": 0.24}[gait]
        hoof_z = (top_z + (0.03 if fore else -0.06)) + z
        hoof_y = 0.03 + y
        top_y, hoof_z = top_y - 0.50 * lying, hoof_z + lying * (0.16 if fore else 0.34)
        hoof_y = hoof_y * (1 - lying) + 0.035 * lying
        spread = (0.10 if fore else 0.105) + 0.07 * lying
        # The fetlock stands over the hoof's heel; a hoof in the air trails behind it.
        fold = min(1.0, y / 0.12)
        fetlock_y = hoof_y + 0.085 + 0.01 * fold
        fetlock_z = hoof_z - 0.045 + 0.05 * fold
        # The shoulder blade and the hip swing with the leg, which so reaches farther.
        top = at(side * 0.105, top_y, top_z + 0.45 * z)
        fetlock = at(side * spread, fetlock_y, fetlock_z)
        upper, lower = (0.285, 0.235) if fore else (0.315, 0.275)
        # Knees give forward, hocks backward.
        knee, fetlock = bend(
            top, fetlock, upper * s, lower * s, root @ np.array([side * 0.05, 0.05, 1.0 if fore else -1.0])
        )
        hoof = fetlock + root @ (np.array([0.0, -0.085 - 0.01 * fold, 0.045 - 0.12 * fold]) * s)
        joints |= {f"{name}_top": top, f"{name}_knee": knee, f"{name}_fetlock": fetlock, f"{name}_hoof": hoof}
    return joints
