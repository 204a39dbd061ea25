"""Wet ground: the sky and everything that stands on it mirrored, drawn out downwards and broken, and puddles.

A mirror is the set seen by an eye as far under the ground: what is drawn there is painted again upside down. Soft
ground mirrors in its puddles only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from random import Random

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, PlaceKind, Stage, Vec3
from model.theatre.air.sky import sky_colours
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone, mix
from model.theatre.pixels import canvas_on, gradient, image_of
from model.theatre.sets.kit import Lamp, Panel, Piece, blob
from model.theatre.sets.pen import Pen
from model.theatre.view import View

__all__ = ["HARD", "is_wet", "mirrored_view", "paint_reflections", "paint_wet_ground"]

HARD: frozenset[PlaceKind] = frozenset({"street", "alley", "rooftop", "bridge", "harbour", "station"})
"""Places whose ground mirrors when it is wet; elsewhere rain sinks in."""
SANDY: frozenset[PlaceKind] = frozenset({"beach", "desert", "mountain"})
"""Places where no puddle stays."""
PUDDLES = 22
SHARE, SOFT_SHARE = 0.50, 0.10
"""How much of a mirrored picture hard and soft ground give back outside puddles."""
ACROSS, DOWN = 0.5, 0.25
STREAK_M = 40.0
"""Lamps farther off than this stand over other ground."""
Panels = list[tuple[Panel, float]]


def is_wet(stage: Stage) -> bool:
    """Whether the ground of a stage is wet with rain."""
    return stage.weather.kind in ("rain", "storm") and not stage.place.interior


@lru_cache(maxsize=16)
def mirrored_view(view: View) -> View:
    """The view in which the set shows itself as the ground mirrors it."""
    flip = np.array([1.0, -1.0, 1.0])
    return replace(view, eye=Vec3(view.eye.x, -view.eye.y, view.eye.z), rotation=view.rotation * flip)


@lru_cache(maxsize=32)
def _puddles(seed: int) -> skia.Path:
    """Puddles in stage x and z, more of them where people stand."""
    rng = Random(seed * 23 + 7)
    path = skia.Path()
    for _ in range(PUDDLES):
        x, z = rng.gauss(0.0, 4.5), rng.uniform(-5.0, 14.0)
        path.addPath(blob(rng, x, z, rng.uniform(0.35, 1.5), rng.uniform(0.2, 0.6), 9, 0.22), 0, 0)
    return path


def _horizon_px(view: View) -> float:
    """The picture's row where the ground ends, in its middle."""
    ahead, up = view.rotation[2], view.rotation[1]
    level = math.hypot(float(ahead[0]), float(ahead[2]))
    return view.height_px / 2 + view.focal_px * float(ahead[1]) / max(level, 1e-3) if up[1] > 0.05 else 0.0


def paint_wet_ground(pen: Pen, stage: Stage, lamps: tuple[Lamp, ...], standing: Sequence[tuple[Piece, Panels]]) -> None:
    """Darkens wet ground and lays on it the sky, what stands there (as the mirrored view shows it) and puddles."""
    view, tone, canvas = pen.view, pen.tone, pen.canvas
    if not is_wet(stage) or view.eye.y < 0.1:
        return
    strength = 0.55 + 0.45 * stage.weather.intensity
    top = max(0.0, _horizon_px(view) - 1.0)
    box = skia.Rect.MakeLTRB(0, top, view.width_px, view.height_px)
    if box.isEmpty():
        return
    hard = stage.place.kind in HARD
    canvas.drawRect(box, skia.Paint(Color=_argb(tone.look.lift, (0.26 if hard else 0.16) * strength)))
    small = _Drawn(box)
    _mirrored_sky(small.canvas, box, stage, tone)
    if hard:
        mirror = Pen(small.canvas, mirrored_view(view), tone)
        for piece, panels in standing:
            mirror.piece(piece, panels)
    floor = pen.matrix(Vec3(0, 0.003, 0), Vec3(1, 0, 0), Vec3(0, 0, 1))
    puddles = _puddles(stage.place.seed) if stage.place.kind not in SANDY else skia.Path()
    _where_it_shines(small.canvas, floor, box, puddles, hard)
    film = skia.Paint()
    film.setAlphaf(strength * (0.9 if hard else 0.8))
    small.put(canvas, film)
    canvas.save()
    canvas.concat(floor)
    canvas.drawPath(puddles, skia.Paint(AntiAlias=True, Color=_argb(tone.look.horizon, 0.10 if hard else 0.05)))
    canvas.restore()
    _streaks(pen, lamps, strength)


