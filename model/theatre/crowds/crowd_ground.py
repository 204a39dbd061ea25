"""A crowd's ground: where its bodies are in a frame, a contact under each, and all their cast shadows in one.

Painted before anything that stands there; `model.theatre.crowds.crowd_paint` draws the people.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Crowd, Stage
from model.theatre.crowds.crowd import ELBOW_ROOM_M, Spots, folk_of, joints_of, spots_at
from model.theatre.lighting.cast import INK
from model.theatre.lighting.light import Tone
from model.theatre.motion.marks import place_at
from model.theatre.vehicles.drive import VEHICLES, taken_by
from model.theatre.view import View

__all__ = ["NEAREST_M", "bodies_of", "floor_taken", "paint_crowd_shadows"]

Array = NDArray[np.float64]

NEAREST_M = 1.1
"""Nearer to the lens than this nobody of a crowd is drawn."""
_FILL = skia.Paint(AntiAlias=True)


@lru_cache(maxsize=8)
def bodies_of(crowd: Crowd, keep_off: tuple[tuple[float, float, float], ...], time_s: float) -> tuple[Spots, Array]:
    """Everybody's spot and joints, for the ground and for those who stand on it."""
    spots = spots_at(crowd, time_s, keep_off)
    return spots, joints_of(crowd, spots, time_s)


def floor_taken(stage: Stage, time_s: float) -> tuple[tuple[float, float, float], ...]:
    """Circles of floor (x, z, radius) where principals and vehicles are, for a crowd to step aside."""
    marks = [(place_at(figure, time_s), figure.species) for figure in stage.figures]
    people = [(mark.x_m, mark.z_m, 1.1 if species == "horse" else ELBOW_ROOM_M) for mark, species in marks]
    return (
        *people,
        *(circle for prop in stage.props if prop.kind in VEHICLES for circle in taken_by(prop, stage, time_s)),
    )


def paint_crowd_shadows(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """The ground under crowds: a contact for each foot point, and all their cast shadows in one."""
    veil = stage.weather.intensity if stage.weather.kind in ("overcast", "rain", "storm", "snow", "fog") else 0.0
    cast = (0.0 if stage.place.interior else 0.28) * (1 - 0.9 * veil) * (0.6 if stage.light.hour == "night" else 1.0)
    for crowd in stage.crowds:
        if crowd.kind != "people" or crowd.count <= 0:
            continue
        spots, _ = bodies_of(crowd, floor_taken(stage, time_s), time_s)
        folk = folk_of(crowd)
        key = tone.key_from
        slope = min(2.4, math.hypot(key.x, key.z) / max(key.y, 1e-3))
        flat = math.hypot(key.x, key.z) or 1.0
        reach = np.array([-key.x / flat * slope, 0.0, -key.z / flat * slope])
        tips = spots.at + reach * (folk.height_m * 0.93)[:, None]
        seen = view.project(np.concatenate([spots.at, tips]))
        n = len(spots.at)
        foot, tip = seen[:n].tolist(), seen[n:].tolist()
        there, heights = spots.there.tolist(), folk.height_m.tolist()
        contact, laid = skia.Path(), skia.Path()
        squash = 0.0
        for (x, y, depth), (tx, ty, tz), share, height in zip(foot, tip, there, heights, strict=True):
            if depth < NEAREST_M or tz < 0.3 or share < 0.3 or not (-80 < x < view.width_px + 80):
                continue
            k = view.px_per_m(depth)
            squash = min(1.0, max(0.12, (view.eye.y - crowd.centre.y) / max(depth, 0.5)))
            a, b = 0.24 * height / 1.7 * k, 0.24 * height / 1.7 * k * squash
            contact.addOval(skia.Rect(x - a, y - b, x + a, y + b))
            if cast > 0.03:
                nx, ny = ty - y, -(tx - x)
                size = math.hypot(nx, ny) or 1.0
                w = 0.13 * k * height / 1.7
                nx, ny = nx / size * w, ny / size * w * max(0.3, squash)
                far = depth / max(tz, 0.3)
                laid.addPoly([skia.Point(x - nx, y - ny), skia.Point(tx - nx * far, ty - ny * far),
                              skia.Point(tx + nx * far, ty + ny * far), skia.Point(x + nx, y + ny)], True)  # fmt: skip
        _FILL.setColor(0x40 << 24 | INK)
        canvas.drawPath(contact, _FILL)
        if cast > 0.03:
            _FILL.setColor(round(255 * cast) << 24 | INK)
            canvas.drawPath(laid, _FILL)
