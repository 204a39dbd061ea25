"""What stands, lies and is stacked on a quay: pots, nets, crates, containers, drums, cranes."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    circle,
    double,
    line,
    mark,
    oval,
    rect,
    rects,
)

__all__ = ["BOXES", "barrels", "crane", "crates", "nets", "pots", "stack"]

ROPE, IRON = RGB(196, 172, 126), RGB(62, 62, 70)
BOXES = (RGB(172, 70, 58), RGB(66, 104, 138), RGB(206, 150, 70), RGB(92, 122, 92), RGB(150, 152, 156))


def pots(_rng: Random, at: Vec3) -> Piece:
    """Lobster pots in a stack, with floats."""
    frame = RGB(70, 92, 84)
    bars: list[Rect] = [(0.1 * i, 0, 0.1 * i + 0.025, 0.4) for i in range(8)]
    net = [mark(rects([*bars, (0, 0.12, 0.75, 0.14), (0, 0.26, 0.75, 0.28)]), scale(ROPE, 0.9))]
    panels: list[Panel] = []
    for dx, y, dz, t in ((0, 0, 0, 8), (0.8, 0, 0.1, -6), (0.35, 0.42, 0.05, 3), (0.1, 0.0, 0.62, 20)):
        panels += box(
            Vec3(at.x + dx, y, at.z + dz), (0.74, 0.4, 0.5), frame, 180 + t, front=net, back=net, left=net, right=net
        )
    floats = [
        mark(circle(x, y, 0.13), tint)
        for x, y, tint in (
            (-0.1, 0.13, RGB(236, 120, 60)),
            (0.2, 0.12, RGB(244, 232, 120)),
            (0.05, 0.32, RGB(236, 120, 60)),
        )
    ]
    foot = Vec3(at.x - 0.6, 0, at.z - 0.1)
    return Piece(at, 0.9, 0.85, (*panels, card(foot, 0.4, 0.5, floats)), shadow=(1.0, 0.6))


def nets(rng: Random, at: Vec3) -> Piece:
    """A heap of nets with corks, hung partly on a rail to dry."""
    tint = rng.choice((RGB(62, 120, 116), RGB(196, 110, 66), RGB(72, 96, 140)))
    heap = blob(rng, 0, 0.2, 0.9, 0.34, 12, 0.16)
    folds = brush(rng, (-0.8, 0.05, 0.8, 0.45), 14, 0.7, 0.03)
    corks = skia.Path()
    for i in range(9):
        corks.addPath(circle(-0.8 + 0.2 * i, 0.3 + 0.12 * math.sin(i * 1.7), 0.045), 0, 0)
    marks = [mark(heap, tint), mark(folds, scale(tint, 0.7)), mark(corks, RGB(240, 210, 120))]
    return Piece(at, 0.9, 0.55, (card(at, 1.0, 0.6, marks, below=0.15),), shadow=(0.95, 0.5))


def crates(rng: Random, at: Vec3, tall: int = 3) -> Piece:
    """Fish crates, stacked."""
    panels: list[Panel] = []
    for i in range(tall):
        for k in range(2):
            tint = rng.choice((RGB(74, 126, 160), RGB(222, 214, 196), RGB(206, 96, 70)))
            slot = [mark(rect(0.08, 0.2, 0.62, 0.25), scale(tint, 0.6))]
            where = Vec3(at.x + 0.74 * k + rng.uniform(-0.04, 0.04), 0.3 * i, at.z)
            if k == 0 or i < tall - 1:
                panels += box(where, (0.7, 0.28, 0.46), tint, 180 + rng.uniform(-5, 5), front=slot, back=slot)
    return Piece(at, 0.9, 0.3 * tall, tuple(panels), shadow=(0.9, 0.4))


def stack(rng: Random, at: Vec3, heading: float, tall: int) -> Piece:
    """Shipping containers, one on another."""
    panels: list[Panel] = []
    for i in range(tall):
        tint = rng.choice(BOXES)
        ribs: list[Rect] = [(0.3 * k + 0.12, 0.12, 0.3 * k + 0.22, 2.3) for k in range(20)]
        long = [mark(rects(ribs), scale(tint, 0.86)), mark(rect(0, 0, 6.1, 0.12), scale(tint, 0.7))]
        bars: list[Rect] = [(0.35, 0.1, 0.42, 2.4), (0.9, 0.1, 0.97, 2.4), (1.5, 0.1, 1.57, 2.4), (2.0, 0.1, 2.07, 2.4)]
        ends = [mark(rects([*bars, (1.2, 0.05, 1.23, 2.45)]), scale(tint, 0.7))]
        where = Vec3(at.x + rng.uniform(-0.1, 0.1), 2.55 * i, at.z)
        panels += box(where, (6.1, 2.5, 2.4), tint, heading, front=long, back=long, left=ends, right=ends)
    return Piece(at, 3.0, 2.55 * tall, tuple(panels), shadow=(3.1, 1.4) if heading % 180 == 0 else (1.4, 3.1))


def crane(rng: Random, at: Vec3, tint: RGB) -> Piece:
    """A portal crane astride the rails, its jib out over the water."""
    high, w = 13.0, 6.0
    lattice: list[Mark] = []
    for s in (-1, 1):
        lattice.append(mark(line([(s * w / 2, 0), (s * w * 0.36, high * 0.62)], 0.45), tint))
    lattice.append(
        mark(
            rects([(-w * 0.4, high * 0.6, w * 0.4, high * 0.67), (-w * 0.46, high * 0.22, w * 0.46, high * 0.25)]),
            scale(tint, 0.9),
        )
    )
    lattice.append(mark(line([(-w * 0.45, high * 0.23), (w * 0.36, high * 0.6)], 0.16), scale(tint, 0.75)))
    front = card(at, w * 0.6, high * 0.7, lattice)
    jib = [
        mark(rect(-1.4, high * 0.66, 1.5, high * 0.86), tint),
        mark(rects([(0.4, high * 0.7, 1.4, high * 0.8)]), RGB(255, 220, 160), "window"),
        mark(line([(-0.4, high * 0.86), (7.6, high * 1.42)], 0.34), tint),
        mark(line([(-0.6, high * 0.86), (-1.0, high * 1.14), (7.5, high * 1.42)], 0.09), scale(tint, 0.7)),
        mark(line([(7.6, high * 1.42), (7.6, high * 0.72)], 0.06), IRON),
        mark(rect(7.35, high * 0.66, 7.85, high * 0.73), IRON),
        mark(rect(-2.6, high * 0.7, -1.4, high * 0.8), scale(tint, 0.7)),
    ]
    ribs = [
        mark(
            line(
                [(0.8 + 0.85 * i, high * (0.94 + 0.059 * i)), (0.8 + 0.85 * i + 0.5, high * (0.94 + 0.059 * i) + 0.1)],
                0.4,
            ),
            scale(tint, 0.8),
        )
        for i in range(8)
    ]
    turn = rng.uniform(-0.5, 0.5)
    arm = Panel(
        at,
        Vec3(math.sin(turn), 0, math.cos(turn)),
        Vec3(0, 1, 0),
        Vec3(math.cos(turn), 0, -math.sin(turn)),
        (-2.6, 8, 8, high * 1.45),
        (*jib, *ribs),
    )
    top = Vec3(at.x, high * 1.2, at.z)
    return Piece(at, 1.6, high * 1.45, (front, *double(arm)), (Lamp(top, RGB(255, 90, 70), 0.7),), keep=True)


def barrels(rng: Random, at: Vec3) -> Piece:
    """Oil drums on a pallet."""
    marks: list[Mark] = [mark(rects([(-0.75, 0, 0.75, 0.12)]), RGB(150, 118, 84))]
    for x, y in ((-0.4, 0.12), (0.22, 0.12)):
        tint = rng.choice(BOXES)
        marks += [
            mark(rect(x - 0.3, y, x + 0.3, y + 0.86), tint, key=0.7),
            mark(rect(x + 0.08, y, x + 0.3, y + 0.86), scale(tint, 0.74), key=0.3),
            mark(
                rects([(x - 0.31, y + 0.27, x + 0.31, y + 0.31), (x - 0.31, y + 0.57, x + 0.31, y + 0.61)]),
                scale(tint, 0.6),
            ),
            mark(oval(x, y + 0.86, 0.3, 0.07), mix(tint, RGB(255, 255, 255), 0.2), key=0.9),
        ]
    return Piece(at, 0.75, 1.0, (card(at, 0.8, 1.06, marks),), shadow=(0.8, 0.4))
