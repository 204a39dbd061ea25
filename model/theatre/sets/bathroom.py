"""A bathroom: tub or shower, basin under a mirror, toilet, towels, tiles; small, with a frosted window."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, homeware, outlook, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, rug, tiles
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    Seat,
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

__all__ = ["bathroom"]

BATH = Room(-2.2, 2.2, -2.8, 2.5, 2.5)
WHITE, CHROME = RGB(238, 238, 232), RGB(188, 194, 198)
SCHEMES = (  # tiles, wall, towel, floor
    (RGB(122, 168, 170), RGB(224, 222, 208), RGB(206, 120, 92), RGB(206, 204, 196)),
    (RGB(226, 226, 220), RGB(150, 176, 160), RGB(216, 176, 96), RGB(90, 96, 102)),
    (RGB(206, 150, 150), RGB(232, 220, 208), RGB(110, 140, 150), RGB(196, 186, 176)),
    (RGB(90, 116, 146), RGB(214, 218, 220), RGB(226, 214, 190), RGB(214, 212, 206)),
)


def _tub(at: Vec3, heading: float, cloth: RGB, curtain: bool) -> Piece:
    """A bath along a wall, its long side looking along the heading; a curtain on a rail by the seed."""
    inside = [
        mark(oval(0.85, 0.38, 0.74, 0.29), RGB(206, 212, 212)),
        mark(oval(0.85, 0.4, 0.68, 0.24), RGB(186, 206, 212)),
        mark(oval(0.75, 0.42, 0.4, 0.1), RGB(214, 230, 234), alpha=0.7),
    ]
    panels: list[Panel] = list(
        box(
            at,
            (1.7, 0.56, 0.76),
            WHITE,
            heading,
            top=inside,
            front=[
                mark(rect(0.06, 0.06, 1.64, 0.46), scale(WHITE, 0.94)),
                mark(rect(0, 0.5, 1.7, 0.56), RGB(250, 250, 246)),
            ],
        )
    )
    if curtain:
        at_cloth = fit.local(at, heading, 0.5, 0.4, 0.3)
        folds: list[Rect] = [(0.1 * i, 0.0, 0.1 * i + 0.04, 1.7) for i in range(7)]
        dots = [
            mark(rects(folds), scale(cloth, 0.84)),
            mark(rects([(0.0, 1.5, 0.7, 1.56), (0.0, 0.14, 0.7, 0.2)]), mix(cloth, WHITE, 0.6)),
        ]
        panels += box(at_cloth, (0.7, 1.7, 0.05), cloth, heading, front=dots, back=dots)
        panels += box(fit.local(at, heading, 0, 0.4, 2.0), (1.75, 0.03, 0.03), CHROME, heading)
    return fit.stood(at, (1.7, 0.56, 0.78), panels, heading=heading, seats=[Seat("bed", at, heading + 90.0, 0.3)])


def _shower(at: Vec3, heading: float, tile: RGB) -> Piece:
    """A glass cabin in a corner."""
    glass = [
        mark(rect(0, 0, 1.0, 1.95), RGB(206, 226, 230), alpha=0.2),
        mark(poly([(0.2, 0.1), (0.34, 0.1), (0.78, 1.9), (0.64, 1.9)]), RGB(255, 255, 255), alpha=0.22),
        mark(rects([(0, 0, 0.035, 1.95), (0.965, 0, 1.0, 1.95), (0, 1.91, 1.0, 1.95), (0, 0, 1.0, 0.04)]), CHROME),
        mark(rect(0.12, 0.9, 0.15, 1.2), CHROME),
    ]
    frame_box = box(
        Vec3(at.x, at.y + 0.12, at.z), (1.0, 1.95, 0.95), WHITE, heading, front=glass, left=glass, right=glass
    )
    sides_only = tuple(
        Panel(p.origin, p.u, p.v, p.normal, p.extent, p.marks[1:]) for p in (frame_box[0], frame_box[2], frame_box[3])
    )
    head = card(
        fit.local(at, heading, 0, -0.4, 1.2),
        0.2,
        0.9,
        [mark(line([(0.0, 0.0), (0.0, 0.8), (0.12, 0.82)], 0.025), CHROME), mark(oval(0.14, 0.8, 0.08, 0.03), CHROME)],
    )
    del tile
    return fit.stood(
        at, (1.0, 2.07, 0.95), [*box(at, (1.0, 0.12, 0.95), WHITE, heading), head, *sides_only], heading=heading
    )


def _toilet(at: Vec3, heading: float, wood: RGB) -> Piece:
    """A toilet with its cistern."""
    lid = [mark(oval(0.2, 0.24, 0.17, 0.22), wood), mark(oval(0.2, 0.24, 0.13, 0.17), mix(wood, WHITE, 0.25))]
    panels = [
        *box(
            fit.local(at, heading, 0, -0.26, 0.4),
            (0.44, 0.38, 0.2),
            WHITE,
            heading,
            front=[mark(rect(0.17, 0.28, 0.27, 0.32), CHROME)],
        ),
        *box(fit.local(at, heading, 0, 0.06), (0.26, 0.34, 0.44), scale(WHITE, 0.92), heading),
        *box(fit.local(at, heading, 0, 0.06, 0.34), (0.4, 0.07, 0.5), WHITE, heading, top=lid),
    ]
    return fit.stood(
        at,
        (0.44, 0.78, 0.7),
        panels,
        heading=heading,
        seats=[Seat("toilet", fit.local(at, heading, 0, 0.05), heading, 0.41)],
    )


def _basin(at: Vec3, heading: float, unit: RGB, width: float) -> Piece:
    """A basin in a cupboard with a tap, a cup of brushes and soap."""
    made = fittings.cabinet(at, heading, unit, (width, 0.84, 0.48), 2, 1, WHITE)
    top = Vec3(at.x, at.y + 0.84, at.z)
    bowl = box(
        fit.local(top, heading, 0, 0.02),
        (0.5, 0.1, 0.36),
        WHITE,
        heading,
        top=[mark(oval(0.25, 0.18, 0.2, 0.13), RGB(196, 206, 208))],
    )
    tap = card(
        fit.local(top, heading, 0, -0.16, 0.08),
        0.1,
        0.22,
        [mark(line([(0, 0), (0, 0.15), (0.07, 0.15), (0.07, 0.1)], 0.028), CHROME)],
    )
    cup = card(
        fit.local(top, heading, width / 2 - 0.12, 0.0),
        0.08,
        0.24,
        [
            mark(line([(0.0, 0.08), (-0.03, 0.2)], 0.012), RGB(200, 90, 80)),
            mark(line([(0.01, 0.08), (0.04, 0.21)], 0.012), RGB(80, 130, 170)),
            mark(rect(-0.04, 0, 0.04, 0.1), RGB(216, 226, 224)),
        ],
    )
    soap = card(
        fit.local(top, heading, -width / 2 + 0.12, 0.0),
        0.08,
        0.2,
        [mark(rect(-0.035, 0, 0.035, 0.14), RGB(150, 186, 160)), mark(rect(-0.012, 0.14, 0.03, 0.18), CHROME)],
    )
    return Piece(at, made.radius_m, 1.05, (*made.panels, *bowl, tap, cup, soap), shadow=made.shadow)


def _towels(x: float, y: float, cloth: RGB) -> list[Mark]:
    """Two towels on a rail."""
    pale = mix(cloth, WHITE, 0.5)
    return [
        mark(rect(x - 0.5, y, x + 0.5, y + 0.025), CHROME),
        mark(rect(x - 0.42, y - 0.72, x - 0.04, y + 0.03), cloth),
        mark(rects([(x - 0.42, y - 0.62, x - 0.04, y - 0.57), (x - 0.42, y - 0.54, x - 0.04, y - 0.51)]), pale),
        mark(rect(x + 0.06, y - 0.55, x + 0.4, y + 0.03), pale),
        mark(rects([(x + 0.06, y - 0.47, x + 0.4, y - 0.43)]), cloth),
        mark(
            rects([(x - 0.2, y - 0.72, x - 0.18, y + 0.03), (x + 0.24, y - 0.55, x + 0.255, y + 0.03)]),
            scale(cloth, 0.85),
            alpha=0.6,
        ),
    ]


def bathroom(seed: int) -> Design:
    """A bathroom; tub or shower, which side, how far tiles go, and colours are the seed's."""
    rng, room = Random(seed * 101 + 6), BATH
    tile, paint, cloth, floor = SCHEMES[seed % len(SCHEMES)]
    a, b, s = sides(rng)
    wood = rng.choice((RGB(150, 108, 74), RGB(226, 222, 212), RGB(96, 110, 112)))
    full = rng.random() < 0.4
    finish = Shell(
        wall_rgb=tile if full else paint,
        wainscot_rgb=None if full else tile,
        wainscot_m=1.25,
        trim_rgb=mix(paint, WHITE, 0.5),
        door_rgb=mix(wood, WHITE, 0.4),
        pattern="tiles" if full else rng.choice(("plain", "flowers")),
        ceiling_rgb=RGB(234, 232, 226),
    )
    wx = -s * 0.75
    frosted = Opening(
        "window",
        room.along("far", wx) - 0.5,
        1.35,
        1.0,
        0.85,
        rng.choice((None, cloth)),
        (2, 1),
        blind=rng.choice((0.0, 0.35)),
    )
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (frosted,),
        "near": (Opening("door", room.along("near", s * 0.9) - 0.42, 0.0, 0.84, 2.05),),
    }
    m, h = room.along("far", s * 0.95), frosted.hole
    frost = [mark(rect(h[0], h[1], h[2], h[1] + 0.42), RGB(226, 236, 236), "pane", alpha=0.82)]
    frost = frost if frosted.curtain is None else []
    bulbs = [mark(circle(m - 0.3 + 0.2 * i, 1.99, 0.05), RGB(255, 240, 206), "glow") for i in range(4)]
    extras: dict[WallName, list[Mark]] = {
        "far": [
            *frost,
            *wallware.mirror(m - 0.4, 1.12, 0.8, 0.78, mix(wood, CHROME, 0.4)),
            mark(rect(m - 0.42, 1.95, m + 0.42, 2.03), CHROME),
            *bulbs,
        ],
        a: [
            *_towels(room.along(a, 0.1), 1.35, cloth),
            *wallware.shelf(rng, room.along(a, 1.3) - 0.35, room.along(a, 1.3) + 0.35, 1.5, wood, 0.2),
            *wallware.radiator(room.along(a, -1.7) - 0.35, 0.7, CHROME, 0.3, 1.1),
        ],
        b: [*wallware.picture(rng, room.along(b, -1.6) - 0.2, 1.45, 0.4, 0.5)],
        "near": [
            mark(rects([(room.along("near", -s * 0.9) - 0.3, 1.75, room.along("near", -s * 0.9) + 0.3, 1.8)]), wood),
            *_towels(room.along("near", -s * 0.9), 1.6, mix(cloth, tile, 0.5)),
        ],
    }
    tub = rng.random() < 0.6
    dressing: list[Piece] = [
        _basin(room.on("far", m, 0.26), 180, mix(wood, tile, 0.2), 1.1),
        _toilet(room.on("far", room.along("far", wx) - s * 0.15, 0.4), 180, wood),
        _tub(room.on(b, room.along(b, -0.1), 0.42), facing(b), cloth, rng.random() < 0.7)
        if tub
        else _shower(room.on(b, room.along(b, -0.2), 0.5), facing(b), tile),
        homeware.basket(rng, Vec3(s * 1.85, 0, room.far - 0.9)),
        fit.stool(Vec3(-s * 1.0 if not tub else s * 1.2, 0, -1.5), wood, 0.44),
        fittings.cabinet(room.on(a, room.along(a, -0.75), 0.2), facing(a), wood, (0.6, 1.5, 0.34), 1, 3),
        fittings.plant(rng, Vec3(-s * 1.9, 0, room.far - 0.35), 0.9),
        fittings.cabinet(room.on("near", room.along("near", -s * 0.9), 0.2), 0, wood, (0.9, 0.7, 0.34), 2, 1),
    ]
    lamps = (
        Lamp(Vec3(s * 0.95, 1.99, room.far - 0.06), RGB(255, 232, 196), 0.8),
        Lamp(Vec3(0, room.high - 0.1, 0.1), RGB(255, 236, 206), 0.7, 1.6),
    )
    ground = [
        *tiles(floor, mix(floor, tile, 0.45), room.area, 0.3),
        *rug(rng, mix(cloth, WHITE, 0.35), cloth, s * 0.8, 1.0, 1.1, 0.7),
    ]
    return furnished(
        rng,
        room,
        finish,
        openings,
        extras,
        floor,
        ground,
        dressing,
        scenery=outlook.garden(rng, room),
        lamps=lamps,
        sunny=(),
    )
