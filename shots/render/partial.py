"""Files that are being written: hidden under a name that tells whose they are, until they are whole.

A reader never sees half a file, and what a killed process left is swept by the next.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from pathlib import Path

__all__ = ["flush", "partial_path", "sweep"]

_PARTIAL = re.compile(r"\.part-(\d+)-[0-9a-f]{32}(\.\w+)?")


def partial_path(folder: Path, suffix: str = "") -> Path:
    """A name in `folder` for something that this process is writing; rename it when it is whole."""
    return folder / f".part-{os.getpid()}-{uuid.uuid4().hex}{suffix}"


def sweep(folder: Path) -> None:
    """Removes what processes that are no longer alive left unfinished in `folder`."""
    if not folder.is_dir():
        return
    for entry in folder.iterdir():
        match = _PARTIAL.fullmatch(entry.name)
        if match is None or _alive(int(match[1])):
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def flush(path: Path) -> None:
    """Waits until a file's bytes (on POSIX also a folder's names) are on the disk."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _alive(pid: int) -> bool:
    if os.name != "posix":  # elsewhere signal 0 is not harmless; what is left there stays
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    try:  # one that has ended and that nobody has asked about still answers; Linux tells
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
    except (OSError, IndexError):
        return True
