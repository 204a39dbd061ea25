"""The beach: sand, surf and dunes, for people or for the birds."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.growth import rock, tufts
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Piece,
    Rect,
    blob,
    brush,
    card,
    circle,
    floor_patch,
    line,
    mark,
    poly,
    rect,
    rects,
)
from model.theatre.sets.nature import ring
from model.theatre.sets.seaside import deck_chair, gull, parasol, towel
from model.theatre.sets.water import glints, surf

__all__ = ["beach"]


def beach(seed: int) -> Design:
    """A beach: ribbed sand, the sea with its foam before the master's camera, dunes with grass behind it."""
    rng = Random(seed * 71 + 8)
    sand, wet = rng.choice(
        (
            (RGB(230, 206, 158), RGB(186, 160, 124)),
            (RGB(222, 204, 176), RGB(176, 160, 142)),
            (RGB(206, 190, 168), RGB(158, 146, 134)),
        )
    )
    sea = rng.choice((RGB(58, 134, 156), RGB(72, 142, 146), RGB(66, 112, 146)))
    shore, reach = 7.5, 118.0

    def coast(offset: float, wave: float = 0.7) -> list[tuple[float, float]]:
        return [
            (float(x), shore + offset + wave * math.sin(x * 0.21 + seed) + 0.3 * math.sin(x * 0.63))
            for x in range(-118, 120, 2)
        ]

    def water(offset: float, wave: float = 0.7) -> skia.Path:
        return poly([*coast(offset, wave), (reach, reach), (-reach, reach)])

    ripples = skia.Path()
    for z in (-8.0, -6.1, -4.4, -2.8, -1.4, 0.0, 1.3, 2.6, 3.8, 5.0):
        for x in map(float, range(-14, 15, 4)):
            ripples.addPath(brush(rng, (x - 1.9, z - 0.3, x + 2.3, z + 0.3), 2, 2.6, 0.035), 0, 0)
    crests = skia.Path()
    for i in range(70):
        z = shore + 2.5 + (i / 70) ** 2 * 70
        w = 1.2 + z * 0.10
        crests.addPath(brush(rng, (-z * 1.6, z - 0.1, z * 1.6, z + 0.4), 2, w, 0.03 + z * 0.004), 0, 0)
    shells: list[Rect] = []
    for _ in range(40):
        x, z = rng.uniform(-9, 9), rng.uniform(-8, 6)
        shells.append((x, z, x + rng.uniform(0.04, 0.12), z + 0.05))
    ground = [
        mark(brush(rng, (-22, -30, 22, 6), 40, 3.4, 0.25), mix(sand, RGB(255, 244, 214), 0.5), alpha=0.4),
        mark(ripples, scale(sand, 0.84), alpha=0.55),
        mark(rects(shells), RGB(250, 244, 232), fine=True),
        mark(water(-2.2), wet),
        mark(water(-1.2), mix(wet, sea, 0.4), "pane"),
        mark(water(-0.4), RGB(240, 244, 240)),
        mark(water(0.15, 0.8), mix(sea, RGB(226, 236, 214), 0.4), "pane"),
        mark(water(4.0, 1.2), mix(sea, RGB(160, 206, 190), 0.25), "pane"),
        mark(water(11.0, 1.6), sea, "pane"),
        mark(water(34.0, 2.0), scale(sea, 0.84), "pane"),
        mark(crests, RGB(246, 250, 248), alpha=0.42),
    ]
    foam = [mark(poly([*coast(-0.35, 0.75), *reversed(coast(0.15, 0.75))]), RGB(250, 252, 248), alpha=0.75)]
    dressing: list[Piece] = [
        Piece(
            Vec3(0, 0, shore + 1.0),
            60.0,
            0.1,
            (floor_patch((-60, shore - 3, 60, shore + 6), 0.003, foam),),
            moves="floats",
            keep=True,
        )
    ]
    dressing.append(surf(shore, float(seed % 7), sea))
    dressing += [glints(rng, (-60.0, shore + 6.0, 60.0, 80.0), -0.01, 70)]
    dressing += _holiday(rng) if seed % 3 != 2 else _strand(rng)
    for x, z in [p for p in ring(rng, 26, 4.5, 15.0, 0.5) if p[1] < 1.0]:
        dressing.append(tufts(rng, Vec3(x, 0, z), RGB(150, 158, 96), rng.uniform(0.5, 0.8)))
    dressing += [
        rock(rng, Vec3(x, 0, z), RGB(140, 132, 126), s)
        for x, z, s in ((6.5, 6.2, 1.3), (7.8, 7.4, 1.0), (-8.5, 7.0, 1.5), (-4.6, 3.9, 0.5), (4.4, -3.4, 0.6))
    ]
    boat = Vec3(-5.2, 0, 4.6)
    hull = rng.choice((RGB(78, 116, 136), RGB(176, 78, 62), RGB(236, 226, 204)))
    dressing.append(
        Piece(
            boat,
            1.5,
            0.75,
            (
                card(
                    boat,
                    1.7,
                    0.9,
                    [
                        mark(poly([(-1.5, 0.66), (1.6, 0.72), (1.1, 0.02), (-1.0, 0.0)]), hull),
                        mark(
                            poly([(-1.5, 0.66), (1.6, 0.72), (1.52, 0.58), (-1.42, 0.53)]),
                            mix(hull, RGB(255, 255, 255), 0.55),
                        ),
                        mark(poly([(-1.2, 0.2), (1.25, 0.24), (1.1, 0.02), (-1.0, 0.0)]), scale(hull, 0.74)),
                        mark(line([(-0.4, 0.62), (0.6, 0.78)], 0.05), RGB(150, 108, 72)),
                    ],
                ),
            ),
            shadow=(1.5, 0.6),
        )
    )
    scenery: list[Piece] = []
    for i in range(9):
        x = -44.0 + 11 * i + rng.uniform(-2, 2)
        at = Vec3(x, 0, -17.0 - 5 * (i % 2))
        hump = skia.Path()
        hump.moveTo(-11, 0)
        hump.cubicTo(-5, rng.uniform(1.6, 3.6), 3, rng.uniform(2.2, 4.2), 11, 0)
        hump.close()
        grass = skia.Path()
        for _ in range(16):
            gx = rng.uniform(-6, 6)
            grass.addPath(
                poly(
                    [
                        (gx - 0.2, 1.5),
                        (gx + 0.25, 1.5),
                        (gx + rng.uniform(-0.3, 0.5), 2.6 + rng.uniform(0, 0.6) - abs(gx) * 0.14),
                    ]
                ),
                0,
                0,
            )
        scenery.append(
            Piece(
                at,
                11.0,
                4.0,
                (
                    card(
                        at,
                        11.0,
                        4.4,
                        [
                            mark(grass, RGB(138, 148, 92)),
                            mark(hump, scale(sand, 0.95), key=0.7),
                            mark(brush(rng, (-6, 0.2, 6, 1.5), 8, 3.0, 0.1), scale(sand, 0.85), alpha=0.6),
                        ],
                    ),
                ),
            )
        )
    for x, z, s in ((-26.0, 62.0, 1.0), (18.0, 84.0, 1.2)):
        at = Vec3(x, 0, z)
        scenery.append(
            Piece(
                at,
                4.0 * s,
                8 * s,
                (
                    card(
                        at,
                        4 * s,
                        8 * s,
                        [
                            mark(
                                poly([(-3 * s, 0.9 * s), (3 * s, 0.9 * s), (2.2 * s, 0), (-2.4 * s, 0)]),
                                RGB(96, 74, 66),
                            ),
                            mark(poly([(0.1, 1.2 * s), (0.1, 7.2 * s), (2.4 * s, 1.3 * s)]), RGB(240, 234, 218)),
                            mark(poly([(-0.2, 1.2 * s), (-0.2, 6.4 * s), (-1.9 * s, 1.3 * s)]), RGB(222, 214, 200)),
                        ],
                    ),
                ),
            )
        )
    lighthouse = Vec3(58.0, 0, 66.0)
    scenery.append(
        Piece(
            lighthouse,
            12.0,
            22.0,
            (
                card(
                    lighthouse,
                    14.0,
                    22.0,
                    [
                        mark(blob(rng, 0, 0.6, 13, 3.4, 9), RGB(104, 106, 100)),
                        mark(poly([(-2.1, 2), (2.1, 2), (1.4, 17), (-1.4, 17)]), RGB(240, 236, 226)),
                        mark(rects([(-1.95, 5.5, 1.95, 8.5), (-1.7, 11.5, 1.7, 14.2)]), RGB(190, 70, 60)),
                        mark(rect(-1.1, 17, 1.1, 19.4), RGB(255, 232, 160), "glow"),
                        mark(poly([(-1.6, 19.4), (1.6, 19.4), (0, 21.4)]), RGB(150, 56, 50)),
                    ],
                ),
            ),
            (Lamp(Vec3(58, 18.2, 66), RGB(255, 236, 180), 7.0),),
        )
    )
    return Design(sand, tuple(ground), "sea", (), tuple(scenery), tuple(dressing))


