"""Elements of made sounds: struck bodies, ringing partials, shaped noise, and clips laid in time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.layers import band, fade

__all__ = ["Clip", "Wide", "clink", "hit", "noise", "ringing", "sequence", "step", "times"]

Clip = NDArray[np.float32]
Wide = NDArray[np.float64]
_Rng = np.random.Generator


def times(duration_s: float, rate_hz: int) -> Wide:
    """Returns the time of each sample, in seconds."""
    return np.arange(max(1, round(duration_s * rate_hz))) / rate_hz


def noise(rng: _Rng, duration_s: float, rate_hz: int, low_hz: float, high_hz: float, order: int = 2) -> Wide:
    """Returns noise between two frequencies, of RMS 1."""
    raw = rng.standard_normal(max(1, round(duration_s * rate_hz)))
    filtered: Wide = signal.sosfilt(band(low_hz, high_hz, rate_hz, order), raw)
    filtered /= filtered.std() + 1e-9
    return filtered


def ringing(rate_hz: int, duration_s: float, partials: Sequence[tuple[float, float, float]]) -> Wide:
    """Decaying partials of (Hz, level, decay in seconds), gone by the end."""
    time = times(duration_s, rate_hz)
    out = np.zeros_like(time)
    for hz, level, decay_s in partials:
        out += level * np.sin(2 * np.pi * hz * time) * np.exp(-time / decay_s)
    return out * np.clip((duration_s - time) / (0.3 * duration_s), 0.0, 1.0)


def sequence(rate_hz: int, parts: Sequence[tuple[float, NDArray[np.floating]]]) -> Clip:
    """Lays clips at their times, in seconds."""
    out = np.zeros(max(round(at_s * rate_hz) + len(clip) for at_s, clip in parts))
    for at_s, clip in parts:
        begin = round(at_s * rate_hz)
        out[begin : begin + len(clip)] += clip
    return fade(out, rate_hz, 0.001, 0.02)


def hit(rng: _Rng, rate_hz: int, body_hz: float, decay_s: float, tick_hz: float, tick: float) -> Wide:
    """A struck surface: a body that rings below, and the tick of the contact above."""
    length_s = decay_s * 6
    time = times(length_s, rate_hz)
    detune = rng.uniform(0.96, 1.04)
    body = ringing(
        rate_hz,
        length_s,
        [
            (body_hz * detune, 1.0, decay_s),
            (body_hz * 1.62 * detune, 0.5, decay_s * 0.6),
            (body_hz * 2.5, 0.25, decay_s * 0.4),
        ],
    )
    contact = noise(rng, length_s, rate_hz, tick_hz * 0.4, tick_hz) * np.exp(-time / (decay_s * 0.18))
    return (body + tick * contact) * np.minimum(1.0, time / 0.0008)


def step(rng: _Rng, rate_hz: int) -> Wide:
    """One step on wood: the heel, then the sole."""
    heel = hit(rng, rate_hz, rng.uniform(95, 125), 0.022, 1900, 0.5)
    sole = hit(rng, rate_hz, rng.uniform(150, 190), 0.014, 2600, 0.9) * rng.uniform(0.25, 0.45)
    return sequence(rate_hz, [(0.0, heel), (rng.uniform(0.07, 0.1), sole)]).astype(np.float64)


def clink(rng: _Rng, rate_hz: int) -> Wide:
    """Two glasses or a cup on its saucer: a few high partials that do not belong together."""
    base = rng.uniform(1900, 3300)
    tones = [
        (base * ratio * rng.uniform(0.98, 1.02), 0.8**k, 0.13 / (1 + 0.6 * k))
        for k, ratio in enumerate((1.0, 1.53, 2.31, 2.9, 3.7))
    ]
    return ringing(rate_hz, 0.5, tones) * np.minimum(1, times(0.5, rate_hz) / 0.0006)
