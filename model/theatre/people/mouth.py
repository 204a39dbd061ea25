"""Mouths that speak: lips, teeth and tongue from a viseme and a smile; beards around them."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.moulds import polygon_mould
from model.theatre.paint import Ink, fill, mix, polygon, smooth_closed, smooth_open, stroke, with_alpha
from model.theatre.people.chart import Chart
from model.theatre.people.expression import Expression
from model.theatre.people.head import FULL_PX, SIMPLE_PX, HeadForm

__all__ = ["Mouth", "mouth", "paint_mouth"]

Array = NDArray[np.float64]
_FIVE = np.linspace(-1.0, 1.0, 5)
_FOLD_Y, _FOLD_A = np.array([0.335, 0.27, 0.205]), np.array([0.30, 0.47, 0.52])  # from the nose past the mouth


class Mouth(NamedTuple):
    """Where the parts of a mouth stand in a chart."""

    far: tuple[slice, bool] | None = None  # a few pixels: a line, or (True) an opening
    upper: slice | None = None
    lower: slice | None = None
    cavity: slice | None = None
    tongue: slice | None = None
    teeth: tuple[slice, ...] = ()
    line: slice | None = None
    bitten: tuple[slice, slice] | None = None
    corners: tuple[slice, ...] = ()
    chin: slice | None = None
    folds: tuple[slice, ...] = ()


def mouth(chart: Chart, form: HeadForm, look: Look, face: Expression, drop: float) -> Mouth | None:
    """Puts a mouth into a chart; None where it is turned away."""
    if form.faces(0.0) < -0.30:
        return None
    lips = face.lips
    smile = face.smile * (1 - 0.5 * lips.round)
    centre = 0.205 - 0.4 * drop
    if form.px < SIMPLE_PX:
        return _far_mouth(chart, form, face, smile, centre)
    wide = 0.120 * (lips.wide + face.stretch * (1 - 0.6 * lips.round)) * (0.90 if drop else 1.0)
    span = form.span(centre, -wide / 0.33, wide / 0.33, 13)
    if span is None:
        return None
    u = ((span + math.pi) % (2 * math.pi) - math.pi) * (0.33 / wide)
    u = np.minimum(np.maximum(u, -1.0), 1.0)
    aside = np.abs(u)
    bow = 1 - u * u
    root = np.sqrt(bow)
    rise = 0.052 * smile * aside**1.7 - 0.012 * max(0.0, smile)
    gap = 0.125 * lips.open
    line_y = centre + rise + 0.006 * np.cos(u * (2 * math.pi)) * (1 - min(1.0, 4 * lips.open))
    # A round mouth opens as an oval, a wide one as a bowl.
    top_in = line_y + 0.22 * gap * (bow * (1 - lips.round) + root * lips.round)
    if face.sneer > 0.02:
        top_in = top_in + 0.022 * face.sneer * np.exp(-(((aside - 0.35) / 0.25) ** 2))
    low_in = line_y - 0.78 * gap * root
    full = {"female": 1.25, "male": 0.80, "unspecified": 1.0}[look.gender] * (0.8 if drop else 1.0)
    full *= (1 - 0.55 * lips.press) * (1 + 0.45 * lips.round)
    dip = 1 - 0.30 * np.exp(-((u / 0.16) ** 2))
    top_out = top_in + 0.026 * full * bow**0.75 * dip
    low_out = low_in - 0.034 * full * root
    angle = u * (wide / 0.33)
    push = 0.012 + 0.030 * lips.round * bow
    back, back_push = angle[::-1], push[::-1]

    def between(top: Array, low: Array) -> slice:
        return chart.put(np.concatenate([top, low[::-1]]), np.concatenate([angle, back]),
                         np.concatenate([push, back_push]))  # fmt: skip

    made = Mouth(upper=between(top_out, top_in), lower=between(low_in, low_out))
    if lips.open > 0.04:
        teeth: list[slice] = []
        tongue = bitten = None
        if lips.tongue > 0.1:
            tip = centre - 0.78 * gap * (0.95 - 0.45 * lips.tongue) - 0.03
            back_of = np.minimum(np.maximum(tip + 0.045 * (1 - (u / 0.62) ** 2), low_in), top_in)
            tongue = between(back_of, low_in)
        if lips.teeth > 0.05:
            edge = top_in - min(0.038, 0.55 * gap + 0.008) * lips.teeth * (0.55 + 0.45 * bow)
            teeth.append(between(top_in, np.maximum(edge, low_in)))
        if lips.low_teeth > 0.05:
            edge = low_in + min(0.028, 0.4 * gap) * lips.low_teeth * (0.4 + 0.6 * bow)
            teeth.append(between(np.minimum(edge, top_in), low_in))
        if lips.bite > 0.3:
            inner = slice(3, 10)
            bitten = (
                chart.put(np.concatenate([low_in[inner] + 0.012, low_out[inner][::-1]]),
                          np.concatenate([angle[inner], angle[inner][::-1]]), 0.012),
                chart.put(np.concatenate([top_in[4:9], low_in[4:9][::-1] + 0.004]),
                          np.concatenate([angle[4:9], angle[4:9][::-1]]), 0.012),
            )  # fmt: skip
        made = made._replace(cavity=between(top_in, low_in), tongue=tongue, teeth=tuple(teeth), bitten=bitten)
    made = made._replace(line=chart.put(top_in if lips.open > 0.04 else line_y, angle, push))
    return _about(made, chart, form, face, line_y, angle, low_out, drop) if form.px > FULL_PX else made


def _about(
    made: Mouth, chart: Chart, form: HeadForm, face: Expression, line_y: Array, angle: Array, low_out: Array,
    drop: float,
) -> Mouth:  # fmt: skip
    """What a near mouth has about it: corners, the hollow over the chin, the folds of a smile."""
    corners, folds = [], []
    for k, sign in ((0, -1.0), (-1, 1.0)):
        if form.faces(float(angle[k])) > 0.2:
            y, a = float(line_y[k]), float(angle[k])
            corners.append(chart.put(np.array([y + 0.010 + 0.012 * face.smile, y - 0.006]),
                                     np.array([a + sign * 0.035, a + sign * 0.015])))  # fmt: skip
    if face.smile > 0.35:
        for sign in (1.0, -1.0):
            if form.faces(sign * 0.6) > 0.15:
                folds.append(chart.put(_FOLD_Y - drop * 0.5, sign * _FOLD_A))
    chin = chart.put(np.full(5, float(low_out.min()) - 0.022), 0.17 * _FIVE, 0.008) if form.faces(0.0) > 0.1 else None
    return made._replace(corners=tuple(corners), chin=chin, folds=tuple(folds))


def _far_mouth(chart: Chart, form: HeadForm, face: Expression, smile: float, centre: float) -> Mouth | None:
    """A mouth of a few pixels: a line that smiles or not, or a dark opening."""
    half = 0.36 * face.lips.wide
    a = form.span(0.2, -half, half, 5)
    if a is None:
        return None
    y = centre + 0.055 * smile * _FIVE * _FIVE - 0.010 * max(0.0, smile)
    if face.lips.open <= 0.12:
        return Mouth(far=(chart.put(y, a, 0.01), False))
    low = y - 0.12 * face.lips.open * (1 - _FIVE * _FIVE) - 0.012
    return Mouth(far=(chart.put(np.concatenate([y, low[::-1]]), np.concatenate([a, a[::-1]]), 0.01), True))


def paint_mouth(
    canvas: skia.Canvas, seen: Mouth, px: Array, form: HeadForm, look: Look, ink: Ink, face: Expression
) -> None:
    """Paints a mouth whose points have become pixels."""
    dark = ink.line("head", mix(look.skin, RGB(110, 24, 30), 0.45), 0.55)
    if seen.far is not None:
        where, opened = seen.far
        if opened:
            fill(canvas, smooth_closed(px[where]), dark)
        else:
            stroke(canvas, smooth_open(px[where]), with_alpha(dark, 0.78), max(0.7, 0.032 * form.px))
        return
    if seen.upper is None or seen.lower is None or seen.line is None:
        return
    width = max(0.9, 0.016 * form.px)
    rouge = {"female": 0.52, "male": 0.26, "unspecified": 0.36}[look.gender]
    flesh = mix(look.skin, RGB(176, 52, 60), rouge)
    come, near = form.nearness(SIMPLE_PX), form.nearness(FULL_PX)
    fill(canvas, smooth_closed(px[seen.upper]), with_alpha(ink.between("head", flesh, 0.25), come))
    fill(canvas, smooth_closed(px[seen.lower]), with_alpha(ink.between("head", flesh, 0.85), come))
    if seen.cavity is not None:
        fill(canvas, smooth_closed(px[seen.cavity], 0.8), ink.line("head", RGB(96, 26, 32), 0.45))
        if seen.tongue is not None:
            fill(canvas, polygon(px[seen.tongue]), ink.between("head", RGB(196, 92, 92), 0.4))
        ivory = ink.between("head", RGB(244, 238, 226), 0.75)
        if seen.teeth:
            count = len(seen.teeth)
            fill(canvas, polygon_mould(26, count).cast(np.concatenate([px[part] for part in seen.teeth])), ivory)
        if seen.bitten is not None:
            fill(canvas, smooth_closed(px[seen.bitten[0]]), ink.between("head", flesh, 0.75))
            fill(canvas, smooth_closed(px[seen.bitten[1]], 0.6), ivory)
        stroke(canvas, smooth_open(px[seen.line]), with_alpha(dark, 0.8), width * 0.7)
    else:
        stroke(canvas, smooth_open(px[seen.line]), dark, width)
    for part in seen.corners:
        stroke(canvas, smooth_open(px[part]), with_alpha(dark, 0.55 * near), width * 0.8)
    if seen.chin is not None and look.beard == "none":
        stroke(
            canvas, smooth_open(px[seen.chin]), with_alpha(ink.shade("head", look.skin), 0.55 * near), 0.022 * form.px
        )
    for part in seen.folds:
        lived = 0.35 + 0.65 * min(1.0, max(0.0, (look.age_years - 10) / 25))  # a child's cheek hardly folds
        alpha = 0.45 * near * lived * min(1.0, face.smile * 1.2)
        stroke(canvas, smooth_open(px[part]), with_alpha(ink.line("head", look.skin, 0.32), alpha), width * 0.9)
