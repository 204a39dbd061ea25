"""Pieces that what a notebook shows is put together from: lists, tables, tags, and the words of a shot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from director.notebook.page import Markup, element
from director.reshoot.listed import printed

if TYPE_CHECKING:
    from director.reshoot.trial import Stale
    from shots.errors import Problem
    from shots.spec import Shot as Spec

__all__ = [
    "MOST_TOLD",
    "count",
    "framing",
    "listed",
    "problems",
    "rows",
    "side",
    "size",
    "stale",
    "tag",
    "tags",
    "told",
]

MOST_TOLD = 12
"""Lines of a list; how many more there are is said below."""

_MOST_LETTERS = 120  # of why a shot is stale; all of it shows when it is pointed at


def rows(facts: Iterable[tuple[str, str]]) -> Markup:
    """A table of what is known, without what is not."""
    return element("table", *(element("tr", element("th", name), element("td", said)) for name, said in facts if said))


def tags(spec: Spec, why: Stale | None) -> list[Markup]:
    """Whether a shot is locked, and whether it has to be made."""
    found = [tag("locked", "")] if spec.locked else []
    return [*found, tag("to be made", "stale", "; ".join(why.reasons))] if why else found


def tag(said: str, kind: str, why: str = "") -> Markup:
    """A word with a line around it; `kind` is its class in the style, `why` shows when it is pointed at."""
    return element("span", said, class_=f"tag {kind}", title=why or said)


def stale(shots: Sequence[Stale], head: str = "To be made") -> list[Markup]:
    """Shots that have to be made, and why."""
    lines: list[list[str]] = []
    for one in shots[:MOST_TOLD]:
        why = "; ".join(one.reasons)
        lines.append([element("b", one.shot), "  ", element("span", printed(why, _MOST_LETTERS), title=why)])
    if len(shots) > MOST_TOLD:
        lines.append([f"… and {len(shots) - MOST_TOLD} more"])
    return listed(head, lines)


def problems(found: Sequence[Problem], head: str = "Continuity") -> list[Markup]:
    """What continuity says."""
    lines: list[list[str]] = [
        [tag(one.severity, "error" if one.severity == "error" else "stale"), str(one)] for one in found[:MOST_TOLD]
    ]
    if len(found) > MOST_TOLD:
        lines.append([f"… and {len(found) - MOST_TOLD} more"])
    return listed(head, lines)


def listed(head: str, lines: Sequence[Sequence[str]]) -> list[Markup]:
    """A heading and a line for each; nothing at all where there is none."""
    if not lines:
        return []
    return [element("h4", head), element("ul", *(element("li", *line) for line in lines))]


def side(parts: Iterable[str]) -> Markup:
    """One of two halves that stand beside each other where there is room."""
    return element("div", *parts, class_="side")


def framing(shot: Spec) -> str:
    """How a shot is framed, on a line."""
    from shots.board.panel import framing as words

    return " · ".join(words(shot))


def told(shot: Spec) -> str:
    """What is said in a shot, or done."""
    said = "; ".join(f"{line.character}: {line.text}" for line in shot.lines)
    return " ".join((said or shot.action).split())


def count(number: int, noun: str) -> str:
    """`1 shot`, `2 shots`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def size(number: int) -> str:
    """Bytes as a person reads them."""
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{number / 1e3:.0f} kB"
