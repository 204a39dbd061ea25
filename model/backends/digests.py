"""Digests of large files, each taken once and remembered for as long as the file stays as it is.

What is remembered is of a path, its size, its time of change and its inode: a file that is put in another's place is
digested anew. The memory is a file of the user's cache; without it all goes on, only slower.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

__all__ = ["digests_of"]

_WORTH_REMEMBERING_BYTES = 1 << 20
_MOST_REMEMBERED = 4096
_AT_ONCE = 4  # hashing lets other threads run, and one core hashes slower than a disk reads


def digests_of(paths: Iterable[Path]) -> dict[Path, str]:
    """The SHA-256 of each file, 64 hexadecimal digits.

    Raises:
        OSError: one cannot be read.
    """
    memory = _memory()
    remembered = _read(memory)
    wanted = list(paths)
    keys = {path: _key(path) for path in wanted}
    known = {path: remembered[keys[path]] for path in wanted if keys[path] in remembered}
    unknown = [path for path in wanted if path not in known]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        fresh = dict(zip(unknown, pool.map(_digest, unknown), strict=True))
    news = {keys[path]: digest for path, digest in fresh.items() if path.stat().st_size >= _WORTH_REMEMBERING_BYTES}
    if news:
        _write(memory, {**remembered, **news})
    return {**known, **fresh}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _key(path: Path) -> str:
    real = path.resolve()
    about = real.stat()
    return f"{real} {about.st_size} {about.st_mtime_ns} {about.st_ino}"


def _memory() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "workprint" / "digests.json"


def _read(memory: Path) -> dict[str, str]:
    try:
        read = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: digest for key, digest in read.items() if isinstance(digest, str)} if isinstance(read, dict) else {}


def _write(memory: Path, remembered: dict[str, str]) -> None:
    """Puts the newest in the file's place at once; another process' at the same time is lost, and taken anew."""
    newest = dict(list(remembered.items())[-_MOST_REMEMBERED:])
    with contextlib.suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=memory.parent, delete=False, encoding="utf-8") as draft:
            json.dump(newest, draft)
        Path(draft.name).replace(memory)
