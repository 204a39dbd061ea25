"""Larger things of a home: fireplace, low table, television bench, piano, baskets, dining table."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings
from model.theatre.sets.furniture import local, stood, table
from model.theatre.sets.kit import Lamp, Mark, Panel, Piece, box, card, circle, mark, oval, poly, rect, rects

__all__ = ["basket", "books_on", "dining_table", "fireplace", "low_table", "piano", "pouffe", "screen_bench", "vase_on"]

CLOTHS = (RGB(196, 104, 72), RGB(84, 112, 122), RGB(206, 168, 92), RGB(128, 92, 116), RGB(104, 128, 96))


def books_on(rng: Random, at: Vec3, heading: float) -> tuple[Panel, ...]:
    """A small pile of books; `at` is on a top."""
    panels: list[Panel] = []
    y = at.y
    for _ in range(rng.randrange(2, 4)):
        w = rng.uniform(0.2, 0.28)
        panels += box(Vec3(at.x, y, at.z), (w, 0.035, w * 0.7), rng.choice(CLOTHS), heading + rng.uniform(-14, 14))
        y += 0.035
    return tuple(panels)


def vase_on(rng: Random, at: Vec3) -> Panel:
    """Flowers in a vase; `at` is on a top."""
    bloom, glass = rng.choice(CLOTHS), rng.choice((RGB(206, 216, 214), RGB(90, 112, 120), RGB(214, 190, 160)))
    heads = [(-0.1, 0.36), (0.02, 0.43), (0.11, 0.34), (-0.03, 0.31)]
    marks = [
        mark(poly([(-0.012, 0.15), (0.012, 0.15), (0.11, 0.34), (0.02, 0.42), (-0.1, 0.36)]), RGB(86, 116, 80)),
        mark(poly([(-0.05, 0), (0.05, 0), (0.035, 0.12), (0.05, 0.19), (-0.05, 0.19), (-0.035, 0.12)]), glass),
    ]
    for x, y in heads:
        marks += [mark(circle(x, y, 0.045), bloom), mark(circle(x, y, 0.018), RGB(250, 226, 160), fine=True)]
    return card(at, 0.16, 0.48, marks)


def low_table(rng: Random, at: Vec3, heading: float, wood: RGB) -> Piece:
    """A coffee table with books and flowers."""
    made = table(at, heading, wood, (1.1, 0.4, 0.6))
    top = Vec3(at.x, at.y + 0.4, at.z)
    things = [*books_on(rng, local(top, heading, -0.28, 0.05), heading), vase_on(rng, local(top, heading, 0.25, 0.02))]
    return Piece(at, made.radius_m, 0.4, (*made.panels, *things), shadow=made.shadow)


def dining_table(rng: Random, at: Vec3, heading: float, wood: RGB, size: tuple[float, float] = (1.5, 0.85)) -> Piece:
    """A table laid with a bowl of fruit and a cloth."""
    made = table(at, heading, wood, (size[0], 0.75, size[1]))
    cloth = rng.choice(CLOTHS)
    runner = [
        mark(rect(size[0] * 0.3, 0.0, size[0] * 0.7, size[1]), mix(cloth, RGB(244, 236, 220), 0.55)),
        mark(
            rects([(size[0] * 0.34, 0.0, size[0] * 0.36, size[1]), (size[0] * 0.64, 0.0, size[0] * 0.66, size[1])]),
            cloth,
        ),
    ]
    lid = box(
        Vec3(at.x, at.y + 0.748, at.z),
        (size[0], 0.006, size[1]),
        wood,
        heading,
        top=runner,
        top_rgb=mix(wood, RGB(255, 240, 214), 0.16),
    )
    fruit = [
        mark(oval(0, 0.03, 0.09, 0.03), scale(RGB(206, 196, 178), 0.8)),
        *(
            mark(circle(x, y, 0.045), rgb)
            for x, y, rgb in (
                (-0.07, 0.11, RGB(214, 150, 62)),
                (0.06, 0.11, RGB(186, 70, 58)),
                (0.0, 0.15, RGB(146, 168, 80)),
            )
        ),
        mark(poly([(-0.15, 0.12), (0.15, 0.12), (0.08, 0.02), (-0.08, 0.02)]), RGB(226, 218, 202)),
    ]
    bowl = card(Vec3(at.x, at.y + 0.755, at.z), 0.16, 0.2, fruit)
    return Piece(at, made.radius_m, 0.76, (*made.panels, *lid, bowl), shadow=made.shadow)


def fireplace(at: Vec3, heading: float, stone: RGB, wood: RGB) -> Piece:
    """A chimney breast with a mantel shelf and embers that glow where lamps are lit."""
    mouth = poly([(0.45, 0.06), (1.15, 0.06), (1.15, 0.6), (0.98, 0.72), (0.62, 0.72), (0.45, 0.6)])
    fire = poly([(0.56, 0.1), (1.04, 0.1), (0.96, 0.3), (0.88, 0.2), (0.8, 0.42), (0.72, 0.22), (0.64, 0.32)])
    front = [
        mark(rect(0.2, 0.0, 1.4, 0.98), mix(stone, RGB(248, 240, 226), 0.45)),
        mark(rects([(0.26, 0.0, 0.4, 0.9), (1.2, 0.0, 1.34, 0.9)]), mix(stone, RGB(248, 240, 226), 0.25)),
        mark(mouth, RGB(40, 34, 36)),
        mark(fire, RGB(255, 150, 62), "glow"),
        mark(poly([(0.66, 0.1), (0.94, 0.1), (0.88, 0.22), (0.8, 0.3), (0.72, 0.2)]), RGB(255, 214, 120), "glow"),
        mark(rects([(0.52, 0.07, 1.08, 0.12)]), RGB(74, 52, 44)),
    ]
    panels = [
        *box(at, (1.6, 2.7, 0.34), stone, heading, front=front),
        *box(local(at, heading, 0, 0.12, 0.98), (1.5, 0.07, 0.42), wood, heading),
        *box(local(at, heading, 0, 0.32), (1.5, 0.05, 0.4), scale(stone, 0.7), heading),
    ]
    ember = Lamp(local(at, heading, 0, 0.3, 0.3), RGB(255, 140, 60), 1.1, 1.5, flicker=0.12)
    return stood(at, (1.6, 2.7, 0.5), panels, (ember,), heading)


def screen_bench(rng: Random, at: Vec3, heading: float, wood: RGB) -> Piece:
    """A television on its low bench."""
    bench = fittings.cabinet(at, heading, wood, (1.7, 0.45, 0.42), 3)
    screen = fittings.television(Vec3(at.x, at.y + 0.45, at.z), heading, on=rng.random() < 0.4)
    return Piece(at, bench.radius_m, 1.08, (*bench.panels, *screen.panels), shadow=bench.shadow)


def piano(at: Vec3, heading: float, wood: RGB) -> Piece:
    """An upright piano with its stool's place before it."""
    keys = [
        mark(rect(0.1, 0.0, 1.3, 0.16), RGB(240, 234, 220)),
        mark(
            rects([(0.16 + 0.075 * i, 0.06, 0.2 + 0.075 * i, 0.16) for i in range(15) if i % 7 not in (2, 6)]),
            RGB(40, 38, 44),
        ),
    ]
    face = [mark(rects([(0.1, 0.66, 0.66, 1.1), (0.74, 0.66, 1.3, 1.1)]), scale(wood, 0.84))]
    sheet = [mark(rect(0.56, 0.8, 0.84, 1.12), RGB(240, 236, 222))]
    panels = [
        *box(at, (1.4, 1.2, 0.34), wood, heading, front=[*face, *sheet]),
        *box(local(at, heading, 0, 0.28, 0.6), (1.4, 0.1, 0.26), wood, heading, top=keys),
        *box(local(at, heading, -0.64, 0.3), (0.08, 0.6, 0.1), wood, heading),
        *box(local(at, heading, 0.64, 0.3), (0.08, 0.6, 0.1), wood, heading),
    ]
    return stood(at, (1.4, 1.2, 0.6), panels, heading=heading)


