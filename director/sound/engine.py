"""The sound that a picture engine made with a film's takes: one stem, placed as the cut has the takes.

It is no part of the mix: nothing of the film's own sound is known to the engine, and it says words that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.errors import SoundError
from shots.cut.timeline import Cut, CutItem
from shots.render.job import Take
from shots.render.partial import partial_path

__all__ = ["STEM", "write_engine_stem"]

STEM = "engine.wav"
"""Its name, among the stems."""

_RATE_HZ = 48_000
_EDGE_S = 0.005  # over which a hard cut opens and closes

_Stereo = NDArray[np.float32]


def write_engine_stem(cut: Cut, takes: Mapping[str, Take], folder: Path) -> Path | None:
    """Writes the stem into `folder`, as long as the film, in 24 bits at 48 kHz; one shot is held at a time.

    None where no take of the cut has a sound: then a stem that an earlier cut left goes. A take with none is silent.

    Raises:
        SoundError: the stem cannot be written.
    """
    import soundfile

    out = folder / STEM
    try:
        if not any(item.shot in takes and takes[item.shot].sound is not None for item in cut.items):
            out.unlink(missing_ok=True)
            return None
        folder.mkdir(parents=True, exist_ok=True)
        partial = partial_path(folder, ".wav")
        try:
            with soundfile.SoundFile(partial, "w", _RATE_HZ, 2, subtype="PCM_24", format="WAV") as file:
                over = np.zeros((0, 2), np.float32)  # what of the item before is still heard
                for item, after in zip(cut.items, (*cut.items[1:], None), strict=True):
                    heard = _heard(item, after, takes.get(item.shot), cut.fps)
                    heard[: len(over)] += over
                    own = len(heard) if after is None else _at(after.start_frame, cut) - _at(item.start_frame, cut)
                    file.write(np.clip(heard[:own], -1.0, 1.0))
                    over = heard[own:]
            partial.replace(out)
        finally:
            partial.unlink(missing_ok=True)
    except (OSError, soundfile.SoundFileError) as error:
        raise SoundError(f"{out}: the stem cannot be written ({error}). Fix: free some disk space.") from error
    return out


def _heard(item: CutItem, after: CutItem | None, take: Take | None, fps: int) -> _Stereo:
    """What is heard of an item, (n, 2), faded where it overlaps its neighbours and where its picture fades."""
    from audio.sound_files import read_sound

    count = round(item.end_frame * _RATE_HZ / fps) - round(item.start_frame * _RATE_HZ / fps)
    out = np.zeros((count, 2), np.float32)
    if take is None or take.sound is None:
        return out
    first = round(item.first_frame * _RATE_HZ / fps)
    try:
        samples, _ = read_sound(take.sound, _RATE_HZ, (first + count) / _RATE_HZ + 0.1)
    except SoundError:  # only silence in it
        return out
    samples = samples[first : first + count]
    out[: len(samples)] = samples
    opens_s = max(item.overlap_frames, item.fade_in_frames) / fps
    closes_s = max(after.overlap_frames if after is not None else 0, item.fade_out_frames) / fps
    at_s = (np.arange(count) + 0.5) / _RATE_HZ
    near = np.minimum(at_s / max(opens_s, _EDGE_S), (count / _RATE_HZ - at_s) / max(closes_s, _EDGE_S))
    out *= (np.sin(0.5 * np.pi * np.clip(near, 0.0, 1.0)) ** 2).astype(np.float32)[:, None]
    return out


def _at(frame: int, cut: Cut) -> int:
    return round(frame * _RATE_HZ / cut.fps)
