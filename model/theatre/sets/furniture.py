"""Furniture: pieces of real size for the insides of houses, offices, cafés and bars.

A piece stands at the foot of its centre and its front looks along `heading_deg`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
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
    "armchair",
    "bed",
    "bench",
    "bookshelf",
    "cabinet",
    "chair",
    "counter",
    "desk",
    "floor_lamp",
    "fridge",
    "pendant",
    "plant",
    "shelf_marks",
    "sofa",
    "stool",
    "stove",
    "table",
    "table_lamp",
    "television",
    "wardrobe",
]

WARM = RGB(255, 206, 140)
WOOD = RGB(140, 98, 66)
BOOKS = (
    RGB(160, 64, 54), RGB(60, 88, 110), RGB(206, 170, 96), RGB(84, 108, 84), RGB(190, 186, 172), RGB(112, 72, 96),
    RGB(46, 54, 72), RGB(200, 118, 72),
)


def local(at: Vec3, heading_deg: float, aside: float, ahead: float, y: float = 0.0) -> Vec3:
    """A point beside (to its viewer's right) and in front of a thing."""
    a = math.radians(heading_deg)
    return Vec3(
        at.x - aside * math.cos(a) + ahead * math.sin(a), at.y + y, at.z + aside * math.sin(a) + ahead * math.cos(a)
    )


def _piece(at: Vec3, size: tuple[float, float, float], panels: Sequence[Panel], lamps: Sequence[Lamp] = (), heading: float = 0.0) -> Piece:
    w, h, d = size
    turned = abs(math.sin(math.radians(heading))) > 0.7
    half = (d / 2, w / 2) if turned else (w / 2, d / 2)
    return Piece(
        at, math.hypot(w, d) / 2, h, tuple(panels), tuple(lamps), shadow=(half[0] * 1.12 + 0.03, half[1] * 1.12 + 0.03)
    )


def sofa(at: Vec3, heading: float, rgb: RGB, width: float = 2.0) -> Piece:
    """A sofa with cushions."""
    pale, dark = mix(rgb, RGB(255, 244, 226), 0.16), scale(rgb, 0.74)
    back_at = local(at, heading, 0, -0.34, 0.12)
    seat_at = local(at, heading, 0, 0.06, 0.12)
    seams = [(width * 0.5 - 0.16, 0.0, width * 0.5 - 0.15, 0.3)]
    panels: list[Panel] = [
        *box(back_at, (width, 0.72, 0.22), rgb, heading, front=[
            mark(rects([(0.22 + i * (width - 0.44) / 2 + 0.02, 0.3, 0.22 + (i + 1) * (width - 0.44) / 2 - 0.02, 0.7) for i in (0, 1)]), pale),
        ], top_rgb=pale),
        *box(seat_at, (width - 0.3, 0.3, 0.7), rgb, heading, front=[mark(rects(seams), dark)], top_rgb=pale, top=[
            mark(rect(width / 2 - 0.16, 0, width / 2 - 0.14, 0.7), dark, alpha=0.7)]),
    ]
    for side in (-1, 1):
        arm = local(at, heading, side * (width / 2 - 0.09), 0.04, 0.08)
        panels += box(arm, (0.18, 0.5, 0.8), scale(rgb, 0.94), heading, top_rgb=pale)
    return _piece(at, (width, 0.84, 0.9), panels, heading=heading)


def armchair(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A sofa for one."""
    return sofa(at, heading, rgb, 0.95)


def _legs(at: Vec3, heading: float, w: float, d: float, h: float, rgb: RGB, thick: float = 0.05) -> list[Panel]:
    panels: list[Panel] = []
    for a, f in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        foot = local(at, heading, a * (w / 2 - thick), f * (d / 2 - thick))
        panels += box(foot, (thick, h, thick), scale(rgb, 0.8), heading)
    return panels


def table(at: Vec3, heading: float, rgb: RGB, size: tuple[float, float, float] = (1.2, 0.75, 0.75)) -> Piece:
    """A table on four legs."""
    w, h, d = size
    top = box(Vec3(at.x, at.y + h - 0.05, at.z), (w, 0.05, d), rgb, heading, top_rgb=mix(rgb, RGB(255, 240, 214), 0.16))
    return _piece(at, size, [*_legs(at, heading, w, d, h - 0.05, rgb), *top], heading=heading)


def round_table(at: Vec3, rgb: RGB, r: float = 0.38, h: float = 0.74) -> Piece:
    """A café's round table on one foot."""
    top = Panel(Vec3(at.x, at.y + h, at.z), Vec3(1, 0, 0), Vec3(0, 0, 1), Vec3(0, 1, 0), (-r, -r, r, r), (
        mark(circle(0, 0, r), rgb), mark(circle(-0.04, 0.04, r * 0.86), mix(rgb, RGB(255, 244, 226), 0.2))))
    post = card(at, r, h, [
        mark(rect(-0.03, 0.03, 0.03, h), RGB(58, 52, 52)), mark(oval(0, 0.02, 0.24, 0.045), RGB(50, 46, 48)),
        mark(rect(-r, h - 0.035, r, h), scale(rgb, 0.8)),
    ])
    return Piece(at, r, h, (post, top), shadow=(r * 0.9, r * 0.7))


def chair(at: Vec3, heading: float, rgb: RGB, seat: float = 0.45) -> Piece:
    """A plain chair."""
    seat_at = Vec3(at.x, at.y + seat - 0.05, at.z)
    back = local(at, heading, 0, -0.19, seat)
    slats = [mark(rects([(0.07 + i * 0.09, 0.05, 0.12 + i * 0.09, 0.32) for i in range(4)]), scale(rgb, 0.62))]
    return _piece(at, (0.42, 0.9, 0.42), [
        *_legs(at, heading, 0.42, 0.42, seat - 0.05, rgb, 0.04),
        *box(back, (0.42, 0.44, 0.035), rgb, heading, front=slats, back=slats),
        *box(seat_at, (0.42, 0.05, 0.42), rgb, heading, top_rgb=mix(rgb, RGB(255, 240, 214), 0.18)),
    ], heading=heading)


def stool(at: Vec3, rgb: RGB, seat: float = 0.74) -> Piece:
    """A bar stool."""
    marks = [
        mark(rect(-0.025, 0.03, 0.025, seat - 0.06), RGB(120, 112, 108)),
        mark(oval(0, 0.03, 0.2, 0.035), RGB(96, 90, 90)),
        mark(rect(-0.13, 0.25, 0.13, 0.275), RGB(110, 104, 100)),
        mark(oval(0, seat - 0.05, 0.19, 0.055), scale(rgb, 0.75)),
        mark(oval(0, seat - 0.01, 0.19, 0.05), rgb),
        mark(oval(-0.04, seat, 0.11, 0.022), mix(rgb, RGB(255, 255, 255), 0.3)),
    ]
    return Piece(at, 0.22, seat, (card(at, 0.22, seat + 0.05, marks),), shadow=(0.2, 0.16))


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


def bookshelf(rng: Random, at: Vec3, heading: float, rgb: RGB = WOOD, size: tuple[float, float, float] = (1.2, 2.1, 0.34)) -> Piece:
    """A bookshelf."""
    w, h, d = size
    front = shelf_marks(rng, 0.05, 0.1, w - 0.05, h - 0.06, max(2, round(h / 0.38)), rgb)
    return _piece(at, size, box(at, size, rgb, heading, front=front), heading=heading)


def cabinet(
    at: Vec3, heading: float, rgb: RGB, size: tuple[float, float, float], doors: int = 2, rows: int = 1, top_rgb: RGB | None = None
) -> Piece:
    """A sideboard, chest or counter with doors or drawers."""
    w, h, d = size
    cells: list[Rect] = []
    for i in range(doors):
        for j in range(rows):
            cells.append((
                w * i / doors + 0.03, 0.09 + (h - 0.12) * j / rows + 0.015, w * (i + 1) / doors - 0.03,
                0.09 + (h - 0.12) * (j + 1) / rows - 0.015,
            ))
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
    return _piece(at, size, [
        *box(at, (w, h - 0.035, d), rgb, heading, front=front),
        *box(Vec3(at.x, at.y + h - 0.035, at.z), (w + 0.04, 0.035, d + 0.04), scale(lid, 0.9), heading, top_rgb=lid),
    ], heading=heading)


def counter(at: Vec3, heading: float, rgb: RGB, width: float, top_rgb: RGB) -> Piece:
    """A kitchen counter with drawers and doors."""
    return cabinet(at, heading, rgb, (width, 0.92, 0.62), max(1, round(width / 0.6)), 2, top_rgb)


def floor_lamp(at: Vec3, rgb: RGB = RGB(238, 214, 168)) -> Piece:
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


def table_lamp(at: Vec3, rgb: RGB = RGB(240, 206, 150)) -> Piece:
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
    return _piece(at, (1.1, 0.63, 0.06), box(at, (1.1, 0.63, 0.06), RGB(32, 32, 36), heading, front=screen))


def bench(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A slatted bench for three."""
    iron = RGB(56, 60, 64)
    panels: list[Panel] = []
    for side in (-1, 1):
        panels += box(local(at, heading, side * 0.7, 0.0), (0.06, 0.42, 0.42), iron, heading)
    for i in range(3):
        panels += box(local(at, heading, 0, -0.21, 0.52 + i * 0.14), (1.6, 0.1, 0.035), rgb, heading, top_rgb=mix(rgb, RGB(255, 240, 214), 0.2))
    gaps = [mark(rects([(0, 0.13, 1.6, 0.15), (0, 0.28, 1.6, 0.3)]), scale(rgb, 0.6))]
    panels += box(local(at, heading, 0, 0.0, 0.42), (1.6, 0.045, 0.44), rgb, heading, top=gaps, top_rgb=mix(rgb, RGB(255, 240, 214), 0.16))
    return _piece(at, (1.6, 0.95, 0.5), panels, heading=heading)


def bed(at: Vec3, heading: float, rgb: RGB, wood: RGB = WOOD, width: float = 1.5) -> Piece:
    """A made bed; its foot looks along the heading."""
    sheet, pale = RGB(232, 228, 218), mix(rgb, RGB(255, 248, 236), 0.24)
    fold = [
        mark(rect(0, 0, width, 1.35), rgb),
        mark(poly([(0, 1.2), (width, 1.26), (width, 1.4), (0, 1.38)]), pale),
        mark(poly([(0.2, 0), (0.3, 0), (0.62, 1.2), (0.5, 1.2)]), scale(rgb, 0.86), alpha=0.7),
        mark(poly([(width - 0.5, 0.1), (width - 0.42, 0.1), (width - 0.2, 1.1), (width - 0.32, 1.1)]), pale, alpha=0.5),
        *(mark(poly([(a + 0.05, 1.5), (a + 0.6, 1.5), (a + 0.62, 1.86), (a + 0.02, 1.86)]), RGB(246, 243, 236)) for a in (0.06, width - 0.7)),
        *(mark(poly([(a + 0.1, 1.53), (a + 0.55, 1.53), (a + 0.5, 1.6), (a + 0.12, 1.6)]), RGB(206, 204, 204)) for a in (0.06, width - 0.7)),
    ]
    drape = [mark(rect(0, 0.08, 1.4, 0.32), rgb), mark(rects([(0.3 * i, 0.08, 0.3 * i + 0.03, 0.3) for i in range(5)]), scale(rgb, 0.82))]
    drape_right = [mark(rect(0.6, 0.08, 2.0, 0.32), rgb)]
    panels = [
        *box(local(at, heading, 0, -1.03), (width + 0.1, 1.05, 0.07), wood, heading, front=[
            mark(rects([(0.1 + i * (width - 0.1) / 3, 0.55, 0.02 + (i + 1) * (width - 0.1) / 3, 0.97) for i in range(3)]), scale(wood, 0.84))]),
        *box(Vec3(at.x, at.y + 0.2, at.z), (width, 0.32, 2.0), sheet, heading, top=fold, left=drape_right, right=drape, front=[
            mark(rect(0, 0.06, width, 0.32), rgb), mark(rects([(0.25 + 0.3 * i, 0.06, 0.28 + 0.3 * i, 0.3) for i in range(4)]), scale(rgb, 0.82))]),
        *box(local(at, heading, 0, 1.02), (width + 0.1, 0.36, 0.06), wood, heading),
    ]
    return _piece(at, (width, 1.05, 2.1), panels, heading=heading)


def wardrobe(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A tall wardrobe."""
    return cabinet(at, heading, rgb, (1.3, 2.1, 0.6), 2, 1)


def desk(rng: Random, at: Vec3, heading: float, rgb: RGB, screen: bool = True) -> Piece:
    """A desk with a screen, papers and a cup."""
    top_y = at.y + 0.74
    panels: list[Panel] = [
        *_legs(at, heading, 1.4, 0.7, 0.7, RGB(90, 92, 96)),
        *box(local(at, heading, 0.45, 0.0), (0.4, 0.68, 0.6), scale(rgb, 0.86), heading, front=[
            mark(rects([(0.03, 0.05 + i * 0.21, 0.37, 0.23 + i * 0.21) for i in range(3)]), scale(rgb, 0.74))]),
        *box(Vec3(at.x, top_y - 0.04, at.z), (1.4, 0.04, 0.7), rgb, heading, top_rgb=mix(rgb, RGB(255, 248, 236), 0.2), top=[
            mark(rects([(0.12, 0.1, 0.33, 0.4), (0.2, 0.16, 0.41, 0.45)], rng, 0.02), RGB(240, 238, 228))]),
    ]
    if screen:
        stand = local(Vec3(at.x, top_y, at.z), heading, -0.12, -0.1)
        panels += box(stand, (0.06, 0.12, 0.05), RGB(60, 62, 66), heading)
        shine = RGB(150, 196, 214)
        panels += box(Vec3(stand.x, top_y + 0.1, stand.z), (0.56, 0.34, 0.035), RGB(44, 46, 52), heading, front=[
            mark(rect(0.02, 0.02, 0.54, 0.32), shine, "glow"), mark(rects([(0.06, 0.25 - 0.045 * i, 0.2 + 0.07 * (i % 3), 0.265 - 0.045 * i) for i in range(5)]), RGB(70, 110, 134), "glow", fine=True)])
    return _piece(at, (1.4, 0.74, 0.7), panels, heading=heading)


def fridge(at: Vec3, heading: float, rgb: RGB = RGB(216, 220, 218)) -> Piece:
    """A tall fridge with magnets."""
    front = [
        mark(rect(0, 1.15, 0.66, 1.165), scale(rgb, 0.7)), mark(rects([(0.05, 0.75, 0.075, 1.08), (0.05, 1.24, 0.075, 1.5)]), RGB(150, 154, 156)),
        mark(rects([(0.3, 1.35, 0.44, 1.53)]), RGB(244, 236, 196)), mark(rects([(0.46, 1.25, 0.56, 1.37)]), RGB(206, 96, 84)),
    ]
    return _piece(at, (0.66, 1.78, 0.66), box(at, (0.66, 1.78, 0.66), rgb, heading, front=front), heading=heading)


def stove(at: Vec3, heading: float) -> Piece:
    """A cooker with an oven."""
    rgb = RGB(92, 94, 100)
    front = [
        mark(rect(0.06, 0.14, 0.54, 0.6), RGB(44, 44, 52)), mark(rect(0.06, 0.64, 0.54, 0.67), RGB(176, 178, 180)),
        mark(rects([(0.08 + 0.13 * i, 0.76, 0.14 + 0.13 * i, 0.82) for i in range(4)]), RGB(204, 204, 202)),
    ]
    rings = [mark(circle(x, z, 0.1), RGB(40, 40, 46)) for x in (0.16, 0.44) for z in (0.16, 0.44)]
    return _piece(at, (0.6, 0.92, 0.62), box(at, (0.6, 0.92, 0.62), rgb, heading, front=front, top=rings), heading=heading)


def crown(rng: Random, width: float, height: float, foot: float, count: int) -> tuple[skia.Path, skia.Path, skia.Path]:
    """A leafy mass: its body, its lit leaves and its shadow side, as lobed shapes."""
    body, lights, darks = skia.Path(), skia.Path(), skia.Path()
    middle = foot + height / 2
    for i in range(count):
        a = math.tau * i / count
        r = 0.56 if i else 0.0
        x, y = math.cos(a) * width / 2 * r, middle + math.sin(a) * height / 2 * r
        size = rng.uniform(0.42, 0.52)
        body.addPath(blob(rng, x, y, width * size * 0.66, height * size * 0.66, 13, 0.13), 0, 0)
    for _ in range(count * 2):
        a, r = rng.uniform(0, math.tau), rng.uniform(0.72, 0.98)
        x, y = math.cos(a) * width / 2 * r * 0.92, middle + math.sin(a) * height / 2 * r * 0.92
        body.addPath(blob(rng, x, y, width * 0.11, height * 0.1, 7, 0.25), 0, 0)
    for i in range(count + 3):
        a, r = math.tau * i / (count + 3) + rng.uniform(-0.2, 0.2), rng.uniform(0.15, 0.72)
        x, y = math.cos(a) * width / 2 * r, middle + math.sin(a) * height / 2 * r
        lift = 0.5 + 0.5 * math.sin(a) * r
        lights.addPath(
            blob(rng, x - width * 0.06, y + height * 0.07, width * (0.07 + 0.09 * lift), height * (0.035 + 0.055 * lift), 8, 0.3), 0, 0
        )
        darks.addPath(
            blob(rng, x + width * 0.07, y - height * 0.12, width * (0.18 - 0.06 * lift), height * (0.10 - 0.04 * lift), 8, 0.28), 0, 0
        )
    return body, lights, darks
