"""A church: a high nave with pews, pointed windows of coloured glass, an altar on steps, candles, a pulpit, an organ.

People act before the altar; the pews and the great door lie behind the master's camera.
"""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import furniture as fit
from model.theatre.sets import outlook, overhead
from model.theatre.sets.finish import Shell, tiles
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
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
from model.theatre.sets.openings import Opening, arched, together
from model.theatre.sets.room import Room, WallName, furnished

__all__ = ["church"]

NAVE = Room(-4.6, 4.6, -13.0, 7.0, 7.6)
GLASS = (RGB(196, 62, 58), RGB(62, 92, 168), RGB(226, 178, 74), RGB(70, 132, 98), RGB(132, 78, 142))
# stone, far wall, wood, cloth
SCHEMES = (
    (RGB(206, 196, 176), RGB(186, 176, 160), RGB(112, 76, 52), RGB(150, 44, 48)),
    (RGB(226, 222, 212), RGB(190, 200, 204), RGB(138, 100, 66), RGB(62, 84, 132)),
    (RGB(188, 176, 164), RGB(170, 156, 150), RGB(92, 62, 48), RGB(66, 104, 82)),
    (RGB(214, 200, 170), RGB(200, 172, 132), RGB(124, 82, 52), RGB(116, 66, 112)),
)


def _glass(rng: Random, o: Opening, rose: RGB) -> list[Mark]:
    """Coloured glass in an opening: the sky shines through it."""
    x0, y0, x1, y1 = o.hole
    columns, rows = max(2, round(o.width / 0.4)), max(3, round(o.height / 0.52))
    w, h = o.width / columns, o.height / rows
    by_colour = [skia.Path() for _ in GLASS]
    for i in range(columns):
        for j in range(rows):
            x, y = x0 + (i + 0.5) * w, y0 + (j + 0.5) * h
            shape = poly([(x, y - h / 2), (x + w / 2, y), (x, y + h / 2), (x - w / 2, y)])
            by_colour[rng.randrange(len(GLASS))].addPath(shape, 0, 0)
    lead = rects([(x0 + i * w - 0.012, y0, x0 + i * w + 0.012, y1) for i in range(1, columns)])
    lead.addPath(rects([(x0, y0 + j * h - 0.012, x1, y0 + j * h + 0.012) for j in range(1, rows)]), 0, 0)
    pale = mix(rose, RGB(236, 226, 190), 0.6)
    return [
        mark(rect(x0, y0, x1, y1), pale, "pane", alpha=0.75),
        *(mark(path, rgb, "pane", alpha=0.85) for rgb, path in zip(GLASS, by_colour, strict=True)),
        mark(circle((x0 + x1) / 2, y0 + o.height * 0.58, o.width * 0.3), rose, "pane", alpha=0.9),
        mark(circle((x0 + x1) / 2, y0 + o.height * 0.58, o.width * 0.17), RGB(246, 226, 160), "pane", alpha=0.9),
        mark(lead, RGB(52, 50, 56), fine=True),
    ]


def _pew(at: Vec3, heading: float, wood: RGB, width: float) -> Piece:
    """A pew: seat, straight back with a ledge, carved ends."""
    ribs = [
        mark(rects([(0.12 + 0.5 * i, 0.1, 0.5 + 0.5 * i, 0.36) for i in range(int(width / 0.5))]), scale(wood, 0.84))
    ]
    panels = [
        *box(
            fit.local(at, heading, 0, -0.2, 0.45),
            (width, 0.45, 0.05),
            wood,
            heading,
            front=ribs,
            back=ribs,
            top_rgb=mix(wood, RGB(255, 230, 190), 0.2),
        ),
        *box(
            fit.local(at, heading, 0, 0.02, 0.4),
            (width, 0.05, 0.42),
            wood,
            heading,
            top_rgb=mix(wood, RGB(255, 230, 190), 0.16),
        ),
    ]
    for side in (-1, 1):
        panels += box(fit.local(at, heading, side * width / 2, -0.02), (0.07, 0.98, 0.52), scale(wood, 0.8), heading)
    made = fit.stood(at, (width, 0.95, 0.55), panels, heading=heading)
    seats = fit.seats_along("pew", at, heading, int(width / 0.75), 0.72, 0.45)
    return Piece(at, made.radius_m, 0.95, made.panels, shadow=made.shadow, seats=tuple(seats))


