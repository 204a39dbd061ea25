"""The offline director: a script becomes a storyboard by rules alone, the same one every time.

Breakdown (`rules.cast`, `rules.places`, `rules.props`), staging (`rules.floor`), coverage (`rules.coverage`),
sizes and transitions; then `shots.defaults` fills looks and names. No network, no model, no clock, no chance
but the seed's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from director.rules.beats import Beat, Caption, Speech, Way, is_intercut, is_montage, is_split, read_beats
from director.rules.cast import Cast, find_cast
from director.rules.coverage import cover
from director.rules.crowds import crowds_in
from director.rules.floor import opening_floor, play
from director.rules.lights import backlit, practicals_in
from director.rules.pacing import Mood, light_for, mood_of
from director.rules.places import PlaceBook, Setting
from director.rules.props import PropBook
from director.rules.reading import Happening, Reader
from director.rules.sheet import SceneSheet, Talk
from director.rules.sizes import settle
from director.rules.split import OtherEnd, at_both_ends, split_talk, with_scenes
from director.rules.story import Story
from director.rules.text import language_of, plain
from director.rules.transitions import between, written
from director.script import Scene as ScriptScene
from director.script import Script
from shots.defaults import complete
from shots.errors import ScriptError
from shots.source import SourceSpan
from shots.spec import Crowd, Light, Scene, Shot, Storyboard, Transition

__all__ = ["direct"]

_OPENING_BEATS = 3  # sentences: who is told of in them is there from the start
_FILMED = frozenset({"scene", "action", "character", "dialogue", "lyrics", "centered"})


@dataclass
class _Unit:
    """A scene of the film to be: a script's scene, or one side of an intercut."""

    heading: str
    span: SourceSpan | None
    setting: Setting
    beats: list[Beat]
    eighths: int | None
    montage: bool
    talk: Talk
    other_end: OtherEnd | None = None  # of a call on a split screen


def direct(script: Script, *, seed: int = 0) -> Storyboard:
    """Breaks `script` down and covers it in shots; the same script and seed give the same storyboard.

    Raises:
        ScriptError: there is nothing to film: no scene heading, action or dialogue.
    """
    texts = [element.text for element in script.elements if element.kind in ("action", "dialogue", "character")]
    if not any(element.kind in _FILMED and plain(element.text) for element in script.elements):
        raise ScriptError(
            f"{script.file} has nothing to film: no scene heading, action or dialogue. "
            "Fix: begin a scene with a line such as INT. KITCHEN - NIGHT."
        )
    language = language_of(texts)
    cast = find_cast(script, language)
    props = PropBook()
    places = PlaceBook()
    units = _units(script, cast, props, places)
    story = Story(cast, props)
    scenes: list[Scene] = []
    for number, unit in enumerate(units):
        scenes.append(_film(unit, number, len(units), story, seed, scenes[-1].mood if scenes else None))
    scenes = _with_sizes(_with_transitions(scenes, units))
    storyboard = Storyboard(
        title=script.title,
        credit=_credit(script),
        language=language,
        seed=seed,
        cast=tuple(character for character in cast.characters if _appears(character.id, scenes)),
        places=places.all(),
        props=tuple(prop for prop in props.all() if _used(prop.id, scenes)),
        scenes=with_scenes([scene for scene in scenes if scene.shots]),
    )
    return complete(storyboard)


