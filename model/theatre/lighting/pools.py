"""What a source of light paints: pools on the floor and the walls near it, its glow in the air, flames and beams.

Light that is added to what lies there; how it relights people is told by `model.theatre.lighting.practicals`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Place, Stage, Vec3
from model.theatre.air.fire import LOGS, paint_embers, paint_flames, paint_logs, paint_smoke
from model.theatre.air.wind import wind_at
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone, mix
from model.theatre.lighting.practicals import Source, flicker_at
from model.theatre.pixels import gradient
from model.theatre.place import design_of
from model.theatre.sets.kit import Panel
from model.theatre.sets.pen import Pen
from model.theatre.view import View

__all__ = ["paint_pools", "source_drawables"]

LEAST = 0.04
LOW_M, CEILING_M = 1.6, 2.8
"""Lamps lower than this stand on something; higher ones hang from a ceiling, or stand on a post outside."""
_CORES = {"lamp": 0.055, "neon": 0.05, "headlights": 0.085, "candle": 0.016, "screen": 0.0, "fire": 0.0, "moon": 0.0}
_WHITE = RGB(255, 250, 238)


def _strength(source: Source, tone: Tone, time_s: float) -> float:
    """How much of a source is seen beside the hour: 1 by night, little at noon."""
    return (0.16 + 0.84 * tone.dark) * flicker_at(source, time_s)


def paint_pools(canvas: skia.Canvas, sources: Iterable[Source], stage: Stage, view: View, tone: Tone, t: float) -> None:
    """The light of sources on floor and walls, before anything that stands there."""
    pen = Pen(canvas, view, tone, t)
    for source in sources:
        if not source.pools or source.kind == "moon":
            continue
        power = source.power * _strength(source, tone, t)
        if source.heading_deg is not None:
            _beam_on_floor(pen, source, power)
        elif source.at.y < 1.6 * source.reach_m:
            reach = math.sqrt(max(0.1, (1.25 * source.reach_m) ** 2 - 0.5 * source.at.y**2))
            near = 1.0 - 0.45 * min(1.0, source.at.y / (1.6 * source.reach_m))
            if view.sees((source.at.x, 0.0, source.at.z), reach):
                _pool(pen, (Vec3(source.at.x, 0.004, source.at.z), Vec3(1, 0, 0), Vec3(0, 0, 1)), reach, source.rgb,
                      0.95 * power * near)  # fmt: skip
        _on_walls(pen, source, stage.place, power)


def _pool(pen: Pen, plane: tuple[Vec3, Vec3, Vec3], reach: float, rgb: RGB, power: float) -> None:
    if power < LEAST:
        return
    canvas = pen.canvas
    canvas.save()
    canvas.concat(pen.matrix(*plane))
    canvas.scale(reach, reach)
    paint = _wash(rgb)
    paint.setAlphaf(min(1.0, power))
    canvas.drawCircle(0, 0, 1.0, paint)
    canvas.restore()


@lru_cache(maxsize=64)
def _walls(place: Place) -> tuple[tuple[Panel, ...], NDArray[np.float64]]:
    """The upright faces of a set that are large enough to show a pool, and their origins and normals in rows."""
    design = design_of(place.kind, place.seed, place.name)
    panels = [p for p in design.shell if abs(p.normal.y) < 0.1 or p.normal.y < -0.9]
    for piece in design.scenery:
        panels += [p for p in piece.panels if not p.card and abs(p.normal.y) < 0.1 and _area(p) > 5.0]
    rows = [[*p.origin, *p.normal, *p.u, *p.v, *p.extent] for p in panels]
    return tuple(panels), np.array(rows, dtype=np.float64).reshape(-1, 16)


def _area(panel: Panel) -> float:
    x0, y0, x1, y1 = panel.extent
    return (x1 - x0) * (y1 - y0)


@lru_cache(maxsize=256)
def _lit_walls(place: Place, at: Vec3, reach_m: float) -> list[tuple[Panel, float, float, float]]:
    """The walls within reach of a light: the panel, the light's foot on it, and how far off it is."""
    panels, rows = _walls(place)
    off = np.asarray(at) - rows[:, 0:3]
    away = (off * rows[:, 3:6]).sum(axis=1)
    a, b = (off * rows[:, 6:9]).sum(axis=1), (off * rows[:, 9:12]).sum(axis=1)
    gap = np.hypot(
        np.maximum(0.0, np.maximum(rows[:, 12] - a, a - rows[:, 14])),
        np.maximum(0.0, np.maximum(rows[:, 13] - b, b - rows[:, 15])),
    )
    near = np.flatnonzero((away > 0.02) & (np.hypot(away, gap) < reach_m * 1.1))
    return [(panels[i], float(a[i]), float(b[i]), float(away[i])) for i in near.tolist()]


