"""The voices that a back end has, and who of a cast gets which.

A `voices.yaml` beside a model, or named for an endpoint, describes what a file of weights does not say:

    voices:
      - {name: amy, gender: female, languages: [en], licence: CC0}
      - name: anna
        cloned: true
        person: Anna Ek
        sample: anna.wav
        sample_text: I never told you where the money was.
        consent: {by: Anna Ek, date: 2026-05-01, scope: this film}
        licence: for this film only

A cloned voice without consent and licence is refused. Where a cast is larger than the roster, voices are given
again at another register: higher or lower and smaller or larger, as another person is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from audio.errors import SoundError
from audio.speech import Consent, Origin, Speaker
from audio.voices.consent import WrittenConsent, consented
from audio.voices.sheet import beside, read_sheet

__all__ = ["SHEET", "Card", "cast_from", "described", "origin_of", "part_of", "read_roster"]

SHEET = "voices.yaml"
_Name = Annotated[str, StringConstraints(pattern=r"^[\w.+ -]{1,80}$")]
_Gender = Literal["female", "male", "unspecified"]
_REGISTERS = (1.0, 1.07, 0.93, 1.14, 0.87)  # of one voice, so that two who share it are told apart
_APART = 1.055  # registers of one voice: nearly a semitone
_CHILD, _YOUTH, _OLD = 1.2, 1.07, 0.95  # how much smaller or larger a speaker than an adult
_KINDS = {"giant": 0.82, "monster": 0.76}


@dataclass(frozen=True, kw_only=True)
class Card:
    """What is known of one voice. No languages: it speaks any."""

    name: str
    gender: _Gender = "unspecified"
    languages: tuple[str, ...] = ()
    licence: str = ""
    cloned: bool = False
    person: str = ""
    consent: Consent | None = None
    sample: Path | None = None
    sample_text: str = ""
    digest: str = ""  # of what makes it sound so, where that is a file of its own

    def speaks(self, language: str) -> bool:
        """Whether it speaks a BCP 47 language, of whatever region."""
        base = _base(language)
        return not self.languages or any(_base(own) == base for own in self.languages)


class _Voice(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: _Name
    gender: _Gender = "unspecified"
    languages: tuple[_Name, ...] = ()
    licence: str = ""
    cloned: bool = False
    person: str = ""
    consent: WrittenConsent | None = None
    sample: str | None = None
    sample_text: str = ""


class _Roster(BaseModel):
    model_config = ConfigDict(extra="forbid")

    voices: tuple[_Voice, ...] = ()


def read_roster(sheet: Path) -> dict[str, Card]:
    """Returns the voices of a `voices.yaml` by name; none where there is no such file.

    Raises:
        SoundError: it cannot be read, or a voice that is cloned or has a sample lacks consent or licence.
    """
    if not sheet.is_file():
        return {}
    cards: dict[str, Card] = {}
    for voice in read_sheet(sheet, _Roster).voices:
        cloned = voice.cloned or voice.sample is not None
        where = f"{sheet}: {voice.name}"
        cards[voice.name] = Card(
            name=voice.name,
            gender=voice.gender,
            languages=voice.languages,
            licence=voice.licence,
            cloned=cloned,
            person=voice.person or (voice.consent.by if voice.consent else ""),
            consent=consented(where, voice.person, voice.consent, voice.licence) if cloned else None,
            sample=beside(sheet, voice.sample) if voice.sample is not None else None,
            sample_text=voice.sample_text,
        )
    return cards


def cast_from(cards: Sequence[Card], speakers: Sequence[Speaker]) -> dict[str, str]:
    """Gives each speaker a voice of its language and gender; the same cast in the same order gets the same.

    A name prefers the same voice in every film. A speaker's own `name` wins if the roster has it. A cloned voice
    is only given by name: nobody is made to sound like a person by chance. A voice is written "amy", with the digest
    of its file "amy@01234567", at another register "amy*1.07"; `part_of` reads it.

    Raises:
        SoundError: no voice is left that may be given.
    """
    by_name = {card.name: card for card in cards}
    free = [card for card in cards if not card.cloned]
    given: list[str] = []
    voices: dict[str, str] = {}
    for speaker in speakers:
        if speaker.id in voices:
            continue
        if speaker.name in by_name:
            voice = _voice(by_name[speaker.name], 1.0)
        elif free:
            voice = _chosen(free, speaker, given)
        else:
            raise SoundError(
                f"{speaker.id}: every voice there is belongs to a person and is given only by name. "
                f"Fix: set the character's voice to one of {', '.join(sorted(by_name)) or 'them'}."
            )
        voices[speaker.id] = voice
        given.append(voice)
    return voices


def part_of(voice: str) -> tuple[str, float]:
    """Returns a voice's name and its register: 1.07 is higher and smaller by 7 %."""
    name, _, register = voice.partition("*")
    try:
        return name.partition("@")[0], min(2.0, max(0.5, float(register or 1.0)))
    except ValueError:
        raise SoundError(f"'{voice}' is not a voice. Fix: take one that `cast` gave.") from None


