"""A seat for who sits where neither the set nor a prop offers one: it stands there for the whole shot.

Paints nothing itself; a chair or bench of `model.theatre.props` is put under the sitter.
"""

from __future__ import annotations

import math
from functools import lru_cache

from model.stage import RGB, BodyKey, Figure, Place, Prop, Stage, Vec3
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone
from model.theatre.motion.marks import place_at, pose_weights
from model.theatre.place import design_of
from model.theatre.props import prop_drawable
from model.theatre.vehicles.drive import VEHICLES
from model.theatre.view import View

__all__ = ["seats_under"]

_SEATS = frozenset({"chair", "stool", "bench", "sofa", "armchair", "bed", "car", "toilet"})
_SEATED = frozenset({"car", "train"})
"""Places where everybody sits on what is built in."""


def seats_under(figure: Figure, stage: Stage, view: View, tone: Tone, time_s: float, depth_m: float) -> list[Drawable]:
    """The seats that a figure needs in this shot; while it sits on one, that is sorted right behind or before it.

    `depth_m` is the figure's own.
    """
    if figure.species != "person" or stage.place.kind in _SEATED:
        return []
    offered = tuple(
        (at.x, at.z)
        for p in stage.props
        if p.kind in _SEATS or p.kind in VEHICLES
        for at in (p.position, *(key.position for key in p.keys))
    )
    found = []
    for x, z, heading in _needed(figure.body, stage.place, offered):
        kind = "chair" if stage.place.interior else "bench"
        wood = RGB(132, 96, 66) if stage.place.interior else RGB(112, 104, 96)
        chair = Prop(id="", kind=kind, position=Vec3(x, 0.0, z), heading_deg=heading, colour=wood)
        made = prop_drawable(chair, stage, view, tone, time_s, None)
        at = place_at(figure, time_s)
        sits = dict(pose_weights(figure, time_s)).get("sit", 0.0)
        if sits < 0.02 or math.hypot(at.x_m - x, at.z_m - z) > 0.3:
            found.append(made)
            continue
        away = math.cos(math.radians(heading - view.bearing_deg(x, z))) < -0.2
        found.append(Drawable(depth_m + (-0.02 if away else 0.05), made.paint, made.still))
    return found


@lru_cache(maxsize=256)
def _needed(
    body: tuple[BodyKey, ...], place: Place, offered: tuple[tuple[float, float], ...]
) -> tuple[tuple[float, float, float], ...]:
    """Where a body sits on nothing: x, z and heading, each place once."""
    spots: dict[tuple[float, float], float] = {}
    for key in body:
        if key.pose == "sit" and key.height_m == 0.0:
            spots.setdefault((key.x_m, key.z_m), key.heading_deg)
    design = design_of(place.kind, place.seed, place.name)
    seats = [(p.at.x, p.at.z, p.radius_m * 0.8 + 0.1) for p in design.dressing if 0.3 < p.height_m < 1.3]
    return tuple(
        (x, z, heading)
        for (x, z), heading in spots.items()
        if not any(math.hypot(a - x, b - z) < 0.8 for a, b in offered)
        and not any(math.hypot(a - x, b - z) < reach for a, b, reach in seats)
    )
