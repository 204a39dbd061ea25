"""A temp track, the user's own music in any format that FFmpeg reads, cut to the cues of a film.

Edits fall on onsets and between places that sound alike; a track that is too short goes round at such a place. It is
decoded once to a scratch file and read in pieces, so that its length costs disk, not memory. It composes nothing.
"""

from __future__ import annotations

import itertools
import math
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy import signal

from audio.cues import CueSheet
from audio.errors import SoundError
from audio.layers import Stereo
from audio.loudness import LoudnessMeter

__all__ = ["VERSION", "Edit", "Span", "Track", "conform", "decode", "heard", "open_track", "spread"]

VERSION = 1
_LUFS, _PEAK_DB, _MOST_GAIN_DB = -20.0, -3.0, 12.0  # as our own ensemble plays
_BLOCK = 1 << 17
_JOIN_S = 0.08  # how long two pieces of the track blend
_IN_S, _OUT_S, _CUT_S = 0.03, 1.8, 0.06
_SAME_LENGTH_S = 1.0  # a track this near to the film's length was cut to it
_FRAME_S = 0.05  # between two looks at the track
_ALIKE_S = 1.0  # how long two places must sound alike to be joined
_LEAST_S = 2.0  # of music that can go round


@dataclass(frozen=True)
class Span:
    """Music from `track_s` of the track on, at `at_s` of the cue, for `length_s`."""

    at_s: float
    track_s: float
    length_s: float


@dataclass(frozen=True)
class Edit:
    """What a cue hears of the track. The spans touch each other; the last ends with the cue or before."""

    spans: tuple[Span, ...]
    duration_s: float
    fade_out_s: float


@dataclass(frozen=True)
class Track:
    """A decoded track: its samples (n, 2) on disk, its level, its onsets and how each moment sounds."""

    name: str
    samples: NDArray[np.float32]
    rate_hz: int
    gain: float
    onsets_s: NDArray[np.float64]
    looks: NDArray[np.float32]  # (m, bands), one each `_FRAME_S`, of mean 0 and length 1 over the bands

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate_hz

    def write(self, edit: Edit, path: Path) -> None:
        """Writes an edit as 24-bit stereo WAV of the edit's length.

        Raises:
            SoundError: the file cannot be written.
        """
        total = round(edit.duration_s * self.rate_hz)
        partial = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with soundfile.SoundFile(partial, "w", self.rate_hz, 2, subtype="PCM_24", format="WAV") as file:
                for begin in range(0, total, _BLOCK):
                    file.write(self._read(edit, begin, min(total, begin + _BLOCK)))
            partial.replace(path)
        except (OSError, soundfile.SoundFileError) as error:
            raise SoundError(f"{path}: the music cannot be written ({error}). Fix: free some disk space.") from error
        finally:
            partial.unlink(missing_ok=True)

    def _read(self, edit: Edit, begin: int, end: int) -> Stereo:
        out = np.zeros((end - begin, 2), np.float32)
        join = round(_JOIN_S * self.rate_hz)
        last = len(edit.spans) - 1
        for index, span in enumerate(edit.spans):
            start, source = round(span.at_s * self.rate_hz), round(span.track_s * self.rate_hz)
            over = start + round(span.length_s * self.rate_hz)
            # The next piece comes in over the end of this one, which goes on underneath.
            fade_in = join if index else round(_IN_S * self.rate_hz)
            fade_out = join if index < last else max(1, round(edit.fade_out_s * self.rate_hz))
            over = min(over + (join if index < last else 0), start + len(self.samples) - source)
            first, stop = max(begin, start), min(end, over)
            if first >= stop:
                continue
            at = np.arange(first, stop)
            gain = np.sin(np.clip((at - start) / fade_in, 0.0, 1.0) * np.pi / 2.0)
            gain *= np.sin(np.clip((over - at) / fade_out, 0.0, 1.0) * np.pi / 2.0)
            piece = self.samples[source + first - start : source + stop - start]
            out[first - begin : stop - begin] += piece * (gain * self.gain).astype(np.float32)[:, None]
        return np.clip(out, -0.99, 0.99)  # two loud pieces that blend may meet


