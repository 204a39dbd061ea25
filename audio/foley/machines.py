"""Phones, keys, clocks, bells, beeps and small machines."""

from __future__ import annotations

import numpy as np
from scipy import signal

from audio.foley.elements import (
    BAR,
    BELL,
    BOX,
    Ask,
    Sound,
    Wide,
    envelope,
    glide,
    grains,
    noise,
    resonant,
    ringing,
    sequence,
    struck,
    times,
    wander,
)
from audio.layers import band

__all__ = ["SOUNDS"]


def _tone(hz: float, length_s: float, rate_hz: int, edge_s: float = 0.006, square: float = 0.0) -> Wide:
    time = times(length_s, rate_hz)
    wave = np.sin(2 * np.pi * hz * time)
    if square:
        wave = np.tanh(square * wave)
    made: Wide = wave * np.clip(np.minimum(time / edge_s, (length_s - time) / edge_s), 0, 1)
    return made


def _ring(ask: Ask) -> Wide:
    """A clapper between two gongs, 1.6 s on, 1.2 s off; the last stroke rings out."""
    rng, rate_hz = ask.rng, ask.rate_hz
    tune, beats_hz = rng.uniform(0.95, 1.05), rng.uniform(20.5, 23.5)
    partials = ((1185, 1.0, 0.2), (1540, 0.7, 0.16), (2960, 0.45, 0.07), (4230, 0.2, 0.03))
    gongs = [
        ringing(rate_hz, 0.9, [(hz * tune * k, level, decay_s) for hz, level, decay_s in partials]) for k in (1.0, 1.26)
    ]
    parts, at_s = [], 0.0
    length_s = max(0.8, ask.duration_s)
    while at_s < length_s - 0.5:
        for beat in range(int(min(1.6, max(0.5, length_s - at_s)) * beats_hz)):
            parts.append((at_s + beat / beats_hz, gongs[beat % 2] * rng.uniform(0.85, 1.0)))
        at_s += 2.8
    return sequence(rate_hz, parts)


def _ringtone(ask: Ask) -> Wide:
    """A mobile's: a short phrase of marimba-like tones, the same each time round."""
    rng, rate_hz = ask.rng, ask.rate_hz
    scale = np.array([0, 2, 4, 7, 9, 12, 14])
    notes = rng.choice(scale, 6)
    base_hz, step_s = 880 * 2 ** (rng.integers(-2, 3) / 12), 0.14
    parts, at_s = [], 0.0
    while at_s < max(0.9, ask.duration_s) - 0.3:
        for k, note in enumerate(notes):
            hz = float(base_hz * 2 ** (note / 12))
            parts.append((at_s + k * step_s, ringing(rate_hz, 0.5, [(hz, 1, 0.12), (4 * hz, 0.25, 0.03)])))
        at_s += 1.5
    return sequence(rate_hz, parts)


def _buzz(ask: Ask) -> Wide:
    """An eccentric motor on a table: a hum with a rattle in each turn."""
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(0.42, rate_hz)
    hz = rng.uniform(152, 176) * (1 - 0.15 * np.exp(-time / 0.03))
    phase = 2 * np.pi * np.cumsum(hz) / rate_hz
    motor = np.sin(phase) + 0.5 * np.sin(2 * phase) + 0.35 * np.sin(3 * phase + 1)
    rattle = noise(rng, 0.42, rate_hz, 500, 3200) * np.clip(np.sin(phase), 0, 1) ** 3
    pulse = (motor + 0.5 * rattle) * np.clip(np.minimum(time / 0.04, (0.42 - time) / 0.06), 0, 1)
    return sequence(rate_hz, [(k * 0.66, pulse) for k in range(max(1, round(ask.duration_s / 0.66)))])


_DIGITS = ((941, 1336), (697, 1209), (697, 1336), (697, 1477), (770, 1209), (770, 1336), (770, 1477), (852, 1209),
           (852, 1336), (852, 1477))  # fmt: skip


