"""Training the autoencoder: it learns, and a killed run that goes on is bit for bit one that was never stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.numpy import save_file
from safetensors.torch import load_file

from model.errors import PictureError
from model.training.autoencoder import AutoencoderConfig, train_autoencoder
from model.training.run import Run


class Killed(BaseException):
    """What no part of a run catches."""


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three clips of soft colours, all with stand-ins, one with a grey place."""
    folder = tmp_path_factory.mktemp("clips")
    for number in range(3):
        rng = np.random.default_rng(number)
        soft = rng.integers(0, 255, (1, 10, 16, 3)).repeat(16, 1).repeat(16, 2).astype(np.uint8)
        truth = soft.repeat(5, 0)
        save_file(
            {
                "truth": truth,
                "stand_ins": 255 - truth,
                "other": truth[:0] if number else truth // 2,
                "detail": np.full((5, 20, 32), 10, dtype=np.uint8),
            },
            folder / f"{number}.safetensors",
        )
    return folder


def config(folder: Path, clips: Path, steps: int = 6, **more: object) -> AutoencoderConfig:
    return AutoencoderConfig(folder=folder, clips=clips, steps=steps, preset="tiny", batch=2, save_every=2, **more)


def killed_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the next run die in the middle of an update: some weights moved, some not."""
    whole = Run.update

    def update(self: Run, *args: object, **more: object) -> float:
        if self.step == step:
            with torch.no_grad():
                next(self.model.parameters()).add_(1.0)
            raise Killed
        return whole(self, *args, **more)

    monkeypatch.setattr(Run, "update", update)


def test_a_killed_run_goes_on_exactly(tmp_path: Path, clips: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train_autoencoder(config(tmp_path / "straight", clips))
    with monkeypatch.context() as patch:
        killed_at(5, patch)
        with pytest.raises(Killed):
            train_autoencoder(config(tmp_path / "killed", clips))
    run = train_autoencoder(config(tmp_path / "killed", clips))
    assert run.step == 6
    one, other = (load_file(tmp_path / name / "state.safetensors") for name in ("straight", "killed"))
    assert one.keys() == other.keys()
    assert {k.partition(".")[0] for k in one} == {"model", "ema", "optimizer"}
    assert [k for k in one if not torch.equal(one[k], other[k])] == []


def test_a_run_that_is_done_changes_nothing(tmp_path: Path, clips: Path) -> None:
    train_autoencoder(config(tmp_path, clips, 2))
    before = (tmp_path / "state.safetensors").read_bytes()
    assert train_autoencoder(config(tmp_path, clips, 2)).step == 2
    assert (tmp_path / "state.safetensors").read_bytes() == before


def test_sheets_show_held_out_clips(tmp_path: Path, clips: Path) -> None:
    train_autoencoder(config(tmp_path, clips, 2, sheet_every=2, held_out=clips))
    sheet = np.asarray(Image.open(tmp_path / "sheet-0000002.png"))
    assert sheet.shape == (3 * 240, 4 * 384, 3)  # three clips: truth, guide, decoded without and with it
    assert np.abs(sheet[:, :384].astype(int) + sheet[:, 384:768] - 255).max() <= 2  # the guide is the negative here
    assert not np.array_equal(sheet[:, 768:1152], sheet[:, 1152:])


def test_what_cannot_be_trained_is_said(tmp_path: Path, clips: Path) -> None:
    with pytest.raises(PictureError, match="no clips"):
        train_autoencoder(config(tmp_path / "run", tmp_path))
    with pytest.raises(PictureError, match="sample sheets need held_out"):
        train_autoencoder(config(tmp_path / "run", clips, sheet_every=1))
    with pytest.raises(PictureError, match="preset 'tyni'"):
        train_autoencoder(AutoencoderConfig(folder=tmp_path, clips=clips, steps=1, preset="tyni"))
