"""What coverage knows of a scene while it plans it, and the few things every shot is made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from director.rules.cast import Cast
from director.rules.floor import AnyMoment
from director.rules.pacing import Mood
from director.rules.places import Setting
from director.rules.text import chance
from shots.source import SourceSpan
from shots.spec import Act, Presence

__all__ = ["SceneSheet", "Talk", "acts_of", "looking", "still", "together"]


@dataclass
class Talk:
    """How a scene's conversation stands: who spoke, what was shown last, when reactions and two-shots were."""

    count: int  # speeches in the whole scene
    spoken: int = 0
    since_reaction: int = 2
    since_wide: int = 3
    speakers: list[str] = field(default_factory=list)  # the latest first
    met: set[str] = field(default_factory=set)  # who has been seen or heard of so far


@dataclass
class SceneSheet:
    """One scene on the director's desk. `seed` and `number` make its chances its own."""

    cast: Cast
    setting: Setting
    mood: Mood
    moments: Sequence[AnyMoment]
    seed: int
    number: int
    heading: SourceSpan | None
    kinds: dict[str, str]  # prop id → kind
    talk: Talk
    first: bool = False
    last: bool = False
    montage: bool = False
    moved: int = 0  # shots with a camera move so far

    def chance(self, *parts: str | int) -> float:
        """A stable number from 0 to 1 for this scene and `parts`."""
        return chance(self.seed, self.number, *parts)

    def name(self, who: str) -> str:
        """A character's or thing's name as a reader writes it."""
        if who in self.kinds:
            owner, mark, thing = who.rpartition("'S ")
            return f"{owner.title()}'s {thing.lower()}" if mark else f"the {thing.lower()}" if who.isascii() else who
        character = self.cast[who]
        name = character.name or who.title()
        return f"the {name.lower()}" if character.species != "person" and who in ("DOG", "CAT", "PUPPY") else name

    def listens(self, who: str) -> str:
        """The action of somebody who takes in what was said."""
        name = self.name(who)
        return f"{name}听着。" if self.cast.language == "zh" else f"{name[:1].upper()}{name[1:]} takes it in."

    def seen(self, what: str) -> str:
        """The action of a shot that only shows `what`."""
        name = self.name(what)
        return f"{name}。" if not name.isascii() else f"{name[:1].upper()}{name[1:]}."

    def on_phone(self, speaker: str) -> bool:
        """Whether `speaker` is away and somebody here telephones in this scene."""
        return not any(moment.present(speaker) for moment in self.moments) and any(
            presence.act == "phone" for moment in self.moments for presence in moment.floor
        )


def still(floor: Sequence[Presence]) -> tuple[Presence, ...]:
    """The floor as it stands when nobody does anything: no acts, nobody comes or goes."""
    return tuple(
        p if p.act == "none" and p.enters is None else replace(p, act="none", enters=None)
        for p in floor
        if p.exits is None
    )


def looking(floor: Sequence[Presence], speaker: str, listener: str | None) -> tuple[Presence, ...]:
    """The floor with eyes where they belong in a talk: on the speaker, the speaker's on the listener."""
    out: list[Presence] = []
    for presence in floor:
        at = listener if presence.character == speaker else speaker
        at = at if at != presence.character and "asleep" not in presence.state else None
        out.append(presence if presence.looks_at == at else replace(presence, looks_at=at))
    return tuple(out)


def acts_of(floor: Sequence[Presence]) -> tuple[Act, ...]:
    """The acts that are played on a floor."""
    return tuple(presence.act for presence in floor if presence.act != "none")


def together(floors: Sequence[Sequence[Presence]]) -> tuple[Presence, ...]:
    """The floor of moments that share a shot: the state of the last, the first thing that each one does."""
    floor = {p.character: p for p in floors[0]}
    for later in floors[1:]:
        for presence in later:
            first = floor.get(presence.character)
            if first is None:
                floor[presence.character] = presence
            elif first.act == "none":
                looks_at = presence.looks_at or first.looks_at
                floor[presence.character] = replace(presence, enters=first.enters, looks_at=looks_at)
            else:
                floor[presence.character] = replace(first, exits=presence.exits, holds=presence.holds)
    return tuple(floor.values())
