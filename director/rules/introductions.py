"""Introductions in action lines: names in capitals with what is said of them, and people who act unnamed.

Tells names from sounds, places and shouted words by their age, their noun, or what they do. Reads nothing of
looks: that is `director.rules.looks`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from director.rules.names import ANIMALS, CROWDS, FEMALE_NAMES, MALE_NAMES, PERSON_NOUNS, ZH_PERSON_NOUNS
from director.rules.text import is_cjk, split_speech, word_set

__all__ = ["introductions"]

_CAPS = re.compile(
    r"(?<![\w])(?:[A-ZÀ-ÞŒ][A-ZÀ-ÞŒ'’.\-]*[A-ZÀ-ÞŒ]|[A-Z])(?:[ ](?:[A-ZÀ-ÞŒ#][A-ZÀ-ÞŒ0-9'’.\-]*|#?\d+))*"
)
_ARTICLE = re.compile(r"^(?:THE|A|AN|TWO|THREE|FOUR|HIS|HER|THEIR|ANOTHER)\s+")
_AGE_FOLLOWS = re.compile(r"\s*(?:\(\s*(?:\d|early|mid|late|teen|age)|,\s*(?:\d{1,2}\b|early|mid|late|teen))", re.I)
_DETERMINED = re.compile(
    r"(?:\ban?|\bthe)\s+(?:(?!(?:an?|the|and|or|with|by|of|to|for|at|from)\b)[\w'’-]+\s+){0,4}$", re.I
)
_VERB_FOLLOWS = re.compile(
    r"\s+(?:\w+ly\s+)?(?:enters?|exits?|walks?|runs?|sits?|stands?|looks?|turns?|stares?|smiles?|watches|waits?|comes?|"
    r"steps?|opens?|drives?|leans?|sleeps?|lies|holds?|sips?|brings?|takes?|strolls?|paces?|crosses|approaches|"
    r"appears?|"
    r"hurries|barks?|trots?|hangs|is|stumbles?|wipes?|types?|reads?|writes?|cooks?|stirs?|kneels?)\b"
)
_NOUNS = "|".join(sorted(PERSON_NOUNS | {animal for animal in ANIMALS if animal.isascii()}))
_ACTING_NOUN = re.compile(
    rf"(?:^|[.,;]\s+|\b)(?:[Aa]n?|[Tt]he)\s+(?:[a-z-]+\s+){{0,2}}?(?P<noun>{_NOUNS})"
    rf"(?P<verb>{_VERB_FOLLOWS.pattern})"
)
_APPOSITIVE = re.compile(rf",\s+(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){{0,3}}?(?:{_NOUNS})\b", re.I)
_ZH_INTRO = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,4})\s*[（(，,]\s*(?=\d{1,3}|[一二三四五六七八九]?十)"
)
_NOT_NAMES = word_set(
    """INT EXT CUT FADE DAY NIGHT THE AND BUT SUPER TITLE BACK MONTAGE SERIES SHOTS CLOSE ANGLE POV INTERCUT CONTINUOUS
    LATER END FLASHBACK INSERT CAMERA TV FBI CIA USA UK DVD CD OK LED"""
)


def introductions(actions: list[str], cues: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """Name → what its introduction says of it, and the words that come after."""
    found: dict[str, tuple[str, str]] = {}
    for text in actions:
        for match in _ZH_INTRO.finditer(text):
            found.setdefault(match["name"], (text[match.end("name") :].split("。")[0], text))
        for noun in ZH_PERSON_NOUNS if is_cjk(text) else ():
            if noun in text and noun in cues:
                found.setdefault(noun, ("", text))
        parts = split_speech(text)
        for number, sentence in enumerate(parts):
            after = " ".join(parts[number + 1 : number + 3])
            if sentence.upper() != sentence:
                _read_capitals(sentence, after, cues, found)
            for match in _ACTING_NOUN.finditer(sentence):
                name = match["noun"].upper()
                if not any(name in known.split() for known in (*cues, *found)):
                    head = sentence[match.start() : match.start("verb")]
                    found.setdefault(name, (f", {head.strip(' ,.;')}", sentence[match.end() :] + " " + after))
    return found


def _read_capitals(sentence: str, after: str, cues: Mapping[str, int], found: dict[str, tuple[str, str]]) -> None:
    marks: list[tuple[str, int, int]] = []
    for match in _CAPS.finditer(sentence):
        name = _ARTICLE.sub("", match.group().rstrip(".'-"))
        name = name.removesuffix("'S")
        end = match.start() + len(match.group().rstrip(".'-").removesuffix("'S"))
        if len(name) > 1 and _is_person(name, sentence[: match.start()], sentence[end:], cues):
            marks.append((name, match.start(), end))
    for number, (name, start, end) in enumerate(marks):
        stop = marks[number + 1][1] if number + 1 < len(marks) else len(sentence)
        before = _DETERMINED.search(sentence[:start])
        description = sentence[end:stop]
        if before and (not marks[:number] or before.start() >= marks[number - 1][2]):
            description = f", {before.group().strip()} {name.lower()}, {description}"
        follows = sentence[end:] if len(marks) == 1 else ""
        if re.match(r"(?:She|He|Her|His)\b", after):
            first = split_speech(after)[0]
            if number == len(marks) - 1 and re.search(
                r"\b(?:wears|wearing|dressed|hair|eyes|beard|glasses|in an?)\b", first
            ):
                description = f"{description} {first}"
        found.setdefault(name, (description, f"{follows} {after}"))


def _is_person(name: str, before: str, after: str, cues: Mapping[str, int]) -> bool:
    words = name.split()
    last = words[-1].casefold()
    if name in cues or any(
        set(words) > set(cue.split()) or set(words) < set(cue.split()) for cue in cues if words[0] not in _NOT_NAMES
    ):
        return bool(set(words) - _NOT_NAMES) and last not in CROWDS
    if any(word in _NOT_NAMES for word in words) or last in CROWDS:
        return False
    if _AGE_FOLLOWS.match(after):
        return True
    if _APPOSITIVE.match(after):
        return True
    if last in PERSON_NOUNS or last in ANIMALS:
        return not re.search(r"\b(?:of|for|about)\s+(?:the\s+)?$", before)
    if words[0].casefold() in FEMALE_NAMES | MALE_NAMES:
        return True
    return len(name) > 2 and not before.rstrip().endswith(("a", "an", "the")) and bool(
        re.match(r"\s+(?:enters|exits|walks|runs|sits|smiles|stares|waits|strolls|hurries|steps)\b", after)
    )  # fmt: skip
