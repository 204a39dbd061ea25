"""Puts a pipeline that was read on the machine, as a profile says, by diffusers' own switches.

What a pipeline's class cannot do is told in a sentence, and left as it is; nothing is read or called here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from model.backends.fit.profiles import Profile
from model.errors import PictureError

__all__ = ["denoisers", "place", "place_view", "settle"]

_CACHED_BELOW = 0.05  # the change of the first block's output under which a step is not computed anew
_LARGE_BYTES = 1 << 30  # parts of less than that stay on the GPU beside streamed ones
_DENOISERS = ("transformer", "transformer_2", "unet")


def denoisers(pipeline: Any) -> tuple[Any, ...]:
    """The transformers (or the U-net) of a pipeline."""
    return tuple(part for name, part in pipeline.components.items() if name in _DENOISERS and part is not None)


def settle(name: str, part: Any, profile: Profile, device: str, disk: Path | None) -> tuple[str, ...]:
    """Makes one part of a pipeline ready as soon as it is read, so that the next finds room; what could not be, told.

    A transformer's weights are held in 8 bits, its attention, step cache and compiled blocks set; streamed parts are
    put where they wait, on disk in a folder of `disk` each.
    """
    import torch

    told: list[str] = []
    kind = type(part).__name__
    if name in _DENOISERS:
        if profile.fp8 and getattr(part, "hf_quantizer", None) is not None:
            told.append(f"{kind} is quantised as it is, and not put in 8 bits.")
        elif profile.fp8:
            part.enable_layerwise_casting(
                storage_dtype=torch.float8_e4m3fn, compute_dtype=torch.bfloat16 if profile.half else torch.float32
            )
        if profile.attention:
            try:
                part.set_attention_backend(profile.attention)
            except (RuntimeError, ValueError, ImportError) as error:
                raise PictureError(
                    f"{profile.name}: {kind} cannot use {profile.attention} attention here ({_line(error)}). "
                    "Fix: install its package, or leave the switch out."
                ) from None
        if profile.cache and (why := _cache(part)):
            told.append(f"{kind} takes no step cache: {why}.")
        if profile.compiled:
            try:
                part.compile_repeated_blocks()
            except (AttributeError, ValueError):
                told.append(f"{kind} says of no blocks that they repeat, so none is compiled.")
    if profile.place == "group":
        _stream(name, part, device, disk)
    return tuple(told)


def place(pipeline: Any, profile: Profile, device: str) -> tuple[str, ...]:
    """Puts a pipeline whose parts are settled where they wait: on `device`, or beside it until they are used."""
    told: tuple[str, ...] = ()
    decoder = getattr(pipeline, "vae", None)
    if profile.tiled and decoder is not None:
        try:
            decoder.enable_tiling()
        except (AttributeError, NotImplementedError):
            told = (f"{type(decoder).__name__} decodes in no tiles.",)
    if profile.place == "resident":
        pipeline.to(device)
    elif profile.place == "model":
        pipeline.enable_model_cpu_offload(device=device)
    elif profile.place == "sequential":
        _by_layers(pipeline, device)
    return told


def place_view(view: Any, profile: Profile, device: str) -> None:
    """Makes another pipeline of placed parts at home: parts that take turns are called back at the end of its call."""
    if profile.place == "model":
        view.enable_model_cpu_offload(device=device)


def _by_layers(pipeline: Any, device: str) -> None:
    """Sequential offloading, as the pipeline's own method does it but for the device, which that numbers: torch takes
    a numbered processor for another one.
    """
    import torch
    from accelerate import cpu_offload

    for name, part in pipeline.components.items():
        if not isinstance(part, torch.nn.Module):
            continue
        if name in pipeline._exclude_from_cpu_offload:
            part.to(device)
        else:
            cpu_offload(part, torch.device(device), offload_buffers=len(part._parameters) > 0)


def _stream(name: str, part: Any, device: str, disk: Path | None) -> None:
    """Group offloading: the transformer by blocks, other large parts by layers, and the rest stays on the device.

    Decoders are called by `decode`, for which group offloading has no hook that would bring their first layers.
    """
    import torch
    from diffusers.hooks import apply_group_offloading

    onto = torch.device(device)
    by_blocks = name in _DENOISERS
    size_bytes = sum(one.numel() * one.element_size() for one in part.parameters())
    if not by_blocks and (name.endswith("vae") or size_bytes < _LARGE_BYTES):
        part.to(onto)
        return
    if disk is not None:
        disk = disk / name
        disk.mkdir()
    apply_group_offloading(
        part,
        onload_device=onto,
        offload_type="block_level" if by_blocks else "leaf_level",
        num_blocks_per_group=1 if by_blocks else None,
        use_stream=onto.type == "cuda",
        low_cpu_mem_usage=True,  # pinned as it goes: pinning all would take the memory twice
        offload_to_disk_path=str(disk) if disk is not None else None,
    )


def _cache(part: Any) -> str:
    """Enables the first-block cache; why not, where the class has none."""
    from diffusers import FirstBlockCacheConfig

    if not hasattr(part, "enable_cache"):
        return "its class has none"
    try:
        part.enable_cache(FirstBlockCacheConfig(threshold=_CACHED_BELOW))
    except (ValueError, KeyError) as error:
        return _line(error)
    return ""


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".") if str(error).strip() else type(error).__name__
