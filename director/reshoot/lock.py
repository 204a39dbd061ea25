"""One session at a time: a lock on a file that several notebooks, pages and commands may have open at once.

The lock is a hidden file beside it, held by the operating system, so that it ends with the process that holds it.
Only programs of this project heed it; an editor does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shots.errors import WorkprintError

__all__ = ["held"]

_WAIT_S = 10.0


@contextmanager
def held(file: Path, wait_s: float = _WAIT_S) -> Iterator[None]:
    """Nobody else holds `file` meanwhile, in this process or another; not to be nested for one file.

    Raises:
        WorkprintError: somebody else holds it for longer than `wait_s`, or its folder cannot be written.
    """
    from filelock import FileLock, Timeout

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file.with_name(f".{file.name}.lock")).acquire(timeout=wait_s)
    except Timeout:
        raise WorkprintError(
            f"{file}: another session has held it for {wait_s:g} seconds. "
            "Fix: let it finish or close it, then do this again."
        ) from None
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise WorkprintError(
            f"{file}: cannot be written, because its folder cannot ({reason}). "
            "Fix: make the folder writable, or copy the film to one that is."
        ) from None
    with lock:
        yield
