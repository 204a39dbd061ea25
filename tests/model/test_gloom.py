"""Rooms after dark: light lies where lamps are, corners fall off, days are as they were."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from model.stage import (
    Camera,
    CameraKey,
    Crowd,
    Hour,
    Light,
    Place,
    PlaceKind,
    Practical,
    Prop,
    Stage,
    Vec3,
    Weather,
)
from model.theatre import draw
from model.theatre.lighting.practicals import falling_on, sources_of
from model.theatre.lighting.rooms import tone_in


def _stage(kind: PlaceKind, hour: Hour, practicals: tuple[Practical, ...] = ()) -> Stage:
    key = CameraKey(time_s=0.0, position=Vec3(-0.6, 1.5, -3.4), target=Vec3(0.2, 1.15, 1.0), lens_mm=24.0)
    lit = Light(hour=hour, key_azimuth_deg=215, key_elevation_deg=42, key_to_fill_ratio=2.5,
                colour_temperature_k=5200, practicals=practicals)  # fmt: skip
    where = Place(kind=kind, interior=True, seed=5)
    return Stage(duration_s=1.0, place=where, light=lit, weather=Weather(kind="clear"), camera=Camera(keys=(key,)))


@pytest.mark.parametrize("kind", ["corridor", "office", "kitchen", "hospital", "classroom"])
def test_a_room_by_night_is_much_darker_than_by_day(kind: PlaceKind) -> None:
    day, night = (draw(_stage(kind, hour), 0.0, 256, 144).mean() for hour in ("day", "night"))
    assert night < 0.72 * day


def test_light_falls_off_away_from_lamps() -> None:
    gloom = tone_in(_stage("living_room", "night")).gloom
    assert gloom is not None
    lamp, corner = gloom.at(Vec3(2.2, 0.8, 2.7)), gloom.at(Vec3(-3.5, 0.0, 3.3))
    assert sum(lamp) > 1.4 * sum(corner)
    assert lamp[0] / lamp[2] > corner[0] / corner[2], "lamplight is warm, what is left of the night is not"


def test_a_fire_lights_the_furniture_beside_it() -> None:
    fire = Practical(kind="fire", position=Vec3(-2.0, 0.3, 2.0))
    gloom = tone_in(_stage("living_room", "night", (fire,))).gloom
    assert gloom is not None
    near, far = gloom.at(Vec3(-1.6, 0.0, 1.6)), gloom.at(Vec3(3.4, 0.0, -3.8))
    assert near[0] > 1.6 * far[0]
    assert near[0] > 1.3 * near[2]


def test_by_day_and_outdoors_light_lies_evenly() -> None:
    assert tone_in(_stage("office", "day")).gloom is None
    street = _stage("street", "night")
    assert tone_in(replace(street, place=Place(kind="street", interior=False, seed=5))).gloom is None


def test_a_campfire_lights_what_stands_beside_it_outside_and_darkens_nothing() -> None:
    fire = Practical(kind="fire", position=Vec3(0.0, 0.3, 2.0))
    stage = replace(_stage("field", "night", (fire,)), place=Place(kind="field", interior=False, seed=5))
    gloom = tone_in(stage).gloom
    assert gloom is not None
    near, far = gloom.at(Vec3(0.8, 0.0, 2.0)), gloom.at(Vec3(40.0, 0.0, 40.0))
    assert near[0] > 1.3
    assert near[0] > near[2] + 0.1
    assert far == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(("heading_deg", "lit"), [(90.0, True), (270.0, False)])
def test_headlights_light_who_stands_before_them(heading_deg: float, lit: bool) -> None:
    car = Prop(id="C", kind="car", position=Vec3(-7.0, 0.0, 0.0), heading_deg=heading_deg)
    street = replace(_stage("street", "night"), place=Place(kind="street", interior=False, seed=5), props=(car,))
    beams = tuple(one for one in sources_of(street, 0.0) if one.kind == "headlights")
    assert len(beams) == 1
    falling = falling_on(tone_in(street), beams, 0.0, 0.0, 0.0)
    assert any(one.given > 0.2 for one in falling) == lit


def test_a_crowd_is_lit_by_a_fire_beside_it() -> None:
    crowd = Crowd(id="C", kind="people", count=30, centre=Vec3(0, 0, 3), width_m=5, depth_m=3, heading_deg=180, seed=3)
    where = Place(kind="field", interior=False, seed=5)
    fire = Practical(kind="fire", position=Vec3(0.0, 0.3, 0.8))
    plain, beside = (replace(_stage("field", "night", lamps), place=where, crowds=(crowd,)) for lamps in ((), (fire,)))
    bare = [replace(shot, crowds=()) for shot in (plain, beside)]
    people = np.abs(draw(plain, 0.0, 256, 144).astype(int) - draw(bare[0], 0.0, 256, 144)).max(axis=2) > 25
    assert people.sum() > 300
    warm = [float((frame[people][:, 0] - frame[people][:, 2].astype(float)).mean())
            for frame in (draw(shot, 0.0, 256, 144).astype(float) for shot in (plain, beside))]  # fmt: skip
    assert warm[1] > warm[0] + 10
