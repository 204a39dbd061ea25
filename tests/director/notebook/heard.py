"""A desk with a film on it, and everything it said: for tests that are its page."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from director.notebook.widget_desk import Desk
from director.reshoot.film import Film

HOSTILE = "\"'><script>document.title='hurt'</script><img src=x onerror=\"document.title='hurt'\">&lt;{{7*7}}"
BOARD = f"""\
title: {json.dumps(HOSTILE)}
width_px: 192
height_px: 108
cast: [{{id: NADIA}}, {{id: JONAS}}]
scenes:
  - heading: {json.dumps("INT. BAR - NIGHT " + HOSTILE)}
    people: [NADIA, JONAS]
    shots:
      - {{size: WS, action: {json.dumps(HOSTILE)}, duration_s: 0.5}}
      - {{size: MS, subjects: [JONAS], action: He waits., duration_s: 0.5, note: {json.dumps(HOSTILE)}}}
  - heading: EXT. STREET - DAY
    people: [NADIA]
    shots:
      - {{size: MCU, subjects: [NADIA], action: She goes., duration_s: 0.5}}
"""


def film_in(folder: Path) -> Film:
    """A film of three short shots, not shot yet; the second one hostile."""
    file = folder / "storyboard.yaml"
    file.write_text(BOARD, "utf-8")
    return Film.open(file, folder, picture="previz", workers=1)


class Heard:
    """What a desk says, in order."""

    def __init__(self, film: Film) -> None:
        self.said: list[tuple[dict[str, Any], tuple[bytes, ...]]] = []
        self._news = threading.Condition()
        self.desk = Desk(film, self._hear)

    def _hear(self, content: dict[str, Any], buffers: Sequence[bytes]) -> None:
        json.dumps(content, allow_nan=False)  # it must be a message
        with self._news:
            self.said.append((content, tuple(buffers)))
            self._news.notify_all()

    def ask(self, content: object, *buffers: bytes) -> list[dict[str, Any]]:
        """Asks, waits until everything is done, and returns what was said since."""
        before = len(self.said)
        self.desk.receive(content, buffers)
        for line in (self.desk.set, self.desk.desk):  # what is made is told at the desk
            assert line.join(60), "the desk is still at it"
        return [content for content, _ in self.said[before:]]

    def one(self, kind: str, content: object, *buffers: bytes) -> dict[str, Any]:
        """The only answer of a kind."""
        (found,) = [said for said in self.ask(content, *buffers) if said["kind"] == kind]
        return found

    def wait_for(self, kind: str, timeout_s: float = 30.0) -> dict[str, Any]:
        """The latest thing of a kind, as soon as it is said."""
        with self._news:
            assert self._news.wait_for(lambda: any(c["kind"] == kind for c, _ in self.said), timeout_s), kind
            return next(c for c, _ in reversed(self.said) if c["kind"] == kind)

    def buffers(self, kind: str) -> tuple[bytes, ...]:
        """The bytes that came with the latest thing of a kind."""
        return next(buffers for content, buffers in reversed(self.said) if content["kind"] == kind)
