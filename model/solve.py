"""Ways along a flow, from noise to a picture: plain functions of a velocity, a start and the levels to stop at.

A solver knows no model: `velocity` is any callable of the place and its level, as `model.flow` has them. It draws no
noise of its own, so the same start ends at the same picture.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from torch import Tensor

from model.errors import PictureError
from model.flow import to_clean

__all__ = ["Callback", "Progress", "Velocity", "euler", "heun"]

Velocity = Callable[[Tensor, Tensor], Tensor]
"""(x, its level, of no axes) → velocity, of x's shape."""


class Progress(NamedTuple):
    """Where a solver stands, before it makes step number `step` (from 0) of `steps`."""

    step: int
    steps: int
    level: Tensor  # ()
    x: Tensor  # at that level
    clean: Tensor  # where the velocity there would lead in one step


Callback = Callable[[Progress], None]


def euler(velocity: Velocity, x: Tensor, levels: Tensor, *, callback: Callback | None = None) -> Tensor:
    """x at the last of `levels` (steps + 1,), falling, from x at the first: one velocity a step.

    Raises:
        PictureError: a step gives what is no number.
    """
    steps = len(levels) - 1
    for step, (now, then) in enumerate(pairwise(levels)):
        v = _finite(velocity(x, now), now, step, steps)
        if callback is not None:
            callback(Progress(step, steps, now, x, to_clean(v, x, now)))
        x = x + (then - now) * v
    return x


def heun(velocity: Velocity, x: Tensor, levels: Tensor, *, callback: Callback | None = None) -> Tensor:
    """As `euler`, of the second order: the mean of the velocities at both ends of a step (Karras et al. 2022, alg. 1).

    A step to level 0 is Euler's, for a model that predicts the clean has no velocity there.

    Raises:
        PictureError: a step gives what is no number.
    """
    steps = len(levels) - 1
    for step, (now, then) in enumerate(pairwise(levels)):
        v = _finite(velocity(x, now), now, step, steps)
        if callback is not None:
            callback(Progress(step, steps, now, x, to_clean(v, x, now)))
        if then > 0:
            v = (v + _finite(velocity(x + (then - now) * v, then), then, step, steps)) / 2
        x = x + (then - now) * v
    return x


def _finite(v: Tensor, level: Tensor, step: int, steps: int) -> Tensor:
    if not bool(v.isfinite().all()):
        raise PictureError(
            f"step {step + 1} of {steps}, at noise level {float(level):.2f}, gave what is no number. "
            "Fix: take another seed or less guidance; if it stays, the weights are broken: fetch them anew."
        )
    return v
