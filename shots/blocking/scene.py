"""A scene on its floor: everyone's marks, then shot after shot what they do and where the camera is.

Where a shot leaves somebody is where the next one finds them. Pure: the same storyboard, timings and voices
give the same stages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from audio.speech import SpokenLine
from model.stage import BodyKey, Figure, Stage, Vec3
from model.stage import Crowd as StageCrowd
from model.stage import Prop as StageProp
from shots.blocking.anatomy import Body, body_at, offset
from shots.blocking.colours import colour_of, seeded
from shots.blocking.crowds import crowds_on
from shots.blocking.doing import acts_of, gaze_of, mouth_of, partner_of
from shots.blocking.doorways import HANDLE_M, opens
from shots.blocking.fittings import BARE, Furnish, near_door
from shots.blocking.handling import Change, changes_of, in_time
from shots.blocking.light import light_of, practicals_of, weather_of
from shots.blocking.marks import Mark
from shots.blocking.meeting import aim_of, other_of, together
from shots.blocking.motion import arrival_s
from shots.blocking.on_set import OnSet, open_set
from shots.blocking.shooting import shoot
from shots.blocking.things import kind_of, place_props, raised
from shots.blocking.vehicles import CLOSED, VEHICLES, aboard, led, ridden, rolling
from shots.blocking.ways import doors_used, paths
from shots.spec import Character, Presence, Prop, Scene, Shot, Storyboard

if TYPE_CHECKING:
    from shots.timing import ShotTiming

__all__ = ["block_scene"]

_TO_THE_RIGHT_DEG = 148.0  # a heading that looks to the right of the picture


def block_scene(
    storyboard: Storyboard,
    scene: Scene,
    timings: Mapping[str, ShotTiming],
    spoken: Mapping[tuple[str, int], SpokenLine],
    furnish: Furnish = lambda _: BARE,
) -> dict[str, Stage]:
    """Shot id → Stage for every shot of a completed scene (see `shots.defaults`).

    `spoken` maps (shot id, line index) to the voice; mouths of lines without one move by their syllables.
    `furnish` tells the seats, beds and doors of a set; without it chairs are brought in and doors are guessed.

    Raises:
        KeyError: a shot has no timing.
    """
    on_set = open_set(storyboard, scene, furnish)
    stages: dict[str, Stage] = {}
    for index, shot in enumerate(scene.shots):
        shot_id = shot.id or f"{scene.id}.{index + 1}"
        stages[shot_id] = _block(on_set, shot, shot_id, timings[shot_id], spoken)
        if shot.beside is not None:
            stages[shot_id] = _split(storyboard, on_set, shot, shot_id, timings[shot_id], spoken, furnish)
    return stages


def _split(
    storyboard: Storyboard,
    on_set: OnSet,
    shot: Shot,
    shot_id: str,
    timing: ShotTiming,
    spoken: Mapping[tuple[str, int], SpokenLine],
    furnish: Furnish,
) -> Stage:
    """A split screen: the shot's first subject on the left, somebody of another scene on the right, each to the other.

    A scene that is not there leaves the picture whole.
    """
    beside = shot.beside
    there = next((scene for scene in storyboard.scenes if beside and scene.id == beside.scene), None)
    if beside is None or there is None or not beside.people:
        return _block(on_set, shot, shot_id, timing, spoken)
    halves = []
    for half, people, heading in (
        (open_set(storyboard, on_set.scene, furnish), shot.people or on_set.scene.people, _TO_THE_RIGHT_DEG),
        (open_set(storyboard, there, furnish), beside.people, -_TO_THE_RIGHT_DEG),
    ):
        name = next((n for n in shot.subjects if any(p.character == n for p in people)), people[0].character)
        mark = half.marks.get(name) or Mark(0.0, 0.3, 180.0)
        half.marks = {**half.marks, name: replace(mark, heading_deg=heading)}
        half.crew.aspect /= 2
        alone = replace(
            shot, coverage="single", subjects=(name,), people=tuple(p for p in people if p.character == name),
            over=None, pov_of=None, insert_of=None, beside=None, crowds=(),
        )  # fmt: skip
        halves.append(_block(half, alone, shot_id, timing, spoken))
    return replace(halves[0], beside=halves[1])


def _present(on_set: OnSet, shot: Shot) -> list[Presence]:
    """Who is on the floor: those named, and whoever the shot cannot do without."""
    people = {presence.character: presence for presence in on_set.scene.floor(shot)}
    needed = [*shot.subjects, *(n for n in (shot.over, shot.pov_of) if n)]
    needed += [line.character for line in shot.lines if line.heard == "on_screen"]
    for name in needed:
        if name in on_set.marks:
            people.setdefault(name, Presence(character=name))
    return [raised(presence, on_set.crew.props) for presence in people.values()]


def _block(
    on_set: OnSet, shot: Shot, shot_id: str, timing: ShotTiming, spoken: Mapping[tuple[str, int], SpokenLine]
) -> Stage:
    people = _present(on_set, shot)
    seed = seeded(on_set.seed, shot_id, shot.seed)
    ranked = list(on_set.marks)
    partners = {p.character: partner_of(p, shot, people, ranked, on_set.last_speaker) for p in people}
    rolled = _vehicles(on_set, shot, timing.duration_s)
    doors = doors_used(on_set, people)
    ways = paths(on_set, shot, timing, people, partners)
    ways |= {p.character: aboard(rolled[p.aboard]) for p in people if p.aboard in rolled}
    ways |= {p.aboard: led(ways[p.character]) for p in people if p.aboard in ways}
    figures = [_figure(on_set, presence, ways[presence.character], shot.seed) for presence in people]
    for presence, figure in zip(people, figures, strict=True):
        if presence.aboard is not None and presence.aboard not in rolled and presence.aboard not in ways:
            rolled[presence.aboard] = ridden(_vehicle(on_set, presence.aboard), figure)
    middle_s = 0.5 * timing.duration_s
    bodies = {figure.id: body_at(figure, middle_s) for figure in figures}
    interior = bool(on_set.place.interior)
    props, things, spots = place_props(
        shot, people, bodies, on_set.crew.props, on_set.furniture, on_set.kind, interior, on_set.left, rolled
    )
    ends = {figure.id: body_at(figure, timing.duration_s) for figure in figures}
    changes = changes_of(shot, people, props, on_set.left, spots, ends)
    things |= {name: spots[name] for name, change in changes.items() if change.act == "pick_up"}
    targets = {p.character: _target(on_set, p, people, partners, ends, things, changes, spots) for p in people}
    acted = []
    for presence, figure in zip(people, figures, strict=True):
        name = presence.character
        acts = acts_of(presence, shot, timing, targets[name], arrival_s(figure.body))
        if name in doors and (opening := opens(figure.body, doors[name], timing.duration_s)) is not None:
            acts = tuple(sorted((*acts, opening), key=lambda act: (act.start_s, act.act)))
        acted.append(
            replace(
                figure,
                acts=acts,
                gaze=gaze_of(presence, shot, timing, bodies, things, partners[name], seeded(seed, name)),
                mouth=mouth_of(presence, shot, timing, spoken),
            )
        )
    acted = together(acted, people, partners, ends)
    props = _with_changes(on_set, props, changes, acted, ends, spots)
    insert = next((prop for prop in props if prop.id == shot.insert_of), None)
    told = on_set.scene.crowds if shot.crowds is None else shot.crowds
    crowds = crowds_on(told, on_set.everyone(), on_set.crew.floor, interior, on_set.seed, on_set.fittings)
    audience = next((c.centre._replace(y=1.0) for c in crowds if c.kind == "people" and _before_set(c)), None)
    stage_camera = shoot(
        on_set.crew, shot, people, timing.duration_s, acted, partners, things, insert, audience, seed, doors.values()
    )
    inside = {p.character for p in people if p.aboard in rolled and rolled[p.aboard].kind in CLOSED}
    for line in shot.lines:
        on_set.last_speaker = line.character
    return Stage(
        duration_s=timing.duration_s,
        place=on_set.drawn,
        light=replace(
            light_of(on_set.scene, shot, on_set.place), practicals=practicals_of(on_set.scene, shot, things, bodies)
        ),
        weather=weather_of(on_set.scene, timing.duration_s, seed),
        camera=stage_camera,
        figures=tuple(figure for figure in acted if figure.id not in inside),
        props=(*on_set.furniture, *props),
        crowds=crowds,
        style=on_set.style,
        seed=seed % 2**31,
    )


def _before_set(crowd: StageCrowd) -> bool:
    """Whether a crowd is where an audience is, with its eyes on the set."""
    return crowd.heading_deg == 0.0 and crowd.doing in ("sit", "stand", "cheer") and crowd.centre.z < 0.0


def _vehicle(on_set: OnSet, prop_id: str) -> StageProp:
    spec = on_set.crew.props.get(prop_id) or Prop(id=prop_id)
    nowhere = Vec3(0.0, 0.0, 0.0)
    return StageProp(id=prop_id, kind=kind_of(spec), position=nowhere, colour=colour_of(spec.colour), text=spec.text)


def _vehicles(on_set: OnSet, shot: Shot, duration_s: float) -> dict[str, StageProp]:
    """The shot's vehicles that nobody rides, with their ways."""
    ridden_here = {p.aboard for p in on_set.scene.floor(shot)}
    rolled: dict[str, StageProp] = {}
    for placed in shot.props:
        vehicle = _vehicle(on_set, placed.prop)
        goes = placed.enters is not None or placed.exits is not None
        if vehicle.kind in VEHICLES and (goes or vehicle.kind in CLOSED or placed.prop not in ridden_here):
            before = on_set.left.get(placed.prop)
            rolled[placed.prop] = rolling(replace(vehicle, state=placed.state), placed, on_set.kind, duration_s, before)
    return rolled


