"""Where light throws shadows from and onto: the key outside, windows and lamps inside, floor and walls.

Tells directions and strengths, lays points along them, and casts the shadows of a set's furniture and trees.
People's shadows are painted by `model.theatre.lighting.shadow`.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Stage, Vec3
from model.theatre.lighting.light import Tone
from model.theatre.sets.kit import Design, Panel, Piece
from model.theatre.sets.near import before_lens
from model.theatre.sets.pen import Pen
from model.theatre.view import NEAR_M, View

__all__ = ["INK", "LONGEST", "Cast", "casts_at", "key_cast", "laid", "paint_set_shadows", "set_shadows"]

INK = 0x0E1226
LONGEST = 3.2
"""No cast shadow on a floor is longer than this many heights."""
INDOOR_LONGEST = 0.75
LEAST = 0.03
LAMPS = 2
"""So many lamps, the brightest, throw a shadow of one figure."""
_PENUMBRA_RAD = 0.10
MARKS = 4
"""So many of a piece's shapes, the largest first, cast its shadow."""
_TURN = np.linspace(0, math.tau, 8, endpoint=False)
_RING = np.stack([np.cos(_TURN), np.zeros(8), np.sin(_TURN)], axis=1)


class Cast(NamedTuple):
    """A shadow's light: the unit way toward it, how dark its shadow is (0 to 1), and whether its edge is soft."""

    toward: Vec3
    strength: float
    soft: bool


def key_cast(stage: Stage, tone: Tone) -> Cast:
    """The shadow that the key throws."""
    if stage.place.interior:
        return Cast(_raised(tone.key_from, INDOOR_LONGEST), 0.15, True)
    strength = 0.32 * max(0.0, 1.0 - 1.15 * tone.cover) * (0.65 if stage.light.hour == "night" else 1.0)
    return Cast(_raised(tone.key_from, LONGEST), strength, False)


def _raised(toward: Vec3, longest: float) -> Vec3:
    """A way toward a light, high enough that a shadow is at most `longest` times its thing's height."""
    level = math.hypot(toward.x, toward.z)
    high = max(toward.y, level / longest, 1e-3)
    length = math.hypot(level, high)
    return Vec3(toward.x / length, high / length, toward.z / length)


def casts_at(stage: Stage, tone: Tone, lamps: tuple[tuple[Vec3, float], ...]) -> list[Cast]:
    """All shadows that who stands there throws: the key's, and one of each lamp, (unit way toward it, its light)."""
    key = key_cast(stage, tone)
    found = [key] if key.strength > LEAST else []
    for toward, given in sorted(lamps, key=lambda one: -one[1])[:LAMPS]:
        # A lamp overhead throws its shadow under the feet, where the contact is.
        aside = min(1.0, max(0.0, (0.97 - toward.y) / 0.15))
        strength = 0.38 * min(1.0, max(0.0, given - 0.08)) * aside
        if strength > LEAST:
            found.append(Cast(_raised(toward, 1.9), strength, True))
    return found


def laid(
    points: NDArray[np.float64], toward: Vec3, area: tuple[float, float, float, float] | None
) -> NDArray[np.float64]:
    """(n, 3) points moved along the light to the floor, or to the walls that stand on an area's edges."""
    along = points[:, 1] / toward.y
    if area is not None:
        x0, z0, x1, z1 = area
        for axis, low, high, way in ((0, x0, x1, toward.x), (2, z0, z1, toward.z)):
            if abs(way) > 1e-6:
                wall = (points[:, axis] - (low if way > 0 else high)) / way
                along = np.minimum(along, np.maximum(wall, 0.0))
    found: NDArray[np.float64] = points - along[:, None] * np.asarray(toward)
    return found


