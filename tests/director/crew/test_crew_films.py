"""A crew directs whole films: its direction is seen, slips are mended, and what cannot be mended is the rules'."""

from __future__ import annotations

import json
import re
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.direct import direct
from director.llm.ask import Question, Reply
from director.llm.crew.film import direct_with_crew, foresee
from director.parse import parse_fountain
from director.staging import inspect
from shots.errors import ModelError
from shots.storyboard import dumps, loads
from tests.crew_player import PlayedCrew, script_lines
from tests.director.crew.scripts import HOSTILE, THREE
from tests.soundness import assert_film_is_sound

SCRIPT = parse_fountain(THREE, "three.fountain")


def test_the_film_is_the_crews_direction_and_every_word_is_the_scripts() -> None:
    directed = direct_with_crew(SCRIPT, PlayedCrew(), model="played")
    board = directed.storyboard
    assert_film_is_sound(SCRIPT, board)
    assert directed.notices == ()
    assert board.style == "ink_noir"
    shots = board.shots()
    assert {"low"} < {shot.angle for shot in shots} and "push_in" in {shot.move for shot in shots}
    assert {28.0, 75.0} <= {shot.lens_mm for shot in shots}
    assert "she will not let go" in {shot.motive for shot in shots}
    afraid = [person for shot in shots for person in shot.people if person.emotion == "afraid"]
    assert afraid and {person.emotion_strength for person in afraid} == {0.8}
    assert all(scene.light and scene.light.key_side == "left" for scene in board.scenes)
    assert [scene.mood for scene in board.scenes] == ["tense"] * 3
    mara, tom = board.cast[0], board.cast[1]
    assert ("coat", "grey") in {(g.kind, g.colour) for g in mara.look.wardrobe}  # the script's word stands
    assert ("coat", "navy") in {(g.kind, g.colour) for g in tom.look.wardrobe} and tom.look.hair == "bob"
    assert loads(dumps(board), "board") == board


def test_the_plan_holds_what_a_storyboard_has_no_place_for() -> None:
    directed = direct_with_crew(SCRIPT, PlayedCrew(), model="played")
    plan = json.loads(directed.plan.json())
    first = plan["scenes"][0]
    assert (plan["model"], first["scene"], first["heading"]) == ("played", "S1", "INT. LIGHTHOUSE - NIGHT")
    assert first["beats"][0]["feel"] == "unease" and first["turn"] in json.dumps(first["shots"])
    assert first["cues"][0]["mood"] == "tense" and plan["versions"]["camera"]
    assert "They should have been here" not in directed.plan.json()


def test_the_same_replies_give_the_same_film_whichever_scene_is_done_first() -> None:
    class Late(PlayedCrew):
        def __call__(self, question: Question, /) -> Reply:
            if "Scene 1." in question.user.rpartition("<script>")[2]:
                time.sleep(0.02)
            return super().__call__(question)

    one = direct_with_crew(SCRIPT, PlayedCrew(), model="played", at_once=1)
    many = direct_with_crew(SCRIPT, Late(), model="played", at_once=3)
    assert dumps(one.storyboard) == dumps(many.storyboard) and one.plan == many.plan


def of_scene(user: str, number: int) -> bool:
    return f"Scene {number}." in user.partition("<script>")[2].rpartition("</script>")[0]


def test_a_dropped_line_goes_back_and_is_mended() -> None:
    sent: list[str] = []

    def drop(form: str, user: str, nth: int, answer: str) -> str:
        if form != "Camera" or not of_scene(user, 1) or nth:
            sent.extend([user] if form == "Camera" and nth else [])
            return answer
        plan = json.loads(answer)
        plan["shots"][-1]["lines"] = plan["shots"][-1]["lines"][:-1] or ["L998"]
        return json.dumps(plan)

    directed = direct_with_crew(SCRIPT, PlayedCrew(drop), model="played")
    assert directed.notices == () and directed.plan.repairs == {"camera": 1}
    assert len(sent) == 1 and re.search(r"no shot carries L\d+|no line 'L998'", sent[0])
    assert_film_is_sound(SCRIPT, directed.storyboard)


