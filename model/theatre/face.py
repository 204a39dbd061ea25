"""Faces: skin in two tones, eyes that look, brows, nose, a mouth that speaks, age, beard and glasses.

Features lie on the head's surface (`model.theatre.head`) and come and go with its turn; far heads get fewer.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.expression import Expression
from model.theatre.head import HeadForm
from model.theatre.paint import Ink, fill, mix, polygon, smooth_closed, smooth_open, stroke, with_alpha

__all__ = ["paint_ear", "paint_face", "shade_bands"]

Array = NDArray[np.float64]
FULL_PX, SIMPLE_PX, DOTS_PX = 30.0, 15.0, 8.0  # head heights from which the eyes get this much detail

_IRIS = (RGB(82, 52, 30), RGB(58, 38, 26), RGB(104, 82, 48), RGB(74, 108, 130), RGB(84, 112, 84), RGB(96, 106, 116))


def _iris(look: Look) -> RGB:
    light = sum(look.skin) / 3
    if light < 150 or sum(look.hair_colour) < 110:
        return _IRIS[0] if light > 110 else _IRIS[1]
    return _IRIS[(look.hair_colour.r * 3 + look.skin.g * 5 + round(look.height_m * 100)) % len(_IRIS)]


def shade_bands(form: HeadForm, ink: Ink, reach: float = 1.28) -> list[skia.Path]:
    """The parts of the head that the key does not reach, as outlines over its whole height."""
    way = form.axes.T @ np.asarray(ink.tone.key_from)
    azimuth = math.atan2(way[0], way[2])
    y = np.linspace(form.y[0], 1.0, 15)
    # The cheek catches light beyond the socket and the jaw.
    turn = reach + 0.16 * np.exp(-(((y - 0.36) / 0.10) ** 2)) - 0.16 * np.exp(-(((y - 0.53) / 0.07) ** 2))
    turn = turn + 0.25 * max(0.0, float(way[1]) - 0.5) - 0.25 * np.clip(0.2 - y, 0, 1)
    return [smooth_closed(p) for p in form.bands(y, azimuth + 2 * math.pi - turn, azimuth + turn)]


def paint_ear(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, side: float) -> None:
    """One ear: `side` +1 is the figure's right."""
    t = np.linspace(0, 2 * math.pi, 9)[:-1]
    u, v = 0.062 * np.cos(t), 0.105 * np.sin(t) + 0.012 * np.cos(t)
    v = np.where(v < 0, v * 1.0, v)
    centre = np.array([side * 0.352, 0.455, -0.055])
    ring = centre + np.outer(u, [side * 0.40, 0.0, -0.92]) + np.outer(v, [side * 0.10, 1.0, -0.12])
    ring[:, 0] -= side * 0.02 * (v < -0.05)
    path = smooth_closed(form.to_px(ring))
    fill(canvas, path, ink.between("head", mix(look.skin, RGB(190, 80, 70), 0.10), 0.75))
    if ink.plain is None and form.px > 26:
        inner = form.to_px(centre + (ring - centre) * 0.62 + np.array([0, 0.006, 0.008]))
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
    canvas.save()
    canvas.clipPath(skin, True)
    for band in shade_bands(form, ink):
        fill(canvas, band, ink.shade("head", look.skin))
    canvas.restore()
    if form.px < 5:
        return skin
    if ink.plain is not None:
        _plain_features(canvas, form, look, ink)
        return skin
    young = min(1.0, max(0.0, (14.0 - look.age_years) / 8.0))
    drop = 0.050 * young
    clip = skia.Path(skin)
    canvas.save()
    canvas.clipPath(clip, True)
    if form.px > SIMPLE_PX:
        _cheeks(canvas, form, look, ink, face, drop)
    canvas.restore()
    if look.beard:
        _beard(canvas, form, look, ink)
    if form.px >= DOTS_PX:
        canvas.save()
        canvas.clipPath(clip, True)
        for side in (1.0, -1.0):
            _eye(canvas, form, look, ink, face, pupils, side, drop)
        canvas.restore()
        for side in (1.0, -1.0):
            _brow(canvas, form, look, ink, face, side, drop)
        if form.px > SIMPLE_PX and look.age_years >= 42:
            _age(canvas, form, look, ink, drop)
        _mouth(canvas, form, look, ink, face, drop)
        _nose(canvas, form, look, ink, face, drop)
        if look.beard:
            _moustache(canvas, form, look, ink)
    if look.glasses:
        _glasses(canvas, form, ink, drop)
    return skin


