"""What a take should show, in plain words: one sentence for each thing that can be seen to hold or to fail.

From the stage and its geometry alone. Only what is seen is told: no names of a script's but the characters', no
deeds, and nothing of what a frame is too close or too wide for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from director.critic.verdict import Verdict
from director.english import capital, with_article
from model.sampler.captions import NUMBERS, light_words
from model.sampler.cast import noun_of
from model.sampler.vocabulary import HOURS, PLACES, SIZES, STATES, WEATHERS
from model.sampler.words import COLOURS, HAIR, HAIR_COLOURS, HATS, TOPS, Colour
from model.stage import RGB, Figure, Stage
from shots.blocking import ShotGeometry
from shots.blocking.geometry import OnScreen
from shots.spec import Shot

__all__ = ["SEEN", "Wanted", "note_of", "noun_with_article", "wanted_of", "worn_by"]

SEEN = "seen "
"""What the constraints that a vision model answered begin with; a kind follows."""

_KINDS = {"people": "person", "key_side": "light", "colour_temperature": "light"}  # of measured constraints
_MOST_PEOPLE = 4  # of more, nobody can say who is who
_LEFT, _RIGHT = 0.38, 0.62


@dataclass(frozen=True)
class Wanted:
    """One thing that a take should show. `of` is the character concerned, "" for the shot.

    `plain` is what a picture model is told of it, without names; "" where telling it would not help.
    """

    kind: str
    of: str
    words: str
    plain: str = ""


def wanted_of(stage: Stage, geometry: ShotGeometry, shot: Shot) -> tuple[Wanted, ...]:
    """What the take of a shot should show, people first."""
    figures = {figure.id: figure for half in _halves(stage) for figure in half.figures}
    seen = [one for one in geometry.people if one.visible and one.character in figures]
    found: list[Wanted] = []
    if shot.insert_of is None and seen and len(seen) <= _MOST_PEOPLE:
        for one in seen:
            found += _person(figures[one.character], one)
        if not stage.crowds and all(figures[one.character].species == "person" for one in seen):
            count = "One person is" if len(seen) == 1 else f"{NUMBERS[len(seen)].en.capitalize()} people are"
            found.append(Wanted("people", "", f"{count} in the picture, and nobody else."))
        found.append(Wanted("bodies", "", "Faces, hands and bodies are whole: none is melted, doubled or cut in two."))
    if stage.beside is None and shot.insert_of is None:
        place, light = stage.place, stage.light
        sky = "" if place.interior else f", {WEATHERS[stage.weather.kind].en}"
        where = f"{PLACES[place.kind].en} {HOURS[light.hour].en}{sky}"
        lit = ", ".join(words.en for words in light_words(stage))
        found.append(Wanted("place", "", f"It is {where}.", where))
        found.append(Wanted("light", "", f"{capital(lit)}.", lit))
        if shot.size is not None and seen:
            size = SIZES[shot.size].en
            found.append(Wanted("size", "", f"It is {with_article(size)}, or near to one.", size))
    found.append(Wanted("frames", "", "The frames show the same people and the same place, and none is blank."))
    return tuple(found)


def note_of(wanted: Sequence[Wanted], failures: Sequence[Verdict]) -> str:
    """What failed, as a picture model should be told it once more; "" where words would not help."""
    failed = {(_KINDS.get(kind, kind), one.of) for one in failures for kind in [one.constraint.removeprefix(SEEN)]}
    told = dict.fromkeys(one.plain for one in wanted if one.plain and (one.kind, one.of) in failed)
    return " ".join(f"{capital(words)}." for words in told)


def _halves(stage: Stage) -> tuple[Stage, ...]:
    return (stage,) if stage.beside is None else (stage, stage.beside)


def _person(figure: Figure, seen: OnScreen) -> list[Wanted]:
    name = figure.id
    where = "on the left" if seen.x < _LEFT else "on the right" if seen.x > _RIGHT else "in the middle"
    at = f", {where} as the shot opens" if 0 <= seen.x <= 1 else ""
    if figure.species != "person":
        return [Wanted("person", name, f"{name}, a {figure.species}, is in the picture{at}.", f"a {figure.species}")]
    noun = noun_with_article(figure)
    found = [Wanted("person", name, f"{name}, {noun}, is in the picture{at}.", f"{noun} {where}")]
    found += worn_by(figure)
    if seen.gaze in ("left", "right"):
        found.append(Wanted("eyes", name, f"{name} looks to the {seen.gaze} of the picture as the shot opens."))
    return found


def worn_by(figure: Figure) -> list[Wanted]:
    """What a person wears, has on the head and is like, each for itself."""
    name, look, noun = figure.id, figure.look, noun_with_article(figure)
    top = f"{_name(look.top_colour, COLOURS)} {TOPS[look.top].en}"
    found = [Wanted("wardrobe", name, f"{name} wears {with_article(top)}.", f"{noun} in {with_article(top)}")]
    if look.hat == "none":
        hair = HAIR[look.hair].en.format(_name(look.hair_colour, HAIR_COLOURS))
        found.append(Wanted("hair", name, f"{name} has {hair}.", f"{noun} with {hair}"))
    else:
        hat = with_article(f"{_name(look.hat_colour, COLOURS)} {HATS[look.hat].en}")
        found.append(Wanted("hat", name, f"{name} wears {hat}."))
    for state in (STATES[one].en for one in figure.state if one in STATES):
        found.append(Wanted("state", name, f"{name} is {state}.", f"{noun} {state}"))
    return found


def noun_with_article(figure: Figure) -> str:
    """`a woman`, `a person`."""
    look = figure.look
    return "a person" if look.gender == "unspecified" else f"a {noun_of(look.gender, look.age_years).en}"


def _name(colour: RGB, names: Sequence[Colour]) -> str:
    """The nearest of the named colours."""
    return min(names, key=lambda one: sum((a - b) ** 2 for a, b in zip(one.rgb, colour, strict=True))).words.en
