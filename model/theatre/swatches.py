"""What a person's hair, skin and clothes look like under a stage's light: colours in light and in shade, no picture.

The painters' own mixing of a look's colours, for whoever judges a picture by the stage; where on the picture a person
is, the part pass tells. Patterns, stains and what lies open under a coat are left out. Styles that print in colour are
asked for a chart of patches; ink and pencil make their values from the whole picture, and no chart can tell them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.stage import RGB, Figure, Look, Stage, Style
from model.theatre.drawing import tone_on
from model.theatre.lighting.practicals import sources_of
from model.theatre.lighting.rooms import tone_in
from model.theatre.motion.body import body_at
from model.theatre.motion.holding import held_by
from model.theatre.paint import Ink, Part
from model.theatre.people.garment_marks import palette
from model.theatre.people.hair import COVERED, hair_rgb
from model.theatre.people.soil import soil_of
from model.theatre.people.wardrobe import CUTS
from model.theatre.styles import printed
from model.theatre.surfaces import Surfaces
from model.theatre.view import NEAR_M, View, view_at

__all__ = ["IN_COLOUR", "Region", "Swatch", "as_printed", "swatches"]

Region = Literal["hair", "skin", "top", "bottom"]
IN_COLOUR: frozenset[Style] = frozenset({"flat", "watercolour", "risograph"})
"""The styles in which a colour can be told from a chart."""
_PATCH_PX, _ROWS, _COLUMNS = 32, 9, 16
_LEGS: tuple[Part, ...] = ("right_leg", "left_leg")


class Swatch(NamedTuple):
    """A region of a person: the parts that show it, and each colour it may have there, (n, 2, 3): lit and shaded."""

    parts: tuple[Part, ...]
    colours: NDArray[np.float64]


def swatches(stage: Stage, figure: Figure, view: View, time_s: float) -> dict[Region, Swatch]:
    """The regions of a person on a stage at a time, in sRGB from 0 to 255, before any style's print."""
    body = body_at(figure, time_s, held_by(stage, figure))
    depth = max(view.point(*(float(v) for v in body.joints["waist"]))[2], NEAR_M)
    tone = tone_on(figure, stage, tone_in(stage), sources_of(stage, time_s), time_s)
    soil = soil_of(figure)
    ink = Ink(tone, view, depth, None, "wet" in soil.kinds, soil)
    return {
        region: Swatch(parts, np.array([[_rgb(side(parts[0], rgb)) for side in (ink.lit, ink.shade)] for rgb in rgbs]))
        for region, (parts, rgbs) in _worn(figure.look).items()
    }


def as_printed(stage: Stage, colours: NDArray[np.float64]) -> NDArray[np.float64]:
    """Colours (n, 3) of at most 144 patches as the stage's style prints them; as they are for "flat"."""
    if stage.style == "flat" or not len(colours):
        return colours
    chart = np.zeros((_ROWS * _COLUMNS, 3), dtype=np.uint8)
    chart[: len(colours)] = colours.round().astype(np.uint8)
    chart = chart.reshape(_ROWS, _COLUMNS, 3).repeat(_PATCH_PX, axis=0).repeat(_PATCH_PX, axis=1)
    height, width = chart.shape[:2]
    nothing = np.zeros((height, width), dtype=np.uint16)
    blank = Surfaces(
        view=view_at(stage.camera, 0.0, width, height, stage.seed),
        index=nothing,
        light=nothing.astype(np.uint8),
        planes=np.zeros((1, 3), dtype=np.float32),
        normals=np.array([[0.0, 0.0, 1.0]], dtype=np.float32),
        owners=np.zeros(1, dtype=np.int32),
        parts=np.zeros(1, dtype=np.uint8),
    )
    print_ = printed(chart, stage.style, blank, tone_in(stage)).astype(np.float64)
    patches = print_.reshape(_ROWS, _PATCH_PX, _COLUMNS, _PATCH_PX, 3)[:, 6:-6, :, 6:-6].mean(axis=(1, 3))
    return np.asarray(patches.reshape(-1, 3)[: len(colours)])


def _worn(look: Look) -> dict[Region, tuple[tuple[Part, ...], tuple[RGB, ...]]]:
    """Which parts show what, and in which colours; bare legs are left out."""
    cut, worn = CUTS[look.top], palette(look)
    found: dict[Region, tuple[tuple[Part, ...], tuple[RGB, ...]]] = {"skin": (("head",), (look.skin,))}
    if look.hat in COVERED:
        found["hair"] = (("hair",), (look.hat_colour,))
    elif look.hat != "none":
        found["hair"] = (("hair",), (look.hat_colour, hair_rgb(look)))
    elif look.hair != "bald":
        found["hair"] = (("hair",), (hair_rgb(look),))
    bib = cut.base == "under" or cut.legs  # an apron, overalls: the shirt shows beside it
    own = (worn["own"], worn["under"]) if bib else (worn["own"],)
    own = own if look.bag == "none" else (*own, look.bag_colour)  # its straps lie on the trunk
    found["top"] = (("torso", "hips") if cut.skirt > 0 else ("torso",), own)
    if cut.legs:
        found["bottom"] = (("hips", *_LEGS), (worn["own"],))
    elif look.bottom in ("trousers", "jeans") and look.top != "dress":
        found["bottom"] = (_LEGS if cut.skirt > 0 else ("hips", *_LEGS), (look.bottom_colour,))
    elif cut.skirt == 0:
        found["bottom"] = (("hips",), (look.bottom_colour,))
    return found


def _rgb(argb: int) -> tuple[int, int, int]:
    return argb >> 16 & 255, argb >> 8 & 255, argb & 255
