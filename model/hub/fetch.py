"""Brings weights from the hub into its cache on this machine, when a person asks for it and never else.

Only what a pipeline reads is brought: the parts that its index names, in safetensors, and text. What is interrupted
goes on where it stopped, in another process too, and every file is held to the checksum that the hub states.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.backends.config import Source
from model.errors import PictureError
from model.hub.answers import told
from model.hub.choice import chosen
from model.hub.here import INDEX, cache_folder, is_repository

if TYPE_CHECKING:
    from huggingface_hub import HfApi

__all__ = ["Found", "Remote", "Tell", "fetch", "look"]

Tell = Callable[[str, int, int], None]
"""Told as bytes come: the file, how many are there, of how many."""

_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_REVISION = re.compile(r"\w[\w-]*([./]\w[\w-]*)*")


@dataclass(frozen=True)
class Remote:
    """A file of a repository. `sha256` is "" for small ones, which the hub states another checksum of."""

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Found:
    """A repository at one commit, and what of it is to be fetched."""

    source: Source
    commit: str
    files: tuple[Remote, ...]

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)

    @property
    def missing_bytes(self) -> int:
        """What is not on this machine yet."""
        return sum(file.size_bytes - _there(self, file) for file in self.files)


def look(source: Source, only: Sequence[str] = (), parts: Sequence[str] = ()) -> Found:
    """What would be fetched: the files of a pipeline, or of some `parts` of it, or those named by `only`.

    Raises:
        PictureError: there is no network, no such repository, revision or file; its makers want to be asked first;
            its weights are in no form that is read.
    """
    if not is_repository(source.where):
        raise PictureError(
            f"{source.where} is no repository. Fix: name one as OWNER/NAME, or see `workprint weights list`."
        )
    if source.revision is not None and not _REVISION.fullmatch(source.revision):
        raise PictureError(f"'{source.revision}' is no revision. Fix: name a branch, a tag or a commit.")
    from huggingface_hub.hf_api import RepoFile

    with told(source):
        api = _api()
        info = api.model_info(source.where, revision=source.revision)
        tree = api.list_repo_tree(source.where, recursive=True, revision=info.sha)
        files = tuple(
            Remote(entry.path, entry.size, entry.lfs.sha256 if entry.lfs else "")
            for entry in tree
            if isinstance(entry, RepoFile)
        )
        commit = str(info.sha)
        if not (_COMMIT.fullmatch(commit) and all(_SHA256.fullmatch(file.sha256) for file in files if file.sha256)):
            raise PictureError(f"what answers for {source.where} is no hub. Fix: unset HF_ENDPOINT, or mend it.")
        return Found(source, commit, _wanted(source, commit, files, only, parts))


def fetch(found: Found, tell: Tell) -> Path:
    """Brings the files; gives the folder that holds them.

    Raises:
        PictureError: the network went, the disk is too small, or what came is not what the hub states.
    """
    source = found.source
    home = cache_folder(source.where)
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free
    if free < found.missing_bytes:
        raise PictureError(
            f"{source.where} needs {found.missing_bytes / 1e9:.1f} GB more, and {home} has {free / 1e9:.1f} GB free. "
            "Fix: free some space, or set HF_HOME to a folder on a larger disk."
        )
    with told(source):
        for file in found.files:
            if file.sha256:
                _large(found, file, tell)
            _filed(found, file)
            tell(file.path, file.size_bytes, file.size_bytes)
    # Last, so that the branch or tag leads to these files only when all of them are there.
    if source.revision != found.commit:
        name = home / "refs" / (source.revision or "main")
        name.parent.mkdir(parents=True, exist_ok=True)
        name.write_text(found.commit, "ascii")
    return home / "snapshots" / found.commit


def _api() -> HfApi:
    from huggingface_hub import HfApi

    return HfApi(library_name="workprint")


def _wanted(
    source: Source, commit: str, files: tuple[Remote, ...], only: Sequence[str], parts: Sequence[str]
) -> tuple[Remote, ...]:
    by_path = {file.path: file for file in files}
    if only:
        absent = [name for name in only if name not in by_path]
        if absent:
            raise PictureError(f"{source.where} has no file {absent[0]}. Fix: name one that its page lists.")
        return tuple(by_path[name] for name in only)
    if parts:
        named = json.dumps({part: ["of", part] for part in parts}).encode()
        return tuple(by_path[path] for path in chosen(source.where, named, tuple(by_path)) if path != INDEX)
    if INDEX in by_path:
        from huggingface_hub import hf_hub_download

        index = Path(hf_hub_download(source.where, INDEX, revision=commit, library_name="workprint"))
        return tuple(by_path[path] for path in chosen(source.where, index.read_bytes(), tuple(by_path)))
    return tuple(by_path[path] for path in chosen(source.where, b"", tuple(by_path)))


def _there(found: Found, file: Remote) -> int:
    """How many bytes of a file are on this machine."""
    home = cache_folder(found.source.where)
    if (home / "snapshots" / found.commit / file.path).exists():
        return file.size_bytes
    if (home / "blobs" / file.sha256).is_file():
        return file.size_bytes
    partial = _partial(home, file)
    return partial.stat().st_size if file.sha256 and partial.exists() else 0


def _partial(home: Path, file: Remote) -> Path:
    """Where a large file is until all of it has come."""
    return home / "blobs" / f"{file.sha256}.workprint"


def _large(found: Found, file: Remote, tell: Tell) -> None:
    """Brings a large file to where the hub's cache looks for it, from where it was left."""
    from filelock import FileLock
    from huggingface_hub import hf_hub_url
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.file_download import http_get
    from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]

    home = cache_folder(found.source.where)
    blob, partial = home / "blobs" / file.sha256, _partial(home, file)
    lock = home.parent / ".locks" / home.name / f"{file.sha256}.workprint.lock"
    for path in (blob, lock):
        path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        if blob.exists():
            return
        have = partial.stat().st_size if partial.exists() else 0
        if have > file.size_bytes:
            partial.unlink()
            have = 0
        with partial.open("ab") as out:
            try:
                http_get(
                    hf_hub_url(found.source.where, file.path, revision=found.commit),
                    out,
                    resume_size=have,
                    headers=build_hf_headers(library_name="workprint"),
                    expected_size=file.size_bytes,
                    displayed_filename=file.path,
                    tqdm_class=_bar(file, tell),
                )
            except OSError as error:
                if error.errno is not None or isinstance(error, HfHubHTTPError):
                    raise
                raise PictureError(
                    f"{file.path} of {found.source.where} came in part. Fix: run the same command again to go on."
                ) from None
        if _sha256(partial) != file.sha256:
            partial.unlink()
            raise PictureError(
                f"{file.path} of {found.source.where} is not what the hub states: its checksum differs. "
                "Fix: run the same command again; what came was thrown away."
            )
        partial.replace(blob)


def _filed(found: Found, file: Remote) -> None:
    """Has the hub's library file a blob under its name, or bring a small file."""
    from huggingface_hub import hf_hub_download

    hf_hub_download(found.source.where, file.path, revision=found.commit, library_name="workprint")


def _bar(file: Remote, tell: Tell) -> Any:
    """What the hub's library takes for a progress bar, telling ours."""

    class Bar:
        def __init__(self, *args: object, initial: int = 0, **options: object) -> None:
            del args, options
            self.n = initial

        def __enter__(self) -> Bar:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def update(self, count: float | None = 1) -> None:
            self.n += int(count or 0)
            tell(file.path, self.n, file.size_bytes)

    return Bar


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
