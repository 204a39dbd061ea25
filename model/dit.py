"""The video diffusion transformer: one stream of tokens, each with its own noise level and place in time and space.

What is known is a clean token. Text, the cast, their sheets and known frames are read once, as *segments* whose keys
and values are kept in a `Memory`; the noisy frames are a segment that looks at the memory and at itself. A clean token
never looks at a noisy one, so training, sampling with kept keys and values, and sampling without are one computation.

The blocks are `model.blocks`; the model predicts the clean latents.

Axes: b clips, n tokens, d width, t h w latent frames, rows and columns, c latent channels, e entities, k views.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple, cast

import torch
import torch.nn.functional as F
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.loaders import PeftAdapterMixin
from diffusers.models.modeling_utils import ModelMixin
from einops import rearrange
from torch import Tensor, nn

from model.blocks import Block, Kept, Memory, Reading, normed, rotary
from model.conditions import BOX, CAST, FACTS, PALETTE
from model.standing import STANDING, standing
from model.step_cache import StepCache
from model.text import TextEncoder

__all__ = ["KEEP_CELLS", "PRESETS", "Context", "Memory", "Shape", "VideoDiT", "video_channels"]

KEEP_CELLS = 8
"""A keep mask has this many cells along each side of a token."""
VIEWS = 3
_PATTERN = "b c t h w -> b (t h w) c"
_ENTITY_TIME_S, _SHEET_TIME_S, _TEXT_TIME_S = -2.0, -4.0, -9.0  # where, before the clip, these tokens stand
_LEVEL_WAVES = 64
_BODY = (0.08, 0.3, 0.52, 0.75, 0.95)  # head, chest, hips, knees, feet: how far down a box the cast's tokens stand
_FACE = 0.2  # how much of a box the face's view stands on


class Shape(NamedTuple):
    """The size of a transformer."""

    dim: int
    depth: int
    heads: int
    hidden: int


PRESETS: dict[str, Shape] = {
    "tiny": Shape(dim=192, depth=5, heads=3, hidden=512),
    "small": Shape(dim=256, depth=6, heads=4, hidden=688),
    "medium": Shape(dim=512, depth=12, heads=8, hidden=1376),
    "1.3B": Shape(dim=1792, depth=32, heads=28, hidden=4800),
    "5B": Shape(dim=3072, depth=44, heads=48, hidden=8192),
}


@dataclass(frozen=True, eq=False)
class Context:
    """What is known of a clip besides its frames. Each `has_` is (b,) or (b, e) of bool; what it denies is not read."""

    text: Tensor  # (b, TEXT_TOKENS, parts), int64: model.text.buckets_of
    has_text: Tensor
    facts: Tensor  # (b, FACTS): model.conditions.facts_of
    has_facts: Tensor
    palettes: Tensor  # (b, e, PALETTE)
    has_palettes: Tensor
    boxes: Tensor  # (b, e, t, BOX), of the latent frames at hand
    has_boxes: Tensor
    sheets: Tensor  # (b, e, k, c, h, w): latents of up to three views
    has_sheets: Tensor  # (b, e, k)
    size: Tensor  # (b, 2), int64: rows and columns of a latent frame

    def to(
        self, device: torch.device | str | None = None, dtype: torch.dtype | None = None, non_blocking: bool = False
    ) -> Context:
        """The same on another device; numbers, not words and flags, in another type."""

        def moved(x: Tensor) -> Tensor:
            return x.to(device, dtype if x.is_floating_point() else None, non_blocking=non_blocking)

        return Context(**{name: moved(value) for name, value in vars(self).items()})


def video_channels(noisy: Tensor, known: Tensor, keep: Tensor, guide: Tensor, flags: Tensor) -> Tensor:
    """A segment of video as the model reads it: (b, 3 c + 64 + 2, t, h, w).

    `noisy` (b, c, t, h, w) at its noise level; `known` the latents of a picture of which `keep`
    (b, 64, t, h, w), 8 × 8 cells of a token, is to stay; `guide` latents with `flags` (b, 2) as of the autoencoder.
    """
    b, _, t, h, w = noisy.shape
    some = flags.amax(dim=1)[:, None, None, None, None].to(guide)
    spread = flags[:, :, None, None, None].expand(b, flags.shape[1], t, h, w)
    return torch.cat([noisy, known, keep.to(noisy), (guide * some).to(noisy), spread.to(noisy)], dim=1)


class VideoDiT(ModelMixin, ConfigMixin, StepCache, PeftAdapterMixin):  # type: ignore[misc]
    """Predicts the clean latents of noisy video tokens, given all that is known."""

    _supports_gradient_checkpointing = True
    _repeated_blocks: ClassVar = ["Block"]
    _no_split_modules: ClassVar = ["Block"]
    _skip_layerwise_casting_patterns: ClassVar = [
        "level", "facts", "gist", "modulation", "text", "absent", "norm_q", "norm_k", "^leave$", "^skip$",
    ]  # fmt: skip

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(self, dim: int, depth: int, heads: int, hidden: int, latent_channels: int) -> None:
        super().__init__()
        channels = 3 * latent_channels + KEEP_CELLS**2 + 2 + STANDING
        self.video = nn.Linear(channels, dim)
        self.text = TextEncoder(dim)
        self.palette = nn.Linear(PALETTE, len(_BODY) * dim)
        self.box = nn.Linear(3 * BOX, dim)
        self.sheet = nn.Linear(latent_channels, dim)
        self.person = nn.Embedding(CAST, dim)
        self.view = nn.Embedding(VIEWS, dim)
        self.absent = nn.Embedding(4, dim)  # what stands for a missing text, palette, box, sheet
        self.level = nn.Sequential(nn.Linear(_LEVEL_WAVES, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.facts = nn.Sequential(nn.Linear(FACTS, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.no_facts = nn.Parameter(torch.zeros(dim))
        self.gist = nn.Linear(dim, dim)  # of the words, beside the facts: what they say of the whole picture
        self.modulation = nn.Linear(dim, 6 * dim)
        self.blocks = nn.ModuleList(Block(dim, heads, hidden) for _ in range(depth))
        self.leave_modulation = nn.Linear(dim, 2 * dim)
        self.leave = nn.Linear(dim, latent_channels)
        self.skip = nn.Linear(channels, latent_channels)
        self.gradient_checkpointing = False
        self._start()

    def _start(self) -> None:
        for table in (self.person, self.view, self.absent):
            nn.init.normal_(table.weight, std=0.3)
        for layer in (self.gist, self.modulation, self.leave_modulation, self.leave, self.skip):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)
        with torch.no_grad():
            self.modulation.bias.view(6, -1)[[2, 5]] = 0.3  # gates
            c = self.leave.out_features
            guide = 2 * c + KEEP_CELLS**2
            self.skip.weight[:, guide : guide + c] = torch.eye(c)  # at first, the guide itself

    def forward(
        self,
        hidden_states: Tensor | None,
        noise_level: Tensor | None,
        times_s: Tensor | None,
        boxes: Tensor | None = None,
        *,
        context: Context | None = None,
        memory: Memory | None = None,
        remember: bool = False,
    ) -> tuple[Tensor | None, Memory]:
        """`hidden_states` (b, channels, t, h, w) from `video_channels` → clean latents (b, c, t, h, w).

        `noise_level` (b, t) from 0 clean to 1 noise, `times_s` (b, t), `boxes` (b, e, t, BOX) of the cast in these
        frames, None where nobody is. `context` is read first, into the memory; with
        `remember` so are the frames, which should then be clean. No frames: the context alone is read.
        """
        memory = Memory() if memory is None else replace(memory, segments=list(memory.segments))
        if context is not None:
            self._read(context, memory)
        if hidden_states is None or noise_level is None or times_s is None:
            return None, memory
        _, _, t, h, w = hidden_states.shape
        c = self.config.latent_channels
        clear = (
            (1 - noise_level).clamp(min=0).sqrt()[:, None, :, None, None].to(hidden_states)
        )  # noise alone says nothing
        if boxes is None or memory.palettes is None or memory.has_boxes is None:
            here = hidden_states.new_zeros(len(hidden_states), STANDING, t, h, w)
        else:
            here = standing(memory.palettes, boxes, memory.has_boxes, h, w).to(hidden_states)
        channels = rearrange(torch.cat([hidden_states[:, :c] * clear, hidden_states[:, c:], here], dim=1), _PATTERN)
        at = _grid(times_s, h, w)
        modulated = self._levels(noise_level, memory)
        with self._whole() if remember else nullcontext():
            x = self._run(self.video(channels), at, modulated, memory, keep=remember)
        shift, scale = self.leave_modulation(F.silu(modulated)).unsqueeze(2).chunk(2, dim=-1)
        x = (normed(x).unflatten(1, (t, -1)) * (1 + scale) + shift).flatten(1, 2)
        return rearrange(self.leave(x) + self.skip(channels), "b (t h w) c -> b c t h w", t=t, h=h, w=w), memory

    def _read(self, context: Context, memory: Memory) -> None:
        """Puts the context's keys and values into the memory."""
        c = context
        known = self.facts(c.facts)
        memory.palettes, memory.has_boxes = c.palettes * c.has_palettes[..., None], c.has_boxes
        text = self.text(c.text)
        gist = self.gist(normed(text.mean(dim=1))) * c.has_text[:, None]
        memory.facts = torch.where(c.has_facts[:, None], known, self.no_facts.to(known)) + gist
        x, at = zip(*self._context_tokens(c, text), strict=True)
        tokens = torch.cat(x, dim=1)
        clean = tokens.new_zeros(len(tokens), 1)
        with self._whole():
            self._run(tokens, torch.cat(at, dim=1), self._levels(clean, memory), memory, keep=True)

    def _context_tokens(self, c: Context, text: Tensor) -> Iterator[tuple[Tensor, Tensor]]:
        """Every kind of token of the context with its places: text, who is where, sheets.

        The cast's colours and sheets stand on their boxes, head on head: what is near in place is soon found.
        """
        e = c.boxes.shape[1]
        no_text, no_palette, no_box, no_sheet = self.absent(_numbers(4, c.facts)).unbind()
        yield _or(text, no_text, c.has_text[:, None]), _at(text, _TEXT_TIME_S, 0.0, 0.0)
        if e:
            person = self.person(_numbers(e, c.facts))
            painted = rearrange(self.palette(c.palettes), "b e (p d) -> b e p d", p=len(_BODY))
            who = person[:, None] + _or(painted, no_palette, c.has_palettes[..., None])  # (b, e, p, d)
            box = _or(self.box(_waves(c.boxes)), no_box, c.has_boxes[..., None])
            whole = rearrange(who[:, :, None] + box[:, :, :, None], "b e t p d -> b (e t p) d")
            yield whole, _on_boxes(c, c.boxes, _ENTITY_TIME_S, torch.tensor(_BODY), torch.zeros(len(_BODY)))
        _, _, k, _, h, w = c.sheets.shape
        if e and k:
            seen = self.sheet(rearrange(c.sheets, "b e k c h w -> b e k (h w) c"))
            seen = _or(seen, no_sheet, c.has_sheets[..., None])
            seen = seen + person[:, None, None] + self.view(_numbers(k, c.facts))[:, None]
            down = ((torch.arange(h) + 0.5) / h).repeat_interleave(w)
            across = ((torch.arange(w) + 0.5) / w - 0.5).repeat(h)
            share = torch.tensor([1.0, 1.0, _FACE][:k])[:, None]
            whole = rearrange(seen, "b e k n d -> b (e k n) d")
            yield (
                whole,
                _on_boxes(c, c.boxes[:, :, :1], _SHEET_TIME_S, (share * down).flatten(), (share * across).flatten()),
            )

    def _levels(self, noise_level: Tensor, memory: Memory) -> Tensor:
        """Noise levels (b, t) and the facts → (b, t, d)."""
        rates = torch.logspace(0.0, 3.0, _LEVEL_WAVES // 2, device=noise_level.device)
        angles = noise_level[..., None].float() * rates
        waves = torch.cat([angles.cos(), angles.sin()], dim=-1)
        level: Tensor = self.level(waves.to(cast(nn.Linear, self.level[0]).weight.dtype))
        return level + (self.no_facts if memory.facts is None else memory.facts[:, None]).to(level)

    def _run(self, x: Tensor, at: Tensor, levels: Tensor, memory: Memory, *, keep: bool) -> Tensor:
        """All blocks over one segment; `levels` (b, m, d) for m equal runs of its tokens."""
        modulation = self.modulation(F.silu(levels)).unflatten(-1, (6, -1))
        head_dim = x.shape[-1] // self.config.heads
        cos, sin = rotary(at, head_dim)
        rope = cos.to(x.dtype), sin.to(x.dtype)
        first_values: Tensor | None = None
        kept: list[Kept] = []
        for layer, block in enumerate(self.blocks):
            reading = Reading(modulation, rope, memory.of_layer(layer), first_values)
            if torch.is_grad_enabled() and self.gradient_checkpointing:
                x = self._gradient_checkpointing_func(block, x, reading)
            else:
                x = block(x, reading)
            if reading.own is not None:  # a block that a cache left out reads nothing
                first_values = reading.own.values if first_values is None else first_values
                if keep:  # in one memory order, whatever the layer
                    kept.append(Kept(reading.own.keys.contiguous(), reading.own.values.contiguous()))
        if keep:
            memory.segments.append(kept)
        return x


def _numbers(count: int, beside: Tensor) -> Tensor:
    """What to call a table with for its first rows; its weight may be elsewhere until it is called."""
    return torch.arange(count, device=beside.device)


def _or(known: Tensor, absent: Tensor, has: Tensor) -> Tensor:
    return torch.where(has[..., None], known, absent.to(known))


def _at(x: Tensor, time_s: float, row: float, column: float) -> Tensor:
    place = torch.tensor([time_s, row, column], device=x.device)
    return place.expand(x.shape[0], x.shape[1], 3)


def _on_boxes(c: Context, boxes: Tensor, time_s: float, down: Tensor, across: Tensor) -> Tensor:
    """Places (b, e t p, 3) of p points on every box (b, e, t, BOX): `down` it and `across` from its middle, in shares
    of its height; about the picture's middle where no box is known.
    """
    rows, columns = (c.size[:, k, None, None, None] for k in (0, 1))
    box = (boxes * c.has_boxes[..., None, None]).float()[..., None, :]  # (b, e, t, 1, BOX)
    height = box[..., 3] * rows
    at = torch.empty((*boxes.shape[:3], len(down), 3), device=boxes.device)
    at[..., 0] = time_s
    at[..., 1] = box[..., 1] * rows / 2 + (down.to(box) - 0.5) * height
    at[..., 2] = box[..., 0] * columns / 2 + across.to(box) * height
    return at.flatten(1, 3)


def _grid(times_s: Tensor, h: int, w: int) -> Tensor:
    """Times (b, t) → (b, t h w, 3): seconds, and rows and columns about the picture's middle."""
    b, t = times_s.shape
    rows = torch.arange(h, device=times_s.device, dtype=torch.float32) - (h - 1) / 2
    columns = torch.arange(w, device=times_s.device, dtype=torch.float32) - (w - 1) / 2
    whole = torch.empty((b, t, h, w, 3), device=times_s.device)
    whole[..., 0], whole[..., 1], whole[..., 2] = times_s[:, :, None, None], rows[:, None], columns
    return whole.flatten(1, 3)


def _waves(boxes: Tensor) -> Tensor:
    return torch.cat([boxes, torch.sin(math.pi * boxes), torch.cos(math.pi * boxes)], dim=-1)
