"""Tiny random Kandinsky 5 pipelines, with words alone and with a first frame."""

from typing import Any

from diffusers import (
    FlowMatchEulerDiscreteScheduler,
    Kandinsky5I2VPipeline,
    Kandinsky5T2VPipeline,
    Kandinsky5Transformer3DModel,
)
from tokenizers.processors import TemplateProcessing
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

from tests.model.engines.tiny import lively, seeded, tokenizer
from tests.model.engines.tiny_hunyuan import clip_text, vae, with_end


def _parts() -> dict[str, Any]:
    seeded(1)
    transformer = Kandinsky5Transformer3DModel(
        in_visual_dim=4,
        in_text_dim=16,
        in_text_dim2=16,
        time_dim=16,
        out_visual_dim=4,
        model_dim=32,
        ff_dim=32,
        num_text_blocks=1,
        num_visual_blocks=1,
        axes_dims=(4, 6, 6),
        visual_cond=True,
    )
    sees = {"depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16}
    reads = {
        "vocab_size": 128,
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "rope_scaling": {"rope_type": "default", "mrope_section": [2, 1, 1]},
        "bos_token_id": None,
        "eos_token_id": 1,
    }
    words = tokenizer(longest=640)
    # What the pipeline says before the words is 127 of these tokens, and it leaves out 128.
    words.backend_tokenizer.post_processor = TemplateProcessing(single="<unk> $A", special_tokens=[("<unk>", 2)])
    return {
        "transformer": lively(transformer),
        "vae": vae(),
        "text_encoder": Qwen2_5_VLForConditionalGeneration(
            Qwen2_5_VLConfig(text_config=reads, vision_config=sees)
        ).eval(),
        "tokenizer": words,
        "text_encoder_2": clip_text(),
        "tokenizer_2": with_end(),
        "scheduler": FlowMatchEulerDiscreteScheduler(shift=7.0),
    }


def from_words() -> Kandinsky5T2VPipeline:
    """With words alone."""
    return Kandinsky5T2VPipeline(**_parts())


def from_picture() -> Kandinsky5I2VPipeline:
    """With a first frame."""
    return Kandinsky5I2VPipeline(**_parts())
