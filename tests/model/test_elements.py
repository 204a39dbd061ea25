"""Sky, lightning, wet ground, fog, wind and what has no solid form: seen, moving, and never popping."""

from __future__ import annotations

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
    PlaceKind,
    Prop,
    Stage,
    Vec3,
    Weather,
    WeatherKind,
)
from model.theatre import draw
from model.theatre.air.fog import fog_drawables
from model.theatre.air.sky import sky_colours
from model.theatre.air.wet import mirrored_view
from model.theatre.air.wind import wind_at
from model.theatre.elements import ELEMENTS
from model.theatre.lighting.flash import flash_at, strikes_at
from model.theatre.lighting.light import Tone
from model.theatre.props import KINDS
from model.theatre.view import View, view_at

LOOK = Look(
    height_m=1.7, age_years=35, build="average", gender="female", skin=RGB(214, 160, 130), hair="bob",
    hair_colour=RGB(70, 45, 30), beard="none", glasses="none", top="coat", top_colour=RGB(200, 40, 40),
    bottom="trousers", bottom_colour=RGB(50, 50, 60), shoe_colour=RGB(30, 25, 25), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip


def stage(
    kind: PlaceKind = "street",
    weather: WeatherKind = "clear",
    hour: Hour = "day",
    *,
    coat: RGB | None = None,
    lightning_s: tuple[float, ...] = (),
    wind: float = 0.3,
    interior: bool = False,
    up_m: float = 1.1,
    props: tuple[Prop, ...] = (),
) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(0.0, 1.7, -4.2), target=Vec3(0.0, up_m, 0.5), lens_mm=28.0)
    mark = BodyKey(time_s=0.0, x_m=0.0, z_m=1.2, heading_deg=180.0, pose="stand")
    figure = Figure(id="a", species="person", look=replace(LOOK, top_colour=coat or RGB(0, 0, 0)), body=(mark,))
    return Stage(
        duration_s=2.0,
        place=Place(kind=kind, interior=interior, seed=3),
        light=Light(
            hour=hour, key_azimuth_deg=150, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=5600
        ),
        weather=Weather(kind=weather, intensity=0.7, wind=wind, lightning_s=lightning_s),
        camera=Camera(keys=(key,)),
        figures=(figure,) if coat is not None else (),
        props=props,
        seed=5,
    )


def picture(found: Stage, time_s: float = 0.3) -> NDArray[np.float64]:
    return draw(found, time_s, 256, 144).astype(float)


def test_wet_ground_mirrors_who_stands_on_it_and_dry_ground_does_not() -> None:
    below = slice(122, 142)  # under the feet
    red, blue = RGB(220, 30, 30), RGB(30, 60, 220)
    wet = picture(stage(weather="rain", coat=red)) - picture(stage(weather="rain", coat=blue))
    dry = picture(stage(coat=red)) - picture(stage(coat=blue))
    assert wet[below, 100:156, 0].max() > 15  # redder where the coat is mirrored
    assert wet[below, 100:156, 2].min() < -15
    assert np.abs(dry[below]).max() < 4


def test_the_mirrored_view_sees_a_point_where_its_mirror_image_is() -> None:
    view = view_at(stage().camera, 0.0, 256, 144)
    points = np.array([[0.5, 1.2, 2.0], [-1.0, 3.0, 6.0]])
    assert np.allclose(mirrored_view(view).project(points), view.project(points * (1.0, -1.0, 1.0)))
    assert mirrored_view(view) is mirrored_view(view)


def test_clouds_drift_and_a_still_wind_moves_them_less() -> None:
    def moved(wind: float) -> float:
        found = stage("field", up_m=3.4, wind=wind)
        return float(np.abs(picture(found, 8.0) - picture(found, 0.0))[:40].mean())

    assert moved(1.0) > moved(0.0)
    assert moved(1.0) > 1.0


def test_clouds_before_a_locked_camera_are_those_painted_anew() -> None:
    locked = stage("field", up_m=3.4, wind=0.8)
    anew = replace(locked, camera=replace(locked.camera, handheld=1e-9))
    for time_s in (0.0, 3.0):
        assert np.abs(picture(locked, time_s) - picture(anew, time_s)).mean() < 1.0


