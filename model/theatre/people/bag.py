"""Bags that are worn: a backpack and a bag that hangs at the right hip from a strap over the left shoulder."""

from __future__ import annotations

from typing import Literal

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Look
from model.theatre.motion.skeleton import Skeleton
from model.theatre.paint import (
    Ink,
    clipped,
    darker,
    fill,
    hull,
    light_up,
    polygon,
    rim_light,
    smooth_open,
    stroke,
    to_pixels,
    with_alpha,
)
from model.theatre.people.cloth import straps
from model.theatre.people.wardrobe import Barrel
from model.theatre.view import View

__all__ = ["paint_bag"]

Array = NDArray[np.float64]
# Corners in shares of the body's height: to the right, up, and out of the body. The face that looks outward comes
# last, round its edge, so that what is on it can be found.
_PACK = np.array([
    (-0.080, -0.005, 0.0), (0.080, -0.005, 0.0), (0.088, -0.235, 0.0), (-0.088, -0.235, 0.0),
    (-0.060, 0.012, 0.030), (0.060, 0.012, 0.030),
    (-0.070, -0.020, 0.082), (0.070, -0.020, 0.082), (0.084, -0.215, 0.104), (-0.084, -0.215, 0.104),
])  # fmt: skip
_POCKET = np.array([(-0.062, -0.125, 0.098), (0.062, -0.125, 0.098), (0.066, -0.205, 0.108), (-0.066, -0.205, 0.108)])
_ZIP = np.array([(-0.076, -0.075, 0.080), (-0.05, -0.035, 0.086), (0.05, -0.035, 0.086), (0.076, -0.075, 0.080)])
_SATCHEL = np.array([
    (-0.078, 0.030, 0.0), (0.078, 0.030, 0.0), (0.082, -0.100, 0.0), (-0.082, -0.100, 0.0),
    (-0.074, 0.022, 0.040), (0.074, 0.022, 0.040), (0.080, -0.098, 0.052), (-0.080, -0.098, 0.052),
])  # fmt: skip
_FLAP = np.array([(-0.076, 0.024, 0.041), (0.076, 0.024, 0.041), (0.072, -0.045, 0.053), (-0.072, -0.045, 0.053)])


def paint_bag(
    canvas: skia.Canvas, body: Skeleton, trunk: Barrel, look: Look, view: View, ink: Ink, tall_px: float,
    layer: Literal["behind", "before"],
) -> None:  # fmt: skip
    """A look's bag: what of it lies behind the body as it is seen, or what lies before it."""
    if look.bag == "none":
        return
    b, j = body.build, body.joints
    h = b.height
    if look.bag == "backpack":
        axes = np.stack([body.chest[:, 0], body.chest[:, 1], -body.chest[:, 2]], axis=1)
        root = j["shoulders"] - body.chest[:, 2] * (0.046 * h * b.girth) - body.chest[:, 1] * (0.005 * h)
        box, patch, line = _PACK, _POCKET, _ZIP
    else:
        axes = np.stack([body.pelvis[:, 2], body.pelvis[:, 1], body.pelvis[:, 0]], axis=1)
        root = j["pelvis"] + body.pelvis[:, 0] * (b.hip_half + 0.044 * h * b.girth) - body.pelvis[:, 1] * (0.03 * h)
        box, patch, line = _SATCHEL, _FLAP, None
    outward = float((np.asarray(view.eye) - root) @ axes[:, 2])
    if layer == "before":
        straps(canvas, trunk, look, ink, tall_px)
    if (outward > 0) != (layer == "before"):
        return
    rgb = look.bag_colour
    path = hull(to_pixels(view, root + (box * h) @ axes.T))
    fill(canvas, path, ink.shade("torso", rgb))
    with clipped(canvas, path):
        light_up(canvas, path, ink.lit("torso", rgb), ink, 0.035 * tall_px)
        rim_light(canvas, path, ink, rgb, 0.008 * tall_px, simple=True)
        if outward > 0 and tall_px > 40 and ink.plain is None:
            dark = with_alpha(ink.line("torso", rgb, 0.42), 0.6)
            thin = max(0.7, tall_px * 0.0045)
            flap = polygon(to_pixels(view, root + (patch * h) @ axes.T))
            fill(canvas, flap, ink.between("torso", darker(rgb, 0.08), 0.8))
            stroke(canvas, flap, dark, thin)
            if line is not None:
                stroke(canvas, smooth_open(to_pixels(view, root + (line * h) @ axes.T)), dark, thin)
