"""The offline director: a script becomes a storyboard by rules alone, the same one every time.

Breakdown (`rules.cast`, `rules.places`, `rules.props`), staging (`rules.floor`), coverage (`rules.coverage`),
sizes and transitions; then `shots.defaults` fills looks and names. No network, no model, no clock, no chance
but the seed's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from director.rules.beats import Way
from director.rules.cast import Cast, find_cast
from director.rules.places import PlaceBook, Setting
from director.rules.props import PropBook
from director.rules.scenes import ReadScene, read_scene, starts
from director.rules.sizes import settle
from director.rules.split import with_scenes
from director.rules.story import Story
from director.rules.text import language_of, plain
from director.rules.transitions import between, written
from director.rules.units import units_of
from director.script import Script
from director.supervisor.supervise import supervise
from shots.defaults import complete
from shots.errors import ScriptError
from shots.spec import Place, Prop, Scene, Shot, Storyboard, Transition
from shots.unswept import unswept

__all__ = ["ReadFilm", "cut_together", "direct", "direct_told", "read_film"]

_FILMED = frozenset({"scene", "action", "character", "dialogue", "lyrics", "centered"})


@dataclass(frozen=True)
class ReadFilm:
    """A script as the rules read it, before anything is decided for the film as a whole."""

    script: Script
    seed: int
    language: str
    cast: Cast
    places: tuple[Place, ...]
    props: tuple[Prop, ...]
    scenes: tuple[ReadScene, ...]


def direct(script: Script, *, seed: int = 0) -> Storyboard:
    """Breaks `script` down and covers it in shots; the same script and seed give the same storyboard.

    Raises:
        ScriptError: there is nothing to film: no scene heading, action or dialogue.
    """
    return direct_told(script, seed=seed)[0]


@unswept()
def direct_told(script: Script, *, seed: int = 0) -> tuple[Storyboard, tuple[str, ...]]:
    """`direct`, with a sentence for each state that the script supervisor put right.

    Raises:
        ScriptError: there is nothing to film: no scene heading, action or dialogue.
    """
    film = read_film(script, seed=seed)
    return supervise(complete(cut_together(film, [read.scene for read in film.scenes])))


def read_film(script: Script, *, seed: int = 0) -> ReadFilm:
    """Reads a script: its cast, places and props, and every scene played on its floor and covered by the rules.

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
    units = units_of(script, cast, props, places)
    story = Story(cast, props)
    scenes: list[ReadScene] = []
    for number, unit in enumerate(units):
        mood = scenes[-1].sheet.mood if scenes else None
        scenes.append(read_scene(unit, number, len(units), story, seed, mood))
    return ReadFilm(script, seed, language, cast, places.all(), props.all(), tuple(scenes))


def cut_together(film: ReadFilm, scenes: Sequence[Scene], planned: frozenset[int] = frozenset()) -> Storyboard:
    """The storyboard of a film's scenes, one for each that was read: transitions and sizes; still to be completed.

    The scenes of these numbers, from 0, are `planned`: their sizes stand, and how they are entered where they say it.
    """
    scenes = _with_sizes(_with_transitions(scenes, film.scenes, planned), planned)
    return Storyboard(
        title=film.script.title,
        credit=_credit(film.script),
        language=film.language,
        seed=film.seed,
        cast=tuple(character for character in film.cast.characters if _appears(character.id, scenes)),
        places=film.places,
        props=tuple(prop for prop in film.props if _used(prop.id, scenes)),
        scenes=with_scenes([scene for scene in scenes if scene.shots]),
    )


def _with_transitions(scenes: Sequence[Scene], read: Sequence[ReadScene], planned: frozenset[int]) -> list[Scene]:
    """Every written transition stands on the shot that it leads to; between scenes one is chosen where none is."""
    lists = [list(scene.shots) for scene in scenes]
    chosen: dict[tuple[int, int], Transition] = {}
    before: Setting | None = None
    for number, scene in enumerate(read):
        if lists[number]:
            asked = lists[number][0].transition if number in planned else Transition()
            chosen[number, 0] = (
                asked if asked != Transition() else between(before, scene.unit.setting, scenes[number].mood)
            )
            before = scene.unit.setting
    for number, scene in enumerate(read):
        for beat in scene.unit.beats:
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
    here = next((order for order, shot in enumerate(lists[number]) if starts(shot) > way.span.line), None)
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


def _with_sizes(scenes: Sequence[Scene], planned: frozenset[int]) -> list[Scene]:
    stands = [number in planned for number, scene in enumerate(scenes) for _ in scene.shots]
    settled = iter(settle([shot for scene in scenes for shot in scene.shots], stands))
    return [replace(scene, shots=tuple(next(settled) for _ in scene.shots)) for scene in scenes]


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
