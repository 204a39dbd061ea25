"""Blows, falls, weapons and what goes to pieces: impacts of flesh, wood and metal, and things through the air."""

from __future__ import annotations

import numpy as np

from audio.foley.elements import (
    BAR,
    BELL,
    BOARD,
    BOX,
    PLATE,
    SLAB,
    Ask,
    Body,
    Sound,
    Wide,
    envelope,
    evened,
    glide,
    grains,
    noise,
    peaked,
    resonant,
    sequence,
    struck,
    times,
)

__all__ = ["SOUNDS"]

_BLADE = Body((1.0, 2.756, 3.9, 5.404, 6.8, 8.933), 0.5, 0.35)


def _bang(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    first = struck(rng, rate_hz, BOX, rng.uniform(78, 96), 0.0006, 0.9, 1.8)
    second = struck(rng, rate_hz, PLATE, rng.uniform(210, 270), 0.0005, 0.4, 0.3)
    top = np.abs(first).max()
    return sequence(rate_hz, [(0.0, first), (0.008, peaked(second) * top * 0.4)])


def _thud(ask: Ask) -> Wide:
    return struck(ask.rng, ask.rate_hz, BOX, ask.rng.uniform(62, 80), 0.005 - 0.003 * ask.force, 0.12, 1.3)


def _body_fall(ask: Ask) -> Wide:
    """Knees, hip, shoulder, an arm: four soft blows close together, and cloth."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    for hz, level in ((88, 0.45), (58, 1.0), (74, 0.6), (150, 0.25)):
        parts.append((at_s, struck(rng, rate_hz, BOX, hz * rng.uniform(0.93, 1.07), 0.006, 0.1, 1.2) * level))
        at_s += rng.uniform(0.06, 0.14)
    cloth = noise(rng, 0.5, rate_hz, 400, 3500, 1) * envelope(0.5, rate_hz, ((0, 0), (0.2, 1), (1, 0)))
    parts.append((0.0, cloth * 0.05 * max(np.abs(part).max() for _, part in parts)))
    return sequence(rate_hz, parts)


def _punch(ask: Ask) -> Wide:
    """A dull body, a slap of skin above, no ring."""
    rng, rate_hz = ask.rng, ask.rate_hz
    body = struck(rng, rate_hz, BOX, rng.uniform(92, 120), 0.003, 0.0, 0.6)
    skin = noise(rng, 0.08, rate_hz, 500, 4200, 1) * np.exp(-times(0.08, rate_hz) / 0.012)
    air = noise(rng, 0.14, rate_hz, 300, 2200, 1) * envelope(0.14, rate_hz, ((0, 0), (0.85, 1), (1, 0))) ** 2
    top = np.abs(body).max()
    return sequence(rate_hz, [(0.0, air * 0.06 * top), (0.125, body), (0.124, peaked(skin) * top * 0.7)])


def _slap(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(0.16, rate_hz)
    skin = noise(rng, 0.16, rate_hz, 900, 8500, 1) * (np.exp(-time / 0.005) + 0.15 * np.exp(-time / 0.03))
    flesh = resonant(skin, rate_hz, [(rng.uniform(950, 1250), 1, 3)])
    return skin + flesh * 0.8


def _gunshot(ask: Ask) -> Wide:
    """The shock, the muzzle's blast, and what the place says to it."""
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(1.9, rate_hz)
    crack = noise(rng, 1.9, rate_hz, 400, 15_000, 1) * np.exp(-time / 0.006)
    blast = noise(rng, 1.9, rate_hz, 60, 1400, 1) * np.exp(-time / 0.035)
    boom = np.sin(2 * np.pi * np.cumsum(45 + 90 * np.exp(-time / 0.03)) / rate_hz) * np.exp(-time / 0.09)
    tail = noise(rng, 1.9, rate_hz, 120, 1500, 1) * np.exp(-time / 0.42)
    echoes = np.zeros_like(time)
    for _ in range(5):
        late = round(rng.uniform(0.09, 0.6) * rate_hz)
        echoes[late:] += blast[: len(time) - late] * rng.uniform(0.02, 0.09)
    out = np.tanh(1.3 * crack + 1.4 * blast + 1.2 * boom) + 0.06 * tail + echoes
    return out * np.clip((1.9 - time) / 0.5, 0, 1)


def _shots(ask: Ask) -> Wide:
    parts, at_s = [], 0.0
    for _ in range(int(ask.rng.integers(3, 6))):
        parts.append((at_s, _gunshot(ask) * ask.rng.uniform(0.75, 1.0)))
        at_s += ask.rng.uniform(0.18, 0.55)
    return sequence(ask.rate_hz, parts)


def _cock(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    slide = noise(rng, 0.07, rate_hz, 1200, 6000, 1) * envelope(0.07, rate_hz, ((0, 0), (0.6, 1), (1, 0)))
    one = struck(rng, rate_hz, BAR, rng.uniform(1250, 1500), 0.00015, 0.7, 0.07)
    two = struck(rng, rate_hz, BAR, rng.uniform(880, 1050), 0.0002, 0.8, 0.09)
    return sequence(rate_hz, [(0.0, one * 0.8), (0.04, slide * 0.12), (rng.uniform(0.17, 0.22), two)])


def _explosion(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(4.0, rate_hz)
    front = noise(rng, 4.0, rate_hz, 80, 9000, 1) * np.exp(-time / 0.05)
    ball = noise(rng, 4.0, rate_hz, 40, 900, 1) * np.exp(-time / 0.35) * np.minimum(1, time / 0.01)
    low = noise(rng, 4.0, rate_hz, 22, 95) * np.exp(-time / 0.9)
    debris = grains(rng, rate_hz, 90 * np.exp(-(((time - 1.0) / 0.7) ** 2)), 350, 4200, 0.006, uneven=1.1, kinds=16)
    out = np.tanh(1.2 * front + 1.3 * ball + 1.1 * low) + 0.035 * debris * (time > 0.25)
    return out * np.clip((4.0 - time) / 1.5, 0, 1)


def _fireworks(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    rise_s = rng.uniform(0.8, 1.1)
    climb = glide(
        envelope(rise_s, rate_hz, ((0, 1300), (1, 2600)))
        * (1 + 0.03 * np.sin(2 * np.pi * 11 * times(rise_s, rate_hz))),
        rate_hz,
    )
    climb *= envelope(rise_s, rate_hz, ((0, 0), (0.2, 1), (0.8, 0.7), (1, 0)))
    time = times(1.9, rate_hz)
    burst = np.tanh(noise(rng, 1.9, rate_hz, 45, 1800, 1) * np.exp(-time / 0.09) * 1.5)
    crackle = grains(rng, rate_hz, 130 * np.exp(-(((time - 0.6) / 0.35) ** 2)), 1500, 7500, 0.0015, uneven=1.0)
    return sequence(rate_hz, [(0.0, climb * 0.1), (rise_s + 0.25, burst + 0.08 * crackle)])


def _sword(ask: Ask) -> Wide:
    """Blade on blade: bars whose upper partials outlast the blow, and the slide of the edges."""
    rng, rate_hz = ask.rng, ask.rate_hz
    one = struck(rng, rate_hz, _BLADE, rng.uniform(820, 1050), 0.00005, 0.4, 0.9)
    two = struck(rng, rate_hz, _BLADE, rng.uniform(1100, 1400), 0.00005, 0.3, 0.7)
    scrape = resonant(noise(rng, 0.22, rate_hz, 2500, 11_000, 1), rate_hz, [(3300, 1, 8), (5200, 1, 9), (7600, 0.7, 9)])
    scrape *= envelope(0.22, rate_hz, ((0, 0), (0.15, 1), (1, 0)))
    return sequence(rate_hz, [(0.0, one), (0.002, two * 0.8), (0.01, peaked(scrape) * 0.35)])


def _draw(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.4, 0.55)
    swell = envelope(length_s, rate_hz, ((0, 0), (0.3, 0.4), (0.9, 1), (1, 0.2)))
    edge = noise(rng, length_s, rate_hz, 1800, 12_000, 1)
    steel = resonant(edge, rate_hz, [(2700, 1, 14), (4300, 1, 16), (6900, 0.8, 16)])
    ring = struck(rng, rate_hz, _BLADE, 1350, 0.0001, 0.0, 0.8)
    return sequence(
        rate_hz,
        [(0.0, (0.3 * edge + evened(steel)) * swell * 0.3), (length_s * 0.93, peaked(ring) * 0.5)],
    )


def _clang(ask: Ask) -> Wide:
    return struck(ask.rng, ask.rate_hz, PLATE, ask.rng.uniform(150, 260), 0.0003, 0.5, 1.6)


def _gong(ask: Ask) -> Wide:
    """The upper partials bloom after the blow, as a gong's do."""
    rng, rate_hz = ask.rng, ask.rate_hz
    low = struck(rng, rate_hz, PLATE, rng.uniform(95, 130), 0.003, 0.1, 6.0)
    high = struck(rng, rate_hz, BELL, rng.uniform(420, 520), 0.0003, 0.0, 0.8)
    bloom = np.minimum(1, times(len(high) / rate_hz, rate_hz)[: len(high)] / 0.25)
    return sequence(rate_hz, [(0.0, peaked(low)), (0.0, high * bloom * 0.25)])


def _whoosh(ask: Ask) -> Wide:
    """Air past a thing: louder and brighter as it comes, and down again."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.5, 0.8) * (1.3 - 0.6 * ask.force)
    near = envelope(length_s, rate_hz, ((0, 0), (0.55, 1), (1, 0))) ** 1.5
    low, mid = noise(rng, length_s, rate_hz, 150, 700, 1), noise(rng, length_s, rate_hz, 600, 2200, 1)
    high = noise(rng, length_s, rate_hz, 2000, 7000, 1)
    return low * near**0.8 * 0.7 + mid * near**1.5 + high * near**3 * 0.5


def _arrow(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    string = struck(rng, rate_hz, BAR, 190, 0.001, 0.4, 0.35)
    flight = noise(rng, 0.28, rate_hz, 1200, 5200, 1) * envelope(0.28, rate_hz, ((0, 1), (1, 0.2)))
    hit = struck(rng, rate_hz, BOX, 260, 0.0006, 0.7, 0.7)
    top = np.abs(hit).max()
    return sequence(rate_hz, [(0.0, peaked(string) * top * 0.6), (0.02, flight * 0.05 * top), (0.3, hit)])


def _wood_break(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(0.6, rate_hz)
    splinter = grains(rng, rate_hz, 900 * np.exp(-time / 0.07), 500, 5200, 0.003, uneven=1.2, kinds=18)
    snap = struck(rng, rate_hz, BOARD, rng.uniform(290, 360), 0.0002, 1.0, 1.4)
    return sequence(rate_hz, [(0.0, peaked(splinter) * 0.8), (0.0, peaked(snap))])


def _clatter(ask: Ask) -> Wide:
    """Several things fall over each other and come to rest."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s, level = [], 0.0, 1.0
    for _ in range(int(rng.integers(9, 14))):
        body, low_hz, high_hz, size = (
            (BOX, 250, 700, 0.5), (PLATE, 300, 800, 0.2), (BAR, 700, 1600, 0.15), (SLAB, 700, 1500, 1.5),
        )[int(rng.integers(4))]  # fmt: skip
        one = struck(rng, rate_hz, body, rng.uniform(low_hz, high_hz), 0.0004, 0.5, size)
        parts.append((at_s, peaked(one) * level * rng.uniform(0.5, 1.0)))
        at_s += rng.exponential(0.085) + 0.012
        level *= 0.87
    return sequence(rate_hz, parts)


def _hammer(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.8, ask.duration_s) - 0.3:
        nail = struck(rng, rate_hz, BAR, rng.uniform(1900, 2150), 0.0001, 0.5, 0.07)
        wood = struck(rng, rate_hz, BOX, rng.uniform(160, 185), 0.0007, 0.5, 0.9)
        parts += [(at_s, wood * rng.uniform(0.8, 1.0)), (at_s, nail * 0.7)]
        at_s += rng.uniform(0.42, 0.5)
    return sequence(rate_hz, parts)


def _saw(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s, away = [], 0.0, False
    while at_s < max(1.0, ask.duration_s) - 0.3:
        length_s = rng.uniform(0.26, 0.34)
        speed = envelope(length_s, rate_hz, ((0, 0), (0.5, 1), (1, 0)))
        teeth = 0.6 + 0.4 * glide(220 * speed, rate_hz)
        low_hz = 700 if away else 1000
        parts.append((at_s, noise(rng, length_s, rate_hz, low_hz, 5500, 1) * teeth * speed * (1.0 if away else 0.7)))
        at_s += length_s + 0.03
        away = not away
    return sequence(rate_hz, parts)


SOUNDS: dict[str, Sound] = {
    "arrow": Sound(_arrow, -12.0, 0.6),
    "bang": Sound(_bang, -3.0, 0.6),
    "body fall": Sound(_body_fall, -6.0, 0.8),
    "clang": Sound(_clang, -8.0, 2.0),
    "clatter": Sound(_clatter, -8.0, 1.4),
    "explosion": Sound(_explosion, 0.0, 4.0),
    "fireworks": Sound(_fireworks, -8.0, 3.2),
    "gong": Sound(_gong, -8.0, 5.0),
    "gun cock": Sound(_cock, -15.0, 0.4),
    "gunshot": Sound(_gunshot, 0.0, 1.9),
    "gunshots": Sound(_shots, 0.0, 3.0),
    "hammering": Sound(_hammer, -9.0, 2.2, True),
    "punch": Sound(_punch, -8.0, 0.3),
    "sawing": Sound(_saw, -14.0, 2.2, True),
    "slap": Sound(_slap, -8.0, 0.16),
    "sword": Sound(_sword, -8.0, 1.4),
    "sword draw": Sound(_draw, -14.0, 1.2),
    "thud": Sound(_thud, -6.0, 0.5),
    "whoosh": Sound(_whoosh, -12.0, 0.7),
    "wood break": Sound(_wood_break, -6.0, 0.6),
}
