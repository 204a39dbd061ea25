"""Clips on disk: frames in, frames out, H.264 in an mp4 whose colours survive the way there and back.

Works in this process through PyAV, one frame at a time, so that a clip's length costs no memory. Knows
nothing of shots; joins and sound are `shots.cut.encode`'s.
"""

from __future__ import annotations

import errno
from collections.abc import Generator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

__all__ = ["FILM", "TAKE", "ClipWriter", "Encoding", "read_frames", "room_is_gone"]

Frame = NDArray[np.uint8]
"""One picture, (h, w, 3), sRGB."""


@dataclass(frozen=True)
class Encoding:
    """How x264 is asked: its preset, its constant rate factor, and the longest way between key frames."""

    preset: str
    crf: int
    keyframe_s: float
    version: int = 1  # raised when anything else here changes what is written


TAKE = Encoding(preset="ultrafast", crf=12, keyframe_s=1.0)
"""Takes are read again: nearly lossless, quick to write, read and seek. They play in a browser, so 4:2:0."""

FILM = Encoding(preset="superfast", crf=19, keyframe_s=2.0)
"""On drawn pictures closer to the takes than veryfast at 17, in two thirds of its time, for half as many bits more."""

# The quick paths of swscale round down and darken every generation by 1/255; these flags cost 0.5 ms at 512×288.
_EXACT = int(
    Interpolation.BICUBIC | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP | Interpolation.ACCURATE_RND
)


class ClipWriter:
    """Writes one clip, as a context manager; the file is whole once the block ends without an error.

    Raises:
        ValueError: a frame has another shape than (height_px, width_px, 3), or a side is odd.
        OSError: the disk is full or refuses (`room_is_gone` tells which).
    """

    def __init__(self, path: Path, width_px: int, height_px: int, fps: int, encoding: Encoding) -> None:
        if width_px % 2 or height_px % 2:
            raise ValueError(f"{width_px}×{height_px} cannot be encoded: both sides must be even")
        self.frame_count = 0
        self._shape = (height_px, width_px, 3)
        self._container = av.open(str(path), "w", format="mp4")
        self._stream = self._container.add_stream("libx264", rate=fps)
        self._stream.width, self._stream.height = width_px, height_px
        self._stream.pix_fmt = "yuv420p"
        self._stream.options = {
            "preset": encoding.preset,
            "crf": str(encoding.crf),
            "profile": "high",
            "g": str(max(1, round(encoding.keyframe_s * fps))),
        }
        context = self._stream.codec_context
        context.thread_count = 1  # as many clips are written at once as there are cores; and the bytes repeat
        context.color_range = 1  # limited
        context.colorspace = context.color_primaries = context.color_trc = 1  # BT.709
        self._reformatter = VideoReformatter()
        self._picture: av.VideoFrame | None = None
        self._converted: Frame = np.empty((0, 0, 3), np.uint8)

    def write(self, frame: Frame) -> None:
        """Adds a frame."""
        if frame.shape != self._shape or frame.dtype != np.uint8:
            raise ValueError(f"a frame is {frame.shape} {frame.dtype}; {self._shape} uint8 was asked for")
        if self._picture is None or not np.array_equal(frame, self._converted):  # a held drawing is converted once
            self._converted = frame.copy(order="C")
            self._picture = self._reformatter.reformat(
                av.VideoFrame.from_ndarray(self._converted, "rgb24"),
                format="yuv420p",
                dst_colorspace=Colorspace.ITU709,
                src_color_range=ColorRange.JPEG,
                dst_color_range=ColorRange.MPEG,
                interpolation=_EXACT,
            )
        picture = self._picture
        picture.pts = self.frame_count
        picture.time_base = Fraction(1) / self._stream.codec_context.framerate
        self._container.mux(self._stream.encode(picture))
        self.frame_count += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._container.mux(self._stream.encode(None))
        finally:
            try:
                self._container.close()
            except av.FFmpegError:
                if kind is None:
                    raise


def read_frames(path: Path, first_frame: int, frame_count: int) -> Generator[Frame, None, None]:
    """Yields frames `first_frame` to `first_frame + frame_count` (half-open) of a clip made by `ClipWriter`.

    Raises:
        OSError: the file is missing, damaged or shorter than that.
    """
    try:
        yield from _decoded(path, first_frame, frame_count)
    except av.FFmpegError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _decoded(path: Path, first_frame: int, frame_count: int) -> Generator[Frame, None, None]:
    with av.open(str(path)) as container:
        if not container.streams.video:
            raise OSError(errno.EINVAL, "no picture in it", str(path))
        stream = container.streams.video[0]
        stream.thread_count = 1
        rate, base = stream.average_rate, stream.time_base
        if rate is None or base is None:
            raise OSError(errno.EINVAL, "no frame rate in it", str(path))
        if first_frame:
            container.seek(int(first_frame / rate / base), stream=stream, backward=True)
        reformatter = VideoReformatter()
        wanted, end = first_frame, first_frame + frame_count
        for picture in container.decode(stream):
            if wanted == end:
                return
            if picture.pts is None or round(picture.pts * base * rate) < wanted:
                continue
            rgb = reformatter.reformat(
                picture,
                format="gbrp",  # the same numbers as rgb24 in a third of the time
                src_colorspace=Colorspace.ITU709,
                src_color_range=ColorRange.MPEG,
                dst_color_range=ColorRange.JPEG,
                interpolation=_EXACT,
            )
            yield rgb.to_ndarray().astype(np.uint8, copy=False)
            wanted += 1
        if wanted < end:
            raise OSError(errno.EINVAL, f"only {wanted} of {end} frames in it", str(path))


def room_is_gone(error: BaseException) -> bool:
    """Whether the disk, or this user's share of it, is full."""
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
