"""Training the few-step student: a trained transformer taught to be in one, two or four steps where it is after many.

The teacher goes from noise to a clip in many guided steps. The student starts from the same noise and takes its own few
Euler steps; at each it is to predict the clip that the teacher ended at. So the path from a noise to its clip becomes
straight (reflow: Liu et al. 2022, "Flow Straight and Fast"; in one step and with a guided teacher: Liu et al. 2023,
"InstaFlow"), guidance is part of it (Meng et al. 2023, "On Distillation of Guided Diffusion Models"), and the student
learns at the very places that its own steps lead to (backward distillation: Kohler et al. 2024, "Imagine
Flash"). One student serves any number of steps, since the target is the same for all; a new discriminator, a second
network that runs along or a step's length as an input are not needed.

One clip of the teacher's is used for one update with each of `student_steps`, and the context is read once for all of a
path's steps, of the teacher's as of the student's: that is what makes it fit a small budget.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from model.dit import PRESETS, Context, VideoDiT
from model.errors import PictureError
from model.flow import levels, to_velocity
from model.guidance import Frames, Given, denoiser, velocity_by
from model.solve import euler
from model.training.latents import LatentBatch, LatentClips
from model.training.optim import optimizers_of
from model.training.run import Run, warmup_stable_decay
from model.training.transformer import OUTER, context_of, known_frames

__all__ = ["DistilConfig", "Lesson", "lesson_of", "student_loss", "train_student", "trained"]

_SAVE_EVERY = 50

Facts = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class DistilConfig:
    """How long and how fast, and whom to learn from. `tokens` of video make a batch."""

    folder: Path
    latents: Path
    teacher: Path  # the folder of a transformer's run
    steps: int
    teacher_steps: int = 8
    guidance: float = 1.5
    student_steps: tuple[int, ...] = (4, 2)  # the first step of any is a one-step student's
    tokens: int = 1728
    matrix_lr: float = 1e-3
    other_lr: float = 3e-4
    decay_from: float = 0.5
    ema_decay: float = 0.99
    seed: int = 2
    compiled: bool = True


@dataclass(frozen=True, eq=False)
class Lesson:
    """Noise, and the clip that a teacher makes of it."""

    context: Context
    given: Given | None
    frames: Frames  # of those to be drawn
    noise: Tensor  # (b, c, t, h, w)
    target: Tensor  # (b, c, t, h, w): the teacher's
    weight: Tensor  # (b, t, h, w), about 1


@torch.no_grad()
def lesson_of(
    teacher: VideoDiT,
    batch: LatentBatch,
    context: Context,
    known: list[int],
    noise: Tensor,
    *,
    steps: int,
    guidance: float,
) -> Lesson:
    """Lets the teacher go from `noise` (b, c, t, h, w) to clean latents in so many steps.

    Frames in `known` are given as they are in the batch.
    """
    unknown = [i for i in range(batch.truth.shape[2]) if i not in known]
    given = (batch.truth[:, :, known], _frames(batch, known)) if known else None
    frames, start = _frames(batch, unknown), noise[:, :, unknown]
    clean = denoiser(teacher, context, frames, given, scale=guidance)
    weight = batch.weight[:, unknown]
    return Lesson(
        context=context,
        given=given,
        frames=frames,
        noise=start,
        target=euler(velocity_by(clean), start, levels(steps)),
        weight=weight / weight.mean(dim=(1, 2, 3), keepdim=True),
    )


def _frames(batch: LatentBatch, at: list[int]) -> Frames:
    known, keep, guide = (x[:, :, at] for x in (batch.known, batch.keep, batch.guide))
    return Frames(known=known, keep=keep, guide=guide, guide_flags=batch.guide_flags, times_s=batch.times_s[:, at])


def student_loss(student: VideoDiT, lesson: Lesson, steps: int) -> tuple[Tensor, Tensor]:
    """The student's own path of so many steps: the error of all its predictions as loss, and plainly of its end.

    No gradient flows along the path: each prediction is to be right from where it is made.
    """
    clean = denoiser(student, lesson.context, lesson.frames, lesson.given)
    errors: list[Tensor] = []

    def velocity(noisy: Tensor, level: Tensor) -> Tensor:
        drawn = clean(noisy, level)
        errors.append((drawn - lesson.target).square().mean(dim=1))  # (b, t, h, w)
        return to_velocity(drawn.detach(), noisy, level)

    euler(velocity, lesson.noise, levels(steps))
    return (torch.stack(errors) * lesson.weight).mean(), errors[-1].detach().mean()


def trained(folder: Path) -> tuple[VideoDiT, Facts]:
    """The averaged weights of a transformer's run, and what the run says of itself.

    Raises:
        PictureError: there is no such run, or its state is cut short or another model's.
    """
    path = folder / "state.safetensors"
    try:
        with safe_open(path, framework="pt") as file:
            facts = json.loads(file.metadata()["run"])
            weights = {name[4:]: file.get_tensor(name) for name in file.keys() if name.startswith("ema.")}  # noqa: SIM118
    except (FileNotFoundError, SafetensorError) as error:
        raise PictureError(
            f"{path}, the teacher's state, is missing or cut short. Fix: train the transformer in that folder first."
        ) from error
    if facts["kind"] != "transformer":
        raise PictureError(f"{path} is a {facts['kind']}'s. Fix: name the folder of a transformer's run as teacher.")
    model = VideoDiT(**PRESETS[facts["preset"]]._asdict(), latent_channels=weights["leave.weight"].shape[0])
    model.load_state_dict(weights)
    return model, facts


def train_student(config: DistilConfig) -> Run:
    """Trains until `steps`, resuming what the folder holds.

    Raises:
        PictureError: the teacher cannot be read.
    """
    torch.manual_seed(config.seed)
    clips = LatentClips(config.latents)
    teacher, facts = trained(config.teacher)
    student = copy.deepcopy(teacher)
    teacher.requires_grad_(False)
    run = Run(
        config.folder,
        student,
        optimizers_of(student, config.matrix_lr, config.other_lr, OUTER, betas=(0.9, 0.95)),
        config.ema_decay,
        {
            "kind": "student",
            "preset": facts["preset"],
            "teacher_step": facts["step"],
            "teacher_steps": config.teacher_steps,
            "guidance": config.guidance,
        },
    )
    run.resume()
    if config.compiled:
        for block in (*teacher.blocks, *student.blocks):
            block.compile(dynamic=True)
    for lesson, steps in _lessons(config, teacher, clips, run.step):
        with torch.autocast("cpu", torch.bfloat16):
            loss, error = student_loss(student, lesson, steps)
        stable = round(config.steps * config.decay_from)
        norm = run.update(loss, warmup_stable_decay(run.step, warmup=20, stable_until=stable, total=config.steps))
        run.log(**{"loss": float(loss.detach()), "norm": norm, f"error_{steps}": float(error)})
        if run.step % _SAVE_EVERY == 0 or run.step == config.steps:
            run.save()
    return run


def _lessons(config: DistilConfig, teacher: VideoDiT, clips: LatentClips, start: int) -> Iterator[tuple[Lesson, int]]:
    """For each update from number `start` on a lesson and in how many steps it is to be learnt."""
    lesson: Lesson | None = None
    for step in range(start, config.steps):
        number, turn = divmod(step, len(config.student_steps))
        if lesson is None or turn == 0:
            rng, draws = np.random.default_rng([config.seed, number]), torch.Generator().manual_seed(number)
            batch = clips.batch(config.tokens, rng)
            known = known_frames(batch.truth.shape[2], rng)
            noise = torch.randn(batch.truth.shape, generator=draws)
            with torch.autocast("cpu", torch.bfloat16):
                lesson = lesson_of(
                    teacher,
                    batch,
                    context_of(batch, rng),
                    known,
                    noise,
                    steps=config.teacher_steps,
                    guidance=config.guidance,
                )
        yield lesson, config.student_steps[turn]
