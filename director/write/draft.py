"""Written scenes as one Fountain text with its title page, and the map from source paragraphs to its scenes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from director.parse import parse_fountain
from director.write.forms import LeftOut
from director.write.fountain_out import Block, fountain
from director.write.prose import Prose
from director.write.scenes import Written

__all__ = ["AUTHOR_TO_FILL_IN", "Mapped", "TitlePage", "as_map", "draft_text", "mapped", "rows"]

AUTHOR_TO_FILL_IN = "(your name)"


@dataclass(frozen=True, kw_only=True)
class TitlePage:
    """What the title page says; nobody is named as author but whom the user names, and no date is made up."""

    title: str
    author: str = ""
    date: str = ""
    source: str = ""  # what it is adapted from


@dataclass(frozen=True)
class Mapped:
    """A scene of the script by number and lines, and the source paragraphs that it plays, in order."""

    number: int
    heading: str
    first_line: int
    last_line: int
    paragraphs: tuple[str, ...]


def draft_text(page: TitlePage, scenes: Sequence[Written]) -> str:
    """The screenplay, the same text for the same scenes."""
    lines = {
        "Title": page.title,
        "Credit": "screenplay by" if page.source else "written by",
        "Author": page.author or AUTHOR_TO_FILL_IN,
        "Source": page.source,
        "Draft date": page.date,
    }
    blocks: list[Block] = [block for scene in scenes for block in scene.blocks]
    return fountain(lines, blocks)


def mapped(text: str, scenes: Sequence[Written]) -> list[Mapped]:
    """Where our own parser finds each scene in the text."""
    script = parse_fountain(text, "")
    found: list[Mapped] = []
    for number, (scene, written) in enumerate(zip(script.scenes(), scenes, strict=True), start=1):
        heading = scene.heading
        if heading is None:
            raise ValueError(f"scene {number} has no heading in the text")
        last = scene.elements[-1].last_line if scene.elements else heading.last_line
        found.append(Mapped(number, heading.text, heading.line, last, written.paragraphs))
    return found


def as_map(
    story: Prose, source: str, script: str, scenes: Sequence[Mapped], left_out: Sequence[LeftOut]
) -> dict[str, Any]:
    """The map as plain values: scenes with what they play, what is left out and why, and what neither names."""
    ids = [paragraph.id for paragraph in story.paragraphs]
    place = {each: i for i, each in enumerate(ids)}
    named = {each for scene in scenes for each in scene.paragraphs}
    for span in left_out:
        named.update(ids[place[span.first] : place[span.last] + 1])
    return {
        "source": source,
        "script": script,
        "scenes": [
            {
                "scene": scene.number,
                "heading": scene.heading,
                "lines": [scene.first_line, scene.last_line],
                "paragraphs": list(scene.paragraphs),
            }
            for scene in scenes
        ],
        "left_out": [{"first": span.first, "last": span.last, "why": span.why} for span in left_out],
        "unused": [each for each in ids if each not in named],
        "places": {paragraph.id: paragraph.place for paragraph in story.paragraphs},
    }


def rows(scenes: Sequence[Mapped], left_out: Sequence[LeftOut]) -> list[str]:
    """The map as lines to print."""
    table = [("scene", "lines", "paragraphs", "heading")]
    table += [
        (
            str(scene.number),
            f"{scene.first_line}-{scene.last_line}",
            _span(scene.paragraphs[0], scene.paragraphs[-1]) if scene.paragraphs else "-",
            scene.heading,
        )
        for scene in scenes
    ]
    table += [("-", "-", _span(span.first, span.last), f"left out: {' '.join(span.why.split())}") for span in left_out]
    return [f"{number:<6} {lines:<10} {paragraphs:<14} {what}" for number, lines, paragraphs, what in table]


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"
