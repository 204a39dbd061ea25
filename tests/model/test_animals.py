"""Animals: true to their measures, planted on the ground, with gaits of their own; horses with riders; birds, fish."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from model.stage import (
    RGB,
    ActKey,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Light,
    Look,
    Place,
    PoseName,
    Species,
    Stage,
    Vec3,
    Weather,
)  # fmt: skip
from model.theatre.animals.animal_motion import LEGS, animal_joints
from model.theatre.animals.horse import mount_of
from model.theatre.animals.horse_motion import HORSE_LEGS, horse_joints, saddle_height_m
from model.theatre.drawing import draw, surfaces
from model.theatre.surfaces import PARTS
from model.theatre.view import view_at

W, H = 320, 180
COAT = Look(
    height_m=1.0, age_years=5, build="average", gender="unspecified", skin=RGB(150, 96, 60), hair="short",
    hair_colour=RGB(50, 36, 30), beard="none", glasses="none", top="shirt", top_colour=RGB(80, 90, 120),
    bottom="trousers", bottom_colour=RGB(60, 60, 70), shoe_colour=RGB(40, 30, 30), hat="none", hat_colour=RGB(0, 0, 0),
)  # fmt: skip
HEIGHTS: dict[Species, float] = {"dog": 0.6, "cat": 0.28, "horse": 1.6, "bird": 0.35, "fish": 0.5}


def animal(
    species: Species, pose: PoseName = "stand", heading_deg: float = 90.0, speed: float = 0.0, height_m: float = 0.0
) -> Figure:
    """One that is at the stage's middle at 2 s."""
    a = math.radians(heading_deg)
    x, z = 2 * speed * math.sin(a), 2 * speed * math.cos(a)
    keys = [BodyKey(time_s=0.0, x_m=-x, z_m=-z, heading_deg=heading_deg, pose=pose, height_m=height_m)]
    if speed:
        keys.append(replace(keys[0], time_s=4.0, x_m=x, z_m=z))
    return Figure(id=species, species=species, look=replace(COAT, height_m=HEIGHTS[species]), body=tuple(keys), seed=2)


def stage(*figures: Figure, eye: Vec3 = Vec3(0.0, 1.3, -6.0), at: Vec3 = Vec3(0.0, 0.9, 0.0)) -> Stage:  # noqa: B008
    key = CameraKey(time_s=0.0, position=eye, target=at, lens_mm=35.0)
    light = Light(hour="day", key_azimuth_deg=215, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=5600)
    return Stage(
        duration_s=4.0, place=Place(kind="field", interior=False, seed=1), light=light, weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)), figures=figures,
    )  # fmt: skip


@pytest.mark.parametrize("species", ["dog", "cat", "horse", "bird"])
def test_it_is_as_high_as_its_look_in_pixels(species: Species) -> None:
    tall = HEIGHTS[species]
    one = stage(animal(species, heading_deg=88.0), eye=Vec3(0.0, tall, -6.0 * tall), at=Vec3(0.0, 0.6 * tall, 0.0))
    found = surfaces(one, 0.0, W, H)
    rows, columns = np.nonzero(found.owners[found.index] == 1)
    view = view_at(one.camera, 0.0, W, H)
    k = view.px_per_m(6.0 * tall) * tall
    if species == "bird":  # to its crown
        assert np.ptp(rows) / k == pytest.approx(1.0, abs=0.17)
        return
    back = rows[np.abs(columns - W / 2) < 0.12 * k].min()  # over its middle: to its back
    assert (rows.max() - back) / k == pytest.approx(0.97, abs=0.14)


def test_a_fish_is_as_long_as_its_look() -> None:
    joints = animal_joints(animal("fish", "swim"), 0.0)
    length = np.linalg.norm(joints["spine_0"] - (joints["tail_high"] + joints["tail_low"]) / 2)
    assert length == pytest.approx(0.5, rel=0.08)


@pytest.mark.parametrize(("speed", "pose"), [(1.6, "walk"), (3.6, "run"), (9.0, "run")])
def test_hooves_stay_where_they_land(speed: float, pose: PoseName) -> None:
    horse = animal("horse", pose, speed=speed)
    for t in np.linspace(1.2, 2.6, 29).tolist():
        now, soon = horse_joints(horse, t), horse_joints(horse, t + 0.01)
        for name, _, _ in HORSE_LEGS:
            a, b = now[f"{name}_hoof"], soon[f"{name}_hoof"]
            if max(a[1], b[1]) < 0.052:
                assert abs(b[0] - a[0]) < 0.25 * speed * 0.01 + 0.004


