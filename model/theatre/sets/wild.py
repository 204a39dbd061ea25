"""What grows where little grows: firs, cacti, dry brush, dead trees."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import Piece, card, line, mark, oval, poly

__all__ = ["cactus", "dead_tree", "dry_brush", "fir", "firs"]

BARK = RGB(92, 74, 62)
LIGHT = RGB(214, 214, 140)


def _fir_paths(rng: Random, x: float, high: float, wide: float) -> tuple[skia.Path, skia.Path]:
    """A fir's body and its lit boughs, on a foot at `x`."""
    body, lit = skia.Path(), skia.Path()
    tiers = 5 if high > 3.0 else 4
    for i in range(tiers):
        u = i / tiers
        y, top = high * (0.10 + 0.74 * u), high * min(1.0, 0.36 + 0.74 * u)
        w = wide * (1.0 - 0.8 * u) * rng.uniform(0.88, 1.1)
        droop = high * 0.03
        body.addPath(
            poly([
                (x - w, y - droop), (x - w * 0.62, y + droop * 0.4), (x - w * 0.3, y - droop * 0.6),
                (x, y + droop * 0.2), (x + w * 0.34, y - droop * 0.8), (x + w * 0.66, y + droop * 0.3),
                (x + w, y - droop), (x + w * 0.12, top), (x - w * 0.08, top),
            ]), 0, 0,
        )  # fmt: skip
        lit.addPath(
            poly([(x - w, y - droop), (x - w * 0.62, y + droop * 0.4), (x - w * 0.34, y + droop), (x - w * 0.06, top)]),
            0,
            0,
        )
    return body, lit


def fir(rng: Random, at: Vec3, high: float, green: RGB) -> Piece:
    """A fir or spruce, in tiers of boughs."""
    wide = high * rng.uniform(0.2, 0.27)
    body, lit = _fir_paths(rng, 0.0, high, wide)
    t = high * 0.02 + 0.02
    marks = [
        mark(poly([(-t, 0), (t, 0), (t * 0.7, high * 0.3), (-t * 0.7, high * 0.3)]), BARK, key=0.4),
        mark(body, green, key=0.35),
        mark(lit, mix(green, LIGHT, 0.2), key=0.95),
    ]
    panel = card(at, wide * 1.15, high * 1.04, marks)
    return Piece(at, wide * 0.8, high, (panel,), shadow=(wide * 0.8, wide * 0.6), moves="sways")


def firs(rng: Random, at: Vec3, width: float, high: float, green: RGB) -> Piece:
    """A stand of firs too far to walk behind: three shades, the rear rank paler."""
    rear, front, lit = skia.Path(), skia.Path(), skia.Path()
    count = max(5, int(width / (high * 0.22)))
    for i in range(count):
        x = -width / 2 + width * (i + rng.uniform(0.1, 0.9)) / count
        h = high * rng.uniform(0.55, 1.0) * (1.0 - 0.3 * abs(2 * x / width) ** 2)
        body, light = _fir_paths(rng, x, h, h * 0.22)
        (rear if i % 2 else front).addPath(body, 0, 0)
        if i % 2 == 0:
            lit.addPath(light, 0, 0)
    marks = [
        mark(rear, mix(green, RGB(150, 168, 176), 0.22), key=0.4),
        mark(front, green, key=0.35),
        mark(lit, mix(green, LIGHT, 0.16), key=0.85),
    ]
    return Piece(at, width / 2, high, (card(at, width / 2 + high * 0.2, high * 1.05, marks, below=0.3),))


