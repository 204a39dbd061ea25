"""Faces: skin in two tones, the nose, cheeks, ears and the lines of age; eyes and mouth in their order.

Features lie on the head's surface (`model.theatre.head`) and come and go with its turn; far heads get fewer.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.beard import paint_beard, paint_moustache
from model.theatre.expression import Expression
from model.theatre.eyes import paint_brow, paint_eye
from model.theatre.eyewear import paint_glasses
from model.theatre.head import DOTS_PX, SIMPLE_PX, HeadForm, shade_bands
from model.theatre.mouth import paint_mouth
from model.theatre.paint import Ink, clipped, fill, mix, polygon, smooth_closed, smooth_open, stroke, with_alpha

__all__ = ["paint_ear", "paint_face"]

Array = NDArray[np.float64]

EYES_WITHIN = 0.85
"""From this squarely a face is seen, its eyes lie well within its outline and need no clip."""


def _right_ear() -> tuple[Array, Array]:
    """The rims of the right ear, outer and inner, in head heights."""
    t = np.linspace(0, 2 * math.pi, 8, endpoint=False)
    u, v = 0.062 * np.cos(t), 0.105 * np.sin(t) + 0.012 * np.cos(t)
    centre = np.array([0.352, 0.455, -0.055])
    ring = centre + np.outer(u, [0.40, 0.0, -0.92]) + np.outer(v, [0.10, 1.0, -0.12])
    ring[:, 0] -= 0.02 * (v < -0.05)
    return ring, centre + (ring - centre) * 0.62 + np.array([0, 0.006, 0.008])


_EAR, _INNER_EAR = _right_ear()


def paint_ear(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, side: float) -> None:
    """One ear: `side` +1 is the figure's right."""
    ring = _EAR * (side, 1.0, 1.0)
    path = smooth_closed(form.to_px(ring))
    fill(canvas, path, ink.between("head", mix(look.skin, RGB(190, 80, 70), 0.10), 0.75))
    if ink.plain is None and form.px > 26:
        inner = form.to_px(_INNER_EAR * (side, 1.0, 1.0))
        stroke(canvas, smooth_open(inner[1:6]), ink.line("head", look.skin, 0.30), max(0.7, 0.014 * form.px))


def paint_face(
    canvas: skia.Canvas,
    form: HeadForm,
    look: Look,
    ink: Ink,
    face: Expression,
    pupils: tuple[float, float],
    window: tuple[Array, Array],
) -> skia.Path | None:
    """Paints skin and features within the hairline; `window` is heights and how far round the skin shows.

    Returns the skin's outline, or None where the back of the head is seen.
    """
    y, half = window
    y = np.maximum(y, form.y[0])
    outlines = form.bands(y, half, -half)
    if not outlines:
        return None
    skin = smooth_closed(outlines[0])
    fill(canvas, skin, ink.lit("head", look.skin))
    young = min(1.0, max(0.0, (14.0 - look.age_years) / 8.0))
    drop = 0.050 * young
    with clipped(canvas, skin):
        for band in shade_bands(form, ink):
            fill(canvas, band, ink.shade("head", look.skin))
        if form.px > SIMPLE_PX and ink.plain is None:
            _cheeks(canvas, form, look, ink, face, drop)
    if form.px < 5:
        return skin
    if ink.plain is not None:
        _plain_features(canvas, form, look, ink)
        return skin
    if look.beard != "none":
        paint_beard(canvas, form, look, ink)
    if form.px >= DOTS_PX:
        if form.faces(0.0) > EYES_WITHIN:
            _eyes(canvas, form, look, ink, face, pupils, drop)
        else:
            with clipped(canvas, skin):
                _eyes(canvas, form, look, ink, face, pupils, drop)
        for side in (1.0, -1.0):
            paint_brow(canvas, form, look, ink, face, side, drop)
        if form.px > SIMPLE_PX and look.age_years >= 42:
            _age(canvas, form, look, ink)
        paint_mouth(canvas, form, look, ink, face, drop)
        _nose(canvas, form, look, ink, face, drop)
        if look.beard != "none":
            paint_moustache(canvas, form, look, ink)
    if look.glasses != "none":
        paint_glasses(canvas, form, look, ink, drop, float(np.interp(0.5, *window)))
    return skin


def _eyes(
    canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, pupils: tuple[float, float],
    drop: float,
) -> None:  # fmt: skip
    for side in (1.0, -1.0):
        paint_eye(canvas, form, look, ink, face, pupils, side, drop)


