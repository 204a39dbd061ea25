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
    "PERFECT_DB", "Mask", "eroded", "flicker_levels", "motion_error_px", "psnr_db", "seam_error_levels", "ssim",
    "step_error_levels",
]  # fmt: skip

Mask = NDArray[np.bool_]
Map = NDArray[np.float32]
PERFECT_DB = 100.0
"""What equal pictures are given instead of infinity."""

_MOVING_PX = 1.0
_LEAST_PX = 200
_BLOCK_PX, _SEARCH_PX = 16, 6
_LEAST_BLOCKS, _MOST_BLOCKS = 4, 48
_LEAST_TEXTURE = 2.0
_SIGMA_PX, _WINDOW_PX = 1.5, 11
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def psnr_db(made: Frame, true: Frame, where: Mask | None = None) -> float:
    """Peak signal to noise ratio of a picture or a clip, over all of it or the pixels of `where` (..., h, w)."""
    error = made.astype(np.float32) - true
    square = float(np.mean(np.square(error if where is None else error[where]), dtype=np.float64))
    return PERFECT_DB if square == 0.0 else min(PERFECT_DB, 10.0 * math.log10(255.0**2 / square))


def ssim(made: Frame, true: Frame) -> float:
    """Mean structural similarity of two pictures' luma, with a Gaussian window of 11 pixels (Wang et al. 2004)."""
    a, b = _luma(made), _luma(true)

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


def motion_error_px(made: tuple[Frame, Frame], true: tuple[Frame, Frame], flow_px: Map) -> float | None:
    """How far off, in pixels, the motion of what truly moves is from one frame to the next.

    Blocks of 16 pixels on moving things with something to see are found again in the second frame, by the least sum of
    absolute differences within 6 pixels of where the theatre's `flow_px` (h, w, 2) says; in the made picture and in the
    true one, whose own misses are no error. None where hardly anything moves.
    """
    before, after = (_luma(frame) for frame in true)
    mine = tuple(_luma(frame) for frame in made)
    errors = []
    for y, x in _blocks(before, flow_px):
        to_y, to_x = y + round(float(flow_px[y, x, 1])), x + round(float(flow_px[y, x, 0]))
        found = [_found(one, other, (y, x), (to_y, to_x)) for one, other in ((before, after), mine)]
        errors.append(math.dist(*found))
    return float(np.mean(errors)) if len(errors) >= _LEAST_BLOCKS else None


def _blocks(picture: Map, flow_px: Map) -> list[tuple[int, int]]:
    """The middles of up to 48 blocks that move, can be told and stay within the picture."""
    height, width = picture.shape
    room = _BLOCK_PX // 2 + _SEARCH_PX + 1
    chosen = []
    for y in range(room, height - room, _BLOCK_PX // 2):
        for x in range(room, width - room, _BLOCK_PX // 2):
            to_x, to_y = x + flow_px[y, x, 0], y + flow_px[y, x, 1]
            moves = math.hypot(to_x - x, to_y - y) > _MOVING_PX
            if moves and room <= to_x < width - room and room <= to_y < height - room:
                patch = _patch(picture, y, x)
                if min(np.abs(np.diff(patch, axis=axis)).mean() for axis in (0, 1)) > _LEAST_TEXTURE:
                    chosen.append((y, x))
    return chosen[:: max(1, len(chosen) // _MOST_BLOCKS)]


def _found(before: Map, after: Map, at: tuple[int, int], near: tuple[int, int]) -> tuple[int, int]:
    """How far from `near` the block is found again."""
    y, x = near
    half = _BLOCK_PX // 2 + _SEARCH_PX
    views = np.lib.stride_tricks.sliding_window_view(
        after[y - half : y + half, x - half : x + half], (_BLOCK_PX, _BLOCK_PX)
    )
    miss = np.abs(views - _patch(before, *at)).sum(axis=(2, 3))
    row, column = np.unravel_index(int(miss.argmin()), miss.shape)
    return int(row) - _SEARCH_PX, int(column) - _SEARCH_PX


def _patch(picture: Map, y: int, x: int) -> Map:
    half = _BLOCK_PX // 2
    return picture[y - half : y + half, x - half : x + half]


def _luma(picture: Frame) -> Map:
    return np.asarray(picture @ np.array([0.299, 0.587, 0.114], dtype=np.float32))


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
