"""A file that is either whole at its place or not there: written beside it, then moved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shots.render.partial import partial_path

__all__ = ["written"]


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Gives a name beside `path` to write to; on success that file becomes `path`, else it is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = partial_path(path.parent, path.suffix)
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
