"""What action lines tell of clothes and things: soaked, torn, the coat comes off; bitten, opened, lit, spilled.

Words in, states out, English and Chinese. Also how long each state lasts when nobody says anything. Knows no shots.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "COAT_OFF",
    "ENDED_BY",
    "ThingTold",
    "WearTold",
    "is_carried",
    "lasts_h",
    "meant",
    "sentences",
    "thing_lasts_h",
    "told_of_thing",
    "told_of_wear",
]

COAT_OFF = "coat off"
_CLOTHES = "coat|shirt|dress|jacket|sleeves?|clothes|clothing|trousers|jeans|skirt|suit|uniform|gown|robe|sweater"
_OVER = r"(?:(?:his|her|the|a|their) )?(?:\w+ ){0,2}?(?:coat|jacket|raincoat|overcoat)"

_GETS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "wet",
        re.compile(r"\b(?:wet(?! (?:road|street|floor|ground|pavement|grass|paint|cobbles|platform|sand|stone)s?)|"
                   r"soaked|soaking|drenched|dripping|drips?)\b|湿", re.I),
    ),
    (
        "torn",
        re.compile(
            rf"\b(?:torn|ripped|tattered|ragged) (?:\w+ ){{0,2}}?(?:{_CLOTHES})\b|"
            rf"\b(?:{_CLOTHES}) (?:(?:is|are|hangs?) )?"
            r"(?:\w+,? (?:and )?){0,2}?(?:torn|ripped|tattered|in (?:tatters|rags|shreds))\b|sleeve tears|"
            r"衣衫褴褛|[衣裤].{0,3}破",
            re.I,
        ),
    ),
    (
        "bloodied",
        re.compile(
            r"\b(?:bloodied|bleeding|bleeds|bloodstained|blood-(?:stained|soaked)|nosebleed|covered in blood|"
            rf"bloody (?:\w+ )?(?:{_CLOTHES}|nose|lip|face|hands?)|"
            r"blood (?:\w+ )?(?:on|down|through|over|from) (?:his|her|their))\b|流血|血迹|满身是血",
            re.I,
        ),
    ),
    (
        "asleep",
        re.compile(r"\b(?:sleeps?|sleeping|asleep|doz(?:es|ing)|naps|napping|snor(?:es|ing))\b|睡着|睡在|打鼾", re.I),
    ),
    (
        "muddy",
        re.compile(
            r"\b(?:muddy(?! (?:\w+ )?(?:road|path|field|track|water|river|bank|ground|puddle|trench|lane|yard))|"
            r"mud-(?:splattered|caked)|(?:covered|caked|spattered) (?:in|with) mud)\b|满身泥|沾满泥",
            re.I,
        ),
    ),
    (
        COAT_OFF,
        re.compile(rf"\b(?:takes?|slips?|shrugs?|peels?|strips?) (?:off {_OVER}|{_OVER} off|out of {_OVER})|"
                   r"(?:coat|jacket) off\b|脱下", re.I),
    ),
)  # fmt: skip
_LOSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("wet", re.compile(r"\b(?:dries|dried|towels (?:off|down|dry)|wrings? out)\b|擦干|烘干", re.I)),
    (
        "asleep",
        re.compile(r"\b(?:wakes?|awake|waking|stirs|opens? (?:an|one|both|his|her|their) eyes?)\b|醒|睁开", re.I),
    ),
    (
        "bloodied muddy",
        re.compile(
            r"\b(?:washe[sd]|washing|cleans? (?:up|off|\w+self)|showers?|bathe[sd]?|wipes? (?:away |off )?(?:the )?"
            r"(?:blood|mud)|scrubs)\b|洗",
            re.I,
        ),
    ),
    (
        "wet torn bloodied muddy",
        re.compile(
            r"\b(?:change[sd] (?:clothes|into)|in (?:fresh|clean|dry|new) clothes|gets? dressed)\b|换上|换了衣服",
            re.I,
        ),
    ),
    ("torn", re.compile(r"\b(?:mends|sews|stitche[sd]|patche[sd]) (?:\w+ ){0,3}?(?:" + _CLOTHES + r")\b|缝补", re.I)),
    (
        COAT_OFF,
        re.compile(
            rf"\b(?:(?:puts?|pulls?|slips?|throws?|shrugs?) (?:on {_OVER}|{_OVER} (?:back )?on|into {_OVER}|back on "
            rf"{_OVER})|(?:coat|jacket) (?:back )?on)\b|穿上",
            re.I,
        ),
    ),
)
_SAME = {
    "wet": "wet soaked soaking drenched dripping damp rain-soaked soaked-through 湿 淋湿",
    "torn": "torn ripped ragged tattered shredded 破 撕破",
    "bloodied": "bloodied bloody bleeding bloodstained blood-stained 血 带血",
    "muddy": "muddy mud-caked filthy dirty 泥",
    COAT_OFF: "coat-off jacket-off no-coat without-coat",
}
_MEANS = {word: state for state, words in _SAME.items() for word in words.split()}
_WEAR_LASTS_H: Mapping[str, float] = {"wet": 3.0, COAT_OFF: 4.0, "bloodied": 12.0, "muddy": 12.0}
"""How long a state of clothes goes on by itself; what is damaged goes on until it is told otherwise."""
ENDED_BY: Mapping[str, str] = {
    "wet": "dry",
    "torn": "mended",
    "bloodied": "clean",
    "muddy": "clean",
    COAT_OFF: "coat on",
}
"""States of clothes, and the word that a shot shows when one of them has come to its end."""
_PASSING = frozenset(
    {*ENDED_BY.values(), "asleep", "awake", "drunk", "unconscious", "crying", "blushing", "sweaty", "sweating"}
)

_THING: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "bitten",
        re.compile(
            r"\b(?:bit(?:es?|ten|ing)|nibbl\w+|half[- ]eaten|takes? (?:a|another|one) (?:\w+ )?(?:bite|mouthful)|"
            r"(?:eats?|eating|munch\w+|chew\w+)(?! up))\b|咬|吃了一[口半]",
            re.I,
        ),
    ),
    ("eaten", re.compile(r"\b(?:finishes(?: eating)?|devours?|gobbles?|eats? up|wolfs? down)\b|吃完|吃光", re.I)),
    (
        "broken",
        re.compile(r"\b(?:breaks?|broken|shatter\w*|smash\w*|crack(?:s|ed)|snaps in|in pieces)\b|碎|断裂|折断", re.I),
    ),
    ("torn", re.compile(r"\b(?:torn|tears?|rips?|ripped)\b(?! (?:open|away|from))|撕", re.I)),
    ("crumpled", re.compile(r"\b(?:crumpl\w+|crush(?:es|ed)|balls? up|screws? up)\b|揉成", re.I)),
    ("burning", re.compile(r"\b(?:sets? (?:\w+ ){1,3}(?:on fire|alight)|burns|up in flames|on fire)\b|烧着", re.I)),
    ("spilled", re.compile(r"\b(?:spill(?:s|ed|t)?|knocks? over|tips? over|upends)\b|打翻|洒", re.I)),
    ("empty", re.compile(r"\b(?:empty|empties|emptied|drains?|drained|pours? out|downs)\b|空|喝光|喝完", re.I)),
    ("full", re.compile(r"\b(?:fills?|refills?|filled|pours? (?:\w+ ){0,3}into|brimming)\b|倒满|斟满", re.I)),
    (
        "unlit",
        re.compile(
            r"\b(?:blows? (?:\w+ ){0,3}out|puts? (?:\w+ ){0,3}out|snuffs?|extinguish\w*|stubs? out|goes (?:out|dark)|"
            r"(?:switch|turn)(?:es|s)? (?:\w+ ){0,3}off|dies)\b|吹灭|熄灭|关掉",
            re.I,
        ),
    ),
    (
        "lit",
        re.compile(
            r"\b(?:lights?(?! (?:on|from|falls?|spills?|of))|lit|glow(?:s|ing)|burning|flickers? (?:on|to life)|"
            r"(?:switch|turn)(?:es|s)? (?:\w+ ){0,3}on)\b|点燃|点亮|亮起",
            re.I,
        ),
    ),
    (
        "closed",
        re.compile(r"\b(?:clos(?:es|ed)|shuts?|snaps? shut|folds?|furls|seals?|locks?)\b|关上|合上", re.I),
    ),
    (
        "open",
        re.compile(
            r"\b(?:opens?|opened|unfolds?|unfurls?|unlocks?|uncorks?|(?:tear|rip)s? \w* ?open)\b|打开|翻开", re.I
        ),
    ),
    ("wet", re.compile(r"\b(?:soaked|soaking|dripping|wet)\b|湿", re.I)),
    ("bloody", re.compile(r"\b(?:bloody|bloodied|bloodstained)\b|沾血", re.I)),
    ("", re.compile(r"\b(?:mends|repairs?|fixe[sd]|glues|a (?:new|fresh|second)|washes|wipes)\b|修好|新的", re.I)),
)  # fmt: skip
_THING_LASTS_H: Mapping[str, float] = {
    "wet": 3.0, "lit": 6.0, "unlit": 12.0, "burning": 0.2, "open": 12.0, "closed": 12.0, "full": 6.0,
}  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.!?。！？;；\n])\s*")


@dataclass(frozen=True)
class WearTold:
    """States that a sentence gives somebody's clothes, and those that it takes away."""

    gets: tuple[tuple[str, int, int], ...] = ()  # state, where its words begin and end
    loses: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True)
