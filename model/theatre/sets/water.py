"""Water and smoke on a set: lying water to the horizon, its glints, waves that run up a shore, smoke that drifts.

The painters here draw anew for each frame, as functions of time and wind; all they draw is one or two shapes.
"""

from __future__ import annotations

import math
from functools import partial
from random import Random

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.lighting.light import mix, scale
from model.theatre.sets.kit import Piece, brush, floor_patch, frame, mark, rect
from model.theatre.sets.pen import Pen

__all__ = ["glints", "smoke", "surf", "water"]

BANDS_M = (62.0, 100.0, 155.0, 260.0, 480.0)
SMOKE = RGB(206, 204, 206)
_FOAM = RGB(250, 252, 250)
_BEHIND = Vec3(0.0, -1.0, 4000.0)  # so far off that it is painted before all else


def water(rng: Random, rgb: RGB, y: float) -> Piece:
    """Water all round at a level below the floor, paler with distance, with dry strokes of waves."""
    panels = []
    inner = 0.0
    for i, outer in enumerate(BANDS_M):
        tint = mix(scale(rgb, 0.94), RGB(176, 204, 212), 0.10 + 0.12 * i)
        path = frame(-inner, -inner, inner, inner, outer - inner) if inner else rect(-outer, -outer, outer, outer)
        marks = [mark(path, tint, "pane")]
        if i < 3:
            waves = skia.Path()
            for _ in range(70 if i == 0 else 26):
                a, r = rng.uniform(0, math.tau), rng.uniform(max(inner, 4.0), outer)
                x, z, w = r * math.sin(a), r * math.cos(a), 0.5 + r * 0.06
                waves.addPath(brush(rng, (x - w, z - 0.1, x + w, z + 0.1), 1, w * 1.4, 0.03 + r * 0.005), 0, 0)
            marks.append(mark(waves, scale(rgb, 0.8), alpha=0.35))
        panels.append(floor_patch((-outer, -outer, outer, outer), y, marks))
        inner = outer
    return Piece(_BEHIND, 900.0, 0.0, tuple(reversed(panels)))


def glints(rng: Random, area: tuple[float, float, float, float], y: float, count: int = 60) -> Piece:
    """Short lights on water, that come and go where they are; `area` in stage x and z."""
    x0, z0, x1, z1 = area
    spots = np.array([(rng.uniform(x0, x1), y, rng.uniform(z0, z1), rng.random()) for _ in range(count)])
    at = Vec3((x0 + x1) / 2, min(y, -0.01), (z0 + z1) / 2)
    reach = math.hypot(x1 - x0, z1 - z0) / 2
    return Piece(at, reach, 0.1, (), keep=True, live=partial(_glint, spots=spots))


def _glint(pen: Pen, spots: NDArray[np.float64]) -> None:
    view = pen.view
    seen = view.project(spots[:, :3])
    beat = np.maximum(0.0, np.sin(pen.time_s * (1.1 + spots[:, 3]) + spots[:, 3] * 40.0))
    half = view.focal_px / np.maximum(seen[:, 2], 1.0) * (0.1 + 0.3 * spots[:, 3] + 0.012 * seen[:, 2]) * beat
    inside = (seen[:, 2] > 1.0) & (seen[:, 0] > -20) & (seen[:, 0] < view.width_px + 20) & (half > 0.4)
    inside &= (seen[:, 1] > 0) & (seen[:, 1] < view.height_px)
    points = [
        skia.Point(x + d, y)
        for x, y, w in zip(seen[inside, 0].tolist(), seen[inside, 1].tolist(), half[inside].tolist(), strict=True)
        for d in (-w, w)
    ]
    if not points:
        return
    light = mix(RGB(255, 252, 240), pen.tone.look.horizon, 0.35)
    argb = round(150 * (1.0 - 0.55 * pen.tone.lamps)) << 24 | light[0] << 16 | light[1] << 8 | light[2]
    paint = skia.Paint(AntiAlias=True, Color=argb, StrokeWidth=max(0.8, view.height_px / 300))
    pen.canvas.drawPoints(skia.Canvas.kLines_PointMode, points, paint)


