"""What hands do with things: glass, paper, cloth, leather, coins, chairs, pens; and things let fall."""

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
    evened,
    grains,
    noise,
    peaked,
    resonant,
    sequence,
    stick_slip,
    struck,
    times,
    wander,
)
from audio.layers import band

__all__ = ["SOUNDS"]

_TOPS: dict[Surface, tuple[Body, float, float, float]] = {  # what is set down on: body, Hz, size, how hard
    "wood": (BOX, 185, 0.8, 1.0), "metal": (PLATE, 240, 0.5, 1.3), "glass": (GLASS, 700, 0.4, 1.3),
    "stone": (SLAB, 620, 1.0, 1.3), "tile": (SLAB, 900, 1.0, 1.3), "concrete": (SLAB, 520, 1.0, 1.1),
    "plaster": (BOX, 150, 0.6, 0.8), "carpet": (BOX, 95, 0.5, 0.25), "earth": (BOX, 85, 0.5, 0.25),
    "grass": (BOX, 80, 0.4, 0.2), "water": (BOX, 80, 0.4, 0.2),
}  # fmt: skip


def _together(parts: list[Wide]) -> Wide:
    out = np.zeros(max(len(part) for part in parts))
    for part in parts:
        out[: len(part)] += part
    return out


def _clink(ask: Ask) -> Wide:
    """Two glasses, each with its own voice."""
    rng, rate_hz = ask.rng, ask.rate_hz
    low = rng.uniform(1150, 1500)
    one = struck(rng, rate_hz, GLASS, low, 0.00006, 0.08, 0.9)
    two = struck(rng, rate_hz, GLASS, low * rng.uniform(1.08, 1.35), 0.00006, 0.08, 0.8)
    return sequence(rate_hz, [(0.0, one), (0.0015, two * 0.8), (rng.uniform(0.018, 0.03), one * 0.12)])


def _glass_break(ask: Ask) -> Wide:
    """A crack, a burst of panes that ring briefly, then shards that fall, bounce and settle."""
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(2.0, rate_hz)
    crack = noise(rng, 2.0, rate_hz, 900, 13_000) * np.exp(-time / 0.012)
    pane = struck(rng, rate_hz, GLASS, rng.uniform(520, 800), 0.0003, 0.4, 0.25)
    burst = grains(rng, rate_hz, 1400 * np.exp(-time / 0.07), 2200, 11_000, 0.004, uneven=1.0, kinds=24)
    fall = grains(rng, rate_hz, 75 * np.exp(-(((time - 0.42) / 0.33) ** 2)), 2600, 9500, 0.02, uneven=0.9, kinds=26)
    settle = grains(rng, rate_hz, 16 * np.exp(-time / 0.8) * (time > 0.5), 3000, 9000, 0.012, uneven=0.6, kinds=20)
    return sequence(rate_hz, [(0.0, 0.5 * crack + 0.16 * burst + 0.2 * fall + 0.14 * settle), (0.0, pane * 0.8)])


def _set_down(ask: Ask, object_body: Body, hz: float, ring: float, size: float) -> Wide:
    """An object meets a top: both answer, and it rocks once."""
    rng, rate_hz = ask.rng, ask.rate_hz
    body, top_hz, top_size, hard = _TOPS[ask.surface or "wood"]
    contact_s = (0.0014 - 0.0009 * ask.force) / hard
    parts = []
    for at_s, level in ((0.0, 1.0), (rng.uniform(0.028, 0.05), rng.uniform(0.2, 0.4))):
        top = struck(rng, rate_hz, body, top_hz * rng.uniform(0.95, 1.05), contact_s * 0.6, 0.45 * hard, top_size)
        thing = struck(rng, rate_hz, object_body, hz * rng.uniform(0.97, 1.03), contact_s * 0.3, 0.0, size)
        parts.append((at_s, _together([top, thing * ring * hard]) * level))
    return sequence(rate_hz, parts)


def _glass_down(ask: Ask) -> Wide:
    return _set_down(ask, GLASS, 1350, 1.4, 0.22)


def _cup_down(ask: Ask) -> Wide:
    return _set_down(ask, GLASS, 1750, 1.8, 0.14)


