"""Clouds that drift with the wind, long bands at low suns, and the bolts of a storm: what moves in the sky.

Placed by bearing and elevation like the sky behind them (`model.theatre.air.sky`), low clouds slower than high ones.
"""

from __future__ import annotations

import math
from functools import lru_cache
from random import Random

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Hour, Stage, Vec3
from model.theatre.air.sky import sky_colours
from model.theatre.lighting.flash import flash_at, strikes_at
from model.theatre.lighting.light import mix
from model.theatre.sets.kit import blob
from model.theatre.sets.pen import Pen

__all__ = ["paint_clouds"]

CLOUDS = 14
BANDS = 16
_LOW_SUNS: tuple[Hour, ...] = ("dawn", "golden_hour", "dusk")
_HEAVY = 0.5  # from this much cover on, clouds close to a ceiling


@lru_cache(maxsize=32)
def _cloud_field(seed: int) -> tuple[tuple[float, float, float, skia.Path, skia.Path], ...]:
    """Clouds as (bearing, elevation, size, body, lit top); shapes one unit across, flat-bottomed."""
    rng = Random(seed * 7 + 3)
    clouds = []
    for i in range(CLOUDS):
        body, top = skia.Path(), skia.Path()
        count = rng.randint(3, 5)
        for j in range(count):
            x = (j - (count - 1) / 2) * 0.26 + rng.uniform(-0.05, 0.05)
            r = 0.22 - 0.06 * abs(j - (count - 1) / 2) + rng.uniform(0, 0.07)
            body.addPath(blob(rng, x, -r * 0.45, r * 1.25, r * 0.66, 8, 0.1), 0, 0)
            top.addPath(blob(rng, x - 0.03, -r * 0.78, r * 0.85, r * 0.36, 7, 0.12), 0, 0)
        body.addPath(blob(rng, 0, -0.03, 0.2 * count * 0.85, 0.055, 9, 0.1), 0, 0)
        bearing = 360.0 * i / CLOUDS + rng.uniform(-11, 11)
        clouds.append((bearing, rng.uniform(7, 34), rng.uniform(0.22, 0.5), body, top))
    return tuple(clouds)


@lru_cache(maxsize=32)
def _band_field(seed: int) -> tuple[tuple[float, float, float, skia.Path], ...]:
    """Long thin clouds near the horizon: (bearing, elevation, length, shape); shapes one unit long."""
    rng = Random(seed * 13 + 5)
    bands = []
    for i in range(BANDS):
        path = skia.Path()
        for _ in range(rng.randint(2, 4)):
            x, y = rng.uniform(-0.25, 0.25), rng.uniform(-0.018, 0.018)
            half, thick = rng.uniform(0.25, 0.5), rng.uniform(0.008, 0.02)
            path.moveTo(x - half, y)
            path.quadTo(x - half * 0.2, y - thick * 2.2, x + half, y)
            path.quadTo(x + half * 0.1, y + thick, x - half, y)
            path.close()
        bearing = 360.0 * i / BANDS + rng.uniform(-12, 12)
        bands.append((bearing, rng.uniform(2.5, 17.0), rng.uniform(0.45, 1.1), path))
    return tuple(bands)


def paint_clouds(pen: Pen, stage: Stage) -> None:
    """Clouds, bands and bolts at the pen's time, over a painted sky."""
    if stage.weather.kind == "fog":
        return
    tone, hour = pen.tone, stage.light.hour
    zenith, middle, horizon = sky_colours(stage, tone)
    heavy = tone.cover > _HEAVY
    night = hour == "night"
    flash = flash_at(stage.weather, pen.time_s)
    body = mix(middle, tone.look.lift, 0.24) if heavy else mix(middle, tone.haze, 0.45)
    light = RGB(255, 252, 244) if hour in ("day", "morning") else horizon
    if night:
        light = mix(horizon, RGB(150, 170, 220), 0.3)
    top = mix(middle, light, 0.42) if heavy else mix(body, light, 0.66)
    if flash:
        body, top = (mix(c, RGB(226, 230, 255), u * flash) for c, u in ((body, 0.35), (top, 0.75)))
        _bolts(pen, stage, flash)
    drift = 0.0 if stage.place.interior else (0.12 + 1.5 * stage.weather.wind) * pen.time_s
    roll = math.degrees(math.atan2(pen.turned(Vec3(0, 1, 0))[0], pen.turned(Vec3(0, 1, 0))[1]))
    if hour in _LOW_SUNS and not heavy:
        _bands(pen, stage, drift, roll, mix(horizon, middle, 0.25), mix(middle, zenith, 0.5), 1.0)
    elif heavy:
        _bands(pen, stage, drift, roll, mix(horizon, light, 0.35), mix(middle, tone.look.lift, 0.14), 3.2)
    body_paint = skia.Paint(AntiAlias=True, Color=_argb(body, 0.6))
    top_paint = skia.Paint(AntiAlias=True, Color=_argb(top, 0.62))
    for bearing, elevation, size, shape, lit in _cloud_field(stage.place.seed):
        at = _pixel(pen, bearing + drift * (0.4 + elevation / 34.0), elevation)
        if at is None:
            continue
        reach = pen.view.focal_px * size * (1.7 if heavy else 1.0)
        if not (-reach < at[0] < pen.view.width_px + reach and -reach < at[1] < pen.view.height_px + reach):
            continue
        pen.canvas.save()
        pen.canvas.translate(*at)
        pen.canvas.rotate(roll)
        pen.canvas.scale(reach, reach * (0.55 if heavy else 0.8))
        pen.canvas.drawPath(shape, body_paint)
        pen.canvas.drawPath(lit, top_paint)
        pen.canvas.restore()


