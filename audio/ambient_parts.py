"""What a bed is written in: air, tones and things that happen now and then. `built` turns a part into a layer.

A part's level is beside that of air at 0 dB. Things that happen are taken from `audio.foley`, a handful of each
made once a run, dulled by distance and given their hall; where, how loud and when is new every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.cues import Surface
from audio.foley import SOUNDS
from audio.foley.crowds import talk
from audio.foley.elements import Ask
from audio.layers import Events, Hum, Layer, Noise, Stereo, band, fade, generator, place

__all__ = ["Air", "Now", "Part", "Tones", "When", "built"]

_KEPT = 6  # of a sound; a crowd has more voices
_KEPT_VOICES = 18

When = frozenset[str]


@dataclass(frozen=True)
class Air:
    """Noise between two frequencies that swells slowly."""

    low_hz: float
    high_hz: float
    level_db: float
    slope: float = 0.4
    swell_db: float = 1.5
    swell_s: float = 5.0
    width: float = 0.8
    hours: When = frozenset()  # none: at any


@dataclass(frozen=True)
class Tones:
    """Steady partials of a machine: (Hz, level in dB)."""

    partials: tuple[tuple[float, float], ...]
    level_db: float
    hours: When = frozenset()


@dataclass(frozen=True)
class Now:
    """A sound that comes `per_s` on average, its peak `level_db` at its loudest; "talk" is a phrase of somebody's."""

    name: str
    per_s: float
    level_db: float
    dull_hz: float = 0.0  # what distance or a wall leaves of it; 0 leaves all
    hall_s: float = 0.0  # how long the place answers
    spread_db: float = 10.0  # between the loudest and the softest
    length_s: float = 0.0  # 0: its usual length
    surface: Surface | None = None
    soon: bool = False  # at least once in the first second: a place says what it is
    wide: bool = False  # from both sides at once, as a wave
    hours: When = frozenset()
    fair: bool = False  # not in rain or snow


Part = Air | Tones | Now


def built(part: Part, rng: np.random.Generator, rate_hz: int) -> Layer:
    """Returns the endless layer of `part`, at 0 dB."""
    if isinstance(part, Air):
        return Noise(
            rng,
            rate_hz,
            part.low_hz,
            part.high_hz,
            slope=part.slope,
            swell_db=part.swell_db,
            swell_s=part.swell_s,
            width=part.width,
        )
    if isinstance(part, Tones):
        return Hum(rng, rate_hz, part.partials)

    def one(rng: np.random.Generator) -> Stereo:
        clips = _clips(part, rate_hz)
        level = 10.0 ** (-rng.uniform(0, part.spread_db) / 20.0)
        if not part.wide:
            return place(clips[int(rng.integers(len(clips)))] * np.float32(level), rng.uniform(-0.9, 0.9))
        left, right = (clips[int(rng.integers(len(clips)))] for _ in range(2))
        late = round(rng.uniform(0.05, 0.4) * rate_hz)
        out = np.zeros((max(len(left), len(right) + late), 2), np.float32)
        out[: len(left)] += place(left, -0.6)
        out[late : late + len(right)] += place(right, 0.6)
        return out * np.float32(level)

    return Events(rng, rate_hz, part.per_s, one, soon=part.soon)


@lru_cache(maxsize=64)
def _clips(part: Now, rate_hz: int) -> tuple[NDArray[np.float32], ...]:
    """The handful of clips that `part` draws from, each with its peak at 1."""
    kept = _KEPT_VOICES if part.name == "talk" else _KEPT
    clips = []
    for number in range(kept):
        rng = generator("bed", part.name, number)
        if part.name == "talk":
            raw = talk(rng, rate_hz, rng.uniform(0.8, 2.4))
        else:
            entry = SOUNDS[part.name]
            asked = Ask(rng, rate_hz, part.length_s or entry.usual_s, part.surface, rng.uniform(0.3, 0.6))
            raw = np.asarray(entry.make(asked), np.float64)
        raw = signal.sosfilt(band(25, rate_hz, rate_hz, 1), raw)
        if part.dull_hz:
            raw = signal.sosfilt(band(0, part.dull_hz, rate_hz, 1), raw)
        if part.hall_s:
            raw = _in_a_hall(raw, rng, rate_hz, part.hall_s)
        peak = float(np.abs(raw).max()) + 1e-9
        clips.append(fade(raw / peak, rate_hz, 0.002, min(0.1, len(raw) / rate_hz / 4)))
    return tuple(clips)


def _in_a_hall(dry: NDArray[np.float64], rng: np.random.Generator, rate_hz: int, hall_s: float) -> NDArray[np.float64]:
    """A far sound in a large place: more of the place than of the sound."""
    time = np.arange(round(hall_s * rate_hz)) / rate_hz
    tail = rng.standard_normal(len(time)) * np.exp(-6.9 * time / hall_s) * np.minimum(1, time / 0.012)
    tail = signal.sosfilt(band(120, 3800, rate_hz, 1), tail)
    wet = signal.oaconvolve(dry, tail / np.sqrt(np.square(tail).sum()))
    wet *= 0.7
    wet[: len(dry)] += 0.5 * dry
    made: NDArray[np.float64] = wet
    return made
