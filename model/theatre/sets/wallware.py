"""What hangs on walls and stands flat against them, as marks along a wall: pictures, shelves, clocks, radiators."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Mark,
    Rect,
    blob,
    circle,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
)

__all__ = [
    "clock",
    "coats",
    "gallery",
    "lettered",
    "mirror",
    "noticeboard",
    "picture",
    "poster",
    "radiator",
    "shelf",
]

GOODS = (
    RGB(190, 84, 66),
    RGB(214, 170, 92),
    RGB(86, 116, 104),
    RGB(76, 98, 128),
    RGB(232, 222, 202),
    RGB(128, 84, 104),
    RGB(206, 128, 84),
)
DARK, ENAMEL = RGB(30, 22, 34), RGB(226, 222, 210)


def picture(rng: Random, x: float, y: float, w: float, h: float) -> list[Mark]:
    """A framed painting: a landscape, a figure of shapes, or a window of colour."""
    wood = rng.choice((RGB(92, 66, 48), RGB(196, 160, 92), RGB(48, 46, 50), RGB(226, 220, 206)))
    a, b = rng.sample((RGB(196, 110, 76), RGB(74, 104, 116), RGB(212, 172, 96), RGB(96, 120, 92), RGB(150, 78, 84)), 2)
    marks = [
        mark(rect(x + 0.03, y - 0.04, x + w + 0.03, y + h - 0.03), DARK, alpha=0.22),
        mark(rect(x, y, x + w, y + h), wood),
        mark(rect(x + 0.035, y + 0.035, x + w - 0.035, y + h - 0.035), RGB(234, 226, 208)),
    ]
    style, m = rng.randrange(4), 0.09
    if style == 0:
        hill = [
            (x + m, y + m),
            (x + w - m, y + m),
            (x + w - m, y + h * 0.35),
            (x + w * 0.55, y + h * 0.52),
            (x + m, y + h * 0.3),
        ]
        marks += [
            mark(rect(x + m, y + m, x + w - m, y + h - m), mix(b, RGB(255, 246, 226), 0.55)),
            mark(poly(hill), a),
            mark(circle(x + w * 0.68, y + h * 0.68, min(w, h) * 0.09), RGB(246, 220, 160)),
        ]
    elif style == 1:
        marks += [
            mark(blob(rng, x + w * 0.45, y + h * 0.5, w * 0.22, h * 0.25), a),
            mark(circle(x + w * 0.6, y + h * 0.6, min(w, h) * 0.15), b, alpha=0.85),
        ]
    elif style == 2:
        marks += [
            mark(rect(x + m, y + m, x + w - m, y + h * 0.5), a),
            mark(rect(x + m, y + h * 0.54, x + w - m, y + h - m), b),
        ]
    else:  # a portrait in profile colours
        marks += [
            mark(rect(x + m, y + m, x + w - m, y + h - m), scale(b, 0.8)),
            mark(oval(x + w * 0.5, y + h * 0.22, w * 0.28, h * 0.16), a),
            mark(oval(x + w * 0.5, y + h * 0.55, w * 0.13, h * 0.17), RGB(222, 180, 148)),
            mark(oval(x + w * 0.5, y + h * 0.66, w * 0.14, h * 0.09), scale(a, 0.5)),
        ]
    return marks


def gallery(rng: Random, x0: float, x1: float, y: float = 1.35) -> list[Mark]:
    """Pictures of several sizes hung side by side between two points of a wall."""
    marks: list[Mark] = []
    x = x0
    while x < x1 - 0.4:
        w, h = rng.uniform(0.38, 0.85), rng.uniform(0.45, 0.85)
        w = min(w, x1 - x)
        marks += picture(rng, x, y + rng.uniform(0.0, 0.25), w, h)
        if h < 0.6 and rng.random() < 0.5:
            marks += picture(rng, x + 0.04, y + h + 0.42, w * 0.8, 0.36)
        x += w + rng.uniform(0.14, 0.4)
    return marks


def poster(rng: Random, x: float, y: float, w: float, h: float, words: str = "") -> list[Mark]:
    """A pinned sheet of flat colours, lettered with a word."""
    a, b = rng.sample(GOODS, 2)
    marks = [
        mark(rect(x, y, x + w, y + h), mix(a, RGB(244, 236, 220), 0.25)),
        mark(circle(x + w * 0.5, y + h * 0.6, w * 0.28), b),
        mark(rect(x + w * 0.12, y + h * 0.08, x + w * 0.88, y + h * 0.26), scale(a, 0.7)),
    ]
    if words:
        at = moved_path(text_path(words, h * 0.11, True, w * 0.7), x + w / 2, y + h * 0.13)
        marks.append(mark(at, RGB(246, 238, 222), fine=True))
    return marks


def clock(x: float, y: float, r: float = 0.19) -> list[Mark]:
    """A round wall clock."""
    return [
        mark(circle(x, y, r), RGB(62, 56, 58)),
        mark(circle(x, y, r * 0.87), RGB(242, 236, 222)),
        mark(line([(x, y), (x - r * 0.37, y + r * 0.32)], 0.022), RGB(52, 46, 50)),
        mark(line([(x, y), (x + r * 0.53, y + r * 0.42)], 0.016), RGB(52, 46, 50)),
    ]


def radiator(x: float, w: float = 1.1, rgb: RGB = ENAMEL, y: float = 0.16, h: float = 0.56) -> list[Mark]:
    """A ribbed radiator under a window."""
    ribs: list[Rect] = [(x + 0.085 * i, y, x + 0.085 * i + 0.06, y + h) for i in range(int(w / 0.085))]
    return [
        mark(rect(x - 0.02, y - 0.03, x + w, y + h * 0.94), DARK, alpha=0.22),
        mark(rect(x, y + 0.05, x + w - 0.03, y + h - 0.05), scale(rgb, 0.72)),
        mark(rects(ribs), rgb),
        mark(rects([(a, b, a + 0.018, d) for a, b, _, d in ribs]), scale(rgb, 0.84), fine=True),
        mark(rects([(x + 0.05, 0.0, x + 0.08, y), (x + w - 0.13, 0.0, x + w - 0.1, y)]), scale(rgb, 0.7)),
    ]


def shelf(rng: Random, x0: float, x1: float, y: float, wood: RGB, tall: float = 0.26) -> list[Mark]:
    """A wall shelf with books, jars and a plant."""
    by_colour: dict[RGB, list[Rect]] = {}
    round_ones = skia.Path()
    x = x0 + 0.05
    while x < x1 - 0.12:
        chance = rng.random()
        if chance < 0.16:
            x += rng.uniform(0.06, 0.2)
            continue
        if chance < 0.3:
            r = rng.uniform(0.05, 0.08)
            round_ones.addPath(oval(x + r, y + r * 1.1, r, r * 1.1), 0, 0)
            x += 2 * r + 0.03
            continue
        w, h = rng.uniform(0.03, 0.11), tall * rng.uniform(0.5, 1.0)
        by_colour.setdefault(rng.choice(GOODS), []).append((x, y, x + w, y + h))
        x += w + rng.choice((0.004, 0.004, 0.05))
    return [
        mark(rect(x0, y - 0.09, x1, y - 0.035), DARK, alpha=0.18),
        *(mark(rects(found, rng, 0.003), rgb) for rgb, found in by_colour.items()),
        mark(round_ones, RGB(196, 156, 112)),
        mark(rect(x0, y - 0.035, x1, y), wood),
        mark(
            rects([(x0 + 0.12, y - 0.14, x0 + 0.15, y - 0.03), (x1 - 0.15, y - 0.14, x1 - 0.12, y - 0.03)]),
            scale(wood, 0.7),
        ),
    ]


def mirror(x: float, y: float, w: float, h: float, rim: RGB) -> list[Mark]:
    """A looking glass: the room's pale light with a slant of shine, no picture of the room."""
    return [
        mark(rect(x - 0.04, y - 0.04, x + w + 0.04, y + h + 0.04), rim),
        mark(rect(x, y, x + w, y + h), RGB(176, 192, 198)),
        mark(rect(x, y, x + w, y + h * 0.34), RGB(150, 164, 170)),
        mark(
            poly([(x + w * 0.1, y), (x + w * 0.34, y), (x + w * 0.82, y + h), (x + w * 0.58, y + h)]),
            RGB(226, 236, 238),
            alpha=0.5,
        ),
        mark(
            poly([(x + w * 0.46, y), (x + w * 0.53, y), (x + w * 0.98, y + h * 0.94), (x + w * 0.94, y + h)]),
            RGB(226, 236, 238),
            alpha=0.4,
        ),
    ]


