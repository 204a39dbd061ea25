"""A small shop: shelves of goods, low racks, a counter with its till, a cold case, fruit, the street outside."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, outlook, overhead, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, boards, tiles
from model.theatre.sets.kit import (
    Design,
    Mark,
    Panel,
    Piece,
    Rect,
    box,
    card,
    circle,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["shop"]

SHOP = Room(-3.9, 3.9, -4.6, 3.7, 2.9)
GOODS = (*wallware.GOODS, RGB(226, 196, 72), RGB(70, 132, 150), RGB(170, 60, 60), RGB(120, 150, 84))
SCHEMES = (  # wall, shelf, accent, floor
    (RGB(226, 216, 192), RGB(196, 158, 112), RGB(74, 116, 96), RGB(196, 186, 168)),
    (RGB(214, 220, 220), RGB(206, 208, 204), RGB(186, 74, 64), RGB(190, 192, 190)),
    (RGB(230, 206, 172), RGB(140, 100, 70), RGB(60, 90, 124), RGB(150, 116, 86)),
    (RGB(218, 214, 200), RGB(112, 92, 76), RGB(196, 132, 60), RGB(168, 132, 98)),
)


def goods_marks(rng: Random, x0: float, y0: float, x1: float, y1: float, rows: int, back: RGB, tags: RGB) -> list[Mark]:
    """Shelves of tins, boxes and bottles, in runs of a kind, with price tags along the edge."""
    gap = (y1 - y0) / rows
    by_colour: dict[RGB, list[Rect]] = {}
    labels: list[Rect] = []
    for row in range(rows):
        x, y = x0 + 0.03, y0 + row * gap + 0.03
        while x < x1 - 0.08:
            rgb, w, h = rng.choice(GOODS), rng.uniform(0.06, 0.16), gap * rng.uniform(0.45, 0.8)
            for _ in range(rng.randrange(2, 6)):
                if x + w > x1 - 0.02:
                    break
                by_colour.setdefault(rgb, []).append((x, y, x + w, y + h))
                if w > 0.08:
                    labels.append((x + w * 0.15, y + h * 0.3, x + w * 0.85, y + h * 0.62))
                x += w + 0.008
            x += rng.choice((0.01, 0.01, 0.09))
    edge: list[Rect] = [(x0, y0 + i * gap - 0.02, x1, y0 + i * gap + 0.025) for i in range(rows + 1)]
    prices: list[Rect] = [
        (x0 + 0.12 + 0.34 * k, y0 + i * gap - 0.015, x0 + 0.2 + 0.34 * k, y0 + i * gap + 0.02)
        for i in range(rows)
        for k in range(int((x1 - x0) / 0.34))
    ]
    return [
        mark(rect(x0, y0, x1, y1), scale(back, 0.55)),
        *(mark(rects(found), rgb) for rgb, found in by_colour.items()),
        mark(rects(labels), RGB(244, 238, 222), alpha=0.85, fine=True),
        mark(rects(edge), back),
        mark(rects(prices), tags, fine=True),
    ]


def rack(
    rng: Random, at: Vec3, heading: float, rgb: RGB, tags: RGB, size: tuple[float, float, float] = (1.8, 1.35, 0.7)
) -> Piece:
    """A rack of goods open to both sides, with an end display."""
    w, h, d = size
    rows = max(2, round(h / 0.42))
    panels = box(
        at,
        size,
        rgb,
        heading,
        front=goods_marks(rng, 0.04, 0.12, w - 0.04, h - 0.05, rows, rgb, tags),
        back=goods_marks(rng, 0.04, 0.12, w - 0.04, h - 0.05, rows, rgb, tags),
        left=goods_marks(rng, 0.05, 0.12, d - 0.05, h - 0.05, rows, rgb, tags),
        right=goods_marks(rng, 0.05, 0.12, d - 0.05, h - 0.05, rows, rgb, tags),
        top_rgb=mix(rgb, RGB(255, 244, 220), 0.2),
    )
    return fit.stood(at, size, panels, heading=heading)


def wall_shelves(rng: Random, at: Vec3, heading: float, rgb: RGB, tags: RGB, w: float, h: float = 2.1) -> Piece:
    """Tall shelves against a wall."""
    front = goods_marks(rng, 0.04, 0.1, w - 0.04, h - 0.2, 5, rgb, tags)
    sign = [mark(rect(0.0, h - 0.2, w, h), scale(rgb, 0.8)), mark(rect(w * 0.35, h - 0.16, w * 0.65, h - 0.05), tags)]
    return fit.stood(at, (w, h, 0.42), box(at, (w, h, 0.42), rgb, heading, front=[*front, *sign]), heading=heading)


def cold_case(rng: Random, at: Vec3, heading: float, doors: int = 2) -> Piece:
    """A lit refrigerator of drinks behind glass."""
    w = 0.75 * doors
    front = [
        mark(rect(0.04, 0.28, w - 0.04, 1.78), RGB(226, 240, 246), "glow"),
        *goods_marks(rng, 0.07, 0.32, w - 0.07, 1.74, 4, RGB(206, 216, 220), RGB(240, 200, 80))[1:],
    ]
    for i in range(doors):
        a = 0.75 * i
        front += [
            mark(
                rects(
                    [
                        (a + 0.03, 0.26, a + 0.07, 1.8),
                        (a + 0.68, 0.26, a + 0.72, 1.8),
                        (a + 0.03, 1.76, a + 0.72, 1.8),
                        (a + 0.03, 0.26, a + 0.72, 0.3),
                    ]
                ),
                RGB(70, 76, 82),
            ),
            mark(
                poly([(a + 0.14, 0.32), (a + 0.24, 0.32), (a + 0.54, 1.74), (a + 0.44, 1.74)]),
                RGB(255, 255, 255),
                alpha=0.16,
            ),
        ]
    front.append(mark(rect(0.0, 1.82, w, 2.0), RGB(60, 120, 168), "glow"))
    return fit.stood(
        at, (w, 2.0, 0.65), box(at, (w, 2.0, 0.65), RGB(226, 228, 226), heading, front=front), heading=heading
    )


def crates(rng: Random, at: Vec3, heading: float) -> Piece:
    """A slanted stand of fruit in crates."""
    wood = RGB(186, 146, 98)
    panels: list[Panel] = []
    for i in range(3):
        fruit = rng.choice(
            (RGB(206, 70, 56), RGB(226, 164, 62), RGB(120, 156, 76), RGB(230, 210, 96), RGB(130, 80, 120))
        )
        pile, shine = skia.Path(), skia.Path()
        for k in range(5):
            for row in range(3):
                x, z = 0.07 + 0.095 * k + 0.04 * (row % 2), 0.1 + 0.13 * row
                pile.addPath(circle(x, z, 0.058), 0, 0)
                shine.addPath(circle(x - 0.015, z + 0.02, 0.018), 0, 0)
        spot = fit.local(at, heading, (i - 1) * 0.58, 0.0)
        front = [mark(rects([(0.0, 0.06, 0.54, 0.14), (0.0, 0.2, 0.54, 0.26)]), scale(wood, 0.8))]
        panels += box(
            Vec3(spot.x, 0.45, spot.z),
            (0.54, 0.28, 0.5),
            wood,
            heading,
            front=front,
            top=[mark(pile, fruit), mark(shine, mix(fruit, RGB(255, 255, 255), 0.45))],
            top_rgb=scale(wood, 0.5),
        )
        panels += box(spot, (0.5, 0.45, 0.44), scale(wood, 0.62), heading)
    return fit.stood(at, (1.75, 0.75, 0.52), panels, heading=heading)


def _till(at: Vec3, heading: float) -> tuple[Panel, ...]:
    """A cash register; `at` is on the counter."""
    rgb = RGB(84, 88, 94)
    keys = [
        mark(
            rects(
                [
                    (0.06 + 0.07 * i, 0.06 + 0.06 * j, 0.11 + 0.07 * i, 0.1 + 0.06 * j)
                    for i in range(4)
                    for j in range(3)
                ]
            ),
            RGB(226, 222, 210),
            fine=True,
        )
    ]
    screen = [mark(rect(0.03, 0.03, 0.21, 0.11), RGB(150, 220, 190), "glow")]
    return (
        *box(at, (0.42, 0.16, 0.36), rgb, heading, top=keys),
        *box(fit.local(at, heading, 0.0, -0.1, 0.16), (0.24, 0.14, 0.06), rgb, heading, front=screen, back=screen),
    )


def shop(seed: int, name: str = "") -> Design:
    """A grocer's: its counter before shelves at the far wall, cold case and shelves at the sides, the street behind."""
    rng, room = Random(seed * 103 + 9), SHOP
    paint, wood, accent, floor = SCHEMES[seed % len(SCHEMES)]
    a, b, s = sides(rng)
    finish = Shell(
        wall_rgb=paint,
        wainscot_rgb=rng.choice((None, mix(accent, paint, 0.3))),
        trim_rgb=mix(accent, RGB(236, 230, 214), 0.3),
        door_rgb=accent,
        pattern=rng.choice(("plain", "tiles", "panels")),
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        "near": (
            Opening("window", room.along("near", s * 1.9) - 1.4, 0.6, 2.8, 1.9, None, (2, 1)),
            Opening("door", room.along("near", -s * 0.6) - 0.5, 0.0, 1.0, 2.25, leaf="glass", leads="outside"),
            Opening("window", room.along("near", -s * 2.6) - 0.9, 0.6, 1.8, 1.9, None, (1, 1)),
        ),
        a: (Opening("window", room.along(a, -2.6) - 1.2, 0.6, 2.4, 1.9, None, (2, 1)),),
        "far": (Opening("door", room.along("far", -s * 3.1) - 0.45, 0.0, 0.9, 2.05),),
    }
    title = (name or rng.choice(("CORNER SHOP", "GROCER", "PROVISIONS", "OPEN"))).upper()
    m = room.along("far", s * 0.5)
    extras: dict[WallName, list[Mark]] = {
        "far": [
            mark(rect(m - 2.0, 2.28, m + 2.0, 2.7), accent),
            wallware.lettered(title, m, 2.39, 0.24, RGB(248, 240, 220), 3.6),
            *wallware.clock(room.along("far", -s * 2.1), 2.3, 0.17),
        ],
        a: [
            *wallware.poster(rng, room.along(a, -0.9) - 0.3, 1.3, 0.6, 0.8, "SALE"),
            *wallware.poster(rng, room.along(a, -4.1) - 0.25, 1.3, 0.5, 0.7),
        ],
        b: [
            wallware.lettered("FRESH TODAY", room.along(b, 1.6), 2.35, 0.2, accent, 2.2),
            *wallware.poster(rng, room.along(b, -3.8) - 0.3, 1.25, 0.6, 0.85, "MILK"),
        ],
        "near": [*wallware.noticeboard(rng, room.along("near", -s * 1.4) - 0.2, 1.1, 0.4, 0.9)],
    }
    z = room.far - 1.25
    at = Vec3(s * 1.5, 0, z)
    jars: list[Mark] = []
    for i in range(3):
        x = -0.25 + 0.22 * i
        jars += [
            mark(rect(x, 0.0, x + 0.15, 0.2), rng.choice(GOODS)),
            mark(rect(x, 0.0, x + 0.15, 0.2), RGB(230, 240, 240), alpha=0.3),
            mark(rect(x + 0.02, 0.2, x + 0.13, 0.24), RGB(90, 84, 80)),
        ]
    desk = (
        *box(
            at,
            (2.6, 0.95, 0.6),
            wood,
            180,
            front=[
                mark(rects([(0.08 + 0.5 * i, 0.12, 0.5 + 0.5 * i, 0.85) for i in range(5)]), mix(wood, accent, 0.5)),
                mark(rect(0, 0.0, 2.6, 0.08), scale(wood, 0.6)),
            ],
        ),
        *box(
            Vec3(at.x, 0.95, at.z), (2.7, 0.05, 0.7), scale(wood, 0.8), 180, top_rgb=mix(wood, RGB(255, 240, 214), 0.3)
        ),
        *_till(Vec3(at.x - s * 0.6, 1.0, at.z), 0),
        card(Vec3(at.x + s * 0.7, 1.0, at.z), 0.5, 0.28, jars),
    )
    dressing: list[Piece] = [
        Piece(at, 1.4, 1.1, desk, shadow=(1.4, 0.42), keep=True),
        wall_shelves(rng, Vec3(s * 0.4, 0, room.far - 0.22), 180, wood, accent, 2.6),
        wall_shelves(rng, Vec3(s * 2.95, 0, room.far - 0.22), 180, wood, accent, 1.7),
        wall_shelves(rng, room.on(b, room.along(b, 1.6), 0.22), facing(b), wood, accent, 2.8),
        cold_case(rng, room.on(b, room.along(b, -1.1), 0.34), facing(b), 3),
        crates(rng, Vec3(-s * 2.55, 0, -3.0), 20 * s),
        rack(rng, Vec3(-s * 2.3, 0, 1.9), rng.choice((0, 90)), wood, accent),
        rack(rng, Vec3(s * 2.9, 0, -0.3), 90, wood, accent, (1.7, 1.35, 0.6)),
        rack(rng, Vec3(0.3, 0, -3.3), 0, wood, accent, (1.8, 1.2, 0.6)),
        wall_shelves(rng, room.on(a, room.along(a, 1.6), 0.22), facing(a), wood, accent, 2.4),
        crates(rng, Vec3(s * 2.0, 0, -3.8), 0),
        fittings.plant(rng, room.on("near", room.along("near", -s * 3.4), 0.5), 1.1),
        _basket_pile(Vec3(-s * 1.45, 0, room.near + 0.4)),
    ]
    cool = rng.random() < 0.5
    panels, lamps = (
        overhead.light_panels(room, [(-1.8, 1.0), (1.8, 1.0), (-1.8, -2.2), (1.8, -2.2)], 1.3, 0.34)
        if cool
        else ((), ())
    )
    if not cool:
        dressing += [
            fittings.pendant(Vec3(x, 0, zz), 2.2, accent, room.high, pool=1.6)
            for x, zz in ((-1.4, 0.8), (1.4, z), (0.0, -2.0), (-2.4, -3.0))
        ]
    ground = boards(rng, floor, room.area) if floor.r < 170 else tiles(floor, mix(floor, accent, 0.25), room.area, 0.45)
    street = tuple(outlook.street_behind(rng, room))
    return furnished(
        rng,
        room,
        finish,
        openings,
        extras,
        floor,
        ground,
        dressing,
        scenery=street,
        lamps=lamps,
        overhead=panels,
        sunny=("near",),
    )


def _basket_pile(at: Vec3) -> Piece:
    """Shopping baskets in a pile by the door."""
    marks: list[Mark] = []
    for i in range(4):
        y = 0.09 * i
        marks += [
            mark(poly([(-0.2, y), (0.2, y), (0.25, y + 0.2), (-0.25, y + 0.2)]), RGB(190, 62, 54)),
            mark(
                rects([(-0.22 + 0.07 * k, y + 0.04, -0.2 + 0.07 * k, y + 0.17) for k in range(7)]),
                RGB(120, 40, 38),
                fine=True,
            ),
        ]
    marks.append(mark(line([(-0.2, 0.46), (-0.1, 0.6), (0.1, 0.6), (0.2, 0.46)], 0.02), RGB(60, 56, 56)))
    marks.append(mark(oval(0, 0.47, 0.25, 0.05), RGB(110, 36, 36)))
    return Piece(at, 0.26, 0.62, (card(at, 0.28, 0.64, marks),), shadow=(0.25, 0.2))
