"""A written line as espeak-ng is to read it: pauses, stress and figures as SSML, and where each letter comes from.

What is written stays what captions show; what is read may be other letters: "F.B.I." is FBI, "$20" is 20 dollars,
1984 is 19 84. The map from one to the other keeps word times exact. It knows nothing of sound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audio.voices.delivery import Delivery, is_shouted
from audio.words import tokens

__all__ = ["Reading", "reading"]

_ABBREVIATIONS = frozenset(
    """ABC AC AI AKA AM ATM BBC BMW CCTV CD CEO CFO CIA CNN CPR CPU CSI CTO DC DEA DIY DJ DMV DNA DOA DUI DVD EKG EMP
    EMT ER ETA EU EVA FAQ FBI GPS HIV HQ HR IBM ICU ID IOU IQ IRA IRS JFK KGB LA LAPD LSD MBA MC MI6 MIA MIT MP MRI
    NASA NATO NBA NFL NSA NYC NYPD OK PA PC PDF PHD PI PM POW PR PS RAF RIP RV SAS SIM SOS SS STD SUV SWAT
    TB TNT TV UFO UK UN UPS US USA USB USSR VHS VIP VR WC WIFI YMCA""".split()  # noqa: SIM905
)
_UNITS = {"$": "dollars", "£": "pounds", "€": "euros"}
_SCALES = frozenset(("hundred", "thousand", "million", "billion", "trillion", "k"))
_SENTENCE_END = re.compile(r"[.!?。！？][\"'”’」』)]*$")
_CLAUSE_END = re.compile(r"[,;:，；：、][\"'”’」』)]*$")
_BROKEN = re.compile(r"\s*(?:[—–―]+|--+|(?<=\w)-)([\"'”’」』)]*)$")
_TRAILS = re.compile(r"\s*(?:\.\s?\.\s?\.*|…+)([\"'”’」』)]*)$")
_STRESS = '<prosody pitch="+24%" rate="86%" volume="+40%">'
_DYING = '<prosody pitch="-8%" rate="80%">'
_TRAILING_WORDS = 2
_HESITATION_S, _BREAK_S = 0.42, 0.16  # after dots, after a dash within a line
_COMMA_S, _STOP_S = 0.17, 0.32  # espeak's own pauses, which a delivery lengthens


@dataclass(frozen=True)
class Reading:
    """SSML and, for each of its characters, the place in the text. `cut_off` and `trails` tell how it ends."""

    ssml: str
    origin: tuple[int, ...]
    cut_off: bool = False
    trails: bool = False


@dataclass(frozen=True)
class _Word:
    text: str  # as it is read
    at: int  # where it stands in the written text
    stressed: bool = False
    pause_s: float | None = None  # after it; None for espeak's own


def reading(text: str, language: str, delivery: Delivery, stressed: Sequence[tuple[int, int]] = ()) -> Reading:
    """Writes `text` (as `audio.words.spoken` leaves it) for espeak. `stressed` are spans of it that are emphasised."""
    cut_off, trails = _BROKEN.search(text) is not None, _TRAILS.search(text) is not None
    shouted = is_shouted(text)
    words = [
        _Word(word, at, any(begin < at + len(word) and at < end for begin, end in stressed))
        for at, word in tokens(text)
    ]
    words = [_capitals(word, shouted) for word in words]
    if language.lower().startswith("en"):
        words = _figures(words)
    words = [_initials(word, last=index == len(words) - 1) for index, word in enumerate(words)]
    words = [_marks(word, delivery, last=index == len(words) - 1) for index, word in enumerate(words)]
    dying = len(words) - _TRAILING_WORDS if trails and len(words) > _TRAILING_WORDS else len(words)
    out: list[tuple[str, int]] = []
    for index, word in enumerate(words):
        if index == dying:
            out.append((_DYING, word.at))
        before = word.at - 1 if index and text[word.at - 1] == " " else None
        if before is not None:
            out.append((" ", before))
        escaped = word.text.replace("&", " and " if language.lower().startswith("en") else " ")
        escaped = escaped.replace("<", " ").replace(">", " ")
        out.append((f"{_STRESS}{escaped}</prosody>" if word.stressed else escaped, word.at))
        if word.pause_s is not None and index < len(words) - 1:
            out.append((f'<break time="{round(word.pause_s * 1000)}ms"/>', word.at))
    if dying < len(words):
        out.append(("</prosody>", words[-1].at))
    ssml = "".join(part for part, _ in out)
    return Reading(ssml, tuple(at for part, at in out for _ in part), cut_off, trails)


def _capitals(word: _Word, shouted: bool) -> _Word:
    """A word in capitals among others is stressed; read as a word, for espeak spells some."""
    letters = "".join(character for character in word.text if character.isalpha())
    if len(letters) < 2 or not letters.isupper() or letters.upper() == letters.lower():
        return word
    if letters in _ABBREVIATIONS or re.search(r"[A-Z]\.[A-Z]", word.text) or not re.search(r"[AEIOUYÀ-Ý]", letters):
        return word
    return replace(word, text=word.text.lower(), stressed=not shouted)


def _figures(words: Sequence[_Word]) -> list[_Word]:
    """Money, "No. 7" and years as they are said in English."""
    out: list[_Word] = []
    unit = ""  # said after the scale: "$5 million" is five million dollars
    for index, word in enumerate(words):
        following = words[index + 1].text if index + 1 < len(words) else ""
        money = re.fullmatch(r"(\W*)([$£€])(\d+(?:,\d{3})*(?:\.\d+)?)(.*)", word.text)
        year = re.fullmatch(r"(\W*)(1[1-9])(\d\d)(\W*|s\W*|['’]s\W*)", word.text)
        if unit:
            out.append(replace(word, text=re.sub(r"^(\w+)", rf"\1 {unit}", word.text)))
            unit = ""
        elif money and following.rstrip(".,!?…").lower() in _SCALES:
            out.append(replace(word, text=f"{money[1]}{money[3]}"))
            unit = _UNITS[money[2]]
        elif money:
            coin = _UNITS[money[2]][:-1] if money[3] == "1" else _UNITS[money[2]]
            out.append(replace(word, text=f"{money[1]}{money[3]} {coin}{money[4]}"))
        elif word.text in {"No.", "no.", "Nr."} and following[:1].isdigit():
            out.append(replace(word, text="number"))
        elif year:
            ones = "hundred" if year[3] == "00" else f"oh {year[3][1]}" if year[3][0] == "0" else year[3]
            out.append(replace(word, text=f"{year[1]}{year[2]} {ones}{year[4]}"))
        else:
            out.append(word)
    return out


def _initials(word: _Word, *, last: bool) -> _Word:
    """ "F.B.I." without the stops that would make a sentence of each letter."""
    found = re.fullmatch(r"(\W*)((?:[^\W\d_]\.){2,})(\W*|['’]s\W*)", word.text)
    if not found:
        return word
    letters = found[2].replace(".", "").upper()
    return replace(word, text=f"{found[1]}{letters}{found[3] or ('.' if last else '')}")


def _marks(word: _Word, delivery: Delivery, *, last: bool) -> _Word:
    """Dashes and dots as pauses; what is broken off keeps its voice up."""
    for pattern, pause_s in ((_TRAILS, _HESITATION_S), (_BROKEN, _BREAK_S)):
        if found := pattern.search(word.text):
            text = f"{word.text[: found.start()]},{found[1]}"
            return replace(word, text=text, pause_s=None if last else pause_s + delivery.pause_s)
    text = re.sub(r"[?!？！‽]*[?？‽][?!？！‽]*", "?", word.text)
    text = re.sub(r"[!！]{2,}", "!", text)
    if delivery.pause_s and _SENTENCE_END.search(text):
        return replace(word, text=text, pause_s=_STOP_S + delivery.pause_s)
    if delivery.pause_s and _CLAUSE_END.search(text):
        return replace(word, text=text, pause_s=_COMMA_S + delivery.pause_s)
    return replace(word, text=text)
