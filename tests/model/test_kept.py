"""What is kept before a locked camera shows what painting it anew would; what is left out cannot be seen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import skia

from model.stage import (
    RGB,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    FocusKey,
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
from model.theatre.focus import Focus, narrow_blur, soften
from model.theatre.sets.near import before_lens
from model.theatre.view import view_at

LOOK = Look(
    height_m=1.7, age_years=35, build="average", gender="female", skin=RGB(214, 160, 130), hair="bob",
    hair_colour=RGB(70, 45, 30), beard="none", glasses="round", top="coat", top_colour=RGB(150, 40, 50),
    bottom="trousers", bottom_colour=RGB(50, 50, 60), shoe_colour=RGB(30, 25, 25), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip


def stage(kind: PlaceKind, interior: bool, weather: WeatherKind, x_m: float = 0.0) -> Stage:
    mark = BodyKey(time_s=0.0, x_m=x_m, z_m=1.5, heading_deg=160.0, pose="stand")
    key = CameraKey(time_s=0.0, position=Vec3(0.4, 1.6, -3.5), target=Vec3(0.0, 1.2, 2.0), lens_mm=32.0)
    return Stage(
        duration_s=2.0,
        place=Place(kind=kind, interior=interior, seed=4),
        light=Light(
            hour="night", key_azimuth_deg=140, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=4600
        ),
        weather=Weather(kind=weather),
        camera=Camera(keys=(key,)),
        figures=(Figure(id="a", species="person", look=LOOK, body=(mark,), seed=3),),
        props=(
            Prop(id="chair", kind="chair", position=Vec3(-1.2, 0.0, 0.4), heading_deg=30),
            Prop(id="box", kind="box", position=Vec3(0.9, 0.0, 3.0)),
        ),
    )


@pytest.mark.parametrize(
    ("kind", "interior", "weather"),
    [("cafe", True, "rain"), ("office", True, "snow"), ("park", False, "clear"), ("street", False, "rain")],
)
def test_kept_pictures_show_what_painting_anew_would(kind: PlaceKind, interior: bool, weather: WeatherKind) -> None:
    locked = stage(kind, interior, weather)
    # Held by a hand that hardly trembles: the same view, but nothing of it is kept.
    anew = replace(locked, camera=replace(locked.camera, handheld=1e-9))
    for time_s in (0.0, 0.7):
        kept_pixels, new_pixels = (draw(s, time_s, 256, 144).astype(int) for s in (locked, anew))
        off = np.abs(kept_pixels - new_pixels)
        assert off.mean() < 1.0
        assert (off.max(axis=2) > 40).mean() < 0.002


@pytest.mark.parametrize(
    ("kind", "interior", "weather"),
    [("office", True, "snow"), ("park", False, "clear"), ("street", False, "storm")],
)
def test_a_soft_backdrop_moves_as_one_painted_anew(kind: PlaceKind, interior: bool, weather: WeatherKind) -> None:
    plain = stage(kind, interior, weather)
    key = CameraKey(time_s=0.0, position=Vec3(0.4, 1.5, -2.5), target=Vec3(0.0, 2.2, 2.0), lens_mm=75.0)
    camera = Camera(keys=(key,), focus=(FocusKey(time_s=0.0, on="a"),), f_number=1.4)
    locked = replace(plain, camera=camera, figures=(), props=(replace(plain.props[1], id="a"),))
    anew = replace(locked, camera=replace(camera, handheld=1e-9))
    start, kept_pixels, new_pixels = (
        draw(s, time_s, 256, 144).astype(int) for s, time_s in ((locked, 0.0), (locked, 9.0), (anew, 9.0))
    )
    off = np.abs(kept_pixels - new_pixels)
    assert off.mean() < 1.0
    assert (off.max(axis=2) > 24).mean() < 0.002
    assert np.abs(kept_pixels - start).max() > 4  # clouds drift and snow falls out of focus too


def test_only_what_a_part_spreads_to_is_softened() -> None:
    shot = stage("park", False, "clear")
    view = view_at(shot.camera, 0.0, 256, 144)
    sharp = np.random.default_rng(3).integers(0, 255, (144, 256, 4), dtype=np.uint8)
    sharp[..., 3] = 255
    focus = Focus(distance_m=2.0, scale_px=1.8)
    part, whole = sharp.copy(), sharp.copy()
    reach = soften(part, focus, view, math.inf, (30, 60, 100, 140))
    soften(whole, focus, view, math.inf)
    assert reach is not None
    top, foot, left, right = reach
    assert (top, foot, left, right) < (30, 145, 100, 257)
    assert foot - top < 60
    assert np.abs(part[top:foot, left:right].astype(int) - whole[top:foot, left:right]).max() <= 2
    part[top:foot, left:right] = sharp[top:foot, left:right]
    assert (part == sharp).all()


@pytest.mark.parametrize("sigma_px", [0.4, 0.7, 1.1, 1.4])
def test_a_narrow_blur_spreads_a_point_as_wide_as_it_is_asked(sigma_px: float) -> None:
    point = np.zeros((33, 33, 4), dtype=np.uint8)
    point[14:19, 14:19] = 255  # a square, whose own variance is 2
    spread = narrow_blur(point, sigma_px, skia.TileMode.kDecal)[..., 1].astype(float)
    assert spread.sum() == pytest.approx(point[..., 1].sum(), rel=0.01)
    at = np.arange(33) - 16
    for weights in (spread.sum(axis=0), spread.sum(axis=1)):
        assert (weights * at * at).sum() / weights.sum() == pytest.approx(2.0 + sigma_px**2, rel=0.06)


def test_what_lies_behind_the_lens_is_left_out_and_what_reaches_behind_it_is_taken_apart() -> None:
    path = skia.Path()
    for x in (0.0, 2.0, 4.0):
        path.addRect(skia.Rect.MakeXYWH(x, 0.0, 1.0, 1.0))
    assert before_lens(path, (-9.0, 1.0, 0.5), 0.1) == ()
    assert before_lens(path, (1.0, 1.0, 0.5), 0.1) == (path,)
    whole, cut = before_lens(path, (-2.5, 1.0, 0.0), 0.1)
    assert (whole.getBounds().left(), cut.getBounds().left()) == (4.0, 2.0)
    whole, cut = before_lens(path, (2.5, -1.0, 0.0), 0.1)
    assert (whole.getBounds().right(), cut.getBounds().right()) == (1.0, 3.0)


def test_a_kept_picture_does_not_keep_people() -> None:
    here, there = (draw(stage("park", False, "clear", x_m), 0.5, 256, 144) for x_m in (-0.8, 0.8))
    assert (here != there).any(axis=2).mean() > 0.02


def test_rain_at_the_windows_of_a_kept_room_moves() -> None:
    room = stage("cafe", True, "rain")
    empty = replace(room, figures=())
    assert (draw(empty, 0.2, 256, 144) != draw(empty, 0.4, 256, 144)).any()


def test_what_projects_into_the_picture_is_seen() -> None:
    view = view_at(stage("park", False, "clear").camera, 0.0, 256, 144)
    points = np.random.default_rng(5).uniform((-12, -3, -12), (12, 5, 20), (4000, 3))
    pixels = view.project(points)
    inside = (
        (pixels[:, 2] > 0.1) & (pixels[:, 0] > 0) & (pixels[:, 0] < 256) & (pixels[:, 1] > 0) & (pixels[:, 1] < 144)
    )
    seen = np.array([view.sees(point, 0.0) for point in points.tolist()])
    assert inside.any()
    assert seen[inside].all()
    assert not seen[~inside & (pixels[:, 2] > 0.1)].any()


def test_a_reach_brings_what_stands_beside_into_the_picture() -> None:
    view = view_at(stage("park", False, "clear").camera, 0.0, 256, 144)
    assert not view.sees((-6.0, 1.0, 2.0), 0.5)
    assert view.sees((-6.0, 1.0, 2.0), 5.0)


@pytest.mark.parametrize("target", [Vec3(1.0, 1.5, 2.0), Vec3(1.0, 1.5, 2.0 + 1e-9)])
def test_a_camera_on_its_target_looks_into_the_set(target: Vec3) -> None:
    key = CameraKey(time_s=0.0, position=Vec3(1.0, 1.5, 2.0), target=target, lens_mm=35.0)
    for handheld in (0.0, 0.5):
        view = view_at(Camera(keys=(key,), handheld=handheld), 0.3, 256, 144)
        assert np.isfinite(view.rotation).all()
        assert view.rotation[2] == pytest.approx((0.0, 0.0, 1.0), abs=1e-6)
