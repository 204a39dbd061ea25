"""Training the transformer on encoded clips: all of its tasks at once, everything known left out now and then."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
from annotated_types import Ge, Gt
from numpy.random import Generator
from torch import Tensor, nn

from model.dit import PRESETS, Context, Memory, VideoDiT, video_channels
from model.errors import PictureError
from model.flow import add_noise, noise_levels
from model.training.latents import LatentBatch, LatentClips
from model.training.machine import Machine, machine_for
from model.training.optim import optimizers_of
from model.training.run import Run, warmup_stable_decay
from model.training.sheets import transformer_sheet

__all__ = [
    "OUTER",
    "Lesson",
    "TransformerConfig",
    "clean_loss",
    "compile_blocks",
    "context_of",
    "known_frames",
    "learn",
    "train_transformer",
]

_TOKENS = ("video", "text", "palette", "box", "sheet", "person", "view", "absent")
OUTER = (*_TOKENS, "leave", "skip", "level", "facts", "gist", "leave_modulation", "modulation")
"""What AdamW trains, not Muon: the model's modules about its blocks."""

_NO_TEXT, _NO_FACTS, _NO_PALETTE, _NO_BOX, _NO_SHEETS, _NO_VIEW, _NOBODY = 0.15, 0.3, 0.25, 0.2, 0.15, 0.25, 0.08
_ALL_NOISE, _LEVEL_PER_FRAME = 0.4, 0.2
_LARGEST_WEIGHT = 3.0
_STILL_SHARE = 0.6  # of batches: twice as many clips are seen for the same time


@dataclass(frozen=True, kw_only=True)
class TransformerConfig:
    """How long and how fast. `tokens` of video make a batch; `sheet_every` of 0 draws no sample sheets."""

    folder: Path
    latents: Path
    steps: Annotated[int, Gt(0)]
    preset: str = "small"
    tokens: Annotated[int, Gt(0)] = 3456
    matrix_lr: float = 5e-3
    other_lr: float = 1.5e-3
    decay_from: float = 0.8
    ema_decay: float = 0.998
    seed: Annotated[int, Ge(0)] = 1
    compiled: bool = True
    device: str = "cpu"
    save_every: Annotated[int, Gt(0)] = 200
    sheet_every: Annotated[int, Ge(0)] = 0
    held_out: Path | None = None  # latents for the sample sheets
    autoencoder: Path | None = None  # a run or a saved model: what the sheets are decoded by


def context_of(batch: LatentBatch, drop: Generator | None) -> Context:
    """What is known of a batch; with `drop`, parts are left out at random."""
    b, e, k = batch.sheets.shape[:3]

    def kept(*shape: int, without: float) -> Tensor:
        if drop is None:
            return torch.ones(shape, dtype=torch.bool)
        return torch.from_numpy(drop.random(shape) >= without)

    somebody = kept(b, 1, without=_NOBODY)  # neither colours nor sheets
    return Context(
        text=batch.text,
        has_text=kept(b, without=_NO_TEXT),
        facts=batch.facts,
        has_facts=kept(b, without=_NO_FACTS) & batch.has_facts,
        palettes=batch.palettes,
        has_palettes=kept(b, e, without=_NO_PALETTE) & somebody,
        boxes=batch.boxes,
        has_boxes=kept(b, e, without=_NO_BOX),
        sheets=batch.sheets,
        has_sheets=kept(b, e, 1, without=_NO_SHEETS) & kept(b, e, k, without=_NO_VIEW) & somebody[..., None],
        size=torch.tensor(batch.truth.shape[-2:]).expand(b, 2),
    )


def known_frames(t: int, rng: Generator) -> list[int]:
    """Which latent frames are given: none, the first, the last, both, a clip before or after, or any."""
    if t == 1 or rng.random() < 0.5:
        return []
    start, end = list(range(int(rng.integers(1, t)))), list(range(int(rng.integers(1, t)), t))
    some = [i for i in range(t) if rng.random() < 0.5]
    chosen = ([0], [0], [t - 1], [0, t - 1], start, end, some)[int(rng.integers(7))]
    return [] if len(chosen) >= t else chosen


