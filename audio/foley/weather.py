"""Thunder, wind, rain by what it falls on, water in all its moods, and fire."""

from __future__ import annotations

import numpy as np
from scipy import signal

from audio.foley.elements import (
    BOX,
    GLASS,
    Ask,
    Sound,
    Wide,
    bubbles,
    envelope,
    evened,
    grains,
    noise,
    resonant,
    sequence,
    struck,
    times,
    wander,
)
from audio.layers import band

__all__ = ["SOUNDS"]


def _swelling(ask: Ask, length_s: float, in_s: float = 0.3, out_s: float = 0.5) -> Wide:
    time = times(length_s, ask.rate_hz)
    return np.clip(np.minimum(time / in_s, (length_s - time) / out_s), 0, 1)


def _thunder(ask: Ask) -> Wide:
    """A crack that comes from many points of a long channel at many times, then the roll of its echoes."""
    rng, rate_hz = ask.rng, ask.rate_hz
    near = ask.force
    length_s = 6.5
    time = times(length_s, rate_hz)
    roll = np.exp(-time / 2.1) * np.minimum(1, time / (0.05 + 0.3 * (1 - near)))
    for _ in range(7):
        centre, span = rng.uniform(0.15, 4.0), rng.uniform(0.1, 0.5)
        roll += rng.uniform(0.25, 0.9) * np.exp(-(((time - centre) / span) ** 2)) * np.exp(-time / 2.8)
    rumble = noise(rng, length_s, rate_hz, 26, 120) + 0.5 * noise(rng, length_s, rate_hz, 90, 420) * np.exp(-time / 1.6)
    claps = grains(rng, rate_hz, 260 * np.exp(-time / 0.28), 180, 3200, 0.012, uneven=1.1, kinds=16)
    claps /= np.abs(claps).max() + 1e-9
    made: Wide = np.tanh(0.45 * rumble * roll + 2.4 * near * claps * np.exp(-time / 0.5)) * _swelling(
        ask, length_s, 0.004, 1.5
    )
    return made


def _far_thunder(ask: Ask) -> Wide:
    made: Wide = signal.sosfilt(
        band(0, 190, ask.rate_hz, 2), _thunder(Ask(ask.rng, ask.rate_hz, ask.duration_s, None, 0.05))
    )  # the air has taken the top
    return made


def _gust(ask: Ask) -> Wide:
    """Wind is heard at edges: bands whose pitch and strength rise and fall together."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    speed = envelope(length_s, rate_hz, ((0, 0.1), (0.35, 1), (0.55, 0.7), (0.7, 0.95), (1, 0.05)))
    speed = np.clip(speed * (1 + 0.35 * wander(rng, length_s, rate_hz, 1.6)), 0, 1.4)
    low = noise(rng, length_s, rate_hz, 70, 420, 1) * speed**1.3 * 0.7
    howl = np.zeros_like(low)
    for k, hz in enumerate((330, 470, 690)):
        rising = np.clip(1 - np.abs(speed - (0.45 + 0.25 * k)) * 2.2, 0, 1)
        howl += noise(rng, length_s, rate_hz, hz * 0.87, hz * 1.15, 2) * rising * speed * 0.75
    top = noise(rng, length_s, rate_hz, 900, 4500, 1) * speed**2.2 * 0.22
    return (low + howl + top) * _swelling(ask, length_s)


def _rain(ask: Ask, on: str) -> Wide:
    """Rain by intensity (`force`) and by what it falls on: hiss of the many, knocks of the near."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.0, ask.duration_s)
    n = len(times(length_s, rate_hz))
    often = 30 + 420 * ask.force**1.3
    flat = np.ones(n)
    hiss = noise(rng, length_s, rate_hz, 1500, 9500, 1) * (0.35 + ask.force)
    if on == "glass":
        pane = grains(rng, rate_hz, flat * often * 0.35, 900, 3600, 0.003, uneven=0.8, kinds=16)
        ring = grains(rng, rate_hz, flat * often * 0.12, 2100, 5200, 0.006, uneven=0.6)
        out = signal.sosfilt(band(0, 1900, rate_hz, 1), hiss) * 0.5 + pane + 0.4 * ring
    elif on == "roof":
        sheet = grains(rng, rate_hz, flat * often * 0.9, 320, 2400, 0.005, uneven=0.9, kinds=18)
        out = 0.9 * sheet + signal.sosfilt(band(0, 2500, rate_hz, 1), hiss) * 0.35
    elif on == "leaves":
        taps = grains(rng, rate_hz, flat * often * 0.9, 700, 4200, 0.0016, uneven=0.8, kinds=16)
        out = 0.7 * taps + 0.55 * hiss
    else:
        patter = grains(rng, rate_hz, flat * often * 1.3, 1100, 6500, 0.0014, uneven=0.7, kinds=16)
        plops = bubbles(rng, rate_hz, flat * often * 0.06, 900, 3600)
        out = hiss + 0.5 * patter + 0.3 * plops
    made: Wide = out * _swelling(ask, length_s, 0.4, 0.5) * (1 + 0.12 * wander(rng, length_s, rate_hz, 0.8))
    return made


