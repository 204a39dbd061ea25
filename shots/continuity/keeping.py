"""Takes that a person circled: they are there, and a shot that is locked on one can still keep it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.render.held import Held
from shots.spec import Scene, Shot
from shots.timing import ShotTiming

__all__ = ["keeping"]


def keeping(graph: ShotGraph, timings: Mapping[str, ShotTiming], held: Mapping[str, Held]) -> list[Problem]:
    """Circled takes that are gone, locks without a take or on one that the film cannot show, and words too long for
    the take that a shot keeps.
    """
    problems: list[Problem] = []
    for shot_id in graph.order():
        shot = graph.shot(shot_id)
        if shot.take is not None or shot.locked:
            problems += _kept(graph, graph.scene_of(shot_id), shot, timings.get(shot_id), held.get(shot_id))
    return problems


def _kept(
    graph: ShotGraph, scene: Scene, shot: Shot, timing: ShotTiming | None, held: Held | None
) -> Iterator[Problem]:
    board = graph.storyboard
    if shot.take is None:
        fix = "circle a take of it, or remove locked"
        yield tell("takes", scene, shot, f"{shot.id} is locked and names no take that it would keep", fix)
        return
    if held is None:
        keeps = "is locked on" if shot.locked else "shows"
        what = f"{shot.id} {keeps} the take {shot.take}, which is not among the film's takes"
        fix = "bring the takes back, circle another, or remove take" + (" and locked" if shot.locked else "")
        yield tell("takes", scene, shot, what, fix, severity="error" if shot.locked else "warning")
        return
    take = held.take
    if shot.locked and not held.locked:
        what = (
            f"{shot.id} is locked on a take of {take.width_px}×{take.height_px} at {take.fps} frames per second, and "
            f"the film is {board.width_px}×{board.height_px} at {board.fps}, so it is made anew"
        )
        yield tell("takes", scene, shot, what, "unlock it, or give the film the take's size and rate")
        return
    if not held.locked or timing is None:
        return
    end_s = max((line.start_s + line.duration_s for line in timing.lines), default=0.0)
    if end_s > timing.duration_s + 0.5 / timing.fps:
        what = (
            f"the words of {shot.id} end at {end_s:.2f} s, and the take that it is locked on lasts "
            f"{timing.duration_s:.2f} s: they run on over the cut"
        )
        yield tell("takes", scene, shot, what, "shorten its words, or unlock it and shoot it anew")
