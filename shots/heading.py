"""A slugline taken apart: inside or out, where, when, in English and Chinese.

Knows how sluglines are written and nothing about the story: what CONTINUOUS or 连续 means is for the
director, who knows the scene before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from shots.spec import Hour

__all__ = ["WALL_CLOCK", "Heading", "is_heading", "parse_heading", "split_number"]

_LONGEST = 200  # characters; a longer line is prose whatever it begins with


@dataclass(frozen=True, kw_only=True)
class Heading:
    """`INT. HOTEL - LOBBY - NIGHT` → interior, location HOTEL, parts (LOBBY), hour night, time "NIGHT".

    `interior` is None when the slugline does not say; INT./EXT. counts as interior with `both`. `hour` is
    None for times that depend on the scene before (CONTINUOUS, LATER, SAME, MOMENTS LATER) or are missing;
    `time` is the time of day as written. Location and parts are in capitals.
    """

    interior: bool | None
    both: bool
    location: str
    parts: tuple[str, ...]
    hour: Hour | None
    time: str
    number: str | None


# The most telling words first: "EARLY MORNING" is not "MORNING", "DAY FOR NIGHT" looks like night.
_HOURS: tuple[tuple[str, Hour], ...] = (
    (r"DAY\s+FOR\s+NIGHT|D/N", "night"),
    (r"(?:PRE[- ]?|JUST BEFORE )?DAWN|SUN[- ]?RISE|SUN[- ]?UP|DAY[- ]?BREAK|FIRST LIGHT|EARLY MORNING", "dawn"),
    (r"GOLDEN[- ]HOUR|MAGIC[- ]HOUR|SUN[- ]?SET|SUN[- ]?DOWN|LATE AFTERNOON", "golden_hour"),
    (r"DUSK|TWILIGHT|EVENING|NIGHT[- ]?FALL|BLUE[- ]HOUR|GLOAMING", "dusk"),
    (r"MID[- ]?NIGHT|NIGHT(?:[- ]?TIME)?|SMALL HOURS", "night"),
    (r"MORNING|BREAKFAST TIME", "morning"),
    (r"MID[- ]?DAY|NOON|AFTERNOON|LUNCH[- ]?TIME|DAY(?:[- ]?(?:TIME|LIGHT))?", "day"),
)
_HOURS_ZH: tuple[tuple[str, Hour], ...] = (
    ("黎明|拂晓|破晓|日出|晨曦|清晨|天亮", "dawn"),
    ("日落|夕[阳陽]|落日|魔幻[时時]刻", "golden_hour"),
    ("[黄黃]昏|傍晚|暮", "dusk"),
    ("深夜|午夜|半夜|凌晨|夜晚|夜[里裡]|夜[间間]|夜景|晚上|夜|晚", "night"),
    ("早晨|早上|上午|清早|晨|早", "morning"),
    ("中午|正午|下午|午[后後]|白天|白[昼晝]|日[间間]|日景|日|午", "day"),
)
_HOUR_OF = tuple((re.compile(rf"\b(?:{words})\b", re.I), hour) for words, hour in _HOURS)
_ZH_HOUR = "|".join(words for words, _ in _HOURS_ZH)
_HOUR_OF_ZH = tuple((re.compile(words), hour) for words, hour in _HOURS_ZH)
_RELATIVE = r"CONTINUOUS|CONTINUING|CONT'?D|MOMENTS?|LATER|SAME(?:\s+TIME)?|SIMULTANEOUS(?:LY)?"
_RELATIVE_ZH = (
    "[连連][续續]|接上[场場]?|接前[场場]?|承上|同[时時]|片刻[后後]?|稍[后後晚]|[随隨][后後]|不久[后後]?|次日|翌日|"
    "第二天"
)
_FILLER = (
    r"THE|A|AN|THAT|NEXT|SAME|FOLLOWING|EARLIER|EARLY|LATE|MID|PRE|ONE|TWO|THREE|FEW|SOME|MINUTES?|SECONDS?|HOURS?|"
    r"DAYS?|WEEKS?|MONTHS?|YEARS?|BEFORE|AFTER|FOR|TO|INTO|AND|OR|AT|ABOUT|O'?CLOCK|AM|PM|A\.M\.?|P\.M\.?|"
    r"\d{1,4}(?:[:.]\d\d)?(?:AM|PM)?"
)
_TIME_WORD = re.compile(rf"\b(?:{'|'.join(words for words, _ in _HOURS)}|{_RELATIVE}|{_FILLER})(?!\w)", re.I)
_TIME_ZH = re.compile(rf"(?:{_ZH_HOUR}|{_RELATIVE_ZH})+")
_RELATIVE_WORD = re.compile(rf"\b(?:{_RELATIVE}|EARLIER)\b|{_RELATIVE_ZH}", re.I)
WALL_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*([AP])\.?M\b", re.I)
_ASIDE = re.compile(r"([^()（）]*[^()（）\s])\s*[(（]([^()（）]+)[)）]")
_CLOCK_HOURS: tuple[tuple[int, Hour], ...] = (
    (5, "night"),
    (7, "dawn"),
    (11, "morning"),
    (17, "day"),
    (19, "golden_hour"),
    (21, "dusk"),
)
_LAST_WORD = re.compile(
    r"(.*\S)[\s,.;:]+((?:(?:EARLY|LATE)\s+)?(?:DAY|NIGHT|DAWN|DUSK|MORNING|EVENING|AFTERNOON|SUNSET|SUNRISE|NOON|"
    r"MIDNIGHT|TWILIGHT|CONTINUOUS|LATER))\.?",
    re.I,
)

_BOTH = r"INT(?:ERIOR)?\.?\s*[/&-]\s*EXT(?:ERIOR)?|EXT(?:ERIOR)?\.?\s*[/&-]\s*INT(?:ERIOR)?|I\s*/\s*E|E\s*/\s*I"
# A full stop, a colon or a space ends the prefix: INTERIOR MONOLOGUE and EXTREMELY are words.
_PREFIX = re.compile(rf"(?:(?P<both>{_BOTH})|(?P<int>INT)|(?P<ext>EXT)|(?P<est>EST))(?:\s*[.:．]+\s*|\s+|$)", re.I)
_PREFIX_LONG = re.compile(r"(?:(?P<int>INTERIOR)|(?P<ext>EXTERIOR))\s*[.:]\s*", re.I)
_ZH_SIDE = re.compile(r"(?:[内內][、/／-]?外|外[、/／-]?[内內]|[内內外])(?:景|[场場]景)?")
_ZH_HOUR_SIDE = re.compile(
    rf"(?P<hour>{_ZH_HOUR})[/／、-]?(?P<side>[内內]外|[内內外])景?|(?P<side2>[内內外])[/／、-]?(?P<hour2>{_ZH_HOUR})"
)
_ZH_SPLIT = re.compile(r"\s*[-—–·•|｜]+\s*|[\s　,，、./／:：．]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_DIGITS = "0-9０-９一二三四五六七八九十百零〇两"
_ZH_NUMBER = re.compile(
    rf"(?:第\s*(?P<n>[{_HAN_DIGITS}]+)\s*(?:[场場]景|[场場]|幕|[镜鏡])|[场場](?:景|次)?\s*(?P<m>[{_HAN_DIGITS}]+))[、.．:：\s]*"
)
_NUMBER = re.compile(
    r"(?:SCENE\s+)?(?P<n>[A-Z]?\d{1,4}(?:[-.]\d{1,3})?[A-Z]{0,2})\s*(?:[.)、．:：]\s*|\s[-–—]?\s*)", re.I
)
_HASHED = re.compile(r"\s*#(?P<n>[\w.\-]{1,24})#\s*$")
_DASH = re.compile(r"\s*[—–]+\s*|\s*-{2,}\s*|\s+-\s*|\s*-\s+")


def is_heading(text: str, *, strict: bool = False) -> bool:
    """Whether a line is written like a slugline, numbered or not.

    `strict` asks for capitals and an unmistakable prefix; it is for lines that stand where none is expected.
    """
    if len(text) > _LONGEST:
        return False
    line = _plain(text)
    _, rest = split_number(line)
    prefix = _prefix(rest)
    if prefix is not None and prefix.end() < len(rest):
        shouted = _is_upper(rest)
        if strict:
            return shouted and "est" not in {k for k, v in prefix.groupdict().items() if v}
        return shouted or (not prefix.groupdict().get("est") and "." in prefix[0])
    return _is_heading_zh(line)


def parse_heading(text: str) -> Heading:
    """Takes a slugline apart. Never fails: what has no known form is a location."""
    line = _plain(text[:_LONGEST])
    number, rest = split_number(line)
    prefix = _prefix(rest)
    if prefix is None and _HAN.search(rest):
        return _parse_zh(rest, number, interior=None, both=False)
    both, interior = False, None
    if prefix is not None:
        found = prefix.groupdict()
        both = found.get("both") is not None
        interior = both or found.get("int") is not None
        rest = rest[prefix.end() :]
    segments = [s.strip(" .,;:") for s in _DASH.split(rest)]
    segments = [s for s in segments if s]
    if len(segments) < 3 and segments and _HAN.search(segments[0]):
        return _parse_zh(rest, number, interior=interior, both=both)
    if len(segments) == 1 and (trailing := _LAST_WORD.fullmatch(segments[0])):
        segments = [trailing[1].rstrip(" ,.;:"), trailing[2]]
    times = [s for s in segments[1:] if _is_time(s)]
    places = segments[:1] + [s for s in segments[1:] if s not in times]
    return _heading(interior, both, places, times, number)


def split_number(text: str) -> tuple[str | None, str]:
    """Splits a printed scene number off a slugline: `12A. EXT. PARK 12A` → ("12A", "EXT. PARK").

    A number is only taken in front of something that is a slugline by itself, or in the form `#12A#`.
    """
    if hashed := _HASHED.search(text[-_LONGEST:]):
        return hashed["n"], text[: len(text) - len(hashed[0])].rstrip()
    if len(text) > _LONGEST:
        return None, text
    chinese = _ZH_NUMBER.match(text)
    if chinese:
        return chinese["n"] or chinese["m"], text[chinese.end() :]
    numbered = _NUMBER.match(text)
    if numbered:
        rest = text[numbered.end() :]
        if _prefix(rest) is not None or _HAN.search(rest[:60]):
            again = re.search(rf"\s+{re.escape(numbered['n'])}\.?$", rest)
            return numbered["n"].upper(), rest[: again.start()] if again else rest
    return None, text


def _plain(text: str) -> str:
    """The line without emphasis marks, brackets of Chinese style, or a forcing dot."""
    line = re.sub(r"[*_]", "", text).strip().strip("【】").strip()
    return line[1:] if line[:1] == "." and line[1:2].isalnum() else line


def _prefix(text: str) -> re.Match[str] | None:
    return _PREFIX.match(text) or _PREFIX_LONG.match(text)


def _is_upper(text: str) -> bool:
    return text.upper() == text


def _upper(text: str) -> str:
    return " ".join(text.upper().split())


def _heading(interior: bool | None, both: bool, places: list[str], times: list[str], number: str | None) -> Heading:
    if places and (aside := _ASIDE.fullmatch(places[0])):
        places = [aside[1], aside[2], *places[1:]]  # "CAR (MOVING)" is the car
    hour, time = _hour(times)
    return Heading(
        interior=interior,
        both=both,
        location=_upper(places[0]) if places else "",
        parts=tuple(_upper(place) for place in places[1:]),
        hour=hour,
        time=time,
        number=number,
    )


def _is_time(segment: str) -> bool:
    words = re.sub(r"\([^)]*\)", " ", segment).strip().replace("’", "'")
    if not words:
        return False
    if _TIME_ZH.fullmatch(words):
        return True
    said = any(p.search(words) for p, _ in _HOUR_OF) or _RELATIVE_WORD.search(words) or WALL_CLOCK.search(words)
    return bool(said) and not _TIME_WORD.sub("", words).strip(" /,.&+~-")


def _hour(times: list[str]) -> tuple[Hour | None, str]:
    """The hour and the wording: a real hour counts before CONTINUOUS and its like."""
    for time in times:
        if hour := _hour_of(time):
            return hour, time
    return None, times[0] if times else ""


def _hour_of(time: str) -> Hour | None:
    words = re.sub(r"\([^)]*\)", " ", time)
    if _HAN.search(words):
        return next((hour for pattern, hour in _HOUR_OF_ZH if pattern.search(words)), None)
    if clock := WALL_CLOCK.search(words):
        return _clock_hour(int(clock[1]) % 12 + (12 if clock[3].upper() == "P" else 0))
    if re.search(r"\b(?:DAYS?|NIGHTS?|MORNINGS?)\s+(?:LATER|EARLIER|BEFORE|AFTER)\b", words, re.I):
        return None  # "TWO DAYS LATER" is a distance, not an hour
    return next((hour for pattern, hour in _HOUR_OF if pattern.search(words)), None)


def _clock_hour(hour_24: int) -> Hour:
    return next((hour for end, hour in _CLOCK_HOURS if hour_24 < end), "night")


def _is_heading_zh(line: str) -> bool:
    if not _HAN.search(line) or len(line) > 60 or re.search(r"[。！？；“”「」]", line):
        return False
    number, rest = split_number(line)
    if _ZH_NUMBER.match(line):
        return True
    tokens = [t for t in _ZH_SPLIT.split(rest) if t]
    if len(tokens) < 2:
        return bool(tokens) and number is not None and re.match("[内內外]景", tokens[0]) is not None
    if re.match("(?:[内內]外?|外[内內]?)景", tokens[0]):
        return True
    marks = [bool(_ZH_SIDE.fullmatch(t) or _ZH_HOUR_SIDE.fullmatch(t) or _TIME_ZH.fullmatch(t)) for t in tokens]
    sided = any(_ZH_SIDE.fullmatch(t) or _ZH_HOUR_SIDE.fullmatch(t) for t in tokens)
    if number is not None:
        return any(marks)
    return sided and any(_TIME_ZH.fullmatch(t) or _ZH_HOUR_SIDE.fullmatch(t) for t in tokens) and len(tokens) <= 6


def _parse_zh(rest: str, number: str | None, *, interior: bool | None, both: bool) -> Heading:
    """Chinese sluglines put inside/outside, place and hour in any order, apart by spaces or marks."""
    places: list[str] = []
    times: list[str] = []
    sides: list[str] = []
    glued = re.match(r"((?:[内內]外?|外[内內]?)景)(?=\S)", rest)
    if glued:
        sides.append(glued[1])
        rest = rest[glued.end() :]
    for token in filter(None, _ZH_SPLIT.split(rest)):
        if _ZH_SIDE.fullmatch(token):
            sides.append(token)
        elif pair := _ZH_HOUR_SIDE.fullmatch(token):
            sides.append(pair["side"] or pair["side2"])
            times.append(pair["hour"] or pair["hour2"])
        elif (places or len(token) > 1 or sides) and _is_time(token):
            times.append(token)
        else:
            places.append(token)
    said = "".join(sides).replace("內", "内")
    if said:
        both = both or ("内" in said and "外" in said)
        interior = both or "内" in said
    return _heading(interior, both, places, times, number)
