"""The sizes that pictures are made at, and those that can be asked for.

A model has learned pictures of one area, in whole tokens. It makes the nearest aspect at that area, and the picture is
enlarged or reduced to what is asked for; no aspect is stretched by more than 5 % between 1:2 and 5:2.
"""

from __future__ import annotations

import math

from model.errors import PictureError

__all__ = ["AREA_PX", "check_size", "working_size"]

AREA_PX = 512 * 288
"""The area that the shipped model has learned."""

_STEP_PX = 32
_SMALLEST_PX, _LARGEST_PX = 16, 7680
_MOST_OBLONG = 4.0
_NEAR_AREA = (0.75, 1.3)


def check_size(width_px: int, height_px: int) -> None:
    """Whether pictures of this size can be made.

    Raises:
        PictureError: a side is odd or out of range, or one is more than four times as long as the other.
    """
    for side, px in (("width", width_px), ("height", height_px)):
        if not _SMALLEST_PX <= px <= _LARGEST_PX or px % 2:
            raise PictureError(
                f"the model cannot picture a {side} of {px} pixels. "
                f"Fix: ask for an even number from {_SMALLEST_PX} to {_LARGEST_PX}."
            )
    if max(width_px, height_px) > _MOST_OBLONG * min(width_px, height_px):
        raise PictureError(
            f"the model cannot picture {width_px}×{height_px}: one side is more than {_MOST_OBLONG:.0f} times the "
            "other. Fix: ask for a squarer picture and crop it."
        )


def working_size(width_px: int, height_px: int, area_px: int = AREA_PX) -> tuple[int, int]:
    """Width and height, in steps of 32 pixels, of about `area_px` and nearest in aspect."""

    def misfit(size: tuple[int, int]) -> float:
        width, height = size
        return 2 * abs(math.log(width * height_px / (height * width_px))) + 0.25 * abs(
            math.log(width * height / area_px)
        )

    longest = math.ceil(math.sqrt(area_px * _MOST_OBLONG) * 1.2 / _STEP_PX)
    sides = [_STEP_PX * k for k in range(1, longest + 1)]
    low, high = (share * area_px for share in _NEAR_AREA)
    return min(((w, h) for w in sides for h in sides if low <= w * h <= high), key=misfit)
