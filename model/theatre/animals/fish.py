"""A fish as a figure: it swims with a bending body, fins that fan, and a round eye.

`Look.height_m` is its length from nose to tail; `BodyKey.height_m` how far over the ground it swims.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Figure
from model.theatre.drawable import Drawable
from model.theatre.motion.marks import place_at
from model.theatre.motion.skeleton import yaw
from model.theatre.paint import Codes, Ink, ToneLike, clipped, fill, mix, smooth_closed, with_alpha
from model.theatre.view import NEAR_M, View

__all__ = ["fish_drawable", "fish_joints"]

Array = NDArray[np.float64]

# Along the body from the nose: how high and how thick it is there, in lengths.
_ALONG = np.array([0.50, 0.42, 0.30, 0.14, -0.04, -0.20, -0.32])
_HIGH = np.array([0.01, 0.075, 0.125, 0.150, 0.125, 0.070, 0.038])
_THICK = np.array([0.01, 0.045, 0.068, 0.072, 0.055, 0.030, 0.014])


@lru_cache(maxsize=64)
def fish_joints(figure: Figure, time_s: float) -> dict[str, Array]:
    """The joints of a fish in stage metres: `spine_0` at the nose to `spine_6` before the tail, `pelvis` its middle."""
    s = figure.look.height_m
    place = place_at(figure, time_s)
    root = yaw(place.heading_rad)
    speed = math.hypot(place.forward_m_s, place.sideways_m_s)
    beat = 2 * math.pi * (0.9 * time_s + 0.8 * place.travelled_m / s) + figure.seed % 9
    reach = 0.055 + 0.05 * min(1.0, speed)
    drift = 0.03 * math.sin(0.9 * time_s + figure.seed % 7) * s
    middle = np.array([place.x_m, place.height_m + drift + 0.16 * s, place.z_m])
    joints = {"pelvis": middle}

    def bent(z: float) -> float:
        return reach * math.pow(0.5 - z, 1.6) * math.sin(beat - 4.2 * (0.5 - z))

    for i, z in enumerate(_ALONG.tolist()):
        joints[f"spine_{i}"] = middle + root @ (np.array([bent(z), 0.0, z]) * s)
    joints["fork"] = middle + root @ (np.array([bent(-0.42) * 1.3, 0.0, -0.42]) * s)
    for name, up in (("high", 0.13), ("low", -0.13)):
        joints[f"tail_{name}"] = middle + root @ (np.array([bent(-0.50) * 1.7, up, -0.50]) * s)
    joints["head_right"] = root @ np.array([1.0, 0.0, 0.0])
    return joints


def fish_drawable(figure: Figure, view: View, tone: ToneLike, time_s: float, plain: Codes | None = None) -> Drawable:
    """A fish at a time; `plain` codes its parts (the surface pass)."""
    joints = fish_joints(figure, time_s)
    depth = view.point(*joints["pelvis"].tolist())[2]
    ink = Ink(tone, view, max(depth, NEAR_M), plain, False)
    return Drawable(depth, lambda canvas: _paint(canvas, figure, joints, view, ink, time_s))


def _paint(canvas: skia.Canvas, figure: Figure, joints: dict[str, Array], view: View, ink: Ink, time_s: float) -> None:
    s = figure.look.height_m
    spine = np.stack([joints[f"spine_{i}"] for i in range(7)])
    if not view.sees(joints["pelvis"].tolist(), s):
        return
    up, aside = np.array([0.0, s, 0.0]), joints["head_right"] * s
    top, low = spine + up * _HIGH[:, None], spine - up * _HIGH[:, None] * 0.92
    right, left = spine + aside * _THICK[:, None], spine - aside * _THICK[:, None]
    fan = 0.02 * math.sin(4.0 * time_s + figure.seed % 5)
    fin = [top[2], spine[3] + up * 0.25, spine[4] + up * (0.22 + fan), top[5]]
    belly = [low[3], spine[4] - up * (0.20 + fan), low[5]]
    eye_r, eye_l = (spine[1] + aside * (w * 0.05) + up * 0.02 for w in (1.0, -1.0))
    side_fin = [
        [
            spine[n] + aside * (w * out) - up * low_by
            for n, out, low_by in ((2, 0.066, 0.03), (3, 0.15 + fan, 0.10), (3, 0.07, 0.05))
        ]
        for w in (1.0, -1.0)
    ]
    tail = [spine[6], joints["tail_high"], joints["fork"], joints["tail_low"]]
    rows = np.concatenate([top, low, right, left, fin, belly, tail, side_fin[0], side_fin[1], [eye_r, eye_l]])
    seen = view.project(rows)
    if float(seen[:, 2].min()) < NEAR_M * 2:
        return
    p, depth = seen[:, :2], seen[:, 2]
    k = s * view.px_per_m(float(depth.mean()))
    coat, fins = figure.look.skin, figure.look.hair_colour
    fin_lit = ink.between("hair", fins, 0.8)
    fill(canvas, smooth_closed(p[35:39], 0.3), fin_lit)
    fill(canvas, smooth_closed(p[28:32], 0.5), fin_lit)
    fill(canvas, smooth_closed(p[32:35], 0.3), fin_lit)
    near_right = float((np.asarray(view.eye) - spine[2]) @ joints["head_right"]) > 0
    far_fin, near_fin = (p[42:45], p[39:42]) if near_right else (p[39:42], p[42:45])
    fill(canvas, smooth_closed(far_fin, 0.4), ink.between("hair", fins, 0.4))
    # An oval body from any side: its outline upright and its outline level.
    flank = smooth_closed(np.concatenate([p[0:7], p[7:14][::-1]]), 0.9)
    level = smooth_closed(np.concatenate([p[14:21], p[21:28][::-1]]), 0.9)
    for path in (level, flank):
        fill(canvas, path, ink.lit("torso", coat))
    if ink.plain is None and k > 10:
        pale = mix(coat, RGB(250, 244, 230), 0.6)
        with clipped(canvas, flank):
            low_half = np.concatenate([(p[0:7] * 0.25 + p[7:14] * 0.75), p[7:14][::-1] + np.array([0.0, 0.05 * k])])
            fill(canvas, smooth_closed(low_half, 0.9), ink.between("torso", pale, 0.75))
            if figure.seed % 2:
                for i in (2, 3, 4):
                    middle, wide = (p[i] + p[i + 7]) / 2, np.array([0.025 * k, 0.0])
                    band = smooth_closed(np.stack([p[i], middle + wide, p[i + 7], middle - wide]), 0.6)
                    fill(canvas, band, with_alpha(ink.line("torso", coat, 0.4), 0.5))
    fill(canvas, smooth_closed(near_fin, 0.4), fin_lit)
    if k > 14 and ink.plain is None:
        x, y = p[45] if near_right else p[46]
        r = max(0.9, 0.030 * k)
        for share, rgb in ((1.0, RGB(240, 236, 220)), (0.6, RGB(20, 18, 22))):
            dot = skia.Path()
            dot.addCircle(float(x), float(y), r * share)
            fill(canvas, dot, ink.lit("head", rgb))
