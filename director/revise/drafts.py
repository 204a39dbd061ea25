"""The drafts of a screenplay that a film was planned from, kept byte for byte in the film's folder.

    drafts/1.fountain      the first draft, as it was handed in
    drafts/1.plan.json     the storyboard that was planned from it, before anybody changed it
    drafts/2.fdx           the next
    drafts/drafts.json     which is which: its name, and what the storyboard was then

What is kept is never written over. Which one a storyboard follows is told by its history: a revision that was taken
back takes its draft back with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from director.script import Script
from shots.errors import ScriptError
from shots.spec import Storyboard

if TYPE_CHECKING:
    from pydantic import TypeAdapter

__all__ = ["Draft", "Drafts", "digest_of"]

_LONGEST_SUFFIX = 12


@dataclass(frozen=True)
class Draft:
    """A kept draft: `file` is the name it was handed in by, `path` where it lies.

    `planned` tells a draft that a storyboard was planned from anew; `after` is the digest of the storyboard file right
    after a revision to this draft, of which a step of its history has the first digits.
    """

    number: int
    path: Path
    file: str
    digest: str
    planned: bool = False
    after: str = ""

    def script(self) -> Script:
        """The draft, read; its lines are told by the name it was handed in by.

        Raises:
            ScriptError: it is gone, or was damaged since it was kept.
        """
        from director.parse import read

        if digest_of(self.path.read_bytes() if self.path.exists() else b"") != self.digest:
            raise ScriptError(f"{self.path}: this kept draft is gone or damaged. Fix: put it back from a backup.")
        return replace(read(self.path), file=self.file)

    def plan(self) -> Storyboard | None:
        """What was planned from it; None when that is gone or cannot be read."""
        try:
            return _adapter().validate_json(self.path.with_name(f"{self.number}.plan.json").read_bytes())
        except (OSError, ValueError):
            return None


class Drafts:
    """The drafts kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> tuple[Draft, ...]:
        """Every kept draft, oldest first; what cannot be read is passed over."""
        try:
            records = json.loads((self.folder / "drafts.json").read_text("utf-8"))["drafts"]
            return tuple(_draft(self.folder, record) for record in records)
        except (OSError, ValueError, KeyError, TypeError):
            return ()

    def current(self, standing: Sequence[str] = ()) -> Draft | None:
        """The draft that the storyboard follows; None when none was kept.

        Args:
            standing: the digests of the storyboard after each step that stands, oldest first.
        """
        drafts = self.all()
        planned = next((draft for draft in reversed(drafts) if draft.planned), None)
        since = [draft for draft in drafts if planned is None or draft.number > planned.number]
        for digest in reversed(standing):
            found = next((draft for draft in reversed(since) if digest and draft.after.startswith(digest)), None)
            if found is not None:
                return found
        return planned

    def keep(self, data: bytes, file: Path, plan: Storyboard, *, planned: bool = False, after: str = "") -> Draft:
        """Keeps a draft with what was planned from it, and says which it is.

        One that a storyboard is planned from again, the same from the same, is not kept twice.
        """
        from director.opening import write_atomically
        from shots.storyboard import write

        drafts = self.all()
        digest = digest_of(data)
        last = drafts[-1] if drafts else None
        same = last is not None and (last.file, last.digest) == (str(file), digest)
        if planned and last is not None and same and last.planned and last.plan() == plan:
            return last
        brought = next((draft for draft in drafts if after and (draft.digest, draft.after) == (digest, after)), None)
        if brought is not None:
            return brought
        self.folder.mkdir(parents=True, exist_ok=True)
        taken = [int(name) for path in self.folder.iterdir() if (name := path.name.split(".")[0]).isdecimal()]
        number = max([0, *taken, *(draft.number for draft in drafts)]) + 1
        suffix = file.suffix.lower() if file.suffix[1:].isalnum() and len(file.suffix) <= _LONGEST_SUFFIX else ".txt"
        path = self.folder / f"{number}{suffix}"
        write(data, path)
        write(_adapter().dump_json(plan, exclude_defaults=True), self.folder / f"{number}.plan.json")
        kept = Draft(number, path, str(file), digest, planned, after)
        records = [{**asdict(draft), "path": draft.path.name} for draft in (*drafts, kept)]
        text = json.dumps({"form": 1, "drafts": records}, ensure_ascii=False, indent=1)
        write_atomically(self.folder / "drafts.json", text + "\n")
        return kept


def _draft(folder: Path, record: dict[str, object]) -> Draft:
    number, path = int(str(record["number"])), Path(str(record["path"])).name  # never a path out of the folder
    return Draft(
        number=number,
        path=folder / path,
        file=str(record["file"]),
        digest=str(record["digest"]),
        planned=record["planned"] is True,
        after=str(record["after"]),
    )


@cache
def _adapter() -> TypeAdapter[Storyboard]:
    from pydantic import TypeAdapter

    return TypeAdapter(Storyboard)


def digest_of(data: bytes) -> str:
    """By which drafts are told apart."""
    return hashlib.sha256(data).hexdigest()
