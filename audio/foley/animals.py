"""Dogs, cats, horses, farm animals, birds and insects: throats, beaks and wings."""

from __future__ import annotations

import numpy as np
from scipy import signal

from audio.foley.elements import (
    BOARD,
    SLAB,
    Ask,
    Sound,
    Wide,
    envelope,
    glide,
    mouth,
    noise,
    peaked,
    resonant,
    saw,
    sequence,
    struck,
    throat,
    times,
    wander,
)
from audio.layers import band

__all__ = ["SOUNDS"]


def _one_bark(ask: Ask, size: float) -> Wide:
    """A voice that jumps up and falls through a mouth that opens; rough, with breath behind it."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.15, 0.2) * size**0.4
    hz = envelope(length_s, rate_hz, ((0, 300), (0.2, 620), (0.5, 470), (1, 260))) / size * rng.uniform(0.94, 1.06)
    source = throat(rng, rate_hz, hz, breath=0.35, rough=0.55)
    spoken = mouth(source, rate_hz, ((0, "u"), (0.15, "a"), (0.6, "a"), (1, "o")), size=0.9 * size)
    attack = envelope(length_s, rate_hz, ((0, 0), (0.07, 1), (0.4, 0.7), (0.8, 0.2), (1, 0)))
    return np.tanh(2.2 * peaked(spoken)) * attack


def _bark(ask: Ask) -> Wide:
    rng = ask.rng
    size = rng.uniform(0.85, 1.35)
    parts, at_s = [], 0.0
    for _ in range(int(rng.integers(2, 5))):
        parts.append((at_s, _one_bark(ask, size) * rng.uniform(0.75, 1.0)))
        at_s += rng.uniform(0.27, 0.48)
    return sequence(ask.rate_hz, parts)


def _growl(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.0, ask.duration_s)
    hz = rng.uniform(62, 84) * (1 + 0.12 * wander(rng, length_s, rate_hz, 3))
    source = throat(rng, rate_hz, hz, breath=0.5, rough=0.9)
    flutter = 0.6 + 0.4 * glide(np.full(len(source), rng.uniform(24, 30)), rate_hz)
    spoken = mouth(source * flutter, rate_hz, ((0, "o"), (0.5, "@"), (1, "o")), size=1.1)
    return spoken * envelope(length_s, rate_hz, ((0, 0), (0.25, 0.8), (0.7, 1), (1, 0)))


def _whimper(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    high = rng.uniform(780, 1050)
    for _ in range(int(rng.integers(2, 5))):
        length_s = rng.uniform(0.22, 0.45)
        hz = (
            high * envelope(length_s, rate_hz, ((0, 0.8), (0.3, 1.25), (0.6, 1.1), (1, 0.75))) * rng.uniform(0.93, 1.07)
        )
        hz *= 1 + 0.012 * np.sin(2 * np.pi * 10 * times(length_s, rate_hz))
        voice = glide(hz, rate_hz) + 0.3 * glide(2 * hz, rate_hz) + 0.12 * glide(3 * hz, rate_hz)
        voice += 0.05 * noise(rng, length_s, rate_hz, 1500, 6000)
        parts.append(
            (at_s, voice * envelope(length_s, rate_hz, ((0, 0), (0.25, 1), (0.6, 0.8), (1, 0))) * rng.uniform(0.6, 1))
        )
        at_s += length_s + rng.uniform(0.08, 0.25)
    return sequence(rate_hz, parts)


def _howl(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(2.0, min(5.0, ask.duration_s))
    hz = rng.uniform(330, 400) * envelope(
        length_s, rate_hz, ((0, 0.7), (0.15, 1.3), (0.3, 1.5), (0.7, 1.42), (1, 0.85))
    )
    hz *= 1 + 0.008 * np.sin(2 * np.pi * 5 * times(length_s, rate_hz))
    spoken = mouth(throat(rng, rate_hz, hz, breath=0.08), rate_hz, ((0, "u"), (0.3, "o"), (1, "u")), size=0.9)
    return spoken * envelope(length_s, rate_hz, ((0, 0), (0.1, 0.7), (0.4, 1), (0.8, 0.7), (1, 0)))


def _meow(ask: Ask) -> Wide:
    """m - e - a - o - u in one breath, the pitch in an arch."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.6, 0.9)
    hz = rng.uniform(430, 540) * envelope(length_s, rate_hz, ((0, 0.85), (0.25, 1.3), (0.5, 1.4), (1, 0.8)))
    hz *= 1 + 0.015 * np.sin(2 * np.pi * 7 * times(length_s, rate_hz))
    source = throat(rng, rate_hz, hz, breath=0.1, rough=0.12)
    spoken = mouth(source, rate_hz, ((0, "m"), (0.15, "i"), (0.35, "e"), (0.55, "a"), (0.8, "o"), (1, "u")), size=0.62)
    return spoken * envelope(length_s, rate_hz, ((0, 0), (0.1, 0.4), (0.4, 1), (0.75, 0.6), (1, 0)))


