"""Clothes: how each garment lies on the body, and its seams, collars, lapels and folds.

Geometry and paint of cloth only; `model.theatre.figure` decides the order of painting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.paint import (
    CIRCLE,
    Ink,
    darker,
    fill,
    mix,
    polygon,
    smooth_closed,
    smooth_open,
    stroke,
    to_pixels,
    with_alpha,
)
from model.theatre.skeleton import Skeleton
from model.theatre.view import View

__all__ = ["CUTS", "Barrel", "Cut", "collar", "torso_barrel", "trim"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """How a top is cut. `ease` and `hem` in shares of the body's height; `sleeve` in shares of the arm."""

    ease: float
    hem: float  # how far below the hip joints it ends
    sleeve: float  # 0.5 to the elbow, 1 to the wrist
    skirt: float = 0.0  # how far down the thighs (1: the knees) it hangs loose
    flare: float = 0.0


CUTS = {
    "t_shirt": Cut(0.004, 0.012, 0.30),
    "shirt": Cut(0.006, 0.016, 1.0),
    "sweater": Cut(0.012, 0.020, 1.0),
    "jacket": Cut(0.013, 0.022, 1.0),
    "coat": Cut(0.017, 0.020, 1.0, skirt=0.94, flare=0.018),
    "suit": Cut(0.012, 0.042, 1.0),
    "dress": Cut(0.003, 0.000, 0.24, skirt=1.06, flare=0.045),
    "uniform": Cut(0.009, 0.024, 1.0),
}

LINEN = RGB(236, 232, 224)


@dataclass(frozen=True)
class Barrel:
    """A stack of elliptical sections, from below up, as seen through a view.

    A row of `sections` is a centre (3), a right (3) and a forward axis (3), half breadth, half depth (metres), and
    the bearing of the camera on it.
    """

    view: View
    sections: Array

    @classmethod
    def of(cls, view: View, rows: list[tuple[Array, Array, float, float]]) -> Barrel:
        """Rows are (centre, axes, half breadth, half depth)."""
        table = np.empty((len(rows), 12))
        for row, (centre, axes, half, deep) in zip(table, rows, strict=True):
            row[0:3], row[3:6], row[6:9], row[9], row[10] = centre, axes[:, 0], axes[:, 2], half, deep
        way = np.asarray(view.eye) - table[:, 0:3]
        bearing = np.arctan2(np.sum(way * table[:, 3:6], axis=1), np.sum(way * table[:, 6:9], axis=1))
        table[:, 11] = np.unwrap(bearing)
        return cls(view, table)

    def _rows(self, t: Array) -> Array:
        i = np.minimum(t.astype(np.intp), len(self.sections) - 2)
        u = (t - i)[:, None]
        rows: Array = self.sections[i] * (1 - u) + self.sections[i + 1] * u
        return rows

    @staticmethod
    def _edges(rows: Array) -> tuple[Array, Array]:
        bearing = rows[:, 11]
        tangent = np.arctan2(rows[:, 9] * np.cos(bearing), -rows[:, 10] * np.sin(bearing))
        one = bearing + _wrap(tangent - bearing)
        two = np.where(one > bearing, one - math.pi, one + math.pi)
        return np.maximum(one, two), np.minimum(one, two)

    @staticmethod
    def _raw(rows: Array, angle: Array, lift: float = 0.0) -> Array:
        across = ((rows[:, 9] + lift) * np.sin(angle))[:, None]
        ahead = ((rows[:, 10] + lift) * np.cos(angle))[:, None]
        points: Array = rows[:, 0:3] + rows[:, 3:6] * across + rows[:, 6:9] * ahead
        return points

    def at(self, t: Array, angle: Array, lift: float = 0.0) -> Array:
        """Pixels of points on the surface at fractional section numbers and angles from the front, kept in sight."""
        rows = self._rows(np.broadcast_to(np.asarray(t, dtype=np.float64), np.shape(angle)))
        right, left = self._edges(rows)
        turned = rows[:, 11] + _wrap(angle - rows[:, 11])
        return to_pixels(self.view, self._raw(rows, np.minimum(np.maximum(turned, left), right), lift))

    def outline(self) -> Array:
        """The silhouette in pixels, up one side and down the other."""
        right, left = self._edges(self.sections)
        points = np.concatenate([self._raw(self.sections, right), self._raw(self.sections, left)[::-1]])
        return to_pixels(self.view, points)

    def rings(self) -> Array:
        """Pixels all round the sections, for a convex outline."""
        n = len(self.sections)
        rows = np.repeat(self.sections, len(CIRCLE), axis=0)
        return to_pixels(self.view, self._raw(rows, np.tile(CIRCLE, n)))

    def faces(self, angle: float, t: int = 3) -> float:
        """How squarely the surface at an angle faces the camera."""
        return math.cos(angle - float(self.sections[min(t, len(self.sections) - 1), 11]))

    def shade(self, key: Array, reach: float) -> list[Array]:
        """Outlines of what the key (a unit vector toward it) does not reach."""
        azimuth = math.atan2(float(np.mean(self.sections[:, 3:6] @ key)), float(np.mean(self.sections[:, 6:9] @ key)))
        t = np.linspace(0, len(self.sections) - 1, 9)
        rows = self._rows(t)
        edge_r, edge_l = self._edges(rows)
        wave = 0.10 * np.sin(t * 1.7)
        outlines = []
        for turn in (-2 * math.pi, 0.0, 2 * math.pi):
            r = np.minimum(azimuth + 2 * math.pi - reach + turn + wave, edge_r + 0.05)
            low = np.maximum(azimuth + reach + turn + wave, edge_l - 0.05)
            if int((r > low + 0.02).sum()) >= 4:
                points = np.concatenate([self._raw(rows, np.maximum(r, low), 0.004), self._raw(rows, low, 0.004)[::-1]])
                outlines.append(to_pixels(self.view, points))
        return outlines


