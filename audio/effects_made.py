"""The makers behind `audio.effects`: each takes a seed, a rate in Hz and a duration in seconds.

They return a mono clip at any level, with rounded ends; `MAKERS` says how loud each is beside the others,
how long it usually lasts and whether it can go on longer.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.layers import band, fade, generator
from audio.struck import Clip, Wide, clink, hit, noise, ringing, sequence, step, times

__all__ = ["MAKERS"]

_Rng = np.random.Generator


def _knock(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("knock", seed)
    parts, at_s = [], 0.0
    for _ in range(int(rng.integers(3, 5))):
        parts.append((at_s, hit(rng, rate_hz, 165, 0.035, 2600, 0.35) * rng.uniform(0.75, 1.0)))
        at_s += rng.uniform(0.16, 0.21)
    return sequence(rate_hz, parts)


def _latch(rng: _Rng, rate_hz: int) -> Wide:
    first = hit(rng, rate_hz, 1150, 0.006, 6000, 0.8)
    second = hit(rng, rate_hz, 850, 0.008, 5000, 0.7)
    return sequence(rate_hz, [(0.0, first * 0.6), (rng.uniform(0.05, 0.08), second)]).astype(np.float64)


def _door_open(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("door open", seed)
    time = times(0.7, rate_hz)
    # A hinge sticks and slips: pulses at a gliding rate through the door's own resonances.
    slips = np.cumsum(38 + 30 * np.sin(np.pi * time / 0.7) + 8 * rng.standard_normal()) / rate_hz
    pulses = np.diff(np.floor(slips), prepend=0.0) * rng.uniform(0.5, 1.0, len(time))
    hinge = sum(
        (signal.sosfilt(signal.tf2sos(*signal.iirpeak(hz, 9, fs=rate_hz)), pulses) for hz in (520, 910, 1430)),
        np.zeros_like(time),
    )
    hinge *= np.sin(np.pi * time / 0.7) ** 1.5 / (np.abs(hinge).max() + 1e-9)
    air = noise(rng, 0.7, rate_hz, 90, 700) * np.sin(np.pi * time / 0.7) * 0.015
    return sequence(rate_hz, [(0.0, _latch(rng, rate_hz) * 0.8), (0.12, hinge * 0.35 + air)])


def _door_close(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("door close", seed)
    thump = hit(rng, rate_hz, 92, 0.06, 900, 0.4)
    return sequence(rate_hz, [(0.0, thump), (0.03, _latch(rng, rate_hz) * 0.35)])


def _door_slam(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("door slam", seed)
    thump = hit(rng, rate_hz, 68, 0.09, 3200, 0.9)
    rattle = [
        (0.05 + k * rng.uniform(0.028, 0.04), hit(rng, rate_hz, 420, 0.012, 3500, 0.6) * 0.22 * 0.7**k)
        for k in range(5)
    ]
    return sequence(rate_hz, [(0.0, thump), (0.012, _latch(rng, rate_hz) * 0.4), *rattle])


def _phone_ring(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("phone ring", seed)
    tune = rng.uniform(0.97, 1.03)
    stroke = ringing(
        rate_hz,
        0.8,
        [(1210 * tune, 1.0, 0.16), (1535 * tune, 0.8, 0.14), (2980 * tune, 0.4, 0.06), (4240 * tune, 0.2, 0.03)],
    )
    parts = []
    at_s = 0.0
    while at_s < max(0.5, duration_s - 0.4):
        # A clapper between two gongs, 1.6 s on, 1.2 s off.
        for beat in range(int(min(1.6, max(0.5, duration_s - at_s)) * 22)):
            parts.append((at_s + beat / 22.0, stroke * (0.8 if beat % 2 else 1.0) * rng.uniform(0.9, 1.0)))
        at_s += 2.8
    return sequence(rate_hz, parts)


def _phone_buzz(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("phone buzz", seed)
    time = times(0.42, rate_hz)
    hz = rng.uniform(158, 172)
    motor = np.sin(2 * np.pi * hz * time) + 0.5 * signal.sawtooth(2 * np.pi * hz * time * 2)
    table = signal.sosfilt(
        band(140, 1800, rate_hz, 1),
        motor + 0.3 * noise(rng, 0.42, rate_hz, 300, 2500) * (np.sin(2 * np.pi * hz * time) > 0),
    )
    pulse = table * np.minimum(1, np.minimum(time / 0.04, (0.42 - time) / 0.06))
    return sequence(rate_hz, [(k * 0.66, pulse) for k in range(max(1, round(duration_s / 0.66)))])


def _bark(rng: _Rng, rate_hz: int, size: float = 1.0) -> Wide:
    """One bark: a voice that jumps up and falls, through an opening mouth, with breath in it."""
    length_s = rng.uniform(0.15, 0.21)
    time = times(length_s, rate_hz)
    part = time / length_s
    hz = (320 + 330 * np.exp(-((part - 0.22) ** 2) / 0.03)) / size * rng.uniform(0.94, 1.06)
    phase = np.cumsum(hz * (1 + 0.03 * np.sin(2 * np.pi * 73 * time))) / rate_hz
    throat = signal.sawtooth(2 * np.pi * phase) + 0.55 * noise(rng, length_s, rate_hz, 300, 4500)
    mouth = sum(
        (
            weight * signal.sosfilt(signal.tf2sos(*signal.iirpeak(f / size, 3.0, fs=rate_hz)), throat)
            for f, weight in ((640, 1.0), (1250, 0.8), (2500, 0.35))
        ),
        np.zeros_like(time),
    )
    return mouth * np.minimum(1, part / 0.06) * np.exp(-2.2 * part) * np.clip((1 - part) / 0.25, 0, 1)


def _dog_bark(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("dog bark", seed)
    size = rng.uniform(0.85, 1.25)
    gaps = np.cumsum([0.0, *rng.uniform(0.28, 0.46, int(rng.integers(1, 4)))])
    return sequence(rate_hz, [(float(at_s), _bark(rng, rate_hz, size) * rng.uniform(0.8, 1.0)) for at_s in gaps])


def _cat_meow(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("cat meow", seed)
    length_s = rng.uniform(0.6, 0.8)
    time = times(length_s, rate_hz)
    part = time / length_s
    hz = rng.uniform(480, 560) * (1 + 0.45 * np.sin(np.pi * part**0.7)) * (1 + 0.012 * np.sin(2 * np.pi * 7 * time))
    phase = np.cumsum(hz) / rate_hz
    source = sum((np.sin(2 * np.pi * k * phase) / k**1.1 for k in range(1, 9)), np.zeros_like(time))
    open_mouth = np.sin(np.pi * np.clip(part * 1.15 - 0.1, 0, 1)) ** 0.8
    voiced = (1 - open_mouth) * signal.sosfilt(band(0, 900, rate_hz, 1), source) + open_mouth * source
    return fade(voiced * np.sin(np.pi * part) ** 0.6, rate_hz, 0.03, 0.08)


def _footsteps(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("footsteps", seed)
    parts, at_s = [], 0.0
    while at_s < max(0.4, duration_s - 0.2):
        parts.append((at_s, step(rng, rate_hz) * rng.uniform(0.75, 1.0)))
        at_s += rng.uniform(0.51, 0.57)
    return sequence(rate_hz, parts)


def _thunder(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("thunder", seed)
    time = times(6.0, rate_hz)
    swell = np.exp(-time / 1.9) * np.minimum(1, time / 0.15)
    for _ in range(5):
        centre, span = rng.uniform(0.2, 3.4), rng.uniform(0.15, 0.6)
        swell += rng.uniform(0.3, 0.9) * np.exp(-(((time - centre) / span) ** 2)) * np.exp(-time / 3.0)
    rumble = noise(rng, 6.0, rate_hz, 28, 160) + 0.35 * noise(rng, 6.0, rate_hz, 120, 700) * np.exp(-time / 1.2)
    crack = noise(rng, 0.5, rate_hz, 200, 5000) * np.exp(-times(0.5, rate_hz) / 0.09)
    return sequence(rate_hz, [(0.0, fade(rumble * swell, rate_hz, 0.05, 1.2)), (0.04, crack * 0.55)])


def _glass_clink(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("glass clink", seed)
    return sequence(rate_hz, [(0.0, clink(rng, rate_hz)), (0.012, clink(rng, rate_hz) * 0.7)])


def _glass_break(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("glass break", seed)
    burst = noise(rng, 0.35, rate_hz, 1800, 12000) * np.exp(-times(0.35, rate_hz) / 0.05) * 0.5
    parts: list[tuple[float, NDArray[np.floating]]] = [(0.0, burst)]
    for _ in range(46):  # shards, thinning out as they settle
        at_s = float(rng.exponential(0.22))
        hz, decay_s = rng.uniform(2200, 8500), rng.uniform(0.015, 0.07)
        shard = ringing(rate_hz, decay_s * 6, [(hz, 1.0, decay_s), (hz * rng.uniform(1.3, 1.8), 0.6, decay_s * 0.6)])
        parts.append((min(1.4, at_s), shard * rng.uniform(0.1, 0.5) * np.exp(-at_s)))
    return sequence(rate_hz, parts)


def _bell(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("bell", seed)
    base = rng.uniform(380, 460)
    tones = [
        (base * r, w, d)
        for r, w, d in (
            (0.5, 0.5, 2.2),
            (1, 1, 1.6),
            (1.19, 0.6, 1.1),
            (1.5, 0.4, 0.9),
            (2, 0.6, 0.8),
            (2.67, 0.3, 0.4),
            (4.1, 0.25, 0.2),
        )
    ]
    stroke = ringing(rate_hz, 3.5, tones)
    return fade(stroke, rate_hz, 0.001, 0.6)


def _doorbell(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("doorbell", seed)
    tune = rng.uniform(0.98, 1.02)

    def tone(hz: float) -> Wide:
        return ringing(
            rate_hz, 1.4, [(hz * tune, 1.0, 0.4), (hz * 2.76 * tune, 0.25, 0.12), (hz * 5.4 * tune, 0.1, 0.04)]
        )

    return fade(sequence(rate_hz, [(0.0, tone(659.3)), (0.55, tone(523.3))]), rate_hz, 0.002, 0.3)


def _gunshot(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("gunshot", seed)
    time = times(1.6, rate_hz)
    crack = noise(rng, 1.6, rate_hz, 300, 14000) * np.exp(-time / 0.012)
    boom = noise(rng, 1.6, rate_hz, 40, 260) * np.exp(-time / 0.09) * 1.1
    tail = noise(rng, 1.6, rate_hz, 150, 1600) * np.exp(-time / 0.38) * 0.11
    return fade(np.tanh(1.4 * (crack + boom)) + tail, rate_hz, 0.0004, 0.4)


def _car_pass(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("car pass", seed)
    time = times(duration_s, rate_hz)
    offset = (time - duration_s / 2) / (duration_s / 6)
    near = 1.0 / (1.0 + offset**2)
    tyres = noise(rng, duration_s, rate_hz, 250, 2200) * near
    hz = rng.uniform(62, 84) * (1.0 - 0.06 * np.tanh(offset))
    engine = signal.sawtooth(2 * np.pi * np.cumsum(hz) / rate_hz)
    engine = signal.sosfilt(band(40, 420, rate_hz), engine) * near**0.7 * 1.3
    return fade(tyres + engine, rate_hz, duration_s * 0.25, duration_s * 0.25)


def _train_pass(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("train pass", seed)
    time = times(duration_s, rate_hz)
    near = np.sin(np.pi * time / duration_s) ** 1.3
    roar = noise(rng, duration_s, rate_hz, 45, 500) + 0.25 * noise(rng, duration_s, rate_hz, 500, 3500)
    parts: list[tuple[float, NDArray[np.floating]]] = [(0.0, roar * near)]
    at_s = 0.2
    while at_s < duration_s - 0.6:  # two axles over a joint, again and again
        for gap_s in (0.0, 0.13):
            parts.append(
                (at_s + gap_s, hit(rng, rate_hz, 210, 0.03, 3200, 0.8) * 3.0 * np.sin(np.pi * at_s / duration_s))
            )
        at_s += 0.62
    return fade(sequence(rate_hz, parts), rate_hz, 0.3, 0.4)


def _car_horn(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("car horn", seed)
    time = times(0.55, rate_hz)
    tune = rng.uniform(0.95, 1.05)
    reeds = sum((signal.sawtooth(2 * np.pi * hz * tune * time) for hz in (398.0, 502.0)), np.zeros_like(time))
    horn = fade(signal.sosfilt(band(300, 3200, rate_hz), reeds), rate_hz, 0.015, 0.05)
    return horn if seed % 2 else sequence(rate_hz, [(0.0, fade(horn[: len(horn) // 3], rate_hz)), (0.3, horn)])


def _siren(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("siren", seed)
    time = times(duration_s, rate_hz)
    hz = 720 + 330 * np.sin(2 * np.pi * time / 3.2 - np.pi / 2 + rng.uniform(0, 1))
    wail = np.tanh(1.5 * np.sin(2 * np.pi * np.cumsum(hz) / rate_hz))
    return fade(signal.sosfilt(band(350, 2600, rate_hz, 1), wail), rate_hz, 0.8, 0.9)


def _typing(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("typing", seed)
    parts, at_s = [], 0.0
    while at_s < duration_s:
        parts.append((at_s, hit(rng, rate_hz, rng.uniform(300, 520), 0.006, 4200, 1.6) * rng.uniform(0.4, 1.0)))
        at_s += rng.uniform(0.08, 0.19) if rng.random() > 0.12 else rng.uniform(0.3, 0.6)
    return sequence(rate_hz, parts)


def _splash(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("splash", seed)
    time = times(0.9, rate_hz)
    spray = noise(rng, 0.9, rate_hz, 700, 7500) * np.exp(-time / 0.18) * np.minimum(1, time / 0.02)
    parts: list[tuple[float, NDArray[np.floating]]] = [
        (0.0, spray * 0.8),
        (0.0, hit(rng, rate_hz, 110, 0.05, 800, 0.5)),
    ]
    for _ in range(14):  # bubbles rise in pitch as they close
        length_s = rng.uniform(0.03, 0.07)
        bubble = times(length_s, rate_hz)
        sweep = np.sin(2 * np.pi * rng.uniform(400, 1100) * bubble * (1 + 3.5 * bubble))
        parts.append((rng.uniform(0.06, 0.8), sweep * np.exp(-bubble / (length_s / 3)) * rng.uniform(0.3, 0.8)))
    return sequence(rate_hz, parts)


def _kettle(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("kettle", seed)
    time = times(duration_s, rate_hz)
    rise = np.clip(time / (duration_s * 0.5), 0, 1)
    hz = 1900 + 500 * rise + 14 * np.sin(2 * np.pi * 6.1 * time)
    whistle = np.sin(2 * np.pi * np.cumsum(hz) / rate_hz) * rise**1.5
    steam = noise(rng, duration_s, rate_hz, 1200, 7000) * (0.1 + 0.08 * rise)
    return fade(whistle * 0.7 + steam, rate_hz, 0.2, 0.35)


def _clock_tick(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("clock tick", seed)
    return sequence(
        rate_hz,
        [
            (k * 0.5, hit(rng, rate_hz, 2100 if k % 2 else 1750, 0.006, 7000, 0.5))
            for k in range(max(2, int(duration_s * 2)))
        ],
    )


def _heartbeat(seed: int, rate_hz: int, duration_s: float) -> Clip:
    rng = generator("heartbeat", seed)
    beats = []
    for k in range(max(2, round(duration_s / 0.9))):
        beats += [
            (k * 0.9, hit(rng, rate_hz, 52, 0.05, 160, 0.2)),
            (k * 0.9 + 0.28, hit(rng, rate_hz, 62, 0.04, 180, 0.2) * 0.7),
        ]
    return sequence(rate_hz, beats)


def _paper(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    rng = generator("paper", seed)
    time = times(0.7, rate_hz)
    crackle = (rng.random(len(time)) > 0.996) * rng.standard_normal(len(time)) * 6
    rustle = signal.sosfilt(band(1500, 9000, rate_hz), crackle + 0.25 * rng.standard_normal(len(time)))
    return fade(rustle * np.sin(np.pi * time / 0.7) * (1 + 0.6 * np.sin(2 * np.pi * 7 * time)), rate_hz, 0.05, 0.1)


def _switch(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    return fade(_latch(generator("switch", seed), rate_hz), rate_hz, 0.0005, 0.01)


def _thud(seed: int, rate_hz: int, _duration_s: float) -> Clip:
    return fade(hit(generator("thud", seed), rate_hz, 78, 0.07, 700, 0.6), rate_hz, 0.001, 0.05)


_Maker = Callable[[int, int, float], Clip]

# Peak beside the loudest in dB, usual length in seconds, whether a longer one makes sense.
MAKERS: dict[str, tuple[_Maker, float, float, bool]] = {
    "bell": (_bell, -9.0, 3.5, False),
    "car horn": (_car_horn, -8.0, 0.8, False),
    "car pass": (_car_pass, -10.0, 5.0, True),
    "cat meow": (_cat_meow, -12.0, 0.7, False),
    "clock tick": (_clock_tick, -22.0, 4.0, True),
    "dog bark": (_dog_bark, -5.0, 1.0, False),
    "door close": (_door_close, -8.0, 0.4, False),
    "door open": (_door_open, -12.0, 0.9, False),
    "door slam": (_door_slam, -1.0, 0.8, False),
    "doorbell": (_doorbell, -11.0, 2.0, False),
    "footsteps": (_footsteps, -12.0, 2.2, True),
    "glass break": (_glass_break, -4.0, 1.6, False),
    "glass clink": (_glass_clink, -16.0, 0.5, False),
    "gunshot": (_gunshot, 0.0, 1.6, False),
    "heartbeat": (_heartbeat, -8.0, 3.6, True),
    "kettle": (_kettle, -16.0, 3.0, True),
    "knock": (_knock, -7.0, 0.8, False),
    "paper": (_paper, -20.0, 0.7, False),
    "phone buzz": (_phone_buzz, -16.0, 1.3, True),
    "phone ring": (_phone_ring, -13.0, 2.2, True),
    "siren": (_siren, -16.0, 5.0, True),
    "splash": (_splash, -9.0, 0.9, False),
    "switch": (_switch, -18.0, 0.15, False),
    "thud": (_thud, -6.0, 0.4, False),
    "thunder": (_thunder, -5.0, 6.0, False),
    "train pass": (_train_pass, -8.0, 6.0, True),
    "typing": (_typing, -19.0, 2.5, True),
}  # fmt: skip