def _drips(ask: Ask) -> Wide:
    """Drops into standing water: the tick of the drop, then the bubble it leaves."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.5, ask.duration_s) - 0.25:
        hz = rng.uniform(700, 1500)
        time = times(0.14, rate_hz)
        bubble = np.sin(2 * np.pi * hz * time * (1 + 5.0 * time)) * np.exp(-time / 0.022) * np.minimum(1, time / 0.0015)
        tick = noise(rng, 0.01, rate_hz, 2500, 9000) * np.exp(-times(0.01, rate_hz) / 0.0015)
        parts += [(at_s, tick * 0.12), (at_s + rng.uniform(0.008, 0.016), bubble * rng.uniform(0.6, 1.0))]
        if rng.random() < 0.4:
            parts.append((at_s + 0.07, bubble[: len(bubble) // 2] * 0.25))
        at_s += rng.uniform(0.4, 0.85)
    return sequence(rate_hz, parts)


def _splash(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(1.4, rate_hz)
    slap = noise(rng, 1.4, rate_hz, 150, 2600, 1) * np.exp(-time / 0.04)
    spray = noise(rng, 1.4, rate_hz, 1200, 9000, 1) * np.exp(-(((time - 0.13) / 0.13) ** 2)) * 0.8
    rain = grains(rng, rate_hz, 420 * np.exp(-(((time - 0.45) / 0.28) ** 2)), 1500, 7000, 0.001, uneven=0.8)
    cavity = bubbles(rng, rate_hz, 170 * np.exp(-(((time - 0.16) / 0.16) ** 2)), 170, 1400)
    return (slap + 0.6 * spray + 0.09 * rain + 0.3 * cavity) * _swelling(ask, 1.4, 0.001, 0.5)


def _stream(ask: Ask, low_hz: float, high_hz: float, many: float, wash: float, length_s: float) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    flow = 1 + 0.35 * wander(rng, length_s, rate_hz, 3)
    wet = bubbles(rng, rate_hz, many * flow, low_hz, high_hz, kinds=22)
    hiss = noise(rng, length_s, rate_hz, 700, 7000, 1) * flow
    return evened(wet) + wash * hiss


def _pour(ask: Ask) -> Wide:
    """Into a glass: the air column above the water shortens, so its tone climbs."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.9, ask.duration_s)
    wet = _stream(ask, 650, 3800, 220, 0.25, length_s)
    part = times(length_s, rate_hz) / length_s
    hz = rng.uniform(330, 420) / (1.0 - 0.68 * part)  # a quarter wave over what is left of the glass
    phase = 2 * np.pi * np.cumsum(hz) / rate_hz
    column = (
        noise(rng, length_s, rate_hz, 0, 90, 1) * np.sin(phase) * 0.9
        + noise(rng, length_s, rate_hz, 0, 120, 1) * np.cos(phase) * 0.6
    )
    return (wet * 0.6 + 1.5 * column) * _swelling(ask, length_s, 0.08, 0.12)


def _river(ask: Ask) -> Wide:
    length_s = max(1.5, ask.duration_s)
    return _stream(ask, 350, 2600, 260, 0.8, length_s) * _swelling(ask, length_s)


def _tap(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.0, ask.duration_s)
    jet = noise(rng, length_s, rate_hz, 900, 9000, 1)
    basin = resonant(jet, rate_hz, [(420, 0.5, 5), (950, 0.5, 5)])
    wet = bubbles(rng, rate_hz, np.full(len(jet), 150.0), 900, 3800)
    return (jet + evened(basin) * 0.35 + 0.3 * wet) * _swelling(ask, length_s, 0.06, 0.15)


