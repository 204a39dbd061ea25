"""The far world: sky, sun, moon and stars, and the horizon's silhouettes, all placed by bearing.

It is infinitely far: it turns with the camera and never shifts when the camera moves.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Hour, Stage, Vec3
from model.theatre.lighting.light import Tone, mix
from model.theatre.moulds import polygon_mould
from model.theatre.pixels import gradient
from model.theatre.sets.kit import Horizon
from model.theatre.sets.pen import Pen
from model.theatre.view import View

__all__ = ["paint_haze", "paint_horizon", "paint_sky", "sky_colours"]

SUN_ELEVATION_DEG: dict[Hour, float] = {
    "dawn": 3.0,
    "morning": 26.0,
    "day": 52.0,
    "golden_hour": 8.0,
    "dusk": -4.0,
    "night": 24.0,
}
RAYS = ((0.35, 0.05), (0.8, 0.035), (1.2, 0.06), (1.75, 0.045), (2.2, 0.07), (2.75, 0.04))
"""The angles of a low sun's rays and their half widths, in radians."""
STAR_COUNT = 240
GROUND_AIR_M = 7.0
_HAZE_M = (150.0, 80.0, 48.0, 30.0, 19.0, 12.0, 10.5, 9.3, 8.3, 7.5)


def _toward(bearing_deg: float, elevation_deg: float) -> Vec3:
    b, e = math.radians(bearing_deg), math.radians(elevation_deg)
    return Vec3(math.sin(b) * math.cos(e), math.sin(e), math.cos(b) * math.cos(e))


def _argb(rgb: RGB, alpha: float = 1.0) -> int:
    return round(255 * alpha) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]


def _ahead(view: View) -> Vec3:
    """The level direction the camera looks in."""
    x, z = float(view.rotation[2][0]), float(view.rotation[2][2])
    length = math.hypot(x, z)
    if length < 1e-6:
        x, z = float(view.rotation[1][0]), float(view.rotation[1][2])
        length = math.hypot(x, z) or 1.0
    return Vec3(x / length, 0.0, z / length)


def _pixel(pen: Pen, d: Vec3) -> tuple[float, float] | None:
    """Where a direction is in the picture."""
    x, y, z = pen.turned(d)
    if z < 0.05:
        return None
    f = pen.view.focal_px / z
    return pen.view.width_px / 2 + f * x, pen.view.height_px / 2 - f * y


def sky_colours(stage: Stage, tone: Tone) -> tuple[RGB, RGB, RGB]:
    """Zenith, middle and horizon, closed by the weather."""
    look, veil = tone.look, tone.cover
    level = round(sum(tone.haze) / 3)
    lid = mix(tone.haze, RGB(level, level, min(255, round(level * 1.03))), 0.6)
    heavy = 0.34 if stage.weather.kind == "storm" else 0.0
    zenith = mix(look.zenith, mix(lid, look.lift, 0.26 + heavy), veil)
    middle = mix(look.middle, mix(lid, look.lift, 0.06 + 0.8 * heavy), veil)
    horizon = mix(look.horizon, mix(lid, look.horizon, 0.15), veil * 0.9)
    if stage.light.neon and stage.light.hour == "night":
        horizon, middle = mix(horizon, RGB(150, 50, 130), 0.38), mix(middle, RGB(66, 30, 104), 0.4)
    return zenith, middle, horizon


def paint_sky(pen: Pen, stage: Stage) -> None:
    """The whole picture as a sky without clouds: a gradient by elevation, then sun or moon and stars."""
    zenith, middle, horizon = sky_colours(stage, pen.tone)
    ahead = _ahead(pen.view)
    low, high = _pixel(pen, Vec3(ahead.x, -0.03, ahead.z)), _pixel(pen, Vec3(ahead.x, 0.62, ahead.z))
    if low is None or high is None:
        pen.canvas.clear(_argb(middle))
    else:
        _gradient(pen, low, high, (horizon, mix(horizon, middle, 0.7), middle, zenith))
    if pen.tone.cover > 0.3:
        return
    if stage.light.hour in ("night", "dusk"):
        _stars(pen, stage.place.seed, 0.9 if stage.light.hour == "night" else 0.35)
    _disc(pen, stage)


@lru_cache(maxsize=128)
def _bands(colours: tuple[RGB, ...], count: int) -> tuple[int, ...]:
    """The gradient's colours from the horizon up, `count` of them and the one above."""
    stops = (0.0, 0.16, 0.42, 1.0)
    bands = []
    for i in range(count + 1):
        u = (i + 0.5) / count
        k = 0 if u < stops[1] else 1 if u < stops[2] else 2
        bands.append(_argb(mix(colours[k], colours[k + 1], min(1.0, (u - stops[k]) / (stops[k + 1] - stops[k])))))
    return tuple(bands)


