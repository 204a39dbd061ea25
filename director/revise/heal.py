"""A storyboard whose people have other names, and one that names nothing which is gone. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from director.revise.matching import rename_in
from shots.spec import LOOKS, Character, Presence, Scene, Shot, Storyboard

__all__ = ["healed", "renamed"]


def renamed(board: Storyboard, names: Mapping[str, str]) -> Storyboard:
    """The storyboard with people known by other names, old to new; how they look and sound stays."""
    if not names:
        return board

    def name(one: str) -> str:
        return names.get(one, one)

    def character(one: Character) -> Character:
        if one.id not in names:
            return one
        return replace(
            one,
            id=names[one.id],
            voice=one.voice if one.voice.name else replace(one.voice, like=one.voice.like or one.id),
            name=None if one.name is None else rename_in(one.name, names),
            description=rename_in(one.description, names),
        )

    def shot(one: Shot) -> Shot:
        references = one.references
        if references is not None:
            references = tuple(replace(each, of=name(each.of)) for each in references)
        return replace(
            _people(one, name),
            lines=tuple(
                replace(line, character=name(line.character), text=rename_in(line.text, names)) for line in one.lines
            ),
            action=rename_in(one.action, names),
            motive=rename_in(one.motive, names),
            references=references,
        )

    return replace(
        board,
        cast=tuple(character(one) for one in board.cast),
        places=tuple(replace(one, description=rename_in(one.description, names)) for one in board.places),
        scenes=tuple(
            replace(
                scene,
                people=tuple(_person(one, name) for one in scene.people),
                light=scene.light
                and replace(
                    scene.light,
                    practicals=tuple(replace(one, of=one.of and name(one.of)) for one in scene.light.practicals),
                ),
                shots=tuple(shot(one) for one in scene.shots),
            )
            for scene in board.scenes
        ),
    )


def _people(shot: Shot, name: Callable[[str], str]) -> Shot:
    beside = shot.beside
    if beside is not None:
        beside = replace(beside, people=tuple(_person(one, name) for one in beside.people))
    return replace(
        shot,
        subjects=tuple(name(one) for one in shot.subjects),
        over=shot.over and name(shot.over),
        pov_of=shot.pov_of and name(shot.pov_of),
        focus=tuple(name(one) for one in shot.focus),
        people=tuple(_person(one, name) for one in shot.people),
        beside=beside,
    )


def _person(one: Presence, name: Callable[[str], str]) -> Presence:
    return replace(
        one,
        character=name(one.character),
        looks_at=one.looks_at and name(one.looks_at),
        aboard=one.aboard and name(one.aboard),
    )


def healed(board: Storyboard, gone_people: Collection[str], gone_shots: Mapping[str, Shot]) -> Storyboard:
    """The storyboard without a trace of people and shots that are gone.

    What went on from a shot that is gone goes on from where that one did, if it is there.
    """
    people = frozenset(gone_people) - set(LOOKS)
    scenes = {scene.id for scene in board.scenes}
    there = {shot.id for shot in board.shots()}

    def follow(one: str | None) -> str | None:
        seen: set[str] = set()
        while one is not None and one not in there and one not in seen:
            seen.add(one)
            one = gone_shots[one].continues if one in gone_shots else None
        return one if one in there else None

    def shot(one: Shot) -> Shot:
        if one.continues is not None and one.continues in gone_shots:
            one = replace(one, continues=follow(one.continues))
        if one.references is not None:
            kept = tuple(r for r in one.references if r.shot not in gone_shots and r.of not in people)
            one = one if kept == one.references else replace(one, references=kept)
        if one.beside is not None and (
            one.beside.scene not in scenes or any(p.character in people for p in one.beside.people)
        ):
            one = replace(one, beside=None, coverage=None if one.coverage == "split_screen" else one.coverage)
        return _without(one, people) if people else one

    return replace(
        board,
        cast=tuple(one for one in board.cast if one.id not in people),
        scenes=tuple(_scene(scene, people, tuple(shot(one) for one in scene.shots)) for scene in board.scenes),
    )


def _scene(scene: Scene, people: frozenset[str], shots: tuple[Shot, ...]) -> Scene:
    there = _present(scene.people, people)
    return scene if (there, shots) == (scene.people, scene.shots) else replace(scene, people=there, shots=shots)


def _present(there: tuple[Presence, ...], gone: frozenset[str]) -> tuple[Presence, ...]:
    return tuple(
        one if one.looks_at not in gone else replace(one, looks_at=None) for one in there if one.character not in gone
    )


def _without(shot: Shot, gone: frozenset[str]) -> Shot:
    people = _present(shot.people, gone)
    over = None if shot.over in gone else shot.over
    subjects = tuple(one for one in shot.subjects if one not in gone)
    coverage = shot.coverage
    if over != shot.over and coverage == "over_shoulder":
        coverage = "single"
    if subjects != shot.subjects and coverage in ("two_shot", "group"):
        coverage = {0: None, 1: "single", 2: "two_shot"}.get(len(subjects), "group")
    done = replace(
        shot,
        people=people,
        deserted=shot.deserted or (bool(shot.people) and not people),
        subjects=subjects,
        over=over,
        pov_of=None if shot.pov_of in gone else shot.pov_of,
        focus=tuple(one for one in shot.focus if one not in gone),
        coverage=coverage,
        motive=shot.motive if (over, subjects) == (shot.over, shot.subjects) else "",
    )
    return shot if done == shot else done
