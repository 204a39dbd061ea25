"""A corridor: doors that open in two long walls, lights in a row overhead, a window at the end."""

from __future__ import annotations

from random import Random

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import fittings, overhead, wallware
from model.theatre.sets import furniture as fit
from model.theatre.sets.finish import Shell, boards, tiles
from model.theatre.sets.kit import Design, Mark, Piece, box, circle, mark, oval, poly, rect, rects
from model.theatre.sets.openings import LeafStyle, Opening
from model.theatre.sets.room import Room, WallName, furnished

__all__ = ["corridor"]

PASSAGE = Room(-2.3, 2.3, -8.0, 16.0, 2.75)
SCHEMES = (  # wall, dado, floor, door
    (RGB(206, 208, 192), RGB(104, 130, 122), RGB(166, 160, 146), RGB(150, 118, 82)),
    (RGB(204, 200, 204), RGB(92, 98, 124), RGB(142, 140, 146), RGB(96, 112, 128)),
    (RGB(222, 204, 178), RGB(142, 82, 64), RGB(150, 118, 92), RGB(112, 74, 54)),
    (RGB(198, 206, 210), RGB(122, 148, 158), RGB(176, 178, 176), RGB(206, 204, 196)),
)


def corridor(seed: int) -> Design:
    """A corridor of offices, of a hotel with a carpet and wall lamps, or of a school with lockers, by its seed."""
    rng, room = Random(seed * 59 + 4), PASSAGE
    paint, dado, floor, door = SCHEMES[seed % len(SCHEMES)]
    manner = ("office", "hotel", "school")[rng.randrange(3)]
    style: LeafStyle = "panelled" if manner == "hotel" else "vision"
    finish = Shell(
        wall_rgb=paint,
        far_rgb=mix(paint, dado, 0.12),
        wainscot_rgb=dado,
        trim_rgb=mix(dado, RGB(240, 236, 226), 0.3),
        door_rgb=door,
        ceiling_rgb=RGB(216, 216, 210),
        pattern="stripes" if manner == "hotel" else "plain",
    )
    zs = {"left": (-4.4, 0.9, 5.6, 10.4), "right": (-2.4, 2.6, 7.8, 12.6)}
    openings: dict[WallName, tuple[Opening, ...]] = {
        "far": (Opening("window", room.along("far", 0.0) - 0.9, 0.9, 1.8, 1.4, None, (2, 2)),),
        "near": (Opening("door", room.along("near", 0.0) - 0.95, 0.0, 1.9, 2.2, leaf="vision", double=True),),
    }
    extras: dict[WallName, list[Mark]] = {
        "far": wallware.radiator(room.along("far", 0.0) - 0.6, 1.2),
        "near": [
            mark(
                rect(room.along("near", 0.0) - 0.5, 2.34, room.along("near", 0.0) + 0.5, 2.6), RGB(46, 130, 84), "flame"
            ),
            wallware.lettered("EXIT", room.along("near", 0.0), 2.4, 0.17, RGB(246, 252, 244)),
        ],
    }
    extras["near"][1] = mark(extras["near"][1].path, RGB(246, 252, 244), "flame")
    number = rng.randrange(1, 4) * 100
    dressing: list[Piece] = []
    lights = (-6.0, -3.0, 0.0, 3.0, 6.0, 9.0, 12.5)
    for side in ("left", "right"):
        name: WallName = "left" if side == "left" else "right"
        sign = -1.0 if side == "left" else 1.0
        hinge = "left" if sign < 0 else "right"
        openings[name] = tuple(
            Opening(
                "door",
                room.along(name, z) - 0.46,
                0.0,
                0.92,
                2.08,
                leaf=style,
                hinge="left" if hinge == "left" else "right",
            )
            for z in zs[side]
        )
        marks: list[Mark] = []
        for i, z in enumerate(zs[side]):
            x = room.along(name, z)
            plate = [
                mark(rect(x + 0.62, 1.5, x + 0.86, 1.64), mix(door, RGB(255, 246, 226), 0.75)),
                wallware.lettered(str(number + 2 * i + (1 if sign > 0 else 2)), x + 0.74, 1.535, 0.1, RGB(60, 56, 54)),
            ]
            marks += plate
            middle = room.along(name, z + 2.4)
            if manner == "hotel":
                for off in (-1.15, 1.15):
                    marks += [
                        mark(oval(middle + off, 1.78, 0.1, 0.14), RGB(255, 222, 166), "glow"),
                        mark(rect(middle + off - 0.05, 1.52, middle + off + 0.05, 1.66), RGB(196, 156, 88)),
                    ]
                marks += wallware.picture(rng, middle - 0.4, 1.35, 0.8, 0.65)
            elif manner == "school" and z < 11.0:
                x0 = middle - 1.3
                cells = [(x0 + 0.3 * k + 0.015, 0.12, x0 + 0.3 * k + 0.285, 1.8) for k in range(8)]
                rgb = mix(dado, RGB(70, 110, 150), 0.5)
                marks += [
                    mark(rect(x0, 0.0, x0 + 2.4, 1.85), scale(rgb, 0.7)),
                    mark(rects(cells), rgb),
                    mark(
                        rects(
                            [
                                (p + 0.07, 1.55 + 0.05 * r, q - 0.07, 1.565 + 0.05 * r)
                                for p, _, q, _ in cells
                                for r in range(3)
                            ]
                        ),
                        scale(rgb, 0.6),
                        fine=True,
                    ),
                    mark(
                        rects([(q - 0.06, 0.9, q - 0.035, 1.02) for _, _, q, _ in cells]), RGB(200, 200, 196), fine=True
                    ),
                ]
            elif rng.random() < 0.6:
                marks += wallware.noticeboard(rng, middle - 0.6, 1.15, 1.2, 0.85)
            else:
                marks += wallware.picture(rng, middle - 0.45, 1.35, 0.9, 0.65)
        extras[name] = marks
    wood = RGB(150, 110, 74)
    dressing += [
        fit.bench(Vec3(room.left + 0.3, 0, 3.3), 90, wood)
        if manner != "hotel"
        else fittings.cabinet(Vec3(room.left + 0.22, 0, 3.3), 90, door, (1.0, 0.8, 0.34), 2),
        fit.bench(Vec3(room.right - 0.3, 0, -4.9), 270, wood)
        if manner != "hotel"
        else fit.armchair(Vec3(room.right - 0.5, 0, -4.9), 270, dado),
        fittings.plant(rng, Vec3(room.right - 0.4, 0, 5.2), 1.3),
        fittings.plant(rng, Vec3(room.left + 0.4, 0, -2.2), 1.2),
        fittings.plant(rng, Vec3(room.left + 0.4, 0, 13.4), 1.4),
        fittings.cabinet(Vec3(room.right - 0.24, 0, 10.2), 270, RGB(120, 126, 132), (1.0, 1.1, 0.4), 2, 1),
        _trolley(Vec3(room.left + 0.45, 0, 7.6), 90, dado),
        _extinguisher(Vec3(room.right - 0.08, 0.7, -0.9)),
    ]
    if manner == "hotel":
        dressing.append(fittings.table_lamp(Vec3(room.left + 0.22, 0.8, 3.1)))
    panels, lamps = overhead.light_panels(room, [(0.0, z) for z in lights], 1.4, 0.3)
    x0, z0, x1, z1 = room.area
    ground = [
        *(boards(rng, floor, room.area) if manner == "hotel" else tiles(floor, scale(floor, 0.9), room.area, 0.6))
    ]
    if manner == "hotel":
        ground += [
            mark(rect(-1.3, z0, 1.3, z1), dado),
            mark(rects([(-1.2, z0, -1.12, z1), (1.12, z0, 1.2, z1)]), RGB(206, 170, 106)),
            mark(
                rects([(-0.14, z0 + 0.8 * i, 0.14, z0 + 0.8 * i + 0.28) for i in range(30)]),
                mix(dado, RGB(206, 170, 106), 0.5),
            ),
        ]
    else:
        ground += [mark(rects([(x0, z0, x0 + 0.35, z1), (x1 - 0.35, z0, x1, z1)]), mix(floor, dado, 0.45))]
        ground += [mark(oval(0.0, z, 0.75, 1.1), RGB(255, 255, 255), alpha=0.10) for z in lights]
    ground.append(
        mark(poly([(-0.9, z1), (0.9, z1), (1.3, z1 - 4.0), (-0.4, z1 - 4.0)]), RGB(255, 244, 214), "sun", alpha=0.35)
    )
    return furnished(
        rng, room, finish, openings, extras, floor, ground, dressing, lamps=lamps, overhead=panels, sunny=()
    )


