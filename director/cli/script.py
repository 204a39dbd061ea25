"""The commands for what is written: a screenplay read and written, a storyboard checked and given notes.

None makes a film's folder; `director.cli.film` has those that do.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from director.cli.options import BaseUrl, Budget, ReplayOnly, Script, Source

if TYPE_CHECKING:
    from director.reshoot.paper import Step

__all__ = ["check", "note", "parse", "redo", "undo", "write"]

Written = Annotated[Path, typer.Argument(help="A storyboard (.yaml).", metavar="STORYBOARD")]


def parse(
    script: Script, as_json: Annotated[bool, typer.Option("--json", help="Print every element as JSON.")] = False
) -> None:
    """Read a screenplay and say what is in it."""
    from director.parse import as_json as to_json
    from director.parse import read

    parsed = read(script)
    if as_json:
        print(json.dumps(to_json(parsed), ensure_ascii=False, indent=1))
        return
    print(f"{parsed.title}: {len(parsed.scenes())} scenes, {len(parsed.elements)} elements")
    for scene in parsed.scenes():
        if scene.heading is not None:
            print(f"  {parsed.file}:{scene.heading.line}: {scene.heading.text}")


def write(
    source: Annotated[
        str, typer.Argument(help="An idea in quotes, or a story (.txt .md .docx .epub).", metavar="IDEA|STORY")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The screenplay to write.", metavar="FILE")] = Path(
        "draft.fountain"
    ),
    pages: Annotated[
        int | None, typer.Option(help="About how long.", show_default="by the story; 5 for an idea", min=1, max=180)
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="What to write in.", show_default="as the idea or story", metavar="LANGUAGE")
    ] = None,
    title: Annotated[str, typer.Option(help="The title, if you have one.")] = "",
    author: Annotated[str, typer.Option(help="Who stands on the title page.")] = "",
    date: Annotated[str, typer.Option(help="The draft's date on the title page.")] = "",
    director: Annotated[
        str | None, typer.Option(help="The language model that writes, such as openai:MODEL.", metavar="PROVIDER:MODEL")
    ] = None,
    base_url: BaseUrl = None,
    budget: Budget = None,
    replay_only: ReplayOnly = False,
) -> None:
    """Write a screenplay from an idea or a story, by a language model, for a writer to edit.

    No file is written over. What the model answered is kept beside the draft, and a second run asks only the rest.
    """
    from director.llm.config import read_config
    from director.progress import Bars
    from director.write.command import Commission, write_screenplay

    config = read_config(director, base_url, budget)
    commission = Commission(source=source, pages=pages, language=language, title=title, author=author, date=date)
    with Bars() as bars:
        written = write_screenplay(commission, out, config, bars, replay_only=replay_only)
    for line in written.table:
        print(line)
    for line in written.used[:-1]:
        print(f"  {line}", file=sys.stderr)
    for notice in written.notices:
        print(f"workprint: {notice}", file=sys.stderr)
    pages_told = f"{written.eighths // 8} {written.eighths % 8}/8 pages"
    print(f"{written.script}: {written.scenes} scenes, {pages_told}; {written.used[-1]}")
    if written.map is not None:
        print(f"map from paragraphs to scenes: {written.map}")
    print(f"Next: edit it, then `workprint make {written.script}`")


def note(
    storyboard: Written,
    words: Annotated[str, typer.Argument(help="What to change.", metavar="NOTE")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Change the file without asking.")] = False,
    director: Annotated[
        str | None, typer.Option(help="The language model for any other words.", metavar="PROVIDER:MODEL")
    ] = None,
    base_url: BaseUrl = None,
    budget: Budget = None,
    replay_only: ReplayOnly = False,
) -> None:
    """Change a storyboard by a note: shown as a diff, done on yes, all else in the file left as it is.

    These are understood without a model, several parted by semicolons:

    \b
    longer S2.3 1.5; shorter S2.3 0.5; hold S2.3 4
    tighter S2.3; wider S2.3 2; size S2.3 CU; lens S2.3 85; focus S2.3 MARA
    static S2.3; push in S2.3; pan left S2.3 (every move); low angle S2.3
    brighter S2.3; darker scene 2; warmer scene 2; cooler S2.3
    key S2.3 left; ratio scene 2 4; kelvin scene 2 3200
    dissolve S2.3 1; cut S2.3 (every transition)
    emotion S2.3 MARA sad; look S2.3 MARA at TOM
    swap S2.3 S2.4; move S2.4 after S2.2; delete S2.4; delete S2.4 into S2.3
    insert after S2.3 of LIGHTER; insert after S2.3 reaction of MARA
    insert after S2.3 rain on the window; note S2.3 any text

    `workprint undo` takes it back. Exits with code 1 when something of the note is not done: after a no, without --yes
    where nobody can be asked, or where the model says that it cannot be.
    """
    from director.llm.config import read_config
    from director.notes.desk import give

    config = read_config(director, base_url, budget)
    if not give(storyboard, words, config, yes=yes, replay_only=replay_only):
        raise typer.Exit(1)


def undo(storyboard: Written) -> None:
    """Take back the last step of work on a storyboard: a note, a reshoot, an edit by hand.

    The file is again what it was, byte for byte; `workprint redo` makes the step again. Takes that were made stay.
    Exits with code 1 when there is nothing to take back.
    """
    from director.reshoot.paper import Paper

    _tell(Paper(storyboard).undo(), "Taken back", "take back")


def redo(storyboard: Written) -> None:
    """Make the step again that `workprint undo` took back last.

    Exits with code 1 when there is none.
    """
    from director.reshoot.paper import Paper

    _tell(Paper(storyboard).redo(), "Made again", "make again")


def _tell(step: Step | None, done: str, do: str) -> None:
    if step is None:
        print(f"There is nothing to {do}.")
        raise typer.Exit(1)
    what = "".join(ch if ch.isprintable() else "?" for ch in step.what)
    print(f"{done}: {what} ({step.at})")


def check(
    source: Source,
    stats: Annotated[bool, typer.Option("--stats", help="Print the statistics of the shots as well.")] = False,
) -> None:
    """Check a screenplay's or storyboard's continuity: the axis, eyelines, wardrobe, props, light ...

    Exits with code 1 when something is wrong, 0 when there are at most warnings.
    """
    from director.folder import FilmFolder
    from director.opening import film_root, read_storyboard
    from director.staging import inspect

    storyboard = read_storyboard(source)
    inspected = inspect(storyboard, FilmFolder(film_root(source, storyboard)))
    if stats:
        from shots.stats import statistics

        for name, value in statistics(storyboard, inspected.timings).rows():
            print(f"{name:<32} {value}")
    for problem in inspected.problems:
        print(f"{problem.severity}: {problem}")
    errors = sum(problem.severity == "error" for problem in inspected.problems)
    print(f"{errors} errors, {len(inspected.problems) - errors} warnings in {len(storyboard.shots())} shots")
    raise typer.Exit(1 if errors else 0)
