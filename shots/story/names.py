"""Whom and what an action line speaks of: names in a sentence, and whose an adjective is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from shots.spec import Character

__all__ = ["mentions", "named_at", "whose"]

_PRONOUN = re.compile(r"\s*(?:he|she|they|his|her|their)\b|\s*[他她]", re.I)
_STOP = re.compile(r"[,;:—–，、]|\band\b")
_ADJECTIVE = 16  # characters from an adjective to the name that it stands before


def mentions(sentence: str, people: Iterable[Character]) -> list[tuple[int, str]]:
    """Where a sentence names whom, in order."""
    found = {
        (match.start(), person.id)
        for person in people
        for name in (person.id, *person.aliases, *((person.name,) if person.name else ()))
        for match in _pattern(name).finditer(sentence)
    }
    return sorted(found)


def whose(sentence: str, at: int, spoken_of: Sequence[tuple[int, str]], names: Sequence[str]) -> str | None:
    """Whom a state in a sentence belongs to; None when that cannot be told for sure."""
    following = next((spot for spot in spoken_of if 0 <= spot[0] - at <= _ADJECTIVE), None)
    before = [who for where, who in spoken_of if where < at]
    if following is not None and not _STOP.search(sentence[at : following[0]]):
        return following[1]
    if before:
        return before[-1] if len(set(before)) > 1 and not _subject_is(sentence, spoken_of) else before[0]
    return names[0] if len(names) == 1 and _PRONOUN.match(sentence) else None


def _subject_is(sentence: str, spoken_of: Sequence[tuple[int, str]]) -> bool:
    """Whether the first person named begins the sentence, who is what it tells of."""
    return bool(spoken_of) and len(sentence[: spoken_of[0][0]].split()) <= 1


def named_at(sentence: str, prop: str) -> list[int]:
    """Where a sentence names a thing: by its whole name, else by its last word."""
    whole = [match.start() for match in _pattern(prop).finditer(sentence)]
    last = prop.split()[-1] if prop.split() else prop
    return whole or [match.start() for match in _pattern(last).finditer(sentence)]


@lru_cache(maxsize=4096)
def _pattern(name: str) -> re.Pattern[str]:
    if not name.isascii():
        return re.compile(re.escape(name))
    return re.compile(rf"(?<!\w){re.escape(name)}(?:e?s)?(?!\w)", re.I)
