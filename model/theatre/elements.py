"""Props without a solid form: smoke, steam, sparks and fountains, and the cold logs of a fire that is out.

A fire that burns is a source of light and painted as one (`model.theatre.lighting.pools`).
"""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Stage, Vec3
from model.theatre.air.fire import LOGS, paint_embers, paint_logs, paint_smoke
from model.theatre.air.sky import sky_colours
from model.theatre.air.wind import wind_at
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone, mix
from model.theatre.lighting.practicals import FIRES, OUT
from model.theatre.view import View

__all__ = ["ELEMENTS", "element_drawables"]

ELEMENTS: frozenset[str] = FIRES | {"fountain", "smoke", "sparks", "steam"}
"""The kinds of props drawn here."""

STONE = RGB(176, 170, 160)
BASIN_M, RIM_M = 1.15, 0.42
JETS = 11
_TURN = np.linspace(0, math.tau, 28, endpoint=False)
_RING = np.stack([np.cos(_TURN), np.zeros(28), np.sin(_TURN)], axis=1)


def element_drawables(
    kind: str, at: Vec3, state: str, stage: Stage, view: View, tone: Tone, time_s: float
) -> list[Drawable]:
    """A prop of one of the `ELEMENTS` that stands at a point; a burning fire has nothing to add to its light."""
    if kind in FIRES and state not in OUT:
        return []
    if not view.sees(at, 4.0):
        return []
    x, y, depth = view.point(*at)
    if depth < 0.4:
        return []
    if kind == "fountain":
        back = Drawable(depth + BASIN_M, partial(_basin, at=at, stage=stage, view=view, tone=tone, time_s=time_s))
        front = Drawable(depth - BASIN_M, partial(_rim, at=at, view=view, tone=tone))
        return [back, front]
    paint = partial(_paint, kind=kind, at=at, seen=(x, y, depth), stage=stage, view=view, tone=tone, time_s=time_s)
    return [Drawable(depth, paint)]


def _paint(
    canvas: skia.Canvas, kind: str, at: Vec3, seen: tuple[float, float, float], stage: Stage, view: View, tone: Tone,
    time_s: float,
) -> None:  # fmt: skip
    x, y, depth = seen
    scale = view.px_per_m(depth)
    seed = int(abs(at.x * 31 + at.z * 17) * 8) % 997
    wind = 0.0 if stage.place.interior else wind_at(stage.weather, time_s, at.x, at.z).x * float(view.rotation[0][0])
    if kind == "sparks":
        paint_embers(canvas, x, y, scale, 0.35, time_s, seed, wind)
    elif kind == "steam":
        paint_smoke(canvas, x, y, scale, _seen(tone, RGB(236, 240, 244), depth), time_s, seed, wind, 1.0, 1.0)
    elif kind == "smoke":
        paint_smoke(canvas, x, y, scale, _seen(tone, RGB(58, 54, 62), depth), time_s, seed, wind, 3.2, 1.3)
    else:
        paint_logs(canvas, x, y, 0.6 * scale, [tone.between(rgb, 0.7, depth) for rgb in LOGS])
        paint_smoke(canvas, x, y, scale, _seen(tone, RGB(206, 200, 200), depth), time_s, seed, wind, 1.4, 0.4)


def _seen(tone: Tone, rgb: RGB, depth: float) -> RGB:
    argb = tone.between(rgb, 0.6, depth)
    return RGB(argb >> 16 & 255, argb >> 8 & 255, argb & 255)


def _circle(view: View, at: Vec3, radius: float, high: float) -> NDArray[np.float64]:
    pixels: NDArray[np.float64] = view.project(np.array([at.x, at.y + high, at.z]) + _RING * radius)[:, :2]
    return pixels


def _path(points: NDArray[np.float64]) -> skia.Path:
    path = skia.Path()
    path.addPoly(list(map(tuple, points.tolist())), True)
    return path


