"""Cameras and measures against cases worked out by hand, and the moves one by one."""

from __future__ import annotations

import math
import random

import pytest

from model.stage import (
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    GazeKey,
    Stage,
    Vec3,
    Weather,
)
from model.stage import Light as StageLight
from model.stage import Place as StagePlace
from model.theatre.view import view_at
from shots.blocking import block_scene, measure
from shots.blocking.anatomy import body_at
from shots.blocking.lens import Pin, aim, pin_of
from shots.blocking.looks import look_of
from shots.spec import Angle, Character, Move, Place, Presence, Prop, Scene, Shot, Storyboard
from shots.timing import time_shots

LOOK = look_of(Character(id="ANN", age_years=30, gender="female"))


def stage_of(*figures: Figure, keys: tuple[CameraKey, ...]) -> Stage:
    return Stage(
        duration_s=4.0,
        place=StagePlace(kind="park", interior=False, seed=1),
        light=StageLight(
            hour="day", key_azimuth_deg=220, key_elevation_deg=45, key_to_fill_ratio=2, colour_temperature_k=5500
        ),
        weather=Weather(kind="clear"),
        camera=Camera(keys=keys),
        figures=figures,
    )


def person(name: str, x: float, z: float, heading: float, gaze: Vec3 | None = None, to: float | None = None) -> Figure:
    body = [BodyKey(time_s=0, x_m=x, z_m=z, heading_deg=heading, pose="stand")]
    if to is not None:
        body.append(BodyKey(time_s=4, x_m=to, z_m=z, heading_deg=heading, pose="stand"))
    keys = () if gaze is None else (GazeKey(time_s=0, target=gaze),)
    return Figure(id=name, species="person", look=LOOK, body=tuple(body), gaze=keys)


MASTER = CameraKey(time_s=0, position=Vec3(0, 1.5, -5), target=Vec3(0, 1.5, 0), lens_mm=20.25)


def test_the_pinhole_projects_as_the_theatre_does_and_aims_exactly() -> None:
    rng = random.Random(7)
    for _ in range(200):
        eye = Vec3(rng.uniform(-3, 3), rng.uniform(0.2, 3), rng.uniform(-6, -3))
        point = Vec3(rng.uniform(-2, 2), rng.uniform(0, 2), rng.uniform(0, 3))
        u, v = rng.uniform(-0.5, 0.5), rng.uniform(-0.4, 0.4)
        pin = aim(eye, point, u, v, rng.uniform(0.8, 4), rng.uniform(-0.3, 0.3))
        assert pin.project(*point)[:2] == pytest.approx((u, v), abs=1e-9)
        other = (rng.uniform(-2, 2), rng.uniform(0, 2), rng.uniform(0, 3))
        x, y, depth = view_at(Camera(keys=(pin.key(0, 2.0),)), 0, 640, 360).point(*other)
        seen = pin.project(*other)
        assert (320 + 360 * seen.u, 180 - 360 * seen.v, seen.depth_m) == pytest.approx((x, y, depth), abs=1e-6)
        assert pin_of(pin.key(0, 2.0)).project(*other)[:2] == pytest.approx(seen[:2], abs=1e-9)


def test_measure_tells_what_the_masters_camera_sees() -> None:
    # Lens 20.25 mm: one picture height to a metre of depth. ANN is 5 m away and 1 m left of the axis.
    ann = person("ANN", -1, 0, 90, gaze=Vec3(1, 1.5, 0))
    bob = person("BOB", 1, 0, 180, gaze=Vec3(-1, 1.5, 0))
    far = person("CAI", 9, 0, 0)
    shot = Shot(id="1", size="WS", subjects=("ANN", "BOB"))
    facts = measure(stage_of(ann, bob, far, keys=(MASTER,)), shot, 320, 180)
    a, b, c = facts.people
    aspect = 320 / 180
    assert a.x == pytest.approx(0.5 - 0.2 / aspect) and b.x == pytest.approx(0.5 + 0.2 / aspect)
    assert a.body_height == pytest.approx(LOOK.height_m / 5)
    assert a.head_y == pytest.approx(0.5 - (LOOK.height_m - 1.5) / 5)
    assert (a.facing, a.gaze, a.moves) == ("right", "right", "none")
    assert (b.facing, b.gaze) == ("right", "left")  # turned to -z, 11.3° past the camera: to the right of it
    assert a.visible and b.visible and not c.visible
    assert c.facing == "left"  # it looks along the axis, which vanishes to the left of where it stands
    assert facts.axis == ("ANN", "BOB") and facts.axis_side == 1 and not facts.crosses_axis
    assert facts.camera_azimuth_deg == pytest.approx(math.degrees(math.atan2(1, -5)))
    assert facts.camera_distance_m == pytest.approx(math.hypot(1, 5, LOOK.height_m * (1 - 0.149 / 2) - 1.5), abs=0.01)


