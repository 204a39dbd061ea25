"""Weights on disk: a folder of configurations and safetensors, sealed by a note of what each file must be.

A folder is a pipeline's as diffusers saves it, in shards of at most 15 MB, beside `sealed.json`: the size and SHA-256
of every file, and one digest of all. The digest costs no reading of weights, so it can stand in every take's key;
loading holds every file to the note. Nothing is ever unpickled, and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.errors import PictureError
from model.request import Setting

if TYPE_CHECKING:
    import torch
    from diffusers.models.modeling_utils import ModelMixin
    from torch import Tensor

    from model.pipeline import VideoDiTPipeline

__all__ = ["SHIPPED", "check_weights", "device_of", "digest_of", "load_models", "seal", "settings_of", "ship"]

SHIPPED = Path(__file__).with_name("weights")
"""The weights that come with the package."""

_NOTE = "sealed.json"
_SHARD = "15MB"
_ANEW = "Fix: install workprint anew, or take the folder from where it came"


def digest_of(folder: Path = SHIPPED) -> str:
    """The digest of all weights in a folder, by its note.

    Raises:
        PictureError: there are none.
    """
    return str(_note(folder)["digest"])


def settings_of(folder: Path = SHIPPED) -> tuple[Setting, ...]:
    """How pictures are made with a folder's weights: ("steps", 4) and ("guidance", 1.0).

    Raises:
        PictureError: there are none.
    """
    _note(folder)
    made_of = _json(folder / "model_index.json")
    return tuple((name, made_of[name]) for name in ("steps", "guidance") if name in made_of)


def check_weights(folder: Path = SHIPPED) -> None:
    """Holds every file of a folder to its note.

    Raises:
        PictureError: a file is missing, truncated or altered.
    """
    for name, noted in _note(folder)["files"].items():
        path = folder / name
        if not path.is_file():
            raise PictureError(f"{path} is missing. {_ANEW}.")
        data = path.read_bytes()
        if len(data) < noted["bytes"]:
            raise PictureError(f"{path} is truncated: {len(data)} of {noted['bytes']} bytes. {_ANEW}.")
        if hashlib.sha256(data).hexdigest() != noted["sha256"]:
            raise PictureError(
                f"{path} is not the file that {folder / _NOTE} names. {_ANEW}; if you changed it, call "
                "model.weights.seal on the folder."
            )


def device_of(device: str = "auto") -> tuple[str, torch.dtype]:
    """The device that pictures are made on, and the numbers they are computed in: bfloat16 where that computes."""
    import torch

    device = device if device != "auto" else "cuda" if torch.cuda.is_available() else "cpu"
    quick: Mapping[str, object] = torch.cpu.get_capabilities()
    if not device.startswith("cpu") or quick.get("avx512_bf16") or quick.get("amx_bf16"):
        return device, torch.bfloat16
    return device, torch.float32


def seal(folder: Path) -> str:
    """Notes every file of a folder of weights; gives the digest."""
    files: dict[str, dict[str, object]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".json", ".safetensors"} and p.name != _NOTE):
        data = path.read_bytes()
        files[path.relative_to(folder).as_posix()] = {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    digest = hashlib.sha256("".join(f"{name} {f['sha256']}\n" for name, f in files.items()).encode()).hexdigest()
    (folder / _NOTE).write_text(json.dumps({"digest": digest, "files": files}, indent=2) + "\n")
    return digest


def load_models(folder: Path = SHIPPED, device: str = "auto") -> VideoDiTPipeline:
    """The pipeline with a folder's weights, read once in a process for as long as they stay what they are.

    On the GPU where there is one (or where `device` says), in bfloat16 where that computes in it, otherwise in float32.

    Raises:
        PictureError: a file is missing, truncated, altered or no safetensors, or is of another architecture.
    """
    return _loaded(folder, device, digest_of(folder))


@lru_cache(maxsize=1)
def _loaded(folder: Path, device: str, digest: str) -> VideoDiTPipeline:  # noqa: ARG001 - what is kept hangs on it
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler

    from model.dit import VideoDiT
    from model.pipeline import VideoDiTPipeline
    from model.vae import Autoencoder

    check_weights(folder)
    made_of = _json(folder / "model_index.json")
    device, dtype = device_of(device)
    transformer, autoencoder = (
        _model(kind, folder / name, dtype) for kind, name in ((VideoDiT, "transformer"), (Autoencoder, "autoencoder"))
    )
    made, read = (model.config.latent_channels for model in (transformer, autoencoder))
    if made != read:
        raise PictureError(
            f"{folder}: its transformer makes {made} latent channels, its autoencoder reads {read}. {_ANEW}."
        )
    pipeline = VideoDiTPipeline(
        transformer,
        autoencoder.to(memory_format=torch.channels_last),
        FlowMatchEulerDiscreteScheduler.from_config(_json(folder / "scheduler" / "scheduler_config.json")),
        **{name: made_of[name] for name in ("steps", "guidance", "area_px") if name in made_of},
    )
    pipeline.to(device)
    return pipeline


def ship(autoencoder_run: Path, transformer_run: Path, folder: Path, *, steps: int, guidance: float) -> str:
    """Writes the averaged weights of training runs as a sealed folder in bfloat16; gives its digest.

    A run of kind `finish` holds both models: name it twice.
    `steps` and `guidance` are how pictures are made with them. What was in the folder is replaced when all is written.

    Raises:
        PictureError: a folder holds no run, or one of another kind.
    """
    import torch
    from diffusers import FlowMatchEulerDiscreteScheduler

    from model.flow import SHIFT
    from model.pipeline import VideoDiTPipeline
    from model.training.states import autoencoder_in, transformer_in

    autoencoder, transformer = autoencoder_in(autoencoder_run), transformer_in(transformer_run)
    for model in (autoencoder, transformer):
        for weight in model.parameters():
            weight.data = weight.data.to(torch.bfloat16)
    scheduler = FlowMatchEulerDiscreteScheduler(shift=SHIFT)
    pipeline = VideoDiTPipeline(transformer, autoencoder, scheduler, steps=steps, guidance=guidance)
    with tempfile.TemporaryDirectory(dir=folder.parent) as work:
        new = Path(work) / "new"
        pipeline.save_pretrained(new, max_shard_size=_SHARD)
        for path in new.rglob("*.safetensors"):
            path.chmod(0o644)  # they are written for their owner alone
        digest = seal(new)
        if folder.exists():
            folder.rename(Path(work) / "old")
        new.rename(folder)
    return digest


def _note(folder: Path) -> dict[str, Any]:
    if not (folder / _NOTE).is_file():
        raise PictureError(
            f"there are no weights in {folder}: no {_NOTE}. "
            "Fix: train a model and ship it there (docs/developer.md), or use --picture previz."
        )
    note = _json(folder / _NOTE)
    if not isinstance(note.get("digest"), str) or not isinstance(note.get("files"), dict):
        raise PictureError(f"{folder / _NOTE} is no note of weights. {_ANEW}.")
    return note


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise PictureError(f"{path} is missing. {_ANEW}.") from None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise PictureError(f"{path} is no JSON object. {_ANEW}.")
    return found


def _model(kind: type[ModelMixin], folder: Path, dtype: torch.dtype) -> Any:
    """The model of a folder, its weights in one type."""
    import torch

    config = _json(folder / "config.json")
    tensors: dict[str, Tensor] = {}
    for path in sorted(folder.glob("*.safetensors")):
        # Copied: a file that is mapped may be replaced, and weights that lie otherwise in memory round otherwise.
        tensors |= {name: tensor.to(dtype, copy=True) for name, tensor in _tensors(path).items()}
    try:
        if config.get("_class_name") != kind.__name__:
            raise ValueError
        with torch.device("meta"):
            model = kind.from_config(config)
        model.load_state_dict(tensors, assign=True)
    except (RuntimeError, TypeError, ValueError):
        raise PictureError(
            f"the weights in {folder} are of another architecture than this version's {kind.__name__}. "
            "Fix: use the workprint that made them, or the weights that came with this one."
        ) from None
    return model.eval().requires_grad_(False)


def _tensors(path: Path) -> dict[str, Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except SafetensorError:
        raise PictureError(f"{path} is no whole safetensors file, and no other kind is read. {_ANEW}.") from None
