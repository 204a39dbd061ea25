"""The second pass over a film's sound: the gain that lands on the target, the limiter, and the files.

Stems come as scratch files of float32 pairs and leave as 24-bit WAVs that sum to the mix, because each gets
the very gain that the mix got, the limiter's included. Memory does not grow with the film.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.layers import Stereo
from audio.loudness import LIMITER_MARGIN, PEAK_MARGIN, LoudnessMeter, PeakMeter, limiter_gain, oversampled_peak

__all__ = ["MOST_GAIN_DB", "STEMS", "RawStems", "master"]

STEMS = ("dialogue", "ambience", "effects", "music")
MOST_GAIN_DB = 6.0  # beyond this, room tone would be heard as noise
_BLOCK_S = 5.0
_SAFETY_DB = 0.7  # what a lossy encoding may add to the true peak: 0.4 dB was seen with AAC at 192 kbit/s
_NEAR_LU = 0.1


@dataclass(frozen=True)
class RawStems:
    """The stems before gain, as float32 pairs in scratch files; the music stem is left out while silent."""

    paths: dict[str, Path]
    total: int
    rate_hz: int

    def read(self, name: str, begin: int, end: int) -> Stereo:
        """Returns samples [begin, end) of a stem, with silence outside the film."""
        return _slice(self.paths[name], 2, self.total, begin, end).reshape(-1, 2)

    def sum(self, begin: int, end: int) -> Stereo:
        """Returns samples [begin, end) of all stems together."""
        total = np.zeros((end - begin, 2), np.float32)
        for name in self.paths:
            total += self.read(name, begin, end)
        return total

    def blocks(self) -> Iterator[tuple[int, int]]:
        """Yields the film in pieces, as sample ranges."""
        step = round(self.rate_hz * _BLOCK_S)
        for begin in range(0, self.total, step):
            yield begin, min(self.total, begin + step)


def master(
    raw: RawStems, folder: Path, target_lufs: float, ceiling_dbtp: float, most_gain_db: float
) -> tuple[float, float, float]:
    """Writes `mix.wav` and the stems into `folder`.

    Returns:
        The gain in dB, the integrated loudness in LUFS and the true peak in dBTP of what was written.
    """
    ceiling_db = ceiling_dbtp - _SAFETY_DB
    peaks, measured = _survey(raw, folder / "peaks.raw")
    if measured == -math.inf:
        return (0.0, *_write(raw, peaks, folder, 0.0, ceiling_db))
    gain_db = min(most_gain_db, target_lufs - measured)
    if gain_db < most_gain_db:  # limiting takes a little loudness away: give it back
        for _ in range(2):
            meter = LoudnessMeter(raw.rate_hz)
            for begin, end in raw.blocks():
                gain = _gain(raw, peaks, begin, end, gain_db, ceiling_db)
                meter.add(raw.sum(begin, end) * gain[:, None])
            missing = target_lufs - meter.integrated_lufs()
            if abs(missing) < _NEAR_LU:
                break
            gain_db = min(most_gain_db, gain_db + missing)
    return (gain_db, *_write(raw, peaks, folder, gain_db, ceiling_db))


def _survey(raw: RawStems, peaks: Path) -> tuple[Path, float]:
    """Measures the sum's loudness, and keeps its true peaks: they scale with the gain, whatever it will be."""
    meter = LoudnessMeter(raw.rate_hz)
    with peaks.open("wb") as file:
        for begin, end in raw.blocks():
            around = raw.sum(begin - PEAK_MARGIN, end + PEAK_MARGIN)
            inside = slice(PEAK_MARGIN, PEAK_MARGIN + end - begin)
            meter.add(around[inside])
            oversampled_peak(around)[inside].tofile(file)
    return peaks, meter.integrated_lufs()


def _gain(raw: RawStems, peaks: Path, begin: int, end: int, gain_db: float, ceiling_db: float) -> NDArray[np.float32]:
    """The gain and the limiter's, sample by sample, of [begin, end)."""
    gain = np.float32(10.0 ** (gain_db / 20.0))
    around = _slice(peaks, 1, raw.total, begin - LIMITER_MARGIN, end + LIMITER_MARGIN) * gain
    limited: NDArray[np.float32] = limiter_gain(around, ceiling_db)[LIMITER_MARGIN : LIMITER_MARGIN + end - begin]
    return limited * gain


def _write(raw: RawStems, peaks: Path, folder: Path, gain_db: float, ceiling_db: float) -> tuple[float, float]:
    loudness, peak = LoudnessMeter(raw.rate_hz), PeakMeter()
    files = {
        # Not float: libsndfile stamps the time into a float file's PEAK chunk, and bytes would differ.
        name: soundfile.SoundFile(folder / f"{name}.wav", "w", raw.rate_hz, 2, subtype="PCM_24", format="WAV")
        for name in ("mix", *STEMS)
    }
    try:
        for begin, end in raw.blocks():
            gain = _gain(raw, peaks, begin, end, gain_db, ceiling_db)[:, None]
            mixed = raw.sum(begin, end) * gain
            files["mix"].write(mixed)
            loudness.add(mixed)
            peak.add(mixed)
            for name in STEMS:
                silent = name not in raw.paths
                files[name].write(np.zeros_like(mixed) if silent else raw.read(name, begin, end) * gain)
    finally:
        for file in files.values():
            file.close()
    return loudness.integrated_lufs(), peak.dbtp()


def _slice(path: Path, channels: int, total: int, begin: int, end: int) -> NDArray[np.float32]:
    inside_begin, inside_end = max(0, begin), min(total, end)
    count = max(0, inside_end - inside_begin) * channels
    part = np.fromfile(path, np.float32, count, offset=inside_begin * channels * 4)
    return np.pad(part, ((inside_begin - begin) * channels, (end - inside_end) * channels))
