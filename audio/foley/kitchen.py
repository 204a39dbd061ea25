"""Cooking, eating and drinking."""

from __future__ import annotations

import numpy as np

from audio.foley.elements import (
    BAR,
    BOX,
    GLASS,
    PLATE,
    SLAB,
    Ask,
    Sound,
    Wide,
    bubbles,
    envelope,
    evened,
    glide,
    grains,
    mouth,
    noise,
    peaked,
    sequence,
    struck,
    times,
    wander,
)

__all__ = ["SOUNDS"]


def _kettle(ask: Ask) -> Wide:
    """Steam finds its whistle: hiss first, then a tone that climbs and trembles."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    rise = envelope(length_s, rate_hz, ((0, 0), (0.15, 0.2), (0.55, 1), (1, 1)))
    hz = 1650 + 750 * rise + 25 * wander(rng, length_s, rate_hz, 9)
    whistle = (
        (glide(hz, rate_hz) + 0.25 * glide(2 * hz, rate_hz)) * rise**2 * (1 + 0.15 * wander(rng, length_s, rate_hz, 25))
    )
    steam = noise(rng, length_s, rate_hz, 1200, 9000, 1) * (0.08 + 0.1 * rise)
    boil = bubbles(rng, rate_hz, 50 * (0.3 + rise), 180, 600) * 0.08
    return (whistle * 0.8 + steam + boil) * envelope(length_s, rate_hz, ((0, 0), (0.1, 1), (0.9, 1), (1, 0)))


def _sizzle(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.0, ask.duration_s)
    heat = envelope(length_s, rate_hz, ((0, 0.2), (0.06, 1), (0.4, 0.8), (1, 0.6))) * (
        1 + 0.2 * wander(rng, length_s, rate_hz, 5)
    )
    fat = grains(rng, rate_hz, 5200 * heat, 3500, 11_000, 0.0006, uneven=0.7)
    spit = grains(rng, rate_hz, 26 * heat, 1500, 6000, 0.0022, uneven=1.1, kinds=14)
    hiss = noise(rng, length_s, rate_hz, 2800, 12_000, 1) * heat
    return (0.1 * fat + 0.3 * spit + 0.3 * hiss) * envelope(length_s, rate_hz, ((0, 1), (0.88, 1), (1, 0)))


def _cork(ask: Ask) -> Wide:
    """A pull's squeak, the pop of the neck, a breath of gas."""
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(0.09, rate_hz)
    hz = rng.uniform(480, 620)
    pop = np.sin(2 * np.pi * hz * time * (1 + 2.5 * time)) * np.exp(-time / 0.012) + 0.4 * np.sin(
        2 * np.pi * hz * 2.9 * time
    ) * np.exp(-time / 0.005)
    pop *= np.minimum(1, time / 0.0005)
    snap = noise(rng, 0.02, rate_hz, 1200, 9000, 1) * np.exp(-times(0.02, rate_hz) / 0.002)
    pull = glide(np.linspace(820, 1350, round(0.16 * rate_hz)), rate_hz) * envelope(
        0.16, rate_hz, ((0, 0), (0.6, 1), (1, 0.2))
    )
    gas = noise(rng, 0.5, rate_hz, 2500, 10_000, 1) * np.exp(-times(0.5, rate_hz) / 0.13)
    return sequence(rate_hz, [(0.0, pull * 0.05), (0.17, pop), (0.17, snap * 0.3), (0.18, gas * 0.05)])