def _candles(at: Vec3, heights: tuple[float, ...], stand: bool = True) -> Piece:
    """Candles on a stand or a top, always lit."""
    marks: list[Mark] = []
    foot = 1.15 if stand else 0.0
    if stand:
        marks += [
            mark(rect(-0.02, 0.0, 0.02, foot), RGB(176, 140, 74)),
            mark(oval(0, 0.02, 0.16, 0.03), RGB(150, 116, 62)),
            mark(rect(-0.26, foot, 0.26, foot + 0.03), RGB(196, 160, 88)),
        ]
    flames = skia.Path()
    for i, h in enumerate(heights):
        x = (i - (len(heights) - 1) / 2) * 0.13
        marks.append(mark(rect(x - 0.022, foot, x + 0.022, foot + h), RGB(240, 232, 210)))
        flames.addPath(poly([(x - 0.018, foot + h + 0.01), (x + 0.018, foot + h + 0.01), (x, foot + h + 0.085)]), 0, 0)
    marks.append(mark(flames, RGB(255, 214, 120), "flame"))
    top = foot + max(heights)
    glow = Lamp(
        Vec3(at.x, at.y + top + 0.06, at.z), RGB(255, 196, 110), 0.75, 0.9 if stand else 0.0, always=True, flicker=0.12
    )
    return Piece(
        at, 0.26, top + 0.12, (card(at, 0.3, top + 0.12, marks),), (glow,), shadow=(0.16, 0.12) if stand else None
    )


def _pulpit(at: Vec3, heading: float, wood: RGB, cloth: RGB) -> Piece:
    """A raised pulpit with a hanging."""
    front = [
        mark(rects([(0.08, 0.1, 0.44, 0.94), (0.5, 0.1, 0.86, 0.94)]), scale(wood, 0.82)),
        mark(poly([(0.28, 0.98), (0.66, 0.98), (0.66, 0.4), (0.47, 0.3), (0.28, 0.4)]), cloth),
        mark(rects([(0.455, 0.45, 0.485, 0.85), (0.36, 0.68, 0.58, 0.71)]), RGB(226, 190, 110)),
    ]
    panels = [
        *box(at, (0.5, 0.8, 0.5), scale(wood, 0.8), heading),
        *box(
            Vec3(at.x, 0.8, at.z),
            (0.94, 1.05, 0.9),
            wood,
            heading,
            front=front,
            left=front[:1],
            right=front[:1],
            top_rgb=scale(wood, 0.5),
        ),
        *box(
            fit.local(at, heading, 0, 0.36, 1.85),
            (0.6, 0.05, 0.34),
            wood,
            heading,
            top=[mark(rect(0.1, 0.05, 0.5, 0.3), RGB(240, 234, 218))],
        ),
    ]
    return fit.stood(at, (0.94, 1.9, 0.9), panels, heading=heading)


def _pillar(at: Vec3, stone: RGB, high: float) -> Piece:
    """A round pillar with base and capital."""
    marks = [
        mark(rect(-0.26, 0.3, 0.26, high), stone),
        mark(rect(0.06, 0.3, 0.26, high), scale(stone, 0.86)),
        mark(rect(-0.26, 0.3, -0.17, high), mix(stone, RGB(255, 250, 236), 0.3)),
        mark(rects([(-0.36, 0.0, 0.36, 0.18), (-0.31, 0.18, 0.31, 0.34)]), scale(stone, 0.92)),
        mark(
            poly([(-0.28, high - 0.6), (0.28, high - 0.6), (0.42, high - 0.2), (-0.42, high - 0.2)]), scale(stone, 0.94)
        ),
        mark(rect(-0.44, high - 0.2, 0.44, high), stone),
    ]
    return Piece(at, 0.42, high, (card(at, 0.46, high, marks),), shadow=(0.4, 0.34))


