"""Rowing boat and ship: hulls that ride on the water at their foot."""

from __future__ import annotations

import itertools

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.painter import Rods
from model.theatre.vehicles.parts import (
    AMBER,
    GLASS,
    HEAD,
    Bulb,
    Vehicle,
    deeper,
    paler,
)
from model.theatre.vehicles.solid import Array, Coat, Maker, Split, oval_ring

__all__ = ["boat", "ship"]

WOOD = RGB(176, 128, 82)
UP = (0.0, 1.0, 0.0)
BENCH_M = 0.44
"""A rowing boat's benches over the water: a seat's height, less what a sitter sinks in."""
PORT, STARBOARD = RGB(255, 60, 50), RGB(70, 230, 120)


def _hull(stations: tuple[tuple[float, float, float, float], ...]) -> list[Array]:
    """Rings of a hull: at each z, half the beam at the deck, the deck's height, and the keel's."""
    rings = []
    for z, half, deck, keel in stations:
        rows = [(1.0, 1.0), (0.94, 0.55), (0.62, 0.16), (0.0, 0.0), (-0.62, 0.16), (-0.94, 0.55), (-1.0, 1.0)]
        rings.append(np.array([(a * half, keel + b * (deck - keel), z) for a, b in rows]))
    return rings


def _hull_faces(make: Maker, rings: list[Array], outer: Coat, below: Coat, stripe: Coat | None = None) -> None:
    """The outside of a hull; its deck stays open."""
    for a, b in itertools.pairwise(rings):
        for k in range(6):
            quad = np.array([a[k], a[k + 1], b[k + 1], b[k]])
            out = quad.mean(axis=0) - np.array([0.0, float(a[0, 1]), float(quad[:, 2].mean())])
            coat = below if k in (2, 3) else outer
            make.face(quad, coat, (float(out[0]), float(out[1]), float(out[2])), 0)
            if stripe is not None and k in (0, 5):
                top, low = (0, 1) if k == 0 else (1, 0)
                edge = quad[[top, low, 3 - low, 3 - top]] if k == 0 else np.array([quad[1], quad[0], quad[3], quad[2]])
                band = np.array([edge[0], edge[0] * 0.72 + edge[1] * 0.28, edge[3] * 0.72 + edge[2] * 0.28, edge[3]])
                make.face(band, stripe, (float(out[0]), 0.0, 0.0), 1)
    make.face(rings[0], outer, (0.0, 0.0, -1.0), 0)


