"""Wardrobe state over story time: who is wet stays wet until something is seen or told to change it."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import people, tell, tells_of
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Presence, Scene, Shot

__all__ = ["wardrobe"]


def wardrobe(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Changes of someone's state inside a scene that no act, entrance or action line explains."""
    problems = []
    for scene in graph.storyboard.scenes:
        states: dict[str, tuple[tuple[str, ...], str]] = {}
        told: set[str] = set()  # who has done something, or been told of, since last seen
        for shot in scene.shots:
            for person in people(scene, shot):
                name = person.character
                if _explains(shot, person):
                    told.add(name)
                state = tuple(sorted(person.state))
                before = states.get(name)
                if before and before[0] != state and name not in told:
                    problems.append(_changed(scene, shot, person, before))
                states[name] = (state, shot.id or "")
                if before and before[0] != state:
                    told.discard(name)
    return problems


def _explains(shot: Shot, person: Presence) -> bool:
    acts = person.act != "none" or person.enters is not None
    return acts or any(tells_of(shot, words) for words in (person.character, *person.state))


def _changed(scene: Scene, shot: Shot, person: Presence, before: tuple[tuple[str, ...], str]) -> Problem:
    was, now = (", ".join(state) or "as usual" for state in (before[0], tuple(sorted(person.state))))
    what = f"{person.character} is {was} in {before[1]} and {now} in {shot.id}"
    fix = f"give {person.character} the same state in {shot.id}, or tell the change in its action"
    return tell("wardrobe", scene, shot, what, fix)
