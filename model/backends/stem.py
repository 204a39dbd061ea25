"""The sounds of a request's calls as one: each where its frames stand on the film's, dissolved where two calls meet.

A call whose pace was stretched to meet what is known after it is heard that much slower or faster; one that runs
backward is not heard, as nothing sounds backward. Where nothing was made it is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.backends.parts import Part
from model.request import ClipSound

__all__ = ["CallSound", "stem_of"]

_JOINT_S = 0.02


@dataclass(frozen=True, eq=False)
class CallSound:
    """What a call sounded like from its first frame on, at `fps` frames a second, lead-in and all."""

    part: Part
    fps: int
    sound: ClipSound


def stem_of(calls: Sequence[CallSound], *, frame_count: int, fps: int) -> ClipSound | None:
    """The sound of `frame_count` of the film's frames; None where no call made one."""
    if not calls:
        return None
    rate_hz, channels = calls[0].sound.rate_hz, calls[0].sound.samples.shape[1]
    times_s = np.arange(round(frame_count / fps * rate_hz)) / rate_hz
    whole = np.zeros((len(times_s), channels))
    weight = np.zeros(len(times_s))
    for call in calls:
        part = call.part
        if part.backward:
            continue
        inside_s = np.minimum(times_s - part.start / fps, part.stop / fps - times_s)
        share = np.clip(inside_s / _JOINT_S + 0.5, 0.0, 1.0)
        heard = np.flatnonzero(share)
        at = (times_s[heard] * fps - part.at) / part.pace / call.fps * rate_hz
        within = (at >= 0) & (at <= len(call.sound.samples) - 1)
        heard, at = heard[within], at[within]
        for channel in range(channels):
            samples = call.sound.samples[:, channel]
            whole[heard, channel] += share[heard] * np.interp(at, np.arange(len(samples)), samples)
        weight[heard] += share[heard]
    return ClipSound((whole / np.maximum(weight, 1.0)[:, None]).astype(np.float32), rate_hz)
