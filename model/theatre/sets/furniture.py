"""Furniture: pieces of real size for the insides of houses, offices, cafés and bars.

A piece stands at the foot of its centre and its front looks along `heading_deg`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Panel,
    Piece,
    Seat,
    blob,
    box,
    card,
    circle,
    mark,
    oval,
    poly,
    rect,
    rects,
)

__all__ = [
    "armchair",
    "bed",
    "bench",
    "chair",
    "crown",
    "desk",
    "legs",
    "local",
    "round_table",
    "seats_along",
    "sofa",
    "stood",
    "stool",
    "table",
]

WOOD = RGB(140, 98, 66)


def local(at: Vec3, heading_deg: float, aside: float, ahead: float, y: float = 0.0) -> Vec3:
    """A point beside (to its viewer's right) and in front of a thing."""
    a = math.radians(heading_deg)
    return Vec3(
        at.x - aside * math.cos(a) + ahead * math.sin(a), at.y + y, at.z + aside * math.sin(a) + ahead * math.cos(a)
    )


def stood(
    at: Vec3,
    size: tuple[float, float, float],
    panels: Sequence[Panel],
    lamps: Sequence[Lamp] = (),
    heading: float = 0.0,
    seats: Sequence[Seat] = (),
) -> Piece:
    """A piece that stands on the floor, with its contact shadow."""
    w, h, d = size
    turned = abs(math.sin(math.radians(heading))) > 0.7
    half = (d / 2, w / 2) if turned else (w / 2, d / 2)
    shadow = (half[0] * 1.12 + 0.03, half[1] * 1.12 + 0.03)
    return Piece(at, math.hypot(w, d) / 2, h, tuple(panels), tuple(lamps), shadow=shadow, seats=tuple(seats))


def seats_along(
    kind: str, at: Vec3, heading: float, count: int, apart_m: float, height_m: float, ahead_m: float = 0.0
) -> list[Seat]:
    """`count` seats side by side, the middle of them at `at` and `ahead_m` before it."""
    return [
        Seat(kind, local(at, heading, (i - (count - 1) / 2) * apart_m, ahead_m), heading, height_m)
        for i in range(count)
    ]


def sofa(at: Vec3, heading: float, rgb: RGB, width: float = 2.0) -> Piece:
    """A sofa with cushions."""
    pale, dark = mix(rgb, RGB(255, 244, 226), 0.16), scale(rgb, 0.74)
    back_at = local(at, heading, 0, -0.34, 0.12)
    seat_at = local(at, heading, 0, 0.06, 0.12)
    seams = [(width * 0.5 - 0.16, 0.0, width * 0.5 - 0.15, 0.3)]
    panels: list[Panel] = [
        *box(
            back_at,
            (width, 0.72, 0.22),
            rgb,
            heading,
            front=[
                mark(
                    rects(
                        [
                            (0.22 + i * (width - 0.44) / 2 + 0.02, 0.3, 0.22 + (i + 1) * (width - 0.44) / 2 - 0.02, 0.7)
                            for i in (0, 1)
                        ]
                    ),
                    pale,
                ),
            ],
            top_rgb=pale,
        ),
        *box(
            seat_at,
            (width - 0.3, 0.3, 0.7),
            rgb,
            heading,
            front=[mark(rects(seams), dark)],
            top_rgb=pale,
            top=[mark(rect(width / 2 - 0.16, 0, width / 2 - 0.14, 0.7), dark, alpha=0.7)],
        ),
    ]
    for side in (-1, 1):
        arm = local(at, heading, side * (width / 2 - 0.09), 0.04, 0.08)
        panels += box(arm, (0.18, 0.5, 0.8), scale(rgb, 0.94), heading, top_rgb=pale)
    places = max(1, round((width - 0.4) / 0.75))
    kind = "sofa" if places > 1 else "armchair"
    seats = seats_along(kind, at, heading, places, (width - 0.36) / places, 0.44, 0.08)
    return stood(at, (width, 0.84, 0.9), panels, heading=heading, seats=seats)


def armchair(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A sofa for one."""
    return sofa(at, heading, rgb, 0.95)


def legs(at: Vec3, heading: float, w: float, d: float, h: float, rgb: RGB, thick: float = 0.05) -> list[Panel]:
    """Four thin legs, each one flat stroke that turns to the camera: no more of them is ever seen."""
    marks = (mark(rect(-thick / 2, 0, thick / 2, h), scale(rgb, 0.76)),)
    feet = (
        local(at, heading, a * (w / 2 - thick), f * (d / 2 - thick)) for a, f in ((-1, -1), (1, -1), (-1, 1), (1, 1))
    )
    return [card(foot, thick / 2, h, marks) for foot in feet]


def table(at: Vec3, heading: float, rgb: RGB, size: tuple[float, float, float] = (1.2, 0.75, 0.75)) -> Piece:
    """A table on four legs."""
    w, h, d = size
    top = box(Vec3(at.x, at.y + h - 0.05, at.z), (w, 0.05, d), rgb, heading, top_rgb=mix(rgb, RGB(255, 240, 214), 0.16))
    return stood(at, size, [*legs(at, heading, w, d, h - 0.05, rgb), *top], heading=heading)


def round_table(at: Vec3, rgb: RGB, r: float = 0.38, h: float = 0.74) -> Piece:
    """A café's round table on one foot."""
    top = Panel(
        Vec3(at.x, at.y + h, at.z),
        Vec3(1, 0, 0),
        Vec3(0, 0, 1),
        Vec3(0, 1, 0),
        (-r, -r, r, r),
        (mark(circle(0, 0, r), rgb), mark(circle(-0.04, 0.04, r * 0.86), mix(rgb, RGB(255, 244, 226), 0.2))),
    )
    post = card(
        at,
        r,
        h,
        [
            mark(rect(-0.03, 0.03, 0.03, h), RGB(58, 52, 52)),
            mark(oval(0, 0.02, 0.24, 0.045), RGB(50, 46, 48)),
            mark(rect(-r, h - 0.035, r, h), scale(rgb, 0.8)),
        ],
    )
    return Piece(at, r, h, (post, top), shadow=(r * 0.9, r * 0.7))


def chair(at: Vec3, heading: float, rgb: RGB, seat: float = 0.45) -> Piece:
    """A plain chair."""
    seat_at = Vec3(at.x, at.y + seat - 0.05, at.z)
    back = local(at, heading, 0, -0.19, seat)
    slats = [mark(rects([(0.07 + i * 0.09, 0.05, 0.12 + i * 0.09, 0.32) for i in range(4)]), scale(rgb, 0.62))]
    return stood(
        at,
        (0.42, 0.9, 0.42),
        [
            *legs(at, heading, 0.42, 0.42, seat - 0.05, rgb, 0.04),
            *box(back, (0.42, 0.44, 0.035), rgb, heading, front=slats, back=slats),
            *box(seat_at, (0.42, 0.05, 0.42), rgb, heading, top_rgb=mix(rgb, RGB(255, 240, 214), 0.18)),
        ],
        heading=heading,
        seats=[Seat("chair", at, heading, seat)],
    )


def stool(at: Vec3, rgb: RGB, seat: float = 0.74, heading: float = 0.0) -> Piece:
    """A bar stool; `heading` is the way one sits on it."""
    marks = [
        mark(rect(-0.025, 0.03, 0.025, seat - 0.06), RGB(120, 112, 108)),
        mark(oval(0, 0.03, 0.2, 0.035), RGB(96, 90, 90)),
        mark(rect(-0.13, 0.25, 0.13, 0.275), RGB(110, 104, 100)),
        mark(oval(0, seat - 0.05, 0.19, 0.055), scale(rgb, 0.75)),
        mark(oval(0, seat - 0.01, 0.19, 0.05), rgb),
        mark(oval(-0.04, seat, 0.11, 0.022), mix(rgb, RGB(255, 255, 255), 0.3)),
    ]
    body = (card(at, 0.22, seat + 0.05, marks),)
    return Piece(at, 0.22, seat, body, shadow=(0.2, 0.16), seats=(Seat("stool", at, heading, seat),))


def bench(at: Vec3, heading: float, rgb: RGB) -> Piece:
    """A slatted bench for three."""
    iron = RGB(56, 60, 64)
    panels: list[Panel] = []
    for side in (-1, 1):
        panels += box(local(at, heading, side * 0.7, 0.0), (0.06, 0.42, 0.42), iron, heading)
    for i in range(3):
        panels += box(
            local(at, heading, 0, -0.21, 0.52 + i * 0.14),
            (1.6, 0.1, 0.035),
            rgb,
            heading,
            top_rgb=mix(rgb, RGB(255, 240, 214), 0.2),
        )
    gaps = [mark(rects([(0, 0.13, 1.6, 0.15), (0, 0.28, 1.6, 0.3)]), scale(rgb, 0.6))]
    panels += box(
        local(at, heading, 0, 0.0, 0.42),
        (1.6, 0.045, 0.44),
        rgb,
        heading,
        top=gaps,
        top_rgb=mix(rgb, RGB(255, 240, 214), 0.16),
    )
    seats = seats_along("bench", at, heading, 2, 0.75, 0.46)
    return stood(at, (1.6, 0.95, 0.5), panels, heading=heading, seats=seats)


def bed(at: Vec3, heading: float, rgb: RGB, wood: RGB = WOOD, width: float = 1.5) -> Piece:
    """A made bed; its foot looks along the heading."""
    sheet, pale = RGB(232, 228, 218), mix(rgb, RGB(255, 248, 236), 0.24)
    fold = [
        mark(rect(0, 0, width, 1.35), rgb),
        mark(poly([(0, 1.2), (width, 1.26), (width, 1.4), (0, 1.38)]), pale),
        mark(poly([(0.2, 0), (0.3, 0), (0.62, 1.2), (0.5, 1.2)]), scale(rgb, 0.86), alpha=0.7),
        mark(poly([(width - 0.5, 0.1), (width - 0.42, 0.1), (width - 0.2, 1.1), (width - 0.32, 1.1)]), pale, alpha=0.5),
        *(
            mark(poly([(a + 0.05, 1.5), (a + 0.6, 1.5), (a + 0.62, 1.86), (a + 0.02, 1.86)]), RGB(246, 243, 236))
            for a in (0.06, width - 0.7)
        ),
        *(
            mark(poly([(a + 0.1, 1.53), (a + 0.55, 1.53), (a + 0.5, 1.6), (a + 0.12, 1.6)]), RGB(206, 204, 204))
            for a in (0.06, width - 0.7)
        ),
    ]
    drape = [
        mark(rect(0, 0.08, 1.4, 0.32), rgb),
        mark(rects([(0.3 * i, 0.08, 0.3 * i + 0.03, 0.3) for i in range(5)]), scale(rgb, 0.82)),
    ]
    drape_right = [mark(rect(0.6, 0.08, 2.0, 0.32), rgb)]
    panels = [
        *box(
            local(at, heading, 0, -1.03),
            (width + 0.1, 1.05, 0.07),
            wood,
            heading,
            front=[
                mark(
                    rects(
                        [
                            (0.1 + i * (width - 0.1) / 3, 0.55, 0.02 + (i + 1) * (width - 0.1) / 3, 0.97)
                            for i in range(3)
                        ]
                    ),
                    scale(wood, 0.84),
                )
            ],
        ),
        *box(
            Vec3(at.x, at.y + 0.2, at.z),
            (width, 0.32, 2.0),
            sheet,
            heading,
            top=fold,
            left=drape_right,
            right=drape,
            front=[
                mark(rect(0, 0.06, width, 0.32), rgb),
                mark(rects([(0.25 + 0.3 * i, 0.06, 0.28 + 0.3 * i, 0.3) for i in range(4)]), scale(rgb, 0.82)),
            ],
        ),
        *box(local(at, heading, 0, 1.02), (width + 0.1, 0.36, 0.06), wood, heading),
    ]
    beds = seats_along("bed", at, heading, 2 if width > 1.3 else 1, width * 0.46, 0.52)
    return stood(at, (width, 1.05, 2.1), panels, heading=heading, seats=beds)


def desk(rng: Random, at: Vec3, heading: float, rgb: RGB, screen: bool = True) -> Piece:
    """A desk with a screen, papers and a cup."""
    top_y = at.y + 0.74
    panels: list[Panel] = [
        *legs(at, heading, 1.4, 0.7, 0.7, RGB(90, 92, 96)),
        *box(
            local(at, heading, 0.45, 0.0),
            (0.4, 0.68, 0.6),
            scale(rgb, 0.86),
            heading,
            front=[mark(rects([(0.03, 0.05 + i * 0.21, 0.37, 0.23 + i * 0.21) for i in range(3)]), scale(rgb, 0.74))],
        ),
        *box(
            Vec3(at.x, top_y - 0.04, at.z),
            (1.4, 0.04, 0.7),
            rgb,
            heading,
            top_rgb=mix(rgb, RGB(255, 248, 236), 0.2),
            top=[mark(rects([(0.12, 0.1, 0.33, 0.4), (0.2, 0.16, 0.41, 0.45)], rng, 0.02), RGB(240, 238, 228))],
        ),
    ]
    if screen:
        stand = local(Vec3(at.x, top_y, at.z), heading, -0.12, -0.1)
        panels += box(stand, (0.06, 0.12, 0.05), RGB(60, 62, 66), heading)
        shine = RGB(150, 196, 214)
        panels += box(
            Vec3(stand.x, top_y + 0.1, stand.z),
            (0.56, 0.34, 0.035),
            RGB(44, 46, 52),
            heading,
            front=[
                mark(rect(0.02, 0.02, 0.54, 0.32), shine, "glow"),
                mark(
                    rects([(0.06, 0.25 - 0.045 * i, 0.2 + 0.07 * (i % 3), 0.265 - 0.045 * i) for i in range(5)]),
                    RGB(70, 110, 134),
                    "glow",
                    fine=True,
                ),
            ],
        )
    return stood(at, (1.4, 0.74, 0.7), panels, heading=heading)


def crown(rng: Random, width: float, height: float, foot: float, count: int) -> tuple[skia.Path, skia.Path, skia.Path]:
    """A leafy mass: its body, its lit leaves and its shadow side, as lobed shapes."""
    body, lights, darks = skia.Path(), skia.Path(), skia.Path()
    middle = foot + height / 2
    for i in range(count):
        a = math.tau * i / count
        r = 0.56 if i else 0.0
        x, y = math.cos(a) * width / 2 * r, middle + math.sin(a) * height / 2 * r
        size = rng.uniform(0.42, 0.52)
        body.addPath(blob(rng, x, y, width * size * 0.66, height * size * 0.66, 13, 0.13), 0, 0)
    for _ in range(count * 2):
        a, r = rng.uniform(0, math.tau), rng.uniform(0.72, 0.98)
        x, y = math.cos(a) * width / 2 * r * 0.92, middle + math.sin(a) * height / 2 * r * 0.92
        body.addPath(blob(rng, x, y, width * 0.11, height * 0.1, 7, 0.25), 0, 0)
    for i in range(count * 3):
        a, r = 2.399963 * i + rng.uniform(-0.2, 0.2), math.sqrt((i + 0.5) / (count * 3)) * 0.78
        x, y = math.cos(a) * width / 2 * r, middle + math.sin(a) * height / 2 * r
        lift = 0.5 + 0.5 * math.sin(a) * r  # 0 at the foot of the crown, 1 at its top
        if rng.random() < 0.25 + 0.75 * lift:
            wide, high = width * (0.045 + 0.05 * lift), height * (0.02 + 0.035 * lift)
            lights.addPath(blob(rng, x - width * 0.05, y + height * 0.06, wide, high, 7, 0.3), 0, 0)
        if i % 2 and rng.random() < 1.2 - lift:
            wide, high = width * (0.15 - 0.06 * lift), height * (0.075 - 0.03 * lift)
            darks.addPath(blob(rng, x + width * 0.06, y - height * 0.10, wide, high, 8, 0.28), 0, 0)
    return body, lights, darks
