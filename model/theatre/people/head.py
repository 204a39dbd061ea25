"""The head as a form in space: sections from chin to crown that are turned, projected and outlined.

Anything on a head (features, hairline, hat) is placed on this surface, so that every view between front, profile
and back comes from one shape. Draws nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import Look
from model.theatre.motion.skeleton import Build, Skeleton, build_of
from model.theatre.paint import Ink, smooth_closed
from model.theatre.view import NEAR_M, View

__all__ = ["DOTS_PX", "FULL_PX", "SIMPLE_PX", "HeadForm", "head_form", "shade_bands", "surface"]

FULL_PX, SIMPLE_PX, DOTS_PX = 64.0, 19.0, 7.0  # head heights from which features get this much detail


Array = NDArray[np.float64]

# Height from chin to crown, half breadth, front and back, all in head heights; 0 in depth is the head's axis.
_SECTIONS = np.array(
    [
        (0.000, 0.058, 0.335, 0.190),
        (0.024, 0.132, 0.368, 0.120),
        (0.075, 0.205, 0.384, 0.040),
        (0.130, 0.250, 0.366, -0.020),
        (0.190, 0.282, 0.372, -0.090),
        (0.250, 0.303, 0.382, -0.170),
        (0.320, 0.322, 0.372, -0.260),
        (0.400, 0.338, 0.362, -0.340),
        (0.480, 0.345, 0.354, -0.395),
        (0.560, 0.350, 0.356, -0.430),
        (0.630, 0.353, 0.382, -0.448),
        (0.700, 0.350, 0.386, -0.452),
        (0.770, 0.336, 0.374, -0.445),
        (0.840, 0.304, 0.334, -0.415),
        (0.900, 0.252, 0.270, -0.360),
        (0.950, 0.184, 0.188, -0.275),
        (0.985, 0.100, 0.092, -0.170),
        (1.000, 0.035, 0.010, -0.080),
    ]
)
_LOW, _STEPS = -0.15, 480.0  # where the fine table of sections begins, and its rows to a head height
_FINE_Y = _LOW + np.arange(round(1.2 * _STEPS)) / _STEPS
_TURN = 2 * math.pi
_JAWS = 32.0  # steps from a shut to an open jaw
_AXIS_Z = -0.05  # where the skull joint lies on the head's depth


@dataclass(frozen=True, eq=False)
class HeadForm:
    """A head in one frame. Angles on it run from the front (0) to the figure's right (positive), in radians."""

    view: View
    origin: Array  # of the chin's height on the axis, in stage metres
    axes: Array  # columns: right, up, forward
    size_m: float
    y: Array
    front: Array
    table: Array  # by fine heights: half breadth, half depth, the middle's depth, the right and left edge seen
    lens: tuple[Array, Array]  # as the view's, for points in head heights
    bearing: float  # to the camera, on the head
    elevation: float  # of the camera above the head's level
    px: float  # pixels of a head's height
    depth_m: float
    centre_px: tuple[float, float]

    def _rows(self, y: Array) -> Array:
        """The table's rows at heights on the head, columns first."""
        return _looked_up(self.table, y)

    def section(self, y: Array) -> tuple[Array, Array, Array]:
        """Half breadth, half depth and the middle's depth at heights on the head."""
        half, deep, middle, _, _ = self._rows(y)
        return half, deep, middle

    def to_px(self, local: Array) -> Array:
        """(n, 3) points in head heights → (n, 2) pixels."""
        matrix, offset = self.lens
        return self.view.pixels(local @ matrix + offset)

    def edges(self, y: Array) -> tuple[Array, Array]:
        """The angles where the surface turns away, on the figure's right and left of the camera's bearing."""
        _, _, _, right, left = self._rows(y)
        return right, left

    def on(self, y: Array, angle: Array, lift: float | Array = 0.0, seen: bool = True) -> Array:
        """Points on the surface (lifted off it) in head heights; with `seen`, kept to the visible side."""
        half, deep, middle, right, left = self._rows(y)
        if seen:
            shift = self.bearing - math.pi
            angle = np.minimum(np.maximum((angle - shift) % _TURN + shift, left), right)
        across = (half + lift) * np.sin(angle)
        points = np.empty((*across.shape, 3))
        points[..., 0] = across
        points[..., 1] = y
        points[..., 2] = middle + (deep + lift) * np.cos(angle)
        return points

    def at(self, y: Array, angle: Array, lift: float | Array = 0.0, seen: bool = True) -> Array:
        """As `on`, in pixels."""
        return self.to_px(self.on(y, angle, lift, seen).reshape(-1, 3))

    def span(self, y: float, low: float, high: float, n: int) -> Array | None:
        """`n` angles over the visible part of an arc at a height, or None where it faces away."""
        right, left = self.table[3:, self._row(y)].tolist()
        turn = 2 * math.pi * round((self.bearing - (low + high) / 2) / (2 * math.pi))
        low, high = max(low + turn, left), min(high + turn, right)
        return low + _even(n) * (high - low) if high > low + 0.02 else None

    def _row(self, y: float) -> int:
        return min(max(int((y - _LOW) * _STEPS), 0), len(_FINE_Y) - 1)

    def bands(self, y: Array, right: Array, left: Array) -> list[Array]:
        """Outlines of the visible parts of the surface between two angles at each height.

        `right` > `left` per height; an outline runs up one side and down the other. There are none where the
        part faces away, and two where it runs round the back and shows at both edges.
        """
        edge_r, edge_l = self.edges(y)
        if float(np.min(right - left)) > 2 * math.pi - 0.01:  # all round
            return [self._band(y, edge_r, edge_l)]
        outlines = []
        for turn in (0.0, 2 * math.pi, -2 * math.pi):
            r = np.minimum(right + turn, edge_r)
            low = np.maximum(left + turn, edge_l)
            shown = r > low + 1e-3
            if int(shown.sum()) >= 3:
                outlines.append(self._band(y[shown], r[shown], low[shown]))
        return outlines

    def shade(self, key: Array, y: Array, right: Array, left: Array, lift: float, reach: float = 1.28) -> list[Array]:
        """Outlines of what the key (a unit vector toward it) does not reach between two angles at each height.

        They run along the outline of the same part as `bands` gives it, and need no clip to keep within.
        """
        x, up, z = (key @ self.axes).tolist()
        azimuth = math.atan2(x, z)
        turn = self._terminator(y, reach + 0.25 * max(0.0, up - 0.5))
        edge_r, edge_l = self.edges(y)
        high, low = np.minimum(right, edge_r), np.maximum(left, edge_l)
        outlines = []
        for whole in (0.0, -_TURN, _TURN):
            r = np.minimum(azimuth + _TURN - turn + whole, high)
            edge = np.maximum(azimuth + turn + whole, low)
            shown = r > edge + 1e-3
            if int(shown.sum()) < 2:
                continue
            # One more height on either side, where it runs out, so that it ends in a point.
            near = shown.copy()
            near[1:] |= shown[:-1]
            near[:-1] |= shown[1:]
            middle = np.minimum(np.maximum((r + edge) / 2, low), high)
            r, edge = np.where(shown, r, middle)[near], np.where(shown, edge, middle)[near]
            both = np.concatenate([y[near], y[near][::-1]])
            outlines.append(self.to_px(self.on(both, np.concatenate([r, edge[::-1]]), lift, seen=False)))
        return outlines

    @staticmethod
    def _terminator(y: Array, reach: float) -> Array:
        """How far from the key's bearing the light goes: the cheek catches some beyond the socket and the jaw."""
        turn: Array = reach + 0.16 * np.exp(-(((y - 0.36) / 0.10) ** 2)) - 0.16 * np.exp(-(((y - 0.53) / 0.07) ** 2))
        turn -= 0.25 * np.maximum(0.0, np.minimum(0.2 - y, 1.0))
        return turn

    def lower_outline(self) -> Array:
        """The outline of jaw and chin as they are seen, in pixels, closed at the eyes' height."""
        y = self.y[self.y < 0.5]
        right, left = self.edges(y)
        return self._band(y, right, left)

    def _band(self, y: Array, right: Array, left: Array) -> Array:
        """Pixels up the right side and down the left."""
        both = np.concatenate([y, y[::-1]])
        return self.to_px(self.on(both, np.concatenate([right, left[::-1]]), seen=False))

    def frame(self, y: float, angle: float, plane: float, outward: float, lift: float = 0.0) -> skia.Matrix:
        """A flat patch on the head: maps x outward and y down, in head heights, to pixels.

        `plane` is the angle that the patch faces, `outward` +1 when x grows to the figure's right, else -1.
        """
        half, deep, middle, _, _ = self.table[:, self._row(y)].tolist()
        # All in plain numbers: three points are too few for arrays.
        x, z = (half + lift) * math.sin(angle), middle + (deep + lift) * math.cos(angle)
        ux, uz = outward * math.cos(plane) * 0.1, -outward * math.sin(plane) * 0.1
        (px, py), (ax, ay), (bx, by) = (self._pixel(*p) for p in ((x, y, z), (x + ux, y, z + uz), (x, y - 0.1, z)))
        return skia.Matrix.MakeAll((ax - px) * 10, (bx - px) * 10, px, (ay - py) * 10, (by - py) * 10, py, 0, 0, 1)

    @cached_property
    def _numbers(self) -> tuple[list[float], list[float], list[float], list[float]]:
        matrix, offset = self.lens
        a, b, c = matrix.tolist()
        return a, b, c, offset.tolist()

    def _pixel(self, x: float, y: float, z: float) -> tuple[float, float]:
        """As `to_px`, for one point."""
        a, b, c, o = self._numbers
        depth = max(x * a[2] + y * b[2] + z * c[2] + o[2], NEAR_M)
        across, down = (x * a[i] + y * b[i] + z * c[i] + o[i] for i in (0, 1))
        return across / depth + self.view.width_px / 2, down / depth + self.view.height_px / 2

    def nearness(self, from_px: float) -> float:
        """How far detail that is drawn from a head height on has come in, 0 to 1: nothing pops as a camera nears."""
        return min(1.0, max(0.0, (self.px / from_px - 1.0) * 5.0))

    def front_at(self, y: float) -> float:
        """How far the head's middle line stands forward at a height."""
        return float(self.table[1, self._row(y)] + self.table[2, self._row(y)])

    def faces(self, angle: float) -> float:
        """How squarely the surface at an angle faces the camera: 1 full, 0 edge on, negative away."""
        return math.cos(angle - self.bearing) * math.cos(self.elevation)