def _on_walls(pen: Pen, source: Source, place: Place, power: float) -> None:
    for panel, a, b, away in _lit_walls(place, source.at, source.reach_m):
        if pen.box_of(panel, panel.extent) is None:
            continue
        share = 1.0 - away / (1.15 * source.reach_m)
        reach = 0.55 * source.reach_m + 0.5 * away
        if share <= 0.0:
            continue
        canvas = pen.canvas
        canvas.save()
        canvas.concat(pen.matrix(panel.origin, panel.u, panel.v))
        x0, y0, x1, y1 = panel.extent
        canvas.clipRect(skia.Rect.MakeLTRB(x0, y0, x1, y1))
        canvas.translate(a, b)
        canvas.scale(reach, reach)
        paint = _wash(source.rgb)
        paint.setAlphaf(min(1.0, 0.75 * power * share))
        canvas.drawCircle(0, 0, 1.0, paint)
        canvas.restore()


def _beam_on_floor(pen: Pen, source: Source, power: float) -> None:
    """The long pool before headlights or a torch."""
    a = math.radians(source.heading_deg or 0.0)
    ahead, side = Vec3(math.sin(a), 0, math.cos(a)), Vec3(math.cos(a), 0, -math.sin(a))
    long = 1.7 * source.reach_m
    middle = Vec3(source.at.x + ahead.x * long * 0.85, 0.004, source.at.z + ahead.z * long * 0.85)
    if not pen.view.sees(middle, long * 1.2):
        return
    squeezed = Vec3(side.x * 0.42, 0, side.z * 0.42)
    _pool(pen, (middle, ahead, squeezed), long, source.rgb, 0.55 * power)