def _purr(ask: Ask) -> Wide:
    """25 pulses a second, out and in, the breath a little brighter on the way in."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    time = times(length_s, rate_hz)
    breath = np.sin(2 * np.pi * time / rng.uniform(1.5, 1.9))
    phase = np.cumsum(25.5 + 1.5 * breath + 0.8 * wander(rng, length_s, rate_hz, 6)) / rate_hz % 1.0
    pulse = np.exp(-phase * 6)
    body = noise(rng, length_s, rate_hz, 60, 420, 1) + 0.4 * noise(rng, length_s, rate_hz, 400, 1600, 1) * (breath < 0)
    edge = np.clip(np.minimum(time / 0.3, (length_s - time) / 0.4), 0, 1)
    made: Wide = body * pulse * (0.55 + 0.45 * np.abs(breath) ** 0.5) * edge
    return made


def _hiss(ask: Ask) -> Wide:
    length_s = ask.rng.uniform(0.5, 0.8)
    return noise(ask.rng, length_s, ask.rate_hz, 2500, 9500, 1) * envelope(
        length_s, ask.rate_hz, ((0, 0), (0.1, 1), (0.5, 0.7), (1, 0))
    )


def _neigh(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(1.4, 1.9)
    time = times(length_s, rate_hz)
    hz = rng.uniform(620, 760) * envelope(length_s, rate_hz, ((0, 0.9), (0.12, 1.5), (0.4, 1.25), (1, 0.42)))
    shake = 0.5 + 0.5 * np.sin(2 * np.pi * np.cumsum(envelope(length_s, rate_hz, ((0, 13), (1, 8)))) / rate_hz)
    source = throat(rng, rate_hz, hz * (1 + 0.1 * shake), breath=0.3, rough=0.35)
    spoken = mouth(source, rate_hz, ((0, "i"), (0.3, "e"), (1, "@")), size=0.8) * (0.35 + 0.65 * shake)
    snort_s = 0.45
    lips = noise(rng, snort_s, rate_hz, 200, 2600, 1) * np.clip(np.sin(2 * np.pi * 27 * times(snort_s, rate_hz)), 0, 1)
    snort = lips * envelope(snort_s, rate_hz, ((0, 0), (0.15, 1), (1, 0)))
    voice = spoken * envelope(length_s, rate_hz, ((0, 0), (0.08, 1), (0.6, 0.8), (1, 0)))
    return sequence(rate_hz, [(0.0, peaked(voice)), (time[-1] * 0.97, peaked(snort) * 0.3)])


def _hooves(ask: Ask, beats: tuple[float, ...], stride_s: float) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    soft = ask.surface in ("earth", "grass", "carpet", "water")
    parts, at_s = [], 0.0
    while at_s < max(1.0, ask.duration_s) - 0.2:
        for number, beat in enumerate(beats):
            thump = struck(rng, rate_hz, BOARD, rng.uniform(95, 120), 0.004, 0.0)
            shoe = struck(rng, rate_hz, SLAB, rng.uniform(780, 980) * (1 + 0.06 * number), 0.0004, 0.5, 1.6)
            blow = np.zeros(max(len(thump), len(shoe)))
            blow[: len(thump)] += thump * (1.2 if soft else 0.6)
            blow[: len(shoe)] += shoe * (0.12 if soft else 1.0)
            parts.append((at_s + beat * stride_s + rng.uniform(0, 0.012), blow * rng.uniform(0.7, 1.0)))
        at_s += stride_s * rng.uniform(0.97, 1.03)
    return sequence(rate_hz, parts)


def _gallop(ask: Ask) -> Wide:
    return _hooves(ask, (0.0, 0.22, 0.44), 0.5)  # three beats and a silence


def _walk(ask: Ask) -> Wide:
    return _hooves(ask, (0.0, 0.25, 0.5, 0.75), 1.05)


def _moo(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(1.3, 1.9)
    hz = rng.uniform(118, 145) * envelope(length_s, rate_hz, ((0, 0.85), (0.3, 1.15), (0.7, 1.2), (1, 0.8)))
    spoken = mouth(
        throat(rng, rate_hz, hz, breath=0.12, rough=0.25),
        rate_hz,
        ((0, "m"), (0.25, "m"), (0.45, "u"), (0.8, "o"), (1, "u")),
        size=1.25,
    )
    return spoken * envelope(length_s, rate_hz, ((0, 0), (0.12, 0.5), (0.5, 1), (0.85, 0.8), (1, 0)))


def _baa(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.7, 1.0)
    shake = np.sin(2 * np.pi * rng.uniform(8.5, 10.5) * times(length_s, rate_hz))
    hz = rng.uniform(230, 290) * (1 + 0.05 * shake)
    spoken = mouth(
        throat(rng, rate_hz, hz, breath=0.1, rough=0.2), rate_hz, ((0, "m"), (0.12, "e"), (1, "a")), size=0.95
    )
    return spoken * (0.65 + 0.35 * shake) * envelope(length_s, rate_hz, ((0, 0), (0.12, 1), (0.8, 0.8), (1, 0)))


def _rooster(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    tune = rng.uniform(0.93, 1.07)
    parts, at_s = [], 0.0
    for length_s, low, high in ((0.16, 560, 760), (0.13, 700, 820), (0.22, 760, 900), (0.75, 930, 620)):
        hz = envelope(length_s, rate_hz, ((0, low), (0.4, high), (1, low * 0.92))) * tune
        one = mouth(
            throat(rng, rate_hz, hz, breath=0.12, rough=0.3), rate_hz, ((0, "u"), (0.3, "e"), (1, "u")), size=0.55
        )
        parts.append((at_s, peaked(one) * envelope(length_s, rate_hz, ((0, 0), (0.15, 1), (0.7, 0.8), (1, 0)))))
        at_s += length_s + 0.05
    return sequence(rate_hz, parts)


def _birds(ask: Ask) -> Wide:
    """A songbird: a phrase of trills, sweeps and whistles that it says again with small changes."""
    rng, rate_hz = ask.rng, ask.rate_hz
    low = rng.uniform(2700, 3700)
    motif = [
        (int(rng.integers(3)), rng.uniform(0.05, 0.14), rng.uniform(0.95, 1.45), rng.uniform(-0.3, 0.3))
        for _ in range(4)
    ]
    parts, at_s = [], 0.0
    while at_s < max(0.8, ask.duration_s) - 0.4:
        for kind, length_s, pitch, sweep in motif[: int(rng.integers(2, 5))]:
            length_s *= rng.uniform(0.9, 1.1)
            part = np.linspace(0, 1, round(length_s * rate_hz))
            hz = low * pitch * (1 + sweep * part)
            if kind == 0:
                hz = hz * (1 + 0.12 * np.sin(2 * np.pi * rng.uniform(38, 52) * part * length_s))
            elif kind == 1:
                hz = hz * (1 + 0.25 * np.sin(np.pi * part))
            parts.append((at_s, glide(hz, rate_hz) * np.sin(np.pi * part) ** 1.3 * rng.uniform(0.6, 1.0)))
            at_s += length_s + rng.uniform(0.02, 0.06)
        at_s += rng.uniform(0.3, 0.7)
    return sequence(rate_hz, parts)


def _crow(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    for _ in range(int(rng.integers(2, 4))):
        length_s = rng.uniform(0.24, 0.34)
        hz = rng.uniform(480, 560) * envelope(length_s, rate_hz, ((0, 0.9), (0.3, 1.1), (1, 0.85)))
        source = throat(rng, rate_hz, hz, breath=0.7, rough=1.0)
        caw = resonant(source, rate_hz, [(1350, 1, 5), (1750, 0.8, 6), (2800, 0.35, 5)])
        parts.append((at_s, peaked(caw) * envelope(length_s, rate_hz, ((0, 0), (0.15, 1), (0.7, 0.8), (1, 0)))))
        at_s += rng.uniform(0.5, 0.7)
    return sequence(rate_hz, parts)


def _gull(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    for k in range(int(rng.integers(3, 6))):
        length_s = rng.uniform(0.3, 0.42) * (1.5 if k == 0 else 0.85)
        hz = rng.uniform(880, 1020) * envelope(length_s, rate_hz, ((0, 0.8), (0.25, 1.45), (0.6, 1.3), (1, 0.8)))
        source = throat(rng, rate_hz, hz, breath=0.12, rough=0.25)
        cry = resonant(source, rate_hz, [(1250, 1, 3), (2600, 0.8, 4), (3900, 0.35, 4)])
        parts.append((at_s, peaked(cry) * envelope(length_s, rate_hz, ((0, 0), (0.2, 1), (0.6, 0.9), (1, 0)))))
        at_s += length_s + rng.uniform(0.06, 0.14)
    return sequence(rate_hz, parts)


def _owl(ask: Ask) -> Wide:
    """Hoo, hu-hoo, hoo: breathy, almost a sine."""
    rng, rate_hz = ask.rng, ask.rate_hz
    low = rng.uniform(310, 380)
    parts = []
    for at_s, length_s, level in ((0.0, 0.42, 0.9), (0.75, 0.16, 0.6), (0.98, 0.5, 1.0), (1.75, 0.45, 0.8)):
        hz = low * envelope(length_s, rate_hz, ((0, 0.94), (0.3, 1.03), (1, 0.93)))
        tone = glide(hz, rate_hz) + 0.12 * glide(2 * hz, rate_hz) + 0.04 * noise(rng, length_s, rate_hz, 250, 900)
        parts.append((at_s, tone * envelope(length_s, rate_hz, ((0, 0), (0.3, 1), (0.65, 0.9), (1, 0))) * level))
    return sequence(rate_hz, parts)


def _pigeon(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    for _ in range(2):
        for length_s, pitch in ((0.16, 1.0), (0.4, 1.12), (0.3, 0.98)):
            hz = rng.uniform(400, 430) * pitch * envelope(length_s, rate_hz, ((0, 0.95), (0.5, 1.03), (1, 0.92)))
            roll = 0.6 + 0.4 * np.sin(2 * np.pi * 24 * times(length_s, rate_hz))
            parts.append(
                (at_s, glide(hz, rate_hz) * roll * envelope(length_s, rate_hz, ((0, 0), (0.2, 1), (0.7, 0.8), (1, 0))))
            )
            at_s += length_s + 0.04
        at_s += 0.3
    return sequence(rate_hz, parts)


def _wings(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.7, min(3.0, ask.duration_s)) - 0.12:
        flap = noise(rng, 0.1, rate_hz, 250, 3200, 1) * envelope(0.1, rate_hz, ((0, 0), (0.25, 1), (1, 0))) ** 1.5
        parts.append((at_s, flap * rng.uniform(0.6, 1.0)))
        at_s += rng.uniform(0.085, 0.115)
    return sequence(rate_hz, parts)


def _crickets(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    parts = []
    for _ in range(3):  # each with its own tone, its own pace
        hz, pulses_hz, gap_s, loud = (
            rng.uniform(4000, 5000),
            rng.uniform(24, 32),
            rng.uniform(0.5, 0.8),
            rng.uniform(0.25, 1),
        )
        at_s = rng.uniform(0, 0.5)
        count = int(rng.integers(3, 5))
        while at_s < length_s - count / pulses_hz - 0.02:
            time = times(count / pulses_hz, rate_hz)
            shape = np.clip(np.sin(2 * np.pi * pulses_hz * time), 0, 1) ** 1.3
            parts.append((at_s, np.sin(2 * np.pi * hz * time) * shape * loud))
            at_s += gap_s * rng.uniform(0.96, 1.04)
    return sequence(rate_hz, parts)


def _fly(ask: Ask) -> Wide:
    """It comes near, goes, comes near again."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.0, ask.duration_s)
    near = np.clip(0.5 + 0.6 * wander(rng, length_s, rate_hz, 1.5), 0.05, 1.1)
    hz = rng.uniform(165, 205) * (1 + 0.14 * wander(rng, length_s, rate_hz, 2.5))
    buzz = signal.sosfilt(band(150, 3500, rate_hz, 1), saw(hz, rate_hz))
    made: Wide = buzz * near**2 * envelope(length_s, rate_hz, ((0, 0), (0.1, 1), (0.9, 1), (1, 0)))
    return made


