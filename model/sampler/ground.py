"""The floor of a set as blocking sees it: where people and cameras may stand, what stands between, seats and doors.

Told once for a place and kept, in plain numbers; who stands where is not decided here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from model.stage import Place, PlaceKind, Vec3
from model.theatre.place import design_of
from model.theatre.sets.kit import Piece, Rect, Seat
from model.theatre.sets.seats import lift_of, seats_of

__all__ = ["Doorway", "Ground", "Spot", "ground_of"]

Array = NDArray[np.float64]

# Where people (first) and lenses stay: x0, z0, x1, z1. Rooms are as large as they are built.
_OPEN: tuple[Rect, Rect] = ((-3.0, -2.0, 3.0, 3.0), (-60.0, -60.0, 60.0, 60.0))
_FLOORS: dict[PlaceKind, tuple[Rect, Rect]] = {
    "alley": ((-1.6, -2.0, 1.6, 4.0), (-1.9, -16.0, 1.9, 16.0)),
    "station": ((-2.4, -2.0, 2.4, 4.0), (-3.2, -30.0, 3.2, 30.0)),
    "street": ((-2.6, -2.0, 2.8, 4.0), (-4.0, -30.0, 9.0, 30.0)),
    "bridge": ((-2.4, -2.0, 2.4, 4.0), (-3.2, -45.0, 9.0, 45.0)),
    "harbour": ((-3.0, -2.0, 3.0, 3.2), (-30.0, -45.0, 30.0, 4.6)),
    "mountain": ((-3.0, -2.0, 3.0, 3.0), (-30.0, -45.0, 30.0, 7.0)),
    "beach": ((-3.0, -2.0, 3.0, 3.0), (-60.0, -60.0, 60.0, 18.0)),
    "rooftop": ((-3.0, -2.0, 3.0, 3.0), (-6.6, -7.1, 6.6, 7.1)),
    "cave": ((-2.6, -2.0, 2.6, 2.4), (-4.6, -5.2, 4.6, 4.8)),
    "train": ((-0.35, -2.5, 0.35, 3.0), (-1.35, -5.4, 1.35, 7.3)),
    "car": ((-0.5, -0.2, 0.5, 1.0), (-0.72, -1.35, 0.72, 0.9)),
    "warehouse": ((-2.8, -2.0, 2.8, 3.0), (-7.6, -9.5, 7.6, 10.5)),
}
_CEILING_M: dict[PlaceKind, float] = {
    "car": 1.45, "train": 2.2, "cave": 4.6, "warehouse": 5.6, "church": 4.8, "theatre": 4.8, "bathroom": 2.4,
    "prison_cell": 2.45, "kitchen": 2.5, "bedroom": 2.5,
}  # fmt: skip
_TALL_M = 1.9
_LOW_M = 0.14


@dataclass(frozen=True)
class Spot:
    """Where somebody sits or (`bed`) lies: x and z, the way they face, how far it lifts them."""

    kind: str
    x: float
    z: float
    heading_deg: float
    lift_m: float
    bed: bool


@dataclass(frozen=True)
class Doorway:
    """A door with a leaf: its threshold's middle, the heading out of the room, its wall."""

    at: Vec3
    out_deg: float
    wall: str


