"""Doors in time: which stand open, how far one has swung, and whom one sees through a doorway.

A door swings when somebody's act opens or closes it, away from who does it, and stays so; nothing else moves one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

import numpy as np
import skia

from model.stage import ActKey, Figure, Stage, Vec3
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone
from model.theatre.motion.marks import place_at
from model.theatre.sets.doorway import HALL_M, OPEN_DEG, leaf_panels
from model.theatre.sets.kit import Design, Door, Leaf, Panel
from model.theatre.sets.pen import Pen, clip_polygon
from model.theatre.view import View
from model.witness import DoorMove

__all__ = [
    "REACH_M",
    "State",
    "door_states",
    "doorman",
    "in_passage",
    "leaf_drawables",
    "moves_of",
    "passage_of",
    "passages_seen",
    "seen_through",
    "shows",
    "swing_deg",
    "walls_behind",
]

REACH_M = 1.2
"""A door moves for an act that is aimed, or done, within this of its threshold."""

State = Literal["shut", "open", "moving"]
_ACTS = ("open_door", "close_door")
_FROM, _TO = 0.3, 0.95
"""The shares of the act's time between which the leaf swings: before, the hand goes to the handle."""


def doorman(figure: Figure) -> bool:
    """Whether a figure opens or closes a door in this shot."""
    return any(act.act in _ACTS for act in figure.acts)


def door_states(doors: Sequence[Door], stage: Stage) -> Mapping[int, State]:
    """Each door's state by its number; one that anybody acts on is "moving" for the whole shot."""
    states: dict[int, State] = dict.fromkeys(range(len(doors)), "shut")
    for wall in stage.place.open_doors:
        number = next((i for i, door in enumerate(doors) if door.wall == wall and door.leaves), None)
        if number is not None:
            states[number] = "open"
    return states | dict.fromkeys(_swings(doors, stage), "moving")


def walls_behind(design: Design, eye: Vec3) -> tuple[str, ...]:
    """The walls that a camera stands beyond: it looks in through them, and their doors and windows are not there."""
    if design.ground_extent is None:
        return ()
    x0, z0, x1, z1 = design.ground_extent
    sides = (("left", eye.x < x0), ("right", eye.x > x1), ("near", eye.z < z0), ("far", eye.z > z1))
    return tuple(name for name, beyond in sides if beyond)


def in_passage(door: Door, eye: Vec3) -> bool:
    """Whether a camera stands in the passage behind a door and looks in through it."""
    a = math.radians(door.out_deg)
    aside = (eye.x - door.at.x) * math.cos(a) - (eye.z - door.at.z) * math.sin(a)
    return 0.0 < _beyond_m(door, eye.x, eye.z) < HALL_M and abs(aside) < door.width_m / 2 + 0.6


def shows(panel: Panel, states: Mapping[int, State], behind: tuple[str, ...], passage: int | None) -> bool:
    """Whether a panel of a room's shell is there while its doors are in these states.

    `behind` names walls that the camera is beyond, `passage` the door in whose passage it stands.
    """
    if panel.wild and panel.wild not in behind:
        return False
    if panel.wall in behind and (panel.door is None or panel.door[0] != passage):
        return False
    if panel.door is None:
        return True
    number, when = panel.door
    return states[number] != "shut" if when == "ajar" else states[number] == when


def passage_of(doors: Sequence[Door], states: Mapping[int, State], eye: Vec3) -> int | None:
    """The door, not shut, in whose passage a camera stands."""
    return next((i for i, door in enumerate(doors) if _is_open(door, states[i]) and in_passage(door, eye)), None)


def _is_open(door: Door, state: State) -> bool:
    return state != "shut" or not door.leaves


def swing_deg(doors: Sequence[Door], number: int, stage: Stage, time_s: float) -> float:
    """How far a door stands open at a time: positive out of the room, negative into it, 0 shut."""
    first = next((i for i, door in enumerate(doors) if door.wall == doors[number].wall and door.leaves), None)
    angle = OPEN_DEG if number == first and doors[number].wall in stage.place.open_doors else 0.0
    for act, outward in sorted(_swings(doors, stage).get(number, ()), key=lambda pair: pair[0].start_s):
        wanted = (OPEN_DEG if outward else -OPEN_DEG) if act.act == "open_door" else 0.0
        if act.act == "open_door" and abs(angle) > 1.0:
            wanted = angle  # it is open already
        span = max(act.end_s - act.start_s, 1e-6)
        u = min(max(((time_s - act.start_s) / span - _FROM) / (_TO - _FROM), 0.0), 1.0)
        angle += (wanted - angle) * u * u * (3 - 2 * u)
    return angle


def moves_of(doors: Sequence[Door], stage: Stage) -> tuple[DoorMove, ...]:
    """What becomes of the doors in a shot, act by act, in order of time."""
    found = []
    for number, acts in _swings(doors, stage).items():
        for act, _ in acts:
            who = next(figure.id for figure in stage.figures if any(one is act for one in figure.acts))
            span = act.end_s - act.start_s
            before, after = (abs(swing_deg(doors, number, stage, at_s)) for at_s in (act.start_s, act.end_s))
            ends: Literal["open", "shut", "stays"] = "stays"
            if abs(after - before) > 5.0:
                ends = "open" if after > before else "shut"
            found.append(
                DoorMove(
                    at=doors[number].at, who=who, act_start_s=act.start_s, from_s=act.start_s + _FROM * span,
                    until_s=act.start_s + _TO * span, ends=ends,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda move: (move.from_s, move.who)))


