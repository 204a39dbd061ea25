"""How loud a film is delivered: a target, how near it must be met, and the ceiling of its true peaks."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from audio.errors import SoundError

__all__ = ["PROFILES", "R128", "WEB", "Profile", "profile_of"]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A delivery's loudness, as its receiver measures it."""

    name: str
    loudness_lufs: float
    ceiling_dbtp: float
    tolerance_lu: float = 0.5


WEB = Profile(name="web", loudness_lufs=-16.0, ceiling_dbtp=-1.5)
R128 = Profile(name="r128", loudness_lufs=-23.0, ceiling_dbtp=-1.0)
PROFILES = {profile.name: profile for profile in (WEB, R128)}


def profile_of(name: str) -> Profile:
    """Returns the profile of that name.

    Raises:
        SoundError: there is none.
    """
    held = PROFILES.get(name.casefold())
    if held is None:
        near = get_close_matches(name.casefold(), PROFILES, 1, 0.4)
        meant = f"; did you mean '{near[0]}'?" if near else "."
        raise SoundError(f"No loudness profile '{name}'{meant} Fix: use one of {', '.join(PROFILES)}.")
    return held
