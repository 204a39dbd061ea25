"""A slugline taken apart: inside or out, where, when, in English and Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from shots.spec import Hour

__all__ = ["Heading", "parse_heading"]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """`INT. HOTEL - LOBBY - NIGHT` → interior, location HOTEL, parts (LOBBY), hour night, time "NIGHT".

    `interior` is None when the slugline does not say; INT./EXT. counts as interior with `both`. `hour` is
    None for times that depend on the scene before (CONTINUOUS, LATER, SAME, MOMENTS LATER) or are missing;
    `time` is the time of day as written.
    """

    interior: bool | None
    both: bool
    location: str
    parts: tuple[str, ...]
    hour: Hour | None
    time: str
    number: str | None


def parse_heading(text: str) -> Heading:
    """Takes a slugline apart. Never fails: what has no known form is a location."""
    raise NotImplementedError
