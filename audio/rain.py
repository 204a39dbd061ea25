"""Rain as an endless layer: far drops are noise, near ones are drops, by strength and by what they fall on."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from audio.layers import Events, Noise, Stereo

__all__ = ["Rain", "RainOn"]

RainOn = Literal["street", "leaves", "roof", "glass", "water"]


class _Ground(NamedTuple):
    hiss_hz: tuple[float, float]
    hiss: float
    patter_hz: tuple[float, float]
    patter: float
    drops_hz: tuple[float, float]
    drop_s: float  # how long a drop's knock rings
    drops: float
    ring: float  # of the drop's tone beside its tick


_GROUNDS: dict[RainOn, _Ground] = {
    "street": _Ground((900, 9500), 0.5, (180, 1200), 0.3, (900, 5200), 0.0022, 0.8, 1.0),
    "leaves": _Ground((1300, 8500), 0.4, (400, 2200), 0.3, (600, 3400), 0.0016, 1.0, 0.4),
    "roof": _Ground((400, 2600), 0.3, (110, 700), 0.4, (260, 2100), 0.0055, 1.3, 1.2),
    "glass": _Ground((700, 3800), 0.12, (150, 700), 0.12, (900, 3600), 0.0032, 1.2, 1.0),
    "water": _Ground((1200, 8000), 0.45, (250, 1400), 0.3, (1400, 4200), 0.006, 0.8, 2.2),
}
_SECOND_DROPS = 34  # of each size, near enough to be heard, in rain of strength 0.45


class Rain:
    """Endless rain. `strength` from drizzle (0.1) to a storm (1): more drops, larger drops, more hiss."""

    def __init__(self, rng: np.random.Generator, rate_hz: int, on: RainOn, strength: float) -> None:
        hiss_rng, patter_rng, drops_rng, shape_rng = rng.spawn(4)  # each its own: no layer's pace shifts another
        ground = self._ground = _GROUNDS[on]
        self._strength = strength
        self._hiss = Noise(hiss_rng, rate_hz, *ground.hiss_hz, slope=0.55, swell_db=1.2, swell_s=4.0)
        self._patter = Noise(patter_rng, rate_hz, *ground.patter_hz, slope=0.5, swell_db=1.0, width=0.6)
        self._drops = Events(drops_rng, rate_hz, 1.0, self._second, steady=True)
        self._rate_hz = rate_hz
        self._shapes = [self._drop(hz, shape_rng) for hz in np.geomspace(*ground.drops_hz, 12)]

    def read(self, count: int) -> Stereo:
        """Returns the next samples, shape (count, 2)."""
        many = 0.4 + 1.3 * self._strength
        out = (np.float32(self._ground.hiss * many)) * self._hiss.read(count)
        out += np.float32(self._ground.patter * many) * self._patter.read(count)
        out += np.float32(self._ground.drops) * self._drops.read(count)
        return out

    def _second(self, rng: np.random.Generator) -> Stereo:
        """A second's worth of drops, each with its own size and place, none much louder than the next."""
        length, reach = self._rate_hz, len(self._shapes[0])
        out = np.zeros((length + reach, 2), np.float32)
        each = _SECOND_DROPS * (self._strength / 0.45) ** 1.2
        for number, shape in enumerate(self._shapes):
            count = int(rng.poisson(each * (1.4 - number / 14)))
            size = np.minimum(rng.exponential(0.35, count), 1.0)
            pan = rng.uniform(0.1, 0.9, count)
            at = (rng.integers(length, size=count)[:, None] + np.arange(reach)).ravel()
            for side, share in enumerate((1 - pan, pan)):
                drops = (size * np.sqrt(share))[:, None] * shape
                out[:, side] += np.bincount(at, drops.ravel(), minlength=length + reach)
        return out

    def _drop(self, hz: float, rng: np.random.Generator) -> NDArray[np.float64]:
        time = np.arange(round(0.012 * self._rate_hz)) / self._rate_hz
        ground = self._ground
        tone = np.sin(2 * np.pi * hz * time * (1 + 8 * time)) * np.exp(-time / ground.drop_s)
        tick = rng.standard_normal(len(time)) * np.exp(-time / 0.0007)
        edges = np.minimum(1, time / 0.0003) * np.minimum(1, (time[-1] - time) / 0.002)
        shaped: NDArray[np.float64] = (ground.ring * tone + 0.6 * tick) * edges
        return shaped
