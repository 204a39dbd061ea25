"""Points on a head, gathered from all of its features and projected in one step.

Features put their points in and get them back as pixels; the chart paints nothing and knows no feature.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.theatre.people.head import HeadForm

__all__ = ["Chart"]

Array = NDArray[np.float64]


class Chart:
    """Gathers heights and angles on a head's surface; `pixels` gives them all, in the order they came."""

    def __init__(self, form: HeadForm) -> None:
        self.form = form
        self._heights: list[Array] = []
        self._angles: list[Array] = []
        self._lifts: list[float] = []
        self._counts: list[int] = []
        self._raised: list[tuple[slice, Array]] = []
        self._count = 0

    def put(self, y: Array, angle: Array, lift: float | Array = 0.0) -> slice:
        """Adds points at heights and angles, lifted off the surface in head heights; says which they will be."""
        count = len(angle)
        where = slice(self._count, self._count + count)
        self._heights.append(y)
        self._angles.append(angle)
        self._counts.append(count)
        if isinstance(lift, float):
            self._lifts.append(lift)
        else:
            self._lifts.append(0.0)
            self._raised.append((where, lift))
        self._count = where.stop
        return where

    def pixels(self) -> Array:
        """(n, 2) pixels of all points; what faces away is kept at the edge that is seen."""
        if not self._count:
            return np.empty((0, 2))
        lifts = np.repeat(self._lifts, self._counts)
        for where, lift in self._raised:
            lifts[where] = lift
        return self.form.at(np.concatenate(self._heights), np.concatenate(self._angles), lifts)
