"""A mask that was drawn on a frame, from the page's bytes: a PNG, white where the picture is to be kept."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from shots.errors import WorkprintError

__all__ = ["mask_of"]

_MOST_BYTES = 4_000_000
_MOST_PX = 7680


def mask_of(png: bytes, width_px: int, height_px: int) -> NDArray[np.bool_]:
    """The mask at the film's size, (h, w), true where the picture is kept.

    Raises:
        WorkprintError: the bytes are no such picture, or all or nothing of it is kept.
    """
    from PIL import Image

    if len(png) > _MOST_BYTES:
        raise WorkprintError(f"The mask has {len(png) / 1e6:.0f} MB. Fix: draw it on a frame of the film.")
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
            if max(picture.size) > _MOST_PX:
                raise WorkprintError(
                    f"The mask is {picture.width}×{picture.height}. Fix: draw it on a frame of the film."
                )
            grey = picture.convert("L").resize((width_px, height_px), Image.Resampling.BILINEAR)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise WorkprintError("The mask is no PNG picture. Fix: draw it again.") from None
    kept: NDArray[np.bool_] = np.asarray(grey) >= 128
    if kept.all() or not kept.any():
        told = "all" if kept.all() else "nothing"
        raise WorkprintError(f"The mask keeps {told} of the picture. Fix: draw on a part of it, or clear it.")
    return kept
