"""Places between buildings: the alley."""

from __future__ import annotations

from functools import partial
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import NEONS, building, window_marks
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    box,
    card,
    circle,
    frame,
    mark,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.outside import bicycle, bin_bags, laundry, pigeons
from model.theatre.sets.water import smoke

__all__ = ["STEEL", "WARM", "alley", "bricks"]

STEEL = RGB(92, 98, 104)
WARM = RGB(255, 200, 120)


def bricks(rng: Random, length: float, high: float, rgb: RGB) -> list[Mark]:
    """Brickwork told by patches of courses, denser towards the foot."""
    pale: list[Rect] = []
    dark: list[Rect] = []
    for _ in range(int(length * high * 0.55)):
        x, row = rng.uniform(0, length - 1.0), int(rng.random() ** 1.5 * high / 0.16)
        for k in range(rng.randint(1, 4)):
            y = (row + rng.choice((0, 0, 1))) * 0.16
            (pale if rng.random() < 0.5 else dark).append((x + k * 0.36, y, x + k * 0.36 + 0.32, y + 0.13))
    return [
        mark(rects(dark), scale(rgb, 0.82), alpha=0.8),
        mark(rects(pale), mix(rgb, RGB(255, 226, 196), 0.2), alpha=0.8),
    ]


def _lamp_on_wall(at: Vec3, out: tuple[float, float]) -> Piece:
    """A shaded lamp over a door."""
    spot = Vec3(at.x + out[0] * 0.4, at.y, at.z + out[1] * 0.4)
    marks = [
        mark(poly([(-0.2, 0.0), (0.2, 0.0), (0.06, 0.2), (-0.06, 0.2)]), RGB(62, 72, 70)),
        mark(oval(0, 0.0, 0.15, 0.05), RGB(255, 232, 180), "glow"),
    ]
    return Piece(spot, 0.3, 0.3, (card(spot, 0.3, 0.3, marks, below=0.1),), (Lamp(spot, WARM, 1.7, 2.6),), keep=True)


def _bins(rng: Random, at: Vec3, heading: float) -> Piece:
    """A dumpster."""
    rgb = rng.choice((RGB(74, 100, 86), RGB(80, 92, 112), RGB(120, 84, 62)))
    ribs = [
        mark(rects([(0.3 * i + 0.15, 0.15, 0.3 * i + 0.2, 1.0) for i in range(6)]), scale(rgb, 0.78)),
        mark(rect(0, 0.92, 1.9, 1.02), mix(rgb, RGB(255, 255, 255), 0.14)),
    ]
    return Piece(
        at,
        1.1,
        1.25,
        (
            *box(Vec3(at.x, 0.12, at.z), (1.9, 1.05, 0.95), rgb, heading, front=ribs),
            *box(Vec3(at.x, 1.17, at.z), (2.0, 0.07, 1.05), scale(rgb, 0.7), heading),
        ),
        shadow=(0.65, 1.1) if heading % 180 else (1.1, 0.65),
    )


def _crates(at: Vec3) -> Piece:
    """Stacked crates."""
    wood = RGB(166, 128, 84)
    slats = [
        mark(
            rects([(0.03, 0.05 + 0.12 * i, 0.52, 0.13 + 0.12 * i) for i in range(3)]),
            mix(wood, RGB(255, 236, 200), 0.2),
        )
    ]
    panels: list[Panel] = []
    for dx, dy, turn in ((0.0, 0.0, 4), (0.5, 0.0, -9), (0.1, 0.42, 14)):
        panels += box(
            Vec3(at.x + dx * 0.2, dy, at.z + dx),
            (0.55, 0.42, 0.42),
            scale(wood, 0.72),
            90 + turn * (1 if at.x < 0 else -1),
            front=slats,
            back=slats,
            left=slats,
            right=slats,
        )
    return Piece(at, 0.7, 0.85, tuple(panels), shadow=(0.4, 0.6))


