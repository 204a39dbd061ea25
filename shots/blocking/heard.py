"""What is heard of a staged shot: footsteps, doors, things in hands, and when each sounds.

Pure data, seeded nothing: the same stage sounds the same. Nothing is rendered here, and no cut is known.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio.cues import Surface

__all__ = ["StageSound"]


@dataclass(frozen=True, kw_only=True)
class StageSound:
    """One sound of a shot: by its name in plain words, from `start_s` of the shot, as far off as the camera is."""

    name: str
    start_s: float
    duration_s: float | None = None
    pan: float = 0.0
    pan_end: float | None = None  # where it has moved to when it ends
    distance_m: float = 2.0
    surface: Surface | None = None  # what is stepped on, knocked at, set down on
    force: float = 0.5  # from 0 (as softly as can be) to 1
    who: str = ""  # the figure or prop that makes it
