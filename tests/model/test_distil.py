"""The student ends in few steps where its teacher ends in many, guidance and all; a killed run goes on exactly."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from model.conditions import BOX, FACTS, PALETTE
from model.dit import PRESETS, Shape, VideoDiT
from model.errors import PictureError
from model.flow import levels, seed_noise, to_velocity
from model.guidance import denoiser
from model.training.distil import Demonstration, DistilConfig, demonstration_of, student_loss, train_student
from model.training.latents import LatentClips
from model.training.run import Run
from model.training.states import transformer_in
from model.training.transformer import context_of

C, T, H, W, E = 4, 3, 2, 2, 1


@pytest.fixture(autouse=True)
def mini(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRESETS, "mini", Shape(dim=64, depth=2, heads=2, hidden=96))


@pytest.fixture
def latents(tmp_path: Path) -> Path:
    """Three clips of noise, encoded."""
    folder = tmp_path / "latents"
    folder.mkdir()
    words = {f"{size}.{tongue}": "a man waits" for size in ("short", "medium", "long") for tongue in ("en", "zh")}
    for n in range(3):
        shapes = {
            "truth": (C, T, H, W),
            "guide": (C, T, H, W),
            "sheets": (E, 3, C, 2, 2),
            "facts": (FACTS,),
            "palettes": (E, PALETTE),
            "boxes": (E, T, BOX),
        }
        clip = {name: seed_noise(shape, 100 * n + k) for k, (name, shape) in enumerate(shapes.items())}
        clip |= {"times_s": torch.arange(T) / 3, "weight": 1 + seed_noise((T, H, W), n).abs()}
        about = {"texts": json.dumps(words), "other": "place", "style": "flat", "index": str(n), "autoencoder": "a"}
        save_file(clip, folder / f"{n}.safetensors", about)
    return folder


@pytest.fixture
def teacher(tmp_path: Path) -> Path:
    """A run whose flow is curved and heeds what it is told."""
    torch.manual_seed(0)
    model = VideoDiT(**PRESETS["mini"]._asdict(), latent_channels=C)
    with torch.no_grad():
        model.leave.weight.normal_(std=0.04)
        model.modulation.weight.normal_(std=0.1)
        model.skip.weight[:, :C] = 0.4 * torch.randn(C, C)
    run = Run(tmp_path / "teacher", model, [], 0.9, {"kind": "transformer", "preset": "mini"})
    run.save()
    return run.folder


def config(tmp_path: Path, teacher: Path, latents: Path, steps: int, folder: str = "student") -> DistilConfig:
    return DistilConfig(
        folder=tmp_path / folder, latents=latents, teacher=teacher, steps=steps, teacher_steps=6, guidance=2.0,
        tokens=4 * T * H * W, matrix_lr=3e-3, other_lr=2e-2, compiled=False, save_every=3,
    )  # fmt: skip


def shown(teacher: VideoDiT, latents: Path, known: list[int], *, steps: int, guidance: float) -> Demonstration:
    batch = LatentClips(latents).of([0, 1, 2, 0, 1, 2], np.random.default_rng(5))
    noise = seed_noise(tuple(batch.truth.shape), 77)
    return demonstration_of(teacher, batch, context_of(batch, None), known, noise, steps=steps, guidance=guidance)


@pytest.mark.parametrize("known", [[], [0], [0, 2]])
def test_a_student_that_is_its_teacher_errs_by_guidance_and_by_steps_alone(
    teacher: Path, latents: Path, known: list[int]
) -> None:
    model = transformer_in(teacher)
    same = shown(model, latents, known, steps=4, guidance=1.0)
    assert same.target.shape[2] == T - len(known)
    assert float(student_loss(model, same, 4)[1]) < 1e-9
    assert float(student_loss(model, same, 1)[1]) > 0.01
    assert float(student_loss(model, shown(model, latents, known, steps=4, guidance=3.0), 4)[1]) > 1e-4


def test_no_gradient_flows_along_the_path(teacher: Path, latents: Path) -> None:
    model = transformer_in(teacher)
    of_many = shown(model, latents, [], steps=4, guidance=1.0)
    loss, _ = student_loss(model, of_many, 2)
    loss.backward()
    whole = model.skip.weight.grad.clone()
    # The same predictions, each made anew from where the path was.
    model.zero_grad()
    clean, x = denoiser(model, of_many.context, of_many.frames), of_many.noise
    apart = torch.tensor(0.0)
    for now, then in ((levels(2)[0], levels(2)[1]), (levels(2)[1], levels(2)[2])):
        drawn = clean(x, now)
        apart = apart + ((drawn - of_many.target).square().mean(dim=1) * of_many.weight).mean() / 2
        x = (x + (then - now) * to_velocity(drawn, x, now)).detach()
    apart.backward()
    torch.testing.assert_close(whole, model.skip.weight.grad)


def test_the_student_comes_nearer_in_one_two_and_four_steps(tmp_path: Path, teacher: Path, latents: Path) -> None:
    model = transformer_in(teacher)
    aim = shown(model, latents, [], steps=6, guidance=2.0)
    run = train_student(config(tmp_path, teacher, latents, steps=40))
    student = transformer_in(run.folder)
    with torch.no_grad():
        before, after = ({n: float(student_loss(m, aim, n)[1]) for n in (1, 2, 4)} for m in (model, student))
    assert after[1] < 0.6 * before[1]
    assert after[2] < 0.6 * before[2]
    assert after[4] < before[4]
    lines = [json.loads(line) for line in (run.folder / "metrics.jsonl").read_text().splitlines()]
    assert [sorted(line)[0] for line in lines[:3]] == ["error_4", "error_2", "error_4"]
    assert run.facts == {
        "kind": "student", "preset": "mini", "teacher_steps": 6, "guidance": 2.0,
    }  # fmt: skip


def test_a_killed_run_goes_on_exactly(
    tmp_path: Path, teacher: Path, latents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = train_student(config(tmp_path, teacher, latents, steps=5, folder="whole"))
    plain = Run.log

    def killed(run: Run, **metrics: float) -> None:
        if run.step == 4:  # saved at 3, between the two updates with one clip
            raise KeyboardInterrupt
        plain(run, **metrics)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Run, "log", killed)
        train_student(config(tmp_path, teacher, latents, steps=5))
    resumed = train_student(config(tmp_path, teacher, latents, steps=5))
    assert resumed.step == 5
    for name, weight in whole.ema.weights.items():
        assert torch.equal(weight, resumed.ema.weights[name]), name


def test_a_teacher_that_is_none_is_refused(tmp_path: Path, teacher: Path, latents: Path) -> None:
    with pytest.raises(PictureError, match=r"nowhere.*Fix"):
        train_student(config(tmp_path, tmp_path / "nowhere", latents, steps=1))
    state = teacher / "state.safetensors"
    whole = state.read_bytes()
    state.write_bytes(whole[:-100])
    with pytest.raises(PictureError, match=r"cut short.*Fix"):
        train_student(config(tmp_path, teacher, latents, steps=1))
    assert not (tmp_path / "student").exists()
