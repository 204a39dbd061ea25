"""Models out of the folders that runs and pipelines leave: a run's average, or weights as they are shipped."""

from __future__ import annotations

import copy
import inspect
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, cast

from safetensors import SafetensorError, safe_open
from torch import Tensor

from model.dit import PRESETS, VideoDiT
from model.errors import PictureError
from model.vae import Autoencoder

__all__ = ["autoencoder_in", "preset_in", "transformer_in"]


def autoencoder_in(folder: Path) -> Autoencoder:
    """The autoencoder of a run's folder, or of a folder of shipped weights.

    Raises:
        PictureError: there is none, or it is of another architecture.
    """
    if not _is_run(folder):
        return cast(Autoencoder, _shipped(folder, "autoencoder"))
    from model.training.autoencoder import SIZES

    facts, weights = _average(folder, "autoencoder")
    model = Autoencoder(**SIZES[facts["preset"]])
    return cast(Autoencoder, _filled(model, weights, folder))


def preset_in(folder: Path, part: Literal["transformer", "autoencoder"]) -> str:
    """The name of the size of one part of what is in a run's folder, or in a folder of shipped weights.

    Raises:
        PictureError: there is none, or its size has no name.
    """
    if _is_run(folder):
        return str(_average(folder, part)[0]["preset"])
    from model.training.autoencoder import SIZES

    sizes: Mapping[str, Mapping[str, object]] = {name: shape._asdict() for name, shape in PRESETS.items()}
    config = _shipped(folder, part).config
    if part == "autoencoder":
        plain = {name: one.default for name, one in inspect.signature(Autoencoder).parameters.items()}
        sizes = {name: {**plain, **size} for name, size in SIZES.items()}
    for name, size in sizes.items():
        if all(_plain(config[what]) == _plain(value) for what, value in size.items()):
            return name
    raise PictureError(f"{folder}: its {part} is of no size that can be trained here. Fix: train one anew.")


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def transformer_in(folder: Path) -> VideoDiT:
    """The transformer of a run's folder (a student's too), or of a folder of shipped weights.

    Raises:
        PictureError: there is none, or it is of another architecture.
    """
    if not _is_run(folder):
        return cast(VideoDiT, _shipped(folder, "transformer"))
    facts, weights = _average(folder, "transformer")
    model = VideoDiT(**PRESETS[facts["preset"]]._asdict(), latent_channels=len(weights["leave.bias"]))
    return cast(VideoDiT, _filled(model, weights, folder))


def _is_run(folder: Path) -> bool:
    return (folder / "state.safetensors").exists()


def _shipped(folder: Path, part: str) -> Any:
    """A model to train on, in float32; what is kept for films stays as it is."""
    from model.weights import load_models

    return copy.deepcopy(getattr(load_models(folder, "cpu"), part)).float().requires_grad_(True)


def _filled(model: Any, weights: dict[str, Tensor], folder: Path) -> Any:
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        raise PictureError(f"the state in {folder} is of another architecture. Fix: train it anew.") from error
    return model


_KINDS = {"transformer": ("transformer", "student"), "autoencoder": ("autoencoder",)}


def _average(folder: Path, part: str) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """The facts of a run and its averaged weights: of one `part`, where it trains both."""
    path = folder / "state.safetensors"
    try:
        with safe_open(path, framework="pt") as file:
            facts: dict[str, Any] = json.loads(file.metadata()["run"])
            weights = {name[4:]: file.get_tensor(name) for name in file.keys() if name.startswith("ema.")}  # noqa: SIM118
    except (SafetensorError, KeyError, TypeError) as error:
        raise PictureError(f"{path} is cut short or no run's state. Fix: name another folder.") from error
    facts = {"preset": "small", **facts}
    if facts["kind"] == "finish":
        weights = {name.removeprefix(f"{part}."): w for name, w in weights.items() if name.startswith(f"{part}.")}
        return {**facts, "preset": facts["autoencoder"] if part == "autoencoder" else facts["preset"]}, weights
    if facts["kind"] not in _KINDS[part]:
        wanted = " or ".join(("finish", *_KINDS[part]))
        raise PictureError(f"{path} is of kind {facts['kind']}. Fix: name a folder of kind {wanted}.")
    return facts, weights
