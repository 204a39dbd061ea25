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
        count = len(self._panels)
        self._owner = np.array([i for i, _ in self._panels], dtype=np.int64)
        self._corners = np.zeros((count, 4, 3))
        self._origin, self._normal = np.zeros((count, 3)), np.zeros((count, 3))
        self._card = np.array([panel.card for _, panel in self._panels], dtype=bool)
        for k, (_, panel) in enumerate(self._panels):
            self._corners[k] = _corners(panel)
            self._origin[k], self._normal[k] = panel.origin, panel.normal
        # A card turns about its upright: across, it may reach its half width to any side.
        self._reach = np.array([max(-p.extent[0], p.extent[2]) if p.card else 0.0 for _, p in self._panels])
        self._at = np.array([piece.at for piece in pieces]).reshape(-1, 3)

    def seen(self, view: View) -> list[tuple[int, list[tuple[Panel, float]]]]:
        """The pieces in the picture, the farthest first: each with its panels and their depths, far to near."""
        if not self._panels:
            return []
        eye = np.asarray(view.eye)
        facing = self._card | (((eye - self._origin) * self._normal).sum(axis=1) > 0)
        local = (self._corners - eye) @ view.rotation.T
        reach = self._reach[:, None]
        x, y, z = local[..., 0], local[..., 1], local[..., 2]
        half_w, half_h = view.width_px / 2 / view.focal_px, view.height_px / 2 / view.focal_px
        inside = facing & ((z + reach).max(axis=1) > NEAR_M)
        inside &= ((x + reach + half_w * (z + reach)).max(axis=1) > 0) & (
            (x - reach - half_w * (z + reach)).min(axis=1) < 0
        )
        inside &= ((y + reach + half_h * (z + reach)).max(axis=1) > 0) & (
            (y - reach - half_h * (z + reach)).min(axis=1) < 0
        )
        near = np.maximum(z.min(axis=1), 0.0)
        depth = np.maximum(0.5, (z.max(axis=1) + near) / 2)
        size = (
            np.maximum(np.ptp(x, axis=1) + 2 * self._reach, np.ptp(y, axis=1)) * view.focal_px / np.maximum(near, 0.3)
        )
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


def _corners(panel: Panel) -> NDArray[np.float64]:
    a0, b0, a1, b1 = panel.extent
    o, u, v = np.asarray(panel.origin), np.asarray(panel.u), np.asarray(panel.v)
    if panel.card:
        a0 = a1 = 0.0  # its width is told by its reach
    return np.array([o + a * u + b * v for a, b in ((a0, b0), (a1, b0), (a1, b1), (a0, b1))])