def _wrap(angle: Array) -> Array:
    wrapped: Array = (angle + math.pi) % (2 * math.pi) - math.pi
    return wrapped


def torso_barrel(body: Skeleton, look: Look, view: View, ease: float, hem: float) -> Barrel:
    """The trunk from `hem` (a share of height below the hip joints) to the neck, `ease` wider than the skin."""
    b = body.build
    h, g = b.height, b.girth
    woman = {"female": 1.0, "male": 0.0, "unspecified": 0.35}[look.gender] * (1 - b.child)
    e = ease * h
    belly = b.belly * 0.028 * h
    hips, chest = body.pelvis, body.chest
    waist_axes = _between(hips, chest, 0.5)
    pelvis, waist, top = body.joints["pelvis"], body.joints["waist"], body.joints["shoulders"]
    s = b.shoulder
    hip = b.hip_half

    def up(axes: Array, y: float, z: float = 0.0) -> Array:
        lifted: Array = axes[:, 1] * (y * h) + axes[:, 2] * (z * h)
        return lifted

    rows = [
        (pelvis + up(hips, -hem), hips, hip + (0.034 + 0.006 * woman) * h * g + e, 0.056 * h * g + e),
        (pelvis + up(hips, 0.022, -0.004), hips, hip + (0.033 + 0.007 * woman) * h * g + e, 0.057 * h * g + belly * 0.5 + e),
        (waist + hips[:, 2] * belly * 0.6 + up(waist_axes, -0.006), waist_axes,
         (0.080 - 0.013 * woman) * h * g + e + belly * 0.6, 0.049 * h * g + belly + e),
        (waist * 0.50 + top * 0.50 + up(chest, 0.0, 0.006 + 0.005 * b.chest), chest,
         s * 0.74 + (0.018 - 0.005 * woman) * h * g + e, (0.053 + 0.012 * b.chest) * h * g + belly * 0.4 + e),
        (waist * 0.20 + top * 0.80 + up(chest, 0.0, 0.0), chest, s + 0.006 * h * g + e * 0.7, 0.054 * h * g + e),
        (top + up(chest, -0.016, -0.003), chest, s + 0.016 * h * g + e * 0.5, 0.042 * h * g + e * 0.8),
        (top + up(chest, 0.007, -0.006), chest, s * 0.74 + e * 0.3, 0.036 * h * g + e * 0.6),
        (top + up(chest, 0.022, -0.006), chest, s * 0.40 + e * 0.2, 0.034 * h * g + e * 0.4),
    ]  # fmt: skip
    return Barrel.of(view, rows)


