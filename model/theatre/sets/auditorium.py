"""A theatre: people act on its stage, before a painted backdrop between curtains; the other way lies the house.

Seats rise in rows behind the master's camera, under a balcony with its lamps; the stage is the floor.
"""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import furniture as fit
from model.theatre.sets.backcloth import backcloth
from model.theatre.sets.finish import Shell, boards
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
    floor_patch,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, furnished

__all__ = ["theatre"]

STAGE_Z = -4.2  # the edge of the stage
HOUSE = Room(-7.0, 7.0, -20.0, 4.6, 7.0)
PIT_M = -0.95
GILT = RGB(206, 166, 92)
SCHEMES = (  # curtain, plaster, seats
    (RGB(150, 36, 44), RGB(196, 160, 120), RGB(140, 42, 48)),
    (RGB(40, 72, 110), RGB(178, 176, 170), RGB(52, 78, 112)),
    (RGB(96, 44, 90), RGB(200, 176, 150), RGB(96, 52, 88)),
    (RGB(34, 92, 78), RGB(188, 166, 128), RGB(46, 96, 82)),
)


def _drape(at: Vec3, width: float, high: float, rgb: RGB) -> Piece:
    """A heavy curtain gathered at the side of the stage, seen from the house and from the stage."""
    count = max(3, round(width / 0.22))
    step = width / count
    folds: list[Rect] = [(i * step, 0.0, i * step + step * 0.38, high) for i in range(count)]
    light: list[Rect] = [(i * step + step * 0.55, 0.0, i * step + step * 0.78, high) for i in range(count)]
    marks = [
        mark(rect(0, 0, width, high), rgb),
        mark(rects(folds), scale(rgb, 0.66)),
        mark(rects(light), mix(rgb, RGB(255, 214, 190), 0.2)),
        mark(rect(0, 0.06, width, 0.2), GILT),
        mark(
            rects([(0.09 * i, 0.0, 0.09 * i + 0.05, 0.07) for i in range(int(width / 0.09))]),
            scale(GILT, 0.8),
            fine=True,
        ),
    ]
    x0, x1 = at.x - width / 2, at.x + width / 2
    return Piece(
        at,
        width / 2,
        high,
        (wall((x0, at.z), (x1, at.z), high, marks), wall((x1, at.z), (x0, at.z), high, marks)),
        keep=True,
    )


def _row(z: float, y: float, x0: float, x1: float, rgb: RGB) -> Piece:
    """A row of tip-up seats facing the stage: backs, rounded tops, armrests; from the stage one sees their fronts."""
    count = int((x1 - x0) / 0.58)
    front, tops, cushions, arms = skia.Path(), skia.Path(), skia.Path(), skia.Path()
    for i in range(count):
        a = i * 0.58
        front.addPath(rect(a + 0.03, 0.3, a + 0.55, 0.78), 0, 0)
        front.addPath(oval(a + 0.29, 0.78, 0.26, 0.13), 0, 0)
        tops.addPath(oval(a + 0.29, 0.7, 0.17, 0.14), 0, 0)
        cushions.addPath(rect(a + 0.05, 0.3, a + 0.53, 0.44), 0, 0)
        arms.addPath(rect(a - 0.025, 0.1, a + 0.025, 0.56), 0, 0)
    length = count * 0.58
    seen = [
        mark(rect(0, 0.0, length, 0.3), RGB(46, 34, 36)),
        mark(front, rgb),
        mark(tops, mix(rgb, RGB(255, 210, 190), 0.14)),
        mark(cushions, scale(rgb, 0.72)),
        mark(arms, RGB(96, 68, 48)),
    ]
    behind = [
        mark(rect(0, 0.0, length, 0.3), RGB(46, 34, 36)),
        mark(front, scale(rgb, 0.62)),
        mark(arms, RGB(96, 68, 48)),
    ]
    at = Vec3((x0 + x1) / 2, y, z)
    panels = [
        _lifted(wall((x0, z - 0.12), (x0 + length, z - 0.12), 0.95, behind), y),
        _lifted(wall((x0 + length, z), (x0, z), 0.95, seen), y),
    ]
    return Piece(at, length / 2, 0.95, tuple(reversed(panels)))