def _gradient(pen: Pen, low: tuple[float, float], high: tuple[float, float], colours: tuple[RGB, ...]) -> None:
    """A gradient from `low` to `high` in flat bands a few pixels wide: no slower than flat paint."""
    dx, dy = high[0] - low[0], high[1] - low[1]
    length = math.hypot(dx, dy) or 1.0
    bands = _bands(colours, max(24, pen.view.height_px // 5))
    count = len(bands) - 1
    wide = 2.0 * math.hypot(pen.view.width_px, pen.view.height_px)
    paint = skia.Paint(AntiAlias=False)
    pen.canvas.clear(_argb(colours[0]))
    pen.canvas.save()
    pen.canvas.translate(*low)
    pen.canvas.rotate(math.degrees(math.atan2(dx, -dy)))
    for i, argb in enumerate(bands):
        paint.setColor(argb)
        top = -length * (i + 1) / count if i < count else -wide * 4
        pen.canvas.drawRect(skia.Rect.MakeLTRB(-wide, top, wide, -length * i / count), paint)
    pen.canvas.restore()


def _disc(pen: Pen, stage: Stage) -> None:
    """The sun with its rays, or the moon at night, where the key comes from."""
    night = stage.light.hour == "night"
    elevation = SUN_ELEVATION_DEG[stage.light.hour]
    if elevation < 0:
        _afterglow(pen, stage)
        return
    at = _pixel(pen, _toward(stage.light.key_azimuth_deg, elevation))
    if at is None:
        return
    x, y = at
    size = pen.view.focal_px * (0.026 if night else 0.032)
    rgb = RGB(236, 240, 226) if night else mix(RGB(255, 252, 236), pen.tone.look.horizon, 0.25)
    glow = RGB(120, 150, 220) if night else mix(pen.tone.look.horizon, RGB(255, 244, 214), 0.35)
    if elevation < 12:
        _rays(pen, x, y, glow)
    reach = size * (7.0 if night else 11.0)
    pen.canvas.drawCircle(x, y, reach, _glow(glow, x, y, reach, 0.42 if night else 0.62))
    pen.canvas.drawCircle(x, y, size, skia.Paint(Color=_argb(rgb), AntiAlias=True))
    if night:
        for dx, dy, r in ((0.3, -0.2, 0.22), (-0.25, 0.3, 0.16), (-0.1, -0.4, 0.12)):
            spot = skia.Paint(Color=_argb(RGB(212, 218, 212)), AntiAlias=True)
            pen.canvas.drawCircle(x + dx * size, y + dy * size, r * size, spot)


def _afterglow(pen: Pen, stage: Stage) -> None:
    """The light that a sun leaves over the place where it set."""
    at = _pixel(pen, _toward(stage.light.key_azimuth_deg, 1.0))
    if at is not None:
        reach = pen.view.focal_px * 0.75
        pen.canvas.drawCircle(*at, reach, _glow(pen.tone.look.horizon, *at, reach, 0.5))


def _rays(pen: Pen, x: float, y: float, rgb: RGB) -> None:
    """A low sun's rays: wedges of light that widen and thin out."""
    reach = pen.view.focal_px * 0.95
    path = skia.Path()
    for angle, half in RAYS:
        path.moveTo(x, y)
        for side in (-half, half):
            path.lineTo(x + reach * math.cos(angle + side), y - reach * math.sin(angle + side))
        path.close()
    pen.canvas.drawPath(path, _glow(rgb, x, y, reach, 0.26))


def _glow(rgb: RGB, x: float, y: float, reach: float, alpha: float) -> skia.Paint:
    """Light that falls off from a point of the picture."""
    colours = [_argb(rgb, alpha * a) for a in (1.0, 0.5, 0.2, 0.05, 0.0)]
    shader = skia.GradientShader.MakeRadial((x, y), reach, colours, [0.0, 0.15, 0.4, 0.7, 1.0])
    return gradient(shader, skia.BlendMode.kScreen)


@lru_cache(maxsize=32)
def _star_field(seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    bearing = rng.uniform(0, math.tau, STAR_COUNT)
    up = 0.06 + 0.9 * rng.uniform(0, 1, STAR_COUNT) ** 1.4
    level = np.sqrt(1 - np.minimum(up, 0.99) ** 2)
    return np.stack([np.sin(bearing) * level, up, np.cos(bearing) * level], axis=1)


def _stars(pen: Pen, seed: int, alpha: float) -> None:
    view = pen.view
    local = _star_field(seed) @ view.rotation.T
    local = local[local[:, 2] > 0.2]
    xs = view.width_px / 2 + view.focal_px * local[:, 0] / local[:, 2]
    ys = view.height_px / 2 - view.focal_px * local[:, 1] / local[:, 2]
    points = [skia.Point(float(x), float(y)) for x, y in zip(xs, ys, strict=True)]
    unit = max(0.9, view.height_px / 300)
    paint = skia.Paint(AntiAlias=True, StrokeCap=skia.Paint.kRound_Cap, Color=_argb(RGB(226, 232, 255), alpha))
    for part, width in ((points[::4], 1.9), (points[1::4], 1.3), (points[2::2], 0.9)):
        if part:
            paint.setStrokeWidth(unit * width)
            pen.canvas.drawPoints(skia.Canvas.kPoints_PointMode, part, paint)


@lru_cache(maxsize=64)
def _silhouette(kind: Horizon, seed: int, layer: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bearings in degrees (0 to 360, sorted) and the tangent of the elevation there."""
    rng = np.random.default_rng((seed, layer, len(kind)))
    if kind == "city":
        bearings: list[float] = []
        heights: list[float] = []
        at = 0.0
        while at < 360.0:
            width = rng.uniform(1.6, 4.2) * (1.3 - 0.25 * layer)
            # Towers gather downtown, round one bearing; elsewhere roofs are low.
            centre = math.cos(math.radians(at - seed % 360)) * 0.5 + 0.5
            height = rng.uniform(0.05, 0.10) + rng.uniform(0, 1) ** 2 * (0.05 + 0.16 * centre**2)
            height *= 1.15 - 0.35 * layer
            if rng.uniform() < 0.22:
                bearings += [at, at + width * 0.3, at + width * 0.3, at + width * 0.7, at + width * 0.7, at + width]
                heights += [height * 0.8, height * 0.8, height * 1.12, height * 1.12, height * 0.8, height * 0.8]
            else:
                bearings += [at, at + width]
                heights += [height, height]
            at += width
        out = np.minimum(np.array(bearings), 360.0)
        return out, np.array(heights)
    step = 0.6 if kind == "woods" else 1.5
    b = np.arange(0.0, 360.0 + step, step)
    t = np.radians(b)
    phase = rng.uniform(0, math.tau, 6)
    if kind == "woods":
        base = 0.11 - 0.03 * layer
        h = base + 0.02 * np.sin(5 * t + phase[0]) + 0.012 * np.sin(17 * t + phase[1])
        h = h + 0.011 * np.abs(np.sin(60 * t + phase[2])) + rng.uniform(-0.004, 0.004, len(b))
    else:
        base = 0.085 - 0.025 * layer
        h = (
            base
            + 0.035 * np.sin(3 * t + phase[0])
            + 0.02 * np.sin(7 * t + phase[1])
            + 0.006 * np.sin(19 * t + phase[2])
        )
    h[-1] = h[0]
    return b, np.maximum(h, 0.012)


def paint_horizon(pen: Pen, stage: Stage, kind: Horizon) -> None:
    """The silhouettes on the horizon, the far layer first, paler the further."""
    if kind in ("none", "space"):
        return
    horizon = sky_colours(stage, pen.tone)[2]
    ink = {
        "city": RGB(96, 104, 122),
        "hills": RGB(92, 118, 104),
        "woods": RGB(62, 92, 72),
        "sea": RGB(110, 124, 132),
    }[kind]
    shapes: Horizon = "hills" if kind == "sea" else kind
    layers = (0, 1) if kind != "sea" else (0,)
    for layer in layers:
        depth = 190.0 if layer == 0 else 110.0
        base = pen.tone.shade(ink, depth)
        rgb = mix(RGB(base >> 16 & 255, base >> 8 & 255, base & 255), horizon, 0.42 - 0.22 * layer)
        squash = 0.35 if kind == "sea" else 1.0
        path = _strip(pen, *_silhouette(shapes, stage.place.seed, layer), squash)
        if path is None:
            continue
        pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=_argb(rgb)))
        if kind == "city" and pen.tone.lamps > 0.5 and stage.weather.kind != "fog":
            _city_lights(pen, stage.place.seed, layer)


def _strip(pen: Pen, bearings: NDArray[np.float64], heights: NDArray[np.float64], squash: float) -> skia.Path | None:
    """The silhouette's polygon in the picture."""
    view = pen.view
    ahead = _ahead(view)
    centre = math.degrees(math.atan2(ahead.x, ahead.z))
    corner = math.hypot(view.width_px, view.height_px) / 2 / view.focal_px
    reach = min(85.0, math.degrees(math.atan(corner)) + abs(math.degrees(math.asin(float(view.rotation[2][1])))) + 6)
    relative = (bearings - centre + 180.0) % 360.0 - 180.0
    # Vertices come in the circle's order: start behind the camera, so that the visible run is unbroken.
    start = int(np.argmin(relative))
    order = np.concatenate([np.arange(start, len(relative)), np.arange(0, start)])
    relative, heights = relative[order], heights[order] * squash
    inside = np.flatnonzero(np.abs(relative) < reach)
    if len(inside) < 2:
        return None
    keep = slice(max(0, inside[0] - 1), inside[-1] + 2)
    rel, hs = relative[keep], heights[keep]
    angle = np.radians(rel + centre)
    top = np.stack([np.sin(angle), hs, np.cos(angle)], axis=1) @ view.rotation.T
    ends = np.array([angle[-1], angle[0]])
    foot = np.stack([np.sin(ends), np.full(2, -0.12), np.cos(ends)], axis=1) @ view.rotation.T
    ring = np.concatenate([top, foot])
    ring = ring[ring[:, 2] > 0.02]
    if len(ring) < 3:
        return None
    pixels = view.middle_px + ring[:, :2] * (view.focal_px / ring[:, 2:]) * (1.0, -1.0)
    return polygon_mould(len(pixels)).cast(pixels)


@lru_cache(maxsize=64)
def _light_field(seed: int, layer: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Directions of the lit windows on the far roofs, and which are warm."""
    bearings, tops = _silhouette("city", seed, layer)
    rng = np.random.default_rng((seed, layer, 77))
    grid = np.arange(0.35, 360.0, 0.62)
    roof = tops[np.clip(np.searchsorted(bearings, grid, side="right") - 1, 0, len(tops) - 1)]
    found = []
    for bearing, top in zip(np.radians(grid), roof, strict=True):
        for j in range(int((top - 0.012) / 0.016)):
            if rng.uniform() < 0.26:
                found.append((math.sin(bearing), 0.010 + j * 0.016, math.cos(bearing)))
    return np.array(found).reshape(-1, 3), rng.uniform(0, 1, len(found)) < 0.75


def _city_lights(pen: Pen, seed: int, layer: int) -> None:
    """Lit windows on the far roofs."""
    view = pen.view
    directions, warm = _light_field(seed, layer)
    local = directions @ view.rotation.T
    z = np.maximum(local[:, 2], 0.05)
    xs = view.width_px / 2 + view.focal_px * local[:, 0] / z
    ys = view.height_px / 2 - view.focal_px * local[:, 1] / z
    inside = (local[:, 2] > 0.05) & (xs > 0) & (xs < view.width_px) & (ys > 0) & (ys < view.height_px)
    alpha = (0.85 if layer else 0.5) * pen.tone.lamps
    for which, rgb in ((warm, RGB(255, 206, 132)), (~warm, RGB(170, 214, 255))):
        take = inside & which
        points = [skia.Point(x, y) for x, y in zip(xs[take].tolist(), ys[take].tolist(), strict=True)]
        if points:
            paint = skia.Paint(AntiAlias=False, Color=_argb(rgb, alpha))
            paint.setStrokeWidth(max(0.8, view.focal_px * 0.0042))
            pen.canvas.drawPoints(skia.Canvas.kPoints_PointMode, points, paint)


def paint_haze(pen: Pen, stage: Stage) -> None:
    """Air over the far ground, in a few steps towards the horizon."""
    view = pen.view
    if view.eye.y < 0.05:
        return
    ahead = _ahead(view)
    side = Vec3(ahead.z, 0.0, -ahead.x)
    tone = pen.tone
    haze = mix(tone.haze, sky_colours(stage, tone)[2], 0.4 * (1.0 - tone.cover))
    own = tone.fog(GROUND_AIR_M)  # the ground's own paint has that much air before it already
    previous = 900.0
    for near in _HAZE_M if tone.fog_reach_m < 30.0 else _HAZE_M[:6]:
        fog = tone.fog((previous + near) / 2 if previous < 900 else 220.0)
        corners = [
            Vec3(view.eye.x + ahead.x * d + side.x * d * w, 0.0, view.eye.z + ahead.z * d + side.z * d * w)
            for d, w in ((near, -2.5), (near, 2.5), (previous, 2.5), (previous, -2.5))
        ]
        pen.polygon(corners, _argb(haze, min(0.92, max(0.0, (fog - own) / (1.0 - own)))))
        previous = near
