"""What a shot's picture shows, as the facts that words about it may tell: all from the stage and through its camera.

What the script says and the stage does not show is left out; so no wording can promise what the control pictures deny.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from director.english import with_article
from model.sampler.beasts import SPECIES
from model.sampler.captions import NUMBERS, light_words
from model.sampler.vocabulary import (
    ANGLES,
    COVERAGES,
    CROWD_DOINGS,
    HOURS,
    MOVES,
    PLACES,
    PRACTICALS,
    SIZES,
    STATES,
    STYLES,
    THINGS,
    WEATHERS,
)
from model.sampler.words import BOTTOMS, HAIR, HATS, SKINS, TOPS, Colour
from model.sampler.words import HAIR_COLOURS as HAIRS
from model.stage import RGB, Figure, Stage
from model.telling import colour_word, deed, who
from shots.blocking import OnScreen, measure
from shots.spec import Prop, Shot, Storyboard

__all__ = ["STYLE_WORDS", "Facts", "PersonFacts", "facts_of", "looks_of", "number"]

_MOST_DESCRIBED = 3
_APART = 0.12  # of the picture's width, from which on two people stand left and right
_WHOLE_DRESS = frozenset({"dress", "robe", "overalls", "scrubs"})
_OVER_HAIR = frozenset({"hijab", "turban", "helmet", "hood"})
_SIDEWAYS = ("pan", "truck", "orbit")
STYLE_WORDS: dict[str, str] = {
    **{style: words.en for style, words in STYLES.items()},
    "flat": "live action, photographed with natural colours and real textures",
}
"""What picture engines are told of a film's style: the plain one, which is nobody's wish, leaves them to photograph."""
_MOVES = {"tilt_up": "the camera tilts up", "tilt_down": "the camera tilts down", "crane_up": "the camera cranes up",
          "crane_down": "the camera cranes down"}  # fmt: skip


@dataclass(frozen=True)
class PersonFacts:
    """Somebody in the picture: "a woman in a red coat", what she looks like, and in which part she is."""

    brief: str
    noun: str  # "woman", or "woman in a red coat" where there are two
    looks: str
    side: str  # "on the left", "on the right", "in the middle" or ""
    states: tuple[str, ...]
    holds: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """A shot's picture in parts, each of words that can stand alone."""

    size: str
    doing: str
    people: tuple[PersonFacts, ...]
    count: int  # of persons in the picture
    place: str
    hour: str
    light: str
    temperature_k: int
    weather: str
    camera: str
    style: str
    thing: str = ""  # of an insert
    more: tuple[str, ...] = ()  # lamps, crowds
    beside: Facts | None = field(default=None)  # the right half of a split screen


def facts_of(shot: Shot, storyboard: Storyboard, stage: Stage) -> Facts:
    """The facts of a shot's picture."""
    aspect_px = storyboard.width_px // 2 if shot.beside is not None else storyboard.width_px
    geometry = measure(stage, shot, aspect_px, storyboard.height_px)
    seen = {person.character: person for person in geometry.people if person.visible}
    beside = facts_of(shot, storyboard, stage.beside) if stage.beside is not None else None
    by_id = {figure.id: figure for figure in stage.figures}
    order = dict.fromkeys([*(name for name in shot.subjects if name in seen), *seen])
    figures = [by_id[name] for name in order if name in by_id]
    insert = next((prop for prop in storyboard.props if prop.id == shot.insert_of), None)
    if shot.insert_of is not None:
        figures = []
    return Facts(
        size=_size(shot),
        doing=_doing(stage, figures),
        people=_told_apart([_person(stage, figure, figures, seen) for figure in figures[:_MOST_DESCRIBED]]),
        count=sum(figure.species == "person" for figure in figures),
        place=PLACES[stage.place.kind].en,
        hour=HOURS[stage.light.hour].en,
        light=", ".join(words.en for words in light_words(stage)),
        temperature_k=round(stage.light.colour_temperature_k / 100) * 100,
        weather=_weather(stage),
        camera=_camera(shot, stage),
        style=STYLE_WORDS[stage.style],
        thing=_thing(stage, insert) if shot.insert_of is not None else "",
        more=(
            *(PRACTICALS[practical.kind].en for practical in stage.light.practicals),
            *(CROWD_DOINGS[crowd.doing].en for crowd in stage.crowds if crowd.doing in CROWD_DOINGS),
        ),
        beside=beside,
    )


def _size(shot: Shot) -> str:
    of = COVERAGES.get(shot.coverage or "", COVERAGES["single"]).en
    return f"{SIZES[shot.size or 'MS'].en} {of}".rstrip()


def _person(stage: Stage, figure: Figure, figures: Sequence[Figure], seen: Mapping[str, OnScreen]) -> PersonFacts:
    noun = who(figure).split(" in ")[0].removeprefix("an ").removeprefix("a ")
    if figure.species != "person":
        noun = SPECIES[figure.species].noun.en if figure.species in SPECIES else figure.species
    held = [prop for prop in stage.props if prop.held is not None and prop.held.figure == figure.id]
    return PersonFacts(
        brief=who(figure),
        noun=noun,
        looks=looks_of(figure) if figure.species == "person" else "",
        side=_side(figure.id, figures, seen),
        states=tuple(STATES[state].en for state in figure.state if state in STATES),
        holds=tuple(_named(prop.id, prop.kind, prop.state) for prop in held),
    )


