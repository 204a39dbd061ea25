"""What the drawn world does that can be heard and that no key says: feet that land, doors that move. Pure data.

`model.theatre.witness` reads it off the drawing's own motion, so that what is heard is what is seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from model.stage import Vec3

__all__ = ["DoorMove", "Footfall", "Witnessed"]


@dataclass(frozen=True, kw_only=True)
class Footfall:
    """A foot, paw or hoof comes down at a time of the shot.

    `swung` is how long a step it was, from 0 (a shift of weight) to 1 (a good stride); `runs` from 0 to 1.
    """

    time_s: float
    at: Vec3
    foot: str
    swung: float
    runs: float


@dataclass(frozen=True, kw_only=True)
class DoorMove:
    """A door's leaf swings from one time to another; what was as wanted already "stays"."""

    at: Vec3  # the threshold's middle, on the floor
    who: str
    act_start_s: float
    from_s: float
    until_s: float
    ends: Literal["open", "shut", "stays"]


@dataclass(frozen=True, kw_only=True)
class Witnessed:
    """Of one stage: footfalls by figure, in order of time; the set's doors; a split screen's right half."""

    footfalls: Mapping[str, tuple[Footfall, ...]] = field(default_factory=dict)
    doors: tuple[DoorMove, ...] = ()
    beside: Witnessed | None = None
