from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shots.defaults import LENSES_MM, complete
from shots.graph import ShotGraph
from shots.spec import Shot, Storyboard
from shots.storyboard import dumps, loads

TEN_LINES = """\
title: The Lantern
scenes:
  - heading: INT. LIGHTHOUSE - KITCHEN - NIGHT
    shots:
      - action: Rain beats on the window.
      - lines: [{character: MARA, text: You came back.}]
      - lines: [{character: TOM, text: The sea did not want me.}]
      - insert_of: LANTERN
      - people: [{character: BUSTER THE DOG, enters: left, act: run}]
  - heading: EXT. BEACH - CONTINUOUS
"""


def film(shots: str, scene: str = "heading: INT. CAFE - NIGHT") -> Storyboard:
    return complete(loads(f"title: x\nscenes:\n- {scene}" + (f"\n  shots:\n{shots}" if shots else "")))


def first(storyboard: Storyboard) -> Shot:
    return storyboard.shots()[0]


def test_ten_lines_are_a_film() -> None:
    whole = complete(loads(TEN_LINES))
    assert [shot.id for shot in whole.shots()] == ["S1.1", "S1.2", "S1.3", "S1.4", "S1.5", "S2.1"]
    assert [shot.coverage for shot in whole.shots()] == [
        "establishing", "single", "single", "insert", "single", "establishing",
    ]  # fmt: skip
    assert [shot.size for shot in whole.shots()] == ["WS", "MS", "MCU", "ECU", "FS", "EWS"]
    assert [c.id for c in whole.cast] == ["MARA", "TOM", "BUSTER THE DOG"]
    assert [c.species for c in whole.cast] == ["person", "person", "dog"]
    assert [(p.id, p.kind, p.interior) for p in whole.places] == [
        ("LIGHTHOUSE - KITCHEN", "kitchen", True),
        ("BEACH", "beach", False),
    ]
    assert [(p.id, p.kind) for p in whole.props] == [("LANTERN", "lantern")]
    assert [(s.place, s.hour, s.weather) for s in whole.scenes] == [
        ("LIGHTHOUSE - KITCHEN", "night", "rain"),
        ("BEACH", "night", "rain"),
    ]
    assert [p.character for p in whole.scenes[0].people] == ["MARA", "TOM"], "the dog comes in later"
    assert [p.character for p in whole.shots()[4].people] == ["MARA", "TOM", "BUSTER THE DOG"]
    for shot in whole.shots():
        assert shot.size is not None and shot.lens_mm == LENSES_MM[shot.size]
    assert ShotGraph(whole).cycles() == ()


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # shrinking a film takes minutes
)
@given(data=st.data())
def test_completing_twice_changes_nothing_more(data: st.DataObject, storyboards: st.SearchStrategy[Storyboard]) -> None:
    whole = complete(data.draw(storyboards))
    assert complete(whole) == whole
    assert loads(dumps(whole)) == whole
    ShotGraph(whole)


def test_a_scene_keeps_its_own_words() -> None:
    (scene,) = film("", "{id: X, heading: INT. CAFE - NIGHT, hour: dawn, place: HERE, shots: [{}]}").scenes
    assert (scene.id, scene.hour, scene.place) == ("X", "dawn", "HERE")


def test_a_shot_keeps_its_own_words() -> None:
    shot = first(film("  - {id: A, size: ECU, coverage: two_shot, lens_mm: 20, subjects: [TOM], people: [TOM]}"))
    assert (shot.id, shot.size, shot.coverage, shot.lens_mm) == ("A", "ECU", "two_shot", 20)
    assert shot.subjects == ("TOM",)


def test_a_finished_shot_keeps_its_floor_and_a_sketch_inherits_it() -> None:
    finished = film(
        "  - {id: A, size: MS, coverage: two_shot, subjects: [TOM, ANN], people: [TOM, ANN]}\n"
        "  - {id: B, size: MS, coverage: single, subjects: [TOM], people: [TOM]}\n"
    )
    assert [p.character for p in finished.shots()[1].people] == ["TOM"]
    sketch = film("  - {people: [TOM, ANN]}\n  - {people: [{character: TOM, act: wave}]}")
    assert [p.character for p in sketch.shots()[1].people] == ["TOM", "ANN"]


