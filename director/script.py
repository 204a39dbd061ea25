"""The Script: a screenplay as sourced elements, whatever file format it came in.

Parsers (`director.parse`) make it; nothing here reads a file or judges a story.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shots.source import SourceSpan

__all__ = ["Element", "ElementKind", "Scene", "Script"]

ElementKind = Literal[
    "scene",
    "action",
    "character",
    "dialogue",
    "paren",
    "transition",
    "centered",
    "lyrics",
    "note",
    "boneyard",
    "section",
    "synopsis",
    "pagebreak",
]


@dataclass(frozen=True)
class Element:
    """One element of a screenplay with the lines it stands on.

    `text` keeps Fountain emphasis marks and uses "\\n" between lines. `extension` is a cue's parenthesis
    with its brackets, such as "(V.O.)"; `dual` marks the cue, parentheticals and dialogue of the right
    column; `depth` is a section's depth; `scene_number` is a heading's number as printed.
    """

    kind: ElementKind
    text: str
    line: int
    last_line: int
    scene_number: str | None = None
    extension: str | None = None
    dual: bool = False
    depth: int | None = None


@dataclass(frozen=True)
class Scene:
    """A heading (None for what stands before the first one) and the elements up to the next heading."""

    heading: Element | None
    elements: tuple[Element, ...]


@dataclass(frozen=True)
class Script:
    """A screenplay: title page, elements in order, and the name of the file they came from."""

    file: str
    title_page: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elements: tuple[Element, ...] = ()

    @property
    def title(self) -> str:
        """The title page's title on one line, else the file's name without its suffix."""
        lines = [line for line in self.title_page.get("title", ()) if line.strip()]
        plain = " ".join(lines).replace("*", "").replace("_", "").strip()
        return plain or self.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    def scenes(self) -> tuple[Scene, ...]:
        """The scenes in order; elements before the first heading form a scene without one."""
        groups: list[tuple[Element | None, list[Element]]] = [(None, [])]
        for element in self.elements:
            if element.kind == "scene":
                groups.append((element, []))
            else:
                groups[-1][1].append(element)
        return tuple(Scene(h, tuple(e)) for h, e in groups if h is not None or e)

    def span(self, element: Element) -> SourceSpan:
        """Where `element` stands."""
        return SourceSpan(self.file, element.line, element.last_line)
