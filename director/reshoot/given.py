"""Pictures and masks that a person gives to a shot, as they come: a path, a picture in memory, an array, a word.

They are stored as PNG under their digest in the film's folder, and never changed or deleted; a storyboard names them
by a path relative to that folder. Nothing outside of the folder is ever named.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from director.folder import FilmFolder
from shots.errors import NoteError, near_name
from shots.render.keys import array_digest
from shots.render.partial import partial_path

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["HALVES", "Mask", "Picture", "store_mask", "store_picture"]

Picture = "str | Path | Image | NDArray[Any]"
"""A file, a PIL picture, or an array: (h, w, 3) or (h, w) of uint8, or of floats from 0 to 1."""

Mask = "str | Path | Image | NDArray[Any]"
"""As a picture, white where it is kept; an array of bool; or one of `HALVES`."""

HALVES = ("left half", "right half", "top half", "bottom half")

_SIDES = tuple(half.split()[0] for half in HALVES)
_DIGITS = 24  # of a digest in a file's name
_LARGEST_SIDE_PX = 7680


def store_picture(picture: Any, folder: FilmFolder) -> str:
    """Stores a picture and returns its path as a storyboard names it.

    Raises:
        NoteError: it cannot be read as a picture.
    """
    return _store(_rgb(_array(picture, "picture")), folder)


def store_mask(mask: Any, width_px: int, height_px: int, folder: FilmFolder) -> str:
    """Stores a mask at the size of the film's frames and returns its path as a storyboard names it.

    Raises:
        NoteError: it cannot be read as a mask, or it keeps everything or nothing.
    """
    from PIL import Image

    half = mask.lower().removeprefix("the ") if isinstance(mask, str) else ""
    if half in HALVES:
        kept = _half(half, width_px, height_px)
    else:
        near = near_name(half, HALVES) if half else ""
        if half and (near or half.endswith("half") or half in _SIDES) and not Path(mask).exists():
            near = f"; did you mean '{half} half'?" if half in _SIDES else near or "."
            raise NoteError(f"There is no '{mask}' of a frame{near} Fix: keep the {', the '.join(HALVES)}, or a mask.")
        kept = _grey(_array(mask, "mask")) >= 128
        if kept.shape != (height_px, width_px):
            sized = Image.fromarray(kept).resize((width_px, height_px), Image.Resampling.NEAREST)
            kept = np.asarray(sized)
    if kept.all() or not kept.any():
        what = "everything" if kept.all() else "nothing"
        raise NoteError(f"The mask keeps {what}. Fix: make it white where the take is to stay and black elsewhere.")
    return _store(np.where(kept, 255, 0).astype(np.uint8), folder)


def _half(which: str, width_px: int, height_px: int) -> NDArray[np.bool_]:
    kept = np.zeros((height_px, width_px), dtype=np.bool_)
    across, down = width_px // 2, height_px // 2
    kept[
        {
            "left half": np.s_[:, :across],
            "right half": np.s_[:, across:],
            "top half": np.s_[:down, :],
            "bottom half": np.s_[down:, :],
        }[which]
    ] = True
    return kept


def _array(picture: Any, what: str) -> NDArray[np.uint8]:
    """Whatever was given as (h, w) or (h, w, 3 or 4) of uint8."""
    from PIL import Image

    if isinstance(picture, str | Path):
        path = Path(picture).expanduser()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                with Image.open(path) as opened:
                    _check_sides(opened.size[0], opened.size[1], what)  # before it is unpacked
                    picture = _flat(opened)
        except (Image.DecompressionBombWarning, Image.DecompressionBombError):
            raise NoteError(_too_large(f"{path}: this {what}")) from None
        except (OSError, ValueError, SyntaxError) as error:
            reason = getattr(error, "strerror", None) or "it holds no picture that can be read"
            raise NoteError(
                f"{path}: cannot open this {what} ({reason}). Fix: give the path of a PNG or JPEG."
            ) from None
    elif isinstance(picture, Image.Image):
        picture = _flat(picture)
    if not isinstance(picture, Image.Image | np.ndarray | list):
        raise NoteError(
            f"A {type(picture).__name__} is no {what}. Fix: give a path, a PIL picture or an array; of a take its "
            "take.frame(0)."
        )
    array = np.asarray(picture)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or (array.ndim == 3 and array.shape[2] not in (3, 4)) or 0 in array.shape:
        raise NoteError(
            f"An array of shape {array.shape} is no {what}. Fix: give (height, width) or (height, width, 3)."
        )
    _check_sides(array.shape[1], array.shape[0], what)
    if array.dtype == np.bool_:
        return np.where(array, 255, 0).astype(np.uint8)
    if np.issubdtype(array.dtype, np.floating):
        if not np.isfinite(array).all() or array.min() < 0 or array.max() > 1:
            raise NoteError(f"The {what}'s numbers are not all from 0 to 1. Fix: give uint8, or floats from 0 to 1.")
        return np.round(array * 255).astype(np.uint8)
    if array.dtype != np.uint8:
        raise NoteError(f"An array of {array.dtype} is no {what}. Fix: give uint8, bool, or floats from 0 to 1.")
    return array


def _check_sides(width_px: int, height_px: int, what: str) -> None:
    if max(width_px, height_px) > _LARGEST_SIDE_PX:
        raise NoteError(_too_large(f"A {what} of {width_px}×{height_px}"))


def _too_large(what: str) -> str:
    return f"{what} is too large. Fix: keep both sides to {_LARGEST_SIDE_PX} pixels."


def _flat(picture: Image) -> Image:
    """As it is looked at: turned as its file says, on white where it is transparent."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(picture)
    if turned.mode in ("1", "L"):
        return turned.convert("L")
    if turned.has_transparency_data:
        ground = Image.new("RGBA", turned.size, "white")
        return Image.alpha_composite(ground, turned.convert("RGBA")).convert("RGB")
    return turned.convert("RGB")


def _rgb(array: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.stack([array] * 3, axis=-1) if array.ndim == 2 else array[:, :, :3]


def _grey(array: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return array if array.ndim == 2 else array[:, :, :3].max(axis=2)


def _store(array: NDArray[np.uint8], folder: FilmFolder) -> str:
    """Writes PNG unless it is there; a name stands for one picture whatever its file was."""
    from PIL import Image

    path = folder.given / f"{array_digest(array)[:_DIGITS]}.png"
    if not path.exists():
        folder.given.mkdir(parents=True, exist_ok=True)
        half = partial_path(folder.given, ".png")
        try:
            Image.fromarray(np.ascontiguousarray(array)).save(half, format="PNG")
            half.replace(path)
        except OSError as error:
            raise NoteError(f"{path}: cannot write it ({error.strerror}). Fix: make room.") from None
        finally:
            half.unlink(missing_ok=True)
    return path.relative_to(folder.root).as_posix()
