"""Adapters: the base does not move, what is saved is small, and it gives the same pictures when taken up again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from model.conditions import FACTS, PALETTE
from model.dit import PRESETS, Shape, VideoDiT
from model.errors import PictureError
from model.training.lora import ADAPTER, LoraConfig, load_adapter, train_lora
from model.training.run import Run
from model.training.states import transformer_in

CHANNELS = 8
SMALL = Shape(dim=32, depth=2, heads=2, hidden=64)


@pytest.fixture(autouse=True)
def smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRESETS, "tiny", SMALL)


@pytest.fixture(scope="module")
def latents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("latents")
    for number in range(2):
        draws = torch.Generator().manual_seed(number)
        clip = {name: torch.randn((CHANNELS, 1, 2, 3), generator=draws) for name in ("truth", "guide")}
        clip |= {"facts": torch.zeros(FACTS), "palettes": torch.zeros(0, PALETTE), "boxes": torch.zeros(0, 1, 5)}
        clip |= {"times_s": torch.zeros(1), "weight": torch.ones(1, 2, 3)}
        texts = {f"{size}.{tongue}": "a studio" for size in ("short", "medium", "long") for tongue in ("en", "zh")}
        facts = {"texts": json.dumps(texts), "other": "place", "style": "flat", "autoencoder": "of the test"}
        save_file(clip, folder / f"{number}.safetensors", facts)
    return folder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer's run whose last layers are not nothing, as after training."""
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(0)
    model = VideoDiT(**SMALL._asdict(), latent_channels=CHANNELS)
    torch.nn.init.normal_(model.leave.weight, std=0.1)
    tensors = {f"ema.{k}": v.contiguous() for k, v in model.state_dict().items()}
    facts = {"kind": "transformer", "preset": "tiny", "step": 1}
    save_file(tensors, folder / "state.safetensors", {"run": json.dumps(facts)})
    return folder


def config(folder: Path, base: Path, latents: Path, **more: object) -> LoraConfig:
    made = {"steps": 4, "rank": 2, "tokens": 12, "save_every": 2, "learning_rate": 0.05, "compiled": False} | more
    return LoraConfig(folder=folder, base=base, latents=latents, **made)


def picture(model: VideoDiT) -> Tensor:
    draws = torch.Generator().manual_seed(3)
    channels = torch.randn((1, 3 * CHANNELS + 66, 1, 2, 3), generator=draws)
    with torch.no_grad():
        drawn, _ = model(channels, torch.full((1, 1), 0.5), torch.zeros(1, 1))
    return drawn  # type: ignore[no-any-return]


def test_adapters_are_trained_and_nothing_else(tmp_path: Path, base: Path, latents: Path) -> None:
    run = train_lora(config(tmp_path, base, latents))
    before, after = transformer_in(base).state_dict(), run.model.state_dict()
    assert all(torch.equal(before[k], after[k if k in after else _inside(k)]) for k in before)
    adapters = load_file(tmp_path / ADAPTER)
    assert len(adapters) == 2 * 4 * SMALL.depth  # two matrices for each of four layers in a block
    assert sum(x.numel() for x in adapters.values()) < 0.1 * sum(x.numel() for x in before.values())
    assert all(k.split(".")[0] != "model" or "lora" in k for k in load_file(tmp_path / "state.safetensors"))


def _inside(name: str) -> str:
    return name.removesuffix(".weight") + ".base_layer.weight"


def test_they_are_taken_up_again_with_the_same_picture(tmp_path: Path, base: Path, latents: Path) -> None:
    run = train_lora(config(tmp_path, base, latents))
    assert isinstance(run.model, VideoDiT)
    with run.ema.in_place_of(run.model):
        wanted = picture(run.model)
    again = transformer_in(base)
    plain = picture(again)
    load_adapter(again, tmp_path)
    assert torch.allclose(picture(again), wanted, atol=1e-6)
    assert (wanted - plain).abs().max() > 1e-4


def test_adapters_go_on_exactly(tmp_path: Path, base: Path, latents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    train_lora(config(tmp_path / "straight", base, latents))
    whole = Run.update

    def update(self: Run, *args: object, **more: object) -> float:
        if self.step == 3:
            raise InterruptedError
        return whole(self, *args, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Run, "update", update)
        with pytest.raises(InterruptedError):
            train_lora(config(tmp_path / "killed", base, latents))
    train_lora(config(tmp_path / "killed", base, latents))
    one, other = (load_file(tmp_path / name / ADAPTER) for name in ("straight", "killed"))
    assert [k for k in one if not torch.equal(one[k], other[k])] == []


def test_what_does_not_fit_is_said(tmp_path: Path, base: Path, latents: Path) -> None:
    with pytest.raises(PictureError, match=f"{ADAPTER} is missing or of another transformer"):
        load_adapter(transformer_in(base), tmp_path)
    save_file({"ema.leave.bias": torch.zeros(3)}, tmp_path / "state.safetensors", {"run": '{"kind": "autoencoder"}'})
    with pytest.raises(PictureError, match=r"kind autoencoder\. Fix: name a folder of kind finish or transformer or"):
        train_lora(config(tmp_path / "run", tmp_path, latents))
