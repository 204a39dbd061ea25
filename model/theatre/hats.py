"""Hats: a cap, a brimmed hat and a beanie, fitted to the head's form."""

from __future__ import annotations

import math

import numpy as np
import skia

from model.stage import RGB, Look
from model.theatre.head import HeadForm
from model.theatre.paint import Ink, fill, hull, mix, smooth_closed, smooth_open, stroke, two_tone, with_alpha

__all__ = ["paint_hat"]


def paint_hat(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """A cap, a brimmed hat or a beanie."""
    if look.hat == "none":
        return
    a = np.linspace(0, 2 * math.pi, 22, endpoint=False)
    colour = look.hat_colour
    centre = np.array([0.0, 0.60, -0.05])
    detail = form.px > 16 and ink.plain is None
    line = ink.line("hair", colour, 0.5)
    if look.hat == "brimmed":
        half, deep, middle = form.section(np.array(0.80))
        ring = np.stack(
            [
                (half + 0.25) * np.sin(a),
                np.full(len(a), 0.765) - 0.03 * np.cos(2 * a),
                middle + (deep + 0.24) * np.cos(a),
            ],
            axis=1,
        )
        inner = np.stack([(half + 0.05) * np.sin(a), np.full(len(a), 0.79), middle + (deep + 0.05) * np.cos(a)], axis=1)
        top = np.stack(
            [
                (half - 0.02) * np.sin(a),
                np.full(len(a), 1.10) - 0.02 * np.cos(2 * a),
                middle + (deep - 0.02) * np.cos(a),
            ],
            axis=1,
        )
        brim = smooth_closed(form.to_px(ring))
        fill(canvas, brim, ink.shade("hair", colour) if form.elevation < 0 else ink.between("hair", colour, 0.7))
        crown = hull(form.to_px(np.concatenate([inner, top])))
        two_tone(canvas, crown, ink, "hair", colour, 0.14 * form.px)
        band = hull(form.to_px(np.concatenate([inner, inner + np.array([0.0, 0.06, 0.0])])))
        canvas.save()
        canvas.clipPath(crown, True)
        fill(canvas, band, line)
        canvas.restore()
        near = ring[[i for i, angle in enumerate(a) if math.cos(angle - form.bearing) > -0.05]]
        order = np.argsort(
            [((math.atan2(p[0], p[2] - float(middle)) - form.bearing + math.pi) % (2 * math.pi)) for p in near]
        )
        back = inner[[i for i, angle in enumerate(a) if math.cos(angle - form.bearing) > -0.05]]
        back_order = np.argsort(
            [((math.atan2(p[0], p[2] - float(middle)) - form.bearing + math.pi) % (2 * math.pi)) for p in back]
        )
        lip = np.concatenate([near[order], back[back_order][::-1]])
        fill(canvas, smooth_closed(form.to_px(lip), 0.5), ink.between("hair", colour, 0.85))
        return
    base = 0.715 if look.hat == "cap" else 0.665
    y = np.array([base, 0.80, 0.88, 0.95, 1.0])
    grid_y, grid_a = (g.ravel() for g in np.meshgrid(y, a))
    shell = form.on(grid_y, grid_a, seen=False)
    slope = -0.045 * np.cos(grid_a) if look.hat == "cap" else 0.03 * np.cos(grid_a)
    shell = centre + (shell - centre) * (1.17 if look.hat == "beanie" else 1.13)
    shell[:, 1] += np.where(grid_y <= base + 1e-6, -slope * -1.0, 0.0)
    dome = hull(form.to_px(shell))
    if look.hat == "cap" and form.faces(0.0) < -0.1:
        _visor(canvas, form, ink, colour)
    two_tone(canvas, dome, ink, "hair", colour, 0.16 * form.px)
    canvas.save()
    canvas.clipPath(dome, True)
    if look.hat == "beanie":
        low = form.at(np.full(9, base - 0.05), np.linspace(form.bearing - 1.5, form.bearing + 1.5, 9), 0.06)
        high = form.at(np.full(9, base + 0.085), np.linspace(form.bearing + 1.5, form.bearing - 1.5, 9), 0.07)
        fill(
            canvas,
            smooth_closed(np.concatenate([low, high]), 0.6),
            ink.between("hair", mix(colour, RGB(20, 10, 20), 0.16), 0.7),
        )
    elif detail:
        for seam in (0.0, 1.05, -1.05, 2.1, -2.1, math.pi):
            if form.faces(seam) > 0.12:
                p = form.at(np.array([0.74, 0.88, 0.97, 1.0]), np.array([seam, seam, seam, seam]), 0.09)
                stroke(canvas, smooth_open(p), with_alpha(line, 0.45), max(0.7, 0.012 * form.px))
    canvas.restore()
    if look.hat == "cap" and form.faces(0.0) >= -0.1:
        _visor(canvas, form, ink, colour)


def _visor(canvas: skia.Canvas, form: HeadForm, ink: Ink, colour: RGB) -> None:
    a = np.linspace(-1.12, 1.12, 9)
    half, deep, middle = form.section(np.array(0.75))
    root = np.stack([(half + 0.05) * np.sin(a), np.full(9, 0.735), middle + (deep + 0.045) * np.cos(a)], axis=1)
    out = np.stack(
        [
            (half + 0.06) * np.sin(a),
            0.70 - 0.035 * np.sin(a) ** 2,
            middle + (deep + 0.05) * np.cos(a) + 0.24 * np.cos(a * 1.3),
        ],
        axis=1,
    )
    path = smooth_closed(form.to_px(np.concatenate([root, out[::-1]])), 0.7)
    fill(canvas, path, ink.between("hair", mix(colour, RGB(20, 10, 20), 0.22), 0.55 if form.elevation < 0.1 else 0.9))
