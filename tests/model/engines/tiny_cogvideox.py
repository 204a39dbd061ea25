"""Tiny random CogVideoX pipelines: 1.0 with words alone, 1.0 and 1.5 with a first frame."""

from typing import Any

from diffusers import (
    AutoencoderKLCogVideoX,
    CogVideoXDDIMScheduler,
    CogVideoXImageToVideoPipeline,
    CogVideoXPipeline,
    CogVideoXTransformer3DModel,
)

from tests.model.engines.tiny import lively, seeded, sure, t5, tokenizer


def _parts(**transformer: Any) -> dict[str, Any]:
    seeded(1)
    vae = AutoencoderKLCogVideoX(
        block_out_channels=(8, 8, 8, 8), latent_channels=4, layers_per_block=1, norm_num_groups=2
    )
    made = CogVideoXTransformer3DModel(
        num_attention_heads=2,
        attention_head_dim=16,
        out_channels=4,
        time_embed_dim=8,
        text_embed_dim=32,
        num_layers=1,
        sample_width=8,
        sample_height=6,
        sample_frames=9,
        max_text_seq_length=16,
        use_rotary_positional_embeddings=True,
        **transformer,
    )
    return {
        "transformer": lively(made),
        "vae": sure(vae, vae.encoder.conv_out.conv, 3.0),
        "text_encoder": t5(),
        "tokenizer": tokenizer(longest=226),
        "scheduler": CogVideoXDDIMScheduler(prediction_type="v_prediction", rescale_betas_zero_snr=True),
    }


def from_words() -> CogVideoXPipeline:
    """1.0."""
    return CogVideoXPipeline(**_parts(in_channels=4))


def from_picture() -> CogVideoXImageToVideoPipeline:
    """1.0, whose positions are learnt: for nine frames of 64 × 48 pixels."""
    return CogVideoXImageToVideoPipeline(**_parts(in_channels=8, use_learned_positional_embeddings=True))


def from_picture_15() -> CogVideoXImageToVideoPipeline:
    """1.5, which takes two latent frames at a time."""
    return CogVideoXImageToVideoPipeline(**_parts(in_channels=8, patch_size_t=2, ofs_embed_dim=8, patch_bias=False))