def _between(a: Array, b: Array, u: float) -> Array:
    m = a * (1 - u) + b * u
    mixed: Array = m / np.linalg.norm(m, axis=0)
    return mixed


def trim(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float, outline: skia.Path) -> None:
    """Everything on the front of a top: openings, lapels, ties, plackets, buttons, pockets, ribs, folds."""
    if ink.plain is not None or px < 40:
        return
    canvas.save()
    canvas.clipPath(outline, True)
    colour = look.top_colour
    line = ink.line("torso", colour, 0.42)
    thin = max(0.7, px * 0.0042)
    if barrel.faces(0.0) > -0.25:
        _front(canvas, barrel, look, ink, px, line, thin)
    _folds(canvas, barrel, ink, colour, px, thin)
    canvas.restore()


def _v(barrel: Barrel, t: list[float], a: list[float], lift: float = 0.002) -> Array:
    return barrel.at(np.array(t), np.array(a), lift)


def _front(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float, line: int, thin: float) -> None:
    top, colour = look.top, look.top_colour
    linen = mix(LINEN, colour, 0.06)
    if top in ("jacket", "coat", "suit"):
        inner = linen if top == "suit" else mix(RGB(222, 214, 200), RGB(120, 130, 140), 0.35 if top == "coat" else 0.0)
        deep = {"jacket": 0.3, "coat": 2.7, "suit": 2.4}[top]  # the section down to which it is open
        gap = {"jacket": 0.34, "coat": 0.30, "suit": 0.34}[top]
        if top == "jacket":
            shape = _v(
                barrel,
                [7, 6.4, 4.5, 2.5, 0.0, 0.0, 2.5, 4.5, 6.4, 7],
                [0.6, 0.55, gap, 0.24, 0.30, -0.30, -0.24, -gap, -0.55, -0.6],
            )
        else:
            shape = _v(barrel, [7, 6.4, 5, deep, 5, 6.4, 7], [0.75, 0.62, gap, 0.0, -gap, -0.62, -0.75])
        opening = polygon(shape)
        fill(canvas, opening, ink.between("torso", inner, 0.8))
        if top == "suit":
            tie = mix(colour, RGB(150, 30, 44), 0.72)
            fill(
                canvas,
                polygon(
                    _v(barrel, [6.55, 6.2, 2.6, 2.3, 2.6, 6.2, 6.55], [0.10, 0.085, 0.13, 0.0, -0.13, -0.085, -0.10])
                ),
                ink.between("torso", tie, 0.8),
            )
            knot = _v(barrel, [6.75, 6.2, 6.2, 6.75], [0.16, 0.07, -0.07, -0.16])
            fill(canvas, polygon(knot), ink.between("torso", darker(tie, 0.2), 0.7))
        elif top == "coat":
            stroke(
                canvas,
                smooth_open(_v(barrel, [6.6, 5, 3], [0.0, 0.0, 0.0])),
                with_alpha(ink.line("torso", inner, 0.4), 0.5),
                thin,
            )
        for side in (1.0, -1.0):
            if top == "jacket":
                lapel = _v(
                    barrel,
                    [7, 6.5, 5.9, 4.6, 4.6, 6.3, 7],
                    [0.62 * side, 0.98 * side, 0.72 * side, 0.62 * side, 0.34 * side, 0.50 * side, 0.6 * side],
                )
            else:
                low = deep
                lapel = _v(
                    barrel,
                    [7, 6.6, 5.75, 5.55, 5.6, low + 0.1, 5, 6.4],
                    [
                        0.72 * side,
                        1.0 * side,
                        0.98 * side,
                        0.72 * side,
                        0.92 * side,
                        0.02 * side,
                        gap * side,
                        0.6 * side,
                    ],
                )
            shade = 0.95 if ink.toward_key[0] * side < 0 else 0.55
            fill(canvas, polygon(lapel), ink.between("torso", darker(colour, 0.10), shade))
            stroke(canvas, polygon(lapel), with_alpha(line, 0.55), thin * 0.8)
        if top != "jacket":
            closed = _v(barrel, [deep, deep * 0.5, 0.0], [0.02, 0.05, 0.10])
            stroke(canvas, smooth_open(closed), line, thin)
            if px > 90:
                _buttons(
                    canvas, barrel, [deep - 0.25, deep - 1.05] if top == "suit" else [2.3, 1.5, 0.6], 0.10, line, px
                )
        if px > 120:
            for side in (1.0, -1.0):
                pocket = _v(barrel, [1.0, 1.12], [0.55 * side, 0.95 * side])
                stroke(canvas, smooth_open(pocket), with_alpha(line, 0.7), thin * 1.3)
    elif top in ("shirt", "uniform"):
        stroke(canvas, smooth_open(_v(barrel, [6.7, 5, 3, 1.5, 0], [0.0] * 5)), with_alpha(line, 0.75), thin)
        if px > 90:
            _buttons(canvas, barrel, [5.6, 4.5, 3.5, 2.4, 1.3], 0.035, line, px)
        if px > 110 or top == "uniform":
            for side in (1.0, -1.0) if top == "uniform" else (-1.0,):
                pocket = _v(barrel, [4.5, 4.5, 3.65, 3.65], [0.30 * side, 0.72 * side, 0.72 * side, 0.30 * side])
                stroke(canvas, polygon(pocket), with_alpha(line, 0.6), thin)
                if top == "uniform":
                    stroke(
                        canvas,
                        smooth_open(_v(barrel, [4.2, 4.1, 4.2], [0.30 * side, 0.5 * side, 0.72 * side])),
                        with_alpha(line, 0.6),
                        thin,
                    )
        if top == "uniform":
            stroke(
                canvas,
                smooth_open(_v(barrel, [1.6] * 7, list(np.linspace(-1.4, 1.4, 7)))),
                ink.line("torso", RGB(50, 40, 34), 0.3),
                px * 0.022,
            )
            buckle = _v(barrel, [1.75, 1.75, 1.45, 1.45], [-0.10, 0.10, 0.10, -0.10])
            fill(canvas, polygon(buckle), ink.lit("torso", RGB(206, 178, 92)))
            badge = _v(barrel, [4.75, 4.55, 4.75, 4.95], [0.42, 0.52, 0.62, 0.52])
            fill(canvas, polygon(badge), ink.lit("torso", RGB(216, 186, 96)))
    elif top == "sweater":
        for t, width in ((0.25, 0.9), (0.0, 0.9)):
            row = _v(barrel, [t] * 7, list(np.linspace(-1.4, 1.4, 7)))
            stroke(canvas, smooth_open(row), with_alpha(line, 0.45), thin * width)
    elif top == "dress":
        stroke(
            canvas,
            smooth_open(_v(barrel, [2.0] * 7, list(np.linspace(-1.4, 1.4, 7)))),
            with_alpha(line, 0.8),
            thin * 1.6,
        )


