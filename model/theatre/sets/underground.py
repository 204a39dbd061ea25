"""What is found in caves: crystals that glow, an old camp."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Mark,
    Piece,
    blob,
    box,
    card,
    mark,
    oval,
    poly,
    rect,
)

__all__ = ["camp", "crystals"]


def crystals(rng: Random, at: Vec3, size: float, glow: RGB) -> Piece:
    """A cluster of crystals with a light of its own."""
    bright, deep = skia.Path(), skia.Path()
    for i in range(6):
        a = -0.9 + 0.36 * i + rng.uniform(-0.1, 0.1)
        h = size * rng.uniform(0.6, 1.0) * (1.0 - 0.42 * abs(a))
        dx, dy, w = math.sin(a), math.cos(a), size * rng.uniform(0.07, 0.13)
        foot = ((i - 2.5) * size * 0.1, 0.0)
        tip = (foot[0] + dx * h, dy * h)
        neck = (foot[0] + dx * h * 0.82, dy * h * 0.82)
        bright.addPath(
            poly([(foot[0] - w * dy, w * dx), (neck[0] - w * dy, neck[1] + w * dx), tip, (neck[0], neck[1]), foot]),
            0,
            0,
        )
        deep.addPath(poly([foot, neck, tip, (neck[0] + w * dy, neck[1] - w * dx), (foot[0] + w * dy, -w * dx)]), 0, 0)
    marks = [mark(deep, scale(glow, 0.62), "flame"), mark(bright, mix(glow, RGB(255, 255, 255), 0.25), "flame")]
    lamp = Lamp(Vec3(at.x, size * 0.5, at.z), glow, size * 1.1, size * 1.7, always=True)
    return Piece(
        at,
        size * 0.6,
        size,
        (card(at, size * 1.2, size * 1.1, marks, below=0.1),),
        (lamp,),
        shadow=(size * 0.6, size * 0.3),
    )


def camp(rng: Random, at: Vec3) -> list[Piece]:
    """An old camp: ashes in a ring of stones, a crate, a bed-roll, a lantern that burns."""
    stones: list[Mark] = [mark(oval(0, 0.02, 0.5, 0.1), RGB(52, 48, 52))]
    for i in range(9):
        a = math.tau * i / 9
        stones.append(
            mark(
                blob(rng, 0.5 * math.sin(a), 0.06 + 0.12 * math.cos(a), 0.12, 0.1, 7, 0.15), RGB(126, 120, 118), key=0.6
            )
        )
    ash = Piece(at, 0.55, 0.25, (card(at, 0.7, 0.35, stones, below=0.15),))
    wood, cloth = RGB(142, 108, 76), rng.choice((RGB(132, 66, 56), RGB(78, 98, 82), RGB(86, 88, 120)))
    crate_at = Vec3(at.x + (0.9 if at.x > 0 else -0.9), 0, at.z + 0.7)
    slats = [
        mark(poly([(0.03, y), (0.57, y), (0.57, y + 0.1), (0.03, y + 0.1)]), mix(wood, RGB(240, 220, 190), 0.2))
        for y in (0.06, 0.22, 0.38)
    ]
    crate = Piece(
        crate_at,
        0.4,
        0.55,
        box(crate_at, (0.6, 0.52, 0.6), scale(wood, 0.8), 160, front=slats, back=slats, left=slats, right=slats),
        shadow=(0.42, 0.4),
    )
    lantern_at = Vec3(crate_at.x, 0.52, crate_at.z)
    glass = [mark(poly([(-0.07, 0.04), (0.07, 0.04), (0.05, 0.24), (-0.05, 0.24)]), RGB(255, 208, 120), "flame"),
             mark(poly([(-0.09, 0), (0.09, 0), (0.09, 0.04), (-0.09, 0.04)]), RGB(54, 52, 58)),
             mark(poly([(-0.06, 0.24), (0.06, 0.24), (0.02, 0.32), (-0.02, 0.32)]), RGB(54, 52, 58))]  # fmt: skip
    lantern = Piece(
        lantern_at,
        0.1,
        0.34,
        (card(lantern_at, 0.12, 0.36, glass),),
        (Lamp(Vec3(lantern_at.x, 0.66, lantern_at.z), RGB(255, 190, 100), 1.3, 2.4, True, 0.15),),
    )
    roll_at = Vec3(at.x - (1.2 if at.x > 0 else -1.2), 0, at.z + 0.9)
    roll = [
        mark(rect(-0.45, 0, 0.45, 0.3), cloth, key=0.7),
        mark(oval(0.45, 0.15, 0.1, 0.15), scale(cloth, 0.7)),
        mark(rect(-0.25, 0, -0.19, 0.31), RGB(70, 56, 48)),
        mark(rect(0.15, 0, 0.21, 0.31), RGB(70, 56, 48)),
    ]
    return [ash, crate, lantern, Piece(roll_at, 0.5, 0.32, (card(roll_at, 0.6, 0.34, roll),), shadow=(0.5, 0.25))]