def cactus(rng: Random, at: Vec3, high: float) -> Piece:
    """A columnar cactus with one to three arms."""
    green = rng.choice((RGB(92, 124, 84), RGB(108, 130, 84)))
    t = 0.12 + high * 0.028
    body, shade, ribs = skia.Path(), skia.Path(), skia.Path()

    def column(x: float, y0: float, y1: float, r: float) -> None:
        body.addRoundRect(skia.Rect.MakeLTRB(x - r, y0, x + r, y1), r, r)
        shade.addRoundRect(skia.Rect.MakeLTRB(x + r * 0.25, y0 + r * 0.2, x + r, y1 - r * 0.3), r * 0.4, r * 0.4)
        for d in (-0.5, 0.0, 0.5):
            ribs.addPath(poly([(x + r * d - 0.008, y0 + r), (x + r * d + 0.008, y0 + r), (x + r * d, y1 - r)]), 0, 0)

    column(0.0, -t, high, t)
    for i in range(rng.randint(1, 3)):
        side = -1 if i % 2 else 1
        out, y = side * t * rng.uniform(2.2, 3.0), high * rng.uniform(0.3, 0.55)
        r = t * 0.72
        body.addRoundRect(skia.Rect.MakeLTRB(min(0.0, out), y - r, max(0.0, out), y + r), r, r)
        column(out, y - r, y + high * rng.uniform(0.2, 0.36), r)
    marks = [
        mark(body, green, key=0.85),
        mark(shade, scale(green, 0.74), key=0.25),
        mark(ribs, scale(green, 0.62), alpha=0.6, fine=True),
    ]
    return Piece(at, t * 2.5, high, (card(at, t * 4.5, high * 1.05, marks, below=0.2),), shadow=(t * 1.8, t * 1.2))


def dry_brush(rng: Random, at: Vec3, rgb: RGB, size: float = 0.6) -> Piece:
    """A dry bush: thin twigs that fork from one foot."""
    dark, pale = skia.Path(), skia.Path()
    for i in range(13):
        a = -1.25 + 2.5 * (i + rng.uniform(-0.3, 0.3)) / 12
        reach = size * rng.uniform(0.7, 1.1)
        tip = (math.sin(a) * reach, math.cos(a) * reach * 0.85 + size * 0.05)
        middle = (tip[0] * 0.5 + rng.uniform(-0.05, 0.05) * size, tip[1] * 0.6)
        path = pale if i % 2 else dark
        path.addPath(line([(0, 0), middle, tip], 0.02 * size + 0.006), 0, 0)
        for side in (-1, 1):
            end = (middle[0] + side * size * rng.uniform(0.12, 0.3), middle[1] + size * rng.uniform(0.15, 0.32))
            path.addPath(line([middle, end], 0.014 * size + 0.004), 0, 0)
    leaves = skia.Path()
    for _ in range(16):
        a, r = rng.uniform(-1.2, 1.2), size * rng.uniform(0.5, 1.0)
        leaves.addPath(oval(math.sin(a) * r, math.cos(a) * r * 0.85, 0.035 * size, 0.022 * size), 0, 0)
    marks = [
        mark(dark, scale(rgb, 0.62), key=0.35),
        mark(pale, rgb, key=0.8),
        mark(leaves, mix(rgb, RGB(150, 150, 96), 0.5), key=0.8, fine=True),
    ]
    panel = card(at, size * 1.15, size * 1.05, marks)
    return Piece(at, size * 0.6, size, (panel,), shadow=(size * 0.6, size * 0.36), moves="sways")


def dead_tree(rng: Random, at: Vec3, high: float, rgb: RGB = BARK) -> Piece:
    """A bare tree."""
    trunk, shade = skia.Path(), skia.Path()
    t = high * 0.045
    lean = rng.uniform(-0.14, 0.14) * high

    def bough(x: float, y: float, a: float, reach: float, thick: float, depth: int) -> None:
        x1, y1 = x + math.sin(a) * reach, y + math.cos(a) * reach
        trunk.addPath(_taper(x, y, x1, y1, thick, thick * 0.6), 0, 0)
        if depth:
            for side in (-1, 1):
                bough(
                    x1, y1, a + side * rng.uniform(0.3, 0.75), reach * rng.uniform(0.55, 0.75), thick * 0.55, depth - 1
                )

    bough(0.0, 0.0, lean / high, high * 0.42, t, 3)
    shade.addPath(_taper(t * 0.5, 0, t * 0.35 + lean * 0.42, high * 0.42, t * 0.5, t * 0.25), 0, 0)
    marks = [mark(trunk, rgb, key=0.7), mark(shade, scale(rgb, 0.7), key=0.25)]
    return Piece(at, t * 3, high, (card(at, high * 0.6, high * 1.1, marks),), shadow=(t * 3, t * 2))


def _taper(x0: float, y0: float, x1: float, y1: float, w0: float, w1: float) -> skia.Path:
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    nx, ny = -(y1 - y0) / length, (x1 - x0) / length
    return poly([
        (x0 + nx * w0, y0 + ny * w0), (x1 + nx * w1, y1 + ny * w1),
        (x1 - nx * w1, y1 - ny * w1), (x0 - nx * w0, y0 - ny * w0),
    ])  # fmt: skip
