"""A classroom: rows of desks, a blackboard with the day's lesson, a teacher's desk, maps, shelves, tall windows."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, outlook, overhead, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, boards, tiles
from model.theatre.sets.kit import (
    Design,
    Mark,
    Piece,
    blob,
    box,
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
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["classroom"]

CLASS = Room(-4.2, 4.2, -5.2, 4.0, 3.1)
CHALK = RGB(232, 234, 226)
LESSONS = (("2x + 3 = 11", "x = 4"), ("The River", "pages 40 to 52"), ("F = m a", "a = v / t"), ("1789", "Why then?"))
SCHEMES = (
    (RGB(222, 214, 186), RGB(120, 146, 132), RGB(176, 132, 88)),
    (RGB(206, 216, 220), RGB(92, 122, 146), RGB(190, 152, 104)),
    (RGB(228, 206, 182), RGB(164, 104, 78), RGB(158, 112, 76)),
    (RGB(214, 220, 196), RGB(122, 134, 84), RGB(186, 142, 96)),
)


def school_desk(rng: Random, at: Vec3, heading: float, wood: RGB) -> tuple[Piece, Piece]:
    """A pupil's desk with a book on it, and its chair; the pupil looks along the heading."""
    iron = RGB(92, 98, 102)
    top = [
        mark(
            rects([(0.1, 0.1, 0.34, 0.28)], rng, 0.03),
            rng.choice((RGB(242, 238, 226), RGB(206, 110, 84), RGB(98, 132, 150))),
        )
    ]
    panels = [
        *fit.legs(at, heading, 0.62, 0.42, 0.66, iron, 0.03),
        *box(Vec3(at.x, 0.58, at.z), (0.6, 0.1, 0.4), scale(wood, 0.82), heading),
        *box(
            Vec3(at.x, 0.68, at.z),
            (0.68, 0.035, 0.48),
            wood,
            heading,
            top=top,
            top_rgb=mix(wood, RGB(255, 240, 214), 0.25),
        ),
    ]
    desk = fit.stood(at, (0.68, 0.72, 0.48), panels, heading=heading)
    return desk, fit.chair(fit.local(at, heading, 0, -0.5), heading, mix(wood, iron, 0.35), 0.43)


def _board(rng: Random, m: float, words: tuple[str, str], green: bool) -> list[Mark]:
    """A blackboard with words, a sketch and a tray of chalk, its middle at m."""
    slate = RGB(58, 84, 74) if green else RGB(58, 62, 66)
    marks = [
        mark(frame(m - 1.7, 0.95, m + 1.7, 2.25, 0.07), RGB(150, 110, 74)),
        mark(rect(m - 1.7, 0.95, m + 1.7, 2.25), slate),
        mark(blob(rng, m - 0.6, 1.5, 0.9, 0.4), mix(slate, CHALK, 0.12)),
        mark(blob(rng, m + 0.9, 1.8, 0.6, 0.3), mix(slate, CHALK, 0.1)),
        wallware.lettered(words[0], m - 0.55, 1.78, 0.26, CHALK, 2.0, False),
        wallware.lettered(words[1], m - 0.55, 1.36, 0.2, RGB(250, 226, 150), 2.0, False),
        mark(line([(m - 1.4, 1.68), (m + 0.3, 1.7)], 0.015), CHALK),
        mark(rect(m - 1.7, 0.87, m + 1.7, 0.92), RGB(150, 110, 74)),
        mark(rects([(m - 1.2, 0.92, m - 1.08, 0.945), (m - 0.9, 0.92, m - 0.82, 0.945)]), CHALK, fine=True),
        mark(rect(m + 0.4, 0.92, m + 0.62, 0.98), RGB(120, 96, 110)),
    ]
    x, y = m + 1.05, 1.55
    if rng.random() < 0.5:
        marks += [
            mark(
                line([(x - 0.35, y - 0.35), (x + 0.35, y - 0.35), (x - 0.35, y + 0.3), (x - 0.35, y - 0.35)], 0.018),
                CHALK,
            )
        ]
    else:
        ring = circle(x, y, 0.34)
        ring.addPath(circle(x, y, 0.325), 0, 0)
        ring.setFillType(type(ring.getFillType()).kEvenOdd)
        marks += [
            mark(ring, CHALK),
            mark(line([(x, y), (x + 0.24, y + 0.24)], 0.016), RGB(250, 226, 150)),
            mark(line([(x - 0.34, y), (x + 0.34, y)], 0.012), CHALK),
        ]
    return marks


