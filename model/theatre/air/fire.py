"""Flames, embers and smoke: shapes that are a function of time alone, drawn at a pixel place and size.

Draws what burns, not the light it gives (`model.theatre.lighting.practicals`, `model.theatre.lighting.pools`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import skia

from model.stage import RGB
from model.theatre.pixels import gradient

__all__ = ["LOGS", "paint_embers", "paint_flames", "paint_logs", "paint_smoke"]

TONGUES = 5
PUFFS = 9
_LAYERS = ((1.0, RGB(214, 62, 30), 0.88), (0.76, RGB(246, 128, 40), 0.95), (0.50, RGB(255, 206, 92), 1.0))
LOGS = (RGB(74, 48, 36), RGB(92, 58, 40), RGB(58, 38, 32))
_LAID = ((-0.52, 0.02, 0.34, -0.10), (0.52, 0.03, -0.30, -0.12), (-0.36, 0.07, 0.40, 0.05))
_CORE = RGB(255, 246, 214)


@lru_cache(maxsize=64)
def _field(seed: int, count: int) -> list[list[float]]:
    rows: list[list[float]] = np.random.default_rng((seed, count, 31)).uniform(0, 1, (count, 4)).tolist()
    return rows


def paint_flames(
    canvas: skia.Canvas, x: float, y: float, wide_px: float, high_px: float, time_s: float, seed: int, lean: float
) -> None:
    """A fire whose foot's middle is at (x, y), blown to the right by `lean` times its height."""
    paint = skia.Paint(AntiAlias=True)
    if high_px < 5.0:
        paint.setColor(_argb(_LAYERS[2][1], 0.95))
        canvas.drawOval(skia.Rect.MakeLTRB(x - wide_px / 2, y - high_px, x + wide_px / 2, y), paint)
        return
    single = wide_px < 0.5 * high_px or high_px < 12.0
    for share, rgb, alpha in _LAYERS:
        path = skia.Path()
        rows = _field(seed, TONGUES)[:1] if single else _field(seed, TONGUES)
        for i, (a, b, c, d) in enumerate(rows):
            spot = 0.0 if single else (i - (TONGUES - 1) / 2) / TONGUES + 0.06 * (a - 0.5)
            beat = 0.5 + 0.5 * math.sin((5.0 + 3.0 * b) * time_s + math.tau * c) * math.sin(2.3 * time_s + math.tau * d)
            tall = high_px * share * (1.0 - 1.1 * abs(spot)) * (0.66 + 0.34 * beat)
            half = wide_px * share * (0.5 if single else 0.21) * (0.9 + 0.2 * a)
            sway = high_px * (0.09 * math.sin(3.7 * time_s + math.tau * d) + lean) * share
            _tongue(path, x + spot * wide_px * 0.9 * (0.6 + 0.4 * share), y, half, tall, sway)
        paint.setColor(_argb(rgb, alpha))
        canvas.drawPath(path, paint)
    paint.setColor(_argb(_CORE, 0.9))
    half, tall = wide_px * 0.15, high_px * 0.2
    canvas.drawOval(skia.Rect.MakeLTRB(x - half, y - tall * 1.1, x + half, y - tall * 0.1), paint)


def _tongue(path: skia.Path, x: float, y: float, half: float, tall: float, sway: float) -> None:
    """A flame's tongue: round at its foot, drawn out to a point that sways."""
    path.moveTo(x - half * 0.55, y)
    path.cubicTo(x - half * 1.5, y - tall * 0.34, x - half * 0.2 + sway * 0.3, y - tall * 0.56, x + sway, y - tall)
    path.cubicTo(x + half * 0.55 + sway * 0.4, y - tall * 0.6, x + half * 1.5, y - tall * 0.34, x + half * 0.55, y)
    path.quadTo(x, y + half * 0.35, x - half * 0.55, y)
    path.close()


