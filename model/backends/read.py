"""Reads a pipeline's parts from disk: the folder's own, one-file transformers (safetensors, GGUF) and LoRAs.

Only safetensors and GGUF are read; code that comes with weights is never run, and nothing is fetched.
"""

from __future__ import annotations

import inspect
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model.backends.config import Adapter
from model.backends.fit.estimate import in_float32
from model.backends.fit.profiles import Profile
from model.backends.index import PipelineIndex
from model.errors import PictureError

if TYPE_CHECKING:
    import torch

__all__ = ["Ready", "ran_out", "read_loras", "read_pipeline", "wear"]


Ready = Callable[[str, Any], None]
"""Is handed a part by its name as soon as that is read."""


def read_pipeline(index: PipelineIndex, given: Mapping[str, Path], profile: Profile, ready: Ready) -> Any:
    """The pipeline of a folder, on the CPU, in the numbers of a profile; the parts `given` are read from one file each.

    Parts are read one after another, the largest first, and each is handed to `ready` before the next is read.

    Raises:
        PictureError: diffusers cannot make it of what is there, or a package is missing.
    """
    import diffusers
    import torch

    kind = getattr(diffusers, index.pipeline, None)
    if kind is None:
        raise PictureError(
            f"{index.folder} holds a {index.pipeline}, which this diffusers does not know. Fix: install a newer one."
        )
    numbers = torch.bfloat16 if profile.half else torch.float32
    parts: dict[str, Any] = {}
    try:
        with _quiet():
            for name in sorted(index.classes, key=lambda name: -index.counts.get(name, 0)):
                if name in given:
                    parts[name] = _from_one_file(index, name, given[name], numbers)
                elif name in index.counts and index.classes[name][0] in ("diffusers", "transformers"):
                    parts[name] = _part(index, name, profile, numbers)
                if name in parts:
                    ready(name, parts[name])
            pipeline = kind.from_pretrained(
                index.folder, dtype=numbers, use_safetensors=True, local_files_only=True, trust_remote_code=False,
                **parts,
            )  # fmt: skip
    except ImportError as error:
        raise PictureError(
            f"{index.folder}: a part of {index.pipeline} needs a library that is not installed ({_line(error)}). "
            "Fix: run `pip install 'workprint[engines]'`."
        ) from None
    except (ValueError, TypeError, KeyError, AttributeError, OSError, RuntimeError) as error:
        if ran_out(error):
            raise
        raise PictureError(
            f"{index.folder}: {index.pipeline} cannot be made of what is there ({_line(error)}). "
            "Fix: get the weights anew (`workprint weights get`)."
        ) from None
    for name, part in pipeline.components.items():
        if isinstance(part, torch.nn.Module) and name not in parts:
            ready(name, part)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


def read_loras(pipeline: Any, loras: Sequence[Adapter]) -> None:
    """Adds LoRAs to a pipeline's transformers, none of them in use.

    Of two transformers each takes a LoRA, unless the file's name says "high" (the first's, of much noise) or "low".

    Raises:
        PictureError: a file holds no LoRA for this pipeline, or its class takes none.
    """
    if not loras:
        return
    if not hasattr(pipeline, "load_lora_weights"):
        raise PictureError(f"{type(pipeline).__name__} takes no LoRA. Fix: leave out loras, or use another engine.")
    takes_two = getattr(pipeline, "transformer_2", None) is not None
    for number, lora in enumerate(loras):
        where = [False] if not takes_two else [two for two, other in ((False, "low"), (True, "high"))
                                               if other not in lora.file.name.lower()]  # fmt: skip
        for second in where:
            try:
                with _quiet(), warnings.catch_warnings():
                    warnings.filterwarnings("ignore", "Already found a `peft_config`")  # several are meant
                    pipeline.load_lora_weights(
                        str(lora.file.parent),
                        weight_name=lora.file.name,
                        adapter_name=f"lora{number}",
                        use_safetensors=True,
                        local_files_only=True,
                        **({"load_into_transformer_2": True} if second else {}),
                    )
            except (ValueError, KeyError, RuntimeError, OSError, TypeError, AttributeError) as error:
                raise PictureError(
                    f"{lora.file} is no LoRA for {type(pipeline).__name__} ({_line(error)}). "
                    "Fix: name one that was trained for these weights."
                ) from None
        if not any(f"lora{number}" in getattr(part, "peft_config", {}) for part in _adapted(pipeline)):
            raise PictureError(
                f"{lora.file} holds nothing for {type(pipeline).__name__}. "
                "Fix: name a LoRA that was trained for these weights."
            )


def wear(pipeline: Any, loras: Sequence[Adapter], worn: Sequence[Adapter]) -> None:
    """Puts those of a pipeline's LoRAs to use that are `worn`, each at its strength, and no other."""
    names = {f"lora{number}": lora.strength for number, lora in enumerate(loras) if lora in worn}
    for part in _adapted(pipeline):
        here = {name: strength for name, strength in names.items() if name in part.peft_config}
        if here:
            part.enable_adapters()
            part.set_adapters(list(here), list(here.values()))
        else:
            part.disable_adapters()


