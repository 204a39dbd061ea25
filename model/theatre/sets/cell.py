"""A prison cell: bunk, steel toilet and sink, a barred window high up, scratched walls, a steel door or bars."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import furniture as fit
from model.theatre.sets import wallware
from model.theatre.sets.finish import Shell
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    Seat,
    blob,
    box,
    card,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["prison_cell"]

CELL = Room(-1.95, 1.95, -2.5, 2.3, 2.6)
STEEL, IRON = RGB(164, 170, 174), RGB(74, 78, 84)
SCHEMES = (  # wall, dado, blanket
    (RGB(176, 184, 172), RGB(122, 140, 128), RGB(110, 112, 104)),
    (RGB(190, 182, 166), RGB(146, 122, 98), RGB(122, 92, 78)),
    (RGB(172, 180, 190), RGB(104, 120, 142), RGB(92, 100, 116)),
    (RGB(198, 188, 178), RGB(160, 104, 84), RGB(104, 112, 96)),
)


def _bunk(at: Vec3, heading: float, blanket: RGB, double: bool) -> Piece:
    """A steel bunk along a wall, its long front looking along the heading; one bed or two."""
    panels: list[Panel] = []
    for side in (-1, 1):
        for f in (-1, 1):
            panels += box(
                fit.local(at, heading, side * 0.95, f * 0.34), (0.05, 1.9 if double else 0.5, 0.05), IRON, heading
            )
    levels = (0.34, 1.56) if double else (0.34,)
    for y in levels:
        top = [
            mark(rect(0, 0, 1.45, 0.72), blanket),
            mark(rect(1.36, 0.0, 1.45, 0.72), mix(blanket, RGB(255, 250, 240), 0.4)),
            mark(poly([(1.5, 0.1), (1.86, 0.12), (1.86, 0.6), (1.5, 0.62)]), RGB(226, 224, 214)),
            mark(poly([(0.2, 0.1), (0.3, 0.06), (0.9, 0.6), (0.8, 0.64)]), scale(blanket, 0.84), alpha=0.7),
        ]
        hang = [mark(rect(0.0, 0.04, 1.45, 0.18), blanket), mark(rect(0, 0.0, 1.9, 0.04), IRON)]
        panels += box(Vec3(at.x, y, at.z), (1.9, 0.18, 0.72), RGB(206, 204, 194), heading, top=top, front=hang)
    # The head lies toward the bunk's right end: feet to its left, as seen from in front.
    seats = [Seat("bed", at, heading + 90.0, 0.52), Seat("bench", fit.local(at, heading, -0.3, 0.22), heading, 0.52)]
    return fit.stood(at, (1.95, 1.9 if double else 0.55, 0.76), panels, heading=heading, seats=seats)


def _fixture(at: Vec3, heading: float) -> Piece:
    """A steel toilet with a sink on top."""
    front = [
        mark(rect(0.08, 0.55, 0.42, 0.62), scale(STEEL, 0.7)),
        mark(oval(0.25, 1.08, 0.05, 0.02), scale(STEEL, 0.6)),
    ]
    bowl = [mark(oval(0.2, 0.22, 0.15, 0.17), scale(STEEL, 0.5)), mark(oval(0.2, 0.22, 0.11, 0.12), RGB(60, 66, 72))]
    panels = [
        *box(
            fit.local(at, heading, 0, -0.12),
            (0.5, 1.0, 0.3),
            STEEL,
            heading,
            front=front,
            top=[mark(oval(0.25, 0.15, 0.17, 0.09), scale(STEEL, 0.6))],
        ),
        *box(
            fit.local(at, heading, 0, 0.2),
            (0.4, 0.4, 0.42),
            scale(STEEL, 0.94),
            heading,
            top=bowl,
            top_rgb=mix(STEEL, RGB(255, 255, 255), 0.25),
        ),
    ]
    return fit.stood(
        at,
        (0.5, 1.0, 0.7),
        panels,
        heading=heading,
        seats=[Seat("toilet", fit.local(at, heading, 0, 0.2), heading, 0.42)],
    )


def _bars(x0: float, x1: float, z: float, high: float) -> Piece:
    """Fixed bars across a part of the front, the same from both sides."""
    length = x1 - x0
    rods: list[Rect] = [(0.06 + 0.125 * i, 0.0, 0.09 + 0.125 * i, high) for i in range(int(length / 0.125))]
    rails: list[Rect] = [(0, 0.02, length, 0.09), (0, 1.0, length, 1.07), (0, high - 0.3, length, high - 0.22)]
    shine: list[Rect] = [(a + 0.006, b, a + 0.014, d) for a, b, _, d in rods]
    marks = [mark(rects([*rods, *rails]), IRON), mark(rects(shine), mix(IRON, RGB(255, 255, 255), 0.35), fine=True)]
    at = Vec3((x0 + x1) / 2, 0, z)
    return Piece(
        at, length / 2, high, (wall((x0, z), (x1, z), high, marks), wall((x1, z), (x0, z), high, marks)), keep=True
    )


def _scratches(rng: Random, x: float, y: float) -> list[Mark]:
    """Days counted in fives, and stains."""
    tally = skia.Path()
    for row in range(rng.randrange(2, 4)):
        for five in range(rng.randrange(2, 5)):
            a, b = x + five * 0.26, y - row * 0.2
            for i in range(4):
                tally.addPath(
                    line([(a + 0.04 * i, b), (a + 0.04 * i + rng.uniform(-0.008, 0.008), b + 0.13)], 0.011), 0, 0
                )
            tally.addPath(line([(a - 0.03, b + 0.03), (a + 0.16, b + 0.1)], 0.011), 0, 0)
    return [mark(tally, RGB(70, 66, 64), alpha=0.8)]


def prison_cell(seed: int) -> Design:
    """A cell; its front is a wall with a steel door, or bars onto a gallery."""
    rng, room = Random(seed * 83 + 4), CELL
    paint, dado, blanket = SCHEMES[seed % len(SCHEMES)]
    a, b, s = sides(rng)
    barred = rng.random() < 0.6
    finish = Shell(
        wall_rgb=paint,
        wainscot_rgb=dado if rng.random() < 0.6 else None,
        wainscot_m=1.2,
        trim_rgb=mix(dado, IRON, 0.5),
        door_rgb=mix(dado, IRON, 0.4),
        ceiling_rgb=scale(paint, 0.92),
        pattern=rng.choice(("blocks", "brick", "plain")),
    )
    wx = rng.choice((-0.4, 0.0, 0.4)) - 0.45
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (Opening("window", room.along("far", wx), 1.55, 0.9, 0.65, None, (7, 1)),),
        "near": (Opening("arch" if barred else "door", room.along("near", 0.0) - 0.45, 0.0, 0.9, 2.1, leaf="steel"),),
    }
    if barred:
        openings["near"] = (Opening("door", 0.12, 0.0, room.right - room.left - 0.24, 2.45, leaf="bars"),)
    m = room.along("far", 0.0)
    stain = mark(blob(rng, m + rng.uniform(-1, 1), 0.25, 0.5, 0.22), scale(paint, 0.8), alpha=0.3)
    extras: dict[WallName, list[Mark]] = {
        "far": [*_scratches(rng, m + 0.75, 1.45), stain],
        a: [
            *_scratches(rng, room.along(a, 0.6), 1.7 if rng.random() < 0.5 else 2.1),
            *_pinned(rng, room.along(a, 0.9)),
        ],
        b: [
            *_pipes(room.along(b, -1.7), room.high),
            *wallware.shelf(rng, room.along(b, -0.6) - 0.4, room.along(b, -0.6) + 0.4, 1.45, STEEL, 0.2),
        ],
        "near": [] if barred else _scratches(rng, 0.3, 1.6),
    }
    double = rng.random() < 0.5
    dressing: list[Piece] = [
        _bunk(room.on(a, room.along(a, 1.15), 0.42), facing(a), blanket, double),
        _fixture(room.on("far", room.along("far", -s * 1.45), 0.36), 180),
        fit.stool(Vec3(-s * 1.0, 0, 0.75), IRON, 0.44),
        _ledge(room.on(b, room.along(b, 0.3), 0.2), facing(b)),
        fit.chair(room.on(b, room.along(b, -1.3), 0.45), facing(b) + 12, scale(STEEL, 0.7)),
        _bucket(Vec3(s * 1.6, 0, -1.2)),
    ]
    cage = Lamp(Vec3(0.0, room.high - 0.12, 0.2), RGB(255, 232, 190), 0.9, 1.6, always=True)
    bulb = [
        mark(rect(-0.12, -0.06, 0.12, 0.0), IRON),
        mark(oval(0, -0.12, 0.1, 0.09), RGB(255, 240, 206), "flame"),
        mark(rects([(-0.1 + 0.05 * i, -0.22, -0.09 + 0.05 * i, -0.04) for i in range(5)]), IRON),
    ]
    top = Vec3(0, room.high, 0.2)
    dressing.append(Piece(top, 0.2, room.high, (card(top, 0.2, 0.02, bulb, below=0.25),), (cage,), keep=True))
    if barred:
        dressing += [_bars(room.left, -1.15, room.near - 0.12, 2.5), _bars(1.15, room.right, room.near - 0.12, 2.5)]
    floor = mix(dado, RGB(120, 118, 114), 0.6)
    cracks = skia.Path()
    for _ in range(5):
        x, z = rng.uniform(-1.6, 1.6), rng.uniform(-2.0, 2.0)
        cracks.addPath(
            line([(x, z), (x + rng.uniform(-0.5, 0.5), z + 0.4), (x + rng.uniform(-0.7, 0.7), z + 0.9)], 0.012), 0, 0
        )
    ground = [
        mark(rect(*room.area), floor),
        mark(rects([(x, room.near, x + 0.015, room.far) for x in (-0.65, 0.65)]), scale(floor, 0.8)),
        mark(cracks, scale(floor, 0.7)),
        mark(blob(rng, 0.3, 0.2, 1.0, 0.8), scale(floor, 0.9), alpha=0.6),
    ]
    shaft = poly(
        [(wx - 0.1, room.far - 0.9), (wx + 0.9, room.far - 0.9), (wx + 0.5, room.far - 2.2), (wx - 0.5, room.far - 2.2)]
    )
    ground.append(mark(shaft, RGB(255, 244, 214), "sun", alpha=0.36))
    ground.append(
        mark(
            rects([(wx - 0.25 + 0.16 * i, room.far - 2.2, wx - 0.22 + 0.16 * i, room.far - 0.9) for i in range(7)]),
            scale(floor, 0.86),
            alpha=0.6,
        )
    )
    return furnished(rng, room, finish, openings, extras, floor, ground, dressing, sunny=())


def _pipes(x: float, high: float) -> list[Mark]:
    """Two pipes up a wall, with their clips."""
    rods: list[Rect] = [(x, 0.0, x + 0.05, high), (x + 0.12, 0.0, x + 0.16, high)]
    clips: list[Rect] = [(x - 0.03, y, x + 0.19, y + 0.04) for y in (0.5, 1.3, 2.1)]
    return [
        mark(rects(rods), STEEL),
        mark(rects(clips), IRON),
        mark(rects([(x + 0.035, 0.0, x + 0.05, high)]), scale(STEEL, 0.7)),
    ]


def _pinned(rng: Random, x: float) -> list[Mark]:
    """A few pictures stuck up beside the bunk."""
    marks: list[Mark] = []
    for i in range(3):
        a, b = x - 0.6 + 0.36 * i, 0.95 + rng.uniform(-0.05, 0.1)
        marks += [
            mark(rect(a, b, a + 0.2, b + 0.26), RGB(238, 232, 216)),
            mark(rect(a + 0.02, b + 0.08, a + 0.18, b + 0.24), rng.choice(wallware.GOODS)),
        ]
    return marks


def _ledge(at: Vec3, heading: float) -> Piece:
    """A fixed steel table at the wall with a mug and a book."""
    things = [
        mark(rect(-0.16, 0.0, -0.07, 0.1), RGB(206, 200, 188)),
        mark(rect(0.02, 0.0, 0.22, 0.05), RGB(140, 76, 66)),
        mark(rect(0.04, 0.05, 0.2, 0.09), RGB(86, 104, 122)),
    ]
    panels = [
        *box(Vec3(at.x, 0.7, at.z), (0.8, 0.04, 0.4), STEEL, heading, top_rgb=mix(STEEL, RGB(255, 255, 255), 0.2)),
        *box(fit.local(at, heading, 0.0, -0.1), (0.06, 0.7, 0.06), IRON, heading),
    ]
    return Piece(at, 0.45, 0.75, (*panels, card(Vec3(at.x, 0.74, at.z), 0.24, 0.12, things)))


def _bucket(at: Vec3) -> Piece:
    """A bucket with a mop's rag."""
    marks = [
        mark(poly([(-0.13, 0.0), (0.13, 0.0), (0.17, 0.3), (-0.17, 0.3)]), RGB(150, 156, 160)),
        mark(poly([(0.03, 0.0), (0.13, 0.0), (0.17, 0.3), (0.05, 0.3)]), RGB(122, 128, 134)),
        mark(oval(0, 0.3, 0.17, 0.04), RGB(90, 94, 100)),
        mark(poly([(-0.12, 0.32), (0.04, 0.34), (0.1, 0.16), (-0.02, 0.2)]), RGB(214, 206, 186)),
    ]
    return Piece(at, 0.18, 0.36, (card(at, 0.2, 0.38, marks),), shadow=(0.17, 0.14))
