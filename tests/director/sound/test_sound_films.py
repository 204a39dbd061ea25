"""A film's sound the whole way: what lies beside the film, what is told, and that bad input stops no film."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from director.cli import app
from director.opening import Opened, open_film
from director.produce import Production, make_film
from director.progress import Silent
from director.sound.config import SoundConfig, read_sound
from director.sound.voicing import Voicing
from shots.defaults import complete
from shots.storyboard import loads
from tests.audio.speech_server import Fault, SpeechServer, sound

STORYBOARD = """
title: Knock
width_px: 64
height_px: 64
fps: 12
cast:
  - {id: ANNA, gender: female, age_years: 30}
  - {id: TOM, gender: male, age_years: 40}
places:
  - {id: KITCHEN, kind: kitchen, interior: true}
scenes:
  - heading: INT. KITCHEN - NIGHT
    place: KITCHEN
    shots:
      - {size: WS, action: Anna walks in., duration_s: 2.5, people: [{character: ANNA, enters: left}]}
      - {subjects: [ANNA], people: [{character: ANNA}, {character: TOM}], lines: [{character: ANNA, text: Who is it?}]}
      - subjects: [TOM]
        people: [{character: ANNA}, {character: TOM}]
        lines: [{character: TOM, text: "..."}]
        sounds: [thunder]
