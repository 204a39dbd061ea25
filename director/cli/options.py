"""The options and arguments that several commands take, each declared once. One command's own stands with it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "Aspect",
    "BaseUrl",
    "Budget",
    "DirectedBy",
    "Out",
    "Picture",
    "ReplayOnly",
    "Script",
    "Seed",
    "Size",
    "Source",
    "Watching",
    "Workers",
]

Source = Annotated[Path, typer.Argument(help="A screenplay (.fountain .fdx .txt .pdf) or a storyboard (.yaml).")]
Script = Annotated[Path, typer.Argument(help="A screenplay (.fountain .fdx .txt .pdf).")]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="The film's folder.", show_default="out/<title>", metavar="DIR")
]
Size = Annotated[str | None, typer.Option(help="Picture size, such as 1280x720.", metavar="WIDTHxHEIGHT")]
Aspect = Annotated[str | None, typer.Option(help="Picture shape: 16:9, 9:16, 1:1, 2.39:1 ...", metavar="W:H")]
Seed = Annotated[int, typer.Option(help="Another seed, other faces and small choices.", min=0)]
Picture = Annotated[
    str,
    typer.Option(
        help="What pictures the shots: dit (the video model), previz (drawn at once), ENGINE:WEIGHTS (a pretrained "
        "engine), or an engine's YAML file.",
        metavar="BACKEND",
    ),
]
Watching = Annotated[
    str | None,
    typer.Option(
        "--critic",
        help="Who watches the takes: off, measured, or a model that sees, such as openai:MODEL.",
        show_default="measured; off where shots are drawn",
        metavar="CRITIC",
    ),
]
Workers = Annotated[int, typer.Option(help="Processes that picture shots at once; 0 chooses.", min=0)]
DirectedBy = Annotated[
    str | None,
    typer.Option(
        "--director",
        help="Who directs a screenplay: rules, or a language model such as openai:MODEL.",
        show_default="who did before, else rules",
        metavar="rules|PROVIDER:MODEL",
    ),
]
BaseUrl = Annotated[str | None, typer.Option(help="A server that speaks OpenAI's protocol.", metavar="URL")]
Budget = Annotated[str | None, typer.Option(help="The most to spend, such as 2.50 or 200000tok.", metavar="AMOUNT")]
ReplayOnly = Annotated[bool, typer.Option("--replay-only", help="Fail rather than ask what was not asked before.")]
