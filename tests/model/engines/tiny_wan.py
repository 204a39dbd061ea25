"""Tiny random Wan pipelines, saved in folders as real weights are."""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKLWan,
    DiffusionPipeline,
    UniPCMultistepScheduler,
    WanImageToVideoPipeline,
    WanPipeline,
    WanTransformer3DModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModel

from tests.model.engines.tiny import seeded, tokenizer, umt5

_SMALL: dict[str, Any] = {
    "patch_size": (1, 2, 2),
    "num_attention_heads": 2,
    "attention_head_dim": 12,
    "out_channels": 16,
    "text_dim": 32,
    "freq_dim": 32,
    "ffn_dim": 32,
    "num_layers": 2,
    "cross_attn_norm": True,
    "qk_norm": "rms_norm_across_heads",
    "rope_max_seq_len": 32,
}


def told_clearly(part: torch.nn.Module, times: float) -> None:
    """Larger random weights: by those that parts begin with, what is told would be seen in the last decimals alone."""
    with torch.no_grad():
        for weight in part.parameters():
            if weight.ndim > 1:
                weight.mul_(times)


@functools.cache
def vae() -> AutoencoderKLWan:
    """Wan 2.1's: four frames to one and 8 × 8 pixels to one."""
    seeded(1)
    made = AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    )
    told_clearly(made.encoder, 3)
    return made.eval()


@functools.cache
def vae_5b() -> AutoencoderKLWan:
    """That of Wan 2.2's TI2V-5B: 16 × 16 pixels to one."""
    seeded(1)
    made = AutoencoderKLWan(
        base_dim=3,
        z_dim=48,
        dim_mult=[1, 1, 1, 1],
        num_res_blocks=1,
        temperal_downsample=[False, True, True],
        latents_mean=[0.0] * 48,
        latents_std=[1.0] * 48,
        is_residual=True,
        in_channels=12,
        out_channels=12,
        patch_size=2,
        scale_factor_spatial=16,
    )
    told_clearly(made.encoder, 3)
    return made.eval()


def scheduler() -> UniPCMultistepScheduler:
    """As the weights have it beside them."""
    return UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0)


def vace_transformer(seed: int = 2) -> WanVACETransformer3DModel:
    """One that is told by two of its layers."""
    seeded(seed)
    made = WanVACETransformer3DModel(in_channels=16, vace_layers=[0, 1], vace_in_channels=96, **_SMALL)
    told_clearly(made, 2)
    return made.eval()


def transformer(seed: int = 3, **more: Any) -> WanTransformer3DModel:
    """One of Wan's own; `more` is what differs by its kind."""
    seeded(seed)
    made = WanTransformer3DModel(**{**_SMALL, "in_channels": 36, **more})
    told_clearly(made, 2)
    return made.eval()


def _common() -> dict[str, Any]:
    return {"tokenizer": tokenizer(), "text_encoder": umt5(), "vae": vae(), "scheduler": scheduler()}


def wan_vace() -> WanVACEPipeline:
    """Wan 2.1 VACE."""
    return WanVACEPipeline(transformer=vace_transformer(), **_common())


def wan_vace_22() -> WanVACEPipeline:
    """Wan 2.2 VACE: one transformer for the noisy steps, another for the fine ones."""
    return WanVACEPipeline(
        transformer=vace_transformer(), transformer_2=vace_transformer(5), boundary_ratio=0.875, **_common()
    )


def _sees() -> dict[str, Any]:
    seeded(4)
    config = CLIPVisionConfig(
        hidden_size=8,
        projection_dim=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=16,
        image_size=32,
        patch_size=16,
    )
    return {
        "image_encoder": CLIPVisionModel(config).train(False),
        "image_processor": CLIPImageProcessor(crop_size=32, size=32),
    }


def wan_i2v_21() -> WanImageToVideoPipeline:
    """Wan 2.1 from a first frame, which a vision encoder sees as well."""
    return WanImageToVideoPipeline(transformer=transformer(image_dim=8, added_kv_proj_dim=24), **_sees(), **_common())


def wan_flf_21() -> WanImageToVideoPipeline:
    """Wan 2.1 from a first to a last frame: its transformer has places for what is seen in two."""
    seen = 2 * ((32 // 16) ** 2 + 1)
    taught = transformer(image_dim=8, added_kv_proj_dim=24, pos_embed_seq_len=seen)
    return WanImageToVideoPipeline(transformer=taught, **_sees(), **_common())


def wan_i2v_22() -> WanImageToVideoPipeline:
    """Wan 2.2 I2V-A14B: two transformers, no vision encoder."""
    return WanImageToVideoPipeline(
        transformer=transformer(), transformer_2=transformer(6), boundary_ratio=0.9, **_common()
    )


def wan_ti2v_5b() -> WanPipeline:
    """Wan 2.2 TI2V-5B, whose folder names the pipeline of text alone."""
    parts = {**_common(), "vae": vae_5b()}
    return WanPipeline(transformer=transformer(in_channels=48, out_channels=48), expand_timesteps=True, **parts)


def wan_t2v() -> WanPipeline:
    """Wan of text alone."""
    return WanPipeline(transformer=transformer(in_channels=16), **_common())


def saved(made: Callable[[], DiffusionPipeline], folder: Path) -> Path:
    """The folder of a pipeline, saved as diffusers saves it."""
    made().save_pretrained(folder, safe_serialization=True)
    return folder
