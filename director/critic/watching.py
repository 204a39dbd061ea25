"""A take watched once through: a few frames kept at a working size, and a coarse grid of every frame's light.

Reads frames one by one, so that a take's length costs little memory. Judges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from model.request import ClipRequest, Frame

__all__ = ["GRID", "Watched", "indices_of", "luma", "resized", "watch", "working_size"]

GRID = (18, 32)
"""Rows and columns of the grid that tells every frame's light."""
_WIDEST_PX = 256
_GRID_FROM_PX = 128
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_ON_TWOS_FPS = 20


@dataclass(frozen=True, eq=False)
class Watched:
    """A take: kept frames by index, every frame's grid (f, 18, 32) of luma, and how many had another size."""

    kept: dict[int, Frame]
    grid: NDArray[np.float32]
    of_other_size: int

    @property
    def frame_count(self) -> int:
        """How many frames there were."""
        return len(self.grid)


def indices_of(request: ClipRequest) -> tuple[tuple[int, ...], int]:
    """The frames that are looked at, from the first to nearly the last, and how many later motion is looked for.

    A film on twos holds every other drawing; looked at are those that are drawn.
    """
    step = 2 if request.fps >= _ON_TWOS_FPS else 1
    gap = step * max(1, round(request.fps / (8 * step)))
    last = max(0, (request.frame_count - 1 - gap) // step * step)
    chosen = {round(last * share / step) * step for share in (0.0, 0.3, 0.55, 0.8, 1.0)}
    return tuple(sorted(chosen)), gap


def working_size(request: ClipRequest) -> tuple[int, int]:
    """Width and height of the pictures that are measured; each half of a split screen is as wide as others are."""
    widest = _WIDEST_PX * (1 if request.stage.beside is None else 2)
    share = min(1.0, widest / request.width_px)
    return max(2, round(request.width_px * share)), max(2, round(request.height_px * share))


def watch(frames: Iterable[Frame], request: ClipRequest, wanted: frozenset[int]) -> Watched:
    """Goes through a take once; kept frames are of the working size."""
    kept: dict[int, Frame] = {}
    grid: list[NDArray[np.float32]] = []
    strange = 0
    size = working_size(request)
    for index, frame in enumerate(frames):
        if frame.shape != (request.height_px, request.width_px, 3):
            strange += 1
        if index in wanted:
            kept[index] = resized(frame, *size)
        grid.append(_grid(frame))
    return Watched(kept, np.array(grid, dtype=np.float32).reshape(-1, *GRID), strange)


def resized(frame: Frame, width_px: int, height_px: int) -> Frame:
    """A picture of another size, each pixel the mean of what it covers; (height_px, width_px, 3)."""
    height, width = frame.shape[:2]
    if (width, height) == (width_px, height_px):
        return frame
    small = _means(_means(frame.astype(np.float32), height_px, 0), width_px, 1)
    return np.asarray(small.round(), dtype=np.uint8)


def luma(frame: Frame) -> NDArray[np.float32]:
    """A picture's light, 0 to 255; (h, w)."""
    return np.asarray(frame @ _LUMA, dtype=np.float32)


def _grid(frame: Frame) -> NDArray[np.float32]:
    stride = max(1, frame.shape[1] // _GRID_FROM_PX)
    light = luma(frame[::stride, ::stride])
    return _means(_means(light, GRID[0], 0), GRID[1], 1)


def _means(picture: NDArray[np.float32], count: int, axis: int) -> NDArray[np.float32]:
    """Means of `count` even stretches along an axis; a picture with fewer pixels is drawn out."""
    length = picture.shape[axis]
    if length < count:
        zoom = [1.0] * picture.ndim
        zoom[axis] = count / length
        return np.asarray(ndimage.zoom(picture, zoom, order=1), dtype=np.float32)
    if length % count == 0:
        parts = picture.reshape(*picture.shape[:axis], count, length // count, *picture.shape[axis + 1 :])
        return np.asarray(parts.mean(axis=axis + 1), dtype=np.float32)
    starts = np.arange(count) * length // count
    sums = np.add.reduceat(picture, starts, axis=axis)
    sizes = np.diff([*starts.tolist(), length]).reshape([-1 if k == axis else 1 for k in range(picture.ndim)])
    return np.asarray(sums / sizes, dtype=np.float32)
