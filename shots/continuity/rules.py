"""All rules, in the order in which their problems are told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.axis import axis
from shots.continuity.cycles import cycles
from shots.continuity.dialogue import dialogue_order, long_enough
from shots.continuity.direction import screen_direction
from shots.continuity.eyelines import eyelines
from shots.continuity.jumps import size_jumps, thirty_degrees
from shots.continuity.keeping import keeping
from shots.continuity.light import hours, light
from shots.continuity.names import nothing_unused, unknown_names
from shots.continuity.presence import presence, speakers_in_frame
from shots.continuity.props import prop_states, props_in_hand
from shots.continuity.standpoint import standpoint
from shots.continuity.story_time import story_time
from shots.continuity.trims import trims
from shots.continuity.wardrobe import wardrobe
from shots.errors import Problem, StoryboardError
from shots.graph import ShotGraph
from shots.render.held import Held
from shots.timing import ShotTiming

__all__ = ["RULES", "Rule", "check", "require"]

Rule = Callable[[ShotGraph, Mapping[str, ShotGeometry]], list[Problem]]

RULES: tuple[Rule, ...] = (
    unknown_names,
    cycles,
    dialogue_order,
    presence,
    props_in_hand,
    prop_states,
    wardrobe,
    story_time,
    standpoint,
    axis,
    eyelines,
    screen_direction,
    thirty_degrees,
    size_jumps,
    light,
    hours,
    speakers_in_frame,
    long_enough,
    nothing_unused,
)

_SHOWN = 8


def check(
    graph: ShotGraph,
    geometry: Mapping[str, ShotGeometry],
    timings: Mapping[str, ShotTiming] | None = None,
    held: Mapping[str, Held] | None = None,
    others: Iterable[Problem] = (),
) -> list[Problem]:
    """Every problem of a film, errors first, then in the order of the cut.

    Trims are judged by `timings`, circled and locked takes by those that are `held`; `others` were found elsewhere.
    """
    place = {shot: n for n, shot in enumerate(graph.order())}
    problems = [problem for rule in RULES for problem in rule(graph, geometry)]
    problems += trims(graph, timings or {})
    problems += keeping(graph, timings or {}, held) if held is not None else []
    return sorted([*problems, *others], key=lambda p: (p.severity != "error", place.get(p.shot or "", -1)))


def require(graph: ShotGraph) -> None:
    """Raises StoryboardError where going on is impossible: unknown names, rings of shots, no shots at all."""
    found = [*unknown_names(graph, {}), *cycles(graph, {})]
    if not graph.order():
        found += nothing_unused(graph, {})
    if found:
        raise StoryboardError("\n".join(str(problem) for problem in found[:_SHOWN]), tuple(found))
