"""The drawn world: one Stage, pictured as a finished frame and as the mannequin pass."""

from __future__ import annotations

from model.theatre.drawing import draw, mannequin

__all__ = ["draw", "mannequin"]
