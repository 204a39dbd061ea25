"""Everyone's way through a shot, and where it leaves them for the next one.

Whom somebody goes up to, who travels with whom, which way all face; `shots.blocking.motion` does the walking.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from model.stage import BodyKey, PlaceKind, PoseName
from shots.blocking.anatomy import SEAT_M, offset
from shots.blocking.doorways import door_for, through
from shots.blocking.fittings import Doorway, near_door
from shots.blocking.lens import wrap_deg
from shots.blocking.marks import APART_M, Mark, stand_by
from shots.blocking.meeting import APART_FOR_M, goes_to, other_of, straight
from shots.blocking.motion import ON_THE_WAY, RIDDEN, RUN_MPS, WALK_MPS, Standing, Walk, beside, move
from shots.blocking.on_set import OnSet, species_in
from shots.blocking.things import kind_of
from shots.blocking.vehicles import lane_of, saddle_m
from shots.spec import Presence, Prop, Shot

if TYPE_CHECKING:
    from shots.timing import ShotTiming

__all__ = ["doors_used", "paths"]

_NEAR_M, _AT_FEET_M = 0.95, 0.66  # how near somebody is gone up to, by a person and by an animal
_REACH_M, _FAR_M = 0.95, 4.0  # who need not, and who does not, go to a thing
_BY_TABLE_M, _BY_THING_M = 0.68, 0.45
_TURNED_DEG = 40.0
_ROADS = frozenset({"street", "bridge", "alley"})
_AT_WHEELS = frozenset({"car", "train", "spaceship"})
_BY_DOOR_M, _ON_SEAT_M = 0.72, 0.25
_BED_EDGE_M = 0.42  # from the middle of a bed to where one sits on its side
_IN_ROW_DEG = 24.0
_PAST_M = 1.0  # how far past where vehicles stop a ride ends
_BACK = 0.97  # a horse's back by its height at the shoulder
_INTO_THE_SET_DEG = 16.0  # who looks into the distance still turns a little to the others


def paths(
    on_set: OnSet, shot: Shot, timing: ShotTiming, people: Sequence[Presence], partners: Mapping[str, str | None]
) -> dict[str, tuple[BodyKey, ...]]:
    """Everyone's way through the shot; moves them on for the next one."""
    now = {p.character: on_set.standing.get(p.character) for p in people}
    if shot.coverage != "establishing":
        # Who was only seen small, in the place, may still come to the mark.
        arrives = {p.character for p in people if p.act in ON_THE_WAY and p.character not in on_set.seen}
        now |= dict.fromkeys(arrives)
        on_set.seen |= {p.character for p in people}
    travellers = _travellers(on_set, people)
    still = {name: at.point for name, at in now.items() if at} | {
        p.character: (on_set.marks[p.character].x, on_set.marks[p.character].z)
        for p in people
        if now[p.character] is None and p.character in on_set.marks
    }
    meeting = _meeting(people, partners, still)
    fetching = {p.character: way for p in people if (way := _goes_to_thing(on_set, p, still))}
    doors = doors_used(on_set, people)
    keys: dict[str, tuple[BodyKey, ...]] = {}
    ends: dict[str, Standing] = {}
    for lane, given in enumerate(people):
        presence, name = _mounted(given, on_set.kind), given.character
        mark = on_set.marks.get(name) or Mark(0.0, 0.2, 180.0)
        seat = mark if name in on_set.seated else None
        mark = stand_by(mark, on_set.kind) if seat else mark
        partner = still.get(partners[name] or "")
        goal = presence.move_to_m or presence.mark_m or (still.get(name) if presence.enters is None else None)
        at = (float(goal[0]), float(goal[1])) if goal else (mark.x, mark.z)
        words_end_s = max((t.start_s + t.duration_s for t in timing.lines if shot.lines[t.index].character == name),
                          default=0.0)  # fmt: skip
        if name in travellers and presence.act not in ON_THE_WAY:  # an animal goes with its people
            presence = replace(presence, act=next(p.act for p in people if p.act in ON_THE_WAY))
        if name not in travellers and (whom := still.get(presence.looks_at or "")) and whom != still.get(name):
            presence = _goes_up_to(presence, whom, still.get(name), species_in(on_set.cast, name))
        seated = seat is not None and math.dist(at, (seat.x, seat.z)) < _ON_SEAT_M
        facing = _facing(seat if seated and seat else mark, at, partner, now[name], name in on_set.seated)
        if name in meeting and not (presence.pose == "sit" and name in on_set.seated):
            facing = meeting[name][1]
        elif name in fetching:
            facing = fetching[name][1]
        elif on_set.kind == "car":
            facing = mark.heading_deg
        elif name in on_set.lifts:  # who sits in a row turns a little to the other
            facing = mark.heading_deg + min(max(wrap_deg(facing - mark.heading_deg), -_IN_ROW_DEG), _IN_ROW_DEG)
        elif name not in on_set.seated and _turned(shot, presence):
            facing = _INTO_THE_SET_DEG * (1.0 if at[0] < 0 else -1.0)
        walk = Walk(
            presence=presence,
            mark=mark,
            seat=seat,
            now=now[name],
            facing_deg=facing,
            travel_deg=on_set.travel_deg if name in travellers else None,
            lane=lane - (len(travellers) - 1) // 2 if name in travellers else 0,
            words_end_s=words_end_s,
            comes_to=meeting[name][0] if name in meeting else fetching.get(name, (None,))[0],
            door=_way_through(doors, name),
            ahead=_ahead(on_set, people, presence),
        )
        met = meeting[name][2] if name in meeting else None
        others = [point for other, point in still.items() if other not in (name, met)]
        keys[name], ends[name] = move(walk, timing.duration_s, on_set.crew.floor, others)
        if (road := _on_road(on_set, presence, timing.duration_s)) is not None:
            keys[name] = road
            ends[name] = replace(ends[name], x=road[-1].x_m, z=road[-1].z_m, heading_deg=road[-1].heading_deg)
        if name in on_set.lifts:
            keys[name] = _lifted(keys[name], on_set.marks[name], on_set.lifts[name], name in on_set.beds)
        if presence.aboard is not None:
            keys[name] = _carried(on_set, presence, keys[name])
        still[name] = ends[name].point
    for presence in people:
        if presence.exits is not None:
            on_set.standing.pop(presence.character, None)
        else:
            on_set.standing[presence.character] = ends[presence.character]
    for name, (place, _, other) in meeting.items():
        if place is not None and ends[name].pose == "stand":  # they let go of each other over the cut
            x, z = beside(place, still[other], max(_NEAR_M, math.dist(place, still[other])))
            on_set.standing[name] = replace(ends[name], x=x, z=z)
    return keys


