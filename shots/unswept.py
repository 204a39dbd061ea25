"""Work that makes many small records, without Python's collector, which looks through all of them time and again.

It looks for objects that hold each other in a ring, and records have none: whatever is let go of is freed at once all
the same. What else runs meanwhile is swept as soon as the work is done.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["unswept"]


@contextmanager
def unswept() -> Iterator[None]:
    """Holds the collector off, as a context or a decorator. One within another, or in several threads, holds it off
    until the first one that found it at work ends.
    """
    at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if at_work:
            gc.enable()
