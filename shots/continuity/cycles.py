"""Cycles: no shot waits for itself, and a shot continues one that comes before it."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph

__all__ = ["cycles"]


def cycles(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Rings of shots that take from each other: none of them could ever be rendered."""
    problems = []
    for ring in graph.cycles():
        around = " → ".join((*ring, ring[0]))
        shot, scene = graph.shot(ring[0]), graph.scene_of(ring[0])
        fix = "remove one of their references or continues"
        problems.append(tell("cycles", scene, shot, f"shots wait for each other: {around}", fix))
    return problems
