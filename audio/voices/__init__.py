"""Voices: engines that speak lines, and the store that keeps what was spoken. Light to import."""

from __future__ import annotations

from audio.errors import SoundError
from audio.speech import VoiceEngine
from audio.voices.config import VoicesConfig, read_voices

__all__ = ["VoicesConfig", "open_voices", "read_voices"]

_ESPEAK = VoicesConfig()


def open_voices(config: VoicesConfig = _ESPEAK, *, key: str | None = None) -> tuple[VoiceEngine, str | None]:
    """Returns the voice engine that `config` names, and a notice when it is only a fallback: espeak, else murmurs.

    `key` is sent to an endpoint and kept nowhere else. Nothing is asked over a network here.
    """
    if config.engine == "tones":
        from audio.voices.tones import Tones

        return Tones(), None
    espeak, silent = _espeak()
    if config.engine == "espeak":
        return espeak, silent
    try:
        return _neural(config, espeak, key), None
    except SoundError as error:
        return espeak, f"Characters speak with {espeak.name} instead of {config.engine}: {error}"


def _espeak() -> tuple[VoiceEngine, str | None]:
    from audio.voices.espeak import Espeak
    from audio.voices.tones import Tones

    try:
        return Espeak(), None
    except SoundError as error:
        return Tones(), f"Characters murmur instead of speaking: {error}"


def _neural(config: VoicesConfig, espeak: VoiceEngine, key: str | None) -> VoiceEngine:
    if config.engine == "endpoint":
        from audio.voices.endpoint import Endpoint

        return Endpoint(config, espeak, key)
    from audio.voices.espeak import Espeak

    if not isinstance(espeak, Espeak):
        raise SoundError(f"{config.engine} reads phonemes from espeak-ng. Fix: pip install 'workprint[voices]'.")
    if config.path is None:
        raise SoundError(f"No file of {config.engine} is named. Fix: write {config.engine}:PATH.")
    if config.engine == "kokoro":
        from audio.voices.kokoro import Kokoro

        return Kokoro(config.path, espeak)
    from audio.voices.piper import Piper

    return Piper(config.path, espeak)
