"""The shell of a room: four different walls, floor and ceiling, with windows and doors cut through.

Walls are named as the master's camera sees them: far (+z), right (+x), near (-z, behind it), left (-x).
Along a wall, positions run from its left end as seen from inside the room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Literal, NamedTuple

import skia

from model.stage import RGB, Vec3
from model.theatre.sets.doorway import doorway
from model.theatre.sets.finish import Shell, sun_patch, surface
from model.theatre.sets.kit import (
    Design,
    Door,
    Horizon,
    Lamp,
    Mark,
    Panel,
    Piece,
    Rect,
    floor_patch,
    frame,
    mark,
    rect,
    wall,
)
from model.theatre.sets.openings import Opening, fitting, reveal, together

__all__ = ["WALLS", "Room", "WallName", "Walls", "facing", "furnished", "lamplit", "shell", "sides"]

WallName = Literal["far", "right", "near", "left"]
WALLS: tuple[WallName, ...] = ("far", "right", "near", "left")


@dataclass(frozen=True)
class Room:
    """A room's inside: the x of its sides, the z of its near and far walls, its height, in metres."""

    left: float
    right: float
    near: float
    far: float
    high: float = 2.8

    @property
    def area(self) -> Rect:
        """Its floor."""
        return (self.left, self.near, self.right, self.far)

    def ends(self, name: WallName) -> tuple[tuple[float, float], tuple[float, float]]:
        """A wall's left and right end as seen from inside, (x, z)."""
        far_left, far_right = (self.left, self.far), (self.right, self.far)
        near_right, near_left = (self.right, self.near), (self.left, self.near)
        return {
            "far": (far_left, far_right),
            "right": (far_right, near_right),
            "near": (near_right, near_left),
            "left": (near_left, far_left),
        }[name]

    def length(self, name: WallName) -> float:
        """How long a wall is."""
        return self.right - self.left if name in ("far", "near") else self.far - self.near

    def on(self, name: WallName, along: float, out: float = 0.0, y: float = 0.0) -> Vec3:
        """The stage point `along` a wall, `out` metres into the room."""
        (x0, z0), (x1, z1) = self.ends(name)
        length = self.length(name)
        ux, uz = (x1 - x0) / length, (z1 - z0) / length
        return Vec3(x0 + ux * along + uz * out, y, z0 + uz * along - ux * out)

    def along(self, name: WallName, x_or_z: float) -> float:
        """How far along a wall the stage's x (of far and near) or z (of left and right) lies."""
        return {
            "far": x_or_z - self.left,
            "right": self.far - x_or_z,
            "near": self.right - x_or_z,
            "left": x_or_z - self.near,
        }[name]


class Walls(NamedTuple):
    """A room's shell and its doors."""

    panels: tuple[Panel, ...]
    doors: tuple[Door, ...]


def facing(name: WallName) -> float:
    """The heading that a thing with its back to this wall looks along."""
    return {"far": 180.0, "right": 270.0, "near": 0.0, "left": 90.0}[name]


def sides(rng: Random) -> tuple[WallName, WallName, float]:
    """The side walls in an order that the seed tells, and the sign of the first one's x."""
    return ("left", "right", -1.0) if rng.random() < 0.5 else ("right", "left", 1.0)


def shell(
    rng: Random,
    room: Room,
    finish: Shell,
    openings: Mapping[WallName, Iterable[Opening]],
    extras: Mapping[WallName, Iterable[Mark]],
) -> Walls:
    """Walls and ceiling, each wall after what is seen through its openings and their reveals."""
    found = [(name, o) for name in WALLS for o in openings.get(name, ()) if o.is_door]
    middle = [room.on(name, o.x + o.width / 2) for name, o in found]
    order = sorted(range(len(found)), key=lambda i: (round(middle[i].x ** 2 + middle[i].z ** 2, 3), i))
    doors: list[Door] = []
    sights: dict[int, tuple[Panel, ...]] = {}
    for number, i in enumerate(order):
        name, opening = found[i]
        sights[id(opening)], door = doorway(
            rng, number, name, partial(room.on, name), room.length(name), facing(name), opening, finish
        )
        doors.append(door)
    # What lies beyond a wall lies beyond them all: it comes first.
    panels: list[Panel] = []
    for name in WALLS:
        for opening in openings.get(name, ()):
            panels.extend(sights.get(id(opening), ()))
            panels.extend(reveal(partial(room.on, name), opening, finish.trim_rgb, name))
    for name in WALLS:
        here = tuple(openings.get(name, ()))
        base = finish.far_rgb if name == "far" and finish.far_rgb is not None else finish.wall_rgb
        marks = surface(rng, finish, base, room.length(name), room.high, [o.hole for o in here])
        marks += together(fitting(rng, opening, finish.trim_rgb, base) for opening in here)
        marks.extend(extras.get(name, ()))
        start, end = room.ends(name)
        panels.append(wall(start, end, room.high, marks, [o.hole for o in here if o.shows_outside]))
    panels.append(_ceiling(room, finish))
    return Walls(tuple(panels), tuple(doors))


