"""The shell of a room: four different walls, floor and ceiling, with windows and doors cut through.

Walls are named as the master's camera sees them: far (z = 4.5), right (x = 4.5), near (z = -5.5, behind it), left.
Along a wall, positions run from its left end as seen from inside the room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
    wall,
)

__all__ = ["CEILING_M", "LEFT", "NEAR", "FAR", "RIGHT", "Opening", "Shell", "boards", "facing", "lamplit", "on_wall", "shell", "tiles"]

CEILING_M = 2.8
WallName = Literal["far", "right", "near", "left"]
LEFT, RIGHT, NEAR, FAR = -4.5, 4.5, -5.5, 4.5
ENDS: dict[WallName, tuple[tuple[float, float], tuple[float, float]]] = {
    "far": ((LEFT, FAR), (RIGHT, FAR)),
    "right": ((RIGHT, FAR), (RIGHT, NEAR)),
    "near": ((RIGHT, NEAR), (LEFT, NEAR)),
    "left": ((LEFT, NEAR), (LEFT, FAR)),
}
REVEAL_M = 0.16


@dataclass(frozen=True)
class Opening:
    """A window or door in a wall: its left edge along the wall, sill height, width and height in metres."""

    kind: Literal["window", "door", "glass_door", "arch"]
    x: float
    sill: float
    width: float
    height: float
    curtain: RGB | None = None
    bars: tuple[int, int] = (2, 2)
    blind: bool = False

    @property
    def hole(self) -> Rect:
        """Its rectangle on the wall."""
        return (self.x, self.sill, self.x + self.width, self.sill + self.height)


@dataclass(frozen=True, kw_only=True)
class Shell:
    """How a room is finished. A wall's extra marks lie over its paint."""

    wall_rgb: RGB
    far_rgb: RGB | None = None
    trim_rgb: RGB = RGB(232, 226, 212)
    ceiling_rgb: RGB = RGB(226, 220, 208)
    wainscot_rgb: RGB | None = None
    wainscot_m: float = 0.95
    door_rgb: RGB = RGB(128, 92, 64)
    ceiling_m: float = CEILING_M
    pattern: Literal["plain", "stripes", "tiles", "brick", "panels"] = "plain"


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
    rng: Random, finish: Shell, openings: Mapping[WallName, Iterable[Opening]], extras: Mapping[WallName, Iterable[Mark]]
) -> tuple[Panel, ...]:
    """Walls and ceiling, each wall after the reveals of its openings."""
    panels: list[Panel] = []
    names: tuple[WallName, ...] = ("far", "right", "near", "left")
    for name in names:
        holes = tuple(openings.get(name, ()))
        for opening in holes:
            if opening.kind in ("window", "glass_door", "arch"):
                panels.extend(_reveal(name, opening, finish.trim_rgb))
        start, end = ENDS[name]
        length = math.hypot(end[0] - start[0], end[1] - start[1])
        base = finish.far_rgb if name == "far" and finish.far_rgb is not None else finish.wall_rgb
        marks = [*_surface(rng, finish, base, length, holes)]
        for opening in holes:
            marks.extend(_fitting(rng, opening, finish))
        marks.extend(extras.get(name, ()))
        panels.append(wall(start, end, finish.ceiling_m, marks))
    panels.append(_ceiling(finish))
    return tuple(panels)


def lamplit(panels: Iterable[Panel], lamps: Iterable[Lamp]) -> tuple[Panel, ...]:
    """The same walls with the light that near lamps throw on them."""
    lit = []
    for panel in panels:
        pools = []
        for lamp in lamps:
            d = Vec3(lamp.at.x - panel.origin.x, lamp.at.y - panel.origin.y, lamp.at.z - panel.origin.z)
            off = d.x * panel.normal.x + d.y * panel.normal.y + d.z * panel.normal.z
            a, b = d.x * panel.u.x + d.y * panel.u.y + d.z * panel.u.z, d.x * panel.v.x + d.y * panel.v.y + d.z * panel.v.z
            x0, y0, x1, y1 = panel.extent
            if not (0 < off < 2.4 and x0 < a < x1 and y0 < b < y1 and x1 - x0 > 3.0):
                continue
            r = 0.9 + off * 0.7
            spot = skia.Path()
            spot.addOval(skia.Rect.MakeLTRB(a - r, b - r, a + r, b + r))
            pool = skia.Op(spot, rect(x0, y0, x1, y1), skia.PathOp.kIntersect_PathOp)
            if pool is not None:
                pools.append(mark(pool, lamp.rgb, "lamp", alpha=0.5 * (1.0 - off / 3.0), soft=True))
        lit.append(replace(panel, marks=(*panel.marks, *pools)) if pools else panel)
    return tuple(lit)


