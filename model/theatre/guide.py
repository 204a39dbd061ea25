"""The guide picture: what is known of a stage before it is pictured, with stand-ins, empty, or people alone."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from model.request import GuideKind
from model.stage import Stage
from model.theatre.drawing import draw, split
from model.theatre.passes import passes, plate
from model.theatre.stand_ins import Wearing, with_stand_ins

__all__ = ["GREY", "GUIDE_SHOWS", "guide_picture"]

Frame = NDArray[np.uint8]

GREY = 128
"""What stands where a guide knows nothing."""

GUIDE_SHOWS: dict[GuideKind, tuple[float, float]] = {
    "stand_ins": (1.0, 1.0), "place": (1.0, 0.0), "people": (0.0, 1.0), "none": (0.0, 0.0),
}  # fmt: skip
"""Whether a guide of each kind shows the place, and whether it shows the people."""


def guide_picture(
    stage: Stage, kind: GuideKind, time_s: float, width_px: int, height_px: int, wearing: Wearing
) -> Frame:
    """The guide of a kind at a time: (height_px, width_px, 3), sRGB; grey where it knows nothing."""
    if kind == "stand_ins":
        return draw(with_stand_ins(stage, wearing), time_s, width_px, height_px)
    if kind == "place":
        return _place(stage, time_s, width_px, height_px)
    if kind == "people":
        return _people(stage, time_s, width_px, height_px, wearing)
    return np.full((height_px, width_px, 3), GREY, dtype=np.uint8)


def _place(stage: Stage, time_s: float, width_px: int, height_px: int) -> Frame:
    """The empty set."""
    if stage.beside is not None:
        return split(plate, stage, time_s, width_px, height_px)
    return plate(stage, time_s, width_px, height_px)


def _people(stage: Stage, time_s: float, width_px: int, height_px: int, wearing: Wearing) -> Frame:
    """Stand-ins and props before grey."""
    if stage.beside is not None:
        return split(partial(_people, wearing=wearing), stage, time_s, width_px, height_px)
    seen = passes(with_stand_ins(stage, wearing), time_s, width_px, height_px)
    shown = (seen.person > 0) | (seen.prop > 0)
    if wearing == "cut_outs":  # which reach beyond the stand-ins
        bare = draw(with_stand_ins(stage, "colours"), time_s, width_px, height_px)
        shown |= (seen.frame != bare).any(axis=-1)
    return np.where(shown[..., None], seen.frame, np.uint8(GREY))
