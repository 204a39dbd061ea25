"""Vehicles: solid from all sides, true to their measures, moved and lit by their keys, states and hours."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from model.stage import (
    RGB,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Hour,
    Light,
    Look,
    Place,
    Prop,
    PropKey,
    Stage,
    Vec3,
    Weather,
)  # fmt: skip
from model.theatre.drawing import draw, surfaces
from model.theatre.props import KINDS
from model.theatre.vehicles.drive import VEHICLES, travelled_m, vehicle_of
from model.theatre.view import view_at

W, H = 320, 180
DISTANCE_M = {"plane": 40.0, "ship": 70.0, "train": 40.0, "tram": 26.0, "bus": 18.0, "truck": 15.0, "helicopter": 16.0}
LOOK = Look(
    height_m=1.75, age_years=30, build="average", gender="male", skin=RGB(220, 170, 140), hair="short",
    hair_colour=RGB(40, 30, 30), beard="none", glasses="none", top="jacket", top_colour=RGB(60, 80, 120),
    bottom="trousers", bottom_colour=RGB(50, 50, 60), shoe_colour=RGB(30, 30, 30), hat="none", hat_colour=RGB(0, 0, 0),
)  # fmt: skip


def stage(*props: Prop, hour: Hour = "day", away_m: float = 9.0, figures: tuple[Figure, ...] = ()) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(0.0, 1.6, -away_m), target=Vec3(0.0, 0.1 * away_m, 0.0), lens_mm=35.0)
    light = Light(hour=hour, key_azimuth_deg=215, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=5600)
    return Stage(
        duration_s=4.0, place=Place(kind="field", interior=False, seed=1), light=light, weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)), props=props, figures=figures,
    )  # fmt: skip


def parked(kind: str, heading_deg: float = 90.0, state: str = "") -> Prop:
    return Prop(id="v", kind=kind, position=Vec3(0.0, 0.0, 0.0), heading_deg=heading_deg, state=state)


def glides(kind: str, *way: tuple[float, float, float], heading_deg: float = 90.0) -> Prop:
    """A vehicle that is at (x, z) at each time of its way: (time, x, z)."""
    keys = tuple(
        PropKey(time_s=t, position=Vec3(x, 0.0, z), heading_deg=heading_deg, moves="glides" if i else "jumps")
        for i, (t, x, z) in enumerate(way)
    )
    return Prop(id="v", kind=kind, position=keys[0].position, heading_deg=heading_deg, keys=keys)


def seen(one: Stage, time_s: float = 0.0) -> NDArray[np.bool_]:
    """Which pixels show the only prop."""
    found = surfaces(one, time_s, W, H)
    return np.asarray(found.owners[found.index] == 1 + len(one.figures))


def test_every_kind_is_a_kind_of_prop() -> None:
    assert set(VEHICLES) <= KINDS
    assert len(VEHICLES) >= 18


@pytest.mark.parametrize("kind", sorted(VEHICLES))
def test_it_is_as_long_and_as_high_as_it_says(kind: str) -> None:
    away = DISTANCE_M.get(kind, 9.0)
    one = stage(parked(kind), away_m=away)
    vehicle = vehicle_of(one.props[0], "")
    view = view_at(one.camera, 0.0, W, H)
    shown = seen(one)
    columns, rows = np.flatnonzero(shown.any(axis=0)), np.flatnonzero(shown.any(axis=1))
    ends = [view.point(s * vehicle.half_length_m, 1.0, 0.0)[0] for s in (-1.0, 1.0)]
    length = abs(ends[1] - ends[0])
    if kind in ("bicycle", "motorcycle", "ship", "plane", "horse_cart", "helicopter", "ufo", "spaceship"):
        assert np.ptp(columns) > 0.7 * length  # rigging, rods and rotors reach beyond their solid
        return
    assert np.ptp(columns) == pytest.approx(length, rel=0.12)
    top = view.point(0.0, vehicle.height_m, -vehicle.half_width_m)[1]
    assert rows[0] == pytest.approx(top, abs=0.1 * H)


@pytest.mark.parametrize("kind", sorted(VEHICLES))
def test_it_has_eight_sides_day_and_night(kind: str) -> None:
    away = DISTANCE_M.get(kind, 9.0)
    round_about: list[NDArray[np.uint8]] = []
    for hour in ("day", "night"):
        for k in range(0, 8, 2 if hour == "night" else 1):
            round_about.append(draw(stage(parked(kind, 45.0 * k + 20), hour=hour, away_m=away), 0.2, 128, 72))
    same = [(i, j) for i, a in enumerate(round_about) for j, b in enumerate(round_about[:i]) if (a == b).all()]
    assert not same or kind in ("ufo", "spaceship")


def test_a_car_has_a_red_back_and_a_pale_front_at_night() -> None:
    def glowing(heading_deg: float, state: str = "") -> tuple[int, int]:
        """How many pixels are red and how many are pale, that are not so without the car."""
        scenes = [stage(*props, hour="night", away_m=7.0) for props in ((), (parked("car", heading_deg, state),))]
        bare, with_it = (draw(one, 0.0, W, H).astype(int) for one in scenes)
        red, pale = (((p[..., 0] > p[..., 1] + 90), (p.min(axis=2) > 165)) for p in (bare, with_it))
        return int((with_it[..., 0] > with_it[..., 1] + 90).sum() - red[0].sum()), int(pale[1].sum() - red[1].sum())

    back, front, dark = glowing(0.0), glowing(180.0), glowing(180.0, "off")
    assert back[0] > 40 > front[0]
    assert front[1] > 40 > back[1]
    assert dark[1] < 40


def test_wheels_turn_by_the_way_gone() -> None:
    gone = glides("car", (0.0, 0.0, 0.0), (2.0, 8.0, 0.0), (4.0, 3.0, 0.0))
    assert [travelled_m(gone, t) for t in (0.0, 1.0, 2.0, 4.0)] == pytest.approx([0.0, 4.0, 8.0, 3.0])
    spoke = 2 * math.pi / 5 * 0.32  # a fifth of a turn looks the same
    here = [glides("car", (-2.0, -way, 0.0), (0.0, 0.0, 0.0)) for way in (2.0, 2.0 + spoke, 2.0 + spoke / 2)]
    first, whole, half = (draw(stage(one, away_m=6.0), 0.0, 512, 288).astype(int) for one in here)
    assert np.abs(first - whole).max() <= 2
    turned = np.abs(first - half).max(axis=2) > 8
    assert turned.sum() > 60
    view = view_at(stage(away_m=6.0).camera, 0.0, 512, 288)
    hubs = [view.point(x, 0.32, -0.88) for x in (1.36, -1.32)]
    rows, columns = np.nonzero(turned)
    radius = 0.34 * view.px_per_m(hubs[0][2])
    assert all(
        min(math.hypot(x - hx, y - hy) for hx, hy, _ in hubs) < radius for x, y in zip(columns, rows, strict=True)
    )


def test_a_gliding_bus_is_where_its_keys_say() -> None:
    one = stage(glides("bus", (0.0, -6.0, 4.0), (2.0, 6.0, 4.0)), away_m=20.0)
    middles = [float(np.flatnonzero(seen(one, t).any(axis=0)).mean()) for t in (0.0, 1.0, 2.0)]
    assert middles[1] == pytest.approx(W / 2, abs=6)
    assert middles[1] - middles[0] == pytest.approx(middles[2] - middles[1], abs=4)


def test_people_stand_before_and_behind_a_long_vehicle() -> None:
    def shown(x: float, z: float, *props: Prop) -> int:
        key = BodyKey(time_s=0.0, x_m=x, z_m=z, heading_deg=180.0, pose="stand")
        hero = Figure(id="hero", species="person", look=LOOK, body=(key,))
        found = surfaces(stage(*props, figures=(hero,), away_m=16.0), 0.0, W, H)
        return int((found.owners[found.index] == 1).sum())

    bus = parked("bus", 60.0)
    a = math.radians(60.0)
    for along in (-4.0, 0.0, 4.0):
        for across, whole in ((1.9, True), (-1.9, False)):
            # To its right stands who is nearer to the camera.
            x, z = along * math.sin(a) + across * math.cos(a), along * math.cos(a) - across * math.sin(a)
            share = shown(x, z, bus) / shown(x, z)
            assert share > 0.97 if whole else share < 0.35


def test_only_what_floats_or_flies_stirs_when_parked() -> None:
    def stirs(kind: str) -> bool:
        one = stage(parked(kind), away_m=DISTANCE_M.get(kind, 9.0))
        return bool((seen(one, 0.4) != seen(one, 1.3)).any())

    assert stirs("boat")
    assert not stirs("car") and not stirs("bicycle")


@pytest.mark.parametrize(("kind", "state"), [("car", "open"), ("car", "broken"), ("van", "open"), ("bus", "open")])
def test_states_show(kind: str, state: str) -> None:
    heading = {"car": 200.0, "van": 20.0, "bus": 120.0}[kind]
    away = DISTANCE_M.get(kind, 7.0)
    plain, other = (draw(stage(parked(kind, heading, s), away_m=away), 0.0, W, H) for s in ("", state))
    assert (plain != other).any(axis=2).sum() > 25


def test_pictures_do_not_hang_on_what_was_drawn_before() -> None:
    one = stage(parked("taxi", 130.0), hour="dusk")
    first = draw(one, 0.5, W, H)
    draw(stage(parked("taxi", 10.0, "off"), hour="night"), 0.5, W, H)
    assert (draw(one, 0.5, W, H) == first).all()


def test_what_is_kept_looks_as_painted_anew() -> None:
    kept = stage(parked("taxi", 130.0), hour="dusk")
    key = kept.camera.keys[0]
    later = replace(key, time_s=4.0, position=Vec3(1.0, 1.6, -9.0))
    anew = replace(kept, camera=Camera(keys=(key, later)))
    one, other = (draw(scene, 0.0, W, H).astype(int) for scene in (kept, anew))
    assert np.abs(one - other).max() <= 3
    assert np.abs(one - draw(stage(hour="dusk"), 0.0, W, H).astype(int)).max() > 60


def test_cars_of_no_stated_colour_differ_by_id_and_keep_theirs() -> None:
    def coats(name: str) -> tuple[object, ...]:
        return vehicle_of(replace(parked("car"), id=name), "").segments[0][1].coats

    assert coats("HER CAR") == coats("HER CAR")
    assert len({coats(name) for name in ("car", "HER CAR", "sedan", "getaway", "car 2", "car 3")}) >= 3


def test_oars_sweep_as_the_boat_goes() -> None:
    here = [glides("boat", (-2.0, -way, 0.0), (0.0, 0.0, 0.0)) for way in (2.0, 2.5, 4.0)]
    first, half, whole = (draw(stage(one, away_m=6.0), 0.0, W, H).astype(int) for one in here)
    assert np.abs(first - whole).max() <= 2
    assert (np.abs(first - half).max(axis=2) > 10).sum() > 60
