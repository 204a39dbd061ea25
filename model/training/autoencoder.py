"""Training the autoencoder on crops of clips, with a guide and without, weighted by what the eye cares for."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
import torch.nn.functional as F
from annotated_types import Ge, Gt
from numpy.random import Generator
from safetensors import safe_open
from torch import Tensor, nn

from model.errors import PictureError
from model.training.machine import Machine, machine_for
from model.training.optim import optimizers_of
from model.training.run import Run, warmup_stable_decay
from model.training.sheets import autoencoder_sheet
from model.vae import CHUNK_FRAMES, PATCH_PX, Autoencoder, signed

__all__ = ["SIZES", "AutoencoderConfig", "Crops", "crops", "loss_of", "train_autoencoder"]

SIZES: dict[str, dict[str, Any]] = {
    "tiny": {
        "latent_channels": 8,
        "fine": 4,
        "middle": 8,
        "coarse": 16,
        "encoder_depths": (1, 1),
        "decoder_depths": (1, 1, 1),
        "drawn": 8,
    },
    "small": {},
    "large": {"fine": 96, "middle": 384, "coarse": 768, "encoder_depths": (6, 4), "decoder_depths": (4, 10, 5)},
}
"""What differs of an autoencoder from the shipped one, `small`."""

_CROP = (160, 256)
_STILL_SHARE, _UNGUIDED_SHARE, _LATENT_NOISE = 0.25, 0.45, 0.1
_SOFTENING = 0.25


@dataclass(frozen=True, kw_only=True)
class AutoencoderConfig:
    """How long and how fast. `sheet_every` of 0 draws no sample sheets."""

    folder: Path
    clips: Path
    steps: Annotated[int, Gt(0)]
    preset: str = "small"
    batch: Annotated[int, Gt(0)] = 12
    learning_rate: float = 2e-3
    decay_from: float = 0.5
    ema_decay: float = 0.997
    seed: Annotated[int, Ge(0)] = 1
    device: str = "cpu"
    save_every: Annotated[int, Gt(0)] = 200
    sheet_every: Annotated[int, Ge(0)] = 0
    held_out: Path | None = None  # clips for the sample sheets


@dataclass(frozen=True, eq=False)
class Crops:
    """Chunks (n, 4, 3, h, w) in -1 to 1, their guides, flags (n, 2) and weights (n, 4, 1, h / 8, w / 8)."""

    truth: Tensor
    guide: Tensor
    flags: Tensor
    weight: Tensor


def crops(files: list[Path], count: int, rng: Generator) -> Crops:
    """Draws `count` crops, each of another clip, some of them stills, some without a guide."""
    truth, guide, flags, weight = [], [], [], []
    for _ in range(count):
        with safe_open(files[rng.integers(len(files))], framework="pt") as file:
            clip, detail = file.get_slice("truth"), file.get_slice("detail")
            f, h, w, _ = clip.get_shape()
            y, x = 8 * rng.integers((h - _CROP[0]) // 8 + 1), 8 * rng.integers((w - _CROP[1]) // 8 + 1)
            if rng.random() < _STILL_SHARE:
                at = [int(rng.integers(f))] * CHUNK_FRAMES
            else:
                first = 1 + CHUNK_FRAMES * int(rng.integers((f - 1) // CHUNK_FRAMES))
                at = list(range(first, first + CHUNK_FRAMES))
            rows, columns = slice(y, y + _CROP[0]), slice(x, x + _CROP[1])
            kind = "stand_ins"
            flag = (1.0, 1.0)
            if rng.random() < _UNGUIDED_SHARE or not file.get_slice("stand_ins").get_shape()[0]:
                kind, flag = "none", (0.0, 0.0)
            elif file.get_slice("other").get_shape()[0] and rng.random() < 0.5:
                other = file.get_slice("other")
                kind = "other"
                flag = (0.0, 1.0) if _is_grey(other[0, :8, :, :]) else (1.0, 0.0)
            taken = slice(at[0], at[-1] + 1)
            part = clip[taken, rows, columns]
            shown = torch.zeros_like(part) if kind == "none" else file.get_slice(kind)[taken, rows, columns]
            cells = detail[taken, y // 8 : (y + _CROP[0]) // 8, x // 8 : (x + _CROP[1]) // 8]
            truth.append(part.expand(CHUNK_FRAMES, -1, -1, -1))
            guide.append(shown.expand(CHUNK_FRAMES, -1, -1, -1))
            weight.append(cells.expand(CHUNK_FRAMES, -1, -1))
            flags.append(flag)
    known = torch.tensor(flags, dtype=torch.float32)
    some = known.amax(dim=1)[:, None, None, None, None]
    return Crops(
        signed(torch.stack(truth)),
        signed(torch.stack(guide)) * some,
        known,
        torch.stack(weight)[:, :, None].float() / 10,
    )


def _is_grey(rows: Tensor) -> bool:
    return bool((rows == 128).float().mean() > 0.2)


def loss_of(drawn: Tensor, truth: Tensor, weight: Tensor) -> Tensor:
    """Error and error of edges, weighted by `weight` (n, 4, 1, h / 8, w / 8); (n,), one for each crop."""
    error = (drawn - truth).flatten(0, 1)
    w = F.interpolate(weight.flatten(0, 1), scale_factor=8.0, mode="nearest")
    w = w / w.mean()
    hue = error - error.mean(dim=1, keepdim=True)  # errors of colour alone once more: wardrobes are told by it
    plain = (w * (error.abs() + 1.5 * error.square() + 0.5 * hue.abs())).mean(dim=(1, 2, 3))
    edges = (w[..., 1:] * error.diff(dim=-1).abs()).mean(dim=(1, 2, 3))
    edges = edges + (w[..., 1:, :] * error.diff(dim=-2).abs()).mean(dim=(1, 2, 3))
    return (plain + 0.7 * edges).reshape(len(drawn), -1).mean(dim=1)


def levelled(losses: Tensor) -> Tensor:
    """The mean of (n,) losses, each weighed by its own inverse: hatched and grainy crops do not outshout plain ones.

    Its gradient is about that of the mean logarithm, as the mean of PSNR is.
    """
    share = 1.0 / (losses.detach() + _SOFTENING)
    return (losses * share).sum() / share.sum()


class Lesson(nn.Module):
    """A step's loss as a module, which several processes can share."""

    def __init__(self, model: Autoencoder) -> None:
        super().__init__()
        self.model = model

    def forward(self, batch: Crops, level: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        """Latent noise of `level` (n, 1, 1, 1) and what is drawn through it: the loss, and (n, 4, 3, h, w)."""
        z = self.model.encode_chunks(batch.truth)
        drawn = self.model.decode_chunks(z + level * noise, batch.guide, batch.flags)
        return levelled(loss_of(drawn.float(), batch.truth, batch.weight)), drawn.detach()


def train_autoencoder(config: AutoencoderConfig) -> Run:
    """Trains until `steps` or Ctrl-C, resuming what the folder holds.

    Raises:
        PictureError: no such preset or device; no clips; the loss is no number.
    """
    if config.preset not in SIZES:
        raise PictureError(f"there is no preset {config.preset!r}. Fix: one of {', '.join(SIZES)}.")
    if not any(config.clips.glob("*.safetensors")):
        raise PictureError(f"{config.clips} holds no clips. Fix: draw them first.")
    machine = machine_for(config.device)
    torch.manual_seed(config.seed)
    model = Autoencoder(**SIZES[config.preset])
    model = model.to(machine.device, memory_format=torch.channels_last)
    run = Run(
        config.folder,
        model,
        optimizers_of(model, config.learning_rate, 0.4 * config.learning_rate, ()),
        config.ema_decay,
        {"kind": "autoencoder", "preset": config.preset},
        machine,
    )
    run.resume()
    lesson = machine.shared(Lesson(model))
    dealt = run.through(
        _ahead(config, run.step, machine),
        config.steps,
        save_every=config.save_every,
        sheet=autoencoder_sheet(model, config.held_out, machine) if config.sheet_every else None,
        sheet_every=config.sheet_every,
    )
    channels = model.config.latent_channels
    for batch in dealt:
        draws = machine.draws(config.seed, run.step)
        n, _, _, h, w = batch.truth.shape
        level = _LATENT_NOISE * torch.rand((n, 1, 1, 1), generator=draws)
        noise = torch.randn((n, channels, h // PATCH_PX, w // PATCH_PX), generator=draws)
        with machine.autocast():
            loss, drawn = lesson(batch, level.to(machine.device), noise.to(machine.device))
        stable = round(config.steps * config.decay_from)
        norm = run.update(loss, warmup_stable_decay(run.step, warmup=100, stable_until=stable, total=config.steps))
        if run.step % 20 == 0:
            run.log(loss=float(loss.detach()), norm=norm, **_psnr(drawn, batch))
    return run


def _psnr(drawn: Tensor, batch: Crops) -> dict[str, float]:
    """Of the crops without a guide and of those with all of it, where the batch has any."""
    error = (drawn.float().clamp(-1, 1) - batch.truth).square().mean(dim=(1, 2, 3, 4))
    psnr = 10 * torch.log10(4.0 / error)
    of = {"psnr_unguided": batch.flags.amax(dim=1) == 0, "psnr_guided": batch.flags.amin(dim=1) > 0}
    return {name: float(psnr[which].mean()) for name, which in of.items() if which.any()}


def _ahead(config: AutoencoderConfig, start: int, machine: Machine) -> Iterator[Crops]:
    """The batches of the steps from `start` on, the next ones read while one is trained on."""
    with ThreadPoolExecutor(1) as pool:

        def job(step: int) -> Crops:
            files = sorted(config.clips.glob("*.safetensors"))
            rng = np.random.default_rng(machine.seed_of(config.seed, step))
            return machine.moved(crops(files, config.batch, rng))

        waiting = [pool.submit(job, step) for step in range(start, min(start + 2, config.steps))]
        for step in range(start, config.steps):
            yield waiting.pop(0).result()
            if step + 2 < config.steps:
                waiting.append(pool.submit(job, step + 2))
