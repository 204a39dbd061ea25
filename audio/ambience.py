"""The sound of a place while nobody speaks: endless, quiet, made by arithmetic from a seed.

Each kind of place is a recipe of layers: air, machines, people, birds, traffic; hour and weather add and
take away. A bed sits where a mixer would put it, about −42 LUFS, rain outdoors at −37, and is felt rather
than heard. Nothing is recorded and nothing loops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from audio.cues import AmbienceCue
from audio.layers import Events, Filtered, Hum, Layer, Noise, Stereo, band, fade, generator, place
from audio.library import Library
from audio.loudness import LoudnessMeter
from audio.struck import clink, step

__all__ = ["VERSION", "bed", "target_lufs"]

VERSION = 2
_MEASURED_S = 8.0
_NATURE = frozenset({"park", "forest", "field", "beach"})
_TOWN = frozenset({"street", "alley", "rooftop"})
_DARK = frozenset({"night", "dusk"})
_BIRDSONG = frozenset({"dawn", "morning"})
_LOUDER = {"street": -40.0, "station": -40.0, "cafe": -39.0, "bar": -38.0, "beach": -38.0, "car": -39.0}
_LIKE = {
    "diner": "cafe", "shop": "cafe", "hospital": "office", "spaceship": "office", "classroom": "corridor",
    "theatre": "corridor", "church": "corridor", "prison_cell": "corridor", "warehouse": "corridor",
    "bathroom": "living_room", "mountain": "field", "desert": "field", "bridge": "street", "harbour": "beach",
    "cave": "alley", "train": "car",
}  # fmt: skip
"""Places that sound like another kind until they have a recipe of their own."""
_USUAL_LUFS, _STILL_LUFS = -42.0, -45.0
_STILL = frozenset({"bedroom", "living_room", "corridor"})


def target_lufs(cue: AmbienceCue) -> float:
    """Returns how loud the bed of `cue` is, in LUFS, before the film's gain."""
    cue = _heard(cue)
    if cue.weather in ("rain", "storm"):
        # Any louder, and the loudness gate of a film with little speech counts the rain as programme.
        return -37.0 if not cue.interior else -41.0 if cue.place_kind != "car" else -38.0
    level = _LOUDER.get(cue.place_kind, _STILL_LUFS if cue.place_kind in _STILL else _USUAL_LUFS)
    if cue.weather == "wind" and not cue.interior:
        level = max(level, -38.0)
    if cue.hour in _DARK and cue.place_kind in _TOWN | {"station"}:
        level -= 2.0
    return level - (2.0 if cue.weather in {"snow", "fog"} and not cue.interior else 0.0)


def bed(cue: AmbienceCue, rate_hz: int, library: Library | None = None) -> Layer:
    """Returns the endless bed of `cue`; the same cue gives the same samples. Unknown kinds are a plain room."""
    cue = _heard(cue)
    gain = _gain(cue.place_kind, cue.interior, cue.weather, cue.hour, target_lufs(cue), rate_hz)
    return _Bed(_layers(cue, rate_hz), gain)


def _heard(cue: AmbienceCue) -> AmbienceCue:
    return replace(cue, place_kind=_LIKE.get(cue.place_kind, cue.place_kind))


class _Bed:
    def __init__(self, layers: list[tuple[Layer, float]], gain: float) -> None:
        self._layers = [(layer, np.float32(gain * 10.0 ** (level_db / 20.0))) for layer, level_db in layers]

    def read(self, count: int) -> Stereo:
        out = np.zeros((count, 2), np.float32)
        for layer, gain in self._layers:
            out += layer.read(count) * gain
        return out


@lru_cache(maxsize=64)
def _gain(kind: str, interior: bool, weather: str, hour: str, wished_lufs: float, rate_hz: int) -> float:
    """The recipe's own loudness, measured once, brings it to its place; the seed is left out on purpose."""
    cue = AmbienceCue(place_kind=kind, interior=interior, start_s=0, end_s=1, weather=weather, hour=hour)
    probe, meter = _Bed(_layers(cue, rate_hz), 1.0), LoudnessMeter(rate_hz)
    for _ in range(int(_MEASURED_S)):
        meter.add(probe.read(rate_hz))
    return float(10.0 ** ((wished_lufs - meter.integrated_lufs()) / 20.0))


