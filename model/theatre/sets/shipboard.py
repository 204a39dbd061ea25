"""What a spaceship is furnished with: consoles, chairs, the chart table, bunks, tanks."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import (
    Lamp,
    Piece,
    Rect,
    Seat,
    blob,
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

__all__ = ["TOP", "WHITE", "chair", "console", "table", "tank", "traces"]

TOP = 3.0
"""How high a deck is, in metres."""
WHITE = RGB(236, 240, 244)


def traces(rng: Random, screens: skia.Path) -> skia.Path:
    """Curves and bars on screens, wherever those are."""
    out = skia.Path()
    if screens.isEmpty():
        return out
    points = [screens.getPoint(i) for i in range(0, screens.countPoints(), 4)]
    for corner in points:
        x, y = corner.x() + 0.06, corner.y() + 0.1
        if rng.random() < 0.5:
            curve = [(x + 0.11 * i, y + 0.2 + 0.15 * math.sin(i * 1.3 + x)) for i in range(11)]
            out.addPath(line(curve, 0.02), 0, 0)
        else:
            for i in range(8):
                out.addPath(rect(x + 0.14 * i, y, x + 0.14 * i + 0.08, y + rng.uniform(0.08, 0.4)), 0, 0)
    return out


def console(rng: Random, at: Vec3, heading: float, hull: RGB, glow: RGB, accent: RGB, wide: float = 1.7) -> Piece:
    """A desk of keys and a slanted screen."""
    keys: list[Rect] = []
    warm: list[Rect] = []
    for i in range(int(wide / 0.12)):
        for j in range(3):
            (keys if rng.random() < 0.75 else warm).append(
                (0.06 + 0.12 * i, 0.08 + 0.11 * j, 0.13 + 0.12 * i, 0.14 + 0.11 * j)
            )
    top = [mark(rects(keys), mix(glow, hull, 0.3), "flame", alpha=0.8), mark(rects(warm), accent, "flame")]
    body = [
        mark(rects([(0.1, 0.1, wide - 0.1, 0.5)]), scale(hull, 0.6)),
        mark(rect(0, 0.66, wide, 0.72), glow, "flame"),
    ]
    screen = [
        mark(rect(0.06, 0.06, wide - 0.06, 0.5), RGB(20, 40, 56)),
        mark(traces(rng, rect(0.05, 0.06, wide, 0.5)), mix(glow, WHITE, 0.2), "flame"),
    ]
    a = math.radians(heading)
    back = Vec3(at.x - math.sin(a) * 0.26, 0.82, at.z - math.cos(a) * 0.26)
    panels = [
        *box(
            at, (wide, 0.8, 0.62), scale(hull, 0.8), heading, front=body, back=body, top=top, top_rgb=scale(hull, 0.55)
        ),
        *box(back, (wide, 0.56, 0.1), scale(hull, 0.66), heading, front=screen),
    ]
    return Piece(at, wide / 2, 1.38, tuple(panels), shadow=(wide * 0.55, 0.45))


def chair(at: Vec3, heading: float, accent: RGB) -> Piece:
    """A chair on a post."""
    cloth = mix(accent, RGB(50, 52, 62), 0.55)
    a = math.radians(heading)
    rear = Vec3(at.x - math.sin(a) * 0.26, 0.5, at.z - math.cos(a) * 0.26)
    ribs = [mark(rects([(0.06, 0.1 + 0.16 * i, 0.54, 0.2 + 0.16 * i) for i in range(5)]), mix(cloth, WHITE, 0.14))]
    panels = [
        *box(at, (0.16, 0.36, 0.16), RGB(90, 94, 104), heading),
        *box(
            Vec3(rear.x, 0.5, rear.z),
            (0.6, 0.95, 0.12),
            cloth,
            heading,
            front=ribs,
            back=[mark(rect(0.1, 0.1, 0.5, 0.8), scale(cloth, 0.75))],
        ),
        *box(Vec3(at.x, 0.34, at.z), (0.6, 0.14, 0.56), cloth, heading),
    ]
    return Piece(at, 0.4, 1.45, tuple(panels), shadow=(0.42, 0.4), seats=(Seat("chair", at, heading, 0.48),))


def table(rng: Random, at: Vec3, hull: RGB, glow: RGB) -> Piece:
    """A round table with a map of light above it."""
    rings = [
        mark(oval(0, 1.22 + 0.02 * k, 0.42 - 0.1 * k, 0.1 - 0.024 * k), glow, "flame", alpha=0.25) for k in range(3)
    ]
    rings += [
        mark(
            circle(rng.uniform(-0.34, 0.34), rng.uniform(1.1, 1.6), rng.uniform(0.02, 0.06)),
            mix(glow, WHITE, 0.4),
            "flame",
        )
        for _ in range(7)
    ]
    rings += [mark(blob(rng, 0, 1.38, 0.2, 0.2, 9, 0.04), glow, "flame", alpha=0.5)]
    base = [
        mark(poly([(-0.22, 0), (0.22, 0), (0.14, 0.8), (-0.14, 0.8)]), scale(hull, 0.6)),
        mark(oval(0, 0.84, 0.62, 0.14), scale(hull, 0.74)),
        mark(oval(0, 0.87, 0.52, 0.11), RGB(22, 46, 62)),
        mark(oval(0, 0.88, 0.44, 0.09), glow, "flame", alpha=0.6),
    ]
    lamp = Lamp(Vec3(at.x, 1.2, at.z), glow, 0.9, 1.2, always=True)
    return Piece(at, 0.6, 1.7, (card(at, 0.7, 1.75, [*base, *rings]),), (lamp,), shadow=(0.6, 0.45))


def tank(rng: Random, at: Vec3, hull: RGB, accent: RGB) -> Piece:
    """A pressure vessel with a gauge."""
    high, w = rng.uniform(1.5, 2.3), rng.uniform(0.42, 0.6)
    body = skia.Path()
    body.addRoundRect(skia.Rect.MakeLTRB(-w, 0.12, w, high), w * 0.7, w * 0.5)
    shade = skia.Path()
    shade.addRoundRect(skia.Rect.MakeLTRB(w * 0.3, 0.16, w, high - 0.06), w * 0.6, w * 0.5)
    marks = [
        mark(rects([(-w * 0.8, 0, -w * 0.6, 0.3), (w * 0.6, 0, w * 0.8, 0.3)]), scale(hull, 0.4)),
        mark(body, mix(hull, accent, 0.25)),
        mark(shade, scale(mix(hull, accent, 0.25), 0.72)),
        mark(rects([(-w, high * 0.3, w, high * 0.34), (-w, high * 0.7, w, high * 0.74)]), scale(hull, 0.5)),
        mark(circle(-w * 0.3, high * 0.52, 0.12), WHITE),
        mark(line([(-w * 0.3, high * 0.52), (-w * 0.3 + 0.07, high * 0.52 + 0.06)], 0.02), RGB(180, 50, 44)),
        mark(rect(-0.07, high, 0.07, TOP), scale(hull, 0.55)),
    ]
    return Piece(at, w, high, (card(at, w * 1.1, TOP, marks),), shadow=(w * 1.2, w * 0.8))
