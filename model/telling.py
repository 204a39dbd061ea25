"""A film's shot in one or two plain English sentences, in the words that the picture model has learnt from.

Says what the captions of sampled stages say, in their order: size, hour, who in what does what where, light, weather.
Reads the stage alone; what a script says and a stage does not show is left out, since no picture was learnt with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from model.sampler.beasts import SPECIES
from model.sampler.captions import NUMBERS, light_words
from model.sampler.cast import noun_of
from model.sampler.vocabulary import ACTS, COVERAGES, CROWD_DOINGS, HOURS, PLACES, POSES, SIZES, THINGS, WEATHERS
from model.sampler.words import COLOURS, TOPS
from model.stage import RGB, ActName, Figure, Stage

__all__ = ["colour_word", "deed", "tell", "who"]

_NEEDS_ANOTHER: frozenset[ActName] = frozenset({"look", "point", "embrace", "kiss", "shake_hands", "hit", "push"})
_SAID_BY_POSE = frozenset({"walk", "run", "sit", "lie", "kneel", "crouch", "ride", "drive", "fly", "swim"})
_TALKS_FROM_MOUTHS = 3


def tell(stage: Stage, size: str | None, coverage: str | None, seen: Sequence[str], insert: str = "") -> str:
    """The shot in plain words.

    `seen` are the ids of the figures in the picture, the most important first; `insert` is the kind of the thing
    that an insert shows. A split screen is told half by half.
    """
    if stage.beside is not None:
        left, right = (deed(half, [f for f in half.figures if f.id in seen]) for half in (stage, stage.beside))
        return (
            f"Split screen. On the left: {left} {PLACES[stage.place.kind].en}. "
            f"On the right: {right} {PLACES[stage.beside.place.kind].en}."
        )
    by_id = {figure.id: figure for figure in stage.figures}
    figures = [by_id[one] for one in seen if one in by_id]
    of = COVERAGES.get(coverage or "", COVERAGES["single"]).en
    shot = f"{SIZES[size or 'MS'].en} {of}".rstrip()
    thing = THINGS[insert].en if insert in THINGS else f"the {insert.replace('_', ' ')}" if insert else ""
    what = thing or deed(stage, figures)
    where = f"{what} {PLACES[stage.place.kind].en}".lstrip()
    return f"{_capital(shot)} {HOURS[stage.light.hour].en}: {where}. {_capital(_about(stage))}."


def deed(stage: Stage, figures: Sequence[Figure]) -> str:
    """Who does what, and with whom."""
    if not figures:
        return ""
    lead, others = figures[0], figures[1:]
    person = next((other for other in others if other.species == "person"), None)
    act, pose = _act(stage, lead), _pose(stage, lead)
    does = POSES[pose].en  # type: ignore[index]
    about_other = act in _NEEDS_ANOTHER and bool(others)
    if act is not None and (about_other or act not in _NEEDS_ANOTHER):
        what = who(person or others[0]) if about_other else _held(stage, lead)
        doing = ACTS[act].en.replace("{their}", {"female": "her", "male": "his"}.get(lead.look.gender, "their"))
        doing = doing.replace("{}", what)
        does = f"{does} and {doing}" if pose in _SAID_BY_POSE else doing
    crowd = sum(figure.species == "person" for figure in figures)
    if crowd > 2:
        company = f", {NUMBERS[crowd].en if crowd in NUMBERS else 'many'} people in all,"
    elif others and not about_other:
        company = f" {'to' if act == 'give' else 'beside'} {who(others[0])}"
    else:
        company = ""
    return f"{who(lead)} {does}{company}"


def _act(stage: Stage, figure: Figure) -> ActName | None:
    """What somebody does for the longest; who talks and does nothing else speaks."""
    lasting = [key for key in figure.acts if key.act != "none" and key.start_s < stage.duration_s]
    if lasting:
        return max(lasting, key=lambda key: min(key.end_s, stage.duration_s) - key.start_s).act
    return "speak" if len(figure.mouth) >= _TALKS_FROM_MOUTHS else None


def _pose(stage: Stage, figure: Figure) -> str:
    """The pose at the middle of the shot."""
    before = [key for key in figure.body if key.time_s <= stage.duration_s / 2]
    return (before or figure.body[:1])[-1].pose


def _held(stage: Stage, figure: Figure) -> str:
    """What is in somebody's hand."""
    kinds = [
        prop.kind
        for prop in stage.props
        for held in (prop.held, *(key.held for key in prop.keys))
        if held is not None and held.figure == figure.id and prop.kind in THINGS
    ]
    return THINGS[kinds[0]].en if kinds else "something"


def who(figure: Figure) -> str:
    """A woman in a red coat; a brown dog."""
    look = figure.look
    if figure.species != "person":
        noun = SPECIES[figure.species].noun.en if figure.species in SPECIES else figure.species
        return _a(f"{colour_word(look.skin)} {noun}")
    unsaid = "child" if look.age_years < 13 else "person"
    noun = unsaid if look.gender == "unspecified" else noun_of(look.gender, look.age_years).en
    worn = f"{colour_word(look.top_colour)} {TOPS[look.top].en}"
    return f"{_a(noun)} in {worn if look.top == 'scrubs' else _a(worn)}"


def _about(stage: Stage) -> str:
    """Light, weather and crowds."""
    found = [words.en for words in light_words(stage)]
    if not stage.place.interior:
        found.append(WEATHERS[stage.weather.kind].en)
    elif stage.weather.kind != "clear":
        found.append(f"{WEATHERS[stage.weather.kind].en} outside")
    found += [CROWD_DOINGS[crowd.doing].en for crowd in stage.crowds if crowd.doing in CROWD_DOINGS]
    return ", ".join(found)


def colour_word(colour: RGB) -> str:
    """The name of the nearest colour that has one."""
    return min(COLOURS, key=lambda one: sum((a - b) ** 2 for a, b in zip(one.rgb, colour, strict=True))).words.en


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
