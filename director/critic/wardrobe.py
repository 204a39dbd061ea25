"""Whether everybody is there, in their own colours: silhouettes' outlines, and hair, skin and clothes by ΔE.

A colour is held against all that lies between its lit and its shaded mix under the stage's light, so that another
shading is no fault. A region holds when a good part of it has its colour: patterns, folds and stains may differ.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from director.critic.expected import Expected, Garb, Mask
from director.critic.verdict import Verdict, at_least, at_most
from model.colour import delta_e_2000, lab
from model.request import Frame
from model.stage import Style
from model.theatre.people.soil import soil_of
from model.theatre.swatches import Region

__all__ = ["judge_people", "off_by", "outline"]

COLOUR_DE: dict[Style, float] = {"flat": 9.0, "watercolour": 9.0, "risograph": 12.0}
"""How far the better part of a region may be from its colour; dots of ink are mixed by the eye, not by the print."""
THERE_SHARE = 0.58
"""Of somebody's pixels that must have their colours, where their outline does not tell of them."""
OUTLINE, OUTLINE_ALONE = 1.5, 0.92
"""How much stronger edges must be along a silhouette than beside it: where colours do not fit; and where they have no
say, in ink and pencil, whose hatching has edges everywhere.
"""
_GOOD_PART, _SOILED_PART = 0.35, 0.1
"""How much of a region must have its colour: little, where mud, dust, soot or blood lies on it."""
_SEEN = 1.5  # times the limit of a region: near enough to count as seen
_HARDLY_THERE = 0.4  # who is less there than this has no clothes to judge
_SHADES = np.linspace(-0.15, 1.2, 6)[:, None]
_MOST_PX = 200
_RING_PX = 5

Errors = NDArray[np.float64]


@dataclass(frozen=True)
class _Found:
    """What was seen of a person over all instants: every region's errors in ΔE, and the outline's strength."""

    name: str
    regions: dict[Region, Errors]
    outline: float


def judge_people(expected: Expected, frames: dict[int, Frame]) -> list[Verdict]:
    """Verdicts on everybody who is large enough: there or not, and if there, hair, skin and clothes."""
    verdicts = []
    for found in _seen(expected, frames):
        there = _there(found, COLOUR_DE[expected.stage.style] if expected.in_colour else None)
        verdicts.append(there)
        if not expected.in_colour or there.figure < _HARDLY_THERE:
            continue
        for region, errors in found.regions.items():
            thing = _garment(expected, found.name, region)
            off = float(np.quantile(errors, _SOILED_PART if _is_soiled(expected, found.name) else _GOOD_PART))
            verdicts.append(_worn(found.name, region, off, thing, COLOUR_DE[expected.stage.style]))
    return verdicts


def _seen(expected: Expected, frames: dict[int, Frame]) -> list[_Found]:
    errors: dict[str, dict[Region, list[Errors]]] = defaultdict(lambda: defaultdict(list))
    outlines: dict[str, list[float]] = defaultdict(list)
    for instant in expected.instants:
        frame = frames.get(instant.index)
        if frame is None:
            continue
        slopes = _slopes(frame)
        for person in instant.people:
            outlines[person.figure.id].append(outline(slopes, person.silhouette))
            for region, garb in person.garb.items():
                errors[person.figure.id][region].append(off_by(frame, garb))
    return [
        _Found(name, {region: np.concatenate(all_) for region, all_ in errors[name].items()}, float(np.mean(strengths)))
        for name, strengths in outlines.items()
    ]


def off_by(frame: Frame, garb: Garb) -> Errors:
    """How far in CIEDE2000 pixels of a region (a sample of them) are from any shade of its colours."""
    pixels = frame[garb.where]
    pixels = pixels[:: max(1, len(pixels) // _MOST_PX)]
    measured = lab(pixels)
    best = np.full(len(pixels), np.inf)
    for lit, shaded in garb.colours:
        for shade in lab(np.clip(shaded + (lit - shaded) * _SHADES, 0.0, 255.0)):
            best = np.minimum(best, delta_e_2000(measured, shade))
    return best


def _slopes(frame: Frame) -> NDArray[np.float32]:
    """How steeply colours change at each pixel, in levels a pixel."""
    soft = ndimage.gaussian_filter(frame.astype(np.float32), (0.8, 0.8, 0.0))
    down, right = np.gradient(soft, axis=0), np.gradient(soft, axis=1)
    steep = np.sqrt((down * down + right * right).max(axis=-1))
    return np.asarray(ndimage.maximum_filter(steep, 3), dtype=np.float32)


def outline(slopes: NDArray[np.float32], silhouette: Mask) -> float:
    """How much steeper a picture is along a silhouette's edge than along lines a little within and without it."""
    inside = np.zeros_like(silhouette)
    inside[2:-2, 2:-2] = True

    def along(where: Mask) -> float:
        line = where & ~ndimage.binary_erosion(where) & inside
        return float(slopes[line].mean()) if line.any() else 0.0

    reach = max(3, round(_RING_PX * slopes.shape[1] / 256))
    beside = [
        along(where)
        for where in (
            ndimage.binary_dilation(silhouette, iterations=reach),
            ndimage.binary_erosion(silhouette, iterations=reach),
        )
        if where.any() and not where.all()
    ]
    return along(silhouette) / (float(np.mean(beside)) + 1.0) if beside else 0.0


def _there(found: _Found, colour_de: float | None) -> Verdict:
    if colour_de is not None and found.regions:
        share = float((np.concatenate(list(found.regions.values())) < _SEEN * colour_de).mean())
        figure = max(share, THERE_SHARE * found.outline / OUTLINE)
        told = (
            f"{share:.0%} of where {found.name} should be has {found.name}'s colours and the outline is "
            f"{found.outline:.1f} times as strong as what is beside it"
        )
        return at_least("people", found.name, figure, THERE_SHARE, "share", told, best=1.0)
    told = (
        f"edges along {found.name}'s outline are {found.outline:.2f} times those beside it, "
        f"at least {OUTLINE_ALONE:.2f}"
    )
    return at_least("people", found.name, found.outline, OUTLINE_ALONE, "ratio", told, best=3.0)


def _is_soiled(expected: Expected, name: str) -> bool:
    figure = next(figure for figure in expected.stage.figures if figure.id == name)
    return bool(soil_of(figure).kinds - {"wet", "torn", "sweat"})


def _garment(expected: Expected, name: str, region: Region) -> str:
    look = next(figure.look for figure in expected.stage.figures if figure.id == name)
    return {"top": look.top.replace("_", "-"), "bottom": look.bottom, "hair": "hair", "skin": "skin"}[region]


def _worn(name: str, region: Region, off: float, thing: str, limit: float) -> Verdict:
    told = f"{name}'s {thing} is ΔE {off:.1f} from the sheet under this light, at most {limit:.1f}"
    constraint = region if region in ("hair", "skin") else "wardrobe"
    return at_most(constraint, name, off, limit, "ΔE", told)
