"""How a room is finished: wallpaper and tiles, wainscot, skirting, the shade where planes meet, floors.

In metres along a wall or on the floor; knows nothing of doors and windows but where they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

import skia

from model.stage import RGB
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import Mark, Rect, brush, frame, holed, mark, oval, poly, rect, rects

__all__ = ["Pattern", "Shell", "boards", "edge_shade", "rug", "sun_patch", "surface", "tiles"]

TRIM, PLASTER, OAK = RGB(232, 226, 212), RGB(226, 220, 208), RGB(128, 92, 64)
Pattern = Literal["plain", "stripes", "tiles", "brick", "panels", "blocks", "flowers"]


@dataclass(frozen=True, kw_only=True)
class Shell:
    """How a room is finished. A wall's extra marks lie over its paint."""

    wall_rgb: RGB
    far_rgb: RGB | None = None
    trim_rgb: RGB = TRIM
    ceiling_rgb: RGB = PLASTER
    wainscot_rgb: RGB | None = None
    wainscot_m: float = 0.95
    door_rgb: RGB = OAK
    pattern: Pattern = "plain"


def boards(rng: Random, rgb: RGB, area: Rect, width: float = 0.22) -> tuple[Mark, ...]:
    """A floor of boards that run away from the master's camera."""
    x0, z0, x1, z1 = area
    light: list[Rect] = []
    dark: list[Rect] = []
    gaps: list[Rect] = []
    for i in range(int((x1 - x0) / width) + 1):
        x, z = x0 + i * width, z0 - rng.uniform(0, 1.5)
        gaps.append((x - 0.006, z0, x + 0.006, z1))
        while z < z1:
            run = rng.uniform(1.4, 2.6)
            plank = (x, max(z, z0), min(x + width, x1), min(z + run, z1))
            chance = rng.random()
            if plank[3] > plank[1]:
                (light if chance < 0.28 else dark if chance > 0.72 else []).append(plank)
            z += run
    return (
        mark(rect(*area), rgb),
        mark(rects(light), mix(rgb, RGB(255, 236, 200), 0.14), alpha=0.8),
        mark(rects(dark), scale(rgb, 0.88), alpha=0.8),
        mark(rects(gaps), scale(rgb, 0.7), fine=True),
        *edge_shade(area),
    )


def tiles(rgb: RGB, other: RGB, area: Rect, size: float = 0.5) -> tuple[Mark, ...]:
    """A chequered floor."""
    x0, z0, x1, z1 = area
    cells = [
        (x0 + i * size, z0 + j * size, min(x0 + (i + 1) * size, x1), min(z0 + (j + 1) * size, z1))
        for i in range(math.ceil((x1 - x0) / size))
        for j in range(math.ceil((z1 - z0) / size))
        if (i + j) % 2
    ]
    return (mark(rect(*area), rgb), mark(rects(cells), other), *edge_shade(area))


def edge_shade(area: Rect) -> tuple[Mark, ...]:
    """The darker floor along the walls."""
    x0, z0, x1, z1 = area
    return tuple(
        mark(frame(x0 + reach, z0 + reach, x1 - reach, z1 - reach, reach), RGB(24, 16, 32), alpha=alpha)
        for reach, alpha in ((1.1, 0.07), (0.45, 0.09))
    )


def _clear(rects_in: Iterable[Rect], boxes: Sequence[Rect]) -> list[Rect]:
    """The rectangles that no opening touches."""
    return [
        r
        for r in rects_in
        if not any(r[0] < b[2] + 0.05 and r[2] > b[0] - 0.05 and r[1] < b[3] and r[3] > b[1] for b in boxes)
    ]


def rug(rng: Random, rgb: RGB, other: RGB, x: float, z: float, w: float, d: float) -> list[Mark]:
    """A rug with a border, lying on the floor."""
    x0, z0, x1, z1 = x - w / 2, z - d / 2, x + w / 2, z + d / 2
    if rng.random() < 0.35:
        return [
            mark(oval(x, z, w / 2, d / 2), rgb),
            mark(oval(x, z, w / 2 - 0.18, d / 2 - 0.18), mix(rgb, other, 0.35)),
            mark(oval(x, z, w / 2 - 0.26, d / 2 - 0.26), rgb),
        ]
    fringe = [(x0 + 0.1 * i, z0 - 0.06, x0 + 0.1 * i + 0.03, z1 + 0.06) for i in range(int(w / 0.1))]
    lozenges = skia.Path()
    for i in range(int(w / 0.6)):
        cx = x0 + 0.45 + i * 0.6
        lozenges.addPath(poly([(cx - 0.18, z), (cx, z + 0.3), (cx + 0.18, z), (cx, z - 0.3)]), 0, 0)
    return [
        mark(rects(fringe), scale(other, 0.9), fine=True),
        mark(rect(x0, z0, x1, z1), rgb),
        mark(frame(x0 + 0.16, z0 + 0.16, x1 - 0.16, z1 - 0.16, 0.06), other),
        mark(lozenges, other, alpha=0.8),
        mark(brush(rng, (x0, z0, x1, z1), 12, 0.9, 0.03), mix(rgb, RGB(255, 240, 220), 0.3), alpha=0.25),
    ]