def _lifted(panel: Panel, y: float) -> Panel:
    return Panel(Vec3(panel.origin.x, y, panel.origin.z), panel.u, panel.v, panel.normal, panel.extent, panel.marks)


def _house(seats: RGB, plaster: RGB) -> tuple[Panel, list[Piece]]:
    """The pit's floor, and its rows, rising to the back, and the stage's front."""
    z0, z1 = HOUSE.near, STAGE_Z
    slope = [
        mark(rect(HOUSE.left, z0, HOUSE.right, z1), RGB(74, 52, 52)),
        mark(rect(-0.7, z0, 0.7, z1), scale(seats, 0.8)),
    ]
    pit = floor_patch((HOUSE.left, z0, HOUSE.right, z1), PIT_M, slope)
    pieces: list[Piece] = []
    front = [
        mark(rect(0, 0, 14.0, -PIT_M), scale(plaster, 0.5)),
        mark(rects([(0.4 + 1.2 * i, 0.15, 1.3 + 1.2 * i, 0.75) for i in range(11)]), scale(plaster, 0.62)),
        mark(rect(0, -PIT_M - 0.12, 14.0, -PIT_M), GILT),
    ]
    edge = _lifted(wall((HOUSE.left, STAGE_Z), (HOUSE.right, STAGE_Z), -PIT_M, front), PIT_M)
    pieces.append(Piece(Vec3(0, PIT_M, STAGE_Z), 7.0, 1.0, (edge,)))
    for i in range(9):
        z = STAGE_Z - 2.2 - 1.25 * i
        y = PIT_M + 0.14 * i
        for x0, x1 in ((-5.8, -0.8), (0.8, 5.8)):
            pieces.append(_row(z, y, x0, x1, seats))
    return pit, pieces


def _balcony(plaster: RGB, seats: RGB) -> Piece:
    """The balcony's front across the back of the house, with its row of lamps."""
    z, y, high = -14.5, 2.7, 1.0
    length = HOUSE.right - HOUSE.left
    swags = skia.Path()
    for i in range(10):
        swags.addPath(oval(0.7 + 1.4 * i, 0.62, 0.55, 0.2), 0, 0)
    heads = rects([(0.25 + 0.58 * i, high, 0.7 + 0.58 * i, high + 0.28) for i in range(23)])
    marks = [
        mark(heads, scale(seats, 0.8)),
        mark(rect(0, 0, length, high), plaster),
        mark(swags, mix(plaster, GILT, 0.6)),
        mark(rects([(0, 0, length, 0.1), (0, high - 0.1, length, high)]), GILT),
    ]
    bulbs = skia.Path()
    for i in range(20):
        bulbs.addPath(circle(0.35 + 0.7 * i, 0.24, 0.055), 0, 0)
    marks.append(mark(bulbs, RGB(255, 220, 150), "flame"))
    face = _lifted(wall((HOUSE.right, z), (HOUSE.left, z), high + 0.3, marks), y)
    under = Panel(
        Vec3(HOUSE.left, y, HOUSE.near),
        Vec3(1, 0, 0),
        Vec3(0, 0, 1),
        Vec3(0, -1, 0),
        (0, 0, length, z - HOUSE.near),
        (mark(rect(0, 0, length, z - HOUSE.near), scale(plaster, 0.7), key=0.2),),
    )
    lamps = tuple(
        Lamp(Vec3(x, y + 0.25, z + 0.1), RGB(255, 214, 150), 0.8, always=True) for x in (-5.0, -1.7, 1.7, 5.0)
    )
    return Piece(Vec3(0, 0, z), 7.0, 4.0, (under, face), lamps)