class _Drawn:
    """Reflections painted small, at half the width and a quarter of the height: laid out large they are drawn out
    downwards, as wet ground does.
    """

    def __init__(self, box: skia.Rect) -> None:
        self._box = box
        wide, high = max(1, math.ceil(box.width() * ACROSS)), max(1, math.ceil(box.height() * DOWN))
        self._pixels = np.zeros((high, wide, 4), dtype=np.uint8)
        self.canvas = canvas_on(self._pixels)
        self.canvas.scale(wide / box.width(), high / box.height())
        self.canvas.translate(-box.left(), -box.top())

    def put(self, canvas: skia.Canvas, paint: skia.Paint | None = None) -> None:
        """Lays what was painted where it belongs."""
        image = image_of(self._pixels, copy=False)
        canvas.drawImageRect(image, self._box, skia.SamplingOptions(skia.FilterMode.kLinear), paint)


def _mirrored_sky(canvas: skia.Canvas, box: skia.Rect, stage: Stage, tone: Tone) -> None:
    zenith, middle, horizon = sky_colours(stage, tone)
    colours = [_argb(c, 1.0) for c in (horizon, mix(horizon, middle, 0.6), mix(middle, zenith, 0.5))]
    ends = [skia.Point(0, box.top()), skia.Point(0, box.bottom())]
    shader = skia.GradientShader.MakeLinear(ends, colours, [0.0, 0.25, 1.0])
    canvas.drawRect(box, skia.Paint(Shader=shader, Dither=True))


def _where_it_shines(canvas: skia.Canvas, floor: skia.Matrix, box: skia.Rect, puddles: skia.Path, hard: bool) -> None:
    """Keeps of a mirrored picture what the ground gives back: most far off and in puddles, less underfoot."""
    share = SHARE if hard else SOFT_SHARE
    canvas.saveLayer(box, skia.Paint(BlendMode=skia.BlendMode.kDstIn))
    ends = [skia.Point(0, box.top()), skia.Point(0, box.bottom())]
    alphas = [_argb(RGB(0, 0, 0), min(1.0, share * a)) for a in (1.5, 1.0, 0.55)]
    canvas.drawRect(box, skia.Paint(Shader=skia.GradientShader.MakeLinear(ends, alphas, [0.0, 0.3, 1.0]), Dither=True))
    canvas.concat(floor)
    canvas.drawPath(puddles, skia.Paint(AntiAlias=True, Color=_argb(RGB(0, 0, 0), 0.85 if hard else 0.42)))
    canvas.restore()


def _streaks(pen: Pen, lamps: tuple[Lamp, ...], strength: float) -> None:
    """The long reflections of lamps."""
    tone, view = pen.tone, pen.view
    if not any(lamp.always for lamp in lamps) and tone.lamps < 0.3:
        return
    for lamp in lamps:
        power = 1.0 if lamp.always else tone.lamps
        foot, mirrored = pen.pixel(Vec3(lamp.at.x, 0.0, lamp.at.z)), pen.pixel(Vec3(lamp.at.x, -lamp.at.y, lamp.at.z))
        if power < 0.3 or foot is None or mirrored is None or foot[2] > STREAK_M:
            continue
        x, top, depth = foot
        tall, width = (mirrored[1] - top) * 1.3, lamp.halo_m * 0.34 * view.px_per_m(depth)
        if tall < 1.5 or not (-width < x < view.width_px + width):
            continue
        glow = _streak(lamp.rgb)
        glow.setAlphaf(0.7 * power * strength)
        pen.canvas.save()
        pen.canvas.translate(x, top + 0.55 * tall)
        for across, down in ((width, 0.55 * tall), (0.3 * width, 0.42 * tall)):
            pen.canvas.save()
            pen.canvas.scale(across, down)
            pen.canvas.drawCircle(0, 0, 1.0, glow)
            pen.canvas.restore()
        pen.canvas.restore()


