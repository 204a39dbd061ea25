"""Stable Video Diffusion: a first frame is moved. It reads no words; how much moves is a number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import first_picture, noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex

__all__ = ["ENGINE"]

_TITLE = "Stable Video Diffusion"


def _call(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    return Call(
        {
            "image": first_picture(clip, _TITLE),
            "height": clip.height_px,
            "width": clip.width_px,
            "num_frames": clip.frame_count,
            "fps": clip.fps,
            "num_inference_steps": clip.steps,
            "min_guidance_scale": min(1.0, clip.guidance),
            "max_guidance_scale": clip.guidance,
            "motion_bucket_id": int(clip.options["motion"]),
            "noise_aug_strength": float(clip.options["noise"]),
            "decode_chunk_size": 8,  # frames; all at once take more memory than the making of them
            "generator": noise_of(clip.seed),
            "output_type": "np",
        }
    )


def _narrowed(can: Capabilities, index: PipelineIndex) -> Capabilities:
    """Fourteen frames, or twenty-five: what the weights have learnt is the most that they hold together."""
    most = int(index.configs["unet"].get("num_frames", can.frames.most))
    return replace(can, frames=FrameCounts(step=1, least=min(can.frames.least, most), most=most))


ENGINE = Engine(
    name="svd",
    title=_TITLE,
    version="1",
    words="svd",
    pipelines=("StableVideoDiffusionPipeline",),
    capabilities=Capabilities(
        frames=FrameCounts(step=1, least=14, most=25),
        sizes=Sizes(multiple_px=64, area_px=1024 * 576),
        fps=7,
        text=False,
        first=True,
        needs_first=True,
    ),
    variants=(Variant("full", steps=25, guidance=3.0),),
    call=_call,
    narrowed=_narrowed,
    options=(("motion", 127), ("noise", 0.02)),
)
