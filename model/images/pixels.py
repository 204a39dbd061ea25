"""What calls of image pipelines share: pictures as they read them, sizes that they make, and the noise of a seed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from model.backends.engine import Clip, Sizes
from model.request import Frame

if TYPE_CHECKING:
    from PIL.Image import Image
    from torch import Generator

__all__ = ["fitted", "noise_of", "pictures_of", "working_px"]


def pictures_of(clip: Clip) -> list[Image]:
    """A clip's references as pipelines read them."""
    from PIL import Image

    return [Image.fromarray(one.picture) for one in clip.references]


def noise_of(seed: int) -> Generator:
    """A generator on the CPU, so that a seed is the same noise on every device."""
    import torch

    return torch.Generator("cpu").manual_seed(seed)


def working_px(width_px: int, height_px: int, sizes: Sizes) -> tuple[int, int]:
    """The size, near an engine's area and in its steps, of about the shape of a picture that is asked for."""
    scale = math.sqrt(sizes.area_px / (width_px * height_px))
    step = sizes.multiple_px
    width, height = (max(1, round(side * scale / step)) * step for side in (width_px, height_px))
    return width, height


def fitted(picture: Frame, width_px: int, height_px: int) -> Frame:
    """The picture at a size: its middle, as large as fills it."""
    if picture.shape[:2] == (height_px, width_px):
        return picture
    from PIL import Image, ImageOps

    size = (width_px, height_px)
    return np.asarray(ImageOps.fit(Image.fromarray(picture), size, Image.Resampling.LANCZOS), dtype=np.uint8)