def _keypad(ask: Ask) -> Wide:
    """Digits as a telephone sends them (ITU-T Q.23)."""
    parts = []
    for k in range(max(3, round(ask.duration_s / 0.24))):
        low_hz, high_hz = _DIGITS[int(ask.rng.integers(10))]
        tone = _tone(low_hz, 0.11, ask.rate_hz) + _tone(high_hz, 0.11, ask.rate_hz)
        parts.append((k * 0.22 + ask.rng.uniform(0, 0.05), tone))
    return sequence(ask.rate_hz, parts)


def _dial_tone(ask: Ask) -> Wide:
    length_s = max(0.5, ask.duration_s)
    return _tone(350, length_s, ask.rate_hz, 0.01) + _tone(440, length_s, ask.rate_hz, 0.01)


def _hang_up(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    cradle = struck(rng, rate_hz, BOX, 270, 0.0009, 0.5, 0.8)
    bell = struck(rng, rate_hz, BELL, 1180, 0.0001, 0.0, 0.09)
    return sequence(rate_hz, [(0.0, cradle), (rng.uniform(0.05, 0.07), cradle * 0.5), (0.06, bell * 0.08)])


def _typing(ask: Ask) -> Wide:
    """Keys: down, bottom and up again; runs and pauses; the space bar is lower."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.6, ask.duration_s) - 0.12:
        wide = rng.random() < 0.16
        hz = rng.uniform(300, 380) if wide else rng.uniform(520, 820)
        down = struck(rng, rate_hz, BOX, hz, 0.0005, 0.7, 0.16) * rng.uniform(0.5, 1.0)
        up = struck(rng, rate_hz, BOX, hz * 1.5, 0.0003, 0.9, 0.08) * rng.uniform(0.1, 0.25)
        parts += [(at_s, down), (at_s + rng.uniform(0.06, 0.1), up)]
        at_s += rng.uniform(0.09, 0.19) if rng.random() > 0.13 else rng.uniform(0.3, 0.55)
    return sequence(rate_hz, parts)


def _typewriter(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    length_s = max(0.8, ask.duration_s)
    while at_s < length_s - 0.15:
        bar = struck(rng, rate_hz, BAR, rng.uniform(1250, 1500), 0.0002, 0.9, 0.05)
        plate = struck(rng, rate_hz, BOX, rng.uniform(230, 280), 0.0007, 0.5, 0.6)
        parts += [(at_s, bar * rng.uniform(0.6, 1.0)), (at_s, plate * 0.7)]
        at_s += rng.uniform(0.11, 0.2) if rng.random() > 0.1 else rng.uniform(0.3, 0.5)
    if length_s > 1.8:  # the end of the line
        parts.append((length_s - 0.4, struck(rng, rate_hz, BELL, 2050, 0.0001, 0.0, 0.15) * 0.5))
    return sequence(rate_hz, parts)


def _click(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    down = struck(rng, rate_hz, BOX, rng.uniform(1400, 1800), 0.00015, 0.8, 0.06)
    return sequence(rate_hz, [(0.0, down), (rng.uniform(0.07, 0.1), down * 0.5)])


def _camera(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    curtain = struck(rng, rate_hz, BOX, rng.uniform(700, 850), 0.0002, 1.0, 0.3)
    slide = noise(rng, 0.06, rate_hz, 1500, 6500) * envelope(0.06, rate_hz, ((0, 0), (0.5, 1), (1, 0)))
    return sequence(rate_hz, [(0.0, curtain), (0.02, slide * 0.2), (rng.uniform(0.085, 0.1), curtain * 0.8)])


def _clock(ask: Ask) -> Wide:
    """Tick and tock: an escapement in a wooden case."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts = []
    for k in range(max(2, round(ask.duration_s * 2))):
        hz = 2350 if k % 2 else 1850
        tooth = struck(rng, rate_hz, BAR, hz * rng.uniform(0.985, 1.015), 0.0001, 0.5, 0.025)
        case = struck(rng, rate_hz, BOX, 420 if k % 2 else 350, 0.0006, 0.0, 0.35)
        parts += [(k * 0.5, tooth), (k * 0.5, case * 0.35), (k * 0.5 + 0.017, tooth * 0.35)]
    return sequence(rate_hz, parts)


def _bell(ask: Ask) -> Wide:
    return struck(ask.rng, ask.rate_hz, BELL, ask.rng.uniform(360, 470), 0.0004, 0.15, 1.2)


def _church(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    hz = rng.uniform(190, 250)
    gap_s = rng.uniform(1.9, 2.3)
    count = max(1, round((ask.duration_s - 2.5) / gap_s))
    stroke = [struck(rng, rate_hz, BELL, hz, 0.0009, 0.1, 2.0) for _ in range(min(count, 3))]
    return sequence(rate_hz, [(k * gap_s, stroke[k % len(stroke)]) for k in range(count)])


def _desk_bell(ask: Ask) -> Wide:
    return struck(ask.rng, ask.rate_hz, BELL, ask.rng.uniform(1900, 2300), 0.00008, 0.1, 0.35)


def _alarm(ask: Ask) -> Wide:
    rate_hz, hz = ask.rate_hz, ask.rng.uniform(1900, 2300)
    pip = _tone(hz, 0.09, rate_hz, square=2.5)
    turns = max(1, round(ask.duration_s / 0.9))
    return sequence(rate_hz, [(turn * 0.9 + k * 0.15, pip) for turn in range(turns) for k in range(4)])


def _klaxon(ask: Ask) -> Wide:
    """A building's alarm: two tones in turn, harsh."""
    rate_hz, hz = ask.rate_hz, ask.rng.uniform(560, 680)
    turns = max(2, round(ask.duration_s / 0.5))
    tones = [_tone(hz * (1.25 if turn % 2 else 1.0), 0.5, rate_hz, 0.008, 3.0) for turn in (0, 1)]
    return sequence(rate_hz, [(turn * 0.5, tones[turn % 2]) for turn in range(turns)])


def _beep(ask: Ask) -> Wide:
    pip = _tone(ask.rng.uniform(950, 1250), 0.16, ask.rate_hz, 0.008)
    return sequence(ask.rate_hz, [(0.0, pip), (0.28, pip)])


def _monitor(ask: Ask) -> Wide:
    """The beep of a heart at a bedside."""
    pip = _tone(ask.rng.uniform(880, 1000), 0.13, ask.rate_hz, 0.006)
    pace_s = ask.rng.uniform(0.82, 0.98)
    return sequence(ask.rate_hz, [(k * pace_s, pip) for k in range(max(2, round(ask.duration_s / pace_s)))])


def _message(ask: Ask) -> Wide:
    hz = ask.rng.uniform(1050, 1250)
    ding = [ringing(ask.rate_hz, 0.5, [(hz * k, 1, 0.12), (hz * k * 2, 0.2, 0.05)]) for k in (1.0, 1.335)]
    return sequence(ask.rate_hz, [(0.0, ding[0]), (0.11, ding[1])])


def _static(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.3, ask.duration_s)
    hiss = noise(rng, length_s, rate_hz, 400, 4500)
    crackle = grains(rng, rate_hz, 120 * (1 + wander(rng, length_s, rate_hz, 6)), 900, 4200, 0.0012, uneven=1.3)
    whine_hz = 1500 + 700 * wander(rng, length_s, rate_hz, 1.2)
    return hiss * (0.35 + 0.25 * wander(rng, length_s, rate_hz, 7)) + 0.5 * crackle + 0.12 * glide(whine_hz, rate_hz)


def _printer(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts = []
    for k in range(max(2, round(ask.duration_s / 0.55))):
        length_s = 0.42
        motor_hz = envelope(length_s, rate_hz, ((0, 180), (0.2, 420), (0.8, 420), (1, 180)))
        motor = np.sign(glide(motor_hz, rate_hz)) * 0.3 + noise(rng, length_s, rate_hz, 800, 4500, 1) * 0.5
        motor = signal.sosfilt(band(250, 5000, rate_hz, 1), motor)
        parts.append((k * 0.55, motor * envelope(length_s, rate_hz, ((0, 0), (0.1, 1), (0.9, 1), (1, 0)))))
        parts.append((k * 0.55 + 0.45, struck(rng, rate_hz, BOX, 420, 0.0006, 0.6, 0.3) * 0.7))
    return sequence(rate_hz, parts)


def _lift(ask: Ask) -> Wide:
    """A lift arrives: its bell, then its doors."""
    rng, rate_hz = ask.rng, ask.rate_hz
    ding = ringing(rate_hz, 1.2, [(1046.5, 1, 0.35), (2093, 0.3, 0.15), (3140, 0.1, 0.06)])
    roll = noise(rng, 1.3, rate_hz, 70, 900, 1) * envelope(1.3, rate_hz, ((0, 0), (0.15, 1), (0.8, 0.8), (1, 0)))
    stop = struck(rng, rate_hz, BOX, 105, 0.002, 0.3, 1.0)
    return sequence(rate_hz, [(0.0, ding), (0.75, roll * 0.25), (2.0, stop * 0.6)])


def _drone(ask: Ask) -> Wide:
    """A motor that runs: a fan, a fridge, a generator."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.8, ask.duration_s)
    hz = rng.uniform(92, 118) * (1 + 0.01 * wander(rng, length_s, rate_hz, 1.5))
    hum = sum((glide(hz * k, rate_hz) / k for k in (1, 2, 3, 4, 6)), np.zeros_like(hz))
    air = noise(rng, length_s, rate_hz, 120, 1800, 1)
    return (hum + 0.7 * air) * envelope(length_s, rate_hz, ((0, 0), (0.15, 1), (0.85, 1), (1, 0)))


def _power(ask: Ask) -> Wide:
    """Electricity: mains and its odd harmonics, arcing."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.4, ask.duration_s)
    time = times(length_s, rate_hz)
    mains = np.sin(2 * np.pi * 100 * time)
    arc = (
        noise(rng, length_s, rate_hz, 1500, 9000, 1)
        * (np.abs(mains) > 0.8)
        * np.clip(wander(rng, length_s, rate_hz, 14) + 0.2, 0, 1)
    )
    sparks = grains(rng, rate_hz, 50 * np.clip(wander(rng, length_s, rate_hz, 9), 0, 1), 2000, 9000, 0.0012, uneven=1.3)
    hum = resonant(np.sign(mains), rate_hz, [(100, 0.5, 3), (300, 0.5, 4), (500, 0.4, 5)])
    return hum * 0.35 + arc * 0.7 + sparks * 0.4


SOUNDS: dict[str, Sound] = {
    "alarm": Sound(_alarm, -16.0, 2.7, True),
    "beep": Sound(_beep, -18.0, 0.5),
    "bell": Sound(_bell, -9.0, 3.5),
    "camera": Sound(_camera, -15.0, 0.2),
    "church bell": Sound(_church, -12.0, 7.0, True),
    "click": Sound(_click, -20.0, 0.15),
    "clock tick": Sound(_clock, -22.0, 4.0, True),
    "desk bell": Sound(_desk_bell, -14.0, 1.6),
    "dial tone": Sound(_dial_tone, -22.0, 1.5, True),
    "electricity": Sound(_power, -15.0, 1.5, True),
    "hang up": Sound(_hang_up, -13.0, 0.3),
    "keypad": Sound(_keypad, -22.0, 1.2, True),
    "klaxon": Sound(_klaxon, -12.0, 3.0, True),
    "lift": Sound(_lift, -16.0, 2.2),
    "machine hum": Sound(_drone, -20.0, 3.0, True),
    "message": Sound(_message, -18.0, 0.6),
    "monitor": Sound(_monitor, -20.0, 3.0, True),
    "phone buzz": Sound(_buzz, -16.0, 1.3, True),
    "phone ring": Sound(_ring, -13.0, 2.2, True),
    "printer": Sound(_printer, -18.0, 2.2, True),
    "radio static": Sound(_static, -18.0, 1.5, True),
    "ringtone": Sound(_ringtone, -15.0, 2.7, True),
    "typewriter": Sound(_typewriter, -14.0, 2.5, True),
    "typing": Sound(_typing, -19.0, 2.5, True),
}
