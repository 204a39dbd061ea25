"""Flocks of birds and shoals of fish: many small bodies told by time alone, drawn in a few paths.

Each keeps its place in a company that drifts along its heading; sums of slow sines make the company breathe and turn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Crowd
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone
from model.theatre.view import View

__all__ = ["flock_at", "flock_drawables"]

Array = NDArray[np.float64]

SLICES = 6
EDGE = 0.12
"""The share of its stretch over which one that leaves it fades, and one that comes appears."""
COATS = (RGB(52, 54, 66), RGB(236, 236, 232), RGB(128, 134, 146), RGB(70, 62, 58))
SCALES = (RGB(196, 206, 214), RGB(232, 142, 74), RGB(96, 140, 168), RGB(222, 200, 112))


@dataclass(frozen=True, eq=False)
class _Company:
    home: Array  # (n, 3) shares of the ground, -0.5 to 0.5
    phase: Array
    size: Array
    pace: Array
    coat: int


@lru_cache(maxsize=64)
def _company(crowd: Crowd) -> _Company:
    n = max(0, crowd.count)
    rng = np.random.default_rng([abs(crowd.seed), 191])
    home = rng.normal(0.0, 0.22, (n, 3)).clip(-0.5, 0.5)
    return _Company(
        home, rng.random(n) * 2 * math.pi, rng.uniform(0.85, 1.15, n), rng.uniform(0.9, 1.1, n), int(rng.integers(0, 4))
    )


def flock_at(crowd: Crowd, time_s: float) -> tuple[Array, Array, Array]:
    """Where each is, (n, 3) in metres; which way each heads, (n, 3) unit vectors; how much of each is there, 0 to 1."""
    them = _company(crowd)
    now, there = _where(crowd, them, time_s)
    after, _ = _where(crowd, them, time_s + 0.08, unwrapped_from=time_s)
    before, _ = _where(crowd, them, time_s, unwrapped_from=time_s)
    way = after - before
    size = np.linalg.norm(way, axis=1)
    # Who stays looks about, mostly along the heading.
    a = math.radians(crowd.heading_deg) + 1.1 * np.sin(
        3 * them.phase + 0.3 * np.tanh(4 * np.sin(0.5 * time_s + them.phase))
    )
    ahead = np.stack([np.sin(a), np.zeros(len(a)), np.cos(a)], axis=1)
    return now, np.where(size[:, None] > 1e-3, way / np.maximum(size, 1e-6)[:, None], ahead), there


def _where(crowd: Crowd, them: _Company, time_s: float, unwrapped_from: float | None = None) -> tuple[Array, Array]:
    a = math.radians(crowd.heading_deg)
    moves = crowd.doing not in ("stand", "sit")
    speed = (4.6 if crowd.kind == "birds" else 0.55) if moves else 0.0
    deep = min(crowd.width_m, crowd.depth_m) * 0.35
    p, t = them.phase, time_s
    calm = 1.0 if crowd.kind == "birds" else 0.45
    wander = np.stack(
        [np.sin(0.55 * calm * t + p) + 0.5 * np.sin(1.21 * calm * t + 2.3 * p),
         0.6 * np.sin(0.47 * calm * t + 1.7 * p) + 0.3 * np.sin(1.7 * calm * t + p),
         np.sin(0.61 * calm * t + 1.3 * p) + 0.5 * np.sin(1.07 * calm * t + 0.7 * p)], axis=1,
    )  # fmt: skip
    together = np.array(
        [math.sin(0.31 * calm * t), 0.7 * math.sin(0.43 * calm * t + 1.0), math.sin(0.37 * calm * t + 2.0)]
    )
    reach = np.array([crowd.width_m, deep, crowd.depth_m])
    at = them.home * reach
    if moves:
        at = at + wander * reach * 0.035 + together * reach * 0.06
    there = np.ones(len(p))
    if speed:
        ahead = np.array([math.sin(a), 0.0, math.cos(a)])
        stretch = 1.3 * float(np.abs(ahead) @ reach)
        along = at @ ahead
        base = along + speed * (time_s if unwrapped_from is None else unwrapped_from)
        wrapped = np.mod(base + stretch / 2, stretch) - stretch / 2
        if unwrapped_from is None:
            u = np.clip((0.5 - np.abs(wrapped) / stretch) / EDGE, 0.0, 1.0)
            there = u * u * (3 - 2 * u)
            at = at + (wrapped - along)[:, None] * ahead
        else:
            at = at + (speed * time_s) * ahead
    if not moves and crowd.kind == "birds":  # on the ground, or on what they perch on
        at[:, 1] = np.maximum(0.0, np.sin(1.3 * t + p) - 0.9) * 0.5
    at = at + np.array(crowd.centre)
    at[:, 1] = np.maximum(at[:, 1], 0.02)
    return at, there


def flock_drawables(crowd: Crowd, view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """A flock or shoal in slices of depth."""
    if crowd.count <= 0:
        return []
    at, way, there = flock_at(crowd, time_s)
    depth = (at - np.asarray(view.eye)) @ view.rotation[2]
    chosen = np.flatnonzero((depth > 0.5) & (there > 0.01))
    if not len(chosen):
        return []
    near, far = float(depth[chosen].min()), float(depth[chosen].max())
    step = max(0.8, (far - near) / SLICES)
    slices = ((far - depth[chosen]) / step).astype(np.int64)
    found = []
    for k in np.unique(slices).tolist():
        mine = chosen[slices == k]
        mine = mine[np.argsort(-depth[mine], kind="stable")]
        middle = float(depth[mine].mean())
        paint = partial(
            _paint,
            crowd=crowd,
            who=mine,
            at=at,
            way=way,
            there=there,
            view=view,
            tone=tone,
            time_s=time_s,
            depth_m=middle,
        )
        found.append(Drawable(middle, paint))
    return found


def _axes(way: Array) -> tuple[Array, Array]:
    """To the right and up of bodies that head along `way`."""
    right = np.stack([way[:, 2], np.zeros(len(way)), -way[:, 0]], axis=1)
    right /= np.maximum(np.linalg.norm(right, axis=1), 1e-6)[:, None]
    return right, np.cross(way, right)


def _paint(
    canvas: skia.Canvas,
    crowd: Crowd,
    who: NDArray[np.int64],
    at: Array,
    way: Array,
    there: Array,
    view: View,
    tone: Tone,
    time_s: float,
    depth_m: float,
) -> None:
    them = _company(crowd)
    way, at, p = way[who], at[who], them.phase[who]
    right, up = _axes(way)
    size = them.size[who][:, None]
    if crowd.kind == "birds":
        shapes = _birds(crowd, them, who, at, way, right, up, size, p, time_s)
        coat = COATS[them.coat]
        tints = (tone.between(coat, 0.25, depth_m), tone.between(coat, 0.95, depth_m))
    else:
        shapes = _fish(at, way, right, up, size, p, time_s)
        coat = SCALES[them.coat]
        tints = (tone.between(coat, 0.2, depth_m), tone.between(coat, 1.0, depth_m))
    fade = there[who]
    whole = bool((fade > 0.99).all())
    paint = skia.Paint(AntiAlias=True)
    for rows, tint in shapes:
        argb = tints[tint]
        n, corners = rows.shape[:2]
        seen = view.project(rows.reshape(-1, 3))
        points = list(map(skia.Point, seen[:, 0].tolist(), seen[:, 1].tolist()))
        path = skia.Path()
        each = corners
        if whole:
            for k in range(n):
                path.addPoly(points[k * each : (k + 1) * each], True)
            paint.setColor(argb)
            canvas.drawPath(path, paint)
            continue
        for k, share in enumerate(fade.tolist()):
            one = skia.Path()
            one.addPoly(points[k * each : (k + 1) * each], True)
            paint.setColor(argb & 0xFFFFFF | round(255 * share) << 24)
            canvas.drawPath(one, paint)


def _birds(
    crowd: Crowd,
    them: _Company,
    who: NDArray[np.int64],
    at: Array,
    way: Array,
    right: Array,
    up: Array,
    size: Array,
    p: Array,
    time_s: float,
) -> list[tuple[Array, int]]:
    """Bodies with tails, and wings as they beat; folded on the ground."""
    flies = crowd.doing not in ("stand", "sit")
    s = (0.38 if flies else 0.30) * size
    body = np.stack(
        [
            at + way * s * 0.62,
            at + way * s * 0.30 + up * s * 0.14,
            at - way * s * 0.3 + up * s * 0.08,
            at - way * s * 0.85 + right * s * 0.14,
            at - way * s * 0.85 - right * s * 0.14,
            at - way * s * 0.1 - up * s * 0.12,
        ],
        axis=1,
    )
    if not flies:
        upright = np.array([0.0, 1.0, 0.0]) * s

        def spot(ahead: float, high: float, out: float = 0.0) -> Array:
            point: Array = at + way * s * ahead + upright * high + right * s * out
            return point

        outline = [spot(0.58, 0.60), spot(0.40, 0.74), spot(0.22, 0.62), spot(-0.22, 0.44), spot(-0.86, 0.14),
                   spot(-0.30, 0.12), spot(0.05, 0.08), spot(0.36, 0.26)]  # fmt: skip
        front = [spot(0.34, 0.74), spot(0.30, 0.56, 0.12), spot(0.12, 0.32, 0.20), spot(0.0, 0.10, 0.10),
                 spot(0.0, 0.0), spot(0.0, 0.10, -0.10), spot(0.12, 0.32, -0.20), spot(0.30, 0.56, -0.12)]  # fmt: skip
        wings = [spot(0.20, 0.52), spot(-0.05, 0.44, 0.19), spot(-0.78, 0.17, 0.04), spot(-0.78, 0.17, -0.04),
                 spot(-0.05, 0.44, -0.19)]  # fmt: skip
        return [(np.stack(front, axis=1), 1), (np.stack(outline, axis=1), 1), (np.stack(wings, axis=1), 0)]
    beat = 7.5 * them.pace[who] * (2 * math.pi) * 0.42
    lift = (0.80 * np.sin(beat * time_s + p * 3) + 0.15)[:, None]
    glide = (0.5 + 0.5 * np.tanh(4 * np.sin(0.5 * time_s + 2.1 * p)))[:, None]
    lift = lift * (0.25 + 0.75 * glide) + 0.12
    flat = np.sqrt(np.maximum(0.2, 1 - lift**2))
    wings = []
    for side in (1.0, -1.0):
        mid = at + right * (side * s * 0.75 * flat) + up * (s * 0.75 * lift) + way * s * 0.26
        tip = at + right * (side * s * 1.55 * flat) + up * (s * 1.3 * lift) - way * s * 0.10
        wings += [at + way * s * 0.28, mid, tip, at - way * s * 0.16 + right * (side * s * 0.3)]
    first, second = np.stack(wings[:4], axis=1), np.stack(wings[4:], axis=1)
    return [(body, 0), (np.concatenate([first, second[:, ::-1]], axis=1), 1)]


def _fish(
    at: Array, way: Array, right: Array, up: Array, size: Array, p: Array, time_s: float
) -> list[tuple[Array, int]]:
    """Bodies that bend as they swim, and the paler half below."""
    s = 0.16 * size
    beat = np.sin(2 * math.pi * 1.6 * time_s + 5 * p)[:, None]
    tail = at - way * s * 0.72 + right * (s * 0.16 * beat)
    end = at - way * s * 1.12 + right * (s * 0.34 * beat)
    nose, back, belly = at + way * s, at + way * s * 0.15 + up * s * 0.36, at + way * s * 0.15 - up * s * 0.36
    body = np.stack(
        [
            nose,
            at + way * s * 0.62 + up * s * 0.24,
            back,
            tail + up * s * 0.07,
            end + up * s * 0.36,
            end + way * s * 0.1,
            end - up * s * 0.36,
            tail - up * s * 0.07,
            belly,
            at + way * s * 0.62 - up * s * 0.24,
        ],
        axis=1,
    )
    low = np.stack([nose, at + way * s * 0.1, tail, belly, at + way * s * 0.62 - up * s * 0.22], axis=1)
    return [(body, 0), (low, 1)]