def _graffiti(rng: Random, x: float) -> list[Mark]:
    """A word sprayed on a wall, with its outline, and a drip or two."""
    word, tint = rng.choice(("ZEPH", "NOVA", "KILO", "RUSH", "MOTH")), rng.choice(NEONS)
    letters = text_path(word, 0.95, True, 2.4)
    shape = skia.Path()
    shape.addPath(letters, x, 0.95)
    halo = skia.Path()
    for dx, dy in ((-0.06, 0.0), (0.06, 0.0), (0.0, 0.06), (0.0, -0.06)):
        halo.addPath(shape, dx, dy)
    drips: list[Rect] = [(x - 0.9 + 0.6 * i, 0.95 - rng.uniform(0.15, 0.5), x - 0.87 + 0.6 * i, 0.98) for i in range(4)]
    return [
        mark(halo, RGB(232, 226, 214), alpha=0.75),
        mark(shape, mix(tint, RGB(70, 60, 80), 0.35), alpha=0.9),
        mark(rects(drips), mix(tint, RGB(70, 60, 80), 0.35), alpha=0.8, fine=True),
    ]


def _along(side: int, z0: float, z1: float, u: float) -> float:
    """The z of a point `u` along an alley's wall."""
    return z1 - u if side > 0 else z0 + u


def _yard_things(rng: Random, half: float) -> list[Piece]:
    """What is left and hung in an alley, by the seed: washing overhead, bags, bicycles, boxes of fans, a vent."""
    pieces: list[Piece] = []
    for z in rng.sample((-6.0, 3.4, 6.2, 9.6, 13.0), 3):
        high = rng.uniform(4.6, 5.6)
        pieces.append(
            laundry(
                rng, Vec3(-half, high, z), Vec3(half, high + rng.uniform(-0.4, 0.4), z + rng.uniform(-0.8, 0.8)), 0.35
            )
        )
    spots = [(side, z) for side in (-1, 1) for z in (-8.6, -5.4, -3.1, 2.9, 5.9, 8.7)]
    rng.shuffle(spots)
    for i, (side, z) in enumerate(spots[:7]):
        at = Vec3(side * (half - 0.55), 0, z)
        if i < 3:
            pieces.append(bin_bags(rng, at))
        elif i == 3:
            pieces.append(bicycle(Vec3(side * (half - 0.22), 0, z), 0.0, RGB(150, 72, 60)))
        elif i == 4:
            pieces.append(fittings.plant(rng, at, 1.2))
        elif i == 5:
            pieces.append(fit.chair(Vec3(at.x, 0, z), 90.0 if side < 0 else 270.0, RGB(120, 96, 74)))
        else:
            pieces += [
                _crates(Vec3(at.x, 0, z)),
                smoke(Vec3(side * (half - 0.3), 1.1, z + 1.2), high_m=2.6, thick_m=0.16),
            ]
    for side, z in spots[7:10]:
        y = rng.uniform(2.7, 3.3)
        grille = [mark(circle(0.42, 0.3, 0.22), RGB(70, 74, 78)), mark(circle(0.42, 0.3, 0.07), RGB(150, 154, 156))]
        fan = Vec3(side * (half - 0.24), y, z + 1.1)
        pieces.append(
            Piece(
                fan,
                0.3,
                0.6,
                box(fan, (0.86, 0.6, 0.44), RGB(176, 180, 180), 90 if side < 0 else 270, front=grille),
                keep=True,
            )
        )
    pieces.append(pigeons(rng, Vec3(rng.uniform(-1.6, 1.6), 0, rng.choice((-4.6, 6.0))), 4))
    return pieces


