"""What the video transformer is built of: blocks that read a segment of tokens beside what is remembered of others.

QK-RMSNorm; axial RoPE in seconds and tokens; SwiGLU; AdaLN-single (Chen et al. 2023, "PixArt-α"); value residual
(Zhou et al. 2024, "Value Residual Learning"). Nothing here knows what a token stands for.

Axes: b clips, n tokens, d width, m runs of tokens of one noise level.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

import torch
import torch.nn.functional as F
from diffusers.hooks._helpers import TransformerBlockMetadata, TransformerBlockRegistry
from diffusers.models.attention_dispatch import (
    AttentionBackendName,
    _AttentionBackendRegistry,
    dispatch_attention_fn,
)
from einops import rearrange
from torch import Tensor, nn

__all__ = ["Block", "Kept", "Memory", "Reading", "normed", "rotary"]

_TIME_RAD_PER_S = (0.1, 12.0)
_SPACE_RAD_PER_TOKEN = (0.03, 1.6)


class Kept(NamedTuple):
    """Keys and values of a layer."""

    keys: Tensor  # (b, n, heads, head dim)
    values: Tensor


@dataclass(eq=False)
class Memory:
    """Keys and values of clean tokens, by segment and layer. `forget` drops segments, so that it need not grow."""

    segments: list[list[Kept]] = field(default_factory=list)
    facts: Tensor | None = None  # (b, d)
    palettes: Tensor | None = None  # (b, e, PALETTE), 0 of whom none is told
    has_boxes: Tensor | None = None  # (b, e)

    def of_layer(self, layer: int) -> Kept | None:
        """What a layer has kept of all segments, joined; None of no segment."""
        kept = [segment[layer] for segment in self.segments]
        if len(kept) < 2:
            return kept[0] if kept else None
        return Kept(torch.cat([k.keys for k in kept], dim=1), torch.cat([k.values for k in kept], dim=1))

    def forget(self, first: int, last: int) -> None:
        """Drops the segments from number `first` to before number `last`."""
        del self.segments[first:last]

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return sum(t.numel() * t.element_size() for segment in self.segments for kept in segment for t in kept)


@dataclass(eq=False)
class Reading:
    """One block's reading of a segment: what it is given besides the tokens, and the keys and values that it leaves.

    It knows of no layer and no list of segments, so that every block compiles to the same few graphs.
    """

    modulation: Tensor  # (b, m, 6, d): m evenly long runs of tokens, each of one noise level
    rope: tuple[Tensor, Tensor]  # cosines and sines, (b, n, 1, head dim / 2)
    seen: Kept | None  # of the segments before, at this layer
    first_values: Tensor | None  # of the first block; None for itself
    own: Kept | None = None

    def to(self, device: torch.device | str, non_blocking: bool = False) -> Reading:
        """Itself, moved to a block's device: what spreads a model over devices hands a block its arguments so."""

        def moved(x: Tensor) -> Tensor:
            return x.to(device, non_blocking=non_blocking)

        self.modulation, self.rope = moved(self.modulation), (moved(self.rope[0]), moved(self.rope[1]))
        self.seen = None if self.seen is None else Kept(*map(moved, self.seen))
        self.first_values = None if self.first_values is None else moved(self.first_values)
        return self


def rotary(at: Tensor, head_dim: int) -> tuple[Tensor, Tensor]:
    """Places (b, n, 3) in seconds, rows and columns → cosines and sines (b, n, 1, head_dim / 2).

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
    whole = torch.cat(angles, dim=-1)[:, :, None]
    return whole.cos(), whole.sin()


def _turned(x: Tensor, rope: tuple[Tensor, Tensor]) -> Tensor:
    cos, sin = (r.to(x.dtype) for r in rope)
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


class _Norm(nn.RMSNorm):
    """RMSNorm with its weight in the input's type: another type would take torch's slow path."""

    def forward(self, x: Tensor) -> Tensor:
        """The same shape."""
        return F.rms_norm(x, self.normalized_shape, self.weight.to(x.dtype), self.eps)


def _mixed(q: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Attention over (b, n, heads, head dim), by what `set_attention_backend` says.

    Where it says nothing, on a CPU two products and a softmax: backward, torch's fused kernel takes five times as long
    there.
    """
    chosen, _ = _AttentionBackendRegistry.get_active_backend()
    if q.device.type != "cpu" or chosen != AttentionBackendName.NATIVE:
        mixed: Tensor = dispatch_attention_fn(q, keys, values)
        return mixed
    scores = torch.matmul(q.transpose(1, 2) * q.shape[-1] ** -0.5, keys.permute(0, 2, 3, 1))
    shares = scores.softmax(dim=-1, dtype=torch.float32).to(q.dtype)
    return torch.matmul(shares, values.transpose(1, 2)).transpose(1, 2)


class Attention(nn.Module):
    """Self-attention of a segment that also sees the memory."""

    def __init__(self, dim: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.to_qkv = nn.Linear(dim, 3 * dim, bias=False)
        self.norm_q = _Norm(dim // heads, eps=1e-6)
        self.norm_k = _Norm(dim // heads, eps=1e-6)
        self.first_share = nn.Parameter(torch.zeros(()))
        self.to_out = nn.Linear(dim, dim, bias=False)

    def forward(self, x: Tensor, reading: Reading) -> Tensor:
        """(b, n, d) → (b, n, d)."""
        q, k, v = rearrange(self.to_qkv(x), "b n (three heads d) -> three b n heads d", three=3, heads=self.heads)
        q, k = _turned(self.norm_q(q), reading.rope), _turned(self.norm_k(k), reading.rope)
        if reading.first_values is not None:
            v = torch.lerp(v, reading.first_values, self.first_share.to(v.dtype).sigmoid())
        reading.own = Kept(k, v)
        seen = reading.seen
        keys = k if seen is None else torch.cat([seen.keys, k], dim=1)
        values = v if seen is None else torch.cat([seen.values, v], dim=1)
        mixed = _mixed(q, keys, values)
        return self.to_out(rearrange(mixed, "b n heads d -> b n (heads d)"))  # type: ignore[no-any-return]


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

    def forward(self, hidden_states: Tensor, reading: Reading) -> Tensor:
        """(b, n, d) → (b, n, d)."""
        x = hidden_states
        shape = reading.modulation.shape[1]
        table = (reading.modulation + self.scale_shift_table.to(reading.modulation.dtype)).unsqueeze(3)
        shift_a, scale_a, gate_a, shift_f, scale_f, gate_f = table.unbind(dim=2)  # (b, m, 1, d)
        x = x.unflatten(1, (shape, -1))
        inner = torch.addcmul(shift_a, normed(x), 1 + scale_a).flatten(1, 2)
        x = torch.addcmul(x, gate_a, self.attention(inner, reading).unflatten(1, (shape, -1)))
        inner = torch.addcmul(shift_f, normed(x), 1 + scale_f)
        return torch.addcmul(x, gate_f, self.feed_forward(inner)).flatten(1, 2)


def normed(x: Tensor) -> Tensor:
    """RMSNorm over the last axis, without a weight."""
    return F.rms_norm(x, (x.shape[-1],), eps=1e-6)


TransformerBlockRegistry.register(Block, TransformerBlockMetadata(return_hidden_states_index=0))
