"""A film plan: what a crew decides about each scene, in line ids instead of words.

Plain records between the crew that makes them (`director.llm.crew`) and `director.compile`, which turns a scene's
plan into shots of the storyboard. A plan holds no dialogue, no positions and no ids of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from director.rules.pacing import Mood
from shots.spec import Act, Angle, Coverage, Emotion, Hour, Light, Move, Size, Style, Transition

__all__ = ["BeatPlan", "CuePlan", "Direction", "FilmPlan", "Finding", "LightPlan", "ScenePlan", "ShotPlan", "StylePlan"]


@dataclass(frozen=True, kw_only=True)
class Direction:
    """A small stage direction: what a person lets us see in a shot."""

    who: str
    emotion: Emotion | None = None
    strength: float = 0.6
    looks_at: str | None = None
    act: Act | None = None


@dataclass(frozen=True, kw_only=True)
class ShotPlan:
    """A shot and the ids of the script lines it carries; without lines it is silent: a face, a thing, a place."""

    lines: tuple[str, ...] = ()
    coverage: Coverage
    size: Size
    angle: Angle = "eye_level"
    move: Move = "static"
    lens_mm: float | None = None
    f_number: float | None = None
    subjects: tuple[str, ...] = ()
    over: str | None = None
    pov_of: str | None = None
    insert_of: str | None = None
    focus: tuple[str, ...] = ()
    directions: tuple[Direction, ...] = ()
    motive: str
    transition: Transition = field(default_factory=Transition)
    duration_s: float | None = None  # None: as long as it needs


@dataclass(frozen=True, kw_only=True)
class BeatPlan:
    """A beat of a scene, from one line to another: what it does, and what the audience is to feel."""

    first: str
    last: str
    what: str
    feel: str


@dataclass(frozen=True, kw_only=True)
class CuePlan:
    """Music from one line to another."""

    first: str
    last: str
    mood: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What the breakdown found: somebody or something of a kind, and the line that says so."""

    kind: str  # "wardrobe", "prop", "sound", "place"
    what: str
    line: str
    who: str = ""  # whose it is


@dataclass(frozen=True, kw_only=True)
class LightPlan:
    """How a scene is lit; `hour` where the slugline leaves it open."""

    light: Light
    hour: Hour | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class StylePlan:
    """What holds for the whole film: how it is drawn, its colours, and how it is shot."""

    style: Style | None = None
    palette: tuple[str, ...] = ()
    approach: str = ""


@dataclass(frozen=True, kw_only=True)
class ScenePlan:
    """What the crew decided about a scene. Without shots the scene is covered by the rules."""

    scene: str = ""  # its id in the storyboard
    heading: str = ""
    intent: str = ""
    mood: Mood | None = None
    turn: str | None = None  # the line where the tension turns
    beats: tuple[BeatPlan, ...] = ()
    shots: tuple[ShotPlan, ...] = ()
    cues: tuple[CuePlan, ...] = ()
    findings: tuple[Finding, ...] = ()
    light: LightPlan | None = None


@dataclass(frozen=True, kw_only=True)
class FilmPlan:
    """What a crew decided about a film, and what the decisions hang on: the model, and the prompts' versions."""

    title: str
    model: str
    versions: Mapping[str, str]  # of the prompts, by stage
    style: StylePlan
    repairs: Mapping[str, int]  # replies that had to be mended, by stage
    scenes: tuple[ScenePlan, ...]

    def json(self) -> str:
        """The plan as a file to read, and for whoever scores the film: what is not said is left out."""
        return json.dumps(_said(asdict(self)), ensure_ascii=False, indent=1) + "\n"


def _said(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _said(inner) for name, inner in value.items() if inner not in (None, "", (), [], False)}
    return [_said(inner) for inner in value] if isinstance(value, list | tuple) else value
