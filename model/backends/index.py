"""What a folder of pretrained weights says of itself before anything is loaded: classes, configs, sizes, digest.

Reads JSON, file sizes and the headers of weight files only. Weights are in safetensors; a folder that holds only
pickles, or that asks for code of its own, is refused.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model.backends.weight_files import weights_in
from model.errors import PictureError

__all__ = ["PipelineIndex", "read_index"]

_NOTE = "model_index.json"
_CONFIGS = (
    "config.json",
    "scheduler_config.json",
    "tokenizer_config.json",
    "preprocessor_config.json",
    "processor_config.json",
    "guider_config.json",
)
_WITHOUT_WEIGHTS = ("Scheduler", "Tokenizer", "TokenizerFast", "TokenizersBackend", "Processor", "ProcessorFast")
_WITHOUT_WEIGHTS_EITHER = ("Extractor", "Guidance", "ProcessorPil")
_READ = {".json", ".txt", ".model", ".jinja"}  # besides weights: configs, vocabularies, merges, templates
_ANEW = "Fix: get it anew (`workprint weights get`), or save the pipeline anew with save_pretrained"


@dataclass(frozen=True)
class PipelineIndex:
    """A pipeline's folder as diffusers saves it: `configs` and `sizes_bytes` by the names of its parts.

    `classes` are (library, class); `counts` the numbers in each part's weights; `files` all that is read.
    """

    folder: Path
    pipeline: str  # diffusers' class
    parts: tuple[str, ...]
    configs: Mapping[str, Mapping[str, Any]]
    sizes_bytes: Mapping[str, int]
    settings: Mapping[str, Any]  # what model_index.json says besides its parts, such as "boundary_ratio"
    classes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    variant: str = ""  # as diffusers takes it: "fp16" where only such files are there


def read_index(folder: Path, given: Collection[str] = ()) -> PipelineIndex:
    """Reads a folder. The parts `given` are read from elsewhere: their weights need not be there, their configs must.

    Raises:
        PictureError: it is no pipeline's, a part is missing, half-downloaded or a pickle; it has no part that is given.
    """
    note = folder / _NOTE
    if not note.is_file():
        single = next((path.name for path in sorted(folder.glob("*.safetensors"))), None)
        raise PictureError(
            f"{folder} is no pipeline's folder: it has no {_NOTE}"
            + (f" ({single} is one part of it)" if single else "")
            + ". Fix: name a folder that diffusers' save_pretrained wrote, or a repository that holds one."
        )
    said = _json(note)
    pipeline = said.get("_class_name")
    if not isinstance(pipeline, str):
        raise PictureError(f"{note} names no pipeline class. {_ANEW}.")
    classes: dict[str, tuple[str, str]] = {}
    settings: dict[str, Any] = {}
    for name, value in said.items():
        if name.startswith("_"):
            continue
        if isinstance(value, list) and len(value) == 2 and all(isinstance(of, str | None) for of in value):
            if value[0] is not None and value[1] is not None:
                classes[name] = _class_of(note, name, value[0], value[1])
        else:
            settings[name] = value
    if unknown := [name for name in given if name not in classes]:
        raise PictureError(f"{folder} has no {unknown[0]} that a file could stand in for. Fix: leave {unknown[0]} out.")
    configs: dict[str, Mapping[str, Any]] = {}
    sizes: dict[str, int] = {}
    counts: dict[str, int] = {}
    files: list[Path] = [note]
    variants: set[str] = set()
    for name, (_, kind) in classes.items():
        part = folder / name
        if not part.is_dir():
            raise PictureError(f"{part} is missing: the weights of {pipeline} are not whole. {_ANEW}.")
        config = next((part / named for named in _CONFIGS if (part / named).is_file()), None)
        configs[name] = _json(config) if config is not None else {}
        if "auto_map" in configs[name] and kind.startswith("Auto") and not kind.startswith("Autoencoder"):
            raise PictureError(f"{config} asks for code of its own, which is never run. Fix: get weights without it.")
        files += sorted(path for path in part.rglob("*") if path.suffix in _READ and path.is_file())
        if kind.endswith((*_WITHOUT_WEIGHTS, *_WITHOUT_WEIGHTS_EITHER)):
            continue
        if config is None:
            raise PictureError(f"{part / 'config.json'} is missing: the weights are not whole. {_ANEW}.")
        if name in given:
            continue
        weights = weights_in(part)
        sizes[name], counts[name] = weights.size_bytes, weights.count
        files += [path for path in weights.files if path not in files]
        variants |= {weights.variant} - {""}
    if len(variants) > 1:
        raise PictureError(f"{folder} mixes the variants {', '.join(sorted(variants))}. {_ANEW}.")
    return PipelineIndex(
        folder, pipeline, tuple(classes), configs, sizes, settings, classes, counts, tuple(files), "".join(variants)
    )


def _class_of(note: Path, name: str, library: str, kind: str) -> tuple[str, str]:
    """A part's class, where it is one of diffusers' or transformers' own and `name` a plain folder's.

    Of diffusers' pipelines some have parts of their own, which are named by the pipeline's module: no dot is in it.
    """
    if Path(name).name != name or name == ".." or "." in library or (note.parent / name / f"{library}.py").exists():
        raise PictureError(f"{note}: {name} asks for code of its own, which is never run. Fix: get weights without it.")
    return library, kind


def _json(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise PictureError(f"{path} cannot be read as JSON. {_ANEW}.") from None
    if not isinstance(read, dict):
        raise PictureError(f"{path} is no table of settings. {_ANEW}.")
    return read
