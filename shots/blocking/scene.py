"""A scene on its floor: everyone's marks, then shot after shot what they do and where the camera is.

Where a shot leaves somebody is where the next one finds them. Pure: the same storyboard, timings and voices
give the same stages.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from audio.speech import SpokenLine
from model.stage import BodyKey, Figure, Look, PlaceKind, Stage
from model.stage import Place as StagePlace
from model.stage import Prop as StageProp
from shots.blocking.anatomy import body_at
from shots.blocking.colours import seeded
from shots.blocking.doing import acts_of, gaze_of, mouth_of, partner_of
from shots.blocking.light import light_of, weather_of
from shots.blocking.looks import look_of
from shots.blocking.marks import Mark, floor_of, has_benches, lay_out, make_way, mirrored, stand_by
from shots.blocking.motion import ON_THE_WAY, Standing, Walk, arrival_s, move
from shots.blocking.shooting import Crew, shoot
from shots.blocking.things import place_props, side_table
from shots.spec import Character, Place, Presence, Scene, Shot, Storyboard

if TYPE_CHECKING:
    from shots.timing import ShotTiming

__all__ = ["block_scene"]

_NEAR_M, _AT_FEET_M = 0.95, 0.66  # how near somebody is gone up to, by a person and by an animal
_INTO_THE_SET_DEG = 16.0  # who looks into the distance still turns a little to the others
_REMEMBERED = 8  # scenes: how long ago a place may have been visited for everyone to find their marks again


@dataclass
class _Set:
    """A scene while it is blocked: what stays, and where everyone stands now."""

    scene: Scene
    place: Place
    kind: PlaceKind
    cast: Mapping[str, Character]
    crew: Crew
    seed: int
    marks: Mapping[str, Mark]
    furniture: tuple[StageProp, ...]
    travel_deg: float
    seated: frozenset[str]  # whose seats do not turn
    looks: dict[tuple[str, tuple[str, ...]], Look] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    standing: dict[str, Standing] = field(default_factory=dict)
    last_speaker: str | None = None


def block_scene(
    storyboard: Storyboard,
    scene: Scene,
    timings: Mapping[str, ShotTiming],
    spoken: Mapping[tuple[str, int], SpokenLine],
) -> dict[str, Stage]:
    """Shot id → Stage for every shot of a completed scene (see `shots.defaults`).

    `spoken` maps (shot id, line index) to the voice; mouths of lines without one move by their syllables.

    Raises:
        KeyError: a shot has no timing.
    """
    on_set = _open(storyboard, scene)
    stages: dict[str, Stage] = {}
    for index, shot in enumerate(scene.shots):
        shot_id = shot.id or f"{scene.id}.{index + 1}"
        stages[shot_id] = _block(on_set, shot, shot_id, timings[shot_id], spoken)
    return stages


def _open(storyboard: Storyboard, scene: Scene) -> _Set:
    cast = {character.id: character for character in storyboard.cast}
    place = next((p for p in storyboard.places if p.id == scene.place), None) or Place(id=scene.place or scene.heading)
    interior = bool(place.interior)
    kind: PlaceKind = place.kind or ("living_room" if interior else "street")
    named: Counter[str] = Counter()
    sitting: set[str] = set()
    lying: set[str] = set()
    by_hand: dict[str, tuple[float, float]] = {}
    for presence in (*scene.people, *(p for shot in scene.shots for p in shot.people)):
        named[presence.character] += 0
        if presence.pose == "sit" or presence.act in ("sit_down", "stand_up"):
            sitting.add(presence.character)
        if presence.pose == "lie":
            lying.add(presence.character)
        if presence.mark_m is not None:
            by_hand.setdefault(presence.character, (float(presence.mark_m[0]), float(presence.mark_m[1])))
    for shot in scene.shots:
        named.update(_framed(shot))
    weight = _ranks(storyboard, scene)
    first_seen = {name: i for i, name in enumerate(weight)}
    ranked = sorted(named, key=lambda name: (-weight[name], first_seen[name]))
    people = [name for name in ranked if _species(cast, name) == "person"] or ranked
    aspect = storyboard.width_px / storyboard.height_px
    seed = seeded(storyboard.seed, scene.id, scene.heading)
    marks, furniture = lay_out(people, frozenset(sitting - lying), frozenset(lying), kind, by_hand, aspect < 1.2, seed)
    if not by_hand and _crosses(scene, marks):
        marks = {name: Mark(-mark.x, mark.z, -mark.heading_deg) for name, mark in marks.items()}
        furniture = tuple(mirrored(thing) for thing in furniture)
    marks |= _animal_marks(
        [name for name in ranked if name not in marks], marks, by_hand, frozenset(sitting), _led_in(scene, marks), kind
    )
    props = {prop.id: prop for prop in storyboard.props}
    if interior and kind != "car":
        table = side_table(scene, props, {name: (mark.x, mark.z) for name, mark in marks.items()}, furniture)
        furniture = (*furniture, table) if table else furniture
    floor = floor_of(interior, kind)
    across = 90.0 if seeded("travel", storyboard.seed, scene.id) % 2 else -90.0
    return _Set(
        scene=scene, place=place, kind=kind, cast=cast,
        crew=Crew(aspect, floor, props), seed=seed, marks=marks,
        furniture=furniture, travel_deg=180.0 if floor.narrow else across, seated=frozenset(sitting),
    )  # fmt: skip


def _framed(shot: Shot) -> list[str]:
    """Whom a shot is made for; who speaks counts more."""
    speaking = [line.character for line in shot.lines if line.heard == "on_screen" for _ in range(3)]
    return [*shot.subjects, *speaking, *(name for name in (shot.over, shot.pov_of) if name is not None)]


def _ranks(storyboard: Storyboard, scene: Scene) -> Counter[str]:
    """How much everyone has to do in this place at this hour: who comes back finds the marks as they were."""
    here = next((i for i, other in enumerate(storyboard.scenes) if other is scene or other.id == scene.id), 0)
    near = storyboard.scenes[max(0, here - _REMEMBERED) : here + _REMEMBERED + 1]
    visits = [s for s in near if s is scene or (s.place, s.hour) == (scene.place, scene.hour)] or [scene]
    ranks: Counter[str] = Counter()
    for visit in visits:
        for presence in (*visit.people, *(p for shot in visit.shots for p in shot.people)):
            ranks[presence.character] += 0
        for shot in visit.shots:
            ranks.update(_framed(shot))
    return ranks


def _crosses(scene: Scene, marks: Mapping[str, Mark]) -> bool:
    """Whether those who come in by a side would have to pass the others to reach their marks."""
    sides: dict[str, float] = {}
    for presence in (p for shot in scene.shots for p in shot.people):
        if presence.enters in ("left", "right") and presence.character in marks:
            sides.setdefault(presence.character, -1.0 if presence.enters == "left" else 1.0)
    return 0 < len(sides) < len(marks) and sum(side * marks[name].x for name, side in sides.items()) < -0.1


def _led_in(scene: Scene, marks: Mapping[str, Mark]) -> dict[str, str]:
    """With whom each of those without a mark comes in."""
    company: dict[str, str] = {}
    for shot in scene.shots:
        entering = [p.character for p in shot.people if p.enters is not None]
        with_them = next((name for name in entering if name in marks), None)
        for name in entering if with_them is not None else ():
            if name not in marks:
                company.setdefault(name, with_them or "")
    return company


def _species(cast: Mapping[str, Character], name: str) -> str:
    return cast[name].species if name in cast else "person"


def _animal_marks(
    animals: Sequence[str],
    marks: Mapping[str, Mark],
    by_hand: Mapping[str, tuple[float, float]],
    sitting: frozenset[str],
    led_in: Mapping[str, str],
    kind: PlaceKind,
) -> dict[str, Mark]:
    """Animals keep to the outer side of somebody, a little towards the master's camera, out of reach of knees."""
    points = {name: (mark.x, mark.z) for name, mark in marks.items()}
    owners = list(marks.items()) or [("", Mark(0.0, 0.2, 180.0))]
    for i, name in enumerate(animals):
        owner_name, owner = owners[i % len(owners)]
        if name in led_in:
            owner_name, owner = led_in[name], marks[led_in[name]]
        outward = -1.0 if owner.x <= 0 else 1.0
        aside = 1.05 if owner_name in sitting else 0.85
        # Before a bench, not beside it, whose arm would stand between the two.
        aside, nearer = (0.62, 0.8) if owner_name in sitting and has_benches(kind) else (aside, 0.3)
        points[name] = by_hand.get(name, (owner.x + outward * aside, owner.z - nearer))
    points = make_way(points, frozenset(marks) | frozenset(by_hand))
    return {name: Mark(*points[name], 180.0 + (55.0 if points[name][0] > 0 else -55.0)) for name in animals}


