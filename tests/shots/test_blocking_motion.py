"""Marks and motion: who stands where, how they come and go, and that nobody runs through anybody."""

from __future__ import annotations

import math
import random
from itertools import combinations, pairwise

import pytest

from model.stage import Figure, Stage
from shots.blocking import block_scene, measure
from shots.blocking.anatomy import body_at
from shots.blocking.marks import APART_M, floor_of, lay_out
from shots.spec import Act, Character, Place, PlaceKind, Presence, Scene, Shot, Side, Storyboard
from shots.timing import time_shots

NAMES = ("ANN", "BOB", "CAI", "DEE", "EVE", "FAY")


def stages_of(*shots: Shot, kind: PlaceKind = "living_room", interior: bool = True) -> dict[str, Stage]:
    cast = (*(Character(id=name, age_years=35) for name in NAMES), Character(id="REX", species="dog"))
    scene = Scene(id="S1", heading="X", place="P", hour="day", shots=shots)
    board = Storyboard(title="t", cast=cast, places=(Place(id="P", kind=kind, interior=interior),), scenes=(scene,))
    return block_scene(board, scene, time_shots(board, {}), {})


def figure(stage: Stage, name: str) -> Figure:
    return next(f for f in stage.figures if f.id == name)


def path(figure: Figure, duration_s: float, steps: int = 60) -> list[tuple[float, float]]:
    bodies = [body_at(figure, duration_s * i / steps) for i in range(steps + 1)]
    return [(body.x, body.z) for body in bodies]


def fastest(figure: Figure, duration_s: float) -> float:
    way = path(figure, duration_s, 200)
    return max(math.dist(a, b) for a, b in pairwise(way)) / (duration_s / 200)


def test_two_people_face_each_other_across_the_axis() -> None:
    marks, _ = lay_out(("ANN", "BOB"), frozenset(), frozenset(), "street", {}, narrow=False, seed=5)
    a, b = marks["ANN"], marks["BOB"]
    assert 1.1 <= math.dist((a.x, a.z), (b.x, b.z)) <= 1.6
    assert a.x < b.x and a.z == b.z
    assert 60 < a.heading_deg % 360 < 120 and 240 < b.heading_deg % 360 < 300


@pytest.mark.parametrize("count", range(1, 15))
@pytest.mark.parametrize("narrow", [True, False])
def test_nobody_stands_in_anybody(count: int, narrow: bool) -> None:
    names = [f"P{i}" for i in range(count)]
    marks, _ = lay_out(names, frozenset(names[:2]), frozenset(), "cafe", {"P0": (0.0, 1.0)}, narrow=narrow, seed=1)
    assert (marks["P0"].x, marks["P0"].z) == (0.0, 1.0)
    for a, b in combinations(marks.values(), 2):
        assert math.dist((a.x, a.z), (b.x, b.z)) >= APART_M - 1e-9
    assert all(abs(m.x) <= 3.5 and -2 <= m.z <= 4.5 for m in marks.values())


def test_who_sits_gets_a_chair_and_in_a_cafe_a_table_between() -> None:
    marks, furniture = lay_out(("ANN", "BOB"), frozenset(("ANN", "BOB")), frozenset(), "cafe", {}, narrow=False, seed=1)
    by_id = {piece.id: piece for piece in furniture}
    assert set(by_id) == {"seat:ANN", "seat:BOB", "table"}
    assert by_id["table"].position.x == pytest.approx((marks["ANN"].x + marks["BOB"].x) / 2)
    assert lay_out(("ANN",), frozenset(("ANN",)), frozenset(), "car", {}, narrow=False, seed=1)[1] == ()


@pytest.mark.parametrize("side", ["left", "right", "back", "front"])
def test_an_entrance_comes_from_its_side_and_ends_on_the_mark(side: str) -> None:
    people = (Presence(character="ANN"), Presence(character="BOB", enters=side))  # type: ignore[arg-type]
    shot = Shot(id="1", size="WS", subjects=("ANN", "BOB"), people=people, duration_s=4)
    after = Shot(
        id="2", size="WS", subjects=("ANN", "BOB"), people=(Presence(character="ANN"), Presence(character="BOB"))
    )
    stages = stages_of(shot, after)
    bob = figure(stages["1"], "BOB")
    start, end = bob.body[0], bob.body[-1]
    way = (end.x_m - start.x_m, end.z_m - start.z_m)
    assert {"left": way[0] > 1, "right": way[0] < -1, "back": way[1] < -1, "front": way[1] > 1}[side]
    assert math.hypot(*way) > 1.5
    assert start.pose == "walk" and end.pose == "stand"
    assert 1.0 <= fastest(bob, 4) <= 1.75
    later = figure(stages["2"], "BOB").body[0]
    assert (later.x_m, later.z_m) == pytest.approx((end.x_m, end.z_m))


