"""Lines of words on paper and screens."""

from __future__ import annotations

import math
from random import Random

import skia

from model.stage import RGB
from model.theatre.lettering import text_path
from model.theatre.sets.kit import Mark, Rect, mark, rects
from model.theatre.sets.palette import INK

__all__ = ["written"]


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
    if not text:
        rows = max(2, int(height / 0.022))
        rng = Random(rows)
        found: list[Rect] = []
        for i in range(rows):
            top = y + height - (i + 0.5) * height / rows
            found.append((x, top - 0.0016, x + width * (0.55 + 0.45 * rng.random()), top + 0.0016))
        return [mark(rects(found), rgb, "flame" if shining else "lit", alpha=0.55)]
    words, lines = text.split(), [""]
    if len(words) <= 1 and not text.isascii() and len(text) > 6:
        lines = [text[i : i + 6] for i in range(0, len(text), 6)]
    else:
        limit = max(8, math.ceil(math.sqrt(len(text) * 2.6 * width / height)))
        for word in words:
            if lines[-1] and len(lines[-1]) + 1 + len(word) > limit:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
    size = min(height / (len(lines) * 1.3), height * 0.55)
    whole = skia.Path()
    foot = y + height / 2 + len(lines) * size * 0.65
    for i, words_of in enumerate(lines):
        whole.addPath(text_path(words_of, size, bold, width), x + width / 2, foot - (i + 1) * size * 1.3 + size * 0.38)
    return [mark(whole, rgb, "flame" if shining else "lit")]
