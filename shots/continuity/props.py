"""Props over story time: in one hand at once, handed over in view, and as they were left."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import people, tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene, Shot

__all__ = ["prop_states", "props_in_hand"]

_HANDS = 2
_HANDLING = frozenset({"give", "pick_up", "put_down", "fall", "embrace", "sit_down", "open_door"})


def props_in_hand(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:  # noqa: ARG001  a rule's form
    """Props in two places at once, or that change hands or vanish from them unseen."""
    return [problem for scene in graph.storyboard.scenes for problem in _hands(scene)]


def _hands(scene: Scene) -> list[Problem]:
    problems = []
    held: dict[str, str] = {}
    for shot in scene.shots:
        floor = people(scene, shot)
        now: dict[str, str] = {}
        handled = bool(shot.action) or any(p.act in _HANDLING or p.enters or p.exits for p in floor)
        for person in floor:
            if len(person.holds) > _HANDS:
                what = f"{person.character} holds {len(person.holds)} things in {shot.id}: {', '.join(person.holds)}"
                problems.append(tell("props", scene, shot, what, "leave two in hand", severity="warning"))
            for prop in person.holds:
                if prop in now:
                    what = f"{prop} is in the hands of {now[prop]} and of {person.character} in {shot.id}"
                    problems.append(tell("props", scene, shot, what, f"remove it from one of the holds: [{prop}]"))
                now.setdefault(prop, person.character)
        for placed in shot.props:
            if placed.prop in now:
                what = f"{placed.prop} stands free in {shot.id} while {now[placed.prop]} holds it"
                problems.append(tell("props", scene, shot, what, f"remove it from props: or from holds: in {shot.id}"))
        there = {person.character for person in floor}
        for prop, owner in held.items():
            taker = now.get(prop)
            if handled or owner not in there or taker == owner:
                continue
            if taker is not None:
                what = f"{prop} is in {owner}'s hand, then in {taker}'s in {shot.id}, and nobody gave it"
                problems.append(tell("props", scene, shot, what, f"let {owner} give it (act: give) in a shot before"))
            else:
                what = f"{owner} no longer holds {prop} in {shot.id}"
                fix = f"add holds: [{prop}] to {owner}, or let {owner} put it down (act: put_down)"
                problems.append(tell("props", scene, shot, what, fix, severity="warning"))
        held = now
    return problems


def prop_states(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:  # noqa: ARG001  a rule's form
    """Props whose state changes inside a scene while nobody does anything."""
    problems = []
    for scene in graph.storyboard.scenes:
        states: dict[str, tuple[str, str]] = {}
        for shot in scene.shots:
            if _something_happens(scene, shot):
                states = {}
            for placed in shot.props:
                before = states.get(placed.prop)
                if before and before[0] != placed.state:
                    was, now = before[0] or "as usual", placed.state or "as usual"
                    what = f"{placed.prop} is {was} in {before[1]} and {now} in {shot.id}"
                    fix = f"give it the same state in {shot.id}, or tell the change in its action"
                    problems.append(tell("props", scene, shot, what, fix))
                states[placed.prop] = (placed.state, shot.id or "")
    return problems


def _something_happens(scene: Scene, shot: Shot) -> bool:
    return bool(shot.action) or any(person.act != "none" for person in people(scene, shot))
