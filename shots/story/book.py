"""What the ledger is made of: the state of people and things in a shot, changes, clashes, and the book itself.

Records only, and the `Book` in which they are taken down while a film is walked through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from shots.spec import Scene, Shot, Storyboard
from shots.story.times import SceneTime

__all__ = ["HANDS", "Book", "Carried", "Change", "Clash", "Hand", "Ledger", "Mark", "PersonNow", "PropNow", "ShotNow"]

Hand = Literal["right", "left"]
HANDS: tuple[Hand, Hand] = ("right", "left")  # as `holds` is read: the first thing is in the right hand


@dataclass(frozen=True, kw_only=True)
class PersonNow:
    """Somebody in a shot: the state that story time gives them and what is in which hand."""

    character: str
    state: tuple[str, ...]
    holds: tuple[tuple[str, Hand], ...]


@dataclass(frozen=True, kw_only=True)
class PropNow:
    """A thing as a shot leaves it: in whose hand, or at which place it was seen last."""

    prop: str
    state: str
    holder: str | None = None
    hand: Hand | None = None
    place: str | None = None
    seen: bool = True


@dataclass(frozen=True, kw_only=True)
class ShotNow:
    """A shot in story time; `props` holds everything that was ever seen, `people` who is on the floor."""

    shot: str
    scene: str
    people: Mapping[str, PersonNow]
    props: Mapping[str, PropNow]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A state begins (`gained`) or ends with a shot; `why` tells by what."""

    shot: str
    of: str
    state: str
    gained: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A shot that shows `of` without a state it must have (`missing`), or with one that is over.

    `since` is the shot in which the state began, or after which it ended; `sure` when a shot has shown it.
    """

    shot: str
    scene: str
    of: str
    thing: bool
    state: str
    missing: bool
    since: str
    since_scene: str
    why: str
    sure: bool


@dataclass(frozen=True)
class Ledger:
    """A film in story time. Shots, changes and clashes are in the order of the cut."""

    storyboard: Storyboard
    times: Mapping[str, SceneTime]
    shots: tuple[ShotNow, ...]
    changes: tuple[Change, ...]
    clashes: tuple[Clash, ...]

    @cached_property
    def _by_id(self) -> Mapping[str, ShotNow]:
        return {now.shot: now for now in self.shots}

    def at(self, shot: str) -> ShotNow:
        """The state of everything in a shot. Raises KeyError when there is none of this id."""
        return self._by_id[shot]


@dataclass
class Mark:
    """A state that goes on: since which shot of which scene, and at which story hour it was last renewed."""

    shot: str
    scene: str
    at_h: float
    sure: bool
    why: str


@dataclass
class Carried:
    """Everything that one strand of the story carries."""

    wear: dict[str, dict[str, Mark]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)  # a state as it was written
    over: dict[str, dict[str, tuple[Mark, str]]] = field(default_factory=dict)  # ended by time, and why
    excused: dict[str, set[str]] = field(default_factory=dict)  # told to be gone
    things: dict[str, tuple[str, Mark]] = field(default_factory=dict)
    where: dict[str, PropNow] = field(default_factory=dict)


@dataclass
class Book:
    """What has been taken down so far; `now` is what the strand of the story that is being told carries."""

    shots: list[ShotNow] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    now: Carried = field(default_factory=Carried)
    at_h: float = 0.0

    def mark(self, scene: Scene, shot: Shot, why: str, *, sure: bool) -> Mark:
        """A state that begins here."""
        return Mark(shot.id or "", scene.id or "", self.at_h, sure, why)

    def change(self, shot: str | None, of: str, state: str, why: str, *, gained: bool) -> None:
        """Takes down that a state begins or ends."""
        self.changes.append(Change(shot=shot or "", of=of, state=state, gained=gained, why=why))

    def clash(
        self, scene: Scene, shot: Shot, of: str, state: str, mark: Mark, why: str, *, missing: bool, thing: bool
    ) -> None:
        """Takes down that a shot shows something else than it should."""
        self.clashes.append(
            Clash(
                shot=shot.id or "", scene=scene.id or "", of=of, thing=thing, state=state, missing=missing,
                since=mark.shot, since_scene=mark.scene, why=why, sure=mark.sure,
            )
        )  # fmt: skip
