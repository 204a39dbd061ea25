"""Things of human scale that stand about outdoors: in streets and yards, on roofs, in fields and on beaches.

Small and flat, each a card or a panel of few shapes, so that a set can have many of them.
"""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    box,
    card,
    circle,
    double,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
)

__all__ = [
    "BRIGHT",
    "WHITE",
    "WOOD",
    "aerial",
    "bicycle",
    "bin_bags",
    "cafe_table",
    "flat",
    "kiosk",
    "laundry",
    "litter_bin",
    "pigeons",
    "pole",
    "post_box",
    "sandwich_board",
    "scarecrow",
    "skylight",
]

IRON, WOOD, WHITE = RGB(62, 64, 70), RGB(146, 110, 78), RGB(242, 238, 228)
BRIGHT = (
    RGB(196, 74, 62),
    RGB(66, 112, 140),
    RGB(222, 170, 74),
    RGB(92, 134, 98),
    RGB(226, 214, 190),
    RGB(150, 92, 120),
)


def flat(at: Vec3, half: float, high: float, marks: list[Mark], shade: float, sways: bool = False) -> Piece:
    """A thing of one card, with a soft shadow `shade` times its half width."""
    panel = card(at, half, high, marks)
    return Piece(
        at, half * 0.8, high, (panel,), shadow=(half * shade, half * shade * 0.6), moves="sways" if sways else "no"
    )


