"""espeak-ng as a `VoiceEngine`: clear, flat scratch voices with exact word and phoneme times.

A line is read piece by piece, each in the language that it is written in, then joined, treated and levelled. The
library itself is in `audio.voices.espeak_library`; nothing is downloaded.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from audio import words as written
from audio.clips import level, trim, write_clip
from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine
from audio.voices.casting import Voice, cast_voices, members
from audio.voices.delivery import Delivery, delivery_of
from audio.voices.espeak_library import Answer, Library
from audio.voices.reading import Reading, reading
from audio.voices.times import phoneme_times, word_times
from audio.voices.treatments import resized, treated

__all__ = ["Espeak"]

_PIECE_CHARACTERS = 700  # of one worker's text
_SILENCE_S = 0.4  # of a line without anything to say
_RATE_HZ = 22_050
_STRESS = str.maketrans("", "", "ˈˌ")
_PAUSE_S = 0.12  # between the pieces of a long speech
_JOINT_S = 0.03  # between two languages of one sentence
_BROKEN_OFF = 0.3  # of its last phoneme a line that is cut off still sounds
_DYING_S, _DYING_DB = 0.9, -7.0  # how a line trails off
_CROWD_S, _CROWD_GAIN = 0.07, 0.6  # how far the others lag behind who leads, and how loud each is


@dataclass(frozen=True)
class _Piece:
    """A part of a line: its samples, what began when (offset in the line, seconds), and the pause after it."""

    samples: NDArray[np.float32]
    words: tuple[tuple[int, float], ...]
    phonemes: tuple[tuple[str, float], ...]
    pause_s: float


@dataclass(frozen=True)
class _Part:
    """What a piece is to be made of: `text` from `offset` of the line on, in one language."""

    offset: int
    text: str
    language: str
    joined: bool  # what follows belongs to the same sentence, in another language


class Espeak:
    """The engine. `library` and `data` are found through the `voices` extra, else on the system.

    Raises:
        SoundError: no library is there, or it does not start.
    """

    def __init__(self, library: str | None = None, data: str | None = None) -> None:
        self._library = Library(library, data)

    @property
    def name(self) -> str:
        """The engine's name in receipts."""
        return "espeak-ng"

    @property
    def version(self) -> str:
        """The library's version and this adapter's, since both shape the sound."""
        return f"{self._library.version}/2"

    @property
    def variants(self) -> frozenset[str]:
        """The names of the voices that a speaker may ask for."""
        return frozenset(self._library.variants)

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """Gives each speaker id a voice; the same cast in the same order gets the same voices.

        Raises:
            SoundError: a speaker asks for a voice that the library does not have.
        """
        voices = cast_voices(speakers)
        for speaker in speakers:
            variant = voices[speaker.id].variant
            # The library itself would speak on with some other voice and not say so.
            if speaker.name and self.variants and variant not in self.variants:
                near = difflib.get_close_matches(variant, sorted(self.variants), n=1, cutoff=0.5)
                fix = f"'{near[0]}'" if near else "another, such as 'f3' or 'm3'"
                raise SoundError(f"{speaker.id}: espeak-ng has no voice '{variant}'. Fix: take {fix}.")
        return {key: str(voice) for key, voice in voices.items()}

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Speaks `text` to `path` (22.05 kHz mono WAV, trimmed). A line without a word is a short silence.

        Raises:
            SoundError: the library failed, or has no such voice or language.
        """
        stressed = written.stressed(text)
        text = written.spoken(text)
        own, delivery = Voice.parse(voice), delivery_of(speaker.delivery, text)
        pieces: list[_Piece] = []
        ending: Reading | None = None
        try:
            for part in _parts(text, speaker.language):
                spans = [(begin - part.offset, end - part.offset) for begin, end in stressed]
                ending = reading(part.text, part.language, delivery, spans)
                pieces.append(self._piece(part, ending, own, delivery))
        except SoundError as error:
            raise SoundError(f"{speaker.id}: {error}") from error
        if ending is None or not any(np.abs(piece.samples).max(initial=0.0) > 1e-3 for piece in pieces):
            write_clip(path, np.zeros(int(_SILENCE_S * _RATE_HZ), np.float32), _RATE_HZ)
            return SpokenLine(path=path, duration_s=_SILENCE_S, words=(), phonemes=(), voice=voice)
        if ending.cut_off:
            pieces[-1] = _cut_off(pieces[-1])

        whole, starts, phonemes = _joined(pieces)
        whole = treated(whole, _RATE_HZ, delivery, own.kind, crc32(f"{voice}\x1f{text}".encode()))
        samples, cut_s = trim(whole, _RATE_HZ)
        samples = level(samples, _RATE_HZ, delivery.gain_db)
        if ending.trails:
            samples = _dying(samples)
        write_clip(path, samples, _RATE_HZ)
        duration_s = len(samples) / _RATE_HZ
        spoken_phonemes = phoneme_times(phonemes, cut_s, duration_s)
        return SpokenLine(
            path=path,
            duration_s=duration_s,
            words=word_times(text, starts, spoken_phonemes, cut_s, duration_s),
            phonemes=spoken_phonemes,
            voice=voice,
        )

    def phonemes(self, text: str, language: str) -> list[tuple[int, tuple[str, ...]]]:
        """Returns what is said of `text`, word by word: where the word begins, and its phonemes in IPA with stress.

        For engines that read phonemes. Only what `audio.words.spoken` leaves is read, in pieces of a speech's length.

        Raises:
            SoundError: the library failed, or has no such language.
        """
        out: list[tuple[int, list[str]]] = []
        for part in _parts(text, language):
            answer = self._library.say(part.text, part.language)
            words = list(answer.words) or [(0, 0.0)]
            for ipa, time_s in answer.phonemes:
                while words and words[0][1] <= time_s:
                    out.append((part.offset + words.pop(0)[0], []))
                if ipa and out:
                    out[-1][1].append(ipa)
        return [(position, tuple(ipa)) for position, ipa in out if ipa]

    def _piece(self, part: _Part, read: Reading, voice: Voice, delivery: Delivery) -> _Piece:
        crowd = members(voice) if voice.kind == "crowd" else (voice,)
        said = [self._said(part, read, one, delivery) for one in crowd]
        lead = said[0]
        samples = lead.samples
        if len(said) > 1:
            lags = [crc32(f"{part.text}{number}".encode()) % 1000 / 1000 * _CROWD_S for number in range(1, len(said))]
            starts = [0, *(int(lag * _RATE_HZ) for lag in lags)]
            samples = np.zeros(
                max(begin + len(one.samples) for begin, one in zip(starts, said, strict=True)), np.float32
            )
            for number, (begin, one) in enumerate(zip(starts, said, strict=True)):
                samples[begin : begin + len(one.samples)] += one.samples * (_CROWD_GAIN if number else 1.0)
        last = len(read.origin) - 1
        words = tuple((part.offset + read.origin[min(position, last)], time_s) for position, time_s in lead.words)
        phonemes = tuple((ipa.translate(_STRESS), time_s) for ipa, time_s in lead.phonemes)
        if part.joined:
            sounding = [time_s for (ipa, _), (_, time_s) in pairwise(phonemes) if ipa]
            samples = samples[: int((max(sounding, default=0.0) + _JOINT_S) * _RATE_HZ)]
        return _Piece(samples, words, phonemes, 0.0 if part.joined else _PAUSE_S)

    def _said(self, part: _Part, read: Reading, voice: Voice, delivery: Delivery) -> Answer:
        said = self._library.say(
            read.ssml,
            part.language,
            variant=voice.variant,
            pitch=min(99, max(0, voice.pitch + delivery.pitch)),
            pitch_range=min(99, max(0, voice.range + delivery.liveliness)),
            rate_wpm=max(80, round(voice.rate_wpm * delivery.pace / voice.size)),
            gap_s=delivery.gap_s,
            ssml=True,
        )
        return replace(
            said,
            samples=resized(said.samples, voice.size),
            words=tuple((position, time_s / voice.size) for position, time_s in said.words),
            phonemes=tuple((ipa, time_s / voice.size) for ipa, time_s in said.phonemes),
        )


def _parts(text: str, language: str) -> list[_Part]:
    """The text in pieces of a length that espeak takes, cut again where the script changes."""
    out: list[_Part] = []
    offset = 0
    for chunk in written.chunks(text, _PIECE_CHARACTERS):
        offset = text.index(chunk, offset)
        pieces = written.by_language(chunk, written.language_of(chunk, language))
        for number, (begin, piece, tongue) in enumerate(pieces):
            joined = number < len(pieces) - 1 and re.search(r"[^\w\s][\"'”’」』)]*\s*$", piece) is None
            if any(character.isalnum() for character in piece):
                out.append(_Part(offset + begin, piece, tongue, joined))
        offset += len(chunk)
    return out


def _cut_off(piece: _Piece) -> _Piece:
    """The piece as somebody else breaks in: its last phoneme is not finished."""
    sounding = [index for index, (ipa, _) in enumerate(piece.phonemes) if ipa]
    if not sounding:
        return piece
    last = sounding[-1]
    begin_s = piece.phonemes[last][1]
    after_s = piece.phonemes[last + 1][1] if last + 1 < len(piece.phonemes) else len(piece.samples) / _RATE_HZ
    end = int((begin_s + (after_s - begin_s) * _BROKEN_OFF) * _RATE_HZ)
    return replace(piece, samples=piece.samples[:end], phonemes=piece.phonemes[: last + 1], pause_s=0.0)


def _joined(
    pieces: Sequence[_Piece],
) -> tuple[NDArray[np.float32], list[tuple[int, float]], list[tuple[str, float]]]:
    """The whole line: samples, and when its words and phonemes begin."""
    blocks: list[NDArray[np.float32]] = []
    words: list[tuple[int, float]] = []
    phonemes: list[tuple[str, float]] = []
    at = 0
    for piece in pieces:
        at_s = at / _RATE_HZ
        words += [(position, at_s + time_s) for position, time_s in piece.words]
        phonemes += [(ipa, at_s + time_s) for ipa, time_s in piece.phonemes]
        pause = np.zeros(int(piece.pause_s * _RATE_HZ), np.float32)
        blocks += [piece.samples, pause]
        at += len(piece.samples) + len(pause)
        if len(pause):
            phonemes.append(("", (at - len(pause)) / _RATE_HZ))
    return np.concatenate(blocks), words, phonemes


def _dying(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """The end of the line as it trails off."""
    count = min(len(samples) // 2, int(_DYING_S * _RATE_HZ))
    gain_db = np.zeros(len(samples))
    gain_db[len(samples) - count :] = _DYING_DB * np.sin(np.linspace(0.0, np.pi / 2, count)) ** 2
    return np.asarray(samples * 10.0 ** (gain_db / 20.0), np.float32)
