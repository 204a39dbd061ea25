"""From a cut and its takes to film.mp4: encodes the segments that are not there yet, then joins and muxes all.

Only what changed is encoded. The film appears at its path whole or not at all.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shots.cut.conform import Segment, conform
from shots.cut.encode import frames_in, join, made_with
from shots.cut.sound import AUDIO_RATE, encode_sound
from shots.cut.srt import read_srt
from shots.cut.timeline import Cut
from shots.errors import CutError
from shots.render.clip import FILM, ClipWriter, room_is_gone
from shots.render.job import Take
from shots.render.keys import key
from shots.render.partial import flush, partial_path, sweep
from shots.render.store import file_digest

__all__ = ["CutProgress", "Film", "cut_film"]

Composer = Callable[[Segment], Iterator[NDArray[np.uint8]]]
_LOOK_EVERY_S = 0.1
_COMPOSITION = "1"  # raised when segments are composed differently, so that those made before are not used again


@dataclass(frozen=True)
class CutProgress:
    """How far a cut has come, in frames that are encoded and frames that are joined."""

    frames_done: int
    frames_total: int
    elapsed_s: float


@dataclass(frozen=True)
class Film:
    """A film that was cut, with how much of it had to be encoded."""

    path: Path
    frame_count: int
    duration_s: float
    segments_encoded: int
    segments_reused: int


def cut_film(
    cut: Cut,
    takes: Mapping[str, Take],
    mix_path: Path,
    captions_srt: Path | None,
    out: Path,
    cache: Path,
    on_progress: Callable[[CutProgress], None] | None = None,
) -> Film:
    """Cuts the film to `out`; encoded segments are kept under `cache`, which may be deleted at any time.

    Raises:
        CutError: a shot has no take that fits, media is missing, moviepy finds no ffmpeg, or the disk is full.
    """
    segments = conform(cut, takes)
    folder = cache / "segments"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        sweep(folder)
        sweep(out.parent)
        return _cut(cut, segments, mix_path, captions_srt, out, folder, on_progress)
    except OSError as error:
        if room_is_gone(error):
            raise CutError(
                f"the disk is full: {out} could not be written. Fix: free some space and run the same command to go on."
            ) from None
        where = f"{error.filename}: " if error.filename else ""
        raise CutError(f"{where}{error.strerror or error}. Fix: check that the file can be read and written.") from None


def _cut(
    cut: Cut,
    segments: tuple[Segment, ...],
    mix_path: Path,
    captions_srt: Path | None,
    out: Path,
    folder: Path,
    on_progress: Callable[[CutProgress], None] | None,
) -> Film:
    if not mix_path.is_file():
        raise CutError(f"{mix_path}: the sound is missing. Fix: mix the film's sound before cutting it.")
    made_by = (*made_with(), *(f"{name}={value}" for name, value in asdict(FILM).items()), _COMPOSITION)
    files = {segment: folder / f"{segment.key(made_by)}.mp4" for segment in segments}
    by_path = {path: segment for segment, path in files.items()}
    with ThreadPoolExecutor(_cores()) as pool:  # opening a file waits more than it works
        found = dict(zip(by_path, pool.map(frames_in, by_path), strict=True))
    missing = {path: segment for path, segment in by_path.items() if found[path] != segment.frame_count}
    samples = round(Fraction(cut.frame_count * AUDIO_RATE, cut.fps))
    sound = folder / f"{key('sound', (file_digest(mix_path), samples, made_by))}.m4a"
    board = _Board(sum(segment.frame_count for segment in missing.values()) + cut.frame_count, on_progress)
    _encode_all(missing, board, None if sound.exists() else (mix_path, sound, samples))
    captions = read_srt(captions_srt.read_text("utf-8", "replace")) if captions_srt else ()
    whole = partial_path(out.parent, ".mp4")
    with ExitStack() as undo:
        undo.callback(whole.unlink, missing_ok=True)
        encoded = board.done
        join(
            [(files[segment], segment.frame_count) for segment in segments],
            sound,
            captions,
            whole,
            fps=cut.fps,
            frame_count=cut.frame_count,
            title=cut.title,
            language=cut.language,
            on_frames=lambda frames: board.reach(encoded + frames),
        )
        flush(whole)
        whole.replace(out)
    return Film(out, cut.frame_count, cut.duration_s, len(missing), len(set(files.values())) - len(missing))


class _Board:
    """Adds up frames from several threads; tells about it in the thread that asks."""

    def __init__(self, total: int, on_progress: Callable[[CutProgress], None] | None) -> None:
        self.done = 0
        self._total = total
        self._on_progress = on_progress
        self._lock = threading.Lock()
        self._started = time.monotonic()

    def add(self, frames: int) -> None:
        with self._lock:
            self.done += frames

    def reach(self, frames: int) -> None:
        self.done = frames
        self.tell()

    def tell(self) -> None:
        if self._on_progress is not None:
            self._on_progress(CutProgress(self.done, self._total, time.monotonic() - self._started))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _encode_all(missing: Mapping[Path, Segment], board: _Board, sound: tuple[Path, Path, int] | None) -> None:
    """Encodes segments, and the sound (its mix, its file, its samples) if it is not there yet."""
    if not missing and sound is None:
        return
    compose = _composer() if missing else None
    stop = threading.Event()
    with ThreadPoolExecutor(_cores()) as pool:  # x264 and swscale let go of Python's lock
        try:
            waiting = {pool.submit(_encode_sound, *sound)} if sound else set()
            if compose is not None:
                waiting |= {
                    pool.submit(_encode, compose, segment, path, board, stop) for path, segment in missing.items()
                }
            while waiting:
                done, waiting = wait(waiting, timeout=_LOOK_EVERY_S, return_when=FIRST_EXCEPTION)
                board.tell()
                for future in done:
                    future.result()
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _encode(compose: Composer, segment: Segment, path: Path, board: _Board, stop: threading.Event) -> None:
    partial = partial_path(path.parent, ".mp4")
    try:
        with ClipWriter(partial, segment.width_px, segment.height_px, segment.fps, FILM) as writer:
            for frame in _readable(compose, segment):
                if stop.is_set():
                    return
                writer.write(frame)
                board.add(1)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _encode_sound(mix: Path, path: Path, samples: int) -> None:
    partial = partial_path(path.parent, ".m4a")
    try:
        encode_sound(mix, partial, samples)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _readable(compose: Composer, segment: Segment) -> Iterator[NDArray[np.uint8]]:
    try:
        yield from compose(segment)
    except OSError as error:
        shots = " or ".join(layer.shot for layer in segment.layers)
        raise CutError(
            f"the clip of shot {shots} cannot be read: {error.filename}: {error.strerror}. Fix: render the shot again."
        ) from None


def _composer() -> Composer:
    """moviepy's part, imported when it is first needed."""
    try:
        from shots.cut.segment import frames_of
    except (ImportError, OSError, RuntimeError) as error:  # moviepy looks for an ffmpeg when it is imported
        raise CutError(
            f"the film cannot be assembled: moviepy finds no ffmpeg ({error}). "
            "Fix: pip install --force-reinstall imageio-ffmpeg, or install ffmpeg and unset IMAGEIO_FFMPEG_EXE."
        ) from None
    return frames_of