def _layers(cue: AmbienceCue, rate_hz: int) -> list[tuple[Layer, float]]:
    def rng(name: str) -> np.random.Generator:
        return generator("bed", name, cue.place_kind, cue.seed)

    def noise(name: str, low: float, high: float, **how: float) -> Layer:
        return Noise(rng(name), rate_hz, low, high, **how)

    def events(name: str, per_s: float, make: Callable[[np.random.Generator], Stereo], soon: bool = False) -> Layer:
        return Events(rng(name), rate_hz, per_s, make, soon=soon)

    def outside(layer: Layer) -> Layer:
        """As it comes through a closed window."""
        return Filtered(layer, band(0, 420, rate_hz, 1), rate_hz)

    kind, dark = cue.place_kind, cue.hour in _DARK
    layers: list[tuple[Layer, float]] = []
    add = layers.append
    if kind in _TOWN or kind in {"station"}:
        add((noise("traffic", 35, 420, slope=0.4, swell_db=3.0, swell_s=7.0), 0.0))
        add((noise("town", 300, 2600, slope=0.3, swell_db=1.5), -9.0))
    if kind == "street":
        add((events("cars", 0.05 if dark else 0.13, lambda r: _car(r, rate_hz)), 5.0))
    elif kind == "alley":
        add((events("drips", 0.35, lambda r: _drip(r, rate_hz)), 4.0))
    elif kind == "rooftop":
        add((noise("breeze", 140, 700, swell_db=6.0, swell_s=4.0), -4.0))
    elif kind == "station":
        add((events("crowd", 1.2, lambda r: _murmur(r, rate_hz, 900)), 9.0))
        add((events("steps", 0.7, lambda r: place(step(r, rate_hz) * 0.3, r.uniform(-0.9, 0.9))), 6.0))
    if kind in _NATURE:
        add((noise("air", 90, 900, slope=0.4, swell_db=4.0, swell_s=5.0), -6.0))
        if kind != "beach" and cue.weather not in {"rain", "storm", "snow"}:
            add((noise("leaves", 1800, 7500, slope=0.6, swell_db=5.0, swell_s=3.5), -9.0 if kind != "field" else -14.0))
            if cue.hour in _DARK:
                add((events("crickets", 1.7, lambda r: _cricket(r, rate_hz), soon=True), 10.0))
            else:
                birds = 1.1 if cue.hour in _BIRDSONG else 0.35
                add((events("birds", birds, lambda r: _bird(r, rate_hz), soon=True), 14.0))
    if kind == "park":
        add((noise("far town", 40, 350, slope=0.5, swell_db=2.0), -8.0))
    elif kind == "beach":
        add((events("waves", 0.17, lambda r: _wave(r, rate_hz), soon=True), 16.0))
        add((noise("surf", 120, 2400, slope=0.3, swell_db=2.5, swell_s=6.0), -5.0))
    if kind in {"cafe", "bar"}:
        add((noise("room", 80, 2400, slope=0.3), -9.0))
        add((events("babble", 3.2, lambda r: _murmur(r, rate_hz, 1400), soon=True), 15.0))
        add((events("clinks", 0.4 if kind == "cafe" else 0.6, lambda r: _far_clink(r, rate_hz), soon=True), 9.0))
    elif kind == "office":
        add((Hum(rng("lamps"), rate_hz, [(120, -16), (240, -22), (360, -28)]), -6.0))
        add((noise("ventilation", 90, 1500, slope=0.3, swell_db=0.6), 0.0))
        add((events("keys", 0.5, lambda r: _far_keys(r, rate_hz)), 2.0))
    elif kind == "kitchen":
        add((Hum(rng("fridge"), rate_hz, [(50, -10), (100, -8), (150, -18), (200, -22), (300, -28)]), 2.0))
        add((noise("room", 70, 2800, slope=0.25, swell_db=0.8), -2.0))
    elif kind == "car":
        add((noise("road", 30, 190, swell_db=2.5, swell_s=3.0, width=0.4), 6.0))
        add((noise("tyres", 250, 1400, slope=0.4, swell_db=2.0, swell_s=4.0), -9.0))
        add((Hum(rng("engine"), rate_hz, [(58, -6), (87, -12), (116, -10), (174, -18)]), 0.0))
    elif cue.interior or kind in _STILL:
        add((noise("room", 60, 600, slope=0.4, swell_db=0.8), 0.0))
        add((noise("hush", 600, 5000, slope=0.3, swell_db=0.5), -11.0))
    if cue.interior and kind in _STILL | {"kitchen", "office", "cafe", "bar"}:
        add((outside(noise("street", 35, 500, slope=0.4, swell_db=3.0, swell_s=8.0)), -3.0))
        if cue.hour in _BIRDSONG and cue.weather == "clear":
            far = Filtered(events("birds", 0.5, lambda r: _bird(r, rate_hz)), band(0, 2600, rate_hz, 1), rate_hz)
            add((far, 6.0))
    if cue.weather in ("rain", "storm"):
        add(_rain_behind_glass(cue, rate_hz) if cue.interior else (_Rain(rng("rain"), rate_hz), 6.0))
        if cue.interior:
            add((events("gutter", 0.9, lambda r: _drip(r, rate_hz)), -1.0))
    elif cue.weather == "wind":
        wind = noise("wind", 110, 620, swell_db=8.0, swell_s=3.5)
        add((outside(wind) if cue.interior else wind, 3.0))
        whistle = noise("gusts", 480, 820, swell_db=10.0, swell_s=2.5)
        add((outside(whistle) if cue.interior else whistle, -8.0))
    elif cue.weather == "snow" and not cue.interior:
        layers = [(Filtered(layer, band(0, 900, rate_hz, 1), rate_hz), level) for layer, level in layers]
    if not layers:
        add((noise("air", 70, 700, slope=0.4), 0.0))
    return layers


