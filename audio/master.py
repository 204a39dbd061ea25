"""The second pass over a film's sound: the gain that lands on the target, the limiter, and the files.

Stems come as scratch files of float32 pairs and leave as 24-bit WAVs that sum to the mix, because each gets
the very gain that the mix got, the limiter's included; music and effects without the voices (M&E) leave beside them.
Memory does not grow with the film.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from audio.ducking import Duck, duck_gain
from audio.layers import Stereo
from audio.loudness import (
    HOPS_S,
    LIMITER_MARGIN,
    PEAK_MARGIN,
    LoudnessMeter,
    PeakMeter,
    gated_lufs,
    limiter_gain,
    oversampled_peak,
)

__all__ = ["FILES", "MOST_GAIN_DB", "STEMS", "Measured", "RawStems", "master"]

STEMS = ("dialogue", "ambience", "effects", "music")
FILES = ("mix", *STEMS, "music_and_effects")  # what is written, each as `<name>.wav`
MOST_GAIN_DB = 6.0  # beyond this, room tone would be heard as noise
_BLOCK_S = 5.0
_SAFETY_DB = 1.3  # what a lossy encoding may add to the true peak: 1.07 dB was seen with AAC at 192 kbit/s
_NEAR_LU = 0.1
_MONO_WINDOW, _MONO_HEARD = 300, 1e-4  # 3 s of hops; and the power (−40 LUFS) that makes a loss in mono matter


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was written, as its listener's meters read it."""

    gain_db: float
    integrated_lufs: float
    true_peak_dbtp: float
    range_lu: float
    loudest_momentary_lufs: float
    loudest_short_term_lufs: float
    mono_loss_lu: float  # how much softer it is when both sides are folded into one
    worst_mono_loss_lu: float  # of any 3 s that can be heard
    worst_mono_at_s: float


@dataclass(frozen=True)
class RawStems:
    """The stems before gain, as float32 pairs in scratch files, and when each makes room; silent ones are left out."""

    paths: dict[str, Path]
    total: int
    rate_hz: int
    ducks: Mapping[str, Sequence[Duck]] = field(default_factory=dict)
    music_gain: float = 1.0

    def read(self, name: str, begin: int, end: int) -> Stereo:
        """Returns samples [begin, end) of a stem, with silence outside the film."""
        samples = _slice(self.paths[name], 2, self.total, begin, end).reshape(-1, 2)
        if name == "music" and self.music_gain != 1.0:
            samples *= np.float32(self.music_gain)
        if self.ducks.get(name):
            samples *= duck_gain(self.ducks[name], begin, end, self.rate_hz)[:, None]
        return samples

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


def master(raw: RawStems, folder: Path, target_lufs: float, ceiling_dbtp: float, most_gain_db: float) -> Measured:
    """Writes `FILES` into `folder`, and measures the mix."""
    ceiling_db = ceiling_dbtp - _SAFETY_DB
    peaks, measured = _survey(raw, folder / "peaks.raw")
    if measured == -math.inf:
        return _write(raw, peaks, folder, 0.0, ceiling_db)
    gain_db = min(most_gain_db, target_lufs - measured)
    if gain_db < most_gain_db and _limits(raw, peaks, gain_db, ceiling_db):  # give back what limiting takes away
        for _ in range(2):
            meter = LoudnessMeter(raw.rate_hz)
            for begin, end in raw.blocks():
                gain = _gain(raw, peaks, begin, end, gain_db, ceiling_db)
                meter.add(raw.sum(begin, end) * gain[:, None])
            missing = target_lufs - meter.integrated_lufs()
            if abs(missing) < _NEAR_LU:
                break
            gain_db = min(most_gain_db, gain_db + missing)
    return _write(raw, peaks, folder, gain_db, ceiling_db)


def _limits(raw: RawStems, peaks: Path, gain_db: float, ceiling_db: float) -> bool:
    """Whether the limiter has anything to do."""
    loudest = max((float(_slice(peaks, 1, raw.total, begin, end).max()) for begin, end in raw.blocks()), default=0.0)
    return bool(loudest * 10.0 ** (gain_db / 20.0) > 10.0 ** (ceiling_db / 20.0))


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


def _write(raw: RawStems, peaks: Path, folder: Path, gain_db: float, ceiling_db: float) -> Measured:
    loudness, peak = LoudnessMeter(raw.rate_hz), PeakMeter()
    files = {
        # Not float: libsndfile stamps the time into a float file's PEAK chunk, and bytes would differ.
        name: soundfile.SoundFile(folder / f"{name}.wav", "w", raw.rate_hz, 2, subtype="PCM_24", format="WAV")
        for name in FILES
    }
    try:
        for begin, end in raw.blocks():
            gain = _gain(raw, peaks, begin, end, gain_db, ceiling_db)[:, None]
            mixed = np.zeros((end - begin, 2), np.float32)
            beside = np.zeros((end - begin, 2), np.float32)
            for name in STEMS:
                stem = raw.read(name, begin, end) * gain if name in raw.paths else np.zeros_like(mixed)
                files[name].write(stem)
                mixed += stem
                if name != "dialogue":
                    beside += stem
            files["mix"].write(mixed)
            files["music_and_effects"].write(beside)
            loudness.add(mixed)
            peak.add(mixed)
    finally:
        for file in files.values():
            file.close()
    return _measured(loudness, peak, gain_db)


def _measured(loudness: LoudnessMeter, peak: PeakMeter, gain_db: float) -> Measured:
    stereo, mono = loudness.powers(), loudness.mono_powers()
    moments, shorts = loudness.momentary_lufs(), loudness.short_term_lufs()
    worst_lu, worst_at_s = 0.0, 0.0
    if len(stereo) >= _MONO_WINDOW:
        both, folded = (np.convolve(p, np.full(_MONO_WINDOW, 1.0 / _MONO_WINDOW), "valid") for p in (stereo, mono))
        losses = 10.0 * np.log10((both + 1e-15) / (folded + 1e-15)) * (both > _MONO_HEARD)
        at = int(losses.argmax())
        worst_lu, worst_at_s = float(losses[at]), at / HOPS_S
    return Measured(
        gain_db=gain_db,
        integrated_lufs=loudness.integrated_lufs(),
        true_peak_dbtp=peak.dbtp(),
        range_lu=loudness.range_lu(),
        loudest_momentary_lufs=float(moments.max(initial=-math.inf)),
        loudest_short_term_lufs=float(shorts.max(initial=-math.inf)),
        mono_loss_lu=_loss(gated_lufs(stereo), gated_lufs(mono)),
        worst_mono_loss_lu=worst_lu,
        worst_mono_at_s=worst_at_s,
    )


def _loss(stereo_lufs: float, mono_lufs: float) -> float:
    if stereo_lufs == -math.inf:
        return 0.0
    return min(60.0, stereo_lufs - mono_lufs)


def _slice(path: Path, channels: int, total: int, begin: int, end: int) -> NDArray[np.float32]:
    inside_begin, inside_end = max(0, begin), min(total, end)
    count = max(0, inside_end - inside_begin) * channels
    part = np.fromfile(path, np.float32, count, offset=inside_begin * channels * 4)
    return np.pad(part, ((inside_begin - begin) * channels, (end - inside_end) * channels))
