"""Pipelines whose parts are published in several repositories, laid out as one folder that is read as any other's.

The folder is of links to the hub's cache: nothing is copied, nothing is fetched, and parts that are not on this machine
leave it unmade.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Recipe", "assembled", "recipe_of"]


@dataclass(frozen=True)
class Recipe:
    """A pipeline of diffusers' whose part `own` is at the top of a repository, and whose others are in `lent`.

    `classes` are the library and the class of each part; `lent` are the parts that each other repository gives.
    """

    pipeline: str
    own: str
    classes: Mapping[str, tuple[str, str]]
    lent: Mapping[str, tuple[str, ...]]


_FRAMEPACK = Recipe(
    pipeline="HunyuanVideoFramepackPipeline",
    own="transformer",
    classes={
        "feature_extractor": ("transformers", "SiglipImageProcessor"),
        "image_encoder": ("transformers", "SiglipVisionModel"),
        "scheduler": ("diffusers", "FlowMatchEulerDiscreteScheduler"),
        "text_encoder": ("transformers", "LlamaModel"),
        "text_encoder_2": ("transformers", "CLIPTextModel"),
        "tokenizer": ("transformers", "LlamaTokenizerFast"),
        "tokenizer_2": ("transformers", "CLIPTokenizer"),
        "transformer": ("diffusers", "HunyuanVideoFramepackTransformer3DModel"),
        "vae": ("diffusers", "AutoencoderKLHunyuanVideo"),
    },
    lent={
        "hunyuanvideo-community/HunyuanVideo": (
            "scheduler",
            "text_encoder",
            "text_encoder_2",
            "tokenizer",
            "tokenizer_2",
            "vae",
        ),
        "lllyasviel/flux_redux_bfl": ("feature_extractor", "image_encoder"),
    },
)

_RECIPES = {"lllyasviel/framepacki2v_hy": _FRAMEPACK, "lllyasviel/framepack_f1_i2v_hy_20250503": _FRAMEPACK}


def recipe_of(repository: str) -> Recipe | None:
    """How a repository that holds one part alone becomes a pipeline; None of all others."""
    return _RECIPES.get(repository.lower())


def assembled(recipe: Recipe, snapshot: Path, home: Path) -> Path | None:
    """The pipeline's folder, made under `home` where it is not there yet; None where a part is not on this machine."""
    at = {recipe.own: snapshot}
    for repository, parts in recipe.lent.items():
        lent = _snapshot(repository, parts)
        if lent is None:
            return None
        at |= {part: lent / part for part in parts}
    said = "\n".join(f"{part} {folder}" for part, folder in sorted(at.items()))
    folder = home / f"pipeline-{hashlib.sha256(said.encode()).hexdigest()[:16]}"
    if not folder.is_dir():
        being_made = Path(tempfile.mkdtemp(prefix=".pipeline-", dir=home))
        for part, source in at.items():
            _link(source, being_made / part)
        index = {"_class_name": recipe.pipeline, **{name: list(kind) for name, kind in recipe.classes.items()}}
        (being_made / "model_index.json").write_text(json.dumps(index, indent=1), "utf-8")
        try:
            being_made.rename(folder)
        except OSError:  # another process was as quick
            shutil.rmtree(being_made)
    return folder


def _snapshot(repository: str, parts: tuple[str, ...]) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        found = Path(snapshot_download(repository, local_files_only=True))
    except LocalEntryNotFoundError:
        return None
    return found if all((found / part).is_dir() for part in parts) else None


def _link(source: Path, folder: Path) -> None:
    """The files of a part, those at the top of `source`, in a folder of their own."""
    folder.mkdir()
    for path in source.iterdir():
        if path.is_file():
            try:
                (folder / path.name).symlink_to(path.resolve())
            except OSError:  # Windows lets few people make such links; these need the same disk, which it is
                os.link(path.resolve(), folder / path.name)
