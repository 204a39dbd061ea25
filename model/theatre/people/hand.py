"""Hands: a palm with a thumb and, near enough, fingers, on along the forearm.

Knows relaxed, pointing and gripping hands; what they hold is drawn by `model.theatre.props`.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure
from model.theatre.motion.skeleton import Skeleton
from model.theatre.paint import Ink, limb, stroke, two_tone, with_alpha
from model.theatre.view import NEAR_M, View

__all__ = ["paint_grip", "paint_hand"]


# The wrist, the palm, the knuckles, the fingertips, the thumb's foot and tip, and a pointing finger's tip,
# along the hand, toward the thumb and inward, in hands: at ease, in a fist, spread flat.
_EASE = np.array([
    (0.0, 0.0, 0.0), (0.34, 0.0, 0.0), (0.56, 0.0, 0.0), (0.88, 0.0, 0.14),
    (0.16, 0.16, 0.0), (0.4192, 0.34, 0.0), (1.08, 0.0, 0.0),
])  # fmt: skip
_FIST = np.array([
    (0.0, 0.0, 0.0), (0.32, 0.0, 0.02), (0.52, 0.0, 0.05), (0.46, 0.0, 0.26),
    (0.16, 0.15, 0.04), (0.46, 0.17, 0.18), (1.08, 0.0, 0.0),
])  # fmt: skip
_FLAT = np.array([
    (0.0, 0.0, 0.0), (0.34, 0.0, 0.0), (0.58, 0.0, 0.0), (1.00, -0.02, 0.02),
    (0.16, 0.17, 0.0), (0.44, 0.42, 0.02), (1.08, 0.0, 0.0),
])  # fmt: skip


def _shape(fist: float) -> NDArray[np.float64]:
    """A hand's spots from spread flat (-1) over at ease (0) to a fist (1)."""
    other, share = (_FIST, fist) if fist > 0 else (_FLAT, -fist)
    spots: NDArray[np.float64] = _EASE + (other - _EASE) * min(share, 1.0) if share else _EASE
    return spots


def _unit(way: NDArray[np.float64]) -> NDArray[np.float64]:
    unit: NDArray[np.float64] = way / (math.sqrt(way @ way) or 1.0)
    return unit


def _points_now(figure: Figure, time_s: float, wrist: NDArray[np.float64], body: Skeleton) -> bool:
    """Whether the figure points now and this is the raised hand."""
    raised = bool(wrist[1] > body.joints["waist"][1])
    return raised and any(a.act == "point" and a.start_s + 0.15 < time_s < a.end_s - 0.15 for a in figure.acts)


def paint_hand(
    canvas: skia.Canvas, body: Skeleton, side: str, view: View, ink: Ink, skin: RGB, figure: Figure, time_s: float
) -> None:
    """One hand of a body ("left" or "right")."""
    j, size = body.joints, body.build.hand
    wrist = j[f"{side}_wrist"]
    along = _unit(j[f"{side}_fingers"] - wrist)
    # The palm faces the body: the thumb lies toward the front of the hand's own plane.
    thumb = body.chest[:, 2] + 0.35 * body.chest[:, 1]
    thumb = _unit(thumb - along * (thumb @ along))
    inward = body.chest[:, 0] * (-1.0 if side == "right" else 1.0)
    reach = wrist - j[f"{side}_shoulder"]
    straight = math.sqrt(reach @ reach) > 0.94 * (body.build.upper_arm + body.build.forearm)
    pointing = straight and _points_now(figure, time_s, wrist, body)
    rows = view.project(
        wrist + (_shape(body.fists[0 if side == "right" else 1]) * size) @ np.array([along, thumb, inward])
    )
    if float(rows[:, 2].min()) < NEAR_M * 1.5:
        return
    p = [(float(r[0]), float(r[1])) for r in rows]
    k = view.px_per_m(float(rows[1, 2])) * size
    path = skia.Path()
    if pointing:
        short = ((p[2][0] * 0.7 + p[3][0] * 0.3), (p[2][1] * 0.7 + p[3][1] * 0.3))
        limb(path, [p[0], p[1], p[2], short], [0.15 * k, 0.21 * k, 0.20 * k, 0.14 * k])
        limb(path, [p[2], p[6]], [0.085 * k, 0.06 * k])
    else:
        limb(path, [p[0], p[1], p[2], p[3]], [0.15 * k, 0.21 * k, 0.19 * k, 0.10 * k])
    limb(path, [p[4], p[5]], [0.11 * k, 0.065 * k])
    two_tone(canvas, path, ink, "hand", skin, 0.12 * k)
    if ink.plain is None and k > 13:
        (ax, ay), (bx, by) = p[2], p[3]
        dx, dy = bx - ax, by - ay
        length = math.hypot(dx, dy) or 1.0
        across_x, across_y = -dy / length * k, dx / length * k
        lines = skia.Path()
        if length > 0.15 * k:
            for s in (-0.08, 0.0, 0.08):
                lines.moveTo(ax + across_x * s * 1.1 + dx * 0.25, ay + across_y * s * 1.1 + dy * 0.25)
                lines.lineTo(bx + across_x * s * 0.5, by + across_y * s * 0.5)
        for draw, (x, y) in ((lines.moveTo, p[4]), (lines.lineTo, p[5])):
            draw(x * 0.75 + p[1][0] * 0.25, y * 0.75 + p[1][1] * 0.25)
        stroke(canvas, lines, with_alpha(ink.line("hand", skin, 0.38), 0.55), max(0.7, 0.025 * k))


def paint_grip(canvas: skia.Canvas, body: Skeleton, side: str, view: View, ink: Ink, skin: RGB) -> None:
    """The fingers of a hand that holds something, painted over the thing."""
    j, size = body.joints, body.build.hand
    wrist, tips = j[f"{side}_wrist"], j[f"{side}_fingers"]
    outward = body.chest[:, 0] * (size if side == "right" else -size)
    rows = view.project(np.array([wrist, tips, wrist + outward]))
    if float(rows[:, 2].min()) < NEAR_M * 1.5:
        return
    k = view.px_per_m(float(rows[1, 2])) * size
    if k < 7:
        return
    centre = rows[0, :2] * 0.42 + rows[1, :2] * 0.58
    out = rows[2, :2] - rows[0, :2]
    out = out / (float(np.hypot(*out)) or 1.0)
    # Fingers lie side by side up the thing, across it from the hand's outer edge.
    up = np.array([-out[1], out[0]])
    path = skia.Path()
    for i, reach in enumerate((0.04, 0.10, 0.08)):
        root = centre + out * (0.26 * k) + up * ((i - 1.0) * 0.165 * k)
        tip = root - out * ((0.26 + reach) * k)
        limb(path, [(float(root[0]), float(root[1])), (float(tip[0]), float(tip[1]))], [0.082 * k, 0.074 * k])
    two_tone(canvas, path, ink, "hand", skin, 0.05 * k)