def _altar(at: Vec3, stone: RGB, cloth: RGB) -> Piece:
    """The altar on its steps, under a cloth."""
    edge = [
        mark(rect(0.55, 0.2, 1.65, 0.95), mix(cloth, RGB(240, 230, 206), 0.1)),
        mark(rects([(0.55, 0.2, 1.65, 0.26), (0.55, 0.88, 1.65, 0.95)]), RGB(214, 176, 96)),
        mark(rects([(1.07, 0.36, 1.13, 0.82), (0.94, 0.62, 1.26, 0.68)]), RGB(226, 190, 110)),
    ]
    panels = [
        *box(at, (5.0, 0.16, 2.2), scale(stone, 0.94), 180),
        *box(Vec3(at.x, 0.16, at.z + 0.3), (3.8, 0.16, 1.6), stone, 180),
        *box(
            Vec3(at.x, 0.32, at.z + 0.4),
            (2.2, 0.98, 0.8),
            mix(stone, RGB(246, 240, 226), 0.5),
            180,
            front=edge,
            top_rgb=RGB(244, 240, 228),
        ),
    ]
    return Piece(at, 2.6, 1.3, tuple(panels), shadow=(2.6, 1.2), keep=True)


def church(seed: int) -> Design:
    """A church of plain, whitewashed or painted stone; with a rood beam or an organ over the door."""
    rng, room = Random(seed * 73 + 2), NAVE
    stone, far, wood, cloth = SCHEMES[seed % len(SCHEMES)]
    s = rng.choice((-1.0, 1.0))
    plain = rng.random() < 0.4
    finish = Shell(
        wall_rgb=stone,
        far_rgb=far,
        trim_rgb=mix(stone, RGB(250, 246, 234), 0.35),
        door_rgb=wood,
        ceiling_rgb=mix(stone, wood, 0.45),
        pattern="plain" if plain else "blocks",
    )
    head = "round" if rng.random() < 0.35 else "pointed"

    def lancet(wall: WallName, x_or_z: float, sill: float, w: float, h: float) -> Opening:
        return Opening(
            "window",
            room.along(wall, x_or_z) - w / 2,
            sill,
            w,
            h,
            None,
            (1, 1),
            head="pointed" if head == "pointed" else "round",
        )

    zs = (4.6, 1.4, -1.8, -5.0, -8.2, -11.2)
    east = (lancet("far", 0.0, 2.2, 1.7, 4.4), lancet("far", -2.3, 2.5, 1.0, 3.2), lancet("far", 2.3, 2.5, 1.0, 3.2))
    rose = lancet("near", 0.0, 4.3, 2.0, 2.0)
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": east,
        "right": (
            *(lancet("right", z, 1.95, 1.1, 3.5) for z in zs),
            Opening("door", room.along("right", 5.9) - 0.45, 0.0, 0.9, 2.1, leaf="planks"),
        ),
        "left": tuple(lancet("left", z, 1.95, 1.1, 3.5) for z in zs),
        "near": (
            Opening(
                "door",
                room.along("near", 0.0) - 1.0,
                0.0,
                2.0,
                3.0,
                leaf="planks",
                double=True,
                leads="outside",
                head="round" if head == "round" else "pointed",
            ),
            rose,
        ),
    }
    extras: dict[WallName, list[Mark]] = {}
    rose_rgb = rng.choice(GLASS)
    for wall, many in openings.items():
        extras[wall] = together(_glass(rng, o, rose_rgb) for o in many if not o.is_door)
    # The glass lies over the frame of its window; the arch's stone over the glass again.
    for wall, many in openings.items():
        base = far if wall == "far" else stone
        extras[wall] += together(_stone_head(o, base, finish.trim_rgb) for o in many if not o.is_door)
    for wall in ("left", "right"):
        for z in (3.0, -0.2, -3.4, -6.6, -9.8):
            x = room.along("left" if wall == "left" else "right", z)
            extras["left" if wall == "left" else "right"] += [
                mark(rect(x - 0.2, 0.0, x + 0.2, room.high), mix(stone, RGB(250, 244, 230), 0.2)),
                mark(rect(x + 0.1, 0.0, x + 0.2, room.high), scale(stone, 0.84)),
                mark(rect(x - 0.16, 1.45, x + 0.16, 1.95), scale(wood, 0.8)),
                mark(rect(x - 0.12, 1.49, x + 0.12, 1.91), rng.choice(GLASS), key=0.5),
            ]
    mid = room.along("far", 0.0)
    extras["far"] += (
        [
            mark(rect(mid - 0.05, 1.5, mid + 0.05, 2.28), RGB(196, 156, 84)),
            mark(rect(mid - 0.26, 1.95, mid + 0.26, 2.04), RGB(196, 156, 84)),
        ]
        if plain
        else []
    )
    near_mid = room.along("near", 0.0)
    pipes = skia.Path()
    for i in range(15):
        x = near_mid - 2.1 + 0.3 * i
        if abs(x - near_mid) > 1.05:
            pipes.addPath(
                poly(
                    [
                        (x - 0.1, 3.7),
                        (x + 0.1, 3.7),
                        (x + 0.1, 5.2 + 0.6 * abs(x - near_mid) / 2),
                        (x - 0.1, 5.2 + 0.6 * abs(x - near_mid) / 2),
                    ]
                ),
                0,
                0,
            )
    extras["near"] += [
        mark(rect(near_mid - 3.2, 3.25, near_mid + 3.2, 3.7), wood),
        mark(
            rects([(near_mid - 3.1 + 0.4 * i, 3.3, near_mid - 2.8 + 0.4 * i, 3.65) for i in range(16)]),
            scale(wood, 0.8),
        ),
        mark(pipes, RGB(206, 186, 130)),
    ]
    dressing: list[Piece] = [_altar(Vec3(0, 0, room.far - 1.5), stone, cloth)]
    for x in (-0.85, 0.85):
        dressing.append(_candles(Vec3(x, 1.3, room.far - 1.1), (0.34, 0.42), stand=False))
    dressing.append(_cross(Vec3(0, 1.3, room.far - 0.95)))
    stand_z, pulpit_z = rng.choice(((3.4, 2.3), (2.0, 3.6), (3.9, 0.9)))
    for x in (-3.0, 3.0):
        dressing.append(_candles(Vec3(x, 0, stand_z), (0.2, 0.26, 0.3, 0.26, 0.2)))
    dressing.append(_pulpit(Vec3(s * 3.4, 0, pulpit_z), 180 - s * 35, wood, cloth))
    dressing.append(_font(Vec3(-s * 3.5, 0, 1.8), stone))
    for z in (-2.2, -3.3, -4.4, -5.5, -6.6, -7.7, -8.8, -9.9):
        for side in (-1.0, 1.0):
            dressing.append(_pew(Vec3(side * 2.35, 0, z), 0, wood, 2.6))
    for z in (-0.2, -6.0, 4.9):
        for side in (-1.0, 1.0):
            dressing.append(_pillar(Vec3(side * 4.15, 0, z), mix(stone, RGB(250, 244, 230), 0.15), room.high))
    for z in (-8.0, -2.0, 3.0):
        dressing.append(_hanging(Vec3(0, 0, z), room.high))
    runner = rect(-0.75, room.near, 0.75, room.far - 2.6)
    ground = [
        *tiles(mix(stone, RGB(150, 140, 130), 0.4), mix(scale(stone, 0.82), RGB(120, 110, 108), 0.4), room.area, 0.7),
        mark(runner, cloth),
        mark(
            rects([(-0.68, room.near, -0.62, room.far - 2.6), (0.62, room.near, 0.68, room.far - 2.6)]),
            RGB(214, 176, 96),
        ),
    ]
    light = skia.Path()
    for z in zs[:4]:
        light.addPath(poly([(s * 4.2, z - 0.5), (s * 4.2, z + 0.5), (s * 1.4, z + 1.0), (s * 1.4, z - 0.2)]), 0, 0)
    ground.append(mark(light, RGB(255, 220, 170), "sun", alpha=0.3))
    over: tuple[Panel, ...] = overhead.beams(room, scale(wood, 0.8), 2.2)
    return furnished(
        rng,
        room,
        finish,
        openings,
        extras,
        stone,
        ground,
        dressing,
        horizon="hills",
        scenery=outlook.yard(rng, room),
        overhead=over,
        sunny=(),
    )


