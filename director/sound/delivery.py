"""What a film's sound leaves beside the film for an editor: stems, the score as MIDI, the cue sheet and its list."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from audio.errors import SoundError
from director.folder import FilmFolder
from director.opening import write_atomically
from shots.spec import Storyboard

if TYPE_CHECKING:
    from audio.cues import CueSheet
    from audio.mix import Mix

__all__ = ["write_cues", "write_stems"]

_SCORE = "score"  # the folder of the MIDI files, among the stems


def write_cues(cues: CueSheet, storyboard: Storyboard, folder: FilmFolder) -> None:
    """Writes the cue sheet as data, and as a list to read, scene by scene."""
    from audio.spotting import dumps
    from audio.spotting_list import spotting_list

    headings = {shot.id: scene.heading for scene in storyboard.scenes for shot in scene.shots if shot.id is not None}
    write_atomically(folder.cues, dumps(cues))
    write_atomically(folder.spotting, spotting_list(cues, headings))


def write_stems(made: Mix, cues: CueSheet, folder: FilmFolder) -> None:
    """Puts the mix's stems, and the notes of the score, beside the film; what an earlier cut left there goes.

    Raises:
        SoundError: the folder cannot be written to.
    """
    stems = {
        "dialogue.wav": made.stems.dialogue,
        "music.wav": made.stems.music,
        "effects.wav": made.stems.effects,
        "ambience.wav": made.stems.ambience,
        "music-and-effects.wav": made.music_and_effects,
    }
    notes = sorted(folder.score.glob("score-*.mid")) if cues.music else []
    try:
        scores = folder.stems / _SCORE
        scores.mkdir(parents=True, exist_ok=True)
        for name, path in stems.items():
            _put(path, folder.stems / name)
        for path in notes:
            _put(path, scores / path.name)
        for old in scores.glob("score-*.mid"):
            if old.name not in {path.name for path in notes}:
                old.unlink()
    except OSError as error:
        raise SoundError(
            f"{folder.stems}: the stems cannot be written ({error}). Fix: free some disk space."
        ) from error


def _put(path: Path, out: Path) -> None:
    """A copy, whole or not at all. No link: who edits a stem in its place must not edit the mix that is kept."""
    partial = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(path, partial)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
