"""Whether a picture is composed as its stage is: not left for right, and not still the picture of the shot before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from director.critic.expected import Expected
from director.critic.verdict import Verdict, at_least, at_most
from director.critic.watching import luma, resized
from model.request import ClipRequest, Frame
from model.theatre.passes import mannequin

__all__ = ["judge_cut", "judge_sides", "likeness", "stages_alike", "way_round"]

Map = NDArray[np.float32]

WAY_ROUND = -0.02
LIKENESS = 0.93
_SMALL_PX = (96, 54)


def judge_sides(expected: Expected, frames: dict[int, Frame]) -> list[Verdict]:
    """A verdict on left and right, where the stage is not alike on both sides."""
    figure = way_round(expected, frames)
    if figure is None:
        return []
    told = f"the picture's edges fit the stage {figure:+.2f} better than the stage mirrored, at least {WAY_ROUND:+.2f}"
    return [at_least("mirrored", "", figure, WAY_ROUND, "correlation", told, best=0.3)]


def way_round(expected: Expected, frames: dict[int, Frame]) -> float | None:
    """How much better the picture's edges correlate with the stage's than with the stage's mirrored."""
    found = []
    for instant in expected.instants:
        frame = frames.get(instant.index)
        if frame is None:
            continue
        edges = instant.edges
        slopes = np.minimum(ndimage.gaussian_gradient_magnitude(luma(frame), 1.0), 24.0)
        found.append(_alike(slopes, edges) - _alike(slopes, edges[:, ::-1]))
    return float(np.mean(found)) if found else None


def judge_cut(frame: Frame, last: Frame, promised: float) -> list[Verdict]:
    """A verdict on a cut that should change the picture; `promised` is how alike the two stages are at the cut."""
    figure = likeness(frame, last)
    if promised > LIKENESS - 0.1:
        return []
    told = f"the first frame is {figure:.2f} like the last of the shot before, at most {LIKENESS:.2f}: the cut jumps"
    return [at_most("cut_jump", "", figure, LIKENESS, "correlation", told)]


def stages_alike(before: ClipRequest, now: ClipRequest) -> float:
    """How alike two stages' mannequins are at a cut: the last moment of one and the first of the other."""
    width, height = 2 * _SMALL_PX[0], 2 * _SMALL_PX[1]
    last_s = max(0, before.frame_count - 1) / before.fps
    return likeness(mannequin(before.stage, last_s, width, height), mannequin(now.stage, 0.0, width, height))


def likeness(one: Frame, other: Frame) -> float:
    """The correlation of two pictures' light, small and a little soft: 1 for the same picture."""
    a, b = (ndimage.gaussian_filter(luma(resized(frame, *_SMALL_PX)), 1.0) for frame in (one, other))
    return _alike(a, b)


def _alike(a: Map, b: Map) -> float:
    p, q = a - a.mean(), b - b.mean()
    return float((p * q).sum() / np.sqrt(max(1e-9, float((p * p).sum()) * float((q * q).sum()))))
