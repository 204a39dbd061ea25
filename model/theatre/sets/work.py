"""Rooms of work and passage: office and corridor."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.light import mix, scale
from model.theatre.sets import fittings
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, edge_shade, sun_patch
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    brush,
    floor_patch,
    frame,
    holed,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, shell
from model.theatre.sets.wallware import picture

__all__ = ["corridor", "office"]

BIG = Room(-4.5, 4.5, -5.5, 4.5)
LEFT, RIGHT, NEAR, FAR = -4.5, 4.5, -5.5, 4.5
ROOM = BIG.area

COOL = RGB(224, 238, 250)


def _ceiling_lights(
    y: float, spots: list[tuple[float, float]], w: float, d: float, rgb: RGB = COOL
) -> tuple[Panel, tuple[Lamp, ...]]:
    """Panels of light in the ceiling."""
    cells: list[Rect] = [(x - w / 2, z - d / 2, x + w / 2, z + d / 2) for x, z in spots]
    marks = [
        mark(rects([(a - 0.06, b - 0.06, c + 0.06, e + 0.06) for a, b, c, e in cells]), RGB(180, 184, 188)),
        mark(rects(cells), mix(rgb, RGB(255, 255, 255), 0.4), "flame"),
    ]
    lamps = tuple(Lamp(Vec3(x, y - 0.05, z), rgb, 0.75, 1.3) for x, z in spots)
    return floor_patch((LEFT, NEAR - 6, RIGHT, FAR + 12), y - 0.01, marks, up=False), lamps


def office(seed: int) -> Design:
    """An office: a band of windows with blinds over the city, desks with screens, shelves, a glass partition."""
    rng = Random(seed * 53 + 2)
    paint, accent, desk_rgb = (
        (RGB(208, 210, 206), RGB(72, 104, 122), RGB(176, 148, 112)),
        (RGB(214, 206, 192), RGB(150, 92, 66), RGB(146, 108, 76)),
        (RGB(196, 204, 204), RGB(92, 112, 88), RGB(190, 180, 164)),
        (RGB(204, 198, 204), RGB(98, 84, 118), RGB(160, 132, 104)),
    )[seed % 4]
    finish = Shell(
        wall_rgb=paint,
        far_rgb=mix(paint, accent, 0.15),
        trim_rgb=RGB(188, 190, 190),
        ceiling_rgb=RGB(222, 222, 220),
        door_rgb=mix(desk_rgb, accent, 0.2),
        pattern="plain",
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": tuple(
            Opening("window", x, 0.85, 2.3, 1.65, None, (2, 1), blind=0.4 * (rng.random() < 0.6))
            for x in (0.6, 3.3, 6.0)
        ),
        "left": (
            Opening("window", 2.2, 0.85, 2.2, 1.65, None, (2, 1), blind=0.4),
            Opening("window", 5.2, 0.85, 2.2, 1.65, None, (2, 1), blind=0.4),
        ),
        "right": (Opening("door", 5.9, 0.0, 0.95, 2.1),),
        "near": (Opening("door", 5.8, 0.0, 1.1, 2.2, leaf="glass", leads="outside"),),
    }
    notes: list[Rect] = [(1.2 + rng.uniform(0, 1.7), 1.25 + rng.uniform(0, 0.7), 0, 0) for _ in range(11)]
    papers = [(x, y, x + 0.17, y + 0.2) for x, y, _, _ in notes]
    board = [
        mark(rect(1.0, 1.1, 3.2, 2.3), RGB(150, 154, 156)),
        mark(rect(1.05, 1.15, 3.15, 2.25), RGB(240, 242, 240)),
        mark(rects(papers[:6], rng, 0.01), RGB(248, 222, 130)),
        mark(rects(papers[6:], rng, 0.01), RGB(186, 216, 224)),
    ]
    chart = [
        mark(
            rects([(6.8 + 0.14 * i, 1.25, 6.9 + 0.14 * i, 1.35 + 0.1 * rng.randrange(1, 8)) for i in range(8)]), accent
        )
    ]
    extras: dict[WallName, list[Mark]] = {
        "right": [*board, *picture(rng, 7.8, 1.35, 0.8, 0.8)],
        "near": [
            mark(rect(1.0, 0.0, 4.2, 2.6), accent),
            mark(moved_path(text_path("WORKS & CO", 0.34, True, 2.6), 2.6, 1.6), RGB(240, 236, 224)),
            mark(rect(6.98, 1.15, 8.2, 2.15), RGB(234, 236, 234)),
            *chart,
        ],
        "left": [*picture(rng, 8.2, 1.4, 0.7, 0.7)],
        "far": [],
    }
    dressing = [
        fit.desk(rng, Vec3(-2.9, 0, 3.2), 0, desk_rgb),
        fit.chair(Vec3(-2.8, 0, 3.9), 180, RGB(58, 62, 70)),
        fit.desk(rng, Vec3(2.9, 0, 3.2), 0, desk_rgb),
        fit.chair(Vec3(3.0, 0, 3.9), 190, RGB(58, 62, 70)),
        fit.desk(rng, Vec3(-3.6, 0, -1.0), 90, desk_rgb),
        fit.desk(rng, Vec3(3.5, 0, -3.4), 270, desk_rgb),
        fit.chair(Vec3(2.8, 0, -3.3), 80, RGB(58, 62, 70)),
        fittings.cabinet(BIG.on("right", 2.2, 0.26), facing("right"), RGB(150, 156, 160), (1.6, 0.82, 0.42), 3, 3),
        fittings.bookshelf(rng, BIG.on("near", 4.9, 0.2), facing("near"), desk_rgb, (1.0, 2.0, 0.34)),
        fittings.bookshelf(rng, BIG.on("left", 0.9, 0.2), facing("left"), desk_rgb, (1.2, 1.5, 0.34)),
        fittings.plant(rng, Vec3(-4.0, 0, 4.0), 1.4),
        fittings.plant(rng, BIG.on("right", 7.4, 0.5), 1.6),
        fittings.table_lamp(Vec3(-3.4, 0.74, 3.1)),
    ]
    ceiling, lamps = _ceiling_lights(
        2.8, [(-2.4, 2.6), (0.9, 2.6), (-2.4, -0.6), (0.9, -0.6), (-2.4, -3.8), (0.9, -3.8), (3.6, 1.0)], 1.3, 0.34
    )
    carpet = mix(accent, RGB(120, 118, 120), 0.65)
    tiles_rects = [
        (LEFT + i * 0.5, NEAR + j * 0.5, LEFT + (i + 1) * 0.5, NEAR + (j + 1) * 0.5)
        for i in range(18)
        for j in range(20)
        if rng.random() < 0.22
    ]
    ground = [
        mark(rect(*ROOM), carpet),
        mark(rects(tiles_rects), scale(carpet, 0.92), alpha=0.8),
        mark(brush(rng, ROOM, 24, 1.2, 0.04), mix(carpet, RGB(255, 248, 236), 0.25), alpha=0.25),
        *edge_shade(ROOM),
        *sun_patch(-2.75, FAR, (0, -1), 2.1, 2.2),
        *sun_patch(0.0, FAR, (0, -1), 2.1, 2.2),
    ]
    built = shell(rng, BIG, finish, openings, extras)
    walls = (*built.panels, ceiling)
    return Design(
        carpet, tuple(ground), "city", walls, (), tuple(dressing), lamps, ground_extent=ROOM, doors=built.doors
    )


def corridor(seed: int) -> Design:
    """A corridor: doors in two long walls, lights in a row overhead, a window at the far end, a double door behind."""
    rng = Random(seed * 59 + 4)
    paint, dado, floor, door = (
        (RGB(206, 208, 192), RGB(104, 130, 122), RGB(166, 160, 146), RGB(150, 118, 82)),
        (RGB(204, 200, 204), RGB(92, 98, 124), RGB(142, 140, 146), RGB(96, 112, 128)),
        (RGB(222, 204, 178), RGB(142, 82, 64), RGB(150, 118, 92), RGB(112, 74, 54)),
        (RGB(198, 206, 210), RGB(122, 148, 158), RGB(176, 178, 176), RGB(206, 204, 196)),
    )[seed % 4]
    half, z0, z1, high = 2.6, -8.0, 16.0, 2.8
    shade, trim = RGB(30, 24, 40), mix(dado, RGB(240, 236, 226), 0.25)
    panels: list[Panel] = []
    end_hole = (1.7, 0.9, 3.5, 2.3)
    far = [
        mark(holed((0, 0, 2 * half, high), [end_hole]), mix(paint, dado, 0.12)),
        mark(rect(0, 0, 2 * half, 0.9), dado),
        mark(frame(*end_hole, 0.09), trim),
        mark(rects([(2.57, 0.9, 2.63, 2.3), (1.7, 1.57, 3.5, 1.63)]), trim),
        mark(rect(0, 0.9, 2 * half, 0.95), trim),
        mark(rect(0, 0, 2 * half, 0.12), scale(dado, 0.7)),
    ]
    panels.append(wall((-half, z1), (half, z1), high, far, [end_hole]))
    near = [
        mark(rect(0, 0, 2 * half, high), paint),
        mark(rects([(0, 0, 1.5, 1.0), (3.7, 0, 2 * half, 1.0)]), dado),
        mark(rect(1.5, 0, 3.7, 2.35), trim),
        mark(rects([(1.62, 0, 2.58, 2.22), (2.62, 0, 3.58, 2.22)]), door),
        mark(rects([(1.85, 1.2, 2.3, 1.95), (2.9, 1.2, 3.35, 1.95)]), RGB(210, 222, 226), "pane"),
        mark(rects([(2.42, 0.95, 2.5, 1.15), (2.7, 0.95, 2.78, 1.15)]), RGB(190, 190, 186)),
        mark(rect(2.1, 2.42, 3.1, 2.68), RGB(46, 130, 84), "flame"),
        mark(moved_path(text_path("EXIT", 0.17), 2.6, 2.48), RGB(246, 252, 244), "flame"),
    ]
    panels.append(wall((half, z0), (-half, z0), high, near))
    for side in (-1, 1):
        start, end = ((half, z1), (half, z0)) if side > 0 else ((-half, z0), (-half, z1))
        length = z1 - z0
        offset = 1.4 if side < 0 else 2.6
        doors = [offset + i * 4.4 for i in range(5)]
        marks = [mark(rect(0, 0, length, high), paint), mark(rect(0, 0, length, 1.0), dado)]
        strokes = brush(rng, (0, 1.1, length, 2.6), 22, 1.4, 0.05, 0.1)
        marks.append(mark(strokes, mix(paint, RGB(255, 250, 240), 0.4), alpha=0.25))
        for reach, alpha in ((0.7, 0.05), (0.3, 0.07)):
            marks.append(
                mark(
                    rects(
                        [
                            (0, high - reach, length, high),
                            (0, 0, reach * 1.4, high),
                            (length - reach * 1.4, 0, length, high),
                        ]
                    ),
                    shade,
                    alpha=alpha,
                )
            )
        marks += [mark(rect(0, 1.0, length, 1.06), trim), mark(rect(0, 0, length, 0.12), scale(dado, 0.66))]
        marks += [
            mark(rects([(x - 0.1, 0, x + 1.05, 2.2) for x in doors]), trim),
            mark(rects([(x, 0, x + 0.95, 2.1) for x in doors]), door),
            mark(rects([(x + 0.14, 0.2, x + 0.81, 1.0) for x in doors]), scale(door, 0.86)),
            mark(rects([(x + 0.3, 1.3, x + 0.65, 1.85) for x in doors]), RGB(238, 226, 190), "window"),
            mark(rects([(x + 0.82, 1.0, x + 0.9, 1.06) for x in doors]), RGB(206, 196, 170)),
        ]
        number = rng.randrange(1, 4) * 100
        for i, x in enumerate(doors):
            label = moved_path(text_path(str(number + 2 * i + (1 if side > 0 else 2)), 0.12), x + 0.475, 1.95)
            marks.append(mark(label, mix(door, RGB(255, 246, 226), 0.75), fine=True))
        for x in doors[1::2]:
            marks += picture(rng, x + 1.9, 1.35, 0.9, 0.65)
        panels.append(wall(start, end, high, marks))
    area = (-half, z0, half, z1)
    panels.append(
        floor_patch(
            area,
            high,
            [
                mark(rect(*area), RGB(216, 216, 210), key=0.5),
                mark(
                    rects([(-half, z, half, z + 0.03) for z in range(int(z0), int(z1))]),
                    RGB(180, 180, 178),
                    alpha=0.6,
                    fine=True,
                ),
            ],
            up=False,
        )
    )
    ceiling, lamps = _ceiling_lights(high, [(0.0, z) for z in (-6.0, -3.0, 0.0, 3.0, 6.0, 9.0, 12.5)], 1.5, 0.3)
    panels.append(ceiling)
    shine = [oval(0.0, z, 0.75, 1.1) for z in (-6.0, -3.0, 0.0, 3.0, 6.0, 9.0, 12.5)]
    squares: list[Rect] = [
        (-half + i * 0.65, z0 + j * 0.65, -half + (i + 1) * 0.65, z0 + (j + 1) * 0.65)
        for i in range(8)
        for j in range(37)
        if (i + j) % 2
    ]
    ground = [
        mark(rect(*area), floor),
        mark(rects(squares), scale(floor, 0.9)),
        mark(rects([(-half, z0, -half + 0.4, z1), (half - 0.4, z0, half, z1)]), mix(floor, dado, 0.45)),
        *(mark(s, RGB(255, 255, 255), alpha=0.10) for s in shine),
        *edge_shade(area),
    ]
    ground.append(
        mark(poly([(-0.9, z1), (0.9, z1), (1.3, z1 - 4.0), (-0.4, z1 - 4.0)]), RGB(255, 244, 214), "sun", alpha=0.35)
    )
    dressing: list[Piece] = [
        fit.bench(Vec3(-half + 0.3, 0, 3.4), 90, RGB(150, 110, 74)),
        fit.bench(Vec3(half - 0.3, 0, -4.2), 270, RGB(150, 110, 74)),
        fittings.plant(rng, Vec3(half - 0.4, 0, 5.6), 1.3),
        fittings.plant(rng, Vec3(-half + 0.4, 0, -5.6), 1.2),
        fittings.cabinet(Vec3(half - 0.24, 0, 9.4), 270, RGB(120, 126, 132), (1.0, 1.1, 0.4), 2, 1),
    ]
    return Design(floor, tuple(ground), "city", tuple(panels), (), tuple(dressing), lamps, ground_extent=area)
