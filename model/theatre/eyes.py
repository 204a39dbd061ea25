"""Eyes that look, lids that blink, brows and glasses, each a patch on the head's surface."""

from __future__ import annotations

import numpy as np
import skia

from model.stage import RGB, Look
from model.theatre.expression import Expression
from model.theatre.head import FULL_PX, SIMPLE_PX, HeadForm
from model.theatre.paint import Ink, fill, mix, smooth_closed, smooth_open, stroke, with_alpha

__all__ = ["paint_brow", "paint_eye", "paint_glasses"]

_IRIS = (RGB(82, 52, 30), RGB(58, 38, 26), RGB(104, 82, 48), RGB(74, 108, 130), RGB(84, 112, 84), RGB(96, 106, 116))


def _iris(look: Look) -> RGB:
    light = sum(look.skin) / 3
    if light < 150 or sum(look.hair_colour) < 110:
        return _IRIS[0] if light > 110 else _IRIS[1]
    return _IRIS[(look.hair_colour.r * 3 + look.skin.g * 5 + round(look.height_m * 100)) % len(_IRIS)]


def paint_eye(
    canvas: skia.Canvas,
    form: HeadForm,
    look: Look,
    ink: Ink,
    face: Expression,
    pupils: tuple[float, float],
    side: float,
    drop: float,
) -> None:
    angle = side * 0.43
    if form.faces(side * 0.34) < 0.06:
        return
    old = min(1.0, max(0.0, (look.age_years - 50) / 30))
    child = drop > 0.02
    grow = (1.05 if look.gender == "female" else 1.0) + 4.6 * drop
    lid = max(0.0, min(1.28, face.lid - 0.12 * old))
    look_down = max(0.0, -pupils[1])
    canvas.save()
    canvas.concat(form.frame(0.495 - drop, angle, side * 0.30, side, -0.004))
    canvas.scale(grow, grow)
    line = ink.line("head", mix(look.skin, RGB(60, 26, 22), 0.55), 0.62)
    w = 0.078
    if form.px < SIMPLE_PX:
        dot = skia.Path()
        h = 0.040 * max(0.3, min(1.0, lid))
        dot.addOval(skia.Rect.MakeXYWH(-0.036 + 0.02 * pupils[0] * side, -h, 0.072, 2 * h))
        fill(canvas, dot, line)
        canvas.restore()
        return
    top = 0.050 * lid * (1 - 0.30 * look_down)  # how far the upper lid stands above the corner line
    low = 0.026 - 0.022 * face.low_lid * (0.5 + 0.5 * min(1.0, lid))
    inner, outer = (-w, 0.010), (w * 1.04, -0.008 + 0.006 * old)
    shut = lid < 0.16
    lids = skia.Path()
    lids.moveTo(*inner)
    lids.cubicTo(-w * 0.55, -top * 1.18 + 0.004, w * 0.42, -top * 1.42, *outer)
    lids.cubicTo(w * 0.60, low * 1.20, -w * 0.40, low * 1.38, *inner)
    lids.close()
    # The socket, a breath darker than the skin.
    if form.px > FULL_PX:
        socket = skia.Path()
        socket.addOval(skia.Rect.MakeXYWH(-w * 1.12, -0.078, w * 2.2, 0.088))
        fill(canvas, socket, with_alpha(ink.shade("head", mix(look.skin, RGB(150, 70, 70), 0.18)), 0.42))
    if not shut:
        white = mix(RGB(243, 238, 230), look.skin, 0.12 + 0.24 * max(0.0, 1 - sum(look.skin) / 520))
        fill(canvas, lids, ink.between("head", white, 0.62))
        canvas.save()
        canvas.clipPath(lids, True)
        gx, gy = 0.036 * pupils[0] * side, -0.022 * pupils[1] - 0.004
        r = 0.0395
        colour = _iris(look)
        ball = skia.Path()
        ball.addCircle(gx, gy, r)
        fill(canvas, ball, ink.line("head", colour, 0.45))
        if form.px > FULL_PX:
            ring = skia.Path()
            ring.addCircle(gx, gy + 0.004, r * 0.78)
            fill(canvas, ring, ink.between("head", mix(colour, RGB(255, 225, 180), 0.22), 0.9))
            pupil = skia.Path()
            pupil.addCircle(gx, gy, r * 0.46)
            fill(canvas, pupil, ink.line("head", RGB(24, 16, 16), 0.4))
        shadow = skia.Path()
        shadow.moveTo(-w * 1.1, -0.08)
        shadow.lineTo(w * 1.1, -0.08)
        shadow.lineTo(w * 1.1, outer[1] + 0.006)
        shadow.cubicTo(w * 0.42, -top * 1.42 + 0.026, -w * 0.55, -top * 1.18 + 0.024, inner[0], inner[1])
        shadow.close()
        fill(canvas, shadow, with_alpha(ink.line("head", mix(look.skin, RGB(70, 50, 80), 0.5), 0.5), 0.34))
        if form.px > 22:
            glint = skia.Path()
            gl = 0.014 if form.px > FULL_PX else 0.018
            kx = 0.014 * (1 if ink.toward_key[0] >= 0 else -1) * side * (1 if form.faces(0) > 0 else -1)
            glint.addCircle(gx + kx, gy - 0.016, gl)
            fill(canvas, glint, with_alpha(ink.between("head", RGB(255, 255, 255), 1.0), 0.92))
        canvas.restore()
    thick = {"female": 0.021, "male": 0.016, "unspecified": 0.018}[look.gender]
    thick = max(thick, 0.9 / form.px)
    lash = skia.Path()
    lash.moveTo(*inner)
    lash.cubicTo(-w * 0.55, -top * 1.18 + 0.004, w * 0.42, -top * 1.42, outer[0] + 0.004, outer[1])
    if look.gender == "female" and not child and form.px > 22:
        lash.lineTo(outer[0] + 0.020, outer[1] - 0.016)
        lash.lineTo(outer[0] + 0.002, outer[1] + 0.004)
    lash.cubicTo(w * 0.40, -top * 1.42 + thick * 1.25, -w * 0.5, -top * 1.18 + thick + 0.004, *inner)
    lash.close()
    if shut:
        closed = skia.Path()
        closed.moveTo(*inner)
        closed.cubicTo(-w * 0.4, low * 1.3, w * 0.5, low * 1.25, *outer)
        stroke(canvas, closed, line, thick)
    else:
        fill(canvas, lash, line)
    if form.px > FULL_PX:
        soft = with_alpha(ink.line("head", look.skin, 0.42), 0.55)
        crease = skia.Path()
        crease.moveTo(-w * 0.80, -0.030 - 0.5 * top)
        crease.cubicTo(-w * 0.4, -0.030 - top * 1.05, w * 0.5, -0.032 - top * 1.12, w * 1.10, -0.016 - 0.25 * top)
        stroke(canvas, crease, soft, max(0.008, 0.6 / form.px))
        under = skia.Path()
        under.moveTo(-w * 0.45, low * 0.9 + 0.004)
        under.cubicTo(-w * 0.1, low * 1.15 + 0.006, w * 0.5, low * 1.05 + 0.004, *outer)
        stroke(canvas, under, with_alpha(line, 0.45), max(0.008, 0.6 / form.px))
        if old > 0.1 or face.low_lid > 0.4:
            bag = skia.Path()
            bag.moveTo(-w * 0.7, 0.044)
            bag.cubicTo(-w * 0.2, 0.068, w * 0.5, 0.066, w * 0.9, 0.036)
            stroke(canvas, bag, with_alpha(soft, 0.25 + 0.3 * old), 0.010)
    canvas.restore()


