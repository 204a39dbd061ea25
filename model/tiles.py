"""Large pictures in overlapping tiles, so that memory is that of a tile: each fades out over what it shares.

Where tiles overlap, the result is the mean of both, weighed by how far each is from its own edge. Nothing here knows
what is computed: a tile goes in, and a tile of some fixed scale comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import torch
from torch import Tensor

__all__ = ["spans", "tiled"]


def spans(length: int, tile: int, stride: int) -> list[slice]:
    """Slices of `tile` at most, `stride` apart, that cover `length`; the last one is moved back to end with it."""
    if length <= tile:
        return [slice(0, length)]
    starts = [*range(0, length - tile, stride), length - tile]
    return [slice(start, start + tile) for start in starts]


def tiled(
    run: Callable[[slice, slice], Tensor], height: int, width: int, tile: int, stride: int, grown: int = 1
) -> Tensor:
    """`run(rows, columns)` gives (..., rows, columns) of a tile, each `grown` times as long; all of them blended.

    The tiles' rows and columns count the places of what goes in, as `height`, `width`, `tile` and `stride` do.
    """
    places = list(product(spans(height, tile, stride), spans(width, tile, stride)))
    first = run(*places[0])
    whole = first.new_zeros(*first.shape[:-2], height * grown, width * grown)
    total = first.new_zeros(height * grown, width * grown)
    overlap = (tile - stride) * grown
    for rows, columns in places:
        part = first if (rows, columns) == places[0] else run(rows, columns)
        weight = _fade(rows, height, overlap, grown, part)[:, None] * _fade(columns, width, overlap, grown, part)
        down, across = (slice(span.start * grown, span.stop * grown) for span in (rows, columns))
        whole[..., down, across] += part * weight
        total[down, across] += weight
    return whole / total


def _fade(span: slice, length: int, overlap: int, grown: int, like: Tensor) -> Tensor:
    """1 inside, down to nearly 0 over `overlap` at every end that is not the picture's own."""
    count = (span.stop - span.start) * grown
    from_start = torch.arange(count, device=like.device, dtype=like.dtype) + 0.5
    weight = torch.ones_like(from_start)
    if overlap and span.start > 0:
        weight = weight * (from_start / overlap).clamp(max=1.0)
    if overlap and span.stop < length:
        weight = weight * (from_start.flip(0) / overlap).clamp(max=1.0)
    return weight
