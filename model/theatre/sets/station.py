"""A railway platform with its canopy, track and train."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import FACADES, building, window_marks
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    box,
    card,
    circle,
    floor_patch,
    frame,
    line,
    mark,
    moved_path,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.yards import bricks

__all__ = ["station"]


def station(seed: int, name: str = "") -> Design:
    """A railway platform: track and train at the right, a canopy on pillars, the waiting rooms at the left."""
    rng = Random(seed * 89 + 6)
    paving = RGB(168, 160, 152)
    iron = rng.choice((RGB(70, 98, 92), RGB(96, 64, 58), RGB(72, 82, 108)))
    brick = rng.choice(FACADES[:2] + FACADES[4:5])
    edge, reach = 3.4, 46.0
    title = (name or rng.choice(("NORTH END", "HARBOUR", "MILLBROOK"))).upper()
    length = 2 * reach
    marks: list[Mark] = [
        mark(rect(0, 0, length, 3.6), brick),
        *bricks(rng, length, 3.6, brick),
        mark(rect(0, 0, length, 0.8), scale(brick, 0.7)),
        mark(rect(0, 3.2, length, 3.6), mix(brick, RGB(240, 232, 214), 0.5)),
    ]
    cells = [(x, 1.1, x + 1.5, 2.6) for x in range(3, int(length) - 4, 6) if x % 4 != 1]
    marks += window_marks(rng, cells, mix(iron, RGB(240, 232, 214), 0.6), lit=0.7)
    for x in map(float, range(6, int(length) - 4, 12)):
        marks += [
            mark(rect(x, 0, x + 1.3, 2.4), mix(iron, RGB(240, 232, 214), 0.6)),
            mark(rect(x + 0.1, 0, x + 1.2, 2.3), iron),
            mark(rect(x + 0.22, 1.1, x + 1.08, 2.1), RGB(255, 220, 160), "window"),
        ]
    for x in (40.0, 51.5):
        marks += [
            mark(rect(x - 1.6, 1.5, x + 1.6, 2.15), RGB(244, 240, 228)),
            mark(rect(x - 1.5, 1.57, x + 1.5, 2.08), iron),
            mark(moved_path(text_path(title, 0.3, True, 2.7), x, 1.72), RGB(248, 244, 232)),
        ]
    back = wall((-4.8, -reach), (-4.8, reach), 3.6, marks)
    scenery: list[Piece] = [Piece(Vec3(-4.8, 0, 0), reach, 3.6, (back,))]
    canopy_y = 3.9
    ribs = [(-4.9, z * 2.0, 3.2, z * 2.0 + 0.16) for z in range(-15, 16)]
    underside = floor_patch(
        (-4.9, -30, 3.2, 30),
        canopy_y,
        [
            mark(rect(-4.9, -30, 3.2, 30), mix(iron, RGB(226, 220, 206), 0.55), key=0.3),
            mark(rects(ribs), scale(iron, 0.9), key=0.2),
            mark(rects([(-1.9, -30, -0.9, 30)]), RGB(214, 232, 240), "pane", alpha=0.8),
        ],
        up=False,
    )
    fringe = skia.Path()
    for z in map(float, range(-60, 60)):
        fringe.addPath(poly([(z * 0.5 + 30, 0.35), (z * 0.5 + 30.5, 0.35), (z * 0.5 + 30.25, 0.0)]), 0, 0)
    valance = Panel(
        Vec3(3.2, canopy_y - 0.3, 30),
        Vec3(0, 0, -1),
        Vec3(0, 1, 0),
        Vec3(-1, 0, 0),
        (0, 0, 60, 0.75),
        (mark(rect(0, 0.3, 60, 0.75), iron), mark(fringe, iron)),
    )
    scenery.append(Piece(Vec3(-0.8, 0, 0), 31.0, 4.2, (underside, valance)))
    train = rng.choice((RGB(62, 92, 116), RGB(140, 58, 52), RGB(84, 108, 80)))
    if rng.random() < 0.75:
        for k in range(-1, 3):
            at = Vec3(edge + 2.1, -0.35, k * 17.0 - 6.0)
            body: list[Mark] = [
                mark(rect(0, 0, 16.4, 0.35), RGB(52, 50, 56)),
                mark(rect(0, 1.35, 16.4, 1.5), RGB(240, 226, 190)),
                mark(
                    rects([(1.2 + 2.3 * i, 1.7, 2.8 + 2.3 * i, 2.65) for i in range(6)]), RGB(255, 224, 168), "window"
                ),
                mark(frame(1.2, 1.7, 14.3, 2.65, 0.06), scale(train, 0.75)),
                mark(rects([(0.25, 0.5, 1.0, 2.75), (15.4, 0.5, 16.15, 2.75)]), scale(train, 0.8)),
                mark(rects([(0.36, 1.7, 0.9, 2.6), (15.5, 1.7, 16.04, 2.6)]), RGB(255, 224, 168), "window"),
            ]
            scenery.append(
                Piece(
                    at,
                    8.4,
                    3.5,
                    box(at, (16.4, 3.4, 2.8), train, 270, front=body, back=body, top_rgb=RGB(120, 120, 122)),
                )
            )
    opposite = box(Vec3(edge + 9.0, 0, 0), (2 * reach, 0.9, 4.0), RGB(150, 144, 138), 270)
    scenery.append(Piece(Vec3(edge + 9.0, -0.9, 0), reach, 0.9, tuple(opposite)))
    for i in range(6):
        scenery.append(
            building(rng, Vec3(edge + 24.0, 0, -44 + 17 * i), (15.0, rng.uniform(7, 13), 9.0), 270, detail=False)
        )
    for z, h in ((reach + 14, 180), (-reach - 14, 0)):
        scenery.append(building(rng, Vec3(-6.0, 0, z), (14.0, 11.0, 8.0), h, detail=False))
    dressing: list[Piece] = []
    for z in (-18.0, -11.0, -5.0, 4.6, 11.0, 18.0, 25.0):
        for x in (2.4,):
            at = Vec3(x, 0, z)
            bracket = [
                mark(rect(-0.09, 0, 0.09, canopy_y), iron),
                mark(rect(-0.18, 0, 0.18, 0.5), scale(iron, 0.8)),
                mark(rect(-0.14, 2.8, 0.14, 2.95), mix(iron, RGB(240, 220, 170), 0.5)),
                mark(line([(0, 2.95), (-0.75, canopy_y)], 0.08), iron),
                mark(line([(0, 2.95), (0.75, canopy_y)], 0.08), iron),
                mark(rect(0.02, 0, 0.09, canopy_y), scale(iron, 0.75)),
            ]
            dressing.append(Piece(at, 0.35, canopy_y, (card(at, 0.8, canopy_y, bracket),), shadow=(0.26, 0.2)))
    for z in (-14.0, -8.0, -2.6, 2.8, 8.0, 14.0, 20.0):
        dressing.append(fittings.pendant(Vec3(-0.6, 0, z), 3.05, iron, canopy_y, pool=2.2))
    clock = Vec3(-1.9, 0, 6.2)
    dial = [
        mark(rect(-0.03, 3.2, 0.03, canopy_y), iron),
        mark(circle(0, 2.85, 0.4), iron),
        mark(circle(0, 2.85, 0.33), RGB(252, 246, 226), "glow"),
        mark(line([(0, 2.85), (-0.14, 3.0)], 0.045), RGB(44, 42, 50)),
        mark(line([(0, 2.85), (0.04, 3.14)], 0.03), RGB(44, 42, 50)),
    ]
    dressing.append(
        Piece(
            clock,
            0.4,
            canopy_y,
            (card(clock, 0.45, canopy_y, dial),),
            (Lamp(Vec3(clock.x, 2.85, clock.z), RGB(255, 236, 190), 0.8),),
            keep=True,
        )
    )
    for x, z, t in ((-4.2, 2.9, 90), (-4.2, -3.6, 90), (-4.2, 9.4, 90)):
        dressing.append(fit.bench(Vec3(x, 0, z), t, RGB(136, 94, 62)))
    board_at = Vec3(-3.9, 0, -6.2)
    lines: list[Mark] = [mark(rect(0.05, 0.05, 1.55, 0.95), RGB(34, 38, 46))]
    for i, words in enumerate(("07:42 COAST", "08:05 CITY", "08:30 NORTH")):
        lines.append(
            mark(moved_path(text_path(words, 0.16, True, 1.4), 0.8, 0.7 - i * 0.27), RGB(255, 196, 84), "flame")
        )
    dressing.append(
        Piece(
            board_at,
            0.85,
            3.2,
            box(Vec3(board_at.x, 2.2, board_at.z), (1.6, 1.0, 0.14), iron, 180, front=lines, back=lines),
            keep=True,
        )
    )
    dressing.append(fittings.cabinet(Vec3(-4.3, 0, 5.6), 90, iron, (0.7, 1.8, 0.6), 1, 2))
    dressing += [_luggage(rng, Vec3(-3.6, 0, 1.0 + rng.uniform(-0.3, 0.3)), 75), _luggage(rng, Vec3(1.7, 0, 7.4), 100)]
    dressing += [fittings.plant(rng, Vec3(-4.3, 0, z), 1.1) for z in (0.0, -7.8, 12.2)]
    dressing.append(_kiosk(rng, Vec3(-3.9, 0, 15.0), iron))
    slabs: list[Rect] = [(-4.8, z * 1.2, edge, z * 1.2 + 0.03) for z in range(-30, 31)]
    slabs += [(-4.8 + i * 1.17, -reach, -4.8 + i * 1.17 + 0.03, reach) for i in range(1, 7)]
    dark = [(-4.8 + rng.randrange(6) * 1.17, rng.randrange(-14, 16) * 1.2) for _ in range(36)]
    sleepers: list[Rect] = [(edge + 1.0, z * 0.9, edge + 3.4, z * 0.9 + 0.3) for z in range(-45, 46)]
    ground = [
        mark(rect(-4.9, -reach, edge, reach), paving),
        mark(rects([(x, z, x + 1.17, z + 1.2) for x, z in dark]), scale(paving, 0.9), alpha=0.6),
        mark(rects(slabs), scale(paving, 0.8), fine=True),
        mark(rect(edge - 0.85, -reach, edge - 0.5, reach), RGB(236, 196, 84)),
        mark(rect(edge - 0.22, -reach, edge, reach), RGB(240, 236, 226)),
        mark(rect(edge, -reach, edge + 7.0, reach), RGB(84, 78, 78)),
        mark(rect(edge, -reach, edge + 0.8, reach), RGB(40, 36, 42)),
        mark(rects(sleepers), RGB(66, 56, 52)),
        mark(
            rects([(edge + 1.3, -reach, edge + 1.42, reach), (edge + 2.85, -reach, edge + 2.97, reach)]),
            RGB(186, 186, 190),
        ),
    ]
    return Design(RGB(104, 100, 96), tuple(ground), "city", (), tuple(scenery), tuple(dressing))


def _luggage(rng: Random, at: Vec3, heading: float) -> Piece:
    """A porter's cart piled with cases and a trunk."""
    wood = RGB(132, 96, 66)
    panels = [
        *fit.legs(at, heading, 1.3, 0.6, 0.26, RGB(60, 58, 60), 0.07),
        *box(Vec3(at.x, 0.26, at.z), (1.3, 0.06, 0.65), wood, heading),
        *box(fit.local(at, heading, 0.64, 0.0, 0.32), (0.04, 0.7, 0.6), scale(wood, 0.8), heading),
    ]
    y = 0.32
    for w, h in ((1.0, 0.34), (0.72, 0.26), (0.5, 0.2))[: rng.randrange(2, 4)]:
        rgb = rng.choice((RGB(150, 92, 60), RGB(86, 104, 92), RGB(96, 74, 66), RGB(170, 134, 86)))
        bands: list[Rect] = [(w * 0.2, 0.0, w * 0.26, h), (w * 0.74, 0.0, w * 0.8, h)]
        marks = [
            mark(rects(bands), scale(rgb, 0.66)),
            mark(rect(w * 0.44, h * 0.62, w * 0.56, h * 0.74), RGB(206, 176, 110)),
        ]
        spot = fit.local(at, heading, rng.uniform(-0.12, 0.06), 0.0, y)
        panels += box(spot, (w, h, 0.46), rgb, heading + rng.uniform(-6, 6), front=marks, back=marks)
        y += h
    return fit.stood(at, (1.3, y, 0.65), panels, heading=heading)


def _kiosk(rng: Random, at: Vec3, iron: RGB) -> Piece:
    """A news stand with a lit hatch, papers and a striped awning."""
    papers: list[Rect] = [
        (0.1 + 0.3 * i, 0.2 + 0.34 * j, 0.34 + 0.3 * i, 0.48 + 0.34 * j) for i in range(6) for j in range(2)
    ]
    hatch = [
        mark(rect(0.2, 1.05, 1.8, 1.9), RGB(255, 220, 160), "window"),
        mark(rects(papers[::2]), RGB(238, 232, 216)),
        mark(rects(papers[1::2]), rng.choice((RGB(206, 110, 84), RGB(96, 128, 150)))),
        mark(rect(0.0, 1.95, 2.0, 2.3), mix(iron, RGB(240, 232, 214), 0.5)),
        mark(rects([(0.25 * i, 1.95, 0.25 * i + 0.125, 2.3) for i in range(8)]), RGB(178, 66, 58)),
    ]
    return fit.stood(
        at,
        (2.0, 2.4, 1.2),
        box(at, (2.0, 2.4, 1.2), iron, 90, front=hatch, left=hatch[3:], right=hatch[3:]),
        heading=90,
    )
