"""Clothes as forms: how each garment is cut, and the stack of sections that it makes about the body.

Geometry only; `model.theatre.people.cloth` paints what is on it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.stage import Look
from model.theatre.motion.skeleton import Skeleton, build_of
from model.theatre.paint import CIRCLE
from model.theatre.view import View

__all__ = ["CUTS", "Barrel", "Cut", "torso_barrel"]

Array = NDArray[np.float64]

STEPS = 40
"""Rows of a barrel's fine table to a section: looked up instead of interpolated, as garments ask for many points."""
_TURN = 2 * math.pi


@dataclass(frozen=True)
class Cut:
    """How a top is cut. `ease` and `hem` in shares of the body's height; `sleeve` in shares of the arm."""

    ease: float
    hem: float  # how far below the hip joints it ends
    sleeve: float  # 0.5 to the elbow, 1 to the wrist
    skirt: float = 0.0  # how far down it hangs loose about the legs: 1 to the knees, 2 to the ankles
    flare: float = 0.0
    cuff: float = 0.0  # how much wider its sleeves are at the wrist
    base: Literal["own", "under"] = "own"  # the trunk in the top's colour, or in that of the shirt under it
    sleeves: Literal["own", "under"] = "own"
    legs: bool = False  # of one piece with the trousers


CUTS = {
    "t_shirt": Cut(0.004, 0.012, 0.30),
    "shirt": Cut(0.006, 0.016, 1.0),
    "sweater": Cut(0.012, 0.020, 1.0),
    "hoodie": Cut(0.015, 0.018, 1.0),
    "jacket": Cut(0.013, 0.022, 1.0),
    "coat": Cut(0.017, 0.020, 1.0, skirt=1.06, flare=0.020),
    "raincoat": Cut(0.020, 0.020, 1.0, skirt=0.96, flare=0.034, cuff=0.006),
    "suit": Cut(0.012, 0.042, 1.0),
    "waistcoat": Cut(0.008, 0.014, 1.0, sleeves="under"),
    "dress": Cut(0.003, 0.000, 0.24, skirt=1.06, flare=0.045),
    "robe": Cut(0.013, 0.000, 1.0, skirt=1.86, flare=0.034, cuff=0.016),
    "uniform": Cut(0.009, 0.032, 1.0),
    "scrubs": Cut(0.013, 0.026, 0.40),
    "overalls": Cut(0.006, 0.010, 1.0, sleeves="under", legs=True),
    "apron": Cut(0.007, 0.016, 1.0, base="under", sleeves="under"),
    "hi_vis": Cut(0.015, 0.018, 1.0, sleeves="under"),
}


@lru_cache(maxsize=16)
def _weights(count: int) -> Array:
    """What blends `count` sections into the fine table: one row for each step, one column for each section."""
    t = np.arange((count - 1) * STEPS + 1) / STEPS
    return np.maximum(0.0, 1.0 - np.abs(t[:, None] - np.arange(count)))


