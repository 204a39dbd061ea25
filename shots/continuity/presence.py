"""Who is in the room: seen only when there, gone after an exit, and heard on screen only when in frame."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import people, tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene, Shot

__all__ = ["presence", "speakers_in_frame"]


def presence(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """People framed who are not on the floor, who come from nowhere, or who are seen after they left."""
    cast = {character.id for character in graph.storyboard.cast}
    return [problem for scene in graph.storyboard.scenes for problem in _scene(scene, cast)]


def _scene(scene: Scene, cast: set[str]) -> list[Problem]:
    problems = []
    known = {person.character for person in scene.people}
    gone: dict[str, str] = {}
    for n, shot in enumerate(scene.shots):
        floor = {person.character: person for person in people(scene, shot)}
        for name in dict.fromkeys(_shown(shot)):
            if name in cast and name not in floor:
                what = f"{shot.id} shows {name}, who is not there"
                problems.append(tell("presence", scene, shot, what, f"add {name} to the people of {shot.id}"))
        for name, person in floor.items():
            if person.enters:
                gone.pop(name, None)
            elif name in gone and shot.people:
                what = f"{name} left in {gone.pop(name)} and is there again in {shot.id}"
                problems.append(tell("presence", scene, shot, what, f"add enters: to {name}, or take {name} out"))
            elif name in cast and name not in known and known and n:
                what = f"{name} is suddenly there in {shot.id}"
                fix = f"add enters: to {name}, or add {name} to the people of the scene"
                problems.append(tell("presence", scene, shot, what, fix, severity="warning"))
            known.add(name)
            if person.exits:
                gone[name] = shot.id or ""
    return problems


def _shown(shot: Shot) -> list[str]:
    speakers = [line.character for line in shot.lines if line.heard == "on_screen"]
    elsewhere = {person.character for person in shot.beside.people} if shot.beside else set()
    shown = [*shot.subjects, *speakers, *(name for name in (shot.over, shot.pov_of) if name)]
    return [name for name in shown if name not in elsewhere]


def speakers_in_frame(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Lines heard on screen from someone whom the picture does not show."""
    problems = []
    for scene in graph.storyboard.scenes:
        for shot in scene.shots:
            seen = geometry.get(shot.id or "")
            if seen is None:
                continue
            visible = {person.character: person.visible for person in seen.people}
            speaking = (line.character for line in shot.lines if line.heard == "on_screen")
            for name in dict.fromkeys(speaking):
                if not visible.get(name, name not in {p.character for p in people(scene, shot)}):
                    what = f"{name} speaks on screen in {shot.id} but is outside the picture"
                    fix = f"add {name} to the subjects, or write heard: off_screen"
                    problems.append(tell("presence", scene, shot, what, fix, severity="warning"))
    return problems
