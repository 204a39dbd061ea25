"""Rooms for the public: café and bar."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.light import mix, scale
from model.theatre.sets import fittings
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import NEONS, building, street_lamp
from model.theatre.sets.finish import Shell, boards, sun_patch, tiles
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Piece,
    Rect,
    box,
    card,
    circle,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, shell
from model.theatre.sets.wallware import picture

__all__ = ["bar", "cafe", "coffee_machine", "jukebox"]

BIG = Room(-4.5, 4.5, -5.5, 4.5)
LEFT, RIGHT, NEAR, FAR = -4.5, 4.5, -5.5, 4.5
ROOM = BIG.area

MENU = ("ESPRESSO  2.20", "FLAT WHITE  3.40", "MOCHA  3.80", "SOUP  5.50", "PIE  4.00", "TEA  2.40", "TOAST  3.10")


def _across(rng: Random) -> tuple[Piece, ...]:
    """The other side of the street, as the windows show it."""
    z = FAR + 13.0
    rows = [
        building(
            rng,
            Vec3(x, 0, z + 4),
            (9.0, rng.uniform(8, 13), 8),
            180,
            shop=rng.choice(("BOOKS", "HOTEL", "RECORDS", "TAILOR")),
        )
        for x in (-18, -9, 0.0, 9, 18)
    ]
    rows += [building(rng, Vec3(LEFT - 15.0, 0, x), (9.0, rng.uniform(8, 13), 8), 90) for x in (-12, -3, 6)]
    return (*rows, street_lamp(Vec3(-3.0, 0, FAR + 5.0)), street_lamp(Vec3(5.5, 0, FAR + 5.0)))


def _bottles(rng: Random, x0: float, x1: float, y: float, tall: float = 0.3) -> list[Mark]:
    """A row of bottles on a shelf."""
    by_colour: dict[RGB, list[Rect]] = {}
    x = x0
    glass = (
        RGB(92, 132, 92),
        RGB(176, 118, 62),
        RGB(196, 190, 166),
        RGB(120, 58, 56),
        RGB(74, 104, 126),
        RGB(206, 168, 92),
    )
    while x < x1 - 0.1:
        h, w, rgb = tall * rng.uniform(0.7, 1.0), rng.uniform(0.065, 0.095), rng.choice(glass)
        by_colour.setdefault(rgb, []).extend(
            [(x, y, x + w, y + h * 0.62), (x + w * 0.34, y + h * 0.6, x + w * 0.66, y + h)]
        )
        x += w + rng.uniform(0.015, 0.07)
    shines: list[Rect] = [
        (r[0] + 0.012, r[1] + 0.02, r[0] + 0.024, r[3] - 0.03) for found in by_colour.values() for r in found[::2]
    ]
    return [
        *(mark(rects(found), rgb) for rgb, found in by_colour.items()),
        mark(rects(shines), RGB(255, 246, 220), alpha=0.5, fine=True),
    ]


def _chalkboard(rng: Random, x: float, y: float, w: float, h: float, title: str) -> list[Mark]:
    marks = [
        mark(rect(x, y, x + w, y + h), fit.WOOD),
        mark(rect(x + 0.05, y + 0.05, x + w - 0.05, y + h - 0.05), RGB(52, 58, 58)),
    ]
    marks.append(mark(moved_path(text_path(title, 0.17, True, w - 0.3), x + w / 2, y + h - 0.27), RGB(244, 226, 178)))
    rows = int((h - 0.45) / 0.15)
    for i, words in enumerate(rng.sample(MENU, min(rows, len(MENU)))):
        marks.append(
            mark(
                moved_path(text_path(words, 0.09, False, w - 0.3), x + w / 2, y + h - 0.46 - i * 0.15),
                RGB(226, 226, 216),
                fine=True,
            )
        )
    return marks


def cafe(seed: int, name: str = "") -> Design:
    """A café: tall windows on the street at the far wall, counter and menu at the right, banquettes, pendants."""
    rng = Random(seed * 43 + 7)
    paint, dado, cloth, metal = (
        (RGB(220, 200, 168), RGB(84, 106, 96), RGB(168, 82, 62), RGB(62, 70, 68)),
        (RGB(206, 212, 204), RGB(62, 84, 104), RGB(202, 148, 74), RGB(58, 60, 68)),
        (RGB(226, 198, 178), RGB(140, 74, 66), RGB(80, 106, 92), RGB(74, 58, 54)),
        (RGB(214, 206, 186), RGB(110, 92, 70), RGB(74, 96, 124), RGB(60, 56, 54)),
    )[seed % 4]
    wood = rng.choice((RGB(150, 104, 70), RGB(124, 84, 60), RGB(176, 132, 88)))
    finish = Shell(
        wall_rgb=paint,
        wainscot_rgb=dado,
        wainscot_m=1.0,
        trim_rgb=mix(dado, RGB(240, 230, 210), 0.15),
        door_rgb=dado,
        pattern=rng.choice(("plain", "brick", "plain")),
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (
            Opening("window", 0.5, 0.55, 2.5, 2.0, None, (3, 1)),
            Opening("door", 3.7, 0.0, 1.2, 2.5, leaf="glass", leads="outside"),
            Opening("window", 5.6, 0.55, 2.7, 2.0, None, (3, 1)),
        ),
        "left": (Opening("window", 6.2, 0.7, 2.2, 1.8, None, (2, 1)),),
        "near": (Opening("door", 6.6, 0.0, 0.9, 2.1),),
        "right": (),
    }
    title = (name or "CAFÉ").upper()
    shelves = [
        mark(rect(3.2, 1.45, 6.2, 1.49), wood),
        mark(rect(3.2, 1.95, 6.2, 1.99), wood),
        *_bottles(rng, 3.3, 6.1, 1.49, 0.28),
        *(
            mark(
                rects([(3.4 + i * 0.24, 1.99, 3.54 + i * 0.24, 2.1)]),
                rng.choice((RGB(236, 228, 214), RGB(196, 112, 84), RGB(108, 134, 130))),
            )
            for i in range(11)
        ),
    ]
    letters = moved_path(text_path(title, 0.34, True, 2.4), 1.75, 1.55)
    extras: dict[WallName, list[Mark]] = {
        "right": [*shelves, *_chalkboard(rng, 6.6, 1.2, 1.5, 1.3, "TODAY"), *picture(rng, 1.4, 1.4, 0.8, 0.9)],
        "near": [
            mark(letters, mix(dado, RGB(250, 226, 176), 0.2)),
            *picture(rng, 3.4, 1.35, 0.7, 0.9),
            *picture(rng, 4.4, 1.5, 0.9, 0.7),
        ],
        "left": [
            *picture(rng, 1.3, 1.4, 0.8, 1.0),
            *picture(rng, 2.6, 1.5, 0.6, 0.7),
            *picture(rng, 3.6, 1.4, 0.9, 0.9),
        ],
        "far": [],
    }
    dressing: list[Piece] = [
        fittings.cabinet(BIG.on("right", 4.7, 1.05), facing("right"), dado, (3.6, 1.08, 0.6), 6, 1, wood),
        coffee_machine(BIG.on("right", 5.4, 1.05, 1.08), facing("right")),
    ]
    dressing.append(_cake_dome(BIG.on("right", 3.9, 1.05, 1.08)))
    for x, z in ((-3.3, 3.2), (3.0, 3.4), (-3.4, 0.3), (-3.4, -3.2), (0.8, -4.6), (-1.0, 3.7)):
        dressing.append(fit.round_table(Vec3(x, 0, z), wood))
        side = rng.uniform(-12, 12)
        dressing.append(fit.chair(Vec3(x - 0.72, 0, z), 90 + side, metal))
        if x > -3:
            dressing.append(fit.chair(Vec3(x + 0.72, 0, z), 270 + side, metal))
    dressing.append(fit.sofa(BIG.on("near", 3.0, 0.5), facing("near"), cloth, 2.4))
    dressing.append(fittings.plant(rng, Vec3(-4.0, 0, 4.0), 1.5))
    dressing.append(fittings.plant(rng, Vec3(3.95, 0, -4.9), 1.4))
    for x, z in ((-3.2, 3.0), (-1.1, 1.7), (1.2, 1.7), (3.0, 0.8), (3.0, -1.2), (-3.2, -0.4), (0.0, -3.6)):
        dressing.append(fittings.pendant(Vec3(x, 0, z), 2.05, metal, pool=1.3))
    ground = [
        *(
            tiles(RGB(206, 190, 164), mix(dado, RGB(120, 110, 100), 0.4), ROOM, 0.45)
            if rng.random() < 0.6
            else boards(rng, wood, ROOM)
        ),
        *sun_patch(-2.75, FAR, (0, -1), 2.3, 2.2, 3),
        *sun_patch(2.45, FAR, (0, -1), 2.5, 2.2, 3),
    ]
    walls = shell(rng, BIG, finish, openings, extras)
    return Design(
        wood,
        tuple(ground),
        "city",
        walls.panels,
        _across(rng),
        tuple(dressing),
        (),
        ground_extent=ROOM,
        doors=walls.doors,
    )


def coffee_machine(at: Vec3, heading: float) -> Piece:
    """An espresso machine."""
    steel = RGB(184, 188, 192)
    front = [
        mark(rect(0.05, 0.06, 0.65, 0.2), RGB(66, 64, 68)),
        mark(rects([(0.14, 0.14, 0.24, 0.22), (0.44, 0.14, 0.54, 0.22)]), RGB(40, 38, 42)),
        mark(rects([(0.1 + 0.14 * i, 0.3, 0.16 + 0.14 * i, 0.34) for i in range(4)]), RGB(210, 74, 60), "glow"),
    ]
    return Piece(
        at, 0.4, 0.42, tuple(box(at, (0.7, 0.42, 0.4), steel, heading, front=front, top_rgb=RGB(220, 222, 222)))
    )


def _cake_dome(at: Vec3) -> Piece:
    """Cake under glass."""
    marks = [
        mark(oval(0, 0.03, 0.2, 0.03), RGB(232, 226, 214)),
        mark(rect(-0.13, 0.04, 0.13, 0.13), RGB(214, 150, 112)),
        mark(oval(0, 0.13, 0.13, 0.025), RGB(246, 224, 206)),
        mark(circle(0, 0.16, 0.022), RGB(190, 50, 54)),
        mark(oval(0, 0.12, 0.185, 0.16), RGB(228, 240, 244), alpha=0.25),
        mark(line([(-0.12, 0.1), (-0.09, 0.2)], 0.016), RGB(255, 255, 255), alpha=0.5),
    ]
    return Piece(at, 0.2, 0.3, (card(at, 0.2, 0.3, marks),))


def bar(seed: int, name: str = "") -> Design:
    """A bar: bottles lit from behind on the far wall, the counter and its stools, booths, neon."""
    rng = Random(seed * 47 + 9)
    paint, dado, leather = (
        (RGB(112, 72, 66), RGB(74, 48, 44), RGB(128, 44, 46)),
        (RGB(66, 88, 92), RGB(52, 56, 58), RGB(146, 92, 54)),
        (RGB(96, 74, 100), RGB(60, 46, 60), RGB(66, 96, 88)),
        (RGB(88, 92, 70), RGB(66, 52, 42), RGB(120, 58, 48)),
    )[seed % 4]
    wood = RGB(110, 70, 48)
    neon, second = rng.sample(NEONS, 2)
    finish = Shell(
        wall_rgb=paint,
        wainscot_rgb=dado,
        wainscot_m=1.1,
        trim_rgb=RGB(120, 86, 62),
        ceiling_rgb=RGB(92, 78, 78),
        door_rgb=RGB(86, 58, 46),
        pattern=rng.choice(("brick", "panels", "brick")),
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (),
        "left": (Opening("window", 6.4, 1.0, 1.8, 1.4, None, (2, 2)), Opening("door", 1.0, 0.0, 1.0, 2.1)),
        "near": (
            Opening("door", 1.4, 0.0, 1.2, 2.3, leaf="glass", leads="outside"),
            Opening("window", 4.0, 0.9, 2.4, 1.6, None, (3, 1)),
        ),
        "right": (Opening("door", 7.9, 0.0, 0.95, 2.1),),
    }
    back: list[Mark] = [
        mark(rect(1.2, 0.95, 7.8, 2.45), RGB(70, 48, 40)),
        mark(rect(1.35, 1.05, 7.65, 2.38), RGB(252, 196, 116), "window"),
    ]
    for y in (1.1, 1.54, 1.98):
        back += [mark(rect(1.3, y - 0.04, 7.7, y), wood), *_bottles(rng, 1.45, 7.55, y, 0.34)]
    back.append(
        mark(
            rects([(1.2, 0.95, 1.36, 2.45), (3.3, 0.95, 3.44, 2.45), (5.56, 0.95, 5.7, 2.45), (7.64, 0.95, 7.8, 2.45)]),
            wood,
        )
    )
    back.append(mark(rect(3.44, 1.05, 5.56, 2.38), RGB(96, 112, 124), "pane"))
    back += _bottles(rng, 3.55, 5.5, 1.1, 0.34)
    title = moved_path(
        text_path((name or rng.choice(("OPEN LATE", "THE ANCHOR", "BLUE NOTE"))).upper(), 0.3, True, 2.6), 5.0, 1.95
    )
    extras: dict[WallName, list[Mark]] = {
        "far": back,
        "right": [
            mark(title, neon, "flame"),
            mark(line([(3.6, 1.8), (6.4, 1.8)], 0.03), second, "flame"),
            *picture(rng, 1.6, 1.4, 0.8, 0.7),
            *picture(rng, 2.6, 1.5, 0.5, 0.6),
        ],
        "left": [*picture(rng, 3.0, 1.45, 0.7, 0.8), *picture(rng, 4.2, 1.5, 0.9, 0.7)],
        "near": [*picture(rng, 7.2, 1.4, 0.7, 0.9)],
    }
    counter_z = FAR - 1.35
    panels = [
        mark(rects([(0.15 + i * 0.62, 0.15, 0.67 + i * 0.62, 0.95) for i in range(10)]), scale(wood, 0.8)),
        mark(rect(0, 0.06, 6.4, 0.1), RGB(196, 160, 92)),
    ]
    at = Vec3(0, 0, counter_z)
    dressing: list[Piece] = [
        Piece(
            at,
            3.2,
            1.12,
            (
                *box(at, (6.4, 1.06, 0.55), wood, 180, front=panels),
                *box(
                    Vec3(0, 1.06, counter_z - 0.04),
                    (6.55, 0.06, 0.72),
                    scale(wood, 0.7),
                    180,
                    top_rgb=mix(wood, RGB(255, 214, 160), 0.35),
                ),
            ),
            shadow=(3.3, 0.42),
            keep=True,
        ),
    ]
    for i in range(6):
        dressing.append(fit.stool(Vec3(-2.6 + i * 1.05 + rng.uniform(-0.1, 0.1), 0, counter_z - 0.72), leather))
    for z in (0.6, -2.2):
        dressing += [
            fit.table(BIG.on("right", FAR - z, 0.75), 90, wood, (0.7, 0.75, 1.1)),
            fit.sofa(BIG.on("right", FAR - z - 0.95, 0.8), 180, leather, 1.3),
            fit.sofa(BIG.on("right", FAR - z + 0.95, 0.8), 0, leather, 1.3),
        ]
    dressing += [
        fit.round_table(Vec3(-3.4, 0, 0.4), wood),
        fit.chair(Vec3(-3.4, 0, -0.35), 0, wood),
        fit.round_table(Vec3(-3.2, 0, -3.3), wood),
        fit.chair(Vec3(-2.5, 0, -3.3), 270, wood),
        jukebox(BIG.on("left", 4.6, 0.35), facing("left"), neon),
    ]
    for x in (-2.2, -0.75, 0.75, 2.2):
        dressing.append(fittings.pendant(Vec3(x, 0, counter_z), 1.95, RGB(54, 74, 62), pool=0.0))
    for x, z in ((3.5, 0.6), (3.5, -2.2), (-3.3, 0.4), (-3.2, -3.3), (0.0, -1.0)):
        dressing.append(fittings.pendant(Vec3(x, 0, z), 2.1, RGB(126, 54, 44), pool=1.4))
    glow = (
        Lamp(BIG.on("right", 5.0, 0.1, 2.0), neon, 1.7, 0.0, always=True, flicker=0.05),
        Lamp(Vec3(0.0, 1.75, FAR - 0.05), RGB(255, 186, 104), 2.6),
    )
    walls = shell(rng, BIG, finish, openings, extras)
    return Design(
        wood,
        tuple(boards(rng, RGB(106, 76, 58), ROOM)),
        "city",
        walls.panels,
        _across(rng)[:0],
        tuple(dressing),
        glow,
        ground_extent=ROOM,
        doors=walls.doors,
    )


def jukebox(at: Vec3, heading: float, neon: RGB) -> Piece:
    """A jukebox."""
    arch = oval(0.4, 1.0, 0.34, 0.4)
    front = [
        mark(rect(0.06, 0.06, 0.74, 0.95), RGB(92, 52, 44)),
        mark(arch, neon, "flame"),
        mark(oval(0.4, 1.0, 0.25, 0.3), RGB(58, 44, 54)),
        mark(
            rects([(0.2, 0.98, 0.6, 1.02), (0.2, 1.08, 0.6, 1.12), (0.24, 0.88, 0.56, 0.92)]),
            RGB(250, 220, 160),
            "flame",
        ),
        mark(rects([(0.12 + 0.1 * i, 0.14, 0.16 + 0.1 * i, 0.6) for i in range(6)]), RGB(214, 168, 84)),
        mark(poly([(0.06, 0.62), (0.74, 0.62), (0.74, 0.68), (0.06, 0.68)]), neon, "flame"),
    ]
    spot = fit.local(at, heading, 0, 0.35, 0.9)
    return Piece(
        at,
        0.5,
        1.45,
        tuple(box(at, (0.8, 1.45, 0.5), RGB(74, 44, 42), heading, front=front)),
        (Lamp(spot, neon, 1.0, 0.9, always=True),),
        shadow=(0.34, 0.5),
    )
