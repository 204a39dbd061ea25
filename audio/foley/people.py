"""Sounds that one person makes without words: breath, laughter, tears, a scream."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.foley.elements import (
    BOX,
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
    struck,
    throat,
    times,
    wander,
)

__all__ = ["SOUNDS", "laugh", "shout_of"]

_Parts = list[tuple[float, NDArray[np.floating]]]


def _size(ask: Ask) -> tuple[float, float]:
    """A speaker's (pitch in Hz, size of the mouth): a man's or a woman's."""
    if ask.rng.random() < 0.5:
        return ask.rng.uniform(95, 130), 1.0
    return ask.rng.uniform(175, 225), 0.86


def shout_of(
    ask: Ask, length_s: float, low: float, high: float, vowels: tuple[tuple[float, str], ...], rough: float
) -> Wide:
    pitch, size = _size(ask)
    hz = pitch * envelope(length_s, ask.rate_hz, ((0, low), (0.25, high), (0.7, high * 0.95), (1, low)))
    spoken = mouth(throat(ask.rng, ask.rate_hz, hz, breath=0.2, rough=rough), ask.rate_hz, vowels, size=size)
    shape = envelope(length_s, ask.rate_hz, ((0, 0), (0.12, 1), (0.7, 0.8), (1, 0)))
    return peaked(spoken) * shape


def laugh(ask: Ask) -> Wide:
    """Ha-ha-ha: breath bursts five times a second, falling in pitch and strength; then a breath in."""
    rng, rate_hz = ask.rng, ask.rate_hz
    pitch, size = _size(ask)
    parts: _Parts = []
    at_s, count = 0.0, int(rng.integers(5, 9))
    vowel = str(rng.choice(("a", "e", "@")))
    for k in range(count):
        length_s = rng.uniform(0.13, 0.17)
        hz = (
            pitch
            * (2.0 - 0.75 * k / count)
            * envelope(length_s, rate_hz, ((0, 1.1), (0.4, 1.0), (1, 0.82)))
            * rng.uniform(0.95, 1.05)
        )
        ha = mouth(throat(rng, rate_hz, hz, breath=0.35), rate_hz, ((0, "@"), (0.3, vowel), (1, "@")), size=size)
        shape = envelope(length_s, rate_hz, ((0, 0), (0.25, 1), (0.65, 0.6), (1, 0)))
        parts.append((at_s, peaked(ha) * shape * (1 - 0.6 * k / count)))
        at_s += length_s + rng.uniform(0.03, 0.06)
    parts.append((at_s + 0.05, _air(ask, 0.35, 900, 4500, ((0, 0), (0.6, 1), (1, 0))) * 0.14))
    return sequence(rate_hz, parts)


def _air(ask: Ask, length_s: float, low_hz: float, high_hz: float, shape: tuple[tuple[float, float], ...]) -> Wide:
    raw = noise(ask.rng, length_s, ask.rate_hz, low_hz, high_hz, 1)
    throaty = resonant(raw, ask.rate_hz, [(600, 0.8, 2), (1500, 1.0, 3), (2600, 0.7, 4)])
    return evened(throaty) * envelope(length_s, ask.rate_hz, shape)


def _breath(ask: Ask) -> Wide:
    """In, brighter and shorter; out, darker and longer; again."""
    rng = ask.rng
    turn_s = rng.uniform(2.2, 2.8) * (1.35 - 0.7 * ask.force)
    parts: _Parts = []
    for k in range(max(1, round(ask.duration_s / turn_s))):
        parts.append(
            (k * turn_s, _air(ask, turn_s * 0.36, 1100, 6500, ((0, 0), (0.6, 1), (1, 0))) * rng.uniform(0.5, 0.7))
        )
        parts.append((k * turn_s + turn_s * 0.42, _air(ask, turn_s * 0.5, 400, 3200, ((0, 0), (0.25, 1), (1, 0)))))
    return sequence(ask.rate_hz, parts)


