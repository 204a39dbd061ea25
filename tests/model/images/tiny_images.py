"""Tiny random pipelines of single pictures, saved in folders as real weights are."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderKL,
    AutoencoderKLFlux2,
    AutoencoderKLQwenImage,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
    QwenImageEditPlusPipeline,
    QwenImagePipeline,
    QwenImageTransformer2DModel,
    ZImagePipeline,
    ZImageTransformer2DModel,
)
from PIL.Image import Image
from transformers import (
    BatchFeature,
    PreTrainedTokenizerFast,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2VLImageProcessorPil,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from tests.model.engines.tiny import seeded, tokenizer

_CHAT = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
_BLOCKS = {
    "down_block_types": ("DownEncoderBlock2D",) * 2,
    "up_block_types": ("UpDecoderBlock2D",) * 2,
    "block_out_channels": (8, 8),
    "layers_per_block": 1,
    "norm_num_groups": 4,
}
_MARKS = ("image_pad", "video_pad", "vision_start", "vision_end")


def chatting() -> PreTrainedTokenizerFast:
    """A tokenizer that writes a conversation as its words alone."""
    made = tokenizer(longest=512)
    made.chat_template = _CHAT
    return made


@functools.cache
def qwen3(layers: int) -> Qwen3ForCausalLM:
    """A text encoder as Flux.2 Klein's and Z-Image's."""
    seeded()
    config = Qwen3Config(
        vocab_size=32, hidden_size=16, intermediate_size=16, num_hidden_layers=layers, num_attention_heads=2,
        num_key_value_heads=2, head_dim=8,
    )  # fmt: skip
    return Qwen3ForCausalLM(config).eval()


def qwen_vl() -> Qwen2_5_VLForConditionalGeneration:
    """A text encoder as Qwen-Image's, which reads pictures too."""
    seeded()
    config: dict[str, Any] = {
        "text_config": {
            "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
            "num_key_value_heads": 2, "vocab_size": 32, "rope_parameters": {
                "mrope_section": [1, 1, 2], "rope_type": "default", "type": "default", "rope_theta": 1000000.0,
            },
        },
        "vision_config": {
            "depth": 2, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16,
        },
        "vision_start_token_id": 18, "vision_end_token_id": 19, "image_token_id": 16, "video_token_id": 17,
    }  # fmt: skip
    return Qwen2_5_VLForConditionalGeneration(Qwen2_5_VLConfig(**config)).eval()


def awake(model: torch.nn.Module, std: float = 0.15) -> Any:
    """Layers that begin at zero would hide what is told."""
    for weight in model.parameters():
        torch.nn.init.normal_(weight, std=std)
    return model.eval()


def save_klein(folder: Path, *, distilled: bool = True) -> Path:
    """Flux.2 Klein."""
    seeded()
    transformer = Flux2Transformer2DModel(
        in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=48, timestep_guidance_channels=16, axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=awake(AutoencoderKLFlux2(**_BLOCKS, latent_channels=4, sample_size=32)),
        text_encoder=qwen3(28),
        tokenizer=chatting(),
        transformer=awake(transformer, 0.4),
        is_distilled=distilled,
    ).save_pretrained(folder)
    return folder


def save_z_image(folder: Path) -> Path:
    """Z-Image."""
    seeded()
    transformer = ZImageTransformer2DModel(
        in_channels=4, dim=32, n_layers=1, n_refiner_layers=1, n_heads=2, n_kv_heads=2, cap_feat_dim=16,
        axes_dims=[4, 6, 6], axes_lens=[1024, 64, 64],
    )  # fmt: skip
    ZImagePipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(),
        vae=awake(AutoencoderKL(**_BLOCKS, latent_channels=4, sample_size=32, scaling_factor=0.36, shift_factor=0.1)),
        text_encoder=qwen3(2),
        tokenizer=chatting(),
        transformer=awake(transformer, 0.4),
    ).save_pretrained(folder)
    return folder


def qwen_parts() -> dict[str, Any]:
    """The parts of Qwen-Image, of which the edit pipeline has one more."""
    seeded()
    transformer = QwenImageTransformer2DModel(
        in_channels=64, out_channels=16, num_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=16, axes_dims_rope=(4, 6, 6),
    )  # fmt: skip
    return {
        "scheduler": FlowMatchEulerDiscreteScheduler(),
        "vae": awake(AutoencoderKLQwenImage(base_dim=4, dim_mult=[1, 1, 1, 1], num_res_blocks=1)),
        "text_encoder": qwen_vl(),
        "tokenizer": tokenizer(_MARKS, longest=1200),
        "transformer": awake(transformer, 0.4),
    }


def save_qwen(folder: Path) -> Path:
    """Qwen-Image."""
    QwenImagePipeline(**qwen_parts()).save_pretrained(folder)
    return folder


class Reading:
    """What Qwen-Image-Edit's processor does with words and pictures; the real one needs torchvision to be made."""

    def __init__(self, words: PreTrainedTokenizerFast) -> None:
        self.words = words
        self.pictures = Qwen2VLImageProcessorPil(size={"shortest_edge": 28 * 28, "longest_edge": 56 * 56})

    def __call__(self, text: list[str], images: list[Image], **said: Any) -> BatchFeature:
        del said
        read = self.pictures(images=images, return_tensors="pt")
        for grid in read["image_grid_thw"]:
            text = [line.replace("<|image_pad|>", " IMAGE " * int(grid.prod() // 4), 1) for line in text]
        ids = self.words([line.replace("IMAGE", "image_pad") for line in text], return_tensors="pt")
        return BatchFeature({**ids, **read})


def edit_pipeline() -> QwenImageEditPlusPipeline:
    """Qwen-Image-Edit in this process."""
    parts = qwen_parts()
    pipeline = QwenImageEditPlusPipeline(**parts, processor=Reading(parts["tokenizer"]))
    pipeline.set_progress_bar_config(disable=True)
    return pipeline