def _spot(at: Vec3, aim_x: float, rgb: RGB) -> Piece:
    """A spotlight on the bar with its beam."""
    lean = (aim_x - at.x) * 0.5
    beam, foot = skia.Path(), -at.y
    beam.moveTo(-0.12, -0.25)
    beam.lineTo(0.12, -0.25)
    beam.lineTo(lean + 1.0, foot + 0.1)
    beam.quadTo(lean, foot - 0.2, lean - 1.0, foot + 0.1)
    beam.close()
    marks = [
        mark(beam, rgb, "beam", alpha=0.2, soft=True),
        mark(poly([(-0.13, 0.0), (0.13, 0.0), (0.17, -0.3), (-0.17, -0.3)]), RGB(44, 42, 48)),
        mark(oval(0.0, -0.3, 0.16, 0.05), rgb, "flame"),
        mark(rect(-0.02, 0.0, 0.02, 0.35), RGB(44, 42, 48)),
    ]
    return Piece(
        at,
        0.3,
        at.y + 0.3,
        (card(at, 1.5, 0.4, marks, below=at.y),),
        (Lamp(Vec3(at.x, at.y - 0.3, at.z), rgb, 0.7, always=True),),
        keep=True,
    )


def theatre(seed: int) -> Design:
    """A theatre by its seed: backdrop, colours, set pieces on the stage."""
    rng, room = Random(seed * 79 + 1), HOUSE
    cloth, plaster, seats = SCHEMES[seed % len(SCHEMES)]
    finish = Shell(
        wall_rgb=scale(plaster, 0.82),
        far_rgb=RGB(58, 50, 54),
        trim_rgb=GILT,
        wainscot_rgb=scale(cloth, 0.7),
        wainscot_m=1.1,
        door_rgb=scale(cloth, 0.8),
        ceiling_rgb=scale(plaster, 0.7),
        pattern="panels",
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        "right": (Opening("door", room.along("right", 1.2) - 0.5, 0.0, 1.0, 2.1, leaf="flush"),),
        "near": (Opening("door", room.along("near", 0.0) - 0.8, 0.0, 1.6, 2.2, leaf="panelled", double=True),),
    }
    sconces: dict[WallName, list[Mark]] = {"far": backcloth(rng, room), "left": [], "right": [], "near": []}
    for side in ("left", "right"):
        wall_name: WallName = "left" if side == "left" else "right"
        sconces[wall_name] += _wings(rng, room, wall_name)
        for z in (-7.0, -10.5, -14.0):
            x = room.along(wall_name, z)
            sconces[wall_name] += [
                mark(rect(x - 0.9, 1.3, x + 0.9, 4.6), mix(plaster, GILT, 0.2)),
                mark(rect(x - 0.8, 1.4, x + 0.8, 4.5), scale(plaster, 0.76)),
                mark(poly([(x - 0.14, 2.5), (x + 0.14, 2.5), (x + 0.08, 2.2), (x - 0.08, 2.2)]), GILT),
                mark(oval(x, 2.6, 0.16, 0.16), RGB(255, 226, 170), "glow"),
            ]
    lamps = [
        Lamp(Vec3(side * 6.8, 2.6, z), RGB(255, 206, 140), 1.3, always=True)
        for side in (-1, 1)
        for z in (-7.0, -10.5, -14.0)
    ]
    lamps += [Lamp(Vec3(x, 5.0, 0.6), RGB(255, 238, 206), 0.1, 2.0, always=True) for x in (-1.0, 1.0)]
    dressing: list[Piece] = [
        _drape(Vec3(-4.9, 0, -2.9), 2.6, 6.2, cloth),
        _drape(Vec3(4.9, 0, -2.9), 2.6, 6.2, cloth),
        _drape(Vec3(-5.2, 0, 0.4), 1.7, 6.0, RGB(48, 44, 54)),
        _drape(Vec3(5.2, 0, 0.4), 1.7, 6.0, RGB(48, 44, 54)),
        _drape(Vec3(-5.6, 0, 2.8), 1.5, 6.0, RGB(48, 44, 54)),
        _drape(Vec3(5.6, 0, 2.8), 1.5, 6.0, RGB(48, 44, 54)),
        _valance(cloth),
        _balcony(plaster, seats),
        _footlights(),
    ]
    for x, aim, rgb in (
        (-2.6, -0.8, RGB(255, 232, 190)),
        (0.0, 0.0, RGB(255, 244, 224)),
        (2.6, 0.8, rng.choice((RGB(190, 214, 255), RGB(255, 196, 150)))),
    ):
        dressing.append(_spot(Vec3(x, 4.9, 1.6), aim, rgb))
    s = rng.choice((-1.0, 1.0))
    by = rng.uniform(-0.4, 0.4)
    wood = RGB(128, 86, 58)
    dressing += rng.choice(
        (
            [
                fit.armchair(Vec3(s * 2.6 + by, 0, 2.2), 180 - s * 30, cloth),
                fit.round_table(Vec3(s * 1.7, 0, 2.7), wood),
                fit.chair(Vec3(-s * 2.7, 0, 2.3), 150, wood),
            ],
            [
                _flat_tree(rng, Vec3(s * 3.0, 0, 2.9)),
                _flat_tree(rng, Vec3(-s * 2.6, 0, 3.4)),
                fit.bench(Vec3(-s * 2.6 + by, 0, 2.2), 180 + s * 20, wood),
            ],
            [
                _ladder(Vec3(s * 3.2 + by, 0, 2.6)),
                _crate(Vec3(-s * 2.6, 0, 2.4), 0.7, wood),
                _crate(Vec3(-s * 3.3, 0, 2.9), 1.0, wood),
                _crate(Vec3(s * 2.4, 0, 3.0), 0.6, wood),
            ],
        )
    )
    ground = boards(rng, RGB(150, 112, 78), (room.left, STAGE_Z, room.right, room.far), 0.18)
    pit, rows = _house(seats, plaster)
    return furnished(
        rng,
        room,
        finish,
        openings,
        sconces,
        RGB(120, 88, 62),
        (),
        [*dressing, *rows],
        horizon="none",
        overhead=(pit, floor_patch((room.left, STAGE_Z, room.right, room.far), 0.0, ground)),  # the stage over the pit
        area=(room.left, STAGE_Z, room.right, room.far),
        lamps=lamps,
        sunny=(),
    )


