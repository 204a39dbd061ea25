"""A scene tried on its floor before it is taken: staged, measured and checked as `workprint check` does it.

Small slips are put right where they stand: a size that would jump at a cut, words heard on screen from somebody
whom the camera does not see. What remains is told in the terms of whoever planned the scene: shot numbers, from 1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from director.rules.sizes import ALLOWED_SIZES, settle
from director.staging import geometry_of, stages_of
from director.supervisor.supervise import supervise
from shots.blocking import ShotGeometry
from shots.continuity import check
from shots.defaults import complete
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import SIZES, Scene, Shot, Size, Storyboard
from shots.timing import time_shots

__all__ = ["Rehearsed", "rehearse"]

_ID = "S1"
_NAMED = re.compile(rf"\b{_ID}\.(\d+)\b")
_JUMP_STEPS = 2
_FARTHEST = 2  # steps by which a size is put right; a larger change is for whoever planned it
_FIXES: Mapping[str, str] = {
    "axis": "put an insert, or a shot of one of the two alone, between; or keep both on the side they were",
    "eyelines": "let them look at each other (looks_at), or show both in one frame before",
    "screen_direction": "put a shot of something else between, or follow the walk in one shot",
    "thirty_degrees": "change the size by two steps, or show somebody else between",
    "presence": "frame only who is on the floor at those lines",
}


@dataclass(frozen=True)
class Rehearsed:
    """The scene with small slips put right, how long its shots last, and what is still wrong with it."""

    scene: Scene
    lengths_s: tuple[float, ...]
    problems: tuple[Problem, ...]

    def told(self, before: int) -> tuple[str, ...]:
        """What is wrong, with shots numbered from 1 after the first `before` of the scene."""

        def number(found: re.Match[str]) -> str:
            shot = int(found[1]) - before
            return f"shot {shot}" if shot > 0 else f"the shot {1 - shot} before shot 1"

        return tuple(_NAMED.sub(number, f"{p.what}. Fix: {_FIXES.get(p.rule, p.fix)}.") for p in self.problems)


def rehearse(film: Storyboard, scene: Scene, usual: Scene) -> Rehearsed:
    """Tries a scene of a complete film. What is as wrong when the rules cover it, as in `usual`, is not told."""
    tried, problems, seen = _try(film, scene)
    resized = _resized(tried, problems)
    if resized != tried:
        tried, problems, seen = _try(film, resized)
    timings = time_shots(replace(film, scenes=(tried,)), {})
    lengths_s = tuple(timings[shot.id or ""].duration_s for shot in tried.shots)
    scene = replace(scene, shots=tuple(map(_kept, scene.shots, _heard(tried, seen).shots)))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        settled = replace(usual, shots=tuple(settle(usual.shots)))
        faults = Counter(p.rule for p in _try(film, settled)[1] if p.severity == "error")
        errors = [problem for problem in errors if not _excused(problem, faults)]
    return Rehearsed(scene, lengths_s, tuple(errors))


def _excused(problem: Problem, faults: Counter[str]) -> bool:
    faults[problem.rule] -= 1
    return faults[problem.rule] >= 0


def _kept(asked: Shot, mended: Shot) -> Shot:
    """A shot as it was planned, with what was put right."""
    return replace(asked, size=mended.size, lines=mended.lines)


def _try(film: Storyboard, scene: Scene) -> tuple[Scene, list[Problem], dict[str, ShotGeometry]]:
    named = replace(scene, id=_ID, shots=tuple(replace(s, id=f"{_ID}.{n}") for n, s in enumerate(scene.shots, start=1)))
    alone = supervise(complete(replace(film, scenes=(named,))))[0]
    geometry = geometry_of(alone, stages_of(alone, time_shots(alone, {}), {}))
    return alone.scenes[0], check(ShotGraph(alone), geometry), geometry


def _resized(scene: Scene, problems: Sequence[Problem]) -> Scene:
    """The scene with the sizes of shots that would jump moved by as little as does it."""
    jumping = {problem.shot for problem in problems if problem.rule == "thirty_degrees"}
    shots = list(scene.shots)
    for number, shot in enumerate(shots):
        if shot.id in jumping and shot.size is not None:
            beside = [shots[near] for near in (number - 1, number + 1) if 0 <= near < len(shots)]
            taken = [near.size for near in beside if near.size and set(near.subjects) == set(shot.subjects)]
            shots[number] = replace(shot, size=_clear_of(shot.size, taken, shot))
    return replace(scene, shots=tuple(shots))


def _clear_of(size: Size, taken: Sequence[Size], shot: Shot) -> Size:
    at = SIZES.index(size)
    near = sorted(range(len(SIZES)), key=lambda other: (abs(other - at), -other))
    for other in near:
        apart = all(abs(other - SIZES.index(each)) >= _JUMP_STEPS for each in taken)
        if apart and abs(other - at) <= _FARTHEST and SIZES[other] in ALLOWED_SIZES[shot.coverage or "single"]:
            return SIZES[other]
    return size


def _heard(scene: Scene, seen: Mapping[str, ShotGeometry]) -> Scene:
    """The scene with the words of whoever the camera does not see heard off screen."""
    shots = []
    for shot in scene.shots:
        visible = {person.character for person in seen[shot.id or ""].people if person.visible}
        lines = tuple(
            replace(line, heard="off_screen") if line.heard == "on_screen" and line.character not in visible else line
            for line in shot.lines
        )
        shots.append(replace(shot, lines=lines))
    return replace(scene, shots=tuple(shots))
