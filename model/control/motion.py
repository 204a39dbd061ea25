"""Motion in the colours of optical flow: hue is its direction, strength its speed, white stands still.

The colour wheel of Baker et al. 2011 ("A Database and Evaluation Methodology for Optical Flow"), which RAFT's pictures
use too. A frame shows how it was come to from the one before; a shot's first shows the same as its second. The fastest
motion of the shot has the full colour in all of its frames, so that a still moment stays white.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from model.control.nearness import instants
from model.request import Frame
from model.stage import Stage
from model.theatre.passes import passes

__all__ = ["flow_colours", "flow_frames"]

Map = NDArray[np.float32]

_SHRINK = 4  # the scale is found on pictures of a quarter of the sides
_FASTEST = 99.5  # the percentile that has the full colour
_LEAST = 0.002  # slower than this share of the width a frame, the fastest motion is no full colour
_FINE = 16
_WHEEL = (15, 6, 4, 11, 13, 6)  # steps from red to yellow, green, cyan, blue, magenta and round to red


def flow_frames(stage: Stage, times_s: Sequence[float], fps: float, width_px: int, height_px: int) -> Iterator[Frame]:
    """A picture of motion for each of the times."""
    fastest = _fastest_px(stage, fps, width_px, height_px)
    for time_s in times_s:
        flow = passes(stage, max(time_s - 1.0 / fps, 0.0), width_px, height_px, fps).flow_px
        yield flow_colours(flow / np.float32(fastest))


def _fastest_px(stage: Stage, fps: float, width_px: int, height_px: int) -> float:
    """The motion a frame that has the full colour, in pixels."""
    width, height = max(width_px // _SHRINK, 16), max(height_px // _SHRINK, 16)
    found = [np.hypot(*np.moveaxis(passes(stage, t, width, height, fps).flow_px, 2, 0)) for t in instants(stage)]
    return max(float(np.percentile(np.stack(found), _FASTEST)) * width_px / width, _LEAST * width_px)


def flow_colours(flow: Map) -> Frame:
    """Flow (h, w, 2), x right and y down, in shares of the fastest, as colours (h, w, 3)."""
    right, down = flow[..., 0], flow[..., 1]
    speed = np.minimum(np.hypot(right, down), 1.0)
    wheel = _wheel()
    turn = (np.arctan2(-down, -right) / np.float32(np.pi) + 1) * np.float32(0.5 * (len(wheel) - 1))
    colour = np.take(wheel, (turn + np.float32(0.5)).astype(np.int32), axis=0)
    return np.asarray(255.5 - speed[..., None] * (255 - colour), dtype=np.uint8)


@cache
def _wheel() -> Map:
    """(n, 3): the colours of the directions round to the first, from 0 to 255, in fine steps."""
    corners = np.array([(1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1), (1, 0, 0)], dtype=np.float32)
    arcs = [
        a + (b - a) * (np.arange(steps, dtype=np.float32) / steps)[:, None]
        for a, b, steps in zip(corners[:-1], corners[1:], _WHEEL, strict=True)
    ]
    coarse = np.concatenate(arcs) * 255
    at = np.linspace(0, len(coarse) - 1, _FINE * (len(coarse) - 1) + 1)  # as RAFT's, the last step does not close
    return np.stack([np.interp(at, np.arange(len(coarse)), column) for column in coarse.T], axis=1).astype(np.float32)
