"""What a set has for people to use: seats, beds and doors, handed in by whoever knows the drawn sets.

Picks seats for sitters and beds for sleepers; knows nothing of how they look.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

from model.stage import Place, PlaceKind, Vec3
from shots.blocking.lens import wrap_deg

__all__ = ["BARE", "Doorway", "Fittings", "Furnish", "Spot", "beds_for", "near_door", "seats_for"]

_SEATED_BY_SET: frozenset[PlaceKind] = frozenset(
    {"theatre", "church", "train", "classroom", "hospital", "diner", "prison_cell", "spaceship"}
)
"""Sets whose own seats are sat on; elsewhere chairs are brought in, where people can face each other."""
_SAT_ON = frozenset({"chair", "stool", "armchair", "sofa", "bench", "pew", "desk"})
_REACH_M = 4.2  # how far from the middle of the set seats are used


@dataclass(frozen=True)
class Spot:
    """A place to sit or (`bed`) lie: the floor under the hips, the way its user faces, what lifts them over it."""

    bed: bool
    kind: str
    at: Vec3
    heading_deg: float
    lift_m: float


@dataclass(frozen=True)
class Doorway:
    """A door: the middle of its threshold and the heading out of the room."""

    at: Vec3
    out_deg: float


@dataclass(frozen=True)
class Fittings:
    """All that a set has for use."""

    spots: tuple[Spot, ...] = ()
    doors: tuple[Doorway, ...] = ()


BARE = Fittings()
"""A set of which nothing is known."""

Furnish = Callable[[Place], Fittings]


def beds_for(fittings: Fittings, count: int) -> tuple[Spot, ...]:
    """The beds for so many sleepers, the nearest to the middle of the set first; there may be fewer."""
    return tuple(spot for spot in fittings.spots if spot.bed)[:count]


def seats_for(fittings: Fittings, kind: PlaceKind, count: int) -> tuple[Spot, ...]:
    """Seats for so many who talk to each other, or none where chairs are brought in or there are too few."""
    if kind not in _SEATED_BY_SET or count == 0:
        return ()
    near = [s for s in fittings.spots if s.kind in _SAT_ON and math.hypot(s.at.x, s.at.z) < _REACH_M][:24]
    if count == 1 or len(near) < 2:
        return tuple(near[:1]) if count == 1 else ()
    pair = min(combinations(near, 2), key=lambda two: _apartness(*two))
    rest = sorted((s for s in near if s not in pair), key=lambda s: math.dist(s.at, pair[0].at))
    chosen = (*pair, *rest)[:count]
    return chosen if len(chosen) == count else ()


def _apartness(a: Spot, b: Spot) -> float:
    """How ill two seats suit a talk: best face to face at a table's width, then side by side; near the middle."""
    gap = math.dist((a.at.x, a.at.z), (b.at.x, b.at.z))
    if gap < 0.5:
        return 99.0
    facing = abs(wrap_deg(a.heading_deg - b.heading_deg)) / 180.0  # 1: opposite ways
    towards = math.degrees(math.atan2(b.at.x - a.at.x, b.at.z - a.at.z))
    looking = abs(wrap_deg(a.heading_deg - towards)) < 60.0
    out = 0.25 * (math.hypot(a.at.x, a.at.z) + math.hypot(b.at.x, b.at.z))
    return abs(gap - (1.3 if looking else 0.75)) - (0.9 * facing if looking else 0.0) + out


def near_door(fittings: Fittings, point: tuple[float, float], furthest_m: float = 7.0) -> Doorway | None:
    """The door nearest to a floor point."""
    doors: Sequence[tuple[float, Doorway]] = [(math.dist(point, (d.at.x, d.at.z)), d) for d in fittings.doors]
    gap, door = min(doors, key=lambda each: each[0], default=(math.inf, None))
    return door if gap < furthest_m else None
