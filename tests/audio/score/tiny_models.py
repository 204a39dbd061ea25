"""Tiny random music models, built and saved by tests as their libraries save them: made in a second, loaded offline."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

_PAD, _END, _UNKNOWN = "<pad>", "<eos>", "<unk>"
SAVED = ("musicgen", "stable_audio", "ace_step")
_WORDS = ["tense", "warm", "instrumental", "film", "score", "strings", "piano", "bpm", "minor", "major", "vocals"]


def tokenizer() -> PreTrainedTokenizerFast:
    words = {word: index for index, word in enumerate([_PAD, _END, _UNKNOWN, *_WORDS])}
    plain = Tokenizer(models.WordLevel(words, unk_token=_UNKNOWN))
    plain.pre_tokenizer = pre_tokenizers.Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=plain, pad_token=_PAD, eos_token=_END, unk_token=_UNKNOWN, model_max_length=64
    )


def save_musicgen(folder: Path) -> None:
    from transformers import (
        EncodecConfig,
        MusicgenConfig,
        MusicgenDecoderConfig,
        MusicgenForConditionalGeneration,
        T5Config,
    )

    torch.manual_seed(7)
    text = T5Config(
        vocab_size=len(_WORDS) + 3, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_heads=2, feed_forward_proj="relu"
    )
    audio = EncodecConfig(
        sampling_rate=32_000, target_bandwidths=[1.0], num_filters=4, num_residual_layers=1, hidden_size=8,
        codebook_size=16, codebook_dim=8, upsampling_ratios=[8, 5, 4, 4], num_lstm_layers=1,
        normalize=False, chunk_length_s=None,
    )  # fmt: skip
    decoder = MusicgenDecoderConfig(
        vocab_size=16, hidden_size=16, ffn_dim=16, num_hidden_layers=1, num_attention_heads=2, num_codebooks=2,
        pad_token_id=16, bos_token_id=16,
    )  # fmt: skip
    config = MusicgenConfig(text_encoder=text.to_dict(), audio_encoder=audio.to_dict(), decoder=decoder.to_dict())
    model = MusicgenForConditionalGeneration(config)
    for layer in model.audio_encoder.quantizer.layers:
        layer.codebook.embed.normal_()  # it begins as zeros, and all tokens would sound alike
    model.generation_config.decoder_start_token_id = 16
    model.generation_config.pad_token_id = 16
    model.generation_config.bos_token_id = 16
    model.generation_config.max_length = 1500
    model.save_pretrained(folder)
    tokenizer().save_pretrained(folder)


def save_stable_audio(folder: Path) -> None:
    from diffusers import (
        AutoencoderOobleck,
        EDMDPMSolverMultistepScheduler,
        StableAudioDiTModel,
        StableAudioPipeline,
        StableAudioProjectionModel,
    )
    from transformers import T5Config, T5EncoderModel

    torch.manual_seed(8)
    vae = AutoencoderOobleck(
        encoder_hidden_size=4, downsampling_ratios=[4, 8, 8, 8], decoder_channels=4, decoder_input_channels=4,
        audio_channels=2, channel_multiples=[1, 2, 2, 4], sampling_rate=44_100,
    )  # fmt: skip
    text = T5EncoderModel(
        T5Config(
            vocab_size=len(_WORDS) + 3, d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2, feed_forward_proj="relu"
        )
    )
    transformer = StableAudioDiTModel(
        sample_size=64, in_channels=4, num_layers=1, attention_head_dim=8, num_attention_heads=2,
        num_key_value_attention_heads=1, out_channels=4, cross_attention_dim=8, time_proj_dim=8,
        global_states_input_dim=16, cross_attention_input_dim=8,
    )  # fmt: skip
    StableAudioPipeline(
        vae=vae,
        text_encoder=text,
        projection_model=StableAudioProjectionModel(
            text_encoder_dim=8, conditioning_dim=8, min_value=0.0, max_value=512.0
        ),
        tokenizer=tokenizer(),
        transformer=transformer,
        scheduler=EDMDPMSolverMultistepScheduler(sigma_min=0.3, sigma_max=500.0, solver_order=2),
    ).save_pretrained(folder)


def save_ace_step(folder: Path) -> None:
    from diffusers import (
        AceStepPipeline,
        AceStepTransformer1DModel,
        AutoencoderOobleck,
        FlowMatchEulerDiscreteScheduler,
    )
    from diffusers.pipelines.ace_step.modeling_ace_step import AceStepConditionEncoder
    from transformers import Qwen3Config, Qwen3Model

    torch.manual_seed(9)
    small = {
        "hidden_size": 16, "intermediate_size": 16, "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8,
        "rope_theta": 10_000.0, "sliding_window": 16,
    }  # fmt: skip
    vae = AutoencoderOobleck(
        encoder_hidden_size=4, downsampling_ratios=[4, 8, 8, 8], decoder_channels=4, decoder_input_channels=4,
        audio_channels=2, channel_multiples=[1, 2, 2, 4], sampling_rate=48_000,
    )  # fmt: skip
    text = Qwen3Model(
        Qwen3Config(
            vocab_size=len(_WORDS) + 3, hidden_size=16, intermediate_size=16, num_hidden_layers=1,
            num_attention_heads=2, num_key_value_heads=1, head_dim=8, layer_types=["full_attention"],
        )
    )  # fmt: skip
    AceStepPipeline(
        vae=vae,
        text_encoder=text,
        tokenizer=tokenizer(),
        transformer=AceStepTransformer1DModel(
            **small, num_hidden_layers=1, in_channels=12, audio_acoustic_hidden_dim=4, patch_size=2
        ),
        condition_encoder=AceStepConditionEncoder(
            **small, text_hidden_dim=16, timbre_hidden_dim=4, num_lyric_encoder_hidden_layers=1,
            num_timbre_encoder_hidden_layers=1,
        ),
        scheduler=FlowMatchEulerDiscreteScheduler(num_train_timesteps=1, shift=1.0),
    ).save_pretrained(folder)  # fmt: skip
