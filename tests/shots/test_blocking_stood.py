"""A camera that a person put somewhere stands there, is aimed as its frame wants, and takes the lens that fits."""

from __future__ import annotations

import math

import pytest

from director.staging import Inspected, inspect, stages_of
from model.stage import Stage
from shots.defaults import complete
from shots.spec import Storyboard
from shots.storyboard import loads
from shots.timing import time_shots

EYE = (0.9, 1.6, -2.5)
SCENE = """
title: Stood
width_px: 384
height_px: 216
scenes:
- heading: INT. KITCHEN - NIGHT
  people: [{character: MARA, mark_m: [-0.6, 0.4]}, {character: JOHN, mark_m: [0.7, 0.4]}]
  shots:
  - {size: WS, coverage: establishing, duration_s: 2}
  - {subjects: [MARA], duration_s: 3, SHOT}
"""


def film(shot: str) -> Storyboard:
    return complete(loads(SCENE.replace("SHOT", shot)))


def blocked(shot: str) -> tuple[Stage, Inspected]:
    storyboard = film(shot)
    return stages_of(storyboard, time_shots(storyboard, {}), {})["S1.2"], inspect(storyboard)


def told(shot: str) -> list[str]:
    return [problem.what for problem in inspect(film(shot)).problems if problem.rule == "camera"]


@pytest.mark.parametrize("size", ["FS", "MS", "CU", "ECU"])
def test_from_there_the_lens_gives_the_size(size: str) -> None:
    stage, seen = blocked(f"size: {size}, camera_m: [0.9, 1.6, -2.5]")
    (key,) = stage.camera.keys
    assert tuple(key.position) == EYE
    assert 8 <= key.lens_mm <= 400
    here, usual = (
        next(person for person in one.geometry["S1.2"].people if person.character == "MARA")
        for one in (seen, inspect(film(f"size: {size}")))
    )
    assert here.head_y == pytest.approx(usual.head_y, abs=0.06)
    assert here.body_height == pytest.approx(usual.body_height, rel=0.08)


def test_a_lens_that_is_asked_for_is_kept() -> None:
    stage, _ = blocked("size: CU, lens_mm: 24, camera_m: [0.9, 1.6, -2.5]")
    assert stage.camera.keys[0].lens_mm == pytest.approx(24)
    assert film("size: CU, camera_m: [0.9, 1.6, -2.5]").shots()[1].lens_mm is None, (
        "the size's own is for its own place"
    )


@pytest.mark.parametrize(
    "move",
    ["push_in", "pull_out", "truck_left", "truck_right", "crane_up", "crane_down", "orbit_left", "orbit_right",
     "follow", "pan_left", "tilt_up", "zoom_in", "zoom_out", "static"],
)  # fmt: skip
def test_every_move_begins_there(move: str) -> None:
    stage, _ = blocked(f"size: MS, move: {move}, camera_m: [0.9, 1.6, -2.5]")
    assert tuple(stage.camera.keys[0].position) == pytest.approx(EYE, abs=1e-6)
    last = stage.camera.keys[-1].position
    ways = {
        "push_in": math.dist(last, (-0.6, 1.5, 0.4)) < math.dist(EYE, (-0.6, 1.5, 0.4)) - 0.2,
        "pull_out": last.z < EYE[2] - 0.2,
        "truck_left": last.x < EYE[0] - 0.1,
        "truck_right": last.x > EYE[0] + 0.1,
        "crane_up": last.y > EYE[1] + 0.3,
        "crane_down": last.y < EYE[1] - 0.3,
        "orbit_left": last.x > EYE[0] + 0.3,
        "orbit_right": last.x < EYE[0] - 0.3,
    }
    assert ways.get(move, True)


def test_it_follows_who_walks_from_there() -> None:
    walk = "people: [{character: MARA, act: walk, mark_m: [-0.6, 0.4], move_to_m: [1.0, 2.5]}]"
    stage, _ = blocked(f"size: FS, move: follow, {walk}, camera_m: [0.5, 1.6, -2.0]")
    first, last = stage.camera.keys[0], stage.camera.keys[-1]
    assert tuple(first.position) == pytest.approx((0.5, 1.6, -2.0), abs=1e-6)
    assert (last.position.x - first.position.x, last.position.z - first.position.z) == pytest.approx(
        (1.6, 2.1), abs=0.1
    )


def test_a_shoulder_stands_beside_the_face_it_is_over() -> None:
    shot = "size: MCU, over: JOHN, coverage: over_shoulder"
    _, seen = blocked(f"{shot}, camera_m: [1.5, 1.6, 0.0]")
    mara, john = sorted(seen.geometry["S1.2"].people, key=lambda person: person.character != "MARA")
    assert mara.x == pytest.approx(0.35, abs=0.02)
    assert john.visible and john.x > 0.7
    assert told(f"{shot}, camera_m: [1.5, 1.6, 0.0]") == []
    assert told(f"{shot}, camera_m: [-1.4, 1.6, -1.5]") == [
        "S1.2 is shot over JOHN, who is out of the frame from (-1.4, 1.6, -1.5) m"
    ]


def test_continuity_sees_where_it_stands() -> None:
    def crosses(z: float) -> bool:
        shots = "size: MS, lines: [{character: MARA, text: Hello.}]"
        two = (
            f"}}\n  - {{subjects: [JOHN], size: CU, camera_m: [0, 1.6, {z}], lines: [{{character: JOHN, text: Hello.}}]"
        )
        return any(problem.rule == "axis" for problem in inspect(film(shots + two)).problems)

    assert crosses(3.0)
    assert not crosses(-2.0)


def test_what_cannot_be_is_told() -> None:
    outside, _ = told("size: MS, camera_m: [30, 1.6, 0]")
    assert outside == "the camera of S1.2 stands at (30, 1.6, 0) m, outside of the set"
    (eyes,) = told("coverage: pov, pov_of: JOHN, camera_m: [0.9, 1.6, -2.5]")
    assert eyes.startswith("S1.2 is seen with the eyes of JOHN")
    stage, _ = blocked("coverage: pov, pov_of: JOHN, camera_m: [0.9, 1.6, -2.5]")
    assert stage.camera.hidden == ("JOHN",)
    near = told("size: EWS, camera_m: [-0.5, 1.6, 0.1]")
    assert any("no lens gives S1.2 its EWS" in what for what in near)
