"""The storyboard with one shot changed, at the cost of that shot's scene: what makes trying something out quick.

A change of one shot concerns its scene alone, unless somebody or something is named that the scene did not name: then
cast and props may be others, and everything is filled in anew. Both ways give the same storyboard. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from director.reshoot.changes import Changes, changed
from shots.defaults import complete, with_ids
from shots.spec import Scene, Shot, Storyboard

__all__ = ["Tried", "tried"]


@dataclass(frozen=True)
class Tried:
    """`asked` is the shot as it would be written, `whole` the storyboard with everything filled in; the shot stands in
    the scene at `place`. `alone` says that no other scene is concerned, and that nothing new is named.
    """

    asked: Shot
    whole: Storyboard
    place: int
    alone: bool


def tried(written: Storyboard, whole: Storyboard, shot: str, changes: Changes) -> Tried:
    """What becomes of a storyboard, as it is `written` and as a `whole`, by changes to one of its shots.

    Raises:
        NoteError: the shot cannot be so.
    """
    place = next(n for n, scene in enumerate(whole.scenes) if any(one.id == shot for one in scene.shots))
    was = whole.scenes[place]
    named = _named(written.scenes[place], was)
    small = replace(written, cast=whole.cast, props=whole.props, places=whole.places, scenes=(named,))
    done = changed(small, shot, changes)
    filled = complete(done)
    now = filled.scenes[0]
    if changes.references is None and _mentioned(now) == _mentioned(was):
        scenes = (*whole.scenes[:place], was if now == was else now, *whole.scenes[place + 1 :])
        return Tried(_only(done, shot), replace(whole, scenes=scenes), place, alone=True)
    board = changed(written, shot, changes)
    asked = _only(replace(board, scenes=with_ids(board.scenes)), shot)
    return Tried(asked, complete(board), place, alone=False)


def _named(written: Scene, whole: Scene) -> Scene:
    """A scene as it is written, with the ids, the place, the hour and the weather that it has in its film."""
    shots = written.shots or (Shot(coverage="establishing"),)
    ids = [shot.id for shot in whole.shots]
    return replace(
        written,
        id=whole.id,
        place=whole.place,
        hour=whole.hour,
        weather=whole.weather,
        shots=tuple(replace(shot, id=name) for shot, name in zip(shots, ids, strict=True)),
    )


def _only(board: Storyboard, shot: str) -> Shot:
    return next(one for one in board.shots() if one.id == shot)


def _mentioned(scene: Scene) -> frozenset[str]:
    """Every character and prop that a scene makes part of its film."""
    people = [*scene.people, *(person for shot in scene.shots for person in shot.people)]
    names = [name for person in people for name in (person.character, *person.holds)]
    for shot in scene.shots:
        names += [line.character for line in shot.lines]
        names += [*shot.subjects, *(placed.prop for placed in shot.props)]
        names += [name for name in (shot.over, shot.pov_of, shot.insert_of) if name is not None]
    return frozenset(names)