def _frog(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.8, ask.duration_s) - 0.4:
        length_s = rng.uniform(0.24, 0.34)
        clicks = np.clip(np.sin(2 * np.pi * rng.uniform(42, 55) * times(length_s, rate_hz)), 0, 1) ** 4
        croak = resonant(clicks * noise(rng, length_s, rate_hz, 100, 3000, 1), rate_hz, [(620, 1, 9), (1450, 0.6, 9)])
        parts.append((at_s, peaked(croak) * envelope(length_s, rate_hz, ((0, 0.2), (0.6, 1), (1, 0)))))
        at_s += rng.uniform(0.55, 0.8)
    return sequence(rate_hz, parts)


SOUNDS: dict[str, Sound] = {
    "birdsong": Sound(_birds, -20.0, 2.5, True),
    "cat hiss": Sound(_hiss, -14.0, 0.7),
    "cat meow": Sound(_meow, -12.0, 0.8),
    "cat purr": Sound(_purr, -22.0, 3.0, True),
    "cow": Sound(_moo, -9.0, 1.6),
    "crickets": Sound(_crickets, -24.0, 4.0, True),
    "crow": Sound(_crow, -12.0, 1.5),
    "dog bark": Sound(_bark, -5.0, 1.2),
    "dog growl": Sound(_growl, -13.0, 2.0, True),
    "dog howl": Sound(_howl, -10.0, 3.0, True),
    "dog whimper": Sound(_whimper, -15.0, 1.2),
    "fly": Sound(_fly, -24.0, 2.5, True),
    "frog": Sound(_frog, -17.0, 2.0, True),
    "gull": Sound(_gull, -13.0, 1.8),
    "hooves": Sound(_walk, -12.0, 3.0, True),
    "horse gallop": Sound(_gallop, -8.0, 3.0, True),
    "horse neigh": Sound(_neigh, -8.0, 2.2),
    "owl": Sound(_owl, -16.0, 2.3),
    "pigeon": Sound(_pigeon, -19.0, 2.2),
    "rooster": Sound(_rooster, -10.0, 1.7),
    "sheep": Sound(_baa, -12.0, 0.9),
    "wings": Sound(_wings, -17.0, 1.0, True),
}