@lru_cache(maxsize=64)
def _streak(rgb: RGB) -> skia.Paint:
    colours = [_argb(rgb, a) for a in (0.6, 0.34, 0.12, 0.0)]
    shader = skia.GradientShader.MakeRadial((0, 0), 1.0, colours, [0.0, 0.3, 0.65, 1.0])
    return gradient(shader, skia.BlendMode.kScreen)


def paint_reflections(
    canvas: skia.Canvas, things: Sequence[Drawable], stage: Stage, view: View, time_s: float
) -> list[Drawable]:
    """Lays those things that have a `mirror_px` upside down on wet ground; returns all things, ready to be painted.

    What is mirrored is recorded and played twice: it costs its paint again, not its making.
    """
    given = list(things)
    if not is_wet(stage) or stage.place.kind not in HARD or view.eye.y < 0.1:
        return given
    whole = skia.Rect.MakeWH(view.width_px, view.height_px)
    pictures: list[tuple[skia.Picture, float]] = []
    for i, thing in enumerate(given):
        if thing.mirror_px is None or thing.mirror_px > view.height_px - 2:
            continue
        recorder = skia.PictureRecorder()
        thing.paint(recorder.beginRecording(whole))
        picture = recorder.finishRecordingAsPicture()
        given[i] = replace(thing, paint=_player(picture))
        pictures.append((picture, thing.mirror_px))
    if not pictures:
        return given
    top = min(row for _, row in pictures)
    box = skia.Rect.MakeLTRB(0, math.floor(max(0.0, top - 4)), view.width_px, view.height_px)
    small = _Drawn(box)
    for picture, row in sorted(pictures, key=lambda one: one[1]):
        small.canvas.save()
        small.canvas.clipRect(skia.Rect.MakeLTRB(0, row - 3, view.width_px, view.height_px))
        small.canvas.translate(0, 2 * row)
        small.canvas.scale(1, -1)
        small.canvas.drawPicture(picture)
        small.canvas.restore()
    small.canvas.drawPath(_ripples(view.width_px, view.height_px, box.top(), time_s), _CUT)
    shine = skia.Paint()
    shine.setAlphaf(0.42 + 0.2 * stage.weather.intensity)
    small.put(canvas, shine)
    return given


def _player(picture: skia.Picture) -> Callable[[skia.Canvas], None]:
    return lambda canvas: canvas.drawPicture(picture)


_CUT = skia.Paint(AntiAlias=True, BlendMode=skia.BlendMode.kDstOut, Color=0x8C000000)


@lru_cache(maxsize=8)
def _ripple_field(count: int) -> NDArray[np.float64]:
    return np.random.default_rng(count).uniform(0, 1, (count, 4))


def _ripples(width: int, height: int, top: float, time_s: float) -> skia.Path:
    """Thin lenses across the picture that slide and break a reflection."""
    path = skia.Path()
    deep = height - top
    for a, b, c, d in _ripple_field(26).tolist():
        y = top + deep * b
        thick = max(0.7, (0.004 + 0.012 * b) * height)
        half = width * (0.05 + 0.12 * c)
        x = a * width + 0.02 * width * math.sin(1.7 * time_s + math.tau * d)
        path.addOval(skia.Rect.MakeLTRB(x - half, y - thick, x + half, y + thick))
    return path


def _argb(rgb: RGB, alpha: float) -> int:
    return round(255 * min(1.0, max(0.0, alpha))) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2]
