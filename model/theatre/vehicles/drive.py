"""Vehicles on the stage: where one stands at a time, its drawables far to near, its shadows and its lights.

A vehicle moves by its prop's keys; its wheels turn by the way that it has gone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from zlib import crc32

import numpy as np
import skia

from model.stage import RGB, Prop, Stage, Vec3
from model.theatre.drawable import Drawable
from model.theatre.lighting.light import Tone
from model.theatre.motion.props_motion import PropNow, prop_now
from model.theatre.pixels import blank, canvas_on, image_of
from model.theatre.sets.kit import Lamp
from model.theatre.sets.pen import Pen
from model.theatre.surfaces import SurfaceTone
from model.theatre.vehicles import air, cars, cycles, rails, road, vans, water
from model.theatre.vehicles.painter import Rods, Stand, paint_rods, paint_solid
from model.theatre.vehicles.parts import Rotor, Vehicle
from model.theatre.vehicles.solid import Array
from model.theatre.view import NEAR_M, View, locked

__all__ = ["VEHICLES", "placed", "taken_by", "travelled_m", "vehicle_drawables", "vehicle_of"]

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

_SPOKES_PX = 4.0
_CAR_COLOURS = (
    RGB(176, 62, 56), RGB(58, 96, 126), RGB(72, 104, 84), RGB(206, 196, 176), RGB(64, 66, 76), RGB(196, 146, 66),
    RGB(140, 150, 158),
)  # fmt: skip


@lru_cache(maxsize=128)
def _built(kind: str, colour: RGB | None, state: str, manned: bool) -> Vehicle:
    return VEHICLES[kind](colour, state, manned)


def vehicle_of(prop: Prop, state: str) -> Vehicle:
    """The form of a prop that is a vehicle, in a state; one that moves has somebody at its wheel.

    A car of no stated colour has one by its id: the same in every shot.
    """
    manned = "occupied" in state or any(key.moves == "glides" for key in prop.keys)
    colour = prop.colour
    if colour is None and prop.kind == "car":
        colour = _CAR_COLOURS[crc32(prop.id.encode()) % len(_CAR_COLOURS)]
    return _built(prop.kind, colour, state.replace("occupied", "").strip(), manned)


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


def placed(prop: Prop, stage: Stage, time_s: float) -> tuple[Vehicle, Stand, PropNow]:
    """A vehicle, where it is and how it is turned: on its wheels, rocked by the water, or banked in the air."""
    now = prop_now(stage, prop, time_s)
    vehicle = vehicle_of(prop, now.state)
    y, pitch, roll = 0.0, 0.0, 0.0
    phase = now.position.x * 0.7 + now.position.z * 0.3 if not prop.keys else 0.0
    if vehicle.moves == "floats":
        calm = 4.0 / max(4.0, vehicle.half_length_m)
        y = 0.06 * calm * math.sin(1.3 * time_s + phase)
        roll, pitch = 0.05 * calm * math.sin(1.05 * time_s + phase), 0.025 * calm * math.sin(0.8 * time_s + 1.0 + phase)
    elif vehicle.moves in ("flies", "hovers") and now.position.y > 0.5:
        y = 0.10 * math.sin(0.9 * time_s + phase)
        roll, pitch = 0.03 * math.sin(0.7 * time_s + phase), 0.012 * math.sin(0.53 * time_s)
    return vehicle, _stood(vehicle, now.position, now.heading_deg, y, pitch, roll), now


def taken_by(prop: Prop, stage: Stage, time_s: float) -> list[tuple[float, float, float]]:
    """The floor under a vehicle as circles along its length: x, z and radius; none of one in the air."""
    vehicle, stand, now = placed(prop, stage, time_s)
    if now.position.y > 1.0:
        return []
    reach = vehicle.half_width_m + 0.45
    count = max(1, round(2 * vehicle.half_length_m / reach))
    along = np.linspace(-vehicle.half_length_m, vehicle.half_length_m, count + 2)
    middles = stand.stage(np.stack([np.zeros(len(along)), np.zeros(len(along)), along], axis=1))
    return [(x, z, reach) for x, _, z in middles.tolist()]


def _stood(
    vehicle: Vehicle, at: Vec3, heading_deg: float, up_m: float = 0.0, pitch: float = 0.0, roll: float = 0.0
) -> Stand:
    turn = _turned(math.radians(heading_deg), pitch, roll)
    return Stand(np.array([at.x, at.y + up_m, at.z]) - turn[:, 2] * vehicle.saddle_z_m, turn)


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
    vehicle, stand, now = placed(prop, stage, time_s)
    reach = math.hypot(vehicle.half_length_m, vehicle.half_width_m, vehicle.height_m)
    x, y, z = stand.at.tolist()
    if not view.sees((x, y + vehicle.height_m / 2, z), reach):
        return []
    middles = np.array([[0.0, vehicle.height_m * 0.3, along] for along, _ in vehicle.segments])
    depths = stand.seen(middles, view)[:, 2].tolist()
    if vehicle.hull:
        depths = [depths[0] + vehicle.half_width_m * 0.8, depths[1] - vehicle.half_width_m * 0.8]
    far_to_near = sorted(range(len(depths)), key=lambda k: -depths[k])
    # What stands still before a locked camera is painted once.
    still = vehicle.moves == "rolls" and not prop.keys and locked(stage.camera) and not isinstance(tone, SurfaceTone)
    gone_m = travelled_m(prop, time_s)
    found = []
    for k in far_to_near:
        slice_ = _Slice(vehicle, k, k == far_to_near[0], k == far_to_near[-1])
        if still:
            body = partial(_paint_kept, part=slice_, at=now.position, heading_deg=now.heading_deg, view=view, tone=tone)
        else:
            body = partial(_paint, part=slice_, stand=stand, view=view, tone=tone, gone_m=gone_m)
        found.append(Drawable(depths[k], body))
    if vehicle.rowed:
        for side in (1.0, -1.0):
            oar = partial(paint_rods, rods=(_oar(side, gone_m),), stand=stand, view=view, tone=tone)
            found.append(Drawable(float(stand.seen(np.array([[side, 0.5, 0.0]]), view)[0, 2]), oar))
    if vehicle.rotors or vehicle.bulbs:
        lights = partial(_paint_moving, vehicle=vehicle, stand=stand, view=view, tone=tone, time_s=time_s)
        found.append(Drawable(depths[far_to_near[-1]] - 0.001, lights))
    return found


@dataclass(frozen=True)
class _Slice:
    """One of a vehicle's segments; the farthest comes with what is under it, the nearest with what is over it."""

    vehicle: Vehicle
    index: int
    first: bool
    last: bool