def _plain_features(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    """The mannequin's face: a wedge of a nose and an eye line, enough to tell where it looks."""
    line = ink.line("head", look.skin)
    if form.faces(0.0) > -0.2:
        stroke(canvas, polygon_open(form.at(np.full(7, 0.52), np.linspace(-0.95, 0.95, 7))), line, 0.035 * form.px)
        wedge = np.array([[0.0, 0.54, 0.36], [0.0, 0.36, 0.47], [0.0, 0.33, 0.37]])
        stroke(canvas, polygon(form.to_px(wedge)), line, 0.03 * form.px)


def polygon_open(points: Array) -> skia.Path:
    """A smooth open line, for strokes."""
    return smooth_open(points)


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


def _eye(
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
        white = mix(RGB(243, 238, 230), look.skin, 0.13)
        fill(canvas, lids, ink.between("head", white, 0.80))
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


def _brow(
    canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, side: float, drop: float
) -> None:
    if form.faces(side * 0.4) < 0.02:
        return
    lift = 0.030
    a_in = side * (0.20 - 0.06 * face.knit)
    base = 0.600 - drop * 1.1
    thick = {"female": 0.015, "male": 0.023, "unspecified": 0.018}[look.gender] * (0.75 if drop else 1.0)
    thick = max(thick, 0.7 / form.px)
    ys = np.array([
        base - 0.010 + lift * face.brow_in,
        base + 0.014 + lift * (0.60 * face.brow_in + 0.55 * face.brow_out),
        base + 0.018 + lift * (0.15 * face.brow_in + 0.95 * face.brow_out),
        base - 0.016 + lift * 0.70 * face.brow_out - 0.006,
    ])  # fmt: skip
    angles = np.array([a_in, side * 0.40, side * 0.60, side * 0.80])
    weight = np.array([0.95, 1.0, 0.80, 0.15]) * thick
    upper = form.at(ys + weight, angles, 0.006)
    lower = form.at(ys - weight, angles, 0.006)[::-1]
    hair = look.hair_colour if look.hair != "bald" or look.age_years > 55 else mix(look.hair_colour, look.skin, 0.1)
    tint = mix(mix(hair, RGB(50, 30, 24), 0.35), look.skin, 0.12)
    fill(canvas, smooth_closed(np.concatenate([upper, lower])), ink.line("head", tint, 0.22))
    if face.knit > 0.35 and form.px > FULL_PX and form.faces(0.0) > 0.3:
        crease = form.at(np.array([base - 0.03, base + 0.025]), np.array([side * 0.07, side * 0.085]))
        stroke(
            canvas, smooth_open(crease), with_alpha(ink.line("head", look.skin, 0.4), 0.5 * face.knit), 0.011 * form.px
        )


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
    p = form.to_px(np.stack([bridge, ridge, tip, under, foot, r, left]))
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
        plane = smooth_closed(np.stack([p[0] * 0.55 + p[1] * 0.45, p[1], p[2], p[3], p[dark]]), 0.7)
        fill(canvas, plane, with_alpha(ink.shade("head", look.skin), 0.85))
    shade = smooth_closed(np.stack([p[5], p[2] * 0.35 + p[3] * 0.65, p[6], p[4]]), 0.8)
    fill(canvas, shade, with_alpha(ink.shade("head", mix(look.skin, RGB(150, 50, 40), 0.18)), 0.8))
    width = max(0.7, 0.013 * form.px)
    if abs(turn) > 0.30:
        stroke(canvas, smooth_open(np.stack([p[2], p[3], p[4]])), with_alpha(line, 0.55), width)
    for index, angle in ((5, 0.45), (6, -0.45)):
        if form.faces(angle) > 0.25 and form.px > 24:
            curl = np.stack(
                [p[index] + (p[2] - p[4]) * 0.35 + (p[index] - p[4]) * 0.02, p[index], p[index] * 0.55 + p[4] * 0.45]
            )
            stroke(canvas, smooth_open(curl), with_alpha(line, 0.60), width)
            if face.sneer > 0.3:
                fold = form.at(np.array([0.46, 0.40]), np.array([angle * 0.35, angle * 0.6]))
                stroke(canvas, smooth_open(fold), with_alpha(line, 0.4 * face.sneer), width)


def _mouth(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, face: Expression, drop: float) -> None:
    if form.faces(0.0) < -0.30:
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

    def on(ys: Array, lift: Array | float = 0.0) -> Array:
        return form.at(ys, angle, push + lift)

    dark = ink.line("head", mix(look.skin, RGB(110, 24, 30), 0.45), 0.55)
    width = max(0.9, 0.016 * form.px)
    if form.px < SIMPLE_PX:
        if lips.open > 0.12:
            fill(canvas, smooth_closed(np.concatenate([on(top_in), on(low_in)[::-1]])), dark)
        else:
            stroke(canvas, smooth_open(on(line_y)), with_alpha(dark, 0.75), max(0.7, 0.03 * form.px))
        return
    rouge = {"female": 0.52, "male": 0.26, "unspecified": 0.36}[look.gender]
    flesh = mix(look.skin, RGB(176, 52, 60), rouge)
    fill(canvas, smooth_closed(np.concatenate([on(top_out), on(top_in)[::-1]])), ink.between("head", flesh, 0.25))
    fill(canvas, smooth_closed(np.concatenate([on(low_in), on(low_out)[::-1]])), ink.between("head", flesh, 0.85))
    if lips.open > 0.04:
        cavity = smooth_closed(np.concatenate([on(top_in), on(low_in)[::-1]]), 0.8)
        fill(canvas, cavity, ink.line("head", RGB(96, 26, 32), 0.45))
        canvas.save()
        canvas.clipPath(cavity, True)
        if lips.tongue > 0.1:
            tip = centre - 0.78 * gap * (0.95 - 0.45 * lips.tongue) - 0.03
            reach = np.linspace(-0.62, 0.62, 7) * wide / 0.33
            tongue = form.at(np.concatenate([tip + 0.045 * (1 - np.linspace(-1, 1, 7) ** 2), [tip - 0.1, tip - 0.1]]),
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
            fill(canvas, smooth_closed(np.concatenate([on(low_in + 0.012)[3:10], on(low_out)[3:10][::-1]])),
                 ink.between("head", flesh, 0.75))  # fmt: skip
            fill(canvas, smooth_closed(np.concatenate([on(top_in)[4:9], on(low_in + 0.004)[4:9][::-1]]), 0.6), ivory)
        stroke(canvas, smooth_open(on(top_in)), with_alpha(dark, 0.8), width * 0.7)
    else:
        stroke(canvas, smooth_open(on(line_y)), dark, width)
    if form.px > FULL_PX:
        corner = with_alpha(dark, 0.55)
        for k, sign in ((0, -1.0), (-1, 1.0)):
            if form.faces(float(angle[k])) > 0.2:
                a = form.at(np.array([line_y[k] + 0.010 + 0.012 * smile, line_y[k] - 0.006]),
                            np.array([angle[k] + sign * 0.035, angle[k] + sign * 0.015]))  # fmt: skip
                stroke(canvas, smooth_open(a), corner, width * 0.8)
        chin = form.at(np.full(5, float(low_out.min()) - 0.022), np.linspace(-0.5, 0.5, 5) * wide / 0.33, 0.008)
        if form.faces(0.0) > 0.1 and not look.beard:
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


def _age(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink, drop: float) -> None:
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


def _beard(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    a = form.span(0.25, -1.55, 1.55, 15)
    if a is None:
        return
    turned = np.abs((a + math.pi) % (2 * math.pi) - math.pi)
    marks = [0.0, 0.34, 0.52, 0.72, 1.02, 1.30, 1.55]
    ys = np.interp(turned, marks, [0.290, 0.285, 0.255, 0.245, 0.275, 0.36, 0.45])
    top = form.at(ys, a, 0.004)
    low = np.interp(turned, [0.0, 0.9, 1.25, 1.6], [form.y[0] - 0.03, form.y[0] + 0.02, 0.12, 0.36])
    bottom = form.to_px(form.on(low, a, 0.03, seen=False))[::-1]
    path = smooth_closed(np.concatenate([top, bottom]), 0.8)
    fill(canvas, path, ink.between("hair", look.hair_colour, 0.7))
    canvas.save()
    canvas.clipPath(path, True)
    for band in shade_bands(form, ink):
        fill(canvas, band, ink.shade("hair", look.hair_colour))
    canvas.restore()


def _moustache(canvas: skia.Canvas, form: HeadForm, look: Look, ink: Ink) -> None:
    if form.faces(0.0) < -0.2:
        return
    a = form.span(0.25, -0.48, 0.48, 9)
    if a is None:
        return
    turned = np.abs((a + math.pi) % (2 * math.pi) - math.pi)
    upper = form.at(np.interp(turned, [0.0, 0.26, 0.48], [0.296, 0.285, 0.205]), a, 0.02)
    lower = form.at(np.interp(turned, [0.0, 0.26, 0.48], [0.252, 0.238, 0.185]), a, 0.025)[::-1]
    fill(
        canvas,
        smooth_closed(np.concatenate([upper, lower])),
        ink.between("hair", mix(look.hair_colour, RGB(20, 10, 10), 0.15), 0.6),
    )


def _glasses(canvas: skia.Canvas, form: HeadForm, ink: Ink, drop: float) -> None:
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
