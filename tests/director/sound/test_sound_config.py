"""What the command line asks of a film's sound, and what a crew asked of its music."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from audio.errors import SoundError
from director.llm.config import DirectorConfig
from director.sound.asked import asked_music
from director.sound.config import SoundConfig, read_sound
from shots.errors import WorkprintError

MODEL = DirectorConfig(provider="openai", model="gpt-5-mini")


def test_without_a_word_the_sound_is_our_own() -> None:
    config = read_sound()
    assert config == SoundConfig()
    assert (config.voices.engine, config.score.kind, config.profile.name) == ("espeak", "own", "web")


def test_every_option_is_read(tmp_path: Path) -> None:
    track = tmp_path / "temp.wav"
    track.touch()
    config = read_sound(
        voices=f"piper:{tmp_path / 'a.onnx'}", recordings=tmp_path, score=str(track), soundfont=tmp_path / "a.sf2",
        sounds=tmp_path, profile="r128", described=True, burn_in=True, translate="pt-BR", by=MODEL,
        engine_sound=True,
    )  # fmt: skip
    assert (config.voices.engine, config.score.kind, config.score.path) == ("piper", "temp_track", track)
    assert config.engine
    assert (config.profile.loudness_lufs, config.captions.translate, config.captions.described) == (
        -23.0,
        "pt-BR",
        True,
    )


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"voices": "kokro:x"}, "did you mean|write 'kokoro'"),
        ({"profile": "wbe"}, "did you mean 'web'"),
        ({"score": "/nowhere/at/all.wav"}, "no such file or folder"),
        ({"translate": "../fr"}, "is no language"),
        ({"translate": "fr"}, "--director"),
    ],
)
def test_what_cannot_be_is_one_sentence_with_its_fix(options: dict[str, str], told: str) -> None:
    with pytest.raises((SoundError, WorkprintError), match=told) as raised:
        read_sound(**options)  # type: ignore[arg-type]
    assert "Fix:" in str(raised.value)


def test_a_crews_music_is_read_from_its_plan(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    cue = {"first": "L3", "last": "L9.2", "mood": "tense", "why": "she knows"}
    plan.write_text(
        json.dumps({"title": "A", "scenes": [{"scene": "S1", "turn": "L7", "cues": [cue]}, {"heading": "X"}]})
    )
    (scene,) = asked_music(plan)
    assert (scene.scene, scene.turn, scene.cues[0].last, scene.cues[0].mood) == ("S1", "L7", "L9.2", "tense")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"scenes": 3}', '{"scenes": [{"cues": [{"first": 1}]}]}'])
def test_a_plan_that_cannot_be_read_asks_for_nothing(tmp_path: Path, text: str) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(text)
    assert asked_music(plan) == ()
    assert asked_music(tmp_path / "none.json") == ()
