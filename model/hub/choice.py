"""Which files of a repository a pipeline reads: those of the parts that its index names, in safetensors, and text.

A repository often holds more: pickles of the same, other programs' single files, halves and wholes of precision,
pictures. None of that is brought, and code never is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from model.errors import PictureError

__all__ = ["chosen"]

_TEXT = {".json", ".txt", ".model", ".jinja"}  # .model: the vocabulary of a tokenizer
_PAPERS = re.compile(r"(readme|licen[cs]e|notice)[^/]*", re.IGNORECASE)
_VARIANT = re.compile(r"\.(fp16|bf16|fp32|fp8|non_ema)(?=[.-])")
_WITHOUT_WEIGHTS = ("scheduler", "tokenizer", "processor", "feature_extractor")


def chosen(repository: str, index: bytes, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The paths to bring, of those in a repository; `index` is its model_index.json, b"" where it is no pipeline's.

    One that is no pipeline's is a part by itself: its files at the top. Where a part is there in several precisions,
    the one that is named without any is taken, or else the first.

    Raises:
        PictureError: the index is no such file; a part's weights are in no form that is read.
    """
    parts = _parts(repository, index) if index else ("",)
    found = [path for path in paths if "/" not in path and (path == "model_index.json" or _PAPERS.fullmatch(path))]
    for part in parts:
        inside = [path for path in paths if str(PurePosixPath(path).parent) == (part or ".") and path not in found]
        found += [path for path in inside if PurePosixPath(path).suffix in _TEXT and not _is_list(path)]
        weights = tuple(_weights(inside))
        if not weights and not any(kind in part for kind in _WITHOUT_WEIGHTS) and _has_other(inside):
            raise PictureError(
                f"{repository} holds no safetensors{f' for its {part}' if part else ''}, and weights in no other form "
                "are read from the hub as a whole. Fix: choose a repository with safetensors, or name one file of this "
                "one with --file."
            )
        found += weights
    if not any(path.endswith(".safetensors") for path in found):
        raise PictureError(
            f"{repository} holds no pipeline in safetensors. Fix: choose a repository that diffusers loads, or name "
            "one file of this one with --file."
        )
    return tuple(dict.fromkeys(found))


def _parts(repository: str, index: bytes) -> tuple[str, ...]:
    try:
        said = json.loads(index)
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise PictureError(f"{repository}: its model_index.json is no JSON object. Fix: choose another repository.")
    named = (name for name, value in said.items() if isinstance(value, list) and len(value) == 2 and value[0])
    return tuple(name for name in named if re.fullmatch(r"\w+", name))


def _weights(paths: list[str]) -> Iterator[str]:
    """The safetensors of one precision, with the list of their shards."""
    safe = [path for path in paths if path.endswith(".safetensors")]
    precisions = [_precision(path) for path in safe]
    if not safe:
        return
    wanted = "" if "" in precisions else precisions[0]
    yield from (path for path in safe if _precision(path) == wanted)
    yield from (path for path in paths if _is_list(path) and ".safetensors" in path and _precision(path) == wanted)


def _precision(path: str) -> str:
    found = _VARIANT.search(PurePosixPath(path).name)
    return found[1] if found else ""


def _is_list(path: str) -> bool:
    """Whether a file lists the shards of weights."""
    return ".index." in path and path.endswith(".json")


def _has_other(paths: list[str]) -> bool:
    return any(PurePosixPath(path).suffix in {".bin", ".pt", ".pth", ".ckpt", ".gguf", ".msgpack"} for path in paths)
