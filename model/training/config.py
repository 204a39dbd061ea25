"""What `workprint train` reads: a YAML file that names a kind of training and its settings.

The settings are the fields of that training's own dataclass, so a name means one thing everywhere; a name it does not
know is an error with the nearest one. Paths are from the current folder.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import pydantic
import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from model.errors import PictureError
from model.training.autoencoder import AutoencoderConfig, train_autoencoder
from model.training.data import ClipsConfig, LatentsConfig, Made, encode_clips, make_clips
from model.training.distil import DistilConfig, train_student
from model.training.engine_lora import EngineLoraConfig, train_engine_lora
from model.training.finish import FinishConfig, finish
from model.training.lora import LoraConfig, train_lora
from model.training.run import Run
from model.training.transformer import TransformerConfig, train_transformer

__all__ = ["KINDS", "SHIPPED", "Config", "Trained", "read", "train"]

TrainingConfig = AutoencoderConfig | TransformerConfig | FinishConfig | DistilConfig | LoraConfig | EngineLoraConfig
Config = ClipsConfig | LatentsConfig | TrainingConfig

KINDS: dict[str, type] = {
    "clips": ClipsConfig,
    "latents": LatentsConfig,
    "autoencoder": AutoencoderConfig,
    "transformer": TransformerConfig,
    "finish": FinishConfig,
    "student": DistilConfig,
    "lora": LoraConfig,
    "engine-lora": EngineLoraConfig,
}
SHIPPED = Path(__file__).with_name("configs")
"""Configs to start from; any may be named without its folder."""


@dataclass(frozen=True)
class Trained:
    """What `train` did: how far the run is of how far it is to go, and its folder."""

    step: int
    steps: int
    folder: Path


@lru_cache
def _reader(kind: str) -> TypeAdapter[Config]:
    strict = pydantic.dataclasses.dataclass(KINDS[kind], config=ConfigDict(extra="forbid"), frozen=True)
    return TypeAdapter(strict)  # type: ignore[arg-type]


def read(path: Path) -> Config:
    """The settings of a file; of a shipped one by its name alone.

    Raises:
        PictureError: there is no such file; it is not YAML; a setting is unknown, missing or not of its kind. The
            sentence names the file and the line.
    """
    if not path.exists() and (SHIPPED / path.name).exists() and path.parent == Path():
        path = SHIPPED / path.name
    try:
        text = path.read_text("utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        settings = yaml.safe_load(text)
    except FileNotFoundError:
        names = ", ".join(sorted(p.name for p in SHIPPED.glob("*.yaml")))
        raise PictureError(f"there is no file {path}. Fix: give a config of yours, or one of {names}.") from None
    except UnicodeDecodeError:
        raise PictureError(f"{path} is not text in UTF-8. Fix: give a YAML file.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PictureError(f"{path}:{line}: not YAML. Fix: one `name: value` on each line.") from None
    if not isinstance(settings, dict) or not isinstance(root, yaml.MappingNode):
        raise PictureError(f"{path}:1: no settings. Fix: begin with `kind:`, one of {', '.join(KINDS)}.")
    lines = {str(key.value): key.start_mark.line + 1 for key, _ in root.value}
    kind = settings.pop("kind", None)
    if kind not in KINDS:
        said = "no kind" if kind is None else f"kind {kind!r} is unknown"
        raise PictureError(f"{path}:{lines.get('kind', 1)}: {said}. Fix: one of {', '.join(KINDS)}.")
    try:
        return _reader(kind).validate_python({str(k): v for k, v in settings.items()})
    except ValidationError as error:
        raise PictureError(_sentence(path, kind, lines, cast("dict[str, Any]", error.errors()[0]))) from None


def _sentence(path: Path, kind: str, lines: dict[str, int], problem: dict[str, Any]) -> str:
    """The first thing wrong: file, line, what, the fix."""
    name = str(problem["loc"][0])
    where = f"{path}:{lines.get(name, 1)}"
    names = [field.name for field in fields(KINDS[kind])]
    if problem["type"] == "unexpected_keyword_argument":
        near = difflib.get_close_matches(name, names, 1)
        meant = f"Fix: did you mean {near[0]!r}?" if near else f"Fix: leave it out; there are {', '.join(names)}."
        return f"{where}: kind {kind} has no setting {name!r}. {meant}"
    if problem["type"] in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"{path}: the setting {name!r} is missing. Fix: add `{name}:` to the file."
    told = str(problem["msg"])
    return f"{where}: {name} is {problem['input']!r}: {told[:1].lower()}{told[1:]}. Fix: mend the value."


def train(config: Config, *, resume: bool = False) -> Trained | Made:
    """Begins a run, or goes on with one that has a state; nothing is overwritten. Data are gone on with as they are.

    Raises:
        PictureError: the folder holds a state and `resume` is not asked; or as the training of its kind says.
    """
    if isinstance(config, ClipsConfig):
        return make_clips(config)
    if isinstance(config, LatentsConfig):
        return encode_clips(config)
    if (config.folder / "state.safetensors").exists() and not resume:
        raise PictureError(
            f"{config.folder} holds a run already. Fix: add --resume to go on with it, or name another folder."
        )
    run = _run(config)
    return Trained(run.step, config.steps, config.folder)


def _run(config: TrainingConfig) -> Run:
    if isinstance(config, AutoencoderConfig):
        return train_autoencoder(config)
    if isinstance(config, TransformerConfig):
        return train_transformer(config)
    if isinstance(config, FinishConfig):
        return finish(config)
    if isinstance(config, DistilConfig):
        return train_student(config)
    if isinstance(config, EngineLoraConfig):
        return train_engine_lora(config)
    return train_lora(config)
