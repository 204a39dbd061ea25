"""The video diffusion transformer: one stream of tokens, each with its own noise level and place in time and space.

What is known is a clean token. Text, the cast, their sheets and known frames are read once, as *segments* whose keys
and values are kept in a `Memory`; the noisy frames are a segment that looks at the memory and at itself. A clean token
never looks at a noisy one, so training, sampling with kept keys and values, and sampling without are one computation.

Axial RoPE in seconds and tokens; QK-RMSNorm; SwiGLU; AdaLN-single (Chen et al. 2023, "PixArt-α"); value residual
(Zhou et al. 2024, "Value Residual Learning"); the model predicts the clean latents.

Axes: b clips, n tokens, d width, t h w latent frames, rows and columns, c latent channels, e entities, k views.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

import torch
import torch.nn.functional as F
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.hooks._helpers import TransformerBlockMetadata, TransformerBlockRegistry
from diffusers.loaders import PeftAdapterMixin
from diffusers.models.cache_utils import CacheMixin
from diffusers.models.modeling_utils import ModelMixin
from einops import rearrange
from torch import Tensor, nn

from model.conditions import BOX, CAST, FACTS, PALETTE
from model.text import TextEncoder

__all__ = ["KEEP_CELLS", "PRESETS", "Context", "Memory", "Shape", "VideoDiT", "video_channels"]

KEEP_CELLS = 8
"""A keep mask has this many cells along each side of a token."""
VIEWS = 3
_PATTERN = "b c t h w -> b (t h w) c"
_ENTITY_TIME_S, _SHEET_TIME_S, _TEXT_TIME_S = -2.0, -4.0, -9.0  # where, before the clip, these tokens stand
_TIME_RAD_PER_S = (0.1, 12.0)
_SPACE_RAD_PER_TOKEN = (0.03, 1.6)
_LEVEL_WAVES = 64


class Shape(NamedTuple):
    """The size of a transformer."""

    dim: int
    depth: int
    heads: int
    hidden: int


PRESETS: dict[str, Shape] = {
    "tiny": Shape(dim=192, depth=5, heads=3, hidden=512),
    "small": Shape(dim=320, depth=8, heads=5, hidden=864),
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


class _Kept(NamedTuple):
    keys: Tensor  # (b, heads, n, head dim)
    values: Tensor


@dataclass(eq=False)
class Memory:
    """Keys and values of clean tokens, by segment and layer. `forget` drops segments, so that it need not grow."""

    segments: list[list[_Kept]] = field(default_factory=list)
    facts: Tensor | None = None  # (b, d)

    def of_layer(self, layer: int) -> _Kept | None:
        """What a layer has kept of all segments, joined; None of no segment."""
        kept = [segment[layer] for segment in self.segments]
        if len(kept) < 2:
            return kept[0] if kept else None
        return _Kept(torch.cat([k.keys for k in kept], dim=2), torch.cat([k.values for k in kept], dim=2))

    def forget(self, first: int, last: int) -> None:
        """Drops the segments from number `first` to before number `last`."""
        del self.segments[first:last]

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return sum(t.numel() * t.element_size() for segment in self.segments for kept in segment for t in kept)


@dataclass(eq=False)
class _Reading:
    """One block's reading of a segment: what it is given besides the tokens, and the keys and values that it leaves.

    It knows of no layer and no list of segments, so that every block compiles to the same few graphs.
    """

    modulation: Tensor  # (b, m, 6, d): m evenly long runs of tokens, each of one noise level
    rope: tuple[Tensor, Tensor]  # cosines and sines, (b, 1, n, head dim / 2)
    seen: _Kept | None  # of the segments before, at this layer
    first_values: Tensor | None  # of the first block; None for itself
    own: _Kept | None = None


def video_channels(noisy: Tensor, known: Tensor, keep: Tensor, guide: Tensor, flags: Tensor) -> Tensor:
    """A segment of video as the model reads it: (b, 3 c + 64 + 2, t, h, w).

    `noisy` (b, c, t, h, w) at its noise level; `known` the latents of a picture of which `keep`
    (b, 64, t, h, w), 8 × 8 cells of a token, is to stay; `guide` latents with `flags` (b, 2) as of the autoencoder.
    """
    b, _, t, h, w = noisy.shape
    some = flags.amax(dim=1)[:, None, None, None, None].to(guide)
    spread = flags[:, :, None, None, None].expand(b, flags.shape[1], t, h, w)
    return torch.cat([noisy, known, keep.to(noisy), (guide * some).to(noisy), spread.to(noisy)], dim=1)


def rotary(at: Tensor, head_dim: int) -> tuple[Tensor, Tensor]:
    """Places (b, n, 3) in seconds, rows and columns → cosines and sines (b, 1, n, head_dim / 2).

    A quarter of the angles turn with time, the rest with rows and columns in equal parts (Su et al. 2021).
    """
    pairs = head_dim // 2
    space = 3 * pairs // 8
    angles = []
    for axis, (count, (low, high)) in enumerate(
        ((pairs - 2 * space, _TIME_RAD_PER_S), (space, _SPACE_RAD_PER_TOKEN), (space, _SPACE_RAD_PER_TOKEN))
    ):
        rates = torch.logspace(math.log10(low), math.log10(high), count, device=at.device)
        angles.append(at[..., axis, None] * rates)
    whole = torch.cat(angles, dim=-1)[:, None]
    return whole.cos(), whole.sin()


def _turned(x: Tensor, rope: tuple[Tensor, Tensor]) -> Tensor:
    cos, sin = (r.to(x.dtype) for r in rope)
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


class Attention(nn.Module):
    """Self-attention of a segment that also sees the memory."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.norm_q = nn.RMSNorm(dim // heads, eps=1e-6)
        self.norm_k = nn.RMSNorm(dim // heads, eps=1e-6)
        self.first_share = nn.Parameter(torch.zeros(()))
        self.to_out = nn.Linear(dim, dim, bias=False)

    def forward(self, x: Tensor, reading: _Reading) -> Tensor:
        """(b, n, d) → (b, n, d)."""
        q, k, v = rearrange(self.to_qkv(x), "b n (three heads d) -> three b heads n d", three=3, heads=self.heads)
        q, k = (_turned(_normed(x, n.weight), reading.rope) for x, n in ((q, self.norm_q), (k, self.norm_k)))
        if reading.first_values is not None:
            v = torch.lerp(v, reading.first_values, self.first_share.to(v.dtype).sigmoid())
        reading.own = _Kept(k, v)
        seen = reading.seen
        keys = k if seen is None else torch.cat([seen.keys, k], dim=2)
        values = v if seen is None else torch.cat([seen.values, v], dim=2)
        mixed = F.scaled_dot_product_attention(q, keys, values)
        return self.to_out(rearrange(mixed, "b heads n d -> b n (heads d)"))  # type: ignore[no-any-return]


class SwiGLU(nn.Module):
    """A gated feed-forward layer (Shazeer 2020)."""

    def __init__(self, dim: int, hidden: int) -> None:
        super().__init__()
        self.enter = nn.Linear(dim, 2 * hidden, bias=False)
        self.leave = nn.Linear(hidden, dim, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """(b, n, d) → (b, n, d)."""
        gate, value = self.enter(x).chunk(2, dim=-1)
        return self.leave(F.silu(gate) * value)  # type: ignore[no-any-return]


class Block(nn.Module):
    """Attention and feed-forward, each scaled, shifted and gated by the noise level and the facts."""

    def __init__(self, dim: int, heads: int, hidden: int) -> None:
        super().__init__()
        self.attention = Attention(dim, heads)
        self.feed_forward = SwiGLU(dim, hidden)
        self.scale_shift_table = nn.Parameter(torch.zeros(6, dim))

    def forward(self, hidden_states: Tensor, reading: _Reading) -> Tensor:
        """(b, n, d) → (b, n, d)."""
        x = hidden_states
        shape = reading.modulation.shape[1]
        table = (reading.modulation + self.scale_shift_table.to(reading.modulation.dtype)).unsqueeze(3)
        shift_a, scale_a, gate_a, shift_f, scale_f, gate_f = table.unbind(dim=2)  # (b, m, 1, d)
        x = x.unflatten(1, (shape, -1))
        inner = (_normed(x) * (1 + scale_a) + shift_a).flatten(1, 2)
        x = x + gate_a * self.attention(inner, reading).unflatten(1, (shape, -1))
        inner = _normed(x) * (1 + scale_f) + shift_f
        return (x + gate_f * self.feed_forward(inner)).flatten(1, 2)


def _normed(x: Tensor, weight: Tensor | None = None) -> Tensor:
    """RMSNorm with its weight in the input's type: another type would take torch's slow path."""
    return F.rms_norm(x, (x.shape[-1],), None if weight is None else weight.to(x.dtype), eps=1e-6)


class VideoDiT(ModelMixin, ConfigMixin, CacheMixin, PeftAdapterMixin):  # type: ignore[misc]
    """Predicts the clean latents of noisy video tokens, given all that is known."""

    _supports_gradient_checkpointing = True
    _repeated_blocks: ClassVar = ["Block"]
    _no_split_modules: ClassVar = ["Block"]
    _keep_in_fp32_modules: ClassVar[list[str]] = []
    _skip_layerwise_casting_patterns: ClassVar = ["level", "facts", "norm_q", "norm_k", "text", "absent"]

    @register_to_config
    def __init__(self, dim: int, depth: int, heads: int, hidden: int, latent_channels: int) -> None:
        super().__init__()
        channels = 3 * latent_channels + KEEP_CELLS**2 + 2
        self.video = nn.Linear(channels, dim)
        self.text = TextEncoder(dim)
        self.palette = nn.Linear(PALETTE, dim)
        self.box = nn.Linear(3 * BOX, dim)
        self.sheet = nn.Linear(latent_channels, dim)
        self.person = nn.Embedding(CAST, dim)
        self.view = nn.Embedding(VIEWS, dim)
        self.absent = nn.Embedding(4, dim)  # what stands for a missing text, palette, box, sheet
        self.level = nn.Sequential(nn.Linear(_LEVEL_WAVES, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.facts = nn.Sequential(nn.Linear(FACTS, dim), nn.SiLU(), nn.Linear(dim, dim))
        self.no_facts = nn.Parameter(torch.zeros(dim))
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
        for layer in (self.modulation, self.leave_modulation, self.leave, self.skip):
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
        *,
        context: Context | None = None,
        memory: Memory | None = None,
        remember: bool = False,
    ) -> tuple[Tensor | None, Memory]:
        """`hidden_states` (b, channels, t, h, w) from `video_channels` → clean latents (b, c, t, h, w).

        `noise_level` (b, t) from 0 clean to 1 noise, `times_s` (b, t). `context` is read first, into the memory; with
        `remember` so are the frames, which should then be clean. No frames: the context alone is read.
        """
        memory = Memory() if memory is None else Memory(list(memory.segments), memory.facts)
        if context is not None:
            self._read(context, memory)
        if hidden_states is None or noise_level is None or times_s is None:
            return None, memory
        _, _, t, h, w = hidden_states.shape
        channels = rearrange(hidden_states, _PATTERN)
        at = _grid(times_s, h, w)
        modulated = self._levels(noise_level, memory)
        x = self._run(self.video(channels), at, modulated, memory, keep=remember)
        shift, scale = self.leave_modulation(F.silu(modulated)).unsqueeze(2).chunk(2, dim=-1)
        x = (_normed(x).unflatten(1, (t, -1)) * (1 + scale) + shift).flatten(1, 2)
        return rearrange(self.leave(x) + self.skip(channels), "b (t h w) c -> b c t h w", t=t, h=h, w=w), memory

    def _read(self, context: Context, memory: Memory) -> None:
        """Puts the context's keys and values into the memory."""
        c = context
        known = self.facts(c.facts)
        memory.facts = torch.where(c.has_facts[:, None], known, self.no_facts.to(known))
        x, at = zip(*self._context_tokens(c), strict=True)
        tokens = torch.cat(x, dim=1)
        clean = tokens.new_zeros(len(tokens), 1)
        self._run(tokens, torch.cat(at, dim=1), self._levels(clean, memory), memory, keep=True)

    def _context_tokens(self, c: Context) -> Iterator[tuple[Tensor, Tensor]]:
        """Every kind of token of the context with its places: text, who is where, sheets."""
        b, e = c.boxes.shape[:2]
        no_text, no_palette, no_box, no_sheet = self.absent.weight.unbind()
        text = self.text(c.text)
        yield _or(text, no_text, c.has_text[:, None]), _at(text, _TEXT_TIME_S, 0.0, 0.0)
        if e:
            person = self.person.weight[:e]
            who = person + _or(self.palette(c.palettes), no_palette, c.has_palettes)
            box = _or(self.box(_waves(c.boxes)), no_box, c.has_boxes[..., None])
            whole = rearrange(who[:, :, None] + box, "b e t d -> b (e t) d")
            yield whole, _at(whole, _ENTITY_TIME_S, 0.0, 0.0)
        _, _, k, _, h, w = c.sheets.shape
        if e and k:
            seen = self.sheet(rearrange(c.sheets, "b e k c h w -> b e k (h w) c"))
            seen = _or(seen, no_sheet, c.has_sheets[..., None])
            seen = seen + self.person.weight[:e, None, None] + self.view.weight[:k, None]
            grid = _grid(seen.new_zeros(1, 1), h, w)  # (1, h w, 3)
            places = grid.repeat(b, e * k, 1)
            places[..., 0] = _SHEET_TIME_S
            yield rearrange(seen, "b e k n d -> b (e k n) d"), places

    def _levels(self, noise_level: Tensor, memory: Memory) -> Tensor:
        """Noise levels (b, t) and the facts → (b, t, d)."""
        rates = torch.logspace(0.0, 3.0, _LEVEL_WAVES // 2, device=noise_level.device)
        angles = noise_level[..., None].float() * rates
        waves = torch.cat([angles.cos(), angles.sin()], dim=-1)
        level: Tensor = self.level(waves.to(self.level[0].weight.dtype))
        return level + (self.no_facts if memory.facts is None else memory.facts[:, None]).to(level)

    def _run(self, x: Tensor, at: Tensor, levels: Tensor, memory: Memory, *, keep: bool) -> Tensor:
        """All blocks over one segment; `levels` (b, m, d) for m equal runs of its tokens."""
        modulation = self.modulation(F.silu(levels)).unflatten(-1, (6, -1))
        head_dim = x.shape[-1] // self.config.heads
        rope = rotary(at, head_dim)
        first_values: Tensor | None = None
        kept: list[_Kept] = []
        for layer, block in enumerate(self.blocks):
            reading = _Reading(modulation, rope, memory.of_layer(layer), first_values)
            if torch.is_grad_enabled() and self.gradient_checkpointing:
                x = self._gradient_checkpointing_func(block, x, reading)
            else:
                x = block(x, reading)
            if reading.own is not None:  # a block that a cache left out reads nothing
                first_values = reading.own.values if first_values is None else first_values
                if keep:  # in one memory order, whatever the layer
                    kept.append(_Kept(reading.own.keys.contiguous(), reading.own.values.contiguous()))
        if keep:
            memory.segments.append(kept)
        return x


def _or(known: Tensor, absent: Tensor, has: Tensor) -> Tensor:
    return torch.where(has[..., None], known, absent.to(known))


def _at(x: Tensor, time_s: float, row: float, column: float) -> Tensor:
    place = torch.tensor([time_s, row, column], device=x.device)
    return place.expand(x.shape[0], x.shape[1], 3)


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


TransformerBlockRegistry.register(Block, TransformerBlockMetadata(return_hidden_states_index=0))
