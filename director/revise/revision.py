"""A new draft of the screenplay on its way into a film: what it changes, and doing it, as one step of the history.

Nothing is written before `Revision.apply`: then the draft is kept, what leaves the film goes into its bin, and the
storyboard says the new draft, all lines that do not change as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from director.folder import FilmFolder
from director.reshoot.paper import Paper
from director.revise.bin import binned, brought_back, ids_in, put_in
from director.revise.changes import Merged
from director.revise.drafting import Known, brought_in
from director.revise.drafts import Draft, Drafts, digest_of
from director.revise.report import Report, report_of
from shots.defaults import with_ids
from shots.errors import ScriptError, StoryboardError
from shots.spec import Storyboard
from shots.storyboard import loads, read_bytes, revised
from shots.unswept import unswept
from shots.yaml_read import decode

__all__ = ["Revision", "restore", "revise"]


@dataclass(frozen=True)
class Revision:
    """What a new draft changes of a storyboard file. `report` tells it; `apply` does it.

    `before` and `after` are the file's bytes, `merged` says which shots and scenes change and why, `plan` is what the
    director plans from the new draft alone.
    """

    file: Path
    folder: FilmFolder
    source: Path
    draft: bytes
    before: bytes
    after: bytes
    board: Storyboard
    merged: Merged
    plan: Storyboard
    report: Report

    @property
    def changed(self) -> bool:
        """Whether the storyboard changes by it."""
        return self.after != self.before

    def apply(self) -> None:
        """Brings the draft in: one step of the storyboard's history, which `undo` takes back.

        Raises:
            StoryboardError: the storyboard has changed since the draft was compared with it.
            WorkprintError: the disk refuses, or another session holds the file.
        """
        if not self.changed:
            return
        paper = Paper(self.file)
        put_in(self.folder.bin, self.board, self.merged)
        Drafts(self.folder.drafts).keep(self.draft, self.source, self.plan, after=digest_of(self.after))
        paper.put(f"brought in {self.source.name}, {self.report.colour}", self.before, self.after)

    def __repr__(self) -> str:
        return str(self.report)


@unswept()
def revise(file: Path, draft: Path, folder: FilmFolder) -> Revision:
    """What a new draft of the screenplay changes of the storyboard in `file`; writes nothing.

    Raises:
        ScriptError: the draft cannot be read as a screenplay, or there is nothing to film.
        StoryboardError: the storyboard cannot be read, or has no scenes.
    """
    from director.direct import direct
    from director.parse import read

    if draft.suffix.lower() in (".yaml", ".yml"):
        raise ScriptError(f"{draft} is a storyboard. Fix: give the new draft of the screenplay.")
    before = read_bytes(file)
    board = loads(decode(before, file.name), file.name)
    if not board.scenes:
        raise StoryboardError(f"{file}: the storyboard has no scenes. Fix: plan the draft with `workprint plan`.")
    script = read(draft)
    data = draft.read_bytes()
    drafts = Drafts(folder.drafts)
    last = drafts.current(tuple(step.after for step in Paper(file).history))
    kept = drafts.all()
    first = 1 if any(one.planned for one in kept) else 2  # what a storyboard that was handed in stands for is white
    number = first if last is None else first + kept.index(last) + 1
    number = max(2, number)
    ours = replace(board, scenes=with_ids(board.scenes))
    if last is not None and last.digest == digest_of(data):
        report = report_of(ours, Merged(ours, ()), number=number - 1, name=draft.name)
        return Revision(file, folder, draft, data, before, before, ours, Merged(board, ()), board, report)
    plan = direct(script, seed=board.seed)
    known, notices = _known(last)
    merged = brought_in(board, script, plan, known, ids_in(binned(folder.bin)))
    after = revised(before, merged.storyboard, file.name, before=board)
    report = report_of(
        ours,
        replace(merged, storyboard=replace(merged.storyboard, scenes=with_ids(merged.storyboard.scenes))),
        number=number,
        name=draft.name,
        notices=notices,
    )
    return Revision(file, folder, draft, data, before, after, ours, merged, plan, report)


def _known(last: Draft | None) -> tuple[Known | None, tuple[str, ...]]:
    if last is None:
        return None, ("no draft was kept, so this is compared with what the storyboard itself says",)
    try:
        return Known(last.script(), last.plan()), ()
    except ScriptError as error:
        return None, (f"{error} Until then this is compared with what the storyboard itself says.",)


def restore(file: Path, folder: FilmFolder, name: str) -> Storyboard:
    """Brings a shot or scene back from the bin, as one step of the storyboard's history.

    Raises:
        NoteError: there is none, or it has no scene to stand in.
        StoryboardError: the storyboard or the bin cannot be read.
    """
    bin_ = binned(folder.bin)
    return Paper(file).change(f"brought {name} back", lambda board: brought_back(board, bin_, name))
