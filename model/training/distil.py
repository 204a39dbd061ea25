"""Training the few-step student: a trained transformer taught to be in one, two or four steps where it is after many.

The teacher goes from noise to a clip in many guided steps. The student starts from the same noise and takes its own few
Euler steps; at each it is to predict the clip that the teacher ended at. So the path from a noise to its clip becomes
straight (reflow: Liu et al. 2022, "Flow Straight and Fast"; in one step and with a guided teacher: Liu et al. 2023,
"InstaFlow"), guidance is part of it (Meng et al. 2023, "On Distillation of Guided Diffusion Models"), and the student
learns at the very places that its own steps lead to (backward distillation: Kohler et al. 2024, "Imagine Flash"). One
student serves any number of steps, since the target is the same for all; there is no discriminator and no input more.

One clip of the teacher's is used for one update with each of `student_steps`, and the context is read once for all of a
path's steps, of the teacher's as of the student's: that is what makes it fit a small budget.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
from annotated_types import Ge, Gt, MinLen
from torch import Tensor, nn

from model.dit import PRESETS, Context, Shape, VideoDiT
from model.errors import PictureError
from model.flow import levels, to_velocity
from model.guidance import Frames, Given, denoiser, velocity_by
from model.solve import euler
from model.training.latents import LatentBatch, LatentClips
from model.training.machine import Machine, machine_for
from model.training.optim import optimizers_of
from model.training.run import Run, warmup_stable_decay
from model.training.states import transformer_in
from model.training.transformer import OUTER, compile_blocks, context_of, known_frames

__all__ = ["Demonstration", "DistilConfig", "demonstration_of", "student_loss", "train_student"]


@dataclass(frozen=True, kw_only=True)
class DistilConfig:
    """How long and how fast, and whom to learn from. `tokens` of video make a batch."""

    folder: Path
    latents: Path
    teacher: Path  # the folder of a transformer's run, or of shipped weights
    steps: Annotated[int, Gt(0)]
    teacher_steps: Annotated[int, Gt(0)] = 8
    guidance: float = 1.5
    student_steps: Annotated[tuple[Annotated[int, Gt(0)], ...], MinLen(1)] = (4, 2)  # one step is the first of any
    tokens: Annotated[int, Gt(0)] = 1728
    matrix_lr: float = 1e-3
    other_lr: float = 3e-4
    decay_from: float = 0.5
    ema_decay: float = 0.99
    seed: Annotated[int, Ge(0)] = 2
    compiled: bool = True
    device: str = "cpu"
    save_every: Annotated[int, Gt(0)] = 50


@dataclass(frozen=True, eq=False)
class Demonstration:
    """Noise, and the clip that a teacher makes of it."""

    context: Context
    given: Given | None
    frames: Frames  # of those to be drawn
    noise: Tensor  # (b, c, t, h, w)
    target: Tensor  # (b, c, t, h, w): the teacher's
    weight: Tensor  # (b, t, h, w), about 1


@torch.no_grad()
def demonstration_of(
    teacher: VideoDiT,
    batch: LatentBatch,
    context: Context,
    known: list[int],
    noise: Tensor,
    *,
    steps: int,
    guidance: float,
) -> Demonstration:
    """Lets the teacher go from `noise` (b, c, t, h, w) to clean latents in so many steps.

    Frames in `known` are given as they are in the batch.
    """
    unknown = [i for i in range(batch.truth.shape[2]) if i not in known]
    given = (batch.truth[:, :, known], _frames(batch, known)) if known else None
    frames, start = _frames(batch, unknown), noise[:, :, unknown]
    clean = denoiser(teacher, context, frames, given, scale=guidance)
    weight = batch.weight[:, unknown]
    return Demonstration(
        context=context,
        given=given,
        frames=frames,
        noise=start,
        target=euler(velocity_by(clean), start, levels(steps)),
        weight=weight / weight.mean(dim=(1, 2, 3), keepdim=True),
    )


def _frames(batch: LatentBatch, at: list[int]) -> Frames:
    known, keep, guide = (x[:, :, at] for x in (batch.known, batch.keep, batch.guide))
    times_s, boxes = batch.times_s[:, at], batch.boxes[:, :, at]
    return Frames(known=known, keep=keep, guide=guide, guide_flags=batch.guide_flags, times_s=times_s, boxes=boxes)


def student_loss(student: VideoDiT, shown: Demonstration, steps: int) -> tuple[Tensor, Tensor]:
    """The student's own path of so many steps: the error of all its predictions as loss, and plainly of its end.

    No gradient flows along the path: each prediction is to be right from where it is made.
    """
    clean = denoiser(student, shown.context, shown.frames, shown.given)
    errors: list[Tensor] = []

    def velocity(noisy: Tensor, level: Tensor) -> Tensor:
        drawn = clean(noisy, level)
        errors.append((drawn - shown.target).square().mean(dim=1))  # (b, t, h, w)
        return to_velocity(drawn.detach(), noisy, level)

    euler(velocity, shown.noise, levels(steps))
    return (torch.stack(errors) * shown.weight).mean(), errors[-1].detach().mean()


class _Pupil(nn.Module):
    """A step's loss as a module, which several processes can share."""

    def __init__(self, student: VideoDiT) -> None:
        super().__init__()
        self.student = student

    def forward(self, shown: Demonstration, steps: int) -> tuple[Tensor, Tensor]:
        """As `student_loss`."""
        return student_loss(self.student, shown, steps)


