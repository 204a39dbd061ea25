"""Sounds as they were placed in the mix, kept on disk, so that a recut makes only what has changed.

A folder of arrays, each under the hash of all that made it; the longest unused go when there are too many bytes. What
cannot be read, or does not fit the hash any more, is made again: a mix with a folder equals a mix without.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np

from audio.layers import Stereo

__all__ = ["Placed", "key_of"]

_MOST_BYTES = 600_000_000


def key_of(*parts: object) -> str:
    """Returns a hash of plain values."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


class Placed:
    """The folder, or none. It may be used by several threads as long as their keys differ."""

    def __init__(self, folder: Path | None, most_bytes: int = _MOST_BYTES) -> None:
        self._folder, self._most_bytes = folder, most_bytes
        self.made = 0  # how many sounds were made and not found

    def get(self, key: str, make: Callable[[], Stereo], length: int | None = None) -> Stereo:
        """Returns the sound (n, 2) of `key`, from the folder if it is there, and of this length if one is told.

        Raises:
            OSError: the folder cannot be written to.
        """
        path = self._folder / f"{key}.npy" if self._folder else None
        if path is not None:
            try:
                held = np.load(path, allow_pickle=False)
                if held.ndim == 2 and held.shape[1] == 2 and held.dtype == np.float32 and length in (None, len(held)):
                    os.utime(path)
                    return np.asarray(held)
            except (OSError, ValueError, EOFError):
                pass
        samples = make()
        self.made += 1
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_name(f".{key}.{os.getpid()}.part")
            with partial.open("wb") as file:
                np.save(file, samples, allow_pickle=False)
            partial.replace(path)
        return samples

    def trim(self) -> None:
        """Drops what was not used for the longest time, down to the bytes that may be kept."""
        if self._folder is None or not self._folder.is_dir():
            return
        held = sorted(
            (stat.st_mtime_ns, stat.st_size, path) for path in self._folder.glob("*.npy") if (stat := path.stat())
        )
        spare = sum(size for _, size, _ in held) - self._most_bytes
        for _, size, path in held:
            if spare <= 0:
                break
            path.unlink(missing_ok=True)
            spare -= size
