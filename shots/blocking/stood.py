"""A camera that stands where a person put it: how it is aimed, and through which lens the frame is then right.

The place is taken as it is said, in a wall or on the far side of an axis too; `shots.continuity` tells of that. A
point of view stands in somebody's eyes and nowhere else, so it never comes here.
"""

from __future__ import annotations

import math

from model.stage import SENSOR_HEIGHT_MM, Vec3
from shots.blocking.framing import Framed, Want, fitted, hold
from shots.blocking.lens import aim
from shots.blocking.setups import INSERT_SHARES, SetUp, want_of
from shots.blocking.shoulder import FACE_AT

__all__ = ["set_up_from"]

_SHORTEST, _LONGEST = 8.0 / SENSOR_HEIGHT_MM, 400.0 / SENSOR_HEIGHT_MM
_PLACE = Vec3(0.0, 1.25, 2.0)  # what a picture of a place is aimed at


def set_up_from(plan: SetUp, eye: Vec3) -> tuple[Framed, Want | None]:
    """The camera at `eye`, aimed as its shot is framed, and what it holds (None: a place, a prop).

    Where no lens is asked for, it is the one that gives the shot's size from there, from 8 to 400 mm.
    """
    if plan.thing is not None:
        return _of_thing(plan, plan.thing, eye), None
    people = [plan.bodies[name] for name in plan.subjects if name in plan.bodies]
    if not people:
        focal = (plan.lens_mm or (22.0 if plan.size == "EWS" else 26.0)) / SENSOR_HEIGHT_MM
        return Framed(aim(eye, _PLACE, 0.0, 0.0, focal), max(math.dist(eye, _PLACE), 0.5), 1.0), None
    first = people[0]
    azimuth_deg = math.degrees(math.atan2(eye.x - first.x, eye.z - first.z))
    if plan.over is not None and plan.over in plan.bodies and plan.over != first.id:
        want = want_of(plan, people[:1], azimuth_deg)
        beside = aim(eye, first.eye_point, 0.0, 0.0, want.lens_mm / SENSOR_HEIGHT_MM)
        over = plan.bodies[plan.over]
        side = -1.0 if beside.project(over.head_x, over.eyes, over.head_z).u > 0 else 1.0  # away from the shoulder
        want = want_of(plan, people[:1], azimuth_deg, u=side * FACE_AT * plan.aspect)
    else:
        want = want_of(plan, people, azimuth_deg)
    reach = max(math.dist(eye, first.eye_point), 0.3)
    if plan.lens_mm is not None:
        return Framed(hold(want, eye, plan.lens_mm / SENSOR_HEIGHT_MM), reach, 1.0), want
    return Framed(fitted(want, eye, _SHORTEST, _LONGEST), reach, 1.0), want


def _of_thing(plan: SetUp, thing: Vec3, eye: Vec3) -> Framed:
    """A prop in the middle, filling its share of the frame."""
    reach = max(math.dist(eye, thing), 0.1)
    share = INSERT_SHARES.get(plan.size, 0.3)
    focal = reach / max(plan.extent.high_m / share, plan.extent.wide_m / (share * plan.aspect))
    if plan.lens_mm is not None:
        focal = plan.lens_mm / SENSOR_HEIGHT_MM
    return Framed(aim(eye, thing, 0.0, 0.0, min(max(focal, _SHORTEST), _LONGEST)), reach, 1.0)
