"""Aboard a spaceship: a bridge with its viewport, a deck of quarters, or an engine room, by the seed.

Walls lean as a hull does, with strips of light in their folds; outside there is only space.
"""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lettering import text_path
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.decks import bridge, engine, quarters
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Rect,
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
from model.theatre.sets.shipboard import TOP, WHITE, traces

__all__ = ["spaceship"]

NEAR, FAR, HALF, FOLD, HIGH = -6.6, 6.2, 4.2, 4.7, 1.15
UPPER = 3.3  # where the wall meets the ceiling


def spaceship(seed: int, name: str = "") -> Design:
    """A room of a ship, about nine metres wide."""
    rng = Random(seed * 137 + 31)
    kind = seed % 3  # 0: engine room, 1: bridge, 2: quarters
    hull, accent, glow = rng.choice(
        (
            (RGB(196, 202, 208), RGB(232, 140, 62), RGB(150, 220, 255)),
            (RGB(118, 126, 142), RGB(90, 160, 200), RGB(120, 240, 255)),
            (RGB(206, 196, 180), RGB(170, 66, 58), RGB(255, 214, 150)),
        )
    )
    title = (name or rng.choice(("ARGO", "HALCYON", "VESPER", "KESTREL"))).upper()
    shell = [
        _viewport(rng, hull, accent, glow) if kind == 1 else _bulkhead(rng, hull, accent, glow, title, True, kind),
        _bulkhead(rng, hull, accent, glow, title, False, kind),
    ]
    for side in (-1, 1):
        shell += _side(rng, side, hull, accent, glow, kind)
    shell.append(_ceiling(hull, glow))
    dressing = (engine, bridge, quarters)[kind](rng, hull, accent, glow)
    lamps = tuple(Lamp(Vec3(x, TOP - 0.1, z), glow, 0.2, 1.5) for x in (-1.6, 1.6) for z in (-4.4, -1.2, 2.0, 4.8))
    area = (-HALF, NEAR, HALF, FAR)
    ground = _floor(rng, hull, accent, area)
    return Design(scale(hull, 0.5), ground, "space", tuple(shell), (), tuple(dressing), lamps, ground_extent=area)


def _leaning(
    side: int, y0: float, y1: float, x0: float, x1: float, marks: list[Mark], holes: tuple[Rect, ...] = ()
) -> Panel:
    """A strip of a side wall between two heights, seen from inside, from its left end."""
    length, rise = FAR - NEAR, math.hypot(y1 - y0, x1 - x0)
    start = Vec3(side * x0, y0, FAR if side > 0 else NEAR)
    u = Vec3(0.0, 0.0, -float(side))
    v = Vec3(side * (x1 - x0) / rise, (y1 - y0) / rise, 0.0)
    normal = Vec3(-side * (y1 - y0) / rise, (x1 - x0) / rise, 0.0)
    return Panel(start, u, v, normal, (0, 0, length, rise), tuple(marks), holes=holes)


def _side(rng: Random, side: int, hull: RGB, accent: RGB, glow: RGB, kind: int) -> list[Panel]:
    """A side wall: plates below, ports or lockers above, a strip of light along the fold."""
    length = FAR - NEAR
    low_h, up_h = math.hypot(HIGH, FOLD - HALF), math.hypot(TOP - HIGH, FOLD - UPPER)
    bays = [0.4 + 2.0 * i for i in range(6)]
    vents: list[Rect] = []
    for x in bays:
        if rng.random() < 0.6:
            vents += [(x + 0.25, 0.25 + 0.11 * i, x + 1.2, 0.3 + 0.11 * i) for i in range(5)]
    low = [
        mark(rect(0, 0, length, low_h), scale(hull, 0.82)),
        mark(rects([(x, 0.1, x + 1.8, low_h - 0.12) for x in bays]), scale(hull, 0.92)),
        mark(rects(vents), scale(hull, 0.45)),
        mark(rect(0, 0, length, 0.08), scale(hull, 0.4)),
        mark(rect(0, low_h - 0.09, length, low_h - 0.02), glow, "flame"),
    ]
    ports: list[Rect] = [(x + 0.3, 0.45, x + 1.5, 1.35) for x in bays[1:5:2]] if kind == 2 else []
    plate = skia.Path(rect(0, 0, length, up_h))
    for x0, y0, x1, y1 in ports:
        plate.addRoundRect(skia.Rect.MakeLTRB(x0, y0, x1, y1), 0.35, 0.35)
    plate.setFillType(skia.PathFillType.kEvenOdd)
    up: list[Mark] = [mark(plate, hull)]
    for x0, y0, x1, y1 in ports:
        ring = skia.Path()
        ring.addRoundRect(skia.Rect.MakeLTRB(x0 - 0.1, y0 - 0.1, x1 + 0.1, y1 + 0.1), 0.42, 0.42)
        ring.addRoundRect(skia.Rect.MakeLTRB(x0, y0, x1, y1), 0.35, 0.35)
        ring.setFillType(skia.PathFillType.kEvenOdd)
        up.append(mark(ring, scale(hull, 0.62)))
    screens, dots_a, dots_b, seams = skia.Path(), skia.Path(), skia.Path(), skia.Path()
    for x in bays:
        seams.addPath(rect(x - 0.06, 0, x - 0.02, up_h), 0, 0)
        if any(abs(p[0] - 0.3 - x) < 0.1 for p in ports):
            continue
        if rng.random() < 0.55:
            screens.addPath(rect(x + 0.25, 0.4, x + 1.5, 1.0), 0, 0)
            for i in range(14):
                target = dots_a if rng.random() < 0.6 else dots_b
                target.addPath(rect(x + 0.3 + 0.085 * i, 1.12, x + 0.35 + 0.085 * i, 1.17), 0, 0)
        else:
            up.append(mark(frame(x + 0.2, 0.3, x + 1.5, 1.5, 0.035), scale(hull, 0.7)))
            up.append(mark(rect(x + 0.75, 0.8, x + 0.95, 0.9), accent))
    up += [
        mark(seams, scale(hull, 0.6)),
        mark(screens, RGB(24, 44, 60)),
        mark(traces(rng, screens), mix(glow, WHITE, 0.2), "flame"),
        mark(dots_a, glow, "flame", fine=True),
        mark(dots_b, accent, "flame", fine=True),
        mark(rect(0, 0.14, length, 0.22), accent, alpha=0.9),
        mark(rect(0, up_h - 0.3, length, up_h), RGB(16, 18, 30), alpha=0.2),
    ]
    return [
        _leaning(side, 0.0, HIGH, HALF, FOLD, low),
        _leaning(side, HIGH, TOP, FOLD, UPPER, up, tuple(ports)),
    ]


