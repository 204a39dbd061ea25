"""The voice when there is no voice library: pitched, syllabic murmurs, timed as speech would be.

Like a grown-up in an old cartoon: nobody understands it, everybody hears who speaks, how long and in what
mood. Word and phoneme times are those of the murmur, so captions and mouths keep working.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
import scipy
from numpy.typing import NDArray

from audio import words as written
from audio.clips import CLIP_RATE_HZ, level, write_clip
from audio.speech import PhonemeTime, Speaker, SpokenLine, WordTime
from audio.voices.casting import Voice, cast_voices, f0_hz
from audio.voices.delivery import delivery_of
from audio.voices.treatments import treated

__all__ = ["Tones"]

_VOWELS = {"a": "ɑː", "e": "ɛ", "i": "iː", "o": "oʊ", "u": "uː", "y": "iː"}
_FORMANTS_HZ = {"ɑː": (700, 1150), "ɛ": (520, 1750), "iː": (300, 2200), "oʊ": (480, 880), "uː": (330, 800)}
_SILENCE_S = 0.4
_SYLLABLES_PER_WORD = 1.45  # of English text at espeak's words per minute


class Tones:
    """The engine that is always there."""

    @property
    def name(self) -> str:
        """The engine's name in receipts."""
        return "tones"

    @property
    def version(self) -> str:
        """Changes whenever the sound does."""
        return "2"

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """Gives each speaker id a pitch of its own; the same cast in the same order gets the same."""
        return {key: str(voice) for key, voice in cast_voices(speakers).items()}

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Murmurs `text` to `path` (22.05 kHz mono WAV).

        Raises:
            SoundError: the file cannot be written, or `voice` is not one that `cast` gave.
        """
        text = written.spoken(text)
        settings = Voice.parse(voice)
        delivery = delivery_of(speaker.delivery, text)
        base_hz = f0_hz(settings) * 2.0 ** (delivery.pitch / 72.0)
        syllable_s = 60.0 / (settings.rate_wpm * delivery.pace * _SYLLABLES_PER_WORD)
        tokens = [word for _, word in written.tokens(text) if any(c.isalnum() for c in word)]
        if not tokens:
            write_clip(path, np.zeros(int(_SILENCE_S * CLIP_RATE_HZ), np.float32), CLIP_RATE_HZ)
            return SpokenLine(path=path, duration_s=_SILENCE_S, words=(), phonemes=(), voice=voice)

        words: list[WordTime] = []
        phonemes: list[PhonemeTime] = []
        notes: list[tuple[float, float, float, str]] = []  # start, end, Hz, vowel
        at_s = 0.02
        for index, word in enumerate(tokens):
            begin_s = at_s
            vowels = _syllables(word)
            for number, vowel in enumerate(vowels):
                seed = hashlib.sha256(f"{word}{number}".encode()).digest()
                long = 1.25 if number == len(vowels) - 1 and word[-1] in ",.;:!?…—，。！？" else 1.0
                end_s = at_s + syllable_s * long * (0.85 + seed[0] / 850.0)
                fall = -3.0 * index / len(tokens) + (4.0 if "?" in word and number == len(vowels) - 1 else 0.0)
                wander = (seed[1] / 255.0 - 0.5) * settings.range / 14.0 + (1.5 if number == 0 else 0.0)
                notes.append((at_s, end_s, base_hz * 2.0 ** ((fall + wander) / 12.0), vowel))
                lips_s = at_s + (end_s - at_s) * 0.25
                phonemes += [PhonemeTime("w", at_s, lips_s), PhonemeTime(vowel, lips_s, end_s)]
                at_s = end_s
            words.append(WordTime(word, begin_s, at_s))
            pause_s = 0.32 if re.search(r"[.!?…。！？]", word) else 0.17 if re.search(r"[,;:—，；：、]", word) else 0.03
            if index < len(tokens) - 1:
                phonemes.append(PhonemeTime("", at_s, at_s + pause_s))
                at_s += pause_s
        duration_s = at_s + 0.06
        phonemes.append(PhonemeTime("", at_s, duration_s))
        samples = treated(_murmur(notes, duration_s), CLIP_RATE_HZ, delivery, settings.kind, crc32(text.encode()))
        write_clip(path, level(samples, CLIP_RATE_HZ, delivery.gain_db), CLIP_RATE_HZ)
        return SpokenLine(path=path, duration_s=duration_s, words=tuple(words), phonemes=tuple(phonemes), voice=voice)


def _syllables(word: str) -> list[str]:
    letters = [character for character in word.lower() if character.isalnum()]
    if any(written.is_cjk(character) for character in letters):
        return [list(_VOWELS.values())[ord(letters[0]) % 5]]
    groups = re.findall(r"[aeiouy]+", re.sub(r"e\b", "", "".join(letters)) or "".join(letters))
    return [_VOWELS[group[0]] for group in groups] or ["ɛ"]


def _murmur(notes: Sequence[tuple[float, float, float, str]], duration_s: float) -> NDArray[np.float32]:
    """A muted-trombone "wah" for each note: a sawtooth through two formants that open and close."""
    count = round(duration_s * CLIP_RATE_HZ)
    out = np.zeros(count, np.float64)
    for start_s, end_s, hz, vowel in notes:
        begin, end = round(start_s * CLIP_RATE_HZ), min(count, round(end_s * CLIP_RATE_HZ))
        time = np.arange(end - begin) / CLIP_RATE_HZ
        part = time / max(time[-1], 1e-6)
        glide = hz * (1.0 + 0.06 * np.exp(-part * 9.0) - 0.03 * part)
        phase = np.cumsum(glide) / CLIP_RATE_HZ
        partials = np.arange(1, int(4200 / hz) + 1)
        saw = (np.sin(2 * np.pi * phase[None, :] * partials[:, None]) / partials[:, None]).sum(axis=0)
        opening = np.sin(np.pi * np.clip(part * 1.1, 0, 1)) ** 0.6
        wah = sum(
            (
                _resonance(saw, formant) * weight
                for formant, weight in zip(_FORMANTS_HZ[vowel], (1.0, 0.45), strict=True)
            ),
            np.zeros_like(saw),
        )
        closed = _resonance(saw, 300.0)
        edge = np.minimum(1.0, np.minimum(time / 0.018, (time[-1] - time) / 0.03))
        out[begin:end] += (wah * opening + 0.5 * closed * (1 - opening)) * edge * (0.55 + 0.45 * opening)
    return out.astype(np.float32)


def _resonance(samples: NDArray[np.float64], centre_hz: float) -> NDArray[np.float64]:
    numerator, denominator = scipy.signal.iirpeak(centre_hz, 4.0, fs=CLIP_RATE_HZ)
    filtered: NDArray[np.float64] = scipy.signal.lfilter(numerator, denominator, samples)
    return filtered
