"""Trims: what the cut leaves out of a take holds no word, what is left is long enough to be seen, and nobody goes on
from a frame that is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.spec import Scene, Shot, Trim
from shots.timing import MIN_SHOT_S, ShotTiming

__all__ = ["trims"]

_SLACK_S = 0.02  # of a line's end that are breath


def trims(graph: ShotGraph, timings: Mapping[str, ShotTiming]) -> list[Problem]:
    """Trims that cut into words, leave too little, or part a shot from the one that goes on from it."""
    problems: list[Problem] = []
    for shot_id in graph.order():
        shot, scene = graph.shot(shot_id), graph.scene_of(shot_id)
        timing = timings.get(shot_id)
        if shot.trim is not None and timing is not None:
            problems += _trimmed(scene, shot, shot.trim, timing)
        before = timings.get(shot.continues or "")
        if before is not None and before.tail_frames:
            left_out_s = before.tail_frames / before.fps
            what = (
                f"{shot_id} goes on from the last frame of {shot.continues}, of which the cut leaves out the last "
                f"{left_out_s:.2f} s: the picture jumps"
            )
            fix = f"trim nothing of the tail of {shot.continues}, or remove continues"
            problems.append(tell("trim", scene, shot, what, fix, severity="warning"))
    return problems


def _trimmed(scene: Scene, shot: Shot, trim: Trim, timing: ShotTiming) -> Iterator[Problem]:
    left_s = timing.duration_s - trim.head_s - trim.tail_s
    if round(left_s * timing.fps) < round(MIN_SHOT_S * timing.fps):
        what = (
            f"{shot.id} is trimmed by {trim.head_s:g} s at its head and {trim.tail_s:g} s at its tail, which would "
            f"leave {max(0.0, left_s):.2f} of its {timing.duration_s:.2f} s; nothing of it is left out"
        )
        fix = f"trim at most {max(0.0, timing.duration_s - MIN_SHOT_S):.2f} s in all: a shot lasts {MIN_SHOT_S:g} s"
        yield tell("trim", scene, shot, what, fix)
        return
    from_s, until_s = timing.head_frames / timing.fps, (timing.frame_count - timing.tail_frames) / timing.fps
    slack_s = max(_SLACK_S, 0.5 / timing.fps)
    for line in timing.lines:
        said = shot.lines[line.index]
        end_s = line.start_s + line.duration_s
        cut = [
            end
            for end, lost in (("head", line.start_s < from_s - slack_s), ("tail", end_s > until_s + slack_s))
            if lost
        ]
        if not cut:
            continue
        what = (
            f"{said.character} speaks from {line.start_s:.2f} to {end_s:.2f} s of {shot.id}, and its trim leaves "
            f"{from_s:.2f} to {until_s:.2f} s: words are cut off"
        )
        most = {"head": line.start_s, "tail": timing.duration_s - end_s}
        fix = " and ".join(f"trim at most {max(0.0, most[end]):.2f} s of its {end}" for end in cut)
        yield tell("trim", scene, shot, what, fix)
