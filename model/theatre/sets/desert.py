"""A desert: dunes of sand, table mountains over stony ground, or a dry valley with thorn trees, by the seed."""

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
    Piece,
    Rect,
    blob,
    box,
    brush,
    card,
    line,
    mark,
    oval,
    poly,
    rect,
    rects,
)
from model.theatre.sets.nature import ring
from model.theatre.sets.relief import Land, Shape, crags, dunes, mesas, ring_of
from model.theatre.sets.wild import cactus, dead_tree, dry_brush

__all__ = ["desert"]

SAND = (RGB(232, 192, 136), RGB(214, 150, 104), RGB(222, 198, 154))
STONE = (RGB(180, 134, 104), RGB(178, 92, 66), RGB(160, 146, 128))


def desert(seed: int) -> Design:
    """A desert all round, with a track that comes through it."""
    rng = Random(seed * 103 + 11)
    kind = seed % 3  # 0: dunes, 1: table mountains, 2: a dry valley
    sand, stone = SAND[kind], STONE[kind]
    near, far = ((dunes, dunes), (crags, mesas), (crags, crags))[kind]
    scenery = _land(rng, sand, stone, near, far, kind)
    dressing: list[Piece] = []
    twig = mix(RGB(166, 136, 98), sand, 0.25)
    for x, z in ring(rng, 12 if kind else 9, 3.0, 13.0, 0.4):
        dressing.append(dry_brush(rng, Vec3(x, 0, z), twig, rng.uniform(0.35, 0.8)))
    for x, z in ring(rng, 15 if kind else 5, 3.3, 16.0, 0.5):
        dressing.append(rock(rng, Vec3(x, 0, z), mix(stone, sand, 0.3), rng.choice((0.3, 0.45, 0.7, 1.5))))
    for x, z in ring(rng, 14, 2.9, 10.0, 0.2):
        dressing.append(tufts(rng, Vec3(x, 0, z), RGB(186, 166, 104), rng.uniform(0.25, 0.5)))
    if kind == 1:
        for x, z in ring(rng, 15, 4.2, 26.0, 0.8):
            dressing.append(cactus(rng, Vec3(x, 0, z), rng.uniform(1.4, 4.4)))
        dressing.append(_mailbox(Vec3(3.1, 0, 2.9)))
        dressing += _wires(7.6)
    elif kind == 2:
        for x, z in ring(rng, 6, 6.0, 20.0, 1.6):
            dressing.append(_thorn(rng, Vec3(x, 0, z), rng.uniform(3.2, 5.0)))
        dressing.append(_well(Vec3(-3.9, 0, 3.6), stone))
    else:
        dressing.append(dead_tree(rng, Vec3(rng.choice((-4.6, 4.8)), 0, 4.4), 3.4, RGB(150, 128, 108)))
        dressing.append(_tent(rng, Vec3(rng.choice((-8.0, 8.5)), 0, 8.5)))
    dressing.append(_bones(Vec3(2.9, 0, -2.9)))
    return Design(sand, tuple(_ground(rng, sand, stone, kind)), "none", (), tuple(scenery), tuple(dressing))


def _land(rng: Random, sand: RGB, stone: RGB, near: Shape, far: Shape, kind: int) -> list[Piece]:
    haze = RGB(214, 190, 170)
    rings: list[tuple[Land, Shape, float, int]] = [
        (Land(rgb=mix(stone, haze, 0.4), low_m=4.0, high_m=(22.0, 34.0, 30.0)[kind], air=0.3), far, 118.0, 11),
        (Land(rgb=mix(stone, sand, 0.3), low_m=2.4, high_m=(15.0, 21.0, 19.0)[kind], air=0.1), far, 84.0, 8),
    ]
    if kind == 0:
        rings = [(Land(rgb=mix(sand, haze, 0.5), low_m=5.0, high_m=20.0, air=0.16), dunes, 112.0, 11)]
        rings += [(Land(rgb=mix(sand, haze, 0.25), low_m=2.4, high_m=12.0, air=0.05), dunes, 70.0, 9)]
    scenery = [piece for land, shape, radius, count in rings for piece in ring_of(rng, land, shape, radius, count)]
    for a in (rng.uniform(20, 60), rng.uniform(110, 170), rng.uniform(200, 300)):
        land = Land(
            rgb=mix(stone, sand, 0.2) if kind else scale(sand, 0.97),
            foot_rgb=sand,
            low_m=0.4,
            high_m=rng.uniform(3.4, 5.6),
        )
        scenery += ring_of(
            rng, land, near, rng.uniform(24.0, 36.0), 2 if kind == 0 else 1, (a, a + rng.uniform(40.0, 62.0))
        )
    return scenery


