"""Conforms a cut to its media: the film as segments, each of which is encoded once and joined by stream copy.

A segment is a run of frames made in one way: a card, the body of a shot, or the frames that two shots share
in a transition. Its key is made of the digests of its takes and the frames it shows, not of where it stands:
moving a shot encodes nothing, and changing one shot encodes that shot's segment (and its soft transitions).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from shots.cut.timeline import Card, Cut, CutItem
from shots.cut.titles import draw_card
from shots.errors import CutError
from shots.render.job import Take
from shots.render.keys import key

__all__ = ["Layer", "Segment", "conform"]


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Frames of one picture: `frame_count` of the shot's take from `first_frame` on, or a card that stands still.

    Its first `fade_in_frames` rise from black, its last `fade_out_frames` sink to it.
    """

    shot: str
    media: Path | None
    digest: str  # of the media, or of the card as it is drawn
    card: Card | None
    first_frame: int
    frame_count: int
    fade_in_frames: int = 0
    fade_out_frames: int = 0


@dataclass(frozen=True, kw_only=True)
class Segment:
    """Frames from `start_frame` of the film: one layer, or two with how the second comes over the first."""

    start_frame: int
    frame_count: int
    layers: tuple[Layer, ...]
    join: Literal["none", "dissolve", "wipe"]
    width_px: int
    height_px: int
    fps: int

    def key(self, made_by: tuple[str, ...]) -> str:
        """What the segment's file is called; `made_by` is whatever else decides what stands in it."""
        shown = tuple(
            (
                layer.digest,
                layer.card,
                layer.first_frame,
                layer.frame_count,
                layer.fade_in_frames,
                layer.fade_out_frames,
            )
            for layer in self.layers
        )
        return key("segment", (shown, self.join, self.width_px, self.height_px, self.fps, made_by))


def conform(cut: Cut, takes: Mapping[str, Take]) -> tuple[Segment, ...]:
    """The segments of a film, in order and without a gap.

    Raises:
        CutError: a shot has no take, or one that does not fit the cut.
    """
    segments: list[Segment] = []
    for item in cut.items:
        if item.card is None:
            _check(cut, item, takes.get(item.shot))
    for before, item, following in zip((None, *cut.items), cut.items, (*cut.items[1:], None), strict=False):
        if item.overlap_frames and before is not None:
            under = _layer(cut, before, takes, before.frame_count - item.overlap_frames, item.overlap_frames)
            over = _layer(cut, item, takes, 0, item.overlap_frames)
            join: Literal["wipe", "dissolve"] = "wipe" if item.entered_by == "wipe" else "dissolve"
            segments.append(_segment(cut, item.start_frame, (under, over), join))
        shared = following.overlap_frames if following else 0
        alone = item.frame_count - item.overlap_frames - shared
        if alone:
            body = _layer(cut, item, takes, item.overlap_frames, alone, item.fade_in_frames, item.fade_out_frames)
            segments.append(_segment(cut, item.start_frame + item.overlap_frames, (body,), "none"))
    return tuple(segments)


def _segment(
    cut: Cut, start_frame: int, layers: tuple[Layer, ...], join: Literal["none", "dissolve", "wipe"]
) -> Segment:
    return Segment(
        start_frame=start_frame,
        frame_count=layers[0].frame_count,
        layers=layers,
        join=join,
        width_px=cut.width_px,
        height_px=cut.height_px,
        fps=cut.fps,
    )


def _layer(
    cut: Cut, item: CutItem, takes: Mapping[str, Take], first: int, count: int, fade_in: int = 0, fade_out: int = 0
) -> Layer:
    if item.card is not None:  # known by how it looks, since the fonts of a machine change
        digest = hashlib.sha256(draw_card(item.card, cut.width_px, cut.height_px).tobytes()).hexdigest()
    else:
        digest = takes[item.shot].digest
    return Layer(
        shot=item.shot,
        media=None if item.card else takes[item.shot].path,
        digest=digest,
        card=item.card,
        first_frame=0 if item.card else item.first_frame + first,
        frame_count=count,
        fade_in_frames=fade_in,
        fade_out_frames=fade_out,
    )


def _check(cut: Cut, item: CutItem, take: Take | None) -> None:
    if take is None:
        raise CutError(f"shot {item.shot} has no take. Fix: render it first.")
    if (take.width_px, take.height_px, take.fps) != (cut.width_px, cut.height_px, cut.fps):
        raise CutError(
            f"the take of shot {item.shot} is {take.width_px}×{take.height_px} at {take.fps} frames per second, "
            f"and the film {cut.width_px}×{cut.height_px} at {cut.fps}. Fix: render the shot again."
        )
    needed = item.first_frame + item.frame_count
    if take.frame_count < needed:
        raise CutError(
            f"the take of shot {item.shot} has {take.frame_count} frames, and the cut needs {needed}. "
            "Fix: render the shot again."
        )
