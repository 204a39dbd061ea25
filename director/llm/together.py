"""Questions asked at once, a few at a time: the answers come in the order of what was asked about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

__all__ = ["AT_ONCE", "in_order"]

AT_ONCE = 4
"""Questions that are under way at the same time."""

T = TypeVar("T")
R = TypeVar("R")


def in_order(work: Callable[[T], R], items: Sequence[T], at_once: int = AT_ONCE) -> list[R]:
    """The results in the order of `items`. When one fails no other is begun, and the first failure is raised."""
    with ThreadPoolExecutor(at_once) as pool:
        waiting = [pool.submit(work, item) for item in items]
        try:
            return [each.result() for each in waiting]
        except BaseException:
            for each in waiting:
                each.cancel()
            raise
