"""What grows and lies about: groves, trunks, bushes, ferns, tufts of grass, rocks."""

from __future__ import annotations

from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.furniture import crown
from model.theatre.sets.kit import Mark, Piece, blob, brush, card, line, mark, poly

__all__ = ["bush", "ferns", "grove", "rock", "trunk_tree", "tufts"]

BARK = RGB(98, 82, 70)
LEAF_LIGHT = RGB(236, 222, 130)


def grove(rng: Random, at: Vec3, width: float, height: float, green: RGB, trunks: int = 5, bark: RGB = BARK) -> Piece:
    """A stand of trees too far to walk behind, as one flat shape in two tones."""
    mass, light, stems = skia.Path(), skia.Path(), skia.Path()
    foot = height * 0.34
    count = max(4, int(width / 2.4))
    for i in range(count):
        x = -width / 2 + width * (i + 0.5) / count + rng.uniform(-0.5, 0.5)
        r = width / count * rng.uniform(0.75, 1.1)
        top = height * rng.uniform(0.72, 1.0)
        mass.addPath(blob(rng, x, (top + foot) / 2, r, (top - foot) / 2 + 0.8, 10, 0.12), 0, 0)
        light.addPath(blob(rng, x - 0.15 * r, top - (top - foot) * 0.32, r * 0.55, (top - foot) * 0.2, 8, 0.2), 0, 0)
    for i in range(trunks):
        x, t = -width / 2 + width * (i + rng.uniform(0.2, 0.8)) / trunks, height * rng.uniform(0.014, 0.022)
        stems.addPath(poly([(x - t * 1.5, 0), (x + t * 1.5, 0), (x + t, height * 0.6), (x - t, height * 0.6)]), 0, 0)
    under = skia.Path()
    for i in range(count):
        x = -width / 2 + width * (i + 0.5) / count
        under.addPath(blob(rng, x, 0.1, width / count * 0.8, height * 0.085, 8, 0.2), 0, 0)
    marks = [
        mark(stems, bark, key=0.3),
        mark(mass, green, key=0.35),
        mark(light, mix(green, LEAF_LIGHT, 0.22), key=0.8),
        mark(under, scale(green, 0.8), key=0.3),
    ]
    return Piece(at, width / 2, height, (card(at, width / 2 + 1.5, height * 1.08, marks),))


def trunk_tree(rng: Random, at: Vec3, height: float, bark: RGB, green: RGB) -> Piece:
    """A forest tree: a tall trunk with bark and roots, its crown high up."""
    t = rng.uniform(0.16, 0.34)
    lean = rng.uniform(-0.4, 0.4)
    trunk = skia.Path()
    trunk.moveTo(-t * 2.1, 0)
    trunk.quadTo(-t * 1.05, 0.35, -t, 1.6)
    trunk.lineTo(lean - t * 0.5, height)
    trunk.lineTo(lean + t * 0.5, height)
    trunk.lineTo(t, 1.6)
    trunk.quadTo(t * 1.05, 0.35, t * 2.2, 0)
    trunk.close()
    dark = poly(
        [
            (t * 0.25, 0),
            (t * 2.2, 0),
            (t * 1.05, 0.5),
            (t, 1.6),
            (lean + t * 0.5, height),
            (lean + t * 0.1, height),
            (t * 0.3, 1.6),
        ]
    )
    grain = brush(rng, (-t * 0.8, 0.4, t * 0.8, height * 0.6), 16, t * 0.7, 0.05, 1.6)
    limbs = skia.Path()
    leaves, lights = skia.Path(), skia.Path()
    for i in range(3):
        y = height * (0.42 + 0.14 * i)
        side = -1 if (i + int(at.x * 3)) % 2 else 1
        x = lean * y / height
        tip = (x + side * rng.uniform(1.1, 2.0), y + rng.uniform(0.5, 1.1))
        limbs.addPath(line([(x, y), tip], t * 0.35), 0, 0)
        leaves.addPath(blob(rng, tip[0], tip[1], 1.2, 0.6, 10, 0.2), 0, 0)
        lights.addPath(blob(rng, tip[0] - 0.1, tip[1] + 0.2, 0.7, 0.25, 8, 0.25), 0, 0)
    body, crown_light, crown_dark = crown(rng, 4.6, height * 0.4, height * 0.66, 6)
    leaves.addPath(body, lean, 0)
    lights.addPath(crown_light, lean, 0)
    marks = [
        mark(limbs, scale(bark, 0.8)),
        mark(trunk, bark, key=0.75),
        mark(dark, scale(bark, 0.66), key=0.3),
        mark(grain, scale(bark, 0.6), alpha=0.7, fine=True),
        mark(leaves, green, key=0.4),
        mark(crown_dark, scale(green, 0.82), key=0.28),
        mark(lights, mix(green, LEAF_LIGHT, 0.3), key=1.0),
    ]
    return Piece(at, 0.75, height * 1.1, (card(at, 3.4, height * 1.14, marks),), shadow=(t * 2.6, t * 1.8))


