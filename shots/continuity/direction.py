"""Screen direction: who leaves a shot to the right comes into the next from the left, and walks on to the right."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import people, tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene

__all__ = ["screen_direction"]

_CROWD = 2  # subjects beyond which nobody's own direction is read
_WALKS = frozenset({"walk", "run", "none", "carry", "look", "phone"})
_OPPOSITE = {"left": "right", "right": "left"}


def screen_direction(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Walkers who turn round at a cut; standing still, or walking to or from the lens, frees the direction."""
    return [problem for scene in graph.storyboard.scenes for problem in _scene(scene, geometry)]


def _scene(scene: Scene, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    problems = []
    ways: dict[str, tuple[str, str, tuple[float, ...] | None]] = {}
    for shot in scene.shots:
        seen = geometry.get(shot.id or "")
        if seen is None or shot.coverage == "insert":
            continue
        floor = people(scene, shot)
        goals = {person.character: person.move_to_m for person in floor}
        # A step up to somebody to hit them, or back to a door, is no walk.
        walks = {p.character for p in floor if p.act in _WALKS or p.enters or p.exits or p.move_to_m}
        ways = {name: way for name, way in ways.items() if name in goals}
        for person in seen.people:
            if not person.visible or len(shot.subjects) > _CROWD:
                ways.pop(person.character, None)
                continue
            way, name = person.moves, person.character
            before = ways.pop(name, None)
            goal = goals.get(name)
            if way not in _OPPOSITE or name not in walks:
                continue
            if before and before[0] == _OPPOSITE[way] and before[2] == goal:
                what = f"{name} walks {before[0]} in {before[1]} and {way} in {shot.id}"
                fix = f"put a shot along the walk between them, or let {name} stop or turn in view"
                problems.append(tell("screen_direction", scene, shot, what, fix))
            ways[name] = (way, shot.id or "", goal)
    return problems
