"""Wan 2.1 and 2.2 VACE: all that is known of a clip stands in one video, with a mask of what is to be made.

Where the mask is black the video is kept; where it is white the video is what leads: control, or grey for nothing
(VACE, 2503.07598, section 3). So a first frame, a last one, a clip before or after, a picture with a hole and a
control video are one thing, in any mixture. References are pictures besides, each on a canvas of the clip's size.

A folder with two transformers (Wan 2.2) says itself at which noise the second takes over.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.backends.arguments import noise_of, shifted
from model.backends.engine import Call, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant

__all__ = ["ENGINE"]

_GREY = 0.5  # zero, as the autoencoder reads it


def _call(pipeline: Any, clip: Clip) -> Call:
    from PIL import Image

    del pipeline
    video, mask = _video(clip)
    return Call(
        {
            "prompt": clip.text,
            "negative_prompt": clip.negative,
            "video": video,
            "mask": mask,
            "reference_images": [Image.fromarray(one.picture) for one in clip.references] or None,
            "conditioning_scale": float(clip.options["conditioning_scale"]),
            "width": clip.width_px,
            "height": clip.height_px,
            "num_frames": clip.frame_count,
            "num_inference_steps": clip.steps,
            "guidance_scale": clip.guidance,
            "generator": noise_of(clip.seed),
            "output_type": "np",
        }
    )


def _video(clip: Clip) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """What is known and what leads, (1, t, h, w, 3) from 0 to 1, and where it is to be made, 1 or 0."""
    shape = (clip.frame_count, clip.height_px, clip.width_px)
    video = np.full((*shape, 3), _GREY, np.float32)
    mask = np.ones((*shape, 1), np.float32)
    if clip.control is not None:
        for frame, led in zip(video, clip.control.frames, strict=True):
            frame[:] = led / np.float32(255)
    for known in clip.known:
        kept = np.ones(shape[1:], np.bool_) if known.keep is None else known.keep
        video[known.index][kept] = known.picture[kept] / np.float32(255)
        mask[known.index][kept] = 0.0
    return video[None], mask[None]


ENGINE = Engine(
    name="wan-vace",
    title="Wan 2.1 and 2.2 VACE",
    version="1",
    words="wan",
    pipelines=("WanVACEPipeline",),
    capabilities=Capabilities(
        frames=FrameCounts(step=4, least=5, most=81),
        sizes=Sizes(multiple_px=16, area_px=832 * 480),
        fps=16,
        negative=True,
        first=True,
        last=True,
        any_frame=True,
        before=17,  # a second: one latent frame, and four of four frames each
        after=16,
        keep=True,
        references=3,
        controls=frozenset({"depth", "pose", "edges", "flow", "grey"}),
    ),
    variants=(Variant("full", 30, 5.0), Variant("distill", 8, 1.0)),
    call=_call,
    set_up=shifted,
    options=(
        ("conditioning_scale", 1.0),
        ("flow_shift", 0.0),  # 0: as the scheduler beside the weights says. 3 is for 480 lines, 5 for 720
    ),
)
