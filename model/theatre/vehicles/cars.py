"""Cars: saloon, taxi, police car; and what has a box for a body: ambulance, van, lorry, bus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.parts import (
    AMBER,
    CHROME,
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
    inset,
    paler,
    tyres,
    wheels_on_flanks,
)
from model.theatre.vehicles.solid import Array, Coat, Maker, Order, Split, box_ring

__all__ = ["ambulance", "car", "police_car", "taxi", "van"]

_BELT = 0.90
_HALF = 0.88
# A saloon from the side, (z, y) round from the front's foot over bonnet, belt and boot to the back's foot.
_SIDE = (
    (2.10, 0.24),
    (2.24, 0.36),
    (2.25, 0.54),
    (2.16, 0.68),
    (1.00, 0.90),
    (-1.42, 0.93),
    (-2.10, 0.86),
    (-2.24, 0.68),
    (-2.24, 0.42),
    (-2.12, 0.24),
)


@dataclass(frozen=True)
class _Trim:
    """What tells one car from another."""

    rgb: RGB
    state: str
    manned: bool
    roof: str = "none"  # "taxi", "bar"
    flank: RGB | None = None  # its doors' colour


def car(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A saloon."""
    return _saloon(_Trim(rgb or RGB(176, 62, 56), state, manned))


