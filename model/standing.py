"""Who stands at each place of a picture: the looks of the nearest of the cast, and where on them the place is.

Attention has to find which colours belong to which sleeve; here it is said in the place itself, as a mannequin's parts
are: how far from the head, how near to each limb. A box is widened by what hair and skirts take; who is taller in the
picture is taken to be nearer.
"""

from __future__ import annotations

import torch
from torch import Tensor

from model.conditions import JOINTS, PALETTE

__all__ = ["STANDING", "standing"]

_DEEP = 2  # of those who stand at a place, the nearest
_LIMBS = (
    ("head", "shoulders"), ("shoulders", "pelvis"), ("right_shoulder", "left_shoulder"),
    ("right_shoulder", "right_elbow"), ("right_elbow", "right_wrist"), ("left_shoulder", "left_elbow"),
    ("left_elbow", "left_wrist"), ("right_hip", "right_knee"), ("right_knee", "right_ankle"),
    ("left_hip", "left_knee"), ("left_knee", "left_ankle"),
)  # fmt: skip
_FROM, _TO = ([JOINTS.index(limb[end]) for limb in _LIMBS] for end in (0, 1))
_PLACES = 4 + 3 + len(_LIMBS)  # whether anybody, across, down, how tall; head: across, down, how large; limbs
STANDING = _DEEP * (PALETTE + _PLACES)
_ACROSS, _UP, _DOWN = 0.6, 0.35, 0.12  # by how much of its half a box is widened
_HEADS = 4.0  # how far from the head is told apart


def standing(palettes: Tensor, boxes: Tensor, there: Tensor, rows: int, columns: int) -> Tensor:
    """`palettes` (b, e, PALETTE), 0 where not told; `boxes` (b, e, t, BOX) of which `there` (b, e) are told.

    → (b, STANDING, t, rows, columns).
    """
    b, e, t, _ = boxes.shape
    if not e:
        return palettes.new_zeros(b, STANDING, t, rows, columns)
    y = ((torch.arange(rows, device=boxes.device) + 0.5) * 2 / rows - 1)[:, None].to(boxes)
    x = ((torch.arange(columns, device=boxes.device) + 0.5) * 2 / columns - 1).to(boxes)
    cx, cy, w, h, ahead, head = (part[..., None, None] for part in boxes[..., :6].unbind(dim=-1))  # (b, e, t, 1, 1)
    w, h = w.clamp(min=1 / columns), h.clamp(min=1 / rows)
    across, down = (x - cx) / w, (y - cy) / h  # a box is from -1 to 1
    inside = (across.abs() <= 1 + _ACROSS + 1 / (columns * w)) & (down >= -1 - _UP - 1 / (rows * h))
    inside &= (down <= 1 + _DOWN + 1 / (rows * h)) & (ahead > 0) & there[:, :, None, None, None]
    order = boxes[..., 3].argsort(dim=1, descending=True)[..., None, None].expand(-1, -1, -1, rows, columns)
    nth = torch.zeros_like(order).scatter_(1, order, inside.gather(1, order).long().cumsum(dim=1))
    joints = boxes[..., 6:].unflatten(-1, (-1, 2))  # (b, e, t, joints, 2)
    size = head.clamp(min=0.5 / rows)  # of half the picture's height
    tall = columns / rows  # of a width, in heights
    aside, below = (x - joints[..., 0, 0, None, None]) * tall / size, (y - joints[..., 0, 1, None, None]) / size
    on = [across.clamp(-2, 2), down.clamp(-2, 2), h.expand_as(across + down), head.expand_as(across + down)]
    on += [v.clamp(-_HEADS, _HEADS) / _HEADS for v in (aside, below)]
    near = _near(joints, x, y, tall, size) * (head > 0)[..., None, :, :]
    people = torch.stack([v.expand(b, e, t, rows, columns) for v in on], dim=3)
    told = torch.cat([people, near.to(people)], dim=3)  # (b, e, t, places, rows, columns)
    out = []
    for depth in range(1, _DEEP + 1):
        chosen = (inside & (nth == depth)).to(palettes)
        out += [torch.einsum("bethw,bep->bpthw", chosen, palettes), chosen.sum(dim=1, keepdim=True)]
        out.append(torch.einsum("bethw,betphw->bpthw", chosen, told.to(palettes)))
    return torch.cat(out, dim=1)


def _near(joints: Tensor, x: Tensor, y: Tensor, tall: float, size: Tensor) -> Tensor:
    """How near each limb is, from 1 on it to 0 some heads away: (b, e, t, limbs, rows, columns)."""
    stretch = joints.new_tensor([tall, 1.0])
    start, end = (joints[..., which, :] * stretch for which in (_FROM, _TO))  # (b, e, t, limbs, 2)
    along = end - start
    dx, dy = (x * tall - start[..., 0, None, None]), (y - start[..., 1, None, None])
    ax, ay = along[..., 0, None, None], along[..., 1, None, None]
    share = ((dx * ax + dy * ay) / (ax * ax + ay * ay).clamp(min=1e-6)).clamp(0, 1)
    far = torch.hypot(dx - share * ax, dy - share * ay) / size[..., None, :, :]
    return torch.exp(-1.5 * far)
