"""How a script is told to a model: numbered lines, who is on the floor, and a digest of the whole film.

All of it is the writer's text, and stands between marks in the prompts. Words are told on one line each, shortened,
without angle brackets, so that no text can close the marks or begin a line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from director.direct import ReadFilm
from director.numbering import ScriptLine
from director.plan import BeatPlan
from director.rules.scenes import ReadScene
from shots.spec import Character

__all__ = ["beats_told", "cast_told", "clean", "floor_told", "gist", "heading_told", "lines_told", "people_of"]

_SPACE = re.compile(r"\s+")
_HEARD = {"off_screen": "off screen", "voice_over": "voice over", "phone": "on the telephone", "radio": "on the radio"}
_NOBODY = "nobody"
_SCENE_LETTERS, _SHORTEST = 14_000, 80  # of a scene as it is told, and of a line in the longest


def clean(text: str, most: int = 600) -> str:
    """Text on one line, without what marks a block, cut at a word after `most` characters."""
    plain = _SPACE.sub(" ", text).strip().replace("<", "‹").replace(">", "›")
    plain = "".join(letter for letter in plain if letter.isprintable())
    return plain if len(plain) <= most else f"{plain[:most].rsplit(' ', 1)[0]} …"


def heading_told(read: ReadScene) -> str:
    """A scene's number in the film, from 1, and its slugline."""
    return f"Scene {read.sheet.number + 1}. {clean(read.unit.heading, 120)}"


def people_of(lines: Sequence[ScriptLine]) -> tuple[str, ...]:
    """Everyone on the floor or heard in these lines."""
    bodies = (body for line in lines for moment in line.moments for body in moment.bodies)
    return tuple(dict.fromkeys((*bodies, *(who for line in lines for who in line.speakers))))


def cast_told(film: ReadFilm, who: Iterable[str], most: int = 110) -> str:
    """One line for each of these people: who they are, in the script's words."""
    told = [f"{clean(name, 80)}{_described(film.cast[name], most)}" for name in who]
    return "\n".join(told) or _NOBODY


def _described(character: Character, most: int) -> str:
    known: list[str] = [character.species] if character.species != "person" else []
    known += [character.gender] if character.gender != "unspecified" else []
    known += [f"{character.age_years:g}"] if character.age_years is not None else []
    text = clean(character.description, most)
    return f": {', '.join(known)}{'. ' if known and text else ''}{text}" if known or text else ""


def lines_told(lines: Sequence[ScriptLine]) -> str:
    """The lines of a scene, each behind its id; those of a very long scene are shortened."""
    most = max(_SHORTEST, _SCENE_LETTERS // max(1, len(lines)))
    return "\n".join(f"{line.id} {_line(line, most)}" for line in lines)


def _line(line: ScriptLine, most: int) -> str:
    if line.kind == "lettering":
        return f"[to be read, not spoken] {clean(line.text, most)}"
    moves = [f"[{clean(who, 80)} comes]" for who in line.moments[0].arrived if not line.goes_on]
    moves += [f"[{clean(who, 80)} goes]" for who in line.moments[-1].left]
    if line.kind == "action":
        return " ".join([clean(line.text, most), *moves])
    parts = []
    for spoken in line.spoken:
        speech, words = spoken.speech, spoken.words
        heard = [_HEARD[speech.heard]] if speech.heard in _HEARD else []
        how = ["goes on"] if line.goes_on else [words[0].delivery] if words[0].delivery else []
        aside = f" ({clean(', '.join([*heard, *how]), 80)})" if heard or how else ""
        said = " ".join(part.text for part in words)
        parts.append(f"{clean(' and '.join(speech.speakers), 120)}{aside}: {clean(said, most)}")
    return " | at once, ".join(parts) + "".join(f" {move}" for move in moves)


def floor_told(lines: Sequence[ScriptLine]) -> str:
    """Who can be framed and what can be shown, and at which lines."""
    there = [{body for moment in line.moments for body in moment.bodies} for line in lines]
    shown = [set(_things(line)) for line in lines]
    things = dict.fromkeys(thing for line in lines for thing in _things(line))
    told = [f"{clean(who, 80)}: {when}" for who in people_of(lines) if (when := _when(lines, there, who))]
    seen = [f"{clean(thing, 80)}: {_when(lines, shown, thing)}" for thing in things]
    return "\n".join([*(told or [_NOBODY]), *(["Things (insert_of, focus, looks_at):", *seen] if seen else [])])


def _things(line: ScriptLine) -> tuple[str, ...]:
    moment = line.moments[-1]
    held = (prop for presence in moment.floor for prop in presence.holds)
    return tuple(dict.fromkeys((*held, *(placed.prop for placed in moment.props if placed.exits is None))))


def _when(lines: Sequence[ScriptLine], there: Sequence[Collection[str]], name: str) -> str:
    """The runs of lines at which a name is there: "L3 to L9, L12 to L14"; "all along" for all of them."""
    runs: list[list[str]] = []
    last = False
    for line, names in zip(lines, there, strict=True):
        now = name in names
        if now and last:
            runs[-1].append(line.id)
        elif now:
            runs.append([line.id])
        last = now
    if len(runs) == 1 and len(runs[0]) == len(lines):
        return "all along"
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)


def beats_told(beats: Sequence[BeatPlan], turn: str | None) -> str:
    """The director's beats, a line each, and where the scene turns."""
    told = [f"{beat.first} to {beat.last}: {clean(beat.what, 200)}; {clean(beat.feel, 200)}" for beat in beats]
    return "\n".join([*told, *([f"It turns at {turn}."] if turn else [])]) or "none given"


def gist(read: ReadScene, lines: Sequence[ScriptLine], most: int = 90) -> str:
    """A scene on one line: its slugline, who is in it, how long, and its first words of action."""
    first = next((line.text for line in lines if line.kind == "action"), "")
    who = ", ".join(clean(name, 40) for name in people_of(lines)[:6]) or _NOBODY
    long = f"{read.unit.eighths}/8 page, " if read.unit.eighths else ""
    return f"{heading_told(read)} ({long}{who}) {clean(first, most)}".rstrip()
