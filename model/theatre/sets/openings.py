"""Windows, doors and arches: what fills a hole in a wall, and the thickness of the wall round it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Literal

import skia

from model.stage import RGB, Vec3
from model.theatre.light import mix, scale
from model.theatre.sets.kit import (
    Mark,
    Panel,
    Rect,
    frame,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)

__all__ = ["Opening", "fitting", "reveal"]

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


def reveal(place: Callable[[float, float], Vec3], o: Opening, rgb: RGB) -> list[Panel]:
    """The thickness of the wall round an opening: left, right, top and sill."""
    x0, y0, x1, y1 = o.hole
    near0, near1 = place(x0, 0.0), place(x1, 0.0)
    far0, far1 = place(x0, -REVEAL_M), place(x1, -REVEAL_M)
    u = Vec3((near1.x - near0.x) / o.width, 0, (near1.z - near0.z) / o.width)
    out = Vec3((far0.x - near0.x) / REVEAL_M, 0, (far0.z - near0.z) / REVEAL_M)
    side = rect(0, 0, REVEAL_M, y1 - y0)
    level = rect(0, 0, o.width, REVEAL_M)
    up = Vec3(0, 1, 0)
    back = Vec3(-out.x, 0, -out.z)
    return [
        Panel(Vec3(near0.x, y0, near0.z), out, up, u, (0, 0, REVEAL_M, y1 - y0), (mark(side, rgb, key=0.75),)),
        Panel(
            Vec3(far1.x, y0, far1.z),
            back,
            up,
            Vec3(-u.x, 0, -u.z),
            (0, 0, REVEAL_M, y1 - y0),
            (mark(side, rgb, key=0.55),),
        ),
        Panel(Vec3(near0.x, y0, near0.z), u, out, up, (0, 0, o.width, REVEAL_M), (mark(level, rgb, key=0.95),)),
        Panel(
            Vec3(near0.x, y1, near0.z), u, out, Vec3(0, -1, 0), (0, 0, o.width, REVEAL_M), (mark(level, rgb, key=0.2),)
        ),
    ]


def fitting(rng: Random, o: Opening, trim: RGB, door: RGB) -> list[Mark]:
    """What fills an opening: a door's leaf, or a window's frame, glass bars, sill and curtains."""
    x0, y0, x1, y1 = o.hole
    dark = scale(trim, 0.7)
    if o.kind == "arch":
        hall = mix(trim, RGB(150, 122, 98), 0.7)
        return [
            mark(_open_frame(x0, y0, x1, y1, 0.1), trim),
            mark(rect(x0, y0, x1, y1), hall, key=0.25),
            mark(poly([(x0, y0), (x1, y0), (x1 - 0.3, y0 + 0.34), (x0 + 0.3, y0 + 0.34)]), scale(door, 0.8), key=0.3),
            mark(poly([(x0, y0), (x0 + 0.3, y0 + 0.34), (x0 + 0.3, y1 - 0.18), (x0, y1)]), scale(hall, 0.82), key=0.2),
            mark(rect(x0 + o.width * 0.42, y0 + 0.34, x0 + o.width * 0.72, y0 + 1.62), scale(door, 0.72), key=0.3),
            mark(rect(x0 + 0.3, y0 + 0.34, x0 + o.width * 0.42, y1 - 0.18), RGB(255, 214, 150), "lamp", alpha=0.22),
        ]
    if o.kind == "door":
        leaf, w = door, o.width
        insets = [
            (x0 + w * 0.16, y0 + 0.2, x1 - w * 0.16, y0 + 0.9),
            (x0 + w * 0.16, y0 + 1.08, x1 - w * 0.16, y1 - 0.2),
        ]
        return [
            mark(_open_frame(x0, y0, x1, y1, 0.1), trim),
            mark(_open_frame(x0, y0, x1, y1, 0.02), dark),
            mark(rect(x0, y0, x1, y1), leaf),
            mark(rects(insets, rng, 0.006), scale(leaf, 0.82)),
            mark(
                rects([(a + 0.02, b, c, d - 0.02) for a, b, c, d in insets], rng, 0.004),
                mix(leaf, RGB(255, 240, 210), 0.08),
            ),
            mark(oval(x1 - 0.09, y0 + 1.0, 0.035, 0.035), RGB(226, 190, 110)),
        ]
    columns, rows = o.bars
    bars = [(x0 + o.width * i / columns - 0.022, y0, x0 + o.width * i / columns + 0.022, y1) for i in range(1, columns)]
    bars += [(x0, y0 + o.height * j / rows - 0.022, x1, y0 + o.height * j / rows + 0.022) for j in range(1, rows)]
    sheen = poly(
        [
            (x0 + o.width * 0.12, y0),
            (x0 + o.width * 0.34, y0),
            (x0 + o.width * 0.72, y1),
            (x0 + o.width * 0.5, y1),
        ]
    )
    marks = [
        mark(sheen, RGB(255, 255, 255), alpha=0.08),
        mark(frame(x0 + 0.045, y0 + 0.045, x1 - 0.045, y1 - 0.045, 0.045), trim),
        mark(rects(bars), trim),
        mark(frame(x0, y0, x1, y1, 0.085), trim),
        mark(rect(x0 - 0.085, y0 - 0.012, x1 + 0.085, y0), dark),
    ]
    if o.kind == "window":
        marks += [
            mark(rect(x0 - 0.14, y0 - 0.13, x1 + 0.14, y0 - 0.05), mix(trim, RGB(255, 255, 255), 0.3)),
            mark(rect(x0 - 0.14, y0 - 0.16, x1 + 0.14, y0 - 0.13), dark),
        ]
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
    return rects(
        [(x0 - width, y0, x0, y1 + width), (x1, y0, x1 + width, y1 + width), (x0 - width, y1, x1 + width, y1 + width)]
    )


def _curtains(rng: Random, o: Opening, rgb: RGB) -> list[Mark]:
    x0, y0, x1, y1 = o.hole
    foot, rod = max(0.08, y0 - 0.35), y1 + 0.14
    cloth, folds, lights = skia.Path(), skia.Path(), skia.Path()
    for side in (-1, 1):
        edge = x0 - 0.22 if side < 0 else x1 + 0.22
        inner = edge + (0.52 + rng.uniform(-0.05, 0.05)) * -side
        cloth.addPath(
            poly(
                [
                    (edge, rod),
                    (inner, rod),
                    (inner + side * 0.10, (rod + foot) / 2),
                    (inner + side * 0.02, foot),
                    (edge, foot),
                ]
            ),
            0,
            0,
        )
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
