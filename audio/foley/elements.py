"""What sounds are made of: struck bodies, grains, bubbles, throats and mouths, sticking hinges, things that pass.

Each function is given a random generator and a rate in Hz, and returns a mono signal of float64 at any level.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.cues import Surface
from audio.layers import band, fade

__all__ = [
    "BAR",
    "BELL",
    "BOARD",
    "BOX",
    "GLASS",
    "PLATE",
    "SLAB",
    "VOWELS",
    "Ask",
    "Body",
    "Clip",
    "Sound",
    "Wide",
    "bubbles",
    "envelope",
    "evened",
    "glide",
    "grains",
    "mouth",
    "noise",
    "passing",
    "peaked",
    "resonant",
    "ringing",
    "saw",
    "sequence",
    "stick_slip",
    "struck",
    "throat",
    "times",
    "wander",
]

Clip = NDArray[np.float32]
Wide = NDArray[np.float64]
_Rng = np.random.Generator
_SOUND_MPS = 343.0
_LONGEST_RING_S = 7.0


@dataclass(frozen=True)
class Ask:
    """What a maker is asked for."""

    rng: _Rng
    rate_hz: int
    duration_s: float
    surface: Surface | None = None
    force: float = 0.5


@dataclass(frozen=True)
class Sound:
    """A known sound: its maker, its peak beside the loudest in dB, its usual length, and if it can go on longer."""

    make: Callable[[Ask], NDArray[np.floating]]
    level_db: float
    usual_s: float
    goes_on: bool = False


@dataclass(frozen=True)
class Body:
    """How a thing rings: its partials' ratios, the lowest one's decay, and how much sooner the higher ones die.

    Ratios are those of beams, plates and shells (Fletcher and Rossing, The Physics of Musical Instruments, ch. 2-3).
    """

    ratios: tuple[float, ...]
    decay_s: float
    damping: float  # the decay falls with frequency to this power


BAR = Body((1.0, 2.756, 5.404, 8.933, 13.34), 0.35, 0.5)
PLATE = Body((1.0, 1.58, 2.41, 2.83, 3.47, 4.26, 5.55, 6.9, 8.3), 0.4, 0.45)
BOARD = Body((1.0, 1.52, 2.27, 2.95, 3.9, 5.3, 7.1), 0.035, 0.75)
BOX = Body((1.0, 1.41, 1.94, 2.7, 3.6, 5.2), 0.06, 0.8)
SLAB = Body((1.0, 2.3, 4.1, 6.7), 0.008, 0.4)
GLASS = Body((1.0, 2.32, 4.25, 6.63, 9.38), 0.22, 0.7)
BELL = Body((0.5, 1.0, 1.19, 1.5, 2.0, 2.5, 2.67, 3.01, 4.17, 5.43), 1.1, 0.8)

VOWELS: dict[str, tuple[float, float, float]] = {
    "a": (730, 1090, 2440), "e": (530, 1840, 2480), "i": (270, 2290, 3010), "o": (500, 840, 2410),
    "u": (300, 870, 2240), "@": (500, 1500, 2500), "m": (240, 1000, 2200),
}  # fmt: skip
"""The first three formants of a man's vowels in Hz (Peterson and Barney 1952)."""


def times(duration_s: float, rate_hz: int) -> Wide:
    """Returns the time of each sample, in seconds."""
    return np.arange(max(1, round(duration_s * rate_hz))) / rate_hz


def noise(rng: _Rng, duration_s: float, rate_hz: int, low_hz: float, high_hz: float, order: int = 2) -> Wide:
    """Returns noise between two frequencies, of RMS 1."""
    raw = rng.standard_normal(max(1, round(duration_s * rate_hz)))
    filtered: Wide = signal.sosfilt(band(low_hz, high_hz, rate_hz, order), raw)
    filtered /= filtered.std() + 1e-9
    return filtered


