"""Rules that judge the storyboard alone: each with a film that breaks it and one that does not."""

from __future__ import annotations

import pytest

from shots.continuity import RULES, check, require
from shots.defaults import complete
from shots.errors import Problem, StoryboardError
from shots.graph import ShotGraph
from shots.storyboard import loads

CAST = "cast: [MARA, TOM, ANN]\nplaces: [CAFE]\nprops: [LANTERN, CUP]"


def problems(shots: str, *, head: str = CAST, scene: str = "people: [MARA, TOM]") -> list[Problem]:
    """What is wrong with one scene's shots, each a YAML flow map on its own line."""
    lines = "".join(f"  - {shot.strip()}\n" for shot in shots.strip().splitlines())
    text = f"title: x\n{head}\nscenes:\n- heading: INT. CAFE - NIGHT\n  place: CAFE\n  {scene}\n  shots:\n{lines}"
    return check(ShotGraph(complete(loads(text))), {})


def said(shots: str, rule: str, *, scene: str = "people: [MARA, TOM]") -> list[str]:
    return [problem.what for problem in problems(shots, scene=scene) if problem.rule == rule]


def test_rules_are_told_by_their_own_names() -> None:
    names = [rule.__name__ for rule in RULES]
    assert len(set(names)) == len(names)


def test_a_sound_film_has_no_problems() -> None:
    head = "cast: [MARA, TOM]\nplaces: [CAFE]\nprops: [LANTERN]"
    shots = """
        {size: WS, coverage: master}
        {subjects: [MARA], lines: [{character: MARA, text: Here., source: a.fountain:4}]}
        {subjects: [TOM], people: [MARA, {character: TOM, holds: [LANTERN]}]}
    """
    assert problems(shots, head=head) == []


@pytest.mark.parametrize(
    ("shot", "what", "fix"),
    [
        (
            "{id: A, over: MARRA}",
            "no character 'MARRA' (over of A); did you mean 'MARA'?",
            "rename it to 'MARA', or add",
        ),
        ("{id: A, people: [{character: TOM, looks_at: LAMTERN}]}", "no character or prop 'LAMTERN'", "'LANTERN'"),
        (
            "{id: A, people: [{character: TOM, holds: [LANTERNS]}]}",
            "no prop 'LANTERNS' (holds of S1)",
            "add it to props",
        ),
        ("{id: A, continues: B}", "no shot 'B' (continues of A)", "rename it"),
        ("{id: A, references: [{kind: identity, of: MARA, shot: C}]}", "no shot 'C'", "rename it"),
        ("{id: A, references: [{kind: identity, of: MARY, shot: A}]}", "did you mean 'MARA'?", "'MARA'"),
    ],
)
def test_names_that_do_not_exist_are_told_with_the_nearest(shot: str, what: str, fix: str) -> None:
    found = [problem for problem in problems(shot) if problem.rule == "names"]
    assert [(what in problem.what, fix in problem.fix) for problem in found] == [(True, True)], found


def test_places_that_do_not_exist_are_told() -> None:
    text = f"title: x\n{CAST}\nscenes: [{{id: S1, heading: INT. CAFE, place: CAFE, shots: [{{id: A}}]}}]"
    film = complete(loads(text))
    film = type(film)(**{**vars(film), "places": ()})
    found = [str(problem) for problem in check(ShotGraph(film), {}) if problem.rule == "names"]
    assert found == ["there is no place 'CAFE' (place of S1). Fix: rename it, or add it to places."]


def test_what_nothing_uses_is_told() -> None:
    assert {problem.what for problem in problems("{}") if problem.rule == "orphans"} == {
        "no scene uses the character 'ANN'",
        "no scene uses the prop 'LANTERN'",
        "no scene uses the prop 'CUP'",
    }
    assert said("{id: A, coverage: single, size: MS}", "orphans", scene="people: []")[0] == "A is a single of nobody"


def test_a_film_without_shots_is_told() -> None:
    assert [problem.what for problem in check(ShotGraph(loads("title: x")), {})] == ["'x' has no shots"]


def test_rings_are_told_once() -> None:
    ring = "{id: A, continues: B}\n{id: B, continues: A}\n{id: C, continues: B}"
    assert said(ring, "cycles") == ["shots wait for each other: A → B → A"]
    assert said("{id: A}\n{id: B, continues: A}", "cycles") == []


def test_lines_are_spoken_in_their_order_and_once() -> None:
    def spoken(*lines: tuple[int, str]) -> list[str]:
        shots = "\n".join(
            f"{{id: A{n}, lines: [{{character: MARA, text: {text}, source: a.fountain:{line}}}]}}"
            for n, (line, text) in enumerate(lines)
        )
        return said(shots, "dialogue")

    assert spoken((4, "One"), (6, "Two"), (6, "and more")) == []
    assert spoken((4, "One"), (8, "Three"), (6, "Two")) == ["A2 speaks line 6 after A1 spoke line 8"]
    assert spoken((4, "One"), (4, "One")) == ["MARA says the line of a.fountain:4 in A0 and again in A1"]


