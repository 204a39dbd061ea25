"""Colours of people in pictures against the truth: garments, hair, the side that the key lights, its temperature.

Where a person's parts are is the theatre's part pass: nothing is guessed from the picture.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from model.colour import delta_e_2000, lab
from model.evaluation.measures import Mask, eroded
from model.request import Frame
from model.theatre.passes import Passes
from model.theatre.surfaces import PARTS

__all__ = [
    "REGIONS", "light_of", "light_on_people", "linear", "lit_right_by", "regions_of", "temperature_error_k",
    "temperature_k", "wrong_by",
]  # fmt: skip

Array = NDArray[np.float64]

REGIONS: dict[str, tuple[str, ...]] = {
    "hair": ("hair",),
    "skin": ("head",),
    "top": ("torso",),
    "bottom": ("hips", "right_leg", "left_leg"),
}
"""What of a person has a colour of its own, by parts."""

_EDGE_PX, _LEAST_PX = 2, 60
_SIDED_L = 4.0
"""How much lighter, in L*, one side must truly be to be told as the key's."""
# CIE xy to linear sRGB and back by its primaries and D65 (IEC 61966-2-1).
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def regions_of(seen: Passes, number: int) -> dict[str, Mask]:
    """The regions of person `number` of the stage (from 1), less their edges; those too small to judge are left out."""
    mine = np.where(seen.person == number, seen.part, 0)
    found = {
        name: eroded(np.isin(mine, [PARTS.index(part) + 1 for part in parts]), _EDGE_PX)
        for name, parts in REGIONS.items()
    }
    return {name: where for name, where in found.items() if where.sum() >= _LEAST_PX}


def wrong_by(made: Frame, true: Frame, where: Mask) -> float:
    """The median over a region's pixels of CIEDE2000 from the true picture."""
    return float(np.median(delta_e_2000(lab(made[where]), lab(true[where]))))


def lit_right_by(picture: Frame, where: Mask) -> float:
    """How much lighter, in L*, the right half of a region is than the left, about its own middle."""
    rows, columns = np.nonzero(where)
    lightness = lab(picture[rows, columns])[:, 0]
    right = columns > np.median(columns)
    return float(lightness[right].mean() - lightness[~right].mean())


def temperature_error_k(made: Frame, true: Frame, where: Mask, light_k: float) -> float:
    """How far off the colour temperature of the light on a region is, in kelvin.

    True and made picture show the same surfaces, so the ratio of their mean linear colours is that of their lights. The
    true light is `light_k` by definition: its colour on the Planckian locus (Kim et al. 2002), times that ratio, is the
    made light, whose correlated temperature is read by McCamy's formula (1992) and compared with that of the true one.
    """
    ratio = linear(made[where]).mean(axis=0) / np.maximum(linear(true[where]).mean(axis=0), 1e-4)
    light = light_of(light_k)
    return abs(temperature_k(light * ratio) - temperature_k(light))


def light_on_people(made: Frame, true: Frame, seen: Passes) -> dict[str, list[float]]:
    """Of everybody in the frame: whether face and torso are lighter on the right side of the two, each that truly has a
    lighter one, and whether the light's temperature is within 600 K.
    """
    found: dict[str, list[float]] = {"key_side_accuracy": [], "colour_temperature_within_600k": []}
    for number, figure in enumerate(seen.stage.figures, 1):
        regions = regions_of(seen, number) if figure.species == "person" else {}
        for where in (regions[name] for name in ("skin", "top") if name in regions):
            truly = lit_right_by(true, where)
            if abs(truly) >= _SIDED_L:
                found["key_side_accuracy"].append(float(truly * lit_right_by(made, where) > 0))
        if regions:
            whole = np.logical_or.reduce(list(regions.values()))
            error_k = temperature_error_k(made, true, whole, seen.stage.light.colour_temperature_k)
            found["colour_temperature_within_600k"].append(float(error_k <= 600.0))
    return found


def linear(srgb: Frame) -> Array:
    """Linear values, 0 to 1, of sRGB ones from 0 to 255."""
    c = srgb / 255.0
    return np.asarray(np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4))


@lru_cache(maxsize=256)
def light_of(kelvin: float) -> Array:
    """The linear sRGB colour of a black body from 1667 to 25000 K."""
    u = 1000.0 / min(25000.0, max(1667.0, kelvin))
    if kelvin < 4000.0:
        x = -0.2661239 * u**3 - 0.2343589 * u**2 + 0.8776956 * u + 0.179910
    else:
        x = -3.0258469 * u**3 + 2.1070379 * u**2 + 0.2226347 * u + 0.240390
    if kelvin < 2222.0:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif kelvin < 4000.0:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    return np.asarray(np.linalg.solve(_TO_XYZ, np.array([x / y, 1.0, (1.0 - x - y) / y])))


def temperature_k(colour: Array) -> float:
    """The correlated colour temperature of a linear sRGB colour, held to 1000 to 25000 K."""
    xyz = _TO_XYZ @ colour
    x, y, _ = xyz / max(float(xyz.sum()), 1e-6)
    n = (x - 0.3320) / (0.1858 - y)
    return float(np.clip(449.0 * n**3 + 3525.0 * n**2 + 6823.3 * n + 5520.33, 1000.0, 25000.0))
