"""Skirts, and what of dresses, coats, robes and aprons hangs about the legs, with a hem that swings with the gait.

The cloth is stretched over both legs as they are now: a leading knee carries its side of the hem forward, the hem
trails who moves, and falls from the knees of who sits.
"""

from __future__ import annotations

import math

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Look, Vec3
from model.theatre.motion.skeleton import Skeleton
from model.theatre.paint import Ink, fill, polygon, smooth_closed
from model.theatre.people.cloth import skirt_marks
from model.theatre.people.stains import stain_barrel
from model.theatre.people.wardrobe import CUTS, Barrel
from model.theatre.view import NEAR_M, View

__all__ = ["paint_skirt"]

Array = NDArray[np.float64]
_AROUND = np.linspace(0.0, 2 * math.pi, 40, endpoint=False)
_WAYS = np.stack([np.cos(_AROUND), np.sin(_AROUND)])
_ALONG = np.linspace(0.0, 1.0, 25)
SCALLOP = 0.4


def _scallops(angle: Array) -> Array:
    """How far the hem hangs below its section, by the angle on the cloth."""
    return SCALLOP * (0.6 + 0.4 * np.cos(7 * angle) + 0.25 * np.cos(3 * angle + 1.0))


BLOWN = 0.009
"""How far the wind moves a hem, in metres for each m/s."""
APRON = 0.82  # how far down the thighs an apron hangs


def paint_skirt(
    canvas: skia.Canvas, body: Skeleton, look: Look, view: View, ink: Ink, tall_px: float, wind: Vec3
) -> None:
    """The skirt of a look, if it has one, or the lower part of its top; an apron covers the front only.

    Its hem goes with the wind (m/s).
    """
    cut = CUTS[look.top]
    apron = look.top == "apron"
    blown = BLOWN * np.asarray(wind)
    if look.bottom == "skirt" and cut.skirt == 0 and not cut.legs:
        _cloth(canvas, body, look, view, ink, tall_px, "skirt", blown)
    if cut.skirt > 0:
        _cloth(canvas, body, look, view, ink, tall_px, look.top, blown)
    elif apron:
        barrel = _barrel(body, view, APRON, 0.012, cut.ease + 0.004, blown)
        if barrel is not None and math.cos(barrel.bearing) > -0.2:
            skirt_marks(canvas, barrel, look, "apron", look.top_colour, ink, max(tall_px, 50.0))


def _cloth(
    canvas: skia.Canvas,
    body: Skeleton,
    look: Look,
    view: View,
    ink: Ink,
    tall_px: float,
    garment: str,
    blown: Array,
) -> None:
    cut = CUTS[look.top]
    own = cut.skirt > 0
    rgb = look.top_colour if own else look.bottom_colour
    barrel = (
        _barrel(body, view, cut.skirt, cut.flare, cut.ease + 0.006, blown)
        if own
        else _barrel(body, view, 0.96, 0.022, cut.ease + 0.006, blown)
    )
    if barrel is None:
        return
    path = polygon(_convex(barrel.rings()))
    if tall_px > 40:
        path.addPath(polygon(barrel.hem(_ALONG, _scallops)))
    fill(canvas, path, ink.lit("hips", rgb))
    if tall_px < 18:
        return
    for band in barrel.shade(np.asarray(ink.tone.key_from), 1.25):
        fill(canvas, smooth_closed(band), ink.shade("hips", rgb))
    skirt_marks(canvas, barrel, look, garment, rgb, ink, tall_px)
    if ink.soil.kinds and ink.plain is None:
        stain_barrel(canvas, barrel, look, ink, tall_px, "hips", rgb)


def _across(a: Array, b: Array) -> Array:
    """A unit vector square to both."""
    (ax, ay, az), (bx, by, bz) = a.tolist(), b.tolist()
    x, y, z = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
    size = math.sqrt(x * x + y * y + z * z) or 1.0
    return np.array([x / size, y / size, z / size])


