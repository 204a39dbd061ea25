"""Goods and what moves them: racks, crates, pallets, drums, a forklift, a barrow."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Mark,
    Panel,
    Piece,
    Rect,
    box,
    card,
    circle,
    double,
    frame,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)

__all__ = ["drums", "forklift", "pallet", "rack", "stack", "trolley"]

CARTON = (RGB(196, 156, 108), RGB(178, 136, 92), RGB(210, 176, 132), RGB(150, 118, 88))
TAPE = RGB(226, 206, 170)


def _cartons(rng: Random, x0: float, x1: float, y: float, room: float) -> list[tuple[RGB, Rect]]:
    """Boxes side by side on a shelf, some with others on them."""
    found: list[tuple[RGB, Rect]] = []
    x = x0
    while x < x1 - 0.3:
        w, h = min(rng.uniform(0.4, 0.95), x1 - x), rng.uniform(0.4, 0.9) * room
        tint = (
            rng.choice(CARTON)
            if rng.random() < 0.8
            else rng.choice((RGB(90, 120, 150), RGB(120, 140, 110), RGB(206, 206, 200)))
        )
        if rng.random() < 0.88:
            found.append((tint, (x, y, x + w - 0.04, y + h)))
            if h < room * 0.55 and rng.random() < 0.6:
                found.append(
                    (rng.choice(CARTON), (x + 0.05, y + h, x + w * 0.8, y + h + room * rng.uniform(0.25, 0.4)))
                )
        x += w
    return found


def rack(rng: Random, at: Vec3, heading: float, steel: RGB) -> Piece:
    """A bay of racking three metres long and four levels high, full of goods."""
    wide, deep, high = 3.1, 1.1, 5.2
    levels = (0.12, 1.45, 2.75, 4.05)
    face: list[Mark] = [mark(rect(0.08, 0, wide - 0.08, high), RGB(44, 42, 50), alpha=0.92, key=0.2)]
    shelves: list[Rect] = []
    by_tint: dict[RGB, list[Rect]] = {}
    tapes: list[Rect] = []
    for y in levels:
        for tint, area in _cartons(rng, 0.16, wide - 0.16, y + 0.1, 1.1):
            by_tint.setdefault(tint, []).append(area)
            middle = (area[0] + area[2]) / 2
            tapes.append((middle - 0.03, area[1], middle + 0.03, area[3]))
        shelves.append((0, y, wide, y + 0.11))
    face += [mark(rects(found), tint) for tint, found in by_tint.items()]
    face.append(
        mark(
            rects([(c, b, c - 0.07, d) for found in by_tint.values() for _, b, c, d in found]),
            RGB(60, 44, 36),
            alpha=0.25,
        )
    )
    face.append(mark(rects(tapes), TAPE, alpha=0.7, fine=True))
    face += [
        mark(rects(shelves), steel),
        mark(rects([(0, 0, 0.1, high), (wide - 0.1, 0, wide, high)]), mix(steel, RGB(60, 70, 90), 0.55)),
    ]
    braces = skia.Path()
    for i in range(5):
        y = i * high / 5
        braces.addPath(
            line([(0.05, y), (deep - 0.05, y + high / 5)] if i % 2 else [(deep - 0.05, y), (0.05, y + high / 5)], 0.05),
            0,
            0,
        )
    ends = [
        mark(rect(0, 0, deep, high), RGB(70, 60, 58), alpha=1.0, key=0.3),
        mark(
            rects([(0.12, y + 0.12, deep - 0.12, y + rng.uniform(0.7, 1.15)) for y in levels]),
            rng.choice(CARTON),
            key=0.4,
        ),
        mark(braces, mix(steel, RGB(60, 70, 90), 0.55)),
        mark(rects([(0, 0, 0.09, high), (deep - 0.09, 0, deep, high)]), mix(steel, RGB(60, 70, 90), 0.55)),
    ]
    panels = box(
        at,
        (wide, high, deep),
        RGB(52, 48, 54),
        heading,
        front=face,
        back=face,
        left=ends,
        right=ends,
        top_rgb=CARTON[1],
    )
    return Piece(at, 1.6, high, panels, shadow=(1.6, 0.65) if heading % 180 == 0 else (0.65, 1.6))


def _crate(at: Vec3, size: tuple[float, float, float], tint: RGB, heading: float) -> tuple[Panel, ...]:
    """A crate of boards."""
    w, h, _ = size
    boards: list[Rect] = [(0.04, h * (i + 0.08) / 3, w - 0.04, h * (i + 0.9) / 3) for i in range(3)]
    marks = [
        mark(rects(boards), mix(tint, RGB(240, 220, 186), 0.2)),
        mark(line([(0.06, 0.06), (w - 0.06, h - 0.06)], 0.09), scale(tint, 0.86)),
        mark(frame(0.08, 0.08, w - 0.08, h - 0.08, 0.08), scale(tint, 0.9)),
    ]
    return box(
        at,
        size,
        scale(tint, 0.72),
        heading,
        front=marks,
        back=marks,
        left=[marks[0]],
        right=[marks[0]],
        top_rgb=mix(tint, RGB(240, 220, 186), 0.2),
    )


def stack(rng: Random, at: Vec3) -> Piece:
    """Crates of several sizes piled up."""
    wood = rng.choice((RGB(168, 130, 88), RGB(146, 110, 76)))
    turn = rng.uniform(-14, 14)
    panels = [
        *_crate(at, (1.3, 0.95, 1.1), wood, 180 + turn),
        *_crate(Vec3(at.x - 0.1, 0.95, at.z), (0.95, 0.7, 0.8), wood, 172 - turn),
    ]
    high = 1.65
    if rng.random() < 0.6:
        panels += _crate(Vec3(at.x + 0.05, 1.65, at.z), (0.6, 0.45, 0.55), wood, 190 + turn)
        high = 2.1
    side = rng.choice((-1, 1))
    panels += _crate(Vec3(at.x + side * 1.05, 0, at.z - 0.25), (0.6, 0.5, 0.6), wood, 180 - 2 * turn)
    return Piece(at, 0.95, high, tuple(panels), shadow=(1.1, 0.7))


def pallet(rng: Random, at: Vec3) -> Piece:
    """A pallet of cartons under film."""
    wood, tint = RGB(176, 140, 98), rng.choice(CARTON)
    high = rng.uniform(0.8, 1.5)
    cells: list[Rect] = [
        (0.02 + 0.39 * i, 0.02 + 0.3 * j, 0.38 + 0.39 * i, 0.29 + 0.3 * j)
        for i in range(3)
        for j in range(int(high / 0.3))
    ]
    load = [
        mark(rects(cells), mix(tint, RGB(250, 232, 200), 0.18)),
        mark(poly([(0.1, 0), (0.4, 0), (0.9, high), (0.6, high)]), RGB(255, 255, 255), alpha=0.14),
    ]
    slats = [
        mark(
            rects([(0.0, 0.0, 1.2, 0.03), (0.05, 0.03, 0.2, 0.12), (0.5, 0.03, 0.7, 0.12), (1.0, 0.03, 1.15, 0.12)]),
            scale(wood, 0.6),
        )
    ]
    turn = rng.uniform(-10, 10)
    panels = [
        *box(at, (1.24, 0.14, 1.0), wood, 180 + turn, front=slats, back=slats),
        *box(
            Vec3(at.x, 0.14, at.z),
            (1.18, high, 0.94),
            tint,
            180 + turn,
            front=load,
            back=load,
            left=load[:1],
            right=load[:1],
        ),
    ]
    return Piece(at, 0.8, high + 0.14, tuple(panels), shadow=(0.8, 0.65))


def drums(rng: Random, at: Vec3) -> Piece:
    """Three drums."""
    marks: list[Mark] = []
    for x, dy in ((-0.34, 0.1), (0.4, 0.06), (0.02, 0.0)):
        tint = rng.choice((RGB(60, 100, 140), RGB(186, 74, 58), RGB(90, 96, 100), RGB(206, 150, 60)))
        marks += [
            mark(rect(x - 0.3, dy, x + 0.3, dy + 0.9), tint, key=0.7),
            mark(rect(x + 0.06, dy, x + 0.3, dy + 0.9), scale(tint, 0.74), key=0.3),
            mark(
                rects([(x - 0.31, dy + 0.29, x + 0.31, dy + 0.33), (x - 0.31, dy + 0.6, x + 0.31, dy + 0.64)]),
                scale(tint, 0.6),
            ),
            mark(oval(x, dy + 0.9, 0.3, 0.07), mix(tint, RGB(255, 255, 255), 0.2), key=0.9),
        ]
    return Piece(at, 0.7, 1.05, (card(at, 0.8, 1.1, marks),), shadow=(0.8, 0.45))


def forklift(at: Vec3, heading: float) -> Piece:
    """A forklift at rest."""
    yellow, dark = RGB(230, 176, 52), RGB(52, 52, 58)
    wheels = [
        mark(circle(0.4, 0.0, 0.26), dark),
        mark(circle(1.6, 0.0, 0.26), dark),
        mark(rect(0.2, 0.5, 0.9, 0.62), dark),
    ]
    mast = [mark(rects([(0.1, 0, 0.2, 2.3), (0.8, 0, 0.9, 2.3), (0.1, 1.1, 0.9, 1.2), (0.1, 2.2, 0.9, 2.3)]), dark)]
    a = math.radians(heading)
    fx, fz = math.sin(a), math.cos(a)
    ahead = Vec3(at.x + fx * 1.05, 0, at.z + fz * 1.05)
    posts: list[Panel] = []
    for f in (-0.5, 0.55):
        for s in (-0.42, 0.42):
            posts += box(Vec3(at.x + fx * f + fz * s, 0.9, at.z + fz * f - fx * s), (0.07, 1.15, 0.07), dark, heading)
    u = Vec3(-fz, 0, fx)
    front = Panel(
        Vec3(ahead.x + fz * 0.5, 0.1, ahead.z - fx * 0.5),
        u,
        Vec3(0, 1, 0),
        Vec3(fx, 0, fz),
        (0, 0, 1.0, 2.3),
        tuple(mast),
    )
    panels = [
        *box(Vec3(at.x, 0.26, at.z), (0.95, 0.62, 2.0), yellow, heading, left=wheels, right=wheels, top_rgb=dark),
        *box(Vec3(at.x - fx * 0.72, 0.88, at.z - fz * 0.72), (0.95, 0.4, 0.5), yellow, heading),
        *posts,
        *box(Vec3(at.x, 2.05, at.z), (0.95, 0.07, 1.2), dark, heading),
        *double(front),
        *box(Vec3(ahead.x + fx * 0.5, 0.06, ahead.z + fz * 0.5), (0.7, 0.06, 0.9), dark, heading),
    ]
    return Piece(at, 1.1, 2.4, tuple(panels), shadow=(0.9, 1.1))


def trolley(at: Vec3) -> Piece:
    """A sack barrow with two boxes."""
    red = RGB(186, 62, 52)
    marks = [
        mark(
            rects(
                [(-0.24, 0.1, -0.2, 1.3), (0.2, 0.1, 0.24, 1.3), (-0.24, 1.26, 0.24, 1.32), (-0.24, 0.8, 0.24, 0.84)]
            ),
            red,
        ),
        mark(rect(-0.3, 0.1, 0.3, 0.48), CARTON[0], key=0.7),
        mark(rect(-0.25, 0.48, 0.24, 0.82), CARTON[2], key=0.8),
        mark(rects([(-0.03, 0.1, 0.03, 0.48), (-0.04, 0.48, 0.02, 0.82)]), TAPE),
        mark(circle(-0.26, 0.1, 0.1), RGB(40, 40, 46)),
        mark(circle(0.26, 0.1, 0.1), RGB(40, 40, 46)),
    ]
    return Piece(at, 0.35, 1.35, (card(at, 0.4, 1.36, marks),), shadow=(0.4, 0.25))
