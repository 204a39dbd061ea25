"""Curved outlines for small things: rounded rectangles, smooth loops, rings and arcs, in metres with y up."""

from __future__ import annotations

import math
from collections.abc import Sequence

import skia

from model.theatre.sets.kit import circle, line

__all__ = ["arc", "combined", "ring_path", "rounded", "smooth", "star"]


def rounded(x0: float, y0: float, x1: float, y1: float, r: float) -> skia.Path:
    """A rectangle with round corners."""
    path = skia.Path()
    path.addRoundRect(skia.Rect.MakeLTRB(x0, y0, x1, y1), r, r)
    return path


def smooth(points: Sequence[tuple[float, float]]) -> skia.Path:
    """A closed loop that rounds the corners of a polygon."""
    path = skia.Path()
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(points, [*points[1:], points[0]], strict=True)]
    path.moveTo(*middles[-1])
    for point, middle in zip(points, middles, strict=True):
        path.quadTo(*point, *middle)
    path.close()
    return path


def ring_path(x: float, y: float, outer: float, inner: float) -> skia.Path:
    """A circle with a round hole."""
    path = circle(x, y, outer)
    path.addPath(circle(x, y, inner), 0, 0)
    path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def arc(x: float, y: float, rx: float, ry: float, start_deg: float, end_deg: float, width: float) -> skia.Path:
    """A band along an ellipse, from one angle (0: right, 90: up) to another."""
    steps = max(6, round(abs(end_deg - start_deg) / 12))
    angles = [math.radians(start_deg + (end_deg - start_deg) * i / steps) for i in range(steps + 1)]
    return line([(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles], width)


def star(x: float, y: float, r: float, points: int = 5, inner: float = 0.45) -> skia.Path:
    """A star that stands on two points."""
    path = skia.Path()
    corners = []
    for i in range(2 * points):
        reach = r if i % 2 == 0 else r * inner
        angle = math.pi * i / points
        corners.append((x + reach * math.sin(angle), y + reach * math.cos(angle)))
    path.addPoly(corners, True)
    return path


def combined(a: skia.Path, b: skia.Path, op: skia.PathOp) -> skia.Path:
    """One shape of two; `a` as it was in the rare case that skia finds no answer.

    Worked out a thousand times as large: skia loses its way among curves of a few millimetres.
    """
    large = skia.Matrix.Scale(1024.0, 1024.0)
    first, second = skia.Path(a), skia.Path(b)
    first.transform(large)
    second.transform(large)
    try:
        made = skia.Op(first, second, op)
    except RuntimeError:
        return skia.Path(a)
    made.transform(skia.Matrix.Scale(1 / 1024.0, 1 / 1024.0))
    return made
