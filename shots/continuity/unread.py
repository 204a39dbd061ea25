"""References that a person wrote and the picture back end in use does not look at: they change no picture."""

from __future__ import annotations

from collections.abc import Collection

from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph

__all__ = ["unread"]


def unread(graph: ShotGraph, backend: str, reads: Collection[str]) -> list[Problem]:
    """Written `references` of kinds that a back end of this name does not read, one problem a shot."""
    problems: list[Problem] = []
    for shot_id in graph.order():
        shot = graph.shot(shot_id)
        lost = [one for one in shot.references or () if one.kind not in reads]
        if lost:
            seen = ", ".join(f"{one.shot} ({one.kind} of {one.of})" for one in lost)
            what = f"{shot_id} refers to {seen}, and {backend} looks at no other take for that: its picture is the same"
            fix = "remove references: looks, places and states are drawn from the storyboard itself"
            problems.append(tell("references", graph.scene_of(shot_id), shot, what, fix, severity="warning"))
    return problems
