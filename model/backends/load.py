"""From a source to a pipeline that is ready to be called, put on this machine as a memory profile says.

The profile is chosen from an estimate before anything is loaded; where memory runs out all the same, the pipeline is
put there anew with the next one and the call made again, from the same noise. Nothing is fetched.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.backends.config import Adapter, EngineConfig, Source
from model.backends.digests import digests_of
from model.backends.engine import Capabilities
from model.backends.fit.apply import denoisers, place, place_view, settle
from model.backends.fit.choose import Fit, below, choose, ladder
from model.backends.fit.machine import Machine, read_machine
from model.backends.fit.parallel import RANK, Ranks, has_plan, share
from model.backends.index import PipelineIndex, read_index
from model.backends.read import ran_out, read_loras, read_pipeline, wear
from model.backends.registry import IMAGES, engine_of
from model.backends.settings import sampling_of, sized
from model.backends.weight_files import check_lora, one_file
from model.errors import PictureError
from model.gpus import gpu_count
from model.hub import here

__all__ = ["Loaded", "digest_of", "fit_of", "folder_of", "index_of", "load", "unload"]

_MOST_HELD = 2  # a film's engine, and the one that makes its single pictures


class Loaded:
    """A pipeline in this process, on the machine as a profile says. Steps down when memory runs out."""

    def __init__(self, config: EngineConfig, index: PipelineIndex, can: Capabilities, machine: Machine) -> None:
        self.index = index
        self._config = config
        self.fit = choose(index, can, machine, config.profile, shared=_is_shared(config))
        self._device = "cpu" if machine.gpu is None or self.fit.profile.is_for_cpu else machine.gpu.device
        self._next = list(below(self.fit, ladder(index, can, machine)))
        self._given_up: list[str] = []
        self._left_out: tuple[str, ...] = ()
        self._ranks: Ranks | None = None
        self._pipeline: Any = None
        while self._pipeline is None:
            self._try(self._open)

    @property
    def pipeline(self) -> Any:
        """The pipeline itself, for an engine to look at its parts' configs; it is another one after a step down."""
        return self._pipeline

    def call(
        self,
        pipeline: str | None,
        arguments: dict[str, Any],
        loras: Sequence[Adapter] | None = None,
        guidance: float | None = None,
    ) -> Any:
        """Calls the pipeline, or its parts as another class; when memory runs out, steps down one profile and again.

        `loras` are those of the config that this call uses; None: those that are for every shot.
        `guidance` is for pipelines that have it in a part of theirs.

        Raises:
            PictureError: memory runs out on the last profile; a step gave what is no number.
        """
        import torch

        worn = [one for one in self._config.loras if not one.of] if loras is None else loras
        noise = [(one, one.get_state()) for one in _generators(arguments)]
        made: list[Any] = []

        def once() -> None:
            if self._pipeline is None:
                self._open()
            for generator, state in noise:
                generator.set_state(state)
                torch.manual_seed(generator.initial_seed())  # some pipelines draw from the process's own as well
            if self._ranks is not None:
                self._ranks.tell((pipeline, arguments, tuple(worn), guidance))
            wear(self._pipeline, self._config.loras, worn)
            with torch.no_grad():  # layers that are brought one by one cannot be changed in inference mode
                made.append(self._guided(pipeline, guidance)(**arguments))

        while not made:
            self._try(once)
        _check_numbers(made[0], self.fit)
        return made[0]

    @property
    def told(self) -> tuple[str, ...]:
        """What was found out: which profile is used, and which were given up, as sentences."""
        return (f"the memory profile is {self.fit}.", *self._given_up, *self._left_out)

    def _open(self) -> None:
        profile = self.fit.profile
        disk: Path | None = None
        if profile.disk:
            disk = Path(tempfile.mkdtemp(prefix="workprint-groups-"))
            weakref.finalize(self, shutil.rmtree, disk, ignore_errors=True)
        told: list[str] = []
        waiting: list[tuple[str, Any]] = []

        def settled(name: str, part: Any) -> None:
            told.extend(settle(name, part, profile, self._device, disk))

        def later(name: str, part: Any) -> None:
            waiting.append((name, part))

        # LoRAs are put into layers, and have to be there before those are held in 8 bits or wait elsewhere.
        ready = later if self._config.loras else settled
        pipeline = read_pipeline(self.index, _given(self._config), profile, ready)
        read_loras(pipeline, self._config.loras)
        engine = engine_of(self._config.engine)
        engine.set_up(pipeline, {**dict(engine.options), **dict(self._config.options)})
        for name, part in waiting:
            settled(name, part)
        told.extend(place(pipeline, profile, self._device))
        if profile.parallel:
            told.extend(self._share(pipeline))
        self._left_out = tuple(told)
        self._pipeline = pipeline

    def _share(self, pipeline: Any) -> tuple[str, ...]:
        """Has all GPUs make each shot together; why not, where they cannot."""
        parts = denoisers(pipeline)
        if lacking := next((part for part in parts if not has_plan(part)), None):
            return (f"{type(lacking).__name__} has no plan to be shared by several GPUs, so one makes it.",)
        if RANK not in os.environ:
            count = gpu_count()
            if count < 2:
                return ("there is one GPU, so one makes each shot.",)
            self._ranks = Ranks(replace(self._config, profile=self.fit.profile.name), count)
            weakref.finalize(self, self._ranks.close)
        for part in parts:
            share(part)
        return ()

    def _guided(self, name: str | None, guidance: float | None) -> Any:
        view = self.as_class(name)
        if guidance is not None:
            view.guider.guidance_scale = guidance
        return view

    def as_class(self, name: str | None) -> Any:
        """The pipeline, or one of another class that is made of the same parts."""
        import diffusers

        if name is None or name == type(self._pipeline).__name__:
            return self._pipeline
        kind = getattr(diffusers, name)
        expected, optional = kind._get_signature_keys(kind)
        parts = {name: part for name, part in self._pipeline.components.items() if name in expected}
        said = {name: self._pipeline.config[name] for name in optional if name in self._pipeline.config}
        view = kind(**{**said, **parts})
        view.set_progress_bar_config(disable=True)
        place_view(view, self.fit.profile, self._device)
        return view

    def _try(self, step: Any) -> None:
        """Takes a step; where memory runs out, goes down to the next profile, without the pipeline.

        Raises:
            PictureError: this was the last profile.
        """
        try:
            step()
            return
        except (RuntimeError, MemoryError) as error:
            if not ran_out(error):
                raise
        # Out of the handler, whose traceback holds the tensors that are in the way.
        self._pipeline = None
        if self._ranks is not None:
            self._ranks.close()
            self._ranks = None
        _give_back()
        was = self.fit.profile.name
        if not self._next:
            raise PictureError(
                f"{self.index.folder}: memory ran out with {was}, the most frugal profile here. Fix: make shorter or "
                "smaller shots, use smaller weights, or end what else uses the GPU."
            )
        self.fit = self._next.pop(0)
        self._given_up.append(f"memory ran out with {was}; from then on it was {self.fit.profile.name}.")


