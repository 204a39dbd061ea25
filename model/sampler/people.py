"""Scenes of people: one to five on the set's free floor, its seats and beds, and what the first of them does.

Acts that need something (a table, a door, a partner) get it; nobody stands in furniture or sits on nothing.
"""

from __future__ import annotations

import math
from dataclasses import replace

from model.sampler.cast import Person
from model.sampler.ground import Spot
from model.sampler.scene import PACE_M_S, Scene, Setting, acted, ahead, bearing, colour_of, free_mark, moving, someone
from model.sampler.things import HANDLED, brought_table, handled
from model.sampler.words import COLOURS
from model.stage import ActName, BodyKey, Figure, PlaceKind, PoseName, Prop, Vec3

__all__ = ["APART_M", "DOOR_ACTS", "SEATED_SETS", "STANDING", "people_scene"]

APART_M: dict[ActName, float] = {
    "embrace": 0.50, "kiss": 0.42, "shake_hands": 0.86, "hit": 0.74, "push": 0.70, "give": 0.98,
}  # fmt: skip
"""How far apart two stand who do this together."""
SEATED_SETS: frozenset[PlaceKind] = frozenset({"car", "train"})
"""Places where everybody sits."""
DOOR_ACTS: frozenset[ActName] = frozenset({"open_door", "close_door"})
STANDING: frozenset[ActName] = frozenset(APART_M) | DOOR_ACTS | {
    "dance", "carry", "throw", "shoot", "fall", "pick_up", "put_down", "drop",
}  # fmt: skip
AT_TABLE: frozenset[ActName] = frozenset({"type", "write"})
_ANSWERED: frozenset[ActName] = frozenset({"embrace", "kiss", "shake_hands", "give"})
_ADULTS: frozenset[ActName] = frozenset({"kiss", "shoot", "hit", "push"})
_LYING: frozenset[ActName] = frozenset({"look", "nod", "shake_head", "phone", "laugh", "cry", "speak"})
_WALKING: frozenset[ActName] = frozenset(
    {"look", "wave", "nod", "shake_head", "phone", "laugh", "cry", "speak", "gesture", "drink", "eat", "point"}
)
_DRIVING: frozenset[ActName] = _WALKING - {"drink", "eat", "point", "phone"} | {"shrug"}
_FREE_M = 0.4
_EYES = 0.93
_BY_DOOR_M = 0.72


def people_scene(setting: Setting, act: ActName, pose: PoseName, count: int) -> Scene:
    """The first of `count` people does `act` in `pose`, where act and place let them, and else standing."""
    pose = _pose(setting, act, pose)
    cast = _cast(setting, act, count)
    if act in DOOR_ACTS and setting.ground.doors:
        return _at_door(setting, act, cast)
    bodies, furniture, on = _placed(setting, act, pose, cast)
    cast = cast[: len(bodies)]  # a car or a carriage takes no more than it has seats
    marks = [_middle(body) for body in bodies]
    figures = []
    for number, (one, body) in enumerate(zip(cast, bodies, strict=True)):
        other = (1 if number == 0 else 0) if len(cast) > 1 else None
        eyes = None if other is None else _eyes_of(cast[other], bodies[other], marks[other])
        doing: ActName = act
        if (number == 1 and act not in _ANSWERED) or number > 1:
            doing = setting.rng.choice(("none", "none", "speak", "nod")) if act != "speak" else "none"
        if number == 0 and act in ("read", "write", "type", "pick_up", "put_down", "eat"):
            eyes = None  # on what they do
        aim = None if eyes is None else Vec3(eyes.x, eyes.y * 0.82, eyes.z)
        figures.append(acted(setting, one, number, body, doing, aim, eyes))
    props: list[Prop] = list(furniture)
    laid: tuple[str, ...] = ()
    thing = ""
    if any(prop.id == "TABLE" for prop in furniture) and act not in ("pick_up", "put_down"):
        found, laid = brought_table(setting, next(p for p in furniture if p.id == "TABLE"), act in AT_TABLE)
        props += found
    if act in HANDLED or (setting.rng.random() < 0.12 and pose in ("stand", "walk", "sit") and act not in APART_M):
        kept = handled(setting, figures[0], act, figures[1] if act == "give" else None)
        props.insert(0, kept)
        thing = kept.kind
    return Scene(cast, tuple(figures), tuple(props), act, thing, on, laid)


def _cast(setting: Setting, act: ActName, count: int) -> tuple[Person, ...]:
    def suits(one: Person) -> bool:
        return act not in _ADULTS or one.look.age_years >= 18

    return tuple(someone(setting.split, suits, "cast", setting.index, number) for number in range(count))