def test_a_walk_bears_always_and_a_gallop_flies() -> None:
    def down(horse: Figure, t: float) -> int:
        joints = horse_joints(horse, t)
        return sum(joints[f"{name}_hoof"][1] < 0.06 for name, _, _ in HORSE_LEGS)

    times = np.linspace(1.0, 3.0, 81).tolist()
    assert min(down(animal("horse", "walk", speed=1.6), t) for t in times) >= 2
    gallop = [down(animal("horse", "run", speed=9.0), t) for t in times]
    assert min(gallop) == 0 and max(gallop) >= 2


@pytest.mark.parametrize("species", ["dog", "cat", "horse", "bird", "fish"])
def test_nothing_jumps_between_poses(species: Species) -> None:
    poses: tuple[PoseName, ...] = ("swim",) if species == "fish" else ("stand", "walk", "run", "stand", "lie")
    x, keys = 0.0, []
    for i, pose in enumerate(poses):
        keys.append(BodyKey(time_s=1.5 * i, x_m=x, z_m=0.0, heading_deg=90.0, pose=pose))
        x += {"walk": 1.5, "run": 6.0}.get(pose, 0.0)
    one = replace(animal(species), body=tuple(keys))
    before = animal_joints(one, 0.0)
    for k in range(1, 700):
        now = animal_joints(one, k / 100)
        for name, at in now.items():
            assert np.linalg.norm(at - before[name]) * 100 < 17.0, (name, k / 100)
        before = now


def test_paws_and_hooves_never_sink() -> None:
    for species, legs, foot in (("dog", LEGS, "paw"), ("cat", LEGS, "paw"), ("horse", HORSE_LEGS, "hoof")):
        for pose, speed in (("stand", 0.0), ("walk", 1.2), ("run", 5.0), ("lie", 0.0)):
            one = animal(species, pose, speed=speed)  # type: ignore[arg-type]
            for t in np.linspace(0.0, 3.9, 40).tolist():
                joints = animal_joints(one, t)
                assert min(joints[f"{name}_{foot}"][1] for name, _, _ in legs) > 0.0


def ridden(heading_deg: float, speed: float = 0.0) -> tuple[Figure, Figure]:
    horse = animal("horse", "run" if speed else "stand", heading_deg, speed)
    seat = saddle_height_m(horse.look) - 0.46
    body = tuple(replace(key, pose="ride", height_m=seat) for key in horse.body)
    rider = Figure(id="rider", species="person", look=replace(COAT, height_m=1.75, skin=RGB(220, 170, 140)), body=body)
    return horse, rider


@pytest.mark.parametrize("heading_deg", [50.0, 110.0, 230.0, 290.0])
def test_a_riders_far_leg_is_behind_the_horse(heading_deg: float) -> None:
    horse, rider = ridden(heading_deg)
    assert mount_of(stage(horse, rider), rider, 0.0) is horse

    def shown(*figures: Figure) -> dict[str, int]:
        found = surfaces(stage(*figures), 0.0, 2 * W, 2 * H)
        his = found.owners[found.index] == figures.index(rider) + 1
        part = found.parts[found.index]
        return {name: int((his & (part == PARTS.index(name) + 1)).sum()) for name in PARTS}

    alone, up = shown(rider), shown(horse, rider)
    near, far = ("right_leg", "left_leg") if heading_deg < 180 else ("left_leg", "right_leg")
    assert up["head"] == pytest.approx(alone["head"], abs=8)
    assert up[near] > 0.85 * alone[near]
    assert up[far] < 0.45 * alone[far]


def test_a_ridden_horse_has_a_saddle() -> None:
    horse, rider = ridden(90.0)
    away = replace(rider, body=tuple(replace(key, x_m=9.0) for key in rider.body))
    on, off = (draw(stage(horse, one), 0.0, W, H).astype(int) for one in (rider, away))
    red = [(p[..., 0] - p[..., 1] > 70) & (p[..., 0] - p[..., 2] > 60) for p in (on, off)]
    assert red[0].sum() > red[1].sum() + 20


def test_a_horse_lowers_its_head_to_eat() -> None:
    grazing = replace(animal("horse"), acts=(ActKey(start_s=0.0, end_s=4.0, act="eat"),))
    assert animal_joints(grazing, 2.0)["muzzle"][1] < 0.45 < animal_joints(animal("horse"), 2.0)["muzzle"][1]


def test_a_bird_in_the_air_is_drawn_there_with_its_wings_out() -> None:
    bird = animal("bird", "fly", speed=3.0, height_m=4.0)
    found = surfaces(stage(bird, eye=Vec3(0.0, 4.0, -2.5), at=Vec3(0.0, 4.1, 0.0)), 2.0, W, H)
    shown = found.owners[found.index] == 1
    assert shown.sum() > 150
    joints = animal_joints(bird, 2.0)
    assert np.linalg.norm(joints["right_tip"] - joints["left_tip"]) > 1.9 * 0.35
    perched = animal_joints(animal("bird"), 2.0)
    assert np.linalg.norm(perched["right_tip"] - perched["left_tip"]) < 0.6 * 0.35
