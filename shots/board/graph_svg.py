"""The shot graph as an SVG that a director can read: a lane a scene, a card a shot, an edge a debt.

Cards stand in cut order. What a shot takes from another of its scene is an arc over the cards; what it
takes from another scene is written on the card, since a line across the sheet would tell nobody anything.
All text is escaped; nothing in the file refers to anything outside it.
"""

from __future__ import annotations

import base64
import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from pathlib import Path

from PIL import Image

from shots.board.atomic import written
from shots.board.lettering import clip, wrap
from shots.board.panel import Board, Panel
from shots.board.svg import escaped, image, length, line, rect, text
from shots.graph import Edge, EdgeKind

__all__ = ["graph_svg", "write_graph_svg"]

_KINDS: dict[EdgeKind, tuple[str, str]] = {
    "continues": ("#d1462f", "continues its last frames"),
    "identity": ("#2f6fd1", "same person"),
    "place": ("#2d9a5f", "same place and light"),
    "state": ("#9a4fc4", "same state of a prop or clothes"),
}
_INK, _SOFT, _RULE, _LANE = "#1b1d22", "#6d727c", "#d5d8de", "#f4f5f7"
_CARD_W, _GAP_X = 190.0, 26.0
_MARGIN, _HEAD = 32.0, 86.0
_ROW_CARDS = 8  # cards side by side before a scene's lane goes on below
_LANE_HEAD = 30.0
_CHIP = 13.0
_MOST_CHIPS = 6
_THUMB_PX = 256


def graph_svg(board: Board, *, thumbnails: bool = True) -> str:
    """The graph as the text of an SVG file, with small pictures on the cards if the board has them."""
    return "\n".join(_Drawing(board, thumbnails).parts()) + "\n"


def write_graph_svg(board: Board, path: Path, *, thumbnails: bool = True) -> None:
    """Writes the graph to `path`."""
    with written(path) as beside:
        beside.write_text(graph_svg(board, thumbnails=thumbnails), encoding="utf-8")


@dataclass(frozen=True)
class _Card:
    """Where a panel's card stands."""

    panel: Panel
    row: int
    x: float
    y: float


