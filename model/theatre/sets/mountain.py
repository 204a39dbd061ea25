"""High in the mountains: a shelf of rock and grass over a valley, with ranges of peaks behind one another.

Ahead of the master's camera the ground ends at an edge; behind it and on one side the slope goes on up.
"""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.growth import rock, tufts
from model.theatre.sets.kit import (
    Design,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    double,
    mark,
    poly,
    rect,
    rects,
    wall,
)
from model.theatre.sets.nature import SUNLIT, ring
from model.theatre.sets.relief import Land, crags, hills, peaks, ring_of
from model.theatre.sets.water import smoke
from model.theatre.sets.wild import dead_tree, fir, firs

__all__ = ["mountain"]

EDGE_M, REACH_M = 8.0, 46.0
STONE, PALE = RGB(146, 142, 144), RGB(188, 178, 168)


def mountain(seed: int) -> Design:
    """A shelf over a valley: a trail, rocks, snow or firs by the seed, a hut or flags, peaks all round."""
    rng = Random(seed * 101 + 7)
    bare, rock_rgb, grass = (
        (False, RGB(128, 128, 138), RGB(126, 144, 88)),
        (True, RGB(116, 122, 140), RGB(148, 142, 118)),
        (False, RGB(148, 124, 112), RGB(164, 142, 84)),
    )[seed % 3]
    green = rng.choice((RGB(58, 92, 76), RGB(70, 100, 72), RGB(64, 86, 84)))
    up = 1 if rng.random() < 0.5 else -1  # the side on which the slope goes on
    scenery = _ranges(rng, rock_rgb, grass, green, bare, up)
    dressing = _rim(rng, rock_rgb, grass)
    stones = mix(rock_rgb, PALE, 0.35)
    for x, z in [p for p in ring(rng, 16, 3.4, 12.0, 0.5) if p[1] < EDGE_M - 1.2]:
        dressing.append(rock(rng, Vec3(x, 0, z), stones, rng.choice((0.35, 0.5, 0.8, 1.4))))
    for x, z in [p for p in ring(rng, 22, 2.9, 10.0, 0.2) if p[1] < EDGE_M - 0.6]:
        dressing.append(tufts(rng, Vec3(x, 0, z), mix(grass, SUNLIT, rng.uniform(0.0, 0.4)), rng.uniform(0.2, 0.42)))
    if bare:
        dressing += _flags(rng, Vec3(-up * 5.4, 0, 4.4), Vec3(-up * 1.4, 0, 7.4))
        dressing.append(_cairn(rng, Vec3(up * 4.6, 0, 4.4), 1.7))
        dressing.append(_cairn(rng, Vec3(-up * 3.6, 0, -3.8), 0.8))
    else:
        dressing += [
            fir(rng, Vec3(x, 0, z), rng.uniform(3.2, 8.0), green)
            for x, z in ring(rng, 22, 6.0, 24.0, 1.6)
            if z < EDGE_M - 1.5 and (x * up > 2.0 or z < -4.0)
        ]
        dressing.append(dead_tree(rng, Vec3(-up * 6.4, 0, 5.6), 4.6, RGB(150, 138, 128)))
        hut = Vec3(up * 9.5, 0, 4.4)
        dressing += [
            _hut(rng, hut, 180.0 + up * 40.0),
            smoke(Vec3(hut.x + 0.9, 3.9, hut.z + 0.2), high_m=5.0, thick_m=0.32),
        ]
    dressing.append(_signpost(Vec3(up * 3.3, 0, 2.7)))
    return Design(
        grass,
        tuple(_ground(rng, grass, stones, bare)),
        "none",
        (),
        tuple(scenery),
        tuple(dressing),
        ground_extent=(-REACH_M, -REACH_M, REACH_M, EDGE_M),
    )


