"""Doors, windows, locks, drawers and bells at the door; knocks on whatever the door is of."""

from __future__ import annotations

import numpy as np
from scipy import signal

from audio.cues import Surface
from audio.foley.elements import (
    BAR,
    BELL,
    BOARD,
    BOX,
    GLASS,
    PLATE,
    SLAB,
    Ask,
    Body,
    Sound,
    Wide,
    envelope,
    grains,
    noise,
    peaked,
    resonant,
    ringing,
    sequence,
    stick_slip,
    struck,
    times,
    wander,
)
from audio.layers import band

__all__ = ["SOUNDS", "latch"]

# What a door or a table-top is of: its body, its lowest partial in Hz, the ring's length.
_LEAVES: dict[Surface, tuple[Body, float, float]] = {
    "wood": (BOX, 118, 1.0), "plaster": (BOX, 105, 0.7), "metal": (PLATE, 132, 0.9), "glass": (GLASS, 310, 0.35),
    "stone": (SLAB, 260, 1.6), "concrete": (SLAB, 230, 1.6), "tile": (SLAB, 420, 1.2), "carpet": (BOX, 90, 0.4),
    "earth": (BOX, 80, 0.4), "grass": (BOX, 80, 0.4), "water": (BOX, 80, 0.4),
}  # fmt: skip

_HINGE = ((255, 0.5, 9), (490, 0.9, 14), (810, 1.0, 18), (1270, 0.8, 16), (1930, 0.7, 15), (2850, 0.4, 14))


def latch(ask: Ask, bright: float = 1.0) -> Wide:
    """A bolt that springs: two small metal clicks, the second against the plate."""
    rng, rate_hz = ask.rng, ask.rate_hz
    first = struck(rng, rate_hz, BAR, rng.uniform(1500, 1900) * bright, 0.00012, 0.5, 0.035)
    second = struck(rng, rate_hz, BAR, rng.uniform(950, 1250) * bright, 0.0002, 0.6, 0.06)
    return sequence(rate_hz, [(0.0, first * 0.55), (rng.uniform(0.045, 0.075), second)])


def _blow(ask: Ask, contact_s: float, tick: float, low: float = 1.0) -> Wide:
    body, hz, size = _LEAVES[ask.surface or "wood"]
    return struck(ask.rng, ask.rate_hz, body, hz * low * ask.rng.uniform(0.96, 1.04), contact_s, tick, size)


def _knock(ask: Ask) -> Wide:
    parts, at_s = [], 0.0
    hard_s = 0.0011 - 0.0007 * ask.force
    gap_s = ask.rng.uniform(0.15, 0.2) * (1.2 - 0.4 * ask.force)
    for _ in range(int(ask.rng.integers(3, 5)) if ask.force < 0.8 else 6):
        knuckle = _blow(ask, hard_s * 0.7, 0.6, 2.3)
        parts.append((at_s, knuckle * ask.rng.uniform(0.7, 1.0)))
        at_s += gap_s * ask.rng.uniform(0.88, 1.12)
    return sequence(ask.rate_hz, parts)


def _pound(ask: Ask) -> Wide:
    parts, at_s = [], 0.0
    for _ in range(int(ask.rng.integers(4, 6))):
        parts.append((at_s, _blow(ask, 0.002, 0.4, 0.75) * ask.rng.uniform(0.8, 1.0)))
        parts.append((at_s + 0.02, latch(ask, 0.6) * 0.05))  # the lock rattles
        at_s += ask.rng.uniform(0.24, 0.32)
    return sequence(ask.rate_hz, parts)


