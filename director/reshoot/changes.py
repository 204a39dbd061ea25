"""What a reshoot may change of a shot, and the storyboard with it changed. Pure; nothing is rendered or written.

The names are the storyboard's own. A size goes along with its lens as a note's does, so it is done by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from director.notes.apply import apply, edited
from director.notes.draft import Draft
from director.notes.operations import Annotate, Hold, Operation, Reframe
from shots.errors import NoteError
from shots.spec import Given, Light, Presence, Shot, Storyboard, Trim

__all__ = ["Changes", "changed"]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What is to be otherwise in one shot; None leaves a thing as it is. `people` are put in the place of those there."""

    size: str | None = None
    angle: str | None = None
    move: str | None = None
    lens_mm: float | None = None
    focus: tuple[str, ...] | None = None
    duration_s: float | None = None
    light: Light | None = None
    people: tuple[Presence, ...] | None = None
    camera_m: tuple[float, ...] | None = None
    given: Given | None = None
    seed: int | None = None
    take: str | None = None
    locked: bool | None = None
    trim: Trim | None = None
    note: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) is not None for field in fields(self))


def changed(storyboard: Storyboard, shot: str, changes: Changes) -> Storyboard:
    """A storyboard, complete or not, with one of its shots changed.

    Raises:
        NoteError: there is no such shot, or it cannot be so.
    """
    operations: list[Operation] = []
    if any(v is not None for v in (changes.size, changes.angle, changes.move, changes.lens_mm, changes.focus)):
        framing: dict[str, Any] = {
            name: getattr(changes, name) for name in ("size", "angle", "move", "lens_mm", "focus")
        }
        operations.append(Reframe(shot=shot, **framing))
    if changes.duration_s is not None:
        operations.append(Hold(shot=shot, duration_s=changes.duration_s))
    if changes.note is not None:
        operations.append(Annotate(shot=shot, note=changes.note))
    done = apply(storyboard, operations) if operations else storyboard
    names = ("light", "people", "camera_m", "given", "seed", "take", "locked", "trim")
    values = {name: getattr(changes, name) for name in names if getattr(changes, name) is not None}
    return _put(done, shot, values) if values else done


def _put(storyboard: Storyboard, shot: str, values: Mapping[str, Any]) -> Storyboard:
    def change(draft: Draft) -> Draft:
        return draft.with_shot(shot, lambda one: _valid(replace(one, **values)))

    return edited(storyboard, change)


def _valid(shot: Shot) -> Shot:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Shot).validate_python(shot)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NoteError(
            f"{where} of {shot.id} cannot be so: {first['msg'][:1].lower() + first['msg'][1:]}. "
            "Fix: give a value within these limits."
        ) from None
