"""Marks, ways and eyes as a director wants them: nobody walks through walls or past the others to a mark."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from model.stage import Stage
from shots.blocking import block_scene
from shots.blocking.anatomy import body_key_at
from shots.blocking.marks import floor_of
from shots.spec import Character, Line, Place, PlaceKind, Presence, Scene, Shot, Storyboard
from shots.timing import time_shots

CAST = (Character(id="ANN"), Character(id="BOB"), Character(id="CAT"), Character(id="REX", species="dog"))
ANN, BOB, REX = Presence(character="ANN"), Presence(character="BOB"), Presence(character="REX")


def film(*scenes: Scene, kind: PlaceKind = "living_room", interior: bool = True) -> list[dict[str, Stage]]:
    place = Place(id="P", kind=kind, interior=interior)
    storyboard = Storyboard(title="T", cast=CAST, places=(place,), scenes=scenes)
    timings = time_shots(storyboard, {})
    return [block_scene(storyboard, scene, timings, {}) for scene in scenes]


def scene(*shots: Shot, number: int = 1) -> Scene:
    named = tuple(replace(shot, id=f"S{number}.{i}") for i, shot in enumerate(shots, start=1))
    return Scene(id=f"S{number}", heading="P", place="P", hour="day", shots=named)


def at(stage: Stage, character: str, time_s: float) -> tuple[float, float]:
    body = next(figure for figure in stage.figures if figure.id == character).body
    key = body_key_at(body, time_s)
    return key.x_m, key.z_m


@pytest.mark.parametrize("side", ["left", "right"])
def test_who_comes_in_stands_on_that_side_of_who_is_there(side: str) -> None:
    enters = replace(ANN, act="walk", enters="left" if side == "left" else "right")
    shots = (
        Shot(size="FS", subjects=("ANN",), people=(BOB, enters), duration_s=4),
        Shot(size="MS", subjects=("BOB",), people=(BOB, ANN), lines=(Line(character="BOB", text="Hello."),)),
        Shot(size="MS", subjects=("ANN",), people=(BOB, ANN), lines=(Line(character="ANN", text="Hello."),)),
    )
    (stages,) = film(scene(*shots))
    ann, bob = at(stages["S1.3"], "ANN", 0)[0], at(stages["S1.3"], "BOB", 0)[0]
    assert (ann < bob) == (side == "left")


@pytest.mark.parametrize(("kind", "edge_m"), [("station", 3.3), ("alley", 2.9), ("street", 5.7), ("rooftop", 6.1)])
@pytest.mark.parametrize("side", ["left", "right"])
def test_nobody_comes_in_through_a_wall_or_over_the_tracks(kind: PlaceKind, edge_m: float, side: str) -> None:
    enters = replace(ANN, act="run", enters="left" if side == "left" else "right")
    (stages,) = film(
        scene(Shot(size="FS", subjects=("ANN",), people=(enters,), duration_s=5)), kind=kind, interior=False
    )
    way = [at(stages["S1.1"], "ANN", 5 * i / 40) for i in range(41)]
    assert max(abs(x) for x, _ in way) <= edge_m
    assert math.dist(way[0], way[-1]) > 2.5


def test_a_narrow_set_leads_into_its_depth() -> None:
    assert floor_of(False, "alley").narrow and not floor_of(False, "park").narrow
    walks = replace(ANN, act="walk")
    (stages,) = film(
        scene(Shot(size="FS", subjects=("ANN",), people=(walks,), duration_s=4)), kind="alley", interior=False
    )
    (x0, z0), (x1, z1) = (at(stages["S1.1"], "ANN", t) for t in (0.0, 4.0))
    assert abs(z1 - z0) > 2 > abs(x1 - x0)


def test_a_place_that_is_come_back_to_finds_everyone_at_the_same_marks() -> None:
    everyone = (ANN, BOB, Presence(character="CAT"))
    first, again = (
        scene(
            *(
                Shot(size="MS", subjects=(name,), people=everyone, lines=(Line(character=name, text="Yes."),))
                for name in names
            ),
            number=number,
        )
        for number, names in enumerate((("CAT", "BOB", "CAT"), ("ANN", "ANN", "ANN", "BOB")), start=1)
    )
    one, two = film(first, again)
    for name in ("ANN", "BOB", "CAT"):
        assert at(one["S1.1"], name, 0) == pytest.approx(at(two["S2.1"], name, 0))


def test_a_dog_that_walks_to_somebody_comes_to_their_feet() -> None:
    sits = replace(REX, act="sit_down", looks_at="BOB")
    shots = (
        Shot(size="WS", subjects=("ANN", "BOB"), people=(ANN, BOB, REX)),
        Shot(size="FS", subjects=("REX",), people=(ANN, BOB, sits), duration_s=4),
    )
    (stages,) = film(scene(*shots))
    before, after = (math.dist(at(stages["S1.2"], "REX", t), at(stages["S1.2"], "BOB", t)) for t in (0.0, 4.0))
    assert before > 1.0 > after > 0.5
    assert stages["S1.2"].figures[-1].body[-1].pose == "sit"


def test_a_dog_that_comes_in_with_somebody_stays_by_them() -> None:
    comes = (replace(ANN, act="walk", enters="left"), replace(REX, enters="left"))
    talk = (
        Shot(size="MS", subjects=(name,), people=(BOB, ANN, REX), lines=(Line(character=name, text="Yes, I am."),))
        for name in ("BOB", "ANN", "BOB")
    )
    (stages,) = film(scene(Shot(size="FS", subjects=("ANN", "REX"), people=(BOB, *comes), duration_s=5), *talk))
    dog, ann, bob = (at(stages["S1.2"], name, 0) for name in ("REX", "ANN", "BOB"))
    assert math.dist(dog, ann) < math.dist(dog, bob)


def test_who_looks_at_the_sea_turns_to_it_and_who_sleeps_hangs_the_head() -> None:
    away = tuple(replace(p, looks_at="AWAY") for p in (ANN, BOB))
    shots = (
        Shot(coverage="two_shot", size="FS", subjects=("ANN", "BOB"), people=(ANN, BOB)),
        Shot(coverage="two_shot", size="FS", subjects=("ANN", "BOB"), people=away),
        Shot(size="MS", subjects=("ANN",), people=(replace(ANN, state=("asleep",), looks_at="BOB"), BOB)),
        Shot(size="MS", subjects=("ANN",), people=(replace(ANN, looks_at="UP"), BOB)),
    )
    (stages,) = film(scene(*shots), kind="beach", interior=False)
    facing = {figure.id: figure.body[0].heading_deg % 360 for figure in stages["S1.2"].figures}
    assert all(min(h, 360 - h) < 30 for h in facing.values())
    for shot, up in (("S1.3", False), ("S1.4", True)):
        ann = next(figure for figure in stages[shot].figures if figure.id == "ANN")
        assert len({key.target.y > 1.7 for key in ann.gaze}) == 1
        assert (ann.gaze[0].target.y > 1.7) == up


def test_a_telephone_is_at_the_ear_from_cut_to_cut_once_the_call_has_begun() -> None:
    calls = replace(ANN, act="phone", holds=("PHONE",))
    shots = (
        Shot(size="MS", subjects=("ANN",), people=(calls,), lines=(
            Line(character="ANN", text="Hello, Mister Mayor.", delivery="answering"),)),
        Shot(size="MS", subjects=("ANN",), people=(calls,), lines=(Line(character="ANN", text="Nobody has looked."),)),
    )  # fmt: skip
    (stages,) = film(scene(*shots))
    lifts, holds = (
        next(act for act in stages[shot].figures[0].acts if act.act == "phone") for shot in ("S1.1", "S1.2")
    )
    assert lifts.start_s >= 0
    assert holds.start_s < -1 and holds.end_s > stages["S1.2"].duration_s + 1
