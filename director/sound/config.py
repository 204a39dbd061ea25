"""What a user asks of a film's sound, as the command line says it. Nothing is opened here and no key is held."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from audio.profiles import WEB, Profile, profile_of
from audio.score.config import ScoreConfig
from audio.voices.config import VoicesConfig, read_voices
from shots.errors import WorkprintError

if TYPE_CHECKING:
    from director.llm.config import DirectorConfig

__all__ = ["CaptionsConfig", "SoundConfig", "read_sound"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, kw_only=True)
class CaptionsConfig:
    """What captions tell and where. `translate` is a language to translate them into, by the model `by`."""

    described: bool = False  # sounds and music too, for who does not hear them
    burn_in: bool = False
    translate: str | None = None
    by: DirectorConfig | None = None
    replay_only: bool = False


@dataclass(frozen=True, kw_only=True)
class SoundConfig:
    """How a film is to sound. Paths are the user's own; what lies there is read with care, and may be missing."""

    voices: VoicesConfig = field(default_factory=VoicesConfig)
    recordings: Path | None = None
    score: ScoreConfig = field(default_factory=ScoreConfig)
    sounds: Path | None = None
    profile: Profile = WEB
    captions: CaptionsConfig = field(default_factory=CaptionsConfig)
    engine: bool = False  # the sound that the picture engine makes is heard in the film


def read_sound(
    *,
    voices: str | None = None,
    recordings: Path | None = None,
    score: str | None = None,
    soundfont: Path | None = None,
    sounds: Path | None = None,
    profile: str | None = None,
    described: bool = False,
    burn_in: bool = False,
    translate: str | None = None,
    by: DirectorConfig | None = None,
    replay_only: bool = False,
    engine_sound: bool = False,
) -> SoundConfig:
    """The sound that the command line asks for.

    Raises:
        SoundError: there is no such voice engine, score or profile.
        WorkprintError: a language has no code, or nobody is there to translate.
    """
    if translate is not None and _LANGUAGE.fullmatch(translate) is None:
        raise WorkprintError(f"--translate {translate} is no language. Fix: give its code, such as fr or pt-BR.")
    if translate is not None and (by is None or by.offline):
        raise WorkprintError(
            f"Nobody is there to translate into {translate}. Fix: name a language model with --director, such as "
            "--director openai:MODEL."
        )
    return SoundConfig(
        voices=read_voices(voices) if voices is not None else VoicesConfig(),
        recordings=recordings,
        score=ScoreConfig.read(score or "own", soundfont),
        sounds=sounds,
        profile=profile_of(profile) if profile is not None else WEB,
        captions=CaptionsConfig(
            described=described, burn_in=burn_in, translate=translate, by=by, replay_only=replay_only
        ),
        engine=engine_sound,
    )
