"""The rules on shots that blocking has really placed: sound as they are, broken when one is flipped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shots.blocking import block_scene, measure
from shots.blocking.geometry import ScreenWay, ShotGeometry
from shots.continuity import check
from shots.defaults import complete
from shots.graph import ShotGraph
from shots.spec import Storyboard
from shots.storyboard import load, loads
from shots.timing import time_shots

QUARREL = """\
title: Quarrel
scenes:
  - heading: INT. KITCHEN - NIGHT
    people: [MARA, TOM]
    shots:
      - {size: WS, coverage: master}
      - lines: [{character: MARA, text: You said eight.}]
      - lines: [{character: TOM, text: I said I would try.}]
      - {over: TOM, lines: [{character: MARA, text: "Try, he says."}]}
      - {over: MARA, lines: [{character: TOM, text: I was at the station. I waited.}]}
      - {coverage: reaction, subjects: [MARA]}
      - lines: [{character: TOM, text: Nobody came.}]
"""
MIRRORED: dict[ScreenWay, ScreenWay] = {"left": "right", "right": "left", "lens": "lens", "away": "away"}
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


def measured(film: Storyboard) -> dict[str, ShotGeometry]:
    timings = time_shots(film, {})
    stages = {name: stage for scene in film.scenes for name, stage in block_scene(film, scene, timings, {}).items()}
    return {shot.id: measure(stages[shot.id], shot, film.width_px, film.height_px) for shot in film.shots() if shot.id}


def flipped(seen: ShotGeometry) -> ShotGeometry:
    """The shot as a camera on the other side of the line would see it."""
    people = tuple(
        replace(p, x=1 - p.x, x_end=1 - p.x_end, gaze=MIRRORED[p.gaze], facing=MIRRORED[p.facing]) for p in seen.people
    )
    return replace(seen, axis_side=-seen.axis_side, people=people)


def test_a_quarrel_holds_and_any_flipped_shot_is_found() -> None:
    film = complete(loads(QUARREL))
    graph, geometry = ShotGraph(film), measured(film)
    assert [str(p) for p in check(graph, geometry) if p.severity == "error"] == []
    on_the_line = [shot for shot in graph.order() if geometry[shot].axis_side]
    assert len(on_the_line) > 4
    for shot in on_the_line:
        found = check(graph, geometry | {shot: flipped(geometry[shot])})
        assert any(problem.rule == "axis" for problem in found), shot


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_storyboards_written_by_hand_hold(path: Path) -> None:
    film = complete(load(path))
    assert [str(p) for p in check(ShotGraph(film), measured(film))] == []
