"""The inside of a car, built for cameras round it: a side that a camera looks in through is not there.

The car drives towards the master's camera (-z); trees and lamps pass by unless the place's name says it is parked.
"""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.buildings import street_lamp
from model.theatre.sets.growth import bush, grove
from model.theatre.sets.kit import (
    Design,
    Horizon,
    Panel,
    Piece,
    Rect,
    Seat,
    box,
    brush,
    card,
    circle,
    floor_patch,
    holed,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.town import tree

__all__ = ["car"]

HALF, FRONT, BACK, SILL, TOP = 0.88, -1.15, 2.15, 0.82, 1.62


def car(seed: int, name: str = "") -> Design:
    """A car: seats, doors with windows, a dashboard and wheel; a road and what passes beside it."""
    rng = Random(seed * 97 + 12)
    paint = rng.choice((RGB(146, 60, 52), RGB(66, 92, 118), RGB(196, 186, 162), RGB(84, 96, 84)))
    seat = rng.choice((RGB(134, 96, 72), RGB(96, 98, 106), RGB(172, 148, 118)))
    trim, cloth = mix(paint, RGB(46, 44, 50), 0.6), RGB(196, 190, 180)
    parked = "park" in name.casefold()
    dressing: list[Piece] = []
    for side in (-1, 1):
        start, end = ((HALF, BACK), (HALF, FRONT)) if side > 0 else ((-HALF, FRONT), (-HALF, BACK))
        length = BACK - FRONT
        windows = [(0.12, SILL, 0.78, 1.46), (0.9, SILL, 1.78, 1.5), (1.9, SILL, 3.02, 1.44)]
        if side < 0:
            windows = [(length - c, b, length - a, d) for a, b, c, d in windows]
        inner = [
            mark(holed((0, 0, length, TOP), windows), trim),
            mark(rect(0.05, 0.14, length - 0.05, SILL - 0.1), mix(trim, seat, 0.4)),
            mark(rects([(0.5, 0.52, 1.2, 0.6), (1.9, 0.52, 2.6, 0.6)]), scale(seat, 0.7)),
            mark(rects([(0.7, 0.66, 0.9, 0.7), (2.1, 0.66, 2.3, 0.7)]), RGB(196, 196, 194)),
            mark(rect(0, SILL - 0.05, length, SILL), scale(trim, 0.7)),
            mark(rect(0, 1.52, length, TOP), cloth),
            *(
                mark(poly([(a + 0.1, b), (a + 0.22, b), (a + 0.42, d), (a + 0.3, d)]), RGB(255, 255, 255), alpha=0.10)
                for a, b, _, d in windows
            ),
        ]
        dressing.append(Piece(Vec3(side * HALF, 0, 1.2), 1.7, TOP, (wall(start, end, TOP, inner),), keep=True))
    glass = (0.22, 0.92, 2 * HALF - 0.22, 1.46)
    rear = [
        mark(holed((0, 0, 2 * HALF, TOP), [glass]), trim),
        mark(rect(0, 0.8, 2 * HALF, 0.9), scale(seat, 0.8)),
        mark(rect(0, 1.5, 2 * HALF, TOP), cloth),
        mark(
            rects([(glass[0], 1.0 + 0.09 * i, glass[2], 1.008 + 0.09 * i) for i in range(5)]),
            RGB(120, 90, 70),
            alpha=0.5,
        ),
    ]
    dressing.append(Piece(Vec3(0, 0, BACK + 0.4), 0.9, TOP, (wall((-HALF, BACK), (HALF, BACK), TOP, rear),), keep=True))
    area = (-HALF, FRONT + 0.2, HALF, BACK)
    lining = [
        mark(rect(*area), cloth, key=0.35),
        mark(rect(-0.16, 0.3, 0.16, 0.55), scale(cloth, 0.86)),
        mark(rect(-0.1, 0.36, 0.1, 0.5), RGB(255, 240, 206), "glow"),
    ]
    dressing.append(
        Piece(
            Vec3(0, 0, BACK + 0.3),
            1.2,
            TOP,
            (floor_patch(area, TOP, lining, up=False), floor_patch(area, 0.02, [mark(rect(*area), RGB(66, 62, 66))])),
            keep=True,
        )
    )
    for x in (-0.38, 0.38):
        at = Vec3(x, 0.0, 0.30)
        ribs = [
            mark(
                rects([(0.08, 0.12 + 0.13 * i, 0.48, 0.2 + 0.13 * i) for i in range(4)]),
                mix(seat, RGB(255, 240, 214), 0.14),
            )
        ]
        rest = [
            *box(
                Vec3(x, 0.3, 0.34),
                (0.56, 0.78, 0.16),
                seat,
                180,
                front=ribs,
                back=[mark(rect(0.08, 0.1, 0.48, 0.45), scale(seat, 0.74))],
            ),
            *box(Vec3(x, 1.1, 0.34), (0.3, 0.2, 0.12), scale(seat, 0.92), 180),
            *box(Vec3(x, 0.1, 0.0), (0.58, 0.28, 0.6), seat, 180),
        ]
        front = Seat("car", Vec3(x, 0.0, 0.0), 180.0, 0.38)
        dressing.append(Piece(at, 0.3, 1.3, tuple(rest), keep=True, seats=(front,)))
    bench = box(
        Vec3(0, 0.3, 1.28),
        (1.6, 0.76, 0.2),
        seat,
        180,
        front=[
            mark(
                rects([(0.06 + 0.52 * i, 0.06, 0.5 + 0.52 * i, 0.7) for i in range(3)]),
                mix(seat, RGB(255, 240, 214), 0.12),
            )
        ],
    )
    dressing.append(
        Piece(
            Vec3(0, 0, 1.28),
            0.5,
            1.06,
            (*bench, *box(Vec3(0, 0.1, 0.95), (1.6, 0.3, 0.6), seat, 180)),
            keep=True,
            seats=tuple(Seat("car", Vec3(x, 0.0, 0.9), 180.0, 0.4) for x in (-0.38, 0.38)),
        )
    )
    dial = [
        mark(rects([(0.1, 0.1, 0.55, 0.24)]), RGB(40, 40, 46)),
        mark(circle(0.26, 0.17, 0.055), RGB(150, 220, 210), "glow"),
        mark(circle(0.42, 0.17, 0.055), RGB(255, 176, 110), "glow"),
        mark(rect(0.7, 0.1, 1.0, 0.22), RGB(120, 196, 220), "glow"),
        mark(rect(1.15, 0.06, 1.62, 0.24), scale(trim, 0.75)),
    ]
    dash = Vec3(0, 0.52, FRONT + 0.12)
    ring = oval(0, 0.0, 0.19, 0.17)
    ring.addPath(oval(0, 0.0, 0.16, 0.14), 0, 0)
    ring.setFillType(skia.PathFillType.kEvenOdd)
    wheel = Vec3(-0.38, 0.78, -0.5)
    dressing.append(
        Piece(
            Vec3(0, 0, FRONT),
            0.5,
            0.84,
            box(dash, (1.74, 0.3, 0.3), trim, 0, front=dial, top_rgb=mix(trim, RGB(255, 255, 255), 0.1)),
            keep=True,
        )
    )
    dressing.append(
        Piece(
            Vec3(-0.38, 0, -0.55),
            0.2,
            0.98,
            (
                card(
                    wheel,
                    0.22,
                    0.2,
                    [
                        mark(ring, RGB(44, 42, 46)),
                        mark(line([(-0.17, 0), (0.17, 0)], 0.03), RGB(54, 52, 56)),
                        mark(circle(0, 0, 0.045), RGB(70, 66, 70)),
                    ],
                    below=0.2,
                ),
            ),
            keep=True,
        )
    )
    header: list[Panel] = [*box(Vec3(0, 1.56, FRONT + 0.28), (2 * HALF, 0.09, 0.2), paint, 180)]
    dressing.append(
        Piece(
            Vec3(0, 0, FRONT + 0.2),
            0.5,
            1.66,
            (*header, *box(Vec3(0, 1.4, FRONT + 0.34), (0.24, 0.07, 0.03), RGB(52, 50, 54), 180)),
            keep=True,
        )
    )
    green = rng.choice((RGB(98, 130, 78), RGB(112, 134, 74), RGB(86, 118, 88)))
    for i in range(12):
        side = -1 if i % 2 else 1
        z = -54.0 + 9.0 * i
        at = Vec3(side * rng.uniform(5.5, 8.5), 0, z)
        if i % 3 == 0:
            piece = street_lamp(Vec3(side * 4.6, 0, z))
        elif i % 3 == 1:
            piece = tree(rng, at, rng.uniform(4.5, 7.0), green)
        else:
            piece = bush(rng, at, green, 1.5)
        dressing.append(
            Piece(
                piece.at, piece.radius_m, piece.height_m, piece.panels, piece.lamps, None, "no" if parked else "passes"
            )
        )
    grass, asphalt = mix(green, RGB(180, 170, 110), 0.3), RGB(100, 102, 108)
    verge: list[Rect] = [(-4.1, -110, -3.95, 110), (3.95, -110, 4.1, 110)]
    ground = [
        mark(brush(rng, (-40, -40, 40, 40), 60, 5.0, 0.3), mix(grass, RGB(240, 226, 140), 0.3), alpha=0.4),
        mark(rect(-4.3, -110, 4.3, 110), asphalt),
        mark(rects(verge), RGB(226, 222, 206)),
    ]
    horizon: Horizon = "woods" if rng.random() < 0.5 else "hills"
    scenery = [
        grove(rng, Vec3(x, 0, z), 22.0, rng.uniform(6, 9), green)
        for x in (-34.0, 34.0)
        for z in (-60.0, -36.0, -12.0, 12.0, 36.0, 60.0)
    ]
    scenery += [grove(rng, Vec3(x, 0, z), 24.0, 8.0, green) for x in (-20.0, 20.0) for z in (-88.0, 88.0)]
    return Design(grass, tuple(ground), horizon, (), tuple(scenery), tuple(dressing))
