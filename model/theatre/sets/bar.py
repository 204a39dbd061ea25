"""A bar: bottles lit from behind, a counter with stools, booths, small tables, neon, a jukebox, the street behind."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import counterware, fittings, outlook, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import NEONS
from model.theatre.sets.diner import booth_seat
from model.theatre.sets.finish import Shell, boards
from model.theatre.sets.kit import Design, Lamp, Mark, Piece, box, card, line, mark, oval, rect, rects
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["bar"]

BAR = Room(-4.5, 4.5, -5.5, 4.5, 2.8)
SCHEMES = (  # wall, dado, leather
    (RGB(112, 72, 66), RGB(74, 48, 44), RGB(128, 44, 46)),
    (RGB(66, 88, 92), RGB(52, 56, 58), RGB(146, 92, 54)),
    (RGB(96, 74, 100), RGB(60, 46, 60), RGB(66, 96, 88)),
    (RGB(88, 92, 70), RGB(66, 52, 42), RGB(120, 58, 48)),
)
BRASS = RGB(196, 160, 92)


def _back(rng: Random, wood: RGB) -> list[Mark]:
    """The back of the bar: three bays of bottles before a lit wall, the middle one a mirror."""
    marks = [
        mark(rect(1.2, 0.95, 7.8, 2.45), RGB(70, 48, 40)),
        mark(rect(1.35, 1.05, 7.65, 2.38), RGB(252, 196, 116), "window"),
    ]
    for y in (1.1, 1.54, 1.98):
        marks += [mark(rect(1.3, y - 0.04, 7.7, y), wood), *counterware.bottles(rng, 1.45, 7.55, y, 0.34)]
    posts = [(1.2, 0.95, 1.36, 2.45), (3.3, 0.95, 3.44, 2.45), (5.56, 0.95, 5.7, 2.45), (7.64, 0.95, 7.8, 2.45)]
    marks += [mark(rects(posts), wood), mark(rect(3.44, 1.05, 5.56, 2.38), RGB(96, 112, 124), "pane")]
    marks += [mark(rect(1.1, 2.42, 7.9, 2.55), scale(wood, 0.8)), *counterware.bottles(rng, 3.55, 5.5, 1.1, 0.34)]
    return marks


def _taps(at: Vec3) -> Piece:
    """Beer taps and glasses on the counter."""
    marks: list[Mark] = [
        mark(rect(-0.3, 0.0, 0.3, 0.04), BRASS),
        mark(rect(-0.28, 0.26, 0.28, 0.33), BRASS),
        mark(rects([(-0.2, 0.0, -0.16, 0.28), (0.16, 0.0, 0.2, 0.28)]), scale(BRASS, 0.8)),
    ]
    for i, rgb in enumerate((RGB(160, 48, 42), RGB(40, 84, 66), RGB(44, 44, 52))):
        x = -0.18 + 0.18 * i
        marks += [
            mark(rect(x - 0.02, 0.33, x + 0.02, 0.56), rgb),
            mark(rect(x - 0.03, 0.42, x + 0.03, 0.52), mix(rgb, RGB(240, 226, 190), 0.6)),
        ]
    for x in (0.42, 0.52, 0.62):
        marks += [
            mark(rect(x - 0.04, 0.0, x + 0.04, 0.14), RGB(220, 232, 236), alpha=0.55),
            mark(rect(x - 0.04, 0.0, x + 0.04, 0.09), RGB(214, 160, 66), alpha=0.9),
        ]
    return Piece(at, 0.5, 0.58, (card(at, 0.68, 0.58, marks),))


def _lit_table(at: Vec3, wood: RGB) -> Piece:
    """A round table with a candle in a glass and two drinks."""
    made = fit.round_table(at, wood)
    top = Vec3(at.x, at.y + 0.74, at.z)
    things = [
        mark(rect(-0.05, 0.0, 0.05, 0.1), RGB(206, 70, 56), "flame", alpha=0.8),
        mark(oval(0, 0.07, 0.02, 0.035), RGB(255, 226, 140), "flame"),
        mark(rect(0.13, 0.0, 0.2, 0.15), RGB(222, 170, 80), alpha=0.85),
        mark(rect(-0.22, 0.0, -0.15, 0.12), RGB(226, 234, 236), alpha=0.6),
    ]
    glow = Lamp(Vec3(at.x, at.y + 0.84, at.z), RGB(255, 170, 100), 0.45, always=True, flicker=0.1)
    return Piece(at, made.radius_m, 0.92, (*made.panels, card(top, 0.24, 0.18, things)), (glow,), shadow=made.shadow)


def bar(seed: int, name: str = "") -> Design:
    """A bar; its counter stands before the far wall, booths at one side, the street behind the master's camera."""
    rng, room = Random(seed * 47 + 9), BAR
    paint, dado, leather = SCHEMES[seed % len(SCHEMES)]
    wood = rng.choice((RGB(110, 70, 48), RGB(92, 62, 50), RGB(132, 88, 56)))
    neon, second = rng.sample(NEONS, 2)
    a, b, s = sides(rng)
    finish = Shell(
        wall_rgb=paint,
        wainscot_rgb=dado,
        wainscot_m=1.1,
        trim_rgb=RGB(120, 86, 62),
        ceiling_rgb=RGB(92, 78, 78),
        door_rgb=RGB(86, 58, 46),
        pattern=rng.choice(("brick", "panels", "stripes")),
    )
    m = room.along(a, -0.5)
    openings: dict[WallName, tuple[Opening, ...]] = {
        b: (
            Opening("window", room.along(b, 1.8) - 0.9, 1.0, 1.8, 1.4, None, (2, 2)),
            Opening("door", room.along(b, -3.9) - 0.5, 0.0, 1.0, 2.1),
        ),
        "near": (
            Opening("door", room.along("near", s * 2.4) - 0.6, 0.0, 1.2, 2.3, leaf="glass", leads="outside"),
            Opening("window", room.along("near", -s * 0.8) - 1.3, 0.9, 2.6, 1.6, None, (3, 1)),
        ),
        a: (Opening("door", room.along(a, -4.4) - 0.47, 0.0, 0.95, 2.1, leaf="vision"),),
    }
    title = (name or rng.choice(("OPEN LATE", "THE ANCHOR", "BLUE NOTE", "LAST CALL"))).upper()
    words = wallware.lettered(title, m, 1.95, 0.3, neon, 2.6)
    g0, g1 = sorted((room.along(b, 0.6), room.along(b, -2.6)))
    p0, p1 = sorted((room.along(a, 3.2), room.along(a, 1.2)))
    extras: dict[WallName, list[Mark]] = {
        "far": _back(rng, wood),
        a: [
            mark(words.path, neon, "flame"),
            mark(line([(m - 1.4, 1.8), (m + 1.4, 1.8)], 0.03), second, "flame"),
            *wallware.gallery(rng, p0, p1, 1.4),
        ],
        b: wallware.gallery(rng, g0, g1, 1.4),
        "near": [
            *wallware.poster(rng, room.along("near", -s * 3.2) - 0.35, 1.3, 0.7, 0.9, "LIVE"),
            *wallware.poster(rng, room.along("near", s * 3.8) - 0.3, 1.3, 0.6, 0.8),
        ],
    }
    z = room.far - 1.35
    front = [
        mark(rects([(0.15 + i * 0.62, 0.15, 0.67 + i * 0.62, 0.95) for i in range(10)]), scale(wood, 0.8)),
        mark(rect(0, 0.06, 6.4, 0.1), BRASS),
    ]
    top = box(
        Vec3(0, 1.06, z - 0.04), (6.55, 0.06, 0.72), scale(wood, 0.7), 180, top_rgb=mix(wood, RGB(255, 214, 160), 0.35)
    )
    at = Vec3(0, 0, z)
    dressing: list[Piece] = [
        Piece(
            at, 3.2, 1.12, (*box(at, (6.4, 1.06, 0.55), wood, 180, front=front), *top), shadow=(3.3, 0.42), keep=True
        ),
        _taps(Vec3(-s * 1.2, 1.12, z)),
    ]
    dressing += [fit.stool(Vec3(-2.6 + i * 1.05 + rng.uniform(-0.1, 0.1), 0, z - 0.72), leather) for i in range(6)]
    x = room.on(a, 0.0, 0.78).x
    for zz in (0.7, -2.1):
        dressing += [
            fit.table(Vec3(x, 0, zz), 90, wood, (0.7, 0.75, 1.15)),
            booth_seat(Vec3(x, 0, zz + 0.86), 180, leather),
            booth_seat(Vec3(x, 0, zz - 0.86), 0, leather),
        ]
    for tx, tz in ((-s * 3.3, 0.5), (-s * 2.9, -2.3), (-s * 0.6, -4.2)):
        dressing.append(_lit_table(Vec3(tx, 0, tz), wood))
        dressing.append(fit.chair(Vec3(tx + s * 0.1, 0, tz - 0.72), rng.uniform(-15, 15), wood))
        dressing.append(fit.chair(Vec3(tx + s * 0.74, 0, tz + 0.1), -s * 90 + rng.uniform(-15, 15), wood))
    dressing += [
        counterware.jukebox(room.on(b, room.along(b, -1.2), 0.35), facing(b), neon),
        fittings.plant(rng, Vec3(-s * 4.0, 0, room.far - 0.7), 1.5),
        fittings.plant(rng, room.on("near", room.along("near", s * 3.9), 0.5), 1.4),
        fittings.cabinet(room.on(b, room.along(b, 3.5), 0.26), facing(b), wood, (1.2, 1.0, 0.44), 2),
    ]
    dressing += [
        fittings.pendant(Vec3(px, 0, z), 1.95, RGB(54, 74, 62), room.high, pool=0.0) for px in (-2.2, -0.75, 0.75, 2.2)
    ]
    spots = ((x, 0.7), (x, -2.1), (-s * 3.3, 0.5), (-s * 2.9, -2.3), (0.0, -1.0))
    dressing += [fittings.pendant(Vec3(px, 0, pz), 2.05, RGB(126, 54, 44), room.high, pool=1.4) for px, pz in spots]
    lamps = (
        Lamp(room.on(a, m, 0.1, 2.0), neon, 1.7, always=True, flicker=0.05),
        Lamp(Vec3(0.0, 1.75, room.far - 0.05), RGB(255, 186, 104), 2.6),
    )
    ground = boards(rng, RGB(106, 76, 58), room.area)
    street = outlook.street_behind(rng, room)
    return furnished(
        rng, room, finish, openings, extras, wood, ground, dressing, scenery=street, lamps=lamps, sunny=("near",)
    )
