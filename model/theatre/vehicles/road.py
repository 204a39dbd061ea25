"""Bus and lorry."""

from __future__ import annotations

import itertools

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.long import Body, blunt_front, body_slice, end_bulbs
from model.theatre.vehicles.parts import (
    AMBER,
    DARK,
    GLASS,
    GLINT,
    HEAD,
    SEEN_IN,
    TAIL,
    Bulb,
    Vehicle,
    Wheel,
    bulb_coat,
    bust,
    cracks,
    deeper,
    paler,
    tyres,
    wheels_on_flanks,
)
from model.theatre.vehicles.solid import Coat, Maker, box_ring

__all__ = ["bus", "truck"]

AHEAD, BACK = (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)


def bus(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A city bus, 11 metres long; its doors are on its right."""
    rgb = rgb or RGB(200, 62, 54)
    b = Body(
        1.24,
        0.34,
        3.05,
        rgb,
        paler(rgb, 0.72),
        paler(rgb, 0.82),
        (1.42, 2.42),
        1.42,
        (4.55, -0.35),
        1.2,
        False,
        state,
        manned or state == "lit",
    )
    end = 5.5
    wheels = tuple(Wheel(s * 1.24, 0.48, z, 0.48, 5, RGB(168, 170, 176)) for z in (3.1, -2.9) for s in (1.0, -1.0))
    cuts = (-end, -1.85, 1.85, end)
    segments = []
    for z0, z1 in itertools.pairwise(cuts):
        make = Maker()
        mine = tuple(w for w in wheels if z0 <= w.z < z1)
        if mine:
            tyres(make, mine, 0.3)
        make.part()
        rings = [box_ring(z, b.half, b.low, b.high, 0.14) for z in (z0, z1)]
        if z1 == end:
            rings = [
                *rings[:1],
                box_ring(end - 0.16, b.half, b.low, b.high, 0.14),
                box_ring(end, b.half - 0.1, b.low + 0.04, b.high - 0.12, 0.14),
            ]
        if z0 == -end:
            rings = [
                box_ring(-end, b.half - 0.06, b.low + 0.04, b.high - 0.08, 0.14),
                box_ring(-end + 0.1, b.half, b.low, b.high, 0.14),
                rings[1],
            ]
        body_slice(make, b, rings, max(z0, -end + 0.1), min(z1, end - 0.16))
        wheels_on_flanks(make, mine, b.half + 0.012, 1.18, b.low)
        for z, way, ring in ((end, 1.0, rings[-1]), (-end, -1.0, rings[0])):
            if z in (z0, z1):
                make.face(ring, Coat(rgb), (0.0, 0.0, way), 0)
                blunt_front(make, b, z, way, True, 1.12 if way > 0 else 1.6, 2.56, 1.06)
        if z1 == end:
            make.part()
            for side in (1.0, -1.0):
                inner, outer = sorted((side * 1.18, side * 1.42))
                make.box((inner, 1.9, end - 0.06), (outer, 2.3, end + 0.06), DARK)
        segments.append(((z0 + z1) / 2, make.done()))
    return Vehicle(tuple(segments), b.half, end, b.high, "rolls", wheels, end_bulbs(b, end, 1.06, 4.0))


def truck(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A lorry: a cab before a box, 8 metres long; open, its back is."""
    rgb = rgb or RGB(70, 108, 150)
    wheels = tuple(Wheel(s * 1.2, 0.5, z, 0.5, 6, RGB(150, 152, 158)) for z in (2.75, -1.5, -2.65) for s in (1.0, -1.0))
    b = Body(1.2, 0.5, 2.9, rgb, paler(rgb, 0.5), rgb, (1.5, 2.2), 9.0, (), 1.0, False, state, manned)
    cab = Maker()
    tyres(cab, wheels[:2], 0.3)
    cab.part()
    rings = [
        box_ring(1.75, 1.12, 0.5, 2.75, 0.14),
        box_ring(3.25, 1.14, 0.5, 2.75, 0.16),
        box_ring(3.72, 1.12, 0.5, 1.62, 0.14),
        box_ring(3.84, 1.06, 0.52, 1.5, 0.1),
    ]
    cab.loft(rings, Coat(rgb), first=Coat(rgb), last=Coat(rgb))
    slope = np.array([(-0.96, 1.66, 3.73), (0.96, 1.66, 3.73), (0.96, 2.55, 3.36), (-0.96, 2.55, 3.36)])
    cab.face(slope, GLASS, (0.0, 0.4, 1.0), 1)
    cab.face(
        [
            slope[0] * 0.75 + slope[1] * 0.25,
            slope[0] * 0.6 + slope[1] * 0.4,
            slope[3] * 0.42 + slope[2] * 0.58,
            slope[3] * 0.6 + slope[2] * 0.4,
        ],
        GLINT,
        (0.0, 0.4, 1.0),
        3,
    )
    if manned:
        cab.face([(x, y, 3.745 - (y - 1.66) * 0.42) for x, y in bust(-0.5, 1.66, 0.4)], SEEN_IN, (0.0, 0.4, 1.0), 2)
    if state == "broken":
        for splinter in cracks(slope):
            cab.face(splinter, Coat(RGB(232, 238, 242), "pane", 0.85), (0.0, 0.4, 1.0), 4)
    cab.sides([(3.42, 1.62), (3.14, 2.36), (2.3, 2.36), (2.3, 1.58)], 1.146, GLASS, 1)
    for z in (3.5, 2.16):
        cab.strip(z - 0.025, 0.7, z, 1.62, 1.146, Coat(deeper(rgb, 0.35)), 3)
    lamp = bulb_coat(HEAD, state)
    for side in (1.0, -1.0):
        cab.plate(side * 0.62, 0.78, side * 0.98, 0.98, 3.85, 1.0, lamp, 1)
    cab.face([(-0.52, 0.8, 3.855), (0.52, 0.8, 3.855), (0.52, 1.32, 3.85), (-0.52, 1.32, 3.85)], DARK, AHEAD, 1)
    cab.face(
        [(-1.05, 0.52, 3.85), (1.05, 0.52, 3.85), (1.05, 0.7, 3.86), (-1.05, 0.7, 3.86)],
        Coat(RGB(70, 70, 76)),
        AHEAD,
        1,
    )
    wheels_on_flanks(cab, wheels[:2], 1.16, 1.16, 0.5)
    cab.part()
    for side in (1.0, -1.0):
        inner, outer = sorted((side * 1.12, side * 1.34))
        cab.box((inner, 1.6, 3.3), (outer, 2.1, 3.42), DARK)
    load = paler(rgb, 0.86)
    segments = [(2.8, cab.done())]
    for z0, z1 in ((-1.1, 1.6), (-3.9, -1.1)):
        make = Maker()
        mine = tuple(w for w in wheels[2:] if z0 <= w.z < z1)
        if mine:
            tyres(make, mine, 0.5)
        make.part()
        make.box((-0.5, 0.55, z0), (0.5, 1.0, z1), Coat(RGB(52, 52, 58), key=0.25))
        if mine:
            wheels_on_flanks(make, mine, 1.19, 1.0, 0.0)
        make.part()
        box = [box_ring(z, 1.24, 0.98, 3.35) for z in (z0, z1)]
        make.loft(box, Coat(load), first=Coat(load), last=Coat(load))
        make.strip(z0, 1.0, z1, 1.16, 1.246, Coat(rgb), 1)
        make.strip(z0, 1.85, z1, 2.25, 1.246, Coat(rgb), 1)
        if z0 < -3.0:
            if state == "open":
                make.plate(-1.14, 1.06, 1.14, 3.25, -3.91, -1.0, Coat(RGB(58, 50, 48), key=0.2), 2)
            else:
                make.plate(-0.012, 1.06, 0.012, 3.25, -3.91, -1.0, DARK, 2)
            for side in (1.0, -1.0):
                make.plate(side * 0.8, 0.72, side * 1.1, 0.9, -3.91, -1.0, bulb_coat(TAIL, state), 2)
        segments.append(((z0 + z1) / 2, make.done()))
    lit = (
        ()
        if state in ("off", "broken", "unlit")
        else (
            *(Bulb(s * 0.8, 0.88, 3.86, HEAD, 0.5, 1, pool_m=3.8 if s > 0 else 0.0) for s in (1.0, -1.0)),
            *(Bulb(s * 0.95, 0.8, -3.92, TAIL, 0.28, -1) for s in (1.0, -1.0)),
            *(Bulb(s * 0.7, 2.8, 3.2, AMBER, 0.18, 1) for s in (1.0, -1.0)),
        )
    )
    return Vehicle(tuple(segments), b.half, 3.9, 3.35, "rolls", wheels, lit)