def taxi(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A saloon with a lit sign on its roof and a chequered band."""
    return _saloon(_Trim(rgb or RGB(240, 186, 52), state, manned, "taxi"))


def police_car(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A saloon with pale doors and a bar of lights."""
    return _saloon(_Trim(rgb or RGB(38, 52, 86), state, manned, "bar", RGB(232, 232, 226)))


def _four(x: float, z_front: float, z_back: float, r: float, rgb: RGB = RGB(150, 152, 160)) -> tuple[Wheel, ...]:
    return tuple(Wheel(side * x, r, z, r, 5, rgb) for z in (z_front, z_back) for side in (1.0, -1.0))


def _across(points: tuple[tuple[float, float], ...], x: float, squeeze: float, lift: float) -> Array:
    """A side outline at x, its ends drawn in by `squeeze` metres and its foot and back by `lift`."""
    rows = np.array(points)
    z, y = rows[:, 0], rows[:, 1]
    z = z * (1 - squeeze / 2.25)
    y = np.where(y > 0.6, y - lift, y + lift * 0.6)
    return np.stack([np.full(len(z), x), y, z], axis=1)


def _saloon(trim: _Trim) -> Vehicle:
    make, rgb, state = Maker(), trim.rgb, trim.state
    paint, low = Coat(rgb), Coat(deeper(rgb, 0.35))
    wheels = _four(_HALF, 1.36, -1.32, 0.32)
    tyres(make, wheels, 0.2)
    body = make.part()
    rings = [
        _across(_SIDE, x, squeeze, lift)
        for x, squeeze, lift in (
            (-_HALF, 0.20, 0.05),
            (-0.74, 0.03, 0.0),
            (0.0, 0.0, -0.012),
            (0.74, 0.03, 0.0),
            (_HALF, 0.20, 0.05),
        )
    ]
    under = Coat(RGB(30, 30, 36), key=0.2)
    foot = len(_SIDE) - 1
    make.loft(
        rings,
        paint,
        pick=lambda _, k: under if k == foot else low if k in (0, foot - 1) else None,
        first=paint,
        last=paint,
    )
    make.strip(-2.0, 0.27, 2.0, 0.36, _HALF, low, 1)
    wheels_on_flanks(make, wheels, _HALF + 0.005, 1.18, 0.27)
    if trim.flank is not None:
        make.sides([(0.86, 0.38), (0.72, 0.86), (-0.98, 0.88), (-0.92, 0.38)], _HALF + 0.005, Coat(trim.flank), 1)
        if trim.roof == "bar":
            make.sides(
                [(0.86, 0.56), (0.84, 0.62), (-0.94, 0.62), (-0.94, 0.56)], _HALF + 0.008, Coat(RGB(44, 88, 170)), 3
            )
    if trim.roof == "taxi":
        for k in range(9):
            z = 0.95 - k * 0.24
            make.strip(z - 0.12, 0.66, z, 0.72, _HALF + 0.008, DARK, 3)
    line = Coat(deeper(rgb, 0.42))
    for z, lean in ((0.84, 0.06), (-0.14, 0.0), (-1.02, -0.12)):
        make.sides([(z, 0.36), (z + lean, 0.87), (z + lean - 0.02, 0.87), (z - 0.02, 0.36)], _HALF + 0.006, line, 3)
    make.sides([(2.1, 0.585), (2.1, 0.605), (-2.1, 0.625), (-2.1, 0.605)], _HALF + 0.006, Coat(paler(rgb, 0.3)), 3)
    for z in (0.02, -0.92):
        make.strip(z - 0.17, 0.74, z, 0.775, _HALF + 0.01, CHROME, 3)
    _faces(make, trim)
    cabin = make.part()
    _cabin(make, trim)
    top = make.part()
    _roof(make, trim)
    left, right = make.part(), make.part()
    for side, part in ((-1.0, left), (1.0, right)):
        inner, outer = sorted((side * 0.84, side * 1.02))
        make.box((inner, 0.93, 0.64), (outer, 1.05, 0.76), paint, part)
    lamps = [Bulb(side * 0.62, 0.60, 2.25, HEAD, 0.42, 1, pool_m=0.0 if side < 0 else 3.4) for side in (1.0, -1.0)] + [
        Bulb(side * 0.66, 0.68, -2.24, TAIL, 0.24, -1) for side in (1.0, -1.0)
    ]
    if trim.roof == "bar":
        lamps += [
            Bulb(-0.3, 1.56, -0.2, RGB(255, 48, 40), 0.8, 0, "left"),
            Bulb(0.3, 1.56, -0.2, RGB(60, 120, 255), 0.8, 0, "right"),
        ]
    if trim.roof == "taxi":
        lamps.append(Bulb(0.0, 1.56, -0.2, AMBER, 0.45))
    whole = (0, Split(1, _BELT + 0.03, body, (cabin, top)))
    order: Order = Split(0, -0.84, left, Split(0, 0.84, whole, right))
    if state == "open":
        leaf = make.part()
        _door(make, paint)
        order = (order, leaf)
    lit = tuple(lamps) if state not in ("off", "broken", "unlit") else ()
    return Vehicle(((0.0, make.done(order)),), 0.9, 2.25, 1.5, "rolls", wheels, lit)


def _faces(make: Maker, trim: _Trim) -> None:
    """Front and back: lamps, grille, plates."""
    state, plate = trim.state, Coat(RGB(232, 230, 216))
    head, tail = bulb_coat(HEAD, state), bulb_coat(TAIL, state)
    ahead, back = (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)
    for side in (1.0, -1.0):
        dead = state == "broken" and side > 0
        quad = [
            (side * 0.50, 0.545, 2.252),
            (side * 0.80, 0.545, 2.20),
            (side * 0.78, 0.655, 2.14),
            (side * 0.50, 0.665, 2.18),
        ]
        make.face(quad, DARK if dead else head, ahead, 1)
        quad = [
            (side * 0.50, 0.60, -2.25),
            (side * 0.82, 0.60, -2.2),
            (side * 0.80, 0.74, -2.17),
            (side * 0.50, 0.73, -2.22),
        ]
        make.face(quad, DARK if dead else tail, back, 1)
    grille = [(-0.42, 0.46, 2.255), (0.42, 0.46, 2.255), (0.40, 0.60, 2.23), (-0.40, 0.60, 2.23)]
    make.face(grille, DARK, ahead, 1)
    for y, width in ((0.50, 0.40), (0.555, 0.39)):
        make.plate(-width, y, width, y + 0.012, 2.26, 1.0, CHROME, 3)
    bumper = Coat(deeper(trim.rgb, 0.5))
    make.face([(-0.8, 0.29, 2.2), (0.8, 0.29, 2.2), (0.8, 0.40, 2.25), (-0.8, 0.40, 2.25)], bumper, ahead, 1)
    make.face([(-0.8, 0.30, -2.2), (0.8, 0.30, -2.2), (0.8, 0.42, -2.25), (-0.8, 0.42, -2.25)], bumper, back, 1)
    for z, out in ((2.262, ahead), (-2.262, back)):
        y = 0.335 if z > 0 else 0.60
        make.face([(-0.2, y, z), (0.2, y, z), (0.2, y + 0.1, z), (-0.2, y + 0.1, z)], plate, out, 2)
    seam = Coat(deeper(trim.rgb, 0.35))
    up = (0.0, 1.0, 0.2)
    for side in (1.0, -1.0):  # the bonnet's folds
        make.face(
            [
                (side * 0.60, 0.70, 2.05),
                (side * 0.63, 0.70, 2.05),
                (side * 0.70, 0.905, 1.02),
                (side * 0.68, 0.905, 1.02),
            ],
            seam,
            up,
            3,
        )


_GLASSHOUSE = (  # y, half width, z ahead, z behind
    (0.86, 0.80, 1.12, -1.62),
    (0.93, 0.785, 1.02, -1.56),
    (1.38, 0.60, 0.34, -0.98),
    (1.455, 0.50, 0.14, -0.82),
)


def _cabin(make: Maker, trim: _Trim) -> None:
    """Pillars, roof and glass, and who sits behind it."""
    paint = Coat(trim.rgb)
    rings = [
        np.array(
            [
                (w, y, z0 - 0.07),
                (w, y, z1 + 0.07),
                (w - 0.10, y, z1),
                (-w + 0.10, y, z1),
                (-w, y, z1 + 0.07),
                (-w, y, z0 - 0.07),
                (-w + 0.10, y, z0),
                (w - 0.10, y, z0),
            ]
        )
        for y, w, z0, z1 in _GLASSHOUSE
    ]
    make.loft(rings, paint, last=paint)
    _, (y0, w0, a0, b0), (y1, w1, a1, b1), _ = _GLASSHOUSE
    for side in (1.0, -1.0):
        flank = np.array(
            [
                (side * w0, y0, b0 + 0.07),
                (side * w0, y0, a0 - 0.07),
                (side * w1, y1, a1 - 0.07),
                (side * w1, y1, b1 + 0.07),
            ]
        )
        out = (side, 0.35, 0.0)
        for u0, u1 in ((0.055, 0.475), (0.52, 0.955)):
            make.face(inset(flank, u0, 0.07, u1, 0.90), GLASS, out, 1)
        make.face(inset(flank, 0.60, 0.07, 0.72, 0.90), GLINT, out, 3)
        if trim.manned:
            head = [(side * (w0 - (y - y0) * 0.40), y, z) for z, y in bust(0.02, y0 + 0.03, 0.30)]
            make.face(head, SEEN_IN, out, 2)
    for z0, z1, out in ((a0, a1, (0.0, 0.5, 1.0)), (b0, b1, (0.0, 0.5, -1.0))):
        quad = np.array([(-w0 + 0.10, y0, z0), (w0 - 0.10, y0, z0), (w1 - 0.10, y1, z1), (-w1 + 0.10, y1, z1)])
        pane = inset(quad, 0.03, 0.05, 0.97, 0.93)
        make.face(pane, GLASS, out, 1)
        make.face(
            [
                inset(pane, 0.16, 0, 0.3, 1)[0],
                inset(pane, 0.16, 0, 0.28, 1)[1],
                inset(pane, 0.3, 0, 0.46, 1)[2],
                inset(pane, 0.34, 0, 0.4, 1)[3],
            ],
            GLINT,
            out,
            3,
        )
        if trim.manned and z0 > 0:
            slope = (z1 - z0) / (y1 - y0)
            shape = [(x, y, z0 + (y - y0) * slope) for x, y in bust(-0.34, y0 + 0.04, 0.30)]
            make.face(shape, SEEN_IN, out, 2)
        if trim.state == "broken" and z0 > 0:
            for splinter in cracks(pane):
                make.face(splinter, Coat(RGB(232, 238, 242), "pane", 0.85), out, 4)


def _roof(make: Maker, trim: _Trim) -> None:
    """What stands on the roof."""
    if trim.roof == "taxi":
        sign = bulb_coat(RGB(255, 236, 170), trim.state)
        make.loft([box_ring(z, 0.26, 1.46, 1.60, 0.03) for z in (-0.29, -0.14)], sign, first=sign, last=sign)
        for z, out in ((-0.138, (0.0, 0.0, 1.0)), (-0.292, (0.0, 0.0, -1.0))):
            make.face([(-0.16, 1.50, z), (0.16, 1.50, z), (0.16, 1.555, z), (-0.16, 1.555, z)], DARK, out, 2)
    elif trim.roof == "bar":
        lit = trim.state in ("lit", "siren")
        for x0, x1, rgb in ((-0.5, -0.08, RGB(214, 44, 40)), (0.08, 0.5, RGB(52, 104, 226))):
            make.box((x0, 1.46, -0.30), (x1, 1.56, -0.12), Coat(rgb, "flame" if lit else "lit"))
        make.box((-0.08, 1.46, -0.30), (0.08, 1.54, -0.12), CHROME)
    else:
        aerial = Coat(deeper(trim.rgb, 0.4))
        make.box((0.30, 1.45, -0.74), (0.33, 1.53, -0.66), aerial)


def _door(make: Maker, paint: Coat) -> None:
    """The driver's door, swung out on its hinge."""
    swing = np.radians(62.0)
    hinge = np.array([-_HALF, 0.0, 0.84])
    way = np.array([-np.sin(swing), 0.0, -np.cos(swing)])
    out = (float(-np.cos(swing)), 0.0, float(np.sin(swing)))

    def leaf(outline: tuple[tuple[float, float], ...], coat: Coat, layer: int) -> None:
        rows = np.array([hinge + way * a + np.array([0.0, y, 0.0]) for a, y in outline])
        for side in (1.0, -1.0):
            make.face(rows, coat, (out[0] * side, 0.0, out[2] * side), layer)

    leaf(((0.0, 0.36), (0.98, 0.36), (0.98, 0.90), (0.86, 1.36), (0.52, 1.36), (0.0, 0.90)), paint, 0)
    leaf(((0.12, 0.92), (0.92, 0.92), (0.82, 1.31), (0.55, 1.31)), GLASS, 1)
    leaf(((0.10, 0.42), (0.88, 0.42), (0.88, 0.80), (0.10, 0.80)), Coat(deeper(paint.rgb, 0.3)), 1)


def van(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A delivery van."""
    return _boxed(rgb or RGB(226, 224, 214), state, manned, "van")


def ambulance(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A van in white with a red band, a cross and blue lights."""
    return _boxed(rgb or RGB(240, 240, 234), state, manned, "ambulance")


def _boxed(rgb: RGB, state: str, manned: bool, kind: str) -> Vehicle:
    make, paint, low = Maker(), Coat(rgb), Coat(deeper(rgb, 0.4))
    high = 2.25 if kind == "ambulance" else 2.1
    wheels = _four(0.98, 1.62, -1.55, 0.36)
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
