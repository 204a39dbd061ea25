"""What is struck or plucked, then left alone: felt piano, harp, bells. Sums of not quite harmonic, decaying sines."""

from __future__ import annotations

import numpy as np

from audio.score.instruments.tone import Clip, hertz, hiss, partials

__all__ = ["bells", "harp", "piano"]


def piano(pitch: int, loudness: float, _length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """A piano with felt between hammers and strings: (n, 2), decaying by itself; high keys sooner.

    Stiff strings (Fletcher 1964: f_k = k f √(1 + B k²)), two or three to a key, which beat and decay at two speeds;
    a harder stroke brings more overtones and more of the hammer's own noise.
    """
    hz = hertz(pitch)
    long_s = float(np.clip(9.0 * 2.0 ** (-(pitch - 36) / 17.0), 0.5, 9.0))
    count = round(min(long_s * 1.3, 9.0) * rate_hz)
    k = np.arange(1.0, 33.0)
    stiff = 0.00013 * 2.0 ** ((pitch - 48) / 11.0) if pitch > 48 else 0.00013 * 2.0 ** ((48 - pitch) / 24.0)
    true_hz = k * hz * np.sqrt((1.0 + stiff * k * k) / (1.0 + stiff))
    struck = np.abs(np.sin(np.pi * k / 8.3)) + 0.12  # the hammer meets the string at an eighth of its length
    bend_hz = 420.0 + 2300.0 * loudness**1.6 + 0.6 * hz
    levels = struck / k**0.75 * np.exp(-(((k * hz) / bend_hz) ** 0.9))
    levels /= np.sqrt(np.sum(np.square(levels)))
    decay_s = long_s * 0.36 / (1.0 + 0.09 * (k - 1.0) + (k * hz / 5200.0) ** 2)
    out = np.empty((count, 2), np.float32)
    detunings = (-0.35, 0.4) if pitch < 40 else (-0.55, 0.05, 0.5)  # cents, of a key's strings
    for side in range(2):
        total = np.zeros(count, np.float32)
        for detune in detunings:
            wide = true_hz * 2.0 ** (detune * rng.uniform(0.8, 1.3) / 1200.0)
            turns = rng.uniform(-0.06, 0.06, len(k))
            total += partials(wide, levels * 0.7, decay_s * 0.42, turns, count, rate_hz)
            total += partials(wide, levels * 0.3, decay_s * 1.5, turns, count, rate_hz)
        out[:, side] = total / np.float32(len(detunings))
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    thump = hiss(rng, count, 90, 500, rate_hz) * np.exp(-time_s / 0.02) * np.float32(0.05 + 0.1 * loudness)
    felt = hiss(rng, count, 700, 2600, rate_hz) * np.exp(-time_s / 0.006) * np.float32(0.10 * loudness**1.5)
    out += (thump + felt)[:, None]
    return _eased(out, time_s, 0.0045 - 0.003 * loudness)


def harp(pitch: int, loudness: float, _length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """A harp's string, plucked by a fingertip near its middle: (n, 2)."""
    hz = hertz(pitch)
    long_s = float(np.clip(5.0 * 2.0 ** (-(pitch - 40) / 19.0), 0.5, 5.0))
    count = round(long_s * 1.2 * rate_hz)
    k = np.arange(1.0, 25.0)
    levels = np.abs(np.sin(np.pi * k * 0.37)) / k**1.5 * np.exp(-(k * hz) / (1400.0 + 4200.0 * loudness))
    levels /= np.sqrt(np.sum(np.square(levels)))
    decay_s = long_s * 0.3 / (1.0 + 0.16 * (k - 1.0))
    true_hz = k * hz * np.sqrt((1.0 + 0.00004 * k * k) / 1.00004)
    out = np.empty((count, 2), np.float32)
    for side in range(2):
        out[:, side] = partials(true_hz, levels, decay_s, rng.uniform(-0.05, 0.05, len(k)), count, rate_hz)
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    finger = hiss(rng, count, 900, 4200, rate_hz) * np.exp(-time_s / 0.008) * np.float32(0.05 + 0.08 * loudness)
    out += finger[:, None]
    return _eased(out, time_s, 0.002)


def bells(pitch: int, loudness: float, _length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """Struck bars over resonators, between celesta and glockenspiel: (n, 2). A free bar's modes are 1 : 2.76 : 5.4."""
    hz = hertz(pitch)
    long_s = float(np.clip(4.2 * 2.0 ** (-(pitch - 72) / 24.0), 1.2, 5.0))
    count = round(long_s * 1.2 * rate_hz)
    ratio = np.array([1.0, 1.0006, 2.0, 2.756, 5.404, 8.933])
    levels = np.array([1.0, 0.22, 0.09, 0.2 * (0.25 + loudness), 0.13 * loudness, 0.06 * loudness])
    decay_s = long_s * np.array([0.31, 0.25, 0.2, 0.07, 0.03, 0.015])
    out = np.empty((count, 2), np.float32)
    for side in range(2):
        out[:, side] = partials(hz * ratio, levels, decay_s, rng.uniform(-0.04, 0.04, len(ratio)), count, rate_hz)
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    mallet = hiss(rng, count, 1500, 6000, rate_hz) * np.exp(-time_s / 0.004) * np.float32(0.12 * loudness)
    out += mallet[:, None]
    return _eased(out, time_s, 0.0015)


def _eased(out: Clip, time_s: Clip, in_s: float) -> Clip:
    """Rounds the onset, and the end of what has decayed."""
    at = np.clip(time_s / np.float32(in_s), 0.0, 1.0)
    left = np.clip((time_s[-1] - time_s) / np.float32(0.25 * time_s[-1]), 0.0, 1.0)
    out *= (at * at * (3.0 - 2.0 * at) * left * left * (3.0 - 2.0 * left)).astype(np.float32)[:, None]
    return out
