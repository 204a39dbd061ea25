"""What vehicles are made up of beside their solids: wheels, lamps, rotors; and the paints that many share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.stage import RGB
from model.theatre.lighting.light import mix
from model.theatre.vehicles.painter import Rods
from model.theatre.vehicles.solid import Array, Coat, Maker, Solid, disc

__all__ = [
    "AMBER",
    "CHROME",
    "DARK",
    "GLASS",
    "GLINT",
    "HEAD",
    "RUBBER",
    "SEEN_IN",
    "TAIL",
    "Bulb",
    "Rotor",
    "Vehicle",
    "Wheel",
    "bulb_coat",
    "bust",
    "cracks",
    "deeper",
    "four_wheels",
    "inset",
    "paler",
    "tyres",
    "wheels_on_flanks",
]

GLASS = Coat(RGB(58, 74, 92), "pane")
GLINT = Coat(RGB(236, 244, 250), "pane", 0.16)
RUBBER = Coat(RGB(38, 37, 42))
DARK = Coat(RGB(34, 34, 42), key=0.3)
CHROME = Coat(RGB(196, 200, 206))
RIM = RGB(150, 152, 160)
HEAD, TAIL, AMBER = RGB(255, 240, 204), RGB(226, 38, 34), RGB(255, 168, 54)
SEEN_IN = Coat(RGB(26, 28, 38), key=0.2, alpha=0.72)


@dataclass(frozen=True)
class Wheel:
    """A wheel whose outer face lies at x, its hub at (y, z); `spokes` tell that it turns."""

    x: float
    y: float
    z: float
    radius_m: float
    spokes: int = 5
    rgb: RGB = RIM


@dataclass(frozen=True)
class Bulb:
    """A lamp on the outside that looks ahead (+1), back (-1) or all round (0); a siren's goes on and off."""

    x: float
    y: float
    z: float
    rgb: RGB
    halo_m: float
    looks: int = 0
    blinks: Literal["no", "left", "right"] = "no"
    pool_m: float = 0.0  # what it throws on the ground before it


@dataclass(frozen=True)
class Rotor:
    """Blades that turn about an axis through a point: "y" over the roof, "x" at a tail, "z" at a nose."""

    x: float
    y: float
    z: float
    radius_m: float
    axis: Literal["x", "y", "z"]
    blades: int
    turns_s: float


@dataclass(frozen=True, eq=False)
class Vehicle:
    """A vehicle in its own axes. Long ones come in segments, each sorted among people by its own depth `z`.

    An open one (`hull`) has two: its inside, painted before who sits in it, and its outside, painted after.
    """

    segments: tuple[tuple[float, Solid], ...]
    half_width_m: float
    half_length_m: float
    height_m: float
    moves: Literal["rolls", "floats", "flies", "hovers"] = "rolls"
    wheels: tuple[Wheel, ...] = ()
    bulbs: tuple[Bulb, ...] = ()
    under: tuple[Rods, ...] = ()
    over: tuple[Rods, ...] = ()
    rotors: tuple[Rotor, ...] = ()
    hull: bool = False
    rowed: bool = False
    saddle_z_m: float = 0.0  # what of its length stands at the prop's position
    foot_m: tuple[float, float] | None = None  # half sizes of what is near the ground, where not all of it is


def paler(rgb: RGB, share: float) -> RGB:
    """Toward a warm white."""
    return mix(rgb, RGB(250, 246, 236), share)


def deeper(rgb: RGB, share: float) -> RGB:
    """Toward a cool black."""
    return mix(rgb, RGB(22, 20, 34), share)


def bulb_coat(rgb: RGB, state: str) -> Coat:
    """The glass of a lamp: dead, lit by night, or lit at any hour."""
    if state in ("off", "broken", "unlit"):
        return Coat(deeper(rgb, 0.45))
    return Coat(rgb, "flame" if state in ("lit", "siren") else "glow")


def tyres(make: Maker, wheels: Sequence[Wheel], breadth_m: float) -> None:
    """A part of treads, seen under the body from ahead and behind."""
    make.part()
    for wheel in wheels:
        inner = wheel.x - breadth_m if wheel.x > 0 else wheel.x + breadth_m
        rings = [disc(x, wheel.y, wheel.z, wheel.radius_m, 12) for x in (inner, wheel.x)]
        make.loft(rings, RUBBER, first=RUBBER, last=RUBBER)


def inset(quad: Array, u0: float, v0: float, u1: float, v1: float) -> Array:
    """A part of a quad: u along its first edge, v from its first edge to the opposite one."""
    a, b, c, d = quad

    def at(u: float, v: float) -> Array:
        point: Array = (a * (1 - u) + b * u) * (1 - v) + (d * (1 - u) + c * u) * v
        return point

    return np.array([at(u0, v0), at(u1, v0), at(u1, v1), at(u0, v1)])


def bust(z: float, low: float, size: float) -> list[tuple[float, float]]:
    """Head and shoulders of one who sits inside, as an outline of (along, y)."""
    shape = (
        (-0.62, 0.0), (-0.58, 0.45), (-0.30, 0.62), (-0.30, 0.95), (-0.16, 1.22), (0.10, 1.24), (0.28, 1.02),
        (0.24, 0.66), (0.52, 0.46), (0.62, 0.0),
    )  # fmt: skip
    return [(z + a * size, low + b * size) for a, b in shape]


def cracks(quad: Array) -> list[Array]:
    """Splinters across a pane, from where it was struck."""
    ends = ((0.02, 0.2), (0.3, 0.98), (0.7, 0.95), (0.98, 0.55), (0.72, 0.05), (0.2, 0.04))
    struck, found = inset(quad, 0.42, 0.5, 0.46, 0.56), []
    for u, v in ends:
        tip = inset(quad, u, v, u, v)[0]
        found.append(np.array([struck[0], struck[2], tip]))
    return found


def wheels_on_flanks(make: Maker, wheels: Sequence[Wheel], x: float, grow: float, foot: float) -> None:
    """Wheel houses and the wheels' tyres and rims, on the flanks."""
    turn = np.linspace(0.0, 2 * np.pi, 17)[:-1]
    for wheel in wheels:
        if wheel.x < 0:
            continue
        house = np.linspace(-0.15, np.pi + 0.15, 11)
        r = wheel.radius_m
        rows = [(wheel.z + r * grow * np.cos(a), max(foot, wheel.y + r * grow * np.sin(a))) for a in house]
        make.sides(rows, x, DARK, 1)
        rims = (
            (1.0, Coat(RGB(36, 35, 40)), 2), (0.64, Coat(wheel.rgb), 3), (0.16, Coat(RGB(214, 216, 220)), 5),
        )  # fmt: skip
        for share, coat, layer in rims:
            make.sides([(wheel.z + r * share * np.cos(a), wheel.y + r * share * np.sin(a)) for a in turn], x + 0.01,
                       coat, layer)  # fmt: skip


def four_wheels(x: float, z_front: float, z_back: float, r: float, rgb: RGB = RIM) -> tuple[Wheel, ...]:
    """Two wheels at either end, their outer faces at x and -x."""
    return tuple(Wheel(side * x, r, z, r, 5, rgb) for z in (z_front, z_back) for side in (1.0, -1.0))
