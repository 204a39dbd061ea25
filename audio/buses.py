"""What feeds a stem, block by block: single sounds, the places' beds, and music from its files.

Each `read(begin, end)` is asked for the film's samples in order and holds no more than what sounds just then.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

from audio import ambience
from audio.cues import AmbienceCue, MusicCue
from audio.layers import Layer, Stereo
from audio.library import Library
from audio.loudness import LoudnessMeter
from audio.placed import Placed, key_of

__all__ = ["Beds", "Music", "Sound", "Sounds", "whole_film"]

_LONGEST_GAP_S = 5.0  # a hole between two places' sounds is filled; a longer one is meant
# What our own players make, as the mix wants it while nobody speaks: a little under speech. Were it much softer, a
# film's loudness would have to come from speech alone, and speech would shout.
_MUSIC_DB = 2.0
_SOFTEST_LUFS, _LOUDEST_LUFS = -25.0, -15.5  # wherever else a cue comes from, it is brought between these
_CUT_OFF_S, _RING_S, _RING_OUT_S, _MUSIC_IN_S = 0.04, 4.0, 2.5, 0.005
_PIECE_S = 5.0
_CHUNK_S = 10.0  # of a bed that is kept, 4 MB
_MOST_KEPT_S = 900.0  # of all beds of a film: more would drive out the voices that are kept beside them


@dataclass(frozen=True)
class Sound:
    """A sound of a stem, made when the mix comes to it and dropped behind it."""

    start: int
    make: Callable[[], Stereo]


class Sounds:
    """Sounds with a beginning and an end; each rings out, over whatever cut."""

    def __init__(self, sounds: Sequence[Sound]) -> None:
        self._waiting = sorted(sounds, key=lambda sound: sound.start, reverse=True)
        self._sounding: list[tuple[int, Stereo]] = []

    def read(self, begin: int, end: int) -> Stereo:
        """Returns samples [begin, end) of the film."""
        out = np.zeros((end - begin, 2), np.float32)
        while self._waiting and self._waiting[-1].start < end:
            sound = self._waiting.pop()
            self._sounding.append((sound.start, sound.make()))
        for start, samples in self._sounding:
            first, last = max(begin, start), min(end, start + len(samples))
            if first < last:
                out[first - begin : last - begin] += samples[first - start : last - start]
        self._sounding = [(start, samples) for start, samples in self._sounding if start + len(samples) > end]
        return out


class Beds:
    """The places' own sound. A place may be heard before it is seen and after; between two there is no hole.

    Beds that the user's library has no part in are kept in `placed`, unless there are too many minutes of them: where a
    scene only moves, or becomes longer, what there was of its bed is as it was.
    """

    def __init__(self, cues: Sequence[AmbienceCue], rate_hz: int, library: Library | None, placed: Placed) -> None:
        self._rate_hz, self._library, self._placed = rate_hz, library, placed
        self._spans = _joined([cue for cue in cues if cue.end_s > cue.start_s])
        self._keeps = library is None and sum(span.end_s - span.start_s for span in self._spans) <= _MOST_KEPT_S
        self._layers: dict[int, Layer] = {}

    def read(self, begin: int, end: int) -> Stereo:
        """Returns samples [begin, end) of the film."""
        out = np.zeros((end - begin, 2), np.float32)
        for index, span in enumerate(self._spans):
            start, stop = round(span.start_s * self._rate_hz), round(span.end_s * self._rate_hz)
            first, last = max(begin, start), min(end, stop)
            if stop <= begin:
                self._layers.pop(index, None)
            elif first < last:
                layer = self._layers.get(index)
                if layer is None:
                    layer = self._layers[index] = self._bed(span.cue)
                at = np.arange(first, last)
                opening = np.clip((at - start) / max(1.0, span.fade_in_s * self._rate_hz), 0, 1)
                closing = np.clip((stop - at) / max(1.0, span.fade_out_s * self._rate_hz), 0, 1)
                gain = (np.sin(opening * np.pi / 2) * np.sin(closing * np.pi / 2)).astype(np.float32)
                out[first - begin : last - begin] += layer.read(last - first) * gain[:, None]
        return out

    def _bed(self, cue: AmbienceCue) -> Layer:
        if not self._keeps:
            return ambience.bed(cue, self._rate_hz, self._library)
        return _KeptBed(ambience.asked(cue), self._rate_hz, self._placed)


class _KeptBed:
    """A bed in chunks that are kept; it is made from its beginning as far as chunks are missing."""

    def __init__(self, cue: AmbienceCue, rate_hz: int, placed: Placed) -> None:
        self._cue, self._rate_hz, self._placed = cue, rate_hz, placed
        self._chunk = round(_CHUNK_S * rate_hz)
        self._key = ("bed", ambience.VERSION, rate_hz, self._chunk, asdict(cue))
        self._at = 0
        self._held: tuple[int, Stereo] | None = None
        self._made: Layer | None = None
        self._made_chunks = 0

    def read(self, count: int) -> Stereo:
        """Returns the next `count` samples, (count, 2)."""
        parts = []
        begin, end = self._at, self._at + count
        while begin < end:
            index, offset = divmod(begin, self._chunk)
            part = self._chunk_at(index)[offset : offset + end - begin]
            parts.append(part)
            begin += len(part)
        self._at = end
        return np.concatenate(parts) if parts else np.zeros((0, 2), np.float32)

    def _chunk_at(self, index: int) -> Stereo:
        if self._held is None or self._held[0] != index:
            key = key_of(*self._key, index)
            self._held = index, self._placed.get(key, partial(self._make, index), self._chunk)
        return self._held[1]

    def _make(self, index: int) -> Stereo:
        if self._made is None or self._made_chunks > index:
            self._made, self._made_chunks = ambience.bed(self._cue, self._rate_hz), 0
        while self._made_chunks < index:
            self._made.read(self._chunk)
            self._made_chunks += 1
        self._made_chunks += 1
        return self._made.read(self._chunk)


@dataclass(frozen=True)
class _Span:
    cue: AmbienceCue
    start_s: float
    end_s: float
    fade_in_s: float
    fade_out_s: float


def _joined(cues: Sequence[AmbienceCue]) -> list[_Span]:
    """Lets each place's sound fade out only while the next one fades in, so that room tone never stops."""
    spans = [
        _Span(cue, cue.start_s, cue.end_s, max(0.02, cue.fade_in_s), max(0.02, cue.fade_out_s))
        for cue in sorted(cues, key=lambda cue: (cue.start_s, cue.end_s))
    ]
    for index in range(len(spans) - 1):
        left, right = spans[index], spans[index + 1]
        wanted_s = min(left.fade_out_s, right.fade_in_s)
        missing_s = wanted_s - (left.end_s - right.start_s)
        if 0.0 < missing_s <= _LONGEST_GAP_S + wanted_s:
            early_s = min(0.5 * missing_s, right.start_s)
            spans[index] = _Span(
                left.cue, left.start_s, left.end_s + missing_s - early_s, left.fade_in_s, left.fade_out_s
            )
            spans[index + 1] = _Span(right.cue, right.start_s - early_s, right.end_s, right.fade_in_s, right.fade_out_s)
    return spans


