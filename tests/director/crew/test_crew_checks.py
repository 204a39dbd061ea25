"""What is told of a reply that is no good: where, what, and the fix, in line ids and shot numbers."""

from __future__ import annotations

import pytest

from director.direct import read_film
from director.llm.crew import checks, forms
from director.numbering import number_scenes
from director.parse import parse_fountain
from director.plan import BeatPlan, CuePlan, ShotPlan
from tests.director.crew.scripts import THREE

FILM = read_film(parse_fountain(THREE, "three.fountain"))
NUMBERED = number_scenes(read.sheet.moments for read in FILM.scenes)
LINES = NUMBERED[0]
IDS = tuple(line.id for line in LINES)


def shot(*lines: str, **more: object) -> ShotPlan:
    return ShotPlan(lines=lines, **{"coverage": "master", "size": "WS", "motive": "why", **more})  # type: ignore[arg-type]


def told(*shots: ShotPlan) -> str:
    return " | ".join(checks.about_shots(shots, LINES, (), LINES))


def test_a_good_plan_has_nothing_wrong() -> None:
    assert told(shot(*IDS[:4]), shot(*IDS[4:], coverage="two_shot", size="MS", subjects=("MARA", "TOM"))) == ""


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        (IDS[:-2], f"no shot carries {IDS[-2]}, {IDS[-1]}"),
        ((*IDS, IDS[3]), f"more than one shot carries {IDS[3]}"),
        ((*IDS[:2], IDS[3], IDS[2], *IDS[4:]), f"{IDS[3]} stands out of order"),
        ((*IDS[:-1], "L999"), "there is no line 'L999'"),
    ],
)
def test_lines_that_are_lost_repeated_reordered_or_made_up(ids: tuple[str, ...], sentence: str) -> None:
    assert sentence in told(shot(*ids))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"coverage": "single", "size": "CU"}, "a single of 0 subjects"),
        ({"coverage": "two_shot", "size": "MS", "subjects": ("TOM",)}, "a two_shot of 1 subjects"),
        ({"coverage": "single", "size": "CU", "subjects": ("TIM",)}, "'TIM' is not on the floor; did you mean 'TOM'?"),
        ({"coverage": "over_shoulder", "size": "CU", "subjects": ("TOM",), "over": "ANN"}, "'ANN' is not on the floor"),
        ({"coverage": "over_shoulder", "size": "CU", "subjects": ("TOM",)}, "a over_shoulder without over"),
        ({"coverage": "over_shoulder", "size": "CU", "subjects": ("TOM",), "over": "TOM"}, "same person is a subject"),
        ({"coverage": "insert", "size": "CU", "insert_of": "SWORD"}, "there is no 'SWORD' to show"),
        ({"coverage": "insert", "size": "WS", "insert_of": "LANTERN"}, "no insert is WS"),
        ({"coverage": "master", "pov_of": "TOM"}, "a master with pov_of"),
        ({"focus": ("SEA",)}, "focus on 'SEA', which is not there"),
    ],
)
def test_framing_that_cannot_be(more: dict[str, object], sentence: str) -> None:
    found = told(shot(*IDS), shot(**more))
    assert "shot 2: " in found and sentence in found and "Fix: " in found


def test_nobody_is_framed_before_they_come_or_after_they_go() -> None:
    gone = told(shot(*IDS), shot(coverage="reaction", size="CU", subjects=("MARA",)))
    assert "'MARA' is not on the floor" in gone


def test_endless_silence_is_refused() -> None:
    assert "Fix: use at most" in told(shot(*IDS), *[shot()] * 40)


def beat(first: str) -> BeatPlan:
    return BeatPlan(first=first, last=first, what="waits", feel="unease")


def test_beats_follow_one_another() -> None:
    assert checks.about_beats([beat(IDS[0]), beat(IDS[4])], IDS[4], LINES) == []
    assert "not after the one before" in checks.about_beats([beat(IDS[4]), beat(IDS[0])], None, LINES)[0]
    assert "there is no line 'L0'" in checks.about_beats([beat(IDS[0])], "L0", LINES)[0]


@pytest.mark.parametrize(
    ("cuts", "sentence"),
    [
        ([{"shot": 9, "leave_out": True}], "there is no shot 9"),
        ([{"shot": 1, "leave_out": True}], "shot 1 carries"),
        ([{"shot": 2, "transition": "dissolve"}], "entered by dissolve inside the scene"),
        ([{"shot": 1, "transition": "wipe"}], "nothing stands before the film's first shot"),
        ([{"shot": 2}, {"shot": 2, "duration_s": 2}], "shot 2 stands twice"),
    ],
)
def test_cuts_that_cannot_be_made(cuts: list[dict[str, object]], sentence: str) -> None:
    edit = forms.Edit.model_validate({"cuts": cuts})
    found = checks.about_cuts(edit.cuts, [shot(*IDS), shot()], FILM.scenes[0])
    assert len(found) == 1 and sentence in found[0]


def test_cues_do_not_overlap_or_run_backwards() -> None:
    cues = [CuePlan(first=a, last=b, mood="sad", why="") for a, b in ((IDS[0], IDS[5]), (IDS[4], IDS[6]))]
    assert "begins under the one before" in checks.about_cues(cues, LINES)[0]
    assert (
        "ends before it begins" in checks.about_cues([CuePlan(first=IDS[3], last=IDS[1], mood="sad", why="")], LINES)[0]
    )


def test_every_scene_is_lit_once_at_its_own_hour() -> None:
    light = {"key_side": "left", "key_to_fill_ratio": 4, "colour_temperature_k": 3200}
    plot = forms.LightPlot.model_validate({"scenes": [{"scene": 1, **light, "hour": "day"}, {"scene": 7, **light}]})
    found = checks.about_light(plot, FILM.scenes)
    assert [sentence.split(".")[0] for sentence in found] == [
        "scene 7 is not among these",
        "no light is given for scene 2, 3",
        "scene 1 is written for night, not day",
    ]
