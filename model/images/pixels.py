"""What calls of image pipelines share: pictures as they read them, and sizes that they make."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from model.backends.engine import Clip, Sizes
from model.request import Frame

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["fitted", "pictures_of", "working_px"]


def pictures_of(clip: Clip, least_px: int = 1) -> list[Image]:
    """A clip's references as pipelines read them, enlarged where a side is shorter than the pipeline takes."""
    from PIL import Image

    found = []
    for one in clip.references:
        picture = Image.fromarray(one.picture)
        scale = max(1.0, least_px / min(picture.size))
        if scale > 1.0:
            width, height = (math.ceil(side * scale) for side in picture.size)
            picture = picture.resize((width, height), Image.Resampling.LANCZOS)
        found.append(picture)
    return found


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
