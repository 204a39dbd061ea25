"""Control videos say what the theatre's truth says: nearness, joints, outlines, motion, form, and the camera's path."""

from __future__ import annotations

import colorsys
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from model.backends.engine import Control
from model.control.control import camera_path, control_video
from model.control.landmarks import COUNT, TIP
from model.control.motion import flow_colours
from model.control.skeletons import JOINT_COLOURS, people_seen
from model.sampler import sample
from model.stage import (
    RGB,
    BodyKey,
    Camera,
    CameraKey,
    Crowd,
    Figure,
    Light,
    Look,
    Mouth,
    Place,
    Stage,
    Vec3,
    Weather,
)
from model.theatre import passes
from model.theatre.joints import BONES, JOINTS
from model.theatre.view import view_at

SIZE = (256, 144)
EYE = Vec3(0, 1.5, -4)
LOOK = Look(
    height_m=1.74, age_years=34, build="average", gender="male", skin=RGB(224, 180, 150), hair="short",
    hair_colour=RGB(60, 40, 30), beard="none", glasses="none", top="t_shirt", top_colour=RGB(190, 60, 50),
    bottom="trousers", bottom_colour=RGB(60, 70, 110), shoe_colour=RGB(40, 30, 30), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip


def stand(id: str, x: float, z: float, heading: float = 180.0, to: float | None = None) -> Figure:
    keys = [BodyKey(time_s=0, x_m=x, z_m=z, heading_deg=heading, pose="stand" if to is None else "walk")]
    if to is not None:
        keys.append(BodyKey(time_s=1, x_m=to, z_m=z, heading_deg=heading, pose="walk"))
    return Figure(id=id, species="person", look=LOOK, body=tuple(keys))


def seen_from(
    *figures: Figure, eye: Vec3 = EYE, to: Vec3 | None = None, at_m: float = 1.1, lens_mm: float = 30, **more: object
) -> Stage:
    keys = [CameraKey(time_s=0, position=eye, target=Vec3(0, at_m, 0), lens_mm=lens_mm)]
    if to is not None:
        keys.append(CameraKey(time_s=1, position=to, target=Vec3(0, at_m, 0), lens_mm=lens_mm))
    light = Light(hour="day", key_azimuth_deg=220, key_elevation_deg=45, key_to_fill_ratio=3, colour_temperature_k=5600)
    base = Stage(
        duration_s=1, place=Place(kind="warehouse", interior=True, seed=3), light=light, weather=Weather(kind="clear"),
        camera=Camera(keys=tuple(keys), easing="linear"), figures=figures,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def frames(
    stage: Stage, kind: Control, count: int = 1, fps: float = 8, size: tuple[int, int] = SIZE
) -> NDArray[np.uint8]:
    video = control_video(stage, kind, frame_count=count, fps=fps, width_px=size[0], height_px=size[1])
    assert video.kind == kind
    return np.stack(video.frames)


@pytest.mark.parametrize("kind", get_args(Control))
def test_there_is_a_frame_for_each_instant_and_each_is_the_same_again(kind: Control) -> None:
    stage = seen_from(stand("A", -0.6, 0.0, 90.0, to=0.6), to=Vec3(0.4, 1.5, -3.5))
    made = frames(stage, kind, 3, size=(95, 64))
    assert made.shape == (3, 64, 95, 3)
    assert made.dtype == np.uint8
    assert np.array_equal(made, frames(stage, kind, 3, size=(95, 64)))
    assert not np.array_equal(made[1], made[2])
    later = control_video(stage, kind, frame_count=2, fps=8, width_px=95, height_px=64, start_s=1 / 8)
    assert np.array_equal(made[1:], np.stack(later.frames))


def test_depth_is_whitest_where_it_is_nearest() -> None:
    stage = seen_from(stand("NEAR", -0.7, -1.0), stand("FAR", 0.9, 2.0))
    grey = frames(stage, "depth")[0, ..., 0].astype(int)
    truth = passes(stage, 0.0, *SIZE).depth_m
    draws = np.random.default_rng(1)
    ys, xs = draws.integers(0, SIZE[1], (2, 4000)), draws.integers(0, SIZE[0], (2, 4000))
    a, b = truth[ys[0], xs[0]], truth[ys[1], xs[1]]
    nearer = a < 0.97 * b
    assert nearer.sum() > 1000
    assert (grey[ys[0], xs[0]] >= grey[ys[1], xs[1]])[nearer].all()
    assert grey.max() == 255
    assert grey.min() == 0


def test_depth_keeps_its_scale_when_somebody_comes_near() -> None:
    walks = (
        BodyKey(time_s=0, x_m=0.9, z_m=3.0, heading_deg=180, pose="walk"),
        BodyKey(time_s=1, x_m=0.9, z_m=-2.2, heading_deg=180, pose="walk"),
    )
    stage = seen_from(replace(stand("A", 0.9, 3.0), body=walks))
    made = frames(stage, "depth", 9)[..., 0].astype(int)
    set_only = np.all([passes(stage, k / 8, *SIZE).person == 0 for k in range(9)], axis=0)
    assert set_only.mean() > 0.3
    assert np.ptp(made[:, set_only], axis=0).max() == 0
    assert made[8, ~set_only].max() > made[0, ~set_only].max() + 60


def test_joints_have_the_colours_of_openpose_where_the_truth_has_them() -> None:
    stage = seen_from(stand("A", 0.0, 0.0), lens_mm=40)
    size = (512, 288)
    picture = frames(stage, "pose", size=size)[0].astype(int)
    truth = passes(stage, 0.0, *size).joints[0]
    assert truth.visible.sum() >= 16
    right, left = (truth.points[JOINTS.index(f"{side}_shoulder")][0] for side in ("right", "left"))
    assert right < left  # who faces the camera has the right hand on the picture's left
    body = [number for number, name in enumerate(JOINTS) if not name.endswith(("eye", "ear")) and name != "nose"]
    for number in body:
        if truth.visible[number]:
            x, y, _ = truth.points[number]
            near = picture[int(y) - 1 : int(y) + 2, int(x) - 1 : int(x) + 2].reshape(-1, 3)
            assert np.abs(near - JOINT_COLOURS[number]).sum(axis=1).min() < 60, JOINTS[number]
    named = {(JOINTS[a], JOINTS[b]): JOINT_COLOURS[k] for k, (a, b) in enumerate(BONES)}
    assert named["neck", "right_shoulder"] == (255, 0, 0)
    assert named["left_elbow", "left_wrist"] == (85, 255, 0)
    assert named["right_knee", "right_ankle"] == (0, 255, 170)
    assert named["neck", "nose"] == (0, 0, 255)
    middle = (truth.points[JOINTS.index("left_hip")] + truth.points[JOINTS.index("left_knee")]) / 2
    at = picture[int(middle[1]), int(middle[0])]
    assert np.abs(at - 0.6 * np.array([0, 170, 255])).sum() < 40


def test_who_turns_the_back_shows_no_face_and_who_is_hidden_no_joint() -> None:
    front, back = (people_seen(passes(seen_from(stand("A", 0, 0, h)), 0.0, *SIZE))[0] for h in (180.0, 0.0))
    assert front.visible[JOINTS.index("nose")]
    assert not back.visible[JOINTS.index("nose")]
    assert back.visible[JOINTS.index("neck")]
    behind = seen_from(stand("NEAR", 0, -1.0), stand("FAR", 0.02, 1.5))
    hidden = next(one for one in people_seen(passes(behind, 0.0, *SIZE)) if one.depth_m > 4.5)
    assert not hidden.visible[JOINTS.index("neck")]
    alone = replace(behind, camera=replace(behind.camera, hidden=("NEAR",)))
    assert people_seen(passes(alone, 0.0, *SIZE))[0].visible[JOINTS.index("neck")]
    assert len(people_seen(passes(alone, 0.0, *SIZE))) == 1


@pytest.mark.parametrize(("heading", "side"), [(90.0, 1), (270.0, -1)])
def test_a_profile_has_its_nose_on_the_side_it_looks_to(heading: float, side: int) -> None:
    stage = seen_from(stand("A", 0, 0, heading), lens_mm=85, eye=Vec3(0, 1.6, -3), at_m=1.6)
    person = people_seen(passes(stage, 0.0, *SIZE))[0]
    assert person.face is not None
    assert person.face.points.shape == (COUNT, 2)
    assert person.face.seen[TIP]
    ear = person.points[JOINTS.index("right_ear" if side > 0 else "left_ear"), 0]
    assert side * (person.face.points[TIP, 0] - ear) > 5
    right_eye, left_eye = person.face.seen[36:42], person.face.seen[42:48]
    assert (right_eye if side > 0 else left_eye).all()
    assert not (left_eye if side > 0 else right_eye).any()


def test_faces_lie_on_the_head_that_is_drawn_and_mouths_open_to_speak() -> None:
    def face(viseme: str) -> NDArray[np.float64]:
        mouth = (Mouth(time_s=0.0, viseme=viseme),)  # type: ignore[arg-type]
        stage = seen_from(replace(stand("A", 0, 0), mouth=mouth), lens_mm=85, eye=Vec3(0, 1.6, -2.4), at_m=1.6)
        seen = passes(stage, 0.5, *SIZE)
        found = people_seen(seen)[0].face
        assert found is not None
        assert found.seen.sum() > 60
        columns, rows = found.points[found.seen].astype(int).T
        assert (seen.person[rows, columns] == 1).mean() > 0.95
        return found.points

    shut, open_ = face("rest"), face("aa")
    assert open_[66, 1] - open_[62, 1] > 3 * max(shut[66, 1] - shut[62, 1], 0.5)
    assert open_[8, 1] > shut[8, 1]  # the chin goes down with it
    assert np.allclose(open_[36:48], shut[36:48])
    assert shut[0, 0] < shut[8, 0] < shut[16, 0]
    assert shut[19, 1] < shut[37, 1] < shut[TIP, 1] < shut[51, 1] < shut[57, 1] < shut[8, 1]


def test_people_of_a_crowd_have_skeletons_too() -> None:
    crowd = Crowd(
        id="c", kind="people", count=6, centre=Vec3(0, 0, 1), width_m=4, depth_m=1, heading_deg=180, doing="cheer"
    )
    stage = seen_from(crowds=(crowd,))
    people = people_seen(passes(stage, 0.0, *SIZE))
    assert 4 <= len(people) <= 6
    assert all(one.visible[JOINTS.index("nose")] for one in people if one.visible[JOINTS.index("neck")])
    assert frames(stage, "pose")[0].any()
    assert not frames(replace(stage, crowds=()), "pose")[0].any()


def test_edges_run_round_people_and_leave_flat_ground_dark() -> None:
    stage = seen_from(stand("A", 0.0, 0.0))
    edges = frames(stage, "edges")[0, ..., 0].astype(int)
    person = passes(stage, 0.0, *SIZE).person == 1
    inside = person & np.roll(person, 1, 0) & np.roll(person, -1, 0) & np.roll(person, 1, 1) & np.roll(person, -1, 1)
    rim = person & ~inside
    assert np.median(edges[rim]) > 180
    assert np.median(edges[inside]) < 60
    assert 0.01 < (edges > 128).mean() < 0.2
    near = seen_from(stand("A", 0.0, 0.0), eye=Vec3(0, 1.6, -1.5), lens_mm=50, at_m=1.6)
    turned = seen_from(stand("A", 0.0, 0.0, 0.0), eye=Vec3(0, 1.6, -1.5), lens_mm=50, at_m=1.6)
    middle = passes(near, 0.0, *SIZE).part == 1
    face, nape = (frames(one, "edges")[0, ..., 0][middle] for one in (near, turned))
    assert (face > 80).sum() > (nape > 80).sum() + 50  # eyes, nose and mouth


def test_motion_is_white_where_nothing_moves_and_red_to_the_right() -> None:
    stage = seen_from(stand("A", -1.0, 0.0, 90.0, to=1.0))
    made = frames(stage, "flow", 5)
    body = passes(stage, 2 / 8, *SIZE).person == 1
    torso = passes(stage, 2 / 8, *SIZE).part == 4
    moved = np.median(made[3][torso].reshape(-1, 3), axis=0) / 255
    hue, saturation, _ = colorsys.rgb_to_hsv(*moved.tolist())
    assert min(hue, 1 - hue) < 0.06
    assert saturation > 0.3
    assert (made[3][~body] == 255).all()
    assert np.array_equal(made[0], made[1])
    assert (frames(seen_from(), "flow", 2) == 255).all()


def test_directions_have_the_wheels_colours() -> None:
    right, down, left, up = flow_colours(np.array([[[1, 0], [0, 1], [-1, 0], [0, -1]]], dtype=np.float32))[0]
    assert right.tolist() == [255, 0, 0]
    assert down[0] > 200 > 180 > down[2]  # yellow
    assert left.tolist()[0] == 0
    assert left[1] > 150  # cyan
    assert up[2] > 200  # blue to violet
    faint = flow_colours(np.array([[[0.25, 0]]], dtype=np.float32))[0, 0]
    assert faint.tolist() == [255, 191, 191]


def test_clay_has_form_and_light_and_no_colour() -> None:
    stage = seen_from(stand("A", 0.0, 0.0))
    clay = frames(stage, "grey")[0]
    assert (clay.min(axis=2) == clay.max(axis=2)).all()
    seen = passes(stage, 0.0, *SIZE)
    person = seen.person == 1
    assert np.median(clay[person]) > np.median(clay[~person]) + 20
    assert np.ptp(clay[person][:, 0].astype(int)) > 50  # round, not a cardboard figure
    painted = replace(stand("A", 0.0, 0.0), look=replace(LOOK, top_colour=RGB(0, 0, 255), skin=RGB(90, 60, 40)))
    assert np.array_equal(clay, frames(seen_from(painted), "grey")[0])
    night = frames(replace(stage, light=replace(stage.light, hour="night")), "grey")[0]
    assert night.mean() < 0.8 * clay.mean()


def test_a_split_screen_is_drawn_by_both_stages() -> None:
    left, right = seen_from(stand("A", 0, 0)), seen_from(stand("B", 0.5, 1, 90))
    both = frames(replace(left, beside=right), "pose")[0]
    assert np.array_equal(both[:, :128], frames(left, "pose", size=(128, 144))[0])
    assert np.array_equal(both[:, 128:], frames(right, "pose", size=(128, 144))[0])


def test_the_camera_path_projects_as_the_theatre_does() -> None:
    stage = seen_from(eye=Vec3(-1.0, 1.8, -4.0), to=Vec3(1.5, 1.2, -2.0))
    path = camera_path(stage, frame_count=5, fps=4, width_px=SIZE[0], height_px=SIZE[1])
    assert path.poses.shape == (5, 4, 4)
    point = np.array([0.7, 0.9, 1.2])
    for number, (pose, focal_px) in enumerate(zip(path.poses, path.focal_px, strict=True)):
        turn, eye = pose[:3, :3], pose[:3, 3]
        assert np.linalg.det(turn) == pytest.approx(1.0)
        x, y, ahead = turn.T @ (point * (1, -1, 1) - eye)
        wanted = view_at(stage.camera, number / 4, *SIZE, stage.seed).point(*point.tolist())
        found = (SIZE[0] / 2 + focal_px * x / ahead, SIZE[1] / 2 + focal_px * y / ahead, ahead)
        assert found == pytest.approx(wanted)
    assert not np.allclose(path.poses[0], path.poses[4])


def test_sampled_stages_have_their_people_where_the_control_says() -> None:
    for index in (3, 17, 40):
        stage = sample("held_out", index).stage
        seen = passes(stage, 0.5, 208, 120)
        skeletons = frames(stage, "pose", 1, size=(208, 120))[0].max(axis=2) > 60
        at_start = passes(stage, 0.0, 208, 120).person > 0
        grown = np.zeros_like(at_start)
        for dy in range(-3, 4):
            for dx in range(-3, 4):
                grown |= np.roll(at_start, (dy, dx), (0, 1))
        assert skeletons.any() == bool((seen.person > 0).any())
        assert (skeletons & grown).sum() >= 0.9 * skeletons.sum()
