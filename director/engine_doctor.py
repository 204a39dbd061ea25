"""Tries a pretrained engine with the weights in hand: whether they fit, how fast they are, what they can do.

For somebody who has real weights and wants to know before a film is made of them. Everything is found out by doing it,
on a short clip of a stage that no model was trained on; the clip is kept, to be looked at.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from director.doctor import Finding
from director.engine_file import engine_config

__all__ = ["examine_engine"]

_GIB = 1 << 30
_CHECK_STEPS = 8  # enough to see what follows what
_ABOVE = 1.1  # an estimate that is passed by no more was right


def examine_engine(name: str, out: Path, size: tuple[int, int] | None = None) -> Iterator[Finding]:
    """What is found out of the engine that `--picture NAME` names, as it is found out; the clip is written to `out`.

    `size` is (width, height) in pixels; without it, it is the engine's own.

    Raises:
        WorkprintError: the name names no engine.
        PictureError: the weights are not there or not whole, fit this machine in no way, or cannot make the size.
    """
    from model.backends.checks import Checks, trial
    from model.backends.framing import framing_of
    from model.backends.load import index_of, load
    from model.backends.measured import measured, peak_bytes
    from model.backends.registry import ENGINES, engine_of
    from model.backends.settings import sampling_of
    from model.hub.terms import licence_of

    config = engine_config(name, ENGINES)
    engine = engine_of(config.engine)
    steps = sampling_of(engine, config).steps
    index = index_of(config)
    can = engine.narrowed(engine.capabilities, index)
    size_gb = sum(index.sizes_bytes.values()) / 1e9
    yield Finding("weights", True, f"{index.pipeline}, whole, {size_gb:.2g} GB", f"pictures by {engine.title}")
    licence = licence_of(config)
    yield Finding("licence", licence.commercial, f"{licence.name}: {licence.line}", "films that may be sold")
    if size is None:
        framing = framing_of(1920, 1080, can.sizes, engine.name)
        size = framing.width_px, framing.height_px
    else:
        framing_of(*size, replace(can.sizes, area_px=size[0] * size[1]), engine.name)
    started, before_bytes = time.perf_counter(), peak_bytes()
    loaded = load(config)
    took_s = time.perf_counter() - started
    yield Finding("memory", True, f"loaded in {took_s:.0f} s; {loaded.fit}", "")

    a_second = trial(can, width_px=size[0], height_px=size[1], steps=steps, frame_count=can.fps)
    checks = Checks(engine, can, config, loaded, a_second)
    clip, took = measured(loaded, steps, checks.clip)
    made = f"{len(clip)} frames of {size[0]}×{size[1]} in {steps} {'step' if steps == 1 else 'steps'}"
    film_s = took.call_s / len(clip) * can.fps
    told = f"{made}: {took.call_s:.1f} s, {took.step_s:.2f} s a step"
    yield Finding("speed", True, told, f"a second of film in about {film_s:.0f} s")
    needs = loaded.fit.needs
    yield _memory(took.gpu_bytes or took.ram_bytes - before_bytes, needs.gpu_bytes or needs.ram_bytes)
    yield from (Finding("on the way", False, told, "") for told in loaded.told[1:])
    path = out / f"{engine.name}.mp4"
    _write(path, clip, can.fps)
    yield Finding("clip", True, f"{path}, of a stage that no model has seen", "")
    short = trial(can, width_px=size[0], height_px=size[1], steps=min(steps, _CHECK_STEPS))
    for check in replace(checks, request=short).all():
        yield Finding(check.name, check.holds, check.told, "")


def _memory(peak_bytes: int, thought_bytes: int) -> Finding:
    """The peak against what was thought before loading; the estimate is for the longest clip at the largest size."""
    told = f"{peak_bytes / _GIB:.1f} GB at the most; {thought_bytes / _GIB:.1f} GB were thought to be needed"
    return Finding("peak memory", peak_bytes <= thought_bytes * _ABOVE, told, "")


def _write(path: Path, clip: NDArray[np.uint8], fps: int) -> None:
    from shots.render.clip import FILM, ClipWriter

    path.parent.mkdir(parents=True, exist_ok=True)
    height_px, width_px = clip[0].shape[:2]
    with ClipWriter(path, width_px, height_px, fps, FILM) as writer:
        for frame in clip:
            writer.write(frame)
