"""The takes of a film on disk: content-addressed, each with its receipt, never changed and never deleted.

    <folder>/<key[:2]>/<key>/clip.mp4       the frames
    <folder>/<key[:2]>/<key>/sound.flac     what the engine made to be heard with them, if it does
    <folder>/<key[:2]>/<key>/receipt.json   what made them
    <folder>/shots/<key of the id>          the key of the newest take of a shot, for telling what changed

A take appears whole or not at all: it is written under a hidden name and renamed when it is on the disk.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from model.request import ClipSound, Licence
from shots.render.heard import SOUND, sound_of, write_sound
from shots.render.job import Job, Take
from shots.render.keys import JSON, key, plain
from shots.render.partial import flush, partial_path, sweep

__all__ = ["SHORT_KEY_DIGITS", "Receipt", "TakeStore", "file_digest"]

_CLIP = "clip.mp4"
_RECEIPT = "receipt.json"
_FORM = 1
_KEY_DIGITS = 64

SHORT_KEY_DIGITS = 12
"""The fewest digits of a key that name a take."""


@dataclass(frozen=True)
class Receipt:
    """What a stored take says of itself: which shot it was made for and all that made it, as JSON."""

    shot: str
    key: str
    inputs: dict[str, JSON]
    seen: dict[str, str]  # shot id → key of the take of it that was looked at
    told: tuple[str, ...] = ()  # what the back end said of how the request was met
    licence: Licence | None = None  # of its weights; None for the project's own


class TakeStore:
    """The takes in `folder`. Several processes may use one folder at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._found: dict[str, tuple[tuple[int, int, int, int], Take]] = {}  # with what its files looked like

    def find(self, take_key: str, shot: str) -> Take | None:
        """The take under a key, as a take of `shot`; None when there is none, or none that is whole.

        Checks the receipt and the sizes of clip and sound; `intact` reads the bytes.
        """
        home, known = self._home(take_key), self._found.get(take_key)
        if known is not None and _looks(home) == known[0]:
            return replace(known[1], shot=shot)
        looks = _looks(home)
        record = _read_json(home / _RECEIPT)
        clip = record.get("clip")
        if record.get("form") != _FORM or record.get("key") != take_key or not isinstance(clip, dict):
            return None
        numbers = [clip.get(name) for name in ("bytes", "frame_count", "width_px", "height_px", "fps")]
        digest = clip.get("sha256")
        if not isinstance(digest, str) or not all(isinstance(number, int) for number in numbers):
            return None
        size, frame_count, width_px, height_px, fps = (int(number) for number in numbers if isinstance(number, int))
        path = home / _CLIP
        if looks is None or looks[0] != size:
            return None
        sound, sound_digest = sound_of(record.get("sound"), home)
        if sound_digest and sound is None:
            return None
        take = Take(
            shot=shot,
            key=take_key,
            path=path,
            digest=digest,
            frame_count=frame_count,
            width_px=width_px,
            height_px=height_px,
            fps=fps,
            sound=sound,
            sound_digest=sound_digest,
        )
        self._found[take_key] = looks, take
        return take

    def intact(self, take: Take) -> bool:
        """Whether clip and sound still hold the bytes that were stored; reads all of them."""
        try:
            heard = take.sound is None or file_digest(take.sound) == take.sound_digest
            return heard and file_digest(take.path) == take.digest
        except OSError:
            return False

    def newest(self, shot: str) -> Receipt | None:
        """The receipt of the take that was last stored for `shot`."""
        try:
            take_key = self._pointer(shot).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return None
        return self.receipt(take_key, shot)

    def receipt(self, take_key: str, shot: str) -> Receipt | None:
        """What the take under a key says of itself, as a take of `shot`."""
        if len(take_key) != _KEY_DIGITS or not _is_hex(take_key):
            return None
        record = _read_json(self._home(take_key) / _RECEIPT)
        inputs, seen = record.get("inputs"), record.get("seen")
        if not isinstance(inputs, dict) or not isinstance(seen, dict):
            return None
        told = record.get("told")
        return Receipt(
            shot,
            take_key,
            inputs,
            {name: str(value) for name, value in seen.items()},
            tuple(str(line) for line in told) if isinstance(told, list) else (),
            _licence(record.get("licence")),
        )

    def named(self, digits: str) -> str | None:
        """The key of the one take whose key begins with `digits`, of which at least `SHORT_KEY_DIGITS` are needed."""
        if not SHORT_KEY_DIGITS <= len(digits) <= _KEY_DIGITS or not _is_hex(digits):
            return None
        found = [home.name for home in (self.folder / digits[:2]).glob(f"{digits}*") if len(home.name) == _KEY_DIGITS]
        return found[0] if len(found) == 1 else None

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A hidden folder for a take that is being made; it is gone afterwards unless `keep` took it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        folder = partial_path(self.folder)
        try:
            folder.mkdir()
            yield folder / _CLIP
        finally:
            try:
                shutil.rmtree(folder, ignore_errors=True)
            except KeyboardInterrupt:  # Ctrl-C in the middle of removing
                shutil.rmtree(folder, ignore_errors=True)
                raise

    def keep(
        self,
        clip: Path,
        job: Job,
        seen: dict[str, str],
        seconds: float,
        told: tuple[str, ...] = (),
        licence: Licence | None = None,
        sound: ClipSound | None = None,
    ) -> Take:
        """Stores a draft's clip as the take of `job`; `told` is what its back end says of how it was met, `sound` what
        it made to be heard with it.

        Raises:
            OSError: the disk is full or refuses.
        """
        flush(clip)
        request = job.request
        record: dict[str, JSON] = {
            "form": _FORM,
            "key": job.key,
            "shot": job.shot,
            "made_by": f"workprint {_workprint_version()}",
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "render_s": round(seconds, 3),
            "clip": {
                "sha256": file_digest(clip),
                "bytes": clip.stat().st_size,
                "frame_count": request.frame_count,
                "width_px": request.width_px,
                "height_px": request.height_px,
                "fps": request.fps,
            },
            "seen": dict(seen.items()),
            "inputs": plain(job.spec),
            "told": list(told),
            "licence": None if licence is None else dict(asdict(licence)),
        }
        if sound is not None:
            record["sound"] = write_sound(sound, clip.with_name(SOUND))
        receipt = clip.with_name(_RECEIPT)
        receipt.write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
        flush(receipt)
        home = self._home(job.key)
        home.parent.mkdir(parents=True, exist_ok=True)
        if home.exists() and self.find(job.key, job.shot) is None:
            home.rename(partial_path(self.folder, ".damaged"))  # swept once this process is gone
        try:
            clip.parent.rename(home)
        except OSError:
            if self.find(job.key, job.shot) is None:  # else another process stored the same take meanwhile
                raise
        else:
            flush(home.parent)
        self.point(job.shot, job.key)
        take = self.find(job.key, job.shot)
        if take is None:
            raise OSError(f"{home} cannot be read back")
        return take

    def point(self, shot: str, take_key: str) -> None:
        """Remembers that `take_key` is now the take of `shot`."""
        pointer = self._pointer(shot)
        pointer.parent.mkdir(parents=True, exist_ok=True)
        partial = partial_path(self.folder, ".key")
        try:
            partial.write_text(take_key, "ascii")
            partial.replace(pointer)
        finally:
            partial.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Removes what killed processes left half made."""
        sweep(self.folder)

    def _home(self, take_key: str) -> Path:
        return self.folder / take_key[:2] / take_key

    def _pointer(self, shot: str) -> Path:
        return self.folder / "shots" / key("shot", shot)[:32]


def _looks(home: Path) -> tuple[int, int, int, int] | None:
    """The sizes of a take's clip and sound, and when its receipt was written and how long that is; None when clip or
    receipt is missing.
    """
    try:
        receipt = (home / _RECEIPT).stat()
        clip = (home / _CLIP).stat()
    except OSError:
        return None
    try:
        heard = (home / SOUND).stat().st_size
    except OSError:
        heard = 0
    return clip.st_size, heard, receipt.st_mtime_ns, receipt.st_size


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _licence(said: JSON) -> Licence | None:
    """A licence as it stands in a receipt."""
    if not isinstance(said, dict):
        return None
    name, line, address = (str(said.get(field) or "") for field in ("name", "line", "address"))
    return Licence(name, said.get("commercial") is True, line, address)


def _is_hex(text: str) -> bool:
    return set(text) <= set("0123456789abcdef")


def _read_json(path: Path) -> dict[str, JSON]:
    """A JSON mapping from a file; {} when it is missing or something else."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return record if isinstance(record, dict) else {}


def _workprint_version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("workprint")
    except PackageNotFoundError:
        return "unreleased"
