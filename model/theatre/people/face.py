"""Faces: skin in two tones, the nose, cheeks, ears and the lines of age; eyes and mouth in their order.

Features lie on the head's surface (`model.theatre.people.head`) and come and go with its turn; far heads get fewer.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.moulds import closed_mould
from model.theatre.paint import Ink, fill, mix, polygon, smooth_closed, smooth_open, strands, stroke, with_alpha
from model.theatre.people.beard import paint_beard, paint_moustache
from model.theatre.people.chart import Chart
from model.theatre.people.expression import Expression
from model.theatre.people.eyes import brows, eyes, paint_brows, paint_eyes
from model.theatre.people.eyewear import paint_glasses
from model.theatre.people.head import DOTS_PX, FULL_PX, SIMPLE_PX, HeadForm
from model.theatre.people.mouth import mouth, paint_mouth

__all__ = ["paint_ear", "paint_face"]

Array = NDArray[np.float64]


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
    key = np.asarray(ink.tone.key_from)
    if form.px >= 5:
        # It reaches a breath out of the skin: of two soft edges one over the other, a line of light would be left.
        # A window all round has no edges.
        reach = np.where(half > 3.1, 9.0, half + 1.6 / form.px)
        for dark in form.shade(key, y, reach, -reach, 0.6 / form.px):
            # A patch of few heights would swell over the hairline.
            fill(canvas, smooth_closed(dark, 1.0 if len(dark) > 12 else 0.3), ink.shade("head", look.skin))
    if form.px < DOTS_PX:
        return skin
    if ink.plain is not None:
        _plain_features(canvas, form, look, ink)
        return skin
    _features(canvas, form, look, ink, face, pupils, float(np.interp(0.5, *window)))
    return skin


def _features(
    canvas: skia.Canvas,
    form: HeadForm,
    look: Look,
    ink: Ink,
    face: Expression,
    pupils: tuple[float, float],
    hair_at: float,
) -> None:
    """All that lies on the skin: gathered in one chart, projected in one step, painted in its order."""
    drop = 0.050 * min(1.0, max(0.0, (14.0 - look.age_years) / 8.0))
    chart = Chart(form)
    flush = _cheeks(chart, form, drop) if form.px > SIMPLE_PX else []
    seen_eyes = eyes(chart, form, look, ink, face, pupils, drop)
    seen_brows = brows(chart, form, look, face, drop)
    seen_mouth = mouth(chart, form, look, face, drop)
    lines = _age(chart, form, look) if form.px > SIMPLE_PX and look.age_years >= 42 else None
    sneers = [
        chart.put(_SNEER_Y, side * _SNEER_A)
        for side in (1.0, -1.0)
        if face.sneer > 0.25 and form.px > 24 and form.faces(side * 0.45) > 0.25
    ]
    px = chart.pixels()
    if flush:
        colour = ink.between("head", mix(look.skin, RGB(214, 58, 62), 0.62), 0.8)
        strength = (0.075 if look.gender != "male" else 0.040) + 0.05 * max(0.0, face.smile) + 0.5 * drop
        near, come = form.nearness(FULL_PX), form.nearness(SIMPLE_PX)
        for ovals, share in zip(flush, (2.0 - near, near, near), strict=False):
            path = closed_mould(len(_OVAL_X), 1.0, len(ovals)).cast(np.concatenate([px[part] for part in ovals]))
            fill(canvas, path, with_alpha(colour, strength * share * come))
    if look.beard != "none":
        paint_beard(canvas, form, look, ink)
    if seen_eyes is not None:
        paint_eyes(canvas, seen_eyes, px, form, look, ink, face)
    paint_brows(canvas, seen_brows, px, form, look, ink, face.knit)
    if lines is not None:
        _paint_age(canvas, lines, px, form, look, ink)
    if seen_mouth is not None:
        paint_mouth(canvas, seen_mouth, px, form, look, ink, face)
    _nose(canvas, form, look, ink, drop)
    for part in sneers:
        soft = with_alpha(ink.line("head", look.skin, 0.40), 0.45 * face.sneer)
        stroke(canvas, smooth_open(px[part]), soft, max(0.7, 0.013 * form.px))
    if look.beard != "none":
        paint_moustache(canvas, form, look, ink)
    if look.glasses != "none":
        paint_glasses(canvas, form, look, ink, drop, hair_at)


_SNEER_Y, _SNEER_A = np.array([0.46, 0.40]), np.array([0.16, 0.27])


def _plain_features(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """The mannequin's face: a wedge of a nose and an eye line, enough to tell where it looks."""
    line = ink.line("head", look.skin)
    if form.faces(0.0) > -0.2:
        stroke(canvas, smooth_open(form.at(np.full(7, 0.52), np.linspace(-0.95, 0.95, 7))), line, 0.035 * form.px)
        wedge = np.array([[0.0, 0.54, 0.36], [0.0, 0.36, 0.47], [0.0, 0.33, 0.37]])
        stroke(canvas, polygon(form.to_px(wedge)), line, 0.03 * form.px)


_OVAL_T = np.linspace(0.0, 2 * math.pi, 10, endpoint=False)
_OVAL_X, _OVAL_Y = np.cos(_OVAL_T), np.sin(_OVAL_T)


def _cheeks(chart: Chart, form: HeadForm, drop: float) -> list[list[slice]]:
    """The flush of the cheeks that are seen: near ones have soft edges, by ovals in ovals."""
    sides = [side for side in (1.0, -1.0) if form.faces(side * 0.75) > 0.1]
    sizes = (1.0, 1.25, 0.75) if form.px > FULL_PX else (1.0,)
    return [
        [chart.put(0.340 - drop + size * 0.052 * _OVAL_Y, side * (0.70 + size * 0.22 * _OVAL_X)) for side in sides]
        for size in sizes
        if sides
    ]


