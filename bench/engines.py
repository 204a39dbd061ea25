"""What is done around a pretrained engine's own call, as a share of the film's running time.

A stand-in for the loaded pipeline gives flat frames at once, so that what is left is ours: the plan, the control video
drawn from the stage, frames resampled to the film's rate and size. What an engine takes itself is `workprint doctor`'s.
"""

from __future__ import annotations

import statistics
import time
from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from model.backends.adapt import plan_clip
from model.backends.config import EngineConfig, Source
from model.backends.load import Loaded
from model.backends.making import Making
from model.backends.registry import engine_of
from model.request import ClipRequest
from model.sampler import sample

WIDTH_PX, HEIGHT_PX, FPS, LENGTH_S = 1280, 720, 24, 5
STAGES = range(100, 104)


class Instant:
    """A pipeline that takes no time."""

    pipeline = None

    def call(self, _: str | None, arguments: dict[str, Any], *__: object) -> SimpleNamespace:
        shape = (1, arguments["num_frames"], arguments["height"], arguments["width"], 3)
        return SimpleNamespace(frames=np.broadcast_to(np.float32(0.5), shape))


def engines() -> dict[str, float]:
    """How many times as fast as the film runs, at the median of a few shots through Wan VACE with depth."""
    engine, config = engine_of("wan-vace"), EngineConfig(engine="wan-vace", source=Source("none"), control="depth")
    speeds = []
    for number in STAGES:
        request = ClipRequest(
            stage=sample("held_out", number).stage,
            width_px=WIDTH_PX,
            height_px=HEIGHT_PX,
            fps=FPS,
            frame_count=LENGTH_S * FPS,
            seed=number,
        )
        start = time.perf_counter()
        plan = plan_clip(request, engine, engine.capabilities, config)
        made = Making(request, plan, engine, engine.capabilities, config, cast("Loaded", Instant()))
        assert sum(1 for _ in made.frames()) == request.frame_count
        speeds.append(LENGTH_S / (time.perf_counter() - start))
    return {"around_an_engine_realtime_factor": statistics.median(speeds)}


if __name__ == "__main__":
    print(engines())
