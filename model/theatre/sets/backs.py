"""The other side of what is read in a hand: covers, blank paper, the case of a telephone."""

from __future__ import annotations

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.curves import rounded
from model.theatre.sets.kit import Mark, circle, line, mark, rect, rects
from model.theatre.sets.palette import INK, WHITE
from model.theatre.sets.stains import outline

__all__ = ["BACKED", "back_of"]

BACKED = frozenset({"book", "laptop", "letter", "map", "newspaper", "paper", "phone", "photo", "tablet"})
"""What has another side that is seen while it is read."""


def back_of(kind: str, marks: list[Mark], rgb: RGB) -> list[Mark]:
    """The marks of a thing's other side: the same outline, turned about its upright."""
    shape = outline(marks)
    shape.transform(skia.Matrix.Scale(-1.0, 1.0))
    box = shape.getBounds()
    x0, y0, w, h = box.left(), box.top(), box.width(), box.height()
    if kind == "book":
        spine = [mark(rect(-0.012, y0, 0.012, y0 + h), scale(rgb, 0.7))] if w > 0.25 else []
        return [mark(shape, scale(rgb, 0.94)), *spine]
    if kind in ("phone", "tablet"):
        eye = circle(x0 + 0.78 * w, y0 + 0.9 * h, 0.07 * min(w, h))
        return [mark(shape, mix(rgb, WHITE, 0.1)), mark(eye, INK)]
    if kind == "laptop":
        return [mark(shape, scale(rgb, 0.94)), mark(circle(0.0, y0 + 0.55 * h, 0.018), WHITE)]
    if kind == "newspaper":
        columns = [
            (
                x0 + (0.06 + 0.32 * i) * w,
                y0 + (0.1 + 0.085 * j) * h,
                x0 + (0.3 + 0.32 * i) * w,
                y0 + (0.135 + 0.085 * j) * h,
            )
            for i in range(3)
            for j in range(9)
        ]
        return [mark(shape, scale(rgb, 0.95)), mark(rects(columns), INK, alpha=0.45)]
    creases = skia.Path()
    if kind == "map":
        for share in (0.25, 0.5, 0.75):
            creases.addPath(line([(x0 + share * w, y0), (x0 + share * w, y0 + h)], 0.003), 0, 0)
    elif kind == "letter":
        creases.addPath(rounded(x0, y0 + 0.5 * h - 0.002, x0 + w, y0 + 0.5 * h + 0.002, 0.001), 0, 0)
    return [mark(shape, scale(rgb, 0.93)), mark(creases, scale(rgb, 0.78))]
