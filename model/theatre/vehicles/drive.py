"""Vehicles on the stage: where one stands at a time, its drawables far to near, its shadows and its lights.

A vehicle moves by its prop's keys; its wheels turn by the way that it has gone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np
import skia

from model.stage import RGB, Prop, Stage, Vec3
from model.theatre.drawable import Drawable
from model.theatre.light import Tone
from model.theatre.paint import hull
from model.theatre.props_motion import prop_now
from model.theatre.sets.kit import Lamp
from model.theatre.sets.pen import Pen
from model.theatre.vehicles import air, cars, cycles, rails, road, vans, water
from model.theatre.vehicles.painter import Stand, paint_rods, paint_solid
from model.theatre.vehicles.parts import Rotor, Vehicle
from model.theatre.vehicles.solid import Array
from model.theatre.view import NEAR_M, View

__all__ = ["VEHICLES", "paint_vehicle_shadows", "travelled_m", "vehicle_drawables", "vehicle_of"]

Build = Callable[[RGB | None, str, bool], Vehicle]

VEHICLES: dict[str, Build] = {
    "ambulance": vans.ambulance,
    "bicycle": cycles.bicycle,
    "boat": water.boat,
    "bus": road.bus,
    "car": cars.car,
    "helicopter": air.helicopter,
    "horse_cart": cycles.horse_cart,
    "motorcycle": cycles.motorcycle,
    "plane": air.plane,
    "police_car": cars.police_car,
    "ship": water.ship,
    "spaceship": air.ufo,
    "taxi": cars.taxi,
    "train": rails.train,
    "tram": rails.tram,
    "truck": road.truck,
    "ufo": air.ufo,
    "van": vans.van,
}
"""Every kind of vehicle, by the prop's kind."""

_INK = 0x0E1226
_SPOKES_PX = 4.0


@lru_cache(maxsize=128)
def _built(kind: str, colour: RGB | None, state: str, manned: bool) -> Vehicle:
    return VEHICLES[kind](colour, state, manned)


def vehicle_of(prop: Prop, state: str) -> Vehicle:
    """The form of a prop that is a vehicle, in a state; one that moves has somebody at its wheel."""
    manned = "occupied" in state or any(key.moves == "glides" for key in prop.keys)
    return _built(prop.kind, prop.colour, state.replace("occupied", "").strip(), manned)


def travelled_m(prop: Prop, time_s: float) -> float:
    """How far a prop has gone along its heading by a time: less where it backs up."""
    gone, at, since = 0.0, prop.position, 0.0
    for key in prop.keys:
        if key.moves == "glides" and time_s > since:
            share = min(1.0, (time_s - since) / (key.time_s - since)) if key.time_s > since else 1.0
            dx, dz = key.position.x - at.x, key.position.z - at.z
            a = math.radians(key.heading_deg)
            forward = dx * math.sin(a) + dz * math.cos(a) >= -1e-9
            gone += share * math.hypot(dx, dz) * (1.0 if forward else -1.0)
        at, since = key.position, key.time_s
    return gone


def _placed(prop: Prop, stage: Stage, time_s: float) -> tuple[Vehicle, Stand]:
    """A vehicle, where it is and how it is turned: on its wheels, rocked by the water, or banked in the air."""
    now = prop_now(stage, prop, time_s)
    vehicle = vehicle_of(prop, now.state)
    y, pitch, roll = now.position.y, 0.0, 0.0
    phase = prop.position.x * 0.7 + prop.position.z * 0.3 if not prop.keys else 0.0
    if vehicle.moves == "floats":
        calm = 4.0 / max(4.0, vehicle.half_length_m)
        y += 0.06 * calm * math.sin(1.3 * time_s + phase)
        roll, pitch = 0.05 * calm * math.sin(1.05 * time_s + phase), 0.025 * calm * math.sin(0.8 * time_s + 1.0 + phase)
    elif vehicle.moves in ("flies", "hovers") and y > 0.5:
        y += 0.10 * math.sin(0.9 * time_s + phase)
        roll, pitch = 0.03 * math.sin(0.7 * time_s + phase), 0.012 * math.sin(0.53 * time_s)
    turn = _turned(math.radians(now.heading_deg), pitch, roll)
    at = np.array([now.position.x, y, now.position.z]) - turn[:, 2] * vehicle.saddle_z_m
    return vehicle, Stand(at, turn)