def _ranges(rng: Random, rock_rgb: RGB, grass: RGB, green: RGB, bare: bool, up: int) -> list[Piece]:
    """From the far peaks to the slopes at hand."""
    snow = 10.0 if bare else 26.0
    far = Land(rgb=rock_rgb, low_m=60.0, high_m=96.0, foot_m=-46.0, snow_m=66.0, air=0.55, mist=True)
    second = Land(rgb=rock_rgb, low_m=46.0, high_m=78.0, foot_m=-46.0, snow_m=46.0 + snow * 0.7, air=0.34, mist=True)
    third = Land(rgb=mix(rock_rgb, green, 0.3), low_m=26.0, high_m=44.0, foot_m=-44.0, air=0.24, mist=True)
    valley = Land(rgb=mix(green, grass, 0.25), low_m=12.0, high_m=20.0, foot_m=-36.0, air=0.14, mist=True)
    scenery = [
        *ring_of(rng, far, peaks, 190.0, 13),
        *ring_of(rng, second, peaks, 130.0, 10),
        *ring_of(rng, third, peaks, 84.0, 9),
        *ring_of(rng, valley, hills, 58.0, 9, (-100.0, 100.0)),
    ]
    # The slope that the shelf lies on: behind the master's camera, and on one side.
    near = Land(rgb=rock_rgb, foot_rgb=grass, low_m=9.0, high_m=22.0, snow_m=14.0 if bare else None, air=0.16)
    arc = (95.0, 262.0) if up > 0 else (98.0, 265.0)
    scenery += ring_of(rng, near, crags, 40.0, 5, arc)
    for i in range(7):
        a = math.radians(arc[0] + 6 + (arc[1] - arc[0] - 12) * (i + rng.uniform(0.1, 0.9)) / 7)
        at = Vec3(29.0 * math.sin(a), 0.0, 29.0 * math.cos(a))
        if not bare:
            scenery.append(
                firs(rng, at, rng.uniform(10, 16), rng.uniform(5.0, 8.5), mix(green, RGB(140, 160, 170), 0.1))
            )
    steep = Land(rgb=rock_rgb, foot_rgb=grass, low_m=3.0, high_m=6.5, snow_m=3.0 if bare else None)
    scenery += ring_of(rng, steep, crags, 19.0, 3, (72.0, 175.0) if up > 0 else (185.0, 288.0))
    face = [mark(rect(0, -40, 2 * REACH_M, 0), scale(rock_rgb, 0.8), key=0.35)]
    ledges = skia.Path()
    for _ in range(40):
        x, y = rng.uniform(0, 2 * REACH_M), -rng.uniform(0.3, 14)
        ledges.addPath(
            poly([(x, y), (x + rng.uniform(1, 4), y + 0.3), (x + rng.uniform(0.5, 3), y - rng.uniform(0.6, 2.4))]), 0, 0
        )
    face.append(mark(ledges, mix(rock_rgb, PALE, 0.3), key=0.7))
    cliff = wall((REACH_M, EDGE_M), (-REACH_M, EDGE_M), 1.0, face)
    scenery.append(
        Piece(
            Vec3(0, 0, EDGE_M),
            REACH_M,
            1.0,
            (Panel(cliff.origin, cliff.u, cliff.v, cliff.normal, (0, -40, 92, 0), cliff.marks),),
        )
    )
    return scenery


def _rim(rng: Random, rock_rgb: RGB, grass: RGB) -> list[Piece]:
    """Slabs and turf along the edge, so that it is nowhere a ruled line."""
    pieces = []
    x = -30.0
    while x < 30.0:
        w = rng.uniform(1.4, 3.2)
        at = Vec3(x + w / 2, 0.0, EDGE_M - rng.uniform(0.0, 0.25))
        h = rng.uniform(0.12, 0.42)
        top = [
            (-w * 0.62, -0.06),
            (-w * 0.5, h * 0.7),
            (-w * 0.12, h),
            (w * 0.25, h * 0.82),
            (w * 0.55, h * 0.5),
            (w * 0.64, -0.06),
        ]
        turf = blob(rng, rng.uniform(-0.2, 0.2) * w, h * 0.3, w * 0.5, h * 0.5 + 0.05, 9, 0.25)
        stone = rng.random() < 0.55
        marks = (
            [
                mark(poly(top), mix(rock_rgb, PALE, 0.25), key=0.85),
                mark(poly([top[3], top[4], top[5], (w * 0.1, -0.06)]), scale(rock_rgb, 0.78), key=0.25),
            ]
            if stone
            else [mark(turf, scale(grass, 0.88), key=0.7)]
        )
        pieces.append(Piece(at, 0.4, h, (card(at, w * 0.7, h * 1.2, marks, below=0.08),), keep=True))
        x += w * 0.8
    return pieces