def _paint(canvas: skia.Canvas, part: _Slice, stand: Stand, view: View, tone: Tone, gone_m: float) -> None:
    vehicle = part.vehicle
    if part.first:
        paint_rods(canvas, vehicle.under, stand, view, tone)
    middle, solid = vehicle.segments[part.index]
    paint_solid(canvas, solid, stand, view, tone)
    _spin(canvas, vehicle, None if vehicle.hull or len(vehicle.segments) == 1 else middle, stand, view, tone, gone_m)
    if part.last:
        paint_rods(canvas, vehicle.over, stand, view, tone)


def _paint_kept(canvas: skia.Canvas, part: _Slice, at: Vec3, heading_deg: float, view: View, tone: Tone) -> None:
    kept = _kept(part, at, heading_deg, view, tone)
    if kept is not None:
        canvas.drawImage(*kept)


@lru_cache(maxsize=32)
def _kept(part: _Slice, at: Vec3, heading_deg: float, view: View, tone: Tone) -> tuple[skia.Image, int, int] | None:
    """A slice of a vehicle that stands still, as a picture with the place of its corner."""
    pixels = blank(view.width_px, view.height_px)
    _paint(canvas_on(pixels), part, _stood(part.vehicle, at, heading_deg), view, tone, 0.0)
    rows, columns = (np.flatnonzero(pixels[..., 3].any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return None
    left, top = int(columns[0]), int(rows[0])
    return image_of(np.ascontiguousarray(pixels[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1])), left, top


def _paint_moving(canvas: skia.Canvas, vehicle: Vehicle, stand: Stand, view: View, tone: Tone, time_s: float) -> None:
    """What turns or glows of its own: rotors, lamps."""
    for rotor in vehicle.rotors:
        _blades(canvas, rotor, stand, view, tone, time_s)
    _glow(canvas, vehicle, stand, view, tone, time_s)


def _oar(side: float, gone_m: float) -> Rods:
    """An oar: dipped as it sweeps back, raised as it swings ahead, a stroke every two metres gone."""
    turn = math.pi * gone_m
    sweep, lift = math.sin(turn), max(0.0, math.cos(turn))
    grip, rowlock = (side * 0.16, 0.80, 0.42 - 0.28 * sweep), (side * 0.76, 0.62, 0.12)
    blade = (side * 1.80, -0.02 + 0.26 * lift, -0.22 + 0.9 * sweep)
    return Rods((np.array([grip, rowlock, blade]),), 0.03, RGB(200, 164, 118))


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
