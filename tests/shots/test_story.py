"""Story time: which day each scene plays on, and what clothes and things are like by then."""

from __future__ import annotations

import pytest

from shots.continuity import check
from shots.defaults import complete
from shots.errors import Problem
from shots.graph import ShotGraph
from shots.story import Ledger, ledger, story_times
from shots.storyboard import loads

HEAD = """title: x
cast: [{id: MARA, gender: female}, {id: TOM, gender: male}]
props: [{id: BISCUIT, kind: food}, {id: LETTER}, {id: CANDLE}, {id: CUP}, {id: UMBRELLA}, {id: BOX}]
scenes:
"""


def board(*scenes: str) -> str:
    return HEAD + "".join(scenes)


def scene(heading: str, *shots: str, weather: str = "clear") -> str:
    lines = "".join(f"  - {shot}\n" for shot in shots)
    return f"- heading: {heading}\n  weather: {weather}\n  shots:\n{lines}"


def book(*scenes: str) -> Ledger:
    return ledger(complete(loads(board(*scenes))))


def problems(*scenes: str) -> list[Problem]:
    found = check(ShotGraph(complete(loads(board(*scenes)))), {})
    return [problem for problem in found if problem.rule == "story_time"]


WET = "{people: [{character: MARA, state: [wet]}]}"
DRY = "{people: [MARA]}"


def test_story_days_are_counted_as_a_supervisor_does() -> None:
    headings = [
        "EXT. QUAY - DAY", "INT. HUT - CONTINUOUS", "EXT. QUAY - NIGHT", "INT. HUT - NIGHT", "INT. HUT - DAWN",
        "INT. HUT - LATER", "EXT. QUAY - NEXT DAY", "INT. HUT - THREE DAYS LATER", "INT. HUT - MOMENTS LATER",
        "INT. SCHOOL - DAY (FLASHBACK)", "INT. HUT - DAY", "EXT. QUAY - MORNING",
    ]  # fmt: skip
    film = complete(loads(board(*(scene(heading, DRY) for heading in headings))))
    times = story_times(film).values()
    assert [time.label for time in times] == [
        "Day 1", "Day 1", "Night 1", "Night 1", "Day 2", "Day 2", "Day 3", "Day 4", "Day 4", "Flashback", "Day 4",
        "Day 5",
    ]  # fmt: skip
    assert [time.passed for time in times] == [
        "start", "none", "hours", "soon", "days", "hours", "days", "days", "moments", "start", "moments", "days",
    ]  # fmt: skip
    assert [time.after for time in times][9:] == [None, "S9", "S11"]


@pytest.mark.parametrize(
    ("first", "then", "day", "passed"),
    [
        ("INT. HUT - 9:10 PM", "INT. HUT - 11:40 PM", 1, "hours"),
        ("INT. HUT - 11:40 PM", "INT. HUT - 1:10 AM", 1, "hours"),
        ("INT. HUT - DAY", "INT. HUT - TEN MINUTES LATER", 1, "moments"),
        ("INT. HUT - DAY", "INT. HUT - TWO HOURS LATER", 1, "hours"),
        ("INT. HUT - DAY", "INT. HUT - THAT NIGHT", 1, "hours"),
        ("INT. HUT - DAY", "INT. BARN - SAME TIME", 1, "none"),
        ("INT. HUT - NIGHT", "INT. HUT - LATER THAT NIGHT", 1, "hours"),
        ("INT. HUT - NIGHT", "INT. HUT - THE NEXT MORNING", 2, "days"),
        ("内景 小屋 夜", "内景 小屋 第二天 日", 2, "days"),
        ("内景 小屋 夜", "内景 厨房 连续", 1, "none"),
        ("INT. LATER BAR - DAY", "INT. LATER BAR - DAY", 1, "soon"),
    ],
)
def test_a_slugline_says_how_much_time_has_passed(first: str, then: str, day: int, passed: str) -> None:
    times = story_times(complete(loads(board(scene(first, DRY), scene(then, DRY)))))
    assert (times["S2"].day, times["S2"].passed) == (day, passed)


