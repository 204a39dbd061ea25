"""A cave: faceted walls of rock all round, teeth of stone above and below, a mouth through which day falls in.

By the seed it holds an old camp, a pool, or crystals that glow.
"""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.growth import rock
from model.theatre.sets.kit import (
    Design,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    blob,
    brush,
    card,
    floor_patch,
    line,
    mark,
    poly,
    rect,
)
from model.theatre.sets.nature import ring
from model.theatre.sets.relief import Land, hills, ring_of
from model.theatre.sets.underground import camp, crystals
from model.theatre.sets.wild import firs

__all__ = ["cave"]

SIDES, HIGH_M = 14, 6.2
ROCKS = (RGB(126, 112, 106), RGB(104, 110, 124), RGB(142, 110, 88))
CRYSTAL = (RGB(120, 226, 255), RGB(196, 150, 255), RGB(140, 255, 196))


def cave(seed: int) -> Design:
    """A cave about twelve metres across."""
    rng = Random(seed * 113 + 19)
    kind = seed % 3  # 0: a camp, 1: a pool, 2: crystals
    stone = ROCKS[rng.randrange(3)]
    mouth = rng.choice((1, SIDES - 1))  # ahead, to the right or to the left
    corners = _corners(rng)
    shell: list[Panel] = []
    for i in range(SIDES):
        hole = _mouth(rng, corners[i], corners[(i + 1) % SIDES]) if i == mouth else None
        shell.append(_wall(rng, corners[i], corners[(i + 1) % SIDES], stone, hole))
    area = (-12.0, -12.0, 12.0, 12.0)
    shell.append(floor_patch(area, HIGH_M, _vault(rng, stone, corners), up=False))
    at, aim = _opening(corners, mouth)
    dressing = _teeth(rng, stone, mouth)
    for x, z in ring(rng, 13, 3.2, 6.2, 0.4):
        dressing.append(
            rock(rng, Vec3(x, 0, z), mix(stone, RGB(170, 160, 150), 0.2), rng.choice((0.3, 0.45, 0.7, 1.0)))
        )
    lamps: list[Lamp] = []
    if kind == 0:
        dressing += camp(rng, Vec3(rng.choice((-2.7, 2.8)), 0, 2.7))
    elif kind == 2:
        glow = rng.choice(CRYSTAL)
        for x, z in [*ring(rng, 7, 3.6, 6.0, 0.5), (-3.4, 3.2)]:
            dressing.append(crystals(rng, Vec3(x, 0, z), rng.uniform(0.5, 1.5), glow))
    else:
        lamps.append(Lamp(Vec3(-2.6, 2.2, 3.4), RGB(150, 200, 210), 0.1, 0.0))
    dressing.append(_shaft(at, aim))
    far = Land(rgb=RGB(116, 134, 104), low_m=3.0, high_m=10.0, air=0.4)
    outside = ring_of(rng, far, hills, 70.0, 9)
    bearing = math.atan2(at.x, at.z)
    for r, a in ((16.0, -0.25), (19.0, 0.2), (26.0, 0.0)):
        foot = Vec3(r * math.sin(bearing + a), -0.4, r * math.cos(bearing + a))
        outside.append(firs(rng, foot, 10.0, rng.uniform(4.0, 6.5), RGB(78, 108, 84)))
    meadow = [mark(rect(-60, -60, 60, 60), RGB(128, 148, 96))]
    outside.insert(0, Piece(Vec3(0, -0.5, 900), 60, 0, (floor_patch((-60, -60, 60, 60), -0.45, meadow),)))
    return Design(
        scale(stone, 0.6),
        tuple(_floor(rng, stone, kind, at, aim)),
        "hills",
        tuple(shell),
        tuple(outside),
        tuple(dressing),
        tuple(lamps),
        ground_extent=area,
    )


def _corners(rng: Random) -> list[tuple[float, float]]:
    """The foot of the walls, clockwise from the left of straight ahead."""
    found = []
    for i in range(SIDES):
        a = math.tau * (i - 0.5 + rng.uniform(-0.16, 0.16)) / SIDES
        r = rng.uniform(6.3, 8.2)
        found.append((r * math.sin(a), r * math.cos(a) - 0.6))
    return found


