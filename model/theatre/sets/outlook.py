"""What the windows of rooms show: the street across, a garden with its fence, roofs below, a yard wall."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.buildings import building, street_lamp
from model.theatre.sets.kit import Mark, Piece, Rect, floor_patch, mark, rect, rects, wall
from model.theatre.sets.room import Room
from model.theatre.sets.town import tree

__all__ = ["garden", "street", "street_behind", "yard"]

SHOPS = ("BOOKS", "HOTEL", "RECORDS", "TAILOR", "BAKERY", "FLOWERS")


def _ground(room: Room, rgb: RGB, marks: list[Mark], reach: float = 26.0) -> Piece:
    """The ground round a room, a hand below its floor."""
    area = (room.left - reach, room.near - reach, room.right + reach, room.far + reach)
    panel = floor_patch(area, -0.12, [mark(rect(*area), rgb), *marks])
    return Piece(Vec3(0, -0.12, 1000.0), 1.0, 0.0, (panel,))  # behind all that stands on it


def street(rng: Random, room: Room, left: bool = True) -> tuple[Piece, ...]:
    """The other side of the street before the far wall, and round the corner of the left one."""
    z = room.far + 13.0
    road: list[Rect] = [(-60.0, room.far + 3.0, 60.0, room.far + 10.0)]
    kerb: list[Rect] = [(-60.0, room.far + 2.8, 60.0, room.far + 3.0), (-60.0, room.far + 10.0, 60.0, room.far + 10.2)]
    pieces = [
        _ground(
            room, RGB(166, 160, 152), [mark(rects(road), RGB(104, 104, 110)), mark(rects(kerb), RGB(192, 188, 180))]
        )
    ]
    for x in (-18.0, -9.0, 0.0, 9.0, 18.0):
        high, shop = rng.uniform(8, 13), rng.choice(SHOPS)
        pieces.append(building(rng, Vec3(x, 0, z + 4), (9.0, high, 8), 180, shop=shop))
    if left:
        pieces += [building(rng, Vec3(room.left - 15.0, 0, x), (9.0, rng.uniform(8, 13), 8), 90) for x in (-12, -3, 6)]
    lamps = [street_lamp(Vec3(-3.0, 0, room.far + 2.4)), street_lamp(Vec3(5.5, 0, room.far + 2.4))]
    return (*pieces, *lamps)


def garden(rng: Random, room: Room) -> tuple[Piece, ...]:
    """Grass, a fence and trees on all sides, and the neighbours' houses beyond."""
    green = rng.choice((RGB(104, 132, 82), RGB(118, 136, 78), RGB(92, 122, 90)))
    wood = rng.choice((RGB(150, 116, 84), RGB(196, 188, 172), RGB(110, 92, 80)))
    strokes: list[Rect] = []
    for _ in range(60):
        x, z = rng.uniform(-20, 20), rng.uniform(-20, 20)
        strokes.append((x, z, x + rng.uniform(0.5, 2.0), z + 0.09))
    pieces = [
        _ground(
            room,
            mix(green, RGB(190, 186, 120), 0.3),
            [mark(rects(strokes), mix(green, RGB(230, 224, 140), 0.4), alpha=0.5)],
        )
    ]
    for x, z, heading in ((-9.0, 22.0, 180), (8.0, 24.0, 180), (23.0, 2.0, 270), (-23.0, -2.0, 90), (3.0, -25.0, 0)):
        pieces.append(building(rng, Vec3(x, 0, z), (9.0, rng.uniform(5.0, 7.5), 7.0), heading, detail=False))
    pieces += _fence(room, wood)
    for x, z in ((-4.2, 4.6), (1.4, 6.2), (5.2, 4.4), (-3.0, -5.0), (3.6, -5.6)):
        at = Vec3(x + rng.uniform(-0.8, 0.8), -0.12, (room.far if z > 0 else room.near) + z)
        pieces.append(tree(rng, at, rng.uniform(3.6, 5.6), green))
    for side, edge in ((1, room.right), (-1, room.left)):
        for z in (-2.5, 2.0):
            at = Vec3(edge + side * rng.uniform(3.6, 5.4), -0.12, z + rng.uniform(-1, 1))
            pieces.append(tree(rng, at, rng.uniform(3.4, 5.0), mix(green, RGB(150, 140, 80), rng.uniform(0.0, 0.3))))
    return tuple(pieces)


