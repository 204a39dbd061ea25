"""Training the transformer: exact going on after a kill, sheets that change nothing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from model.conditions import BOX, FACTS, PALETTE
from model.dit import PRESETS, Shape
from model.errors import PictureError
from model.training.autoencoder import SIZES
from model.training.run import Run
from model.training.transformer import TransformerConfig, train_transformer
from model.vae import Autoencoder

CHANNELS = 8


class Killed(BaseException):
    """What no part of a run catches."""


@pytest.fixture(autouse=True)
def smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRESETS, "tiny", Shape(dim=32, depth=2, heads=2, hidden=64))


@pytest.fixture(scope="module")
def latents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return latents_in(tmp_path_factory.mktemp("latents"))


def latents_in(folder: Path) -> Path:
    """Six clips of two shapes, some with somebody, some with a hole."""
    for number in range(6):
        draws = torch.Generator().manual_seed(number)
        t, e = (2, 1) if number % 2 else (3, 0)

        def normal(*shape: int, draws: torch.Generator = draws) -> torch.Tensor:
            return torch.randn(shape, generator=draws)

        clip = {
            "truth": normal(CHANNELS, t, 2, 3).bfloat16(),
            "guide": normal(CHANNELS, t, 2, 3).bfloat16(),
            "facts": normal(FACTS),
            "palettes": normal(e, PALETTE),
            "boxes": normal(e, t, BOX),
            "times_s": torch.arange(t) / 3,
            "weight": torch.ones(t, 2, 3),
        }
        if e:
            clip["sheets"] = normal(e, 3, CHANNELS, 4, 3).bfloat16()
        if number < 2:
            clip |= {"known": clip["truth"] / 2, "keep": torch.ones(64, t, 2, 3, dtype=torch.uint8)}
        texts = {f"{size}.{tongue}": f"{size} rain" for size in ("short", "medium", "long") for tongue in ("en", "zh")}
        facts = {"texts": json.dumps(texts), "other": "place", "style": "flat", "autoencoder": "of the test"}
        save_file(clip, folder / f"{number}.safetensors", facts)
    return folder


def config(folder: Path, latents: Path, steps: int = 6, **more: object) -> TransformerConfig:
    return TransformerConfig(
        folder=folder, latents=latents, steps=steps, preset="tiny", tokens=36, compiled=False, save_every=2, **more
    )


def test_a_killed_run_goes_on_exactly(tmp_path: Path, latents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train_transformer(config(tmp_path / "straight", latents))
    whole = Run.update

    def update(self: Run, *args: object, **more: object) -> float:
        if self.step == 5:
            raise Killed
        return whole(self, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Run, "update", update)
        with pytest.raises(Killed):
            train_transformer(config(tmp_path / "killed", latents))
    assert train_transformer(config(tmp_path / "killed", latents)).step == 6
    one, other = (load_file(tmp_path / name / "state.safetensors") for name in ("straight", "killed"))
    assert one.keys() == other.keys()
    assert [k for k in one if not torch.equal(one[k], other[k])] == []


def test_another_seed_is_another_run(tmp_path: Path, latents: Path) -> None:
    for seed in (1, 2):
        train_transformer(config(tmp_path / str(seed), latents, 2, seed=seed))
    one, other = (load_file(tmp_path / str(seed) / "state.safetensors") for seed in (1, 2))
    assert not torch.equal(one["model.video.weight"], other["model.video.weight"])


def test_sheets_show_held_out_latents(tmp_path: Path, latents: Path) -> None:
    torch.manual_seed(0)
    decoder = Autoencoder(**SIZES["tiny"])
    tensors = {f"ema.{k}": v.contiguous() for k, v in decoder.state_dict().items()}
    (tmp_path / "autoencoder").mkdir()
    facts = {"run": json.dumps({"kind": "autoencoder", "preset": "tiny"})}
    save_file(tensors, tmp_path / "autoencoder" / "state.safetensors", facts)
    shown = {"sheet_every": 2, "held_out": latents, "autoencoder": tmp_path / "autoencoder"}
    train_transformer(config(tmp_path / "run", latents, 2, **shown))
    train_transformer(config(tmp_path / "plain", latents, 2))
    sheet = np.asarray(Image.open(tmp_path / "run" / "sheet-0000002.png"))
    assert sheet.shape == (2 * 256, 3 * 384, 3)  # a clip of each shape: truth, guide, generated
    assert not np.array_equal(sheet[:, :384], sheet[:, 768:])
    one, other = (load_file(tmp_path / name / "state.safetensors") for name in ("run", "plain"))
    assert [k for k in one if not torch.equal(one[k], other[k])] == []  # looking changes nothing


def test_what_cannot_be_trained_is_said(tmp_path: Path, latents: Path) -> None:
    with pytest.raises(PictureError, match="preset 'huge'"):
        train_transformer(TransformerConfig(folder=tmp_path, latents=latents, steps=1, preset="huge"))
    with pytest.raises(PictureError, match="no graphics card"):
        train_transformer(config(tmp_path, latents, device="cuda"))
    with pytest.raises(PictureError, match="sample sheets need held_out and autoencoder"):
        train_transformer(config(tmp_path, latents, sheet_every=1))
