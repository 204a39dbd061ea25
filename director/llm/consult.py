"""Ask, check, mend: a reply that is no good goes back with what is wrong with it, a few times at most.

What is wrong is data: lines for the model to read. Nothing here knows what a reply is about; whoever asks brings
the check, and decides what to do without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from director.llm.ask import Ask, Question

__all__ = ["REPAIR_ROUNDS", "Consulted", "consult"]

REPAIR_ROUNDS = 2
_LONGEST_REPLY = 400_000  # characters; what is longer is no plan of anything
_TOLD = 12  # problems that go back at once

ReplyT = TypeVar("ReplyT", bound=BaseModel)


@dataclass(frozen=True)
class Consulted(Generic[ReplyT]):
    """How a consultation went: an `answer` without problems, or None and what was `wrong` with the last reply."""

    answer: ReplyT | None
    wrong: tuple[str, ...]
    repairs: int  # times a reply went back


def consult(
    ask: Ask,
    question: Question,
    form: type[ReplyT],
    check: Callable[[ReplyT], Sequence[str]],
    *,
    rounds: int = REPAIR_ROUNDS,
) -> Consulted[ReplyT]:
    """Asks until a reply has the `form` and `check` finds nothing wrong, with at most `rounds` repairs.

    Raises:
        ModelError: the model cannot be asked.
    """
    wrong: tuple[str, ...] = ()
    now = replace(question, schema=form)
    for repairs in range(rounds + 1):
        text = ask(now).text
        answer, wrong = _read(text, form)
        if answer is not None:
            wrong = tuple(check(answer))
            if not wrong:
                return Consulted(answer, (), repairs)
        now = replace(now, user=f"{question.user}\n\n{_sent_back(text, wrong)}")
    return Consulted(None, wrong, rounds)


def _read(text: str, form: type[ReplyT]) -> tuple[ReplyT | None, tuple[str, ...]]:
    """The reply as a record, or what is wrong with it. Prose or a code fence around the JSON is forgiven."""
    if not text.strip():
        return None, ("The reply is empty.",)
    if len(text) > _LONGEST_REPLY:
        return None, (f"The reply has {len(text)} characters; at most {_LONGEST_REPLY} are read.",)
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None, ("The reply holds no JSON object.",)
    try:
        return form.model_validate_json(text[start : end + 1]), ()
    except ValidationError as error:
        return None, tuple(
            f"{'.'.join(str(part) for part in item['loc']) or 'the reply'}: {item['msg']}"
            for item in error.errors(include_url=False, include_input=False)[:_TOLD]
        )


def _sent_back(text: str, wrong: Sequence[str]) -> str:
    """What goes back: the reply, cut where it is long, and what is wrong with it."""
    more = f"\n- and {len(wrong) - _TOLD} more" if len(wrong) > _TOLD else ""
    told = "\n".join(f"- {problem}" for problem in wrong[:_TOLD])
    return (
        f"Your last reply was:\n<reply>\n{text[:8000]}\n</reply>\nIt cannot be used:\n{told}{more}\n"
        "Reply again, whole, with this put right."
    )
