"""How a finished frame is printed: ink noir, watercolour, pencil and risograph, from the flat one.

Each is a filter over the frame and the edges of its surfaces. Papers, screens and hatchings stand still under the
picture, and every threshold is soft, so that nothing boils from frame to frame. Needs no earlier frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.stage import RGB, Style
from model.theatre.lighting.light import Tone
from model.theatre.surfaces import PARTS, Surfaces

__all__ = ["printed"]

Frame = NDArray[np.uint8]
Map = NDArray[np.float32]

REFERENCE_PX = 288.0  # the height at which hatchings and dots have the sizes below
_SKIN = tuple(PARTS.index(part) + 1 for part in ("head", "hand"))
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def printed(frame: Frame, style: Style, surfaces: Surfaces, tone: Tone) -> Frame:
    """The frame in a style; the frame itself for "flat". `tone` tells how bright white is under this light."""
    make = _STYLES.get(style)
    if make is None:
        return frame
    white = tone.between(RGB(255, 255, 255), 1.0, 2.0)
    top = max(60.0, 0.299 * (white >> 16 & 255) + 0.587 * (white >> 8 & 255) + 0.114 * (white & 255))
    return make(frame, surfaces, np.float32(top))


def _value(frame: Frame, top: np.float32) -> Map:
    """How light each pixel is beside the picture's own range, 0 to 1: a print of a dark scene is not a dark print."""
    lum = frame @ _LUMA
    sample = lum[::3, ::3]
    middle, spread = float(sample.mean()), float(sample.std())  # steadier from frame to frame than its extremes
    # Of its range, and of what its light allows; wet streets and lamps are brighter than that.
    high = max(0.5 * max(middle + 1.7 * spread, 70.0) + 0.5 * float(top), middle + 2.1 * spread)
    low = max(0.0, min(0.7 * (middle - 1.7 * spread), 0.35 * high))
    value: Map = np.clip((lum - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    return value


def _faced(value: Map, surfaces: Surfaces) -> tuple[Map, Map]:
    """Where skin is, and the value with each head brought to where its own features can be read."""
    skin = np.isin(surfaces.parts, _SKIN)
    seen = skin[surfaces.index]
    if not seen.any():
        return seen.astype(np.float32), value
    owner = np.where(skin, surfaces.owners.astype(np.int64), 0)[surfaces.index]
    count = np.bincount(owner.ravel())
    mean = np.bincount(owner.ravel(), value.ravel()) / np.maximum(count, 1)
    aim = 0.36 + 0.48 * mean  # a dark face stays darker than a light one
    lifted = value * np.minimum(aim / np.maximum(mean, 0.06), 4.0).astype(np.float32)[owner]
    return seen.astype(np.float32), np.where(seen, np.minimum(lifted, 1.0), value)


def _noir(frame: Frame, surfaces: Surfaces, top: np.float32) -> Frame:
    """Black, white and one hatched grey, as inked comics: shadows close, only red survives."""
    height, width = frame.shape[:2]
    skin, value = _faced(_value(frame, top), surfaces)
    black = _step(0.27 + 0.07 * skin, value, 0.035)  # 1 in the shadows
    grey = np.clip(_step(0.47 + 0.02 * skin, value, 0.045) - black, 0.0, 1.0)
    ink = np.maximum(black, grey * _hatch(height, width, 45.0, 4.2, 0.36))
    drawn = _lines(frame, surfaces, 1.0) * 0.95
    ink = np.maximum(ink * (1.0 - black), drawn * (1.0 - black)) + black
    paper = 244.0 - 10.0 * _grain(height, width, 1)
    # In the blacks, lines are scratched out: who stands before a dark wall keeps an outline.
    ink = ink - black * 0.55 * np.minimum(_smooth(_edges(surfaces)) * np.float32(1.6), 1.0)
    r, g, b = (frame[..., k].astype(np.float32) for k in range(3))
    other = np.maximum(g, b)
    red = np.clip((r - 1.55 * other - 12.0) / 22.0, 0.0, 1.0) * (1.0 - skin) * np.clip(1.6 - g / (b + 30.0), 0.0, 1.0)
    out = np.empty((height, width, 3), dtype=np.float32)
    for k, (ink_value, red_value) in enumerate(((18.0, 206.0), (18.0, 34.0), (24.0, 40.0))):
        bare = paper * (1.0, 0.985, 0.95)[k]
        lit = bare + (red_value - bare) * red
        dark = ink_value + (red_value * 0.5 - ink_value) * red
        out[..., k] = lit + (dark - lit) * ink
    return _bytes(out)


def _watercolour(frame: Frame, surfaces: Surfaces, top: np.float32) -> Frame:
    """Wet washes on rough paper: edges where pigment gathers, granulation, a hand's wobble."""
    height, width = frame.shape[:2]
    flat = frame.astype(np.float32)
    skin = _soft_skin(surfaces)
    # A face is painted with a smaller brush: neither shaken nor blurred as much as what is round it.
    shaky = flat[_wobble(height, width)]
    wash = 0.45 * shaky + 0.55 * _smooth(_smooth(shaky))
    wash += (flat - wash) * (0.85 * skin[..., None])
    lum = wash @ _LUMA
    wash += (wash - lum[..., None]) * 0.22  # thin pigment is clearer than gouache
    lift = np.float32(min(1.0, (float(top) / 245.0) ** 0.55))  # nights are thin washes of indigo, not black paint
    wash = 255.0 * np.power(np.clip(wash / 255.0, 0.004, 1.0), lift)
    wash = 255.0 - (255.0 - wash) * 0.88
    cloud = _cloud(height, width, 2, 46.0)
    grain = _grain(height, width, 3)
    pooled = _smooth(_smooth(_edges(surfaces)))
    density = 1.0 + 0.26 * (cloud - 0.5) + 0.14 * (grain - 0.5) + 0.60 * np.minimum(pooled * 1.6, 0.75)
    wash = 250.0 * np.power(np.clip(wash / 250.0, 0.004, 1.0), density[..., None])
    wash *= np.array([1.0, 0.992, 0.972], dtype=np.float32)
    return _bytes(wash)


def _pencil(frame: Frame, surfaces: Surfaces, top: np.float32) -> Frame:
    """A board in graphite: outlines with the paper's tooth in them, a rubbed tone, and hatching in its darks."""
    height, width = frame.shape[:2]
    _, value = _faced(_value(frame, top), surfaces)
    dark = 1.0 - value
    tooth = _grain(height, width, 4)
    rubbed = 0.50 * np.clip(dark - 0.16, 0.0, 1.0)
    hatched = np.zeros_like(value)
    for angle, pitch, begins in ((58.0, 3.6, 0.34), (24.0, 3.9, 0.62)):
        strokes = _hatch(height, width, angle, pitch, 0.42)
        hatched = np.maximum(hatched, np.clip((dark - begins) * 2.6, 0.0, 1.0) * strokes * (0.10 + 0.26 * dark))
    tone = rubbed + hatched
    tone *= 0.86 + 0.28 * tooth
    line = _lines(frame, surfaces, 0.85) * (0.74 + 0.36 * (tooth - 0.5))
    graphite = np.clip(tone + line * (1.0 - 0.6 * tone), 0.0, 0.93)
    paper = 244.0 + 7.0 * (_cloud(height, width, 5, 60.0) - 0.5) + 4.0 * (tooth - 0.5)
    out = np.empty((height, width, 3), dtype=np.float32)
    for k, (bare, lead) in enumerate(((1.0, 40.0), (0.985, 42.0), (0.945, 50.0))):
        out[..., k] = paper * bare + (lead - paper * bare) * graphite
    return _bytes(out)


_INKS = np.array([[0.06, 0.44, 0.78], [1.0, 0.33, 0.38], [1.0, 0.85, 0.14]], dtype=np.float32)
"""What a full layer of blue, of red and of yellow lets through."""
_SPLIT = np.linalg.inv(np.log(_INKS)).astype(np.float32)
"""How much of each ink makes a density: so that greys stay grey and blues blue."""


def _risograph(frame: Frame, surfaces: Surfaces, top: np.float32) -> Frame:
    """Three spot inks in dots, each drum a little off register, on toothy stock."""
    height, width = frame.shape[:2]
    light = frame.astype(np.float32) * np.float32(1.0 / 255.0)
    lift = np.float32(max(0.5, min(1.0, (float(top) / 240.0) ** 0.8)))
    light = np.power(np.clip(light, 0.012, 0.985), lift)
    light += (light - (light @ _LUMA)[..., None]) * np.float32(0.30)  # spot inks are clear
    amounts = np.clip(np.log(np.clip(light, 0.05, 0.985)) @ _SPLIT, 0.0, 1.0)
    sharp = 1.0 - _soft_skin(surfaces)  # faces are screened finer
    density = np.zeros((height, width, 3), dtype=np.float32)
    unit = height / REFERENCE_PX
    for k, (angle, off) in enumerate(((75.0, (0.0, 0.0)), (15.0, (1.1, 0.6)), (45.0, (-0.8, 0.9)))):
        amount = amounts[..., k]
        shift = (round(off[1] * unit), round(off[0] * unit))
        amount = np.roll(amount, shift, axis=(0, 1)) if any(shift) else amount
        dots = np.clip((amount - _dots(height, width, angle, 3.7)) * 2.2 + 0.5, 0.0, 1.0)
        cover = amount + (dots - amount) * (0.12 + 0.24 * sharp)
        cover = cover * (0.92 + 0.16 * _grain(height, width, 7 + k))
        density += cover[..., None] * np.log(_INKS[k])
    stock = np.array([247.0, 241.0, 228.0], dtype=np.float32) - 6.0 * _grain(height, width, 6)[..., None]
    return _bytes(stock * np.exp(density))


_STYLES: dict[Style, Callable[[Frame, Surfaces, np.float32], Frame]] = {
    "ink_noir": _noir,
    "watercolour": _watercolour,
    "pencil": _pencil,
    "risograph": _risograph,
}


def _step(at: float | Map, value: Map, soft: float) -> Map:
    """1 below `at`, 0 above, over a soft edge."""
    stepped: Map = np.clip((at + soft - value) * np.float32(0.5 / soft), 0.0, 1.0)
    return stepped


def _soft_skin(surfaces: Surfaces) -> Map:
    """1 where heads and hands are, with a soft edge."""
    return _smooth(_smooth(np.isin(surfaces.parts, _SKIN)[surfaces.index].astype(np.float32)))


def _blurred(picture: Map) -> Map:
    """A wide blur, of about 4 pixels at the reference height, made at a half of its size."""
    height, width = picture.shape
    even = picture[: height // 2 * 2, : width // 2 * 2]
    small = 0.25 * (even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2])
    for _ in range(3):
        small = _smooth(small)
    wide = small.repeat(2, axis=0).repeat(2, axis=1)
    blurred: Map = np.pad(wide, ((0, height - wide.shape[0]), (0, width - wide.shape[1])), mode="edge")
    return _smooth(blurred)


def _smooth(picture: Map) -> Map:
    """A 3 × 3 binomial blur; the borders repeat."""
    pad = ((1, 1), (0, 0)) + ((0, 0),) * (picture.ndim - 2)
    tall = np.pad(picture, pad, mode="edge")
    rows = tall[:-2] + 2.0 * tall[1:-1] + tall[2:]
    wide = np.pad(rows, ((0, 0), (1, 1)) + ((0, 0),) * (picture.ndim - 2), mode="edge")
    smooth: Map = (wide[:, :-2] + 2.0 * wide[:, 1:-1] + wide[:, 2:]) * np.float32(1 / 16)
    return smooth


def _edges(surfaces: Surfaces) -> Map:
    """1 where two things or two parts of a body meet, 0 elsewhere; seams within one thing are none."""
    whose = (surfaces.owners * 16 + surfaces.parts)[surfaces.index]
    folds = (surfaces.normals @ np.array([5.0, 7.0, 11.0], dtype=np.float32)).round(1)[surfaces.index]
    edge = np.zeros(whose.shape, dtype=np.float32)
    for kind in (whose, folds):
        edge[:, 1:] = np.maximum(edge[:, 1:], kind[:, 1:] != kind[:, :-1])
        edge[1:] = np.maximum(edge[1:], kind[1:] != kind[:-1])
    return edge


def _lines(frame: Frame, surfaces: Surfaces, weight: float) -> Map:
    """Drawn lines: the surfaces' edges, and what is darker than its surroundings: eyes, brows, folds, lettering."""
    value = np.sqrt((frame @ _LUMA) * np.float32(1 / 255.0))  # dark things have features too
    fine = _smooth(value)
    inner = np.clip((_blurred(value) - fine - 0.022) * np.float32(14.0), 0.0, 1.0)
    outer = np.minimum(_smooth(_edges(surfaces)) * np.float32(1.7 * weight), 1.0)
    lines: Map = np.maximum(outer, inner * np.float32(0.9))
    return lines


def _bytes(picture: Map) -> Frame:
    return np.clip(picture, 0.0, 255.0).astype(np.uint8)


@lru_cache(maxsize=32)
def _grain(height: int, width: int, salt: int) -> Map:
    """The tooth of paper: fine noise of mean a half."""
    noise = np.random.default_rng((height, width, salt)).random((height, width), dtype=np.float32)
    soft = _smooth(noise)
    grain: Map = np.clip((soft - 0.5) * 2.2 + 0.5, 0.0, 1.0)
    return grain


@lru_cache(maxsize=16)
def _cloud(height: int, width: int, salt: int, size: float) -> Map:
    """Large soft noise, with blots of about `size` pixels at the reference height."""
    cell = size * height / REFERENCE_PX
    rows, columns = math.ceil(height / cell) + 2, math.ceil(width / cell) + 2
    rng = np.random.default_rng((rows, columns, salt))
    total = np.zeros((height, width), dtype=np.float32)
    for octave, share in ((1, 0.6), (3, 0.4)):
        grid = rng.random((rows * octave + 2, columns * octave + 2))
        y = np.arange(height) / cell * octave
        x = np.arange(width) / cell * octave
        iy, ix = y.astype(int), x.astype(int)
        fy, fx = ((v * v * (3 - 2 * v)) for v in (y - iy, x - ix))
        top = grid[iy][:, ix] * (1 - fx) + grid[iy][:, ix + 1] * fx
        low = grid[iy + 1][:, ix] * (1 - fx) + grid[iy + 1][:, ix + 1] * fx
        total += (share * (top * (1 - fy)[:, None] + low * fy[:, None])).astype(np.float32)
    return total


@lru_cache(maxsize=16)
def _wobble(height: int, width: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where a shaky hand put each pixel from: rows and columns."""
    reach = 2.6 * height / REFERENCE_PX
    dy, dx = (((_cloud(height, width, salt, 9.0) - 0.5) * 2 * reach).round().astype(np.intp) for salt in (8, 9))
    rows = np.clip(np.arange(height)[:, None] + dy, 0, height - 1)
    columns = np.clip(np.arange(width) + dx, 0, width - 1)
    return rows, columns


@lru_cache(maxsize=16)
def _hatch(height: int, width: int, angle_deg: float, pitch: float, share: float) -> Map:
    """Strokes at an angle: 1 on ink. Their weight wanders, as a hand's does."""
    unit = height / REFERENCE_PX
    turn = math.radians(angle_deg)
    y, x = np.arange(height, dtype=np.float32)[:, None] / unit, np.arange(width, dtype=np.float32) / unit
    wander = (_cloud(height, width, round(abs(angle_deg)), 24.0) - 0.5) * 2.4
    wave = np.sin((x * math.sin(turn) + y * math.cos(turn) + wander) * np.float32(2 * math.pi / pitch))
    level = math.cos(math.pi * share)
    strokes: Map = np.clip((wave - level) * np.float32(1.4 * unit) + 0.5, 0.0, 1.0).astype(np.float32)
    return strokes


@lru_cache(maxsize=16)
def _dots(height: int, width: int, angle_deg: float, pitch: float) -> Map:
    """A halftone screen's thresholds, from 0 in the middle of a dot to 1 between dots."""
    unit = height / REFERENCE_PX
    turn = math.radians(angle_deg)
    y, x = np.arange(height, dtype=np.float32)[:, None] / unit, np.arange(width, dtype=np.float32) / unit
    u, v = x * math.cos(turn) + y * math.sin(turn), y * math.cos(turn) - x * math.sin(turn)
    k = 2 * math.pi / pitch
    screen: Map = (0.5 - 0.25 * (np.cos(k * u) + np.cos(k * v))).astype(np.float32)
    return screen