def origin_of(engine: str, card: Card) -> Origin:
    """Returns what a receipt says of a line spoken by the voice of `card`."""
    kind: Literal["cloned", "synthetic"] = "cloned" if card.cloned else "synthetic"
    return Origin(engine=engine, kind=kind, person=card.person, licence=card.licence, consent=card.consent)


def described(cards: Sequence[Card], written: Mapping[str, Card]) -> dict[str, Card]:
    """Returns `cards` by name, those that a person described as they described them."""
    return {
        card.name: replace(
            told, digest=card.digest, languages=told.languages or card.languages, gender=_told(told.gender, card.gender)
        )
        if (told := written.get(card.name))
        else card
        for card in cards
    }


def _told(told: _Gender, own: _Gender) -> _Gender:
    return own if told == "unspecified" else told


def _chosen(cards: Sequence[Card], speaker: Speaker, given: Sequence[str]) -> str:
    digest = hashlib.sha256(f"workprint voice\x1f{speaker.id}".encode()).digest()
    gender = speaker.gender if speaker.gender != "unspecified" else ("female", "male")[digest[0] % 2]
    own = _register(speaker)
    if own == _CHILD:  # a boy is nearer to a woman than to a man
        gender = "female"

    def rank(choice: tuple[int, Card]) -> tuple[int, bool, int, bytes]:
        step, card = choice
        wrong = 2 * (not card.speaks(speaker.language)) + (card.gender not in {gender, "unspecified"})
        taken = any(_alike(card, own * _REGISTERS[step], other) for other in given)
        return wrong, taken, step, hashlib.sha256(f"{speaker.id}\x1f{card.name}".encode()).digest()

    step, card = min(((step, card) for step in range(len(_REGISTERS)) for card in cards), key=rank)
    return _voice(card, own * _REGISTERS[step])


def _alike(card: Card, register: float, other: str) -> bool:
    name, theirs = part_of(other)
    return name == card.name and max(register, theirs) / min(register, theirs) < _APART


def _register(speaker: Speaker) -> float:
    age = 35.0 if speaker.age_years is None else speaker.age_years
    if speaker.kind in _KINDS:
        return _KINDS[speaker.kind]
    return _CHILD if age < 13 else _YOUTH if age < 18 else _OLD if age >= 68 else 1.0


def _voice(card: Card, register: float) -> str:
    digest = card.digest
    if card.cloned:  # another consent is another receipt
        digest = hashlib.sha256(f"{digest} {card.person} {card.licence} {card.consent}".encode()).hexdigest()
    made_of = f"@{digest[:8]}" if digest else ""
    return card.name + made_of + ("" if abs(register - 1.0) < 0.005 else f"*{register:.2f}")


def _base(language: str) -> str:
    return language.lower().replace("_", "-").partition("-")[0]