def _viewport(rng: Random, hull: RGB, accent: RGB, glow: RGB) -> Panel:
    """The wall ahead, most of it glass, between slanted struts."""
    w = 2 * FOLD
    glass = [(0.9, 0.95), (0.55, 1.3), (1.5, 2.75), (w - 1.5, 2.75), (w - 0.55, 1.3), (w - 0.9, 0.95)]
    plate = skia.Path(rect(0, 0, w, TOP))
    plate.addPath(poly(glass), 0, 0)
    plate.setFillType(skia.PathFillType.kEvenOdd)
    bars = skia.Path()
    for u in (0.33, 0.67):
        x = w * u
        lean = (u - 0.5) * 1.4
        bars.addPath(
            poly(
                [
                    (x - 0.07 + lean * 0.4, 0.95),
                    (x + 0.07 + lean * 0.4, 0.95),
                    (x + 0.06 - lean * 0.3, 2.75),
                    (x - 0.06 - lean * 0.3, 2.75),
                ]
            ),
            0,
            0,
        )
    hud = skia.Path()
    hud.addPath(frame(w * 0.5 - 0.5, 1.5, w * 0.5 + 0.5, 2.1, 0.012), 0, 0)
    hud.addPath(line([(w * 0.5 - 0.12, 1.8), (w * 0.5 + 0.12, 1.8)], 0.012), 0, 0)
    hud.addPath(line([(w * 0.5, 1.68), (w * 0.5, 1.92)], 0.012), 0, 0)
    hud.setFillType(skia.PathFillType.kEvenOdd)
    lights: list[Rect] = [(1.0 + 0.3 * i, 0.66, 1.18 + 0.3 * i, 0.74) for i in range(25) if rng.random() < 0.7]
    marks = [
        mark(plate, scale(hull, 0.86)),
        mark(rect(0, 0, w, 0.5), scale(hull, 0.6)),
        mark(rects(lights), accent, "flame"),
        mark(bars, scale(hull, 0.6)),
        mark(line([*glass, glass[0]], 0.08), scale(hull, 0.5)),
        mark(hud, glow, "flame", alpha=0.6),
        mark(poly([(1.6, 0.95), (2.2, 0.95), (3.3, 2.75), (2.7, 2.75)]), WHITE, alpha=0.06),
    ]
    return wall((-FOLD, FAR), (FOLD, FAR), TOP, marks, [(0.55, 0.95, w - 0.55, 2.75)])


