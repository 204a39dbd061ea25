"""Vehicles on the stage: which way they run through a set, how they come, stop and go off, and who is aboard.

Words to keys of props; how a vehicle looks and rolls is the theatre's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.stage import BodyKey, Figure, PlaceKind, PoseName, Prop, PropKey, Vec3
from shots.blocking.anatomy import SEAT_M, offset
from shots.spec import PlacedProp

__all__ = ["CLOSED", "VEHICLES", "Lane", "aboard", "lane_of", "led", "ridden", "rolling", "saddle_m"]

CLOSED = frozenset(
    {"ambulance", "bus", "car", "helicopter", "plane", "police_car", "ship", "spaceship", "taxi", "train", "tram",
     "truck", "ufo", "van"}
)  # fmt: skip
"""Vehicles that hide who is in them."""
VEHICLES = CLOSED | {"bicycle", "boat", "horse_cart", "motorcycle"}
"""Every kind of vehicle that a prop can be."""

_WATER = frozenset({"boat", "ship"})
_AIR = frozenset({"helicopter", "plane", "spaceship", "ufo"})
_RAILS = frozenset({"train", "tram"})
_SADDLES_M = {"bicycle": 0.92, "motorcycle": 0.80, "horse_cart": 0.86, "boat": 0.46}
_SPEED_MPS = {"bicycle": 4.5, "horse_cart": 3.5, "boat": 3.0, "ship": 4.0, "plane": 40.0, "helicopter": 14.0}
_USUAL_MPS = 9.0
_LONGEST_WAY_M = 46.0
_SLOWING = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_GALLOP_MPS = 4.0
_STARTS_AT = 0.18  # of a shot, when what stood goes off


@dataclass(frozen=True)
class Lane:
    """Where a vehicle stops on a set, its height there, and the heading that it goes in."""

    stop: Vec3
    heading_deg: float


# Sets with a road or rails into their depth: the lane's x, the z where a vehicle stops.
_INTO_DEPTH: Mapping[PlaceKind, tuple[float, float]] = {
    "street": (4.7, 2.2), "bridge": (4.7, 3.5), "alley": (0.4, 6.0), "station": (5.3, 4.0),
}  # fmt: skip
_FAR_Z: Mapping[PlaceKind, float] = {"park": 7.0, "forest": 6.0, "mountain": 4.5}
_WATER_AT: Mapping[PlaceKind, tuple[float, float]] = {"harbour": (-1.5, 9.5), "bridge": (-9.0, 30.0)}  # y, z


def lane_of(kind: str, place: PlaceKind, leaves: bool) -> Lane:
    """The lane of a vehicle on a set; one that only `leaves` is turned to go away into the depth, where it can."""
    if kind in _AIR:
        height = 0.0 if kind in ("helicopter", "spaceship", "ufo") else 15.0
        return Lane(Vec3(2.0, height, 24.0 if kind != "plane" else 60.0), 90.0)
    if kind in _WATER:
        height, z = _WATER_AT.get(place, (0.0, 16.0))
        return Lane(Vec3(-1.5, height, z + (18.0 if kind == "ship" else 0.0)), 90.0)
    if place in _INTO_DEPTH:
        x, z = _INTO_DEPTH[place]
        return Lane(Vec3(x, 0.0, z), 0.0 if leaves else 180.0)
    z = _FAR_Z.get(place, 5.0) + (5.0 if kind in _RAILS else 0.0)
    return Lane(Vec3(1.6, 0.0, z), 90.0)


def rolling(prop: Prop, said: PlacedProp, place: PlaceKind, duration_s: float, before: Prop | None) -> Prop:
    """A vehicle with its way through the shot: it comes and stops, stands and goes off, or passes by.

    What stood somewhere in the shot `before` stands there still, and goes off from there.
    """
    lane = lane_of(prop.kind, place, said.exits is not None and said.enters is None)
    if said.mark_m is not None:
        lane = replace(lane, stop=Vec3(float(said.mark_m[0]), lane.stop.y, float(said.mark_m[1])))
    if before is not None and said.enters is None and said.mark_m is None:
        lane = Lane(before.position, before.heading_deg)
    heading = lane.heading_deg
    if (
        before is None and math.cos(math.radians(heading)) ** 2 < 0.5
    ):  # across the picture: it keeps its screen direction
        heading = -90.0 if said.enters == "right" or said.exits == "left" else 90.0
    speed = _SPEED_MPS.get(prop.kind, _USUAL_MPS)
    stood = replace(prop, position=lane.stop, heading_deg=heading)
    if said.enters is None and said.exits is None:
        return stood
    if said.enters is not None and said.exits is not None:
        half = min(speed * duration_s, _LONGEST_WAY_M) / 2
        return _along(stood, ((0.0, -half), (duration_s, half)))
    if said.enters is not None:
        length_s = min(0.72 * duration_s, 4.0)
        way = min(0.55 * speed * length_s, _LONGEST_WAY_M)
        return _along(stood, tuple((length_s * u, -way * (1.0 - u) ** 2) for u in _SLOWING))
    start_s = _STARTS_AT * duration_s
    length_s = duration_s - start_s
    way = min(0.75 * speed * length_s, _LONGEST_WAY_M)
    return _along(stood, ((0.0, 0.0), *((start_s + length_s * u, way * u * u) for u in _SLOWING)))


def _along(prop: Prop, ways: tuple[tuple[float, float], ...]) -> Prop:
    """A prop that is so many metres ahead of its place along its heading at each time."""
    keys = []
    for time_s, ahead in ways:
        x, z = offset(prop.position.x, prop.position.z, prop.heading_deg, ahead)
        at = Vec3(x, prop.position.y, z)
        keys.append(PropKey(time_s=time_s, position=at, heading_deg=prop.heading_deg, state=prop.state, moves="glides"))
    return replace(prop, position=keys[0].position, keys=tuple(keys))


def saddle_m(kind: str) -> float:
    """How high one sits on a vehicle, over the ground."""
    return _SADDLES_M.get(kind, 0.46)


def ridden(prop: Prop, rider: Figure) -> Prop:
    """A vehicle under its rider: it goes and turns as the rider's keys do."""
    keys = tuple(
        PropKey(
            time_s=key.time_s, position=Vec3(key.x_m, 0.0, key.z_m), heading_deg=key.heading_deg,
            state=prop.state, moves="glides",
        )
        for key in rider.body
    )  # fmt: skip
    first = keys[0]
    return replace(
        prop, position=first.position, heading_deg=first.heading_deg, held=None, keys=keys if len(keys) > 1 else ()
    )


