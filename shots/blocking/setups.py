"""Set-ups: where the camera of a shot stands, by coverage, size, axis and who is in the way.

Several places are tried, the customary one first, and the cheapest in faults is taken: a face that is hidden,
somebody too near the lens, a frame that is looser than asked, a jump cut. A camera on the far side of the
axis is never taken. Moves are put on top by `shots.blocking.moves`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from model.stage import SENSOR_HEIGHT_MM, Vec3
from shots.blocking.anatomy import Body, offset
from shots.blocking.framing import SIZED, Framed, Want, frame, hold
from shots.blocking.lens import Pin, aim, wrap_deg
from shots.blocking.marks import Floor
from shots.blocking.shoulder import over_shoulder
from shots.blocking.sizes import Extent
from shots.defaults import LENSES_MM
from shots.spec import SIZES, Angle, Coverage, Size

__all__ = ["INSERT_SHARES", "Memory", "SetUp", "axis_side", "bearing", "set_up", "want_of"]

MASTER_DEG = 180.0
_CLEAR_M = 0.42
_OFF_AXIS: Mapping[Size, float] = {
    "EWS": 75, "WS": 70, "FS": 62, "MLS": 52, "MS": 42, "MCU": 34, "CU": 29, "ECU": 25,
}  # fmt: skip
_LENS_SHARES = (1.0, 0.68, 1.5)  # where every place has a fault, from nearer, then from further off
_SAME_SIDE, _OTHER_SIDE = 5, 2.6  # so many places are tried for who comes in before those on the other side of the way
_SLIGHT, _GOOD_ENOUGH = 0.25, 2.0
_ROW_DEG = 75.0  # turned no further from each other, two who sit are in a row
_ROLL = math.radians(9.0)
INSERT_SHARES: Mapping[Size, float] = {"ECU": 0.64, "CU": 0.54, "MCU": 0.44, "MS": 0.36}
"""Of the picture's sides, how much the prop of an insert fills."""

_PROFILE_DEG, _NECK_DEG = 76.0, 65.0  # from here on a face is lost; as far as a head turns on its shoulders
_STEEP_WITHIN_M = 2.0  # small things may be looked down upon
_NEAREST_M = 0.24  # that a lens comes to a thing


@dataclass
class Memory:
    """What a scene's later set-ups must agree with: the side of each axis, and the set-up before."""

    sides: dict[tuple[str, str], int] = field(default_factory=dict)
    last_subjects: tuple[str, ...] = ()
    last_size: Size | None = None
    last_azimuth_deg: float = 0.0


@dataclass(frozen=True)
class SetUp:
    """All that decides where a camera stands. `bodies` are those on the floor at the moment that is framed."""

    bodies: Mapping[str, Body]
    subjects: tuple[str, ...]
    partner: str | None  # whom a single subject talks to or looks at
    looks_at: Mapping[str, Vec3]  # where each one's eyes are
    coverage: Coverage
    size: Size
    angle: Angle
    lens_mm: float | None  # None: the size's own, or whatever a shoulder or a point of view needs
    over: str | None
    pov_of: str | None
    thing: Vec3 | None  # the middle of an insert's prop
    extent: Extent  # and its size
    thing_deg: float | None  # the heading that it faces, on a wall or in somebody's hand
    travel_deg: float | None  # the way the subject moves
    aspect: float
    floor: Floor
    seed: int
    extra: tuple[Body, ...] = ()  # the subjects at other moments, to be held in frame as well
    on_the_way: tuple[Body, ...] = ()  # the first subject as it comes, to be seen past the others


def bearing(a: Body, b: Body) -> float:
    """The heading from one body to another."""
    return math.degrees(math.atan2(b.x - a.x, b.z - a.z))


def axis_side(a: Body, b: Body, eye: Vec3) -> int:
    """On which side of the line from a to b a camera is: +1 right of it, -1 left, 0 within 3° of it."""
    across = (b.z - a.z) * (eye.x - a.x) - (b.x - a.x) * (eye.z - a.z)
    length = math.hypot(b.x - a.x, b.z - a.z) * math.hypot(eye.x - a.x, eye.z - a.z)
    return 0 if length < 1e-9 or abs(across) / length < 0.05 else (1 if across > 0 else -1)


