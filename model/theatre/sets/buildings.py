"""Buildings as boxes with façades: windows that light up by night, shops with lettered signs, roofs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Mark,
    Piece,
    Rect,
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

__all__ = ["FACADES", "NEONS", "building", "shop_marks", "street_lamp", "window_marks"]

FACADES = (
    RGB(178, 128, 104),
    RGB(202, 178, 144),
    RGB(150, 152, 158),
    RGB(188, 156, 130),
    RGB(134, 112, 110),
    RGB(196, 190, 176),
    RGB(158, 96, 82),
    RGB(120, 132, 140),
)
NEONS = (RGB(255, 72, 150), RGB(70, 220, 255), RGB(255, 178, 64), RGB(120, 255, 170), RGB(190, 120, 255))
SODIUM = RGB(255, 204, 128)
LIT = (RGB(255, 206, 130), RGB(255, 226, 168), RGB(200, 224, 255))
SHOPS = (
    "BAKERY",
    "BOOKS",
    "LAUNDRY",
    "RECORDS",
    "FLOWERS",
    "TAILOR",
    "PHARMACY",
    "NOODLES",
    "REPAIRS",
    "HOTEL",
    "GROCER",
    "TEA",
)


def window_marks(
    rng: Random, cells: Sequence[Rect], trim: RGB, *, shutters: RGB | None = None, lit: float = 0.4
) -> list[Mark]:
    """Windows of a façade: reveals, panes (some lit by night), glazing bars, sills."""
    if not cells:
        return []
    glow: dict[int, list[Rect]] = {}
    dark: list[Rect] = []
    for cell in cells:
        if rng.random() < lit:
            glow.setdefault(rng.choice((0, 0, 1, 1, 2)), []).append(cell)
        else:
            dark.append(cell)
    bars: list[Rect] = []
    for x0, y0, x1, y1 in cells:
        m = (x0 + x1) / 2
        bars += [(m - 0.025, y0, m + 0.025, y1), (x0, y0 + (y1 - y0) * 0.62, x1, y0 + (y1 - y0) * 0.62 + 0.05)]
    marks = [
        mark(rects([(a - 0.11, b - 0.06, c + 0.11, d + 0.13) for a, b, c, d in cells], rng, 0.012), trim),
        mark(rects([(a, b, c, d) for a, b, c, d in dark]), RGB(58, 72, 92), "pane"),
        mark(rects([(a, d - (d - b) * 0.16, c, d) for a, b, c, d in cells]), RGB(20, 20, 34), alpha=0.3, fine=True),
    ]
    for index, found in glow.items():
        marks.insert(2, mark(rects(found), mix(LIT[index], RGB(76, 84, 98), 0.0), "window"))
    marks.append(mark(rects(bars), mix(trim, RGB(60, 60, 66), 0.2), fine=True))
    marks.append(
        mark(
            rects([(a - 0.16, b - 0.16, c + 0.16, b - 0.06) for a, b, c, d in cells]),
            mix(trim, RGB(255, 255, 255), 0.2),
            fine=True,
        )
    )
    if shutters is not None:
        leaves = [r for a, b, c, d in cells for r in ((a - 0.52, b, a - 0.1, d), (c + 0.1, b, c + 0.52, d))]
        marks.append(mark(rects(leaves, rng, 0.015), shutters))
        marks.append(
            mark(
                rects([(a + 0.05, b + (d - b) * 0.49, c - 0.05, b + (d - b) * 0.52) for a, b, c, d in leaves]),
                scale(shutters, 0.7),
                fine=True,
            )
        )
    return marks


def _shop_window(rng: Random, glass: Rect) -> tuple[skia.Path, skia.Path]:
    """What stands and hangs in a shop's window: dark shapes, and a few coloured ones."""
    x0, y0, x1, y1 = glass
    dark, bright = rects([(x0, y0 + 0.62, x1, y0 + 0.67)]), skia.Path()
    for shelf in (y0, y0 + 0.67):
        x = x0 + 0.15
        while x < x1 - 0.55:
            w, h = rng.uniform(0.2, 0.5), rng.uniform(0.22, 0.52)
            into = dark if rng.random() < 0.68 else bright
            shape = rng.randrange(4)
            if shape == 0:
                into.addPath(rect(x, shelf, x + w, shelf + h), 0, 0)
            elif shape == 1:
                into.addPath(oval(x + w / 2, shelf + h * 0.45, w / 2, h * 0.45), 0, 0)
            elif shape == 2:
                into.addPath(
                    poly([(x, shelf), (x + w, shelf), (x + w * 0.62, shelf + h), (x + w * 0.38, shelf + h)]), 0, 0
                )
            else:
                into.addPath(rect(x + w * 0.1, shelf, x + w * 0.9, shelf + h * 0.6), 0, 0)
                into.addPath(rect(x + w * 0.38, shelf + h * 0.6, x + w * 0.62, shelf + h), 0, 0)
            x += w + rng.uniform(0.05, 0.4)
    for k in range(max(1, int((x1 - x0) / 1.6))):
        x = x0 + (k + 0.5) * (x1 - x0) / max(1, int((x1 - x0) / 1.6))
        dark.addPath(rect(x - 0.012, y1 - 0.35, x + 0.012, y1), 0, 0)
        dark.addPath(
            poly([(x - 0.16, y1 - 0.5), (x + 0.16, y1 - 0.5), (x + 0.04, y1 - 0.34), (x - 0.04, y1 - 0.34)]), 0, 0
        )
    return dark, bright