def envelope(duration_s: float, rate_hz: int, points: Sequence[tuple[float, float]]) -> Wide:
    """Returns straight lines through (part of the duration, value)."""
    part = np.arange(max(1, round(duration_s * rate_hz))) / max(1.0, duration_s * rate_hz)
    line: Wide = np.interp(part, [at for at, _ in points], [value for _, value in points])
    return line


def wander(rng: _Rng, duration_s: float, rate_hz: int, per_s: float) -> Wide:
    """Returns a smooth random curve between -1 and 1 that takes a new aim `per_s` times a second."""
    points = rng.uniform(-1, 1, max(4, int(duration_s * per_s) + 3))
    at = times(duration_s, rate_hz) * per_s
    index = np.minimum(at.astype(int), len(points) - 2)
    blend = 0.5 - 0.5 * np.cos(np.pi * np.clip(at - index, 0, 1))
    curve: Wide = points[index] * (1 - blend) + points[index + 1] * blend
    return curve


def ringing(rate_hz: int, duration_s: float, partials: Sequence[tuple[float, float, float]]) -> Wide:
    """Decaying partials of (Hz, level, decay in seconds), gone by the end."""
    time = times(duration_s, rate_hz)
    out = np.zeros_like(time)
    for hz, level, decay_s in partials:
        if hz < rate_hz * 0.47:
            reach = min(len(time), round(9 * decay_s * rate_hz) + 1)
            out[:reach] += level * np.sin(2 * np.pi * hz * time[:reach]) * np.exp(-time[:reach] / decay_s)
    return out * np.clip((duration_s - time) / (0.3 * duration_s), 0.0, 1.0)


def struck(
    rng: _Rng, rate_hz: int, body: Body, hz: float, contact_s: float = 0.0005, tick: float = 0.3, size: float = 1.0
) -> Wide:
    """A blow on a body whose lowest partial is `hz`: a soft contact (a long `contact_s`) wakes few of its partials.

    Where it is struck is left to chance, so that no two blows are alike; `tick` is the noise of the contact
    itself, `size` stretches the decay.
    """
    at, decay_s = rng.uniform(0.12, 0.46), body.decay_s * size
    partials = [
        (
            hz * ratio * rng.uniform(0.985, 1.015),
            (0.25 + abs(np.sin(np.pi * (k + 1) * at)))
            * np.exp(-((2.0 * hz * ratio * contact_s) ** 2))
            / (k + 1) ** 0.5,
            decay_s * ratio**-body.damping * rng.uniform(0.8, 1.2),
        )
        for k, ratio in enumerate(body.ratios)
    ]
    length_s = min(_LONGEST_RING_S, max(0.02, 6.0 * max(decay for _, _, decay in partials)))
    out = ringing(rate_hz, length_s, partials)
    time = times(length_s, rate_hz)
    if tick:
        top_hz = min(14_000.0, 0.9 / contact_s)
        out += tick * noise(rng, length_s, rate_hz, top_hz * 0.25, top_hz) * np.exp(-time / (2.5 * contact_s + 0.0008))
    return out * np.minimum(1.0, time / max(0.0003, contact_s * 0.5))


def _shapes(rng: _Rng, rate_hz: int, low_hz: float, high_hz: float, decay_s: float, kinds: int) -> list[Wide]:
    shapes = []
    for hz in np.geomspace(low_hz, high_hz, kinds) * rng.uniform(0.9, 1.1, kinds):
        time = times(decay_s * 7, rate_hz)
        ring = np.sin(2 * np.pi * min(hz, rate_hz * 0.45) * time) * np.exp(-time / (decay_s * rng.uniform(0.6, 1.4)))
        click = rng.standard_normal(len(time)) * np.exp(-time / (decay_s * 0.25))
        shapes.append((ring + 0.6 * click) * np.minimum(1, time / 0.00015))
    return shapes