def _pose(setting: Setting, act: ActName, pose: PoseName) -> PoseName:
    kind = setting.place.kind
    if kind in SEATED_SETS:
        at_wheel = kind == "car" and act in _DRIVING and setting.rng.random() < 0.75
        return "drive" if at_wheel else "sit"
    if act in STANDING or pose == "drive":
        return "stand"
    if act in AT_TABLE:
        return "sit"
    if (pose == "lie" and act not in _LYING) or (pose in ("walk", "run") and act not in _WALKING):
        return "stand"
    if pose == "run" and act in ("phone", "drink", "eat", "nod", "cry"):
        return "walk"
    return pose


def _placed(
    setting: Setting, act: ActName, pose: PoseName, cast: tuple[Person, ...]
) -> tuple[list[tuple[BodyKey, ...]], list[Prop], str]:
    """The bodies of all, the furniture brought for them, and what the first sits or lies on."""
    rng, ground = setting.rng, setting.ground
    furniture: list[Prop] = []
    on, seated = "", []
    if setting.place.kind in SEATED_SETS:
        return [_on(spot, pose if i == 0 else "sit") for i, spot in enumerate(_row(setting, len(cast)))], [], "car"
    if act in AT_TABLE:
        first = _tabled(setting, furniture)
        on = "chair"
    elif pose == "sit":
        seated = _row(setting, len(cast)) if ground.seats and rng.random() < 0.8 else []
        on = seated[0].kind if seated else ("chair" if setting.place.interior else "bench")
        first = _on(seated[0], "sit") if seated else _brought(setting, on, furniture)
    elif pose == "lie" and ground.beds and rng.random() < 0.8:
        on, first = "bed", _on(rng.choice(ground.beds), "lie")
    elif pose in ("walk", "run"):
        first = _going(setting, pose, cast[0])
    else:
        x, z = free_mark(setting, _FREE_M + (0.5 if pose == "lie" or act in ("pick_up", "put_down") else 0.0))
        heading = rng.uniform(0, 360)
        if act in ("pick_up", "put_down"):
            furniture.append(_table(*ahead(x, z, heading, 0.72), heading))
        on = ("floor" if setting.place.interior else "ground") if pose == "lie" else ""
        first = (BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=heading, pose=pose),)
    bodies = [first]
    for number in range(1, len(cast)):
        if number < len(seated) and rng.random() < 0.7:
            bodies.append(_on(seated[number], "sit"))
            continue
        bodies.append(_beside(setting, act, bodies, number, furniture))
    if (
        act not in AT_TABLE
        and first[0].pose in ("stand", "kneel", "crouch")
        and len(cast) > 1
        and act not in ("pick_up", "put_down")
    ):
        swing = 0.0 if act in APART_M else rng.choice((0.0, 15.0, -15.0, 35.0, -35.0))
        turn = bearing(_middle(first), _middle(bodies[1])) + swing
        bodies[0] = tuple(replace(key, heading_deg=turn) for key in first)
    return bodies, furniture, on


def _beside(
    setting: Setting, act: ActName, bodies: list[tuple[BodyKey, ...]], number: int, furniture: list[Prop]
) -> tuple[BodyKey, ...]:
    """One who stands near the first, apart from all others, turned to the first; one who walks goes along."""
    first, rng, ground = bodies[0], setting.rng, setting.ground
    lead = _middle(first)
    if first[0].pose in ("walk", "run") and number == 1 and act != "look":
        side = rng.choice((-1.0, 1.0)) * rng.uniform(0.65, 0.85)
        x, z = ahead(0.0, 0.0, first[0].heading_deg + 90.0, side)
        return tuple(replace(key, x_m=key.x_m + x, z_m=key.z_m + z) for key in first)
    taken = [_middle(body) for body in bodies] + [(p.position.x, p.position.z) for p in furniture]
    best, score = lead, -math.inf
    for _ in range(18):
        gap = APART_M[act] if number == 1 and act in APART_M else rng.uniform(0.95, 1.8)
        point = ahead(*lead, rng.uniform(0, 360), gap)
        apart = min((math.dist(point, other) for other in taken[1:]), default=2.0)
        if first[0].pose in ("walk", "run"):
            apart = min(apart, _off_way(point, first))
        found = min(ground.way_m(point, point), 0.35) * 2 + min(apart, 0.75)
        if found > score:
            best, score = point, found
        if found >= 1.4:
            break
    return (BodyKey(time_s=0.0, x_m=best[0], z_m=best[1], heading_deg=bearing(best, lead), pose="stand"),)


def _off_way(point: tuple[float, float], body: tuple[BodyKey, ...]) -> float:
    """How far a point is from the way somebody goes."""
    a, b = (body[0].x_m, body[0].z_m), (body[-1].x_m, body[-1].z_m)
    length = math.dist(a, b) or 1.0
    along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length**2
    along = min(max(along, 0.0), 1.0)
    return math.dist(point, (a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])))


