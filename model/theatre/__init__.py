"""The drawn world: one Stage, pictured as a finished frame, with the truth of each of its pixels."""

from __future__ import annotations

from model.theatre.drawing import draw
from model.theatre.passes import mannequin, passes

__all__ = ["draw", "mannequin", "passes"]
