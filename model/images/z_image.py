"""Z-Image: pictures from words alone; the turbo weights are sampled in few steps without guidance."""

from __future__ import annotations

from typing import Any

from model.backends.arguments import noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant

__all__ = ["ENGINE"]


def _call(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    return Call(
        {
            "prompt": clip.text,
            "negative_prompt": clip.negative or None,
            "width": clip.width_px,
            "height": clip.height_px,
            "num_inference_steps": clip.steps,
            "guidance_scale": clip.guidance,
            "generator": noise_of(clip.seed),
            "output_type": "np",
        }
    )


ENGINE = Engine(
    name="z-image",
    title="Z-Image",
    version="1",
    words="z-image",
    pipelines=("ZImagePipeline",),
    capabilities=Capabilities(
        frames=FrameCounts(1, 1, 1), sizes=Sizes(multiple_px=16, area_px=1024 * 1024), fps=1, negative=True
    ),
    variants=(Variant("base", 50, 4.0), Variant("turbo", 9, 0.0)),
    call=_call,
)
