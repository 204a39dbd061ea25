"""A bridge that one stands on: a walk and a road over a river, hung from towers, trussed or of stone by the seed.

The walk lies where a street's pavement lies, the road to its right; the river and the city are below and beyond.
"""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.boats import barge, sailing_boat
from model.theatre.sets.buildings import building, street_lamp
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    circle,
    double,
    floor_patch,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.outside import bicycle, litter_bin
from model.theatre.sets.town import car_piece, tree
from model.theatre.sets.water import glints, water

__all__ = ["bridge"]

LEFT_M, KERB_M, ROAD_M, RIGHT_M = -3.6, 3.2, 10.4, 12.4
REACH_M, WATER_M, BANK_M = 84.0, -10.5, 56.0
COPING = RGB(244, 236, 220)


def bridge(seed: int, name: str = "") -> Design:
    """A bridge over a river between two banks of a city."""
    rng = Random(seed * 107 + 13)
    kind = seed % 3  # 0: stone, 1: hung from towers, 2: steel truss
    metal = rng.choice((RGB(170, 74, 58), RGB(86, 112, 128), RGB(92, 118, 102), RGB(120, 118, 124)))
    stone = rng.choice((RGB(188, 176, 156), RGB(168, 160, 158), RGB(196, 168, 136)))
    dressing = _rails(rng, metal, stone, kind)
    for z in (-34.0, -22.0, -10.0, 6.0, 18.0, 30.0):
        dressing.append(street_lamp(Vec3(KERB_M - 0.35 if kind else LEFT_M + 0.5, 0, z)))
        dressing.append(street_lamp(Vec3(RIGHT_M - 0.5, 0, z + 4.0)))
    for z in (-24.0, -9.0, 9.5, 24.0, 38.0):
        lane = rng.choice((KERB_M + 1.9, ROAD_M - 1.8))
        if rng.random() < 0.75:
            dressing.append(car_piece(rng, Vec3(lane, 0, z + rng.uniform(-3, 3)), 0 if lane > 7 else 180))
    dressing.append(bicycle(Vec3(LEFT_M + 0.55, 0, rng.choice((-3.6, 4.6))), 180.0, RGB(60, 96, 110)))
    dressing.append(litter_bin(Vec3(KERB_M - 0.5, 0, 3.9)))
    if name:
        dressing.append(_plate(Vec3(LEFT_M + 0.35, 0, 8.5), name))
    dressing += _over(metal, stone, kind)
    river = rng.choice((RGB(74, 112, 126), RGB(84, 116, 110), RGB(88, 108, 132)))
    boats: list[Piece] = [
        barge(rng, Vec3(-38.0, WATER_M, rng.uniform(6, 22)), 90.0),
        sailing_boat(rng, Vec3(-20.0, WATER_M, rng.uniform(-16, 0)), rng.uniform(50, 120), 8.0, sails=True),
        sailing_boat(rng, Vec3(34.0, WATER_M, rng.uniform(4, 20)), 250.0, 7.0, sails=True),
        barge(rng, Vec3(52.0, WATER_M, -18.0), 270.0),
    ]
    dressing += boats
    dressing += [glints(rng, (x0, -40, x1, 40), WATER_M, 46) for x0, x1 in ((-70.0, -5.0), (14.0, 74.0))]
    scenery = [water(rng, river, WATER_M), *_banks(rng, stone), *_side(stone)]
    return Design(
        RGB(104, 106, 112),
        tuple(_deck(rng, stone)),
        "city",
        (),
        tuple(scenery),
        tuple(dressing),
        ground_extent=(LEFT_M - 0.3, -REACH_M, RIGHT_M + 0.3, REACH_M),
    )


