"""How a spaceship's decks are furnished: its bridge, its quarters, its engine room."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Mark,
    Piece,
    Seat,
    blob,
    box,
    card,
    frame,
    mark,
    rect,
    rects,
)
from model.theatre.sets.shipboard import TOP, WHITE, chair, console, table, tank

__all__ = ["bridge", "engine", "quarters"]


def bridge(rng: Random, hull: RGB, accent: RGB, glow: RGB) -> list[Piece]:
    """Two helms before the viewport, stations along the walls, the captain's seat on its step."""
    pieces = [console(rng, Vec3(x, 0, 4.7), 180.0, hull, glow, accent, 2.0) for x in (-1.9, 1.9)]
    pieces += [chair(Vec3(x, 0, 3.8), 0.0, accent) for x in (-1.9, 1.9)]
    for side in (-1, 1):
        for z in rng.sample((-4.6, -2.0, 1.0, 2.6), 2):
            pieces.append(console(rng, Vec3(side * 3.5, 0, z), 270.0 if side > 0 else 90.0, hull, glow, accent))
    x = rng.choice((-2.6, 2.6))
    pieces.append(chair(Vec3(x, 0, -3.4), 0.0, accent))
    pieces.append(table(rng, Vec3(-x * 0.75, 0, 2.5), hull, glow))
    return pieces


def quarters(rng: Random, hull: RGB, accent: RGB, _glow: RGB) -> list[Piece]:
    """Bunks in the wall, a mess table, lockers, plants under lamps."""
    pieces: list[Piece] = []
    side = rng.choice((-1, 1))
    for z in (-4.6, 3.8):
        at = Vec3(side * 3.55, 0, z)
        bed = [mark(rects([(0.05, 0.05, 2.0, 0.3)]), WHITE, key=0.8)]
        heading = 270.0 if side > 0 else 90.0
        panels = list(
            box(
                at,
                (2.1, 0.5, 0.95),
                scale(hull, 0.75),
                heading,
                front=[mark(rect(0.2, 0.12, 1.9, 0.4), scale(hull, 0.55))],
            )
        )
        panels += box(Vec3(at.x, 0.5, at.z), (2.0, 0.16, 0.86), mix(accent, WHITE, 0.4), heading, front=bed)
        panels += box(Vec3(at.x, 0.66, at.z - 0.75), (0.42, 0.1, 0.6), WHITE, heading)
        pieces.append(
            Piece(
                at, 0.8, 0.76, tuple(panels), shadow=(0.55, 1.1), seats=(Seat("bed", Vec3(at.x, 0, at.z), 0.0, 0.66),)
            )
        )
    for z in (-3.6, -2.9, 4.3, 5.0):
        at = Vec3(-side * 3.75, 0, z)
        face = [
            mark(frame(0.08, 0.1, 0.56, 1.9, 0.02), scale(hull, 0.6)),
            mark(rect(0.44, 0.95, 0.5, 1.1), accent),
            mark(rects([(0.16, 1.6 - 0.07 * i, 0.48, 1.63 - 0.07 * i) for i in range(4)]), scale(hull, 0.5)),
        ]
        pieces.append(
            Piece(
                at,
                0.4,
                2.0,
                box(at, (0.64, 2.0, 0.5), mix(hull, accent, 0.15), 90.0 if side > 0 else 270.0, front=face),
                shadow=(0.3, 0.4),
            )
        )
    table = Vec3(-side * 2.7, 0, 3.1)
    pieces.append(
        Piece(
            table,
            0.7,
            0.78,
            (
                *box(table, (0.2, 0.7, 0.2), scale(hull, 0.6), 20),
                *box(Vec3(table.x, 0.7, table.z), (1.5, 0.07, 0.85), hull, 20),
            ),
            shadow=(0.8, 0.5),
        )
    )
    pieces += [
        chair(Vec3(table.x - 0.2, 0, table.z + 0.95), 180.0, accent),
        chair(Vec3(table.x + 0.5, 0, table.z - 0.9), 10.0, accent),
    ]
    for z in (0.9, 1.7):
        at = Vec3(-side * 3.7, 0, z)
        leaf = rng.choice((RGB(96, 156, 92), RGB(120, 166, 84)))
        marks = [
            mark(blob(rng, 0.1 * k, 0.75 + 0.28 * k, 0.34, 0.2, 9, 0.25), mix(leaf, WHITE, 0.08 * k), key=0.8)
            for k in range(3)
        ]
        tank = [
            mark(rect(-0.34, 0, 0.34, 0.5), scale(hull, 0.7)),
            mark(rect(-0.34, 0.42, 0.34, 0.48), RGB(226, 140, 255), "flame"),
        ]
        pieces.append(
            Piece(
                at,
                0.4,
                1.5,
                (card(at, 0.5, 1.6, [*marks, *tank]),),
                (Lamp(Vec3(at.x, 1.2, at.z), RGB(226, 150, 255), 0.5, 0.8, True),),
                shadow=(0.35, 0.3),
            )
        )
    return pieces


