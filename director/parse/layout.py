"""Screenplay elements from where lines stand on a page: the part that typed text and PDFs share.

A typed page has columns: action and sluglines left, dialogue in, parentheticals further, cues furthest.
The columns are measured, not assumed. Pages without columns are for `director.parse.fountain`.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from director.parse.fountain import heading_element
from director.parse.lines import Cue, as_cue, is_transition, split_cue
from director.parse.titlepage import typed_title_page
from director.script import Element, ElementKind, Script
from shots.heading import is_heading

__all__ = ["Row", "parse_rows", "without_furniture"]

_MORE = re.compile(r"\(\s*MORE\s*\)", re.I)
_CONTINUED = re.compile(
    r"(?:[A-Z]?\d{1,4}[A-Z]?\s+)?\(?CONTINUED\)?\s*:?\s*(?:\(\d+\)|\d+)?(?:\s+[A-Z]?\d{1,4}[A-Z]?)?", re.I
)
_PAGE_NUMBER = re.compile(r"(?:page\s+)?-?\s*\d{1,4}[A-Z]?\s*[.\-]?(?:\s*(?:of|/)\s*\d{1,4})?|第\s*\d{1,4}\s*页", re.I)
_TYPED_ACTION = 15  # an inch and a half, where action stands if there is none to measure
_INDENT = 3.0  # columns; less is a slip of the typewriter


@dataclass(frozen=True, slots=True)
class Row:
    """One printed line: its running number, segments of (column, text), and what stands above it.

    Columns are characters of ten to the inch. `gap` says that blank space stands above, `page` is the page's
    number from 0, `end` the column where the line ends, `more` that a (MORE) was dropped just above.
    """

    number: int
    segments: tuple[tuple[float, str], ...]
    gap: bool
    page: int
    end: float
    more: bool = False

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.segments)

    @property
    def x(self) -> float:
        return self.segments[0][0]


def without_furniture(rows: Sequence[Row]) -> list[Row]:
    """Drops page numbers, running heads, (MORE) and CONTINUED; what follows keeps the gap that they stood in."""
    edges = _edges(rows)
    pages = len({row.page for row in rows})
    heads = Counter(_masked(row) for row in rows if row.number in edges)
    kept: list[Row] = []
    more = gap = False
    for row in rows:
        text = row.text.strip()
        if _MORE.fullmatch(text):
            more = True
        elif _CONTINUED.fullmatch(text) or (
            row.number in edges
            and (_PAGE_NUMBER.fullmatch(text) or (heads[_masked(row)] >= 3 and heads[_masked(row)] > 0.3 * pages))
        ):
            gap = True
        else:
            kept.append(replace(row, gap=row.gap or gap or not kept, more=more))
            more = gap = False
    return kept


def _masked(row: Row) -> str:
    return re.sub(r"\d+", "#", row.text.strip())


def parse_rows(rows: Sequence[Row], file: str) -> Script | None:
    """The script on these rows, or None if they stand in no screenplay columns."""
    columns = _Columns.measure(rows)
    if columns is None:
        return None
    start = _title_end(rows, columns)
    walk = _Walk(rows[start:], columns)
    return Script(file=file, title_page=typed_title_page(_blocks(rows[:start])), elements=tuple(walk.elements()))


def _edges(rows: Sequence[Row]) -> set[int]:
    """Numbers of the rows that may be furniture: first or last on a page and set off from the rest by a gap.

    On an endless page those are page numbers far to the right. Sluglines and transitions never are.
    """
    if not rows or rows[-1].page == 0:
        return {row.number for row in rows if row.x >= 50 and _PAGE_NUMBER.fullmatch(row.text.strip())}
    edges: set[int] = set()
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        first = before is None or before.page != row.page
        last = after is None or after.page != row.page
        apart = (last or after is None or after.gap) if first else (last and row.gap)
        if apart and not is_heading(row.text) and not is_transition(row.text):
            edges.add(row.number)
    return edges


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where action, dialogue and cues begin, in characters."""

    action: float
    dialogue: float
    cue: float

    @classmethod
    def measure(cls, rows: Sequence[Row]) -> _Columns | None:
        """Action stands where sluglines or long lines stand; cues are capitals far in with a line right below."""
        headings = Counter(
            round(next((x for x, text in row.segments if not _PAGE_NUMBER.fullmatch(text)), row.x))
            for row in rows
            if is_heading(row.text, strict=True)
        )
        wide = Counter(round(row.x) for row in rows if len(row.text) > 40)
        everything = Counter(round(row.x) for row in rows)
        if not everything:
            return None
        action = float((headings or wide or Counter([min(_TYPED_ACTION, *everything)])).most_common(1)[0][0])
        cues: Counter[int] = Counter()
        under: Counter[int] = Counter()
        for row, after in itertools.pairwise(rows):
            indented = row.x > action + 2 * _INDENT and after.x > action + _INDENT
            if indented and not after.gap and after.x <= row.x and as_cue(row.text):
                cues[round(row.x)] += 1
                if not after.text.startswith("("):
                    under[round(after.x)] += 1
        if not cues or not under:
            sides = any(_is_dual(row, after) for row, after in itertools.pairwise(rows))
            return cls(action, action + 10, action + 22) if sides else None
        flush = sum(
            row.x <= action + _INDENT and row.gap and not after.gap and as_cue(row.text) is not None
            for row, after in itertools.pairwise(rows)
        )
        if cues.total() < flush:
            return None
        return cls(action, float(under.most_common(1)[0][0]), float(cues.most_common(1)[0][0]))


