"""Story time: clothes and things are in the state that the scene before left them in, and that time allows.

A coat that was soaked is wet in a scene that goes on at once and dry the next day; a bitten biscuit stays bitten.
Changes inside one scene are `wardrobe`'s and `prop_states`'s to judge.
"""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.story import Clash, Ledger, ledger

__all__ = ["story_time"]


def story_time(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """States that a scene does not take over from the story before it, or keeps for longer than they last."""
    book = ledger(graph.storyboard)
    problems = []
    told: set[tuple[str, str, str, bool]] = set()
    for clash in book.clashes:
        key = (clash.scene, clash.of, clash.state, clash.missing)
        apart = not clash.missing and book.times[clash.scene].strand != book.times[clash.since_scene].strand
        if clash.since_scene == clash.scene or key in told or apart:
            continue
        told.add(key)
        problems.append(_problem(graph, book, clash))
    return problems


def _problem(graph: ShotGraph, book: Ledger, clash: Clash) -> Problem:
    time = book.times[clash.scene]
    shot, scene = graph.shot(clash.shot), graph.scene_of(clash.shot)
    when = f"{clash.scene} comes after it ({time.label}, {time.why})"
    lasting = clash.sure and (time.at_once or clash.thing)
    if not clash.missing:
        what = f"{clash.of} is still {clash.state} in {clash.shot}, but {when}"
        fix = f"remove '{clash.state}' from {clash.of} in {clash.scene}, or tell in its action why"
        return tell("story_time", scene, shot, what, fix, severity="warning")
    what = f"{clash.of} is {clash.state} in {clash.since} and not in {clash.shot}, and {when}"
    if clash.thing:
        fix = f"add {{prop: {clash.of}, state: {clash.state}}} to the props of {clash.shot}, or tell what mends it"
    else:
        fix = f"add state: [{clash.state}] to {clash.of} in {clash.scene}, or tell in its action what changes it"
    return tell("story_time", scene, shot, what, fix, severity="error" if lasting else "warning")
