"""The command for a new draft: `workprint revise`. It tells what changes, asks, and brings it in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from director.revise.revision import Revision

__all__ = ["revise"]

_COLOURS = {"changed": "yellow", "added": "green", "omitted": "red", "OMITTED": "red", "moved": "cyan"}


def revise(
    storyboard: Annotated[Path, typer.Argument(help="The film's storyboard (.yaml).", metavar="STORYBOARD")],
    draft: Annotated[
        Path | None,
        typer.Argument(help="The new draft (.fountain .fdx .txt .pdf).", metavar="NEW_DRAFT", show_default=False),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Change the storyboard without asking.")] = False,
    restore: Annotated[
        str | None, typer.Option(help="Bring a shot or scene back from the bin.", metavar="ID", show_default=False)
    ] = None,
) -> None:
    """Bring a new draft of the screenplay into a storyboard; what people did to its shots stays.

    Shots whose script is unchanged keep their ids, takes and edits. Changed ones get the new words, new ones are
    planned, and what the draft no longer has goes into a bin beside the film, from where --restore brings it back.

    Says scene by scene what changes, and touches nothing without a yes. Exits with code 1 when nothing is done: after
    a no, or without --yes where nobody can be asked.
    """
    from director.folder import FilmFolder
    from director.notes.desk import agreed
    from director.opening import film_root
    from director.revise import revision
    from shots.errors import NoteError
    from shots.storyboard import load

    if storyboard.suffix.lower() not in (".yaml", ".yml"):
        raise NoteError(f"{storyboard} is no storyboard. Fix: give the .yaml that `workprint plan` wrote.")
    folder = FilmFolder(film_root(storyboard, load(storyboard)))
    if restore is not None and draft is None:
        revision.restore(storyboard, folder, restore)
        print(f"{restore} is back in {storyboard}")
        return
    if restore is not None or draft is None:
        raise NoteError("This wants one of both. Fix: give a new draft, or --restore with an id from the bin.")
    found = revision.revise(storyboard, draft, folder)
    if not found.changed:
        print(f"{storyboard} says {draft} already: nothing changes.")
        return
    _show(found)
    if not (yes or agreed(storyboard)):
        raise typer.Exit(1)
    found.apply()
    print(f"{storyboard} is changed; the draft is kept in {folder.drafts}")
    if found.merged.gone:
        print(f"  what left the film is in {folder.bin}; `workprint revise {storyboard} --restore ID` brings it back")
    print(f"Next: `workprint make {storyboard}` pictures what is new or changed.")


def _show(found: Revision) -> None:
    """The report, coloured on a terminal by what becomes of each scene and shot."""
    if not sys.stdout.isatty():
        print(found.report)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    console.print(Text(found.report.head, style="bold"))
    for line in found.report.lines:
        kind = next((kind for kind in _COLOURS if f" {kind}" in line.partition("“")[0]), "")
        console.print(Text(line, style=_COLOURS.get(kind, "")))
