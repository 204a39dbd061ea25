"""The whole film on one PNG: every panel in cut order on a dark ground, with its shot, framing and length."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from shots.board.atomic import written
from shots.board.lettering import clip
from shots.board.panel import Board, Panel
from shots.fonts import font_runs

__all__ = ["sheet_size_px", "write_sheet"]

_MOST_PX = 40_000_000  # a larger sheet is drawn with smaller panels
_GROUND, _FRAME, _INK, _SOFT, _ACCENT = "#15171b", "#262a31", "#f2f3f5", "#9097a3", "#e8a48f"


def write_sheet(board: Board, path: Path) -> None:
    """Writes the contact sheet to `path` as a PNG. The file appears whole or not at all."""
    grid = _Grid.of(board)
    sheet = Image.new("RGB", (grid.width, grid.height), _GROUND)
    draw = ImageDraw.Draw(sheet)
    title_px = grid.text_px * 1.7
    room = grid.width - 2 * grid.margin
    title = clip(board.title, room, partial(_length, size_px=title_px, bold=True))
    _text(draw, grid.margin, grid.margin + title_px * 0.8, title, title_px, _INK, bold=True)
    told = f"{len(board.panels)} shots · {_clock(board)}"
    told_w = _length(told, grid.text_px, False)
    if _length(title, title_px, True) + told_w + grid.gap < room:
        _text(draw, grid.width - grid.margin - told_w, grid.margin + title_px * 0.8, told, grid.text_px, _SOFT)
    for number, panel in enumerate(board.panels):
        _draw_panel(sheet, draw, panel, *grid.corner(number), grid)
    with written(path) as beside:
        sheet.save(beside, "PNG", optimize=False)


def sheet_size_px(board: Board) -> tuple[int, int]:
    """Width and height that `write_sheet` draws."""
    grid = _Grid.of(board)
    return grid.width, grid.height


@dataclass(frozen=True)
class _Grid:
    """The sheet's measures in pixels."""

    columns: int
    rows: int
    panel_w: int
    panel_h: int

    @classmethod
    def of(cls, board: Board) -> _Grid:
        count = max(1, len(board.panels))
        # Near a 16:10 sheet, with as few holes in the last row as one column more or less can give.
        near = min(16, max(3, round(math.sqrt(count * 1.6 / board.aspect))))
        columns = min(count, min((near, near - 1, near + 1), key=lambda c: -count % c / c))
        rows = math.ceil(count / columns)
        panel_w = 320 if board.aspect >= 1 else 200
        while True:
            grid = cls(columns, rows, panel_w, round(panel_w / board.aspect))
            if grid.width * grid.height <= _MOST_PX or panel_w <= 32:
                return grid
            panel_w = max(32, panel_w * 3 // 4)

    @property
    def text_px(self) -> float:
        return max(7.0, self.panel_w / 20 if self.panel_w > self.panel_h else self.panel_w / 14)

    @property
    def gap(self) -> int:
        return self.panel_w // 16

    @property
    def margin(self) -> int:
        return self.panel_w // 10

    @property
    def label_h(self) -> int:
        return round(self.text_px * 1.9)

    @property
    def head_h(self) -> int:
        return round(self.text_px * 3.4)

    @property
    def width(self) -> int:
        return 2 * self.margin + self.columns * (self.panel_w + self.gap) - self.gap

    @property
    def height(self) -> int:
        return 2 * self.margin + self.head_h + self.rows * (self.panel_h + self.label_h + self.gap) - self.gap

    def corner(self, number: int) -> tuple[int, int]:
        column, row = number % self.columns, number // self.columns
        top = self.margin + self.head_h + row * (self.panel_h + self.label_h + self.gap)
        return self.margin + column * (self.panel_w + self.gap), top


def _draw_panel(sheet: Image.Image, draw: ImageDraw.ImageDraw, panel: Panel, left: int, top: int, grid: _Grid) -> None:
    if panel.picture is not None:
        with Image.open(panel.picture) as picture:
            fitted = ImageOps.pad(picture.convert("RGB"), (grid.panel_w, grid.panel_h), color=_FRAME)
        sheet.paste(fitted, (left, top))
    else:
        draw.rectangle((left, top, left + grid.panel_w - 1, top + grid.panel_h - 1), fill=_FRAME)
    size = grid.text_px
    base = top + grid.panel_h + size * 1.35
    if panel.opens_scene:
        bar = max(2, grid.panel_w // 90)
        draw.rectangle((left, top - bar - 1, left + grid.panel_w - 1, top - 2), fill=_ACCENT)
    seconds = "" if panel.duration_s is None else f"{panel.duration_s:.1f} s"
    seconds_w = _length(seconds, size, False)
    shot = clip(panel.shot, grid.panel_w * 0.6, partial(_length, size_px=size, bold=True))
    _text(draw, left, base, shot, size, _INK, bold=True)
    x = left + _length(shot, size, True) + size * 0.6
    room = left + grid.panel_w - seconds_w - size * 0.6 - x
    framing = clip(" · ".join(panel.framing), room, partial(_length, size_px=size, bold=False)) if room > 0 else ""
    _text(draw, x, base, framing, size, _ACCENT)
    if room > 0:
        _text(draw, left + grid.panel_w - seconds_w, base, seconds, size, _SOFT)


def _clock(board: Board) -> str:
    total = round(sum(panel.duration_s or 0.0 for panel in board.panels))
    return f"{total // 60}:{total % 60:02d} min"


@lru_cache(maxsize=64)
def _face(path: Path, size_px: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size_px)


def _length(text: str, size_px: float, bold: bool) -> float:
    return float(sum(_face(path, size_px).getlength(run) for path, run in font_runs(text, bold=bold)))


def _text(
    draw: ImageDraw.ImageDraw, x: float, base: float, text: str, size_px: float, colour: str, *, bold: bool = False
) -> None:
    for path, run in font_runs(text, bold=bold):
        face = _face(path, size_px)
        draw.text((x, base), run, font=face, fill=colour, anchor="ls")
        x += face.getlength(run)
