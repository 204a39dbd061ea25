"""Where and when scenes play: places with their parts, hours carried over CONTINUOUS and LATER, weather words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shots.heading import parse_heading
from shots.ids import id_of
from shots.spec import Hour, Place, WeatherKind

__all__ = ["PlaceBook", "Setting"]

_WEATHER: tuple[tuple[WeatherKind, re.Pattern[str]], ...] = (
    (
        "storm",
        re.compile(
            r"\b(?:thunder\w*|lightning|(?:a|the|heavy|violent|rag\w+) storm|storm(?:s|y)? (?:rages?|outside|night|sky|"
            r"breaks?)|stormy|tempest|hurricane|typhoon)\b|暴风雨|雷雨|闪电|雷|台风",
            re.I,
        ),
    ),
    (
        "rain",
        re.compile(r"\b(?:rain(?:s|ing|y|drops|storm)?|downpour|drizzl\w+|pouring|storm)\b|雨", re.I),
    ),
    ("snow", re.compile(r"\b(?:snow(?:s|ing|y|fall|flakes?)?|blizzard|sleet)\b|雪", re.I)),
    ("fog", re.compile(r"\b(?:fog(?:gy)?|mist(?:y)?|haze|hazy)\b|雾", re.I)),
    ("wind", re.compile(r"\b(?:wind(?:y|swept)|(?:the|a|strong|cold|howling) wind|gale|gusts?)\b|大风|狂风", re.I)),
    ("overcast", re.compile(r"\b(?:overcast|cloudy|gr[ae]y sky|leaden)\b|阴天", re.I)),
    (
        "clear",
        re.compile(
            r"\b(?:sunny|sunlight|sunshine|bright sun|clear sky|cloudless|blue sky|sun streams)\b|阳光|晴", re.I
        ),
    ),
)
_STOPS = re.compile(r"\b(?:rain|snow|storm|thunder)(?:\s+has)?\s+(?:stop|end|clear)\w*|雨停|雪停", re.I)
_HOURS: tuple[tuple[Hour, re.Pattern[str]], ...] = (
    ("dawn", re.compile(r"\b(?:dawn|sunrise|first light|daybreak)\b|黎明|拂晓", re.I)),
    ("golden_hour", re.compile(r"\b(?:sunset|golden hour|magic hour|low sun)\b|夕阳|日落", re.I)),
    ("dusk", re.compile(r"\b(?:dusk|twilight)\b|黄昏", re.I)),
    ("night", re.compile(r"\b(?:midnight|moonlight|street ?lamps? glow|starr?y)\b|深夜|月光", re.I)),
    ("morning", re.compile(r"\b(?:morning|breakfast)\b|清晨|早晨", re.I)),
)
_NEXT_HOUR: dict[Hour, Hour] = {"dawn": "morning", "morning": "day", "golden_hour": "dusk", "dusk": "night"}
_FOLLOWS = {"dawn": "morning", "morning": "day", "day": "golden_hour", "golden_hour": "dusk", "dusk": "night"}
_NEON = re.compile(r"\bneon\b|霓虹", re.I)


@dataclass(frozen=True)
class Setting:
    """Where and when one scene plays. `new` when the film has not been there before."""

    place: str
    interior: bool | None
    hour: Hour | None
    weather: WeatherKind | None
    time: str  # as written
    new: bool
    later: bool  # time has passed since the scene before
    continuous: bool
    neon: bool
    number: str | None


class PlaceBook:
    """All places of a film by id. Grows while a script is read; scenes are asked for in order."""

    def __init__(self) -> None:
        self._places: dict[str, Place] = {}
        self._visited: set[str] = set()
        self._last: Setting | None = None
        self._sky: WeatherKind | None = None

    def enter(self, heading: str | None, number: str | None, description: str, early: str) -> Setting:
        """Reads a scene's heading; `description` is its action, `early` the first of it."""
        read = parse_heading(heading) if heading is not None else None
        location = (read.location if read else "").strip(" .-–—") or "SOMEWHERE"
        place = self._place(location.upper(), read.parts if read else (), read.interior if read else None, early)
        last = self._last
        time = (read.time if read else "").upper()
        continuous = bool(re.search(r"CONTINUOUS|SAME|连续|同时", time))
        hour = read.hour if read else None
        if hour is None:
            hour = next((hour for hour, pattern in _HOURS if pattern.search(early)), None)
        at_once = re.search(r"MOMENT|MINUTES|SECONDS|片刻|随后|隨後", time) is not None
        later = ("LATER" in time or "后" in time) and not at_once
        if hour is None and last is not None:
            hour = last.hour
            if later and hour is not None:
                hour = _NEXT_HOUR.get(hour, hour)
        interior = self._places[place].interior
        weather = next((kind for kind, pattern in _WEATHER if pattern.search(f"{heading or ''}. {description}")), None)
        same_time = last is not None and (last.hour == hour or _FOLLOWS.get(last.hour or "day") == hour)
        if _STOPS.search(description):
            weather = "overcast"
        if weather is None and same_time and not later:
            weather = self._sky
        self._sky = weather
        setting = Setting(
            place=place,
            interior=interior,
            hour=hour,
            weather=weather,
            time=time,
            new=place not in self._visited,
            later=later or (last is not None and last.hour != hour and hour is not None),
            continuous=continuous,
            neon=_NEON.search(f"{heading} {early}") is not None,
            number=number or (read.number if read else None),
        )
        self._visited.add(place)
        self._last = setting
        return setting

    def all(self) -> tuple[Place, ...]:
        """Every place in the order of first visit; a location before its parts."""
        return tuple(self._places.values())

    def _place(self, location: str, parts: tuple[str, ...], interior: bool | None, early: str) -> str:
        parent: str | None = None
        name = location
        chain = [named for part in (location, *parts) if (named := id_of(part.upper()))] or ["SOMEWHERE"]
        for depth, part in enumerate(chain):
            name = part if depth == 0 else id_of(f"{parent} - {part}")
            leaf = depth == len(chain) - 1
            known = self._places.get(name)
            if known is not None and leaf and known.interior is not None and interior not in (None, known.interior):
                name = f"{name} ({'INSIDE' if interior else 'OUTSIDE'})"
                known = self._places.get(name)
            if known is None:
                self._places[name] = Place(
                    id=name, interior=interior, parent=parent, description=early[:160].strip() if leaf else ""
                )
            parent = name
        return name
