"""Puts solid forms on a canvas: one projection for all faces, one path for all faces of a coat in one light.

Faces turned away are left out, parts come in the order that the eye's side of their planes tells; what lies
behind the lens is cut away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.lighting.light import Tone, depth_step, mix
from model.theatre.sets.kit import mark
from model.theatre.sets.pen import SNOW, Pen, clip_polygon
from model.theatre.surfaces import SurfaceTone
from model.theatre.vehicles.solid import Array, Coat, Order, Solid, Split
from model.theatre.view import NEAR_M, View

__all__ = ["Rods", "Stand", "paint_rods", "paint_solid", "rod_colour"]

LEVELS = 3
"""Steps of light to either side of a face that the key grazes."""
FINE_LAYER, FINE_PX = 3, 15.0
"""Layers from this one on are left out below this many pixels a metre."""

_FILL = skia.Paint(AntiAlias=True)
_STROKE = skia.Paint(
    AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap, StrokeJoin=skia.Paint.kRound_Join
)
_NO_PATH = skia.Path()


@dataclass(frozen=True, eq=False)
class Stand:
    """Where a solid stands: its origin in stage metres and its axes, the columns of `turn` (3, 3)."""

    at: Array
    turn: Array

    def local(self, point: Vec3) -> Array:
        """A point of the stage in the solid's axes."""
        moved: Array = (np.asarray(point) - self.at) @ self.turn
        return moved

    def stage(self, rows: Array) -> Array:
        """(n, 3) local points in stage metres."""
        out: Array = rows @ self.turn.T + self.at
        return out

    def seen(self, rows: Array, view: View) -> Array:
        """(n, 3) local points → pixel x, pixel y, depth in metres."""
        matrix, offset = view.lens
        out: Array = rows @ (self.turn.T @ matrix) + (self.at @ matrix + offset)
        out[:, :2] = view.pixels(out)
        return out


@dataclass(frozen=True, eq=False)
class Rods:
    """Thin round things: polylines of (n, 3) local points, one radius and colour."""

    lines: tuple[Array, ...]
    radius_m: float
    rgb: RGB
    closed: bool = False
    paint: str = "lit"


def paint_solid(canvas: skia.Canvas, solid: Solid, stand: Stand, view: View, tone: Tone) -> None:
    """Paints the faces of a solid that look at the camera."""
    seen = stand.seen(solid.vertices, view)
    depth = seen[:, 2]
    if float(depth.max()) < NEAR_M:
        return
    cut = float(depth.min()) < NEAR_M * 2
    eye = stand.local(view.eye)
    facing = np.flatnonzero(solid.normals @ eye > (solid.normals * solid.points).sum(axis=1))
    if not len(facing):
        return
    middle = max(float(depth.mean()), 0.5)
    if view.focal_px / middle < FINE_PX:
        facing = facing[solid.layer[facing] < FINE_LAYER]
    toward = np.asarray(tone.key_from) @ stand.turn
    level = np.rint(solid.normals[facing] @ toward * LEVELS).astype(np.int64) + LEVELS
    up = (solid.normals[facing, 1] > 0.5).astype(np.int64)
    rank = np.empty(solid.parts, dtype=np.int64)
    rank[_flat(solid.order, eye)] = np.arange(solid.parts)
    code = (((rank[solid.part[facing]] * 8 + solid.layer[facing]) * 64 + solid.coat[facing]) * 8 + level) * 2 + up
    by_code = np.argsort(code, kind="stable")
    faces, code = facing[by_code].tolist(), code[by_code]
    if isinstance(tone, SurfaceTone):
        _surfaces(canvas, solid, faces, stand, seen, tone)
        return
    starts = [0, *(np.flatnonzero(np.diff(code)) + 1).tolist(), len(faces)]
    points = list(map(skia.Point, seen[:, 0].tolist(), seen[:, 1].tolist()))
    mixed = _mixes(tone, depth_step(middle))
    keys, bases = code.tolist(), (code >> 10).tolist()
    groups = [(skia.Path(), 0)] * (len(starts) - 1)
    for g, (a, b) in enumerate(pairwise(starts)):
        path = skia.Path()
        for face in faces[a:b]:
            first, stop = solid.faces[face][0], solid.faces[face][-1] + 1
            if cut and float(depth[first:stop].min()) < NEAR_M * 2:
                _add_cut(path, stand, solid.vertices[first:stop], view)
            else:
                path.addPoly(points[first:stop], True)
        key = keys[a] & 1023
        argb = mixed.get((solid, key))
        if argb is None:
            argb = mixed[solid, key] = _coloured(
                tone, solid.coats[key >> 4], ((key >> 1 & 7) - LEVELS) / LEVELS, bool(key & 1), middle
            )
        groups[g] = (path, argb)
    layer = None
    for g, (path, argb) in enumerate(groups):
        base = bases[starts[g]]
        if base != layer and base & 7 == 0:
            _underpaint(canvas, groups, bases, starts, g, base)
        layer = base
        _FILL.setColor(argb)
        canvas.drawPath(path, _FILL)


