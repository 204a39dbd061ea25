"""What a character's name and description say of the voice: a kind that is not one person's, an age.

Only words are read, English and Chinese; who is described as nothing in particular is a person of no known age.
"""

from __future__ import annotations

import re

from audio.speech import Kind

__all__ = ["age_of", "kind_of"]

_ROBOT = (
    r"robots?|robotic|android|droid|cyborg|automaton|(ship'?s? )?computer|mainframe|a\.?i\.?"
    r"|artificial (intelligence|voice)|machine voice|mechanical voice|synthetic voice|机器人|人工智能|电脑|机械"
)
_GIANT = r"giant(ess)?|ogre|titan|colossus|cyclops|troll|巨人|食人魔"
_MONSTER = r"monster|demon|devil|beast|dragon|ghoul|zombie|werewolf|creature|orc|怪物|怪兽|恶魔|妖怪|魔鬼|恶龙"
# By the name alone: a description may well speak of the crowd that somebody leads.
_CROWD = (
    r"(the )?(all|both|everyone|everybody|others?|crowd|chorus|audience|mob|group|gang|class|choir|team|congregation)"
    r"|(the |several |all |two |three |some )?(\w+ )*(students|soldiers|children|kids|guards|women|men|people|villagers"
    r"|fans|voices|sailors|workers|protesters|cops|guests|passengers|neighbou?rs|girls|boys|twins|pirates|spectators)"
    r"|(?!.*\d)(众人|大家|所有人|人群|群众|全体|齐声|\w*们)"
)
_AGES = (
    (r"baby|toddler", 3.0),
    (
        r"(little |small |young )?(boy|girl|child|kid|schoolboy|schoolgirl)|小孩\w?|男孩|女孩|孩子|儿童|童",
        9.0,
    ),
    (r"teen(ager|age)?|adolescent|youth|少年|少女", 15.0),
    (
        r"(old|elderly|aged|ancient) (man|woman|lady|gentleman|sailor|farmer)|grand(ma|pa|mother|father)|granny|gran"
        r"|crone|老人|老头|老太\w*|奶奶|爷爷|外婆|外公|老伯|老妇\w?",
        74.0,
    ),
)


def kind_of(name: str, description: str = "") -> Kind:
    """The kind of voice that a character of `name` has, by the name first and then by the description."""
    plain = " ".join(name.casefold().split())
    if re.fullmatch(_CROWD, plain):
        return "crowd"
    kinds: tuple[tuple[Kind, str], ...] = (("robot", _ROBOT), ("giant", _GIANT), ("monster", _MONSTER))
    for text in (plain, _first_clause(description)):
        for kind, pattern in kinds:
            if _stands(pattern, text):
                return kind
    return "person"


def age_of(name: str, description: str = "") -> float | None:
    """Years that a name such as OLD MAN or LITTLE GIRL, or a description such as "12-year-old", gives; else None."""
    told = re.search(
        r"\b(\d{1,3})(?=\s*(?:-|\s)?\s*years?\b)|\b(?:aged?|age of) (\d{1,3})\b|(\d{1,3})\s*岁", description, re.I
    )
    if told:
        return min(120.0, float(next(group for group in told.groups() if group)))
    for text in (name.casefold(), _first_clause(description)):
        for pattern, years in _AGES:
            if _stands(pattern, text):
                return years
    return None


def _stands(pattern: str, text: str) -> bool:
    """Whether a whole word of `text` is meant; Han has no word borders."""
    return re.search(rf"(?<![a-z])(?:{pattern})(?![a-z'’])", text) is not None


def _first_clause(description: str) -> str:
    """What somebody is, before what they have and do: "a robot, afraid of giants" is a robot."""
    return re.split(
        r"[.;,:。；，]| who | with | of | from | her | his | their | its ", description.casefold(), maxsplit=1
    )[0]