def _map(rng: Random, x: float, y: float, w: float, h: float) -> list[Mark]:
    """A wall map on rollers."""
    marks = [
        mark(rect(x, y, x + w, y + h), RGB(158, 196, 208)),
        mark(
            rects([(x - 0.04, y - 0.04, x + w + 0.04, y), (x - 0.04, y + h, x + w + 0.04, y + h + 0.04)]),
            RGB(120, 84, 58),
        ),
    ]
    for u, v, r, rgb in (
        (0.22, 0.62, 0.2, RGB(206, 180, 112)),
        (0.3, 0.3, 0.12, RGB(150, 170, 104)),
        (0.55, 0.58, 0.16, RGB(214, 150, 104)),
        (0.75, 0.62, 0.2, RGB(178, 186, 124)),
        (0.82, 0.26, 0.1, RGB(206, 160, 110)),
    ):
        marks.append(mark(blob(rng, x + u * w, y + v * h, r * w, r * h * 1.2, 11, 0.3), rgb))
    return marks


def classroom(seed: int) -> Design:
    """A classroom; the blackboard hangs at the far wall, desks stand behind and beside the place to act."""
    rng, room = Random(seed * 71 + 8), CLASS
    paint, dado, wood = SCHEMES[seed % len(SCHEMES)]
    a, b, s = sides(rng)
    finish = Shell(
        wall_rgb=paint,
        far_rgb=mix(paint, dado, 0.35),
        wainscot_rgb=dado,
        wainscot_m=0.9,
        trim_rgb=RGB(234, 228, 214),
        door_rgb=mix(wood, dado, 0.3),
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        a: tuple(
            Opening(
                "window", room.along(a, z) - 0.85, 0.95, 1.7, 1.85, None, (2, 3), blind=rng.choice((0.0, 0.0, 0.25))
            )
            for z in (2.6, 0.3, -2.0, -4.2)
        ),
        b: (
            Opening("door", room.along(b, 2.6) - 0.48, 0.0, 0.96, 2.1, leaf="vision", hinge="right"),
            Opening("window", room.along(b, -1.5) - 1.2, 1.75, 2.4, 0.75, None, (3, 1)),
        ),
        "near": (Opening("door", room.along("near", -s * 3.2) - 0.48, 0.0, 0.96, 2.1, leaf="vision"),),
        "far": (),
    }
    m = room.along("far", 0.0)
    flag = rng.choice((RGB(186, 76, 66), RGB(76, 108, 140), RGB(206, 160, 76)))
    extras: dict[WallName, list[Mark]] = {
        "far": [
            *_board(rng, m, LESSONS[rng.randrange(len(LESSONS))], rng.random() < 0.6),
            *wallware.clock(m, 2.68, 0.2),
            *(wallware.poster(rng, m - s * 2.75 - 0.4, 1.15, 0.8, 1.1)),
            *_map(rng, m + s * 2.95 - 0.7, 1.15, 1.4, 1.0),
            mark(
                rects([(m - 1.5 + 0.22 * i, 2.36, m - 1.34 + 0.22 * i, 2.5) for i in range(14)]), mix(flag, CHALK, 0.4)
            ),
        ],
        b: [
            *wallware.noticeboard(rng, room.along(b, 0.7) - 1.0, 1.05, 2.0, 1.1),
            *(
                x
                for i in range(5)
                for x in wallware.poster(rng, room.along(b, -1.5) - 1.5 + 0.62 * i, 1.05, 0.48, 0.58)
            ),
            *wallware.coats(rng, room.along(b, -4.0) - 0.7, 1.5, 1.45),
        ],
        "near": [
            *_map(rng, room.along("near", s * 2.4) - 0.9, 1.2, 1.8, 1.2),
            *wallware.gallery(rng, room.along("near", -s * 0.6) - 1.0, room.along("near", -s * 0.6) + 1.0, 1.3),
        ],
        a: [x for z in (2.6, 0.3, -2.0) for x in wallware.radiator(room.along(a, z) - 0.6, 1.2)],
    }
    dressing: list[Piece] = []
    for z in (-4.0, -2.75, -1.5):
        for x in (-3.0, -1.55, 1.55, 3.0):
            if abs(x) > 2 or z < -1.6:
                dressing += school_desk(
                    rng, Vec3(x + rng.uniform(-0.06, 0.06), 0, z + rng.uniform(-0.06, 0.06)), rng.uniform(-4, 4), wood
                )
    for x in (-s * 3.0,):
        dressing += school_desk(rng, Vec3(x, 0, -0.2), rng.uniform(-4, 4), wood)
        dressing += school_desk(rng, Vec3(x, 0, 1.05), rng.uniform(-4, 4), wood)
    dressing += [
        fit.desk(rng, Vec3(s * 2.3, 0, room.far - 1.15), 0, scale(wood, 0.84), screen=False),
        fit.chair(Vec3(s * 2.3, 0, room.far - 0.5), 180, scale(wood, 0.7)),
        _globe(Vec3(s * 1.85, 0.74, room.far - 1.2)),
        fittings.bookshelf(rng, room.on(b, room.along(b, 0.7), 0.2), facing(b), wood, (2.0, 0.9, 0.34)),
        fittings.cabinet(Vec3(-s * 3.3, 0, room.far - 0.26), 180, wood, (1.3, 0.9, 0.42), 2, 1),
        fittings.plant(rng, Vec3(-s * 3.1, 0.9, room.far - 0.26), 0.6),
        fittings.bookshelf(rng, room.on("near", room.along("near", s * 2.4), 0.2), 0, wood, (2.2, 1.0, 0.34)),
        fittings.cabinet(room.on("near", room.along("near", -s * 0.6), 0.26), 0, wood, (1.6, 0.85, 0.42), 3, 1),
        fittings.plant(rng, room.on(a, room.along(a, 3.7), 0.4), 1.3),
    ]
    tubes = [
        overhead.tube(Vec3(x, room.high - 0.35, z), 1.5, RGB(240, 244, 236))
        for x in (-2.0, 2.0)
        for z in (1.6, -1.0, -3.6)
    ]
    floor = RGB(168, 132, 94) if rng.random() < 0.5 else RGB(178, 172, 158)
    ground = boards(rng, floor, room.area) if floor.r == 168 else tiles(floor, scale(floor, 0.92), room.area, 0.6)
    return furnished(
        rng,
        room,
        finish,
        openings,
        extras,
        floor,
        ground,
        [*dressing, *tubes],
        scenery=outlook.yard(rng, room),
        sunny=(a,),
    )


def _globe(at: Vec3) -> Piece:
    """A globe on its stand; `at` is on a top."""
    marks = [
        mark(oval(0, 0.015, 0.1, 0.02), RGB(110, 78, 54)),
        mark(rect(-0.012, 0.0, 0.012, 0.1), RGB(110, 78, 54)),
        mark(circle(0, 0.25, 0.16), RGB(112, 160, 184)),
        mark(poly([(-0.1, 0.3), (-0.02, 0.37), (0.05, 0.31), (0.0, 0.22), (-0.08, 0.24)]), RGB(170, 176, 110)),
        mark(poly([(0.03, 0.2), (0.1, 0.24), (0.12, 0.17), (0.05, 0.13)]), RGB(206, 160, 100)),
    ]
    return Piece(at, 0.17, 0.42, (card(at, 0.18, 0.42, marks),))
