"""What a viewport of a ship shows: stars, a nebula's veils and a planet, fixed about the set by its seed."""

from __future__ import annotations

import math
from functools import lru_cache
from random import Random

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import brush
from model.theatre.sets.pen import Pen

__all__ = ["paint_space"]

DEEP = RGB(10, 12, 28)
STARS = 900
PLANETS = (
    (RGB(206, 142, 98), RGB(240, 206, 160)),
    (RGB(78, 124, 170), RGB(186, 214, 224)),
    (RGB(150, 96, 150), RGB(226, 178, 196)),
    (RGB(96, 140, 116), RGB(206, 220, 176)),
)


def paint_space(pen: Pen, seed: int) -> None:
    """The whole picture as space."""
    pen.canvas.clear(_argb(DEEP))
    rng = Random(seed * 131 + 29)
    base, pale = rng.choice(PLANETS)
    veil = mix(base, RGB(96, 70, 160), 0.5)
    for _ in range(5):
        bearing, up, reach = rng.uniform(-70, 70), rng.uniform(-0.1, 0.5), rng.uniform(0.25, 0.5)
        at = _pixel(pen, bearing, up)
        if at is not None:
            r = pen.view.focal_px * reach
            paint = skia.Paint(AntiAlias=True, Color=_argb(veil, 0.10))
            for grow in (1.0, 0.66):
                pen.canvas.drawOval(
                    skia.Rect.MakeXYWH(at[0] - r * grow, at[1] - r * 0.3 * grow, 2 * r * grow, 0.6 * r * grow), paint
                )
    _paint_stars(pen, seed)
    at = _pixel(pen, rng.choice((-1, 1)) * rng.uniform(8.0, 22.0), rng.uniform(0.02, 0.14))
    if at is not None:
        _paint_planet(pen, at, pen.view.focal_px * rng.uniform(0.13, 0.24), base, pale, rng)


def _paint_planet(pen: Pen, at: tuple[float, float], r: float, base: RGB, pale: RGB, rng: Random) -> None:
    """A banded disc, dark on one side, with a ring behind and before it or a moon beside it."""
    canvas, (x, y) = pen.canvas, at
    ringed = rng.random() < 0.5
    ring = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, Color=_argb(pale, 0.6), StrokeWidth=r * 0.13)
    box = skia.Rect.MakeLTRB(-r * 1.85, -r * 0.42, r * 1.85, r * 0.42)
    if ringed:
        _arc(canvas, box, x, y, 180, ring)
    disc = skia.Path()
    disc.addCircle(0, 0, r)
    canvas.save()
    canvas.translate(x, y)
    canvas.clipPath(disc, True)
    canvas.drawPaint(skia.Paint(Color=_argb(base)))
    bands = brush(rng, (-r, -r, r, r), 16, r * 1.5, r * 0.09, 0.12)
    canvas.drawPath(bands, skia.Paint(AntiAlias=True, Color=_argb(pale, 0.55)))
    night = skia.Path()
    night.addRect(skia.Rect.MakeLTRB(-2 * r, -2 * r, 2 * r, 2 * r))
    night.addCircle(-r * 0.36, -r * 0.2, r * 1.12)
    night.setFillType(skia.PathFillType.kEvenOdd)
    canvas.drawPath(night, skia.Paint(AntiAlias=True, Color=_argb(mix(scale(base, 0.2), DEEP, 0.5), 0.88)))
    canvas.restore()
    if ringed:
        _arc(canvas, box, x, y, 0, ring)
    else:
        canvas.drawCircle(
            x + r * 1.7, y - r * 0.8, r * 0.15, skia.Paint(AntiAlias=True, Color=_argb(RGB(196, 192, 186)))
        )


def _arc(canvas: skia.Canvas, box: skia.Rect, x: float, y: float, start: float, paint: skia.Paint) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(-16)
    canvas.drawArc(box, start, 180, False, paint)
    canvas.restore()


@lru_cache(maxsize=16)
def _field(seed: int) -> NDArray[np.float64]:
    """Directions evenly over the sphere, (STARS, 3)."""
    found = np.random.default_rng((seed, STARS)).normal(size=(STARS, 3))
    directions: NDArray[np.float64] = found / np.linalg.norm(found, axis=1, keepdims=True)
    return directions


def _paint_stars(pen: Pen, seed: int) -> None:
    view = pen.view
    local = _field(seed) @ view.rotation.T
    order = np.arange(STARS)[local[:, 2] > 0.15]
    local = local[order]
    xs = (view.width_px / 2 + view.focal_px * local[:, 0] / local[:, 2]).tolist()
    ys = (view.height_px / 2 - view.focal_px * local[:, 1] / local[:, 2]).tolist()
    unit = max(0.8, view.height_px / 300)
    paint = skia.Paint(AntiAlias=True, StrokeCap=skia.Paint.kRound_Cap)
    for step, width, alpha in ((0, 2.1, 1.0), (1, 1.4, 0.8), (2, 0.9, 0.65)):
        points = [skia.Point(x, y) for k, x, y in zip(order.tolist(), xs, ys, strict=True) if min(k % 9, 2) == step]
        if points:
            paint.setColor(_argb(RGB(228, 234, 255), alpha))
            paint.setStrokeWidth(unit * width)
            pen.canvas.drawPoints(skia.Canvas.kPoints_PointMode, points, paint)


def _pixel(pen: Pen, bearing_deg: float, up: float) -> tuple[float, float] | None:
    a = math.radians(bearing_deg)
    x, y, z = pen.turned(Vec3(math.sin(a), up, math.cos(a)))
    if z < 0.05:
        return None
    f = pen.view.focal_px / z
    return pen.view.width_px / 2 + f * x, pen.view.height_px / 2 - f * y


def _argb(rgb: RGB, alpha: float = 1.0) -> int:
    return round(255 * alpha) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]
