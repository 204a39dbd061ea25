"""Props over story time: in one hand at once, handed over in view, and as they were left."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import people, tell, tells_of
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene, Shot

__all__ = ["prop_states", "props_in_hand"]

_HANDS = 2
_HANDLING = frozenset(
    {"give", "pick_up", "put_down", "throw", "drop", "hit", "push", "shoot", "fall", "embrace", "sit_down", "open_door"}
)


def props_in_hand(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Props in two places at once, or that change hands or vanish from them unseen."""
    return [problem for scene in graph.storyboard.scenes for problem in _hands(scene)]


def _hands(scene: Scene) -> list[Problem]:
    problems = []
    held: dict[str, str] = {}
    last: Shot | None = None
    for shot in scene.shots:
        problems += _in_one_shot(scene, shot)
        there = {person.character for person in people(scene, shot)}
        now = {prop: person.character for person in people(scene, shot) for prop in person.holds}
        for prop, owner in held.items():
            taker = now.get(prop)
            moved = any(_moves(scene, seen, prop, {owner, taker}) for seen in (last, shot) if seen is not None)
            if owner not in there or taker == owner or moved:
                continue
            if taker is not None:
                what = f"{prop} is in {owner}'s hand, then in {taker}'s in {shot.id}, and nobody gave it"
                problems.append(tell("props", scene, shot, what, f"let {owner} give it (act: give) in a shot before"))
            else:
                what = f"{owner} no longer holds {prop} in {shot.id}"
                fix = f"add holds: [{prop}] to {owner}, or let {owner} put it down (act: put_down)"
                problems.append(tell("props", scene, shot, what, fix, severity="warning"))
        held, last = now, shot
    return problems


def _in_one_shot(scene: Scene, shot: Shot) -> list[Problem]:
    problems = []
    now: dict[str, str] = {}
    for person in people(scene, shot):
        if len(person.holds) > _HANDS:
            what = f"{person.character} holds {len(person.holds)} things in {shot.id}: {', '.join(person.holds)}"
            problems.append(tell("props", scene, shot, what, "leave two in hand", severity="warning"))
        for prop in dict.fromkeys(person.holds):
            if prop in now:
                what = f"{prop} is in the hands of {now[prop]} and of {person.character} in {shot.id}"
                problems.append(tell("props", scene, shot, what, f"remove {prop} from the holds of one of them"))
            now.setdefault(prop, person.character)
    for placed in shot.props:
        in_hand = placed.state and placed.mark_m is None and not (placed.enters or placed.exits)
        if placed.prop in now and not in_hand:
            what = f"{placed.prop} stands free in {shot.id} while {now[placed.prop]} holds it"
            problems.append(tell("props", scene, shot, what, f"remove it from props: or from holds: in {shot.id}"))
    return problems


def _moves(scene: Scene, shot: Shot, prop: str, handlers: set[str | None]) -> bool:
    """Whether a shot shows or tells that a prop changes hands."""
    acts = any(p.act in _HANDLING or p.enters or p.exits for p in people(scene, shot) if p.character in handlers)
    return acts or tells_of(shot, prop)


def prop_states(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Props whose state changes inside a scene while nobody does anything."""
    problems = []
    for scene in graph.storyboard.scenes:
        states: dict[str, tuple[str, str]] = {}
        for shot in scene.shots:
            states = {prop: was for prop, was in states.items() if not _changes(scene, shot, prop)}
            for placed in shot.props:
                before = states.get(placed.prop)
                if before and before[0] != placed.state:
                    was, now = before[0] or "as usual", placed.state or "as usual"
                    what = f"{placed.prop} is {was} in {before[1]} and {now} in {shot.id}"
                    fix = f"give it the same state in {shot.id}, or tell the change in its action"
                    problems.append(tell("props", scene, shot, what, fix))
                states[placed.prop] = (placed.state, shot.id or "")
    return problems


def _changes(scene: Scene, shot: Shot, prop: str) -> bool:
    return tells_of(shot, prop) or any(person.act != "none" for person in people(scene, shot))
