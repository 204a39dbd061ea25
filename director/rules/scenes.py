"""A scene on the director's desk: its moments played on a floor, and how shots of it are made a scene of the film.

`read_scene` plays a unit and covers it by the rules; `dressed` puts light, crowds and the people who are there
around any shots of it, whoever planned them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from director.rules.cast import Cast
from director.rules.coverage import cover
from director.rules.crowds import crowds_in
from director.rules.floor import opening_floor, play
from director.rules.lights import backlit, practicals_in
from director.rules.pacing import Mood, light_for, mood_of
from director.rules.reading import Happening
from director.rules.sheet import SceneSheet
from director.rules.split import split_talk
from director.rules.story import Story
from director.rules.units import Unit
from shots.spec import Crowd, Light, Scene, Shot

__all__ = ["ReadScene", "dressed", "read_scene", "starts"]

_OPENING_BEATS = 3  # sentences: who is told of in them is there from the start


@dataclass(frozen=True)
class ReadScene:
    """A scene as the rules read it: its `sheet` holds the moments, `scene` is covered and still wants its sizes."""

    unit: Unit
    sheet: SceneSheet
    phone: str | None  # of whoever is at the other end of a split screen
    scene: Scene


def read_scene(unit: Unit, number: int, count: int, story: Story, seed: int, before: Mood | None) -> ReadScene:
    """Plays scene `number` of `count` and covers it; scenes are read in the order of the film, `before` is the mood."""
    moments = play(unit.beats, unit.setting, story)
    sheet = SceneSheet(
        cast=story.cast,
        setting=unit.setting,
        mood=mood_of(unit.beats, unit.setting, before),
        moments=moments,
        seed=seed,
        number=number,
        heading=unit.span,
        talk=unit.talk,
        kinds={prop.id: prop.kind or "" for prop in story.props.all()},
        first=number == 0,
        last=number == count - 1,
        montage=unit.montage,
    )
    shots = cover(sheet)
    phone = story.props.owned("phone", unit.other_end.who) if unit.other_end is not None else None
    return ReadScene(unit, sheet, phone, dressed(unit, sheet, phone, shots))


def dressed(unit: Unit, sheet: SceneSheet, phone: str | None, shots: Sequence[Shot]) -> Scene:
    """The scene of these shots, with its light, its crowds and who is there as it opens."""
    crowds, shots = _with_crowds(unit, sheet.cast, shots)
    opening = opening_floor(sheet.moments)
    shots = [
        replace(shot, deserted=bool(opening) and not shot.people, light=shot.light or backlit(shot.action))
        for shot in shots
    ]
    light = light_for(sheet.mood, unit.setting)
    told = " ".join(beat.text for beat in unit.beats if isinstance(beat, Happening))
    if unit.other_end is not None:
        shots = split_talk(shots, unit.other_end, phone)
    if practicals := practicals_in(told, unit.setting.interior is not False):
        light = replace(light or Light(), practicals=practicals)
    return Scene(
        heading=unit.heading,
        number=unit.setting.number,
        place=unit.setting.place,
        hour=unit.setting.hour,
        weather=unit.setting.weather,
        light=light,
        mood=sheet.mood,
        people=opening,
        crowds=crowds,
        shots=tuple(shots),
        page_eighths=unit.eighths,
        source=unit.span,
    )


def _with_crowds(unit: Unit, cast: Cast, shots: Sequence[Shot]) -> tuple[tuple[Crowd, ...], list[Shot]]:
    """The crowds that are there as a scene opens, and its shots with those that come later."""
    there: dict[str, Crowd] = {}
    opening: dict[str, Crowd] = {}
    told = 0
    changes: list[tuple[Happening, tuple[Crowd, ...]]] = []
    for beat in unit.beats:
        if not isinstance(beat, Happening):
            continue
        found: dict[str, Crowd] = {crowd.what: crowd for crowd in crowds_in(beat.text, cast)}
        if told < _OPENING_BEATS:
            opening = {**found, **opening}
            there = {**opening, **{what: _in_place(crowd, opening.get(what)) for what, crowd in found.items()}}
        elif found:
            there = {**there, **{what: _in_place(crowd, there.get(what)) for what, crowd in found.items()}}
        if tuple(there.values()) != tuple(opening.values()) and found:
            changes.append((beat, tuple(there.values())))
        told += 1
    out: list[Shot] = []
    now: tuple[Crowd, ...] | None = None
    for shot in shots:
        while changes and (changes[0][0].text in shot.action or changes[0][0].span.line < starts(shot)):
            now = changes.pop(0)[1]
        out.append(shot if now is None else replace(shot, crowds=now))
    return tuple(opening.values()), out


def _in_place(crowd: Crowd, before: Crowd | None) -> Crowd:
    """A crowd where it was, when the text only says what it does now: who cheers is still before the stage."""
    return crowd if before is None or crowd.where != "behind" else replace(crowd, where=before.where)


def starts(shot: Shot) -> int:
    """The first script line of a shot, 0 when it has none."""
    return min((span.line for span in shot.source), default=0)
