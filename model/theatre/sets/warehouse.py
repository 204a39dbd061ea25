"""A warehouse: racks to the roof, pallets and crates, a roller door on the yard, lamps under the trusses."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.light import mix, scale
from model.theatre.sets.buildings import building
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    circle,
    double,
    floor_patch,
    frame,
    holed,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.town import tree

__all__ = ["warehouse"]

HALF, NEAR, FAR, HIGH = 8.5, -10.0, 11.0, 6.8
CARTON = (RGB(196, 156, 108), RGB(178, 136, 92), RGB(210, 176, 132), RGB(150, 118, 88))
TAPE = RGB(226, 206, 170)


def warehouse(seed: int, name: str = "") -> Design:
    """A hall of racks about seventeen metres wide."""
    rng = Random(seed * 139 + 37)
    sheet = rng.choice((RGB(150, 160, 164), RGB(166, 150, 132), RGB(130, 146, 150)))
    steel = rng.choice((RGB(222, 126, 54), RGB(62, 104, 150), RGB(196, 74, 58)))
    concrete = rng.choice((RGB(158, 156, 154), RGB(166, 158, 148)))
    door = rng.choice((0, 1))  # 0: the roller door is ahead, 1: at the right
    title = (name or rng.choice(("NORDIC FREIGHT", "HALDEN & SON", "DEPOT 7", "EASTGATE"))).upper()
    shell = [
        _wall(rng, (-HALF, FAR), (HALF, FAR), sheet, steel, rng.uniform(0.30, 0.55) if door == 0 else None, title),
        _wall(rng, (HALF, FAR), (HALF, NEAR), sheet, steel, 0.62 if door == 1 else None, ""),
        _wall(rng, (HALF, NEAR), (-HALF, NEAR), sheet, steel, None, title if door else ""),
        _wall(rng, (-HALF, NEAR), (-HALF, FAR), sheet, steel, None, ""),
        _roof(rng, sheet),
    ]
    dressing: list[Piece] = []
    layout = seed % 3
    if layout == 0:  # rows down both sides
        rows = [(side * 4.7, z, 90.0 if side < 0 else 270.0) for side in (-1, 1) for z in (-7.6, -4.3, 3.4, 6.7)]
        rows += [(-7.2, -1.0, 90.0), (7.2, -1.0 if not door else -5.5, 270.0)]
    elif layout == 1:  # rows across, behind each other
        rows = [(x, z, 180.0) for z in (6.6, 9.4) for x in (-6.0, -2.7, 5.6) if abs(x) > 3 or z > 8]
        rows += [(x, -6.8, 0.0) for x in (-5.8, -2.5, 2.9, 6.2)] + [(-7.4, 1.0, 90.0), (-7.4, 4.3, 90.0)]
    else:  # one side racks, the other stacks
        side = rng.choice((-1, 1))
        rows = [(side * 4.7, z, 90.0 if side < 0 else 270.0) for z in (-7.6, -4.3, -1.0, 2.3, 5.6, 8.6)]
        for z in (-6.5, -3.6, 3.2, 5.4, 8.4):
            dressing.append(_stack(rng, Vec3(-side * rng.uniform(4.6, 6.0), 0, z + rng.uniform(-0.4, 0.4))))
    dressing += [_rack(rng, Vec3(x, 0, z), heading, steel) for x, z, heading in rows]
    for x, z in rng.sample([(-3.2, 3.2), (3.1, 2.9), (-3.3, -3.4), (3.2, -3.6), (-2.6, 5.6), (2.2, 6.4)], 4):
        dressing.append(rng.choice((_stack, _pallet, _drums))(rng, Vec3(x, 0, z)))
    dressing.append(_forklift(Vec3(rng.choice((-2.9, 3.0)), 0, 4.9), rng.uniform(120, 240)))
    dressing.append(_trolley(Vec3(-3.4, 0, -2.9)))
    for z in (-6.0, 0.2, 6.4):
        for x in (-2.7, 2.7):
            dressing.append(_lamp(Vec3(x, HIGH - 1.5, z)))
    dressing += [_truss(z) for z in (-7.5, -3.5, 0.5, 4.5, 8.5)]
    at = Vec3(0, 0, FAR + 15.0) if door == 0 else Vec3(HALF + 15.0, 0, 0)
    yard = [
        mark(rect(-60, -60, 60, 60), RGB(122, 120, 122)),
        mark(rects([(x, FAR + 2, x + 0.15, FAR + 9) for x in range(-9, 10, 3)]), RGB(226, 206, 120)),
    ]
    outside = [Piece(Vec3(0, 0, 4000), 60, 0, (floor_patch((-60, -60, 60, 60), -0.01, yard),))]
    outside += [
        building(
            rng,
            Vec3(at.x + (k * 12.0 if door == 0 else 0), 0, at.z + (k * 12.0 if door else 0)),
            (11.5, rng.uniform(6, 10), 8.0),
            180 if door == 0 else 270,
            detail=False,
        )
        for k in (-1, 0, 1)
    ]
    grown = tree(rng, Vec3(at.x * 0.7 + 3, 0, at.z * 0.7), 5.5)
    outside.append(Piece(grown.at, grown.radius_m, grown.height_m, grown.panels))
    lamps = tuple(
        Lamp(Vec3(x, HIGH - 1.5, z), RGB(255, 236, 200), 0.3, 2.6) for z in (-6.0, 0.2, 6.4) for x in (-2.7, 2.7)
    )
    area = (-HALF, NEAR, HALF, FAR)
    ground = _floor(rng, concrete, area, door)
    return Design(concrete, ground, "city", tuple(shell), tuple(outside), tuple(dressing), lamps, ground_extent=area)


def _wall(
    rng: Random,
    start: tuple[float, float],
    end: tuple[float, float],
    sheet: RGB,
    steel: RGB,
    open_share: float | None,
    title: str,
) -> Panel:
    """Corrugated sheet over a block plinth, a band of panes under the roof; with a door, half rolled up."""
    length = abs(end[0] - start[0]) + abs(end[1] - start[1])
    middle, wide, tall = length / 2, 4.4, 4.0
    panes = [(x, HIGH - 1.6, x + 1.5, HIGH - 0.7) for x in (0.6 + 1.75 * i for i in range(int((length - 1.2) / 1.75)))]
    holes: list[Rect] = []
    if open_share is not None:
        holes.append((middle - wide / 2, 0.0, middle + wide / 2, tall * open_share))
    ribs: list[Rect] = [(0.28 * i, 1.2, 0.28 * i + 0.07, HIGH - 1.8) for i in range(int(length / 0.28))]
    blocks: list[Rect] = [
        (0.6 * i + 0.3 * (j % 2), 0.3 * j, 0.6 * i + 0.58 + 0.3 * (j % 2), 0.3 * j + 0.28)
        for i in range(int(length / 0.6))
        for j in range(4)
        if rng.random() < 0.4
    ]
    marks: list[Mark] = [
        mark(holed((0, 0, length, HIGH), holes), sheet),
        mark(rects(_clear(ribs, holes)), scale(sheet, 0.86)),
        mark(
            rects(_clear([(0, 0, middle - wide / 2 - 0.2, 1.2), (middle + wide / 2 + 0.2, 0, length, 1.2)], holes)),
            scale(sheet, 0.72),
        ),
        mark(rects(_clear(blocks, holes)), scale(sheet, 0.66), alpha=0.7),
        mark(rects(panes), RGB(150, 178, 190), "pane"),
        mark(rects([(x0 + 0.73, y0, x0 + 0.78, y1) for x0, y0, _, y1 in panes]), scale(sheet, 0.6)),
        mark(rect(0, HIGH - 0.4, length, HIGH), scale(sheet, 0.6)),
    ]
    posts: list[Rect] = [(x, 0, x + 0.24, HIGH) for x in (0.0, length * 0.25, length * 0.75, length - 0.24)]
    marks.append(mark(rects(_clear(posts, holes)), mix(steel, RGB(110, 112, 116), 0.6)))
    if open_share is not None:
        x0, x1, foot = middle - wide / 2, middle + wide / 2, tall * open_share
        marks += [
            mark(rect(x0, foot, x1, tall), mix(steel, sheet, 0.5)),
            mark(
                rects([(x0, foot + 0.22 * i, x1, foot + 0.22 * i + 0.05) for i in range(int((tall - foot) / 0.22))]),
                scale(mix(steel, sheet, 0.5), 0.75),
            ),
            mark(rect(x0, foot, x1, foot + 0.1), RGB(236, 196, 70)),
            mark(rect(x0 - 0.1, tall, x1 + 0.1, tall + 0.5), scale(sheet, 0.6)),
            mark(rects([(x0 - 0.16, 0, x0, tall), (x1, 0, x1 + 0.16, tall)]), RGB(236, 196, 70)),
        ]
    else:
        side = length * (0.12 if rng.random() < 0.5 else 0.82)
        marks += [
            mark(rect(side - 0.06, 0, side + 1.06, 2.2), scale(sheet, 0.6)),
            mark(rect(side, 0, side + 1.0, 2.14), mix(steel, RGB(90, 94, 98), 0.5)),
            mark(rect(side + 0.3, 2.3, side + 0.7, 2.5), RGB(60, 180, 110), "flame"),
            mark(rect(side + 1.5, 1.1, side + 1.9, 1.7), RGB(196, 60, 50)),
        ]
    if title:
        marks.append(mark(moved_path(text_path(title, 0.6, True, 6.0), length * 0.26, 3.4), scale(sheet, 0.55)))
    return wall(start, end, HIGH, marks, holes)


def _clear(many: list[Rect], holes: list[Rect]) -> list[Rect]:
    """The rectangles that no hole touches."""
    return [r for r in many if not any(r[0] < h[2] and r[2] > h[0] and r[1] < h[3] and r[3] > h[1] for h in holes)]


def _roof(rng: Random, sheet: RGB) -> Panel:
    """The roof with its skylights."""
    lights: list[Rect] = [(x, z, x + 1.4, z + 2.6) for x in (-4.6, 3.2) for z in (-8.4, -4.4, -0.4, 3.6, 7.6)]
    purlins: list[Rect] = [(x, NEAR, x + 0.12, FAR) for x in (-7.5 + 1.5 * i for i in range(11))]
    marks = [
        mark(rect(-HALF, NEAR, HALF, FAR), scale(sheet, 0.66), key=0.4),
        mark(rects(purlins), scale(sheet, 0.5), key=0.3),
        mark(rects(lights), RGB(206, 222, 230), "sky"),
        mark(brush(rng, (-HALF, NEAR, HALF, FAR), 20, 3.0, 0.2), scale(sheet, 0.55), alpha=0.3),
    ]
    return floor_patch((-HALF, NEAR, HALF, FAR), HIGH, marks, up=False)


def _floor(rng: Random, concrete: RGB, area: Rect, door: int) -> tuple[Mark, ...]:
    """Sealed concrete with tyre marks, oil, and yellow lanes."""
    yellow = RGB(232, 194, 74)
    lanes: list[Rect] = [(x, NEAR + 1.4 * i, x + 0.11, NEAR + 1.4 * i + 1.3) for x in (-2.1, 2.0) for i in range(15)]
    lanes += [(x, NEAR + 3.2, x + 0.95, NEAR + 3.31) for x in (-7.0, -6.0, -5.0, -4.0, 3.0, 4.0, 5.0, 6.0)]
    joints: list[Rect] = [
        (-HALF + 4.25 * i, NEAR + 3 * j, -HALF + 4.25 * i + 0.03, NEAR + 3 * j + 3)
        for i in range(1, 4)
        for j in range(7)
    ]
    joints += [(-HALF, NEAR + 4.2 * i, HALF, NEAR + 4.2 * i + 0.03) for i in range(1, 5)]
    oil, tyres = skia.Path(), skia.Path()
    for _ in range(9):
        oil.addPath(
            blob(rng, rng.uniform(-6, 6), rng.uniform(-7, 9), rng.uniform(0.2, 0.8), rng.uniform(0.15, 0.5)), 0, 0
        )
    for _ in range(5):
        x, z = rng.uniform(-2, 2), rng.uniform(-6, 5)
        points = [(x + 0.35 * i * rng.uniform(0.2, 0.6), z + 0.7 * i) for i in range(5)]
        for dx in (0.0, 0.9):
            tyres.addPath(line([(a + dx, b) for a, b in points], 0.12), 0, 0)
    day = (
        [poly([(-2.2, FAR), (2.2, FAR), (3.0, FAR - 6.4), (-3.4, FAR - 6.0)])]
        if door == 0
        else [poly([(HALF, -1.6), (HALF, 2.8), (HALF - 5.4, 2.4), (HALF - 5.8, -2.6)])]
    )
    return (
        mark(rect(*area), concrete),
        mark(brush(rng, area, 40, 2.4, 0.14), mix(concrete, RGB(240, 236, 226), 0.3), alpha=0.35),
        mark(oil, RGB(58, 54, 60), alpha=0.2),
        mark(tyres, RGB(50, 48, 52), alpha=0.25),
        mark(rects(joints), scale(concrete, 0.74), fine=True),
        mark(rects(lanes), yellow, alpha=0.85),
        *(mark(path, RGB(255, 246, 220), "sun", alpha=0.28) for path in day),
        *(mark(frame(-HALF + r, NEAR + r, HALF - r, FAR - r, r), RGB(20, 16, 30), alpha=0.09) for r in (1.6, 0.6)),
    )


def _cartons(rng: Random, x0: float, x1: float, y: float, room: float) -> list[tuple[RGB, Rect]]:
    """Boxes side by side on a shelf, some with others on them."""
    found: list[tuple[RGB, Rect]] = []
    x = x0
    while x < x1 - 0.3:
        w, h = min(rng.uniform(0.4, 0.95), x1 - x), rng.uniform(0.4, 0.9) * room
        tint = (
            rng.choice(CARTON)
            if rng.random() < 0.8
            else rng.choice((RGB(90, 120, 150), RGB(120, 140, 110), RGB(206, 206, 200)))
        )
        if rng.random() < 0.88:
            found.append((tint, (x, y, x + w - 0.04, y + h)))
            if h < room * 0.55 and rng.random() < 0.6:
                found.append(
                    (rng.choice(CARTON), (x + 0.05, y + h, x + w * 0.8, y + h + room * rng.uniform(0.25, 0.4)))
                )
        x += w
    return found


def _rack(rng: Random, at: Vec3, heading: float, steel: RGB) -> Piece:
    """A bay of racking three metres long and four levels high, full of goods."""
    wide, deep, high = 3.1, 1.1, 5.2
    levels = (0.12, 1.45, 2.75, 4.05)
    face: list[Mark] = [mark(rect(0.08, 0, wide - 0.08, high), RGB(44, 42, 50), alpha=0.92, key=0.2)]
    shelves: list[Rect] = []
    by_tint: dict[RGB, list[Rect]] = {}
    tapes: list[Rect] = []
    for y in levels:
        for tint, area in _cartons(rng, 0.16, wide - 0.16, y + 0.1, 1.1):
            by_tint.setdefault(tint, []).append(area)
            middle = (area[0] + area[2]) / 2
            tapes.append((middle - 0.03, area[1], middle + 0.03, area[3]))
        shelves.append((0, y, wide, y + 0.11))
    face += [mark(rects(found), tint) for tint, found in by_tint.items()]
    face.append(
        mark(
            rects([(c, b, c - 0.07, d) for found in by_tint.values() for _, b, c, d in found]),
            RGB(60, 44, 36),
            alpha=0.25,
        )
    )
    face.append(mark(rects(tapes), TAPE, alpha=0.7, fine=True))
    face += [
        mark(rects(shelves), steel),
        mark(rects([(0, 0, 0.1, high), (wide - 0.1, 0, wide, high)]), mix(steel, RGB(60, 70, 90), 0.55)),
    ]
    braces = skia.Path()
    for i in range(5):
        y = i * high / 5
        braces.addPath(
            line([(0.05, y), (deep - 0.05, y + high / 5)] if i % 2 else [(deep - 0.05, y), (0.05, y + high / 5)], 0.05),
            0,
            0,
        )
    ends = [
        mark(rect(0, 0, deep, high), RGB(70, 60, 58), alpha=1.0, key=0.3),
        mark(
            rects([(0.12, y + 0.12, deep - 0.12, y + rng.uniform(0.7, 1.15)) for y in levels]),
            rng.choice(CARTON),
            key=0.4,
        ),
        mark(braces, mix(steel, RGB(60, 70, 90), 0.55)),
        mark(rects([(0, 0, 0.09, high), (deep - 0.09, 0, deep, high)]), mix(steel, RGB(60, 70, 90), 0.55)),
    ]
    panels = box(
        at,
        (wide, high, deep),
        RGB(52, 48, 54),
        heading,
        front=face,
        back=face,
        left=ends,
        right=ends,
        top_rgb=CARTON[1],
    )
    return Piece(at, 1.6, high, panels, shadow=(1.6, 0.65) if heading % 180 == 0 else (0.65, 1.6))


def _crate(at: Vec3, size: tuple[float, float, float], tint: RGB, heading: float) -> tuple[Panel, ...]:
    """A crate of boards."""
    w, h, _ = size
    boards: list[Rect] = [(0.04, h * (i + 0.08) / 3, w - 0.04, h * (i + 0.9) / 3) for i in range(3)]
    marks = [
        mark(rects(boards), mix(tint, RGB(240, 220, 186), 0.2)),
        mark(line([(0.06, 0.06), (w - 0.06, h - 0.06)], 0.09), scale(tint, 0.86)),
        mark(frame(0.08, 0.08, w - 0.08, h - 0.08, 0.08), scale(tint, 0.9)),
    ]
    return box(
        at,
        size,
        scale(tint, 0.72),
        heading,
        front=marks,
        back=marks,
        left=[marks[0]],
        right=[marks[0]],
        top_rgb=mix(tint, RGB(240, 220, 186), 0.2),
    )


def _stack(rng: Random, at: Vec3) -> Piece:
    """Crates of several sizes piled up."""
    wood = rng.choice((RGB(168, 130, 88), RGB(146, 110, 76)))
    turn = rng.uniform(-14, 14)
    panels = [
        *_crate(at, (1.3, 0.95, 1.1), wood, 180 + turn),
        *_crate(Vec3(at.x - 0.1, 0.95, at.z), (0.95, 0.7, 0.8), wood, 172 - turn),
    ]
    high = 1.65
    if rng.random() < 0.6:
        panels += _crate(Vec3(at.x + 0.05, 1.65, at.z), (0.6, 0.45, 0.55), wood, 190 + turn)
        high = 2.1
    side = rng.choice((-1, 1))
    panels += _crate(Vec3(at.x + side * 1.05, 0, at.z - 0.25), (0.6, 0.5, 0.6), wood, 180 - 2 * turn)
    return Piece(at, 0.95, high, tuple(panels), shadow=(1.1, 0.7))


def _pallet(rng: Random, at: Vec3) -> Piece:
    """A pallet of cartons under film."""
    wood, tint = RGB(176, 140, 98), rng.choice(CARTON)
    high = rng.uniform(0.8, 1.5)
    cells: list[Rect] = [
        (0.02 + 0.39 * i, 0.02 + 0.3 * j, 0.38 + 0.39 * i, 0.29 + 0.3 * j)
        for i in range(3)
        for j in range(int(high / 0.3))
    ]
    load = [
        mark(rects(cells), mix(tint, RGB(250, 232, 200), 0.18)),
        mark(poly([(0.1, 0), (0.4, 0), (0.9, high), (0.6, high)]), RGB(255, 255, 255), alpha=0.14),
    ]
    slats = [
        mark(
            rects([(0.0, 0.0, 1.2, 0.03), (0.05, 0.03, 0.2, 0.12), (0.5, 0.03, 0.7, 0.12), (1.0, 0.03, 1.15, 0.12)]),
            scale(wood, 0.6),
        )
    ]
    turn = rng.uniform(-10, 10)
    panels = [
        *box(at, (1.24, 0.14, 1.0), wood, 180 + turn, front=slats, back=slats),
        *box(
            Vec3(at.x, 0.14, at.z),
            (1.18, high, 0.94),
            tint,
            180 + turn,
            front=load,
            back=load,
            left=load[:1],
            right=load[:1],
        ),
    ]
    return Piece(at, 0.8, high + 0.14, tuple(panels), shadow=(0.8, 0.65))


def _drums(rng: Random, at: Vec3) -> Piece:
    """Three drums."""
    marks: list[Mark] = []
    for x, dy in ((-0.34, 0.1), (0.4, 0.06), (0.02, 0.0)):
        tint = rng.choice((RGB(60, 100, 140), RGB(186, 74, 58), RGB(90, 96, 100), RGB(206, 150, 60)))
        marks += [
            mark(rect(x - 0.3, dy, x + 0.3, dy + 0.9), tint, key=0.7),
            mark(rect(x + 0.06, dy, x + 0.3, dy + 0.9), scale(tint, 0.74), key=0.3),
            mark(
                rects([(x - 0.31, dy + 0.29, x + 0.31, dy + 0.33), (x - 0.31, dy + 0.6, x + 0.31, dy + 0.64)]),
                scale(tint, 0.6),
            ),
            mark(oval(x, dy + 0.9, 0.3, 0.07), mix(tint, RGB(255, 255, 255), 0.2), key=0.9),
        ]
    return Piece(at, 0.7, 1.05, (card(at, 0.8, 1.1, marks),), shadow=(0.8, 0.45))


def _forklift(at: Vec3, heading: float) -> Piece:
    """A forklift at rest."""
    yellow, dark = RGB(230, 176, 52), RGB(52, 52, 58)
    wheels = [
        mark(circle(0.4, 0.0, 0.26), dark),
        mark(circle(1.6, 0.0, 0.26), dark),
        mark(rect(0.2, 0.5, 0.9, 0.62), dark),
    ]
    mast = [mark(rects([(0.1, 0, 0.2, 2.3), (0.8, 0, 0.9, 2.3), (0.1, 1.1, 0.9, 1.2), (0.1, 2.2, 0.9, 2.3)]), dark)]
    a = math.radians(heading)
    fx, fz = math.sin(a), math.cos(a)
    ahead = Vec3(at.x + fx * 1.05, 0, at.z + fz * 1.05)
    posts: list[Panel] = []
    for f in (-0.5, 0.55):
        for s in (-0.42, 0.42):
            posts += box(Vec3(at.x + fx * f + fz * s, 0.9, at.z + fz * f - fx * s), (0.07, 1.15, 0.07), dark, heading)
    u = Vec3(-fz, 0, fx)
    front = Panel(
        Vec3(ahead.x + fz * 0.5, 0.1, ahead.z - fx * 0.5),
        u,
        Vec3(0, 1, 0),
        Vec3(fx, 0, fz),
        (0, 0, 1.0, 2.3),
        tuple(mast),
    )
    panels = [
        *box(Vec3(at.x, 0.26, at.z), (0.95, 0.62, 2.0), yellow, heading, left=wheels, right=wheels, top_rgb=dark),
        *box(Vec3(at.x - fx * 0.72, 0.88, at.z - fz * 0.72), (0.95, 0.4, 0.5), yellow, heading),
        *posts,
        *box(Vec3(at.x, 2.05, at.z), (0.95, 0.07, 1.2), dark, heading),
        *double(front),
        *box(Vec3(ahead.x + fx * 0.5, 0.06, ahead.z + fz * 0.5), (0.7, 0.06, 0.9), dark, heading),
    ]
    return Piece(at, 1.1, 2.4, tuple(panels), shadow=(0.9, 1.1))


def _trolley(at: Vec3) -> Piece:
    """A sack barrow with two boxes."""
    red = RGB(186, 62, 52)
    marks = [
        mark(
            rects(
                [(-0.24, 0.1, -0.2, 1.3), (0.2, 0.1, 0.24, 1.3), (-0.24, 1.26, 0.24, 1.32), (-0.24, 0.8, 0.24, 0.84)]
            ),
            red,
        ),
        mark(rect(-0.3, 0.1, 0.3, 0.48), CARTON[0], key=0.7),
        mark(rect(-0.25, 0.48, 0.24, 0.82), CARTON[2], key=0.8),
        mark(rects([(-0.03, 0.1, 0.03, 0.48), (-0.04, 0.48, 0.02, 0.82)]), TAPE),
        mark(circle(-0.26, 0.1, 0.1), RGB(40, 40, 46)),
        mark(circle(0.26, 0.1, 0.1), RGB(40, 40, 46)),
    ]
    return Piece(at, 0.35, 1.35, (card(at, 0.4, 1.36, marks),), shadow=(0.4, 0.25))


def _lamp(at: Vec3) -> Piece:
    """A bell lamp on its cable."""
    marks = [
        mark(rect(-0.015, 0.3, 0.015, 1.5), RGB(40, 40, 46)),
        mark(poly([(-0.34, 0.0), (0.34, 0.0), (0.1, 0.34), (-0.1, 0.34)]), RGB(70, 84, 82)),
        mark(oval(0, 0.0, 0.3, 0.07), RGB(255, 240, 206), "glow"),
    ]
    lamp = Lamp(at, RGB(255, 232, 190), 1.3)
    return Piece(at, 0.2, 1.5, (card(at, 0.4, 1.5, marks, below=0.1),), (lamp,), keep=True)


def _truss(z: float) -> Piece:
    """A lattice beam across the hall."""
    steel = RGB(104, 108, 114)
    web = skia.Path()
    for i in range(17):
        x = float(i)
        web.addPath(line([(x, 0.05), (x + 0.5, 0.75)], 0.07), 0, 0)
        web.addPath(line([(x + 0.5, 0.75), (x + 1.0, 0.05)], 0.07), 0, 0)
    marks = (mark(web, scale(steel, 0.85)), mark(rects([(0, 0, 17, 0.12), (0, 0.7, 17, 0.82)]), steel))
    panel = Panel(Vec3(-HALF, HIGH - 0.85, z), Vec3(1, 0, 0), Vec3(0, 1, 0), Vec3(0, 0, -1), (0, 0, 17, 0.85), marks)
    return Piece(Vec3(0, HIGH - 0.85, z), 0.1, 0.85, double(panel), keep=True)