def _turned(heading: float, pitch: float, roll: float) -> Array:
    ch, sh, cp, sp = math.cos(heading), math.sin(heading), math.cos(pitch), math.sin(pitch)
    cr, sr = math.cos(roll), math.sin(roll)
    level = np.array([[ch, 0.0, sh], [0.0, 1.0, 0.0], [-sh, 0.0, ch]])
    nose = np.array([[1.0, 0.0, 0.0], [0.0, cp, sp], [0.0, -sp, cp]])
    bank = np.array([[cr, sr, 0.0], [-sr, cr, 0.0], [0.0, 0.0, 1.0]])
    turn: Array = level @ nose @ bank
    return turn


def vehicle_drawables(prop: Prop, stage: Stage, view: View, tone: Tone, time_s: float) -> list[Drawable]:
    """A vehicle where `prop` stands now, in slices of its length so that people sort before and behind each."""
    vehicle, stand = _placed(prop, stage, time_s)
    reach = math.hypot(vehicle.half_length_m, vehicle.half_width_m, vehicle.height_m)
    at = stand.at
    if not view.sees((float(at[0]), float(at[1]) + vehicle.height_m / 2, float(at[2])), reach):
        return []
    found = []
    middles = np.array([[0.0, vehicle.height_m * 0.3, z] for z, _ in vehicle.segments])
    depths = stand.seen(middles, view)[:, 2].tolist()
    if vehicle.hull:
        depths = [depths[0] + vehicle.half_width_m * 0.8, depths[1] - vehicle.half_width_m * 0.8]
    nearest = int(np.argmin(depths))
    for k, depth in enumerate(depths):
        paint = partial(
            _paint, vehicle=vehicle, index=k, first=k == int(np.argmax(depths)), last=k == nearest, stand=stand,
            view=view, tone=tone, time_s=time_s, gone_m=travelled_m(prop, time_s),
        )  # fmt: skip
        found.append(Drawable(depth, paint))
    return found


def _paint(
    canvas: skia.Canvas, vehicle: Vehicle, index: int, first: bool, last: bool, stand: Stand, view: View, tone: Tone,
    time_s: float, gone_m: float,
) -> None:  # fmt: skip
    if first:
        paint_rods(canvas, vehicle.under, stand, view, tone)
    middle, solid = vehicle.segments[index]
    paint_solid(canvas, solid, stand, view, tone)
    _spin(canvas, vehicle, None if vehicle.hull or len(vehicle.segments) == 1 else middle, stand, view, tone, gone_m)
    if last:
        paint_rods(canvas, vehicle.over, stand, view, tone)
        for rotor in vehicle.rotors:
            _blades(canvas, rotor, stand, view, tone, time_s)
        _glow(canvas, vehicle, stand, view, tone, time_s)


def _spin(
    canvas: skia.Canvas, vehicle: Vehicle, middle: float | None, stand: Stand, view: View, tone: Tone, gone_m: float
) -> None:
    """The spokes of the wheels on the side that is seen, turned by the way gone."""
    eye = stand.local(view.eye)
    half = vehicle.half_length_m / len(vehicle.segments)
    wheels = [
        w for w in vehicle.wheels
        if w.spokes and eye[0] * math.copysign(1.0, w.x) > abs(w.x) and (middle is None or abs(w.z - middle) <= half)
    ]  # fmt: skip
    if not wheels:
        return
    depth = max(float(stand.seen(np.array([[w.x, w.y, w.z] for w in wheels]), view)[:, 2].mean()), NEAR_M)
    if wheels[0].radius_m * view.px_per_m(depth) < _SPOKES_PX:
        return
    rows = []
    for w in wheels:
        turn = gone_m / w.radius_m + np.arange(w.spokes) * (2 * math.pi / w.spokes)
        for share in (0.12, 0.92 if w.spokes > 6 else 0.56):
            r = w.radius_m * share
            x = np.full(w.spokes, w.x * 1.012)
            rows.append(np.stack([x, w.y + r * np.cos(turn), w.z + r * np.sin(turn)], axis=1))
    seen = stand.seen(np.concatenate(rows), view)
    if float(seen[:, 2].min()) < NEAR_M * 2:
        return
    points = seen[:, :2].tolist()
    path, k = skia.Path(), 0
    for w in wheels:
        for i in range(w.spokes):
            path.moveTo(*points[k + i])
            path.lineTo(*points[k + w.spokes + i])
        k += 2 * w.spokes
    paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeCap=skia.Paint.kRound_Cap)
    fine = wheels[0].spokes > 6
    reach = wheels[0].radius_m * (0.03 if fine else 0.16) * view.px_per_m(depth)
    paint.setColor(tone.between(wheels[0].rgb if fine else RGB(52, 52, 58), 0.4, depth))
    paint.setStrokeWidth(max(0.5, reach))
    canvas.drawPath(path, paint)