def _swings(doors: Sequence[Door], stage: Stage) -> dict[int, list[tuple[ActKey, bool]]]:
    """The acts that move each door, each with whether it swings out of the room: away from who opens it."""
    found: dict[int, list[tuple[ActKey, bool]]] = {}
    for figure in stage.figures:
        for act in figure.acts:
            if act.act not in _ACTS:
                continue
            stands = place_at(figure, act.start_s)
            points = [(act.target.x, act.target.z)] if act.target is not None else []
            points.append((stands.x_m, stands.z_m))
            near = [
                (min(math.dist(point, (door.at.x, door.at.z)) for point in points), i)
                for i, door in enumerate(doors)
                if door.leaves
            ]
            if near and min(near)[0] <= REACH_M:
                door = doors[min(near)[1]]
                a = math.radians(door.out_deg)
                beyond = (stands.x_m - door.at.x) * math.sin(a) + (stands.z_m - door.at.z) * math.cos(a)
                found.setdefault(min(near)[1], []).append((act, beyond <= 0.0))
    return found


def leaf_drawables(doors: Sequence[Door], stage: Stage, view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """The leaves that somebody moves in this shot, each where it is at a time."""
    found = []
    number = passage_of(doors, door_states(doors, stage), view.eye) if doors else None
    if number is not None:
        at = doors[number].at
        depth = view.point(at.x, 1.0, at.z)[2]
        outer = partial(_paint, panels=[doors[number].outer], depth=depth, clip=None, view=view, tone=tone)
        found.append(Drawable(depth + 0.02, outer))
    if not any(doorman(figure) for figure in stage.figures):
        return found
    for number in _swings(doors, stage):
        door, angle = doors[number], swing_deg(doors, number, stage, time_s)
        clip = _doorway_path(door, view) if angle > 0.0 and _inside(door, view.eye) else None
        for leaf in door.leaves:
            panels = [panel for panel in leaf_panels(leaf, angle) if _faces(panel, view.eye)]
            depth = _middle_depth(leaf, panels, view)
            found.append(Drawable(depth, partial(_paint, panels=panels, depth=depth, clip=clip, view=view, tone=tone)))
    return found


def _paint(
    canvas: skia.Canvas, panels: Sequence[Panel], depth: float, clip: skia.Path | None, view: View, tone: Tone
) -> None:
    pen = Pen(canvas, view, tone)
    canvas.save()
    if clip is not None:
        canvas.clipPath(clip, True)
    for panel in panels:
        pen.panel(panel, max(depth, 0.5))
    canvas.restore()


def _middle_depth(leaf: Leaf, panels: Sequence[Panel], view: View) -> float:
    """The depth of a leaf's middle along the axis."""
    if not panels:
        return view.point(*leaf.hinge)[2]
    panel = panels[-1]
    half = panel.extent[2] / 2
    return view.point(panel.origin.x + half * panel.u.x, 1.0, panel.origin.z + half * panel.u.z)[2]


def _faces(panel: Panel, eye: Vec3) -> bool:
    return sum((e - o) * n for e, o, n in zip(eye, panel.origin, panel.normal, strict=True)) > 0


def _inside(door: Door, at: Vec3) -> bool:
    """Whether a point is on the room's side of a door."""
    return _beyond_m(door, at.x, at.z) < 0.0


def _beyond_m(door: Door, x: float, z: float) -> float:
    a = math.radians(door.out_deg)
    return (x - door.at.x) * math.sin(a) + (z - door.at.z) * math.cos(a)


def _doorway_path(door: Door, view: View) -> skia.Path:
    """A doorway's outline in the picture."""
    a = math.radians(door.out_deg)
    ux, uz, half = math.cos(a), -math.sin(a), door.width_m / 2
    corners = np.array([
        (door.at.x + side * half * ux, y, door.at.z + side * half * uz)
        for side, y in ((-1, 0.0), (1, 0.0), (1, door.height_m), (-1, door.height_m))
    ])  # fmt: skip
    local = clip_polygon((corners - np.asarray(view.eye)) @ view.rotation.T)
    path = skia.Path()
    if len(local):
        f = view.focal_px / local[:, 2]
        xs, ys = view.width_px / 2 + f * local[:, 0], view.height_px / 2 - f * local[:, 1]
        path.addPoly(list(zip(xs.tolist(), ys.tolist(), strict=True)), True)
    return path


def passages_seen(doors: Sequence[Door], states: Mapping[int, State], view: View) -> list[skia.Path]:
    """The outlines in the picture of open doorways that are looked through from the room."""
    return [
        _doorway_path(door, view)
        for number, door in enumerate(doors)
        if _is_open(door, states[number]) and _inside(door, view.eye)
    ]


def seen_through(design: Design, stage: Stage, view: View, x_m: float, z_m: float, time_s: float) -> skia.Path | None:
    """Where in the picture somebody at (x, z) may be seen; None: everywhere.

    Who stands beyond a wall that the camera looks at from inside, near an open doorway, is seen through it alone.
    """
    if design.ground_extent is None or not design.doors:
        return None
    x0, z0, x1, z1 = design.ground_extent
    if x0 <= x_m <= x1 and z0 <= z_m <= z1:
        return None
    for number, door in enumerate(design.doors):
        off = math.hypot(x_m - door.at.x, z_m - door.at.z)
        if off < 2.5 and _beyond_m(door, x_m, z_m) > 0.0 and _inside(door, view.eye):
            ajar = not door.leaves or abs(swing_deg(design.doors, number, stage, time_s)) > 1.0
            return _doorway_path(door, view) if ajar or door.leads == "outside" else skia.Path()
    return None
