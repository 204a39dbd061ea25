"""Depth as engines with control were trained on it: inverse depth in grey, the nearest white, the farthest black.

The scale is one for the whole shot, found at a few instants beforehand, so that what stands still keeps its grey, in
all of the calls that a shot is made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from model.request import Frame
from model.stage import Stage
from model.theatre.passes import passes

__all__ = ["depth_frames", "instants"]

_SHRINK = 4  # the scale is found on pictures of a quarter of the sides
_OFTEN = 9  # at so many instants
_NEAREST = 99.8  # the percentile that is white: a thing right before the lens does not darken all else


def depth_frames(stage: Stage, times_s: Sequence[float], width_px: int, height_px: int) -> Iterator[Frame]:
    """A picture of depth for each of the times."""
    far, near = _span(stage, width_px, height_px)
    scale = 255.0 / max(near - far, 1e-6)
    for time_s in times_s:
        grey = (_nearness(stage, time_s, width_px, height_px) - far) * scale
        yield np.repeat(np.clip(grey + 0.5, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def instants(stage: Stage) -> list[float]:
    """A few instants of a stage, from its beginning to its end, to find a scale at."""
    return [k / (_OFTEN - 1) * stage.duration_s for k in range(_OFTEN)]


def _span(stage: Stage, width_px: int, height_px: int) -> tuple[float, float]:
    """The inverse depths (1/m) that are black and white."""
    size = max(width_px // _SHRINK, 16), max(height_px // _SHRINK, 16)
    found = np.stack([_nearness(stage, time_s, *size) for time_s in instants(stage)])
    return float(found.min()), float(np.percentile(found, _NEAREST))


def _nearness(stage: Stage, time_s: float, width_px: int, height_px: int) -> NDArray[np.float32]:
    return 1.0 / passes(stage, time_s, width_px, height_px).depth_m
