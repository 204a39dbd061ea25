"""Gives each member of a cast a voice of its own: espeak-ng variants, chosen apart by pitch and timbre.

The same cast in the same order always gets the same voices. A name prefers the same voice in every film and
gives way only to an earlier speaker who sounds too much like it. Only arithmetic on a measured table; no
sound is made here.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from audio.errors import SoundError
from audio.speech import Speaker

__all__ = ["Voice", "cast_voices", "espeak_language", "f0_hz"]

# Median fundamental in Hz at pitch 50, measured over an English sentence. Variants that clip, buzz or
# creak are left out. The order does not matter: the choice is by distance.
_FEMALE = {
    "f1": 174, "f2": 188, "f3": 202, "f4": 175, "f5": 199, "linda": 225, "Annie": 230, "belinda": 225,
    "Alicia": 245, "shelby": 172, "aunty": 175,
}  # fmt: skip
_MALE = {
    "m1": 91, "m2": 98, "m3": 101, "m4": 91, "m5": 100, "m6": 98, "m7": 103, "Michael": 107, "adam": 99, "Alex": 103,
    "Lee": 94, "max": 99, "quincy": 86, "rob": 115, "robert": 98, "Mario": 107, "edward": 98, "benjamin": 99,
}  # fmt: skip
_OLD_FEMALE = {"grandma": 195, "f1": 174, "aunty": 175, "shelby": 172, "f4": 175}
_OLD_MALE = {"m1": 91, "m4": 91, "Lee": 94, "robert": 98, "boris": 101, "m6": 98}
_LANGUAGES = {
    "en": "en-us", "en-gb": "en", "zh": "cmn", "zh-cn": "cmn", "zh-tw": "cmn", "zh-hans": "cmn", "zh-hant": "cmn",
    "zh-hk": "yue", "no": "nb", "es-mx": "es-419", "fr-fr": "fr", "iw": "he", "tl": "en-us",
}  # fmt: skip
_VOICE = re.compile(r"(?P<name>[^ ].*?) pitch (?P<pitch>\d+) range (?P<range>\d+) rate (?P<rate>\d+)")
_OCTAVE_STEPS = 72.0  # of espeak's pitch scale, measured
_FAR_SEMITONES = 4.0  # apart enough: beyond it the name decides
_SEMITONES_OF_TIMBRE = 2.5  # what another variant at the same pitch is worth to the ear


@dataclass(frozen=True)
class Voice:
    """An espeak voice with its settings; as text it is what receipts show, and `parse` reads it back."""

    name: str
    pitch: int
    range: int
    rate_wpm: int

    def __str__(self) -> str:
        return f"{self.name} pitch {self.pitch} range {self.range} rate {self.rate_wpm}"

    @classmethod
    def parse(cls, text: str) -> Voice:
        """Reads a voice as `str` writes it.

        Raises:
            SoundError: it is not one.
        """
        found = _VOICE.fullmatch(text)
        if found is None:
            raise SoundError(f"'{text}' is not a voice of espeak. Fix: take one that `cast` gave.")
        return cls(found["name"], int(found["pitch"]), int(found["range"]), int(found["rate"]))


def espeak_language(language: str) -> str:
    """Returns espeak's name of a BCP 47 language: "en-gb" is not one, "zh" is "cmn"."""
    tag = language.strip().lower().replace("_", "-") or "en"
    return _LANGUAGES.get(tag, tag)


def f0_hz(variant: str, pitch: int) -> float | None:
    """Returns the median fundamental that a variant has at `pitch`, or None for one that is not known."""
    base = {**_OLD_FEMALE, **_OLD_MALE, **_FEMALE, **_MALE}.get(variant)
    return None if base is None else base * 2.0 ** ((pitch - 50) / _OCTAVE_STEPS)


def cast_voices(speakers: Sequence[Speaker]) -> dict[str, Voice]:
    """Gives each speaker a voice of its gender and age that is far enough from those already given.

    A speaker's own `name`, `pitch` and `rate_wpm` win over what is chosen.
    """
    voices: dict[str, Voice] = {}
    given: list[tuple[str, float]] = []
    for speaker in speakers:
        if speaker.id in voices:
            continue
        voice = _wished(speaker) if speaker.name else _of_its_own(speaker, given)
        voices[speaker.id] = voice
        variant = voice.name.partition("+")[2]
        given.append((variant, f0_hz(variant, voice.pitch) or 150.0))
    return voices


def _wished(speaker: Speaker) -> Voice:
    name = speaker.name or ""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_+ -]{0,39}", name):
        raise SoundError(f"{speaker.id}: '{name}' is not a voice's name. Fix: take one such as 'f3' or 'en-us+m3'.")
    if "+" not in name:
        name = f"{espeak_language(speaker.language)}+{name}"
    return Voice(name, 50 if speaker.pitch is None else speaker.pitch, 55, speaker.rate_wpm or 165)


def _of_its_own(speaker: Speaker, given: Sequence[tuple[str, float]]) -> Voice:
    age = 35.0 if speaker.age_years is None else speaker.age_years
    digest = _digest(speaker.id)
    female = {"female": True, "male": False}.get(speaker.gender, digest[0] % 2 == 0)
    variants, low_hz, high_hz, rate = _register(age, female)
    candidates = [
        (variant, pitch)
        for variant in variants
        for pitch in ((speaker.pitch,) if speaker.pitch is not None else range(14, 96, 4))
        if speaker.pitch is not None or low_hz <= (f0_hz(variant, pitch) or 0.0) <= high_hz
    ]
    # The name alone orders them, so that another draft's other cast leaves this voice as it was; far from
    # its own register a voice sounds wrong, so those come last.
    candidates.sort(key=lambda c: (abs(c[1] - 50) > 20, _digest(speaker.id, c[0], str(c[1]))))
    heard = {variant for variant, _ in given}

    def apart(candidate: tuple[str, int]) -> float:
        variant, f0 = candidate[0], f0_hz(*candidate) or 150.0
        near = min((_apart(variant, f0, other) for other in given), default=_FAR_SEMITONES)
        return min(near, _FAR_SEMITONES) - (_SEMITONES_OF_TIMBRE if variant in heard else 0.0)

    best = max(candidates, key=apart)  # the first of those that are far enough
    name = f"{espeak_language(speaker.language)}+{best[0]}"
    pace = speaker.rate_wpm or rate - 9 + digest[1] % 19
    return Voice(name, best[1], 46 + digest[2] % 21, pace)


def _register(age_years: float, female: bool) -> tuple[dict[str, int], float, float, int]:
    """The variants, the range of fundamentals in Hz and the words a minute of an age and gender."""
    if age_years < 13:
        return (_FEMALE, 270, 330, 172) if female else (_FEMALE, 250, 300, 172)
    if age_years < 18:
        return (_FEMALE, 200, 265, 174) if female else (_MALE, 115, 150, 174)
    if age_years >= 68:
        return (_OLD_FEMALE, 150, 205, 142) if female else (_OLD_MALE, 82, 135, 140)
    return (_FEMALE, 155, 250, 165) if female else (_MALE, 78, 142, 163)


def _apart(variant: str, f0: float, other: tuple[str, float]) -> float:
    return abs(12.0 * math.log2(f0 / other[1])) + (_SEMITONES_OF_TIMBRE if variant != other[0] else 0.0)


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(("workprint voice", *parts)).encode()).digest()
