"""Which picture back ends there are, by the names that `--picture` takes; only the one asked for is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shots.errors import WorkprintError, near_name

if TYPE_CHECKING:
    from model.request import Backend

__all__ = ["DRAWING", "MODEL", "PICTURE", "backend_of"]

MODEL = "dit"
"""The local video model."""

DRAWING = "previz"
"""What draws at once and needs no weights."""

PICTURE = DRAWING
"""What pictures a film unless another back end is named: the drawing, until the model's weights are shipped."""


def backend_of(name: str) -> Backend:
    """The back end of a name.

    Raises:
        WorkprintError: there is none of this name.
    """
    if name == MODEL:
        from model.backends.dit import VideoDiTBackend

        return VideoDiTBackend()
    if name == DRAWING:
        from model.backends.previz import Previz

        return Previz()
    near = near_name(name, (MODEL, DRAWING)) or "."
    raise WorkprintError(f"no picture back end '{name}'{near} Fix: use --picture {MODEL} or --picture {DRAWING}.")
