"""The errors and problems of shots and director, all told in one sentence with a fix.

    WorkprintError          anything a user can mend; the command line prints it alone, exit code 2
    ├── StoryboardError     a storyboard file that cannot be read as one
    ├── ScriptError         a screenplay file that cannot be read as one (raised by director.parse)
    ├── ModelError          a language model that cannot be asked (raised by director.llm)
    ├── NoteError           a note on a storyboard that cannot be carried out (raised by director.notes)
    ├── RenderError         a shot that cannot be rendered or stored
    └── CutError            a film that cannot be assembled

A `Problem` is data, not an exception: checks collect problems, and only what makes going on impossible
is raised. `model` and `audio` import nothing of ours and have their own roots (`PictureError`, `SoundError`).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from shots.source import SourceSpan

__all__ = [
    "CutError",
    "ModelError",
    "NoteError",
    "Problem",
    "RenderError",
    "ScriptError",
    "Severity",
    "StoryboardError",
    "WorkprintError",
    "near_name",
]

Severity = Literal["error", "warning"]


class WorkprintError(Exception):
    """A sentence that says what is wrong, where, and the fix."""


class StoryboardError(WorkprintError):
    """A storyboard cannot be read; `problems` holds every reason that was found."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class ScriptError(WorkprintError):
    """A screenplay cannot be read."""


class ModelError(WorkprintError):
    """A language model cannot be asked, or may not be: no key, no network, no budget left."""


class NoteError(WorkprintError):
    """A note on a storyboard cannot be carried out; nothing of it is. `problems` says why, one sentence each."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class RenderError(WorkprintError):
    """A shot cannot be rendered or its take cannot be stored. `troubles` are those that failed while others went on."""

    def __init__(self, message: str, troubles: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.troubles = dict(troubles or {})  # why, by shot


class CutError(WorkprintError):
    """The film cannot be assembled."""


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, with where it stands and how to mend it.

    `str(problem)` reads `night.fountain:42: MARA holds no lantern in shot S2.7. Fix: add props: [LANTERN].`
    """

    rule: str  # the rule's name, such as "axis"
    what: str  # a sentence without its full stop
    fix: str  # an imperative sentence without its full stop
    source: SourceSpan | None = None
    shot: str | None = None  # the id of the shot concerned
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.source}: " if self.source else ""
        stop = "" if self.what.endswith("?") else "."
        return f"{where}{self.what}{stop} Fix: {self.fix}."


def near_name(name: str, names: Iterable[str]) -> str:
    """Returns `"; did you mean 'S2.3'?"` for the nearest of `names`, or an empty string when none is near."""
    by_fold = {candidate.casefold(): candidate for candidate in names}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.6)
    return f"; did you mean '{by_fold[close[0]]}'?" if close else ""
