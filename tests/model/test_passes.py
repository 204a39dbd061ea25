"""The truth of pixels: ids, depth, normals, flow, joints and light agree with the geometry and with each other."""

from __future__ import annotations

import hashlib
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.colour import delta_e_2000, lab
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
    Place,
    Prop,
    PropKey,
    Stage,
    Vec3,
    Weather,
)
from model.theatre import draw, mannequin, passes
from model.theatre.joints import JOINTS
from model.theatre.sheet import NEUTRAL, character_sheet, character_view, place_sheet
from model.theatre.surfaces import PARTS
from model.theatre.view import view_at

LOOK = Look(
    height_m=1.74, age_years=34, build="average", gender="male", skin=RGB(224, 180, 150), hair="short",
    hair_colour=RGB(60, 40, 30), beard="none", glasses="none", top="sweater", top_colour=RGB(190, 60, 50),
    bottom="trousers", bottom_colour=RGB(60, 70, 110), shoe_colour=RGB(40, 30, 30), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip
LIGHT = Light(hour="day", key_azimuth_deg=220, key_elevation_deg=45, key_to_fill_ratio=3, colour_temperature_k=5600)
SIZE = (256, 144)


def stand(id: str, x: float, z: float, heading: float = 180.0) -> Figure:
    body = (BodyKey(time_s=0, x_m=x, z_m=z, heading_deg=heading, pose="stand"),)
    return Figure(id=id, species="person", look=LOOK, body=body)


def seen_from(
    *figures: Figure,
    eye: tuple[float, float, float] = (0.0, 1.5, -4.0),
    target: tuple[float, float, float] = (0.0, 1.0, 0.0),
    to: tuple[float, float, float] | None = None,
    **more: object,
) -> Stage:
    keys = [CameraKey(time_s=0, position=Vec3(*eye), target=Vec3(*target), lens_mm=30)]
    if to is not None:
        keys.append(CameraKey(time_s=2, position=Vec3(*to), target=Vec3(*target), lens_mm=30))
    base = Stage(
        duration_s=2, place=Place(kind="field", interior=False, seed=3), light=LIGHT, weather=Weather(kind="clear"),
        camera=Camera(keys=tuple(keys), easing="linear"), figures=figures,
    )  # fmt: skip
    return replace(base, **more)  # type: ignore[arg-type]


def where(stage: Stage, point: tuple[float, float, float], time_s: float = 0.5) -> tuple[int, int, float]:
    x, y, depth = view_at(stage.camera, time_s, *SIZE, stage.seed).point(*point)
    return int(x), int(y), depth


def test_ids_lie_where_people_stand() -> None:
    stage = seen_from(stand("A", -0.8, 0.0), stand("B", 0.8, 1.0))
    found = passes(stage, 0.5, *SIZE)
    for number, x, z in ((1, -0.8, 0.0), (2, 0.8, 1.0)):
        column, row, _ = where(stage, (x, 1.2, z))
        assert found.person[row, column] == number
        assert PARTS[found.part[row, column] - 1] == "torso"
        head = where(stage, (x, 1.62, z))
        assert PARTS[found.part[head[1], head[0]] - 1] in ("head", "hair")
    assert set(np.unique(found.person)) == {0, 1, 2}
    assert found.person[:, :40].max() == 0


def test_the_nearer_of_two_owns_the_pixels() -> None:
    stage = seen_from(stand("FAR", 0.0, 2.0), stand("NEAR", 0.1, 0.0))
    found = passes(stage, 0.5, *SIZE)
    column, row, _ = where(stage, (0.1, 1.2, 0.0))
    assert found.person[row, column] == 2


def test_whom_the_camera_stands_for_is_in_no_pass() -> None:
    stage = seen_from(stand("A", 0.0, 0.0))
    hidden = replace(stage, camera=replace(stage.camera, hidden=("A",)))
    assert passes(hidden, 0.5, *SIZE).person.max() == 0


@settings(max_examples=25, deadline=None)
@given(x=st.floats(-2.5, 2.5), z=st.floats(-1.5, 6.0), height=st.floats(0.8, 2.4), turn=st.floats(-0.5, 0.5))
def test_the_floor_is_as_deep_as_geometry_says(x: float, z: float, height: float, turn: float) -> None:
    stage = seen_from(eye=(turn, height, -4.0), target=(0.0, 0.5, 1.0))
    view = view_at(stage.camera, 0.5, *SIZE)
    px, py, depth = view.point(x, 0.0, z)
    if not (4 < px < SIZE[0] - 4 and 4 < py < SIZE[1] - 4):
        return
    found = passes(stage, 0.5, *SIZE)
    row, column = int(py), int(px)
    up = view.rotation @ np.array([0.0, 1.0, 0.0]) * np.array([1.0, 1.0, -1.0])
    if float(found.normals[row, column] @ up) < 0.999:
        return  # a plant stands before this point of the floor
    step = abs(found.depth_m[min(row + 1, SIZE[1] - 1), column] - found.depth_m[row - 1, column])
    assert abs(found.depth_m[row, column] - depth) <= step + 0.01


@pytest.mark.parametrize("kind", ["kitchen", "street", "church", "mountain"])
def test_nearer_things_cover_farther_ones_in_depth(kind: str) -> None:
    place = Place(kind=kind, interior=kind in ("kitchen", "church"), seed=5)  # type: ignore[arg-type]
    stage = seen_from(stand("A", 0.0, 0.0), place=place)
    empty = passes(replace(stage, figures=()), 0.5, *SIZE).depth_m
    found = passes(stage, 0.5, *SIZE)
    body = found.person == 1
    assert body.sum() > 300
    assert (found.depth_m[body] <= empty[body] + 0.3).mean() > 0.97
    column, row, depth = where(stage, (0.0, 1.2, 0.0))
    assert found.depth_m[row, column] == pytest.approx(depth - 0.1, abs=0.12)


def test_normals_are_units_and_people_are_round() -> None:
    found = passes(seen_from(stand("A", 0.0, 0.0)), 0.5, *SIZE)
    assert np.linalg.norm(found.normals, axis=2) == pytest.approx(1.0, abs=0.02)
    torso = found.part == PARTS.index("torso") + 1
    columns = np.flatnonzero(torso.any(axis=0))
    left, right = (found.normals[torso & (np.arange(SIZE[0]) == c)[None, :]][:, 0].mean() for c in columns[[1, -2]])
    assert left < -0.4 < 0.4 < right


def test_nothing_flows_when_nothing_moves() -> None:
    stage = seen_from(props=(Prop(id="box", kind="box", position=Vec3(0.5, 0, 0)),))
    assert np.abs(passes(stage, 0.5, *SIZE).flow_px).max() == 0.0


def test_a_moving_camera_takes_the_set_along() -> None:
    stage = seen_from(eye=(-1.0, 1.5, -4.0), to=(1.0, 1.8, -3.0))
    found = passes(stage, 0.5, *SIZE, fps=12)
    before, after = (view_at(stage.camera, t, *SIZE) for t in (0.5, 0.5 + 1 / 12))
    checked = 0
    for x in np.linspace(-1.5, 1.5, 7):
        for z in np.linspace(-0.5, 2.5, 5):
            (ax, ay, _), (bx, by, _) = before.point(x, 0.0, z), after.point(x, 0.0, z)
            up = before.rotation @ np.array([0.0, 1.0, 0.0]) * np.array([1.0, 1.0, -1.0])
            if not (2 < ax < SIZE[0] - 2 and 2 < ay < SIZE[1] - 2):
                continue
            if float(found.normals[int(ay), int(ax)] @ up) < 0.999:
                continue
            checked += 1
            assert found.flow_px[int(ay), int(ax)] == pytest.approx((bx - ax, by - ay), abs=0.35)
    assert checked > 8


def walker() -> Figure:
    keys = [BodyKey(time_s=t, x_m=x, z_m=0.0, heading_deg=90.0, pose="walk") for t, x in ((0.0, -1.2), (2.0, 1.2))]
    return replace(stand("A", 0.0, 0.0), body=tuple(keys))


def warped(frame: np.ndarray, flow: np.ndarray) -> np.ndarray:
    """The next frame pulled back along the flow, bilinear."""
    height, width = frame.shape[:2]
    x = np.clip(np.arange(width) + flow[..., 0], 0, width - 1.001)
    y = np.clip(np.arange(height)[:, None] + flow[..., 1], 0, height - 1.001)
    ix, iy = x.astype(int), y.astype(int)
    fx, fy = (x - ix)[..., None], (y - iy)[..., None]
    f = frame.astype(float)
    top = f[iy, ix] * (1 - fx) + f[iy, ix + 1] * fx
    return top * (1 - fy) + (f[iy + 1, ix] * (1 - fx) + f[iy + 1, ix + 1] * fx) * fy


@pytest.mark.parametrize("moving", ["person", "camera", "prop"])
def test_the_next_frame_pulled_back_by_the_flow_is_this_frame(moving: str) -> None:
    if moving == "person":
        stage = seen_from(walker())
    elif moving == "camera":
        stage = seen_from(stand("A", 0.3, 0.5), eye=(-0.8, 1.5, -4.0), to=(0.8, 1.5, -3.6))
    else:
        keys = (PropKey(time_s=2.0, position=Vec3(1.5, 0.0, 0.0), moves="glides"),)
        stage = seen_from(
            props=(Prop(id="b", kind="box", position=Vec3(-1.5, 0.0, 0.0), colour=RGB(200, 60, 40), keys=keys),)
        )
    found = passes(stage, 0.6, *SIZE, fps=12)
    after = draw(stage, 0.6 + 1 / 12, *SIZE)
    who = {"person": found.person == 1, "prop": found.prop == 1, "camera": np.isfinite(found.depth_m)}[moving]
    assert who.sum() > 150
    here = found.frame.astype(float)
    with_flow = np.abs(warped(after, found.flow_px) - here).mean(axis=2)[who].mean()
    without = np.abs(after.astype(float) - here).mean(axis=2)[who].mean()
    assert with_flow < 0.62 * without, (with_flow, without)


def test_joints_are_seen_where_their_figure_is() -> None:
    stage = seen_from(stand("A", -0.7, 0.0), stand("B", 0.7, 0.0, heading=0.0))
    facing, away = passes(stage, 0.5, *SIZE).joints
    assert facing.visible.sum() >= 17  # the ear on the far side may be turned away
    names = dict(zip(JOINTS, away.visible, strict=True))
    assert not names["nose"] and not names["right_eye"]
    assert names["left_knee"] and names["neck"]
    left, right = (facing.points[JOINTS.index(f"{side}_shoulder")][0] for side in ("left", "right"))
    assert right < left  # who faces the camera has the right shoulder on the picture's left


def test_who_stands_behind_somebody_has_hidden_joints() -> None:
    stage = seen_from(stand("FAR", 0.0, 2.0), stand("NEAR", 0.0, 0.0))
    far, near = passes(stage, 0.5, *SIZE).joints
    assert near.visible.sum() > 15
    assert far.visible.sum() < 9


def test_props_and_crowds_have_their_own_ids() -> None:
    crowd = Crowd(id="C", kind="people", count=12, centre=Vec3(0, 0, 8), width_m=8, depth_m=2, heading_deg=180, seed=3)
    table = Prop(id="table", kind="table", position=Vec3(0.0, 0.0, 0.5))
    found = passes(seen_from(stand("A", -1.2, 0.0), props=(table,), crowds=(crowd,)), 0.5, *SIZE)
    assert {0, 1, 255} == set(np.unique(found.person))
    assert (found.prop == 1).sum() > 100
    assert not ((found.prop > 0) & (found.person > 0)).any()


def test_light_is_less_in_shadow_and_on_the_side_away_from_the_key() -> None:
    side = replace(LIGHT, key_azimuth_deg=270.0, key_elevation_deg=25.0)
    found = passes(seen_from(stand("A", 0.0, 0.0), light=side), 0.5, *SIZE)
    torso = found.part == PARTS.index("torso") + 1
    columns = np.flatnonzero(torso.any(axis=0))
    third = len(columns) // 3
    lit = found.light[:, columns[:third]][torso[:, columns[:third]]].mean()
    dark = found.light[:, columns[-third:]][torso[:, columns[-third:]]].mean()
    assert lit > dark + 0.25  # 270° is the picture's left
    assert found.light.min() >= 0.0 and found.light.max() <= 1.3


def test_the_plate_is_the_frame_without_people() -> None:
    kitchen = Place(kind="kitchen", interior=True, seed=5)
    stage = seen_from(stand("A", 0.0, 0.0), place=kitchen, eye=(0.0, 1.5, -3.5))
    found = passes(stage, 0.5, *SIZE)
    same = np.abs(found.frame.astype(int) - found.plate).max(axis=2) <= 2
    assert same[found.person == 0].mean() > 0.85  # but for shadows and what people sit on
    assert same[found.person == 1].mean() < 0.2
    assert np.array_equal(found.plate, draw(replace(stage, figures=()), 0.5, *SIZE))


def test_the_mannequin_knows_neither_light_nor_colour() -> None:
    stage = seen_from(stand("A", 0.0, 0.0))
    night = replace(stage, light=replace(LIGHT, hour="night"), weather=Weather(kind="clear", wind=0.2))
    red = replace(stage, figures=(replace(stage.figures[0], look=replace(LOOK, top_colour=RGB(20, 200, 40))),))
    assert np.array_equal(mannequin(stage, 0.5, *SIZE), mannequin(night, 0.5, *SIZE))
    assert np.array_equal(mannequin(stage, 0.5, *SIZE), mannequin(red, 0.5, *SIZE))


@pytest.mark.parametrize("size", [(64, 64), (288, 512), (612, 256), (101, 57)])
def test_passes_come_in_any_size(size: tuple[int, int]) -> None:
    found = passes(seen_from(stand("A", 0.0, 0.0)), 0.5, *size)
    shape = (size[1], size[0])
    for name in ("person", "part", "prop", "depth_m", "light"):
        assert getattr(found, name).shape == shape
    assert found.flow_px.shape == (*shape, 2)
    assert found.normals.shape == found.frame.shape == found.plate.shape == found.mannequin.shape == (*shape, 3)


@pytest.mark.parametrize("index", range(12))
def test_sampled_stages_keep_ids_depth_and_joints_in_step(index: int) -> None:
    stage = sample("train", index).stage
    found = passes(stage, 1.0, *SIZE)
    assert (
        found.person[(found.person != 255) & (found.person > 0)].size
        == (found.part > 0).sum() - ((found.part > 0) & (found.person == 255)).sum()
    )
    people = found.person > 0
    assert np.isfinite(found.depth_m[people]).all()
    for number, joints in enumerate(found.joints, 1):
        for (x, y, depth), seen in zip(joints.points, joints.visible, strict=True):
            if seen and 1 < x < SIZE[0] - 2 and 1 < y < SIZE[1] - 2 and found.person[int(y), int(x)] == number:
                near = 0.45 * stage.figures[number - 1].look.height_m
                assert abs(found.depth_m[int(y), int(x)] - depth) < near


def test_another_process_draws_the_same_passes() -> None:
    code = (
        "import hashlib; from model.sampler import sample; from model.theatre import passes; "
        "p = passes(sample('held_out', 3).stage, 0.8, 160, 90); "
        "print(hashlib.sha256(p.frame.tobytes() + p.surfaces.index.tobytes() + p.depth_m.tobytes()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    here = passes(sample("held_out", 3).stage, 0.8, 160, 90)
    made = hashlib.sha256(here.frame.tobytes() + here.surfaces.index.tobytes() + here.depth_m.tobytes()).hexdigest()
    assert done.stdout.strip() == made, done.stderr


@pytest.mark.parametrize("top", ["sweater", "coat", "dress", "hoodie", "uniform"])
def test_a_sheet_and_a_shot_agree_on_wardrobe_colours(top: str) -> None:
    look = replace(LOOK, top=top)  # type: ignore[arg-type]
    figure = replace(stand("A", 0.0, 0.0), look=look)
    place = Place(kind="living_room", interior=True, seed=2)
    stage = seen_from(figure, eye=(-0.8, 1.5, -3.0), place=place, light=NEUTRAL)
    found = passes(stage, 0.5, 512, 288)
    sheet = character_view(figure, "front", 160, 288)

    def usual(pixels: np.ndarray) -> np.ndarray:
        """The commonest colour: that of the cloth in the light."""
        values, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_counts=True)
        return values[counts.argmax()]

    torso = found.part == PARTS.index("torso") + 1
    on_sheet = np.abs(sheet.astype(int) - np.array([216, 212, 204])).max(axis=2) > 12
    rows = slice(70, 130)
    seen = usual(found.frame[torso])
    close = np.abs(sheet[rows].astype(int) - seen).sum(axis=2)[on_sheet[rows]]
    match = sheet[rows][on_sheet[rows]][close.argmin()]
    assert float(delta_e_2000(lab(seen), lab(match))) < 2.0
    assert (close <= np.abs(match.astype(int) - seen).sum() + 6).sum() > 200  # cloth, and not a single pixel


def test_known_colour_differences() -> None:
    """Pairs of the CIEDE2000 test data (Sharma et al. 2005, table 1)."""
    pairs = (
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    )
    for one, other, known in pairs:
        assert float(delta_e_2000(one, other)) == pytest.approx(known, abs=1e-4)
    assert lab((255, 255, 255)) == pytest.approx((100.0, 0.0, 0.0), abs=0.01)
    assert math.isclose(float(delta_e_2000(lab((10, 20, 30)), lab((10, 20, 30)))), 0.0)


def test_sheets_show_four_views_and_four_sides() -> None:
    figure = stand("A", 0.0, 0.0)
    sheet = character_sheet(figure, 320, 120)
    assert sheet.shape == (120, 320, 3)
    cells = [sheet[:, k * 80 : k * 80 + 80].astype(int) for k in range(4)]
    skin = [(np.abs(cell - np.array(LOOK.skin)).max(axis=2) < 40).mean() for cell in cells]
    assert skin[3] > 4 * skin[0] > 4 * skin[2]  # a face fills the last; from behind there is hardly any skin
    sides = place_sheet(Place(kind="kitchen", interior=True, seed=5), "day", 320, 180)
    assert sides.shape == (180, 320, 3)
    quarters = [sides[a : a + 90, b : b + 160].astype(int) for a in (0, 90) for b in (0, 160)]
    assert all(np.abs(one - other).mean() > 8 for i, one in enumerate(quarters) for other in quarters[:i])
