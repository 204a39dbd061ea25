"""Glasses on a face: round, square, or dark; their temples end where hair covers them."""

from __future__ import annotations

import numpy as np
import skia

from model.stage import RGB, Look
from model.theatre.paint import Ink, fill, smooth_open, stroke, with_alpha
from model.theatre.people.head import FULL_PX, HeadForm

__all__ = ["paint_glasses"]

_FRAMES = {"round": RGB(92, 70, 46), "square": RGB(34, 32, 38), "dark": RGB(22, 20, 24)}


def paint_glasses(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, drop: float, skin_to_rad: float) -> None:
    """The glasses of a look over its eyes, which a child has lower by `drop`.

    `skin_to_rad` is how far round the head skin shows at the eyes' height.
    """
    frame = ink.lit("head", _FRAMES[look.glasses])
    width = max(0.8, (0.017 if look.glasses == "round" else 0.023) * form.px)
    y = 0.488 - drop
    lines, lenses, glints = skia.Path(), skia.Path(), skia.Path()
    for side in (1.0, -1.0):
        if form.faces(side * 1.0) > 0.05:
            reach = np.linspace(0.74, max(0.80, min(1.62, skin_to_rad)), 4) * side
            lines.addPath(smooth_open(form.at(np.full(4, y + 0.018), reach, 0.018)))
        if form.faces(side * 0.20) < 0.03:
            continue
        lens = _lens(look.glasses)
        matrix = form.frame(y, side * 0.44, side * 0.14, side, 0.035)
        lens.transform(matrix)
        lenses.addPath(lens)
        if form.px > FULL_PX:
            glint = skia.Path()
            glint.addPoly([skia.Point(*p) for p in ((-0.05, -0.055), (-0.015, -0.055), (-0.06, 0.05), (-0.085, 0.03))],
                          True)  # fmt: skip
            glint.transform(matrix)
            glints.addPath(glint)
    if form.faces(0.0) > 0.0:
        f = float(np.interp(0.5, form.y, form.front))
        bridge = np.array([[0.050, y + 0.018, f + 0.025], [0.0, y + 0.034, f + 0.055], [-0.050, y + 0.018, f + 0.025]])
        lines.addPath(smooth_open(form.to_px(bridge)))
    dark = look.glasses == "dark"
    glass = ink.between("head", RGB(30, 26, 34) if dark else RGB(235, 245, 250), 1.0)
    fill(canvas, lenses, with_alpha(glass, 0.93 if dark else 0.13))
    fill(canvas, glints, with_alpha(ink.between("head", RGB(255, 255, 255), 1.0), 0.26 if dark else 0.20))
    lines.addPath(lenses)
    stroke(canvas, lines, frame, width)


def _lens(kind: str) -> skia.Path:
    """One lens in head heights, x outward and y down."""
    path = skia.Path()
    if kind == "round":
        path.addOval(skia.Rect.MakeLTRB(-0.094, -0.086, 0.094, 0.086))
    elif kind == "square":
        path.addRoundRect(skia.Rect.MakeLTRB(-0.112, -0.072, 0.116, 0.070), 0.030, 0.030)
    else:  # dark lenses hang lower at the cheek
        path.moveTo(-0.108, -0.072)
        path.lineTo(0.128, -0.078)
        path.quadTo(0.138, 0.020, 0.070, 0.082)
        path.quadTo(0.0, 0.104, -0.060, 0.066)
        path.quadTo(-0.104, 0.030, -0.108, -0.072)
        path.close()
    return path
