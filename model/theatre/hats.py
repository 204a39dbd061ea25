"""Hats: a cap, a brimmed hat and a beanie, fitted to the head's form."""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.head import HeadForm
from model.theatre.paint import (
    Ink,
    clipped,
    fill,
    hull,
    light_up,
    mix,
    polygon,
    rim_light,
    smooth_closed,
    smooth_open,
    stroke,
    with_alpha,
)

__all__ = ["paint_hat"]

Array = NDArray[np.float64]
_ROUND = np.linspace(0, 2 * math.pi, 22, endpoint=False)


def paint_hat(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """The hat of a look, over hair and face."""
    if look.hat == "brimmed":
        _brimmed(canvas, form, look.hat_colour, ink)
    elif look.hat != "none":
        _fitted(canvas, form, look, ink)


def _ring(form: HeadForm, angles: Array, y: Array | float, out: float) -> Array:
    """A ring about the head in head heights, `out` wider than the head is at its temples."""
    half, deep, middle = form.section(np.array(0.80))
    points = np.empty((len(angles), 3))
    points[:, 0] = (half + out) * np.sin(angles)
    points[:, 1] = y
    points[:, 2] = middle + (deep + out) * np.cos(angles)
    return points


def _brimmed(canvas: skia.Canvas, form: HeadForm, colour: RGB, ink: Ink) -> None:
    # From below, only the near half of a ring lies before the head; from above, all of the top is seen.
    near = form.bearing + np.linspace(-1.62, 1.62, 13)
    low, above = form.elevation < 0.05, form.elevation > 0.12
    line = ink.line("hair", colour, 0.5)
    if not low:
        whole = _ring(form, _ROUND, 0.765 - 0.03 * np.cos(2 * _ROUND), 0.25)
        fill(canvas, smooth_closed(form.to_px(whole)), ink.between("hair", colour, 0.7))
    foot = _ring(form, near, 0.79, 0.05)
    crest = _ring(form, near if low else _ROUND, 1.10, -0.02)
    crown = hull(form.to_px(np.concatenate([foot, crest])))
    fill(canvas, crown, ink.shade("hair", colour))
    with clipped(canvas, crown):
        light_up(canvas, crown, ink.lit("hair", colour), ink, 0.14 * form.px)
        rim_light(canvas, crown, ink, colour, 0.035 * form.px, simple=True)
        band = form.to_px(np.concatenate([foot, _ring(form, near[::-1], 0.86, 0.04)]))
        fill(canvas, smooth_closed(band, 0.5), line)
    if above:
        fill(canvas, smooth_closed(form.to_px(_ring(form, _ROUND, 1.10, -0.03))), ink.between("hair", colour, 0.9))
    edge = _ring(form, near, 0.765 - 0.03 * np.cos(2 * near), 0.25)
    lip = form.to_px(np.concatenate([edge, _ring(form, near[::-1], 0.79, 0.05)]))
    under = ink.shade("hair", colour) if form.elevation < -0.06 else ink.between("hair", colour, 0.85)
    fill(canvas, smooth_closed(lip, 0.5), under)


def _fitted(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """A cap or a beanie: a dome that grips the head."""
    colour, cap = look.hat_colour, look.hat == "cap"
    base = 0.715 if cap else 0.665
    low = form.elevation < 0.05
    grid_y, grid_a = (g.ravel() for g in np.meshgrid([base, 0.80, 0.88, 0.95, 1.0], _ROUND))
    if low:
        near = np.cos(grid_a - form.bearing) > -0.25
        grid_y, grid_a = grid_y[near], grid_a[near]
    shell = _gripping(form, grid_y, grid_a, base, cap)
    dome = hull(form.to_px(shell))
    behind = form.faces(0.0) < -0.1
    canvas.save()
    if low:  # the near edge curves up over the face
        turn = form.bearing + np.linspace(-1.75, 1.75, 13)
        edge = form.to_px(_gripping(form, np.full(13, base), turn, base, cap))
        up = (form.to_px(np.array([[0.0, 3.0, 0.0], [0.0, 0.0, 0.0]])) * np.array([[1.0], [-1.0]])).sum(axis=0)
        canvas.clipPath(polygon(np.concatenate([edge, [edge[-1] + up, edge[0] + up]])), True)
    if cap and behind:
        _visor(canvas, form, ink, colour)
    fill(canvas, dome, ink.shade("hair", colour))
    canvas.save()
    canvas.clipPath(dome, True)
    light_up(canvas, dome, ink.lit("hair", colour), ink, 0.16 * form.px)
    rim_light(canvas, dome, ink, colour, 0.035 * form.px, simple=True)
    if not cap:
        turn = form.bearing + np.linspace(-1.5, 1.5, 9)
        fold = np.concatenate(
            [form.at(np.full(9, base - 0.05), turn, 0.06), form.at(np.full(9, 0.75), turn[::-1], 0.07)]
        )
        fill(canvas, smooth_closed(fold, 0.6), ink.between("hair", mix(colour, RGB(20, 10, 20), 0.16), 0.7))
    elif form.px > 16 and ink.plain is None:
        line = with_alpha(ink.line("hair", colour, 0.5), 0.45)
        for seam in (0.0, 1.05, -1.05, 2.1, -2.1, math.pi):
            if form.faces(seam) > 0.12:
                rise = form.at(np.array([0.74, 0.88, 0.97, 1.0]), np.full(4, seam), 0.09)
                stroke(canvas, smooth_open(rise), line, max(0.7, 0.012 * form.px))
    canvas.restore()
    canvas.restore()
    if cap and not behind:
        _visor(canvas, form, ink, colour)


def _gripping(form: HeadForm, y: Array, angle: Array, base: float, cap: bool) -> Array:
    """Points of a dome that stands a little off the head, lower behind (a cap) or before (a beanie)."""
    centre = np.array([0.0, 0.60, -0.05])
    shell: Array = centre + (form.on(y, angle, seen=False) - centre) * (1.13 if cap else 1.17)
    shell[:, 1] += np.where(y <= base, (-0.045 if cap else 0.03) * np.cos(angle), 0.0)
    return shell


def _visor(canvas: skia.Canvas, form: HeadForm, ink: Ink, colour: RGB) -> None:
    a = np.linspace(-1.12, 1.12, 9)
    root = _ring(form, a, 0.735, 0.05)
    edge = _ring(form, a, 0.70 - 0.035 * np.sin(a) ** 2, 0.055)
    edge[:, 2] += 0.24 * np.cos(a * 1.3)
    path = smooth_closed(form.to_px(np.concatenate([root, edge[::-1]])), 0.7)
    fill(canvas, path, ink.between("hair", mix(colour, RGB(20, 10, 20), 0.22), 0.55 if form.elevation < 0.1 else 0.9))
