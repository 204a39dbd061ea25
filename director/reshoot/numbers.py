"""Numbers as a person gives them in a notebook: what is none is refused in a sentence, before anything is done."""

from __future__ import annotations

import math
from numbers import Integral, Real

from shots.errors import NoteError

__all__ = ["is_whole", "seconds"]


def seconds(value: object, what: str) -> float:
    """A time or a length in seconds.

    Raises:
        NoteError: it is no number.
    """
    if isinstance(value, bool) or not isinstance(value, Real) or math.isnan(value):
        raise NoteError(f"{what} cannot be {value!r:.40}. Fix: give a number of seconds, such as 1.5.")
    return float(value)


def is_whole(value: object, most: int) -> bool:
    """Whether it is a whole number from 1 to `most`."""
    return not isinstance(value, bool) and isinstance(value, Integral) and 1 <= int(value) <= most
