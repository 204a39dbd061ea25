"""Motion: how a figure goes through a shot, as body keys, and where that leaves it for the next one.

Walking is 1.3 m/s and running 3.5 m/s; who has less time than a way takes is already under way when the
shot opens. Paths go round the people who stand still. Nothing here knows of cameras.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from model.stage import BodyKey, PoseName
from shots.blocking.lens import wrap_deg
from shots.blocking.marks import APART_M, Floor, Mark
from shots.spec import Presence, Side

__all__ = ["ON_THE_WAY", "RIDDEN", "RUN_MPS", "WALK_MPS", "Standing", "Walk", "arrival_s", "beside", "move"]

WALK_MPS = 1.3
RUN_MPS = 3.5
ON_THE_WAY = frozenset({"walk", "run"})
_TURN_S = 0.45
_MOUNTS_APART = 3.0  # times the room that people on foot need
SEATED = frozenset({"sit", "drive"})
RIDDEN = 2.6
"""How much faster one is who rides."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Standing:
    """Where and how someone is between two shots."""

    x: float
    z: float
    heading_deg: float
    pose: PoseName

    @property
    def point(self) -> Point:
        """The floor point."""
        return self.x, self.z


@dataclass(frozen=True)
class Walk:
    """What a shot asks of one figure's feet. `travel` is the heading of those who are on their way throughout."""

    presence: Presence
    mark: Mark
    seat: Mark | None  # where one sits who has a seat
    now: Standing | None  # None: not yet seen in this scene
    facing_deg: float  # where to look once arrived
    travel_deg: float | None
    lane: int  # who walks abreast with others keeps to a lane
    words_end_s: float  # nobody leaves before having spoken
    comes_to: Point | None  # where to go for what is done to somebody: within reach of them
    ahead: int = 0  # how many come in behind
    door: tuple[Point, Point] | None = None  # by which one comes or goes: a point beyond it, and one within


def move(walk: Walk, duration_s: float, floor: Floor, others: Sequence[Point]) -> tuple[tuple[BodyKey, ...], Standing]:
    """The body keys of a shot of `duration_s`, and where the figure is afterwards."""
    presence = walk.presence
    pose = _settled_pose(presence, walk.now)
    here = walk.now or Standing(walk.mark.x, walk.mark.z, walk.mark.heading_deg, pose)
    by_seat = walk.seat is not None and math.dist(here.point, (walk.seat.x, walk.seat.z)) < 0.8
    if walk.seat is not None and any(math.dist(other, (walk.seat.x, walk.seat.z)) < 0.52 for other in others):
        by_seat = False  # taken
    if walk.seat is not None and by_seat and (presence.act != "sit_down" or here.pose == "sit"):
        rises = presence.act == "stand_up" and (walk.now is None or walk.now.pose == "sit")
        sits = pose in SEATED or pose == "lie" or rises or (presence.exits is not None and here.pose == "sit")
        at = walk.seat if sits else walk.mark
        here = replace(here, x=at.x, z=at.z)
    speed = RUN_MPS if presence.act == "run" else WALK_MPS
    speed *= RIDDEN if presence.aboard is not None else 1.0
    if presence.mark_m is not None and (walk.now is None or presence.enters is None):
        here = replace(here, x=float(presence.mark_m[0]), z=float(presence.mark_m[1]))
    if presence.exits is not None:
        return _leave(walk, here, duration_s, speed, floor, others)
    goal = _goal(walk, here, duration_s, speed, floor)
    if goal is None and walk.seat is not None and walk.now is not None and presence.act == "sit_down":
        free = all(math.dist(other, (walk.seat.x, walk.seat.z)) >= 0.52 for other in others)
        if free and not by_seat and presence.mark_m is None:  # nobody sits down on nothing
            goal = here.point, (walk.mark.x, walk.mark.z)
    if goal is None:
        if walk.now is None and walk.seat is None and presence.mark_m is None:
            x, z = _clear_of(here.point, others, 0.52)  # somebody may stand on the mark by now
            here = replace(here, x=x, z=z)
        return _stay(walk, here, pose, duration_s, by_seat)
    start, end = goal
    if pose in SEATED and walk.seat is not None and end == (walk.mark.x, walk.mark.z):
        end = (walk.seat.x, walk.seat.z)
    if walk.travel_deg is not None and presence.move_to_m is None and presence.enters is None:
        keys = _travel(start, end, walk.travel_deg, duration_s, speed)
        apart = 0.75 * _MOUNTS_APART if presence.aboard is not None else APART_M - 0.02
        x, z = _clear_of((min(max(end[0], -3.2), 3.2), min(max(end[1], -1.5), 3.0)), others, apart)
        return keys, Standing(x, z, walk.travel_deg, "stand")
    if walk.comes_to is None and not _is_by_hand(presence):
        end = _clear_of(end, others)
    after: PoseName = "stand" if pose in ("walk", "run") else pose
    way = _around([start, end], others)
    if walk.door is not None and presence.enters is not None:
        way = [walk.door[0], *_around([walk.door[1], end], others)]
    keys = _arrive(way, walk.facing_deg, after, duration_s, speed)
    return keys, Standing(end[0], end[1], walk.facing_deg, after)


