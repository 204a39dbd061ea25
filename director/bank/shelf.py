"""Pictures that were made for the bank, on disk: each with its receipt, never changed and never deleted.

    <folder>/<name>/<view>-<key[:12]>.png    the picture
    <folder>/<name>/<view>-<key[:12]>.json   what made it, what was found in it, and whether it is used

The folder of a character or place is for a person to look into: what is liked there can be named in the storyboard.
A picture appears with its receipt or not at all, as the receipt is written last.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from director.bank.verify import Verified
from director.folder import folder_name
from model.request import Frame, Licence
from shots.render.keys import JSON, key, plain
from shots.render.partial import flush, partial_path, sweep

__all__ = ["Asked", "Entry", "Shelf"]

_FORM = 1
_KEY_DIGITS = 12


@dataclass(frozen=True, kw_only=True)
class Asked:
    """All that makes a picture of the bank, and nothing else: its key is the key of this.

    `holds_to` are the digests of the pictures that it was made after.
    """

    kind: str  # "identity" or "place"
    of: str
    view: str
    text: str
    negative: str
    width_px: int
    height_px: int
    seed: int
    holds_to: tuple[str, ...]
    maker: str
    maker_version: str
    weights_digest: str

    @property
    def key(self) -> str:
        """64 hexadecimal digits."""
        return key("bank picture", self)


@dataclass(frozen=True)
class Entry:
    """A picture on the shelf: where, the digest of its bytes, whether it is used, and what was found in it."""

    path: Path
    digest: str
    accepted: bool
    told: tuple[str, ...]

    def picture(self) -> Frame:
        """The picture, (h, w, 3).

        Raises:
            OSError: it cannot be read.
        """
        from PIL import Image

        with Image.open(self.path, formats=("PNG",)) as opened:
            return np.asarray(opened.convert("RGB"))


class Shelf:
    """The pictures in `folder`. Several processes may use one folder at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, asked: Asked) -> Entry | None:
        """What was made as asked; None where there is nothing, or nothing whole."""
        path = self._path(asked)
        try:
            record = json.loads(path.with_suffix(".json").read_text("utf-8"))
            data = path.read_bytes()
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(record, dict) or record.get("form") != _FORM or record.get("key") != asked.key:
            return None
        digest, told = record.get("sha256"), record.get("told")
        if digest != hashlib.sha256(data).hexdigest() or not isinstance(told, list):
            return None
        return Entry(path, digest, record.get("accepted") is True, tuple(str(line) for line in told))

    def keep(self, asked: Asked, picture: Frame, verified: Verified, licence: Licence | None) -> Entry:
        """Stores a picture and what was found in it.

        Raises:
            OSError: the disk is full or refuses.
        """
        from PIL import Image

        stream = io.BytesIO()
        Image.fromarray(picture).save(stream, "PNG", compress_level=1)  # quick, and lossless all the same
        data = stream.getvalue()
        digest = hashlib.sha256(data).hexdigest()
        record: dict[str, JSON] = {
            "form": _FORM,
            "key": asked.key,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "sha256": digest,
            "accepted": verified.accepted,
            "told": list(verified.told),
            "judged_by": verified.by,
            "licence": licence.line if licence is not None else "",
            "inputs": plain(asked),
        }
        path = self._path(asked)
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path.parent)
        _write(path, data)
        _write(path.with_suffix(".json"), (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        return Entry(path, digest, verified.accepted, verified.told)

    def _path(self, asked: Asked) -> Path:
        return self.folder / folder_name(asked.of) / f"{asked.view or asked.kind}-{asked.key[:_KEY_DIGITS]}.png"


def _write(path: Path, data: bytes) -> None:
    """Writes a file so that it is at any time either as it was or complete."""
    partial = partial_path(path.parent)
    try:
        partial.write_bytes(data)
        flush(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