def _clear(rects_in: Iterable[Rect], holes: Iterable[Opening]) -> list[Rect]:
    """The rectangles that no opening touches."""
    boxes = [o.hole for o in holes]
    return [
        r for r in rects_in
        if not any(r[0] < b[2] + 0.05 and r[2] > b[0] - 0.05 and r[1] < b[3] and r[3] > b[1] for b in boxes)
    ]


def _surface(rng: Random, finish: Shell, base: RGB, length: float, holes: tuple[Opening, ...]) -> list[Mark]:
    high = finish.ceiling_m
    cut = [o.hole for o in holes if o.kind != "door"]
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
            for x in range(int(length / 0.3)) for y in range(int(high / 0.2)) if rng.random() < 0.10
        ]
        marks.append(mark(rects(_clear(cells, holes)), dark, alpha=0.4))
        marks.append(mark(rects(_clear(lines, holes)), light, alpha=0.7, fine=True))
    elif finish.pattern == "brick":
        cells = [
            (x * 0.26 + (y % 2) * 0.13, y * 0.11, x * 0.26 + (y % 2) * 0.13 + 0.24, y * 0.11 + 0.09)
            for x in range(int(length / 0.26)) for y in range(int(high / 0.11)) if rng.random() < 0.33
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
        slats = [(a + i * 0.3, 0.12, a + i * 0.3 + 0.015, top - 0.06) for a, b in spans for i in range(1, int((b - a) / 0.3))]
        marks.append(mark(rects(slats), scale(finish.wainscot_rgb, 0.84), fine=True))
        marks.append(mark(rects([(a, top - 0.02, b, top + 0.05) for a, b in spans]), mix(finish.wainscot_rgb, RGB(255, 248, 230), 0.3)))
    # Dry brush: broad, pale, well above where faces are lost in it.
    strokes = skia.Path()
    for area in _clear([(x, y, x + 1.4, y + 0.5) for x in _steps(length, 1.5) for y in (0.3, 1.0, 1.7, 2.2)], holes):
        strokes.addPath(brush(rng, area, 3, 1.2, 0.05, 0.12), 0, 0)
    marks.append(mark(strokes, light, alpha=0.22))
    # Where planes meet, light gathers less: corners, ceiling line and floor line, in two steps.
    shade = RGB(30, 24, 40)
    for reach, alpha in ((0.9, 0.05), (0.38, 0.07)):
        strips = [(0.0, 0.0, reach * 0.8, high), (length - reach * 0.8, 0.0, length, high), (0.0, high - reach, length, high)]
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


def _reveal(name: WallName, o: Opening, rgb: RGB) -> list[Panel]:
    """The thickness of the wall round an opening: left, right, top and sill."""
    x0, y0, x1, y1 = o.hole
    near0, near1 = on_wall(name, x0), on_wall(name, x1)
    far0, far1 = on_wall(name, x0, -REVEAL_M), on_wall(name, x1, -REVEAL_M)
    u = Vec3((near1.x - near0.x) / o.width, 0, (near1.z - near0.z) / o.width)
    out = Vec3((far0.x - near0.x) / REVEAL_M, 0, (far0.z - near0.z) / REVEAL_M)
    side = rect(0, 0, REVEAL_M, y1 - y0)
    level = rect(0, 0, o.width, REVEAL_M)
    up = Vec3(0, 1, 0)
    back = Vec3(-out.x, 0, -out.z)
    return [
        Panel(Vec3(near0.x, y0, near0.z), out, up, u, (0, 0, REVEAL_M, y1 - y0), (mark(side, rgb, key=0.75),)),
        Panel(Vec3(far1.x, y0, far1.z), back, up, Vec3(-u.x, 0, -u.z), (0, 0, REVEAL_M, y1 - y0), (mark(side, rgb, key=0.55),)),
        Panel(Vec3(near0.x, y0, near0.z), u, out, up, (0, 0, o.width, REVEAL_M), (mark(level, rgb, key=0.95),)),
        Panel(Vec3(near0.x, y1, near0.z), u, out, Vec3(0, -1, 0), (0, 0, o.width, REVEAL_M), (mark(level, rgb, key=0.2),)),
    ]


def _fitting(rng: Random, o: Opening, finish: Shell) -> list[Mark]:
    """What fills an opening: a door's leaf, or a window's frame, glass bars, sill and curtains."""
    x0, y0, x1, y1 = o.hole
    trim, dark = finish.trim_rgb, scale(finish.trim_rgb, 0.7)
    if o.kind == "arch":
        return [mark(frame(x0, y0, x1, y1, 0.1), trim)]
    if o.kind == "door":
        leaf, w = finish.door_rgb, o.width
        insets = [(x0 + w * 0.16, y0 + 0.2, x1 - w * 0.16, y0 + 0.9), (x0 + w * 0.16, y0 + 1.08, x1 - w * 0.16, y1 - 0.2)]
        return [
            mark(_open_frame(x0, y0, x1, y1, 0.1), trim),
            mark(_open_frame(x0, y0, x1, y1, 0.02), dark),
            mark(rect(x0, y0, x1, y1), leaf),
            mark(rects(insets, rng, 0.006), scale(leaf, 0.82)),
            mark(rects([(a + 0.02, b, c, d - 0.02) for a, b, c, d in insets], rng, 0.004), mix(leaf, RGB(255, 240, 210), 0.08)),
            mark(oval(x1 - 0.09, y0 + 1.0, 0.035, 0.035), RGB(226, 190, 110)),
        ]
    columns, rows = o.bars
    bars = [(x0 + o.width * i / columns - 0.022, y0, x0 + o.width * i / columns + 0.022, y1) for i in range(1, columns)]
    bars += [(x0, y0 + o.height * j / rows - 0.022, x1, y0 + o.height * j / rows + 0.022) for j in range(1, rows)]
    sheen = poly([
        (x0 + o.width * 0.12, y0), (x0 + o.width * 0.34, y0), (x0 + o.width * 0.72, y1), (x0 + o.width * 0.5, y1),
    ])
    marks = [
        mark(sheen, RGB(255, 255, 255), alpha=0.08),
        mark(frame(x0 + 0.045, y0 + 0.045, x1 - 0.045, y1 - 0.045, 0.045), trim),
        mark(rects(bars), trim),
        mark(frame(x0, y0, x1, y1, 0.085), trim),
        mark(rect(x0 - 0.085, y0 - 0.012, x1 + 0.085, y0), dark),
    ]
    if o.kind == "window":
        marks += [mark(rect(x0 - 0.14, y0 - 0.13, x1 + 0.14, y0 - 0.05), mix(trim, RGB(255, 255, 255), 0.3)), mark(rect(x0 - 0.14, y0 - 0.16, x1 + 0.14, y0 - 0.13), dark)]
    else:
        marks.append(mark(rect(x1 - 0.16, 0.95, x1 - 0.12, 1.2), RGB(80, 76, 72)))
    if o.blind:
        slats = [(x0, y1 - 0.06 * i - 0.045, x1, y1 - 0.06 * i) for i in range(int(o.height * 0.42 / 0.06))]
        marks.append(mark(rects(slats), mix(trim, RGB(210, 204, 190), 0.5)))
    if o.curtain is not None:
        marks += _curtains(rng, o, o.curtain)
    return marks


def _open_frame(x0: float, y0: float, x1: float, y1: float, width: float) -> skia.Path:
    """A door's casing: no bar along the floor."""
    return rects([(x0 - width, y0, x0, y1 + width), (x1, y0, x1 + width, y1 + width), (x0 - width, y1, x1 + width, y1 + width)])


def _curtains(rng: Random, o: Opening, rgb: RGB) -> list[Mark]:
    x0, y0, x1, y1 = o.hole
    foot, rod = max(0.08, y0 - 0.35), y1 + 0.14
    cloth, folds, lights = skia.Path(), skia.Path(), skia.Path()
    for side in (-1, 1):
        edge = x0 - 0.22 if side < 0 else x1 + 0.22
        inner = edge + (0.52 + rng.uniform(-0.05, 0.05)) * -side
        cloth.addPath(poly([(edge, rod), (inner, rod), (inner + side * 0.10, (rod + foot) / 2), (inner + side * 0.02, foot), (edge, foot)]), 0, 0)
        for k in range(4):
            x = edge + (inner - edge) * (k + 0.5) / 4
            folds.addPath(poly([(x, rod), (x + 0.03, rod), (x + 0.045, foot), (x - 0.01, foot)]), 0, 0)
            lights.addPath(poly([(x + 0.04, rod), (x + 0.06, rod), (x + 0.075, foot), (x + 0.05, foot)]), 0, 0)
    return [
        mark(cloth, rgb),
        mark(folds, scale(rgb, 0.78)),
        mark(lights, mix(rgb, RGB(255, 246, 226), 0.22)),
        mark(line([(x0 - 0.36, rod + 0.02), (x1 + 0.36, rod + 0.02)], 0.035), RGB(92, 72, 56)),
    ]


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
    light, dark, gaps = [], [], []
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
        for i in range(math.ceil((x1 - x0) / size)) for j in range(math.ceil((z1 - z0) / size)) if (i + j) % 2
    ]
    return (mark(rect(*area), rgb), mark(rects(cells), other), *edge_shade(area))


def edge_shade(area: Rect) -> tuple[Mark, ...]:
    """The darker floor along the walls."""
    x0, z0, x1, z1 = area
    return tuple(
        mark(frame(x0 + reach, z0 + reach, x1 - reach, z1 - reach, reach), RGB(24, 16, 32), alpha=alpha)
        for reach, alpha in ((1.1, 0.07), (0.45, 0.09))
    )
