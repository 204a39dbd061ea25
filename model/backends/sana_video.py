"""SANA-Video: words, and a first frame; the same weights serve both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import noise_of, picture_at
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE"]


def _call(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    arguments = {
        # How much is to move is told in the words, as the weights have learnt it.
        "prompt": f"{clip.text} motion score: {int(clip.options['motion'])}.",
        "negative_prompt": clip.negative,
        "height": clip.height_px,
        "width": clip.width_px,
        "frames": clip.frame_count,
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        # Its own list of sizes holds some that it then refuses, and would resize what is known.
        "use_resolution_binning": False,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    first = picture_at(clip, 0)
    if first is None:
        return Call(arguments, "SanaVideoPipeline")
    return Call({**arguments, "image": first}, "SanaImageToVideoPipeline")


def _narrowed(can: Capabilities, index: PipelineIndex) -> Capabilities:
    """The weights for 720 lines have another autoencoder, which takes eight frames at a time."""
    if index.configs["transformer"].get("sample_size") == 22:
        can = replace(can, sizes=replace(can.sizes, area_px=1280 * 704))
    vae = index.configs["vae"]
    step = int(vae.get("temporal_compression_ratio") or vae.get("scale_factor_temporal") or can.frames.step)
    return replace(can, frames=replace(can.frames, step=step, least=step + 1))


ENGINE = Engine(
    name="sana-video",
    title="SANA-Video",
    version="1",
    words="sana-video",
    pipelines=("SanaVideoPipeline", "SanaImageToVideoPipeline"),
    capabilities=Capabilities(
        frames=FrameCounts(step=4, least=5, most=81),
        sizes=Sizes(multiple_px=32, area_px=832 * 480),
        fps=16,
        negative=True,
        first=True,
    ),
    variants=(Variant("full", steps=50, guidance=6.0),),
    call=_call,
    narrowed=_narrowed,
    options=(("motion", 30),),
)
