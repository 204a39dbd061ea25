"""What stands and hangs about the counters of cafés, bars and diners: bottles, boards, machines, cake, a jukebox."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.sets import furniture as fit
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
    moved_path,
    oval,
    poly,
    rect,
    rects,
)

__all__ = ["bottles", "cake_dome", "chalkboard", "coffee_machine", "jukebox"]

MENU = ("ESPRESSO  2.20", "FLAT WHITE  3.40", "MOCHA  3.80", "SOUP  5.50", "PIE  4.00", "TEA  2.40", "TOAST  3.10")


def bottles(rng: Random, x0: float, x1: float, y: float, tall: float = 0.3) -> list[Mark]:
    """A row of bottles on a shelf."""
    by_colour: dict[RGB, list[Rect]] = {}
    x = x0
    glass = (
        RGB(92, 132, 92),
        RGB(176, 118, 62),
        RGB(196, 190, 166),
        RGB(120, 58, 56),
        RGB(74, 104, 126),
        RGB(206, 168, 92),
    )
    while x < x1 - 0.1:
        h, w, rgb = tall * rng.uniform(0.7, 1.0), rng.uniform(0.065, 0.095), rng.choice(glass)
        by_colour.setdefault(rgb, []).extend(
            [(x, y, x + w, y + h * 0.62), (x + w * 0.34, y + h * 0.6, x + w * 0.66, y + h)]
        )
        x += w + rng.uniform(0.015, 0.07)
    shines: list[Rect] = [
        (r[0] + 0.012, r[1] + 0.02, r[0] + 0.024, r[3] - 0.03) for found in by_colour.values() for r in found[::2]
    ]
    return [
        *(mark(rects(found), rgb) for rgb, found in by_colour.items()),
        mark(rects(shines), RGB(255, 246, 220), alpha=0.5, fine=True),
    ]


def chalkboard(rng: Random, x: float, y: float, w: float, h: float, title: str) -> list[Mark]:
    marks = [
        mark(rect(x, y, x + w, y + h), fit.WOOD),
        mark(rect(x + 0.05, y + 0.05, x + w - 0.05, y + h - 0.05), RGB(52, 58, 58)),
    ]
    marks.append(mark(moved_path(text_path(title, 0.17, True, w - 0.3), x + w / 2, y + h - 0.27), RGB(244, 226, 178)))
    rows = int((h - 0.45) / 0.15)
    for i, words in enumerate(rng.sample(MENU, min(rows, len(MENU)))):
        marks.append(
            mark(
                moved_path(text_path(words, 0.09, False, w - 0.3), x + w / 2, y + h - 0.46 - i * 0.15),
                RGB(226, 226, 216),
                fine=True,
            )
        )
    return marks


def coffee_machine(at: Vec3, heading: float) -> Piece:
    """An espresso machine."""
    steel = RGB(184, 188, 192)
    front = [
        mark(rect(0.05, 0.06, 0.65, 0.2), RGB(66, 64, 68)),
        mark(rects([(0.14, 0.14, 0.24, 0.22), (0.44, 0.14, 0.54, 0.22)]), RGB(40, 38, 42)),
        mark(rects([(0.1 + 0.14 * i, 0.3, 0.16 + 0.14 * i, 0.34) for i in range(4)]), RGB(210, 74, 60), "glow"),
    ]
    return Piece(
        at, 0.4, 0.42, tuple(box(at, (0.7, 0.42, 0.4), steel, heading, front=front, top_rgb=RGB(220, 222, 222)))
    )


def cake_dome(at: Vec3) -> Piece:
    """Cake under glass."""
    marks = [
        mark(oval(0, 0.03, 0.2, 0.03), RGB(232, 226, 214)),
        mark(rect(-0.13, 0.04, 0.13, 0.13), RGB(214, 150, 112)),
        mark(oval(0, 0.13, 0.13, 0.025), RGB(246, 224, 206)),
        mark(circle(0, 0.16, 0.022), RGB(190, 50, 54)),
        mark(oval(0, 0.12, 0.185, 0.16), RGB(228, 240, 244), alpha=0.25),
        mark(line([(-0.12, 0.1), (-0.09, 0.2)], 0.016), RGB(255, 255, 255), alpha=0.5),
    ]
    return Piece(at, 0.2, 0.3, (card(at, 0.2, 0.3, marks),))


def jukebox(at: Vec3, heading: float, neon: RGB) -> Piece:
    """A jukebox."""
    arch = oval(0.4, 1.0, 0.34, 0.4)
    front = [
        mark(rect(0.06, 0.06, 0.74, 0.95), RGB(92, 52, 44)),
        mark(arch, neon, "flame"),
        mark(oval(0.4, 1.0, 0.25, 0.3), RGB(58, 44, 54)),
        mark(
            rects([(0.2, 0.98, 0.6, 1.02), (0.2, 1.08, 0.6, 1.12), (0.24, 0.88, 0.56, 0.92)]),
            RGB(250, 220, 160),
            "flame",
        ),
        mark(rects([(0.12 + 0.1 * i, 0.14, 0.16 + 0.1 * i, 0.6) for i in range(6)]), RGB(214, 168, 84)),
        mark(poly([(0.06, 0.62), (0.74, 0.62), (0.74, 0.68), (0.06, 0.68)]), neon, "flame"),
    ]
    spot = fit.local(at, heading, 0, 0.35, 0.9)
    return Piece(
        at,
        0.5,
        1.45,
        tuple(box(at, (0.8, 1.45, 0.5), RGB(74, 44, 42), heading, front=front)),
        (Lamp(spot, neon, 1.0, 0.9, always=True),),
        shadow=(0.34, 0.5),
    )
