"""Frames of takes on disk, as a back end looks at them: the last ones, or one by its number."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import numpy as np

from model.errors import PictureError
from model.request import Frame

__all__ = ["frame_of", "last_frames"]

_TAIL_MARGIN_FRAMES = 2


def last_frames(path: str, frame_count: int) -> tuple[Frame, ...]:
    """The last frames of a clip, (h, w, 3) in sRGB: `frame_count`, or all where it has fewer.

    Raises:
        PictureError: it cannot be read or has no picture.
    """
    return tuple(deque(_frames(path, -frame_count, "the take to go on from"), frame_count))


def frame_of(path: str, number: int) -> Frame:
    """A frame of a clip by its number, or the last one where it ends before.

    Raises:
        PictureError: it cannot be read or has no picture.
    """
    found = deque(_frames(path, number, "a take that is looked at"), 1)
    return found[0]


def _frames(path: str, number: int, what: str) -> Iterator[Frame]:
    """The frames up to `number`, from a key frame before it on; below zero: at least that many of the last ones."""
    import av
    from av.video.reformatter import ColorRange, Colorspace

    some = False
    try:
        with av.open(path) as container:
            stream = container.streams.video[0]
            rate, base = stream.average_rate, stream.time_base
            wanted = number
            if rate and base and stream.duration:
                wanted = number if number >= 0 else round(stream.duration * base * rate) + number - _TAIL_MARGIN_FRAMES
                container.seek(max(0, int(wanted / rate / base)), stream=stream, backward=True)
            for picture in container.decode(stream):
                place = round(picture.pts * base * rate) if picture.pts is not None and base and rate else 0
                if number >= 0 and some and place > number:
                    return
                if number < 0 and place < wanted:
                    continue
                rgb = picture.reformat(
                    format="rgb24",
                    src_colorspace=Colorspace.ITU709,
                    src_color_range=ColorRange.MPEG,
                    dst_color_range=ColorRange.JPEG,
                )
                some = True
                yield np.asarray(rgb.to_ndarray(), dtype=np.uint8)
    except (OSError, IndexError, av.FFmpegError) as error:
        raise PictureError(f"{path}, {what}, cannot be read: {error}. Fix: render its shot anew.") from None
    if not some:
        raise PictureError(f"{path}, {what}, has no picture. Fix: render its shot anew.")