def paint_brow(
    canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, side: float, drop: float
) -> None:
    if form.faces(side * 0.4) < 0.02 or form.elevation < -0.7:
        return
    lift = 0.030
    a_in = side * (0.20 - 0.06 * face.knit)
    base = 0.600 - drop * 1.1
    thick = {"female": 0.015, "male": 0.023, "unspecified": 0.018}[look.gender] * (0.75 if drop else 1.0)
    thick = max(thick, 0.7 / form.px)
    ys = np.array([
        base - 0.003 + lift * face.brow_in,
        base + 0.014 + lift * (0.60 * face.brow_in + 0.55 * face.brow_out),
        base + 0.018 + lift * (0.15 * face.brow_in + 0.95 * face.brow_out),
        base - 0.016 + lift * 0.70 * face.brow_out - 0.006,
    ])  # fmt: skip
    angles = np.array([a_in, side * 0.40, side * 0.60, side * 0.80])
    weight = np.array([0.95, 1.0, 0.80, 0.15]) * thick
    outline = form.at(np.concatenate([ys + weight, (ys - weight)[::-1]]), np.concatenate([angles, angles[::-1]]), 0.006)
    hair = look.hair_colour if look.hair != "bald" or look.age_years > 55 else mix(look.hair_colour, look.skin, 0.1)
    tint = mix(mix(hair, RGB(50, 30, 24), 0.35), look.skin, 0.12)
    fill(canvas, smooth_closed(outline), ink.line("head", tint, 0.22))
    if face.knit > 0.35 and form.px > FULL_PX and form.faces(0.0) > 0.3:
        crease = form.at(np.array([base - 0.03, base + 0.025]), np.array([side * 0.07, side * 0.085]))
        stroke(
            canvas, smooth_open(crease), with_alpha(ink.line("head", look.skin, 0.4), 0.5 * face.knit), 0.011 * form.px
        )


def paint_glasses(canvas: skia.Canvas, form: HeadForm, ink: Ink, drop: float) -> None:
    frame = ink.lit("head", RGB(38, 34, 40))
    width = max(0.8, 0.020 * form.px)
    y = 0.488 - drop
    for side in (1.0, -1.0):
        temple = form.to_px(np.array([[side * 0.345, y + 0.02, 0.20], [side * 0.372, y + 0.01, -0.06]]))
        if form.faces(side * 1.35) > 0:
            stroke(canvas, smooth_open(temple), frame, width)
        if form.faces(side * 0.20) < 0.03:
            continue
        m = form.frame(y, side * 0.44, side * 0.14, side, 0.035)
        rim = skia.Path()
        rim.addRoundRect(skia.Rect.MakeXYWH(-0.112, -0.076, 0.226, 0.150), 0.062, 0.066)
        rim.transform(m)
        fill(canvas, rim, with_alpha(ink.between("head", RGB(235, 245, 250), 1.0), 0.13))
        stroke(canvas, rim, frame, width)
        if form.px > FULL_PX:
            glint = skia.Path()
            glint.moveTo(-0.05, -0.055)
            glint.lineTo(-0.015, -0.055)
            glint.lineTo(-0.06, 0.05)
            glint.lineTo(-0.085, 0.03)
            glint.close()
            glint.transform(m)
            fill(canvas, glint, with_alpha(ink.between("head", RGB(255, 255, 255), 1.0), 0.20))
    if form.faces(0.0) > 0.0:
        f = float(np.interp(0.5, form.y, form.front))
        bridge = form.to_px(
            np.array([[0.050, y + 0.018, f + 0.025], [0.0, y + 0.034, f + 0.055], [-0.050, y + 0.018, f + 0.025]])
        )
        stroke(canvas, smooth_open(bridge), frame, width)