_HELD: dict[EngineConfig, tuple[str, Loaded]] = {}
"""What is loaded, the oldest first, with the digest of what it was read from."""


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
    files = _given(config)
    index = read_index(folder_of(config.source), files)
    given = {name: one_file(path) for name, path in files.items()}
    index = replace(
        index,
        sizes_bytes={**index.sizes_bytes, **{name: weights.size_bytes for name, weights in given.items()}},
        counts={**index.counts, **{name: weights.count for name, weights in given.items()}},
    )
    for lora in config.loras:
        check_lora(lora.file)
    meant = engine_of(config.engine).pipelines
    if index.pipeline not in meant:
        raise PictureError(
            f"{config.source.where} holds a {index.pipeline}, and {config.engine} is {' or '.join(meant)}. "
            "Fix: name the engine that these weights are of, or other weights."
        )
    return index


def digest_of(config: EngineConfig) -> str:
    """The digest of all that is read: 64 hexadecimal digits. Large files are digested once and remembered.

    Raises:
        PictureError: as `index_of`.
    """
    index = index_of(config)
    said = {path.relative_to(index.folder).as_posix(): path for path in index.files}
    said |= {f"given {name}": path for name, path in _given(config).items()}
    said |= {f"lora {number}": lora.file for number, lora in enumerate(config.loras)}
    digests = digests_of(said.values())
    lines = "".join(f"{name} {digests[path]}\n" for name, path in sorted(said.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def fit_of(config: EngineConfig, machine: Machine) -> Fit:
    """The profile that a machine would begin with, and what it is thought to take; nothing is loaded.

    Raises:
        PictureError: as `index_of`; no profile fits the machine.
    """
    index = index_of(config)
    return choose(index, _can(config, index), machine, config.profile, shared=_is_shared(config))


def load(config: EngineConfig) -> Loaded:
    """The pipeline of a config, read once in each process, and anew when what lies on the disk is another.

    Raises:
        PictureError: as `index_of`; no profile fits the machine.
    """
    digest = digest_of(config)
    held = _HELD.pop(config, None)
    if held is None or held[0] != digest:
        held = None
        while len(_HELD) >= _MOST_HELD:
            del _HELD[next(iter(_HELD))]
        if gpu_count():
            _give_back()  # what went, before as much comes
        index = index_of(config)
        held = digest, Loaded(config, index, _can(config, index), read_machine())
    _HELD[config] = held  # as the newest
    return held[1]


def unload() -> None:
    """Lets go of all that `load` holds in this process."""
    _HELD.clear()
    _give_back()


def _can(config: EngineConfig, index: PipelineIndex) -> Capabilities:
    """What the weights can make, of the area and the length that the config sets: what memory is reckoned for."""
    engine = engine_of(config.engine)
    return sized(engine.narrowed(engine.capabilities, index), sampling_of(engine, config))


def _given(config: EngineConfig) -> Mapping[str, Path]:
    files = {"transformer": config.transformer, "transformer_2": config.transformer_2}
    return {name: file for name, file in files.items() if file is not None}


def _is_shared(config: EngineConfig) -> bool:
    """Whether another pipeline is in this process too: then neither stays on the GPU between its calls."""
    return config.images is not None or config.engine in IMAGES


def _generators(arguments: Mapping[str, Any]) -> list[Any]:
    import torch

    values = [one for value in arguments.values() for one in (value if isinstance(value, list | tuple) else [value])]
    return [one for one in values if isinstance(one, torch.Generator)]


def _give_back() -> None:
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


def _check_numbers(result: Any, fit: Fit) -> None:
    import numpy as np

    made = getattr(result, "frames", getattr(result, "images", None))
    if isinstance(made, np.ndarray) and not np.isfinite(made).all():
        raise PictureError(
            f"a step gave what is no number, with {fit.profile.name}. Fix: change the seed, or name another profile."
        )
