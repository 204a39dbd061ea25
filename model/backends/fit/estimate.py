"""How much memory a pipeline would take under a profile, told from its index alone, before anything is loaded.

Weights are counted exactly, from the headers of their files. What is computed beside them is a rule: bytes a token of
the transformer and bytes a pixel of the decoder, whose constants are the peaks of diffusers' own forward passes at
real shapes, traced without numbers (tests/model/fit/test_estimate.py does so again). Attention is torch's own or
another that keeps no table of all pairs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, prod
from typing import Any

from model.backends.engine import Capabilities
from model.backends.fit.profiles import Profile
from model.backends.index import PipelineIndex

__all__ = ["Estimate", "Shape", "compression", "decoder_bytes", "estimate", "in_float32", "token_bytes"]

_GIB = 1 << 30
_OF_THE_DRIVER_BYTES = 3 * _GIB // 4  # torch's context, its kernels, and what lies idle between blocks of memory
_SPARE = 1.1  # of what is computed beside the weights

_CHANNEL_BYTES = (
    ("WanVACE", 30),
    ("Wan", 24),
    ("SkyReelsV2", 70),  # each token has a time of its own, and is modulated by it
    ("LTX2", 90),  # so here
    ("LTX", 64),  # and here
    ("SanaWM", 100),  # it attends in 32 bits, to the picture and to the camera
)
"""By what a pipeline's name begins with, bytes a token and channel."""
_CHANNEL_BYTES_ELSE = 40
_OWN_TIME_BYTES = 70  # where the weights say that Wan's tokens have times of their own (TI2V-5B)
_ONE_AT_A_TIME = ("Wan", "SkyReels", "HunyuanVideo", "Kandinsky")  # words and their absence in two passes

_FLOAT32 = ("AutoencoderKLWan", "CLIPVisionModel", "CLIPVisionModelWithProjection")
"""Parts that lose by 16 bits and are small: the Wan decoder and the encoders of its first frames."""


@dataclass(frozen=True)
class Decoder:
    """What decoding takes, in bytes a pixel of a frame: at all, and for each frame of the clip that is in flight.

    In tiles it takes that for a tile of `tile_px` pixels and `tile_frames` frames (None: all of them). All of it goes
    with the channels of its widest pictures, which were `channels` where it was traced.
    """

    channels: int
    pixel_bytes: int
    pixel_frame_bytes: int
    tile_px: int
    tile_frames: int | None = None


_DECODERS = {
    "AutoencoderKLWan": Decoder(96, 20_000, 0, 256 * 256),
    "AutoencoderKLCogVideoX": Decoder(128, 45_000, 0, 240 * 360),
    "AutoencoderKLHunyuanVideo": Decoder(128, 0, 2_300, 256 * 256, 17),
    "AutoencoderKLHunyuanVideo15": Decoder(128, 0, 2_300, 256 * 256),
    "AutoencoderKLLTXVideo": Decoder(128, 0, 105, 512 * 512),
    "AutoencoderKLLTX2Video": Decoder(256, 0, 105, 512 * 512),
    "AutoencoderKLTemporalDecoder": Decoder(128, 0, 2_300, 1 << 40, 8),  # no tiles, but a few frames at a time
}
_ANY_DECODER = Decoder(128, 0, 2_300, 256 * 256)


@dataclass(frozen=True)
class Shape:
    """A clip that an engine is asked for."""

    area_px: int
    frame_count: int


@dataclass(frozen=True)
class Estimate:
    """What a profile takes: of the GPU (0 where there is none) and of the machine's own memory."""

    gpu_bytes: int
    ram_bytes: int

    def __str__(self) -> str:
        ram = f"{self.ram_bytes / _GIB:.1f} GB of memory"
        return f"{self.gpu_bytes / _GIB:.1f} GB of the GPU and {ram}" if self.gpu_bytes else ram