def _told_apart(people: Sequence[PersonFacts]) -> tuple[PersonFacts, ...]:
    nouns = [person.noun for person in people]
    return tuple(
        replace(person, noun=person.brief.removeprefix("an ").removeprefix("a "))
        if nouns.count(person.noun) > 1
        else person
        for person in people
    )


def looks_of(figure: Figure) -> str:
    """`short black hair, fair skin and glasses, and wears a red coat over navy jeans`."""
    look = figure.look
    hair = HAIR[look.hair].en.format(_nearest(look.hair_colour, HAIRS))
    skin = _nearest(look.skin, SKINS)
    has = [] if look.hat in _OVER_HAIR else [hair]
    has += [f"{skin} skin" if not skin.endswith("skinned") else f"{skin.split('-')[0]} skin"]
    has += [{"stubble": "stubble", "moustache": "a moustache", "goatee": "a goatee"}.get(look.beard, "a beard")] * (
        look.beard != "none"
    )
    has += [{"dark": "dark glasses"}.get(look.glasses, "glasses")] * (look.glasses != "none")
    worn = with_article(f"{colour_word(look.top_colour)} {TOPS[look.top].en}")
    if look.top not in _WHOLE_DRESS:
        bottom = f"{colour_word(look.bottom_colour)} {BOTTOMS[look.bottom].en}"
        worn += f" and {bottom if look.bottom != 'skirt' else with_article(bottom)}"
    if look.hat in HATS:
        worn += f", with {with_article(f'{colour_word(look.hat_colour)} {HATS[look.hat].en}')}"
    has = [f"{', '.join(has[:-1])} and {has[-1]}"] if len(has) > 1 else has
    return f"{has[0]}, and wears {worn}"


def _side(name: str, figures: Sequence[Figure], seen: Mapping[str, OnScreen]) -> str:
    """Left or right of all others, as the shot opens and as it ends; of one alone nothing is said."""
    others = [seen[figure.id] for figure in figures if figure.id != name and figure.id in seen]
    if not others or name not in seen:
        return ""
    own = seen[name]
    if all(min(other.x - own.x, other.x_end - own.x_end) >= _APART for other in others):
        return "on the left"
    if all(min(own.x - other.x, own.x_end - other.x_end) >= _APART for other in others):
        return "on the right"
    return ""


def _doing(stage: Stage, figures: Sequence[Figure]) -> str:
    """The deed in the own model's words, with the thing in hand where these have no word for it."""
    words = deed(stage, figures)
    held = next((prop for prop in stage.props if figures and prop.held and prop.held.figure == figures[0].id), None)
    return words if held is None else words.replace(" something", f" {_named(held.id, held.kind, '')}")


def _thing(stage: Stage, insert: Prop | None) -> str:
    found = next((prop for prop in stage.props if insert is not None and prop.id == insert.id), None)
    if found is not None:
        return _named(found.id, found.kind, found.state)
    return "a thing" if insert is None else _named(insert.id, insert.kind or "", "")


def _named(name: str, kind: str, state: str) -> str:
    """`a bitten biscuit`: by the last word of its name, or by its kind where that is no English word."""
    word = name.split()[-1].lower() if name.split() else ""
    english = word.isascii() and word.isalpha()
    noun = THINGS[kind].en if not english and kind in THINGS else with_article(word if english else kind)
    if not state or state == "slice":
        return noun.replace("_", " ")
    return with_article(f"{state} {noun.removeprefix('an ').removeprefix('a ')}").replace("_", " ")


def _weather(stage: Stage) -> str:
    told = WEATHERS[stage.weather.kind].en
    if stage.place.interior:
        return f"{told} outside" if stage.weather.kind != "clear" else ""
    return told


def _camera(shot: Shot, stage: Stage) -> str:
    move = next((kind for kind in _SIDEWAYS if shot.move.startswith(kind)), shot.move)
    way = " to the left" if shot.move.endswith("left") else " to the right" if shot.move.endswith("right") else ""
    moves = _MOVES.get(shot.move) or (
        f"the camera pans{way}" if move == "pan" else f"the camera trucks{way}" if move == "truck" else MOVES[move].en
    )
    return f"{ANGLES[shot.angle].en}, on a {stage.camera.keys[0].lens_mm:.0f} mm lens, {moves}"


def _nearest(colour: RGB, table: Sequence[Colour]) -> str:
    return min(table, key=lambda one: sum((a - b) ** 2 for a, b in zip(one.rgb, colour, strict=True))).words.en


def number(count: int) -> str:
    """`two`, `three`; `many` from six on."""
    return "one" if count == 1 else NUMBERS[count].en if count in NUMBERS else "many"