def test_a_shot_is_long_enough_for_its_lines() -> None:
    line = "lines: [{character: MARA, text: I have been waiting for you on this rock for eleven years and a day.}]"
    assert said(f"{{id: A, duration_s: 8, {line}}}", "dialogue") == []
    (what,) = said(f"{{id: A, duration_s: 1, {line}}}", "dialogue")
    assert what.startswith("A lasts 1 s and its lines take about ")


FULL = "coverage: single, size: MS"


@pytest.mark.parametrize(
    ("shots", "what"),
    [
        (f"{{id: A, {FULL}, subjects: [ANN]}}", ["A shows ANN, who is not there"]),
        (f"{{id: A, {FULL}, subjects: [TOM], over: ANN}}", ["A shows ANN, who is not there"]),
        (
            f"{{id: A, {FULL}, subjects: [TOM], lines: [{{character: ANN, text: Hi}}]}}",
            ["A shows ANN, who is not there"],
        ),
        (f"{{id: A, {FULL}, subjects: [TOM], lines: [{{character: ANN, text: Hi, heard: phone}}]}}", []),
        (
            f"{{id: A, {FULL}, subjects: [TOM], people: [MARA, {{character: TOM, exits: left}}]}}\n"
            f"{{id: B, {FULL}, subjects: [TOM], people: [MARA, TOM]}}",
            ["TOM left in A and is there again in B"],
        ),
        (
            f"{{id: A, {FULL}, subjects: [TOM], people: [MARA, {{character: TOM, exits: left}}]}}\n"
            f"{{id: B, {FULL}, subjects: [TOM], people: [MARA, {{character: TOM, enters: left}}]}}",
            [],
        ),
        (
            f"{{id: A, {FULL}, subjects: [TOM]}}\n{{id: B, {FULL}, subjects: [ANN], people: [MARA, TOM, ANN]}}",
            ["ANN is suddenly there in B"],
        ),
        (
            f"{{id: A, {FULL}, subjects: [TOM]}}\n"
            f"{{id: B, {FULL}, subjects: [ANN], people: [MARA, TOM, {{character: ANN, enters: back}}]}}",
            [],
        ),
    ],
)
def test_only_those_who_are_there_are_seen(shots: str, what: list[str]) -> None:
    assert said(shots, "presence") == what


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("[MARA, {character: TOM, state: [wet]}]", "[MARA, {character: TOM, state: [wet]}]", []),
        ("[MARA, {character: TOM, state: [wet]}]", "[MARA, TOM]", ["TOM is wet in A and as usual in B"]),
        ("[MARA, TOM]", "[MARA, {character: TOM, state: [torn]}]", ["TOM is as usual in A and torn in B"]),
        ("[MARA, TOM]", "[MARA, {character: TOM, state: [torn], act: fall}]", []),
        ("[MARA, {character: TOM, act: fall}]", "[MARA, {character: TOM, state: [torn]}]", []),
    ],
)
def test_clothes_stay_as_they_are_until_something_changes_them(first: str, second: str, what: list[str]) -> None:
    shots = f"{{id: A, {FULL}, subjects: [TOM], people: {first}}}\n{{id: B, {FULL}, subjects: [TOM], people: {second}}}"
    assert said(shots, "wardrobe") == what


def test_an_action_line_explains_a_change() -> None:
    shots = f"{{id: A, {FULL}, subjects: [TOM]}}\n{{id: B, {FULL}, subjects: [TOM], action: His coat is torn., people: "
    assert said(shots + "[MARA, {character: TOM, state: [torn]}]}", "wardrobe") == []


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("[MARA, {character: TOM, holds: [CUP]}]", "[MARA, {character: TOM, holds: [CUP]}]", []),
        (
            "[{character: MARA, holds: [CUP]}, {character: TOM, holds: [CUP]}]",
            "[MARA, TOM]",
            ["CUP is in the hands of MARA and of TOM in A", "TOM no longer holds CUP in B"],
        ),
        (
            "[{character: MARA, holds: [CUP]}, TOM]",
            "[MARA, {character: TOM, holds: [CUP]}]",
            ["CUP is in MARA's hand, then in TOM's in B, and nobody gave it"],
        ),
        ("[{character: MARA, holds: [CUP], act: give}, TOM]", "[MARA, {character: TOM, holds: [CUP]}]", None),
        ("[{character: MARA, holds: [CUP]}, TOM]", "[{character: MARA, act: put_down}, TOM]", []),
        ("[{character: MARA, holds: [CUP]}, TOM]", "[MARA, TOM]", ["MARA no longer holds CUP in B"]),
        ("[{character: MARA, holds: [CUP, LANTERN, CUP]}, TOM]", "[TOM]", None),
    ],
)
def test_props_stay_in_the_hand_that_holds_them(first: str, second: str, what: list[str] | None) -> None:
    shots = f"{{id: A, {FULL}, subjects: [TOM], people: {first}}}\n{{id: B, {FULL}, subjects: [TOM], people: {second}}}"
    found = said(shots, "props")
    if what is None:
        assert not any("nobody gave it" in problem for problem in found)
    else:
        assert found == what


