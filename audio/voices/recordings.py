"""The writer's own recordings of lines, by line id: a folder of sound files and a `recordings.yaml`.

    people:
      anna:
        name: Anna Ek
        consent: {by: Anna Ek, date: 2026-05-01, scope: this film and its trailer}
        licence: used by agreement
    lines:
      S1.2/1: {file: anna-1.wav, person: anna, says: I never told you where the money was.}

A line's id is its shot and its number in the shot, from 1, as the spotting list shows them. `says` is optional: where
it is given and the script has other words by now, the engine speaks the line. A recording wins over every engine; one
that cannot be used is told in a notice, and the engine speaks. Nothing outside the folder is opened.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from audio.errors import SoundError
from audio.speech import Consent, Origin, Speaker, SpokenLine, VoiceEngine
from audio.voices.consent import WrittenConsent, consented
from audio.voices.sheet import beside, read_sheet

__all__ = ["SHEET", "Recording", "Recordings", "open_recordings", "play_recording"]

SHEET = "recordings.yaml"
_RATE_HZ = 48_000
_LONGEST_S = 1800.0  # of one line
_Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A recorded line. `digest` is of the file's bytes."""

    path: Path
    person: str
    licence: str
    consent: Consent
    digest: str
    says: str | None = None

    @property
    def origin(self) -> Origin:
        """What a receipt says of it."""
        return Origin(
            engine="recordings", kind="recorded", person=self.person, licence=self.licence, consent=self.consent
        )

    def fits(self, text: str) -> bool:
        """Whether it is of these words, as far as it says; marks and capitals do not count."""
        return self.says is None or _letters(self.says) == _letters(text)


@dataclass(frozen=True)
class Recordings:
    """What was recorded, by line id."""

    sheet: Path | None = None
    lines: dict[str, Recording] = field(default_factory=dict)

    def strangers(self, known: Collection[str]) -> tuple[str, ...]:
        """Returns a sentence for each recording of a line that the film does not have; `known` are its line ids."""
        out = []
        for line in self.lines:
            if line not in known:
                near = difflib.get_close_matches(line, known, n=1)
                hint = f"did you mean '{near[0]}'?" if near else "Fix: take an id of the spotting list."
                out.append(f"{self.sheet}: the film has no line '{line}'; {hint}")
        return tuple(out)


class _Person(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: _Said
    consent: WrittenConsent | None = None
    licence: str = ""


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    file: _Said
    person: _Said
    says: _Said | None = None


class _Sheet(BaseModel):
    model_config = ConfigDict(extra="forbid")

    people: dict[str, _Person] = {}
    lines: dict[str, _Line] = {}


def open_recordings(folder: Path) -> tuple[Recordings, tuple[str, ...]]:
    """Returns the recordings of a folder that can be used, and a notice for each that cannot. Raises nothing."""
    sheet = folder / SHEET
    if not folder.is_dir():
        return Recordings(), (f"{folder}: there is no such folder of recordings. Fix: name the one with {SHEET}.",)
    try:
        written = read_sheet(sheet, _Sheet)
    except SoundError as error:
        return Recordings(), (f"No recording is used: {error}",)
    lines: dict[str, Recording] = {}
    notices: list[str] = []
    for line, entry in written.lines.items():
        try:
            lines[line] = _recording(sheet, line, entry, written.people)
        except SoundError as error:
            notices.append(f"Line {line} is not as recorded: {error}")
    return Recordings(sheet, lines), tuple(notices)


def play_recording(recording: Recording, text: str, speaker: Speaker, path: Path, reference: VoiceEngine) -> SpokenLine:
    """Writes a recording to `path` as a line's clip (48 kHz mono WAV, trimmed and levelled), its words aligned.

    Raises:
        SoundError: it is no sound.
    """
    from audio import words as written
    from audio.clips import level, trim, write_clip
    from audio.sound_files import read_sound
    from audio.voices.align import align
    from audio.voices.delivery import delivery_of

    try:
        samples, _ = read_sound(recording.path, _RATE_HZ, _LONGEST_S)
    except SoundError as error:
        raise SoundError(f"{recording.path}: {error} Fix: save it as WAV or FLAC.") from error
    mono, _ = trim(samples.mean(axis=1), _RATE_HZ)
    mono = level(mono, _RATE_HZ, delivery_of(speaker.delivery, text).gain_db)
    write_clip(path, mono, _RATE_HZ)
    words, phonemes = align(mono, _RATE_HZ, written.spoken(text), speaker, reference)
    return SpokenLine(
        path=path,
        duration_s=len(mono) / _RATE_HZ,
        words=words,
        phonemes=phonemes,
        voice=f"recorded: {recording.path.name}",
        origin=recording.origin,
    )


def _recording(sheet: Path, line: str, entry: _Line, people: dict[str, _Person]) -> Recording:
    person = people.get(entry.person)
    if person is None:
        near = difflib.get_close_matches(entry.person, people, n=1)
        raise SoundError(
            f"{sheet}: {line}: there is no person '{entry.person}'. "
            f"Fix: {f'write {near[0]!r}' if near else 'list them under people, with their consent and licence'}."
        )
    consent = consented(f"{sheet}: {entry.person}", person.name, person.consent, person.licence)
    path = beside(sheet, entry.file)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SoundError(f"{path}: it cannot be read ({error}). Fix: make it readable.") from error
    return Recording(
        path=path, person=person.name, licence=person.licence, consent=consent, digest=digest, says=entry.says
    )


def _letters(text: str) -> str:
    from audio import words as written

    return "".join(character for character in written.spoken(text).casefold() if character.isalnum())