def _creaking(ask: Ask, length_s: float) -> Wide:
    """A hinge: it sticks and slips unevenly, pauses, and its wood answers; each slip is a click of its own."""
    rng, rate_hz = ask.rng, ask.rate_hz
    swing = envelope(length_s, rate_hz, ((0, 0.35), (0.18, 1), (0.45, 0.6), (0.62, 1.25), (0.85, 0.8), (1, 0.2)))
    per_s = rng.uniform(95, 135) * swing * np.exp(0.22 * noise(rng, length_s, rate_hz, 0.5, 5))
    pulses = stick_slip(rng, rate_hz, per_s, chance=0.12)
    one, other = (
        [(rng.uniform(0.88, 1.12) * hz, level, q) for hz, level, q in _HINGE] for _ in range(2)
    )  # as the door swings, what rings with it shifts
    shift = 0.5 + 0.5 * wander(rng, length_s, rate_hz, 2.5)
    wood = resonant(pulses, rate_hz, one) * shift + resonant(pulses, rate_hz, other) * (1 - shift)
    rub = signal.sosfilt(band(1200, 5000, rate_hz, 1), pulses * rng.uniform(0.4, 1.0, len(pulses))) * 0.12
    grip = np.clip(
        envelope(length_s, rate_hz, ((0, 0), (0.08, 1), (0.4, 0.75), (0.5, 0.3), (0.6, 1), (0.9, 0.5), (1, 0))), 0, 1
    )
    made: Wide = (wood + rub) * grip
    return made


def _creak(ask: Ask) -> Wide:
    return _creaking(ask, max(0.5, ask.duration_s))