def test_an_exit_leaves_after_the_last_word_and_the_next_shot_is_without() -> None:
    people = (Presence(character="ANN"), Presence(character="BOB", exits="right"))
    stages = stages_of(
        Shot(id="1", size="WS", subjects=("ANN", "BOB"), people=people, duration_s=4),
        Shot(id="2", size="MS", subjects=("ANN",), people=(Presence(character="ANN"),)),
    )
    bob = figure(stages["1"], "BOB")
    assert bob.body[-1].x_m > bob.body[0].x_m + 1.2
    assert bob.body[-1].pose == "walk"
    assert [f.id for f in stages["2"].figures] == ["ANN"]


@pytest.mark.parametrize(("act", "speed"), [("walk", 1.3), ("run", 3.5)])
@pytest.mark.parametrize("interior", [True, False])
def test_a_walk_has_a_walkers_pace_and_the_camera_goes_along(act: Act, speed: float, interior: bool) -> None:
    people = (Presence(character="ANN", act=act),)
    shot = Shot(id="1", coverage="single", size="MLS", subjects=("ANN",), people=people, move="follow", duration_s=3)
    stage = stages_of(shot, kind="street" if not interior else "living_room", interior=interior)["1"]
    ann = figure(stage, "ANN")
    assert fastest(ann, 3) == pytest.approx(speed, rel=0.05)
    assert stage.camera.easing == "linear"
    facts = measure(stage, shot, 512, 288).people[0]
    assert facts.moves in ("left", "right") and facts.visible
    assert abs(facts.x - facts.x_end) < 0.05 and 0.2 < facts.x < 0.8


def test_two_who_walk_keep_apart_and_go_the_same_way() -> None:
    people = (Presence(character="ANN", act="walk"), Presence(character="BOB", act="walk"), Presence(character="REX"))
    shot = Shot(id="1", coverage="two_shot", size="MS", subjects=("ANN", "BOB"), people=people, move="follow")
    stage = stages_of(shot, kind="park", interior=False)["1"]
    ways = [path(f, stage.duration_s) for f in stage.figures]
    assert len({math.copysign(1, way[-1][0] - way[0][0]) for way in ways}) == 1
    for a, b in combinations(ways, 2):
        assert min(math.dist(p, q) for p, q in zip(a, b, strict=True)) >= 0.55


def test_a_hand_given_way_is_walked_and_what_stands_in_it_is_walked_round() -> None:
    people = (
        Presence(character="ANN", mark_m=(-2.0, 0.5), act="walk", move_to_m=(2.0, 0.5)),
        Presence(character="BOB", mark_m=(0.0, 0.55)),
    )
    stages = stages_of(
        Shot(id="1", size="WS", subjects=("ANN",), people=people, duration_s=5),
        Shot(id="2", size="WS", subjects=("ANN",), people=(Presence(character="ANN"),)),
    )
    ann, bob = figure(stages["1"], "ANN"), figure(stages["1"], "BOB")
    assert min(math.dist(p, (bob.body[0].x_m, bob.body[0].z_m)) for p in path(ann, 5, 200)) >= 0.55
    assert path(ann, 5)[-1] == pytest.approx((2.0, 0.5))
    assert path(figure(stages["2"], "ANN"), 1)[0] == pytest.approx((2.0, 0.5))


def test_sitting_down_and_standing_up_change_the_pose_within_the_shot() -> None:
    stages = stages_of(
        Shot(id="1", size="FS", subjects=("ANN",), people=(Presence(character="ANN", act="sit_down"),)),
        Shot(id="2", size="MS", subjects=("ANN",), people=(Presence(character="ANN"),)),
        Shot(id="3", size="FS", subjects=("ANN",), people=(Presence(character="ANN", act="stand_up"),)),
    )
    assert [k.pose for k in figure(stages["1"], "ANN").body][::2] == ["stand", "sit"]
    assert figure(stages["2"], "ANN").body[0].pose == "sit"
    assert figure(stages["3"], "ANN").body[-1].pose == "stand"


