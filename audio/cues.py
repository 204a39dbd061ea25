"""The cue sheet: what is heard when, as pure data, no heavy import.

`shots.cut` makes it from the cut; `audio.mix` turns it into stems and a mix. Times are seconds of the
film. A later score, foley or room only adds cues: the mix knows their stem by their type.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from audio.speech import WordTime

__all__ = ["AmbienceCue", "CueSheet", "DialogueCue", "EffectCue", "MusicCue"]


@dataclass(frozen=True, kw_only=True)
class DialogueCue:
    """A spoken line. `pan` from -1 (left) to 1 (right); `distance_m` from the camera."""

    speaker: str  # as shown in captions
    text: str
    path: Path
    start_s: float
    duration_s: float
    words: tuple[WordTime, ...] = ()
    heard: Literal["on_screen", "off_screen", "voice_over", "phone"] = "on_screen"
    pan: float = 0.0
    distance_m: float = 1.5
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class AmbienceCue:
    """The sound of a place while nobody speaks: room tone indoors, air outdoors, and the weather."""

    place_kind: str  # a model.stage.PlaceKind
    interior: bool
    start_s: float
    end_s: float
    weather: str = "clear"
    hour: str = "day"
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class EffectCue:
    """One sound at a time, by its name in plain words, such as "door slam", "phone ring", "dog bark"."""

    name: str
    start_s: float
    duration_s: float | None = None
    gain_db: float = 0.0
    pan: float = 0.0
    distance_m: float = 2.0
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class MusicCue:
    """Score from one time to another."""

    mood: str
    start_s: float
    end_s: float
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class CueSheet:
    """All cues of a film of `duration_s`."""

    duration_s: float
    dialogue: tuple[DialogueCue, ...] = ()
    ambience: tuple[AmbienceCue, ...] = ()
    effects: tuple[EffectCue, ...] = ()
    music: tuple[MusicCue, ...] = ()
    title: str = ""
