"""Fills what a storyboard leaves out, so that ten lines written by hand are a film.

Ids, places, hours and weather from sluglines; the cast and props from every mention; a full look for each;
who is on the floor as shots follow one another; coverage, size and lens from what a shot holds. What is
written is never changed, and completing twice changes nothing more. A name that looks like a slip of a known
one is not taken into the cast: `shots.continuity` tells it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from shots.heading import parse_heading
from shots.ids import LONGEST_ID, fold, id_trouble
from shots.kinds import place_kind, prop_kind, species_of, weather_of
from shots.looks import cast_looks, stable_seed
from shots.spec import (
    Act,
    Character,
    Coverage,
    Hour,
    Place,
    Pose,
    Presence,
    Prop,
    Scene,
    Shot,
    Size,
    Storyboard,
    WeatherKind,
)
from shots.timing import action_s

__all__ = ["LENSES_MM", "complete"]

LENSES_MM: dict[Size, float] = {
    "EWS": 24.0,
    "WS": 28.0,
    "FS": 35.0,
    "MLS": 40.0,
    "MS": 50.0,
    "MCU": 65.0,
    "CU": 85.0,
    "ECU": 100.0,
}
_SILENT_S: dict[Size, float] = {  # what an eye needs to read a picture: a place longer than a face
    "EWS": 3.5,
    "WS": 3.0,
    "FS": 2.6,
    "MLS": 2.6,
    "MS": 2.4,
    "MCU": 2.2,
    "CU": 2.0,
    "ECU": 1.8,
}
_POSES_AFTER: dict[Act, Pose] = {"sit_down": "sit", "stand_up": "stand", "fall": "lie"}
_STRONG = 0.8  # of an emotion: close enough to see it


def complete(storyboard: Storyboard) -> Storyboard:
    """`storyboard` with every id, place, character, look, floor, coverage, size and lens filled in."""
    scenes = _with_where_and_when(_with_ids(storyboard.scenes), storyboard.places)
    props = _props(storyboard, scenes)
    cast = _cast(storyboard.cast, scenes, {p.id for p in props})
    characters = frozenset(c.id for c in cast)
    scenes = tuple(_with_shots(scene, characters) for scene in scenes)
    places = _places(storyboard.places, scenes)
    looks = cast_looks(cast, storyboard.seed)
    return replace(
        storyboard,
        cast=tuple(replace(c, look=look) for c, look in zip(cast, looks, strict=True)),
        places=places,
        props=props,
        scenes=scenes,
    )


def _with_ids(scenes: tuple[Scene, ...]) -> tuple[Scene, ...]:
    scene_ids = _Free(s.id for s in scenes)
    shot_ids = _Free(shot.id for scene in scenes for shot in scene.shots)
    done = []
    for n, scene in enumerate(scenes, 1):
        scene_id = scene.id or scene_ids.take(f"S{n}")
        shots = scene.shots or (Shot(coverage="establishing"),)
        shots = tuple(replace(s, id=s.id or shot_ids.take(f"{scene_id}.{m}")) for m, s in enumerate(shots, 1))
        done.append(replace(scene, id=scene_id, shots=shots))
    return tuple(done)


class _Free:
    """Hands out ids that nothing else has."""

    def __init__(self, taken: Iterable[str | None]) -> None:
        self.taken = {fold(name) for name in taken if name}

    def take(self, wish: str) -> str:
        name, n = wish, 1
        while fold(name) in self.taken:
            n += 1
            name = f"{wish}-{n}"
        self.taken.add(fold(name))
        return name


def _with_where_and_when(scenes: tuple[Scene, ...], places: tuple[Place, ...]) -> tuple[Scene, ...]:
    done: list[Scene] = []
    hour: Hour = "day"
    weather: WeatherKind = "clear"
    by_fold = {fold(place.id): place.id for place in places}
    for scene in scenes:
        heading = parse_heading(scene.heading)
        name = _id_of(" - ".join(part for part in (heading.location, *heading.parts) if part)) or "SOMEWHERE"
        told = weather_of(" ".join((scene.heading, *(shot.action for shot in scene.shots[:3]))))
        follows = heading.hour is None and bool(done)
        if heading.hour or not follows:
            weather = "clear"
        place = scene.place or by_fold.setdefault(fold(name), name)
        hour = scene.hour or heading.hour or (hour if follows else "day")
        weather = scene.weather or told or weather
        done.append(replace(scene, place=place, hour=hour, weather=weather))
    return tuple(done)


def _id_of(text: str) -> str:
    words = re.sub(r"[^\w .,'’&()#+\-·・]|\.\.+", " ", text)
    name = re.sub(r"\s+", " ", words).strip(" .,-&(")[:LONGEST_ID].strip()
    return "" if id_trouble(name) else name


def _places(places: tuple[Place, ...], scenes: tuple[Scene, ...]) -> tuple[Place, ...]:
    interiors = {scene.place: parse_heading(scene.heading).interior for scene in reversed(scenes)}
    known = {place.id: place for place in places}
    for scene in scenes:
        if scene.place is not None:
            known.setdefault(scene.place, Place(id=scene.place))
    return tuple(_place(place, interiors.get(place.id)) for place in known.values())


def _place(place: Place, heard: bool | None) -> Place:
    said = place.interior if place.interior is not None else heard
    kind = place.kind or place_kind(place.id, said)
    outside = {"street", "alley", "park", "forest", "beach", "field", "rooftop"}
    interior = said if said is not None else kind not in outside
    seed = stable_seed("place", place.id) % 10_000 if place.seed is None else place.seed
    return replace(place, kind=kind, interior=interior, seed=seed)


def _mentions(scenes: tuple[Scene, ...]) -> Iterator[str]:
    """Every name that must be somebody, in the order of the story."""
    for scene in scenes:
        yield from (person.character for person in scene.people)
        for shot in scene.shots:
            yield from (person.character for person in shot.people)
            yield from (line.character for line in shot.lines)
            yield from shot.subjects
            yield from (name for name in (shot.over, shot.pov_of) if name)


def _cast(cast: tuple[Character, ...], scenes: tuple[Scene, ...], props: set[str]) -> tuple[Character, ...]:
    known = {character.id: character for character in cast}
    aliases = {alias for character in cast for alias in character.aliases}
    written = tuple(known)
    for name in _mentions(scenes):
        if name not in known and name not in aliases and name not in props and not _slip_of(name, written):
            known[name] = Character(id=name)
    return tuple(_named(character) for character in known.values())


def _named(character: Character) -> Character:
    species = character.species
    if species == "person":
        species = species_of(character.id)
    name = character.name if character.name is not None else _credited(character.id)
    return replace(character, name=name, species=species)


def _credited(name: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name.replace("'S", "'s")) if name.isupper() else name


def _slip_of(name: str, known: Iterable[str]) -> bool:
    """Whether `name` is most likely a misspelling of a known one; MAN 1 and MAN 2 are two people."""
    bare = re.sub(r"\d+", "", fold(name))
    return len(name) > 3 and any(
        fold(name) == fold(other)
        or (
            re.sub(r"\d+", "", fold(other)) != bare
            and difflib.SequenceMatcher(None, fold(name), fold(other)).ratio() > 0.84
        )
        for other in known
    )


def _props(storyboard: Storyboard, scenes: tuple[Scene, ...]) -> tuple[Prop, ...]:
    known = {prop.id: prop for prop in storyboard.props}
    people = {character.id for character in storyboard.cast}
    written = tuple(known)
    for scene in scenes:
        for shot in scene.shots:
            held = [name for person in (*scene.people, *shot.people) for name in person.holds]
            for name in (*held, *(placed.prop for placed in shot.props), *([shot.insert_of] if shot.insert_of else [])):
                if name not in known and name not in people and not _slip_of(name, written):
                    known[name] = Prop(id=name)
    return tuple(replace(p, kind=p.kind or prop_kind(p.id)) for p in known.values())


def _is_sketch(shot: Shot) -> bool:
    """A shot that leaves its framing open also leaves open who else is in the room."""
    return shot.coverage is None or shot.size is None


def _with_shots(scene: Scene, characters: frozenset[str]) -> Scene:
    scene = replace(scene, people=_opening_floor(scene, characters))
    floor = {person.character: person for person in scene.people}
    shots: list[Shot] = []
    speeches = 0
    for shot in scene.shots:
        people = shot.people
        if _is_sketch(shot):
            people = _people(shot, floor, characters)
            people = () if people == scene.people else people
        on_floor = people or scene.people
        shots.append(_framed(replace(shot, people=people), on_floor, bool(shot.people), not shots, speeches, scene))
        floor = _after(on_floor)
        speeches += bool(shot.lines)
    return replace(scene, shots=tuple(shots))


def _opening_floor(scene: Scene, characters: frozenset[str]) -> tuple[Presence, ...]:
    """The scene's people, and those that its sketched shots show without letting them enter.

    What somebody wears or holds when a sketch first says so, without showing how it came, was so all along.
    """
    there = {person.character: person for person in scene.people}
    entered: set[str] = set()
    settled: set[str] = set()  # whom a shot has said more of
    for shot in scene.shots:
        entered |= {person.character for person in shot.people if person.enters}
        if scene.people and not _is_sketch(shot):
            continue
        for name in _seen_in(shot):
            if name in characters and name not in entered:
                there.setdefault(name, Presence(character=name))
        if _is_sketch(shot) and not shot.action:
            for person in shot.people:
                opening = there.get(person.character)
                if opening and person.act == "none" and person.character not in settled:
                    holds, state = opening.holds or person.holds, opening.state or person.state
                    there[person.character] = replace(opening, holds=holds, state=state)
        settled |= {person.character for person in shot.people}
    return tuple(there.values())


def _seen_in(shot: Shot) -> list[str]:
    return [
        *(person.character for person in shot.people),
        *(line.character for line in shot.lines if line.heard == "on_screen"),
        *shot.subjects,
        *(name for name in (shot.over, shot.pov_of) if name),
    ]


def _people(shot: Shot, floor: dict[str, Presence], characters: frozenset[str]) -> tuple[Presence, ...]:
    """The floor as the shot before left it, with what this shot says of its people."""
    people = dict(floor)
    for person in shot.people:
        before = floor.get(person.character, person)
        people[person.character] = replace(
            person,
            pose=person.pose or before.pose,
            mark_m=person.mark_m or before.mark_m,
            holds=person.holds or before.holds,
            state=person.state or before.state,
        )
    for name in _seen_in(shot):
        if name in characters and name not in people:
            people[name] = Presence(character=name)
    return tuple(people.values())


def _after(people: tuple[Presence, ...]) -> dict[str, Presence]:
    """The floor as a shot leaves it: walkers where they went, sitters seated, things given, those who left gone."""
    floor = {}
    given: dict[str, tuple[str, ...]] = {}
    for person in people:
        if person.act == "give" and person.looks_at:
            given[person.looks_at] = person.holds
        if person.exits is None:
            floor[person.character] = replace(
                person,
                act="none",
                pose=_POSES_AFTER.get(person.act, person.pose),
                mark_m=person.move_to_m or person.mark_m,
                move_to_m=None,
                enters=None,
                holds=() if person.act in ("put_down", "give") else person.holds,
            )
    for name, things in given.items():
        if name in floor:
            floor[name] = replace(floor[name], holds=(*floor[name].holds, *things))
    return floor


def _framed(
    shot: Shot, floor: tuple[Presence, ...], has_own_people: bool, first: bool, speeches: int, scene: Scene
) -> Shot:
    subjects = shot.subjects or _subjects(shot, floor, first and not has_own_people)
    coverage = shot.coverage or _coverage(shot, subjects, first)
    size = shot.size or _size(shot, subjects, coverage, floor, speeches, scene)
    duration_s = shot.duration_s
    if duration_s is None and not shot.lines:
        acts = tuple(person.act for person in shot.people if person.act != "none")
        duration_s = round(max(_SILENT_S[size], action_s(shot.action, acts)), 2)
    return replace(
        shot,
        subjects=subjects,
        coverage=coverage,
        size=size,
        lens_mm=shot.lens_mm or LENSES_MM[size],
        duration_s=duration_s,
    )


def _subjects(shot: Shot, people: tuple[Presence, ...], opens: bool) -> tuple[str, ...]:
    if shot.insert_of or shot.coverage in ("establishing", "master", "insert") or shot.size in ("EWS", "WS"):
        return ()
    floor = [person.character for person in people if person.character != shot.pov_of]
    speakers = [line.character for line in shot.lines if line.heard in ("on_screen", "phone")]
    speaking = tuple(dict.fromkeys(name for name in speakers if name in floor))
    if speaking:
        return speaking[:2]
    facing = [name for name in floor if name != shot.over]
    if shot.coverage in ("single", "reaction", "over_shoulder"):
        return tuple(facing[:1])
    named = [name for name in floor if _is_named(name, shot.action)]
    acting = [p.character for p in people if p.act != "none" and p.character in floor]
    return tuple(named or acting or ([] if opens else facing))


def _is_named(name: str, action: str) -> bool:
    if not name.isascii():
        return name in action
    return re.search(rf"\b{re.escape(name)}\b", action, re.IGNORECASE) is not None


def _coverage(shot: Shot, subjects: tuple[str, ...], first: bool) -> Coverage:
    if shot.insert_of:
        return "insert"
    if shot.pov_of:
        return "pov"
    if shot.over:
        return "over_shoulder"
    if not subjects:
        return "establishing" if first else "master"
    counted: tuple[Coverage, ...] = ("single", "two_shot", "group")
    return counted[min(len(subjects), 3) - 1]


def _size(
    shot: Shot,
    subjects: tuple[str, ...],
    coverage: Coverage,
    people: tuple[Presence, ...],
    speeches: int,
    scene: Scene,
) -> Size:
    """How close a shot stands when nobody said: wide for places, closer as a talk goes on, close for feeling."""
    strong = any(p.character in subjects and p.emotion_strength >= _STRONG for p in people)
    walking = any(p.act in ("walk", "run") or p.enters or p.exits for p in people if p.character in subjects)
    fixed: dict[Coverage, Size] = {
        "establishing": "WS" if parse_heading(scene.heading).interior else "EWS",
        "master": "WS",
        "group": "MLS",
        "two_shot": "MS" if shot.lines else "MLS",
        "reaction": "CU",
        "insert": "ECU",
        "pov": "MS",
        "over_shoulder": "MCU" if speeches > 1 else "MS",
    }
    if coverage in fixed:
        return fixed[coverage]
    if strong:
        return "CU"
    if walking or not subjects:
        return "FS"
    return ("MS" if speeches == 0 else "MCU") if shot.lines else "MLS"
