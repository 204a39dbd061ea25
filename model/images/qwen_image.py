"""Qwen-Image: pictures from words, and with the edit weights from words and up to three pictures that they hold to.

The edit pipeline makes nothing without a picture; asked with words alone, its parts are called as the plain one. It
reads pictures through a processor that needs torchvision.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import noise_of
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.backends.index import PipelineIndex
from model.images.pixels import pictures_of

__all__ = ["ENGINE"]

_PLAIN, _EDIT = "QwenImagePipeline", "QwenImageEditPlusPipeline"


def _call(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    guided = clip.guidance > 1
    arguments: dict[str, Any] = {
        "prompt": clip.text,
        "negative_prompt": (clip.negative or " ") if guided else None,  # without one there is no guidance
        "true_cfg_scale": clip.guidance,
        "width": clip.width_px,
        "height": clip.height_px,
        "num_inference_steps": clip.steps,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }
    pictures = pictures_of(clip)
    return Call({**arguments, "image": pictures}, _EDIT) if pictures else Call(arguments, _PLAIN)


def _narrowed(capabilities: Capabilities, index: PipelineIndex) -> Capabilities:
    """The plain weights take no pictures."""
    return capabilities if index.pipeline == _EDIT else replace(capabilities, references=0)


ENGINE = Engine(
    name="qwen-image",
    title="Qwen-Image and Qwen-Image-Edit",
    version="1",
    words="qwen-image",
    pipelines=(_PLAIN, _EDIT),
    capabilities=Capabilities(
        frames=FrameCounts(1, 1, 1),
        sizes=Sizes(multiple_px=16, area_px=1024 * 1024),
        fps=1,
        negative=True,
        references=3,
    ),
    variants=(Variant("full", 50, 4.0), Variant("lightning", 8, 1.0)),
    call=_call,
    narrowed=_narrowed,
)