def _going(setting: Setting, pose: PoseName, one: Person) -> tuple[BodyKey, ...]:
    """A free way to walk or run; standing where there is none."""
    for gait in ("run", "walk") if pose == "run" else ("walk",):
        speed = PACE_M_S[gait] * (0.62 + 0.22 * one.look.height_m)
        for _ in range(10):
            at = free_mark(setting, _FREE_M)
            heading = setting.rng.choice((0.0, 180.0, 90.0, 270.0)) + setting.rng.uniform(-25, 25)
            keys = moving(setting, at, heading, gait, speed)
            a, b = (keys[0].x_m, keys[0].z_m), (keys[1].x_m, keys[1].z_m)
            if setting.ground.way_m(a, b) >= 0.3 or (not setting.place.interior and _open_way(setting, a, b)):
                return keys
    x, z = free_mark(setting, _FREE_M)
    return (BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=setting.rng.uniform(0, 360), pose="stand"),)


def _open_way(setting: Setting, a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Whether a way outdoors that leads off the playing floor is still free of things and within the set."""
    wide = replace(setting.ground, people=setting.ground.lens)
    return wide.way_m(a, b) >= 0.35


def _row(setting: Setting, count: int) -> list[Spot]:
    """So many seats of the set next to each other, or as many as there are."""
    seats = list(setting.ground.seats)
    if setting.place.kind == "car":
        return seats[:count]
    first = setting.rng.choice(seats)
    near = sorted(seats, key=lambda s: math.dist((s.x, s.z), (first.x, first.z)))
    return [s for s in near if s is first or math.dist((s.x, s.z), (first.x, first.z)) > 0.4][:count]


def _on(spot: Spot, pose: PoseName) -> tuple[BodyKey, ...]:
    return (BodyKey(time_s=0.0, x_m=spot.x, z_m=spot.z, heading_deg=spot.heading_deg, pose=pose, height_m=spot.lift_m),)


def _brought(setting: Setting, kind: str, furniture: list[Prop]) -> tuple[BodyKey, ...]:
    """A seat brought for one, facing where there is room."""
    x, z = free_mark(setting, 0.6)
    heading = setting.rng.uniform(0, 360)
    colour = colour_of(setting.split, kind, COLOURS, setting.rng)
    furniture.append(Prop(id="SEAT", kind=kind, position=Vec3(x, 0.0, z), heading_deg=heading, colour=colour.rgb))
    return (BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=heading, pose="sit"),)


def _tabled(setting: Setting, furniture: list[Prop]) -> tuple[BodyKey, ...]:
    """A chair and a table before it."""
    body = _brought(setting, "chair", furniture)
    x, z = ahead(body[0].x_m, body[0].z_m, body[0].heading_deg, 0.68)
    furniture.append(_table(x, z, body[0].heading_deg))
    return body


def _table(x: float, z: float, heading_deg: float) -> Prop:
    return Prop(id="TABLE", kind="round_table", position=Vec3(x, 0.0, z), heading_deg=heading_deg)


def _at_door(setting: Setting, act: ActName, cast: tuple[Person, ...]) -> Scene:
    """The first at a door of the room; a door that is closed stands open before."""
    door = setting.rng.choice(setting.ground.doors[:2])
    x, z = ahead(door.at.x, door.at.z, door.out_deg + 180.0, _BY_DOOR_M)
    bodies: list[tuple[BodyKey, ...]] = [(BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=door.out_deg, pose="stand"),)]
    handle = Vec3(door.at.x, 1.0, door.at.z)
    figures: list[Figure] = [acted(setting, cast[0], 0, bodies[0], act, handle, None)]
    for number in range(1, len(cast)):
        bodies.append(_beside(setting, act, bodies, number, []))
        eyes = _eyes_of(cast[0], bodies[0], (x, z))
        figures.append(acted(setting, cast[number], number, bodies[number], "none", None, eyes))
    return Scene(cast, tuple(figures), (), act, open_doors=(door.wall,) if act == "close_door" else ())


def _middle(body: tuple[BodyKey, ...]) -> tuple[float, float]:
    return (body[0].x_m + body[-1].x_m) / 2, (body[0].z_m + body[-1].z_m) / 2


def _eyes_of(one: Person, body: tuple[BodyKey, ...], at: tuple[float, float]) -> Vec3:
    upright = {"sit": 0.74, "drive": 0.74, "kneel": 0.7, "crouch": 0.6, "lie": 0.12}.get(body[0].pose, _EYES)
    return Vec3(at[0], body[0].height_m + one.look.height_m * upright, at[1])
