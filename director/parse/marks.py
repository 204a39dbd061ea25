"""Notes `[[…]]` and boneyards `/*…*/` taken out of a Fountain text, so that only what is shot remains.

One pass over the text, whatever it holds. It does not judge what the remaining lines mean.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from director.script import Element

__all__ = ["WORD_JOINER", "Line", "clean_text", "take_out_marks"]

# Invisible, and no part of any mark: it lets a line look like what it is not ("INT. HELL - DAY", said aloud).
WORD_JOINER = "\u2060"

_PARTED = re.compile(r"\n[ \t]*\n")
# C0 controls and lone surrogates cannot stand in YAML, XML or a caption; tabs and line ends may.
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and its 1-based number in the file."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


def clean_text(text: str) -> str:
    """`text` without byte-order mark and control characters, every line ended by a single line feed."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\x85", "\n").replace("\u2028", "\n").replace("\x0c", "")
    return _CONTROL.sub("", text)


def take_out_marks(text: str) -> tuple[list[Line], list[Element]]:
    """Returns the lines without notes and boneyards, and those as elements of kind "note" and "boneyard".

    A line that held nothing but marks disappears, so that a cue and its dialogue stay together around
    it; a mark with a blank line inside parts what stands around it, as that blank line would.
    A note ends at a line with fewer than two characters (the specification's blank line): then its
    brackets are plain text, as are those of an unclosed boneyard.
    """
    starts = [0]
    for found in re.finditer("\n", text):
        starts.append(found.end())
    blanks = [found.start() for found in re.finditer(r"(?<=\n)[ \t]?(?=\n)", text)]
    marks: list[Element] = []
    kept: list[str] = []  # what stands between the marks; a mark leaves a NUL per line end it held
    at = 0
    next_close = {"[[": -1, "/*": -1}
    for opening in re.finditer(r"\[\[|/\*", text):
        if opening.start() < at:
            continue
        sign = opening[0]
        closing = "]]" if sign == "[[" else "*/"
        if next_close[sign] < opening.end():
            found_at = text.find(closing, opening.end())
            next_close[sign] = found_at if found_at >= 0 else len(text)
        end = next_close[sign]
        if end >= len(text):
            continue
        if sign == "[[":
            blank = bisect_left(blanks, opening.end())
            if blank < len(blanks) and blanks[blank] < end:
                continue
        inner = text[opening.end() : end]
        kind = "note" if sign == "[[" else "boneyard"
        first, last = bisect_left(starts, opening.start() + 1), bisect_left(starts, end + 1)
        content = inner.strip()
        if "\n" in content:
            content = "\n".join(line.strip() for line in content.split("\n"))
        marks.append(Element(kind, content, first, last))  # type: ignore[arg-type]  # mypy loses the literal
        kept.append(text[at : opening.start()])
        parted = "\n" in inner and _PARTED.search(inner) is not None
        kept.append("\x00" + ("\x01" if parted else "") + "\n\x00" * inner.count("\n"))
        at = end + 2
    kept.append(text[at:])
    lines: list[Line] = []
    for number, raw in enumerate("".join(kept).split("\n"), start=1):
        if "\x00" not in raw:
            lines.append(Line(number, raw))
            continue
        bare = raw.replace("\x00", "").replace("\x01", "")
        if bare.strip():
            lines.append(Line(number, bare))
        elif "\x01" in raw:
            lines.append(Line(number, ""))
    return lines, marks