def _buttons(canvas: skia.Canvas, barrel: Barrel, rows: list[float], angle: float, line: int, px: float) -> None:
    if barrel.faces(angle) < 0.15:
        return
    path = skia.Path()
    for x, y in barrel.at(np.array(rows), np.full(len(rows), angle), 0.002).tolist():
        path.addCircle(x, y, max(0.7, px * 0.0058))
    fill(canvas, path, line)


def _folds(canvas: skia.Canvas, barrel: Barrel, ink: Ink, colour: RGB, px: float, thin: float) -> None:
    """A few strokes where cloth pulls: from the armpits, and above the waist."""
    if px < 70:
        return
    soft = with_alpha(ink.line("torso", colour, 0.34), 0.42)
    front = 1.0 if barrel.faces(0.0) >= 0 else -1.0
    base = 0.0 if front > 0 else math.pi
    for side in (1.0, -1.0):
        a = np.array([1.15, 0.86, 0.66]) * side * front + base
        stroke(canvas, smooth_open(barrel.at(np.array([4.55, 4.15, 3.7]), a, 0.002)), soft, thin * 1.1)
        a = np.array([1.10, 0.82, 0.60]) * side * front + base
        stroke(canvas, smooth_open(barrel.at(np.array([1.95, 1.75, 1.8]), a, 0.002)), soft, thin)
    if ink.wet:
        shine = with_alpha(ink.between("torso", mix(colour, RGB(235, 240, 250), 0.45), 1.0), 0.55)
        kx = 0.6 if ink.toward_key[0] < 0 else -0.6
        for t0, t1, a0 in ((5.2, 4.4, kx * 1.1), (3.6, 2.7, kx), (1.6, 0.9, kx * 1.2)):
            row = barrel.at(np.array([t0, (t0 + t1) / 2, t1]), base + np.array([a0, a0 * 0.92, a0]), 0.003)
            stroke(canvas, smooth_open(row), shine, thin * 1.6)


