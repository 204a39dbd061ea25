"""Boats and ships that lie on a set's water, whole and seen from any side; those that a shot moves are props."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import Lamp, Mark, Panel, Piece, Rect, box, card, circle, line, mark, poly, rect, rects

__all__ = ["barge", "cargo_ship", "fishing_boat", "sailing_boat"]

HULLS = (RGB(52, 98, 132), RGB(178, 68, 54), RGB(62, 116, 96), RGB(232, 222, 200), RGB(206, 150, 62))
GLASS, WOOD, WHITE = RGB(70, 90, 110), RGB(146, 108, 76), RGB(240, 236, 224)


def _hull(at: Vec3, heading: float, size: tuple[float, float, float], rgb: RGB, stripe: RGB) -> list[Panel]:
    """A hull of (length, beam, freeboard) from its stern at -length/2 to its stem, its bow along `heading`."""
    length, beam, high = size
    a = math.radians(heading)
    fx, fz = math.sin(a), math.cos(a)
    rx, rz = fz, -fx

    def point(f: float, r: float, y: float) -> Vec3:
        return Vec3(at.x + fx * f + rx * r, at.y + y, at.z + fz * f + rz * r)

    stem, quarter, stern = length / 2, length * 0.22, -length / 2
    rim = [(stern, 0.42), (quarter, 0.5), (stem, 0.0)]
    panels: list[Panel] = []
    for side in (-1, 1):
        for (f0, r0), (f1, r1) in ((rim[0], rim[1]), (rim[1], rim[2])):
            start, end = point(f0, side * r0 * beam, 0), point(f1, side * r1 * beam, 0)
            rise0, rise1 = (1.0, 1.04) if f1 < stem else (1.04, 1.4)
            panels.append(_strake(start, end, high * rise0, high * rise1, rgb, stripe, side > 0))
    panels.append(
        _strake(point(stern, -0.42 * beam, 0), point(stern, 0.42 * beam, 0), high, high, scale(rgb, 0.9), stripe, False)
    )
    deck = Panel(
        point(0, 0, high * 0.86), Vec3(fx, 0, fz), Vec3(rx, 0, rz), Vec3(0, 1, 0), (-stem, -beam / 2, stem, beam / 2),
        (mark(poly([(f, r * beam) for f, r in rim] + [(f, -r * beam) for f, r in reversed(rim[:-1])]), WOOD),),
    )  # fmt: skip
    return [deck, *panels]


def _strake(start: Vec3, end: Vec3, h0: float, h1: float, rgb: RGB, stripe: RGB, swap: bool) -> Panel:
    """A side of a hull from keel line to rim, seen from outside; `swap` where it reads from `end` to `start`."""
    if swap:
        start, end, h0, h1 = end, start, h1, h0
    w = math.hypot(end.x - start.x, end.z - start.z)
    u = Vec3((end.x - start.x) / w, 0, (end.z - start.z) / w)
    marks = [
        mark(poly([(0, 0), (w, 0), (w, h1), (0, h0)]), rgb),
        mark(poly([(0, h0 * 0.82), (w, h1 * 0.82), (w, h1), (0, h0)]), stripe),
        mark(rect(0, -0.04, w, min(h0, h1) * 0.2), scale(rgb, 0.55)),
    ]
    return Panel(start, u, Vec3(0, 1, 0), Vec3(u.z, 0, -u.x), (0, -0.1, w, max(h0, h1)), tuple(marks))


def fishing_boat(rng: Random, at: Vec3, heading: float, length: float = 7.5) -> Piece:
    """A fishing boat with a wheelhouse, a mast with its boom, and a lamp."""
    rgb = rng.choice(HULLS)
    a = math.radians(heading)
    fx, fz = math.sin(a), math.cos(a)
    high, beam = length * 0.15, length * 0.32
    house = Vec3(at.x - fx * length * 0.12, at.y + high * 0.8, at.z - fz * length * 0.12)
    w = beam * 0.62
    panes: list[Rect] = [(0.12, 0.85, w * 0.46, 1.35), (w * 0.54, 0.85, w - 0.12, 1.35)]
    glass = [mark(rects(panes), RGB(255, 214, 150), "window"), mark(rect(0, 0, w, 0.18), scale(rgb, 0.8))]
    mast = Vec3(at.x + fx * length * 0.12, at.y, at.z + fz * length * 0.12)
    tall = length * 0.78
    gear: list[Mark] = [
        mark(rect(-0.06, 0, 0.06, tall), WOOD),
        mark(line([(0, tall * 0.45), (length * 0.26, tall * 0.8)], 0.07), scale(WOOD, 0.8)),
        mark(line([(0, tall), (length * 0.26, tall * 0.8)], 0.025), RGB(70, 66, 70)),
        mark(line([(0, tall), (-length * 0.3, high)], 0.02), RGB(70, 66, 70)),
        mark(line([(0, tall), (length * 0.36, high * 1.2)], 0.02), RGB(70, 66, 70)),
        mark(poly([(0, tall), (0, tall * 0.93), (-0.5, tall * 0.955)]), rng.choice(HULLS)),
    ]
    floats = [mark(circle(x, high * 0.6, 0.17), RGB(232, 120, 60)) for x in (-length * 0.2, 0.1, length * 0.16)]
    lamp = Lamp(Vec3(mast.x, at.y + tall * 0.8, mast.z), RGB(255, 220, 160), 0.9)
    panels = [
        *_hull(at, heading, (length, beam, high), rgb, mix(rgb, WHITE, 0.8)),
        *box(
            house,
            (w, 1.6, length * 0.22),
            WHITE,
            heading,
            front=glass,
            back=glass,
            left=glass,
            right=glass,
            top_rgb=rgb,
        ),
        card(mast, length * 0.4, tall, [*floats, *gear]),
    ]
    return Piece(at, length * 0.5, tall, tuple(panels), (lamp,), moves="bobs")


def sailing_boat(rng: Random, at: Vec3, heading: float, length: float = 7.0, sails: bool = False) -> Piece:
    """A yacht; its sails are furled unless `sails`."""
    rgb = rng.choice((WHITE, WHITE, RGB(44, 66, 98), RGB(150, 50, 46)))
    a = math.radians(heading)
    fx, fz = math.sin(a), math.cos(a)
    high, beam, tall = length * 0.12, length * 0.28, length * 1.35
    mast = Vec3(at.x + fx * length * 0.06, at.y, at.z + fz * length * 0.06)
    boom = high + 1.0
    rig: list[Mark] = [
        mark(rect(-0.05, 0, 0.05, tall), RGB(206, 206, 208)),
        mark(line([(0, tall), (length * 0.44, high)], 0.02), RGB(120, 120, 126)),
        mark(line([(0, tall), (-length * 0.45, high)], 0.02), RGB(120, 120, 126)),
    ]
    if sails:
        rig += [
            mark(poly([(-0.1, tall * 0.96), (-0.1, boom), (-length * 0.4, boom)]), RGB(246, 242, 230), key=0.9),
            mark(poly([(0.12, tall * 0.86), (0.12, boom * 0.9), (length * 0.42, high)]), RGB(232, 226, 214), key=0.7),
        ]
    else:
        rig.append(
            mark(
                poly(
                    [(0, boom - 0.12), (-length * 0.38, boom - 0.06), (-length * 0.38, boom + 0.05), (0, boom + 0.12)]
                ),
                RGB(60, 84, 128),
            )
        )
    cabin = Vec3(at.x - fx * 0.2, at.y + high * 0.86, at.z - fz * 0.2)
    side = [
        mark(
            rects([(0.25 + 0.6 * i, 0.14, 0.65 + 0.6 * i, 0.3) for i in range(int(length * 0.36 / 0.6))]), GLASS, "pane"
        )
    ]
    panels = [
        *_hull(at, heading, (length, beam, high), rgb, mix(rgb, RGB(60, 84, 128), 0.5)),
        *box(cabin, (beam * 0.5, 0.42, length * 0.4), WHITE, heading, left=side, right=side),
        card(mast, length * 0.46, tall, rig),
    ]
    return Piece(at, length * 0.5, tall, tuple(panels), moves="bobs")


def barge(rng: Random, at: Vec3, heading: float) -> Piece:
    """A low river barge with a wheelhouse at its stern."""
    rgb = rng.choice((RGB(58, 62, 74), RGB(108, 58, 50), RGB(52, 84, 80)))
    a = math.radians(heading)
    stern = Vec3(at.x - math.sin(a) * 10.0, at.y + 1.0, at.z - math.cos(a) * 10.0)
    glass = [mark(rects([(0.3, 1.1, 1.5, 1.8), (1.9, 1.1, 3.1, 1.8)]), RGB(255, 220, 160), "window")]
    hatches: list[Rect] = [(0.6 + 2.6 * i, 0.3, 2.8 + 2.6 * i, 1.0) for i in range(5)]
    load = [mark(rects(hatches), mix(rgb, RGB(190, 160, 110), 0.5))]
    hold = Vec3(at.x + math.sin(a) * 1.5, at.y + 1.2, at.z + math.cos(a) * 1.5)
    panels = [
        *_hull(at, heading, (27.0, 5.4, 1.4), rgb, mix(rgb, WHITE, 0.4)),
        *box(hold, (3.8, 1.1, 14.0), scale(rgb, 1.15), heading, left=load, right=load, top_rgb=RGB(150, 130, 100)),
        *box(stern, (3.4, 2.4, 3.0), WHITE, heading, front=glass, back=glass, left=glass, right=glass),
    ]
    return Piece(at, 13.5, 4.0, tuple(panels), moves="bobs")


def cargo_ship(rng: Random, at: Vec3, along: float, colours: Sequence[RGB]) -> Piece:
    """A ship far off, broadside on: hull, stacked boxes, bridge and funnel; `along` its length in metres."""
    rgb = rng.choice((RGB(52, 66, 88), RGB(140, 54, 46), RGB(46, 84, 78)))
    h = along * 0.07
    marks: list[Mark] = [
        mark(poly([(-along / 2, h), (along / 2, h * 1.25), (along * 0.46, 0), (-along * 0.48, 0)]), rgb),
        mark(
            poly([(-along * 0.49, h * 0.3), (along * 0.465, h * 0.3), (along * 0.46, 0), (-along * 0.48, 0)]),
            RGB(126, 48, 42),
        ),
        mark(rect(-along * 0.46, h, -along * 0.34, h * 3.0), WHITE),
        mark(
            rects([(-along * 0.455, h * (1.5 + 0.5 * i), -along * 0.345, h * (1.66 + 0.5 * i)) for i in range(3)]),
            GLASS,
            "window",
        ),
        mark(rect(-along * 0.44, h * 3.0, -along * 0.4, h * 3.8), rgb),
    ]
    step = along * 0.052
    for k, tint in enumerate(colours):
        cells = [
            (-along * 0.3 + step * i, h * (1.05 + 0.42 * j), -along * 0.3 + step * (i + 0.94), h * (1.45 + 0.42 * j))
            for i in range(14) for j in range(4) if (i * 7 + j * 5 + i * j) % len(colours) == k and j < 2 + (i * 5) % 3
        ]  # fmt: skip
        marks.append(mark(rects(cells), tint))
    return Piece(at, along / 2, h * 4, (card(at, along / 2, h * 4, marks),))
