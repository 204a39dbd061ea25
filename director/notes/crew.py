"""A note in anybody's words, turned into operations by a language model. The model sees a digest, never the file.

What comes back is checked as a person's operations are: ids exist, every operation can be done, and nothing breaks the
grammar of film that held before. What does not goes back to the model with the reasons; nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from director.notes.apply import apply
from director.notes.digest import digest
from director.notes.operations import MOST_OPERATIONS, Operation
from shots.errors import NoteError, near_name
from shots.spec import Storyboard

__all__ = ["Edits", "Interpreted", "interpret"]

_STAGE = "note"
_LONGEST_NOTE = 4000  # characters
_MOST_TOKENS = 4096


class Edits(BaseModel):
    """The reply: operations in the order in which they are done, and what of the note none of them can do."""

    model_config = ConfigDict(extra="forbid")

    operations: Annotated[list[Operation], Field(max_length=MOST_OPERATIONS)]
    unable: Annotated[str, Field(max_length=600)] = ""

    @field_validator("operations", mode="before")
    @classmethod
    def _by_op(cls, given: Any) -> Any:
        """Each by the name in `op`, which none may leave out: a delete must not be guessed from a shot's id."""
        if not isinstance(given, list) or len(given) > MOST_OPERATIONS:
            raise ValueError(f"write a list of at most {MOST_OPERATIONS} operations")
        return [_read(number, one) for number, one in enumerate(given, start=1)]


_OPS = {kind.op: TypeAdapter[Any](kind) for kind in get_args(Operation)}


def _read(number: int, given: Any) -> Operation:
    op = given.get("op") if isinstance(given, dict) else None
    if not isinstance(op, str) or op not in _OPS:
        near = near_name(op[:40], _OPS) if isinstance(op, str) else ""
        raise ValueError(f"operation {number} has no op that there is{near or ': ' + ', '.join(_OPS)}")
    try:
        read: Operation = _OPS[op].validate_python(given)
    except ValidationError as error:
        told = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False)[:4]]
        raise ValueError(f"operation {number}, {op}: {'; '.join(told)}") from None
    return read


@dataclass(frozen=True)
class Interpreted:
    """What a note asks for, and a sentence on what of it cannot be done, "" when all can."""

    operations: tuple[Operation, ...]
    unable: str


def interpret(
    note: str, storyboard: Storyboard, ask: Ask, faults: Callable[[Storyboard], Sequence[str]]
) -> Interpreted:
    """The operations that a note asks for.

    Args:
        faults: what a changed storyboard breaks that held before, one sentence each.

    Raises:
        ModelError: the model cannot be asked.
        NoteError: what it answered cannot be done, also after it was told why; or the note is too long.
    """
    if len(note) > _LONGEST_NOTE:
        raise NoteError(f"A note of {len(note)} characters is too long. Fix: give several notes.")

    def check(reply: Edits) -> Sequence[str]:
        if not reply.operations and not reply.unable.strip():
            return ("There are no operations, and `unable` does not say why.",)
        try:
            changed = apply(storyboard, reply.operations)
        except NoteError as error:
            return error.problems
        return faults(changed)

    prompt = load_prompt(_STAGE)
    system, user = prompt.fill({"film": digest(storyboard, note), "note": note})
    question = Question(
        stage=_STAGE, version=prompt.version, system=system, user=user, schema=Edits, most_tokens=_MOST_TOKENS
    )
    consulted = consult(ask, question, Edits, check)
    if consulted.answer is None:
        why = " ".join(_printable(problem) for problem in consulted.wrong[:3])
        raise NoteError(
            f"The model found no change that can be made ({why[:600]}). Fix: say the note in other words, or plainly: "
            "'longer S2.3 1.5; brighter scene 3'."
        )
    return Interpreted(tuple(consulted.answer.operations), _printable(consulted.answer.unable.strip()))


def _printable(text: str) -> str:
    return "".join(ch if ch.isprintable() else " " for ch in text)
