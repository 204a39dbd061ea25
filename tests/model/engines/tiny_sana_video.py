"""A tiny random SANA-Video pipeline."""

from diffusers import FlowMatchEulerDiscreteScheduler, SanaVideoPipeline, SanaVideoTransformer3DModel
from transformers import Gemma2Config, Gemma2Model

from tests.model.engines.tiny import lively, seeded, tokenizer
from tests.model.engines.tiny_wan import vae


def sana_video() -> SanaVideoPipeline:
    """That of 480 lines, with Wan 2.1's autoencoder."""
    seeded(1)
    transformer = SanaVideoTransformer3DModel(
        in_channels=16,
        out_channels=16,
        num_attention_heads=2,
        attention_head_dim=12,
        num_layers=2,
        num_cross_attention_heads=2,
        cross_attention_head_dim=12,
        cross_attention_dim=24,
        caption_channels=16,
        rope_max_seq_len=32,
    )
    words = Gemma2Config(
        vocab_size=128,
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        num_key_value_heads=2,
        head_dim=8,
    )
    return SanaVideoPipeline(
        transformer=lively(transformer),
        vae=vae(),
        text_encoder=Gemma2Model(words).eval(),
        tokenizer=tokenizer(longest=1000),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=8.0),
    )