def test_measure_tells_looks_into_the_lens_and_ways_of_walking() -> None:
    ann = person("ANN", 0, 0, 180, gaze=Vec3(0, 1.5, -9))
    walker = person("BOB", -2, 1, 90, to=2)
    facts = measure(stage_of(ann, walker, keys=(MASTER,)), Shot(id="1", size="WS", subjects=("ANN",)), 320, 180)
    assert (facts.people[0].facing, facts.people[0].gaze) == ("lens", "lens")
    assert facts.people[1].moves == "right" and facts.people[1].x < 0.5 < facts.people[1].x_end
    assert facts.axis is None and facts.axis_side == 0


def test_measure_sees_a_camera_cross_the_line() -> None:
    ann, bob = person("ANN", -1, 0, 90), person("BOB", 1, 0, 270)
    end = CameraKey(time_s=4, position=Vec3(0, 1.5, 5), target=Vec3(0, 1.5, 0), lens_mm=20.25)
    around = (MASTER, CameraKey(time_s=2, position=Vec3(5, 1.5, 0), target=Vec3(0, 1.5, 0), lens_mm=20.25), end)
    facts = measure(stage_of(ann, bob, keys=around), Shot(id="1", subjects=("ANN", "BOB")), 320, 180)
    assert facts.axis_side == 1 and facts.crosses_axis


def shot_stage(shot: Shot, *, interior: bool = False, names: tuple[str, ...] = ("ANN", "BOB")) -> Stage:
    cast = tuple(Character(id=name, age_years=35) for name in names)
    scene = Scene(id="S", heading="X", place="P", hour="day", shots=(shot,))
    place = Place(id="P", kind="cafe" if interior else "park", interior=interior)
    board = Storyboard(
        title="t", cast=cast, props=(Prop(id="LETTER", kind="letter"),), places=(place,), scenes=(scene,)
    )
    return block_scene(board, scene, time_shots(board, {}), {})["1"]


BOTH = (Presence(character="ANN"), Presence(character="BOB"))


def single(move: Move, angle: Angle = "eye_level") -> tuple[Shot, Stage]:
    shot = Shot(
        id="1", coverage="single", size="MS", subjects=("ANN",), people=BOTH, move=move, angle=angle, duration_s=4
    )
    return shot, shot_stage(shot)


def tall(stage: Stage, time_s: float) -> float:
    body = body_at(stage.figures[0], time_s)
    pin = pin_of(stage.camera.keys[0 if time_s == 0 else -1])
    return pin.project(*body.crown_point).v - pin.project(body.head_x, body.waist, body.head_z).v


def test_pushes_end_and_pulls_start_on_the_frame() -> None:
    still = tall(single("static")[1], 0)
    push, pull = single("push_in")[1], single("pull_out")[1]
    assert tall(push, 4) == pytest.approx(still, rel=0.01) and tall(push, 0) < 0.85 * still
    assert tall(pull, 0) == pytest.approx(still, rel=0.01) and tall(pull, 4) < 0.85 * still


