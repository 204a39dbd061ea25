"""Measures the drawn world: a frame, all its passes, a clip; on sampled stages that nobody has tuned it to.

One process on one core for frames and passes, two for clips. Ratios come from the same stages in the same run.
"""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

from model.stage import Stage

STAGES = 60
TIMES_S = (0.9, 1.1, 1.3, 1.5, 1.7)
CLIPS, FRAMES, FPS = 40, 24, 24
WIDTH_PX, HEIGHT_PX = 512, 288
PASSES = (
    "frame", "plate", "mannequin", "person", "part", "prop", "depth_m", "normals", "flow_px", "light", "joints",
)  # fmt: skip


def theatre() -> dict[str, float]:
    """Milliseconds of a frame at the median and the worst stage, the passes' ratio to it, and clips' speed."""
    from model.sampler import sample
    from model.theatre import draw, passes

    frames_ms, passes_ms = [], []
    for index in range(STAGES):
        stage = flat(sample("held_out", index).stage)
        draw(stage, 0.8, WIDTH_PX, HEIGHT_PX)  # what stands still in a shot is painted with its first frame
        passes(stage, 0.8, WIDTH_PX, HEIGHT_PX)
        took, took_all = [], []
        for time_s in TIMES_S:
            start = time.perf_counter()
            draw(stage, time_s, WIDTH_PX, HEIGHT_PX)
            took.append(time.perf_counter() - start)
            start = time.perf_counter()
            found = passes(stage, time_s, WIDTH_PX, HEIGHT_PX)
            for name in PASSES:
                getattr(found, name)
            took_all.append(time.perf_counter() - start)
        frames_ms.append(1000 * statistics.median(took))
        passes_ms.append(1000 * statistics.median(took_all))
    start = time.perf_counter()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(clip, range(2)))  # starting a process is not drawing
        start = time.perf_counter()
        drawn = sum(pool.map(clip, range(CLIPS)))
    return {
        "theatre_frame_ms_median": statistics.median(frames_ms),
        "theatre_frame_ms_worst": max(frames_ms),
        "theatre_all_passes_over_frame": statistics.median(p / f for p, f in zip(passes_ms, frames_ms, strict=True)),
        "theatre_clip_fps_two_cores": drawn / (time.perf_counter() - start),
    }


def flat(stage: Stage) -> Stage:
    """The stage, and the one beside it in a split screen, as painted: prints are measured by nobody's mark."""
    beside = None if stage.beside is None else replace(stage.beside, style="flat")
    return replace(stage, style="flat", beside=beside)


def clip(index: int) -> int:
    """Draws one sampled stage's clip as previz does: how many frames that were."""
    from model.backends.previz import Previz
    from model.request import ClipRequest
    from model.sampler import sample

    stage = flat(sample("held_out", 1000 + index).stage)
    request = ClipRequest(stage=stage, width_px=WIDTH_PX, height_px=HEIGHT_PX, fps=FPS, frame_count=FRAMES, seed=0)
    return sum(1 for _ in Previz().generate(request))


if __name__ == "__main__":
    for name, value in theatre().items():
        print(f"{name}: {value:.2f}")
