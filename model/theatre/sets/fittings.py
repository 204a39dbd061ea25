"""What fits out a room: shelves and cabinets, lamps, plants, kitchen machines."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.furniture import WOOD, stood
from model.theatre.sets.kit import (
    Lamp,
    Mark,
    Piece,
    Rect,
    box,
    card,
    circle,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)

__all__ = [
    "bookshelf",
    "cabinet",
    "counter",
    "floor_lamp",
    "fridge",
    "pendant",
    "plant",
    "shelf_marks",
    "stove",
    "table_lamp",
    "television",
    "wardrobe",
]

WARM = RGB(255, 206, 140)
SHADE = RGB(238, 214, 168)
SMALL_SHADE = RGB(240, 206, 150)
ENAMEL = RGB(216, 220, 218)


def shelf_marks(rng: Random, x0: float, y0: float, x1: float, y1: float, rows: int, back: RGB) -> list[Mark]:
    """Shelves with books and small things, seen from in front."""
    marks = [mark(rect(x0, y0, x1, y1), scale(back, 0.62))]
    by_colour: dict[RGB, list[Rect]] = {}
    gap = (y1 - y0) / rows
    for row in range(rows):
        y, x = y0 + row * gap + 0.02, x0 + 0.03
        while x < x1 - 0.06:
            if rng.random() < 0.14:
                x += rng.uniform(0.1, 0.3)
                continue
            w, h = rng.uniform(0.028, 0.06), gap * rng.uniform(0.52, 0.84)
            if x + w > x1 - 0.02:
                break
            by_colour.setdefault(rng.choice(BOOKS), []).append((x, y, x + w, y + h))
            x += w + 0.004
    marks += [mark(rects(found, rng, 0.003), rgb) for rgb, found in by_colour.items()]
    marks.append(mark(rects([(x0, y0 + i * gap - 0.015, x1, y0 + i * gap + 0.015) for i in range(rows + 1)]), back))
    return marks


def bookshelf(
    rng: Random, at: Vec3, heading: float, rgb: RGB = WOOD, size: tuple[float, float, float] = (1.2, 2.1, 0.34)
) -> Piece:
    """A bookshelf."""
    w, h, _ = size
    front = shelf_marks(rng, 0.05, 0.1, w - 0.05, h - 0.06, max(2, round(h / 0.38)), rgb)
    return stood(at, size, box(at, size, rgb, heading, front=front), heading=heading)


def cabinet(
    at: Vec3,
    heading: float,
    rgb: RGB,
    size: tuple[float, float, float],
    doors: int = 2,
    rows: int = 1,
    top_rgb: RGB | None = None,
) -> Piece:
    """A sideboard, chest or counter with doors or drawers."""
    w, h, d = size
    cells: list[Rect] = []
    for i in range(doors):
        for j in range(rows):
            cells.append(
                (
                    w * i / doors + 0.03,
                    0.09 + (h - 0.12) * j / rows + 0.015,
                    w * (i + 1) / doors - 0.03,
                    0.09 + (h - 0.12) * (j + 1) / rows - 0.015,
                )
            )
    knobs = skia.Path()
    for a, _, c, e in cells:
        knobs.addPath(rect((a + c) / 2 - 0.06, e - 0.09, (a + c) / 2 + 0.06, e - 0.065), 0, 0)
    front = [
        mark(rect(0, 0, w, 0.07), scale(rgb, 0.5)),
        mark(rects(cells), scale(rgb, 0.86)),
        mark(rects([(a + 0.012, b + 0.012, c, e) for a, b, c, e in cells]), mix(rgb, RGB(255, 240, 214), 0.07)),
        mark(knobs, RGB(196, 170, 116), fine=True),
    ]
    lid = top_rgb or mix(rgb, RGB(255, 240, 214), 0.2)
    return stood(
        at,
        size,
        [
            *box(at, (w, h - 0.035, d), rgb, heading, front=front),
            *box(
                Vec3(at.x, at.y + h - 0.035, at.z), (w + 0.04, 0.035, d + 0.04), scale(lid, 0.9), heading, top_rgb=lid
            ),
        ],
        heading=heading,
    )


def counter(at: Vec3, heading: float, rgb: RGB, width: float, top_rgb: RGB) -> Piece:
    """A kitchen counter with drawers and doors."""
    return cabinet(at, heading, rgb, (width, 0.92, 0.62), max(1, round(width / 0.6)), 2, top_rgb)


def floor_lamp(at: Vec3, rgb: RGB = SHADE) -> Piece:
    """A standing lamp with a shade."""
    shade = poly([(-0.13, 1.62), (0.13, 1.62), (0.23, 1.28), (-0.23, 1.28)])
    marks = [
        mark(rect(-0.014, 0.02, 0.014, 1.3), RGB(62, 54, 50)),
        mark(oval(0, 0.02, 0.16, 0.03), RGB(56, 48, 46)),
        mark(shade, rgb, "glow"),
        mark(poly([(-0.23, 1.28), (0.23, 1.28), (0.21, 1.35), (-0.21, 1.35)]), RGB(255, 244, 214), "glow", alpha=0.6),
    ]
    glow = Lamp(Vec3(at.x, at.y + 1.42, at.z), WARM, 1.25, 1.5)
    return Piece(at, 0.24, 1.65, (card(at, 0.26, 1.65, marks),), (glow,), shadow=(0.18, 0.14))


def table_lamp(at: Vec3, rgb: RGB = SMALL_SHADE) -> Piece:
    """A small lamp; `at` is on a table top."""
    marks = [
        mark(poly([(-0.07, 0), (0.07, 0), (0.03, 0.2), (-0.03, 0.2)]), RGB(98, 118, 120)),
        mark(poly([(-0.09, 0.4), (0.09, 0.4), (0.15, 0.19), (-0.15, 0.19)]), rgb, "glow"),
    ]
    glow = Lamp(Vec3(at.x, at.y + 0.3, at.z), WARM, 0.85)
    return Piece(at, 0.16, 0.42, (card(at, 0.16, 0.42, marks),), (glow,))


def pendant(at: Vec3, drop_to: float, rgb: RGB, ceiling: float = 2.8, light: RGB = WARM, pool: float = 1.2) -> Piece:
    """A lamp hanging from the ceiling, its rim `drop_to` metres above the floor."""
    marks = [
        mark(rect(-0.008, drop_to + 0.2, 0.008, ceiling), RGB(48, 44, 46)),
        mark(poly([(-0.06, drop_to + 0.22), (0.06, drop_to + 0.22), (0.21, drop_to), (-0.21, drop_to)]), rgb),
        mark(oval(0, drop_to, 0.2, 0.035), RGB(255, 238, 196), "glow"),
        mark(circle(0, drop_to - 0.01, 0.055), RGB(255, 244, 214), "glow"),
    ]
    glow = Lamp(Vec3(at.x, drop_to, at.z), light, 0.95, pool)
    return Piece(at, 0.22, ceiling, (card(at, 0.22, ceiling, marks),), (glow,), keep=True)


def plant(rng: Random, at: Vec3, height: float = 1.3) -> Piece:
    """A big plant in a pot."""
    pot = rng.choice((RGB(176, 98, 66), RGB(206, 198, 184), RGB(74, 92, 104)))
    green = rng.choice((RGB(74, 116, 78), RGB(92, 128, 70), RGB(58, 104, 92)))
    dark, light, stems = skia.Path(), skia.Path(), skia.Path()
    for i in range(15):
        angle = -1.25 + 2.5 * i / 14 + rng.uniform(-0.1, 0.1)
        reach = height * rng.uniform(0.42, 0.66) * (1.0 - 0.25 * abs(angle))
        tip = (math.sin(angle) * reach * 0.9, 0.34 + math.cos(angle) * reach)
        root = (math.sin(angle) * 0.05, 0.3)
        w = 0.085
        leaf = skia.Path()
        leaf.moveTo(*root)
        side = (math.cos(angle) * w, -math.sin(angle) * w)
        middle = ((root[0] + tip[0]) / 2, (root[1] + tip[1]) / 2 + 0.05)
        leaf.quadTo(middle[0] + side[0], middle[1] + side[1], *tip)
        leaf.quadTo(middle[0] - side[0], middle[1] - side[1], *root)
        leaf.close()
        (dark if i % 2 else light).addPath(leaf, 0, 0)
        stems.addPath(line([root, tip], 0.012), 0, 0)
    marks = [
        mark(dark, scale(green, 0.72)),
        mark(light, green),
        mark(stems, scale(green, 0.6), fine=True),
        mark(poly([(-0.15, 0), (0.15, 0), (0.2, 0.34), (-0.2, 0.34)]), pot),
        mark(poly([(0.03, 0), (0.15, 0), (0.2, 0.34), (0.06, 0.34)]), scale(pot, 0.8)),
        mark(rect(-0.21, 0.29, 0.21, 0.35), mix(pot, RGB(255, 244, 226), 0.18)),
    ]
    return Piece(at, 0.45, height, (card(at, 0.7, height + 0.1, marks),), shadow=(0.24, 0.2))


def television(at: Vec3, heading: float, on: bool = False) -> Piece:
    """A flat screen on a low stand; `at` is where it stands."""
    shine = poly([(0.1, 0.05), (0.34, 0.05), (0.72, 0.6), (0.48, 0.6)])
    screen = [
        mark(rect(0.03, 0.03, 1.07, 0.6), RGB(36, 46, 62), "glow" if on else "lit"),
        mark(shine, RGB(190, 214, 235), alpha=0.16),
    ]
    return stood(at, (1.1, 0.63, 0.06), box(at, (1.1, 0.63, 0.06), RGB(32, 32, 36), heading, front=screen))


def wardrobe(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A tall wardrobe."""
    return cabinet(at, heading, rgb, (1.3, 2.1, 0.6), 2, 1)