def _surfaces(
    canvas: skia.Canvas, solid: Solid, faces: list[int], stand: Stand, seen: Array, tone: SurfaceTone
) -> None:
    """Every face as a surface of its own, for an index picture."""
    points, normals = stand.stage(solid.points[faces]), solid.normals[faces] @ stand.turn.T
    for face, point, normal in zip(faces, points.tolist(), normals.tolist(), strict=True):
        first, stop = solid.faces[face][0], solid.faces[face][-1] + 1
        if float(seen[first:stop, 2].min()) < NEAR_M * 2 or not tone.hand.plane(point, normal):
            continue
        path = skia.Path()
        path.addPoly([skia.Point(x, y) for x, y in seen[first:stop, :2].tolist()], True)
        _FILL.setColor(tone.hand.code(tone.facing(Vec3(*normal))))
        canvas.drawPath(path, _FILL)


def _underpaint(
    canvas: skia.Canvas, groups: list[tuple[skia.Path, int]], bases: list[int], starts: list[int], g: int, base: int
) -> None:
    """A part's whole skin in the colour of most of it, so that no ground shows between faces."""
    last = g
    while last < len(groups) and bases[starts[last]] == base:
        last += 1
    if last - g < 2:
        return
    most = max(range(g, last), key=lambda k: starts[k + 1] - starts[k])
    whole = skia.Path()
    for path, _ in groups[g:last]:
        whole.addPath(path)
    _FILL.setColor(groups[most][1])
    canvas.drawPath(whole, _FILL)


def _flat(order: Order, eye: Array) -> list[int]:
    """The parts of an order, the farthest first for an eye in the solid's axes."""
    if isinstance(order, int):
        return [order]
    if isinstance(order, Split):
        low, high = _flat(order.low, eye), _flat(order.high, eye)
        return low + high if float(eye[order.axis]) > order.at_m else high + low
    return [part for one in order for part in _flat(one, eye)]


def _add_cut(path: skia.Path, stand: Stand, rows: Array, view: View) -> None:
    local = clip_polygon((stand.stage(rows) - np.asarray(view.eye)) @ view.rotation.T, NEAR_M * 2)
    if len(local) < 3:
        return
    flat = local[:, :2] * np.array([view.focal_px, -view.focal_px]) / local[:, 2:] + view.middle_px
    path.addPoly(list(map(skia.Point, flat[:, 0].tolist(), flat[:, 1].tolist())), True)


@lru_cache(maxsize=64)
def _mixes(tone: Tone, step: int) -> dict[tuple[Solid, int], int]:
    """What was mixed under a tone at a step of depth: the same from frame to frame."""
    del tone, step  # they are the key
    return {}


def _coloured(tone: Tone, coat: Coat, dot: float, up: bool, depth_m: float) -> int:
    """A coat's colour where the key meets it at this cosine."""
    key = tone.key_from
    if coat.paint == "lit":
        rgb = mix(coat.rgb, SNOW, tone.snow * 0.9) if up and tone.snow else coat.rgb
        share = tone.facing(Vec3(key.x * dot, key.y * dot, key.z * dot)) if coat.key is None else coat.key
        argb = tone.between(rgb, share, depth_m)
    else:
        pen = Pen(skia.Canvas(), _NOWHERE, tone)
        argb = pen.colour(mark(_NO_PATH, coat.rgb, coat.paint), Vec3(key.x * dot, key.y * dot, key.z * dot), depth_m)
    return (argb & 0xFFFFFF) | round(255 * coat.alpha) << 24


_NOWHERE = View(Vec3(0.0, 0.0, 0.0), np.eye(3), 1.0, 1, 1)


def rod_colour(tone: Tone, rods: Rods, depth_m: float) -> int:
    """The colour of thin things at a depth."""
    if rods.paint == "flame":
        return tone.glow(rods.rgb, depth_m)
    return tone.between(rods.rgb, 0.7, depth_m)


def paint_rods(canvas: skia.Canvas, rods: tuple[Rods, ...], stand: Stand, view: View, tone: Tone) -> None:
    """Paints thin things, those of one kind in one stroke; what reaches behind the lens is left out."""
    for kind in rods:
        rows: NDArray[np.float64] = np.concatenate(kind.lines)
        seen = stand.seen(rows, view)
        depth = float(seen[:, 2].mean())
        if float(seen[:, 2].min()) < NEAR_M * 2:
            continue
        flat = list(map(skia.Point, seen[:, 0].tolist(), seen[:, 1].tolist()))
        path, first = skia.Path(), 0
        for line in kind.lines:
            path.addPoly(flat[first : first + len(line)], kind.closed)
            first += len(line)
        _STROKE.setColor(rod_colour(tone, kind, depth))
        _STROKE.setStrokeWidth(max(0.5, 2 * kind.radius_m * view.px_per_m(depth)))
        canvas.drawPath(path, _STROKE)
