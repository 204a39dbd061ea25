"""Solid forms: convex parts of flat faces with a coat each, built once in metres and drawn from any side.

Local axes: x to the right, y up, z ahead. Knows no camera, hour or canvas; `painter` puts solids on a picture.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.stage import RGB
from model.theatre.sets.kit import Paint

__all__ = ["Array", "Coat", "Maker", "Order", "Solid", "Split", "box_ring", "disc", "moved_rows", "oval_ring"]

Array = NDArray[np.float64]
Point = tuple[float, float, float]


@dataclass(frozen=True)
class Coat:
    """A colour under neutral light and how it takes light: as `sets.kit.Mark.paint`.

    `key` fixes how much key light it gets; `alpha` lets what is under it through.
    """

    rgb: RGB
    paint: Paint = "lit"
    alpha: float = 1.0
    key: float | None = None


@dataclass(frozen=True)
class Split:
    """What lies below a plane across an axis (0: x, 1: y, 2: z) and what lies above: the eye's side comes last."""

    axis: int
    at_m: float
    low: Order
    high: Order


Order = int | tuple["Order", ...] | Split
"""In which order parts are painted: a part, some one after another, or by the eye's side of a plane."""


@dataclass(frozen=True, eq=False)
class Solid:
    """Faces of `vertices` (n, 3); of each face its outward unit normal, a point on it, its part, layer and coat."""

    vertices: Array
    faces: tuple[tuple[int, ...], ...]
    normals: Array
    points: Array
    part: NDArray[np.int64]
    layer: NDArray[np.int64]
    coat: NDArray[np.int64]
    coats: tuple[Coat, ...]
    order: Order

    @property
    def parts(self) -> int:
        """How many parts it has."""
        return int(self.part.max()) + 1