def set_up(plan: SetUp, memory: Memory) -> tuple[Framed, Want | None]:
    """The camera of a shot at the moment that is framed, and what it holds (None: a place, a prop, a view)."""
    if plan.pov_of is not None and plan.pov_of in plan.bodies:
        return _point_of_view(plan, plan.bodies[plan.pov_of]), None
    if plan.thing is not None:
        return _insert(plan, plan.thing), None
    people = [plan.bodies[name] for name in plan.subjects if name in plan.bodies]
    if not people:
        return _place(plan), None
    if plan.over is not None and plan.over in plan.bodies and plan.over != people[0].id:
        over = plan.bodies[plan.over]
        side = _side(people[0], over, memory, plan)
        for share in (1.0, 0.8, 1.35):
            behind = over_shoulder(want_of(plan, people[:1], 0.0), over, side, plan.lens_mm, plan.floor, share)
            if behind is not None and _clear(plan, behind[0].pin, people[0], over):
                return behind
    return _best(plan, people, memory)


def _clear(plan: SetUp, pin: Pin, subject: Body, over: Body) -> bool:
    """Whether nobody stands in the camera, or between it and the subject's face."""
    for body in plan.bodies.values():
        if math.hypot(body.x - pin.eye.x, body.z - pin.eye.z) < _CLEAR_M:
            return False
        if body.id not in (subject.id, over.id) and _in_the_way(plan, pin, body, [subject]) >= 4.0:
            return False
    return True


def want_of(plan: SetUp, people: Sequence[Body], azimuth_deg: float, u: float | None = None) -> Want:
    """What the frame should hold from a heading; `u` of None is where lead room puts a subject."""
    lens_mm = plan.lens_mm or LENSES_MM[plan.size]
    roll = _ROLL * (1 if plan.seed % 2 else -1) if plan.angle == "dutch" else 0.0
    bodies = [*people, *plan.extra]
    if u is None:
        u = _lead(plan, people, azimuth_deg) if len(bodies) == 1 else 0.0
    return Want(bodies, plan.size, azimuth_deg, plan.aspect, lens_mm, u, plan.angle, roll)


def _lead(plan: SetUp, people: Sequence[Body], azimuth_deg: float) -> float:
    """Lead room: a subject stands on the side that it does not look (or go) to."""
    body = people[0]
    heading = body.heading_deg
    if plan.travel_deg is not None:
        heading = plan.travel_deg
    elif (target := plan.looks_at.get(body.id)) is not None:
        heading = math.degrees(math.atan2(target.x - body.head_x, target.z - body.head_z))
    across = -math.sin(math.radians(wrap_deg(heading - azimuth_deg)))  # +1: looks to the right of the picture
    strength = 0.10 if plan.size in ("CU", "MCU", "MS", "MLS") else 0.06
    return -across * strength * plan.aspect if plan.aspect >= 1 else -across * 0.05 * plan.aspect


def _side(a: Body, b: Body, memory: Memory, plan: SetUp) -> int:
    """The side of the line from a to b that the scene keeps to; at first the master's."""
    pair = (min(a.id, b.id), max(a.id, b.id))
    kept = memory.sides.get(pair)
    if kept:
        return kept if pair[0] == a.id else -kept
    middle_x, middle_z = (a.x + b.x) / 2, (a.z + b.z) / 2
    if (front := _in_row(a, b)) is not None:
        x, z = offset(middle_x, middle_z, front, 4.0)
        if side := axis_side(a, b, Vec3(x, 1.5, z)):
            return side
    eye = Vec3(middle_x * 0.5, 1.5, plan.floor.near_z - 4.0 if plan.floor.camera_near_z < -10 else -5.0)
    side = axis_side(a, b, eye)
    if side:
        return side
    return 1 if wrap_deg(bearing(a, b) + 90.0 - (140.0 if middle_z > 0 else 220.0)) <= 90 else -1


def _in_row(a: Body, b: Body) -> float | None:
    """The way two people face who sit side by side, None for others."""
    turn = wrap_deg(b.heading_deg - a.heading_deg)
    both = a.heading_deg + turn / 2
    aside = abs(wrap_deg(bearing(a, b) - both))
    return both if a.pose == b.pose == "sit" and abs(turn) < _ROW_DEG and 50.0 < aside < 130.0 else None


