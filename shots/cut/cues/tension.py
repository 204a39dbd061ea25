"""The tension of a cut as a curve: how near the camera is, how fast it is cut, how the scene feels.

It rises to a scene's turn and lets go after it. It is read off the cut; nobody has to write it down.
"""

from __future__ import annotations

from collections.abc import Sequence

from shots.cut.cues.placed import Placed
from shots.spec import SIZES

__all__ = ["tension_curve"]

_MOOD = {"urgent": 0.95, "tense": 0.8, "sad": 0.5, "comic": 0.4, "warm": 0.3, "quiet": 0.25, "neutral": 0.35}
_RELEASED = {"urgent": 0.85, "tense": 0.8, "sad": 0.6}  # what is left of it after the turn; else the half
_FAST_S, _SLOW_S = 1.5, 6.0  # shots that race, shots that rest
_AT_END = 0.12


def tension_curve(
    under: Sequence[Placed],
    turns: Sequence[tuple[float, float]],
    start_s: float,
    end_s: float,
    *,
    resolves: bool,
) -> tuple[tuple[float, float], ...]:
    """Points (time in seconds, tension from 0 to 1) from `start_s` to `end_s`: one for each shot, and for the turns.

    `under` are the shots of the span in order, `turns` when the lines are spoken that scenes turn on.
    """
    points: dict[float, float] = {}
    for shot in under:
        turn = next((turn for turn in turns if shot.scene.shots and _within(turn, shot, under)), None)
        at_s = max(start_s, shot.start_s)
        points[at_s] = _at(shot, at_s, turn, under)
        if turn is not None and shot.start_s < turn[1] <= shot.end_s and start_s < turn[1] < end_s:
            points[turn[1]] = _at(shot, turn[0], turn, under) + 0.1
    if not points:
        return ((start_s, _AT_END), (end_s, _AT_END))
    points.setdefault(start_s, min(0.2, points[min(points)]))
    last = points[max(points)]
    points[end_s] = min(_AT_END, last) if resolves else last
    return tuple((at_s, round(min(1.0, max(0.0, level)), 3)) for at_s, level in sorted(points.items()))


def _within(turn: tuple[float, float], shot: Placed, under: Sequence[Placed]) -> bool:
    """Whether a turn is one of the shot's scene."""
    scene = [other for other in under if other.scene is shot.scene]
    return scene[0].start_s <= turn[1] + 1e-6 and turn[0] <= scene[-1].end_s


def _at(shot: Placed, at_s: float, turn: tuple[float, float] | None, under: Sequence[Placed]) -> float:
    mood = shot.scene.mood
    close = SIZES.index(shot.shot.size or "MS") / (len(SIZES) - 1)
    length_s = shot.end_s - shot.start_s
    pace = min(1.0, max(0.0, (_SLOW_S - length_s) / (_SLOW_S - _FAST_S)))
    level = 0.45 * _MOOD[mood] + 0.2 * close + 0.15 * pace
    if turn is None:
        return level
    scene_s = min(other.start_s for other in under if other.scene is shot.scene)
    if at_s > turn[0]:
        return level * _RELEASED.get(mood, 0.5)
    return level + 0.2 * (at_s - scene_s) / max(1.0, turn[0] - scene_s)