def pouffe(at: Vec3, rgb: RGB) -> Piece:
    """A round padded stool."""
    marks = [
        mark(poly([(-0.26, 0.05), (0.26, 0.05), (0.28, 0.3), (-0.28, 0.3)]), scale(rgb, 0.82)),
        mark(rects([(-0.28 + 0.08 * i, 0.05, -0.27 + 0.08 * i, 0.3) for i in range(8)]), scale(rgb, 0.66), fine=True),
        mark(oval(0, 0.05, 0.26, 0.045), scale(rgb, 0.82)),
        mark(oval(0, 0.31, 0.285, 0.075), mix(rgb, RGB(255, 244, 226), 0.14)),
    ]
    return Piece(at, 0.3, 0.38, (card(at, 0.3, 0.4, marks),), shadow=(0.3, 0.24))


def basket(rng: Random, at: Vec3) -> Piece:
    """A wicker basket with a blanket hanging out."""
    cane, cloth = RGB(186, 146, 98), rng.choice(CLOTHS)
    rows: list[Mark] = [
        mark(poly([(-0.2, 0), (0.2, 0), (0.26, 0.38), (-0.26, 0.38)]), cane),
        mark(rects([(-0.24, 0.08 * i, 0.24, 0.08 * i + 0.015) for i in range(1, 5)]), scale(cane, 0.76)),
        mark(oval(0, 0.38, 0.26, 0.06), scale(cane, 0.6)),
        mark(poly([(-0.2, 0.36), (0.02, 0.46), (0.2, 0.4), (0.24, 0.16), (0.06, 0.2), (-0.05, 0.36)]), cloth),
        mark(poly([(0.06, 0.2), (0.1, 0.42), (0.14, 0.42), (0.12, 0.18)]), scale(cloth, 0.8)),
    ]
    return Piece(at, 0.27, 0.45, (card(at, 0.28, 0.48, rows),), shadow=(0.26, 0.2))
