"""Which passages of a script each shot of a storyboard covers.

A shot covers what it says and what its action tells, found by the lines that it comes from and by its words. A shot
that shows nothing of the script's own (a look, a reaction, what a person put in) stands with the shot before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from director.revise.passages import Passage, bare
from director.rules.text import split_speech
from shots.source import SourceSpan
from shots.spec import Line, Storyboard

__all__ = ["Cover", "covers", "told_by"]

_NOT_COVERED = frozenset({"heading", "way"})


@dataclass(frozen=True)
class Cover:
    """What a shot covers: passages by their places, line by line, and those of its action."""

    lines: tuple[tuple[int, ...], ...] = ()
    action: tuple[int, ...] = ()

    @cached_property
    def all(self) -> tuple[int, ...]:
        """Every passage once, in the order of the script."""
        return tuple(sorted({n for line in self.lines for n in line} | set(self.action)))


def covers(board: Storyboard, passages: Sequence[Passage]) -> dict[str, Cover]:
    """The cover of each shot of a storyboard whose shots have ids, by the lines of the script that they name."""
    at: dict[int, list[int]] = defaultdict(list)
    for n, passage in enumerate(passages):
        if passage.kind not in _NOT_COVERED:
            for line in range(passage.span.line, passage.span.last_line + 1):
                at[line].append(n)
    found: dict[str, Cover] = {}
    for scene in board.scenes:
        claimed: set[int] = set()
        for shot in scene.shots:
            there = _at(at, shot.source)
            action = bare(shot.action)
            told = tuple(n for n in there if passages[n].kind != "speech" and _stands(passages[n].text, action))
            lines = tuple(_said(line, at, passages) for line in shot.lines)
            found[shot.id or ""] = Cover(lines, told)
            claimed.update(n for line in lines for n in line)
        for shot in scene.shots:  # a line that was reworded by hand has what nobody else says there
            cover = found[shot.id or ""]
            if all(cover.lines):
                continue
            rest = tuple(
                have or tuple(n for n in _of(at, line) if passages[n].kind == "speech" and n not in claimed)
                for have, line in zip(cover.lines, shot.lines, strict=True)
            )
            found[shot.id or ""] = Cover(rest, cover.action)
    return found


def _said(line: Line, at: dict[int, list[int]], passages: Sequence[Passage]) -> tuple[int, ...]:
    words = bare(line.text)
    there = [n for n in _of(at, line) if passages[n].kind != "action"]
    whole = tuple(n for n in there if _stands(passages[n].text, words))
    return whole or tuple(n for n in there if words and words in bare(passages[n].text))


def _stands(text: str, words: str) -> bool:
    told = bare(text)
    return told in words if told else False


def _of(at: dict[int, list[int]], line: Line) -> list[int]:
    return _at(at, (line.source,) if line.source is not None else ())


def _at(at: dict[int, list[int]], spans: Sequence[SourceSpan]) -> list[int]:
    return sorted({n for span in spans for line in range(span.line, span.last_line + 1) for n in at.get(line, ())})


def told_by(board: Storyboard) -> tuple[tuple[Passage, ...], dict[str, Cover]]:
    """The passages that a storyboard itself tells of, and which shot tells which: for one whose script is not there."""
    found: list[Passage] = []
    covered: dict[str, Cover] = {}
    nowhere = SourceSpan("", 0, 0)
    for number, scene in enumerate(board.scenes):
        found.append(
            Passage("heading", scene.heading, scene.source or nowhere, number, len(found), number=scene.number)
        )
        for shot in scene.shots:
            first = shot.source[-1] if shot.source else nowhere
            told = _tell(found, split_speech(shot.action), first, number)
            lines = tuple(
                _tell(found, split_speech(line.text), line.source or nowhere, number, line) for line in shot.lines
            )
            covered[shot.id or ""] = Cover(lines, told)
    return tuple(found), covered


def _tell(
    found: list[Passage], texts: Sequence[str], span: SourceSpan, scene: int, line: Line | None = None
) -> tuple[int, ...]:
    start = len(found)
    for n, text in enumerate(texts):
        if line is not None:
            manner = line.delivery.casefold() if n == 0 else ""
            found.append(Passage("speech", text, span, scene, start, 0, line.character.upper(), "", manner))
        else:
            found.append(Passage("action", text, span, scene, start))
    return tuple(range(start, len(found)))