@dataclass(frozen=True, eq=False)
class Ground:
    """A place's free floor. `boxes` are rows of x0, y0, z0, x1, y1, z1 in metres."""

    boxes: Array
    stays: NDArray[np.bool_]  # of each box: whether it stays before a lens
    people: Rect
    lens: Rect
    ceiling_m: float
    seats: tuple[Spot, ...]
    beds: tuple[Spot, ...]
    doors: tuple[Doorway, ...]

    def room_m(self, points: Array) -> Array:
        """(n, 2) points (x, z) → (n,): how far each is from what stands on the floor; negative outside it."""
        x0, z0, x1, z1 = self.people
        x, z = points[:, :1], points[:, 1:]
        low = self.boxes[(self.boxes[:, 1] < _TALL_M) & (self.boxes[:, 4] > _LOW_M)]
        gap = np.hypot(
            np.maximum(0.0, np.maximum(low[:, 0] - x, x - low[:, 3])),
            np.maximum(0.0, np.maximum(low[:, 2] - z, z - low[:, 5])),
        )
        inside = np.minimum(np.minimum(x - x0, x1 - x), np.minimum(z - z0, z1 - z))[:, 0]
        return np.where(inside < 0, inside, gap.min(axis=1, initial=2.0))

    def way_m(self, a: tuple[float, float], b: tuple[float, float]) -> float:
        """How much room there is all along the straight way between two floor points."""
        share = np.linspace(0.0, 1.0, max(2, int(math.dist(a, b) / 0.4) + 1))[:, None]
        return float(self.room_m(np.array(a) * (1 - share) + np.array(b) * share).min())

    def holds_lens(self, eye: Vec3) -> bool:
        """Whether a camera may stand here: within the set, and in nothing that stays."""
        x0, z0, x1, z1 = self.lens
        if not (x0 <= eye.x <= x1 and z0 <= eye.z <= z1 and 0.12 <= eye.y <= self.ceiling_m):
            return False
        return not self._within(np.array([eye]), 0.15)

    def sees(self, eye: Vec3, target: Vec3) -> bool:
        """Whether nothing that stays stands between a camera and what it looks at."""
        share = np.linspace(0.0, 0.92, 18)[:, None]
        return not self._within(np.array(eye) * (1 - share) + np.array(target) * share, 0.08)

    def reach_m(self, x: float, z: float, away: tuple[float, float]) -> float:
        """How far a camera may go from (x, z) along a direction until the set ends."""
        x0, z0, x1, z1 = self.lens
        reach = 90.0
        for way, low, high, start in ((away[0], x0, x1, x), (away[1], z0, z1, z)):
            if abs(way) > 1e-3:
                reach = min(reach, ((high if way > 0 else low) - start) / way)
        return max(reach, 0.0)

    def _within(self, points: Array, margin_m: float) -> bool:
        solid = self.boxes[self.stays]
        over = points[:, None, :] > solid[None, :, :3] - margin_m
        under = points[:, None, :] < solid[None, :, 3:] + margin_m
        return bool((over & under).all(axis=2).any())


@cache
def ground_of(place: Place) -> Ground:
    """The floor of a place. Its set is built for this, once in a process."""
    design = design_of(place.kind, place.seed, place.name)
    boxes, stays = [], []
    for pieces, scenery in ((design.dressing, False), (design.scenery, True)):
        for piece in pieces:
            if piece.live is None and piece.moves not in ("passes", "floats"):
                found = _boxes(piece)
                boxes += found
                stays += [scenery or piece.keep] * len(found)
    people, lens = _FLOORS.get(place.kind, _OPEN)
    if place.kind not in _FLOORS and design.ground_extent is not None:
        x0, z0, x1, z1 = design.ground_extent
        lens = (x0 + 0.25, max(z0 + 0.25, -7.5), x1 - 0.25, z1 - 0.25)
        people = (max(x0 + 0.45, -3.0), max(z0 + 0.6, -2.2), min(x1 - 0.45, 3.0), min(z1 - 0.5, 3.2))
    spots = tuple(_spot(seat) for seat in seats_of(place) if math.hypot(seat.at.x, seat.at.z) < 4.5)
    doors = tuple(
        Doorway(door.at, door.out_deg, door.wall)
        for door in design.doors
        if door.leaves and abs(door.at.x) < 5.0 and abs(door.at.z) < 5.6
    )
    rows = np.array(boxes, dtype=np.float64).reshape(-1, 6)
    ceiling = _CEILING_M.get(place.kind, 2.6 if design.shell else 14.0)
    return Ground(
        rows, np.array(stays, dtype=bool), people, lens, ceiling,
        tuple(s for s in spots if not s.bed), tuple(s for s in spots if s.bed), doors,
    )  # fmt: skip


def _spot(seat: Seat) -> Spot:
    return Spot(seat.kind, seat.at.x, seat.at.z, seat.heading_deg, lift_of(seat), seat.kind == "bed")


def _boxes(piece: Piece) -> list[tuple[float, ...]]:
    """A box about a piece's upright parts; nothing of rugs, and of what hangs over all heads."""
    corners: list[tuple[float, float, float]] = []
    for panel in piece.panels:
        a0, b0, a1, b1 = panel.extent
        half = min(piece.radius_m, max(abs(a0), abs(a1)))
        for a, b in ((a0, b0), (a1, b0), (a0, b1), (a1, b1)):
            y = panel.origin.y + a * panel.u.y + b * panel.v.y
            if panel.card:
                corners += [(panel.origin.x + s * half, y, panel.origin.z + s * half) for s in (-0.7, 0.7)]
            else:
                corners.append(
                    (panel.origin.x + a * panel.u.x + b * panel.v.x, y, panel.origin.z + a * panel.u.z + b * panel.v.z)
                )
    if not corners:
        return []
    found = np.array(corners)
    low, high = found.min(axis=0), found.max(axis=0)
    if high[1] < _LOW_M or low[1] > 4.0 or max(high[0] - low[0], high[2] - low[2]) > 14.0:
        return []  # and of what surrounds the set: its walls are its lens' bounds
    return [(*low.tolist(), *high.tolist())]
