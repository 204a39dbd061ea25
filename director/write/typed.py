"""Prose from plain text and Markdown: paragraphs by blank lines or indents, chapters by their headings.

Knows the marks that prose uses (headings, emphasis, links, quotes, lists) and drops them; it renders nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from director.parse.source import decode
from director.write.prose import Line, Prose, prose
from shots.errors import ScriptError

__all__ = ["read_typed"]

_WRAPPED_AT = 120  # characters; longer lines are paragraphs of their own
_CHAPTER = re.compile(
    r"(?:chapter|part|book|canto|act|letter|kapitel|chapitre|cap[ií]tulo|capitolo)\s+"
    r"(?:\d{1,4}|[ivxlcdm]{1,8}|[a-zé-]{2,14})\b.{0,60}|prologue|epilogue|prolog|epilog|"
    r"(?-i:[IVXLCDM]{1,8}\.?)|第[0-9０-９一二三四五六七八九十百千零〇两]{1,8}[章回节部卷].{0,40}",
    re.I,
)
_EBOOK = re.compile(r"\*\*\* ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG EBOOK.*", re.I)
_HASHES = re.compile(r"#{1,6}\s+(?P<text>.*?)\s*#*")
_RULE = re.compile(r"(?:[-*_=~•]\s*){3,}")
_LINK = re.compile(r"!?\[([^\[\]]{0,400})\](?:\([^()\s]{0,2000}(?: \"[^\"]{0,200}\")?\)|\[[^\[\]]{0,200}\])")
_STARRED = re.compile(r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)([^*_]{1,2000}?)(?<=\S)\1(?!\w)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")


def read_typed(data: bytes, name: str, *, markdown: bool) -> Prose:
    """Reads text of any encoding that can be told. Raises ScriptError for one that cannot, and for binary data."""
    try:
        text = decode(data, name)
    except ScriptError:
        raise ScriptError(
            f"{name}: is no text in an encoding that can be told. Fix: save the story as UTF-8 text, .docx or .epub."
        ) from None
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n")
    first, last = _the_book(rows)
    rows = [row if first <= i < last else "" for i, row in enumerate(rows)]
    if markdown:
        rows = _without_front_matter(_without_comments(rows))
    lines = list(_lines(rows, name, markdown))
    title = ""
    if markdown and lines and lines[0].opens:
        title = lines[0].text
    return prose(title, "", lines, name)


def _the_book(rows: Sequence[str]) -> tuple[int, int]:
    """From where to where the story runs in a library's text, which tells it in lines of its own."""
    first, last = 0, len(rows)
    for i, row in enumerate(rows):
        if found := _EBOOK.fullmatch(row.strip()):
            if found[1].upper() == "START":
                first = i + 1
            else:
                last = min(last, i)
    return first, last


def _lines(rows: Sequence[str], name: str, markdown: bool) -> Iterator[Line]:
    wrapped = _is_wrapped(rows)
    run: list[str] = []
    start = 0

    def flush() -> Iterator[Line]:
        if run:
            text = " ".join(run)
            place = f"{name}:{start + 1}"
            if not markdown and len(run) == 1 and _CHAPTER.fullmatch(text):
                yield Line(text, place, opens=True)
            elif not _RULE.fullmatch(text):
                yield Line(_unmarked(text) if markdown else text, place)
            run.clear()

    for i, row in enumerate([*rows, ""]):
        text = row.strip()
        if markdown:
            if run and re.fullmatch(r"=+|-{2,}", text) and len(run) == 1:
                yield Line(_unmarked(run[0]), f"{name}:{start + 1}", opens=True)
                run.clear()
                continue
            if heading := _HASHES.fullmatch(text):
                yield from flush()
                yield Line(_unmarked(heading["text"]), f"{name}:{i + 1}", opens=True)
                continue
            quoted = text.lstrip("> ") if text.startswith(">") else text
            item = _ITEM.match(quoted)
            text = quoted[item.end() :] if item and not _RULE.fullmatch(quoted) else quoted
            begins = item is not None or text.startswith(("```", "~~~"))
            text = "" if text.startswith(("```", "~~~")) else text
        else:
            begins = row[:1] in " \t\u3000" and row.strip() != ""
        if not text or begins or not wrapped:
            yield from flush()
        if text:
            if not run:
                start = i
            run.append(text)


def _is_wrapped(rows: Sequence[str]) -> bool:
    """Whether lines are broken at a width, so that neighbours belong together; else each line is a paragraph."""
    told = [len(row.strip()) for row in rows if row.strip()]
    if not told:
        return True
    blank = len(rows) - len(told)
    return sorted(told)[int(0.95 * (len(told) - 1))] <= _WRAPPED_AT and blank > 0.02 * len(told)


def _without_front_matter(rows: list[str]) -> list[str]:
    if rows and rows[0].strip() == "---":
        for i in range(1, min(len(rows), 200)):
            if rows[i].strip() in ("---", "..."):
                return [""] * (i + 1) + rows[i + 1 :]
    return rows


def _without_comments(rows: list[str]) -> list[str]:
    """HTML comments blanked out, line for line."""
    kept: list[str] = []
    inside = False
    for row in rows:
        told = ""
        while row:
            head, mark, rest = row.partition("-->" if inside else "<!--")
            told += "" if inside else head
            inside = not inside if mark else inside
            row = rest
        kept.append(told)
    return kept


def _unmarked(text: str) -> str:
    """Markdown's links and emphasis as plain words; a backslash before a mark goes."""
    text = _LINK.sub(r"\1", text)
    for _ in range(3):
        text = _STARRED.sub(r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", text).replace("`", "")
