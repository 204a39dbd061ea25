"""The room that a place is for the ear: how large it is, and what its walls and floor are of.

A place comes as the stage names it, in plain strings, so that the sound of a film can be planned without a stage.
Nothing is heard here: `audio.impulse` makes a room's echo.
"""

from __future__ import annotations

from audio.cues import Room, Surface

__all__ = ["PLACES", "room_of"]


def _in(width_m: float, depth_m: float, height_m: float, walls: Surface, floor: Surface) -> Room:
    return Room(size_m=(width_m, depth_m, height_m), walls=walls, floor=floor)


def _out(width_m: float, depth_m: float, height_m: float, walls: Surface, floor: Surface) -> Room:
    """Outdoors the size tells how far off the next thing is that throws sound back, and how high it stands."""
    return Room(size_m=(width_m, depth_m, height_m), walls=walls, floor=floor, outdoors=True)


PLACES: dict[str, tuple[Room, Room]] = {
    "street": (_in(7, 9, 4, "concrete", "concrete"), _out(16, 60, 14, "concrete", "concrete")),
    "alley": (_in(3, 14, 3.5, "concrete", "concrete"), _out(4, 30, 12, "stone", "concrete")),
    "park": (_in(8, 8, 4, "glass", "stone"), _out(70, 90, 8, "grass", "grass")),
    "forest": (_in(5, 5, 2.6, "wood", "wood"), _out(24, 30, 10, "wood", "earth")),
    "beach": (_in(5, 5, 2.6, "wood", "wood"), _out(120, 120, 3, "water", "earth")),
    "field": (_in(8, 12, 5, "wood", "earth"), _out(150, 150, 3, "grass", "grass")),
    "rooftop": (_in(6, 6, 3, "concrete", "concrete"), _out(40, 50, 3, "concrete", "concrete")),
    "living_room": (_in(5.5, 4.5, 2.6, "plaster", "carpet"), _out(10, 12, 5, "wood", "grass")),
    "bedroom": (_in(4.2, 3.6, 2.5, "plaster", "carpet"), _out(10, 12, 5, "wood", "grass")),
    "kitchen": (_in(4.2, 3.4, 2.6, "plaster", "tile"), _out(10, 12, 5, "wood", "grass")),
    "office": (_in(9, 7, 2.8, "glass", "carpet"), _out(18, 40, 20, "glass", "concrete")),
    "cafe": (_in(9, 7, 3.2, "plaster", "wood"), _out(14, 40, 10, "glass", "concrete")),
    "bar": (_in(11, 7, 3, "wood", "wood"), _out(12, 40, 10, "concrete", "concrete")),
    "corridor": (_in(2.2, 18, 2.7, "plaster", "tile"), _out(5, 25, 8, "concrete", "concrete")),
    "station": (_in(26, 50, 10, "stone", "stone"), _out(20, 70, 6, "concrete", "concrete")),
    "car": (_in(1.5, 2.6, 1.2, "carpet", "carpet"), _out(16, 60, 10, "concrete", "concrete")),
    "mountain": (_in(5, 6, 2.6, "wood", "wood"), _out(240, 260, 60, "stone", "stone")),
    "desert": (_in(4, 5, 2.4, "carpet", "carpet"), _out(200, 200, 3, "earth", "earth")),
    "bridge": (_in(6, 12, 4, "concrete", "concrete"), _out(30, 90, 5, "metal", "concrete")),
    "harbour": (_in(12, 18, 6, "metal", "concrete"), _out(45, 90, 9, "metal", "wood")),
    "cave": (_in(14, 22, 7, "stone", "earth"), _out(18, 26, 12, "stone", "stone")),
    "train": (_in(2.8, 18, 2.3, "metal", "carpet"), _out(20, 80, 5, "metal", "stone")),
    "spaceship": (_in(7, 9, 2.8, "metal", "metal"), _out(30, 40, 12, "metal", "metal")),
    "diner": (_in(12, 6, 3, "glass", "tile"), _out(18, 50, 6, "glass", "concrete")),
    "hospital": (_in(6, 5, 2.8, "plaster", "tile"), _out(20, 50, 16, "concrete", "concrete")),
    "classroom": (_in(9, 7.5, 3.1, "plaster", "wood"), _out(30, 40, 9, "concrete", "concrete")),
    "theatre": (_in(20, 28, 11, "wood", "carpet"), _out(16, 50, 12, "stone", "concrete")),
    "church": (_in(16, 38, 14, "stone", "stone"), _out(24, 40, 16, "stone", "stone")),
    "prison_cell": (_in(2.4, 3.4, 2.6, "concrete", "concrete"), _out(30, 40, 8, "concrete", "concrete")),
    "bathroom": (_in(2.6, 2.2, 2.4, "tile", "tile"), _out(10, 12, 5, "wood", "grass")),
    "shop": (_in(8, 11, 3.1, "plaster", "tile"), _out(14, 50, 9, "glass", "concrete")),
    "warehouse": (_in(24, 36, 8.5, "metal", "concrete"), _out(26, 60, 9, "metal", "concrete")),
}
"""By the stage's kind of place: as an interior, and as an exterior."""

_UNKNOWN = (_in(5.0, 4.0, 2.7, "plaster", "wood"), _out(40, 60, 8, "grass", "earth"))


def room_of(place_kind: str, interior: bool) -> Room:
    """Returns the room of a `model.stage.PlaceKind`; of a kind that it does not know, a plain room or open air."""
    inside, outside = PLACES.get(place_kind, _UNKNOWN)
    return inside if interior else outside
