"""FramePack on HunyuanVideo: a first frame, and a last one; long takes in the memory of short ones."""

from __future__ import annotations

from typing import Any

from model.backends.arguments import first_picture, noise_of, picture_at
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.errors import PictureError

__all__ = ["ENGINE"]

_TITLE = "FramePack"
_FRAMES_A_WINDOW = 36
"""Nine latent frames, four frames each."""
_ASKED_A_WINDOW = 33
"""What the pipeline counts for one when it is asked for a length; it then makes `_FRAMES_A_WINDOW`."""


def _call(pipeline: Any, clip: Clip) -> Call:
    del pipeline
    forward = clip.options["order"] == "forward"
    last = picture_at(clip, clip.frame_count - 1)
    if forward and last is not None:
        raise PictureError(
            f"{_TITLE} takes no last frame when it goes forward. Fix: set order: backward, or take the last frame away."
        )
    windows = (clip.frame_count - 1) // _FRAMES_A_WINDOW
    return Call(
        {
            "image": first_picture(clip, _TITLE),
            "last_image": last,
            "prompt": clip.text,
            "height": clip.height_px,
            "width": clip.width_px,
            "num_frames": windows * _ASKED_A_WINDOW,
            "num_inference_steps": clip.steps,
            "guidance_scale": clip.guidance,
            "sampling_type": "vanilla" if forward else "inverted_anti_drifting",
            "generator": noise_of(clip.seed),
            "output_type": "np",
        }
    )


ENGINE = Engine(
    name="framepack",
    title=_TITLE,
    version="1",
    words="framepack",
    pipelines=("HunyuanVideoFramepackPipeline",),
    capabilities=Capabilities(
        frames=FrameCounts(step=_FRAMES_A_WINDOW, least=1 + _FRAMES_A_WINDOW, most=1 + 50 * _FRAMES_A_WINDOW),
        sizes=Sizes(multiple_px=32, area_px=640 * 640),
        fps=30,
        first=True,
        needs_first=True,
        last=True,
    ),
    variants=(Variant("full", steps=30, guidance=9.0),),
    call=_call,
    options=(("order", "backward"),),  # "forward" is what the weights called F1 have learnt
)
