"""What is on cloth: paints the marks of garments on a barrel, and the shine of wet cloth.

All marks of a garment are projected in one call; what is too small to be seen is left out by the body's pixel height.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.paint import Ink, Part, clipped, fill, mix, polygon, smooth_closed, smooth_open, stroke, with_alpha
from model.theatre.people.collars import COLLARS, LOWER, STRAPS
from model.theatre.people.garment_marks import Mark, Role, palette
from model.theatre.people.garments import TRIMS
from model.theatre.people.stains import stain_barrel
from model.theatre.people.wardrobe import CUTS, Barrel

__all__ = ["collar", "skirt_marks", "straps", "trim"]

Array = NDArray[np.float64]
_LEVELS = (20, 24, 40, 45, 50, 55, 60, 70, 80, 90, 100, 110, 120)
_Table = Literal["trunk", "neck", "lower", "bag"]
_TABLES: dict[_Table, dict[str, tuple[Mark, ...]]] = {
    "trunk": TRIMS,
    "neck": COLLARS,
    "lower": LOWER,
    "bag": STRAPS,
}
EDGED_PX = 70.0  # the body's height from which patches have a line round them
_RING = np.linspace(-1.6, 1.6, 9)
_TURN = 2 * math.pi
SECTION = 0.06
"""About how far a trunk's sections lie apart, in shares of the body's height."""


class _Plan(NamedTuple):
    """A garment's marks in arrays: each point's section, angle, lift and mark; each mark's middle and half span."""

    marks: tuple[Mark, ...]
    t: Array
    angle: Array
    lift: Array
    owner: NDArray[np.intp]
    middle: Array
    span: Array
    ring: NDArray[np.bool_]
    counts: Array
    least: Array  # how many points must be in sight
    ends: tuple[int, ...]


@lru_cache(maxsize=256)
def _plan(table: _Table, garment: str, level: int) -> _Plan | None:
    limit = _LEVELS[level - 1] if level else 0
    marks = tuple(mark for mark in _TABLES[table].get(garment, ()) if mark.px <= limit)
    if not marks:
        return None
    rows = [_ring(mark) if mark.kind == "ring" else mark.spots for mark in marks]
    angles = [np.array([a for _, a in row]) for row in rows]
    middle = np.array([(a.max() + a.min()) / 2 for a in angles])
    counts = [len(row) for row in rows]
    return _Plan(
        marks,
        np.array([t for row in rows for t, _ in row]),
        np.concatenate(angles),
        np.repeat([mark.lift for mark in marks], counts),
        np.repeat(np.arange(len(marks)), counts),
        middle,
        np.array([(a.max() - a.min()) / 2 for a in angles]),
        np.array([mark.kind == "ring" for mark in marks]),
        np.array(counts),
        np.array([1 if mark.kind == "dots" else 2 for mark in marks]),
        tuple(np.cumsum(counts).tolist()),
    )


def _ring(mark: Mark) -> tuple[tuple[float, float], ...]:
    """A ring's spots, all round as far as it is seen: a line, or (given a breadth) a band."""
    t = mark.spots[0][0]
    if mark.width >= 0.2:
        return tuple((t, float(a)) for a in _RING)
    half = mark.width / 2 / SECTION
    return tuple((t + half, float(a)) for a in _RING) + tuple((t - half, float(a)) for a in _RING[::-1])