def _azimuths(plan: SetUp, people: Sequence[Body], memory: Memory) -> tuple[list[float], tuple[Body, Body, int] | None]:
    """Headings to try, the customary one first, and the line that the camera must keep to."""
    first = people[0]
    if plan.travel_deg is not None:
        toward = (
            1
            if math.cos(math.radians(plan.travel_deg + 40 - MASTER_DEG))
            >= math.cos(math.radians(plan.travel_deg - 40 - MASTER_DEG))
            else -1
        )
        near = 62.0 if plan.size in ("EWS", "WS", "FS") else 42.0
        return [plan.travel_deg + toward * (near + more) for more in (0, 14, -12, 28, 40)] + [
            plan.travel_deg - toward * (near + more) for more in (0, 20) if plan.on_the_way
        ], None
    if len(people) > 1:
        line = (people[0], people[1], _side(people[0], people[1], memory, plan))
        square = bearing(line[0], line[1]) + 90.0 * line[2]
        if _in_row(*line[:2]) is None and (plan.coverage in ("master", "establishing", "group") or len(people) > 2):
            square = MASTER_DEG if abs(wrap_deg(square - MASTER_DEG)) < 75 else square
        tilt = 7.0 if plan.seed % 2 else -7.0
        return [square + tilt + swing for swing in (0, 16, -16, 30, -30, 45, -45, 58, -58)], line
    if first.ahead and first.pose == "lie":  # a resting animal is seen along its flank, not over its nose
        flanks = [first.heading_deg + more for more in (62.0, -62.0, 80.0, -80.0, 45.0, -45.0)]
        return sorted(flanks, key=lambda flank: abs(wrap_deg(flank - MASTER_DEG)) > 100.0), None
    partner = plan.bodies.get(plan.partner) if plan.partner else None
    if partner is not None and partner.id != first.id:
        side = _side(first, partner, memory, plan)
        heading = bearing(first, partner)
        off = _OFF_AXIS[plan.size]
        return [heading + side * (off + more) for more in (0, 9, -7, 18, 28, 40, 55)], (first, partner, side)
    aside = 18.0 if plan.size in ("EWS", "WS", "FS") else 26.0
    way = 1 if wrap_deg(MASTER_DEG - first.heading_deg) >= 0 else -1
    facing = MASTER_DEG if plan.size in ("EWS", "WS") or first.pose == "lie" else first.heading_deg
    return [facing + way * more for more in (aside, -aside * 0.6, aside + 22, -aside - 18, 62, 0)], None


def _best(plan: SetUp, people: Sequence[Body], memory: Memory) -> tuple[Framed, Want]:
    azimuths, line = _azimuths(plan, people, memory)
    tried: list[tuple[float, int, Framed, Want]] = []
    for lens_share in _LENS_SHARES:
        for azimuth in azimuths:
            want = want_of(plan, people, azimuth)
            want = want if lens_share == 1.0 else replace(want, lens_mm=want.lens_mm * lens_share)
            framed = frame(want, plan.floor)
            faults = _faults(plan, people, framed, line, memory)
            faults += _OTHER_SIDE if plan.on_the_way and azimuth in azimuths[_SAME_SIDE:] else 0.0
            if faults < _SLIGHT:
                return framed, want
            tried.append((0.06 * len(tried) + faults, len(tried), framed, want))
        if min(each[0] for each in tried) < _GOOD_ENOUGH:
            break
    return min(tried, key=lambda each: each[:2])[2:]


