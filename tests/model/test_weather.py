"""Weather: rain that falls, snow that lies, fog that hides, and nothing of it indoors."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

from model.sampler.cast import person
from model.stage import (
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Light,
    Place,
    PlaceKind,
    Stage,
    Vec3,
    Weather,
    WeatherKind,
)
from model.theatre.air.weather import paint_outside, paint_weather
from model.theatre.drawing import surfaces
from model.theatre.lighting.light import Tone
from model.theatre.place import place_background, place_drawables
from model.theatre.view import view_at


def stage(weather: WeatherKind, *, kind: PlaceKind = "street", interior: bool = False, intensity: float = 0.6) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(0.2, 1.5, -3.4), target=Vec3(0.0, 1.2, 0.2), lens_mm=28)
    return Stage(
        duration_s=2.0,
        place=Place(kind=kind, interior=interior, seed=3),
        light=Light(
            hour="day", key_azimuth_deg=230, key_elevation_deg=50, key_to_fill_ratio=2, colour_temperature_k=5600
        ),
        weather=Weather(kind=weather, intensity=intensity, wind=0.5),
        camera=Camera(keys=(key,)),
        seed=4,
    )


def fallen(found: Stage, time_s: float) -> NDArray[np.uint8]:
    """The weather alone, over middle grey."""
    pixels = np.full((90, 160, 4), 90, dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    paint_weather(canvas, found, view_at(found.camera, 0.0, 160, 90), Tone.of(found), time_s)
    return pixels[..., :3].copy()


def whole(found: Stage) -> NDArray[np.uint8]:
    pixels = np.zeros((90, 160, 4), dtype=np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    view, tone = view_at(found.camera, 0.0, 160, 90), Tone.of(found)
    place_background(canvas, found, view, tone, 0.0)
    for drawable in sorted(place_drawables(found, view, tone, 0.0), key=lambda d: -d.depth_m):
        drawable.paint(canvas)
    return pixels[..., :3].copy()


@pytest.mark.parametrize("weather", ["rain", "snow", "wind", "storm"])
def test_weather_moves(weather: WeatherKind) -> None:
    found = stage(weather)
    assert (fallen(found, 0.0) != fallen(found, 0.25)).any()
    assert np.array_equal(fallen(found, 0.25), fallen(found, 0.25))


@pytest.mark.parametrize("weather", ["clear", "overcast"])
def test_nothing_falls_from_a_dry_sky(weather: WeatherKind) -> None:
    assert (fallen(stage(weather), 0.5) == 90).all()


@pytest.mark.parametrize("weather", ["rain", "snow", "fog"])
def test_nothing_falls_indoors(weather: WeatherKind) -> None:
    assert (fallen(stage(weather, kind="office", interior=True), 0.5) == 90).all()


def test_harder_rain_is_more_rain() -> None:
    light, heavy = (int((fallen(stage("rain", intensity=i), 0.5) != 90).sum()) for i in (0.1, 1.0))
    assert heavy > 1.8 * light


def test_rain_falls_downwards() -> None:
    """Between two near times the picture moved down: it matches itself shifted down better than up."""
    found = stage("rain", intensity=0.3)
    one, two = fallen(found, 0.5).astype(int), fallen(found, 0.505).astype(int)
    down, up = (np.abs(np.roll(one, shift, axis=0)[8:-8] - two[8:-8]).mean() for shift in (2, -2))
    assert down < up


def test_snow_lies_on_the_street() -> None:
    bare, snowed = whole(stage("clear")).astype(float), whole(stage("snow")).astype(float)
    assert snowed[70:].mean() > bare[70:].mean() + 20


def test_fog_hides_the_distance() -> None:
    clear, fog = whole(stage("clear")), whole(stage("fog"))
    band = slice(28, 46)
    assert fog[band].astype(float).std() < 0.8 * clear[band].astype(float).std()


def test_rain_is_seen_through_a_window() -> None:
    dry, wet = (whole(stage(w, kind="cafe", interior=True)) for w in ("overcast", "rain"))
    assert (dry != wet).any()


def test_snow_outside_a_window_whitens_what_is_seen_and_not_the_room() -> None:
    clear, snow = (
        whole(replace(stage(w, kind="office", interior=True), weather=Weather(kind=w, intensity=1.0))).astype(float)
        for w in ("clear", "snow")
    )
    gain = (snow - clear).mean(axis=2)
    assert (gain > 25).sum() > 40
    assert np.abs(gain).mean() < 12


def test_drops_sit_on_a_rainy_window_and_run_down() -> None:
    found = stage("rain", kind="office", interior=True, intensity=1.0)
    view, tone = view_at(found.camera, 0.0, 160, 90), Tone.of(found)

    def panes(kind: PlaceKind, time_s: float) -> NDArray[np.uint8]:
        pixels = np.full((90, 160, 4), 60, dtype=np.uint8)
        canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
        paint_outside(canvas, replace(found, place=replace(found.place, kind=kind)), view, tone, time_s)
        return pixels[..., :3].copy()

    glazed, bare = panes("office", 0.5), panes("cave", 0.5)
    assert (glazed != bare).any(axis=2).sum() > 100
    still = (panes("office", 0.5) == panes("office", 0.9)).all(axis=2) & (glazed != 60).any(axis=2)
    assert still.sum() > 60  # most drops sit


def test_wind_moves_skirts_and_loose_hair() -> None:
    """What hangs goes with the wind: its middle moves along with it, the head stays."""
    look = replace(person("train", "sheet", 113).look, hair="long", hat="none", top="dress", gender="female")
    figure = Figure(id="A", species="person", look=look,
                    body=(BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=180.0, pose="stand"),))  # fmt: skip
    key = CameraKey(time_s=0.0, position=Vec3(0.0, 1.1, -4.0), target=Vec3(0.0, 0.9, 0.0), lens_mm=40.0)
    frames = []
    for wind in (0.0, 1.0):
        shot = replace(
            stage("clear", kind="field"),
            weather=Weather(kind="clear", wind=wind),
            camera=Camera(keys=(key,)),
            figures=(figure,),
        )
        frames.append(surfaces(shot, 1.0, 200, 240))
    hem = [(one.owners == 1)[one.index][150:185] for one in frames]
    middles = [float(np.nonzero(rows)[1].mean()) for rows in hem]
    assert middles[1] > middles[0] + 2.0
