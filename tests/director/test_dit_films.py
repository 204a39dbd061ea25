"""Films pictured by the video model: by tiny random models always, by the shipped weights where they are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from director import produce
from director.opening import open_film
from director.produce import Production
from director.progress import Silent
from model.backends.dit import VideoDiTBackend
from model.request import Frame
from model.weights import SHIPPED, digest_of
from shots.render.clip import read_frames

STORYBOARD = """
title: Two
width_px: 96
height_px: 64
scenes:
  - heading: EXT. BEACH - DUSK
    people: [{character: ANNA, pose: stand}]
    shots:
      - {size: MS, subjects: [ANNA], action: Anna waits., duration_s: 0.5}
      - {size: MS, subjects: [ANNA], action: Anna waits on., duration_s: 0.5, continues: S1.1}
"""


def coarse(frame: Frame) -> NDArray[np.float64]:
    """The means of squares of 16 × 16 pixels."""
    height, width, channels = frame.shape
    squares = frame.reshape(height // 16, 16, width // 16, 16, channels)
    return np.asarray(squares.mean(axis=(1, 3), dtype=np.float64))


def test_a_shot_goes_on_from_the_take_before_it_and_receipts_tell_the_model(
    tmp_path: Path, tiny_weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = VideoDiTBackend(folder=tiny_weights)
    monkeypatch.setattr(produce, "backend_of", lambda name: backend)
    (tmp_path / "two.yaml").write_text(STORYBOARD)
    film = Production(open_film(tmp_path / "two.yaml", tmp_path / "film"), picture="dit", workers=2, progress=Silent())
    takes = film.takes
    last, first, later = (
        coarse(next(read_frames(takes[shot].path, i, 1))) for shot, i in (("S1.1", 11), ("S1.2", 0), ("S1.2", 11))
    )
    assert np.abs(first - last).mean() < 2, "but for what its encoding loses, one is the other"
    assert np.abs(later - last).mean() > 2 * np.abs(first - last).mean()
    receipt = json.loads(takes["S1.2"].path.with_name("receipt.json").read_text("utf-8"))
    inputs = receipt["inputs"]
    assert (inputs["backend"], inputs["backend_version"]) == ("dit", backend.version)
    assert inputs["weights_digest"] == digest_of(tiny_weights)
    assert inputs["settings"] == [["steps", 2], ["guidance", 1.0]]
    assert inputs["references"] == [["continues", "", takes["S1.1"].key]]
    assert inputs["text"].startswith("Medium shot at dusk: a person in ")
    assert film.picture == f"dit {backend.version}, weights {digest_of(tiny_weights)[:8]}, steps 2, guidance 1.0"
    again = Production(film.opened, picture="dit", workers=2, progress=Silent())
    assert again.render_plan.jobs == ()


@pytest.mark.slow
@pytest.mark.skipif(not (SHIPPED / "sealed.json").is_file(), reason="model/weights holds no weights yet")
def test_a_film_is_pictured_by_the_video_model_unless_told_otherwise(tmp_path: Path) -> None:
    (tmp_path / "two.yaml").write_text(STORYBOARD)
    program = Path(sys.executable).with_name("workprint")
    reply = subprocess.run([program, "make", "two.yaml"], cwd=tmp_path, capture_output=True, text=True, timeout=280)
    assert reply.returncode == 0, reply.stderr
    assert (
        f"2 shots (2 made now), pictured by dit {VideoDiTBackend().version}, weights {digest_of()[:8]}" in reply.stdout
    )
    film = tmp_path / "out" / "two"
    receipts = [json.loads(path.read_text("utf-8")) for path in film.rglob("receipt.json")]
    assert {receipt["inputs"]["backend"] for receipt in receipts} == {"dit"}
    drawn = subprocess.run(
        [program, "make", "two.yaml", "--picture", "previz", "-o", "drawn"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert drawn.returncode == 0, drawn.stderr
    ours, truth = (
        np.stack(list(read_frames(path, 60, 20))).astype(float)
        for path in (film / "film.mp4", tmp_path / "drawn" / "film.mp4")
    )
    assert np.abs(ours - truth).mean() < 25, "the model pictures what the theatre draws"
    assert np.abs(ours - truth).max() > 0
