"""Land that rises or falls round the stage: ranges of peaks, dunes, table mountains and hills, as rings of flat panels.

A ring stands for one depth plane; several of them, paler the farther, give the land its depth. No ground lies here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import skia

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import Mark, Panel, Piece, blob, mark, poly, rect

__all__ = ["Land", "crags", "dunes", "hills", "mesas", "peaks", "ring_of"]

Points = list[tuple[float, float]]
SNOW = RGB(240, 242, 248)
AIR = RGB(150, 172, 200)


@dataclass(frozen=True, kw_only=True)
class Land:
    """What a ring of land is made of. Heights are over `foot_m`; `air` is how much of the distance it has taken on."""

    rgb: RGB
    low_m: float
    high_m: float
    foot_m: float = 0.0
    foot_rgb: RGB | None = None  # what grows on its foot
    snow_m: float | None = None  # where its snow begins, over the foot
    air: float = 0.0
    mist: bool = False  # whether its foot fades into the haze

    @property
    def colour(self) -> RGB:
        """Its rock or sand, with the air before it."""
        return mix(self.rgb, AIR, self.air)


Shape = Callable[[Random, Land, float, float, float], list[Mark]]
"""Draws the land between two saddles: a generator, the land, a width, and the heights of the left and right saddle."""


def ring_of(
    rng: Random, land: Land, shape: Shape, radius_m: float, count: int, arc: tuple[float, float] = (0.0, 360.0)
) -> list[Piece]:
    """`count` panels along an arc of bearings in degrees (clockwise from ahead), each from saddle to saddle."""
    shares = [rng.uniform(0.7, 1.3) for _ in range(count)]
    step = (arc[1] - arc[0]) / sum(shares)
    whole = arc[1] - arc[0] > 359.0
    saddles = [land.low_m * rng.uniform(0.75, 1.2) for _ in range(count + 1)]
    if whole:
        saddles[-1] = saddles[0]
    else:
        saddles[0] = saddles[-1] = 0.02 * land.low_m  # open land runs out into the plain
    pieces, bearing = [], arc[0]
    for i, share in enumerate(shares):
        ends = [math.radians(b) for b in (bearing - 0.12, bearing + share * step + 0.12)]
        (x0, z0), (x1, z1) = ((radius_m * math.sin(a), radius_m * math.cos(a)) for a in ends)
        width = math.hypot(x1 - x0, z1 - z0)
        u = Vec3((x1 - x0) / width, 0.0, (z1 - z0) / width)
        marks = shape(rng, land, width, saddles[i], saddles[i + 1])
        if land.mist:
            marks += _mist(width, land)
        panel = Panel(
            Vec3(x0, land.foot_m, z0), u, Vec3(0, 1, 0), Vec3(u.z, 0, -u.x), (0, 0, width, land.high_m), tuple(marks)
        )
        middle = Vec3((x0 + x1) / 2, land.foot_m, (z0 + z1) / 2)
        pieces.append(Piece(middle, width / 2, land.high_m, (panel,)))
        bearing += share * step
    return pieces


def _mist(width: float, land: Land) -> list[Mark]:
    return [mark(rect(0, 0, width, land.low_m * u), AIR, "sky", alpha=0.22) for u in (0.25, 0.5, 0.8)]


def _broken(rng: Random, start: tuple[float, float], end: tuple[float, float], rough: float, levels: int) -> Points:
    """A line whose middles are set off again and again, from `start` to just before `end`."""
    points = [start, end]
    for level in range(levels):
        out: Points = []
        for (x0, y0), (x1, y1) in pairwise(points):
            off = rough * abs(x1 - x0) * rng.uniform(-0.5, 0.5) * (1.0 if level else 0.7)
            u = rng.uniform(0.4, 0.6)
            out += [(x0, y0), (x0 + (x1 - x0) * u, y0 + (y1 - y0) * u + off)]
        points = [*out, points[-1]]
    return points[:-1]


def _both(a: skia.Path, b: skia.Path) -> skia.Path:
    found = skia.Op(a, b, skia.PathOp.kIntersect_PathOp)
    return found if found is not None else skia.Path()


def peaks(rng: Random, land: Land, width: float, left: float, right: float) -> list[Mark]:
    """A massif: one summit and a shoulder, lit on one side and dark on the other, with snow on what is high."""
    high, x = land.high_m * rng.uniform(0.72, 1.0), width * rng.uniform(0.36, 0.62)
    sx = x + (width - x) * rng.uniform(0.35, 0.6) * (1 if rng.random() < 0.5 else 0) or x * rng.uniform(0.4, 0.6)
    shoulder = (sx, (high + (right if sx > x else left)) / 2 * rng.uniform(0.95, 1.12))
    tops = sorted([(x, high), shoulder])
    knots = [(0.0, left), *tops, (width, right)]
    outline: Points = []
    for a, b in pairwise(knots):
        outline += _broken(rng, a, b, 0.55, 3)
    outline.append(knots[-1])
    body = poly([*outline, (width, 0.0), (0.0, 0.0)])
    shaded, spurs = skia.Path(), skia.Path()
    for px, py in tops:
        wide = min(py * rng.uniform(0.5, 0.8), (width - px) * 0.96)
        edge: Points = [(px, py + high * 0.02)]
        y = py
        side = 0.0
        while y > 0:
            y -= high * rng.uniform(0.08, 0.16)
            side += high * rng.uniform(-0.07, 0.055)
            edge.append((px + side, max(y, 0.0)))
        shaded.addPath(_both(poly([*edge, (px + wide, 0.0), (px + wide * 0.55, py * 0.5)]), body), 0, 0)
        for _ in range(3):
            at = rng.uniform(0.25, 0.7)
            ax, ay = px - wide * at * rng.uniform(0.3, 0.9), py * (1 - at)
            run = high * rng.uniform(0.10, 0.2)
            spurs.addPath(
                _both(poly([(ax, ay), (ax + run * 0.5, ay - run * 0.9), (ax - run * 0.1, ay - run * 1.7)]), body), 0, 0
            )
    rock = land.colour
    marks = [
        mark(body, rock, key=0.8),
        mark(spurs, scale(rock, 0.82), key=0.4),
        mark(shaded, scale(rock, 0.74), key=0.2),
    ]
    if land.snow_m is not None and high > land.snow_m:
        teeth: Points = []
        tooth = width * rng.uniform(0.02, 0.035)
        tx = -tooth
        while tx < width + tooth:
            teeth.append((tx, land.snow_m + rng.uniform(-0.02, 0.16) * (high - land.snow_m)))
            teeth.append((tx + tooth * 0.5, land.snow_m - rng.uniform(0.1, 0.5) * (high - land.snow_m)))
            tx += tooth * rng.uniform(0.8, 1.6)
        snow = _both(poly([*teeth, (width + tooth, high * 1.2), (-tooth, high * 1.2)]), body)
        white = mix(SNOW, AIR, land.air * 0.8)
        marks += [
            mark(snow, white, key=0.9),
            mark(_both(snow, shaded), mix(white, RGB(132, 156, 196), 0.55), key=0.3),
        ]
    return marks


def crags(rng: Random, land: Land, width: float, left: float, right: float) -> list[Mark]:
    """A slope at hand: outcrops in steps, each with a lit top and a dark face, over scree and turf."""
    high = land.high_m * rng.uniform(0.75, 1.0)
    body = poly(
        [
            *_broken(rng, (0.0, left), (width * 0.5, high), 0.4, 4),
            *_broken(rng, (width * 0.5, high), (width, right), 0.4, 4),
            (width, right),
            (width, 0.0),
            (0.0, 0.0),
        ]
    )
    turf, faces, tops, scree = skia.Path(), skia.Path(), skia.Path(), skia.Path()
    steps = max(7, round(width * 0.55))
    for i in range(steps):
        x = width * (i + rng.uniform(0.1, 0.9)) / steps
        room = 1.0 - abs(2 * x / width - 1.0)
        y = (0.12 + 0.8 * rng.random()) * (min(left, right) + room * (high - min(left, right)))
        w, h = rng.uniform(0.9, 2.6), rng.uniform(0.6, 1.9) * (0.5 + y / high)
        lip = [(x - w, y - h * 0.1), (x - w * 0.55, y + h * 0.22), (x + w * 0.1, y + h * 0.3), (x + w * 0.85, y)]
        tops.addPath(poly([*lip, (x + w * 0.2, y - h * 0.16), (x - w * 0.5, y - h * 0.05)]), 0, 0)
        faces.addPath(
            poly(
                [
                    (x - w, y - h * 0.1),
                    (x - w * 0.5, y - h * 0.05),
                    (x + w * 0.2, y - h * 0.16),
                    (x + w * 0.85, y),
                    (x + w * 1.05, y - h * 0.95),
                    (x + w * 0.15, y - h * 1.1),
                    (x - w * 1.2, y - h * 0.9),
                ]
            ),
            0,
            0,
        )
        turf.addPath(
            blob(
                rng,
                x + rng.uniform(-2, 2),
                y * rng.uniform(0.2, 0.7),
                rng.uniform(1.5, 3.2),
                rng.uniform(0.4, 1.0),
                9,
                0.2,
            ),
            0,
            0,
        )
    for i in range(round(width / 1.4)):
        scree.addPath(
            blob(rng, i * 1.4, rng.uniform(0.0, 0.25), rng.uniform(0.9, 1.7), rng.uniform(0.2, 0.55), 8, 0.25), 0, 0
        )
    rgb, green = land.colour, mix(land.foot_rgb or land.rgb, AIR, land.air)
    marks = [
        mark(body, mix(rgb, green, 0.5), key=0.7),
        mark(_both(turf, body), green, key=0.8),
        mark(_both(faces, body), scale(rgb, 0.78), key=0.25),
        mark(_both(tops, body), mix(rgb, RGB(226, 216, 204), 0.3), key=0.95),
        mark(scree, scale(green, 0.92), key=0.7),
    ]
    if land.snow_m is not None and high > land.snow_m:
        marks.append(mark(_both(tops, rect(0, land.snow_m, width, high * 1.2)), SNOW, key=0.95))
    return marks


def hills(rng: Random, land: Land, width: float, left: float, right: float) -> list[Mark]:
    """A rounded hill with a darker flank."""
    high, x = land.high_m * rng.uniform(0.7, 1.0), width * rng.uniform(0.35, 0.65)
    body, flank = skia.Path(), skia.Path()
    body.moveTo(0, 0)
    body.lineTo(0, left)
    body.cubicTo(x * 0.45, left, x * 0.6, high, x, high)
    body.cubicTo(x + (width - x) * 0.4, high, x + (width - x) * 0.55, right, width, right)
    body.lineTo(width, 0)
    body.close()
    flank.moveTo(x, high)
    flank.cubicTo(x + (width - x) * 0.4, high, x + (width - x) * 0.55, right, width, right)
    flank.lineTo(width, 0)
    flank.lineTo(x - width * 0.1, 0)
    flank.quadTo(x + width * 0.16, high * 0.5, x, high)
    flank.close()
    rgb = land.colour
    return [mark(body, rgb, key=0.75), mark(flank, scale(rgb, 0.86), key=0.35)]


def dunes(rng: Random, land: Land, width: float, left: float, right: float) -> list[Mark]:
    """A dune: a long lit back, and a crest that winds down between it and the steep side in shade."""
    high, x = land.high_m * rng.uniform(0.6, 1.0), width * rng.uniform(0.4, 0.62)
    lee = rng.uniform(0.28, 0.5)
    body, shade, wisps = skia.Path(), skia.Path(), skia.Path()
    body.moveTo(0, 0)
    body.lineTo(0, left)
    body.cubicTo(x * 0.5, left * 0.9, x * 0.8, high * 0.86, x, high)
    body.cubicTo(x + (width - x) * lee, high * 0.55, x + (width - x) * 0.6, right * 1.05, width, right)
    body.lineTo(width, 0)
    body.close()
    shade.moveTo(x, high)
    shade.cubicTo(x + (width - x) * lee, high * 0.55, x + (width - x) * 0.6, right * 1.05, width, right)
    shade.quadTo(x + (width - x) * 0.7, right * 0.3, x + (width - x) * 0.55, 0)
    shade.lineTo(x + width * 0.08, 0)
    shade.cubicTo(x + width * 0.22, high * 0.3, x - width * 0.12, high * 0.52, x, high)
    shade.close()
    for i in range(4):
        y, x0 = high * (0.16 + 0.15 * i), x * (0.18 + 0.16 * i)
        wisps.moveTo(x0, y)
        wisps.quadTo(x0 + width * 0.1, y + high * 0.06, x0 + width * 0.2, y + high * 0.09)
        wisps.quadTo(x0 + width * 0.1, y + high * 0.04, x0, y)
    rgb = land.colour
    return [
        mark(body, rgb, key=0.95),
        mark(wisps, mix(rgb, RGB(255, 240, 206), 0.4), key=1.0),
        mark(shade, mix(scale(rgb, 0.8), RGB(150, 96, 84), 0.25), key=0.2),
    ]


def mesas(rng: Random, land: Land, width: float, left: float, right: float) -> list[Mark]:
    """A table mountain on its scree, in strata, with now and then a tower beside it; low land between."""
    low = max(left, right)
    a, b = width * rng.uniform(0.12, 0.26), width * rng.uniform(0.55, 0.8)
    high = land.high_m * rng.uniform(0.62, 1.0)
    scree = high * rng.uniform(0.34, 0.45)
    top = [(a, scree), (a + width * 0.012, high * 0.96), (a + width * 0.03, high), *_steps(rng, a, b, width, high)]
    top += [(b - width * 0.01, high * 0.97), (b, scree)]
    base = [(0.0, left), (a - scree * 0.8, left), *top, (b + scree * 0.9, right), (width, right)]
    if rng.random() < 0.5:
        t = b + scree * 1.2 + width * 0.03
        tall, thick = high * rng.uniform(0.55, 0.85), width * 0.012
        base[-2:] = [
            (b + scree * 0.5, scree * 0.5),
            (t - thick * 1.6, scree * 0.7), (t - thick, tall), (t + thick, tall * 0.97), (t + thick * 1.5, scree * 0.7),
            (min(t + scree, width), right), (width, right),
        ]  # fmt: skip
    body = poly([*base, (width, 0.0), (0.0, 0.0)])
    cliff = _both(body, rect(-1, scree, width + 1, high * 1.1))
    bands, cracks = skia.Path(), skia.Path()
    for share in (0.5, 0.66, 0.84):
        y = high * share
        bands.addPath(_both(body, poly(_strip(rng, width, y, high * 0.035))), 0, 0)
    for _ in range(9):
        x, drop = rng.uniform(a, b), rng.uniform(0.25, 0.9) * (high - scree)
        w = width * rng.uniform(0.004, 0.012)
        cracks.addPath(
            poly([(x - w, high), (x + w, high), (x + w * 0.3, high - drop), (x - w * 0.2, high - drop)]), 0, 0
        )
    dark = _both(
        body,
        poly([(b - (b - a) * 0.3, high * 1.1), (b * 1.4, high * 1.1), (b * 1.4, 0), (b, 0), (b - width * 0.05, scree)]),
    )
    rgb = land.colour
    marks = [
        mark(body, mix(rgb, RGB(214, 170, 120), 0.35), key=0.75),
        mark(cliff, rgb, key=0.85),
        mark(bands, scale(rgb, 0.86), key=0.7),
        mark(_both(cracks, body), scale(rgb, 0.76), key=0.4),
        mark(dark, scale(rgb, 0.74), alpha=0.75, key=0.2),
    ]
    return [*marks, mark(rect(0, 0, width, low * 0.5), mix(rgb, RGB(214, 170, 120), 0.5), key=0.8)]


def _steps(rng: Random, a: float, b: float, width: float, high: float) -> Points:
    xs = sorted(rng.uniform(a + width * 0.06, b - width * 0.05) for _ in range(2))
    out: Points = []
    y = high
    for x in xs:
        next_y = high * rng.uniform(0.9, 1.0)
        out += [(x, y), (x + width * 0.008, next_y)]
        y = next_y
    return out


def _strip(rng: Random, width: float, y: float, thick: float) -> Sequence[tuple[float, float]]:
    xs = [width * i / 12 for i in range(13)]
    top = [(x, y + thick * rng.uniform(0.2, 1.0)) for x in xs]
    return [*top, *((x, y - thick * rng.uniform(0.0, 0.5)) for x in reversed(xs))]
