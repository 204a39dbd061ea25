"""People as geometry and measured colour: where they stand, what their faces do, how they move."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args, get_type_hints

import numpy as np
import pytest
import skia
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.stage import (
    RGB,
    ActKey,
    ActName,
    BodyKey,
    Camera,
    CameraKey,
    Emotion,
    Figure,
    GazeKey,
    Light,
    Look,
    Mouth,
    Place,
    PoseName,
    Stage,
    Vec3,
    Viseme,
    Weather,
)
from model.theatre.lighting.light import Tone
from model.theatre.motion.body import body_at, hand_position, head_position
from model.theatre.motion.holding import Hold
from model.theatre.motion.marks import place_at
from model.theatre.people.expression import VISEMES
from model.theatre.people.figure import figure_drawable
from model.theatre.view import view_at

SKIN, TOP = RGB(214, 168, 136), RGB(62, 128, 176)
LOOK = Look(
    height_m=1.76,
    age_years=32,
    build="average",
    gender="male",
    skin=SKIN,
    hair="short",
    hair_colour=RGB(62, 42, 30),
    beard="none",
    glasses="none",
    top="sweater",
    top_colour=TOP,
    bottom="jeans",
    bottom_colour=RGB(54, 66, 98),
    shoe_colour=RGB(52, 38, 32),
    hat="none",
    hat_colour=RGB(150, 60, 50),
)
DAY = Light(hour="day", key_azimuth_deg=180, key_elevation_deg=35, key_to_fill_ratio=2, colour_temperature_k=5600)


def person(heading_deg: float = 180.0, pose: PoseName = "stand", look: Look = LOOK, **more: object) -> Figure:
    body = (BodyKey(time_s=0, x_m=0, z_m=4, heading_deg=heading_deg, pose=pose),)
    return Figure(id="A", species="person", look=look, body=body, **more)  # type: ignore[arg-type]


def stage_of(figure: Figure, position: Vec3, target: Vec3, lens_mm: float = 35.0, light: Light = DAY) -> Stage:
    camera = Camera(keys=(CameraKey(time_s=0, position=position, target=target, lens_mm=lens_mm),))
    return Stage(
        duration_s=4,
        place=Place(kind="park", interior=False, seed=1),
        light=light,
        weather=Weather(kind="clear"),
        camera=camera,
        figures=(figure,),
    )


WHOLE = (Vec3(0, 1.0, 0), Vec3(0, 0.9, 4))
CLOSE = (Vec3(0, 1.63, 2.9), Vec3(0, 1.63, 4))


def picture(
    figure: Figure, shot: tuple[Vec3, Vec3], time_s: float = 0.5, size: tuple[int, int] = (256, 256)
) -> NDArray[np.uint8]:
    """The figure alone on nothing, (h, w, 4)."""
    stage = stage_of(figure, *shot)
    view = view_at(stage.camera, time_s, *size)
    surface = skia.Surface(*size)
    surface.getCanvas().clear(0)
    figure_drawable(figure, stage, view, Tone.of(stage), time_s).paint(surface.getCanvas())
    pixels: NDArray[np.uint8] = surface.toarray(colorType=skia.kRGBA_8888_ColorType)
    return pixels


def head_box(
    figure: Figure, shot: tuple[Vec3, Vec3], low: float, high: float, time_s: float = 0.5
) -> tuple[slice, slice]:
    """Rows and columns of a part of the face: `low` to `high` in shares of the head from the chin."""
    view = view_at(stage_of(figure, *shot).camera, time_s, 256, 256)
    middle = head_position(figure, time_s)
    size = figure.look.height_m / 6.7
    x, top, _ = view.point(middle.x, middle.y + (high - 0.5) * size, middle.z)
    _, bottom, depth = view.point(middle.x, middle.y + (low - 0.5) * size, middle.z)
    half = 0.33 * size * view.px_per_m(depth)
    return slice(round(top), round(bottom)), slice(round(x - half), round(x + half))


@pytest.mark.parametrize("heading_deg", [0.0, 60.0, 90.0, 180.0, 225.0, 300.0])
@pytest.mark.parametrize("height_m", [1.1, 1.55, 1.9])
def test_crown_and_soles_fall_where_the_projection_says(heading_deg: float, height_m: float) -> None:
    figure = person(
        heading_deg, look=replace(LOOK, height_m=height_m, age_years=6 if height_m < 1.3 else 30, hair="bald")
    )
    view = view_at(stage_of(figure, *WHOLE).camera, 0.5, 256, 256)
    rows = np.flatnonzero(picture(figure, WHOLE)[:, :, 3].max(axis=1) > 128)
    crown, sole = view.point(0, height_m, 4)[1], view.point(0, 0, 4)[1]
    tall = sole - crown
    assert rows[0] == pytest.approx(crown, abs=0.025 * tall + 1)
    assert rows[-1] == pytest.approx(sole, abs=0.035 * tall + 1)


def test_the_lit_top_is_the_wardrobes_colour_under_neutral_light() -> None:
    pixels = picture(person(), WHOLE)
    view = view_at(stage_of(person(), *WHOLE).camera, 0.5, 256, 256)
    x, y, depth = view.point(0, 1.2, 4)
    r = round(0.07 * view.px_per_m(depth))
    patch = pixels[round(y) - r : round(y) + r, round(x) - r : round(x) + r, :3].reshape(-1, 3)
    assert _delta_e(np.median(patch, axis=0), np.array(TOP)) < 6


def _delta_e(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """CIE76 between two sRGB colours."""

    def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
        c = np.asarray(rgb, dtype=np.float64) / 255
        c = np.where(c > 0.04045, ((c + 0.055) / 1.055) ** 2.4, c / 12.92)
        m = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
        xyz = m @ c / np.array([0.9505, 1.0, 1.089])
        f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
        return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])

    return float(np.linalg.norm(lab(a) - lab(b)))


def _skin_share(pixels: NDArray[np.uint8], box: tuple[slice, slice]) -> float:
    part = pixels[box][:, :, :3].astype(float)
    return float((np.abs(part - np.array(SKIN)).max(axis=2) < 60).mean())


def test_the_back_of_a_head_shows_no_face() -> None:
    front, back = person(180), person(0)
    box = head_box(front, CLOSE, 0.3, 0.75)
    assert _skin_share(picture(front, CLOSE), box) > 0.5
    assert _skin_share(picture(back, CLOSE), head_box(back, CLOSE, 0.3, 0.75)) < 0.05


@pytest.mark.parametrize("viseme", [v for v in VISEMES if v != "rest"])
def test_every_viseme_moves_the_mouth_and_nothing_above_the_nose(viseme: Viseme) -> None:
    rest = person(mouth=(Mouth(time_s=0, viseme="rest"),))
    said = person(mouth=(Mouth(time_s=0, viseme=viseme),))
    a, b = picture(rest, CLOSE), picture(said, CLOSE)
    lips, eyes = head_box(rest, CLOSE, 0.02, 0.30), head_box(rest, CLOSE, 0.42, 0.56)
    changed = np.abs(a.astype(int) - b.astype(int)).max(axis=2) > 12
    assert changed[lips].sum() > 25
    assert changed[eyes].sum() < changed[lips].sum()


def test_pupils_follow_the_gaze() -> None:
    def dark_column(target: Vec3) -> float:
        figure = person(gaze=(GazeKey(time_s=0, target=target),))
        # The head is held by looking at what stays the same from both: only the eyes are compared.
        pixels = picture(figure, CLOSE)
        rows, columns = head_box(figure, CLOSE, 0.46, 0.53)
        part = 255 - pixels[rows, columns, :3].astype(float).mean(axis=2)
        weight = np.clip(part - 150, 0, None)
        return float((weight * np.arange(weight.shape[1])).sum() / weight.sum())

    left, right = dark_column(Vec3(-0.5, 1.63, 2.9)), dark_column(Vec3(0.5, 1.63, 2.9))
    assert right - left > 3


def test_emotions_differ_from_one_another() -> None:
    faces: list[Emotion] = ["neutral", "happy", "sad", "angry", "afraid", "surprised", "disgusted", "tender"]
    drawn = [picture(person(emotion=e, emotion_strength=1.0), CLOSE).astype(int) for e in faces]
    for i in range(len(drawn)):
        for k in range(i):
            assert (np.abs(drawn[i] - drawn[k]).max(axis=2) > 20).sum() > 60, (faces[i], faces[k])


@pytest.mark.parametrize(("pose", "speed"), [("walk", 1.4), ("run", 4.0)])
def test_feet_do_not_slide(pose: PoseName, speed: float) -> None:
    keys = (
        BodyKey(time_s=0, x_m=-4, z_m=4, heading_deg=90, pose=pose),
        BodyKey(time_s=8 / speed, x_m=4, z_m=4, heading_deg=90, pose="stand"),
    )
    figure = Figure(id="A", species="person", look=LOOK, body=keys)
    times = np.arange(0.6, 8 / speed - 0.6, 1 / 48)
    planted = 0
    for side in ("right", "left"):
        ankles = np.stack([body_at(figure, float(t)).joints[f"{side}_ankle"] for t in times])
        floor = ankles[:, 1].min()
        down = ankles[:, 1] < floor + 0.004
        for i in range(len(times) - 1):
            if down[i] and down[i + 1]:
                planted += 1
                assert abs(ankles[i + 1, 0] - ankles[i, 0]) < 0.012
    assert planted > 8


def test_feet_stay_with_a_walk_to_the_side_of_the_heading() -> None:
    keys = (
        BodyKey(time_s=0, x_m=0, z_m=4, heading_deg=0, pose="walk"),
        BodyKey(time_s=4, x_m=3, z_m=4, heading_deg=0, pose="walk"),
    )
    place = place_at(Figure(id="A", species="person", look=LOOK, body=keys), 2.0)
    assert place.sideways_m_s == pytest.approx(0.75)
    assert place.forward_m_s == pytest.approx(0.0, abs=1e-9)


def test_poses_and_acts_blend_without_pops() -> None:
    keys = (
        BodyKey(time_s=0, x_m=-1.5, z_m=4, heading_deg=90, pose="walk"),
        BodyKey(time_s=1.5, x_m=0.5, z_m=4, heading_deg=180, pose="stand"),
        BodyKey(time_s=2.5, x_m=0.5, z_m=4, heading_deg=180, pose="sit"),
        BodyKey(time_s=4.0, x_m=0.5, z_m=4, heading_deg=350, pose="stand"),
    )
    acts = (
        ActKey(start_s=1.6, end_s=2.4, act="wave"),
        ActKey(start_s=2.2, end_s=3.6, act="drink"),
        ActKey(start_s=3.4, end_s=5.0, act="point", target=Vec3(3, 1, 4)),
    )
    figure = Figure(
        id="A", species="person", look=LOOK, body=keys, acts=acts,
        gaze=(GazeKey(time_s=0, target=Vec3(5, 1.5, 4)), GazeKey(time_s=2, target=Vec3(-5, 1.5, 2))),
    )  # fmt: skip
    before = body_at(figure, 0.0).joints
    for i in range(1, 48 * 5):
        now = body_at(figure, i / 48).joints
        for name, point in now.items():
            assert float(np.linalg.norm(point - before[name])) < 0.16, (name, i / 48)
        before = now


def test_headings_turn_the_shortest_way() -> None:
    keys = (
        BodyKey(time_s=0, x_m=0, z_m=4, heading_deg=350, pose="stand"),
        BodyKey(time_s=1, x_m=0, z_m=4, heading_deg=10, pose="stand"),
    )
    figure = Figure(id="A", species="person", look=LOOK, body=keys)
    for t in (0.2, 0.5, 0.8):
        turned = math.degrees(place_at(figure, t).heading_rad) % 360
        assert turned > 349 or turned < 11


@pytest.mark.parametrize("hand", ["left", "right"])
def test_a_pointing_hand_points_at_its_target(hand: str) -> None:
    target = Vec3(-2.5 if hand == "right" else 2.5, 1.4, 3.0)
    figure = person(180, acts=(ActKey(start_s=0, end_s=4, act="point", target=target),))
    joints = body_at(figure, 2.0, (Hold("left" if hand == "right" else "right"),)).joints
    arm = joints[f"{hand}_wrist"] - joints[f"{hand}_shoulder"]
    way = np.array(target) - joints[f"{hand}_shoulder"]
    cosine = float(arm @ way / np.linalg.norm(arm) / np.linalg.norm(way))
    assert cosine > 0.97


def test_who_drinks_lifts_the_hand_that_holds_to_the_mouth() -> None:
    figure = person(acts=(ActKey(start_s=0, end_s=6, act="drink"),))
    holds = (Hold("left"),)
    gaps = []
    for t in np.arange(0.4, 5, 0.1):
        hand, head = hand_position(figure, "left", float(t), holds), head_position(figure, float(t), holds)
        gaps.append(math.dist(hand, head))
    assert min(gaps) < 0.28
    assert max(gaps) > 0.45


def test_a_sitter_sits_at_chair_height_and_a_lier_on_the_floor() -> None:
    assert 0.45 < body_at(person(pose="sit"), 1.0).joints["pelvis"][1] < 0.62
    lying = body_at(person(pose="lie"), 1.0).joints
    assert all(point[1] < 0.55 for point in lying.values())
    assert all(point[1] > -0.02 for point in lying.values())


def test_no_look_or_age_changes_the_height_of_the_crown() -> None:
    for age, build, gender in ((4, "slim", "female"), (30, "heavy", "male"), (80, "broad", "unspecified")):
        look = replace(LOOK, age_years=age, build=build, gender=gender)  # type: ignore[arg-type]
        body = body_at(person(look=look), 0.0)
        crown = body.joints["skull"] + body.head[:, 1] * 0.84 * body.build.head
        assert crown[1] == pytest.approx(look.height_m, abs=0.03)


LOOKS = st.builds(
    Look,
    height_m=st.floats(0.4, 2.4),
    age_years=st.floats(0, 110),
    build=st.sampled_from(["slim", "average", "broad", "heavy"]),
    gender=st.sampled_from(["female", "male", "unspecified"]),
    skin=st.just(SKIN),
    hair=st.sampled_from(get_args(get_type_hints(Look)["hair"])),
    hair_colour=st.builds(RGB, *(st.integers(0, 255) for _ in range(3))),
    beard=st.sampled_from(get_args(get_type_hints(Look)["beard"])),
    glasses=st.sampled_from(get_args(get_type_hints(Look)["glasses"])),
    top=st.sampled_from(get_args(get_type_hints(Look)["top"])),
    top_colour=st.just(TOP),
    bottom=st.sampled_from(["trousers", "jeans", "skirt", "shorts"]),
    bottom_colour=st.just(RGB(70, 70, 80)),
    shoe_colour=st.just(RGB(20, 20, 20)),
    hat=st.sampled_from(get_args(get_type_hints(Look)["hat"])),
    hat_colour=st.just(RGB(120, 40, 40)),
    bag=st.sampled_from(get_args(get_type_hints(Look)["bag"])),
)
ACTS: list[ActName] = [
    "none", "look", "point", "wave", "nod", "pick_up", "put_down", "give", "drink", "eat", "phone", "type", "write",
    "read", "open_door", "embrace", "fall", "gesture", "speak",
]  # fmt: skip
SPOT = st.builds(Vec3, st.floats(-5, 5), st.floats(0.02, 3), st.floats(-1, 9))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    look=LOOKS,
    species=st.sampled_from(["person", "person", "person", "dog", "cat"]),
    poses=st.lists(st.sampled_from(["stand", "walk", "run", "sit", "lie", "kneel"]), min_size=1, max_size=3),
    heading=st.floats(-720, 720),
    act=st.sampled_from(ACTS),
    target=st.none() | SPOT,
    eye=SPOT,
    aim=SPOT,
    time_s=st.floats(0, 5),
    side=st.sampled_from([16, 40, 90]),
    state=st.sampled_from([(), ("wet",), ("torn", "muddy"), ("bloodied", "dusty", "sooty")]),
)
def test_any_person_can_be_drawn_from_anywhere(
    look: Look, species: str, poses: list[PoseName], heading: float, act: ActName, target: Vec3 | None,
    eye: Vec3, aim: Vec3, time_s: float, side: int, state: tuple[str, ...],
) -> None:  # fmt: skip
    body = tuple(
        BodyKey(time_s=i * 1.3, x_m=0.4 * i, z_m=4 - i, heading_deg=heading + 70 * i, pose=p)
        for i, p in enumerate(poses)
    )
    figure = Figure(
        id="A",
        species=species,  # type: ignore[arg-type]
        look=look,
        body=body,
        acts=(ActKey(start_s=0.3, end_s=3.0, act=act, target=target),),
        gaze=() if target is None else (GazeKey(time_s=0, target=target),),
        state=state,
        seed=7,
    )
    pixels = picture(figure, (eye, aim if math.dist(eye, aim) > 0.1 else Vec3(0, 1, 14)), time_s, (side, side))
    assert pixels.shape == (side, side, 4)
