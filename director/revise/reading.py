"""A draft as the director reads it: its passages, the storyboard planned from it, and which shot covers what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from director.revise.covering import Cover, covers
from director.revise.passages import Passage, passages_of
from director.rules.cast import find_cast
from director.rules.text import language_of
from director.script import Script
from shots.source import SourceSpan
from shots.spec import Character, Line, Scene, Shot, Storyboard

__all__ = ["Reading", "read_draft"]


@dataclass(frozen=True)
class Reading:
    """A draft: `board` is what the director plans from it, `said` its cast as far as the script itself tells."""

    passages: Sequence[Passage]
    board: Storyboard
    covers: Mapping[str, Cover]
    said: Mapping[str, Character]

    @cached_property
    def shot_of(self) -> dict[int, str]:
        """The first shot that covers each passage."""
        found: dict[int, str] = {}
        for shot in self.board.shots():
            for n in self.covers[shot.id or ""].all:
                found.setdefault(n, shot.id or "")
        return found

    @cached_property
    def filmed(self) -> dict[int, list[int]]:
        """The passages that a shot covers, by the script's scenes."""
        found: dict[int, list[int]] = {}
        for n in self.shot_of:
            found.setdefault(self.passages[n].scene, []).append(n)
        return found

    @cached_property
    def shots(self) -> dict[str, Shot]:
        """The shots by their ids."""
        return {shot.id or "": shot for shot in self.board.shots()}

    @cached_property
    def scene_of(self) -> dict[str, int]:
        """Which scene of the storyboard each shot stands in, from 0."""
        return {shot.id or "": n for n, scene in enumerate(self.board.scenes) for shot in scene.shots}

    @cached_property
    def lines_of(self) -> dict[int, tuple[Line, ...]]:
        """The lines that say each passage; several where people speak together."""
        found: dict[int, tuple[Line, ...]] = {}
        for shot in self.board.shots():
            for said, line in zip(self.covers[shot.id or ""].lines, shot.lines, strict=True):
                for n in said:
                    found[n] = (*found.get(n, ()), line)
        return found

    def heading_of(self, scene: Scene) -> int | None:
        """The passage that is a scene's heading."""
        if scene.source is None:
            return None
        line = scene.source.line
        return self._headings.get((line, scene.heading), self._headings.get((line, "")))

    @cached_property
    def _headings(self) -> dict[tuple[int, str], int]:
        """Headings by their lines and words, and by their lines alone."""
        headings = [(n, p) for n, p in enumerate(self.passages) if p.kind == "heading"]
        return {key: n for n, p in headings for key in ((p.span.line, p.text), (p.span.line, ""))}

    def nearest(self, shot_id: str, wanted: Sequence[int]) -> Shot | None:
        """The shot that covers most of some passages, given the one that is asked for first among equals."""
        counts: dict[str, int] = {}
        for n in wanted:
            if (name := self.shot_of.get(n)) is not None:
                counts[name] = counts.get(name, 0) + 1
        if not counts:
            return None
        return self.shots[max(counts, key=lambda name: (counts[name], name == shot_id))]


def read_draft(script: Script, plan: Storyboard) -> Reading:
    """Reads a draft that was planned so."""
    passages = passages_of(script)
    texts = [one.text for one in script.elements if one.kind in ("action", "dialogue", "character")]
    cast = find_cast(script, language_of(texts)).characters
    return Reading(passages, plan, covers(plan, passages), {one.id: one for one in cast})


def moved(span: SourceSpan, was: Passage, now: Passage, last_was: Passage, last_now: Passage) -> SourceSpan:
    """Lines of the old draft as lines of the new one, by the first and last passage on them."""
    line = max(1, now.span.line + span.line - was.span.line)
    last = max(line, last_now.span.last_line + span.last_line - last_was.span.last_line)
    return replace(span, file=now.span.file, line=line, last_line=last)