def _present(on_set: _Set, shot: Shot) -> list[Presence]:
    """Who is on the floor: those named, and whoever the shot cannot do without."""
    people = {presence.character: presence for presence in (shot.people or on_set.scene.people)}
    needed = [*shot.subjects, *(n for n in (shot.over, shot.pov_of) if n)]
    needed += [line.character for line in shot.lines if line.heard == "on_screen"]
    for name in needed:
        if name in on_set.marks:
            people.setdefault(name, Presence(character=name))
    return list(people.values())


def _block(
    on_set: _Set, shot: Shot, shot_id: str, timing: ShotTiming, spoken: Mapping[tuple[str, int], SpokenLine]
) -> Stage:
    people = _present(on_set, shot)
    seed = seeded(on_set.seed, shot_id, shot.seed)
    ranked = list(on_set.marks)
    partners = {p.character: partner_of(p, shot, people, ranked, on_set.last_speaker) for p in people}
    bodies_keys = _paths(on_set, shot, timing, people, partners)
    figures = [_figure(on_set, presence, bodies_keys[presence.character]) for presence in people]
    middle_s = 0.5 * timing.duration_s
    bodies = {figure.id: body_at(figure, middle_s) for figure in figures}
    interior = bool(on_set.place.interior)
    props, things = place_props(shot, people, bodies, on_set.crew.props, on_set.furniture, on_set.kind, interior)
    acted = []
    for presence, figure in zip(people, figures, strict=True):
        name = presence.character
        target_name = presence.looks_at or partners[name]
        target = things.get(target_name or "") or (bodies[target_name].eye_point if target_name in bodies else None)
        acted.append(
            replace(
                figure,
                acts=acts_of(presence, shot, timing, target, arrival_s(figure.body)),
                gaze=gaze_of(presence, shot, timing, bodies, things, partners[name], seeded(seed, name)),
                mouth=mouth_of(presence, shot, timing, spoken),
            )
        )
    insert = next((prop for prop in props if prop.id == shot.insert_of), None)
    stage_camera = shoot(on_set.crew, shot, people, timing.duration_s, acted, partners, things, insert, seed)
    for line in shot.lines:
        on_set.last_speaker = line.character
    return Stage(
        duration_s=timing.duration_s,
        place=StagePlace(
            kind=on_set.kind,
            interior=bool(on_set.place.interior),
            seed=on_set.place.seed if on_set.place.seed is not None else seeded("place", on_set.place.id) % 2**31,
            name=on_set.place.id,
        ),
        light=light_of(on_set.scene, shot, on_set.place),
        weather=weather_of(on_set.scene),
        camera=stage_camera,
        figures=tuple(acted),
        props=(*on_set.furniture, *props),
        seed=seed % 2**31,
    )


