"""Long box bodies in slices, so that people sort along them: flanks with windows, doors and bands, and blunt ends."""

from __future__ import annotations

from dataclasses import dataclass

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
    bulb_coat,
    bust,
    cracks,
    deeper,
    paler,
)
from model.theatre.vehicles.solid import Array, Coat, Maker

__all__ = ["Body", "blunt_front", "body_slice", "end_bulbs"]

AHEAD, BACK = (0.0, 0.0, 1.0), (0.0, 0.0, -1.0)
ROOMLIGHT = RGB(255, 226, 164)


@dataclass(frozen=True)
class Body:
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


def body_slice(make: Maker, b: Body, rings: list[Array], z0: float, z1: float) -> None:
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


def _leaves(make: Maker, b: Body, x: float, z: float) -> None:
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


def blunt_front(make: Maker, b: Body, z: float, way: float, sign: bool, foot: float, head: float, half: float) -> None:
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
        amber = Coat(RGB(255, 186, 72), "glow" if b.state not in ("off", "unlit", "broken") else "lit")
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


def end_bulbs(b: Body, z: float, half: float, pool: float) -> tuple[Bulb, ...]:
    if b.state in ("off", "broken", "unlit"):
        return ()
    y = b.low + 0.4
    heads = tuple(Bulb(s * half * 0.8, y, z, HEAD, 0.55, 1, pool_m=pool if s > 0 else 0.0) for s in (1.0, -1.0))
    return heads + tuple(Bulb(s * half * 0.8, y, -z, TAIL, 0.3, -1) for s in (1.0, -1.0))
