"""A tiny random SANA-WM pipeline."""

from diffusers import (
    AutoencoderKLLTX2Video,
    FlowMatchEulerDiscreteScheduler,
    SanaWMPipeline,
    SanaWMTransformer3DModel,
)
from transformers import Gemma2Config, Gemma2ForCausalLM

from tests.model.engines.tiny import lively, seeded, tokenizer

_LATENTS, _WIDTH, _WORDS = 4, 32, 16


def sana_wm() -> SanaWMPipeline:
    """One layer that goes on from frame to frame, and one that attends to all."""
    seeded(3)
    transformer = SanaWMTransformer3DModel(
        in_channels=_LATENTS,
        num_layers=2,
        hidden_size=_WIDTH,
        num_attention_heads=2,
        linear_head_dim=_WIDTH // 2,
        softmax_every_n=2,
        caption_channels=_WORDS,
    )
    vae = AutoencoderKLLTX2Video(
        latent_channels=_LATENTS,
        block_out_channels=(8,) * 4,
        decoder_block_out_channels=(8, 16, 32),
        layers_per_block=(1,) * 5,
        decoder_layers_per_block=(1,) * 4,
        spatial_compression_ratio=32,
        temporal_compression_ratio=8,
        decoder_spatial_padding_mode="zeros",  # so that one row of latents can be decoded
    )
    words = Gemma2Config(
        vocab_size=128,
        hidden_size=_WORDS,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=8,
    )
    return SanaWMPipeline(
        tokenizer=tokenizer(longest=1000),
        text_encoder=Gemma2ForCausalLM(words).eval(),
        vae=vae.eval(),
        transformer=lively(transformer),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=9.95),
    )
