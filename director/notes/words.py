"""What became of a shot between two storyboards, in a director's words: `size CU → MCU`, `what MARA does`.

Tells what was asked for otherwise, not what that moves in metres: that is `shots.render.reasons`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from model.stage import Stage
from shots.render.reasons import stage_changes
from shots.spec import Scene, Shot, Storyboard
from shots.timing import ShotTiming

__all__ = ["Staged", "in_words", "staged"]

_UNSEEN = frozenset(
    {
        *("id", "note", "motive", "source", "references", "sounds", "lines", "people", "props", "duration_s"),
        *("seed", "given", "take", "locked", "trim"),
    }
)
_SCENIC = ("light", "hour", "weather", "mood")


@dataclass(frozen=True)
class Staged:
    """A shot of a complete storyboard, with its scene, in seconds and in metres."""

    scene: Scene
    shot: Shot
    timing: ShotTiming
    stage: Stage


def staged(board: Storyboard, shot: str, timings: Mapping[str, ShotTiming], stages: Mapping[str, Stage]) -> Staged:
    """A shot out of a film that is staged."""
    scene, found = next((scene, one) for scene in board.scenes for one in scene.shots if one.id == shot)
    return Staged(scene, found, timings[shot], stages[shot])


def in_words(old: Staged, new: Staged) -> tuple[str, ...]:
    """Why a take of the shot as it was is none of the shot as it is, a clause each; () where its stage, length and
    seed say nothing of it.
    """
    reasons = []
    was, now = old.timing.frame_count, new.timing.frame_count
    if was != now:
        reasons.append(f"length {was / old.timing.fps:.1f} → {now / new.timing.fps:.1f} s")
    if old.shot.seed != new.shot.seed:
        reasons.append("another seed")
    if old.shot.given != new.shot.given:
        reasons.append("other pictures are given" if new.shot.given is not None else "no pictures are given any more")
    before, after = replace(old.stage, duration_s=0.0), replace(new.stage, duration_s=0.0)
    if before != after:
        said = [*_differing(old.shot, new.shot), *_directed(old.scene.floor(old.shot), new.scene.floor(new.shot))]
        said += [f"the scene's {name}" for name in _SCENIC if getattr(old.scene, name) != getattr(new.scene, name)]
        reasons += said or ([] if was != now else stage_changes(before, after)[:2])
    return tuple(reasons)


def _differing(old: Shot, new: Shot) -> Iterator[str]:
    for field in fields(Shot):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _UNSEEN and before != after:
            name = field.name.removesuffix("_mm").removesuffix("_m").replace("_", " ")
            yield f"{name} {_word(before)} → {_word(after)}" if _plain(before) and _plain(after) else name


def _directed(old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[str]:
    was = {person.character: person for person in old}
    for person in new:
        if person.character in was and was[person.character] != person:
            yield f"what {person.character} does"


def _plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def _word(value: object) -> str:
    return "none" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