def _adapted(pipeline: Any) -> Iterator[Any]:
    return (part for part in pipeline.components.values() if getattr(part, "peft_config", None))


def ran_out(error: BaseException) -> bool:
    """Whether an error says that there is no more memory, of the GPU or of the machine."""
    import torch

    said = str(error)
    return (
        isinstance(error, torch.OutOfMemoryError | MemoryError)
        or "out of memory" in said
        or "can't allocate memory" in said
    )


def _part(index: PipelineIndex, name: str, profile: Profile, numbers: torch.dtype) -> Any:
    """A part of the folder's own."""
    import diffusers
    import torch
    import transformers

    library, of = index.classes[name]
    kind = getattr({"diffusers": diffusers, "transformers": transformers}[library], of)
    more: dict[str, Any] = {}
    if any(index.variant in path.name for path in index.files if path.parent.name == name) and index.variant:
        more["variant"] = index.variant
    if name.startswith("transformer") and profile.quantised and "quantization_config" not in index.configs[name]:
        more["quantization_config"] = _quantisation(profile, numbers)
    return kind.from_pretrained(
        index.folder / name,
        dtype=torch.float32 if in_float32(of, profile) else numbers,
        use_safetensors=True,
        local_files_only=True,
        **more,
    )


def _from_one_file(index: PipelineIndex, name: str, path: Path, numbers: torch.dtype) -> Any:
    """A transformer whose weights are in one file, of diffusers' names or of those its makers gave."""
    import diffusers
    import torch

    library, of = index.classes[name]
    kind = getattr(diffusers, of, None) if library == "diffusers" else None
    if kind is None or not hasattr(kind, "from_single_file"):
        raise PictureError(f"{path}: diffusers reads no {of} from one file. Fix: use the folder's own {name}.")
    quantisation: dict[str, Any] = {}
    if path.suffix == ".gguf":
        quantisation = {"quantization_config": diffusers.GGUFQuantizationConfig(compute_dtype=numbers)}
    try:
        part = kind.from_single_file(
            str(path), config=str(index.folder / name), local_files_only=True, **(quantisation or {"dtype": None})
        )
    except ImportError:
        raise PictureError(
            f"{path} needs a package to be read. Fix: run `pip install 'workprint[quantised]'`."
        ) from None
    except (ValueError, KeyError, RuntimeError, OSError, TypeError) as error:
        if ran_out(error):
            raise
        why = "weights are missing" if "meta tensor" in str(error) else _line(error)
        raise PictureError(
            f"{path} is no {of} for {index.folder} ({why}). Fix: name weights of this transformer, all of them."
        ) from None
    missing = next((weight for weight, tensor in part.state_dict().items() if tensor.is_meta), None)
    if missing is not None:
        raise PictureError(f"{path} lacks {missing} of {of}. Fix: name weights of this transformer, all of them.")
    if not quantisation:
        for weight, tensor in part.named_parameters():
            finer = any(of in weight.split(".") for of in part._keep_in_fp32_modules or ())
            tensor.data = tensor.data.to(torch.float32 if finer else numbers)  # as from_pretrained does
    return part


def _quantisation(profile: Profile, numbers: torch.dtype) -> Any:
    """How a profile would have a transformer's weights quantised as they are read."""
    try:
        from diffusers import BitsAndBytesConfig, TorchAoConfig

        if profile.quantised == "nf4":
            return BitsAndBytesConfig(load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=numbers)
        from torchao.quantization import Int8WeightOnlyConfig

        return TorchAoConfig(Int8WeightOnlyConfig())
    except ImportError:
        package = "bitsandbytes" if profile.quantised == "nf4" else "torchao"
        raise PictureError(
            f"the memory profile {profile.name} needs {package}. "
            f"Fix: run `pip install {package}`, or leave the switch out."
        ) from None


@contextmanager
def _quiet() -> Iterator[None]:
    """No bars of progress while parts are read: there is no terminal in a worker process."""
    from diffusers.utils import logging as of_diffusers
    from transformers.utils import logging as of_transformers

    shown = [(of, of.is_progress_bar_enabled()) for of in (of_diffusers, of_transformers)]
    for of, _ in shown:
        of.disable_progress_bar()
    try:
        yield
    finally:
        for of, was in shown:
            if was:
                of.enable_progress_bar()


def _line(error: Exception) -> str:
    """The first sentence of what an error says: others advise on calls that a film's director does not make."""
    said = " ".join((inspect.cleandoc(str(error)).splitlines() or [""])[0].split())
    return re.split(r"\.\s", said)[0].rstrip(".") or type(error).__name__