def sun_patch(x: float, z: float, toward: tuple[float, float], w: float, reach: float, bars: int = 2) -> list[Mark]:
    """Light of a window lying on the floor from (x, z) at the wall, slanting `toward`."""
    tx, tz = toward
    nx, nz = -tz, tx
    shapes = skia.Path()
    for i in range(bars):
        for j in range(2):
            a, b = -w / 2 + w * i / bars + 0.03, -w / 2 + w * (i + 1) / bars - 0.03
            f, g = 0.45 + reach * j / 2 + 0.03, 0.45 + reach * (j + 1) / 2 - 0.03
            skew = 0.35
            shapes.addPath(
                poly(
                    [
                        (x + tx * d + nx * (s + skew * d), z + tz * d + nz * (s + skew * d))
                        for s, d in ((a, f), (b, f), (b, g), (a, g))
                    ]
                ),
                0,
                0,
            )
    return [mark(shapes, RGB(255, 244, 214), "sun", alpha=0.34)]


def surface(rng: Random, finish: Shell, base: RGB, length: float, high: float, holes: Sequence[Rect]) -> list[Mark]:
    """A wall of a length and height with rectangular holes, finished."""
    dark, light = scale(base, 0.9), mix(base, RGB(255, 250, 236), 0.16)
    marks = [mark(holed((0, 0, length, high), holes), base)]
    if finish.pattern == "stripes":
        step = 0.36
        bands = [(i * step, 0.0, i * step + step / 2, high) for i in range(int(length / step))]
        marks.append(mark(rects(_clear(bands, holes), rng, 0.006), light, alpha=0.5))
    elif finish.pattern == "tiles":
        lines = [(0.0, y / 10 * 2, length, y / 10 * 2 + 0.012) for y in range(1, int(high / 0.2))]
        lines += [(x * 0.3, 0.0, x * 0.3 + 0.012, high) for x in range(1, int(length / 0.3))]
        cells = [
            (x * 0.3, y * 0.2, x * 0.3 + 0.3, y * 0.2 + 0.2)
            for x in range(int(length / 0.3))
            for y in range(int(high / 0.2))
            if rng.random() < 0.10
        ]
        marks.append(mark(rects(_clear(cells, holes)), dark, alpha=0.4))
        marks.append(mark(rects(_clear(lines, holes)), light, alpha=0.7, fine=True))
    elif finish.pattern == "brick":
        cells = [
            (x * 0.26 + (y % 2) * 0.13, y * 0.11, x * 0.26 + (y % 2) * 0.13 + 0.24, y * 0.11 + 0.09)
            for x in range(int(length / 0.26))
            for y in range(int(high / 0.11))
            if rng.random() < 0.33
        ]
        half = len(cells) // 2
        rng.shuffle(cells)
        marks.append(mark(rects(_clear(cells[:half], holes), rng, 0.008), dark, alpha=0.6))
        marks.append(mark(rects(_clear(cells[half:], holes), rng, 0.008), light, alpha=0.5))
    elif finish.pattern == "blocks":
        joints = [(0.0, y * 0.32, length, y * 0.32 + 0.014) for y in range(1, int(high / 0.32) + 1)]
        joints += [
            (x * 0.64 + (y % 2) * 0.32, y * 0.32, x * 0.64 + (y % 2) * 0.32 + 0.014, y * 0.32 + 0.32)
            for x in range(int(length / 0.64) + 1)
            for y in range(int(high / 0.32))
            if x * 0.64 + (y % 2) * 0.32 < length - 0.02
        ]
        cells = [
            (x * 0.64 + (y % 2) * 0.32, y * 0.32, x * 0.64 + (y % 2) * 0.32 + 0.62, y * 0.32 + 0.3)
            for x in range(int(length / 0.64))
            for y in range(int(high / 0.32))
            if rng.random() < 0.16
        ]
        marks.append(mark(rects(_clear(cells, holes)), dark, alpha=0.45))
        marks.append(mark(_merged([r for r in joints if r[3] <= high], holes), scale(base, 0.82), alpha=0.6))
    elif finish.pattern == "flowers":
        sprigs = skia.Path()
        dots = [
            (x * 0.42 + (y % 2) * 0.21, 0.2 + y * 0.3)
            for x in range(int(length / 0.42))
            for y in range(int(high / 0.3))
        ]
        for a, b, _, _ in _clear([(x, y, x + 0.1, y + 0.1) for x, y in dots], holes):
            for dx, dy in ((0.0, 0.035), (0.035, 0.0), (-0.035, 0.0), (0.0, -0.045)):
                sprigs.addCircle(a + 0.05 + dx, b + 0.05 + dy, 0.026)
        marks.append(mark(sprigs, mix(light, RGB(206, 120, 100), 0.35), alpha=0.55, fine=True))
    elif finish.pattern == "panels":
        step = 1.125
        bars = [(i * step - 0.02, 0.0, i * step + 0.02, high) for i in range(1, int(length / step) + 1)]
        marks.append(mark(rects(_clear(bars, holes)), dark, alpha=0.7))
    if finish.wainscot_rgb is not None:
        top = finish.wainscot_m
        spans = _spans(length, [hole for hole in holes if hole[1] < top])
        marks.append(mark(_merged([(0.0, 0.0, length, top)], holes), finish.wainscot_rgb))
        slats = [
            (a + i * 0.3, 0.12, a + i * 0.3 + 0.015, top - 0.06) for a, b in spans for i in range(1, int((b - a) / 0.3))
        ]
        marks.append(mark(rects(slats), scale(finish.wainscot_rgb, 0.84), fine=True))
        marks.append(
            mark(
                rects([(a, top - 0.02, b, top + 0.05) for a, b in spans]),
                mix(finish.wainscot_rgb, RGB(255, 248, 230), 0.3),
            )
        )
    # Dry brush: broad, pale, well above where faces are lost in it.
    strokes = skia.Path()
    foot = finish.wainscot_m if finish.wainscot_rgb is not None else 0.25
    rows = [y for y in _steps(high - 0.5, 0.62) if y > foot]
    for area in _clear([(x, y, x + 1.4, y + 0.5) for x in _steps(length, 1.5) for y in rows], holes):
        strokes.addPath(brush(rng, area, 3, 1.2, 0.05, 0.12), 0, 0)
    marks.append(mark(strokes, light, alpha=0.22))
    # Where planes meet, light gathers less: corners, ceiling line and floor line, in two steps.
    shade = RGB(30, 24, 40)
    for reach, alpha in ((0.9, 0.05), (0.38, 0.07)):
        strips = [
            (0.0, 0.0, reach * 0.8, high),
            (length - reach * 0.8, 0.0, length, high),
            (0.0, high - reach, length, high),
        ]
        marks.append(mark(_merged(strips, holes), shade, alpha=alpha))
    spans = _spans(length, [hole for hole in holes if hole[1] < 0.1])
    marks.append(mark(rects([(a, 0, b, 0.11) for a, b in spans]), finish.trim_rgb))
    marks.append(mark(rects([(a, 0.11, b, 0.125) for a, b in spans]), scale(finish.trim_rgb, 0.72)))
    marks.append(mark(rect(0, high - 0.07, length, high), mix(finish.trim_rgb, base, 0.3)))
    return marks


