"""Depth of field: how much the lens blurs what stands before or behind the distance it is focused at.

The thin lens' circle of confusion, from the lens, the f-number and the distances. Blurs whole layers, each at its
depth, so that a soft background keeps no halo of the people before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import SENSOR_HEIGHT_MM, Figure, FocusKey, PoseName, Stage
from model.theatre.drawable import Drawable
from model.theatre.motion.marks import place_at
from model.theatre.motion.props_motion import prop_now
from model.theatre.pixels import Pixels, canvas_on, image_of
from model.theatre.view import View

__all__ = ["Box", "Focus", "focus_at", "narrow_blur", "paint_soft", "soften"]

RACK_S = 0.34
SHARP_PX = 0.45
"""A blur of a smaller standard deviation is not seen and not drawn."""

_LARGEST_PX = 12.0
_OF_DIAMETER = 0.30  # a disc's blur as the standard deviation of a Gaussian, in diameters
_NARROW_PX = 1.5
_LANES = np.uint32(0x00FF00FF)
LINEAR = skia.SamplingOptions(skia.FilterMode.kLinear)

Box = tuple[int, int, int, int]
"""A part of a picture: top, foot, left and right, in pixels."""


@dataclass(frozen=True)
class Focus:
    """A lens focused at a distance; `scale` is the blur of what is infinitely far, in pixels."""

    distance_m: float
    scale_px: float

    def blur_px(self, depth_m: float) -> float:
        """The standard deviation of the blur at a depth, in half octaves; 0 where it would not be seen."""
        sigma = self.scale_px * abs(1.0 - self.distance_m / max(depth_m, 0.05))
        if sigma < SHARP_PX:
            return 0.0
        return float(min(_LARGEST_PX, 0.5 * 2 ** (round(2 * math.log2(2 * sigma)) / 2)))


def focus_at(stage: Stage, view: View, time_s: float) -> Focus | None:
    """How the camera is focused at a time, or None when everything is sharp.

    A rack goes evenly in inverse distance, as a focus ring is marked.
    """
    camera = stage.camera
    if not camera.focus:
        return None
    now = max((i for i, key in enumerate(camera.focus) if key.time_s <= time_s), default=0)
    nearness = _nearness(stage, view, camera.focus[now], time_s)
    if now > 0:
        u = min(1.0, (time_s - camera.focus[now].time_s) / RACK_S)
        before = _nearness(stage, view, camera.focus[now - 1], time_s)
        nearness = before + (nearness - before) * u * u * (3 - 2 * u)
    # In steps of two hundredths, so that what was softened for one frame serves those about it.
    distance = 1.02 ** round(math.log(1.0 / nearness, 1.02))
    lens_mm = view.focal_px * SENSOR_HEIGHT_MM / view.height_px
    far_mm = lens_mm * lens_mm / (camera.f_number * max(distance * 1000.0 - lens_mm, 100.0))
    scale = far_mm * view.height_px / SENSOR_HEIGHT_MM * _OF_DIAMETER
    return Focus(distance, round(scale, 2)) if scale >= SHARP_PX * 0.5 else None


def _nearness(stage: Stage, view: View, key: FocusKey, time_s: float) -> float:
    """The inverse distance along the axis to a figure's head or a prop; the stage's middle if neither is there."""
    x, y, z = 0.0, 1.2, 0.0
    for figure in stage.figures:
        if figure.id == key.on:
            mark = place_at(figure, time_s)
            x, y, z = mark.x_m, mark.height_m + figure.look.height_m * 0.85, mark.z_m
            if _pose_at(figure, time_s) == "lie":  # a body is one layer, at its hips
                y = mark.height_m + 0.15
            break
    else:
        for prop in stage.props:
            if prop.id == key.on:
                x, y, z = prop_now(stage, prop, time_s).position
                break
    return 1.0 / max(view.point(x, y, z)[2], 0.2)


def _pose_at(figure: Figure, time_s: float) -> PoseName:
    return next((key.pose for key in reversed(figure.body) if key.time_s <= time_s), figure.body[0].pose)


def paint_soft(canvas: skia.Canvas, things: Iterable[Drawable], sigma_px: float, view: View) -> None:
    """Paints things out of focus: drawn small, as fine as the blur leaves them, and laid over the picture enlarged."""
    shrink = _shrink(sigma_px)
    pixels = np.zeros((math.ceil(view.height_px / shrink), math.ceil(view.width_px / shrink), 4), dtype=np.uint8)
    aside = canvas_on(pixels)
    aside.scale(1.0 / shrink, 1.0 / shrink)
    for thing in things:
        thing.paint(aside)
    _lay(canvas, pixels, sigma_px, shrink)


def _lay(canvas: skia.Canvas, pixels: Pixels, sigma_px: float, shrink: int) -> None:
    """Lays a small layer over a picture, blurred and enlarged; only its painted part is worked on."""
    painted = pixels.view(np.uint32)[..., 0]
    rows, columns = (np.flatnonzero(painted.any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return
    margin = math.ceil(3 * sigma_px / shrink) + 1
    top, left = max(int(rows[0]) - margin, 0), max(int(columns[0]) - margin, 0)
    part = np.ascontiguousarray(pixels[top : int(rows[-1]) + margin + 1, left : int(columns[-1]) + margin + 1])
    small = _small_blur(part, sigma_px, shrink, skia.TileMode.kDecal)
    canvas.save()
    canvas.scale(shrink, shrink)
    canvas.drawImage(image_of(small), left, top, LINEAR)
    canvas.restore()


def _shrink(sigma_px: float) -> int:
    return 2 if sigma_px < 2.6 else 4


def _small_blur(pixels: Pixels, sigma_px: float, shrink: int, edge: skia.TileMode) -> Pixels:
    """What blur is still missing when a small picture is enlarged again, which blurs by itself."""
    by_size = 0.42 * shrink
    missing = math.sqrt(max(0.0, sigma_px * sigma_px - by_size * by_size)) / shrink
    missing = max(missing, 0.38)  # else the enlarged pixels show
    if missing < _NARROW_PX:
        return narrow_blur(pixels, missing, edge)
    out = np.zeros_like(pixels)
    canvas = canvas_on(out)
    paint = skia.Paint(ImageFilter=skia.ImageFilters.Blur(missing, missing, edge))
    canvas.drawImage(image_of(pixels, copy=False), 0, 0, skia.SamplingOptions(), paint)
    return out


def narrow_blur(pixels: Pixels, sigma_px: float, edge: skia.TileMode) -> Pixels:
    """A small blur by three neighbours at a time, two channels of a pixel at once: many times as fast as skia's."""
    times = math.ceil(2.0 * sigma_px * sigma_px)
    side = round(128.0 * sigma_px * sigma_px / times)  # a neighbour's share of 256
    whole = np.ascontiguousarray(pixels).view(np.uint32)[..., 0]
    pair = np.stack([whole & _LANES, whole >> 8 & _LANES])
    for axis in (1, 2) * times:
        line = pair if axis == 2 else pair.swapaxes(1, 2)
        sides = line * np.uint32(side)
        mixed = line * np.uint32(256 - 2 * side)
        mixed[..., 1:] += sides[..., :-1]
        mixed[..., :-1] += sides[..., 1:]
        if edge == skia.TileMode.kClamp:
            mixed[..., 0] += sides[..., 0]
            mixed[..., -1] += sides[..., -1]
        mixed += np.uint32(0x00800080)
        mixed >>= 8
        mixed &= _LANES
        pair = mixed if axis == 2 else mixed.swapaxes(1, 2)
    blurred: Pixels = (pair[0] | pair[1] << 8)[..., None].view(np.uint8)
    return blurred


