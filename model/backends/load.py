"""From a source to a pipeline that is ready to be called: folder or hub snapshot, one-file transformers, LoRAs.

Only safetensors and GGUF are read; code that comes with weights is never run, and nothing is fetched.
"""

from __future__ import annotations

from typing import Any

from model.backends.config import EngineConfig
from model.backends.index import PipelineIndex

__all__ = ["Loaded", "digest_of", "index_of", "load"]


class Loaded:
    """A pipeline in this process, on the machine as a profile says. Steps down when memory runs out."""

    index: PipelineIndex

    def call(self, pipeline: str | None, arguments: dict[str, Any]) -> Any:
        """Calls the pipeline, or its parts as another class; when memory runs out, steps down one profile and again.

        Raises:
            PictureError: memory runs out on the last profile; a step gave what is no number.
        """
        raise NotImplementedError(pipeline, arguments)

    @property
    def told(self) -> tuple[str, ...]:
        """What was found out: which profile is used, and which were given up, as sentences."""
        raise NotImplementedError


def index_of(config: EngineConfig) -> PipelineIndex:
    """What the weights say of themselves; nothing is loaded.

    Raises:
        PictureError: they are not on this machine, not whole, or of another engine.
    """
    raise NotImplementedError(config)


def digest_of(config: EngineConfig) -> str:
    """The digest of all that is read: 64 hexadecimal digits. Large files are digested once and remembered."""
    raise NotImplementedError(config)


def load(config: EngineConfig) -> Loaded:
    """The pipeline of a config, read once in each process.

    Raises:
        PictureError: as `index_of`; no profile fits the machine.
    """
    raise NotImplementedError(config)