"""
Opens = Callable[[str], Opened]


@pytest.fixture
def opens(tmp_path: Path) -> Opens:
    def opened(text: str) -> Opened:
        file = tmp_path / "knock.yaml"
        file.write_text(text)
        return open_film(file, tmp_path / "film")

    return opened


def production(opened: Opened, sound: SoundConfig | None = None) -> Production:
    return Production(opened, picture="previz", workers=1, progress=Silent(), sound=sound, retakes=False)


def report_of(opened: Opened, sound: SoundConfig) -> str:
    make_film(opened, picture="previz", workers=1, progress=Silent(), sound=sound)
    assert opened.folder.film.stat().st_size > 5000
    return re.sub(r"\\", "", opened.folder.report.read_text("utf-8"))


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """A film that is made, for tests that only look and listen."""
    folder = tmp_path_factory.mktemp("knock")
    (folder / "knock.yaml").write_text(STORYBOARD)
    opened = open_film(folder / "knock.yaml", folder / "film")
    make_film(opened, picture="previz", workers=1, progress=Silent(), sound=read_sound(described=True, burn_in=True))
    return opened


def test_stems_score_cues_and_captions_lie_beside_the_film(film: Opened) -> None:
    folder = film.folder
    stems = [soundfile.read(folder.stems / f"{name}.wav")[0] for name in ("dialogue", "music", "effects", "ambience")]
    mix, rate = soundfile.read(folder.sound / "mix.wav")
    assert np.abs(sum(stems) - mix).max() < 1e-3
    assert np.abs(sum(stems[1:]) - soundfile.read(folder.stems / "music-and-effects.wav")[0]).max() < 1e-3
    cues = json.loads(folder.cues.read_text("utf-8"))
    assert abs(len(mix) / rate - cues["duration_s"]) < 0.01
    assert {cue["name"] for cue in cues["effects"]} >= {"step", "thunder"}
    assert "INT. KITCHEN" in folder.spotting.read_text("utf-8")
    assert len(list((folder.stems / "score").glob("*.mid"))) == len(cues["music"])
    with av.open(str(folder.captioned)) as shown:
        assert shown.streams.video[0].frames == round(cues["duration_s"] * 12) and len(shown.streams.audio) == 1
    assert "[" in folder.captions.read_text("utf-8")  # a sound, described
    told = folder.report.read_text("utf-8")
    assert "LUFS" in told and "Whose voices and sounds are heard" in told and "espeak" in told


def test_a_step_of_the_stage_is_heard_in_the_effects_at_its_frame(film: Opened) -> None:
    effects, rate = soundfile.read(film.folder.stems / "effects.wav")
    block = rate // 500
    level = np.abs(effects[: len(effects) // block * block]).max(axis=1).reshape(-1, block).max(axis=1)
    rises = np.diff(level)
    cues = json.loads(film.folder.cues.read_text("utf-8"))["effects"]
    begins = [cue["start_s"] for cue in cues]
    steps = [
        cue["start_s"]
        for cue in cues
        if cue["name"] == "step" and all(at == cue["start_s"] or abs(at - cue["start_s"]) > 0.15 for at in begins)
    ]
    assert len(steps) >= 2
    for start_s in steps:
        first = round((start_s - 0.1) * 500)
        onset_s = (first + int(np.argmax(rises[first : first + 100])) + 1) / 500
        assert abs(onset_s - start_s) <= 1 / 24


def test_the_sound_alone_is_made_anew_and_the_picture_is_kept(film: Opened) -> None:
    before = film.folder.film.read_bytes()
    takes = {path: path.stat().st_mtime_ns for path in film.folder.takes.rglob("*.mp4")}
    again = production(film, read_sound(score="none", profile="r128"))
    assert again.cut().segments_encoded == 0
    assert film.folder.film.read_bytes() != before
    assert again.mix.profile == "r128"
    assert {path: path.stat().st_mtime_ns for path in film.folder.takes.rglob("*.mp4")} == takes
    assert not list((film.folder.stems / "score").glob("*.mid"))


def test_without_a_film_the_command_writes_mix_and_stems_and_makes_no_take(tmp_path: Path) -> None:
    (tmp_path / "knock.yaml").write_text(STORYBOARD)
    options = ["--picture", "previz", "--workers", "1", "--score", "none", "--voices", "tones"]
    out = tmp_path / "film"
    done = CliRunner().invoke(app, ["sound", str(tmp_path / "knock.yaml"), "-o", str(out), *options])
    assert done.exit_code == 0, done.output
    assert "no film was cut: shots S1.1, S1.2, S1.3 have no take" in done.output
    assert {path.name for path in (out / "stems").glob("*.wav")} == {
        "ambience.wav", "dialogue.wav", "effects.wav", "music.wav", "music-and-effects.wav",
    }  # fmt: skip
    assert (out / "film.srt").is_file() and (out / "spotting.md").is_file()
    assert not (out / "takes").exists() and not (out / "film.mp4").exists()


def test_what_is_missing_or_corrupt_is_told_and_the_film_is_made(opens: Opens, tmp_path: Path) -> None:
    sounds = tmp_path / "sounds"
    sounds.mkdir()
    (sounds / "bad.wav").write_bytes(b"RIFF nothing of the kind")
    (sounds / "sounds.yaml").write_text("sounds:\n  - {tag: thunder, file: bad.wav, licence: CC0}\n")
    track = tmp_path / "temp.wav"
    soundfile.write(track, 0.1 * np.sin(np.arange(12_000) / 8), 12_000)  # a second
    config = read_sound(
        voices=f"kokoro:{tmp_path / 'nowhere'}", recordings=tmp_path / "none", sounds=sounds, score=str(track)
    )
    told = report_of(opens(STORYBOARD.replace("    place: KITCHEN\n", "    place: KITCHEN\n    mood: tense\n")), config)
    assert "instead of kokoro" in told
    assert "bad.wav" in told
    assert "no such folder of recordings" in told
    assert "has nothing to say" in told  # a line with no pronounceable character
    assert "temp.wav" in told


def test_a_server_that_fails_in_the_middle_leaves_one_voice_to_a_character(opens: Opens) -> None:
    replies: list[str] = []

    def speaks(body: dict[str, Any]) -> bytes | Fault:
        replies.append(body["input"])
        return sound(0.8) if len(replies) == 1 else Fault(400, "out of voices")

    with SpeechServer(speaks) as server:
        told = report_of(
            opens(STORYBOARD.replace('"..."', "It is me.")),
            read_sound(voices=f"endpoint:{server.url}#model=m&voices=a,b"),
        )
    assert replies and "so that the voice stays one" in told


def test_a_speech_of_three_thousand_words_is_spoken_and_captioned(tmp_path: Path) -> None:
    words = " ".join(f"and then we went down to river {number}." for number in range(380))
    board = complete(loads(STORYBOARD.replace("Who is it?", words)))
    voicing = Voicing(board, read_sound(), tmp_path, workers=1, progress=Silent())
    line = voicing.spoken["S1.2", 0]
    assert len(line.words) > 2900 and line.duration_s > 300
    assert [word.start_s for word in line.words] == sorted(word.start_s for word in line.words)
