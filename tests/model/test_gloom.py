"""Rooms after dark: light lies where lamps are, corners fall off, days are as they were."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.stage import Camera, CameraKey, Hour, Light, Place, PlaceKind, Practical, Stage, Vec3, Weather
from model.theatre import draw
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
