"""Aeroplane, helicopter and flying saucer: on the ground, or over it where their foot is in the air."""

from __future__ import annotations

import math

import numpy as np

from model.stage import RGB
from model.theatre.vehicles.painter import Rods
from model.theatre.vehicles.parts import (
    DARK,
    GLASS,
    GLINT,
    HEAD,
    RUBBER,
    SEEN_IN,
    Bulb,
    Rotor,
    Vehicle,
    bust,
    deeper,
    paler,
)
from model.theatre.vehicles.solid import Array, Coat, Maker, Split, disc, oval_ring

__all__ = ["helicopter", "plane", "ufo"]

PORT, STARBOARD = RGB(255, 60, 50), RGB(70, 230, 120)


def plane(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """An airliner, 27 metres long, on its wheels on the ground; its wings sweep back, its tail bears a colour."""
    rgb = rgb or RGB(46, 100, 168)
    white, grey = Coat(RGB(240, 240, 236)), Coat(RGB(186, 190, 196))
    accent = Coat(rgb)
    make = Maker()
    lit = state not in ("off", "broken", "unlit")
    pane = Coat(RGB(255, 226, 164), "window") if lit else GLASS
    body = make.part()
    sections = (
        (13.4, 0.12, 0.12, 3.1),
        (12.9, 0.62, 0.6, 3.2),
        (11.8, 1.22, 1.2, 3.4),
        (10.2, 1.6, 1.6, 3.55),
        (-5.5, 1.6, 1.6, 3.55),
        (-9.5, 1.05, 1.1, 3.95),
        (-13.0, 0.22, 0.3, 4.5),
    )
    belly = Coat(RGB(206, 210, 214))
    make.loft(
        [oval_ring(z, rx, ry, y, 16) for z, rx, ry, y in sections],
        white,
        pick=lambda _, k: belly if 9 <= k <= 14 else None,
        first=white,
        last=grey,
    )
    x = 1.6
    make.sides([(10.0, 3.30), (10.0, 3.5), (-9.2, 3.9), (-9.2, 3.72), (-5.5, 3.30)], x + 0.006, accent, 1)
    for k in range(20):
        z = 8.6 - 0.74 * k
        make.strip(z - 0.28, 3.72, z, 4.08, x - 0.03, pane, 2)
    for z in (9.4, -6.4):
        make.strip(z - 0.8, 3.05, z, 4.5, x + 0.007, Coat(deeper(RGB(240, 240, 236), 0.28)), 3)
        inside = Coat(RGB(70, 62, 58), "window") if state == "open" and z > 0 else white
        make.strip(z - 0.75, 3.1, z - 0.05, 4.45, x + 0.008, inside, 4)
    for s in (1.0, -1.0):
        make.face(
            [(0.04 * s, 4.02, 12.36), (s * 0.72, 3.98, 12.0), (s * 0.95, 4.38, 11.2), (0.04 * s, 4.48, 11.5)],
            GLASS,
            (s * 0.4, 0.6, 0.7),
            2,
        )
        make.face(
            [(s * 0.78, 3.96, 11.95), (s * 1.18, 3.94, 11.3), (s * 1.12, 4.30, 10.9), (s * 1.0, 4.36, 11.15)],
            GLASS,
            (s, 0.5, 0.4),
            2,
        )
    fin = make.part()
    for s in (1.0, -1.0):
        make.face(
            [(s * 0.1, 4.6, -8.9), (s * 0.04, 8.6, -12.9), (s * 0.04, 8.6, -14.2), (s * 0.1, 4.7, -12.6)],
            accent,
            (s, 0.0, 0.2),
            0,
        )
        make.face(
            [(s * 0.05, 7.0, -11.4), (s * 0.04, 7.7, -12.1), (s * 0.04, 7.7, -13.8), (s * 0.06, 7.0, -13.5)],
            Coat(paler(rgb, 0.75)),
            (s, 0.0, 0.2),
            1,
        )
    wings: dict[float, tuple[int, int, int]] = {}
    for s in (1.0, -1.0):
        wing, pod, tailplane = make.part(), make.part(), make.part()
        wings[s] = (wing, pod, tailplane)
        plan = ((1.3, 2.7, 3.4), (12.6, 3.7, -3.0), (12.9, 3.75, -4.3), (4.6, 2.95, -2.3), (1.3, 2.7, -2.6))
        for y, out, coat in ((0.14, 1.0, grey), (-0.14, -1.0, Coat(RGB(168, 172, 180)))):
            make.face([(s * a, b + y * (1 - a / 14), z) for a, b, z in plan], coat, (0.0, out, 0.0), 0, wing)
        make.face(
            [(s * 1.3, 2.84, 3.4), (s * 12.6, 3.72, -3.0), (s * 12.6, 3.68, -3.0), (s * 1.3, 2.56, 3.4)],
            white,
            (s * 0.4, 0.0, 1.0),
            1,
            wing,
        )
        make.face(
            [(s * 12.6, 3.72, -3.0), (s * 12.9, 4.9, -4.4), (s * 12.9, 4.9, -4.9), (s * 12.9, 3.75, -4.3)],
            accent,
            (s, 0.0, 0.0),
            1,
            wing,
        )
        make.face(
            [(s * 12.6, 3.72, -3.0), (s * 12.9, 4.9, -4.4), (s * 12.9, 4.9, -4.9), (s * 12.9, 3.75, -4.3)],
            accent,
            (-s, 0.0, 0.0),
            1,
            wing,
        )
        rings = [oval_ring(z, r, r, 1.95, 12, s * 4.5) for z, r in ((3.4, 0.72), (2.6, 0.86), (0.6, 0.74), (-0.6, 0.4))]
        make.loft(rings, white, first=Coat(RGB(44, 46, 52)), last=DARK, part=pod)
        for out in (1.0, -1.0):
            make.face(
                [(s * 0.3, 4.62, -10.9), (s * 4.4, 4.95, -12.8), (s * 4.4, 4.95, -13.7), (s * 0.3, 4.62, -12.7)],
                grey if out > 0 else belly,
                (0.0, out, 0.0),
                0,
                tailplane,
            )
    gear = make.part()
    for gx, gz in ((1.9, -1.4), (-1.9, -1.4), (0.0, 9.4)):
        make.box((gx - 0.1, 0.5, gz - 0.1), (gx + 0.1, 2.6, gz + 0.1), Coat(RGB(120, 122, 128)), gear)
        for rows in (disc(gx + 0.22, 0.5, gz, 0.5, 12), disc(gx - 0.22, 0.5, gz, 0.5, 12)):
            make.face(rows, RUBBER, (float(rows[0, 0]) - gx, 0.0, 0.0), 1, gear)
        make.loft([disc(gx + d, 0.5, gz, 0.5, 12) for d in (-0.22, 0.22)], RUBBER, part=gear)
    (rw, rp, rt), (lw, lp, lt) = wings[1.0], wings[-1.0]
    right, left = Split(1, 2.6, rp, rw), Split(1, 2.6, lp, lw)
    order = (gear, Split(0, -1.4, (left, lt), Split(0, 1.4, (body, fin), (right, rt))))
    bulbs = (
        (
            Bulb(12.9, 3.8, -3.6, STARBOARD, 0.9, 0),
            Bulb(-12.9, 3.8, -3.6, PORT, 0.9, 0),
            Bulb(0.0, 8.7, -13.8, HEAD, 0.8, 0, "left"),
            Bulb(0.0, 2.0, 9.8, HEAD, 1.4, 1, pool_m=5.0),
        )
        if lit
        else ()
    )
    del manned
    return Vehicle(((0.0, make.done(order)),), 12.9, 13.5, 8.6, "flies", (), bulbs, foot_m=(2.2, 11.0))


def helicopter(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A helicopter on skids, 10 metres long; its rotor turns unless it is off."""
    rgb = rgb or RGB(60, 92, 132)
    paint = Coat(rgb)
    make = Maker()
    boom = make.part()
    make.loft(
        [oval_ring(z, r, r, y, 10) for z, r, y in ((-1.2, 0.42, 2.0), (-3.0, 0.26, 2.15), (-6.4, 0.12, 2.35))],
        paint,
        last=paint,
    )
    make.sides(
        [(-5.9, 2.3), (-6.3, 3.5), (-6.9, 3.5), (-6.6, 2.2), (-6.8, 1.75), (-6.4, 1.75)],
        0.06,
        Coat(deeper(rgb, 0.2)),
        1,
    )
    body = make.part()
    sections = (
        (2.9, 0.1, 0.1, 1.2),
        (2.6, 0.46, 0.42, 1.25),
        (2.0, 0.76, 0.78, 1.42),
        (1.0, 0.92, 0.98, 1.55),
        (-0.3, 0.92, 0.98, 1.62),
        (-1.2, 0.62, 0.66, 1.8),
        (-1.7, 0.34, 0.36, 1.98),
    )
    # The glass of the nose: the upper quads of the first rings.
    make.loft(
        [oval_ring(z, rx, ry, y, 16) for z, rx, ry, y in sections],
        paint,
        pick=lambda i, k: GLASS if i in (1, 2) and (k <= 8 or k == 15) else None,
        first=paint,
        last=paint,
    )
    make.sides([(0.95, 1.0), (0.95, 2.2), (-0.1, 2.25), (-0.1, 1.0)], 0.93, Coat(deeper(rgb, 0.3)), 1)
    door = Coat(RGB(52, 46, 46), key=0.2) if state == "open" else paint
    make.sides([(0.9, 1.04), (0.9, 2.16), (-0.05, 2.2), (-0.05, 1.04)], 0.932, door, 2)
    if state != "open":
        make.sides([(0.84, 1.6), (0.84, 2.1), (0.02, 2.14), (0.02, 1.6)], 0.935, GLASS, 3)
        make.sides([(0.5, 1.6), (0.4, 2.1), (0.2, 2.1), (0.3, 1.6)], 0.937, GLINT, 5)
    if manned:
        make.sides(bust(1.2, 1.5, 0.34), 0.86, SEEN_IN, 4)
    mast = make.part()
    make.box((-0.36, 2.5, -1.0), (0.36, 2.86, 0.6), Coat(deeper(rgb, 0.25)))
    make.box((-0.07, 2.86, -0.17), (0.07, 3.2, -0.03), Coat(RGB(86, 88, 94)))
    skids = tuple(
        np.array([(s * 1.0, 0.22, 1.75), (s * 1.0, 0.05, 1.4), (s * 1.0, 0.05, -1.4)]) for s in (1.0, -1.0)
    ) + tuple(np.array([(s * 0.55, 0.8, z), (s * 1.0, 0.05, z)]) for s in (1.0, -1.0) for z in (0.8, -0.7))
    rotors = (
        Rotor(0.0, 3.22, -0.1, 5.2, "y", 4, 0.0 if state in ("off", "broken") else 4.3),
        Rotor(0.12, 2.55, -6.55, 0.75, "x", 3, 0.0 if state in ("off", "broken") else 7.1),
    )
    bulbs = (
        ()
        if state in ("off", "broken", "unlit")
        else (
            Bulb(0.0, 0.7, 2.4, HEAD, 0.9, 1, pool_m=3.4),
            Bulb(0.0, 2.95, -0.6, PORT, 0.7, 0, "left"),
            Bulb(0.0, 2.3, -6.9, HEAD, 0.4, 0, "right"),
        )
    )
    order = (Split(2, -1.4, boom, body), mast)
    return Vehicle(
        ((0.0, make.done(order)),),
        1.0,
        3.4,
        3.3,
        "flies",
        (),
        bulbs,
        under=(Rods(skids, 0.05, RGB(70, 72, 78)),),
        rotors=rotors,
    )


def ufo(rgb: RGB | None, state: str, manned: bool) -> Vehicle:
    """A saucer, 9 metres across, ringed with lamps."""
    del manned
    rgb = rgb or RGB(150, 162, 176)
    make = Maker()
    turn = np.linspace(0.0, 2 * math.pi, 25)[:-1]

    def ring(r: float, y: float) -> Array:
        return np.stack([r * np.cos(turn), np.full(24, y), r * np.sin(turn)], axis=1)

    low, high, dome = make.part(), make.part(), make.part()
    dark, pale = Coat(deeper(rgb, 0.35)), Coat(paler(rgb, 0.25))
    make.loft([ring(1.1, 0.7), ring(2.6, 0.9), ring(4.5, 1.5)], dark, first=Coat(RGB(180, 240, 255), "glow"), part=low)
    make.loft(
        [ring(4.5, 1.5), ring(3.4, 1.95), ring(1.7, 2.3)],
        Coat(rgb),
        last=pale,
        pick=lambda _, k: pale if k % 6 == 0 else None,
        part=high,
    )
    make.loft(
        [ring(1.65, 2.3), ring(1.5, 2.9), ring(0.95, 3.4), ring(0.2, 3.6)],
        Coat(RGB(120, 190, 200), "pane"),
        last=Coat(RGB(190, 230, 236), "pane"),
        part=dome,
    )
    glow = Coat(RGB(255, 226, 130), "lit" if state in ("off", "broken") else "flame")
    for a in turn[::2]:
        c, s = math.cos(a), math.sin(a)
        spot = np.array([4.0 * c, 1.76, 4.0 * s])
        t, r = np.array([-s, 0.0, c]) * 0.2, np.array([c, -0.4, s]) * 0.2
        make.face(np.array([spot + t, spot + r, spot - t, spot - r]), glow, (c, 2.0, s), 1, high)
    bulbs = (
        () if state in ("off", "broken", "unlit") else (Bulb(0.0, 0.7, 0.0, RGB(150, 230, 255), 2.4, 0, pool_m=5.0),)
    )
    return Vehicle(
        ((0.0, make.done(Split(1, 1.5, low, Split(1, 2.3, high, dome)))),), 4.5, 4.5, 3.6, "hovers", (), bulbs
    )
