"""A rooftop above the town: parapet, stair house, water tank, a string of bulbs, roofs all round."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import building
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Panel,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    circle,
    frame,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.outside import aerial, laundry, pigeons, skylight
from model.theatre.sets.seaside import deck_chair
from model.theatre.sets.water import smoke
from model.theatre.sets.yards import STEEL, WARM, bricks

__all__ = ["rooftop"]


def _roof_things(rng: Random) -> list[Piece]:
    """What people and pipes leave on a roof, by the seed."""
    side = rng.choice((-1, 1))
    posts = [Vec3(side * 6.3, 2.2, -5.6), Vec3(side * 2.4, 2.2, -6.7)]
    stakes = [
        Piece(
            Vec3(p.x, 0, p.z), 0.1, 2.3, (card(Vec3(p.x, 0, p.z), 0.1, 2.3, [mark(rect(-0.04, 0, 0.04, 2.25), STEEL)]),)
        )
        for p in posts
    ]
    start, end = sorted(posts, key=lambda p: p.x)
    pieces = [*stakes, laundry(rng, start, end, 0.12)]
    pieces += [aerial(rng, Vec3(x, 0, z)) for x, z in ((-6.3, 6.4), (1.9, 6.9), (6.3, -6.6))]
    pieces.append(skylight(Vec3(-side * rng.uniform(3.9, 4.6), 0, rng.uniform(-5.2, -3.8)), rng.choice((0.0, 20.0))))
    pieces += [deck_chair(rng, Vec3(x, 0, z)) for x, z in ((side * 4.4, 1.2), (side * 5.4, 2.3))]
    pieces.append(pigeons(rng, Vec3(-side * 2.9, 1.04, 7.4), 5))
    pieces.append(smoke(Vec3(-side * 6.1, 1.0, 1.2), high_m=3.4, thick_m=0.22))
    crate = Vec3(side * 4.9, 0, -1.9)
    crop = [
        mark(blob(rng, 0.3 * k - 0.45, 0.62, 0.28, 0.26, 9, 0.25), tint, key=0.8)
        for k, tint in enumerate((RGB(104, 146, 88), RGB(124, 152, 80), RGB(92, 134, 92), RGB(134, 160, 92)))
    ]
    crop += [mark(rect(-0.8, 0, 0.8, 0.46), RGB(150, 112, 78)), mark(rects([(-0.8, 0.2, 0.8, 0.23)]), RGB(118, 86, 62))]
    pieces.append(Piece(crate, 0.8, 0.9, (card(crate, 0.9, 0.95, crop),), shadow=(0.8, 0.35)))
    return pieces


def rooftop(seed: int) -> Design:
    """A rooftop above the town: a parapet, a stair house, a water tank, vents, a string of bulbs, roofs all round."""
    rng = Random(seed * 83 + 10)
    roof = rng.choice((RGB(142, 138, 136), RGB(156, 134, 118), RGB(120, 126, 134)))
    brick = rng.choice((RGB(158, 104, 86), RGB(140, 128, 120), RGB(172, 142, 112)))
    x1, z0, z1, high = 7.0, -7.5, 7.5, 0.95
    coping = mix(brick, RGB(240, 230, 214), 0.5)
    dressing: list[Piece] = []
    for at, size, heading in (
        (Vec3(0, 0, z1), (2 * x1 + 0.3, high, 0.3), 180),
        (Vec3(0, 0, z0), (2 * x1 + 0.3, high, 0.3), 0),
        (Vec3(-x1, 0, 0), (z1 - z0, high, 0.3), 90),
        (Vec3(x1, 0, 0), (z1 - z0, high, 0.3), 270),
    ):
        course = [*bricks(rng, size[0], high, brick)]
        top_at = Vec3(at.x, high, at.z)
        dressing.append(
            Piece(
                at,
                size[0] / 2,
                high + 0.1,
                (*box(at, size, brick, heading, front=course), *box(top_at, (size[0], 0.09, 0.42), coping, heading)),
                keep=True,
            )
        )
    hut = Vec3(-4.6, 0, 5.0)
    door = [
        *bricks(rng, 3.0, 2.6, brick),
        mark(rect(1.0, 0, 2.0, 2.1), RGB(74, 96, 98)),
        mark(rect(1.1, 1.2, 1.9, 1.9), RGB(255, 214, 150), "window"),
        mark(frame(1.0, 0, 2.0, 2.1, 0.08), coping),
    ]
    sides = bricks(rng, 2.4, 2.6, brick)
    dressing.append(
        Piece(
            hut,
            1.9,
            2.7,
            (
                *box(hut, (3.0, 2.6, 2.4), brick, 180, front=door, left=sides, right=sides, back=sides, top_rgb=roof),
                *box(Vec3(hut.x, 2.6, hut.z), (3.2, 0.12, 2.6), coping, 180),
            ),
            (Lamp(Vec3(hut.x, 2.35, hut.z - 1.35), WARM, 1.1, 2.2),),
            shadow=(1.7, 1.4),
        )
    )
    tank = Vec3(4.6, 0, 4.8)
    wood = RGB(142, 104, 74)
    staves = [
        mark(rects([(-1.05 + 0.3 * i, 1.7, -1.03 + 0.3 * i, 3.7) for i in range(8)]), scale(wood, 0.66)),
        mark(rects([(-1.1, 2.0, 1.1, 2.06), (-1.1, 2.7, 1.1, 2.76), (-1.1, 3.4, 1.1, 3.46)]), RGB(70, 66, 68)),
    ]
    tank_marks = [
        mark(line([(-0.9, 0), (-0.8, 1.7)], 0.1), STEEL),
        mark(line([(0.9, 0), (0.8, 1.7)], 0.1), STEEL),
        mark(line([(-0.85, 0.2), (0.82, 1.5)], 0.05), STEEL),
        mark(line([(0.85, 0.2), (-0.82, 1.5)], 0.05), STEEL),
        mark(rect(-1.1, 1.7, 1.1, 3.7), wood),
        mark(rect(0.3, 1.7, 1.1, 3.7), scale(wood, 0.8)),
        *staves,
        mark(poly([(-1.2, 3.7), (1.2, 3.7), (0, 4.6)]), RGB(96, 86, 80)),
        mark(poly([(0.2, 3.7), (1.2, 3.7), (0, 4.6)]), RGB(78, 70, 68)),
    ]
    dressing.append(Piece(tank, 1.2, 4.6, (card(tank, 1.3, 4.7, tank_marks),), shadow=(1.2, 0.9)))
    grille = [mark(rects([(0.1, 0.15 + 0.11 * i, 1.1, 0.2 + 0.11 * i) for i in range(6)]), RGB(96, 100, 104))]
    for x, z, t in ((5.4, -1.2, 270), (-5.6, -3.4, 90), (3.4, -6.2, 0)):
        unit = Vec3(x, 0, z)
        dressing.append(
            Piece(
                unit,
                0.8,
                0.95,
                box(
                    unit,
                    (1.2, 0.9, 0.8),
                    RGB(178, 182, 182),
                    t,
                    front=grille,
                    back=grille,
                    top=[mark(circle(0.6, 0.4, 0.28), RGB(80, 84, 88))],
                ),
                shadow=(0.6, 0.75),
            )
        )
    for x, z in ((-3.2, -6.4), (6.1, 2.0), (-6.2, 1.2)):
        pipe = Vec3(x, 0, z)
        dressing.append(
            Piece(
                pipe,
                0.2,
                1.0,
                (
                    card(
                        pipe,
                        0.25,
                        1.1,
                        [
                            mark(rect(-0.09, 0, 0.09, 0.8), STEEL),
                            mark(rect(0.02, 0, 0.09, 0.8), scale(STEEL, 0.7)),
                            mark(oval(0, 0.86, 0.2, 0.12), scale(STEEL, 0.85)),
                        ],
                    ),
                ),
                shadow=(0.2, 0.15),
            )
        )
    dressing += _roof_things(rng)
    dressing += [
        fit.chair(Vec3(-3.4, 0, 2.7), 150, RGB(186, 92, 66)),
        fittings.plant(rng, Vec3(-6.2, 0, -0.6), 1.2),
        fittings.plant(rng, Vec3(3.0, 0, 6.6), 1.1),
    ]
    bulbs = [(-6.6 + 13.2 * i / 13, 3.0 - 0.55 * math.sin(math.pi * ((i * 2 / 13) % 1.0))) for i in range(14)]
    poles = rects([(-6.65, 0, -6.57, 3.05), (-0.04, 0, 0.04, 3.05), (6.57, 0, 6.65, 3.05)])
    spots, wire = skia.Path(), line(bulbs, 0.02)
    for x, y in bulbs:
        spots.addPath(circle(x, y - 0.07, 0.06), 0, 0)
    rope = Panel(
        Vec3(0, 0, z1 - 0.6),
        Vec3(1, 0, 0),
        Vec3(0, 1, 0),
        Vec3(0, 0, -1),
        (-6.7, 0, 6.7, 3.1),
        (mark(poles, RGB(84, 76, 72)), mark(wire, RGB(52, 48, 52)), mark(spots, RGB(255, 224, 160), "glow")),
    )
    dressing.append(
        Piece(
            Vec3(0, 0, z1 - 0.6),
            6.7,
            3.1,
            (rope,),
            tuple(Lamp(Vec3(x, y - 0.07, z1 - 0.6), RGB(255, 206, 130), 0.42) for x, y in bulbs),
            keep=True,
        )
    )
    seams: list[Rect] = [(-x1, z0 + 1.5 * i, x1, z0 + 1.5 * i + 0.04) for i in range(1, 10)]
    patches = skia.Path()
    for _ in range(10):
        patches.addPath(
            blob(rng, rng.uniform(-6, 6), rng.uniform(-6.5, 6.5), rng.uniform(0.4, 1.2), rng.uniform(0.3, 0.8)), 0, 0
        )
    area = (-x1, z0, x1, z1)
    ground = [
        mark(rect(*area), roof),
        mark(patches, scale(roof, 0.86), alpha=0.7),
        mark(rects(seams), scale(roof, 0.74), fine=False),
        mark(brush(rng, area, 30, 1.4, 0.05), mix(roof, RGB(255, 244, 226), 0.3), alpha=0.35),
        *(
            mark(frame(-x1 + r, z0 + r, x1 - r, z1 - r, r), RGB(24, 16, 32), alpha=a)
            for r, a in ((0.9, 0.08), (0.35, 0.12))
        ),
    ]
    scenery: list[Piece] = []
    for r, n in ((26.0, 9), (44.0, 14), (70.0, 18)):
        for i in range(n):
            a = math.tau * (i + rng.uniform(-0.2, 0.2)) / n
            w, d, h = rng.uniform(9, 14), rng.uniform(9, 13), 24.0 + rng.uniform(-7.0, 5.0) + r * 0.06
            at = Vec3(r * math.sin(a), -24.0, r * math.cos(a))
            scenery.append(building(rng, at, (w, h, d), round(math.degrees(a) / 90) * 90 + 180, detail=r < 30))
    return Design(RGB(92, 96, 108), tuple(ground), "city", (), tuple(scenery), tuple(dressing), (), ground_extent=area)
