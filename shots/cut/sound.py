"""The film's sound as AAC, encoded once for a mix and a length, so that a changed picture encodes no sound."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from shots.errors import CutError

__all__ = ["AUDIO_RATE", "encode_sound"]

AUDIO_RATE = 48_000
_BITS = 192_000
_BLOCK = 1024  # samples in an AAC frame
Block = NDArray[np.float32]


def encode_sound(mix: Path, out: Path, samples: int) -> None:
    """Writes `samples` of a mix at 48 kHz as AAC stereo; a longer mix is cut, a shorter one ends in silence.

    Raises:
        CutError: the mix cannot be read.
        OSError: the disk is full or refuses.
    """
    with av.open(str(out), "w", format="mp4") as file:
        stream = file.add_stream("aac", rate=AUDIO_RATE, layout="stereo")
        stream.bit_rate = _BITS
        blocks = _blocks(mix, samples)
        sent = 0
        while (block := _heard(blocks, mix)) is not None:
            frame = av.AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
            frame.sample_rate = AUDIO_RATE
            frame.time_base = Fraction(1, AUDIO_RATE)
            frame.pts = sent
            sent += block.shape[1]
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def _heard(blocks: Iterator[Block], mix: Path) -> Block | None:
    """The next block, or None after the last."""
    try:
        return next(blocks, None)
    except (av.FFmpegError, IndexError) as error:
        raise CutError(f"{mix} cannot be read as sound: {error}. Fix: mix the film's sound again.") from None


def _blocks(mix: Path, samples: int) -> Iterator[Block]:
    """(2, n) blocks of an AAC frame's length, the last one shorter; silence where the mix has ended."""
    pending = np.zeros((2, 0), np.float32)
    sent = 0
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=AUDIO_RATE)
    with av.open(str(mix)) as source:
        for frame in source.decode(source.streams.audio[0]):
            for part in resampler.resample(frame):
                pending = np.concatenate([pending, part.to_ndarray().astype(np.float32, copy=False)], axis=1)
            while pending.shape[1] >= _BLOCK and samples - sent >= _BLOCK:
                yield np.ascontiguousarray(pending[:, :_BLOCK])
                pending = pending[:, _BLOCK:]
                sent += _BLOCK
            if samples - sent < _BLOCK:
                break
        else:
            for part in resampler.resample(None):
                pending = np.concatenate([pending, part.to_ndarray().astype(np.float32, copy=False)], axis=1)
    while sent < samples:
        count = min(_BLOCK, samples - sent)
        block = np.zeros((2, count), np.float32)
        have = min(count, pending.shape[1])
        block[:, :have] = pending[:, :have]
        pending = pending[:, have:]
        yield block
        sent += count
