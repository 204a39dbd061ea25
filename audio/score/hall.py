"""The hall that the ensemble plays in: an impulse response of our own, and its convolution block by block.

Early reflections from walls, balconies and floor, then noise whose low, middle and high bands die away at their own
speeds (Moorer 1979, "About This Reverberation Business"). Seeded: it is always the same hall.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft, signal

__all__ = ["HALL_S", "Hall", "impulse"]

HALL_S = 2.6  # how long the impulse is
# (top Hz of a band, its time to fall by 60 dB in s): air and velvet take the high ones.
_BANDS = ((180.0, 2.3), (700.0, 2.2), (2200.0, 1.9), (5500.0, 1.3), (20_000.0, 0.7))
_EARLY = 14
_PREDELAY_S = 0.018

_Stereo = NDArray[np.float32]


@lru_cache(maxsize=2)
def impulse(rate_hz: int) -> _Stereo:
    """Returns the hall's answer (n, 2) to a click, of energy 1 a side."""
    rng = np.random.Generator(np.random.PCG64(1894))
    count = round(HALL_S * rate_hz)
    time_s = np.arange(count) / rate_hz
    late_s = np.maximum(0.0, time_s - 0.045)
    white = rng.standard_normal((count, 2))
    tail = np.zeros((count, 2))
    below = 0.0
    for top_hz, fall_s in _BANDS:
        edges = [below, min(top_hz, 0.45 * rate_hz)] if below else min(top_hz, 0.45 * rate_hz)
        sos = signal.butter(2, edges, "bandpass" if below else "lowpass", fs=rate_hz, output="sos")
        tail += signal.sosfilt(sos, white, axis=0) * (10.0 ** (-3.0 * late_s / fall_s))[:, None]
        below = top_hz
    tail *= np.clip((time_s - _PREDELAY_S) / 0.05, 0.0, 1.0)[:, None]
    early = np.zeros((count, 2))
    at_s = _PREDELAY_S + 0.075 * np.sort(rng.uniform(0.0, 1.0, (_EARLY, 2)), axis=0) ** 1.2
    for side in range(2):
        for delay_s in at_s[:, side]:
            level = 0.7 * np.exp(-(delay_s - _PREDELAY_S) / 0.05) * rng.choice((-1.0, 1.0))
            early[round(delay_s * rate_hz), side] += level
    early = signal.sosfilt(signal.butter(1, 6000.0, fs=rate_hz, output="sos"), early, axis=0)
    whole = early / np.sqrt(np.sum(early**2, axis=0)) * 0.55 + tail / np.sqrt(np.sum(tail**2, axis=0)) * 0.83
    whole *= np.clip((HALL_S - time_s) / 0.3, 0.0, 1.0)[:, None]
    answer: _Stereo = (whole / np.sqrt(np.sum(whole**2, axis=0))).astype(np.float32)
    return answer


class Hall:
    """Convolves what comes in blocks of `block` samples with the impulse: overlap and add."""

    def __init__(self, rate_hz: int, block: int) -> None:
        answer = impulse(rate_hz)
        self._size = int(fft.next_fast_len(block + len(answer) - 1, real=True))
        self._spectrum = fft.rfft(answer, self._size, axis=0)
        self._block = block
        self._tail = np.zeros((self._size, 2), np.float32)

    def __call__(self, dry: _Stereo) -> _Stereo:
        """Returns the hall's sound under (n, 2), n at most `block`; the last block alone may be shorter."""
        self._tail += fft.irfft(fft.rfft(dry, self._size, axis=0) * self._spectrum, self._size, axis=0)
        wet = self._tail[: len(dry)].copy()
        self._tail[: -len(dry)] = self._tail[len(dry) :].copy()
        self._tail[-len(dry) :] = 0.0
        return wet