def test_the_floor_is_as_the_shot_before_left_it() -> None:
    shots = film(
        "  - people: [{character: TOM, act: sit_down, holds: [CUP], state: [wet]}, ANN]\n"
        "  - people: [{character: TOM, act: give, looks_at: ANN}]\n"
        "  - people: [{character: TOM, exits: left, act: walk, move_to_m: [1, 2]}]\n"
        "  - action: ANN drinks.\n"
    ).shots()
    tom, ann = shots[1].people
    assert (tom.pose, tom.holds, tom.state, tom.act) == ("sit", ("CUP",), ("wet",), "give")
    tom, ann = shots[2].people
    assert (tom.holds, ann.holds) == ((), ("CUP",))
    assert [p.character for p in shots[3].people] == ["ANN"]
    assert shots[3].subjects == ("ANN",)


@pytest.mark.parametrize(
    ("shot", "coverage", "size"),
    [
        ("{pov_of: TOM, people: [TOM, ANN]}", "pov", "MS"),
        ("{over: TOM, people: [TOM, ANN]}", "over_shoulder", "MS"),
        ("{people: [TOM, ANN]}", "two_shot", "MLS"),
        ("{people: [TOM, ANN, BOB]}", "group", "MLS"),
        ("{people: [{character: TOM, emotion: angry, emotion_strength: 1}]}", "single", "CU"),
        ("{people: [{character: TOM, act: walk}, ANN]}", "single", "FS"),
        ("{action: ANN looks up., people: [TOM, ANN]}", "single", "MLS"),
        ("{coverage: reaction, people: [TOM]}", "reaction", "CU"),
        ("{size: WS, people: [TOM]}", "establishing", "WS"),
    ],
)
def test_coverage_and_size_follow_what_a_shot_holds(shot: str, coverage: str, size: str) -> None:
    made = first(film(f"  - {shot}"))
    assert (made.coverage, made.size) == (coverage, size)
    assert made.over not in made.subjects
    assert made.pov_of not in made.subjects


def test_a_slip_of_the_pen_is_no_new_character() -> None:
    whole = complete(
        loads("title: x\ncast: [MARINA, MAN 1]\nscenes: [{heading: INT. A, people: [MARRINA, MAN 2], shots: [{}]}]")
    )
    assert [c.id for c in whole.cast] == ["MARINA", "MAN 1", "MAN 2"]


def test_ids_given_by_hand_are_never_taken_again() -> None:
    whole = complete(loads("title: x\nscenes: [{heading: INT. A, shots: [{}, {id: S1.1}]}, {id: S1, heading: INT. B}]"))
    ids = [scene.id for scene in whole.scenes]
    assert ids == ["S1-2", "S1"]
    assert [shot.id for shot in whole.shots()] == ["S1-2.1", "S1.1", "S1.1-2"]


def test_chinese_sluglines_are_read() -> None:
    whole = complete(
        loads("title: 夜\nscenes: [{heading: 内景 咖啡馆 夜, shots: [{lines: [{character: 张三, text: 你好。}]}]}]")
    )
    assert [(p.kind, p.interior) for p in whole.places] == [("cafe", True)]
    assert whole.scenes[0].hour == "night"
    assert [c.name for c in whole.cast] == ["张三"]


def test_what_is_said_late_was_so_all_along() -> None:
    (scene,) = film("  - {}\n  - {people: [{character: TOM, state: [wet], holds: [CUP]}]}").scenes
    assert [(p.state, p.holds) for p in scene.people] == [(("wet",), ("CUP",))]
    (scene,) = film("  - {people: [TOM]}\n  - {people: [{character: TOM, state: [wet], act: fall}]}").scenes
    assert [p.state for p in scene.people] == [()]


def test_a_silent_shot_lasts_as_long_as_it_takes_to_see() -> None:
    wide, close, walk, spoken = film(
        "  - {size: EWS}\n  - {size: ECU, insert_of: CUP}\n  - {people: [{character: TOM, act: walk}]}\n"
        "  - {lines: [{character: TOM, text: Hm}]}"
    ).shots()
    assert (wide.duration_s, close.duration_s, walk.duration_s, spoken.duration_s) == (3.5, 1.8, 3.5, None)
