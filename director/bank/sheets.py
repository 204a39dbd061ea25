"""What an image engine is asked for: the views of a character and of a place, in words that say what a stage shows.

A character stands whole before a plain ground in even light, so that nothing but the looks is held to; further views,
and other states of wardrobe, hold to the first where the engine takes pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from director.bank.subjects import Location, Person, Subject
from director.english import capital
from director.wording.engines import EngineWords
from director.wording.facts import STYLE_WORDS, looks_of
from model.sampler.vocabulary import HOURS, PLACES, STATES, WEATHERS
from model.telling import who

__all__ = ["Sheet", "View", "sheets_of"]

View = Literal["front", "three_quarter", "back", "face", ""]

_PORTRAIT_PX, _PLATE_PX = (768, 1024), (1024, 576)
_VIEWS: tuple[tuple[View, str], ...] = (
    ("front", "The whole figure from head to feet, standing upright, facing the camera, arms at the sides"),
    ("face", "Head and shoulders, facing the camera, calm, mouth closed"),
    ("back", "The whole figure from head to feet, seen from behind"),
)
_GROUND = "Plain light grey background, soft even light, nobody else and nothing else in the picture."


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One picture to be made. `holds_to` is the view of the same subject that it is made after, "" for none."""

    subject: Subject
    view: View
    text: str
    negative: str
    width_px: int
    height_px: int
    holds_to: View = ""


def sheets_of(subject: Subject, words: EngineWords, edits: bool, after: bool = False) -> tuple[Sheet, ...]:
    """The pictures that a subject needs: the first view alone, and all of them where the engine `edits` pictures.

    The first one is made `after` another picture of the character or place where there is one.
    """
    negative = ", ".join(words.unwanted)
    if isinstance(subject, Location):
        width, height = _PLATE_PX
        return (
            Sheet(
                subject=subject, view="", text=_plate(subject, after), negative=_with(negative, "people"),
                width_px=width, height_px=height,
            ),
        )  # fmt: skip
    width, height = _PORTRAIT_PX
    views = _VIEWS if edits else _VIEWS[:1]
    return tuple(
        Sheet(
            subject=subject,
            view=view,
            text=_portrait(subject, framing, same=after or number > 0),
            negative=_with(negative, "extra people"),
            width_px=width,
            height_px=height,
            holds_to="" if number == 0 else "front",
        )
        for number, (view, framing) in enumerate(views)
    )


def _portrait(person: Person, framing: str, *, same: bool) -> str:
    figure = person.figure
    described = [capital(who(figure))]
    if person.species == "person":
        described.append(f"The person has {looks_of(figure)}")
    else:
        framing = framing.replace("arms at the sides", "still")
    states = [STATES[state].en if state in STATES else state for state in person.state]
    if states:
        described.append(f"Now {' and '.join(states)}")
    opening = "The same figure as in the picture. " if same else ""
    return f"{opening}{'. '.join((*described, framing))}. {_GROUND} {capital(STYLE_WORDS[person.style])}."


def _plate(place: Location, after: bool) -> str:
    weather = "" if place.interior else f", {WEATHERS[place.weather].en}"
    opening = "The same place as in the picture. " if after else ""
    light = "neon light" if place.neon else "light"
    return (
        f"{opening}An empty set in a wide shot at eye level: nobody is {PLACES[place.kind].en}, "
        f"{HOURS[place.hour].en}{weather}. {capital(light)} of about {place.temperature_k} K. "
        f"{capital(STYLE_WORDS[place.style])}."
    )


def _with(negative: str, more: str) -> str:
    return f"{negative}, {more}" if negative else ""