def aboard(prop: Prop) -> tuple[BodyKey, ...]:
    """The keys of somebody who is carried by a vehicle as it rolls."""
    seat_m = saddle_m(prop.kind) - SEAT_M
    pose: PoseName = "ride" if prop.kind in ("bicycle", "motorcycle") else "sit"
    path = prop.keys or (PropKey(time_s=0.0, position=prop.position, heading_deg=prop.heading_deg),)
    return tuple(
        BodyKey(
            time_s=key.time_s, x_m=key.position.x, z_m=key.position.z, heading_deg=key.heading_deg, pose=pose,
            height_m=seat_m,
        )
        for key in path
    )  # fmt: skip


def led(keys: tuple[BodyKey, ...]) -> tuple[BodyKey, ...]:
    """The way of the animal under a rider: it walks or gallops where they go."""
    out: list[BodyKey] = []
    pose: PoseName = "stand"
    for number, key in enumerate(keys):
        if number + 1 < len(keys):
            after = keys[number + 1]
            way = math.dist((key.x_m, key.z_m), (after.x_m, after.z_m))
            speed = way / (after.time_s - key.time_s) if after.time_s > key.time_s else 0.0
            pose = "stand" if speed < 0.15 else "walk" if speed < _GALLOP_MPS else "run"
        out.append(replace(key, pose=pose, height_m=0.0))
    return tuple(out)
