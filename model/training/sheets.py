"""Sample sheets: what a run makes of held-out clips, beside the truth and the guide, as one PNG.

A row is a clip's last frame: truth | guide | generated, or, of an autoencoder: truth | guide | decoded without the
guide | decoded with it. Rows and noise are the same on every sheet, so that sheets of one run compare.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from model.dit import VideoDiT
from model.errors import PictureError
from model.flow import levels, seed_noise
from model.guidance import Frames, denoiser, velocity_by
from model.solve import euler
from model.training.latents import LatentClips
from model.training.machine import Machine
from model.training.states import autoencoder_in
from model.vae import CHUNK_FRAMES, Autoencoder, pixels, signed

__all__ = ["Sheet", "autoencoder_sheet", "transformer_sheet"]

Sheet = Callable[[Path], None]
"""Writes a sheet to a path."""

_ROWS, _STEPS = 4, 12
_WIDTH_PX = 384


def transformer_sheet(model: VideoDiT, held_out: Path | None, autoencoder: Path | None, machine: Machine) -> Sheet:
    """Sheets of a transformer: held-out latents generated from noise in twelve steps, decoded without a guide.

    Raises:
        PictureError: no held-out latents or no autoencoder to see them by.
    """
    from model.training.transformer import context_of

    if held_out is None or autoencoder is None:
        raise PictureError("sample sheets need held_out and autoencoder. Fix: name both, or leave out sheet_every.")
    clips = LatentClips(held_out, limit=64)
    decoder = autoencoder_in(autoencoder).to(machine.device)
    picked = [group[0] for group in sorted(clips.groups, key=len, reverse=True)[:_ROWS]]

    @torch.no_grad()
    def sheet(path: Path) -> None:
        rows = []
        for number in picked:
            rng = np.random.default_rng(number)
            batch = clips.of([number], rng)
            context, b = machine.moved(context_of(batch, None)), machine.moved(batch)
            frames = Frames(
                known=b.known,
                keep=b.keep,
                guide=b.guide,
                guide_flags=b.guide_flags,
                times_s=b.times_s,
                boxes=b.boxes,
            )
            noise = seed_noise(tuple(batch.truth.shape), number).to(machine.device)
            with machine.autocast():
                made = euler(velocity_by(denoiser(model, context, frames)), noise, levels(_STEPS))
                rows.append([_seen(decoder.decode_chunks(z[:, :, -1])) for z in (b.truth, b.guide, made)])
        _write(rows, path)

    return sheet


def autoencoder_sheet(model: Autoencoder, held_out: Path | None, machine: Machine) -> Sheet:
    """Sheets of an autoencoder, from held-out clips.

    Raises:
        PictureError: there are none.
    """
    from safetensors import safe_open

    files = [] if held_out is None else sorted(held_out.glob("*.safetensors"))[:_ROWS]
    if not files:
        raise PictureError("sample sheets need held_out, a folder of clips. Fix: name one, or leave out sheet_every.")

    def chunk(path: Path, name: str) -> Tensor:
        with safe_open(path, framework="pt") as file:
            frames = file.get_slice(name)[-1:]
        return signed(frames).expand(CHUNK_FRAMES, -1, -1, -1)[None].to(machine.device)

    @torch.no_grad()
    def sheet(path: Path) -> None:
        rows = []
        for file in files:
            truth, guide = chunk(file, "truth"), chunk(file, "stand_ins")
            with machine.autocast():
                z = model.encode_chunks(truth)
                pictures = [truth, guide, model.decode_chunks(z)]
                pictures.append(model.decode_chunks(z, guide, torch.ones((1, 2), device=machine.device)))
            rows.append([_seen(x) for x in pictures])
        _write(rows, path)

    return sheet


def _seen(chunk: Tensor) -> NDArray[np.uint8]:
    """The last frame of (1, 4, 3, h, w) in -1 to 1 → (h, w, 3)."""
    return pixels(chunk[0, -1]).cpu().numpy()


def _write(rows: Sequence[Sequence[NDArray[np.uint8]]], path: Path) -> None:
    """Pictures of one width, whole or not at all."""
    lines = []
    for row in rows:
        height = round(row[0].shape[0] * _WIDTH_PX / row[0].shape[1])
        lines.append(np.hstack([np.asarray(Image.fromarray(p).resize((_WIDTH_PX, height))) for p in row]))
    half = path.with_suffix(".part")
    Image.fromarray(np.vstack(lines)).save(half, format="PNG")
    half.replace(path)
