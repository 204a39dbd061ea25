"""The command that shows a film for review in a browser, and takes its comments out and in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from director.cli.options import Out, Picture, Source
from director.pictures import PICTURE

if TYPE_CHECKING:
    from director.reshoot.film import Film

__all__ = ["review"]


def review(
    source: Source,
    out: Out = None,
    picture: Picture = PICTURE,
    port: Annotated[
        int, typer.Option(help="The port on 127.0.0.1.", min=0, max=65535, show_default="a free one")
    ] = 0,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    export: Annotated[
        Path | None,
        typer.Option(help="Write the review as one folder to mail, and end.", metavar="DIR", show_default=False),
    ] = None,
    import_: Annotated[
        Path | None,
        typer.Option(
            "--import", help="Take in the comments saved from a mailed review, and end.", metavar="FILE",
            show_default=False,
        ),
    ] = None,
    markers: Annotated[
        bool, typer.Option("--markers", help="Write the comments into film.otio and comments.md, and end.")
    ] = False,
) -> None:  # fmt: skip
    """Show the film in a browser on this machine: comments, drawings on frames, approval shot by shot.

    Comments are kept in comments.json in the film's folder. Ctrl-C ends it.
    """
    from director.progress import Bars, Silent
    from director.reshoot.film import Film

    with Bars() as bars:
        film = Film.open(source, out, picture=picture, progress=bars)
        if import_ is not None:
            comments, verdicts = film.comments.take_in(import_)
            print(f"{film.folder.comments}: {_count(comments, 'comment')} and {_count(verdicts, 'verdict')} taken in")
        if markers:
            _write_out(film)
        if export is not None:
            from director.review.export import export as write

            size = write(film, export)
            print(f"{export / 'index.html'}: {size / 1e6:.1f} MB in all; open it in a browser")
        if import_ is not None or markers or export is not None:
            return
        from director.review.server import ReviewServer

        server = ReviewServer(film, port)
        film.progress = Silent()  # the bars are gone from here on
    print(f"Review of {film.title}: {server.url}", flush=True)
    print("Only this machine can open it, and only with this link. Ctrl-C ends it.", flush=True)
    if open_:
        typer.launch(server.url)
    server.run()
    print(f"\nEnded. {_count(len(film.comments), 'comment')} in {film.folder.comments}")


def _write_out(film: Film) -> None:
    from director.review.markdown import write_comments
    from director.review.markers import mark
    from director.review.screening import screening_of

    said = film.comments.review()
    text = film.folder.comments.with_suffix(".md")
    write_comments(screening_of(film), said, text)
    print(f"{text}: {_count(len(said.shown), 'comment')}")
    if film.folder.timeline.is_file():
        print(f"{film.folder.timeline}: {_count(mark(film.folder.timeline, said), 'open comment')} as markers")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
