"""Beards: stubble, a moustache, a goatee and a full beard, lying on the jaw and moving with it."""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.paint import Ink, clipped, fill, mix, smooth_closed, smooth_open, stroke, with_alpha
from model.theatre.people.head import HeadForm, shade_bands

__all__ = ["paint_beard", "paint_moustache"]

Array = NDArray[np.float64]
_TURNED = [0.0, 0.34, 0.52, 0.72, 1.02, 1.30, 1.55]
_STRANDS = np.array([-1.0, -0.62, -0.3, 0.0, 0.3, 0.62, 1.0])


def _off_front(angles: Array) -> Array:
    return np.abs((angles + math.pi) % (2 * math.pi) - math.pi)


def paint_beard(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """What grows on jaw and chin; painted under the mouth."""
    if look.beard not in ("full", "goatee", "stubble"):
        return
    if look.beard == "goatee":
        path = _chin(form)
    else:
        path = _jaw(form, 0.006 if look.beard == "stubble" else 0.034, 0.0 if look.beard == "stubble" else 0.055)
    if path is None:
        return
    rgb = look.hair_colour
    if look.beard == "stubble":
        fill(canvas, path, with_alpha(ink.between("head", mix(rgb, look.skin, 0.15), 0.6), 0.27))
        return
    fill(canvas, path, ink.between("hair", rgb, 0.8))
    with clipped(canvas, path):
        for band in shade_bands(form, ink):
            fill(canvas, band, ink.shade("hair", rgb))
        if form.px > 34 and ink.plain is None:
            _strands(canvas, form, look, ink)


def _jaw(form: HeadForm, lift: float, hang: float) -> skia.Path | None:
    a = form.span(0.25, -1.55, 1.55, 15)
    if a is None:
        return None
    turned = _off_front(a)
    top = form.at(np.interp(turned, _TURNED, [0.290, 0.285, 0.255, 0.245, 0.275, 0.36, 0.45]), a, 0.004)
    chin = form.y[0]
    low = np.interp(turned, [0.0, 0.5, 0.9, 1.25, 1.6], [chin - hang, chin - 0.8 * hang, chin + 0.015, 0.12, 0.36])
    if hang:
        low = low + 0.010 * np.cos(a * 17.0)  # an uneven edge
    bottom = form.to_px(form.on(low, a, lift, seen=False))[::-1]
    return smooth_closed(np.concatenate([top, bottom]), 0.8)


def _chin(form: HeadForm) -> skia.Path | None:
    a = form.span(0.1, -0.60, 0.60, 11)
    if a is None or form.faces(0.0) < -0.25:
        return None
    turned = _off_front(a)
    chin = form.y[0]
    top = form.at(np.interp(turned, [0.0, 0.20, 0.38, 0.60], [0.142, 0.132, 0.205, 0.225]), a, 0.012)
    low = form.on(np.interp(turned, [0.0, 0.25, 0.60], [chin - 0.075, chin - 0.035, 0.10]), a, 0.026, seen=False)
    return smooth_closed(np.concatenate([top, form.to_px(low)[::-1]]), 0.8)


def _strands(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    lines = skia.Path()
    reach = 0.9 if look.beard == "full" else 0.34
    for u in _STRANDS.tolist():
        angle = u * reach
        if form.faces(angle) > 0.15:
            rise = np.array([0.13 + 0.06 * abs(u), 0.05, form.y[0] - 0.02])
            lines.addPath(smooth_open(form.at(rise, np.array([angle, angle * 0.94, angle * 0.82]), 0.03)))
    colour = with_alpha(ink.line("hair", look.hair_colour, 0.4), 0.5)
    stroke(canvas, lines, colour, max(0.7, 0.013 * form.px))


def paint_moustache(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """What grows over the upper lip; painted over the mouth."""
    if look.beard not in ("full", "goatee", "moustache") or form.faces(0.0) < -0.2:
        return
    a = form.span(0.25, -0.50, 0.50, 11)
    if a is None:
        return
    turned = _off_front(a)
    own = look.beard == "moustache"
    ends = 0.170 if own else 0.190
    upper = form.at(np.interp(turned, [0.0, 0.10, 0.26, 0.50], [0.286, 0.298, 0.282, ends + 0.018]), a, 0.022)
    lower = form.at(np.interp(turned, [0.0, 0.06, 0.26, 0.50], [0.262, 0.240, 0.226, ends]), a, 0.028)[::-1]
    colour = ink.between("hair", mix(look.hair_colour, RGB(20, 10, 10), 0.15), 0.6)
    path = smooth_closed(np.concatenate([upper, lower]))
    fill(canvas, path, colour)
    if form.px > 34 and ink.plain is None:
        lit = with_alpha(ink.between("hair", mix(look.hair_colour, RGB(255, 238, 214), 0.25), 1.0), 0.5)
        shine = upper[2:-2] * 0.55 + lower[::-1][2:-2] * 0.45
        stroke(canvas, smooth_open(shine), lit, max(0.7, 0.012 * form.px))
