"""Lines of words on paper and screens: as large as their field lets them be, broken where the language breaks."""

from __future__ import annotations

import re
from functools import lru_cache
from random import Random

import skia

from model.stage import RGB
from model.theatre.lettering import text_path, text_width_m
from model.theatre.sets.kit import Mark, Rect, mark, rects
from model.theatre.sets.palette import INK

__all__ = ["lines_in", "written"]

LEADING = 1.3  # from line to line, in sizes
MOST_LINES = 14
_PARTS = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff][\u3000-\u303f\uff00-\uffef]*|[^\s\u2e80-\u9fff]+|\s+")


def written(
    text: str,
    width: float,
    height: float,
    x: float,
    y: float,
    rgb: RGB = INK,
    bold: bool = False,
    shining: bool = False,
) -> list[Mark]:
    """Words over a field whose lower left corner is (x, y), in lines that fit; a scribble when there are none."""
    if not text.strip():
        rows = max(2, int(height / 0.022))
        rng = Random(rows)
        found: list[Rect] = []
        for i in range(rows):
            top = y + height - (i + 0.5) * height / rows
            found.append((x, top - 0.0016, x + width * (0.55 + 0.45 * rng.random()), top + 0.0016))
        return [mark(rects(found), rgb, "flame" if shining else "lit", alpha=0.55)]
    size, lines = lines_in(text, width, height, bold)
    whole = skia.Path()
    foot = y + height / 2 + len(lines) * size * LEADING / 2
    for i, line in enumerate(lines):
        whole.addPath(text_path(line, size, bold, width), x + width / 2, foot - (i + 1) * size * LEADING + size * 0.38)
    return [mark(whole, rgb, "flame" if shining else "lit")]


@lru_cache(maxsize=512)
def lines_in(text: str, width: float, height: float, bold: bool) -> tuple[float, tuple[str, ...]]:
    """The size in metres and the lines at which words fill a field; all lines have one size.

    Words stay whole, Chinese breaks between any two characters but not before a stop.
    """
    parts = [" " if part.isspace() else part for part in _PARTS.findall(" ".join(text.split()))]
    wide = [text_width_m(part, 1.0, bold) if part != " " else 0.28 for part in parts]
    longest = max(wide)
    size = 0.0
    for count in range(1, MOST_LINES + 1):
        most = min(height / (count * LEADING), height * 0.55)
        for share in (1.0, 0.92, 0.84, 0.76):
            size = min(most * share, width / longest)
            lines = _broken(parts, wide, width / size)
            if len(lines) <= count:
                return size, _even(parts, wide, width / size, lines)
    return size, tuple(_broken(parts, wide, width / size)[:MOST_LINES])


def _even(parts: list[str], wide: list[float], limit: float, lines: list[str]) -> tuple[str, ...]:
    """As many lines, of lengths as near to each other as greed lets them be."""
    for share in (0.92, 0.84, 0.76, 0.68, 0.6):
        tighter = _broken(parts, wide, limit * share)
        if len(tighter) > len(lines) or max(wide) > limit * share:
            break
        lines = tighter
    return tuple(lines)


def _broken(parts: list[str], wide: list[float], limit: float) -> list[str]:
    lines, used = [""], 0.0
    for part, width in zip(parts, wide, strict=True):
        if used + width > limit * 1.001 and lines[-1].strip():
            lines[-1] = lines[-1].rstrip()
            lines.append("")
            used = 0.0
        if part == " " and not lines[-1]:
            continue
        lines[-1] += part
        used += width + 0.04
    return [line.rstrip() for line in lines if line.strip()]
