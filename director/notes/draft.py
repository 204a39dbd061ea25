"""A storyboard under the pencil: every scene and shot with its id, and what is known of each when all is filled in.

Looks things up and replaces them; never judges what a change is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from shots.defaults import complete
from shots.errors import NoteError
from shots.ids import fold, unknown
from shots.spec import LOOKS, Presence, Scene, Shot, Storyboard
from shots.timing import ShotTiming, time_shots

__all__ = ["Draft", "unknown_name"]


@dataclass(frozen=True)
class Draft:
    """`board` has all its ids written."""

    board: Storyboard

    @cached_property
    def whole(self) -> Storyboard:
        """The storyboard with everything that is left out filled in."""
        return complete(self.board)

    @cached_property
    def timings(self) -> dict[str, ShotTiming]:
        """How long each shot lasts, its words estimated."""
        return time_shots(self.whole, {})

    def shot_id(self, name: str) -> str:
        """The id that is meant; case does not matter. Raises NoteError that names the nearest."""
        return _meant("shot", name, [shot.id or "" for shot in self.board.shots()])

    def shot(self, name: str) -> Shot:
        """A shot as it is written."""
        return _only(self.board, self.shot_id(name))[1]

    def scene_of(self, name: str) -> Scene:
        """The scene of a shot as it is written."""
        return _only(self.board, self.shot_id(name))[0]

    def filled(self, name: str) -> Shot:
        """A shot with everything filled in."""
        return _only(self.whole, self.shot_id(name))[1]

    def floor(self, name: str) -> tuple[Presence, ...]:
        """Who is on the floor in a shot."""
        scene, shot = _only(self.whole, self.shot_id(name))
        return scene.floor(shot)

    def scene(self, name: str) -> Scene | None:
        """The scene of an id or printed number as it is written, None when there is none."""
        scenes = self.board.scenes
        return next((s for s in scenes if fold(s.id or "") == fold(name)), None) or next(
            (s for s in scenes if s.number is not None and fold(s.number) == fold(name)), None
        )

    def character(self, name: str) -> str:
        """The id of a member of the cast, by id, name or alias. Raises NoteError."""
        for one in self.whole.cast:
            if fold(name) in {fold(called) for called in (one.id, one.name or one.id, *one.aliases)}:
                return one.id
        return _meant("character", name, [one.id for one in self.whole.cast])

    def thing(self, name: str, also: Iterable[str] = ()) -> str:
        """The id of a character or prop, or one of `also`. Raises NoteError."""
        known = [*also, *(one.id for one in self.whole.cast), *(one.id for one in self.whole.props)]
        if fold(name) in {fold(one) for one in known}:
            return _meant("character or prop", name, known)
        try:
            return self.character(name)
        except NoteError:
            return _meant("character or prop", name, known)

    def seen(self, name: str) -> str:
        """What can be looked at."""
        return self.thing(name, LOOKS)

    def prop(self, name: str) -> str:
        """The id of a prop. Raises NoteError."""
        return _meant("prop", name, [prop.id for prop in self.whole.props])

    def with_shot(self, name: str, change: Callable[[Shot], Shot]) -> Draft:
        """The draft with one shot changed."""
        wanted = self.shot_id(name)
        scene = self.scene_of(wanted)
        shots = tuple(change(shot) if shot.id == wanted else shot for shot in scene.shots)
        return self.with_scene(replace(scene, shots=shots))

    def with_scene(self, scene: Scene) -> Draft:
        """The draft with one scene, known by its id, put in the place of the old one."""
        scenes = tuple(scene if one.id == scene.id else one for one in self.board.scenes)
        return replace(self, board=replace(self.board, scenes=scenes))


def _only(board: Storyboard, shot_id: str) -> tuple[Scene, Shot]:
    return next((scene, shot) for scene in board.scenes for shot in scene.shots if shot.id == shot_id)


def unknown_name(kind: str, name: str, names: Iterable[str]) -> NoteError:
    """The error for a name that is none, fit to be printed, with the nearest one or some that there are."""
    known = [one for one in names if one]
    shown = name if len(name) <= 80 and name.isprintable() else ascii(name[:40]).strip("'")
    near = unknown(kind, shown, tuple(known))
    here = "" if near.endswith("?") or not known else f": {', '.join(known[:6])}{' ...' * (len(known) > 6)}"
    return NoteError(f"There is {near}{'' if near.endswith('?') else '.'} Fix: name one that there is{here}.")


def _meant(kind: str, name: str, names: list[str]) -> str:
    if name in names:
        return name
    found = next((one for one in names if fold(one) == fold(name)), None)
    if found is None:
        raise unknown_name(kind, name, names)
    return found
