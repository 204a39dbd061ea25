"""Composes one segment at a time with moviepy: clips, cards, fades, dissolves, wipes.

The only place that imports moviepy. Frames come from and go to files in this process (`shots.render.clip`), so a
segment holds at most two open clips, whatever the film's length, and starts no other process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, VideoClip, vfx
from numpy.typing import NDArray

from shots.cut.conform import Layer, Segment
from shots.cut.titles import draw_card
from shots.render.clip import read_frames

__all__ = ["frames_of"]

_WIPE_EDGE = 0.06  # of the width, softened


def frames_of(segment: Segment) -> Iterator[NDArray[np.uint8]]:
    """Yields the segment's frames, (h, w, 3).

    Raises:
        OSError: a take is missing, damaged or too short.
    """
    with ExitStack() as open_clips:
        clips = [_clip(layer, segment, open_clips) for layer in segment.layers]
        film = clips[0] if len(clips) == 1 else _joined(clips[0], clips[1], segment)
        for index in range(segment.frame_count):
            yield np.asarray(film.get_frame(_time(index, segment.fps)), dtype=np.uint8)


def _time(index: int, fps: int) -> float:
    """The middle of a frame, so that no rounding of times can fall into its neighbour."""
    return (index + 0.5) / fps


def _clip(layer: Layer, segment: Segment, open_clips: ExitStack) -> VideoClip:
    duration_s = layer.frame_count / segment.fps
    if layer.card is not None:
        clip = ImageClip(draw_card(layer.card, segment.width_px, segment.height_px), duration=duration_s)
    else:
        clip = VideoClip(_Source(layer, segment.fps, open_clips).frame, duration=duration_s)
    effects = []
    if layer.fade_in_frames:
        effects.append(vfx.FadeIn(layer.fade_in_frames / segment.fps))
    if layer.fade_out_frames:
        effects.append(vfx.FadeOut(layer.fade_out_frames / segment.fps))
    return clip.with_fps(segment.fps).with_effects(effects)


class _Source:
    """A take's frames in order, by time; the one shown last is held, since a composition may ask twice."""

    def __init__(self, layer: Layer, fps: int, open_clips: ExitStack) -> None:
        if layer.media is None:
            raise ValueError("a layer shows a take or a card")
        self._frames = open_clips.enter_context(closing(read_frames(layer.media, layer.first_frame, layer.frame_count)))
        self._fps = fps
        self._index = -1
        self._shown: NDArray[np.uint8] | None = None

    def frame(self, time_s: float) -> NDArray[np.uint8]:
        while self._shown is None or self._index < int(time_s * self._fps):
            self._shown = next(self._frames)
            self._index += 1
        return self._shown


def _joined(under: VideoClip, over: VideoClip, segment: Segment) -> VideoClip:
    duration_s = segment.frame_count / segment.fps
    if segment.join == "dissolve":
        over = over.with_effects([vfx.CrossFadeIn(duration_s)])
    else:
        over = over.with_mask(_wipe(segment, duration_s))
    return CompositeVideoClip([under, over], size=(segment.width_px, segment.height_px), use_bgclip=True)


def _wipe(segment: Segment, duration_s: float) -> VideoClip:
    """A mask whose edge runs from left to right."""
    across = np.linspace(0.0, 1.0, segment.width_px)

    def mask(time_s: float) -> NDArray[np.float64]:
        edge = time_s / duration_s * (1 + 2 * _WIPE_EDGE) - _WIPE_EDGE
        row = np.clip((edge - across) / _WIPE_EDGE + 0.5, 0.0, 1.0)
        return np.broadcast_to(row, (segment.height_px, segment.width_px))

    return VideoClip(mask, is_mask=True, duration=duration_s)
