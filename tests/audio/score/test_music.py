"""Every cue gets its music: by config, once, under a name that changes with what is heard; failures are told."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.cues import CueSheet, Hit, MusicCue
from audio.errors import SoundError
from audio.score import ensemble
from audio.score.config import ScoreConfig
from audio.score.music import make_music
from tests.audio.score.playing import RATE, lufs, read

FIRST = MusicCue(
    mood="tense", start_s=1.0, end_s=6.5, tension=((1.0, 0.2), (6.5, 0.7)), hits=(Hit(time_s=4.0, kind="scene"),),
    spoken=((2.0, 3.0),), title="1m1", seed=3,
)  # fmt: skip
SECOND = MusicCue(mood="warm", start_s=9.0, end_s=13.0, title="1m2", seed=4)
SHEET = CueSheet(duration_s=16.0, music=(FIRST, SECOND))


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the pieces that the ensemble really plays."""
    titles: list[str] = []
    real: Callable[..., None] = ensemble.play
    monkeypatch.setattr(ensemble, "play", lambda piece, *rest: (titles.append(piece.title), real(piece, *rest))[1])
    return titles


def test_our_own_score_is_made_once_and_again_only_where_a_cue_changes(tmp_path: Path, played: list[str]) -> None:
    made, notices = make_music(SHEET, ScoreConfig.read("own"), tmp_path)
    assert notices == ()
    for cue in made.music:
        assert cue.path is not None
        samples = read(cue.path)
        assert len(samples) == round((cue.end_s - cue.start_s) * RATE)
        assert -34 < lufs(samples) < -14
    assert sorted(path.name for path in tmp_path.glob("*.mid")) == ["score-01-1m1.mid", "score-02-1m2.mid"]
    again, _ = make_music(SHEET, ScoreConfig.read("own"), tmp_path)
    assert again == made
    assert played == ["1m1", "1m2"]
    moved = replace(  # a recut: the second begins two seconds later and is the same music, the first is shorter
        SHEET,
        music=(replace(FIRST, end_s=5.5, tension=((1.0, 0.2), (5.5, 0.7))), replace(SECOND, start_s=11.0, end_s=15.0)),
    )
    recut, _ = make_music(moved, ScoreConfig.read("own"), tmp_path)
    assert played == ["1m1", "1m2", "1m1"]
    assert recut.music[1].path == made.music[1].path
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_a_damaged_file_is_made_again(tmp_path: Path, played: list[str]) -> None:
    sheet = replace(SHEET, music=(replace(SECOND, end_s=11.0),))
    made, _ = make_music(sheet, ScoreConfig(), tmp_path)
    path = made.music[0].path
    assert path is not None
    whole = path.read_bytes()
    path.write_bytes(whole[:2000])
    make_music(sheet, ScoreConfig(), tmp_path)
    assert path.read_bytes() == whole
    assert played == ["1m2", "1m2"]


def test_none_is_a_film_without_music(tmp_path: Path) -> None:
    made, notices = make_music(SHEET, ScoreConfig.read("none"), tmp_path / "music")
    assert made.music == ()
    assert notices == ()
    assert not (tmp_path / "music").exists()


def test_the_line_is_read_and_a_mistake_told(tmp_path: Path) -> None:
    (tmp_path / "track.mp3").write_bytes(b"x")
    assert ScoreConfig.read(str(tmp_path / "track.mp3")).kind == "temp_track"
    assert ScoreConfig.read(str(tmp_path)).kind == "generated"
    assert ScoreConfig.read("own", Path("a.sf2"), 5) == ScoreConfig(kind="own", soundfont=Path("a.sf2"), seed=5)
    with pytest.raises(SoundError, match="own, none, a sound file"):
        ScoreConfig.read(str(tmp_path / "nothing"))


def test_a_temp_track_plays_and_a_broken_one_gives_way_to_our_own(tmp_path: Path, played: list[str]) -> None:
    time_s = np.arange(5 * RATE) / RATE
    tone = 0.2 * np.sin(2 * np.pi * 440 * time_s) * (0.2 + (time_s % 0.5 < 0.25))
    soundfile.write(tmp_path / "temp.flac", tone, RATE)
    made, notices = make_music(SHEET, ScoreConfig.read(str(tmp_path / "temp.flac")), tmp_path / "music")
    assert played == []
    assert [read(cue.path).shape[0] for cue in made.music if cue.path] == [round(5.5 * RATE), 4 * RATE]
    assert "goes round" in " ".join(notices)
    assert (tmp_path / "music" / "score-01-1m1.mid").is_file(), "the notes are there all the same"
    (tmp_path / "temp.flac").write_bytes(b"fLaC broken")
    short = replace(SHEET, music=(replace(SECOND, end_s=10.5),))
    made, notices = make_music(short, ScoreConfig.read(str(tmp_path / "temp.flac")), tmp_path / "music")
    assert played == ["1m2"]
    assert len(notices) == 1
    assert "temp.flac" in notices[0]
    assert "Our own score plays instead" in notices[0]


def test_a_model_that_fails_gives_way_to_our_own(tmp_path: Path, played: list[str]) -> None:
    weights = tmp_path / "model"
    weights.mkdir()
    short = replace(SHEET, music=(replace(SECOND, end_s=10.5),))
    _, notices = make_music(short, ScoreConfig.read(str(weights)), tmp_path / "music")
    assert "holds no music model" in notices[0]
    (weights / "config.json").write_text(json.dumps({"model_type": "musicgen"}))
    (weights / "model.safetensors").write_bytes(b"not tensors")
    made, notices = make_music(short, ScoreConfig.read(str(weights)), tmp_path / "music")
    assert "CC BY-NC" in notices[0]
    assert "our own score plays instead" in notices[1]
    assert made.music[0].path is not None
    assert played == ["1m2"]


def test_a_soundfont_that_is_broken_or_has_no_player_gives_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, played: list[str]
) -> None:
    short = replace(SHEET, music=(replace(SECOND, end_s=10.5),))
    font = tmp_path / "font.sf2"
    font.write_bytes(b"RIFF\0\0\0\0none")
    _, notices = make_music(short, ScoreConfig.read("own", font), tmp_path / "music")
    assert "damaged" in notices[0]
    font.write_bytes(b"RIFF\0\0\0\0sfbk" + b"\0" * 50)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    _, notices = make_music(short, ScoreConfig.read("own", font), tmp_path / "music")
    assert "install fluidsynth" in notices[0]
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "fluidsynth"
    program.write_text("#!/bin/sh\necho 'error: not a valid SoundFont' >&2\nexit 1\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    made, notices = make_music(short, ScoreConfig.read("own", font), tmp_path / "music")
    assert "not a valid SoundFont" in notices[0]
    assert made.music[0].path is not None
    assert played == ["1m2"], "our own is made once, for all three"
