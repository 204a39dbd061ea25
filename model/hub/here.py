"""Where weights lie on this machine: a folder that is named, or a snapshot in the hub's cache. Asks no network."""

from __future__ import annotations

import re
from pathlib import Path

from model.backends.config import Source
from model.errors import PictureError
from model.hub.assembled import assembled, recipe_of
from model.hub.known import of_repository

__all__ = ["INDEX", "cache_folder", "folder_of", "is_repository", "missing", "repository_of"]

INDEX = "model_index.json"
"""The file that makes a folder a pipeline's."""

_PART = "config.json"  # of a repository that holds one part of a pipeline
_REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")


def is_repository(where: str) -> bool:
    """Whether a name could be that of a repository: OWNER/NAME."""
    return _REPOSITORY.fullmatch(where) is not None and ".." not in where and "--" not in where


def folder_of(source: Source) -> Path | None:
    """The folder with the weights of a source; None where they are not on this machine.

    A repository without a revision is its branch `main`, as it was when it was fetched. One that holds a single part
    of a pipeline is given as that pipeline, where the other parts are here as well.
    """
    if source.folder is not None:
        return source.folder
    if not is_repository(source.where):
        return None
    from huggingface_hub import try_to_load_from_cache

    for name in (INDEX, _PART):
        found = try_to_load_from_cache(source.where, name, revision=source.revision)
        if isinstance(found, str):
            recipe = recipe_of(source.where)
            folder = Path(found).parent
            return folder if recipe is None else assembled(recipe, folder, cache_folder(source.where))
    return None


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


def missing(source: Source) -> PictureError:
    """Says that weights are not on this machine, or not all of them, with the fix."""
    where = source.where
    if not is_repository(where):
        return PictureError(f"there is no folder {where}. Fix: name a folder of weights, or a repository (OWNER/NAME).")
    named = f"{where}@{source.revision}" if source.revision else where
    begun = any((cache_folder(where) / "blobs").glob("*.workprint"))
    state, fix = ("only in part on this machine", "to go on") if begun else ("not on this machine", "first")
    known = of_repository(where)
    asked = "accept their licence on their page, then " if known is not None and known.gated and not begun else ""
    return PictureError(f"the weights {named} are {state}. Fix: {asked}run `workprint weights get {named}` {fix}.")
