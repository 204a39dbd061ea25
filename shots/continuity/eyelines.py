"""Eyelines: two people who talk look opposite ways over the cut, and towards where the other is on screen."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import OnScreen, ShotGeometry
from shots.continuity.common import cuts, framed_by_eye, tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Shot

__all__ = ["eyelines"]

_APART = 0.08  # of the picture's width: nearer heads are in front of each other
_OPPOSITE = {"left": "right", "right": "left"}


def eyelines(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Looks that do not meet, over a cut or inside a frame."""
    return [*_over_cuts(graph, geometry), *_inside_frames(graph, geometry)]


def _over_cuts(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    problems = []
    for scene, before, after in cuts(graph):
        one, other = _lone_subject(before, geometry), _lone_subject(after, geometry)
        if one is None or other is None or one.character == other.character:
            continue
        pair = {one.character, other.character}
        if any(set(geometry[shot.id or ""].axis or ()) != pair for shot in (before, after)):
            continue
        if _under_way(before, one.character) or _under_way(after, other.character):
            continue
        if one.gaze == other.gaze and one.gaze in _OPPOSITE:
            what = f"{one.character} in {before.id} and {other.character} in {after.id} both look {one.gaze}"
            fix = f"let {other.character} look at {one.character} (looks_at), or show both before {after.id}"
            problems.append(tell("eyelines", scene, after, what, fix))
    return problems


def _under_way(shot: Shot, character: str) -> bool:
    """Whether somebody comes in or leaves without looking at anybody: the eyes go where the feet go."""
    there = next((presence for presence in shot.people if presence.character == character), None)
    return there is not None and bool(there.enters or there.exits) and there.looks_at is None


def _lone_subject(shot: Shot, geometry: Mapping[str, ShotGeometry]) -> OnScreen | None:
    seen = geometry.get(shot.id or "")
    if seen is None or len(shot.subjects) != 1 or not framed_by_eye(shot):
        return None
    return next((p for p in seen.people if p.character == shot.subjects[0] and p.visible), None)


def _inside_frames(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    problems = []
    for scene in graph.storyboard.scenes:
        for shot in scene.shots:
            seen = geometry.get(shot.id or "")
            subject = _lone_subject(shot, geometry)
            if seen is None or subject is None or seen.axis is None or subject.character not in seen.axis:
                continue
            partner = next(
                (p for p in seen.people if p.visible and p.character in seen.axis and p is not subject), None
            )
            if partner is None or abs(partner.x - subject.x) < _APART or partner.character != shot.over:
                continue
            towards = "left" if partner.x < subject.x else "right"
            if subject.gaze == _OPPOSITE[towards]:
                what = f"{subject.character} looks {subject.gaze} in {shot.id}, away from {partner.character}"
                problems.append(tell("eyelines", scene, shot, what, f"add looks_at: {partner.character}"))
    return problems
