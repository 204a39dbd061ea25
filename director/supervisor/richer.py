"""A ledger that a language model has read along: changes of state that the rules do not know the words for.

Each scene is asked for alone, with its shots' action lines. A change has to cite its shot and the words that tell it;
what does not check after the repairs is left out, and the rules' ledger of that scene stands. States then go on over
story time by the rules, whoever found them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from director.supervisor.supervise import supervise
from shots.spec import PlacedProp, Presence, Scene, Shot, Storyboard
from shots.story import Ledger, ledger
from shots.story.words import ENDED_BY, is_carried, meant

__all__ = ["Told", "ToldChange", "supervise_with"]


class ToldChange(BaseModel):
    """One change of state as a model reads it."""

    model_config = ConfigDict(extra="forbid")

    shot: str
    of: str
    state: str = Field(min_length=2, max_length=40)
    gained: bool
    told: str = Field(min_length=2)


class Told(BaseModel):
    """What a model finds in one scene."""

    model_config = ConfigDict(extra="forbid")

    changes: list[ToldChange] = Field(max_length=40)


def supervise_with(ask: Ask, storyboard: Storyboard) -> tuple[Storyboard, tuple[str, ...]]:
    """`supervise`, with what a model reads in each scene shown from its shot to the scene's end; and the notes.

    Raises:
        ModelError: the model cannot be asked.
    """
    notes: list[str] = []
    scenes: list[Scene] = []
    for number, scene in enumerate(storyboard.scenes):
        so_far = replace(storyboard, scenes=(*scenes, *storyboard.scenes[number:]))
        found = _ask(ask, so_far, scene, ledger(so_far)) if any(shot.action for shot in scene.shots) else ()
        if found is None:
            notes.append(f"{scene.id}: what the model read of states did not check; the rules' reading stands.")
        scenes.append(_shown(scene, found or ()))
    board, carried = supervise(replace(storyboard, scenes=tuple(scenes)))
    return board, (*notes, *carried)


def _ask(ask: Ask, storyboard: Storyboard, scene: Scene, book: Ledger) -> tuple[ToldChange, ...] | None:
    people = list(dict.fromkeys(p.character for shot in scene.shots for p in scene.floor(shot)))
    things = [prop.id for prop in storyboard.props if any(_shows(scene, shot, prop.id) for shot in scene.shots)]
    prompt = load_prompt("supervisor")
    system, user = prompt.fill(
        {
            "heading": _material(scene.heading),
            "cast": ", ".join(people) or "nobody",
            "props": ", ".join(things) or "none",
            "shots": "\n".join(_line(book, shot) for shot in scene.shots),
        }
    )
    question = Question(stage="supervisor", version=prompt.version, system=system, user=user)
    answer = consult(ask, question, Told, lambda told: _wrong(told, scene, people, things)).answer
    return None if answer is None else tuple(answer.changes)


def _line(book: Ledger, shot: Shot) -> str:
    now = book.at(shot.id or "")
    states = [f"{who} {state}" for who, person in now.people.items() for state in person.state if is_carried(state)]
    states += [f"{prop.prop} {prop.state}" for prop in now.props.values() if prop.seen and prop.state]
    return f"{shot.id}: {_material(shot.action) or '(no action)'} [{', '.join(states) or 'nothing known'}]"


def _wrong(told: Told, scene: Scene, people: Sequence[str], things: Sequence[str]) -> list[str]:
    shots = {shot.id: shot for shot in scene.shots}
    wrong = []
    for n, change in enumerate(told.changes):
        shot = shots.get(change.shot)
        if shot is None:
            wrong.append(f"changes.{n}: there is no shot {change.shot} in this scene.")
            continue
        if change.of not in people and change.of not in things:
            wrong.append(f"changes.{n}: {change.of} is neither one of the people nor one of the things.")
        elif change.of in people and change.of not in {p.character for p in scene.floor(shot)}:
            wrong.append(f"changes.{n}: {change.of} is not on the floor in {change.shot}.")
        elif change.of in things and not _shows(scene, shot, change.of):
            wrong.append(f"changes.{n}: {change.of} is not in {change.shot}.")
        if _folded(change.told) not in _folded(shot.action):
            wrong.append(f'changes.{n}: "{change.told}" does not stand in the action of {change.shot}.')
        if change.of in people and not change.gained and meant(change.state) not in ENDED_BY:
            wrong.append(f"changes.{n}: only {', '.join(ENDED_BY)} can end.")
        if not is_carried(change.state):
            wrong.append(f"changes.{n}: {change.state} is no state of clothes or things.")
    return wrong


def _shown(scene: Scene, changes: Sequence[ToldChange]) -> Scene:
    """The scene with each change shown from its shot on, until another change of the same."""
    shots = list(scene.shots)
    for change in changes:
        start = next(n for n, shot in enumerate(shots) if shot.id == change.shot)
        for n in range(start, len(shots)):
            shots[n] = _with(scene, shots[n], change, first=n == start)
    return replace(scene, shots=tuple(shots))


def _with(scene: Scene, shot: Shot, change: ToldChange, *, first: bool) -> Shot:
    floor = scene.floor(shot)
    if any(person.character == change.of for person in floor):
        people = tuple(_dressed(p, change, first) if p.character == change.of else p for p in floor)
        return replace(shot, people=people)
    if not _shows(scene, shot, change.of):
        return shot
    if not change.gained and not first:
        return shot
    said = change.state.casefold() if change.gained else "mended"
    placed = tuple(replace(prop, state=said) if prop.prop == change.of else prop for prop in shot.props)
    if all(prop.prop != change.of for prop in placed):
        placed = (*placed, PlacedProp(prop=change.of, state=said))
    return replace(shot, props=placed)


def _dressed(person: Presence, change: ToldChange, first: bool) -> Presence:
    """Somebody with a state, or without it; the shot in which it ends shows by what word."""
    state = meant(change.state)
    others = tuple(each for each in person.state if meant(each) != state)
    if change.gained:
        return replace(person, state=(*others, state))
    return replace(person, state=(*others, ENDED_BY[state]) if first else others)


def _shows(scene: Scene, shot: Shot, prop: str) -> bool:
    held = any(prop in person.holds for person in scene.floor(shot))
    return held or shot.insert_of == prop or any(placed.prop == prop for placed in shot.props)


def _material(text: str) -> str:
    """A script's words on one line, which cannot close the mark that they stand in."""
    return " ".join(text.replace("<", "‹").split())


def _folded(text: str) -> str:
    return _material(text).casefold().replace("’", "'").strip(" .")