def _is_dual(row: Row, after: Row) -> bool:
    """Two cues side by side with something right below."""
    return len(row.segments) == 2 and not after.gap and all(as_cue(text) for _, text in row.segments)


def _title_end(rows: Sequence[Row], columns: _Columns) -> int:
    """How many rows at the start are a title page: all before the first slugline, on their own page or far in."""
    start = next((i for i, row in enumerate(rows) if is_heading(row.text, strict=True) or is_transition(row.text)), 0)
    while (
        start
        and rows[start].page == rows[start - 1].page
        and not all(row.x > columns.action + _INDENT for row in rows[:start])
    ):
        start = next((i for i in range(start) if rows[i].page == rows[start].page), 0)
    return start


def _blocks(rows: Sequence[Row]) -> list[list[str]]:
    blocks: list[list[str]] = []
    for row in rows:
        if row.gap or not blocks:
            blocks.append([])
        blocks[-1].append(row.text)
    return blocks


class _Walk:
    """One walk over the rows below the title page."""

    def __init__(self, rows: Sequence[Row], columns: _Columns) -> None:
        self._rows = rows
        self._at = columns
        self._out: list[Element] = []

    def elements(self) -> list[Element]:
        i = 0
        while i < len(self._rows):
            i = self._element(i)
        return self._out

    def _closed(self, i: int) -> bool:
        """Whether a block ends before row `i`."""
        return i >= len(self._rows) or self._rows[i].gap

    def _element(self, i: int) -> int:
        row = self._rows[i]
        text = row.text.strip()
        if is_heading(text, strict=row.x > self._at.action + _INDENT):
            end = i + 1
            while not self._closed(end) and len(text) > 45 and self._rows[end].text.isupper():
                text += " " + self._rows[end].text.strip()
                end += 1
            self._out.append(heading_element(text, row.number, self._rows[end - 1].number))
            return end
        if is_transition(text) and (text.endswith((":", ".")) or row.x > self._at.cue):
            self._emit("transition", text, i, i)
            return i + 1
        if i + 1 < len(self._rows) and _is_dual(row, self._rows[i + 1]):
            return self._dual(i)
        if row.x > self._at.dialogue + 1.5 and self._in(i + 1) and not self._closed(i + 1) and (cue := as_cue(text)):
            return self._speech(i, cue)
        if abs(row.x - self._at.dialogue) <= 2 and self._speaking():
            return self._said(i, self._speech_end(i + 1))
        return self._action(i)

    def _in(self, i: int) -> bool:
        return i < len(self._rows) and self._rows[i].x > self._at.action + _INDENT

    def _speaking(self) -> bool:
        return bool(self._out) and self._out[-1].kind in ("dialogue", "paren", "character")

    def _emit(self, kind: ElementKind, text: str, first: int, last: int) -> None:
        self._out.append(Element(kind, text, self._rows[first].number, self._rows[last].number))

    def _action(self, i: int) -> int:
        end = i + 1
        while not self._closed(end) and not self._in(end) and not is_heading(self._rows[end].text, strict=True):
            end += 1
        self._emit("action", "\n".join(row.text for row in self._rows[i:end]), i, end - 1)
        return end

    def _speech(self, i: int, cue: Cue) -> int:
        row = self._rows[i]
        turned_page = row.more and cue.extension is not None and "CONT" in cue.extension.upper()
        if not (turned_page and self._speaking()):  # a (CONT'D) that only the page break made
            self._out.append(Element("character", cue.name, row.number, row.number, extension=cue.extension))
        return self._said(i + 1, self._speech_end(i + 1))

    def _speech_end(self, i: int) -> int:
        while (
            not self._closed(i)
            and self._in(i)
            and not (
                self._rows[i].x > self._at.dialogue + 1.5
                and as_cue(self._rows[i].text)
                and abs(self._rows[i].x - self._at.cue) < 2
            )
        ):
            i += 1
        return i

    def _said(self, first: int, end: int) -> int:
        self._out.extend(_spoken([(row.number, row.text.strip()) for row in self._rows[first:end]], dual=False))
        return end

    def _dual(self, i: int) -> int:
        """Two speeches side by side: the right one begins where the rows of two segments say."""
        end = i + 1
        while not self._closed(end):
            end += 1
        block = self._rows[i:end]
        right = min(row.segments[-1][0] for row in block if len(row.segments) > 1)
        for is_right in (False, True):
            column = [
                (row.number, " ".join(t for x, t in row.segments if (x >= right - 1) == is_right).strip())
                for row in block
            ]
            column = [(number, text) for number, text in column if text]
            cue = split_cue(column[0][1])
            number = column[0][0]
            self._out.append(Element("character", cue.name, number, number, extension=cue.extension, dual=is_right))
            self._out.extend(_spoken(column[1:], dual=is_right))
        return end


def _spoken(lines: Sequence[tuple[int, str]], dual: bool) -> list[Element]:
    """Dialogue and parentheticals from the lines under a cue."""
    out: list[Element] = []
    run: list[tuple[int, str]] = []

    def flush(kind: ElementKind) -> None:
        if run:
            out.append(Element(kind, "\n".join(text for _, text in run), run[0][0], run[-1][0], dual=dual))
            run.clear()

    inside = False
    for number, text in lines:
        if not inside and text[:1] in ("(", "（"):
            flush("dialogue")
            inside = True
        run.append((number, text))
        if inside and text[-1:] in (")", "）"):
            flush("paren")
            inside = False
    flush("dialogue")
    return out
