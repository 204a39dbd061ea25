"""The stuff that beds are made of: endless layers of stereo sound, seeded, made a block at a time.

A layer is asked for `read(count)` again and again and gives the next samples, so that ten minutes of rain
take no more memory than ten seconds. The same seed gives the same samples, whatever the counts asked for.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import signal

__all__ = ["Events", "Filtered", "Hum", "Layer", "Noise", "Stereo", "band", "fade", "generator", "place"]

Stereo = NDArray[np.float32]  # (n, 2)
_CHUNK_S = 1.0  # layers make this much at a time inside, so that a read's size cannot change the sound


class Layer(Protocol):
    """An endless stereo sound."""

    def read(self, count: int) -> Stereo:
        """Returns the next `count` samples, shape (count, 2)."""
        ...


def generator(*parts: str | int) -> np.random.Generator:
    """Returns a random generator that depends on all of `parts` and nothing else."""
    digest = hashlib.sha256("\x1f".join(map(str, ("workprint sound", *parts))).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def band(low_hz: float, high_hz: float, rate_hz: int, order: int = 2) -> NDArray[np.float64]:
    """Returns a Butterworth filter as second-order sections; a bound of 0 or beyond Nyquist is left open."""
    top = rate_hz * 0.49
    if low_hz <= 0:
        edges, kind = min(high_hz, top), "lowpass"
    elif high_hz >= top:
        edges, kind = low_hz, "highpass"
    else:
        edges, kind = (low_hz, high_hz), "bandpass"  # type: ignore[assignment]
    sections: NDArray[np.float64] = signal.butter(order, edges, kind, fs=rate_hz, output="sos")
    return sections


def fade(samples: NDArray[np.floating], rate_hz: int, in_s: float = 0.004, out_s: float = 0.02) -> NDArray[np.float32]:
    """Rounds both ends of a clip of shape (n,) or (n, 2), so that neither clicks."""
    out = samples.astype(np.float32)
    for length_s, reverse in ((in_s, False), (out_s, True)):
        count = min(len(out), max(1, round(length_s * rate_hz)))
        ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(count) / count)).astype(np.float32)
        part = slice(None, count) if not reverse else slice(len(out) - count, None)
        shaped = ramp[::-1] if reverse else ramp
        out[part] *= shaped if out.ndim == 1 else shaped[:, None]
    return out


def place(mono: NDArray[np.floating], pan: float) -> Stereo:
    """Places a mono clip between the loudspeakers at equal power; `pan` from −1 to 1."""
    angle = (max(-1.0, min(1.0, pan)) + 1.0) * np.pi / 4.0
    gains = np.array([np.cos(angle), np.sin(angle)], np.float32) * np.float32(np.sqrt(2.0))
    placed: Stereo = mono.astype(np.float32)[:, None] * gains
    return placed


class _Chunked(ABC):
    """Gives out samples in any count while making them in chunks of one second."""

    def __init__(self, rate_hz: int) -> None:
        self.rate_hz = rate_hz
        self.chunk = round(rate_hz * _CHUNK_S)
        self._made: Stereo = np.zeros((0, 2), np.float32)

    def read(self, count: int) -> Stereo:
        parts, held = [self._made], len(self._made)
        while held < count:
            parts.append(self._make())
            held += len(parts[-1])
        joined = np.concatenate(parts) if len(parts) > 1 else self._made
        self._made = joined[count:]
        return joined[:count]

    @abstractmethod
    def _make(self) -> Stereo:
        """The next samples, however many are handy."""


class Noise(_Chunked):
    """Band-limited noise of RMS 1 that breathes: `swell_db` of slow wandering, `width` from mono (0) to wide (1)."""

    def __init__(
        self,
        rng: np.random.Generator,
        rate_hz: int,
        low_hz: float,
        high_hz: float,
        *,
        slope: float = 0.0,
        swell_db: float = 1.5,
        swell_s: float = 5.0,
        width: float = 0.8,
    ) -> None:
        super().__init__(rate_hz)
        self._rng, self._swell_db, self._swell_s, self._width = rng, swell_db, swell_s, width
        self._sos = band(low_hz, high_hz, rate_hz)
        if slope:  # one more gentle low-pass: the air takes the top away
            self._sos = np.concatenate((self._sos, band(0, low_hz + (high_hz - low_hz) * slope, rate_hz, 1)))
        self._state = np.zeros((len(self._sos), 2, 2))
        self._points = rng.uniform(-1, 1, 3)
        self._phase = 0.0
        warm, self._state = signal.sosfilt(
            self._sos, self._rng.standard_normal((2 * rate_hz, 2)), axis=0, zi=self._state
        )
        self._scale = 1.0 / float(warm[rate_hz // 4 :].std())

    def _make(self) -> Stereo:
        raw = self._rng.standard_normal((self.chunk, 3))
        white = raw[:, :2] * self._width + raw[:, 2:] * (1.0 - self._width**2) ** 0.5
        filtered, self._state = signal.sosfilt(self._sos, white, axis=0, zi=self._state)
        filtered *= (self._scale * 10.0 ** (self._wander() * self._swell_db / 20.0))[:, None]
        made: Stereo = filtered.astype(np.float32)
        return made

    def _wander(self) -> NDArray[np.float64]:
        """A smooth random walk between −1 and 1, a new aim every `swell_s`."""
        step = 1.0 / (self._swell_s * self.rate_hz)
        phase = self._phase + step * np.arange(self.chunk)
        out = np.empty(self.chunk)
        for index in range(int(phase[-1]) + 1):
            inside = (phase >= index) & (phase < index + 1)
            blend = 0.5 - 0.5 * np.cos(np.pi * (phase[inside] - index))
            out[inside] = self._points[0] * (1 - blend) + self._points[1] * blend
            if phase[-1] + step >= index + 1:
                self._points = np.append(self._points[1:], self._rng.uniform(-1, 1))
        self._phase = (phase[-1] + step) % 1.0
        return out


class Hum(_Chunked):
    """Steady partials of a machine: (Hz, level in dB) pairs, each beating a little."""

    def __init__(self, rng: np.random.Generator, rate_hz: int, partials: Sequence[tuple[float, float]]) -> None:
        super().__init__(rate_hz)
        self._hz = np.array([hz for hz, _ in partials])
        self._gain = 10.0 ** (np.array([db for _, db in partials]) / 20.0)
        self._phase = rng.uniform(0, 2 * np.pi, (len(partials), 2))
        self._beat_hz = rng.uniform(0.05, 0.3, len(partials))
        self._at = 0

    def _make(self) -> Stereo:
        time = (self._at + np.arange(self.chunk)) / self.rate_hz
        self._at += self.chunk
        out = np.zeros((self.chunk, 2))
        for hz, gain, phases, beat in zip(self._hz, self._gain, self._phase, self._beat_hz, strict=True):
            breath = gain * (1.0 + 0.25 * np.sin(2 * np.pi * beat * time))
            for side in range(2):
                out[:, side] += breath * np.sin(2 * np.pi * hz * time + phases[side] * (0.2 if side else 0.0))
        return out.astype(np.float32)


class Events(_Chunked):
    """Single sounds that come at random, `per_s` on average; `make(rng)` gives each as (n, 2).

    `steady` ones come at every second's beginning instead: a second's worth of something at a time.
    """

    def __init__(
        self,
        rng: np.random.Generator,
        rate_hz: int,
        per_s: float,
        make: Callable[[np.random.Generator], Stereo],
        *,
        soon: bool = False,
        steady: bool = False,
    ) -> None:
        super().__init__(rate_hz)
        self._steady = steady
        self._rng, self._per_s, self._make_one = rng, per_s, make
        self._tail: Stereo = np.zeros((0, 2), np.float32)
        self._soon = soon

    def _make(self) -> Stereo:
        out = np.zeros((max(self.chunk, len(self._tail)), 2), np.float32)
        out[: len(self._tail)] = self._tail
        count = 1 if self._steady else int(self._rng.poisson(self._per_s * _CHUNK_S))
        if self._soon:  # a bed says what it is within its first second
            count, self._soon = max(1, count), False
        for _ in range(count):
            at = 0 if self._steady else int(self._rng.integers(self.chunk))
            sound = self._make_one(self._rng)
            if at + len(sound) > len(out):
                out = np.concatenate((out, np.zeros((at + len(sound) - len(out), 2), np.float32)))
            out[at : at + len(sound)] += sound
        self._tail = out[self.chunk :]
        return out[: self.chunk]


class Filtered(_Chunked):
    """Another layer through a filter: the street behind a window."""

    def __init__(self, layer: Layer, sos: NDArray[np.float64], rate_hz: int) -> None:
        super().__init__(rate_hz)
        self._layer, self._sos = layer, sos
        self._state = np.zeros((len(sos), 2, 2))

    def _make(self) -> Stereo:
        filtered, self._state = signal.sosfilt(self._sos, self._layer.read(self.chunk), axis=0, zi=self._state)
        made: Stereo = filtered.astype(np.float32)
        return made
