"""espeak-ng as a `VoiceEngine`: clear, flat scratch voices with exact word and phoneme times.

The GPL library is only ever loaded by `espeak_worker.py`, a process of its own for each piece of a line,
so that the same line is the same bytes and a crash cannot take the film with it. It downloads nothing.
"""

from __future__ import annotations

import ctypes.util
import difflib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from audio import words as written
from audio.clips import level, trim, write_clip
from audio.errors import SoundError
from audio.speech import Speaker, SpokenLine
from audio.voices.casting import Voice, cast_voices, espeak_language
from audio.voices.delivery import delivery_of
from audio.voices.times import phoneme_times, word_times

__all__ = ["Espeak"]

_WORKER = Path(__file__).with_name("espeak_worker.py")
_LONGEST_DATA_PATH = 140  # characters; 176 failed
_PIECE_CHARACTERS = 700  # of one worker's text
_TIMEOUT_S = 60.0
_SILENCE_S = 0.4  # of a line without anything to say
_MARKS = re.compile(r"\([^)]*\)|[.ˈˌ_|-]")  # stress, joints, and "(en)" where the language switches
_SWITCHES = re.compile(r"\([^)]*\)|[._|-]")  # the same, but for stress
_PAUSE_S = 0.12  # between the pieces of a long speech


@dataclass(frozen=True)
class _Piece:
    samples: NDArray[np.float32]
    rate_hz: int
    words: list[tuple[int, float]]  # (offset in the text, seconds)
    phonemes: list[tuple[str, float]]


