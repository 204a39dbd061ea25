"""What a note does beyond the lines it changes: shots whose takes no longer hold, and new faults of continuity.

Only the scenes that changed are staged and checked, before and after. Reads receipts; makes and writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from director.notes.words import Staged, in_words, staged
from director.staging import geometry_of, stages_of
from model.stage import Stage
from shots.continuity import check
from shots.defaults import complete
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.render.store import TakeStore
from shots.spec import Storyboard
from shots.timing import ShotTiming, time_shots

__all__ = ["Effects", "effects"]


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

    def of(self, shot: str) -> Staged:
        """One of the shots."""
        return staged(self.board, shot, self.timings, self.stages)

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
    locked = {shot.id for shot in after.shots() if shot.locked}
    changed = {
        shot: reason
        for shot in new.stages
        if shot not in locked  # keeps its take whatever is asked of it
        and (reason := _reason(shot, old, new))
        and takes.newest(shot) is not None
    }
    stale = [f"{shot}: {reason}" for shot, reason in changed.items()]
    gone = set(changed)
    for shot in ShotGraph(after).order():
        receipt = takes.newest(shot)
        told = shot in gone or shot in locked
        seen = [] if receipt is None or told else [other for other in receipt.seen if other in gone]
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
    return ", ".join(in_words(old.of(shot), new.of(shot))) if shot in old.stages else "it is new"