def _holiday(rng: Random) -> list[Piece]:
    """A beach that people use: parasols, towels, deck chairs, a lifeguard's seat, gulls."""
    pieces: list[Piece] = []
    spots = [(x, z) for x in (-9.5, -6.4, -3.8, 4.0, 6.6, 9.4) for z in (-4.6, 0.6, 3.4)]
    rng.shuffle(spots)
    for i, (x, z) in enumerate(spots[:11]):
        at = Vec3(x + rng.uniform(-0.5, 0.5), 0, z + rng.uniform(-0.5, 0.5))
        pieces.append(parasol(rng, at) if i < 4 else towel(rng, at) if i < 8 else deck_chair(rng, at))
    for x in (-16.0, -22.0, 15.0, 21.0, 28.0):
        pieces.append(parasol(rng, Vec3(x, 0, rng.uniform(-4.0, 4.0))))
    seat = Vec3(rng.choice((-7.2, 7.4)), 0, 5.0)
    white, red = RGB(240, 236, 226), RGB(198, 66, 54)
    marks = [
        mark(line([(-0.7, 0), (-0.4, 1.8)], 0.08), white),
        mark(line([(0.7, 0), (0.4, 1.8)], 0.08), white),
        mark(line([(-0.62, 0.5), (0.5, 1.4)], 0.05), scale(white, 0.85)),
        mark(rects([(-0.56, 0.7, 0.56, 0.76), (-0.48, 1.24, 0.48, 1.3), (-0.62, 1.76, 0.62, 1.84)]), white),
        mark(rect(-0.45, 1.84, 0.45, 2.6), scale(white, 0.92)),
        mark(rect(-0.62, 2.72, 0.62, 2.84), red),
        mark(rects([(-0.56, 1.84, -0.5, 2.74), (0.5, 1.84, 0.56, 2.74)]), white),
        mark(poly([(0.56, 2.84), (0.56, 3.6), (1.2, 3.42), (0.6, 3.2)]), red),
        mark(circle(-0.1, 1.1, 0.22), red),
        mark(circle(-0.1, 1.1, 0.1), white),
    ]
    pieces.append(Piece(seat, 0.7, 3.6, (card(seat, 1.25, 3.7, marks),), shadow=(0.7, 0.4)))
    pieces += [gull(rng, Vec3(rng.uniform(-4, 4), 0, rng.uniform(5.0, 5.8))) for _ in range(3)]
    return pieces


