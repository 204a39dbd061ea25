"""Crowds on the floor: a band of people behind, beside or before those who play; birds over them, fish about them.

Words to rectangles only; who is in a crowd and what each one does is the theatre's.
"""

from __future__ import annotations

from collections.abc import Sequence

from model.stage import Crowd as StageCrowd
from model.stage import Vec3
from shots.blocking.colours import seeded
from shots.blocking.fittings import BARE, Fittings
from shots.blocking.marks import Floor
from shots.spec import Crowd

__all__ = ["crowds_on"]

_PER_M2 = {"stand": 1.1, "walk": 0.55, "sit": 1.0, "cheer": 1.3, "dance": 0.9, "fly": 0.2, "swim": 1.2}
_CLEAR_M = 1.1  # between those who play and a crowd
_NARROWEST_M, _DEEPEST_M = 5.0, 9.0
_WALL_M = 0.5
_ROWS = 8  # so many seats are rows that a crowd sits in
_STREET_M = 6.0  # a floor whose half width is less leads into its depth


def crowds_on(
    crowds: Sequence[Crowd], others: Sequence[tuple[float, float]], floor: Floor, interior: bool, seed: int,
    fittings: Fittings = BARE,
) -> tuple[StageCrowd, ...]:  # fmt: skip
    """The crowds of a shot, clear of the marks of those who play; the same in all shots with one `seed`."""
    placed: list[StageCrowd] = []
    for number, crowd in enumerate(crowds):
        key = seeded(seed, "crowd", number)
        if crowd.what == "birds" and crowd.doing == "fly":
            placed.append(_flock(crowd, number, key, interior))
        elif crowd.doing == "sit" and (rows := _rows(fittings)):
            wide, deep, centre, heading = rows
            placed.append(
                StageCrowd(
                    id=f"crowd {number + 1}", kind=crowd.what, count=crowd.count, centre=centre, width_m=wide,
                    depth_m=deep, heading_deg=heading, doing="sit", seed=key % 2**31,
                )
            )  # fmt: skip
        elif crowd.where == "around":
            share = max(2, crowd.count // 3)
            parts = (("behind", crowd.count - 2 * share), ("left", share), ("right", share))
            placed += [
                _band(crowd, f"crowd {number + 1} {where}", where, count, others, floor, seeded(key, where))
                for where, count in parts
                if count > 0
            ]
        else:
            placed.append(_band(crowd, f"crowd {number + 1}", crowd.where, crowd.count, others, floor, key))
    return tuple(placed)


def _rows(fittings: Fittings) -> tuple[float, float, Vec3, float] | None:
    """The rectangle of a set's rows of seats, its middle and the way they face; None where there are no rows."""
    seats = [spot for spot in fittings.spots if spot.kind in ("pew", "chair", "desk", "bench", "seat")]
    if len(seats) < _ROWS:
        return None
    xs, zs = [spot.at.x for spot in seats], [spot.at.z for spot in seats]
    centre = Vec3((min(xs) + max(xs)) / 2, 0.0, (min(zs) + max(zs)) / 2)
    heading = sorted(spot.heading_deg for spot in seats)[len(seats) // 2]
    return round(max(xs) - min(xs) + 0.6, 2), round(max(zs) - min(zs) + 0.6, 2), centre, heading


def _flock(crowd: Crowd, number: int, seed: int, interior: bool) -> StageCrowd:
    centre = Vec3(0.0, 2.1, 2.0) if interior else Vec3(1.0 if seed % 2 else -1.0, 6.5, 14.0)
    wide, deep = (5.0, 2.0) if interior else (20.0, 10.0)
    return StageCrowd(
        id=f"crowd {number + 1}", kind="birds", count=crowd.count, centre=centre, width_m=wide, depth_m=deep,
        heading_deg=90.0 if seed % 4 < 2 else -90.0, doing="fly", seed=seed % 2**31,
    )  # fmt: skip


def _band(
    crowd: Crowd, name: str, where: str, count: int, others: Sequence[tuple[float, float]], floor: Floor, seed: int
) -> StageCrowd:
    half = min(floor.half_x, 11.0) + _WALL_M
    near = max((z for _, z in others), default=0.6) + _CLEAR_M
    room = count / _PER_M2[crowd.doing]
    back = max((z for _, z in others), default=0.6)
    front = min((z for _, z in others), default=0.0)
    if where in ("left", "right"):
        sign = -1.0 if where == "left" else 1.0
        inner = max((sign * x for x, _ in others), default=0.6) + _CLEAR_M
        wide = min(max(half - inner, 1.0), 3.0)
        deep = min(room / wide, back + 4.0 - floor.near_z)
        centre = Vec3(sign * (inner + wide / 2), 0.0, 0.5 * (front + back) + 0.4)
        heading = -90.0 * sign
    else:
        wide = min(2 * half, max(_NARROWEST_M, room**0.5 * 1.9))
        deep = min(room / wide, _DEEPEST_M)
        if where == "front":
            # Far enough before the players that the cameras which see their faces stand between the two.
            centre = Vec3(0.0, 0.0, floor.near_z - 2.2 - deep / 2)
            heading = 0.0
        else:
            deep = max(min(deep, floor.far_z + _WALL_M - near), 0.9)
            centre = Vec3(0.0, 0.0, near + deep / 2)
            heading = 180.0
    if crowd.doing in ("walk", "swim"):
        along = floor.half_x < _STREET_M
        heading = (180.0 if seed % 2 else 0.0) if along else (90.0 if seed % 2 else -90.0)
        if along and where == "behind":  # down the street, not across it
            deep = min(max(deep, 1.6 * room / wide), floor.far_z + _WALL_M - near, 16.0)
            wide = min(wide, 1.5 * floor.half_x)
            centre = Vec3(-0.25 * floor.half_x if not floor.narrow else 0.0, 0.0, near + deep / 2)
    return StageCrowd(
        id=name, kind=crowd.what, count=count, centre=centre, width_m=round(wide, 2), depth_m=round(deep, 2),
        heading_deg=heading, doing=crowd.doing, seed=seed % 2**31,
    )  # fmt: skip
