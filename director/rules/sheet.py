"""What coverage knows of a scene while it plans it, and the few things every shot is made with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from director.rules.cast import Cast
from director.rules.floor import Moment
from director.rules.pacing import Mood
from director.rules.places import Setting
from director.rules.text import chance
from shots.source import SourceSpan
from shots.spec import SIZES, Act, PlacedProp, Presence, Shot, Size

__all__ = ["SceneSheet", "acts_of", "looking", "still", "tighter"]


@dataclass
class SceneSheet:
    """One scene on the director's desk. `seed` and `number` make its chances its own."""

    cast: Cast
    setting: Setting
    mood: Mood
    moments: Sequence[Moment]
    seed: int
    number: int
    heading: SourceSpan | None
    kinds: dict[str, str]  # prop id → kind
    first: bool = False
    last: bool = False
    montage: bool = False
    inserts: list[str] = field(default_factory=list)  # props shown close so far
    moved: int = 0  # shots with a camera move so far

    def chance(self, *parts: str | int) -> float:
        """A stable number from 0 to 1 for this scene and `parts`."""
        return chance(self.seed, self.number, *parts)

    def name(self, who: str) -> str:
        """A character's or thing's name as a reader writes it."""
        if who in self.kinds:
            return f"the {who.lower()}" if "'S " not in who else f"{who.title().replace(chr(39) + 'S', chr(39) + 's')}"
        character = self.cast[who]
        name = character.name or who.title()
        common = character.species != "person" and who in ("DOG", "CAT", "PUPPY", "KITTEN")
        return f"the {name.lower()}" if common else name

    def bodies(self, moment: Moment) -> tuple[str, ...]:
        """Who can be framed during a moment."""
        return tuple(presence.character for presence in moment.floor)


def still(floor: Sequence[Presence]) -> tuple[Presence, ...]:
    """The floor as it stands when nobody does anything: no acts, nobody comes or goes."""
    return tuple(replace(p, act="none", enters=None, exits=None) for p in floor if p.exits is None)


def looking(floor: Sequence[Presence], speaker: str | None, listener: str | None) -> tuple[Presence, ...]:
    """The floor with eyes where they belong in a talk: on the speaker, the speaker's on the listener."""
    if speaker is None:
        return tuple(floor)
    out = []
    for presence in floor:
        at = listener if presence.character == speaker else speaker
        out.append(replace(presence, looks_at=at if at != presence.character else None))
    return tuple(out)


def acts_of(floor: Sequence[Presence]) -> tuple[Act, ...]:
    """The acts that are played on a floor."""
    return tuple(presence.act for presence in floor if presence.act != "none")


def tighter(size: Size, steps: int) -> Size:
    """`size` moved in by `steps` (out when negative), within FS to CU."""
    low, high = SIZES.index("FS"), SIZES.index("CU")
    return SIZES[min(high, max(low, SIZES.index(size) + steps))]


def spans(*moments: Moment) -> tuple[SourceSpan, ...]:
    """The script lines of moments, each once."""
    return tuple(dict.fromkeys(moment.beat.span for moment in moments))


def placed(moment: Moment, shot: Shot) -> tuple[PlacedProp, ...]:
    """The free props of a moment, unless the shot has its own."""
    return shot.props or moment.props