def _basin(canvas: skia.Canvas, at: Vec3, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """The far wall, the water with rings in it, and the jets."""
    depth = view.point(*at)[2]
    scale = view.px_per_m(depth)
    paint = skia.Paint(AntiAlias=True, Color=tone.between(STONE, 0.35, depth))
    outer = np.concatenate([_circle(view, at, BASIN_M, 0.0), _circle(view, at, BASIN_M, RIM_M)])
    canvas.drawPath(_hull(outer), paint)
    paint.setColor(tone.between(STONE, 1.0, depth))
    canvas.drawPath(_path(_circle(view, at, BASIN_M, RIM_M)), paint)
    water = _path(_circle(view, at, BASIN_M * 0.88, RIM_M - 0.05))
    horizon = sky_colours(stage, tone)[2] if not stage.place.interior else tone.look.middle
    paint.setColor(tone.glow(mix(RGB(72, 122, 138), horizon, 0.42 - 0.2 * tone.lamps), depth))
    canvas.drawPath(water, paint)
    light = mix(horizon, RGB(248, 252, 255), 0.6)
    line = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap)
    line.setStrokeWidth(max(0.6, 0.012 * scale))
    for i in range(3):
        age = (0.6 * time_s + i / 3) % 1.0
        line.setColor(tone.glow(light, depth) & 0xFFFFFF | round(150 * (1.0 - age)) << 24)
        canvas.drawPath(_path(_circle(view, at, BASIN_M * (0.15 + 0.7 * age), RIM_M - 0.05)), line)
    _jets(canvas, at, view, tone.glow(light, depth), scale, time_s)


def _jets(canvas: skia.Canvas, at: Vec3, view: View, colour: int, scale: float, time_s: float) -> None:
    """Arcs of water from the middle, with drops that run along them."""
    around = np.arange(JETS) / JETS * math.tau
    t = np.linspace(0.0, 1.0, 9)
    beat = 1.0 + 0.05 * np.sin(3.0 * time_s + 5.0 * around)
    out = np.outer(beat, t) * BASIN_M * 0.72
    high = RIM_M + 0.25 + np.outer(beat, 3.4 * t - 3.85 * t * t) * 0.9
    points = np.stack(
        [at.x + out * np.cos(around)[:, None], at.y + high, at.z + out * np.sin(around)[:, None]], axis=-1
    )
    rows = view.project(points.reshape(-1, 3))[:, :2].reshape(JETS, 9, 2)
    path = skia.Path()
    for row in rows:
        path.addPoly(list(map(tuple, row.tolist())), False)
    line = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap)
    line.setStrokeWidth(max(0.7, 0.022 * scale))
    line.setColor(colour & 0xFFFFFF | 0x9A000000)
    canvas.drawPath(path, line)
    along = (1.4 * time_s + np.arange(JETS * 2) * 0.381966) % 1.0
    spots = rows[np.arange(JETS * 2) % JETS, (along * 8.99).astype(int)]
    drops = skia.Paint(AntiAlias=True, StrokeCap=skia.Paint.kRound_Cap, Color=colour)
    drops.setStrokeWidth(max(1.0, 0.035 * scale))
    canvas.drawPoints(skia.Canvas.kPoints_PointMode, [skia.Point(x, y) for x, y in spots.tolist()], drops)


def _rim(canvas: skia.Canvas, at: Vec3, view: View, tone: Tone) -> None:
    """The near wall of the basin: what of its outside the camera sees."""
    depth = view.point(*at)[2]
    eye = np.array([view.eye.x - at.x, 0.0, view.eye.z - at.z])
    toward = math.atan2(eye[2], eye[0])
    half = np.linspace(toward - 1.5, toward + 1.5, 16)
    ring = np.stack([np.cos(half), np.zeros(16), np.sin(half)], axis=1) * BASIN_M + (at.x, at.y, at.z)
    low, high = view.project(ring)[:, :2], view.project(ring + np.array([0.0, RIM_M, 0.0]))[:, :2]
    shade = _path(np.concatenate([low, high[::-1]]))
    canvas.drawPath(shade, skia.Paint(AntiAlias=True, Color=tone.between(STONE, 0.55, depth)))
    lip = _path(np.concatenate([high, high[::-1] + np.array([0.0, 0.07 * view.px_per_m(depth)])]))
    canvas.drawPath(lip, skia.Paint(AntiAlias=True, Color=tone.between(STONE, 0.95, depth)))


_WAYS = np.stack([np.cos(_TURN), np.sin(_TURN)])


def _hull(points: NDArray[np.float64]) -> skia.Path:
    return _path(points[np.argmax(points @ _WAYS, axis=0)])
