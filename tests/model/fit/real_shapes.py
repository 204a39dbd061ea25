"""Pipelines of published shapes with random weights: transformer and autoencoder as published, the text encoder tiny.

What a text encoder would take is left out on both sides: an estimate is made of what is saved.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from diffusers import (
    AutoencoderKLLTXVideo,
    AutoencoderKLWan,
    DiffusionPipeline,
    FlowMatchEulerDiscreteScheduler,
    LTXConditionPipeline,
    LTXVideoTransformer3DModel,
    UniPCMultistepScheduler,
    WanPipeline,
    WanTransformer3DModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from torch.nn import Module
from transformers import T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

from tests.model.engines.tiny import seeded, tokenizer

Parts = dict[str, Module]

_READS: dict[str, Any] = {"vocab_size": 128, "d_model": 4096, "d_kv": 64, "d_ff": 64, "num_layers": 1, "num_heads": 1}
_WAN: dict[str, Any] = {"attention_head_dim": 128, "num_layers": 30, "cross_attn_norm": True}


@contextmanager
def made_on(device: str) -> Iterator[None]:
    """What is made here is made on a device, in 16 bits; on "meta" it has shapes and no numbers."""
    dtype = torch.get_default_dtype()
    torch.set_default_dtype(torch.bfloat16)
    try:
        with torch.device(device):
            yield
    finally:
        torch.set_default_dtype(dtype)


def wan_vace_13b() -> Parts:
    """Wan 2.1 VACE 1.3B: every other of its thirty blocks has one beside it, which reads what it is told."""
    transformer = WanVACETransformer3DModel(
        num_attention_heads=12, ffn_dim=8960, vace_layers=list(range(0, 30, 2)), **_WAN
    )
    return {"transformer": transformer, "vae": AutoencoderKLWan()}


def ltx_2b() -> Parts:
    """LTX-Video 0.9.5."""
    vae = AutoencoderKLLTXVideo(
        block_out_channels=(128, 256, 512, 1024, 2048),
        down_block_types=("LTXVideo095DownBlock3D",) * 4,
        decoder_block_out_channels=(256, 512, 1024),
        layers_per_block=(4, 6, 6, 2, 2),
        decoder_layers_per_block=(5, 5, 5, 5),
        spatio_temporal_scaling=(True,) * 4,
        decoder_spatio_temporal_scaling=(True,) * 3,
        decoder_inject_noise=(False,) * 4,
        downsample_type=("spatial", "temporal", "spatiotemporal", "spatiotemporal"),
        upsample_residual=(True,) * 3,
        upsample_factor=(2,) * 3,
        timestep_conditioning=True,
        spatial_compression_ratio=32,
        temporal_compression_ratio=8,
    )
    return {"transformer": LTXVideoTransformer3DModel(), "vae": vae}


def wan_i2v_5b() -> Parts:
    """Wan 2.2 TI2V-5B, with its own autoencoder."""
    transformer = WanTransformer3DModel(num_attention_heads=24, ffn_dim=14336, in_channels=48, out_channels=48, **_WAN)
    vae = AutoencoderKLWan(
        base_dim=160,
        decoder_base_dim=256,
        z_dim=48,
        latents_mean=[0.0] * 48,
        latents_std=[1.0] * 48,
        is_residual=True,
        in_channels=12,
        out_channels=12,
        patch_size=2,
        scale_factor_spatial=16,
    )
    return {"transformer": transformer, "vae": vae}


def piped(parts: Callable[[], Parts], device: str) -> DiffusionPipeline:
    """A pipeline of such parts, whose random weights are made on a device."""
    seeded()
    with made_on(device):
        of = parts()
    if parts is ltx_2b:
        reads = T5EncoderModel(T5Config(**_READS))
        scheduler = FlowMatchEulerDiscreteScheduler()
        return LTXConditionPipeline(text_encoder=reads, tokenizer=tokenizer(), scheduler=scheduler, **of)
    more = {
        "text_encoder": UMT5EncoderModel(UMT5Config(**_READS)),
        "tokenizer": tokenizer(),
        "scheduler": UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0),
    }
    if parts is wan_vace_13b:
        return WanVACEPipeline(**of, **more)
    return WanPipeline(expand_timesteps=True, **of, **more)
