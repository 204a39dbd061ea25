"""Whether words alone are heard: no guide, no references, no facts; only sentences that differ in one thing.

Simple and honest: two pictures of one seed whose sentences differ in the hour, the place or the style must differ the
right way in lightness, green or colourfulness (chance is a half); among six pictures that differ in a garment's colour,
what changes from one to another must be nearest to the colour named (chance is a sixth).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from model.colour import delta_e_2000, lab
from model.evaluation.frames import Tell, Values, each, means, painted
from model.evaluation.sets import Painter, Scale, Shot, lead_stages, shot_of
from model.request import Condition, Frame
from model.sampler.vocabulary import HOURS, PLACES, STYLES
from model.sampler.words import COLOURS
from model.stage import Hour, PlaceKind, Style

__all__ = ["NAMED", "measured_sentences", "sentence"]

NAMED = ("red", "orange", "yellow", "green", "blue", "purple")
_FIRST = 7000
_NOTHING: frozenset[Condition] = frozenset({"facts", "palettes", "boxes", "sheets"})
_GREEN: tuple[tuple[PlaceKind, PlaceKind], ...] = (("forest", "desert"), ("park", "beach"), ("field", "street"))
_OUTDOORS: tuple[PlaceKind, ...] = ("street", "beach", "forest", "field")
_CHANGED_SHARE, _LEAST_CHANGE = 0.02, 4.0


def sentence(
    *, colour: str = "white", place: PlaceKind = "street", hour: Hour = "day", style: Style | None = None
) -> str:
    """A caption as the sampler words it."""
    said = f"Medium shot {HOURS[hour].en}: a woman in a {colour} coat stands {PLACES[place].en}."
    return said if style is None else f"{said} {STYLES[style].en.capitalize()}."


def measured_sentences(painter: Painter, scale: Scale, tell: Tell) -> dict[str, float]:
    """The share of sentences heard, for each kind, and the mean over the kinds."""
    right: Values = defaultdict(list)
    stages = list(islice(lead_stages(_FIRST), scale.seeds))
    for _, one in each("sentences", stages, tell):
        shot = shot_of(scale, one, replace(one.stage, figures=one.stage.figures[:1], props=(), crowds=()), 1, "")

        def seen(words: str, shot: Shot = shot) -> Frame:
            request = replace(shot.request, text=words, guide="none", without=_NOTHING)
            frame: Frame = painted(painter, request)[0]
            return frame

        for name, less, more, level in _pairs():
            right[name].append(float(level(seen(less)) < level(seen(more))))
        named = [seen(sentence(colour=colour)) for colour in NAMED]
        right["text_only_colour_accuracy"] += _colours_heard(named)
    found = means(right)
    return found | {"text_only_accuracy": float(np.mean(list(found.values())))}


def _pairs() -> Iterator[tuple[str, str, str, Callable[[Frame], float]]]:
    """A kind, two sentences, and what the first one's picture must have less of."""
    for place in _OUTDOORS:
        yield "text_only_hour_accuracy", sentence(place=place, hour="night"), sentence(place=place), _lightness
    for green, bare in _GREEN:
        yield "text_only_place_accuracy", sentence(place=bare), sentence(place=green), _greenness
    for place in _OUTDOORS[:2]:
        yield (
            "text_only_style_accuracy",
            sentence(colour="red", place=place, style="ink_noir"),
            sentence(colour="red", place=place, style="flat"),
            _colourfulness,
        )


def _lightness(picture: Frame) -> float:
    return float(lab(picture[::2, ::2])[..., 0].mean())


def _greenness(picture: Frame) -> float:
    return float(-lab(picture[::2, ::2])[..., 1].mean())


def _colourfulness(picture: Frame) -> float:
    return float(np.hypot(*np.moveaxis(lab(picture[::2, ::2])[..., 1:], -1, 0)).mean())


def _colours_heard(pictures: list[Frame]) -> list[float]:
    """For each picture, whether what differs most among them all is in it nearest to its own colour by name."""
    stack = np.stack(pictures).astype(np.float32)
    change = stack.std(axis=0).mean(axis=-1)
    where = change >= max(_LEAST_CHANGE, float(np.quantile(change, 1 - _CHANGED_SHARE)))
    if not where.any():
        return [0.0] * len(pictures)
    palette = lab([colour.rgb for name in NAMED for colour in COLOURS if colour.words.en == name])
    worn = [np.median(lab(picture[where]), axis=0) for picture in pictures]
    return [float(np.argmin(delta_e_2000(colour, palette)) == number) for number, colour in enumerate(worn)]
