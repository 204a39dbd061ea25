"""The takes that a person circled, as the storyboard names them: each found in the store by its key's first digits.

Says what is there; whether a circled take still is what its shot asks for is the plan's to find (`shots.render.plan`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shots.render.job import Take
from shots.render.store import Receipt, TakeStore
from shots.spec import Shot, Storyboard

__all__ = ["Held", "held_take", "held_takes", "locked_frames"]


@dataclass(frozen=True)
class Held:
    """The take that a person circled for a shot, what made it, and whether the shot keeps it whatever is changed."""

    take: Take
    receipt: Receipt
    locked: bool


def locked_frames(held: Mapping[str, Held]) -> dict[str, int]:
    """How long the takes are that shots keep, by shot."""
    return {shot: one.take.frame_count for shot, one in held.items() if one.locked}


def held_takes(storyboard: Storyboard, store: TakeStore) -> dict[str, Held]:
    """The circled takes of a completed storyboard that are there, by shot, in the order of the cut."""
    found = {shot.id: held_take(storyboard, shot, store) for shot in storyboard.shots() if shot.id is not None}
    return {shot: one for shot, one in found.items() if one is not None}


def held_take(storyboard: Storyboard, shot: Shot, store: TakeStore) -> Held | None:
    """The circled take of one shot, if it is there.

    A take of another size or rate than the film's cannot be kept, so none of that is locked (`shots.continuity.keeping`
    tells it).
    """
    if shot.id is None or shot.take is None:
        return None
    key = store.named(shot.take)
    take = store.find(key, shot.id) if key is not None else None
    receipt = store.receipt(key, shot.id) if key is not None else None
    if take is None or receipt is None:
        return None
    film = (storyboard.width_px, storyboard.height_px, storyboard.fps)
    return Held(take, receipt, shot.locked and (take.width_px, take.height_px, take.fps) == film)
