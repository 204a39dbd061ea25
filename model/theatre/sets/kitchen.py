"""A kitchen, laid out by its seed."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, homeware, outlook, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, boards, tiles
from model.theatre.sets.kit import Design, Mark, Piece, card, line, mark, poly, rect, rects
from model.theatre.sets.openings import Opening
from model.theatre.sets.room import Room, WallName, facing, furnished, sides

__all__ = ["kitchen"]

KITCHEN = Room(-3.3, 3.3, -3.9, 3.1, 2.65)


def kitchen(seed: int) -> Design:
    """A kitchen: counters, stove and a window over the sink at the far wall, fridge, dresser, a table, a back door."""
    rng, room = Random(seed * 41 + 3), KITCHEN
    units = (RGB(96, 122, 112), RGB(186, 164, 122), RGB(78, 98, 122), RGB(202, 196, 184), RGB(156, 92, 72))[seed % 5]
    paint = (RGB(222, 212, 186), RGB(208, 214, 204), RGB(226, 206, 184), RGB(198, 208, 212))[seed // 2 % 4]
    stone = rng.choice((RGB(214, 206, 192), RGB(96, 92, 94), RGB(168, 124, 86)))
    finish = Shell(wall_rgb=paint, door_rgb=mix(units, RGB(230, 222, 206), 0.3))
    a, b, s = sides(rng)
    gingham = rng.choice((RGB(214, 120, 92), RGB(112, 138, 150), RGB(216, 176, 96)))
    sink_x, stove_x = s * 0.45, -s * 1.75
    w0, w1 = room.along("far", sink_x) - 0.8, room.along("far", sink_x) + 0.8
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (Opening("window", w0, 1.12, 1.6, 1.15, rng.choice((None, gingham)), (rng.choice((2, 3)), 2)),),
        a: (
            Opening("door", room.along(a, -0.6) - 0.5, 0.0, 1.0, 2.1, leaf="glass", leads="outside"),
            Opening("window", room.along(a, -2.6) - 0.6, 0.95, 1.2, 1.2, gingham),
        ),
        "near": (Opening("arch", room.along("near", s * 1.9) - 0.6, 0.0, 1.2, 2.2),),
        b: (Opening("door", room.along(b, -2.4) - 0.46, 0.0, 0.92, 2.05),),
    }
    tiled = [(x * 0.15, 0.92 + y * 0.15, x * 0.15 + 0.138, 1.06 + y * 0.15) for x in range(43) for y in range(5)]
    tiled = [r for r in tiled if r[2] <= w0 - 0.14 or r[0] >= w1 + 0.14 or r[3] <= 0.95]
    splash = mix(units, RGB(244, 240, 228), 0.72)
    h = room.along("far", stove_x)
    hood = [(h - 0.55, 1.62), (h + 0.55, 1.62), (h + 0.25, 2.0), (h + 0.25, 2.65), (h - 0.25, 2.65), (h - 0.25, 2.0)]
    far: list[Mark] = [
        mark(rects(tiled, rng, 0.002), splash),
        mark(poly(hood), RGB(170, 174, 176)),
        mark(rect(h - 0.55, 1.56, h + 0.55, 1.63), RGB(132, 136, 140)),
    ]
    by_window = (h + 0.65, 6.3) if s < 0 else (0.3, h - 0.65)
    by_fridge = (0.75, w0 - 0.3) if s < 0 else (w1 + 0.3, 5.9)
    if rng.random() < 0.5:
        by_window, by_fridge = by_fridge, by_window
    far += [*wallware.shelf(rng, *by_window, 1.62, fit.WOOD), *wallware.shelf(rng, *by_window, 2.05, fit.WOOD)]
    far += _wall_units(by_fridge, units)
    extras: dict[WallName, list[Mark]] = {
        "far": far,
        a: [
            *wallware.clock(room.along(a, 0.55), 2.0),
            *wallware.picture(rng, room.along(a, 1.3) - 0.25, 1.35, 0.5, 0.7),
        ],
        "near": [
            *wallware.shelf(rng, room.along("near", -s * 1.2) - 1.2, room.along("near", -s * 1.2) + 0.9, 1.5, fit.WOOD),
            *wallware.picture(rng, room.along("near", s * 0.7) - 0.3, 1.4, 0.6, 0.6),
        ],
        b: [
            *wallware.noticeboard(rng, room.along(b, -0.5) - 0.4, 1.2, 0.8, 0.75),
            *wallware.shelf(rng, room.along(b, 0.9) - 0.7, room.along(b, 0.9) + 0.7, 1.55, fit.WOOD),
        ],
    }
    z, left, right = room.far - 0.32, min(-3.3, stove_x - 0.3), 3.3
    runs = sorted(
        ((left, stove_x - 0.3), (stove_x + 0.3, s * 2.55 if s > 0 else right))
        if s > 0
        else ((-2.55, stove_x - 0.3), (stove_x + 0.3, right))
    )
    dressing: list[Piece] = [fittings.stove(Vec3(stove_x, 0, z - 0.01), 180)]
    dressing += [fittings.counter(Vec3((p + q) / 2, 0, z), 180, units, q - p, stone) for p, q in runs if q - p > 0.2]
    dressing += [
        _tap(Vec3(sink_x, 0.92, room.far - 0.2)),
        fittings.fridge(Vec3(s * 2.9, 0, room.far - 0.42), 180 + s * rng.uniform(4, 12)),
        *_middle(rng, s, units, stone),
        fittings.counter(room.on(b, room.along(b, 1.4), 0.32), facing(b), units, 1.7, stone),
        fittings.bookshelf(rng, room.on(a, room.along(a, 1.5), 0.2), facing(a), units, (1.0, 1.0, 0.34)),
        fittings.cabinet(
            room.on("near", room.along("near", -s * 1.3), 0.26), facing("near"), fit.WOOD, (1.9, 0.9, 0.44), 3, 1
        ),
        fittings.plant(rng, room.on(a, room.along(a, -1.65), 0.4), 0.9),
        homeware.basket(rng, room.on("near", room.along("near", s * 0.6), 0.35)),
        fittings.pendant(Vec3(-s * 2.3, 0, -0.4), 1.75, mix(units, RGB(40, 40, 46), 0.4), room.high),
        fittings.pendant(Vec3(s * 0.6, 0, 1.7), 2.1, mix(units, RGB(40, 40, 46), 0.4), room.high),
        _jar(Vec3(stove_x + 0.62, 0.92, room.far - 0.28), rng),
        _jar(Vec3(sink_x + s * 1.15, 0.92, room.far - 0.26), rng),
    ]
    other = mix(units, RGB(196, 184, 164), 0.6)
    ground = (
        tiles(RGB(214, 204, 184), other, room.area, 0.5)
        if rng.random() < 0.6
        else boards(rng, RGB(176, 136, 96), room.area)
    )
    return furnished(
        rng,
        room,
        finish,
        openings,
        extras,
        RGB(200, 188, 168),
        ground,
        dressing,
        horizon="hills",
        scenery=outlook.garden(rng, room),
        sunny=("far", a),
    )


def _middle(rng: Random, s: float, units: RGB, stone: RGB) -> list[Piece]:
    """What one eats at, at the side of the room: a table and chairs, or an island with stools."""
    painted, x = mix(fit.WOOD, units, 0.5), -s * 2.3
    if rng.random() < 0.4:
        island = fittings.cabinet(Vec3(x, 0, -0.5), s * 90, units, (1.7, 0.92, 0.8), 3, 2, stone)
        stools = [fit.stool(Vec3(x + s * 0.72, 0, z), painted, 0.68, -s * 90) for z in (-1.0, -0.1)]
        return [island, *stools, _jar(Vec3(x, 0.92, -0.9), rng)]
    turned = rng.random() < 0.5
    table = homeware.dining_table(rng, Vec3(x, 0, -0.4), 90 if turned else 0, fit.WOOD, (1.3, 0.8))
    chairs = [
        fit.chair(Vec3(x + s * (0.75 if turned else 0.95), 0, -0.55), -s * 84, painted),
        fit.chair(Vec3(x, 0, 0.65 if turned else 0.35), 186, painted),
        fit.chair(Vec3(x, 0, -1.45 if turned else -1.15), 4, painted),
    ]
    return [table, *chairs]


def _wall_units(span: tuple[float, float], units: RGB) -> list[Mark]:
    """Cupboards on the wall over a counter."""
    x0, x1 = span
    count = max(1, round((x1 - x0) / 0.55))
    w = (x1 - x0) / count
    doors = [(x0 + i * w + 0.03, 1.52, x0 + (i + 1) * w - 0.03, 2.27) for i in range(count)]
    return [
        mark(rect(x0, 1.4, x1, 1.49), RGB(30, 22, 34), alpha=0.25),
        mark(rect(x0, 1.48, x1, 2.32), scale(units, 0.86)),
        mark(rects(doors), units),
        mark(rects([(c - 0.08, b + 0.05, c - 0.055, b + 0.2) for _, b, c, _ in doors]), RGB(206, 184, 130), fine=True),
    ]


def _tap(at: Vec3) -> Piece:
    """A tap over the sink."""
    steel = RGB(188, 192, 196)
    bend = line([(0, 0), (0, 0.24), (0.06, 0.3), (0.13, 0.28), (0.14, 0.2)], 0.026)
    return Piece(at, 0.1, 0.32, (card(at, 0.16, 0.32, [mark(bend, steel), mark(rect(-0.05, 0, 0.05, 0.03), steel)]),))


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
