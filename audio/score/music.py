"""Gives every music cue its sound: composed and played here, made by a local model, or cut from a temp track.

A folder holds what was made under a hash of all that shapes it, so that after a recut only changed cues are made
again. What fails falls back to our own score with a notice; `none` alone leaves a film without music.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import soundfile

from audio.cues import CueSheet, MusicCue
from audio.errors import SoundError
from audio.score import ensemble, generated, soundfont, temp_track
from audio.score.compose import compose
from audio.score.config import ScoreConfig
from audio.score.home import home_of
from audio.score.midi import write_midi
from audio.score.piece import Piece

__all__ = ["make_music"]

_RATE_HZ = 48_000


def make_music(cues: CueSheet, config: ScoreConfig, folder: Path) -> tuple[CueSheet, tuple[str, ...]]:
    """Returns the sheet with a path (48 kHz stereo WAV) for every music cue, and what has to be said about it.

    With `none` the sheet comes back without music. The notes of each cue, as composed, are written beside the sounds
    as `score-01-1m1.mid` and so on.

    Raises:
        SoundError: `folder` cannot be written to.
    """
    if config.kind == "none" or not cues.music:
        return replace(cues, music=()), ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SoundError(f"{folder}: cannot be made ({error}). Fix: choose another folder.") from error
    notices: list[str] = []
    # A cue is composed from its own beginning: where a recut moves it, it is still the same music.
    home = home_of(cues.music, config.seed)
    pieces = [compose(_from_zero(cue), config.seed, home) for cue in cues.music]
    _write_scores(pieces, folder)
    paths: dict[int, Path] = {}
    if config.kind == "temp_track" and config.path is not None:
        paths = _conformed(cues, config.path, folder, notices)
    elif config.kind == "generated" and config.path is not None:
        paths = _generated(cues, pieces, config, config.path, folder, notices)
    player = soundfont.open_soundfont(config.soundfont, notices.append) if config.soundfont else None
    for index, piece in enumerate(pieces):
        if index not in paths:
            paths[index] = _performed(piece, player, config.seed, folder, notices)
    music = tuple(replace(cue, path=paths[index]) for index, cue in enumerate(cues.music))
    return replace(cues, music=music), tuple(dict.fromkeys(notices))


def _performed(piece: Piece, player: soundfont.Soundfont | None, seed: int, folder: Path, notices: list[str]) -> Path:
    if player is not None:
        key = _key("soundfont", soundfont.VERSION, player.digest, asdict(piece))
        try:
            return _kept(folder, key, piece.duration_s, lambda path: player.play(piece, path, _RATE_HZ))
        except SoundError as error:
            notices.append(f"{piece.title}: played by our own ensemble. {error}")
    key = _key("ensemble", ensemble.VERSION, seed, asdict(piece))
    return _kept(folder, key, piece.duration_s, lambda path: ensemble.play(piece, path, _RATE_HZ, seed))


def _conformed(cues: CueSheet, source: Path, folder: Path, notices: list[str]) -> dict[int, Path]:
    """Cuts a temp track to the cues; on a corrupt one, says so and returns none."""
    try:
        digest = _digest(source)
        with tempfile.TemporaryDirectory(prefix=".temp-track-", dir=folder) as scratch:
            track = temp_track.open_track(source, Path(scratch), _RATE_HZ, most_s=cues.duration_s + 60.0)
            edits, said = temp_track.spread(track, cues)
            notices += said
            paths = {}
            for index, edit in enumerate(edits):
                key = _key("temp track", temp_track.VERSION, digest, asdict(edit))
                paths[index] = _kept(folder, key, edit.duration_s, lambda path, edit=edit: track.write(edit, path))  # type: ignore[misc]
            return paths
    except OSError as error:
        notices.append(f"{source}: the temp track cannot be read ({error}); our own score plays instead.")
    except SoundError as error:
        notices.append(f"{error} Our own score plays instead.")
    return {}


def _generated(
    cues: CueSheet, pieces: list[Piece], config: ScoreConfig, source: Path, folder: Path, notices: list[str]
) -> dict[int, Path]:
    """Asks the model for each cue; those that it cannot make are left to the ensemble."""
    paths: dict[int, Path] = {}
    try:
        model = generated.open_model(source)
    except SoundError as error:
        notices.append(f"{error} Our own score plays instead.")
        return paths
    notices.append(model.licence)
    for index, (cue, piece) in enumerate(zip(cues.music, pieces, strict=True)):
        prompt = generated.prompt_of(cue, piece)
        seed = config.seed * 1000 + cue.seed
        key = _key("generated", generated.VERSION, model.digest, prompt, seed, piece.duration_s, cue.ends, piece.bpm)
        try:
            paths[index] = _kept(
                folder, key, piece.duration_s,
                lambda path, prompt=prompt, seed=seed, piece=piece, cue=cue: model.make(  # type: ignore[misc]
                    prompt, piece, path, rate_hz=_RATE_HZ, seed=seed, cut=cue.ends == "cut"
                ),
            )  # fmt: skip
        except SoundError as error:
            notices.append(f"{piece.title}: our own score plays instead. {error}")
    return paths


def _kept(folder: Path, key: str, duration_s: float, make: Callable[[Path], None]) -> Path:
    """Returns the file of `key`, made unless it is there and whole."""
    path = folder / f"{key}.wav"
    try:
        info = soundfile.info(path)
        if info.frames == round(duration_s * _RATE_HZ) and info.samplerate == _RATE_HZ and info.channels == 2:
            return path
    except (OSError, soundfile.SoundFileError):
        pass
    make(path)
    return path


def _write_scores(pieces: list[Piece], folder: Path) -> None:
    """Writes each piece as MIDI, and takes away those of an earlier cut."""
    names = set()
    for number, piece in enumerate(pieces, 1):
        title = re.sub(r"[^\w-]+", "-", piece.title).strip("-")[:40] or "cue"
        names.add(f"score-{number:02d}-{title}.mid")
        write_midi(piece, folder / f"score-{number:02d}-{title}.mid")
    for old in folder.glob("score-[0-9][0-9]-*.mid"):
        if old.name not in names:
            old.unlink(missing_ok=True)


def _from_zero(cue: MusicCue) -> MusicCue:
    at = cue.start_s

    def moved(spans: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
        return tuple((round(begin - at, 6), round(end - at, 6)) for begin, end in spans)

    return replace(
        cue,
        start_s=0.0,
        end_s=round(cue.end_s - at, 6),
        tension=tuple((round(time_s - at, 6), level) for time_s, level in cue.tension),
        hits=tuple(replace(hit, time_s=round(hit.time_s - at, 6)) for hit in cue.hits),
        spoken=moved(cue.spoken),
        silences=moved(cue.silences),
    )


def _key(*tagged: object) -> str:
    return hashlib.sha256(json.dumps(["music", *tagged], sort_keys=True).encode()).hexdigest()[:40]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
