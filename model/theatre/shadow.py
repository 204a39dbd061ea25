"""Shadows that hold people to the ground: a soft contact under each, and one cast from the key.

Flat shapes on the floor at y = 0; walls and furniture take none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Figure, Stage
from model.theatre.animal_motion import animal_joints
from model.theatre.figure import held_by
from model.theatre.light import Tone
from model.theatre.motion import body_at, place_at
from model.theatre.paint import hull, limb
from model.theatre.view import NEAR_M, View

__all__ = ["paint_shadows"]

_INK = 0x0E1226
_BONES = (
    ("right_ankle", "right_knee", "pelvis"),
    ("left_ankle", "left_knee", "pelvis"),
    ("pelvis", "shoulders", "skull"),
    ("right_shoulder", "right_elbow", "right_wrist"),
    ("left_shoulder", "left_elbow", "left_wrist"),
)
_LONGEST = 3.2
"""No cast shadow is longer than this many heights."""
_FLAT = np.array([1.0, 0.0, 1.0])
_TURN = np.linspace(0, 2 * math.pi, 10, endpoint=False)
_RING = np.stack([np.cos(_TURN), np.zeros(10), np.sin(_TURN)], axis=1)
_JOINTS = tuple(dict.fromkeys(name for bones in _BONES for name in bones))
_GIRTH = {"pelvis": 0.085, "shoulders": 0.085, "skull": 0.065, "right_shoulder": 0.04, "left_shoulder": 0.04}


def paint_shadows(
    canvas: skia.Canvas, figures: Sequence[Figure], stage: Stage, view: View, tone: Tone, time_s: float
) -> None:
    """Paints every figure's shadows on the floor, before anything that stands on it."""
    veil = stage.weather.intensity if stage.weather.kind in ("overcast", "rain", "storm", "snow", "fog") else 0.0
    cast = (0.0 if stage.place.interior else 0.30) * (1 - 0.9 * veil)
    if stage.light.hour == "night":
        cast *= 0.6
    casts = cast > 0.03 and tone.key_from.y > 0.05
    for figure in figures:
        at, height = place_at(figure, time_s), figure.look.height_m
        if not view.sees((at.x_m, 0.0, at.z_m), height * (_LONGEST + 1.4 if casts else 1.4)):
            continue
        if figure.species == "person":
            body = body_at(figure, time_s, held_by(stage, figure))
            joints = body.joints
        else:
            joints = {n: p for n, p in animal_joints(figure, time_s).items() if not n.startswith("head_")}
        middle = joints["pelvis"]
        depth = view.point(float(middle[0]), 0.0, float(middle[2]))[2]
        if depth < 0.4:
            continue
        _contact(canvas, joints, height, view, indoors=stage.place.interior)
        if casts and figure.species == "person":
            _cast(canvas, joints, height, view, tone, cast)


def _contact(
    canvas: skia.Canvas, joints: dict[str, NDArray[np.float64]], height: float, view: View,
    indoors: bool,
) -> None:  # fmt: skip
    """A dark breath of ground where the body is near to it."""
    all_joints = np.array(list(joints.values()))
    near = all_joints[all_joints[:, 1] < 0.16 * height + 0.05]
    spots = np.concatenate([near, joints["pelvis"][None]]) * _FLAT
    pixels = view.project((spots[:, None] + _RING * (0.050 * height)).reshape(-1, 3))
    if float(pixels[:, 2].min()) < NEAR_M * 2:
        return
    (left, top), (right, foot) = pixels[:, :2].min(axis=0).tolist(), pixels[:, :2].max(axis=0).tolist()
    grow = 0.2 * max(right - left, foot - top)
    if right + grow < 0 or left - grow > view.width_px or foot + grow < 0 or top - grow > view.height_px:
        return
    middle = pixels[:, :2].mean(axis=0)
    path = hull(pixels[:, :2] - middle)
    paint = skia.Paint(AntiAlias=True)
    for grow, alpha in ((1.18, 0x18), (1.02, 0x20), (0.84, 0x30 if indoors else 0x26)):
        paint.setColor(alpha << 24 | _INK)
        canvas.save()
        canvas.translate(middle[0], middle[1])
        canvas.scale(grow, grow)
        canvas.drawPath(path, paint)
        canvas.restore()


def _cast(
    canvas: skia.Canvas, joints: dict[str, NDArray[np.float64]], height: float, view: View, tone: Tone,
    strength: float,
) -> None:  # fmt: skip
    """The body laid along the ground away from the key."""
    key = tone.key_from
    slope = min(_LONGEST, math.hypot(key.x, key.z) / max(key.y, 1e-3))
    flat = math.hypot(key.x, key.z) or 1.0
    dx, dz = -key.x / flat * slope, -key.z / flat * slope
    at = np.array([joints[name] for name in _JOINTS])
    rows = view.project(np.stack([at[:, 0] + dx * at[:, 1], np.zeros(len(at)), at[:, 2] + dz * at[:, 1]], axis=1))
    laid = dict(zip(_JOINTS, rows.tolist(), strict=True))
    path = skia.Path()
    for bones in _BONES:
        if min(laid[n][2] for n in bones) < 0.35:
            continue
        radii = []
        for n in bones:
            depth = laid[n][2]
            squash = min(1.0, max(0.18, (view.eye.y / max(depth, 0.5)) * 0.9 + 0.1))
            radii.append(max(0.4, _GIRTH.get(n, 0.032) * height * view.px_per_m(depth) * squash))
        limb(path, [(laid[n][0], laid[n][1]) for n in bones], radii)
    if path.isEmpty():
        return
    paint = skia.Paint(AntiAlias=True)
    paint.setColor(round(255 * strength) << 24 | _INK)
    canvas.drawPath(path, paint)