def grains(
    rng: _Rng,
    rate_hz: int,
    per_s: Wide,
    low_hz: float,
    high_hz: float,
    decay_s: float,
    *,
    uneven: float = 0.9,
    kinds: int = 9,
) -> Wide:
    """Many small knocks: stones, crystals, fibres, sparks. `per_s` is how many a second at each sample.

    Sizes are log-normal: `uneven` is the spread. A few large ones among many small are what makes gravel of
    hiss (after Cook, "Physically informed sonic modeling", 1997).
    """
    at = np.flatnonzero(rng.random(len(per_s)) < per_s / rate_hz)
    size = np.minimum(rng.lognormal(0.0, uneven, len(at)), 9.0) * rng.choice((-1.0, 1.0), len(at))
    kind = rng.integers(kinds, size=len(at))
    out = np.zeros(len(per_s))
    for number, shape in enumerate(_shapes(rng, rate_hz, low_hz, high_hz, decay_s, kinds)):
        train = np.zeros(len(per_s))
        train[at[kind == number]] = size[kind == number]
        if train.any():
            out += signal.oaconvolve(train, shape)[: len(out)]
    return out


def bubbles(rng: _Rng, rate_hz: int, per_s: Wide, low_hz: float, high_hz: float, *, kinds: int = 14) -> Wide:
    """Bubbles that rise in pitch as they near the surface; small ones die sooner (after van den Doel 2005)."""
    at = np.flatnonzero(rng.random(len(per_s)) < per_s / rate_hz)
    size = np.minimum(rng.lognormal(-0.4, 0.8, len(at)), 4.0)
    kind = rng.integers(kinds, size=len(at))
    out = np.zeros(len(per_s))
    for number, hz in enumerate(np.geomspace(low_hz, high_hz, kinds) * rng.uniform(0.93, 1.07, kinds)):
        decay_s = min(0.05, 14.0 / hz)
        time = times(decay_s * 6, rate_hz)
        rise = rng.uniform(2.0, 9.0)
        shape = np.sin(2 * np.pi * hz * time * (1 + rise * time)) * np.exp(-time / decay_s)
        shape *= np.minimum(1, time / 0.001) * (low_hz / hz) ** 0.3
        train = np.zeros(len(per_s))
        train[at[kind == number]] = size[kind == number]
        if train.any():
            out += signal.oaconvolve(train, shape)[: len(out)]
    return out


def glide(hz: Wide, rate_hz: int) -> Wide:
    """A sine whose frequency follows `hz`."""
    tone: Wide = np.sin(2 * np.pi * np.cumsum(hz) / rate_hz)
    return tone


def saw(hz: Wide, rate_hz: int) -> Wide:
    """A sawtooth whose frequency follows `hz`, its step rounded over two samples so that little aliases."""
    step = hz / rate_hz
    phase = np.cumsum(step) % 1.0
    out = 2.0 * phase - 1.0
    near = phase < step
    part = phase[near] / step[near]
    out[near] -= 2 * part - part**2 - 1
    near = phase > 1 - step
    part = (phase[near] - 1) / step[near]
    out[near] -= part**2 + 2 * part + 1
    return out


def throat(rng: _Rng, rate_hz: int, hz: Wide, *, breath: float = 0.15, rough: float = 0.0) -> Wide:
    """A voice before its mouth: a falling spectrum that jitters, breath in its open phase, roughness below it."""
    duration_s = len(hz) / rate_hz
    shaken = hz * (1 + 0.012 * wander(rng, duration_s, rate_hz, 28) + 0.004 * rng.standard_normal(len(hz)))
    if rough:
        shaken = shaken * (1 + 0.25 * rough * wander(rng, duration_s, rate_hz, 90))
    source = saw(shaken, rate_hz)
    if rough:
        source *= 1 - 0.6 * rough * (glide(shaken / 2, rate_hz) > 0)
    source = signal.sosfilt(band(0, 1600, rate_hz, 1), source)
    air = noise(rng, duration_s, rate_hz, 500, 9000, 1)[: len(hz)]
    made: Wide = source + breath * air * (0.6 + 0.4 * glide(shaken, rate_hz))
    return made


