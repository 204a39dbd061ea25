"""From the frames that an engine made to frames between them: a clip at another rate, or at a slightly other pace.

What moves is moved: each pixel is followed from one frame to the next and back (dense Lucas-Kanade on a pyramid of
sizes, as in Le Besnerais & Champagnat 2005, "Dense optical flow by iterative local window registration"), both frames
are warped to the instant between them (the flows put together as in Jiang et al. 2018, "Super SloMo", section 3.1),
and where the two disagree the nearer one stands. What is the same in both frames stands still, whatever moves
beside it. A frame that an engine made at an asked instant stays as it is. Reckoned on the processor, so that a clip is
the same with every GPU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.request import Frame

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["retimed"]

_NEAR = 1e-3
_SMALLEST_PX = 10  # of a pyramid's top
_STEPS = 3  # at each size
_WINDOW_PX = 9
_FIRM = 2e-4  # keeps windows without texture where the size before has put them
_FINEST_PX = 320  # of the height at which motion is followed; finer it is only carried over
_AGREE = 0.1  # how far two warped frames may lie apart, from 0 to 1, and
_SAME = 0.012  # how far two frames about a pixel, for it to have stood still


def retimed(frames: Sequence[Frame], places: Sequence[float]) -> Iterator[Frame]:
    """The frame at each of `places`, where 0 is the first frame and 1.5 lies midway from the second to the third."""
    followed: tuple[int, _Between] | None = None
    for place in places:
        low = min(max(int(np.floor(place + _NEAR)), 0), len(frames) - 1)
        share = place - low
        if share <= _NEAR or low == len(frames) - 1:
            yield frames[low]
            continue
        if followed is None or followed[0] != low:
            followed = low, _Between(frames[low], frames[low + 1])
        yield followed[1].at(share)


class _Between:
    """Two frames, and how what is in one moves to the other."""

    def __init__(self, first: Frame, second: Frame) -> None:
        import torch

        with torch.inference_mode():
            both = torch.from_numpy(np.stack([first, second])).permute(0, 3, 1, 2).float() / 255
            self._first, self._second = both[:1], both[1:]
            apart = (self._first - self._second).abs().mean(1, keepdim=True)
            self._stays = torch.exp(-((_window(apart) / _SAME) ** 2))
            self._still = not bool(apart.any())
            if not self._still:
                flows = _flow(both, both.flip(0))
                self._ahead, self._back = flows[:1], flows[1:]

    def at(self, share: float) -> Frame:
        """The frame so far from the first to the second."""
        import torch

        if self._still:
            return _picture(self._first)
        t = share
        with torch.inference_mode():
            to_first = -(1 - t) * t * self._ahead + t * t * self._back
            to_second = (1 - t) * (1 - t) * self._ahead - t * (1 - t) * self._back
            first, second = _warped(self._first, to_first), _warped(self._second, to_second)
            apart = (first - second).abs().mean(1, keepdim=True)
            agree = torch.exp(-((apart / _AGREE) ** 4))
            nearer = first if t < 0.5 else second
            moved = agree * ((1 - t) * first + t * second) + (1 - agree) * nearer
            stood = (1 - t) * self._first + t * self._second
            return _picture(self._stays * stood + (1 - self._stays) * moved)


def _picture(tensor: Tensor) -> Frame:
    return np.asarray((tensor[0] * 255).round().clamp(0, 255).byte().permute(1, 2, 0).numpy())


def _flow(here: Tensor, there: Tensor) -> Tensor:
    """How far, in pixels (x, y), what is at each pixel of `here` lies in `there`: (n, 3, h, w) twice → (n, 2, h, w)."""
    import torch
    from torch.nn.functional import avg_pool2d, interpolate

    sizes = [(here, there)]
    while min(sizes[-1][0].shape[-2:]) >= 2 * _SMALLEST_PX:
        a, b = (avg_pool2d(one, 2, ceil_mode=True, count_include_pad=False) for one in sizes[-1])
        sizes.append((a, b))
    flow = torch.zeros_like(sizes[-1][0][:, :2])
    for a, b in reversed(sizes):
        if flow.shape[-2:] != a.shape[-2:]:
            flow = interpolate(flow, a.shape[-2:], mode="bilinear", align_corners=False) * 2
        if a.shape[-2] > _FINEST_PX and a is not sizes[-1][0]:
            continue
        grey = a.mean(1, keepdim=True)
        aim = b.mean(1, keepdim=True)
        gx, gy = _slopes(grey)
        xx, xy, yy = _window(gx * gx) + _FIRM, _window(gx * gy), _window(gy * gy) + _FIRM
        area = xx * yy - xy * xy
        for _ in range(_STEPS):
            off = _warped(aim, flow) - grey
            x, y = _window(gx * off), _window(gy * off)
            step = torch.cat([xy * y - yy * x, xy * x - xx * y], 1) / area
            flow = _calm(flow + step.clamp(-1.5, 1.5))
    return flow


def _slopes(grey: Tensor) -> tuple[Tensor, Tensor]:
    from torch.nn.functional import pad

    wide = pad(grey, (1, 1, 1, 1), mode="replicate")
    return (wide[..., 1:-1, 2:] - wide[..., 1:-1, :-2]) / 2, (wide[..., 2:, 1:-1] - wide[..., :-2, 1:-1]) / 2


def _window(values: Tensor) -> Tensor:
    """The mean about each pixel."""
    from torch.nn.functional import avg_pool2d

    return avg_pool2d(values, _WINDOW_PX, 1, _WINDOW_PX // 2, count_include_pad=False)


def _calm(flow: Tensor) -> Tensor:
    """The median of each pixel and its four neighbours: keeps the edges of what moves."""
    import torch
    from torch.nn.functional import pad

    wide = pad(flow, (1, 1, 1, 1), mode="replicate")
    near = (wide[..., 1:-1, 1:-1], wide[..., :-2, 1:-1], wide[..., 2:, 1:-1], wide[..., 1:-1, :-2], wide[..., 1:-1, 2:])
    return torch.stack(near).median(0).values


def _warped(picture: Tensor, flow: Tensor) -> Tensor:
    """What of a picture lies at each pixel's flow from it."""
    import torch
    from torch.nn.functional import grid_sample

    height, width = picture.shape[-2:]
    y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
    across = (x + flow[:, 0] + 0.5) * (2 / width) - 1
    down = (y + flow[:, 1] + 0.5) * (2 / height) - 1
    return grid_sample(picture, torch.stack([across, down], -1), padding_mode="border", align_corners=False)
