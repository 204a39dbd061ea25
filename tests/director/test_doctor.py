"""The doctor says whether the video model's weights are whole, where they would compute, and how long that takes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from director import doctor
from director.doctor import Finding, examine
from director.llm import keys


def found(folder: Path, weights: Path) -> dict[str, Finding]:
    return {finding.part: finding for finding in examine(folder, weights)}


def test_whole_weights_are_told_with_what_they_take(
    tmp_path: Path, tiny_weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "_WIDTH_PX", 64)
    monkeypatch.setattr(doctor, "_HEIGHT_PX", 64)
    told = found(tmp_path, tiny_weights)
    assert told["video model"].present
    assert re.fullmatch(r"whole, \d+ MB, [0-9a-f]{8}, steps 2, guidance 1\.0", told["video model"].what)
    assert re.match(r"(cpu|cuda), in (bfloat16|float32)", told["where it computes"].what)
    assert told["where it computes"].present == ("bfloat16" in told["where it computes"].what)
    assert re.fullmatch(r"a second of film at 64×64 took [\d.e+-]+ s", told["speed"].what)
    assert re.fullmatch(r"two minutes of film in about \d+ min, .*previz in less", told["speed"].gives)


def test_weights_that_are_cut_short_or_missing_are_told_with_the_fix(tmp_path: Path, tiny_weights: Path) -> None:
    torn = tmp_path / "torn"
    shutil.copytree(tiny_weights, torn)
    shard = next(torn.rglob("*.safetensors"))
    shard.write_bytes(shard.read_bytes()[:-10])
    nowhere = tmp_path / "none"
    for folder, what, fix in (
        (torn, "is truncated", "install workprint anew"),
        (nowhere, "there are no weights in", "train a model and ship it there"),
    ):
        told = found(tmp_path, folder)
        assert not told["video model"].present
        assert what in told["video model"].what
        assert f"Fix: {fix}" in told["video model"].what
        assert "speed" not in told


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without settings or keys."""
    for name in ("WORKPRINT_DIRECTOR", "WORKPRINT_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_KEY", "WORKPRINT_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(keys, "_from_keyring", lambda user: "")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_settings_the_rules_direct_and_no_key_is_needed(bare: Path) -> None:
    told = found(bare, bare / "none")
    assert told["director"].what == "the offline rules; no key is needed"
    assert [told[f"key {name}"].what for name in ("OPENAI_API_KEY", "WORKPRINT_API_KEY")] == ["not set"] * 2


def test_who_directs_and_which_keys_are_there_and_never_what_they_are(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (bare / "workprint.toml").write_text('[director]\nmodel = "mistralai:large"\n')
    monkeypatch.setenv("WORKPRINT_API_KEY", "secret-7261")
    monkeypatch.setattr(keys, "_from_keyring", lambda user: "secret-7262" if user == "mistralai" else "")
    told = found(bare, bare / "none")
    assert told["director"].what == "mistralai:large, asked at mistralai"
    assert told["key WORKPRINT_API_KEY"].what == "set in the environment"
    assert told["key MISTRALAI_API_KEY"].what == "set in the keyring"
    assert not told["key OPENAI_API_KEY"].present
    assert "726" not in "".join(
        f"{one.what} {one.gives}" for one in told.values() if one.part.startswith(("key", "dir"))
    )


def test_a_key_in_the_settings_is_told_and_not_shown(bare: Path) -> None:
    (bare / "workprint.toml").write_text('[director]\napi_key = "secret-7261"\n')
    director = found(bare, bare / "none")["director"]
    assert not director.present and "holds a key" in director.what and "7261" not in director.what
