"""What is on cloth: collars, lapels, ties, plackets, buttons, pockets, belts, folds, and the shine of wet.

Lies on a barrel of `model.theatre.wardrobe`; `model.theatre.figure` decides the order of painting.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.paint import Ink, darker, fill, mix, polygon, smooth_closed, smooth_open, strands, stroke, with_alpha
from model.theatre.wardrobe import Barrel

__all__ = ["collar", "trim"]

Array = NDArray[np.float64]

_BELT = np.linspace(-1.4, 1.4, 7).tolist()
# From the armpits and above the waist, on both sides: sections and angles.
_FOLDS_T = np.array([4.55, 4.15, 3.7, 1.95, 1.75, 1.8] * 2)
_FOLDS_A = np.array([1.15, 0.86, 0.66, 1.10, 0.82, 0.60, -1.15, -0.86, -0.66, -1.10, -0.82, -0.60])
LINEN = RGB(236, 232, 224)


def trim(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float) -> None:
    """Everything on the front of a top, which is clipped to: openings, lapels, ties, buttons, pockets, ribs, folds."""
    if ink.plain is not None or px < 40:
        return
    colour = look.top_colour
    line = ink.line("torso", colour, 0.42)
    thin = max(0.7, px * 0.0042)
    if barrel.faces(0.0) > -0.25:
        _front(canvas, barrel, look, ink, px, line, thin)
    _folds(canvas, barrel, ink, colour, px, thin)


def _row(barrel: Barrel, t: list[float], a: list[float], lift: float = 0.002) -> Array:
    return barrel.at(np.array(t), np.array(a), lift)


def _front(canvas: skia.Canvas, barrel: Barrel, look: Look, ink: Ink, px: float, line: int, thin: float) -> None:
    top, colour = look.top, look.top_colour
    linen = mix(LINEN, colour, 0.06)
    if top in ("jacket", "coat", "suit"):
        inner = linen if top == "suit" else mix(RGB(222, 214, 200), RGB(120, 130, 140), 0.35 if top == "coat" else 0.0)
        deep = {"jacket": 0.3, "coat": 2.7, "suit": 2.4}[top]  # the section down to which it is open
        gap = {"jacket": 0.34, "coat": 0.30, "suit": 0.34}[top]
        if top == "jacket":
            shape = _row(
                barrel,
                [7, 6.4, 4.5, 2.5, 0.0, 0.0, 2.5, 4.5, 6.4, 7],
                [0.6, 0.55, gap, 0.24, 0.30, -0.30, -0.24, -gap, -0.55, -0.6],
            )
        else:
            shape = _row(barrel, [7, 6.4, 5, deep, 5, 6.4, 7], [0.75, 0.62, gap, 0.0, -gap, -0.62, -0.75])
        opening = polygon(shape)
        fill(canvas, opening, ink.between("torso", inner, 0.8))
        if top == "suit":
            tie = mix(colour, RGB(150, 30, 44), 0.72)
            fill(
                canvas,
                polygon(
                    _row(barrel, [6.55, 6.2, 3.0, 2.75, 3.0, 6.2, 6.55], [0.10, 0.085, 0.13, 0.0, -0.13, -0.085, -0.10])
                ),
                ink.between("torso", tie, 0.8),
            )
            knot = _row(barrel, [6.75, 6.2, 6.2, 6.75], [0.16, 0.07, -0.07, -0.16])
            fill(canvas, polygon(knot), ink.between("torso", darker(tie, 0.2), 0.7))
        elif top == "coat":
            stroke(
                canvas,
                smooth_open(_row(barrel, [6.6, 5, 3], [0.0, 0.0, 0.0])),
                with_alpha(ink.line("torso", inner, 0.4), 0.5),
                thin,
            )
        for side in (1.0, -1.0):
            if top == "jacket":
                lapel = _row(
                    barrel,
                    [7, 6.5, 5.9, 4.6, 4.6, 6.3, 7],
                    [0.62 * side, 0.98 * side, 0.72 * side, 0.62 * side, 0.34 * side, 0.50 * side, 0.6 * side],
                )
            else:
                low = deep
                lapel = _row(
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
            closed = _row(barrel, [deep, deep * 0.5, 0.0], [0.02, 0.05, 0.10])
            stroke(canvas, smooth_open(closed), line, thin)
            if px > 90:
                _buttons(
                    canvas, barrel, [deep - 0.25, deep - 1.05] if top == "suit" else [2.3, 1.5, 0.6], 0.10, line, px
                )
        if px > 120:
            for side in (1.0, -1.0):
                pocket = _row(barrel, [1.0, 1.12], [0.55 * side, 0.95 * side])
                stroke(canvas, smooth_open(pocket), with_alpha(line, 0.7), thin * 1.3)
    elif top in ("shirt", "uniform"):
        stroke(canvas, smooth_open(_row(barrel, [6.7, 5, 3, 1.5, 0], [0.0] * 5)), with_alpha(line, 0.75), thin)
        if px > 90:
            _buttons(canvas, barrel, [5.6, 4.5, 3.5, 2.4, 1.3], 0.035, line, px)
        if px > 110 or top == "uniform":
            for side in (1.0, -1.0) if top == "uniform" else (-1.0,):
                pocket = _row(barrel, [4.5, 4.5, 3.65, 3.65], [0.30 * side, 0.72 * side, 0.72 * side, 0.30 * side])
                stroke(canvas, polygon(pocket), with_alpha(line, 0.6), thin)
                if top == "uniform":
                    stroke(
                        canvas,
                        smooth_open(_row(barrel, [4.2, 4.1, 4.2], [0.30 * side, 0.5 * side, 0.72 * side])),
                        with_alpha(line, 0.6),
                        thin,
                    )
        if top == "uniform":
            stroke(
                canvas,
                smooth_open(_row(barrel, [1.6] * 7, _BELT)),
                ink.line("torso", RGB(50, 40, 34), 0.3),
                px * 0.022,
            )
            buckle = _row(barrel, [1.75, 1.75, 1.45, 1.45], [-0.10, 0.10, 0.10, -0.10])
            fill(canvas, polygon(buckle), ink.lit("torso", RGB(206, 178, 92)))
            badge = _row(barrel, [4.75, 4.55, 4.75, 4.95], [0.42, 0.52, 0.62, 0.52])
            fill(canvas, polygon(badge), ink.lit("torso", RGB(216, 186, 96)))
    elif top == "sweater":
        for t, width in ((0.25, 0.9), (0.0, 0.9)):
            row = _row(barrel, [t] * 7, _BELT)
            stroke(canvas, smooth_open(row), with_alpha(line, 0.45), thin * width)
    elif top == "dress":
        stroke(
            canvas,
            smooth_open(_row(barrel, [2.0] * 7, _BELT)),
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
    if px < 110:
        return
    soft = with_alpha(ink.line("torso", colour, 0.34), 0.42)
    front = 1.0 if barrel.faces(0.0) >= 0 else -1.0
    base = 0.0 if front > 0 else math.pi
    path = strands(barrel.at(_FOLDS_T, _FOLDS_A * front + base, 0.002), 4)
    stroke(canvas, path, soft, thin * 1.05)
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
