"""Clips as the transformer learns from them: latents of truth and guides, sheets, and what is known in numbers.

Encoding is done once for a clip, with a frozen autoencoder; `LatentClips` holds all of a folder in memory and deals
batches of clips of one shape (size, length, number in the cast), so that nothing is padded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.random import Generator
from safetensors import safe_open
from torch import Tensor

from model.conditions import BOX, CAST, PALETTE, cast_of, entities_of, facts_of
from model.dit import KEEP_CELLS
from model.errors import PictureError
from model.known import kept_pictures
from model.request import GuideKind
from model.text import buckets_of
from model.theatre.guide import GREY
from model.training.clips import Clip, plan
from model.vae import CHUNK_FRAMES, PATCH_PX, Autoencoder, latent_frames

__all__ = ["LatentBatch", "LatentClips", "encode_clip", "hole_for", "latent_times_s"]

_HOLES_EVERY = 4


def latent_times_s(start_s: float, fps: int, frame_count: int) -> list[float]:
    """The time of the last frame of every latent frame."""
    return [start_s + CHUNK_FRAMES * k / fps for k in range(latent_frames(frame_count))]


def hole_for(height: int, width: int, rng: Generator) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """What is to be kept of a picture, in cells of 4 pixels (h / 4, w / 4): all but a box or an ellipse, or only that."""
    h, w = height // 4, width // 4
    rows, columns = np.mgrid[0:h, 0:w]
    cy, cx = rng.uniform(0.2, 0.8) * h, rng.uniform(0.1, 0.9) * w
    ry, rx = rng.uniform(0.12, 0.55) * h, rng.uniform(0.08, 0.45) * w
    y, x = np.abs(rows - cy) / ry, np.abs(columns - cx) / rx
    inside = (y < 1) & (x < 1) if rng.random() < 0.6 else y * y + x * x < 1
    return np.asarray(inside if rng.random() < 0.3 else ~inside)


@torch.no_grad()
def encode_clip(autoencoder: Autoencoder, clip: Clip) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Everything of a clip that training reads, as tensors and strings.

    Raises:
        PictureError: the clip was drawn from another plan than its number has today.
    """
    p = plan(clip.split, clip.index)  # type: ignore[arg-type]
    if clip.truth.shape[:3] != (p.frame_count, p.height_px, p.width_px) or len(clip.sheets) != len(cast_of(p.stage)):
        raise PictureError(
            f"clip {clip.index} of {clip.split} is not what its number stands for now: the sampler has changed. "
            "Fix: delete the folder's clips and draw them again."
        )
    rng = np.random.default_rng([clip.index, 7])
    device = next(autoencoder.parameters()).device

    def encoded(frames: Tensor) -> Tensor:
        with torch.autocast(device.type, torch.bfloat16):
            return autoencoder.encode(frames.to(device)).latent[0].to("cpu", torch.bfloat16)

    truth = _signed(clip.truth)
    t = latent_frames(p.frame_count)
    out = {"truth": encoded(truth), "guide": encoded(_signed(clip.stand_ins))}
    if len(clip.other):
        out["other"] = encoded(_signed(clip.other))
    if clip.index % _HOLES_EVERY == 1:
        keep = torch.from_numpy(hole_for(p.height_px, p.width_px, rng))[None, None].expand(1, p.frame_count, -1, -1)
        picture, cells = kept_pictures(truth, keep)
        out["known"], out["keep"] = encoded(picture), cells[0].to(torch.uint8)
    e, k = clip.sheets.shape[:2]
    if e:
        views = _signed(clip.sheets.reshape(e * k, 1, *clip.sheets.shape[2:]), batched=True)
        with torch.autocast(device.type, torch.bfloat16):
            z = autoencoder.encode(views.to(device)).latent[:, :, 0]
        out["sheets"] = z.unflatten(0, (e, k)).to("cpu", torch.bfloat16)
    times = latent_times_s(p.start_s, p.fps, p.frame_count)
    left = p.stage
    out["facts"] = torch.from_numpy(facts_of(left, times, p.width_px, p.height_px))
    cast = entities_of(left, times, p.width_px, p.height_px)
    out["palettes"] = torch.from_numpy(np.stack([one.palette for one in cast])) if cast else torch.zeros(0, PALETTE)
    out["boxes"] = torch.from_numpy(np.stack([one.boxes for one in cast])) if cast else torch.zeros(0, t, BOX)
    out["times_s"] = torch.tensor([s - times[0] for s in times])
    detail = torch.from_numpy(clip.detail).float() / 10  # (f, h / 8, w / 8)
    coarse = torch.nn.functional.avg_pool2d(detail[:, None], PATCH_PX // 8)[:, 0]
    out["weight"] = torch.stack([coarse[min(4 * n, len(coarse) - 1)] for n in range(t)])
    words = p.sample.captions
    texts = {
        f"{size}.{tongue}": getattr(getattr(words, size), tongue)
        for size in ("short", "medium", "long")
        for tongue in ("en", "zh")
    }
    grey = bool(len(clip.other)) and bool((clip.other[0, :8] == GREY).mean() > 0.2)
    kind: GuideKind = "people" if grey else "place"
    return out, {"texts": json.dumps(texts), "other": kind, "style": p.stage.style, "index": str(clip.index)}


def _signed(frames: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], *, batched: bool = False) -> Tensor:
    """(f, h, w, 3) → (1, 3, f, h, w), or with a batch (b, f, h, w, 3) → (b, 3, f, h, w); -1 to 1."""
    x = torch.from_numpy(frames if batched else frames[None])
    return x.permute(0, 4, 1, 2, 3).float().div_(127.5).sub_(1.0)


