"""Open country: beach and field."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.light import mix, scale
from model.theatre.sets.growth import grove, rock, tufts
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    circle,
    floor_patch,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.nature import SUNLIT, ring
from model.theatre.sets.outside import deck_chair, gull, parasol, pole, scarecrow, towel
from model.theatre.sets.town import tree
from model.theatre.sets.water import glints, smoke, surf

__all__ = ["beach", "field"]


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


def field(seed: int) -> Design:
    """A field: a track between rows of grain, a fence, a lone tree, a barn, hills all round."""
    rng = Random(seed * 73 + 6)
    grain, dirt = rng.choice(
        (
            (RGB(214, 180, 98), RGB(176, 144, 102)),
            (RGB(132, 156, 84), RGB(160, 132, 96)),
            (RGB(190, 170, 112), RGB(150, 124, 92)),
        )
    )
    rows, furrows = [], []
    for i in range(-24, 25):
        x = i * 1.5
        if abs(x) > 3.4:
            rows.append((x, -60.0, x + 0.75, 70.0))
            furrows.append((x + 0.75, -60.0, x + 0.95, 70.0))
    ruts: list[Rect] = [(-1.5, -60, -0.9, 70), (0.9, -60, 1.5, 70)]
    ground = [
        mark(rects(rows), mix(grain, RGB(255, 236, 170), 0.22)),
        mark(rects(furrows), scale(grain, 0.74)),
        mark(rect(-2.9, -60, 2.9, 70), mix(grain, RGB(126, 148, 84), 0.55)),
        mark(rects(ruts), dirt),
        mark(brush(rng, (-2.8, -12, 2.8, 16), 50, 0.6, 0.04), scale(dirt, 0.82), alpha=0.5),
        mark(brush(rng, (-2.8, -12, 2.8, 16), 40, 0.7, 0.04), mix(grain, SUNLIT, 0.5), alpha=0.6),
    ]
    dressing: list[Piece] = []
    for side in (-1, 1):
        for k in range(-9, 14):
            z = k * 1.55 + rng.uniform(-0.3, 0.3)
            if not -1.6 < z < 2.2 or abs(k) > 1:
                dressing.append(
                    tufts(
                        rng,
                        Vec3(side * rng.uniform(3.3, 4.1), 0, z),
                        mix(grain, SUNLIT, rng.uniform(0.0, 0.3)),
                        rng.uniform(0.7, 1.0),
                        wide=0.9,
                    )
                )
    for k in range(-5, 8):
        x, z = 4.9, k * 2.6
        post = Vec3(x, 0, z)
        wood = RGB(128, 104, 82)
        dressing.append(
            Piece(
                post,
                1.3,
                1.2,
                (
                    *box(Vec3(x, 0.45, z + 1.3), (0.05, 0.1, 2.6), wood, 0),
                    *box(Vec3(x, 0.85, z + 1.3), (0.05, 0.1, 2.6), wood, 0),
                    *box(post, (0.12, 1.15, 0.12), scale(wood, 0.85), 0),
                ),
                shadow=(0.12, 0.12),
            )
        )
    dressing += _field_things(rng, seed)
    dressing.append(tree(rng, Vec3(-7.4, 0, 10.5), 8.2, RGB(104, 130, 74)))
    dressing.append(tree(rng, Vec3(9.5, 0, -11.0), 7.0, RGB(112, 132, 72)))
    for x, z in ((6.8, 8.0), (-6.4, -6.0), (9.5, 14.0), (-9.0, 19.0)):
        at = Vec3(x, 0, z)
        straw = RGB(216, 186, 112)
        spiral = [
            mark(circle(0, 0.68, r), scale(straw, s))
            for r, s in ((0.7, 0.86), (0.62, 1.0), (0.42, 0.88), (0.34, 1.0), (0.15, 0.84))
        ]
        dressing.append(Piece(at, 0.8, 1.4, (card(at, 0.8, 1.4, spiral),), shadow=(0.8, 0.5)))
    barn_at = Vec3(-19.0, 0, 33.0)
    red = rng.choice((RGB(164, 68, 56), RGB(142, 116, 92), RGB(178, 172, 160)))
    gable = card(
        Vec3(-19, 4.2, 28.9),
        4.2,
        3.2,
        [
            mark(poly([(-4.3, 0), (4.3, 0), (2.6, 2.2), (0, 3.0), (-2.6, 2.2)]), red),
            mark(
                poly(
                    [
                        (-4.5, -0.1),
                        (-2.7, 2.3),
                        (0, 3.2),
                        (2.7, 2.3),
                        (4.5, -0.1),
                        (4.1, -0.1),
                        (2.5, 2.05),
                        (0, 2.8),
                        (-2.5, 2.05),
                        (-4.1, -0.1),
                    ]
                ),
                RGB(92, 86, 86),
            ),
            mark(rect(-0.7, 0.4, 0.7, 1.6), RGB(255, 214, 150), "window"),
        ],
        below=0.2,
    )
    door = [
        mark(rect(2.6, 0, 5.8, 3.2), RGB(240, 232, 216)),
        mark(rect(2.8, 0, 5.6, 3.0), scale(red, 0.72)),
        mark(line([(2.8, 0), (5.6, 3.0)], 0.14), RGB(240, 232, 216)),
        mark(line([(5.6, 0), (2.8, 3.0)], 0.14), RGB(240, 232, 216)),
        mark(rects([(0.4 + 0.5 * i, 0, 0.43 + 0.5 * i, 4.2) for i in range(16)]), scale(red, 0.8), fine=True),
    ]
    barn = Piece(
        barn_at,
        7.0,
        7.5,
        (
            *box(
                barn_at,
                (8.4, 4.2, 8.0),
                red,
                180,
                front=door,
                left=[mark(rects([(1.5, 1.4, 2.6, 2.6), (5.2, 1.4, 6.3, 2.6)]), RGB(255, 214, 150), "window")],
                top_rgb=RGB(92, 86, 86),
            ),
            gable,
        ),
    )
    dressing.append(smoke(Vec3(18.6, 6.0, 38.0), high_m=7.0, thick_m=0.5))
    scenery = [
        barn,
        _farmhouse(rng, Vec3(17.0, 0, 38.5)),
        _village(rng, Vec3(rng.uniform(-30, 30), 0, -86.0)),
        _village(rng, Vec3(rng.choice((-88.0, 88.0)), 0, rng.uniform(-20, 30))),
        *(
            grove(rng, Vec3(r * math.sin(a), 0, r * math.cos(a)), 16.0, rng.uniform(4, 6.5), RGB(98, 122, 84))
            for r, a in ((46.0, 0.4), (52.0, 0.8), (44.0, 1.9), (50.0, 2.7), (48.0, 3.6), (52.0, 4.4), (46.0, 5.6))
        ),
    ]
    return Design(grain, tuple(ground), "hills", (), tuple(scenery), tuple(dressing))


def _field_things(rng: Random, seed: int) -> list[Piece]:
    """What stands in and beside a field, by the seed: a scarecrow, poles and wires, poppies, sheep or crows."""
    pieces = [scarecrow(rng, Vec3(rng.choice((-5.6, -6.6)), 0, rng.uniform(4.0, 7.0)))]
    pieces += [pole(Vec3(-4.4, 0, 2.0 + 13.0 * k)) for k in range(-4, 6)]
    flowers = rng.choice((RGB(206, 66, 54), RGB(108, 120, 196), RGB(240, 232, 214)))
    for x, z in ring(rng, 18, 2.9, 9.0, 0.1):
        at = Vec3(x, 0, z)
        stems, heads = skia.Path(), skia.Path()
        for _ in range(6):
            dx, h = rng.uniform(-0.35, 0.35), rng.uniform(0.25, 0.5)
            stems.addPath(line([(dx * 0.8, 0), (dx, h)], 0.014), 0, 0)
            heads.addPath(oval(dx, h, 0.05, 0.04), 0, 0)
        marks = [mark(stems, RGB(104, 128, 70)), mark(heads, flowers, key=0.95)]
        pieces.append(Piece(at, 0.3, 0.5, (card(at, 0.45, 0.56, marks),), moves="sways"))
    if seed % 2:
        for _ in range(6):
            pieces.append(_sheep(rng, Vec3(rng.uniform(7.0, 18.0), 0, rng.uniform(-8.0, 16.0))))
    return pieces


def _sheep(rng: Random, at: Vec3) -> Piece:
    """A sheep that grazes."""
    s = rng.choice((-1, 1))
    marks = [
        mark(
            rects([(-0.3, 0, -0.23, 0.35), (-0.12, 0, -0.06, 0.32), (0.14, 0, 0.2, 0.32), (0.28, 0, 0.35, 0.35)]),
            RGB(62, 54, 54),
        ),
        mark(blob(rng, 0, 0.52, 0.5, 0.28, 11, 0.1), RGB(236, 230, 216), key=0.7),
        mark(blob(rng, -0.06, 0.62, 0.32, 0.12, 9, 0.15), RGB(250, 246, 236), key=1.0),
        mark(
            poly([(0.42 * s, 0.56), (0.6 * s, 0.5), (0.68 * s, 0.22), (0.56 * s, 0.2), (0.46 * s, 0.36)]),
            RGB(70, 62, 62),
        ),
    ]
    return Piece(at, 0.5, 0.85, (card(at, 0.75, 0.9, marks),), shadow=(0.5, 0.22))


def _farmhouse(rng: Random, at: Vec3) -> Piece:
    """A farmhouse with a chimney, its windows lit by night."""
    wall_rgb, roof = (
        rng.choice((RGB(232, 222, 202), RGB(196, 120, 96))),
        rng.choice((RGB(132, 78, 64), RGB(96, 92, 98))),
    )
    marks = [
        mark(rect(0.9, 4.6, 1.9, 6.1), scale(wall_rgb, 0.7)),
        mark(poly([(-5.4, 3.1), (-3.8, 5.4), (3.8, 5.4), (5.4, 3.1)]), roof),
        mark(rect(-4.8, 0, 4.8, 3.2), wall_rgb, key=0.8),
        mark(rect(2.4, 0, 4.8, 3.2), scale(wall_rgb, 0.85), key=0.4),
        mark(
            rects([(-3.9, 1.1, -2.8, 2.3), (-1.9, 1.1, -0.8, 2.3), (2.9, 1.1, 4.0, 2.3)]), RGB(255, 214, 150), "window"
        ),
        mark(rect(0.2, 0, 1.3, 2.2), scale(roof, 0.8)),
        mark(blob(rng, -4.2, 0.5, 1.2, 0.7, 9, 0.2), RGB(96, 124, 80), key=0.5),
    ]
    return Piece(at, 5.4, 6.1, (card(at, 5.8, 6.2, marks),))


def _village(rng: Random, at: Vec3) -> Piece:
    """Roofs and a church spire, far off."""
    roofs, walls, lit = skia.Path(), skia.Path(), skia.Path()
    for i in range(8):
        x, w, h = -14.0 + 3.7 * i + rng.uniform(-1, 1), rng.uniform(2.2, 3.4), rng.uniform(2.0, 3.4)
        walls.addPath(rect(x - w / 2, 0, x + w / 2, h), 0, 0)
        roofs.addPath(poly([(x - w * 0.6, h), (x - w * 0.3, h + 1.8), (x + w * 0.3, h + 1.8), (x + w * 0.6, h)]), 0, 0)
        lit.addPath(rect(x - 0.3, h * 0.4, x + 0.3, h * 0.72), 0, 0)
    walls.addPath(rect(-1.3, 0, 1.3, 7.0), 0, 0)
    roofs.addPath(poly([(-1.6, 7.0), (0, 14.0), (1.6, 7.0)]), 0, 0)
    green = skia.Path()
    for i in range(9):
        green.addPath(blob(rng, -17.0 + 4.2 * i, 1.2, 2.0, 1.5, 9, 0.2), 0, 0)
    marks = [
        mark(walls, RGB(216, 202, 178)),
        mark(roofs, RGB(150, 96, 80)),
        mark(lit, RGB(255, 214, 150), "window"),
        mark(green, RGB(100, 124, 92), key=0.4),
    ]
    return Piece(at, 20.0, 14.0, (card(at, 21.0, 14.0, marks),))
