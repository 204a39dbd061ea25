"""Footfalls: where each foot of a person stands, lifts and lands, planned once for a whole path.

A foot that has landed stays where it is until it swings again, whatever the body does: walking, turning on the spot,
rising from a seat. Knows paths and measures of legs; `model.theatre.motion.skeleton` bends the legs to it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from model.stage import BodyKey, Figure, Look, PoseName, Vec3
from model.theatre.motion.marks import ease, place_at, pose_weights
from model.theatre.motion.skeleton import build_of
from model.witness import Footfall

__all__ = ["PLANTED", "Foot", "Footing", "feet_at", "footfalls_of", "home_of", "pace_of", "step_m"]

Array = NDArray[np.float64]

PLANTED: frozenset[PoseName] = frozenset({"stand", "walk", "run", "sit", "kneel", "crouch"})
"""Poses whose feet bear weight, or rest, on the floor."""
HOME: dict[str, tuple[tuple[float, float], tuple[float, float]]] = {
    "stand": ((0.118, 0.03), (-0.118, -0.03)),
    "walk": ((0.092, 0.0), (-0.092, 0.0)),
    "run": ((0.062, 0.0), (-0.062, 0.0)),
    "sit": ((0.15, 0.50), (-0.15, 0.47)),
    "kneel": ((0.13, 0.36), (-0.12, -0.66)),
    "crouch": ((0.15, 0.16), (-0.15, -0.14)),
}
"""Where the right and the left foot stand, in legs to the right and ahead of the mark."""
SAMPLES_S = 1 / 30
SETTLES_S = 0.9  # a change of pose takes no longer on either side of its key
TURN_STEP = math.radians(42)  # turned to a step on the spot
SWINGS = 0.40  # of a step to either side of the other foot's middle, that a walker's foot is in the air
RUN_SWINGS = 0.70
LEAST = 0.24  # of a step: who shifts less keeps the feet where they are


@dataclass(frozen=True)
class Foot:
    """A foot now: where its sole would lie flat, its heading, how far it is lifted, its pitch (toes down)."""

    x_m: float
    y_m: float
    z_m: float
    heading_rad: float
    lift_m: float
    pitch_rad: float


@dataclass(frozen=True)
class Footing:
    """Both feet, and how many steps have been taken (a whole number when the foot passed is under the body)."""

    right: Foot
    left: Foot
    steps: float


@dataclass(frozen=True)
class _Fall:
    """A landing: swung to from one count of steps to another, and where. `runs` is 1 for a runner."""

    lifts: float
    lands: float
    x: float
    y: float
    z: float
    heading: float
    runs: float


@dataclass(frozen=True, eq=False)
class _Plan:
    times: Array
    steps: Array
    right: tuple[_Fall, ...]
    left: tuple[_Fall, ...]
    leg_m: float


def step_m(look: Look, runs: float) -> float:
    """A step's length in metres: shorter for the old, the heavy and the small."""
    old = min(1.0, max(0.0, (look.age_years - 55) / 25))
    heavy = 1.0 if look.build == "heavy" else 0.0
    return look.height_m * (0.36 + 0.36 * runs) * (1 - 0.26 * old) * (1 - 0.08 * heavy)


def pace_of(look: Look) -> tuple[float, float]:
    """How old (0 to 1) and how heavy (0 or 1) a person walks."""
    return min(1.0, max(0.0, (look.age_years - 55) / 25)), 1.0 if look.build == "heavy" else 0.0


def home_of(poses: list[tuple[PoseName, float]], look: Look, sign: float) -> tuple[float, float]:
    """Where a foot (right: sign 1) stands for a mix of poses, in legs to the right of and ahead of the mark."""
    x = z = total = 0.0
    wide = 1.0 + (0.25 if look.build == "heavy" else 0.0)
    for pose, weight in poses:
        if pose in HOME:
            hx, hz = HOME[pose][0 if sign > 0 else 1]
            # Feet come under the body before it rises, and go ahead after it sat down.
            weight = ease(weight * 1.6 - 0.6) + 1e-6 if pose == "sit" else ease(weight * 1.6) + 1e-6
            x, z, total = x + hx * weight * wide, z + hz * weight, total + weight
    return (x / total, z / total) if total else (0.118 * sign, 0.0)


