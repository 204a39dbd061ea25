"""A film's captions in another language, by a language model: line by line, on the times of the lines as spoken.

A line that no usable reply translates stays as it was spoken, and a notice says so; no line is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from director.llm.ask import Ask, Question
from director.llm.consult import consult
from director.llm.prompts import load_prompt
from shots.errors import ModelError

if TYPE_CHECKING:
    from audio.captions import Caption
    from audio.cues import CueSheet, DialogueCue

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


def translated(cues: CueSheet, language: str, ask: Ask) -> tuple[list[Caption], tuple[str, ...]]:
    """The captions in `language`, and what could not be translated; no captions when nothing could.

    Words have no times of their own in a translation: they are spread over the line as it is spoken.
    """
    from audio.captions import captions

    spoken = [cue for cue in sorted(cues.dialogue, key=lambda cue: cue.start_s) if cue.text.strip()]
    texts: dict[int, str] = {}
    trouble = ""
    for first in range(0, len(spoken), _AT_ONCE):
        part = range(first, min(first + _AT_ONCE, len(spoken)))
        try:
            texts |= _asked([(number, spoken[number]) for number in part], language, ask)
        except ModelError as error:
            trouble = f" {error}"
            break
    if not texts:
        return [], (f"The captions are not translated into {language}.{trouble}",) if spoken else ()
    left = len(spoken) - len(texts)
    told = f"{left} of {len(spoken)} lines stand untranslated in the {language} captions.{trouble}"
    lines = tuple(
        replace(cue, text=texts[number], words=(), language=language) if number in texts else cue
        for number, cue in enumerate(spoken)
    )
    return captions(replace(cues, dialogue=lines)), (told,) if left else ()


def _asked(lines: Sequence[tuple[int, DialogueCue]], language: str, ask: Ask) -> dict[int, str]:
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


def _told(number: int, cue: DialogueCue) -> str:
    most = max(_FEWEST, round(cue.duration_s * _READ_CPS))
    return f"{number + 1}. {cue.speaker} (about {most} characters): {' '.join(cue.text.split())}"
