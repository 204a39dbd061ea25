"""Crowds, flocks and shoals: told by seed and time, within their ground, and sorted among those who play."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.stage import RGB, BodyKey, Camera, CameraKey, Crowd, Figure, Light, Look, Place, Prop, Stage, Vec3, Weather
from model.theatre.animals.flock import flock_at
from model.theatre.crowds.crowd import ELBOW_ROOM_M, JOINTS, folk_of, joints_of, spots_at
from model.theatre.crowds.crowd_ground import floor_taken
from model.theatre.drawing import draw, surfaces
from model.theatre.surfaces import CROWD

W, H = 256, 144
LOOK = Look(
    height_m=1.75, age_years=30, build="average", gender="male", skin=RGB(220, 170, 140), hair="short",
    hair_colour=RGB(40, 30, 30), beard="none", glasses="none", top="jacket", top_colour=RGB(60, 80, 120),
    bottom="trousers", bottom_colour=RGB(50, 50, 60), shoe_colour=RGB(30, 30, 30), hat="none", hat_colour=RGB(0, 0, 0),
)  # fmt: skip


def crowd(**changes: object) -> Crowd:
    given: dict[str, object] = {
        "id": "extras", "kind": "people", "count": 60, "centre": Vec3(0.0, 0.0, 5.0), "width_m": 12.0, "depth_m": 6.0,
        "heading_deg": 90.0, "doing": "walk", "seed": 4,
    }  # fmt: skip
    return Crowd(**(given | changes))  # type: ignore[arg-type]


def stage(*crowds: Crowd, figures: tuple[Figure, ...] = ()) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(0.0, 1.6, -5.0), target=Vec3(0.0, 1.2, 5.0), lens_mm=30.0)
    light = Light(hour="day", key_azimuth_deg=215, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=5600)
    return Stage(
        duration_s=3.0, place=Place(kind="field", interior=False, seed=1), light=light, weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)), figures=figures, crowds=crowds,
    )  # fmt: skip


def principal(x: float, z: float) -> Figure:
    key = BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=180.0, pose="stand")
    return Figure(id="hero", species="person", look=LOOK, body=(key,))


@pytest.mark.parametrize("doing", ["stand", "walk", "sit", "cheer", "dance"])
def test_everybody_stays_on_the_crowds_ground(doing: str) -> None:
    them = crowd(doing=doing, heading_deg=37.0)
    for time_s in (0.0, 3.7, 41.0):
        at = spots_at(them, time_s).at
        assert len(at) == 60
        assert np.abs(at[:, 0]).max() <= 6.0
        assert np.abs(at[:, 2] - 5.0).max() <= 3.0


def test_walkers_go_along_the_heading_and_come_and_go_unseen() -> None:
    them = crowd()
    now, soon = spots_at(them, 2.0), spots_at(them, 2.04)
    step = soon.at - now.at
    stayed = np.abs(step[:, 0]) < 1.0
    assert stayed.sum() >= 55
    assert (step[stayed, 0] > 0.02).all() and np.abs(step[:, 2]).max() < 1e-9
    assert now.there[~stayed].max(initial=0.0) < 0.05


def test_the_same_seed_is_the_same_crowd_and_another_is_not() -> None:
    first = draw(stage(crowd()), 1.0, W, H)
    folk_of.cache_clear()
    assert (draw(stage(crowd()), 1.0, W, H) == first).all()
    assert (draw(stage(crowd(seed=5)), 1.0, W, H) != first).any(axis=2).mean() > 0.03


def test_a_crowd_differs_in_body_and_dress() -> None:
    folk = folk_of(crowd())
    assert np.ptp(folk.height_m) > 0.3
    assert len(set(folk.top.tolist())) >= 8 and len(set(folk.skin.tolist())) >= 4


def test_they_make_room_for_who_plays() -> None:
    them = crowd(doing="stand")
    x, _, z = spots_at(them, 0.0).at[7].tolist()
    moved = spots_at(them, 0.0, ((x + 0.1, z, ELBOW_ROOM_M),)).at
    assert np.hypot(moved[:, 0] - x - 0.1, moved[:, 2] - z).min() > ELBOW_ROOM_M - 1e-6


def test_a_crowd_parts_before_a_car() -> None:
    them = crowd(doing="stand")
    car = Prop(id="car", kind="car", position=Vec3(0.0, 0.0, 5.0), heading_deg=90.0)
    circles = floor_taken(replace(stage(them), props=(car,)), 0.0)
    inside = [np.abs(at[:, 0]) < 2.2 for at in (spots_at(them, 0.0).at, spots_at(them, 0.0, circles).at)]
    wide = [np.abs(at[:, 2] - 5.0) < 0.85 for at in (spots_at(them, 0.0).at, spots_at(them, 0.0, circles).at)]
    assert (inside[0] & wide[0]).sum() >= 4
    assert (inside[1] & wide[1]).sum() == 0


@pytest.mark.parametrize("doing", ["walk", "sit", "dance", "cheer"])
def test_bones_keep_their_lengths(doing: str) -> None:
    them = crowd(doing=doing)
    height = folk_of(them).height_m
    for time_s in np.linspace(0.0, 1.4, 9).tolist():
        joints = joints_of(them, spots_at(them, time_s), time_s)
        for side in ("right", "left"):
            hip, knee, ankle = (joints[:, JOINTS.index(f"{side}_{n}")] for n in ("hip", "knee", "ankle"))
            thigh, shin = np.linalg.norm(knee - hip, axis=1) / height, np.linalg.norm(ankle - knee, axis=1) / height
            assert np.abs(thigh - 0.245).max() < 0.03
            assert np.abs(shin - 0.245).max() < 0.03


def test_a_crowd_moves_without_jumps() -> None:
    for doing in ("walk", "cheer", "dance", "sit"):
        them = crowd(doing=doing, heading_deg=0.0, depth_m=400.0)
        steps = [joints_of(them, spots_at(them, t), t) for t in (1.0, 1.0 + 1 / 48)]
        assert np.linalg.norm(steps[1] - steps[0], axis=2).max() * 48 < 9.0  # m/s


def test_a_principal_stands_before_some_and_behind_others() -> None:
    seen = {}
    for z in (1.0, 4.5, 8.5):
        hero = principal(0.0, z)
        alone = surfaces(stage(figures=(hero,)), 0.0, W, H)
        among = surfaces(stage(crowd(doing="stand", heading_deg=180.0), figures=(hero,)), 0.0, W, H)
        his, still = (one.owners[one.index] == 1 for one in (alone, among))
        assert ((among.owners[among.index] == CROWD) & ~his).sum() > 800
        assert not (still & ~his).any()
        seen[z] = still.sum() / his.sum()
    assert seen[1.0] == 1.0
    assert seen[8.5] < seen[4.5] < 1.0


def test_far_people_are_as_tall_as_people() -> None:
    one = crowd(count=1, width_m=0.5, depth_m=0.5, doing="stand", centre=Vec3(0.0, 0.0, 9.0))
    changed = (draw(stage(one), 0.0, 512, 288) != draw(stage(), 0.0, 512, 288)).any(axis=2)
    rows = np.flatnonzero(changed.any(axis=1))
    expected = folk_of(one).height_m[0] * 288 * 30.0 / 20.25 / 14.0
    assert np.ptp(rows) == pytest.approx(expected, rel=0.15)


@pytest.mark.parametrize(("kind", "doing"), [("birds", "fly"), ("birds", "stand"), ("fish", "swim")])
def test_flocks_keep_together_and_never_jump(kind: str, doing: str) -> None:
    them = crowd(kind=kind, doing=doing, count=40, centre=Vec3(0.0, 4.0, 10.0))
    for time_s in (0.3, 2.0, 17.0):
        at, way, there = flock_at(them, time_s)
        after, _, _ = flock_at(them, time_s + 0.02)
        assert np.allclose(np.linalg.norm(way, axis=1), 1.0)
        step = np.linalg.norm(after - at, axis=1)
        assert step[there > 0.02].max() < 0.25
        assert np.abs(at[:, 0]).max() < 12.0 and np.abs(at[:, 2] - 10.0).max() < 6.0
        if doing != "stand":
            assert (way[:, 0] > 0).mean() > 0.8


def test_a_flock_is_seen_in_the_sky() -> None:
    birds = crowd(kind="birds", doing="fly", count=60, centre=Vec3(0.0, 4.0, 9.0))
    changed = (draw(stage(birds), 0.5, W, H) != draw(stage(), 0.5, W, H)).any(axis=2)
    assert changed[: H // 2].sum() > 120
    assert changed[int(H * 0.8) :].sum() == 0
