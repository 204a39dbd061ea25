"""Saloon cars: plain, taxi, police car; with a door that opens, lamps, a siren, and who sits behind the glass."""

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
    bulb_coat,
    bust,
    cracks,
    deeper,
    four_wheels,
    inset,
    paler,
    tyres,
    wheels_on_flanks,
)
from model.theatre.vehicles.solid import Array, Coat, Maker, Order, Split, box_ring

__all__ = ["car", "police_car", "taxi"]

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
    wheels = four_wheels(_HALF, 1.36, -1.32, 0.32)
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
