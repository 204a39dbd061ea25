"""Open country: a field with its farm."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.growth import grove, tufts
from model.theatre.sets.kit import (
    Design,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    circle,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.nature import SUNLIT, ring
from model.theatre.sets.outside import pole, scarecrow
from model.theatre.sets.town import tree
from model.theatre.sets.water import smoke

__all__ = ["field"]


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
