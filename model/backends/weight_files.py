"""Weight files as they lie on disk: what a safetensors file says of itself, and whether all of it is there.

Reads headers and sizes, never a tensor. A pickle is refused, and so is what stands in a file's place: a git-lfs
pointer, or the first part of a download.
"""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from math import prod
from pathlib import Path

from model.errors import PictureError

__all__ = ["WeightFiles", "check_lora", "check_safetensors", "one_file", "weights_in"]

_BASES = ("diffusion_pytorch_model", "model")
_PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".msgpack", ".h5")
_LONGEST_HEADER_BYTES = 100 << 20  # as the safetensors format has it
_ANEW = "Fix: get it anew (`workprint weights get`), or save the pipeline anew with save_pretrained"


@dataclass(frozen=True)
class WeightFiles:
    """The weights of one part: its files, their bytes on disk and how many numbers they hold."""

    files: tuple[Path, ...]
    size_bytes: int
    count: int
    variant: str = ""  # "fp16" where the files are named so


def weights_in(folder: Path) -> WeightFiles:
    """The weights that diffusers or transformers would read from a part's folder.

    Raises:
        PictureError: there are none, a shard is missing, or a file is half there, or all are pickles.
    """
    found = {base: sorted(folder.glob(f"{base}*.safetensors*")) for base in _BASES}
    base = next((base for base in _BASES if found[base]), None)
    if base is None:
        pickles = sorted(path.name for path in folder.glob("*") if path.suffix in _PICKLES)
        if pickles:
            raise PictureError(
                f"{folder} holds its weights only as pickles ({pickles[0]}), which can run code. "
                "Fix: get the safetensors files of the same weights."
            )
        raise PictureError(f"{folder} holds no weights. {_ANEW}.")
    for variant in sorted({_variant_of(path.name, base) for path in found[base]}):  # "" first: the plain files
        named = f"{base}.{variant}" if variant else base
        index = folder / f"{named}.safetensors.index.json"
        old_index = folder / f"{base}.safetensors.index.{variant}.json"
        whole = folder / f"{named}.safetensors"
        note = next((path for path in (index, old_index) if path.is_file()), None)
        files: tuple[Path, ...] = (whole,)
        notes: tuple[Path, ...] = ()
        if not whole.is_file():
            if note is None:
                continue
            files, notes = _shards(note), (note,)
        sizes, counts = zip(*(check_safetensors(path) for path in files), strict=True)
        return WeightFiles((*notes, *files), sum(sizes), sum(counts), variant)
    raise PictureError(
        f"{folder}: {found[base][0].name} is a part of weights without the file that names all. {_ANEW}."
    )


def check_safetensors(path: Path) -> tuple[int, int]:
    """A file's size in bytes and how many numbers it holds.

    Raises:
        PictureError: it is no safetensors file, or not all of it is there.
    """
    size_bytes = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
        if head.startswith(b"version "):
            raise PictureError(f"{path} is a git-lfs pointer, not the weights. Fix: run `git lfs pull` in its folder.")
        text = file.read(length) if 0 < length <= _LONGEST_HEADER_BYTES else b""
    if length > _LONGEST_HEADER_BYTES or (text and not text.startswith(b"{")):
        raise PictureError(f"{path} is no safetensors file. {_ANEW}.")
    try:
        tensors = {name: said for name, said in json.loads(text).items() if name != "__metadata__"}
        count = sum(prod(said["shape"]) for said in tensors.values())
        whole_bytes = 8 + length + max((said["data_offsets"][1] for said in tensors.values()), default=0)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        whole_bytes, count = size_bytes + 1, 0  # a header that breaks off
    if size_bytes < whole_bytes:
        raise PictureError(f"{path} is not whole: it breaks off after {size_bytes} bytes. {_ANEW}.")
    return size_bytes, count


def one_file(path: Path) -> WeightFiles:
    """Weights that are one file, safetensors or GGUF. Of the latter, whose numbers are packed, `count` is that of 16
    bits each which would be as large.

    Raises:
        PictureError: it is neither, or not there.
    """
    if not path.is_file():
        raise PictureError(f"{path} is not there. Fix: name a .safetensors or .gguf file.")
    if path.suffix == ".safetensors":
        return WeightFiles((path,), *check_safetensors(path))
    if path.suffix != ".gguf":
        raise PictureError(f"{path} is neither .safetensors nor .gguf. Fix: get the weights in one of these.")
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise PictureError(f"{path} is no GGUF file. Fix: get it anew.")
    size_bytes = path.stat().st_size
    return WeightFiles((path,), size_bytes, size_bytes // 2)


def check_lora(path: Path) -> None:
    """Tells, by the names in its header, whether a file can be a LoRA at all.

    Raises:
        PictureError: it is not there, no safetensors file, not whole, or holds other weights.
    """
    one_file(path)
    if path.suffix != ".safetensors":
        raise PictureError(f"{path} is no LoRA in safetensors. Fix: get it as .safetensors.")
    with path.open("rb") as file:
        names = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    if not any("lora" in name.lower() for name in names if name != "__metadata__"):
        raise PictureError(f"{path} holds weights, and no LoRA. Fix: name a LoRA that was trained for these weights.")


def _variant_of(name: str, base: str) -> str:
    """ "fp16" of "model.fp16.safetensors", of its shards and of both ways in which their index is named."""
    if ".safetensors.index." in name:
        before, after = name.split(".safetensors.index.")
        return before.removeprefix(base).removeprefix(".") or after.removesuffix("json").removesuffix(".")
    middle = name.removesuffix(".safetensors").removeprefix(base)
    return "" if middle.startswith("-") else middle.removeprefix(".").split("-")[0]


def _shards(index: Path) -> tuple[Path, ...]:
    """The files that an index names, all in its own folder."""
    try:
        names = sorted(set(json.loads(index.read_text())["weight_map"].values()))
    except (ValueError, KeyError, AttributeError, TypeError):
        raise PictureError(f"{index} cannot be read. {_ANEW}.") from None
    for name in names:
        if not isinstance(name, str) or Path(name).name != name or not name.endswith(".safetensors"):
            raise PictureError(f"{index} names {name!r}, which is no safetensors file beside it. {_ANEW}.")
        if not (index.parent / name).is_file():
            raise PictureError(f"{index.parent / name} is missing: the download is not whole. {_ANEW}.")
    return tuple(index.parent / name for name in names)
