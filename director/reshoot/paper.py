"""A storyboard file that people and programs change, one step after another, each of which can be undone.

A change is made under a lock on what the file says at that moment, so two sessions on one film never write over each
other. What the file was before and after each step lies byte for byte in the folder of drafts beside it, which is
never cleaned:

    <name>.drafts/<digest>.yaml     the file as it was at some time
    <name>.drafts/history.jsonl     what was done, taken back and made again, a line each

A step is written down before it is taken: drafts, then the line, then the file. So whenever a process is killed, the
file is whole, and it says which steps stand: when it is as it was before the last line, that line did not happen.
What a person changed in an editor meanwhile is a step like any other.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from director.reshoot.journal import Journal
from director.reshoot.lock import held
from shots.errors import NoteError, StoryboardError
from shots.spec import Storyboard
from shots.storyboard import loads, revised, write
from shots.yaml_read import decode

__all__ = ["Paper", "Step", "drafts_of"]

_BY_HAND = "edited by hand"
_DIGEST = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Step:
    """One change: what was done and when, and the digests of the file before and after."""

    what: str
    at: str  # ISO 8601, UTC
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.at}  {self.what}"


def drafts_of(file: Path) -> Path:
    """Where a storyboard is kept as it was before and after each step."""
    return file.with_name(f"{file.stem}.drafts")


class Paper:
    """The storyboard in `file` and its history. Reading writes nothing; threads may share one."""

    def __init__(self, file: Path) -> None:
        self.file = file.resolve()  # one lock and one history, by whichever link it is come to
        self._journal = Journal(drafts_of(self.file) / "history.jsonl")
        self._told = _Past()
        self._reading = threading.Lock()
        self._read: tuple[bytes, Storyboard] | None = None

    def written(self) -> Storyboard:
        """What the file says now, as it is written.

        Raises:
            StoryboardError: it cannot be read.
        """
        return self._storyboard(self._bytes())

    def change(self, what: str, edit: Callable[[Storyboard], Storyboard]) -> Storyboard:
        """Makes one step: writes what `edit` makes of the storyboard as it is written now, and returns that.

        Where that changes nothing, there is no step.

        Raises:
            WorkprintError: `edit` refuses, the file cannot be read or written, or another session holds it.
        """
        with self._held():
            while True:
                before = self._bytes()
                said = self._storyboard(before)
                storyboard = edit(said)
                if not isinstance(storyboard, Storyboard):
                    kind = type(storyboard).__name__
                    raise NoteError(f"'{what}' made no storyboard but a {kind}. Fix: return the changed storyboard.")
                after = revised(before, storyboard, self.file.name, before=said)
                if self._bytes() == before:  # else an editor saved meanwhile, which knows no lock
                    break
            if after != before:
                self._step(what, before, after)
                self._read = (after, storyboard)
            return storyboard

    def put(self, what: str, before: bytes, after: bytes) -> None:
        """Makes one step from the file as somebody read it to the file as they want it.

        Raises:
            StoryboardError: the file has changed since.
            WorkprintError: it cannot be read or written, or another session holds it.
        """
        with self._held():
            if self._bytes() != before:
                raise StoryboardError(f"{self.file}: it has changed since it was read. Fix: do this again.")
            if after != before:
                self._step(what, before, after)

    @property
    def history(self) -> tuple[Step, ...]:
        """The steps that stand, oldest first."""
        past, _ = self._seen(self._bytes())
        return tuple(past.steps[: past.standing])

    @property
    def undone(self) -> tuple[Step, ...]:
        """The steps that were taken back and can be made again, the next one first."""
        past, _ = self._seen(self._bytes())
        return tuple(past.steps[past.standing :])

    def undo(self) -> Step | None:
        """Takes the last step back, byte for byte; None when there is none.

        Raises:
            WorkprintError: the draft is gone, the file cannot be written, or another session holds it.
        """
        with self._held():
            past = self._caught_up(self._bytes())
            if not past.standing:
                return None
            step = past.steps[past.standing - 1]
            self._go("back", step.before)
            return step

    def redo(self) -> Step | None:
        """Makes the step again that was last taken back, byte for byte; None when there is none.

        Raises:
            WorkprintError: as `undo`.
        """
        with self._held():
            past = self._caught_up(self._bytes())
            if past.standing == len(past.steps):
                return None
            step = past.steps[past.standing]
            self._go("on", step.after)
            return step

    def _step(self, what: str, before: bytes, after: bytes) -> None:
        self._writable()
        self._caught_up(before)
        self._journal.add(_did(what, _now(), self._keep(before), self._keep(after)))
        write(after, self.file)

    def _go(self, way: str, digest: str) -> None:
        self._writable()
        data = self._draft(digest)
        self._journal.add({"went": way, "at": _now()})
        write(data, self.file)

    def _caught_up(self, now: bytes) -> _Past:
        """What was done, with what happened to the file since written down."""
        past, missing = self._seen(now)
        if past.now is not None:
            self._keep(now)
        if missing is not None:
            self._journal.add(missing)
        return past

    def _seen(self, now: bytes) -> tuple[_Past, dict[str, str] | None]:
        """What was done to the file as it is now, and the line of it that is not written down yet, if one is not."""
        with self._reading:
            grown = self._journal.grown()
            if grown.anew:
                self._told = _Past()
            for record in grown.records:
                self._told.add(record)
            past = replace(self._told, steps=[*self._told.steps])
        missing = past.missing(_digest(now), self._saved_at())
        if missing is not None:
            past.add(missing)
        return past, missing

    def _keep(self, data: bytes) -> str:
        path = self._draft_path(_digest(data))
        if not path.exists():
            try:
                path.parent.mkdir(exist_ok=True)
            except OSError as error:
                raise StoryboardError(
                    f"{path.parent}: cannot make this folder ({error.strerror}). Fix: move away what stands there."
                ) from None
            write(data, path)
        return path.stem

    def _draft(self, digest: str) -> bytes:
        path = self._draft_path(digest)
        try:
            data = path.read_bytes()
        except OSError:
            data = None
        if data is None or _digest(data) != digest:
            lost = "gone" if data is None else "not as it was kept"
            raise StoryboardError(
                f"{path}: this draft is {lost}, so the step cannot be taken. "
                "Fix: put it back from a backup, or edit the storyboard."
            )
        return data

    def _draft_path(self, digest: str) -> Path:
        return drafts_of(self.file) / f"{digest}.yaml"

    @contextmanager
    def _held(self) -> Iterator[None]:
        self._bytes()  # what is not there is told of, and no folder made for it
        with held(self.file):
            yield

    def _bytes(self) -> bytes:
        try:
            return self.file.read_bytes()  # all of it, however long: it may have to be kept
        except OSError as error:
            raise StoryboardError(
                f"{self.file}: cannot open it ({error.strerror}). Fix: give the path of a storyboard.yaml."
            ) from None

    def _storyboard(self, data: bytes) -> Storyboard:
        read = self._read
        if read is None or read[0] != data:
            read = self._read = (data, loads(decode(data, self.file.name), self.file.name))
        return read[1]

    def _writable(self) -> None:
        if not self.file.stat().st_mode & 0o222:  # it would be replaced all the same
            raise StoryboardError(f"{self.file}: it is write-protected. Fix: `chmod u+w` it to change it.")

    def _saved_at(self) -> str:
        return _told(datetime.fromtimestamp(self.file.stat().st_mtime, UTC))


@dataclass
class _Past:
    """The steps there were, oldest first; the first `standing` of them stand, the others were taken back.

    `now` and `was` are the digests of the file after and before the last thing that happened, which was `last`.
    """

    steps: list[Step] = field(default_factory=list)
    standing: int = 0
    now: str | None = None
    was: str | None = None
    last: str = ""  # "did", "back", "on"

    def add(self, record: Mapping[str, Any]) -> None:
        """One line of the history; one that makes no sense is passed over."""
        if (step := _step(record)) is not None:
            self.steps[self.standing :] = [step]
            self.standing += 1
            self.was, self.now, self.last = step.before, step.after, "did"
        elif record.get("went") == "back" and self.standing:
            self.standing -= 1
            step = self.steps[self.standing]
            self.was, self.now, self.last = step.after, step.before, "back"
        elif record.get("went") == "on" and self.standing < len(self.steps):
            step = self.steps[self.standing]
            self.standing += 1
            self.was, self.now, self.last = step.before, step.after, "on"

    def missing(self, now: str, at: str) -> dict[str, str] | None:
        """The line that makes the history end at the file as it is `now`."""
        if self.now is None or now == self.now:
            return None
        if now == self.was:  # the last thing was written down and not done, or somebody went back by hand
            return {"went": "on" if self.last == "back" else "back", "at": at}
        return _did(_BY_HAND, at, self.now, now)


def _did(what: str, at: str, before: str, after: str) -> dict[str, str]:
    return {"did": what, "at": at, "before": before, "after": after}


def _step(record: Mapping[str, Any]) -> Step | None:
    what, at, before, after = (record.get(name) for name in ("did", "at", "before", "after"))
    if not (isinstance(what, str) and isinstance(at, str) and isinstance(before, str) and isinstance(after, str)):
        return None
    if not (_DIGEST.fullmatch(before) and _DIGEST.fullmatch(after)):
        return None
    return Step(what, at, before, after)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _now() -> str:
    return _told(datetime.now(UTC))


def _told(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
