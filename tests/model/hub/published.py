"""A small repository as it is published: a pipeline in safetensors, beside what nobody of ours reads."""

import json

import numpy as np
from safetensors.numpy import save

REPOSITORY = "maker/tiny-vace"
CARD = b"---\nlicense: other\nlicense_name: cc-by-nc-4.0\nlicense_link: https://example.org/terms\n---\n# Tiny\n"


def weights(seed: int, numbers: int = 4000) -> bytes:
    """Bytes of a safetensors file."""
    return save({"weight": np.random.default_rng(seed).normal(size=numbers).astype(np.float32)})


def published() -> dict[str, bytes]:
    """The files of the repository, by their paths."""
    index = {
        "_class_name": "WanVACEPipeline",
        "boundary_ratio": None,
        "scheduler": ["diffusers", "UniPCMultistepScheduler"],
        "text_encoder": ["transformers", "UMT5EncoderModel"],
        "tokenizer": ["transformers", "T5TokenizerFast"],
        "transformer": ["diffusers", "WanVACETransformer3DModel"],
        "transformer_2": [None, None],
    }
    shards = ("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")
    shown = {"weight_map": {"a": shards[0], "b": shards[1]}}
    return {
        "model_index.json": json.dumps(index).encode(),
        "README.md": CARD,
        "LICENSE.txt": b"terms",
        "scheduler/scheduler_config.json": b"{}",
        "tokenizer/tokenizer.json": b'{"a": 1}',
        "tokenizer/spiece.model": weights(9, 300),
        "text_encoder/config.json": b"{}",
        "text_encoder/model.safetensors.index.json": json.dumps(shown).encode(),
        f"text_encoder/{shards[0]}": weights(1),
        f"text_encoder/{shards[1]}": weights(2),
        "transformer/config.json": b'{"layers": 2}',
        "transformer/diffusion_pytorch_model.safetensors": weights(3, 20_000),
        "transformer/diffusion_pytorch_model.fp16.safetensors": weights(4),
        "transformer/diffusion_pytorch_model.bin": weights(5),
        "transformer/modeling.py": b"print('never')",
        "other/model.safetensors": weights(6),
        "whole-in-one.safetensors": weights(7),
        "sample.gif": b"GIF",
    }


READ = (
    "LICENSE.txt",
    "README.md",
    "model_index.json",
    "scheduler/scheduler_config.json",
    "text_encoder/config.json",
    "text_encoder/model-00001-of-00002.safetensors",
    "text_encoder/model-00002-of-00002.safetensors",
    "text_encoder/model.safetensors.index.json",
    "tokenizer/spiece.model",
    "tokenizer/tokenizer.json",
    "transformer/config.json",
    "transformer/diffusion_pytorch_model.safetensors",
)
"""What of it is fetched."""
