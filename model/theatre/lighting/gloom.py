"""A place after dark: light lies where its lamps are. A room's corners fall off, and what a window leaves is blue.

Knows a room's box and its lamps only, or the fires of a place outside; tells how much light there is at a point, and
lays it over a painted room. Lamps outside of the room, and what moves, are not its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.stage import RGB, Vec3
from model.theatre.pixels import blank, canvas_on, image_of
from model.theatre.view import View

__all__ = ["Gloom", "Glow"]

Rgb = tuple[float, float, float]

ROWS = 36
"""Rows of the map that is laid over a picture: light on walls is soft."""
AMBIENT = np.array([0.46, 0.48, 0.57])
"""What is left of a room's light out of reach of its lamps: the night through the windows."""
OPEN = np.array([1.0, 1.0, 1.0])
WRAP, GAIN = 0.45, 1.5
MOST, MOST_OPEN = 1.25, 2.2
"""How bright things beside a lamp are, in rooms and outside; there the hour is under it, not a share of the lamps."""
STEPS = 20
"""Light on furniture comes in so many steps, so that few palettes are mixed."""


class Glow(NamedTuple):
    """A lamp of a room: where it is, its colour, how strong it is (about 1), and how far it reaches in metres."""

    at: Vec3
    rgb: RGB
    power: float
    reach_m: float


@dataclass(frozen=True, eq=False)
class Gloom:
    """How light lies in a place; `share` (0 to 1) is how much of this the hour lets one see."""

    low: Vec3
    high: Vec3
    share: float
    rows: NDArray[np.float64]  # of lamps: x, y, z, red, green, blue, reach
    room: bool = True

    @classmethod
    def of(cls, low: Vec3, high: Vec3, share: float, lamps: Sequence[Glow], room: bool = True) -> Gloom:
        """The gloom of a room (else of a place outside) with these lamps; at least one."""
        rows = []
        for lamp in lamps:
            top = max(lamp.rgb)
            rows.append([*lamp.at, *(lamp.power * c / top for c in lamp.rgb), lamp.reach_m])
        return cls(low, high, share, np.array(rows), room)

    def at(self, point: Vec3) -> Rgb:
        """What to multiply the place's light by for a thing that stands at a point, by steps."""
        return _at(self, round(point.x * 4), round(point.y * 4), round(point.z * 4))

    def _level(self, points: NDArray[np.float64], normals: NDArray[np.float64] | None) -> NDArray[np.float64]:
        """Multipliers (n, 3) at points (n, 3) with these normals; of things that face everywhere without any."""
        rows = self.rows.astype(points.dtype)
        at, rgb, reach = rows[:, :3], rows[:, 3:6], rows[:, 6]
        # All lamps at once: |l - p|² = |l|² - 2 l·p + |p|²
        square = (points * points).sum(axis=1)[:, None] + ((at * at).sum(axis=1) - 2.0 * (points @ at.T))
        np.maximum(square, 0.0, out=square)
        near = 1.0 + square / (reach * reach)
        root = np.sqrt(near)
        fall = 1.0 / (near * root * np.sqrt(np.sqrt(np.sqrt(near))))  # to the power of -1.625, without a logarithm
        if normals is not None:
            cosine = (normals @ at.T - (points * normals).sum(axis=1)[:, None]) / np.sqrt(square + 0.05)
            fall *= WRAP + (1.0 - WRAP) * np.maximum(0.0, cosine)
        lit: NDArray[np.float64] = 1.0 - np.exp(-GAIN * (fall @ rgb))
        least, most = (AMBIENT, MOST) if self.room else (OPEN, MOST_OPEN)
        return 1.0 + (least + (most - least) * lit - 1.0) * self.share

    def lay(self, canvas: skia.Canvas, view: View) -> None:
        """Darkens a painted room by it, all that is in the canvas's clip; outside nothing."""
        if not self.room:
            return
        canvas.drawImage(_map(self, view), 0, 0, skia.SamplingOptions(), _MULTIPLY)

    def picture(self, view: View) -> NDArray[np.float64]:
        """Multipliers over the picture, (ROWS, n, 3), of the walls, floor and ceiling that are seen there."""
        columns = max(2, round(ROWS * view.width_px / view.height_px))
        x = ((np.arange(columns) + 0.5) / columns - 0.5) * view.width_px / view.focal_px
        y = (0.5 - (np.arange(ROWS) + 0.5) / ROWS) * view.height_px / view.focal_px
        rays = np.stack([*np.broadcast_arrays(x, y[:, None]), np.ones((ROWS, columns))], axis=-1).reshape(-1, 3)
        rays = (rays @ view.rotation).astype(np.float32)
        eye = np.asarray(view.eye, dtype=np.float32)
        rays = np.where(np.abs(rays) < 1e-6, 1e-6, rays)
        high, low = (np.array(corner, dtype=np.float32) for corner in (self.high, self.low))
        walls = np.where(rays > 0, high, low)
        gone = (walls - eye) / rays
        axis = gone.argmin(axis=1)
        each = np.arange(len(rays))
        points = eye + rays * np.maximum(gone[each, axis], 0.0)[:, None]
        normals = np.zeros_like(rays)
        normals[each, axis] = -np.sign(rays[each, axis])
        return self._level(points, normals).reshape(ROWS, columns, 3)


_MULTIPLY = skia.Paint(BlendMode=skia.BlendMode.kModulate)  # what is transparent stays so


@lru_cache(maxsize=8)
def _map(gloom: Gloom, view: View) -> Any:
    """The multipliers as a picture; what is above 1 is left to the lamps' own pools."""
    levels = np.clip(gloom.picture(view), 0.0, 1.0)
    small = np.full((*levels.shape[:2], 4), 255, dtype=np.uint8)
    small[..., :3] = (levels[..., ::-1] * 255.0).round()
    pixels = blank(view.width_px, view.height_px)
    box = skia.Rect.MakeWH(view.width_px, view.height_px)
    # Enlarged first: to multiply by what is enlarged on the way takes three times as long.
    canvas_on(pixels).drawImageRect(image_of(small), box, skia.SamplingOptions(skia.FilterMode.kLinear))
    return image_of(pixels)


@lru_cache(maxsize=4096)
def _at(gloom: Gloom, x: int, y: int, z: int) -> Rgb:
    point = np.array([[x / 4, y / 4 + 0.6, z / 4]])
    r, g, b = (round(float(c) * STEPS) / STEPS for c in gloom._level(point, None)[0])
    return r, g, b
