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
    """The back end of a name: "dit", "previz", a pretrained engine's ENGINE:WEIGHTS, or the path of its file.

    Raises:
        WorkprintError: there is none of this name, or an engine's file cannot be read.
    """
    if name == MODEL:
        from model.backends.dit import VideoDiTBackend

        return VideoDiTBackend()
    if name == DRAWING:
        from model.backends.previz import Previz

        return Previz()
    from director.engine_file import ENGINE_FILES, engine_config
    from model.backends.pretrained import Pretrained
    from model.backends.registry import ENGINES

    if ":" in name or name.lower().endswith(ENGINE_FILES) or name in ENGINES:
        return Pretrained(engine_config(name, ENGINES))
    near = near_name(name, (MODEL, DRAWING, *ENGINES)) or "."
    raise WorkprintError(
        f"no picture back end '{name}'{near} Fix: use --picture {DRAWING}, --picture {MODEL}, a pretrained engine as "
        "ENGINE:WEIGHTS (`workprint weights list` names them), or an engine's YAML file."
    )
