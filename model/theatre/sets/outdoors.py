"""Which function builds which set outdoors, on the move or out of this world."""

from __future__ import annotations

from collections.abc import Callable

from model.stage import PlaceKind
from model.theatre.sets import (
    beach,
    bridge,
    car,
    cave,
    country,
    desert,
    harbour,
    mountain,
    nature,
    rooftop,
    spaceship,
    station,
    town,
    train,
    warehouse,
    yards,
)
from model.theatre.sets.kit import Design

__all__ = ["OUTDOORS"]


def _unnamed(build: Callable[[int], Design]) -> Callable[[int, str], Design]:
    """A set on which nothing is lettered."""
    return lambda seed, _name: build(seed)


OUTDOORS: dict[PlaceKind, Callable[[int, str], Design]] = {
    "street": town.street,
    "alley": _unnamed(yards.alley),
    "park": _unnamed(nature.park),
    "forest": _unnamed(nature.forest),
    "beach": _unnamed(beach.beach),
    "field": _unnamed(country.field),
    "rooftop": _unnamed(rooftop.rooftop),
    "station": station.station,
    "car": car.car,
    "mountain": _unnamed(mountain.mountain),
    "desert": _unnamed(desert.desert),
    "bridge": bridge.bridge,
    "harbour": harbour.harbour,
    "cave": _unnamed(cave.cave),
    "train": train.train,
    "spaceship": spaceship.spaceship,
    "warehouse": warehouse.warehouse,
}
"""A builder takes the seed and the place's name, which it may letter somewhere."""
