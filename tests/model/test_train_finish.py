"""Finishing: what the transformer predicts is held against pixels; both learn, and latents stay as they are."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from model.conditions import BOX, FACTS, PALETTE
from model.dit import PRESETS, Shape, VideoDiT
from model.errors import PictureError
from model.training.autoencoder import SIZES
from model.training.finish import FinishConfig, Pair, dealt, finish
from model.training.latents import LatentClips
from model.training.run import Run
from model.training.states import autoencoder_in, transformer_in
from model.training.transformer import context_of
from model.vae import Autoencoder, chunks_of, signed
from model.weights import check_weights, ship

C = int(SIZES["tiny"]["latent_channels"])
H, W, F = 5, 8, 5


@pytest.fixture(autouse=True)
def mini(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRESETS, "mini", Shape(dim=64, depth=1, heads=2, hidden=96))


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """Clips of soft colours, encoded by an untrained autoencoder, and a transformer that knows nothing."""
    torch.manual_seed(0)
    autoencoder = Autoencoder(**SIZES["tiny"])
    Run(tmp_path / "autoencoder", autoencoder, [], 0.9, {"kind": "autoencoder", "preset": "tiny"}).save()
    transformer = VideoDiT(**PRESETS["mini"]._asdict(), latent_channels=C)
    Run(tmp_path / "transformer", transformer, [], 0.9, {"kind": "transformer", "preset": "mini"}).save()
    words = {f"{size}.{tongue}": "a man waits" for size in ("short", "medium", "long") for tongue in ("en", "zh")}
    for name in ("clips", "latents"):
        (tmp_path / name).mkdir()
    for n in range(3):
        rng = np.random.default_rng(n)
        soft = torch.from_numpy(rng.integers(0, 255, (F, H, W, 3)).astype(np.uint8))
        truth = soft.repeat_interleave(32, 1).repeat_interleave(32, 2)
        save_file(
            {
                "truth": truth,
                "stand_ins": 255 - truth,
                "other": truth // 2,
                "detail": torch.full((F, H * 4, W * 4), 10, dtype=torch.uint8),
            },
            tmp_path / "clips" / f"{n}.safetensors",
        )
        with torch.no_grad():
            z = autoencoder.encode(signed(truth).movedim(0, 1)[None]).latent[0]
        latents = {"truth": z, "guide": z.flip(0), "other": -z, "sheets": torch.zeros(0, 3, C, 2, 2)}
        latents |= {"facts": torch.zeros(FACTS), "palettes": torch.zeros(0, PALETTE), "boxes": torch.zeros(0, 2, BOX)}
        latents |= {"times_s": torch.arange(2) / 6, "weight": torch.ones(2, H, W)}
        about = {"texts": json.dumps(words), "other": "place", "style": "flat", "index": str(n), "autoencoder": "a"}
        save_file({k: v.contiguous() for k, v in latents.items()}, tmp_path / "latents" / f"{n}.safetensors", about)
    return tmp_path


def config(runs: Path, steps: int, folder: str = "finish") -> FinishConfig:
    return FinishConfig(
        folder=runs / folder, clips=runs / "clips", latents=runs / "latents", autoencoder=runs / "autoencoder",
        transformer=runs / "transformer", steps=steps, tokens=3 * H * W, crops=3, matrix_lr=1e-2, other_lr=1e-2,
        decoder_lr=1e-2, compiled=False, save_every=3,
    )  # fmt: skip


def test_latents_and_pixels_of_a_batch_belong_together(runs: Path) -> None:
    clips = LatentClips(runs / "latents")
    model = autoencoder_in(runs / "autoencoder")
    kinds, frames = set(), set()
    pictures = [signed(load_file(runs / "clips" / name)["truth"]).transpose(0, 1)[None] for name in clips.names]
    chunks = torch.cat([chunks_of(one)[0] for one in pictures])
    with torch.no_grad():
        latents = model.encode_chunks(chunks)
    for seed in range(16):
        batch = dealt(clips, runs / "clips", 3 * H * W, 3, np.random.default_rng(seed))
        for n, (b, t, y, x, frame) in enumerate(batch.cuts):
            assert (y, x) == (0, 0)
            assert t not in batch.known
            frames.add(frame)
            near = [float((one - batch.latents.truth[b, :, t]).abs().max()) for one in latents]
            assert min(near) < 1e-4
            assert torch.equal(chunks[near.index(min(near)), frame], batch.crops.truth[n, 0])
            guide, truth = batch.crops.guide[n], batch.crops.truth[n]
            kind = tuple(batch.crops.flags[n].tolist())
            kinds.add(kind)
            wanted = {(1.0, 1.0): -truth, (1.0, 0.0): (truth - 1) / 2, (0.0, 0.0): 0 * truth}[kind]
            assert float((guide - wanted).abs().max()) < 0.02
    assert len(kinds) == 3
    assert frames == set(range(4))


def test_both_learn_and_the_encoder_stays(runs: Path) -> None:
    finish(config(runs, 40))
    before, after = autoencoder_in(runs / "autoencoder"), autoencoder_in(runs / "finish")
    encoder = {"stem", "fold", "encoder_middle", "down", "encoder_coarse", "to_latent"}
    moved = {
        name.partition(".")[0]
        for (name, one), other in zip(before.named_parameters(), after.parameters(), strict=True)
        if not torch.equal(one, other)
    }
    assert moved
    assert not moved & encoder
    batch = dealt(LatentClips(runs / "latents"), runs / "clips", 3 * H * W, 3, np.random.default_rng(99))
    context = context_of(batch.latents, None)
    level = torch.ones(batch.latents.truth.shape[0], batch.latents.truth.shape[2])
    level[:, batch.known] = 0.0
    noise = torch.randn(batch.latents.truth.shape, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        losses = [
            float(Pair(transformer_in(runs / t), autoencoder_in(runs / a))(batch, context, level, noise)[0])
            for t, a in (("transformer", "autoencoder"), ("finish", "autoencoder"), ("finish", "finish"))
        ]
    assert losses[1] < 0.95 * losses[0]
    assert losses[2] < 0.95 * losses[1]


def test_what_is_shipped_is_trained_on(runs: Path) -> None:
    weights = runs / "weights"
    ship(runs / "autoencoder", runs / "transformer", weights, steps=1, guidance=1.0)
    run = finish(replace(config(runs, 2), autoencoder=weights, transformer=weights))
    assert (run.facts["preset"], run.facts["autoencoder"]) == ("mini", "tiny")
    assert {p.dtype for p in run.model.parameters()} == {torch.float32}
    shipped, after = transformer_in(weights), transformer_in(runs / "finish")
    assert not torch.equal(shipped.video.weight, after.video.weight)
    check_weights(weights)  # the folder stays as it is


def test_a_resumed_run_is_bit_for_bit_one_that_was_never_stopped(runs: Path) -> None:
    finish(config(runs, 6, "straight"))
    whole = Run.save

    def save_and_end(self: Run) -> None:
        whole(self)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Run, "save", save_and_end)
        with pytest.raises(KeyboardInterrupt):
            finish(config(runs, 6, "killed"))
    assert finish(config(runs, 6, "killed")).step == 6
    one, other = (load_file(runs / name / "state.safetensors") for name in ("straight", "killed"))
    assert {key.split(".")[1] for key in one if key.startswith("ema")} == {"transformer", "autoencoder"}
    assert [k for k in one if not torch.equal(one[k], other[k])] == []


def test_a_run_of_another_kind_is_said(runs: Path) -> None:
    with pytest.raises(PictureError, match=r"of kind transformer.*finish or autoencoder"):
        autoencoder_in(runs / "transformer")


def test_latents_without_their_clips_are_said(runs: Path) -> None:
    (runs / "clips" / "1.safetensors").unlink()
    with pytest.raises(PictureError, match=r"lacks clip 1\.safetensors.*Fix:"):
        finish(config(runs, 1))
