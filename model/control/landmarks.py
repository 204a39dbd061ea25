"""The sixty-eight points of a face, where the theatre's own face has them: a head's turn and a mouth, as dots.

In the order of the iBUG 300-W markup (Sagonas et al. 2013), which DWPose's pictures dot in white: jaw, brows, nose,
eyes, mouth. They lie on the form that faces are painted on, so that both look the same way. Paints nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.stage import Figure
from model.theatre.motion.skeleton import Skeleton
from model.theatre.people.expression import Expression, expression_at
from model.theatre.people.head import HeadForm, head_form
from model.theatre.view import NEAR_M, View

__all__ = ["COUNT", "LINES", "TIP", "Face", "face_of"]

Array = NDArray[np.float64]
COUNT = 68
TIP = 30
"""The tip of the nose."""
LINES: tuple[tuple[int, ...], ...] = (
    tuple(range(17)), tuple(range(17, 22)), tuple(range(22, 27)), (27, 28, 29, 30), (31, 32, 33, 34, 35),
    (36, 37, 38, 39, 40, 41, 36), (42, 43, 44, 45, 46, 47, 42),
    (48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 48), (60, 61, 62, 63, 64, 65, 66, 67, 60),
)  # fmt: skip
"""Which points a line of the face runs through: jaw, brows, nose, eyes, lips."""

_EDGE = np.where((np.arange(COUNT) > 26) & (np.arange(COUNT) < 36), -0.3, -0.05)
"""Points on what is turned farther away than this are not seen; a nose stands out."""
_EYE, _PER_HEAD, _HALF_EYE = 0.435, 2.85, 0.084  # as the theatre's eyes: angle aside, radians a head height, length


@dataclass(frozen=True, eq=False)
class Face:
    """`points` is (68, 2) in pixels, `seen` (68,) whether each is on the side that the camera sees; `px` a head's
    height.
    """

    points: Array
    seen: NDArray[np.bool_]
    px: float


def face_of(figure: Figure, body: Skeleton, view: View, time_s: float) -> Face | None:
    """A person's face at a time; None where the lens is in it."""
    expression = expression_at(figure, time_s)
    form = head_form(figure.look, body, view, expression.lips.open)
    if form.depth_m <= 2 * NEAR_M:
        return None
    drop = 0.050 * min(1.0, max(0.0, (14.0 - figure.look.age_years) / 8.0))  # a child's features lie lower
    heights, angles, lifts = _places(form, expression, drop)
    facing = np.cos(angles - form.bearing) * math.cos(form.elevation)
    return Face(form.at(heights, angles, lifts, seen=False), facing > _EDGE, form.px)


def _places(form: HeadForm, face: Expression, drop: float) -> tuple[Array, Array, Array]:
    """Heights (head heights over the chin), angles from the front (the figure's right is positive) and lifts."""
    rows = [*_jaw(form), *_brow(face, drop, 1.0), *_brow(face, drop, -1.0)[::-1], *_nose(drop)]
    right, left = _eye(face, drop, 1.0), _eye(face, drop, -1.0)
    # An eye runs round from its corner on the picture's left: the right eye's outer, the left eye's inner one.
    rows += right + [left[k] for k in (3, 2, 1, 0, 5, 4)]
    rows += _mouth(face, drop)
    heights, angles, lifts = (np.array(column) for column in zip(*rows, strict=True))
    return heights, angles, lifts


Row = tuple[float, float, float]


def _jaw(form: HeadForm) -> list[Row]:
    chin = float(form.y[0])
    rise = np.interp(np.linspace(0, 1, 9), [0.0, 0.25, 0.5, 0.75, 1.0], [chin + 0.01, chin + 0.05, 0.12, 0.27, 0.47])
    return [(float(rise[abs(k)]), -k / 8 * 1.5, 0.0) for k in range(-8, 9)]


def _brow(face: Expression, drop: float, side: float) -> list[Row]:
    """From the outer end to the inner one."""
    rows = []
    for u in (1.0, 0.75, 0.5, 0.25, 0.0):
        raised = 0.030 * (face.brow_in * (1.0 - u) + face.brow_out * u) + 0.022 * math.sin(math.pi * min(1.0, u * 1.1))
        rows.append((0.588 - drop + raised, side * (0.18 + 0.56 * u - 0.03 * face.knit * (1.0 - u)), 0.01))
    return rows


def _nose(drop: float) -> list[Row]:
    ridge = [(0.520, 0.0, 0.005), (0.470, 0.0, 0.030), (0.415, 0.0, 0.060), (0.365, 0.0, 0.088)]
    wings = [(0.330 - 0.008 * (2 - abs(k)), -k * 0.085, 0.055 - 0.014 * abs(k)) for k in (-2, -1, 0, 1, 2)]
    return [(y - drop, angle, lift) for y, angle, lift in ridge + wings]


def _eye(face: Expression, drop: float, side: float) -> list[Row]:
    """Outer corner, upper lid outer and inner, inner corner, lower lid inner and outer."""
    lid = max(0.0, min(1.3, face.lid))
    low = 0.027 - 0.020 * face.low_lid * min(1.0, lid)
    top = lid * (0.054 + low) - low
    spots = ((1.0, 0.009), (0.35, top), (-0.35, top), (-1.0, -0.006), (-0.35, -low), (0.35, -low))
    grow = 1.0 + 4.4 * drop
    return [
        (0.495 - drop + grow * up, side * (_EYE + across * _HALF_EYE * grow * _PER_HEAD), 0.0) for across, up in spots
    ]


def _mouth(face: Expression, drop: float) -> list[Row]:
    """Outer lips from the right corner over the upper lip and back under the lower one, then the inner lips."""
    lips = face.lips
    smile = face.smile * (1.0 - 0.5 * lips.round)
    centre, wide = 0.205 - 0.4 * drop, 0.120 * (lips.wide + face.stretch * (1.0 - 0.6 * lips.round))
    gap, push = 0.125 * lips.open, 0.012 + 0.030 * lips.round

    def at(u: float, above: float) -> Row:
        """A spot `u` from the right corner (1) to the left one (-1), so far over the line of the lips."""
        return centre + 0.052 * smile * abs(u) ** 1.7 + above * (1.0 - u * u), u * wide / 0.33, push

    upper = [at(u, 0.22 * gap + 0.028) for u in (1.0, 0.66, 0.33, 0.0, -0.33, -0.66, -1.0)]
    lower = [at(u, -0.78 * gap - 0.036) for u in (-0.66, -0.33, 0.0, 0.33, 0.66)]
    inner = [at(u, 0.22 * gap) for u in (0.85, 0.33, 0.0, -0.33, -0.85)]
    return upper + lower + inner + [at(u, -0.78 * gap) for u in (-0.33, 0.0, 0.33)]