def _door_open(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    hinge = _creaking(ask, rng.uniform(0.5, 0.7))
    air = noise(rng, 0.7, rate_hz, 90, 900, 1) * envelope(0.7, rate_hz, ((0, 0), (0.4, 1), (1, 0))) * 0.012
    handle = latch(ask, 0.8)
    return sequence(
        rate_hz,
        [
            (0.0, peaked(handle) * 0.8),
            (0.13, air),
            (0.17, peaked(hinge) * rng.uniform(0.08, 0.22)),
        ],
    )


def _door_close(ask: Ask) -> Wide:
    rng = ask.rng
    thump = _blow(ask, 0.0035 - 0.002 * ask.force, 0.25, 0.72)
    catch = latch(ask)
    return sequence(
        ask.rate_hz,
        [(0.0, thump), (rng.uniform(0.02, 0.035), peaked(catch) * np.abs(thump).max() * 0.4)],
    )


def _door_slam(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    thump = _blow(ask, 0.0008, 0.9, 0.55)
    frame = struck(rng, rate_hz, BOX, 62, 0.003, 0.0, 2.6)
    top = np.abs(thump).max()
    parts = [(0.0, thump), (0.003, frame * top * 0.5)]
    for k in range(6):  # leaf and frame rattle against each other
        click = struck(rng, rate_hz, BOARD, rng.uniform(330, 480), 0.0004, 0.5)
        parts.append((0.045 + k * rng.uniform(0.026, 0.038), click * top * 0.16 * 0.68**k))
    gust = noise(rng, 0.35, rate_hz, 60, 700, 1) * np.exp(-times(0.35, rate_hz) / 0.07) * top * 0.12
    parts.append((0.0, gust))
    return sequence(rate_hz, parts)


def _lock(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts = []
    for k in range(5):  # the key over its pins
        pin = struck(rng, rate_hz, BAR, rng.uniform(2600, 3900), 0.0001, 0.6, 0.02)
        parts.append((0.02 + k * rng.uniform(0.018, 0.026), pin * rng.uniform(0.2, 0.4)))
    bolt = struck(rng, rate_hz, BOX, rng.uniform(330, 420), 0.0004, 0.6, 0.5)
    parts += [(rng.uniform(0.34, 0.42), bolt), (rng.uniform(0.43, 0.46), latch(ask, 0.8) * 0.5)]
    return sequence(rate_hz, parts)


def _handle(ask: Ask) -> Wide:
    rattle = [
        (k * ask.rng.uniform(0.07, 0.12), latch(ask, ask.rng.uniform(0.7, 1.0)) * ask.rng.uniform(0.5, 1))
        for k in range(4)
    ]
    return sequence(ask.rate_hz, rattle)


def _slide(ask: Ask, length_s: float, low_hz: float, high_hz: float, end: Wide) -> Wide:
    """A drawer, a sash, a sliding door: rollers or wood in a groove, then the stop."""
    rng, rate_hz = ask.rng, ask.rate_hz
    speed = envelope(length_s, rate_hz, ((0, 0.1), (0.3, 0.8), (0.85, 1), (1, 0.7)))
    run = noise(rng, length_s, rate_hz, low_hz, high_hz, 1) * speed**1.5
    run *= 1 + 0.5 * np.sin(2 * np.pi * np.cumsum(26 * speed) / rate_hz)
    grit = grains(rng, rate_hz, 160 * speed, low_hz, high_hz * 1.5, 0.002)
    run = 0.5 * peaked(run) + 0.25 * peaked(grit)
    return sequence(rate_hz, [(0.0, run * 0.45), (length_s * 0.97, peaked(end))])


def _drawer(ask: Ask) -> Wide:
    return _slide(ask, ask.rng.uniform(0.3, 0.42), 180, 1500, struck(ask.rng, ask.rate_hz, BOX, 190, 0.0012, 0.4, 1.1))


def _sliding(ask: Ask) -> Wide:
    return _slide(ask, ask.rng.uniform(0.8, 1.0), 90, 1100, struck(ask.rng, ask.rate_hz, BOX, 110, 0.002, 0.3, 1.2))


def _window(ask: Ask) -> Wide:
    stop = struck(ask.rng, ask.rate_hz, BOX, 210, 0.0008, 0.5, 0.9)
    pane = struck(ask.rng, ask.rate_hz, GLASS, 640, 0.0005, 0.0, 0.25)
    end = stop.copy()
    end[: min(len(end), len(pane))] += 0.35 * pane[: len(end)]
    return _slide(ask, ask.rng.uniform(0.4, 0.55), 250, 2400, end)


def _doorbell(ask: Ask) -> Wide:
    tune = ask.rng.uniform(0.98, 1.02)

    def tone(hz: float) -> Wide:
        bar = [(hz * tune, 1.0, 0.5), (hz * 2.756 * tune, 0.22, 0.16), (hz * 5.404 * tune, 0.1, 0.05)]
        return ringing(ask.rate_hz, 1.6, bar) * np.minimum(1, times(1.6, ask.rate_hz) / 0.001)

    return sequence(ask.rate_hz, [(0.0, tone(659.3)), (ask.rng.uniform(0.5, 0.6), tone(523.3))])


def _buzzer(ask: Ask) -> Wide:
    time = times(max(0.4, ask.duration_s), ask.rate_hz)
    hz = ask.rng.uniform(98, 118)
    clapper = np.sign(np.sin(2 * np.pi * hz * time)) * 0.5 + np.sin(2 * np.pi * hz * time)
    box = resonant(clapper, ask.rate_hz, [(420, 1, 4), (1150, 1, 5), (2300, 0.7, 5), (3900, 0.4, 5)])
    made: Wide = box * np.clip(np.minimum(time / 0.01, (time[-1] - time) / 0.02), 0, 1)
    return made


def _chime(ask: Ask) -> Wide:
    """A small bell on a spring over a shop's door."""
    parts, at_s = [], 0.0
    hz = ask.rng.uniform(1350, 1750)
    for k in range(int(ask.rng.integers(4, 7))):
        parts.append((at_s, struck(ask.rng, ask.rate_hz, BELL, hz, 0.00008, 0.05, 0.13) * 0.8**k))
        at_s += ask.rng.uniform(0.07, 0.15)
    return sequence(ask.rate_hz, parts)


SOUNDS: dict[str, Sound] = {
    "buzzer": Sound(_buzzer, -14.0, 0.8, True),
    "door chime": Sound(_chime, -14.0, 1.2),
    "door close": Sound(_door_close, -8.0, 0.4),
    "door creak": Sound(_creak, -15.0, 1.4, True),
    "door open": Sound(_door_open, -13.0, 0.9),
    "door slam": Sound(_door_slam, -1.0, 0.8),
    "doorbell": Sound(_doorbell, -11.0, 2.0),
    "door handle": Sound(_handle, -18.0, 0.5),
    "drawer": Sound(_drawer, -13.0, 0.5),
    "knock": Sound(_knock, -8.0, 0.8),
    "lock": Sound(_lock, -17.0, 0.5),
    "pounding": Sound(_pound, -4.0, 1.4),
    "sliding door": Sound(_sliding, -12.0, 1.1),
    "window": Sound(_window, -13.0, 0.6),
}
