"""What stands or hangs off the mass of hair: a bun, a tail, plaits, locs, a crest. Each is a set of ropes.

A rope is a line of joints in head heights with radii. Those on the far side of the head are painted before the body,
those on the near side over it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.paint import Ink, fill, limb, mix, smooth_closed, smooth_open, stroke, two_tone, with_alpha
from model.theatre.people.head import HeadForm, surface

__all__ = ["paint_ropes", "rippled"]

Array = NDArray[np.float64]
_TURN = np.linspace(0.0, 2 * math.pi, 40, endpoint=False)
_AROUND = np.stack([np.cos(_TURN), np.sin(_TURN)])


class _Rope(NamedTuple):
    points: Array  # (n, 3) in head heights
    radii: tuple[float, ...]
    angle: float  # where on the head it hangs from
    plaited: bool = False


@lru_cache(maxsize=128)
def _ropes(look: Look) -> tuple[_Rope, ...]:
    """A hair style's ropes over a head at rest."""
    hatted = look.hat != "none"
    if look.hair == "bun":
        return () if hatted else (_Rope(np.array([(0.0, 0.86, -0.50), (0.0, 0.92, -0.56)]), (0.15, 0.165), math.pi),)
    if look.hair == "ponytail":
        tail = [(0.0, 0.72, -0.47), (0.0, 0.66, -0.60), (0.0, 0.42, -0.70), (0.0, 0.10, -0.66), (0.0, -0.16, -0.60)]
        if hatted:  # below the hat
            tail = [(0.0, 0.46, -0.46), (0.0, 0.42, -0.56), (0.0, 0.24, -0.62), (0.0, 0.0, -0.60), (0.0, -0.2, -0.56)]
        return (_Rope(np.array(tail), (0.075, 0.095, 0.12, 0.10, 0.025), math.pi),)
    if look.hair == "braids":
        return tuple(_plait(side, look.age_years < 13) for side in (1.0, -1.0))
    if look.hair == "locs":
        return tuple(_loc(look, k) for k in range(17))
    if look.hair == "mohawk" and not hatted:
        return tuple(_tuft(k) for k in range(12))
    return ()


def _plait(side: float, child: bool) -> _Rope:
    foot = -0.34 if child else -0.62
    y = np.linspace(0.30, foot, 12)
    x = np.interp(y, [-0.6, -0.2, 0.05, 0.30], [0.40, 0.44, 0.42, 0.34])
    z = np.interp(y, [-0.6, -0.2, 0.05, 0.30], [0.05, -0.02, -0.10, -0.16])
    radii = [0.078 * (1.0 + 0.10 * (-1) ** k) for k in range(10)]
    return _Rope(np.stack([x * side, y, z], axis=1), (*radii, 0.042, 0.064), side * 1.57, True)


def _loc(look: Look, k: int) -> _Rope:
    angle = 1.16 + (2 * math.pi - 2.32) * k / 16
    rough = math.sin(k * 2.4)
    low = -0.40 + 0.09 * rough - (0.10 if look.gender == "female" else 0.0)
    if look.age_years < 13:
        low *= 0.5
    y = np.array([0.86, 0.66, 0.44, 0.22])
    base = surface(look, y, np.full(4, angle))
    out = base * np.array([1.0, 0.0, 1.0]) - np.array([0.0, 0.0, -0.05])
    size = np.linalg.norm(out, axis=1, keepdims=True)
    on = base + out / np.maximum(size, 1e-6) * np.array([[0.02], [0.045], [0.06], [0.085]])
    reach = 0.40 + 0.03 * math.cos(k * 1.7)
    hang = np.array([
        (reach * 1.02 * math.sin(angle), 0.02, -0.06 + reach * 1.05 * math.cos(angle)),
        ((reach + 0.03) * math.sin(angle), low * 0.6, -0.06 + reach * math.cos(angle)),
        ((reach + 0.02 * rough) * math.sin(angle), low, -0.07 + reach * 0.96 * math.cos(angle)),
    ])  # fmt: skip
    return _Rope(np.concatenate([on, hang]), (0.030, 0.050, 0.056, 0.058, 0.056, 0.050, 0.036), angle)


def _tuft(k: int) -> _Rope:
    """One lock of a crest, from the forehead over the crown to the nape."""
    u = k / 11
    turn = 0.42 + u * 2.25  # about the skull's middle, from the forehead back
    way = np.array([0.0, math.sin(turn), math.cos(turn)])
    middle = np.array([0.0, 0.60, -0.04])
    deep = 0.40 - 0.02 * math.cos(2 * turn)
    tall = 0.30 * math.sin(math.pi * (0.18 + 0.72 * (1 - u) ** 0.8)) + 0.02 * (-1) ** k
    lean = np.array([0.0, 0.02, -0.10 * (1 - u)])
    foot = middle + way * (deep - 0.04)
    return _Rope(np.array([foot, foot + way * tall * 0.6, foot + way * tall + lean]), (0.075, 0.066, 0.020), 0.0)