def boat(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A rowing boat, 4.4 metres long, that rides on the water at its foot; with a lamp at its stern when lit."""
    del manned
    rgb = rgb or RGB(226, 226, 216)
    stations = (
        (-2.1, 0.50, 0.62, 0.04), (-1.3, 0.70, 0.56, -0.10), (0.0, 0.78, 0.54, -0.14), (1.2, 0.60, 0.60, -0.10),
        (1.9, 0.28, 0.71, 0.02), (2.3, 0.03, 0.82, 0.22),
    )  # fmt: skip
    rings = _hull(stations)
    make, outer = Maker(), Maker()
    make.part()
    outer.part()
    plank, dark = Coat(deeper(WOOD, 0.1)), Coat(deeper(WOOD, 0.42))
    for a, b in itertools.pairwise(rings):
        for k in range(6):
            quad = np.array([a[k], a[k + 1], b[k + 1], b[k]]) * np.array([0.95, 1.0, 1.0])
            inward = np.array([0.0, 0.6, float(quad[:, 2].mean())]) - quad.mean(axis=0)
            make.face(quad, dark if k in (2, 3) else plank, (float(inward[0]), float(inward[1]), float(inward[2])), 0)
    floor = [(s * 0.36, 0.06, z) for s, z in ((1, -1.8), (1, 1.5), (-1, 1.5), (-1, -1.8))]
    make.face(floor, Coat(deeper(WOOD, 0.3)), UP, 1)
    _hull_faces(outer, rings, Coat(rgb), Coat(RGB(150, 58, 48)), Coat(deeper(rgb, 0.55)))
    for z, half in ((-1.45, 0.62), (-0.1, 0.72), (1.15, 0.56)):
        make.level(-half, z - 0.13, half, z + 0.13, BENCH_M, Coat(WOOD), 2)
        for way in (-1.0, 1.0):
            make.plate(-half, BENCH_M - 0.06, half, BENCH_M, z + 0.13 * way, way, dark, 2)
    gunwale = tuple(ring for ring in (np.array([r[k] for r in rings]) for k in (0, 6)))
    lamp = (Bulb(0.0, 0.9, -2.0, AMBER, 0.5, 0, pool_m=1.8),) if state == "lit" else ()
    return Vehicle(
        ((0.0, make.done()), (0.0, outer.done())),
        0.78,
        2.2,
        0.7,
        "floats",
        (),
        lamp,
        over=(Rods(gunwale, 0.03, paler(WOOD, 0.1)),),
        hull=True,
        rowed=True,
    )


def ship(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A coaster, 46 metres long: hull, a house with rows of portholes aft, funnel, mast and derrick."""
    del manned
    rgb = rgb or RGB(40, 52, 74)
    lit = state not in ("off", "broken", "unlit")
    stations = (
        (-22.0, 3.2, 4.2, 0.4),
        (-19.5, 4.2, 3.9, -0.6),
        (-12.0, 4.6, 3.4, -1.0),
        (4.0, 4.6, 3.4, -1.0),
        (14.0, 3.9, 3.8, -1.0),
        (20.0, 1.9, 4.9, -0.6),
        (24.0, 0.12, 6.0, 1.0),
    )
    rings = _hull(stations)
    white, glow = Coat(RGB(234, 232, 222)), Coat(RGB(255, 226, 164), "window" if lit else "lit")
    segments = []
    bounds = ((0, 2, -17.0), (2, 3, -4.0), (3, 6, 14.0))
    for first, last, middle in bounds:
        make = Maker()
        hull_part = make.part()
        some = rings[first : last + 1]
        for a, b in itertools.pairwise(some):
            for k in range(6):
                quad = np.array([a[k], a[k + 1], b[k + 1], b[k]])
                out = quad.mean(axis=0) - np.array([0.0, float(a[0, 1]), float(quad[:, 2].mean())])
                make.face(
                    quad,
                    Coat(RGB(140, 50, 44)) if k in (2, 3) else Coat(rgb),
                    (float(out[0]), float(out[1]), float(out[2])),
                    0,
                )
                if k in (0, 5):
                    up = 0 if k == 0 else 1
                    e = np.array([quad[up], quad[1 - up], quad[2 + up], quad[3 - up]])
                    band = np.array([e[0], e[0] * 0.86 + e[1] * 0.14, e[3] * 0.86 + e[2] * 0.14, e[3]])
                    make.face(band, white, (float(out[0]), 0.0, 0.0), 1)
            deck = np.array([a[0], b[0], b[6], a[6]]) - np.array([0.0, 0.15, 0.0])
            make.face(deck, Coat(RGB(150, 116, 88)), UP, 0)
        if first == 0:
            make.face(rings[0], Coat(rgb), (0.0, 0.0, -1.0), 0)
            low, high, top = make.part(), make.part(), make.part()
            for part, z0, z1, half, y0, y1 in (
                (low, -20.0, -11.5, 3.7, 3.5, 6.0),
                (high, -19.0, -12.2, 3.2, 6.0, 8.3),
                (top, -17.6, -13.2, 2.9, 8.3, 10.3),
            ):
                make.box((-half, y0, z0), (half, y1, z1), white, part)
                y = y0 + 0.9
                for k in range(int((z1 - z0) / 1.3)):
                    z = z0 + 0.7 + 1.3 * k
                    for s in (1.0, -1.0):
                        x = s * (half + 0.02)
                        make.face(
                            [(x, y, z - 0.28), (x, y, z + 0.28), (x, y + 0.6, z + 0.28), (x, y + 0.6, z - 0.28)],
                            glow,
                            (s, 0.0, 0.0),
                            1,
                            part,
                        )
                for k in range(int(half * 2 / 1.2)):
                    x = -half + 0.9 + 1.2 * k
                    for z, way in ((z1 + 0.02, 1.0), (z0 - 0.02, -1.0)):
                        wide = 0.5 if part == top else 0.3
                        make.face(
                            [(x - wide, y, z), (x + wide, y, z), (x + wide, y + 0.7, z), (x - wide, y + 0.7, z)],
                            GLASS if part == top and way > 0 else glow,
                            (0.0, 0.0, way),
                            1,
                            part,
                        )
            funnel = make.part()
            make.loft(
                [oval_ring(0, 0.9, 1.1, 0.0, 10)[:, [0, 2, 1]] + np.array([0.0, y, -18.3]) for y in (8.3, 11.4)],
                Coat(RGB(196, 74, 52)),
                last=Coat(RGB(30, 30, 34)),
            )
            make.loft(
                [oval_ring(0, 0.92, 1.12, 0.0, 10)[:, [0, 2, 1]] + np.array([0.0, y, -18.3]) for y in (10.6, 11.42)],
                Coat(RGB(34, 34, 40)),
            )
            order = (hull_part, Split(1, 6.0, low, Split(1, 8.3, high, Split(2, -17.5, funnel, top))))
            segments.append((middle, make.done(order)))
            continue
        hatches = make.part()
        z0, z1 = (-10.0, 2.5) if first == 2 else (5.5, 13.0)
        make.box((-2.6, 3.2, z0), (2.6, 4.3, z1), Coat(RGB(122, 138, 120)), hatches)
        segments.append((middle, make.done((hull_part, hatches))))
    mast = Rods((np.array([(0.0, 3.4, 4.0), (0.0, 14.0, 4.0)]),), 0.2, RGB(214, 186, 120))
    derricks = Rods(
        (np.array([(0.0, 5.0, 4.0), (0.0, 12.0, 12.0)]), np.array([(0.0, 5.0, 4.0), (0.0, 11.5, -3.6)])),
        0.12,
        RGB(214, 186, 120),
    )
    stays = Rods(
        (
            np.array([(0.0, 14.0, 4.0), (0.0, 6.0, 23.6)]),
            np.array([(0.0, 14.0, 4.0), (0.0, 10.3, -13.4)]),
            np.array([(0.0, 13.0, 4.0), (0.0, 12.0, 12.0)]),
        ),
        0.03,
        RGB(74, 70, 72),
    )
    bulbs = (
        (
            Bulb(0.0, 14.1, 4.0, HEAD, 1.6, 0),
            Bulb(2.9, 9.0, -13.0, STARBOARD, 1.0, 0),
            Bulb(-2.9, 9.0, -13.0, PORT, 1.0, 0),
        )
        if lit
        else ()
    )
    return Vehicle(tuple(segments), 4.6, 23.0, 12.0, "floats", (), bulbs, over=(mast, derricks, stays))
