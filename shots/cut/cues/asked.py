"""Music as a crew asked for it, in ids of script lines, and where a cut has those lines. Pure data and one look-up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from shots.cut.cues.placed import Placed

__all__ = ["AskedCue", "SceneMusic", "line_at"]

_ID = re.compile(r"L(\d+)(?:\.(\d+))?")


@dataclass(frozen=True, kw_only=True)
class AskedCue:
    """Music from one line of a scene to another, by ids such as "L42" or "L42.2": a script line, and a piece of it."""

    first: str
    last: str
    mood: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class SceneMusic:
    """What a crew decided about a scene's music, and the line on which the scene turns. No cues: no music."""

    scene: str  # its id in the storyboard
    cues: tuple[AskedCue, ...] = ()
    turn: str | None = None


def line_at(scene: Sequence[Placed], line_id: str) -> tuple[float, float] | None:
    """When a line of the script is played in a cut scene, from and to; None if the cut has lost it."""
    match = _ID.fullmatch(line_id)
    if match is None:
        return None
    number, piece = int(match[1]), int(match[2] or 1)
    exact: list[tuple[float, float]] = []
    within: list[tuple[float, float]] = []
    for placed in scene:
        spoken = [(line.source, placed.start_s + t.start_s, placed.start_s + t.start_s + t.duration_s)
                  for t, line in placed.said]  # fmt: skip
        speeches = {source for source, _, _ in spoken}
        until_s = spoken[0][1] if spoken and placed.shot.action else placed.end_s
        played = [(source, placed.start_s, until_s) for source in placed.shot.source if source not in speeches]
        for source, start_s, end_s in (*played, *spoken):
            if source is not None and source.line == number:
                exact.append((start_s, end_s))
            elif source is not None and source.line <= number <= source.last_line:
                within.append((start_s, end_s))
    if exact:
        return exact[min(piece, len(exact)) - 1]
    return (within[0][0], within[-1][1]) if within else None
