"""Steps: on what, how hard, and at which gait. A heel that lands, a sole that rolls over, a toe that leaves.

No two steps of one seed are equal: where the foot lands, how it rolls and every grain under it differ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from scipy import signal

from audio.cues import Surface
from audio.foley.elements import (
    BOARD,
    GLASS,
    PLATE,
    SLAB,
    Ask,
    Sound,
    Wide,
    bubbles,
    envelope,
    grains,
    noise,
    sequence,
    stick_slip,
    struck,
    times,
)
from audio.layers import band

__all__ = ["SOUNDS", "Ground", "step_on"]

Ground = Surface | Literal["gravel", "snow", "leaves", "sand", "stairs"]
_BAREFOOT, _STAMP = 0.25, 0.75  # forces below and above which a foot sounds bare, or comes down flat


def step_on(ask: Ask, ground: Ground, *, run: bool = False) -> Wide:
    """One step on `ground`."""
    rng, rate_hz, force = ask.rng, ask.rate_hz, ask.force
    bare = force < _BAREFOOT
    roll_s = rng.uniform(0.018, 0.03) if run or force > _STAMP else rng.uniform(0.07, 0.105)
    heel = _landing(ask, ground, 1.0, bare)
    sole = _landing(ask, ground, 1.45, bare) * rng.uniform(0.3, 0.5)
    parts = [(0.0, heel), (roll_s, sole)]
    if not run and rng.random() < 0.7:  # the toe pushes off
        scuff = noise(rng, 0.09, rate_hz, 900, 5200) * envelope(0.09, rate_hz, ((0, 0), (0.35, 1), (1, 0))) ** 1.5
        parts.append((roll_s + rng.uniform(0.13, 0.19), scuff * rng.uniform(0.01, 0.03)))
    loose = _loose(ask, ground, roll_s)
    if loose is not None:
        parts.append((0.0, loose))
    return sequence(rate_hz, parts)


def _landing(ask: Ask, ground: Ground, pitch: float, bare: bool) -> Wide:
    """The part of a step that the ground itself gives: a thump below, a contact above."""
    rng, rate_hz = ask.rng, ask.rate_hz
    hard = 0.0045 if bare else 0.0016 - 0.0012 * ask.force  # a shoe's contact is short, a bare foot's is soft
    thump = struck(rng, rate_hz, BOARD, rng.uniform(72, 96) * pitch, 0.004, 0.0)
    click = 0.12 if bare else 1.0
    if ground in ("wood", "stairs"):
        board = struck(rng, rate_hz, BOARD, rng.uniform(150, 205) * pitch, hard * 0.9, 0.6 * click)
        return _sum(thump * 0.5, board * 1.2)
    if ground in ("concrete", "stone", "plaster"):
        dull = {"concrete": 1.0, "stone": 1.25, "plaster": 0.6}[ground]
        slab = struck(rng, rate_hz, SLAB, rng.uniform(520, 700) * dull * pitch, hard * 0.55, 0.6 * click)
        return _sum(thump * 0.55, slab * (0.6 if bare else 1.0))
    if ground in ("tile", "glass"):
        slab = struck(rng, rate_hz, SLAB, rng.uniform(900, 1150) * pitch, hard * 0.4, 0.7 * click)
        ring = struck(rng, rate_hz, GLASS, rng.uniform(1900, 2500), hard * 0.3, 0.0, 0.12 if ground == "tile" else 0.3)
        return _sum(thump * 0.4, slab, ring * 0.25 * click)
    if ground == "metal":
        sheet = struck(rng, rate_hz, PLATE, rng.uniform(175, 235) * pitch, hard, 0.3 * click, 0.55)
        return _sum(thump * 0.5, sheet)
    if ground == "carpet":
        return _sum(
            signal.sosfilt(band(0, 330, rate_hz, 2), thump) * 1.4,
            _brush(ask, 0.07, 700, 3000) * 0.035 * (0.6 + ask.force),
        )
    if ground == "water":
        return thump * 0.4
    made: Wide = signal.sosfilt(band(0, 480, rate_hz, 1), thump) * (0.9 if ground != "gravel" else 0.45)
    return made


def _brush(ask: Ask, length_s: float, low_hz: float, high_hz: float) -> Wide:
    swell = envelope(length_s, ask.rate_hz, ((0, 0), (0.25, 1), (1, 0)))
    return noise(ask.rng, length_s, ask.rate_hz, low_hz, high_hz) * swell**1.4


def _loose(ask: Ask, ground: Ground, roll_s: float) -> Wide | None:
    """What gives way under the foot: it is loaded when the heel lands, again when the toe pushes."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.26, 0.34)
    time = times(length_s, rate_hz)
    push_s = roll_s + rng.uniform(0.08, 0.12)
    load = np.exp(-time / 0.035) + rng.uniform(0.35, 0.8) * np.exp(-(((time - push_s) / 0.05) ** 2))
    load *= np.clip((length_s - time) / 0.06, 0, 1)
    strong = 0.5 + ask.force
    if ground == "gravel":
        stones = grains(rng, rate_hz, 620 * load * strong, 1300, 6200, 0.0016, uneven=1.15, kinds=14)
        grit = grains(rng, rate_hz, 2600 * load, 3500, 9000, 0.0005, uneven=0.8)
        deep = grains(rng, rate_hz, 70 * load, 380, 900, 0.006, uneven=0.7)
        return 0.16 * stones + 0.04 * grit + 0.2 * deep
    if ground == "snow":
        late = np.exp(-(((time - 0.09) / 0.075) ** 2)) * np.clip((length_s - time) / 0.06, 0, 1)
        crush = grains(rng, rate_hz, 3200 * late, 900, 4200, 0.0014, uneven=0.7)
        squeak = signal.sosfilt(band(380, 1700, rate_hz, 2), stick_slip(rng, rate_hz, 190 + 260 * time / length_s))
        made: Wide = 0.12 * crush + 2.2 * squeak * late
        return made
    if ground == "leaves":
        return 0.2 * grains(rng, rate_hz, 520 * load, 2200, 8500, 0.002, uneven=1.0) + 0.02 * _over(
            ask, load, 3000, 9000
        )
    if ground == "sand":
        return 0.07 * _over(ask, load, 1500, 7000) + 0.03 * grains(rng, rate_hz, 1500 * load, 2500, 8000, 0.0006)
    if ground == "earth":
        return 0.09 * grains(rng, rate_hz, 420 * load, 350, 1900, 0.003, uneven=0.9)
    if ground == "grass":
        blades = grains(rng, rate_hz, 900 * load, 2400, 7800, 0.0015, uneven=0.6)
        return 0.14 * blades + 0.07 * _over(ask, load, 1800, 7000)
    if ground == "water":
        spray = _over(ask, load, 900, 7500) * 0.09
        return spray + 0.25 * bubbles(rng, rate_hz, 150 * load, 500, 2600)
    return None


