"""The film's board: a still of every shot, as a PDF, a contact sheet and a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from director.stills import stills
from shots.board.graph_svg import write_graph_svg
from shots.board.panel import panels
from shots.board.pdf import write_pdf
from shots.board.sheet import write_sheet
from shots.fonts import font_notice

if TYPE_CHECKING:
    from director.produce import Production

__all__ = ["write_board"]


def write_board(film: Production) -> None:
    """Draws the storyboard as a PDF and a contact sheet, and the shot graph as a picture."""
    film.progress.step("board", len(film.requests))
    pictures: dict[str, Path] = {}
    for shot, path in stills(film.requests, film.shooting.as_circled(), film.folder.stills, film.timings):
        pictures[shot] = path
        film.progress.done("board", len(pictures))
    lengths_s = {shot: timing.shown.duration_s for shot, timing in film.timings.items()}
    board = panels(film.storyboard, lengths_s, pictures)
    notice = font_notice(board.text)
    if notice:
        film.progress.say(notice)
    write_pdf(board, film.folder.board_pdf)
    write_sheet(board, film.folder.board_png)
    write_graph_svg(board, film.folder.graph_svg)