def source_drawables(sources: Iterable[Source], stage: Stage, view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """The sources themselves with their glow, to be sorted among people and things."""
    found = []
    for source in sources:
        if not source.own or source.kind == "moon":
            continue
        reach = source.reach_m * (3.4 if source.heading_deg is not None else 1.2)
        if view.sees(source.at, reach):
            depth = view.point(*source.at)[2]
            paint = partial(_paint_source, source=source, stage=stage, view=view, tone=tone, time_s=time_s, depth=depth)
            found.append(Drawable(depth + 0.02, paint))
    return found


def _paint_source(
    canvas: skia.Canvas, source: Source, stage: Stage, view: View, tone: Tone, time_s: float, depth: float
) -> None:
    power = _strength(source, tone, time_s)
    x, y, _ = view.point(*source.at)
    scale = view.px_per_m(max(depth, 0.5))
    if source.heading_deg is not None:
        _beam(canvas, source, view, tone, power)
    if depth < 0.15:
        return
    thick = 1.5 if tone.fog_reach_m < 60.0 else 1.0  # wet air carries light
    glow = _halo(source.rgb)
    for reach, alpha in ((0.75 * source.reach_m * thick, 0.5), (0.2 * source.reach_m * thick, 0.6)):
        _disc(canvas, x, y, reach * scale, glow, alpha * min(1.0, source.power * power))
    if source.kind == "fire":
        _fire(canvas, source, stage, view, tone, time_s, (x, y, scale))
    elif source.kind == "candle":
        paint_flames(canvas, x, y + 0.02 * scale, 0.024 * scale, 0.07 * scale, time_s, _seed(source), 0.0)
    elif source.kind == "lamp" and source.heading_deg is None:
        _lamp(canvas, source, stage, view, tone, power)
    elif source.kind == "neon":
        _tube(canvas, source, view, scale)
    elif _CORES[source.kind] and not (source.heading_deg is not None and _turned_away(source, view)):
        paint = skia.Paint(AntiAlias=True, Color=_argb(mix(source.rgb, _WHITE, 0.7), 0.25 + 0.75 * power))
        canvas.drawCircle(x, y, max(0.8, _CORES[source.kind] * scale), paint)


def _lamp(canvas: skia.Canvas, source: Source, stage: Stage, view: View, tone: Tone, power: float) -> None:
    """A shade about the light: hanging from a ceiling, on a post outside, on a foot where it stands low."""
    x, _, z = source.at
    high = source.at.y
    hangs = high > LOW_M and stage.place.interior
    ends = (high + 0.1, CEILING_M) if hangs else (0.0 if high > LOW_M else max(0.0, high - 0.38), high)
    foot, top = view.point(x, ends[0], z), view.point(x, ends[1], z)
    px, py, depth = view.point(*source.at)
    scale = view.px_per_m(depth)
    size = 1.0 if stage.place.interior or high <= LOW_M else 1.5
    dark = tone.between(RGB(58, 54, 58), 0.6, depth)
    stem = skia.Paint(AntiAlias=True, Color=dark)
    stem.setStrokeWidth(max(0.8, (0.014 if hangs else 0.022 * size) * scale))
    canvas.drawLine(foot[0], foot[1], top[0], top[1], stem)
    if high <= LOW_M:
        canvas.drawOval(skia.Rect.MakeLTRB(px - 0.08 * scale, foot[1] - 0.015 * scale, px + 0.08 * scale,
                                           foot[1] + 0.015 * scale), stem)  # fmt: skip
    wide, narrow, up, down = (0.17 * size * scale, 0.09 * size * scale, 0.14 * size * scale, 0.09 * size * scale)
    shade = skia.Path()
    shade.addPoly(
        [(px - narrow, py - up), (px + narrow, py - up), (px + wide, py + down), (px - wide, py + down)], True
    )
    unlit = tone.between(source.rgb, 0.7, depth)
    lit = mix(
        RGB(unlit >> 16 & 255, unlit >> 8 & 255, unlit & 255), mix(source.rgb, _WHITE, 0.62), min(1.0, 0.3 + power)
    )
    canvas.drawPath(shade, skia.Paint(AntiAlias=True, Color=_argb(lit, 1.0)))


def _turned_away(source: Source, view: View) -> bool:
    a = math.radians(source.heading_deg or 0.0)
    return math.sin(a) * (view.eye.x - source.at.x) + math.cos(a) * (view.eye.z - source.at.z) < 0.0


def _disc(canvas: skia.Canvas, x: float, y: float, reach: float, paint: skia.Paint, alpha: float) -> None:
    if alpha < 0.02 or reach < 1.0:
        return
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(reach, reach)
    paint.setAlphaf(min(1.0, alpha))
    canvas.drawCircle(0, 0, 1.0, paint)
    canvas.restore()


def _fire(
    canvas: skia.Canvas, source: Source, stage: Stage, view: View, tone: Tone, time_s: float,
    seen: tuple[float, float, float],
) -> None:  # fmt: skip
    """A fire as wide as its reach tells; what burns on the ground has logs."""
    x, y, scale = seen
    size = min(1.0, 0.16 * source.reach_m)
    foot = y + min(source.at.y, 0.45 * size) * scale
    blown = wind_at(stage.weather, time_s, source.at.x, source.at.z).x if not stage.place.interior else 0.0
    aside = blown * float(view.rotation[0][0])
    if source.at.y < 0.9:
        grey = tone.between(RGB(176, 168, 168), 0.5, scale and view.focal_px / scale)
        smoke = RGB(grey >> 16 & 255, grey >> 8 & 255, grey & 255)
        paint_smoke(canvas, x, foot - size * scale, scale, smoke, time_s, _seed(source), aside, 2.2 * size + 0.8, 0.7)
        paint_logs(canvas, x, foot, size * scale, [tone.between(rgb, 0.9, 2.0) for rgb in LOGS])
    paint_flames(canvas, x, foot, 0.85 * size * scale, size * scale, time_s, _seed(source), 0.12 * aside)
    paint_embers(canvas, x, foot, scale, size, time_s, _seed(source), aside)


def _tube(canvas: skia.Canvas, source: Source, view: View, scale: float) -> None:
    """A neon tube, level, half a metre to either side."""
    a, b = (view.point(source.at.x + dx, source.at.y, source.at.z) for dx in (-0.45, 0.45))
    paint = skia.Paint(AntiAlias=True, StrokeCap=skia.Paint.kRound_Cap)
    for width, colour in ((0.075, _argb(source.rgb, 0.9)), (0.028, _argb(mix(source.rgb, _WHITE, 0.75), 1.0))):
        paint.setColor(colour)
        paint.setStrokeWidth(max(0.8, width * scale))
        canvas.drawLine(a[0], a[1], b[0], b[1], paint)


def _beam(canvas: skia.Canvas, source: Source, view: View, tone: Tone, power: float) -> None:
    """The air before headlights, brighter in rain and fog: a fan that thins out."""
    misty = 1.0 if tone.fog_reach_m < 70.0 else 0.38
    a = math.radians(source.heading_deg or 0.0)
    long = 2.6 * source.reach_m
    end = Vec3(source.at.x + math.sin(a) * long, source.at.y * 0.7, source.at.z + math.cos(a) * long)
    rows = view.project(np.array([source.at, end]))
    if float(rows[:, 2].min()) < 0.3:
        return
    (x0, y0, d0), (x1, y1, d1) = rows.tolist()
    dx, dy = x1 - x0, y1 - y0
    length = math.hypot(dx, dy)
    if length < 2.0:
        return
    nx, ny = -dy / length, dx / length
    near, far = 0.09 * view.px_per_m(d0), 0.16 * long * view.px_per_m(d1)
    alpha = 0.5 * misty * min(1.0, power)
    colours = [_argb(source.rgb, alpha * s) for s in (1.0, 0.45, 0.12, 0.0)]
    shader = skia.GradientShader.MakeLinear([(x0, y0), (x1, y1)], colours, [0.0, 0.25, 0.6, 1.0])
    path = skia.Path()
    path.addPoly(
        [(x0 + nx * near, y0 + ny * near), (x1 + nx * far, y1 + ny * far), (x1 - nx * far, y1 - ny * far),
         (x0 - nx * near, y0 - ny * near)],
        True,
    )  # fmt: skip
    canvas.drawPath(path, gradient(shader, skia.BlendMode.kScreen))


def _seed(source: Source) -> int:
    return int(abs(source.at.x * 31 + source.at.z * 17) * 8) % 997


@lru_cache(maxsize=64)
def _wash(rgb: RGB) -> skia.Paint:
    """Light lying on a surface, full in the middle of the unit circle and nothing at its rim."""
    return _radial(rgb, (0.62, 0.46, 0.24, 0.08, 0.0), (0.0, 0.25, 0.5, 0.76, 1.0))


@lru_cache(maxsize=64)
def _halo(rgb: RGB) -> skia.Paint:
    return _radial(rgb, (0.9, 0.42, 0.17, 0.05, 0.0), (0.0, 0.12, 0.36, 0.66, 1.0))


def _radial(rgb: RGB, alphas: tuple[float, ...], stops: tuple[float, ...]) -> skia.Paint:
    shader = skia.GradientShader.MakeRadial((0, 0), 1.0, [_argb(rgb, a) for a in alphas], list(stops))
    return gradient(shader, skia.BlendMode.kScreen)


def _argb(rgb: RGB, alpha: float) -> int:
    return round(255 * min(1.0, max(0.0, alpha))) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]
