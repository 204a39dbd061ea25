"""A scene's mood from its words, and what follows from it: how long silence lasts, how it is lit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from director.rules.beats import Beat, Speech
from director.rules.places import Setting
from director.rules.reading import Happening
from shots.spec import Act, Light, Size
from shots.timing import action_s

__all__ = ["Mood", "intensity", "light_for", "mood_of", "silent_s"]

Mood = Literal["quiet", "tense", "warm", "urgent", "sad", "comic", "neutral"]

_WORDS: tuple[tuple[Mood, float, re.Pattern[str]], ...] = (
    (
        "urgent",
        1.0,
        re.compile(
            r"\b(?:runs?|running|sprints?|chas\w+|rac(?:es|ing)|leaps?|dives?|dodges?|crash\w*|explo\w+|gun\w*|"
            r"screech\w*|"
            r"sirens?|hurr(?:y|ies)|rush\w*|bolts?|smash\w*|swerves?|flees?|vaults?|slams?|skids?|charges?|"
            r"faster|pursu\w+)\b|跑|追|冲|快",
            re.I,
        ),
    ),
    (
        "tense",
        1.0,
        re.compile(
            r"\b(?:glar\w+|stares?|furious|angr\w+|lie[ds]?|liar|lying|knife|blood|threat\w*|shadow\w*|dark\w*|silence|"
            r"afraid|fear\w*|nervous\w*|freez\w+|trembl\w+|never|leav(?:e|ing) me|shouts?|slap\w*|trust|dead|kill\w*|"
            r"stop it|how dare|enough|hid(?:e|es|ing)|blam\w+|fault|hates?|hated|lawyer|lock|i told you|why did|"
            r"accus\w+|divorce|snaps?|cold(?:ly)?|bitter\w*)\b|怒|怕|骗|死|吼",
            re.I,
        ),
    ),
    (
        "sad",
        1.2,
        re.compile(
            r"\b(?:cr(?:y|ies|ying)|tears?|sob\w*|grave|funeral|dead|died|sorry|goodbye|miss(?:es|ed)? (?:him|"
            r"her|you)|weep\w*|"
            r"grief|lost|empty)\b|哭|泪|再见|死|墓",
            re.I,
        ),
    ),
    (
        "warm",
        1.0,
        re.compile(
            r"\b(?:smil\w+|laughs?|kiss\w*|hugs?|embrac\w+|together|love|gentl\w+|soft\w*|thank\w*|friend\w*|"
            r"home|warm\w*|"
            r"tender\w*|hand in hand|happy)\b|笑|拥抱|爱|谢谢|温柔|陪",
            re.I,
        ),
    ),
    (
        "comic",
        1.1,
        re.compile(
            r"\b(?:goofy|silly|trips? over|grins?|giggl\w+|ridiculous\w*|funny|absurd\w*|snores?|biscuit|cake|"
            r"crumbs|yip|nerdy|"
            r"awkward\w*|stereotype|double take|deadpan|daft)\b|滑稽|搞笑",
            re.I,
        ),
    ),
    (
        "quiet",
        1.0,
        re.compile(
            r"\b(?:alone|silent\w*|silence|quiet\w*|slow\w*|still|empty|dawn|waits?|window|sleeps?|breath\w*|"
            r"gaz\w+|dust|"
            r"lonely|nobody|pale|steam|sips?)\b|安静|独自|慢慢|窗|静|空无一人|等",
            re.I,
        ),
    ),
)
_PACE: dict[Mood, float] = {
    "urgent": 0.9,
    "tense": 0.85,
    "comic": 0.92,
    "neutral": 1.0,
    "warm": 1.08,
    "sad": 1.45,
    "quiet": 1.6,
}
_BOUNDS_S: dict[Mood, tuple[float, float]] = {
    "urgent": (2.8, 4.6),
    "tense": (2.4, 5.2),
    "comic": (2.2, 5.0),
    "neutral": (2.4, 6.0),
    "warm": (2.6, 6.5),
    "sad": (3.2, 8.0),
    "quiet": (3.4, 9.0),
}
_WIDE_EXTRA_S = 0.8  # a wide frame takes longer to read than a close one
_LIGHT: dict[Mood, tuple[float, int]] = {
    "urgent": (6.0, 0),
    "tense": (8.0, -100),
    "sad": (4.0, 500),
    "warm": (2.5, -500),
    "comic": (2.0, 0),
    "quiet": (3.5, 200),
    "neutral": (3.0, 0),
}
_KELVIN = {"dawn": 4800, "morning": 5000, "day": 5600, "golden_hour": 3600, "dusk": 7000, "night": 4300}


def mood_of(beats: Sequence[Beat], setting: Setting, before: Mood | None) -> Mood:
    """The mood that most of a scene's words and its punctuation speak for; the mood `before` lingers a little."""
    told = " ".join(beat.text for beat in beats if isinstance(beat, Happening))
    speeches = [beat for beat in beats if isinstance(beat, Speech)]
    said = " ".join(f"{beat.delivery} {beat.text}" for beat in speeches)
    words = max(20, len(told.split()) + len(said.split()) + len(re.findall(r"[\u4e00-\u9fff]", told + said)) // 2)
    score: dict[Mood, float] = {
        mood: weight * (len(pattern.findall(told)) + 0.6 * len(pattern.findall(said)))
        for mood, weight, pattern in _WORDS
    }
    shouts = len(re.findall(r"[!！]", said))
    score["comic" if score["comic"] >= 2 else "tense"] += 0.25 * shouts
    score["urgent"] += 0.4 * len(re.findall(r"[!！]", told))
    if before is not None and before != "neutral":
        score[before] += 0.6
    if score["tense"] >= 1 and len(speeches) > 3:
        score["tense"] += 0.1 * len(re.findall(r"\byou\b|你", said, re.I))
    if speeches and not shouts:
        score["quiet"] += 0.3
    if not speeches and len(beats) > 2:
        score["quiet"] += 0.8
    if setting.hour in ("night", "dawn"):
        score["quiet"] += 0.3
        score["tense"] += 0.2
    best = max(score, key=lambda mood: score[mood])
    least = 3.0 if best == "urgent" else 1.4
    return best if score[best] >= least and score[best] / words > 0.018 else "neutral"


def silent_s(text: str, acts: tuple[Act, ...], mood: Mood, size: Size | None) -> float:
    """The seconds that a shot without words lasts: its action at the scene's pace, longer when wide."""
    low, high = _BOUNDS_S[mood]
    base = action_s(text, acts) * _PACE[mood]
    if size in ("EWS", "WS"):
        base += _WIDE_EXTRA_S * _PACE[mood]
    return round(min(max(base, low), high), 2)


def intensity(speech: Speech) -> float:
    """How strong a speech is, from 0 to 1: exclamations, capitals, a named feeling, a blow in few words."""
    text = speech.text
    level = 0.12 * min(3, len(re.findall(r"[!！]", text))) + (
        0.1 if re.search(r"[?？][!！]|[!！][?？]|--$|—$", text) else 0.0
    )
    if speech.feeling is not None:
        level += 0.35 * speech.feeling[1]
    if re.search(
        r"\b(?:love|hate|never|dead|kill|leave|liar|truth|sorry|goodbye|please|die|died|secret)\b|爱|恨|死|对不起",
        text,
        re.I,
    ):
        level += 0.2
    if re.search(r"\b[A-Z]{3,}\b", text):
        level += 0.1
    return min(1.0, level)


def light_for(mood: Mood, setting: Setting) -> Light | None:
    """A hint of light: harder and darker when tense, warmer when warm. None when nothing speaks for one."""
    if mood == "neutral" and not setting.neon:
        return None
    ratio, shift = _LIGHT[mood]
    kelvin = _KELVIN.get(setting.hour or "day", 5600)
    if setting.interior and setting.hour in ("night", "dusk"):
        kelvin = 3200
    return Light(key_to_fill_ratio=ratio, colour_temperature_k=kelvin + shift, neon=setting.neon)