@dataclass(frozen=True, eq=False)
class LatentBatch:
    """A batch of one shape: latents (b, c, t, h, w); `other`, `known` and `keep` where all of the batch have them."""

    truth: Tensor
    guide: Tensor
    guide_flags: Tensor  # (b, 2)
    known: Tensor
    keep: Tensor  # (b, 64, t, h, w); all 0 where nothing is kept
    sheets: Tensor  # (b, e, k, c, h, w)
    facts: Tensor
    palettes: Tensor
    boxes: Tensor
    times_s: Tensor
    weight: Tensor  # (b, t, h, w)
    text: Tensor


class LatentClips:
    """All encoded clips of a folder, in memory, sorted into groups of one shape."""

    def __init__(self, folder: Path, *, limit: int | None = None) -> None:
        self.clips: list[dict[str, Tensor]] = []
        self.texts: list[dict[str, str]] = []
        self.kinds: list[str] = []
        self.styles: list[str] = []
        groups: dict[tuple[int, ...], list[int]] = {}
        for path in sorted(folder.glob("*.safetensors"))[:limit]:
            with safe_open(path, framework="pt") as file:
                clip = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
                facts = file.metadata()
            number = len(self.clips)
            self.clips.append(clip)
            self.texts.append(json.loads(facts["texts"]))
            self.kinds.append(facts["other"])
            self.styles.append(facts["style"])
            groups.setdefault((*clip["truth"].shape[1:], min(len(clip["palettes"]), CAST)), []).append(number)
        self.groups = list(groups.values())
        self.shares = np.array([len(group) for group in self.groups], dtype=np.float64)
        self.shares /= self.shares.sum()

    def batch(self, tokens: int, rng: Generator) -> LatentBatch:
        """A batch of clips of one shape, with about `tokens` tokens of video in all."""
        group = self.groups[int(rng.choice(len(self.groups), p=self.shares))]
        each = int(np.prod(self.clips[group[0]]["truth"].shape[1:]))
        picked = [int(i) for i in rng.choice(group, max(1, tokens // each))]
        return self.of(picked, rng)

    def of(self, picked: list[int], rng: Generator) -> LatentBatch:
        """The clips of these numbers, with texts and guides drawn at random."""
        clips = [self.clips[i] for i in picked]
        guides, flags = zip(*(self._guide(i, rng) for i in picked), strict=True)
        blank = torch.zeros_like(clips[0]["truth"])
        no_keep = torch.zeros((KEEP_CELLS**2, *blank.shape[1:]), dtype=torch.uint8)
        holed = [rng.random() < 0.8 and "known" in clip for clip in clips]
        e = len(clips[0]["palettes"])
        empty = torch.zeros((0, 3, len(blank), 4, 3), dtype=blank.dtype)
        return LatentBatch(
            truth=torch.stack([clip["truth"] for clip in clips]).float(),
            guide=torch.stack(list(guides)).float(),
            guide_flags=torch.tensor(flags),
            known=torch.stack([c["known"] if hole else blank for c, hole in zip(clips, holed, strict=True)]).float(),
            keep=torch.stack([c["keep"] if hole else no_keep for c, hole in zip(clips, holed, strict=True)]).float(),
            sheets=torch.stack([clip["sheets"] if e else empty for clip in clips]).float(),
            facts=torch.stack([clip["facts"] for clip in clips]),
            palettes=torch.stack([clip["palettes"] for clip in clips]),
            boxes=torch.stack([clip["boxes"] for clip in clips]),
            times_s=torch.stack([clip["times_s"] for clip in clips]),
            weight=torch.stack([clip["weight"] for clip in clips]),
            text=torch.stack([buckets_of(self.texts[i][_caption(rng)]) for i in picked]),
        )

    def _guide(self, number: int, rng: Generator) -> tuple[Tensor, tuple[float, float]]:
        clip = self.clips[number]
        if "other" in clip and rng.random() < 0.5:
            return clip["other"], (1.0, 0.0) if self.kinds[number] == "place" else (0.0, 1.0)
        if rng.random() < 0.1:
            return torch.zeros_like(clip["guide"]), (0.0, 0.0)
        return clip["guide"], (1.0, 1.0)


def _caption(rng: Generator) -> str:
    return f"{('short', 'medium', 'long')[rng.integers(3)]}.{('en', 'en', 'zh')[rng.integers(3)]}"
