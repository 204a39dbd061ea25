"""Places in the open: park, forest."""

from __future__ import annotations

import math
from functools import partial
from random import Random

import numpy as np
import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import street_lamp
from model.theatre.sets.growth import bush, ferns, grove, rock, trunk_tree, tufts
from model.theatre.sets.kit import (
    Design,
    Mark,
    Piece,
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
from model.theatre.sets.outside import bicycle, litter_bin, pigeons
from model.theatre.sets.pen import Pen
from model.theatre.sets.relief import Land, hills, ring_of
from model.theatre.sets.town import tree
from model.theatre.sets.wild import fir, firs

__all__ = ["SUNLIT", "forest", "park", "ring"]

SUNLIT = RGB(236, 222, 130)


def _clear_of_stage(x: float, z: float, margin: float) -> bool:
    """Whether a point is off the acting area and off the lanes that cameras look along."""
    return not (-2.6 - margin < x < 2.6 + margin and -2.4 - margin < z < 2.4 + margin) and not (
        abs(x) < 1.9 and -9 < z < 7
    )


def ring(rng: Random, count: int, near: float, far: float, margin: float = 0.4) -> list[tuple[float, float]]:
    """Points scattered round the stage, evenly by bearing."""
    found = []
    for i in range(count):
        for _ in range(6):
            a = math.tau * (i + rng.uniform(-0.45, 0.45)) / count
            r = near + (far - near) * rng.random() ** 1.3
            x, z = r * math.sin(a), r * math.cos(a)
            if _clear_of_stage(x, z, margin):
                found.append((x, z))
                break
    return found


def _meadow(rng: Random, rgb: RGB, reach: float = 44.0, warm: RGB = SUNLIT) -> list[Mark]:
    """Grass: broad patches of lighter and darker green and dry strokes."""
    pale, dark = skia.Path(), skia.Path()
    for i in range(34):
        r = 2 + reach * rng.random()
        a = rng.uniform(0, math.tau)
        (pale if i % 2 else dark).addPath(
            blob(rng, r * math.sin(a), r * math.cos(a), 1.0 + r * 0.12, 0.6 + r * 0.07, 9, 0.2), 0, 0
        )
    return [
        mark(pale, mix(rgb, warm, 0.2), alpha=0.6),
        mark(dark, scale(rgb, 0.86), alpha=0.6),
        mark(brush(rng, (-12, -10, 12, 14), 60, 1.5, 0.06), mix(rgb, warm, 0.36), alpha=0.4),
        mark(brush(rng, (-12, -10, 12, 14), 50, 1.1, 0.05), scale(rgb, 0.78), alpha=0.4),
    ]


def park(seed: int) -> Design:
    """A park: a winding path with benches and lamps, trees all round, a pond, roofs beyond the trees."""
    rng = Random(seed * 61 + 1)
    grass = rng.choice((RGB(112, 144, 82), RGB(124, 148, 80), RGB(98, 138, 92)))
    sand = RGB(206, 188, 154)
    bend = rng.uniform(-1.4, 1.4)
    edge = [(0.4 + bend * math.sin(z * 0.11) + 0.03 * bend * z, float(z)) for z in range(-44, 46, 2)]
    path = poly([(x - 1.7, z) for x, z in edge] + [(x + 1.7, z) for x, z in reversed(edge)])
    trim = poly([(x - 1.85, z) for x, z in edge] + [(x + 1.85, z) for x, z in reversed(edge)])
    pond_x = rng.choice((-11.0, 12.0))
    leaves = skia.Path()
    for _ in range(40):
        leaves.addPath(oval(rng.uniform(-9, 9), rng.uniform(-8, 12), 0.09, 0.06), 0, 0)
    ground = [
        *_meadow(rng, grass),
        mark(trim, scale(grass, 0.8)),
        mark(path, sand),
        mark(brush(rng, (-1.6, -14, 2.2, 18), 46, 0.8, 0.04), scale(sand, 0.86), alpha=0.5),
        mark(blob(rng, pond_x, 6.0, 5.4, 4.2, 11, 0.12), scale(grass, 0.74)),
        mark(blob(Random(seed), pond_x, 6.0, 5.0, 3.8, 11, 0.12), RGB(104, 140, 156), "pane"),
        mark(brush(rng, (pond_x - 3, 3.5, pond_x + 3, 8.5), 12, 1.6, 0.05), RGB(255, 255, 255), alpha=0.25),
        mark(leaves, RGB(196, 132, 66), alpha=0.8, fine=True),
    ]
    dressing: list[Piece] = []
    green = rng.choice((RGB(94, 132, 78), RGB(86, 124, 88), RGB(124, 138, 72)))
    for x, z in ring(rng, 17, 5.5, 17.0, 1.4):
        if math.hypot(x - pond_x, z - 6.0) > 5.5:
            tint = mix(green, RGB(196, 140, 66), rng.choice((0.0, 0.0, 0.12, 0.45)))
            dressing.append(tree(rng, Vec3(x, 0, z), rng.uniform(5.2, 8.5), tint))
    for x, z, h in ((-2.55, 1.8, 62.0), (3.2, -2.8, 285.0), (-2.9, 9.5, 75.0), (3.6, 7.0, 260.0)):
        dressing.append(fit.bench(Vec3(x, 0, z), h, RGB(140, 98, 64)))
    for x, z in ((2.9, 3.2), (-3.0, -4.4), (3.0, 12.5), (-3.2, 18.5), (2.8, -12.0)):
        dressing.append(street_lamp(Vec3(x, 0, z)))
    for x, z in ring(rng, 12, 4.6, 13.0, 0.8):
        dressing.append(bush(rng, Vec3(x, 0, z), scale(green, 0.9)))
    for x, z in ring(rng, 16, 2.9, 8.0, 0.2):
        dressing.append(tufts(rng, Vec3(x, 0, z), mix(grass, SUNLIT, 0.2)))
    dressing += _park_things(rng, seed, -pond_x)
    hedge = Land(rgb=scale(green, 0.74), low_m=1.6, high_m=3.4, air=0.1)
    scenery = [
        *ring_of(rng, hedge, hills, 46.0, 14),
        *(
            grove(rng, Vec3(r * math.sin(a), 0, r * math.cos(a)), 17.0, rng.uniform(7, 10), green)
            for r, n in ((25.0, 9), (36.0, 12))
            for a in (math.tau * (i + 0.5 * (r > 30)) / n for i in range(n))
        ),
    ]
    return Design(grass, tuple(ground), "city", (), tuple(scenery), tuple(dressing))


def _park_things(rng: Random, seed: int, aside: float) -> list[Piece]:
    """What a park is visited for: a fountain, a bandstand or swings, with beds of flowers, bins, birds, a bicycle."""
    at = Vec3(aside * 0.86, 0, rng.uniform(5.0, 9.0))
    pieces = [(_fountain, _bandstand, _swings)[seed % 3](rng, at)]
    for x, z in ((2.7, -6.2), (-2.8, 5.4), (3.1, 9.6), (-3.3, -8.0)):
        pieces.append(_bed(rng, Vec3(x + rng.uniform(-0.3, 0.3), 0, z)))
    pieces.append(litter_bin(Vec3(rng.choice((-2.7, 2.9)), 0, rng.uniform(3.6, 4.4))))
    pieces.append(pigeons(rng, Vec3(rng.uniform(-1.4, 1.4), 0, rng.choice((-4.4, 4.0, 5.2)))))
    pieces.append(bicycle(Vec3(-3.4, 0, rng.uniform(-3.2, -2.6)), 20.0, RGB(70, 108, 120)))
    return pieces


def _bed(rng: Random, at: Vec3) -> Piece:
    """A bed of flowers with a low edge."""
    tint = rng.choice((RGB(206, 80, 76), RGB(226, 180, 82), RGB(150, 110, 176), RGB(238, 232, 224)))
    leaf = RGB(96, 130, 80)
    heads = skia.Path()
    for _ in range(16):
        heads.addPath(oval(rng.uniform(-0.8, 0.8), rng.uniform(0.22, 0.44), 0.075, 0.055), 0, 0)
    marks = [
        mark(blob(rng, 0, 0.2, 0.95, 0.24, 12, 0.12), leaf, key=0.5),
        mark(blob(rng, -0.1, 0.3, 0.7, 0.12, 10, 0.2), mix(leaf, SUNLIT, 0.25), key=0.9),
        mark(heads, tint, key=0.95),
        mark(poly([(-1.0, 0.0), (1.0, 0.0), (0.95, 0.1), (-0.95, 0.1)]), RGB(170, 162, 150)),
    ]
    return Piece(at, 0.8, 0.5, (card(at, 1.1, 0.55, marks, below=0.06),), shadow=(1.0, 0.4))


def _fountain(rng: Random, at: Vec3) -> Piece:
    """A round basin with a bowl on a stem, and water that falls from it."""
    stone = RGB(186, 178, 166)
    marks = [
        mark(poly([(-2.0, 0), (2.0, 0), (2.1, 0.5), (-2.1, 0.5)]), stone),
        mark(poly([(0.5, 0), (2.0, 0), (2.1, 0.5), (0.7, 0.5)]), scale(stone, 0.82)),
        mark(oval(0, 0.52, 2.1, 0.24), mix(stone, RGB(255, 250, 240), 0.3)),
        mark(oval(0, 0.52, 1.86, 0.19), RGB(110, 160, 176), "pane"),
        mark(poly([(-0.2, 0.45), (0.2, 0.45), (0.14, 1.5), (-0.14, 1.5)]), scale(stone, 0.94)),
        mark(poly([(-0.85, 1.62), (0.85, 1.62), (0.3, 1.36), (-0.3, 1.36)]), stone),
        mark(oval(0, 1.63, 0.86, 0.1), mix(stone, RGB(255, 250, 240), 0.3)),
    ]
    live = partial(_spouts, at=at, phase=rng.uniform(0, 6))
    return Piece(at, 2.1, 2.5, (card(at, 2.2, 1.8, marks, below=0.05),), shadow=(2.2, 1.0), live=live)


def _spouts(pen: Pen, at: Vec3, phase: float) -> None:
    """The fountain's water: a jet and four falls, made of drops that follow one another."""
    t = (np.arange(12) / 12 + pen.time_s * 1.1 + phase) % 1.0
    right = pen.view.rotation[0]
    spots = []
    for reach, rise in ((0.12, 0.75), (-0.12, 0.75), (0.95, 0.12), (-0.95, 0.12), (0.55, 0.1), (-0.55, 0.1)):
        out = reach * (0.7 + 0.5 * t)
        y = 1.64 + rise * 4.0 * t * (1 - t) - 1.1 * t * t
        spots.append(np.stack([at.x + right[0] * out, y, at.z + right[2] * out], axis=1))
    seen = pen.view.project(np.concatenate(spots))
    if seen[0, 2] < 0.5:
        return
    points = [skia.Point(x, y) for x, y in seen[:, :2].tolist()]
    argb = pen.tone.between(RGB(232, 244, 248), 1.0, float(seen[0, 2]))
    width = max(1.0, 0.07 * pen.view.px_per_m(float(seen[0, 2])))
    paint = skia.Paint(AntiAlias=True, Color=(argb & 0xFFFFFF) | 190 << 24, StrokeCap=skia.Paint.kRound_Cap)
    paint.setStrokeWidth(width)
    pen.canvas.drawPoints(skia.Canvas.kPoints_PointMode, points, paint)


def _bandstand(rng: Random, at: Vec3) -> Piece:
    """A bandstand: a floor on a plinth, posts, a roof like a tent."""
    white, roof = RGB(238, 234, 224), rng.choice((RGB(86, 124, 116), RGB(150, 78, 68), RGB(92, 96, 116)))
    posts: list[tuple[float, float, float, float]] = [
        (x - 0.06, 0.7, x + 0.06, 3.3) for x in (-2.3, -1.2, 0.0, 1.2, 2.3)
    ]
    bars = [(-2.3 + 0.2 * i, 0.8, -2.27 + 0.2 * i, 1.4) for i in range(24) if not 10 < i < 14]
    marks = [
        mark(poly([(-2.7, 0), (2.7, 0), (2.6, 0.7), (-2.6, 0.7)]), RGB(176, 168, 158)),
        mark(rects([(-0.6, 0, 0.6, 0.2), (-0.5, 0.2, 0.5, 0.45)]), RGB(200, 192, 180)),
        mark(rects([(-2.4, 0.7, 2.4, 3.3)]), RGB(70, 74, 84), alpha=0.25),
        mark(rects(bars), white, fine=True),
        mark(rects([*posts, (-2.4, 1.38, -0.5, 1.46), (0.5, 1.38, 2.4, 1.46), (-2.5, 3.1, 2.5, 3.3)]), white),
        mark(poly([(-3.0, 3.2), (-1.2, 4.1), (-0.3, 4.9), (0.3, 4.9), (1.2, 4.1), (3.0, 3.2)]), roof, key=0.8),
        mark(poly([(0.4, 3.2), (0.1, 4.9), (0.3, 4.9), (1.2, 4.1), (3.0, 3.2)]), scale(roof, 0.8), key=0.4),
        mark(poly([(-0.06, 4.9), (0.06, 4.9), (0, 5.5)]), RGB(206, 176, 100)),
    ]
    return Piece(at, 2.6, 5.5, (card(at, 3.1, 5.5, marks),), shadow=(2.9, 1.5))


def _swings(rng: Random, at: Vec3) -> Piece:
    """A frame with two swings that move a little."""
    frame_rgb = rng.choice((RGB(196, 86, 66), RGB(66, 110, 140), RGB(222, 178, 76)))
    marks = [
        mark(line([(-2.2, 0), (-1.8, 2.6), (-1.4, 0)], 0.1), frame_rgb),
        mark(line([(1.4, 0), (1.8, 2.6), (2.2, 0)], 0.1), scale(frame_rgb, 0.85)),
        mark(line([(-1.9, 2.58), (1.9, 2.58)], 0.1), frame_rgb),
    ]
    for x in (-0.9, 0.7):
        marks.append(mark(rects([(x, 0.55, x + 0.02, 2.56), (x + 0.45, 0.55, x + 0.47, 2.56)]), RGB(90, 92, 98)))
        marks.append(mark(rects([(x - 0.04, 0.5, x + 0.52, 0.57)]), RGB(60, 56, 58)))
    return Piece(at, 1.8, 2.7, (card(at, 2.3, 2.7, marks),), shadow=(2.0, 0.8))


def forest(seed: int) -> Design:
    """A forest: trunks at every depth, ferns, a leafy floor with a trail, light falling between the trees."""
    rng = Random(seed * 67 + 5)
    earth, green, bark = rng.choice(
        (
            (RGB(112, 104, 72), RGB(92, 126, 76), RGB(98, 78, 62)),
            (RGB(96, 104, 78), RGB(74, 112, 84), RGB(84, 76, 72)),
            (RGB(132, 104, 68), RGB(134, 126, 66), RGB(110, 84, 64)),
        )
    )
    edge = [(0.9 * math.sin(z * 0.16 + seed), float(z)) for z in range(-30, 34, 2)]
    trail = poly([(x - 0.95, z) for x, z in edge] + [(x + 0.95, z) for x, z in reversed(edge)])
    dapple = skia.Path()
    for _ in range(26):
        dapple.addPath(
            blob(rng, rng.uniform(-8, 8), rng.uniform(-7, 11), rng.uniform(0.25, 0.9), rng.uniform(0.15, 0.5), 7), 0, 0
        )
    ground = [
        *_meadow(rng, earth, 30.0, mix(green, SUNLIT, 0.4)),
        mark(trail, mix(earth, RGB(186, 156, 110), 0.5)),
        mark(brush(rng, (-9, -8, 9, 12), 60, 0.5, 0.04), RGB(176, 118, 62), alpha=0.55),
        mark(dapple, RGB(255, 244, 200), "sun", alpha=0.26),
    ]
    kind = seed % 3  # 0: birches, 1: a wood of broad leaves, 2: firs
    birch = RGB(222, 216, 204)
    dressing: list[Piece] = []
    for i, (x, z) in enumerate(ring(rng, 26, 3.9, 16.0, 0.5)):
        at = Vec3(x, 0, z)
        if kind == 2 and math.hypot(x, z) > 5.6 and i % 5:
            dressing.append(fir(rng, at, rng.uniform(5.0, 9.5), mix(green, RGB(46, 84, 74), 0.6)))
        else:
            dressing.append(trunk_tree(rng, at, rng.uniform(9, 13), birch if kind == 0 and i % 3 else bark, green))
    dressing += _forest_floor(rng, bark, green)
    dressing += [
        ferns(rng, Vec3(x, 0, z), mix(green, SUNLIT, rng.uniform(0.0, 0.25))) for x, z in ring(rng, 24, 2.9, 9.0, 0.2)
    ]
    dressing += [rock(rng, Vec3(x, 0, z), RGB(132, 134, 124)) for x, z in ring(rng, 6, 3.4, 9.0, 0.4)]
    log = Vec3(-3.1, 0, 2.9)
    dressing.append(
        Piece(
            log,
            1.2,
            0.5,
            (
                *box(
                    log,
                    (2.2, 0.42, 0.42),
                    bark,
                    150,
                    top_rgb=mix(bark, green, 0.5),
                    front=[mark(brush(rng, (0, 0.05, 2.2, 0.38), 9, 0.9, 0.03), scale(bark, 0.7))],
                    left=[
                        mark(circle(0.21, 0.21, 0.19), RGB(196, 164, 120)),
                        mark(circle(0.21, 0.21, 0.11), RGB(168, 134, 94)),
                    ],
                    right=[mark(circle(0.21, 0.21, 0.19), RGB(196, 164, 120))],
                ),
            ),
            shadow=(1.2, 0.5),
        )
    )
    thicket = Land(rgb=scale(green, 0.6), low_m=2.6, high_m=4.6, air=0.06)
    rear = Land(rgb=mix(scale(green, 0.8), RGB(150, 176, 160), 0.25), low_m=4.0, high_m=8.0, air=0.2)
    scenery = [*ring_of(rng, rear, hills, 58.0, 12), *ring_of(rng, thicket, hills, 34.0, 14)]
    scenery += [
        firs(rng, Vec3(r * math.sin(a), 0, r * math.cos(a)), w, rng.uniform(10, 14), mix(green, RGB(46, 84, 74), 0.5))
        if kind == 2
        else grove(rng, Vec3(r * math.sin(a), 0, r * math.cos(a)), w, rng.uniform(12, 15), green, trunks=9, bark=bark)
        for r, n, w in ((19.0, 8, 17.0), (28.0, 10, 20.0), (40.0, 12, 24.0))
        for a in (math.tau * (i + 0.37 * r) / n for i in range(n))
    ]
    for i in range(7):
        a = math.tau * i / 7 + 0.4
        x, z = 10 * math.sin(a), 10 * math.cos(a)
        shaft = poly([(-0.3, 9.0), (0.9, 9.0), (-0.7, 0.0), (-2.6, 0.0)])
        scenery.append(
            Piece(
                Vec3(x, 0, z),
                2.6,
                9.0,
                (card(Vec3(x, 0, z), 2.7, 9.0, [mark(shaft, RGB(255, 244, 200), "sun", alpha=0.16)]),),
            )
        )
    return Design(earth, tuple(ground), "woods", (), tuple(scenery), tuple(dressing))


def _forest_floor(rng: Random, bark: RGB, green: RGB) -> list[Piece]:
    """Stumps with mushrooms, saplings, and a fallen trunk."""
    pieces: list[Piece] = []
    for x, z in ring(rng, 5, 3.2, 8.0, 0.4):
        at, w, h = Vec3(x, 0, z), rng.uniform(0.25, 0.4), rng.uniform(0.3, 0.6)
        marks = [
            mark(
                poly([(-w * 1.5, 0), (-w, h * 0.4), (-w * 0.9, h), (w * 0.9, h), (w, h * 0.4), (w * 1.6, 0)]),
                bark,
                key=0.7,
            ),
            mark(
                poly([(w * 0.2, 0), (w * 0.3, h), (w * 0.9, h), (w, h * 0.4), (w * 1.6, 0)]), scale(bark, 0.7), key=0.3
            ),
            mark(oval(0, h, w * 0.9, w * 0.24), RGB(206, 174, 128)),
            mark(oval(0, h, w * 0.5, w * 0.13), RGB(178, 142, 100)),
        ]
        for k in range(3):
            mx, my = -w * 1.2 + 0.16 * k, 0.1 + 0.05 * (k % 2)
            marks.append(mark(rect(mx - 0.015, 0, mx + 0.015, my), RGB(238, 230, 212)))
            marks.append(mark(oval(mx, my, 0.06, 0.04), RGB(196, 70, 58)))
        pieces.append(Piece(at, w, h, (card(at, w * 1.8, h + 0.15, marks),), shadow=(w * 1.5, w * 0.8)))
    for x, z in ring(rng, 7, 3.2, 9.0, 0.3):
        at, h = Vec3(x, 0, z), rng.uniform(1.2, 2.4)
        leaves = skia.Path()
        for k in range(6):
            leaves.addPath(blob(rng, rng.uniform(-0.35, 0.35), h * (0.45 + 0.1 * k), 0.26, 0.15, 8, 0.25), 0, 0)
        marks = [
            mark(line([(0, 0), (0.06, h)], 0.04), bark),
            mark(leaves, mix(green, SUNLIT, rng.uniform(0.1, 0.4)), key=0.8),
        ]
        pieces.append(Piece(at, 0.3, h, (card(at, 0.7, h * 1.15, marks),), shadow=(0.3, 0.2), moves="sways"))
    return pieces
