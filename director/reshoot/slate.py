"""The slate: every take with the shot as it was asked for.

So circling a take can make the storyboard say what it shows. Lines are only ever added, under a lock, and a line that
cannot be read is passed over.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from director.reshoot.journal import Journal
from director.reshoot.lock import held
from shots.defaults import complete, with_ids
from shots.errors import StoryboardError
from shots.spec import Shot, Storyboard
from shots.storyboard import load

__all__ = ["Slate", "Slated", "as_asked", "as_written"]

_KEY = re.compile(r"[0-9a-f]{64}")
_KEPT = frozenset(
    {"id", "lines", "action", "transition", "sounds", "take", "locked", "trim", "note", "motive", "source"}
)
"""What of a shot a take says nothing of: circling one leaves it as it is."""


@dataclass(frozen=True)
class Slated:
    """A take of a shot: its key, the shot as it was asked for (as written), and the note that was given with it."""

    shot: str
    take: str
    asked: Shot
    note: str = ""
    at: str = ""  # ISO 8601, UTC


class Slate:
    """The slate of one film, in `file`. Several sessions may use one at once, and several threads one of these."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._journal = Journal(file)
        self._reading = threading.Lock()
        self._told: dict[str, dict[str, Slated]] = {}  # shot → take → the first line of it that can be read

    def takes(self, shot: str) -> tuple[Slated, ...]:
        """All takes of a shot, oldest first, each once."""
        with self._reading:
            return tuple(self._shots().get(shot, {}).values())

    def add(self, shot: str, take: str, asked: Shot, note: str = "") -> None:
        """Writes a take down; one that stands there already is not written again.

        Raises:
            WorkprintError: the disk refuses, or another session holds the slate.
        """
        if self._has(shot, take):
            return
        with held(self.file):
            if self._has(shot, take):
                return
            self._journal.add(
                {
                    "shot": shot,
                    "take": take,
                    "at": datetime.now(UTC).isoformat(timespec="seconds"),
                    "note": note,
                    "asked": _adapter().dump_python(asked, mode="json", exclude_defaults=True),
                }
            )

    def _has(self, shot: str, take: str) -> bool:
        with self._reading:
            return take in self._shots().get(shot, {})

    def _shots(self) -> dict[str, dict[str, Slated]]:
        grown = self._journal.grown()
        if grown.anew:
            self._told = {}
        for record in grown.records:
            if (one := _slated(record)) is not None:
                self._told.setdefault(one.shot, {}).setdefault(one.take, one)
        return self._told


def as_asked(shot: Shot, asked: Shot) -> Shot:
    """A shot as a take of it was asked for; its words, source, note and trim stay as they are."""
    return replace(shot, **{f.name: getattr(asked, f.name) for f in fields(Shot) if f.name not in _KEPT})


def as_written(file: Path, storyboard: Storyboard) -> dict[str, Shot]:
    """The shots of a completed storyboard by their ids: as its `file` writes them, if it still says the same."""
    try:
        written = load(file)
    except StoryboardError:  # it is being edited
        written = storyboard
    scenes = with_ids(written.scenes) if complete(written).scenes == storyboard.scenes else storyboard.scenes
    return {shot.id or "": shot for scene in scenes for shot in scene.shots}


def _slated(record: dict[str, Any]) -> Slated | None:
    names = [record.get(name) for name in ("shot", "take", "note", "at")]
    shot, take, note, at = (name if isinstance(name, str) else "" for name in names)
    if not shot or not _KEY.fullmatch(take):
        return None
    try:
        return Slated(shot, take, _adapter().validate_python(record.get("asked")), note, at)
    except ValidationError:
        return None


@cache
def _adapter() -> TypeAdapter[Shot]:
    return TypeAdapter(Shot)
