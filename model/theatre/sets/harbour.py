"""A harbour: a quay with boats along it, and by the seed a fishing town, a port with cranes, or a marina.

The water lies ahead of the master's camera and below the quay; the town is behind it.
"""

from __future__ import annotations

from itertools import pairwise
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import furniture as fit
from model.theatre.sets.boats import cargo_ship, fishing_boat, sailing_boat
from model.theatre.sets.buildings import building, street_lamp, window_marks
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    blob,
    box,
    card,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.quay import BOXES, barrels, crane, crates, nets, pots, stack
from model.theatre.sets.relief import Land, hills, ring_of
from model.theatre.sets.seaside import gull
from model.theatre.sets.water import glints, smoke, water

__all__ = ["harbour"]

EDGE_M, BACK_M, WATER_M, REACH_M = 5.6, -11.0, -1.5, 70.0
TOWN = (
    RGB(206, 112, 84),
    RGB(226, 190, 118),
    RGB(122, 150, 168),
    RGB(220, 210, 190),
    RGB(150, 172, 140),
    RGB(190, 96, 92),
)
ROPE, IRON = RGB(196, 172, 126), RGB(62, 62, 70)


def harbour(seed: int, name: str = "") -> Design:
    """A quay over the water, with what is loaded, mended and moored there."""
    rng = Random(seed * 109 + 17)
    kind = seed % 3  # 0: fishing town, 1: port, 2: marina
    stone = rng.choice((RGB(170, 164, 156), RGB(186, 170, 148), RGB(156, 158, 164)))
    sea = rng.choice((RGB(54, 108, 124), RGB(62, 112, 112), RGB(70, 104, 134)))
    dressing = _edge(rng, stone)
    dressing += (_fishing, _port, _marina)[kind](rng)
    for z in (-4.2, 3.6):
        for x in (-26.0, -13.0, 13.5, 27.0):
            if z > 0:
                dressing.append(street_lamp(Vec3(x, 0, z)))
    dressing += [gull(rng, Vec3(x, 0.26, EDGE_M - 0.15)) for x in (-5.2, 6.8)]
    if kind != 1:
        dressing.append(smoke(Vec3(rng.uniform(-9, 9), 8.6, BACK_M - 3.0), high_m=6.0, thick_m=0.45))
    dressing += [glints(rng, (-46, EDGE_M + 2, 46, 60), WATER_M, 80)]
    pale = Land(rgb=RGB(110, 128, 120), low_m=5.0, high_m=15.0, foot_m=WATER_M, air=0.45)
    scenery = [water(rng, sea, WATER_M), *ring_of(rng, pale, hills, 150.0, 5, (-75.0, -8.0 if kind else 20.0))]
    scenery += [*_town(rng, kind, name), _lighthouse(rng, Vec3(rng.choice((-1, 1)) * 34.0, WATER_M, 52.0), stone)]
    if kind == 1:
        scenery.append(cargo_ship(rng, Vec3(rng.uniform(-30, 30), WATER_M, 92.0), 70.0, BOXES))
    face = [
        mark(rect(0, -2.2, 2 * REACH_M, 0), scale(stone, 0.8)),
        mark(rect(0, -2.2, 2 * REACH_M, -1.0), scale(stone, 0.5)),
    ]
    side = wall((REACH_M, EDGE_M), (-REACH_M, EDGE_M), 1.0, face)
    scenery.append(
        Piece(
            Vec3(0, 0, EDGE_M),
            1.0,
            1.0,
            (Panel(side.origin, side.u, side.v, side.normal, (0, -2.2, 140, 0), side.marks),),
        )
    )
    return Design(
        stone,
        tuple(_paving(rng, stone, kind)),
        "hills",
        (),
        tuple(scenery),
        tuple(dressing),
        ground_extent=(-REACH_M, -60.0, REACH_M, EDGE_M),
    )


