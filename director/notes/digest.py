"""A storyboard in short, for a reader who has to name its shots: a line each, within a bound.

Where the film is longer than that, the scenes that a note speaks of are told shot by shot and the rest by heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from shots.blocking.light import light_of
from shots.defaults import complete
from shots.spec import Scene, Shot, Storyboard
from shots.timing import ShotTiming, time_shots

__all__ = ["digest"]

_MOST_CHARACTERS = 24_000  # some 7000 tokens
_WORDS = 12
_UNTOLD = "(%d shots, not told)"


def digest(storyboard: Storyboard, note: str = "") -> str:
    """The storyboard in at most about 24 000 characters, most of them for the scenes that `note` speaks of."""
    film = complete(storyboard)
    timings = time_shots(film, {})
    head = f"{_line(film.title)}\nCast: {_list(c.id for c in film.cast)}\nProps: {_list(p.id for p in film.props)}"
    headings = [_heading(film, scene) for scene in film.scenes]
    shots = [[_shot(scene, shot, timings) for shot in scene.shots] for scene in film.scenes]
    room = _MOST_CHARACTERS - len(head) - sum(len(heading) + len(_UNTOLD) + 4 for heading in headings)
    told: set[int] = set()
    for number in sorted(range(len(shots)), key=lambda n: -_spoken_of(film, n, note)):
        length = sum(len(line) + 1 for line in shots[number])
        if length <= room:
            room -= length
            told.add(number)
    lines = [head]
    for number, heading in enumerate(headings):
        lines += [heading, *shots[number]] if number in told else [f"{heading} {_UNTOLD % len(shots[number])}"]
    return "\n".join(lines)


def _heading(film: Storyboard, scene: Scene) -> str:
    place = next(place for place in film.places if place.id == scene.place)
    light = light_of(scene, Shot(), place)
    number = f" (printed number {_line(scene.number)})" if scene.number else ""
    return (
        f"{scene.id}{number} {_line(scene.heading)}, {scene.hour}, light {light.key_to_fill_ratio:g}:1 "
        f"{light.colour_temperature_k:g} K, mood {scene.mood}"
    )


def _shot(scene: Scene, shot: Shot, timings: dict[str, ShotTiming]) -> str:
    parts = [f"  {shot.id} {shot.size}"]
    if shot.angle != "eye_level":
        parts.append(shot.angle)
    if shot.move != "static":
        parts.append(shot.move)
    parts.append(f"{timings[shot.id or ''].shown.duration_s:.1f}s")
    if shot.transition.kind != "cut":
        parts.append(f"entered by {shot.transition.kind}")
    floor = [person.character for person in scene.floor(shot)]
    framed = shot.insert_of or ", ".join(shot.subjects) or f"the place with {', '.join(floor) or 'nobody'}"
    parts.append(f"of {framed}")
    if shot.over:
        parts.append(f"over {shot.over}")
    feelings = [f"{p.character} {p.emotion}" for p in scene.floor(shot) if p.emotion != "neutral"]
    if feelings:
        parts.append(f"({', '.join(feelings)})")
    words = [f"{line.character}: “{_first(line.text)}”" for line in shot.lines[:2]]
    words += [f"and {len(shot.lines) - 2} more lines"] if len(shot.lines) > 2 else []
    return " ".join(parts) + " | " + ("; ".join(words) or _first(shot.action))


def _spoken_of(film: Storyboard, number: int, note: str) -> int:
    """How much a note speaks of a scene."""
    scene = film.scenes[number]
    words = set(re.findall(r"[^\W_]+(?:\.[^\W_]+)*", note.casefold()))
    named = {(scene.id or "").casefold(), *((shot.id or "").casefold() for shot in scene.shots)}
    points = 8 * len(words & named)
    for name in (scene.number, str(number + 1)):
        if name and re.search(rf"\bscene {re.escape(name.casefold())}\b", note.casefold()):
            points += 16
    points += 2 * len(words & {word for word in scene.heading.casefold().split() if len(word) > 3})
    framed = {name.casefold() for shot in scene.shots for name in shot.subjects}
    return points + len(words & framed)


def _first(text: str) -> str:
    words = _line(text).split()
    return " ".join(words[:_WORDS]) + (" ..." if len(words) > _WORDS else "")


def _list(names: Iterable[str]) -> str:
    return ", ".join(list(names)[:80]) or "none"


def _line(text: str) -> str:
    """A text on one line that cannot end the quoted film."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).replace("<", "‹").split())[:300]