def _deck(rng: Random, stone: RGB) -> list[Mark]:
    """Slabs of the walk, the kerb, the road with its line and tracks."""
    asphalt, slab = RGB(104, 106, 112), mix(stone, RGB(150, 146, 148), 0.4)
    joints: list[Rect] = [(LEFT_M, z * 1.6, KERB_M - 0.25, z * 1.6 + 0.025) for z in range(-52, 53)]
    # In short runs: a long one that starts behind the lens and ends ahead of it would be cut wrongly.
    joints += [(LEFT_M + 1.7 * i, z, LEFT_M + 1.7 * i + 0.025, z + 6.0) for i in range(1, 4) for z in range(-30, 30, 6)]
    dark = [(LEFT_M + rng.randrange(4) * 1.7, rng.randrange(-12, 14) * 1.6) for _ in range(26)]
    seams: list[Rect] = [(LEFT_M, z - 0.1, RIGHT_M, z + 0.1) for z in (-42.0, -14.0, 14.0, 42.0)]
    middle = (KERB_M + ROAD_M) / 2
    puddles = skia.Path()
    for _ in range(4):
        puddles.addPath(blob(rng, rng.uniform(-2.6, 2.4), rng.uniform(-7, 10), rng.uniform(0.3, 0.8), 0.3), 0, 0)
    return [
        mark(rect(LEFT_M - 0.3, -REACH_M, KERB_M, REACH_M), slab),
        mark(rects([(x, z, min(x + 1.7, KERB_M - 0.25), z + 1.6) for x, z in dark]), scale(slab, 0.92), alpha=0.7),
        mark(rects(joints), scale(slab, 0.78), fine=True),
        mark(puddles, RGB(120, 136, 156), "pane", alpha=0.55),
        mark(rect(KERB_M - 0.25, -REACH_M, KERB_M, REACH_M), mix(slab, RGB(240, 236, 226), 0.4)),
        mark(rect(KERB_M, -REACH_M, ROAD_M, REACH_M), asphalt),
        mark(rect(KERB_M, -REACH_M, KERB_M + 0.14, REACH_M), scale(asphalt, 0.66)),
        mark(
            rects([(middle - 0.07, z * 5.0, middle + 0.07, z * 5.0 + 2.6) for z in range(-16, 17)]), RGB(226, 220, 204)
        ),
        mark(
            brush(rng, (KERB_M + 0.3, -30, ROAD_M - 0.3, 30), 26, 1.6, 0.12),
            mix(asphalt, RGB(255, 240, 220), 0.2),
            alpha=0.3,
        ),
        mark(rect(ROAD_M, -REACH_M, RIGHT_M + 0.3, REACH_M), slab),
        mark(rects(seams), RGB(70, 68, 74)),
    ]


def _rails(rng: Random, metal: RGB, stone: RGB, kind: int) -> list[Piece]:
    """Both parapets, in bays, so that people stand before the one and behind the other; far bays are long."""
    pieces: list[Piece] = []
    for x, side in ((LEFT_M, -1), (RIGHT_M, 1)):
        for z0, z1 in pairwise((-84.0, -46.0, -26.0, -14.0, -9.0, -4.5, 0.0, 4.5, 9.0, 14.0, 26.0, 46.0, 84.0)):
            at, bay = Vec3(x, 0, (z0 + z1) / 2), z1 - z0
            if kind:
                pieces.append(Piece(at, 0.3, 1.2, double(_railing(x, z1, bay, metal)), keep=True))
                continue
            pieces.append(Piece(at, 0.3, 1.12, _parapet(rng, at, bay, stone), keep=True))
            if bay < 6.0 or bay > 30.0:
                pier = Vec3(x + side * 0.1, 0, z1)
                size = (0.8, 1.35, 0.8)
                pieces.append(Piece(pier, 0.5, 1.5, box(pier, size, mix(stone, COPING, 0.2), 90), keep=True))
    return pieces


def _parapet(rng: Random, at: Vec3, bay: float, stone: RGB) -> tuple[Panel, ...]:
    courses: list[Rect] = []
    for i, j in ((i, j) for i in range(int(bay)) for j in range(3) if rng.random() < 0.4 and bay < 15.0):
        along = i + 0.5 * (j % 2)
        if along < bay - 1.0:
            courses.append((0.05 + along, 0.06 + 0.3 * j, 0.98 + along, 0.33 + 0.3 * j))
    course = [mark(rects(courses), scale(stone, 0.92)), mark(rect(0, 0.9, bay, 0.98), scale(stone, 0.8))]
    return (
        *box(at, (bay, 1.0, 0.36), stone, 90, front=course, back=course),
        *box(Vec3(at.x, 1.0, at.z), (bay, 0.12, 0.5), mix(stone, COPING, 0.4), 90),
    )


