"""Paths that reach behind the lens, taken apart so that skia cuts them right.

Skia joins a shape whose first edge lies behind the lens to the shape before it in the same path. Here the shapes
of a path are told apart once; those behind the lens are left out, those across it are drawn each for itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray

__all__ = ["before_lens"]

_LIMIT = 4000
_apart: dict[int, tuple[skia.Path, list[skia.Path], NDArray[np.float64]]] = {}
_joined: dict[int, tuple[list[skia.Path], bytes, skia.Path]] = {}


def before_lens(path: skia.Path, depth: tuple[float, float, float], near_m: float) -> Sequence[skia.Path]:
    """What is to be drawn of a path on a panel, whose point (a, b) lies at depth d0 + a·du + b·dv.

    `depth` is (d0, du, dv). The path itself where all of it is ahead, or where its shapes cut holes in each other.
    """
    d0, du, dv = depth
    bounds = path.getBounds()
    low = d0 + min(bounds.left() * du, bounds.right() * du) + min(bounds.top() * dv, bounds.bottom() * dv)
    high = d0 + max(bounds.left() * du, bounds.right() * du) + max(bounds.top() * dv, bounds.bottom() * dv)
    if high < near_m:
        return ()
    if low >= near_m or path.getFillType() != skia.PathFillType.kWinding:
        return (path,)
    shapes, boxes = _shapes(path)
    if len(shapes) < 2:
        return (path,)
    left, top, right, foot = boxes if du >= 0.0 else boxes[[2, 1, 0, 3]]
    if dv < 0.0:
        top, foot = foot, top
    ahead = left * du + top * dv >= near_m - d0
    if ahead.all():
        return (path,)
    across = (right * du + foot * dv >= near_m - d0) ^ ahead
    whole = _together(path, shapes, ahead)
    cut = [shapes[k] for k in np.flatnonzero(across).tolist()] if across.any() else []
    return cut if whole.isEmpty() else [whole, *cut]


def _together(path: skia.Path, shapes: list[skia.Path], which: NDArray[np.bool_]) -> skia.Path:
    """Those shapes as one path; mostly the same from frame to frame, so the last is kept."""
    mask = which.tobytes()
    last = _joined.get(id(path))
    if last is not None and last[0] is shapes and last[1] == mask:
        return last[2]
    if len(_joined) > _LIMIT:
        _joined.clear()
    whole = skia.Path()
    for k in np.flatnonzero(which).tolist():
        whole.addPath(shapes[k], 0, 0)
    _joined[id(path)] = (shapes, mask, whole)
    return whole


def _shapes(path: skia.Path) -> tuple[list[skia.Path], NDArray[np.float64]]:
    """A path's shapes, and their bounds (lefts, tops, rights, feet), found once."""
    found = _apart.get(id(path))
    if found is None:
        if len(_apart) > _LIMIT:
            _apart.clear()
        shapes = _taken_apart(path)
        boxes = [(b.left(), b.top(), b.right(), b.bottom()) for b in (shape.getBounds() for shape in shapes)]
        # The path is kept with its shapes, so that its id stays its own.
        found = _apart[id(path)] = (path, shapes, np.array(boxes, dtype=np.float64).reshape(-1, 4).T.copy())
    return found[1], found[2]


def _taken_apart(path: skia.Path) -> list[skia.Path]:
    shapes: list[skia.Path] = []
    iterator = skia.Path.Iter(path, False)
    verb, points = iterator.next()
    while verb != skia.Path.kDone_Verb:
        if verb == skia.Path.kMove_Verb:
            shapes.append(skia.Path())
            shapes[-1].moveTo(points[0])
        elif verb == skia.Path.kLine_Verb:
            shapes[-1].lineTo(points[1])
        elif verb == skia.Path.kQuad_Verb:
            shapes[-1].quadTo(points[1], points[2])
        elif verb == skia.Path.kConic_Verb:
            shapes[-1].conicTo(points[1], points[2], iterator.conicWeight())
        elif verb == skia.Path.kCubic_Verb:
            shapes[-1].cubicTo(points[1], points[2], points[3])
        elif verb == skia.Path.kClose_Verb:
            shapes[-1].close()
        verb, points = iterator.next()
    return [shape for shape in shapes if shape.countPoints() > 2]