def paint_embers(
    canvas: skia.Canvas, x: float, y: float, px_per_m: float, high_m: float, time_s: float, seed: int, wind_m_s: float
) -> None:
    """Sparks that rise from a fire and go out."""
    if px_per_m < 18.0:
        return
    bright: list[skia.Point] = []
    dim: list[skia.Point] = []
    for a, b, c, d in _field(seed + 1, 14):
        age = (time_s * (0.35 + 0.3 * b) + c) % 1.0
        side = (a - 0.5) * 0.5 + 0.10 * math.sin(4.0 * age + math.tau * d) + 0.12 * wind_m_s * age
        point = skia.Point(x + side * px_per_m, y - px_per_m * high_m * (0.5 + 2.2 * age))
        (bright if age < 0.45 else dim).append(point)
    paint = skia.Paint(AntiAlias=True, StrokeCap=skia.Paint.kRound_Cap)
    paint.setStrokeWidth(max(0.9, 0.012 * px_per_m))
    for points, rgb, alpha in ((bright, RGB(255, 214, 120), 0.95), (dim, RGB(244, 120, 52), 0.5)):
        if points:
            paint.setColor(_argb(rgb, alpha))
            canvas.drawPoints(skia.Canvas.kPoints_PointMode, points, paint)


def paint_logs(canvas: skia.Canvas, x: float, y: float, size_px: float, colours: Sequence[int]) -> None:
    """Three logs laid across each other, `size_px` to either side."""
    paint = skia.Paint(AntiAlias=True, StrokeCap=skia.Paint.kRound_Cap)
    paint.setStrokeWidth(max(1.0, 0.12 * size_px))
    for (x0, y0, x1, y1), colour in zip(_LAID, colours, strict=True):
        paint.setColor(colour)
        canvas.drawLine(x + x0 * size_px, y + y0 * size_px, x + x1 * size_px, y + y1 * size_px, paint)


def paint_smoke(
    canvas: skia.Canvas,
    x: float,
    y: float,
    px_per_m: float,
    rgb: RGB,
    time_s: float,
    seed: int,
    wind_m_s: float,
    high_m: float = 2.6,
    strength: float = 1.0,
) -> None:
    """Puffs that rise from (x, y) through `high_m`, widen, lean with the wind and thin out."""
    if px_per_m * high_m < 6.0:
        return
    puff = _puff(rgb)
    canvas.save()
    canvas.translate(x, y)
    for i, (a, b, c, d) in enumerate(_field(seed + 2, PUFFS)):
        age = (time_s * 0.16 + (i + 0.5 * c) / PUFFS) % 1.0
        rise = high_m * age**0.85
        side = (
            0.10 * math.sin(1.9 * time_s * 0.5 + math.tau * d + 5.0 * age) * age + wind_m_s * 0.16 * age**1.3 * high_m
        )
        reach = (0.06 + 0.20 * age) * (0.8 + 0.4 * b) * high_m * px_per_m
        alpha = 0.5 * strength * min(1.0, age * 6.0) * (1.0 - age) ** 1.2 * (0.8 + 0.2 * a)
        puff.setAlphaf(min(1.0, max(0.0, alpha)))
        canvas.save()
        canvas.translate(side * px_per_m, -rise * px_per_m)
        canvas.scale(reach, reach * 0.9)
        canvas.drawCircle(0, 0, 1.0, puff)
        canvas.restore()
    canvas.restore()


@lru_cache(maxsize=64)
def _puff(rgb: RGB) -> skia.Paint:
    colours = [_argb(rgb, a) for a in (1.0, 0.85, 0.4, 0.0)]
    shader = skia.GradientShader.MakeRadial((0, 0), 1.0, colours, [0.0, 0.45, 0.75, 1.0])
    return gradient(shader)


def _argb(rgb: RGB, alpha: float) -> int:
    return round(255 * min(1.0, max(0.0, alpha))) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]
