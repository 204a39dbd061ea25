"""How loud a film is, and the gain that keeps its peaks in: ITU-R BS.1770-4 and EBU Tech 3341/3342, in blocks.

`LoudnessMeter` and `PeakMeter` take a film piece by piece; `limiter_gain` needs only a margin around a
piece, so that a film of any length is measured and limited in constant memory, and always the same way
however it is cut into pieces.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from pyloudnorm import IIRfilter
from scipy import signal
from scipy.ndimage import minimum_filter1d, uniform_filter1d

__all__ = [
    "HOPS_S",
    "LIMITER_MARGIN",
    "PEAK_MARGIN",
    "LoudnessMeter",
    "PeakMeter",
    "gated_lufs",
    "limiter_gain",
    "oversampled_peak",
]

_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU, _RANGE_GATE_LU = -10.0, -20.0
HOPS_S = 100  # a second's steps of the meter: fine enough for the loudest moment
_MOMENT, _SHORT, _STEP = 40, 300, 10  # in hops: 400 ms, 3 s, and the 100 ms between gating blocks
PEAK_MARGIN = 48  # samples of context that `oversampled_peak` needs on each side
_LOOK = 240  # samples (5 ms at 48 kHz) that the limiter closes ahead of a peak and stays closed after it
LIMITER_MARGIN = 2 * _LOOK + 1  # samples of context that `limiter_gain` needs on each side

_Samples = NDArray[np.float32]
_Wide = NDArray[np.float64]


class LoudnessMeter:
    """The loudness in LUFS of a stereo signal that comes in pieces of shape (n, 2)."""

    def __init__(self, rate_hz: int) -> None:
        # De Man's coefficients read −22.993 for a −23 LUFS reference; the package's default is 0.06 LU off.
        stages = (
            IIRfilter(3.99984385397, 0.7071752369554193, 1681.9744509555319, rate_hz, "high_shelf_DeMan"),
            IIRfilter(0.0, 0.5003270373253953, 38.13547087613982, rate_hz, "high_pass_DeMan"),
        )
        self._sos = np.array([[*stage.b, *stage.a] for stage in stages], dtype=np.float64)
        self._sos /= self._sos[:, 3:4]
        self._state = np.zeros((2, 2, 2))
        self._hop = rate_hz // HOPS_S
        self._rest = np.zeros((0, 2))
        self._powers: list[_Wide] = []
        self._alike: list[_Wide] = []

    def add(self, piece: _Samples) -> None:
        """Takes the next samples."""
        if not len(piece):
            return
        weighted, self._state = signal.sosfilt(self._sos, piece.astype(np.float64), axis=0, zi=self._state)
        self._rest = np.concatenate((self._rest, weighted))
        hops = len(self._rest) // self._hop
        whole = self._rest[: hops * self._hop].reshape(hops, self._hop, 2)
        self._powers.append(np.einsum("htc,htc->h", whole, whole) / self._hop)
        self._alike.append(np.einsum("ht,ht->h", whole[:, :, 0], whole[:, :, 1]) / self._hop)
        self._rest = self._rest[hops * self._hop :]

    def powers(self) -> _Wide:
        """Returns the weighted power of both channels in each hundredth of a second."""
        return np.concatenate(self._powers) if self._powers else np.zeros(0)

    def mono_powers(self) -> _Wide:
        """Returns the same of the signal folded down to mono and played on both sides."""
        alike = np.concatenate(self._alike) if self._alike else np.zeros(0)
        return np.maximum(0.0, 0.5 * self.powers() + alike)

    def momentary_lufs(self) -> _Wide:
        """Returns the loudness of each 400 ms, every 10 ms; −inf where there is silence."""
        return _windows_lufs(self.powers(), _MOMENT)

    def short_term_lufs(self) -> _Wide:
        """Returns the loudness of each 3 s, every 10 ms."""
        return _windows_lufs(self.powers(), _SHORT)

    def integrated_lufs(self) -> float:
        """Returns the gated loudness so far; −inf for silence and for less than 400 ms."""
        return gated_lufs(self.powers())

    def range_lu(self) -> float:
        """Returns the loudness range so far (EBU Tech 3342); 0 for silence and for less than 3 s."""
        blocks = self.short_term_lufs()[::_STEP]
        loud = blocks[blocks > _ABSOLUTE_GATE_LUFS]
        if not loud.size:
            return 0.0
        heard = np.sort(loud[loud > _mean_lufs(loud) + _RANGE_GATE_LU])
        low, high = (heard[round((len(heard) - 1) * part)] for part in (0.10, 0.95))
        return float(high - low)


def gated_lufs(powers: _Wide) -> float:
    """Returns the gated loudness of the hops that `LoudnessMeter.powers` gives, or of some of them."""
    blocks = _windows_lufs(powers, _MOMENT)[::_STEP]
    loud = blocks[blocks > _ABSOLUTE_GATE_LUFS]
    if not loud.size:
        return -math.inf
    gate = _mean_lufs(loud) + _RELATIVE_GATE_LU
    return _mean_lufs(loud[loud > gate])


class PeakMeter:
    """True peak in dBTP of a stereo signal that comes in pieces of shape (n, 2)."""

    def __init__(self) -> None:
        self._tail = np.zeros((0, 2), np.float32)
        self._peak = 0.0

    def add(self, piece: _Samples) -> None:
        """Takes the next samples."""
        joined = np.concatenate((self._tail, piece))
        if len(joined):
            self._peak = max(self._peak, float(oversampled_peak(joined).max()))
        self._tail = joined[-2 * PEAK_MARGIN :]

    def dbtp(self) -> float:
        """Returns the true peak so far; −inf for silence."""
        return 20.0 * math.log10(self._peak) if self._peak > 0 else -math.inf


def oversampled_peak(samples: _Samples) -> _Samples:
    """Returns for each sample of (n, 2) the largest magnitude of both channels until the next, at 4 times the rate."""
    fine = np.abs(signal.resample_poly(samples, 4, 1, axis=0))
    both = np.maximum(fine[:, 0], fine[:, 1])
    halves = np.maximum(both[0::2], both[1::2])  # by strides: much faster than a reduction over short axes
    peaks: _Samples = np.maximum(halves[0::2], halves[1::2]).astype(np.float32)
    return peaks


def limiter_gain(peaks: _Samples, ceiling_db: float) -> _Samples:
    """Returns the gain (n,) that keeps peaks as `oversampled_peak` gives them (n,) under `ceiling_db`.

    The first and last `LIMITER_MARGIN` samples of the result lack context and are not to be used. The gain
    closes over 5 ms before a peak and opens over 5 ms after it, without a step: a moving minimum of what each
    sample needs, smoothed by three moving means that together reach no farther, never exceeds the need.
    """
    ceiling = np.float32(10.0 ** (ceiling_db / 20.0))
    if float(peaks.max(initial=0.0)) <= ceiling:
        return np.ones(len(peaks), np.float32)
    # What lies between two samples belongs to both.
    peaks = np.maximum(peaks, np.concatenate((peaks[:1], peaks[:-1])))
    need = np.minimum(1.0, ceiling / np.maximum(peaks, np.float32(1e-9))).astype(np.float64)
    gain = minimum_filter1d(need, 2 * _LOOK + 1, mode="nearest")
    for _ in range(3):
        gain = uniform_filter1d(gain, 2 * (_LOOK // 3) + 1, mode="nearest")
    smooth: _Samples = gain.astype(np.float32)
    return smooth


def _windows_lufs(powers: _Wide, hops: int) -> _Wide:
    if len(powers) < hops:
        return np.full(0, -np.inf)
    total = np.concatenate((np.zeros(1), np.cumsum(powers)))
    means = np.maximum((total[hops:] - total[:-hops]) / hops, 0.0)
    means[means < total[-1] * 1e-13] = 0.0  # what a difference of long sums cannot tell from silence
    with np.errstate(divide="ignore"):
        lufs: _Wide = -0.691 + 10.0 * np.log10(means)
    return lufs


def _mean_lufs(blocks: _Wide) -> float:
    return float(10.0 * np.log10(np.mean(10.0 ** (blocks / 10.0))))