def _railing(x: float, z1: float, bay: float, metal: RGB) -> Panel:
    bars = rects([(0.16 * i, 0.12, 0.16 * i + 0.035, 1.02) for i in range(1, int(bay / 0.16))])
    frame = rects([(0, 1.02, bay, 1.12), (0, 0, bay, 0.13), (0, 0, 0.09, 1.16), (0, 0.62, bay, 0.66)])
    marks = (mark(bars, scale(metal, 0.86), fine=True), mark(frame, metal))
    return Panel(Vec3(x, 0, z1), Vec3(0, 0, -1), Vec3(0, 1, 0), Vec3(-1, 0, 0), (0, 0, bay, 1.2), marks)


def _over(metal: RGB, stone: RGB, kind: int) -> list[Piece]:
    """What rises over the deck: towers with cables, trusses on both sides, or statues on the piers."""
    if kind == 0:
        return [_statue(Vec3(x, 1.4, z), stone) for x in (LEFT_M - 0.1, RIGHT_M + 0.1) for z in (-14.0, 18.0)]
    pieces: list[Piece] = []
    if kind == 1:
        for z in (-36.0, 30.0):
            pieces.append(_tower(z, metal))
        for x in (LEFT_M - 0.15, RIGHT_M + 0.15):
            for z0, z1, ends in ((-36.0, 30.0, (23.0, 23.0)), (30.0, 80.0, (23.0, 2.0)), (-80.0, -36.0, (2.0, 23.0))):
                pieces += _cable(x, z0, z1, ends, metal)
        return pieces
    high, bay = 6.4, 8.0
    for x in (LEFT_M - 0.15, RIGHT_M + 0.15):
        for k in range(-5, 6):
            z = k * bay
            flip = k % 2 == 0
            diagonal = [(0.0, 0.2), (bay, high)] if flip else [(0.0, high), (bay, 0.2)]
            marks = [
                mark(line(diagonal, 0.3), scale(metal, 0.92)),
                mark(rects([(0, high - 0.25, bay, high + 0.2), (0, 0, 0.34, high), (0, -0.5, bay, 0.16)]), metal),
                mark(
                    rects([(0.1, 0.3, 0.16, high - 0.3), (0, high + 0.05, bay, high + 0.1)]),
                    scale(metal, 0.74),
                    fine=True,
                ),
                mark(poly([(0, high - 0.9), (0.9, high - 0.25), (0, high - 0.25)]), scale(metal, 0.84)),
            ]
            panel = Panel(
                Vec3(x, 0, z + bay),
                Vec3(0, 0, -1),
                Vec3(0, 1, 0),
                Vec3(-1, 0, 0),
                (0, -0.5, bay, high + 0.3),
                tuple(marks),
            )
            pieces.append(Piece(Vec3(x, 0, z + bay / 2), 0.3, high, double(panel), keep=True))
    wide = RIGHT_M - LEFT_M + 0.3
    for k in range(-5, 7):
        at = Vec3((LEFT_M + RIGHT_M) / 2, high - 0.2, k * bay)
        pieces.append(Piece(at, 0.4, 0.5, box(at, (wide, 0.45, 0.35), scale(metal, 0.9), 0), keep=True))
    return pieces


def _tower(z: float, metal: RGB) -> Piece:
    """A portal of two legs and three cross-beams."""
    high, half = 24.0, (RIGHT_M - LEFT_M) / 2 + 0.6
    middle = (LEFT_M + RIGHT_M) / 2
    panels: list[Panel] = []
    for side in (-1, 1):
        leg = Vec3(middle + side * half, 0.0, z)
        ribs = [mark(rects([(0.3, 0, 0.42, high), (1.08, 0, 1.2, high)]), scale(metal, 0.82))]
        panels += box(leg, (1.5, high, 1.9), metal, 180, front=ribs, back=ribs, left=ribs, right=ribs)
    for y, h in ((7.2, 1.1), (15.0, 0.9), (22.4, 1.6)):
        panels += box(Vec3(middle, y, z), (2 * half, h, 1.2), scale(metal, 0.94), 180)
    lamps = tuple(Lamp(Vec3(middle + s * half, high + 0.2, z), RGB(255, 90, 70), 0.8) for s in (-1, 1))
    return Piece(Vec3(middle, 0, z), 1.0, high, tuple(panels), lamps, keep=True)