def _paving(rng: Random, stone: RGB, kind: int) -> list[Mark]:
    """Setts, rails or planks, stains of rust and water."""
    light, dark, stains, puddles = skia.Path(), skia.Path(), skia.Path(), skia.Path()
    for _ in range(240):
        x, z = round(rng.uniform(-11, 11) / 0.55) * 0.55, round(rng.uniform(-9, EDGE_M - 0.4) / 0.4) * 0.4
        (light if rng.random() < 0.5 else dark).addPath(rect(x, z, x + 0.52, z + 0.37), 0, 0)
    for _ in range(12):
        stains.addPath(
            blob(rng, rng.uniform(-9, 9), rng.uniform(-8, 5), rng.uniform(0.4, 1.4), rng.uniform(0.25, 0.6)), 0, 0
        )
    for _ in range(5):
        puddles.addPath(
            blob(rng, rng.uniform(-6, 6), rng.uniform(-5, 5), rng.uniform(0.4, 1.1), rng.uniform(0.2, 0.4)), 0, 0
        )
    marks = [
        mark(rect(-REACH_M, -60.0, REACH_M, EDGE_M), stone),
        mark(light, mix(stone, RGB(236, 226, 208), 0.3), alpha=0.7),
        mark(dark, scale(stone, 0.86), alpha=0.7),
        mark(stains, RGB(92, 70, 62), alpha=0.16),
        mark(puddles, RGB(112, 132, 148), "pane", alpha=0.7),
        mark(rect(-REACH_M, EDGE_M - 0.55, REACH_M, EDGE_M), mix(stone, RGB(236, 226, 208), 0.35)),
        mark(
            rects([(-40.0 + 1.6 * i, EDGE_M - 0.55, -39.97 + 1.6 * i, EDGE_M) for i in range(50)]),
            scale(stone, 0.7),
            fine=True,
        ),
    ]
    if kind == 1:
        rails = [(x, z, x + 8.0, z + 0.09) for x in range(-40, 40, 8) for z in (3.0, 4.3, -6.4, -4.2)]
        marks.append(mark(rects(rails), RGB(104, 98, 100)))
        marks.append(mark(rects([(-40.0 + 2.4 * i, 3.9, -38.8 + 2.4 * i, 4.05) for i in range(34)]), RGB(232, 190, 74)))
    if kind == 2:
        boards = [(-24.0 + 0.42 * i, 1.6, -23.62 + 0.42 * i, EDGE_M - 0.05) for i in range(114)]
        marks += [mark(rect(-24, 1.6, 24, EDGE_M), RGB(160, 128, 98)), mark(rects(boards), RGB(184, 152, 116))]
    return marks


def _edge(rng: Random, stone: RGB) -> list[Piece]:
    """The kerb along the water in lengths, bollards with their ropes, rings and ladders."""
    pieces: list[Piece] = []
    for x0, x1 in pairwise((-60.0, -30.0, -14.0, -7.0, 0.0, 7.0, 14.0, 30.0, 60.0)):
        at = Vec3((x0 + x1) / 2, 0, EDGE_M - 0.15)
        pieces.append(
            Piece(at, 0.3, 0.3, box(at, (x1 - x0, 0.26, 0.3), mix(stone, RGB(240, 226, 200), 0.2), 180), keep=True)
        )
    for x in (-19.0, -9.5, -3.4, 3.9, 10.5, 20.0):
        at = Vec3(x + rng.uniform(-0.5, 0.5), 0.0, EDGE_M - 0.75)
        marks = [
            mark(poly([(-0.24, 0), (0.24, 0), (0.17, 0.32), (0.26, 0.5), (-0.26, 0.5), (-0.17, 0.32)]), IRON),
            mark(oval(0, 0.52, 0.27, 0.1), mix(IRON, RGB(200, 200, 206), 0.35)),
            mark(rects([(-0.2, 0.2, 0.2, 0.33)]), ROPE),
        ]
        pieces.append(Piece(at, 0.25, 0.6, (card(at, 0.3, 0.64, marks),), shadow=(0.3, 0.22)))
    return pieces


