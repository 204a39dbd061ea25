"""When each scene plays in the story: the story day, the hour, and how much time has passed since what came before.

Sluglines say it: CONTINUOUS and MOMENTS LATER go on at once, LATER means hours, NEXT DAY a day; where nothing is
said an hour that goes back (night to morning) is another day. Flashbacks and dreams stand beside the story: nothing
carries out of them. Days are counted as a script supervisor does: Day 1, Night 1, Day 2, whatever lies between.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from shots.heading import WALL_CLOCK, parse_heading
from shots.spec import Hour, Scene, Storyboard

__all__ = ["Passed", "SceneTime", "Strand", "story_times"]

Passed = Literal["start", "none", "moments", "soon", "hours", "days"]
Strand = Literal["story", "flashback", "dream"]

_CLOCK_H: Mapping[Hour, float] = {
    "dawn": 5.5,
    "morning": 8.0,
    "day": 12.5,
    "golden_hour": 17.5,
    "dusk": 19.0,
    "night": 21.0,
}
_DARK = frozenset({"dusk", "night"})
_MOMENTS_H, _SOON_H, _LATER_H, _FEW_MINUTES_H = 0.05, 0.25, 3.0, 0.3
_NUMBERS = {
    "A": 1, "AN": 1, "ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5, "SIX": 6, "SEVEN": 7, "EIGHT": 8, "NINE": 9,
    "TEN": 10, "TWELVE": 12, "SEVERAL": 4, "SOME": 3, "FEW": 3, "MANY": 8, "HALF": 0.5,
}  # fmt: skip
_NUMBER = rf"(?P<n>\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_FLASHBACK = re.compile(
    r"\bFLASH[- ]?BACK\b|\bMEMORY\b|\b(?:YEARS?|MONTHS?|WEEKS?|DAYS?) AGO\b|\bIN THE PAST\b|闪回|閃回|回忆|回憶", re.I
)
_DREAM = re.compile(r"\b(?:DREAM|NIGHTMARE|FANTASY|DAYDREAM|HALLUCINATION|IMAGINED)\b|梦境|夢境|幻想|梦中", re.I)
_EARLIER = re.compile(r"\bEARLIER\b|\b(?:DAYS?|HOURS?|WEEKS?|MONTHS?|YEARS?|NIGHT) BEFORE\b|之前|几年前|此前", re.I)
_PRESENT = re.compile(
    r"\b(?:BACK TO (?:THE )?(?:PRESENT|SCENE)|PRESENT(?: DAY)?|END (?:OF )?FLASH[- ]?BACK|RESUME)\b|回到现在|现实", re.I
)
_AT_ONCE = re.compile(
    r"\bCONTINUOUS\b|\bCONTINUING\b|\bCONT'?D\b|\bSAME(?: TIME| MOMENT)?(?! (?:DAY|NIGHT|MORNING|EVENING|AFTERNOON))\b|"
    r"\bSIMULTANEOUS(?:LY)?\b|\bMEANWHILE\b|\bINTERCUT\b|[连連][续續]|接上[场場]?|接前[场場]?|承上|同[时時]",
    re.I,
)
_AT_ONCE_LATER = re.compile(
    r"\bMOMENTS?(?: LATER)?\b|\bSECONDS? LATER\b|\bJUST (?:AFTER|THEN)\b|\bIMMEDIATELY\b|片刻|[随隨][后後]", re.I
)
_MINUTES = re.compile(rf"(?:{_NUMBER} )?(?:FEW )?MINUTES? LATER\b|不久[后後]?|稍[后後]", re.I)
_HOURS_LATER = re.compile(rf"(?:{_NUMBER} )?(?:FEW )?HOURS? LATER\b|[数幾几]小[时時][后後]", re.I)
_DAYS_LATER = re.compile(
    rf"(?:{_NUMBER} )?(?:FEW )?(?:DAYS?|NIGHTS?|WEEKS?|MONTHS?|YEARS?|MORNINGS?) LATER\b|[天日年月周]之?[后後]", re.I
)
_NEXT = re.compile(
    r"\b(?:NEXT|FOLLOWING|ANOTHER|DIFFERENT|NEW) (?:DAY|MORNING|NIGHT|EVENING|AFTERNOON|DAWN|WEEK|MONTH|YEAR|SPRING|"
    r"SUMMER|AUTUMN|FALL|WINTER)\b|\b(?:DAY|MORNING|NIGHT) AFTER\b|\bTOMORROW\b|次日|翌日|第二天|隔天|明天",
    re.I,
)
_SAME_DAY = re.compile(
    r"\b(?:(?:THE |THAT )?SAME (?:DAY|NIGHT|MORNING|EVENING|AFTERNOON)|THAT (?:DAY|NIGHT|MORNING|EVENING|AFTERNOON))\b|"
    r"当[天晚日]|當[天晚日]",
    re.I,
)
_LATER = re.compile(r"\bLATER\b|稍晚|之[后後]", re.I)


@dataclass(frozen=True, kw_only=True)
class SceneTime:
    """When one scene plays.

    `day` counts story days from 1; `at_h` is hours of story time since the first midnight, by which states last.
    `after` is the scene whose end it goes on from, None where nothing is carried in; `why` is what tells so.
    """

    scene: str
    strand: Strand
    day: int
    label: str  # "Day 1", "Night 1", "Flashback"
    at_h: float
    passed: Passed
    after: str | None
    why: str

    @property
    def at_once(self) -> bool:
        """Whether it goes on where the scene before it ended."""
        return self.passed in ("none", "moments")


def story_times(storyboard: Storyboard) -> dict[str, SceneTime]:
    """The time of each scene of a completed storyboard, by its id, in the order of the cut."""
    times: dict[str, SceneTime] = {}
    last_of: dict[Strand, tuple[Scene, SceneTime]] = {}
    strand: Strand = "story"
    earlier = False  # a jump back that holds until a slugline says PRESENT
    for scene in storyboard.scenes:
        told = _told(scene.heading)
        was = strand
        strand, earlier = _strand(told, was, earlier, scene, last_of.get("story"))
        base = last_of.get(strand) if strand == was or strand == "story" else None
        time = _time(scene, told, base, strand, back=strand != was)
        times[scene.id or ""] = time
        last_of[strand] = (scene, time)
    return times


def _told(heading: str) -> str:
    """What a slugline says in capitals, without the place, which may be called LATER or PRESENT."""
    text = heading.upper().replace("’", "'")
    read = parse_heading(heading)
    at = text.find(read.location) if read.location else -1
    return text if at < 0 else f"{text[:at]} {text[at + len(read.location) :]}"


def _strand(
    told: str, was: Strand, earlier: bool, scene: Scene, story: tuple[Scene, SceneTime] | None
) -> tuple[Strand, bool]:
    """Which strand a scene belongs to, and whether a jump back goes on."""
    if _DREAM.search(told):
        return "dream", False
    if _PRESENT.search(told):
        return "story", False
    if _FLASHBACK.search(told):
        return "flashback", False
    if _EARLIER.search(told):
        return "flashback", True
    if was == "flashback" and earlier:
        return "flashback", True
    if was != "story" and _goes_on(told) and (story is None or scene.place != story[0].place):
        return was, False
    return "story", False


def _goes_on(told: str) -> bool:
    return bool(_AT_ONCE.search(told) or _AT_ONCE_LATER.search(told) or _LATER.search(told))


def _time(scene: Scene, told: str, base: tuple[Scene, SceneTime] | None, strand: Strand, *, back: bool) -> SceneTime:
    hour: Hour = scene.hour or "day"
    clock_h = _clock_h(told)
    if base is None:
        start_h = clock_h if clock_h is not None else _CLOCK_H[hour]
        return _made(scene, strand, 1, start_h, "start", None, "the film begins" if strand == "story" else strand)
    last_scene, last = base
    passed, why, at_h = _passed(told, hour, clock_h, last_scene, last)
    if back and passed == "soon" and scene.place == last_scene.place:
        passed, why, at_h = "moments", "back where it was", last.at_h + _MOMENTS_H
    day = last.day + 1 if passed == "days" else last.day
    return _made(scene, strand, day, at_h, passed, last.scene, why)


def _made(
    scene: Scene, strand: Strand, day: int, at_h: float, passed: Passed, after: str | None, why: str
) -> SceneTime:
    dark = (scene.hour or "day") in _DARK
    label = f"{'Night' if dark else 'Day'} {day}" if strand == "story" else strand.capitalize()
    return SceneTime(
        scene=scene.id or "", strand=strand, day=day, label=label, at_h=at_h, passed=passed, after=after, why=why
    )


def _passed(
    told: str, hour: Hour, clock_h: float | None, last_scene: Scene, last: SceneTime
) -> tuple[Passed, str, float]:
    """How much time has passed since a scene, what says so, and the story clock then."""
    parsed_h = clock_h if clock_h is not None else _CLOCK_H[hour]
    midnight = 24.0 * (last.day - 1)
    if found := _NEXT.search(told) or _DAYS_LATER.search(told):
        return "days", _words(found), midnight + 24.0 + parsed_h
    if found := _AT_ONCE.search(told):
        return "none", _words(found), last.at_h
    if found := _AT_ONCE_LATER.search(told):
        return "moments", _words(found), last.at_h + _MOMENTS_H
    if found := _MINUTES.search(told):
        count = _count(found, 10)
        passed: Passed = "moments" if count <= 15 else "soon" if count < 60 else "hours"
        return passed, _words(found), last.at_h + max(_MOMENTS_H, count / 60)
    if found := _HOURS_LATER.search(told):
        return "hours", _words(found), last.at_h + _count(found, 3)
    ahead_h = midnight + parsed_h - last.at_h
    same = hour == (last_scene.hour or "day") and clock_h is None
    if found := _LATER.search(told):
        later_h = last.at_h + _LATER_H if same or ahead_h <= 0 else midnight + parsed_h
        if not same and ahead_h <= -_LATER_H and not _SAME_DAY.search(told):
            return "days", f"{last_scene.hour} to {hour}", midnight + 24.0 + parsed_h
        return "hours", _words(found), later_h
    if same:
        return "soon", "the same hour", last.at_h + _SOON_H
    if _SAME_DAY.search(told):
        return "hours", _words(_SAME_DAY.search(told)), max(last.at_h + _SOON_H, midnight + parsed_h)
    if clock_h is not None and last_scene.hour == hour == "night" and ahead_h < 0:  # over midnight
        return "hours", f"{_words(WALL_CLOCK.search(told))}", midnight + 24.0 + parsed_h
    if ahead_h < -_FEW_MINUTES_H and hour != (last_scene.hour or "day"):
        return "days", f"{last_scene.hour} to {hour}", midnight + 24.0 + parsed_h
    why = f"{last_scene.hour} to {hour}" if clock_h is None else _words(WALL_CLOCK.search(told))
    return "hours" if ahead_h >= 1.0 else "soon", why.replace("_", " "), max(last.at_h + _SOON_H, midnight + parsed_h)


def _clock_h(told: str) -> float | None:
    found = WALL_CLOCK.search(told)
    if found is None:
        return None
    return int(found[1]) % 12 + (12 if found[3].upper() == "P" else 0) + int(found[2] or 0) / 60


def _count(found: re.Match[str], unsaid: float) -> float:
    said = found.groupdict().get("n")
    return unsaid if not said else float(_NUMBERS[said]) if said in _NUMBERS else float(said)


def _words(found: re.Match[str] | None) -> str:
    return found.group().strip() if found is not None else ""