def _scaled(pixels: Pixels, width: int, height: int) -> Pixels:
    out = np.zeros((height, width, 4), dtype=np.uint8)
    canvas = canvas_on(out)  # laid over: to overwrite is many times slower
    canvas.drawImageRect(image_of(pixels, copy=False), skia.Rect.MakeWH(width, height), LINEAR)
    return out


def soften(pixels: Pixels, focus: Focus, view: View, wall_m: float, box: Box | None = None) -> Box | None:
    """Blurs a backdrop, in place: the floor by its depth, all else as at `wall_m` (infinite outdoors).

    With a `box`, only where what is in it spreads to: tells where that is, or None where all is sharp.
    """
    height, width = pixels.shape[:2]
    near = focus.blur_px(1.0 / _floor_nearness(view, wall_m, (9, 9)).max().item())
    most = max(focus.blur_px(wall_m), near)
    if most == 0.0:
        return box
    shrink = _shrink(most)
    reach = _grown(box or (0, height, 0, width), math.ceil(3 * most), pixels)
    # What is blurred there takes in what lies about it.
    top, foot, left, right = _grown(reach, math.ceil(3 * most), pixels)
    part = small = np.ascontiguousarray(pixels[top:foot, left:right])
    high, wide = part.shape[:2]
    for step in (2, 4):
        if step <= shrink:  # by halves, so that no pixel is skipped
            small = _scaled(small, math.ceil(wide / step), math.ceil(high / step))
    shape = math.ceil(height / shrink), math.ceil(width / shrink)
    row, column = top // shrink, left // shrink
    nearest = _floor_nearness(view, wall_m, shape)[row : row + small.shape[0], column : column + small.shape[1]]
    amount = np.abs(1.0 - nearest * np.float32(focus.distance_m)) * np.float32(256.0 * focus.scale_px / most)
    share = np.minimum(amount, 256.0).astype(np.uint16)[..., None]
    soft = (_small_blur(small, most, shrink, skia.TileMode.kClamp) * share) >> 8  # premultiplied by its share
    canvas = canvas_on(part)
    canvas.scale(wide / small.shape[1], high / small.shape[0])
    canvas.drawImage(image_of(soft.astype(np.uint8)), 0, 0, LINEAR)
    pixels[reach[0] : reach[1], reach[2] : reach[3]] = part[
        reach[0] - top : reach[1] - top, reach[2] - left : reach[3] - left
    ]
    return reach


def _grown(box: Box, by_px: int, pixels: Pixels) -> Box:
    """A part of a picture and what lies about it, to whole steps of the smallest copy."""
    (top, foot, left, right), (height, width) = box, pixels.shape[:2]
    return (
        max(top - by_px, 0) // 4 * 4,
        min(-(-(foot + by_px) // 4) * 4, height),
        max(left - by_px, 0) // 4 * 4,
        min(-(-(right + by_px) // 4) * 4, width),
    )


def _floor_nearness(view: View, wall_m: float, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Inverse depth of floor and walls over the picture, in `shape` steps: a floor plane that ends at a distance."""
    right, up, ahead = view.axes
    height = max(view.eye.y, 0.05)
    rows, columns = shape
    x = (np.arange(0.5, columns, dtype=np.float32) / np.float32(columns) - 0.5) * np.float32(
        view.width_px / view.focal_px
    )
    y = (0.5 - np.arange(0.5, rows, dtype=np.float32) / np.float32(rows)) * np.float32(view.height_px / view.focal_px)
    down = x * np.float32(-right[1]) + (y * np.float32(-up[1]))[:, None] - np.float32(ahead[1])
    least = np.float32(1.0 / wall_m if math.isfinite(wall_m) else 1e-6)
    floor: NDArray[np.float32] = np.maximum(down / np.float32(height), least)
    return floor