def _sigh(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    pitch, size = _size(ask)
    in_s, out_s = rng.uniform(0.4, 0.6), rng.uniform(0.9, 1.2)
    hz = pitch * envelope(out_s, rate_hz, ((0, 1.25), (1, 0.75)))
    voiced = mouth(throat(rng, rate_hz, hz, breath=0.8), rate_hz, ((0, "a"), (1, "@")), size=size)
    out = _air(ask, out_s, 400, 3500, ((0, 0), (0.12, 1), (1, 0))) + peaked(voiced) * envelope(
        out_s, rate_hz, ((0, 0), (0.1, 0.7), (0.5, 0.2), (1, 0))
    )
    return sequence(
        rate_hz, [(0.0, _air(ask, in_s, 1100, 6000, ((0, 0), (0.7, 1), (1, 0))) * 0.35), (in_s + 0.05, out)]
    )


def _gasp(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    pitch, size = _size(ask)
    length_s = rng.uniform(0.32, 0.45)
    air = _air(ask, length_s, 900, 7500, ((0, 0), (0.12, 0.6), (0.75, 1), (0.9, 0.3), (1, 0)))
    hz = pitch * envelope(length_s, rate_hz, ((0, 1.8), (1, 2.9)))
    voiced = mouth(throat(rng, rate_hz, hz, breath=0.6), rate_hz, ((0, "@"), (1, "a")), size=size)
    return air + 0.5 * peaked(voiced) * envelope(length_s, rate_hz, ((0, 0), (0.2, 1), (0.8, 0.5), (1, 0)))


def _scream(ask: Ask) -> Wide:
    """High, with the roughness between 30 and 150 Hz that makes a scream one (Arnal et al. 2015)."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(1.2, 1.7)
    hz = rng.uniform(820, 980) * envelope(length_s, rate_hz, ((0, 0.65), (0.12, 1.1), (0.6, 1.15), (1, 0.7)))
    source = throat(rng, rate_hz, hz, breath=0.15, rough=0.3)
    source *= 1 + 0.55 * glide(np.full(len(source), rng.uniform(62, 85)), rate_hz)
    spoken = mouth(source, rate_hz, ((0, "e"), (0.15, "a"), (1, "a")), size=0.82)
    return np.tanh(1.8 * peaked(spoken)) * envelope(length_s, rate_hz, ((0, 0), (0.06, 1), (0.75, 0.9), (1, 0)))


def _shout(ask: Ask) -> Wide:
    return shout_of(ask, ask.rng.uniform(0.5, 0.8), 1.5, 2.3, ((0, "e"), (0.4, "a"), (1, "a")), 0.3)


def _groan(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    pitch, size = _size(ask)
    length_s = rng.uniform(0.7, 1.1)
    hz = pitch * envelope(length_s, rate_hz, ((0, 1.15), (0.25, 1.0), (1, 0.7)))
    spoken = mouth(
        throat(rng, rate_hz, hz, breath=0.3, rough=0.6), rate_hz, ((0, "@"), (0.5, "o"), (1, "m")), size=size
    )
    return spoken * envelope(length_s, rate_hz, ((0, 0), (0.15, 1), (0.6, 0.7), (1, 0)))


def _sob(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    pitch, size = _size(ask)
    parts: _Parts = []
    at_s = 0.0
    while at_s < max(1.2, ask.duration_s) - 0.6:
        for k in range(int(rng.integers(2, 5))):
            length_s = rng.uniform(0.14, 0.24)
            hz = pitch * rng.uniform(1.6, 2.0) * envelope(length_s, rate_hz, ((0, 0.9), (0.4, 1.1), (1, 0.85)))
            one = mouth(throat(rng, rate_hz, hz, breath=0.5, rough=0.2), rate_hz, ((0, "@"), (1, "u")), size=size)
            parts.append(
                (
                    at_s,
                    peaked(one) * envelope(length_s, rate_hz, ((0, 0), (0.3, 1), (1, 0))) * (1 - 0.15 * k),
                )
            )
            at_s += length_s + rng.uniform(0.04, 0.08)
        parts.append((at_s + 0.05, _air(ask, 0.4, 1200, 6500, ((0, 0), (0.7, 1), (1, 0))) * 0.16))
        at_s += 0.65
    return sequence(rate_hz, parts)


def _baby(ask: Ask) -> Wide:
    """Cries of about a second on one breath, an arch of pitch near 450 Hz, rough at the top; a catch of air between."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts: _Parts = []
    at_s = 0.0
    low = rng.uniform(390, 460)
    while at_s < max(1.5, ask.duration_s) - 1.0:
        length_s = rng.uniform(0.75, 1.1)
        hz = low * envelope(length_s, rate_hz, ((0, 0.85), (0.2, 1.2), (0.6, 1.12), (1, 0.8)))
        hz *= 1 + 0.02 * np.sin(2 * np.pi * 6 * times(length_s, rate_hz))
        source = throat(rng, rate_hz, hz, breath=0.1, rough=0.25)
        cry = mouth(source, rate_hz, ((0, "@"), (0.15, "a"), (0.8, "e"), (1, "@")), size=0.55)
        parts.append((at_s, peaked(cry) * envelope(length_s, rate_hz, ((0, 0), (0.1, 1), (0.75, 0.85), (1, 0)))))
        parts.append((at_s + length_s + 0.03, _air(ask, 0.22, 1500, 7000, ((0, 0), (0.7, 1), (1, 0))) * 0.08))
        at_s += length_s + rng.uniform(0.28, 0.36)
    return sequence(rate_hz, parts)


def _cough(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    pitch, size = _size(ask)
    parts: _Parts = []
    for k in range(int(rng.integers(2, 4))):
        length_s = rng.uniform(0.2, 0.28)
        burst = _air(ask, length_s, 350, 6500, ((0, 0), (0.03, 1), (0.2, 0.5), (1, 0)))
        hz = pitch * envelope(length_s, rate_hz, ((0, 1.3), (1, 0.8)))
        voiced = mouth(throat(rng, rate_hz, hz, breath=0.4, rough=0.7), rate_hz, ((0, "a"), (1, "@")), size=size)
        tail = envelope(length_s, rate_hz, ((0, 0), (0.3, 0.8), (0.6, 0.4), (1, 0)))
        parts.append((k * rng.uniform(0.3, 0.38), (burst + peaked(voiced) * tail * 1.5) * (1 - 0.2 * k)))
    return sequence(rate_hz, parts)


def _sneeze(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    pitch, size = _size(ask)
    hz = pitch * envelope(0.4, rate_hz, ((0, 1.4), (1, 2.0)))
    ah = mouth(throat(rng, rate_hz, hz, breath=0.7), rate_hz, ((0, "@"), (1, "a")), size=size)
    choo = noise(rng, 0.45, rate_hz, 1800, 9500, 1) * envelope(0.45, rate_hz, ((0, 0), (0.04, 1), (0.3, 0.5), (1, 0)))
    voiced = mouth(
        throat(rng, rate_hz, pitch * envelope(0.3, rate_hz, ((0, 1.9), (1, 1.1)))),
        rate_hz,
        ((0, "u"), (1, "u")),
        size=size,
    )
    return sequence(
        rate_hz,
        [
            (0.0, peaked(ah) * 0.25 * envelope(0.4, rate_hz, ((0, 0), (0.8, 1), (1, 0)))),
            (0.46, peaked(choo)),
            (0.5, peaked(voiced) * 0.6 * envelope(0.3, rate_hz, ((0, 0), (0.2, 1), (1, 0)))),
        ],
    )


def _snore(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts: _Parts = []
    for turn in range(max(1, round(ask.duration_s / 3.0))):
        time = times(1.3, rate_hz)
        flap_hz = (
            rng.uniform(24, 32) * (1 + 0.25 * np.sin(np.pi * time / 1.3)) * (1 + 0.1 * wander(rng, 1.3, rate_hz, 12))
        )
        flap = np.clip(glide(flap_hz, rate_hz), 0, 1) ** 3
        rasp = mouth(noise(rng, 1.3, rate_hz, 80, 2200, 1) * flap, rate_hz, ((0, "o"), (0.6, "a"), (1, "@")))
        out = _air(ask, 1.1, 400, 2400, ((0, 0), (0.4, 1), (1, 0)))
        parts += [(turn * 3.0, peaked(rasp) * np.sin(np.pi * time / 1.3)), (turn * 3.0 + 1.6, out * 0.03)]
    return sequence(rate_hz, parts)


def _whistle(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    tune = rng.uniform(0.94, 1.06)
    hz = envelope(0.8, rate_hz, ((0, 1250), (0.28, 1950), (0.42, 1980), (0.62, 2080), (1, 1150))) * tune
    gate = envelope(0.8, rate_hz, ((0, 0), (0.05, 1), (0.3, 1), (0.37, 0), (0.45, 1), (0.88, 1), (1, 0)))
    return (glide(hz, rate_hz) + 0.05 * noise(rng, 0.8, rate_hz, 1200, 6000)) * gate


def _blow(ask: Ask) -> Wide:
    """A referee's whistle: its pea chops the tone."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.5, 0.9)
    hz = rng.uniform(2500, 2900)
    pea = 1 + 0.45 * glide(np.full(round(length_s * rate_hz), rng.uniform(34, 42)), rate_hz)
    tone = glide(np.full(len(pea), hz) * (0.98 + 0.03 * pea), rate_hz) + 0.6 * glide(
        np.full(len(pea), hz * 1.1), rate_hz
    )
    return tone * pea * envelope(length_s, rate_hz, ((0, 0), (0.05, 1), (0.9, 1), (1, 0)))


def _heartbeat(ask: Ask) -> Wide:
    """Lub-dub: two low thumps; the faster, the more force."""
    rng, rate_hz = ask.rng, ask.rate_hz
    turn_s = 1.15 - 0.5 * ask.force
    parts: _Parts = []
    for k in range(max(2, round(ask.duration_s / turn_s))):
        for late_s, hz, level in ((0.0, 46.0, 1.0), (0.3 * turn_s**0.5, 58.0, 0.65)):
            thump = struck(rng, rate_hz, BOX, hz, 0.006, 0.0, 1.1)
            parts.append((k * turn_s + late_s, thump * level * rng.uniform(0.9, 1.0)))
    return sequence(rate_hz, parts)


def _kiss(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    smack = glide(envelope(0.05, rate_hz, ((0, 700), (0.5, 1900), (1, 2400))), rate_hz) * envelope(
        0.05, rate_hz, ((0, 0), (0.5, 1), (1, 0))
    )
    wet = noise(rng, 0.05, rate_hz, 1500, 6000, 1) * envelope(0.05, rate_hz, ((0, 0), (0.6, 1), (1, 0)))
    return sequence(rate_hz, [(0.0, 0.2 * wet), (0.09, smack * 0.5 + wet * 0.5)])


SOUNDS: dict[str, Sound] = {
    "baby cry": Sound(_baby, -12.0, 2.8, True),
    "breath": Sound(_breath, -26.0, 2.6, True),
    "cough": Sound(_cough, -14.0, 0.9),
    "gasp": Sound(_gasp, -18.0, 0.4),
    "groan": Sound(_groan, -16.0, 0.9),
    "heartbeat": Sound(_heartbeat, -8.0, 3.6, True),
    "kiss": Sound(_kiss, -25.0, 0.2),
    "laugh": Sound(laugh, -13.0, 1.6),
    "referee": Sound(_blow, -11.0, 0.7),
    "scream": Sound(_scream, -6.0, 1.4),
    "shout": Sound(_shout, -9.0, 0.7),
    "sigh": Sound(_sigh, -21.0, 1.6),
    "sneeze": Sound(_sneeze, -12.0, 1.0),
    "snore": Sound(_snore, -14.0, 3.0, True),
    "sob": Sound(_sob, -17.0, 2.2, True),
    "whistle": Sound(_whistle, -15.0, 0.8),
}
