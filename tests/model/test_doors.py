"""Doors: an act swings the nearest one, away from who does it; it stays so; beyond it lies what lies beyond."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from model.stage import (
    RGB,
    ActKey,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Hour,
    Light,
    Look,
    Place,
    PlaceKind,
    Stage,
    Vec3,
    Weather,
)
from model.theatre import draw
from model.theatre.doors import door_states, swing_deg
from model.theatre.place import design_of
from model.theatre.sets.doorway import OPEN_DEG, leaf_panels
from model.theatre.sets.kit import Door
from model.theatre.view import view_at

LOOK = Look(
    height_m=1.7, age_years=35, build="average", gender="female", skin=RGB(214, 160, 130), hair="bob",
    hair_colour=RGB(70, 45, 30), beard="none", glasses="none", top="coat", top_colour=RGB(200, 30, 40),
    bottom="trousers", bottom_colour=RGB(200, 30, 40), shoe_colour=RGB(30, 25, 25), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip
ROOM = Place(kind="living_room", interior=True, seed=1)


def doors_in(place: Place) -> tuple[Door, ...]:
    return design_of(place.kind, place.seed, place.name).doors


def number_of(place: Place, wall: str) -> int:
    return next(i for i, door in enumerate(doors_in(place)) if door.wall == wall and door.leaves)


def out_of(door: Door, metres: float, aside: float = 0.0) -> tuple[float, float]:
    """A point so far out of the room from a door's threshold; negative inside."""
    a = math.radians(door.out_deg)
    return (
        door.at.x + metres * math.sin(a) + aside * math.cos(a),
        door.at.z + metres * math.cos(a) - aside * math.sin(a),
    )


def somebody(at: tuple[float, float], *acts: ActKey) -> Figure:
    mark = BodyKey(time_s=0.0, x_m=at[0], z_m=at[1], heading_deg=0.0, pose="stand")
    return Figure(id="a", species="person", look=LOOK, body=(mark,), acts=acts, seed=1)


def stage(door: Door, *figures: Figure, place: Place = ROOM, hour: Hour = "day", aside: float = 0.4) -> Stage:
    eye, at = out_of(door, -3.0, aside), out_of(door, 0.0)
    key = CameraKey(time_s=0.0, position=Vec3(eye[0], 1.5, eye[1]), target=Vec3(at[0], 1.1, at[1]), lens_mm=35.0)
    return Stage(
        duration_s=4.0,
        place=place,
        light=Light(
            hour=hour, key_azimuth_deg=220, key_elevation_deg=45, key_to_fill_ratio=2, colour_temperature_k=5600
        ),
        weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)),
        figures=figures,
    )


def opens(start_s: float, end_s: float, target: Vec3 | None = None) -> ActKey:
    return ActKey(start_s=start_s, end_s=end_s, act="open_door", target=target)


