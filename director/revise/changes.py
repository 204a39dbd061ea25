"""What a new draft does to a storyboard, as data: which shots and scenes changed, came, went and moved, and why."""

from __future__ import annotations

from dataclasses import dataclass

from shots.spec import Character, Place, Prop, Scene, Storyboard

__all__ = ["Change", "Merged", "SceneChange"]


@dataclass(frozen=True)
class Change:
    """What became of one shot: "changed", "added", "omitted" or "moved", and why, a clause each."""

    kind: str
    shot: str
    why: tuple[str, ...] = ()
    locked: bool = False


@dataclass(frozen=True)
class SceneChange:
    """A scene of the new storyboard, or one that is omitted: what it was, and what became of its shots.

    `old` and `new` are its places among the scenes, from 0; None where it is not there. Of its shots `kept` are as
    they were; they are pictured anew where the scene `plays_anew`, in another place or light.
    """

    scene: str
    heading: str
    old: int | None
    new: int | None
    was: str = ""  # its old heading, where it has another
    moved: bool = False
    why: tuple[str, ...] = ()
    shots: tuple[Change, ...] = ()
    kept: int = 0
    plays_anew: bool = False


@dataclass(frozen=True)
class Merged:
    """The storyboard of the new draft, what changed, and what left the film: scenes, or single shots in theirs."""

    storyboard: Storyboard
    scenes: tuple[SceneChange, ...]
    gone: tuple[Scene, ...] = ()
    gone_people: tuple[Character, ...] = ()
    gone_places: tuple[Place, ...] = ()
    gone_props: tuple[Prop, ...] = ()
    new_people: tuple[str, ...] = ()
    gave_way: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
