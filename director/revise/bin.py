"""What a new draft takes out of the film lies in a bin beside it, a storyboard of its own, and can be brought back.

Nothing is ever taken out of the bin. What comes back has no lines in the script any more, so that no later draft takes
it for one of its own: it stays until a person takes it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from director.notes.draft import unknown_name
from director.revise.changes import Merged
from shots.defaults import with_ids
from shots.errors import NoteError
from shots.ids import fold
from shots.spec import Character, Place, Prop, Scene, Shot, Storyboard
from shots.storyboard import load, save

__all__ = ["binned", "brought_back", "ids_in", "put_in"]

_Known = TypeVar("_Known", Character, Place, Prop)


def binned(file: Path) -> Storyboard:
    """What lies in the bin, nothing where there is none.

    Raises:
        StoryboardError: it cannot be read.
    """
    return load(file) if file.exists() else Storyboard(title="Bin")


def ids_in(bin_: Storyboard) -> frozenset[str]:
    """The ids of the scenes and shots in a bin."""
    return frozenset({s.id or "" for s in bin_.scenes} | {s.id or "" for s in bin_.shots()})


def put_in(file: Path, ours: Storyboard, merged: Merged) -> None:
    """Puts what left the film into its bin; a shot that lay there already is as it was last.

    Raises:
        StoryboardError: the bin cannot be read or written.
    """
    if not merged.gone:
        return
    before = binned(file)
    cast = {p.character for s in merged.gone for shot in s.shots for p in shot.people}
    cast |= {line.character for s in merged.gone for shot in s.shots for line in shot.lines}
    places = {scene.place for scene in merged.gone}
    after = replace(
        before,
        title=f"{ours.title}: what left the film",
        cast=_known(before.cast, [*merged.gone_people, *(one for one in ours.cast if one.id in cast)]),
        places=_known(before.places, [*merged.gone_places, *(one for one in ours.places if one.id in places)]),
        props=_known(before.props, merged.gone_props),
        scenes=_with(before.scenes, merged.gone),
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    save(after, file)


def brought_back(ours: Storyboard, bin_: Storyboard, name: str) -> Storyboard:
    """A storyboard with a shot or scene from the bin where it stood, by its id.

    Raises:
        NoteError: there is none in the bin, or it is in the film, or the scene of a shot is not.
    """
    named = replace(ours, scenes=with_ids(ours.scenes))
    if fold(name) in {fold(one) for one in ids_in(named)}:
        raise NoteError(f"{name} is in the film. Fix: name something that lies in the bin.")
    whole = next((scene for scene in bin_.scenes if fold(scene.id or "") == fold(name)), None)
    if whole is not None:
        there = {shot.id for shot in named.shots()}
        shots = tuple(_freed(shot) for shot in whole.shots if shot.id not in there)
        scene = replace(whole, source=None, shots=shots)
        scenes = list(named.scenes)
        scenes.insert(_place([one.id or "" for one in scenes], whole.id or ""), scene)
        return _with_known(replace(named, scenes=tuple(scenes)), bin_)
    for gone in bin_.scenes:
        shot = next((one for one in gone.shots if fold(one.id or "") == fold(name)), None)
        if shot is None:
            continue
        home = next((n for n, one in enumerate(named.scenes) if one.id == gone.id), None)
        if home is None:
            raise NoteError(
                f"{shot.id} has no scene to stand in: {gone.id} is in the bin, too. Fix: bring {gone.id} back."
            )
        scene = named.scenes[home]
        among = list(scene.shots)
        among.insert(_place([one.id or "" for one in among], shot.id or ""), _freed(shot))
        scenes = [*named.scenes[:home], replace(scene, shots=tuple(among)), *named.scenes[home + 1 :]]
        return _with_known(replace(named, scenes=tuple(scenes)), bin_)
    raise unknown_name("shot or scene in the bin", name, sorted(ids_in(bin_)))


def _freed(shot: Shot) -> Shot:
    """A shot without its lines in a script that does not have them."""
    return replace(shot, source=(), lines=tuple(replace(line, source=None) for line in shot.lines))


def _with_known(board: Storyboard, bin_: Storyboard) -> Storyboard:
    people = [p for s in board.scenes for p in (*s.people, *(p for shot in s.shots for p in shot.people))]
    named = {p.character for p in people} | {line.character for shot in board.shots() for line in shot.lines}
    held = {one for p in people for one in p.holds} | {p.prop for s in board.shots() for p in s.props}
    held |= {shot.insert_of for shot in board.shots() if shot.insert_of}
    places = {scene.place for scene in board.scenes}
    return replace(
        board,
        cast=_known(board.cast, [one for one in bin_.cast if one.id in named]),
        places=_known(board.places, [one for one in bin_.places if one.id in places]),
        props=_known(board.props, [one for one in bin_.props if one.id in held]),
    )


def _known(there: tuple[_Known, ...], more: Iterable[_Known]) -> tuple[_Known, ...]:
    found: dict[str, _Known] = {one.id: one for one in there}
    for one in more:
        found.setdefault(one.id, one)
    return tuple(found.values())


def _with(there: tuple[Scene, ...], gone: tuple[Scene, ...]) -> tuple[Scene, ...]:
    scenes = {scene.id: scene for scene in there}
    for scene in gone:
        shots = {shot.id: shot for shot in scenes.get(scene.id, replace(scene, shots=())).shots}
        shots |= {shot.id: shot for shot in scene.shots}
        order = sorted(shots.values(), key=lambda shot: _slate(shot.id or ""))
        scenes[scene.id] = replace(scene, shots=tuple(order))
    return tuple(sorted(scenes.values(), key=lambda scene: _slate(scene.id or "")))


def _place(standing: list[str], name: str) -> int:
    """Where an id belongs among others, as slates are counted: S2.8, S2.8A, S2.9, S2.10."""
    return max((n + 1 for n, one in enumerate(standing) if _slate(one) < _slate(name)), default=0)


def _slate(name: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.findall(r"\d+|[^\W\d_]+", name)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, fold(part)) for part in parts)
