"""Seats and beds: sets tell where they are, who uses one is before its back and not hidden by it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from model.stage import (
    RGB,
    BodyKey,
    Camera,
    CameraKey,
    Figure,
    Light,
    Look,
    Place,
    PlaceKind,
    PoseName,
    Prop,
    Stage,
    Vec3,
    Weather,
)
from model.theatre import draw
from model.theatre.place import design_of
from model.theatre.sets.kit import Seat
from model.theatre.sets.seats import doors_of, lift_of, seats_of

LOOK = Look(
    height_m=1.7, age_years=35, build="average", gender="female", skin=RGB(214, 160, 130), hair="short",
    hair_colour=RGB(70, 45, 30), beard="none", glasses="none", top="t_shirt", top_colour=RGB(20, 220, 40),
    bottom="trousers", bottom_colour=RGB(20, 220, 40), shoe_colour=RGB(30, 25, 25), hat="none",
    hat_colour=RGB(0, 0, 0),
)  # fmt: skip


def green(frame: NDArray[np.uint8]) -> float:
    r, g, b = (frame[..., i].astype(int) for i in range(3))
    return float(((g > 70) & (g > 2 * r) & (g > 2 * b)).mean())


def used(place: Place, seat: Seat, from_deg: float, props: tuple[Prop, ...] = (), eye_m: float = 1.3) -> float:
    """How much green is seen of who uses a seat, from a side: 0 from in front, 180 from behind."""
    pose: PoseName = "lie" if seat.kind == "bed" else "sit"
    mark = BodyKey(
        time_s=0.0, x_m=seat.at.x, z_m=seat.at.z, heading_deg=seat.heading_deg, pose=pose, height_m=lift_of(seat)
    )
    a = math.radians(seat.heading_deg + from_deg)
    eye = Vec3(seat.at.x + 2.2 * math.sin(a), eye_m, seat.at.z + 2.2 * math.cos(a))
    key = CameraKey(time_s=0.0, position=eye, target=Vec3(seat.at.x, 0.7, seat.at.z), lens_mm=35.0)
    found = Stage(
        duration_s=1.0,
        place=place,
        light=Light(
            hour="day", key_azimuth_deg=220, key_elevation_deg=45, key_to_fill_ratio=2, colour_temperature_k=5600
        ),
        weather=Weather(kind="clear"),
        camera=Camera(keys=(key,)),
        figures=(Figure(id="a", species="person", look=LOOK, body=(mark,), seed=1),),
        props=props,
    )
    return green(draw(found, 0.5, 192, 108))


@pytest.mark.parametrize(
    ("kind", "seat_kind"),
    [("living_room", "sofa"), ("diner", "booth"), ("church", "pew"), ("bedroom", "bed"), ("prison_cell", "bed")],
)
def test_who_uses_a_seat_is_seen_from_in_front_and_from_the_side(kind: PlaceKind, seat_kind: str) -> None:
    place = Place(kind=kind, interior=True, seed=1)
    seat = next(seat for seat in seats_of(place) if seat.kind == seat_kind)
    for side in (15.0, 80.0):
        assert used(place, seat, side) > 0.02, side


def test_a_benchs_back_hides_a_sitter_from_behind_only() -> None:
    place = Place(kind="park", interior=False, seed=1)
    seat = Seat("bench", Vec3(0.0, 0.0, 0.5), 180.0, 0.46)
    bench = (Prop(id="seat", kind="bench", position=Vec3(0.0, 0.0, 0.5), heading_deg=180.0),)
    before, low, behind = (used(place, seat, a, bench, y) for a, y in ((10.0, 1.3), (10.0, 0.5), (170.0, 1.3)))
    assert low > 0.7 * before
    assert 0.0 < behind < 0.6 * before


@pytest.mark.parametrize(
    "kind",
    ["living_room", "bedroom", "diner", "hospital", "classroom", "church", "prison_cell", "bathroom", "cafe", "bar"],
)
def test_rooms_have_seats_that_stand_inside(kind: PlaceKind) -> None:
    place = Place(kind=kind, interior=True, seed=3)
    x0, z0, x1, z1 = design_of(kind, 3).ground_extent or (0.0, 0.0, 0.0, 0.0)
    seats = seats_of(place)
    assert seats
    assert all(x0 < seat.at.x < x1 and z0 < seat.at.z < z1 and 0.2 < seat.height_m < 0.9 for seat in seats)
    distances = [math.hypot(seat.at.x, seat.at.z) for seat in seats]
    assert distances == pytest.approx(sorted(distances), abs=0.01)


def test_doors_lead_out_of_the_room() -> None:
    place = Place(kind="hospital", interior=True, seed=2)
    x0, z0, x1, z1 = design_of("hospital", 2).ground_extent or (0.0, 0.0, 0.0, 0.0)
    assert doors_of(place)
    for door in doors_of(place):
        a = math.radians(door.out_deg)
        x, z = door.at.x + 0.5 * math.sin(a), door.at.z + 0.5 * math.cos(a)
        assert not (x0 < x < x1 and z0 < z < z1)
