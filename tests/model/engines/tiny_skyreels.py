"""A tiny random SkyReels-V2 diffusion forcing pipeline, of Wan's autoencoder and text encoder."""

from diffusers import SkyReelsV2DiffusionForcingPipeline, SkyReelsV2Transformer3DModel

from tests.model.engines.tiny import seeded, tokenizer, umt5
from tests.model.engines.tiny_wan import scheduler, vae


def skyreels() -> SkyReelsV2DiffusionForcingPipeline:
    """SkyReels-V2 DF, told how many frames a second there are."""
    seeded(2)
    transformer = SkyReelsV2Transformer3DModel(
        num_attention_heads=2,
        attention_head_dim=12,
        text_dim=32,
        freq_dim=32,
        ffn_dim=32,
        num_layers=2,
        rope_max_seq_len=64,
        inject_sample_info=True,
    ).eval()
    return SkyReelsV2DiffusionForcingPipeline(
        tokenizer=tokenizer(), text_encoder=umt5(), transformer=transformer, vae=vae(), scheduler=scheduler()
    )
