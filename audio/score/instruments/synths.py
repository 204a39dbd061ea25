"""The pad, a slow warm air of detuned waves, and the pulse, short soft plucks for an ostinato."""

from __future__ import annotations

import numpy as np

from audio.score.instruments.tone import (
    Clip,
    control_s,
    hertz,
    hiss,
    lines,
    oscillate,
    overtones,
    phases,
    rise,
    table,
    wander,
)  # fmt: skip

__all__ = ["pad", "pulse"]

_PAD_CENTS = (0.0, -7.5, 6.8, 4.6, -4.9, -2.4, 2.7)  # the first leads in the middle; then left and right by turns


def pad(pitch: int, loudness: float, length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """A pad's note of `length_s`: (n, 2), wide, opening slowly."""
    hz = hertz(pitch)
    k = overtones(hz, rate_hz)
    dark = table(1.0 / k / (1.0 + (k * hz / 350.0) ** 2), rng)
    open_ = table(1.0 / k / (1.0 + (k * hz / 1500.0) ** 2), rng)
    time_s = control_s(length_s, rate_hz)
    out = np.zeros(((len(time_s) - 1) * 64, 2), np.float32)
    level = rise(time_s, 0.9 - 0.4 * loudness)
    for index, cents in enumerate(_PAD_CENTS):
        drift = cents * (1.0 + 0.3 * np.sin(2 * np.pi * (0.11 + 0.05 * index) * time_s + rng.uniform(0, 6.3)))
        phase = phases(hz * 2.0 ** (drift / 1200.0), rate_hz, rng.uniform())
        bright = (0.05 + 0.75 * loudness) * rise(time_s, 1.5) * (1.0 + wander(rng, time_s, 1.1, 0.2))
        low = oscillate(dark, phase)
        sounded = (low + (oscillate(open_, phase) - low) * lines(np.clip(bright, 0.0, 1.0))) * lines(level)
        near, far = (1.7, 1.7) if index == 0 else (1.0, 0.25)
        out[:, index % 2] += sounded * np.float32(near)
        out[:, 1 - index % 2] += sounded * np.float32(far)
    air = hiss(rng, len(out) + 4800, 500, 3500, rate_hz)
    breath = lines(level * 0.012)
    out[:, 0] += air[: len(out)] * breath
    out[:, 1] += air[4800:] * breath
    out *= np.float32(0.42)
    return out


def pulse(pitch: int, loudness: float, _length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """A soft plucked synth: (n, 2), with a filter that closes."""
    hz = hertz(pitch)
    k = overtones(hz, rate_hz)
    closed = table(1.0 / k / (1.0 + (k * hz / 420.0) ** 2) ** 1.3, rng)
    opened = table(1.0 / k / (1.0 + (k * hz / 2400.0) ** 2) ** 1.1, rng)
    time_s = control_s(1.6, rate_hz)
    ring_s = float(np.clip(0.5 * 2.0 ** (-(pitch - 48) / 24.0), 0.15, 0.7))
    level = rise(time_s, 0.006) * (0.8 * np.exp(-time_s / ring_s) + 0.2 * np.exp(-time_s / (3 * ring_s)))
    level *= 1.0 - rise(time_s - 1.2, 0.4)
    bright = (0.15 + 0.8 * loudness) * np.exp(-time_s / (0.07 + 0.08 * loudness))
    out = np.zeros(((len(time_s) - 1) * 64, 2), np.float32)
    for cents, left, right in ((0.0, 1.0, 1.0), (-4.0, 0.35, 0.1), (4.0, 0.1, 0.35)):  # never in full cancellation
        phase = phases(np.full(len(time_s), hz * 2.0 ** (cents / 1200.0)), rate_hz)
        low = oscillate(closed, phase)
        sounded = (low + (oscillate(opened, phase) - low) * lines(np.clip(bright, 0.0, 1.0))) * lines(level)
        out[:, 0] += sounded * np.float32(left)
        out[:, 1] += sounded * np.float32(right)
    return out
