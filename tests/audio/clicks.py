"""A detector of clicks: where a sound bends far more sharply than the sound around it does.

The second difference of a smooth sound is small; a jump makes one large value of it. Beside the second difference's
own size over the 15 ms before and after, a jump stands out by tens, and noise or speech by less than ten.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import uniform_filter1d

CLICK = 14.0


def sharpness(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    """Returns for each sample of (n, 2) how much sharper it bends than what is around it, (n,)."""
    bent = np.zeros(len(samples))
    bent[1:-1] = np.abs(np.diff(samples.astype(np.float64), 2, axis=0)).max(axis=1)
    reach = round(0.015 * rate_hz)
    near = 2 * round(0.0004 * rate_hz) + 1
    wide = uniform_filter1d(bent**2, 2 * reach + 1, mode="nearest") * (2 * reach + 1)
    inside = uniform_filter1d(bent**2, near, mode="nearest") * near
    around = np.sqrt(np.maximum(wide - inside, 0.0) / (2 * reach + 1 - near))
    return bent / (around + 2e-6)  # a 24-bit file's own grain does not count


def sharpest(samples: np.ndarray, rate_hz: int, at_s: float, within_s: float = 0.1) -> float:
    """Returns the sharpest bend within so many seconds of a time."""
    first, last = (round((at_s + side * within_s) * rate_hz) for side in (-1, 1))
    first, margin = max(0, first), round(0.03 * rate_hz)
    part = sharpness(samples[max(0, first - margin) : last + margin], rate_hz)
    return float(part[min(first, margin) :][: last - first].max(initial=0.0))