def train_student(config: DistilConfig) -> Run:
    """Trains until `steps` or Ctrl-C, resuming what the folder holds.

    Raises:
        PictureError: no teacher of a preset's size, no such device, no latents, or no numbers.
    """
    machine = machine_for(config.device)
    torch.manual_seed(config.seed)
    clips = LatentClips(config.latents)
    teacher = transformer_in(config.teacher).to(machine.device).requires_grad_(False)
    student = copy.deepcopy(teacher).requires_grad_(True)
    run = Run(
        config.folder,
        student,
        optimizers_of(student, config.matrix_lr, config.other_lr, OUTER, betas=(0.9, 0.95)),
        config.ema_decay,
        {
            "kind": "student",
            "preset": _preset_of(teacher, config.teacher),
            "teacher_steps": config.teacher_steps,
            "guidance": config.guidance,
        },
        machine,
    )
    run.resume()
    if config.compiled:
        compile_blocks(teacher)
        compile_blocks(student)
    pupil = machine.shared(_Pupil(student))
    dealt = run.through(
        _demonstrations(config, teacher, clips, run.step, machine), config.steps, save_every=config.save_every
    )
    for shown, steps in dealt:
        with machine.autocast():
            loss, error = pupil(shown, steps)
        stable = round(config.steps * config.decay_from)
        norm = run.update(loss, warmup_stable_decay(run.step, warmup=20, stable_until=stable, total=config.steps))
        run.log(**{"loss": float(loss.detach()), "norm": norm, f"error_{steps}": float(error)})
    return run


def _preset_of(model: VideoDiT, folder: Path) -> str:
    shape = Shape(*(getattr(model.config, name) for name in Shape._fields))
    for name, known in PRESETS.items():
        if known == shape:
            return name
    raise PictureError(f"the teacher in {folder} has the size of no preset. Fix: name one of {', '.join(PRESETS)}.")


def _demonstrations(
    config: DistilConfig, teacher: VideoDiT, clips: LatentClips, start: int, machine: Machine
) -> Iterator[tuple[Demonstration, int]]:
    """For each update from number `start` on, what the teacher shows and in how many steps it is to be learnt."""
    shown: Demonstration | None = None
    for step in range(start, config.steps):
        number, turn = divmod(step, len(config.student_steps))
        if shown is None or turn == 0:
            rng = np.random.default_rng(machine.seed_of(config.seed, number))
            batch = clips.batch(config.tokens, rng)
            known = known_frames(batch.truth.shape[2], rng)
            context = machine.moved(context_of(batch, rng))
            noise = torch.randn(batch.truth.shape, generator=machine.draws(config.seed, number)).to(machine.device)
            with machine.autocast():
                shown = demonstration_of(
                    teacher,
                    machine.moved(batch),
                    context,
                    known,
                    noise,
                    steps=config.teacher_steps,
                    guidance=config.guidance,
                )
        yield shown, config.student_steps[turn]