def _outlines(piece: Piece) -> list[NDArray[np.float64]]:
    """The shapes of a piece that are large enough to throw shadow: (n, 3) points each, in metres."""
    shapes: list[tuple[float, NDArray[np.float64]]] = []
    for panel in piece.panels:
        if panel.lattice or (panel.normal.y > 0.5 and panel.origin.y < 0.05):
            continue
        marks = [m for m in panel.marks if m.paint not in ("sun", "lamp", "beam") and m.alpha > 0.6 and not m.fine]
        if not panel.card and marks:
            x0, y0, x1, y1 = panel.extent
            shapes.append(((x1 - x0) * (y1 - y0), _on(panel, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)])))
            continue
        for one in marks:
            box = one.path.computeTightBounds()
            low, high = max(0.0, float(box.top())), float(box.bottom())
            if high - low < 0.12 or high <= 0.0:
                continue
            half, middle = float(box.width()) / 2, np.array([float(box.centerX()), 0.0, 0.0])
            at = np.asarray(panel.origin) + middle * (abs(middle[0]) > half)
            thin = 0.8 if float(box.width()) > 0.5 else 1.0
            rings = [at + _RING * (half * share) + (0.0, y, 0.0) for y, share in (
                (low, 0.55 * thin), (low * 0.6 + high * 0.4, thin), (low * 0.2 + high * 0.8, 0.8 * thin), (high, 0.3),
            )]  # fmt: skip
            shapes.append((half * (high - low), np.concatenate(rings)))
    shapes.sort(key=lambda one: -one[0])
    return [points for area, points in shapes[:MARKS] if area > 0.02]


def _on(panel: Panel, spots: list[tuple[float, float]]) -> NDArray[np.float64]:
    o, u, v = (np.asarray(w) for w in (panel.origin, panel.u, panel.v))
    return np.array([o + a * u + b * v for a, b in spots])


def _hull(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """The convex outline of (n, 3) points on the floor, all wound one way."""
    spots = sorted({(round(x, 3), round(z, 3)) for x, _, z in points.tolist()})
    if len(spots) < 3:
        return np.zeros((0, 3))
    chains = []
    for run in (spots, spots[::-1]):
        chain: list[tuple[float, float]] = []
        for p in run:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        chains += chain[:-1]
    return np.array([(x, 0.0, z) for x, z in chains])


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


@lru_cache(maxsize=16)
def set_shadows(design: Design, toward: Vec3) -> tuple[NDArray[np.float64], tuple[int, ...]]:
    """Every shadow on a set's floor under one light: all corners in rows, and how many each outline has."""
    area = design.ground_extent
    outlines = []
    for piece in design.dressing:
        if piece.moves not in ("no", "sways") or piece.at.y < -0.01:
            continue
        for points in _outlines(piece):
            flat = _hull(laid(np.maximum(points, (-1e9, 0.0, -1e9)), toward, None))
            if area is not None:
                flat[:, 0] = np.clip(flat[:, 0], area[0], area[2])
                flat[:, 2] = np.clip(flat[:, 2], area[1], area[3])
            if len(flat) > 2:
                outlines.append(flat)
    if not outlines:
        return np.zeros((0, 3)), ()
    return np.concatenate(outlines), tuple(len(one) for one in outlines)


def paint_set_shadows(canvas: skia.Canvas, design: Design, stage: Stage, view: View, tone: Tone) -> None:
    """The shadows of furniture and trees on the floor, before anything that stands there."""
    cast = key_cast(stage, tone)
    if cast.strength <= LEAST or view.eye.y <= 0.0:
        return
    ways = [cast.toward]
    if cast.soft:
        a = math.atan2(cast.toward.x, cast.toward.z) + _PENUMBRA_RAD
        level = math.hypot(cast.toward.x, cast.toward.z)
        ways.append(Vec3(math.sin(a) * level, cast.toward.y * 1.15, math.cos(a) * level))
    paint = skia.Paint(AntiAlias=True, Color=round(255 * cast.strength / len(ways)) << 24 | INK)
    pen = Pen(canvas, view, tone)
    (_, _, d0), (_, _, du), (_, _, dv) = pen.local(Vec3(0, 0, 0)), pen.turned(Vec3(1, 0, 0)), pen.turned(Vec3(0, 0, 1))
    canvas.save()
    canvas.concat(pen.matrix(Vec3(0, 0, 0), Vec3(1, 0, 0), Vec3(0, 0, 1)))
    for toward in ways:
        for path in before_lens(_on_floor(design, toward), (d0, du, dv), NEAR_M):
            canvas.drawPath(path, paint)
    canvas.restore()


@lru_cache(maxsize=16)
def _on_floor(design: Design, toward: Vec3) -> skia.Path:
    """Every shadow on a set's floor as one path in stage x and z."""
    corners, counts = set_shadows(design, toward)
    path, start = skia.Path(), 0
    for count in counts:
        path.addPoly([skia.Point(x, z) for x, _, z in corners[start : start + count].tolist()], True)
        start += count
    return path
