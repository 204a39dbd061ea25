"""The 180° rule: all shots of two people stay on one side of the line between them.

The side is free again after an insert or establishing shot, a shot along the line, a camera that crosses it
in view, or when one of the two walks.
"""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import people, tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene, Shot

__all__ = ["axis"]


def axis(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Pairs whose screen sides swap over a cut."""
    return [problem for scene in graph.storyboard.scenes for problem in _scene(scene, geometry)]


def _scene(scene: Scene, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    problems = []
    sides: dict[tuple[str, str], tuple[int, str]] = {}
    for shot in scene.shots:
        seen = geometry.get(shot.id or "")
        if seen is None:
            continue
        if shot.coverage in ("insert", "establishing") or not shot.transition.kind.endswith("cut"):
            sides.clear()
        if seen.axis is None:
            sides = _without_movers(sides, scene, shot, seen)
            continue
        pair = (min(seen.axis), max(seen.axis))
        before = sides.get(pair)
        if before and seen.axis_side and before[0] != seen.axis_side:
            first, second = pair
            what = f"{shot.id} sees {first} and {second} from across their line: they change sides of the screen"
            fix = f"put an insert or a shot along the line between {before[1]} and {shot.id}, or move one of the two"
            problems.append(tell("axis", scene, shot, what, fix))
        side = -seen.axis_side if seen.crosses_axis else seen.axis_side
        sides = _without_movers(sides | {pair: (side, shot.id or "")}, scene, shot, seen, keep=pair)
        if not side:
            del sides[pair]
    return problems


def _without_movers(
    sides: dict[tuple[str, str], tuple[int, str]],
    scene: Scene,
    shot: Shot,
    seen: ShotGeometry,
    keep: tuple[str, str] | None = None,
) -> dict[tuple[str, str], tuple[int, str]]:
    """Forgets the lines of those who walk in this shot; of the pair in view, `crosses_axis` has told."""
    movers = {
        person.character
        for person in people(scene, shot)
        if person.act in ("walk", "run") or person.move_to_m or person.enters or person.exits
    }
    movers |= {person.character for person in seen.people if person.visible and person.moves != "none"}
    return {pair: side for pair, side in sides.items() if pair == keep or not movers & set(pair)}
