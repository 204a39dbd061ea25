"""A storyboard file that people and programs change, one step after another, each of which can be undone.

A change is made under a lock on what the file says at that moment, so two sessions on one film never write over each
other. Before and after each step the file lies byte for byte in the folder of drafts beside it:

    <name>.drafts/<digest>.yaml     the file as it was at some time
    <name>.drafts/history.json      the steps, and how many of them stand (the others were undone)

What a person changed in an editor meanwhile is a step like any other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from director.opening import write_atomically
from shots.errors import StoryboardError
from shots.spec import Storyboard
from shots.storyboard import loads, revised, write
from shots.yaml_read import decode

__all__ = ["Paper", "Step", "drafts_of"]

_WAIT_S = 10.0
_BY_HAND = "edited by hand"


@dataclass(frozen=True)
class Step:
    """One change: what was done and when, and the digests of the file before and after."""

    what: str
    at: str  # ISO 8601, UTC
    before: str
    after: str


def drafts_of(file: Path) -> Path:
    """Where a storyboard is kept as it was before and after each step."""
    return file.with_name(f"{file.stem}.drafts")


class Paper:
    """The storyboard in `file` and its history.

    Raises:
        StoryboardError: the file cannot be read.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._read: tuple[bytes, Storyboard] | None = None
        self.written()

    def written(self) -> Storyboard:
        """What the file says now, as it is written."""
        data = self._bytes()
        if self._read is None or self._read[0] != data:
            self._read = (data, loads(decode(data, self.file.name), self.file.name))
        return self._read[1]

    def change(self, what: str, edit: Callable[[Storyboard], Storyboard]) -> Storyboard:
        """Makes one step: writes what `edit` makes of the storyboard as it is written now, and returns that.

        Raises:
            WorkprintError: `edit` refuses, the file cannot be read or written, or another session holds it.
        """
        with self._held():
            before = self._bytes()
            after = revised(before, edit(self.written()), self.file.name)
            if after != before:
                self._write(self._caught_up(before), Step(what, _now(), self._keep(before), self._keep(after)), after)
            return self.written()

    @property
    def history(self) -> tuple[Step, ...]:
        """The steps that stand, oldest first."""
        steps, standing = self._steps()
        return tuple(steps[:standing])

    def undo(self) -> Step | None:
        """Takes the last step back; None when there is none."""
        with self._held():
            steps, standing = self._caught_up(self._bytes())
            if not standing:
                return None
            self._go_to(steps, standing - 1, steps[standing - 1].before)
            return steps[standing - 1]

    def redo(self) -> Step | None:
        """Makes the step again that was last taken back; None when there is none."""
        with self._held():
            steps, standing = self._caught_up(self._bytes())
            if standing == len(steps):
                return None
            self._go_to(steps, standing + 1, steps[standing].after)
            return steps[standing]

    def _go_to(self, steps: list[Step], standing: int, digest: str) -> None:
        try:
            data = (drafts_of(self.file) / f"{digest}.yaml").read_bytes()
        except OSError:
            raise StoryboardError(
                f"{drafts_of(self.file)}: the draft {digest}.yaml is gone, so this step cannot be taken. "
                "Fix: put the folder back from a backup, or edit the storyboard."
            ) from None
        write(data, self.file)
        self._save(steps, standing)

    def _caught_up(self, now: bytes) -> tuple[list[Step], int]:
        """The steps, with one for what was changed outside since the last."""
        steps, standing = self._steps()
        last = steps[standing - 1].after if standing else steps[0].before if steps else _digest(now)
        if last == _digest(now):
            return steps, standing
        steps = [*steps[:standing], Step(_BY_HAND, _now(), last, self._keep(now))]
        self._save(steps, len(steps))
        return steps, len(steps)

    def _write(self, before: tuple[list[Step], int], step: Step, data: bytes) -> None:
        steps, standing = before
        write(data, self.file)
        self._save([*steps[:standing], step], standing + 1)

    def _keep(self, data: bytes) -> str:
        folder = drafts_of(self.file)
        folder.mkdir(exist_ok=True)
        path = folder / f"{_digest(data)}.yaml"
        if not path.exists():
            write(data, path)
        return path.stem

    def _steps(self) -> tuple[list[Step], int]:
        try:
            record = json.loads((drafts_of(self.file) / "history.json").read_text("utf-8"))
            return [Step(**step) for step in record["steps"]], int(record["standing"])
        except (OSError, ValueError, KeyError, TypeError):
            return [], 0

    def _save(self, steps: list[Step], standing: int) -> None:
        record = {"form": 1, "standing": standing, "steps": [asdict(step) for step in steps]}
        text = json.dumps(record, ensure_ascii=False, indent=1)
        write_atomically(drafts_of(self.file) / "history.json", text + "\n")

    def _bytes(self) -> bytes:
        try:
            return self.file.read_bytes()
        except OSError as error:
            raise StoryboardError(
                f"{self.file}: cannot open it ({error.strerror}). Fix: give the path of a storyboard.yaml."
            ) from None

    @contextmanager
    def _held(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        lock = FileLock(self.file.with_name(f".{self.file.name}.lock"))
        try:
            with lock.acquire(timeout=_WAIT_S):
                yield
        except Timeout:
            raise StoryboardError(
                f"{self.file}: another session has been writing to it for {_WAIT_S:g} seconds. "
                "Fix: wait for it or close it, then do this again."
            ) from None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
