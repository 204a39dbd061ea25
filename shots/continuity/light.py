"""Light and hour across a scene: the key stays on its side, the colour of the light and the time of day hold."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.heading import parse_heading
from shots.spec import Hour, Light, Scene

__all__ = ["hours", "hours_apart", "light"]

_FLIPPED = ({"left", "right"}, {"front", "back"})
_SEEN_MIRED = 60  # a difference of colour temperature that an eye sees from shot to shot
_CLOCK: tuple[Hour, ...] = ("dawn", "morning", "day", "golden_hour", "dusk", "night")


def light(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Shots whose own light contradicts the light of the shots before in the scene."""
    problems = []
    for scene in graph.storyboard.scenes:
        key: tuple[str, str] | None = _key(scene.light, scene.id or "the scene")
        warmth: tuple[int, str] | None = _warmth(scene.light, scene.id or "the scene")
        for shot in scene.shots:
            shot_id = shot.id or ""
            own_key, own_warmth = _key(shot.light, shot_id), _warmth(shot.light, shot_id)
            if key and own_key and {key[0], own_key[0]} in _FLIPPED:
                what = f"the key light is {key[0]} in {key[1]} and {own_key[0]} in {shot_id}"
                problems.append(tell("light", scene, shot, what, f"write key_side: {key[0]} in {shot_id}"))
            if warmth and own_warmth and abs(1e6 / warmth[0] - 1e6 / own_warmth[0]) > _SEEN_MIRED:
                what = f"the light is {warmth[0]} K in {warmth[1]} and {own_warmth[0]} K in {shot_id}"
                fix = f"write colour_temperature_k: {warmth[0]} in {shot_id}"
                problems.append(tell("light", scene, shot, what, fix, severity="warning"))
            key, warmth = key or own_key, warmth or own_warmth
    return problems


def _key(said: Light | None, where: str) -> tuple[str, str] | None:
    return (said.key_side, where) if said and said.key_side else None


def _warmth(said: Light | None, where: str) -> tuple[int, str] | None:
    return (said.colour_temperature_k, where) if said and said.colour_temperature_k else None


def hours(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Scenes whose hour is not their slugline's, or that change the hour although they are CONTINUOUS."""
    problems = []
    last: Scene | None = None
    for scene in graph.storyboard.scenes:
        heading = parse_heading(scene.heading)
        if scene.hour and heading.hour and hours_apart(scene.hour, heading.hour) > 1:
            what = f"the slugline of {scene.id} says {heading.time} and its hour is {scene.hour}"
            problems.append(_of_scene(scene, what, f"write hour: {heading.hour}, or change the slugline"))
        goes_on = "CONTINUOUS" in heading.time.upper() or "连续" in heading.time
        if last and goes_on and scene.hour and last.hour and hours_apart(scene.hour, last.hour) > 1:
            what = f"{scene.id} is continuous with {last.id} but the hour goes from {last.hour} to {scene.hour}"
            problems.append(_of_scene(scene, what, f"write hour: {last.hour} in {scene.id}"))
        last = scene
    return problems


def hours_apart(one: Hour, other: Hour) -> int:
    """How many steps two hours lie apart on the round of the day: dawn is one from night."""
    steps = abs(_CLOCK.index(one) - _CLOCK.index(other))
    return min(steps, len(_CLOCK) - steps)


def _of_scene(scene: Scene, what: str, fix: str) -> Problem:
    return Problem("light", what, fix, scene.source, scene.shots[0].id if scene.shots else None, "warning")
