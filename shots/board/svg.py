"""The few SVG elements that the graph is drawn with; every text is escaped and kept to its room."""

from __future__ import annotations

from functools import lru_cache, partial
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from PIL import ImageFont

from shots.board.lettering import clip
from shots.fonts import font_runs

__all__ = ["escaped", "image", "length", "line", "rect", "text"]


def text(
    x: float, y: float, said: str, size: float, room: float, *, bold: bool = False, colour: str = "#1b1d22"
) -> str:
    """One line with its baseline at `y`, shortened with an ellipsis to `room`.

    It is as wide as Lato makes it also where a reader's program has another font.
    """
    said = clip(said, room, partial(length, size=size, bold=bold)) if room > 0 else ""
    weight = ' font-weight="700"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{weight} fill="{colour}" xml:space="preserve"'
    wide = f' textLength="{length(said, size, bold):.1f}" lengthAdjust="spacingAndGlyphs"' if said.strip() else ""
    return f"<text {place}{wide}>{escaped(said)}</text>"


def rect(
    x: float, y: float, width: float, height: float, fill: str, *, radius: float = 0, stroke: str = "", title: str = ""
) -> str:
    """A box, rounded and outlined if asked for; `title` shows when a reader points at it."""
    look = f' rx="{radius:g}"' if radius else ""
    look += f' stroke="{stroke}"' if stroke else ""
    box = f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{look}'
    return f"{box}><title>{escaped(title)}</title></rect>" if title else f"{box}/>"


def line(path: str, colour: str, width: float, *, title: str = "") -> str:
    """An open path in SVG's path letters."""
    drawn = f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round"'
    return f"{drawn}><title>{escaped(title)}</title></path>" if title else f"{drawn}/>"


def image(x: float, y: float, width: float, height: float, uri: str) -> str:
    """A picture fitted into a box."""
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f"<image {box} href={quoteattr(uri)}/>"


def escaped(said: str) -> str:
    """Escaped for XML, without the characters that no XML may hold."""
    return escape("".join(c for c in said if c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff"))


def length(said: str, size: float, bold: bool) -> float:
    """The width of a line in Lato, or in the font that has what Lato has not."""
    return float(sum(_face(path).getlength(run) for path, run in font_runs(said, bold=bold))) * size / 100


@lru_cache(maxsize=64)
def _face(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), 100)
