"""What the calls of several engines have in common: frames as pipelines take and give them, and the noise of a seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.backends.engine import Clip
from model.errors import PictureError

if TYPE_CHECKING:
    import torch
    from PIL.Image import Image

__all__ = ["first_picture", "frames_of", "noise_of", "picture_at", "shifted"]


def picture_at(clip: Clip, index: int) -> Image | None:
    """The frame that is known as a whole at an index, None where none is."""
    from PIL import Image

    found = (known.picture for known in clip.known if known.index == index and known.keep is None)
    picture = next(found, None)
    return None if picture is None else Image.fromarray(picture)


def first_picture(clip: Clip, title: str) -> Image:
    """The frame that a clip begins with, for weights that make nothing without one.

    Raises:
        PictureError: none is known.
    """
    picture = picture_at(clip, 0)
    if picture is None:
        raise PictureError(
            f"these weights of {title} begin with a picture, and the shot has none. "
            "Fix: set begin_with: drawing, name an engine for images, or give the shot a first frame."
        )
    return picture


def frames_of(result: Any) -> NDArray[np.float32]:
    """The frames of a pipeline's only clip, (t, h, w, 3) from 0 to 1; some give it among clips, and some alone."""
    frames = np.asarray(result.frames)
    return frames.reshape(-1, *frames.shape[-3:])


def noise_of(seed: int) -> torch.Generator:
    """A generator on the CPU, so that a seed is the same noise on every device."""
    import torch

    return torch.Generator("cpu").manual_seed(seed)


def shifted(pipeline: Any, options: Mapping[str, int | float | str]) -> None:
    """Moves a flow pipeline's steps towards the noise by the option "flow_shift", where that is not 0: larger pictures
    need more.
    """
    if shift := float(options["flow_shift"]):
        scheduler = pipeline.scheduler
        name = "flow_shift" if "flow_shift" in scheduler.config else "shift"
        pipeline.scheduler = type(scheduler).from_config(scheduler.config, **{name: shift})
