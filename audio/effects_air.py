"""More makers behind `audio.effects`: breath, water, weather, wires, crowds and engines.

As in `audio.effects_made`, each takes a seed, a rate in Hz and a duration in seconds; `MAKERS` says how loud
each is beside the others, how long it usually lasts and whether it can go on longer.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.layers import band, fade, generator
from audio.struck import Clip, Wide, hit, noise, ringing, sequence, times

__all__ = ["MAKERS"]

_Parts = list[tuple[float, NDArray[np.floating]]]


def _glide(hz: Wide, rate_hz: int) -> Wide:
    """A sine whose frequency follows `hz`."""
    tone: Wide = np.sin(2 * np.pi * np.cumsum(hz) / rate_hz)
    return tone


def _alarm(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("alarm", seed)
    hz = rng.uniform(1900, 2300)
    time = times(0.09, rate_hz)
    pip = fade(np.tanh(2.5 * np.sin(2 * np.pi * hz * time)), rate_hz, 0.004, 0.01)
    starts = [turn * 0.9 + k * 0.15 for turn in range(max(1, round(duration_s / 0.9))) for k in range(4)]
    return sequence(rate_hz, [(at_s, pip) for at_s in starts])


def _applause(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("applause", seed)
    parts: _Parts = []
    for _ in range(26):  # people, each with hands and a pace of their own
        body_hz, gap_s, far = rng.uniform(700, 1500), rng.uniform(0.2, 0.3), rng.uniform(0.2, 1.0)
        at_s = rng.uniform(0, 0.5)
        leaves_s = duration_s - abs(rng.normal(0, duration_s * 0.15)) - 0.3
        while at_s < leaves_s:
            length_s = 0.03
            palm = noise(rng, length_s, rate_hz, body_hz * 0.6, body_hz * 2.2) * np.exp(
                -times(length_s, rate_hz) / 0.006
            )
            parts.append((at_s, palm * far * rng.uniform(0.6, 1.0)))
            at_s += gap_s * rng.uniform(0.9, 1.1)
    return fade(sequence(rate_hz, parts), rate_hz, 0.3, 0.6)


def _bang(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("bang", seed)
    return sequence(
        rate_hz, [(0.0, hit(rng, rate_hz, 88, 0.08, 2800, 1.3)), (0.02, hit(rng, rate_hz, 240, 0.03, 1800, 0.4) * 0.4)]
    )


def _beep(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("beep", seed)
    time = times(0.16, rate_hz)
    pip = fade(np.sin(2 * np.pi * rng.uniform(950, 1250) * time), rate_hz, 0.006, 0.015)
    return sequence(rate_hz, [(0.0, pip), (0.28, pip)])


def _birds(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("birdsong", seed)
    low, span = rng.uniform(2500, 3600), rng.uniform(500, 1300)
    parts: _Parts = []
    at_s = 0.0
    while at_s < duration_s - 0.3:
        way = rng.choice((-1.0, 1.0))
        for _ in range(int(rng.integers(2, 6))):
            time = times(rng.uniform(0.06, 0.14), rate_hz)
            part = time / time[-1]
            note = _glide(low + span * (0.5 + 0.5 * way * np.cos(np.pi * part)), rate_hz) * np.sin(np.pi * part) ** 1.5
            parts.append((at_s, note * rng.uniform(0.6, 1.0)))
            at_s += time[-1] + rng.uniform(0.03, 0.08)
        at_s += rng.uniform(0.25, 0.6)
    return sequence(rate_hz, parts)


def _chime(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("door chime", seed)
    base = rng.uniform(1500, 1900)
    parts: _Parts = []
    for k in range(4):
        tones = [(base * r * (1 + 0.02 * k), w, 0.22 / r) for r, w in ((1, 1.0), (2.7, 0.4), (4.9, 0.2))]
        parts.append((k * rng.uniform(0.08, 0.13), ringing(rate_hz, 0.8, tones) * 0.75**k))
    return sequence(rate_hz, parts)


def _creak(seed: int, rate_hz: int, duration_s: float) -> Clip:
    """A hinge sticks and slips: pulses whose rate glides, through the resonances of a board."""
    rng = generator("door creak", seed)
    time = times(duration_s, rate_hz)
    part = time / duration_s
    rate = (
        rng.uniform(45, 70)
        * (0.7 + 1.3 * np.sin(np.pi * part) ** 2)
        * (1 + 0.12 * np.sin(2 * np.pi * rng.uniform(3, 5) * time))
    )
    pulses = np.diff(np.floor(np.cumsum(rate) / rate_hz), prepend=0.0) * rng.uniform(0.6, 1.0, len(time))
    out = np.zeros_like(time)
    for hz, weight in ((430, 0.6), (870, 1.0), (1340, 0.8), (2150, 0.5)):
        numerator, denominator = signal.iirpeak(hz * rng.uniform(0.95, 1.05), 12, fs=rate_hz)
        out += weight * signal.lfilter(numerator, denominator, pulses)
    return fade(out * np.sin(np.pi * part) ** 0.7, rate_hz, 0.03, 0.06)


def _drips(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("water", seed)
    parts: _Parts = []
    at_s = 0.0
    while at_s < duration_s - 0.2:
        time = times(0.12, rate_hz)
        hz = rng.uniform(650, 1250)
        drop = _glide(hz * (1 + 4.0 * time), rate_hz) * np.exp(-time / 0.02)
        parts += [(at_s, drop * rng.uniform(0.5, 1.0)), (at_s + 0.045, drop[: len(drop) // 2] * 0.3)]
        at_s += rng.uniform(0.35, 0.75)
    return sequence(rate_hz, parts)


def _engine(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("engine", seed)
    time = times(duration_s, rate_hz)
    revs = 26 + 34 * np.exp(-(((time - 0.9) / 0.45) ** 2)) + 9 * np.clip(time / 0.4, 0, 1)
    phase = np.cumsum(revs * (1 + 0.01 * rng.standard_normal(len(time)))) / rate_hz
    firing = sum((np.sin(2 * np.pi * k * phase + k) / k**0.8 for k in (1, 2, 3, 4, 6, 8)), np.zeros_like(time))
    rough = noise(rng, duration_s, rate_hz, 80, 900) * (0.25 + 0.2 * np.sin(2 * np.pi * phase * 2))
    return fade(np.tanh(0.7 * firing + rough), rate_hz, 0.15, 0.5)


def _explosion(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("explosion", seed)
    time = times(3.2, rate_hz)
    blast = noise(rng, 3.2, rate_hz, 60, 6000) * np.exp(-time / 0.11)
    body = noise(rng, 3.2, rate_hz, 25, 220) * np.exp(-time / 0.6) * 1.3
    debris = noise(rng, 3.2, rate_hz, 400, 3000) * np.exp(-time / 0.9) * 0.1 * (rng.random(len(time)) > 0.6)
    return fade(np.tanh(blast + body) + debris, rate_hz, 0.002, 1.0)


def _keys(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("keys", seed)
    parts: _Parts = []
    for _ in range(int(14 * duration_s)):
        hz = rng.uniform(3200, 7600)
        tone = ringing(rate_hz, 0.12, [(hz, 1.0, 0.025), (hz * 1.47, 0.6, 0.018), (hz * 2.1, 0.3, 0.01)])
        parts.append((rng.uniform(0, duration_s - 0.15), tone * rng.uniform(0.15, 1.0)))
    return sequence(rate_hz, parts)


def _screech(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("tyres screech", seed)
    time = times(duration_s, rate_hz)
    hz = rng.uniform(900, 1150) * (1 - 0.12 * time / duration_s) * (1 + 0.015 * noise(rng, duration_s, rate_hz, 5, 60))
    squeal = signal.sosfilt(
        band(700, 4000, rate_hz, 1), np.tanh(2 * _glide(hz, rate_hz)) + 0.6 * np.tanh(2 * _glide(hz * 1.51, rate_hz))
    )
    rubber = noise(rng, duration_s, rate_hz, 600, 3500) * 0.35
    return fade(squeal + rubber, rate_hz, 0.06, 0.25)


def _sizzle(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("sizzle", seed)
    hiss = noise(rng, duration_s, rate_hz, 2500, 12_000) * 0.3
    spits = np.where(rng.random(len(hiss)) > 0.9985, rng.uniform(2, 7, len(hiss)), 0.0) * rng.choice(
        (-1.0, 1.0), len(hiss)
    )
    return fade(hiss + signal.sosfilt(band(1500, 9000, rate_hz, 1), spits), rate_hz, 0.15, 0.3)


def _snore(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("snore", seed)
    parts: _Parts = []
    for turn in range(max(1, round(duration_s / 3.0))):
        time = times(1.3, rate_hz)
        flap = np.clip(np.sin(2 * np.pi * np.cumsum(30 + 8 * np.sin(np.pi * time / 1.3)) / rate_hz), 0, 1) ** 3
        rasp = noise(rng, 1.3, rate_hz, 120, 700) * flap * np.sin(np.pi * time / 1.3) ** 1.2
        breath = noise(rng, 1.1, rate_hz, 400, 2200) * np.sin(np.pi * times(1.1, rate_hz) / 1.1) ** 2 * 0.12
        parts += [(turn * 3.0, rasp), (turn * 3.0 + 1.6, breath)]
    return sequence(rate_hz, parts)


def _static(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("radio static", seed)
    hiss = noise(rng, duration_s, rate_hz, 400, 4500)
    slow = np.abs(noise(rng, duration_s, rate_hz, 0, 9))
    crackle = (rng.random(len(hiss)) > 0.9993) * rng.standard_normal(len(hiss)) * 9
    whine = _glide(1400 + 500 * np.sin(2 * np.pi * 0.4 * times(duration_s, rate_hz)), rate_hz) * 0.12
    return fade(hiss * np.clip(0.3 + 0.4 * slow, 0, 1.2) + crackle + whine, rate_hz, 0.01, 0.03)


def _whimper(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("dog whimper", seed)
    parts: _Parts = []
    at_s = 0.0
    for _ in range(int(rng.integers(2, 4))):
        time = times(rng.uniform(0.25, 0.45), rate_hz)
        part = time / time[-1]
        hz = (
            rng.uniform(900, 1100) * (1 + 0.35 * np.sin(np.pi * part**0.6)) * (1 + 0.015 * np.sin(2 * np.pi * 9 * time))
        )
        voice = _glide(hz, rate_hz) + 0.3 * _glide(2 * hz, rate_hz) + 0.12 * _glide(3 * hz, rate_hz)
        parts.append((at_s, voice * np.sin(np.pi * part) ** 0.8 * rng.uniform(0.6, 1.0)))
        at_s += time[-1] + rng.uniform(0.08, 0.25)
    return sequence(rate_hz, parts)


def _whistle(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("whistle", seed)
    time = times(0.75, rate_hz)
    hz = np.interp(time, (0.0, 0.22, 0.34, 0.5, 0.75), (1250, 1950, 1950, 2050, 1150)) * rng.uniform(0.95, 1.05)
    gate = np.interp(time, (0.0, 0.04, 0.24, 0.3, 0.36, 0.7, 0.75), (0, 1, 1, 0, 1, 1, 0))
    breath = noise(rng, 0.75, rate_hz, 1200, 5000) * 0.05
    return fade((_glide(hz, rate_hz) + breath) * gate, rate_hz, 0.01, 0.05)


def _whoosh(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("whoosh", seed)
    time = times(0.8, rate_hz)
    near = np.exp(-(((time - 0.42) / 0.14) ** 2))
    low, high = noise(rng, 0.8, rate_hz, 150, 900), noise(rng, 0.8, rate_hz, 900, 5000)
    return fade(low * near**0.6 + high * near**1.6 * 0.7, rate_hz, 0.1, 0.15)


def _gust(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("wind gust", seed)
    time = times(duration_s, rate_hz)
    swell = np.sin(np.pi * time / duration_s) ** 1.5 * (1 + 0.3 * np.sin(2 * np.pi * 0.7 * time + rng.uniform(0, 6)))
    howl = noise(rng, duration_s, rate_hz, 420, 560, 1) * swell**1.5 * 0.5
    return fade(noise(rng, duration_s, rate_hz, 90, 700) * swell + howl, rate_hz, 0.3, 0.5)


_Maker = Callable[[int, int, float], Clip]

MAKERS: dict[str, tuple[_Maker, float, float, bool]] = {
    "alarm": (_alarm, -16.0, 2.7, True),
    "applause": (_applause, -12.0, 3.5, True),
    "bang": (_bang, -3.0, 0.5, False),
    "beep": (_beep, -18.0, 0.5, False),
    "birdsong": (_birds, -20.0, 2.5, True),
    "door chime": (_chime, -14.0, 1.2, False),
    "door creak": (_creak, -14.0, 1.1, True),
    "dog whimper": (_whimper, -15.0, 1.2, False),
    "engine": (_engine, -12.0, 3.0, True),
    "explosion": (_explosion, 0.0, 3.2, False),
    "keys": (_keys, -19.0, 0.9, True),
    "radio static": (_static, -18.0, 1.5, True),
    "sizzle": (_sizzle, -17.0, 2.5, True),
    "snore": (_snore, -14.0, 3.0, True),
    "tyres screech": (_screech, -12.0, 1.3, True),
    "water": (_drips, -18.0, 2.5, True),
    "whistle": (_whistle, -15.0, 0.75, False),
    "whoosh": (_whoosh, -12.0, 0.8, False),
    "wind": (_gust, -15.0, 4.0, True),
}  # fmt: skip