def _wings(rng: Random, room: Room, name: WallName) -> list[Mark]:
    """A side of the stage: dark brick, ropes on a rail, canvas flats leaning there; the door is left free."""
    x0, x1 = sorted((room.along(name, STAGE_Z), room.along(name, room.far)))
    brick = RGB(92, 74, 70)
    courses: list[Rect] = []
    for j in range(22):
        for i in range(int((x1 - x0) / 0.5)):
            if rng.random() < 0.4:
                a = x0 + 0.5 * i + 0.25 * (j % 2)
                courses.append((a, 0.3 * j, min(a + 0.46, x1), 0.3 * j + 0.26))
    free = room.along(name, 1.2)
    gap = 0.6 if name == "right" else 0.0
    courses = [r for r in courses if r[1] > 2.2 or r[2] < free - gap or r[0] > free + gap]
    left, right = (x0, free - gap), (free + gap, x1)
    marks = [
        mark(rects([(x0, 2.2, x1, 6.9), (left[0], 0.0, left[1], 2.2), (right[0], 0.0, right[1], 2.2)]), brick),
        mark(rects(courses), mix(brick, RGB(130, 96, 82), 0.6)),
    ]
    ropes: list[Rect] = [(left[0] + 0.3 + 0.16 * i, 1.0, left[0] + 0.33 + 0.16 * i, 6.8) for i in range(7)]
    marks += [
        mark(rects(ropes), RGB(196, 170, 124)),
        mark(rect(left[0] + 0.15, 0.95, left[0] + 1.6, 1.08), RGB(104, 76, 56)),
    ]
    for i in range(2):
        a = right[0] + 0.3 + 0.9 * i
        if a + 1.3 < right[1]:
            marks += [
                mark(poly([(a, 0.0), (a + 1.2, 0.0), (a + 1.35, 3.2), (a + 0.15, 3.2)]), RGB(206, 192, 164)),
                mark(line([(a + 0.06, 0.02), (a + 1.28, 3.16)], 0.06), RGB(150, 116, 84)),
                mark(line([(a + 0.1, 1.6), (a + 1.26, 1.6)], 0.06), RGB(150, 116, 84)),
            ]
    return marks


