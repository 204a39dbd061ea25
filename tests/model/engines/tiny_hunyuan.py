"""Tiny random pipelines of HunyuanVideo's family: HunyuanVideo 1.5 with and without a first frame, and FramePack."""

import functools
from typing import Any

from diffusers import (
    AutoencoderKLHunyuanVideo,
    AutoencoderKLHunyuanVideo15,
    FlowMatchEulerDiscreteScheduler,
    HunyuanVideo15ImageToVideoPipeline,
    HunyuanVideo15Pipeline,
    HunyuanVideo15Transformer3DModel,
    HunyuanVideoFramepackPipeline,
    HunyuanVideoFramepackTransformer3DModel,
)
from diffusers.guiders import ClassifierFreeGuidance
from tokenizers.processors import TemplateProcessing
from transformers import (
    ByT5Tokenizer,
    CLIPTextConfig,
    CLIPTextModel,
    LlamaConfig,
    LlamaModel,
    PreTrainedTokenizerFast,
    Qwen2_5_VLTextConfig,
    Qwen2_5_VLTextModel,
    SiglipImageProcessorPil,
    SiglipVisionConfig,
    SiglipVisionModel,
)

from tests.model.engines.tiny import lively, seeded, sure, t5, tokenizer

_TEXT: dict[str, Any] = {
    "vocab_size": 128,
    "hidden_size": 16,
    "intermediate_size": 16,
    "num_hidden_layers": 3,  # the last two of which the pipelines leave out
    "num_attention_heads": 2,
    "num_key_value_heads": 2,
    "bos_token_id": None,
    "eos_token_id": 1,
}


@functools.cache
def vae() -> AutoencoderKLHunyuanVideo:
    """HunyuanVideo's, which Kandinsky 5 has too: four frames to one and 8 × 8 pixels to one."""
    seeded(1)
    made = AutoencoderKLHunyuanVideo(
        latent_channels=4, block_out_channels=(8, 8, 8, 8), layers_per_block=1, norm_num_groups=4
    )
    return sure(made, made.quant_conv, 12.0)


@functools.cache
def clip_text() -> CLIPTextModel:
    """The encoder that sums words up."""
    seeded(2)
    config = CLIPTextConfig(
        vocab_size=128,
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        projection_dim=16,
        bos_token_id=0,
        eos_token_id=1,
    )
    return CLIPTextModel(config).eval()


def with_end(longest: int = 77) -> PreTrainedTokenizerFast:
    """A tokenizer whose every text ends in the token that the summing encoder reads."""
    made = tokenizer(longest=longest)
    made.backend_tokenizer.post_processor = TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    return made


def _sees() -> dict[str, Any]:
    seeded(3)
    config = SiglipVisionConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=32, patch_size=16
    )
    return {
        "image_encoder": SiglipVisionModel(config).eval(),
        "feature_extractor": SiglipImageProcessorPil(size={"height": 32, "width": 32}),
    }


def _hunyuan15(task: str, seed: int = 4) -> dict[str, Any]:
    seeded(seed)
    made = HunyuanVideo15Transformer3DModel(
        in_channels=9,
        out_channels=4,
        num_attention_heads=2,
        attention_head_dim=16,
        num_layers=1,
        num_refiner_layers=1,
        text_embed_dim=16,
        text_embed_2_dim=32,
        image_embed_dim=16,
        rope_axes_dim=(4, 6, 6),
        target_size=64,
        task_type=task,
    )
    vae15 = AutoencoderKLHunyuanVideo15(latent_channels=4, block_out_channels=(8, 8, 8, 8, 8), layers_per_block=1)
    words = tokenizer(longest=1108)
    # The pipeline leaves out the first 108 tokens, which are what it says before the words.
    words.chat_template = "{% for _ in range(108) %}man {% endfor %}{{ messages[1]['content'] }}"
    return {
        "transformer": lively(made),
        "vae": sure(vae15, vae15.encoder.conv_out.conv, 1.0),
        "text_encoder": Qwen2_5_VLTextModel(
            Qwen2_5_VLTextConfig(rope_scaling={"type": "default", "mrope_section": [2, 1, 1]}, **_TEXT)
        ).eval(),
        "tokenizer": words,
        "text_encoder_2": t5(),
        "tokenizer_2": ByT5Tokenizer(),
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
        "guider": ClassifierFreeGuidance(guidance_scale=6.0),
    }


def hunyuan15() -> HunyuanVideo15Pipeline:
    """With words alone."""
    return HunyuanVideo15Pipeline(**_hunyuan15("t2v"))


def hunyuan15_from_picture() -> HunyuanVideo15ImageToVideoPipeline:
    """With a first frame."""
    return HunyuanVideo15ImageToVideoPipeline(**_hunyuan15("i2v"), **_sees())


def framepack() -> HunyuanVideoFramepackPipeline:
    """With a first frame, and a last one."""
    seeded(5)
    transformer = HunyuanVideoFramepackTransformer3DModel(
        in_channels=4,
        out_channels=4,
        num_attention_heads=2,
        attention_head_dim=16,
        num_layers=1,
        num_single_layers=1,
        num_refiner_layers=1,
        text_embed_dim=16,
        pooled_projection_dim=16,
        rope_axes_dim=(4, 6, 6),
        has_image_proj=True,
        image_proj_dim=16,
        has_clean_x_embedder=True,
    )
    return HunyuanVideoFramepackPipeline(
        transformer=lively(transformer),
        vae=vae(),
        text_encoder=LlamaModel(LlamaConfig(**_TEXT)).eval(),
        tokenizer=tokenizer(longest=351),
        text_encoder_2=clip_text(),
        tokenizer_2=with_end(),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=1.0, use_dynamic_shifting=True),
        **_sees(),
    )