def test_a_prop_stands_free_or_is_held() -> None:
    shot = f"{{id: A, {FULL}, subjects: [TOM], props: [CUP], people: [{{character: TOM, holds: [CUP]}}]}}"
    assert said(shot, "props") == ["CUP stands free in A while TOM holds it"]


def test_a_prop_stays_as_it_was_left() -> None:
    shots = (
        "{id: A, coverage: master, size: WS, props: [{prop: CUP, state: broken}]}\n{id: B, coverage: master, size: WS, "
    )
    assert said(shots + "props: [{prop: CUP, state: broken}]}", "props") == []
    assert said(shots + "props: [CUP]}", "props") == ["CUP is broken in A and as usual in B"]
    assert said(shots + "props: [CUP], action: She brings another cup.}", "props") == []
    assert said(shots + "props: [CUP], action: Rain.}", "props") == ["CUP is broken in A and as usual in B"]


@pytest.mark.parametrize(
    ("first", "second", "what"),
    [
        ("{key_side: left}", "{key_side: left}", []),
        ("{key_side: left}", "{key_side: right}", ["the key light is left in A and right in B"]),
        ("{key_side: left}", "{key_side: back}", []),
        ("{colour_temperature_k: 3200}", "{colour_temperature_k: 3400}", []),
        (
            "{colour_temperature_k: 3200}",
            "{colour_temperature_k: 5600}",
            ["the light is 3200 K in A and 5600 K in B"],
        ),
    ],
)
def test_the_light_holds_across_a_scene(first: str, second: str, what: list[str]) -> None:
    assert said(f"{{id: A, light: {first}}}\n{{id: B, light: {second}}}", "light") == what


def test_the_hour_is_the_sluglines() -> None:
    assert said("{id: A}", "light", scene="hour: night") == []
    assert said("{id: A}", "light", scene="hour: dusk") == []
    assert said("{id: A}", "light", scene="hour: day") == ["the slugline of S1 says NIGHT and its hour is day"]


def test_what_is_continuous_keeps_the_hour() -> None:
    def film(hour: str) -> list[str]:
        second = f"{{heading: EXT. STREET - CONTINUOUS, hour: {hour}}}"
        text = f"title: x\nscenes: [{{heading: INT. CAFE - NIGHT}}, {second}]"
        return [p.what for p in check(ShotGraph(complete(loads(text))), {}) if p.rule == "light"]

    assert film("night") == []
    assert film("day") == ["S2 is continuous with S1 but the hour goes from night to day"]


def test_a_problem_says_where_in_the_script() -> None:
    (problem, *_) = problems(f"{{id: A, {FULL}, subjects: [ANN], source: night.fountain:12-14}}")
    assert str(problem) == "night.fountain:12: A shows ANN, who is not there. Fix: add ANN to the people of A."


def test_errors_come_first() -> None:
    severities = [p.severity for p in problems(f"{{id: A, {FULL}, subjects: [ANN]}}\n{{id: B, over: NOBODY}}")]
    assert severities == sorted(severities)
    assert set(severities) == {"error", "warning"}


def test_what_nobody_could_film_is_refused() -> None:
    def graph(shots: str) -> ShotGraph:
        return ShotGraph(complete(loads(f"title: x\n{CAST}\nscenes: [{{heading: INT. CAFE, shots: {shots}}}]")))

    require(graph("[{id: A, subjects: [MARA]}]"))
    with pytest.raises(StoryboardError, match=r"no character 'MARRA' .* Fix: rename it to 'MARA'"):
        require(graph("[{id: A, over: MARRA}]"))
    with pytest.raises(StoryboardError, match="A → B → A"):
        require(graph("[{id: A, continues: B}, {id: B, continues: A}]"))
    with pytest.raises(StoryboardError, match="has no shots"):
        require(ShotGraph(loads("title: x")))


def test_another_name_of_somebody_is_helped() -> None:
    text = "title: x\ncast: [{id: CYBER BOB, aliases: [BOB]}]\nscenes: [{heading: INT. A, shots: [{lines: [BOB: Hi]}]}]"
    found = [str(p) for p in check(ShotGraph(complete(loads(text))), {}) if p.rule == "names"]
    assert found == [
        "there is no character 'BOB' (lines of S1.1); did you mean 'CYBER BOB'? "
        "Fix: rename it to 'CYBER BOB', or add it to cast."
    ]
