"""A hospital ward: beds between curtains, monitors and drips, a nurses' desk, a trolley, windows on the yard."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, outlook, overhead, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, tiles
from model.theatre.sets.kit import (
    Design,
    Mark,
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

__all__ = ["hospital"]

WARD = Room(-4.0, 4.0, -4.6, 3.7, 2.9)
STEEL, LINEN = RGB(186, 192, 196), RGB(236, 236, 230)
# wall, dado, curtain, floor
SCHEMES = (
    (RGB(214, 224, 216), RGB(132, 172, 158), RGB(154, 196, 182), RGB(188, 194, 188)),
    (RGB(220, 224, 228), RGB(134, 164, 188), RGB(176, 200, 218), RGB(194, 196, 198)),
    (RGB(232, 222, 204), RGB(206, 170, 122), RGB(222, 194, 148), RGB(200, 190, 174)),
    (RGB(226, 214, 218), RGB(176, 138, 152), RGB(212, 178, 188), RGB(194, 188, 192)),
)


def ward_bed(at: Vec3, heading: float, blanket: RGB) -> Piece:
    """A hospital bed with its head raised a little, rails and wheels; its foot looks along the heading."""
    rails: list[Rect] = [(0.55, 0.1, 1.5, 0.13), (0.55, 0.3, 1.5, 0.33)]
    rails += [(0.55 + 0.23 * i, 0.1, 0.57 + 0.23 * i, 0.32) for i in range(5)]
    fold: list[Mark] = [
        mark(rect(0, 0, 0.9, 1.2), blanket),
        mark(poly([(0, 1.1), (0.9, 1.14), (0.9, 1.28), (0, 1.26)]), RGB(250, 248, 242)),
        mark(poly([(0.14, 1.5), (0.76, 1.5), (0.78, 1.88), (0.12, 1.88)]), RGB(250, 249, 245)),
        mark(poly([(0.18, 1.53), (0.72, 1.53), (0.7, 1.6), (0.2, 1.6)]), RGB(212, 214, 216)),
        mark(poly([(0.2, 0.1), (0.26, 0.1), (0.5, 1.0), (0.42, 1.0)]), scale(blanket, 0.86), alpha=0.7),
    ]
    hang = [mark(rect(0.0, 0.05, 2.0, 0.16), LINEN), mark(rects(rails), STEEL)]
    panels = [
        *box(fit.local(at, heading, 0, -0.98), (0.94, 1.0, 0.05), mix(STEEL, RGB(220, 200, 170), 0.5), heading),
        *fit.legs(at, heading, 0.86, 1.8, 0.36, STEEL),
        *box(
            Vec3(at.x, at.y + 0.36, at.z),
            (0.9, 0.18, 1.98),
            LINEN,
            heading,
            top=fold,
            left=hang,
            right=hang,
            front=[mark(rect(0, 0.03, 0.9, 0.18), blanket)],
        ),
        *box(
            fit.local(at, heading, 0, 1.0, 0.2),
            (0.94, 0.5, 0.04),
            mix(STEEL, RGB(220, 200, 170), 0.5),
            heading,
            front=[
                mark(rect(0.28, 0.16, 0.62, 0.42), RGB(246, 246, 240)),
                mark(
                    rects([(0.32, 0.22 + 0.05 * i, 0.58, 0.235 + 0.05 * i) for i in range(4)]),
                    RGB(120, 130, 140),
                    fine=True,
                ),
            ],
        ),
    ]
    made = fit.stood(at, (0.95, 1.0, 2.1), panels, heading=heading, seats=[Seat("bed", at, heading, 0.55)])
    along_z = abs(math.sin(math.radians(heading))) < 0.7
    return replace(made, shadow=(0.42, 0.9) if along_z else (0.9, 0.42))


def _drip(at: Vec3) -> Piece:
    """A drip stand with its bag."""
    marks = [
        mark(rect(-0.012, 0.03, 0.012, 1.85), STEEL),
        mark(rects([(-0.2, 0.03, 0.2, 0.06), (-0.15, 1.82, 0.15, 1.84)]), scale(STEEL, 0.8)),
        mark(rect(0.06, 1.45, 0.2, 1.76), RGB(206, 226, 236), alpha=0.9),
        mark(rect(0.06, 1.45, 0.2, 1.58), RGB(240, 206, 130), alpha=0.8),
        mark(line([(0.13, 1.45), (0.14, 1.1), (0.24, 0.85)], 0.012), RGB(220, 230, 234), fine=True),
    ]
    return Piece(at, 0.2, 1.85, (card(at, 0.26, 1.88, marks),), shadow=(0.2, 0.16))


def _monitor(at: Vec3) -> Piece:
    """A bedside monitor on a wheeled pole, its trace alight."""
    beat = [(-0.2, 1.3), (-0.1, 1.3), (-0.06, 1.4), (-0.02, 1.22), (0.02, 1.33), (0.06, 1.3), (0.2, 1.3)]
    marks = [
        mark(rect(-0.02, 0.05, 0.02, 1.1), STEEL),
        mark(rect(-0.2, 0.03, 0.2, 0.07), scale(STEEL, 0.7)),
        mark(rect(-0.27, 1.06, 0.27, 1.52), RGB(214, 218, 216)),
        mark(rect(-0.23, 1.12, 0.23, 1.48), RGB(24, 40, 46)),
        mark(line(beat, 0.016), RGB(110, 240, 160), "flame"),
        mark(rects([(0.08, 1.38, 0.2, 1.44)]), RGB(250, 210, 110), "flame"),
        mark(line([(-0.22, 1.18), (0.2, 1.18)], 0.012), RGB(110, 200, 240), "flame"),
    ]
    return Piece(at, 0.25, 1.52, (card(at, 0.28, 1.54, marks),), shadow=(0.2, 0.16))


def _curtain(at: Vec3, heading: float, width: float, rgb: RGB) -> Piece:
    """A curtain on a rail between two beds, gathered."""
    folds: list[Rect] = [(0.14 * i, 0.35, 0.14 * i + 0.05, 2.15) for i in range(int(width / 0.14))]
    light: list[Rect] = [(0.14 * i + 0.07, 0.35, 0.14 * i + 0.1, 2.15) for i in range(int(width / 0.14))]
    face = [mark(rects(folds), scale(rgb, 0.82)), mark(rects(light), mix(rgb, RGB(255, 255, 255), 0.3))]
    cloth = box(
        Vec3(at.x, 0.35, at.z),
        (width, 1.8, 0.06),
        rgb,
        heading,
        front=[_low(m) for m in face],
        back=[_low(m) for m in face],
    )
    rail = box(Vec3(at.x, 2.16, at.z), (width + 0.5, 0.03, 0.03), STEEL, heading)
    return Piece(at, width / 2, 2.2, (*cloth, *rail))


def _low(m: Mark) -> Mark:
    """A mark of a wall set on a box that starts a third of a metre up."""
    path = type(m.path)()
    path.addPath(m.path, 0.0, -0.35)
    return mark(path, m.rgb)


def _trolley(at: Vec3, heading: float) -> Piece:
    """A steel trolley with bottles and a kidney dish."""
    panels = [
        *fit.legs(at, heading, 0.66, 0.42, 0.86, STEEL, 0.03),
        *box(Vec3(at.x, 0.25, at.z), (0.66, 0.03, 0.42), scale(STEEL, 0.9), heading, top_rgb=RGB(214, 218, 220)),
        *box(Vec3(at.x, 0.83, at.z), (0.66, 0.04, 0.42), STEEL, heading, top_rgb=RGB(222, 226, 228)),
    ]
    things = [
        mark(rect(-0.24, 0.0, -0.16, 0.2), RGB(150, 96, 60)),
        mark(rect(-0.13, 0.0, -0.06, 0.15), RGB(226, 232, 234)),
        mark(rect(-0.03, 0.0, 0.04, 0.18), RGB(110, 156, 150)),
        mark(oval(0.17, 0.02, 0.11, 0.025), RGB(232, 236, 238)),
    ]
    return fit.stood(at, (0.66, 0.9, 0.42), [*panels, card(Vec3(at.x, 0.87, at.z), 0.3, 0.22, things)], heading=heading)


def hospital(seed: int) -> Design:
    """A ward; two to four beds stand with their heads to the far wall or to a side."""
    rng, room = Random(seed * 67 + 3), WARD
    paint, dado, cloth, floor = SCHEMES[seed % len(SCHEMES)]
    a, b, s = sides(rng)
    finish = Shell(
        wall_rgb=paint,
        far_rgb=mix(paint, dado, 0.2),
        wainscot_rgb=dado,
        wainscot_m=1.0,
        trim_rgb=RGB(226, 228, 224),
        door_rgb=mix(dado, RGB(220, 206, 180), 0.5),
        ceiling_rgb=RGB(230, 232, 230),
    )
    heads = rng.choice(([-2.5 * s, 0.35 * s, 2.75 * s], [-2.6 * s, 0.1 * s], [-2.7 * s, -0.5 * s, 2.0 * s]))
    heads.sort()
    openings: dict[WallName, tuple[Opening, ...]] = {
        a: tuple(
            Opening("window", room.along(a, z) - 0.9, 0.85, 1.8, 1.5, None, (2, 1), blind=rng.choice((0.0, 0.3, 0.5)))
            for z in (1.7, -1.4)
        ),
        "near": (Opening("door", room.along("near", -s * 1.0) - 0.85, 0.0, 1.7, 2.15, leaf="vision", double=True),),
        b: (Opening("door", room.along(b, -2.9) - 0.5, 0.0, 1.0, 2.1, leaf="vision"),),
        "far": (),
    }
    far: list[Mark] = []
    for x in heads:
        m = room.along("far", x)
        far += [
            mark(rect(m - 0.75, 1.25, m + 0.75, 1.5), RGB(226, 224, 214)),
            mark(rects([(m - 0.6 + 0.3 * i, 1.32, m - 0.5 + 0.3 * i, 1.42) for i in range(5)]), RGB(110, 130, 136)),
            mark(circle(m + 0.62, 1.37, 0.05), RGB(196, 76, 66)),
            mark(rect(m - 0.5, 1.86, m + 0.5, 1.94), RGB(255, 246, 220), "glow"),
            mark(rect(m - 0.52, 1.94, m + 0.52, 1.98), STEEL),
            mark(rect(m + 0.85, 1.62, m + 1.05, 1.9), RGB(246, 246, 240)),
        ]
    extras: dict[WallName, list[Mark]] = {
        "far": far,
        a: [
            *wallware.radiator(room.along(a, 1.7) - 0.6, 1.2),
            *wallware.radiator(room.along(a, -1.4) - 0.6, 1.2),
            *wallware.poster(rng, room.along(a, 0.15) - 0.3, 1.25, 0.6, 0.85),
        ],
        "near": [
            *wallware.noticeboard(rng, room.along("near", s * 1.6) - 0.7, 1.15, 1.4, 0.9),
            *wallware.clock(room.along("near", -s * 1.0), 2.48),
            mark(
                rect(room.along("near", s * 3.0) - 0.3, 1.0, room.along("near", s * 3.0) + 0.3, 1.35),
                RGB(240, 240, 236),
            ),
            mark(
                rect(room.along("near", s * 3.0) - 0.04, 1.06, room.along("near", s * 3.0) + 0.04, 1.3),
                RGB(198, 60, 54),
            ),
            mark(
                rect(room.along("near", s * 3.0) - 0.13, 1.14, room.along("near", s * 3.0) + 0.13, 1.22),
                RGB(198, 60, 54),
            ),
        ],
        b: [
            *wallware.poster(rng, room.along(b, -1.5) - 0.35, 1.2, 0.7, 0.95),
            *wallware.picture(rng, room.along(b, 1.4) - 0.5, 1.35, 1.0, 0.7),
        ],
    }
    dressing: list[Piece] = []
    for i, x in enumerate(heads):
        dressing.append(ward_bed(Vec3(x, 0, room.far - 1.12), 180, mix(cloth, RGB(120, 150, 170), rng.random() * 0.5)))
        dressing.append(
            fittings.cabinet(
                Vec3(x + 0.8, 0, room.far - 0.26), 180, mix(paint, RGB(206, 180, 140), 0.6), (0.45, 0.8, 0.4), 1, 3
            )
        )
        dressing.append((_drip if (i + seed) % 2 else _monitor)(Vec3(x - 0.72, 0, room.far - 0.55)))
        if i and abs(x - heads[i - 1]) > 1.5:
            dressing.append(
                _curtain(Vec3((x + heads[i - 1]) / 2 + 0.2, 0, room.far - 0.9), 90, rng.uniform(0.9, 1.6), cloth)
            )
    if rng.random() < 0.6:
        beside: list[Piece] = [
            ward_bed(room.on(b, room.along(b, -0.4), 1.12), facing(b), cloth),
            _curtain(room.on(b, room.along(b, 0.75), 0.75), facing(b) + 90, 1.2, cloth),
            _monitor(room.on(b, room.along(b, -1.2), 0.4)),
        ]
    else:  # a row of chairs for who waits
        beside = [fit.chair(room.on(b, room.along(b, z), 0.4), facing(b), dado) for z in (0.6, 0.0, -0.6, -1.2)]
        beside.append(fittings.plant(rng, room.on(b, room.along(b, 1.3), 0.4), 1.3))
    dressing += [
        *beside,
        _trolley(Vec3(s * rng.uniform(2.1, 2.5), 0, rng.uniform(-0.6, 0.2)), rng.uniform(70, 110)),
        fit.chair(room.on(a, room.along(a, 0.2), 0.5), facing(a), dado),
        fit.chair(room.on(a, room.along(a, -2.7), 0.5), facing(a) + 8, dado),
        fit.desk(rng, room.on("near", room.along("near", s * 1.9), 0.5), 180, mix(dado, RGB(230, 226, 216), 0.6)),
        fit.chair(room.on("near", room.along("near", s * 1.9), 0.35), 0, RGB(90, 110, 120)),
        fittings.cabinet(
            room.on("near", room.along("near", -s * 3.0), 0.26), 0, RGB(214, 218, 216), (1.3, 1.7, 0.42), 2, 2
        ),
        fittings.plant(rng, room.on(a, room.along(a, 3.2), 0.45), 1.2),
    ]
    panels, lamps = overhead.light_panels(room, [(-2.2, 1.2), (2.2, 1.2), (-2.2, -1.8), (2.2, -1.8)], 1.2, 0.6)
    ground = [
        *tiles(floor, scale(floor, 0.93), room.area, 0.8),
        mark(rect(-0.9, room.near, 0.9, room.far - 2.4), mix(floor, RGB(255, 255, 255), 0.2), alpha=0.35),
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
        scenery=outlook.yard(rng, room),
        lamps=lamps,
        overhead=panels,
        sunny=(a,),
    )
