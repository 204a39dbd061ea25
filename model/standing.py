"""Who stands at each token of video: the looks of the nearest of the cast and where on them the token is.

Attention has to find which colours belong to which sleeve; here it is said in the place itself, as a mannequin's parts
are. A box is widened by what hair and skirts take; who is taller in the picture is taken to be nearer.
"""

from __future__ import annotations

import torch
from torch import Tensor

from model.conditions import PALETTE

__all__ = ["STANDING", "standing"]

_DEEP = 2  # of those who stand at a token, the nearest
_PLACES = 4  # whether anybody, across, down, and how tall
STANDING = _DEEP * (PALETTE + _PLACES)
_ACROSS, _UP, _DOWN = 0.6, 0.35, 0.12  # by how much of its half a box is widened


def standing(palettes: Tensor, boxes: Tensor, there: Tensor, rows: int, columns: int) -> Tensor:
    """`palettes` (b, e, PALETTE), 0 where not told; `boxes` (b, e, t, BOX) of which `there` (b, e) are told.

    → (b, STANDING, t, rows, columns).
    """
    b, e, t, _ = boxes.shape
    if not e:
        return palettes.new_zeros(b, STANDING, t, rows, columns)
    y = ((torch.arange(rows, device=boxes.device) + 0.5) * 2 / rows - 1)[:, None].to(boxes)
    x = ((torch.arange(columns, device=boxes.device) + 0.5) * 2 / columns - 1).to(boxes)
    cx, cy, w, h, ahead = (part[..., None, None] for part in boxes.unbind(dim=-1))  # (b, e, t, 1, 1)
    w, h = w.clamp(min=1 / columns), h.clamp(min=1 / rows)
    across, down = (x - cx) / w, (y - cy) / h  # a box is from -1 to 1
    room = torch.tensor([1 / columns, 1 / rows]).to(boxes)  # half a token
    inside = (across.abs() <= 1 + _ACROSS + room[0] / w) & (down >= -1 - _UP - room[1] / h)
    inside &= (down <= 1 + _DOWN + room[1] / h) & (ahead > 0) & there[:, :, None, None, None]
    order = boxes[..., 3].argsort(dim=1, descending=True)[..., None, None].expand(-1, -1, -1, rows, columns)
    nth = torch.zeros_like(order).scatter_(1, order, inside.gather(1, order).long().cumsum(dim=1))
    out = []
    for depth in range(1, _DEEP + 1):
        chosen = (inside & (nth == depth)).to(palettes)
        looks = torch.einsum("bethw,bep->bpthw", chosen, palettes)
        places = [chosen, across.clamp(-2, 2) * chosen, down.clamp(-2, 2) * chosen, h * chosen]
        out += [looks, torch.stack([place.sum(dim=1) for place in places], dim=1)]
    return torch.cat(out, dim=1)
