"""Eyes that look, lids that blink, and brows, as points on the head's surface.

Both eyes are shaped at once, and what lids hide is cut by arithmetic: nothing here needs a clip.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Look
from model.theatre.moulds import closed_mould, open_mould, polygon_mould
from model.theatre.paint import Ink, fill, mix, stroke, with_alpha
from model.theatre.people.chart import Chart
from model.theatre.people.expression import Expression
from model.theatre.people.head import FULL_PX, SIMPLE_PX, HeadForm

__all__ = ["Brows", "Eyes", "brows", "eyes", "paint_brows", "paint_eyes"]

Array = NDArray[np.float64]

_IRIS = (RGB(98, 62, 34), RGB(66, 42, 28), RGB(118, 92, 52), RGB(80, 118, 146), RGB(88, 120, 88), RGB(102, 114, 126))

_ASIDE = 0.435  # an eye's middle, as an angle from the front
_PER_HEAD = 2.85  # radians to a head height, at an eye
_HALF = 0.084  # half an eye's length
_BALL = 0.0455  # an iris' radius
_U = np.linspace(-1.0, 1.0, 11)  # along an eye from the inner to the outer corner
_BOW = 1.0 - _U * _U
_ARCH = _BOW * (1.0 + 0.20 * _U + 0.40 * _U * _U)
_LASH = 0.55 + 0.45 * _U  # lashes are thickest outward
_X = _U * _HALF
_LOOP_X = np.concatenate([_X, _X[::-1]])
_RING = np.linspace(0.0, 2 * math.pi, 20, endpoint=False)
_RING_X, _RING_Y = np.cos(_RING), np.sin(_RING)
_SMALL_X, _SMALL_Y = _RING_X[::2], _RING_Y[::2]
# The round parts: the iris with its dark rim, the catchlight, the iris' light inside and the pupil.
_DISC_X = np.concatenate([_BALL * _RING_X, 0.0145 * _SMALL_X, 0.0355 * _RING_X, 0.021 * _SMALL_X])
_DISC_Y = np.concatenate([_BALL * _RING_Y, 0.017 + 0.0145 * _SMALL_Y, 0.0345 * _RING_Y - 0.004, 0.021 * _SMALL_Y])
_IS_GLINT = np.repeat([0.0, 1.0, 0.0, 0.0], [20, 10, 20, 10])
_DISC_ENDS = (20, 30, 50, 60)


def _iris(look: Look) -> RGB:
    light = sum(look.skin) / 3
    if light < 150 or sum(look.hair_colour) < 110:
        return _IRIS[0] if light > 110 else _IRIS[1]
    return _IRIS[(look.hair_colour.r * 3 + look.skin.g * 5 + round(look.height_m * 100)) % len(_IRIS)]


class Eyes(NamedTuple):
    """Where the eyes that are seen stand in a chart: `sides` blocks of `size` points, with the same parts in each."""

    sides: int
    start: int
    size: int
    parts: dict[str, slice]

    def take(self, px: Array, part: str) -> Array:
        """The pixels of a part, of one eye after the other."""
        blocks = px[self.start : self.start + self.sides * self.size].reshape(self.sides, self.size, 2)
        return blocks[:, self.parts[part]].reshape(-1, 2)


def eyes(
    chart: Chart, form: HeadForm, look: Look, ink: Ink, face: Expression, pupils: tuple[float, float], drop: float
) -> Eyes | None:
    """Puts the eyes that are seen into a chart; `pupils` are turned right and up in shares of their reach."""
    sides = [side for side in (1.0, -1.0) if form.faces(side * 0.36) > 0.05]
    if not sides:
        return None
    old = min(1.0, max(0.0, (look.age_years - 50) / 30))
    woman = look.gender == "female"
    grow = (1.06 if woman else 1.0) + 4.4 * drop
    lid = max(0.0, min(1.3, face.lid - 0.10 * old))
    far = form.px < SIMPLE_PX
    # How far the lids stand over and under the line between the corners, which rises outward.
    low = 0.027 - 0.020 * face.low_lid * min(1.0, lid)
    top = lid * (0.054 + low) * (1.0 - 0.24 * max(0.0, -pupils[1]) + 0.06 * max(0.0, pupils[1])) - low
    tilt = 0.009 - 0.006 * old
    # Heads do most of a turn; what is left to the eyes is told more than it is, short of hiding the white.
    gaze_x, gaze_y = 0.029 * math.tanh(1.7 * pupils[0]), 0.004 + 0.024 * math.tanh(1.5 * pupils[1])
    if far:
        half = 0.6 * max(0.020, min(0.060, top + low))
        return _put(chart, sides, grow, drop, [("dot", 0.044 * _SMALL_X, gaze_y + half * _SMALL_Y)], gaze_x)
    line = _U * tilt - 0.001
    upper, lower = line + top * _ARCH, line - low * _BOW
    thick = max({"female": 0.022, "male": 0.016, "unspecified": 0.018}[look.gender], 0.95 / form.px)
    winged = woman and not drop
    wing_x, wing_y = (1.22 * _HALF, tilt + 0.018) if winged else (1.06 * _HALF, tilt + 0.004)
    lash = upper + thick * _LASH + 0.002
    parts = [
        ("white", _LOOP_X, np.concatenate([upper, lower[::-1]])),
        ("lash", np.concatenate([_X, [wing_x], _X[::-1]]), np.concatenate([upper, [wing_y], lash[::-1]])),
    ]
    detailed = form.px >= FULL_PX
    if detailed:
        crease = np.maximum(upper, line) + 0.020 + 0.012 * _BOW * max(0.0, 1.0 - lid)
        parts += [
            ("veil", _LOOP_X, np.concatenate([upper, np.maximum(upper - 0.018 * _BOW, lower)[::-1]])),
            ("lid", _LOOP_X, np.concatenate([upper, crease[::-1]])),
            ("crease", _X[1:], crease[1:]),
            ("under", _X[2:] * 0.98, lower[2:] - 0.003),
        ]
        if old > 0.1 or face.low_lid > 0.35:
            parts.append(("bag", _X[1:-1], lower[1:-1] - 0.017 - 0.006 * _BOW[1:-1]))
    # Toward the key on the picture is the other way on a face that looks at the camera.
    aim = -max(-1.0, min(1.0, 3.0 * ink.toward_key[0])) * (1.0 if form.faces(0.0) > 0 else -1.0)
    discs = 2 if not detailed else 4

    def ball(side: float) -> tuple[Array, Array]:
        """The round parts, without what the lids hide."""
        count = _DISC_ENDS[discs - 1]
        x = gaze_x * side + _DISC_X[:count] + (0.017 * aim * side) * _IS_GLINT[:count]
        u = np.minimum(np.maximum(x / _HALF, -1.0), 1.0)
        bow = 1.0 - u * u
        middle = u * tilt - 0.001
        y = np.maximum(gaze_y + _DISC_Y[:count], middle - low * bow)
        return u * _HALF, np.minimum(y, middle + top * bow * (1.0 + 0.20 * u + 0.40 * u * u))

    seen = _put(chart, sides, grow, drop, parts, 0.0, ball)
    first = sum(len(x) for _, x, _ in parts)
    for name, begin, end in zip(("ball", "glint", "ring", "pupil"), (0, *_DISC_ENDS), _DISC_ENDS[:discs], strict=False):
        seen.parts[name] = slice(first + begin, first + end)
    return seen


def _put(
    chart: Chart, sides: list[float], grow: float, drop: float,
    parts: list[tuple[str, Array, Array]], aside: float, ball: Callable[[float], tuple[Array, Array]] | None = None,
) -> Eyes:  # fmt: skip
    """Puts parts of an eye, by their distances out and up from its middle, into a chart for each side."""
    x, y = np.concatenate([part[1] for part in parts]), np.concatenate([part[2] for part in parts])
    names, begin = {}, 0
    for name, across, _ in parts:
        names[name] = slice(begin, begin + len(across))
        begin += len(across)
    start = size = 0
    for k, side in enumerate(sides):
        out, up = x + aside * side, y
        if ball is not None:
            round_x, round_y = ball(side)
            out, up = np.concatenate([x, round_x]), np.concatenate([y, round_y])
        angle = side * (_ASIDE + out * (grow * _PER_HEAD))
        where = chart.put(0.495 - drop + up * grow + upright(chart.form, angle), angle, -0.004)
        if k == 0:
            start, size = where.start, len(out)
    return Eyes(len(sides), start, size, names)


def upright(form: HeadForm, angle: Array) -> Array:
    """How far a feature is raised at angles from the front, so that the round of a head that is seen from above or
    below does not slant eyes and brows into another mood than theirs: a half of what it would.
    """
    lift: Array = (-0.19 * max(-0.9, min(0.9, math.tan(form.elevation)))) * (1.0 - np.cos(angle))
    return lift


def paint_eyes(
    canvas: skia.Canvas, seen: Eyes, px: Array, form: HeadForm, look: Look, ink: Ink, face: Expression
) -> None:
    """Paints eyes whose points have become pixels."""
    skin = look.skin
    line = ink.line("head", mix(skin, RGB(56, 24, 22), 0.60), 0.66)

    def loops(part: str) -> skia.Path:
        points = seen.take(px, part)
        return polygon_mould(len(points) // seen.sides, seen.sides).cast(points)

    def lines(part: str) -> skia.Path:
        points = seen.take(px, part)
        return open_mould(len(points) // seen.sides, seen.sides).cast(points)

    if "dot" in seen.parts:
        fill(canvas, loops("dot"), line)
        return
    detailed, near = "lid" in seen.parts, form.nearness(FULL_PX)
    if detailed:
        fill(canvas, loops("lid"), with_alpha(ink.shade("head", mix(skin, RGB(150, 70, 70), 0.18)), 0.40 * near))
    white = mix(RGB(246, 241, 233), skin, 0.08 + 0.20 * max(0.0, 1 - sum(skin) / 520))
    fill(canvas, loops("white"), with_alpha(ink.between("head", white, 0.66), form.nearness(SIMPLE_PX)))
    colour = _iris(look)
    fill(canvas, loops("ball"), ink.line("head", colour, 0.50))
    if detailed:
        fill(canvas, loops("ring"), with_alpha(ink.between("head", mix(colour, RGB(255, 225, 180), 0.18), 0.9), near))
        fill(canvas, loops("pupil"), with_alpha(ink.line("head", RGB(24, 16, 16), 0.4), near))
        veil = ink.line("head", mix(skin, RGB(70, 50, 80), 0.5), 0.5)
        fill(canvas, loops("veil"), with_alpha(veil, 0.36 * near))
    glint = ink.between("head", RGB(255, 255, 255), 1.0)
    fill(canvas, loops("glint"), with_alpha(glint, 0.94 * form.nearness(SIMPLE_PX)))
    fill(canvas, loops("lash"), line)
    if detailed:
        soft = ink.line("head", skin, 0.42)
        thin = max(0.6, 0.0085 * form.px)
        stroke(canvas, lines("crease"), with_alpha(soft, 0.50 * near), thin)
        stroke(canvas, lines("under"), with_alpha(line, 0.42 * near), thin)
        if "bag" in seen.parts:
            old = min(1.0, max(0.0, (look.age_years - 50) / 30))
            stroke(
                canvas, lines("bag"), with_alpha(soft, near * min(0.5, 0.30 * old + 0.26 * face.low_lid)), thin * 1.1
            )


class Brows(NamedTuple):
    """Where the brows that are seen stand in a chart, and the creases between them."""

    hairs: list[slice]
    creases: list[slice]


_BROW_U = np.array([0.0, 0.34, 0.66, 1.0])
_BROW_A = np.array([0.19, 0.40, 0.61, 0.82])
_BROW_WEIGHT = np.array([0.92, 1.0, 0.80, 0.18])


def brows(chart: Chart, form: HeadForm, look: Look, face: Expression, drop: float) -> Brows:
    """Puts the brows that are seen into a chart."""
    made = Brows([], [])
    if form.elevation < -0.75:
        return made
    base = 0.602 - drop * 1.1
    thick = {"female": 0.0155, "male": 0.0235, "unspecified": 0.019}[look.gender] * (0.75 if drop else 1.0)
    weight = _BROW_WEIGHT * max(thick, 0.75 / form.px)
    ys = np.array([
        base - 0.003 + 0.034 * face.brow_in,
        base + 0.014 + 0.034 * (0.55 * face.brow_in + 0.55 * face.brow_out),
        base + 0.018 + 0.034 * (0.12 * face.brow_in + 0.95 * face.brow_out),
        base - 0.022 + 0.024 * face.brow_out,
    ])  # fmt: skip
    angles = _BROW_A - (1.0 - _BROW_U) * 0.065 * face.knit
    ys = ys + upright(form, angles)
    outline_y, outline_a = np.concatenate([ys + weight, (ys - weight)[::-1]]), np.concatenate([angles, angles[::-1]])
    for side in (1.0, -1.0):
        if form.faces(side * 0.4) > 0.02:
            made.hairs.append(chart.put(outline_y, side * outline_a, 0.006))
            if face.knit > 0.30 and form.px > FULL_PX and form.faces(0.0) > 0.3:
                made.creases.append(chart.put(np.array([base - 0.03, base + 0.028]), side * np.array([0.07, 0.085])))
    return made


def paint_brows(canvas: skia.Canvas, seen: Brows, px: Array, form: HeadForm, look: Look, ink: Ink, knit: float) -> None:
    """Paints brows whose points have become pixels."""
    if not seen.hairs:
        return
    hair = look.hair_colour if look.hair != "bald" or look.age_years > 55 else mix(look.hair_colour, look.skin, 0.1)
    tint = mix(mix(hair, RGB(50, 30, 24), 0.38), look.skin, 0.08)
    path = closed_mould(2 * len(_BROW_U), 1.0, len(seen.hairs)).cast(np.concatenate([px[part] for part in seen.hairs]))
    fill(canvas, path, ink.line("head", tint, 0.24))
    if seen.creases:
        path = open_mould(2, len(seen.creases)).cast(np.concatenate([px[part] for part in seen.creases]))
        stroke(
            canvas,
            path,
            with_alpha(ink.line("head", look.skin, 0.4), 0.5 * knit * form.nearness(FULL_PX)),
            0.011 * form.px,
        )
