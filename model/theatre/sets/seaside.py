"""What people bring to a beach or a roof, and the birds that come for it."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import scale
from model.theatre.sets.kit import (
    Piece,
    card,
    circle,
    line,
    mark,
    poly,
    rect,
    rects,
)
from model.theatre.sets.outside import BRIGHT, WHITE, WOOD, flat

__all__ = ["deck_chair", "gull", "parasol", "towel"]


def gull(rng: Random, at: Vec3) -> Piece:
    """A gull that stands."""
    s = 1 if rng.random() < 0.5 else -1
    marks = [
        mark(rects([(-0.02, 0, 0.0, 0.14), (0.03, 0, 0.05, 0.14)]), RGB(236, 170, 70)),
        mark(poly([(-0.16 * s, 0.26), (0.1 * s, 0.36), (0.12 * s, 0.22), (0.0, 0.13), (-0.1 * s, 0.16)]), WHITE),
        mark(poly([(-0.26 * s, 0.24), (0.06 * s, 0.32), (0.0, 0.2), (-0.12 * s, 0.19)]), RGB(150, 158, 170)),
        mark(circle(0.12 * s, 0.38, 0.055), WHITE),
        mark(poly([(0.16 * s, 0.39), (0.25 * s, 0.37), (0.16 * s, 0.355)]), RGB(240, 186, 70)),
    ]
    return flat(at, 0.28, 0.46, marks, 0.5)


def parasol(rng: Random, at: Vec3) -> Piece:
    """A beach parasol, stuck in at a slant, in two colours."""
    one, two = rng.sample(BRIGHT, 2)
    lean = rng.choice((-1, 1)) * rng.uniform(0.1, 0.3)
    top = (lean * 2.3, 2.3)
    rim = [(top[0] - 1.3 + 2.6 * i / 6 + lean * 0.2, 1.72 - lean * (-1.3 + 2.6 * i / 6) * 0.5) for i in range(7)]
    stripes = skia.Path()
    for i in range(0, 6, 2):
        stripes.addPath(poly([rim[i], rim[i + 1], top]), 0, 0)
    marks = [
        mark(line([(0, 0), top], 0.05), WHITE),
        mark(
            poly(
                [rim[0], ((rim[0][0] + top[0]) / 2 - 0.16, 2.16), top, ((rim[6][0] + top[0]) / 2 + 0.16, 2.16), rim[6]]
            ),
            one,
            key=0.9,
        ),
        mark(stripes, two, key=0.9),
        mark(poly([rim[4], rim[5], rim[6], ((rim[6][0] + top[0]) / 2 + 0.16, 2.16), top]), RGB(30, 20, 40), alpha=0.16),
    ]
    return Piece(at, 1.1, 2.3, (card(at, 2.0, 2.4, marks),), shadow=(1.2, 0.5))


def towel(rng: Random, at: Vec3) -> Piece:
    """A towel on the sand, with a bag and a ball or a pair of shoes."""
    one, two = rng.sample(BRIGHT, 2)
    marks = [
        mark(poly([(-0.95, 0.02), (0.75, 0.0), (0.95, 0.24), (-0.75, 0.28)]), one, key=0.9),
        mark(poly([(-0.6, 0.015), (-0.4, 0.01), (-0.2, 0.265), (-0.42, 0.27)]), two, key=0.9),
        mark(poly([(0.3, 0.005), (0.5, 0.003), (0.7, 0.245), (0.48, 0.25)]), two, key=0.9),
        mark(rect(-0.98, 0.1, -0.6, 0.44), scale(two, 0.8)),
        mark(line([(-0.92, 0.42), (-0.79, 0.62), (-0.66, 0.42)], 0.03), scale(two, 0.6)),
        mark(circle(0.86, 0.17, 0.15), WHITE),
        mark(poly([(0.86, 0.17), (0.98, 0.26), (0.99, 0.1)]), one),
    ]
    return Piece(at, 0.8, 0.6, (card(at, 1.05, 0.65, marks),))


def deck_chair(rng: Random, at: Vec3) -> Piece:
    """A deck chair seen from its side."""
    s, tint = rng.choice((-1, 1)), rng.choice(BRIGHT)
    marks = [
        mark(line([(-0.5 * s, 0), (0.45 * s, 0.95)], 0.05), WOOD),
        mark(line([(0.45 * s, 0), (-0.35 * s, 0.5)], 0.05), scale(WOOD, 0.8)),
        mark(line([(-0.36 * s, 0.5), (-0.12 * s, 0.3), (0.16 * s, 0.48), (0.45 * s, 0.95)], 0.07), tint, key=0.9),
    ]
    return flat(at, 0.6, 1.05, marks, 0.9)