def _units(script: Script, cast: Cast, props: PropBook, places: PlaceBook) -> list[_Unit]:
    """The scenes to film in order; what stands before the first heading joins the first scene when it plays nothing."""
    reader = Reader(cast, props)
    homes: dict[str, str] = {}
    units: list[_Unit] = []
    prologue: list[Beat] = []
    settings: dict[str, Setting] = {}
    intercut = 0
    for scene in script.scenes():
        reader.forget()
        present: list[str] = []
        beats = read_beats(script, scene.elements, cast, reader, present)
        told = [beat.text for beat in beats if isinstance(beat, Happening)]
        if scene.heading is None and not present and not any(isinstance(beat, Speech) for beat in beats):
            prologue = [Caption(b.text, b.span) if isinstance(b, Happening) else b for b in beats]
            continue
        heading = plain(scene.heading.text) if scene.heading else None
        number = scene.heading.scene_number if scene.heading else None
        setting = places.enter(heading, number, " ".join(told), " ".join(told[:2]))
        unit = _Unit(
            heading=heading or "SOMEWHERE",
            span=script.span(scene.heading) if scene.heading else None,
            setting=setting,
            beats=[*prologue, *beats],
            eighths=_eighths(scene),
            montage=is_montage(heading or "") or any(isinstance(b, Caption) and is_montage(b.text) for b in beats[:2]),
            talk=Talk(sum(isinstance(beat, Speech) for beat in beats)),
        )
        prologue = []
        intercut = max(0, intercut - 1)
        opened = any(isinstance(beat, Way | Caption) and is_intercut(beat.text) for beat in beats)
        settings.setdefault(setting.place, setting)
        if any(isinstance(beat, Way | Caption) and is_split(beat.text) for beat in beats):
            unit.beats, unit.other_end = at_both_ends(unit.beats, setting.place, homes)
            present = [who for who in present if unit.other_end is None or who != unit.other_end.who]
        parts = _sides(unit, homes, settings, begun=intercut > 0) if intercut or opened else [unit]
        units.extend(parts)
        if len(parts) == 1:
            homes.update(dict.fromkeys(present, setting.place))
        if opened:
            last = next((b for b in reversed(beats) if not isinstance(b, Way) or is_intercut(b.text)), None)
            intercut = 2 if isinstance(last, Way | Caption) and is_intercut(last.text) else 0
    if prologue:
        setting = places.enter(None, None, "", "")
        units.append(_Unit("SOMEWHERE", None, setting, prologue, None, False, Talk(0)))
    return units


def _sides(unit: _Unit, homes: dict[str, str], settings: dict[str, Setting], *, begun: bool) -> list[_Unit]:
    """A telephone scene cut to and fro: its beats in order, each where its speaker is, once it has `begun`."""
    here = unit.setting.place
    parts: list[tuple[str, list[Beat]]] = [(here, [])]
    for beat in unit.beats:
        where = parts[-1][0]
        begun = begun or (isinstance(beat, Way | Caption) and is_intercut(beat.text))
        if not begun:
            parts[-1][1].append(beat)
            continue
        if isinstance(beat, Speech) and beat.heard in ("on_screen", "phone"):
            where = homes.get(beat.speakers[0], here)
            beat = replace(beat, heard="on_screen", phone=True)
        elif isinstance(beat, Happening) and beat.named:
            where = homes.get(beat.named[0], here)
        if where == parts[-1][0] or where not in settings:
            parts[-1][1].append(beat)
        elif parts[-1][1]:
            parts.append((where, [beat]))
        else:
            parts[-1] = (where, [beat])
    units: list[_Unit] = []
    for number, (place, beats) in enumerate(parts):
        setting = unit.setting if place == here else settings[place]
        if number or place != here:
            setting = replace(setting, new=False, continuous=True, later=False, number=None)
        heading = unit.heading if place == here else f"{'INT.' if setting.interior else 'EXT.'} {place} - CONTINUOUS"
        units.append(
            replace(unit, heading=heading, setting=setting, beats=beats, eighths=unit.eighths if not number else None)
        )
    return units


def _film(unit: _Unit, number: int, count: int, story: Story, seed: int, before: Mood | None) -> Scene:
    """One scene in shots that still want their sizes."""
    moments = play(unit.beats, unit.setting, story)
    mood = mood_of(unit.beats, unit.setting, before)
    sheet = SceneSheet(
        cast=story.cast,
        setting=unit.setting,
        mood=mood,
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
    crowds, shots = _with_crowds(unit, story.cast, cover(sheet))
    opening = opening_floor(moments)
    shots = [
        replace(shot, deserted=bool(opening) and not shot.people, light=shot.light or backlit(shot.action))
        for shot in shots
    ]
    light = light_for(mood, unit.setting)
    told = " ".join(beat.text for beat in unit.beats if isinstance(beat, Happening))
    if unit.other_end is not None:
        phone = story.props.owned("phone", unit.other_end.who)
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
        mood=mood,
        people=opening,
        crowds=crowds,
        shots=tuple(shots),
        page_eighths=unit.eighths,
        source=unit.span,
    )


