"""Who and what the reference bank has pictures of: a character in a state of wardrobe, a place in a light.

Told by stages alone, so that whoever looks alike in two shots is one subject, and a change of coat makes another.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from model.stage import BodyKey, Figure, Hour, Look, PlaceKind, Species, Stage, Style, WeatherKind
from shots.blocking.looks import look_of
from shots.spec import Character

__all__ = ["Location", "Person", "Subject", "person_of", "subjects_of"]

_ROUNDED_K = 500  # how near two lights are that one picture of a place serves


@dataclass(frozen=True, kw_only=True)
class Person:
    """A character, or an animal, in a state of wardrobe, as it looks in it."""

    id: str
    species: Species
    look: Look
    state: tuple[str, ...]
    style: Style

    @property
    def figure(self) -> Figure:
        """The same, standing still and facing the camera."""
        body = (BodyKey(time_s=0.0, x_m=0.0, z_m=0.0, heading_deg=180.0, pose="stand"),)
        return Figure(id=self.id, species=self.species, look=self.look, body=body, state=self.state)


@dataclass(frozen=True, kw_only=True)
class Location:
    """A place at an hour, in a weather and a light."""

    id: str
    kind: PlaceKind
    interior: bool
    hour: Hour
    weather: WeatherKind
    temperature_k: int
    neon: bool
    style: Style


Subject = Person | Location


def person_of(character: Character, state: Iterable[str], style: Style) -> Person:
    """A character of the storyboard in a state of wardrobe, as its stages show it."""
    worn = tuple(sorted(state))
    return Person(id=character.id, species=character.species, look=look_of(character, worn), state=worn, style=style)


def subjects_of(stage: Stage, seen: Sequence[str]) -> tuple[Subject, ...]:
    """The subjects of a shot: of its figures those that are `seen`, in that order, then the place; both halves of a
    split screen.
    """
    halves = (stage,) if stage.beside is None else (stage, stage.beside)
    figures = {figure.id: (figure, half.style) for half in reversed(halves) for figure in half.figures}
    people = tuple(
        Person(id=figure.id, species=figure.species, look=figure.look, state=tuple(sorted(figure.state)), style=style)
        for figure, style in (figures[name] for name in seen if name in figures)
    )
    return (*people, *dict.fromkeys(_location(half) for half in halves))


def _location(stage: Stage) -> Location:
    place, light = stage.place, stage.light
    return Location(
        id=place.name,
        kind=place.kind,
        interior=place.interior,
        hour=light.hour,
        weather=stage.weather.kind,
        temperature_k=round(light.colour_temperature_k / _ROUNDED_K) * _ROUNDED_K,
        neon=light.neon,
        style=stage.style,
    )
