"""Clips as the transformer learns from them: latents of truth and guides, sheets, and what is known in numbers.

Encoding is done once for a clip, with a frozen autoencoder; `LatentClips` holds all of a folder in memory and deals
batches of clips of one shape (size, length, number in the cast), so that nothing is padded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.random import Generator
from safetensors import SafetensorError, safe_open
from torch import Tensor

from model.conditions import BOX, CAST, FACTS, PALETTE, cast_of, entities_of, facts_of
from model.dit import KEEP_CELLS
from model.errors import PictureError
from model.known import kept_pictures
from model.request import GuideKind
from model.text import buckets_of
from model.training.clips import Clip, plan
from model.training.footage import Footage
from model.vae import CHUNK_FRAMES, PATCH_PX, Autoencoder, latent_frames, signed

__all__ = ["LatentBatch", "LatentClips", "encode_clip", "encode_footage", "hole_for", "latent_times_s"]

_HOLES_EVERY = 4
_NO_GUIDE = 0.4
_SIZES, _TONGUES = ("short", "medium", "long"), ("en", "en", "zh")  # of captions, as often as they are dealt


def latent_times_s(start_s: float, fps: int, frame_count: int) -> list[float]:
    """The time of the last frame of every latent frame."""
    return [start_s + CHUNK_FRAMES * k / fps for k in range(latent_frames(frame_count))]


def hole_for(height: int, width: int, rng: Generator) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """What is to be kept of a picture, in cells of 4 pixels (h / 4, w / 4): all but a box or ellipse, or only that."""
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
    truth = _clip(clip.truth)
    t = latent_frames(p.frame_count)
    out = {"truth": _latents(autoencoder, truth)[0], "guide": _latents(autoencoder, _clip(clip.stand_ins))[0]}
    if len(clip.other):
        out["other"] = _latents(autoencoder, _clip(clip.other))[0]
    if clip.index % _HOLES_EVERY == 1:
        out["known"], out["keep"] = _holed(autoencoder, truth, clip.index)
    e, k = clip.sheets.shape[:2]
    if e:
        views = signed(torch.from_numpy(clip.sheets)).flatten(0, 1)[:, :, None]
        out["sheets"] = _latents(autoencoder, views)[:, :, 0].unflatten(0, (e, k))
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
    texts = {f"{size}.{tongue}": getattr(getattr(words, size), tongue) for size in _SIZES for tongue in _TONGUES}
    kind: GuideKind = "people" if p.other == "people" else "place"
    return out, {"texts": json.dumps(texts), "other": kind, "style": p.stage.style, "index": str(clip.index)}


@torch.no_grad()
def encode_footage(autoencoder: Autoencoder, footage: Footage) -> tuple[dict[str, Tensor], dict[str, str]]:
    """Everything that is known of real footage, as tensors and strings: no guide, no cast, no facts."""
    truth = _clip(footage.frames)
    f, h, w = footage.frames.shape[:3]
    t = latent_frames(f)
    out = {"truth": _latents(autoencoder, truth)[0]}
    if footage.window % _HOLES_EVERY == 1:
        out["known"], out["keep"] = _holed(autoencoder, truth, footage.window)
    out["facts"], out["has_facts"] = torch.zeros(FACTS), torch.tensor(False)
    out["palettes"], out["boxes"] = torch.zeros(0, PALETTE), torch.zeros(0, t, BOX)
    out["times_s"] = torch.tensor(latent_times_s(0.0, footage.fps, f))
    out["weight"] = torch.ones(t, h // PATCH_PX, w // PATCH_PX)
    texts = {f"{size}.{tongue}": footage.caption for size in _SIZES for tongue in _TONGUES}
    kind: GuideKind = "none"
    return out, {"texts": json.dumps(texts), "other": kind, "style": "footage", "index": str(footage.window)}


def _latents(autoencoder: Autoencoder, frames: Tensor) -> Tensor:
    """(b, 3, f, h, w) → (b, c, t, h / 32, w / 32) in bfloat16, in main memory."""
    device = next(autoencoder.parameters()).device
    with torch.autocast(device.type, torch.bfloat16):
        z = cast(Tensor, autoencoder.encode(frames.to(device), return_dict=False)[0])
    return z.to("cpu", torch.bfloat16)


def _holed(autoencoder: Autoencoder, truth: Tensor, number: int) -> tuple[Tensor, Tensor]:
    """The latents of a clip with a hole that its number gives, and what is kept of it in cells."""
    f, h, w = truth.shape[2:]
    hole = hole_for(h, w, np.random.default_rng([number, 7]))
    picture, cells = kept_pictures(truth, torch.from_numpy(hole)[None, None].expand(1, f, -1, -1))
    return _latents(autoencoder, picture)[0], cells[0].to(torch.uint8)


def _clip(frames: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Tensor:
    """(f, h, w, 3) → (1, 3, f, h, w) in -1 to 1."""
    return signed(torch.from_numpy(frames)).transpose(0, 1)[None]


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
    has_facts: Tensor  # (b,) of bool
    palettes: Tensor
    boxes: Tensor
    times_s: Tensor
    weight: Tensor  # (b, t, h, w)
    text: Tensor

    def frame(self, number: int) -> LatentBatch:
        """One latent frame of every clip."""
        one = slice(number, number + 1)
        return replace(
            self,
            truth=self.truth[:, :, one],
            guide=self.guide[:, :, one],
            known=self.known[:, :, one],
            keep=self.keep[:, :, one],
            boxes=self.boxes[:, :, one],
            times_s=self.times_s[:, one],
            weight=self.weight[:, one],
        )


class LatentClips:
    """All encoded clips of a folder, in memory, sorted into groups of one shape; `autoencoder` made their latents.

    `names` are their files', which those of the clips they were encoded from bear too.

    Raises:
        PictureError: there are none, a file is cut off, or they are of more than one autoencoder.
    """

    def __init__(self, folder: Path, *, limit: int | None = None) -> None:
        self.clips: list[dict[str, Tensor]] = []
        self.texts: list[dict[str, str]] = []
        self.names: list[str] = []
        self.kinds: list[str] = []
        self.styles: list[str] = []
        self.autoencoder = ""
        groups: dict[tuple[int, ...], list[int]] = {}
        for path in sorted(folder.glob("*.safetensors"))[:limit]:
            try:
                with safe_open(path, framework="pt") as file:
                    clip = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
                    facts = file.metadata()
                made_by = facts["autoencoder"]
            except (SafetensorError, TypeError, KeyError) as error:
                raise PictureError(f"{path} holds no latents ({error}). Fix: delete it and encode anew.") from error
            number = len(self.clips)
            if number and made_by != self.autoencoder:
                raise PictureError(f"{path} is of another autoencoder than the rest. Fix: delete it and encode anew.")
            self.autoencoder = made_by
            self.clips.append(clip)
            self.names.append(path.name)
            self.texts.append(json.loads(facts["texts"]))
            self.kinds.append(facts["other"])
            self.styles.append(facts["style"])
            groups.setdefault((*clip["truth"].shape[1:], min(len(clip["palettes"]), CAST)), []).append(number)
        if not self.clips:
            raise PictureError(f"{folder} holds no encoded clips. Fix: draw some and encode them first.")
        self.groups = list(groups.values())
        self.shares = np.array([len(group) for group in self.groups], dtype=np.float64)
        self.shares /= self.shares.sum()

    def batch(self, tokens: int, rng: Generator, *, still_share: float = 0.0) -> LatentBatch:
        """A batch of clips of one shape, with about `tokens` tokens of video in all.

        A share of batches has one latent frame of each clip, and as many more clips.
        """
        group = self.group(rng)
        t, h, w = self.clips[group[0]]["truth"].shape[1:]
        still = bool(rng.random() < still_share)
        picked = [int(i) for i in rng.choice(group, max(1, tokens // (h * w if still else t * h * w)))]
        batch = self.of(picked, rng)
        return batch.frame(int(rng.integers(t))) if still else batch

    def group(self, rng: Generator) -> list[int]:
        """The numbers of all clips of one shape; a shape is drawn as often as it has clips."""
        return self.groups[int(rng.choice(len(self.groups), p=self.shares))]

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
            has_facts=torch.stack([clip.get("has_facts", torch.tensor(True)) for clip in clips]),
            palettes=torch.stack([clip["palettes"] for clip in clips]),
            boxes=torch.stack([clip["boxes"] for clip in clips]),
            times_s=torch.stack([clip["times_s"] for clip in clips]),
            weight=torch.stack([clip["weight"] for clip in clips]),
            text=torch.stack([buckets_of(self.texts[i][_caption(rng)]) for i in picked]),
        )

    def _guide(self, number: int, rng: Generator) -> tuple[Tensor, tuple[float, float]]:
        clip = self.clips[number]
        if "guide" not in clip:
            return torch.zeros_like(clip["truth"]), (0.0, 0.0)
        if "other" in clip and rng.random() < 0.5:
            return clip["other"], (1.0, 0.0) if self.kinds[number] == "place" else (0.0, 1.0)
        if rng.random() < _NO_GUIDE:
            return torch.zeros_like(clip["guide"]), (0.0, 0.0)
        return clip["guide"], (1.0, 1.0)


def _caption(rng: Generator) -> str:
    return f"{_SIZES[rng.integers(3)]}.{_TONGUES[rng.integers(3)]}"