@dataclass(frozen=True, eq=False)
class _Brush:
    """Paints marks on one barrel in one frame."""

    canvas: skia.Canvas
    barrel: Barrel
    part: Part
    colours: dict[Role, RGB]
    ink: Ink
    px: float  # the body's height

    def paint(self, table: _Table, garment: str) -> None:
        """All of a garment's marks, in their order; lines of one kind that follow each other in one stroke."""
        plan = _plan(table, garment, bisect_right(_LEVELS, self.px))
        if plan is None:
            return
        bearing = self.barrel.bearing
        away = (plan.middle - bearing + math.pi) % _TURN - math.pi
        shift = np.where(plan.ring, bearing, bearing + away - plan.middle)
        points, inside = self.barrel.near(plan.t, plan.angle + shift[plan.owner], plan.lift)
        within = np.bincount(plan.owner, inside, len(plan.marks))
        shown = ((within >= plan.least) & (np.abs(away) - plan.span < 1.5) | plan.ring).tolist()
        whole = (2 * within >= plan.counts).tolist()
        start = 0
        lines = skia.Path()
        last: Mark | None = None
        for k, (mark, end) in enumerate(zip(plan.marks, plan.ends, strict=True)):
            spots, sight = points[start:end], inside[start:end]
            start = end
            if not shown[k]:
                continue
            if last is not None and (mark.kind, mark.role, mark.key, mark.width) != last[:2] + last[3:5]:
                self._line(lines, last)
                last = None
            if mark.kind == "patch":
                self._patch(mark, spots, math.sin(float(away[k])), whole[k])
            elif mark.kind == "dots":
                self._dots(mark, spots[sight])
            elif mark.kind == "ring" and mark.width < 0.2:
                fill(self.canvas, polygon(spots), self._colour(mark))
            else:
                if last is None:
                    lines, last = skia.Path(), mark
                lines.addPath(smooth_open(spots if mark.kind == "ring" else spots[sight]))
        if last is not None:
            self._line(lines, last)

    def _colour(self, mark: Mark) -> int:
        return self.ink.between(self.part, self.colours[mark.role], mark.key)

    def _line(self, path: skia.Path, mark: Mark) -> None:
        width = self.px * mark.width if mark.width < 0.2 else max(0.7, self.px * 0.0042) * mark.width
        if mark.role == "own" and mark.width >= 0.2:
            accent = with_alpha(self.ink.line(self.part, self.colours["own"], 0.42), mark.key)
            stroke(self.canvas, path, accent, width)
        else:
            stroke(self.canvas, path, self._colour(mark), width)

    def _dots(self, mark: Mark, points: Array) -> None:
        path = skia.Path()
        for x, y in points.tolist():
            path.addCircle(x, y, max(0.7, self.px * mark.width))
        fill(self.canvas, path, self._colour(mark))

    def _patch(self, mark: Mark, points: Array, aside: float, whole: bool) -> None:
        """`aside` is how far to the picture's left its middle lies, -1 to 1; `whole`: most of it is in sight."""
        ink, rgb = self.ink, self.colours[mark.role]
        part: Part = "head" if self.part == "torso" and mark.role == "skin" else self.part
        path = polygon(points)
        key = mark.key * (0.6 if mark.sided and ink.toward_key[0] * aside > 0 else 1.0)
        fill(self.canvas, path, ink.between(part, rgb, key))
        if mark.shaded and self.px >= 60:
            with clipped(self.canvas, path):
                for band in self.barrel.shade(np.asarray(ink.tone.key_from), 1.25):
                    fill(self.canvas, smooth_closed(band), ink.shade(part, rgb))
        if mark.edged and whole and self.px >= EDGED_PX:  # the edge of what is mostly hidden would be a rim
            thin = max(0.7, self.px * 0.0042)
            stroke(self.canvas, path, with_alpha(ink.line(part, rgb, 0.42), 0.55), thin * mark.width)


def trim(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float) -> None:
    """Everything on the trunk of a top; `px` is the body's height in pixels."""
    if ink.plain is not None:
        return
    _Brush(canvas, barrel, "torso", palette(look), ink, px).paint("trunk", look.top)
    if ink.soil.kinds:
        stain_barrel(canvas, barrel, look, ink, px, "torso", palette(look)[CUTS[look.top].base])
    if ink.wet and px >= 110:
        _wet(canvas, barrel, ink, look.top_colour, max(0.7, px * 0.0042))


def skirt_marks(canvas: skia.Canvas, barrel: Barrel, look: Look, garment: str, rgb: RGB, ink: Ink, px: float) -> None:
    """What is on a skirt (`garment` "skirt") or on a top's lower part, in a cloth of colour `rgb`."""
    if ink.plain is None:
        _Brush(canvas, barrel, "hips", palette(look) | {"own": rgb}, ink, px).paint("lower", garment)


def collar(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float) -> None:
    """What lies around the neck, painted over it."""
    if ink.plain is None:
        _Brush(canvas, barrel, "torso", palette(look), ink, px).paint("neck", look.top)


def straps(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float) -> None:
    """The straps of a look's bag over its clothes."""
    rgb = look.bag_colour
    colours = palette(look) | {"own": rgb, "trim": mix(rgb, RGB(20, 14, 20), 0.4)}
    if ink.plain is None:
        _Brush(canvas, barrel, "torso", colours, ink, px).paint("bag", look.bag)


def _wet(canvas: skia.Canvas, barrel: Barrel, ink: Ink, colour: RGB, thin: float) -> None:
    """Streaks of light on soaked cloth, on the side that is seen."""
    shine = with_alpha(ink.between("torso", mix(colour, RGB(235, 240, 250), 0.45), 1.0), 0.55)
    kx = 0.6 if ink.toward_key[0] < 0 else -0.6
    base = 0.0 if barrel.faces(0.0) >= 0 else math.pi
    path = skia.Path()
    for t0, t1, a0 in ((5.2, 4.4, kx * 1.1), (3.6, 2.7, kx), (1.6, 0.9, kx * 1.2)):
        row = barrel.at(np.array([t0, (t0 + t1) / 2, t1]), base + np.array([a0, a0 * 0.92, a0]), 0.003)
        path.addPath(smooth_open(row))
    stroke(canvas, path, shine, thin * 1.6)
