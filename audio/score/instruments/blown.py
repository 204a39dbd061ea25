"""Horns, low brass, flute and clarinet: players with lips, reeds and breath, brighter as they blow harder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from audio.score.instruments.tone import (
    Clip,
    Control,
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

__all__ = ["CLARINET", "FLUTE", "HORNS", "LOW_BRASS", "Wind"]

_Spectrum = Callable[[Control, Control], Control]  # (overtones' numbers, their Hz) to levels


@dataclass(frozen=True, kw_only=True)
class Wind:
    """Players of one wind instrument. `soft` and `hard` are its spectra when blown so."""

    players: int
    soft: _Spectrum
    hard: _Spectrum
    attack_s: float
    vibrato_cents: float
    tremor: float  # of the level, in time with the vibrato
    breath: float
    chiff: float  # of breath, more at the onset
    blip_cents: float  # how far below the tone is found

    def __call__(self, pitch: int, loudness: float, length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
        """Returns (n, 2) of a blown note that goes on for `length_s`."""
        hz = hertz(pitch)
        k = overtones(hz, rate_hz)
        soft, hard = (table(spectrum(k, k * hz), rng) for spectrum in (self.soft, self.hard))
        time_s = control_s(length_s, rate_hz)
        attack_s = self.attack_s * (1.4 - 0.8 * loudness)
        out = np.zeros(((len(time_s) - 1) * 64, 2), np.float32)
        seats = np.linspace(-0.35, 0.35, self.players) if self.players > 1 else np.zeros(1)
        for seat in seats:
            late_s = rng.uniform(0.0, 0.02) if self.players > 1 else 0.0
            swing = np.sin(2 * np.pi * (5.0 * rng.uniform(0.95, 1.05) * time_s + rng.uniform()))
            grown = rise(time_s - 0.35, 1.0)
            bend = seat * 9.0 + self.vibrato_cents * grown * swing + wander(rng, time_s, 0.5, 1.2)
            bend -= self.blip_cents * np.exp(-time_s / 0.03)
            level = rise(time_s - late_s, attack_s) * (0.9 + 0.1 * rise(time_s, 0.8))
            level *= 1.0 + self.tremor * grown * swing + wander(rng, time_s, 0.3, 0.03)
            # Overtones come after the tone, as the air column finds it: brightness is the level, squared.
            bright = np.clip((0.08 + 0.92 * loudness) * level**2 + wander(rng, time_s, 0.25, 0.03), 0.0, 1.0)
            phase = phases(hz * 2.0 ** (bend / 1200.0), rate_hz, rng.uniform() if self.players > 1 else 0.0)
            low = oscillate(soft, phase)
            sounded = (low + (oscillate(hard, phase) - low) * lines(bright)) * lines(level)
            if seat == 0.0 and self.players > 1:
                sounded *= np.float32(1.6)  # the first player leads
            angle = (1.0 + seat) * np.pi / 4.0
            out[:, 0] += sounded * np.float32(np.cos(angle))
            out[:, 1] += sounded * np.float32(np.sin(angle))
        out /= np.float32(1.25 * self.players**0.5 if self.players > 1 else 1.0)
        air = rise(time_s, 0.5 * attack_s) * (self.breath + self.chiff * np.exp(-time_s / 0.045)) * (0.5 + loudness)
        low_hz = float(np.clip(hz * 1.2, 300, 2500))
        out += (hiss(rng, len(out), round(low_hz, -2), round(low_hz, -2) * 4, rate_hz) * lines(air))[:, None]
        return out


def _bell(k: Control, hz: Control, formant_hz: float, top_hz: float, slope: float) -> Control:
    """A brass bell: a broad formant, and above it a fall."""
    body = 1.0 / (1.0 + (hz / top_hz) ** 2) ** (slope / 2.0)
    peak = 1.0 + 1.1 * np.exp(-((np.log2(hz / formant_hz) / 0.9) ** 2))
    levels: Control = body * peak / k**0.35
    return levels


def _reed(k: Control, hz: Control, top_hz: float, even: float) -> Control:
    """A cylinder closed at the reed: odd overtones; even ones come up with frequency."""
    odd = np.where(k % 2 == 1, 1.0, even * (1.0 - np.exp(-hz / 2500.0)))
    levels: Control = odd / k**0.6 / (1.0 + (hz / top_hz) ** 2) ** 1.1
    return levels


HORNS = Wind(
    players=3, attack_s=0.09, vibrato_cents=1.5, tremor=0.0, breath=0.004, chiff=0.015, blip_cents=22.0,
    soft=lambda k, hz: _bell(k, hz, 380.0, 430.0, 5.0), hard=lambda k, hz: _bell(k, hz, 480.0, 1300.0, 4.0),
)  # fmt: skip
LOW_BRASS = Wind(
    players=3, attack_s=0.07, vibrato_cents=1.0, tremor=0.0, breath=0.004, chiff=0.02, blip_cents=16.0,
    soft=lambda k, hz: _bell(k, hz, 320.0, 380.0, 4.5), hard=lambda k, hz: _bell(k, hz, 620.0, 2000.0, 3.0),
)  # fmt: skip
FLUTE = Wind(
    players=1, attack_s=0.06, vibrato_cents=8.0, tremor=0.09, breath=0.022, chiff=0.09, blip_cents=10.0,
    soft=lambda k, hz: 0.24 ** (k - 1.0) / (1.0 + (hz / 4000.0) ** 4),
    hard=lambda k, hz: 1.0 / k**1.1 / (1.0 + (hz / 2600.0) ** 4),
)  # fmt: skip
CLARINET = Wind(
    players=1, attack_s=0.05, vibrato_cents=1.5, tremor=0.015, breath=0.006, chiff=0.025, blip_cents=6.0,
    soft=lambda k, hz: _reed(k, hz, 900.0, 0.12), hard=lambda k, hz: _reed(k, hz, 2300.0, 0.35),
)  # fmt: skip
