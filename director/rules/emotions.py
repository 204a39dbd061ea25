"""Feelings that a script names, from its action lines, parentheticals and punctuation."""

from __future__ import annotations

import re

from shots.spec import Emotion

__all__ = ["Feeling", "read_feeling", "read_spoken_feeling"]

Feeling = tuple[Emotion, float]

_WORDS: tuple[tuple[Emotion, float, str, str], ...] = (
    ("happy", 0.9, r"laugh\w*|overjoyed|ecstatic|beam(?:s|ing)|delight\w*|cheer(?:s|ing|ful)|giggl\w+", "大笑|欢呼"),
    (
        "happy",
        0.5,
        r"smil\w+|grin(?:s|ned|ning)?|happ(?:y|ily)|pleased|amus\w+|chuckl\w+|smirk\w*|relieved|brighten\w*|playful\w*|"
        r"warmly|joy\w*|"
        r"excited\w*",
        "笑|高兴|开心|兴奋",
    ),
    (
        "sad",
        0.9,
        r"sob(?:s|bed|bing)?|weep\w*|cry(?:ing)?|cries|tears? (?:roll|run|stream|well|fill|in)\w*|in tears|grief\w*",
        "痛哭|哭|泪",
    ),
    (
        "sad",
        0.5,
        r"sad(?:ly|ness|der|dened)?|sigh\w*|lonely|alone|gloom\w*|melanchol\w+|heartbroken|disappoint\w+|wear(?:y|ily)|tired\w*|exhausted|"
        r"dejected\w*|hopeless",
        "难过|伤心|叹|失落|疲惫",
    ),
    (
        "angry",
        0.9,
        r"furious\w*|rag(?:e|es|ing)|scream(?:s|ing)? at|yell(?:s|ed|ing)?|roar(?:s|ed|ing)?|livid|explodes at|hurls",
        "怒吼|大怒|愤怒",
    ),
    (
        "angry",
        0.6,
        r"angr\w+|glar(?:es|ing)|scowl\w*|snap(?:s|ping)|annoyed|irritat\w+|frustrat\w+|bitter\w*|affronted|"
        r"fum(?:es|ing)|"
        r"shout\w*|growl\w*|stern\w*|coldly",
        "生气|吼|瞪",
    ),
    ("afraid", 0.8, r"terrif\w+|panic\w*|screams?|horror|horrified|cower\w*|petrified", "惊恐|害怕|尖叫|恐惧"),
    (
        "afraid",
        0.5,
        r"afraid|fear\w*|scared|nervous\w*|anxious\w*|worr\w+|trembl\w+|shiver\w*|uneas\w+|frantic\w*|alarmed|"
        r"wary|fidget\w*|"
        r"frightened",
        "紧张|发抖|不安|慌",
    ),
    (
        "surprised",
        0.7,
        r"surpris\w+|startl\w+|gasp\w*|stunned|astonish\w+|shock(?:ed)?|wide-eyed|jaw drops|awe|amaz\w+|"
        r"incredulous\w*|freezes",
        "惊讶|吃惊|惊|愣",
    ),
    ("surprised", 0.4, r"confus\w+|befuddled|puzzled|bewildered|blinks|curious\w*", "疑惑|不解"),
    ("disgusted", 0.7, r"disgust\w*|revolt(?:ed|ing)|grimac\w+|sneer\w*|nauseat\w*|sickened|contempt\w*", "厌恶|恶心"),
    (
        "tender",
        0.6,
        r"tender\w*|gentl[ey]\w*|softly|lovingly|affection\w*|caress\w*|kiss\w*|embrac\w+|hugs?",
        "温柔|轻轻|拥抱",
    ),
)
_FEELINGS = tuple(
    (emotion, strength, re.compile(rf"\b(?:{english})\b|{chinese}", re.I))
    for emotion, strength, english, chinese in _WORDS
)
_ANY = re.compile("|".join(f"{pattern.pattern}" for _, _, pattern in _FEELINGS), re.I)
_NOT = re.compile(r"\b(?:not|no|never|without|\w+n['’]t|stops?)\s+(?:\w+\s+)?$|不再?$", re.I)


def read_feeling(text: str) -> Feeling | None:
    """The last feeling that `text` names, with its strength from 0 to 1; None when it names none."""
    if not _ANY.search(text):
        return None
    best: tuple[int, Feeling] | None = None
    for emotion, strength, pattern in _FEELINGS:
        for match in pattern.finditer(text):
            if not _NOT.search(text[: match.start()]) and (best is None or match.start() > best[0]):
                best = (match.start(), (emotion, strength))
    return best[1] if best else None


def read_spoken_feeling(delivery: str, words: str) -> Feeling | None:
    """The feeling of a line: its parenthetical's, else what its punctuation gives away."""
    if delivery and (feeling := read_feeling(delivery)):
        return feeling
    if "?!" in words or "!?" in words or "？！" in words:
        return ("surprised", 0.5)
    letters = [letter for letter in words if letter.isalpha() and letter.isascii()]
    if len(letters) > 4 and all(letter.isupper() for letter in letters):
        return ("angry", 0.6)
    return None
