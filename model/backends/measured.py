"""How long a pipeline takes for a step, and how much memory for a call, measured while it makes something."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from model.backends.load import Loaded

__all__ = ["Measured", "measured", "peak_bytes"]

T = TypeVar("T")

_DENOISERS = ("transformer", "transformer_2", "unet")


@dataclass(frozen=True)
class Measured:
    """What a call took: `step_s` is a step of denoising, with guidance both of its passes. Bytes are peaks, of the GPU
    (0 where there is none) and of this process.
    """

    call_s: float
    step_s: float
    gpu_bytes: int
    ram_bytes: int


def measured(loaded: Loaded, steps: int, make: Callable[[], T]) -> tuple[T, Measured]:
    """What `make` gives, and what its calls of the pipeline took; `steps` are all that it takes.

    Memory that runs out and is found in a later profile counts into the time.
    """
    import torch

    gpu = torch.cuda.is_available()
    times: list[float] = []

    def note(*_: Any) -> None:
        if gpu:
            torch.cuda.synchronize()
        times.append(time.perf_counter())

    parts = [part for name, part in loaded.pipeline.components.items() if name in _DENOISERS and part is not None]
    hooks = [
        hook for part in parts for hook in (part.register_forward_pre_hook(note), part.register_forward_hook(note))
    ]
    if gpu:
        torch.cuda.reset_peak_memory_stats()
    started = time.perf_counter()
    try:
        result = make()
    finally:
        for hook in hooks:
            hook.remove()
    call_s = time.perf_counter() - started
    in_passes_s = sum(after - before for before, after in zip(times[::2], times[1::2], strict=False))
    peak = torch.cuda.max_memory_reserved() if gpu else 0
    return result, Measured(call_s, in_passes_s / max(1, steps), peak, peak_bytes())


def peak_bytes() -> int:
    """The most memory that this process has had."""
    if sys.platform == "win32":
        import psutil

        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # bytes there, KiB on Linux