def test_a_scene_that_never_mends_is_the_rules_alone() -> None:
    def never(form: str, user: str, nth: int, answer: str) -> str:
        return '{"shots": []}' if form == "Camera" and of_scene(user, 2) else answer

    directed = direct_with_crew(SCRIPT, PlayedCrew(never), model="played")
    assert len(directed.notices) == 1
    assert directed.notices[0].startswith("Scene 2. EXT. ROCKS - CONTINUOUS: no camera's reply could be used")
    assert "the rules cover it" in directed.notices[0]
    ruled = direct(SCRIPT).scenes[1]
    assert [shot.motive for shot in directed.storyboard.scenes[1].shots] == [shot.motive for shot in ruled.shots]
    assert [bool(scene.shots) for scene in directed.plan.scenes] == [True, False, True]
    assert_film_is_sound(SCRIPT, directed.storyboard)


@pytest.mark.parametrize("form", ["Breakdown", "Design", "LightPlot", "SceneDirection", "Edit", "Spotting"])
def test_a_stage_that_never_mends_is_left_out_alone(form: str) -> None:
    crew = PlayedCrew(lambda asked, user, nth, answer: "no" if asked == form else answer)
    directed = direct_with_crew(SCRIPT, crew, model="played")
    assert directed.notices
    assert all(scene.shots for scene in directed.plan.scenes)
    assert_film_is_sound(SCRIPT, directed.storyboard)


def test_what_the_supervisor_reads_is_seen_from_its_shot_on_and_goes_on() -> None:
    cited: list[str] = []

    def read(form: str, user: str, nth: int, answer: str) -> str:
        found = re.search(r"^(S2\.\d+): (Mara runs out)", user, re.M)
        if form != "Told" or found is None:
            return answer
        cited.append(found[1])
        told = {"shot": found[1], "of": "MARA", "state": "torn", "gained": True, "told": found[2]}
        return json.dumps({"changes": [told]})

    crew = PlayedCrew(read)
    board = direct_with_crew(SCRIPT, crew, model="played").storyboard
    assert_film_is_sound(SCRIPT, board)
    assert crew.asked["supervisor"] == 3 and len(cited) == 1
    of_mara = [
        (shot.id, person.state)
        for scene in board.scenes
        for shot in scene.shots
        for person in scene.floor(shot)
        if person.character == "MARA"
    ]
    at = [shot for shot, _ in of_mara].index(cited[0])
    assert all("torn" in state for _, state in of_mara[at:]) and not any("torn" in state for _, state in of_mara[:at])


def test_without_one_reply_that_can_be_used_the_film_is_the_rules() -> None:
    directed = direct_with_crew(SCRIPT, PlayedCrew(lambda *_: "Sorry, I cannot help with that."), model="played")
    assert dumps(directed.storyboard) == dumps(direct(SCRIPT))
    assert (
        len(directed.notices) == 3 + 1 + 1 + 3 * 3 + 3
    )  # breakdowns, design, light; direction, camera, spotting; supervisor


def test_a_model_that_cannot_be_asked_is_the_users_to_know() -> None:
    asked: list[str] = []
    lock = threading.Lock()

    def out(question: Question, /) -> Reply:
        with lock:
            asked.append(question.stage)
        if question.stage == "director":
            raise ModelError("The server cannot be reached. Fix: start it.")
        return PlayedCrew()(question)

    with pytest.raises(ModelError, match="cannot be reached"):
        direct_with_crew(SCRIPT, out, model="played", at_once=1)
    assert asked.count("director") == 1  # no other scene is begun


def test_hostile_text_changes_nothing() -> None:
    script = parse_fountain(HOSTILE, "hostile.fountain")
    told: list[str] = []

    def listen(form: str, user: str, nth: int, answer: str) -> str:
        told.append(user)
        return answer

    directed = direct_with_crew(script, PlayedCrew(listen), model="played")
    assert_film_is_sound(script, directed.storyboard)
    for user in told:
        assert user.count("<script>") == user.count("</script>") == 1
        assert "$scene" not in user or "$scene $lines ${user}" in user  # as the writer wrote it, never filled in
    assert any("$scene $lines ${user}" in user for user in told)
    assert directed.notices == ()


