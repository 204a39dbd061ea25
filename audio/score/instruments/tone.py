"""What instruments are made of: wavetables without aliases, wandering pitch, ringing partials, shaped noise.

Controls (pitch, level, brightness) are drawn every `STEP` samples with straight lines between them: fine enough for
an ear, and many times cheaper than drawing each sample. All sound is float32.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

__all__ = [
    "STEP", "TABLE", "Clip", "Control", "control_s", "hertz", "hiss", "lines", "oscillate", "overtones", "partials",
    "phases", "rise", "table", "wander",
]  # fmt: skip

Clip = NDArray[np.float32]
Control = NDArray[np.float64]

STEP = 64  # samples between two points of a control
TABLE = 65_536  # points of one period: so fine that the nearest point will do (its error lies under −85 dB)
_WIDTH = 128  # samples in a row of the matrices that partials are summed by
# Multiplications in one product: as many as linear algebra libraries still do on one core. More cores would be slower
# on a busy machine, and might sum in another order.
_SMALL_PRODUCT = 1 << 18
_TOP_HZ = 15_000.0  # no overtone above: what is left out is not heard in an underscore


def hertz(pitch: float) -> float:
    """Returns the frequency of a MIDI pitch in equal temperament at A = 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def overtones(hz: float, rate_hz: int) -> Control:
    """Returns the numbers 1, 2, ... of the overtones that stay under the top of hearing and of the sample rate."""
    top_hz = min(_TOP_HZ, 0.45 * rate_hz)
    return np.arange(1, max(2, int(top_hz / hz) + 1), dtype=np.float64)


def table(levels: Control, rng: np.random.Generator) -> Clip:
    """Returns one period (TABLE,) of the overtones' `levels`, of RMS 1; their phases are thrown, which keeps it flat.

    The fundamental's phase is that of a sine, so that a tone may begin at 0.
    """
    spectrum = np.zeros(TABLE // 2 + 1, np.complex128)
    angles = rng.uniform(0.0, 2.0 * np.pi, len(levels))
    angles[0] = 0.0
    spectrum[1 : len(levels) + 1] = levels * np.exp(1j * (angles - np.pi / 2.0))
    period = np.fft.irfft(spectrum)
    period /= np.sqrt(np.mean(np.square(period))) + 1e-12
    return period.astype(np.float32)


def control_s(duration_s: float, rate_hz: int) -> Control:
    """Returns the times of a control's points over `duration_s`, one more than it has steps."""
    return np.arange(max(1, -int(-duration_s * rate_hz // STEP)) + 1, dtype=np.float64) * (STEP / rate_hz)


def lines(points: Control) -> Clip:
    """Draws straight lines between a control's (m,) points: ((m − 1) · STEP,) samples."""
    at = np.arange(STEP, dtype=np.float32) / STEP
    low = points[:-1].astype(np.float32)
    drawn = low[:, None] + np.diff(points).astype(np.float32)[:, None] * at
    return drawn.reshape(-1).astype(np.float32, copy=False)


def phases(hz: Control, rate_hz: int, start: float = 0.0) -> Clip:
    """Integrates a control of frequency (m,) into the phase, in periods, of each sample ((m − 1) · STEP,)."""
    turns = 0.5 * (hz[:-1] + hz[1:]) * (STEP / rate_hz)
    begins = np.mod(start + np.concatenate((np.zeros(1), np.cumsum(turns)[:-1])), 1.0)
    at = np.arange(STEP, dtype=np.float32) / STEP
    drawn = begins.astype(np.float32)[:, None] + turns.astype(np.float32)[:, None] * at
    return drawn.reshape(-1).astype(np.float32, copy=False)


def oscillate(period: Clip, phase: Clip) -> Clip:
    """Reads a wavetable at each phase."""
    read: Clip = period[(phase * np.float32(TABLE)).astype(np.int32) & (TABLE - 1)]
    return read


def wander(rng: np.random.Generator, time_s: Control, each_s: float, size: float) -> Control:
    """A slow random walk without steps: new aims of standard deviation `size` every `each_s`."""
    aims = rng.standard_normal(int(time_s[-1] / each_s) + 3) * size
    at = time_s / each_s
    index = at.astype(np.int64)
    blend = 0.5 - 0.5 * np.cos(np.pi * (at - index))
    walk: Control = aims[index] * (1.0 - blend) + aims[index + 1] * blend
    return walk


def rise(time_s: Control, over_s: float) -> Control:
    """From 0 to 1 over `over_s`, without a corner at either end."""
    at = np.clip(time_s / max(over_s, 1e-4), 0.0, 1.0)
    risen: Control = at * at * (3.0 - 2.0 * at)
    return risen


def partials(hz: Control, levels: Control, decays_s: Control, turns: Control, count: int, rate_hz: int) -> Clip:
    """Sums (k,) decaying sines into (count,) samples; what lies above the sample rate's top is left out.

    A decaying sine is a power z^n, and z^(iM + j) is z^(iM) · z^j: so the sum is a few small products of matrices.
    """
    heard = hz < min(_TOP_HZ, 0.45 * rate_hz)
    exponent = (-1.0 / decays_s[heard] + 2j * np.pi * hz[heard]) / rate_hz
    weight = levels[heard] * np.exp(2j * np.pi * (turns[heard] - 0.25))
    rows = max(1, _SMALL_PRODUCT // (_WIDTH * 2 * max(1, len(exponent))))
    pieces = -(-count // (rows * _WIDTH))
    far = np.exp(np.outer(np.arange(pieces * rows) * _WIDTH, exponent)) * weight
    near = np.exp(np.outer(exponent, np.arange(_WIDTH)))
    left = np.concatenate((far.real, -far.imag), axis=1).astype(np.float32).reshape(pieces, rows, -1)
    right = np.concatenate((near.real, near.imag)).astype(np.float32)
    summed: Clip = np.matmul(left, right).reshape(-1)[:count]
    return summed


@lru_cache(maxsize=24)
def _hiss(low_hz: float, high_hz: float, rate_hz: int) -> Clip:
    """Four seconds of noise between two frequencies, of RMS 1, that can be read around its end."""
    count = 4 * rate_hz
    rng = np.random.Generator(np.random.PCG64([round(low_hz), round(high_hz), rate_hz]))
    edges = [max(20.0, low_hz), min(high_hz, 0.45 * rate_hz)]
    sos = signal.butter(2, edges, "bandpass", fs=rate_hz, output="sos")
    made = signal.sosfilt(sos, np.tile(rng.standard_normal(count), 2))[count:]  # the second time round has no onset
    loop: Clip = (made / made.std()).astype(np.float32)
    return loop


def hiss(rng: np.random.Generator, count: int, low_hz: float, high_hz: float, rate_hz: int) -> Clip:
    """Returns `count` samples of noise between two frequencies, of RMS 1, from a place that `rng` throws."""
    loop = _hiss(low_hz, high_hz, rate_hz)
    at = int(rng.integers(len(loop)))
    return np.take(loop, np.arange(at, at + count), mode="wrap")