def _ground(rng: Random, grass: RGB, stones: RGB, bare: bool) -> list[Mark]:
    """Turf and scree, the trail that comes up from behind and goes along the edge."""
    turf, scree, snow, flowers = skia.Path(), skia.Path(), skia.Path(), skia.Path()
    for _ in range(30):
        r, a = 2 + 30 * rng.random(), rng.uniform(0, math.tau)
        x, z = r * math.sin(a), min(r * math.cos(a), EDGE_M - 1.5)
        turf.addPath(blob(rng, x, z, 0.9 + r * 0.1, 0.5 + r * 0.05, 9, 0.25), 0, 0)
    for _ in range(150):
        x, z, s = rng.uniform(-12, 12), rng.uniform(-14, EDGE_M - 0.3), rng.uniform(0.04, 0.16)
        scree.addPath(
            poly([(x - s, z), (x - s * 0.2, z + s * 0.7), (x + s, z + s * 0.2), (x + s * 0.3, z - s * 0.6)]), 0, 0
        )
    for _ in range(9 if bare else 0):
        x, z = rng.uniform(-13, 13), rng.uniform(-12, EDGE_M - 1)
        snow.addPath(blob(rng, x, z, rng.uniform(0.8, 2.6), rng.uniform(0.3, 0.9), 9, 0.3), 0, 0)
    for _ in range(0 if bare else 90):
        x, z = rng.uniform(-9, 9), rng.uniform(-8, EDGE_M - 0.3)
        flowers.addPath(rect(x, z, x + 0.05, z + 0.05), 0, 0)
    bend = rng.uniform(0.6, 1.4) * rng.choice((-1, 1))
    track = [(bend * math.sin(z * 0.22) - 0.2, z) for z in (-46 + 2.0 * i for i in range(24))]
    track += [(track[-1][0] - bend * 1.2 * i * i, 2.0 + 0.62 * i) for i in range(1, 5)]
    path = poly([(x - 0.55, z) for x, z in track] + [(x + 0.6, z) for x, z in reversed(track)])
    return [
        mark(rect(-REACH_M, -REACH_M, REACH_M, EDGE_M), grass),
        mark(turf, mix(grass, stones, 0.45) if bare else mix(grass, SUNLIT, 0.2), alpha=0.8),
        mark(brush(rng, (-14, -12, 14, EDGE_M), 70, 1.2, 0.05), scale(grass, 0.8), alpha=0.45),
        mark(path, mix(stones, RGB(176, 148, 116), 0.5), alpha=0.9),
        mark(snow, RGB(238, 241, 248)),
        mark(scree, scale(stones, 0.94)),
        mark(flowers, RGB(246, 240, 226), fine=True),
    ]


def _cairn(rng: Random, at: Vec3, high: float) -> Piece:
    """Stones laid up by hand."""
    light, dark = skia.Path(), skia.Path()
    y, i = 0.0, 0
    while y < high:
        w, h = (0.55 - 0.36 * y / high) * high * 0.6 + 0.06, rng.uniform(0.12, 0.2) * (0.6 + 0.4 * high)
        x = rng.uniform(-0.04, 0.04)
        stone = blob(rng, x, y + h / 2, w, h * 0.62, 8, 0.12)
        (light if i % 2 else dark).addPath(stone, 0, 0)
        y, i = y + h * 0.85, i + 1
    marks = [mark(dark, scale(STONE, 0.8), key=0.5), mark(light, PALE, key=0.85)]
    return Piece(
        at, 0.4 * high, high, (card(at, high * 0.5, high * 1.15, marks, below=0.1),), shadow=(0.45 * high, 0.3 * high)
    )


def _signpost(at: Vec3) -> Piece:
    """Two arms of a signpost that point along the trail."""
    wood, yellow = RGB(112, 88, 70), RGB(232, 196, 92)
    marks = [
        mark(rect(-0.05, 0, 0.05, 2.1), wood),
        mark(poly([(0.02, 1.78), (0.72, 1.74), (0.84, 1.86), (0.72, 1.99), (0.02, 2.02)]), yellow, key=0.9),
        mark(poly([(-0.02, 1.42), (-0.62, 1.40), (-0.74, 1.52), (-0.62, 1.64), (-0.02, 1.66)]), yellow, key=0.8),
        mark(rects([(0.14, 1.84, 0.6, 1.92), (-0.54, 1.49, -0.14, 1.56)]), RGB(60, 54, 50), fine=True),
    ]
    return Piece(at, 0.3, 2.1, (card(at, 0.9, 2.15, marks),), shadow=(0.12, 0.1))


