"""Spoken lines with the times of their words and phonemes: pure data, no heavy import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

__all__ = ["Consent", "Kind", "Origin", "PhonemeTime", "Speaker", "SpokenLine", "VoiceEngine", "WordTime"]

Kind = Literal["person", "robot", "giant", "monster", "crowd"]


@dataclass(frozen=True)
class WordTime:
    """A word as it stands in the text, from `start_s` to `end_s` of the line's sound."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class PhonemeTime:
    """A phoneme in IPA, or "" for a pause."""

    ipa: str
    start_s: float
    end_s: float


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """Who speaks, as far as a voice engine needs to know. `name` asks for one voice of the engine.

    `audio.voices.kinds.kind_of` reads `kind` from a character's name and description.
    """

    id: str
    gender: Literal["female", "male", "unspecified"] = "unspecified"
    age_years: float | None = None
    language: str = "en"
    name: str | None = None
    rate_wpm: int | None = None
    pitch: int | None = None
    kind: Kind = "person"
    delivery: str = ""  # how the line at hand is spoken, in the script's words: "whispering", "shouting"


@dataclass(frozen=True, kw_only=True)
class Consent:
    """That a person agreed to be heard: who agreed, on which day (ISO 8601), and to what."""

    by: str
    date: str
    scope: str


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a line's voice comes from, for receipts. A recorded or cloned one has its person's consent."""

    engine: str  # with its version
    kind: Literal["synthetic", "cloned", "recorded"] = "synthetic"
    person: str = ""  # whose voice it is, or is like
    licence: str = ""
    consent: Consent | None = None


@dataclass(frozen=True, kw_only=True)
class SpokenLine:
    """A line's sound on disk (mono WAV, silence trimmed) and its times."""

    path: Path
    duration_s: float
    words: tuple[WordTime, ...]
    phonemes: tuple[PhonemeTime, ...]
    voice: str  # the engine's voice that spoke it, for receipts
    origin: Origin | None = None  # None until the store knows: an engine's own voice, like nobody's


class VoiceEngine(Protocol):
    """Speaks lines. One speaker always has the same voice, and two of a cast have different ones."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """Gives each speaker id a voice; the same cast in the same order gets the same voices."""
        ...

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Writes the line's sound to `path` and returns it with its times.

        Raises:
            SoundError: the engine failed.
        """
        ...
