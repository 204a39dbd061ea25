"""Whether what moves goes the way it should: everybody who goes somewhere, and the camera.

The stage's flow says where each pixel is a moment later. A picture holds to it when it is found again there, rather
than as far the other way.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from director.critic.expected import Expected, Mask
from director.critic.verdict import Verdict, at_least
from director.critic.watching import luma
from model.request import Frame

__all__ = ["judge_motion", "way"]

WAY = -0.15
_LEAST_PX = 150
_MOVING_PX = 0.8
_FARTHEST = 0.08
"""Of the picture's width: what goes farther between two frames is another picture."""
_SURE_LEVELS = 0.6


def judge_motion(expected: Expected, frames: dict[int, Frame]) -> list[Verdict]:
    """Verdicts on everybody who moves over the picture, and on the camera's move."""
    found = way(expected, frames)
    verdicts = []
    for who, figure in found.items():
        constraint, what = ("screen_direction", who) if who else ("camera_move", "the camera")
        told = f"{what} moves with the stage by {figure:+.2f} of the way from against it (-1) to with it (+1)"
        verdicts.append(at_least(constraint, who, figure, WAY, "share", told, best=1.0))
    return verdicts


def way(expected: Expected, frames: dict[int, Frame]) -> dict[str, float]:
    """By name ("" for the set under a moving camera): 1 where all moves as it should, -1 the other way."""
    misses: dict[str, list[tuple[float, float, int]]] = {}
    for instant in expected.instants[1:4]:
        now, then = frames.get(instant.index), frames.get(instant.index + expected.gap_frames)
        if now is None or then is None:
            continue
        flow = instant.seen.flow_px
        before, after = (ndimage.gaussian_filter(luma(frame), 0.8) for frame in (now, then))
        far = np.hypot(flow[..., 0], flow[..., 1])
        goes = (far > _MOVING_PX) & (far < _FARTHEST * before.shape[1])
        person = instant.seen.person
        targets: list[tuple[str, Mask]] = [("", (person == 0) & (instant.seen.prop == 0))]
        targets += [(one.figure.id, one.silhouette) for one in instant.people]
        for name, where in targets:
            where = where & goes
            if where.sum() >= _LEAST_PX:
                misses.setdefault(name, []).append((*_missed(before, after, flow, where), int(where.sum())))
    figures = {}
    for name, rows in misses.items():
        weight = sum(row[2] for row in rows)
        ahead, back = (sum(row[k] * row[2] for row in rows) / weight for k in (0, 1))
        if abs(back - ahead) >= _SURE_LEVELS:
            figures[name] = (back - ahead) / (back + ahead)
    return figures


def _missed(
    before: NDArray[np.float32], after: NDArray[np.float32], flow: NDArray[np.float32], where: Mask
) -> tuple[float, float]:
    """The mean error in levels of finding pixels again along their flow, and as far the other way."""
    height, width = before.shape
    y, x = np.nonzero(where)
    step = max(1, math.isqrt(len(y) // 4000 + 1))
    y, x = y[::step], x[::step]
    errors = []
    for sign in (1.0, -1.0):
        to_x, to_y = x + sign * flow[y, x, 0], y + sign * flow[y, x, 1]
        found = ndimage.map_coordinates(after, [to_y, to_x], order=1, mode="nearest")
        within = (to_x >= 0) & (to_x <= width - 1) & (to_y >= 0) & (to_y <= height - 1)
        errors.append(np.where(within, np.abs(found - before[y, x]), np.nan))
    both = ~np.isnan(errors[0]) & ~np.isnan(errors[1])
    if both.sum() < 20:
        return 0.0, 0.0
    return float(errors[0][both].mean()), float(errors[1][both].mean())
