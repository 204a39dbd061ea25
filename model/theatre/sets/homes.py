"""Rooms people live in: living room, bedroom, kitchen."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.light import mix, scale
from model.theatre.sets import fittings
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Pattern, Shell, boards, tiles
from model.theatre.sets.kit import (
    Design,
    Mark,
    Piece,
    blob,
    brush,
    card,
    circle,
    frame,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, shell

__all__ = ["bedroom", "kitchen", "living_room", "picture", "rug", "sun_patch"]

BIG = Room(-4.5, 4.5, -5.5, 4.5)
LEFT, RIGHT, NEAR, FAR = -4.5, 4.5, -5.5, 4.5
ROOM = BIG.area

# wall, far wall, accent cloth, curtain, wood, floor
HOMES = (
    (RGB(196, 186, 160), RGB(112, 138, 132), RGB(196, 104, 72), RGB(206, 148, 96), RGB(128, 88, 58), RGB(158, 116, 80)),
    (RGB(178, 190, 192), RGB(74, 96, 116), RGB(200, 150, 70), RGB(226, 214, 188), RGB(112, 82, 62), RGB(138, 106, 82)),
    (RGB(212, 190, 166), RGB(168, 96, 78), RGB(78, 104, 104), RGB(232, 208, 164), RGB(118, 78, 54), RGB(150, 108, 74)),
    (RGB(190, 194, 168), RGB(94, 116, 84), RGB(176, 78, 84), RGB(222, 210, 180), RGB(140, 100, 66), RGB(166, 128, 88)),
    (RGB(202, 192, 196), RGB(122, 96, 124), RGB(70, 110, 130), RGB(214, 176, 172), RGB(104, 74, 62), RGB(142, 106, 84)),
)


def picture(rng: Random, x: float, y: float, w: float, h: float) -> list[Mark]:
    """A framed painting: a landscape, a figure of shapes, or a window of colour."""
    wood = rng.choice((RGB(92, 66, 48), RGB(196, 160, 92), RGB(48, 46, 50), RGB(226, 220, 206)))
    paper = RGB(234, 226, 208)
    a, b = rng.sample((RGB(196, 110, 76), RGB(74, 104, 116), RGB(212, 172, 96), RGB(96, 120, 92), RGB(150, 78, 84)), 2)
    marks = [
        mark(rect(x + 0.03, y - 0.04, x + w + 0.03, y + h - 0.03), RGB(30, 22, 34), alpha=0.22),
        mark(rect(x, y, x + w, y + h), wood),
        mark(rect(x + 0.035, y + 0.035, x + w - 0.035, y + h - 0.035), paper),
    ]
    style = rng.randrange(3)
    m = 0.09
    if style == 0:
        marks += [
            mark(rect(x + m, y + m, x + w - m, y + h - m), mix(b, RGB(255, 246, 226), 0.55)),
            mark(
                poly(
                    [
                        (x + m, y + m),
                        (x + w - m, y + m),
                        (x + w - m, y + h * 0.35),
                        (x + w * 0.55, y + h * 0.52),
                        (x + m, y + h * 0.3),
                    ]
                ),
                a,
            ),
            mark(circle(x + w * 0.68, y + h * 0.68, min(w, h) * 0.09), RGB(246, 220, 160)),
        ]
    elif style == 1:
        marks += [
            mark(blob(rng, x + w * 0.45, y + h * 0.5, w * 0.22, h * 0.25), a),
            mark(circle(x + w * 0.6, y + h * 0.6, min(w, h) * 0.15), b, alpha=0.85),
        ]
    else:
        marks += [
            mark(rect(x + m, y + m, x + w - m, y + h * 0.5), a),
            mark(rect(x + m, y + h * 0.54, x + w - m, y + h - m), b),
        ]
    return marks


def rug(rng: Random, rgb: RGB, other: RGB, x: float, z: float, w: float, d: float) -> list[Mark]:
    """A rug with a border, lying on the floor."""
    x0, z0, x1, z1 = x - w / 2, z - d / 2, x + w / 2, z + d / 2
    if rng.random() < 0.35:
        return [
            mark(oval(x, z, w / 2, d / 2), rgb),
            mark(oval(x, z, w / 2 - 0.18, d / 2 - 0.18), mix(rgb, other, 0.35)),
            mark(oval(x, z, w / 2 - 0.26, d / 2 - 0.26), rgb),
        ]
    fringe = [(x0 + 0.1 * i, z0 - 0.06, x0 + 0.1 * i + 0.03, z1 + 0.06) for i in range(int(w / 0.1))]
    lozenges = skia.Path()
    for i in range(int(w / 0.6)):
        cx = x0 + 0.45 + i * 0.6
        lozenges.addPath(poly([(cx - 0.18, z), (cx, z + 0.3), (cx + 0.18, z), (cx, z - 0.3)]), 0, 0)
    return [
        mark(rects(fringe), scale(other, 0.9), fine=True),
        mark(rect(x0, z0, x1, z1), rgb),
        mark(frame(x0 + 0.16, z0 + 0.16, x1 - 0.16, z1 - 0.16, 0.06), other),
        mark(lozenges, other, alpha=0.8),
        mark(brush(rng, (x0, z0, x1, z1), 12, 0.9, 0.03), mix(rgb, RGB(255, 240, 220), 0.3), alpha=0.25),
    ]


def sun_patch(x: float, z: float, toward: tuple[float, float], w: float, reach: float, bars: int = 2) -> list[Mark]:
    """Light of a window lying on the floor from (x, z) at the wall, slanting `toward`."""
    tx, tz = toward
    nx, nz = -tz, tx
    shapes = skia.Path()
    for i in range(bars):
        for j in range(2):
            a, b = -w / 2 + w * i / bars + 0.03, -w / 2 + w * (i + 1) / bars - 0.03
            f, g = 0.45 + reach * j / 2 + 0.03, 0.45 + reach * (j + 1) / 2 - 0.03
            skew = 0.35
            shapes.addPath(
                poly(
                    [
                        (x + tx * d + nx * (s + skew * d), z + tz * d + nz * (s + skew * d))
                        for s, d in ((a, f), (b, f), (b, g), (a, g))
                    ]
                ),
                0,
                0,
            )
    return [mark(shapes, RGB(255, 244, 214), "sun", alpha=0.34)]


def living_room(seed: int) -> Design:
    """A living room: sofa and paintings on one wall, windows, a bookshelf, a door, a lamp in the corner."""
    rng = Random(seed * 31 + 1)
    paint, far, cloth, drape, wood, floor = HOMES[seed % len(HOMES)]
    pattern: Pattern = rng.choice(("plain", "stripes", "plain", "panels"))
    finish = Shell(
        wall_rgb=paint,
        far_rgb=far,
        door_rgb=mix(wood, RGB(200, 190, 170), rng.choice((0.0, 0.5))),
        pattern=pattern,
        wainscot_rgb=rng.choice((None, mix(paint, RGB(244, 240, 230), 0.5))),
    )
    flip = rng.random() < 0.5
    window = Opening("window", 5.4 if flip else 1.2, 0.85, 1.9, 1.45, drape)
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (
            window,
            Opening("window", 0.9, 0.85, 1.0, 1.45, drape)
            if rng.random() < 0.4
            else Opening("door", 0.9 if flip else 6.9, 0.0, 0.95, 2.1),
        ),
        "right": (Opening("window", 3.2, 0.85, 1.7, 1.45, drape),),
        "near": (Opening("door", 1.2, 0.0, 0.95, 2.1), Opening("window", 5.6, 0.85, 1.6, 1.45, drape)),
        "left": (Opening("arch", 6.9, 0.0, 1.5, 2.25),),
    }
    mid = 3.5 if flip else 4.5
    extras: dict[WallName, list[Mark]] = {
        "far": [*picture(rng, mid - 0.1, 1.35, 0.7, 0.9), *picture(rng, mid + 0.8, 1.5, 0.45, 0.55)],
        "right": [*picture(rng, 6.6, 1.3, 1.1, 0.8)],
        "near": [*picture(rng, 3.2, 1.4, 0.9, 0.7), *picture(rng, 4.3, 1.5, 0.5, 0.6)],
        "left": [*picture(rng, 2.6, 1.45, 0.6, 0.8), *picture(rng, 3.5, 1.45, 0.6, 0.8)],
    }
    sofa_x = 0.4 if flip else 0.2
    dressing: list[Piece] = [
        fit.sofa(Vec3(sofa_x, 0, FAR - 0.62), 180, cloth, 2.1),
        fittings.bookshelf(rng, BIG.on("right", 1.4, 0.2), facing("right"), wood),
        fittings.floor_lamp(Vec3(3.6 if not flip else -3.4, 0, FAR - 0.7)),
        fittings.plant(rng, Vec3(-3.7 if not flip else 3.7, 0, FAR - 0.75), 1.4),
        fit.armchair(BIG.on("right", 5.9, 0.75), facing("right") + 18, mix(cloth, wood, 0.6)),
        fittings.cabinet(BIG.on("left", 3.3, 0.28), facing("left"), wood, (1.8, 0.72, 0.46), 3),
        fittings.table_lamp(BIG.on("left", 2.7, 0.28, 0.72)),
        fittings.bookshelf(rng, BIG.on("near", 3.6, 0.2), facing("near"), wood, (1.6, 1.1, 0.34)),
        fittings.plant(rng, BIG.on("near", 8.2, 0.7), 1.1),
    ]
    ground = [
        *boards(rng, floor, ROOM),
        *rug(rng, mix(cloth, wood, 0.25), mix(drape, RGB(240, 226, 200), 0.4), 0.1, 1.7, 3.4, 2.2),
        *sun_patch(window.x + LEFT + 0.95, FAR, (0, -1), 1.8, 2.2),
        *sun_patch(RIGHT, 0.6, (-1, 0), 1.6, 2.0),
    ]
    walls = shell(rng, BIG, finish, openings, extras)
    return Design(
        floor,
        tuple(ground),
        "city",
        walls.panels,
        (),
        tuple(dressing),
        (),
        ground_extent=ROOM,
        doors=walls.doors,
    )


def bedroom(seed: int) -> Design:
    """A bedroom: the bed against the far wall, lamps beside it, a wardrobe, a desk at the window."""
    rng = Random(seed * 37 + 11)
    paint, far, cloth, drape, wood, floor = HOMES[(seed * 3 + 1) % len(HOMES)]
    finish = Shell(
        wall_rgb=mix(paint, RGB(226, 218, 214), 0.35),
        far_rgb=far,
        door_rgb=mix(wood, RGB(220, 212, 196), 0.5),
        pattern=rng.choice(("plain", "stripes", "plain")),
    )
    bed_x = rng.choice((-1.1, 1.0))
    other = -1 if bed_x > 0 else 1
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (Opening("window", 4.5 + other * 2.4 - 0.8, 0.8, 1.6, 1.5, drape),),
        "right": (Opening("window", 4.2, 0.8, 1.8, 1.5, drape),),
        "near": (Opening("door", 6.6, 0.0, 0.95, 2.1),),
        "left": (Opening("door", 1.6, 0.0, 0.95, 2.1),),
    }
    extras: dict[WallName, list[Mark]] = {
        "far": picture(rng, 4.5 + bed_x - 0.6, 1.5, 1.2, 0.7),
        "right": picture(rng, 7.6, 1.3, 0.7, 0.9),
        "near": [
            *picture(rng, 2.0, 1.3, 0.6, 0.8),
            *picture(rng, 2.9, 1.4, 0.5, 0.6),
            *picture(rng, 4.4, 1.3, 0.9, 0.7),
        ],
        "left": [*picture(rng, 5.0, 1.3, 0.8, 1.0)],
    }
    dressing = [
        fit.bed(Vec3(bed_x, 0, FAR - 1.12), 180, cloth, wood, 1.6),
        fittings.cabinet(Vec3(bed_x - 1.2, 0, FAR - 0.28), 180, wood, (0.5, 0.55, 0.42), 1, 2),
        fittings.cabinet(Vec3(bed_x + 1.2, 0, FAR - 0.28), 180, wood, (0.5, 0.55, 0.42), 1, 2),
        fittings.table_lamp(Vec3(bed_x - 1.2, 0.55, FAR - 0.28)),
        fittings.table_lamp(Vec3(bed_x + 1.2, 0.55, FAR - 0.28)),
        fittings.wardrobe(BIG.on("left", 7.6, 0.34), facing("left"), wood),
        fit.desk(rng, BIG.on("right", 5.1, 0.45), facing("right"), wood, screen=False),
        fit.chair(BIG.on("right", 5.0, 1.15), facing("right") + 170, wood),
        fittings.bookshelf(rng, BIG.on("right", 1.1, 0.2), facing("right"), wood, (0.9, 1.9, 0.32)),
        fittings.cabinet(BIG.on("near", 2.6, 0.28), facing("near"), wood, (1.3, 0.86, 0.46), 2, 3),
        fittings.plant(rng, BIG.on("near", 4.9, 0.6), 1.2),
        fit.armchair(BIG.on("left", 4.2, 0.8), facing("left") - 15, mix(cloth, drape, 0.5)),
    ]
    ground = [
        *boards(rng, mix(floor, RGB(190, 160, 130), 0.3), ROOM),
        *rug(rng, mix(cloth, RGB(232, 220, 202), 0.6), mix(cloth, wood, 0.4), bed_x * 0.4, 1.3, 3.0, 2.0),
        *sun_patch(other * 2.4, FAR, (0, -1), 1.5, 2.2),
        *sun_patch(RIGHT, -0.6, (-1, 0), 1.7, 2.0),
    ]
    walls = shell(rng, BIG, finish, openings, extras)
    return Design(
        floor, tuple(ground), "city", walls.panels, (), tuple(dressing), (), ground_extent=ROOM, doors=walls.doors
    )


def kitchen(seed: int) -> Design:
    """A kitchen: counters and a window over the sink on the far wall, fridge, stove, a dresser, a back door."""
    rng = Random(seed * 41 + 3)
    units = (RGB(96, 122, 112), RGB(186, 164, 122), RGB(78, 98, 122), RGB(202, 196, 184), RGB(156, 92, 72))[seed % 5]
    paint = (RGB(222, 212, 186), RGB(208, 214, 204), RGB(226, 206, 184), RGB(198, 208, 212))[seed // 2 % 4]
    stone = rng.choice((RGB(214, 206, 192), RGB(96, 92, 94), RGB(168, 124, 86)))
    finish = Shell(wall_rgb=paint, door_rgb=mix(units, RGB(230, 222, 206), 0.3), pattern="plain")
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (Opening("window", 3.6, 1.12, 1.7, 1.2, None, (3, 2)),),
        "right": (Opening("door", 4.6, 0.0, 1.5, 2.15, leaf="glass", leads="outside"),),
        "near": (Opening("arch", 6.0, 0.0, 1.6, 2.25), Opening("window", 1.2, 0.95, 1.3, 1.3, RGB(214, 120, 92))),
        "left": (Opening("window", 3.8, 0.95, 1.5, 1.3, RGB(214, 120, 92)),),
    }
    tiled = [
        r
        for r in (
            (x * 0.15, 0.92 + y * 0.15, x * 0.15 + 0.138, 1.06 + y * 0.15) for x in range(5, 55) for y in range(4)
        )
        if r[2] <= 3.45 or r[0] >= 5.45 or r[3] <= 0.95
    ]
    splash = mix(units, RGB(244, 240, 228), 0.72)
    shelf = [
        mark(rect(6.0, 1.62, 8.1, 1.66), fit.WOOD),
        mark(rect(6.0, 2.02, 8.1, 2.06), fit.WOOD),
        *(
            mark(rects([(6.1 + i * 0.19, y, 6.22 + i * 0.19, y + h)]), c)
            for i, (y, h, c) in enumerate(
                (rng.choice((1.66, 2.06)), rng.uniform(0.1, 0.24), rng.choice(fittings.BOOKS)) for _ in range(9)
            )
        ),
    ]
    hood = [
        mark(
            poly([(1.15, 1.62), (2.25, 1.62), (1.95, 2.0), (1.95, 2.75), (1.45, 2.75), (1.45, 2.0)]), RGB(170, 174, 176)
        ),
        mark(rect(1.15, 1.56, 2.25, 1.63), RGB(132, 136, 140)),
    ]
    cups = [mark(rect(0.7, 1.75, 1.05, 2.5), units)] if rng.random() < 0.5 else []
    extras: dict[WallName, list[Mark]] = {
        "far": [mark(rects(tiled, rng, 0.002), splash), *shelf, *hood, *cups],
        "right": [*picture(rng, 1.8, 1.4, 0.6, 0.8), *_wall_clock(3.4, 1.9)],
        "near": [*picture(rng, 4.0, 1.45, 0.9, 0.7)],
        "left": [*picture(rng, 1.6, 1.4, 0.6, 0.8), *picture(rng, 6.4, 1.4, 0.5, 0.7)],
    }
    dressing: list[Piece] = [
        fittings.counter(Vec3(-3.9 + 0.55, 0, FAR - 0.32), 180, units, 1.05, stone),
        fittings.stove(Vec3(-2.8, 0, FAR - 0.33), 180),
        fittings.counter(Vec3(0.7, 0, FAR - 0.32), 180, units, 6.3, stone),
        fittings.fridge(Vec3(4.1, 0, FAR - 0.75), 205 + rng.uniform(-4, 4)),
        fittings.cabinet(
            BIG.on("left", 7.0, 0.28), facing("left"), mix(units, RGB(230, 214, 186), 0.4), (1.3, 0.92, 0.46), 2, 2
        ),
        fittings.bookshelf(rng, BIG.on("right", 2.2, 0.2), facing("right"), units, (1.2, 1.0, 0.34)),
        fittings.plant(rng, BIG.on("right", 7.0, 0.6), 1.0),
        fittings.cabinet(BIG.on("near", 4.4, 0.28), facing("near"), fit.WOOD, (1.6, 0.9, 0.46), 3, 1),
        fittings.pendant(Vec3(0.0, 0, 0.9), 2.0, mix(units, RGB(40, 40, 46), 0.4)),
        fittings.pendant(Vec3(-2.6, 0, -2.6), 2.15, mix(units, RGB(40, 40, 46), 0.4)),
    ]
    for x in (-1.6, 1.9):
        dressing.append(_jar(Vec3(x, 0.92, FAR - 0.3), rng))
    ground = [
        *tiles(RGB(214, 204, 184), mix(units, RGB(196, 184, 164), 0.6), ROOM, 0.6),
        *sun_patch(-0.05, FAR, (0, -1), 1.5, 2.2, 3),
        *sun_patch(RIGHT, -0.8, (-1, 0), 1.3, 2.4),
    ]
    walls = shell(rng, BIG, finish, openings, extras)
    return Design(
        RGB(200, 188, 168),
        tuple(ground),
        "hills",
        walls.panels,
        (),
        tuple(dressing),
        (),
        ground_extent=ROOM,
        doors=walls.doors,
    )


def _wall_clock(x: float, y: float) -> list[Mark]:
    return [
        mark(circle(x, y, 0.19), RGB(62, 56, 58)),
        mark(circle(x, y, 0.165), RGB(242, 236, 222)),
        mark(line([(x, y), (x - 0.07, y + 0.06)], 0.022), RGB(52, 46, 50)),
        mark(line([(x, y), (x + 0.1, y + 0.08)], 0.016), RGB(52, 46, 50)),
    ]


def _jar(at: Vec3, rng: Random) -> Piece:
    """A pot of spoons on a counter."""
    clay = rng.choice((RGB(196, 112, 78), RGB(226, 216, 196)))
    sticks = line([(-0.02, 0.12), (-0.07, 0.34)], 0.02)
    sticks.addPath(line([(0.01, 0.12), (0.02, 0.37)], 0.02), 0, 0)
    sticks.addPath(line([(0.03, 0.12), (0.09, 0.31)], 0.02), 0, 0)
    marks = [
        mark(sticks, RGB(170, 126, 84)),
        mark(rect(-0.07, 0, 0.07, 0.18), clay),
        mark(rect(0.02, 0, 0.07, 0.18), scale(clay, 0.8)),
    ]
    return Piece(at, 0.1, 0.36, (card(at, 0.11, 0.38, marks),))