def _cable(x: float, z0: float, z1: float, ends: tuple[float, float], metal: RGB) -> list[Piece]:
    """A main cable between two heights, with its hangers, in stretches that sort among what stands by them."""
    pieces, step = [], 11.0
    count = max(1, round((z1 - z0) / step))

    def height(z: float) -> float:
        u = (z - z0) / (z1 - z0)
        sag = 19.0 if min(ends) > 3.0 else 4.0
        return ends[0] + (ends[1] - ends[0]) * u - sag * 4 * u * (1 - u)

    for i in range(count):
        a, b = z0 + (z1 - z0) * i / count, z0 + (z1 - z0) * (i + 1) / count
        length = b - a
        # Read from the far end to the near one, as the parapets are.
        points = [(length * k / 6, height(b - length * k / 6)) for k in range(7)]
        hangers: list[Rect] = [
            (length * k / 5, 0.3, length * k / 5 + 0.06, height(b - length * k / 5)) for k in range(1, 6)
        ]
        marks = (mark(rects(hangers), scale(metal, 0.8)), mark(line(points, 0.3), metal))
        top = max(y for _, y in points) + 0.3
        panel = Panel(Vec3(x, 0, b), Vec3(0, 0, -1), Vec3(0, 1, 0), Vec3(-1, 0, 0), (0, 0, length, top), marks)
        pieces.append(Piece(Vec3(x, 0, (a + b) / 2), 0.3, top, double(panel), keep=True))
    return pieces


def _statue(at: Vec3, stone: RGB) -> Piece:
    """A draped figure on a pier."""
    pale = mix(stone, RGB(140, 150, 140), 0.4)
    marks = [
        mark(rect(-0.4, 0, 0.4, 0.3), scale(pale, 0.9)),
        mark(poly([(-0.34, 0.3), (0.36, 0.3), (0.2, 1.3), (0.26, 1.75), (-0.24, 1.75), (-0.18, 1.2)]), pale, key=0.75),
        mark(poly([(0.04, 0.3), (0.36, 0.3), (0.2, 1.3), (0.26, 1.75), (0.08, 1.75)]), scale(pale, 0.76), key=0.3),
        mark(oval(0, 1.93, 0.13, 0.17), pale),
        mark(line([(0.22, 1.68), (0.52, 2.05), (0.5, 2.5)], 0.11), scale(pale, 0.92)),
        mark(circle(0.5, 2.58, 0.12), RGB(206, 170, 90)),
    ]
    return Piece(at, 0.4, 2.7, (card(at, 0.7, 2.8, marks),), keep=True)


def _plate(at: Vec3, name: str) -> Piece:
    """The bridge's name on a plate."""
    marks = [
        mark(rects([(0.7, 0, 0.78, 1.6), (1.22, 0, 1.3, 1.6)]), RGB(70, 72, 78)),
        mark(rect(0, 1.4, 2.0, 1.95), RGB(46, 84, 120)),
        mark(moved_path(text_path(name.upper(), 0.26, True, 1.8), 1.0, 1.57), RGB(246, 244, 236)),
    ]
    panel = Panel(
        Vec3(at.x, 0, at.z), Vec3(0.8, 0, -0.6), Vec3(0, 1, 0), Vec3(-0.6, 0, -0.8), (0, 0, 2, 2), tuple(marks)
    )
    return Piece(Vec3(at.x + 0.8, 0, at.z - 0.6), 0.5, 2.0, (panel,))


