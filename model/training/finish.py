"""Finishing: transformer and decoder trained together, in pixels, once each has been trained for itself.

Until then the transformer has been asked for latents, all of whose channels count the same, and the decoder has only
seen true ones. Here what the transformer predicts is decoded beside the guide and held against the picture, so that the
one learns what the eye sees and the other what the first is unsure of, and where the guide knows better. The error of
the latents stays in the loss: tasks that begin from known frames, and more than one step, depend on it. The encoder is
left as it is, so latents that are encoded already stay good.
"""

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
from safetensors import safe_open
from torch import Tensor, nn

from model.dit import Context, VideoDiT
from model.errors import PictureError
from model.flow import noise_levels
from model.standing import standing
from model.training.autoencoder import Crops, levelled, loss_of
from model.training.latents import LatentBatch, LatentClips
from model.training.machine import Machine, machine_for
from model.training.optim import optimizers_of
from model.training.run import Run, warmup_stable_decay
from model.training.states import autoencoder_in, preset_in, transformer_in
from model.training.transformer import OUTER, clean_loss, compile_blocks, context_of, known_frames
from model.vae import CHUNK_FRAMES, PATCH_PX, STEM_PX, Autoencoder, signed

__all__ = ["Dealt", "FinishConfig", "Pair", "dealt", "drawn_crops", "finish"]

_CROP = (5, 8)  # latents: what is decoded of a frame
_PLACES = 3
_STILL_SHARE, _ALL_NOISE = 0.7, 0.6
_LATENT_WEIGHT = 0.5


@dataclass(frozen=True, kw_only=True)
class FinishConfig:
    """How long and how fast, on which clips (as drawn, and encoded), from which runs. A batch has `tokens` of video."""

    folder: Path
    clips: Path
    latents: Path
    autoencoder: Path  # the two runs to begin with: they are left as they are
    transformer: Path
    steps: Annotated[int, Gt(0)]
    tokens: Annotated[int, Gt(0)] = 2304
    crops: Annotated[int, Gt(0)] = 24  # decoded of a batch, a frame each
    matrix_lr: float = 3e-3
    other_lr: float = 8e-4
    decoder_lr: float = 1e-3
    decay_from: float = 0.4
    ema_decay: float = 0.995
    seed: Annotated[int, Ge(0)] = 3
    compiled: bool = True
    device: str = "cpu"
    save_every: Annotated[int, Gt(0)] = 100


@dataclass(frozen=True, eq=False)
class Dealt:
    """A batch of latents, and of some of its frames a crop in pixels: pictures (n, 1, 3, h, w) of `crops`.

    `cuts` says of each crop which clip of the batch, which latent frame, where it begins, in latents down and across,
    and which frame of the four.
    """

    latents: LatentBatch
    known: list[int]
    crops: Crops
    cuts: tuple[tuple[int, int, int, int, int], ...]


