"""A script's scenes as numbered lines: what a plan refers to instead of repeating the writer's words.

A line's id is `L` and the script line that it begins on; further pieces on that line are `L42.2`, `L42.3`. An action
line is a sentence; a longer speech comes in pieces cut at the ends of its sentences, so that it can run over several
shots; what is said at once is one line. Ids are made here and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from director.rules.beats import Caption, Speech
from director.rules.floor import AnyMoment
from director.rules.reading import Happening
from director.rules.speech import Words, pieces_of, span_of, whole
from director.rules.text import join
from shots.source import SourceSpan

__all__ = ["ScriptLine", "Spoken", "number_scenes"]

LineKind = Literal["action", "speech", "lettering"]


@dataclass(frozen=True)
class Spoken:
    """Words of a speech."""

    speech: Speech
    words: tuple[Words, ...]


@dataclass(frozen=True)
class ScriptLine:
    """A piece of a scene with its id, and the moment in which it is played; two moments for words said at once."""

    id: str
    moments: tuple[AnyMoment, ...]
    spoken: tuple[Spoken, ...] = ()
    goes_on: bool = False  # a speech that began in the line before

    @property
    def kind(self) -> LineKind:
        """What is done with it: played, said or read."""
        beat = self.moments[0].beat
        return "speech" if isinstance(beat, Speech) else "lettering" if isinstance(beat, Caption) else "action"

    @property
    def text(self) -> str:
        """Its words as they stand in the script."""
        if self.spoken:
            return join(words.text for spoken in self.spoken for words in spoken.words)
        beat: Happening | Caption = self.moments[0].beat
        return beat.text

    @property
    def spans(self) -> tuple[SourceSpan, ...]:
        """The script lines it stands on."""
        return tuple(span_of(s.words) for s in self.spoken) if self.spoken else (self.moments[0].beat.span,)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says it, the first first."""
        return tuple(dict.fromkeys(who for spoken in self.spoken for who in spoken.speech.speakers))


def number_scenes(scenes: Iterable[Sequence[AnyMoment]]) -> tuple[tuple[ScriptLine, ...], ...]:
    """The lines of each scene's moments in order, each with an id that no other line of the film has."""
    taken: Counter[int] = Counter()

    def name(span: SourceSpan) -> str:
        taken[span.line] += 1
        again = taken[span.line]
        return f"L{span.line}" if again == 1 else f"L{span.line}.{again}"

    numbered = []
    for moments in scenes:
        lines: list[ScriptLine] = []
        for moments_at_once in _at_once(moments):
            first = moments_at_once[0].beat
            if not isinstance(first, Speech):
                lines.append(ScriptLine(name(first.span), moments_at_once))
            elif len(moments_at_once) > 1:
                spoken = tuple(Spoken(moment.beat, whole(moment.beat)) for moment in moments_at_once)
                lines.append(ScriptLine(name(first.span), moments_at_once, spoken))
            else:
                for number, words in enumerate(pieces_of(first)):
                    spoken = (Spoken(first, words),)
                    lines.append(ScriptLine(name(span_of(words)), moments_at_once, spoken, goes_on=number > 0))
        numbered.append(tuple(lines))
    return tuple(numbered)


def _at_once(moments: Sequence[AnyMoment]) -> list[tuple[AnyMoment, ...]]:
    """The moments one by one, those of dual dialogue together."""
    groups: list[tuple[AnyMoment, ...]] = []
    for moment in moments:
        dual = isinstance(moment.beat, Speech) and moment.beat.dual
        if dual and groups and isinstance(groups[-1][-1].beat, Speech):
            groups[-1] = (*groups[-1], moment)
        else:
            groups.append((moment,))
    return groups