def fridge(at: Vec3, heading: float, rgb: RGB = ENAMEL) -> Piece:
    """A tall fridge with magnets."""
    front = [
        mark(rect(0, 1.15, 0.66, 1.165), scale(rgb, 0.7)),
        mark(rects([(0.05, 0.75, 0.075, 1.08), (0.05, 1.24, 0.075, 1.5)]), RGB(150, 154, 156)),
        mark(rects([(0.3, 1.35, 0.44, 1.53)]), RGB(244, 236, 196)),
        mark(rects([(0.46, 1.25, 0.56, 1.37)]), RGB(206, 96, 84)),
    ]
    return stood(at, (0.66, 1.78, 0.66), box(at, (0.66, 1.78, 0.66), rgb, heading, front=front), heading=heading)


def stove(at: Vec3, heading: float) -> Piece:
    """A cooker with an oven."""
    rgb = RGB(92, 94, 100)
    front = [
        mark(rect(0.06, 0.14, 0.54, 0.6), RGB(44, 44, 52)),
        mark(rect(0.06, 0.64, 0.54, 0.67), RGB(176, 178, 180)),
        mark(rects([(0.08 + 0.13 * i, 0.76, 0.14 + 0.13 * i, 0.82) for i in range(4)]), RGB(204, 204, 202)),
    ]
    rings = [mark(circle(x, z, 0.1), RGB(40, 40, 46)) for x in (0.16, 0.44) for z in (0.16, 0.44)]
    return stood(
        at, (0.6, 0.92, 0.62), box(at, (0.6, 0.92, 0.62), rgb, heading, front=front, top=rings), heading=heading
    )


BOOKS = (
    RGB(160, 64, 54),
    RGB(60, 88, 110),
    RGB(206, 170, 96),
    RGB(84, 108, 84),
    RGB(190, 186, 172),
    RGB(112, 72, 96),
    RGB(46, 54, 72),
    RGB(200, 118, 72),
)
