"""A crowd's people: who each is by the crowd's seed, where each stands at a time, and the joints of all at once.

Knows no drawing; `model.theatre.crowds.crowd_paint` does that. Nobody is followed from frame to frame: all is told
by time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.stage import RGB, Crowd

__all__ = ["HAIRS", "JOINTS", "SKINS", "STUFFS", "Folk", "Spots", "folk_of", "joints_of", "spots_at"]

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

SKINS = (RGB(244, 206, 178), RGB(226, 176, 140), RGB(196, 140, 102), RGB(150, 102, 72), RGB(104, 70, 52))
HAIRS = (RGB(38, 30, 30), RGB(74, 50, 38), RGB(118, 80, 50), RGB(186, 144, 88), RGB(150, 146, 142), RGB(146, 70, 42))
STUFFS = (
    RGB(54, 66, 92), RGB(92, 110, 134), RGB(150, 62, 56), RGB(196, 120, 68), RGB(206, 172, 98), RGB(96, 116, 82),
    RGB(60, 92, 90), RGB(112, 84, 108), RGB(176, 168, 152), RGB(224, 216, 200), RGB(74, 66, 68), RGB(122, 92, 70),
    RGB(168, 98, 104), RGB(84, 128, 150),
)  # fmt: skip
_TOPS = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
_BOTTOMS = np.array([0, 0, 10, 10, 11, 1, 5, 8, 6])
ELBOW_ROOM_M = 0.62
"""How near to a principal nobody of a crowd stands."""
EDGE_M = 0.4
"""Over this stretch at the ends of their ground, walkers come and go."""
SEAT_M = 0.45
STEP = 0.17
"""How far a walker's foot swings ahead, in heights: a whole cycle goes four times as far."""