def feet_at(figure: Figure, time_s: float) -> Footing:
    """Both feet of a person at a time."""
    plan = _planned(figure.body, figure.look, figure.seed)
    keys = figure.body
    if keys[-1].pose in ("walk", "run"):
        time_s = min(time_s, keys[-1].time_s)
    time_s = max(time_s, keys[0].time_s)
    steps = float(np.interp(time_s, plan.times, plan.steps))
    return Footing(_foot(plan, plan.right, steps), _foot(plan, plan.left, steps), steps)


def footfalls_of(figure: Figure) -> tuple[Footfall, ...]:
    """When and where a person's feet come down, as `feet_at` has them, in order of time."""
    plan = _planned(figure.body, figure.look, figure.seed)
    keys = figure.body
    last_s = keys[-1].time_s if keys[-1].pose in ("walk", "run") else math.inf
    found = []
    for side, falls in (("right", plan.right), ("left", plan.left)):
        for before, fall in pairwise(falls):
            i = int(np.searchsorted(plan.steps, fall.lands - 1e-9))
            if not 0 < i < len(plan.steps):
                continue
            share = (fall.lands - plan.steps[i - 1]) / max(plan.steps[i] - plan.steps[i - 1], 1e-9)
            time_s = float(plan.times[i - 1] + (plan.times[i] - plan.times[i - 1]) * min(max(share, 0.0), 1.0))
            if keys[0].time_s <= time_s <= last_s:
                swung = _share(before, fall, plan.leg_m)
                at = Vec3(fall.x, fall.y, fall.z)
                found.append(Footfall(time_s=time_s, at=at, foot=side, swung=swung, runs=fall.runs))
    return tuple(sorted(found, key=lambda one: one.time_s))


def _foot(plan: _Plan, falls: tuple[_Fall, ...], steps: float) -> Foot:
    i = len(falls) - 1
    while i > 0 and falls[i].lifts > steps:
        i -= 1
    b = falls[i]
    a = falls[i - 1] if i else b
    after = falls[i + 1] if i + 1 < len(falls) else None
    if steps < b.lands and i:  # in the air
        s = (steps - b.lifts) / (b.lands - b.lifts)
        u = ease(s)
        far = math.hypot(b.x - a.x, b.z - a.z)
        full = _share(a, b, plan.leg_m)
        height = 0.05 * min(1.0, far / 0.12 + abs(b.heading - a.heading)) + (0.07 + 0.34 * b.runs) * full
        arc = math.sin(math.pi * s) * (1 - 0.3 * (2 * s - 1))
        toe = _pushed(full, b.runs) * (1 - s) ** 2 - _struck(full, b.runs) * s**3
        turned = (b.heading - a.heading + math.pi) % (2 * math.pi) - math.pi
        return Foot(
            a.x + (b.x - a.x) * u, a.y + (b.y - a.y) * ease(2 * s if b.y > a.y else 2 * s - 1), a.z + (b.z - a.z) * u,
            a.heading + turned * u, height * plan.leg_m * arc, toe,
        )  # fmt: skip
    pitch = 0.0
    if i:
        pitch -= _struck(_share(a, b, plan.leg_m), b.runs) * max(0.0, 1 - (steps - b.lands) / 0.16)
    if after is not None:
        rolls = 0.42 - 0.22 * after.runs  # of a step, from heel off to toe off
        pitch += _pushed(_share(b, after, plan.leg_m), after.runs) * max(0.0, (steps - after.lifts) / rolls + 1) ** 2
    return Foot(b.x, b.y, b.z, b.heading, 0.0, pitch)


def _share(a: _Fall, b: _Fall, leg_m: float) -> float:
    """A swing's length to that of a good stride."""
    return min(1.0, math.hypot(b.x - a.x, b.z - a.z) / (1.5 * leg_m))


def _pushed(full: float, runs: float) -> float:
    return (0.62 + 0.35 * runs) * full


def _struck(full: float, runs: float) -> float:
    return (0.24 - 0.12 * runs) * full


