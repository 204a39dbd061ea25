"""The report of a folder of weights: figures, facts and sheets on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from diffusers import FlowMatchEulerDiscreteScheduler

from model.dit import VideoDiT
from model.errors import PictureError
from model.evaluation import report, tasks
from model.evaluation.sets import SCALES, Scale
from model.pipeline import VideoDiTPipeline
from model.vae import Autoencoder
from model.weights import seal

NANO = Scale(
    clips=2, clips_of_other_styles=0, members=1, shots_each=1, seeds=1, clips_of_task=1, width_px=128, height_px=64
)


def silent(what: str, done: int, of: int) -> None: ...


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("evaluated") / "weights"
    VideoDiTPipeline(
        VideoDiT(dim=32, depth=1, heads=1, hidden=48, latent_channels=16),
        Autoencoder(
            latent_channels=16, fine=16, middle=32, coarse=64, encoder_depths=(1, 1), decoder_depths=(1, 1, 1), drawn=16
        ),
        FlowMatchEulerDiscreteScheduler(shift=3.0),
        steps=1,
        area_px=128 * 64,
    ).save_pretrained(folder)
    seal(folder)
    (folder / "training.json").write_text('{"steps": 12, "flops": 1e9, "by": "hand"}')
    return folder


def test_figures_and_sheets_are_written_and_say_what_was_measured(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SCALES, "nano", NANO)
    monkeypatch.setattr(tasks, "TASKS", {name: tasks.TASKS[name] for name in ("animate", "inpaint")})
    first = report.report("nano", tmp_path / "bench" / "eval.json", tmp_path / "sheets", silent, weights)
    written = json.loads((tmp_path / "bench" / "eval.json").read_text())
    assert written == first
    assert written["set"] == "nano" and written["steps"] == 1
    assert written["training_steps"] == 12 and written["training_flops"] == 1e9 and "training_by" not in written
    assert len(written["weights_digest"]) == 64
    assert 0 < written["transformer_parameters"] < 1e6
    assert 0 < written["autoencoder_psnr_db"] < 60 and 0 < written["frame_psnr_db"] < 60
    assert {"wardrobe_delta_e_median", "text_only_accuracy", "kept_region_psnr_inpaint_db"} <= written.keys()
    for name in ("model.jpg", "model-tasks.jpg"):
        assert (tmp_path / "sheets" / name).stat().st_size > 1000


def test_a_set_that_there_is_not_and_missing_weights_are_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match=r"there is no set 'huge' .* Fix: --set small or --set full\."):
        report.report("huge", tmp_path / "eval.json", tmp_path, silent)
    with pytest.raises(PictureError, match=r"there are no weights in .*\. Fix: "):
        report.report("small", tmp_path / "eval.json", tmp_path, silent, tmp_path / "nowhere")
    assert not list(tmp_path.iterdir())
