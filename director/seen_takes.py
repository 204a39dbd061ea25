"""Which takes a back end looks at for which shots, along the shot graph's edges."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shots.graph import Edge, EdgeKind, ShotGraph

__all__ = ["edges_looked_along", "reached", "sources_along"]


def edges_looked_along(graph: ShotGraph, reads: Collection[EdgeKind]) -> tuple[Edge, ...]:
    """The edges of the kinds that a back end `reads`, which a shot has to wait for.

    Of states only those of people: how a prop is, is told by the stage and in words, and no back end is shown one.
    """
    return tuple(
        edge for edge in graph.edges() if edge.kind in reads and (edge.kind != "state" or _is_of_a_person(edge, graph))
    )


def sources_along(edges: Iterable[Edge]) -> dict[str, tuple[str, ...]]:
    """Of each shot that looks at takes, the shots whose takes these are."""
    found: dict[str, tuple[str, ...]] = {}
    for edge in edges:
        found[edge.target] = (*found.get(edge.target, ()), edge.source)
    return found


def reached(shots: Iterable[str], sources: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """These shots and all whose takes they see, directly or through others; `sources` are those of each shot."""
    found: set[str] = set()
    waiting = list(shots)
    while waiting:
        shot = waiting.pop()
        if shot not in found:
            found.add(shot)
            waiting += sources.get(shot, ())
    return frozenset(found)


def _is_of_a_person(edge: Edge, graph: ShotGraph) -> bool:
    floor = graph.scene_of(edge.target).floor(graph.shot(edge.target))
    return any(person.character == edge.of for person in floor)