def open_track(path: Path, scratch: Path, rate_hz: int, *, most_s: float) -> Track:
    """Decodes up to `most_s` of a sound file into `scratch` and listens to it.

    Raises:
        SoundError: there is no sound in it that can be decoded.
    """
    raw = scratch / "track.raw"
    count = decode(path, raw, rate_hz, most_s=most_s)
    if count < rate_hz // 2:
        raise SoundError(f"{path}: the temp track holds less than half a second of music.")
    return heard(np.memmap(raw, np.float32, "r", shape=(count, 2)), rate_hz, path.name)


def heard(samples: NDArray[np.float32], rate_hz: int, name: str) -> Track:
    """Measures music (n, 2): the gain to our level, its onsets and how it sounds from moment to moment."""
    meter, peak = LoudnessMeter(rate_hz), 1e-6
    for begin in range(0, len(samples), _BLOCK):
        block = samples[begin : begin + _BLOCK]
        meter.add(block)
        peak = max(peak, float(np.abs(block).max()))
    lufs = meter.integrated_lufs()
    gain_db = min(_LUFS - lufs, _MOST_GAIN_DB) if math.isfinite(lufs) else 0.0
    gain_db = min(gain_db, _PEAK_DB - 20.0 * math.log10(peak))
    bands = _bands(samples, rate_hz)
    change = np.maximum(0.0, np.diff(bands, axis=0, prepend=bands[:1])).sum(axis=1)
    least = float(np.median(change) + change.std())
    found, _ = signal.find_peaks(change, height=least, distance=round(0.2 / _FRAME_S))
    looks = bands - bands.mean(axis=1, keepdims=True)
    looks /= np.linalg.norm(looks, axis=1, keepdims=True) + 1e-6
    return Track(name, samples, rate_hz, 10.0 ** (gain_db / 20.0), found * _FRAME_S, looks.astype(np.float32))


def spread(track: Track, cues: CueSheet) -> tuple[list[Edit], list[str]]:
    """Lays a track under the music cues; returns an edit for each, and notices.

    A track as long as the film was cut to it: each cue hears its own time. Any other is used up cue by cue, each
    beginning on an onset; where it runs out, it goes round.
    """
    fits = abs(track.duration_s - cues.duration_s) <= _SAME_LENGTH_S
    at_s, rounds = 0.0, 0
    edits: list[Edit] = []
    for cue in cues.music:
        length_s = max(0.1, cue.end_s - cue.start_s)
        begin_s = cue.start_s if fits else at_s
        if not fits and edits:
            begin_s = _nearest(track.onsets_s, at_s)
        edit, at_s = conform(track, begin_s, length_s, cut=cue.ends == "cut")
        rounds += len(edit.spans) - 1 + (edit.spans[0].track_s < begin_s - 0.01)
        edits.append(edit)
    if not rounds:
        return edits, []
    asked_s = sum(edit.duration_s for edit in edits)
    return edits, [
        f"{track.name}: the temp track ({track.duration_s:.1f} s) is shorter than the music it is to fill "
        f"({asked_s:.1f} s); it goes round {rounds} {'time' if rounds == 1 else 'times'}."
    ]


def conform(track: Track, begin_s: float, length_s: float, *, cut: bool) -> tuple[Edit, float]:
    """Takes `length_s` of music from `begin_s` on; returns the edit, and where in the track it ends.

    Where the track runs out it goes back from an onset near its end to an earlier one that sounds like it.
    """
    out_s, in_s = _turn(track)
    begin_s = begin_s if begin_s < out_s - 0.5 else in_s
    spans, at_s = [], 0.0
    while length_s - at_s > 1e-6:
        whole_s = track.duration_s - begin_s
        left_s = length_s - at_s
        take_s = left_s if left_s <= whole_s else max(0.2, out_s - begin_s)
        spans.append(Span(round(at_s, 6), round(begin_s, 6), round(take_s, 6)))
        at_s, end_s = at_s + take_s, begin_s + take_s
        begin_s = in_s
    fade_s = _CUT_S if cut else min(_OUT_S, length_s / 3)
    return Edit(tuple(spans), length_s, fade_s), end_s