def _with_crowds(unit: _Unit, cast: Cast, shots: list[Shot]) -> tuple[tuple[Crowd, ...], list[Shot]]:
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
        while changes and (changes[0][0].text in shot.action or changes[0][0].span.line < _starts(shot)):
            now = changes.pop(0)[1]
        out.append(shot if now is None else replace(shot, crowds=now))
    return tuple(opening.values()), out


def _in_place(crowd: Crowd, before: Crowd | None) -> Crowd:
    """A crowd where it was, when the text only says what it does now: who cheers is still before the stage."""
    return crowd if before is None or crowd.where != "behind" else replace(crowd, where=before.where)


def _with_transitions(scenes: list[Scene], units: Sequence[_Unit]) -> list[Scene]:
    """Every written transition stands on the shot that it leads to; between scenes one is chosen where none is."""
    lists = [list(scene.shots) for scene in scenes]
    chosen: dict[tuple[int, int], Transition] = {}
    before: Setting | None = None
    for number, unit in enumerate(units):
        if lists[number]:
            chosen[number, 0] = between(before, unit.setting, scenes[number].mood)
            before = unit.setting
    for number, unit in enumerate(units):
        for beat in unit.beats:
            if isinstance(beat, Way):
                _place_way(beat, number, lists, chosen)
    return [
        replace(
            scene,
            shots=tuple(
                replace(shot, transition=chosen[number, order]) if (number, order) in chosen else shot
                for order, shot in enumerate(lists[number])
            ),
        )
        for number, scene in enumerate(scenes)
    ]


def _place_way(way: Way, number: int, lists: list[list[Shot]], chosen: dict[tuple[int, int], Transition]) -> None:
    here = next((order for order, shot in enumerate(lists[number]) if _starts(shot) > way.span.line), None)
    later = next((other for other in range(number + 1, len(lists)) if lists[other]), None)
    target = (number, here) if here is not None else (later, 0) if later is not None else None
    if target is None:
        ending = next((shots for shots in reversed(lists) if shots), None)
        if ending is not None:
            last = ending[-1]
            ending[-1] = replace(last, note=f"{last.note}\n{way.text}".strip(), source=(*last.source, way.span))
        return
    transition = written(way.text)
    if transition is not None and not (
        transition.kind == "fade_in" and chosen.get(target, Transition()).kind == "fade_through_black"
    ):
        chosen[target] = transition
    shot = lists[target[0]][target[1]]
    lists[target[0]][target[1]] = replace(shot, source=(way.span, *shot.source))


def _starts(shot: Shot) -> int:
    return min((span.line for span in shot.source), default=0)


def _with_sizes(scenes: list[Scene]) -> list[Scene]:
    settled = iter(settle([shot for scene in scenes for shot in scene.shots]))
    return [replace(scene, shots=tuple(next(settled) for _ in scene.shots)) for scene in scenes]


def _eighths(scene: ScriptScene) -> int:
    """A scene's length in eighths of a page of 55 lines, as it would be printed."""
    widths = {"action": 60, "dialogue": 35, "lyrics": 35, "paren": 25}
    lines = 2
    for element in scene.elements:
        if element.kind in ("note", "boneyard", "section", "synopsis", "pagebreak"):
            continue
        width = widths.get(element.kind, 60)
        wide = sum(2 if ord(letter) > 0x2E7F else 1 for letter in element.text)
        lines += max(1, -(-wide // width)) + (element.kind in ("action", "character", "transition", "centered"))
    return max(1, round(lines * 8 / 55))


def _credit(script: Script) -> str:
    page = {
        key.casefold(): " ".join(plain(line) for line in lines if line.strip())
        for key, lines in script.title_page.items()
    }
    author = page.get("author") or page.get("authors") or ""
    credit = page.get("credit") or ("written by" if author else "")
    return re.sub(r"\s+", " ", f"{credit} {author}").strip()


def _appears(who: str, scenes: Sequence[Scene]) -> bool:
    return any(
        any(presence.character == who for presence in shot.people) or any(line.character == who for line in shot.lines)
        for scene in scenes
        for shot in scene.shots
    )


def _used(prop: str, scenes: Sequence[Scene]) -> bool:
    return any(
        shot.insert_of == prop
        or any(placed.prop == prop for placed in shot.props)
        or any(prop in presence.holds or presence.looks_at == prop for presence in shot.people)
        for scene in scenes
        for shot in scene.shots
    )
