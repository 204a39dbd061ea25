"""Measures of pictures against true pictures: closeness, flicker, motion and seams.

Pictures are (h, w, 3) of uint8 or clips (f, h, w, 3); errors are in levels of 0 to 255, closeness in dB. What is equal
to the truth measures perfectly. No picture is made here.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from model.request import Frame

__all__ = [
    "PERFECT_DB", "Mask", "eroded", "flicker_levels", "motion_error_levels", "psnr_db", "seam_error_levels", "ssim",
    "step_error_levels",
]  # fmt: skip

Mask = NDArray[np.bool_]
Map = NDArray[np.float32]
PERFECT_DB = 100.0
"""What equal pictures are given instead of infinity."""

_MOVING_PX = 1.0
_LEAST_PX = 200
_SIGMA_PX, _WINDOW_PX = 1.5, 11
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def psnr_db(made: Frame, true: Frame, where: Mask | None = None) -> float:
    """Peak signal to noise ratio of a picture or a clip, over all of it or the pixels of `where` (..., h, w)."""
    error = made.astype(np.float32) - true
    square = float(np.mean(np.square(error if where is None else error[where]), dtype=np.float64))
    return PERFECT_DB if square == 0.0 else min(PERFECT_DB, 10.0 * math.log10(255.0**2 / square))


def ssim(made: Frame, true: Frame) -> float:
    """Mean structural similarity of two pictures' luma, with a Gaussian window of 11 pixels (Wang et al. 2004)."""
    a, b = (picture @ np.array([0.299, 0.587, 0.114], dtype=np.float32) for picture in (made, true))

    def smooth(x: Map) -> Map:
        return np.asarray(ndimage.gaussian_filter(x, _SIGMA_PX, radius=_WINDOW_PX // 2))

    mean_a, mean_b = smooth(a), smooth(b)
    var_a, var_b = smooth(a * a) - mean_a * mean_a, smooth(b * b) - mean_b * mean_b
    both = smooth(a * b) - mean_a * mean_b
    like = (2 * mean_a * mean_b + _C1) * (2 * both + _C2)
    return float(np.mean(like / ((mean_a * mean_a + mean_b * mean_b + _C1) * (var_a + var_b + _C2))))


def eroded(where: Mask, px: int) -> Mask:
    """The mask without what lies within `px` pixels of its edge or the picture's."""
    return np.asarray(ndimage.binary_erosion(where, iterations=px))


def flicker_levels(made: tuple[Frame, Frame], true: tuple[Frame, Frame]) -> float | None:
    """How much two frames in a row differ where the true ones do not; None where hardly anything is still."""
    still = eroded((true[0] == true[1]).all(axis=-1), 2)
    if still.sum() < _LEAST_PX:
        return None
    return float(np.abs(made[1].astype(np.float32) - made[0])[still].mean())


def motion_error_levels(made: tuple[Frame, Frame], true: tuple[Frame, Frame], flow_px: Map) -> float | None:
    """How differently pictures change along the true paths of what moves, from one frame to the next.

    `flow_px` (h, w, 2) is the theatre's own. A point followed by it changes a little in truth too (light, what is
    uncovered): that change is taken from the made one's. None where hardly anything moves.
    """
    height, width = flow_px.shape[:2]
    rows, columns = np.nonzero(np.hypot(flow_px[..., 0], flow_px[..., 1]) > _MOVING_PX)
    x, y = columns + flow_px[rows, columns, 0], rows + flow_px[rows, columns, 1]
    inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
    rows, columns, x, y = (values[inside] for values in (rows, columns, x, y))
    if len(rows) < _LEAST_PX:
        return None

    def change(before: Frame, after: Frame) -> Map:
        channels = [ndimage.map_coordinates(after[..., c].astype(np.float32), (y, x), order=1) for c in range(3)]
        return np.stack(channels, axis=-1) - before[rows, columns]

    return float(np.abs(change(*made) - change(*true)).mean())


def seam_error_levels(made: Frame, true: Frame, keep: Mask) -> float:
    """How much steps across the edge of what is kept (h, w) differ in size from the true picture's steps there."""
    errors: list[Map] = []
    for axis in (0, 1):
        edge = np.diff(keep, axis=axis)
        sizes = [np.abs(np.diff(picture.astype(np.float32), axis=axis))[edge] for picture in (made, true)]
        errors.append(np.abs(sizes[0] - sizes[1]).ravel())
    return float(np.concatenate(errors).mean())


def step_error_levels(made: tuple[Frame, Frame], true: tuple[Frame, Frame]) -> float:
    """How much the change from one frame to the next differs in size from the true change: a seam in time."""
    sizes = [np.abs(after.astype(np.float32) - before) for before, after in (made, true)]
    return float(np.abs(sizes[0] - sizes[1]).mean())
