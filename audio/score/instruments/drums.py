"""Percussion by General MIDI's keys: low drum, taiko, frame drum, shaker, wood, cymbal and its swell, triangle.

A long note on a cymbal's key is a swell that is loudest where the note ends; a short one is a stroke.
"""

from __future__ import annotations

import numpy as np

from audio.score.instruments.tone import Clip, Control, control_s, hiss, lines, partials, rise

__all__ = ["SWELL_S", "drum", "is_cymbal"]

SWELL_S = 0.8  # a note on a cymbal's key at least this long is a swell
_CYMBALS = frozenset({49, 51, 52, 53, 55, 57, 59})
_SHAKERS = frozenset({42, 44, 46, 54, 69, 70, 82})
_WOODS = frozenset({37, 39, 75, 76, 77})
_TAIKOS = {41: 62.0, 43: 70.0, 45: 80.0, 47: 92.0, 48: 104.0, 50: 118.0}
_LOW = {35: 46.0, 36: 54.0}
_BELL_LIKE = frozenset({56, 80, 81})
# Modes of a struck membrane (zeros of Bessel functions), as an open drum has them.
_MEMBRANE = np.array([1.0, 1.593, 2.135, 2.295, 2.653, 2.917, 3.155, 3.5, 3.6, 4.06])
# A kettle pulls them into nearly a harmonic series (Rossing 1982): its drum has a pitch.
_KETTLE = np.array([1.0, 1.504, 1.742, 2.0, 2.245, 2.494, 2.8, 3.01, 3.5, 4.06])


def is_cymbal(key: int) -> bool:
    """Whether a General MIDI key is a cymbal's, which swells under a long note."""
    return key in _CYMBALS


