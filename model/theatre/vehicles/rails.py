"""Train and tram: carriages in slices, with a driver's nose at either end."""

from __future__ import annotations

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.long import Body, body_slice, end_bulbs
from model.theatre.vehicles.painter import Rods
from model.theatre.vehicles.parts import (
    DARK,
    GLASS,
    HEAD,
    TAIL,
    Vehicle,
    bulb_coat,
    deeper,
    paler,
)
from model.theatre.vehicles.solid import Array, Coat, Maker, Solid, box_ring

__all__ = ["train", "tram"]


def _railcar(b: Body, z0: float, z1: float, nose: int, slices: int, long_nose: float) -> list[tuple[float, Solid]]:
    """A carriage from z0 to z1; `nose` +1 has a driver's front ahead, -1 behind, 0 none."""
    found = []
    cuts = np.linspace(z0, z1, slices + 1).tolist()
    for i in range(slices):
        a, c = cuts[i], cuts[i + 1]
        make = Maker()
        make.part()
        bogie = Coat(RGB(46, 44, 50), key=0.3)
        for z in (z0 + (z1 - z0) * 0.16, z0 + (z1 - z0) * 0.84):
            if a <= z < c:
                make.box((-1.0, 0.12, z - 1.3), (1.0, b.low + 0.05, z + 1.3), bogie)
                for k in (-0.85, 0.85):
                    turn = np.linspace(0, 2 * np.pi, 13)[:-1]
                    make.sides(
                        [(z + k + 0.42 * np.cos(t), 0.42 + 0.42 * np.sin(t)) for t in turn],
                        1.01,
                        Coat(RGB(92, 92, 98)),
                        1,
                    )
        make.part()
        front, rear = nose > 0 and i == slices - 1, nose < 0 and i == 0
        rings = [box_ring(a, b.half, b.low, b.high, 0.3), box_ring(c, b.half, b.low, b.high, 0.3)]
        tip = (
            (0.0, 0.0, 0.0, 0.0),
            (0.55, 0.06, 0.0, 0.12),
            (0.88, 0.22, 0.02, 0.75),
            (1.0, 0.42, 0.08, 1.5),
        )
        if front:
            rings = [rings[0]] + [
                box_ring(
                    c - long_nose + long_nose * u, b.half - dx, b.low + up, b.high - down * min(1.0, long_nose), 0.3
                )
                for u, dx, up, down in tip
            ]
        if rear:
            rings = [
                box_ring(
                    a + long_nose - long_nose * u, b.half - dx, b.low + up, b.high - down * min(1.0, long_nose), 0.3
                )
                for u, dx, up, down in reversed(tip)
            ] + [rings[1]]
        body_slice(make, b, rings, a + (long_nose if rear else 0.0), c - (long_nose if front else 0.0))
        for here, ring, way in ((front or i == slices - 1, rings[-1], 1.0), (rear or i == 0, rings[0], -1.0)):
            if here:
                make.face(
                    ring,
                    Coat(b.rgb if (front and way > 0) or (rear and way < 0) else deeper(b.rgb, 0.6)),
                    (0.0, 0.0, way),
                    0,
                )
        if front or rear:
            _nose(make, b, rings, 1.0 if front else -1.0, long_nose)
        found.append(((a + c) / 2, make.done()))
    return found


def _nose(make: Maker, b: Body, rings: list[Array], way: float, long_nose: float) -> None:
    """The windscreen on a nose's slope, its lamps and its stripe."""
    near, far = (rings[-2], rings[-3]) if way > 0 else (rings[1], rings[2])
    out = (0.0, 0.6, way)
    low, high = near[[3, 4]], far[[3, 4]]
    lift = np.array([0.0, 0.03, 0.02 * way])
    if long_nose < 0.6:  # an upright face
        half = b.half - 0.42
        z = float((rings[-1] if way > 0 else rings[0])[0, 2]) + 0.01 * way
        make.face(
            [(-half, b.low + 0.95, z), (half, b.low + 0.95, z), (half, b.high - 0.78, z), (-half, b.high - 0.78, z)],
            GLASS,
            out,
            2,
        )
    else:
        quad = np.array([low[0], low[1], high[1], high[0]]) + lift
        middle = quad.mean(axis=0)
        make.face(middle + (quad - middle) * np.array([1.06, 0.94, 0.94]), GLASS, out, 2)
    tip = rings[-1] if way > 0 else rings[0]
    z, half = float(tip[0, 2]) + 0.015 * way, float(tip[:, 0].max())
    y = b.low + 0.42
    lamp = bulb_coat(HEAD if way > 0 else TAIL, b.state)
    for side in (1.0, -1.0):
        a, c = side * half * 0.55, side * half * 0.9
        make.plate(a, y, c, y + 0.17, z, way, lamp, 2)
    make.plate(-half * 0.9, y - 0.3, half * 0.9, y - 0.12, z, way, DARK, 2)


def train(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A train of two carriages with a nose at either end, 40 metres long, doors on both flanks."""
    rgb = rgb or RGB(214, 218, 220)
    b = Body(
        1.42,
        0.62,
        3.75,
        rgb,
        RGB(44, 96, 150),
        deeper(rgb, 0.25),
        (1.85, 2.75),
        1.62,
        (-16.2, -5.0, 5.0, 16.2),
        1.4,
        True,
        state,
        manned or state == "lit",
    )
    segments = _railcar(b, -20.0, -0.25, -1, 4, 1.9) + _railcar(b, 0.25, 20.0, 1, 4, 1.9)
    return Vehicle(tuple(segments), b.half, 20.0, b.high, "rolls", (), end_bulbs(b, 20.0, 0.9, 5.0))


def tram(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A tram of two sections, 18 metres long, with its bow to the wire."""
    rgb = rgb or RGB(58, 128, 104)
    b = Body(
        1.18,
        0.34,
        3.2,
        rgb,
        paler(rgb, 0.8),
        paler(rgb, 0.7),
        (1.35, 2.5),
        1.5,
        (-6.75, -2.3, 2.3, 6.75),
        1.2,
        True,
        state,
        manned or state == "lit",
    )
    segments = _railcar(b, -9.0, -0.2, -1, 2, 0.5) + _railcar(b, 0.2, 9.0, 1, 2, 0.5)
    bow = Rods(
        (np.array([(0.0, 3.2, 1.2), (0.0, 3.9, 2.4), (0.0, 4.5, 1.3)]), np.array([(-0.7, 4.5, 1.3), (0.7, 4.5, 1.3)])),
        0.03,
        RGB(62, 62, 70),
    )
    return Vehicle(tuple(segments), b.half, 9.0, b.high, "rolls", (), end_bulbs(b, 9.0, 0.8, 3.6), over=(bow,))
