"""Where people can sit and lie on a set, and the doors they come through: what a shot's blocking may stand people on.

Tells places only; who uses them, and when, is not known here.
"""

from __future__ import annotations

from functools import lru_cache

from model.stage import Place
from model.theatre.place import design_of
from model.theatre.sets.kit import Door, Seat

__all__ = ["SIT_M", "doors_of", "lift_of", "seats_of"]

SIT_M = 0.46
"""How high a seat is that a sitting pose needs no lift for."""


@lru_cache(maxsize=64)
def seats_of(place: Place) -> tuple[Seat, ...]:
    """All seats and beds of a place's set, the nearest to its middle first."""
    pieces = design_of(place.kind, place.seed, place.name).dressing
    seats = [seat for piece in pieces for seat in piece.seats]
    return tuple(sorted(seats, key=lambda seat: (round(seat.at.x**2 + seat.at.z**2, 3), seat.at)))


def doors_of(place: Place) -> tuple[Door, ...]:
    """The doors and arches of a room, the nearest to its middle first; none outdoors.

    Who comes in starts a metre or so out along `out_deg` from `at`, and is seen only through the doorway.
    """
    return design_of(place.kind, place.seed, place.name).doors


def lift_of(seat: Seat) -> float:
    """What `BodyKey.height_m` is for who sits (lies, on a bed) here."""
    return seat.height_m if seat.kind == "bed" else max(0.0, seat.height_m - SIT_M)
