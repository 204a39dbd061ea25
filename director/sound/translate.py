"""A film's captions in another language, by a language model: line by line, on the times of the lines as spoken.

A line that no usable reply translates stays as it was spoken, and a notice says so; no line is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from shots.errors import ModelError

if TYPE_CHECKING:
    from audio.captions import CaptionGroup

__all__ = ["translated"]

_AT_ONCE = 60  # lines in a question
_READ_CPS = 17.0  # characters a second that are read with ease
_FEWEST = 12


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: int
    text: str = Field(min_length=1, max_length=2000)


class _Lines(BaseModel):
    model_config = ConfigDict(extra="forbid")

    lines: tuple[_Line, ...]


def translated(
    groups: Sequence[CaptionGroup], language: str, ask: Ask
) -> tuple[tuple[CaptionGroup, ...], tuple[str, ...]]:
    """What is said, and heard, in `language`, and what could not be translated; nothing where nothing could."""
    from audio.captions import translated as with_texts

    texts: dict[int, str] = {}
    trouble = ""
    for first in range(0, len(groups), _AT_ONCE):
        part = range(first, min(first + _AT_ONCE, len(groups)))
        try:
            texts |= _asked([(number, groups[number]) for number in part], language, ask)
        except ModelError as error:
            trouble = f" {error}"
            break
    if not texts:
        return (), (f"The captions are not translated into {language}.{trouble}",) if groups else ()
    left = len(groups) - len(texts)
    told = f"{left} of {len(groups)} captions stand untranslated in {language}.{trouble}"
    made = with_texts(groups, [texts.get(number, group.text) for number, group in enumerate(groups)])
    return made, (told,) if left else ()


def _asked(lines: Sequence[tuple[int, CaptionGroup]], language: str, ask: Ask) -> dict[int, str]:
    """The translations by number; empty when no reply has them all.

    Raises:
        ModelError: the model cannot be asked.
    """
    prompt = load_prompt("captions")
    system, user = prompt.fill({"language": language, "lines": "\n".join(_told(*line) for line in lines)})
    question = Question(stage="captions", version=prompt.version, system=system, user=user, most_tokens=6000)
    wanted = [number + 1 for number, _ in lines]

    def wrong(reply: _Lines) -> Sequence[str]:
        got = [line.id for line in reply.lines]
        missing = [str(one) for one in wanted if one not in got]
        if missing:
            return (f"These ids are missing: {', '.join(missing)}.",)
        return () if got == wanted else ("Give every id once, in the order of the lines, and no other.",)

    answer = consult(ask, question, _Lines, wrong).answer
    return {} if answer is None else {line.id - 1: " ".join(line.text.split()) for line in answer.lines}


def _told(number: int, group: CaptionGroup) -> str:
    if group.kind == "sound":
        return f"{number + 1}. (a sound, for who does not hear it): {group.text}"
    lasts_s = group.words[-1].end_s - group.words[0].start_s if group.words else 0.0
    most = max(_FEWEST, round(lasts_s * _READ_CPS))
    return f"{number + 1}. {group.speaker} (about {most} characters): {group.text}"
