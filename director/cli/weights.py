"""The commands for pretrained weights: which there are, fetching, checking, on which terms."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from model.backends.config import Source
    from model.hub.known import Weights

__all__ = ["weights"]

weights = typer.Typer(
    help="The weights of pretrained picture engines: list, fetch and check them, read on which terms.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_WHICH = "An engine (wan-vace), one of its weights (wan-vace:14b), a repository (OWNER/NAME, @REVISION) or a folder."


@weights.command("list")
def list_(
    engine: Annotated[str | None, typer.Argument(help="Only this engine's.", metavar="[ENGINE]")] = None,
) -> None:
    """Say which weights each engine can use: their size, their terms, and which are on this machine."""
    from model.hub.here import folder_of
    from model.hub.known import KNOWN
    from shots.errors import WorkprintError, near_name

    engines = tuple(dict.fromkeys(one.engine for one in KNOWN))
    if engine is not None and engine not in engines:
        raise WorkprintError(
            f"no engine '{engine}'{near_name(engine, engines) or '.'} Fix: use one of {', '.join(engines)}."
        )
    for one in KNOWN:
        if engine in (None, one.engine):
            folder = folder_of(_source(one))
            print(f"{one.called:<24} {one.size_gb:>5.0f} GB  {'here   ' if folder else 'missing'}  {one.repository}")
            print(f"{'':<43} {_terms(one)}")
            if one.note:
                print(f"{'':<43} {one.note}")
    print("Sizes are about what the weights take at 16 bits a number; `get` says what is fetched before it begins.")


@weights.command()
def get(
    name: Annotated[str, typer.Argument(help=_WHICH, metavar="WEIGHTS")],
    file: Annotated[
        list[str] | None, typer.Option("--file", help="Only this file of the repository (may be given again).")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before fetching.")] = False,
) -> None:
    """Fetch weights from the hub into its cache on this machine; goes on where it was interrupted.

    HF_HOME says where that is, HF_ENDPOINT which hub is asked; a licence that has to be accepted is accepted there.
    """
    from director.progress import Bars
    from model.backends.config import Source
    from model.hub.assembled import recipe_of
    from model.hub.fetch import fetch, look
    from model.hub.here import folder_of
    from model.hub.terms import licence_of_source

    source = _asked(name)
    found = [look(source, tuple(file or ()))]
    recipe = None if file else recipe_of(source.where)
    if recipe is not None:  # one part of a pipeline, whose others are published elsewhere
        found += [look(Source(where), parts=parts) for where, parts in recipe.lent.items()]
    licence = licence_of_source(source)
    for one in found:
        print(f"{one.source.where} at {one.commit[:12]}: {len(one.files)} files, {_gb(one.size_bytes)}")
    print(f"licence {licence.name}: {licence.line}{f' ({licence.address})' if licence.address else ''}")
    missing_bytes = sum(one.missing_bytes for one in found)
    if not missing_bytes:
        print("all of it is here already")
    elif not yes and sys.stdin.isatty():
        typer.confirm(f"Fetch {_gb(missing_bytes)}?", abort=True)
    with Bars() as bars:

        def tell(path: str, done: int, of: int) -> None:
            bars.step(path, of)
            bars.done(path, done)

        folder, *_ = [fetch(one, tell) for one in found]
    if licence.name == "not known":  # its own card has come now
        licence_of_source.cache_clear()
        licence = licence_of_source(Source(str(folder)))
        print(f"licence {licence.name}: {licence.line}")
    if recipe is not None:
        folder = folder_of(source) or folder
    for path in [folder / name for name in file] if file else [folder]:
        print(path)


@weights.command()
def verify(
    name: Annotated[str | None, typer.Argument(help=f"{_WHICH} Without one, all that are here.")] = None,
) -> None:
    """Hold weights on this machine to the checksums that came with them. Reads all of them; asks no network."""
    from director.progress import Bars
    from model.hub.here import folder_of, missing
    from model.hub.known import KNOWN
    from model.hub.verify import verify as check
    from shots.errors import WorkprintError

    named = [name] if name is not None else [one.called for one in KNOWN if folder_of(_source(one)) is not None]
    if not named:
        raise WorkprintError("no known weights are on this machine. Fix: see `workprint weights list`, then get some.")
    bad: list[str] = []
    for each in named:
        source = _asked(each)
        folder = folder_of(source)
        if folder is None:
            raise missing(source)
        with Bars() as bars:

            def tell(path: str, done: int, of: int, bars: Bars = bars) -> None:
                bars.step(path, of)
                bars.done(path, done)

            found = list(check(folder, tell))
        for one in found:
            print(f"{one.state:<12} {one.path.relative_to(folder)}")
        bad += [one.told for one in found if one.state in ("altered", "not whole")]
        whole = sum(one.state == "whole" for one in found)
        print(f"{source.where}: {whole} of {len(found)} files are as they were published")
    if bad:
        raise WorkprintError(
            f"{bad[0]} Fix: remove that file and run `workprint weights get` again, which brings only what is missing."
        )


@weights.command()
def licence(
    name: Annotated[str, typer.Argument(help=_WHICH, metavar="WEIGHTS")],
) -> None:
    """Say on which terms weights are given, in one line."""
    from model.hub.terms import licence_of_source

    found = licence_of_source(_asked(name))
    print(f"{found.name}: {found.line}")
    if found.address:
        print(found.address)


def _asked(name: str) -> Source:
    """The source of what a person names.

    Raises:
        WorkprintError: nothing is called so.
    """
    from director.engine_file import source_of
    from model.hub.known import named, names
    from shots.errors import WorkprintError, near_name

    known = named(name)
    if known is not None:
        return _source(known)
    if "/" not in name and "\\" not in name and not Path(name).is_dir():
        raise WorkprintError(
            f"no weights are called '{name}'{near_name(name, names()) or '.'} "
            "Fix: name some that `workprint weights list` shows, or a repository (OWNER/NAME), or a folder."
        )
    return source_of(name, Path())


def _source(known: Weights) -> Source:
    from model.backends.config import Source

    return Source(known.repository)


def _terms(known: Weights) -> str:
    asked = "; to be accepted on its page first" if known.gated else ""
    return f"{known.licence.name}: {known.licence.line}{asked}"


def _gb(size_bytes: int) -> str:
    return f"{size_bytes / 1e9:.1f} GB" if size_bytes >= 1e9 else f"{size_bytes / 1e6:.1f} MB"