class Maker:
    """Collects faces for a solid, part after part; a part's layers lie one on another, the lowest first."""

    def __init__(self) -> None:
        self._vertices: list[Point] = []
        self._faces: list[tuple[int, ...]] = []
        self._normals: list[Array] = []
        self._points: list[Array] = []
        self._where: list[tuple[int, int, int]] = []
        self._coats: dict[Coat, int] = {}
        self._part = -1

    def part(self) -> int:
        """Begins a part; its number."""
        self._part += 1
        return self._part

    def face(
        self, points: Sequence[Sequence[float]] | Array, coat: Coat, out: Point, layer: int = 1, part: int | None = None
    ) -> None:
        """A flat polygon whose normal looks along `out`, not against it; of the part begun last, or of another."""
        rows = np.asarray(points, dtype=np.float64)
        after = np.roll(rows, -1, axis=0)
        normal = np.cross(rows, after).sum(axis=0)  # Newell's method
        size = float(np.linalg.norm(normal))
        if size < 1e-9:
            return
        normal /= size
        if float(normal @ np.asarray(out)) < 0:
            normal, rows = -normal, rows[::-1]
        first = len(self._vertices)
        self._vertices += [(float(x), float(y), float(z)) for x, y, z in rows]
        self._faces.append(tuple(range(first, first + len(rows))))
        self._normals.append(normal)
        self._points.append(rows.mean(axis=0))
        self._where.append(
            (self._part if part is None else part, layer, self._coats.setdefault(coat, len(self._coats)))
        )

    def sides(self, outline: Sequence[tuple[float, float]], x: float, coat: Coat, layer: int = 1) -> None:
        """A polygon of (z, y) on both flanks of the vehicle, at x and -x."""
        for side in (1.0, -1.0):
            self.face([(side * x, y, z) for z, y in outline], coat, (side, 0.0, 0.0), layer)

    def plate(
        self, x0: float, y0: float, x1: float, y1: float, z: float, way: float, coat: Coat, layer: int = 1
    ) -> None:
        """An upright rectangle across the way at z, that looks ahead (`way` 1) or back (-1)."""
        self.face([(x0, y0, z), (x1, y0, z), (x1, y1, z), (x0, y1, z)], coat, (0.0, 0.0, way), layer)

    def pair(
        self, x0: float, y0: float, x1: float, y1: float, z: float, way: float, coat: Coat, layer: int = 1
    ) -> None:
        """The same `plate` on the right and on the left."""
        for side in (1.0, -1.0):
            self.plate(side * x0, y0, side * x1, y1, z, way, coat, layer)

    def level(self, x0: float, z0: float, x1: float, z1: float, y: float, coat: Coat, layer: int = 1) -> None:
        """A level rectangle at y, seen from above."""
        self.face([(x0, y, z0), (x1, y, z0), (x1, y, z1), (x0, y, z1)], coat, (0.0, 1.0, 0.0), layer)

    def strip(self, z0: float, y0: float, z1: float, y1: float, x: float, coat: Coat, layer: int = 1) -> None:
        """A rectangle along both flanks, at x and -x."""
        self.sides([(z0, y0), (z1, y0), (z1, y1), (z0, y1)], x, coat, layer)

    def loft(
        self,
        rings: Sequence[Array],
        coat: Coat,
        *,
        pick: Callable[[int, int], Coat | None] | None = None,
        first: Coat | None = None,
        last: Coat | None = None,
        part: int | None = None,
    ) -> None:
        """A skin over rings of equally many points; `first` and `last` close its ends.

        `pick(ring, segment)` may give a quad another coat.
        """
        middle = np.concatenate(rings).mean(axis=0)
        for i, (a, b) in enumerate(itertools.pairwise(rings)):
            for k in range(len(a)):
                n = (k + 1) % len(a)
                quad = np.array([a[k], a[n], b[n], b[k]])
                local = (a.mean(axis=0) + b.mean(axis=0)) / 2
                out = quad.mean(axis=0) - local
                chosen = pick(i, k) if pick is not None else None
                self.face(quad, chosen or coat, (float(out[0]), float(out[1]), float(out[2])), 0, part)
        for ring, closing in ((rings[0], first), (rings[-1], last)):
            if closing is not None:
                out = ring.mean(axis=0) - middle
                self.face(ring, closing, (float(out[0]), float(out[1]), float(out[2])), 0, part)

    def box(self, low: Point, high: Point, coat: Coat, part: int | None = None) -> None:
        """A box between two corners."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        ring = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
        self.loft([np.array([(x, y, z) for x, y in ring]) for z in (z0, z1)], coat, first=coat, last=coat, part=part)

    def done(self, order: Order | None = None) -> Solid:
        """The solid; without an order its parts are painted as they were begun."""
        where = np.array(self._where, dtype=np.int64).reshape(-1, 3)
        return Solid(
            np.array(self._vertices).reshape(-1, 3), tuple(self._faces), np.array(self._normals).reshape(-1, 3),
            np.array(self._points).reshape(-1, 3), where[:, 0], where[:, 1], where[:, 2], tuple(self._coats),
            order if order is not None else tuple(range(self._part + 1)),
        )  # fmt: skip


def box_ring(z: float, half: float, low: float, high: float, round_m: float = 0.0, x: float = 0.0) -> Array:
    """An upright rectangle across the way, its corners cut by `round_m`: (4 or 8, 3) points."""
    r = round_m
    if r <= 0:
        flat = [(half, low), (half, high), (-half, high), (-half, low)]
    else:
        flat = [
            (half - r, low), (half, low + r), (half, high - r), (half - r, high),
            (-half + r, high), (-half, high - r), (-half, low + r), (-half + r, low),
        ]  # fmt: skip
    return np.array([(x + a, b, z) for a, b in flat])


def oval_ring(z: float, rx: float, ry: float, y: float, count: int = 12, x: float = 0.0) -> Array:
    """An upright oval across the way: (count, 3) points."""
    turn = np.arange(count) * (2 * math.pi / count)
    return np.stack([x + rx * np.cos(turn), y + ry * np.sin(turn), np.full(count, z)], axis=1)


def disc(x: float, y: float, z: float, r: float, count: int = 14) -> Array:
    """A circle that looks along x: (count, 3) points."""
    turn = np.arange(count) * (2 * math.pi / count)
    return np.stack([np.full(count, x), y + r * np.cos(turn), z + r * np.sin(turn)], axis=1)


def moved_rows(rows: Array, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Array:
    """The same points elsewhere."""
    moved: Array = rows + np.array([x, y, z])
    return moved
