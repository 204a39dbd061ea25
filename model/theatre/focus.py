"""Depth of field: how much the lens blurs what stands before or behind the distance it is focused at.

The thin lens' circle of confusion, from the lens, the f-number and the distances. Blurs whole layers, each at its
depth, so that a soft background keeps no halo of the people before it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import SENSOR_HEIGHT_MM, FocusKey, Stage
from model.theatre.marks import place_at
from model.theatre.view import View

__all__ = ["Focus", "focus_at", "put_blurred", "soften"]

RACK_S = 0.34
SHARP_PX = 0.45
"""A blur of a smaller standard deviation is not seen and not drawn."""

_STEP_PX = 0.25
_LARGEST_PX = 12.0
_OF_DIAMETER = 0.30  # a disc's blur as the standard deviation of a Gaussian, in diameters
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Focus:
    """A lens focused at a distance; `scale` is the blur of what is infinitely far, in pixels."""

    distance_m: float
    scale_px: float

    def blur_px(self, depth_m: float) -> float:
        """The standard deviation of the blur at a depth, in steps; 0 where it would not be seen."""
        sigma = self.scale_px * abs(1.0 - self.distance_m / max(depth_m, 0.05))
        return 0.0 if sigma < SHARP_PX else min(_LARGEST_PX, round(sigma / _STEP_PX) * _STEP_PX)


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
            x, y, z = mark.x_m, figure.look.height_m * 0.85, mark.z_m
            break
    else:
        for prop in stage.props:
            if prop.id == key.on:
                holder = next((f for f in stage.figures if prop.held and f.id == prop.held.figure), None)
                at = prop.position
                if holder is not None:
                    mark = place_at(holder, time_s)
                    x, y, z = mark.x_m, 1.1, mark.z_m
                else:
                    x, y, z = at.x, at.y, at.z
                break
    return 1.0 / max(view.point(x, y, z)[2], 0.3)


@lru_cache(maxsize=64)
def _blur(sigma_px: float, clamp: bool) -> skia.Paint:
    mode = skia.TileMode.kClamp if clamp else skia.TileMode.kDecal
    return skia.Paint(ImageFilter=skia.ImageFilters.Blur(sigma_px, sigma_px, mode))


def _blurred(pixels: Pixels, sigma_px: float) -> Pixels:
    """A whole picture out of focus: (h, w, 4)."""
    out = np.zeros_like(pixels)
    canvas = skia.Surface(out, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType, copy=False)
    canvas.drawImage(image, 0, 0, skia.SamplingOptions(), _blur(sigma_px, True))
    canvas.getSurface().flushAndSubmit()
    return out


def put_blurred(canvas: skia.Canvas, layer: Pixels, sigma_px: float) -> None:
    """Paints a layer, transparent where nothing is on it, out of focus."""
    image = skia.Image.fromarray(layer, colorType=skia.kRGBA_8888_ColorType, copy=False)
    canvas.drawImage(image, 0, 0, skia.SamplingOptions(), _blur(sigma_px, False))


def soften(pixels: Pixels, focus: Focus, view: View, wall_m: float) -> None:
    """Blurs a backdrop, in place: the floor by its depth, all else as at `wall_m` (infinite outdoors)."""
    far = focus.blur_px(wall_m)
    nearest = _floor_nearness(view, wall_m)
    near = focus.blur_px(1.0 / float(nearest.max()))
    most = max(far, near)
    if most == 0.0:
        return
    if far == most and focus.blur_px(1.0 / float(np.quantile(nearest[::8, ::8], 0.9))) >= 0.7 * far:
        pixels[...] = _blurred(pixels, far)
        return
    amount = np.abs(1.0 - nearest * np.float32(focus.distance_m)) * np.float32(focus.scale_px / most)
    np.clip(amount, 0.0, 1.0, out=amount)
    soft = _blurred(pixels, most)
    middle = _blurred(pixels, most * 0.4)
    low = np.minimum(amount * 2.5, 1.0)[..., None]
    high = np.clip((amount - 0.4) * np.float32(1 / 0.6), 0.0, 1.0)[..., None]
    mixed = pixels[..., :3] + (middle[..., :3].astype(np.float32) - pixels[..., :3]) * low
    mixed += (soft[..., :3] - mixed) * high
    pixels[..., :3] = mixed.astype(np.uint8)


def _floor_nearness(view: View, wall_m: float) -> NDArray[np.float32]:
    """Inverse depth of floor and walls at every pixel: a floor plane that ends at a distance."""
    right, up, ahead = view.axes
    height = max(view.eye.y, 0.05)
    f = view.focal_px
    x = (np.arange(0.5, view.width_px, dtype=np.float32) - np.float32(view.width_px / 2)) / np.float32(f)
    y = (np.float32(view.height_px / 2) - np.arange(0.5, view.height_px, dtype=np.float32)) / np.float32(f)
    down = x * np.float32(-right[1]) + (y * np.float32(-up[1]))[:, None] - np.float32(ahead[1])
    floor: NDArray[np.float32] = np.maximum(
        down / np.float32(height), np.float32(1.0 / wall_m if math.isfinite(wall_m) else 1e-6)
    )
    return floor