def _over(ask: Ask, load: Wide, low_hz: float, high_hz: float) -> Wide:
    return noise(ask.rng, len(load) / ask.rate_hz, ask.rate_hz, low_hz, high_hz)[: len(load)] * load


def _sum(*parts: Wide) -> Wide:
    out = np.zeros(max(len(part) for part in parts))
    for part in parts:
        out[: len(part)] += part
    return out


def _ground(ask: Ask, own: Ground | None) -> Ground:
    return own or ask.surface or "wood"


def _one(own: Ground | None = None, *, run: bool = False, force: float | None = None) -> Callable[[Ask], Wide]:
    def make(ask: Ask) -> Wide:
        asked = ask if force is None else Ask(ask.rng, ask.rate_hz, ask.duration_s, ask.surface, force)
        return step_on(asked, _ground(ask, own), run=run)

    return make


def _walk(own: Ground | None = None, *, gap_s: float = 0.54, run: bool = False) -> Callable[[Ask], Wide]:
    def make(ask: Ask) -> Wide:
        parts, at_s, left = [], 0.0, True
        pace_s = gap_s * ask.rng.uniform(0.94, 1.06)
        while at_s < max(gap_s * 1.5, ask.duration_s - 0.25):
            one = step_on(ask, _ground(ask, own), run=run) * ask.rng.uniform(0.75, 1.0) * (1.0 if left else 0.88)
            parts.append((at_s, one))
            at_s += pace_s * ask.rng.uniform(0.96, 1.04)
            left = not left
        return sequence(ask.rate_hz, parts)

    return make


SOUNDS: dict[str, Sound] = {
    "step": Sound(_one(), -14.0, 0.4),
    "run step": Sound(_one(run=True), -10.0, 0.35),
    "barefoot step": Sound(_one(force=0.15), -20.0, 0.4),
    "step on gravel": Sound(_one("gravel"), -14.0, 0.4),
    "step in snow": Sound(_one("snow"), -15.0, 0.4),
    "step in leaves": Sound(_one("leaves"), -16.0, 0.4),
    "step in sand": Sound(_one("sand"), -19.0, 0.4),
    "footsteps": Sound(_walk(), -12.0, 2.2, True),
    "running": Sound(_walk(gap_s=0.31, run=True), -9.0, 2.0, True),
    "stairs": Sound(_walk("stairs", gap_s=0.42), -11.0, 2.2, True),
    "footsteps on gravel": Sound(_walk("gravel"), -12.0, 2.2, True),
    "footsteps in snow": Sound(_walk("snow", gap_s=0.6), -13.0, 2.4, True),
    "footsteps in leaves": Sound(_walk("leaves", gap_s=0.58), -14.0, 2.4, True),
    "footsteps in water": Sound(_walk("water", gap_s=0.58), -11.0, 2.4, True),
}
