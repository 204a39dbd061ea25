"""What is given of a clip: whole frames and parts of pictures, whether they fit, and how they stand in finished frames.

What is kept of a picture is put back exactly, with a seam that is feathered inside of it, so that nothing of what was
to go shines through. Needs no torch; how a model is told of it is `model.known`'s.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.errors import PictureError
from model.request import ClipRequest, Frame, KnownFrame

__all__ = ["check_known", "enlarged", "is_whole", "put_back", "resized"]

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
    from PIL import Image

    return np.asarray(Image.fromarray(picture).resize((width_px, height_px), Image.Resampling.LANCZOS))


def enlarged(picture: Frame, guide: Frame, large_guide: Frame) -> Frame:
    """The picture at the size of `large_guide`, with what that shows of detail.

    Both guides are one drawing at two sizes: what is enlarged is how the picture differs from it, and no more.
    """
    from PIL import Image

    height, width = large_guide.shape[:2]
    apart = picture.astype(np.float32) - guide
    bands = [
        np.asarray(Image.fromarray(apart[..., k]).resize((width, height), Image.Resampling.BICUBIC)) for k in range(3)
    ]
    return np.asarray(np.round(np.clip(large_guide + np.stack(bands, axis=-1), 0, 255)), dtype=np.uint8)


def put_back(picture: Frame, known: KnownFrame) -> Frame:
    """The picture with what is known of it in its place: exactly, but for a seam."""
    if known.keep is None or is_whole(known):
        return known.picture
    share = _share(known.keep.tobytes(), known.keep.shape)
    mixed = picture + share * (known.picture.astype(np.float32) - picture)
    return np.asarray(np.round(mixed), dtype=np.uint8)


@lru_cache(maxsize=8)
def _share(keep: bytes, shape: tuple[int, int]) -> NDArray[np.float32]:
    """(h, w, 1) from 0 to 1: how much of what is kept stands, by how far inside its edge it is."""
    from scipy.ndimage import distance_transform_edt

    seam_px = max(2.0, shape[0] * _SEAM_SHARE)
    inside = distance_transform_edt(np.frombuffer(keep, np.bool_).reshape(shape))
    return np.asarray(np.clip(inside / seam_px, 0.0, 1.0), np.float32)[..., None]