class Pair(nn.Module):
    """Both models, as one whose state is saved."""

    def __init__(self, transformer: VideoDiT, autoencoder: Autoencoder) -> None:
        super().__init__()
        self.transformer, self.autoencoder = transformer, autoencoder

    def forward(self, batch: Dealt, context: Context, level: Tensor, noise: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The loss, the error of latents (b, t, h, w), and the crops as they are drawn (n, 1, 3, h, w)."""
        loss, error, drawn = clean_loss(self.transformer, batch.latents, context, batch.known, level, noise)
        unknown = [i for i in range(batch.latents.truth.shape[2]) if i not in batch.known]
        z = torch.stack(
            [drawn[b, :, unknown.index(t), y : y + _CROP[0], x : x + _CROP[1]] for b, t, y, x, _ in batch.cuts]
        )
        seen = drawn_crops(self.autoencoder, z, batch, context)
        pixels = levelled(loss_of(seen.float(), batch.crops.truth, batch.crops.weight))
        return pixels + _LATENT_WEIGHT * loss, error, seen.detach()


def drawn_crops(autoencoder: Autoencoder, z: Tensor, batch: Dealt, context: Context) -> Tensor:
    """The crops of a batch as they are drawn from latents (n, c, h, w), each its one frame: (n, 1, 3, h, w)."""
    said = autoencoder.coarse(z)[range(len(z)), [frame for *_, frame in batch.cuts]]
    crops = batch.crops
    who = autoencoder.standing(_standing(batch, context).to(said))
    return autoencoder.draw(said, crops.guide[:, 0], crops.flags, who)[:, None]


def _standing(batch: Dealt, context: Context) -> Tensor:
    """Who stands where in each crop, as far as the context tells."""
    clip, t = ([cut[k] for cut in batch.cuts] for k in (0, 1))
    palettes, there = (context.palettes * context.has_palettes[..., None])[clip], context.has_boxes[clip]
    boxes = torch.stack([batch.latents.boxes[b, :, i : i + 1] for b, i in zip(clip, t, strict=True)])
    cells = PATCH_PX // STEM_PX
    rows, columns = (cells * size for size in batch.latents.truth.shape[-2:])
    who = standing(palettes, boxes, there, rows, columns)[:, :, 0]
    down, across = (cells * size for size in _CROP)
    cut = [
        one[:, cells * y : cells * y + down, cells * x : cells * x + across]
        for one, (_, _, y, x, _) in zip(who, batch.cuts, strict=True)
    ]
    return torch.stack(cut)


def dealt(clips: LatentClips, folder: Path, tokens: int, count: int, rng: Generator) -> Dealt:
    """A batch of clips of one shape, with `folder` holding their pixels, and `count` crops."""
    group = clips.group(rng)
    t, h, w = clips.clips[group[0]]["truth"].shape[1:]
    still = bool(rng.random() < _STILL_SHARE)
    picked = [int(i) for i in rng.choice(group, max(1, tokens // (h * w if still else t * h * w)))]
    batch = clips.of(picked, rng)
    first = int(rng.integers(t)) if still else 0
    batch = batch.frame(first) if still else batch
    known = known_frames(batch.truth.shape[2], rng)
    unknown = [i for i in range(batch.truth.shape[2]) if i not in known]
    cuts = []
    for b in (number % len(picked) for number in range(count)):
        number = unknown[int(rng.integers(len(unknown)))]
        apart = (batch.truth[b, :, number] - batch.guide[b, :, number]).square().mean(dim=0)
        cuts.append((b, number, *_place(batch.weight[b, number] * apart, rng), int(rng.integers(CHUNK_FRAMES))))
    flags = batch.guide_flags
    cut = [
        _cut(folder / clips.names[picked[b]], first + t, (y, x), frame, flags[b].tolist()) for b, t, y, x, frame in cuts
    ]
    truth, guide, weight = (torch.stack(parts) for parts in zip(*cut, strict=True))
    flags = flags[[b for b, *_ in cuts]]
    crops = Crops(signed(truth), signed(guide), flags, weight[:, :, None].float() / 10)
    some = crops.flags.amax(dim=1)[:, None, None, None, None]
    return Dealt(batch, known, Crops(crops.truth, crops.guide * some, crops.flags, crops.weight), tuple(cuts))


def _place(weight: Tensor, rng: Generator) -> tuple[int, int]:
    """Where a crop begins on `weight` (h, w): of a few places drawn, the one that holds most of it."""
    rows, columns = (max(1, size - crop + 1) for size, crop in zip(weight.shape, _CROP, strict=True))
    places = [(int(rng.integers(rows)), int(rng.integers(columns))) for _ in range(_PLACES)]
    return max(places, key=lambda at: float(weight[at[0] : at[0] + _CROP[0], at[1] : at[1] + _CROP[1]].sum()))


def _cut(file: Path, number: int, at: tuple[int, int], frame: int, flags: list[float]) -> tuple[Tensor, Tensor, Tensor]:
    """Of a frame of latent frame `number`, in pixels: truth and guide (1, h, w, 3), and what counts (1, h / 8, w / 8).

    The still that a clip begins with stands for all four frames of its own.
    """
    one = CHUNK_FRAMES * (number - 1) + 1 + frame if number else 0
    rows, columns = (slice(PATCH_PX * first, PATCH_PX * (first + crop)) for first, crop in zip(at, _CROP, strict=True))
    cells = [slice(one.start // STEM_PX, one.stop // STEM_PX) for one in (rows, columns)]
    with safe_open(file, framework="pt") as clip:
        truth = clip.get_slice("truth")[one : one + 1, rows, columns]
        guide = torch.zeros_like(truth)
        if any(flags):
            guide = clip.get_slice("stand_ins" if all(flags) else "other")[one : one + 1, rows, columns]
        weight = clip.get_slice("detail")[one : one + 1, cells[0], cells[1]]
    return truth, guide, weight


def finish(config: FinishConfig) -> Run:
    """Trains until `steps` or Ctrl-C, resuming what the folder holds.

    Raises:
        PictureError: a folder holds no clips, latents or weights, or they do not belong together.
    """
    machine = machine_for(config.device)
    torch.manual_seed(config.seed)
    clips = LatentClips(config.latents)
    lost = next((name for name in clips.names if not (config.clips / name).exists()), None)
    if lost is not None:
        raise PictureError(f"{config.clips} lacks clip {lost}, which {config.latents} has. Fix: name its own folder.")
    autoencoder = autoencoder_in(config.autoencoder).to(machine.device, memory_format=torch.channels_last)
    transformer = transformer_in(config.transformer).to(machine.device)
    pair = Pair(transformer, autoencoder)
    run = Run(
        config.folder,
        pair,
        [
            *optimizers_of(transformer, config.matrix_lr, config.other_lr, OUTER, betas=(0.9, 0.95)),
            *optimizers_of(autoencoder, config.decoder_lr, 0.4 * config.decoder_lr, ()),
        ],
        config.ema_decay,
        {
            "kind": "finish",
            "preset": preset_in(config.transformer, "transformer"),
            "autoencoder": preset_in(config.autoencoder, "autoencoder"),
        },
        machine,
    )
    run.resume()
    if config.compiled:
        compile_blocks(transformer)
    lesson = machine.shared(pair)
    recent: list[dict[str, float]] = []
    for batch, rng in run.through(_ahead(config, clips, run.step, machine), config.steps, save_every=config.save_every):
        draws = machine.draws(config.seed, run.step)
        b, _, t = batch.latents.truth.shape[:3]
        level = noise_levels((b, 1), draws).expand(b, t).clamp(min=0.02)
        level = torch.where(torch.rand((b, 1), generator=draws) < _ALL_NOISE, 1.0, level)
        level[:, batch.known] = 0.0
        noise = torch.randn(batch.latents.truth.shape, generator=draws)
        context = machine.moved(context_of(batch.latents, rng))
        on = Dealt(machine.moved(batch.latents), batch.known, machine.moved(batch.crops), batch.cuts)
        with machine.autocast():
            loss, error, seen = lesson(on, context, level.to(machine.device), noise.to(machine.device))
        stable = round(config.steps * config.decay_from)
        norm = run.update(loss, warmup_stable_decay(run.step, warmup=40, stable_until=stable, total=config.steps))
        recent.append({"loss": float(loss.detach()), "error": float(error.mean()), **_psnr(seen, on.crops)})
        if run.step % 20 == 0:
            told = {name: [r[name] for r in recent if name in r] for name in ("loss", "error", "psnr_guided")}
            run.log(norm=norm, **{name: float(np.mean(values)) for name, values in told.items() if values})
            recent.clear()
    return run


def _psnr(seen: Tensor, crops: Crops) -> dict[str, float]:
    """Of the crops with the whole guide, where the batch has any."""
    guided = crops.flags.amin(dim=1) > 0
    error = (seen.float().clamp(-1, 1) - crops.truth).square().mean(dim=(1, 2, 3, 4))[guided]
    return {"psnr_guided": float((10 * torch.log10(4.0 / error)).mean())} if bool(guided.any()) else {}


def _ahead(config: FinishConfig, clips: LatentClips, start: int, machine: Machine) -> Iterator[tuple[Dealt, Generator]]:
    """The batches of the steps from `start` on, each read while the one before is trained on."""

    def made(step: int) -> tuple[Dealt, Generator]:
        rng = np.random.default_rng(machine.seed_of(config.seed, step))
        return dealt(clips, config.clips, config.tokens, config.crops, rng), rng

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(made, start)
        for step in range(start, config.steps):
            ready = waiting.result()
            waiting = pool.submit(made, step + 1)
            yield ready
