"""Holds weights on this machine to the checksums that came with them. Reads every byte, asks no network.

The hub's cache names large files by their SHA-256 and small ones by git's SHA-1 of them; a folder that was brought by
the hub's own tool has notes of the same. Where neither is, what a file says of its own length is all that is checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from model.backends.index import read_index
from model.backends.weight_files import check_safetensors
from model.errors import PictureError
from model.hub.here import INDEX

__all__ = ["Checked", "State", "verify"]

State = Literal["whole", "altered", "not whole", "no checksum"]
"""As its checksum says; or it breaks off; or nobody stated a checksum and it does not break off."""

_NOTES = ".cache/huggingface/download"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHA1 = re.compile(r"[0-9a-f]{40}")
_PIECE_BYTES = 1 << 22


@dataclass(frozen=True)
class Checked:
    """What was found of a file."""

    path: Path
    state: State
    told: str = ""


def verify(folder: Path, tell: Callable[[str, int, int], None]) -> Iterator[Checked]:
    """Checks the files of a folder of weights, one after the other; `tell` hears how many of its bytes were read.

    Raises:
        PictureError: it is a pipeline's folder with a part missing, or holds no weights at all.
    """
    if (folder / INDEX).is_file():
        files = read_index(folder).files
    else:
        files = tuple(sorted(path for path in folder.glob("*") if path.suffix in {".safetensors", ".gguf", ".json"}))
    if not files:
        raise PictureError(f"{folder} holds no weights. Fix: name a folder of weights, or a repository (OWNER/NAME).")
    for path in files:
        yield _checked(folder, path, tell)


def _checked(folder: Path, path: Path, tell: Callable[[str, int, int], None]) -> Checked:
    if path.suffix == ".safetensors":
        try:
            check_safetensors(path)
        except PictureError as error:
            return Checked(path, "not whole", str(error))
    stated = _stated(folder, path)
    if not stated:
        return Checked(path, "no checksum")
    if _digest(path, stated, tell) != stated:
        return Checked(path, "altered", f"{path} is not the file that was published: its checksum differs.")
    return Checked(path, "whole")


def _stated(folder: Path, path: Path) -> str:
    """The checksum that came with a file, "" where none did."""
    blob = path.resolve()
    if blob != path.absolute() and blob.parent.name == "blobs" and _is_checksum(blob.name):
        return blob.name
    note = folder / _NOTES / f"{path.relative_to(folder).as_posix()}.metadata"
    try:
        said = note.read_text("utf-8").splitlines()[1].strip()
    except (OSError, UnicodeDecodeError, IndexError):
        return ""
    return said if _is_checksum(said) else ""


def _is_checksum(text: str) -> bool:
    return bool(_SHA256.fullmatch(text) or _SHA1.fullmatch(text))


def _digest(path: Path, like: str, tell: Callable[[str, int, int], None]) -> str:
    """The digest of a file by the method that `like` is of: SHA-256, or git's SHA-1 of a blob."""
    size = path.stat().st_size
    of_git = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    digest = hashlib.sha256() if len(like) == 64 else of_git
    done = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
            done += len(piece)
            tell(path.name, done, size)
    return digest.hexdigest()