@pytest.mark.parametrize("hour", ["dawn", "day", "golden_hour", "dusk"])
def test_a_closed_sky_is_paler_in_colour_than_an_open_one(hour: Hour) -> None:
    def colour(weather: WeatherKind) -> float:
        found = stage("field", weather, hour)
        return float(np.ptp(np.array(sky_colours(found, Tone.of(found))[0])))

    assert colour("overcast") < 0.8 * colour("clear")
    assert colour("fog") < 0.8 * colour("clear")


def test_lightning_flashes_within_two_frames_and_dies_away_without_a_jump() -> None:
    weather = Weather(kind="storm", lightning_s=(1.0,))
    fine = np.array([flash_at(weather, t) for t in np.arange(0.9, 2.2, 0.005)])
    assert flash_at(weather, 1.0) == 0.0 and flash_at(weather, 2.1) == 0.0
    assert max(flash_at(weather, 1.0 + k / 24) for k in (1, 2)) > 0.6
    assert np.abs(np.diff(fine)).max() < 0.2
    assert strikes_at(weather, 1.3) == [0] and strikes_at(weather, 0.99) == []


def test_a_flash_lifts_the_world_and_shows_its_bolt() -> None:
    found = stage("field", "storm", "night", lightning_s=(0.5,), up_m=3.0)
    before, during, after = (picture(found, t) for t in (0.49, 0.55, 2.0))
    assert during.mean() > before.mean() + 25
    assert abs(after.mean() - before.mean()) < 6
    assert (during[:90].min(axis=2) > 225).sum() > 20
    assert (before[:90].min(axis=2) > 225).sum() < 5


def test_a_flash_is_seen_through_a_rooms_window_more_than_in_the_room() -> None:
    found = stage("office", "storm", "night", lightning_s=(0.5,), interior=True)
    gain = (picture(found, 0.55) - picture(found, 0.49)).mean(axis=2)
    assert gain.max() > 60
    assert 1.0 < np.median(gain) < 0.5 * gain.max()


def test_fog_lies_in_slices_of_depth_that_drift() -> None:
    found = stage("park", "fog", wind=0.6)
    view: View = view_at(found.camera, 0.0, 256, 144)
    banks = fog_drawables(found, view, Tone.of(found), 0.0)
    assert len(banks) >= 2
    assert len({round(one.depth_m) for one in banks}) == len(banks)
    assert fog_drawables(stage("park"), view, Tone.of(found), 0.0) == []
    first, next_frame, later = (picture(found, t) for t in (0.0, 1 / 24, 5.0))
    assert np.abs(first - later).mean() > 0.4
    assert np.abs(first - next_frame).max() < 12


def test_wind_is_continuous_and_blows_only_where_there_is_some() -> None:
    still, gale = Weather(kind="clear", wind=0.0), Weather(kind="storm", wind=1.0)
    assert wind_at(still, 3.0, 1.0, 2.0) == (0.0, 0.0, 0.0)
    along = np.array([wind_at(gale, t, 1.0, 2.0).x for t in np.arange(0.0, 12.0, 1 / 24)])
    assert along.min() > 0.0 and along.max() < 14.0
    assert np.abs(np.diff(along)).max() < 0.7
    assert np.ptp(along) > 3.0


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_every_element_is_drawn_and_moves(kind: str) -> None:
    prop = Prop(id="it", kind=kind, position=Vec3(0.2, 0.0 if kind != "sparks" else 0.6, 1.0))
    empty, there = stage("desert", hour="dusk"), stage("desert", hour="dusk", props=(prop,))
    assert kind in KINDS
    assert (np.abs(picture(there) - picture(empty)).max(axis=2) > 12).sum() > 8
    assert (picture(there, 0.3) != picture(there, 0.7)).any()
    assert np.array_equal(picture(there, 0.5), picture(there, 0.5))


def test_smoke_leans_with_the_wind() -> None:
    prop = Prop(id="it", kind="smoke", position=Vec3(0.0, 0.0, 1.0))

    def middle(wind: float) -> float:
        changed = np.abs(
            picture(stage("desert", wind=wind, props=(prop,)), 3.0) - picture(stage("desert", wind=wind), 3.0)
        ).max(axis=2)
        return float(np.nonzero(changed > 10)[1].mean())

    assert middle(0.9) > middle(0.0) + 5
