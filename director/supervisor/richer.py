"""A ledger that a language model has read along: changes of state that the rules do not know the words for.

Each scene is asked for alone, several at once, with the action lines of its shots and the states that the rules read;
a long scene comes in parts. A change has to cite its shot and the words that tell it; what does not check after the
repairs is left out, and the rules' ledger of that scene stands. States then go on over story time by the rules,
whoever found them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count

from pydantic import BaseModel, ConfigDict, Field

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.crew.telling import clean
from director.llm.prompts import load_prompt
from director.llm.together import AT_ONCE, in_order
from director.supervisor.supervise import supervise
from shots.spec import PlacedProp, Presence, Scene, Shot, Storyboard
from shots.story import Ledger, ledger
from shots.story.words import ENDED_BY, is_carried, meant

__all__ = ["Supervised", "Told", "ToldChange", "questions_of", "supervise_with"]

_PART_SHOTS, _PART_LETTERS = 24, 3600  # that one question holds; a longer scene comes in parts
_LONGEST_ACTION = 1800
_STATE = re.compile(r"[^\W\d_][\w ',-]*")


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


@dataclass(frozen=True)
class Supervised:
    """A storyboard with its states, which scenes' reading could not be used, what was put right, replies mended."""

    storyboard: Storyboard
    notices: tuple[str, ...]
    put_right: tuple[str, ...]
    repairs: int


@dataclass(frozen=True)
class _Part:
    """Some shots of a scene that have an action, with who and what can change in them."""

    scene: Scene
    shots: tuple[Shot, ...]
    people: tuple[str, ...]
    things: tuple[str, ...]
    told: str


def supervise_with(
    ask: Ask,
    storyboard: Storyboard,
    *,
    at_once: int = AT_ONCE,
    on_scene: Callable[[int, int], None] | None = None,
) -> Supervised:
    """`supervise`, with what a model reads in each scene shown from its shot to the scene's end.

    Args:
        at_once: how many scenes are asked for at the same time.
        on_scene: told how many scenes of how many are read; called from several threads.

    Raises:
        ModelError: the model cannot be asked.
    """
    book = ledger(storyboard)
    parts = {
        number: found for number, scene in enumerate(storyboard.scenes) if (found := _parts(storyboard, scene, book))
    }
    done = count(1)

    def one(number: int) -> tuple[tuple[ToldChange, ...], int, str]:
        read = _read(ask, parts[number])
        if on_scene is not None:
            on_scene(next(done), len(parts))
        return read

    scenes, notices, repairs = list(storyboard.scenes), [], 0
    for number, (changes, mended, wrong) in zip(parts, in_order(one, list(parts), at_once), strict=True):
        scene = scenes[number]
        scenes[number] = _shown(scene, changes)
        repairs += mended
        if wrong:
            what = f"{scene.id}: what the model read of states did not check; the rules' reading stands."
            notices.append(f"{what} Last: {wrong}")
    board, put_right = supervise(replace(storyboard, scenes=tuple(scenes)))
    return Supervised(board, tuple(notices), put_right, repairs)


def questions_of(storyboard: Storyboard) -> list[Question]:
    """Everything that a model is asked about these scenes, when no reply has to be mended."""
    book = ledger(storyboard)
    return [_question(part) for scene in storyboard.scenes for part in _parts(storyboard, scene, book)]


def _read(ask: Ask, parts: Sequence[_Part]) -> tuple[tuple[ToldChange, ...], int, str]:
    """The changes of a scene, how many replies were mended, and what was wrong with one that could not be."""
    changes: list[ToldChange] = []
    repairs = 0
    for part in parts:
        asked = consult(ask, _question(part), Told, partial(_wrong, part=part))
        repairs += asked.repairs
        if asked.answer is None:
            return (), repairs, asked.wrong[0]
        changes += asked.answer.changes
    return tuple(changes), repairs, ""


def _question(part: _Part) -> Question:
    prompt = load_prompt("supervisor")
    system, user = prompt.fill(
        {
            "heading": clean(part.scene.heading, 120),
            "cast": ", ".join(clean(who, 80) for who in part.people) or "nobody",
            "props": ", ".join(clean(thing, 80) for thing in part.things) or "none",
            "shots": part.told,
        }
    )
    most = min(2400, 400 + 80 * len(part.shots))
    return Question(stage="supervisor", version=prompt.version, system=system, user=user, most_tokens=most)


def _parts(storyboard: Storyboard, scene: Scene, book: Ledger) -> list[_Part]:
    """The shots of a scene that tell of an action, in parts that one question holds."""
    groups: list[list[tuple[Shot, str]]] = []
    for shot in scene.shots:
        if not shot.action.strip():
            continue
        line = _line(book, shot)
        group = groups[-1] if groups else None
        long = sum(len(told) for _, told in group or ()) + len(line)
        if group is None or len(group) == _PART_SHOTS or long > _PART_LETTERS:
            groups.append([])
        groups[-1].append((shot, line))
    props = [prop.id for prop in storyboard.props]
    return [_part(scene, group, props) for group in groups]


def _part(scene: Scene, group: Sequence[tuple[Shot, str]], props: Sequence[str]) -> _Part:
    shots = tuple(shot for shot, _ in group)
    people = tuple(dict.fromkeys(person.character for shot in shots for person in scene.floor(shot)))
    things = tuple(prop for prop in props if any(_shows(scene, shot, prop) for shot in shots))
    return _Part(scene, shots, people, things, "\n".join(told for _, told in group))


def _line(book: Ledger, shot: Shot) -> str:
    now = book.at(shot.id or "")
    states = [f"{who} {state}" for who, person in now.people.items() for state in person.state if is_carried(state)]
    states += [f"{prop.prop} {prop.state}" for prop in now.props.values() if prop.seen and prop.state]
    known = clean(", ".join(states), 400) or "nothing known"
    return f"{shot.id}: {clean(shot.action, _LONGEST_ACTION)} [{known}]"


def _wrong(told: Told, part: _Part) -> list[str]:
    scene, people, things = part.scene, part.people, part.things
    shots = {shot.id: shot for shot in part.shots}
    wrong = []
    for n, change in enumerate(told.changes):
        shot = shots.get(change.shot)
        if shot is None:
            wrong.append(f"changes.{n}: there is no shot {change.shot} here.")
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
        if not _STATE.fullmatch(change.state):
            wrong.append(f"changes.{n}: a state is a word or two.")
        elif not is_carried(change.state):
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


def _folded(text: str) -> str:
    return clean(text, len(text)).casefold().replace("’", "'").strip(" .")
