"""A diner: red booths along windows, a counter with stools, chrome, a jukebox, neon and a pie case."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import counterware, fittings, outlook, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import NEONS
from model.theatre.sets.finish import Shell, tiles
from model.theatre.sets.kit import Design, Lamp, Mark, Piece, box, card, line, mark, oval, rect, rects
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["diner"]

DINER = Room(-4.2, 4.2, -5.0, 3.8, 2.9)
CHROME = RGB(190, 196, 200)
# wall, dado, leather, floor
SCHEMES = (
    (RGB(226, 214, 190), RGB(92, 140, 136), RGB(176, 58, 52), RGB(206, 200, 188)),
    (RGB(206, 222, 218), RGB(196, 92, 76), RGB(70, 124, 128), RGB(214, 206, 192)),
    (RGB(232, 208, 176), RGB(120, 74, 60), RGB(204, 134, 58), RGB(198, 182, 160)),
    (RGB(222, 200, 200), RGB(94, 84, 116), RGB(206, 106, 122), RGB(206, 204, 208)),
)


def booth_seat(at: Vec3, heading: float, leather: RGB, width: float = 1.25) -> Piece:
    """A padded bench with a high ribbed back, for two."""
    ribs = [(0.04 + 0.15 * i, 0.08, 0.06 + 0.15 * i, 0.72) for i in range(int(width / 0.15))]
    pale = mix(leather, RGB(255, 236, 220), 0.18)
    back = fit.local(at, heading, 0, -0.2, 0.38)
    panels = [
        *box(
            back,
            (width, 0.74, 0.14),
            leather,
            heading,
            front=[mark(rects(ribs), scale(leather, 0.76))],
            back=[mark(rect(0.05, 0.08, width - 0.05, 0.64), scale(leather, 0.8))],
            top_rgb=CHROME,
        ),
        *box(at, (width, 0.4, 0.5), scale(leather, 0.62), heading, front=[mark(rect(0, 0.02, width, 0.07), CHROME)]),
        *box(Vec3(at.x, 0.38, at.z), (width, 0.09, 0.52), leather, heading, top_rgb=pale),
    ]
    return fit.stood(
        at,
        (width, 1.12, 0.56),
        panels,
        heading=heading,
        seats=fit.seats_along("booth", at, heading, 2, width * 0.46, 0.47, 0.04),
    )


def _table(rng: Random, at: Vec3, heading: float, top: RGB, width: float) -> Piece:
    """A booth's table on a foot, with ketchup, napkins and cups."""
    things = [
        mark(rect(-0.3, 0.0, -0.24, 0.14), RGB(190, 52, 44)),
        mark(rect(-0.285, 0.14, -0.255, 0.18), RGB(226, 220, 206)),
        mark(rect(-0.2, 0.0, -0.15, 0.15), RGB(226, 186, 70)),
        mark(rect(-0.1, 0.0, 0.03, 0.12), CHROME),
        mark(rect(-0.08, 0.03, 0.01, 0.1), RGB(242, 240, 232)),
    ]
    if rng.random() < 0.7:
        things += [
            mark(rect(0.16, 0.0, 0.25, 0.09), RGB(240, 236, 226)),
            mark(oval(0.3, 0.01, 0.09, 0.014), RGB(232, 228, 218)),
        ]
    made = [
        *box(at, (0.1, 0.7, 0.1), scale(CHROME, 0.7), heading),
        *box(Vec3(at.x, 0.7, at.z), (width, 0.05, 0.66), CHROME, heading, top_rgb=top),
    ]
    return fit.stood(at, (width, 0.75, 0.66), [*made, card(Vec3(at.x, 0.75, at.z), 0.36, 0.2, things)], heading=heading)