def _plain_features(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """The mannequin's face: a wedge of a nose and an eye line, enough to tell where it looks."""
    line = ink.line("head", look.skin)
    if form.faces(0.0) > -0.2:
        stroke(canvas, smooth_open(form.at(np.full(7, 0.52), np.linspace(-0.95, 0.95, 7))), line, 0.035 * form.px)
        wedge = np.array([[0.0, 0.54, 0.36], [0.0, 0.36, 0.47], [0.0, 0.33, 0.37]])
        stroke(canvas, polygon(form.to_px(wedge)), line, 0.03 * form.px)


def _cheeks(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, drop: float) -> None:
    flush = (0.075 if look.gender != "male" else 0.045) + 0.05 * max(0.0, face.smile) + 0.7 * drop
    blush = with_alpha(ink.between("head", mix(look.skin, RGB(214, 58, 62), 0.62), 0.8), flush)
    for side in (1.0, -1.0):
        if form.faces(side * 0.75) > 0.1:
            canvas.save()
            canvas.concat(form.frame(0.345 - drop, side * 0.72, side * 0.6, side))
            for grow in (1.25, 1.0, 0.7):
                path = skia.Path()
                path.addOval(skia.Rect.MakeLTRB(-0.085 * grow, -0.060 * grow, 0.085 * grow, 0.055 * grow))
                fill(canvas, path, blush)
            canvas.restore()


def _nose(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, drop: float) -> None:
    child = drop > 0.02
    long = {"female": 0.078, "male": 0.102, "unspecified": 0.088}[look.gender] * (0.62 if child else 1.0)
    wing = {"female": 0.050, "male": 0.062, "unspecified": 0.056}[look.gender] * (0.9 if child else 1.0)
    base = 0.345 - drop * 0.6
    f_top, f_base = (float(np.interp(v, form.y, form.front)) for v in (0.52, base))
    bridge = np.array([0.0, 0.535 - drop, f_top + 0.004])
    ridge = np.array([0.0, base + 0.085, f_base + 0.052 + long * 0.25])
    tip = np.array([0.0, base + 0.022, f_base + long])
    under = np.array([0.0, base - 0.018, f_base + long * 0.45])
    foot = np.array([0.0, base - 0.026, f_base - 0.002])
    r, left = np.array([wing, base + 0.004, f_base - 0.012]), np.array([-wing, base + 0.004, f_base - 0.012])
    p = form.to_px(np.array([bridge, ridge, tip, under, foot, r, left]))
    turn = math.sin(form.bearing)
    if form.faces(0.0) < -0.35:
        return
    line = ink.line("head", look.skin, 0.40)
    if form.px < SIMPLE_PX:
        if abs(turn) > 0.45:
            fill(canvas, smooth_closed(p[[0, 2, 4]], 0.6), ink.lit("head", look.skin))
        return
    near = 5 if turn > 0 else 6
    if abs(turn) > 0.12:
        # The ridge stands out over the far cheek, or against the air in profile.
        fill(canvas, smooth_closed(p[[0, 1, 2, 3, 4, near]], 0.75), ink.lit("head", look.skin))
    key_right = float((form.axes.T @ np.asarray(ink.tone.key_from))[0])
    dark = 6 if key_right > 0 else 5  # the side away from the key
    side_seen = turn > -0.55 if dark == 5 else turn < 0.55
    if side_seen:
        plane = smooth_closed(np.array([p[0] * 0.55 + p[1] * 0.45, p[1], p[2], p[3], p[dark]]), 0.7)
        fill(canvas, plane, with_alpha(ink.shade("head", look.skin), 0.85))
    shade = smooth_closed(np.array([p[5], p[2] * 0.35 + p[3] * 0.65, p[6], p[4]]), 0.8)
    fill(canvas, shade, with_alpha(ink.shade("head", mix(look.skin, RGB(150, 50, 40), 0.18)), 0.8))
    width = max(0.7, 0.013 * form.px)
    if abs(turn) > 0.30:
        stroke(canvas, smooth_open(np.array([p[2], p[3], p[4]])), with_alpha(line, 0.55), width)
    for index, angle in ((5, 0.45), (6, -0.45)):
        if form.faces(angle) > 0.25 and form.px > 24:
            curl = np.stack(
                [p[index] + (p[2] - p[4]) * 0.35 + (p[index] - p[4]) * 0.02, p[index], p[index] * 0.55 + p[4] * 0.45]
            )
            stroke(canvas, smooth_open(curl), with_alpha(line, 0.60), width)
            if face.sneer > 0.3:
                fold = form.at(np.array([0.46, 0.40]), np.array([angle * 0.35, angle * 0.6]))
                stroke(canvas, smooth_open(fold), with_alpha(line, 0.4 * face.sneer), width)


def _age(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    old = min(1.0, (look.age_years - 38) / 35)
    soft = with_alpha(ink.line("head", look.skin, 0.38), 0.55 * old)
    width = max(0.7, 0.012 * form.px)
    for side in (1.0, -1.0):
        if form.faces(side * 0.6) > 0.12:
            fold = form.at(np.array([0.335, 0.26, 0.20]), side * np.array([0.28, 0.44, 0.47]))
            stroke(canvas, smooth_open(fold), soft, width)
        if old > 0.45 and form.faces(side * 0.95) > 0.15:
            for rise in (0.02, -0.012):
                foot = form.at(np.array([0.495, 0.495 + rise * 1.6]), side * np.array([0.80, 0.94]))
                stroke(canvas, smooth_open(foot), soft, width * 0.8)
    if old > 0.4 and form.faces(0.0) > 0.0:
        for rise in (0.0, 0.045):
            row = form.at(np.full(5, 0.695 + rise) + 0.006 * np.cos(np.linspace(-3, 3, 5)), np.linspace(-0.42, 0.42, 5))
            stroke(canvas, smooth_open(row), with_alpha(soft, 0.32 * old), width * 0.8)
