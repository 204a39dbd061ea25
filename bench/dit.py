"""Measures a denoising step of the transformer against diffusers' `WanTransformer3DModel` of the same size.

The same width, depth, heads, number of parameters, number of video tokens and of context tokens, in bf16, each way of
running one after the other in every round, so that whatever else the machine does falls on all of them alike. Ratios
are of the fastest rounds. Our step is measured with all of its context read again in every step, as Wan's is; what
remembering it gives comes on top and is measured by itself.

A take of a minute is made beside one of ten seconds, each in a process of its own, by the whole pipeline with a small
transformer: what grows with a take would grow with any.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable

import torch
from diffusers import WanTransformer3DModel
from torch import Tensor

from model.blocks import Memory
from model.conditions import BOX, FACTS, PALETTE
from model.dit import PRESETS, Context, VideoDiT
from model.standing import STANDING
from model.text import TEXT_TOKENS, buckets_of

PRESET = "small"
LATENT_CHANNELS = 128
FRAMES, ROWS, COLUMNS = 6, 9, 16  # 864 tokens: two seconds of 512 × 288 at twelve drawings a second
PEOPLE, VIEWS, VIEW_ROWS, VIEW_COLUMNS = 2, 3, 4, 3
CONTEXT_TOKENS = TEXT_TOKENS + PEOPLE * FRAMES + PEOPLE * VIEWS * VIEW_ROWS * VIEW_COLUMNS
ROUNDS, STEPS_OF_A_CLIP = 12, 4
WAN_CHANNELS, WAN_PATCH = 16, 2
SHORT_S, LONG_S = 10, 60
TAKE_FPS, TAKE_PX = 12, (512, 288)

Step = Callable[[], object]


def dit() -> dict[str, float]:
    """Speed-ups by step, ours over Wan's, and by what is remembered; seconds of a step and of the first, compiled."""
    of_takes = takes()  # first: a child is charged for what its parent holds
    torch.manual_seed(0)
    with torch.inference_mode():
        ours, fast = Ours(compiled=False), Ours(compiled=True)
        wan, regional, whole = (wan_like(size_of(ours.model)) for _ in range(3))
        regional.compile_repeated_blocks(dynamic=False)
        whole.compile(dynamic=False)
        steps: dict[str, Step] = {
            "ours_eager": ours.step_reading_all,
            "ours_compiled": fast.step_reading_all,
            "ours_remembering": fast.step_remembering,
            "wan_eager": lambda: wan_step(wan),
            "wan_blocks_compiled": lambda: wan_step(regional),
            "wan_compiled": lambda: wan_step(whole),
        }
        first_s = {name: timed(step) for name, step in steps.items()}
        best = interleaved(steps, ROUNDS)
    wan_compiled = min(best["wan_compiled"], best["wan_blocks_compiled"])
    clip = best["ours_compiled"] + (STEPS_OF_A_CLIP - 1) * best["ours_remembering"]
    return {
        "dit_step_speedup_vs_wan_compiled": wan_compiled / best["ours_compiled"],
        "dit_step_speedup_vs_wan_eager": best["wan_eager"] / best["ours_compiled"],
        "dit_step_speedup_eager_vs_wan_eager": best["wan_eager"] / best["ours_eager"],
        "dit_step_speedup_with_memory": best["ours_compiled"] / best["ours_remembering"],
        "dit_clip_speedup_vs_wan_compiled": STEPS_OF_A_CLIP * wan_compiled / clip,
        "dit_step_speedup_by_compiling": best["ours_eager"] / best["ours_compiled"],
        "dit_step_ms": 1000 * best["ours_remembering"],
        "dit_compile_s": first_s["ours_compiled"],
        **of_takes,
    }


def takes() -> dict[str, float]:
    """The peak memory, and the time for each second, of a long take over those of a short one."""
    (short_s, short_mb), (long_s, long_mb) = (in_a_process(seconds) for seconds in (SHORT_S, LONG_S))
    return {
        "take_60s_peak_mb": long_mb,
        "take_60s_memory_ratio": long_mb / short_mb,
        "take_60s_time_ratio": (long_s / LONG_S) / (short_s / SHORT_S),
    }


