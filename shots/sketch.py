"""What a sketched shot leaves open: who is on the floor, whom it frames, how close, through which lens, how long.

A shot that says its coverage and size is finished and keeps its own people; a sketch continues the floor as
the shot before it left it: walkers where they went, things in the hands they were given to.
"""

from __future__ import annotations

import re
from dataclasses import replace

from shots.heading import parse_heading
from shots.spec import Act, Coverage, Pose, Presence, Scene, Shot, Size
from shots.timing import action_s

__all__ = ["LENSES_MM", "fill_shots"]

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
_LETS_GO: frozenset[Act] = frozenset({"put_down", "give", "throw", "drop"})
_STRONG = 0.8  # of an emotion: close enough to see it


def _is_sketch(shot: Shot) -> bool:
    """A shot that leaves its framing open also leaves open who else is in the room."""
    return shot.coverage is None or shot.size is None


def fill_shots(scene: Scene, characters: frozenset[str]) -> Scene:
    """The scene with its opening floor and every shot filled; `characters` are those of the cast."""
    scene = replace(scene, people=_opening_floor(scene, characters))
    floor = {person.character: person for person in scene.people}
    shots: list[Shot] = []
    speeches = 0
    for shot in scene.shots:
        people = shot.people
        if _is_sketch(shot) or (shot.insert_of is not None and not people):  # a thing stays in the hand that has it
            people = _people(shot, floor, characters)
            people = () if people == scene.people else people
        on_floor = scene.floor(replace(shot, people=people))
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
                holds=() if person.act in _LETS_GO else person.holds,
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
        lens_mm=shot.lens_mm or (LENSES_MM[size] if shot.camera_m is None else None),
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
    if shot.beside:
        return "split_screen"
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
        "split_screen": "MCU",
    }
    if coverage in fixed:
        return fixed[coverage]
    if strong:
        return "CU"
    if walking or not subjects:
        return "FS"
    return ("MS" if speeches == 0 else "MCU") if shot.lines else "MLS"
