"""The pictures of cast and places that a storyboard names: which are for a shot, read from the film's folder.

Reading is `director.picture_files`'; what cannot be read, is too small or has not the colours of whom it should show is
told by `named_problems`. A picture that a person names is used as it is, whatever is found in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

import numpy as np

from director.bank.measure import measure
from director.bank.sheets import View
from director.bank.subjects import Location, Person, Subject, person_of
from director.picture_files import Stamp, Trouble, opened, stamped
from model.request import Picture
from shots.errors import Problem, StoryboardError
from shots.spec import Character, Place, Plate, Portrait, Storyboard

__all__ = ["any_named", "named", "named_problems", "unread_pictures"]

_ALIVE: WeakValueDictionary[tuple[object, ...], Picture] = WeakValueDictionary()
"""What was read and is still in use somewhere."""


def named(subject: Subject, storyboard: Storyboard, folder: Path) -> tuple[Picture, ...]:
    """The pictures that a storyboard names for a subject; `folder` is the film's.

    Those for its very state of wardrobe, hour or weather if there are any, else those for all others.

    Raises:
        StoryboardError: one is not there, cannot be read or may not be.
    """
    if isinstance(subject, Person):
        character = next((one for one in storyboard.cast if one.id == subject.id), None)
        portraits = character.pictures if character is not None else ()
        exact = [one for one in portraits if one.state and tuple(sorted(one.state)) == subject.state]
        return _read(subject, exact or [one for one in portraits if not one.state], folder)
    place = next((one for one in storyboard.places if one.id == subject.id), None)
    plates = [one for one in (place.pictures if place is not None else ()) if _fits(one, subject)]
    said = max((_said(one) for one in plates), default=0)
    return _read(subject, [one for one in plates if _said(one) == said], folder)


def any_named(subject: Subject, storyboard: Storyboard, folder: Path) -> Picture | None:
    """A picture of the same character or place in any state or light, that another can be made after.

    Raises:
        StoryboardError: it is not there, cannot be read or may not be.
    """
    among: tuple[Character | Place, ...] = storyboard.cast if isinstance(subject, Person) else storyboard.places
    found = next((one.pictures[:1] for one in among if one.id == subject.id), ())
    return next(iter(_read(subject, found, folder)), None)


def named_problems(storyboard: Storyboard, folder: Path) -> list[Problem]:
    """What cannot be used of the pictures that a storyboard names, and those in which somebody is not to be seen."""
    problems: list[Problem] = []
    for character in storyboard.cast:
        for portrait in character.pictures:
            person = person_of(character, portrait.state, storyboard.style)
            problems += _found(character.id, portrait.file, folder, person, portrait.view or "")
    for place in storyboard.places:
        for plate in place.pictures:
            problems += _found(place.id, plate.file, folder, None, "")
    return problems


def unread_pictures(storyboard: Storyboard, backend: str) -> list[Problem]:
    """The pictures that a storyboard names and a back end of this name, which draws from words alone, does not see."""
    among: tuple[Character | Place, ...] = (*storyboard.cast, *storyboard.places)
    having = [one.id for one in among if one.pictures]
    if not having:
        return []
    what = f"{' and '.join(having)} {'has' if len(having) == 1 else 'have'} pictures, and {backend} looks at none"
    fix = "name a pretrained engine to hold to them, or say in `look` what they show"
    return [Problem("pictures", what, fix, severity="warning")]


def _fits(plate: Plate, place: Location) -> bool:
    return plate.hour in (None, place.hour) and plate.weather in (None, place.weather)


def _said(plate: Plate) -> int:
    """How closely a picture is meant for a light."""
    return (plate.hour is not None) + (plate.weather is not None)


def _read(subject: Subject, pictures: Iterable[Portrait | Plate], folder: Path) -> tuple[Picture, ...]:
    try:
        return tuple(_picture(subject, one, folder) for one in pictures)
    except Trouble as trouble:
        raise StoryboardError(str(trouble)) from None


def _picture(subject: Subject, named: Portrait | Plate, folder: Path) -> Picture:
    stamp = stamped(_whose(subject.id), named.file, folder)
    view = named.view or "" if isinstance(named, Portrait) else ""
    name = (stamp, subject.id, view)
    known = _ALIVE.get(name)
    if known is None:
        known = _ALIVE[name] = Picture(
            kind="identity" if isinstance(subject, Person) else "place",
            of=subject.id,
            picture=np.asarray(opened(stamp)),
            source=named.file,
            view=view,
        )
    return known


def _whose(name: str) -> str:
    return f"{name} has the picture"


def _found(name: str, file: str, folder: Path, person: Person | None, view: View) -> Iterator[Problem]:
    try:
        wrong = _measured(stamped(_whose(name), file, folder), person, view)
    except Trouble as trouble:
        yield Problem("pictures", trouble.what, trouble.fix)
        return
    fix = "name another picture, or say in the storyboard what it shows"
    for one in wrong:
        yield Problem("pictures", f"{_whose(name)} {file}, and {one}", fix, severity="warning")


@lru_cache(maxsize=256)
def _measured(stamp: Stamp, person: Person | None, view: View) -> tuple[str, ...]:
    """What is wrong with a picture, looked at once while its file stays as it is."""
    return measure(person, view, np.asarray(opened(stamp)), made=False)
