"""Text broken to a width: by words, between Chinese characters, and by force where nothing else fits.

Knows no font: whoever draws brings the measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from shots.fonts import needs_cjk

__all__ = ["Measure", "clip", "wrap"]

Measure = Callable[[str], float]  # the width of a text, in the caller's units
_ELLIPSIS = "…"
_NO_LINE_STARTS_WITH = "，。、；：！？）》」』】…—～·”’"
_PIECE = re.compile(r"\s+|[^\s]+")


def wrap(text: str, width: float, measure: Measure, most_lines: int) -> list[str]:
    """`text` on at most `most_lines` lines no wider than `width`; what does not fit ends in an ellipsis."""
    if most_lines < 1:
        return []
    lines: list[str] = []
    line = ""
    for piece in _pieces(text[: 40 * most_lines + 2000]):
        if not line and piece.isspace():
            continue
        if measure((line + piece).rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece.lstrip()
        while measure(line) > width and len(line) > 1:  # a word wider than the column
            fits = max(1, _longest(line, width, measure))
            lines.append(line[:fits])
            line = line[fits:]
        if len(lines) > most_lines:
            break
    if line.strip():
        lines.append(line.rstrip())
    if len(lines) <= most_lines:
        return lines
    return [*lines[: most_lines - 1], clip(lines[most_lines - 1] + _ELLIPSIS, width, measure)]


def clip(text: str, width: float, measure: Measure) -> str:
    """`text` on one line, with an ellipsis if it has to be shortened to `width`."""
    if measure(text) <= width:
        return text
    bare = text.rstrip(_ELLIPSIS)
    fits = _longest(bare, width - measure(_ELLIPSIS), measure)
    return bare[:fits].rstrip(" ,;:.-–—") + _ELLIPSIS if fits else ""


def _longest(text: str, width: float, measure: Measure) -> int:
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _pieces(text: str) -> list[str]:
    """Words and spaces; every Chinese character is a piece, with the punctuation that may not start a line."""
    pieces: list[str] = []
    for word in _PIECE.findall(text):
        if not needs_cjk(word):
            pieces.append(word)
            continue
        run = ""
        for character in word:
            if needs_cjk(character) and character not in _NO_LINE_STARTS_WITH:
                if run:
                    pieces.append(run)
                run = character
            elif run and needs_cjk(run[0]) and character not in _NO_LINE_STARTS_WITH:
                pieces.append(run)
                run = character
            else:
                run += character
        pieces.append(run)
    return pieces