def _shower(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    n = len(times(length_s, rate_hz))
    drops = grains(rng, rate_hz, np.full(n, 1500.0), 1200, 7500, 0.001, uneven=0.6)
    return (noise(rng, length_s, rate_hz, 1500, 11_000, 1) + 0.3 * drops) * _swelling(ask, length_s)


def _wave(ask: Ask) -> Wide:
    """It gathers low, breaks bright, runs up the shore and draws back as a hiss of foam."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(4.0, min(9.0, ask.duration_s))
    time = times(length_s, rate_hz)
    peak_s = length_s * rng.uniform(0.3, 0.38)
    gather = noise(rng, length_s, rate_hz, 50, 420, 1) * np.exp(-(((time - peak_s) / 1.0) ** 2)) * 1.3
    rush = np.where(time < peak_s, np.exp(-(((time - peak_s) / 0.5) ** 2)), np.exp(-(time - peak_s) / 1.1))
    crash = noise(rng, length_s, rate_hz, 350, 5000, 1) * rush
    foam = grains(rng, rate_hz, 5200 * np.exp(-(((time - peak_s - 1.9) / 1.3) ** 2)), 2500, 9000, 0.0008, uneven=0.6)
    return (gather + crash + 0.25 * foam) * _swelling(ask, length_s, 0.8, 1.5)


def _boil(ask: Ask) -> Wide:
    length_s = max(1.5, ask.duration_s)
    rng, rate_hz = ask.rng, ask.rate_hz
    roll = 1 + 0.5 * wander(rng, length_s, rate_hz, 4)
    big = bubbles(rng, rate_hz, 60 * roll, 160, 700)
    return (big + 0.05 * noise(rng, length_s, rate_hz, 500, 4000, 1)) * _swelling(ask, length_s)


def _fire(ask: Ask) -> Wide:
    """A low flutter of flame, and wood that cracks: many small snaps, a few large, in runs."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    flame = noise(rng, length_s, rate_hz, 50, 380, 1) * (0.55 + 0.3 * wander(rng, length_s, rate_hz, 7))
    hiss = noise(rng, length_s, rate_hz, 1200, 6500, 1) * 0.045 * (1 + wander(rng, length_s, rate_hz, 3))
    runs = np.clip(wander(rng, length_s, rate_hz, 5) - 0.1, 0, 1) ** 2
    snaps = grains(rng, rate_hz, 6 + 130 * runs, 900, 7000, 0.0012, uneven=1.3, kinds=18)
    pops = grains(rng, rate_hz, 1.2 + 5 * runs, 350, 1300, 0.006, uneven=0.7, kinds=10)
    return (0.3 * flame + hiss + 0.42 * snaps + 0.5 * pops) * _swelling(ask, length_s)


def _hail(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.0, ask.duration_s)
    n = len(times(length_s, rate_hz))
    stones = grains(rng, rate_hz, np.full(n, 110.0), 900, 5200, 0.005, uneven=0.8, kinds=20)
    bounce = grains(rng, rate_hz, np.full(n, 240.0), 1800, 7500, 0.002, uneven=0.7, kinds=14)
    return (stones + 0.3 * bounce) * _swelling(ask, length_s, 0.2, 0.4)


def _ice(ask: Ask) -> Wide:
    """Ice in a glass."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    for _ in range(int(rng.integers(4, 7))):
        parts.append(
            (at_s, struck(rng, rate_hz, GLASS, rng.uniform(1900, 2700), 0.0001, 0.3, 0.13) * rng.uniform(0.3, 1))
        )
        parts.append((at_s + 0.004, struck(rng, rate_hz, BOX, rng.uniform(900, 1300), 0.0003, 0.5, 0.1) * 0.35))
        at_s += rng.uniform(0.06, 0.17)
    return sequence(rate_hz, parts)


SOUNDS: dict[str, Sound] = {
    "boiling water": Sound(_boil, -20.0, 3.0, True),
    "fire": Sound(_fire, -14.0, 4.0, True),
    "hail": Sound(_hail, -15.0, 3.0, True),
    "ice": Sound(_ice, -18.0, 0.9),
    "pour": Sound(_pour, -18.0, 2.0, True),
    "rain": Sound(lambda ask: _rain(ask, "street"), -17.0, 4.0, True),
    "rain on glass": Sound(lambda ask: _rain(ask, "glass"), -19.0, 4.0, True),
    "rain on leaves": Sound(lambda ask: _rain(ask, "leaves"), -18.0, 4.0, True),
    "rain on roof": Sound(lambda ask: _rain(ask, "roof"), -17.0, 4.0, True),
    "river": Sound(_river, -17.0, 4.0, True),
    "sea": Sound(_wave, -12.0, 7.0, True),
    "shower": Sound(_shower, -18.0, 4.0, True),
    "splash": Sound(_splash, -9.0, 1.4),
    "tap": Sound(_tap, -18.0, 2.5, True),
    "thunder": Sound(_thunder, -5.0, 6.5),
    "thunder far": Sound(_far_thunder, -12.0, 6.5),
    "water": Sound(_drips, -18.0, 2.5, True),
    "wind": Sound(_gust, -15.0, 4.0, True),
}
