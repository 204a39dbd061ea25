"""The `workprint` command. Its commands parse arguments, call the rest of `director` and print; heavy imports are lazy.

A mistake of the user's is one line on stderr and exit code 2; Ctrl-C is exit code 130 and says how to go on.
"""

from __future__ import annotations

import errno
import sys
from typing import Any, NoReturn

import typer
import typer.core

from director.cli.film import board, cut, make, plan, render, sound, supervise
from director.cli.model import doctor, evaluate, train
from director.cli.review import review
from director.cli.revise import revise
from director.cli.script import check, note, parse, redo, undo, write
from director.cli.weights import weights

__all__ = ["app", "main"]


class _Sentences(typer.core.TyperGroup):
    """Turns what a user can mend into one line on stderr and exit code 2, and Ctrl-C into exit code 130."""

    def invoke(self, ctx: Any) -> Any:
        from audio.errors import SoundError
        from model.errors import PictureError
        from shots.errors import WorkprintError

        try:
            return super().invoke(ctx)
        except (WorkprintError, PictureError, SoundError) as error:
            return _fail(str(error))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                return _fail("the disk is full. Fix: free some space and run the same command to go on.")
            where = f"{error.filename}: " if error.filename else ""
            return _fail(f"{where}{error.strerror or error}. Fix: check the path and its permissions.")
        except KeyboardInterrupt:
            print("Stopped. What is finished is kept; run the same command to go on.", file=sys.stderr)
            raise typer.Exit(130) from None


def _fail(sentence: str) -> NoReturn:
    print(f"workprint: {sentence}", file=sys.stderr)
    raise typer.Exit(2)


app = typer.Typer(
    cls=_Sentences,
    help="Turns a screenplay into a first cut, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
# In the order in which the help lists them.
for command in (
    make,
    parse,
    plan,
    write,
    note,
    revise,
    undo,
    redo,
    check,
    render,
    cut,
    sound,
    board,
    supervise,
    review,
    evaluate,
    train,
    doctor,
):
    app.command("eval" if command is evaluate else None)(command)
app.add_typer(weights, name="weights")


def main() -> None:
    """Runs the command."""
    app()