@pytest.mark.parametrize(("move", "sign"), [("truck_left", -1), ("truck_right", 1)])
def test_trucks_go_to_their_side(move: Move, sign: int) -> None:
    a, b = (pin_of(key) for key in single(move)[1].camera.keys)
    right = (math.cos(a.yaw), -math.sin(a.yaw))
    way = (b.eye.x - a.eye.x) * right[0] + (b.eye.z - a.eye.z) * right[1]
    assert 0.25 <= sign * way <= 2.5


@pytest.mark.parametrize(("move", "sign"), [("pan_left", -1), ("pan_right", 1)])
def test_pans_turn_to_their_side_on_the_spot(move: Move, sign: int) -> None:
    a, b = (pin_of(key) for key in single(move)[1].camera.keys)
    assert a.eye == b.eye and 0.03 < sign * (b.yaw - a.yaw) < 0.6


@pytest.mark.parametrize(("move", "sign"), [("tilt_down", -1), ("tilt_up", 1)])
def test_tilts_turn_up_and_down(move: Move, sign: int) -> None:
    a, b = (pin_of(key) for key in single(move)[1].camera.keys)
    assert a.eye == b.eye and 0.05 < sign * (b.pitch - a.pitch) < 0.7


@pytest.mark.parametrize(("move", "sign"), [("crane_down", -1), ("crane_up", 1)])
def test_cranes_rise_and_sink(move: Move, sign: int) -> None:
    a, b = (pin_of(key) for key in single(move)[1].camera.keys)
    assert 0.5 < sign * (b.eye.y - a.eye.y) < 3


def test_angles_put_the_camera_below_above_and_askew() -> None:
    level, low, high = (single("static", angle)[1].camera.keys[0] for angle in ("eye_level", "low", "high"))
    assert low.position.y < level.position.y - 0.4 and high.position.y > level.position.y + 0.5
    assert level.roll_deg == 0 and 5 <= abs(single("static", "dutch")[1].camera.keys[0].roll_deg) <= 15


def test_handheld_says_so() -> None:
    assert single("handheld")[1].camera.handheld > 0 == single("static")[1].camera.handheld


def test_a_point_of_view_stands_in_the_eyes_and_hides_their_owner() -> None:
    shot = Shot(id="1", coverage="pov", size="MS", subjects=("BOB",), pov_of="ANN", people=BOTH)
    stage = shot_stage(shot)
    ann = body_at(stage.figures[0], 0)
    assert stage.camera.hidden == ("ANN",)
    assert stage.camera.keys[0].position == pytest.approx(ann.eye_point)
    bob = measure(stage, shot, 512, 288).people[0]
    assert bob.character == "BOB" and bob.gaze == "lens" and 0.3 < bob.x < 0.7


@pytest.mark.parametrize("held", [True, False])
@pytest.mark.parametrize("interior", [True, False])
def test_an_insert_fills_the_frame_with_its_prop(held: bool, interior: bool) -> None:
    holder = Presence(character="ANN", holds=("LETTER",) if held else ())
    shot = Shot(id="1", coverage="insert", size="ECU", insert_of="LETTER", people=(holder, BOTH[1]))
    stage = shot_stage(shot, interior=interior)
    letter = next(p for p in stage.props if p.id == "LETTER")
    assert (letter.held is not None) == held
    view = view_at(stage.camera, 0, 512, 288)
    x, y, depth = view.point(letter.position.x, letter.position.y + 0.05, letter.position.z)
    assert 0.3 < x / 512 < 0.7 and 0.25 < y / 288 < 0.85
    assert 0.25 < view.px_per_m(depth) * 0.26 / 288 < 0.85


def test_an_establishing_shot_sees_the_place_with_people_small_in_it() -> None:
    shot = Shot(id="1", coverage="establishing", size="EWS", people=BOTH)
    facts = measure(shot_stage(shot), shot, 512, 288)
    assert all(p.visible and p.body_height < 0.25 for p in facts.people)


def test_what_is_near_projects_large() -> None:
    pin = Pin(Vec3(0, 1, 0), 0.0, 0.0, 2.0)
    assert pin.project(0.5, 1, 1).u == 1.0 and pin.project(0.5, 1, 2).u == 0.5
    assert pin.project(0, 1, -3).depth_m == -3
