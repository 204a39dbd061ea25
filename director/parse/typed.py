"""Plain text typed in screenplay columns, as word processors and old archives save it."""

from __future__ import annotations

import re

from director.parse.layout import Row, parse_rows, without_furniture
from director.parse.marks import clean_text
from director.script import Script

__all__ = ["parse_typed"]


def parse_typed(text: str, file: str) -> Script | None:
    """The script if the text stands in columns; None for text without them, which Fountain reads better."""
    rows: list[Row] = []
    page = 0
    gap = True
    for number, raw in enumerate(_lines(text), start=1):
        page += raw.count("\x0c")
        line = clean_text(raw).expandtabs(8).rstrip()
        if not line.strip():
            gap = True
            continue
        segments = tuple((float(found.start()), found[0]) for found in re.finditer(r"\S+(?: {1,3}\S+)*", line))
        rows.append(Row(number, segments, gap, page, float(len(line))))
        gap = False
    return parse_rows(without_furniture(rows), file)


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
