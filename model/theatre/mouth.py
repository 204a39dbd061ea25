"""Mouths that speak: lips, teeth and tongue from a viseme and a smile; beards around them."""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.expression import Expression
from model.theatre.head import FULL_PX, SIMPLE_PX, HeadForm
from model.theatre.paint import Ink, fill, mix, smooth_closed, smooth_open, stroke, with_alpha

__all__ = ["paint_mouth"]

Array = NDArray[np.float64]
_FIVE, _SEVEN = np.linspace(-1.0, 1.0, 5), np.linspace(-1.0, 1.0, 7)


def paint_mouth(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, drop: float) -> None:
    if form.faces(0.0) < -0.30:
        return
    if form.px < SIMPLE_PX:
        _far_mouth(canvas, form, look, ink, face, drop)
        return
    lips = face.lips
    centre = 0.205 - 0.4 * drop
    wide = 0.118 * (lips.wide + face.stretch * (1 - 0.6 * lips.round)) * (0.90 if drop else 1.0)
    span = form.span(centre, -wide / 0.33, wide / 0.33, 13)
    if span is None:
        return
    u = np.clip(((span + math.pi) % (2 * math.pi) - math.pi) / (wide / 0.33), -1.0, 1.0)
    bow = 1 - u * u
    smile = face.smile * (1 - 0.5 * lips.round)
    rise = 0.048 * smile * np.abs(u) ** 1.7 - 0.012 * max(0.0, smile)
    gap = 0.125 * lips.open
    line_y = centre + rise + 0.006 * np.cos(u * math.pi * 2) * (1 - min(1.0, 4 * lips.open))
    top_in = (
        line_y
        + 0.22 * gap * bow ** (1.0 - 0.5 * lips.round)
        + 0.020 * face.sneer * np.exp(-(((np.abs(u) - 0.35) / 0.25) ** 2))
    )
    low_in = line_y - 0.78 * gap * bow ** (0.60 - 0.12 * lips.round)
    full = {"female": 1.25, "male": 0.78, "unspecified": 1.0}[look.gender] * (0.8 if drop else 1.0)
    full *= (1 - 0.55 * lips.press) * (1 + 0.45 * lips.round)
    dip = 1 - 0.30 * np.exp(-((u / 0.16) ** 2))
    top_out = top_in + 0.026 * full * bow**0.75 * dip
    low_out = low_in - 0.034 * full * bow**0.5
    angle = u * wide / 0.33
    push = 0.012 + 0.030 * lips.round * bow

    def on(ys: Array) -> Array:
        return form.at(ys, angle, push)

    heights = np.concatenate([top_out, top_in, low_in, low_out, line_y])
    edges = form.at(heights, np.tile(angle, 5), np.tile(push, 5)).reshape(5, len(span), 2)
    upper, mouth_top, mouth_low, lower, closed = edges

    dark = ink.line("head", mix(look.skin, RGB(110, 24, 30), 0.45), 0.55)
    width = max(0.9, 0.016 * form.px)
    rouge = {"female": 0.52, "male": 0.26, "unspecified": 0.36}[look.gender]
    flesh = mix(look.skin, RGB(176, 52, 60), rouge)
    fill(canvas, smooth_closed(np.concatenate([upper, mouth_top[::-1]])), ink.between("head", flesh, 0.25))
    fill(canvas, smooth_closed(np.concatenate([mouth_low, lower[::-1]])), ink.between("head", flesh, 0.85))
    if lips.open > 0.04:
        cavity = smooth_closed(np.concatenate([mouth_top, mouth_low[::-1]]), 0.8)
        fill(canvas, cavity, ink.line("head", RGB(96, 26, 32), 0.45))
        canvas.save()
        canvas.clipPath(cavity, True)
        if lips.tongue > 0.1:
            tip = centre - 0.78 * gap * (0.95 - 0.45 * lips.tongue) - 0.03
            reach = 0.62 * _SEVEN * wide / 0.33
            tongue = form.at(np.concatenate([tip + 0.045 * (1 - _SEVEN ** 2), [tip - 0.1, tip - 0.1]]),
                             np.concatenate([reach, [reach[-1], reach[0]]]))  # fmt: skip
            fill(canvas, smooth_closed(tongue, 0.7), ink.between("head", RGB(196, 92, 92), 0.4))
        ivory = ink.between("head", RGB(244, 238, 226), 0.75)
        if lips.teeth > 0.05:
            edge = top_in - min(0.036, 0.55 * gap + 0.008) * lips.teeth * (0.55 + 0.45 * bow)
            fill(canvas, smooth_closed(np.concatenate([on(top_in + 0.02), on(edge)[::-1]]), 0.8), ivory)
        if lips.low_teeth > 0.05:
            edge = low_in + min(0.026, 0.4 * gap) * lips.low_teeth * (0.4 + 0.6 * bow)
            fill(canvas, smooth_closed(np.concatenate([on(low_in - 0.02), on(edge)[::-1]]), 0.8), ivory)
        canvas.restore()
        if lips.bite > 0.3:
            fill(canvas, smooth_closed(np.concatenate([on(low_in + 0.012)[3:10], lower[3:10][::-1]])),
                 ink.between("head", flesh, 0.75))  # fmt: skip
            fill(canvas, smooth_closed(np.concatenate([mouth_top[4:9], on(low_in + 0.004)[4:9][::-1]]), 0.6), ivory)
        stroke(canvas, smooth_open(mouth_top), with_alpha(dark, 0.8), width * 0.7)
    else:
        stroke(canvas, smooth_open(closed), dark, width)
    if form.px > FULL_PX:
        corner = with_alpha(dark, 0.55)
        for k, sign in ((0, -1.0), (-1, 1.0)):
            if form.faces(float(angle[k])) > 0.2:
                a = form.at(np.array([line_y[k] + 0.010 + 0.012 * smile, line_y[k] - 0.006]),
                            np.array([angle[k] + sign * 0.035, angle[k] + sign * 0.015]))  # fmt: skip
                stroke(canvas, smooth_open(a), corner, width * 0.8)
        chin = form.at(np.full(5, float(low_out.min()) - 0.022), 0.5 * _FIVE * wide / 0.33, 0.008)
        if form.faces(0.0) > 0.1 and look.beard == "none":
            stroke(canvas, smooth_open(chin), with_alpha(ink.shade("head", look.skin), 0.55), 0.022 * form.px)
        if smile > 0.5 and form.px > 40:
            for sign in (1.0, -1.0):
                if form.faces(sign * 0.6) > 0.15:
                    fold = form.at(np.array([0.335, 0.27, 0.205]) - drop * 0.5, sign * np.array([0.30, 0.47, 0.52]))
                    stroke(
                        canvas,
                        smooth_open(fold),
                        with_alpha(ink.line("head", look.skin, 0.32), 0.40 * smile),
                        width * 0.9,
                    )


def _far_mouth(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, drop: float) -> None:
    """A mouth of a few pixels: a line that smiles or not, or a dark opening."""
    half = 0.34 * face.lips.wide
    a = form.span(0.2, -half, half, 5)
    if a is None:
        return
    u = _FIVE
    y = 0.205 - 0.4 * drop + 0.045 * face.smile * u * u
    dark = ink.line("head", mix(look.skin, RGB(110, 24, 30), 0.45), 0.55)
    if face.lips.open > 0.12:
        low = y - 0.11 * face.lips.open * (1 - u * u) - 0.01
        fill(canvas, smooth_closed(np.concatenate([form.at(y, a, 0.01), form.at(low, a, 0.01)[::-1]])), dark)
    else:
        stroke(canvas, smooth_open(form.at(y, a, 0.01)), with_alpha(dark, 0.75), max(0.7, 0.03 * form.px))
