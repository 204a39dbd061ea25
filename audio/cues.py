"""The cue sheet: what is heard when, as pure data, no heavy import.

`shots.cut` makes it from the cut; `audio.mix` turns it into stems and a mix. Times are seconds of the film; a cue's
`shot` and `line` say what it comes from. The mix knows a cue's stem by its type.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from audio.speech import WordTime

__all__ = ["AmbienceCue", "CueSheet", "DialogueCue", "EffectCue", "Heard", "Hit", "MusicCue", "Room", "Surface"]

Heard = Literal["on_screen", "off_screen", "voice_over", "phone", "radio"]
Surface = Literal["carpet", "wood", "plaster", "tile", "concrete", "stone", "metal", "glass", "earth", "grass", "water"]
_STRICT = {"extra": "forbid"}  # pydantic's config where `audio.spotting` reads a sheet from a file


@dataclass(frozen=True, kw_only=True)
class Room:
    """A place as the ear has it: how large (width, depth, height), and what its walls are of. No walls outdoors."""

    __pydantic_config__ = _STRICT

    size_m: tuple[float, float, float] = (5.0, 4.0, 2.7)
    walls: Surface = "plaster"
    floor: Surface = "wood"
    outdoors: bool = False


@dataclass(frozen=True, kw_only=True)
class DialogueCue:
    """A spoken line: `duration_s` of its voice, from `from_s` of it on. `pan` from -1 (left) to 1 (right);
    `distance_m` from the camera.
    """

    __pydantic_config__ = _STRICT

    speaker: str  # as shown in captions
    text: str
    path: Path
    start_s: float
    duration_s: float
    from_s: float = 0.0
    words: tuple[WordTime, ...] = ()
    heard: Heard = "on_screen"
    pan: float = 0.0
    distance_m: float = 1.5
    language: str = "en"
    room: Room = field(default_factory=Room)
    shot: str = ""
    line: int | None = None  # its place in the shot


@dataclass(frozen=True, kw_only=True)
class AmbienceCue:
    """The sound of a place while nobody speaks: room tone indoors, air outdoors, and the weather.

    It comes in over `fade_in_s` from `start_s` and has gone by `end_s`: a place may be heard before it is seen (a
    J-cut) and after (an L-cut).
    """

    __pydantic_config__ = _STRICT

    place_kind: str  # a model.stage.PlaceKind
    interior: bool
    start_s: float
    end_s: float
    weather: str = "clear"
    hour: str = "day"
    crowd: int = 0  # how many people murmur there
    fade_in_s: float = 0.6
    fade_out_s: float = 0.6
    room: Room = field(default_factory=Room)
    seed: int = 0
    shot: str = ""  # the first that it is heard under


@dataclass(frozen=True, kw_only=True)
class EffectCue:
    """One sound at a time, by its name in plain words, such as "door slam", "phone ring", "step"."""

    __pydantic_config__ = _STRICT

    name: str
    start_s: float
    duration_s: float | None = None
    gain_db: float = 0.0
    pan: float = 0.0
    pan_end: float | None = None  # where it has moved to when it ends
    distance_m: float = 2.0
    surface: Surface | None = None  # what is stepped on, knocked at, set down on
    force: float = 0.5  # from 0 (as softly as can be) to 1
    room: Room = field(default_factory=Room)
    seed: int = 0
    shot: str = ""
    who: str = ""  # the character or prop that makes it
    source: Literal["script", "stage"] = "script"  # written by name, or seen to happen


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A moment of the picture that music can meet: a cut to another scene, a turn, a smash cut."""

    __pydantic_config__ = _STRICT

    time_s: float
    kind: Literal["cut", "scene", "turn", "smash", "end"]


@dataclass(frozen=True, kw_only=True)
class MusicCue:
    """Score from one time to another, as spotted: how it is to feel, what it meets, and what it makes room for."""

    __pydantic_config__ = _STRICT

    mood: str  # "quiet", "tense", "warm", "urgent", "sad", "comic", "neutral", or a crew's own words
    start_s: float
    end_s: float
    tension: tuple[tuple[float, float], ...] = ()  # (time_s, from 0 to 1), in order
    hits: tuple[Hit, ...] = ()
    spoken: tuple[tuple[float, float], ...] = ()  # lines that it thins out under
    silences: tuple[tuple[float, float], ...] = ()  # key lines that it drops out under
    themes: tuple[str, ...] = ()  # whose motifs are due: characters, most important first
    ends: Literal["resolved", "open", "cut"] = "resolved"
    path: Path | None = None  # its sound, from the cue's beginning; None until it is made
    title: str = ""  # such as "1m1"
    shot: str = ""
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class CueSheet:
    """All cues of a film of `duration_s`."""

    __pydantic_config__ = _STRICT

    duration_s: float
    dialogue: tuple[DialogueCue, ...] = ()
    ambience: tuple[AmbienceCue, ...] = ()
    effects: tuple[EffectCue, ...] = ()
    music: tuple[MusicCue, ...] = ()
    title: str = ""
    fps: int = 24