def _at_door(on_set: OnSet, body: Body) -> Vec3:
    """The handle of the nearest door; where there is none, a reach ahead."""
    door = near_door(on_set.fittings, (body.x, body.z))
    if door is None:
        x, z = offset(body.x, body.z, body.heading_deg, 0.7)
        return Vec3(x, HANDLE_M, z)
    return Vec3(door.at.x, HANDLE_M, door.at.z)


def _target(
    on_set: OnSet,
    presence: Presence,
    people: Sequence[Presence],
    partners: Mapping[str, str | None],
    bodies: Mapping[str, Body],
    things: Mapping[str, Vec3],
    changes: Mapping[str, Change],
    spots: Mapping[str, Vec3],
) -> Vec3 | None:
    """The point that somebody's act is aimed at."""
    name = presence.character
    handled = next((prop for prop, change in changes.items() if change.who == name), None)
    if handled is not None and presence.act in ("pick_up", "put_down"):
        return spots[handled]
    if presence.act in ("open_door", "close_door"):
        return _at_door(on_set, bodies[name])
    other = other_of(presence, people, partners[name])
    if aim := aim_of(presence.act, bodies[name], bodies[other.character] if other else None):
        return aim
    seen = presence.looks_at or partners[name] or ""
    return things.get(seen) or (bodies[seen].eye_point if seen in bodies else None)