def _figure(on_set: _Set, presence: Presence, keys: tuple[BodyKey, ...]) -> Figure:
    character = on_set.cast.get(presence.character) or Character(id=presence.character)
    key = (character.id, presence.state)
    if key not in on_set.looks:
        on_set.looks[key] = look_of(character, presence.state)
    return Figure(
        id=character.id,
        species=character.species,
        look=on_set.looks[key],
        body=keys,
        emotion=presence.emotion,
        emotion_strength=presence.emotion_strength,
        state=presence.state,
        seed=seeded("figure", character.id) % 2**31,
    )


def _paths(
    on_set: _Set, shot: Shot, timing: ShotTiming, people: Sequence[Presence], partners: Mapping[str, str | None]
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
    keys: dict[str, tuple[BodyKey, ...]] = {}
    ends: dict[str, Standing] = {}
    for lane, given in enumerate(people):
        presence, name = given, given.character
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
            presence = _goes_up_to(presence, whom, still.get(name), _species(on_set.cast, name))
        walk = Walk(
            presence=presence,
            mark=mark,
            seat=seat,
            now=now[name],
            facing_deg=_facing(mark, at, partner, now[name], name in on_set.seated)
            if name in on_set.seated or not _turned(shot, presence)
            else _INTO_THE_SET_DEG * (1.0 if at[0] < 0 else -1.0),
            travel_deg=on_set.travel_deg if name in travellers else None,
            lane=lane - (len(travellers) - 1) // 2 if name in travellers else 0,
            words_end_s=words_end_s,
            close_to=partner,
        )
        others = [point for other, point in still.items() if other != name]
        keys[name], ends[name] = move(walk, timing.duration_s, on_set.crew.floor, others)
        still[name] = ends[name].point
    for presence in people:
        if presence.exits is not None:
            on_set.standing.pop(presence.character, None)
        else:
            on_set.standing[presence.character] = ends[presence.character]
    return keys


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


def _travellers(on_set: _Set, people: Sequence[Presence]) -> frozenset[str]:
    """Those who are on their way through the whole shot: all walk, and nobody says where to."""
    walking = [p.character for p in people if p.act in ON_THE_WAY and not (p.move_to_m or p.enters or p.exits)]
    persons = [p.character for p in people if _species(on_set.cast, p.character) == "person"]
    roomy = not on_set.place.interior or on_set.kind in ("corridor", "station") or len(persons) <= 1
    if not walking or not roomy or any(name not in walking for name in persons) or on_set.kind == "car":
        return frozenset()
    return frozenset(p.character for p in people if p.act in ON_THE_WAY or p.character not in persons)
