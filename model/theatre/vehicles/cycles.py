"""Bicycle, motorcycle and horse cart: wheels with spokes, and thin frames of rods."""

from __future__ import annotations

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.painter import Rods
from model.theatre.vehicles.parts import AMBER, HEAD, TAIL, Bulb, Vehicle, Wheel, bulb_coat, deeper, paler
from model.theatre.vehicles.solid import Array, Coat, Maker, Split, box_ring, disc, oval_ring

__all__ = ["SADDLES_M", "bicycle", "horse_cart", "motorcycle"]

SADDLES_M = {"bicycle": 0.92, "motorcycle": 0.80}
"""How high over the ground their saddles are, in metres."""

BLACK, STEEL = RGB(40, 39, 44), RGB(176, 180, 186)


def _line(*points: tuple[float, float, float]) -> Array:
    return np.array(points)


def bicycle(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A bicycle; its saddle stands at `SADDLES_M`."""
    del manned
    rgb = rgb or RGB(58, 118, 122)
    r, front, back = 0.34, 0.53, -0.50
    hoops = tuple(disc(0.0, r, z, r - 0.02, 26) for z in (front, back))
    rims = tuple(disc(0.0, r, z, r - 0.05, 22) for z in (front, back))
    crank, seat, head, foot = (0.0, 0.29, -0.06), (0.0, 0.84, -0.22), (0.0, 0.86, 0.34), (0.0, 0.60, 0.42)
    frame = (
        _line(crank, seat),
        _line(seat, head),
        _line(crank, (0.0, 0.66, 0.40)),
        _line(head, foot, (0.0, r, front)),
        _line(crank, (0.0, r, back)),
        _line((0.0, 0.78, -0.21), (0.0, r, back)),
    )
    bars = (
        _line(head, (0.0, 1.05, 0.29)),
        _line((-0.25, 1.06, 0.08), (-0.16, 1.06, 0.28), (0.16, 1.06, 0.28), (0.25, 1.06, 0.08)),
        _line(seat, (0.0, 0.90, -0.235)),
        _line((0.09, 0.29, -0.06), (0.09, 0.15, 0.03), (0.17, 0.15, 0.03)),
        _line((-0.09, 0.29, -0.06), (-0.09, 0.43, -0.15), (-0.17, 0.43, -0.15)),
    )
    make = Maker()
    make.part()
    saddle = [
        box_ring(z, w, y, y + 0.045, 0.015)
        for z, w, y in ((-0.36, 0.085, 0.885), (-0.24, 0.075, 0.89), (-0.10, 0.02, 0.885))
    ]
    make.loft(saddle, Coat(BLACK), first=Coat(BLACK), last=Coat(BLACK))
    make.box((-0.035, 0.78, 0.43), (0.035, 0.85, 0.48), bulb_coat(HEAD, state))
    make.box((-0.03, 0.62, -0.56), (0.03, 0.68, -0.53), bulb_coat(TAIL, state))
    guard = np.array(
        [(0.0, r + (r + 0.03) * np.cos(a), back + (r + 0.03) * np.sin(a)) for a in np.linspace(-1.9, 0.5, 10)]
    )
    bulbs = (
        ()
        if state in ("off", "broken", "unlit")
        else (
            Bulb(0.0, 0.82, 0.48, HEAD, 0.3, 1, pool_m=1.6),
            Bulb(0.0, 0.65, -0.56, TAIL, 0.16, -1),
        )
    )
    wheels = tuple(Wheel(s * 0.004, r, z, r, 8, STEEL) for z in (front, back) for s in (1.0, -1.0))
    return Vehicle(
        ((0.0, make.done()),),
        0.12,
        0.85,
        1.05,
        "rolls",
        wheels,
        bulbs,
        under=(
            Rods(hoops, 0.019, BLACK, True),
            Rods(rims, 0.006, STEEL, True),
            Rods((guard,), 0.014, deeper(rgb, 0.2)),
            Rods(frame, 0.019, rgb),
            Rods(bars, 0.013, RGB(70, 70, 76)),
        ),
        saddle_z_m=-0.20,
    )


def motorcycle(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A motorcycle; its saddle stands at `SADDLES_M`."""
    del manned
    rgb = rgb or RGB(150, 46, 44)
    r, front, back = 0.32, 0.74, -0.68
    hoops = tuple(disc(0.0, r, z, r - 0.05, 24) for z in (front, back))
    rims = tuple(disc(0.0, r, z, r - 0.115, 20) for z in (front, back))
    make = Maker()
    make.part()
    engine = Coat(RGB(96, 98, 104))
    make.box((-0.17, 0.24, -0.24), (0.17, 0.58, 0.30), engine)
    for k in range(3):
        make.strip(-0.02, 0.40 + 0.055 * k, 0.26, 0.425 + 0.055 * k, 0.175, Coat(RGB(52, 52, 58)), 3)
    make.part()
    tank = [
        oval_ring(z, w, h, y, 10)
        for z, w, h, y in (
            (-0.08, 0.10, 0.09, 0.74),
            (0.08, 0.155, 0.12, 0.77),
            (0.28, 0.165, 0.13, 0.79),
            (0.42, 0.09, 0.08, 0.80),
        )
    ]
    make.loft(tank, Coat(rgb), first=Coat(rgb), last=Coat(rgb))
    seat = [
        box_ring(z, w, y, y + 0.10, 0.03)
        for z, w, y in ((-0.78, 0.09, 0.76), (-0.56, 0.15, 0.71), (-0.26, 0.15, 0.69), (-0.06, 0.11, 0.70))
    ]
    make.loft(seat, Coat(BLACK), first=Coat(BLACK), last=Coat(BLACK))
    tail = [
        box_ring(z, w, y, y + 0.09, 0.02) for z, w, y in ((-0.92, 0.07, 0.72), (-0.5, 0.13, 0.61), (-0.2, 0.14, 0.58))
    ]
    make.loft(tail, Coat(rgb), first=bulb_coat(TAIL, state), last=Coat(rgb))
    make.part()
    lamp = [oval_ring(z, w, w, 0.84, 10) for z, w in ((0.46, 0.05), (0.52, 0.10), (0.60, 0.105))]
    make.loft(lamp, Coat(RGB(60, 60, 66)), last=bulb_coat(HEAD, state))
    fork = tuple(_line((s * 0.09, r, front), (s * 0.09, 0.94, 0.40)) for s in (1.0, -1.0))
    bars = (_line((-0.32, 1.0, 0.12), (-0.14, 1.02, 0.36), (0.14, 1.02, 0.36), (0.32, 1.0, 0.12)),)
    frame = (
        _line((0.1, r, back), (0.12, 0.42, -0.2)),
        _line((-0.1, r, back), (-0.12, 0.42, -0.2)),
        _line((0.0, r, back), (0.0, 0.66, -0.4)),
    )
    pipe = (_line((0.18, 0.30, 0.28), (0.21, 0.22, 0.0), (0.21, 0.26, -0.86)),)
    mud = tuple(
        np.array([(0.0, r + (r + 0.03) * np.cos(a), z + (r + 0.03) * np.sin(a)) for a in np.linspace(lo, hi, 9)])
        for z, lo, hi in ((front, -0.9, 0.7), (back, -1.3, 0.3))
    )
    bulbs = (
        ()
        if state in ("off", "broken", "unlit")
        else (
            Bulb(0.0, 0.84, 0.6, HEAD, 0.5, 1, pool_m=2.6),
            Bulb(0.0, 0.76, -0.92, TAIL, 0.22, -1),
        )
    )
    wheels = tuple(Wheel(s * 0.02, r, z, r * 0.86, 5, STEEL) for z in (front, back) for s in (1.0, -1.0))
    return Vehicle(
        ((0.0, make.done((0, 1, 2))),),
        0.2,
        1.05,
        1.05,
        "rolls",
        wheels,
        bulbs,
        under=(
            Rods(hoops, 0.055, BLACK, True),
            Rods(rims, 0.014, STEEL, True),
            Rods(mud, 0.03, rgb),
            Rods(frame, 0.022, RGB(70, 70, 76)),
            Rods(fork, 0.025, STEEL),
        ),
        over=(Rods(pipe, 0.04, RGB(188, 190, 194)), Rods(bars, 0.018, RGB(60, 60, 66))),
        saddle_z_m=-0.20,
    )


def horse_cart(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A cart on two tall wheels, its shafts reaching ahead to where a horse walks between them."""
    del manned
    rgb = rgb or RGB(134, 92, 58)
    r, wood = 0.62, Coat(rgb)
    make = Maker()
    make.part()
    make.box((-0.62, 0.70, -1.15), (0.62, 0.80, 0.95), Coat(deeper(rgb, 0.2)))
    walls = (
        ((-0.62, 0.80, -1.15), (-0.57, 1.22, 0.85)),
        ((0.57, 0.80, -1.15), (0.62, 1.22, 0.85)),
        ((-0.57, 0.80, 0.80), (0.57, 1.22, 0.85)),
        ((-0.57, 0.80, -1.15), (0.57, 1.22, -1.10)),
    )
    parts = []
    for low, high in walls:
        parts.append(make.part())
        make.box(low, high, wood)
    for part, x in ((parts[0], -0.62), (parts[1], 0.62)):
        for y in (0.93, 1.07):
            make.face(
                [
                    (x * 1.005, y, -1.15),
                    (x * 1.005, y, 0.85),
                    (x * 1.005, y + 0.02, 0.85),
                    (x * 1.005, y + 0.02, -1.15),
                ],
                Coat(deeper(rgb, 0.4)),
                (x, 0.0, 0.0),
                3,
                part,
            )
    seat = make.part()
    make.box((-0.56, 1.22, 0.50), (0.56, 1.28, 0.86), Coat(paler(rgb, 0.15)))
    load = make.part()
    hay = Coat(RGB(216, 182, 96))
    if state not in ("empty", "broken"):
        make.loft(
            [
                oval_ring(z, w, h, 1.08, 10)
                for z, w, h in ((-1.05, 0.3, 0.14), (-0.8, 0.5, 0.34), (-0.2, 0.54, 0.42), (0.3, 0.36, 0.2))
            ],
            hay,
            first=hay,
            last=hay,
        )
    else:
        make.face(
            [(-0.56, 0.81, -1.1), (0.56, 0.81, -1.1), (0.56, 0.81, 0.8), (-0.56, 0.81, 0.8)],
            Coat(deeper(rgb, 0.3)),
            (0, 1, 0),
            0,
        )
    around = Split(
        0, -0.57, parts[0], Split(0, 0.57, Split(2, -1.1, parts[3], Split(2, 0.8, (load,), parts[2])), parts[1])
    )
    shafts = tuple(_line((s * 0.42, 0.78, 0.9), (s * 0.42, 0.95, 1.8), (s * 0.36, 1.02, 3.0)) for s in (1.0, -1.0))
    hoops = tuple(disc(x, r, -0.1, r - 0.03, 28) for x in (0.7, -0.7))
    spokes = tuple(Wheel(s * 0.7, r, -0.1, r, 10, rgb) for s in (1.0, -1.0))
    lantern = (Bulb(0.5, 1.2, 0.92, AMBER, 0.4, 0, pool_m=1.6),) if state == "lit" else ()
    axle = Rods((_line((-0.7, r, -0.1), (0.7, r, -0.1)),), 0.04, deeper(rgb, 0.4))
    return Vehicle(
        ((0.0, make.done((0, around, seat))),),
        0.75,
        1.2,
        1.3,
        "rolls",
        spokes,
        lantern,
        under=(
            axle,
            Rods((hoops[1],), 0.035, deeper(rgb, 0.35), True),
            Rods((hoops[0],), 0.035, deeper(rgb, 0.35), True),
            Rods(shafts, 0.035, rgb),
        ),
    )
