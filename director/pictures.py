"""Which picture back ends there are, by the names that `--picture` takes; only the one asked for is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shots.errors import WorkprintError, near_name

if TYPE_CHECKING:
    from model.backends.config import EngineConfig
    from model.images.maker import ImageMaker
    from model.request import Backend

__all__ = ["DRAWING", "MODEL", "PICTURE", "backend_of", "check_machine", "check_picture", "images_of", "let_go"]

MODEL = "dit"
"""The local video model."""

DRAWING = "previz"
"""What draws at once and needs no weights."""

PICTURE = MODEL
"""What pictures a film unless another back end is named."""


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


def check_picture(backend: Backend, width_px: int, height_px: int) -> None:
    """Tells what is wrong with a back end for a film of this size, before anything of it is made. Loads nothing.

    Raises:
        PictureError: its weights are missing, not whole or of another engine; a setting is not one of its own; it makes
            no picture near the film's shape.
    """
    from model.backends.pretrained import Pretrained

    if isinstance(backend, Pretrained):
        backend.check(width_px, height_px)
    _ = backend.weights_digest


def check_machine(backend: Backend) -> None:
    """Tells in time that pictures cannot be made on this machine. Where there is a graphics card, a process of its own
    looks, so that nothing stays there.

    Raises:
        PictureError: the weights fit it in no way.
    """
    from model.backends.pretrained import Pretrained
    from model.gpus import gpu_count

    if not isinstance(backend, Pretrained):
        return
    if not gpu_count():
        _fit(backend.config)
        return
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        process.submit(_fit, backend.config).result()


def _fit(config: EngineConfig) -> None:
    from model.backends.fit.machine import read_machine
    from model.backends.load import fit_of

    fit_of(config, read_machine())


def let_go() -> None:
    """Lets go of what was loaded in this process, with the memory that it takes."""
    from model.backends.load import unload

    unload()


def images_of(backend: Backend) -> ImageMaker | None:
    """What makes pictures of the cast and places for a back end that is shown them, where one is named.

    Raises:
        PictureError: there is no such engine of single pictures.
    """
    if "identity" not in backend.reads:
        return None
    from model.backends.pretrained import Pretrained

    if not isinstance(backend, Pretrained) or backend.config.images is None:
        return None
    from model.images.pretrained import PretrainedImages

    return PretrainedImages(backend.config.images)
