"""Curves cast whole: skia paths of known shapes made from their points in one step instead of a call for each piece.

A path's bytes are taken from skia once for each shape and number of points; after that only the points change.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

__all__ = ["Mould", "closed_mould", "hull_mould", "open_mould", "polygon_mould"]

Points = NDArray[np.float64]
_FAR_PX = 30000.0


class Mould(NamedTuple):
    """How a path of a known shape is cast from its points: what stands before and after them in skia's own bytes."""

    head: bytes
    tail: bytes
    weave: NDArray[np.float32] | None  # (points of the path, points given): what each is mixed from; None: itself

    def cast(self, points: Points | Sequence[tuple[float, float]]) -> skia.Path:
        """The path of (n, 2) pixels; what is absurdly far out is kept within skia's reach."""
        flat = np.asarray(points, dtype=np.float32)[:, :2]
        if self.weave is not None:
            flat = self.weave @ flat
        flat = np.minimum(np.maximum(flat, -_FAR_PX), _FAR_PX)
        path = skia.Path()
        path.readFromMemory(self.head + flat.tobytes() + self.tail)
        return path


_HEADER = 16  # bytes before the points of a path


def _mould(model: skia.Path, weave: NDArray[np.float64] | None) -> Mould:
    """A mould of a path drawn once, point by point, by skia's own calls."""
    data = bytes(model.serialize())
    end = _HEADER + 8 * model.countPoints()
    woven = None if weave is None else np.ascontiguousarray(weave, dtype=np.float32)
    return Mould(data[:_HEADER], data[end:], woven)


@lru_cache(maxsize=256)
def polygon_mould(n: int, count: int = 1) -> Mould:
    """`count` loops of `n` straight sides each, as one path."""
    path = skia.Path()
    for loop in range(count):
        path.addPoly([skia.Point(k, loop - k * k) for k in range(n)], True)
    return _mould(path, None)


@lru_cache(maxsize=256)
def closed_mould(n: int, tension: float, count: int = 1) -> Mould:
    """`count` Catmull-Rom loops through `n` points each, as cubics of one path."""
    path, rows, k = skia.Path(), [], tension / 6.0
    every = np.eye(n * count)
    for loop in range(count):
        at = every[loop * n : (loop + 1) * n]
        path.moveTo(0, loop)
        rows.append(at[0])
        for i in range(n):
            path.cubicTo(i, 1, i, 2, i, 3)
            a, b, c, d = at[i - 1], at[i], at[(i + 1) % n], at[(i + 2) % n]
            rows += [b + (c - a) * k, c - (d - b) * k, c]
        path.close()
    return _mould(path, np.array(rows))


@lru_cache(maxsize=256)
def open_mould(n: int, count: int) -> Mould:
    """`count` open Catmull-Rom curves of `n` points each."""
    path, rows, k = skia.Path(), [], 1.0 / 6.0
    every = np.eye(n * count)
    for curve in range(count):
        at = every[curve * n : (curve + 1) * n]
        path.moveTo(0, curve)
        rows.append(at[0])
        if n == 2:
            path.lineTo(1, curve)
            rows.append(at[1])
            continue
        for i in range(n - 1):
            path.cubicTo(i, 1, i, 2, i, 3)
            a, b, c, d = at[max(i - 1, 0)], at[i], at[i + 1], at[min(i + 2, n - 1)]
            rows += [b + (c - a) * k, c - (d - b) * k, c]
    return _mould(path, np.array(rows))


@lru_cache(maxsize=64)
def hull_mould(n: int) -> Mould:
    """A loop that touches the middle of each side of a polygon."""
    path, at = skia.Path(), np.eye(n)
    path.moveTo(0, 0)
    rows = [(at[-1] + at[0]) / 2]
    for i in range(n):
        path.quadTo(i, 1, i, 2)
        rows += [at[i], (at[i] + at[(i + 1) % n]) / 2]
    path.close()
    return _mould(path, np.array(rows))
