"""FramePack on HunyuanVideo: a first frame, and a last one; long takes in the memory of short ones.

The first weights make a clip from its end to its beginning (FramePack, 2504.12626). Those called F1 go
forward and know no last frame; nothing in their files tells the two apart, so that they are an engine of their own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from model.backends.arguments import first_picture, noise_of, picture_at
from model.backends.engine import Arguments, Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant

__all__ = ["ENGINE", "F1"]

_TITLE = "FramePack"
_FRAMES_A_WINDOW = 36
"""Nine latent frames, four frames each."""
_ASKED_A_WINDOW = 33
"""What the pipeline counts for one when it is asked for a length; it then makes `_FRAMES_A_WINDOW`."""


def _from_the_end(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    last = picture_at(clip, clip.frame_count - 1)
    return Call({**_arguments(clip), "last_image": last, "sampling_type": "inverted_anti_drifting"})


def _forward(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    return Call({**_arguments(clip), "sampling_type": "vanilla"})


def _arguments(clip: Clip) -> Arguments:
    return {
        "image": first_picture(clip, _TITLE),
        "prompt": clip.text,
        "height": clip.height_px,
        "width": clip.width_px,
        "num_frames": (clip.frame_count - 1) // _FRAMES_A_WINDOW * _ASKED_A_WINDOW,
        "num_inference_steps": clip.steps,
        "guidance_scale": clip.guidance,
        "generator": noise_of(clip.seed),
        "output_type": "np",
    }


ENGINE = Engine(
    name="framepack",
    title=_TITLE,
    version="1",
    words="framepack",
    pipelines=("HunyuanVideoFramepackPipeline",),
    capabilities=Capabilities(
        frames=FrameCounts(step=_FRAMES_A_WINDOW, least=1 + _FRAMES_A_WINDOW, most=1 + 20 * _FRAMES_A_WINDOW),
        frames_at_once=1 + 2 * _FRAMES_A_WINDOW,
        sizes=Sizes(multiple_px=32, area_px=640 * 640),
        fps=30,
        first=True,
        needs_first=True,
        last=True,
    ),
    variants=(Variant("full", steps=30, guidance=9.0),),
    call=_from_the_end,
)

F1 = replace(
    ENGINE,
    name="framepack-f1",
    title="FramePack F1",
    capabilities=replace(ENGINE.capabilities, last=False),
    call=_forward,
)
