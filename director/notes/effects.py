"""What a note does beyond the lines it changes: shots whose takes no longer hold, and new faults of continuity.

Only the scenes that changed are staged and checked, before and after. Reads receipts; makes and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from director.staging import geometry_of, stages_of
from model.stage import Stage
from shots.continuity import check
from shots.defaults import complete
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.render.reasons import stage_changes
from shots.render.store import TakeStore
from shots.spec import Scene, Shot, Storyboard
from shots.timing import ShotTiming, time_shots

__all__ = ["Effects", "effects"]

_UNSEEN = frozenset(
    {"id", "note", "motive", "source", "references", "sounds", "lines", "people", "props", "duration_s"}
)
_SCENIC = ("light", "hour", "weather", "mood")


@dataclass(frozen=True)
class Effects:
    """`stale` has a line for each shot whose take no longer holds, `faults` what is wrong now and was not before."""

    stale: tuple[str, ...]
    faults: tuple[Problem, ...]


@dataclass(frozen=True)
class _Staged:
    board: Storyboard
    timings: Mapping[str, ShotTiming]
    stages: Mapping[str, Stage]

    @property
    def problems(self) -> list[Problem]:
        return check(ShotGraph(self.board), geometry_of(self.board, self.stages))


def effects(before: Storyboard, after: Storyboard, takes: TakeStore) -> Effects:
    """What changed from one storyboard, complete or not, to the other."""
    before, after = complete(before), complete(after)
    same = {scene.id for scene in before.scenes if scene in after.scenes}
    if len(same) == len(before.scenes):
        return Effects((), ())
    old, new = _staged(before, same), _staged(after, same)
    known = {(problem.rule, problem.what) for problem in old.problems}
    faults = tuple(problem for problem in new.problems if (problem.rule, problem.what) not in known)
    changed = {
        shot: reason for shot in new.stages if (reason := _reason(shot, old, new)) and takes.newest(shot) is not None
    }
    stale = [f"{shot}: {reason}" for shot, reason in changed.items()]
    gone = set(changed)
    for shot in ShotGraph(after).order():
        receipt = takes.newest(shot)
        seen = [] if receipt is None or shot in gone else [other for other in receipt.seen if other in gone]
        if seen:
            gone.add(shot)
            stale.append(f"{shot}: its take was made looking at {' and '.join(seen)}")
    return Effects(tuple(stale), faults)


def _staged(board: Storyboard, same: set[str | None]) -> _Staged:
    board = replace(board, scenes=tuple(scene for scene in board.scenes if scene.id not in same))
    timings = time_shots(board, {})
    return _Staged(board, timings, stages_of(board, timings, {}))


def _reason(shot: str, old: _Staged, new: _Staged) -> str:
    """Why the take of a shot no longer holds, "" where it does."""
    if shot not in old.stages:
        return "it is new"
    reasons = []
    was, now = old.timings[shot].frame_count, new.timings[shot].frame_count
    if was != now:
        reasons.append(f"length {was / old.timings[shot].fps:.1f} → {now / new.timings[shot].fps:.1f} s")
    before, after = replace(old.stages[shot], duration_s=0.0), replace(new.stages[shot], duration_s=0.0)
    (scene_was, shot_was), (scene_is, shot_is) = _find(old.board, shot), _find(new.board, shot)
    if shot_was.seed != shot_is.seed:
        reasons.append("another seed")
    if before != after:
        said = [*_differing(shot_was, shot_is), *_directed(scene_was.floor(shot_was), scene_is.floor(shot_is))]
        said += [f"the scene's {name}" for name in _SCENIC if getattr(scene_was, name) != getattr(scene_is, name)]
        reasons += said or ([] if was != now else stage_changes(before, after)[:2])
    return ", ".join(reasons)


def _find(board: Storyboard, name: str) -> tuple[Scene, Shot]:
    return next((scene, shot) for scene in board.scenes for shot in scene.shots if shot.id == name)


def _differing(old: Shot, new: Shot) -> Iterator[str]:
    for field in fields(Shot):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name not in _UNSEEN and before != after:
            name = field.name.removesuffix("_mm")
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
