"""A café: tall windows on the street at the far wall, counter and menu at a side, tables, a banquette, pendants."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import counterware, fittings, outlook, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, boards, tiles
from model.theatre.sets.kit import Design, Mark, Piece, box, card, mark, oval, rect, rects
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["cafe"]

CAFE = Room(-4.2, 4.2, -5.0, 3.9, 2.9)
SCHEMES = (  # wall, dado, cloth, metal
    (RGB(220, 200, 168), RGB(84, 106, 96), RGB(168, 82, 62), RGB(62, 70, 68)),
    (RGB(206, 212, 204), RGB(62, 84, 104), RGB(202, 148, 74), RGB(58, 60, 68)),
    (RGB(226, 198, 178), RGB(140, 74, 66), RGB(80, 106, 92), RGB(74, 58, 54)),
    (RGB(214, 206, 186), RGB(110, 92, 70), RGB(74, 96, 124), RGB(60, 56, 54)),
)


def _laid(rng: Random, at: Vec3, wood: RGB) -> Piece:
    """A round table with cups, a bud in a glass or a paper."""
    made = fit.round_table(at, wood)
    things = [
        mark(rect(-0.02, 0.0, 0.03, 0.1), RGB(214, 226, 226), alpha=0.8),
        mark(rect(0.0, 0.1, 0.01, 0.2), RGB(86, 116, 80)),
        mark(oval(0.005, 0.22, 0.035, 0.03), rng.choice(wallware.GOODS)),
    ]
    for x in rng.sample((-0.24, -0.16, 0.14, 0.22), 2):
        things += [
            mark(oval(x, 0.012, 0.07, 0.012), RGB(240, 236, 226)),
            mark(rect(x - 0.035, 0.012, x + 0.035, 0.075), RGB(246, 242, 234)),
            mark(rect(x + 0.005, 0.012, x + 0.035, 0.075), RGB(214, 208, 198)),
        ]
    top = card(Vec3(at.x, at.y + 0.74, at.z), 0.32, 0.26, things)
    return Piece(at, made.radius_m, 0.95, (*made.panels, top), shadow=made.shadow)


def _paper_rack(at: Vec3, heading: float, wood: RGB) -> Piece:
    """A low shelf of newspapers and cups for the guests."""
    papers = [
        mark(
            rects(
                [(0.06 + 0.2 * i, 0.12 + 0.28 * j, 0.22 + 0.2 * i, 0.34 + 0.28 * j) for i in range(5) for j in range(3)]
            ),
            RGB(232, 228, 216),
        ),
        mark(
            rects(
                [(0.08 + 0.2 * i, 0.26 + 0.28 * j, 0.2 + 0.2 * i, 0.3 + 0.28 * j) for i in range(5) for j in range(3)]
            ),
            RGB(90, 88, 90),
            fine=True,
        ),
    ]
    return fit.stood(at, (1.1, 1.05, 0.3), box(at, (1.1, 1.05, 0.3), wood, heading, front=papers), heading=heading)


def cafe(seed: int, name: str = "") -> Design:
    """A café; its name is painted on the near wall; which side the counter takes is the seed's."""
    rng, room = Random(seed * 43 + 7), CAFE
    paint, dado, cloth, metal = SCHEMES[seed % len(SCHEMES)]
    wood = rng.choice((RGB(150, 104, 70), RGB(124, 84, 60), RGB(176, 132, 88)))
    a, b, s = sides(rng)
    finish = Shell(
        wall_rgb=paint,
        wainscot_rgb=dado,
        wainscot_m=1.0,
        trim_rgb=mix(dado, RGB(240, 230, 210), 0.15),
        door_rgb=dado,
        pattern=rng.choice(("plain", "brick", "panels")),
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (
            Opening("window", room.along("far", -2.6) - 1.3, 0.55, 2.6, 2.0, None, (3, 1)),
            Opening("door", room.along("far", -s * 0.2) - 0.6, 0.0, 1.2, 2.5, leaf="glass", leads="outside"),
            Opening("window", room.along("far", 2.6) - 1.3, 0.55, 2.6, 2.0, None, (3, 1)),
        ),
        b: (Opening("window", room.along(b, 2.0) - 1.1, 0.7, 2.2, 1.8, None, (2, 1)),),
        "near": (Opening("door", room.along("near", -s * 3.0) - 0.45, 0.0, 0.9, 2.1),),
    }
    title = (name or "CAFÉ").upper()
    m = room.along(a, -0.5)
    cups = [(m - 1.3 + i * 0.24, 1.99, m - 1.16 + i * 0.24, 2.1) for i in range(11)]
    g0, g1 = sorted((room.along(a, 1.4), room.along(a, 3.4)))
    c0, c1 = sorted((room.along(b, 0.4), room.along(b, -3.8)))
    extras: dict[WallName, list[Mark]] = {
        a: [
            mark(rects([(m - 1.5, 1.45, m + 1.5, 1.49), (m - 1.5, 1.95, m + 1.5, 1.99)]), wood),
            *counterware.bottles(rng, m - 1.4, m + 1.4, 1.49, 0.28),
            mark(rects(cups[::3]), RGB(236, 228, 214)),
            mark(rects(cups[1::3]), RGB(196, 112, 84)),
            mark(rects(cups[2::3]), RGB(108, 134, 130)),
            *counterware.chalkboard(rng, room.along(a, -3.2) - 0.75, 1.2, 1.5, 1.3, "TODAY"),
            *wallware.gallery(rng, g0, g1),
        ],
        "near": [
            wallware.lettered(title, room.along("near", s * 2.2), 1.75, 0.38, mix(dado, RGB(250, 226, 176), 0.2), 2.4),
            *wallware.gallery(rng, room.along("near", 0.0) - 1.2, room.along("near", 0.0) + 0.8),
            *wallware.coats(rng, room.along("near", -s * 2.0) - 0.35, 0.7),
        ],
        b: wallware.gallery(rng, c0, c1),
    }
    x = room.on(a, 0.0, 1.05).x
    counter = (
        *box(
            Vec3(x, 0, -0.5),
            (3.6, 1.04, 0.6),
            dado,
            facing(a),
            front=[
                mark(
                    rects([(0.08 + 0.59 * i, 0.12, 0.58 + 0.59 * i, 0.92) for i in range(6)]),
                    mix(dado, RGB(255, 250, 236), 0.12),
                ),
                mark(rect(0, 0, 3.6, 0.1), scale(dado, 0.6)),
            ],
        ),
        *box(
            Vec3(x, 1.04, -0.5),
            (3.72, 0.05, 0.72),
            scale(wood, 0.8),
            facing(a),
            top_rgb=mix(wood, RGB(255, 240, 214), 0.25),
        ),
    )
    dressing: list[Piece] = [
        Piece(Vec3(x, 0, -0.5), 1.85, 1.1, counter, shadow=(0.42, 1.9), keep=True),
        counterware.coffee_machine(Vec3(x, 1.09, -1.4), facing(a)),
        counterware.cake_dome(Vec3(x, 1.09, 0.3)),
        counterware.cake_dome(Vec3(x, 1.09, 0.85)),
        _paper_rack(room.on(a, room.along(a, 2.4), 0.18), facing(a), wood),
    ]
    dressing += [fit.stool(Vec3(x - s * 0.75, 0, zz), wood, 0.72) for zz in (-1.4, -0.6, 0.2)]
    spots = [(-s * 3.1, 2.9), (-s * 1.25, 3.1), (s * 2.3, 3.0), (-s * 3.2, 0.7), (-s * 3.2, -1.6), (s * 0.9, -4.1)]
    for i, (tx, tz) in enumerate(spots):
        dressing.append(_laid(rng, Vec3(tx, 0, tz), wood))
        turn = rng.uniform(-25, 25)
        dressing.append(fit.chair(fit.local(Vec3(tx, 0, tz), 90 + turn, 0, -0.7), 90 + turn, metal))
        if i % 2 == 0 or abs(tx) < 2.5:
            dressing.append(fit.chair(fit.local(Vec3(tx, 0, tz), 270 + turn, 0, -0.7), 270 + turn, metal))
    dressing += [
        fit.sofa(room.on("near", room.along("near", s * 1.6), 0.5), 0, cloth, 2.4),
        fit.armchair(room.on("near", room.along("near", -s * 0.9), 0.6), s * 25, cloth),
        fittings.plant(rng, Vec3(-s * 3.85, 0, room.far - 0.4), 1.5),
        fittings.plant(rng, Vec3(s * 3.85, 0, room.far - 0.5), 1.3),
        fittings.plant(rng, Vec3(s * 3.8, 0, room.near + 0.5), 1.4),
    ]
    hung = ((-s * 3.1, 2.9), (-s * 1.0, 1.7), (s * 1.2, 1.9), (x, 0.6), (x, -1.3), (-s * 3.2, -0.4), (0.0, -3.4))
    dressing += [fittings.pendant(Vec3(px, 0, pz), 2.1, metal, room.high, pool=1.3) for px, pz in hung]
    ground = (
        tiles(RGB(206, 190, 164), mix(dado, RGB(120, 110, 100), 0.4), room.area, 0.45)
        if rng.random() < 0.5
        else boards(rng, wood, room.area)
    )
    street = outlook.street(rng, room)
    return furnished(rng, room, finish, openings, extras, wood, ground, dressing, scenery=street, sunny=("far",))