@lru_cache(maxsize=32)
def _even(count: int) -> Array:
    """From 0 to 1 in even steps."""
    return np.linspace(0.0, 1.0, count)


def _edges(half: Array, deep: Array, bearing: float) -> tuple[Array, Array]:
    """Where sections seen from a bearing turn away: a quarter turn on either side of how they face it."""
    c, s = math.cos(bearing), math.sin(bearing)
    faced = np.arctan2((deep - half) * (c * s), half * (c * c) + deep * (s * s))
    faced += bearing
    return faced + math.pi / 2, faced - math.pi / 2


def _looked_up(table: Array, y: Array) -> Array:
    """A fine table's rows at heights on the head, columns first: it spares interpolating each time."""
    rows: Array = table.take(((y - _LOW) * _STEPS).astype(np.intp), axis=1, mode="clip")
    return rows


def surface(look: Look, y: Array, angle: Array) -> Array:
    """Points on a head with its jaw shut, in head heights, whoever sees them."""
    half, deep, middle = _looked_up(_shape(look, 0.0)[2], y)
    return np.stack([half * np.sin(angle), y, middle + deep * np.cos(angle)], axis=1)


@lru_cache(maxsize=256)
def _shape(look: Look, jaw: float) -> tuple[Array, Array, Array]:
    """Heights and fronts of a head's sections, and its half breadth, half depth and middle's depth, finely."""
    build: Build = build_of(look)
    s = _SECTIONS.copy()
    low = np.clip(1.0 - s[:, 0] / 0.45, 0.0, 1.0)
    man = {"male": 1.0, "female": -0.7, "unspecified": 0.0}[look.gender] * (1 - build.child)
    heavy = {"slim": -0.5, "average": 0.0, "broad": 0.5, "heavy": 1.0}[look.build]
    s[:, 1] *= 1.0 + low * (0.09 * man + 0.07 * heavy - 0.04)
    s[:2, 1] *= 1.0 + 0.25 * max(0.0, man)
    s[:, 1] *= 1.0 + build.child * (0.05 + 0.09 * np.exp(-(((s[:, 0] - 0.26) / 0.14) ** 2)))
    s[:, 2] -= low * 0.03 * build.child
    s[:, 2] += 0.012 * man * np.clip(1 - np.abs(s[:, 0] - 0.66) / 0.08, 0, 1)  # the brow
    s[:, 0] -= 0.055 * jaw * np.clip(1.0 - s[:, 0] / 0.22, 0.0, 1.0)
    half = np.interp(_FINE_Y, s[:, 0], s[:, 1])
    front, back = np.interp(_FINE_Y, s[:, 0], s[:, 2]), np.interp(_FINE_Y, s[:, 0], s[:, 3])
    return s[:, 0], s[:, 2], np.stack([half, (front - back) / 2, (front + back) / 2])