def _thing_down(ask: Ask) -> Wide:
    return _set_down(ask, BOX, 320, 0.5, 0.4)


def _thing_falls(ask: Ask) -> Wide:
    """Something drops and bounces: each bounce sooner, lower and softer than the last."""
    rng = ask.rng
    parts, at_s, gap_s, level = [], 0.0, rng.uniform(0.2, 0.28), 1.0
    while level > 0.08:
        parts.append((at_s, _set_down(ask, BOX, rng.uniform(260, 380), 0.6, 0.4) * level))
        at_s += gap_s
        gap_s, level = gap_s * rng.uniform(0.55, 0.65), level * rng.uniform(0.4, 0.5)
    return sequence(ask.rate_hz, parts)


def _coins(ask: Ask) -> Wide:
    rng = ask.rng
    parts, at_s, gap_s = [], 0.0, rng.uniform(0.1, 0.14)
    hz = rng.uniform(3400, 4300)
    for k in range(16):
        one = struck(rng, ask.rate_hz, PLATE, hz * rng.uniform(0.99, 1.01), 0.00004, 0.1, 0.35)
        parts.append((at_s, one * 0.85**k))
        at_s += gap_s
        gap_s *= 0.86
    return sequence(ask.rate_hz, parts)


def _keys(ask: Ask) -> Wide:
    """A bunch shaken: bursts of little bars that knock against each other."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.5, ask.duration_s)
    bars = [struck(rng, rate_hz, BAR, rng.uniform(2300, 5200), 0.00005, 0.15, 0.12) for _ in range(7)]
    parts, at_s = [], 0.0
    while at_s < length_s - 0.3:
        for _ in range(int(rng.integers(3, 8))):
            parts.append((at_s + rng.uniform(0, 0.06), bars[int(rng.integers(7))] * rng.uniform(0.15, 1.0)))
        at_s += rng.uniform(0.1, 0.2)
    return sequence(rate_hz, parts)


def _rustling(ask: Ask, length_s: float, low_hz: float, high_hz: float, crisp: float, moves: float) -> Wide:
    """A sheet that bends: noise of the whole sheet, and crackles where it buckles, in several short moves."""
    rng, rate_hz = ask.rng, ask.rate_hz
    move = np.clip(wander(rng, length_s, rate_hz, moves) + 0.25, 0, 1) ** 1.6
    move *= envelope(length_s, rate_hz, ((0, 0), (0.06, 1), (0.8, 1), (1, 0)))
    sheet = noise(rng, length_s, rate_hz, low_hz, high_hz, 1) * move
    buckles = grains(rng, rate_hz, 420 * crisp * move, low_hz * 1.3, high_hz, 0.0012, uneven=1.2, kinds=16)
    return 0.16 * evened(sheet) + crisp * 0.35 * evened(buckles) * 0.4


def _paper(ask: Ask) -> Wide:
    return _rustling(ask, max(0.5, ask.duration_s), 1600, 9500, 1.0, 5.0)


def _crumple(ask: Ask) -> Wide:
    return _rustling(ask, max(0.6, ask.duration_s), 900, 8000, 2.4, 7.0)


def _page(ask: Ask) -> Wide:
    """A page lifted, swept over, laid down."""
    rng, rate_hz = ask.rng, ask.rate_hz
    sweep = envelope(0.42, rate_hz, ((0, 0), (0.15, 0.3), (0.6, 1), (0.75, 0.5), (1, 0)))
    body = noise(rng, 0.42, rate_hz, 1100, 7000, 1) * sweep**1.6
    crackle = grains(rng, rate_hz, 260 * sweep, 2000, 9000, 0.001, uneven=1.1, kinds=14)
    flap = noise(rng, 0.06, rate_hz, 300, 3500, 1) * np.exp(-times(0.06, rate_hz) / 0.012)
    return sequence(rate_hz, [(0.0, 0.3 * body + 0.12 * crackle), (0.33, flap * 0.55)])


def _tear(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.5, 0.75)
    pull = envelope(length_s, rate_hz, ((0, 0.2), (0.2, 0.6), (0.9, 1), (1, 0.4)))
    fibres = grains(rng, rate_hz, 2600 * pull, 1500, 9000, 0.0007, uneven=0.9, kinds=16)
    return fibres * pull * (1 + 0.4 * wander(rng, length_s, rate_hz, 30))


def _pen(ask: Ask) -> Wide:
    """Strokes: each a short scratch whose brightness follows the hand's speed."""
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.0
    while at_s < max(0.6, ask.duration_s) - 0.2:
        length_s = rng.uniform(0.06, 0.2)
        shape = envelope(length_s, rate_hz, ((0, 0), (0.3, 1), (0.7, 0.7), (1, 0)))
        low_hz = rng.uniform(1500, 2600)
        parts.append((at_s, noise(rng, length_s, rate_hz, low_hz, low_hz * 2.6) * shape * rng.uniform(0.4, 1.0)))
        at_s += length_s + rng.uniform(0.01, 0.06) + (rng.random() < 0.18) * rng.uniform(0.12, 0.3)
    return sequence(rate_hz, parts)


