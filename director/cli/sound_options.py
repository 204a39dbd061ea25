"""The options about a film's sound, which every command that makes it takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "BurnIn",
    "Described",
    "EngineSound",
    "Profile",
    "Recordings",
    "Score",
    "SoundFont",
    "Sounds",
    "Translate",
    "Voices",
]

Voices = Annotated[
    str | None,
    typer.Option(
        help="Who speaks: espeak, tones, kokoro:FOLDER, piper:FILE, or endpoint:URL#model=NAME&voices=A,B.",
        show_default="espeak",
        metavar="ENGINE",
    ),
]
Recordings = Annotated[
    Path | None,
    typer.Option(help="A folder of recorded lines, with a recordings.yaml of line ids and consents.", metavar="DIR"),
]
Score = Annotated[
    str | None,
    typer.Option(
        help="The music: own (composed), none, a temp track's file, or the folder of a music model.",
        show_default="own",
        metavar="own|none|PATH",
    ),
]
SoundFont = Annotated[
    Path | None, typer.Option("--soundfont", help="An .sf2 whose instruments play the score.", metavar="FILE")
]
Sounds = Annotated[
    Path | None,
    typer.Option(help="A folder of your own sounds, with a sounds.yaml of tags and licences.", metavar="DIR"),
]
Profile = Annotated[
    str | None,
    typer.Option(
        help="How loud it is delivered: web (-16 LUFS) or r128 (-23 LUFS).", show_default="web", metavar="web|r128"
    ),
]
Described = Annotated[
    bool, typer.Option("--described", help="Captions tell sounds and music too, for who does not hear them.")
]
BurnIn = Annotated[
    bool, typer.Option("--burn-in", help="Write film-captioned.mp4 too, with the captions in the picture.")
]
EngineSound = Annotated[
    bool,
    typer.Option("--engine-sound", help="Mix in the sound that a picture engine such as ltx2 makes with its takes."),
]
Translate = Annotated[
    str | None,
    typer.Option(
        help="Captions in another language too, such as fr, by the model that --director names.", metavar="LANGUAGE"
    ),
]
