"""What no setting of an engine gives a voice: a whisper, breath, brightness, a tremble; a robot's or a monster's sound.

Each takes and returns mono samples of the same length and moves nothing in time, so the times of words stay true.
Noise comes from a seed: the same line is the same sound.
"""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from audio.speech import Kind
from audio.voices.delivery import Delivery

__all__ = ["resized", "treated", "whispered"]

_FRAME_S = 0.024
_ORDER_HZ = 1000.0  # of sampling rate for each pole, and two more
_FLOOR = 1e-9
_BRIGHT_FROM_HZ = 1500.0


def treated(
    samples: NDArray[np.float32], rate_hz: int, delivery: Delivery, kind: Kind = "person", seed: int = 0
) -> NDArray[np.float32]:
    """A spoken line with its delivery's breath, brightness and tremble, in the voice of its kind."""
    out = samples.astype(np.float64)
    if not np.abs(out).max(initial=0.0) > 1e-4:
        return samples
    if delivery.breath:
        air = whispered(out, rate_hz, seed)
        share = min(1.0, delivery.breath)
        out = np.sqrt(1.0 - share**2) * out + share * air
    if delivery.bright_db:
        out = _brightened(out, rate_hz, delivery.bright_db)
    if delivery.tremble:
        out = _trembling(out, rate_hz, delivery.tremble)
    if kind == "robot":
        out = _robot(out, rate_hz)
    elif kind in ("giant", "monster"):
        out = _rough(out, rate_hz, 0.25 if kind == "giant" else 0.6, seed)
    return out.astype(np.float32)


def whispered(samples: NDArray[np.float64], rate_hz: int, seed: int) -> NDArray[np.float64]:
    """The same words without a voice: noise through the mouth's own resonances.

    Linear prediction (Makhoul, Proc. IEEE 63, 1975) of overlapping frames; the excitation is replaced by white noise
    of the residual's power. A whispering throat is open: the lowest resonance loses most, so it is turned down.
    """
    size = round(_FRAME_S * rate_hz) // 2 * 2
    hop = size // 2
    order = round(rate_hz / _ORDER_HZ) + 2
    window = np.hanning(size + 1)[:-1]  # halves add up to one
    noise = np.random.default_rng(seed).standard_normal(len(samples) + 2 * size)
    padded = np.pad(samples, (hop, 2 * size))
    out = np.zeros_like(padded)
    for begin in range(0, len(padded) - size, hop):
        frame = padded[begin : begin + size] * window
        power = np.correlate(frame, frame, "full")[size - 1 : size + order]
        if power[0] < _FLOOR * size:
            continue
        power[0] *= 1.0 + 1e-5
        weights = scipy.linalg.solve_toeplitz(power[:-1], power[1:])
        left = max(power[0] - float(weights @ power[1:]), 0.0) / np.sum(window**2)
        poles = np.concatenate(([1.0], -weights))
        made = scipy.signal.lfilter([np.sqrt(left)], poles, noise[begin : begin + size + order])
        out[begin : begin + size] += made[:size] * window
    whisper = out[hop : hop + len(samples)]
    tilted = scipy.signal.sosfilt(scipy.signal.butter(1, 700.0, "highpass", fs=rate_hz, output="sos"), whisper)
    return np.asarray(tilted, np.float64) * 1.4


def resized(samples: NDArray[np.float32], size: float) -> NDArray[np.float32]:
    """A voice from a smaller throat (`size` above 1: higher, shorter by that factor) or a larger one."""
    if size == 1.0:
        return samples
    whole = round(size * 100)
    return np.asarray(scipy.signal.resample_poly(samples.astype(np.float64), 100, whole), np.float32)


def _brightened(samples: NDArray[np.float64], rate_hz: int, gain_db: float) -> NDArray[np.float64]:
    high = scipy.signal.sosfilt(scipy.signal.butter(2, _BRIGHT_FROM_HZ, "highpass", fs=rate_hz, output="sos"), samples)
    out = samples + (10.0 ** (gain_db / 20.0) - 1.0) * high
    if gain_db < 4.0:
        return np.asarray(out, np.float64)
    level = float(np.sqrt(np.mean(out**2))) * 3.0  # a shout is pressed: its peaks are rounded
    return np.asarray(np.tanh(out / level) * level, np.float64)


def _trembling(samples: NDArray[np.float64], rate_hz: int, depth: float) -> NDArray[np.float64]:
    time_s = np.arange(len(samples)) / rate_hz
    sway = np.sin(2 * np.pi * 5.3 * time_s + 0.7 * np.sin(2 * np.pi * 0.9 * time_s))
    return np.asarray(samples * (1.0 - 0.28 * depth * (1.0 + sway)), np.float64)


def _robot(samples: NDArray[np.float64], rate_hz: int) -> NDArray[np.float64]:
    """A little ring modulation over the plain voice, in a tin of 3.5 ms."""
    time_s = np.arange(len(samples)) / rate_hz
    rung = 0.7 * samples + 0.55 * samples * np.sin(2 * np.pi * 58.0 * time_s)
    delay = round(0.0035 * rate_hz)
    feedback = np.zeros(delay + 1)
    feedback[0], feedback[delay] = 1.0, -0.5
    return np.asarray(scipy.signal.lfilter([0.6], feedback, rung), np.float64)


def _rough(samples: NDArray[np.float64], rate_hz: int, depth: float, seed: int) -> NDArray[np.float64]:
    """A growl: the level shakes unevenly some thirty times a second, and the chest hums along."""
    noise = np.random.default_rng(seed).standard_normal(len(samples))
    shake = scipy.signal.sosfilt(scipy.signal.butter(2, (22.0, 45.0), "bandpass", fs=rate_hz, output="sos"), noise)
    shake = shake / max(float(np.std(shake)), 1e-9)
    chest = scipy.signal.sosfilt(scipy.signal.butter(2, 220.0, "lowpass", fs=rate_hz, output="sos"), samples)
    return np.asarray((samples + 0.5 * depth * chest) * (1.0 + 0.35 * depth * np.tanh(shake)), np.float64)