class Music:
    """Music cues from their files, each brought to its place in the mix and faded where it is cut off."""

    def __init__(self, cues: Sequence[MusicCue], rate_hz: int, notices: list[str]) -> None:
        self._rate_hz = rate_hz
        self._played: list[tuple[int, int, int, int, _File, float]] = []
        for cue in cues:
            name = cue.title or cue.mood
            if cue.path is None or not cue.path.is_file():
                gone = f"{cue.path.name} is missing" if cue.path else "no music was made for it"
                notices.append(f"The music '{name}' at {cue.start_s:.1f} s is not heard: {gone}.")
                continue
            try:
                file = _File(cue.path, rate_hz)
                gain = _placed_gain(file)
            except (OSError, soundfile.SoundFileError) as error:
                reason = f"{cue.path.name} cannot be read ({error})"
                notices.append(f"The music '{name}' at {cue.start_s:.1f} s is not heard: {reason}.")
                continue
            start, stop = round(cue.start_s * rate_hz), round(cue.end_s * rate_hz)
            length_s = file.frames / rate_hz
            if length_s < cue.end_s - cue.start_s - 1.0:
                lasts = f"it lasts {length_s:.1f} s of {cue.end_s - cue.start_s:.1f}"
                notices.append(f"The music '{name}' at {cue.start_s:.1f} s ends early: {lasts}.")
            ring_s, out_s = (0.0, _CUT_OFF_S) if cue.ends == "cut" else (_RING_S, _RING_OUT_S)
            stop += round(ring_s * rate_hz)
            if start + file.frames <= stop:  # it ends by itself
                stop, out_s = start + file.frames, _CUT_OFF_S
            self._played.append((start, stop, round(_MUSIC_IN_S * rate_hz), round(out_s * rate_hz), file, gain))

    def read(self, begin: int, end: int) -> Stereo:
        """Returns samples [begin, end) of the film."""
        out = np.zeros((end - begin, 2), np.float32)
        for start, stop, opens, closes, file, gain in self._played:
            first, last = max(begin, start), min(end, stop)
            if first < last:
                at = np.arange(first, last)
                near = np.clip((at - start) / max(1, opens), 0.0, 1.0) * np.clip((stop - at) / max(1, closes), 0.0, 1.0)
                shape = (np.sin(0.5 * np.pi * near) ** 2 * gain).astype(np.float32)
                out[first - begin : last - begin] += file.read(first - start, last - start) * shape[:, None]
        return out