def _trolley(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A cleaner's cart with a bag, bottles and a mop."""
    bag = [
        mark(rect(0.05, 0.0, 0.4, 0.5), scale(rgb, 0.7)),
        mark(rects([(0.14, 0.05, 0.16, 0.48), (0.28, 0.05, 0.3, 0.48)]), scale(rgb, 0.5)),
    ]
    panels = [
        *box(Vec3(at.x, 0.12, at.z), (0.9, 0.06, 0.45), RGB(90, 94, 98), heading),
        *box(
            fit.local(at, heading, 0.2, 0.0, 0.18),
            (0.45, 0.62, 0.42),
            rgb,
            heading,
            front=bag,
            top_rgb=mix(rgb, RGB(240, 238, 230), 0.5),
        ),
        *box(fit.local(at, heading, -0.25, 0.0, 0.18), (0.36, 0.3, 0.4), RGB(220, 200, 90), heading),
        *box(fit.local(at, heading, -0.38, 0.05, 0.18), (0.03, 1.25, 0.03), RGB(176, 136, 92), heading),
    ]
    return fit.stood(at, (0.9, 1.4, 0.45), panels, heading=heading)


def _extinguisher(at: Vec3) -> Piece:
    """A fire extinguisher on the wall."""
    red = RGB(178, 52, 46)
    panels = box(
        at,
        (0.16, 0.46, 0.14),
        red,
        270,
        front=[
            mark(rect(0.025, 0.1, 0.105, 0.22), RGB(240, 232, 214)),
            mark(circle(0.065, 0.31, 0.02), RGB(40, 40, 44)),
        ],
    )
    return Piece(
        at, 0.12, 0.5, (*panels, *box(Vec3(at.x, at.y + 0.36, at.z), (0.05, 0.05, 0.05), RGB(44, 44, 48), 270))
    )