@pytest.mark.parametrize(
    ("state", "then", "stays"),
    [
        ("wet", "INT. HUT - CONTINUOUS", True),
        ("wet", "INT. HUT - MOMENTS LATER", True),
        ("wet", "INT. HUT - SAME", True),
        ("wet", "INT. HUT - DAY", True),
        ("wet", "INT. HUT - LATER", False),
        ("wet", "INT. HUT - NIGHT", False),
        ("wet", "INT. HUT - NEXT DAY", False),
        ("soaked through", "INT. HUT - NEXT MORNING", False),
        ("coat off", "INT. HUT - CONTINUOUS", True),
        ("coat off", "INT. HUT - NEXT DAY", False),
        ("muddy", "INT. HUT - LATER", True),
        ("muddy", "INT. HUT - NEXT DAY", False),
        ("bloodied", "INT. HUT - LATER", True),
        ("bloodied", "INT. HUT - NEXT DAY", False),
        ("torn", "INT. HUT - NEXT DAY", True),
        ("black eye", "INT. HUT - THREE DAYS LATER", True),
        ("asleep", "INT. HUT - CONTINUOUS", False),
    ],
)
def test_clothes_are_as_time_leaves_them(state: str, then: str, stays: bool) -> None:
    before = f"{{people: [{{character: MARA, state: [{state}]}}]}}"
    found = book(scene("EXT. QUAY - DAY", before), scene(then, DRY))
    assert found.at("S2.1").people["MARA"].state == ((state,) if stays else ())


@pytest.mark.parametrize(
    ("action", "gone"),
    [
        ("Mara towels off.", True),
        ("Mara changes into dry clothes.", True),
        ("Tom looks at her.", False),
        ("Tom dries the dishes while Mara waits.", False),
    ],
)
def test_what_is_told_ends_a_state(action: str, gone: bool) -> None:
    dried = f'{{people: [MARA, TOM], action: "{action}"}}'
    found = book(scene("EXT. QUAY - DAY", WET), scene("INT. HUT - CONTINUOUS", dried))
    assert bool(found.clashes) is not gone


@pytest.mark.parametrize(
    ("prop", "state", "then", "stays"),
    [
        ("BISCUIT", "bitten", "INT. HUT - NEXT DAY", True),
        ("LETTER", "torn", "INT. HUT - A WEEK LATER", True),
        ("CUP", "broken", "INT. HUT - LATER", True),
        ("CUP", "half", "INT. HUT - CONTINUOUS", True),
        ("CANDLE", "lit", "INT. HUT - CONTINUOUS", True),
        ("CANDLE", "lit", "INT. HUT - NEXT DAY", False),
        ("BOX", "open", "INT. HUT - MOMENTS LATER", True),
        ("LETTER", "wet", "INT. HUT - LATER", False),
    ],
)
def test_things_are_as_time_leaves_them(prop: str, state: str, then: str, stays: bool) -> None:
    shown = f"{{people: [MARA], props: [{{prop: {prop}, state: {state}}}]}}"
    found = book(scene("INT. HUT - DAY", shown), scene(then, f"{{people: [{{character: MARA, holds: [{prop}]}}]}}"))
    assert found.at("S2.1").props[prop].state == (state if stays else "")


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("Mara opens the box.", ("BOX", "open")),
        ("Mara closes the box.", ("BOX", "closed")),
        ("She tears the letter.", ("LETTER", "torn")),
        ("She blows the candle out.", ("CANDLE", "unlit")),
        ("The cup shatters.", ("CUP", "broken")),
        ("She knocks over the cup.", ("CUP", "empty")),
        ("She takes a bite of the biscuit.", ("BISCUIT", "bitten")),
        ("Mara opens her mouth.", ("BOX", "")),
        ("Her heart breaks. The cup.", ("CUP", "")),
    ],
)
def test_an_action_line_tells_what_becomes_of_a_thing(action: str, state: tuple[str, str]) -> None:
    prop, is_so = state
    found = book(scene("INT. HUT - DAY", f'{{people: [MARA], props: [{prop}], action: "{action}"}}'))
    assert found.at("S1.1").props[prop].state == is_so


