"""Where weights lie on this machine: a folder that is named, or a snapshot in the hub's cache. Asks no network."""

from __future__ import annotations

import re
from pathlib import Path

from model.backends.config import Source
from model.errors import PictureError

__all__ = ["INDEX", "cache_folder", "folder_of", "is_repository", "repository_of"]

INDEX = "model_index.json"
"""The file that makes a folder a pipeline's."""

_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def is_repository(where: str) -> bool:
    """Whether a name could be that of a repository: OWNER/NAME."""
    return _REPOSITORY.fullmatch(where) is not None and ".." not in where and "--" not in where


def folder_of(source: Source, file: str = INDEX) -> Path | None:
    """The folder with the weights of a source, found by a `file` in it; None where they are not on this machine.

    A repository without a revision is its branch `main`, as it was when it was fetched.
    """
    if source.folder is not None:
        return source.folder
    if not is_repository(source.where):
        return None
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(source.where, file, revision=source.revision)
    if not isinstance(found, str):
        return None
    return Path(found).parents[file.count("/")]


def cache_folder(repository: str) -> Path:
    """Where the hub's cache keeps a repository, whether it is there or not."""
    from huggingface_hub import constants

    return Path(constants.HF_HUB_CACHE) / f"models--{repository.replace('/', '--')}"


def repository_of(source: Source) -> str | None:
    """The repository that weights are from, also where a folder of the hub's cache is named; None of another folder."""
    if source.folder is None:
        return source.where if is_repository(source.where) else None
    for part in source.folder.absolute().parts:
        if part.startswith("models--") and part.count("--") >= 2:
            return "/".join(part.removeprefix("models--").split("--", 1))
    return None


def revision_in(folder: Path) -> str | None:
    """The commit that a folder of the hub's cache holds; None of another folder."""
    return folder.name if folder.parent.name == "snapshots" else None


def missing(source: Source, name: str) -> PictureError:
    """Says that weights are not on this machine, with the fix."""
    if is_repository(source.where):
        at = f"@{source.revision}" if source.revision else ""
        return PictureError(
            f"{name}: {source.where}{at} is not on this machine. Fix: run `workprint weights get {source.where}{at}` "
            "where there is a network."
        )
    return PictureError(f"{name}: there is no folder {source.where}. Fix: name a folder of weights, or OWNER/NAME.")
