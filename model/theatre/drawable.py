"""What the painter's algorithm sorts: a depth and a way to paint itself.

Holds no drawing of its own; places, props and people make these, `model.theatre.drawing` paints them far to near.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import skia

from model.theatre.paint import Part
from model.theatre.sets.kit import Piece

__all__ = ["Drawable"]


@dataclass(frozen=True)
class Drawable:
    """One thing on the stage: how far it stands from the camera along its axis, and how it is painted."""

    depth_m: float
    paint: Callable[[skia.Canvas], None]
    still: Piece | None = None  # the piece of the set that it is, where it looks the same at all times
    owner: int = 0  # the set, else which of the stage's figures, then props, counted from 1
    part: Part | None = None  # of a figure, where it is a part alone
    coded: int = 0  # the first of the surfaces that a figure's parts were given, in an index picture
    mirror_px: float | None = None  # the row of the picture about which wet ground mirrors it
