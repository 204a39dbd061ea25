"""The music that a crew asked for, out of the plan beside its storyboard. What cannot be read was not asked for."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from shots.cut.cues import AskedCue, SceneMusic

__all__ = ["asked_music"]


class _Cue(BaseModel):
    model_config = ConfigDict(extra="ignore")

    first: str
    last: str
    mood: str
    why: str = ""


class _Scene(BaseModel):
    model_config = ConfigDict(extra="ignore")  # the plan tells much else

    scene: str = ""
    turn: str | None = None
    cues: tuple[_Cue, ...] = ()


class _Plan(BaseModel):
    model_config = ConfigDict(extra="ignore")

    scenes: tuple[_Scene, ...] = ()


def asked_music(plan: Path) -> tuple[SceneMusic, ...]:
    """The music of the scenes that a crew spotted; empty without a plan."""
    try:
        scenes = _Plan.model_validate_json(plan.read_bytes()).scenes
    except (OSError, ValidationError):
        return ()
    return tuple(
        SceneMusic(
            scene=scene.scene,
            turn=scene.turn,
            cues=tuple(AskedCue(first=c.first, last=c.last, mood=c.mood, why=c.why) for c in scene.cues),
        )
        for scene in scenes
        if scene.scene
    )