def _settled_pose(presence: Presence, now: Standing | None) -> PoseName:
    if presence.act == "sit_down":
        return "sit"
    if presence.act in ("stand_up", "walk", "run"):
        return "stand"
    if presence.pose is not None:
        return presence.pose
    return now.pose if now is not None else "stand"


def _goal(walk: Walk, here: Standing, duration_s: float, speed: float, floor: Floor) -> tuple[Point, Point] | None:
    """From where to where, or None for who stays."""
    presence, mark = walk.presence, walk.mark
    if presence.enters is not None:
        end = _hand(presence.move_to_m) or _hand(presence.mark_m) or (mark.x, mark.z)
        reach = speed * max(duration_s - 0.7, 0.4 * duration_s)
        return _abreast(_outward(end, presence.enters, reach, floor), end, walk.ahead), end
    if (to := _hand(presence.move_to_m)) is not None:
        return here.point, to
    if walk.comes_to is not None:
        return here.point, walk.comes_to
    if presence.act not in ("walk", "run"):
        return None
    if walk.travel_deg is not None:
        return _through(walk, speed * duration_s, floor)
    home = (mark.x, mark.z)
    if walk.now is None or math.dist(here.point, home) > 0.6:
        start = (
            here.point if walk.now is not None else floor.clamp(home[0] + math.copysign(2.2, home[0]), home[1] + 0.3)
        )
        return start, home
    return here.point, floor.clamp(home[0] + math.copysign(1.0, home[0]), home[1] + 0.5)


def _is_by_hand(presence: Presence) -> bool:
    return presence.move_to_m is not None or presence.mark_m is not None


def _clear_of(point: Point, others: Sequence[Point], apart_m: float = APART_M - 0.02) -> Point:
    """The nearest point of a spiral where nobody else stands."""
    for step in range(120):
        angle, reach = step * 2.399963, 0.2 * math.sqrt(step)
        spot = (point[0] + math.sin(angle) * reach, point[1] + math.cos(angle) * reach)
        if all(math.dist(spot, other) >= apart_m for other in others):
            return spot
    return point


def _hand(point: tuple[float, ...] | None) -> Point | None:
    return None if point is None else (float(point[0]), float(point[1]))


def _outward(point: Point, side: Side, reach_m: float, floor: Floor) -> Point:
    """A point towards a side of the set, `reach_m` away or at its edge."""
    x, z = point
    edge_x, near, far = min(floor.half_x, 6.0) + 0.6, floor.near_z - 0.8, min(floor.far_z, 7.0)
    if side in ("left", "right"):
        sign = -1.0 if side == "left" else 1.0
        across = max(min(reach_m, edge_x - sign * x), 0.3)
        # Where the set is narrow the rest of the way is along it.
        along = max(min(math.sqrt(max(reach_m**2 - across**2, 0.0)), far - z), 0.0) if floor.narrow else 0.0
        return x + sign * across, z + along
    if side == "back":
        return x, z + max(min(reach_m, far - z), 0.3)
    # Past the camera, not into it.
    return x + math.copysign(min(0.4 * reach_m, 1.2), x or 1.0), z - max(min(reach_m, z - near), 0.3)


def _abreast(start: Point, end: Point, ahead: int) -> Point:
    """The start of a way into the set, further on and aside for who has others behind, so that nobody is hidden."""
    length = math.dist(start, end)
    if not ahead or length < 1.0:
        return start
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    step, aside = min(0.6 * ahead, 0.4 * length), 0.45 * ahead
    across = (along[1], -along[0]) if abs(along[0]) < 0.7 else (0.0, 1.0)
    return start[0] + along[0] * step + across[0] * aside, start[1] + along[1] * step + across[1] * aside


