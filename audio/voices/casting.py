"""Gives each member of a cast a voice of its own: espeak-ng variants, chosen apart by pitch and formants.

The same cast in the same order always gets the same voices. A name prefers the same voice in every film and
gives way only to an earlier speaker who sounds too much like it. Only arithmetic on a measured table; no
sound is made here. Whoever builds a `Speaker` gives its `kind` by `audio.voices.kinds.kind_of`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from audio.errors import SoundError
from audio.speech import Kind, Speaker
from audio.voices.variants import FEMALE, MALE, OLD_FEMALE, OLD_MALE, Heard, distance, heard

__all__ = ["Voice", "cast_voices", "espeak_language", "f0_hz", "members"]

_LANGUAGES = {
    "en": "en-us", "en-gb": "en", "zh": "cmn", "zh-cn": "cmn", "zh-tw": "cmn", "zh-hans": "cmn", "zh-hant": "cmn",
    "zh-hk": "yue", "no": "nb", "es-mx": "es-419", "fr-fr": "fr", "iw": "he", "tl": "en-us",
}  # fmt: skip
_VOICE = re.compile(
    r"(?P<name>[^ ].*?) pitch (?P<pitch>\d+) range (?P<range>\d+) rate (?P<rate>\d+)"
    r"(?: size (?P<size>\d\.\d+))?(?: as (?P<kind>[a-z]+))?"
)
_FAR = 3.2  # semitones of `distance` that are apart enough: beyond it the name decides
_FROM_ITS_OWN = 20  # steps of espeak's scale; farther from its own register a variant sounds forced
_CROWD = 6  # voices


@dataclass(frozen=True)
class Voice:
    """An espeak voice with its settings; as text it is what receipts show, and `parse` reads it back.

    `size` plays it faster and higher (a child's throat) or slower and lower (a giant's) than it was made.
    """

    name: str
    pitch: int
    range: int
    rate_wpm: int
    size: float = 1.0
    kind: Kind = "person"

    def __str__(self) -> str:
        size = "" if self.size == 1.0 else f" size {self.size:.2f}"
        kind = "" if self.kind == "person" else f" as {self.kind}"
        return f"{self.name} pitch {self.pitch} range {self.range} rate {self.rate_wpm}{size}{kind}"

    @property
    def variant(self) -> str:
        """The voice's name without its language."""
        return self.name.partition("+")[2]

    @property
    def heard(self) -> Heard | None:
        """How it sounds, as far as its variant was measured."""
        return heard(self.variant, self.pitch, self.size)

    @classmethod
    def parse(cls, text: str) -> Voice:
        """Reads a voice as `str` writes it.

        Raises:
            SoundError: it is not one.
        """
        found = _VOICE.fullmatch(text)
        size = float(found["size"] or 1.0) if found else 0.0
        kind = next((kind for kind in get_args(Kind) if found and kind == (found["kind"] or "person")), None)
        if found is None or kind is None or not 0.5 <= size <= 2.0:
            raise SoundError(f"'{text}' is not a voice of espeak. Fix: take one that `cast` gave.")
        return cls(found["name"], int(found["pitch"]), int(found["range"]), int(found["rate"]), size, kind)


@dataclass(frozen=True)
class _Register:
    """Whom an age and gender lets speak: variants, fundamentals in Hz, sizes, words a minute."""

    variants: tuple[str, ...]
    low_hz: float
    high_hz: float
    sizes: tuple[float, ...]
    rate_wpm: int


def espeak_language(language: str) -> str:
    """Returns espeak's name of a BCP 47 language: "en-gb" is not one, "zh" is "cmn"."""
    tag = language.strip().lower().replace("_", "-") or "en"
    return _LANGUAGES.get(tag, tag)


def f0_hz(voice: Voice) -> float:
    """Returns the median fundamental of a voice; 150 Hz for one that was not measured."""
    known = voice.heard
    return 150.0 if known is None else known.f0_hz


def cast_voices(speakers: Sequence[Speaker]) -> dict[str, Voice]:
    """Gives each speaker a voice of its gender, age and kind that is far enough from those already given.

    A speaker's own `name`, `pitch` and `rate_wpm` win over what is chosen.
    """
    voices: dict[str, Voice] = {}
    given: list[Heard] = []
    for speaker in speakers:
        if speaker.id in voices:
            continue
        voice = _wished(speaker) if speaker.name else _of_its_own(speaker, given)
        voices[speaker.id] = voice
        if voice.heard is not None and voice.kind != "crowd":
            given.append(voice.heard)
    return voices