def shop_marks(rng: Random, width: float, high: float, name: str, neon: RGB, front: RGB) -> list[Mark]:
    """A shop's front, `width` wide and `high` tall: glass, door, stall riser, fascia with its name, awning."""
    pale = mix(front, RGB(255, 244, 220), 0.75)
    door_left = rng.random() < 0.5
    dx = 0.45 if door_left else width - 1.45
    glass = [(1.75, 0.6, width - 0.4, high - 0.95)] if door_left else [(0.4, 0.6, width - 1.75, high - 0.95)]
    g = glass[0]
    goods, bright = _shop_window(rng, g)
    stripes = skia.Path()
    awning_y, reach = high - 0.92, 0.5
    count = max(4, round((width - 0.5) / 0.42))
    for i in range(0, count, 2):
        a, b = 0.25 + (width - 0.5) * i / count, 0.25 + (width - 0.5) * (i + 1) / count
        stripes.addPath(poly([(a, awning_y), (b, awning_y), (b, awning_y - reach), (a, awning_y - reach)]), 0, 0)
    sheen = poly([(g[0] + 0.3, g[1]), (g[0] + 0.9, g[1]), (g[0] + 1.9, g[3]), (g[0] + 1.3, g[3])])
    marks = [
        mark(rect(0.12, 0, width - 0.12, high - 0.12), front),
        mark(rects(glass), RGB(255, 214, 150), "window"),
        mark(goods, scale(front, 0.5), alpha=0.8),
        mark(bright, mix(neon, RGB(120, 84, 64), 0.55), alpha=0.85),
        mark(sheen, RGB(255, 255, 255), alpha=0.12),
        mark(rect(dx, 0.08, dx + 1.0, high - 0.95), scale(front, 0.62)),
        mark(rect(dx + 0.14, 0.95, dx + 0.86, high - 1.12), RGB(255, 210, 146), "window"),
        mark(rect(0.12, high - 0.86, width - 0.12, high - 0.14), scale(front, 0.72)),
        mark(rect(0.12, high - 0.2, width - 0.12, high - 0.1), pale),
    ]
    letters = text_path(name, 0.46, True, width - 0.9)
    moved = skia.Path()
    moved.addPath(letters, width / 2, high - 0.66)
    marks.append(mark(moved, neon if rng.random() < 0.6 else pale, "glow"))
    if rng.random() < 0.6:
        cloth = mix(front, RGB(214, 92, 74), 0.6)
        marks += [
            mark(rect(0.25, awning_y - reach, width - 0.25, awning_y), cloth),
            mark(stripes, RGB(240, 230, 210)),
            mark(rect(0.25, awning_y - reach - 0.24, width - 0.25, awning_y - reach), RGB(20, 18, 30), alpha=0.25),
        ]
    return marks


