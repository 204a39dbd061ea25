"""Pictures and clips of somebody or of a place, with their words, as an engine's own clips: what a LoRA is taught.

A folder of pictures (PNG, JPEG, WebP) and film files; what each shows may stand in a .txt beside it. A picture is a
clip of one frame. A film file is cut from its beginning into clips of the engine's rate and lengths. Each keeps its
shape, in a size that the engine makes; a picture is never enlarged.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.backends.engine import FrameCounts, Sizes
from model.errors import PictureError
from model.training.footage import caption_of, film_frames, fitted, upright

__all__ = ["Example", "digest_of", "examples_of"]

_PICTURES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
_LARGEST_PX = 64_000_000  # of a picture's area: a file may claim any size
_ENOUGH = 0.01  # a film's last frame may be missing so much of its time


@dataclass(frozen=True, kw_only=True, eq=False)
class Example:
    """Frames (t, h, w, 3), sRGB, and what they show; `name` says where they are from."""

    name: str
    frames: NDArray[np.uint8]
    text: str


def examples_of(
    folder: Path, trigger: str, sizes: Sizes, area_px: int, counts: FrameCounts, fps: int, *, stills: bool = True
) -> Iterator[Example]:
    """All examples of a folder, in the order of their names; without `stills`, its clips alone.

    Raises:
        PictureError: there are none; one cannot be read; one has no words and there is no trigger word.
    """
    found = False
    for path in _files(folder):
        is_still = path.suffix.lower() in _PICTURES
        if is_still and not stills:
            continue
        text = _words(path, trigger)
        for frames in [_still(path, sizes, area_px)] if is_still else _clips(path, sizes, area_px, counts, fps):
            found = True
            yield Example(name=path.relative_to(folder).as_posix(), frames=frames, text=text)
    if not found:
        kind = "pictures or clips" if stills else f"clips of {counts.least} frames at {fps} a second"
        raise PictureError(f"{folder} holds no {kind} to learn from. Fix: put some there, ten or more.")


def digest_of(folder: Path) -> str:
    """The digest of all that the examples are made from.

    Raises:
        PictureError: there is no such folder.
    """
    whole = hashlib.sha256()
    for path in _files(folder):
        for one in (path, path.with_suffix(".txt")):
            if one.exists():
                whole.update(one.relative_to(folder).as_posix().encode() + hashlib.sha256(one.read_bytes()).digest())
    return whole.hexdigest()


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise PictureError(f"there is no folder {folder}. Fix: put pictures and clips to learn from in it.")
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.suffix != ".txt" and not path.name.startswith(".")
    ]


def _words(path: Path, trigger: str) -> str:
    """What is seen, after the trigger word; the trigger word alone where nothing is said."""
    if trigger and not path.with_suffix(".txt").exists():
        return trigger
    return ", ".join(word for word in (trigger, caption_of(path)) if word)


def _size(width_px: int, height_px: int, sizes: Sizes, area_px: int) -> tuple[int, int]:
    """The size that a picture of this size is learnt in: its shape, in steps, no larger than it or than the area."""
    if sizes.fixed:
        return min(sizes.fixed, key=lambda size: abs(math.log(size[0] / size[1] * height_px / width_px)))
    scale = min(1.0, math.sqrt(area_px / (width_px * height_px)))
    step = sizes.multiple_px
    return max(step, int(width_px * scale) // step * step), max(step, int(height_px * scale) // step * step)


def _still(path: Path, sizes: Sizes, area_px: int) -> NDArray[np.uint8]:
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path, formats=list(set(_PICTURES.values()))) as file:
            if file.width * file.height > _LARGEST_PX:
                raise PictureError(f"{path} is {file.width} × {file.height} pixels. Fix: make it smaller.")
            image = ImageOps.exif_transpose(file).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise PictureError(f"{path} cannot be read as a picture. Fix: save it anew as PNG.") from error
    return fitted(image, _size(*image.size, sizes, area_px))[None]


def _clips(path: Path, sizes: Sizes, area_px: int, counts: FrameCounts, fps: int) -> Iterator[NDArray[np.uint8]]:
    """A film file's clips of `counts.most` frames one after the other; of what is left, the longest that fits."""
    pictures: list[NDArray[np.uint8]] = []
    for picture in _at_rate(path, sizes, area_px, fps):
        pictures.append(picture)
        if len(pictures) == counts.most:
            yield np.stack(pictures)
            pictures = []
    left = (len(pictures) - 1) // counts.step * counts.step + 1
    if left >= counts.least:
        yield np.stack(pictures[:left])


def _at_rate(path: Path, sizes: Sizes, area_px: int, fps: int) -> Iterator[NDArray[np.uint8]]:
    """A film file's pictures at an even rate: at each instant the one that is shown then."""
    frames = film_frames(path)
    first = next(frames, None)
    if first is None:
        return
    size: tuple[int, int] | None = None
    began_s, last, last_s, shown_s, number = first[0], first[1], first[0], 1 / fps, 0
    end: tuple[float, Any] = (math.inf, None)
    for next_s, following in chain(frames, [end]):
        if following is None:
            next_s = last_s + shown_s
        at_size = None
        while began_s + (number + _ENOUGH) / fps < next_s:
            if at_size is None:
                image = upright(last)
                size = size or _size(*image.size, sizes, area_px)
                at_size = fitted(image, size)
            yield at_size
            number += 1
        shown_s, last, last_s = next_s - last_s, following, next_s
