"""Marks: where everyone of a scene stands or sits, by who they are to each other, and the furniture they use.

Two people face each other across the scene's axis, which lies along x so that the master's camera sees
both; more stand in an arc that is open to it; one alone stands where the place has room. A mark that was
given by hand is kept, and the others make way. Nothing here moves: `shots.blocking.motion` does.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from model.stage import PlaceKind, Vec3
from model.stage import Prop as StageProp
from shots.blocking.anatomy import offset

__all__ = ["APART_M", "Floor", "Mark", "floor_of", "has_benches", "lay_out", "make_way", "mirrored", "stand_by"]

APART_M = 0.62
"""No two people stand nearer than this, except while they embrace."""

_TABLES = frozenset({"cafe", "kitchen", "bar", "office"})
_SEATS: Mapping[str, str] = {"living_room": "armchair", "train": "armchair", "bar": "stool"} | dict.fromkeys(
    (
        "park",
        "street",
        "station",
        "beach",
        "rooftop",
        "field",
        "forest",
        "alley",
        "mountain",
        "desert",
        "bridge",
        "harbour",
        "cave",
    ),
    "bench",
)
_BENCH_SEAT_M = 1.5  # a bench each: who sits is then never hidden by the other's
_ARCS: Mapping[int, tuple[tuple[float, float], ...]] = {
    1: ((0.0, 0.2),),
    2: ((-0.65, 0.0), (0.65, 0.0)),
    3: ((-0.8, 0.0), (0.8, 0.0), (0.08, 0.9)),
    4: ((-1.0, 0.0), (1.0, 0.0), (-0.42, 0.85), (0.42, 0.95)),
    5: ((-1.15, 0.0), (1.15, 0.0), (-0.8, 0.85), (0.8, 0.85), (0.0, 1.2)),
    6: ((-1.3, 0.0), (1.3, 0.0), (-1.05, 0.85), (1.05, 0.85), (-0.38, 1.3), (0.38, 1.3)),
}
_EDGES: Mapping[PlaceKind, tuple[float, float, float]] = {  # where walls, tracks and drops leave people room
    "alley": (2.2, -4.0, 18.0),
    "station": (2.6, -4.0, 20.0),
    "street": (5.0, -4.0, 20.0),
    "rooftop": (5.4, -4.0, 5.4),
    "mountain": (5.5, -4.0, 5.5),
    "bridge": (2.7, -4.0, 20.0),
    "harbour": (14.0, -4.0, 3.9),
}
_LENS_EDGES: Mapping[PlaceKind, tuple[float, float]] = {  # and where they leave cameras room: aside, and ahead
    "mountain": (30.0, 7.0),
    "bridge": (3.3, 45.0),
    "harbour": (30.0, 4.7),
}
_ROOMS: Mapping[PlaceKind, tuple[float, float, float, float, float]] = {  # half width, near, far, height; people
    "living_room": (3.7, -4.3, 3.5, 2.7, 3.1),
    "bedroom": (3.3, -3.9, 3.3, 2.6, 3.0),
    "kitchen": (3.3, -3.9, 3.1, 2.65, 3.0),
    "corridor": (2.3, -8.0, 16.0, 2.75, 1.6),
    "cafe": (4.2, -5.0, 3.9, 2.9, 3.4),
    "diner": (4.2, -5.0, 3.8, 2.9, 3.1),
    "hospital": (4.0, -4.6, 3.7, 2.9, 3.3),
    "classroom": (4.2, -5.2, 4.0, 3.1, 3.4),
    "theatre": (7.0, -4.2, 4.6, 5.0, 4.6),
    "church": (4.6, -13.0, 7.0, 5.0, 3.3),
    "prison_cell": (1.95, -2.5, 2.3, 2.6, 1.5),
    "bathroom": (2.2, -2.8, 2.5, 2.5, 1.7),
    "shop": (3.9, -4.6, 3.7, 2.9, 3.0),
    "cave": (5.4, -6.0, 5.6, 5.5, 3.2),
    "train": (1.5, -5.6, 7.5, 2.35, 1.1),
    "spaceship": (4.2, -6.6, 6.2, 3.0, 3.0),
    "warehouse": (3.8, -9.5, 10.5, 6.0, 3.0),
}
_BEYOND_M = 0.5  # cameras may look in through a wall from so far beyond it
_CAR_SEATS = ((-0.38, 0.0), (0.38, 0.0), (-0.38, 0.85), (0.38, 0.85), (0.0, 0.85), (0.0, 1.6))


@dataclass(frozen=True)
class Mark:
    """A place on the floor and the way one faces there."""

    x: float
    z: float
    heading_deg: float


@dataclass(frozen=True)
class Floor:
    """How far people and cameras may go, in metres: x from -half to +half, z from near to far; cameras below top."""

    half_x: float
    near_z: float
    far_z: float
    camera_half_x: float
    camera_near_z: float
    camera_far_z: float
    camera_top: float

    @property
    def narrow(self) -> bool:
        """Whether the set leads into its depth, so that there is no way across it."""
        return self.half_x < 3.0

    def clamp(self, x: float, z: float) -> tuple[float, float]:
        """The nearest point where a person may stand."""
        return min(max(x, -self.half_x), self.half_x), min(max(z, self.near_z), self.far_z)

    def holds_camera(self, eye: Sequence[float]) -> bool:
        """Whether a camera may stand at `eye`: x, height, z."""
        x, height, z = eye
        inside = abs(x) <= self.camera_half_x and self.camera_near_z <= z <= self.camera_far_z
        return inside and 0.1 <= height <= self.camera_top


def floor_of(interior: bool, kind: PlaceKind | None = None) -> Floor:
    """The floor of a set: rooms are 9 m × 10 m and 2.8 m high, unless `kind` has a size; the outdoors is open."""
    if interior:
        half, near, far, high, people = _ROOMS.get(kind or "office", (4.5, -5.5, 4.5, 2.8, 3.5))
        back = max(min(near + 0.3, -3.6), -5.2)
        beyond = -0.15 if kind == "train" else min(_BEYOND_M, max(4.2 - half, 0.0)) if half < 4.5 else -0.3
        return Floor(people, max(near + 0.5, -2.0), min(far - 0.7, 3.8), half + beyond, back, far + beyond, high - 0.2)
    half_x, near_z, far_z = _EDGES.get(kind or "field", (16.0, -4.0, 20.0))
    lens_x, lens_z = _LENS_EDGES.get(kind or "field", (45.0, 45.0))
    return Floor(half_x, near_z, far_z, lens_x, -45.0, lens_z, 12.0)


def lay_out(
    people: Sequence[str],
    sitting: frozenset[str],
    lying: frozenset[str],
    kind: PlaceKind,
    by_hand: Mapping[str, tuple[float, float]],
    narrow: bool,
    seed: int,
) -> tuple[dict[str, Mark], tuple[StageProp, ...]]:
    """Marks for `people`, the most important first, and the chairs and tables they need.

    `narrow` groups people tighter, for upright pictures. More than six stand in rows behind the first six.
    """
    upright = [name for name in people if name not in lying] or list(people)
    points = _points(upright, sitting, kind, narrow, seed)
    for i, name in enumerate(name for name in people if name not in points):
        points[name] = (1.75 if i % 2 else -1.75, 1.7 + 0.9 * (i // 2))
    points |= {name: (float(by_hand[name][0]), float(by_hand[name][1])) for name in people if name in by_hand}
    points = make_way(points, frozenset(by_hand))
    benched = frozenset() if by_hand or _SEATS.get(kind) != "bench" else sitting
    marks = {name: _facing(name, upright, points, kind, seed, name in benched) for name in people}
    # Who lies is seen from the side.
    marks |= {name: replace(marks[name], heading_deg=90.0) for name in people if name in lying}
    return marks, _furniture(marks, sitting - lying, kind)


def stand_by(mark: Mark, kind: PlaceKind) -> Mark:
    """Where somebody stands whose mark is a seat: before it, or where there is a table, close to it."""
    x, z = offset(mark.x, mark.z, mark.heading_deg, 0.2 if kind in _TABLES else 0.4)
    return Mark(x, z, mark.heading_deg)


def has_benches(kind: PlaceKind) -> bool:
    """Whether people sit on benches here."""
    return _SEATS.get(kind) == "bench"


def mirrored(thing: StageProp) -> StageProp:
    """A piece of furniture on the other side of the set."""
    at = thing.position
    return replace(thing, position=Vec3(-at.x, at.y, at.z), heading_deg=-thing.heading_deg)


def make_way(points: dict[str, tuple[float, float]], fixed: frozenset[str]) -> dict[str, tuple[float, float]]:
    """Moves whoever is not `fixed` until no two points are nearer than `APART_M`."""
    placed = dict(points)
    names = sorted(placed, key=lambda name: (name not in fixed, list(points).index(name)))
    for i, name in enumerate(names):
        if name in fixed:
            continue
        x, z = placed[name]
        for step in range(60):  # outward in a spiral: the first free point
            angle, reach = step * 2.399963, 0.12 * math.sqrt(step)
            candidate = (x + math.sin(angle) * reach * 2.2, z + math.cos(angle) * reach * 2.2)
            if all(math.dist(candidate, placed[other]) >= APART_M for other in names[:i]):
                placed[name] = candidate
                break
    return placed


def _points(
    people: Sequence[str], sitting: frozenset[str], kind: PlaceKind, narrow: bool, seed: int
) -> dict[str, tuple[float, float]]:
    if kind == "car":
        return {name: _CAR_SEATS[i % len(_CAR_SEATS)] for i, name in enumerate(people)}
    if _SEATS.get(kind) == "bench" and sitting:
        return _bench_points(people, sitting)
    count = min(max(len(people), 1), 6)
    wide = (0.72 if narrow else 1.0) * (1.12 if len(sitting) > 1 else 1.0)
    if count == 2 and not sitting:
        wide *= 0.92 + 0.2 * (seed % 101) / 100  # strangers or lovers: 1.2 to 1.45 m apart
    points: dict[str, tuple[float, float]] = {}
    for i, name in enumerate(people):
        x, z = _ARCS[count][i % 6]
        row = i // 6
        points[name] = (x * wide + 0.3 * row, z + 0.3 + 1.0 * row)
    return points


def _bench_points(people: Sequence[str], sitting: frozenset[str]) -> dict[str, tuple[float, float]]:
    """On a bench side by side; who stands stands before it, aside."""
    sitters = [name for name in people if name in sitting]
    points: dict[str, tuple[float, float]] = {}
    for i, name in enumerate(sitters):
        points[name] = ((i - (len(sitters) - 1) / 2) * _BENCH_SEAT_M, 0.5)
    edge = _BENCH_SEAT_M * (len(sitters) - 1) / 2 + 1.1
    for i, name in enumerate(name for name in people if name not in sitting):
        points[name] = ((edge + 0.7 * (i // 2)) * (1.0 if i % 2 == 0 else -1.0), 0.1)
    return points


def _facing(
    name: str,
    people: Sequence[str],
    points: Mapping[str, tuple[float, float]],
    kind: PlaceKind,
    seed: int,
    on_bench: bool,
) -> Mark:
    x, z = points[name]
    if kind == "car":
        return Mark(x, z, 180.0)
    if on_bench:
        turned = 18.0 * (1.0 if x <= 0 else -1.0) if len(people) > 1 else 14.0
        return Mark(x, z, 180.0 - turned)
    others = [points[other] for other in people if other != name]
    if not others:
        return Mark(x, z, 180.0 + (32.0 if seed % 2 else -32.0))
    to_x = sum(p[0] for p in others) / len(others) - x
    to_z = sum(p[1] for p in others) / len(others) - z
    straight = math.degrees(math.atan2(to_x, to_z))
    # Bodies cheat towards the audience a little, as actors do; the eyes do not.
    swing = -((-(180.0 - straight) + 180.0) % 360.0 - 180.0)
    return Mark(x, z, straight + min(max(swing, -14.0), 14.0))


def _furniture(marks: Mapping[str, Mark], sitting: frozenset[str], kind: PlaceKind) -> tuple[StageProp, ...]:
    seated = {name: mark for name, mark in marks.items() if name in sitting}
    if not seated or kind == "car":
        return ()
    seat = _SEATS.get(kind, "chair")
    props = []
    if seat == "bench":
        for name, mark in seated.items():
            at = Vec3(mark.x, 0.0, mark.z + 0.06)
            props.append(StageProp(id=f"seat:{name}", kind="bench", position=at, heading_deg=180.0))
        return tuple(props)
    for name, mark in seated.items():
        at = Vec3(mark.x, 0.0, mark.z)
        props.append(StageProp(id=f"seat:{name}", kind=seat, position=at, heading_deg=mark.heading_deg))
    if kind in _TABLES:
        if len(seated) > 1:
            x = sum(mark.x for mark in seated.values()) / len(seated)
            z = sum(mark.z for mark in seated.values()) / len(seated)
        else:
            mark = next(iter(seated.values()))
            x, z = offset(mark.x, mark.z, mark.heading_deg, 0.72)
        props.append(StageProp(id="table", kind="table", position=Vec3(x, 0.0, z)))
    return tuple(props)
