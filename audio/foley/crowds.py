"""Many people at once: talk that nobody can make out, cheers, applause, laughter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.foley.elements import (
    Ask,
    Sound,
    Wide,
    envelope,
    evened,
    glide,
    mouth,
    noise,
    peaked,
    resonant,
    sequence,
    throat,
    times,
    wander,
)
from audio.foley.people import laugh, shout_of
from audio.layers import band

__all__ = ["SOUNDS", "talk"]

_Parts = list[tuple[float, NDArray[np.floating]]]


def talk(rng: np.random.Generator, rate_hz: int, length_s: float) -> Wide:
    """Somebody talks, and no word of it can be made out: syllables with their consonants, a phrase's own melody."""
    man = rng.random() < 0.5
    low_hz, size = (rng.uniform(95, 135), 1.0) if man else (rng.uniform(170, 235), 0.86)
    beats, shapes, levels, at = [], [(0.0, "@")], [(0.0, 0.0)], 0.03
    hisses: _Parts = []
    while at < length_s - 0.12:
        beat = rng.uniform(0.13, 0.25)
        vowel = str(rng.choice(("a", "e", "i", "o", "u", "@")))
        middle = at + beat * 0.45
        shapes += [(at / length_s, vowel), (middle / length_s, vowel)]
        levels += [
            (at / length_s, 0.05),
            (middle / length_s, rng.uniform(0.5, 1.0)),
            ((at + beat * 0.95) / length_s, 0.08),
        ]
        if rng.random() < 0.45:
            breadth_s = rng.uniform(0.03, 0.08)
            hiss = noise(rng, breadth_s, rate_hz, 2500, 7500, 1) * np.sin(
                np.pi * np.linspace(0, 1, max(1, round(breadth_s * rate_hz)))
            )
            hisses.append((max(0.0, at - breadth_s * 0.5), hiss * rng.uniform(0.03, 0.09)))
        beats.append(at)
        at += beat + (rng.uniform(0.15, 0.35) if rng.random() < 0.1 else 0.0)
    levels.append((1.0, 0.0))
    tune = envelope(length_s, rate_hz, ((0, 1.12), (0.4, 1.0), (0.8, 0.92), (1, 0.85))) * (
        1 + 0.12 * wander(rng, length_s, rate_hz, 3)
    )
    voice = mouth(throat(rng, rate_hz, low_hz * tune, breath=0.06), rate_hz, shapes, size=size)
    voice = evened(voice) * 0.25 * envelope(length_s, rate_hz, levels)
    return sequence(rate_hz, [(0.0, voice), *hisses])


def _walla(ask: Ask) -> Wide:
    """A room of people who talk: each begins, goes on and stops in a time of their own."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(2.0, ask.duration_s)
    parts: _Parts = []
    for _ in range(round(3.4 * length_s) + 4):
        phrase_s = rng.uniform(0.7, 2.2)
        if phrase_s < length_s - 0.1:
            parts.append((rng.uniform(0, length_s - phrase_s), talk(rng, rate_hz, phrase_s) * rng.uniform(0.25, 1.0)))
    out = signal.sosfilt(band(0, 4500, rate_hz, 1), sequence(rate_hz, parts))
    made: Wide = out * envelope(len(out) / rate_hz, rate_hz, ((0, 0), (0.12, 1), (0.85, 1), (1, 0)))[: len(out)]
    return made


def _cheer(ask: Ask) -> Wide:
    """Many throats on open vowels, whistles here and there, hands under it."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(2.0, ask.duration_s)
    parts: _Parts = []
    for _ in range(30):
        shout_s = rng.uniform(0.5, 1.4)
        vowels = ((0.0, "e"), (0.4, "a"), (1.0, "a")) if rng.random() < 0.5 else ((0.0, "u"), (1.0, "u"))
        at_s = min(abs(rng.normal(0.15, 0.5)) * length_s / 2, length_s - shout_s)
        parts.append((max(0.0, at_s), shout_of(ask, shout_s, 1.6, 2.4, vowels, 0.25) * rng.uniform(0.2, 0.8)))
    for _ in range(2):
        hz = envelope(0.5, rate_hz, ((0, 1500), (0.4, 2600), (1, 2200)))
        parts.append(
            (
                rng.uniform(0.2, length_s - 0.7),
                glide(hz, rate_hz) * envelope(0.5, rate_hz, ((0, 0), (0.2, 1), (1, 0))) * 0.35,
            )
        )
    hands = _applause(Ask(rng, rate_hz, length_s))
    roar = resonant(
        noise(rng, length_s, rate_hz, 300, 3500, 1), rate_hz, [(750, 1, 2), (1250, 0.8, 2.5), (2500, 0.3, 3)]
    )
    swell = envelope(length_s, rate_hz, ((0, 0), (0.15, 1), (0.6, 0.7), (1, 0)))
    parts += [(0.0, peaked(hands) * 0.5), (0.0, evened(roar) * swell * 0.22)]
    out = sequence(rate_hz, parts)
    edge = np.clip((len(out) - np.arange(len(out))) / (0.25 * len(out)), 0, 1)
    return out * edge


def _applause(ask: Ask) -> Wide:
    """Hands, each pair with its hollow and its pace; they come in fast and thin out."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    out = np.zeros(round((length_s + 0.1) * rate_hz))
    for _ in range(40):
        hollow_hz, gap_s, far = rng.uniform(650, 1900), rng.uniform(0.19, 0.31), rng.uniform(0.2, 1.0)
        clap = _clap(rng, rate_hz, hollow_hz)
        at_s = rng.exponential(0.18)
        leaves_s = length_s - abs(rng.normal(0, length_s * 0.16)) - 0.1
        while at_s < leaves_s:
            begin = round(at_s * rate_hz)
            piece = clap[: max(0, len(out) - begin)]
            out[begin : begin + len(piece)] += piece * far * rng.uniform(0.6, 1.0)
            at_s += gap_s * rng.uniform(0.92, 1.08)
    return out * np.clip((len(out) - np.arange(len(out))) / (0.15 * len(out)), 0, 1)


def _clap(rng: np.random.Generator, rate_hz: int, hollow_hz: float) -> Wide:
    time = times(0.045, rate_hz)
    raw = noise(rng, 0.045, rate_hz, 400, 9000, 1) * np.exp(-time / 0.003)
    return resonant(raw, rate_hz, [(hollow_hz, 1.0, 4.5), (hollow_hz * 2.3, 0.5, 4)]) + 0.25 * raw


def _one_clap(ask: Ask) -> Wide:
    return _clap(ask.rng, ask.rate_hz, ask.rng.uniform(800, 1300))


def _laughter(ask: Ask) -> Wide:
    parts: _Parts = [(0.0, laugh(ask))]
    parts += [(ask.rng.uniform(0, 1.2), laugh(ask) * ask.rng.uniform(0.3, 0.9)) for _ in range(9)]
    return sequence(ask.rate_hz, parts)


SOUNDS: dict[str, Sound] = {
    "applause": Sound(_applause, -12.0, 3.5, True),
    "cheer": Sound(_cheer, -9.0, 3.5, True),
    "clap": Sound(_one_clap, -11.0, 0.1),
    "crowd": Sound(_walla, -17.0, 4.0, True),
    "laughter": Sound(_laughter, -12.0, 2.8),
}
