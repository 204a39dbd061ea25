"""Title card and credits: words on a dark ground, set with Pillow, for any aspect and any script with a font."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from shots.cut.timeline import Card

__all__ = ["draw_card"]

_GROUND = (13, 13, 15)
_BRIGHT = (238, 234, 226)
_SOFT = (150, 147, 142)
_SAFE = 0.8  # of the width and height, inside which words stay
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
    rows, foot = _rows(card, unit)
    rows = [part for row in rows for part in _wrapped(row, width * _SAFE)]
    foot = [part for row in foot for part in _wrapped(row, width * _SAFE)]
    room = height * _SAFE - (2 * _height(foot) + 6 * unit if foot else 0)
    shrink = min(1.0, room / max(1.0, _height(rows)))
    image = Image.new("RGB", (width, height), _GROUND)
    draw = ImageDraw.Draw(image)
    _set(draw, rows, width, (height - _height(rows) * shrink) / 2 - (unit * 3 if card.kind == "title" else 0), shrink)
    _set(draw, foot, width, height * (1 + _SAFE) / 2 - _height(foot) * shrink, shrink)
    return np.asarray(image.resize((width_px, height_px), Image.Resampling.LANCZOS), dtype=np.uint8)


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
    """The row in as many lines as it needs; one word that is too wide is set smaller."""
    lines: list[str] = []
    units = row.text.split(" ") if " " in row.text else [row.text]
    widest = max(_width(unit, row) for unit in units)
    if widest > room_px:
        row = _Row(row.text, row.weight, row.size_px * room_px / widest * 0.99, row.tracking, row.colour, row.above_px)
    for unit in units:
        joined = f"{lines[-1]} {unit}" if lines else unit
        if lines and _width(joined, row) <= room_px:
            lines[-1] = joined
        else:
            lines.append(unit)
    return [
        _Row(
            text, row.weight, row.size_px, row.tracking, row.colour, row.above_px if number == 0 else row.size_px * 0.3
        )
        for number, text in enumerate(lines)
    ]


def _height(rows: list[_Row]) -> float:
    return sum(row.size_px + row.above_px for row in rows)


def _width(text: str, row: _Row) -> float:
    font = _font(row.weight, row.size_px, _needs_system_font(text))
    return float(font.getlength(text)) + row.tracking * row.size_px * (len(text) - 1)


def _set(draw: ImageDraw.ImageDraw, rows: list[_Row], width: int, top: float, shrink: float) -> None:
    for row in rows:
        row = _Row(row.text, row.weight, row.size_px * shrink, row.tracking, row.colour, row.above_px * shrink)
        top += row.above_px
        font = _font(row.weight, row.size_px, _needs_system_font(row.text))
        x = (width - _width(row.text, row)) / 2
        for index, letter in enumerate(row.text):
            advance = font.getlength(row.text[: index + 1]) - font.getlength(row.text[:index])  # keeps the kerning
            draw.text((x, top + row.size_px), letter, font=font, fill=row.colour, anchor="ls")
            x += advance + row.tracking * row.size_px
        top += row.size_px


def _needs_system_font(text: str) -> bool:
    return any(ord(letter) > 0x2E7F for letter in text)


@lru_cache(maxsize=64)
def _font(weight: str, size_px: float, system: bool) -> ImageFont.FreeTypeFont:
    path = next((p for p in _SYSTEM_FONTS if p.exists()), None) if system else None
    return ImageFont.truetype(str(path or files("font_lato") / "files" / f"Lato-{weight}.ttf"), round(size_px))


_SYSTEM_FONTS = (Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),)
