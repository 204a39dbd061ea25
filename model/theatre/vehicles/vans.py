"""Vans: for deliveries, and an ambulance; their back doors open."""

from __future__ import annotations

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.parts import (
    DARK,
    GLASS,
    GLINT,
    HEAD,
    SEEN_IN,
    TAIL,
    Bulb,
    Vehicle,
    bulb_coat,
    bust,
    cracks,
    deeper,
    four_wheels,
    tyres,
    wheels_on_flanks,
)
from model.theatre.vehicles.solid import Coat, Maker, Order, Split, box_ring

__all__ = ["ambulance", "van"]


def van(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A delivery van."""
    return _boxed(rgb or RGB(226, 224, 214), state, manned, "van")


def ambulance(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A van in white with a red band, a cross and blue lights."""
    return _boxed(rgb or RGB(240, 240, 234), state, manned, "ambulance")


def _boxed(rgb: RGB, state: str, manned: bool, kind: str) -> Vehicle:
    make, paint, low = Maker(), Coat(rgb), Coat(deeper(rgb, 0.4))
    high = 2.25 if kind == "ambulance" else 2.1
    wheels = four_wheels(0.98, 1.62, -1.55, 0.36)
    tyres(make, wheels, 0.24)
    body = make.part()
    rings = [
        box_ring(-2.62, 0.93, 0.36, high - 0.06, 0.10),
        box_ring(-2.54, 0.98, 0.32, high, 0.10),
        box_ring(1.10, 0.98, 0.32, high, 0.12),
        box_ring(1.42, 0.96, 0.32, high - 0.16, 0.14),
        box_ring(2.06, 0.93, 0.32, 1.16, 0.12),
        box_ring(2.52, 0.88, 0.34, 0.98, 0.10),
        box_ring(2.62, 0.80, 0.38, 0.86, 0.08),
    ]
    make.loft(rings, paint, first=paint, last=paint)
    slope = np.array(
        [(-0.80, 1.20, 2.055), (0.80, 1.20, 2.055), (0.76, high - 0.28, 1.515), (-0.76, high - 0.28, 1.515)]
    )
    out = (0.0, 0.5, 1.0)
    make.face(slope, GLASS, out, 1)
    make.face(
        [
            slope[0] * 0.7 + slope[1] * 0.3,
            slope[0] * 0.56 + slope[1] * 0.44,
            slope[3] * 0.4 + slope[2] * 0.6,
            slope[3] * 0.55 + slope[2] * 0.45,
        ],
        GLINT,
        out,
        3,
    )
    if manned:
        a = (1.515 - 2.055) / (high - 0.28 - 1.20)
        make.face([(x, y, 2.055 + (y - 1.2) * a) for x, y in bust(-0.42, 1.22, 0.34)], SEEN_IN, out, 2)
    if state == "broken":
        for splinter in cracks(slope):
            make.face(splinter, Coat(RGB(232, 238, 242), "pane", 0.85), out, 4)
    make.sides([(1.86, 1.22), (1.40, 1.74), (0.72, 1.74), (0.72, 1.18), (1.80, 1.16)], 0.985, GLASS, 1)
    if manned:
        make.sides(bust(1.14, 1.2, 0.34), 0.988, SEEN_IN, 2)
    make.strip(-2.5, 0.34, 2.4, 0.44, 0.985, low, 1)
    for z in (0.62, -0.62):
        make.strip(z - 0.02, 0.46, z, 1.95, 0.985, Coat(deeper(rgb, 0.3)), 3)
    make.strip(0.3, 1.02, 0.55, 1.06, 0.99, DARK, 3)
    wheels_on_flanks(make, wheels, 0.985, 1.16, 0.34)
    back = (0.0, 0.0, -1.0)
    if kind == "ambulance":
        red = Coat(RGB(206, 52, 46))
        make.sides([(2.3, 0.86), (2.2, 1.02), (-2.52, 1.02), (-2.52, 0.86)], 0.986, red, 2)
        for a, b in ((0.26, 0.09), (0.09, 0.26)):
            make.strip(-1.2 - a, 1.5 - b, -1.2 + a, 1.5 + b, 0.99, red, 3)
            make.face(
                [(a, 1.62 - b, -2.63), (a, 1.62 + b, -2.63), (-a, 1.62 + b, -2.63), (-a, 1.62 - b, -2.63)], red, back, 3
            )
    for side in (1.0, -1.0):
        if state == "open":
            make.plate(
                0,
                0.42,
                side * 0.82,
                high - 0.18,
                -2.63,
                -1.0,
                Coat(RGB(66, 58, 56), "window" if kind == "ambulance" else "lit", key=0.2),
                4,
            )
        else:
            pane = [
                (side * 0.12, 1.28, -2.625),
                (side * 0.70, 1.28, -2.625),
                (side * 0.68, 1.78, -2.62),
                (side * 0.12, 1.78, -2.62),
            ]
            make.face(pane, GLASS, back, 1)
        make.plate(side * 0.72, 0.62, side * 0.88, 0.98, -2.6, -1.0, bulb_coat(TAIL, state), 1)
        make.face(
            [(side * 0.50, 0.66, 2.61), (side * 0.80, 0.66, 2.6), (side * 0.80, 0.84, 2.58), (side * 0.50, 0.84, 2.6)],
            bulb_coat(HEAD, state),
            (0.0, 0.0, 1.0),
            1,
        )
    make.plate(-0.01, 0.42, 0.01, high - 0.15, -2.63, -1.0, DARK, 2)
    make.face(
        [(-0.42, 0.56, 2.63), (0.42, 0.56, 2.63), (0.42, 0.80, 2.625), (-0.42, 0.80, 2.625)], DARK, (0.0, 0.0, 1.0), 1
    )
    make.plate(-0.26, 0.42, 0.26, 0.52, 2.63, 1.0, Coat(RGB(232, 230, 216)), 2)
    top = make.part()
    lamps = [Bulb(side * 0.66, 0.75, 2.62, HEAD, 0.45, 1, pool_m=0.0 if side < 0 else 3.4) for side in (1.0, -1.0)]
    lamps += [Bulb(side * 0.8, 0.8, -2.62, TAIL, 0.26, -1) for side in (1.0, -1.0)]
    if kind == "ambulance":
        lit = state in ("lit", "siren")
        blue = Coat(RGB(52, 104, 226), "flame" if lit else "lit")
        make.box((-0.7, high, 0.86), (0.7, high + 0.14, 1.06), blue)
        lamps += [
            Bulb(-0.4, high + 0.1, 0.96, RGB(60, 120, 255), 0.9, 0, "left"),
            Bulb(0.4, high + 0.1, 0.96, RGB(60, 120, 255), 0.9, 0, "right"),
        ]
    left, right = make.part(), make.part()
    for side, part in ((-1.0, left), (1.0, right)):
        inner, outer = sorted((side * 0.95, side * 1.16))
        make.box((inner, 1.2, 1.72), (outer, 1.48, 1.80), DARK, part)
    leaves = make.part() if state == "open" else top
    if state == "open":
        for side in (1.0, -1.0):
            rows = [
                (side * 0.84, 0.42, -2.62),
                (side * 1.0, 0.42, -3.36),
                (side * 1.0, high - 0.18, -3.36),
                (side * 0.84, high - 0.18, -2.62),
            ]
            for out_x in (1.0, -1.0):
                make.face(rows, paint, (out_x, 0.0, 0.0), 0, leaves)
    order: Order = Split(0, -0.95, left, Split(0, 0.95, (0, body, top), right))
    if leaves != top:
        order = Split(2, -2.62, leaves, order)
    lit_lamps = tuple(lamps) if state not in ("off", "broken", "unlit") else ()
    return Vehicle(((0.0, make.done(order)),), 1.0, 2.6, high, "rolls", wheels, lit_lamps)