def clean_loss(
    model: VideoDiT, batch: LatentBatch, context: Context, known: list[int], level: Tensor, noise: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """The error of the predicted clean latents of what is not known, as loss and plainly, and these latents.

    `level` (b, t) of every frame, 0 where known.
    """
    noisy = add_noise(batch.truth, noise, level[:, None, :, None, None])
    channels = video_channels(noisy, batch.known, batch.keep, batch.guide, batch.guide_flags)
    unknown = [i for i in range(batch.truth.shape[2]) if i not in known]
    memory: Memory | None = None
    first: Context | None = context
    if known:
        truth, kept, cells, guide = (x[:, :, known] for x in (batch.truth, batch.known, batch.keep, batch.guide))
        clean = video_channels(truth, kept, cells, guide, batch.guide_flags)
        at = batch.times_s[:, known]
        _, memory = model(clean, torch.zeros_like(at), at, batch.boxes[:, :, known], context=first, remember=True)
        first = None
    wanted = level[:, unknown]
    at, boxes = batch.times_s[:, unknown], batch.boxes[:, :, unknown]
    drawn, _ = model(channels[:, :, unknown], wanted, at, boxes, context=first, memory=memory)
    drawn = drawn.float()
    error = (drawn - batch.truth[:, :, unknown]).square().mean(dim=1)  # (b, t, h, w)
    weight = batch.weight[:, unknown]
    weight = weight / weight.mean(dim=(1, 2, 3), keepdim=True)
    size = (1.0 / wanted).clamp(max=_LARGEST_WEIGHT)[..., None, None]
    return (error * weight * size).mean(), error.detach(), drawn


class Lesson(nn.Module):
    """A step's loss as a module, which several processes can share."""

    def __init__(self, model: VideoDiT) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, batch: LatentBatch, context: Context, known: list[int], level: Tensor, noise: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The loss and the plain error, as of `clean_loss`."""
        return clean_loss(self.model, batch, context, known, level, noise)[:2]


def compile_blocks(model: VideoDiT) -> None:
    """Compiles the blocks for any size: six graphs in all, forward and backward (first or later block; context, frames
    of one level, frames of several).
    """
    torch._dynamo.config.recompile_limit = max(32, torch._dynamo.config.recompile_limit)
    for block in model.blocks:
        block.compile(dynamic=True)


def train_transformer(config: TransformerConfig) -> Run:
    """Trains until `steps` or Ctrl-C, resuming what the folder holds.

    Raises:
        PictureError: no such preset or device; no latents; the loss is no number.
    """
    if config.preset not in PRESETS:
        raise PictureError(f"there is no preset {config.preset!r}. Fix: one of {', '.join(PRESETS)}.")
    machine = machine_for(config.device)
    torch.manual_seed(config.seed)
    clips = LatentClips(config.latents)
    channels = clips.clips[0]["truth"].shape[0]
    model = VideoDiT(**PRESETS[config.preset]._asdict(), latent_channels=channels).to(machine.device)
    run = Run(
        config.folder,
        model,
        optimizers_of(model, config.matrix_lr, config.other_lr, OUTER, betas=(0.9, 0.95)),
        config.ema_decay,
        {"kind": "transformer", "preset": config.preset},
        machine,
    )
    run.resume()
    if config.compiled:
        compile_blocks(model)
    learn(run, model, clips, config)
    return run


def learn(run: Run, model: VideoDiT, clips: LatentClips, config: TransformerConfig) -> None:
    """The steps of a run that are still to be done; all that is random is a function of seed, step and process."""
    machine = run.machine
    lesson = machine.shared(Lesson(model))
    sheet = transformer_sheet(model, config.held_out, config.autoencoder, machine) if config.sheet_every else None
    dealt = run.through(
        _ahead(config, clips, run.step, machine),
        config.steps,
        save_every=config.save_every,
        sheet=sheet,
        sheet_every=config.sheet_every,
    )
    recent: list[float] = []
    for batch, rng in dealt:
        draws = machine.draws(config.seed, run.step)
        b, _, t = batch.truth.shape[:3]
        known = known_frames(t, rng)
        per_frame = torch.rand((b, 1), generator=draws) < _LEVEL_PER_FRAME
        level = torch.where(per_frame, noise_levels((b, t), draws), noise_levels((b, 1), draws).expand(b, t))
        level = torch.where(torch.rand((b, 1), generator=draws) < _ALL_NOISE, 1.0, level.clamp(min=0.02))
        level[:, known] = 0.0
        noise = torch.randn(batch.truth.shape, generator=draws)
        context = machine.moved(context_of(batch, rng))
        with machine.autocast():
            loss, error = lesson(
                machine.moved(batch), context, known, level.to(machine.device), noise.to(machine.device)
            )
        stable = round(config.steps * config.decay_from)
        norm = run.update(loss, warmup_stable_decay(run.step, warmup=60, stable_until=stable, total=config.steps))
        recent.append(float(error.mean()))
        if run.step % 20 == 0:
            run.log(loss=float(loss.detach()), norm=norm, error=float(np.mean(recent)))
            recent.clear()


def _ahead(
    config: TransformerConfig, clips: LatentClips, start: int, machine: Machine
) -> Iterator[tuple[LatentBatch, Generator]]:
    """The batches of the steps from `start` on, each made while the one before is trained on."""

    def made(step: int) -> tuple[LatentBatch, Generator]:
        rng = np.random.default_rng(machine.seed_of(config.seed, step))
        return clips.batch(config.tokens, rng, still_share=_STILL_SHARE), rng

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(made, start)
        for step in range(start, config.steps):
            ready = waiting.result()
            waiting = pool.submit(made, step + 1)
            yield ready