def _can(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    tab = struck(rng, rate_hz, PLATE, 1500, 0.0001, 0.6, 0.06)
    gas = noise(rng, 0.7, rate_hz, 2200, 12_000, 1) * np.exp(-times(0.7, rate_hz) / 0.12)
    fizz = grains(rng, rate_hz, 500 * np.exp(-times(1.2, rate_hz) / 0.4), 4000, 11_000, 0.0006)
    return sequence(rate_hz, [(0.0, peaked(tab)), (0.012, gas * 0.3), (0.1, fizz * 0.03)])


def _drink(ask: Ask) -> Wide:
    """A sip, then swallows: each a low double bump of the throat."""
    rng, rate_hz = ask.rng, ask.rate_hz
    sip_s = rng.uniform(0.25, 0.35)
    sip = noise(rng, sip_s, rate_hz, 1800, 7000, 1) * envelope(sip_s, rate_hz, ((0, 0), (0.5, 1), (1, 0)))
    sip += 0.5 * bubbles(rng, rate_hz, np.full(len(sip), 120.0), 900, 3000)
    parts = [(0.0, sip * 0.16)]
    at_s = sip_s + 0.12
    for _ in range(int(rng.integers(1, 4))):
        time = times(0.2, rate_hz)
        for late_s, hz in ((0.0, 210.0), (0.075, 330.0)):
            gulp = np.sin(2 * np.pi * hz * rng.uniform(0.9, 1.1) * time * (1 + 2.8 * time)) * np.exp(-time / 0.024)
            parts.append((at_s + late_s, gulp * np.minimum(1, time / 0.004) * rng.uniform(0.5, 0.8)))
        at_s += rng.uniform(0.5, 0.62)
    return sequence(rate_hz, parts)


def _eat(ask: Ask) -> Wide:
    """Chewing: crunches close together, softer each time as the mouthful gives way."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s, k = [], 0.0, 0
    while at_s < max(0.8, ask.duration_s) - 0.2:
        length_s = rng.uniform(0.12, 0.18)
        bite = envelope(length_s, rate_hz, ((0, 0.1), (0.25, 1), (1, 0)))
        crunch = grains(rng, rate_hz, 1500 * bite * 0.88**k, 500, 4200, 0.002, uneven=1.0)
        wet = mouth(noise(rng, length_s, rate_hz, 200, 3000, 1), rate_hz, ((0, "m"), (0.5, "a"), (1, "m"))) * bite
        parts.append((at_s, crunch * 0.2 + evened(wet) * 0.1))
        at_s += rng.uniform(0.36, 0.46)
        k += 1
    return sequence(rate_hz, parts)


def _dishes(ask: Ask) -> Wide:
    """Plates and forks: ceramic knocks, thin bars, now and then a scrape."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.6, ask.duration_s) - 0.3:
        if rng.random() < 0.55:
            one = struck(rng, rate_hz, GLASS, rng.uniform(1100, 1900), 0.00012, 0.3, 0.1)
        else:
            one = struck(rng, rate_hz, BAR, rng.uniform(1700, 2900), 0.0001, 0.3, 0.16)
        parts.append((at_s, one * rng.uniform(0.3, 1.0)))
        at_s += rng.uniform(0.05, 0.32)
    return sequence(rate_hz, parts)


def _cutlery(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.6, ask.duration_s) - 0.25:
        parts.append(
            (at_s, struck(rng, rate_hz, BAR, rng.uniform(1900, 3100), 0.00008, 0.2, 0.22) * rng.uniform(0.4, 1))
        )
        parts.append((at_s + 0.001, struck(rng, rate_hz, GLASS, rng.uniform(1300, 1700), 0.00015, 0.2, 0.08) * 0.5))
        at_s += rng.uniform(0.18, 0.45)
    return sequence(rate_hz, parts)


def _stir(ask: Ask) -> Wide:
    """A spoon round a cup."""
    rng, rate_hz = ask.rng, ask.rate_hz
    cup_hz = rng.uniform(1500, 1900)
    parts, at_s = [], 0.0
    while at_s < max(0.8, ask.duration_s) - 0.25:
        hz = cup_hz * rng.uniform(0.99, 1.01)  # the same cup each time
        parts.append((at_s, struck(rng, rate_hz, GLASS, hz, 0.00012, 0.15, 0.13) * rng.uniform(0.45, 1.0)))
        at_s += rng.uniform(0.2, 0.25)
    return sequence(rate_hz, parts)


def _chop(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.6, ask.duration_s) - 0.2:
        board = struck(rng, rate_hz, BOX, rng.uniform(215, 245), 0.0005, 0.6, 0.45)
        blade = struck(rng, rate_hz, SLAB, 2400, 0.0001, 0.4)
        parts += [(at_s, board * rng.uniform(0.7, 1.0)), (at_s, blade * 0.2)]
        at_s += rng.uniform(0.2, 0.27)
    return sequence(rate_hz, parts)


def _pan(ask: Ask) -> Wide:
    return struck(ask.rng, ask.rate_hz, PLATE, ask.rng.uniform(330, 460), 0.0004, 0.4, 0.7)


def _microwave(ask: Ask) -> Wide:
    rate_hz = ask.rate_hz
    time = times(0.5, rate_hz)
    pip = np.sin(2 * np.pi * 2050 * time) * np.clip(np.minimum(time / 0.01, (0.5 - time) / 0.02), 0, 1)
    return sequence(rate_hz, [(k * 0.9, pip * ask.rng.uniform(0.97, 1.0)) for k in range(3)])


SOUNDS: dict[str, Sound] = {
    "can": Sound(_can, -16.0, 1.3),
    "chop": Sound(_chop, -13.0, 1.6, True),
    "cork": Sound(_cork, -11.0, 0.7),
    "cutlery": Sound(_cutlery, -18.0, 1.2, True),
    "dishes": Sound(_dishes, -16.0, 1.3, True),
    "drink": Sound(_drink, -22.0, 1.6),
    "eat": Sound(_eat, -20.0, 2.0, True),
    "kettle": Sound(_kettle, -16.0, 3.0, True),
    "microwave": Sound(_microwave, -18.0, 2.3),
    "pan": Sound(_pan, -9.0, 1.6),
    "sizzle": Sound(_sizzle, -17.0, 2.5, True),
    "stir": Sound(_stir, -20.0, 1.5, True),
}
