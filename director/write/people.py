"""The cast by name while a script is written: one person, one cue, whatever the story calls them.

Knows names and nothing else of anybody; problems are lines for the model to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from director.write.forms import Person
from director.write.fountain_out import Block, tidy
from shots.errors import near_name

__all__ = ["People", "cue_of"]


def cue_of(name: str) -> str:
    """The name as it stands in a cue; empty if nothing of it can."""
    return tidy(Block(kind="speech", text="", who=name)).who


@dataclass(frozen=True)
class People:
    """Everybody who matters, each under the name that their cue carries."""

    persons: tuple[Person, ...]

    def cue(self, name: str) -> str | None:
        """The cue of a person under any of their names, None for nobody."""
        wanted = cue_of(name)
        return next(
            (cue_of(person.name) for person in self.persons if wanted in map(cue_of, (person.name, *person.also))), None
        )

    def problems(self) -> list[str]:
        """Names that cannot stand in a cue, and names that two people share."""
        found: list[str] = []
        owners: dict[str, str] = {}
        for person in self.persons:
            for name in (person.name, *person.also):
                cue = cue_of(name)
                if not any(letter.isalnum() for letter in cue):
                    found.append(f"{name!r} is no name that a cue can carry. Give one in letters.")
                elif owners.setdefault(cue, person.name) != person.name:
                    found.append(f"{person.name!r} and {owners[cue]!r} share the name {name!r}. Give each their own.")
        doubles = [person.name for i, person in enumerate(self.persons) if person.name in self.names[:i]]
        return [*found, *(f"{name!r} is in people twice. Give each person once." for name in doubles)]

    @property
    def names(self) -> list[str]:
        """The names that cues carry, in order."""
        return [person.name for person in self.persons]

    def unknown(self, names: Iterable[str], small: Sequence[str] = ()) -> list[str]:
        """A line for each of `names` that is nobody's, `small` parts apart; with the name that was likely meant."""
        allowed = {cue_of(name) for name in small}
        found = []
        for name in dict.fromkeys(names):
            if self.cue(name) is None and cue_of(name) not in allowed:
                known = [*self.names, *small]
                found.append(f"{name!r} is nobody in the cast{near_name(name, known)}. The cast: {', '.join(known)}.")
        return found

    def misspelt(self, names: Iterable[str]) -> list[str]:
        """A line for each of `names` that is nobody's but nearly somebody's, so that it is no small part."""
        return [
            f"{name!r} is nobody in the cast{near}. Use one name for one person, or name both in people or also."
            for name in dict.fromkeys(names)
            if self.cue(name) is None and (near := near_name(name, self.names))
        ]

    def told(self, names: Iterable[str] = ()) -> str:
        """A line each of those named, of all without names: for a prompt."""
        cues = {self.cue(name) for name in names} - {None}
        chosen = [person for person in self.persons if not cues or cue_of(person.name) in cues]
        return "\n".join(
            f"{' / '.join((person.name, *person.also))}: {person.who}"
            f"{f' Wants: {person.wants}' if person.wants else ''} Voice: {person.voice}"
            for person in chosen
        )