def changed(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    return float((np.abs(one.astype(int) - two).max(axis=2) > 12).mean())


FAR = number_of(ROOM, "far")
DOOR = doors_in(ROOM)[FAR]


def test_a_door_opens_away_from_who_opens_it_and_stays_open() -> None:
    for metres, sign in ((-0.7, 1.0), (0.7, -1.0)):
        found = stage(DOOR, somebody(out_of(DOOR, metres), opens(0.5, 2.0)))
        angles = [swing_deg(doors_in(ROOM), FAR, found, t) for t in (0.4, 1.4, 2.0, 9.0)]
        assert angles[0] == 0.0
        assert 0.0 < sign * angles[1] < OPEN_DEG
        assert angles[2:] == pytest.approx([sign * OPEN_DEG] * 2)


def test_a_door_swings_without_a_jump() -> None:
    found = stage(DOOR, somebody(out_of(DOOR, -0.7), opens(0.0, 1.2), ActKey(start_s=1.5, end_s=3.0, act="close_door")))
    angles = np.array([swing_deg(doors_in(ROOM), FAR, found, t) for t in np.arange(0.0, 4.0, 1 / 48)])
    assert np.abs(np.diff(angles)).max() < 7.0
    assert angles.max() == pytest.approx(OPEN_DEG)
    assert angles[-1] == pytest.approx(0.0, abs=1e-6)


def test_an_act_far_from_every_door_moves_none() -> None:
    found = stage(DOOR, somebody((0.0, 0.0), opens(0.0, 1.0)))
    assert "moving" not in door_states(doors_in(ROOM), found).values()


def test_a_target_at_the_door_tells_which_one() -> None:
    at = Vec3(DOOR.at.x, 1.0, DOOR.at.z)
    found = stage(DOOR, somebody((0.0, 0.0), opens(0.0, 1.0, at)))
    assert [i for i, state in door_states(doors_in(ROOM), found).items() if state == "moving"] == [FAR]


def test_a_shut_leaf_fills_its_doorway_and_an_open_one_stands_out_of_the_room() -> None:
    leaf = DOOR.leaves[0]
    for angle, reach in ((0.0, 0.05), (OPEN_DEG, leaf.width_m)):
        panel = leaf_panels(leaf, angle)[1]
        ends = [
            (panel.origin.x + a * panel.u.x - DOOR.at.x, panel.origin.z + a * panel.u.z - DOOR.at.z)
            for a in (0.0, panel.extent[2])
        ]
        a = math.radians(DOOR.out_deg)
        beyond = max(x * math.sin(a) + z * math.cos(a) for x, z in ends)
        assert beyond == pytest.approx(reach, abs=0.06)


def test_an_opening_door_changes_the_picture_inside_its_doorway_only() -> None:
    found = stage(DOOR, somebody(out_of(DOOR, -0.9, 3.0), opens(0.0, 1.0, Vec3(DOOR.at.x, 1.0, DOOR.at.z))))
    shut, half, wide = (draw(found, t, 256, 144) for t in (0.0, 0.6, 1.5))
    view = view_at(found.camera, 0.0, 256, 144)
    left, top = (int(v) for v in view.point(*_corner(-1, DOOR.height_m))[:2])
    right, foot = (int(v) for v in view.point(*_corner(1, 0.0))[:2])
    left, right = sorted((left, right))
    inside, outside = np.zeros((144, 256), dtype=bool), np.ones((144, 256), dtype=bool)
    inside[top + 3 : foot - 3, left + 3 : right - 3] = True
    outside[max(top - 4, 0) : foot + 6, max(left - 6, 0) : right + 6] = False
    off = np.abs(shut.astype(int) - wide).max(axis=2) > 12
    assert off[inside].mean() > 0.5
    assert off[outside].mean() < 0.02
    assert changed(shut, half) > 0.01
    assert changed(half, wide) > 0.01


def _corner(side: float, y: float) -> tuple[float, float, float]:
    a = math.radians(DOOR.out_deg)
    half = side * DOOR.width_m / 2
    return DOOR.at.x + half * math.cos(a), y, DOOR.at.z - half * math.sin(a)


def test_an_open_door_from_the_start_shows_what_an_opened_one_shows() -> None:
    opened = stage(DOOR, somebody(out_of(DOOR, -0.9, 6.0), opens(0.0, 0.2, Vec3(DOOR.at.x, 1.0, DOOR.at.z))))
    stands = stage(DOOR, place=replace(ROOM, open_doors=("far",)))
    assert changed(draw(opened, 2.0, 256, 144), draw(stands, 2.0, 256, 144)) < 0.02
    assert changed(draw(stage(DOOR), 2.0, 256, 144), draw(stands, 2.0, 256, 144)) > 0.04


def test_a_closed_door_is_seen_closed_though_it_stood_open() -> None:
    place = replace(ROOM, open_doors=("far",))
    closes = ActKey(start_s=0.0, end_s=1.0, act="close_door", target=Vec3(DOOR.at.x, 1.0, DOOR.at.z))
    found = stage(DOOR, somebody(out_of(DOOR, -0.9, 6.0), closes), place=place)
    assert changed(draw(found, 2.0, 256, 144), draw(stage(DOOR), 2.0, 256, 144)) < 0.02


def red(frame: NDArray[np.uint8]) -> float:
    r, g, b = (frame[..., i].astype(int) for i in range(3))
    return float(((r > 90) & (r > 2 * g) & (r > 2 * b)).mean())


def test_who_waits_in_the_passage_is_seen_through_the_open_doorway_alone() -> None:
    waits, aside = somebody(out_of(DOOR, 0.9)), somebody(out_of(DOOR, 0.9, 1.6))
    place = replace(ROOM, open_doors=("far",))
    assert red(draw(stage(DOOR, waits, place=place, aside=0.0), 0.5, 256, 144)) > 0.02
    assert red(draw(stage(DOOR, waits, aside=0.0), 0.5, 256, 144)) < 0.002
    assert red(draw(stage(DOOR, aside, place=place, aside=0.0), 0.5, 256, 144)) < 0.004


def test_the_passage_is_lit_at_night() -> None:
    place = replace(ROOM, open_doors=("far",))
    night = draw(stage(DOOR, place=place, hour="night"), 0.5, 256, 144).astype(int)
    x, y, _ = view_at(stage(DOOR).camera, 0.0, 256, 144).point(*out_of(DOOR, 1.0)[:1], 1.4, out_of(DOOR, 1.0)[1])
    assert night[round(y) - 4 : round(y) + 4, round(x) - 4 : round(x) + 4].mean() > 70


def test_a_camera_in_the_passage_looks_in_through_the_doorway() -> None:
    place = replace(ROOM, open_doors=("far",))
    eye, at = out_of(DOOR, 1.7), out_of(DOOR, -2.0)
    key = CameraKey(time_s=0.0, position=Vec3(eye[0], 1.5, eye[1]), target=Vec3(at[0], 1.3, at[1]), lens_mm=24.0)
    found = replace(stage(DOOR, place=place), camera=Camera(keys=(key,)))
    frame = draw(found, 0.0, 256, 144).astype(int)
    sides = np.concatenate([frame[40:70, 4:40], frame[40:70, 216:252]], axis=1)
    assert sides.std(axis=(0, 1)).max() < 16  # the passage's own wall
    assert frame[:, 100:156].std(axis=(0, 1)).max() > 16  # the room


@pytest.mark.parametrize(
    "kind", ["living_room", "bedroom", "kitchen", "diner", "hospital", "classroom", "shop", "church"]
)
def test_rooms_have_doors_that_open(kind: PlaceKind) -> None:
    place = Place(kind=kind, interior=True, seed=2)
    found = next(door for door in doors_in(place) if door.leaves)
    shut = draw(stage(found, place=place), 0.0, 192, 108)
    wide = draw(stage(found, place=replace(place, open_doors=(found.wall,))), 0.0, 192, 108)
    assert changed(shut, wide) > 0.02
