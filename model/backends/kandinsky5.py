"""Kandinsky 5: words, and a first frame where the weights are of the kind that begins with one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import first_picture, noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE"]

_TITLE = "Kandinsky 5"
_FROM_PICTURE = "Kandinsky5I2VPipeline"
_LEAST_FRAMES_FROM_PICTURE = 17
"""The first four latent frames get the contrast of those after them; without a fifth, the whole clip is no number."""


def _call(pipeline: Any, clip: Clip) -> Call:
    arguments = {
        "prompt": clip.text,
        "negative_prompt": clip.negative,  # "" too: for None the pipeline puts in words of its own
        "height": clip.height_px,
        "width": clip.width_px,
        "num_frames": clip.frame_count,
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    if type(pipeline).__name__ == _FROM_PICTURE:
        arguments["image"] = first_picture(clip, _TITLE)
    return Call(arguments)


def _narrowed(can: Capabilities, index: PipelineIndex) -> Capabilities:
    """Weights for ten seconds look at blocks of 128 pixels, and make no other sizes."""
    from_picture = index.pipeline == _FROM_PICTURE
    can = replace(can, first=from_picture, needs_first=from_picture)
    if from_picture:
        can = replace(can, frames=replace(can.frames, least=_LEAST_FRAMES_FROM_PICTURE))
    if index.configs["transformer"].get("attention_type") == "nabla":
        can = replace(can, frames=replace(can.frames, most=241), sizes=replace(can.sizes, multiple_px=128))
    return can


ENGINE = Engine(
    name="kandinsky5",
    title=_TITLE,
    version="1",
    words="kandinsky5",
    pipelines=("Kandinsky5I2VPipeline", "Kandinsky5T2VPipeline"),
    capabilities=Capabilities(
        frames=FrameCounts(step=4, least=5, most=121),
        sizes=Sizes(multiple_px=16, area_px=768 * 512),
        fps=24,
        negative=True,
        first=True,
    ),
    variants=(
        Variant("full", steps=50, guidance=5.0),
        Variant("nocfg", steps=50, guidance=1.0),
        Variant("distilled", steps=16, guidance=1.0),
    ),
    call=_call,
    narrowed=_narrowed,
)