class Espeak:
    """The engine. `library` and `data` are found through the `voices` extra, else on the system.

    Raises:
        SoundError: no library is there, or it does not start.
    """

    def __init__(self, library: str | None = None, data: str | None = None) -> None:
        self._library, found_data = (library, data) if library else _find()
        self._data = self._within_reach(found_data)
        about, _ = self._ask({"text": None})
        self._version = str(about["version"])
        variants = Path(about["data"]) / "voices" / "!v"
        self.variants = {path.name for path in variants.iterdir()} if variants.is_dir() else set()

    @property
    def name(self) -> str:
        """The engine's name in receipts."""
        return "espeak-ng"

    @property
    def version(self) -> str:
        """The library's version and this adapter's, since both shape the sound."""
        return f"{self._version}/1"

    def cast(self, speakers: Sequence[Speaker]) -> dict[str, str]:
        """Gives each speaker id a voice; the same cast in the same order gets the same voices.

        Raises:
            SoundError: a speaker asks for a voice that the library does not have.
        """
        voices = cast_voices(speakers)
        for speaker in speakers:
            variant = voices[speaker.id].name.partition("+")[2]
            # The library itself would speak on with some other voice and not say so.
            if speaker.name and self.variants and variant not in self.variants:
                near = difflib.get_close_matches(variant, self.variants, n=1, cutoff=0.5)
                fix = f"'{near[0]}'" if near else "another, such as 'f3' or 'm3'"
                raise SoundError(f"{speaker.id}: espeak-ng has no voice '{variant}'. Fix: take {fix}.")
        return {key: str(voice) for key, voice in voices.items()}

    def speak(self, text: str, speaker: Speaker, voice: str, path: Path) -> SpokenLine:
        """Speaks `text` to `path` (22.05 kHz mono WAV, trimmed). A line without a word is a short silence.

        Raises:
            SoundError: the library failed, or has no such voice or language.
        """
        text = written.spoken(text)
        settings = self._settings(Voice.parse(voice), speaker, text)
        delivery = delivery_of(speaker.delivery, text)
        pieces: list[_Piece] = []
        offset, offsets = 0, []
        for chunk in written.chunks(text, _PIECE_CHARACTERS):
            offset = text.index(chunk, offset)
            if any(character.isalnum() for character in chunk):
                pieces.append(self._piece(chunk, settings, speaker))
                offsets.append(offset)
            offset += len(chunk)
        rate_hz = pieces[0].rate_hz if pieces else 22_050
        if not any(np.abs(piece.samples).max(initial=0.0) > 1e-3 for piece in pieces):
            write_clip(path, np.zeros(int(_SILENCE_S * rate_hz), np.float32), rate_hz)
            return SpokenLine(path=path, duration_s=_SILENCE_S, words=(), phonemes=(), voice=voice)

        starts: list[tuple[int, float]] = []
        phonemes: list[tuple[str, float]] = []
        blocks: list[NDArray[np.float32]] = []
        at_s = 0.0
        for piece, begin in zip(pieces, offsets, strict=True):
            starts += [(begin + position, at_s + time_s) for position, time_s in piece.words]
            phonemes += [(ipa, at_s + time_s) for ipa, time_s in piece.phonemes]
            phonemes.append(("", at_s + len(piece.samples) / rate_hz))
            blocks += [piece.samples, np.zeros(int(_PAUSE_S * rate_hz), np.float32)]
            at_s += (len(piece.samples) + int(_PAUSE_S * rate_hz)) / rate_hz
        samples, cut_s = trim(np.concatenate(blocks), rate_hz)
        samples = level(samples, rate_hz, delivery.gain_db)
        write_clip(path, samples, rate_hz)
        duration_s = len(samples) / rate_hz
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
        offset = 0
        for chunk in written.chunks(text, _PIECE_CHARACTERS):
            offset = text.index(chunk, offset)
            if any(character.isalnum() for character in chunk):
                out += self._phonemes_of(chunk, offset, written.language_of(chunk, language))
            offset += len(chunk)
        return [(position, tuple(ipa)) for position, ipa in out]

    def _phonemes_of(self, text: str, offset: int, language: str) -> list[tuple[int, list[str]]]:
        settings = {"pitch": 50, "range": 50, "rate": 175}
        try:
            head, _ = self._ask({"text": text, **settings, "voice": espeak_language(language)})
        except SoundError as error:
            if "no voice" not in str(error) or "-" not in language:
                raise
            head, _ = self._ask({"text": text, **settings, "voice": espeak_language(language.partition("-")[0])})
        out: list[tuple[int, list[str]]] = []
        words = [(int(position), int(sample)) for position, sample in head["words"]] or [(0, 0)]
        for ipa, sample in head["phonemes"]:
            while words and words[0][1] <= sample:
                out.append((offset + words.pop(0)[0], []))
            sound = _SWITCHES.sub("", ipa)
            if sound and out:
                out[-1][1].append(sound)
        return [(position, ipa) for position, ipa in out if ipa]

    def _settings(self, voice: Voice, speaker: Speaker, text: str) -> dict[str, Any]:
        delivery = delivery_of(speaker.delivery, text)
        language = written.language_of(text, speaker.language)
        name = voice.name
        if language != speaker.language:  # an English Mara who says a line in Chinese keeps her timbre
            name = f"{espeak_language(language)}+{voice.name.partition('+')[2]}"
        return {
            "voice": name,
            "pitch": min(99, max(0, voice.pitch + delivery.pitch)),
            "range": min(99, max(0, voice.range + delivery.liveliness)),
            "rate": round(voice.rate_wpm * delivery.pace),
        }

    def _piece(self, text: str, settings: dict[str, Any], speaker: Speaker) -> _Piece:
        try:
            head, pcm = self._ask({"text": text, **settings})
        except SoundError as error:
            language, _, variant = settings["voice"].partition("+")
            if "no voice" not in str(error) or "-" not in language:
                raise SoundError(f"{speaker.id}: {error}") from error
            # A region that espeak does not know: the language without it.
            base = espeak_language(language.partition("-")[0])
            head, pcm = self._ask({"text": text, **settings, "voice": f"{base}+{variant}"})
        rate_hz = int(head["rate_hz"])
        return _Piece(
            samples=np.frombuffer(pcm, dtype="<i2").astype(np.float32) / 32768.0,
            rate_hz=rate_hz,
            words=[(int(position), sample / rate_hz) for position, sample in head["words"]],
            phonemes=[(_MARKS.sub("", ipa), sample / rate_hz) for ipa, sample in head["phonemes"]],
        )

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        request = {"library": self._library, "data": self._data, **request}
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-S", str(_WORKER)],
                input=json.dumps(request).encode(),
                capture_output=True,
                timeout=_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SoundError(
                f"espeak-ng did not answer within {_TIMEOUT_S:.0f} s. Fix: shorten the line, or try again."
            ) from error
        if done.returncode:
            told = done.stderr.decode(errors="replace").strip().splitlines() or [f"exit code {done.returncode}"]
            raise SoundError(
                f"espeak-ng failed: {told[-1]}. Fix: choose another voice or language, or reinstall "
                "with `pip install --force-reinstall espeakng-loader`."
            )
        head, _, pcm = done.stdout.partition(b"\n")
        try:
            return json.loads(head), pcm
        except ValueError as error:
            raise SoundError(
                "espeak-ng gave no answer that can be read. Fix: reinstall with "
                "`pip install --force-reinstall espeakng-loader`."
            ) from error

    def _within_reach(self, data: str | None) -> str | None:
        """The library keeps paths in 160 bytes: a deep virtual environment is reached through a short link."""
        if data is None or len(data.encode()) <= _LONGEST_DATA_PATH:
            return data
        folder = tempfile.mkdtemp(prefix="wp-voices-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        short = Path(folder) / "espeak-ng-data"
        try:
            short.symlink_to(data, target_is_directory=True)
        except OSError:  # Windows without the right to make links
            shutil.copytree(data, short)
        return str(short)


def _find() -> tuple[str, str | None]:
    try:
        import espeakng_loader
    except ImportError:
        system = ctypes.util.find_library("espeak-ng")
        if system is None:
            raise SoundError("espeak-ng is not installed. Fix: pip install 'workprint[voices]'.") from None
        return system, None
    return str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path())
