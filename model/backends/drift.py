"""What calls that go on from one another do to colours, taken back.

An engine returns the frames that it was told a little lighter, darker or stronger than they were, and call by call
this adds up. How it returned them says how much: each channel's mean and spread are brought back by that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from model.request import Frame

__all__ = ["steadied"]

_MOST_GAIN = 0.12
_MOST_OFFSET = 14.0  # in eight-bit steps, at the mean: beyond either, what was told was not kept, and this no drift
_FLAT = 2.0  # a spread below this says nothing of the gain


def steadied(frames: Sequence[Frame], told: Sequence[Frame]) -> list[Frame]:
    """The frames of a call, whose first ones should be those that it was `told`, without the drift between the two."""
    if not told:
        return list(frames)
    was, wanted = (np.stack(one).astype(np.float32).reshape(-1, 3) for one in (frames[: len(told)], told))
    mean, aim = was.mean(axis=0), wanted.mean(axis=0)
    spread, aim_spread = was.std(axis=0), wanted.std(axis=0)
    gain = np.where(np.minimum(spread, aim_spread) > _FLAT, aim_spread / np.maximum(spread, 1e-3), 1.0)
    if np.abs(gain - 1).max() > _MOST_GAIN or np.abs(aim - mean).max() > _MOST_OFFSET:
        return list(frames)
    table = _table(gain, aim - gain * mean)
    return [np.stack([table[channel][frame[..., channel]] for channel in range(3)], axis=-1) for frame in frames]


def _table(gain: NDArray[np.float32], offset: NDArray[np.float32]) -> NDArray[np.uint8]:
    """What each of the 256 levels of each channel becomes: (3, 256)."""
    levels = np.arange(256, dtype=np.float32)
    return np.clip(np.round(gain[:, None] * levels + offset[:, None]), 0, 255).astype(np.uint8)
