"""The inside of a railway carriage, built for cameras round it: a wall that a camera looks in through is not there.

It runs along z; the land passes by outside unless the place's name says that it stands in a station.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.growth import bush, grove
from model.theatre.sets.kit import (
    Design,
    Horizon,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    Seat,
    box,
    brush,
    card,
    circle,
    floor_patch,
    frame,
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

__all__ = ["train"]

HALF, TOP = 1.5, 2.35
BAY, FIRST, LAST = 1.9, -3, 4
ENDS = (FIRST * BAY, LAST * BAY)


def train(seed: int, name: str = "") -> Design:
    """A carriage: windows in bays, seats in pairs or face to face, racks overhead, doors at its ends."""
    rng = Random(seed * 127 + 23)
    wood, trim, cloth = rng.choice(
        (
            (RGB(150, 108, 76), RGB(206, 188, 152), RGB(122, 54, 52)),
            (RGB(196, 202, 204), RGB(226, 228, 224), RGB(62, 92, 128)),
            (RGB(122, 138, 122), RGB(220, 214, 196), RGB(74, 104, 88)),
        )
    )
    old = wood.r < 160 and wood.r > wood.b + 30
    stands = any(word in name.casefold() for word in ("station", "stand", "depot"))
    dressing: list[Piece] = []
    for side in (-1, 1):
        for k in range(FIRST, LAST):
            dressing.append(_bay(side, k * BAY, wood, trim, old))
            dressing.append(_rack(rng, side, k * BAY, old))
    facing = rng.random() < 0.5
    for side in (-1, 1):
        for k in range(FIRST, LAST):
            if side * 10 + k == rng.randrange(40) - 20:
                continue
            z = k * BAY
            if facing:
                # Face to face about a little table under the window.
                dressing += [_seat(side, z + 0.42, 0.0, cloth), _seat(side, z + BAY - 0.42, 180.0, cloth)]
                dressing.append(_table(side, z + BAY / 2, wood))
            else:
                dressing += [_seat(side, z + 0.5, 180.0, cloth), _seat(side, z + 0.5 + BAY / 2, 180.0, cloth)]
    dressing = [piece for piece in dressing if not _in_the_scene(piece)]
    dressing += [_end(z, wood, trim, heading) for z, heading in ((ENDS[1], 180), (ENDS[0], 0))]
    roof, lamps = _ceiling(trim, old)
    dressing += roof
    dressing += _outside(rng, stands)
    grass, ballast = rng.choice((RGB(128, 148, 84), RGB(170, 160, 92), RGB(112, 138, 92))), RGB(120, 112, 106)
    ground = [
        mark(brush(rng, (-60, -50, 60, 50), 70, 7.0, 0.4), mix(grass, RGB(240, 226, 140), 0.3), alpha=0.4),
        mark(rect(-6.2, -118, 6.2, 118), ballast),
        mark(
            rects([(x, -118 + 8 * i, x + 0.1, -110.5 + 8 * i) for x in (3.6, 5.1) for i in range(29)]),
            RGB(176, 176, 182),
        ),
    ]
    horizon: Horizon = rng.choice(("hills", "woods", "hills"))
    green = mix(grass, RGB(70, 104, 70), 0.6)
    scenery = [
        grove(rng, Vec3(side * rng.uniform(44, 58), -1.0, z), 26.0, rng.uniform(6, 10), green)
        for side in (-1, 1)
        for z in (-84.0, -56.0, -28.0, 0.0, 28.0, 56.0, 84.0)
        if rng.random() < 0.6
    ]
    low = [
        Panel(p.origin, p.u, p.v, p.normal, p.extent, p.marks)
        for p in (floor_patch((-118, -118, 118, 118), -1.1, [mark(rect(-118, -118, 118, 118), grass), *ground]),)
    ]
    scenery.insert(0, Piece(Vec3(0, -1.1, 4000.0), 118.0, 0.0, tuple(low)))
    floor = (-HALF, ENDS[0], HALF, ENDS[1])
    return Design(grass, tuple(_floor(rng, cloth)), horizon, (), tuple(scenery), tuple(dressing), tuple(lamps), floor)


def _in_the_scene(piece: Piece) -> bool:
    """Whether a seat or table stands where the people of a scene meet: an open bay at the middle."""
    return piece.at.x > 0.0 <= piece.at.y < 0.3 and -0.75 < piece.at.z < 1.35 and piece.height_m < 1.4


def _bay(side: int, z: float, wood: RGB, trim: RGB, old: bool) -> Piece:
    """One window with its curtains or blind, panelling under it."""
    start, end = ((HALF, z + BAY), (HALF, z)) if side > 0 else ((-HALF, z), (-HALF, z + BAY))
    glass: Rect = (0.22, 0.86, BAY - 0.22, 1.76)
    x0, y0, x1, y1 = glass
    curtain = mix(wood, RGB(160, 60, 54), 0.6) if old else RGB(92, 116, 146)
    marks = [
        mark(holed((-0.01, 0, BAY + 0.01, TOP), [glass]), trim if not old else wood),
        mark(rect(0, 0, BAY, 0.78), wood if not old else scale(wood, 0.86)),
        mark(rects([(0.1, 0.12, BAY - 0.1, 0.15), (0.1, 0.66, BAY - 0.1, 0.69)]), scale(wood, 0.7), fine=True),
        mark(rect(0, 0, BAY, 0.1), scale(wood, 0.55)),
        mark(frame(*glass, 0.07), mix(trim, RGB(96, 84, 76), 0.4)),
        mark(rect(x0, y1 - 0.26, x1, y1 - 0.235), mix(trim, RGB(96, 84, 76), 0.4)),
        mark(poly([(x0 + 0.2, y0), (x0 + 0.42, y0), (x0 + 0.8, y1), (x0 + 0.58, y1)]), RGB(255, 255, 255), alpha=0.10),
        mark(poly([(x0, y1), (x0 + 0.22, y1), (x0 + 0.13, y0 + 0.3), (x0 + 0.17, y0), (x0, y0)]), curtain, key=0.6),
        mark(
            poly([(x1, y1), (x1 - 0.22, y1), (x1 - 0.13, y0 + 0.3), (x1 - 0.17, y0), (x1, y0)]),
            scale(curtain, 0.9),
            key=0.6,
        ),
        mark(rect(-0.08, 0.0, 0.08, TOP), scale(wood, 0.8)),
    ]
    return Piece(Vec3(side * HALF, 0, z + BAY / 2), 0.1, TOP, (wall(start, end, TOP, marks),), keep=True)


def _rack(rng: Random, side: int, z: float, old: bool) -> Piece:
    """The rack over the seats, with what travels on it."""
    x = side * (HALF - 0.22)
    brass = RGB(190, 150, 84) if old else RGB(176, 180, 184)
    tint = rng.choice((RGB(126, 78, 56), RGB(70, 92, 118), RGB(150, 60, 54), RGB(92, 110, 84), RGB(60, 60, 70)))
    panels = list(box(Vec3(x, 1.86, z + BAY / 2), (BAY, 0.035, 0.4), brass, 90 if side < 0 else 270))
    if rng.random() < 0.7:
        w, h = rng.uniform(0.42, 0.8), rng.uniform(0.2, 0.3)
        strap = [
            mark(rects([(w * 0.22, 0, w * 0.28, h), (w * 0.72, 0, w * 0.78, h)]), scale(tint, 0.65)),
            mark(rect(w * 0.42, h * 0.8, w * 0.58, h), RGB(210, 180, 110)),
        ]
        panels += box(
            Vec3(x, 1.9, z + rng.uniform(0.6, BAY - 0.6)), (w, h, 0.3), tint, 90 if side < 0 else 270, front=strap
        )
    return Piece(Vec3(x, 1.86, z + BAY / 2), 0.1, 0.4, tuple(panels), keep=True)


def _seat(side: int, z: float, heading: float, cloth: RGB) -> Piece:
    """A seat for two, its back high; `heading` is the way its sitter looks."""
    x = side * (HALF - 0.56)
    back_z = z - 0.24 if heading == 0.0 else z + 0.24
    w = 0.98
    pad = [
        mark(
            rects([(0.05, 0.06, w / 2 - 0.02, 0.72), (w / 2 + 0.02, 0.06, w - 0.05, 0.72)]),
            mix(cloth, RGB(255, 230, 210), 0.12),
        )
    ]
    rear = [mark(rect(0.06, 0.06, w - 0.06, 0.7), scale(cloth, 0.8))]
    white = [mark(rects([(0.08, 0.02, w / 2 - 0.06, 0.2), (w / 2 + 0.06, 0.02, w - 0.08, 0.2)]), RGB(236, 230, 218))]
    panels = [
        *box(Vec3(x, 0.36, back_z), (w, 0.76, 0.14), cloth, heading, front=pad, back=rear),
        *box(Vec3(x, 0.16, z), (w, 0.28, 0.56), scale(cloth, 0.94), heading),
        *box(Vec3(x, 1.0, back_z), (w * 0.96, 0.22, 0.18), scale(cloth, 0.92), heading, front=white),
    ]
    seats = tuple(Seat("pew", Vec3(x + d, 0.0, z), heading, 0.44) for d in (-0.25, 0.25))
    return Piece(Vec3(x, 0.0, z), 0.4, 1.22, tuple(panels), shadow=(0.5, 0.34), seats=seats)


def _table(side: int, z: float, wood: RGB) -> Piece:
    """A flap under the window, with a cup or a paper on it."""
    x = side * (HALF - 0.36)
    top = box(Vec3(x, 0.7, z), (0.62, 0.04, 0.66), mix(wood, RGB(236, 220, 190), 0.3), 180)
    leg = box(Vec3(x + side * 0.05, 0.0, z), (0.06, 0.7, 0.06), scale(wood, 0.7), 180)
    cup = Vec3(x, 0.74, z)
    china = [mark(rect(-0.04, 0, 0.04, 0.08), RGB(240, 236, 226)), mark(oval(0, 0.08, 0.04, 0.012), RGB(120, 84, 60))]
    return Piece(Vec3(x, 0.01, z), 0.3, 0.82, (*leg, *top, card(cup, 0.06, 0.1, china)))


def _end(z: float, wood: RGB, trim: RGB, heading: int) -> Piece:
    """An end wall: a sliding door with a pane, notices, a clock or an alarm."""
    w = 2 * HALF
    marks: list[Mark] = [
        mark(rect(0, 0, w, TOP), wood),
        mark(rect(0, 0.78, w, 0.84), scale(wood, 0.8)),
        mark(rect(0, 2.1, w, TOP), trim),
        mark(rect(1.0, 0, 2.0, 2.05), trim),
        mark(rect(1.07, 0, 1.93, 1.98), mix(wood, RGB(90, 84, 84), 0.35)),
        mark(rect(1.2, 1.0, 1.8, 1.85), RGB(120, 150, 170), "pane"),
        mark(rect(1.84, 0.9, 1.9, 1.15), RGB(206, 190, 140)),
        mark(rects([(0.28, 1.2, 0.72, 1.75)]), RGB(236, 230, 214)),
        mark(rects([(0.33, 1.62 - 0.09 * i, 0.66, 1.65 - 0.09 * i) for i in range(4)]), RGB(110, 104, 100), fine=True),
        mark(circle(2.5, 1.6, 0.17), RGB(60, 58, 60)),
        mark(circle(2.5, 1.6, 0.14), RGB(244, 238, 222)),
        mark(line([(2.5, 1.6), (2.5, 1.7)], 0.02), RGB(40, 38, 42)),
        mark(line([(2.5, 1.6), (2.57, 1.57)], 0.02), RGB(40, 38, 42)),
        mark(rect(2.3, 0.3, 2.7, 0.62), RGB(190, 56, 48)),
        mark(rect(1.25, 2.14, 1.75, 2.26), RGB(60, 180, 110), "flame"),
    ]
    start, end = ((-HALF, z), (HALF, z)) if heading == 180 else ((HALF, z), (-HALF, z))
    return Piece(Vec3(0, 0, z), 0.3, TOP, (wall(start, end, TOP, marks),), keep=True)


def _ceiling(trim: RGB, old: bool) -> tuple[list[Piece], list[Lamp]]:
    """The ceiling in lengths, and the lamps in it."""
    pieces: list[Piece] = []
    lamps: list[Lamp] = []
    for k in range(FIRST, LAST, 3):
        z0, z1 = k * BAY, min(k + 3, LAST) * BAY
        lit: list[Mark] = [
            mark(rect(-HALF, z0, HALF, z1), trim, key=0.5),
            mark(rects([(-HALF, z0, -0.9, z1), (0.9, z0, HALF, z1)]), scale(trim, 0.9), key=0.4),
        ]
        for z in (z for z in (z0 + BAY * 0.75, z0 + BAY * 2.25) if z < z1):
            if old:
                lit += [
                    mark(circle(0, z, 0.2), RGB(190, 150, 84)),
                    mark(circle(0, z, 0.15), RGB(255, 226, 170), "glow"),
                ]
            else:
                lit.append(mark(rect(-0.14, z - 0.65, 0.14, z + 0.65), RGB(250, 246, 232), "glow"))
            lamps.append(Lamp(Vec3(0, TOP - 0.06, z), RGB(255, 222, 170) if old else RGB(240, 244, 250), 0.1, 1.3))
        panel = floor_patch((-HALF, z0, HALF, z1), TOP, lit, up=False)
        pieces.append(Piece(Vec3(0, TOP, (z0 + z1) / 2), 0.1, 0.1, (panel,), keep=True))
    return pieces, lamps


def _floor(rng: Random, cloth: RGB) -> list[Mark]:
    """Lino with a runner down the aisle."""
    base = RGB(112, 104, 100)
    seams: list[Rect] = [(-HALF, z * 1.9, HALF, z * 1.9 + 0.02) for z in range(FIRST, LAST + 1)]
    return [
        mark(rect(-HALF, ENDS[0], HALF, ENDS[1]), base),
        mark(rect(-0.42, ENDS[0], 0.42, ENDS[1]), mix(cloth, base, 0.45)),
        mark(rects([(-0.42, ENDS[0], -0.37, ENDS[1]), (0.37, ENDS[0], 0.42, ENDS[1])]), scale(cloth, 0.9)),
        mark(rects(seams), scale(base, 0.8), fine=True),
        mark(brush(rng, (-HALF, -4, HALF, 6), 20, 0.8, 0.03), scale(base, 0.85), alpha=0.4),
    ]


def _outside(rng: Random, stands: bool) -> list[Piece]:
    """What passes: masts and wires, trees, hedges, now and then a house with a lit window."""
    pieces: list[Piece] = []
    green = rng.choice((RGB(98, 130, 78), RGB(112, 134, 74), RGB(86, 118, 88)))
    for i in range(22):
        side = -1 if i % 2 else 1
        z = -54.0 + 108.0 * i / 22
        kind = i % 5
        if kind == 0:
            piece = _mast(Vec3(side * 4.6, -1.1, z))
        elif kind in (1, 3):
            piece = tree(rng, Vec3(side * rng.uniform(9, 22), -1.1, z), rng.uniform(5, 8), green)
        elif kind == 2:
            piece = bush(rng, Vec3(side * rng.uniform(6.5, 10), -1.1, z), green, 1.8)
        else:
            piece = _house(rng, Vec3(side * rng.uniform(20, 30), -1.1, z))
        pieces.append(replace(piece, shadow=None, moves="no" if stands else "passes"))
    return pieces


def _mast(at: Vec3) -> Piece:
    """A mast of the line."""
    steel = RGB(96, 104, 108)
    marks = [
        mark(rect(-0.1, 0, 0.1, 7.4), steel),
        mark(rects([(-1.6, 6.1, 1.6, 6.25)]), scale(steel, 0.85)),
        mark(line([(0, 7.2), (1.5, 6.2)], 0.06), scale(steel, 0.85)),
        mark(line([(0, 7.2), (-1.5, 6.2)], 0.06), scale(steel, 0.85)),
    ]
    return Piece(at, 1.7, 7.4, (card(at, 1.7, 7.5, marks),))


def _house(rng: Random, at: Vec3) -> Piece:
    """A cottage by the line."""
    tint = rng.choice((RGB(226, 214, 190), RGB(190, 120, 96), RGB(206, 196, 182)))
    roof = rng.choice((RGB(150, 84, 68), RGB(104, 98, 104)))
    marks = [
        mark(rect(-3.2, 0, 3.2, 2.8), tint),
        mark(rect(0.9, 0, 3.2, 2.8), scale(tint, 0.88)),
        mark(poly([(-3.6, 2.7), (-2.4, 4.9), (2.4, 4.9), (3.6, 2.7)]), roof),
        mark(rect(1.3, 4.4, 1.9, 5.6), scale(roof, 0.8)),
        mark(rects([(-2.4, 1.0, -1.4, 2.0), (1.5, 1.0, 2.5, 2.0)]), RGB(255, 214, 150), "window"),
        mark(rect(-0.5, 0, 0.4, 1.9), scale(roof, 0.7)),
    ]
    return Piece(at, 3.6, 5.6, (card(at, 3.8, 5.8, marks),))
