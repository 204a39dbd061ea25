"""Banks of fog that lie in the set and drift with the wind, between things and people by their depth.

The even air that greys with depth is the tone's; here is only what moves in it.
"""

from __future__ import annotations

import math
from functools import lru_cache, partial

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Stage
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone, mix
from model.theatre.view import View

__all__ = ["fog_drawables"]

BANKS = 11
RINGS = 8
"""A bank is laid on in so many rings of flat paint, too thin to tell apart and faster than a gradient."""
WIDE_M = 30.0
"""The stretch across which banks drift, before they thin out and come in again on the other side."""
NEAR_M, FAR_M = -3.0, 24.0
SLICES_M = (4.2, 10.0, 60.0)
"""Where slices of banks end; the last lies behind all that stands in the set, so that what is still stays together."""
LEAST_M, BEHIND_M = 1.3, 500.0


@lru_cache(maxsize=16)
def _field(seed: int) -> NDArray[np.float64]:
    """(BANKS, 6) numbers from 0 to 1."""
    return np.random.default_rng((seed, 41)).uniform(0, 1, (BANKS, 6))


def fog_drawables(stage: Stage, view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """The banks of a foggy stage outside in slices of depth; none in other weather."""
    if stage.weather.kind != "fog" or stage.place.interior:
        return []
    a, b, c, d, e, f = _field(stage.place.seed).T
    speed = (0.25 + 2.5 * stage.weather.wind) * (0.6 + 0.8 * d)
    along = (a + speed * time_s / WIDE_M) % 1.0
    at = np.stack([(along - 0.5) * WIDE_M, 0.25 + 1.1 * c, NEAR_M + (FAR_M - NEAR_M) * b], axis=1)
    seen = view.project(at)
    depth = seen[:, 2]
    scale = view.focal_px / np.maximum(depth, 0.5)
    rx, ry = (2.6 + 3.4 * e) * scale, (0.55 + 0.5 * f) * scale
    fade = np.sin(math.pi * along) ** 0.5 * np.clip((depth - LEAST_M) / 1.2, 0.0, 1.0)
    fade = fade * (0.14 + 0.18 * stage.weather.intensity)
    inside = (fade > 0.01) & (np.abs(seen[:, 0] - view.width_px / 2) < view.width_px / 2 + rx)
    inside &= (seen[:, 1] + ry > 0) & (seen[:, 1] - ry < view.height_px)
    rows = np.stack([seen[:, 0], seen[:, 1], rx, ry, fade, depth], axis=1)[inside]
    rgb = mix(tone.haze, RGB(255, 255, 255), 0.18)
    found = []
    low = LEAST_M
    for high in SLICES_M:
        some = rows[(rows[:, 5] >= low) & (rows[:, 5] < high)]
        low = high
        if len(some):
            some = some[np.argsort(-some[:, 5])]
            far_m = float(some[:, 5].mean()) if high < SLICES_M[-1] else BEHIND_M
            found.append(Drawable(far_m, partial(_paint, rows=some[:, :5].tolist(), rgb=rgb)))
    return found


def _paint(canvas: skia.Canvas, rows: list[list[float]], rgb: RGB) -> None:
    paint = skia.Paint(AntiAlias=False)
    for x, y, rx, ry, alpha in rows:
        paint.setColor(max(1, round(255 * alpha / RINGS)) << 24 | rgb[0] << 16 | rgb[1] << 8 | rgb[2])
        for ring in range(RINGS):
            w, h = rx * (1.0 - ring / RINGS), ry * (1.0 - ring / RINGS)
            canvas.drawOval(skia.Rect.MakeLTRB(x - w, y - h, x + w, y + h), paint)