def _bulkhead(rng: Random, hull: RGB, accent: RGB, glow: RGB, title: str, far: bool, kind: int) -> Panel:
    """An end wall with its pressure door; the far one of an engine room opens on the core."""
    w, m = 2 * FOLD, FOLD
    start, end = ((-FOLD, FAR), (FOLD, FAR)) if far else ((FOLD, NEAR), (-FOLD, NEAR))
    octagon = [
        (m - 0.85, 0.0),
        (m - 1.0, 0.5),
        (m - 1.0, 1.9),
        (m - 0.6, 2.35),
        (m + 0.6, 2.35),
        (m + 1.0, 1.9),
        (m + 1.0, 0.5),
        (m + 0.85, 0.0),
    ]
    outer = [(m + (x - m) * 1.22, y * 1.08) for x, y in octagon]
    stripes = skia.Path()
    for i in range(6):
        x = m - 1.5 + 0.5 * i
        stripes.addPath(poly([(x, 2.6), (x + 0.25, 2.6), (x + 0.4, 2.72), (x + 0.15, 2.72)]), 0, 0)
    pipes: list[Rect] = [(x, 0, x + 0.16, TOP) for x in (0.9, 1.2, w - 1.4)]
    marks = [
        mark(rect(0, 0, w, TOP), scale(hull, 0.88)),
        mark(rects([(0.3, 0.2, m - 1.6, 2.6), (m + 1.6, 0.2, w - 0.3, 2.6)]), hull),
        mark(rects([(0.3, 1.3, m - 1.6, 1.34), (m + 1.6, 1.3, w - 0.3, 1.34)]), scale(hull, 0.65)),
        mark(poly(outer), scale(hull, 0.55)),
        mark(poly(octagon), mix(scale(hull, 0.7), accent, 0.2)),
        mark(rect(m - 0.03, 0, m + 0.03, 2.35), scale(hull, 0.4)),
        mark(rects([(m - 0.75, 1.25, m - 0.2, 1.4), (m + 0.2, 1.25, m + 0.75, 1.4)]), accent),
        mark(rect(m + 1.25, 1.1, m + 1.42, 1.4), glow, "flame"),
        mark(stripes, RGB(236, 190, 70)),
        mark(moved_path(text_path(title, 0.34, True, 2.2), m - 2.6, 1.8), scale(accent, 0.9)),
        mark(moved_path(text_path(f"DECK {rng.randint(2, 9)}", 0.22, True, 1.4), m + 2.5, 1.9), scale(hull, 0.45)),
    ]
    if kind == 0:
        marks += [
            mark(rects(pipes), scale(hull, 0.6)),
            mark(rects([(a + 0.03, b, a + 0.06, d) for a, b, _, d in pipes]), WHITE, alpha=0.4),
        ]
    return wall(start, end, TOP, marks)


def _ceiling(hull: RGB, glow: RGB) -> Panel:
    """Ribs, ducts and two long strips of light."""
    ribs: list[Rect] = [(-UPPER, NEAR + 0.2 + 2.0 * i, UPPER, NEAR + 0.42 + 2.0 * i) for i in range(7)]
    ducts: list[Rect] = [(-0.5, NEAR, -0.15, FAR), (0.1, NEAR, 0.35, FAR)]
    strips: list[Rect] = [
        (x, z, x + 0.22, z + 1.7) for x in (-1.72, 1.5) for z in (NEAR + 0.5 + 2.0 * i for i in range(6))
    ]
    marks = [
        mark(rect(-UPPER, NEAR, UPPER, FAR), scale(hull, 0.62), key=0.4),
        mark(rects(ducts), scale(hull, 0.5), key=0.3),
        mark(rects(ribs), scale(hull, 0.74), key=0.5),
        mark(rects(strips), mix(glow, WHITE, 0.5), "flame"),
    ]
    return floor_patch((-UPPER, NEAR, UPPER, FAR), TOP, marks, up=False)


def _floor(rng: Random, hull: RGB, accent: RGB, area: Rect) -> tuple[Mark, ...]:
    """Plates with a grated walk down the middle and lights along it."""
    base = mix(scale(hull, 0.52), RGB(70, 74, 86), 0.4)
    plates: list[Rect] = []
    for i in range(7):
        for j in range(5):
            if rng.random() < 0.4:
                plates.append(
                    (-HALF + 1.68 * j, NEAR + 1.83 * i, -HALF + 1.68 * (j + 1) - 0.03, NEAR + 1.83 * (i + 1) - 0.03)
                )
    seams: list[Rect] = [(-HALF, NEAR + 1.83 * i, HALF, NEAR + 1.83 * i + 0.03) for i in range(1, 7)]
    grate: list[Rect] = [
        (-0.75, NEAR + 0.16 * i, 0.75, NEAR + 0.16 * i + 0.05) for i in range(int((FAR - NEAR) / 0.16))
    ]
    studs: list[Rect] = [
        (x, NEAR + 0.5 + 0.9 * i, x + 0.07, NEAR + 0.75 + 0.9 * i) for x in (-0.93, 0.86) for i in range(14)
    ]
    return (
        mark(rect(*area), base),
        mark(rects(plates), scale(base, 1.12)),
        mark(rects(seams), scale(base, 0.7), fine=True),
        mark(rect(-0.8, NEAR, 0.8, FAR), scale(base, 0.74)),
        mark(rects(grate), scale(base, 0.9), fine=True),
        mark(rects(studs), mix(accent, WHITE, 0.2), "flame"),
        *(mark(frame(-HALF + r, NEAR + r, HALF - r, FAR - r, r), RGB(14, 12, 28), alpha=0.1) for r in (1.0, 0.4)),
    )