def _fishing(rng: Random) -> list[Piece]:
    """Small boats close together; pots, nets and crates on the quay."""
    pieces: list[Piece] = []
    x = -24.0
    while x < 24.0:
        length = rng.uniform(5.5, 9.0)
        at = Vec3(x + length / 2, WATER_M, EDGE_M + 1.9 + rng.uniform(0.0, 0.8))
        pieces.append(fishing_boat(rng, at, rng.choice((84.0, 96.0, 268.0)), length))
        x += length + rng.uniform(1.0, 4.0)
    for k in range(5):
        at = Vec3(-30.0 + 14.0 * k + rng.uniform(-3, 3), WATER_M, EDGE_M + 12.0 + rng.uniform(0, 12))
        pieces.append(fishing_boat(rng, at, rng.uniform(0, 360), rng.uniform(5, 8)))
    for x in rng.sample((-8.6, -6.0, -4.2, 4.4, 6.2, 8.8), 4):
        pieces.append(rng.choice((pots, nets, crates))(rng, Vec3(x, 0, rng.uniform(2.8, 4.2))))
    pieces += [pots(rng, Vec3(5.0, 0, -3.4)), nets(rng, Vec3(-5.2, 0, -2.8)), crates(rng, Vec3(-7.5, 0, -6.5), 4)]
    upside = Vec3(rng.choice((-5.8, 6.0)), 0, -5.4)
    tint = rng.choice(TOWN)
    keel = [
        mark(poly([(-1.7, 0), (-1.4, 0.5), (-0.6, 0.8), (0.7, 0.8), (1.5, 0.5), (1.9, 0)]), tint, key=0.75),
        mark(poly([(-1.7, 0), (-1.55, 0.26), (1.72, 0.26), (1.9, 0)]), scale(tint, 0.72), key=0.4),
        mark(line([(-1.4, 0.5), (0, 0.62), (1.5, 0.5)], 0.03), scale(tint, 0.6)),
    ]
    return [*pieces, Piece(upside, 1.6, 0.85, (card(upside, 2.0, 0.9, keel),), shadow=(1.8, 0.8))]


def _port(rng: Random) -> list[Piece]:
    """Cranes over containers, a ship's side along the quay, pallets and barrels."""
    tint = rng.choice((RGB(222, 150, 60), RGB(86, 124, 150), RGB(190, 84, 66)))
    pieces: list[Piece] = [crane(rng, Vec3(x, 0, 3.6), tint) for x in (-17.0, 15.0, 42.0, -44.0)]
    for x, z, h, n in (
        (-11.5, -4.6, 90.0, 2),
        (11.8, -5.2, 90.0, 3),
        (-7.4, -8.6, 0.0, 2),
        (6.5, -9.2, 0.0, 1),
        (-20.0, -6.0, 0.0, 3),
        (21.0, -3.0, 90.0, 2),
    ):
        pieces.append(stack(rng, Vec3(x + rng.uniform(-0.8, 0.8), 0, z), h, max(1, n - rng.randrange(2))))
    ship = rng.choice((RGB(48, 62, 84), RGB(132, 52, 46), RGB(54, 82, 76)))
    side = rng.choice((-1, 1))
    length = 46.0
    x0 = -side * 6.0 if side < 0 else 6.0
    hull: list[Mark] = [
        mark(poly([(0, 0), (length, 0), (length, 6.4), (3.0, 6.4), (0.4, 7.4)]), ship),
        mark(rect(0.4, -0.1, length, 1.1), RGB(128, 50, 44)),
        mark(rect(1.0, 5.9, length, 6.4), mix(ship, RGB(240, 236, 226), 0.7)),
        mark(
            rects([(2.0 + 2.6 * i, 3.7, 2.35 + 2.6 * i, 4.05) for i in range(16)]),
            RGB(255, 224, 170),
            "window",
            fine=True,
        ),
        mark(
            moved_path(text_path(rng.choice(("AURORA", "MERIDIAN", "CORMORANT")), 0.9, True, 9.0), 8.0, 4.3),
            RGB(240, 236, 226),
        ),
    ]
    z = EDGE_M + 1.6
    at = Vec3(x0 + side * length / 2, WATER_M, z)
    u = Vec3(float(side), 0, 0)
    panel = Panel(Vec3(x0, WATER_M, z), u, Vec3(0, 1, 0), Vec3(0, 0, -1), (0, 0, length, 7.6), tuple(hull))
    if side < 0:  # lettering reads from the left
        hull[-1] = mark(_turned(hull[-1].path), hull[-1].rgb)
        panel = Panel(panel.origin, u, panel.v, panel.normal, panel.extent, tuple(hull))
    pieces.append(Piece(at, 8.0, 9.0, (panel,), keep=True, moves="bobs"))
    for x, z in ((-4.4, 3.0), (4.6, -2.9), (-4.0, -3.6)):
        pieces.append(barrels(rng, Vec3(x, 0, z)))
    pieces.append(crates(rng, Vec3(5.0, 0, 3.4), 3))
    return pieces


