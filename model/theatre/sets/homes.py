"""Rooms people live in: living room and bedroom, each laid out by its seed."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, homeware, outlook, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Pattern, Shell, boards, rug
from model.theatre.sets.kit import Design, Mark, Piece
from model.theatre.sets.openings import Opening, dressed
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["bedroom", "living_room"]

LIVING = Room(-3.7, 3.7, -4.3, 3.5, 2.7)
BEDROOM = Room(-3.3, 3.3, -3.9, 3.3, 2.6)

# wall, far wall, accent cloth, curtain, wood, floor
HOMES = (
    (RGB(196, 186, 160), RGB(112, 138, 132), RGB(196, 104, 72), RGB(206, 148, 96), RGB(128, 88, 58), RGB(158, 116, 80)),
    (RGB(178, 190, 192), RGB(74, 96, 116), RGB(200, 150, 70), RGB(226, 214, 188), RGB(112, 82, 62), RGB(138, 106, 82)),
    (RGB(212, 190, 166), RGB(168, 96, 78), RGB(78, 104, 104), RGB(232, 208, 164), RGB(118, 78, 54), RGB(150, 108, 74)),
    (RGB(190, 194, 168), RGB(94, 116, 84), RGB(176, 78, 84), RGB(222, 210, 180), RGB(140, 100, 66), RGB(166, 128, 88)),
    (RGB(202, 192, 196), RGB(122, 96, 124), RGB(70, 110, 130), RGB(214, 176, 172), RGB(104, 74, 62), RGB(142, 106, 84)),
)
PALE = RGB(240, 232, 216)


def living_room(seed: int) -> Design:
    """A living room: sofa, low table and rug in the middle distance, fireplace or shelves, windows, two doors."""
    rng, room = Random(seed * 31 + 1), LIVING
    paint, far, cloth, drape, wood, floor = HOMES[seed % len(HOMES)]
    pattern: Pattern = rng.choice(("plain", "stripes", "plain", "panels", "flowers"))
    finish = Shell(
        wall_rgb=paint,
        far_rgb=far,
        door_rgb=mix(wood, RGB(200, 190, 170), rng.choice((0.0, 0.5))),
        pattern=pattern,
        wainscot_rgb=rng.choice((None, mix(paint, RGB(244, 240, 230), 0.5))),
    )
    a, b, s = sides(rng)
    hearth = rng.random() < 0.5
    x_window = s * rng.uniform(0.5, 0.9)

    def window(wall: WallName, middle: float, width: float = 1.7) -> Opening:
        return dressed(rng, Opening("window", room.along(wall, middle) - width / 2, 0.85, width, 1.4), drape)

    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (window("far", x_window), Opening("door", room.along("far", -s * 2.75) - 0.47, 0.0, 0.94, 2.08)),
        a: (window(a, 1.0), window(a, -2.4, 1.4)),
        "near": (Opening("door", room.along("near", s * 2.5) - 0.47, 0.0, 0.94, 2.08), window("near", -s * 1.2, 1.6)),
        b: (Opening("arch", room.along(b, -2.9) - 0.7, 0.0, 1.4, 2.2),),
    }
    hung = room.along("far", -s * 1.25)
    b0, b1 = sorted((room.along(b, -1.6), room.along(b, 0.2)))
    extras: dict[WallName, list[Mark]] = {
        "far": [
            *wallware.gallery(rng, hung - 0.5, hung + 0.55),
            *wallware.radiator(room.along("far", x_window) - 0.6, 1.2),
        ],
        a: [
            *wallware.picture(rng, room.along(a, -0.6) - 0.35, 1.35, 0.7, 0.9),
            *wallware.radiator(room.along(a, 1.0) - 0.5),
        ],
        "near": [*wallware.gallery(rng, room.along("near", s * 1.3) - 0.4, room.along("near", s * 1.3) + 0.9, 1.3)],
        b: [*wallware.gallery(rng, b0, b1)] if not hearth else [],
    }
    chair_side = -s
    by_side = rng.random() < 0.45  # the sofa along a side wall, or before the far one
    dressing: list[Piece] = [
        *(
            (
                fit.sofa(room.on(a, room.along(a, 1.0), 0.62), facing(a), cloth, 2.1),
                homeware.low_table(rng, room.on(a, room.along(a, 1.0), 1.75), 90, wood),
                fittings.cabinet(Vec3(s * 0.6, 0, room.far - 0.27), 180, wood, (1.6, 0.7, 0.44), 3),
                fittings.table_lamp(Vec3(s * 0.1, 0.7, room.far - 0.27)),
            )
            if by_side
            else (
                fit.sofa(Vec3(s * 0.75, 0, room.far - 0.72), 180, cloth, rng.choice((1.7, 2.1, 2.4))),
                homeware.low_table(rng, Vec3(s * 0.7, 0, 1.9), 0, wood),
                homeware.pouffe(Vec3(s * 2.5, 0, 1.5), mix(drape, cloth, 0.3)),
            )
        ),
        fittings.floor_lamp(Vec3(s * 2.25, 0, room.far - 0.6)),
        fittings.plant(rng, Vec3(s * 3.1, 0, room.far - 0.65), rng.uniform(1.2, 1.7)),
        fit.armchair(Vec3(chair_side * 2.35, 0, 1.9), 180 - chair_side * 62, mix(cloth, wood, 0.6)),
        fittings.bookshelf(
            rng, room.on(a, room.along(a, -0.7), 0.2), facing(a), wood, (1.3, rng.choice((1.1, 2.0)), 0.34)
        ),
        fit.armchair(room.on(a, room.along(a, -2.5), 0.85), facing(a) + s * 14, mix(drape, wood, 0.3)),
        fittings.floor_lamp(room.on(a, room.along(a, -3.5), 0.45)),
        fittings.bookshelf(
            rng, room.on("near", room.along("near", s * 0.9), 0.2), facing("near"), wood, (1.7, 1.05, 0.34)
        ),
        fittings.table_lamp(room.on("near", room.along("near", s * 0.4), 0.2, 1.05)),
        fittings.plant(rng, room.on("near", room.along("near", -s * 3.1), 0.6), 1.2),
        homeware.basket(rng, room.on("near", room.along("near", -s * 2.3), 0.4)),
    ]
    if hearth:
        dressing.append(homeware.fireplace(room.on(b, room.along(b, -0.7), 0.17), facing(b), mix(far, PALE, 0.3), wood))
        dressing.append(
            fittings.bookshelf(rng, room.on(b, room.along(b, 0.85), 0.2), facing(b), wood, (1.2, 2.05, 0.34))
        )
    else:
        dressing.append(homeware.screen_bench(rng, room.on(b, room.along(b, -0.4), 0.28), facing(b), wood))
        dressing.append(homeware.piano(room.on(b, room.along(b, 1.4), 0.3), facing(b), scale(wood, 0.7)))
    ground = [
        *boards(rng, floor, room.area),
        *rug(rng, mix(cloth, wood, 0.25), mix(drape, PALE, 0.4), s * 0.4, 1.3, 3.6, 2.5),
    ]
    scenery = outlook.garden(rng, room) if seed % 3 else outlook.street(rng, room)
    return furnished(rng, room, finish, openings, extras, floor, ground, dressing, scenery=scenery, sunny=("far", a))


def bedroom(seed: int) -> Design:
    """A bedroom: the bed with its lamps, a wardrobe, a dressing table, a desk or armchair at the window."""
    rng, room = Random(seed * 37 + 11), BEDROOM
    paint, far, cloth, drape, wood, floor = HOMES[(seed * 3 + 1) % len(HOMES)]
    finish = Shell(
        wall_rgb=mix(paint, RGB(226, 218, 214), 0.35),
        far_rgb=far,
        door_rgb=mix(wood, RGB(220, 212, 196), 0.5),
        pattern=rng.choice(("plain", "stripes", "flowers")),
    )
    a, b, s = sides(rng)
    double = rng.random() < 0.7
    wide, bed_x = (1.6, -s * 1.05) if double else (1.05, -s * 1.5)

    def window(wall: WallName, middle: float, width: float = 1.5) -> Opening:
        return dressed(rng, Opening("window", room.along(wall, middle) - width / 2, 0.8, width, 1.4), drape)

    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (window("far", s * 1.75, 1.4),),
        a: (window(a, 0.1, 1.7),),
        "near": (Opening("door", room.along("near", s * 1.9) - 0.46, 0.0, 0.92, 2.05),),
        b: (Opening("door", room.along(b, -2.5) - 0.46, 0.0, 0.92, 2.05, hinge="right"),),
    }
    over_bed = room.along("far", bed_x)
    extras: dict[WallName, list[Mark]] = {
        "far": [
            *(
                wallware.picture(rng, over_bed - 0.55, 1.45, 1.1, 0.65)
                if double
                else wallware.shelf(rng, over_bed - 0.6, over_bed + 0.6, 1.6, wood)
            ),
            *wallware.radiator(room.along("far", s * 1.75) - 0.5, 1.0),
        ],
        a: [
            *wallware.picture(rng, room.along(a, 1.55) - 0.3, 1.3, 0.6, 0.8),
            *wallware.shelf(rng, room.along(a, -2.2) - 0.6, room.along(a, -2.2) + 0.6, 1.55, wood),
        ],
        "near": [*wallware.gallery(rng, room.along("near", -s * 1.3) - 1.1, room.along("near", -s * 1.3) + 0.9)],
        b: [*wallware.mirror(room.along(b, -0.6) - 0.3, 0.95, 0.6, 0.95, wood)],
    }
    at_bed = Vec3(bed_x, 0, room.far - 1.12)
    dressing: list[Piece] = [fit.bed(at_bed, 180, cloth, wood, wide)]
    for side in (-1.0, 1.0):
        x = bed_x + side * (wide / 2 + 0.4)
        if abs(x) < room.right - 0.3:
            dressing += [
                fittings.cabinet(Vec3(x, 0, room.far - 0.26), 180, wood, (0.5, 0.55, 0.42), 1, 2),
                fittings.table_lamp(Vec3(x, 0.55, room.far - 0.26)),
            ]
    dressing += [
        fittings.wardrobe(room.on(b, room.along(b, 1.1), 0.34), facing(b), wood),
        fittings.cabinet(room.on(b, room.along(b, -0.6), 0.26), facing(b), wood, (1.2, 0.78, 0.44), 2, 3),
        fittings.table_lamp(room.on(b, room.along(b, -0.15), 0.26, 0.78)),
        fit.stool(room.on(b, room.along(b, -0.6), 0.85), cloth, 0.46, facing(b) + 180),
        fit.desk(rng, room.on(a, room.along(a, -2.2), 0.42), facing(a), wood, screen=False),
        fit.chair(room.on(a, room.along(a, -2.2), 1.1), facing(a) + 172, wood),
        fit.armchair(Vec3(s * 2.35, 0, room.far - 0.95), 180 + s * 38, mix(cloth, drape, 0.5)),
        fittings.floor_lamp(Vec3(s * 2.95, 0, room.far - 0.45)),
        fittings.cabinet(
            room.on("near", room.along("near", -s * 1.3), 0.26), facing("near"), wood, (1.5, 0.86, 0.44), 2, 3
        ),
        fittings.plant(rng, room.on("near", room.along("near", -s * 2.8), 0.5), 1.2),
        homeware.basket(rng, room.on("near", room.along("near", s * 0.7), 0.4)),
        homeware.pouffe(Vec3(bed_x, 0, room.far - 2.55), mix(cloth, PALE, 0.3)),
    ]
    ground = [
        *boards(rng, mix(floor, RGB(190, 160, 130), 0.3), room.area),
        *rug(rng, mix(cloth, RGB(232, 220, 202), 0.6), mix(cloth, wood, 0.4), bed_x * 0.3, 0.7, 3.2, 2.0),
    ]
    scenery = outlook.garden(rng, room)
    return furnished(rng, room, finish, openings, extras, floor, ground, dressing, scenery=scenery, sunny=("far", a))