def beside(point: Point, other: Point, apart_m: float) -> Point:
    """The point on the way from `point` to `other` that is `apart_m` from the other."""
    keep = apart_m / (math.dist(point, other) or 1.0)
    return other[0] + (point[0] - other[0]) * keep, other[1] + (point[1] - other[1]) * keep


def _through(walk: Walk, way_m: float, floor: Floor) -> tuple[Point, Point]:
    """A way through the middle of the set along the travel heading, in this walker's lane."""
    angle = math.radians(walk.travel_deg or 0.0)
    along = (math.sin(angle), math.cos(angle))
    across = (along[1], -along[0])
    lane = walk.lane * (_MOUNTS_APART if walk.presence.aboard is not None else 1.0)
    x = 0.25 + across[0] * 0.75 * lane - along[0] * 0.35 * lane
    z = 0.25 + across[1] * 0.75 * lane - along[1] * 0.35 * lane
    room = 2 * (floor.half_x if abs(along[0]) > 0.5 else min(floor.far_z - 0.5, 0.5 - floor.near_z)) - 1.2
    half = min(way_m, max(room, 1.0)) / 2
    start = floor.clamp(x - along[0] * half, z - along[1] * half)
    return start, floor.clamp(x + along[0] * half, z + along[1] * half)


def _stay(
    walk: Walk, here: Standing, pose: PoseName, duration_s: float, by_seat: bool
) -> tuple[tuple[BodyKey, ...], Standing]:
    presence = walk.presence
    facing = walk.facing_deg if pose != "lie" else here.heading_deg
    first = pose
    if presence.act in ("sit_down", "stand_up") and (walk.now is None or walk.now.pose != pose):
        first = "stand" if presence.act == "sit_down" else "sit"
    start = end = here.point
    if by_seat and walk.seat is not None and first != pose:
        end = (walk.seat.x, walk.seat.z) if pose == "sit" else (walk.mark.x, walk.mark.z)
    keys = [_key(0.0, start, facing, first)]
    if first != pose:
        change_s = 0.3 * duration_s
        keys.append(_key(change_s, start, facing, first))
        keys.append(_key(min(change_s + 0.7, 0.8 * duration_s), end, facing, pose))
    ends: PoseName = "lie" if presence.act == "fall" else pose
    return tuple(keys), Standing(end[0], end[1], facing, ends)


def _leave(
    walk: Walk, here: Standing, duration_s: float, speed: float, floor: Floor, others: Sequence[Point]
) -> tuple[tuple[BodyKey, ...], Standing]:
    side = walk.presence.exits or "left"
    edge = walk.door[0] if walk.door is not None else _outward(here.point, side, 50.0, floor)
    way = _around([here.point, walk.door[1] if walk.door is not None else edge], others)
    way += [edge] if walk.door is not None else []
    length = sum(math.dist(a, b) for a, b in pairwise(way))
    latest = max(0.25 * duration_s, min(walk.words_end_s, duration_s - 1.2), 0.0)
    go_s = max(0.0, min(max(duration_s - length / speed - 0.3, 0.0), latest) if latest else 0.0)
    heading = _heading(way[0], way[1])
    gait: PoseName = "run" if walk.presence.act == "run" else "walk"
    keys: list[BodyKey] = []
    go_s = go_s if go_s > 0.1 else 0.0
    if go_s:
        keys.append(BodyKey(time_s=0.0, x_m=here.x, z_m=here.z, heading_deg=here.heading_deg, pose=here.pose))
        rise_s = max(go_s - _TURN_S, 0.5 * go_s)
        keys.append(BodyKey(time_s=rise_s, x_m=here.x, z_m=here.z, heading_deg=here.heading_deg, pose="stand"))
    time_s = go_s
    for a, b in pairwise(way):
        heading = _heading(a, b)
        keys.append(BodyKey(time_s=time_s, x_m=a[0], z_m=a[1], heading_deg=heading, pose=gait))
        left_s = duration_s - time_s
        needed_s = math.dist(a, b) / speed
        if needed_s >= left_s:  # the shot ends on the way
            u = left_s / needed_s if needed_s else 1.0
            keys.append(_key(duration_s, (a[0] + (b[0] - a[0]) * u, a[1] + (b[1] - a[1]) * u), heading, gait))
            break
        time_s += needed_s
        if b == way[-1]:
            keys.append(_key(time_s, b, heading, gait))
            beyond = speed * (duration_s - time_s)  # out of the set: nobody waits at its edge
            out = (b[0] + math.sin(math.radians(heading)) * beyond, b[1] + math.cos(math.radians(heading)) * beyond)
            keys.append(_key(duration_s, out, heading, gait))
    return tuple(keys), Standing(edge[0], edge[1], heading, "stand")


