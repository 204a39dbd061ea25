"""Real clips with captions, cut for training: `shot.mp4` (or whatever else PyAV opens) with `shot.txt` beside it.

A film file is cut from end to end into windows of 1 + 4k frames at 12 or 24 a second, scaled to cover one of the
theatre's sizes and cropped to it about the middle. Of footage nothing is known but pictures and words: no guide, no
cast, no facts. Whole files fall on the training or the held-out side by their names, for good. What cannot be used
is told in a sentence, and the rest goes on.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image, Resampling

from model.errors import PictureError
from model.sampler.split import Split, held_out
from model.training.clips import LONG_FRAMES, SHORT_FRAMES, SIZES_PX, is_long, write
from model.training.folders import claim

__all__ = [
    "Cut",
    "Footage",
    "caption_of",
    "cut_footage",
    "film_frames",
    "fitted",
    "is_footage",
    "load_footage",
    "outdated",
    "side_of",
    "upright",
]

_RATES = (12, 12, 24)  # of the windows in turn, as clips of the theatre have them
_PLAIN = 10  # the weight of every pixel, in tenths


@dataclass(frozen=True, kw_only=True, eq=False)
class Footage:
    """One window of a film file: frames (f, h, w, 3), sRGB; `window` counts from 0."""

    frames: NDArray[np.uint8]
    fps: int
    caption: str
    window: int
    split: str


@dataclass(frozen=True)
class Cut:
    """What a call did: windows it wrote, film files that were cut before, a sentence for each that failed."""

    written: int
    kept: int
    problems: tuple[str, ...]


def side_of(name: str) -> Split:
    """The side of a film file, by its path within its folder."""
    return "held_out" if held_out("footage", name) else "train"


def cut_footage(folder: Path, clips: Path) -> Cut:
    """Cuts every film file under `folder` that is not cut yet into `clips` / "train" or "held_out".

    A file whose pictures or caption have changed is cut anew, and its old windows are deleted.

    Raises:
        PictureError: there is nothing in the folder.
    """
    films = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_film(path)]
    if not films:
        raise PictureError(
            f"{folder} holds no film files. Fix: put clips there, each with its caption in a .txt beside."
        )
    written, kept, problems = 0, 0, []
    for path in films:
        name = path.relative_to(folder).as_posix()
        split = side_of(name)
        side = clips / split
        claim(side, {"split": split})
        try:
            caption = caption_of(path)
            stem = _stem_of(name, path, caption)
            done = side / f"{stem}.cut"
            if done.exists():
                kept += 1
                continue
            number = 0
            for number, (frames, fps) in enumerate(_windows(path), 1):
                into = side / f"{stem}-{number - 1:05d}.safetensors"
                if not into.exists():
                    _save(Footage(frames=frames, fps=fps, caption=caption, window=number - 1, split=split), into)
                    written += 1
                for old in outdated(into):
                    old.unlink()
            if not number:
                raise PictureError(f"{path} is shorter than {SHORT_FRAMES} frames at 12 a second. Fix: leave it out.")
            done.touch()
        except PictureError as error:
            problems.append(str(error))
    return Cut(written, kept, tuple(problems))


def outdated(path: Path) -> list[Path]:
    """Files beside a window's that are of the same film file as it was before."""
    film, _, version = path.stem.rpartition("-")[0].rpartition("-")
    return [other for other in path.parent.glob(f"{film}-*") if not other.name.startswith(f"{film}-{version}")]


def is_footage(path: Path) -> bool:
    """Whether a clip's file is a window of footage, by its name."""
    return path.name.startswith("footage-")