def _ground(rng: Random, sand: RGB, stone: RGB, kind: int) -> list[Mark]:
    """Ripples of blown sand, stones, cracks, and the track."""
    ripples, pale, stones = skia.Path(), skia.Path(), skia.Path()
    rows = 30 if kind == 0 else 12
    for i in range(rows):
        z = -12.0 + 30.0 * i / rows
        for k in range(7):
            x = -14.0 + 4.2 * k + rng.uniform(-1.2, 1.2)
            length, bend = rng.uniform(1.6, 3.6), rng.uniform(0.05, 0.3)
            ripples.moveTo(x, z)
            ripples.quadTo(x + length / 2, z + bend, x + length, z + 0.04)
            ripples.quadTo(x + length / 2, z + bend + 0.09, x, z)
    for _ in range(26):
        r, a = 2 + 50 * rng.random(), rng.uniform(0, math.tau)
        pale.addPath(blob(rng, r * math.sin(a), r * math.cos(a), 1.5 + r * 0.13, 0.5 + r * 0.05, 9, 0.25), 0, 0)
    for _ in range(40 if kind == 0 else 170):
        x, z, s = rng.uniform(-12, 12), rng.uniform(-11, 14), rng.uniform(0.03, 0.13)
        stones.addPath(poly([(x - s, z), (x, z + s * 0.6), (x + s, z), (x + s * 0.2, z - s * 0.5)]), 0, 0)
    bend = rng.uniform(-1.0, 1.0)
    track = [(bend * math.sin(z * 0.1) * 1.5, float(z)) for z in range(-70, 72, 3)]
    ruts = skia.Path()
    for side in (-0.75, 0.75):
        ruts.addPath(
            poly([(x + side - 0.2, z) for x, z in track] + [(x + side + 0.2, z) for x, z in reversed(track)]), 0, 0
        )
    marks = [
        mark(pale, mix(sand, RGB(255, 236, 200), 0.35), alpha=0.55),
        mark(brush(rng, (-20, -16, 20, 22), 40, 3.0, 0.16), mix(sand, stone, 0.35), alpha=0.3),
        mark(ripples, scale(sand, 0.86), alpha=0.5 if kind == 0 else 0.3),
        mark(ruts, scale(mix(sand, stone, 0.25), 0.92), alpha=0.6),
        mark(stones, mix(stone, sand, 0.25), alpha=0.9),
    ]
    if kind:
        cracks = skia.Path()
        for _ in range(16):
            x, z = rng.uniform(-7, 7), rng.uniform(-6, 9)
            points = [(x, z)]
            for _ in range(4):
                points.append((points[-1][0] + rng.uniform(-0.5, 0.6), points[-1][1] + rng.uniform(-0.3, 0.4)))
            cracks.addPath(line(points, 0.03), 0, 0)
        marks.append(mark(cracks, scale(sand, 0.7), alpha=0.7, fine=True))
    return marks


def _bones(at: Vec3) -> Piece:
    """The skull of a steer, half in the sand."""
    bone = RGB(240, 230, 210)
    marks = [
        mark(
            poly([(-0.15, 0.3), (0.15, 0.3), (0.1, 0.05), (0.05, -0.04), (-0.05, -0.04), (-0.1, 0.05)]), bone, key=0.9
        ),
        mark(line([(-0.12, 0.27), (-0.33, 0.3), (-0.42, 0.42)], 0.05), scale(bone, 0.92)),
        mark(line([(0.12, 0.27), (0.33, 0.3), (0.42, 0.42)], 0.05), scale(bone, 0.84)),
        mark(oval(-0.07, 0.2, 0.032, 0.042), RGB(70, 54, 50)),
        mark(oval(0.07, 0.2, 0.032, 0.042), RGB(70, 54, 50)),
    ]
    return Piece(at, 0.3, 0.4, (card(at, 0.46, 0.46, marks, below=0.05),), shadow=(0.3, 0.16))


def _mailbox(at: Vec3) -> Piece:
    """A mailbox on a crooked post by the track."""
    tin = RGB(168, 172, 174)
    marks = [
        mark(poly([(-0.06, 0), (0.06, 0), (0.1, 1.05), (-0.02, 1.05)]), RGB(126, 100, 78)),
        mark(rect(-0.18, 1.05, 0.34, 1.2), tin, key=0.8),
        mark(oval(0.08, 1.2, 0.26, 0.13), tin, key=0.95),
        mark(rects([(0.28, 1.2, 0.31, 1.46), (0.28, 1.38, 0.42, 1.46)]), RGB(190, 62, 52)),
    ]
    return Piece(at, 0.25, 1.4, (card(at, 0.45, 1.5, marks),), shadow=(0.2, 0.12))


def _wires(x: float) -> list[Piece]:
    """Poles with crossbars along the track, and the wires between them."""
    wood = RGB(108, 84, 68)
    pieces: list[Piece] = []
    for k in range(-4, 6):
        at = Vec3(x, 0, 3.0 + k * 14.0)
        marks = [
            mark(poly([(-0.1, 0), (0.1, 0), (0.07, 6.4), (-0.07, 6.4)]), wood),
            mark(rects([(-0.9, 5.7, 0.9, 5.83)]), scale(wood, 0.8)),
            mark(rects([(-0.82, 5.83, -0.76, 5.97), (0.76, 5.83, 0.82, 5.97)]), RGB(190, 210, 210)),
        ]
        pieces.append(Piece(at, 0.3, 6.4, (card(at, 1.0, 6.5, marks),), shadow=(0.2, 0.14)))
    return pieces


