"""What is given of a clip: whole frames, parts of pictures, and how they stand in the finished frames unchanged.

A model is told of a part in cells of 4 pixels of its own; the pixels themselves are put back after it, with a seam
that is feathered inside of what was kept, so that nothing of what was to go shines through.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from scipy.ndimage import distance_transform_edt
from torch import Tensor

from model.errors import PictureError
from model.request import ClipRequest, Frame, KnownFrame
from model.vae import PATCH_PX, chunks_of, frames_of

__all__ = ["CELL_PX", "check_known", "is_whole", "kept_cells", "kept_chunks", "kept_pictures", "put_back", "resized"]

CELL_PX = 4
"""The side of the smallest part of a picture that a model can be told to keep, in its own pixels."""

_SEAM_SHARE = 1 / 72  # of the height


def check_known(request: ClipRequest) -> None:
    """Whether the known frames fit their request.

    Raises:
        PictureError: a frame outside the clip or given twice, of another size, or with a mask of another size.
    """
    size = (request.height_px, request.width_px)
    asked = f"{request.width_px}×{request.height_px}"
    seen: set[int] = set()
    for known in request.known:
        if not 0 <= known.index < request.frame_count:
            raise PictureError(
                f"known frame {known.index} is outside the clip's {request.frame_count} frames. "
                f"Fix: give it an index from 0 to {request.frame_count - 1}."
            )
        if known.index in seen:
            raise PictureError(f"frame {known.index} is given twice. Fix: give one picture for each frame.")
        seen.add(known.index)
        picture, keep = known.picture, known.keep
        if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] != 3:
            raise PictureError(
                f"known frame {known.index} is {picture.dtype} of shape {picture.shape}, which is no picture. "
                "Fix: give uint8 of (height, width, 3)."
            )
        if picture.shape[:2] != size:
            raise PictureError(
                f"known frame {known.index} is {picture.shape[1]}×{picture.shape[0]}, the clip {asked}. "
                "Fix: resize one to the other."
            )
        if keep is not None and (keep.shape != size or keep.dtype != np.bool_):
            raise PictureError(
                f"the mask of known frame {known.index} is {keep.dtype} of shape {keep.shape}. "
                f"Fix: give bool of {size}, the picture's own size."
            )


def is_whole(known: KnownFrame) -> bool:
    """Whether all of the frame is known."""
    return known.keep is None or bool(known.keep.all())


def resized(picture: Frame, width_px: int, height_px: int) -> Frame:
    """The picture at another size, by Lanczos; itself where it has that size."""
    if picture.shape[:2] == (height_px, width_px):
        return picture
    return np.asarray(Image.fromarray(picture).resize((width_px, height_px), Image.Resampling.LANCZOS))


def kept_cells(keep: NDArray[np.bool_], width_px: int, height_px: int) -> NDArray[np.bool_]:
    """A mask (h, w) of any size → (height_px / 4, width_px / 4): the cells of which every pixel is kept."""
    lost = Image.fromarray((~keep).astype(np.float32))
    share = lost.resize((width_px // CELL_PX, height_px // CELL_PX), Image.Resampling.BOX)
    return np.asarray(share) <= 0.0


def kept_chunks(chunks: Tensor, keep: Tensor) -> tuple[Tensor, Tensor]:
    """Chunks (b, t, 4, 3, h, w) with all but what `keep` (b, t, 4, h / 4, w / 4) says greyed, and (b, 64, t, h, w).

    The second are 8 × 8 cells of each token, 1 where a cell is kept in all four pictures of a chunk.
    """
    fine = keep.repeat_interleave(CELL_PX, dim=-1).repeat_interleave(CELL_PX, dim=-2).unsqueeze(3)
    cells = torch.nn.functional.pixel_unshuffle(keep.to(chunks).amin(dim=2).unsqueeze(2), PATCH_PX // CELL_PX)
    return chunks * fine.to(chunks), cells.transpose(1, 2)


def kept_pictures(frames: Tensor, keep: Tensor) -> tuple[Tensor, Tensor]:
    """As `kept_chunks`, of frames (b, 3, 1 + 4k, h, w) and `keep` (b, 1 + 4k, h / 4, w / 4)."""
    chunks, cells = kept_chunks(chunks_of(frames), chunks_of(keep[:, None])[:, :, :, 0])
    return frames_of(chunks), cells


def put_back(picture: Frame, known: KnownFrame) -> Frame:
    """The picture with what is known of it in its place: exactly, but for a seam."""
    if known.keep is None or is_whole(known):
        return known.picture
    seam_px = max(2.0, picture.shape[0] * _SEAM_SHARE)
    share = np.clip(distance_transform_edt(known.keep) / seam_px, 0.0, 1.0)[..., None]
    mixed = picture + share * (known.picture.astype(np.float32) - picture)
    return np.asarray(np.round(mixed), dtype=np.uint8)