def whole_film(path: Path, rate_hz: int) -> Callable[[int, int], Stereo]:
    """Reads a sound that is as long as the film and stands in it as it is: samples [begin, end) of it."""
    return _File(path, rate_hz).read


class _File:
    """A stereo sound on disk at the mix's rate, read from anywhere and never whole."""

    def __init__(self, path: Path, rate_hz: int) -> None:
        self._path, self.rate_hz = path, rate_hz
        info = soundfile.info(path)
        shared = math.gcd(rate_hz, info.samplerate)
        self._up, self._down = rate_hz // shared, info.samplerate // shared
        self._held = info.frames
        self.frames = info.frames * self._up // self._down

    def read(self, begin: int, end: int) -> Stereo:
        """Returns samples [begin, end), silence after the end."""
        margin = 64  # input frames that the resampling filter reaches over
        first_step = max(0, begin // self._up - margin)  # a step is `down` frames in and `up` out
        first_in = first_step * self._down
        last_in = -(-end * self._down // self._up) + margin * self._down
        if self._up == self._down:
            first_step, first_in, last_in = begin, begin, end
        with soundfile.SoundFile(self._path) as file:
            file.seek(min(first_in, self._held))
            samples = file.read(max(0, last_in - first_in), dtype="float32", always_2d=True)
        samples = samples[:, :2] if samples.shape[1] > 1 else np.repeat(samples, 2, axis=1)
        if self._up != self._down:
            samples = signal.resample_poly(samples, self._up, self._down, axis=0).astype(np.float32)
        offset = begin - first_step * self._up
        part = samples[offset : offset + end - begin]
        out: NDArray[np.float32] = np.nan_to_num(np.pad(part, ((0, end - begin - len(part)), (0, 0))))
        return out


def _placed_gain(file: _File) -> float:
    """A cue keeps the dynamics it was written with, within bounds: a borrowed track may come at any loudness."""
    meter = LoudnessMeter(file.rate_hz)
    step = round(_PIECE_S * file.rate_hz)
    for begin in range(0, file.frames, step):
        meter.add(file.read(begin, min(file.frames, begin + step)))
    measured = meter.integrated_lufs()
    if measured == -math.inf:
        return 1.0
    placed = min(_LOUDEST_LUFS, max(_SOFTEST_LUFS, measured + _MUSIC_DB))
    return float(10.0 ** ((placed - measured) / 20.0))
