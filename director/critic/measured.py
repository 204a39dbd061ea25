"""The measured critic: does a take hold what its stage asks for? Offline, always the same, in a fraction of a second.

Looks at a few frames of a take and at the light of all, and measures them against the stage: masks from its part
pass, colours from its cast's looks under its light, motion from its flow, edges from its surfaces. It never draws the
finished frame to compare with, so that a painted, a modelled and a photographed take are judged alike. What is too
small, too dark or out of sight is not judged; whether a picture is good is not judged either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from director.critic.composition import judge_cut, judge_sides
from director.critic.expected import Expected
from director.critic.gaze import judge_gaze
from director.critic.lighting import judge_light
from director.critic.moving import judge_motion
from director.critic.verdict import Judgement, Verdict
from director.critic.wardrobe import judge_people
from director.critic.watching import Watched, indices_of, watch, working_size
from director.critic.whole import judge_whole
from model.request import ClipRequest, Frame
from model.stage import Stage
from shots.blocking import ShotGeometry

__all__ = ["CONSTRAINTS", "VERSION", "Before", "judge"]

VERSION = 1
"""Raised when the same take may be judged otherwise: judgements that were kept count for their version alone."""

CONSTRAINTS = (
    "length", "size", "black", "blank", "frozen", "flicker", "people", "wardrobe", "hair", "skin", "key_side",
    "colour_temperature", "mirrored", "screen_direction", "camera_move", "eyeline", "cut_jump",
)  # fmt: skip
"""Every constraint that is measured, in the order of the verdicts."""

_TURNED_DEG = 25.0
_RESIZED = 1.25


@dataclass(frozen=True, eq=False)
class Before:
    """The shot before in the cut: what it was asked for and its geometry."""

    request: ClipRequest
    geometry: ShotGeometry


def judge(
    frames: Iterable[Frame],
    request: ClipRequest,
    geometry: ShotGeometry,
    before: Before | None = None,
    take_key: str = "",
) -> Judgement:
    """Watches a take once through and gives a verdict on each constraint that can be measured on it.

    `frames` are (h, w, 3) of uint8, read one at a time; `geometry` names the shot and tells, with `before`, whether the
    cut to it should change the picture. Without `before` the cut is not judged.
    """
    indices, gap = indices_of(request)
    taken = watch(frames, request, frozenset(indices) | frozenset(index + gap for index in indices))
    verdicts = judge_whole(taken, request)
    if not taken.of_other_size:
        sides = _sides(request.stage, request.fps, working_size(request), indices, gap)
        for side in sides:
            verdicts += side.judged(taken)
        if before is not None and _cuts(before, request, geometry) and np.ptp(taken.kept.get(0, 0)) > 0:
            verdicts += judge_cut(taken.kept[0], sides[0].expected, before.request)
    return Judgement(
        geometry.shot, take_key, tuple(sorted(verdicts, key=lambda one: CONSTRAINTS.index(one.constraint)))
    )


@dataclass(frozen=True, eq=False)
class _Side:
    """A picture, or a half of a split screen: what it should show, and its columns."""

    expected: Expected
    columns: slice

    def judged(self, taken: Watched) -> list[Verdict]:
        frames = {index: np.ascontiguousarray(frame[:, self.columns]) for index, frame in taken.kept.items()}
        frames = {index: frame for index, frame in frames.items() if np.ptp(frame) > 0}
        if not any(instant.index in frames for instant in self.expected.instants):
            return []
        return [
            *judge_people(self.expected, frames),
            *judge_light(self.expected, frames),
            *judge_sides(self.expected, frames),
            *judge_motion(self.expected, frames),
            *judge_gaze(self.expected, frames),
        ]


@lru_cache(maxsize=2)
def _sides(
    stage: Stage, fps: int, size_px: tuple[int, int], indices: tuple[int, ...], gap_frames: int
) -> tuple[_Side, ...]:
    """The picture of a stage, or both halves of a split screen; kept for the next take of the same shot."""
    width, height = size_px
    if stage.beside is None:
        return (_Side(Expected.of(stage, fps, size_px, indices, gap_frames), slice(0, width)),)
    half = width // 2
    return tuple(
        _Side(
            Expected.of(replace(part, beside=None), fps, (columns.stop - columns.start, height), indices, gap_frames),
            columns,
        )
        for part, columns in ((stage, slice(0, half)), (stage.beside, slice(half, width)))
    )


def _cuts(last: Before, request: ClipRequest, now: ShotGeometry) -> bool:
    """Whether a cut from one whole picture to another goes to another angle or another size."""
    if last.request.stage.beside is not None or request.stage.beside is not None:
        return False
    before = last.geometry
    turned = abs((now.camera_azimuth_deg - before.camera_azimuth_deg + 180.0) % 360.0 - 180.0)
    sizes = [
        max(one.body_height, other.body_height) / max(1e-3, min(one.body_height, other.body_height))
        for one in before.people
        for other in now.people
        if one.character == other.character and one.visible and other.visible
    ]
    return turned >= _TURNED_DEG or (bool(sizes) and min(sizes) >= _RESIZED)
