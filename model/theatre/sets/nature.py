"""Places in the open: park, forest."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.light import mix, scale
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
    mark,
    oval,
    poly,
)
from model.theatre.sets.town import tree

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
    scenery = [
        grove(rng, Vec3(r * math.sin(a), 0, r * math.cos(a)), 17.0, rng.uniform(7, 10), green)
        for r, n in ((25.0, 9), (36.0, 12))
        for a in (math.tau * (i + 0.5 * (r > 30)) / n for i in range(n))
    ]
    return Design(grass, tuple(ground), "city", (), tuple(scenery), tuple(dressing))


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
    dressing: list[Piece] = [
        trunk_tree(rng, Vec3(x, 0, z), rng.uniform(9, 13), bark, green) for x, z in ring(rng, 26, 3.9, 16.0, 0.5)
    ]
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
    scenery = [
        grove(rng, Vec3(r * math.sin(a), 0, r * math.cos(a)), w, rng.uniform(12, 15), green, trunks=9, bark=bark)
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