def bush(rng: Random, at: Vec3, green: RGB, size: float = 1.0) -> Piece:
    """A bush."""
    body, lights, darks = crown(rng, 1.7 * size, 1.0 * size, 0.0, 7)
    marks = [
        mark(body, green, key=0.4),
        mark(darks, scale(green, 0.82), key=0.28),
        mark(lights, mix(green, LEAF_LIGHT, 0.28), key=1.0),
    ]
    return Piece(
        at,
        0.8 * size,
        1.0 * size,
        (card(at, 1.1 * size, 1.2 * size, marks, below=0.2),),
        shadow=(0.85 * size, 0.5 * size),
        moves="sways",
    )


def _blades(rng: Random, count: int, wide: float, high: float, thick: float) -> tuple[skia.Path, skia.Path]:
    one, two = skia.Path(), skia.Path()
    for i in range(count):
        x = (rng.random() - 0.5) * wide
        bend, h = rng.uniform(-0.35, 0.35) * high + x * 0.5, high * rng.uniform(0.55, 1.0)
        path = one if i % 2 else two
        path.moveTo(x - thick, 0)
        path.quadTo(x - thick + bend * 0.2, h * 0.6, x + bend, h)
        path.quadTo(x + thick + bend * 0.2, h * 0.55, x + thick, 0)
        path.close()
    return one, two


def tufts(rng: Random, at: Vec3, green: RGB, high: float = 0.42, wide: float = 0.5) -> Piece:
    """A tuft of long grass."""
    one, two = _blades(rng, 15, wide, high, 0.016)
    marks = [mark(two, scale(green, 0.76), key=0.4), mark(one, green, key=0.9)]
    return Piece(at, wide / 2, high, (card(at, wide, high * 1.05, marks),), moves="sways")


def ferns(rng: Random, at: Vec3, green: RGB) -> Piece:
    """A fern: arching fronds with leaflets."""
    front, back = skia.Path(), skia.Path()
    for i in range(9):
        angle = -1.2 + 2.4 * i / 8
        reach = rng.uniform(0.5, 0.8)
        path = front if i % 2 else back
        x1, y1 = angle * reach * 0.75, reach * (1.0 - 0.5 * abs(angle)) * 0.9
        for k in range(1, 9):
            u = k / 9
            x, y = x1 * u * (0.6 + 0.4 * u), y1 * (2 * u - u * u)
            size = 0.13 * (1.0 - u) + 0.03
            for side in (-1, 1):
                path.addPath(
                    poly([(x, y), (x + side * size, y + size * 0.5), (x + side * size * 0.4, y - size * 0.25)]), 0, 0
                )
    marks: list[Mark] = [mark(back, scale(green, 0.72), key=0.35), mark(front, green, key=0.85)]
    return Piece(at, 0.5, 0.8, (card(at, 0.95, 0.85, marks, below=0.1),), moves="sways")


def rock(rng: Random, at: Vec3, rgb: RGB, size: float = 0.7) -> Piece:
    """A boulder in three planes."""
    w, h = size, size * rng.uniform(0.55, 0.75)
    points = [(-w, 0), (-w * 0.8, h * 0.6), (-w * 0.25, h), (w * 0.4, h * 0.9), (w * 0.9, h * 0.45), (w, 0)]
    marks = [
        mark(poly(points), rgb, key=0.5),
        mark(
            poly([(-w * 0.8, h * 0.6), (-w * 0.25, h), (w * 0.4, h * 0.9), (w * 0.1, h * 0.58)]),
            mix(rgb, RGB(255, 246, 226), 0.25),
            key=1.0,
        ),
        mark(
            poly([(w * 0.1, h * 0.58), (w * 0.4, h * 0.9), (w * 0.9, h * 0.45), (w, 0), (w * 0.25, 0)]),
            scale(rgb, 0.78),
            key=0.25,
        ),
    ]
    return Piece(at, size, h, (card(at, size * 1.05, h * 1.05, marks),), shadow=(size * 1.1, size * 0.6))