def mouth(source: Wide, rate_hz: int, shapes: Sequence[tuple[float, str]], *, size: float = 1.0) -> Wide:
    """Speaks `source` through vowels at parts of its length, gliding between them; `size` 1 is a man's."""
    part = np.linspace(0, 1, len(source))
    places = [at for at, _ in shapes]
    out = np.zeros_like(source)
    for vowel in dict.fromkeys(vowel for _, vowel in shapes):
        weight = np.interp(part, places, [float(name == vowel) for _, name in shapes])
        formants = [(hz / size, 1.0 / (k + 1) ** 1.3, 70 + 0.05 * hz) for k, hz in enumerate(VOWELS[vowel])]
        spoken = resonant(source, rate_hz, [(hz, level, hz / width) for hz, level, width in formants])
        out += weight * spoken
    return out


def resonant(source: Wide, rate_hz: int, peaks: Sequence[tuple[float, float, float]]) -> Wide:
    """`source` through resonances of (Hz, level, Q), side by side."""
    out = np.zeros_like(source)
    for hz, level, q in peaks:
        numerator, denominator = signal.iirpeak(min(hz, rate_hz * 0.45), max(0.4, q), fs=rate_hz)
        out += level * signal.lfilter(numerator, denominator, source)
    return out


def stick_slip(rng: _Rng, rate_hz: int, per_s: Wide, *, chance: float = 0.25) -> Wide:
    """Pulses of what sticks and slips: `per_s` slips a second on the whole, the longer it stuck the harder."""
    at: list[int] = []
    size: list[float] = []
    now = 0.0
    drift = 0.0
    while now < len(per_s) - 1:
        drift = 0.85 * drift + rng.normal(0, chance * 0.5)
        gap = rate_hz / max(1.0, float(per_s[int(now)])) * float(np.exp(drift + rng.normal(0, chance * 0.4)))
        now += max(2.0, gap)
        if now < len(per_s):
            at.append(int(now))
            size.append(min(3.0, gap * float(per_s[int(now)]) / rate_hz) ** 0.8 * rng.uniform(0.7, 1.0))
    out = np.zeros(len(per_s))
    out[at] = size
    return out


def peaked(sound: Wide) -> Wide:
    """`sound` with its peak at 1."""
    scaled: Wide = sound / (np.abs(sound).max() + 1e-9)
    return scaled


def evened(sound: Wide) -> Wide:
    """`sound` at RMS 1."""
    scaled: Wide = sound / (sound.std() + 1e-9)
    return scaled


def passing(source: Wide, rate_hz: int, speed_mps: float, near_m: float, middle_s: float, duration_s: float) -> Wide:
    """`source` as it goes by at `near_m`: louder and softer, and its pitch falls with the Doppler effect.

    `source` must be longer than `duration_s` by the time that its sound takes from its farthest point.
    """
    time = times(duration_s, rate_hz)
    far_m = np.sqrt(near_m**2 + (speed_mps * (time - middle_s)) ** 2)
    delay_s = far_m / _SOUND_MPS
    heard: Wide = np.interp(time + delay_s.max() - delay_s, np.arange(len(source)) / rate_hz, source)
    return heard * near_m / far_m


def sequence(rate_hz: int, parts: Sequence[tuple[float, NDArray[np.floating]]]) -> Wide:
    """Lays clips at their times, in seconds."""
    out = np.zeros(max(round(at_s * rate_hz) + len(clip) for at_s, clip in parts))
    for at_s, clip in parts:
        begin = round(at_s * rate_hz)
        out[begin : begin + len(clip)] += clip
    rounded: Wide = fade(out, rate_hz, 0.0005, 0.01).astype(np.float64)
    return rounded
