"""Hats: a cap, a brimmed hat, a beanie, a peaked cap and a helmet, fitted to the head's form."""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
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
from model.theatre.people.hair import hairline
from model.theatre.people.head import HeadForm
from model.theatre.people.headwear import paint_turban, paint_wrap_edge

__all__ = ["paint_hat"]

Array = NDArray[np.float64]
_ROUND = np.linspace(0, 2 * math.pi, 22, endpoint=False)


def paint_hat(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """The hat of a look, over hair and face."""
    if look.hat == "brimmed":
        _brimmed(canvas, form, look.hat_colour, ink)
    elif look.hat == "peaked":
        _peaked(canvas, form, look.hat_colour, ink)
    elif look.hat == "helmet":
        _helmet(canvas, form, look.hat_colour, ink)
    elif look.hat == "turban":
        paint_turban(canvas, form, look, ink)
    elif look.hat in ("hijab", "hood"):
        paint_wrap_edge(canvas, form, look, ink, hairline(look))
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
        whole = _ring(form, _ROUND, 0.765 - 0.045 * np.cos(2 * _ROUND), 0.26)
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
    edge = _ring(form, near, 0.765 - 0.045 * np.cos(2 * near), 0.26)
    lip = form.to_px(np.concatenate([edge, _ring(form, near[::-1], 0.79, 0.05)]))
    under = ink.shade("hair", colour) if form.elevation < -0.06 else ink.between("hair", colour, 0.85)
    fill(canvas, smooth_closed(lip, 0.5), under)
    # Felt has a thickness, which is all of a brim that is seen from its own height.
    stroke(canvas, smooth_open(lip[:13]), ink.between("hair", colour, 0.75), max(1.7, 0.036 * form.px))


def _peaked(canvas: skia.Canvas, form: HeadForm, colour: RGB, ink: Ink) -> None:
    """An officer's cap: a band, a wide flat crown that rises before, a dark visor and a badge."""
    near = form.bearing + np.linspace(-1.62, 1.62, 13)
    low = form.elevation < 0.10
    behind = form.faces(0.0) < -0.1
    if behind:
        _visor(canvas, form, ink, VISOR, 0.765)
    foot = _ring(form, near, 0.745 + 0.02 * np.cos(near), 0.045)
    brow = _ring(form, near, 0.865 + 0.02 * np.cos(near), 0.055)
    wide = _ring(form, _ROUND, 0.985 + 0.085 * np.cos(_ROUND), 0.125)
    top = _ring(form, _ROUND, 1.05 + 0.085 * np.cos(_ROUND), 0.03)
    crown = hull(form.to_px(np.concatenate([brow, wide, top])))
    band = smooth_closed(form.to_px(np.concatenate([foot, brow[::-1]])), 0.5)
    fill(canvas, band, ink.between("hair", mix(colour, RGB(16, 12, 20), 0.45), 0.6))
    fill(canvas, crown, ink.shade("hair", colour))
    with clipped(canvas, crown):
        light_up(canvas, crown, ink.lit("hair", colour), ink, 0.15 * form.px)
        rim_light(canvas, crown, ink, colour, 0.035 * form.px, simple=True)
        if not low:
            fill(canvas, smooth_closed(form.to_px(top)), ink.between("hair", colour, 0.92))
    if form.px > 14 and ink.plain is None:
        seam = _ring(form, near, 0.985 + 0.085 * np.cos(near), 0.125)
        line = with_alpha(ink.line("hair", colour, 0.5), 0.5)
        stroke(canvas, smooth_open(form.to_px(seam)), line, max(0.7, 0.014 * form.px))
        if form.faces(0.0) > 0.15:
            badge = skia.Path()
            _, deep, middle = (float(v) for v in form.section(np.array(0.80)))
            badge.addCircle(*form.to_px(np.array([[0.0, 0.90, middle + deep + 0.085]]))[0].tolist(), 0.052 * form.px)
            fill(canvas, badge, ink.between("hair", RGB(222, 192, 98), 1.0))
    if not behind:
        _visor(canvas, form, ink, VISOR, 0.765)


VISOR = RGB(30, 26, 34)


def _helmet(canvas: skia.Canvas, form: HeadForm, colour: RGB, ink: Ink) -> None:
    """A hard hat: a smooth dome with a ridge, and a narrow brim that is deeper before."""
    line = with_alpha(ink.line("hair", colour, 0.5), 0.6)
    if form.px > 16 and ink.plain is None:
        for side in (1.0, -1.0):
            if form.faces(side * 1.35) > 0.0:
                strap = form.at(np.array([0.72, 0.40, 0.10, -0.02]), side * np.array([1.45, 1.42, 1.25, 0.7]), 0.012)
                stroke(canvas, smooth_open(strap), ink.line("hair", RGB(60, 56, 60), 0.3), max(0.8, 0.022 * form.px))
    brim = _ring(form, _ROUND, 0.74 + 0.015 * np.cos(2 * _ROUND), 0.095)
    brim[:, 2] += 0.13 * np.clip(np.cos(_ROUND), 0, 1) ** 1.5
    y, a = (g.ravel() for g in np.meshgrid([0.76, 0.84, 0.91, 0.97, 1.0], _ROUND))
    centre = np.array([0.0, 0.62, -0.05])
    dome = centre + (form.on(y, a, seen=False) - centre) * 1.24
    if form.elevation < 0.08:  # the far rim lies behind the head
        near = np.cos(_ROUND - form.bearing) > -0.15
        brim, dome = brim[near], dome[(np.cos(a - form.bearing) > -0.2) | (y > 0.9)]
    shell, rim = hull(form.to_px(dome)), hull(form.to_px(brim))
    fill(canvas, rim, ink.between("hair", mix(colour, RGB(20, 10, 20), 0.20), 0.55))
    fill(canvas, shell, ink.shade("hair", colour))
    with clipped(canvas, shell):
        light_up(canvas, shell, ink.lit("hair", colour), ink, 0.16 * form.px)
        rim_light(canvas, shell, ink, colour, 0.035 * form.px, simple=True)
        if form.px > 12 and ink.plain is None:
            for aside in (0.0, 0.75, -0.75):
                turn = np.array([aside, aside * 0.7, aside * 0.35]) if form.faces(0) > -0.1 else (
                    math.pi + np.array([aside, aside * 0.7, aside * 0.35]))  # fmt: skip
                rise = centre + (form.on(np.array([0.78, 0.93, 1.0]), turn, seen=False) - centre) * 1.245
                stroke(canvas, smooth_open(form.to_px(rise)), line, max(0.7, (0.05 if aside == 0 else 0.016) * form.px))
            shine = with_alpha(ink.between("hair", mix(colour, RGB(255, 255, 255), 0.7), 1.0), 0.55)
            side = form.bearing + (0.5 if ink.toward_key[0] > 0 else -0.5)
            gleam = centre + (form.on(np.array([0.84, 0.92, 0.97]), np.full(3, side), seen=False) - centre) * 1.24
            stroke(canvas, smooth_open(form.to_px(gleam)), shine, max(0.8, 0.035 * form.px))
    edge = form.to_px(brim)
    stroke(canvas, hull(edge), with_alpha(line, 0.35), max(0.7, 0.012 * form.px))


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


def _visor(canvas: skia.Canvas, form: HeadForm, ink: Ink, colour: RGB, low: float = 0.735) -> None:
    a = np.linspace(-1.12, 1.12, 9)
    root = _ring(form, a, low, 0.05)
    edge = _ring(form, a, low - 0.035 - 0.035 * np.sin(a) ** 2, 0.055)
    edge[:, 2] += 0.24 * np.cos(a * 1.3)
    path = smooth_closed(form.to_px(np.concatenate([root, edge[::-1]])), 0.7)
    shade = ink.between("hair", mix(colour, RGB(20, 10, 20), 0.22), 0.55 if form.elevation < 0.1 else 0.9)
    if form.faces(0.0) >= -0.1:
        fill(canvas, path, shade)
        return
    # From behind, only what stands out past the head is seen.
    y = np.linspace(0.3, 1.0, 8)
    right, left = form.edges(y)
    both = np.concatenate([y, y[::-1]])
    head = form.to_px(form.on(both, np.concatenate([right, left[::-1]]), 0.07, seen=False))
    canvas.save()
    canvas.clipPath(smooth_closed(head), skia.ClipOp.kDifference, True)
    fill(canvas, path, shade)
    canvas.restore()
