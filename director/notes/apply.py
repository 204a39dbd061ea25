"""Carries out a note's operations on a storyboard, all of them or none. Pure: a storyboard in, a storyboard out.

Works on what a person wrote, complete or not: only what an operation is about is written into it. Where shots have
no ids, they are known by their place, and a shot whose place changes has the id written down that it was known by;
so the ids of shots that a note does not name never change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from director.notes.draft import Draft
from director.notes.framing import annotate, closer, enter, hold, longer, play, reframe
from director.notes.lighting import brighten, relight, warm
from director.notes.operations import (
    MOST_OPERATIONS,
    Annotate,
    Brighten,
    Closer,
    Delete,
    Enter,
    Hold,
    Insert,
    Longer,
    Operation,
    Play,
    Reframe,
    Relight,
    Reorder,
    Swap,
    Warm,
)
from director.notes.order import delete, insert, reorder, swap
from shots.defaults import with_ids
from shots.errors import NoteError
from shots.spec import Scene, Shot, Storyboard

__all__ = ["apply", "edited", "plainly"]

_APPLIES: Mapping[type, Callable[[Draft, Any], Draft]] = {
    Annotate: annotate,
    Brighten: brighten,
    Closer: closer,
    Delete: delete,
    Enter: enter,
    Hold: hold,
    Insert: insert,
    Longer: longer,
    Play: play,
    Reframe: reframe,
    Relight: relight,
    Reorder: reorder,
    Swap: swap,
    Warm: warm,
}


def apply(storyboard: Storyboard, operations: Sequence[Operation]) -> Storyboard:
    """The storyboard with the operations done in order.

    Raises:
        NoteError: operations cannot be done; its `problems` has one sentence for each that cannot, none is done.
    """
    if len(operations) > MOST_OPERATIONS:
        raise NoteError(
            f"This note asks for {len(operations)} changes, and at most {MOST_OPERATIONS} are made at once. "
            "Fix: give several notes, or edit the file."
        )

    def change(draft: Draft) -> Draft:
        problems: list[str] = []
        for operation in operations:
            try:
                draft = _APPLIES[type(operation)](draft, _read(operation))
            except NoteError as error:
                problems += error.problems
        if problems:
            raise NoteError(*dict.fromkeys(problems))
        return draft

    return edited(storyboard, change)


def edited(storyboard: Storyboard, change: Callable[[Draft], Draft]) -> Storyboard:
    """The storyboard with a change made to it that knows every shot by its id; ids that nobody wrote stay unwritten."""
    named = with_ids(storyboard.scenes)
    draft = change(Draft(replace(storyboard, scenes=named)))
    return replace(draft.board, scenes=_as_written(storyboard.scenes, named, draft.board.scenes))


def plainly(message: str) -> str:
    """What a validator says of a value, in words for somebody who never saw a validator."""
    plain = message[:1].lower() + message[1:]
    for said, meant in (("valid tuple", "list"), ("valid dictionary", "mapping"), ("valid string", "text")):
        plain = plain.replace(f"a {said}", f"a {meant}")
    if plain.startswith(("unexpected keyword argument", "extra inputs")):
        return "there is no such thing"
    return plain


@cache
def _adapters() -> Mapping[str, TypeAdapter[Any]]:
    return {kind.op: TypeAdapter(kind) for kind in get_args(Operation)}


def _read(operation: Operation) -> Operation:
    """The operation with its values as a storyboard takes them. Raises NoteError where one is none."""
    try:
        read: Operation = _adapters()[operation.op].validate_python(vars(operation))
        return read
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        what = plainly(first["msg"])
        raise NoteError(
            f"{where} of '{operation.op}' cannot be so: {what}. Fix: write a value within these limits."
        ) from None


def _as_written(given: tuple[Scene, ...], named: tuple[Scene, ...], now: tuple[Scene, ...]) -> tuple[Scene, ...]:
    """The scenes without the ids that nobody wrote, as far as they are known by their place all the same."""
    unwritten = {
        shot.id for g, n in zip(given, named, strict=True) for shot, o in _pairs(n, g) if o is None or o.id is None
    }
    bare = []
    for was, known, scene in zip(given, named, now, strict=True):
        shots = tuple(replace(shot, id=None) if shot.id in unwritten else shot for shot in scene.shots)
        bare.append(replace(scene, id=was.id, shots=was.shots if scene.shots == known.shots else shots))
    wanted = [[shot.id for shot in scene.shots] for scene in now]
    for _ in now:  # an id that is written down can free the one that another is known by
        found = with_ids(tuple(bare))
        wrong = [n for n, scene in enumerate(found) if [shot.id for shot in scene.shots] != wanted[n]]
        if not wrong:
            break
        for n in wrong:
            shots = tuple(
                replace(shot, id=name) if got.id != name else shot
                for shot, got, name in zip(bare[n].shots or now[n].shots, found[n].shots, wanted[n], strict=True)
            )
            bare[n] = replace(bare[n], shots=shots)
    return tuple(bare)


def _pairs(known: Scene, given: Scene) -> list[tuple[Shot, Shot | None]]:
    """Each shot with what was written of it; a scene without shots has one that nobody wrote."""
    written: tuple[Shot | None, ...] = given.shots or (None,)
    return list(zip(known.shots, written, strict=True))
