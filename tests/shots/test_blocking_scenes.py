"""Random scenes, proved through the theatre's own projection: framing, room, distance, speed, axis."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from model.stage import Stage
from model.theatre.view import View, view_at
from shots.blocking import block_scene, measure
from shots.blocking.anatomy import Body, body_at
from shots.blocking.marks import floor_of
from shots.spec import (
    SIZES,
    Character,
    Coverage,
    Line,
    Move,
    Place,
    PlaceKind,
    Presence,
    Scene,
    Shot,
    Size,
    Storyboard,
)
from shots.timing import ShotTiming, time_shots

NAMES = ("ANN", "BOB", "CAI", "DEE", "EVE", "FAY")
ASPECTS = ((512, 288), (288, 512), (384, 384), (478, 200))
MOVES: tuple[Move, ...] = (
    "static", "pan_left", "pan_right", "tilt_up", "tilt_down", "push_in", "pull_out", "truck_left", "truck_right",
    "crane_up", "crane_down", "follow", "handheld",
)  # fmt: skip
INSIDE: tuple[PlaceKind, ...] = ("cafe", "kitchen", "living_room", "office", "bar", "bedroom")
OUTSIDE: tuple[PlaceKind, ...] = ("street", "park", "beach", "field")


def storyboard(shots: list[Shot], inside: bool, size: tuple[int, int], kind: PlaceKind, ages: list[int]) -> Storyboard:
    cast = tuple(
        Character(id=name, age_years=age, gender="female" if i % 2 else "male")
        for i, (name, age) in enumerate(zip(NAMES, ages, strict=False))
    )
    scene = Scene(id="S1", heading="X", place="P", hour="day", shots=tuple(shots))
    place = Place(id="P", kind=kind, interior=inside)
    return Storyboard(
        title="t", width_px=size[0], height_px=size[1], seed=3, cast=cast, places=(place,), scenes=(scene,)
    )


def blocked(board: Storyboard) -> tuple[dict[str, ShotTiming], dict[str, Stage]]:
    timings = time_shots(board, {})
    return timings, block_scene(board, board.scenes[0], timings, {})


def random_board(seed: int) -> Storyboard:
    """A scene of 1 to 6 people with every kind of coverage, size, angle and move."""
    rng = random.Random(seed)
    inside = rng.random() < 0.5
    count = rng.randint(1, 6)
    names = NAMES[:count]
    sitters = {name for name in names if rng.random() < 0.3}
    people = tuple(Presence(character=name, pose="sit" if name in sitters else "stand") for name in names)
    shots = []
    for i in range(10):
        coverage: Coverage = rng.choice(
            ("master", "single", "single", "two_shot", "over_shoulder", "group", "reaction")
        )
        size: Size = rng.choice(SIZES[2:] if inside else SIZES)
        subjects = tuple(rng.sample(names, 1))
        over = None
        if coverage == "over_shoulder" and count > 1:
            over = rng.choice([name for name in names if name != subjects[0]])
            size = rng.choice(("MS", "MCU"))
        elif coverage == "two_shot" and count > 1:
            subjects = tuple(rng.sample(names, 2))
        elif coverage in ("master", "group"):
            subjects, size = names, rng.choice(("WS", "FS", "MLS"))
        else:
            coverage = "single"
        shots.append(
            Shot(
                id=f"s{i}", coverage=coverage, size=size, subjects=subjects, over=over, people=people,
                angle=rng.choice(("eye_level",) * 6 + ("low", "high", "dutch")),
                move=rng.choice(("static",) * 4 + MOVES) if over is None else "static",
                lines=(Line(character=rng.choice(names), text="And then we never spoke of it again."),),
                duration_s=rng.uniform(2, 7),
            )
        )  # fmt: skip
    ages = [rng.choice((7, 15, 30, 45, 70)) for _ in names]
    return storyboard(shots, inside, rng.choice(ASPECTS), rng.choice(INSIDE if inside else OUTSIDE), ages)


def view_of(stage: Stage, time_s: float, board: Storyboard) -> View:
    calm = replace(stage.camera, handheld=0.0)
    return view_at(calm, time_s, board.width_px, board.height_px)


def head_xy(view: View, body: Body) -> tuple[float, float]:
    x, y, depth = view.point(body.head_x, (body.crown + body.chin) / 2, body.head_z)
    assert depth > 0
    return x / view.width_px, y / view.height_px


def framed_s(shot: Shot, stage: Stage) -> float:
    return 0.0 if shot.move in ("pull_out", "crane_up") else stage.duration_s


@pytest.mark.parametrize("seed", range(40))
def test_heads_are_framed_and_cameras_stand_where_a_camera_can(seed: int) -> None:
    board = random_board(seed)
    inside = board.places[0].interior
    _, stages = blocked(board)
    for shot in board.scenes[0].shots:
        stage = stages[shot.id or ""]
        view = view_of(stage, framed_s(shot, stage), board)
        bodies = {f.id: body_at(f, framed_s(shot, stage)) for f in stage.figures}
        for name in shot.subjects:
            x, y = head_xy(view, bodies[name])
            assert 0.0 <= x <= 1.0 and 0.0 <= y <= 1.0, (shot, name, x, y)
        for key in stage.camera.keys:
            eye = key.position
            assert 0.0 <= key.time_s <= stage.duration_s + 1e-9
            if inside:
                assert floor_of(True, stage.place.kind).holds_camera(eye), (shot, eye)
            for figure in stage.figures:
                body = body_at(figure, key.time_s)
                assert math.hypot(eye.x - body.x, eye.z - body.z) >= 0.35 or eye.y > body.crown + 0.3, (shot, eye)
        for a, b in combinations(bodies.values(), 2):
            assert math.hypot(a.x - b.x, a.z - b.z) >= 0.55


@pytest.mark.parametrize("seed", range(40))
def test_a_scene_is_blocked_the_same_way_every_time(seed: int) -> None:
    if seed % 10 == 0:
        board = random_board(seed)
        assert blocked(board)[1] == blocked(random_board(seed))[1]
    stage_times(random_board(seed))


def stage_times(board: Storyboard) -> None:
    timings, stages = blocked(board)
    for shot in board.scenes[0].shots:
        stage, timing = stages[shot.id or ""], timings[shot.id or ""]
        assert stage.duration_s == pytest.approx(timing.duration_s)
        for figure in stage.figures:
            for times in (
                [k.time_s for k in figure.body],
                [k.time_s for k in figure.gaze],
                [k.time_s for k in figure.mouth],
                [t for a in figure.acts for t in (a.start_s, a.end_s)],
            ):
                assert all(0.0 <= t <= stage.duration_s + 1e-9 for t in times), (shot, figure)
            assert all(a.time_s < b.time_s for a, b in pairwise(figure.body)), figure.body
            assert all(a.time_s < b.time_s for a, b in pairwise(figure.gaze)), figure.gaze
            said = [t for t in timing.lines if shot.lines[t.index].character == figure.id]
            for key in figure.mouth:
                assert any(t.start_s - 1e-6 <= key.time_s <= t.start_s + t.duration_s + 1e-6 for t in said)
            assert bool(figure.mouth) == bool(said)


@pytest.mark.parametrize("size", ["MLS", "MS", "MCU", "CU", "ECU", "FS", "WS", "EWS"])
@pytest.mark.parametrize("picture", ASPECTS)
@pytest.mark.parametrize("pose", ["stand", "sit"])
def test_a_size_frames_its_part_of_the_body(size: Size, picture: tuple[int, int], pose: str) -> None:
    people = tuple(Presence(character=n, pose="sit" if pose == "sit" else "stand") for n in ("ANN", "BOB"))
    shots = [Shot(id=n, coverage="single", size=size, subjects=(n,), people=people) for n in ("ANN", "BOB")]
    board = storyboard(shots, False, picture, "park", [34, 61])
    _, stages = blocked(board)
    for shot in shots:
        stage = stages[shot.id or ""]
        view = view_of(stage, 0.0, board)
        body = next(body_at(f, 0.0) for f in stage.figures if f.id == shot.subjects[0])

        def y(height: float, view: View = view, body: Body = body) -> float:
            return view.point(body.head_x, height, body.head_z)[1] / view.height_px

        crown, tall = y(body.crown), y(body.sole) - y(body.crown)
        if size == "ECU":
            assert crown < 0.02 and 0.2 < y(body.eyes) < 0.5 and 0.75 < y(body.chin) < 1.05
            continue
        if size in ("FS", "WS", "EWS"):
            _, y_sole, _ = view.point(body.x, 0.0, body.z)
            assert crown > 0.03 and y_sole / view.height_px < 0.99
            share = {"FS": (0.80, 0.91), "WS": (0.33, 0.5), "EWS": (0.08, 1 / 6)}[size]
            if picture[0] > picture[1]:
                assert share[0] < tall < share[1], tall
            continue
        assert 0.04 <= crown <= 0.18, crown
        cut = {
            "CU": ("shoulders", "chest"),
            "MCU": ("chest", "waist"),
            "MS": ("waist", "knees"),
            "MLS": ("knees", "sole"),
        }
        high, low = cut[size]
        assert y(getattr(body, high)) < 1.0 < y(getattr(body, low)), (size, body)


@pytest.mark.parametrize("picture", ASPECTS)
@pytest.mark.parametrize("size", ["MS", "MCU"])
@pytest.mark.parametrize("ages", [(30, 30), (8, 40), (40, 8)])
def test_over_the_shoulder_shows_a_shoulder_and_a_clear_face(
    picture: tuple[int, int], size: Size, ages: tuple[int, int]
) -> None:
    people = (Presence(character="ANN"), Presence(character="BOB"))
    shots = [
        Shot(id=a, coverage="over_shoulder", size=size, subjects=(a,), over=b, people=people)
        for a, b in (("ANN", "BOB"), ("BOB", "ANN"))
    ]
    board = storyboard(shots, True, picture, "living_room", list(ages))
    _, stages = blocked(board)
    sides = []
    for shot in shots:
        stage = stages[shot.id or ""]
        view = view_of(stage, 0.0, board)
        bodies = {f.id: body_at(f, 0.0) for f in stage.figures}
        subject, over = bodies[shot.subjects[0]], bodies[shot.over or ""]
        x, _ = head_xy(view, subject)
        over_x, _, over_depth = view.point(over.head_x, over.eyes, over.head_z)
        _, _, depth = view.point(subject.head_x, subject.eyes, subject.head_z)
        assert over_depth < depth
        left = over_x < view.width_px / 2
        sides.append(left)
        half = view.px_per_m(over_depth) * over.half_head
        _, y_shoulder, _ = view.point(over.x, over.shoulders, over.z)
        edge = over_x + half if left else view.width_px - (over_x - half)
        shoulder_x, _, shoulder_depth = view.point(over.x, over.shoulders, over.z)
        shoulder_half = view.px_per_m(shoulder_depth) * over.half_body
        shoulder = shoulder_x + shoulder_half if left else view.width_px - (shoulder_x - shoulder_half)
        assert 0.10 <= edge / view.width_px <= 0.35
        if y_shoulder < 0.96 * view.height_px:
            # Shoulders are wide: in an upright picture, or of somebody much taller, they may reach past the middle.
            alike = ages[0] == ages[1]
            wide = picture[0] > 1.2 * picture[1]
            assert shoulder / view.width_px <= ((0.42 if alike else 0.5) if wide else 0.7)
            assert not alike or y_shoulder > 0.55 * view.height_px
        # The face stands clear of the head before it, on the other side.
        face_half = view.px_per_m(depth) * subject.half_head / view.width_px
        assert (x - face_half > edge / view.width_px) if left else (x + face_half < 1 - edge / view.width_px)
        assert (x > 0.5) == left
    assert sides[0] != sides[1], "the reverse angle mirrors the first"


@pytest.mark.parametrize("seed", range(20))
def test_a_dialogue_keeps_to_one_side_of_its_axis(seed: int) -> None:
    rng = random.Random(seed)
    pose = rng.choice(("sit", "stand"))
    people = tuple(Presence(character=n, pose=pose) for n in ("ANN", "BOB"))
    shots = [Shot(id="0", coverage="master", size="FS", subjects=("ANN", "BOB"), people=people)]
    for i in range(1, 9):
        a, b = rng.sample(("ANN", "BOB"), 2)
        shots.append(
            Shot(
                id=str(i), people=people, subjects=(a,), size=rng.choice(SIZES[3:]), move=rng.choice(MOVES[:11]),
                over=b if i % 3 == 0 else None, coverage="over_shoulder" if i % 3 == 0 else "single",
            )
        )  # fmt: skip
    board = storyboard(shots, rng.random() < 0.6, rng.choice(ASPECTS), "cafe", [30, 40])
    _, stages = blocked(board)
    facts = [measure(stages[s.id or ""], s, board.width_px, board.height_px) for s in shots]
    assert {f.axis for f in facts} == {("ANN", "BOB")}
    assert len({f.axis_side for f in facts}) == 1 and 0 not in {f.axis_side for f in facts}
    assert not any(f.crosses_axis for f in facts)
    gazes = {(p.character, p.gaze) for f in facts for p in f.people if p.visible and p.character in f.axis}
    assert len({g for n, g in gazes if n == "ANN"} - {"lens"}) == 1
    assert {g for n, g in gazes if n == "ANN"} != {g for n, g in gazes if n == "BOB"}
