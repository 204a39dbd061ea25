"""Furniture about its users: what of a seat or bed is behind the sitter is painted first, what is before it last.

Sorts pieces only; where seats are is the sets' knowledge, who sits the stage's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple

import numpy as np
import skia
from numpy.typing import NDArray

from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone
from model.theatre.sets.kit import Piece
from model.theatre.sets.pen import Pen
from model.theatre.view import View

__all__ = ["NEAR_SEAT_M", "Sitter", "about_sitters"]

NEAR_SEAT_M = 0.4
"""Who sits or lies within this of a seat uses it."""

_APART_M = 0.1


class Sitter(NamedTuple):
    """Who sits or lies: where, and how deep the figure is sorted."""

    x_m: float
    z_m: float
    depth_m: float


def about_sitters(
    things: Sequence[Drawable], sitters: Sequence[Sitter], view: View, tone: Tone, time_s: float
) -> list[Drawable]:
    """The same things; one that somebody sits or lies on comes in two parts, behind and before its user."""
    if not sitters:
        return list(things)
    found: list[Drawable] = []
    for thing in things:
        piece = thing.still
        users = [one for one in sitters if _uses(one, piece)] if piece is not None and piece.seats else []
        if piece is None or not users:
            found.append(thing)
            continue
        nearest, farthest = min(one.depth_m for one in users), max(one.depth_m for one in users)
        before = _before(piece, users, nearest, view)
        behind, ahead = _split(piece, before)
        found.append(_part(thing, behind, farthest + 0.03, view, tone, time_s))
        if ahead is not None:
            found.append(_part(thing, ahead, nearest - 0.03, view, tone, time_s))
    return found


def _uses(one: Sitter, piece: Piece) -> bool:
    return any(math.hypot(seat.at.x - one.x_m, seat.at.z - one.z_m) < NEAR_SEAT_M for seat in piece.seats)


def _part(thing: Drawable, piece: Piece, depth_m: float, view: View, tone: Tone, time_s: float) -> Drawable:
    return replace(
        thing, depth_m=depth_m, still=piece, paint=partial(_paint, piece=piece, view=view, tone=tone, time_s=time_s)
    )


def _paint(canvas: skia.Canvas, piece: Piece, view: View, tone: Tone, time_s: float) -> None:
    Pen(canvas, view, tone, time_s).piece(piece)


def _before(piece: Piece, users: Sequence[Sitter], depth_m: float, view: View) -> tuple[bool, ...]:
    """Which panels rise over the seat between the camera and a user: told where each comes nearest to the user."""
    origins, u, v, low, high, tops = _panels_of(piece)
    seat_m = piece.at.y + piece.seats[0].height_m
    before = np.zeros(len(origins), dtype=bool)
    for one in users:
        off = np.array([one.x_m, seat_m, one.z_m]) - origins
        a, b = (np.clip((off * axis).sum(axis=1), low[:, i], high[:, i]) for i, axis in enumerate((u, v)))
        nearest = origins + a[:, None] * u + b[:, None] * v
        before |= (nearest - np.asarray(view.eye)) @ view.rotation[2] < depth_m - _APART_M
    return tuple((before & (tops > seat_m + _APART_M)).tolist())


@lru_cache(maxsize=256)
def _panels_of(piece: Piece) -> tuple[NDArray[np.float64], ...]:
    """A piece's panels as arrays: origins and axes (n, 3), extents from and to (n, 2), how high they reach (n,)."""
    panels = piece.panels
    origins, u, v = (np.array([getattr(p, name) for p in panels], dtype=np.float64) for name in ("origin", "u", "v"))
    low, high = np.array([p.extent[:2] for p in panels]), np.array([p.extent[2:] for p in panels])
    ends = [origins[:, 1] + a[:, 0] * u[:, 1] + b[:, 1] * v[:, 1] for a in (low, high) for b in (low, high)]
    return origins, u, v, low, high, np.max(ends, axis=0)


@lru_cache(maxsize=256)
def _split(piece: Piece, before: tuple[bool, ...]) -> tuple[Piece, Piece | None]:
    """A piece's panels behind its user, with its shadow, and those before, if any."""
    behind = tuple(panel for panel, ahead in zip(piece.panels, before, strict=True) if not ahead)
    ahead = tuple(panel for panel, is_ahead in zip(piece.panels, before, strict=True) if is_ahead)
    return replace(piece, panels=behind), replace(piece, panels=ahead, shadow=None) if ahead else None
