"""A warehouse: racks to the roof, pallets and crates, a roller door on the yard, lamps under the trusses."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.buildings import building
from model.theatre.sets.goods import drums, forklift, pallet, rack, stack, trolley
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    brush,
    card,
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
            dressing.append(stack(rng, Vec3(-side * rng.uniform(4.6, 6.0), 0, z + rng.uniform(-0.4, 0.4))))
    dressing += [rack(rng, Vec3(x, 0, z), heading, steel) for x, z, heading in rows]
    for x, z in rng.sample([(-3.2, 3.2), (3.1, 2.9), (-3.3, -3.4), (3.2, -3.6), (-2.6, 5.6), (2.2, 6.4)], 4):
        dressing.append(rng.choice((stack, pallet, drums))(rng, Vec3(x, 0, z)))
    dressing.append(forklift(Vec3(rng.choice((-2.9, 3.0)), 0, 4.9), rng.uniform(120, 240)))
    dressing.append(trolley(Vec3(-3.4, 0, -2.9)))
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
