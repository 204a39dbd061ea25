"""A file of records that only ever grows, one JSON object a line: what was done, in the order it was done.

A record costs the same however long the file is, and reading goes on where it stopped. A line that was cut off (a
process killed, a disk full) or cannot be read is passed over, and never takes the next one with it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shots.errors import WorkprintError

__all__ = ["Grown", "Journal"]


@dataclass(frozen=True)
class Grown:
    """What was read: `records` since the last reading, or, when the file is another one now, `anew` all of them."""

    records: tuple[dict[str, Any], ...]
    anew: bool


class Journal:
    """The records in `file`. Whoever adds to it holds it (`director.reshoot.lock`)."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._read_bytes = 0
        self._known: int | None = None  # the file's number on its disk

    def grown(self) -> Grown:
        """What there is since the last call.

        Raises:
            WorkprintError: the file cannot be opened.
        """
        try:
            with self.file.open("rb") as stream:
                status = os.fstat(stream.fileno())
                anew = status.st_ino != self._known or status.st_size < self._read_bytes
                stream.seek(0 if anew else self._read_bytes)
                data = stream.read()
        except (FileNotFoundError, NotADirectoryError):
            anew = self._known is not None
            self._known, self._read_bytes = None, 0
            return Grown((), anew)
        except OSError as error:
            raise WorkprintError(
                f"{self.file}: cannot open it ({error.strerror}). Fix: make it readable, or move it away."
            ) from None
        whole = data[: data.rfind(b"\n") + 1]  # what follows is still being written, or was cut off
        self._known, self._read_bytes = status.st_ino, (0 if anew else self._read_bytes) + len(whole)
        found = (_record(line) for line in whole.split(b"\n"))
        return Grown(tuple(record for record in found if record is not None), anew)

    def add(self, record: Mapping[str, Any]) -> None:
        """Adds a record, in one piece. Raises WorkprintError when the disk refuses."""
        text = json.dumps(record, ensure_ascii=False)  # no line end stands in JSON's strings
        line = text.encode("utf-8", "backslashreplace") + b"\n"  # half a surrogate pair as JSON's own \udxxx
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("a+b", buffering=0) as stream:
                end = stream.seek(0, os.SEEK_END)
                if end:
                    stream.seek(end - 1)
                    line = line if stream.read(1) == b"\n" else b"\n" + line  # the last one was cut off
                stream.write(line)
        except OSError as error:
            from shots.render.clip import room_is_gone

            if room_is_gone(error):
                raise WorkprintError(f"the disk is full: {self.file} was not written. Fix: free some space.") from None
            raise WorkprintError(
                f"{self.file}: cannot write it ({error.strerror}). Fix: make the folder writable."
            ) from None


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
