"""From a source to a pipeline that is ready to be called: folder or hub snapshot, one-file transformers, LoRAs.

Only safetensors and GGUF are read; code that comes with weights is never run, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from model.backends.config import EngineConfig, Source
from model.backends.index import PipelineIndex, read_index
from model.backends.registry import engine_of
from model.backends.weight_files import whole_size_bytes
from model.errors import PictureError
from model.hub import here

__all__ = ["Loaded", "digest_of", "folder_of", "index_of", "load", "open_pipeline"]


class Loaded:
    """A pipeline in this process, on the machine as a profile says. Steps down when memory runs out."""

    def __init__(self, index: PipelineIndex, pipeline: Any) -> None:
        self.index = index
        self.pipeline = pipeline
        self._told: tuple[str, ...] = ()

    def call(self, pipeline: str | None, arguments: dict[str, Any]) -> Any:
        """Calls the pipeline, or its parts as another class; when memory runs out, steps down one profile and again.

        Raises:
            PictureError: memory runs out on the last profile; a step gave what is no number.
        """
        import torch

        with torch.inference_mode():
            return self.as_class(pipeline)(**arguments)

    def as_class(self, pipeline: str | None) -> Any:
        """The pipeline, or one of another class that is made of the same parts."""
        import diffusers

        if pipeline is None or pipeline == type(self.pipeline).__name__:
            return self.pipeline
        kind = getattr(diffusers, pipeline)
        expected, optional = kind._get_signature_keys(kind)
        parts = {name: part for name, part in self.pipeline.components.items() if name in expected}
        said = {name: self.pipeline.config[name] for name in optional if name in self.pipeline.config}
        return kind(**{**said, **parts})

    @property
    def told(self) -> tuple[str, ...]:
        """What was found out: which profile is used, and which were given up, as sentences."""
        return self._told


def folder_of(source: Source) -> Path:
    """The folder of a source: as it is named, or where the hub's cache has it. Nothing is fetched.

    Raises:
        PictureError: it is not on this machine.
    """
    folder = here.folder_of(source)
    if folder is None:
        raise here.missing(source)
    return folder


def index_of(config: EngineConfig) -> PipelineIndex:
    """What the weights say of themselves; nothing is loaded.

    Raises:
        PictureError: they are not on this machine, not whole, or of another engine.
    """
    index = read_index(folder_of(config.source), _given(config))
    for path in _given(config).values():
        whole_size_bytes(path)
    for lora in config.loras:
        whole_size_bytes(lora.file)
    meant = engine_of(config.engine).pipelines
    if index.pipeline not in meant:
        raise PictureError(
            f"{config.source.where} holds a {index.pipeline}, and {config.engine} is {' or '.join(meant)}. "
            "Fix: name the engine that these weights are of, or other weights."
        )
    return index


def digest_of(config: EngineConfig) -> str:
    """The digest of all that is read: 64 hexadecimal digits. Large files are digested once and remembered."""
    index = index_of(config)
    said = {path.relative_to(index.folder).as_posix(): path for path in index.files}
    said |= {f"given {name}": path for name, path in _given(config).items()}
    said |= {f"lora {number}": lora.file for number, lora in enumerate(config.loras)}
    lines = "".join(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for name, path in sorted(said.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


@lru_cache(maxsize=1)
def load(config: EngineConfig) -> Loaded:
    """The pipeline of a config, read once in each process.

    Raises:
        PictureError: as `index_of`; no profile fits the machine.
    """
    index = index_of(config)
    return Loaded(index, open_pipeline(index))


def open_pipeline(index: PipelineIndex) -> Any:
    """The pipeline of a folder, on the CPU.

    Raises:
        PictureError: diffusers cannot make it of what is there.
    """
    import diffusers
    import torch

    kind = getattr(diffusers, index.pipeline, None)
    if kind is None:
        raise PictureError(f"{index.folder} holds a {index.pipeline}, which this diffusers does not know.")
    with _quiet():
        pipeline = kind.from_pretrained(
            index.folder,
            dtype=torch.float32,
            use_safetensors=True,
            local_files_only=True,
            trust_remote_code=False,
            variant=index.variant or None,
        )
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


@contextmanager
def _quiet() -> Iterator[None]:
    """No bars of progress while parts are read: there is no terminal in a worker process."""
    from diffusers.utils import logging as of_diffusers
    from transformers.utils import logging as of_transformers

    shown = [(of, of.is_progress_bar_enabled()) for of in (of_diffusers, of_transformers)]
    for of, _ in shown:
        of.disable_progress_bar()
    try:
        yield
    finally:
        for of, was in shown:
            if was:
                of.enable_progress_bar()


def _given(config: EngineConfig) -> Mapping[str, Path]:
    return {} if config.transformer is None else {"transformer": config.transformer}
