"""The slate: every take with the shot as it was asked for, so that circling a take makes the storyboard say what it shows.

Lines are only ever added, and a line that cannot be read is passed over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shots.spec import Shot

__all__ = ["Slate", "Slated", "as_asked"]

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
    """The slate of one film, in `file`."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def takes(self, shot: str) -> tuple[Slated, ...]:
        """All takes of a shot, oldest first, each once."""
        found: dict[str, Slated] = {}
        for one in self._all():
            if one.shot == shot:
                found.setdefault(one.take, one)
        return tuple(found.values())

    def add(self, shot: str, take: str, asked: Shot, note: str = "") -> None:
        """Writes a take down; one that stands there already is not written again."""
        if any(one.take == take for one in self.takes(shot)):
            return
        record = {
            "shot": shot,
            "take": take,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "note": note,
            "asked": _adapter().dump_python(asked, mode="json", exclude_defaults=True),
        }
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")

    def _all(self) -> list[Slated]:
        try:
            lines = self.file.read_text("utf-8").splitlines()
        except OSError:
            return []
        return [one for line in lines if (one := _slated(line)) is not None]


def as_asked(shot: Shot, asked: Shot) -> Shot:
    """A shot as a take of it was asked for; its words, source, note and trim stay as they are."""
    return replace(shot, **{f.name: getattr(asked, f.name) for f in fields(Shot) if f.name not in _KEPT})


def _slated(line: str) -> Slated | None:
    try:
        record: dict[str, Any] = json.loads(line)
        asked = _adapter().validate_python(record["asked"])
        return Slated(str(record["shot"]), str(record["take"]), asked, str(record["note"]), str(record["at"]))
    except (ValueError, KeyError, TypeError, ValidationError):
        return None


@cache
def _adapter() -> TypeAdapter[Shot]:
    return TypeAdapter(Shot)