def _valance(rgb: RGB) -> Piece:
    """The scalloped cloth over the stage's front, and the gilt arch behind it."""
    at = Vec3(0, 4.6, -3.0)
    hem = skia.Path()
    for i in range(9):
        hem.addPath(oval(0.78 + 1.56 * i, 0.5, 0.8, 0.46), 0, 0)
    folds = rects([(0.25 * i, 0.4, 0.25 * i + 0.1, 2.4) for i in range(56)])
    marks = [
        mark(hem, rgb),
        mark(rect(0, 0.5, 14.0, 2.4), rgb),
        mark(folds, scale(rgb, 0.7)),
        mark(rect(0, 0.42, 14.0, 0.52), GILT),
    ]
    panels = [
        _lifted(wall((-7.0, -3.0), (7.0, -3.0), 2.4, marks), 4.6),
        _lifted(wall((7.0, -3.0), (-7.0, -3.0), 2.4, marks), 4.6),
    ]
    return Piece(at, 7.0, 2.4, tuple(panels), keep=True)


def _footlights() -> Piece:
    """A row of shaded lamps along the stage's edge."""
    at = Vec3(0, 0, STAGE_Z + 0.12)
    shells, bulbs = skia.Path(), skia.Path()
    for i in range(12):
        x = 0.6 + 0.8 * i
        shells.addPath(oval(x, 0.05, 0.14, 0.13), 0, 0)
        bulbs.addPath(oval(x, 0.07, 0.09, 0.08), 0, 0)
    away = wall((-5.0, at.z), (5.0, at.z), 0.2, [mark(shells, RGB(84, 74, 66))])
    back = wall(
        (5.0, at.z), (-5.0, at.z), 0.2, [mark(shells, RGB(84, 74, 66)), mark(bulbs, RGB(255, 226, 160), "flame")]
    )
    return Piece(at, 5.0, 0.2, (away, back), keep=True)


def _flat_tree(rng: Random, at: Vec3) -> Piece:
    """A painted wooden tree on a brace."""
    green = rng.choice((RGB(86, 120, 82), RGB(120, 132, 76)))
    marks = [
        mark(rect(-0.13, 0.0, 0.13, 1.5), RGB(104, 76, 56)),
        mark(blob(rng, 0, 2.0, 0.8, 0.95, 11), green),
        mark(blob(rng, -0.15, 2.25, 0.45, 0.45, 9), mix(green, RGB(230, 224, 140), 0.3)),
        mark(rect(-0.4, 0.0, 0.4, 0.06), RGB(70, 56, 48)),
    ]
    return Piece(at, 0.8, 3.0, (card(at, 0.95, 3.1, marks),), shadow=(0.4, 0.16))


def _ladder(at: Vec3) -> Piece:
    """A stepladder left standing."""
    wood = RGB(176, 136, 92)
    steps = rects([(-0.3 + 0.028 * i, 0.3 + 0.3 * i, 0.3 - 0.028 * i, 0.34 + 0.3 * i) for i in range(6)])
    marks = [
        mark(line([(0.36, 0.0), (0.14, 2.0)], 0.05), scale(wood, 0.7)),
        mark(line([(-0.34, 0.0), (-0.12, 2.0)], 0.05), wood),
        mark(line([(0.34, 0.0), (0.12, 2.0)], 0.05), wood),
        mark(steps, mix(wood, RGB(255, 240, 214), 0.2)),
        mark(rect(-0.18, 1.98, 0.18, 2.05), wood),
    ]
    return Piece(at, 0.4, 2.05, (card(at, 0.42, 2.1, marks),), shadow=(0.36, 0.2))


def _crate(at: Vec3, size: float, wood: RGB) -> Piece:
    """A property chest."""
    slats = [
        mark(rects([(0.0, size * 0.05, size, size * 0.14), (0.0, size * 0.62, size, size * 0.72)]), scale(wood, 0.72))
    ]
    turn = math.degrees(math.atan2(at.x, 6.0)) + 180
    return fit.stood(
        at,
        (size, size * 0.75, size * 0.7),
        box(at, (size, size * 0.75, size * 0.7), wood, turn, front=slats, back=slats, left=slats, right=slats),
        heading=turn,
    )
