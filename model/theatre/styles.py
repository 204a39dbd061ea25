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
    return make(frame, surfaces, np.float32(1.0 / top))


def _noir(frame: Frame, surfaces: Surfaces, exposure: np.float32) -> Frame:
    """Black, white and one hatched grey, as inked comics: shadows close, only red survives."""
    height, width = frame.shape[:2]
    value = (frame @ _LUMA) * exposure
    value = np.clip((value - 0.10) * 1.25, 0.0, 1.0)
    # Skin is inked later than cloth and walls, so that a dark face keeps its features.
    skin = np.isin(surfaces.parts, _SKIN)[surfaces.index]
    black = _step(np.where(skin, np.float32(0.13), np.float32(0.34)), value, 0.030)  # 1 in the shadows
    grey = np.clip(_step(0.58, value, 0.040) - black, 0.0, 1.0)
    hatch = _hatch(height, width, 45.0, 3.6, 0.46)
    ink = np.maximum(black, grey * hatch)
    ink = np.maximum(ink, _lines(frame, surfaces, 1.15) * 0.95)
    r, g, b = (frame[..., k].astype(np.float32) for k in range(3))
    red = np.clip((r - np.maximum(g, b) - 60.0) / 50.0, 0.0, 1.0) * np.clip(
        (r - 3.2 * np.minimum(g, b)) / 60.0, 0.0, 1.0
    )
    paper = 244.0 - 10.0 * _grain(height, width, 1)
    out = np.empty((height, width, 3), dtype=np.float32)
    for k, (ink_value, red_value) in enumerate(((18.0, 196.0), (18.0, 36.0), (24.0, 44.0))):
        bare = paper * (1.0, 0.985, 0.95)[k]
        lit = bare + (red_value - bare) * red
        dark = ink_value + (red_value * 0.42 - ink_value) * red
        out[..., k] = lit + (dark - lit) * ink
    return _bytes(out)


def _watercolour(frame: Frame, surfaces: Surfaces, exposure: np.float32) -> Frame:
    """Wet washes on rough paper: edges where pigment gathers, granulation, a hand's wobble."""
    del exposure
    height, width = frame.shape[:2]
    shaky = frame[_wobble(height, width)].astype(np.float32)
    wash = 0.45 * shaky + 0.55 * _smooth(_smooth(shaky))
    lum = wash @ _LUMA
    wash += (wash - lum[..., None]) * 0.16  # thin pigment is clearer than gouache
    wash = 255.0 - (255.0 - wash) * 0.90
    cloud = _cloud(height, width, 2, 46.0)
    grain = _grain(height, width, 3)
    pooled = _smooth(_smooth(_edges(surfaces)))
    density = 1.0 + 0.20 * (cloud - 0.5) + 0.16 * (grain - 0.5) + 0.55 * np.minimum(pooled * 1.6, 0.75)
    wash = 250.0 * np.power(np.clip(wash / 250.0, 0.004, 1.0), density[..., None])
    wash *= np.array([1.0, 0.992, 0.972], dtype=np.float32)
    return _bytes(wash)


def _pencil(frame: Frame, surfaces: Surfaces, exposure: np.float32) -> Frame:
    """A board in graphite: outlines with the paper's tooth in them, three layers of hatching for tone."""
    height, width = frame.shape[:2]
    value = np.clip((frame @ _LUMA) * exposure, 0.0, 1.0)
    dark = 1.0 - value
    tooth = _grain(height, width, 4)
    tone = np.zeros_like(value)
    for angle, pitch, begins in ((58.0, 2.7, 0.12), (32.0, 3.1, 0.36), (-24.0, 2.9, 0.56)):
        strokes = _hatch(height, width, angle, pitch, 0.55) * (0.72 + 0.56 * (tooth - 0.5))
        tone = np.maximum(tone, np.clip((dark - begins) * 3.4, 0.0, 1.0) * strokes * (0.42 + 0.75 * dark))
    line = _lines(frame, surfaces, 0.95) * (0.80 + 0.5 * (tooth - 0.5))
    smudge = 0.34 * np.clip(dark - 0.10, 0.0, 1.0)
    graphite = np.clip(np.maximum(np.maximum(tone, smudge + 0.45 * tone), line), 0.0, 0.95)
    paper = 243.0 + 7.0 * (_cloud(height, width, 5, 60.0) - 0.5) + 6.0 * (tooth - 0.5)
    out = np.empty((height, width, 3), dtype=np.float32)
    for k, (bare, lead) in enumerate(((1.0, 40.0), (0.985, 42.0), (0.945, 50.0))):
        out[..., k] = paper * bare + (lead - paper * bare) * graphite
    return _bytes(out)


def _risograph(frame: Frame, surfaces: Surfaces, exposure: np.float32) -> Frame:
    """Three spot inks in dots, each drum a little off register, on toothy stock."""
    del surfaces
    height, width = frame.shape[:2]
    light = np.clip(frame.astype(np.float32) * np.float32(min(float(exposure) * 238.0, 1.6) / 255.0), 0.0, 1.0)
    stock = np.array([247.0, 241.0, 228.0], dtype=np.float32) - 8.0 * _grain(height, width, 6)[..., None]
    out = stock
    unit = height / REFERENCE_PX
    for k, (ink, angle, pitch, off) in enumerate((
        ((0, 120, 191), 75.0, 3.3, (0.0, 0.0)),  # blue takes the red out
        ((255, 82, 100), 15.0, 3.3, (1.1, 0.6)),  # red-orange takes the green out
        ((255, 214, 0), 45.0, 3.3, (-0.8, 0.9)),  # yellow takes the blue out
    )):  # fmt: skip
        amount = 1.0 - light[..., k]
        shift = (round(off[1] * unit), round(off[0] * unit))
        amount = np.roll(amount, shift, axis=(0, 1)) if any(shift) else amount
        dots = _dots(height, width, angle, pitch)
        cover = 0.62 * amount + 0.38 * np.clip((amount - dots) * 2.6 + 0.5, 0.0, 1.0)
        cover = cover * (0.90 + 0.2 * (_grain(height, width, 7 + k) - 0.5))
        tint = np.array(ink, dtype=np.float32) / 255.0
        out = out * (1.0 - cover[..., None] * (1.0 - tint))
    return _bytes(out)


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
    """Drawn lines: the surfaces' edges, and what stands out within them, such as eyes and lettering."""
    value = _smooth(frame @ _LUMA)
    across = np.abs(np.diff(value, axis=1, append=value[:, -1:])) + np.abs(np.diff(value, axis=0, append=value[-1:]))
    inner = np.clip((across - 16.0) / 42.0, 0.0, 1.0)
    outer = np.minimum(_smooth(_edges(surfaces)) * np.float32(1.9 * weight), 1.0)
    lines: Map = np.maximum(outer, inner * np.float32(0.85))
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