def building(
    rng: Random,
    at: Vec3,
    size: tuple[float, float, float],
    heading: float,
    *,
    shop: str | None = None,
    neon: bool = True,
    detail: bool = True,
) -> Piece:
    """A building of (width, height, depth); its street front looks along `heading`."""
    w, h, d = size
    wall = rng.choice(FACADES)
    wall = mix(wall, RGB(*(rng.randint(90, 210) for _ in range(3))), 0.14)
    trim = mix(wall, RGB(244, 236, 220), 0.45) if rng.random() < 0.7 else scale(wall, 0.7)
    shutters = rng.choice((None, None, RGB(84, 110, 108), RGB(120, 70, 60))) if detail else None
    ground_h = 3.8 if shop is not None else 3.2
    storeys = max(1, int((h - ground_h - 0.6) / 3.1))
    light = rng.choice(NEONS)

    def openings(length: float, sparse: float = 0.0) -> list[Rect]:
        gap = 2.3 if shutters else rng.choice((1.9, 2.1, 2.6))
        columns = max(1, int((length - 0.8) / gap))
        left = (length - columns * gap) / 2
        wide = 0.98 if gap > 2 else 0.86
        found = [
            (
                left + (i + 0.5) * gap - wide / 2,
                ground_h + 0.95 + j * 3.1,
                left + (i + 0.5) * gap + wide / 2,
                ground_h + 0.95 + j * 3.1 + 1.55,
            )
            for i in range(columns)
            for j in range(storeys)
        ]
        return [c for c in found if rng.random() >= sparse]

    def bands(length: float) -> list[Mark]:
        courses = [(0.0, ground_h + 3.1 * j - 0.04, length, ground_h + 3.1 * j + 0.12) for j in range(storeys + 1)]
        dabs = brush(rng, (0, ground_h, length, h), int(length * h / 22), 1.6, 0.12)
        return [
            mark(dabs, mix(wall, RGB(255, 240, 214), 0.3), alpha=0.3, fine=True),
            mark(rects(courses), trim, alpha=0.8),
            mark(rect(-0.1, h - 0.42, length + 0.1, h), trim),
            mark(rect(0, h - 0.6, length, h - 0.42), scale(wall, 0.74)),
        ]

    front: list[Mark] = bands(w) + window_marks(rng, openings(w), trim, shutters=shutters)
    lamps: list[Lamp] = []
    a = math.radians(heading)
    ahead = (math.sin(a), math.cos(a))
    face = (at.x + ahead[0] * d / 2, at.z + ahead[1] * d / 2)
    if shop is not None:
        front += shop_marks(
            rng,
            w,
            ground_h,
            shop,
            light,
            rng.choice((RGB(66, 92, 92), RGB(120, 58, 52), RGB(54, 62, 84), RGB(110, 96, 62), RGB(72, 84, 62))),
        )
        if neon:
            lamps.append(
                Lamp(Vec3(face[0] + ahead[0] * 0.3, ground_h - 0.6, face[1] + ahead[1] * 0.3), light, 1.6, 0.0)
            )
        lamps.append(Lamp(Vec3(face[0] + ahead[0] * 1.0, 1.4, face[1] + ahead[1] * 1.0), RGB(255, 206, 130), 1.3, 2.2))
    else:
        door = w * rng.choice((0.25, 0.5, 0.7))
        front += [
            mark(rect(0, 0, w, 0.5), scale(wall, 0.7)),
            mark(rect(door - 0.75, 0, door + 0.75, 2.6), trim),
            mark(
                rect(door - 0.58, 0, door + 0.58, 2.4),
                scale(rng.choice((RGB(92, 64, 50), RGB(58, 84, 84), RGB(120, 58, 50))), 0.9),
            ),
            mark(rect(door - 0.58, 2.0, door + 0.58, 2.4), RGB(255, 214, 150), "window"),
        ]
        front += window_marks(
            rng,
            [(x, 1.2, x + 1.0, 2.6) for x in (door + 1.3, door + 3.2, door - 2.4, door - 4.3) if 0.3 < x < w - 1.3],
            trim,
        )
    side = [*bands(d), *window_marks(rng, openings(d, 0.45), trim, lit=0.3)]
    panels = list(box(at, size, wall, heading, front=front, left=side, right=side, back=side))
    for _ in range(rng.randint(0, 2) if detail else 0):
        x, z = rng.uniform(-w / 3, w / 3), rng.uniform(-d / 4, d / 4)
        panels += box(Vec3(at.x + x, at.y + h, at.z + z), (1.2, rng.uniform(0.8, 2.0), 1.2), scale(wall, 0.8), heading)
    return Piece(at, math.hypot(w, d) / 2, h, tuple(panels), tuple(lamps))


def street_lamp(at: Vec3) -> Piece:
    """A street lamp."""
    marks = [
        mark(rect(-0.05, 0, 0.05, 4.6), RGB(58, 64, 70)),
        mark(rect(-0.1, 0, 0.1, 0.5), RGB(48, 54, 60)),
        mark(poly([(-0.2, 4.6), (0.2, 4.6), (0.12, 5.0), (-0.12, 5.0)]), RGB(255, 226, 170), "glow"),
        mark(poly([(-0.26, 4.98), (0.26, 4.98), (0.0, 5.22)]), RGB(50, 56, 62)),
        mark(line([(-0.16, 4.3), (0.16, 4.3)], 0.05), RGB(58, 64, 70)),
        mark(circle(0, 5.24, 0.05), RGB(58, 64, 70)),
    ]
    return Piece(
        at,
        0.2,
        5.2,
        (card(at, 0.3, 5.3, marks),),
        (Lamp(Vec3(at.x, at.y + 4.78, at.z), SODIUM, 2.0, 3.6),),
        shadow=(0.2, 0.16),
    )