def _turn(track: Track) -> tuple[float, float]:
    """Where the track can go back from, and where to: two onsets whose surroundings sound alike."""
    length_s = track.duration_s
    outs = [t for t in track.onsets_s if max(_LEAST_S, 0.6 * length_s) < t < length_s - _ALIKE_S]
    ins = [t for t in track.onsets_s if t < 0.4 * length_s] or [0.0]
    width, best = round(_ALIKE_S / _FRAME_S), (-2.0, max(0.2, length_s - _JOIN_S), 0.0)
    for out_s, in_s in itertools.product(outs[-40:], ins[:40]):
        here, there = round(out_s / _FRAME_S), round(in_s / _FRAME_S)
        count = min(width, len(track.looks) - here, len(track.looks) - there)
        alike = float(np.mean(np.sum(track.looks[here : here + count] * track.looks[there : there + count], axis=1)))
        before = min(width // 2, there, here)
        if before:
            pair = track.looks[here - before : here] * track.looks[there - before : there]
            alike = 0.7 * alike + 0.3 * float(np.mean(np.sum(pair, axis=1)))
        alike += 0.1 * (out_s - in_s) / length_s  # of two equals, the one that leaves more of the track
        best = max(best, (alike, out_s - _JOIN_S / 2, max(0.0, in_s - _JOIN_S / 2)))
    return best[1], best[2]


def _nearest(onsets_s: NDArray[np.float64], at_s: float) -> float:
    near = onsets_s[np.abs(onsets_s - at_s) < 2.0]
    return float(max(0.0, near[np.argmin(np.abs(near - at_s))] - 0.02)) if len(near) else at_s


def _bands(samples: NDArray[np.float32], rate_hz: int) -> NDArray[np.float64]:
    """Levels in dB of twenty-four bands, from 60 Hz to 8 kHz, each `_FRAME_S`: (m, 24)."""
    hop, size = round(_FRAME_S * rate_hz), 1 << 12
    edges = np.geomspace(60.0, 8000.0, 25)
    lines = np.searchsorted(np.fft.rfftfreq(size, 1.0 / rate_hz), edges)
    window = np.hanning(size)
    levels = []
    for begin in range(0, len(samples), hop * 256):
        block = samples[begin : begin + hop * 255 + size].mean(axis=1)
        count = min(256, -(-(len(samples) - begin) // hop))
        block = np.pad(block, (0, max(0, (count - 1) * hop + size - len(block))))
        frames = np.lib.stride_tricks.sliding_window_view(block, size)[::hop][:count] * window
        power = np.concatenate(
            (np.zeros((count, 1)), np.cumsum(np.abs(np.fft.rfft(frames, axis=1)) ** 2, axis=1)), axis=1
        )
        levels.append(power[:, np.maximum(lines[1:], lines[:-1] + 1)] - power[:, lines[:-1]])
    made: NDArray[np.float64] = 10.0 * np.log10(np.concatenate(levels) + 1e-6)
    return made


def decode(path: Path, raw: Path, rate_hz: int, *, most_s: float) -> int:
    """Decodes a sound file to stereo float32 in `raw`; returns how many samples.

    The file is handed over open and FFmpeg may open nothing else: a playlist cannot name other files or addresses.

    Raises:
        SoundError: it cannot be read as sound.
    """
    import av  # heavy, and only a temp track needs it

    count, most = 0, round(most_s * rate_hz)
    try:
        with (
            path.open("rb") as source,
            av.open(source, mode="r", options={"protocol_whitelist": "none"}) as container,
            raw.open("wb") as out,
        ):
            if not container.streams.audio:
                raise SoundError(f"{path}: there is no sound in it.")
            resampler = av.AudioResampler(format="flt", layout="stereo", rate=rate_hz)
            for frame in itertools.chain(container.decode(container.streams.audio[0]), (None,)):
                for made in resampler.resample(frame):
                    block = made.to_ndarray().reshape(-1, 2)[: most - count]
                    np.nan_to_num(block, copy=False, nan=0.0, posinf=0.0, neginf=0.0)
                    np.clip(block, -4.0, 4.0, out=block)
                    block.tofile(out)
                    count += len(block)
                if count >= most:
                    break
    except (av.FFmpegError, OSError, ValueError) as error:
        if count < rate_hz:  # what can be heard of a file that breaks off is used
            raise SoundError(f"{path}: cannot be read as sound ({str(error).splitlines()[0]}).") from error
    return count