def doors_used(on_set: OnSet, people: Sequence[Presence]) -> dict[str, Doorway]:
    """By which door everyone comes or goes who does, on foot and in a set that has one there."""
    used: dict[str, Doorway] = {}
    for presence in people:
        side, name = presence.enters or presence.exits, presence.character
        if side is None or presence.aboard is not None:
            continue
        now, mark = on_set.standing.get(name), on_set.marks.get(name) or Mark(0.0, 0.2, 180.0)
        at = now.point if now is not None and presence.exits is not None else (mark.x, mark.z)
        if (door := door_for(on_set.fittings, side, at)) is not None:
            used[name] = door
    return used


def _ahead(on_set: OnSet, people: Sequence[Presence], presence: Presence) -> int:
    """How many of those who come in with somebody walk behind, because their marks are nearer to that side."""
    toward = {"left": (1.0, 0.0), "right": (-1.0, 0.0), "front": (0.0, 1.0), "back": (0.0, -1.0)}
    if presence.enters is None:
        return 0
    x, z = toward[presence.enters]
    marks = {p.character: on_set.marks.get(p.character) for p in people if p.enters == presence.enters}
    way = {name: mark.x * x + mark.z * z for name, mark in marks.items() if mark is not None}
    return sum(other < way.get(presence.character, -math.inf) - 0.05 for other in way.values())


def _way_through(doors: Mapping[str, Doorway], name: str) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Through somebody's door, after those who go by it before."""
    if name not in doors:
        return None
    before = [other for other in doors if doors[other] == doors[name]].index(name)
    return through(doors[name], before)


def _mounted(presence: Presence, kind: PlaceKind) -> Presence:
    """Who rides on nothing stands, and so does who drives where there is nothing to drive."""
    lost = presence.aboard is None and (
        presence.pose in ("ride", "fly") or (presence.pose == "drive" and kind not in _AT_WHEELS)
    )
    return replace(presence, pose="stand") if lost else presence


