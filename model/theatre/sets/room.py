"""The shell of a room: four different walls, floor and ceiling, with windows and doors cut through.

Walls are named as the master's camera sees them: far (z = 4.5), right (x = 4.5), near (z = -5.5, behind it), left.
Along a wall, positions run from its left end as seen from inside the room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Literal

import skia

from model.stage import RGB, Vec3
from model.theatre.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Mark,
    Panel,
    Rect,
    brush,
    floor_patch,
    frame,
    holed,
    mark,
    rect,
    rects,
    wall,
)
from model.theatre.sets.openings import Opening, fitting, reveal

__all__ = [
    "CEILING_M",
    "FAR",
    "LEFT",
    "NEAR",
    "RIGHT",
    "Opening",
    "Pattern",
    "Shell",
    "WallName",
    "boards",
    "edge_shade",
    "facing",
    "lamplit",
    "on_wall",
    "shell",
    "tiles",
]

CEILING_M = 2.8
TRIM, PLASTER, OAK = RGB(232, 226, 212), RGB(226, 220, 208), RGB(128, 92, 64)
Pattern = Literal["plain", "stripes", "tiles", "brick", "panels"]
WallName = Literal["far", "right", "near", "left"]
LEFT, RIGHT, NEAR, FAR = -4.5, 4.5, -5.5, 4.5
ENDS: dict[WallName, tuple[tuple[float, float], tuple[float, float]]] = {
    "far": ((LEFT, FAR), (RIGHT, FAR)),
    "right": ((RIGHT, FAR), (RIGHT, NEAR)),
    "near": ((RIGHT, NEAR), (LEFT, NEAR)),
    "left": ((LEFT, NEAR), (LEFT, FAR)),
}


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
    ceiling_m: float = CEILING_M
    pattern: Pattern = "plain"


def on_wall(name: WallName, along: float, out: float = 0.0, y: float = 0.0) -> Vec3:
    """The stage point `along` a wall, `out` metres into the room."""
    (x0, z0), (x1, z1) = ENDS[name]
    length = math.hypot(x1 - x0, z1 - z0)
    ux, uz = (x1 - x0) / length, (z1 - z0) / length
    return Vec3(x0 + ux * along + uz * out, y, z0 + uz * along - ux * out)


def facing(name: WallName) -> float:
    """The heading that a thing with its back to this wall looks along."""
    return {"far": 180.0, "right": 270.0, "near": 0.0, "left": 90.0}[name]


def shell(
    rng: Random,
    finish: Shell,
    openings: Mapping[WallName, Iterable[Opening]],
    extras: Mapping[WallName, Iterable[Mark]],
) -> tuple[Panel, ...]:
    """Walls and ceiling, each wall after the reveals of its openings."""
    panels: list[Panel] = []
    names: tuple[WallName, ...] = ("far", "right", "near", "left")
    for name in names:
        holes = tuple(openings.get(name, ()))
        for opening in holes:
            if opening.kind in ("window", "glass_door"):
                panels.extend(reveal(partial(on_wall, name), opening, finish.trim_rgb))
        start, end = ENDS[name]
        length = math.hypot(end[0] - start[0], end[1] - start[1])
        base = finish.far_rgb if name == "far" and finish.far_rgb is not None else finish.wall_rgb
        marks = [*_surface(rng, finish, base, length, holes)]
        for opening in holes:
            marks.extend(fitting(rng, opening, finish.trim_rgb, finish.door_rgb))
        marks.extend(extras.get(name, ()))
        cut = [o.hole for o in holes if o.kind in ("window", "glass_door")]
        panels.append(wall(start, end, finish.ceiling_m, marks, cut))
    panels.append(_ceiling(finish))
    return tuple(panels)


def lamplit(panels: Iterable[Panel], lamps: Iterable[Lamp]) -> tuple[Panel, ...]:
    """The same walls with the light that near lamps throw on them."""
    lit = []
    for panel in panels:
        pools: list[tuple[float, Mark]] = []
        for lamp in lamps:
            d = Vec3(lamp.at.x - panel.origin.x, lamp.at.y - panel.origin.y, lamp.at.z - panel.origin.z)
            off = d.x * panel.normal.x + d.y * panel.normal.y + d.z * panel.normal.z
            a, b = (
                d.x * panel.u.x + d.y * panel.u.y + d.z * panel.u.z,
                d.x * panel.v.x + d.y * panel.v.y + d.z * panel.v.z,
            )
            x0, y0, x1, y1 = panel.extent
            if not (0 < off < 2.4 and x0 < a < x1 and y0 < b < y1 and x1 - x0 > 3.0):
                continue
            r = 0.9 + off * 0.7
            spot = skia.Path()
            spot.addOval(skia.Rect.MakeLTRB(a - r, b - r, a + r, b + r))
            pool = skia.Op(spot, rect(x0, y0, x1, y1), skia.PathOp.kIntersect_PathOp)
            if pool is not None:
                pools.append((off, mark(pool, lamp.rgb, "lamp", alpha=0.5 * (1.0 - off / 3.0), soft=True)))
        nearest = [pool for _, pool in sorted(pools, key=lambda pair: pair[0])[:2]]
        lit.append(replace(panel, marks=(*panel.marks, *nearest)) if nearest else panel)
    return tuple(lit)


def _clear(rects_in: Iterable[Rect], holes: Iterable[Opening]) -> list[Rect]:
    """The rectangles that no opening touches."""
    boxes = [o.hole for o in holes]
    return [
        r
        for r in rects_in
        if not any(r[0] < b[2] + 0.05 and r[2] > b[0] - 0.05 and r[1] < b[3] and r[3] > b[1] for b in boxes)
    ]


def _surface(rng: Random, finish: Shell, base: RGB, length: float, holes: tuple[Opening, ...]) -> list[Mark]:
    high = finish.ceiling_m
    cut = [o.hole for o in holes if o.kind in ("window", "glass_door")]
    dark, light = scale(base, 0.9), mix(base, RGB(255, 250, 236), 0.16)
    marks = [mark(holed((0, 0, length, high), cut), base)]
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
    elif finish.pattern == "panels":
        step = 1.125
        bars = [(i * step - 0.02, 0.0, i * step + 0.02, high) for i in range(1, int(length / step) + 1)]
        marks.append(mark(rects(_clear(bars, holes)), dark, alpha=0.7))
    if finish.wainscot_rgb is not None:
        top = finish.wainscot_m
        spans = _spans(length, [o.hole for o in holes if o.sill < top])
        marks.append(mark(rects([(a, 0, b, top) for a, b in spans]), finish.wainscot_rgb))
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
    for area in _clear([(x, y, x + 1.4, y + 0.5) for x in _steps(length, 1.5) for y in (0.3, 1.0, 1.7, 2.2)], holes):
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
        marks.append(mark(_merged(strips, cut), shade, alpha=alpha))
    spans = _spans(length, [o.hole for o in holes if o.sill < 0.1])
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


def _ceiling(finish: Shell) -> Panel:
    area = (LEFT, NEAR, RIGHT, FAR)
    shade = RGB(30, 24, 40)
    marks = [mark(rect(*area), finish.ceiling_rgb, key=0.55)]
    for reach in (1.2, 0.5):
        marks.append(mark(frame(LEFT + reach, NEAR + reach, RIGHT - reach, FAR - reach, reach), shade, alpha=0.05))
    return floor_patch(area, finish.ceiling_m, marks, up=False)


def boards(rng: Random, rgb: RGB, area: Rect = (LEFT, NEAR, RIGHT, FAR), width: float = 0.22) -> tuple[Mark, ...]:
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


def tiles(rgb: RGB, other: RGB, size: float = 0.5, area: Rect = (LEFT, NEAR, RIGHT, FAR)) -> tuple[Mark, ...]:
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
