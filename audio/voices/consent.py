"""Consent and licence of voices that are a person's own: recorded, or cloned from a recording.

Without both, such a voice is refused in one sentence; with them they go into the receipt beside each clip and
into the film's report. Nothing here judges whether what is written is true.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from audio.errors import SoundError
from audio.speech import Consent, Origin, SpokenLine

__all__ = ["WrittenConsent", "consented", "provenance"]

_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class WrittenConsent(BaseModel):
    """A consent as a YAML file has it: `{by: Anna Ek, date: 2026-05-01, scope: this film}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: _Said
    date: datetime.date
    scope: _Said

    def plain(self) -> Consent:
        """The consent as data."""
        return Consent(by=self.by, date=self.date.isoformat(), scope=self.scope)


def consented(where: str, person: str, consent: WrittenConsent | None, licence: str) -> Consent:
    """Returns the consent that a recorded or cloned voice has.

    Raises:
        SoundError: there is no consent, or no licence.
    """
    if consent is None or not licence.strip():
        lacks = "no consent" if consent is None else "no licence"
        raise SoundError(
            f"{where}: the voice of {person or 'a person'} has {lacks}. Fix: with their agreement write "
            "`consent: {by: NAME, date: YYYY-MM-DD, scope: WHAT FOR}` and `licence: TERMS`, or take another voice."
        )
    return consent.plain()


def provenance(spoken: Mapping[str, SpokenLine]) -> tuple[str, ...]:
    """Returns a sentence for each origin of a film's lines, in the order they are first heard; `spoken` by line id."""
    of: dict[tuple[Origin, str], list[str]] = {}
    for line, sound in spoken.items():
        if sound.origin is not None:
            voice = sound.voice if sound.origin.kind == "cloned" else ""
            of.setdefault((sound.origin, voice), []).append(line)
    return tuple(_sentence(origin, voice, lines) for (origin, voice), lines in of.items())


def _sentence(origin: Origin, voice: str, lines: list[str]) -> str:
    count = "1 line" if len(lines) == 1 else f"{len(lines)} lines"
    which = f"{count} ({', '.join(lines[:6])}{', …' if len(lines) > 6 else ''})"
    made = {
        "synthetic": f"{which}: synthetic voices of {origin.engine}",
        "cloned": f"{which}: a synthetic voice like {origin.person}'s ({voice} of {origin.engine})",
        "recorded": f"{which}: recorded by {origin.person}",
    }[origin.kind]
    if origin.consent is not None:
        made += f", who agreed ({origin.consent.by}, {origin.consent.date}) to: {origin.consent.scope}"
    return made + (f"; licence: {origin.licence}." if origin.licence else ".")