JOINTS = (
    "right_ankle", "right_knee", "right_hip", "left_hip", "left_knee", "left_ankle", "right_toe", "left_toe", "pelvis",
    "neck", "head", "right_shoulder", "right_elbow", "right_wrist", "left_shoulder", "left_elbow", "left_wrist",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Folk:
    """Each person's own: place in the ground (shares of its width and depth, -0.5 to 0.5), body and clothes."""

    across: Array
    along: Array
    height_m: Array
    breadth: Array  # about 1
    skin: Ints
    hair: Ints
    style: Ints  # 0 short, 1 long, 2 bun, 3 bald, 4 cap, 5 brimmed hat
    top: Ints
    bottom: Ints
    cut: Ints  # 0 jacket and trousers, 1 skirt, 2 long coat
    phase: Array  # 0 to 1
    pace: Array  # about 1
    turn: Array  # radians off the crowd's heading


@dataclass(frozen=True, eq=False)
class Spots:
    """Where everybody is: floor points (n, 3), headings in radians, and how much of each is there (0 to 1)."""

    at: Array
    heading: Array
    there: Array


@lru_cache(maxsize=64)
def folk_of(crowd: Crowd) -> Folk:
    """The people of a crowd, the same for its seed."""
    n = max(0, crowd.count)
    rng = np.random.default_rng([abs(crowd.seed), 77])
    # One to a cell of a grid, somewhere in it: nobody stands in another.
    columns = max(1, round(math.sqrt(n * max(crowd.width_m, 0.1) / max(crowd.depth_m, 0.1))))
    rows = max(1, math.ceil(n / columns))
    cells = rng.permutation(columns * rows)[:n] if crowd.doing != "sit" else np.arange(n)
    loose = 0.10 if crowd.doing == "sit" else 0.62
    across = (cells % columns + 0.5 + loose * rng.uniform(-0.5, 0.5, n)) / columns - 0.5
    along = (cells // columns + 0.5 + loose * rng.uniform(-0.5, 0.5, n)) / rows - 0.5
    child = rng.random(n) < 0.07
    female = rng.random(n) < 0.5
    height = np.where(female, rng.normal(1.64, 0.06, n), rng.normal(1.76, 0.065, n))
    height = np.where(child, rng.uniform(1.0, 1.4, n), np.clip(height, 1.48, 1.95))
    style = np.where(female, rng.choice([0, 1, 1, 1, 2, 4, 1], n), rng.choice([0, 0, 0, 0, 3, 4, 5], n))
    cut = np.where(female, rng.choice([0, 0, 1, 2], n), rng.choice([0, 0, 0, 2], n))
    return Folk(
        across,
        along,
        height,
        np.clip(rng.normal(1.0, 0.10, n), 0.82, 1.28),
        rng.integers(0, len(SKINS), n),
        rng.choice([0, 0, 1, 1, 2, 3, 4, 5], n),
        style,
        rng.choice(_TOPS, n),
        rng.choice(_BOTTOMS, n),
        cut,
        rng.random(n),
        rng.uniform(0.88, 1.14, n),
        rng.normal(0.0, 0.42 if crowd.doing in ("stand", "dance") else 0.10, n),
    )


def spots_at(crowd: Crowd, time_s: float, keep_off: Sequence[tuple[float, float, float]] = ()) -> Spots:
    """Where everybody of a crowd is; they step aside for circles of floor to `keep_off`: x, z and radius."""
    folk = folk_of(crowd)
    heading = math.radians(crowd.heading_deg)
    x, z = folk.across * crowd.width_m, folk.along * crowd.depth_m
    there = np.ones(len(x))
    turn = folk.turn
    if crowd.doing == "walk":
        gone = 4 * STEP * _BEATS["walk"] * folk.pace * folk.height_m * time_s
        x, there_x = _round(x + math.sin(heading) * gone, crowd.width_m, abs(math.sin(heading)))
        z, there_z = _round(z + math.cos(heading) * gone, crowd.depth_m, abs(math.cos(heading)))
        there = np.minimum(there_x, there_z)
    elif crowd.doing == "dance":
        turn = turn + 0.5 * np.sin(1.1 * time_s * folk.pace + 6.3 * folk.phase)
    at = np.stack([crowd.centre.x + x, np.full(len(x), crowd.centre.y), crowd.centre.z + z], axis=1)
    for px, pz, reach_m in keep_off:
        off = at[:, [0, 2]] - np.array([px, pz])
        far = np.maximum(np.hypot(off[:, 0], off[:, 1]), 1e-6)
        aside = np.maximum(0.0, reach_m - far) / far
        at[:, [0, 2]] += off * aside[:, None]
    return Spots(at, heading + turn, there)


def _round(where: Array, size_m: float, share: float) -> tuple[Array, Array]:
    """Who leaves a stretch about 0 at one end comes in at the other; and how much of each is there near its ends."""
    if share < 1e-3 or size_m <= 0:
        return where, np.ones(len(where))
    wrapped = np.mod(where + size_m / 2, size_m) - size_m / 2
    edge = np.minimum(wrapped + size_m / 2, size_m / 2 - wrapped) / min(EDGE_M, size_m / 4)
    u = np.clip(edge, 0.0, 1.0)
    return wrapped, u * u * (3 - 2 * u)


def joints_of(crowd: Crowd, spots: Spots, time_s: float) -> Array:
    """Everybody's joints in stage metres: (n, len(JOINTS), 3), in the order of `JOINTS`."""
    folk = folk_of(crowd)
    n, h = len(folk.phase), folk.height_m
    swing = 2 * math.pi * (folk.phase + time_s * folk.pace * _BEATS[crowd.doing])
    local = np.zeros((n, len(JOINTS), 3))
    j = {name: local[:, k] for k, name in enumerate(JOINTS)}
    hip = np.full(n, 0.515)
    bob = 0.004 * np.sin(0.9 * swing)
    lean = np.zeros(n)
    if crowd.doing == "walk":
        bob = 0.010 * np.cos(2 * swing)
        lean[:] = 0.02
    elif crowd.doing == "cheer":
        bob = 0.045 * np.maximum(0.0, np.sin(swing)) - 0.01
    elif crowd.doing == "dance":
        bob = -0.02 + 0.022 * np.sin(2 * swing)
    elif crowd.doing == "sit":
        hip = SEAT_M / h + 0.035
        bob = 0.002 * np.sin(swing)
    sway = {"dance": 0.035, "stand": 0.010, "cheer": 0.012}.get(crowd.doing, 0.004) * np.sin(swing)
    j["pelvis"][:, 0], j["pelvis"][:, 1] = sway, hip + bob
    up = 0.305
    j["neck"][:] = j["pelvis"] + np.stack([-0.6 * sway, np.full(n, up), lean], axis=1)
    nod = 0.012 * np.sin(0.7 * swing + 4 * folk.phase)
    j["head"][:] = j["neck"] + np.stack([-0.3 * sway + nod, np.full(n, 0.108), 0.012 + lean * 0.5], axis=1)
    for name, s, beat in (("right", 1.0, 0.0), ("left", -1.0, math.pi)):
        hip_at = j[f"{name}_hip"]
        hip_at[:] = j["pelvis"] + np.array([0.048 * s, 0.0, 0.0]) * np.stack([folk.breadth] * 3, axis=1)
        ankle = j[f"{name}_ankle"]
        ankle[:, 0], ankle[:, 1] = 0.055 * s * folk.breadth, 0.035
        step = np.sin(swing + beat)
        if crowd.doing == "walk":
            ankle[:, 2] = STEP * step
            ankle[:, 1] += 0.055 * np.maximum(0.0, np.cos(swing + beat))
        elif crowd.doing == "sit":
            ankle[:, 2], ankle[:, 1] = 0.27 + 0.03 * s * np.sign(folk.phase - 0.5), 0.035
        elif crowd.doing == "dance":
            ankle[:, 0] += 0.03 * s
            ankle[:, 1] += 0.04 * np.maximum(0.0, step)
        elif crowd.doing == "cheer":
            ankle[:, 1] += np.maximum(0.0, bob)
        else:
            ankle[:, 0] += 0.012 * s
        j[f"{name}_knee"][:] = _knee(hip_at, ankle, s)
        j[f"{name}_toe"][:] = ankle + np.array([0.012 * s, -0.022, 0.075])
        shoulder = j[f"{name}_shoulder"]
        shoulder[:] = j["neck"] + np.stack([0.108 * s * folk.breadth, np.full(n, -0.012), np.zeros(n)], axis=1)
        elbow, wrist = _arm(crowd, folk, swing + beat, s)
        j[f"{name}_elbow"][:] = shoulder + elbow
        j[f"{name}_wrist"][:] = shoulder + elbow + wrist
    local *= h[:, None, None]
    c, s_ = np.cos(spots.heading), np.sin(spots.heading)
    out = np.empty_like(local)
    out[..., 0] = local[..., 0] * c[:, None] + local[..., 2] * s_[:, None]
    out[..., 1] = local[..., 1]
    out[..., 2] = local[..., 2] * c[:, None] - local[..., 0] * s_[:, None]
    out += spots.at[:, None, :]
    return out


_BEATS = {"stand": 0.16, "walk": 0.92, "sit": 0.12, "cheer": 1.5, "dance": 0.95, "fly": 0.0, "swim": 0.0}
"""Cycles a second."""


def _knee(hip: Array, ankle: Array, side: float) -> Array:
    """Knees ahead of the line from hip to ankle, thigh and shin as long as each other."""
    way = ankle - hip
    reach = np.minimum(np.linalg.norm(way, axis=1), 0.489)
    out = np.sqrt(np.maximum(0.0, 0.245**2 - (reach / 2) ** 2))
    # Square to the leg, toward the front.
    ahead = np.stack([np.full(len(way), 0.06 * side), way[:, 2], -way[:, 1]], axis=1)
    ahead /= np.maximum(np.linalg.norm(ahead, axis=1), 1e-6)[:, None]
    knee: Array = hip + way / 2 + ahead * out[:, None]
    return knee


def _arm(crowd: Crowd, folk: Folk, swing: Array, side: float) -> tuple[Array, Array]:
    """From shoulder to elbow and from elbow to wrist, in heights."""
    n = len(swing)
    upper, fore = 0.165, 0.155
    if crowd.doing == "cheer":
        wave = 0.35 * np.sin(swing + 2.0 * folk.phase)
        raised = np.clip(0.35 + 0.9 * folk.pace * (0.6 + 0.6 * np.sin(3.1 * folk.phase + side)), 0.2, 1.0)
        a = 0.6 + 1.9 * raised
        elbow = np.stack([side * upper * np.sin(a) * 0.75, -upper * np.cos(a), np.full(n, 0.03)], axis=1)
        wrist = np.stack([side * fore * (0.20 + wave), fore * (0.4 + 0.55 * raised), np.full(n, 0.04)], axis=1)
        return elbow, wrist
    if crowd.doing == "dance":
        a = 0.55 + 0.35 * np.sin(swing)
        elbow = np.stack([side * upper * np.sin(a), -upper * np.cos(a), 0.04 + 0.03 * np.sin(swing)], axis=1)
        b = 0.4 + 0.9 * np.sin(swing + 1.0)
        wrist = np.stack([side * fore * 0.25 * np.cos(b), fore * np.sin(b) * 0.8 + 0.02, 0.6 * fore + 0 * b], axis=1)
        return elbow, wrist
    if crowd.doing == "sit":
        elbow = np.stack([np.full(n, side * 0.03), np.full(n, -upper * 0.92), np.full(n, 0.05)], axis=1)
        wrist = np.stack([np.full(n, -side * 0.035), np.full(n, -0.035), np.full(n, fore * 0.9)], axis=1)
        return elbow, wrist
    reach = 0.48 if crowd.doing == "walk" else 0.05
    a = -reach * np.sin(swing)
    crossed = (folk.phase * 7.0 % 1.0 < 0.18) & (crowd.doing == "stand")
    elbow = np.stack([np.full(n, side * 0.035), -upper * np.cos(a), upper * np.sin(a)], axis=1)
    b = a + 0.25
    wrist = np.stack([np.full(n, -side * 0.012), -fore * np.cos(b), fore * np.sin(b)], axis=1)
    folded = np.stack([np.full(n, -side * fore * 0.85), np.full(n, 0.03), np.full(n, 0.075)], axis=1)
    wrist = np.where(crossed[:, None], folded, wrist)
    return elbow, wrist
