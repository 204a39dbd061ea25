"""Windows, doors and arches as holes in a wall: their frames, glass bars and curtains, the thickness of the wall.

A door's leaf and what lies behind it are `model.theatre.sets.doorway`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Literal

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Mark,
    Panel,
    Rect,
    frame,
    line,
    mark,
    poly,
    rect,
    rects,
)

__all__ = ["LeafStyle", "Opening", "arched", "dressed", "fitting", "reveal", "together"]

REVEAL_M = 0.16
LeafStyle = Literal["panelled", "flush", "vision", "glass", "planks", "steel", "bars"]


@dataclass(frozen=True)
class Opening:
    """A window or door in a wall: its left edge along the wall, sill height, width and height in metres."""

    kind: Literal["window", "door", "arch"]
    x: float
    sill: float
    width: float
    height: float
    curtain: RGB | None = None
    bars: tuple[int, int] = (2, 2)
    blind: float = 0.0  # how far a blind is let down, 0 to 1
    drawn: float = 0.0  # how far curtains are drawn, 0 to 1
    head: Literal["square", "round", "pointed"] = "square"
    leaf: LeafStyle = "panelled"
    double: bool = False
    leads: Literal["hall", "outside"] = "hall"
    hinge: Literal["left", "right"] = "left"

    @property
    def hole(self) -> Rect:
        """Its rectangle on the wall."""
        return (self.x, self.sill, self.x + self.width, self.sill + self.height)

    @property
    def is_door(self) -> bool:
        """Whether one can walk through."""
        return self.kind != "window"

    @property
    def shows_outside(self) -> bool:
        """Whether the world outside may be seen through it."""
        return not self.is_door or self.leads == "outside"

    @property
    def see_through(self) -> bool:
        """Whether one sees through it while it is shut."""
        return self.kind == "window" or self.kind == "arch" or self.leaf in ("glass", "bars")


def dressed(rng: Random, opening: Opening, cloth: RGB) -> Opening:
    """A window with curtains, half drawn ones, a blind or nothing, as the seed has it."""
    way = rng.randrange(6)
    if way < 3:
        return replace(opening, curtain=cloth, drawn=(0.0, 0.0, rng.uniform(0.25, 0.5))[way])
    return replace(opening, blind=(rng.uniform(0.2, 0.55) if way < 5 else 0.0))


def reveal(place: Callable[[float, float], Vec3], o: Opening, rgb: RGB, wall: str) -> list[Panel]:
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
    sides = [
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
    return [replace(side, wall=wall) for side in sides]


def fitting(rng: Random, o: Opening, trim: RGB, wall: RGB) -> list[Mark]:
    """What lies on the wall about an opening: a door's casing, or a window's frame, bars, sill and curtains."""
    x0, y0, x1, y1 = o.hole
    dark = scale(trim, 0.7)
    if o.is_door:
        if o.head != "square":
            return arched(o, wall, trim)
        return [mark(_open_frame(x0, y0, x1, y1, 0.1), trim), mark(_open_frame(x0, y0, x1, y1, 0.02), dark)]
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
    marks = [mark(sheen, RGB(255, 255, 255), alpha=0.08), mark(rects(bars), trim)]
    if o.head == "square":
        marks += [mark(frame(x0 + 0.045, y0 + 0.045, x1 - 0.045, y1 - 0.045, 0.045), trim)]
        marks += [mark(frame(x0, y0, x1, y1, 0.085), trim)]
    else:
        marks += arched(o, wall, trim)
    marks += [
        mark(rect(x0 - 0.085, y0 - 0.012, x1 + 0.085, y0), dark),
        mark(rect(x0 - 0.14, y0 - 0.13, x1 + 0.14, y0 - 0.05), mix(trim, RGB(255, 255, 255), 0.3)),
        mark(rect(x0 - 0.14, y0 - 0.16, x1 + 0.14, y0 - 0.13), dark),
    ]
    if o.blind:
        foot = y1 - o.height * o.blind
        slats = [(x0, y1 - 0.06 * i - 0.045, x1, y1 - 0.06 * i) for i in range(int(o.height * o.blind / 0.06))]
        marks.append(mark(rects(slats), mix(trim, RGB(210, 204, 190), 0.5)))
        marks.append(mark(rect(x0, foot - 0.03, x1, foot), scale(mix(trim, RGB(210, 204, 190), 0.5), 0.86)))
    if o.curtain is not None:
        marks += _curtains(rng, o, o.curtain)
    return marks


def together(many: Iterable[Sequence[Mark]]) -> list[Mark]:
    """The marks of several openings that do not touch, alike ones drawn as one shape: a wall of windows is cheap."""
    alike: dict[tuple[object, ...], list[Sequence[Mark]]] = {}
    for marks in many:
        alike.setdefault(tuple((m.rgb, m.paint, m.alpha, m.key, m.fine, m.soft) for m in marks), []).append(marks)
    found: list[Mark] = []
    for group in alike.values():
        for row in zip(*group, strict=True):
            path = skia.Path(row[0].path)
            for other in row[1:]:
                path.addPath(other.path, 0, 0)
            found.append(replace(row[0], path=path))
    return found


def _arch(o: Opening) -> skia.Path:
    """An opening's outline with its arched head."""
    x0, y0, x1, y1 = o.hole
    rise = o.width * (0.5 if o.head == "round" else 0.85)
    middle, spring = (x0 + x1) / 2, y1 - rise
    path = skia.Path()
    path.moveTo(x0, y0)
    path.lineTo(x0, spring)
    if o.head == "round":
        path.cubicTo(x0, spring + rise * 0.55, middle - o.width * 0.275, y1, middle, y1)
        path.cubicTo(middle + o.width * 0.275, y1, x1, spring + rise * 0.55, x1, spring)
    else:
        path.quadTo(x0 + o.width * 0.02, spring + rise * 0.62, middle, y1)
        path.quadTo(x1 - o.width * 0.02, spring + rise * 0.62, x1, spring)
    path.lineTo(x1, y0)
    path.close()
    return path


def arched(o: Opening, wall: RGB, trim: RGB) -> list[Mark]:
    """The wall round an arched head and its moulding, for what was laid over the opening."""
    return [mark(_spandrels(o), wall), mark(_arch_line(o), trim)]


def _spandrels(o: Opening) -> skia.Path:
    """The wall between an arched head and its rectangle."""
    path = rect(*o.hole)
    path.addPath(_arch(o), 0, 0)
    path.setFillType(skia.PathFillType.kEvenOdd)
    return path


def _arch_line(o: Opening) -> skia.Path:
    """A moulding along an arched head."""
    x0, y0, x1, _ = o.hole
    wide = skia.Path(_arch(o))
    grow = skia.Matrix.Translate((x0 + x1) / 2, y0)
    grow.preScale((o.width + 0.2) / o.width, (o.height + 0.12) / o.height)
    grow.preTranslate(-(x0 + x1) / 2, -y0)
    wide.transform(grow)
    wide.addPath(_arch(o), 0, 0)
    wide.setFillType(skia.PathFillType.kEvenOdd)
    return wide


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
        inner = edge + (0.52 + rng.uniform(-0.05, 0.05) + o.drawn * (o.width / 2 - 0.25)) * -side
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
