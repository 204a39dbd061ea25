"""How a model is told what is given of a clip: in cells of 4 pixels of its own, grey where nothing is.

Whether what is given fits, and how it is put back into finished frames, is `model.given`'s.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from model.vae import PATCH_PX, chunks_of, frames_of

__all__ = ["CELL_PX", "kept_cells", "kept_chunks", "kept_pictures"]

CELL_PX = 4
"""The side of the smallest part of a picture that a model can be told to keep, in its own pixels."""


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
