"""What stands still before a locked camera, painted once and kept: the place behind everybody, and furniture.

Keeps pictures only, a few at a time; a frame made with them shows what one made without them would.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby

import numpy as np
import skia

from model.stage import Camera, CameraKey, Figure, Light, Place, Stage, Vec3, Weather
from model.theatre.air.clouds import paint_clouds
from model.theatre.air.sky import paint_sky
from model.theatre.air.weather import paint_outside
from model.theatre.doors import doorman
from model.theatre.drawable import Drawable
from model.theatre.focus import Box, Focus, paint_soft, soften
from model.theatre.lighting.flash import paint_flash
from model.theatre.lighting.light import Tone
from model.theatre.lighting.rooms import tone_in
from model.theatre.pixels import Pixels, canvas_on, image_of
from model.theatre.place import (
    design_of,
    paint_beyond,
    paint_land,
    paint_room,
    place_background,
    wall_distance,
    window_box,
)
from model.theatre.sets.kit import Piece
from model.theatre.sets.pen import Pen
from model.theatre.view import View, locked

__all__ = ["paint_backdrop", "paint_things"]


@dataclass(frozen=True)
class _Scene:
    """All that tells how still things look. Views compare by identity: a locked camera has one."""

    view: View
    place: Place
    light: Light
    weather: Weather
    doormen: tuple[Figure, ...]  # they leave the doors that they move out of what is kept

    @classmethod
    def of(cls, stage: Stage, view: View) -> _Scene:
        doormen = tuple(figure for figure in stage.figures if doorman(figure))
        return cls(view, stage.place, stage.light, stage.weather, doormen)

    def stage(self) -> Stage:
        """An empty stage of this scene."""
        key = CameraKey(time_s=0.0, position=Vec3(0, 0, 0), target=Vec3(0, 0, 1), lens_mm=35.0)
        camera = Camera(keys=(key,))
        return Stage(
            duration_s=0.0,
            place=self.place,
            light=self.light,
            weather=self.weather,
            camera=camera,
            figures=self.doormen,
        )


@dataclass(frozen=True, eq=False)
class _Layer:
    """A part of a picture, transparent where nothing was painted, and where its corner belongs."""

    image: skia.Image
    left: int
    top: int

    def paint(self, canvas: skia.Canvas) -> None:
        canvas.drawImage(self.image, self.left, self.top)


@dataclass(frozen=True, eq=False)
class _Windows:
    """Where a room lets one see out: the world outside, and the room as it stands before that."""

    box: Box
    outside: _Layer | None
    room: _Layer | None

    def paint(self, canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
        """The weather at a time, seen through them."""
        if self.outside is not None:
            self.outside.paint(canvas)
        paint_outside(canvas, stage, view, tone, time_s)
        paint_flash(canvas, stage.weather, time_s, 1.0)
        if tone.gloom is not None:
            tone.gloom.lay(canvas, view)
        if self.room is not None:
            self.room.paint(canvas)


@dataclass(frozen=True, eq=False)
class _Sky:
    """The part of a picture that shows sky: without clouds, and what stands before it."""

    box: Box
    bare: _Layer
    land: _Layer

    def paint(self, canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
        """The clouds and bolts at a time."""
        self.bare.paint(canvas)
        paint_clouds(Pen(canvas, view, tone, time_s), stage)
        self.land.paint(canvas)


def paint_backdrop(
    canvas: skia.Canvas,
    pixels: Pixels,
    stage: Stage,
    view: View,
    tone: Tone,
    time_s: float,
    focus: Focus | None,
) -> None:
    """Paints the whole picture with the place behind everybody; `pixels` are those that the canvas paints on."""
    if not locked(stage.camera):
        place_background(canvas, stage, view, tone, time_s)
        if focus is not None:
            soften(pixels, focus, view, wall_distance(stage, view))
        return
    scene = _Scene.of(stage, view)
    pixels[...] = _whole(scene, focus)
    part = _open_sky(scene) or _windows(scene)
    if part is None:
        return
    top, foot, left, right = part.box
    sharp = pixels if focus is None else _whole(scene, None).copy()
    canvas = canvas if focus is None else canvas_on(sharp)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(left, top, right, foot))
    part.paint(canvas, stage, view, tone, time_s)
    canvas.restore()
    if focus is not None:
        box = soften(sharp, focus, view, wall_distance(stage, view), part.box) or part.box
        top, foot, left, right = box
        pixels[top:foot, left:right] = sharp[top:foot, left:right]


def paint_things(
    canvas: skia.Canvas, things: Sequence[Drawable], stage: Stage, view: View, focus: Focus | None
) -> None:
    """Paints things in their order; neighbours that stand still before a locked camera come as one kept layer, and
    neighbours that are equally out of focus as one blurred layer.
    """
    still = locked(stage.camera)

    def alike(thing: Drawable) -> tuple[bool, float]:
        return still and thing.still is not None, 0.0 if focus is None else focus.blur_px(thing.depth_m)

    for (together, blur_px), group in groupby(things, key=alike):
        if together:
            pieces = tuple(thing.still for thing in group if thing.still is not None)
            layer = _layer(_Scene.of(stage, view), pieces, blur_px)
            if layer is not None:
                layer.paint(canvas)
        elif blur_px:
            paint_soft(canvas, group, blur_px, view)
        else:
            for thing in group:
                thing.paint(canvas)


@lru_cache(maxsize=8)
def _whole(scene: _Scene, focus: Focus | None) -> Pixels:
    stage, view = scene.stage(), scene.view
    if focus is not None:
        pixels = _whole(scene, None).copy()
        soften(pixels, focus, view, wall_distance(stage, view))
        return pixels
    pixels = np.zeros((view.height_px, view.width_px, 4), dtype=np.uint8)
    place_background(canvas_on(pixels), stage, view, tone_in(stage), 0.0)
    return pixels


@lru_cache(maxsize=6)
def _open_sky(scene: _Scene) -> _Sky | None:
    """Where clouds drift behind a place outside; None where no sky is seen."""
    stage, view = scene.stage(), scene.view
    if design_of(stage.place.kind, stage.place.seed, stage.place.name).shell or stage.weather.kind == "fog":
        return None
    bare, land = (np.zeros((view.height_px, view.width_px, 4), dtype=np.uint8) for _ in range(2))
    paint_land(Pen(canvas_on(land), view, tone_in(stage)), stage)
    open_air = land[..., 3] < 250
    if not open_air.any():
        return None
    rows, columns = (np.flatnonzero(open_air.any(axis=axis)) for axis in (1, 0))
    box = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    paint_sky(Pen(canvas_on(bare), view, tone_in(stage)), stage)
    return _Sky(box, _cut_out(bare, box), _cut_out(land, box))


@lru_cache(maxsize=6)
def _windows(scene: _Scene) -> _Windows | None:
    """Where a room shows weather that moves; None where it shows none."""
    stage, view = scene.stage(), scene.view
    if stage.weather.kind not in ("rain", "storm", "snow", "wind"):
        return None
    seen = window_box(Pen(skia.Canvas(), view, tone_in(stage)), stage)
    if seen is None:
        return None
    pictures = [np.zeros((view.height_px, view.width_px, 4), dtype=np.uint8) for _ in range(2)]
    box = round(seen.top()), round(seen.bottom()), round(seen.left()), round(seen.right())
    for pixels, paint in zip(pictures, (paint_beyond, paint_room), strict=True):
        canvas = canvas_on(pixels)
        canvas.clipRect(seen)
        paint(Pen(canvas, view, tone_in(stage)), stage)
    return _Windows(box, *(_cropped(pixels) for pixels in pictures))


@lru_cache(maxsize=24)
def _layer(scene: _Scene, pieces: tuple[Piece, ...], blur_px: float) -> _Layer | None:
    view = scene.view
    pixels = np.zeros((view.height_px, view.width_px, 4), dtype=np.uint8)
    canvas, tone = canvas_on(pixels), tone_in(scene.stage())
    if blur_px:
        things = [Drawable(0.0, partial(_paint_piece, piece=piece, view=view, tone=tone)) for piece in pieces]
        paint_soft(canvas, things, blur_px, view)
    else:
        for piece in pieces:
            _paint_piece(canvas, piece, view, tone)
    return _cropped(pixels)


def _paint_piece(canvas: skia.Canvas, piece: Piece, view: View, tone: Tone) -> None:
    Pen(canvas, view, tone).piece(piece)


def _cropped(pixels: Pixels) -> _Layer | None:
    """The painted part of a picture; None where nothing was painted."""
    rows, columns = (np.flatnonzero(pixels[..., 3].any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    return _cut_out(pixels, (int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1))


def _cut_out(pixels: Pixels, box: Box) -> _Layer:
    top, foot, left, right = box
    return _Layer(image_of(np.ascontiguousarray(pixels[top:foot, left:right])), left, top)
