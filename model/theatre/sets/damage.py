"""What breaking, tearing and biting do to a drawing: parts cut away, cracks, and shards on the ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.curves import combined
from model.theatre.sets.kit import Mark, line, mark, poly
from model.theatre.sets.palette import WHITE

__all__ = ["cracked", "cut", "flattened", "jagged", "shards", "snapped"]


def cut(marks: Iterable[Mark], away: skia.Path) -> list[Mark]:
    """Marks without what lies inside `away`: a bite, a torn corner, the upper half of a broken glass."""
    left = (replace(one, path=combined(one.path, away, skia.PathOp.kDifference_PathOp)) for one in marks)
    return [one for one in left if not one.path.isEmpty()]


def jagged(x0: float, x1: float, y: float, high: float, top: float, teeth: int = 6) -> skia.Path:
    """All over a broken edge that runs from x0 to x1 at about y, its teeth `high`, up to `top`."""
    edge = []
    for i in range(teeth + 1):
        rise = (0.9, -0.7, 0.35, -1.0, 0.75, -0.3, 0.55)[i % 7] * high / 2
        edge.append((x0 + (x1 - x0) * i / teeth, y + rise))
    return poly([*edge, (x1 + 0.01, top), (x0 - 0.01, top)])


def shards(rgb: RGB, reach: float, size: float, alpha: float = 1.0) -> list[Mark]:
    """Splinters about the foot."""
    near, far = skia.Path(), skia.Path()
    for i, x in enumerate((-1.0, -0.72, 0.66, 0.9, 1.15, -1.25)):
        at, s = x * reach, size * (0.6 + 0.25 * (i % 3))
        splinter = poly([(at - s, 0.0), (at + 0.7 * s, 0.1 * s), (at + (0.4 - 0.25 * (i % 4)) * s, 0.95 * s)])
        (near if i % 2 else far).addPath(splinter, 0, 0)
    return [mark(near, rgb, alpha=alpha), mark(far, scale(rgb, 0.8), alpha=alpha)]


def cracked(x: float, y: float, reach: float, rgb: RGB, width: float) -> Mark:
    """A star of cracks about a point."""
    ways: Sequence[tuple[tuple[float, float], ...]] = (
        ((0.0, 0.0), (-0.4, 0.2), (-0.62, 0.5), (-1.0, 0.62)),
        ((0.0, 0.0), (0.3, 0.34), (0.36, 0.7), (0.66, 0.96)),
        ((0.0, 0.0), (0.34, -0.2), (0.7, -0.16), (1.0, -0.44)),
        ((0.0, 0.0), (-0.2, -0.4), (-0.5, -0.56), (-0.56, -0.92)),
        ((-0.4, 0.2), (-0.1, 0.42), (0.36, 0.7)),
    )
    whole = skia.Path()
    for way in ways:
        whole.addPath(line([(x + a * reach, y + b * reach) for a, b in way], width), 0, 0)
    return mark(whole, rgb)


def flattened(marks: Iterable[Mark], high: float) -> list[Mark]:
    """A ball without its air: sunk to `high` of its height, with a fold."""
    sunk = []
    matrix = skia.Matrix.Scale(1.08, high)
    for one in marks:
        path = skia.Path(one.path)
        path.transform(matrix)
        sunk.append(replace(one, path=path))
    bounds = sunk[0].path.getBounds()
    x, y, w, h = bounds.centerX(), bounds.top(), bounds.width(), bounds.height()
    dent = line([(x - 0.3 * w, y + 0.72 * h), (x - 0.05 * w, y + 0.52 * h), (x + 0.26 * w, y + 0.78 * h)], 0.05 * w)
    return [*sunk, mark(dent, mix(scale(sunk[0].rgb, 0.62), WHITE, 0.04))]


def snapped(marks: Iterable[Mark], y: float, turn_deg: float) -> list[Mark]:
    """Broken in two at a height, the upper part hanging over to one side."""
    whole = list(marks)
    upper = jagged(-1.0, 1.0, y, 0.02, 9.0, 160)
    matrix = skia.Matrix.RotateDeg(turn_deg, (0.0, y))
    fallen = []
    for one in cut(whole, jagged(-1.0, 1.0, y, 0.02, -9.0, 160)):
        path = skia.Path(one.path)
        path.transform(matrix)
        fallen.append(replace(one, path=path))
    return [*fallen, *cut(whole, upper)]
