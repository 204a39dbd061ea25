"""SANA-WM: a first frame, words, and the camera's path through them, frame by frame.

Its second stage is a pipeline of its own with other weights, about eight times as large, which sharpens what this one
makes. It is not called.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.backends.arguments import first_picture, noise_of
from model.backends.engine import Call, Camera, Capabilities, Clip, Engine, FrameCounts, Sizes, Variant
from model.errors import PictureError

__all__ = ["ENGINE"]

_TITLE = "SANA-WM"


def _call(pipeline: Any, clip: Clip) -> Call:
    _check(pipeline)
    camera = clip.camera
    assert camera is not None  # noqa: S101  each call of an engine that takes a camera path has one
    return Call(
        {
            "image": first_picture(clip, _TITLE),
            "prompt": clip.text,
            "negative_prompt": clip.negative,
            # From the camera's axes to the world's, x right, y down, z ahead, in metres: as it has learnt them. It
            # reckons them from the first, so that a later call goes on from wherever the camera is then.
            "c2w": camera.poses.astype(np.float32),
            "intrinsics": _intrinsics(camera, clip.width_px, clip.height_px),
            "height": clip.height_px,
            "width": clip.width_px,
            "num_frames": clip.frame_count,
            "num_inference_steps": clip.steps,
            "guidance_scale": clip.guidance,
            "generator": noise_of(clip.seed),
            "output_type": "np",
        }
    )


def _check(pipeline: Any) -> None:
    """Whether the pipeline computes on this machine: its rays are refused in 16 bits on a processor.

    Raises:
        PictureError: it does not.
    """
    import torch

    if pipeline._execution_device.type == "cpu" and pipeline.transformer.dtype != torch.float32:
        raise PictureError(
            f"{_TITLE} is not computed in 16 bits without a GPU. "
            "Fix: set profile: cpu, which takes 32 bits and twice the memory, or take a machine with a GPU."
        )


def _intrinsics(camera: Camera, width_px: int, height_px: int) -> NDArray[np.float32]:
    """Focal lengths and the middle of the first frame's picture, in its pixels: (t, 4)."""
    middle = np.tile([width_px / 2, height_px / 2], (len(camera.focal_px), 1))
    return np.column_stack([camera.focal_px, camera.focal_px, middle]).astype(np.float32)


ENGINE = Engine(
    name="sana-wm",
    title=_TITLE,
    version="1",
    words="sana-wm",
    pipelines=("SanaWMPipeline",),
    capabilities=Capabilities(
        # It has learnt up to 961, which few GPUs hold: longer shots go on from the last one.
        frames=FrameCounts(step=8, least=9, most=161),
        sizes=Sizes(multiple_px=32, area_px=1280 * 704, fixed=((1280, 704),)),
        fps=16,
        negative=True,
        first=True,
        needs_first=True,
        camera=True,
    ),
    variants=(Variant("full", steps=60, guidance=5.0),),
    call=_call,
)