def _turned(path: skia.Path) -> skia.Path:
    """Letters mirrored about their own middle, for a panel that runs from right to left."""
    out, middle = skia.Path(path), path.getBounds().centerX()
    matrix = skia.Matrix.Translate(2 * middle, 0)
    matrix.preScale(-1, 1)
    out.transform(matrix)
    return out


def _marina(rng: Random) -> list[Piece]:
    """Yachts stern to the quay, a jetty with its posts, benches and tubs."""
    pieces: list[Piece] = []
    for k in range(-7, 8):
        if rng.random() < 0.8:
            length = rng.uniform(6.0, 9.5)
            at = Vec3(k * 3.6 + rng.uniform(-0.4, 0.4), WATER_M, EDGE_M + 0.8 + length / 2)
            pieces.append(sailing_boat(rng, at, 0.0 if rng.random() < 0.5 else 180.0, length))
    for k in range(-5, 6):
        at = Vec3(k * 5.0 + rng.uniform(-1, 1), WATER_M, EDGE_M + 24.0 + rng.uniform(0, 4))
        pieces.append(sailing_boat(rng, at, 180.0, rng.uniform(6, 9)))
    pieces.append(sailing_boat(rng, Vec3(rng.uniform(-20, 20), WATER_M, 58.0), 80.0, 10.0, sails=True))
    for x, h in ((-4.6, 0.0), (5.2, 0.0), (-9.0, 180.0)):
        pieces.append(fit.bench(Vec3(x, 0, 3.9 if h == 0.0 else -2.0), h, RGB(150, 112, 80)))
    for x, z in ((-3.4, -3.4), (3.6, -3.2), (7.4, 2.6), (-7.0, 2.4)):
        at = Vec3(x, 0, z)
        leaf = RGB(96, 134, 92)
        marks = [
            mark(blob(rng, 0, 0.95, 0.5, 0.5, 10, 0.15), leaf, key=0.4),
            mark(blob(rng, -0.1, 1.08, 0.3, 0.26, 9, 0.2), mix(leaf, RGB(236, 226, 140), 0.3), key=1.0),
            mark(poly([(-0.3, 0), (0.3, 0), (0.38, 0.55), (-0.38, 0.55)]), RGB(184, 100, 74)),
        ]
        pieces.append(Piece(at, 0.45, 1.4, (card(at, 0.6, 1.5, marks),), shadow=(0.4, 0.3)))
    for k in range(-3, 4):
        at = Vec3(k * 7.0 + 1.7, 0, EDGE_M - 0.9)
        post = [
            mark(rect(-0.08, 0, 0.08, 1.0), RGB(232, 230, 222)),
            mark(rect(-0.08, 0.7, 0.08, 0.82), RGB(60, 110, 160)),
            mark(oval(0, 1.0, 0.1, 0.05), RGB(255, 228, 170), "glow"),
        ]
        pieces.append(
            Piece(
                at,
                0.12,
                1.05,
                (card(at, 0.14, 1.1, post),),
                (Lamp(Vec3(at.x, 0.98, at.z), RGB(255, 224, 160), 0.5, 1.0),),
                shadow=(0.12, 0.1),
            )
        )
    return pieces


