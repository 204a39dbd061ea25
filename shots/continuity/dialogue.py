"""Dialogue: spoken in the order it was written, once, and in shots long enough for it."""

from __future__ import annotations

from collections.abc import Mapping

from shots.blocking.geometry import ShotGeometry
from shots.continuity.common import tell
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.source import SourceSpan
from shots.timing import speech_s

__all__ = ["dialogue_order", "long_enough"]

_HASTE = 0.75  # a voice may hurry this far below its estimated length before a shot is too short


def dialogue_order(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Lines that stand before one written earlier, and lines that stand twice."""
    problems = []
    last: dict[str, tuple[SourceSpan, str]] = {}
    spoken: dict[tuple[SourceSpan, str, str], str] = {}
    for scene in graph.storyboard.scenes:
        for shot in scene.shots:
            for line in shot.lines:
                if line.source is None:
                    continue
                shot_id = shot.id or ""
                once = spoken.setdefault((line.source, line.character, line.text), shot_id)
                before = last.get(line.source.file)
                if once != shot_id:
                    what = f"{line.character} says the line of {line.source} in {once} and again in {shot_id}"
                    problems.append(tell("dialogue", scene, shot, what, f"remove it from {shot_id}"))
                elif before and line.source.line < before[0].line:
                    what = f"{shot_id} speaks line {line.source.line} after {before[1]} spoke line {before[0].line}"
                    problems.append(tell("dialogue", scene, shot, what, f"move the line before {before[1]}"))
                else:
                    last[line.source.file] = (line.source, shot_id)
    return problems


def long_enough(graph: ShotGraph, geometry: Mapping[str, ShotGeometry]) -> list[Problem]:
    """Shots whose written duration cannot hold their lines."""
    problems = []
    for scene in graph.storyboard.scenes:
        for shot in scene.shots:
            needed = sum(speech_s(line.text) for line in shot.lines if not line.together)
            if shot.duration_s is not None and shot.duration_s < needed * _HASTE:
                what = f"{shot.id} lasts {shot.duration_s:g} s and its lines take about {needed:.1f} s"
                fix = f"remove duration_s, or write at least {needed:.1f}"
                problems.append(tell("dialogue", scene, shot, what, fix, severity="warning"))
    return problems