def _faults(
    plan: SetUp, people: Sequence[Body], framed: Framed, line: tuple[Body, Body, int] | None, memory: Memory
) -> float:
    pin = framed.pin
    cost: float = 1.2 * abs(math.log(max(framed.looseness, 0.05))) if framed.looseness > 1.03 else 0.0
    if line is not None and axis_side(line[0], line[1], pin.eye) != line[2]:
        cost += 50.0
    if not plan.floor.holds_camera(pin.eye):
        cost += 20.0
    for body in plan.bodies.values():
        if math.hypot(body.x - pin.eye.x, body.z - pin.eye.z) < _CLEAR_M:
            cost += 8.0
        cost += _in_the_way(plan, pin, body, people)
    azimuth = math.degrees(math.atan2(pin.eye.x - people[0].x, pin.eye.z - people[0].z))
    for body in plan.on_the_way:  # the camera turns with it
        turned = aim(pin.eye, body.eye_point, 0.0, 0.0, pin.focal)
        cost += sum(_hides(turned, other, body) for other in plan.bodies.values() if other.id != body.id)
    if len(people) == 1 and plan.travel_deg is None and not people[0].ahead:
        cost += max(0.0, abs(wrap_deg(azimuth - _face_deg(plan, people[0]))) - _PROFILE_DEG) / 16.0
    if memory.last_subjects == tuple(b.id for b in people) and memory.last_size is not None:
        jump = abs(SIZES.index(memory.last_size) - SIZES.index(plan.size))
        if jump <= 1 and abs(wrap_deg(azimuth - memory.last_azimuth_deg)) < 31.0:
            cost += 0.9 if jump == 0 else 0.5
    return cost


def _hides(pin: Pin, other: Body, body: Body) -> float:
    """What it costs when somebody stands between the camera and a body that it is turned to."""
    seen, subject = pin.project(other.x, other.chest, other.z), pin.project(body.x, body.chest, body.z)
    if not 0.1 < seen.depth_m < subject.depth_m - 0.3:
        return 0.0
    room = pin.focal * (other.half_body / seen.depth_m + body.half_body / subject.depth_m)
    return 1.6 if abs(seen.u - subject.u) < room else 0.0


def _face_deg(plan: SetUp, body: Body) -> float:
    """The way somebody's face is turned: to what they look at, as far as a neck turns."""
    target = plan.looks_at.get(body.id)
    if target is None:
        return body.heading_deg
    towards = math.degrees(math.atan2(target.x - body.head_x, target.z - body.head_z))
    return body.heading_deg + min(max(wrap_deg(towards - body.heading_deg), -_NECK_DEG), _NECK_DEG)


def _in_the_way(plan: SetUp, pin: Pin, body: Body, people: Sequence[Body]) -> float:
    """What somebody costs who stands before a subject's face, or hangs into the frame out of focus."""
    seen = pin.project(body.head_x, body.eyes, body.head_z)
    if seen.depth_m < 0.1:
        return 0.0
    scale = pin.focal / seen.depth_m
    if abs(seen.u) - scale * body.half_body > plan.aspect / 2:
        return 0.0
    shoulders = seen.v - scale * (body.eyes - body.shoulders)
    crown = seen.v + scale * (body.crown - body.eyes)
    cost = 0.0
    nearest = math.inf
    for other in people:
        face = pin.project(other.head_x, other.eyes, other.head_z)
        nearest = min(nearest, face.depth_m)
        if other.id == body.id or face.depth_m <= seen.depth_m:
            continue
        width = scale * (body.half_body if face.v < shoulders else body.half_head)
        gap = abs(face.u - seen.u) - width - pin.focal * other.half_head / face.depth_m
        if gap < 0.01 and crown > face.v - 0.05:
            cost += 4.0 if gap < -0.03 else 1.5
    if all(body.id != other.id for other in people) and crown > -0.5 and seen.depth_m < nearest - 0.15:
        # A stranger before the subjects: out of place in a single, and anywhere when beheaded by the frame.
        cost += 1.1 if plan.coverage in ("single", "reaction") or crown > 0.5 else 0.0
    return cost


def _place(plan: SetUp) -> Framed:
    """A set-up for the place: from where the master's camera stands, the people in it, if any, small."""
    near = plan.floor.camera_near_z if plan.floor.camera_near_z > -10 else -9.5
    focal = (plan.lens_mm or (22.0 if plan.size == "EWS" else 26.0)) / SENSOR_HEIGHT_MM
    heights: Mapping[Angle, float] = {"low": 0.4, "high": 2.5, "overhead": 2.6}
    rise = heights.get(plan.angle, 1.6) * (1.0 if near > -6 or plan.angle == "low" else 1.5)
    eye = Vec3(0.9 if plan.seed % 2 else -0.9, min(rise, plan.floor.camera_top), near + 0.05)
    roll = _ROLL if plan.angle == "dutch" else 0.0
    pin = aim(eye, Vec3(0.0, 1.25, 2.0), 0.0, 0.0, focal, roll)
    return Framed(pin, math.dist(eye, (0.0, 1.25, 2.0)), 1.0)