def noticeboard(rng: Random, x: float, y: float, w: float, h: float) -> list[Mark]:
    """Cork with papers pinned to it."""
    sheets: dict[RGB, list[Rect]] = {}
    for i in range(int(w * h * 7)):
        a, b = x + 0.08 + rng.random() * (w - 0.36), y + 0.06 + rng.random() * (h - 0.38)
        paper = (RGB(244, 240, 228), RGB(248, 222, 130), RGB(190, 216, 222), RGB(236, 180, 160))[0 if i % 2 else i % 4]
        sheets.setdefault(paper, []).append((a, b, a + rng.uniform(0.14, 0.22), b + rng.uniform(0.18, 0.28)))
    return [
        mark(rect(x - 0.04, y - 0.04, x + w + 0.04, y + h + 0.04), RGB(120, 84, 58)),
        mark(rect(x, y, x + w, y + h), RGB(190, 150, 106)),
        *(mark(rects(found, rng, 0.012), rgb) for rgb, found in sheets.items()),
    ]


def coats(rng: Random, x: float, w: float, y: float = 1.62) -> list[Mark]:
    """A rail of hooks with coats and a bag."""
    marks = [mark(rect(x, y, x + w, y + 0.09), RGB(120, 84, 58))]
    for i in range(int(w / 0.32)):
        a = x + 0.18 + i * 0.32
        if rng.random() < 0.7:
            rgb = rng.choice(GOODS)
            long = rng.uniform(0.6, 0.95)
            cloth = poly(
                [(a, y + 0.03), (a + 0.13, y - 0.12), (a + 0.17, y - long), (a - 0.17, y - long), (a - 0.13, y - 0.12)]
            )
            marks += [
                mark(cloth, scale(rgb, 0.8)),
                mark(rect(a - 0.012, y - long, a + 0.012, y - 0.1), scale(rgb, 0.6)),
            ]
        marks.append(mark(circle(a, y + 0.045, 0.022), RGB(206, 186, 140)))
    return marks


def lettered(words: str, x: float, y: float, size_m: float, rgb: RGB, width_m: float = 0.0, bold: bool = True) -> Mark:
    """Words on a wall, their baseline's middle at (x, y)."""
    return mark(moved_path(text_path(words, size_m, bold, width_m), x, y), rgb)
