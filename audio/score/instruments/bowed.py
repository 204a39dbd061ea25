"""The strings: desks of players a little apart in pitch, time and vibrato, bowed; and the bodies they sound through.

A table of a soft bow and one of a hard bow are blended by level, so that what is louder is brighter.
"""

from __future__ import annotations

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

__all__ = ["BASSES", "CELLOS", "VIOLAS", "VIOLINS", "Section"]


_LEAD = 2.5  # power of the leading desk, as of all others together


@dataclass(frozen=True, kw_only=True)
class Section:
    """Players of one kind of string instrument. `cut_hz` are where the soft and the hard bow's overtones bend down."""

    desks: int
    attack_s: float
    vibrato_hz: float
    vibrato_cents: float
    cut_hz: tuple[float, float]
    noise_hz: tuple[float, float]
    spread: float  # how far the desks sit from each other, of the whole width
    detune_cents: float  # of the desks that are farthest off

    def __call__(self, pitch: int, loudness: float, length_s: float, rng: np.random.Generator, rate_hz: int) -> Clip:
        """Returns (n, 2) of a bowed note that goes on for `length_s`."""
        hz = hertz(pitch)
        soft, hard = (table(_bowed(hz, cut_hz, rate_hz), rng) for cut_hz in self.cut_hz)
        time_s = control_s(length_s, rate_hz)
        attack_s = self.attack_s * (1.45 - 0.9 * loudness)
        pans = (np.arange(self.desks) + 0.5) / self.desks * 2.0 - 1.0
        # Detunings are spread evenly and thrown about: the section's middle stays where it was written. The leader
        # sits in the middle and is in tune; without one, a handful of equals would swell and vanish together.
        cents = rng.permutation(pans) * self.detune_cents
        lead = self.desks // 2
        pans[lead] = cents[lead] = 0.0
        out = np.zeros(((len(time_s) - 1) * 64, 2), np.float32)
        for index, (pan, detune) in enumerate(zip(pans, cents, strict=True)):
            sounded = self._desk(time_s, hz, detune, attack_s, loudness, rng, rate_hz, (soft, hard))
            if index == lead:
                sounded *= np.float32((_LEAD * self.desks) ** 0.5)
            angle = (1.0 + pan * self.spread) * np.pi / 4.0
            out[:, 0] += sounded * np.float32(np.cos(angle))
            out[:, 1] += sounded * np.float32(np.sin(angle))
        scrape = rise(time_s, attack_s) * (0.6 + 2.2 * np.exp(-time_s / 0.07))
        level = 0.026 * (0.5 + loudness) * self.desks**0.5
        out += (hiss(rng, len(out), *self.noise_hz, rate_hz) * lines(scrape * level))[:, None]
        out /= np.float32(((1.0 + _LEAD) * self.desks) ** 0.5)
        return out

    def _desk(
        self,
        time_s: Control,
        hz: float,
        detune: float,
        attack_s: float,
        loudness: float,
        rng: np.random.Generator,
        rate_hz: int,
        tables: tuple[Clip, Clip],
    ) -> Clip:
        late_s = rng.uniform(0.0, 0.025)
        grown = rise(time_s - 0.25 - late_s, 0.9) * self.vibrato_cents * rng.uniform(0.75, 1.2)
        speed = self.vibrato_hz * rng.uniform(0.92, 1.08) + wander(rng, time_s, 0.6, 0.18)
        swing = np.sin(2 * np.pi * (np.cumsum(speed) * (time_s[1] - time_s[0]) + rng.uniform()))
        scoop = -14.0 * loudness * np.exp(-time_s / 0.05)
        bend = detune + grown * swing + scoop + wander(rng, time_s, 0.45, 1.6)
        phase = phases(hz * 2.0 ** (bend / 1200.0), rate_hz, rng.uniform())
        level = rise(time_s - late_s, attack_s) * (1.0 + wander(rng, time_s, 0.35, 0.06))
        level *= 0.86 + 0.14 * rise(time_s, 1.2)  # a bow settles into the string
        bright = np.clip(0.18 + 0.85 * loudness + 0.2 * loudness * np.exp(-time_s / 0.12), 0.0, 1.0)
        bright = bright + wander(rng, time_s, 0.3, 0.05) + 0.04 * swing * grown / max(self.vibrato_cents, 1.0)
        bright = np.clip(bright * level, 0.0, 1.0)
        soft = oscillate(tables[0], phase)
        sounded: Clip = (soft + (oscillate(tables[1], phase) - soft) * lines(bright)) * lines(level)
        return sounded


def _bowed(hz: float, cut_hz: float, rate_hz: int) -> Control:
    """Helmholtz motion: overtones fall as 1/k, then as the string's stiffness and the bow's width smooth the corner."""
    k = overtones(hz, rate_hz)
    return (1.0 / k) / (1.0 + (k * hz / cut_hz) ** 2) ** 0.9


VIOLINS = Section(
    desks=9,
    attack_s=0.11,
    vibrato_hz=5.6,
    vibrato_cents=15.0,
    cut_hz=(1300, 6800),
    noise_hz=(2500, 7500),
    spread=0.7,
    detune_cents=6.0,
)
VIOLAS = Section(
    desks=7,
    attack_s=0.12,
    vibrato_hz=5.3,
    vibrato_cents=14.0,
    cut_hz=(950, 5200),
    noise_hz=(1900, 6000),
    spread=0.5,
    detune_cents=6.5,
)
CELLOS = Section(
    desks=6,
    attack_s=0.12,
    vibrato_hz=5.0,
    vibrato_cents=13.0,
    cut_hz=(650, 4200),
    noise_hz=(1300, 4800),
    spread=0.5,
    detune_cents=7.5,
)
BASSES = Section(
    desks=4,
    attack_s=0.14,
    vibrato_hz=4.6,
    vibrato_cents=7.0,
    cut_hz=(380, 2300),
    noise_hz=(800, 3200),
    spread=0.3,
    detune_cents=8.0,
)