def _town(rng: Random, kind: int, name: str) -> list[Piece]:
    """What stands behind the quay: gabled houses, warehouses, or a promenade; hills over their roofs."""
    scenery: list[Piece] = []
    land = Land(rgb=RGB(112, 132, 96), low_m=7.0, high_m=24.0, air=0.25)
    scenery += ring_of(rng, land, hills, 64.0, 6, (96.0, 264.0))
    x = -46.0
    sign = (name or rng.choice(("SHIP CHANDLER", "FISH MARKET", "CUSTOMS", "SAIL LOFT"))).upper()
    while x < 46.0:
        w = rng.uniform(5.0, 8.0) if kind == 0 else rng.uniform(10.0, 15.0)
        named = x < 2.0 <= x + w
        if kind == 1:
            scenery.append(_warehouse(rng, x, w, sign if named else ""))
        elif kind == 0:
            scenery.append(_gabled(rng, x, w, sign if named else ""))
        else:
            shop = sign if named else rng.choice(("CAFE", "HOTEL", "SAILS", None))
            scenery.append(
                building(rng, Vec3(x + w / 2, 0, BACK_M - 5.0), (w - 0.2, rng.uniform(7, 13), 9.0), 0, shop=shop)
            )
        x += w
    for side in (-1, 1):
        for k in range(4):
            at = Vec3(side * (52.0 + 6 * k), 0, -10.0 + 5.0 * k)
            scenery.append(building(rng, at, (9.0, rng.uniform(6, 11), 8.0), 270 if side > 0 else 90, detail=False))
    return scenery


def _gabled(rng: Random, x: float, w: float, sign: str) -> Piece:
    """A narrow house with its gable to the quay."""
    tint, trim = rng.choice(TOWN), RGB(240, 234, 220)
    high = rng.uniform(5.4, 8.4)
    peak = high + w * rng.uniform(0.32, 0.48)
    floors = [y for y in (3.6, 6.0) if y + 1.6 < high]
    cells = [(c - 0.45, y, c + 0.45, y + 1.35) for y in floors for c in (w * 0.22, w * 0.5, w * 0.78)]
    cells.append((w * 0.5 - 0.4, high + 0.2, w * 0.5 + 0.4, high + 1.2))
    door = rng.choice((0.8, w - 1.9))
    marks: list[Mark] = [
        mark(poly([(0.05, 0), (w - 0.05, 0), (w - 0.05, high), (w / 2, peak), (0.05, high)]), tint),
        mark(rects([(0, 0, w, 0.5)]), scale(tint, 0.7)),
        mark(
            poly(
                [
                    (-0.1, high - 0.1),
                    (w / 2, peak + 0.25),
                    (w + 0.1, high - 0.1),
                    (w + 0.1, high + 0.2),
                    (w / 2, peak + 0.6),
                    (-0.1, high + 0.2),
                ]
            ),
            RGB(96, 88, 92),
        ),
        *window_marks(rng, cells, trim, shutters=scale(tint, 0.6) if rng.random() < 0.4 else None, lit=0.5),
        mark(rect(door - 0.1, 0, door + 1.2, 2.4), trim),
        mark(rect(door, 0, door + 1.1, 2.3), rng.choice((RGB(70, 96, 90), RGB(120, 62, 54), RGB(64, 84, 116)))),
        mark(rect(door + 0.2, 1.3, door + 0.9, 2.1), RGB(255, 214, 150), "window"),
    ]
    cx = w * 0.62 if door < w / 2 else w * 0.36
    marks += window_marks(rng, [(cx - 0.9, 0.95, cx + 0.9, 2.3)], trim, lit=0.8)
    if sign:
        marks.append(mark(rect(0.3, 2.62, w - 0.3, 3.2), scale(tint, 0.5)))
        marks.append(mark(moved_path(text_path(sign, 0.4, True, w - 0.9), w / 2, 2.76), trim))
    start = Vec3(x + w, 0, BACK_M)
    front = Panel(start, Vec3(-1, 0, 0), Vec3(0, 1, 0), Vec3(0, 0, 1), (0, 0, w, peak + 0.6), tuple(marks))
    depth = 8.0
    sides = []
    for at, u, n in (
        (Vec3(x, 0, BACK_M - depth), Vec3(0, 0, 1), Vec3(-1, 0, 0)),
        (Vec3(x + w, 0, BACK_M), Vec3(0, 0, -1), Vec3(1, 0, 0)),
    ):
        sides.append(
            Panel(at, u, Vec3(0, 1, 0), n, (0, 0, depth, high), (mark(rect(0, 0, depth, high), scale(tint, 0.94)),))
        )
    return Piece(Vec3(x + w / 2, 0, BACK_M - 1), w / 2, peak, (*sides, front))


