"""The title page: Fountain's keys and values, and titles that a typed page only shows by their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from director.parse.lines import is_transition, plain
from director.parse.marks import Line
from shots.heading import is_heading

__all__ = ["fountain_title_page", "typed_title_page"]

_KEY = re.compile(r"(?P<key>[^\s:：][^:：]{0,30}?)\s*[:：](?P<value>.*)")
_KNOWN = {
    "title", "credit", "author", "authors", "source", "draft date", "date", "contact", "copyright", "notes",
    "revision", "episode", "series", "format", "font", "watermark", "written by", "language", "draft",
}  # fmt: skip
_CHINESE = {"片名": "title", "标题": "title", "剧名": "title", "编剧": "author", "作者": "author", "日期": "draft date",
            "联系方式": "contact", "版权": "copyright"}  # fmt: skip
_CREDIT = re.compile(
    r"(?:(?:screenplay|teleplay|story|written|script|a film|an original screenplay)\s*)?(?:and directed\s*)?by:?", re.I
)


def fountain_title_page(lines: Sequence[Line]) -> tuple[dict[str, tuple[str, ...]], int]:
    """Returns the keys (lower case) with their lines, and how many of `lines` the title page takes.

    It is one only if its first line is a known key, or any key whose block holds a known one: `CUT TO:`
    and `FADE IN:` open a screenplay, not a title page.
    """
    start = next((i for i, line in enumerate(lines) if not line.blank), len(lines))
    end = next((i for i in range(start, len(lines)) if lines[i].blank), len(lines))
    values: dict[str, list[str]] = {}
    current: str | None = None
    for i in range(start, end):
        text = lines[i].text
        found = _KEY.match(text) if not text[:1].isspace() else None
        if found and not is_transition(text) and not is_heading(text) and not (current and "//" in found["value"][:2]):
            current = _CHINESE.get(found["key"].strip(), found["key"].strip().lower())
            values.setdefault(current, [])
            if found["value"].strip():
                values[current].append(found["value"].strip())
        elif current is None or (not text[:1].isspace() and (is_heading(text) or is_transition(text))):
            end = i
            break
        else:
            values[current].append(text.strip())
    if not _KNOWN & values.keys():
        return {}, 0
    return {key: tuple(value) for key, value in values.items()}, end


def typed_title_page(blocks: Sequence[Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """Reads blocks of lines of a typed title page: the first is the title, who follows "by" wrote it."""
    page: dict[str, tuple[str, ...]] = {}
    rest = [[line.strip() for line in block if line.strip()] for block in blocks]
    rest = [block for block in rest if block]
    if not rest:
        return page
    page["title"] = tuple(plain(line).strip('"“”') for line in rest.pop(0))
    lines = [line for block in rest for line in block]
    for i, line in enumerate(lines):
        if _CREDIT.fullmatch(line) and i + 1 < len(lines):
            page["credit"] = (line,)
            page["author"] = (lines[i + 1],)
            lines = lines[:i] + lines[i + 2 :]
            break
        if opening := re.match(r"((?:screenplay|written|story|script)\s+by):?\s+(\S.*)", line, re.I):
            page["credit"], page["author"] = (opening[1],), (opening[2],)
            lines = lines[:i] + lines[i + 1 :]
            break
    if lines:
        page["contact"] = tuple(lines)
    return page
