"""What is trained on and what is held out, told by name or seed alone, so that no list has to be kept.

A person, a place or a pair of words falls on the same side on every machine and for ever.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from random import Random
from typing import Literal, TypeVar

__all__ = ["Split", "balanced", "held_out", "ordinal", "rng_of", "seed_for"]

T = TypeVar("T")
Split = Literal["train", "held_out"]

HELD_SHARE = 12  # one in so many is held out


def _number(*parts: object) -> int:
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()
    return int.from_bytes(digest[:8], "big")


def held_out(*parts: object) -> bool:
    """Whether a thing of these parts, such as ("place", "bar", 17) or ("pair", "dance", "church"), is held out."""
    return _number("held out", *parts) % HELD_SHARE == 0


def rng_of(*parts: object) -> Random:
    """A generator of its own for these parts."""
    return Random(_number(*parts))


def seed_for(split: Split, *parts: object) -> int:
    """The first seed from a start that `parts` give, for which a thing named by `parts[0]` and it is on a side."""
    start = _number("seed", split, *parts) % (1 << 30)
    return next(seed for seed in range(start, start + 4096) if held_out(parts[0], seed) == (split == "held_out"))


def balanced(values: Sequence[T], index: int, field: str) -> T:
    """The value of a field for sample `index`: each block of as many samples as values has every value once."""
    block, at = divmod(index, len(values))
    return values[_order(len(values), field, block)[at]]


@lru_cache(maxsize=4096)
def _order(count: int, field: str, block: int) -> tuple[int, ...]:
    order = list(range(count))
    rng_of("balanced", field, block).shuffle(order)
    return tuple(order)


def ordinal(values: Sequence[object], index: int, field: str) -> int:
    """How many samples before `index` had its own value of a balanced field: to balance another among those alone."""
    mine = balanced(values, index, field)
    block, at = divmod(index, len(values))
    before = sum(balanced(values, block * len(values) + i, field) == mine for i in range(at))
    return block * sum(value == mine for value in values) + before
