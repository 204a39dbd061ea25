"""Weather between the camera and the far world: rain, snow, fog banks and wind, in layers of depth.

Only what falls and drifts: wet ground is painted by `model.theatre.air.wet` under what stands on it. A function of
time, so that a frame looks the same whenever it is drawn.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Stage
from model.theatre.lighting.light import Tone, mix
from model.theatre.view import View

__all__ = ["paint_outside", "paint_weather"]

LAYERS_M = (22.0, 10.0, 4.5)
"""Depths of the layers of falling things, far first."""
PANE_M = 4.0
"""About how far off a room's windows are: how large the drops on them are."""
UNGLAZED = ("cave",)


def _argb(rgb: RGB, alpha: float) -> int:
    return round(255 * min(1.0, max(0.0, alpha))) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]


@lru_cache(maxsize=16)
def _scatter(seed: int, count: int) -> NDArray[np.float64]:
    """(count, 4) numbers from 0 to 1."""
    return np.random.default_rng((seed, count)).uniform(0, 1, (count, 4))


def paint_weather(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """The weather before everything, when the camera is outside."""
    if stage.place.interior or stage.place.kind == "car":
        return
    _fall(canvas, stage, view, tone, time_s, LAYERS_M)
    if stage.weather.kind in ("rain", "storm") and view.eye.y > 0.1:
        _splashes(canvas, stage, view, tone, time_s)


def paint_outside(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """The weather as a window shows it: the far layers, and what clings to the panes. In space there is none."""
    if stage.place.kind == "spaceship":
        return
    _fall(canvas, stage, view, tone, time_s, LAYERS_M[:2])
    if stage.weather.kind in ("rain", "storm") and stage.place.kind not in UNGLAZED:
        _panes(canvas, stage, view, tone, time_s)


def _panes(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """Drops that sit on glass, and some that gather and run down it."""
    w, h = view.width_px, view.height_px
    unit = view.px_per_m(PANE_M)
    pan, tilt, _ = _drift(view)
    field = _scatter(stage.place.seed * 29 + 3, 420)[: round(420 * (0.35 + 0.65 * stage.weather.intensity))]
    xs, ys = (field[:, 0] * 1.5 * w - pan) % (1.5 * w) - 0.25 * w, (field[:, 1] * 1.5 * h + tilt) % (1.5 * h) - 0.25 * h
    light = mix(tone.haze, RGB(236, 242, 250), 0.7)
    paint = skia.Paint(AntiAlias=True, StrokeCap=skia.Paint.kRound_Cap)
    running = len(field) // 9
    run = (0.05 * (0.5 + field[:running, 2]) * time_s + field[:running, 3]) % 1.0
    slip = run**2 * (3.0 - 2.0 * run)  # it waits, lets go and waits again
    heads = (ys[:running] + slip * 0.9 * unit).tolist()
    tails = [skia.Point(x, y) for x, y in zip(xs[:running].tolist(), heads, strict=True)]
    points = []
    for tail, length in zip(tails, (slip * 0.45 * unit).tolist(), strict=True):
        points += [skia.Point(tail.x(), tail.y() - length), tail]
    paint.setStrokeWidth(max(0.9, 0.010 * unit))
    paint.setColor(_argb(light, 0.30))
    canvas.drawPoints(skia.Canvas.kLines_PointMode, points, paint)
    drops = [skia.Point(x, y) for x, y in zip(xs[running:].tolist(), ys[running:].tolist(), strict=True)]
    half = len(drops) // 2
    for some, size, alpha in ((drops[:half], 0.022, 0.5), (drops[half:], 0.014, 0.42), (tails, 0.028, 0.65)):
        paint.setStrokeWidth(max(1.3, size * unit))
        paint.setColor(_argb(light, alpha))
        canvas.drawPoints(skia.Canvas.kPoints_PointMode, some, paint)


def _fall(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float, layers: tuple[float, ...]) -> None:
    weather = stage.weather
    for index, depth in enumerate(layers):
        if weather.kind in ("rain", "storm"):
            _rain(canvas, stage, view, tone, time_s, depth, index)
        elif weather.kind == "snow":
            _snow(canvas, stage, view, tone, time_s, depth, index)
        elif weather.kind == "wind" and index:
            _leaves(canvas, stage, view, tone, time_s, depth, index)


def _drift(view: View) -> tuple[float, float, float]:
    """How far the picture has panned and tilted, in pixels, and its roll: falling things stay in the world."""
    forward = view.rotation[2]
    pan = math.atan2(forward[0], forward[2]) * view.focal_px
    tilt = math.asin(float(np.clip(forward[1], -1, 1))) * view.focal_px
    return pan, tilt, math.atan2(float(view.rotation[0][1]), float(view.rotation[1][1]))


def _rain(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float, depth: float, index: int) -> None:
    weather, w, h = stage.weather, view.width_px, view.height_px
    count = round((120, 90, 40)[index] * (0.35 + weather.intensity))
    field = _scatter(stage.seed * 3 + index, 200)[:count]
    scale = view.px_per_m(depth)
    length = min(0.55 * h, (0.5 + 0.35 * weather.intensity) * scale)
    slant = 0.05 + 0.42 * weather.wind
    pan, tilt, roll = _drift(view)
    tall, wide = h + 2 * length, w + 2 * length
    xs = (field[:, 0] * wide - pan + slant * 9.0 * scale * time_s) % wide - length
    ys = (field[:, 1] * tall + tilt + (8.2 + field[:, 2]) * scale * time_s) % tall - length
    runs = length * (0.6 + 0.6 * field[:, 3])
    points = []
    for x, y, run in zip(xs.tolist(), ys.tolist(), runs.tolist(), strict=True):
        points += [skia.Point(x, y), skia.Point(x + slant * run, y + run)]
    light = mix(tone.haze, RGB(226, 236, 248), 0.6)
    alpha = (0.34, 0.46, 0.5)[index] * (0.6 + 0.5 * weather.intensity)
    width = max(0.6, 0.004 * scale + 0.0016 * h * (0.5, 0.8, 1.1)[index])
    # A line under a pixel is a thinner hairline, which skia draws three times as fast.
    paint = skia.Paint(AntiAlias=True, Color=_argb(light, alpha * min(1.0, width)), StrokeCap=skia.Paint.kButt_Cap)
    paint.setStrokeWidth(width if width > 1.0 else 0.0)
    canvas.save()
    canvas.rotate(math.degrees(roll), w / 2, h / 2)
    canvas.drawPoints(skia.Canvas.kLines_PointMode, points, paint)
    canvas.restore()


def _snow(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float, depth: float, index: int) -> None:
    weather, w, h = stage.weather, view.width_px, view.height_px
    count = round((190, 110, 40)[index] * (0.3 + weather.intensity))
    field = _scatter(stage.seed * 5 + index, 260)[:count]
    scale = view.px_per_m(depth)
    pan, tilt, _ = _drift(view)
    margin = 0.1 * h
    sway = 0.12 * scale * np.sin(1.3 * time_s + field[:, 3] * math.tau)
    xs = (field[:, 0] * (w + 2 * margin) - pan + 2.0 * weather.wind * scale * time_s + sway) % (w + 2 * margin) - margin
    ys = (field[:, 1] * (h + 2 * margin) + tilt + (0.8 + 0.5 * field[:, 2]) * scale * time_s) % (
        h + 2 * margin
    ) - margin
    points = [skia.Point(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
    white = mix(tone.haze, RGB(250, 252, 255), 0.78)
    paint = skia.Paint(AntiAlias=True, Color=_argb(white, (0.6, 0.8, 0.9)[index]), StrokeCap=skia.Paint.kRound_Cap)
    half = len(points) // 2
    for part, size in ((points[:half], 1.0), (points[half:], 0.65)):
        if part:
            paint.setStrokeWidth(max(0.9, h * (0.005, 0.0085, 0.015)[index] * size))
            canvas.drawPoints(skia.Canvas.kPoints_PointMode, part, paint)


def _leaves(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float, depth: float, index: int) -> None:
    weather, w, h = stage.weather, view.width_px, view.height_px
    count = round(14 * (0.3 + weather.wind))
    field = _scatter(stage.seed * 11 + index, 40)[:count]
    scale = view.px_per_m(depth)
    pan, tilt, _ = _drift(view)
    speed = (1.5 + 5.0 * weather.wind) * scale
    path = skia.Path()
    for a, b, c, d in field.tolist():
        x = (a * w * 1.3 - pan + speed * (0.7 + 0.6 * c) * time_s) % (w * 1.3) - 0.15 * w
        y = (0.25 + 0.72 * b) * h + tilt % h * 0.0 + 0.10 * h * math.sin(2.1 * time_s + d * math.tau)
        turn, size = 3.0 * time_s * (0.5 + c) + d * math.tau, 0.045 * scale
        flat = 0.25 + 0.75 * abs(math.sin(turn * 0.7))
        dx, dy = math.cos(turn) * size, math.sin(turn) * size
        path.moveTo(x - dx, y - dy)
        path.quadTo(x - dy * flat, y + dx * flat, x + dx, y + dy)
        path.quadTo(x + dy * flat, y - dx * flat, x - dx, y - dy)
        path.close()
    colour = tone.lit(RGB(176, 120, 58), depth)
    canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=colour))
    streak = [
        p
        for a, b, c, _ in field[: count // 2].tolist()
        for p in _streak(
            ((a + 0.4) * w * 1.6 - pan * 0.5 + speed * 2.2 * time_s) % (w * 1.6) - 0.3 * w, b * h, 0.18 * w * (0.5 + c)
        )
    ]
    thin = skia.Paint(AntiAlias=True, Color=_argb(RGB(255, 255, 255), 0.14 * weather.wind + 0.03))
    thin.setStrokeWidth(max(0.7, h / 320))
    canvas.drawPoints(skia.Canvas.kLines_PointMode, streak, thin)


def _streak(x: float, y: float, run: float) -> list[skia.Point]:
    return [skia.Point(x, y), skia.Point(x + run, y - run * 0.03)]


def _splashes(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """Rings and crowns where drops strike the ground near the camera's view."""
    beat = 0.28
    a, b, c, d = _scatter(stage.seed * 17 + 1, 128)[: round(54 * (0.3 + stage.weather.intensity))].T
    fx, fz = float(view.rotation[2][0]), float(view.rotation[2][2])
    length = math.hypot(fx, fz) or 1.0
    fx, fz = fx / length, fz / length
    beats = time_s / beat + a
    turn = np.floor(beats)
    age = beats - turn
    ahead = 2.2 + 12.0 * ((c * 5.0 + turn * 0.7548777) % 1.0) ** 1.6
    aside = ((b * 7.0 + turn * 0.6180339) % 1.0 - 0.5) * ahead * 1.9
    at = np.stack(
        [view.eye.x + fx * ahead + fz * aside, np.zeros(len(a)), view.eye.z + fz * ahead - fx * aside], axis=1
    )
    seen = view.project(at)
    inside = (seen[:, 2] > 1.0) & (np.abs(seen[:, :2] - view.middle_px) < view.middle_px).all(axis=1)
    unit = view.focal_px / np.maximum(seen[:, 2], 1.0)
    reach, hop = unit * (0.02 + 0.07 * age), unit * 0.07 * np.sin(math.pi * age) * (0.5 + d)
    rings = skia.Path()
    points = []
    for x, y, r, high in np.stack([seen[:, 0], seen[:, 1], reach, hop], axis=1)[inside].tolist():
        rings.addOval(skia.Rect.MakeLTRB(x - r, y - r * 0.3, x + r, y + r * 0.3))
        points += [skia.Point(x, y - high * 0.4), skia.Point(x, y - high)]
    light = mix(tone.haze, RGB(232, 240, 250), 0.6)
    paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, Color=_argb(light, 0.42))
    paint.setStrokeWidth(max(0.5, view.height_px / 420))
    canvas.drawPath(rings, paint)
    canvas.drawPoints(skia.Canvas.kLines_PointMode, points, paint)
