"""The two pictures of a stage: aligned, deterministic, and drawn whatever is on it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from model.stage import (
    RGB,
    Attachment,
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
from model.theatre import draw, mannequin
from model.theatre.drawing import GRIPPED
from model.theatre.motion.body import hand_position
from model.theatre.motion.holding import CARRIED, Hold, held_by
from model.theatre.props import KINDS

LOOK = Look(
    height_m=1.7, age_years=30, build="average", gender="female", skin=RGB(224, 180, 150), hair="bob",
    hair_colour=RGB(60, 40, 30), beard="none", glasses="round", top="jacket", top_colour=RGB(170, 60, 60),
    bottom="trousers", bottom_colour=RGB(60, 60, 80), shoe_colour=RGB(40, 30, 30), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip
LIGHT = Light(hour="day", key_azimuth_deg=220, key_elevation_deg=40, key_to_fill_ratio=3, colour_temperature_k=5600)


def figure_at(id: str, x: float, z: float, heading: float, **more: object) -> Figure:
    body = (BodyKey(time_s=0, x_m=x, z_m=z, heading_deg=heading, pose="stand"),)
    return Figure(id=id, species="person", look=LOOK, body=body, **more)  # type: ignore[arg-type]


def stage_with(*figures: Figure, **more: object) -> Stage:
    camera = Camera(keys=(CameraKey(time_s=0, position=Vec3(0, 1.4, 0), target=Vec3(0, 1.1, 4), lens_mm=32),))
    base = Stage(
        duration_s=2,
        place=Place(kind="street", interior=False, seed=4),
        light=LIGHT,
        weather=Weather(kind="clear"),
        camera=camera,
        figures=figures,
    )
    return replace(base, **more)  # type: ignore[arg-type]


ROOM = Place(kind="living_room", interior=True, seed=4)
TWO = (figure_at("A", -0.5, 4, 110), figure_at("B", 0.6, 4.4, 240))


def test_a_frame_is_rgb_of_the_asked_size() -> None:
    frame = draw(stage_with(*TWO), 0.5, 192, 108)
    assert frame.shape == (108, 192, 3)
    assert frame.dtype == np.uint8
    assert mannequin(stage_with(*TWO), 0.5, 192, 108).shape == (108, 192, 3)


def test_the_same_stage_is_the_same_picture_in_any_process_and_order() -> None:
    stage = stage_with(*TWO, weather=Weather(kind="rain"))
    first = draw(stage, 0.75, 160, 90)
    draw(stage, 0.0, 160, 90)
    assert np.array_equal(first, draw(stage, 0.75, 160, 90))
    code = (
        "import importlib.util as u, hashlib, sys;"
        f"s=u.spec_from_file_location('t',{str(Path(__file__))!r});m=u.module_from_spec(s);s.loader.exec_module(m);"
        "f=m.draw(m.stage_with(*m.TWO,weather=m.Weather(kind='rain')),0.75,160,90);"
        "print(hashlib.sha256(f.tobytes()).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[2])
    import hashlib

    assert done.stdout.strip() == hashlib.sha256(first.tobytes()).hexdigest(), done.stderr


def test_the_mannequin_stands_where_the_finished_figure_does() -> None:
    for time_s in (0.0, 1.3):
        changes = []
        for picture in (draw, mannequin):
            with_people = picture(stage_with(*TWO, place=ROOM), time_s, 256, 144).astype(int)
            without = picture(stage_with(place=ROOM), time_s, 256, 144).astype(int)
            changes.append(np.abs(with_people - without).max(axis=2))
        finished, grey = changes
        assert (finished[grey > 2] > 2).mean() > 0.9
        assert (grey[finished > 60] > 2).mean() > 0.9  # less than that may be a shadow on the floor or a wall


def test_the_mannequin_is_grey_and_tells_parts_apart() -> None:
    frame = mannequin(stage_with(*TWO), 0.5, 256, 144)
    assert int((frame.max(axis=2).astype(int) - frame.min(axis=2)).max()) <= 6
    empty = mannequin(stage_with(), 0.5, 256, 144)
    people = frame[np.abs(frame.astype(int) - empty).max(axis=2) > 2]
    values, counts = np.unique(people[:, 0], return_counts=True)
    assert (counts > 40).sum() >= 5, dict(zip(values.tolist(), counts.tolist(), strict=True))


def test_nearer_people_hide_farther_ones() -> None:
    near, far = figure_at("N", 0.0, 3.0, 180), figure_at("F", 0.0, 6.0, 180)
    both = draw(stage_with(near, far), 0.5, 160, 90).astype(int)
    alone = draw(stage_with(near), 0.5, 160, 90).astype(int)
    empty = draw(stage_with(), 0.5, 160, 90).astype(int)
    body = np.abs(alone - empty).max(axis=2) > 30
    body[70:] = False
    assert (np.abs(both - alone).max(axis=2)[body] > 8).mean() < 0.02


def test_whom_the_camera_stands_for_is_not_drawn() -> None:
    shown = stage_with(*TWO)
    hidden = stage_with(*TWO, camera=replace(shown.camera, hidden=("A", "B")))
    assert np.array_equal(draw(hidden, 0.5, 160, 90), draw(stage_with(), 0.5, 160, 90))


def test_a_held_prop_moves_with_the_hand() -> None:
    cup = Prop(id="c", kind="cup", position=Vec3(0, 0, 0), held=Attachment(figure="A", hand="right"))
    walker = replace(
        TWO[0],
        body=(
            BodyKey(time_s=0, x_m=-1, z_m=4, heading_deg=90, pose="walk"),
            BodyKey(time_s=2, x_m=1, z_m=4, heading_deg=90, pose="walk"),
        ),
    )
    columns = []
    for time_s in (0.2, 1.8):
        with_cup = draw(stage_with(walker, props=(cup,)), time_s, 256, 144).astype(int)
        held = replace(cup, state="", kind="letter")
        other = draw(stage_with(walker, props=(held,)), time_s, 256, 144).astype(int)
        columns.append(np.flatnonzero(np.abs(with_cup - other).max(axis=(0, 2)) > 20).mean())
    assert columns[1] - columns[0] > 40


@pytest.mark.parametrize("kind", get_args(PlaceKind))
def test_every_place_can_be_played_in(kind: PlaceKind) -> None:
    indoors = kind in ("living_room", "bedroom", "kitchen", "office", "cafe", "bar", "corridor", "car")
    stage = stage_with(*TWO, place=Place(kind=kind, interior=indoors, seed=2))
    frame = draw(stage, 0.5, 128, 72)
    assert frame.std() > 8
    assert mannequin(stage, 0.5, 128, 72).std() > 4


@pytest.mark.parametrize("hour", get_args(Hour))
@pytest.mark.parametrize("weather", get_args(WeatherKind))
def test_every_hour_and_weather_can_be_drawn(hour: Hour, weather: WeatherKind) -> None:
    light = replace(LIGHT, hour=hour, neon=hour == "night")
    frame = draw(stage_with(*TWO, light=light, weather=Weather(kind=weather)), 0.5, 96, 54)
    assert frame.std() > 5


def test_a_moving_camera_sees_another_picture() -> None:
    keys = (
        CameraKey(time_s=0, position=Vec3(-1, 1.4, 0), target=Vec3(0, 1.1, 4), lens_mm=32),
        CameraKey(time_s=2, position=Vec3(1, 1.4, 0), target=Vec3(0, 1.1, 4), lens_mm=50),
    )
    stage = stage_with(*TWO, camera=Camera(keys=keys))
    a, b = draw(stage, 0.0, 128, 72).astype(int), draw(stage, 2.0, 128, 72).astype(int)
    assert (np.abs(a - b).max(axis=2) > 20).mean() > 0.2


def test_what_holds_a_thing_closes_about_it_and_carries_it_by_its_kind() -> None:
    assert GRIPPED <= KINDS
    assert set(CARRIED) <= KINDS
    umbrella = Prop(id="u", kind="umbrella", position=Vec3(0, 0, 0), held=Attachment(figure="A", hand="left"))
    holds = held_by(stage_with(*TWO, props=(umbrella,)), TWO[0])
    assert holds == (Hold("left", "high"),)
    high, low = hand_position(TWO[0], "left", 1.0, holds), hand_position(TWO[0], "left", 1.0, (Hold("left"),))
    assert high.y > low.y + 0.1
