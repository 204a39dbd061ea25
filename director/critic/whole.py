"""A whole take's light, frame by frame: is it all there, black, blank, held or flickering?

Reads the grid of every frame; what the stage's own lights do (lightning, fire) is allowed for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from director.critic.verdict import Verdict, at_most
from director.critic.watching import Watched
from model.request import ClipRequest
from model.stage import Stage, Style
from model.theatre.passes import passes

__all__ = ["judge_whole"]

BLACK_LUMA = 14.0
BLANK_LEVELS = 1.2  # of standard deviation over a picture of one colour
FLICKER_LEVELS: dict[Style, float] = {
    "flat": 2.5, "watercolour": 2.5, "risograph": 2.5, "pencil": 4.0, "ink_noir": 6.5,
}  # fmt: skip
"""Ink and pencil take their values from the whole picture's range, which a moving camera changes."""
FROZEN_S = 0.35
_FLASH_S = 0.5
_STILL_LEVELS = 0.35
_STAGE_MOVES = 0.0015  # of the picture's surfaces that change while the take holds still
_BLOCKS = (6, 8)
_WAVERING = frozenset({"fire", "candle", "screen", "neon"})
_BURNING = frozenset({"bonfire", "campfire", "candle", "fire", "tv", "screen", "laptop"})


def judge_whole(taken: Watched, request: ClipRequest) -> list[Verdict]:
    """Verdicts on length, size, black and blank frames, frozen motion and flicker."""
    verdicts = [_length(taken, request), _size(taken, request)]
    if not taken.frame_count:
        return verdicts
    black = int((taken.grid.max(axis=(1, 2)) < BLACK_LUMA).sum())
    verdicts.append(at_most("black", "", black, 0, "frames", f"{_frames(black)} black"))
    blank = int((taken.grid.std(axis=(1, 2)) < BLANK_LEVELS).sum())
    verdicts.append(at_most("blank", "", blank, 0, "frames", f"{_frames(blank)} of a single tone"))
    verdicts += _frozen(taken, request)
    verdicts += _flicker(taken, request)
    return verdicts


def _frames(count: int) -> str:
    return f"{count or 'no'} frame{' is' if count == 1 else 's are'}"


def _length(taken: Watched, request: ClipRequest) -> Verdict:
    off = abs(taken.frame_count - request.frame_count)
    told = f"the take has {taken.frame_count} frames of {request.frame_count}"
    return at_most("length", "", off, 0, "frames", told)


def _size(taken: Watched, request: ClipRequest) -> Verdict:
    told = f"{_frames(taken.of_other_size)} not {request.width_px} × {request.height_px}"
    return at_most("size", "", taken.of_other_size, 0, "frames", told)


def _frozen(taken: Watched, request: ClipRequest) -> list[Verdict]:
    """The longest stretch in which nothing changes, if the stage moves between its ends."""
    still = np.abs(np.diff(taken.grid, axis=0)).max(axis=(1, 2), initial=0.0) < _STILL_LEVELS
    first, length = _longest(still)
    held_s = length / request.fps
    if held_s <= FROZEN_S:
        return [
            at_most("frozen", "", held_s, FROZEN_S, "s", f"the picture never stands still for more than {held_s:.1f} s")
        ]
    if not _stage_moves(request.stage, first / request.fps, (first + length) / request.fps):
        return []
    told = f"the picture stands still for {held_s:.1f} s from {first / request.fps:.1f} s on, while the stage moves"
    return [at_most("frozen", "", held_s, FROZEN_S, "s", told)]


def _longest(flags: NDArray[np.bool_]) -> tuple[int, int]:
    """Where the longest run of true flags begins, and how long it is."""
    best, start, begin = 0, 0, 0
    for i, flag in enumerate([*flags.tolist(), False]):
        if not flag:
            if i - begin > best:
                best, start = i - begin, begin
            begin = i + 1
    return start, best


def _stage_moves(stage: Stage, begin_s: float, end_s: float) -> bool:
    if stage.beside is not None and _stage_moves(stage.beside, begin_s, end_s):
        return True
    was, now = (passes(stage, time_s, 192, 108) for time_s in (begin_s, end_s))
    changed = (was.part != now.part) | (was.person != now.person) | (was.prop != now.prop)
    travels = len(stage.camera.keys) > 1 or stage.camera.handheld > 0
    moved = was.surfaces.index != now.surfaces.index if travels else changed
    return bool((changed | moved).mean() >= _STAGE_MOVES)


def _flicker(taken: Watched, request: ClipRequest) -> list[Verdict]:
    """How far a frame's light is from the mean of its neighbours', in the mean over the take.

    Told by the middle one of the picture's parts: what moves brightens some and darkens others, and a light that is
    switched once changes two frames.
    """
    stage = request.stage
    if taken.frame_count < 4:
        return []
    rows, columns = _BLOCKS
    light = taken.grid.reshape(-1, rows, taken.grid.shape[1] // rows, columns, taken.grid.shape[2] // columns)
    blocks = light.mean(axis=(2, 4))
    off = np.abs(np.median(blocks[1:-1] - (blocks[:-2] + blocks[2:]) / 2, axis=(1, 2)))
    times = np.arange(1, len(blocks) - 1) / request.fps
    calm = np.ones(len(off), dtype=bool)
    for flash_s in stage.weather.lightning_s:
        calm &= np.abs(times - flash_s) > _FLASH_S
    if calm.sum() < 2:
        return []
    wavers = any(one.kind in _WAVERING for one in stage.light.practicals) or any(
        p.kind in _BURNING for p in stage.props
    )
    limit = FLICKER_LEVELS[stage.style] * (2.0 if wavers else 1.0)
    figure = float(off[calm].mean())
    told = f"the light changes by {figure:.1f} levels from frame to frame, at most {limit:.1f}"
    return [at_most("flicker", "", figure, limit, "levels", told)]
