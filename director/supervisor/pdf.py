"""The continuity report as a PDF on A4 or US Letter, as it lies on a set: a breakdown, then a sheet for each scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from director.supervisor.report import ContinuityReport, SceneSheet, clock, pages
from shots.board.atomic import written
from shots.board.lettering import clip, wrap
from shots.board.typeset import ACCENT, INK, PAPER, RULE, SOFT, draw_text, text_width

__all__ = ["write_continuity_pdf"]

_MARGIN, _HEAD, _FOOT = 34.0, 30.0, 22.0
_SIZE, _LEADING = 8.0, 10.2
_SMALL = 7.2
_GAP = 6.0  # between columns
_LABEL_W = 74.0
_MOST_LINES = 6  # of a cell
_WHITE = HexColor("#ffffff")

_BREAKDOWN = (("Scene", 0.06), ("Slugline", 0.27), ("Story day", 0.08), ("Since", 0.17), ("Pages", 0.06),
              ("Time", 0.05), ("Cast", 0.31))  # fmt: skip
_SHOTS = (("Shot", 0.06), ("Framing", 0.17), ("Lens", 0.055), ("Side", 0.035), ("Direction", 0.1), ("Eyeline", 0.1),
          ("Length", 0.05), ("What", 0.27), ("State", 0.16))  # fmt: skip


def write_continuity_pdf(report: ContinuityReport, path: Path) -> None:
    """Writes the report to `path`. The file appears whole or not at all."""
    size = landscape(A4)
    with written(path) as beside:
        canvas = Canvas(str(beside), pagesize=size, invariant=1)
        canvas.setTitle(f"{report.title}: continuity")
        canvas.setCreator("Workprint")
        flow = _Flow(canvas, size, f"{report.title}: continuity", report.credit)
        _film(flow, report)
        for sheet in report.scenes:
            _scene(flow, sheet)
        flow.end()
        canvas.save()


def _film(flow: _Flow, report: ContinuityReport) -> None:
    days = dict.fromkeys(sheet.time.label for sheet in report.scenes)
    told = (
        f"{len(report.scenes)} scenes · {report.shots} shots · {clock(report.seconds)} · {pages(report.eighths)} pages"
    )
    flow.line(f"{told} · story days: {', '.join(days)}")
    flow.space(4)
    flow.table(
        _BREAKDOWN,
        [
            (s.number, s.heading, s.time.label, s.since, pages(s.eighths), clock(s.seconds), ", ".join(s.cast))
            for s in report.scenes
        ],
    )
    for n, what in enumerate(report.put_right):
        flow.labelled("Put right" if n == 0 else "", what)
    for problem in report.problems:
        flow.labelled(problem.severity, str(problem), ACCENT)


def _scene(flow: _Flow, sheet: SceneSheet) -> None:
    flow.need(90)
    flow.space(12)
    length = f"{pages(sheet.eighths)} p" if sheet.eighths is not None else ""
    facts = " · ".join(filter(None, (sheet.time.label, sheet.since, length, clock(sheet.seconds))))
    flow.strip(f"{sheet.number}   {sheet.heading}", facts)
    for label, rows in (("Wardrobe", sheet.wardrobe), ("Props", sheet.props)):
        for n, (who, what) in enumerate(rows):
            flow.labelled(label if n == 0 else "", f"{who}: {what}")
    for n, match in enumerate(sheet.matches):
        flow.labelled("To match" if n == 0 else "", match)
    flow.space(3)
    flow.table(
        _SHOTS,
        [
            (r.shot, r.framing, r.lens, r.side, r.direction, r.eyeline, f"{r.seconds:.1f} s", r.what, r.state)
            for r in sheet.rows
        ],
    )
    for n, problem in enumerate(sheet.problems):
        flow.labelled("Problems" if n == 0 else "", f"{problem.severity}: {problem}", ACCENT)


@dataclass
class _Flow:
    """Text down the page, and on to the next where it is full."""

    canvas: Canvas
    size: tuple[float, float]
    title: str
    credit: str
    page: int = 0
    y: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self._open()

    @property
    def width(self) -> float:
        return self.size[0] - 2 * _MARGIN

    def end(self) -> None:
        """The last page is done."""
        self.canvas.showPage()

    def space(self, points: float) -> None:
        self.y -= points

    def need(self, points: float) -> None:
        """Goes on to a new page unless so much room is left."""
        if self.y - points < _MARGIN + _FOOT:
            self.canvas.showPage()
            self._open()

    def line(self, text: str) -> None:
        self.need(_LEADING)
        self._text(_MARGIN, clip(text, self.width, lambda t: text_width(t, _SIZE)))
        self.y -= _LEADING

    def strip(self, left: str, right: str) -> None:
        """A scene's dark strip: its slugline, and when it plays."""
        self.canvas.setFillColor(INK)
        self.canvas.rect(_MARGIN, self.y - 15, self.width, 15, stroke=0, fill=1)
        right = clip(right, 0.5 * self.width, lambda t: text_width(t, _SMALL))
        right_w = text_width(right, _SMALL)
        left = clip(left, self.width - right_w - 26, lambda t: text_width(t, 8.6, True))
        draw_text(self.canvas, _MARGIN + 6, self.y - 10.8, left, 8.6, True, _WHITE)
        draw_text(self.canvas, _MARGIN + self.width - right_w - 6, self.y - 10.5, right, _SMALL, False, RULE)
        self.y -= 21

    def labelled(self, label: str, text: str, colour: HexColor = SOFT) -> None:
        """A text with its label in the margin before it."""
        lines = wrap(text, self.width - _LABEL_W, lambda t: text_width(t, _SIZE), _MOST_LINES)
        self.need(len(lines) * _LEADING)
        draw_text(self.canvas, _MARGIN + 6, self.y - _SIZE, label, _SMALL, True, colour)
        for line in lines:
            self._text(_MARGIN + _LABEL_W, line)
            self.y -= _LEADING

    def table(self, columns: Sequence[tuple[str, float]], rows: Sequence[Sequence[str]]) -> None:
        """Rows in columns of these shares of the width; the head stands again on every page."""
        self._head(columns)
        for row in rows:
            cells = [
                wrap(text, share * self.width - _GAP, lambda t: text_width(t, _SMALL), _MOST_LINES)
                for text, (_, share) in zip(row, columns, strict=True)
            ]
            high = max(1, *(len(cell) for cell in cells)) * (_LEADING - 1.2) + 3
            if self.y - high < _MARGIN + _FOOT:
                self.need(1e6)
                self._head(columns)
            x = _MARGIN
            for n, (cell, (_, share)) in enumerate(zip(cells, columns, strict=True)):
                for i, line in enumerate(cell):
                    base = self.y - _SMALL - 1 - i * (_LEADING - 1.2)
                    draw_text(self.canvas, x, base, line, _SMALL, n == 0, INK)
                x += share * self.width
            self.y -= high
            self.canvas.setStrokeColor(RULE)
            self.canvas.setLineWidth(0.4)
            self.canvas.line(_MARGIN, self.y, _MARGIN + self.width, self.y)
        self.y -= 4

    def _head(self, columns: Sequence[tuple[str, float]]) -> None:
        self.need(30)
        self.canvas.setFillColor(PAPER)
        self.canvas.rect(_MARGIN, self.y - 11.5, self.width, 11.5, stroke=0, fill=1)
        x = _MARGIN
        for name, share in columns:
            draw_text(self.canvas, x, self.y - 8.4, name, 6.6, True, SOFT)
            x += share * self.width
        self.y -= 13

    def _open(self) -> None:
        self.page += 1
        top = self.size[1] - _MARGIN
        title = clip(self.title, 0.6 * self.width, lambda t: text_width(t, 13, True))
        draw_text(self.canvas, _MARGIN, top - 12, title, 13, True)
        x = _MARGIN + text_width(title, 13, True) + 10
        credit = clip(self.credit, self.width - x, lambda t: text_width(t, 8.5))
        draw_text(self.canvas, x, top - 12, credit, 8.5, False, SOFT)
        number = str(self.page)
        draw_text(self.canvas, self.size[0] - _MARGIN - text_width(number, 9, True), top - 12, number, 9, True)
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.8)
        self.canvas.line(_MARGIN, top - 19, self.size[0] - _MARGIN, top - 19)
        self.y = top - _HEAD

    def _text(self, x: float, text: str) -> None:
        draw_text(self.canvas, x, self.y - _SIZE, text, _SIZE)