def _rain_behind_glass(cue: AmbienceCue, rate_hz: int) -> tuple[Layer, float]:
    rain = _Rain(generator("bed", "rain", cue.place_kind, cue.seed), rate_hz)
    return Filtered(rain, band(0, 1500 if cue.place_kind != "car" else 2600, rate_hz, 1), rate_hz), 3.0


class _Rain:
    """Far rain is noise; near rain is drops, each with its own size, none much louder than the next."""

    def __init__(self, rng: np.random.Generator, rate_hz: int) -> None:
        hiss_rng, patter_rng, drops_rng, self._rng = rng.spawn(4)  # each its own: no layer's pace shifts another
        self._hiss = Noise(hiss_rng, rate_hz, 900, 9500, slope=0.55, swell_db=1.2, swell_s=4.0)
        self._patter = Noise(patter_rng, rate_hz, 180, 1200, slope=0.5, swell_db=1.0, width=0.6)
        self._drops = Events(drops_rng, rate_hz, 1.0, self._second)
        self._rate_hz = rate_hz
        self._shapes = [self._drop(hz) for hz in np.geomspace(900, 5200, 12)]

    def read(self, count: int) -> Stereo:
        """Returns the next samples."""
        return 0.5 * self._hiss.read(count) + 0.3 * self._patter.read(count) + self._drops.read(count)

    def _second(self, rng: np.random.Generator) -> Stereo:
        """A second's worth of drops, as one event."""
        length, reach = self._rate_hz, len(self._shapes[0])
        out = np.zeros((length + reach, 2), np.float32)
        for shape in self._shapes:
            count = int(rng.poisson(34))
            size = np.minimum(rng.exponential(0.35, count), 1.0)
            pan = rng.uniform(0.1, 0.9, count)
            at = (rng.integers(length, size=count)[:, None] + np.arange(reach)).ravel()
            for side, share in enumerate((1 - pan, pan)):
                drops = (size * np.sqrt(share))[:, None] * shape
                out[:, side] += np.bincount(at, drops.ravel(), minlength=length + reach)
        return out * np.float32(0.8)

    def _drop(self, hz: float) -> NDArray[np.float64]:
        time = np.arange(round(0.012 * self._rate_hz)) / self._rate_hz
        tone = np.sin(2 * np.pi * hz * time * (1 + 8 * time)) * np.exp(-time / 0.0022)
        tick = self._rng.standard_normal(len(time)) * np.exp(-time / 0.0007)
        return (tone + 0.6 * tick) * np.minimum(1, time / 0.0003)


def _car(rng: np.random.Generator, rate_hz: int) -> Stereo:
    length_s = rng.uniform(4.0, 7.0)
    time = np.arange(round(length_s * rate_hz)) / rate_hz
    offset = (time - length_s / 2) / (length_s / rng.uniform(5, 8))
    raw = rng.standard_normal(len(time))
    tyres = signal.sosfilt(band(200, 1500, rate_hz), raw) + 1.5 * signal.sosfilt(band(45, 180, rate_hz), raw)
    mono = tyres / tyres.std() * rng.uniform(0.4, 1.0) / (1 + offset**2)
    pan = np.tanh(offset) * rng.choice((-1.0, 1.0)) * 0.8
    angle = (pan + 1) * np.pi / 4
    return fade(mono[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1), rate_hz, 1.2, 1.2)


def _murmur(rng: np.random.Generator, rate_hz: int, top_hz: float) -> Stereo:
    """A phrase of talk that nobody can make out."""
    syllables = int(rng.integers(4, 11))
    hz = float(rng.choice((rng.uniform(90, 135), rng.uniform(165, 230))))
    pieces = []
    for _ in range(syllables):
        time = np.arange(round(rng.uniform(0.12, 0.24) * rate_hz)) / rate_hz
        part = time / time[-1]
        pitch = hz * rng.uniform(0.9, 1.15) * (1 - 0.06 * part)
        source = signal.sawtooth(2 * np.pi * np.cumsum(pitch) / rate_hz) + 0.2 * rng.standard_normal(len(time))
        numerator, denominator = signal.iirpeak(rng.uniform(320, 780), 2.5, fs=rate_hz)
        pieces.append(signal.lfilter(numerator, denominator, source) * np.sin(np.pi * part) * rng.uniform(0.4, 1.0))
        if rng.random() < 0.15:
            pieces.append(np.zeros(round(0.12 * rate_hz)))
    phrase = signal.sosfilt(band(110, top_hz, rate_hz, 1), np.concatenate(pieces)) * rng.uniform(0.15, 0.5)
    return place(fade(phrase, rate_hz, 0.03, 0.06), rng.uniform(-0.9, 0.9))


