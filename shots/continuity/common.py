"""What rules share: problems with their place, and shots in pairs as they cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from shots.errors import Problem, Severity
from shots.graph import ShotGraph
from shots.source import SourceSpan
from shots.spec import Presence, Scene, Shot

__all__ = ["cuts", "framed_by_eye", "is_straight_cut", "people", "source_of", "tell", "tells_of"]

_STRAIGHT = frozenset({"cut", "match_cut"})


def tell(rule: str, scene: Scene, shot: Shot, what: str, fix: str, *, severity: Severity = "error") -> Problem:
    """A problem of this shot at the script lines that it comes from."""
    return Problem(rule, what, fix, source_of(scene, shot), shot.id, severity)


def source_of(scene: Scene, shot: Shot) -> SourceSpan | None:
    """The script lines of a shot, else of its scene."""
    return shot.source[0] if shot.source else scene.source


def people(scene: Scene, shot: Shot) -> tuple[Presence, ...]:
    """Who is on the floor."""
    return scene.floor(shot)


def cuts(graph: ShotGraph) -> Iterator[tuple[Scene, Shot, Shot]]:
    """Shots that follow one another inside a scene."""
    for scene in graph.storyboard.scenes:
        for before, after in pairwise(scene.shots):
            yield scene, before, after


def is_straight_cut(shot: Shot) -> bool:
    """Whether a shot is entered by a cut that wants to go unnoticed."""
    return shot.transition.kind in _STRAIGHT


def framed_by_eye(shot: Shot) -> bool:
    """Whether a shot looks at people from outside: no insert, no one's own view."""
    return shot.insert_of is None and shot.pov_of is None and shot.coverage not in ("insert", "pov")


def tells_of(shot: Shot, name: str) -> bool:
    """Whether a shot's action line speaks of someone or something, by any word of its name."""
    text = shot.action.casefold()
    return any(word in text for word in name.casefold().split() if len(word) > 2 or not word.isascii())