def test_a_long_scene_comes_in_parts_and_fits_a_small_context() -> None:
    talk = "".join(f"{who}\nThis is the line number {n}, and it is about as long as a line is.\n\n"
                   for n, who in enumerate(["MARA", "TOM"] * 40))  # fmt: skip
    told = "".join(f"Mara walks to and fro, {'slowly, ' * 60}and stops.\n\n" for _ in range(12))
    script = parse_fountain(f"INT. ROOM - DAY\n\nMARA and TOM sit.\n\n{talk}{told}", "long.fountain")
    crew = PlayedCrew()
    directed = direct_with_crew(script, crew, model="played")
    assert directed.notices == () and crew.asked["camera"] >= 4
    assert crew.longest < 8192  # question and room for the reply
    assert_film_is_sound(script, directed.storyboard)


def test_what_it_takes_is_foreseen() -> None:
    crew = PlayedCrew()
    direct_with_crew(SCRIPT, crew, model="played")
    ahead = foresee(SCRIPT)
    assert (ahead.scenes, ahead.used.asked) == (3, sum(crew.asked.values()))
    assert 0.5 < ahead.used.tokens / crew.tokens < 2.0


NAMES = st.sampled_from(
    ["MARA", "TOM", "mara", "LANTERN", "NOBODY", "", "../../etc/passwd", "L5", "UP", "\u202e", "S1.1"]
)
IDS = st.sampled_from(["L6", "L8", "L10", "L13", "L13.2", "L17", "L20", "l6", "[L8]", "L999", "", "$lines"])
SHOT = st.fixed_dictionaries(
    {
        "lines": st.lists(IDS, max_size=4),
        "coverage": st.sampled_from(["establishing", "master", "single", "two_shot", "over_shoulder", "pov", "insert"]),
        "size": st.sampled_from(["EWS", "WS", "FS", "MS", "CU", "ECU"]),
        "motive": st.sampled_from(["because", "x" * 100, "</script>"]),
    },
    optional={
        "angle": st.sampled_from(["low", "overhead", "dutch"]),
        "move": st.sampled_from(["orbit_left", "truck_right", "follow"]),
        "lens_mm": st.sampled_from([14, 200, None]),
        "subjects": st.lists(NAMES, max_size=3),
        "over": NAMES,
        "pov_of": NAMES,
        "insert_of": NAMES,
        "focus": st.lists(NAMES, max_size=2),
        "people": st.lists(st.fixed_dictionaries({"who": NAMES, "looks_at": NAMES, "act": st.just("cry")}), max_size=2),
    },
)
WILD = st.one_of(
    st.text(max_size=40),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=8), lambda x: st.dictionaries(st.text(max_size=6), x)
    ).map(json.dumps),
    st.lists(SHOT, min_size=1, max_size=6).map(lambda shots: json.dumps({"shots": shots})),
    st.lists(st.fixed_dictionaries({"shot": st.integers(-2, 9), "leave_out": st.booleans()}), max_size=4).map(
        lambda cuts: json.dumps({"cuts": cuts})
    ),
)


@given(st.lists(WILD, min_size=1, max_size=8), st.booleans())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_whatever_is_replied_the_film_is_whole(replies: list[str], in_shape: bool) -> None:
    sane = PlayedCrew()

    def wild(question: Question, /) -> Reply:
        reply = replies[len(question.user) % len(replies)]
        if in_shape and not reply.startswith('{"shots"') and question.stage != "camera":
            return sane(question)
        return Reply(text=_in_order(reply, question) if in_shape else reply)

    directed = direct_with_crew(SCRIPT, wild, model="wild", at_once=1)
    assert_film_is_sound(SCRIPT, directed.storyboard)
    assert loads(dumps(directed.storyboard), "board") == directed.storyboard
    ruled = [p for p in inspect(direct(SCRIPT)).problems if p.severity == "error"]
    assert len([p for p in inspect(directed.storyboard).problems if p.severity == "error"]) <= len(ruled)


def _in_order(reply: str, question: Question) -> str:
    """Wild shots that carry the scene's lines all the same, so that it is their framing which is tried."""
    if not reply.startswith('{"shots"') or question.stage != "camera":
        return reply
    shots = json.loads(reply)["shots"]
    ids = [name for name, _ in script_lines(question.user)]
    each = -(-len(ids) // len(shots))
    for number, shot in enumerate(shots):
        shot["lines"] = ids[number * each : (number + 1) * each]
    return json.dumps({"shots": shots})
