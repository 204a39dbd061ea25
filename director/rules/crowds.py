"""Crowds in action lines: people, birds and fish that nobody tells apart, with how many and what they do.

Those who have a part are the cast's; a crowd of a word that somebody in the cast goes by is left to them.
"""

from __future__ import annotations

import re

from director.rules.cast import Cast
from shots.spec import Crowd

__all__ = ["crowds_in"]

_NUMBERS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 60, "a dozen": 12, "dozens of": 30,
    "hundreds of": 60, "thousands of": 60, "scores of": 40, "a handful of": 5, "a few": 4, "several": 6, "some": 6,
    "a couple of": 3, "many": 24, "crowds of": 40, "a crowd of": 24, "a group of": 8, "a line of": 10, "a row of": 8,
    "rows of": 24, "a flock of": 14, "flocks of": 30, "a throng of": 30, "a mob of": 24, "half a dozen": 6,
    "a sea of": 60, "a queue of": 10, "an army of": 60, "an audience of": 36,
}  # fmt: skip
_WALKERS = (
    "commuters|pedestrians|passers-?by|shoppers|tourists|joggers|marchers|runners|refugees|protesters|demonstrators"
)
_SITTERS = "audience|congregation|diners|patrons|pupils|spectators|worshippers|mourners|theatregoers|jurors"
_STANDERS = (
    "onlookers|bystanders|villagers|soldiers|troops|guards|students|guests|customers|passengers|fans|children|kids|workers|"
    "townspeople|townsfolk|prisoners|nurses|doctors|players|dancers|partygoers|revellers|revelers|neighbours|neighbors|"
    "reporters|journalists|photographers|officers|cops|policemen|firemen|firefighters|sailors|waiters|monks|nuns|"
    "people|men|women|strangers|crew|extras"
)
_MASSES = "crowds?|mob|throng|masses"
_COUNTED = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_PEOPLE = re.compile(
    rf"\b(?:(?P<many>{_COUNTED})\s+(?:(?!of\b)[\w-]+\s+){{0,2}}?)?"
    rf"(?:(?P<walk>{_WALKERS})|(?P<sit>{_SITTERS})|(?P<stand>{_STANDERS})|(?P<mass>{_MASSES}))(?![\w'’-])",
    re.I,
)
_VAGUE = re.compile(r"people|men|women|crew|strangers", re.I)
_FULL_OF = re.compile(
    r"\b(?:full of|packed with|crowded with|filled with|lined with|teems with|among(?:st)?|past)\s+$", re.I
)
_NONE = re.compile(
    r"\b(?:no|without|not a|empty of|none of|where are the|like|two|other|these|those)\s+(?:\w+\s+)?$", re.I
)
_BIRDS = re.compile(
    rf"\b(?:(?P<many>{_COUNTED})\s+(?:[\w-]+\s+){{0,2}}?)?(?P<what>birds|gulls|seagulls|pigeons|crows|ravens|swallows|"
    r"geese|doves|starlings|sparrows|bats)\b|(?P<zh>鸟群|一群(?:鸟|海鸥|鸽子|乌鸦|大雁)|群鸟|鸟儿)",
    re.I,
)
_FISH = re.compile(r"\b(?:shoals?|schools?) of (?:\w+ )?fish\b|\bfish (?:swim|dart|circle|glide)\b|鱼群", re.I)
_ZH_PEOPLE = re.compile(
    r"(?P<sit>观众|食客|信徒)|(?P<walk>行人|路人|人流|人来人往|熙熙攘攘)|(?P<stand>人群|众人围|士兵们|学生们|客人们|乘客们|"
    r"孩子们|工人们|围观)"
)
_DOING = (
    ("dance", re.compile(r"\b(?:danc\w+|sway\w*|waltz\w*)\b|跳舞", re.I)),
    (
        "cheer",
        re.compile(r"\b(?:cheer\w*|applau\w+|claps?|clapping|roar\w*|shout\w*|chant\w*|jump up)\b|欢呼|鼓掌", re.I),
    ),
    (
        "walk",
        re.compile(
            r"\b(?:march\w*|walk\w*|hurr(?:y|ies|ying)|streams?|streaming|rush\w*|stroll\w*|bustl\w+|"
            r"pass(?:es|ing)? by|cross\w*|pours?|pouring|mill\w*|moves?|moving|flee\w*|runs?|running)\b|走|穿梭|奔跑",
            re.I,
        ),
    ),
    (
        "sit",
        re.compile(r"\b(?:sits?|sitting|seated|watch(?:es)? from|in (?:their|the) (?:seats|rows|pews))\b|坐", re.I),
    ),
)
_USUAL = 14
_FEW = 7  # so few people of no kind are most often those of the cast
_MASS = 28


def crowds_in(text: str, cast: Cast) -> tuple[Crowd, ...]:
    """The crowds that a sentence tells of; each kind once."""
    found: dict[str, Crowd] = {}
    people = _people(text, cast)
    if people is not None:
        found["people"] = people
    if birds := _BIRDS.search(text):
        count = _count(birds["many"], 12)
        low = re.search(r"\b(?:peck\w*|strut\w*|on the (?:ground|roof|wire|ledge))\b", text, re.I)
        if count > 1 and not _NONE.search(text[: birds.start()]):
            found["birds"] = Crowd(
                what="birds", count=count, doing="stand" if low else "fly", where="around" if low else "above"
            )
    if _FISH.search(text):
        found["fish"] = Crowd(what="fish", count=16, doing="swim", where="behind")
    return tuple(found.values())


def _people(text: str, cast: Cast) -> Crowd | None:
    for match in _PEOPLE.finditer(text):
        before = text[: match.start()]
        word = match[0].split()[-1]
        count = _count(match["many"], _MASS if match["mass"] or match["sit"] else _USUAL)
        full = _FULL_OF.search(before) is not None
        vague = _VAGUE.fullmatch(word) is not None and (match["many"] is None or count < _FEW) and not full
        if vague or _NONE.search(before) or count < 3 or _is_cast(word, cast):
            continue
        usual = "walk" if match["walk"] else "sit" if match["sit"] else "stand"
        return _crowd(text, count, usual)
    if zh := _ZH_PEOPLE.search(text):
        return _crowd(text, _MASS if zh["walk"] is None else _USUAL, zh.lastgroup or "stand")
    return None


def _crowd(text: str, count: int, usual: str) -> Crowd:
    doing = next((doing for doing, pattern in _DOING if pattern.search(text)), usual)
    around = re.search(r"\b(?:surround\w*|around|encircl\w+|circle|ring)\b|围", text, re.I)
    front = re.search(r"\b(?:audience|congregation|jurors)\b|观众", text, re.I)
    return Crowd(
        count=count,
        doing=doing,  # type: ignore[arg-type]  # one of the words of _DOING
        where="around" if around else "front" if front else "behind",
    )


def _count(words: str | None, usual: int) -> int:
    return usual if words is None else _NUMBERS[" ".join(words.casefold().split())]


def _is_cast(word: str, cast: Cast) -> bool:
    """Whether somebody with a part goes by this word: TWO GUARDS who are GUARD 1 and GUARD 2."""
    singular = (
        re.sub(r"men$", "man", word.casefold()) if word.casefold().endswith("men") else word.casefold().rstrip("s")
    )
    return any(singular in name.casefold().split() for name in cast.forms)
