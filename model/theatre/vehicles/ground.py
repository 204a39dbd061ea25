"""What vehicles do to the ground, before anything that stands on it: contact, cast shadow, headlights' pools."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import skia

from model.stage import Stage, Vec3
from model.theatre.lighting.cast import INK
from model.theatre.lighting.light import Tone
from model.theatre.paint import hull
from model.theatre.sets.kit import Lamp
from model.theatre.sets.pen import Pen
from model.theatre.vehicles.drive import VEHICLES, placed
from model.theatre.vehicles.painter import Stand
from model.theatre.vehicles.parts import Vehicle
from model.theatre.vehicles.solid import Array
from model.theatre.view import NEAR_M, View

__all__ = ["paint_vehicle_shadows"]


def paint_vehicle_shadows(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """What vehicles do to the ground, before anything that stands on it: contact, cast shadow, and headlight pools."""
    veil = stage.weather.intensity if stage.weather.kind in ("overcast", "rain", "storm", "snow", "fog") else 0.0
    cast = (0.0 if stage.place.interior else 0.30) * (1 - 0.9 * veil) * (0.6 if stage.light.hour == "night" else 1.0)
    for prop in stage.props:
        if prop.kind not in VEHICLES:
            continue
        vehicle, stand, _ = placed(prop, stage, time_s)
        reach = 2.6 * math.hypot(vehicle.half_length_m, vehicle.height_m)
        if not view.sees((float(stand.at[0]), 0.0, float(stand.at[2])), reach):
            continue
        _ground(canvas, vehicle, stand, view, tone, cast)
        if tone.lamps > 0.3:
            _beams(canvas, vehicle, stand, view, tone)


def _ground(canvas: skia.Canvas, vehicle: Vehicle, stand: Stand, view: View, tone: Tone, cast: float) -> None:
    paint = skia.Paint(AntiAlias=True)
    low = float(stand.at[1])
    if cast > 0.03 and tone.key_from.y > 0.05 and vehicle.moves != "floats":
        key = tone.key_from
        slope = min(2.4, math.hypot(key.x, key.z) / max(key.y, 1e-3)) / (math.hypot(key.x, key.z) or 1.0)
        rows = stand.stage(_outline(vehicle))
        laid = np.stack(
            [rows[:, 0] - key.x * slope * rows[:, 1], np.zeros(len(rows)), rows[:, 2] - key.z * slope * rows[:, 1]],
            axis=1,
        )
        seen = view.project(laid)
        if float(seen[:, 2].min()) > NEAR_M * 2:
            fade = 1.0 / (1.0 + 0.05 * max(0.0, low))
            paint.setColor(round(255 * cast * fade) << 24 | INK)
            canvas.drawPath(hull(seen[:, :2]), paint)
    if low > 0.6 or vehicle.moves == "hovers":
        return
    turn = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    square = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    half_x, half_z = vehicle.foot_m or (vehicle.half_width_m, vehicle.half_length_m)
    square = np.sign(square) * np.abs(square) ** 0.55
    for grow, alpha in ((1.10, 0x22), (1.0, 0x3A), (0.86, 0x50)):
        flat = np.stack([square[:, 0] * (half_x * grow), np.zeros(24), square[:, 1] * (half_z * grow)], axis=1)
        rows = stand.stage(flat)
        rows[:, 1] = low + 0.005
        seen = view.project(rows)
        if float(seen[:, 2].min()) < NEAR_M * 2:
            return
        paint.setColor(alpha << 24 | INK)
        canvas.drawPath(hull(seen[:, :2]), paint)


@lru_cache(maxsize=128)
def _outline(vehicle: Vehicle) -> Array:
    """The corners that its shadow is told by: some of each segment's vertices."""
    rows = np.concatenate([solid.vertices for _, solid in vehicle.segments])
    count = max(1, len(rows) // 160)
    return np.concatenate([rows[::count], rows[[int(np.argmax(rows @ way)) for way in _WAYS]]])


_WAYS = np.array([(x, y, z) for x in (-1.0, 0.0, 1.0) for y in (0.0, 1.0) for z in (-1.0, 0.0, 1.0) if x or y or z])


def _beams(canvas: skia.Canvas, vehicle: Vehicle, stand: Stand, view: View, tone: Tone) -> None:
    pen = Pen(canvas, view, tone)
    for bulb in vehicle.bulbs:
        if bulb.pool_m > 0:
            x, _, z = stand.stage(np.array([[0.0, 0.0, bulb.z + bulb.pool_m * 0.95]]))[0].tolist()
            pen.pool(Lamp(Vec3(x, 0.0, z), bulb.rgb, 0.1, bulb.pool_m))
