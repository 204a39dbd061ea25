"""Coming in and going out by a set's doors: which one, the way through it, and the hand on its handle.

Points and times only; where a set has no door within reach, people come past the picture's edge.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from model.stage import ActKey, BodyKey, Vec3
from shots.blocking.anatomy import offset
from shots.blocking.fittings import Doorway, Fittings
from shots.blocking.marks import Floor
from shots.spec import Side

__all__ = ["HANDLE_M", "door_for", "opens", "through", "within"]

HANDLE_M = 1.02
"""How high a door's handle is."""

_BEYOND_M, _WITHIN_M, _APART_M = 0.9, 0.55, 0.85
_FURTHEST_M, _OFF_WALL_M = 6.5, 0.2
_BEFORE_S, _AFTER_S = 1.15, 0.35  # a hand is on the handle from so long before the threshold to so long after

Point = tuple[float, float]


def door_for(fittings: Fittings, side: Side, point: Point) -> Doorway | None:
    """The door that somebody at `point` uses who comes from, or goes to, a side of the picture; None: there is none.

    A door on another side is better than a wall.
    """
    near = [door for door in fittings.doors if math.dist(point, door.at[::2]) < _FURTHEST_M]
    return min(
        near, key=lambda door: (not _on(door, side, point), _behind(door), math.dist(point, door.at[::2])), default=None
    )


def _behind(door: Doorway) -> bool:
    """Whether a door is in the wall behind the master's camera."""
    return math.cos(math.radians(door.out_deg)) < -0.7


def _on(door: Doorway, side: Side, point: Point) -> bool:
    """Whether a door lies to a side of somebody. One behind the camera is for those who come past it."""
    if side in ("left", "right"):
        across = (door.at.x - point[0]) * (1.0 if side == "right" else -1.0)
        return across > -1.0 and not _behind(door)
    return (door.at.z > point[1]) if side == "back" else _behind(door)


def through(door: Doorway, number: int) -> tuple[Point, Point]:
    """Two points of the way in: beyond the door, the further out the more go before, and within it."""
    beyond = offset(door.at.x, door.at.z, door.out_deg, _BEYOND_M + _APART_M * number)
    return beyond, offset(door.at.x, door.at.z, door.out_deg + 180.0, _WITHIN_M)


def within(floor: Floor, doors: Iterable[Doorway]) -> Floor:
    """The floor whose cameras stand on this side of the walls of some doors, and so see them open."""
    for door in doors:
        out = math.radians(door.out_deg)
        x, z = math.sin(out), math.cos(out)
        if abs(x) > 0.7:
            floor = replace(floor, camera_half_x=min(floor.camera_half_x, abs(door.at.x) - _OFF_WALL_M))
        elif z < 0:
            floor = replace(floor, camera_near_z=max(floor.camera_near_z, door.at.z + _OFF_WALL_M))
        else:
            floor = replace(floor, camera_far_z=min(floor.camera_far_z, door.at.z - _OFF_WALL_M))
    return floor


def opens(keys: Sequence[BodyKey], door: Doorway, duration_s: float) -> ActKey | None:
    """The hand on the handle of whoever goes through a door on this way; None when the way does not lead through it."""
    out = math.radians(door.out_deg)
    beyond = [(k.x_m - door.at.x) * math.sin(out) + (k.z_m - door.at.z) * math.cos(out) for k in keys]
    for (a, from_m), (b, to_m) in pairwise(zip(keys, beyond, strict=True)):
        if (from_m > 0) != (to_m > 0):
            at_s = a.time_s + (b.time_s - a.time_s) * abs(from_m) / max(abs(from_m - to_m), 1e-6)
            if at_s - 0.5 * _BEFORE_S > duration_s:
                return None
            handle = Vec3(door.at.x, HANDLE_M, door.at.z)
            return ActKey(start_s=at_s - _BEFORE_S, end_s=at_s + _AFTER_S, act="open_door", target=handle)
    return None
