"""Long vehicles with a box for a body: bus, tram, train, lorry; in slices, so that people sort along their length."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.painter import Rods
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
from model.theatre.vehicles.solid import Array, Coat, Maker, Solid, box_ring

__all__ = ["bus", "train", "tram", "truck"]

AHEAD, BACK = (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)
ROOMLIGHT = RGB(255, 226, 164)


@dataclass(frozen=True)
class _Body:
    """A long box: its measures in metres, its paints, its windows and doors (as stretches of its length)."""

    half: float
    low: float
    high: float
    rgb: RGB
    band: RGB
    roof: RGB
    panes: tuple[float, float]  # windows: from, to over the ground
    pane_m: float  # a window with its post
    doors: tuple[float, ...]  # middles, on the right flank (or both)
    door_m: float
    both: bool
    state: str
    full: bool  # people inside

    @property
    def window(self) -> Coat:
        """Its panes: lit from inside at night unless its lamps are out."""
        return GLASS if self.state in ("off", "broken", "unlit") else Coat(ROOMLIGHT, "window")


def _slice(make: Maker, b: _Body, rings: list[Array], z0: float, z1: float) -> None:
    """A stretch of the body between two places with its windows, doors and band."""
    paint, roof, under = Coat(b.rgb), Coat(b.roof), Coat(deeper(b.rgb, 0.7), key=0.15)
    count = len(rings[0])
    tops, feet = ((3, 4, 2) if count == 8 else (1,)), ((7,) if count == 8 else (3,))
    make.loft(rings, paint, pick=lambda _, k: roof if k in tops else under if k in feet else None)
    x = b.half + 0.006
    make.strip(z0, b.low + 0.5, z1, b.low + 0.72, x, Coat(b.band), 1)
    make.strip(z0, b.low + 0.02, z1, b.low + 0.2, x, under, 1)
    low, high = b.panes
    make.strip(z0, low - 0.05, z1, high + 0.06, x, Coat(deeper(b.rgb, 0.62)), 1)
    first = int(np.floor(z0 / b.pane_m))
    for k in range(first, int(np.floor(z1 / b.pane_m)) + 1):
        a, c = k * b.pane_m + 0.05, (k + 1) * b.pane_m - 0.05
        a, c = max(a, z0), min(c, z1)
        if c - a < 0.12:
            continue
        make.strip(a, low, c, high, x + 0.004, b.window, 2)
        wide = c - a
        make.sides(
            [(a + wide * 0.5, low), (a + wide * 0.75, high), (a + wide * 0.62, high), (a + wide * 0.34, low)],
            x + 0.006,
            GLINT,
            5,
        )
        if b.full and (k * 7 + 3) % 5 != 0 and wide > 0.6:
            size = 0.34 + 0.03 * ((k * 5) % 3)
            make.sides(bust((a + c) / 2 + 0.12 * ((k * 3) % 3 - 1), low - 0.02, size), x + 0.005, SEEN_IN, 3)
    for z in b.doors:
        if z0 - 0.01 <= z <= z1 + 0.01:
            for side in (1.0, -1.0) if b.both else (1.0,):
                _leaves(make, b, side * (x + 0.008), z)


def _leaves(make: Maker, b: _Body, x: float, z: float) -> None:
    """A pair of sliding leaves of glass, or the lit way in where they stand open."""
    out = (1.0 if x > 0 else -1.0, 0.0, 0.0)
    half, foot, top = b.door_m / 2, b.low + 0.06, b.panes[1] + 0.10

    def quad(a: float, c: float, y0: float, y1: float, coat: Coat, layer: int) -> None:
        make.face([(x, y0, a), (x, y0, c), (x, y1, c), (x, y1, a)], coat, out, layer)

    quad(z - half - 0.06, z + half + 0.06, foot - 0.02, top + 0.06, Coat(deeper(b.rgb, 0.45)), 4)
    if b.state == "open":
        quad(z - half, z + half, foot, top, Coat(RGB(74, 66, 62), "lit", key=0.35), 5)
        quad(z - half, z + half, foot + 0.9, top, Coat(RGB(132, 116, 96), "window"), 6)
        for a in (z - half, z + half - 0.14):
            quad(a, a + 0.14, foot, top, Coat(paler(b.rgb, 0.1)), 7)
        return
    for a in (z - half + 0.03, z + 0.02):
        quad(a, a + half - 0.05, foot + 0.08, top - 0.05, b.window, 5)


def _front(make: Maker, b: _Body, z: float, way: float, sign: bool, foot: float, head: float, half: float) -> None:
    """A face with a windscreen from `foot` to `head`, lamps, and a lit sign over it."""
    out = (0.0, 0.0, way)
    z = z + way * 0.012
    pane = np.array([(-half, foot, z), (half, foot, z), (half * 0.96, head, z), (-half * 0.96, head, z)])
    make.face(pane, GLASS, out, 1)
    make.face(
        [(-half * 0.5, foot, z), (-half * 0.2, foot, z), (half * 0.2, head, z), (-half * 0.1, head, z)], GLINT, out, 5
    )
    if b.full and way > 0:
        make.face([(x, y, z) for x, y in bust(-half * 0.45, foot + 0.02, 0.40)], SEEN_IN, out, 2)
    if b.state == "broken":
        for splinter in cracks(pane):
            make.face(splinter, Coat(RGB(232, 238, 242), "pane", 0.85), out, 6)
    if sign:
        wide = half * 0.82
        y = head + 0.06
        make.face(
            [(-wide, y, z), (wide, y, z), (wide, y + 0.28, z), (-wide, y + 0.28, z)], Coat(RGB(30, 30, 34)), out, 1
        )
        amber = Coat(RGB(255, 186, 72), "glow" if b.state not in ("off", "broken") else "lit")
        for k, (a, w) in enumerate(((-0.86, 0.26), (-0.46, 0.34), (0.0, 0.18), (0.26, 0.52))):
            if way < 0 and k > 0:
                break
            make.face(
                [
                    (a * wide, y + 0.07, z),
                    ((a + w) * wide, y + 0.07, z),
                    ((a + w) * wide, y + 0.21, z),
                    (a * wide, y + 0.21, z),
                ],
                amber,
                out,
                3,
            )
    lamp = bulb_coat(HEAD if way > 0 else TAIL, b.state)
    y = b.low + 0.30
    for side in (1.0, -1.0):
        a, c = side * half * 0.66, side * half * 0.96
        make.face([(a, y, z), (c, y, z), (c, y + 0.2, z), (a, y + 0.2, z)], lamp, out, 2)
    make.face(
        [(-half, b.low + 0.05, z), (half, b.low + 0.05, z), (half, b.low + 0.2, z), (-half, b.low + 0.2, z)],
        DARK,
        out,
        1,
    )
    make.face(
        [(-0.26, b.low + 0.25, z), (0.26, b.low + 0.25, z), (0.26, b.low + 0.36, z), (-0.26, b.low + 0.36, z)],
        Coat(RGB(232, 230, 216)),
        out,
        2,
    )


def _bulbs(b: _Body, z: float, half: float, pool: float) -> tuple[Bulb, ...]:
    if b.state in ("off", "broken", "unlit"):
        return ()
    y = b.low + 0.4
    heads = tuple(Bulb(s * half * 0.8, y, z, HEAD, 0.55, 1, pool_m=pool if s > 0 else 0.0) for s in (1.0, -1.0))
    return heads + tuple(Bulb(s * half * 0.8, y, -z, TAIL, 0.3, -1) for s in (1.0, -1.0))


def bus(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A city bus, 11 metres long; its doors are on its right."""
    rgb = rgb or RGB(200, 62, 54)
    b = _Body(
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
        _slice(make, b, rings, max(z0, -end + 0.1), min(z1, end - 0.16))
        wheels_on_flanks(make, mine, b.half + 0.012, 1.18, b.low)
        for z, way, ring in ((end, 1.0, rings[-1]), (-end, -1.0, rings[0])):
            if z in (z0, z1):
                make.face(ring, Coat(rgb), (0.0, 0.0, way), 0)
                _front(make, b, z, way, True, 1.12 if way > 0 else 1.6, 2.56, 1.06)
        if z1 == end:
            make.part()
            for side in (1.0, -1.0):
                inner, outer = sorted((side * 1.18, side * 1.42))
                make.box((inner, 1.9, end - 0.06), (outer, 2.3, end + 0.06), DARK)
        segments.append(((z0 + z1) / 2, make.done()))
    return Vehicle(tuple(segments), b.half, end, b.high, "rolls", wheels, _bulbs(b, end, 1.06, 4.0))


def _railcar(b: _Body, z0: float, z1: float, nose: int, slices: int, long_nose: float) -> list[tuple[float, Solid]]:
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
        _slice(make, b, rings, a + (long_nose if rear else 0.0), c - (long_nose if front else 0.0))
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


def _nose(make: Maker, b: _Body, rings: list[Array], way: float, long_nose: float) -> None:
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
    b = _Body(
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
    return Vehicle(tuple(segments), b.half, 20.0, b.high, "rolls", (), _bulbs(b, 20.0, 0.9, 5.0))


def tram(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A tram of two sections, 18 metres long, with its bow to the wire."""
    rgb = rgb or RGB(58, 128, 104)
    b = _Body(
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
    return Vehicle(tuple(segments), b.half, 9.0, b.high, "rolls", (), _bulbs(b, 9.0, 0.8, 3.6), over=(bow,))


def truck(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A lorry: a cab before a box, 8 metres long; open, its back is."""
    rgb = rgb or RGB(70, 108, 150)
    wheels = tuple(Wheel(s * 1.2, 0.5, z, 0.5, 6, RGB(150, 152, 158)) for z in (2.75, -1.5, -2.65) for s in (1.0, -1.0))
    b = _Body(1.2, 0.5, 2.9, rgb, paler(rgb, 0.5), rgb, (1.5, 2.2), 9.0, (), 1.0, False, state, manned)
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