def members(crowd: Voice) -> tuple[Voice, ...]:
    """The voices of a crowd that speaks as one, the first of which leads: women and men, high and low."""
    language = crowd.name.partition("+")[0]
    out = [Voice(crowd.name, crowd.pitch, crowd.range, crowd.rate_wpm, crowd.size)]
    for number in range(1, _CROWD):
        digest = _digest(str(crowd), str(number))
        variants = (FEMALE, MALE)[number % 2]
        variant = variants[digest[0] % len(variants)]
        # All at the leader's pace, or a long line falls apart.
        out.append(
            Voice(
                f"{language}+{variant}", 38 + digest[1] % 28, crowd.range, crowd.rate_wpm, 0.95 + digest[2] % 12 / 100
            )
        )
    return tuple(out)


def _wished(speaker: Speaker) -> Voice:
    name = speaker.name or ""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_+ -]{0,39}", name):
        raise SoundError(f"{speaker.id}: '{name}' is not a voice's name. Fix: take one such as 'f3' or 'en-us+m3'.")
    if "+" not in name:
        name = f"{espeak_language(speaker.language)}+{name}"
    pitch = 50 if speaker.pitch is None else speaker.pitch
    return Voice(name, pitch, 55, speaker.rate_wpm or 165, kind=speaker.kind)


def _of_its_own(speaker: Speaker, given: Sequence[Heard]) -> Voice:
    digest = _digest(speaker.id)
    female = {"female": True, "male": False}.get(speaker.gender, digest[0] % 2 == 0)
    register = _register(speaker, female)
    language = espeak_language(speaker.language)
    lively = 8 if speaker.kind == "robot" else 46 + digest[2] % 21
    pace = speaker.rate_wpm or register.rate_wpm - 9 + digest[1] % 19
    pitches = (speaker.pitch,) if speaker.pitch is not None else range(14, 96, 4)
    everything = [
        Voice(f"{language}+{variant}", pitch, lively, pace, size, speaker.kind)
        for variant in register.variants
        for size in register.sizes
        for pitch in pitches
    ]
    candidates = [voice for voice in everything if register.low_hz <= f0_hz(voice) <= register.high_hz] or everything
    # The name alone orders them, so that another draft's other cast leaves this voice as it was.
    candidates.sort(key=lambda voice: (abs(voice.pitch - 50) > _FROM_ITS_OWN, _digest(speaker.id, str(voice))))

    def apart(voice: Voice) -> float:
        own = voice.heard
        return min((distance(own, other) for other in given), default=_FAR) if own else 0.0

    far = next((voice for voice in candidates if apart(voice) >= _FAR), None)
    return far or max(candidates, key=apart)


def _register(speaker: Speaker, female: bool) -> _Register:
    age = 35.0 if speaker.age_years is None else speaker.age_years
    if speaker.kind == "giant":
        return _Register(FEMALE, 105, 150, (0.8, 0.84), 150) if female else _Register(MALE, 52, 82, (0.78, 0.82), 146)
    if speaker.kind == "monster":
        return _Register(FEMALE, 100, 150, (0.76, 0.8), 146) if female else _Register(MALE, 48, 78, (0.72, 0.76), 140)
    if age < 13:
        low_hz, high_hz = (255.0, 330.0) if female else (235.0, 305.0)
        return _Register(FEMALE, low_hz + 25 * (age < 7), high_hz + 35 * (age < 7), (1.1, 1.15, 1.2), 170)
    if age < 18:
        if female:
            return _Register(FEMALE, 200, 262, (1.03, 1.07), 174)
        return _Register(MALE, 118, 165, (1.03, 1.07, 1.1), 174)
    if age >= 68:
        if female:
            return _Register(OLD_FEMALE, 145, 205, (0.95, 1.0), 142)
        return _Register(OLD_MALE, 80, 138, (0.95, 1.0, 1.04), 140)
    if female:
        return _Register(FEMALE, 152, 250, (0.95, 1.0, 1.04), 165)
    return _Register(MALE, 76, 146, (0.93, 1.0, 1.06), 163)


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(("workprint voice", *parts)).encode()).digest()