def _with_changes(
    on_set: OnSet,
    props: tuple[StageProp, ...],
    changes: Mapping[str, Change],
    figures: Sequence[Figure],
    bodies: Mapping[str, Body],
    spots: Mapping[str, Vec3],
) -> tuple[StageProp, ...]:
    """The props with what becomes of them in the shot; the set remembers how it leaves them."""
    floor = on_set.crew.floor
    by_id = {figure.id: figure for figure in figures}
    room = (floor.half_x, floor.far_z)
    timed = tuple(
        in_time(prop, changes[prop.id], by_id, bodies, spots[prop.id], room) if prop.id in changes else prop
        for prop in props
    )
    for prop in timed:
        last = prop.keys[-1] if prop.keys else prop
        on_set.left[prop.id] = replace(
            prop, position=last.position, heading_deg=last.heading_deg, state=last.state, held=last.held, keys=()
        )
    return timed


def _figure(on_set: OnSet, presence: Presence, keys: tuple[BodyKey, ...], take: int | None) -> Figure:
    """Somebody of a shot; where a seed is asked for, they blink and sway otherwise than in other takes of it."""
    character = on_set.cast.get(presence.character) or Character(id=presence.character)
    return Figure(
        id=character.id,
        species=character.species,
        look=on_set.look(character.id, presence.state),
        body=keys,
        emotion=presence.emotion,
        emotion_strength=presence.emotion_strength,
        state=presence.state,
        seed=seeded("figure", character.id, *(() if take is None else (take,))) % 2**31,
    )