def _banks(rng: Random, stone: RGB) -> list[Piece]:
    """Both banks: the quay wall, trees and houses along it, and a street that leads on from the bridge."""
    scenery: list[Piece] = []
    for end in (-1, 1):
        z, top = end * BANK_M, -2.6
        length = 240.0
        blocks: list[Rect] = [(rng.uniform(0, length), rng.uniform(0.4, 7.0), 0, 0) for _ in range(90)]
        face = [
            mark(rect(0, 0, length, 8.0), stone),
            mark(rects([(x, y, x + rng.uniform(1.0, 2.4), y + 0.5) for x, y, _, _ in blocks]), scale(stone, 0.9)),
            mark(rect(0, 0, length, 1.0), scale(stone, 0.7)),
            mark(rect(0, 7.6, length, 8.0), mix(stone, RGB(240, 232, 216), 0.4)),
        ]
        start, stop = (-120.0, 120.0) if end > 0 else (120.0, -120.0)
        quay = wall((start, z), (stop, z), 8.0, face)
        low = Panel(Vec3(start, WATER_M, z), quay.u, quay.v, quay.normal, quay.extent, quay.marks)
        land = floor_patch(
            (-130, min(z, z + end * 80), 130, max(z, z + end * 80)),
            top,
            [mark(rect(-130, min(z, z + end * 80), 130, max(z, z + end * 80)), scale(stone, 0.88))],
        )
        scenery.append(Piece(Vec3(0, 0, z + end * 60), 120.0, 8.0, (land, low)))
        for row, (depth, low_m, high_m) in enumerate(((13.0, 9.0, 17.0), (30.0, 16.0, 34.0))):
            x = -104.0
            while x < 112.0:
                w = rng.uniform(11.0, 17.0)
                if not LEFT_M - 3 - w < x < RIGHT_M + 3:
                    h = rng.uniform(low_m, high_m)
                    at = Vec3(x + w / 2, top, z + end * depth)
                    scenery.append(building(rng, at, (w - 0.2, h, 10.0), 180 if end > 0 else 0, detail=False))
                x += w
            if row == 0:
                for k in range(9):
                    tx = -66.0 + 16.0 * k + rng.uniform(-3, 3)
                    if not LEFT_M - 4 < tx < RIGHT_M + 4:
                        grown = tree(rng, Vec3(tx, top, z + end * 3.0), rng.uniform(5.5, 8.0))
                        scenery.append(Piece(grown.at, grown.radius_m, grown.height_m, grown.panels))
        for side in (-1, 1):
            for k in range(3):
                at = Vec3((LEFT_M + RIGHT_M) / 2 + side * 15.0, top, z + end * (18 + 14 * k))
                scenery.append(
                    building(rng, at, (13.0, rng.uniform(10, 20), 11.0), 90 if side < 0 else 270, detail=False)
                )
    return scenery


def _side(stone: RGB) -> list[Piece]:
    """The next bridges up and down the river, in arches, and the bridge's own girder as seen from beside it."""
    scenery = []
    for x in (-92.0, 98.0):
        arches = skia.Path(rect(0, 4.0, 112, 8.4))
        for k in range(8):
            arches.addPath(rect(14.0 * k - 1.1, 0, 14.0 * k + 1.1, 5.0), 0, 0)
            haunch = skia.Path(rect(14.0 * k + 1.0, 0.0, 14.0 * k + 13.0, 5.4))
            hole = oval(14.0 * k + 7.0, 0.6, 5.9, 4.3)
            found = skia.Op(haunch, hole, skia.PathOp.kDifference_PathOp)
            if found is not None:
                found = skia.Op(found, rect(14.0 * k, 0.6, 14.0 * k + 14.0, 6), skia.PathOp.kIntersect_PathOp)
                arches.addPath(found or skia.Path(), 0, 0)
        pale = mix(stone, RGB(150, 160, 172), 0.35)
        marks = (mark(arches, scale(pale, 0.86)), mark(rect(0, 8.0, 112, 8.9), pale))
        z = 56.0 * (1 if x > 0 else -1)
        panel = Panel(
            Vec3(x, WATER_M, z),
            Vec3(0, 0, -1 if x > 0 else 1),
            Vec3(0, 1, 0),
            Vec3(-1 if x > 0 else 1, 0, 0),
            (0, 0, 112, 9),
            marks,
        )
        scenery.append(Piece(Vec3(x, WATER_M, 0), 56.0, 9.0, (panel,)))
    for x, side in ((LEFT_M - 0.3, -1), (RIGHT_M + 0.3, 1)):
        girder = [
            mark(rect(0, -1.5, 2 * REACH_M, 0.0), scale(stone, 0.8)),
            mark(rect(0, -0.5, 2 * REACH_M, -0.36), scale(stone, 0.6)),
        ]
        u = Vec3(0, 0, side)
        panel = Panel(
            Vec3(x, 0, -side * REACH_M), u, Vec3(0, 1, 0), Vec3(side, 0, 0), (0, -1.5, 2 * REACH_M, 0), tuple(girder)
        )
        scenery.append(Piece(Vec3(x, 0, 0), math.hypot(REACH_M, 1), 1.5, (panel,)))
    return scenery