def _on_road(on_set: OnSet, presence: Presence, duration_s: float) -> tuple[BodyKey, ...] | None:
    """The way of a rider on a set with a road: along it, towards the audience."""
    lane = lane_of("bicycle", on_set.kind, presence.exits is not None)
    if on_set.kind not in _ROADS or presence.act not in ON_THE_WAY or presence.aboard is None:
        return None
    way = (RUN_MPS if presence.act == "run" else WALK_MPS) * RIDDEN * duration_s
    ends = [offset(lane.stop.x, lane.stop.z, lane.heading_deg, ahead) for ahead in (_PAST_M - way, _PAST_M)]
    return tuple(
        BodyKey(time_s=time_s, x_m=x, z_m=z, heading_deg=lane.heading_deg, pose="stand")
        for time_s, (x, z) in zip((0.0, duration_s), ends, strict=True)
    )


def _lifted(keys: tuple[BodyKey, ...], mark: Mark, lift_m: float, bed: bool) -> tuple[BodyKey, ...]:
    """The keys with whoever is on a seat or bed of the set as high as it is; who sits on a bed sits on its edge."""
    out: list[BodyKey] = []
    for key in keys:
        on_it = math.dist((key.x_m, key.z_m), (mark.x, mark.z)) < _ON_SEAT_M
        if bed and on_it and key.pose == "sit":
            out.append(_on_edge(key, mark, lift_m))
        elif on_it and key.pose in ("sit", "lie", "drive"):
            out.append(replace(key, height_m=lift_m))
        else:
            out.append(key)
    return tuple(out)


def _on_edge(key: BodyKey, mark: Mark, lift_m: float) -> BodyKey:
    """Sitting on the side of a bed that is nearer to the middle of the set, feet on the floor."""
    sides = (mark.heading_deg + 90.0, mark.heading_deg - 90.0)
    edges = [(offset(mark.x, mark.z, side, _BED_EDGE_M), side) for side in sides]
    (x, z), side = min(edges, key=lambda edge: math.hypot(*edge[0]))
    return replace(key, x_m=x, z_m=z, heading_deg=wrap_deg(side), height_m=max(lift_m - SEAT_M, 0.0))


def _carried(on_set: OnSet, presence: Presence, keys: tuple[BodyKey, ...]) -> tuple[BodyKey, ...]:
    """The way of somebody on a vehicle's or an animal's back: the same way, sitting at its height."""
    mount = presence.aboard or ""
    if mount in on_set.cast:
        seat_m = on_set.look(mount, ()).height_m * _BACK - SEAT_M
    else:
        seat_m = saddle_m(kind_of(on_set.crew.props.get(mount) or Prop(id=mount))) - SEAT_M
    pose: PoseName = "ride" if presence.pose == "ride" or mount in on_set.cast else "sit"
    return tuple(replace(key, pose=pose, height_m=seat_m) for key in keys)


def _meeting(
    people: Sequence[Presence], partners: Mapping[str, str | None], still: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[tuple[float, float] | None, float, str]]:
    """For those who do something to each other: where one goes, the way both face, and who the other is."""
    found: dict[str, tuple[tuple[float, float] | None, float, str]] = {}
    for presence in people:
        name, other = presence.character, other_of(presence, people, partners[presence.character])
        if other is None or presence.act not in APART_FOR_M or name in found:
            continue
        if name not in still or other.character not in still:
            continue
        here, there = still[name], still[other.character]
        apart = APART_FOR_M[presence.act]
        goes = goes_to(presence, other) and math.dist(here, there) > apart + 0.08
        found[name] = (beside(here, there, apart) if goes else None, straight(here, there), other.character)
        found.setdefault(other.character, (None, straight(there, here), name))
    return found