@dataclass(frozen=True, eq=False)
class Barrel:
    """A stack of elliptical sections, from below up, as seen through a view.

    A row of `fine` is a section's centre (3), right (3) and forward axis (3) behind the view's lens, its half breadth
    and half depth (metres), the bearing of the camera on it, and the angles at its right and left edge as seen.
    """

    view: View
    fine: Array
    count: int  # of sections; one stands in every `STEPS`th row
    right: Array  # the sections' right and forward axes on the stage, summed
    forward: Array

    @classmethod
    def of(cls, view: View, rows: list[tuple[Array, Array, float, float]]) -> Barrel:
        """Rows are (centre, axes, half breadth, half depth)."""
        centres, axes = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
        return cls.about(view, centres, axes[:, :, 0], axes[:, :, 2], np.array([row[2:] for row in rows]))

    @classmethod
    def about(cls, view: View, centres: Array, rights: Array, forwards: Array, sizes: Array) -> Barrel:
        """Sections by their centres, right and forward axes (n, 3), and half breadths and depths (n, 2)."""
        count = len(centres)
        way = np.asarray(view.eye) - centres
        bearing = np.arctan2((way * rights).sum(axis=1), (way * forwards).sum(axis=1))
        shift = bearing[0] - math.pi
        matrix, offset = view.lens
        table = np.empty((count, 12))
        table[:, 0:3] = centres @ matrix + offset
        table[:, 3:6], table[:, 6:9] = rights @ matrix, forwards @ matrix
        table[:, 9:11], table[:, 11] = sizes, (bearing - shift) % _TURN + shift
        fine = np.empty(((count - 1) * STEPS + 1, 14))
        np.matmul(_weights(count), table, out=fine[:, :12])
        fine[:, 12], fine[:, 13] = _edges(fine[:, 9], fine[:, 10], fine[:, 11])
        return cls(view, fine, count, rights.sum(axis=0), forwards.sum(axis=0))

    def _rows(self, t: Array) -> Array:
        rows: Array = self.fine.take((t * STEPS + 0.5).astype(np.intp), axis=0, mode="clip")
        return rows

    def _pixels(self, rows: Array, angle: Array, lift: float | Array = 0.0) -> Array:
        across = ((rows[:, 9] + lift) * np.sin(angle))[:, None]
        ahead = ((rows[:, 10] + lift) * np.cos(angle))[:, None]
        return self.view.pixels(rows[:, 0:3] + rows[:, 3:6] * across + rows[:, 6:9] * ahead)

    def at(self, t: Array, angle: Array, lift: float = 0.0) -> Array:
        """Pixels of points on the surface at fractional section numbers and angles from the front, kept in sight."""
        rows = self._rows(t)
        shift = rows[:, 11] - math.pi
        turned = (angle - shift) % _TURN + shift
        return self._pixels(rows, np.minimum(np.maximum(turned, rows[:, 13]), rows[:, 12]), lift)

    @property
    def bearing(self) -> float:
        """The angle at which the camera sees the trunk."""
        return float(self.fine[min(3, self.count - 1) * STEPS, 11])

    def near(self, t: Array, angle: Array, lift: Array) -> tuple[Array, NDArray[np.bool_]]:
        """As `at`, for angles within a turn of the bearing: what lies beyond an edge is kept at that edge.

        Also which of the points lie well within the edges.
        """
        rows = self._rows(t)
        held = np.minimum(np.maximum(angle, rows[:, 13]), rows[:, 12])
        inside = (angle > rows[:, 13] + 0.2) & (angle < rows[:, 12] - 0.2)
        return self._pixels(rows, held, lift), inside

    def outline(self) -> Array:
        """The silhouette in pixels, up one side and down the other."""
        rows = self.fine[::STEPS]
        both = np.concatenate([rows, rows[::-1]])
        edge = self._pixels(both, np.concatenate([rows[:, 12], rows[::-1, 13]]))
        top = (edge[self.count - 1] + edge[self.count]) / 2  # or a curve would bulge over the opening
        return np.concatenate([edge[: self.count], top[None], edge[self.count :]])

    def rings(self) -> Array:
        """Pixels all round the sections, for a convex outline."""
        rows = np.repeat(self.fine[::STEPS], len(CIRCLE), axis=0)
        return self._pixels(rows, np.tile(CIRCLE, self.count))

    def hem(self, share: Array, hangs: Callable[[Array], Array]) -> Array:
        """Pixels about the near edge of the lowest section, clockwise: along it a little up the cloth, then back below.

        `share` runs from the left to the right as seen; `hangs` tells by the angle how far the edge hangs below.
        """
        low, high = self.fine[0], self.fine[STEPS // 5]
        angle = low[13] + (low[12] - low[13]) * share
        upper = self._pixels(np.repeat(high[None], len(share), axis=0), angle)
        lower = self._pixels(low + (low - high) * hangs(angle)[:, None], angle)
        edge = np.concatenate([upper, lower[::-1]])
        ahead = np.roll(edge, -1, axis=0)
        clockwise = float((edge[:, 0] * ahead[:, 1] - ahead[:, 0] * edge[:, 1]).sum()) > 0
        return edge if clockwise else edge[::-1]

    def faces(self, angle: float, t: int = 3) -> float:
        """How squarely the surface at an angle faces the camera."""
        return math.cos(angle - float(self.fine[min(t, self.count - 1) * STEPS, 11]))

    def shade(self, key: Array, reach: float, lift: float = 0.0) -> list[Array]:
        """Outlines of what the key (a unit vector toward it) does not reach, running along `outline`'s points."""
        azimuth = math.atan2(float(self.right @ key), float(self.forward @ key))
        rows = self.fine[::STEPS]
        wave = 0.10 * np.sin(1.7 * np.arange(self.count))
        both = np.concatenate([rows, rows[::-1]])
        outlines = []
        for turn in (-_TURN, 0.0, _TURN):
            r = np.minimum(azimuth + _TURN - reach + turn + wave, rows[:, 12])
            low = np.maximum(azimuth + reach + turn + wave, rows[:, 13])
            shown = r > low + 0.02
            if shown.sum() * 2 >= self.count:
                middle = np.minimum(np.maximum((r + low) / 2, rows[:, 13]), rows[:, 12])
                r, low = np.where(shown, r, middle), np.where(shown, low, middle)
                outlines.append(self._pixels(both, np.concatenate([r, low[::-1]]), lift))
        return outlines


def _edges(half: Array, deep: Array, bearing: Array) -> tuple[Array, Array]:
    """Where sections seen from a bearing turn away: a quarter turn on either side of how they face it."""
    c, s = np.cos(bearing), np.sin(bearing)
    faced = bearing + np.arctan2((deep - half) * (c * s), half * (c * c) + deep * (s * s))
    return faced + math.pi / 2, faced - math.pi / 2


@lru_cache(maxsize=128)
def _trunk(look: Look, ease: float, hem: float) -> tuple[Array, Array]:
    """How a trunk's eight sections stand on a body, and their half breadths and depths, in metres.

    A row of the first tells a centre as shares of the pelvis, the waist and the shoulder line, and metres up and
    ahead in the hips' axes, up in the waist's, and up and ahead in the chest's.
    """
    b = build_of(look)
    h, g = b.height, b.girth
    woman = {"female": 1.0, "male": 0.0, "unspecified": 0.35}[look.gender] * (1 - b.child)
    e = ease * h
    belly = b.belly * 0.028 * h
    s, hip = b.shoulder, b.hip_half
    stands = np.array([
        (1.0, 0.0, 0.0, -hem * h, 0.0, 0.0, 0.0, 0.0),
        (1.0, 0.0, 0.0, 0.022 * h, -0.004 * h, 0.0, 0.0, 0.0),
        (0.0, 1.0, 0.0, 0.0, belly * 0.6, -0.006 * h, 0.0, 0.0),
        (0.0, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0, (0.006 + 0.005 * b.chest) * h),
        (0.0, 0.2, 0.8, 0.0, 0.0, 0.0, 0.0, 0.0),
        (0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -0.016 * h, -0.003 * h),
        (0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.007 * h, -0.006 * h),
        (0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.022 * h, -0.006 * h),
    ])  # fmt: skip
    sizes = np.array([
        (hip + (0.034 + 0.006 * woman) * h * g + e, 0.056 * h * g + e),
        (hip + (0.033 + 0.007 * woman) * h * g + e, 0.057 * h * g + belly * 0.5 + e),
        ((0.080 - 0.013 * woman) * h * g + e + belly * 0.6, 0.049 * h * g + belly + e),
        (s * 0.74 + (0.018 - 0.005 * woman) * h * g + e, (0.053 + 0.012 * b.chest) * h * g + belly * 0.4 + e),
        (s + 0.006 * h * g + e * 0.7, 0.054 * h * g + e),
        (s + 0.016 * h * g + e * 0.5, 0.042 * h * g + e * 0.8),
        (s * 0.74 + e * 0.3, 0.036 * h * g + e * 0.6),
        (s * 0.40 + e * 0.2, 0.034 * h * g + e * 0.4),
    ])  # fmt: skip
    return stands, sizes


_OWNERS = np.array([0, 0, 1, 2, 2, 2, 2, 2])  # of a trunk's sections: the hips, the waist, the chest


def torso_barrel(body: Skeleton, look: Look, view: View, ease: float, hem: float) -> Barrel:
    """The trunk from `hem` (a share of height below the hip joints) to the neck, `ease` wider than the skin."""
    stands, sizes = _trunk(look, ease, hem)
    j, hips, chest = body.joints, body.pelvis, body.chest
    waist = _between(hips, chest, 0.5)
    marks = (j["pelvis"], j["waist"], j["shoulders"], hips[:, 1], hips[:, 2], waist[:, 1], chest[:, 1], chest[:, 2])
    axes = np.array([hips, waist, chest])[_OWNERS]
    return Barrel.about(view, stands @ np.array(marks), axes[:, :, 0], axes[:, :, 2], sizes)


def _between(a: Array, b: Array, u: float) -> Array:
    m = a * (1 - u) + b * u
    mixed: Array = m / np.sqrt((m * m).sum(axis=0))
    return mixed