def _on_nose() -> Array:
    """What the shapes of a nose are mixed from: planes of shade on the left and the right, underside, wings."""
    p = np.eye(7)
    rows: list[Array] = []
    for wing in (6, 5):
        rows += [p[0] * 0.55 + p[1] * 0.45, p[1], p[2], p[3], p[wing]]
    rows += [p[5], p[2] * 0.35 + p[3] * 0.65, p[6], p[4]]
    for wing in (5, 6):
        rows += [p[wing] * 1.02 + (p[2] - p[4]) * 0.35 - p[4] * 0.02, p[wing], p[wing] * 0.55 + p[4] * 0.45]
    return np.array(rows)


_NOSE = _on_nose()
_RIDGE_RIGHT, _RIDGE_LEFT = np.array([0, 1, 2, 3, 4, 5]), np.array([0, 1, 2, 3, 4, 6])


def _nose(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, drop: float) -> None:
    turn = math.sin(form.bearing)
    if form.faces(0.0) < -0.35 or (form.px < SIMPLE_PX and abs(turn) <= 0.45):
        return
    child = drop > 0.02
    long = {"female": 0.078, "male": 0.102, "unspecified": 0.088}[look.gender] * (0.62 if child else 1.0)
    wing = {"female": 0.050, "male": 0.062, "unspecified": 0.056}[look.gender] * (0.9 if child else 1.0)
    base = 0.345 - drop * 0.6
    f_base = form.front_at(base)
    p = form.to_px(np.array([
        (0.0, 0.535 - drop, form.front_at(0.52) + 0.004),  # the bridge
        (0.0, base + 0.085, f_base + 0.052 + long * 0.25),  # the ridge
        (0.0, base + 0.022, f_base + long),  # the tip
        (0.0, base - 0.018, f_base + long * 0.45),  # under it
        (0.0, base - 0.026, f_base - 0.002),  # the foot
        (wing, base + 0.004, f_base - 0.012),
        (-wing, base + 0.004, f_base - 0.012),
    ]))  # fmt: skip
    if form.px < SIMPLE_PX:
        fill(canvas, smooth_closed(p[[0, 2, 4]], 0.6), ink.lit("head", look.skin))
        return
    come = form.nearness(SIMPLE_PX)
    made = _NOSE @ p
    if abs(turn) > 0.12:
        # The ridge stands out over the far cheek, or against the air in profile.
        fill(canvas, smooth_closed(p[_RIDGE_RIGHT if turn > 0 else _RIDGE_LEFT], 0.75), ink.lit("head", look.skin))
    key_right = float(np.asarray(ink.tone.key_from) @ form.axes[:, 0])
    away_left = key_right > 0  # the side away from the key
    shade = ink.shade("head", mix(look.skin, RGB(150, 50, 40), 0.10))
    if turn < 0.55 if away_left else turn > -0.55:
        plane = smooth_closed(made[0:5] if away_left else made[5:10], 0.7)
        fill(canvas, plane, with_alpha(shade, 0.85 * come))
    fill(canvas, smooth_closed(made[10:14], 0.8), with_alpha(shade, 0.8 * come))
    lines = [p[2:5]] if abs(turn) > 0.30 else []
    if form.px > 24:
        lines += [made[k : k + 3] for k, angle in ((14, 0.45), (17, -0.45)) if form.faces(angle) > 0.25]
    if lines:
        line = with_alpha(ink.line("head", look.skin, 0.40), 0.58 * come)
        stroke(canvas, strands(np.concatenate(lines), len(lines)), line, max(0.7, 0.013 * form.px))


class _Lines(NamedTuple):
    """Where the lines of age stand in a chart: folds beside the nose, crow's feet, and the forehead's."""

    folds: list[slice]
    feet: list[slice]
    rows: list[slice]


def _age(chart: Chart, form: HeadForm, look: Look) -> _Lines:
    old = min(1.0, (look.age_years - 38) / 35)
    made = _Lines([], [], [])
    for side in (1.0, -1.0):
        if form.faces(side * 0.6) > 0.12:
            made.folds.append(chart.put(np.array([0.335, 0.26, 0.20]), side * np.array([0.28, 0.44, 0.47])))
        if old > 0.45 and form.px > FULL_PX and form.faces(side * 0.95) > 0.15:
            for rise in (0.02, -0.012):
                foot = chart.put(np.array([0.495, 0.495 + rise * 1.6]), side * np.array([0.80, 0.94]))
                made.feet.append(foot)
    if old > 0.4 and form.faces(0.0) > 0.0:
        for rise in (0.0, 0.045):
            made.rows.append(chart.put(0.695 + rise + 0.006 * np.cos(7.1 * _FOREHEAD), _FOREHEAD))
    return made


_FOREHEAD = np.linspace(-0.42, 0.42, 5)


def _paint_age(canvas: skia.Canvas, lines: _Lines, px: Array, form: HeadForm, look: Look, ink: Ink) -> None:
    old = min(1.0, (look.age_years - 38) / 35) * form.nearness(SIMPLE_PX)
    soft = ink.line("head", look.skin, 0.38)
    width = max(0.7, 0.012 * form.px)
    for parts, alpha, thin in ((lines.folds, 0.55, 1.0), (lines.feet, 0.55, 0.8), (lines.rows, 0.32, 0.8)):
        if parts:
            points = np.concatenate([px[part] for part in parts])
            stroke(canvas, strands(points, len(parts)), with_alpha(soft, alpha * old), width * thin)