def _goes_to_thing(
    on_set: OnSet, presence: Presence, still: Mapping[str, tuple[float, float]]
) -> tuple[tuple[float, float], float] | None:
    """Where somebody stands, and faces, to take up or put down a thing that is out of reach, or at a door."""
    here = still.get(presence.character)
    if presence.act in ("open_door", "close_door") and here is not None and presence.pose in (None, "stand"):
        door = near_door(on_set.fittings, here)
        if door is None or presence.enters or presence.exits or presence.move_to_m:
            return None
        return offset(door.at.x, door.at.z, door.out_deg + 180.0, _BY_DOOR_M), door.out_deg
    if presence.act not in ("pick_up", "put_down") or presence.pose not in (None, "stand") or here is None:
        return None
    if presence.enters or presence.exits or presence.move_to_m or presence.character in on_set.seated:
        return None
    lying = on_set.left.get(presence.looks_at or "") if presence.act == "pick_up" else None
    at = lying.position if lying is not None and lying.held is None else None
    table = next((piece for piece in on_set.furniture if piece.id == "table"), None)
    at = at or (table.position if table is not None else None)
    if at is None or not _REACH_M < math.dist(here, (at.x, at.z)) < _FAR_M:
        return None
    near = _BY_TABLE_M if table is not None and math.dist(at[::2], table.position[::2]) < 0.6 else _BY_THING_M
    others = [point for name, point in still.items() if name != presence.character]
    towards = straight((at.x, at.z), here)
    for swing in (0, 35, -35, 70, -70):
        spot = offset(at.x, at.z, towards + swing, near)
        if all(math.dist(spot, other) >= APART_M and _same_side(here, spot, other) for other in others):
            return spot, towards + swing + 180.0
    return None


def _same_side(here: tuple[float, float], spot: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether somebody who goes from `here` to `spot` stays on their side of the other, so that eyelines hold."""
    return abs(wrap_deg(straight(other, spot) - straight(other, here))) < _TURNED_DEG


def _goes_up_to(
    presence: Presence, whom: tuple[float, float], here: tuple[float, float] | None, species: str
) -> Presence:
    """Who walks with their eyes on somebody goes up to them; so does an animal that sits down by somebody."""
    goes = presence.act in ON_THE_WAY or (presence.act == "sit_down" and species != "person")
    by_hand = presence.enters or presence.exits or presence.move_to_m or presence.mark_m
    gap = math.dist(here, whom) if here else 0.0
    near = _NEAR_M if species == "person" else _AT_FEET_M
    if not goes or by_hand or here is None or gap < near + 0.3:
        return presence
    u = near / gap
    spot = (whom[0] + (here[0] - whom[0]) * u, whom[1] + (here[1] - whom[1]) * u)
    return replace(presence, move_to_m=spot)


def _facing(
    mark: Mark, at: tuple[float, float], partner: tuple[float, float] | None, now: Standing | None, seated: bool
) -> float:
    """At the mark as it was laid out; elsewhere, or when the other has moved far round, towards the other."""
    home = math.dist(at, (mark.x, mark.z)) < 0.3
    if partner is None or math.dist(at, partner) < 0.05:
        return mark.heading_deg if home or now is None else now.heading_deg
    straight = math.degrees(math.atan2(partner[0] - at[0], partner[1] - at[1]))
    swing = -((-(mark.heading_deg - straight) + 180.0) % 360.0 - 180.0)
    return mark.heading_deg if home and (seated or abs(swing) < 65) else straight + min(max(swing, -14.0), 14.0)


def _turned(shot: Shot, presence: Presence) -> bool:
    """Whether somebody turns their back to the audience to look into the distance, in a wide and silent picture."""
    wide = shot.coverage in ("group", "two_shot", "master") and shot.size in ("EWS", "WS", "FS", "MLS")
    return presence.looks_at == "AWAY" and wide and not shot.lines


def _travellers(on_set: OnSet, people: Sequence[Presence]) -> frozenset[str]:
    """Those who are on their way through the whole shot: all walk, and nobody says where to."""
    walking = [p.character for p in people if p.act in ON_THE_WAY and not (p.move_to_m or p.enters or p.exits)]
    persons = [p.character for p in people if species_in(on_set.cast, p.character) == "person"]
    riding = [p.character for p in people if p.aboard is not None]
    if walking and set(walking) <= set(riding):
        return frozenset(walking)
    roomy = not on_set.place.interior or on_set.kind in ("corridor", "station") or len(persons) <= 1
    if not walking or not roomy or any(name not in walking for name in persons) or on_set.kind == "car":
        return frozenset()
    return frozenset(p.character for p in people if p.act in ON_THE_WAY or p.character not in persons)
