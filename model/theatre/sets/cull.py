"""Which panels of a set are in a picture, told for the whole set at once.

A panel is left out when it is turned away, when all of it lies beyond one side of the picture, or when it would
be too small to see. What is left comes with its depth.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.theatre.sets.kit import Panel, Piece
from model.theatre.view import NEAR_M, View

__all__ = ["Cull"]

SMALLEST_PX = 0.8


class Cull:
    """The panels of some pieces as arrays, made once for a set."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._panels = [(i, panel) for i, piece in enumerate(pieces) for panel in piece.panels]
        panels = [panel for _, panel in self._panels]
        self._owner = np.array([i for i, _ in self._panels], dtype=np.int64)
        corners = np.array([_corners(panel) for panel in panels]).reshape(-1, 4, 3)
        self._corners = np.ascontiguousarray(corners.transpose(2, 1, 0)).reshape(3, -1)  # axes, then corner by corner
        origin = np.array([panel.origin for panel in panels]).reshape(-1, 3)
        self._normal = np.array([panel.normal for panel in panels]).reshape(-1, 3)
        self._plane = (origin * self._normal).sum(axis=1)
        # A card has two faces, and turns about its upright: across, it may reach its half width to any side.
        self._plane[[panel.card for panel in panels]] = -np.inf
        self._reach = np.array([max(-p.extent[0], p.extent[2]) if p.card else 0.0 for p in panels])
        self._at = np.array([piece.at for piece in pieces]).reshape(-1, 3)

    def seen(self, view: View) -> list[tuple[int, list[tuple[Panel, float]]]]:
        """The pieces in the picture, the farthest first: each with its panels and their depths, far to near."""
        if not self._panels:
            return []
        eye = np.asarray(view.eye)
        x, y, z = (view.rotation @ self._corners - (view.rotation @ eye)[:, None]).reshape(3, 4, -1)
        half_w, half_h = view.width_px / 2 / view.focal_px, view.height_px / 2 / view.focal_px
        nearest, farthest = _least(z), _most(z)
        reach = self._reach
        inside = (self._normal @ eye > self._plane) & (farthest + reach > NEAR_M)
        left, right, low, high = _least(x), _most(x), _least(y), _most(y)
        for half, across in ((half_w, x), (half_h, y)):
            beyond, slack = half * z, reach * (1.0 + half)
            inside &= _most(across + beyond) + slack > 0
            inside &= _least(across - beyond) - slack < 0
        near = np.maximum(nearest, 0.0)
        depth = np.maximum(0.5, (farthest + near) / 2)
        size = np.maximum(right - left + 2 * reach, high - low) * view.focal_px / np.maximum(near, 0.3)
        inside &= size > SMALLEST_PX
        indices = np.flatnonzero(inside)
        if not len(indices):
            return []
        distance = np.hypot(self._at[:, 0] - eye[0], self._at[:, 2] - eye[2])
        owners = self._owner[indices]
        # Pieces by distance; inside one, panels keep the order in which they were built.
        order = np.lexsort((indices, owners, -distance[owners]))
        found: list[tuple[int, list[tuple[Panel, float]]]] = []
        for k in order.tolist():
            owner, panel = self._panels[int(indices[k])]
            if not found or found[-1][0] != owner:
                found.append((owner, []))
            found[-1][1].append((panel, float(depth[indices[k]])))
        return found


def _least(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The least of four corners; so told, in a third of the time of a reduction."""
    found: NDArray[np.float64] = np.minimum(np.minimum(values[0], values[1]), np.minimum(values[2], values[3]))
    return found


def _most(values: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.maximum(np.maximum(values[0], values[1]), np.maximum(values[2], values[3]))
    return found


def _corners(panel: Panel) -> NDArray[np.float64]:
    a0, b0, a1, b1 = panel.extent
    o, u, v = np.asarray(panel.origin), np.asarray(panel.u), np.asarray(panel.v)
    if panel.card:
        a0 = a1 = 0.0  # its width is told by its reach
    return np.array([o + a * u + b * v for a, b in ((a0, b0), (a1, b0), (a1, b1), (a0, b1))])
