"""Where a figure's mark is at a time, which way it faces, and which poses make up its body.

Interpolates body keys; knows no bones. For people and animals alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from model.stage import BodyKey, Figure, PoseName

__all__ = ["LOW", "Mark", "ease", "place_at", "pose_weights"]

MOVES_M_S = 0.12  # faster than this, a standing figure is drawn walking
RUNS_M_S = 3.2
LOW: frozenset[PoseName] = frozenset({"sit", "lie", "kneel", "ride", "drive", "swim", "fly"})
"""Poses that take about a second to get into and out of."""
CARRIED: frozenset[PoseName] = frozenset({"ride", "drive"})
"""Poses of who goes as evenly as the vehicle does."""
RAMP_S = 0.36  # from rest to a walk, and from a walk to rest
LEVEL: frozenset[PoseName] = frozenset({"stand", "walk", "run", "crouch", "fly", "swim", "ride", "drive"})
"""Poses between which a change of height is climbed evenly, not with a change of pose."""


@dataclass(frozen=True)
class Mark:
    """Where a figure is: its mark, the way it faces, how far it has gone, and its velocity in its own axes."""

    x_m: float
    z_m: float
    heading_rad: float
    travelled_m: float
    sideways_m_s: float
    forward_m_s: float
    height_m: float = 0.0


def ease(u: float) -> float:
    """0 to 1 with a slow start and stop; held outside."""
    u = min(max(u, 0.0), 1.0)
    return u * u * (3 - 2 * u)


def _turn(a_deg: float, b_deg: float) -> float:
    """From one heading to another the shortest way, in degrees."""
    return (b_deg - a_deg + 180.0) % 360.0 - 180.0


def place_at(figure: Figure, time_s: float) -> Mark:
    """Interpolates the body keys: along the floor with a short start and stop, eased the shortest way in heading."""
    keys = figure.body
    i = max((k for k, key in enumerate(keys) if key.time_s <= time_s), default=0)
    gone = sum(math.hypot(b.x_m - a.x_m, b.z_m - a.z_m) for a, b in pairwise(keys[: i + 1]))
    a = keys[i]
    x, z, heading, height = a.x_m, a.z_m, math.radians(a.heading_deg), a.height_m
    if i + 1 < len(keys) and time_s > a.time_s:
        b = keys[i + 1]
        span = b.time_s - a.time_s
        u = (time_s - a.time_s) / span
        dx, dz = b.x_m - a.x_m, b.z_m - a.z_m
        length = math.hypot(dx, dz)
        # A mover turns into the new heading at the end of the leg; one who stays uses all of the time.
        turn = ease((time_s - b.time_s) / min(span, 0.6) + 1.0) if length > 0.3 else ease(u)
        heading = math.radians(a.heading_deg + _turn(a.heading_deg, b.heading_deg) * turn)
        if length > 0.0 and a.pose not in CARRIED:
            u = _paced(u, span, _rests(keys, i - 1), _rests(keys, i + 1))
        x, z, gone = a.x_m + dx * u, a.z_m + dz * u, gone + length * u
        height = a.height_m + (b.height_m - a.height_m) * u
    if any(key.height_m != a.height_m for key in keys):
        height = _height(keys, i, time_s, height)
    vx, vz = _velocity(keys, i, time_s)
    c, s = math.cos(heading), math.sin(heading)
    return Mark(x, z, heading, gone, vx * c - vz * s, vx * s + vz * c, height)


def _rests(keys: tuple[BodyKey, ...], i: int) -> bool:
    """Whether the leg after key `i` stands still; before the first and after the last, who walks is under way."""
    if i < 0:
        return keys[0].pose in ("stand", "sit", "lie", "kneel", "crouch")
    if i + 1 >= len(keys):
        return keys[-1].pose in ("stand", "sit", "lie", "kneel", "crouch")
    a, b = keys[i], keys[i + 1]
    return math.hypot(b.x_m - a.x_m, b.z_m - a.z_m) <= MOVES_M_S * (b.time_s - a.time_s)


def _paced(u: float, span_s: float, from_rest: bool, to_rest: bool) -> float:
    """The share of a leg gone: speed grows from rest and falls to it over a short ramp, and is even between."""
    a = min(RAMP_S / span_s, 0.45) if from_rest else 0.0
    b = min(RAMP_S / span_s, 0.45) if to_rest else 0.0
    top = 1.0 / (1.0 - (a + b) / 2)
    if u < a:
        return top * u * u / (2 * a)
    if u > 1.0 - b:
        return 1.0 - top * (1.0 - u) ** 2 / (2 * b)
    return top * (u - a / 2)


def _height(keys: tuple[BodyKey, ...], i: int, time_s: float, climbed_m: float) -> float:
    """The floor's height: climbed evenly on foot or in the air, but with the change of pose onto a bed or seat."""
    poses = [_key_pose(keys, k) for k in range(len(keys))]
    if i + 1 < len(keys) and poses[i] in LEVEL and poses[i + 1] in LEVEL:
        return climbed_m
    height = keys[0].height_m
    for k in range(1, len(keys)):
        a, b = keys[k - 1], keys[k]
        if poses[k - 1] in LEVEL and poses[k] in LEVEL and time_s >= a.time_s:
            height = b.height_m if time_s >= b.time_s else climbed_m
        else:
            height += (b.height_m - height) * _entered(poses[k - 1], poses[k], b.time_s, time_s)
    return height


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


def _key_pose(keys: tuple[BodyKey, ...], i: int) -> PoseName:
    """The pose of a leg of the path; who moves while standing walks, who stays while walking stands."""
    pose = keys[i].pose
    if i and i + 1 == len(keys) and pose in ("walk", "run"):
        return _key_pose(keys, i - 1)  # goes on beyond the path
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


def change_s(before: PoseName, after: PoseName) -> float:
    """How long the body takes from one pose into the other, about the key's time."""
    if before == after:
        return 0.35
    if "lie" in (before, after):
        return 1.5
    if before in LOW and after in LOW:
        return 1.3
    return 0.9 if {before, after} & LOW else 0.35 if "crouch" not in (before, after) else 0.6


def _entered(before: PoseName, after: PoseName, key_s: float, time_s: float) -> float:
    return ease((time_s - key_s) / change_s(before, after) + 0.5)


def pose_weights(figure: Figure, time_s: float) -> list[tuple[PoseName, float]]:
    """The poses that make up the body now; weights sum to 1 and change smoothly over each key."""
    keys = figure.body
    poses = [_key_pose(keys, i) for i in range(len(keys))]
    weights: dict[PoseName, float] = {}
    left = 1.0
    for i in range(len(keys) - 1, -1, -1):
        w = left * (_entered(poses[i - 1], poses[i], keys[i].time_s, time_s) if i else 1.0)
        left -= w
        if w > 0:
            weights[poses[i]] = weights.get(poses[i], 0.0) + w
    return list(weights.items())