def _travel(start: Point, end: Point, heading: float, duration_s: float, speed: float) -> tuple[BodyKey, ...]:
    gait: PoseName = "run" if speed > 2 else "walk"
    way = math.dist(start, end)
    arrive_s = min(way / speed, duration_s)
    keys = [_key(0.0, start, heading, gait), _key(arrive_s, end, heading, gait)]
    if duration_s - arrive_s > 0.1:
        keys.append(_key(min(arrive_s + 0.02, duration_s), end, heading, "stand"))
    return tuple(keys)


def _arrive(way: list[Point], facing: float, pose: PoseName, duration_s: float, speed: float) -> tuple[BodyKey, ...]:
    """Walks `way` so as to be there before the shot ends, and turns to `facing`."""
    way = _last_part(way, speed * max(duration_s - _TURN_S - 0.1, 0.5 * duration_s))
    gait: PoseName = "run" if speed > 2 else "walk"
    keys: list[BodyKey] = []
    time_s, heading = 0.0, facing
    for a, b in pairwise(way):
        if math.dist(a, b) < 1e-6:
            continue
        heading = _heading(a, b)
        keys.append(_key(time_s, a, heading, gait))
        time_s += math.dist(a, b) / speed
    keys.append(_key(time_s, way[-1], heading, gait if keys else "stand"))
    keys.append(_key(min(time_s + 0.02, duration_s), way[-1], heading, "stand"))
    turned_s = min(time_s + _TURN_S, duration_s)
    if turned_s > keys[-1].time_s:
        keys.append(_key(turned_s, way[-1], facing, "stand" if pose not in ("sit", "kneel", "lie") else pose))
    return tuple(keys)


def _last_part(way: list[Point], length_m: float) -> list[Point]:
    kept = [way[-1]]
    left = length_m
    for b, a in pairwise(reversed(way)):
        piece = math.dist(a, b)
        if piece >= left:
            u = left / piece if piece else 0.0
            return [(b[0] + (a[0] - b[0]) * u, b[1] + (a[1] - b[1]) * u), *kept]
        kept.insert(0, a)
        left -= piece
    return kept


def _around(way: list[Point], others: Sequence[Point]) -> list[Point]:
    """Puts a corner into a straight way for each person who stands in it."""
    a, b = way
    length = math.dist(a, b)
    if length < 1e-6:
        return way
    along = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
    corners: list[tuple[float, Point]] = []
    for other in others:
        reach = (other[0] - a[0]) * along[0] + (other[1] - a[1]) * along[1]
        aside = (other[0] - a[0]) * along[1] - (other[1] - a[1]) * along[0]
        if 0.0 < reach < length and abs(aside) < APART_M and math.dist(other, b) >= 0.5:
            step = -math.copysign(APART_M + 0.25, aside or 1.0)
            corners.append((reach, (other[0] + along[1] * step, other[1] - along[0] * step)))
    return [a, *(point for _, point in sorted(corners)), b]


def _heading(a: Point, b: Point) -> float:
    return wrap_deg(math.degrees(math.atan2(b[0] - a[0], b[1] - a[1])))


def _key(time_s: float, point: Point, heading: float, pose: PoseName) -> BodyKey:
    return BodyKey(time_s=time_s, x_m=point[0], z_m=point[1], heading_deg=heading, pose=pose)


def arrival_s(keys: Sequence[BodyKey]) -> float:
    """When a figure has come to where it stays; 0 for who stays, or never stops."""
    if keys[-1].pose in ON_THE_WAY or len(keys) == 1:
        return 0.0
    last = keys[-1]
    moving = [key.time_s for key in keys if math.dist((key.x_m, key.z_m), (last.x_m, last.z_m)) > 0.05]
    return keys[len(moving)].time_s if moving else 0.0