def furnished(
    rng: Random,
    room: Room,
    finish: Shell,
    openings: Mapping[WallName, Iterable[Opening]],
    extras: Mapping[WallName, Iterable[Mark]],
    floor_rgb: RGB,
    floor: Iterable[Mark],
    dressing: Iterable[Piece],
    *,
    horizon: Horizon = "city",
    scenery: Iterable[Piece] = (),
    lamps: Iterable[Lamp] = (),
    overhead: Iterable[Panel] = (),
    sunny: Iterable[WallName] = ("far", "right"),
    area: Rect | None = None,
) -> Design:
    """A room as a set; through the windows of its `sunny` walls light falls on the floor.

    `area` is where its floor lies, when some of the room has none at that height.
    """
    walls = shell(rng, room, finish, openings, extras)
    light: list[Mark] = []
    for name in sunny:
        for o in openings.get(name, ()):
            if o.shows_outside and o.sill < 1.6:
                at, a = room.on(name, o.x + o.width / 2), facing(name)
                toward = (math.sin(math.radians(a)), math.cos(math.radians(a)))
                light += sun_patch(at.x, at.z, toward, o.width * 0.9, min(2.3, 0.9 + o.height), o.bars[0])
    levels, wings = _beyond_corners(room, finish, floor_rgb)
    return Design(
        floor_rgb,
        (*floor, *light),
        horizon,
        (*levels, *walls.panels, *wings, *overhead),
        tuple(scenery),
        tuple(dressing),
        tuple(lamps),
        ground_extent=area or room.area,
        doors=walls.doors,
    )


def _beyond_corners(room: Room, finish: Shell, floor_rgb: RGB) -> tuple[list[Panel], list[Panel]]:
    """Floors and ceilings, and walls, that go on past the corners, for a camera that looks in through a wall."""
    x0, x1, z0, z1, more = room.left, room.right, room.near, room.far, 5.0
    strips: dict[WallName, Rect] = {
        "left": (x0 - more, z0 - more, x0, z1 + more),
        "right": (x1, z0 - more, x1 + more, z1 + more),
        "near": (x0, z0 - more, x1, z0),
        "far": (x0, z1, x1, z1 + more),
    }
    levels: list[Panel] = []
    wings: list[Panel] = []
    for name, area in strips.items():
        levels.append(replace(floor_patch(area, 0.0, [mark(rect(*area), floor_rgb)]), wild=name))
        top = floor_patch(area, room.high, [mark(rect(*area), finish.ceiling_rgb, key=0.55)], up=False)
        levels.append(replace(top, wild=name))
    for i, name in enumerate(WALLS):
        base = finish.far_rgb if name == "far" and finish.far_rgb is not None else finish.wall_rgb
        marks = [mark(rect(0.0, 0.0, more, room.high), base)]
        if finish.wainscot_rgb is not None:
            marks.append(mark(rect(0.0, 0.0, more, finish.wainscot_m), finish.wainscot_rgb))
        marks += [
            mark(rect(0.0, 0.0, more, 0.11), finish.trim_rgb),
            mark(rect(0.0, room.high - 0.07, more, room.high), finish.trim_rgb),
        ]
        (ax, az), (bx, bz) = room.ends(name)
        ux, uz = (bx - ax) / room.length(name), (bz - az) / room.length(name)
        # Its left end meets the wall before it in the round, its right end the one after.
        before = wall((ax - ux * more, az - uz * more), (ax, az), room.high, marks)
        after = wall((bx, bz), (bx + ux * more, bz + uz * more), room.high, marks)
        wings += [replace(before, wild=WALLS[i - 1]), replace(after, wild=WALLS[(i + 1) % 4])]
    return levels, wings


def lamplit(panels: Iterable[Panel], lamps: Iterable[Lamp]) -> tuple[Panel, ...]:
    """The same walls with the light that near lamps throw on them."""
    lit = []
    for panel in panels:
        pools: list[tuple[float, Mark]] = []
        for lamp in lamps:
            d = Vec3(lamp.at.x - panel.origin.x, lamp.at.y - panel.origin.y, lamp.at.z - panel.origin.z)
            off = d.x * panel.normal.x + d.y * panel.normal.y + d.z * panel.normal.z
            a, b = (
                d.x * panel.u.x + d.y * panel.u.y + d.z * panel.u.z,
                d.x * panel.v.x + d.y * panel.v.y + d.z * panel.v.z,
            )
            x0, y0, x1, y1 = panel.extent
            if not (0 < off < 2.4 and x0 < a < x1 and y0 < b < y1 and x1 - x0 > 3.0):
                continue
            r = 0.9 + off * 0.7
            spot = skia.Path()
            spot.addOval(skia.Rect.MakeLTRB(a - r, b - r, a + r, b + r))
            pool = skia.Op(spot, rect(x0, y0, x1, y1), skia.PathOp.kIntersect_PathOp)
            if pool is not None:
                pools.append((off, mark(pool, lamp.rgb, "lamp", alpha=0.5 * (1.0 - off / 3.0), soft=True)))
        nearest = [pool for _, pool in sorted(pools, key=lambda pair: pair[0])[:2]]
        lit.append(replace(panel, marks=(*panel.marks, *nearest)) if nearest else panel)
    return tuple(lit)


def _ceiling(room: Room, finish: Shell) -> Panel:
    x0, z0, x1, z1 = area = room.area
    shade = RGB(30, 24, 40)
    marks = [mark(rect(*area), finish.ceiling_rgb, key=0.55)]
    for reach in (1.2, 0.5):
        marks.append(mark(frame(x0 + reach, z0 + reach, x1 - reach, z1 - reach, reach), shade, alpha=0.05))
    return floor_patch(area, room.high, marks, up=False)
