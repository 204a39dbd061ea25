"""Keeps what a director planned to story time: every shot shows clothes and things as the ledger has them.

For storyboards that a director made, by rules or with a model. What a person wrote by hand is never run through
this: there the same clashes are problems (`shots.continuity.story_time`). Only states change: no word, no order,
no frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from shots.spec import PlacedProp, Presence, Scene, Shot, Storyboard
from shots.story import Clash, Ledger, ledger
from shots.story.words import meant

__all__ = ["supervise"]


def supervise(storyboard: Storyboard) -> tuple[Storyboard, tuple[str, ...]]:
    """A completed storyboard with the states that story time gives, and a sentence for each that was put right."""
    book = ledger(storyboard)
    if not book.clashes:
        return storyboard, ()
    of_shot = {shot: list(found) for shot, found in groupby(book.clashes, key=lambda clash: clash.shot)}
    scenes = tuple(_scene(scene, of_shot) for scene in storyboard.scenes)
    return replace(storyboard, scenes=scenes), tuple(_notes(book))


def _scene(scene: Scene, of_shot: dict[str, list[Clash]]) -> Scene:
    shots = tuple(_shot(scene, shot, of_shot.get(shot.id or "", ())) for shot in scene.shots)
    carried: dict[str, Presence] = {}  # everybody as the first shot of them now is
    changed: set[str] = set()
    for old, new in zip(scene.shots, shots, strict=True):
        for before, after in zip(scene.floor(old), scene.floor(new), strict=True):
            if before.character not in carried and before.state != after.state:
                changed.add(before.character)
            carried.setdefault(before.character, after)
    opening = tuple(
        replace(person, state=carried[person.character].state) if person.character in changed else person
        for person in scene.people
    )
    return replace(scene, people=opening, shots=shots)


def _shot(scene: Scene, shot: Shot, clashes: Sequence[Clash]) -> Shot:
    worn = [clash for clash in clashes if not clash.thing]
    things = {clash.of: clash.state for clash in clashes if clash.thing}
    if worn:
        shot = replace(shot, people=tuple(_presence(person, worn) for person in scene.floor(shot)))
    if things:
        placed = {prop.prop for prop in shot.props}
        stated = tuple(replace(prop, state=things.get(prop.prop, prop.state)) for prop in shot.props)
        added = tuple(PlacedProp(prop=prop, state=state) for prop, state in things.items() if prop not in placed)
        shot = replace(shot, props=(*stated, *added))
    return shot


def _presence(person: Presence, clashes: Iterable[Clash]) -> Presence:
    mine = [clash for clash in clashes if clash.of == person.character]
    over = {clash.state for clash in mine if not clash.missing}
    kept = tuple(state for state in person.state if meant(state) not in over)
    return replace(person, state=(*kept, *(clash.state for clash in mine if clash.missing)))


def _notes(book: Ledger) -> list[str]:
    """`MARA is wet in S2.1 to S2.4: soaked in S1.3, and S2 is CONTINUOUS.`"""
    notes: dict[tuple[str, str, bool, str, str], list[str]] = {}
    why: dict[tuple[str, str, bool, str, str], str] = {}
    for clash in book.clashes:
        key = (clash.of, clash.state, clash.missing, clash.scene, clash.since)
        notes.setdefault(key, []).append(clash.shot)
        time = book.times[clash.scene]
        since = f"since {clash.since}" if clash.missing else f"{time.label}, {clash.why}"
        if clash.missing and clash.since_scene != clash.scene:
            since += f", and {clash.scene} is {time.label.lower()} ({time.why})"
        why.setdefault(key, since)
    return [
        f"{of} is {'' if missing else 'no longer '}{state} in {_span(shots)}: {why[of, state, missing, scene, since]}."
        for (of, state, missing, scene, since), shots in notes.items()
    ]


def _span(shots: Sequence[str]) -> str:
    return shots[0] if len(shots) == 1 else f"{shots[0]} to {shots[-1]}"
