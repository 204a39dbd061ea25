"""What an ear would notice first, in numbers: how bright, how many blows, how tuned, how soon gone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import signal

__all__ = ["Heard", "listen"]


@dataclass(frozen=True)
class Heard:
    bright_hz: float  # the centroid of its power
    onsets: int  # rises of 9 dB within 30 ms
    tuned: float  # the highest peak of the autocorrelation of a loud stretch, 0 (noise) to 1 (a tone)
    fades_s: float  # from its loudest to 20 dB below, for good
    moves: float  # dominant frequency of its second half over that of its first
    low_share: float  # of power below 250 Hz
    high_share: float  # of power above 3 kHz


def listen(clip: np.ndarray, rate_hz: int) -> Heard:
    wide = np.asarray(clip, np.float64)
    power = np.abs(np.fft.rfft(wide)) ** 2
    hz = np.fft.rfftfreq(len(wide), 1 / rate_hz)
    total = power.sum()
    hop = rate_hz // 200
    level = np.sqrt(np.square(wide[: len(wide) // hop * hop]).reshape(-1, hop).mean(axis=1))
    level_db = 20 * np.log10(level + 1e-9)
    top = int(level.argmax())
    above = np.flatnonzero(level_db > level_db[top] - 20)
    padded = np.concatenate((np.full(6, level_db[top] - 60), level_db))
    rise = padded[6:] - np.minimum.reduce([padded[k : len(padded) - 6 + k] for k in range(6)])
    peaks, _ = signal.find_peaks(np.where(level_db > level_db[top] - 26, rise, 0), height=9, distance=8)
    half = len(wide) // 2
    return Heard(
        bright_hz=float((hz * power).sum() / total),
        onsets=len(peaks) + int(rise[0] > 9 and level_db[0] > level_db[top] - 26),
        tuned=_tuned(wide, rate_hz, top * hop),
        fades_s=float((above[-1] - top) * hop / rate_hz),
        moves=_dominant(wide[half:], rate_hz) / _dominant(wide[:half], rate_hz),
        low_share=float(power[hz < 250].sum() / total),
        high_share=float(power[hz > 3000].sum() / total),
    )


def _tuned(clip: np.ndarray, rate_hz: int, at: int) -> float:
    start = max(0, min(at - rate_hz // 50, len(clip) - rate_hz // 8))
    part = clip[start : start + rate_hz // 8]
    part = part - part.mean()
    lags = signal.correlate(part, part, mode="full", method="fft")[len(part) - 1 :]
    lags /= np.arange(len(part), 0, -1) * lags[0] / len(part) + 1e-12
    shortest, longest = rate_hz // 5000, min(rate_hz // 70, len(part) // 2)
    falls = np.flatnonzero(lags[:longest] < 0.2)
    first = max(shortest, int(falls[0]) if len(falls) else longest - 1)
    return float(lags[first:longest].max()) if first < longest else 0.0


def _dominant(part: np.ndarray, rate_hz: int) -> float:
    hz, power = signal.welch(part, rate_hz, nperseg=min(len(part), 4096))
    return float(hz[power.argmax()] + 1.0)