def _strand(rng: Random) -> list[Piece]:
    """A wild beach: driftwood, a fence of stakes half in the sand, gulls, rocks in the water."""
    pieces: list[Piece] = []
    grey = RGB(176, 164, 150)
    for x, z in ring(rng, 9, 3.4, 10.0, 0.4):
        if z < 6.0:
            at, turn = Vec3(x, 0, z), rng.uniform(-0.2, 0.2)
            marks = [
                mark(
                    poly(
                        [
                            (-0.9, 0.02),
                            (-0.7, 0.2),
                            (0.5, 0.26 + turn),
                            (1.0, 0.5 + turn),
                            (0.95, 0.3 + turn),
                            (0.6, 0.08),
                        ]
                    ),
                    grey,
                ),
                mark(line([(-0.1, 0.2), (-0.25, 0.5), (-0.5, 0.62)], 0.06), scale(grey, 0.85)),
                mark(line([(-0.6, 0.1), (0.5, 0.16)], 0.04), scale(grey, 0.7)),
            ]
            pieces.append(Piece(at, 0.8, 0.6, (card(at, 1.05, 0.7, marks),), shadow=(0.9, 0.25)))
    side = rng.choice((-1, 1))
    for k in range(12):
        at = Vec3(side * (4.4 + 0.12 * k), 0, -6.0 + 0.95 * k)
        h, t = rng.uniform(0.5, 1.1), rng.uniform(-0.12, 0.12)
        stake = [mark(poly([(-0.05, 0), (0.05, 0), (0.04 + t, h), (-0.04 + t, h)]), scale(grey, 0.8))]
        pieces.append(Piece(at, 0.1, h, (card(at, 0.2, h, stake),), shadow=(0.1, 0.08)))
    for _ in range(7):
        pieces.append(
            rock(rng, Vec3(rng.uniform(-18, 18), 0, rng.uniform(8.5, 16)), RGB(110, 108, 108), rng.uniform(0.5, 1.6))
        )
    pieces += [gull(rng, Vec3(rng.uniform(-4, 4), 0, rng.uniform(4.2, 5.8))) for _ in range(5)]
    return pieces