def diner(seed: int, name: str = "") -> Design:
    """A diner; its counter stands at the far wall or along a side, booths along the windows."""
    rng, room = Random(seed * 61 + 5), DINER
    paint, dado, leather, floor = SCHEMES[seed % len(SCHEMES)]
    neon, second = rng.sample(NEONS, 2)
    a, b, s = sides(rng)
    top = rng.choice((RGB(232, 226, 214), RGB(150, 196, 190), RGB(226, 196, 150)))
    finish = Shell(
        wall_rgb=paint,
        wainscot_rgb=dado,
        wainscot_m=0.9,
        trim_rgb=CHROME,
        door_rgb=mix(leather, CHROME, 0.3),
        pattern=rng.choice(("plain", "panels", "tiles")),
        ceiling_rgb=RGB(232, 228, 218),
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        a: tuple(
            Opening("window", room.along(a, z) - 1.25, 0.85, 2.5, 1.6, None, (2, 1), blind=rng.choice((0.0, 0.0, 0.22)))
            for z in (2.2, -0.7, -3.4)
        ),
        "near": (
            Opening("window", room.along("near", s * 2.4) - 1.2, 0.85, 2.4, 1.6, None, (2, 1)),
            Opening("door", room.along("near", -s * 0.9) - 0.55, 0.0, 1.1, 2.25, leaf="glass", leads="outside"),
        ),
        "far": (Opening("door", room.along("far", -s * 3.4) - 0.45, 0.0, 0.9, 2.05, leaf="vision"),),
        b: (Opening("door", room.along(b, -3.6) - 0.45, 0.0, 0.9, 2.05, leaf="flush"),),
    }
    title = (name or rng.choice(("DINER", "EAT", "ROSIE'S", "ROUTE 9"))).upper()
    mid = room.along("far", s * 0.3)
    back: list[Mark] = [
        mark(rect(mid - 2.6, 0.95, mid + 2.6, 1.3), CHROME),
        mark(rects([(mid - 2.6, 1.0 + 0.07 * i, mid + 2.6, 1.02 + 0.07 * i) for i in range(4)]), scale(CHROME, 0.8)),
        *wallware.shelf(rng, mid - 2.5, mid - 0.9, 1.5, CHROME, 0.22),
        *wallware.shelf(rng, mid + 0.9, mid + 2.5, 1.5, CHROME, 0.22),
        mark(rect(mid - 0.75, 1.36, mid + 0.75, 1.9), RGB(58, 60, 64)),
        mark(rect(mid - 0.7, 1.41, mid + 0.7, 1.85), RGB(250, 206, 140), "window"),
        mark(rects([(mid - 0.5, 1.41, mid - 0.2, 1.62), (mid + 0.1, 1.41, mid + 0.5, 1.56)]), RGB(96, 78, 66)),
        mark(rect(mid - 1.5, 2.08, mid + 1.5, 2.62), scale(leather, 0.55)),
        wallware.lettered(title, mid, 2.2, 0.34, neon, 2.6),
        mark(rects([(mid - 1.45, 2.11, mid + 1.45, 2.135), (mid - 1.45, 2.565, mid + 1.45, 2.59)]), second, "flame"),
    ]
    back[-2] = mark(back[-2].path, neon, "flame")
    extras: dict[WallName, list[Mark]] = {
        "far": back,
        b: [
            *wallware.poster(rng, room.along(b, 2.2) - 0.35, 1.25, 0.7, 1.0, "PIE"),
            *wallware.poster(rng, room.along(b, 0.9) - 0.3, 1.35, 0.6, 0.8, "COLA"),
            *wallware.clock(room.along(b, -0.3), 2.0, 0.22),
            *wallware.gallery(rng, room.along(b, -0.6 - 1.6), room.along(b, -0.6)),
            *wallware.coats(rng, room.along(b, -2.6) - 0.45, 0.9, 1.65),
        ],
        "near": [
            *wallware.poster(rng, room.along("near", -s * 2.6) - 0.4, 1.2, 0.8, 1.1, "TODAY"),
            *wallware.noticeboard(rng, room.along("near", -s * 3.5) - 0.35, 1.2, 0.7, 0.8),
        ],
        a: [],
    }
    z = room.far - 1.35
    ribs = [mark(rects([(0.1 + 0.11 * i, 0.1, 0.15 + 0.11 * i, 0.9) for i in range(46)]), scale(dado, 0.78))]
    at = Vec3(s * 0.3, 0, z)
    counter = (
        *box(at, (5.2, 1.0, 0.55), dado, 180, front=[*ribs, mark(rect(0, 0.04, 5.2, 0.1), CHROME)]),
        *box(Vec3(at.x, 1.0, z - 0.04), (5.35, 0.06, 0.72), CHROME, 180, top_rgb=top),
    )
    dressing: list[Piece] = [Piece(at, 2.6, 1.06, counter, shadow=(2.7, 0.42), keep=True)]
    for i in range(6):
        dressing.append(fit.stool(Vec3(at.x - 2.1 + i * 0.84, 0, z - 0.68), leather, 0.7))
    dressing += [_pies(Vec3(at.x + s * 1.7, 1.06, z)), counterware.coffee_machine(Vec3(at.x - s * 1.9, 1.06, z), 180)]
    first = rng.uniform(-0.1, 0.5)
    for zz in (first, first - 2.1, first - 4.2):
        x = room.on(a, 0.0, 0.78).x
        if zz > -4.3:
            dressing.append(_table(rng, Vec3(x, 0, zz), 0, top, 1.1))
            dressing.append(booth_seat(Vec3(x, 0, zz + 0.78), 180, leather))
            dressing.append(booth_seat(Vec3(x, 0, zz - 0.78), 0, leather))
    juke_z, table_z = rng.choice(((1.6, -1.1), (-2.6, 0.2), (0.4, -1.5)))
    dressing += [
        counterware.jukebox(room.on(b, room.along(b, juke_z), 0.32), facing(b), neon),
        _table(rng, Vec3(-s * 3.2, 0, table_z), 90, top, 0.75),
        fit.chair(Vec3(-s * 3.2, 0, table_z + 0.7), 180 + rng.uniform(-12, 12), leather),
        fit.chair(Vec3(-s * 3.2, 0, table_z - 0.75), rng.uniform(-12, 12), leather),
        fittings.plant(rng, room.on("near", room.along("near", -s * 1.8), 0.5), 1.3),
        fittings.plant(rng, Vec3(s * 3.7, 0, room.far - 0.5), 1.5),
    ]
    for x in (-2.3, 2.3):
        dressing.append(fittings.pendant(Vec3(at.x + x, 0, z), 2.0, leather, room.high, pool=0.0))
    for zz in (first, first - 2.1, first - 4.2):
        dressing.append(fittings.pendant(Vec3(room.on(a, 0.0, 0.78).x, 0, zz), 1.75, leather, room.high, pool=1.2))
    dressing.append(fittings.pendant(Vec3(-s * 0.6, 0, 0.4), 2.3, leather, room.high, pool=1.8))
    glow = (Lamp(Vec3(at.x, 2.35, room.far - 0.08), neon, 1.6, always=True, flicker=0.05),)
    ground = tiles(floor, mix(dado, RGB(60, 56, 60), 0.35), room.area, 0.5)
    return furnished(
        rng,
        room,
        finish,
        openings,
        extras,
        floor,
        ground,
        dressing,
        scenery=outlook.street_behind(rng, room),
        lamps=glow,
        sunny=(a,),
    )


def _pies(at: Vec3) -> Piece:
    """A glass case of pies on two shelves."""
    marks: list[Mark] = [
        mark(rect(-0.4, 0.0, 0.4, 0.05), CHROME),
        mark(rect(-0.38, 0.05, 0.38, 0.5), RGB(255, 240, 206), "glow", alpha=0.35),
    ]
    for y in (0.06, 0.28):
        for x in (-0.22, 0.08):
            marks += [
                mark(oval(x + 0.06, y + 0.035, 0.13, 0.04), RGB(206, 150, 90)),
                mark(oval(x + 0.06, y + 0.055, 0.12, 0.03), RGB(226, 178, 116)),
            ]
        marks.append(mark(rect(-0.38, y - 0.015, 0.38, y), CHROME))
    marks += [
        mark(rects([(-0.4, 0.0, -0.375, 0.52), (0.375, 0.0, 0.4, 0.52), (-0.4, 0.5, 0.4, 0.53)]), CHROME),
        mark(line([(-0.3, 0.1), (-0.12, 0.48)], 0.03), RGB(255, 255, 255), alpha=0.4),
    ]
    return Piece(at, 0.4, 0.55, (card(at, 0.42, 0.55, marks),))