def collar(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float) -> None:
    """What lies around the neck, painted over it."""
    if ink.plain is not None or px < 40:
        return
    colour = look.top_colour
    line = with_alpha(ink.line("torso", colour, 0.45), 0.7)
    thin = max(0.7, px * 0.0042)
    front = barrel.faces(0.0) > -0.2
    if front and look.top in ("t_shirt", "dress"):
        depth = 1.75 if look.top == "dress" else 0.75
        a = np.linspace(-1.25, 1.25, 11)
        dip = barrel.at(7.0 - depth * np.cos(a * 1.256) ** 0.8, a, 0.002)
        top = barrel.at(np.full(11, 7.0), a[::-1], 0.002)
        scoop = smooth_closed(np.concatenate([dip, top]), 0.7)
        fill(canvas, scoop, ink.between("head", look.skin, 0.86))
        stroke(canvas, smooth_open(dip), ink.line("torso", colour, 0.22), px * 0.007)
        return
    if look.top in ("t_shirt", "sweater"):
        t = 7.0 if look.top == "sweater" else 6.95
        a = np.linspace(-1.5, 1.5, 9)
        if not front:
            a = a + math.pi
        row = barrel.at(np.full(9, t), a, 0.001)
        stroke(
            canvas, smooth_open(row), ink.line("torso", colour, 0.20), px * (0.016 if look.top == "sweater" else 0.009)
        )
        return
    if look.top in ("shirt", "uniform", "suit", "jacket"):
        cloth = colour if look.top in ("shirt", "uniform") else mix(LINEN, colour, 0.06)
        if front:
            for side in (1.0, -1.0):
                if barrel.faces(side * 0.5, 6) > -0.3:
                    wing = barrel.at(np.array([7.0, 6.98, 5.8, 6.45]), np.array([1.35, 0.10, 0.40, 1.0]) * side, 0.005)
                    fill(
                        canvas,
                        polygon(wing),
                        ink.between("torso", cloth, 0.9 if side * ink.toward_key[0] < 0.3 else 0.5),
                    )
                    stroke(canvas, polygon(wing), line, thin * 0.8)
        if look.top != "jacket" and not front:
            band = barrel.at(
                np.concatenate([np.full(5, 7.0), np.full(5, 6.55)]),
                math.pi + np.concatenate([np.linspace(-1.4, 1.4, 5), np.linspace(1.4, -1.4, 5)]),
                0.003,
            )
            fill(canvas, smooth_closed(band, 0.6), ink.between("torso", colour if look.top == "suit" else cloth, 0.6))
    if look.top in ("coat", "jacket", "suit") and not front:
        band = barrel.at(
            np.concatenate([np.full(5, 7.0), np.full(5, 6.2)]),
            math.pi + np.concatenate([np.linspace(-1.4, 1.4, 5), np.linspace(1.4, -1.4, 5)]),
            0.004,
        )
        fill(canvas, smooth_closed(band, 0.6), ink.between("torso", darker(colour, 0.12), 0.6))
