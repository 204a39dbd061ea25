"""Which picture back ends there are, by the names that `--picture` takes; only the one asked for is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shots.errors import WorkprintError, near_name

if TYPE_CHECKING:
    from model.request import Backend

__all__ = ["DRAWING", "PICTURE", "backend_of"]

PICTURE = "dit"
"""What pictures a film unless another back end is named: the local video model."""

DRAWING = "previz"
"""What draws at once and needs no weights."""


def backend_of(name: str) -> Backend:
    """The back end of a name.

    Raises:
        WorkprintError: there is none of this name.
    """
    if name == "dit":
        from model.backends.dit import VideoDiTBackend

        return VideoDiTBackend()
    if name == "previz":
        from model.backends.previz import Previz

        return Previz()
    near = near_name(name, (PICTURE, DRAWING)) or "."
    raise WorkprintError(f"no picture back end '{name}'{near} Fix: use --picture {PICTURE} or --picture {DRAWING}.")