def yard(rng: Random, room: Room) -> tuple[Piece, ...]:
    """A paved yard with a few trees, and a large building opposite each side."""
    pieces = [_ground(room, RGB(160, 154, 146), [])]
    brick = [
        building(rng, Vec3(x, 0, room.far + 17.0), (12.0, rng.uniform(8, 12), 6.0), 180, detail=False)
        for x in (-13.0, 0.0, 13.0)
    ]
    brick += [
        building(
            rng,
            Vec3(side * (room.right + 17.0), 0, 0.0),
            (20.0, rng.uniform(8, 12), 6.0),
            180 + side * 90,
            detail=False,
        )
        for side in (-1, 1)
    ]
    green = RGB(106, 130, 84)
    for x, z in ((-5.0, 5.5), (2.6, 7.0), (6.4, 5.0)):
        pieces.append(tree(rng, Vec3(x, -0.12, room.far + z), rng.uniform(4.0, 6.0), green))
    for side in (-1, 1):
        pieces.append(
            tree(rng, Vec3(side * (room.right + 6.0), -0.12, rng.uniform(-2, 3)), rng.uniform(4.0, 6.0), green)
        )
    return (pieces[0], *brick, *pieces[1:])


def _fence(room: Room, wood: RGB) -> list[Piece]:
    """Boards all round, seen from the house."""
    x0, x1, z0, z1 = room.left - 7.0, room.right + 7.0, room.near - 8.0, room.far + 8.5
    found = []
    for start, end in (((x0, z1), (x1, z1)), ((x1, z1), (x1, z0)), ((x1, z0), (x0, z0)), ((x0, z0), (x0, z1))):
        length = abs(end[0] - start[0]) + abs(end[1] - start[1])
        gaps: list[Rect] = [(0.24 * i, -0.12, 0.24 * i + 0.03, 1.4) for i in range(int(length / 0.24))]
        marks = [mark(rect(0, -0.12, length, 1.45), wood), mark(rects(gaps), scale(wood, 0.72))]
        marks.append(mark(rects([(0, 0.3, length, 0.38), (0, 1.1, length, 1.18)]), scale(wood, 0.85)))
        panel = wall(start, end, 1.45, marks)
        found.append(Piece(Vec3((start[0] + end[0]) / 2, 0, (start[1] + end[1]) / 2), length / 2, 1.45, (panel,)))
    return found


def street_behind(rng: Random, room: Room) -> tuple[Piece, ...]:
    """The other side of a street that runs past the near wall."""
    z = room.near - 13.0
    road: list[Rect] = [(-60.0, room.near - 10.0, 60.0, room.near - 3.0)]
    kerb: list[Rect] = [(-60.0, room.near - 3.0, 60.0, room.near - 2.8)]
    marks = [mark(rects(road), RGB(104, 104, 110)), mark(rects(kerb), RGB(192, 188, 180))]
    pieces = [_ground(room, RGB(166, 160, 152), marks)]
    for x in (-18.0, -9.0, 0.0, 9.0, 18.0):
        pieces.append(building(rng, Vec3(x, 0, z - 4), (9.0, rng.uniform(8, 13), 8), 0, shop=rng.choice(SHOPS)))
    for side in (-1, 1):
        at = Vec3(side * (room.right + 15.0), 0, -4.0)
        pieces.append(building(rng, at, (16.0, rng.uniform(8, 12), 8), 180 + side * 90))
    return (*pieces, street_lamp(Vec3(-3.0, 0, room.near - 2.4)), street_lamp(Vec3(4.5, 0, room.near - 2.4)))