def head_form(look: Look, body: Skeleton, view: View, jaw: float) -> HeadForm:
    """The head of a body through a view; `jaw` from 0 (shut) to 1 drops the chin."""
    build = body.build
    heights, fronts, shape = _shape(look, round(jaw * _JAWS) / _JAWS)
    size = build.head
    axes = body.head
    origin = body.joints["skull"] - axes @ np.array([0.0, 0.16 * size, _AXIS_Z * size])
    centre = origin + axes @ np.array([0.0, 0.5 * size, 0.0])
    toward = axes.T @ (np.asarray(view.eye) - centre)
    flat = math.hypot(toward[0], toward[2])
    px, py, depth = view.point(*centre.tolist())
    bearing = math.atan2(toward[0], toward[2])
    table = np.empty((5, len(_FINE_Y)))
    table[:3] = shape
    table[3], table[4] = _edges(shape[0], shape[1], bearing)
    matrix, offset = view.lens
    return HeadForm(
        view=view,
        origin=origin,
        axes=axes,
        size_m=size,
        y=heights,
        front=fronts,
        table=table,
        lens=((axes.T * size) @ matrix, origin @ matrix + offset),
        bearing=bearing,
        elevation=math.atan2(toward[1], max(flat, 1e-6)),
        px=size * view.px_per_m(depth),
        depth_m=depth,
        centre_px=(px, py),
    )


def shade_bands(form: HeadForm, ink: Ink) -> list[skia.Path]:
    """The parts of the head that the key does not reach, as outlines over its whole height."""
    y = form.y[0] + _even(15) * (1.0 - form.y[0])
    everywhere = np.full(15, 9.0)
    key = np.asarray(ink.tone.key_from)
    return [smooth_closed(p) for p in form.shade(key, y, everywhere, -everywhere, 0.0)]
