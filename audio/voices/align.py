"""When the words and phonemes of a recorded or neural voice sound: by a reference voice that knows its own times.

The same text is spoken by three voices of espeak's, whose events are exact; all sounds become mel-cepstra, dynamic time
warping lays each voice on the sound, its times are read off along the path, and the median counts. Nothing here changes
a sound.

    Davis, Mermelstein: Comparison of parametric representations for monosyllabic word recognition. ASSP 28 (1980)
    Sakoe, Chiba: Dynamic programming algorithm optimization for spoken word recognition. ASSP 26 (1978)
    Salvador, Chan: Toward accurate dynamic time warping in linear time and space (2007): coarse first, then finer
    near the coarse path, so that a speech of many minutes is aligned in memory that grows with its length only
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.errors import SoundError
from audio.speech import PhonemeTime, Speaker, SpokenLine, VoiceEngine, WordTime

__all__ = ["align", "warp"]

_Array = NDArray[np.float64]
_RATE_HZ = 16_000
_WINDOW, _HOP = 400, 160  # samples: 25 ms, 10 ms
_HOP_S = _HOP / _RATE_HZ
_BANDS, _CEPSTRA = 20, 8  # few: what is said, not who says it
_SLOPE_WEIGHT = 2.0  # changes are alike in all voices
_RADIUS = 24  # frames on either side of the coarser path
_SMALL = 600  # frames that are warped without a coarser path


def align(
    samples: NDArray[np.float32], rate_hz: int, text: str, speaker: Speaker, reference: VoiceEngine
) -> tuple[tuple[WordTime, ...], tuple[PhonemeTime, ...]]:
    """Returns the times of the words and phonemes of `text`, as `samples` (mono) speak it.

    A reference that only murmurs, or lacks the language, is laid evenly over what is heard.

    Raises:
        SoundError: the reference cannot be written.
    """
    duration_s = len(samples) / rate_hz
    # Grown-ups' plain voices: a child's is too high to show its formants. One may be led astray; the middle one
    # of three seldom is.
    genders: tuple[Literal["female", "male"], ...] = (
        "female",
        "male",
        "female" if speaker.gender == "female" else "male",
    )
    readers = [
        Speaker(id=f"REFERENCE {number}", gender=gender, language=speaker.language)
        for number, gender in enumerate(genders)
    ]
    tellings: list[tuple[SpokenLine, _Array, _Array]] = []
    try:
        if reference.name != "tones":
            for reader, voice in zip(readers, reference.cast(readers).values(), strict=True):
                known, own, own_hz = _told(reference, text, reader, voice)
                tellings.append((known, *warp(own, own_hz, samples, rate_hz)))
    except SoundError:  # it lacks the language
        tellings = []
    if not tellings:
        from audio.voices.tones import Tones

        murmur = Tones()
        known, _, _ = _told(murmur, text, readers[0], murmur.cast(readers)[readers[0].id])
        if known.words:
            there = np.array([known.words[0].start_s, known.words[-1].end_s])
            tellings = [(known, there, np.array(_heard(samples, rate_hz)))]
    if not tellings or not tellings[0][0].words:
        return (), ()
    words = [WordTime(word.text, start_s, end_s) for word, start_s, end_s in _middle(tellings, "words", duration_s)]
    phonemes = [PhonemeTime(p.ipa, start_s, end_s) for p, start_s, end_s in _middle(tellings, "phonemes", duration_s)]
    return tuple(_words_apart(words, duration_s)), tuple(p for p in phonemes if p.end_s - p.start_s > 1e-3)


def _told(
    reference: VoiceEngine, text: str, reader: Speaker, voice: str
) -> tuple[SpokenLine, NDArray[np.float32], int]:
    with tempfile.TemporaryDirectory(prefix="wp-align-") as folder:
        known = reference.speak(text, reader, voice, Path(folder) / "reference.wav")
        samples, rate_hz = soundfile.read(known.path, dtype="float32")
    return known, samples, rate_hz


def _middle(
    tellings: Sequence[tuple[SpokenLine, _Array, _Array]], what: Literal["words", "phonemes"], duration_s: float
) -> list[tuple[Any, float, float]]:
    """The words or phonemes of the first telling, each with the median of when the tellings have it."""
    first = getattr(tellings[0][0], what)
    times: list[_Array] = []
    for known, there, here in tellings:
        own = getattr(known, what)
        if len(own) == len(first):  # one voice may run together what another does not
            edges = np.array([(item.start_s, item.end_s) for item in own]).reshape(-1, 2)
            times.append(np.clip(np.interp(edges, there, here), 0.0, duration_s))
    middle = np.median(np.stack(times), axis=0)
    return [(item, float(start_s), float(end_s)) for item, (start_s, end_s) in zip(first, middle, strict=True)]


def warp(
    reference: NDArray[np.float32], reference_hz: int, samples: NDArray[np.float32], rate_hz: int
) -> tuple[_Array, _Array]:
    """Lays two speakings of one text on each other.

    Returns:
        Times in seconds of the reference, rising, and those of `samples` at the same places, never falling.
    """
    one, other = cepstra(reference, reference_hz), cepstra(samples, rate_hz)
    path = _path(one, other)
    # Where one frame lies on several of the other, it lies on their middle.
    count = np.bincount(path[:, 0], minlength=len(one))
    middle = np.bincount(path[:, 0], weights=path[:, 1], minlength=len(one)) / count
    centre_s = 0.5 * _WINDOW / _RATE_HZ
    there = np.arange(len(one), dtype=np.float64) * _HOP_S + centre_s
    return there, np.asarray(middle * _HOP_S + centre_s, np.float64)


def cepstra(samples: NDArray[np.float32], rate_hz: int) -> _Array:
    """Returns (frames, 2 * 8) mel-frequency cepstra and their slopes, each of mean 0 and even variance over time."""
    from scipy import fft, signal

    shared = math.gcd(rate_hz, _RATE_HZ)
    sound = signal.resample_poly(samples.astype(np.float64), _RATE_HZ // shared, rate_hz // shared)
    sound = np.append(sound[:1], sound[1:] - 0.97 * sound[:-1])
    sound = np.pad(sound, (0, max(0, _WINDOW - len(sound))))
    frames = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_HOP]
    mel = np.empty((len(frames), _BANDS))
    for begin in range(0, len(frames), 4096):  # a speech of many minutes fits in memory
        power = np.abs(fft.rfft(frames[begin : begin + 4096] * np.hanning(_WINDOW), 512)) ** 2
        mel[begin : begin + 4096] = power @ _filters().T
    floor = max(1e-10, float(np.percentile(mel.sum(axis=1), 98)) * 1e-6)  # 60 dB below the loudest is silence
    found = fft.dct(np.log(mel + floor), type=2, axis=1, norm="ortho")[:, :_CEPSTRA]
    padded = np.pad(found, ((2, 2), (0, 0)), mode="edge")
    slope = (2 * (padded[4:] - padded[:-4]) + padded[3:-1] - padded[1:-3]) / 10
    both = np.hstack([found, slope])
    even: _Array = (both - both.mean(axis=0)) / (both.std(axis=0) + 1e-6)
    even[:, _CEPSTRA:] *= _SLOPE_WEIGHT
    return even


@cache
def _filters() -> _Array:
    """(20, 257) triangles, evenly spaced on the mel scale from 60 Hz to 7.6 kHz."""
    edges_mel = np.linspace(_mel(60.0), _mel(7600.0), _BANDS + 2)
    edges_hz = 700.0 * (10.0 ** (edges_mel / 2595.0) - 1.0)
    bins_hz = np.arange(257) * _RATE_HZ / 512
    low, top, high = edges_hz[:-2, None], edges_hz[1:-1, None], edges_hz[2:, None]
    triangles: _Array = np.maximum(0.0, np.minimum((bins_hz - low) / (top - low), (high - bins_hz) / (high - top)))
    return triangles


def _mel(hz: float) -> float:
    return 2595.0 * math.log10(1.0 + hz / 700.0)


def _path(one: _Array, other: _Array) -> NDArray[np.intp]:
    """The cheapest way (steps, 2) through two series of features, from both beginnings to both ends."""
    if min(len(one), len(other)) <= 32 or max(len(one), len(other)) <= _SMALL:
        low = np.zeros(len(one), np.intp)
        return _banded(one, other, low, np.full(len(one), len(other), np.intp))
    coarse = _path(_halved(one), _halved(other)) * 2
    row = np.minimum(coarse[:, 0], len(one) - 1)
    low = np.full(len(one), len(other), np.intp)
    high = np.zeros(len(one), np.intp)
    for step in (0, 1):
        at = np.minimum(row + step, len(one) - 1)
        np.minimum.at(low, at, coarse[:, 1])
        np.maximum.at(high, at, coarse[:, 1] + 2)
    low = np.minimum.accumulate(np.append(low[_RADIUS:], np.full(_RADIUS, low[-1]))[::-1])[::-1]
    low = np.concatenate([np.zeros(min(2 * _RADIUS, len(one)), np.intp), low])[: len(one)] - _RADIUS
    high = np.append(high[_RADIUS:], np.full(_RADIUS, len(other))) + _RADIUS
    return _banded(one, other, np.maximum(low, 0), np.minimum(np.maximum.accumulate(high), len(other)))


def _halved(series: _Array) -> _Array:
    even = len(series) // 2 * 2
    pairs = series[:even].reshape(-1, 2, series.shape[1]).mean(axis=1)
    return np.vstack([pairs, series[even:]])


def _banded(one: _Array, other: _Array, low: NDArray[np.intp], high: NDArray[np.intp]) -> NDArray[np.intp]:
    """Dynamic time warping of row i within columns low[i] to high[i], both never falling and overlapping.

    Row by row: the way along a row is a running minimum of (way from above - cost so far), so that no cell is
    visited by Python.
    """
    ways: list[_Array] = []
    for i, frame in enumerate(one):
        here = other[low[i] : high[i]]
        cost = np.sqrt(np.square(here - frame).sum(axis=1))
        if i == 0:
            ways.append(np.cumsum(cost))
            continue
        above = np.full(len(here) + 1, np.inf)  # of columns low[i] - 1 to high[i] - 1
        begin, end = max(low[i] - 1, low[i - 1]), min(high[i], high[i - 1])
        above[begin - low[i] + 1 : end - low[i] + 1] = ways[-1][begin - low[i - 1] : end - low[i - 1]]
        # A diagonal step does the work of two: without the weight, the way would cut corners.
        entered = np.minimum(above[1:], above[:-1] + cost) + cost
        along = np.cumsum(cost)
        ways.append(np.minimum.accumulate(entered - along) + along)
    return _back(ways, low)


def _back(ways: Sequence[_Array], low: NDArray[np.intp]) -> NDArray[np.intp]:
    i = len(ways) - 1
    j = int(low[i]) + len(ways[i]) - 1
    path = [(i, j)]

    def way(row: int, column: int) -> float:
        at = column - int(low[row]) if row >= 0 else -1
        return float(ways[row][at]) if 0 <= at < len(ways[row]) else math.inf

    while i or j > low[0]:
        choices = ((way(i - 1, j - 1), i - 1, j - 1), (way(i - 1, j), i - 1, j), (way(i, j - 1), i, j - 1))
        _, i, j = min(choices)
        path.append((i, j))
    return np.array(path[::-1], np.intp)


def _heard(samples: NDArray[np.float32], rate_hz: int) -> tuple[float, float]:
    """From when to when there is more than silence."""
    loud = np.flatnonzero(np.abs(samples) > 0.03 * float(np.abs(samples).max(initial=0.0)))
    if not loud.size:
        return 0.0, len(samples) / rate_hz
    return float(loud[0]) / rate_hz, float(loud[-1] + 1) / rate_hz


def _words_apart(words: Sequence[WordTime], duration_s: float) -> list[WordTime]:
    """Words one after the other, none shorter than can be shown."""
    out: list[WordTime] = []
    least_s = min(0.02, duration_s / (2 * len(words)))
    for number, word in enumerate(words):
        start = max(word.start_s, out[-1].end_s if out else 0.0)
        start = min(start, duration_s - least_s * (len(words) - number))
        end = max(word.end_s, start + least_s)
        out.append(replace(word, start_s=start, end_s=min(end, duration_s - least_s * (len(words) - number - 1))))
    return out