def drum(key: int, loudness: float, length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """Returns (n, 2) of a stroke on the drum of a General MIDI key; a key that has none is played on a frame drum."""
    if key in _CYMBALS:
        return _swell(loudness, length_s, rng, rate_hz) if length_s >= SWELL_S else _crash(loudness, rng, rate_hz)
    if key in _SHAKERS:
        return _shaker(key, loudness, rng, rate_hz)
    if key in _WOODS:
        return _wood(key, loudness, rng, rate_hz)
    if key in _BELL_LIKE:
        return _triangle(loudness, rng, rate_hz)
    if key in _LOW:
        return _skin(_LOW[key], _KETTLE, 1.5, 0.5, 700.0, loudness, rng, rate_hz)
    if key in _TAIKOS:
        return _skin(_TAIKOS[key], _MEMBRANE, 0.75, 1.0, 1400.0, loudness, rng, rate_hz)
    high = 150.0 * 2.0 ** ((62 - float(np.clip(key, 58, 68))) / 14.0)
    return _skin(high, _MEMBRANE, 0.3, 1.5, 3200.0, loudness, rng, rate_hz)


def _skin(
    hz: float,
    modes: Control,
    ring_s: float,
    slap: float,
    slap_hz: float,
    loudness: float,
    rng: np.random.Generator,
    rate_hz: int,
) -> Clip:
    """A drum's skin: modes, more of the upper ones the harder it is struck, a pitch that sinks, and the stick."""
    count = round(3.0 * ring_s * rate_hz)
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    number = np.arange(len(modes), dtype=np.float64)
    levels: Control = np.exp(-number * (0.75 - 0.45 * loudness)) * rng.uniform(0.75, 1.25, len(modes))
    decay_s = ring_s * 0.5 / (1.0 + 0.55 * number)
    out = np.empty((count, 2), np.float32)
    for side in range(2):
        turns = rng.uniform(-0.03, 0.03, len(modes))
        ring = partials(modes * hz * rng.uniform(0.995, 1.005), levels, decay_s, turns, count, rate_hz)
        # A hard stroke stretches the skin: the tone begins higher and sinks.
        high = partials(modes[:2] * hz * 1.09, levels[:2] * loudness, np.full(2, 0.05), turns[:2], count, rate_hz)
        out[:, side] = ring + high
        stick = hiss(rng, count, 120, slap_hz, rate_hz) * np.exp(-time_s / np.float32(0.012 + 0.004 * ring_s))
        out[:, side] += stick * np.float32(0.5 * slap * loudness)
    return _shaped(out, time_s, 0.0025 - 0.0015 * loudness)


def _shaker(key: int, loudness: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """Grains thrown against a shell; a tambourine's (54) jingles ring on."""
    time_s = control_s(0.16 if key != 54 else 0.4, rate_hz)
    forward = rise(time_s, 0.028) * np.exp(-np.maximum(0.0, time_s - 0.028) / (0.018 + 0.02 * loudness))
    out = np.empty(((len(time_s) - 1) * 64, 2), np.float32)
    for side in range(2):
        out[:, side] = hiss(rng, len(out), 4200, 11_000, rate_hz) * lines(forward) * np.float32(0.55)
    fine_s = np.arange(len(out), dtype=np.float32) / np.float32(rate_hz)
    if key == 54:
        hz = rng.uniform(5200, 10_500, 9)
        rings = partials(hz, np.full(9, 0.13), rng.uniform(0.05, 0.11, 9), rng.uniform(size=9), len(out), rate_hz)
        out += rings[:, None]
    return _shaped(out, fine_s, 0.004)


def _wood(key: int, loudness: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    count = round(0.25 * rate_hz)
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    hz = {37: 1050.0, 39: 900.0, 75: 2300.0, 76: 820.0}.get(key, 610.0)
    modes = np.array([hz, hz * 2.42, hz * 4.1])
    sound = partials(
        modes, np.array([1.0, 0.4, 0.2 * loudness]), np.array([0.03, 0.016, 0.01]), np.zeros(3), count, rate_hz
    )
    sound += hiss(rng, count, 900, 5200, rate_hz) * np.exp(-time_s / np.float32(0.004)) * np.float32(0.4 * loudness)
    return _shaped(np.repeat(sound[:, None], 2, axis=1), time_s, 0.001)


def _triangle(loudness: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    count = round(2.6 * rate_hz)
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    modes = np.array([1870.0, 2790.0, 4310.0, 6120.0, 8170.0, 9950.0])
    levels = np.array([0.2, 0.45, 0.5, 0.5, 0.3, 0.2]) * (0.4 + 0.6 * loudness)
    out = np.empty((count, 2), np.float32)
    for side in range(2):
        out[:, side] = partials(
            modes, levels, np.array([0.5, 0.8, 0.7, 0.5, 0.35, 0.25]), rng.uniform(size=6), count, rate_hz
        )
    return _shaped(out, time_s, 0.001)


def _cymbal(time_s: Clip, rng: np.random.Generator, rate_hz: int) -> tuple[Clip, Clip, Clip]:
    """Three layers of a cymbal, each (n, 2): the dark wash, the body, and the shimmer, which comes up last."""
    count = len(time_s)
    layers = []
    for low_hz, high_hz in ((280, 1200), (1200, 5200), (5200, 13_000)):
        layer = np.empty((count, 2), np.float32)
        for side in range(2):
            layer[:, side] = hiss(rng, count, low_hz, high_hz, rate_hz)
        layers.append(layer)
    # Many close modes give the wash its metal: noise alone is wind.
    hz = np.sort(rng.uniform(320, 4200, 48))
    for side in range(2):
        metal = partials(hz, np.full(48, 0.16), np.full(48, 30.0), rng.uniform(size=48), count, rate_hz)
        layers[0][:, side] = 0.45 * layers[0][:, side] + 0.8 * metal
    return layers[0], layers[1], layers[2]


def _crash(loudness: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    count = round(3.2 * rate_hz)
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    dark, body, shimmer = _cymbal(time_s, rng, rate_hz)
    out = dark * (0.5 * np.exp(-time_s / 0.9))[:, None]
    out += body * ((0.25 + 0.4 * loudness) * np.exp(-time_s / 0.55))[:, None]
    out += shimmer * (0.45 * loudness * np.exp(-time_s / 0.32) * (1.0 - np.exp(-time_s / 0.012)))[:, None]
    return _shaped(0.5 * out, time_s, 0.006)


def _swell(loudness: float, length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
    """Soft mallets on a hung cymbal, rolled from nothing to `length_s`; then it rings."""
    count = round((length_s + 2.6) * rate_hz)
    time_s = np.arange(count, dtype=np.float32) / np.float32(rate_hz)
    dark, body, shimmer = _cymbal(time_s, rng, rate_hz)
    grown = np.clip(time_s / np.float32(length_s), 0.0, 1.0)
    after = np.maximum(0.0, time_s - np.float32(length_s))
    roll = 1.0 + 0.12 * np.sin(2 * np.pi * 11.0 * time_s) * np.float32(1.0) * (1.0 - grown)
    out = dark * (0.5 * grown**1.6 * np.exp(-after / 0.8) * roll)[:, None]
    out += body * ((0.2 + 0.4 * loudness) * grown**3 * np.exp(-after / 0.5))[:, None]
    out += shimmer * (0.4 * loudness * grown**5 * np.exp(-after / 0.3))[:, None]
    return _shaped(0.55 * out, time_s, 0.02)


def _shaped(out: Clip, time_s: Clip, in_s: float) -> Clip:
    at = np.clip(time_s / np.float32(in_s), 0.0, 1.0)
    left = np.clip((time_s[-1] - time_s) / np.float32(0.3 * time_s[-1]), 0.0, 1.0)
    out *= (at * at * (3.0 - 2.0 * at) * left * left * (3.0 - 2.0 * left)).astype(np.float32)[:, None]
    return out.astype(np.float32, copy=False)
