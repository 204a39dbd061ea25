"""A note on a storyboard file, from words to the changed file: read, carried out, shown as a diff, kept on yes.

Plain words are understood offline; a model is asked only for what they are not. A note that is kept is one step of the
storyboard's history (`director.reshoot.paper`), which can be taken back.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from pathlib import Path

from director.folder import FilmFolder
from director.llm.ask import Ask
from director.notes.apply import apply
from director.notes.crew import interpret
from director.notes.draft import Draft
from director.notes.effects import Effects, effects
from director.notes.operations import Operation
from director.notes.plain import NotPlain, read
from director.reshoot.paper import Paper
from shots.defaults import with_ids
from shots.errors import NoteError, StoryboardError
from shots.render.store import TakeStore
from shots.spec import Storyboard
from shots.storyboard import loads, read_bytes, revised
from shots.yaml_read import decode

__all__ = ["Noted", "keep", "note"]

_TOLD = 80  # characters of a note in the name of its step


@dataclass(frozen=True)
class Noted:
    """What a note does to a storyboard file. `unable` is what of the note cannot be done, in the model's words."""

    file: Path
    words: str
    before: bytes
    after: bytes
    operations: tuple[Operation, ...]
    effects: Effects
    unable: str = ""

    @property
    def diff(self) -> tuple[str, ...]:
        """The unified diff, line by line, fit for a terminal; nothing when nothing changes."""
        old, new = (decode(data, self.file.name).splitlines() for data in (self.before, self.after))
        lines = difflib.unified_diff(old, new, self.file.name, self.file.name, n=2, lineterm="")
        return tuple("".join(ch if ch.isprintable() or ch == "\t" else "?" for ch in line) for line in lines)


def note(file: Path, words: str, folder: FilmFolder, ask: Ask | None = None) -> Noted:
    """What the note in `words` does to the storyboard in `file`; writes nothing.

    Args:
        folder: of the film; its takes tell which shots go stale.
        ask: a language model, for words that are no plain operations.

    Raises:
        StoryboardError: the file cannot be read.
        NoteError: the note cannot be understood or carried out.
        ModelError: the model cannot be asked.
    """
    data = read_bytes(file)
    storyboard = loads(decode(data, file.name), file.name)
    if not storyboard.scenes:
        raise StoryboardError(f"{file}: the storyboard has no scenes. Fix: add a scene with one shot under `scenes:`.")
    takes = TakeStore(folder.takes)
    unable = ""
    try:
        operations = read(words, Draft(replace(storyboard, scenes=with_ids(storyboard.scenes))))
    except NoteError as error:
        if ask is None and isinstance(error, NotPlain):
            parts = ", ".join(error.problems[:3]) + (" ..." if len(error.problems) > 3 else "")
            raise NoteError(f"Without a model this is not understood: {parts}. {_OFFLINE}") from None
        if ask is None:
            raise

        def faults(changed: Storyboard) -> list[str]:
            found = effects(storyboard, changed, takes).faults
            return [str(problem) for problem in found if problem.severity == "error"]

        interpreted = interpret(words, storyboard, ask, faults)
        operations, unable = interpreted.operations, interpreted.unable
    changed = apply(storyboard, operations)
    after = revised(data, changed, file.name)
    said = loads(decode(after, file.name), file.name)  # what is written, not what was meant
    return Noted(file, words, data, after, operations, effects(storyboard, said, takes), unable)


_OFFLINE = (
    "Fix: say it as in `workprint note --help`, such as 'longer S2.3 1.5; brighter scene 2', or name a model for any "
    "words: --director openai:MODEL."
)


def keep(noted: Noted) -> None:
    """Writes the changed storyboard: a step of its history, which `director.reshoot.paper` can take back.

    Raises:
        StoryboardError: the file has changed since it was read.
        WorkprintError: the disk refuses, or another session holds the file.
    """
    told = " ".join(noted.words.split())
    what = f"note: {told if len(told) <= _TOLD else told[: _TOLD - 3] + '...'}"
    Paper(noted.file).put(what, noted.before, noted.after)