def engine(rng: Random, hull: RGB, accent: RGB, glow: RGB) -> list[Piece]:
    """The core in its cage of rings, pipes, tanks and a bench of tools."""
    at = Vec3(rng.uniform(-0.6, 0.6), 0, 4.6)
    core = mix(glow, WHITE, 0.3)
    marks: list[Mark] = [
        mark(rect(-0.42, 0.4, 0.42, 2.6), core, "flame"),
        mark(rect(-0.16, 0.4, 0.2, 2.6), WHITE, "flame"),
        mark(rects([(-0.7, 0, 0.7, 0.4), (-0.7, 2.6, 0.7, TOP)]), scale(hull, 0.6)),
        mark(rects([(-0.56, 0.62 + 0.42 * i, 0.56, 0.76 + 0.42 * i) for i in range(5)]), scale(hull, 0.7)),
        mark(rects([(-0.56, 0.4, -0.46, 2.6), (0.46, 0.4, 0.56, 2.6)]), scale(hull, 0.5)),
        mark(rects([(-0.66, 0.16, 0.66, 0.22)]), accent, "flame"),
    ]
    lamp = Lamp(Vec3(at.x, 1.5, at.z), glow, 2.2, 3.4, always=True, flicker=0.12)
    pieces = [Piece(at, 0.7, TOP, (card(at, 0.8, TOP, marks),), (lamp,), shadow=(0.8, 0.6), keep=True)]
    for x, z in ((-3.2, 4.9), (3.2, 4.9), (-3.6, 1.6), (3.5, -3.2), (-3.5, -4.6)):
        if rng.random() < 0.8:
            pieces.append(tank(rng, Vec3(x, 0, z), hull, accent))
    pieces += [
        console(rng, Vec3(s * 3.4, 0, z), 270.0 if s > 0 else 90.0, hull, glow, accent, 1.4)
        for s, z in ((1, 1.4), (-1, -1.8))
    ]
    for z in (-0.6, 3.0):
        pipe = Vec3(0, TOP - 0.55, z)
        bands = [mark(rects([(0.9 * i, 0, 0.9 * i + 0.1, 0.26) for i in range(9)]), scale(accent, 0.8))]
        pieces.append(
            Piece(
                pipe, 0.3, 0.3, box(pipe, (7.4, 0.26, 0.26), scale(hull, 0.7), 180, front=bands, back=bands), keep=True
            )
        )
    crate = Vec3(2.9, 0, -4.9)
    pieces.append(
        Piece(
            crate,
            0.6,
            0.8,
            box(
                crate,
                (1.0, 0.8, 0.8),
                mix(accent, hull, 0.5),
                200,
                front=[mark(frame(0.1, 0.1, 0.9, 0.7, 0.04), scale(hull, 0.5))],
            ),
            shadow=(0.7, 0.6),
        )
    )
    return pieces
