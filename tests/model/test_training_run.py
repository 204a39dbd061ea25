"""A run's own rules: poisoned steps, Ctrl-C, states that are another's or cut short, several processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from model.conditions import BOX, FACTS, PALETTE
from model.dit import VideoDiT
from model.errors import PictureError
from model.text import buckets_of
from model.training.latents import LatentBatch
from model.training.machine import Machine, machine_for
from model.training.optim import optimizers_of
from model.training.run import Run
from model.training.transformer import OUTER, Lesson, context_of


def run_in(folder: Path, width: int = 3) -> Run:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(width, 4), nn.Linear(4, 1))
    return Run(folder, model, optimizers_of(model, 0.02, 0.01, ("1",)), 0.9, {"kind": "test"})


def loss_of(run: Run, by: float = 1.0) -> Tensor:
    x = torch.ones(2, 3) * (run.step + 1)
    return run.model(x).square().mean() * by  # type: ignore[no-any-return]


def weights(run: Run) -> list[Tensor]:
    return [p.detach().clone() for p in run.model.parameters()]


@pytest.mark.parametrize("poison", [float("nan"), float("inf")])
def test_a_poisoned_step_is_skipped_and_counted(tmp_path: Path, poison: float) -> None:
    run = run_in(tmp_path)
    run.update(loss_of(run), 1.0)
    before = weights(run)
    run.update(loss_of(run, poison), 1.0)
    assert all(torch.equal(a, b) for a, b in zip(before, weights(run), strict=True))
    assert (run.step, run.skipped_steps) == (2, 1)
    run.log(loss=1.0)
    assert json.loads((tmp_path / "metrics.jsonl").read_text())["skipped_steps"] == 1
    run.update(loss_of(run), 1.0)
    assert not all(torch.equal(a, b) for a, b in zip(before, weights(run), strict=True))


def test_many_in_a_row_stop_the_run_and_the_state_on_disk_is_good(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    with pytest.raises(PictureError, match=r"not been a number for 20 steps, up to step 22.* Fix: "):
        for _ in run.through(range(40), 40, save_every=1):
            run.update(loss_of(run, 1.0 if run.step < 3 else float("nan")), 1.0)
    again = run_in(tmp_path)
    assert again.resume()
    assert again.skipped_steps == 19
    assert all(bool(torch.isfinite(w).all()) for w in weights(again))


def test_ctrl_c_ends_after_the_step_and_is_saved(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    for number in run.through(range(9), 9, save_every=100):
        if number == 2:
            os.kill(os.getpid(), signal.SIGINT)
        run.update(loss_of(run), 1.0)
    assert run.step == 3
    again = run_in(tmp_path)
    assert again.resume()
    assert again.step == 3
    assert all(torch.equal(a, b) for a, b in zip(weights(run), weights(again), strict=True))
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_states_of_another_model_or_cut_short_are_said(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    run.save()
    with pytest.raises(PictureError, match="of another model"):
        run_in(tmp_path, width=5).resume()
    path = tmp_path / "state.safetensors"
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(PictureError, match="cut short"):
        run_in(tmp_path).resume()


def test_metrics_of_steps_that_are_taken_again_are_told_once(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    for _ in run.through(range(4), 9, save_every=3):
        run.update(loss_of(run), 1.0)
        run.log(loss=1.0)
    run_in(tmp_path).resume()
    steps = [json.loads(line)["step"] for line in (tmp_path / "metrics.jsonl").read_text().splitlines()]
    assert steps == [1, 2, 3]


def test_the_average_stands_in_and_leaves_the_weights_alone(tmp_path: Path) -> None:
    run = run_in(tmp_path)
    for _ in range(3):
        run.update(loss_of(run), 1.0)
    own, places = weights(run), [p.data_ptr() for p in run.model.parameters()]
    with run.ema.in_place_of(run.model):
        assert torch.equal(run.model[0].weight, run.ema.weights["0.weight"])  # type: ignore[index]
        assert not torch.equal(run.model[0].weight, own[0])  # type: ignore[index]
    assert all(torch.equal(a, b) for a, b in zip(own, weights(run), strict=True))
    assert places == [p.data_ptr() for p in run.model.parameters()]


def test_a_device_that_is_not_there_is_said() -> None:
    with pytest.raises(PictureError, match="device toaster is none"):
        machine_for("toaster")


def joined(step: int) -> tuple[LatentBatch, Tensor, Tensor]:
    """Four clips of one shape, their levels and their noise."""
    draws = torch.Generator().manual_seed(step)

    def normal(*shape: int) -> Tensor:
        return torch.randn((4, *shape), generator=draws)

    batch = LatentBatch(
        truth=normal(8, 2, 2, 3),
        guide=normal(8, 2, 2, 3),
        guide_flags=torch.ones(4, 2),
        known=torch.zeros(4, 8, 2, 2, 3),
        keep=torch.zeros(4, 64, 2, 2, 3),
        sheets=normal(1, 3, 8, 4, 3),
        facts=normal(FACTS),
        has_facts=torch.ones(4, dtype=torch.bool),
        palettes=normal(1, PALETTE),
        boxes=normal(1, 2, BOX),
        times_s=torch.tensor([[0.0, 0.3]]).expand(4, 2),
        weight=torch.ones(4, 2, 2, 3),
        text=torch.stack([buckets_of("rain")] * 4),
    )
    level = torch.tensor([[0.0, 0.3], [0.0, 0.5], [0.0, 0.7], [0.0, 0.9]])
    return batch, level, normal(8, 2, 2, 3)


def work(folder: str) -> None:
    """Three steps of this process's share of the joined batches; what each process ends with."""
    machine = machine_for("cpu")
    torch.manual_seed(0)
    model = VideoDiT(dim=32, depth=2, heads=2, hidden=64, latent_channels=8)
    run = Run(Path(folder), model, optimizers_of(model, 5e-3, 1e-3, OUTER), 0.9, {"kind": "test"}, machine)
    lesson = machine.shared(Lesson(model))
    losses = []
    for _ in run.through(range(3), 3):
        batch, level, noise = joined(run.step)
        share = slice(4 * machine.number // machine.count, 4 * (machine.number + 1) // machine.count)
        part = replace(batch, **{f.name: getattr(batch, f.name)[share] for f in fields(batch)})
        loss, _ = lesson(part, context_of(part, None), [0], level[share], noise[share])
        losses.append(float(loss.detach()))
        run.update(loss, 1.0)
    save_file({"losses": torch.tensor(losses), **model.state_dict()}, Path(folder) / f"of_{machine.number}.safetensors")
    if machine.accelerator is not None:
        machine.accelerator.end_training()


@pytest.mark.slow
def test_two_processes_learn_what_one_learns_from_the_joined_batch(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    code = "import runpy, sys; runpy.run_path(sys.argv[1])['work'](sys.argv[2])"
    several = {"WORLD_SIZE": "2", "LOCAL_WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    both = tmp_path / "both"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, __file__, str(both)],
            env={**os.environ, **several, "RANK": str(rank), "LOCAL_RANK": str(rank), "OMP_NUM_THREADS": "1"},
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in range(2)
    ]
    for process in processes:
        _, told = process.communicate(timeout=280)
        assert process.returncode == 0, told
    work(str(tmp_path / "one"))
    one = load_file(tmp_path / "one" / "of_0.safetensors")
    first, second = (load_file(both / f"of_{number}.safetensors") for number in range(2))
    losses = [x.pop("losses") for x in (one, first, second)]
    assert not torch.equal(losses[1], losses[2])  # each saw clips of its own
    assert torch.allclose((losses[1] + losses[2]) / 2, losses[0], rtol=2e-3)
    assert [k for k in first if not torch.equal(first[k], second[k])] == []
    assert max(float((first[k] - one[k]).abs().max()) for k in one) < 2e-3  # Muon computes in bfloat16
    state = load_file(both / "state.safetensors")
    assert torch.equal(state["model.leave.weight"], first["leave.weight"])


def test_sharding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    with pytest.raises(PictureError, match="does not shard"):
        machine_for("cpu")


def test_each_process_draws_its_own() -> None:
    cpu = torch.device("cpu")
    first, second = Machine(cpu, 0, 2), Machine(cpu, 1, 2)
    assert first.seed_of(1, 5) != second.seed_of(1, 5)
    assert not torch.equal(torch.rand(3, generator=first.draws(1, 5)), torch.rand(3, generator=second.draws(1, 5)))
    assert Machine(cpu).seed_of(1, 5) == [1, 5]
