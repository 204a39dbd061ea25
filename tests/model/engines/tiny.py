"""Parts of tiny random pipelines that several engines share, saved and loaded as real ones are."""

import functools
from collections.abc import Iterable

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from torch.nn import Module
from transformers import PreTrainedTokenizerFast, T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel

WORDS = ("woman", "man", "red", "blue", "coat", "street", "night", "day", "rain", "walks", "left", "right", "camera")


def seeded(seed: int = 0) -> None:
    """Random weights that are the same each time."""
    torch.manual_seed(seed)


def lively(model: Module) -> Module:
    """A model that is ready to be called, whose random weights are large enough for all that goes in to count.

    Many transformers begin with gates and last layers at zero, and would give back noise alone.
    """
    with torch.no_grad():
        for weights in model.parameters():
            if weights.ndim > 1:
                weights.normal_(0.0, 1.5 / weights[0].numel() ** 0.5)
    return model.eval()


def sure(autoencoder: Module, moments: Module, times: float) -> Module:
    """An autoencoder, ready to be called, that as a trained one adds no noise to what it encodes.

    `moments` is its last layer before the latents: their means, made `times` larger, and how sure they are.
    """
    with torch.no_grad():
        for weights, of_all in ((moments.weight, 0.0), (moments.bias, -30.0)):
            half = len(weights) // 2
            weights[:half] *= times
            weights[half:] = of_all
    return autoencoder.eval()


def tokenizer(more: Iterable[str] = (), longest: int = 64) -> PreTrainedTokenizerFast:
    """A tokenizer of a few words, all others unknown."""
    words = {word: number for number, word in enumerate(("<pad>", "</s>", "<unk>", *WORDS, *more))}
    model = Tokenizer(WordLevel(words, unk_token="<unk>"))
    model.pre_tokenizer = Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=model, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=longest
    )


@functools.cache
def umt5() -> UMT5EncoderModel:
    """A text encoder as Wan's."""
    seeded()
    config = UMT5Config(vocab_size=128, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
    return UMT5EncoderModel(config).eval()


@functools.cache
def t5() -> T5EncoderModel:
    """A text encoder as LTX's and CogVideoX's."""
    seeded()
    config = T5Config(vocab_size=128, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)
    return T5EncoderModel(config).eval()