def alley(seed: int) -> Design:
    """An alley between two brick walls: fire escapes, bins, pipes, a lamp over a door, a street at the far end."""
    rng = Random(seed * 79 + 3)
    half, z0, z1 = 3.4, -14.0, 20.0
    left_rgb, right_rgb = rng.sample(
        (RGB(150, 92, 78), RGB(128, 104, 98), RGB(166, 122, 92), RGB(112, 104, 112), RGB(140, 116, 84)), 2
    )
    scenery: list[Piece] = []
    neon = rng.choice(NEONS)
    lamps: list[Piece] = []
    for side, rgb in ((-1, left_rgb), (1, right_rgb)):
        high, length = rng.uniform(10.5, 13.0), z1 - z0
        start, end = ((half, z1), (half, z0)) if side > 0 else ((-half, z0), (-half, z1))
        cells = [
            (x, y, x + 0.95, y + 1.5)
            for x in (2.5, 6.0, 9.5, 13.0, 16.5, 20.0, 23.5, 27.0, 30.5)
            for y in (4.3, 7.4)
            if rng.random() < 0.85
        ]
        door_x = 10.5 if side > 0 else 17.5
        trim = mix(rgb, RGB(240, 228, 206), 0.35)
        marks: list[Mark] = [
            mark(rect(0, 0, length, high), rgb),
            *bricks(rng, length, high, rgb),
            mark(rect(0, 0, length, 0.55), scale(rgb, 0.66)),
        ]
        marks += window_marks(rng, cells, trim, lit=0.45)
        marks += [
            mark(rect(door_x - 0.12, 0, door_x + 1.17, 2.3), scale(rgb, 0.6)),
            mark(rect(door_x, 0, door_x + 1.05, 2.15), RGB(84, 104, 100) if side > 0 else RGB(128, 62, 52)),
            mark(
                rects([(door_x + 0.12, 0.15, door_x + 0.93, 0.95), (door_x + 0.12, 1.1, door_x + 0.93, 2.0)]),
                RGB(70, 88, 86) if side > 0 else RGB(108, 52, 44),
            ),
            mark(rect(door_x + 0.86, 1.0, door_x + 0.94, 1.12), RGB(206, 170, 96)),
        ]
        pipes = [(p, 0.0, p + 0.12, high) for p in (5.2, 15.4, 25.8)]
        marks += [
            mark(rects(pipes), scale(rgb, 0.5)),
            mark(rects([(a + 0.02, b, a + 0.05, d) for a, b, _, d in pipes]), mix(rgb, RGB(255, 240, 220), 0.35)),
            mark(
                rects([(p - 0.05, y, p + 0.17, y + 0.08) for p, _, _, _ in pipes for y in (1.4, 4.2, 7.0)]),
                scale(rgb, 0.42),
            ),
        ]
        posters = [
            (x + 0.75 * i, 1.15 + 0.08 * (i % 2), x + 0.75 * i + 0.62, 2.05) for x in (12.4, 21.8) for i in range(2)
        ]
        for box_ in posters:
            tint = rng.choice((RGB(222, 196, 140), RGB(190, 84, 70), RGB(90, 124, 136), RGB(226, 218, 200)))
            marks += [
                mark(rects([box_], rng, 0.02), tint, alpha=0.9),
                mark(circle((box_[0] + box_[2]) / 2, 1.68, 0.19), scale(tint, 0.6)),
                mark(rects([(box_[0] + 0.1, 1.26, box_[2] - 0.1, 1.34)]), scale(tint, 0.5)),
            ]
        marks += _graffiti(rng, (8.0 if side > 0 else 14.2) + rng.uniform(-0.6, 0.6))
        z_of = partial(_along, side, z0, z1)
        panel = wall(start, end, high, marks)
        scenery.append(Piece(Vec3(side * half, 0, (z0 + z1) / 2), length / 2, high, (panel,)))
        door_z = z_of(door_x + 0.5)
        lamps.append(_lamp_on_wall(Vec3(side * half, 2.85, door_z), (-side, 0)))
        escape_z = z_of(21.0 if side > 0 else 11.0)
        iron = RGB(58, 56, 62)
        for y in (3.6, 6.7):
            deck = Vec3(side * (half - 0.55), y, escape_z)
            rail = rects(
                [(0.19 * i, 0, 0.19 * i + 0.03, 0.9) for i in range(15)] + [(0, 0.86, 2.7, 0.92), (0, 0.0, 2.7, 0.06)]
            )
            face = Panel(
                Vec3(side * (half - 1.1), y, escape_z + 1.35 * side),
                Vec3(0, 0, -side),
                Vec3(0, 1, 0),
                Vec3(-side, 0, 0),
                (0, 0, 2.7, 0.95),
                (mark(rail, iron),),
            )
            ladder = rects(
                [(0.0, 0, 0.05, 3.1), (0.45, 0, 0.5, 3.1)] + [(0.0, 0.3 * i, 0.5, 0.3 * i + 0.04) for i in range(11)]
            )
            climb = Panel(
                Vec3(side * (half - 0.3), y - 3.1 + 0.6, escape_z + 0.2 * side),
                Vec3(0, 0, -side),
                Vec3(0, 1, 0),
                Vec3(-side, 0, 0),
                (0, 0, 0.5, 3.1),
                (mark(ladder, iron),),
            )
            scenery.append(Piece(deck, 1.6, 1.0, (*box(deck, (2.7, 0.07, 1.1), iron, 90), face, climb)))
        for k in range(2):
            z = z_of(4.0 + 13 * k + (0 if side > 0 else 4.5))
            if abs(z) > 2.6:
                lamps.append(_bins(rng, Vec3(side * (half - 0.62), 0, z), 90 if side < 0 else 270))
        lamps.append(_crates(Vec3(side * (half - 0.5), 0, z_of(7.4 if side > 0 else 22.5))))
    lamps += _yard_things(rng, half)
    sign_at = Vec3(half - 0.62, 3.1, 4.6)
    word = rng.choice(("HOTEL", "BAR", "TATTOO", "OPEN"))
    letters = skia.Path()
    for i, c in enumerate(word):
        letters.addPath(text_path(c, 0.46), 0.5, 0.22 + (len(word) - 1 - i) * 0.52)
    tall = len(word) * 0.52 + 0.2
    board = [
        mark(rect(0.06, 0.06, 0.94, tall - 0.06), RGB(40, 36, 48)),
        mark(letters, neon, "flame"),
        mark(frame(0.1, 0.1, 0.9, tall - 0.1, 0.03), neon, "glow"),
    ]
    lamps.append(
        Piece(
            sign_at,
            0.6,
            tall,
            box(sign_at, (1.0, tall, 0.16), RGB(52, 48, 58), 180, front=board, back=board),
            (Lamp(Vec3(sign_at.x, 4.2, sign_at.z), neon, 2.0, 2.2, flicker=0.35),),
            keep=True,
        )
    )
    for x, z, h in ((-5.0, z1 + 16, 180), (6.0, z1 + 16, 180), (-4.0, z0 - 14, 0), (7.0, z0 - 14, 0)):
        scenery.append(
            building(
                rng,
                Vec3(x, 0, z),
                (11.0, rng.uniform(11, 17), 8.0),
                h,
                shop=rng.choice(("HOTEL", "NOODLES", "RECORDS", "TAILOR")),
            )
        )
    paving, gutter = RGB(112, 108, 110), RGB(78, 76, 84)
    cobbles: list[Rect] = []
    for _ in range(420):
        x, z = rng.uniform(-3.2, 3.0), rng.uniform(z0, 14)
        cobbles.append(
            (round(x / 0.3) * 0.3, round(z / 0.22) * 0.22, round(x / 0.3) * 0.3 + 0.26, round(z / 0.22) * 0.22 + 0.19)
        )
    stains = skia.Path()
    for _ in range(9):
        stains.addPath(
            blob(rng, rng.uniform(-2.6, 2.6), rng.uniform(-9, 12), rng.uniform(0.3, 0.9), rng.uniform(0.25, 0.6)), 0, 0
        )
    puddles = skia.Path()
    for _ in range(4):
        puddles.addPath(
            blob(rng, rng.uniform(-2.0, 2.0), rng.uniform(-6, 9), rng.uniform(0.35, 0.8), rng.uniform(0.2, 0.4)), 0, 0
        )
    ground = [
        mark(rects(cobbles[:210], rng, 0.01), mix(paving, RGB(206, 192, 172), 0.28), alpha=0.7),
        mark(rects(cobbles[210:], rng, 0.01), scale(paving, 0.82), alpha=0.7),
        mark(rect(-0.35, z0, 0.35, z1), gutter, alpha=0.45),
        mark(stains, RGB(48, 44, 54), alpha=0.2),
        mark(puddles, RGB(96, 108, 128), "pane", alpha=0.8),
        *(
            mark(rects([(-half, z0, -half + r, z1), (half - r, z0, half, z1)]), RGB(22, 16, 30), alpha=a)
            for r, a in ((0.9, 0.10), (0.35, 0.14))
        ),
    ]
    return Design(paving, tuple(ground), "city", (), tuple(scenery), tuple(lamps))