def _convex(points: Array) -> Array:
    """The corners of the convex outline about points, clockwise: a skirt keeps the corners of its hem."""
    best = (points @ _WAYS).argmax(axis=0)
    corners: Array = points[best[np.concatenate([[True], best[1:] != best[:-1]])]]
    return corners


def _barrel(body: Skeleton, view: View, reach: float, flare: float, ease: float, blown: Array) -> Barrel | None:
    """The cloth's sections from the hem up to the waist."""
    b, j = body.build, body.joints
    h, g = b.height, b.girth
    right, ahead = body.pelvis[:, 0], body.pelvis[:, 2]
    knees = (j["right_knee"] + j["left_knee"]) / 2
    ankles = (j["right_ankle"] + j["left_ankle"]) / 2
    drop = knees - j["pelvis"]
    along = drop / (math.sqrt(float(drop @ drop)) or 1.0)
    level = min(1.0, max(0.0, (0.75 + float(along[1])) / 0.4))  # 0 standing, 1 with level thighs
    # Each leg carries its side: the section turns as far as the stride opens, and opens as far as the legs do.
    stride = float((j["right_knee"] - j["left_knee"]) @ ahead)
    lift = float(j["right_ankle"][1] - j["left_ankle"][1])
    floor = min(float(j["right_ankle"][1]), float(j["left_ankle"][1])) - b.ankle
    rows: list[tuple[Array, Array, float, float]] = []
    # What reaches far below the knees bends at them.
    for at in (0.0, 0.5, 1.0, reach) if reach > 1.3 else (0.0, 0.35 * reach, 0.7 * reach, reach):
        u = at / reach
        if u == 0.0:
            centre, leg = j["pelvis"] + body.pelvis[:, 1] * (0.045 * h), -body.pelvis[:, 1]
            rows.append((centre, body.pelvis, b.hip_half + 0.026 * h * g + ease * h, (0.054 * g + ease) * h))
            # What one sits on: standing, it lies within the cloth.
            seat = j["pelvis"] - body.pelvis[:, 1] * (0.046 * h)
            rows.append((seat, body.pelvis, b.hip_half + 0.034 * h * g + ease * h, (0.058 * g + ease) * h))
            continue
        if at <= 1.0:
            centre, leg = j["pelvis"] + drop * at, along
            pair = (j["right_knee"] - j["left_knee"]) * at
        else:
            centre, leg = knees + (ankles - knees) * (at - 1.0), ankles - knees
            pair = (j["right_knee"] - j["left_knee"]) * (2.0 - at) + (j["right_ankle"] - j["left_ankle"]) * (at - 1.0)
            leg = leg / (math.sqrt(float(leg @ leg)) or 1.0)
        spread, deep = abs(float(pair @ right)) / 2, abs(float(pair @ ahead)) / 2
        turn = 0.55 * math.atan2(stride * u, 2 * spread + 0.16 * h) * (1.0 - level)
        axis = right * math.cos(turn) + ahead * math.sin(turn)
        front = _across(leg, axis)
        loose = flare * h * u * (1.0 - 0.7 * level)
        # Cloth trails: it hangs back behind a stride and swings to the side of the foot that bears.
        centre = centre + right * (lift * 0.10 * u * u) - ahead * (abs(stride) * 0.08 * u * u * (1.0 - level))
        centre = centre + blown * (u * u * (1.0 - level))
        wide = max(b.hip_half + 0.04 * h * g, spread * 0.95 + 0.036 * h * g) + ease * h * 0.5 + loose
        thick = (0.050 + 0.008 * level) * h * g + ease * h + loose * 0.8 + deep * (0.9 if at <= 1.0 else 1.0)
        # Who kneels has the hem on the floor, not under it.
        centre[1] = max(float(centre[1]), floor + 0.012 * h + thick * abs(float(front[1])) + wide * abs(float(axis[1])))
        rows.append((centre, np.stack([axis, -leg, front], axis=1), wide, thick))
    barrel = Barrel.of(view, rows[::-1])
    return barrel if float(barrel.fine[:, 2].min()) > NEAR_M * 1.5 else None
