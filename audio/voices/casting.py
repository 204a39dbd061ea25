"""Gives each member of a cast a voice of its own: espeak-ng variants, chosen apart by pitch and timbre.

The same cast in the same order always gets the same voices, and a speaker added at the end changes nobody
else's. Only arithmetic on a measured table; no sound is made here.
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
    """Gives each speaker the voice of its gender and age that is farthest from those already given.

    A speaker's own `name`, `pitch` and `rate_wpm` win over what is chosen.
    """
    voices: dict[str, Voice] = {}
    given: list[tuple[str, float]] = []
    for speaker in speakers:
        if speaker.id in voices:
            continue
        voice = _wished(speaker) if speaker.name else _farthest(speaker, given)
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


def _farthest(speaker: Speaker, given: Sequence[tuple[str, float]]) -> Voice:
    age = 35.0 if speaker.age_years is None else speaker.age_years
    digest = _digest(speaker.id)
    female = {"female": True, "male": False}.get(speaker.gender, digest[0] % 2 == 0)
    if age < 13:
        variants, low_hz, high_hz, rate = _FEMALE, (270.0 if female else 250.0), (330.0 if female else 300.0), 172
    elif age < 18:
        variants, low_hz, high_hz, rate = (
            (_FEMALE if female else _MALE),
            (200 if female else 115),
            (265, 150)[not female],
            174,
        )
    elif age >= 68:
        variants, low_hz, high_hz, rate = (_OLD_FEMALE, 150, 205, 142) if female else (_OLD_MALE, 82, 135, 140)
    else:
        variants, low_hz, high_hz, rate = (_FEMALE, 155, 250, 165) if female else (_MALE, 78, 142, 163)
    heard = {variant for variant, _ in given}
    best: tuple[float, bytes, str, int] | None = None
    for variant in variants:
        for pitch in (speaker.pitch,) if speaker.pitch is not None else range(14, 96, 4):
            f0 = f0_hz(variant, pitch) or 150.0
            if speaker.pitch is None and not low_hz <= f0 <= high_hz:
                continue
            apart = min((_apart(variant, f0, other) for other in given), default=6.0)
            # Far from its own register a formant sounds wrong: prefer the middle, never above distance.
            strain = abs(pitch - 50) / 45.0
            score = min(apart, 6.0) - strain - (3.0 if variant in heard else 0.0)
            candidate = (round(score, 4), _digest(speaker.id, variant, str(pitch)), variant, pitch)
            if best is None or candidate[:2] > best[:2]:
                best = candidate
    if best is None:
        raise SoundError(f"{speaker.id}: no voice has pitch {speaker.pitch}. Fix: take a pitch from 0 to 99.")
    name = f"{espeak_language(speaker.language)}+{best[2]}"
    pace = speaker.rate_wpm or rate - 9 + digest[1] % 19
    return Voice(name, best[3], 46 + digest[2] % 21, pace)


def _apart(variant: str, f0: float, other: tuple[str, float]) -> float:
    return abs(12.0 * math.log2(f0 / other[1])) + (_SEMITONES_OF_TIMBRE if variant != other[0] else 0.0)


def _digest(*parts: str) -> bytes:
    return hashlib.sha256("\x1f".join(("workprint voice", *parts)).encode()).digest()
