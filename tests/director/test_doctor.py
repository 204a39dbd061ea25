"""The doctor says whether the video model's weights are whole, where they would compute, and how long that takes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from director import doctor
from director.doctor import Finding, examine


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
