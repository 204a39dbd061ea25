"""Which sounds are one event, which go on, and where the words of an action line place them. Words only."""

from __future__ import annotations

import re

__all__ = ["family_of", "force_of", "goes_on", "is_personal", "is_sudden", "named_in", "repeats_of"]

_FAMILIES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (family, re.compile(pattern))
    for family, pattern in (
        ("step", r"\bsteps?\b|footsteps?|foot ?falls?|\bhoof|脚步"),
        ("doorbell", r"door ?bell|chime|buzzer"),
        ("knock", r"knock|敲门"),
        ("door", r"\bdoor\b|摔门|开门|关门"),
        ("breaks", r"shatter|smash|break|\b(?:glass|cup) drop|碎"),
        ("phone call", r"phone (?:ring|buzz)|ring ?tone|电话响"),
        ("telephone", r"phone"),
        ("typing", r"typ(?:e|ing)|keyboard|打字"),
        ("shot", r"gun ?shot|gun ?fire|枪"),
        ("clap", r"applause|\bclap|鼓掌|掌声"),
        ("laugh", r"laugh|chuckle|giggle|笑"),
        ("cry", r"\bcry|\bsob|哭"),
        ("scream", r"scream|shriek|尖叫"),
        ("bark", r"bark|woof|狗叫"),
        ("train", r"\btrain\b|火车"),
        ("car", r"\bcar (?:pass|arrive|leave)|truck|engine|motor|引擎"),
        ("fall", r"thud|thump|\bfall\b|\bcrash|bang"),
        ("hit", r"\bhit\b|punch|slap|smack"),
        ("splash", r"splash|plop"),
        ("paper", r"paper|\bpages?\b|rustl"),
        ("keys", r"\bkeys?\b"),
        ("set down", r"\b(?:cup|glass|wood|metal|put) down"),
        ("thunder", r"thunder|雷"),
        ("boat", r"\bboat"),
        ("bicycle", r"bicycle|\bbike"),
    )
)
_GOES_ON = re.compile(
    r"\b(?:footsteps|typing|typ(?:e|es)|snor|applause|clapping|engine|motor|rain|wind|water|waves?|fire|crackl|siren|"
    r"alarm|static|radio|kettle|sizzl|tick|clock|train|traffic|crowd|murmur|laughter|music|heartbeat|buzz|drip|hum|"
    r"insects?|crickets?|birds?|birdsong|whistle blow|writing|sea)\w*|鼾|雨|风|引擎|警笛|掌声|笑声|滴"
)
_PERSONAL = re.compile(
    r"laugh\b|\bsob|\bsigh|gasp|cough|sneeze|snore|breath|groan|scream|footstep|whistle|heartbeat|笑|哭|叹|咳"
)
_SUDDEN = re.compile(
    r"bark|phone|door|knock|bell|shatter|smash|break|shot|scream|bang|thud|crash|explosion|alarm|horn|screech|beep|"
    r"slap|punch|buzz|thunder|clang|gong|狗叫|电话|门|枪|尖叫|雷|喇叭"
)
_COUNTS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (count, re.compile(pattern, re.I))
    for count, pattern in (
        (1, r"^\W*once\b|^\W*one time|^一[声下次]"),
        (2, r"^\W*(?:twice|two times|and again)\b|^[两二][声下次]"),
        (3, r"^\W*(?:three times|thrice)\b|^三[声下次]"),
        (4, r"^\W*four times\b|^四[声下次]"),
    )
)
_SOFT = re.compile(r"\b(?:soft|gentl|quiet|faint|distant|far[- ]off|slow|careful|low|muffled)\w*|轻轻|轻声|远处", re.I)
_HARD = re.compile(
    r"\b(?:loud|hard|violent|furious|sudden|huge|deafening|slams?|pounds?|hammers?|crash)\w*|猛|大声|用力", re.I
)
_SENTENCE_END = re.compile(r"[.!?。！？]")
_NO_WORD_OF = frozenset({"a", "the", "of", "on", "in"})


def family_of(name: str) -> str:
    """The event that a sound is heard of: two names of one family in one shot are one event."""
    folded = name.casefold()
    return next((family for family, pattern in _FAMILIES if pattern.search(folded)), folded)


def goes_on(name: str) -> bool:
    """Whether a sound lasts as long as its picture."""
    return _GOES_ON.search(name.casefold()) is not None


def is_sudden(name: str) -> bool:
    """Whether a sound has the ear to itself for a moment."""
    return _SUDDEN.search(name.casefold()) is not None


def is_personal(name: str) -> bool:
    """Whether a person makes it: who is in the picture does, where nobody is named."""
    return _PERSONAL.search(name.casefold()) is not None


def named_in(name: str, action: str) -> int | None:
    """Where an action line has the words of a sound; None where it has none of them."""
    folded = action.casefold()
    words = [word for word in name.casefold().split() if word not in _NO_WORD_OF]
    for word in reversed(words):
        stem = word[: max(4, len(word) - 3)] if word.isascii() and len(word) > 4 else word
        pattern = rf"\b{re.escape(stem)}" if word.isascii() else re.escape(stem)
        if match := re.search(pattern, folded):
            return match.start()
    return None


def repeats_of(action: str, at: int) -> int:
    """How many times a sound named at this place is heard: "barks, twice"."""
    after = _SENTENCE_END.split(action[at:], maxsplit=1)[0].lstrip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ吠叫"
    )
    return next((count for count, pattern in _COUNTS if pattern.search(after)), 1)


def force_of(action: str, at: int) -> float:
    """How hard the sentence says it is, from 0 to 1; capitals are loud."""
    start = max((match.end() for match in _SENTENCE_END.finditer(action, 0, at)), default=0)
    end = next((match.start() for match in _SENTENCE_END.finditer(action, at)), len(action))
    sentence = action[start:end]
    word = re.match(r"\w*", action[at:])
    if _SOFT.search(sentence):
        return 0.25
    if _HARD.search(sentence):
        return 0.85
    return 0.7 if word and len(word.group()) > 2 and word.group().isupper() else 0.5
