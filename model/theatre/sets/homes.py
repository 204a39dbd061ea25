"""Rooms people live in: living room, bedroom, kitchen."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.light import mix, scale
from model.theatre.sets import furniture as fit
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Piece,
    blob,
    brush,
    circle,
    frame,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.room import (
    CEILING_M,
    FAR,
    LEFT,
    NEAR,
    RIGHT,
    Opening,
    Shell,
    boards,
    facing,
    on_wall,
    shell,
    tiles,
)

__all__ = ["bedroom", "kitchen", "living_room", "picture"]

ROOM = (LEFT, NEAR, RIGHT, FAR)

# wall, far wall, accent cloth, curtain, wood, floor
HOMES = (
    (RGB(196, 186, 160), RGB(112, 138, 132), RGB(196, 104, 72), RGB(206, 148, 96), RGB(128, 88, 58), RGB(158, 116, 80)),
    (RGB(178, 190, 192), RGB(74, 96, 116), RGB(200, 150, 70), RGB(226, 214, 188), RGB(112, 82, 62), RGB(138, 106, 82)),
    (RGB(212, 190, 166), RGB(168, 96, 78), RGB(78, 104, 104), RGB(232, 208, 164), RGB(118, 78, 54), RGB(150, 108, 74)),
    (RGB(190, 194, 168), RGB(94, 116, 84), RGB(176, 78, 84), RGB(222, 210, 180), RGB(140, 100, 66), RGB(166, 128, 88)),
    (RGB(202, 192, 196), RGB(122, 96, 124), RGB(70, 110, 130), RGB(214, 176, 172), RGB(104, 74, 62), RGB(142, 106, 84)),
)


def picture(rng: Random, x: float, y: float, w: float, h: float) -> list[Mark]:
    """A framed painting: a landscape, a figure of shapes, or a window of colour."""
    wood = rng.choice((RGB(92, 66, 48), RGB(196, 160, 92), RGB(48, 46, 50), RGB(226, 220, 206)))
    paper = RGB(234, 226, 208)
    a, b = rng.sample((RGB(196, 110, 76), RGB(74, 104, 116), RGB(212, 172, 96), RGB(96, 120, 92), RGB(150, 78, 84)), 2)
    marks = [
        mark(rect(x + 0.03, y - 0.04, x + w + 0.03, y + h - 0.03), RGB(30, 22, 34), alpha=0.22),
        mark(rect(x, y, x + w, y + h), wood),
        mark(rect(x + 0.035, y + 0.035, x + w - 0.035, y + h - 0.035), paper),
    ]
    style = rng.randrange(3)
    m = 0.09
    if style == 0:
        marks += [
            mark(rect(x + m, y + m, x + w - m, y + h - m), mix(b, RGB(255, 246, 226), 0.55)),
            mark(poly([(x + m, y + m), (x + w - m, y + m), (x + w - m, y + h * 0.35), (x + w * 0.55, y + h * 0.52), (x + m, y + h * 0.3)]), a),
            mark(circle(x + w * 0.68, y + h * 0.68, min(w, h) * 0.09), RGB(246, 220, 160)),
        ]
    elif style == 1:
        marks += [mark(blob(rng, x + w * 0.45, y + h * 0.5, w * 0.22, h * 0.25), a), mark(circle(x + w * 0.6, y + h * 0.6, min(w, h) * 0.15), b, alpha=0.85)]
    else:
        marks += [mark(rect(x + m, y + m, x + w - m, y + h * 0.5), a), mark(rect(x + m, y + h * 0.54, x + w - m, y + h - m), b)]
    return marks


def rug(rng: Random, rgb: RGB, other: RGB, x: float, z: float, w: float, d: float) -> list[Mark]:
    """A rug with a border, lying on the floor."""
    x0, z0, x1, z1 = x - w / 2, z - d / 2, x + w / 2, z + d / 2
    if rng.random() < 0.35:
        return [mark(oval(x, z, w / 2, d / 2), rgb), mark(oval(x, z, w / 2 - 0.18, d / 2 - 0.18), mix(rgb, other, 0.35)), mark(oval(x, z, w / 2 - 0.26, d / 2 - 0.26), rgb)]
    fringe = [(x0 + 0.1 * i, z0 - 0.06, x0 + 0.1 * i + 0.03, z1 + 0.06) for i in range(int(w / 0.1))]
    lozenges = skia.Path()
    for i in range(int(w / 0.6)):
        cx = x0 + 0.45 + i * 0.6
        lozenges.addPath(poly([(cx - 0.18, z), (cx, z + 0.3), (cx + 0.18, z), (cx, z - 0.3)]), 0, 0)
    return [
        mark(rects(fringe), scale(other, 0.9), fine=True),
        mark(rect(x0, z0, x1, z1), rgb),
        mark(frame(x0 + 0.16, z0 + 0.16, x1 - 0.16, z1 - 0.16, 0.06), other),
        mark(lozenges, other, alpha=0.8),
        mark(brush(rng, (x0, z0, x1, z1), 12, 0.9, 0.03), mix(rgb, RGB(255, 240, 220), 0.3), alpha=0.25),
    ]


def sun_patch(x: float, z: float, toward: tuple[float, float], w: float, reach: float, bars: int = 2) -> list[Mark]:
    """Light of a window lying on the floor from (x, z) at the wall, slanting `toward`."""
    tx, tz = toward
    nx, nz = -tz, tx
    shapes = skia.Path()
    for i in range(bars):
        for j in range(2):
            a, b = -w / 2 + w * i / bars + 0.03, -w / 2 + w * (i + 1) / bars - 0.03
            f, g = 0.45 + reach * j / 2 + 0.03, 0.45 + reach * (j + 1) / 2 - 0.03
            skew = 0.35
            shapes.addPath(poly([(x + tx * d + nx * (s + skew * d), z + tz * d + nz * (s + skew * d)) for s, d in ((a, f), (b, f), (b, g), (a, g))]), 0, 0)
    return [mark(shapes, RGB(255, 244, 214), "sun", alpha=0.34)]


def living_room(seed: int) -> Design:
    """A living room: sofa and paintings on one wall, windows, a bookshelf, a door, a lamp in the corner."""
    rng = Random(seed * 31 + 1)
    paint, far, cloth, drape, wood, floor = HOMES[seed % len(HOMES)]
    pattern = rng.choice(("plain", "stripes", "plain", "panels"))
    finish = Shell(
        wall_rgb=paint, far_rgb=far, door_rgb=mix(wood, RGB(200, 190, 170), rng.choice((0.0, 0.5))),
        pattern=pattern, wainscot_rgb=rng.choice((None, mix(paint, RGB(244, 240, 230), 0.5))),
    )
    flip = rng.random() < 0.5
    window = Opening("window", 5.4 if flip else 1.2, 0.85, 1.9, 1.45, drape)
    openings = {
        "far": (window, Opening("window", 0.9, 0.85, 1.0, 1.45, drape) if rng.random() < 0.4 else Opening("door", 0.9 if flip else 6.9, 0.0, 0.95, 2.1)),
        "right": (Opening("window", 3.2, 0.85, 1.7, 1.45, drape), ),
        "near": (Opening("door", 1.2, 0.0, 0.95, 2.1), Opening("window", 5.6, 0.85, 1.6, 1.45, drape)),
        "left": (Opening("arch", 6.9, 0.0, 1.5, 2.25),),
    }
    mid = 3.5 if flip else 4.5
    extras = {
        "far": [*picture(rng, mid - 0.1, 1.35, 0.7, 0.9), *picture(rng, mid + 0.8, 1.5, 0.45, 0.55)],
        "right": [*picture(rng, 6.6, 1.3, 1.1, 0.8)],
        "near": [*picture(rng, 3.2, 1.4, 0.9, 0.7), *picture(rng, 4.3, 1.5, 0.5, 0.6)],
        "left": [*picture(rng, 2.6, 1.45, 0.6, 0.8), *picture(rng, 3.5, 1.45, 0.6, 0.8)],
    }
    sofa_x = 0.4 if flip else 0.2
    dressing: list[Piece] = [
        fit.sofa(Vec3(sofa_x, 0, FAR - 0.62), 180, cloth, 2.1),
        fit.bookshelf(rng, on_wall("right", 1.4, 0.2), facing("right"), wood),
        fit.floor_lamp(Vec3(3.6 if not flip else -3.4, 0, FAR - 0.7)),
        fit.plant(rng, Vec3(-3.7 if not flip else 3.7, 0, FAR - 0.75), 1.4),
        fit.armchair(on_wall("right", 5.9, 0.75), facing("right") + 18, mix(cloth, wood, 0.6)),
        fit.cabinet(on_wall("left", 3.3, 0.28), facing("left"), wood, (1.8, 0.72, 0.46), 3),
        fit.table_lamp(on_wall("left", 2.7, 0.28, 0.72)),
        fit.bookshelf(rng, on_wall("near", 3.6, 0.2), facing("near"), wood, (1.6, 1.1, 0.34)),
        fit.plant(rng, on_wall("near", 8.2, 0.7), 1.1),
    ]
    ground = [*boards(rng, floor), *rug(rng, mix(cloth, wood, 0.25), mix(drape, RGB(240, 226, 200), 0.4), 0.1, 1.7, 3.4, 2.2), *sun_patch(window.x + LEFT + 0.95, FAR, (0, -1), 1.8, 2.2), *sun_patch(RIGHT, 0.6, (-1, 0), 1.6, 2.0)]
    return Design(floor, tuple(ground), "city", shell(rng, finish, openings, extras), (), tuple(dressing), (), windows=True, ground_extent=ROOM)
