"""Fine-tuning on a studio's own footage: small matrices beside the frozen ones of a trained transformer.

Low-rank adapters (Hu et al. 2021, "LoRA") by peft, on the attention and feed-forward of every block. The base is only
read; what is trained is one small safetensors file, which `VideoDiT.load_lora_adapter` takes up again.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import peft
import torch
from annotated_types import Ge, Gt
from safetensors.torch import save_file
from torch import nn
from torch.optim import AdamW

from model.dit import VideoDiT
from model.errors import PictureError
from model.training.latents import LatentClips
from model.training.machine import machine_for
from model.training.run import Run
from model.training.states import transformer_in
from model.training.transformer import TransformerConfig, compile_blocks, learn

__all__ = ["ADAPTER", "LoraConfig", "load_adapter", "train_lora"]

ADAPTER = "adapter.safetensors"
_INSIDE = r"blocks\.\d+\.(attention\.(to_qkv|to_out)|feed_forward\.(enter|leave))"


@dataclass(frozen=True, kw_only=True)
class LoraConfig:
    """What to adapt to what, how long and how fast. `tokens` of video make a batch."""

    folder: Path
    base: Path  # a transformer's run, or a folder of weights as they are shipped
    latents: Path
    steps: Annotated[int, Gt(0)]
    rank: Annotated[int, Gt(0)] = 8
    learning_rate: Annotated[float, Gt(0)] = 1e-3
    tokens: Annotated[int, Gt(0)] = 1728
    decay_from: float = 0.5
    ema_decay: float = 0.99
    seed: Annotated[int, Ge(0)] = 1
    compiled: bool = True
    device: str = "cpu"
    save_every: Annotated[int, Gt(0)] = 100
    sheet_every: Annotated[int, Ge(0)] = 0
    held_out: Path | None = None  # latents for the sample sheets
    autoencoder: Path | None = None  # a run or a folder of weights: what the sheets are decoded by


def train_lora(config: LoraConfig) -> Run:
    """Trains adapters until `steps` or Ctrl-C, resuming what the folder holds; then writes their average as `ADAPTER`.

    Raises:
        PictureError: the base cannot be read, or is of another autoencoder's latents; the loss is no number.
    """
    machine = machine_for(config.device)
    clips = LatentClips(config.latents)
    model = transformer_in(config.base).float().train()
    channels = clips.clips[0]["truth"].shape[0]
    if channels != model.config.latent_channels:
        raise PictureError(
            f"{config.latents}: latents of {channels} channels; {config.base} reads {model.config.latent_channels}. "
            "Fix: encode the footage with the base's autoencoder."
        )
    torch.manual_seed(config.seed)
    model.requires_grad_(False)
    model.add_adapter(peft.LoraConfig(r=config.rank, lora_alpha=config.rank, target_modules=_INSIDE))
    model.to(machine.device)
    run = Run(config.folder, model, [_adamw(model, config.learning_rate)], config.ema_decay, {"kind": "lora"}, machine)
    run.resume()
    if config.compiled:
        compile_blocks(model)
    learn(
        run,
        model,
        clips,
        TransformerConfig(
            folder=config.folder,
            latents=config.latents,
            steps=config.steps,
            tokens=config.tokens,
            decay_from=config.decay_from,
            seed=config.seed,
            save_every=config.save_every,
            sheet_every=config.sheet_every,
            held_out=config.held_out,
            autoencoder=config.autoencoder,
        ),
    )
    if not machine.number:
        _write(run, model, config.rank)
    return run


def load_adapter(model: VideoDiT, folder: Path) -> None:
    """Takes up the adapters that a run left in `folder`.

    Raises:
        PictureError: there are none, or they are of another transformer.
    """
    try:
        model.load_lora_adapter(folder, weight_name=ADAPTER, prefix=None, use_safetensors=True)
    except (OSError, ValueError, RuntimeError) as error:
        raise PictureError(
            f"{folder / ADAPTER} is missing or of another transformer. Fix: train it on this base."
        ) from error


def _adamw(model: nn.Module, lr: float) -> AdamW:
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = AdamW(trained, lr=lr, betas=(0.9, 0.98), weight_decay=0.0)
    for group in optimizer.param_groups:
        group["full_lr"] = lr
    return optimizer


def _write(run: Run, model: VideoDiT, rank: int) -> None:
    """Whole or not at all; a rank is told by the shapes, and its scale is 1."""
    with run.ema.in_place_of(model):
        tensors = {k: v.detach().cpu().contiguous() for k, v in peft.get_peft_model_state_dict(model).items()}
    half = (run.folder / ADAPTER).with_suffix(".part")
    save_file(tensors, half, {"rank": str(rank), "format": "pt"})
    half.replace(run.folder / ADAPTER)
