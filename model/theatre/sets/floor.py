"""A floor with edges as it lies in the picture: a quay, a bridge's deck, a roof, and what it hides below it."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import skia

from model.stage import Vec3
from model.theatre.sets.kit import Rect
from model.theatre.sets.pen import clip_polygon
from model.theatre.view import View

__all__ = ["floor_before", "floor_outline"]


def floor_before(area: Rect | None, at: Vec3, view: View) -> skia.Path | None:
    """The floor where it hides the foot of what stands below it at `at` (a boat behind its quay); else None."""
    if at.y >= 0.0 or area is None or view.eye.y <= 0.0:
        return None
    x0, z0, x1, z1 = area
    eye = view.eye
    if (eye.x < x0 and at.x < x0) or (eye.x > x1 and at.x > x1) or (eye.z < z0 and at.z < z0):
        return None
    return None if eye.z > z1 and at.z > z1 else floor_outline(area, view)


@lru_cache(maxsize=16)
def floor_outline(area: Rect, view: View) -> skia.Path:
    """A level rectangle at y = 0 (x0, z0, x1, z1, in metres) in pixels, cut at the lens."""
    x0, z0, x1, z1 = area
    corners = np.array([(x0, 0.0, z0), (x1, 0.0, z0), (x1, 0.0, z1), (x0, 0.0, z1)])
    local = clip_polygon((corners - np.asarray(view.eye)) @ view.rotation.T)
    path = skia.Path()
    if len(local):
        f = view.focal_px / local[:, 2]
        xs, ys = view.width_px / 2 + f * local[:, 0], view.height_px / 2 - f * local[:, 1]
        path.addPoly(list(zip(xs.tolist(), ys.tolist(), strict=True)), True)
    return path