def surf(shore_m: float, phase: float, rgb: RGB, reach_m: float = 60.0) -> Piece:
    """Waves that roll in along x, break on the shore at z = `shore_m` and run out on the sand."""
    x = np.linspace(-reach_m, reach_m, 81)
    line = shore_m + 0.7 * np.sin(x * 0.21 + phase) + 0.3 * np.sin(x * 0.63)
    ragged = 0.5 + 0.5 * np.sin(x * 1.9 + phase) * np.sin(x * 0.47 + 2.0 * phase)
    live = partial(_roll, x=x, line=line, ragged=ragged, rgb=rgb)
    return Piece(Vec3(0.0, 0.0, shore_m + 2.0), reach_m, 0.5, (), keep=True, live=live)


def _roll(pen: Pen, x: NDArray[np.float64], line: NDArray[np.float64], ragged: NDArray[np.float64], rgb: RGB) -> None:
    """Three waves on their way, each a dark face under a white crest, thin where it begins and where it ends."""
    for k in range(3):
        u = (pen.time_s / 7.5 + k / 3.0) % 1.0
        thick = math.sin(math.pi * u) ** 0.7 * (0.35 + 0.5 * u)
        z = line + 9.0 * (1.0 - u) ** 1.35 - 1.3 * u * u
        face = 0.55 * thick * (1.0 - u)
        for low, high, colour, alpha in (
            (z - 0.2 * thick, z + 1.2 * thick * (1.0 - 0.6 * u), scale(rgb, 0.72), 0.5 * (1.0 - u)),
            (z - 0.5 * thick * ragged - 0.1 * thick, z + thick * (0.25 + 0.6 * u * ragged), _FOAM, 0.9),
        ):
            lift = face * np.ones_like(x)
            _band(pen, x, low, high, lift, colour, alpha)


def _band(
    pen: Pen,
    x: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
    lift: NDArray[np.float64],
    rgb: RGB,
    alpha: float,
) -> None:
    seen = pen.view.project(
        np.concatenate([np.stack([x, lift, high], axis=1), np.stack([x, np.full_like(x, 0.004), low], axis=1)[::-1]])
    )
    ahead = seen[:, 2] > 0.3
    if ahead.sum() < 4:
        return
    depth = float(np.median(seen[ahead, 2]))
    path = skia.Path()
    path.addPoly([(x, y) for x, y in seen[ahead, :2].tolist()], True)
    argb = pen.tone.between(rgb, 0.9, depth)
    pen.canvas.drawPath(path, skia.Paint(AntiAlias=True, Color=(argb & 0xFFFFFF) | round(255 * alpha) << 24))


def smoke(at: Vec3, rgb: RGB = SMOKE, high_m: float = 7.0, thick_m: float = 0.5, puffs: int = 15) -> Piece:
    """Smoke from a point, in puffs that swell as they rise and thin to nothing, bent by the wind along x."""
    live = partial(_puffs, at=at, rgb=rgb, high_m=high_m, thick_m=thick_m, puffs=puffs)
    return Piece(at, high_m, high_m, (), keep=True, live=live)


def _puffs(pen: Pen, at: Vec3, rgb: RGB, high_m: float, thick_m: float, puffs: int) -> None:
    age = (np.arange(puffs) + pen.time_s * 0.9) / puffs % 1.0
    turn = np.arange(puffs) - np.floor((np.arange(puffs) + pen.time_s * 0.9) / puffs) * puffs
    swing = 0.25 * high_m * age * np.sin(2.4 * turn + 1.1 * age)
    x = at.x + swing * 0.35 + high_m * (0.15 + 1.6 * pen.wind) * age**1.4
    seen = pen.view.project(np.stack([x, at.y + high_m * age * (1.0 - 0.35 * pen.wind), np.full(puffs, at.z)], axis=1))
    if seen[0, 2] < 1.0:
        return
    size = thick_m * (0.6 + 1.9 * age) * np.sqrt(np.maximum(0.0, 1.0 - age)) * np.minimum(1.0, age * 9.0)
    size *= pen.view.px_per_m(float(seen[0, 2]))
    body = skia.Path()
    for px, py, r in zip(seen[:, 0].tolist(), seen[:, 1].tolist(), size.tolist(), strict=True):
        if r > 0.3:
            body.addCircle(px, py, r)
    argb = pen.tone.between(rgb, 0.7, float(seen[0, 2]))
    pen.canvas.drawPath(body, skia.Paint(AntiAlias=True, Color=(argb & 0xFFFFFF) | 150 << 24))
