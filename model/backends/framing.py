"""The size that an engine works in, and where the film's frame lies in it.

An engine makes sizes in steps, near the area that it has learnt, or a few alone. The film's frame is all of that where
the two have about one shape; else the largest window of the film's shape in the middle, so that nobody is stretched.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.backends.engine import Sizes
from model.errors import PictureError
from model.given import resized
from model.request import Frame

__all__ = ["Framing", "framing_of"]

_SAME_SHAPE = 0.03  # in the logarithm of width over height
_LEAST_SHARE = 0.4  # of an engine's picture, that the film's frame is to fill
_NEAR_AREA = (0.75, 1.06)


@dataclass(frozen=True)
class Framing:
    """An engine's picture of `width_px` × `height_px`, whose middle `window_px` (width, height) is the film's frame."""

    width_px: int
    height_px: int
    window_px: tuple[int, int]

    @property
    def is_whole(self) -> bool:
        """Whether all of the engine's picture is the film's frame."""
        return self.window_px == (self.width_px, self.height_px)

    def into(self, picture: Frame) -> Frame:
        """A frame of the film as the engine is told of it: beyond the window it goes on as in a mirror."""
        return self.padded(resized(picture, *self.window_px))

    def padded(self, inner: Frame) -> Frame:
        """A picture of the window's size, as the middle of one of the engine's."""
        if self.is_whole:
            return inner
        (above, below), (left, right) = self._margins
        return np.pad(inner, ((above, below), (left, right), (0, 0)), mode="symmetric")

    def out_of(self, picture: Frame, width_px: int, height_px: int) -> Frame:
        """The film's frame of a picture of the engine's, at the film's size."""
        (above, below), (left, right) = self._margins
        inner = picture[above : self.height_px - below, left : self.width_px - right]
        return np.ascontiguousarray(resized(inner, width_px, height_px))

    @property
    def _margins(self) -> tuple[tuple[int, int], tuple[int, int]]:
        width, height = self.window_px
        left, above = (self.width_px - width) // 2, (self.height_px - height) // 2
        return (above, self.height_px - height - above), (left, self.width_px - width - left)


@lru_cache(maxsize=256)
def framing_of(width_px: int, height_px: int, sizes: Sizes, engine: str) -> Framing:
    """The engine's size that suits frames of this one best.

    Raises:
        PictureError: no size of the engine's comes near that shape.
    """
    shape = math.log(width_px / height_px)
    width, height = min(_made(sizes), key=lambda one: _misfit(one, shape, sizes.area_px))
    made = math.log(width / height)
    if abs(made - shape) <= _SAME_SHAPE:
        return Framing(width, height, (width, height))
    if shape > made:
        window = (width, max(2, round(width * height_px / width_px)))
    else:
        window = (max(2, round(height * width_px / height_px)), height)
    if window[0] * window[1] < _LEAST_SHARE * width * height:
        raise PictureError(
            f"{engine} makes no picture near the shape of {width_px}×{height_px}: {width}×{height} comes nearest. "
            f"Fix: set the film's size to {width}×{height}, or take an engine that makes other shapes."
        )
    return Framing(width, height, window)


def _made(sizes: Sizes) -> list[tuple[int, int]]:
    if sizes.fixed:
        return list(sizes.fixed)
    step = sizes.multiple_px
    low, high = (share * sizes.area_px for share in _NEAR_AREA)
    sides = [step * k for k in range(1, max(2, math.ceil(2.5 * math.sqrt(sizes.area_px) / step)))]
    return [(w, h) for w in sides for h in sides if low <= w * h <= high] or [(step, step)]


def _misfit(size: tuple[int, int], shape: float, area_px: int) -> float:
    width, height = size
    return 2 * abs(math.log(width / height) - shape) + 0.25 * abs(math.log(width * height / area_px))
