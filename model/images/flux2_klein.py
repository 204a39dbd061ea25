"""Flux.2 Klein: pictures from words, or from words and pictures that they hold to. One set of weights does both.

It takes no words for what is to be left out. Distilled weights (`is_distilled`) are sampled without guidance, which
their pipeline leaves out by itself.
"""

from __future__ import annotations

from typing import Any

from model.backends.arguments import noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.images.pixels import pictures_of

__all__ = ["ENGINE"]

_LEAST_PX = 64  # a side of a picture that it is shown


def _call(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    return Call(
        {
            "prompt": clip.text,
            "image": pictures_of(clip, _LEAST_PX) or None,
            "width": clip.width_px,
            "height": clip.height_px,
            "num_inference_steps": clip.steps,
            "guidance_scale": clip.guidance,
            "generator": noise_of(clip.seed),
            "output_type": "np",
        }
    )


ENGINE = Engine(
    name="flux2-klein",
    title="Flux.2 Klein",
    version="1",
    words="flux2",
    pipelines=("Flux2KleinPipeline",),
    capabilities=Capabilities(
        frames=FrameCounts(1, 1, 1), sizes=Sizes(multiple_px=16, area_px=1024 * 1024), fps=1, references=4
    ),
    variants=(Variant("distilled", 4, 1.0), Variant("base", 50, 4.0)),
    call=_call,
)