def bicycle(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A bicycle that leans on a wall or stand; it points along `heading`."""
    wheels = skia.Path()
    for x in (-0.5, 0.52):
        for r in (0.33, 0.29):
            wheels.addPath(circle(x, 0.33, r), 0, 0)
    wheels.setFillType(skia.PathFillType.kEvenOdd)
    marks = (
        mark(wheels, RGB(44, 42, 48)),
        mark(line([(-0.5, 0.33), (-0.14, 0.78), (0.34, 0.8), (-0.06, 0.33), (-0.5, 0.33)], 0.04), rgb),
        mark(line([(0.52, 0.33), (0.34, 0.8), (0.32, 0.98), (0.44, 1.02)], 0.04), rgb),
        mark(line([(-0.06, 0.33), (-0.2, 0.94)], 0.035), rgb),
        mark(oval(-0.21, 0.96, 0.14, 0.04), RGB(96, 66, 52)),
    )
    a = math.radians(heading)
    u = Vec3(math.sin(a), 0.0, math.cos(a))
    panel = Panel(at, u, Vec3(0, 1, 0), Vec3(u.z, 0, -u.x), (-0.9, 0, 0.9, 1.1), marks)
    wide = (0.16 + 0.7 * abs(u.x), 0.16 + 0.7 * abs(u.z))
    return Piece(at, 0.6, 1.05, double(panel), shadow=wide, keep=True)


def litter_bin(at: Vec3) -> Piece:
    """A litter bin of bars."""
    iron = RGB(66, 84, 76)
    marks = [
        mark(poly([(-0.2, 0), (0.2, 0), (0.25, 0.8), (-0.25, 0.8)]), iron),
        mark(rects([(-0.16 + 0.1 * i, 0.06, -0.13 + 0.1 * i, 0.76) for i in range(4)]), scale(iron, 0.75), fine=True),
        mark(rect(-0.28, 0.78, 0.28, 0.86), mix(iron, WHITE, 0.2)),
    ]
    return flat(at, 0.3, 0.9, marks, 0.9)


def post_box(at: Vec3, rgb: RGB) -> Piece:
    """A pillar box."""
    marks = [
        mark(rect(-0.26, 0, 0.26, 0.1), RGB(48, 46, 52)),
        mark(rect(-0.23, 0.1, 0.23, 1.3), rgb),
        mark(rect(0.06, 0.1, 0.23, 1.3), scale(rgb, 0.74)),
        mark(oval(0, 1.32, 0.27, 0.13), mix(rgb, WHITE, 0.12)),
        mark(rect(-0.15, 1.08, 0.12, 1.13), RGB(40, 30, 34)),
        mark(rect(-0.13, 0.72, 0.08, 0.95), WHITE, fine=True),
    ]
    return flat(at, 0.3, 1.48, marks, 0.9)


def sandwich_board(rng: Random, at: Vec3) -> Piece:
    """A board with chalked words before a shop."""
    word = rng.choice(("SOUP", "OPEN", "SALE", "COFFEE", "MENU"))
    marks = [
        mark(poly([(-0.36, 0), (0.36, 0), (0.3, 1.0), (-0.3, 1.0)]), WOOD),
        mark(poly([(-0.3, 0.14), (0.3, 0.14), (0.26, 0.94), (-0.26, 0.94)]), RGB(48, 54, 52)),
        mark(moved_path(text_path(word, 0.17, True, 0.46), 0, 0.68), WHITE),
        mark(
            rects([(-0.2, 0.5 - 0.12 * i, 0.2 - 0.08 * (i % 2), 0.53 - 0.12 * i) for i in range(3)]),
            WHITE,
            alpha=0.6,
            fine=True,
        ),
    ]
    return flat(at, 0.4, 1.02, marks, 0.9)


def cafe_table(rng: Random, at: Vec3, rgb: RGB) -> Piece:
    """A round table with two chairs and, mostly, a parasol over them."""
    chairs, seats = skia.Path(), skia.Path()
    for side in (-1, 1):
        x = side * 0.72
        chairs.addPath(rects([(x - 0.2, 0, x - 0.17, 0.46), (x + 0.17, 0, x + 0.2, 0.46)]), 0, 0)
        chairs.addPath(rect(x + side * 0.2 - 0.02, 0.4, x + side * 0.2 + 0.02, 0.92), 0, 0)
        seats.addPath(
            rects([(x - 0.22, 0.44, x + 0.22, 0.49), (x + side * 0.2 - 0.03, 0.64, x + side * 0.2 + 0.03, 0.92)]), 0, 0
        )
    marks = [
        mark(chairs, IRON),
        mark(seats, rgb),
        mark(rects([(-0.03, 0, 0.03, 0.72), (-0.25, 0, 0.25, 0.04)]), IRON),
        mark(oval(0, 0.74, 0.42, 0.07), WHITE, key=0.9),
        mark(rects([(-0.16, 0.76, -0.09, 0.84), (0.1, 0.76, 0.15, 0.9)]), mix(rgb, WHITE, 0.5), fine=True),
    ]
    high = 1.0
    if rng.random() < 0.7:
        high = 2.55
        sail = poly([(-1.15, 2.05), (-0.5, 2.4), (0, 2.52), (0.5, 2.4), (1.15, 2.05)])
        dark = poly([(0.1, 2.05), (0, 2.52), (0.5, 2.4), (1.15, 2.05)])
        fringe = skia.Path()
        for i in range(7):
            x = -1.15 + 2.3 * i / 7
            fringe.addPath(poly([(x, 2.06), (x + 0.33, 2.06), (x + 0.165, 1.94)]), 0, 0)
        marks = [
            mark(rect(-0.025, 0.7, 0.025, 2.45), WOOD),
            *marks,
            mark(fringe, scale(rgb, 0.85)),
            mark(sail, rgb, key=0.9),
            mark(dark, scale(rgb, 0.8), key=0.5),
        ]
    return Piece(at, 0.9, high, (card(at, 1.2, high, marks),), shadow=(0.95, 0.5))


def kiosk(rng: Random, at: Vec3, heading: float) -> Piece:
    """A newspaper stand with its flap up."""
    rgb = rng.choice((RGB(64, 100, 92), RGB(120, 62, 56), RGB(66, 88, 120)))
    cells: list[Rect] = [
        (0.16 + 0.27 * i, 1.0 + 0.36 * j, 0.38 + 0.27 * i, 1.3 + 0.36 * j)
        for i in range(6)
        for j in range(3)
        if i not in (2, 3)
    ]
    half = len(cells) // 2
    front = [
        mark(rect(0.1, 0.92, 1.8, 2.12), RGB(70, 58, 52)),
        mark(rect(0.66, 1.0, 1.24, 2.05), RGB(255, 222, 160), "window"),
        mark(rects(cells[:half]), rng.choice(BRIGHT)),
        mark(rects(cells[half:]), WHITE),
        mark(rect(0.05, 0.8, 1.85, 0.92), mix(rgb, WHITE, 0.4)),
        mark(rects([(0.15 + 0.45 * i, 0.12, 0.5 + 0.45 * i, 0.7) for i in range(4)]), scale(rgb, 0.8)),
    ]
    roof = box(Vec3(at.x, 2.3, at.z), (2.2, 0.16, 1.5), mix(rgb, WHITE, 0.25), heading)
    body = box(
        at,
        (1.9, 2.3, 1.2),
        rgb,
        heading,
        front=front,
        left=[mark(rect(0.15, 0.3, 1.05, 2.0), scale(rgb, 0.86))],
        right=[mark(rect(0.15, 0.3, 1.05, 2.0), scale(rgb, 0.86))],
    )
    return Piece(at, 1.1, 2.46, (*body, *roof), shadow=(1.1, 0.8) if heading % 180 == 0 else (0.8, 1.1))


def bin_bags(rng: Random, at: Vec3) -> Piece:
    """Rubbish bags and a box put out."""
    marks: list[Mark] = [
        mark(rect(0.15, 0, 0.62, 0.36), RGB(176, 138, 94)),
        mark(rect(0.36, 0, 0.42, 0.36), RGB(206, 184, 140)),
    ]
    for x, r in ((-0.42, 0.26), (-0.02, 0.32), (0.3, 0.2)):
        y = r * 0.85 + (0.34 if x > 0.2 else 0.0)
        tint = rng.choice((RGB(44, 46, 54), RGB(52, 58, 66)))
        marks += [
            mark(blob(rng, x, y, r, r * 0.86, 8, 0.12), tint),
            mark(
                poly(
                    [
                        (x - 0.05, y + r * 0.7),
                        (x + 0.05, y + r * 0.7),
                        (x + 0.09, y + r * 1.1),
                        (x - 0.08, y + r * 1.06),
                    ]
                ),
                tint,
            ),
            mark(blob(rng, x - r * 0.3, y + r * 0.25, r * 0.28, r * 0.2, 7, 0.2), mix(tint, WHITE, 0.22), alpha=0.7),
        ]
    return flat(at, 0.75, 0.85, marks, 0.95)


def laundry(rng: Random, start: Vec3, end: Vec3, sag: float = 0.3) -> Piece:
    """A line with washing on it, between two points in the air; it stirs in the wind."""
    length = math.hypot(end.x - start.x, end.z - start.z)
    u = Vec3((end.x - start.x) / length, 0.0, (end.z - start.z) / length)
    rise = end.y - start.y

    def height(x: float) -> float:
        s = x / length
        return rise * s - sag * 4 * s * (1 - s)

    cord = [(length * i / 12, height(length * i / 12)) for i in range(13)]
    marks = [mark(poly([*cord, *((x, y - 0.02) for x, y in reversed(cord))]), RGB(92, 88, 90))]
    x = 0.4
    while x < length - 0.9:
        tint, y = rng.choice((*BRIGHT, WHITE, WHITE)), height(x + 0.3)
        kind = rng.randrange(3)
        if kind == 0:  # a sheet
            w, h = rng.uniform(0.8, 1.2), rng.uniform(0.8, 1.15)
            shape = [
                (x, y),
                (x + w, height(x + w)),
                (x + w + 0.05, y - h),
                (x + w * 0.5, y - h - 0.06),
                (x + 0.04, y - h + 0.03),
            ]
        elif kind == 1:  # a shirt
            w = 0.62
            shape = [
                (x + 0.1, y),
                (x + 0.52, y),
                (x + 0.7, y - 0.36),
                (x + 0.58, y - 0.42),
                (x + 0.5, y - 0.3),
                (x + 0.5, y - 0.75),
                (x + 0.12, y - 0.75),
                (x + 0.12, y - 0.3),
                (x + 0.04, y - 0.42),
                (x - 0.08, y - 0.36),
            ]
        else:  # trousers
            w = 0.5
            shape = [
                (x, y),
                (x + 0.4, y),
                (x + 0.46, y - 0.9),
                (x + 0.28, y - 0.9),
                (x + 0.2, y - 0.35),
                (x + 0.12, y - 0.9),
                (x - 0.06, y - 0.9),
            ]
        marks.append(mark(poly(shape), tint, key=0.8))
        x += w + rng.uniform(0.12, 0.6)
    panel = Panel(start, u, Vec3(0, 1, 0), Vec3(u.z, 0, -u.x), (0, -1.6, length, 0.1 + max(rise, 0.0)), tuple(marks))
    middle = Vec3((start.x + end.x) / 2, start.y - 1.5, (start.z + end.z) / 2)
    return Piece(middle, 0.3, 1.6, double(panel), keep=True, moves="sways")


def aerial(rng: Random, at: Vec3) -> Piece:
    """A television aerial, or a dish."""
    tall = rng.uniform(1.8, 2.8)
    marks = [mark(rect(-0.03, 0, 0.03, tall), IRON)]
    if rng.random() < 0.5:
        bars = [(-0.5 + 0.05 * i, tall - 0.2 * i - 0.02, 0.5 - 0.05 * i, tall - 0.2 * i + 0.015) for i in range(5)]
        marks.append(mark(rects(bars), IRON))
    else:
        marks += [
            mark(oval(0.08, tall * 0.7, 0.42, 0.46), RGB(206, 206, 204)),
            mark(oval(0.14, tall * 0.7, 0.32, 0.38), RGB(178, 180, 182)),
            mark(line([(0.1, tall * 0.7), (0.5, tall * 0.78)], 0.03), IRON),
        ]
    return flat(at, 0.6, tall + 0.1, marks, 0.3)


def skylight(at: Vec3, heading: float) -> Piece:
    """A glazed light in a flat roof, lit from below by night."""
    panes: list[Rect] = [
        (0.1 + 0.5 * i, 0.1 + 0.55 * j, 0.52 + 0.5 * i, 0.58 + 0.55 * j) for i in range(3) for j in range(2)
    ]
    top = [mark(rects(panes), RGB(255, 222, 160), "window")]
    return Piece(at, 0.9, 0.4, box(at, (1.64, 0.36, 1.26), RGB(150, 152, 152), heading, top=top), shadow=(0.85, 0.7))


def pigeons(rng: Random, at: Vec3, count: int = 5) -> Piece:
    """Pigeons that pick about, or sit on a ledge when `at` is above the floor."""
    bodies, wings, heads = skia.Path(), skia.Path(), skia.Path()
    for i in range(count):
        x, s = (i - count / 2) * 0.46 + rng.uniform(-0.1, 0.1), rng.choice((-1, 1))
        y = rng.uniform(0.0, 0.06)
        bodies.addPath(oval(x, y + 0.1, 0.11, 0.065), 0, 0)
        bodies.addPath(poly([(x - s * 0.08, y + 0.12), (x - s * 0.22, y + 0.06), (x - s * 0.07, y + 0.06)]), 0, 0)
        wings.addPath(oval(x - s * 0.03, y + 0.115, 0.08, 0.04), 0, 0)
        down = rng.random() < 0.4
        heads.addPath(circle(x + s * 0.13, y + (0.05 if down else 0.2), 0.04), 0, 0)
        heads.addPath(
            poly([(x + s * 0.08, y + 0.1), (x + s * 0.13, y + (0.05 if down else 0.2)), (x + s * 0.05, y + 0.15)]), 0, 0
        )
    marks = [mark(bodies, RGB(132, 138, 150)), mark(wings, RGB(104, 110, 124)), mark(heads, RGB(84, 104, 110))]
    return Piece(at, 0.3, 0.3, (card(at, count * 0.26 + 0.3, 0.32, marks),))


def scarecrow(rng: Random, at: Vec3) -> Piece:
    """A scarecrow: a coat on a cross of poles under a hat."""
    coat, hat = rng.choice((RGB(92, 84, 100), RGB(120, 92, 70), RGB(74, 90, 96))), RGB(110, 82, 58)
    straw = RGB(220, 190, 116)
    marks = [
        mark(rect(-0.04, 0, 0.04, 1.7), WOOD),
        mark(
            poly(
                [
                    (-0.95, 1.36),
                    (-0.9, 1.22),
                    (-0.3, 1.16),
                    (-0.34, 0.5),
                    (-0.1, 0.62),
                    (0.12, 0.48),
                    (0.36, 0.6),
                    (0.3, 1.16),
                    (0.9, 1.24),
                    (0.95, 1.4),
                    (0.2, 1.52),
                    (-0.2, 1.52),
                ]
            ),
            coat,
        ),
        mark(
            poly(
                [
                    (0.02, 0.55),
                    (0.12, 0.48),
                    (0.36, 0.6),
                    (0.3, 1.16),
                    (0.9, 1.24),
                    (0.95, 1.4),
                    (0.2, 1.52),
                    (0.05, 1.5),
                ]
            ),
            scale(coat, 0.8),
        ),
        mark(poly([(-0.95, 1.36), (-1.12, 1.42), (-1.14, 1.26), (-1.05, 1.2), (-0.9, 1.22)]), straw),
        mark(poly([(0.95, 1.4), (1.12, 1.44), (1.15, 1.28), (1.06, 1.2), (0.9, 1.24)]), straw),
        mark(oval(0, 1.7, 0.17, 0.2), RGB(214, 190, 150)),
        mark(poly([(-0.4, 1.78), (0.4, 1.8), (0.18, 1.88), (0.12, 2.1), (-0.14, 2.08), (-0.18, 1.86)]), hat),
        mark(rects([(-0.08, 1.7, -0.04, 1.74), (0.05, 1.7, 0.09, 1.74)]), RGB(50, 44, 44), fine=True),
    ]
    return flat(at, 1.2, 2.15, marks, 0.3, sways=True)


def pole(at: Vec3, wood: RGB = WOOD) -> Piece:
    """A telegraph pole."""
    marks = [
        mark(poly([(-0.1, 0), (0.1, 0), (0.07, 6.2), (-0.07, 6.2)]), scale(wood, 0.8)),
        mark(rects([(-0.85, 5.5, 0.85, 5.62), (-0.65, 5.0, 0.65, 5.1)]), scale(wood, 0.65)),
        mark(
            rects(
                [(-0.78, 5.62, -0.72, 5.76), (0.72, 5.62, 0.78, 5.76), (-0.56, 5.1, -0.5, 5.22), (0.5, 5.1, 0.56, 5.22)]
            ),
            RGB(196, 214, 214),
        ),
    ]
    return Piece(at, 0.3, 6.3, (card(at, 0.9, 6.3, marks),), shadow=(0.18, 0.14))
