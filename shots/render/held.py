"""The takes that a person circled, as the storyboard names them: each found in the store by its key's first digits.

Says what is there; whether a circled take still is what its shot asks for is the plan's to find (`shots.render.plan`).
"""

from __future__ import annotations

from dataclasses import dataclass

from shots.render.job import Take
from shots.render.store import Receipt, TakeStore
from shots.spec import Storyboard

__all__ = ["Held", "held_takes"]


@dataclass(frozen=True)
class Held:
    """The take that a person circled for a shot, what made it, and whether the shot keeps it whatever is changed."""

    take: Take
    receipt: Receipt
    locked: bool


def held_takes(storyboard: Storyboard, store: TakeStore) -> dict[str, Held]:
    """The circled takes of a completed storyboard that are there, by shot, in the order of the cut."""
    found: dict[str, Held] = {}
    for shot in storyboard.shots():
        if shot.id is None or shot.take is None:
            continue
        key = store.named(shot.take)
        take = store.find(key, shot.id) if key is not None else None
        receipt = store.receipt(key, shot.id) if key is not None else None
        if take is not None and receipt is not None:
            found[shot.id] = Held(take, receipt, shot.locked)
    return found