def _warehouse(rng: Random, x: float, w: float, sign: str) -> Piece:
    """A shed of brick with a big sliding door and a band of windows."""
    tint, trim = rng.choice((RGB(150, 90, 74), RGB(124, 116, 112), RGB(166, 130, 104))), RGB(206, 198, 184)
    high = rng.uniform(7.0, 9.0)
    door = w * rng.uniform(0.2, 0.5)
    leaf = rng.choice((RGB(70, 100, 92), RGB(60, 84, 116), RGB(140, 66, 54)))
    front: list[Mark] = [
        mark(rects([(0, 0, w, 0.6)]), scale(tint, 0.7)),
        *window_marks(
            rng,
            [(0.8 + 1.7 * i, high - 2.4, 2.1 + 1.7 * i, high - 1.2) for i in range(int((w - 1.6) / 1.7))],
            trim,
            lit=0.5,
        ),
        mark(rect(door - 0.2, 0, door + 3.8, 3.9), scale(tint, 0.6)),
        mark(rect(door, 0, door + 3.6, 3.7), leaf),
        mark(rects([(door + 0.3 * i, 0, door + 0.3 * i + 0.04, 3.7) for i in range(12)]), scale(leaf, 0.78), fine=True),
        mark(line([(door + 0.1, 0.1), (door + 1.7, 3.6)], 0.12), mix(leaf, RGB(255, 255, 255), 0.2)),
        mark(rect(door - 0.6, 3.95, door + 4.2, 4.1), IRON),
        mark(rect(0, high - 0.5, w, high), mix(tint, RGB(240, 226, 206), 0.3)),
    ]
    if sign:
        front.append(
            mark(moved_path(text_path(sign, 0.7, True, w - 2), w / 2, high - 3.5), RGB(240, 232, 214), alpha=0.85)
        )
    at = Vec3(x + w / 2, 0, BACK_M - 5.0)
    return Piece(at, w / 2, high, box(at, (w - 0.1, high, 10.0), tint, 0, front=front, top_rgb=RGB(112, 108, 110)))


def _lighthouse(rng: Random, at: Vec3, stone: RGB) -> Piece:
    """The end of the mole with its light."""
    red = rng.choice((RGB(190, 66, 56), RGB(66, 118, 96)))
    marks = [
        mark(poly([(-22, 0), (8, 0), (6.5, 2.6), (-22, 2.2)]), scale(stone, 0.8)),
        mark(poly([(-22, 2.0), (6.7, 2.4), (6.5, 2.8), (-22, 2.5)]), stone),
        mark(poly([(1.4, 2.6), (4.6, 2.6), (4.0, 10.5), (2.0, 10.5)]), RGB(240, 236, 226)),
        mark(poly([(1.55, 4.6), (4.45, 4.6), (4.28, 7.0), (1.72, 7.0)]), red),
        mark(rects([(1.6, 10.4, 4.4, 10.7)]), IRON),
        mark(rect(2.2, 10.7, 3.8, 12.2), RGB(255, 230, 160), "glow"),
        mark(poly([(1.9, 12.2), (4.1, 12.2), (3.0, 13.5)]), red),
    ]
    lamp = Lamp(Vec3(at.x + 3.0, at.y + 11.5, at.z), RGB(255, 232, 170), 5.0)
    return Piece(at, 20.0, 14.0, (card(at, 23.0, 14.0, marks),), (lamp,))
