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
from shots.ids import fold, id_of
from shots.kinds import INTERIOR_KINDS, place_kind, prop_kind, species_of, weather_of
from shots.looks import cast_looks, stable_seed
from shots.sketch import LENSES_MM, fill_shots
from shots.spec import Character, Hour, Place, Prop, Scene, Shot, Storyboard, WeatherKind

__all__ = ["LENSES_MM", "complete", "with_ids"]


def complete(storyboard: Storyboard) -> Storyboard:
    """`storyboard` with every id, place, character, look, floor, coverage, size and lens filled in."""
    scenes = _with_where_and_when(with_ids(storyboard.scenes), storyboard.places)
    props = _props(storyboard, scenes)
    cast = _cast(storyboard.cast, scenes, {p.id for p in props})
    characters = frozenset(c.id for c in cast)
    scenes = tuple(fill_shots(scene, characters) for scene in scenes)
    places = _places(storyboard.places, scenes)
    looks = cast_looks(cast, storyboard.seed)
    return replace(
        storyboard,
        cast=tuple(replace(c, look=look) for c, look in zip(cast, looks, strict=True)),
        places=places,
        props=props,
        scenes=scenes,
    )


def with_ids(scenes: tuple[Scene, ...]) -> tuple[Scene, ...]:
    """Scenes and shots with the ids they are known by where none is written: by their place, unless that is taken."""
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
        name = id_of(" - ".join(part for part in (heading.location, *heading.parts) if part)) or "SOMEWHERE"
        told = weather_of(" ".join((scene.heading, *(shot.action for shot in scene.shots[:3]))))
        follows = heading.hour is None and bool(done)
        if heading.hour or not follows:
            weather = "clear"
        place = scene.place or by_fold.setdefault(fold(name), name)
        hour = scene.hour or heading.hour or (hour if follows else "day")
        weather = scene.weather or told or weather
        done.append(replace(scene, place=place, hour=hour, weather=weather))
    return tuple(done)


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
    interior = said if said is not None else kind in INTERIOR_KINDS
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
