"""Rooms: every kind of place of the stage has one, indoors and out."""

from __future__ import annotations

from typing import get_args

import pytest

from audio.rooms import PLACES, room_of
from model.stage import PlaceKind


def test_every_place_of_the_stage_is_a_room_and_no_room_is_of_another() -> None:
    assert set(PLACES) == set(get_args(PlaceKind))


@pytest.mark.parametrize("kind", sorted(PLACES))
def test_an_exterior_is_outdoors_and_no_interior_is(kind: str) -> None:
    inside, outside = room_of(kind, True), room_of(kind, False)
    assert outside.outdoors and not inside.outdoors
    assert all(1.0 < length < 60 for length in inside.size_m)


def test_rooms_are_as_large_as_they_are_named() -> None:
    def volume(kind: str) -> float:
        width, depth, height = room_of(kind, True).size_m
        return width * depth * height

    sizes = [volume(kind) for kind in ("car", "bathroom", "living_room", "classroom", "theatre", "station")]
    assert sizes == sorted(sizes)
    assert not room_of("no such place", True).outdoors and room_of("no such place", False).outdoors
