"""Weights: sealed, held to their note, never unpickled, and refused in one sentence where they cannot be used."""

from __future__ import annotations

import hashlib
import json
import pickle
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

import model.dit
import model.vae
from model.errors import PictureError
from model.request import ClipRequest
from model.training.autoencoder import SIZES
from model.weights import SHIPPED, digest_of, load_models, seal, ship

if TYPE_CHECKING:
    from model.pipeline import VideoDiTPipeline


@pytest.fixture
def folder(tiny_pipeline: VideoDiTPipeline, tmp_path: Path) -> Path:
    """A sealed folder of tiny weights."""
    tiny_pipeline.save_pretrained(tmp_path / "weights", max_shard_size="1MB")
    seal(tmp_path / "weights")
    return tmp_path / "weights"


def shard(folder: Path) -> Path:
    return sorted((folder / "transformer").glob("*.safetensors"))[0]


def test_loaded_weights_picture_what_the_saved_ones_do(
    tiny_pipeline: VideoDiTPipeline, folder: Path, clip_request: ClipRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.weights.device_of", lambda device: (device, torch.float32))
    loaded = load_models(folder, "cpu")
    ours, theirs = (next(one.generate(clip_request)).astype(int) for one in (tiny_pipeline, loaded))
    assert np.abs(ours - theirs).max() <= 1
    assert (loaded.config.steps, loaded.config.area_px) == (2, 96 * 64)
    assert load_models(folder, "cpu") is loaded, "read once in a process"


def test_weights_in_half_precision_picture_nearly_the_same(
    tiny_pipeline: VideoDiTPipeline, folder: Path, clip_request: ClipRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.weights.device_of", lambda device: (device, torch.bfloat16))
    loaded = load_models(folder, "cpu")
    assert {weight.dtype for weight in loaded.transformer.parameters()} == {torch.bfloat16}
    ours, theirs = (next(one.generate(clip_request)).astype(int) for one in (tiny_pipeline, loaded))
    assert np.abs(ours - theirs).mean() < 4


def test_the_digest_is_of_all_files_and_needs_no_weights_read(folder: Path) -> None:
    digest = digest_of(folder)
    assert len(digest) == 64
    shard(folder).unlink()
    assert digest_of(folder) == digest
    assert seal(folder) != digest


def test_changed_weights_are_another_digest(folder: Path) -> None:
    digest = digest_of(folder)
    tensors = load_file(shard(folder))
    name = min(tensors)
    save_file({**tensors, name: tensors[name] + 1}, shard(folder))
    assert seal(folder) != digest


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def altered(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "says"), [(Path.unlink, "is missing"), (cut_short, "is truncated"), (altered, "is not the file")]
)
def test_a_file_that_is_not_what_was_sealed_is_named(folder: Path, spoil: object, says: str) -> None:
    path = shard(folder)
    spoil(path)  # type: ignore[operator]
    with pytest.raises(PictureError, match=f"{path.name} {says}.*Fix: "):
        load_models(folder, "cpu")


class Spy:
    """Tells when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('unpickled')",)


def test_a_pickle_is_not_read_whatever_it_is_called(folder: Path) -> None:
    shard(folder).write_bytes(pickle.dumps(Spy()))
    seal(folder)
    with pytest.raises(PictureError, match=r"no whole safetensors file.*Fix: "):
        load_models(folder, "cpu")


def test_safetensors_that_end_early_are_refused_even_when_sealed(folder: Path) -> None:
    cut_short(shard(folder))
    seal(folder)
    with pytest.raises(PictureError, match=r"no whole safetensors file.*Fix: "):
        load_models(folder, "cpu")


@pytest.mark.parametrize(
    "change", [{"dim": 64}, {"depth": 3}, {"_class_name": "WanTransformer3DModel"}, {"heads": None}]
)
def test_weights_of_another_architecture_are_refused(folder: Path, change: dict[str, object]) -> None:
    path = folder / "transformer" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    seal(folder)
    with pytest.raises(PictureError, match=r"another architecture than this version's VideoDiT.*Fix: "):
        load_models(folder, "cpu")


def test_a_transformer_of_another_autoencoder_is_refused(folder: Path) -> None:
    other = model.vae.Autoencoder(
        latent_channels=32, fine=8, middle=32, coarse=32, encoder_depths=(1, 1), decoder_depths=(1, 1, 1), drawn=16
    )
    shutil.rmtree(folder / "autoencoder")
    other.save_pretrained(folder / "autoencoder")
    seal(folder)
    with pytest.raises(PictureError, match=r"16 latent channels, its autoencoder reads 32.*Fix: "):
        load_models(folder, "cpu")


def test_no_weights_at_all_is_one_sentence(tmp_path: Path) -> None:
    for call in (digest_of, load_models):
        with pytest.raises(PictureError, match=r"there are no weights in .*Fix: "):
            call(tmp_path)
    (tmp_path / "sealed.json").write_text("[]")
    with pytest.raises(PictureError, match="no JSON object"):
        digest_of(tmp_path)


def test_runs_are_shipped_by_their_averages_in_half_precision_and_shards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SIZES, "little", SIZES["tiny"])
    monkeypatch.setitem(model.dit.PRESETS, "test", model.dit.Shape(dim=32, depth=2, heads=2, hidden=48))
    autoencoder = model.vae.Autoencoder(**SIZES["little"])
    transformer = model.dit.VideoDiT(dim=32, depth=2, heads=2, hidden=48, latent_channels=8)
    runs = (("a", autoencoder, "little", "autoencoder"), ("t", transformer, "test", "transformer"))
    for name, one, preset, kind in runs:
        (tmp_path / name).mkdir()
        state = {f"model.{k}": torch.zeros_like(v) for k, v in one.state_dict().items()}
        state |= {f"ema.{k}": v for k, v in one.state_dict().items()}
        save_file(state, tmp_path / name / "state.safetensors", {"run": json.dumps({"kind": kind, "preset": preset})})
    folder = tmp_path / "shipped"
    folder.mkdir()
    (folder / "old.safetensors").write_bytes(b"old")
    digest = ship(tmp_path / "a", tmp_path / "t", folder, steps=3, guidance=1.5)
    assert digest == digest_of(folder)
    assert not (folder / "old.safetensors").exists()
    files = list(folder.rglob("*.safetensors"))
    assert max(path.stat().st_size for path in files) <= 15_000_000
    assert {tensor.dtype for path in files for tensor in load_file(path).values()} == {torch.bfloat16}
    shipped = load_file(folder / "transformer" / "diffusion_pytorch_model.safetensors")
    assert torch.equal(shipped["video.weight"], transformer.video.weight.detach().to(torch.bfloat16))
    assert json.loads((folder / "model_index.json").read_text())["steps"] == 3
    with pytest.raises(PictureError, match="of kind autoencoder"):
        ship(tmp_path / "a", tmp_path / "a", folder, steps=3, guidance=1.0)
    with pytest.raises(PictureError, match="of kind transformer"):
        ship(tmp_path / "t", tmp_path / "t", folder, steps=3, guidance=1.0)
    with pytest.raises(PictureError, match="no weights in"):
        ship(tmp_path, tmp_path / "t", folder, steps=3, guidance=1.0)


@pytest.mark.skipif(not (SHIPPED / "sealed.json").is_file(), reason="model/weights is empty")
def test_the_shipped_weights_are_what_their_note_says() -> None:
    files = json.loads((SHIPPED / "sealed.json").read_text())["files"]
    there = {
        path.relative_to(SHIPPED).as_posix(): path.read_bytes()
        for path in SHIPPED.rglob("*")
        if path.is_file() and path.name != "sealed.json"
    }
    assert {name: noted["sha256"] for name, noted in files.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in there.items()
    }
    assert max(map(len, there.values())) <= 15_000_000
    assert sum(map(len, there.values())) <= 48_000_000
