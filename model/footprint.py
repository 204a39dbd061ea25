"""How much memory a transformer of a size takes, before anything of it is made: to choose a size, a type, a device."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from model.dit import Shape, VideoDiT

__all__ = ["Footprint", "footprint"]


@dataclass(frozen=True)
class Footprint:
    """Parameters, and the bytes of weights, of remembered keys and values, and of the largest step inside a block."""

    parameters: int
    weights_bytes: int
    memory_bytes: int
    working_bytes: int

    @property
    def bytes(self) -> int:
        """All of it, while frames are made (training also holds gradients, moments and every block's activations)."""
        return self.weights_bytes + self.memory_bytes + self.working_bytes


def footprint(
    shape: Shape, latent_channels: int, video_tokens: int, clean_tokens: int, dtype: torch.dtype
) -> Footprint:
    """An estimate for one clip: `video_tokens` at once beside `clean_tokens` that are remembered.

    Attention is taken not to write its scores out, as torch's fused kernels do not.
    """
    with torch.device("meta"):
        model = VideoDiT(**shape._asdict(), latent_channels=latent_channels)
    parameters = sum(weight.numel() for weight in model.parameters())
    n, seen, d = video_tokens, video_tokens + clean_tokens, shape.dim
    attention = n * 7 * d + 2 * seen * d  # stream, first values, normed; q k v, q and k turned; keys and values joined
    feed_forward = n * (3 * d + 3 * shape.hidden)  # stream, first values, normed; gate and value, and their product
    return Footprint(
        parameters=parameters,
        weights_bytes=parameters * dtype.itemsize,
        memory_bytes=2 * clean_tokens * d * shape.depth * dtype.itemsize,
        working_bytes=max(attention, feed_forward) * dtype.itemsize,
    )
