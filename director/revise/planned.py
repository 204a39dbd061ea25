"""Shots of the new plan for passages that no shot covers yet, whole or in part. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from director.revise.covering import Cover
from director.revise.reading import Reading
from director.rules.text import join
from shots.spec import Line, Shot

__all__ = ["planned"]


def planned(
    new: Reading, scene: int, wanted: Collection[int], *, whole: bool
) -> Iterator[list[tuple[Shot, tuple[int, ...]]]]:
    """The shots that the new plan has for the `wanted` passages of a scene, each with those that hang on it.

    What shows nothing of the script's own comes along with the shot before it, if all of that one is wanted; what
    opens a scene so only if the `whole` scene is new.
    """
    group: list[tuple[Shot, tuple[int, ...]]] = []
    follows = whole
    for shot in new.board.scenes[scene].shots:
        cover = new.covers[shot.id or ""]
        if not cover.all:
            if follows:
                group.append((shot, ()))
            continue
        own = tuple(n for n in cover.all if n in wanted)
        follows = own == cover.all
        if own:
            if group:
                yield group
            group = [(shot if follows else _restricted(new, shot, cover, own), own)]
    if group:
        yield group


def _restricted(new: Reading, shot: Shot, cover: Cover, own: Sequence[int]) -> Shot:
    """A shot with only some of its passages."""
    lines: list[Line] = []
    for said, line in zip(cover.lines, shot.lines, strict=True):
        part = [n for n in said if n in own]
        if part:
            lines.append(
                line if len(part) == len(said) else replace(line, text=join(new.passages[n].text for n in part))
            )
    told = [n for n in cover.action if n in own]
    action = shot.action if len(told) == len(cover.action) else join(new.passages[n].text for n in told)
    there = {line for n in own for line in range(new.passages[n].span.line, new.passages[n].span.last_line + 1)}
    source = tuple(span for span in shot.source if there & set(range(span.line, span.last_line + 1)))
    return replace(shot, lines=tuple(lines), action=action, source=source, duration_s=None)