def in_a_process(seconds: int) -> tuple[float, float]:
    """Makes a take of that length in a process of its own → (seconds, peak MB)."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, __file__, str(seconds)])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"a take of {seconds} s could not be made")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def take(seconds: int) -> int:
    """Makes a take by a small transformer of random weights, one step to a frame: how many frames that were."""
    from diffusers import FlowMatchEulerDiscreteScheduler

    from model.pipeline import VideoDiTPipeline
    from model.request import ClipRequest
    from model.sampler import sample
    from model.vae import Autoencoder

    transformer = VideoDiT(**PRESETS["tiny"]._asdict(), latent_channels=LATENT_CHANNELS).eval()
    pipeline = VideoDiTPipeline(transformer, Autoencoder().eval(), FlowMatchEulerDiscreteScheduler(shift=3.0), steps=1)
    width_px, height_px = TAKE_PX
    request = ClipRequest(
        stage=sample("held_out", 0, float(seconds)).stage,
        width_px=width_px,
        height_px=height_px,
        fps=TAKE_FPS,
        frame_count=TAKE_FPS * seconds,
        seed=0,
    )
    return sum(1 for _ in pipeline.generate(request))


def interleaved(steps: dict[str, Step], rounds: int) -> dict[str, float]:
    """The fastest of `rounds` runs of each step, in seconds, every step once in each round."""
    took: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            took[name].append(timed(step))
    return {name: min(times) for name, times in took.items()}


def timed(step: Step) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


class Ours:
    """Our transformer with a clip to work at."""

    def __init__(self, *, compiled: bool) -> None:
        self.model = VideoDiT(**PRESETS[PRESET]._asdict(), latent_channels=LATENT_CHANNELS).to(torch.bfloat16).eval()
        if compiled:
            self.model.compile_repeated_blocks(dynamic=False)
        some, each, view = (torch.ones(shape, dtype=torch.bool) for shape in ((1,), (1, PEOPLE), (1, PEOPLE, VIEWS)))
        self.context = Context(
            text=buckets_of("Anna waits at the window of a dim kitchen")[None],
            has_text=some,
            facts=torch.randn(1, FACTS),
            has_facts=some,
            palettes=torch.randn(1, PEOPLE, PALETTE),
            has_palettes=each,
            boxes=torch.rand(1, PEOPLE, FRAMES, BOX),
            has_boxes=each,
            sheets=torch.randn(1, PEOPLE, VIEWS, LATENT_CHANNELS, VIEW_ROWS, VIEW_COLUMNS),
            has_sheets=view,
            size=torch.tensor([[ROWS, COLUMNS]]),
        ).to(dtype=torch.bfloat16)
        self.frames = torch.randn(1, self.model.video.in_features - STANDING, FRAMES, ROWS, COLUMNS).to(torch.bfloat16)
        self.level, self.times_s = torch.full((1, FRAMES), 0.7), torch.arange(FRAMES)[None] / 3
        self.memory: Memory | None = None

    def step_reading_all(self) -> Tensor | None:
        """A step that reads the context again, as a model without a memory must."""
        drawn, _ = self.model(self.frames, self.level, self.times_s, self.context.boxes, context=self.context)
        return drawn

    def step_remembering(self) -> Tensor | None:
        """A step over the memory of a context that was read before."""
        if self.memory is None:
            _, self.memory = self.model(None, None, None, context=self.context)
        drawn, _ = self.model(self.frames, self.level, self.times_s, self.context.boxes, memory=self.memory)
        return drawn


def wan_like(parameters: int) -> WanTransformer3DModel:
    """Wan's transformer with our width, depth and heads; its feed-forward layers make up the rest of `parameters`."""
    shape = PRESETS[PRESET]

    def made(hidden: int) -> WanTransformer3DModel:
        return WanTransformer3DModel(
            patch_size=(1, WAN_PATCH, WAN_PATCH),
            num_attention_heads=shape.heads,
            attention_head_dim=shape.dim // shape.heads,
            in_channels=WAN_CHANNELS,
            out_channels=WAN_CHANNELS,
            text_dim=shape.dim,
            ffn_dim=hidden,
            num_layers=shape.depth,
        )

    with torch.device("meta"):
        least, more = (size_of(made(hidden)) for hidden in (0, 1))
    hidden = 16 * round((parameters - least) / (more - least) / 16)
    return made(hidden).to(torch.bfloat16).eval()


def wan_step(model: WanTransformer3DModel) -> Tensor:
    """One step of the same number of video tokens and of context tokens."""
    frames = torch.zeros(1, WAN_CHANNELS, FRAMES, WAN_PATCH * ROWS, WAN_PATCH * COLUMNS, dtype=torch.bfloat16)
    words = torch.zeros(1, CONTEXT_TOKENS, PRESETS[PRESET].dim, dtype=torch.bfloat16)
    drawn: Tensor = model(frames, torch.tensor([700]), words, return_dict=False)[0]
    return drawn


def size_of(model: torch.nn.Module) -> int:
    """How many parameters it has."""
    return sum(weight.numel() for weight in model.parameters())


if __name__ == "__main__":
    if len(sys.argv) > 1:
        raise SystemExit(0 if take(int(sys.argv[1])) == TAKE_FPS * int(sys.argv[1]) else 1)
    for name, value in dit().items():
        print(f"{name}: {value:.3f}")