class ThingTold:
    """The state that a sentence puts a thing in ("": as new), and where in it that is said."""

    state: str
    at: int


def sentences(text: str) -> list[str]:
    """The sentences of an action line."""
    return [part for part in _SENTENCE.split(text) if part.strip()]


def told_of_wear(sentence: str) -> WearTold:
    """What a sentence tells of clothes and of sleep."""
    gets = [(state, found.start(), found.end()) for state, pattern in _GETS if (found := pattern.search(sentence))]
    loses = [
        (state, found.start(), found.end())
        for states, pattern in _LOSES
        if (found := pattern.search(sentence))
        for state in ([states] if states == COAT_OFF else states.split())
    ]
    return WearTold(tuple(gets), tuple(loses))


def told_of_thing(sentence: str) -> tuple[ThingTold, ...]:
    """The states that a sentence tells of things, in the order they stand."""
    found = ((state, match) for state, pattern in _THING for match in pattern.finditer(sentence))
    return tuple(sorted((ThingTold(state, match.start()) for state, match in found), key=lambda told: told.at))


def meant(state: str) -> str:
    """The state of clothes that some words mean: "Soaked through" is "wet"; other words are themselves."""
    phrase = "-".join(state.casefold().split())
    parts = phrase.split("-")
    return _MEANS.get(phrase) or next((_MEANS[part] for part in parts if part in _MEANS), state.casefold().strip())


def is_carried(state: str) -> bool:
    """Whether a state of somebody lasts by itself from shot to shot; sleep and tears are each shot's own."""
    return meant(state) not in _PASSING


def lasts_h(state: str) -> float:
    """Hours of story time that a state of clothes goes on by itself; infinite for damage."""
    return _WEAR_LASTS_H.get(meant(state), float("inf"))


def thing_lasts_h(state: str) -> float:
    """Hours of story time that a state of a thing goes on by itself; infinite for what cannot be undone."""
    return _THING_LASTS_H.get(state, float("inf"))