class _Drawing:
    def __init__(self, board: Board, thumbnails: bool) -> None:
        self._board = board
        self._thumbs = thumbnails and any(panel.picture for panel in board.panels)
        self._scenes = [list(group) for _, group in groupby(board.panels, key=_scene_key)]
        self._scene_of = {panel.shot: n for n, scene in enumerate(self._scenes) for panel in scene}
        self._needs: dict[str, list[Edge]] = defaultdict(list)
        for edge in board.edges:
            if edge.kind in _KINDS and edge.source in self._scene_of and edge.target in self._scene_of:
                self._needs[edge.target].append(edge)

    @cached_property
    def _picture_h(self) -> float:
        return min(_CARD_W / self._board.aspect, 150.0) if self._thumbs else 0.0

    @cached_property
    def _card_h(self) -> float:
        return self._picture_h + 48.0

    @cached_property
    def _width(self) -> float:
        widest = max((min(len(scene), _ROW_CARDS) for scene in self._scenes), default=1)
        return 2 * _MARGIN + max(4, widest) * (_CARD_W + _GAP_X) - _GAP_X + 24

    def parts(self) -> Iterator[str]:
        body: list[str] = []
        y = _MARGIN + _HEAD
        for scene in self._scenes:
            lane, y = self._lane(scene, y)
            body += lane
        height = y + _MARGIN - 14
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self._width:.0f} {height:.0f}" '
            f'width="{self._width:.0f}" height="{height:.0f}" font-family="Lato, Noto Sans CJK SC, sans-serif">'
        )
        yield f"<title>{escaped(self._board.title)}: the shot graph</title>"
        yield rect(0, 0, self._width, height, "#ffffff")
        yield from self._head()
        yield from body
        yield "</svg>"

    def _head(self) -> Iterator[str]:
        yield text(_MARGIN, _MARGIN + 18, self._board.title, 22, self._width - 2 * _MARGIN, bold=True)
        counts = Counter(edge.kind for edges in self._needs.values() for edge in edges)
        x = _MARGIN
        for kind, (colour, meaning) in _KINDS.items():
            if not counts[kind]:
                continue
            label = f"{meaning} ({counts[kind]})"
            yield line(f"M{x:.0f} {_MARGIN + 44:.0f}h26", colour, 3)
            yield text(x + 33, _MARGIN + 48.5, label, 12.5, 400, colour=_INK)
            x += 33 + length(label, 12.5, False) + 26
        yield text(
            _MARGIN,
            _MARGIN + 70,
            "Cards run in the order of the cut; an arc ends at the shot that takes.",
            11.5,
            self._width,
            colour=_SOFT,
        )

    def _lane(self, scene: list[Panel], y: float) -> tuple[list[str], float]:
        """A scene's parts, and where the next lane begins."""
        rows = [scene[i : i + _ROW_CARDS] for i in range(0, len(scene), _ROW_CARDS)]
        top = y
        y += _LANE_HEAD
        cards: dict[str, _Card] = {}
        drawn: list[str] = []
        for number, row in enumerate(rows):
            inner = [e for p in row for e in self._needs[p.shot] if self._within(e, row)]
            y += self._arc_room(inner, row) + 6
            for column, panel in enumerate(row):
                x = _MARGIN + 12 + column * (_CARD_W + _GAP_X)
                cards[panel.shot] = _Card(panel, number, x, y)
                if column:
                    drawn.append(_cut_arrow(x - _GAP_X, x, y + self._card_h / 2))
            chips = max((len(self._chips(p, row)) for p in row), default=0)
            y += self._card_h + chips * _CHIP + 16
        for n, row in enumerate(rows):
            for panel in row:
                drawn += self._card(cards[panel.shot], rows[n])
        for row in rows:
            drawn += self._arcs(row, cards)
        lane = [
            rect(_MARGIN, top, self._width - 2 * _MARGIN, y - top, _LANE, radius=8),
            text(
                _MARGIN + 12,
                top + 20,
                f"{scene[0].scene}   {scene[0].heading}",
                13.5,
                self._width - 2 * _MARGIN - 24,
                bold=True,
            ),
        ]
        return lane + drawn, y + 14

    def _within(self, edge: Edge, row: list[Panel]) -> bool:
        shots = {panel.shot for panel in row}
        return edge.source in shots and edge.target in shots

    def _arc_room(self, edges: list[Edge], row: list[Panel]) -> float:
        place = {panel.shot: n for n, panel in enumerate(row)}
        return max((_arc_height(abs(place[e.target] - place[e.source])) for e in edges), default=0.0)

    def _arcs(self, row: list[Panel], cards: dict[str, _Card]) -> Iterator[str]:
        """Arcs between cards of one row; kinds leave and arrive side by side, so that none hides another."""
        place = {panel.shot: n for n, panel in enumerate(row)}
        kinds = list(_KINDS)
        together: dict[tuple[EdgeKind, str, str], list[str]] = defaultdict(list)
        for panel in row:
            for edge in self._needs[panel.shot]:
                if self._within(edge, row) and edge.source != edge.target:
                    together[edge.kind, edge.source, edge.target].append(edge.of)
        for (kind, source, target), of in together.items():
            colour, meaning = _KINDS[kind]
            shift = 12.0 * (kinds.index(kind) - 1.5)
            steps = place[target] - place[source]
            forward = 1 if steps > 0 else -1
            x0 = cards[source].x + _CARD_W / 2 + forward * 40 + shift
            x1 = cards[target].x + _CARD_W / 2 - forward * 40 + shift
            y = cards[target].y - 3
            rise = _arc_height(abs(steps)) * 1.28
            curve = f"M{x0:.1f} {y:.1f}C{x0:.1f} {y - rise:.1f} {x1:.1f} {y - rise:.1f} {x1:.1f} {y:.1f}"
            head = f"M{x1 - 3.2:.1f} {y - 5.5:.1f}L{x1:.1f} {y:.1f}L{x1 + 3.2:.1f} {y - 5.5:.1f}"
            names = ", ".join(filter(None, of))
            told = f"{target} takes from {source}: {meaning}{f' ({names})' if names else ''}"
            yield line(curve + head, colour, 1.7, title=told)

    def _chips(self, panel: Panel, row: list[Panel]) -> list[Edge | str]:
        """What stands under the card: debts to shots outside its row, the last chip counting those left out."""
        outside: list[Edge | str] = [e for e in self._needs[panel.shot] if not self._within(e, row)]
        if len(outside) > _MOST_CHIPS:
            return [*outside[: _MOST_CHIPS - 1], f"and {len(outside) - _MOST_CHIPS + 1} more"]
        return outside

    def _card(self, card: _Card, row: list[Panel]) -> Iterator[str]:
        panel, x, y = card.panel, card.x, card.y
        yield rect(x, y, _CARD_W, self._card_h, "#ffffff", radius=5, stroke=_RULE)
        if self._picture_h:
            yield from self._thumbnail(panel, x, y)
        base = y + self._picture_h + 16
        seconds = "" if panel.duration_s is None else f"{panel.duration_s:.1f} s"
        seconds_w = length(seconds, 10.5, False)
        shot = clip(panel.shot, 0.45 * _CARD_W, partial(length, size=12.5, bold=True))
        yield text(x + 8, base, shot, 12.5, _CARD_W, bold=True)
        left = x + 8 + length(shot, 12.5, True) + 7
        yield text(left, base, " · ".join(panel.framing), 10.5, x + _CARD_W - 14 - seconds_w - left, colour="#b3391f")
        yield text(x + _CARD_W - 8 - seconds_w, base, seconds, 10.5, 60, colour=_SOFT)
        told = panel.action or next((f"{s.speaker}: {s.text}" for s in panel.spoken), "")
        for n, words in enumerate(wrap(told, _CARD_W - 16, partial(length, size=10.0, bold=False), 2)):
            yield text(x + 8, base + 13 + 11.5 * n, words, 10.0, _CARD_W - 10, colour=_SOFT)
        for n, chip in enumerate(self._chips(panel, row)):
            chip_y = y + self._card_h + 12 + n * _CHIP
            if isinstance(chip, str):
                yield text(x + 14, chip_y, chip, 9.5, _CARD_W - 14, colour=_SOFT)
                continue
            colour, meaning = _KINDS[chip.kind]
            yield rect(x + 4, chip_y - 6.5, 6.5, 6.5, colour, radius=3.25, title=meaning)
            yield text(x + 14, chip_y, f"{chip.of or chip.kind} from {chip.source}", 9.5, _CARD_W - 16, colour=_INK)

    def _thumbnail(self, panel: Panel, x: float, y: float) -> Iterator[str]:
        width = min(_CARD_W, self._picture_h * self._board.aspect)
        yield rect(x + 0.5, y + 0.5, _CARD_W - 1, self._picture_h, "#e6e8ec", radius=4.5)
        if panel.picture is not None:
            yield image(x + (_CARD_W - width) / 2, y, width, self._picture_h, _data_uri(panel.picture))


def _scene_key(panel: Panel) -> tuple[str, str]:
    return panel.scene, panel.heading


def _arc_height(distance: int) -> float:
    return 15.0 + 11.0 * min(distance, _ROW_CARDS)


def _cut_arrow(x0: float, x1: float, y: float) -> str:
    return line(f"M{x0 + 5:.1f} {y:.1f}H{x1 - 5:.1f}m-4 -4l4 4l-4 4", _SOFT, 1.3)


def _data_uri(picture: Path) -> str:
    with Image.open(picture) as image:
        small = image.convert("RGB")
        small.thumbnail((_THUMB_PX, _THUMB_PX))
        held = io.BytesIO()
        small.save(held, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(held.getvalue()).decode("ascii")