def _merged(strips: Iterable[Rect], cut: Iterable[Rect]) -> skia.Path:
    """Strips without the holes: each strip is cut into what lies left, right, below and above a hole."""
    out = list(strips)
    for hx0, hy0, hx1, hy1 in cut:
        rest: list[Rect] = []
        for x0, y0, x1, y1 in out:
            if x1 <= hx0 or x0 >= hx1 or y1 <= hy0 or y0 >= hy1:
                rest.append((x0, y0, x1, y1))
                continue
            if x0 < hx0:
                rest.append((x0, y0, hx0, y1))
            if x1 > hx1:
                rest.append((hx1, y0, x1, y1))
            a, b = max(x0, hx0), min(x1, hx1)
            if y0 < hy0:
                rest.append((a, y0, b, hy0))
            if y1 > hy1:
                rest.append((a, hy1, b, y1))
        out = rest
    return rects(out)


def _steps(length: float, step: float) -> list[float]:
    return [i * step for i in range(int(length / step))]


def _spans(length: float, holes: list[Rect]) -> list[tuple[float, float]]:
    """The stretches of a wall's foot that no opening interrupts."""
    spans, at = [], 0.0
    for hole in sorted(holes):
        if hole[0] > at:
            spans.append((at, hole[0]))
        at = max(at, hole[2])
    if at < length:
        spans.append((at, length))
    return spans