def _bands(pen: Pen, stage: Stage, drift: float, roll: float, lit: RGB, dim: RGB, thick: float) -> None:
    """Bands lit from under by the sun: bright near it, dusky across from it."""
    view, azimuth = pen.view, stage.light.key_azimuth_deg
    for bearing, elevation, size, shape in _band_field(stage.place.seed):
        bearing += 0.3 * drift
        at = _pixel(pen, bearing, elevation)
        reach = view.focal_px * size
        if at is None or not (-reach < at[0] < view.width_px + reach and -20 < at[1] < view.height_px + 20):
            continue
        toward = 0.5 + 0.5 * math.cos(math.radians(bearing - azimuth))
        paint = skia.Paint(AntiAlias=True, Color=_argb(mix(dim, lit, 0.25 + 0.75 * toward), 0.5))
        pen.canvas.save()
        pen.canvas.translate(*at)
        pen.canvas.rotate(roll)
        pen.canvas.scale(reach, reach * thick)
        pen.canvas.drawPath(shape, paint)
        pen.canvas.restore()


@lru_cache(maxsize=32)
def _bolt(seed: int) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    """A bolt's trunk and branches in (across, down), from (0, 0) to about (0, 1)."""
    rng = np.random.default_rng((seed, 5))

    def run(start: NDArray[np.float64], end: NDArray[np.float64], rough: float) -> NDArray[np.float64]:
        points = np.stack([start, end])
        for _ in range(5):
            middle = (points[:-1] + points[1:]) / 2
            middle[:, 0] += rng.normal(0, rough, len(middle))
            merged = np.empty((len(points) + len(middle), 2))
            merged[0::2], merged[1::2] = points, middle
            points, rough = merged, rough * 0.52
        return points

    trunk = run(np.array([0.0, 0.0]), np.array([rng.uniform(-0.2, 0.2), 1.0]), 0.12)
    branches = []
    for at in (7, 13, 20):
        way = np.array([rng.choice((-1.0, 1.0)) * rng.uniform(0.15, 0.35), rng.uniform(0.2, 0.4)])
        branches.append(run(trunk[at], trunk[at] + way, 0.06)[:24])
    return trunk, branches


def _bolts(pen: Pen, stage: Stage, flash: float) -> None:
    """The bolts of the strikes that are seen now, somewhere ahead of the shot's first framing."""
    key = stage.camera.keys[0]
    ahead = math.degrees(math.atan2(key.target.x - key.position.x, key.target.z - key.position.z))
    for index in strikes_at(stage.weather, pen.time_s):
        rng = np.random.default_rng((stage.place.seed, index))
        bearing = ahead + float(rng.uniform(-24, 24))
        top, foot = _pixel(pen, bearing, 27.0), _pixel(pen, bearing, 0.6)
        if top is None or foot is None:
            continue
        trunk, branches = _bolt(stage.place.seed + 31 * index)
        down = np.array([foot[0] - top[0], foot[1] - top[1]])
        across = np.array([-down[1], down[0]]) * -1.0
        scale = pen.view.height_px / 288
        for points, width in ((trunk, 2.6), *((branch, 1.2) for branch in branches)):
            path = skia.Path()
            at = np.array(top) + points[:, 1:] * down + points[:, :1] * across
            path.addPoly([(x, y) for x, y in at.tolist()], False)
            paint = skia.Paint(AntiAlias=True, StrokeJoin=skia.Paint.kRound_Join)
            paint.setStyle(skia.Paint.kStroke_Style)
            for grow, alpha, rgb in ((4.0, 0.28, RGB(150, 160, 255)), (1.0, 1.0, RGB(248, 248, 255))):
                paint.setColor(_argb(rgb, alpha * min(1.0, 1.6 * flash)))
                paint.setStrokeWidth(width * grow * scale)
                pen.canvas.drawPath(path, paint)


def _pixel(pen: Pen, bearing_deg: float, elevation_deg: float) -> tuple[float, float] | None:
    """Where a direction is in the picture."""
    b, e = math.radians(bearing_deg), math.radians(elevation_deg)
    x, y, z = pen.turned(Vec3(math.sin(b) * math.cos(e), math.sin(e), math.cos(b) * math.cos(e)))
    if z < 0.05:
        return None
    f = pen.view.focal_px / z
    return pen.view.width_px / 2 + f * x, pen.view.height_px / 2 - f * y


def _argb(rgb: RGB, alpha: float) -> int:
    return round(255 * min(1.0, max(0.0, alpha))) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]
