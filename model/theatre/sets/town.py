"""Places of the town: street, alley, rooftop, station."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets import furniture as fit
from model.theatre.sets.buildings import SHOPS, building, street_lamp
from model.theatre.sets.furniture import crown
from model.theatre.sets.kit import (
    Design,
    Mark,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    circle,
    line,
    mark,
    moved_path,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.outside import (
    bicycle,
    cafe_table,
    kiosk,
    litter_bin,
    pigeons,
    post_box,
    sandwich_board,
)

__all__ = ["car_piece", "hydrant", "planter", "street", "tree"]

KERB_X, ROAD_X, FAR_WALK_X = 3.0, 10.0, 12.6


def car_piece(rng: Random, at: Vec3, heading: float) -> Piece:
    """A parked car: two boxes and its wheels."""
    rgb = rng.choice((RGB(150, 62, 54), RGB(70, 92, 116), RGB(196, 186, 160), RGB(66, 74, 72), RGB(206, 160, 78)))
    length, width = 4.2, 1.7
    glass = RGB(60, 74, 92)
    wheels = [mark(circle(x, 0.0, 0.32), RGB(32, 32, 38)) for x in (0.8, length - 0.85)] + [
        mark(circle(x, 0.0, 0.16), RGB(150, 152, 156)) for x in (0.8, length - 0.85)
    ]
    body_side = [
        mark(rect(0, 0.0, length, 0.08), scale(rgb, 0.6)),
        mark(rects([(0.1, 0.34, length - 0.1, 0.37)]), scale(rgb, 0.8)),
        *wheels,
    ]
    nose = [
        mark(rects([(0.12, 0.25, 0.42, 0.42), (width - 0.42, 0.25, width - 0.12, 0.42)]), RGB(255, 240, 200), "glow"),
        mark(rect(0.5, 0.2, width - 0.5, 0.36), scale(rgb, 0.5)),
    ]
    tail = [mark(rects([(0.1, 0.3, 0.4, 0.44), (width - 0.4, 0.3, width - 0.1, 0.44)]), RGB(214, 50, 44), "glow")]
    panes = [
        mark(poly([(0.18, 0.06), (1.0, 0.06), (1.0, 0.42), (0.32, 0.42)]), glass, "pane"),
        mark(poly([(1.1, 0.06), (2.0, 0.06), (1.84, 0.42), (1.1, 0.42)]), glass, "pane"),
    ]
    screen = [mark(poly([(0.1, 0.05), (width - 0.26, 0.05), (width - 0.34, 0.44), (0.18, 0.44)]), glass, "pane")]
    shift = Vec3(at.x, at.y + 0.3, at.z)
    panels = [
        *box(
            shift,
            (width, 0.52, length),
            rgb,
            heading,
            front=nose,
            back=tail,
            left=body_side,
            right=body_side,
            top_rgb=mix(rgb, RGB(255, 255, 255), 0.15),
        ),
        *box(
            Vec3(at.x, at.y + 0.82, at.z),
            (width - 0.16, 0.5, 2.2),
            rgb,
            heading,
            front=screen,
            back=screen,
            left=panes,
            right=panes,
            top_rgb=mix(rgb, RGB(255, 255, 255), 0.2),
        ),
    ]
    return Piece(
        at,
        2.3,
        1.35,
        tuple(panels),
        shadow=(length / 2, width / 2) if abs(heading % 180 - 90) < 20 else (width / 2 + 0.1, length / 2 + 0.1),
    )


def tree(rng: Random, at: Vec3, height: float = 6.0, green: RGB | None = None) -> Piece:
    """A tree: trunk, limbs and a crown in three tones."""
    green = green or rng.choice((RGB(96, 132, 76), RGB(80, 122, 84), RGB(120, 138, 70)))
    bark = RGB(98, 76, 62)
    wide = height * rng.uniform(0.6, 0.8)
    foot = height * rng.uniform(0.3, 0.4)
    body, lights, darks = crown(rng, wide, height - foot, foot, 8)
    t = height * 0.028
    trunk = poly(
        [
            (-t * 1.7, 0),
            (t * 1.7, 0),
            (t, height * 0.35),
            (t * 0.7, height * 0.62),
            (-t * 0.7, height * 0.62),
            (-t, height * 0.35),
        ]
    )
    limbs = skia.Path()
    for side in (-1, 1):
        limbs.addPath(line([(0, height * 0.34), (side * wide * 0.24, height * 0.56)], t), 0, 0)
    marks = [
        mark(trunk, bark),
        mark(poly([(t * 0.2, 0), (t * 1.7, 0), (t, height * 0.35), (t * 0.1, height * 0.5)]), scale(bark, 0.72)),
        mark(limbs, scale(bark, 0.86)),
        mark(body, green, key=0.4),
        mark(darks, scale(green, 0.84), key=0.28),
        mark(lights, mix(green, RGB(236, 222, 130), 0.32), key=1.0),
    ]
    return Piece(
        at,
        wide / 2,
        height,
        (card(at, wide * 0.7, height * 1.1, marks),),
        shadow=(wide * 0.36, wide * 0.28),
        moves="sways",
    )


def street(seed: int, name: str = "") -> Design:
    """A street: a broad pavement with shops at the left, a kerb, the road, shops over the way."""
    rng = Random(seed * 17 + 5)
    asphalt, slab = RGB(104, 106, 112), RGB(168, 160, 150)
    reach = 62.0
    names = list(SHOPS)
    rng.shuffle(names)
    if name:
        names.insert(rng.choice((2, 3)), name.upper())
    scenery: list[Piece] = []
    for side in (-1, 1):
        z = -reach
        while z < reach:
            w = rng.uniform(7.0, 11.0)
            h, d = rng.uniform(8.5, 17.0), 9.0
            near = abs(z + w / 2) < 34
            front_x = -6.2 if side < 0 else FAR_WALK_X + 0.4
            at = Vec3(front_x + side * d / 2, 0, z + w / 2)
            shop = names.pop() if near and names and rng.random() < 0.8 else None
            scenery.append(building(rng, at, (w - 0.1, h, d), 90 if side < 0 else 270, shop=shop, detail=near))
            z += w
    for end in (-1, 1):
        for x in (-6.0, 5.0, 16.0):
            scenery.append(
                building(
                    rng,
                    Vec3(x, 0, end * (reach + 12)),
                    (11, rng.uniform(10, 22), 9),
                    180 if end > 0 else 0,
                    detail=False,
                )
            )
    dressing: list[Piece] = []
    for z in (-27.0, -15.5, -7.2, 6.4, 15.0, 27.0):
        dressing.append(street_lamp(Vec3(KERB_X - 0.35, 0, z)))
    for z in (-20.0, -11.0, 10.6, 20.5, 34.0):
        dressing.append(tree(rng, Vec3(KERB_X - 0.6, 0, z + rng.uniform(-0.6, 0.6)), rng.uniform(4.6, 6.2)))
    for z in (-17.0, -5.2, 8.2, 16.0, 25.0):
        if rng.random() < 0.75:
            dressing.append(car_piece(rng, Vec3(KERB_X + 1.2, 0, z), 0 if rng.random() < 0.5 else 180))
    for z in (-10.0, 3.4, 14.0):
        dressing.append(car_piece(rng, Vec3(ROAD_X - 1.2, 0, z + rng.uniform(-2, 2)), 180))
    dressing += _pavement(rng)
    dressing += _signs(rng, scenery)
    joints: list[Rect] = [(-6.2 + i * 1.3, -reach, -6.2 + i * 1.3 + 0.02, reach) for i in range(1, 7)]
    joints += [(-6.2, z * 1.3, KERB_X - 0.25, z * 1.3 + 0.02) for z in range(-24, 25)]
    dashes: list[Rect] = [
        ((KERB_X + ROAD_X) / 2 - 0.06, z * 4.0, (KERB_X + ROAD_X) / 2 + 0.06, z * 4.0 + 2.0) for z in range(-15, 16)
    ]
    cross: list[Rect] = [(KERB_X + 0.3 + i * 0.95, 21.0, KERB_X + 0.8 + i * 0.95, 24.0) for i in range(7)]
    grates: list[Rect] = [(KERB_X + 0.16, z, KERB_X + 0.5, z + 0.5) for z in (-12.2, -2.0, 5.4, 13.4)]
    covers = skia.Path()
    for z in (-9.0, 1.8, 11.5):
        covers.addPath(circle(rng.uniform(KERB_X + 1.5, 8.5), z + rng.uniform(-1, 1), 0.3), 0, 0)
    puddles, fallen = skia.Path(), skia.Path()
    for _ in range(5):
        puddles.addPath(
            blob(rng, rng.uniform(KERB_X + 0.5, 6.5), rng.uniform(-8, 12), rng.uniform(0.4, 1.0), 0.28), 0, 0
        )
    for _ in range(60):
        x = KERB_X - 0.1 + rng.gauss(0, 0.7)
        fallen.addPath(oval(x, rng.uniform(-13, 16), 0.07, 0.045), 0, 0)
    stains = skia.Path()
    for _ in range(12):
        stains.addPath(
            blob(rng, rng.uniform(-5, 9), rng.uniform(-12, 14), rng.uniform(0.4, 1.3), rng.uniform(0.3, 0.8)), 0, 0
        )
    slabs = [(-6.2 + rng.randrange(7) * 1.3, rng.randrange(-12, 14) * 1.3) for _ in range(34)]
    ground: list[Mark] = [
        mark(rect(-6.3, -reach, KERB_X, reach), slab),
        mark(
            rects([(x, z, min(x + 1.3, KERB_X - 0.25), z + 1.3) for x, z in slabs]),
            mix(slab, RGB(120, 112, 116), 0.3),
            alpha=0.5,
        ),
        mark(rects(joints), scale(slab, 0.78), fine=True),
        mark(rect(KERB_X - 0.25, -reach, KERB_X, reach), mix(slab, RGB(236, 232, 222), 0.4)),
        mark(rect(KERB_X, -reach, KERB_X + 0.12, reach), scale(asphalt, 0.66)),
        mark(rect(ROAD_X, -reach, FAR_WALK_X + 0.5, reach), slab),
        mark(rect(ROAD_X - 0.12, -reach, ROAD_X, reach), scale(asphalt, 0.66)),
        mark(rects([*dashes, *cross]), RGB(222, 218, 204), alpha=0.85),
        mark(
            brush(rng, (KERB_X + 0.3, -30, ROAD_X - 0.3, 30), 30, 1.6, 0.12),
            mix(asphalt, RGB(255, 240, 220), 0.2),
            alpha=0.3,
        ),
        mark(stains, RGB(60, 56, 66), alpha=0.13),
        mark(covers, RGB(78, 78, 84)),
        mark(rects(grates), RGB(52, 52, 58)),
        mark(puddles, RGB(120, 136, 156), "pane", alpha=0.45),
        mark(fallen, RGB(190, 138, 70), alpha=0.85, fine=True),
    ]
    return Design(asphalt, tuple(ground), "city", (), tuple(scenery), tuple(dressing))


def _pavement(rng: Random) -> list[Piece]:
    """What stands along the shops and along the kerb, by the seed."""
    walls = [-9.6, -6.6, -3.8, 3.9, 6.9, 9.8, 13.0]
    rng.shuffle(walls)
    pieces: list[Piece] = []
    for i, z in enumerate(walls):
        at = Vec3(-5.4, 0, z)
        if i < 2:
            pieces.append(planter(rng, at))
        elif i == 2:
            pieces.append(sandwich_board(rng, Vec3(-4.7, 0, z)))
        elif i == 3:
            pieces.append(bicycle(Vec3(-5.75, 0, z), rng.choice((0.0, 180.0)), RGB(66, 104, 116)))
        elif i < 6 and rng.random() < 0.8:
            pieces.append(
                cafe_table(rng, Vec3(-4.9, 0, z), rng.choice((RGB(196, 74, 62), RGB(66, 112, 140), RGB(222, 190, 120))))
            )
    kerbs = [-12.8, -9.0, -4.4, 3.2, 8.8, 12.6]
    rng.shuffle(kerbs)
    pieces.append(hydrant(Vec3(KERB_X - 0.5, 0, kerbs[0])))
    pieces.append(litter_bin(Vec3(KERB_X - 0.5, 0, kerbs[1])))
    pieces.append(
        post_box(Vec3(KERB_X - 0.55, 0, kerbs[2]), rng.choice((RGB(190, 58, 50), RGB(58, 92, 140), RGB(214, 170, 66))))
    )
    pieces.append(kiosk(rng, Vec3(KERB_X - 1.0, 0, kerbs[3] + (1.0 if kerbs[3] > 0 else -1.0)), 270.0))
    pieces.append(fit.bench(Vec3(KERB_X - 0.7, 0, kerbs[4]), 270, RGB(140, 98, 64)))
    pieces.append(pigeons(rng, Vec3(rng.uniform(-2.6, 1.6), 0, rng.choice((-4.4, 3.4)))))
    for z in (-14.5, 5.0, 17.5):
        if rng.random() < 0.7:
            pieces.append(bicycle(Vec3(FAR_WALK_X - 0.3, 0, z), 0.0, RGB(176, 84, 66)))
    return pieces


def _signs(rng: Random, fronts: list[Piece]) -> list[Piece]:
    """Signs that stick out over the pavement, each at a corner of a house front."""
    pieces: list[Piece] = []
    words = ["CAFE", "BAR", "HOTEL", "TEA", "SHOES", "FILM", "RADIO"]
    rng.shuffle(words)
    for front in fronts:
        if not words or abs(front.at.z) > 26.0 or rng.random() < 0.35 or abs(front.at.x) > 30.0:
            continue
        left = front.at.x < 0
        word, tint = words.pop(), rng.choice((RGB(58, 84, 96), RGB(120, 58, 52), RGB(74, 92, 74), RGB(66, 60, 84)))
        x = -5.75 if left else FAR_WALK_X - 0.05
        at = Vec3(x, 3.0, front.at.z + rng.uniform(-2.4, 2.4))
        face = [
            mark(rect(0.05, 0.05, 0.85, 0.65), mix(tint, RGB(240, 232, 214), 0.12)),
            mark(moved_path(text_path(word, 0.26, True, 0.7), 0.45, 0.25), RGB(246, 226, 170), "glow"),
        ]
        board = box(at, (0.9, 0.7, 0.1), tint, 180, front=face, back=face)
        arm = box(Vec3(at.x + (-0.25 if left else 0.25), 3.72, at.z), (0.9, 0.05, 0.05), RGB(52, 50, 56), 180)
        pieces.append(Piece(at, 0.5, 0.75, (*board, *arm), keep=True))
    return pieces


def planter(rng: Random, at: Vec3) -> Piece:
    """A box of shrubs before a shop."""
    body, lights, darks = crown(rng, 1.2, 0.7, 0.4, 6)
    green = RGB(88, 122, 80)
    leaves = card(
        at,
        0.9,
        1.2,
        [
            mark(body, green, key=0.4),
            mark(darks, scale(green, 0.7), key=0.2),
            mark(lights, mix(green, RGB(230, 220, 140), 0.3), key=1.0),
        ],
    )
    return Piece(at, 0.7, 1.1, (leaves, *box(at, (0.5, 0.46, 1.2), RGB(120, 84, 66), 0)), shadow=(0.4, 0.7))


def hydrant(at: Vec3) -> Piece:
    """A fire hydrant."""
    red = RGB(196, 70, 56)
    marks = [
        mark(rect(-0.11, 0.05, 0.11, 0.56), red),
        mark(rect(-0.2, 0.34, 0.2, 0.46), scale(red, 0.85)),
        mark(oval(0, 0.58, 0.13, 0.1), red),
        mark(rect(-0.15, 0, 0.15, 0.07), scale(red, 0.7)),
        mark(rect(0.03, 0.07, 0.11, 0.56), scale(red, 0.75)),
        mark(rect(-0.08, 0.1, -0.04, 0.52), mix(red, RGB(255, 255, 255), 0.35)),
    ]
    return Piece(at, 0.2, 0.7, (card(at, 0.22, 0.7, marks),), shadow=(0.18, 0.14))