@lru_cache(maxsize=256)
def _planned(keys: tuple[BodyKey, ...], look: Look, seed: int) -> _Plan:
    """All footfalls of a path."""
    build = build_of(look)
    leg = build.thigh + build.shin
    figure = Figure(id="", species="person", look=look, body=keys)
    under_way = keys[0].pose in ("walk", "run") and _moves(*keys[:2])
    goes_on = keys[-1].pose in ("walk", "run") and _moves(*keys[-2:])
    times = _sampled(keys)
    marks = [place_at(figure, float(t)) for t in times]
    poses = [pose_weights(figure, float(t)) for t in times]
    x, z = np.array([m.x_m for m in marks]), np.array([m.z_m for m in marks])
    y = np.array([m.height_m for m in marks])
    heading = np.unwrap(np.array([m.heading_rad for m in marks]))
    runs = np.array([dict(mix).get("run", 0.0) for mix in poses])
    if under_way or goes_on:
        times, (x, z, y, heading, runs), poses = _extended(times, [x, z, y, heading, runs], poses, under_way, goes_on)
    homes = []
    for sign in (1.0, -1.0):
        local = np.array([home_of(mix, look, sign) for mix in poses]) * leg
        hx = x + local[:, 0] * np.cos(heading) + local[:, 1] * np.sin(heading)
        hz = z - local[:, 0] * np.sin(heading) + local[:, 1] * np.cos(heading)
        homes.append((hx, hz))
    creeps = np.array([dict(mix).get("crouch", 0.0) for mix in poses])
    step = np.array([step_m(look, float(r)) * (1 - 0.35 * float(c)) for r, c in zip(runs, creeps, strict=True)])
    moved = np.maximum(*(np.hypot(np.diff(hx), np.diff(hz)) for hx, hz in homes))
    along = np.hypot(np.diff(x), np.diff(z))
    turned = np.abs(np.diff(heading)) / TURN_STEP
    aside = np.abs(np.diff(x) * np.cos(heading[1:]) - np.diff(z) * np.sin(heading[1:])) / np.maximum(along, 1e-9)
    step[1:] *= 1 - 0.58 * aside**2  # to the side feet do not cross
    raw = np.maximum(np.maximum(along, 0.8 * moved * (turned < 1e-4)) / step[1:], turned)
    steps, spans = _counted(raw, under_way, goes_on, times, keys[0].time_s, seed)
    falls = _landings(steps, spans, homes, y, heading, runs, seed)
    return _Plan(times, steps, falls[0], falls[1], leg)


def _moves(*leg: BodyKey) -> bool:
    """Whether a leg goes anywhere."""
    return len(leg) == 2 and math.hypot(leg[1].x_m - leg[0].x_m, leg[1].z_m - leg[0].z_m) > 1e-6


def _sampled(keys: tuple[BodyKey, ...]) -> Array:
    """The times at which a path is looked at: closely while something changes, not at all in long rests."""
    times = np.arange(keys[0].time_s, keys[-1].time_s + (SETTLES_S if len(keys) > 1 else 0.0) + SAMPLES_S, SAMPLES_S)
    busy = np.zeros(len(times), dtype=bool)
    busy[[0, -1]] = True
    for a, b in pairwise(keys):
        if replace(a, time_s=b.time_s) != b:
            busy |= (times > a.time_s - SETTLES_S) & (times < b.time_s + SETTLES_S + 2 * SAMPLES_S)
    kept: Array = times[busy]
    return kept


def _extended(
    times: Array, tracks: list[Array], poses: list[list[tuple[PoseName, float]]], before: bool, after: bool
) -> tuple[Array, list[Array], list[list[tuple[PoseName, float]]]]:
    """Who is under way when the path begins, or still when it ends, comes from and goes on in a straight line."""
    count = int(1.6 / SAMPLES_S)
    back = np.arange(-count, 0)
    on = np.arange(1, count + 1)
    if before:
        times = np.concatenate([times[0] + back * SAMPLES_S, times])
        poses = [poses[0]] * count + poses
        rates = [t[3] - t[2] for t in tracks[:2]] + [0.0, 0.0, 0.0]
        tracks = [np.concatenate([t[0] + back * rate, t]) for t, rate in zip(tracks, rates, strict=True)]
    if after:
        cut = len(times) - int(SETTLES_S / SAMPLES_S) - 1  # the path's last key
        times = np.concatenate([times[:cut], times[cut - 1] + on * SAMPLES_S])
        poses = poses[:cut] + [poses[cut - 1]] * count
        rates = [t[cut - 2] - t[cut - 3] for t in tracks[:2]] + [0.0, 0.0, 0.0]
        tracks = [np.concatenate([t[:cut], t[cut - 1] + on * rate]) for t, rate in zip(tracks, rates, strict=True)]
    return times, tracks, poses