def _opening(corners: list[tuple[float, float]], mouth: int) -> tuple[Vec3, Vec3]:
    """The middle of the mouth, and a unit vector from it into the cave."""
    (x0, z0), (x1, z1) = corners[mouth], corners[(mouth + 1) % SIDES]
    x, z = (x0 + x1) / 2, (z0 + z1) / 2
    length = math.hypot(x, z)
    return Vec3(x, 1.4, z), Vec3(-x / length, 0.0, -z / length)


def _mouth(rng: Random, start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """The outline of the mouth on its wall."""
    width = math.hypot(end[0] - start[0], end[1] - start[1])
    points = [(width * 0.08, 0.0), (width * 0.05, 1.1), (width * 0.16, 2.2), (width * 0.34, 3.0)]
    points += [(width * 0.55, 3.3), (width * 0.76, 2.7), (width * 0.93, 1.6), (width * 0.9, 0.0)]
    return [(x + rng.uniform(-0.1, 0.1), y + (rng.uniform(-0.15, 0.15) if y else 0.0)) for x, y in points]


def _wall(
    rng: Random,
    start: tuple[float, float],
    end: tuple[float, float],
    stone: RGB,
    mouth: list[tuple[float, float]] | None,
) -> Panel:
    """A facet of the wall: ledges, clefts, damp; it leans in towards its top."""
    width = math.hypot(end[0] - start[0], end[1] - start[1])
    u = Vec3((end[0] - start[0]) / width, 0.0, (end[1] - start[1]) / width)
    lean = rng.uniform(0.06, 0.22)
    into = Vec3(u.z, 0.0, -u.x)  # seen from inside, the wall's normal
    tall = math.hypot(1.0, lean)
    v = Vec3(into.x * lean / tall, 1.0 / tall, into.z * lean / tall)
    normal = Vec3(into.x / tall, -lean / tall, into.z / tall)
    high = HIGH_M * tall + 0.2
    base = mix(stone, scale(stone, 0.8), rng.random())
    wide = rect(-0.7, 0, width + 0.7, high)
    whole = skia.Path(wide)
    if mouth is not None:
        whole.addPath(poly(mouth), 0, 0)
        whole.setFillType(skia.PathFillType.kEvenOdd)
    light, dark, clefts = skia.Path(), skia.Path(), skia.Path()
    for _ in range(9):
        x, y = rng.uniform(-0.3, width), rng.uniform(0.2, high - 0.6)
        w, h = rng.uniform(0.5, 1.3), rng.uniform(0.35, 1.1)
        facet = [(x - w * 0.7, y), (x - w * 0.2, y + h * 0.6), (x + w * 0.5, y + h * 0.45), (x + w * 0.7, y + 0.05)]
        light.addPath(poly([*facet, (x + w * 0.1, y - h * 0.15)]), 0, 0)
        dark.addPath(
            poly(
                [
                    facet[0],
                    (x + w * 0.1, y - h * 0.15),
                    facet[3],
                    (x + w * 0.4, y - h * 0.8),
                    (x - w * 0.5, y - h * 0.6),
                ]
            ),
            0,
            0,
        )
    for _ in range(3):
        x, y = rng.uniform(0.2, width - 0.2), rng.uniform(1.5, high)
        points = [(x, y)]
        for _ in range(4):
            points.append((points[-1][0] + rng.uniform(-0.25, 0.25), points[-1][1] - rng.uniform(0.3, 0.8)))
        clefts.addPath(line(points, 0.05), 0, 0)
    marks = [mark(whole, base)]
    holes: tuple[Rect, ...] = ()
    soft = [mark(light, mix(base, RGB(232, 214, 196), 0.16), alpha=0.9), mark(dark, scale(base, 0.76), alpha=0.85)]
    soft += [
        mark(clefts, scale(base, 0.5), alpha=0.8),
        mark(rect(-0.7, 0, width + 0.7, 0.5), scale(base, 0.55), alpha=0.5),
    ]
    soft += [mark(rect(-0.7, y, width + 0.7, high), RGB(14, 10, 22), alpha=0.16) for y in (3.2, 4.4, 5.3)]
    fringe = [(-0.7, high)]
    while fringe[-1][0] < width + 0.7:
        x, step = fringe[-1][0], rng.uniform(0.18, 0.5)
        fringe += [(x + step * 0.5, high - rng.uniform(0.35, 1.5)), (x + step, high - rng.uniform(0.2, 0.5))]
    soft.append(mark(poly([*fringe, (width + 0.7, high)]), scale(stone, 0.44), key=0.2))
    if mouth is not None:
        # Nothing is painted over the opening; a pale rim where the day touches the rock.
        soft = [replace(m, path=_without(m.path, mouth)) for m in soft]
        rim = poly([(x + (x - width / 2) * 0.09, y * 1.05) for x, y in mouth])
        soft.append(mark(_without(rim, mouth), RGB(255, 244, 214), "sky", alpha=0.55))
        xs, ys = [x for x, _ in mouth], [y for _, y in mouth]
        holes = ((min(xs), 0.0, max(xs), max(ys)),)
    return Panel(
        Vec3(start[0], 0.0, start[1]), u, v, normal, (-0.7, 0, width + 0.7, high), (*marks, *soft), holes=holes
    )


def _without(path: skia.Path, hole: list[tuple[float, float]]) -> skia.Path:
    found = skia.Op(path, poly(hole), skia.PathOp.kDifference_PathOp)
    return found if found is not None else skia.Path()


def _vault(rng: Random, stone: RGB, corners: list[tuple[float, float]]) -> list[Mark]:
    """The roof: dark, with a few paler bosses."""
    bosses = skia.Path()
    for _ in range(14):
        bosses.addPath(
            blob(rng, rng.uniform(-6, 6), rng.uniform(-6, 6), rng.uniform(0.5, 1.6), rng.uniform(0.4, 1.2), 7, 0.3),
            0,
            0,
        )
    return [
        mark(rect(-12, -12, 12, 12), scale(stone, 0.44), key=0.2),
        mark(bosses, scale(stone, 0.54), key=0.3),
        mark(poly([(x * 0.6, z * 0.6) for x, z in corners]), scale(stone, 0.5), alpha=0.5, key=0.3),
    ]


def _floor(rng: Random, stone: RGB, kind: int, at: Vec3, aim: Vec3) -> list[Mark]:
    """Trodden earth, gravel, a pool, and the day that falls in through the mouth."""
    patches, gravel = skia.Path(), skia.Path()
    for _ in range(22):
        patches.addPath(
            blob(rng, rng.uniform(-7, 7), rng.uniform(-7, 7), rng.uniform(0.5, 1.8), rng.uniform(0.3, 1.0), 9, 0.25),
            0,
            0,
        )
    for _ in range(120):
        x, z, s = rng.uniform(-7, 7), rng.uniform(-7, 7), rng.uniform(0.03, 0.12)
        gravel.addPath(poly([(x - s, z), (x, z + s * 0.6), (x + s, z), (x + s * 0.2, z - s * 0.5)]), 0, 0)
    earth = mix(stone, RGB(128, 108, 84), 0.45)
    aside = (aim.z, -aim.x)

    def point(along: float, off: float) -> tuple[float, float]:
        return at.x + aim.x * along + aside[0] * off, at.z + aim.z * along + aside[1] * off

    day = [
        poly([point(-0.4, -w), point(-0.4, w), point(reach, w * 1.7), point(reach, -w * 1.5)])
        for w, reach in ((1.5, 7.2), (1.1, 5.2))
    ]
    marks = [
        mark(rect(-12, -12, 12, 12), earth),
        mark(patches, scale(earth, 0.84), alpha=0.7),
        mark(gravel, mix(stone, RGB(200, 190, 176), 0.25)),
        mark(brush(rng, (-6, -6, 6, 6), 30, 1.0, 0.05), scale(earth, 0.7), alpha=0.4),
    ]
    if kind == 1:
        pool = Random(rng.randrange(999))
        x, z = rng.choice((-3.0, 3.2)), 3.4
        marks += [
            mark(blob(rng, x, z, 2.7, 1.5, 11, 0.12), scale(earth, 0.6)),
            mark(blob(pool, x, z, 2.45, 1.3, 11, 0.1), RGB(64, 116, 124), "pane"),
            mark(brush(rng, (x - 1.6, z - 0.8, x + 1.6, z + 0.8), 10, 0.9, 0.03), RGB(220, 244, 240), alpha=0.35),
        ]
    marks += [mark(path, RGB(255, 246, 220), "sun", alpha=0.22) for path in day]
    return marks


def _teeth(rng: Random, stone: RGB, mouth: int) -> list[Piece]:
    """Stalactites and stalagmites, and now and then a pillar where they met."""
    pieces: list[Piece] = []
    for x, z in ring(rng, 17, 3.9, 7.0, 0.8):
        a = math.atan2(x, z) % math.tau
        near_mouth = abs((a / math.tau * SIDES - mouth - 0.0 + SIDES / 2) % SIDES - SIDES / 2) < 1.2
        tint = mix(stone, RGB(206, 190, 170), rng.uniform(0.0, 0.25))
        shape = rng.random()
        if near_mouth and shape > 0.3:
            continue
        if shape < 0.22:
            pieces.append(_pillar(rng, Vec3(x, 0, z), tint))
        elif shape < 0.5:
            h, w = rng.uniform(0.5, 1.9), rng.uniform(0.22, 0.45)
            marks = _tooth(rng, 0.0, 0.0, w, h, tint)
            pieces.append(
                Piece(Vec3(x, 0, z), w, h, (card(Vec3(x, 0, z), w * 1.6, h * 1.05, marks),), shadow=(w * 1.4, w))
            )
    for x, z in ring(rng, 20, 1.5, 7.0, -9.0):
        marks = []
        for k in range(rng.randint(2, 4)):
            h, w = -rng.uniform(0.6, 2.4), rng.uniform(0.12, 0.34)
            marks += _tooth(
                rng, (k - 1) * 0.5 + rng.uniform(-0.1, 0.1), 2.6, w, h, scale(stone, rng.uniform(0.62, 0.84))
            )
        at = Vec3(x, HIGH_M - 2.6, z)
        pieces.append(Piece(at, 0.9, 2.6, (card(at, 1.2, 2.7, marks),), keep=True))
    return pieces


def _tooth(rng: Random, x: float, y: float, w: float, h: float, tint: RGB) -> list[Mark]:
    """A cone of dripstone from (x, y), `h` up (or, below 0, down)."""
    tip = x + rng.uniform(-0.2, 0.2) * w
    body = poly(
        [
            (x - w, y),
            (x - w * 0.55, y + h * 0.3),
            (x - w * 0.25, y + h * 0.7),
            (tip, y + h),
            (x + w * 0.3, y + h * 0.66),
            (x + w * 0.6, y + h * 0.28),
            (x + w, y),
        ]
    )
    shade = poly(
        [
            (x + w * 0.15, y),
            (x + w * 0.1, y + h * 0.5),
            (tip, y + h),
            (x + w * 0.3, y + h * 0.66),
            (x + w * 0.6, y + h * 0.28),
            (x + w, y),
        ]
    )
    return [mark(body, tint, key=0.75), mark(shade, scale(tint, 0.7), key=0.2)]


def _pillar(rng: Random, at: Vec3, tint: RGB) -> Piece:
    """A column of dripstone from floor to roof."""
    w = rng.uniform(0.34, 0.55)
    left = [
        (-w * f, y) for f, y in ((1.7, 0.0), (1.1, 0.7), (0.7, 1.9), (0.55, 3.0), (0.8, 4.4), (1.2, 5.4), (1.9, 6.4))
    ]
    right = [(-x * rng.uniform(0.9, 1.1), y) for x, y in left]
    shade = [(x * 0.2, y) for x, y in right]
    folds = brush(rng, (-w * 0.5, 0.4, w * 0.5, 5.0), 8, w * 0.3, 0.05, 2.2)
    marks = [
        mark(poly([*left, *reversed(right)]), tint, key=0.75),
        mark(poly([*shade, *reversed(right)]), scale(tint, 0.7), key=0.2),
        mark(folds, scale(tint, 0.6), alpha=0.6),
    ]
    return Piece(at, w * 1.4, 6.4, (card(at, w * 2.2, 6.4, marks),), shadow=(w * 2.0, w * 1.3))


def _shaft(at: Vec3, aim: Vec3) -> Piece:
    """The beam of the day from the mouth to the floor."""
    foot = Vec3(at.x + aim.x * 2.6, 0.0, at.z + aim.z * 2.6)
    beam = poly([(-1.5, 3.2), (1.2, 3.0), (2.3, 0.0), (-1.9, 0.0)])
    inner = poly([(-0.8, 3.0), (0.4, 2.9), (0.9, 0.0), (-1.0, 0.0)])
    marks = [mark(beam, RGB(255, 246, 220), "sun", alpha=0.10), mark(inner, RGB(255, 246, 220), "sun", alpha=0.08)]
    return Piece(foot, 2.4, 3.2, (card(foot, 2.4, 3.3, marks),), keep=True)
