"""Title card and credits: words on a dark ground, set with Pillow, for any aspect and any script with a font."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from shots.cut.timeline import Card
from shots.errors import CutError
from shots.fonts import font_path, needs_cjk

__all__ = ["draw_card"]

_GROUND = (13, 13, 15)
_BRIGHT = (238, 234, 226)
_SOFT = (150, 147, 142)
_SAFE = 0.8  # of the width and height, inside which words stay
_LONGEST = 240  # letters of one line that are set
_TOO_WIDE = 2.5  # times the room
_LONG_TITLE = 18  # letters
_SCALE = 2  # drawn larger and scaled down, for even strokes


@dataclass(frozen=True)
class _Row:
    """One line of type: its size in pixels, tracking in parts of it, and the space above it in pixels."""

    text: str
    weight: str
    size_px: float
    tracking: float
    colour: tuple[int, int, int]
    above_px: float = 0.0


def draw_card(card: Card, width_px: int, height_px: int) -> NDArray[np.uint8]:
    """A card as a picture, (height_px, width_px, 3)."""
    width, height = width_px * _SCALE, height_px * _SCALE
    unit = min(height, width * 1.2) / 100
    rows, foot = _rows(Card(card.kind, _plain(card.heading), tuple(map(_plain, card.lines)), _plain(card.foot)), unit)
    rows = [part for row in rows for part in _wrapped(row, width * _SAFE)]
    foot = [part for row in foot for part in _wrapped(row, width * _SAFE)]
    room = height * _SAFE - (2 * _height(foot) + 6 * unit if foot else 0)
    shrink = min(1.0, room / max(1.0, _height(rows)))
    image = Image.new("RGB", (width, height), _GROUND)
    draw = ImageDraw.Draw(image)
    _set(draw, rows, width, (height - _height(rows) * shrink) / 2 - (unit * 3 if card.kind == "title" else 0), shrink)
    _set(draw, foot, width, height * (1 + _SAFE) / 2 - _height(foot) * shrink, shrink)
    return np.asarray(image.resize((width_px, height_px), Image.Resampling.LANCZOS), dtype=np.uint8)


def _plain(text: str) -> str:
    """On one line and of a length that can be set."""
    return " ".join(text.split())[:_LONGEST]


def _rows(card: Card, unit: float) -> tuple[list[_Row], list[_Row]]:
    foot = [_Row(card.foot, "Regular", unit * 3.6, 0.06, _SOFT)] if card.foot else []
    if card.kind == "title":
        size = 12 if len(card.heading) <= _LONG_TITLE else 8  # so that few titles need three lines
        title = _Row(card.heading.upper(), "Light", unit * size, 0.22, _BRIGHT)
        return [title, *(_Row(text, "Regular", unit * 4.2, 0.1, _SOFT, unit * 5) for text in card.lines)], foot
    heading = _Row(card.heading.upper(), "Regular", unit * 3.8, 0.3, _SOFT)
    names = [
        _Row(name, "Regular", unit * 5.6, 0.04, _BRIGHT, unit * (5 if number == 0 else 2.4))
        for number, name in enumerate(card.lines)
    ]
    return [heading, *names], foot


def _wrapped(row: _Row, room_px: float) -> list[_Row]:
    """The row in as many lines as it needs; a word that is too wide is set smaller, or broken when far too wide."""
    lines: list[str] = []
    units, gap = row.text.split(" "), " "
    widest = max(_width(unit, row) for unit in units)
    if widest > _TOO_WIDE * room_px or (needs_cjk(row.text) and len(units) == 1):
        units, gap, widest = list(row.text) or [""], "", 0.0
    if widest > room_px:
        row = replace(row, size_px=row.size_px * room_px / widest * 0.99)
    for unit in units:
        joined = f"{lines[-1]}{gap}{unit}" if lines else unit
        if lines and _width(joined, row) <= room_px:
            lines[-1] = joined
        else:
            lines.append(unit)
    return [
        replace(row, text=text, above_px=row.above_px if number == 0 else row.size_px * 0.3)
        for number, text in enumerate(lines)
    ]


def _height(rows: list[_Row]) -> float:
    return sum(row.size_px + row.above_px for row in rows)


def _width(text: str, row: _Row) -> float:
    font = _font(row.text, row.weight, row.size_px)
    return float(font.getlength(text)) + row.tracking * row.size_px * (len(text) - 1)


def _set(draw: ImageDraw.ImageDraw, rows: list[_Row], width: int, top: float, shrink: float) -> None:
    for row in rows:
        row = replace(row, size_px=row.size_px * shrink, above_px=row.above_px * shrink)
        top += row.above_px
        font = _font(row.text, row.weight, row.size_px)
        x = (width - _width(row.text, row)) / 2
        for index, letter in enumerate(row.text):
            advance = font.getlength(row.text[: index + 1]) - font.getlength(row.text[:index])  # keeps the kerning
            draw.text((x, top + row.size_px), letter, font=font, fill=row.colour, anchor="ls")
            x += advance + row.tracking * row.size_px
        top += row.size_px


@lru_cache(maxsize=64)
def _font(text: str, weight: str, size_px: float) -> ImageFont.FreeTypeFont:
    """The type for `text`; what no font here has shows as boxes, and `shots.fonts.font_notice` says so."""
    path = font_path(text) or font_path()
    if path is None:
        raise CutError("the titles have no font. Fix: pip install --force-reinstall font-lato.")
    lighter = path.with_name(path.name.replace("Regular", weight))
    return ImageFont.truetype(str(lighter if lighter.exists() else path), max(1, round(size_px)))