def test_a_bitten_biscuit_stays_bitten_in_another_hand_and_another_scene() -> None:
    eats = "{people: [{character: TOM, act: eat, holds: [BISCUIT]}, MARA]}"
    gives = "{people: [{character: TOM, act: give}, {character: MARA, holds: [BISCUIT]}]}"
    keeps = "{people: [{character: MARA, holds: [CUP, BISCUIT]}]}"
    leaves = "{people: [{character: MARA, act: put_down, looks_at: BISCUIT, holds: [CUP]}], props: [BISCUIT]}"
    found = book(
        scene("INT. HUT - DAY", eats, gives),
        scene("INT. BARN - NEXT DAY", keeps, leaves),
        scene("INT. HUT - LATER", DRY),
    )
    biscuits = [found.at(shot).props["BISCUIT"] for shot in ("S1.1", "S1.2", "S2.1", "S2.2", "S3.1")]
    assert [now.state for now in biscuits] == ["", "bitten", "bitten", "bitten", "bitten"]
    assert [(now.holder, now.hand) for now in biscuits[:3]] == [("TOM", "right"), ("MARA", "right"), ("MARA", "left")]
    assert [(now.place, now.seen) for now in biscuits[3:]] == [("BARN", True), ("BARN", False)]


def test_nothing_carries_out_of_a_flashback_or_into_it() -> None:
    found = book(
        scene("INT. HUT - DAY", "{people: [{character: MARA, state: [torn]}]}"),
        scene("INT. SCHOOL - DAY (FLASHBACK)", WET),
        scene("INT. GYM - CONTINUOUS", DRY),
        scene("INT. HUT - DAY", DRY),
    )
    assert [found.at(f"S{n}.1").people["MARA"].state for n in (1, 2, 3, 4)] == [
        ("torn",),
        ("wet",),
        ("wet",),
        ("torn",),
    ]


def test_rain_wets_who_has_no_umbrella() -> None:
    people = "{people: [MARA, {character: TOM, holds: [UMBRELLA]}]}"
    found = book(scene("EXT. QUAY - DAY", people, weather="rain"), scene("INT. HUT - DAY", people, weather="rain"))
    assert found.at("S1.1").people["MARA"].state == ("wet",)
    assert found.at("S1.1").people["TOM"].state == found.at("S2.1").people["TOM"].state == ()


def test_what_a_person_wrote_against_story_time_is_a_problem_with_its_fix() -> None:
    (at_once,) = problems(scene("EXT. QUAY - DAY", WET), scene("INT. HUT - CONTINUOUS", DRY, DRY))
    assert str(at_once) == (
        "MARA is wet in S1.1 and not in S2.1, and S2 comes after it (Day 1, CONTINUOUS). "
        "Fix: add state: [wet] to MARA in S2, or tell in its action what changes it."
    )
    assert at_once.severity == "error"
    (next_day,) = problems(scene("EXT. QUAY - DAY", WET), scene("INT. HUT - NEXT DAY", WET))
    assert next_day.what == "MARA is still wet in S2.1, but S2 comes after it (Day 2, NEXT DAY)"
    assert next_day.severity == "warning"
    bitten = "{people: [MARA], props: [{prop: BISCUIT, state: bitten}]}"
    (whole,) = problems(
        scene("INT. HUT - DAY", bitten), scene("INT. HUT - NEXT DAY", "{people: [MARA], props: [BISCUIT]}")
    )
    assert whole.fix == "add {prop: BISCUIT, state: bitten} to the props of S2.1, or tell what mends it"


@pytest.mark.parametrize(
    "scenes",
    [
        (scene("EXT. QUAY - DAY", WET), scene("INT. HUT - CONTINUOUS", WET)),
        (scene("EXT. QUAY - DAY", WET), scene("INT. HUT - NEXT DAY", DRY)),
        (
            scene("EXT. QUAY - DAY", WET),
            scene("INT. HUT - NEXT DAY", '{people: [{character: MARA, state: [wet]}], action: "Mara is dripping."}'),
        ),
        (scene("EXT. QUAY - DAY", WET), scene("EXT. QUAY - NEXT DAY", WET, weather="rain")),
    ],
)
def test_what_story_time_allows_is_no_problem(scenes: tuple[str, ...]) -> None:
    assert problems(*scenes) == []


def test_a_thing_in_a_hand_can_have_a_state_and_takes_it_from_the_shot_before() -> None:
    held = "{people: [{character: MARA, holds: [BISCUIT]}], props: [{prop: BISCUIT, state: bitten}]}"
    film = complete(loads(board(scene("INT. HUT - DAY", held, held))))
    graph = ShotGraph(film)
    assert [problem for problem in check(graph, {}) if problem.rule == "props"] == []
    edges = [(edge.of, edge.source) for edge in graph.dependencies("S1.2", ["state"])]
    assert edges == [("BISCUIT", "S1.1")]