def _thorn(rng: Random, at: Vec3, high: float) -> Piece:
    """A thorn tree with a flat crown."""
    bark, green = RGB(112, 90, 72), rng.choice((RGB(128, 136, 80), RGB(112, 128, 84)))
    wide = high * rng.uniform(0.62, 0.8)
    limbs = skia.Path()
    for side, reach in ((-1, 0.8), (1, 0.7), (-1, 0.35), (1, 0.3)):
        limbs.addPath(
            line(
                [(0, high * 0.2), (side * wide * reach * 0.5, high * 0.6), (side * wide * reach, high * 0.86)],
                high * 0.026,
            ),
            0,
            0,
        )
    crown, light = skia.Path(), skia.Path()
    for i in range(6):
        x = wide * (-0.85 + 1.7 * i / 5)
        y = high * (0.9 - 0.05 * abs(i - 2.5))
        crown.addPath(blob(rng, x, y, wide * 0.3, high * 0.085, 9, 0.2), 0, 0)
        light.addPath(blob(rng, x - wide * 0.04, y + high * 0.035, wide * 0.2, high * 0.03, 8, 0.2), 0, 0)
    t = high * 0.035
    marks = [
        mark(poly([(-t * 1.5, 0), (t * 1.5, 0), (t * 0.7, high * 0.3), (-t * 0.7, high * 0.3)]), bark),
        mark(limbs, scale(bark, 0.86)),
        mark(crown, green, key=0.4),
        mark(light, mix(green, RGB(236, 222, 150), 0.35), key=1.0),
    ]
    return Piece(
        at, 0.6, high, (card(at, wide * 1.15, high * 1.06, marks),), shadow=(wide * 0.8, wide * 0.4), moves="sways"
    )


def _well(at: Vec3, stone: RGB) -> Piece:
    """A stone well with a beam and a bucket."""
    wood = RGB(118, 92, 70)
    courses: list[Rect] = [
        (0.06 + 0.34 * i, 0.06 + 0.26 * (i % 3), 0.36 + 0.34 * i, 0.24 + 0.26 * (i % 3)) for i in range(4)
    ]
    face = [mark(rects(courses), mix(stone, RGB(240, 220, 190), 0.25))]
    frame = card(at, 0.9, 2.1, [
        mark(rects([(-0.72, 0, -0.62, 1.95), (0.62, 0, 0.72, 1.95), (-0.85, 1.85, 0.85, 1.97)]), wood),
        mark(rects([(-0.015, 1.15, 0.015, 1.85)]), RGB(196, 178, 140)),
        mark(poly([(-0.14, 0.92), (0.14, 0.92), (0.18, 1.18), (-0.18, 1.18)]), scale(wood, 0.8)),
    ])  # fmt: skip
    top = [mark(oval(0.7, 0.7, 0.5, 0.5), RGB(40, 36, 40))]
    ring_ = box(at, (1.4, 0.8, 1.4), stone, 20, front=face, back=face, left=face, right=face, top=top)
    return Piece(at, 1.0, 2.0, (*ring_, frame), shadow=(1.0, 0.9))


def _tent(rng: Random, at: Vec3) -> Piece:
    """A low dark tent on poles, its front open, with a rug before it."""
    cloth = rng.choice((RGB(74, 62, 60), RGB(150, 74, 62), RGB(226, 212, 184)))
    marks = [
        mark(
            poly([(-2.4, 0), (-1.9, 1.25), (-0.9, 1.95), (0.1, 1.6), (1.0, 2.0), (1.9, 1.3), (2.5, 0)]),
            scale(cloth, 0.45), key=0.2,
        ),
        mark(poly([(-2.6, 0), (-2.0, 1.3), (-0.9, 2.05), (-1.3, 1.2), (-1.6, 0)]), cloth, key=0.8),
        mark(poly([(2.7, 0), (2.0, 1.35), (1.0, 2.1), (1.35, 1.2), (1.7, 0)]), scale(cloth, 0.86), key=0.5),
        mark(
            poly([(-2.05, 1.25), (-0.9, 2.05), (0.1, 1.68), (1.0, 2.1),
                  (2.05, 1.3), (1.0, 1.72), (0.1, 1.36), (-0.9, 1.7)]),
            mix(cloth, RGB(255, 240, 214), 0.16), key=0.95,
        ),
        mark(rects([(-0.93, 0, -0.87, 1.98), (0.97, 0, 1.03, 2.02)]), RGB(150, 120, 86)),
        mark(poly([(-1.2, 0.0), (1.3, 0.0), (1.1, 0.22), (-1.0, 0.22)]), RGB(176, 70, 58), key=0.7),
        mark(rect(-0.5, 0.3, -0.2, 0.6), RGB(255, 208, 130), "glow"),
    ]  # fmt: skip
    return Piece(at, 2.4, 2.1, (card(at, 2.8, 2.2, marks),), shadow=(2.6, 1.0))