def _point_of_view(plan: SetUp, own: Body) -> Framed:
    eye = Vec3(own.head_x, own.eyes, own.head_z)
    people = [plan.bodies[name] for name in plan.subjects if name in plan.bodies and name != own.id]
    focal = (plan.lens_mm or 35.0) / SENSOR_HEIGHT_MM
    if plan.thing is not None:
        reach = max(math.dist(eye, plan.thing), 0.2)
        if plan.lens_mm is None:
            focal = min(max(0.45 * reach / plan.extent.large_m, 1.0), 6.0)
        return Framed(aim(eye, plan.thing, 0.0, 0.0, focal), reach, 1.0)
    if not people:
        target = plan.looks_at.get(own.id) or Vec3(
            eye.x + 3 * math.sin(math.radians(own.heading_deg)), eye.y - 0.2,
            eye.z + 3 * math.cos(math.radians(own.heading_deg)),
        )  # fmt: skip
        return Framed(aim(eye, target, 0.0, 0.0, focal), max(math.dist(eye, target), 0.5), 1.0)
    want = want_of(plan, people, 0.0)
    sized = SIZED[plan.size]
    reach = math.dist(eye, people[0].eye_point)
    if plan.lens_mm is None:
        tall = people[0].crown - float(getattr(people[0], sized.low))
        focal = min(max((sized.bottom - sized.top) * reach / max(tall, 0.2), 0.9), 6.0)
    pin = hold(want, eye, focal)
    for _ in range(8):  # all heads must be inside: widen until they are
        if all(abs(pin.project(*b.eye_point).u) < 0.44 * plan.aspect for b in people) or focal <= 0.7:
            break
        focal *= 0.85
        pin = hold(want, eye, focal)
    return Framed(pin, reach, 1.0)


def _insert(plan: SetUp, thing: Vec3) -> Framed:
    """A prop fills a good part of the frame, a little from above, from the master's side or before its holder."""
    focal = (plan.lens_mm or 75.0) / SENSOR_HEIGHT_MM
    share = INSERT_SHARES.get(plan.size, 0.3)
    reach = max(focal * max(plan.extent.high_m / share, plan.extent.wide_m / (share * plan.aspect)), _NEAREST_M)
    swing = 24.0 if plan.seed % 2 else -24.0
    front = MASTER_DEG if plan.thing_deg is None else plan.thing_deg
    usual = 62.0 if plan.angle == "overhead" else 26.0 if thing.y < 1.4 else -18.0 if thing.y > 3.0 else 5.0
    tried: list[tuple[int, int, Pin]] = []
    for rise in (usual, 52.0) if reach < _STEEP_WITHIN_M else (usual,):
        for aside in (swing, -swing, 2.4 * swing, -2.4 * swing, 3.6 * swing, -3.6 * swing):
            pin = aim(_about(thing, front + aside, rise, reach, plan.floor), thing, 0.0, 0.0, focal)
            hidden = sum(not _beyond(pin, body, thing) for body in plan.bodies.values())
            if not hidden and plan.floor.holds_camera(pin.eye):
                return Framed(pin, reach, 1.0)
            tried.append((hidden, len(tried), pin))
    return Framed(min(tried)[2], reach, 1.0)


def _about(thing: Vec3, azimuth_deg: float, rise_deg: float, reach: float, floor: Floor) -> Vec3:
    """A point at a distance from a thing, below the ceiling."""
    angle, rise = math.radians(azimuth_deg), math.radians(rise_deg)
    return Vec3(
        thing.x + math.sin(angle) * math.cos(rise) * reach,
        min(thing.y + math.sin(rise) * reach, floor.camera_top),
        thing.z + math.cos(angle) * math.cos(rise) * reach,
    )


def _beyond(pin: Pin, body: Body, thing: Vec3) -> bool:
    """Whether a body stands clear of the line from the camera to a thing."""
    reach = pin.project(*thing).depth_m
    seen = pin.project(body.x, min(thing.y, body.crown), body.z)
    if math.hypot(body.x - pin.eye.x, body.z - pin.eye.z) < 0.4:
        return False
    return seen.depth_m > reach or abs(seen.u) > pin.focal * (body.half_body + 0.1) / max(seen.depth_m, 0.1)
