"""Which function builds which indoor set."""

from __future__ import annotations

from collections.abc import Callable

from model.stage import PlaceKind
from model.theatre.sets import (
    auditorium,
    bar,
    bathroom,
    cafe,
    cell,
    church,
    classroom,
    corridor,
    diner,
    homes,
    hospital,
    kitchen,
    office,
    shop,
)
from model.theatre.sets.kit import Design

__all__ = ["INDOORS"]


def _unnamed(build: Callable[[int], Design]) -> Callable[[int, str], Design]:
    """A set on which nothing is lettered."""
    return lambda seed, _name: build(seed)


INDOORS: dict[PlaceKind, Callable[[int, str], Design]] = {
    "living_room": _unnamed(homes.living_room),
    "bedroom": _unnamed(homes.bedroom),
    "kitchen": _unnamed(kitchen.kitchen),
    "office": _unnamed(office.office),
    "corridor": _unnamed(corridor.corridor),
    "cafe": cafe.cafe,
    "bar": bar.bar,
    "diner": diner.diner,
    "shop": shop.shop,
    "hospital": _unnamed(hospital.hospital),
    "classroom": _unnamed(classroom.classroom),
    "theatre": _unnamed(auditorium.theatre),
    "church": _unnamed(church.church),
    "prison_cell": _unnamed(cell.prison_cell),
    "bathroom": _unnamed(bathroom.bathroom),
}
"""A builder takes the seed and the place's name, which it may letter somewhere."""