def _flags(rng: Random, start: Vec3, end: Vec3) -> list[Piece]:
    """A string of prayer flags between two poles."""
    colours = (RGB(66, 112, 176), RGB(240, 238, 228), RGB(196, 64, 58), RGB(80, 146, 96), RGB(236, 190, 72))
    length = math.hypot(end.x - start.x, end.z - start.z)
    u = Vec3((end.x - start.x) / length, 0.0, (end.z - start.z) / length)
    count, high = 15, 2.7
    sag = [(length * i / count, high - 1.9 * (i / count) * (1 - i / count)) for i in range(count + 1)]
    by_colour = [skia.Path() for _ in colours]
    for i, (x, y) in enumerate(sag[:-1]):
        w, h, kick = length / count * 0.8, 0.3, rng.uniform(-0.07, 0.09)
        by_colour[i % 5].addPath(
            poly([(x, y), (x + w, y - 0.01), (x + w + kick, y - h), (x + kick, y - h * 0.94)]), 0, 0
        )
    cord = poly([*sag, *((x, y - 0.015) for x, y in reversed(sag))])
    marks = [
        mark(rects([(-0.04, 0, 0.04, high + 0.1), (length - 0.04, 0, length + 0.04, high + 0.1)]), RGB(120, 98, 78))
    ]
    marks.append(mark(cord, RGB(80, 74, 72)))
    marks += [mark(path, rgb, key=0.85) for path, rgb in zip(by_colour, colours, strict=True)]
    panel = Panel(start, u, Vec3(0, 1, 0), Vec3(u.z, 0, -u.x), (-0.1, 0, length + 0.1, high + 0.1), tuple(marks))
    middle = Vec3((start.x + end.x) / 2, 0, (start.z + end.z) / 2)
    return [Piece(middle, length / 2, high, double(panel), keep=True, moves="sways")]


def _hut(rng: Random, at: Vec3, heading: float) -> Piece:
    """A shepherd's hut of logs on stone, its roof weighed down, its window lit by night."""
    log, roof = rng.choice((RGB(122, 90, 66), RGB(104, 84, 72))), RGB(104, 100, 104)

    def logs(wide: float) -> list[Mark]:
        beams: list[Rect] = [(0, 0.9 + 0.24 * i, wide, 0.93 + 0.24 * i) for i in range(6)]
        return [mark(rect(0, 0, wide, 0.7), STONE), mark(rects(beams), scale(log, 0.7))]

    front = [
        *logs(4.2),
        mark(rect(0.7, 0, 1.6, 1.95), scale(log, 0.62)),
        mark(rect(2.3, 1.0, 3.3, 1.75), RGB(236, 226, 208)),
        mark(rects([(2.38, 1.08, 2.77, 1.67), (2.83, 1.08, 3.22, 1.67)]), RGB(255, 210, 140), "window"),
    ]
    a = math.radians(heading)
    ahead, aside = (math.sin(a), math.cos(a)), (-math.cos(a), math.sin(a))
    panels: list[Panel] = [
        *box(at, (4.2, 2.3, 3.2), log, heading, front=front, back=logs(4.2), left=logs(3.2), right=logs(3.2))
    ]

    def point(s: float, f: float, y: float) -> Vec3:
        return Vec3(at.x + aside[0] * s + ahead[0] * f, y, at.z + aside[1] * s + ahead[1] * f)

    slope = math.hypot(2.0, 1.3)
    shingles = [
        mark(rect(0, 0, 5.0, slope), roof),
        mark(rects([(0, 0.4 * i, 5.0, 0.4 * i + 0.05) for i in range(6)]), scale(roof, 0.8)),
    ]
    for side in (1, -1):
        foot = point(-2.5 * side, 2.0 * side, 2.15)
        v = Vec3(-ahead[0] * side * 2.0 / slope, 1.3 / slope, -ahead[1] * side * 2.0 / slope)
        u = Vec3(aside[0] * side, 0.0, aside[1] * side)
        n = Vec3(ahead[0] * side * 1.3 / slope, 2.0 / slope, ahead[1] * side * 1.3 / slope)
        panels.append(Panel(foot, u, v, n, (0, 0, 5.0, slope), tuple(shingles)))
    for side in (1, -1):
        foot = point(2.1 * side, 1.6 * side, 2.3)
        u = Vec3(-ahead[0] * side, 0.0, -ahead[1] * side)
        gable = [mark(poly([(0, 0), (3.2, 0), (1.6, 1.05)]), scale(log, 0.92))]
        panels.append(
            Panel(foot, u, Vec3(0, 1, 0), Vec3(aside[0] * side, 0, aside[1] * side), (0, 0, 3.2, 1.1), tuple(gable))
        )
    chimney = box(Vec3(at.x + 0.9, 2.9, at.z + 0.2), (0.5, 1.0, 0.5), STONE, heading)
    return Piece(at, 2.6, 3.6, (*panels, *chimney), shadow=(2.6, 2.2))