def test_an_embrace_brings_two_together_without_melting_them() -> None:
    people = (Presence(character="ANN", act="embrace", looks_at="BOB"), Presence(character="BOB"))
    stage = stages_of(Shot(id="1", size="MS", subjects=("ANN", "BOB"), people=people))["1"]
    a, b = (path(f, stage.duration_s)[-1] for f in stage.figures)
    assert 0.5 <= math.dist(a, b) <= 0.7


def test_a_dog_stays_by_somebody_and_nobody_leaves_the_floor() -> None:
    people = (Presence(character="ANN"), Presence(character="BOB"), Presence(character="REX"))
    stage = stages_of(Shot(id="1", size="WS", subjects=("ANN", "BOB"), people=people))["1"]
    at = {f.id: path(f, 1)[0] for f in stage.figures}
    assert 0.55 <= min(math.dist(at["REX"], at[n]) for n in ("ANN", "BOB")) <= 1.0
    floor = floor_of(True)
    assert all(floor.clamp(*point) == point for point in at.values())


def busy_scene(seed: int) -> tuple[list[Shot], bool]:
    """Shots in which people come, go, walk, run, sit down, rise and embrace at random."""
    rng = random.Random(seed)
    names = NAMES[: rng.randint(1, 5)]
    there: set[str] = set()
    shots = []
    for i in range(8):
        people = []
        for name in names:
            acts: tuple[Act, ...] = ("none", "none", "walk", "run", "sit_down", "stand_up", "look", "fall", "phone")
            sides: tuple[Side, ...] = ("left", "right", "back", "front")
            act, goes = rng.choice(acts), rng.random() < 0.15
            if name not in there and rng.random() < 0.5:
                people.append(
                    Presence(character=name, enters=rng.choice(sides), act=rng.choice(("walk", "none", "run")))
                )
            elif name in there and goes:
                people.append(Presence(character=name, exits=rng.choice(sides)))
            else:
                people.append(Presence(character=name, act=act))
            there = there - {name} if people[-1].exits else there | {name}
        size = rng.choice(("WS", "FS", "MS", "MCU"))
        move = rng.choice(("static", "follow", "push_in", "handheld"))
        subjects = tuple(rng.sample(names, rng.randint(1, min(2, len(names)))))
        shots.append(
            Shot(id=str(i), size=size, move=move, subjects=subjects, people=tuple(people), duration_s=rng.uniform(1, 8))
        )
    return shots, rng.random() < 0.5


@pytest.mark.parametrize("seed", range(40))
def test_busy_scenes_keep_to_what_bodies_can_do(seed: int) -> None:
    shots, interior = busy_scene(seed)
    stages = stages_of(*shots, kind="kitchen" if interior else "street", interior=interior)
    for shot in shots:
        stage = stages[shot.id or ""]
        ways = {f.id: path(f, stage.duration_s, 120) for f in stage.figures}
        for each in stage.figures:
            times = [key.time_s for key in each.body]
            assert times[0] == 0.0 and times[-1] <= stage.duration_s + 1e-9, times
            assert all(a < b for a, b in pairwise(times)), each.body
            assert fastest(each, stage.duration_s) <= 3.7, (shot, each.body)
            if interior:
                reach = [p for p in shot.people if p.character == each.id and (p.enters or p.exits)]
                assert reach or all(abs(x) < 4.2 and -2.7 < z < 4.2 for x, z in ways[each.id])
        staying = [name for name, way in ways.items() if way[0] == way[-1]]
        for a, b in combinations(staying, 2):
            assert math.dist(ways[a][0], ways[b][0]) >= 0.5, (shot, a, b)
        for key in stage.camera.keys:
            for each in stage.figures:
                body = body_at(each, key.time_s)
                near = math.hypot(key.position.x - body.x, key.position.z - body.z)
                passing = each.id not in staying
                assert near >= 0.3 or passing or key.position.y > body.crown + 0.3, (shot, key, body)
