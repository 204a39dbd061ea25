"""The commands for the picture model and the machine that runs it: measure, train, look over."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from director.doctor import Finding

__all__ = ["doctor", "evaluate", "train"]


def evaluate(
    scale: Annotated[str, typer.Option("--set", help="How much is measured: small or full.", metavar="SET")] = "full",
    out: Annotated[Path, typer.Option(help="The figures' file.", metavar="FILE")] = Path("bench/eval.json"),
    sheets: Annotated[Path, typer.Option(help="The folder for the picture sheets.", metavar="DIR")] = Path(
        "docs/images/sheets"
    ),
) -> None:
    """Measure the picture model on held-out stages, where the truth is known: a table and two picture sheets."""
    from director.progress import Bars
    from model.evaluation.report import report

    with Bars() as bars:

        def tell(what: str, done: int, of: int) -> None:
            bars.step(what, of)
            bars.done(what, done)

        figures = report(scale, out, sheets, tell)
    for name, value in figures.items():
        print(f"{name:<56} {value}")
    print(f"figures {out}, sheets {sheets / 'model.jpg'} and {sheets / 'model-tasks.jpg'}")


def train(
    config: Annotated[Path, typer.Argument(help="A config of yours (.yaml), or a shipped one such as lora.yaml.")],
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that the folder holds.")] = False,
) -> None:
    """Train the picture models, or teach them or a pretrained engine by your own footage; make what they learn from.

    Ctrl-C ends after the step it is in, saved.
    """
    from model.training.config import read, train
    from model.training.data import Made

    trained = train(read(config), resume=resume)
    if isinstance(trained, Made):
        print(f"{trained.folder}: {trained.files} files")
        for problem in trained.problems:
            print(f"workprint: {problem}", file=sys.stderr)
        if trained.problems:
            raise typer.Exit(1)
        return
    print(f"{trained.folder}: step {trained.step} of {trained.steps}")
    if trained.step < trained.steps:
        print(f"Stopped and saved. To go on: workprint train {config} --resume", file=sys.stderr)
        raise typer.Exit(130)


def doctor(
    picture: Annotated[
        str | None,
        typer.Option(
            help="Try a pretrained engine with its weights instead: loads them, makes a short clip, measures and "
            "checks it.",
            metavar="ENGINE:WEIGHTS",
        ),
    ] = None,
    size: Annotated[str | None, typer.Option(help="The size to try it at; its own without.", metavar="WxH")] = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Where the clip is kept.", metavar="DIR")] = Path(
        "out/doctor"
    ),
) -> None:
    """Say what this machine has, and what each missing part would give."""
    from director.doctor import examine

    findings: Iterable[Finding] = examine(Path("out"))
    if picture is not None:
        from director.engine_doctor import examine_engine

        findings = examine_engine(picture, out, _pixels(size))
    held = True
    for finding in findings:
        held = held and finding.present
        print(f"{'ok     ' if finding.present else 'missing'} {finding.part:<20} {finding.what}", flush=True)
        if finding.gives:
            print(f"{'':<28} gives: {finding.gives}")
    if picture is not None and not held:
        raise typer.Exit(1)


def _pixels(size: str | None) -> tuple[int, int] | None:
    from shots.errors import WorkprintError

    if size is None:
        return None
    sides = size.lower().split("x")
    if len(sides) != 2 or not all(side.isdecimal() and 16 <= int(side) <= 8192 for side in sides):
        raise WorkprintError(f"--size {size} is no size. Fix: give width and height in pixels, such as 832x480.")
    return int(sides[0]), int(sides[1])
