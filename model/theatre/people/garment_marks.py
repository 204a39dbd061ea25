"""Marks on garments, as data: what a mark is, how marks are mirrored, and the colours that they are told in.

A mark lies on the sections and angles of a `model.theatre.people.wardrobe.Barrel`, so it turns with the body and is
the same from shot to shot. Draws nothing: `model.theatre.people.cloth` does.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Literal, NamedTuple

from model.stage import RGB, Look
from model.theatre.paint import darker, mix

__all__ = ["Mark", "Role", "Spot", "behind", "both", "palette", "symmetric"]

Role = Literal[
    "own", "deep", "trim", "pale", "linen", "inner", "under", "tie", "gold", "belt", "skin", "silver", "rib"
]  # fmt: skip
Spot = tuple[float, float]


class Mark(NamedTuple):
    """One thing on a garment: a patch, a line, dots, or a ring all round, through (section, angle) spots.

    `key` is a patch's share of the key light, or how strongly a line tells. `width` is in thin lines, or below 0.2 in
    shares of the body's height (a dot's radius). A line of one's own colour is a dark accent of it, a strap apart.
    Shown from `px` pixels of body height.
    """

    kind: Literal["patch", "line", "dots", "ring"]
    role: Role
    spots: tuple[Spot, ...]
    key: float = 0.9
    width: float = 1.0
    px: float = 40.0
    edged: bool = False  # a patch with a line round it
    shaded: bool = False  # a patch so large that the body's shade falls on it
    sided: bool = False  # a patch that is dimmer on the side away from the key
    lift: float = 0.002


def both(*marks: Mark) -> tuple[Mark, ...]:
    """Marks and their mirror images."""
    return tuple(m for mark in marks for m in (mark, mark._replace(spots=tuple((t, -a) for t, a in mark.spots))))


def symmetric(*spots: Spot) -> tuple[Spot, ...]:
    """An outline from its right half."""
    return spots + tuple((t, -a) for t, a in reversed(spots))


def behind(*marks: Mark) -> tuple[Mark, ...]:
    """Marks moved from the front to the back."""
    return tuple(mark._replace(spots=tuple((t, a + math.pi) for t, a in mark.spots)) for mark in marks)


_LINEN = RGB(236, 232, 224)


@lru_cache(maxsize=256)
def palette(look: Look) -> dict[Role, RGB]:
    """The colours of a look's top under neutral light."""
    own, dark = look.top_colour, sum(look.top_colour) < 330
    linen = mix(_LINEN, own, 0.06)
    inner = {
        "coat": mix(RGB(222, 214, 200), RGB(120, 130, 140), 0.35),
        "jacket": RGB(222, 214, 200),
    }.get(look.top, linen)
    under = {
        "waistcoat": linen,
        "overalls": RGB(206, 192, 168) if dark else RGB(150, 66, 54),
        "apron": linen if dark else RGB(92, 104, 122),
        "hi_vis": RGB(62, 68, 84),
    }.get(look.top, linen)
    return {
        "own": own, "deep": darker(own, 0.10), "trim": darker(own, 0.26), "pale": mix(own, RGB(255, 255, 250), 0.55),
        "rib": darker(own, 0.16), "linen": linen, "inner": inner, "under": under,
        "tie": mix(own, RGB(150, 30, 44), 0.72), "gold": RGB(216, 186, 96), "belt": RGB(62, 48, 40),
        "skin": look.skin, "silver": RGB(222, 226, 222),
    }  # fmt: skip
