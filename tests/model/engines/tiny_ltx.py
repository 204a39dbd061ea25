"""Tiny random LTX-Video pipelines, saved in folders as real weights are: 8 frames and 32 × 32 pixels to one latent."""

from typing import Any

from diffusers import (
    AutoencoderKLLTXVideo,
    FlowMatchEulerDiscreteScheduler,
    LTXConditionPipeline,
    LTXPipeline,
    LTXVideoTransformer3DModel,
)

from tests.model.engines.tiny import seeded, t5, tokenizer


def _vae() -> AutoencoderKLLTXVideo:
    """That of 0.9.5, whose decoder takes the last step itself."""
    seeded(1)
    return AutoencoderKLLTXVideo(
        latent_channels=8,
        block_out_channels=(8,) * 5,
        down_block_types=("LTXVideo095DownBlock3D",) * 4,
        decoder_block_out_channels=(8, 16, 32),
        layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 4,
        spatio_temporal_scaling=(True,) * 4,
        decoder_spatio_temporal_scaling=(True,) * 3,
        decoder_inject_noise=(False,) * 4,
        downsample_type=("spatial", "temporal", "spatiotemporal", "spatiotemporal"),
        upsample_residual=(True,) * 3,
        upsample_factor=(2,) * 3,
        timestep_conditioning=True,
        spatial_compression_ratio=32,
        temporal_compression_ratio=8,
    ).eval()


def _older_vae() -> AutoencoderKLLTXVideo:
    seeded(1)
    return AutoencoderKLLTXVideo(
        latent_channels=8,
        block_out_channels=(4,) * 4,
        decoder_block_out_channels=(4,) * 4,
        layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 5,
    ).eval()


def _parts() -> dict[str, Any]:
    seeded(2)
    transformer = LTXVideoTransformer3DModel(
        in_channels=8,
        out_channels=8,
        num_attention_heads=2,
        attention_head_dim=12,
        cross_attention_dim=24,
        num_layers=2,
        caption_channels=32,
    ).eval()
    return {"text_encoder": t5(), "tokenizer": tokenizer(), "transformer": transformer}


def ltx() -> LTXConditionPipeline:
    """LTX-Video 0.9.5 and later."""
    return LTXConditionPipeline(vae=_vae(), scheduler=FlowMatchEulerDiscreteScheduler(), **_parts())


def ltx_before_095() -> LTXPipeline:
    """Before 0.9.5: another autoencoder, and steps that are moved towards the noise by the clip's size."""
    scheduler = FlowMatchEulerDiscreteScheduler(
        use_dynamic_shifting=True,
        base_shift=0.95,
        max_shift=2.05,
        base_image_seq_len=1024,
        max_image_seq_len=4096,
        shift_terminal=0.1,
    )
    return LTXPipeline(vae=_older_vae(), scheduler=scheduler, **_parts())