def _stone_head(o: Opening, wall: RGB, trim: RGB) -> list[Mark]:
    """The arched head's stone again, over the glass, and a mullion."""
    x0, y0, x1, y1 = o.hole
    m = (x0 + x1) / 2
    return [*arched(o, wall, trim), mark(rect(m - 0.035, y0, m + 0.035, y1 - o.width * 0.3), trim)]


def _cross(at: Vec3) -> Piece:
    """A standing cross of brass; `at` is on the altar."""
    brass = RGB(222, 182, 96)
    marks = [
        mark(rects([(-0.03, 0.0, 0.03, 0.8), (-0.2, 0.48, 0.2, 0.54)]), brass),
        mark(poly([(-0.14, 0.0), (0.14, 0.0), (0.05, 0.1), (-0.05, 0.1)]), scale(brass, 0.8)),
    ]
    return Piece(at, 0.2, 0.8, (card(at, 0.22, 0.82, marks),))


def _font(at: Vec3, stone: RGB) -> Piece:
    """A stone basin on a foot."""
    marks = [
        mark(
            poly([(-0.3, 0.0), (0.3, 0.0), (0.16, 0.24), (0.16, 0.6), (-0.16, 0.6), (-0.16, 0.24)]), scale(stone, 0.9)
        ),
        mark(poly([(0.04, 0.06), (0.28, 0.02), (0.16, 0.24), (0.16, 0.6), (0.04, 0.6)]), scale(stone, 0.76)),
        mark(poly([(-0.2, 0.6), (0.2, 0.6), (0.44, 0.98), (-0.44, 0.98)]), stone),
        mark(poly([(0.06, 0.6), (0.2, 0.6), (0.44, 0.98), (0.16, 0.98)]), scale(stone, 0.84)),
        mark(oval(0, 0.98, 0.44, 0.08), mix(stone, RGB(255, 252, 240), 0.3)),
        mark(oval(0, 0.98, 0.36, 0.06), RGB(150, 178, 190)),
    ]
    return Piece(at, 0.44, 1.05, (card(at, 0.46, 1.08, marks),), shadow=(0.4, 0.32))


def _hanging(at: Vec3, high: float) -> Piece:
    """A ring of lamps on a long chain."""
    y = 3.9
    flames = rects([(-0.5 + 0.25 * i - 0.025, y + 0.1, -0.5 + 0.25 * i + 0.025, y + 0.24) for i in range(5)])
    marks = [
        mark(line([(0, high), (0, y + 0.6)], 0.02), RGB(48, 44, 46)),
        mark(line([(-0.52, y + 0.05), (0, y + 0.65), (0.52, y + 0.05)], 0.018), RGB(48, 44, 46)),
        mark(rect(-0.56, y, 0.56, y + 0.07), RGB(74, 62, 52)),
        mark(flames, RGB(255, 224, 150), "glow"),
    ]
    return Piece(
        at,
        0.56,
        high,
        (card(at, 0.6, high, marks),),
        (Lamp(Vec3(at.x, y + 0.2, at.z), RGB(255, 206, 130), 1.6, 2.2),),
        keep=True,
    )
