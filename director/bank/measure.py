"""A picture of a character or place, measured offline: is it a picture, and has it the colours of whom it should show?

A photograph's light is its own, so hues are held to, and lightness loosely; a colour counts where a piece of it is left
in a picture that is made very small, so that noise has none.
"""

from __future__ import annotations

import numpy as np
import scipy
from numpy.typing import NDArray

from director.bank.sheets import View
from director.bank.subjects import Person
from model.colour import lab
from model.request import Frame
from model.stage import RGB
from model.telling import colour_word

__all__ = ["VERSION", "measure"]

VERSION = 1
"""Raised when the same picture may be judged otherwise."""

_SMALL_PX = 64  # the longer side of the picture that areas of colour are looked for in
_LEAST_SIDE_PX = 256
_BLANK = 10.0  # levels, as a standard deviation
_PICTURE = 0.5  # the least share of a picture's contrast that is left when it is made small
_PLAIN = 34.0  # the same, of what is beside and over a person
_COLOURED = 14.0  # chroma from which on a colour has a hue
_HUE_DEG, _FAINTEST, _LIGHTER = 32.0, 0.4, 38.0
_LEAST: dict[str, dict[View, float]] = {
    "top": {"front": 0.012, "three_quarter": 0.012, "back": 0.012, "": 0.006},
    "bottom": {"front": 0.006, "three_quarter": 0.006, "back": 0.006},
    "hair": {"face": 0.01, "back": 0.001, "front": 0.001, "three_quarter": 0.001},
    "coat": {"front": 0.012, "three_quarter": 0.012, "back": 0.012, "face": 0.012, "": 0.006},
}
"""The least share of the picture that a colour covers, by the view; of a view without it nothing is asked."""


def measure(person: Person | None, view: View, picture: Frame, *, made: bool = True) -> tuple[str, ...]:
    """What is wrong with a picture (h, w, 3) of a person, of a place for None, as far as it can be measured.

    These are parts of sentences, () for nothing. One that is `made` for the bank has a plain ground behind a person.
    """
    height, width = picture.shape[:2]
    if min(height, width) < _LEAST_SIDE_PX:
        return (f"it is {width}×{height}, and {_LEAST_SIDE_PX} pixels a side are the least to hold to",)
    small = _small(picture)
    if small.std() < _BLANK:
        return ("it is blank",)
    if small.std() < _PICTURE * picture.std():
        return ("it is noise",)
    if person is None:
        return ()
    wrong = []
    if made and view in ("front", "back") and (ground := _ground(small)) > _PLAIN:
        wrong.append(f"the ground is not plain: its colours differ by {ground:.0f} levels, at most {_PLAIN:.0f}")
    for part, rgb in _colours(person).items():
        least = _LEAST[part].get(view)
        share = _share(small, rgb)
        if least is not None and share < least:
            wrong.append(
                f"{share:.1%} of it is {colour_word(rgb)} in one piece, as {person.id}'s {part} should be, "
                f"at least {least:.1%}"
            )
    return tuple(wrong)


def _colours(person: Person) -> dict[str, RGB]:
    """What can be told by its colour."""
    look = person.look
    if person.species != "person":
        return {"coat": look.skin}
    found = {"top": look.top_colour}
    if look.top not in ("dress", "robe", "overalls", "coat", "raincoat", "scrubs"):
        found["bottom"] = look.bottom_colour
    if look.hat == "none" and look.hair not in ("bald", "buzz"):
        found["hair"] = look.hair_colour
    return found


def _small(picture: Frame) -> NDArray[np.float64]:
    from PIL import Image

    height, width = picture.shape[:2]
    scale = _SMALL_PX / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.BOX), dtype=np.float64)


def _share(small: NDArray[np.float64], rgb: RGB) -> float:
    """The share of a small picture that the largest piece of about this colour covers."""
    pixels, wanted = lab(small), lab(np.array(rgb, dtype=np.float64))
    chroma, own = np.hypot(pixels[..., 1], pixels[..., 2]), float(np.hypot(wanted[1], wanted[2]))
    near = np.abs(pixels[..., 0] - wanted[0]) <= _LIGHTER
    if own < _COLOURED:
        return _largest(near & (chroma < _COLOURED))
    turn = np.degrees(np.arctan2(pixels[..., 2], pixels[..., 1]) - np.arctan2(wanted[2], wanted[1]))
    hue = np.abs((turn + 180.0) % 360.0 - 180.0) <= _HUE_DEG
    return _largest(near & hue & (chroma >= _FAINTEST * own))


def _largest(where: NDArray[np.bool_]) -> float:
    labels, count = scipy.ndimage.label(where)
    return float(np.bincount(labels.ravel())[1:].max() / where.size) if count else 0.0


def _ground(small: NDArray[np.float64]) -> float:
    """How much the colours of a picture's upper corners differ, where nobody is who stands in its middle."""
    height, width = small.shape[:2]
    high, wide = max(1, height // 6), max(1, width // 6)
    corners = np.concatenate([small[:high, :wide].reshape(-1, 3), small[:high, -wide:].reshape(-1, 3)])
    return float(corners.std(axis=0).mean())