def _book(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    puff = noise(rng, 0.1, rate_hz, 250, 2200, 1) * np.exp(-times(0.1, rate_hz) / 0.02)
    return sequence(rate_hz, [(0.0, struck(rng, rate_hz, BOX, 125, 0.003, 0.3, 0.7)), (0.0, puff * 0.3)])


def _cloth(ask: Ask) -> Wide:
    """Cloth has no crackle: soft noise in a few moves."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.4, ask.duration_s)
    move = np.clip(wander(rng, length_s, rate_hz, 4.5) + 0.3, 0, 1) ** 1.4
    move *= envelope(length_s, rate_hz, ((0, 0), (0.15, 1), (0.75, 1), (1, 0)))
    weave = noise(rng, length_s, rate_hz, 500, 3200, 1) + 0.35 * noise(rng, length_s, rate_hz, 2500, 6500, 1)
    return weave * move


def _zip(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = rng.uniform(0.4, 0.65)
    per_s = envelope(length_s, rate_hz, ((0, 60), (0.3, 150), (1, 260)))
    teeth = stick_slip(rng, rate_hz, per_s, chance=0.04)
    return resonant(teeth, rate_hz, [(1900, 0.6, 4), (3600, 1.0, 5), (6200, 0.8, 5)]) * envelope(
        length_s, rate_hz, ((0, 0.4), (0.9, 1), (1, 0.8))
    )


def _chair(ask: Ask) -> Wide:
    """Legs that stutter over a floor: stick and slip through the chair's own wood."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.4, ask.duration_s)
    soft = ask.surface in ("carpet", "earth", "grass")
    per_s = rng.uniform(105, 150) * envelope(length_s, rate_hz, ((0, 0.6), (0.25, 1.1), (0.8, 0.9), (1, 0.5)))
    slips = stick_slip(rng, rate_hz, per_s * (1 + 0.15 * wander(rng, length_s, rate_hz, 6)), chance=0.14)
    wood = resonant(slips, rate_hz, [(190, 0.7, 6), (340, 1, 8), (620, 0.9, 8), (1150, 0.6, 7), (2100, 0.35, 6)])
    rub = noise(rng, length_s, rate_hz, 400, 4500, 1)
    shape = envelope(length_s, rate_hz, ((0, 0), (0.1, 1), (0.7, 0.8), (1, 0)))
    mixed = evened(wood) * (0.15 if soft else 1.0) + rub * 0.25
    if soft:
        mixed = signal.sosfilt(band(0, 900, rate_hz, 1), mixed)
    end = struck(rng, rate_hz, BOARD, 150, 0.002, 0.3)
    return sequence(rate_hz, [(0.0, mixed * shape), (length_s * 0.93, peaked(end) * 1.5)])


def _sit(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    weight = struck(rng, rate_hz, BOX, 74, 0.008, 0.0, 1.2)
    cloth = noise(rng, 0.4, rate_hz, 400, 3500, 1) * envelope(0.4, rate_hz, ((0, 0), (0.3, 1), (1, 0))) ** 1.3
    joints = resonant(
        stick_slip(rng, rate_hz, np.full(round(0.18 * rate_hz), 70.0), chance=0.3),
        rate_hz, [(420, 1, 12), (910, 0.8, 14), (1600, 0.4, 12)],
    )  # fmt: skip
    top = np.abs(weight).max()
    return sequence(
        rate_hz,
        [(0.0, cloth * top * 0.07), (0.14, weight), (0.2, peaked(joints) * top * 0.2)],
    )


def _light_switch(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    lever = struck(rng, rate_hz, BOX, rng.uniform(900, 1150), 0.0002, 0.8, 0.12)
    plate = struck(rng, rate_hz, BOX, rng.uniform(480, 560), 0.0004, 0.5, 0.25)
    return sequence(rate_hz, [(0.0, lever * 0.5), (rng.uniform(0.012, 0.022), plate)])


def _lighter(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    wheel = grains(rng, rate_hz, np.full(round(0.07 * rate_hz), 3000.0), 3000, 9000, 0.0006, uneven=0.6)
    flame = noise(rng, 0.5, rate_hz, 150, 2500, 1) * envelope(0.5, rate_hz, ((0, 0), (0.06, 1), (0.3, 0.3), (1, 0)))
    lid = struck(rng, rate_hz, BELL, 2100, 0.0001, 0.3, 0.03)
    return sequence(rate_hz, [(0.0, peaked(lid)), (0.16, wheel * 0.16), (0.22, flame * 0.14)])


def _match(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    strike = grains(rng, rate_hz, np.full(round(0.14 * rate_hz), 6000.0), 2500, 9000, 0.0007, uneven=0.6)
    strike *= envelope(0.14, rate_hz, ((0, 0.1), (0.8, 1), (1, 0.8)))
    flare = noise(rng, 1.1, rate_hz, 600, 9000, 1) * envelope(1.1, rate_hz, ((0, 0), (0.05, 1), (0.25, 0.45), (1, 0)))
    flutter = noise(rng, 1.1, rate_hz, 60, 500, 1) * (0.6 + 0.4 * wander(rng, 1.1, rate_hz, 16))
    flutter *= envelope(1.1, rate_hz, ((0, 0), (0.1, 1), (1, 0)))
    return sequence(rate_hz, [(0.0, evened(strike) * 0.35), (0.12, flare + 0.4 * flutter)])


def _chain(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.6, ask.duration_s)
    time = times(length_s, rate_hz)
    drag = np.clip(wander(rng, length_s, rate_hz, 4) + 0.6, 0, 1.5)
    links = grains(rng, rate_hz, 90 * drag, 900, 4800, 0.012, uneven=0.9, kinds=20)
    return links * np.clip((length_s - time) / 0.1, 0, 1)


SOUNDS: dict[str, Sound] = {
    "book close": Sound(_book, -13.0, 0.3),
    "chain": Sound(_chain, -12.0, 1.4, True),
    "chair scrape": Sound(_chair, -13.0, 0.7, True),
    "cloth": Sound(_cloth, -27.0, 0.7, True),
    "coins": Sound(_coins, -17.0, 1.0),
    "cup down": Sound(_cup_down, -15.0, 0.3),
    "drop": Sound(_thing_falls, -10.0, 0.9),
    "glass break": Sound(_glass_break, -4.0, 2.0),
    "glass clink": Sound(_clink, -16.0, 0.9),
    "glass down": Sound(_glass_down, -15.0, 0.4),
    "keys": Sound(_keys, -19.0, 0.9, True),
    "lighter": Sound(_lighter, -19.0, 0.8),
    "match": Sound(_match, -19.0, 1.2),
    "page turn": Sound(_page, -22.0, 0.45),
    "paper": Sound(_paper, -21.0, 0.9, True),
    "paper crumple": Sound(_crumple, -17.0, 1.0, True),
    "paper tear": Sound(_tear, -18.0, 0.7),
    "pen": Sound(_pen, -25.0, 1.6, True),
    "put down": Sound(_thing_down, -15.0, 0.3),
    "sit down": Sound(_sit, -18.0, 0.5),
    "switch": Sound(_light_switch, -18.0, 0.15),
    "zip": Sound(_zip, -19.0, 0.6),
}