def paint_ropes(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, swing: Array, near: bool) -> None:
    """The ropes of a hair style on the near or far side of the head; `swing` moves their ends across and ahead."""
    crest = look.hair == "mohawk"
    if crest and not near:
        return
    turned = -0.88 if look.hair == "braids" else -0.2  # plaits lie over the shoulders' front
    shown = [rope for rope in _ropes(look) if crest or (math.cos(rope.angle - form.bearing) > turned) == near]
    if not shown:
        return
    if not near or crest:
        shown.sort(key=lambda rope: math.cos(rope.angle - form.bearing))
    points = np.concatenate([rope.points for rope in shown])
    if near and look.hair == "braids":  # turning away, a plait slips behind the shoulder
        for k, rope in enumerate(shown):
            share = min(1.0, max(0.0, (math.cos(rope.angle - form.bearing) - turned) / 0.4))
            row = points[12 * k : 12 * k + 12]
            row[:, 1] = np.minimum(row[:, 1], 0.0) * share + np.maximum(row[:, 1], 0.0)
    if not crest:
        points[:, ::2] += np.clip(0.6 - points[:, 1:2], 0, 1.2) * swing
    px = form.to_px(points)
    path, lines = skia.Path(), skia.Path()
    start = 0
    fine = form.px > 22 and ink.plain is None
    for rope in shown:
        spots = px[start : start + len(rope.points)]
        start += len(rope.points)
        limb(path, spots.tolist(), [r * form.px for r in rope.radii])
        if fine and rope.plaited:
            _chevrons(lines, spots, rope.radii, form.px)
        elif fine and len(rope.points) > 5 and look.hair == "locs":
            lines.addPath(smooth_open(spots[1:] + np.array([rope.radii[2] * form.px * 0.85, 0.0])))
        elif fine and crest:
            lines.addPath(smooth_open(spots))
    rgb = look.hair_colour
    if look.hair == "locs" and not near:
        fill(canvas, path, ink.shade("hair", rgb))
        return
    two_tone(canvas, path, ink, "hair", rgb, (0.035 if len(shown) > 4 else 0.06) * form.px)
    if fine:
        dark = with_alpha(ink.line("hair", rgb, 0.45), 0.55)
        stroke(canvas, lines, dark, max(0.7, 0.014 * form.px))
        if look.hair in ("bun", "ponytail"):
            _shine(canvas, px, shown[0].radii, look, ink, form.px)
        if look.hair == "braids":
            _ties(canvas, px, len(shown), look, ink, form.px)


def _chevrons(lines: skia.Path, spots: Array, radii: tuple[float, ...], size: float) -> None:
    """Where the strands of a plait cross."""
    for (x0, y0), (x1, y1), r in zip(spots[:-2].tolist(), spots[1:-1].tolist(), radii, strict=False):
        dx, dy = x1 - x0, y1 - y0
        length = math.hypot(dx, dy) or 1.0
        ax, ay = -dy / length * r * size * 0.95, dx / length * r * size * 0.95
        lines.moveTo(x0 + ax, y0 + ay)
        lines.lineTo(x1, y1)
        lines.lineTo(x0 - ax, y0 - ay)


def _ties(canvas: skia.Canvas, px: Array, count: int, look: Look, ink: Ink, size: float) -> None:
    """The bands that hold plaits together."""
    path = skia.Path()
    for rope in px.reshape(count, -1, 2):
        path.addCircle(*rope[-2].tolist(), 0.050 * size)
    fill(canvas, path, ink.between("torso", mix(look.top_colour, RGB(190, 60, 60), 0.5), 0.9))


def _shine(canvas: skia.Canvas, px: Array, radii: tuple[float, ...], look: Look, ink: Ink, size: float) -> None:
    k = len(radii) // 2
    (x, y), r = px[k].tolist(), radii[k] * size * 0.6
    curl = skia.Path()
    curl.addArc(skia.Rect.MakeXYWH(x - r, y - r, 2 * r, 2 * r), 200, 120)
    rgb = mix(look.hair_colour, RGB(255, 238, 214), 0.42 if ink.wet else 0.24)
    stroke(canvas, curl, with_alpha(ink.between("hair", rgb, 1.0), 0.5), 0.02 * size)


def rippled(px: Array, form: HeadForm, size: float) -> skia.Path:
    """A convex outline about points whose sides run in waves below the crown; `size` in head heights."""
    best = (px @ _AROUND).argmax(axis=0)
    edge = px[best[np.concatenate([[True], best[1:] != best[:-1]])]]
    closed = np.concatenate([edge, edge[:1]])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    at = np.linspace(0.0, along[-1], 64, endpoint=False)
    points = np.stack([np.interp(at, along, closed[:, k]) for k in (0, 1)], axis=1)
    way = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    out = np.stack([way[:, 1], -way[:, 0]], axis=1) / np.maximum(np.hypot(*way.T), 1e-6)[:, None]
    # Told from the place on the head and not along the outline, so that waves stay as the head turns.
    x, y = ((points - form.centre_px) / form.px).T
    wave = np.sin(20.0 * y + 9.0 * np.abs(x)) * np.clip(y * 2.2 + 0.9, 0, 1) * size * form.px
    return smooth_closed(points + out * wave[:, None])