def _counted(
    raw: Array, before: bool, after: bool, times: Array, first_s: float, seed: int
) -> tuple[Array, list[tuple[int, int, bool, bool]]]:
    """Steps taken by each sample, and the spans of motion: each from rest to rest takes a whole number of them."""
    moving = raw > 0.02 * SAMPLES_S
    edges = np.flatnonzero(np.diff(np.concatenate([[False], moving, [False]]).astype(int)))
    spans = []
    scaled = np.zeros(len(raw))
    at = 0.0
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        opens, closes = not (before and start == 0), not (after and end == len(raw))
        total = float(raw[start:end].sum())
        if opens and closes and total < LEAST:
            continue
        phase = 0.0 if opens else (seed % 8) / 8.0
        count = max(1.0, round(at + total + phase) - at - phase) if closes else total
        scaled[start:end] = raw[start:end] * (count / total)
        at += count + phase
        spans.append((start, end, opens, closes))
    steps = np.concatenate([[0.0], np.cumsum(scaled)])
    if before:  # the count is of where the walker was when the path began
        steps = steps - float(np.interp(first_s, times, steps)) + (seed % 8) / 8.0
        whole = [(s, e, o, c) for s, e, o, c in spans if c]
        if whole:
            steps = steps + (round(float(steps[whole[0][1]])) - float(steps[whole[0][1]]))
    return steps, spans


def _landings(
    steps: Array, spans: list[tuple[int, int, bool, bool]], homes: list[tuple[Array, Array]], y: Array, heading: Array,
    runs: Array, seed: int,
) -> tuple[tuple[_Fall, ...], tuple[_Fall, ...]]:  # fmt: skip
    """The footfalls of the right and the left foot, each with its first stand."""
    feet: list[list[_Fall]] = [[], []]
    for side in (0, 1):
        hx, hz = homes[side]
        feet[side].append(_Fall(-1e9, -1e9, float(hx[0]), float(y[0]), float(hz[0]), float(heading[0]), 0.0))

    def land(side: int, lifts: float, lands: float, sample: float, running: float) -> None:
        count = np.arange(len(heading))
        hx, hz = homes[side]
        x, height, z, way = (float(np.interp(sample, count, track)) for track in (hx, y, hz, heading))
        feet[side].append(_Fall(lifts, lands, x, height, z, way, running))

    for start, end, opens, closes in spans:
        part = steps[start : end + 1]
        low, high = float(part[0]), float(part[-1])
        begin, stop = math.ceil(low - 1e-6), math.floor(high + 1e-6)
        for k in range(begin + 1 if opens else begin, stop + 1 if closes else stop + 2):
            side = (k + seed) % 2
            sample = start + float(np.interp(k, part, np.arange(len(part))))
            before = start + float(np.interp(k - 1, part, np.arange(len(part))))
            running = float(np.interp((sample + before) / 2, np.arange(len(runs)), runs))
            swings = SWINGS + (RUN_SWINGS - SWINGS) * running
            if high - low < 1.01:
                swings = 0.56  # one step has all the time there is
            lifts = max(k - 1 - swings, low) if opens else k - 1 - swings
            land(side, lifts, min(k - 1 + swings, high) if closes else k - 1 + swings, sample, running)
        if closes:
            other = (stop + 1 + seed) % 2
            land(
                other, max(high - (0.56 if high - low < 1.01 else SWINGS), feet[other][-1].lands), high, float(end), 0.0
            )
    return tuple(feet[0]), tuple(feet[1])