def load_footage(path: Path) -> Footage:
    """Reads a window that `cut_footage` wrote.

    Raises:
        FileNotFoundError: there is none.
        PictureError: the file is cut off or holds something else.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            return Footage(frames=file.get_tensor("truth"), **json.loads(file.metadata()["footage"]))
    except (SafetensorError, TypeError, KeyError) as error:
        raise PictureError(f"{path} is no whole window of footage ({error}). Fix: delete it and cut anew.") from error


def _save(footage: Footage, path: Path) -> None:
    """Writes a window as a clip is written, with no frames of guides and no sheets."""
    f, h, w = footage.frames.shape[:3]
    nothing = np.zeros((0, h, w, 3), dtype=np.uint8)
    arrays = {
        "truth": footage.frames,
        "stand_ins": nothing,
        "other": nothing,
        "detail": np.full((f, h // 8, w // 8), _PLAIN, dtype=np.uint8),
    }
    facts = {"fps": footage.fps, "caption": footage.caption, "window": footage.window, "split": footage.split}
    write(arrays, {"footage": json.dumps(facts)}, path)


def _is_film(path: Path) -> bool:
    return path.suffix.lower() != ".txt" and not path.name.startswith(".")


def caption_of(path: Path) -> str:
    """What is seen, from the text beside a picture or film file.

    Raises:
        PictureError: there is none, or it is not UTF-8.
    """
    beside = path.with_suffix(".txt")
    try:
        caption = " ".join(beside.read_text(encoding="utf-8").split())
    except FileNotFoundError:
        caption = ""
    except UnicodeDecodeError as error:
        raise PictureError(f"{beside} is not UTF-8 text. Fix: save it as UTF-8.") from error
    if not caption:
        raise PictureError(f"{path} has no caption. Fix: say in {beside.name} beside it what is seen.")
    return caption


def _stem_of(name: str, path: Path, caption: str) -> str:
    """A name that says which file it is of, and as what."""
    told = re.sub(r"\W+", "_", Path(name).stem)[:40]
    which = hashlib.sha256(name.encode()).hexdigest()[:8]
    state = hashlib.sha256(f"{path.stat().st_size} {path.stat().st_mtime_ns} {caption}".encode()).hexdigest()[:8]
    return f"footage-{told}-{which}-{state}"


def _windows(path: Path) -> Iterator[tuple[NDArray[np.uint8], int]]:
    """The windows of a film file, in order, with their rates."""
    frames = film_frames(path)
    shown = next(frames, None)
    if shown is None:
        return
    size = _size_of(shown[1])
    pictures: list[NDArray[np.uint8]] = []
    window, started_s = 0, shown[0]
    for picture, until_s in _until_next(chain([shown], frames)):
        at_size: NDArray[np.uint8] | None = None
        while True:
            fps, count = _RATES[window % len(_RATES)], LONG_FRAMES if is_long(window) else SHORT_FRAMES
            if started_s + len(pictures) / fps >= until_s - 1e-6:
                break
            at_size = fitted(upright(picture), size) if at_size is None else at_size
            pictures.append(at_size)
            if len(pictures) == count:
                yield np.stack(pictures), fps
                started_s, window, pictures = started_s + count / fps, window + 1, []
    if len(pictures) >= SHORT_FRAMES:
        yield np.stack(pictures[:SHORT_FRAMES]), _RATES[window % len(_RATES)]


def _until_next(frames: Iterator[tuple[float, Any]]) -> Iterator[tuple[Any, float]]:
    """Each picture with the time when the next begins; the last is shown for as long as the one before it."""
    (began_s, picture), shown_s = next(frames), 1 / 24
    for next_s, following in frames:
        yield picture, next_s
        began_s, shown_s, picture = next_s, next_s - began_s, following
    yield picture, began_s + shown_s


def film_frames(path: Path) -> Iterator[tuple[float, Any]]:
    """The pictures of a film file with the time when each begins, in order.

    Raises:
        PictureError: it holds none, or cannot be read.
    """
    import av

    try:
        with av.open(str(path)) as file:
            if not file.streams.video:
                raise PictureError(f"{path} holds no pictures. Fix: leave it out.")
            stream = file.streams.video[0]
            stream.thread_type = "AUTO"
            last_s = -math.inf
            for frame in file.decode(stream):
                if frame.time is not None and frame.time > last_s:
                    last_s = frame.time
                    yield last_s, frame
    except (av.FFmpegError, OSError) as error:
        raise PictureError(
            f"{path} cannot be read as a film ({error.strerror}). Fix: convert it to mp4 anew."
        ) from error


def upright(frame: Any) -> Image:
    """A frame as a PIL image, turned as its file says."""
    image: Image = frame.to_image()
    return image.rotate(frame.rotation, expand=True) if frame.rotation % 360 else image


def _size_of(frame: Any) -> tuple[int, int]:
    """The size of the aspect nearest to a frame's."""
    width, height = upright(frame).size
    return min(SIZES_PX.values(), key=lambda size: abs(math.log(size[0] / size[1] * height / width)))


def fitted(image: Image, size: tuple[int, int]) -> NDArray[np.uint8]:
    """A picture scaled to cover (width, height) and cropped to it about the middle: (h, w, 3), sRGB."""
    scale = min(image.width / size[0], image.height / size[1])
    left, top = (image.width - scale * size[0]) / 2, (image.height - scale * size[1]) / 2
    box = (left, top, left + scale * size[0], top + scale * size[1])
    return np.asarray(image.convert("RGB").resize(size, Resampling.LANCZOS, box=box))