def _far_clink(rng: np.random.Generator, rate_hz: int) -> Stereo:
    return place(fade(clink(rng, rate_hz) * rng.uniform(0.05, 0.3), rate_hz), rng.uniform(-0.9, 0.9))


def _far_keys(rng: np.random.Generator, rate_hz: int) -> Stereo:
    count = int(rng.integers(2, 9))
    out = np.zeros(round(0.16 * rate_hz) * (count + 1))
    for index in range(count):
        at = round((index * 0.16 + rng.uniform(0, 0.06)) * rate_hz)
        time = np.arange(round(0.03 * rate_hz)) / rate_hz
        out[at : at + len(time)] += rng.standard_normal(len(time)) * np.exp(-time / 0.005) * rng.uniform(0.3, 1.0)
    return place(fade(signal.sosfilt(band(300, 3000, rate_hz), out), rate_hz), rng.uniform(-0.8, 0.8))


def _drip(rng: np.random.Generator, rate_hz: int) -> Stereo:
    time = np.arange(round(0.09 * rate_hz)) / rate_hz
    hz = rng.uniform(700, 1700)
    drop = np.sin(2 * np.pi * hz * time * (1 + 3 * time)) * np.exp(-time / 0.014) * rng.uniform(0.2, 0.9)
    return place(fade(drop, rate_hz, 0.001), rng.uniform(-0.9, 0.9))


def _bird(rng: np.random.Generator, rate_hz: int) -> Stereo:
    """A phrase of two to six notes that one bird repeats with small changes."""
    low, span = rng.uniform(2400, 4200), rng.uniform(300, 1500)
    up, gap_s = rng.choice((-1.0, 1.0)), rng.uniform(0.05, 0.14)
    pieces = []
    for _ in range(int(rng.integers(2, 7))):
        time = np.arange(round(rng.uniform(0.05, 0.13) * rate_hz)) / rate_hz
        part = time / time[-1]
        hz = low + span * (0.5 + 0.5 * up * np.cos(np.pi * part)) + 60 * np.sin(2 * np.pi * 31 * time)
        pieces += [
            np.sin(2 * np.pi * np.cumsum(hz) / rate_hz) * np.sin(np.pi * part) ** 1.5,
            np.zeros(round(gap_s * rate_hz)),
        ]
    song = np.concatenate(pieces) * rng.uniform(0.05, 0.35)
    return place(fade(song, rate_hz), rng.uniform(-1, 1))


def _cricket(rng: np.random.Generator, rate_hz: int) -> Stereo:
    hz = rng.uniform(4200, 4900)
    time = np.arange(round(0.3 * rate_hz)) / rate_hz
    pulses = np.clip(np.sin(2 * np.pi * rng.uniform(24, 29) * time), 0, 1) ** 1.5
    chirp = np.sin(2 * np.pi * hz * time) * pulses * np.sin(np.pi * time / 0.3) * rng.uniform(0.2, 0.8)
    return place(fade(chirp, rate_hz), rng.uniform(-1, 1))


def _wave(rng: np.random.Generator, rate_hz: int) -> Stereo:
    """One wave: it gathers low, breaks bright and draws back as a hiss."""
    length_s = rng.uniform(7.0, 10.0)
    time = np.arange(round(length_s * rate_hz)) / rate_hz
    peak_s = length_s * rng.uniform(0.32, 0.42)
    raw = rng.standard_normal((len(time), 2)) * 0.7 + rng.standard_normal((len(time), 1)) * 0.5
    gather = (
        signal.sosfilt(band(60, 500, rate_hz), raw, axis=0) * np.exp(-(((time - peak_s) / 1.3) ** 2))[:, None] * 2.2
    )
    rush = np.where(time < peak_s, np.exp(-(((time - peak_s) / 0.9) ** 2)), np.exp(-(time - peak_s) / 1.5))
    crash = signal.sosfilt(band(350, 4200, rate_hz), raw, axis=0) * rush[:, None]
    draw = (
        signal.sosfilt(band(2500, 9000, rate_hz), raw, axis=0)
        * np.exp(-(((time - peak_s - 1.8) / 1.4) ** 2))[:, None]
        * 0.35
    )
    return fade((gather + crash + draw) * rng.uniform(0.6, 1.0), rate_hz, 1.0, 1.5)