def _blades(canvas: skia.Canvas, rotor: Rotor, stand: Stand, view: View, tone: Tone, time_s: float) -> None:
    """Blades as they turn, and the veil that they sweep."""
    first, second = {"y": (0, 2), "x": (1, 2), "z": (0, 1)}[rotor.axis]
    hub = np.array([rotor.x, rotor.y, rotor.z])

    def around(angles: Array, r: float) -> Array:
        rows = np.tile(hub, (len(angles), 1))
        rows[:, first] += r * np.cos(angles)
        rows[:, second] += r * np.sin(angles)
        return rows

    angle = 2 * math.pi * (rotor.turns_s * time_s + np.arange(rotor.blades) / rotor.blades)
    wide = 0.05 if rotor.axis == "y" else 0.12
    tips = np.stack([around(angle - wide, rotor.radius_m), around(angle + wide, rotor.radius_m)], axis=1)
    rim = around(np.linspace(0, 2 * math.pi, 28, endpoint=False), rotor.radius_m)
    seen = stand.seen(np.concatenate([hub[None], tips.reshape(-1, 3), rim]), view)
    if float(seen[:, 2].min()) < NEAR_M * 2:
        return
    points = [skia.Point(x, y) for x, y in seen[:, :2].tolist()]
    colour = tone.between(RGB(48, 50, 56), 0.4, float(seen[0, 2]))
    paint = skia.Paint(AntiAlias=True)
    if rotor.turns_s:
        veil = skia.Path()
        veil.addPoly(points[1 + 2 * rotor.blades :], True)
        paint.setColor(colour & 0xFFFFFF | 0x20000000)
        canvas.drawPath(veil, paint)
    blades = skia.Path()
    for k in range(rotor.blades):
        blades.addPoly([points[0], points[1 + 2 * k], points[2 + 2 * k]], True)
    paint.setColor(colour)
    canvas.drawPath(blades, paint)


def _glow(canvas: skia.Canvas, vehicle: Vehicle, stand: Stand, view: View, tone: Tone, time_s: float) -> None:
    """Halos of the lamps that look at the camera."""
    if not vehicle.bulbs:
        return
    pen = Pen(canvas, view, tone, time_s)
    eye = stand.local(view.eye)
    for bulb in vehicle.bulbs:
        toward = eye - np.array([bulb.x, bulb.y, bulb.z])
        share = 1.0 if bulb.looks == 0 else bulb.looks * float(toward[2]) / float(np.linalg.norm(toward) + 1e-9)
        if share <= 0.05 or tone.lamps < 0.3:
            continue
        if bulb.blinks != "no":
            beat = math.sin(2 * math.pi * 1.6 * time_s + (0.0 if bulb.blinks == "left" else math.pi))
            share *= max(0.0, beat)
            if share <= 0.02:
                continue
        x, y, z = stand.stage(np.array([[bulb.x, bulb.y, bulb.z]]))[0].tolist()
        pen.halo(Lamp(Vec3(x, y, z), bulb.rgb, bulb.halo_m * (0.4 + 0.6 * share)))


def paint_vehicle_shadows(canvas: skia.Canvas, stage: Stage, view: View, tone: Tone, time_s: float) -> None:
    """What vehicles do to the ground, before anything that stands on it: contact, cast shadow, and headlight pools."""
    veil = stage.weather.intensity if stage.weather.kind in ("overcast", "rain", "storm", "snow", "fog") else 0.0
    cast = (0.0 if stage.place.interior else 0.30) * (1 - 0.9 * veil) * (0.6 if stage.light.hour == "night" else 1.0)
    for prop in stage.props:
        if prop.kind not in VEHICLES:
            continue
        vehicle, stand = _placed(prop, stage, time_s)
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
            paint.setColor(round(255 * cast * fade) << 24 | _INK)
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
        paint.setColor(alpha << 24 | _INK)
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
