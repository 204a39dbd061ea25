"""The storyboard as a PDF: six panels a landscape page, as a crew pins them to the wall.

Text is set in Lato and, where Lato lacks a character, in the system's fonts; Chinese without a system
font that a PDF can embed is set in the reader's own Song type.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, LETTER, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from shots.board.atomic import written
from shots.board.lettering import clip, wrap
from shots.board.panel import Board, Panel, Spoken
from shots.board.typeset import ACCENT, INK, PAPER, RULE, SOFT, draw_text, text_width

__all__ = ["write_pdf"]

_MARGIN = 34.0
_HEAD = 34.0
_FOOT = 24.0
_GUTTER = 20.0
_COLUMNS, _ROWS = 3, 2
_STRIP = 15.0  # the scene's strip over a panel
_META = 15.0  # shot number, framing, duration
_PRINT_PX = 900
_BODY, _LEADING = 8.7, 10.9


def write_pdf(board: Board, path: Path, *, letter: bool = False) -> None:
    """Writes the board to `path`, on A4 or US Letter. The file appears whole or not at all."""
    size = landscape(LETTER if letter else A4)
    grid = _Grid.of(size, board.aspect)
    cells = [cell for panel in board.panels for cell in _cells(panel, grid)]
    per_page = _COLUMNS * _ROWS
    pages = [cells[i : i + per_page] for i in range(0, len(cells), per_page)] or [[]]
    with written(path) as beside:
        canvas = Canvas(str(beside), pagesize=size, invariant=1)
        canvas.setTitle(board.title)
        canvas.setCreator("Workprint")
        for number, page in enumerate(pages, start=1):
            _Page(canvas, board, size, grid).draw(page, number, len(pages))
            canvas.showPage()
        canvas.save()


@dataclass(frozen=True)
class _Grid:
    """Sizes of a cell, its picture and its text, in points; upright pictures have their text beside them."""

    cell: tuple[float, float]
    picture: tuple[float, float]
    beside: bool
    words: tuple[float, float]

    @classmethod
    def of(cls, size: tuple[float, float], aspect: float) -> _Grid:
        width = (size[0] - 2 * _MARGIN - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
        height = (size[1] - 1.5 * _MARGIN - _HEAD - _FOOT - (_ROWS - 1) * _GUTTER / 2) / _ROWS
        room = height - _STRIP - _META
        if aspect < 1.25:
            picture_h = min(room, 0.5 * width / aspect)
            return cls((width, height), (picture_h * aspect, picture_h), True, (width - picture_h * aspect - 9, room))
        picture_h = min(width / aspect, 0.68 * room)
        return cls((width, height), (picture_h * aspect, picture_h), False, (width, room - picture_h - 3))

    @property
    def rows(self) -> int:
        return int(self.words[1] / _LEADING)


def _cells(panel: Panel, grid: _Grid) -> list[Panel]:
    """The panel, and continuations of it when it says more than fits under one picture."""
    action = len(wrap(panel.action, grid.words[0], lambda t: text_width(t, _BODY), 2))
    chunks: list[list[Spoken]] = [[]]
    free = grid.rows - action
    for spoken in panel.spoken:
        needs = len(_spoken_lines(spoken, grid.words[0], grid.rows))
        if needs > free and (chunks[-1] or needs <= grid.rows):
            chunks.append([])
            free = grid.rows
        chunks[-1].append(spoken)
        free -= needs
    first = replace(panel, spoken=tuple(chunks[0]))
    rest = [
        replace(panel, spoken=tuple(chunk), action="", opens_scene=False, transition="continued")
        for chunk in chunks[1:]
    ]
    return [first, *rest]


@dataclass
class _Page:
    canvas: Canvas
    board: Board
    size: tuple[float, float]
    grid: _Grid

    def draw(self, cells: Sequence[Panel], number: int, pages: int) -> None:
        self._furniture(cells, number, pages)
        width, height = self.grid.cell
        for i, panel in enumerate(cells):
            left = _MARGIN + i % _COLUMNS * (width + _GUTTER)
            top = self.size[1] - _MARGIN - _HEAD - i // _COLUMNS * (height + _GUTTER / 2)
            self._cell(panel, left, top, width)

    def _furniture(self, cells: Sequence[Panel], number: int, pages: int) -> None:
        width, height = self.size
        top = height - _MARGIN
        right = f"{number} / {pages}"
        self._text(width - _MARGIN - text_width(right, 9, True), top - 12, right, 9, True)
        title_w = 0.45 * (width - 2 * _MARGIN)
        title = clip(self.board.title, title_w, lambda t: text_width(t, 14, True))
        self._text(_MARGIN, top - 13, title, 14, True)
        if self.board.credit:
            x = _MARGIN + text_width(title, 14, True) + 10
            room = width - _MARGIN - x - 60
            self._text(x, top - 13, clip(self.board.credit, room, lambda t: text_width(t, 9)), 9, False, SOFT)
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.8)
        self.canvas.line(_MARGIN, top - 21, width - _MARGIN, top - 21)
        scenes = list(dict.fromkeys(f"{p.scene}  {p.heading}" for p in cells))
        said = clip("   ·   ".join(scenes), width - 2 * _MARGIN, lambda t: text_width(t, 7.5))
        self._text(_MARGIN, _FOOT - 2, said, 7.5, False, SOFT)

    def _cell(self, panel: Panel, left: float, top: float, width: float) -> None:
        self._strip(panel, left, top, width)
        self._meta(panel, left, top - _STRIP, width)
        top -= _STRIP + _META
        picture_w, picture_h = self.grid.picture
        if self.grid.beside:
            self._picture(panel, left, top - picture_h, picture_w, picture_h)
            self._words(panel, left + picture_w + 9, top)
            return
        if picture_w < width - 1:
            self.canvas.setFillColor(PAPER)
            self.canvas.rect(left, top - picture_h, width, picture_h, stroke=0, fill=1)
        self._picture(panel, left + (width - picture_w) / 2, top - picture_h, picture_w, picture_h)
        self._words(panel, left, top - picture_h - 3)

    def _strip(self, panel: Panel, left: float, top: float, width: float) -> None:
        """A new scene is a dark strip with its slugline; a soft transition into the shot stands beside it."""
        note = panel.transition.upper()
        note_w = text_width(note, 6.2, True) + 8 if note else 0.0
        if panel.opens_scene:
            self.canvas.setFillColor(INK)
            self.canvas.rect(left, top - _STRIP + 2, width, _STRIP - 3, stroke=0, fill=1)
            said = clip(f"{panel.scene}   {panel.heading}", width - 10 - note_w, lambda t: text_width(t, 7.4, True))
            self._text(left + 5, top - _STRIP + 5.2, said, 7.4, True, HexColor("#ffffff"))
        if note:
            colour = HexColor("#f0b49f") if panel.opens_scene else ACCENT
            self._text(left + width - note_w + 3, top - _STRIP + 5.4, note, 6.2, True, colour)

    def _meta(self, panel: Panel, left: float, top: float, width: float) -> None:
        seconds = "" if panel.duration_s is None else f"{panel.duration_s:.1f} s"
        seconds_w = text_width(seconds, 8) + 4
        base = top - _META + 4.5
        self._text(left + width - seconds_w + 4, base, seconds, 8, False, SOFT)
        shot = clip(panel.shot, 0.5 * width, lambda t: text_width(t, 10, True))
        self._text(left, base, shot, 10, True)
        x = left + text_width(shot, 10, True) + 7
        room = left + width - seconds_w - x
        self._text(x, base, clip(" · ".join(panel.framing), room, lambda t: text_width(t, 8)), 8, False, ACCENT)

    def _picture(self, panel: Panel, left: float, bottom: float, width: float, height: float) -> None:
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(0.6)
        if panel.picture is not None:
            self.canvas.drawImage(
                _jpeg(panel.picture), left, bottom, width, height, preserveAspectRatio=True, anchor="c"
            )
        else:
            self.canvas.setFillColor(PAPER)
            self.canvas.rect(left, bottom, width, height, stroke=0, fill=1)
            self.canvas.line(left, bottom, left + width, bottom + height)
            self.canvas.line(left, bottom + height, left + width, bottom)
        self.canvas.rect(left, bottom, width, height, stroke=1, fill=0)

    def _words(self, panel: Panel, left: float, top: float) -> None:
        """Action, then what is said; every line of dialogue keeps at least its first words."""
        width, rows = self.grid.words[0], self.grid.rows
        wanted = [len(_spoken_lines(s, width, rows)) for s in panel.spoken]
        room = max(rows - sum(wanted), min(2, rows - len(wanted)))
        action = wrap(panel.action, width, lambda t: text_width(t, _BODY), room)
        free = rows - len(action) - len(wanted)
        base = top - _BODY
        for line in action:
            self._text(left, base, line, _BODY)
            base -= _LEADING
        for spoken, want in zip(panel.spoken, wanted, strict=True):
            take = 1 + min(want - 1, max(0, free))
            free -= take - 1
            base = self._speech(spoken, left, base, width, take)

    def _speech(self, spoken: Spoken, left: float, base: float, width: float, rows: int) -> float:
        """The speaker in bold, then the words; returns the next baseline."""
        for i, line in enumerate(_spoken_lines(spoken, width, rows)):
            name = _name(spoken) if i == 0 and line.startswith(_name(spoken)) else ""
            self._text(left, base, name, _BODY, True)
            self._text(left + text_width(name, _BODY, True), base, line[len(name) :], _BODY)
            base -= _LEADING
        return base

    def _text(self, x: float, y: float, text: str, size: float, bold: bool = False, colour: Color = INK) -> None:
        draw_text(self.canvas, x, y, text, size, bold, colour)


def _spoken_lines(spoken: Spoken, width: float, most: int) -> list[str]:
    manner = f" ({spoken.manner})" if spoken.manner else ""
    name = _name(spoken)
    bolder = text_width(name, _BODY, True) - text_width(name, _BODY)
    return wrap(f"{name}{manner}  {spoken.text}", width - bolder, lambda t: text_width(t, _BODY), most)


def _jpeg(picture: Path) -> ImageReader:
    """The picture as a print needs it: a JPEG of at most `_PRINT_PX`, so that a feature's board can be mailed."""
    with Image.open(picture) as image:
        small = image.convert("RGB")
        small.thumbnail((_PRINT_PX, _PRINT_PX))
        held = io.BytesIO()
        small.save(held, "JPEG", quality=88)
    held.seek(0)
    return ImageReader(held)


def _name(spoken: Spoken) -> str:
    return clip(spoken.speaker, 90, lambda t: text_width(t, _BODY, True))
