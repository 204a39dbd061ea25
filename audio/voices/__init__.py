"""Voices: engines that speak lines, and the store that keeps what was spoken. Light to import."""

from __future__ import annotations

from audio.errors import SoundError
from audio.speech import VoiceEngine

__all__ = ["find_engine"]


def find_engine() -> tuple[VoiceEngine, str | None]:
    """Returns the best voice engine of this machine, and a notice when it is only the fallback."""
    from audio.voices.espeak import Espeak
    from audio.voices.tones import Tones

    try:
        return Espeak(), None
    except SoundError as error:
        return Tones(), f"Characters murmur instead of speaking: {error}"