def estimate(index: PipelineIndex, can: Capabilities, profile: Profile, on_gpu: bool) -> Estimate:
    """What the largest clip that `can` says takes under a profile; without a GPU, a small and short one."""
    most = can.frames_at_once or can.frames.most
    shape = Shape(can.sizes.area_px, most) if on_gpu else Shape(can.sizes.area_px // 4, can.frames.least)
    weights = {name: _weights_bytes(index, name, profile) for name in index.counts}
    window = replace(shape, frame_count=min(shape.frame_count, can.frames_at_once or shape.frame_count))
    denoising = ceil(token_bytes(index, window) * _SPARE)
    decoding = ceil(decoder_bytes(index, shape, profile.tiled) * _SPARE)
    all_bytes = sum(weights.values())
    if not on_gpu:
        return Estimate(0, all_bytes + max(denoising, decoding))
    denoisers = {name: size for name, size in weights.items() if name.startswith(("transformer", "unet"))}
    decoders = {name: size for name, size in weights.items() if name.startswith("vae")}
    denoiser, decoder = max(denoisers.values(), default=0), max(decoders.values(), default=0)
    readers = [name for name in weights if name not in denoisers and name not in decoders]
    if profile.place == "resident":
        phases = [all_bytes + denoising, all_bytes + decoding]
    elif profile.place == "model":
        phases = [denoiser + denoising, decoder + decoding, *(weights[name] for name in readers)]
    else:
        layer = max((_largest_layer_bytes(index, name, profile) for name in readers), default=0)
        block = max((size // _block_count(index.configs[name]) for name, size in denoisers.items()), default=0)
        if profile.place == "group":  # a block or layer, and the next one that comes meanwhile; decoders stay
            phases = [decoder + part for part in (2 * layer, 2 * block + denoising, decoding)]
        else:
            phases = [layer, block // 4 + denoising, decoding]
    # Parts are read one by one, each in its whole size before it is held in 8 bits or put on the disk.
    read = max((2 * count for count in index.counts.values()), default=0)
    ram_bytes = read if profile.disk else max(read, all_bytes)
    return Estimate(max(phases) + _OF_THE_DRIVER_BYTES, ram_bytes)


def in_float32(kind: str, profile: Profile) -> bool:
    """Whether a part of this class is computed in 32 bits."""
    return not profile.half or kind in _FLOAT32


def token_bytes(index: PipelineIndex, shape: Shape) -> int:
    """What the transformer computes with beside its weights."""
    config = index.configs.get("transformer") or index.configs.get("unet") or {}
    temporal, spatial = compression(index.configs.get("vae", {}))
    patch_t, patch = _patch(config)
    latent_frames = (shape.frame_count - 1) // temporal + 1
    tokens = ceil(latent_frames / patch_t) * ceil(shape.area_px / (spatial * patch) ** 2)
    rows = 1 if index.pipeline.startswith(_ONE_AT_A_TIME) else 2
    known = (size for name, size in _CHANNEL_BYTES if index.pipeline.startswith(name))
    channel_bytes = next(known, _CHANNEL_BYTES_ELSE)
    if index.settings.get("expand_timesteps"):
        channel_bytes = _OWN_TIME_BYTES
    return tokens * rows * _width(config) * channel_bytes


def decoder_bytes(index: PipelineIndex, shape: Shape, tiled: bool) -> int:
    """What decoding the latents to frames takes beside its weights, with the frames themselves."""
    decoder = _DECODERS.get(index.classes.get("vae", ("", ""))[1], _ANY_DECODER)
    pixels, frames = shape.area_px, shape.frame_count
    if tiled:
        pixels = min(pixels, decoder.tile_px)
        frames = min(frames, decoder.tile_frames or frames)
    made = shape.area_px * shape.frame_count * 3 * 4  # in 16 bits, before and after they are put together
    working = pixels * (decoder.pixel_bytes + decoder.pixel_frame_bytes * frames)
    return working * _decoder_channels(index.configs.get("vae", {})) // decoder.channels + made


def compression(vae: Mapping[str, Any]) -> tuple[int, int]:
    """How many frames and how many pixels along a side one latent stands for, by a decoder's config."""
    if "spatio_temporal_scaling" in vae:  # LTX
        halved = sum(vae["spatio_temporal_scaling"])
        temporal = vae.get("temporal_compression_ratio") or vae.get("patch_size_t", 1) * 2**halved
        return int(temporal), int(vae.get("spatial_compression_ratio") or vae.get("patch_size", 1) * 2**halved)
    if "scale_factor_spatial" in vae:  # Wan
        return int(vae["scale_factor_temporal"]), int(vae["scale_factor_spatial"])
    blocks = vae.get("block_out_channels") or vae.get("encoder_block_out_channels") or (0, 0, 0, 0)
    spatial = vae.get("spatial_compression_ratio") or 2 ** (len(blocks) - 1)
    return int(vae.get("temporal_compression_ratio") or 1), int(spatial)


def _decoder_channels(vae: Mapping[str, Any]) -> int:
    if "base_dim" in vae:
        return int(vae.get("decoder_base_dim") or vae["base_dim"])
    blocks = vae.get("decoder_block_out_channels") or vae.get("block_out_channels") or (128,)
    return int(blocks[0])


def _patch(config: Mapping[str, Any]) -> tuple[int, int]:
    patch = config.get("patch_size", 1)
    if isinstance(patch, list | tuple):
        return int(patch[0]), int(patch[-1])
    return int(config.get("patch_size_t") or 1), int(patch)


def _width(config: Mapping[str, Any]) -> int:
    for said in ("model_dim", "hidden_size"):
        if said in config:
            return int(config[said])
    if "block_out_channels" in config:  # a U-net, whose first level is the widest in memory
        return 4 * int(config["block_out_channels"][0])
    heads, channels = config.get("num_attention_heads", 24), config.get("attention_head_dim", 128)
    return int(heads) * int(channels) if isinstance(heads, int) else 3072


def _block_count(config: Mapping[str, Any]) -> int:
    count = config.get("num_layers") or config.get("num_visual_blocks") or 1
    return max(1, count if isinstance(count, int) else 1)


def _weights_bytes(index: PipelineIndex, name: str, profile: Profile) -> int:
    """The bytes of a part's weights as they wait under a profile."""
    numbers = index.counts[name]
    if "quantization_config" in index.configs.get(name, {}):
        return index.sizes_bytes[name]
    if name.startswith(("transformer", "unet")):
        if profile.quantised:
            return numbers // 2 * 9 // 8 if profile.quantised == "nf4" else numbers * 9 // 8
        if profile.fp8:
            return numbers * 9 // 8  # norms and embeddings stay in 16 bits
    return numbers * (4 if in_float32(index.classes.get(name, ("", ""))[1], profile) else 2)


def _largest_layer_bytes(index: PipelineIndex, name: str, profile: Profile) -> int:
    """The largest of a part's layers: the table of words of a text encoder; else one matrix of a block."""
    config = index.configs[name]
    width = config.get("d_model") or config.get("hidden_size") or 0
    if isinstance(width, int) and width and isinstance(config.get("vocab_size"), int):
        return prod((width, config["vocab_size"], 2))
    return _weights_bytes(index, name, profile) // _block_count(config) // 2
