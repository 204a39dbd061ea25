"""What a reshoot may change of a shot, and the storyboard with it changed. Pure; nothing is rendered or written.

The names are the storyboard's own. A size goes along with its lens as a note's does, so it is done by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from director.notes.apply import apply, edited, plainly
from director.notes.draft import Draft
from director.notes.operations import Annotate, Hold, Operation, Reframe
from shots.errors import NoteError, near_name
from shots.spec import Angle, Given, Light, Move, Presence, Reference, Shot, Size, Storyboard, Trim

__all__ = ["Changes", "changed", "changes_of"]

_STRICT = {"extra": "forbid"}
_FRAMING = ("size", "angle", "move", "lens_mm", "focus")
_PUT = ("light", "people", "camera_m", "given", "references", "seed", "take", "locked", "trim")


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is to be otherwise in one shot; None leaves a thing as it is.

    `people` are put in the place of those there, `marks` moves some of those there: [x, z] in metres by character.
    `take`, `locked` and `trim` are for `Shot`'s own methods; a trial of another picture has no use for them.
    """

    __pydantic_config__ = _STRICT

    note: str | None = None
    seed: int | None = None
    size: Size | None = None
    angle: Angle | None = None
    move: Move | None = None
    lens_mm: float | None = None
    focus: tuple[str, ...] | None = None
    duration_s: float | None = None
    light: Light | None = None
    people: tuple[Presence, ...] | None = None
    marks: Mapping[str, tuple[float, float]] | None = None
    camera_m: tuple[float, float, float] | None = None
    given: Given | None = None
    references: tuple[Reference, ...] | None = None
    take: str | None = None
    locked: bool | None = None
    trim: Trim | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))

    @property
    def told(self) -> str:
        """What is to be otherwise, in the storyboard's words: "size CU, light key_side left"; "" for nothing."""
        return _told(self)


def changes_of(shot: str, values: Mapping[str, Any], also: Iterable[str] = ()) -> Changes:
    """Changes by their names, as a notebook or a page gives them; records may be mappings.

    Raises:
        NoteError: there is no such change (`also` are names that whoever calls takes besides), or it cannot be so.
    """
    names = [field.name for field in fields(Changes)]
    for name in values:
        if name not in names:
            near = near_name(name, [*names, *also])
            known = ", ".join(dict.fromkeys((*names[:8], *also)))
            raise NoteError(f"'{name}' is nothing that can be changed in {shot}{near or '.'} Fix: give {known} ...")
    try:
        made: Changes = _adapter(Changes).validate_python(dict(values))
        return made
    except ValidationError as error:
        raise _refused(shot, error) from None


def changed(storyboard: Storyboard, shot: str, changes: Changes) -> Storyboard:
    """A storyboard, complete or not, with one of its shots changed.

    Raises:
        NoteError: there is no such shot, or it cannot be so.
    """
    operations: list[Operation] = []
    framing: dict[str, Any] = {name: getattr(changes, name) for name in _FRAMING}
    if any(value is not None for value in framing.values()):
        operations.append(Reframe(shot=shot, **framing))
    if changes.duration_s is not None:
        operations.append(Hold(shot=shot, duration_s=changes.duration_s))
    if changes.note is not None:
        operations.append(Annotate(shot=shot, note=changes.note))
    done = apply(storyboard, operations) if operations else storyboard
    values = {name: getattr(changes, name) for name in _PUT if getattr(changes, name) is not None}
    if not values and changes.marks is None:
        return done

    def change(draft: Draft) -> Draft:
        put: dict[str, Any] = {name: None if value in (Given(), Trim()) else value for name, value in values.items()}
        if changes.marks is not None:
            put["people"] = _marked(draft, shot, changes)
        return draft.with_shot(shot, lambda one: _valid(replace(one, **put)))

    return edited(done, change)


def _marked(draft: Draft, shot: str, changes: Changes) -> tuple[Presence, ...]:
    """The people of a shot with some of them at other marks."""
    marks = {draft.character(name): mark for name, mark in (changes.marks or {}).items()}
    people = changes.people or draft.floor(shot)
    there = [person.character for person in people]
    for name in marks:
        if name not in there:
            raise NoteError(
                f"{name} is not there in {draft.shot_id(shot)}; there is {', '.join(there) or 'nobody'}. "
                "Fix: move somebody who is."
            )
    return tuple(
        replace(person, mark_m=tuple(round(v, 2) for v in marks[person.character]))
        if person.character in marks
        else person
        for person in people
    )


def _valid(shot: Shot) -> Shot:
    try:
        made: Shot = _adapter(Shot).validate_python(_adapter(Shot).dump_python(shot))  # an instance goes unlooked at
        return made
    except ValidationError as error:
        raise _refused(shot.id or "", error) from None


def _refused(shot: str, error: ValidationError) -> NoteError:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return NoteError(f"{where} of {shot} cannot be so: {plainly(first['msg'])}. Fix: give a value within these limits.")


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _told(value: object) -> str:
    """A value as a person reads it: of a record only what it says, without brackets and quotes."""
    if is_dataclass(value) and not isinstance(value, type):
        said = ((field.name, getattr(value, field.name), field.default) for field in fields(value))
        return ", ".join(f"{name} {_told(one)}" for name, one, usual in said if one is not None and one != usual)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_told(one)}" for name, one in value.items())
    if isinstance(value, tuple):
        return " ".join(_told(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
