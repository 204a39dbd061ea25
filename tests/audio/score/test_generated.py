"""Music models from local folders: tiny random ones load and play offline; what is unsafe or unknown is refused."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.cues import MusicCue
from audio.errors import SoundError
from audio.score.compose import compose
from audio.score.generated import open_model, prompt_of
from audio.score.piece import Note
from tests.audio.score import tiny_models
from tests.audio.score.playing import RATE, lufs, piece, read

PIECE = piece([Note(0.0, 2.0, "violins", 69, 0.6), Note(0.0, 1.0, "piano", 57, 0.6)], 3.0)


@pytest.fixture(scope="module", params=tiny_models.SAVED)
def weights(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp(request.param)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the libraries' own, while a model is built
        getattr(tiny_models, f"save_{request.param}")(folder)
    yield folder


def test_a_tiny_model_loads_offline_and_plays_what_is_asked_at_our_level(weights: Path, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        model = open_model(weights)
        model.make("tense strings", PIECE, tmp_path / f"{name}.wav", rate_hz=RATE, seed=seed, cut=False)
    samples = read(tmp_path / "a.wav")
    assert len(samples) == 3 * RATE
    assert lufs(samples) > -40
    assert np.abs(samples[-1]).max() < 1e-3
    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()
    assert (tmp_path / "a.wav").read_bytes() != (tmp_path / "c.wav").read_bytes()


def test_pickled_weights_are_refused_and_safe_ones_beside_them_are_enough(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "musicgen"}))
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04")
    with pytest.raises(SoundError, match=r"pytorch_model\.bin: pickled"):
        open_model(tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    assert open_model(tmp_path).kind == "MusicGen"


@pytest.mark.parametrize(
    ("name", "held", "said"),
    [
        ("config.json", {"model_type": "llama"}, "llama is no music model"),
        ("model_index.json", {"_class_name": "StableDiffusionPipeline"}, "StableDiffusionPipeline is no music model"),
        ("config.json", ["no", "mapping"], "holds no music model"),
        ("readme.txt", {}, "holds no music model"),
        ("config.json", {"model_type": "musicgen"}, r"no \.safetensors"),
    ],
)
def test_what_is_no_music_model_is_told(name: str, held: object, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(json.dumps(held))
    with pytest.raises(SoundError, match=said):
        open_model(tmp_path)


def test_broken_weights_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "musicgen"}))
    (tmp_path / "model.safetensors").write_bytes(b"not tensors")
    with pytest.raises(SoundError, match="MusicGen made no music"):
        open_model(tmp_path).make("x", PIECE, tmp_path / "x.wav", rate_hz=RATE, seed=0, cut=False)
    assert not (tmp_path / "x.wav").exists()


def test_the_licence_is_shown_from_where_the_folder_states_it(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "musicgen"}))
    (tmp_path / "model.safetensors").write_bytes(b"\x02\0\0\0\0\0\0\0{}")
    assert "CC BY-NC" in open_model(tmp_path).licence
    (tmp_path / "README.md").write_text("---\nlicense: apache-2.0\n---\n# A model\n")
    assert "its card says: apache-2.0" in open_model(tmp_path).licence
    (tmp_path / "LICENSE").write_text("\n# Some Community License\nYou may ...\n")
    assert "LICENSE says: Some Community License" in open_model(tmp_path).licence


def test_other_weights_are_another_digest(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "musicgen"}))
    digests = []
    for last in (b"1", b"2"):
        (tmp_path / "model.safetensors").write_bytes(b"\0" * 300_000 + last)
        digests.append(open_model(tmp_path).digest)
    assert digests[0] != digests[1]


def test_a_prompt_says_mood_instruments_tempo_key_and_where_it_goes() -> None:
    cue = MusicCue(mood="tense", start_s=0.0, end_s=20.0, tension=((0.0, 0.1), (20.0, 0.9)), title="1m1")
    written = compose(cue, 1)
    words = prompt_of(cue, written)
    assert words.startswith("tense instrumental film score, ")
    assert f"{round(written.bpm)} bpm" in words
    assert "minor" in words or "major" in words
    assert "building slowly" in words
    assert "no vocals" in words
