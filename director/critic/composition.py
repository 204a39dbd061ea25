"""Whether a picture is composed as its stage is: not left for right, and not still the picture of the shot before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from director.critic.expected import Expected, Instant
from director.critic.verdict import Verdict, at_least
from director.critic.watching import luma
from model.request import ClipRequest, Frame
from model.theatre.passes import passes

__all__ = ["judge_cut", "judge_sides", "way_round"]

Map = NDArray[np.float32]

WAY_ROUND = -0.06
CUT = -0.06
_SAME_VIEW = 0.6
_STEEP_LEVELS = 24.0


def judge_sides(expected: Expected, frames: dict[int, Frame]) -> list[Verdict]:
    """A verdict on left and right, where the stage is not alike on both sides."""
    figure = way_round(expected, frames)
    if figure is None:
        return []
    told = f"the picture's edges fit the stage {figure:+.2f} better than the stage mirrored"
    return [at_least("mirrored", "", figure, WAY_ROUND, "correlation", told, best=0.3)]


def way_round(expected: Expected, frames: dict[int, Frame]) -> float | None:
    """How much better the picture's edges correlate with the stage's than with the stage's mirrored."""
    found = []
    for instant in expected.instants:
        frame = frames.get(instant.index)
        if frame is None:
            continue
        edges, slopes = instant.edges, _slopes(frame)
        found.append(_alike(slopes, edges) - _alike(slopes, edges[:, ::-1]))
    return float(np.mean(found)) if found else None


def judge_cut(frame: Frame, expected: Expected, before: ClipRequest) -> list[Verdict]:
    """A verdict on a cut that should change the picture: does the shot open on its own picture, or on the last one?

    `before` is what the shot before was asked for. None is given where the two stages are too alike to tell.
    """
    height, width = expected.instants[0].shape
    last = Instant(0, passes(before.stage, max(0, before.frame_count - 1) / before.fps, width, height))
    now, then = expected.instants[0].edges, last.edges
    if _alike(now, then) > _SAME_VIEW:
        return []
    slopes = _slopes(frame)
    figure = _alike(slopes, now) - _alike(slopes, then)
    told = f"the first frame fits its own stage {figure:+.2f} better than the end of the shot before"
    return [at_least("cut_jump", "", figure, CUT, "correlation", told, best=0.3)]


def _slopes(frame: Frame) -> Map:
    return np.asarray(np.minimum(ndimage.gaussian_gradient_magnitude(luma(frame), 1.0), _STEEP_LEVELS))


def _alike(a: Map, b: Map) -> float:
    p, q = a - a.mean(), b - b.mean()
    return float((p * q).sum() / np.sqrt(max(1e-9, float((p * p).sum()) * float((q * q).sum()))))
