"""Encoding a folder of clips with a frozen autoencoder, once for good: the latents that the transformer trains on.

Every file is written whole or not at all, and says which autoencoder made it; latents of two never share a folder,
nor do clips of the training and the held-out side. May be stopped and called again at any time, while the folder of
clips grows, and by several processes at once, each with its own part.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

from model.errors import PictureError
from model.training.clips import Clip, load
from model.training.folders import claim
from model.training.footage import Footage, is_footage, load_footage, outdated
from model.training.latents import encode_clip, encode_footage
from model.vae import Autoencoder

__all__ = ["Encoded", "encode_folder", "weights_digest"]


@dataclass(frozen=True)
class Encoded:
    """What a call did: files it wrote, files that were there before, and a sentence for each clip that failed."""

    written: int
    kept: int
    problems: tuple[str, ...]


def weights_digest(model: nn.Module) -> str:
    """SHA-256 over the names, types, shapes and numbers of a model's weights."""
    out = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        out.update(f"{name} {tensor.dtype} {tuple(tensor.shape)}\n".encode())
        out.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes())
    return out.hexdigest()


def encode_folder(
    autoencoder: Autoencoder, clips_folder: Path, latents_folder: Path, part: tuple[int, int] = (0, 1)
) -> Encoded:
    """Encodes every clip of a folder that is not encoded yet, or part `(k, n)` of them: each clip is in one of n parts.

    Raises:
        PictureError: the latents of the folder are of another autoencoder or of the other side; the autoencoder gives
            what is no number.
    """
    number, parts = part
    if not 0 <= number < parts:
        raise PictureError(f"part {number} of {parts} is none. Fix: give (k, n) with k from 0 to n - 1.")
    digest = weights_digest(autoencoder)
    claim(latents_folder, {"autoencoder": digest})
    written, kept, problems = 0, 0, []
    for path in sorted(clips_folder.glob("*.safetensors")):
        # By name and not by place in the list, which shifts while clips are added.
        if int.from_bytes(hashlib.sha256(path.stem.encode()).digest()[:4]) % parts != number:
            continue
        into = latents_folder / path.name
        if into.exists():
            kept += 1
            continue
        try:
            clip: Clip | Footage = load_footage(path) if is_footage(path) else load(path)
            claim(latents_folder, {"split": clip.split})
            tensors, facts = (
                encode_footage(autoencoder, clip) if isinstance(clip, Footage) else encode_clip(autoencoder, clip)
            )
        except FileNotFoundError:  # replaced by a newer one since the folder was listed
            continue
        except PictureError as error:
            problems.append(str(error))
            continue
        if not all(bool(torch.isfinite(x).all()) for x in tensors.values()):
            raise PictureError(
                f"{path} encodes to what is no number. Fix: train the autoencoder anew or from a state before."
            )
        half = into.with_suffix(f".{os.getpid()}.part")
        save_file({k: v.contiguous() for k, v in tensors.items()}, half, {**facts, "autoencoder": digest})
        half.replace(into)
        if is_footage(into):
            for old in outdated(into):
                old.unlink()
        written += 1
    return Encoded(written, kept, tuple(problems))
