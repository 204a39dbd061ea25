"""Text on a PDF page: Lato, the system's fonts where it lacks a character, and the reader's own Song type for Chinese.

Measures and draws single lines; what is broken where is `shots.board.lettering`'s.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from zlib import crc32

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from shots.fonts import cjk_fonts, covers, font_runs, needs_cjk

__all__ = ["ACCENT", "INK", "PAPER", "RULE", "SOFT", "draw_text", "text_width"]

INK = HexColor("#1b1d22")
SOFT = HexColor("#6d727c")
RULE = HexColor("#c9ccd2")
PAPER = HexColor("#f1f2f4")
ACCENT = HexColor("#b3391f")


def text_width(text: str, size: float, bold: bool = False) -> float:
    """How wide `text` is in points."""
    return float(sum(pdfmetrics.stringWidth(run, font, size) for font, run in _runs(text, bold)))


def draw_text(
    canvas: Canvas, x: float, y: float, text: str, size: float, bold: bool = False, colour: Color = INK
) -> None:
    """Draws `text` from `x` on the baseline `y`, in points."""
    canvas.setFillColor(colour)
    for font, run in _runs(text, bold):
        canvas.setFont(font, size)
        canvas.drawString(x, y, run)
        x += pdfmetrics.stringWidth(run, font, size)


@lru_cache(maxsize=8192)
def _runs(text: str, bold: bool) -> tuple[tuple[str, str], ...]:
    """(font name, text) with each font registered; a font that PDF cannot embed gives way to one it can."""
    runs = []
    for path, run in font_runs(text, bold=bold):
        for is_cjk, characters in groupby(run, key=needs_cjk):
            part = "".join(characters)
            shown = not is_cjk or covers(path, part)
            name = (_registered(path) if shown else None) or (_chinese() if is_cjk else "Helvetica")
            runs.append((name, part))
    return tuple(runs)


@cache
def _registered(path: Path) -> str | None:
    """The name of an embeddable font; None for outlines that reportlab cannot read (PostScript ones)."""
    try:
        font = TTFont(f"{path.stem}-{crc32(str(path).encode()):08x}", str(path))
    except TTFError:
        return None
    pdfmetrics.registerFont(font)
    return str(font.fontName)


@cache
def _chinese() -> str:
    for path in cjk_fonts():
        if name := _registered(path):
            return name
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"
