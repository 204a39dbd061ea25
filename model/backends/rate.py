"""From the frames that an engine made to frames between them: a clip at another rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from model.request import Frame

__all__ = ["retimed"]

_NEAR = 1e-3


def retimed(frames: Sequence[Frame], places: Sequence[float]) -> Iterator[Frame]:
    """The frame at each of `places`, where 0 is the first frame and 1.5 lies midway from the second to the third."""
    for place in places:
        low = min(max(int(np.floor(place + _NEAR)), 0), len(frames) - 1)
        share = place - low
        if share <= _NEAR or low == len(frames) - 1:
            yield frames[low]
            continue
        a, b = frames[low].astype(np.float32), frames[low + 1]
        yield np.round(a + np.float32(share) * (b - a)).astype(np.uint8)
