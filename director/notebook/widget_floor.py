"""A stage from above: people, the camera and what it sees, walls and doors, in metres. Data for a page; draws nothing.

x runs to the right and z away from the master's camera, as on the stage itself.
"""

from __future__ import annotations

import math
from typing import Any

from model.stage import SENSOR_HEIGHT_MM, Stage

__all__ = ["floor_of"]


def floor_of(stage: Stage, aspect: float) -> dict[str, Any]:
    """The floor plan of a shot; `aspect` is its picture's width by its height.

    `walls_m` is [x0, z0, x1, z1], None outdoors. The camera's `sees_deg` is its angle of view across.
    """
    from model.theatre.place import design_of
    from model.theatre.sets.seats import doors_of, seats_of

    design = design_of(stage.place.kind, stage.place.seed, stage.place.name)
    return {
        "place": stage.place.name,
        "walls_m": _rounded(design.ground_extent) if design.ground_extent is not None else None,
        "doors": [
            {"at_m": _rounded((door.at.x, door.at.z)), "out_deg": round(door.out_deg, 1), "width_m": door.width_m}
            for door in doors_of(stage.place)
        ],
        "seats": [
            {"at_m": _rounded((seat.at.x, seat.at.z)), "heading_deg": round(seat.heading_deg, 1), "kind": seat.kind}
            for seat in seats_of(stage.place)
        ],
        "people": [
            {
                "id": figure.id,
                "species": figure.species,
                "at_m": _rounded((figure.body[0].x_m, figure.body[0].z_m)),
                "heading_deg": round(figure.body[0].heading_deg, 1),
                "way_m": _way([(key.x_m, key.z_m) for key in figure.body]),
            }
            for figure in stage.figures
        ],
        "camera": _camera(stage, aspect),
    }


def _camera(stage: Stage, aspect: float) -> dict[str, Any]:
    first = stage.camera.keys[0]
    across_mm = SENSOR_HEIGHT_MM * aspect
    return {
        "at_m": _rounded(first.position),
        "target_m": _rounded(first.target),
        "lens_mm": round(first.lens_mm, 1),
        "sees_deg": round(2 * math.degrees(math.atan(across_mm / (2 * first.lens_mm))), 1),
        "way_m": _way([(key.position.x, key.position.z) for key in stage.camera.keys]),
    }


def _way(points: list[tuple[float, float]]) -> list[list[float]]:
    """Where something goes, each place once; empty when it stays."""
    rounded = [_rounded(point) for point in points]
    way = [point for i, point in enumerate(rounded) if i == 0 or point != rounded[i - 1]]
    return way if len(way) > 1 else []


def _rounded(values: tuple[float, ...]) -> list[float]:
    return [round(value, 2) for value in values]
