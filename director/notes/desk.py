"""`workprint note` at the terminal: shows what a note changes, asks, keeps it, and says what goes stale.

Without a terminal nobody can be asked: then nothing changes unless it was agreed to beforehand.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from director.folder import FilmFolder
from director.llm.config import DirectorConfig
from director.notes.note import Noted, keep, note
from director.opening import film_root
from shots.errors import NoteError
from shots.storyboard import load

__all__ = ["agreed", "give"]

_TOLD = 12  # shots that are told of
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def give(file: Path, words: str, config: DirectorConfig, *, yes: bool = False, replay_only: bool = False) -> bool:
    """Gives a note on a storyboard file. Returns whether the file says it now.

    Raises:
        WorkprintError: the file, the note or the model is at fault; nothing is changed.
    """
    if file.suffix.lower() not in (".yaml", ".yml"):
        raise NoteError(f"{file} is no storyboard. Fix: plan it first with `workprint plan`, then note its .yaml.")
    folder = FilmFolder(film_root(file, load(file)))
    connection = None
    if not config.offline:
        from director.llm.connect import connect

        connection = connect(config, folder.exchanges, replay_only=replay_only)
    noted = note(file, words, folder, connection.ask if connection else None)
    if connection is not None:
        counted = connection.tally.lines(connection.price)[-1].removeprefix("all: ")
        print(f"{config.name}: {counted}.", file=sys.stderr)
    if noted.unable:
        print(f"Not done: {noted.unable}", file=sys.stderr)
    if noted.after == noted.before:
        print(f"{file} says so already: nothing changes.")
        return not noted.unable
    _show(noted.diff)
    for line in _some([f"continuity, {fault.severity}: {fault}" for fault in noted.effects.faults]):
        print(line)
    if not (yes or agreed(file)):
        return False
    keep(noted)
    print(f"{file} is changed. To take it back: `workprint undo {file}`")
    _tell(noted)
    return not noted.unable


def agreed(file: Path) -> bool:
    """Asks whether a file is to be changed, and says why it is not where nobody can be asked, or the answer is no."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(f"workprint: nothing is changed without a yes. Fix: add --yes to change {file}.", file=sys.stderr)
        return False
    try:
        answer = input(f"Change {file}? [y/N] ")
    except EOFError:
        answer = ""
    if answer.strip().lower() not in ("y", "yes"):
        print("Nothing is changed.")
        return False
    return True


def _show(lines: Iterable[str]) -> None:
    if not sys.stdout.isatty():
        print("\n".join(lines))
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in lines:
        bold = line.startswith(("+++", "---"))
        console.print(Text(line, style="bold" if bold else _COLOURS.get(line[:1], "")))


def _tell(noted: Noted) -> None:
    stale = noted.effects.stale
    for line in _some(stale):
        print(f"  stale: {line}")
    if stale:
        print(f"Next: `workprint make {noted.file}` pictures {'it' if len(stale) == 1 else 'them'} again.")
    else:
        print("No take that there is goes stale.")


def _some(lines: Iterable[str]) -> list[str]:
    every = list(lines)
    return every if len(every) <= _TOLD else [*every[:_TOLD], f"... and {len(every) - _TOLD} more"]
